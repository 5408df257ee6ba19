//! `/push/TOKEN`: where the hubs of sources verify subscriptions (GET) and deliver documents (POST).

use hyper::body::Incoming;
use hyper::http::request::Parts;

use super::SiteState;
use super::reply::{self, Reply};

/// Answers a hub. An address whose token belongs to no subscription does not exist (WebSub, 5.3).
pub(super) async fn answer(site: &SiteState, request: &Parts, _body: Incoming, _token: &str) -> Reply {
    reply::not_found(site, request).await
}
