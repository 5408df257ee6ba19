//! Requests to hubs: for a subscription, for its renewal and for its end (WebSub, 5.1).

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use url::Url;

use super::Subscriber;
use crate::clock;
use crate::config::FetchOptions;
use crate::fetch::{Fetcher, Message};
use crate::logging::foreign;

/// How many hubs are asked at the same time.
pub(super) const AT_ONCE: usize = 8;
/// The least time between two looks at what is due.
pub(super) const SPREAD: Duration = Duration::from_millis(50);
/// The least time between two requests to one hub.
const GAP: Duration = Duration::from_secs(1);
/// The longest pause that a hub may ask for.
const PAUSE_MAX: Duration = Duration::from_secs(3_600);
/// How many redirects of a hub are followed.
const REDIRECTS_MAX: usize = 4;
const FORM: &str = "application/x-www-form-urlencoded";

struct NotTaken {
    why: String,
    retry_after: Option<Duration>,
    /// Whether the hub gets too many requests.
    is_busy: bool,
}

impl Subscriber {
    /// Sends the request about a subscription to its hub, which is at this host.
    pub(super) async fn ask(self: Arc<Self>, token: String, host: String) {
        let request = {
            let shared = self.lock();
            shared.book.get(&token).map(|it| {
                let options = shared
                    .configs
                    .get(it.source)
                    .map_or_else(|| shared.usual.clone(), |config| (*config.fetch).clone());
                (it.hub.clone(), it.form(), options, shared.stages.clone())
            })
        };
        let Some((hub, form, options, stages)) = request else {
            self.lock().asked.remove(&host);
            return;
        };
        let result = match form {
            Some(form) => post(&stages.fetcher, &hub, form, &options).await,
            None => Ok(()),
        };
        let now = clock::now();
        {
            let mut shared = self.lock();
            shared.asked.remove(&host);
            let asked = result.as_ref().err().filter(|not| not.is_busy).and_then(|not| not.retry_after);
            shared.rest.insert(host.clone(), now.plus(asked.unwrap_or_default().clamp(GAP, PAUSE_MAX)));
            if let Some(subscription) = shared.book.change(&token) {
                match &result {
                    Ok(()) => subscription.taken(now),
                    Err(not) => subscription.not_taken(&not.why, not.retry_after, now),
                }
            }
        }
        match &result {
            Ok(()) => tracing::debug!(hub = host, "a hub has taken a request for a subscription"),
            Err(not) => {
                tracing::warn!(hub = host, why = %foreign(&not.why), "a hub did not take a request for a subscription");
            }
        }
        if let Err(error) = self.keep().await {
            tracing::error!(%error, "a subscription could not be stored; this is tried again");
        }
        self.wake.notify_one();
    }
}

/// Sends a form to a hub and follows its redirects. Each address is checked like any other (see `fetch/guard.rs`).
async fn post(fetcher: &Fetcher, hub: &str, form: String, options: &FetchOptions) -> Result<(), NotTaken> {
    let because = |why: String| NotTaken { why, retry_after: None, is_busy: false };
    let mut url = Url::parse(hub).map_err(|error| because(format!("the hub has no valid address: {error}")))?;
    let body = Bytes::from(form);
    let headers = [("content-type", FORM.to_owned())];
    for _ in 0..=REDIRECTS_MAX {
        let message = Message { url: &url, options, headers: &headers, body: Some(body.clone()) };
        let reply = fetcher.send(&message, clock::now()).await.map_err(|error| because(error.to_string()))?;
        if reply.is_success() {
            return Ok(());
        }
        match (reply.status, &reply.location) {
            (301 | 302 | 307 | 308, Some(next)) => {
                if url.scheme() == "https" && next.scheme() != "https" {
                    return Err(because("the hub redirects from https to http".to_owned()));
                }
                url = next.clone();
            }
            (status, _) => {
                let why = format!("the hub answered {}", reply.explanation());
                return Err(NotTaken { why, retry_after: reply.retry_after, is_busy: matches!(status, 429 | 503) });
            }
        }
    }
    Err(because(format!("the hub redirects more than {REDIRECTS_MAX} times")))
}
