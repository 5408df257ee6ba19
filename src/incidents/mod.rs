//! Incidents: what a person should know of. A source fails, is gone, has moved, fell silent or floods; a configuration was
//! refused; the disk is nearly full or the database cannot be written.
//!
//! Entry points: [`of_source`] after each poll, [`reach`] for sources that are not polled for a long time, and
//! [`of_installation`]. Each compares what is known now with the open incidents and returns the incidents that change, in their
//! new state. [`tell`] puts an incident into words.
//!
//! Invariants:
//! - An incident is one entry of the health feed from its beginning to its end. It has one beginning (`since`), and `updated`
//!   moves only with its state.
//! - Nothing is told that passes by itself within a day: a source counts as failing after [`FAILING_FOR`], and the limits at
//!   which an incident begins and ends lie apart.
//!
//! What never enters: the clock, the disk, the database and the network.

mod space;
mod words;

#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::model::{SourceId, Timestamp};

pub use space::{Outgrown, Space};
pub use words::{OpenIncident, Wording, called, span_in_words, tell, time_in_words};

/// A source that fails for this long counts as failing. Shorter failures pass by themselves.
pub const FAILING_FOR: Duration = Duration::from_secs(24 * 3_600);
/// The fewest failed polls in a row that count, because a single failure may be chance however long ago it was.
const FAILURES_LEAST: u32 = 2;
/// The disk of the database counts as nearly full if the program has less room on it than this, in bytes ...
const DISK_LOW_BYTES: u64 = 256 * 1024 * 1024;
/// ... and less than one part in this many of a small disk. Twice as much room ends the incident.
const DISK_LOW_PART: u64 = 10;

/// The kind of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Every poll of a source has failed for [`FAILING_FOR`] or longer.
    Failing,
    /// The server of a source answers that the feed is gone for good (410).
    Gone,
    /// A source has moved for good and is polled at its new address.
    Moved,
    /// No entry has come for much longer than the rhythm of a source lets expect.
    Silent,
    /// A source renews most of its entries at every poll.
    Flood,
    /// The edited configuration has mistakes.
    Refused,
    /// The disk of the database is nearly full.
    Disk,
    /// The database cannot be written.
    Store,
}

impl Kind {
    pub const ALL: [Kind; 8] =
        [Kind::Failing, Kind::Gone, Kind::Moved, Kind::Silent, Kind::Flood, Kind::Refused, Kind::Disk, Kind::Store];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Failing => "failing",
            Kind::Gone => "gone",
            Kind::Moved => "moved",
            Kind::Silent => "silent",
            Kind::Flood => "flood",
            Kind::Refused => "refused",
            Kind::Disk => "disk",
            Kind::Store => "store",
        }
    }

    /// The kind that [`Kind::as_str`] names so.
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// What an incident of this kind is about. A source, or the installation, has at most one open incident of each
    /// aspect.
    pub fn aspect(self) -> &'static str {
        match self {
            Kind::Failing | Kind::Gone => "reach",
            Kind::Moved => "address",
            Kind::Silent => "rhythm",
            Kind::Flood => "flood",
            Kind::Refused => "configuration",
            Kind::Disk => "disk",
            Kind::Store => "store",
        }
    }

    /// Whether another detail is another state: where a source has moved to, and which mistake the configuration has.
    /// The last error of a source may change at every poll, so it does not count.
    fn is_told_anew(self) -> bool {
        matches!(self, Kind::Moved | Kind::Refused)
    }
}

/// How an incident has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The problem is solved.
    Recovered,
    /// The source is disabled or no longer configured, so it is not checked any more.
    Dropped,
}

impl Ending {
    pub fn as_str(self) -> &'static str {
        match self {
            Ending::Recovered => "recovered",
            Ending::Dropped => "dropped",
        }
    }

    /// The ending that [`Ending::as_str`] names so.
    pub fn parse(text: &str) -> Option<Ending> {
        [Ending::Recovered, Ending::Dropped].into_iter().find(|ending| ending.as_str() == text)
    }
}

/// An incident, open or ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    pub kind: Kind,
    /// `None` for an incident of the whole installation.
    pub source: Option<SourceId>,
    pub since: Timestamp,
    /// When its state last changed.
    pub updated: Timestamp,
    /// When and how it has ended.
    pub ended: Option<(Timestamp, Ending)>,
    /// Why, as it was when the state last changed: the last error of a source, the address that it has moved to, the place of the
    /// first mistake in the configuration, the room on the disk. It may hold secrets, which are removed where it is shown.
    pub detail: Option<String>,
}

impl Incident {
    /// What identifies the incident: two incidents of one store never have the same path.
    pub fn path(&self) -> String {
        let source = self.source.map_or(0, |source| source.0);
        format!("incident/{source}/{}/{}", self.kind.aspect(), self.since.unix())
    }

    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    fn ended(&self, ending: Ending, now: Timestamp) -> Incident {
        Incident { ended: Some((now, ending)), updated: now, ..self.clone() }
    }
}

/// Whether a source can be polled.
#[derive(Debug, Clone, Copy)]
pub struct Reachability<'f> {
    /// When the first of the failed polls in a row ended.
    pub failing_since: Option<Timestamp>,
    /// Failed polls in a row that count against the source.
    pub failures: u32,
    pub gone: bool,
    /// The last error.
    pub why: Option<&'f str>,
}

/// What is known about a source after a poll.
#[derive(Debug, Clone, Copy)]
pub struct SourceFacts<'f> {
    pub source: SourceId,
    pub reach: Reachability<'f>,
    /// The address that the source has moved to for good.
    pub moved_to: Option<&'f str>,
    /// When the last entry came, if that is known.
    pub last_entry: Option<Timestamp>,
    /// Whether no entry has come for much longer than the rhythm lets expect.
    pub silent: bool,
    /// Whether the source floods; `None` if the poll brought no document.
    pub flooding: Option<bool>,
}

/// What is known of the installation.
#[derive(Debug, Clone, Copy, Default)]
pub struct InstallationFacts<'f> {
    /// The place of the first mistake in the edited configuration, if the configuration was refused.
    pub refused: Option<&'f str>,
    /// Bytes on the disk of the database that the program may use, and bytes of the disk; `None` if that is not known.
    pub room: Option<(u64, u64)>,
    /// Why the database cannot be written, if so.
    pub unwritable: Option<&'f str>,
}

/// What was found about an aspect of a source or of the installation.
enum Finding {
    Wrong {
        kind: Kind,
        since: Timestamp,
        detail: Option<String>,
    },
    Right,
    /// Between the two limits: no incident begins, and an open incident goes on.
    Between,
}

/// The incidents of a source that change with a poll, in their new state. `open` are its open incidents.
pub fn of_source(facts: &SourceFacts<'_>, open: &[Incident], now: Timestamp) -> Vec<Incident> {
    let settled = |kind, finding| settle(kind, finding, Some(facts.source), open, now);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let address = match facts.moved_to {
        Some(_) => Finding::Wrong { kind: Kind::Moved, since: now, detail: owned(facts.moved_to) },
        None => Finding::Right,
    };
    let flood = match facts.flooding {
        Some(true) => Finding::Wrong { kind: Kind::Flood, since: now, detail: None },
        Some(false) => Finding::Right,
        None => Finding::Between,
    };
    let changes = [
        settled(Kind::Failing, reached(&facts.reach, now)),
        settled(Kind::Moved, address),
        settled(Kind::Silent, heard(facts, open)),
        settled(Kind::Flood, flood),
    ];
    changes.into_iter().flatten().collect()
}

/// The incident about the reach of a source, if it changes.
pub fn reach(source: SourceId, reach: &Reachability<'_>, open: &[Incident], now: Timestamp) -> Option<Incident> {
    settle(Kind::Failing, reached(reach, now), Some(source), open, now)
}

/// The end of an incident of a source that is not polled any more.
pub fn dropped(incident: &Incident, now: Timestamp) -> Incident {
    incident.ended(Ending::Dropped, now)
}

/// The incidents of the installation that change, in their new state. `open` are its open incidents.
pub fn of_installation(facts: &InstallationFacts<'_>, open: &[Incident], now: Timestamp) -> Vec<Incident> {
    let settled = |kind, finding| settle(kind, finding, None, open, now);
    let wrong = |kind, detail: &str| Finding::Wrong { kind, since: now, detail: Some(detail.to_owned()) };
    let configuration = facts.refused.map_or(Finding::Right, |place| wrong(Kind::Refused, place));
    let store = facts.unwritable.map_or(Finding::Right, |why| wrong(Kind::Store, why));
    let changes = [
        settled(Kind::Refused, configuration),
        settled(Kind::Disk, room(facts.room, now)),
        settled(Kind::Store, store),
    ];
    changes.into_iter().flatten().collect()
}

fn reached(reach: &Reachability<'_>, now: Timestamp) -> Finding {
    let since = reach.failing_since.unwrap_or(now);
    let wrong = |kind| Finding::Wrong { kind, since, detail: reach.why.map(str::to_owned) };
    if reach.gone {
        // The answer 410 is final, so the incident begins without waiting for further failures.
        return wrong(Kind::Gone);
    }
    if reach.failures == 0 {
        return Finding::Right;
    }
    let is_long = now.since(since) >= FAILING_FOR && reach.failures >= FAILURES_LEAST;
    if is_long { wrong(Kind::Failing) } else { Finding::Between }
}

/// Whether entries come. A source that cannot be polled does not count as silent.
fn heard(facts: &SourceFacts<'_>, open: &[Incident]) -> Finding {
    let Some(last) = facts.last_entry else { return Finding::Right };
    let known = open.iter().find(|incident| incident.kind == Kind::Silent);
    // The rhythm forgets what it was before a long silence, so only a new entry ends the incident.
    if known.is_some_and(|known| last > known.since) {
        return Finding::Right;
    }
    if facts.silent && facts.reach.failures == 0 {
        return Finding::Wrong { kind: Kind::Silent, since: last, detail: None };
    }
    Finding::Between
}

/// Whether a disk with these free bytes, of all its bytes, is nearly full.
pub fn is_nearly_full((free, all): (u64, u64)) -> bool {
    free < least_room(all)
}

fn least_room(all: u64) -> u64 {
    DISK_LOW_BYTES.min(all / DISK_LOW_PART)
}

fn room(room: Option<(u64, u64)>, now: Timestamp) -> Finding {
    let Some((free, all)) = room else { return Finding::Between };
    if is_nearly_full((free, all)) {
        return Finding::Wrong { kind: Kind::Disk, since: now, detail: Some(mebibytes(free)) };
    }
    if free >= least_room(all).saturating_mul(2) { Finding::Right } else { Finding::Between }
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes / (1024 * 1024))
}

/// The incident that changes with a finding, in its new state. The finding is about the aspect of `kind`, perhaps of
/// another kind.
fn settle(
    kind: Kind,
    finding: Finding,
    source: Option<SourceId>,
    open: &[Incident],
    now: Timestamp,
) -> Option<Incident> {
    let known = open.iter().find(|incident| incident.kind.aspect() == kind.aspect());
    match (finding, known) {
        (Finding::Between, _) | (Finding::Right, None) => None,
        (Finding::Right, Some(known)) => Some(known.ended(Ending::Recovered, now)),
        (Finding::Wrong { kind, since, detail }, None) => {
            Some(Incident { kind, source, since: since.min(now), updated: now, ended: None, detail })
        }
        (Finding::Wrong { kind, detail, .. }, Some(known)) => {
            let is_news = known.kind != kind || (kind.is_told_anew() && known.detail != detail);
            is_news.then(|| Incident { kind, detail, updated: now, ..known.clone() })
        }
    }
}
