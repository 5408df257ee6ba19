//! The subscriptions of all sources: which are wanted, which are in force, and what each hub is trusted with.
//!
//! [`Book::settle`] compares what is wanted with what there is, and [`Book::due`] says which hub is asked next. Both are called
//! again and again; nothing else makes or ends a subscription. [`Book::take_changes`] returns what has to be stored.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::offers::Offer;
use super::subscriber::{State, Subscription, Verification};
use crate::model::{SourceId, Timestamp};
use crate::schedule::{Pushed, Trust};

/// A hub is doubted for all of its sources if at least this many of them, and more than a third, distrust it.
const DOUBTED_SOURCES: usize = 3;
/// How many deliveries and pings a subscription may bring within [`WINDOW_SECONDS`]. Further requests count as one
/// ping.
const PER_WINDOW: u32 = 30;
const WINDOW_SECONDS: u64 = 60;
/// How many subscriptions of a source may wait for their end. Older subscriptions are forgotten, so that a source that
/// names another hub at every poll costs little.
const ENDING_MAX: usize = 2;

/// A hub's host, and a source of it.
pub type TrustKey = (String, SourceId);

/// What has to be stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    pub subscriptions: Vec<Subscription>,
    /// Tokens of subscriptions that are over.
    pub removed: Vec<String>,
    pub trusts: Vec<(TrustKey, Trust)>,
    /// The trust that is no longer kept.
    pub trusts_removed: Vec<TrustKey>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }
}

#[derive(Debug, Default)]
pub struct Book {
    subscriptions: BTreeMap<String, Subscription>,
    /// The tokens of each source.
    of_source: HashMap<SourceId, BTreeSet<String>>,
    wanted: BTreeMap<SourceId, Offer>,
    /// Our own address, with which every callback address begins.
    base: String,
    trusts: BTreeMap<TrustKey, Trust>,
    /// When the present window of a token began, and how many deliveries it has had.
    paces: HashMap<String, (Timestamp, u32)>,
    /// The tokens and the keys of trust whose stored state is out of date, including those that no longer exist.
    changed: BTreeSet<String>,
    trusts_changed: BTreeSet<TrustKey>,
}

impl Book {
    /// The book as it was stored.
    pub fn new(subscriptions: Vec<Subscription>, trusts: Vec<(TrustKey, Trust)>) -> Book {
        let mut book = Book { trusts: trusts.into_iter().collect(), ..Book::default() };
        for subscription in subscriptions {
            book.insert(subscription);
        }
        book
    }

    fn insert(&mut self, subscription: Subscription) {
        self.of_source.entry(subscription.source).or_default().insert(subscription.token.clone());
        self.subscriptions.insert(subscription.token.clone(), subscription);
    }

    fn remove(&mut self, token: &str) {
        let Some(subscription) = self.subscriptions.remove(token) else { return };
        if let Some(tokens) = self.of_source.get_mut(&subscription.source) {
            tokens.remove(token);
            if tokens.is_empty() {
                self.of_source.remove(&subscription.source);
            }
        }
        self.paces.remove(token);
        self.changed.insert(token.to_owned());
    }

    /// Sets what is wanted for all sources. Subscriptions whose callback address does not begin with `base` are not wanted, because
    /// hubs no longer reach it.
    pub fn want(&mut self, base: &str, wanted: BTreeMap<SourceId, Offer>) {
        base.clone_into(&mut self.base);
        self.wanted = wanted;
    }

    /// Sets what is wanted for a source. Returns whether that has changed.
    pub fn want_for(&mut self, source: SourceId, offer: Option<Offer>) -> bool {
        let before = match offer.clone() {
            Some(offer) => self.wanted.insert(source, offer),
            None => self.wanted.remove(&source),
        };
        before != offer
    }

    pub fn get(&self, token: &str) -> Option<&Subscription> {
        self.subscriptions.get(token)
    }

    /// A subscription that is going to be changed, so that it has to be stored again.
    pub fn change(&mut self, token: &str) -> Option<&mut Subscription> {
        let found = self.subscriptions.get_mut(token)?;
        self.changed.insert(token.to_owned());
        Some(found)
    }

    fn of(&self, source: SourceId) -> impl Iterator<Item = &Subscription> {
        let tokens = self.of_source.get(&source).into_iter().flatten();
        tokens.filter_map(move |token| self.subscriptions.get(token))
    }

    /// The newest subscription of a source that is in force.
    fn active(&self, source: SourceId) -> Option<&Subscription> {
        self.of(source).filter(|it| it.state == State::Active).max_by_key(|it| it.verified)
    }

    /// Makes the subscriptions that are wanted and ends those that are not. `make` makes a subscription. Returns the
    /// sources whose hub no longer delivers, so that they have to be polled as without a hub.
    pub fn settle(
        &mut self,
        now: Timestamp,
        mut make: impl FnMut(SourceId, &Offer) -> Subscription,
    ) -> BTreeSet<SourceId> {
        let mut left = BTreeSet::new();
        let mut over = Vec::new();
        for (token, it) in &mut self.subscriptions {
            let is_wanted = it.callback.starts_with(&self.base)
                && self
                    .wanted
                    .get(&it.source)
                    .is_some_and(|offer| offer.kind == it.kind && offer.hub == it.hub && offer.topic == it.topic);
            if it.state == State::Active && (!is_wanted || it.is_over(now)) {
                left.insert(it.source);
            }
            match it.state {
                State::Active if !is_wanted && !it.is_over(now) => {
                    it.end(now);
                    self.changed.insert(token.clone());
                }
                State::Asked if !is_wanted => over.push(token.clone()),
                _ => {}
            }
            if it.is_over(now) {
                over.push(token.clone());
            }
        }
        for token in over {
            self.remove(&token);
        }
        self.forget_ending();
        let mut made = Vec::new();
        let mut replaced = Vec::new();
        for (source, offer) in &self.wanted {
            let newest = self.active(*source);
            let is_asked = self.of(*source).any(|it| it.state == State::Asked);
            // A subscription that comes to its end is renewed by another subscription.
            if !is_asked && newest.is_none_or(|newest| newest.next_try <= now) {
                made.push(make(*source, offer));
            }
            let Some(newest) = newest else { continue };
            let older = self.of(*source).filter(|it| it.state == State::Active && it.token != newest.token);
            replaced.extend(older.map(|it| it.token.clone()));
        }
        for token in replaced {
            if let Some(older) = self.change(&token) {
                older.end(now);
            }
        }
        for mut subscription in made {
            subscription.since = self.active(subscription.source).and_then(|it| it.since);
            self.changed.insert(subscription.token.clone());
            self.insert(subscription);
        }
        left.retain(|source| self.active(*source).is_none());
        left
    }

    /// Forgets the subscriptions that wait for their end where there are too many of a source.
    fn forget_ending(&mut self) {
        let mut ending: BTreeMap<SourceId, Vec<(Timestamp, String)>> = BTreeMap::new();
        for it in self.subscriptions.values().filter(|it| it.state == State::Ending) {
            let verified = it.verified.unwrap_or(it.next_try);
            ending.entry(it.source).or_default().push((verified, it.token.clone()));
        }
        for mut tokens in ending.into_values() {
            tokens.sort();
            tokens.truncate(tokens.len().saturating_sub(ENDING_MAX));
            for (_, token) in tokens {
                self.remove(&token);
            }
        }
    }

    /// The trust in a hub for a source, to be changed. Only the newest hub of a source is remembered.
    fn trust(&mut self, key: &TrustKey) -> &mut Trust {
        if !self.trusts.contains_key(key) {
            let others: Vec<TrustKey> =
                self.trusts.keys().filter(|(hub, source)| *source == key.1 && *hub != key.0).cloned().collect();
            for other in others {
                self.trusts.remove(&other);
                self.trusts_changed.insert(other);
            }
        }
        self.trusts.entry(key.clone()).or_default()
    }

    /// The subscriptions about which a hub is to be asked now, the longest due first, and at most one for each hub: `is_ready` says
    /// whether a host may be asked.
    pub fn due(&self, now: Timestamp, most: usize, is_ready: impl Fn(&str) -> bool) -> Vec<String> {
        let is_due = |it: &&Subscription| it.state != State::Active && it.next_try <= now;
        let mut due: Vec<&Subscription> = self.subscriptions.values().filter(is_due).collect();
        due.sort_by_key(|it| it.next_try);
        let mut hosts = BTreeSet::new();
        let mut chosen = Vec::new();
        for it in due {
            let host = it.hub_host();
            if chosen.len() < most && is_ready(&host) && hosts.insert(host) {
                chosen.push(it.token.clone());
            }
        }
        chosen
    }

    /// Answers a hub's GET request at the callback address of a token.
    pub fn verify(&mut self, token: &str, query: &str, now: Timestamp, chance: f64) -> Verification {
        let Some(found) = self.subscriptions.get_mut(token) else { return Verification::Unknown };
        let before = found.clone();
        let verification = found.verify(query, now, chance);
        if verification == Verification::Unknown {
            found.refused = found.refused.saturating_add(1);
        }
        if *found != before {
            self.changed.insert(token.to_owned());
        }
        if matches!(verification, Verification::Over(_)) {
            self.remove(token);
        }
        verification
    }

    /// Counts a delivery or a ping of a token. Returns whether too many came lately, so that it counts as a ping.
    pub fn is_too_fast(&mut self, token: &str, now: Timestamp) -> bool {
        let (began, number) = self.paces.entry(token.to_owned()).or_insert((now, 0));
        // A window that begins in the future was begun before the clock was set back.
        if now.since(*began).as_secs() >= WINDOW_SECONDS || *began > now {
            (*began, *number) = (now, 0);
        }
        *number = number.saturating_add(1);
        *number > PER_WINDOW
    }

    /// The source's hub as it stands, for a poll that begins; `None` without a subscription in force.
    pub fn pushed(&self, source: SourceId, now: Timestamp) -> Option<Pushed> {
        let active = self.active(source)?;
        let hub = active.hub_host();
        let is_hub_doubted = self.is_doubted(&hub, now);
        let since = active.since?;
        let trust = self.trusts.get(&(hub.clone(), source)).copied().unwrap_or_default();
        Some(Pushed { hub, since, trust, is_hub_doubted })
    }

    /// Whether a hub fails many of its sources.
    fn is_doubted(&self, hub: &str, now: Timestamp) -> bool {
        let of_hub = self.trusts.range((hub.to_owned(), SourceId(i64::MIN))..=(hub.to_owned(), SourceId(i64::MAX)));
        let (mut all, mut distrusted) = (0_usize, 0_usize);
        for (_, trust) in of_hub {
            all += 1;
            distrusted += usize::from(trust.is_distrusted(now));
        }
        is_doubted(all, distrusted)
    }

    /// Notes a poll of a source that was answered. `new` entries were new, of which the hub had time to deliver
    /// `missed`. If the poll was made because of a ping, the hub has announced what the poll brought.
    pub fn note_poll(&mut self, source: SourceId, (new, missed): (u64, u64), now: Timestamp) {
        let Some(active) = self.active(source) else { return };
        let key = (active.hub_host(), source);
        let owed: Vec<String> = self.of(source).filter(|it| it.is_owed).map(|it| it.token.clone()).collect();
        for token in &owed {
            if let Some(it) = self.change(token) {
                it.is_owed = false;
            }
        }
        let trust = self.trust(&key);
        let before = *trust;
        if owed.is_empty() {
            trust.note_poll(missed, now);
        } else {
            trust.note_delivery(new, now);
        }
        if *trust != before {
            self.trusts_changed.insert(key);
        }
    }

    /// Notes a delivery that was read and brought `new` new entries.
    pub fn note_delivery(&mut self, token: &str, new: u64, now: Timestamp) {
        let Some(found) = self.subscriptions.get(token) else { return };
        let key = (found.hub_host(), found.source);
        self.trust(&key).note_delivery(new, now);
        self.trusts_changed.insert(key);
    }

    /// What has to be stored since the last call.
    pub fn take_changes(&mut self) -> Changes {
        let mut changes = Changes::default();
        for token in std::mem::take(&mut self.changed) {
            match self.subscriptions.get(&token) {
                Some(subscription) => changes.subscriptions.push(subscription.clone()),
                None => changes.removed.push(token),
            }
        }
        for key in std::mem::take(&mut self.trusts_changed) {
            match self.trusts.get(&key) {
                Some(trust) => changes.trusts.push((key, *trust)),
                None => changes.trusts_removed.push(key),
            }
        }
        changes
    }

    /// Puts changes back that could not be stored, so that they are stored with the next changes.
    pub fn put_back(&mut self, changes: Changes) {
        let Changes { subscriptions, removed, trusts, trusts_removed } = changes;
        self.changed.extend(subscriptions.into_iter().map(|it| it.token).chain(removed));
        self.trusts_changed.extend(trusts.into_iter().map(|(key, _)| key).chain(trusts_removed));
    }

    /// The sources with an announced change that is not stored yet.
    pub fn owed(&self) -> BTreeSet<SourceId> {
        self.subscriptions.values().filter(|it| it.is_owed).map(|it| it.source).collect()
    }

    /// When [`Book::settle`] or [`Book::due`] next has something to do; `None` if only a change of what is wanted can lead to it.
    pub fn next_look(&self) -> Option<Timestamp> {
        let look = |it: &Subscription| it.lease_until.map_or(it.next_try, |until| until.min(it.next_try));
        self.subscriptions.values().map(look).min()
    }
}

/// Whether a hub is doubted, so that it is not trusted with any source, from the number of its sources and of those
/// that distrust it.
pub fn is_doubted(all: usize, distrusted: usize) -> bool {
    distrusted >= DOUBTED_SOURCES && distrusted * 3 > all
}

/// The trust in the hub at a host in words, for `show`.
pub fn told(trust: &Trust, host: &str, is_hub_doubted: bool, now: Timestamp) -> String {
    let pushed = if trust.pushed == 1 { "1 new entry".to_owned() } else { format!("{} new entries", trust.pushed) };
    let missed = if trust.missed == 1 { "1 was".to_owned() } else { format!("{} were", trust.missed) };
    let state = match trust.distrusted_until.filter(|_| trust.is_distrusted(now)) {
        Some(until) => format!("is distrusted until {until}"),
        None if is_hub_doubted => "is not trusted, because it fails more than a third of its sources".to_owned(),
        None if trust.is_trusted(now) => "is trusted".to_owned(),
        None if trust.has_just_missed() => "missed an entry and has yet to deliver again".to_owned(),
        None => "has yet to prove itself".to_owned(),
    };
    format!("{host} {state}: {pushed} came by push first, {missed} missed")
}

#[cfg(test)]
mod tests;
