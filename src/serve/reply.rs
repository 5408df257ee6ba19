//! Answers a request from snapshots. An answer waits for the database only if the document has no snapshot yet.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};

use super::hosts::{self, Ours, Refused};
use super::route::{Route, route};
use super::status::page_of;
use super::{SiteState, access, negotiate};
use crate::clock;
use crate::publish::page::STYLE_SHA256;
use crate::publish::{DocumentName, Format, Published};

/// Bytes handed to the connection at once. An answer is not handed over whole, because the connection would count it as sent
/// while most of it still waits, and its time-outs would cut it off.
const SLICE: usize = 128 * 1024;
/// Longest quotation of an unknown host name in an answer, in characters.
const QUOTED_CHARS: usize = 100;

const TEXT: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json";
/// For how long a cache may answer with an old copy while this server fails, in seconds.
const STALE_IF_ERROR: u32 = 86_400;
const NO_STORE: &str = "no-store";
/// The request headers on which an answer depends.
const VARY: &str = "Accept-Encoding, Sec-Fetch-Dest, A-IM";
const SEC_FETCH_DEST: &str = "sec-fetch-dest";
/// The content security policy of answers that are not pages.
pub(super) const NOTHING_ALLOWED: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

pub(super) type Reply = Response<Slices>;

/// A body that is sent in slices of [`SLICE`] bytes.
#[derive(Debug)]
pub(super) struct Slices(Bytes);

impl Body for Slices {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.0.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.0.len().min(SLICE);
        Poll::Ready(Some(Ok(Frame::data(self.0.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

/// Answers a request.
pub(super) async fn answer(site: &SiteState, request: &Parts) -> Reply {
    let ours = Ours { public_url: &site.public_url, hosts: &site.allowed_hosts };
    let reply = match hosts::check(ours, request) {
        Err(Refused::Malformed) => {
            plain(StatusCode::BAD_REQUEST, "The request must name exactly one host.\n".to_owned())
        }
        Err(Refused::NotOurs(host)) => not_ours(&host),
        Ok(()) if request.method != Method::GET && request.method != Method::HEAD => {
            let mut reply =
                plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD requests are supported.\n".to_owned());
            set(reply.headers_mut(), header::ALLOW, "GET, HEAD");
            reply
        }
        Ok(()) => found(site, request).await,
    };
    protected(reply)
}

async fn found(site: &SiteState, request: &Parts) -> Reply {
    match route(request.uri.path(), &site.public_path) {
        Route::Document(name) => document(site, request, &name).await,
        Route::Alive => plain(StatusCode::OK, "ok\n".to_owned()),
        Route::Ready => match site.health.readiness(clock::now()) {
            Ok(()) => plain(StatusCode::OK, "ready\n".to_owned()),
            Err(reason) => {
                let body = serde_json::json!({ "reason": reason }).to_string();
                reply(StatusCode::SERVICE_UNAVAILABLE, JSON, NO_STORE, Bytes::from(body))
            }
        },
        Route::Status => status(site, request).await,
        Route::Nothing => not_found(site),
    }
}

/// A page of the state of the sources and of the installation, as JSON.
async fn status(site: &SiteState, request: &Parts) -> Reply {
    let Some(number) = page_of(request.uri.query()) else {
        return plain(StatusCode::BAD_REQUEST, "`page` must be a number from 1.\n".to_owned());
    };
    let record = match site.status.get().await {
        Ok(record) => record,
        Err(error) => {
            tracing::error!(%error, "the status could not be made");
            return plain(StatusCode::SERVICE_UNAVAILABLE, "The database cannot be read; see the log.\n".to_owned());
        }
    };
    match record.page(number).and_then(|page| serde_json::to_vec(&page).ok()) {
        Some(body) => reply(StatusCode::OK, JSON, NO_STORE, Bytes::from(body)),
        None => not_found(site),
    }
}

async fn document(site: &SiteState, request: &Parts, name: &DocumentName) -> Reply {
    let Some(published) = site.documents.get(name).await else {
        // The first rebuild makes the front page, so without a front page no document exists yet.
        return match site.documents.get(&DocumentName::FrontPage).await {
            Some(_) if !site.documents.is_coming(name) => not_found(site),
            _ => starting(),
        };
    };
    if let Some(token) = &published.token
        && !access::is_given(token, request)
    {
        return token_wanted();
    }
    // A browser that navigates to a feed gets the page instead, because a person wants something to read.
    if let DocumentName::Feed(kind, Format::Feed(_)) = name
        && is_navigation(request)
        && let Some(page) = site.documents.get(&DocumentName::Feed(kind.clone(), Format::Html)).await
    {
        return show(&page, request, &site.public_url, site.max_age);
    }
    show(&published, request, &site.public_url, site.max_age)
}

/// Whether a browser navigates to the address, and the query does not ask for the feed itself (`?raw`).
fn is_navigation(request: &Parts) -> bool {
    let raw = request
        .uri
        .query()
        .is_some_and(|query| query.split('&').any(|pair| pair.split_once('=').map_or(pair, |(key, _)| key) == "raw"));
    !raw && request.headers.get(SEC_FETCH_DEST).is_some_and(|to| to.as_bytes() == b"document")
}

/// The answer with a document: 304 if the client's copy is current (RFC 9110, 13.2.2 and 15.4.5), 226 with only what is new, or
/// 200.
fn show(published: &Published, request: &Parts, public_url: &str, max_age: Duration) -> Reply {
    let keyed = published.token.as_ref().is_some_and(|token| access::is_in_address(token, request));
    let snapshot = published.for_reader(keyed);
    let seconds = max_age.as_secs();
    // A shared cache must not give a document with a token to other clients.
    let scope = if published.token.is_some() { "private" } else { "public" };
    // A cache may answer with its old copy while this server is down.
    let cache = format!("{scope}, max-age={seconds}, stale-if-error={STALE_IF_ERROR}");
    let is_page = snapshot.content_type().starts_with("text/html");
    let mut reply = if negotiate::is_unchanged(&request.headers, snapshot) {
        let mut reply = Response::new(Slices(Bytes::new()));
        *reply.status_mut() = StatusCode::NOT_MODIFIED;
        set(reply.headers_mut(), header::CACHE_CONTROL, &cache);
        reply
    } else if let Some(news) = negotiate::news(&request.headers, published, keyed) {
        // RFC 3229, 10.4.1: the answer is for one client, and caches that do not know the extension must not keep it.
        let mut reply = reply(StatusCode::IM_USED, snapshot.content_type(), NO_STORE, Bytes::from(news));
        set(reply.headers_mut(), HeaderName::from_static("im"), "feed");
        reply
    } else {
        let coding = negotiate::coding(&request.headers, snapshot);
        let body = coding.and_then(|coding| snapshot.coded(coding)).unwrap_or(snapshot.body());
        let mut reply = reply(StatusCode::OK, snapshot.content_type(), &cache, body.clone());
        if let Some(coding) = coding {
            set(reply.headers_mut(), header::CONTENT_ENCODING, coding.as_str());
        }
        reply
    };
    let headers = reply.headers_mut();
    set(headers, header::ETAG, snapshot.etag());
    set(headers, header::LAST_MODIFIED, snapshot.last_modified_text());
    set(headers, header::VARY, VARY);
    if is_page {
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{STYLE_SHA256}'; form-action 'self'; frame-ancestors 'none'; \
             base-uri 'none'"
        );
        set(headers, header::CONTENT_SECURITY_POLICY, &policy);
    } else {
        set(headers, header::LINK, &format!("<{public_url}{}>; rel=\"self\"", snapshot.path()));
    }
    reply
}

fn not_found(site: &SiteState) -> Reply {
    let text = format!("There is no document at this address. {}/ lists all documents.\n", site.public_url);
    plain(StatusCode::NOT_FOUND, text)
}

fn starting() -> Reply {
    let mut reply =
        plain(StatusCode::SERVICE_UNAVAILABLE, "The feeds are not built yet; try again in a few seconds.\n".to_owned());
    set(reply.headers_mut(), header::RETRY_AFTER, "2");
    reply
}

fn not_ours(host: &str) -> Reply {
    let host: String = host.chars().take(QUOTED_CHARS).collect();
    let text = format!(
        "This server does not answer requests for the host \"{host}\". If it should, add the name to `hosts` in [serve] of \
         watershed.toml, or set `public_url` to the address that readers use.\n"
    );
    plain(StatusCode::MISDIRECTED_REQUEST, text)
}

fn token_wanted() -> Reply {
    let text = "This feed requires its token, as ?token= or as the password of Basic authentication.\n";
    let mut reply = plain(StatusCode::UNAUTHORIZED, text.to_owned());
    set(reply.headers_mut(), header::WWW_AUTHENTICATE, "Basic realm=\"Watershed\", charset=\"UTF-8\"");
    reply
}

fn plain(status: StatusCode, text: String) -> Reply {
    reply(status, TEXT, NO_STORE, Bytes::from(text))
}

fn reply(status: StatusCode, content_type: &str, cache: &str, body: Bytes) -> Reply {
    let mut reply = Response::new(Slices(body));
    *reply.status_mut() = status;
    set(reply.headers_mut(), header::CONTENT_TYPE, content_type);
    set(reply.headers_mut(), header::CACHE_CONTROL, cache);
    reply
}

/// Adds the protective headers to an answer, errors included: no guessing of types, no loading, no framing, no referrer.
fn protected(mut reply: Reply) -> Reply {
    let headers = reply.headers_mut();
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        set(headers, header::CONTENT_SECURITY_POLICY, NOTHING_ALLOWED);
    }
    reply
}

/// Sets a header, unless its value holds a character that headers may not have.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;
    use hyper::Request;

    use super::*;
    use crate::config::Secret;
    use crate::model::Timestamp;
    use crate::publish::Snapshot;
    use crate::publish::page::STYLE;

    fn published(token: Option<&str>, content_type: &'static str) -> Published {
        let body = "<entry>the same again</entry>\n".repeat(5000).into_bytes();
        let snapshot = Snapshot::new(body, content_type, "/kernel.atom".to_owned(), Timestamp::from_unix(0));
        Published::new(snapshot, token.map(Secret::new), &[])
    }

    fn asked(fields: &[(&str, &str)], published: &Published) -> Reply {
        let mut request = Request::builder().uri("/kernel.atom");
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        let request = request.body(()).expect("a request").into_parts().0;
        protected(show(published, &request, "https://feeds.example/x", Duration::from_secs(300)))
    }

    fn value<'a>(reply: &'a Reply, name: &str) -> &'a str {
        reply.headers().get(name).map_or("", |value| value.to_str().expect("a readable header"))
    }

    #[tokio::test]
    async fn a_feed_with_its_headers() {
        let published = published(None, "application/atom+xml; charset=utf-8");
        let plain = asked(&[], &published);
        assert_eq!(plain.status(), StatusCode::OK);
        for (name, expected) in [
            ("content-type", "application/atom+xml; charset=utf-8"),
            ("cache-control", "public, max-age=300, stale-if-error=86400"),
            ("vary", "Accept-Encoding, Sec-Fetch-Dest, A-IM"),
            ("last-modified", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("link", "<https://feeds.example/x/kernel.atom>; rel=\"self\""),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("content-encoding", ""),
        ] {
            assert_eq!(value(&plain, name), expected, "{name}");
        }
        let etag = value(&plain, "etag").to_owned();
        let body = plain.into_body().collect().await.expect("a body").to_bytes();
        assert_eq!(&body, published.snapshot.body());

        let coded = asked(&[("accept-encoding", "br")], &published);
        assert_eq!((value(&coded, "content-encoding"), value(&coded, "etag")), ("br", etag.as_str()));

        let unchanged = asked(&[("if-none-match", etag.as_str()), ("accept-encoding", "br")], &published);
        assert_eq!(unchanged.status(), StatusCode::NOT_MODIFIED);
        assert_eq!((value(&unchanged, "etag"), value(&unchanged, "content-type")), (etag.as_str(), ""));
        assert_eq!(value(&unchanged, "cache-control"), "public, max-age=300, stale-if-error=86400");
        assert!(unchanged.into_body().is_end_stream());
    }

    #[test]
    fn a_feed_with_a_token_is_kept_by_no_shared_cache() {
        let reply = asked(&[], &published(Some("secret"), "application/atom+xml"));
        assert_eq!(value(&reply, "cache-control"), "private, max-age=300, stale-if-error=86400");
        assert_eq!(value(&token_wanted(), "cache-control"), "no-store");
    }

    #[test]
    fn pages_load_nothing() {
        let page = asked(&[], &published(None, "text/html; charset=utf-8"));
        assert!(value(&page, "content-security-policy").starts_with("default-src 'none'; style-src 'sha256-"));
        assert!(value(&protected(not_ours("evil.example")), "content-security-policy").contains("default-src 'none'"));
    }

    #[test]
    fn navigation() {
        for (uri, to, expected) in [
            ("/feed.atom", Some("document"), true),
            ("/feed.atom?raw", Some("document"), false),
            ("/feed.atom?a=b&raw=1", Some("document"), false),
            ("/feed.atom?rawest", Some("document"), true),
            ("/feed.atom", Some("empty"), false),
            ("/feed.atom", None, false),
        ] {
            let mut request = Request::builder().uri(uri);
            if let Some(to) = to {
                request = request.header(SEC_FETCH_DEST, to);
            }
            let request = request.body(()).expect("a request").into_parts().0;
            assert_eq!(is_navigation(&request), expected, "{uri} {to:?}");
        }
    }

    #[test]
    fn the_policy_allows_the_style_as_it_is() {
        let command = std::process::Command::new("sha256sum").arg("templates/style.css").output();
        let Ok(output) = command else {
            eprintln!("SKIPPED: sha256sum is not there to compare with");
            return;
        };
        let digest = access::base64_decoded(STYLE_SHA256).expect("it is Base64");
        let hex = crate::text::digest::hex(&digest);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(said.split_whitespace().next(), Some(hex.as_str()), "STYLE_SHA256 is not that of style.css");
        assert!(!STYLE.contains("</") && !STYLE.contains('\r'), "the style would end early or be read otherwise");
    }
}
