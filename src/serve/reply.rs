//! Answers a request from snapshots. An answer waits for the database only if the document has no snapshot yet.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};

use super::hosts::{self, Ours, Refused};
use super::route::{self, Route, route};
use super::status;
use super::stream::{self, Client, Events};
use super::{SiteState, access, hub, metrics, negotiate, push};
use crate::clock;
use crate::control::StatusRecord;
use crate::logging::printable;
use crate::publish::{DocumentName, Format, OutputKind, Published, Snapshot};
use crate::search;
use crate::store::StoreError;

/// Bytes handed to the connection at once. An answer is not handed over whole, because the connection would count it as sent
/// while most of it still waits, and its time-outs would cut it off.
const SLICE: usize = 128 * 1024;
/// Longest quotation of an unknown host name in an answer, in characters.
const QUOTED_CHARS: usize = 100;

const TEXT: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json";
/// For how long a cache may answer with an old copy while this server fails, in seconds.
const STALE_IF_ERROR: u32 = 86_400;
pub(super) const NO_STORE: &str = "no-store";
/// The request headers on which an answer depends.
const VARY: &str = "Accept-Encoding, Sec-Fetch-Dest, A-IM";
/// The request headers on which the answer at `/status` depends.
const VARY_OF_STATE: &str = "Accept, Accept-Encoding";
/// The request headers on which a refusal depends.
const VARY_OF_REFUSALS: &str = "Accept";
const SEC_FETCH_DEST: &str = "sec-fetch-dest";
/// The content security policy of answers that are not pages.
pub(super) const NOTHING_ALLOWED: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/// The content security policy of pictures, fonts and style sheets. An SVG picture that is opened by itself cannot run
/// scripts.
const OF_FILES: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; sandbox";

pub(super) type Reply = Response<Content>;

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Content {
    /// Sent in slices of [`SLICE`] bytes.
    Slices(Bytes),
    Stream(Events),
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *self {
            Content::Slices(rest) if rest.is_empty() => Poll::Ready(None),
            Content::Slices(rest) => {
                let length = rest.len().min(SLICE);
                Poll::Ready(Some(Ok(Frame::data(rest.split_to(length)))))
            }
            Content::Stream(events) => events.from.poll_recv(cx).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Content::Slices(rest) if rest.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Content::Slices(rest) => SizeHint::with_exact(rest.len() as u64),
            Content::Stream(_) => SizeHint::default(),
        }
    }
}

/// Answers a request. Only the addresses of WebSub read the body.
pub(super) async fn answer(site: &SiteState, client: &Client, request: &Parts, body: Incoming) -> Reply {
    let ours = Ours { public_url: &site.public_url, hosts: &site.allowed_hosts };
    let reply = match hosts::check(ours, request) {
        Err(Refused::Malformed) => {
            refusal(site, request, StatusCode::BAD_REQUEST, "The request must name exactly one host.\n").await
        }
        Err(Refused::NotOurs(host)) => refusal(site, request, StatusCode::MISDIRECTED_REQUEST, not_ours(&host)).await,
        Ok(()) => found(site, client, request, body).await,
    };
    protected(reply)
}

async fn found(site: &SiteState, client: &Client, request: &Parts, body: Incoming) -> Reply {
    let route = route(request.uri.path(), &site.public_path);
    let allowed = route.allowed();
    if !allowed.split(", ").any(|method| method == request.method.as_str()) {
        let text = format!("This address answers only requests with the method {}.\n", allowed.replace(", ", " or "));
        let refused = refusal(site, request, StatusCode::METHOD_NOT_ALLOWED, text).await;
        return with(refused, header::ALLOW, allowed);
    }
    match route {
        Route::Document(name) => document(site, request, &name).await,
        Route::Search(format) => match route::search(format, request.uri.query().unwrap_or_default()) {
            Ok(name) => document(site, request, &name).await,
            Err(refused) => refused_search(site, request, format, &refused).await,
        },
        Route::Stream(kind) => stream::answer(site, client, request, kind).await,
        Route::Alive => plain(StatusCode::OK, "ok\n"),
        Route::Ready => match site.health.readiness(clock::now()) {
            Ok(()) => plain(StatusCode::OK, ready(site)),
            Err(reason) => {
                let body = serde_json::json!({ "reason": reason }).to_string();
                reply(StatusCode::SERVICE_UNAVAILABLE, JSON, NO_STORE, body)
            }
        },
        Route::Status => {
            let state = state(site, request, negotiate::prefers_json(&request.headers)).await;
            with(state, header::VARY, VARY_OF_STATE)
        }
        Route::StatusRecord => state(site, request, true).await,
        Route::Metrics if site.serves_metrics => {
            let (content_type, text) = metrics::text(site, &request.headers).await;
            reply(StatusCode::OK, content_type, NO_STORE, text)
        }
        Route::Hub => hub::answer(site, request, body).await,
        Route::Push(token) => push::answer(site, request, body, &token).await,
        Route::Metrics | Route::Nothing => not_found(site, request).await,
    }
}

/// A page of the state of the sources and of the installation, as JSON or for people.
async fn state(site: &SiteState, request: &Parts, is_json: bool) -> Reply {
    let Some(number) = status::page_of(request.uri.query()) else {
        return plain(StatusCode::BAD_REQUEST, "`page` must be a number from 1.\n");
    };
    let found = if is_json {
        let shown = |page: StatusRecord| Some(reply(StatusCode::OK, JSON, NO_STORE, serde_json::to_vec(&page).ok()?));
        site.status.get().await.map(|whole| whole.page(number).and_then(shown))
    } else {
        let shown = |page: Arc<Snapshot>| styled(coded(request, &page, NO_STORE), page.style());
        site.status.page(&site.documents, number).await.map(|page| page.map(shown))
    };
    match found {
        Ok(Some(page)) => page,
        Ok(None) => not_found(site, request).await,
        Err(error) => unreadable(&error, "the status could not be made"),
    }
}

pub(super) fn unreadable(error: &StoreError, what: &str) -> Reply {
    tracing::error!(%error, "{what}");
    plain(StatusCode::SERVICE_UNAVAILABLE, "The database cannot be read; see the log.\n")
}

/// The text of `/readyz`. A refused configuration, a theme with a mistake, and a disk that becomes too small are
/// mentioned there, but feeds are still served.
fn ready(site: &SiteState) -> String {
    let mut text = "ready\n".to_owned();
    if let Some(refusal) = site.health.refusal() {
        // Everybody may read this text, so it names the place of the mistake, and does not quote the configuration.
        let place = refusal.place.map(|place| format!(" ({place})")).unwrap_or_default();
        text.push_str(&format!("the edited configuration was refused{place}; `watershed check` says why\n"));
    }
    if let Some(why) = site.health.theme_error().or_else(|| site.documents.page_error()) {
        text.push_str(&format!("the theme has a mistake: {}\n", printable(&why)));
    }
    for told in site.health.what_is_outgrown() {
        text.push_str(&told);
        text.push('\n');
    }
    text
}

async fn document(site: &SiteState, request: &Parts, name: &DocumentName) -> Reply {
    let Some(published) = site.documents.get(name).await else {
        if let Some((moved, token)) = site.documents.moved_to(name) {
            return match access::is_given(token.as_ref(), request) {
                true => moved_to(&moved.path(), &name.path(), request, site.max_age),
                false => token_wanted(site, request).await,
            };
        }
        // The first rebuild makes the front page, so without a front page no document exists yet.
        return match site.documents.get(&DocumentName::FrontPage).await {
            Some(_) if !site.documents.is_coming(name) => not_found(site, request).await,
            _ => starting(site, request).await,
        };
    };
    if !access::is_given(published.token.as_ref(), request) {
        return token_wanted(site, request).await;
    }
    // A browser that navigates to a feed gets the page instead, because a person wants something to read.
    if let Some(page) = page_of(name)
        && is_navigation(request)
        && let Some(page) = site.documents.get(&page).await
    {
        return show(&page, request, &site.public_url, site.max_age, None);
    }
    let hub = match name {
        DocumentName::Feed(_, Format::Feed(_)) => site.names_hub.address(&site.public_url, published.token.is_some()),
        _ => None,
    };
    show(&published, request, &site.public_url, site.max_age, hub.as_deref())
}

/// Redirects to the path that has taken the place of the requested path, because a source, a tag or an output has
/// another name now. The new address is relative (RFC 9110, 10.2.2), because only the client knows how it reaches this
/// server.
pub(super) fn moved_to(path: &str, from: &str, request: &Parts, max_age: Duration) -> Reply {
    let query = request.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let location = format!("{}{query}", relative(path, from));
    // Caches keep it no longer than documents, because a name may be used again. Shared caches do not keep it, because its query may
    // contain a token.
    let cache = format!("private, max-age={}", max_age.as_secs());
    let moved = reply(StatusCode::MOVED_PERMANENTLY, TEXT, &cache, format!("Moved to {location}\n"));
    with(moved, header::LOCATION, &location)
}

/// A path as a reference from another path with as many segments. A name never looks like the scheme of an address, because its
/// colons are percent-encoded.
fn relative(to: &str, from: &str) -> String {
    let folders = from.matches('/').count();
    let same = to.split('/').zip(from.split('/')).take_while(|(to, from)| to == from).count();
    let rest: Vec<&str> = to.split('/').skip(same).collect();
    let up = "../".repeat(folders.saturating_sub(same));
    format!("{up}{}", rest.join("/"))
}

/// The page that shows people what a feed or an archive document shows to feed readers.
fn page_of(name: &DocumentName) -> Option<DocumentName> {
    match name {
        DocumentName::Feed(kind, Format::Feed(_)) => Some(DocumentName::Feed(kind.clone(), Format::Html)),
        DocumentName::Archive(output, number, Format::Feed(_)) => {
            Some(OutputKind::Output(output.clone()).page(*number))
        }
        _ => None,
    }
}

/// Why a search is refused. A page without a query is no mistake: it says what can be written.
async fn refused_search(site: &SiteState, request: &Parts, format: Format, refused: &search::QueryError) -> Reply {
    let is_idle = format == Format::Html && *refused == search::QueryError::Empty;
    let status = if is_idle { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let text = format!("{refused}\n");
    if format != Format::Html && !is_navigation(request) {
        return plain(status, text);
    }
    let why = (!is_idle).then(|| refused.to_string());
    let Some((page, style)) = site.documents.idle_search(why).await else { return plain(status, text) };
    styled(reply(status, Format::Html.content_type(), NO_STORE, page), Some(&style))
}

/// Whether a browser navigates to the address, and the query does not ask for the feed itself (`?raw`).
fn is_navigation(request: &Parts) -> bool {
    let mut pairs = request.uri.query().unwrap_or_default().split('&');
    let is_raw = pairs.any(|pair| pair.split('=').next() == Some("raw"));
    !is_raw && request.headers.get(SEC_FETCH_DEST).is_some_and(|to| to.as_bytes() == b"document")
}

/// The answer with a document: 304 if the client's copy is current (RFC 9110, 13.2.2 and 15.4.5), 226 with only what is new, or
/// 200. `hub` is the hub at which a reader subscribes to the document.
fn show(published: &Published, request: &Parts, public_url: &str, max_age: Duration, hub: Option<&str>) -> Reply {
    // Only a reader that sent the token in the address gets addresses with the token, in the document as in the header.
    let keyed = published.token.as_ref().is_some_and(|token| access::is_in_address(token, request));
    let snapshot = published.for_reader(keyed);
    let seconds = max_age.as_secs();
    // A shared cache must not give a document with a token to other clients.
    let scope = if published.token.is_some() { "private" } else { "public" };
    // A cache may answer with its old copy while this server is down.
    let cache = format!("{scope}, max-age={seconds}, stale-if-error={STALE_IF_ERROR}");
    let reply = if negotiate::is_unchanged(&request.headers, snapshot) {
        let mut unchanged = Response::new(Content::Slices(Bytes::new()));
        *unchanged.status_mut() = StatusCode::NOT_MODIFIED;
        with(unchanged, header::CACHE_CONTROL, &cache)
    } else if let Some(news) = negotiate::news(&request.headers, published, keyed) {
        // RFC 3229, 10.4.1: the answer is for one client, and caches that do not know the extension must not keep it.
        let news = reply(StatusCode::IM_USED, snapshot.content_type(), NO_STORE, news);
        with(news, HeaderName::from_static("im"), "feed")
    } else {
        coded(request, snapshot, &cache)
    };
    let reply = with(reply, header::ETAG, snapshot.etag());
    let reply = with(reply, header::LAST_MODIFIED, snapshot.last_modified_text());
    let reply = with(reply, header::VARY, VARY);
    if snapshot.style().is_some() {
        styled(reply, snapshot.style())
    } else if is_static(snapshot) {
        with(reply, header::CONTENT_SECURITY_POLICY, OF_FILES)
    } else {
        let own = format!("<{}>; rel=\"self\"", published.address(public_url, keyed));
        let hub = hub.map(|hub| format!("<{hub}>; rel=\"hub\", ")).unwrap_or_default();
        with(reply, header::LINK, &format!("{hub}{own}"))
    }
}

/// A document in the content coding that suits the client.
fn coded(request: &Parts, snapshot: &Snapshot, cache: &str) -> Reply {
    let coding = negotiate::coding(&request.headers, snapshot);
    let body = coding.and_then(|coding| snapshot.coded(coding)).unwrap_or(snapshot.body());
    let reply = reply(StatusCode::OK, snapshot.content_type(), cache, body.clone());
    match coding {
        Some(coding) => with(reply, header::CONTENT_ENCODING, coding.as_str()),
        None => reply,
    }
}

/// Whether a document is a static file of the theme or a picture of a source.
fn is_static(snapshot: &Snapshot) -> bool {
    snapshot.path().starts_with("/theme/") || snapshot.path().starts_with("/icon/")
}

/// An answer with the content security policy of a page, if it has a style: its own style, style sheets and fonts of
/// the theme, and the pictures and media that entries name. Scripts are not allowed.
fn styled(page: Reply, style_sha256: Option<&str>) -> Reply {
    let Some(style) = style_sha256 else { return page };
    let policy = format!(
        "default-src 'none'; style-src 'self' 'sha256-{style}'; font-src 'self'; img-src http: https: data:; \
         media-src http: https:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    );
    with(page, header::CONTENT_SECURITY_POLICY, &policy)
}

/// Refuses a request: with a page for a browser, with a plain text for every other client.
pub(super) async fn refusal(site: &SiteState, request: &Parts, status: StatusCode, text: impl Into<Bytes>) -> Reply {
    let page = match negotiate::accepts(&request.headers, "text/html") {
        true => site.documents.error_page(status.as_u16()).await,
        false => None,
    };
    let refused = match page.as_ref().map(|page| &page.snapshot) {
        Some(page) => styled(reply(status, page.content_type(), NO_STORE, page.body().clone()), page.style()),
        None => plain(status, text),
    };
    with(refused, header::VARY, VARY_OF_REFUSALS)
}

pub(super) async fn not_found(site: &SiteState, request: &Parts) -> Reply {
    let text = format!("There is no document at this address. {}/ lists all documents.\n", site.public_url);
    refusal(site, request, StatusCode::NOT_FOUND, text).await
}

async fn starting(site: &SiteState, request: &Parts) -> Reply {
    let text = "The feeds are not built yet; try again in a few seconds.\n";
    with(refusal(site, request, StatusCode::SERVICE_UNAVAILABLE, text).await, header::RETRY_AFTER, "2")
}

fn not_ours(host: &str) -> String {
    let host: String = host.chars().take(QUOTED_CHARS).collect();
    format!(
        "This server does not answer requests for the host \"{host}\". If it should, add the name to `hosts` in [serve] of \
         watershed.toml, or set `public_url` to the address that readers use.\n"
    )
}

pub(super) async fn token_wanted(site: &SiteState, request: &Parts) -> Reply {
    let text = "This feed requires its token, as ?token= or as the password of Basic authentication.\n";
    let refused = refusal(site, request, StatusCode::UNAUTHORIZED, text).await;
    with(refused, header::WWW_AUTHENTICATE, "Basic realm=\"Watershed\", charset=\"UTF-8\"")
}

pub(super) fn plain(status: StatusCode, text: impl Into<Bytes>) -> Reply {
    reply(status, TEXT, NO_STORE, text)
}

pub(super) fn reply(status: StatusCode, content_type: &str, cache: &str, body: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(Content::Slices(body.into()));
    *reply.status_mut() = status;
    with(with(reply, header::CONTENT_TYPE, content_type), header::CACHE_CONTROL, cache)
}

/// Adds the protective headers to an answer, errors included: no guessing of types, no loading, no framing, no referrer.
fn protected(reply: Reply) -> Reply {
    let reply = with(with(reply, header::X_CONTENT_TYPE_OPTIONS, "nosniff"), header::REFERRER_POLICY, "no-referrer");
    if reply.headers().contains_key(header::CONTENT_SECURITY_POLICY) {
        return reply;
    }
    with(reply, header::CONTENT_SECURITY_POLICY, NOTHING_ALLOWED)
}

/// An answer with one more header, unless the value holds a character that headers may not have.
pub(super) fn with(mut reply: Reply, name: HeaderName, value: &str) -> Reply {
    if let Ok(value) = HeaderValue::from_str(value) {
        reply.headers_mut().insert(name, value);
    }
    reply
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;
    use hyper::Request;

    use super::*;
    use crate::config::Secret;
    use crate::model::Timestamp;

    fn published(token: Option<&str>, content_type: &'static str) -> Published {
        let body = "<entry>the same again</entry>\n".repeat(5000).into_bytes();
        let snapshot = Snapshot::new(body, content_type, "/kernel.atom".to_owned(), Timestamp::from_unix(0));
        Published::new(snapshot, token.map(Secret::new), &[])
    }

    fn asked(fields: &[(&str, &str)], published: &Published) -> Reply {
        asked_at("/kernel.atom", fields, published)
    }

    fn asked_at(uri: &str, fields: &[(&str, &str)], published: &Published) -> Reply {
        let mut request = Request::builder().uri(uri);
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        let request = request.body(()).expect("a request").into_parts().0;
        protected(show(published, &request, "https://feeds.example/x", Duration::from_secs(300), None))
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
    }

    #[test]
    fn only_a_reader_that_sent_the_token_in_the_address_gets_it_in_the_header() {
        let check = |uri: &str, fields: &[(&str, &str)], token: Option<&str>, wanted: &str| {
            let reply = asked_at(uri, fields, &published(token, "application/atom+xml"));
            let wanted = format!("<https://feeds.example/x/kernel.atom{wanted}>; rel=\"self\"");
            assert_eq!(value(&reply, "link"), wanted, "{uri} {fields:?}");
        };
        check("/kernel.atom?token=a%20b%2Bc", &[], Some("a b+c"), "?token=a%20b%2Bc");
        check("/kernel.atom?raw&token=a+b%2Bc", &[], Some("a b+c"), "?token=a%20b%2Bc");
        check("/kernel.atom?token=other", &[], Some("a b+c"), "");
        check("/kernel.atom", &[("authorization", "Basic bWU6YSBiK2M=")], Some("a b+c"), "");
        check("/kernel.atom?token=x", &[], None, "");
        let etag = value(&asked(&[], &published(Some("x"), "application/atom+xml")), "etag").to_owned();
        check("/kernel.atom?token=x", &[("if-none-match", &etag)], Some("x"), "?token=x");
    }

    #[test]
    fn pages_allow_the_style_that_they_were_made_with_and_no_script() {
        let body = b"<style>a</style>".to_vec();
        let page = |style: Option<&str>, path: &str| {
            let snapshot = Snapshot::new(body.clone(), "text/html", path.to_owned(), Timestamp::from_unix(0));
            let published = Published::new(snapshot.with_style(style.map(str::to_owned)), None, &[]);
            value(&asked(&[], &published), "content-security-policy").to_owned()
        };
        let policy = page(Some("abc="), "/feed.html");
        assert!(policy.starts_with("default-src 'none'; style-src 'self' 'sha256-abc='; "), "{policy}");
        assert!(!policy.contains("script"), "{policy}");
        for path in ["/theme/logo.svg", "/icon/lwn.svg"] {
            assert!(page(None, path).ends_with("; sandbox"), "{path}");
        }
        assert_eq!(page(None, "/feed.atom"), NOTHING_ALLOWED);
    }

    #[test]
    fn a_document_with_another_name_is_led_to_from_the_address_that_was_asked() {
        let check = |from: &str, to: &str, expected: &str| {
            assert_eq!(relative(to, from), expected, "{from} {to}");
            let base = url::Url::parse(&format!("https://feeds.example/x{from}")).expect("an address");
            assert_eq!(base.join(expected).expect("a reference").as_str(), format!("https://feeds.example/x{to}"));
        };
        check("/old.atom", "/new.atom", "new.atom");
        check("/source/old.rss", "/source/new.rss", "new.rss");
        check("/tag/a%3Ab.atom", "/tag/c%3Ad.atom", "c%3Ad.atom");
        check("/tag/old/3.html", "/tag/new/3.html", "../new/3.html");
        check("/archive/old/12.json", "/archive/new/12.json", "../new/12.json");
        let request = Request::builder().uri("/source/old.atom?raw&token=a%20b").body(()).expect("a request");
        let feed = |name: &str| DocumentName::Feed(OutputKind::Source(name.to_owned()), Format::ATOM);
        let reply =
            moved_to(&feed("new").path(), &feed("old").path(), &request.into_parts().0, Duration::from_secs(300));
        assert_eq!(reply.status(), StatusCode::MOVED_PERMANENTLY);
        assert_eq!(value(&reply, "location"), "new.atom?raw&token=a%20b");
        assert_eq!(value(&reply, "cache-control"), "private, max-age=300");
    }

    #[test]
    fn feeds_and_archives_have_pages() {
        let kind = || OutputKind::Tag("a".to_owned());
        let archive = |format| DocumentName::Archive("feed".to_owned(), 3, format);
        for (name, expected) in [
            (DocumentName::Feed(kind(), Format::RSS), Some(DocumentName::Feed(kind(), Format::Html))),
            (archive(Format::ATOM), Some(archive(Format::Html))),
            (archive(Format::JSON), Some(archive(Format::Html))),
            (archive(Format::Html), None),
            (DocumentName::Feed(kind(), Format::Opml), None),
            (DocumentName::Members, None),
        ] {
            assert_eq!(page_of(&name), expected, "{name:?}");
        }
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
}
