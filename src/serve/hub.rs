//! `/hub`: where subscribers register (WebSub, 5.1).

use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{StatusCode, header};

use super::reply::{self, Reply};
use super::{SiteState, body};

/// Most bytes of a request: two addresses, a secret, and room for parameters that are not known.
const FORM_BYTES: usize = 16 * 1024;
/// The only type of body that subscribers send (WebSub, 5.1).
const FORM: &str = "application/x-www-form-urlencoded";

/// Answers a subscriber.
pub(super) async fn answer(site: &SiteState, request: &Parts, body: Incoming) -> Reply {
    if !is_form(request) {
        let text = format!("The body must be of the type {FORM}.\n");
        return reply::refusal(site, request, StatusCode::UNSUPPORTED_MEDIA_TYPE, text).await;
    }
    match body::read(body, FORM_BYTES).await {
        Err(why) => reply::refusal(site, request, why.status(), why.text().to_owned()).await,
        Ok(_form) => reply::not_found(site, request).await,
    }
}

/// Whether the body is a form, by its Content-Type without parameters.
fn is_form(request: &Parts) -> bool {
    let value = request.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FORM))
}
