//! The exchange: ask, follow redirects by hand, read the body under its limits.

use std::collections::HashSet;
use std::error::Error as _;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response};
use url::{Host, Url};

use super::client::{CONNECT_TIMEOUT, Fetcher, Patience};
use super::guard::{self, Blocked};
use super::plain::{self, describe};
use super::resolve::{self, ResolveError, Unresolved};
use super::{Exchange, FetchError, Gate, Request, conditional, decode};
use crate::config::{Auth, Proxy};
use crate::machine::{self, Lack};
use crate::model::{Timestamp, Validators};

/// Redirects followed in one poll (RFC 9110, 15.4 leaves the number to us).
const MAX_REDIRECTS: usize = 10;
/// Longest wait for the head of an answer once connected.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// Longest address that a redirect may name, in bytes.
const MAX_LOCATION_BYTES: usize = 8 * 1024;
/// What we can read, the feed types first.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, \
                      application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1";

/// Asks the request's URL and follows redirects to the answer.
pub async fn follow(
    fetcher: &Fetcher,
    request: Request<'_>,
    gate: &(impl Gate + Sync),
    mut patience: Patience,
    now: Timestamp,
) -> Result<Exchange, FetchError> {
    let client = fetcher.client(request.options)?;
    let mut url = request.url.clone();
    let mut seen = HashSet::new();
    // The host that the last redirect came from.
    let mut left: Option<String> = None;
    let mut redirects = Vec::new();
    let (mut permanent, mut all_permanent) = (None, true);
    for hop in 0..=MAX_REDIRECTS {
        let astray = |error| match error {
            FetchError::Blocked(blocked) if hop > 0 => FetchError::Astray(blocked),
            error => error,
        };
        patience.spend(judge(fetcher, request, &url)).await.map_err(astray)?;
        if !seen.insert(url.as_str().to_owned()) {
            return Err(FetchError::RedirectLoop);
        }
        if left.as_ref().is_some_and(|left| Some(left.as_str()) != url.host_str()) {
            gate.pass(&url).await.map_err(FetchError::NotYet)?;
        }
        let (response, conditional) = patience.spend(ask(&client, request, &url)).await.map_err(astray)?;
        let status = response.status().as_u16();
        if !matches!(status, 301 | 302 | 303 | 307 | 308) {
            let exchange = patience.spend(receive(response, url, request, conditional, now)).await?;
            return Ok(Exchange { permanent, redirects, ..exchange });
        }
        let to = next_hop(&url, request.home, status, response.headers())?;
        redirects.push((status, to.clone()));
        left = url.host_str().map(str::to_owned);
        url = to;
        // RFC 9110, 15.4: what stands behind a temporary redirect is not where this resource has moved to.
        all_permanent &= matches!(status, 301 | 308);
        if all_permanent {
            permanent = Some(url.clone());
        }
    }
    Err(FetchError::TooManyRedirects { limit: MAX_REDIRECTS })
}

/// Judges a hop before it is asked. Behind a proxy that resolves names by itself only literal addresses are judged, as what
/// its names lead to from there is not known here; where one may be asked by address, names are resolved here as far as
/// they can be. Without a proxy the client's own resolver judges.
async fn judge(fetcher: &Fetcher, request: Request<'_>, url: &Url) -> Result<(), FetchError> {
    guard::check_url(url, &request.options.allow_networks)?;
    fetcher.check_trust(request.options, url)?;
    if request.options.proxy != Proxy::None
        && !request.options.proxy.resolves_names()
        && let Some(Host::Domain(name)) = url.host()
        && let Err(ResolveError::Blocked(blocked)) = fetcher.resolver(request.options).addresses(name).await
    {
        return Err(blocked.into());
    }
    Ok(())
}

fn next_hop(from: &Url, home: &Url, status: u16, headers: &HeaderMap) -> Result<Url, FetchError> {
    let bad = |why| FetchError::BadRedirect { status, why };
    let location = headers.get(header::LOCATION).ok_or_else(|| bad("there is no Location"))?;
    if location.len() > MAX_LOCATION_BYTES {
        return Err(bad("its Location is too long"));
    }
    let location = std::str::from_utf8(location.as_bytes()).map_err(|_| bad("its Location is not UTF-8"))?;
    let mut to = from.join(location.trim()).map_err(|_| bad("its Location is no URL"))?;
    to.set_fragment(None);
    // Credentials that a redirect carries are the server's, not ours to send.
    if !to.username().is_empty() || to.password().is_some() {
        let _ = to.set_username("");
        let _ = to.set_password(None);
    }
    // The configuration's own go on within the origin that they were written for.
    if to.origin() == home.origin() {
        let _ = to.set_username(home.username());
        let _ = to.set_password(home.password());
    }
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(Blocked::Downgrade.into());
    }
    Ok(to)
}

/// Sends one request. Returns whether it named the document we have.
async fn ask(client: &Client, request: Request<'_>, url: &Url) -> Result<(Response, bool), FetchError> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(decode::ACCEPTED));
    let mut conditional = false;
    if let Some(known) = request.known.filter(|known| known.url == url.as_str()) {
        for (name, value) in conditional::request_headers(known.validators) {
            headers.insert(name, value);
            conditional = true;
        }
        if conditional {
            // RFC 3229: only what has changed since then is enough.
            headers.insert(HeaderName::from_static("a-im"), HeaderValue::from_static("feed"));
        }
    }
    let mut builder = client.get(url.clone());
    // What the configuration gives to one origin goes to no other.
    if url.origin() == request.home.origin() {
        for (name, value) in &request.options.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad_header(name))?;
            let mut value = HeaderValue::from_str(value.expose()).map_err(|_| bad_header(name.as_str()))?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        builder = match &request.options.auth {
            None => builder,
            Some(Auth::Basic { user, password }) => builder.basic_auth(user, Some(password.expose())),
            Some(Auth::Bearer(token)) => builder.bearer_auth(token.expose()),
        };
    }
    let host = url.host_str().unwrap_or_default().to_owned();
    let head_timeout = CONNECT_TIMEOUT + HEAD_TIMEOUT;
    match tokio::time::timeout(head_timeout, builder.headers(headers).send()).await {
        Ok(Ok(response)) => Ok((response, conditional)),
        Ok(Err(error)) => Err(explain(&error, host, &request.options.proxy)),
        Err(_) => Err(FetchError::NoAnswer { host, after: head_timeout }),
    }
}

fn bad_header(name: &str) -> FetchError {
    FetchError::Client(format!("the header {name} of the configuration cannot be sent"))
}

/// Finds what is behind a client error: a refusal of the guard, an unknown name, or something on the way.
fn explain(error: &reqwest::Error, host: String, proxy: &Proxy) -> FetchError {
    if let Some(lack) = plain::system_error(error).and_then(machine::lack) {
        return lack.into();
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if let Some(blocked) = inner.and_then(|inner| inner.downcast_ref::<Blocked>()) {
            return blocked.clone().into();
        }
        if let Some(unresolved) = inner.and_then(|inner| inner.downcast_ref::<Unresolved>()) {
            if unresolved.0 == resolve::MACHINE_IS_FULL {
                return Lack::Everything.into();
            }
            if proxy.resolves_names() {
                // The only name that is asked for here is the proxy's own.
                let why = format!("its own name cannot be resolved: {}", unresolved.0);
                return FetchError::ThroughProxy { host, why };
            }
            return FetchError::Resolve { host, why: unresolved.0.clone() };
        }
        cause = error.source();
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
    response: Response,
    url: Url,
    request: Request<'_>,
    conditional: bool,
    now: Timestamp,
) -> Result<Exchange, FetchError> {
    let status = response.status().as_u16();
    let headers = response.headers();
    let value = |name| headers.get(name).map(|value: &HeaderValue| value.as_bytes().to_vec());
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let exchange = Exchange {
        permanent: None,
        redirects: Vec::new(),
        exhausted: conditional::exhausted(headers, now),
        challenged: headers.get("cf-mitigated").is_some_and(|value| value.as_bytes() == b"challenge"),
        status,
        conditional,
        validators: Validators { etag: value(header::ETAG), last_modified: value(header::LAST_MODIFIED) },
        content_type: text(header::CONTENT_TYPE),
        content_encoding: decode::codings(
            headers.get_all(header::CONTENT_ENCODING).iter().filter_map(|value| value.to_str().ok()),
        ),
        freshness: conditional::freshness(headers),
        states_freshness: headers.contains_key(header::CACHE_CONTROL) || headers.contains_key(header::EXPIRES),
        retry_after: conditional::retry_after(headers, now),
        body: Bytes::new(),
        url,
    };
    if !matches!(status, 200 | 226) {
        return Ok(exchange);
    }
    let host = exchange.url.host_str().unwrap_or_default().to_owned();
    let body = body(response, host, request.options.max_body).await?;
    Ok(Exchange { body, ..exchange })
}

/// Reads the body as it comes over the wire; it may not be larger than what it is decompressed to may be.
async fn body(response: Response, host: String, limit: u64) -> Result<Bytes, FetchError> {
    if response.content_length().is_some_and(|length| length > limit) {
        return Err(FetchError::TooLarge { limit });
    }
    let mut body = BytesMut::new();
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| FetchError::CutShort {
            host: host.clone(),
            bytes: body.len(),
            why: describe(&error),
        })?;
        if (body.len() + chunk.len()) as u64 > limit {
            return Err(FetchError::TooLarge { limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
