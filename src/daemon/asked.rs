//! Polls that somebody asks for: they pass over the rhythm, never over what a server asked for or a cool-down.

use std::collections::HashSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use super::{Daemon, Known, Mode};
use crate::clock;
use crate::config::{nearest, show_span};
use crate::model::{Outcome, SourceId, Timestamp};
use crate::poll::Ended;
use crate::schedule::{self, HostKey};

/// An answer waits this long for the outputs to be rebuilt.
pub(super) const PUBLISHED_WITHIN: Duration = Duration::from_secs(60);

/// Of a site with a gap of its own that is at least as long, one source is polled for whoever waits.
pub(super) const LONG_GAP: Duration = Duration::from_secs(30);

/// A request for polls.
#[derive(Debug)]
pub struct Ask {
    pub which: Which,
    /// Told when everything is stored and published, or why it cannot be.
    pub reply: oneshot::Sender<Result<Asked, String>>,
}

/// Which sources are meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    Due,
    All,
    Named(Vec<String>),
}

/// How the polls went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// In the order in which they ended; those that were not made come first.
    pub polls: Vec<PolledRecord>,
    /// Whether the outputs could be rebuilt.
    pub published: bool,
    /// Why polls could not be stored, if so.
    pub store_error: Option<String>,
}

/// One source's poll, as `poll --json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolledRecord {
    pub name: String,
    /// None where no poll was made.
    pub outcome: Option<Outcome>,
    /// Of the items of the document: new, known as they are, revised, left out as doubles.
    pub new: u64,
    #[serde(default)]
    pub same: u64,
    pub revised: u64,
    #[serde(default)]
    pub rejected: u64,
    pub problems: u64,
    /// Why it failed, or why it was not made.
    pub detail: Option<String>,
    pub next_poll: Option<Timestamp>,
    /// Whether this counts as a failure.
    pub failed: bool,
}

/// Somebody who waits for polls.
#[derive(Debug)]
pub(super) struct Waiting {
    left: HashSet<SourceId>,
    asked: Asked,
    reply: oneshot::Sender<Result<Asked, String>>,
}

impl Daemon {
    pub(super) fn asked(&mut self, ask: Ask) {
        let now = clock::now();
        let chosen = match self.choose(&ask.which, now) {
            Ok(chosen) => chosen,
            Err(unknown) => {
                let _ = ask.reply.send(Err(unknown));
                return;
            }
        };
        let mut waiting = Waiting { left: HashSet::new(), asked: Asked::default(), reply: ask.reply };
        let mut asked_of = HashSet::new();
        for source in chosen {
            let Some(known) = self.sources.get(&source) else { continue };
            if !self.queue.is_in_flight(source) {
                let host = known.host.clone();
                let gap = self.stages.ledger().state(&host).and_then(|state| state.gap);
                // Who waits for polls does not wait for a site that allows one in a while: it gets one, in turn.
                let slow = || {
                    let gap = gap.filter(|gap| *gap >= LONG_GAP && !asked_of.insert(host.clone()))?;
                    Some(format!("not polled: {} is asked once in {} only", host.as_str(), show_span(gap)))
                };
                let paused = || self.site_pause(&host, true, now).map(|(_, why)| why);
                if let Some(why) = refusal(known, now).or_else(paused).or_else(slow) {
                    waiting.asked.polls.push(not_made(known, why));
                    continue;
                }
                self.queue.set(source, &host, now);
                self.queue.hold(&host, None, gap);
            }
            waiting.left.insert(source);
        }
        if waiting.left.is_empty() {
            self.answer(waiting);
        } else {
            self.asks.push(waiting);
        }
    }

    /// The sources that are meant, in the order in which they are to be asked.
    fn choose(&self, which: &Which, now: Timestamp) -> Result<Vec<SourceId>, String> {
        let names: Option<HashSet<&str>> = match which {
            Which::Named(names) => Some(names.iter().map(String::as_str).collect()),
            Which::Due | Which::All => None,
        };
        let mut chosen: Vec<SourceId> = self
            .sources
            .iter()
            .filter(|(id, known)| match (&names, which) {
                (Some(names), _) => names.contains(known.config.name.as_str()),
                (None, Which::All) => known.config.enabled,
                (None, _) => known.config.enabled && (self.queue.is_in_flight(**id) || is_due(known, now)),
            })
            .map(|(id, _)| *id)
            .collect();
        // Those that have waited longest come first.
        chosen.sort_by_key(|id| (self.sources.get(id).and_then(|known| known.schedule.last_attempt), *id));
        for name in names.into_iter().flatten() {
            if !self.sources.values().any(|known| known.config.name == name) {
                return Err(unknown(name, self.sources.values().map(|known| known.config.name.as_str())));
            }
        }
        Ok(chosen)
    }

    /// Until when a site is left alone, and what to tell whoever waits for its polls. With `only_asked`, not for a
    /// pause of our own making.
    pub(super) fn site_pause(&self, host: &HostKey, only_asked: bool, now: Timestamp) -> Option<(Timestamp, String)> {
        let ledger = self.stages.ledger();
        let state = ledger.state(host).filter(|state| state.asked || !only_asked)?;
        let until = state.paused_until.filter(|until| *until > now)?;
        Some((until, left_alone(host, until, &state.reason)))
    }

    pub(super) fn tell_askers(&mut self, source: SourceId, ended: &Ended) {
        if self.asks.is_empty() {
            return;
        }
        let name = self.sources.get(&source).map_or("(removed)", |known| known.config.name.as_str());
        let record = record(name, ended);
        self.settle_asks(|_, waiting| {
            if waiting.left.remove(&source) {
                waiting.asked.polls.push(record.clone());
                if let Ended::NotStored(error) = ended {
                    // The rest could not be stored either.
                    waiting.asked.store_error = Some(error.to_string());
                    waiting.left.clear();
                }
            }
        });
    }

    /// Nobody waits any more for those of the sources that are not being polled yet; they come when they can.
    pub(super) fn not_polled(&mut self, why: &str, which: impl Fn(&SourceId, &Known) -> bool) {
        self.settle_asks(|daemon, waiting| {
            waiting.left.retain(|source| match daemon.sources.get(source) {
                Some(known) if !daemon.queue.is_in_flight(*source) && which(source, known) => {
                    waiting.asked.polls.push(not_made(known, why.to_owned()));
                    false
                }
                _ => true,
            });
        });
    }

    /// Whether somebody waits for polls of a host.
    pub(super) fn is_host_asked_for(&self, host: &HostKey) -> bool {
        let of_host = |id: &SourceId| self.sources.get(id).is_some_and(|known| known.host == *host);
        self.asks.iter().any(|waiting| waiting.left.iter().any(of_host))
    }

    /// Whether somebody waits for a poll of a source.
    pub(super) fn is_asked_for(&self, source: SourceId) -> bool {
        self.asks.iter().any(|waiting| waiting.left.contains(&source))
    }

    /// Sources that a reload took away will not be polled any more: nobody waits for them.
    pub(super) fn forget_removed(&mut self) {
        self.settle_asks(|daemon, waiting| {
            let wanted = |source: &SourceId| daemon.sources.get(source).is_some_and(|known| known.config.enabled);
            waiting.left.retain(|source| wanted(source) || daemon.queue.is_in_flight(*source));
        });
    }

    /// Does something to whoever waits, and answers those who then wait for nothing more.
    fn settle_asks(&mut self, mut each: impl FnMut(&Daemon, &mut Waiting)) {
        let mut asks = std::mem::take(&mut self.asks);
        asks.iter_mut().for_each(|waiting| each(self, waiting));
        let (left, done): (Vec<Waiting>, Vec<Waiting>) = asks.into_iter().partition(|waiting| !waiting.left.is_empty());
        self.asks = left;
        for waiting in done {
            self.answer(waiting);
        }
    }

    /// Answers once all that was stored until now is published.
    fn answer(&self, waiting: Waiting) {
        let Waiting { mut asked, reply, .. } = waiting;
        let outputs = self.outputs.clone();
        if self.mode == Mode::OnRequest {
            // Nobody is served; only files are there to be written, and nobody else writes them.
            let writes_files = self.config.borrow().serve.files.is_some();
            tokio::spawn(async move {
                let published = if writes_files { outputs.write_site_once().await } else { Ok(()) };
                asked.published = published.is_ok();
                asked.store_error = asked.store_error.or(published.err());
                let _ = reply.send(Ok(asked));
            });
            return;
        }
        let number = outputs.settled();
        tokio::spawn(async move {
            asked.published = tokio::time::timeout(PUBLISHED_WITHIN, outputs.published(number)).await.is_ok();
            asked.store_error = asked.store_error.or(outputs.files_error().await);
            // Whoever asked may have gone.
            let _ = reply.send(Ok(asked));
        });
    }
}

/// Why no poll of a site was made.
pub(super) fn left_alone(host: &HostKey, until: Timestamp, reason: &str) -> String {
    format!("not polled: {} is left alone until {until}: {reason}", host.as_str())
}

fn is_due(known: &Known, now: Timestamp) -> bool {
    known.schedule.next_poll <= now
}

/// Why a source may not be asked now, even though somebody wants it.
fn refusal(known: &Known, now: Timestamp) -> Option<String> {
    let standing = &known.schedule;
    if !known.config.enabled {
        return Some("not polled: it is disabled (`enabled = false`)".to_owned());
    }
    if standing.gone && standing.next_poll > now {
        return Some(format!(
            "not polled: the server says that the feed is gone (410); it is looked at again on {}",
            standing.next_poll
        ));
    }
    if let Some(until) = standing.asked_to_wait(now) {
        return Some(format!("not polled: the server asked to be left alone until {until} (Retry-After)"));
    }
    let cool = schedule::cool_down(&known.config.schedule);
    let attempt = standing.last_attempt.filter(|attempt| *attempt <= now)?;
    let ago = now.since(attempt);
    (ago < cool).then(|| {
        format!(
            "not polled: it was polled {} s ago; again in {} s at the earliest",
            ago.as_secs(),
            (cool - ago).as_secs()
        )
    })
}

/// What to say of a name that no source has.
pub fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let hint = nearest(name, known).map_or_else(
        || "`watershed list` shows the names there are".to_owned(),
        |nearest| format!("did you mean `{nearest}`?"),
    );
    format!("there is no source named `{}`; {hint}", crate::logging::foreign(name))
}

fn not_made(known: &Known, why: String) -> PolledRecord {
    PolledRecord {
        name: known.config.name.clone(),
        outcome: None,
        new: 0,
        same: 0,
        revised: 0,
        rejected: 0,
        problems: 0,
        detail: Some(why),
        next_poll: Some(known.schedule.next_poll).filter(|_| known.config.enabled),
        failed: false,
    }
}

fn record(name: &str, ended: &Ended) -> PolledRecord {
    let mut record = PolledRecord {
        name: name.to_owned(),
        outcome: None,
        new: 0,
        same: 0,
        revised: 0,
        rejected: 0,
        problems: 0,
        detail: None,
        next_poll: None,
        failed: true,
    };
    match ended {
        Ended::Stored(polled) => {
            record.outcome = Some(polled.effect.outcome);
            let tally = &polled.effect.tally;
            (record.new, record.same) = (tally.new, tally.same);
            (record.revised, record.rejected) = (tally.revised, tally.rejected);
            record.problems = polled.effect.problems as u64;
            record.detail.clone_from(&polled.detail);
            record.next_poll = Some(polled.effect.schedule.next_poll);
            record.failed = matches!(polled.effect.outcome, Outcome::Failed | Outcome::Gone);
        }
        Ended::NotStored(error) => record.detail = Some(error.to_string()),
        Ended::Held(held) => {
            record.failed = false;
            record.next_poll = Some(held.until);
            record.detail = Some(held.why.clone());
        }
        Ended::Elsewhere | Ended::NotAsked => {
            record.failed = false;
            record.detail =
                Some("not polled: the answer to another source with its address was none for it".to_owned());
        }
    }
    record
}
