//! Who subscribes to what, what each subscriber was last told, and who is to be told now. It knows neither clock nor network.
//!
//! A subscriber has no queue: it is behind if the content that it was last told differs from the content that its topic
//! has now. Therefore it gets the latest content, however many versions it has missed.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use url::Url;

use crate::model::Timestamp;
use crate::publish::DocumentName;
use crate::retry;
use crate::schedule::host_key;
use crate::store::{Delivered, EndedSubscription, Subscription};

/// The number of a subscription in this process. It is never used again.
pub(super) type Number = u64;

/// Which deliveries are made first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// To subscribers whose last delivery succeeded.
    Fresh,
    /// To subscribers whose last delivery failed.
    Again,
}

/// A delivery that is to be made now.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) number: Number,
    pub(super) site: String,
    pub(super) lane: Lane,
}

/// What has become of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The content of this version was delivered.
    Delivered(String),
    /// The delivery is tried again, but not before the wait that the subscriber asks for.
    Failed { asked: Option<Duration> },
    /// The subscriber wants no more (410, WebSub, 7).
    Unwanted,
    /// The document no longer exists, or the subscriber may no longer read it.
    NoDocument,
}

#[derive(Debug)]
pub(super) struct Subscriber {
    pub(super) row: Subscription,
    pub(super) callback: Url,
    pub(super) site: String,
    /// Whether a delivery waits for its turn or is being made.
    is_busy: bool,
    /// Before this time no delivery is made.
    retry_at: Option<Timestamp>,
    /// The content for which no further delivery is tried.
    given_up: Option<String>,
}

#[derive(Debug)]
struct Topic {
    name: DocumentName,
    /// The version of its content. `None` until it was looked at.
    version: Option<String>,
    subscribers: HashSet<Number>,
}

#[derive(Debug, Default)]
pub(super) struct Roster {
    subscribers: HashMap<Number, Subscriber>,
    /// By topic and callback.
    numbers: HashMap<(String, String), Number>,
    topics: HashMap<String, Topic>,
    /// The number of subscriptions of each site.
    sites: HashMap<String, usize>,
    retries: BTreeSet<(Timestamp, Number)>,
    /// Subscriptions whose rows are to be written, and rows that are to be deleted.
    changed: HashSet<Number>,
    ended: Vec<EndedSubscription>,
    next: Number,
}

impl Roster {
    /// Adds a subscription, or takes its renewal over. `name` is the document of its topic.
    pub(super) fn add(&mut self, row: Subscription, name: DocumentName) {
        let Ok(callback) = Url::parse(&row.callback) else {
            self.drop_row(&row);
            return;
        };
        // The renewed subscription may have been marked for deletion in the meantime.
        self.ended.retain(|ended| ended.id != row.id);
        let key = (row.topic.clone(), row.callback.clone());
        if let Some(known) = self.numbers.get(&key).and_then(|number| self.subscribers.get_mut(number)) {
            // Deliveries since then may not be written yet.
            let delivered = std::mem::take(&mut known.row.delivered);
            known.row = Subscription { delivered, ..row };
            known.retry_at = None;
            known.given_up = None;
            return;
        }
        let number = self.next;
        self.next += 1;
        let site = host_key(&callback).as_str().to_owned();
        let topic = || Topic { name, version: None, subscribers: HashSet::new() };
        self.topics.entry(row.topic.clone()).or_insert_with(topic).subscribers.insert(number);
        self.numbers.insert(key, number);
        *self.sites.entry(site.clone()).or_default() += 1;
        let subscriber = Subscriber { row, callback, site, is_busy: false, retry_at: None, given_up: None };
        self.subscribers.insert(number, subscriber);
    }

    /// Deletes a row that could not be added.
    pub(super) fn drop_row(&mut self, row: &Subscription) {
        self.ended.push(EndedSubscription { id: row.id, expires: row.expires });
    }

    /// Ends a subscription, and has its row deleted.
    pub(super) fn end(&mut self, number: Number) -> Option<Subscriber> {
        let ended = self.remove(number)?;
        self.drop_row(&ended.row);
        Some(ended)
    }

    /// Removes a subscription whose row is deleted already.
    pub(super) fn remove(&mut self, number: Number) -> Option<Subscriber> {
        let ended = self.subscribers.remove(&number)?;
        self.numbers.remove(&(ended.row.topic.clone(), ended.row.callback.clone()));
        if let Some(topic) = self.topics.get_mut(&ended.row.topic) {
            topic.subscribers.remove(&number);
            if topic.subscribers.is_empty() {
                self.topics.remove(&ended.row.topic);
            }
        }
        if let Some(many) = self.sites.get_mut(&ended.site) {
            *many -= 1;
            if *many == 0 {
                self.sites.remove(&ended.site);
            }
        }
        if let Some(at) = ended.retry_at {
            self.retries.remove(&(at, number));
        }
        self.changed.remove(&number);
        Some(ended)
    }

    /// A subscriber, with the document of its topic.
    pub(super) fn get(&self, number: Number) -> Option<(&Subscriber, &DocumentName)> {
        let subscriber = self.subscribers.get(&number)?;
        Some((subscriber, self.document(&subscriber.row.topic)?))
    }

    pub(super) fn find(&self, topic: &str, callback: &str) -> Option<Number> {
        self.numbers.get(&(topic.to_owned(), callback.to_owned())).copied()
    }

    /// The document of a topic that has subscribers.
    pub(super) fn document(&self, topic: &str) -> Option<&DocumentName> {
        self.topics.get(topic).map(|topic| &topic.name)
    }

    /// All topics that have subscribers, with their documents.
    pub(super) fn topics(&self) -> impl Iterator<Item = (&String, &DocumentName)> {
        self.topics.iter().map(|(path, topic)| (path, &topic.name))
    }

    pub(super) fn subscribers_of(&self, topic: &str) -> Vec<Number> {
        self.topics.get(topic).map(|topic| topic.subscribers.iter().copied().collect()).unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.subscribers.len()
    }

    pub(super) fn of_site(&self, site: &str) -> usize {
        self.sites.get(site).copied().unwrap_or_default()
    }

    /// The number of subscribers that are behind, and of those whose last delivery failed.
    pub(super) fn count(&self) -> (usize, usize) {
        let is_behind = |subscriber: &&Subscriber| {
            let topic = self.topics.get(&subscriber.row.topic);
            let version = topic.and_then(|topic| topic.version.as_ref());
            version.is_some_and(|version| *version != subscriber.row.delivered)
        };
        let behind = self.subscribers.values().filter(is_behind).count();
        let failing = self.subscribers.values().filter(|subscriber| subscriber.row.failures > 0).count();
        (behind, failing)
    }

    /// Notes the content that a topic has now, and returns the deliveries that are due for it.
    pub(super) fn seen(&mut self, path: &str, version: &str, now: Timestamp) -> Vec<Due> {
        let Some(topic) = self.topics.get_mut(path) else { return Vec::new() };
        topic.version = Some(version.to_owned());
        let subscribers: Vec<Number> = topic.subscribers.iter().copied().collect();
        subscribers.into_iter().filter_map(|number| self.due(number, now)).collect()
    }

    /// The delivery to a subscriber, if one is due now; the subscriber counts as busy from then on.
    pub(super) fn due(&mut self, number: Number, now: Timestamp) -> Option<Due> {
        let subscriber = self.subscribers.get_mut(&number)?;
        let version = self.topics.get(&subscriber.row.topic)?.version.as_deref()?;
        let has_it = subscriber.row.delivered == version || subscriber.given_up.as_deref() == Some(version);
        if has_it || subscriber.is_busy || subscriber.retry_at.is_some_and(|at| at > now) {
            return None;
        }
        if let Some(at) = subscriber.retry_at.take() {
            self.retries.remove(&(at, number));
        }
        subscriber.is_busy = true;
        let lane = if subscriber.row.failures == 0 { Lane::Fresh } else { Lane::Again };
        Some(Due { number, site: subscriber.site.clone(), lane })
    }

    /// The deliveries whose wait is over.
    pub(super) fn retried(&mut self, now: Timestamp) -> Vec<Due> {
        let later = self.retries.split_off(&(now.plus(Duration::from_secs(1)), 0));
        let over = std::mem::replace(&mut self.retries, later);
        over.into_iter().filter_map(|(_, number)| self.due(number, now)).collect()
    }

    /// When the next delivery is tried again.
    pub(super) fn next_retry(&self) -> Option<Timestamp> {
        self.retries.first().map(|(at, _)| *at)
    }

    /// Notes what has become of a delivery that was due. Returns whether the topic must be looked at again, because its content is
    /// not the content that was known.
    pub(super) fn delivered(&mut self, number: Number, outcome: &Outcome, now: Timestamp) -> bool {
        let Some(subscriber) = self.subscribers.get_mut(&number) else { return false };
        subscriber.is_busy = false;
        self.changed.insert(number);
        let known = self.topics.get(&subscriber.row.topic).and_then(|topic| topic.version.clone());
        match outcome {
            Outcome::Delivered(version) => {
                subscriber.row.delivered.clone_from(version);
                subscriber.row.failures = 0;
                subscriber.row.failing_since = None;
                subscriber.given_up = None;
                known.as_ref() != Some(version)
            }
            Outcome::Failed { asked } => {
                subscriber.row.failures = subscriber.row.failures.saturating_add(1);
                let since = *subscriber.row.failing_since.get_or_insert(now);
                if now.since(since) >= retry::GIVEN_UP_AFTER {
                    // The next content is tried once.
                    subscriber.given_up = known;
                } else {
                    let at = now.plus(retry::wait(subscriber.row.failures, *asked));
                    subscriber.retry_at = Some(at);
                    self.retries.insert((at, number));
                }
                false
            }
            Outcome::Unwanted | Outcome::NoDocument => false,
        }
    }

    /// The subscriptions whose lease is over.
    pub(super) fn over(&self, now: Timestamp) -> Vec<Number> {
        let over = self.subscribers.iter().filter(|(_, subscriber)| subscriber.row.expires <= now);
        over.map(|(number, _)| *number).collect()
    }

    /// What is to be written: the state of subscriptions, and the rows that have ended. It counts as written.
    pub(super) fn unwritten(&mut self) -> (Vec<Delivered>, Vec<EndedSubscription>) {
        let changed = std::mem::take(&mut self.changed);
        let state = |number: Number| {
            let row = &self.subscribers.get(&number)?.row;
            Some(Delivered {
                id: row.id,
                delivered: row.delivered.clone(),
                failures: row.failures,
                failing_since: row.failing_since,
            })
        };
        (changed.into_iter().filter_map(state).collect(), std::mem::take(&mut self.ended))
    }

    /// Takes back what could not be written.
    pub(super) fn not_written(&mut self, changed: &[Delivered], ended: Vec<EndedSubscription>) {
        let ids: HashSet<i64> = changed.iter().map(|delivered| delivered.id).collect();
        let again = self.subscribers.iter().filter(|(_, subscriber)| ids.contains(&subscriber.row.id));
        self.changed.extend(again.map(|(number, _)| *number));
        self.ended.extend(ended);
    }

    pub(super) fn has_unwritten(&self) -> bool {
        !self.changed.is_empty() || !self.ended.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;
    use crate::publish::{Format, OutputKind};
    use crate::push::signature::Method;

    const NOW: i64 = 1_800_000_000;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(NOW + seconds)
    }

    fn feed() -> DocumentName {
        DocumentName::Feed(OutputKind::Output("feed".to_owned()), Format::ATOM)
    }

    fn row(id: i64, callback: &str) -> Subscription {
        Subscription {
            id,
            topic: "/feed.atom".to_owned(),
            callback: callback.to_owned(),
            asked: Secret::new("http://a.example/feed.atom"),
            secret: None,
            method: Method::Sha256,
            expires: at(1_000_000),
            delivered: "one".to_owned(),
            failures: 0,
            failing_since: None,
        }
    }

    fn roster() -> Roster {
        let mut roster = Roster::default();
        roster.add(row(7, "http://b.example/c"), feed());
        roster
    }

    fn lanes(due: Vec<Due>) -> Vec<Lane> {
        due.into_iter().map(|due| due.lane).collect()
    }

    #[test]
    fn a_subscriber_is_told_the_latest_content_once() {
        let mut roster = roster();
        assert_eq!(roster.seen("/feed.atom", "one", at(0)), [], "it has that");
        let due = Due { number: 0, site: "b.example".to_owned(), lane: Lane::Fresh };
        assert_eq!(roster.seen("/feed.atom", "two", at(0)), [due]);
        assert_eq!(roster.seen("/feed.atom", "three", at(1)), [], "a delivery is under way");
        assert_eq!(roster.count(), (1, 0));
        // The delivery began before the content changed again.
        assert!(roster.delivered(0, &Outcome::Delivered("two".to_owned()), at(1)), "the topic has other content");
        assert_eq!(lanes(roster.seen("/feed.atom", "three", at(1))), [Lane::Fresh]);
        assert!(!roster.delivered(0, &Outcome::Delivered("three".to_owned()), at(2)));
        assert_eq!((roster.due(0, at(2)), roster.count()), (None, (0, 0)));
        let (written, ended) = roster.unwritten();
        assert_eq!((written[0].delivered.as_str(), written.len(), ended.len()), ("three", 1, 0));
        assert!(!roster.has_unwritten());
        let gone = EndedSubscription { id: 3, expires: at(0) };
        roster.not_written(&written, vec![gone]);
        assert_eq!(roster.unwritten(), (written, vec![gone]));
    }

    #[test]
    fn a_failed_delivery_is_tried_again_for_a_day_and_then_once_for_each_content() {
        let mut roster = roster();
        assert_eq!(lanes(roster.seen("/feed.atom", "two", at(0))), [Lane::Fresh]);
        let mut now = 0;
        let mut tried = 1;
        while now <= 86_400 {
            assert!(!roster.delivered(0, &Outcome::Failed { asked: None }, at(now)));
            let Some(next) = roster.next_retry() else { break };
            assert_eq!(roster.retried(next.minus(Duration::from_secs(1))), [], "it waits");
            assert_eq!(roster.seen("/feed.atom", "two", at(now)), [], "it waits");
            assert_eq!(lanes(roster.retried(next)), [Lane::Again]);
            now = next.unix() - NOW;
            tried += 1;
        }
        assert!(roster.delivered(0, &Outcome::Failed { asked: None }, at(now)) || roster.next_retry().is_none());
        assert!((25..50).contains(&tried), "{tried} attempts in a day");
        assert_eq!(roster.seen("/feed.atom", "two", at(now)), [], "it is given up");
        assert_eq!(lanes(roster.seen("/feed.atom", "three", at(now))), [Lane::Again]);
        roster.delivered(0, &Outcome::Delivered("three".to_owned()), at(now));
        assert_eq!(lanes(roster.seen("/feed.atom", "four", at(now))), [Lane::Fresh], "it has recovered");
    }

    #[test]
    fn a_renewal_keeps_the_content_and_an_end_leaves_nothing() {
        let mut roster = roster();
        roster.seen("/feed.atom", "two", at(0));
        roster.delivered(0, &Outcome::Delivered("two".to_owned()), at(0));
        roster.add(Subscription { expires: at(9), ..row(7, "http://b.example/c") }, feed());
        assert_eq!((roster.len(), roster.of_site("b.example")), (1, 1));
        assert_eq!(roster.get(0).map(|(known, _)| known.row.delivered.as_str()), Some("two"));
        assert_eq!((roster.over(at(8)), roster.over(at(9))), (vec![], vec![0]));
        assert_eq!(roster.find("/feed.atom", "http://b.example/c"), Some(0));
        roster.seen("/feed.atom", "three", at(0));
        roster.delivered(0, &Outcome::Failed { asked: Some(Duration::from_secs(60)) }, at(0));
        assert_eq!(roster.next_retry(), Some(at(60)), "the subscriber asks for a longer wait");
        assert!(roster.end(0).is_some() && roster.end(0).is_none());
        assert_eq!((roster.len(), roster.of_site("b.example"), roster.next_retry()), (0, 0, None));
        let ended = vec![EndedSubscription { id: 7, expires: at(9) }];
        assert_eq!((roster.topics().count(), roster.unwritten()), (0, (vec![], ended.clone())));
        roster.not_written(&[], ended);
        roster.add(row(7, "http://b.example/c"), feed());
        assert!(!roster.has_unwritten(), "the row is in use again");
        assert!(!roster.delivered(0, &Outcome::Unwanted, at(0)), "its delivery ends after it");
    }
}
