//! What hubs send to `/push/TOKEN`: verifications, deliveries and pings.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt;
use tokio::sync::OwnedSemaphorePermit;
use url::form_urlencoded;

use super::{Event, Subscriber, WAITING_PER_SOURCE};
use crate::clock;
use crate::fetch::kib;
use crate::logging::foreign;
use crate::model::{SourceId, Timestamp};
use crate::poll::{self, Delivered, Delivery, Source};
use crate::push::{Protocol, State, Subscription, Verification, signature};
use crate::read;

/// Headers of a delivery.
#[derive(Debug, Clone, Default)]
pub struct Head {
    pub content_type: Option<String>,
    /// The codings of the body, in lower case.
    pub content_encoding: Vec<String>,
    /// The Link headers.
    pub links: Vec<String>,
    /// `X-Hub-Signature`.
    pub signature: Option<String>,
}

/// The answer to a request of a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// The request is confirmed with this body.
    Confirmed(String),
    /// The delivery was received. The hub does not learn whether its content is used.
    Taken,
    /// No subscription has this token, or the subscription does not want this request.
    Unknown,
    /// The delivery cannot be received at present and may be sent again.
    Later,
}

/// The room for a body, held until it has been read.
pub type Room = OwnedSemaphorePermit;

/// A delivery that waits to be read.
#[derive(Debug)]
pub struct Job {
    token: String,
    head: Head,
    body: Bytes,
    _room: Room,
}

/// How a delivery is used.
#[derive(Debug, PartialEq, Eq)]
enum Worth {
    /// Its document is read.
    Document,
    /// The delivery only says that the source has changed, so the source is polled.
    Ping,
    /// The delivery is ignored for this reason.
    Nothing(String),
}

impl Subscriber {
    /// Answers a hub's GET request after the resulting changes are stored.
    pub async fn verify(&self, token: &str, query: &str) -> Received {
        let (now, chance) = (clock::now(), clock::chance());
        let (reply, source) = {
            let mut shared = self.lock();
            let source = shared.book.get(token).map(|it| it.source);
            (shared.book.verify(token, query, now, chance), source)
        };
        if reply == Verification::Unknown {
            return Received::Unknown;
        }
        if let Err(error) = self.keep().await {
            tracing::error!(%error, "a subscription could not be stored, so the hub is asked to come again");
            return Received::Later;
        }
        if let (Verification::Noted, Some(source)) = (&reply, source) {
            self.ping(source).await;
        }
        self.wake.notify_one();
        match reply {
            Verification::Echo(challenge) | Verification::Over(challenge) => Received::Confirmed(challenge),
            Verification::Noted | Verification::Unknown => Received::Taken,
        }
    }

    /// How many bytes a delivery to this token may have; `None` if no subscription in force has the token.
    pub fn limit(&self, token: &str) -> Option<usize> {
        let shared = self.lock();
        let active = shared.book.get(token).filter(|it| it.state == State::Active)?;
        let config = shared.configs.get(active.source)?;
        Some(usize::try_from(config.fetch.max_body.min(super::BODIES_BYTES)).unwrap_or(usize::MAX))
    }

    /// Room for a body of `bytes` bytes; `None` if there is no room at present.
    pub fn room(&self, bytes: usize) -> Option<Room> {
        let permits = u32::try_from(kib(bytes as u64)).ok()?;
        self.bodies.clone().try_acquire_many_owned(permits).ok()
    }

    /// Notes that the body of a delivery could not be read, for this reason.
    pub async fn unread(&self, token: &str, why: &str) {
        let source = {
            let mut shared = self.lock();
            shared.book.change(token).map(|it| {
                refuse(it, format!("a delivery was not read: {why}"));
                it.source
            })
        };
        // The hub has announced a change, so the source is polled.
        if let Some(source) = source {
            self.ping(source).await;
        }
    }

    /// Takes a delivery or a ping. `self` is shared with the task that reads the document.
    pub async fn receive(self: &Arc<Self>, token: &str, head: Head, body: Bytes, room: Room) -> Received {
        let now = clock::now();
        let active = self.lock().book.get(token).filter(|it| it.state == State::Active).cloned();
        let Some(active) = active else { return Received::Unknown };
        // The signature of a large body takes a while, so the lock is not held.
        let worth = worth(&active, &head, &body);
        let source = active.source;
        let (is_too_fast, was_owed) = {
            let mut shared = self.lock();
            let is_too_fast = shared.book.is_too_fast(token, now);
            let Some(it) = shared.book.change(token) else { return Received::Unknown };
            if let Worth::Nothing(why) = worth {
                refuse(it, why);
                return Received::Taken;
            }
            it.deliveries = it.deliveries.saturating_add(1);
            it.last_delivery = Some(now);
            (is_too_fast, std::mem::replace(&mut it.is_owed, true))
        };
        let is_document = worth == Worth::Document && !is_too_fast;
        // The mark is stored once; the counts are stored later, because there may be a thousand pings a second.
        if !was_owed && let Err(error) = self.keep().await {
            tracing::error!(%error, "a delivery could not be noted, so the hub is asked to send it again");
            return Received::Later;
        }
        let job = Job { token: token.to_owned(), head, body, _room: room };
        if !is_document || !self.take_on(source, job) {
            self.ping(source).await;
        }
        Received::Taken
    }

    /// Has a delivery read: at once, or after the other deliveries of its source. Returns false if too many wait.
    fn take_on(self: &Arc<Self>, source: SourceId, job: Job) -> bool {
        let mut shared = self.lock();
        if let Some(waiting) = shared.waiting.get_mut(&source) {
            let has_room = waiting.len() < WAITING_PER_SOURCE;
            if has_room {
                waiting.push_back(job);
            }
            return has_room;
        }
        shared.waiting.insert(source, VecDeque::new());
        drop(shared);
        tokio::spawn(self.clone().read_all(source, job));
        true
    }

    /// Reads a delivery, and those of the same source that arrive meanwhile, one after the other.
    async fn read_all(self: Arc<Self>, source: SourceId, first: Job) {
        let mut next = Some(first);
        while let Some(job) = next {
            self.read_one(source, job).await;
            let mut shared = self.lock();
            next = shared.waiting.get_mut(&source).and_then(VecDeque::pop_front);
            if next.is_none() {
                shared.waiting.remove(&source);
            }
        }
    }

    async fn read_one(&self, source: SourceId, job: Job) {
        let Job { token, head, body, _room } = job;
        let found = {
            let shared = self.lock();
            let active = shared.book.get(&token).map(|it| it.topic.clone()).zip(shared.configs.get(source).cloned());
            active.map(|(topic, config)| {
                let pushed = shared.book.pushed(source, clock::now());
                (topic, Source { config, id: source, is_fresh: false, pushed }, shared.stages.clone())
            })
        };
        let Some((topic, source_of, stages)) = found else { return };
        let name = source_of.config.name.clone();
        let Head { content_type, content_encoding, links, signature: _ } = head;
        let delivery = Delivery { source: source_of, topic, content_type, content_encoding, links, body };
        let delivered = AssertUnwindSafe(poll::deliver(&stages, delivery)).catch_unwind().await;
        let refused = match delivered {
            Ok(Delivered::Stored(effect)) => {
                let (new, revised) = (effect.tally.new, effect.tally.revised);
                tracing::info!(source = name, new, revised, "delivered by its hub");
                self.note_delivered(source, &token, new, clock::now()).await;
                // Sending fails only if the loop has ended, and then the outputs are made anew at the next start.
                let _ = self.events.send(Event::Delivered { source, effect }).await;
                return;
            }
            Ok(Delivered::Same) => {
                self.note_delivered(source, &token, 0, clock::now()).await;
                return;
            }
            Ok(Delivered::Refused(why)) => why,
            Ok(Delivered::NotStored(error)) => format!("it could not be stored: {error}"),
            Err(_panic) => "a bug in watershed ended reading it; please report the logged panic".to_owned(),
        };
        tracing::warn!(source = name, why = %foreign(&refused), "a delivery of its hub was not taken; the source is polled instead");
        if let Some(it) = self.lock().book.change(&token) {
            refuse(it, refused);
        }
        self.ping(source).await;
        self.wake.notify_one();
    }

    async fn note_delivered(&self, source: SourceId, token: &str, new: u64, now: Timestamp) {
        {
            let mut shared = self.lock();
            shared.book.note_delivery(token, new, now);
            let is_all = !shared.pinged.contains(&source) && shared.waiting.get(&source).is_none_or(VecDeque::is_empty);
            if let Some(it) = shared.book.change(token).filter(|_| is_all) {
                (it.is_owed, it.problem) = (false, None);
            }
        }
        if let Err(error) = self.keep().await {
            tracing::error!(%error, "a delivery could not be noted; this is tried again");
        }
    }
}

/// Counts a request that is refused, and keeps the reason.
fn refuse(subscription: &mut Subscription, why: String) {
    subscription.refused = subscription.refused.saturating_add(1);
    subscription.problem = Some(why);
}

/// How to use a POST request to the callback of a subscription (WebSub, 7).
fn worth(subscription: &Subscription, head: &Head, body: &[u8]) -> Worth {
    if subscription.kind == Protocol::RssCloud {
        let mut pairs = form_urlencoded::parse(body);
        let names_topic = pairs.any(|(name, value)| name == "url" && value == subscription.topic.as_str());
        return if names_topic { Worth::Ping } else { Worth::Nothing("a ping named another feed".to_owned()) };
    }
    match (&subscription.secret, &head.signature) {
        // A request without a signature may come from anybody, so the source itself is polled.
        (None, _) => return Worth::Ping,
        (Some(_), None) if body.is_empty() => return Worth::Ping,
        (Some(_), None) => return Worth::Nothing("a delivery had no signature".to_owned()),
        (Some(secret), Some(value)) if !signature::verify(value, secret.as_bytes(), body) => {
            return Worth::Nothing("a delivery had a wrong signature".to_owned());
        }
        (Some(_), Some(_)) => {}
    }
    if body.is_empty() {
        return Worth::Ping;
    }
    let own = read::link_with_rel(&head.links, "self", &subscription.topic);
    if own.is_some_and(|own| own.as_str() != subscription.topic) {
        return Worth::Nothing("the hub delivered the document of another topic".to_owned());
    }
    Worth::Document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::push::Offer;

    #[test]
    fn only_signed_documents_of_the_topic_are_read() {
        let topic = "https://a.example/feed".to_owned();
        let now = Timestamp::from_unix(1_800_000_000);
        let make = |hub: &str, kind: Protocol| {
            let offer = Offer { kind, hub: hub.to_owned(), topic: topic.clone() };
            Subscription::new(SourceId(1), &offer, "https://me.example", [[1; 32], [2; 32]], now)
        };
        let signed = make("https://hub.example/", Protocol::WebSub);
        let secret = signed.secret.clone().expect("there is a secret");
        let sign = |body: &[u8], method| Some(signature::sign(method, secret.as_bytes(), body));
        let check = |of: &Subscription, body: &[u8], signature: Option<String>, link: &str, wanted: &str| {
            let links = if link.is_empty() { Vec::new() } else { vec![format!("<{link}>; rel=self")] };
            let head = Head { links, signature, ..Head::default() };
            let found = match worth(of, &head, body) {
                Worth::Document => "document".to_owned(),
                Worth::Ping => "ping".to_owned(),
                Worth::Nothing(why) => why,
            };
            assert!(found.contains(wanted), "{wanted}: {found}");
        };
        for method in signature::Method::ALL {
            check(&signed, b"<feed/>", sign(b"<feed/>", method), &topic, "document");
            check(&signed, b"<feed/>", sign(b"<feed/>", method), "", "document");
            check(&signed, b"<feed>x", sign(b"<feed/>", method), &topic, "wrong signature");
            check(&signed, b"<feed/>", sign(b"<feed/>", method), "https://b.example/feed", "another topic");
            check(&signed, b"", sign(b"", method), &topic, "ping");
        }
        check(&signed, b"<feed/>", None, &topic, "no signature");
        check(&signed, b"", None, &topic, "ping");
        check(&signed, b"", Some("sha256=00".to_owned()), &topic, "wrong signature");
        check(&signed, b"<feed/>", Some("md5=00".to_owned()), &topic, "wrong signature");
        let unsigned = make("http://hub.example/", Protocol::WebSub);
        check(&unsigned, b"<feed/>", None, &topic, "ping");
        let cloud = make("http://c.example/", Protocol::RssCloud);
        check(&cloud, b"url=https%3A%2F%2Fa.example%2Ffeed", None, "", "ping");
        check(&cloud, b"url=https%3A%2F%2Fb.example%2Ffeed", None, "", "another feed");
        check(&cloud, b"", None, "", "another feed");
    }
}
