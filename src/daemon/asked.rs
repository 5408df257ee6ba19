//! Serves requests for polls: resolves names, collects the record of each poll, and answers once all is published.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

use super::{Daemon, Mode};
use crate::clock;
use crate::config::meant;
use crate::model::{Outcome, SourceId, Timestamp};
use crate::poll::Ended;
use crate::schedule::{self, Asker, Lifted, Wanted};

/// How long an answer waits for the outputs to be rebuilt.
pub(super) const PUBLISHED_WITHIN: Duration = Duration::from_secs(60);

/// A request for polls.
#[derive(Debug)]
pub struct Ask {
    pub which: Which,
    /// Receives the record of each poll as it ends, while the channel has room; the other records are in the reply.
    pub told: Option<mpsc::Sender<PolledRecord>>,
    /// Receives the result once everything is stored and published, or the reason why that is not possible.
    pub reply: oneshot::Sender<Result<Asked, String>>,
}

/// The sources to poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    Due,
    All,
    Named(Vec<String>),
    /// Named sources, from which the whole document is requested, without validators.
    Fresh(Vec<String>),
    /// Named sources whose pauses are lifted first, except for a Retry-After of a day or less. `fresh` has the meaning
    /// of [`Which::Fresh`].
    Forced {
        names: Vec<String>,
        fresh: bool,
    },
}

/// The results of the requested polls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The records that were not sent as the polls ended: first the polls that were not made, then the others in the
    /// order of their ends.
    pub polls: Vec<PolledRecord>,
    /// The number of all sources that were asked for, of the polls that were made of them, and of those that failed.
    pub sources: usize,
    pub made: usize,
    pub failed: usize,
    /// Whether the outputs were rebuilt in time.
    pub published: bool,
    /// Why polls could not be stored or files could not be written, if so.
    pub store_error: Option<String>,
}

/// One source's poll, as `poll --json` prints it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolledRecord {
    pub name: String,
    /// `None` if the poll was not made.
    pub outcome: Option<Outcome>,
    /// The number of new entries. The fields after it count the unchanged, revised and rejected (duplicate) items.
    pub new: u64,
    #[serde(default)]
    pub same: u64,
    pub revised: u64,
    #[serde(default)]
    pub rejected: u64,
    pub problems: u64,
    /// Why the poll failed, or why it was not made.
    pub detail: Option<String>,
    pub next_poll: Option<Timestamp>,
    /// Whether the poll counts as failed.
    pub failed: bool,
    /// The pauses that were lifted so that the poll could be made, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lifted: Vec<String>,
}

/// The answer to an asker, as far as it is known, and the channel for it.
#[derive(Debug)]
pub(super) struct Waiting {
    asked: Asked,
    /// The pauses that were lifted for polls that have not ended yet.
    lifted: HashMap<SourceId, Vec<String>>,
    told: Option<mpsc::Sender<PolledRecord>>,
    reply: oneshot::Sender<Result<Asked, String>>,
}

impl Waiting {
    /// Sends the record of a poll, or keeps it for the reply if the asker's channel is full.
    fn note(&mut self, record: PolledRecord) {
        self.asked.sources += 1;
        if record.outcome.is_some() {
            self.asked.made += 1;
            self.asked.failed += usize::from(record.failed);
        }
        let untold = match &self.told {
            Some(told) => told.try_send(record).err().map(TrySendError::into_inner),
            None => Some(record),
        };
        self.asked.polls.extend(untold);
    }
}

impl Daemon {
    pub(super) fn asked(&mut self, ask: Ask) {
        let wanted = match self.wanted(&ask.which) {
            Ok(wanted) => wanted,
            Err(unknown) => {
                // The asker may have disconnected.
                let _ = ask.reply.send(Err(unknown));
                return;
            }
        };
        let is_fresh = matches!(ask.which, Which::Fresh(_) | Which::Forced { fresh: true, .. });
        if let Wanted::These(ids) | Wanted::Forced(ids) = &wanted
            && is_fresh
        {
            self.fresh.extend(ids);
        }
        let asker = Asker(self.next_asker);
        self.next_asker += 1;
        let Ask { told, reply, .. } = ask;
        self.askers.insert(asker, Waiting { asked: Asked::default(), lifted: HashMap::new(), told, reply });
        self.tell(schedule::Event::Asked { asker, wanted }, clock::moment());
    }

    /// Resolves the names of the wanted sources.
    fn wanted(&self, which: &Which) -> Result<Wanted, String> {
        let names: HashSet<&str> = match which {
            Which::Due => return Ok(Wanted::Due),
            Which::All => return Ok(Wanted::All),
            Which::Named(names) | Which::Fresh(names) | Which::Forced { names, .. } => {
                names.iter().map(String::as_str).collect()
            }
        };
        let named = self.configs.iter().filter(|(_, config)| names.contains(config.name.as_str()));
        let ids: Vec<SourceId> = named.map(|(id, _)| id).collect();
        let known = || self.configs.values().map(|config| config.name.as_str());
        // Names are unique, so fewer sources than names means that a name has no source.
        match names.iter().find(|name| ids.len() < names.len() && !known().any(|known| known == **name)) {
            Some(name) => Err(unknown(name, known())),
            None if matches!(which, Which::Forced { .. }) => Ok(Wanted::Forced(ids)),
            None => Ok(Wanted::These(ids)),
        }
    }

    /// Adds the record of a poll to an asker's answer.
    pub(super) fn note_poll(&mut self, asker: Asker, source: SourceId, record: Option<PolledRecord>) {
        if let Some(waiting) = self.askers.get_mut(&asker) {
            let lifted = waiting.lifted.remove(&source).unwrap_or_default();
            if let Some(record) = record {
                waiting.note(PolledRecord { lifted, ..record });
            }
        }
    }

    /// Keeps the description of a lifted pause until the record of the poll is there.
    pub(super) fn note_lifted(&mut self, asker: Asker, source: SourceId, what: &Lifted) {
        tracing::info!(source = self.name_of(source), lifted = %what, "a pause was lifted on request");
        if let Some(waiting) = self.askers.get_mut(&asker) {
            waiting.lifted.entry(source).or_default().push(what.to_string());
        }
    }

    pub(super) fn note_store_error(&mut self, asker: Asker, error: String) {
        if let Some(waiting) = self.askers.get_mut(&asker) {
            waiting.asked.store_error = Some(error);
        }
    }

    /// Answers an asker once everything that is stored by now is published.
    pub(super) fn answer(&mut self, asker: Asker) {
        let Some(Waiting { mut asked, reply, .. }) = self.askers.remove(&asker) else { return };
        let outputs = self.handles.outputs.clone();
        if self.mode == Mode::OnRequest {
            // Without a server the outputs exist only as files, which this task has to write itself.
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
            // The asker may have disconnected.
            let _ = reply.send(Ok(asked));
        });
    }
}

/// The error message for a name that no source has.
pub fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let hint = meant(name, known).unwrap_or_else(|| "`watershed list` shows all names".to_owned());
    format!("there is no source named `{}`; {hint}", crate::logging::foreign(name))
}

/// The record of a poll that was not made.
pub(super) fn not_made(name: &str, why: String, next_poll: Option<Timestamp>) -> PolledRecord {
    PolledRecord { name: name.to_owned(), detail: Some(why), next_poll, ..PolledRecord::default() }
}

/// The record of a poll that has ended.
pub(super) fn record(name: &str, ended: &Ended) -> PolledRecord {
    match ended {
        Ended::Stored(polled) | Ended::Outdated(polled) => {
            let (effect, tally) = (&polled.effect, &polled.effect.tally);
            PolledRecord {
                name: name.to_owned(),
                outcome: Some(effect.outcome),
                new: tally.new,
                same: tally.same,
                revised: tally.revised,
                rejected: tally.rejected,
                problems: effect.problems as u64,
                detail: polled.detail.clone(),
                next_poll: Some(effect.schedule.next_poll),
                failed: !effect.outcome.is_success(),
                lifted: Vec::new(),
            }
        }
        Ended::NotStored(error) => PolledRecord { failed: true, ..not_made(name, error.to_string(), None) },
        Ended::NotYet(why) => not_made(name, why.to_string(), Some(why.until)),
        Ended::NotAsked | Ended::AnswerOfAnother => {
            let why = "not polled: the request shared with another source brought no answer for it";
            not_made(name, why.to_owned(), None)
        }
    }
}
