//! Polls that are asked for: resolves the names, collects the record of each poll, and answers once all is published.

use std::collections::HashSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use super::{Daemon, Mode};
use crate::clock;
use crate::config::nearest;
use crate::model::{Outcome, SourceId, Timestamp};
use crate::poll::Ended;
use crate::schedule::{self, Asker, Wanted};

/// An answer waits this long for the outputs to be rebuilt.
pub(super) const PUBLISHED_WITHIN: Duration = Duration::from_secs(60);

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
    /// Named sources, which are asked for the whole document, whatever is known of it.
    Fresh(Vec<String>),
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

/// What an asker is going to be answered.
#[derive(Debug)]
pub(super) struct Waiting {
    asked: Asked,
    reply: oneshot::Sender<Result<Asked, String>>,
}

impl Daemon {
    pub(super) fn asked(&mut self, ask: Ask) {
        let wanted = match self.wanted(&ask.which) {
            Ok(wanted) => wanted,
            Err(unknown) => {
                // The asker may have gone.
                let _ = ask.reply.send(Err(unknown));
                return;
            }
        };
        if let (Which::Fresh(_), Wanted::These(ids)) = (&ask.which, &wanted) {
            self.fresh.extend(ids);
        }
        let asker = Asker(self.next_asker);
        self.next_asker += 1;
        self.askers.insert(asker, Waiting { asked: Asked::default(), reply: ask.reply });
        self.tell(schedule::Event::Asked { asker, wanted }, clock::moment());
    }

    /// The sources that are meant, as numbers.
    fn wanted(&self, which: &Which) -> Result<Wanted, String> {
        let names: HashSet<&str> = match which {
            Which::Due => return Ok(Wanted::Due),
            Which::All => return Ok(Wanted::All),
            Which::Named(names) | Which::Fresh(names) => names.iter().map(String::as_str).collect(),
        };
        let named = self.configs.iter().filter(|(_, config)| names.contains(config.name.as_str()));
        let ids: Vec<SourceId> = named.map(|(id, _)| *id).collect();
        let known = || self.configs.values().map(|config| config.name.as_str());
        // Names are unique, so fewer sources than names means that a name has no source.
        match names.iter().find(|name| ids.len() < names.len() && !known().any(|known| known == **name)) {
            Some(name) => Err(unknown(name, known())),
            None => Ok(Wanted::These(ids)),
        }
    }

    /// Adds the record of a poll to what an asker is going to be told.
    pub(super) fn note_poll(&mut self, asker: Asker, record: Option<PolledRecord>) {
        if let Some(waiting) = self.askers.get_mut(&asker) {
            waiting.asked.polls.extend(record);
        }
    }

    pub(super) fn note_store_error(&mut self, asker: Asker, error: String) {
        if let Some(waiting) = self.askers.get_mut(&asker) {
            waiting.asked.store_error = Some(error);
        }
    }

    /// Answers once all that was stored until now is published.
    pub(super) fn answer(&mut self, asker: Asker) {
        let Some(Waiting { mut asked, reply }) = self.askers.remove(&asker) else { return };
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

/// What to say of a name that no source has.
pub fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let hint = nearest(name, known).map_or_else(
        || "`watershed list` shows the names there are".to_owned(),
        |nearest| format!("did you mean `{nearest}`?"),
    );
    format!("there is no source named `{}`; {hint}", crate::logging::foreign(name))
}

/// The record of a poll that was not made.
pub(super) fn not_made(name: &str, why: String, next_poll: Option<Timestamp>) -> PolledRecord {
    PolledRecord {
        name: name.to_owned(),
        outcome: None,
        new: 0,
        same: 0,
        revised: 0,
        rejected: 0,
        problems: 0,
        detail: Some(why),
        next_poll,
        failed: false,
    }
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
                failed: matches!(effect.outcome, Outcome::Failed | Outcome::Gone),
            }
        }
        Ended::NotStored(error) => PolledRecord { failed: true, ..not_made(name, error.to_string(), None) },
        Ended::NotYet(why) => not_made(name, why.to_string(), Some(why.until())),
        Ended::NotAsked | Ended::AnswerOfAnother => {
            let why = "not polled: the answer to another source with its address was none for it";
            not_made(name, why.to_owned(), None)
        }
    }
}
