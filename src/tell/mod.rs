//! Who is told of news, what they are told, and what becomes of an attempt to tell them.
//!
//! Entry points: [`targets`] lists the receivers that a configuration names, [`event`] says which word of `on` a change
//! of an incident is, [`message()`] writes it down, and [`Progress::after`] decides what an attempt means for the next
//! one.
//!
//! Invariants:
//! - A receiver is told of one thing after the other. The next thing follows when the thing before it is delivered or given up, so
//!   nothing overtakes, and what a receiver was told of is one number ([`Progress::through`]).
//! - What is told is told at least once. A message has an id by which a receiver recognises that it is told again.
//!
//! What never enters: the clock, the network, programs and the database.

mod answer;
mod message;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::config::{Config, NotifyOptions, OutputConfig, Secret};
use crate::incidents::{Ending, Incident, Kind};
use crate::model::Timestamp;
use crate::retry;

pub use answer::{Attempt, of_answer, of_exit};
pub use message::{identity, message};

/// Attempts that a delivery has at the least, because the machine may have been off for most of the day.
const ATTEMPTS_LEAST: u32 = 20;

/// The word for the new state of an incident, if `on` of a `[[notify]]` names it. `None` if a source was disabled or
/// removed, because the user who did that knows it.
pub fn event(change: &Incident, on: &BTreeSet<String>) -> Option<&'static str> {
    let word = match (change.ended, change.kind) {
        (Some((_, Ending::Dropped)), _) => return None,
        (Some((_, Ending::Recovered)), _) => "recovered",
        (None, Kind::Disk | Kind::Store) => "disk",
        (None, kind) => kind.as_str(),
    };
    on.contains(word).then_some(word)
}

/// A receiver of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The key of the receiver in the store.
    pub key: String,
    /// The number of its `[[notify]]`, from 1. `None` for the receiver of an output.
    pub place: Option<u32>,
    pub news: News,
    pub receiver: Receiver,
}

/// The news that a receiver is told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Changes of state, by the words of `on`.
    Changes(BTreeSet<String>),
    /// The new stories of the output with this name.
    Stories(String),
}

/// How a receiver is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receiver {
    /// A program and its arguments.
    Program(Vec<String>),
    /// An address that gets POST requests.
    Address(Secret),
}

impl Receiver {
    fn of(exec: &[String], address: Option<&Secret>) -> Option<Receiver> {
        match address {
            Some(address) => Some(Receiver::Address(address.clone())),
            None if exec.is_empty() => None,
            None => Some(Receiver::Program(exec.to_vec())),
        }
    }

    fn digest(&self) -> String {
        let text = match self {
            Receiver::Program(command) => format!("program {command:?}"),
            Receiver::Address(address) => format!("address {}", address.expose()),
        };
        blake3::hash(text.as_bytes()).to_hex().chars().take(DIGEST_DIGITS).collect()
    }
}

/// What the key of the receiver of an output begins with; the name of the output follows.
const OUTPUT: &str = "output/";
/// Hexadecimal digits of the digest by which the receiver of a `[[notify]]` is known.
const DIGEST_DIGITS: usize = 32;

impl Target {
    /// What people call it: `notify 2`, `output kernel`.
    pub fn name(&self) -> String {
        match &self.news {
            News::Changes(_) => format!("notify {}", self.place.unwrap_or_default()),
            News::Stories(output) => format!("output {output}"),
        }
    }

    /// The name of the key that says how it is told: `exec`, `url` or `webhook`.
    pub fn way(&self) -> &'static str {
        match (&self.receiver, &self.news) {
            (Receiver::Program(_), _) => "exec",
            (Receiver::Address(_), News::Changes(_)) => "url",
            (Receiver::Address(_), News::Stories(_)) => "webhook",
        }
    }
}

/// The receivers of a configuration, in its order.
pub fn targets(config: &Config) -> Vec<Target> {
    let mut targets = Vec::new();
    let mut times: HashMap<String, u32> = HashMap::new();
    for (place, NotifyOptions { on, exec, url }) in (1..).zip(&config.notify) {
        let Some(receiver) = Receiver::of(exec, url.as_ref()) else { continue };
        let digest = receiver.digest();
        // Several tables may tell the same program of different events.
        let time = times.entry(digest.clone()).and_modify(|time| *time += 1).or_insert(1);
        let key = format!("notify/{digest}/{time}");
        let news = News::Changes(on.iter().cloned().collect());
        targets.push(Target { key, place: Some(place), news, receiver });
    }
    for OutputConfig { name, exec, webhook, .. } in &config.outputs {
        let Some(receiver) = Receiver::of(exec, webhook.as_ref()) else { continue };
        let news = News::Stories(name.clone());
        targets.push(Target { key: format!("{OUTPUT}{name}"), place: None, news, receiver });
    }
    targets
}

/// A receiver in the status. It is in the record of `status --json`, so scripts rely on its keys and on those of its progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiverState {
    /// As [`Target::name`].
    pub name: String,
    /// As [`Target::way`].
    pub way: String,
    /// The number of news that wait for it, among the next 1,000 changes of state or entries.
    pub waiting: u64,
    #[serde(flatten)]
    pub progress: Progress,
}

/// How far a receiver has been told. The keys that are not skipped are in the record of [`ReceiverState`]. In the
/// record that everybody may read, `reason` and `dead_reason` are null, because they are only for the operator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// As in [`Target`].
    #[serde(skip)]
    pub key: String,
    #[serde(skip)]
    pub place: Option<u32>,
    /// The number of the last entry, or of the last change of an incident, that was delivered, given up or passed over.
    #[serde(skip)]
    pub through: i64,
    /// The number of deliveries since the receiver was first configured, and the time of the last one.
    pub delivered: u64,
    pub last_delivered: Option<Timestamp>,
    /// The number of failed attempts at what is due, and the time of the first of them.
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
    pub next_attempt: Option<Timestamp>,
    /// Why the last attempt failed.
    pub reason: Option<String>,
    /// Dead letters: the number of deliveries that were given up, the time of the last one, and why it failed.
    pub dead: u64,
    pub last_dead: Option<Timestamp>,
    pub dead_reason: Option<String>,
}

/// The verdict on an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Delivered,
    /// The same delivery is tried again after this time.
    Again(Duration),
    /// The delivery is given up, and the next delivery follows.
    Dead,
}

impl Progress {
    /// The progress after an attempt at number `number`, and what the attempt means.
    pub fn after(&self, number: i64, attempt: &Attempt, now: Timestamp) -> (Progress, Verdict) {
        let settled = Progress { through: number.max(self.through), ..self.renewed() };
        match attempt {
            Attempt::Taken => {
                let delivered = self.delivered.saturating_add(1);
                (Progress { delivered, last_delivered: Some(now), ..settled }, Verdict::Delivered)
            }
            Attempt::Refused { why } => (settled.without(1, why, now), Verdict::Dead),
            Attempt::Failed { why, asked } => {
                let since = self.failing_since.unwrap_or(now);
                let failures = self.failures.saturating_add(1);
                if now.since(since) >= retry::GIVEN_UP_AFTER && failures >= ATTEMPTS_LEAST {
                    return (settled.without(1, why, now), Verdict::Dead);
                }
                let wait = retry::wait(failures, *asked);
                let failed = Progress {
                    failures,
                    failing_since: Some(since),
                    next_attempt: Some(now.plus(wait)),
                    reason: Some(why.clone()),
                    ..self.clone()
                };
                (failed, Verdict::Again(wait))
            }
        }
    }

    /// The progress without the failed attempts at a delivery that is not due any more.
    #[must_use]
    pub fn renewed(&self) -> Progress {
        Progress { failures: 0, failing_since: None, next_attempt: None, reason: None, ..self.clone() }
    }

    /// The progress after `lost` more things were given up.
    #[must_use]
    pub fn without(&self, lost: u64, why: &str, now: Timestamp) -> Progress {
        let dead = self.dead.saturating_add(lost);
        Progress { dead, last_dead: Some(now), dead_reason: Some(why.to_owned()), ..self.clone() }
    }
}

/// For each target the key of the stored receiver that it is, if it is known: the receiver with its key, or else the
/// receiver whose command or address was edited, which is known by its place, or whose output has another name now.
/// Therefore neither an edited address nor a rename repeats or loses news. `renamed` has the former names of outputs,
/// each with the name that took its place.
pub fn known(stored: &[Progress], targets: &[Target], renamed: &HashMap<String, String>) -> Vec<Option<String>> {
    let is_kept = |progress: &Progress| targets.iter().any(|target| target.key == progress.key);
    let find = |target: &Target| {
        let edited =
            |progress: &&Progress| target.place.is_some() && progress.place == target.place && !is_kept(progress);
        let had_another_name = |progress: &&Progress| {
            let former = progress.key.strip_prefix(OUTPUT).and_then(|name| renamed.get(name));
            matches!((&target.news, former), (News::Stories(now), Some(name)) if now == name) && !is_kept(progress)
        };
        let same = stored.iter().find(|progress| progress.key == target.key);
        let same = same.or_else(|| stored.iter().find(edited));
        // If two outputs became one, the receiver goes on where the slower of the two was, because nothing may be lost.
        let same = same.or_else(|| stored.iter().filter(had_another_name).min_by_key(|progress| progress.through));
        same.map(|progress| progress.key.clone())
    };
    targets.iter().map(find).collect()
}
