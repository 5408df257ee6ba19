//! The HTTP exchange: makes the request, follows redirects, and reads the body under its limits.

use std::collections::HashSet;
use std::pin::pin;

use bytes::Bytes;
use futures_util::StreamExt;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use url::{Host, Url};

use super::again::{Again, again};
use super::bodies::Bodies;
use super::client::{CONNECT_TIMEOUT, Fetcher, IDLE_TIMEOUT, Patience, Wire};
use super::guard::{self, Blocked};
use super::peers::Need;
use super::plain::{self, describe};
use super::resolve::{MACHINE_IS_FULL, ResolveError};
use super::{Exchange, FetchError, Gate, Request, conditional, decode, relabelled};
use crate::clock;
use crate::config::{Auth, FetchOptions, Proxy, redact_url};
use crate::machine::{self, Lack};
use crate::model::{Timestamp, Validators};
use crate::text::address::drop_login;
use crate::text::percent;

/// How many redirects a poll follows (RFC 9110, 15.4 leaves the number to the client).
const MAX_REDIRECTS: usize = 10;
/// The longest address that a redirect may name, in bytes.
const MAX_LOCATION_BYTES: usize = 8 * 1024;
/// How many Link headers are kept.
const MAX_LINKS: usize = 16;
/// The media types that we can read, feed types first.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, \
                      application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1";

/// Requests the URL and follows redirects to the final answer.
pub async fn follow(
    fetcher: &Fetcher,
    request: Request<'_>,
    gate: &(impl Gate + Sync),
    mut patience: Patience,
    now: Timestamp,
) -> Result<Exchange, FetchError> {
    let mut url = request.url.clone();
    let mut seen = HashSet::new();
    // The host that the last redirect came from, if any.
    let mut left: Option<String> = None;
    let mut redirects = Vec::new();
    let (mut permanent, mut all_permanent) = (None, true);
    // Whether the last redirect led from https to http.
    let mut is_downgraded = false;
    for hop in 0..=MAX_REDIRECTS {
        let astray = |error| match error {
            FetchError::Blocked(blocked) if hop > 0 => FetchError::Astray(blocked),
            error => error,
        };
        patience.spend(pin!(check_hop(fetcher, request.options, &url))).await.map_err(astray)?;
        let cookies = request.jar.and_then(|jar| jar.header(&url, own_cookie(request, &url), now));
        // A redirect to the same address with another cookie is not a loop.
        if !seen.insert((url.as_str().to_owned(), cookies.clone())) {
            return Err(FetchError::RedirectLoop);
        }
        if left.as_ref().is_some_and(|left| Some(left.as_str()) != url.host_str()) {
            gate.pass(&url).await.map_err(FetchError::NotYet)?;
        }
        let asked = patience.spend(pin!(ask(fetcher, request, &url, cookies.as_deref()))).await;
        let (response, conditional) = asked.map_err(|error| no_answer(error, &url)).map_err(astray)?;
        if let Some(jar) = request.jar {
            jar.take(&url, response.headers(), now);
        }
        let status = response.status().as_u16();
        let is_redirect = matches!(status, 301 | 302 | 303 | 307 | 308);
        if is_downgraded && !is_redirect {
            return Err(Blocked::Downgrade.into());
        }
        if !is_redirect {
            let exchange = receive(fetcher, response, url, request, conditional, now, &mut patience).await?;
            return Ok(Exchange { permanent, redirects, ..exchange });
        }
        let to = next_hop(&url, request.home, status, response.headers())?;
        is_downgraded = is_downgrade(&url, &to, is_downgraded, request, now)?;
        redirects.push((status, to.clone()));
        left = url.host_str().map(str::to_owned);
        url = to;
        // RFC 9110, 15.4: a resource has not moved to an address behind a temporary redirect.
        all_permanent &= matches!(status, 301 | 308);
        if all_permanent {
            permanent = Some(url.clone());
        }
    }
    Err(FetchError::TooManyRedirects { limit: MAX_REDIRECTS })
}

/// Checks a hop before its request. Behind a proxy that resolves names itself only IP addresses are checked, because
/// what the names resolve to there is not known here. Behind another proxy, names are resolved and checked here as far
/// as that is possible. Without a proxy the client's own resolver checks.
pub(super) async fn check_hop(fetcher: &Fetcher, options: &FetchOptions, url: &Url) -> Result<(), FetchError> {
    guard::check_url(url, &options.allow_networks)?;
    if options.proxy != Proxy::None
        && !options.proxy.resolves_names()
        && let Some(Host::Domain(name)) = url.host()
        && let Err(ResolveError::Blocked(blocked)) = fetcher.resolver(&options.allow_networks).addresses(name).await
    {
        return Err(blocked.into());
    }
    Ok(())
}

fn next_hop(from: &Url, home: &Url, status: u16, headers: &HeaderMap) -> Result<Url, FetchError> {
    let bad = |why| FetchError::BadRedirect { status, why };
    let location = headers.get(header::LOCATION).ok_or_else(|| bad("the Location header is missing"))?;
    if location.len() > MAX_LOCATION_BYTES {
        return Err(bad("the Location header is too long"));
    }
    // Bytes that are not UTF-8 are percent-encoded unchanged, as browsers do.
    let location = percent::encoded_unless_utf8(location.as_bytes());
    let mut to = from.join(location.trim()).map_err(|_| bad("the Location header is not a URL"))?;
    to.set_fragment(None);
    // Credentials in the address of a redirect are not sent.
    drop_login(&mut to);
    // Credentials in the configured address are sent within their own origin.
    if is_same_origin(&to, home) {
        let _ = to.set_username(home.username());
        let _ = to.set_password(home.password());
    }
    Ok(to)
}

/// Whether a redirect leads from https to http. Such a step is allowed only if the next redirect leads back to https of
/// the same host, as on some sites, and if the request carries no secrets.
fn is_downgrade(
    from: &Url,
    to: &Url,
    was_downgraded: bool,
    request: Request<'_>,
    now: Timestamp,
) -> Result<bool, Blocked> {
    let is_back = to.scheme() == "https" && to.host() == from.host();
    if was_downgraded {
        return if is_back { Ok(false) } else { Err(Blocked::Downgrade) };
    }
    if from.scheme() != "https" || to.scheme() != "http" {
        return Ok(false);
    }
    let has_secrets = request.options.access.auth.is_some()
        || !request.options.access.headers.is_empty()
        || request.jar.is_some_and(|jar| jar.header(to, None, now).is_some())
        || [from, to].iter().any(|url| redact_url(url) != url.as_str());
    if to.host() == from.host() && !has_secrets { Ok(true) } else { Err(Blocked::Downgrade) }
}

/// Reports a timeout before the begin of an answer as "no answer".
fn no_answer(error: FetchError, url: &Url) -> FetchError {
    match error {
        FetchError::TimedOut { after } => {
            FetchError::NoAnswer { host: url.host_str().unwrap_or_default().to_owned(), after }
        }
        error => error,
    }
}

/// Sends a request, and repeats it if the server has not processed it. Returns also whether it was conditional.
async fn ask(
    fetcher: &Fetcher,
    request: Request<'_>,
    url: &Url,
    cookies: Option<&str>,
) -> Result<(Response, bool), FetchError> {
    let (mut headers, conditional) = headers_of(request, url)?;
    if let Some(cookies) = cookies {
        let mut value = HeaderValue::from_str(cookies).map_err(|_| bad_header("Cookie"))?;
        value.set_sensitive(true);
        headers.insert(header::COOKIE, value);
    }
    let explained = |error: reqwest::Error| explain(&error, url, &request.options.proxy);
    let built = |client: &Client| with_auth(client.get(url.clone()), request, url).headers(headers.clone());
    let peer = fetcher.peers.of(url);
    let client = |wire| fetcher.client(request.options, wire, is_same_origin(url, request.home));
    let usual = client(Wire::of(peer.need))?;
    // The check comes after the client is made, because making a client looks for the authorities.
    fetcher.check_trust(request.options, url)?;
    if peer.need == Some(Need::OldLabel) && relabelled::can_ask(request, url) {
        return Ok((relabelled::ask(fetcher, request, built(&usual)).await?, conditional));
    }
    let was_kept = peer.may_be_kept(clock::monotonic(), IDLE_TIMEOUT);
    let asked = built(&usual).send().await;
    let repetition = match &asked {
        // RFC 9110, 15.5.9: the server closes a connection that was idle for long, and the request may be repeated.
        Ok(response) if was_kept && response.status() == StatusCode::REQUEST_TIMEOUT => Some(Again::Anew),
        Ok(_) => {
            fetcher.peers.note_answer(url, clock::monotonic());
            None
        }
        Err(error) => again(error, was_kept),
    };
    let response = match repetition {
        Some(Again::Anew) => built(&client(Wire::Anew)?).send().await.map_err(explained)?,
        Some(Again::OverHttp1) if peer.need != Some(Need::Http1) => {
            let response = built(&client(Wire::Http1)?).send().await.map_err(explained)?;
            fetcher.peers.note_need(url, Need::Http1);
            response
        }
        Some(Again::Relabelled) if relabelled::can_ask(request, url) => {
            let response = relabelled::ask(fetcher, request, built(&usual)).await?;
            fetcher.peers.note_need(url, Need::OldLabel);
            response
        }
        _ => asked.map_err(explained)?,
    };
    Ok((response, conditional))
}

/// The headers of a request, and whether it is conditional.
fn headers_of(request: Request<'_>, url: &Url) -> Result<(HeaderMap, bool), FetchError> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(decode::ACCEPTED));
    let mut conditional = false;
    if let Some(conditions) = request.conditions.filter(|conditions| conditions.url == url.as_str()) {
        for (name, value) in conditional::request_headers(conditions.validators) {
            headers.insert(name, value);
            conditional = true;
        }
        if conditional && conditions.takes_changes {
            // RFC 3229: an answer with only the changed entries is welcome.
            headers.insert(HeaderName::from_static("a-im"), HeaderValue::from_static("feed"));
        }
    }
    // Configured headers are sent only to the origin that they are configured for.
    if is_same_origin(url, request.home) {
        for (name, value) in &request.options.access.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad_header(name))?;
            let mut value = HeaderValue::from_str(value.expose()).map_err(|_| bad_header(name.as_str()))?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
    }
    Ok((headers, conditional))
}

/// The configured Cookie header, if the request goes to the configured origin.
fn own_cookie<'r>(request: Request<'r>, url: &Url) -> Option<&'r str> {
    let mut headers = request.options.access.headers.iter().filter(|_| is_same_origin(url, request.home));
    headers.find(|(name, _)| name.eq_ignore_ascii_case("cookie")).map(|(_, value)| value.expose())
}

/// Adds the login, which is sent only to the origin of the configured address.
fn with_auth(builder: RequestBuilder, request: Request<'_>, url: &Url) -> RequestBuilder {
    match &request.options.access.auth {
        Some(_) if !is_same_origin(url, request.home) => builder,
        Some(Auth::Basic { user, password }) => builder.basic_auth(user, Some(password.expose())),
        Some(Auth::Bearer(token)) => builder.bearer_auth(token.expose()),
        None => builder,
    }
}

/// Whether two web addresses have the same origin (RFC 6454, 5).
fn is_same_origin(one: &Url, other: &Url) -> bool {
    let port = Url::port_or_known_default;
    (one.scheme(), one.host_str(), port(one)) == (other.scheme(), other.host_str(), port(other))
}

fn bad_header(name: &str) -> FetchError {
    FetchError::Client(format!("the configured header {name} has characters that cannot be sent"))
}

/// Finds the cause of a client error: a lack on this machine, a refusal of the guard, an unknown name, or the network.
pub(super) fn explain(error: &reqwest::Error, url: &Url, proxy: &Proxy) -> FetchError {
    let host = url.host_str().unwrap_or_default().to_owned();
    if let Some(lack) = plain::system_error(error).and_then(machine::lack) {
        return lack.into();
    }
    match plain::chain(error).into_iter().find_map(|cause| cause.downcast_ref::<ResolveError>()) {
        Some(ResolveError::Blocked(blocked)) => return blocked.clone().into(),
        Some(ResolveError::Unresolved(why)) if why == MACHINE_IS_FULL => return Lack::Everything.into(),
        // Only the name of the proxy itself is resolved on this machine.
        Some(ResolveError::Unresolved(why)) if proxy.resolves_names() => {
            let why = format!("the name of the proxy cannot be resolved: {why}");
            return FetchError::ThroughProxy { host, why };
        }
        Some(ResolveError::Unresolved(why)) => return FetchError::Resolve { host, why: why.clone() },
        None => {}
    }
    if let Some(why) = plain::of_proxy(error) {
        return FetchError::ThroughProxy { host, why: why.to_owned() };
    }
    let why = describe(error);
    if matches!(proxy, Proxy::Url(_)) && plain::is_unconnected(error) {
        FetchError::ThroughProxy { host, why: format!("no connection to the proxy itself: {why}") }
    } else if error.is_timeout() && error.is_connect() {
        FetchError::Connect { host, why: format!("no connection within {} s", CONNECT_TIMEOUT.as_secs()) }
    } else if error.is_connect() {
        FetchError::Connect { host, why }
    } else {
        FetchError::Broken { host, why }
    }
}

async fn receive(
    fetcher: &Fetcher,
    response: Response,
    url: Url,
    request: Request<'_>,
    conditional: bool,
    now: Timestamp,
    patience: &mut Patience,
) -> Result<Exchange, FetchError> {
    let status = response.status().as_u16();
    let headers = response.headers();
    let value = |name| headers.get(name).map(|value: &HeaderValue| value.as_bytes().to_vec());
    let readable = |value: &HeaderValue| value.to_str().ok().map(str::to_owned);
    let text = |name| headers.get(name).and_then(readable);
    let exchange = Exchange {
        exhausted: conditional::exhausted(headers, now),
        challenged: headers.get("cf-mitigated").is_some_and(|value| value.as_bytes() == b"challenge"),
        conditional,
        validators: Validators { etag: value(header::ETAG), last_modified: value(header::LAST_MODIFIED) },
        content_type: text(header::CONTENT_TYPE),
        content_encoding: decode::codings(
            headers.get_all(header::CONTENT_ENCODING).iter().filter_map(|value| value.to_str().ok()),
        ),
        freshness: conditional::freshness(headers, now),
        states_freshness: headers.contains_key(header::CACHE_CONTROL) || headers.contains_key(header::EXPIRES),
        retry_after: conditional::retry_after(headers, now),
        refresh: text(HeaderName::from_static("refresh")),
        links: headers.get_all(header::LINK).iter().take(MAX_LINKS).filter_map(readable).collect(),
        ..Exchange::of_body(url, status, Bytes::new())
    };
    let is_document = matches!(status, 200..=203 | 226) || (status == 206 && is_whole_range(headers));
    if !is_document {
        fetcher.peers.note_body(&exchange.url, 0);
        return Ok(exchange);
    }
    let host = exchange.url.host_str().unwrap_or_default().to_owned();
    let (body, cut) = body(response, &fetcher.bodies, host, request.options.max_body, patience).await?;
    fetcher.peers.note_body(&exchange.url, body.len());
    Ok(Exchange { body, cut, ..exchange })
}

/// Whether a partial answer, which was not requested, has the whole document (RFC 9110, 14.4): `bytes 0-99/100`.
fn is_whole_range(headers: &HeaderMap) -> bool {
    let stated = || {
        let range = headers.get(header::CONTENT_RANGE)?.to_str().ok()?.trim().strip_prefix("bytes")?;
        let (last, length) = range.trim_start().strip_prefix("0-")?.split_once('/')?;
        Some((last.trim().parse::<u64>().ok()?, length.trim().parse::<u64>().ok()?))
    };
    stated().is_some_and(|(last, length)| last.checked_add(1) == Some(length))
}

/// The length that a server states beside a transfer coding that is not chunked, such as `identity`. HTTP/1.1 no longer
/// knows that coding (RFC 9112, 7), the length is right, and the connection may stay open.
fn length_beside_coding(headers: &HeaderMap) -> Option<u64> {
    let coding = headers.get(header::TRANSFER_ENCODING)?.to_str().ok()?;
    if coding.to_ascii_lowercase().contains("chunked") {
        return None;
    }
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// Reads the body from the wire. Its compressed size must not exceed `limit` either. If the transfer breaks off, the
/// received part is returned with the reason, because the document in it may be whole.
async fn body(
    response: Response,
    bodies: &Bodies,
    host: String,
    limit: u64,
    patience: &mut Patience,
) -> Result<(Bytes, Option<String>), FetchError> {
    let length = length_beside_coding(response.headers());
    let stated = response.content_length().or(length);
    if stated.is_some_and(|length| length > limit) {
        return Err(FetchError::TooLarge { limit });
    }
    let mut body = bodies.buffer(stated.unwrap_or(limit));
    let mut chunks = response.bytes_stream();
    while length.is_none_or(|length| (body.filled() as u64) < length) {
        let chunk = match patience.spend(pin!(async { Ok(chunks.next().await) })).await {
            Ok(Some(Ok(chunk))) => chunk,
            Ok(None) => break,
            Ok(Some(Err(error))) if body.filled() == 0 => {
                return Err(FetchError::CutShort { host, bytes: 0, why: why_cut(&error) });
            }
            Ok(Some(Err(error))) => return Ok((body.freeze(), Some(why_cut(&error)))),
            Err(error) if body.filled() == 0 => return Err(error),
            Err(error) => return Ok((body.freeze(), Some(error.to_string()))),
        };
        if (body.filled() + chunk.len()) as u64 > limit {
            return Err(FetchError::TooLarge { limit });
        }
        // The wait for memory does not count towards the source's `timeout`, because the wait is our own.
        body.push(&chunk).await.map_err(|crowded| crowded.put_off(&host, clock::now()))?;
    }
    Ok((body.freeze(), None))
}

/// Why the transfer of a body broke off.
fn why_cut(error: &reqwest::Error) -> String {
    let why = describe(error);
    // RFC 8446, 6.1: without close_notify an end looks like an interruption. Many servers omit it.
    if why.contains("close_notify") {
        "the server closed the connection without a TLS close_notify".to_owned()
    } else {
        why
    }
}
