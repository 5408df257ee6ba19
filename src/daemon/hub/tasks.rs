//! The messages of the hub, each sent by a task of its own: verifications of intent, deliveries, denials, and notices
//! to an outside hub.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use url::Url;

use super::handle::HubRequest;
use super::roster::Outcome;
use crate::clock;
use crate::config::{FetchOptions, Secret};
use crate::daemon::Handles;
use crate::fetch::{FetchError, Fetcher, Message, Reply};
use crate::outputs::Outputs;
use crate::publish::{DocumentName, HUB_PATH, Published};
use crate::push::hub::{self, Mode};
use crate::push::signature::{self, Method};
use crate::serve;
use crate::store::{NewSubscription, Store, StoreError, Subscription};
use crate::text::digest::hex;

/// How long a callback may take to answer.
const ANSWERED_WITHIN: Duration = Duration::from_secs(10);
/// Names of callbacks that are looked up at the same time, for requests to subscribe and for deliveries. They have separate places,
/// because everybody can ask for a subscription. Together they are half of the threads for blocking calls (`cli::session`).
const LOOKUPS_ASKED: usize = 8;
const LOOKUPS_TOLD: usize = 24;
/// The status with which a subscriber says that it wants no more (WebSub, 7).
const GONE: u16 = 410;
/// The reason for refusing a subscription to a document that does not exist or requires a token. Both cases have the
/// same reason, so that strangers cannot learn which outputs exist.
const NO_SUCH_FEED: &str = "there is no such feed, or its token is missing";
/// Why a subscription to an old address is refused if the feed has another name now.
const MOVED: &str = "the feed has moved: its address redirects to the new address, which can be subscribed";

/// What all messages need. A reload replaces it.
#[derive(Debug)]
pub(super) struct Means {
    /// For deliveries.
    fetcher: Fetcher,
    /// For callbacks that have not confirmed a subscription yet.
    of_strangers: Fetcher,
    options: FetchOptions,
    /// The address that readers use, without a slash at its end.
    pub(super) public_url: String,
    outputs: Arc<Outputs>,
    store: Store,
}

/// What has become of a request to subscribe or unsubscribe.
#[derive(Debug)]
pub(super) enum Settled {
    /// The callback has confirmed the subscription, and it is stored.
    Subscribed(Box<Subscription>, DocumentName),
    /// The subscription of this callback to this topic has ended.
    Unsubscribed { topic: String, callback: String },
    /// The callback did not confirm the request, or the topic was refused.
    Refused,
    /// The callback has confirmed the request, but it could not be stored.
    NotStored(StoreError),
}

/// Addresses that an outside hub did not accept.
#[derive(Debug)]
pub(super) struct Untold {
    pub(super) topics: Vec<String>,
    /// What went wrong, with what the hub said.
    pub(super) why: String,
    /// The wait that the hub asks for.
    pub(super) asked: Option<Duration>,
}

/// A callback that is told that its subscription was refused or has ended.
#[derive(Debug)]
pub(super) struct Denial {
    pub(super) callback: Url,
    pub(super) asked: Secret,
    pub(super) reason: &'static str,
}

impl Denial {
    /// For a document that does not exist, or that the subscriber may not read. If its old address redirects for everybody, the
    /// subscriber is told so, because only a subscription to the new address brings it further contents.
    pub(super) fn no_such_feed(callback: Url, asked: Secret, outputs: &Outputs, name: &DocumentName) -> Denial {
        let is_open_elsewhere = !outputs.has(name) && matches!(outputs.moved_to(name), Some((_, None)));
        Denial { callback, asked, reason: if is_open_elsewhere { MOVED } else { NO_SUCH_FEED } }
    }
}

impl Means {
    pub(super) fn of(handles: &Handles) -> Arc<Means> {
        let config = Arc::clone(&handles.config.borrow());
        Arc::new(Means {
            fetcher: Fetcher::of_strangers(config.poll.contact.as_deref(), LOOKUPS_TOLD),
            of_strangers: Fetcher::of_strangers(config.poll.contact.as_deref(), LOOKUPS_ASKED),
            options: FetchOptions { timeout: ANSWERED_WITHIN, ..config.defaults.fetch.clone() },
            public_url: config.public_url.as_str().trim_end_matches('/').to_owned(),
            outputs: handles.outputs.clone(),
            store: handles.store.clone(),
        })
    }

    /// Carries out a request (WebSub, 5.2 and 5.3): refuses a topic that the subscriber may not read, and asks the callback whether the
    /// request was its own.
    pub(super) async fn settle(&self, request: &HubRequest) -> Settled {
        let HubRequest { form, name, .. } = request;
        let has = match form.mode {
            Mode::Unsubscribe => String::new(),
            Mode::Subscribe => match self.outputs.get(name).await {
                Some(published) if may_read(&published, &form.topic).is_some() => version(&published),
                _ => {
                    let (callback, asked) = (form.callback.clone(), Secret::new(form.topic.as_str()));
                    let denial = Denial::no_such_feed(callback, asked, &self.outputs, name);
                    self.deny(&denial).await;
                    return Settled::Refused;
                }
            },
        };
        let challenge = hex(&clock::random_bytes::<16>());
        let asked = self.send(&self.of_strangers, &hub::verification(form, &challenge), &[], None).await;
        let is_confirmed =
            asked.is_ok_and(|reply| reply.is_success() && reply.body.trim_ascii() == challenge.as_bytes());
        if !is_confirmed {
            return Settled::Refused;
        }
        let (topic, callback) = (name.path(), String::from(form.callback.clone()));
        if form.mode == Mode::Unsubscribe {
            let ended = self.store.unsubscribe(topic.clone(), callback.clone()).await;
            return ended.map_or_else(Settled::NotStored, |()| Settled::Unsubscribed { topic, callback });
        }
        let new = NewSubscription {
            topic,
            callback,
            asked: Secret::new(form.topic.as_str()),
            secret: form.secret.clone(),
            method: form.method,
            expires: clock::now().plus(form.lease),
            has,
        };
        match self.store.subscribe(new).await {
            Ok(row) => Settled::Subscribed(Box::new(row), name.clone()),
            Err(error) => Settled::NotStored(error),
        }
    }

    /// Sends the content that the topic has now (WebSub, 7).
    pub(super) async fn deliver(
        &self,
        name: &DocumentName,
        callback: &Url,
        asked: &Secret,
        signed_by: Option<&(Method, Secret)>,
    ) -> Outcome {
        let Some(published) = self.outputs.get(name).await else {
            // A document that cannot be built at the moment is delivered later.
            return if self.outputs.has(name) { Outcome::Failed { asked: None } } else { Outcome::NoDocument };
        };
        let Some(keyed) = may_read(&published, asked.expose()) else { return Outcome::NoDocument };
        let snapshot = published.for_reader(keyed);
        let body = snapshot.body().clone();
        let (hub, own) = (format!("{}{HUB_PATH}", self.public_url), published.address(&self.public_url, keyed));
        let mut headers = vec![
            ("content-type", snapshot.content_type().to_owned()),
            ("link", format!("<{hub}>; rel=\"hub\", <{own}>; rel=\"self\"")),
        ];
        if let Some((method, secret)) = signed_by {
            headers.push((signature::HEADER, signature::sign(*method, secret.expose().as_bytes(), &body)));
        }
        let version = version(&published);
        match self.send(&self.fetcher, callback, &headers, Some(body)).await {
            Ok(reply) if reply.is_success() => Outcome::Delivered(version),
            Ok(reply) if reply.status == GONE => Outcome::Unwanted,
            Ok(reply) => Outcome::Failed { asked: reply.retry_after },
            Err(_) => Outcome::Failed { asked: None },
        }
    }

    /// Tells a callback that its subscription was refused or has ended (WebSub, 5.2). The message is not repeated.
    pub(super) async fn deny(&self, denial: &Denial) {
        let url = hub::denial(&denial.callback, denial.asked.expose(), denial.reason);
        let _ = self.send(&self.of_strangers, &url, &[], None).await;
    }

    /// Tells an outside hub which topics have changed. If the hub refuses a message, the other messages are still sent;
    /// if it is busy or cannot be reached, they are not.
    pub(super) async fn ping(&self, hub: &Url, topics: &[String]) -> Result<(), Untold> {
        let mut untold = Untold { topics: Vec::new(), why: String::new(), asked: None };
        let mut is_left_alone = false;
        for (body, named) in hub::pings(topics) {
            if !is_left_alone {
                let form = [("content-type", "application/x-www-form-urlencoded".to_owned())];
                match self.send(&self.fetcher, hub, &form, Some(Bytes::from(body))).await {
                    Ok(reply) if reply.is_success() => continue,
                    Ok(reply) => {
                        is_left_alone = !is_refusal(&reply);
                        (untold.why, untold.asked) =
                            (format!("it answered {}", reply.explanation()), reply.retry_after);
                    }
                    Err(error) => {
                        is_left_alone = true;
                        (untold.why, untold.asked) = (error.to_string(), None);
                    }
                }
            }
            untold.topics.extend(named);
        }
        if untold.topics.is_empty() { Ok(()) } else { Err(untold) }
    }

    /// Sends a message. The connection is closed after it, because the next message to most callbacks is a long time off, and
    /// thousands of idle connections would take the place of others.
    async fn send(
        &self,
        fetcher: &Fetcher,
        url: &Url,
        headers: &[(&'static str, String)],
        body: Option<Bytes>,
    ) -> Result<Reply, FetchError> {
        let headers = [headers, &[("connection", "close".to_owned())]].concat();
        let message = Message { url, options: &self.options, headers: &headers, body };
        let sent = fetcher.send(&message, clock::now()).await;
        if let Err(error) = &sent {
            // The address of a callback is a secret between it and the hub.
            tracing::debug!(host = url.host_str().unwrap_or_default(), %error, "a message of the hub was not taken");
        }
        sent
    }
}

/// Whether a hub refuses what it was told, and not only for the moment.
fn is_refusal(reply: &Reply) -> bool {
    (400..500).contains(&reply.status) && !matches!(reply.status, 408 | 429) && reply.retry_after.is_none()
}

/// Whether a subscriber that wrote the topic in this way may read the document, and then whether it gave the token.
fn may_read(published: &Published, topic: &str) -> Option<bool> {
    let query = Url::parse(topic).ok().and_then(|url| url.query().map(str::to_owned)).unwrap_or_default();
    serve::keyed(published, &query)
}

/// A version that distinguishes the content of a document from its earlier contents: its ETag, and with a token also a
/// digest of the token, so that subscribers that have only an earlier token are noticed.
pub(super) fn version(published: &Published) -> String {
    let etag = published.snapshot.etag();
    match &published.token {
        None => etag.to_owned(),
        Some(token) => format!("{etag} {}", &blake3::hash(token.expose().as_bytes()).to_hex().as_str()[..16]),
    }
}
