//! `/push/TOKEN`: where the hubs of sources verify subscriptions (GET) and deliver documents (POST).

use hyper::body::{Body, Incoming};
use hyper::header::{self, HeaderMap, HeaderName};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

use super::reply::{self, Reply};
use super::{SiteState, body};
use crate::daemon::{Head, Received};
use crate::fetch::decode;
use crate::push::signature;

/// Most Link headers of a delivery that are read.
const MAX_LINKS: usize = 16;
/// The seconds after which a hub may try again.
const COME_AGAIN_SECONDS: &str = "60";

/// Answers a hub. If no subscription has the token, the answer is 404 (WebSub, 5.3).
pub(super) async fn answer(site: &SiteState, request: &Parts, body: Incoming, token: &str) -> Reply {
    if request.method == Method::POST {
        return delivery(site, request, body, token).await;
    }
    if request.method == Method::HEAD {
        return reply::not_found(site, request).await;
    }
    match site.subscriber.verify(token, request.uri.query().unwrap_or_default()).await {
        // The challenge is echoed byte for byte, as a plain text that no browser takes for a page.
        Received::Confirmed(challenge) => reply::plain(StatusCode::OK, challenge),
        Received::Taken => reply::plain(StatusCode::OK, ""),
        Received::Later => later(),
        Received::Unknown => reply::not_found(site, request).await,
    }
}

async fn delivery(site: &SiteState, request: &Parts, body: Incoming, token: &str) -> Reply {
    // A hub that is told that the subscription is gone may end it (WebSub, 7).
    let Some(limit) = site.subscriber.limit(token) else { return gone() };
    // A body without a length may become as large as is allowed.
    let size = body.size_hint();
    let length = size.exact().or(size.upper()).and_then(|length| usize::try_from(length).ok());
    let Some(room) = site.subscriber.room(length.unwrap_or(limit).min(limit)) else { return later() };
    let body = match body::read(body, limit).await {
        Ok(body) => body,
        Err(why) => {
            let (status, text) = why.told();
            site.subscriber.unread(token, text.trim()).await;
            return reply::plain(status, text);
        }
    };
    match site.subscriber.receive(token, head(&request.headers), body, room).await {
        Received::Confirmed(_) | Received::Taken => reply::plain(StatusCode::OK, ""),
        Received::Later => later(),
        Received::Unknown => gone(),
    }
}

fn head(headers: &HeaderMap) -> Head {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let texts = |name: HeaderName| headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    Head {
        content_type: text(header::CONTENT_TYPE),
        content_encoding: decode::codings(texts(header::CONTENT_ENCODING)),
        links: texts(header::LINK).take(MAX_LINKS).map(str::to_owned).collect(),
        signature: text(HeaderName::from_static(signature::HEADER)),
    }
}

fn gone() -> Reply {
    reply::plain(StatusCode::GONE, "There is no such subscription.\n")
}

fn later() -> Reply {
    let busy = reply::plain(StatusCode::SERVICE_UNAVAILABLE, "Please come again later.\n");
    reply::with(busy, header::RETRY_AFTER, COME_AGAIN_SECONDS)
}
