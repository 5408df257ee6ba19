//! The events that the scheduler handles, and the actions that it returns.

use std::fmt;
use std::time::Duration;

use super::hosts::HostKey;
use super::ledger::{Report, Ruling};
use super::queue::Limits;
use super::scheduler::Source;
use super::source::SourceSchedule;
use crate::config::show_span;
use crate::model::{BySource, NotYet, SourceId, Timestamp};

/// Which sources are polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Polls each source when it is due.
    Scheduled,
    /// Polls only the sources that an asker wants.
    OnRequest,
}

/// The number of an asker: a person or a program that waits for polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Asker(pub u64);

/// Which sources an asker wants polled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    Due,
    All,
    These(Vec<SourceId>),
    /// These sources, after lifting the pauses that a person may lift.
    Forced(Vec<SourceId>),
}

/// What can happen to the scheduler.
#[derive(Debug)]
pub enum Event {
    /// Time has passed. `elapsed` is the age of the scheduler by the monotonic clock, which cannot be set. Only this
    /// event starts polls, so it follows every other event.
    Woke { elapsed: Duration },
    /// Sets the configured sources and the limits. Polls in flight continue.
    Configured { sources: BySource<Source>, limits: Limits },
    /// An asker wants sources polled now.
    Asked { asker: Asker, wanted: Wanted },
    /// The request of a poll that this source leads is redirected to another host.
    Redirected { source: SourceId, to: HostKey },
    /// A request has ended, with or without an answer. Its results are not stored yet.
    Answered(Report),
    /// The source's document has another address from now on.
    Moved { source: SourceId, place: u64 },
    /// A poll has ended, and its results are stored.
    Stored { source: SourceId, stored: Box<Stored> },
    /// A poll has ended, but its results were dropped because the source's address was edited meanwhile.
    Outdated { source: SourceId, ruling: Ruling },
    /// A poll has ended, but its results could not be stored: the poll counts as never finished.
    NotStored { source: SourceId, error: String },
    /// A poll has ended without an answer: a redirect led to a host that may not be asked yet.
    NotYet { source: SourceId, why: NotYet },
    /// The request that this source shared was put off: no request was made for the source.
    NotAsked { source: SourceId },
    /// The request that this source shared was answered, but the answer belongs to another source alone.
    AnswerOfAnother { source: SourceId },
    /// The source's hub says that the source has changed.
    Pinged { source: SourceId },
    /// A delivery of the source's hub is stored, with this schedule.
    Delivered { source: SourceId, schedule: Box<SourceSchedule> },
}

/// What a stored poll means for the next poll.
#[derive(Debug)]
pub struct Stored {
    pub schedule: SourceSchedule,
    /// The host that the source's next request goes to.
    pub host: HostKey,
    /// The host that sent the final answer. `None` if no answer came.
    pub leads_to: Option<HostKey>,
    pub ruling: Ruling,
}

/// What the daemon is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Poll these sources with one request; the first source leads.
    Poll { sources: Vec<SourceId> },
    /// Tell the poll that this source leads whether it may follow its redirect to another host.
    Redirect { source: SourceId, answer: Result<(), NotYet> },
    /// Tell the poll that this source leads whom its answer counts against.
    Rule { source: SourceId, ruling: Ruling },
    /// Tell the asker that the poll of the current event has ended.
    TellEnd { asker: Asker, source: SourceId },
    /// Tell the asker which pause was lifted so that the source can be polled.
    TellLifted { asker: Asker, source: SourceId, what: Lifted },
    /// Tell the asker that a source is not polled, and why.
    TellNotPolled { asker: Asker, source: SourceId, why: NotPolled, next_poll: Option<Timestamp> },
    /// Tell the asker that the store cannot be written, so that it does not wait for its remaining polls.
    TellNotStored { asker: Asker, error: String },
    /// Answer the asker once the results are published, because all of its polls have ended.
    Answer { asker: Asker },
    /// Log that a poll was put off until this time.
    LogPutOff { source: SourceId, until: Timestamp, why: NotYet },
    /// Log that a host is left alone until this time.
    LogLeftAlone { host: HostKey, until: Timestamp, reason: String },
    /// Log that the network seems to be down and that all polling pauses, at first until this time. Comes once in an outage.
    LogOutage { until: Timestamp },
    /// Log that this machine has run out of open files or memory and that all polling pauses until this time.
    LogFull { until: Timestamp },
    /// Log that the network is back and how many sources that failed without it are due now.
    LogForgiven { sources: usize },
    /// Log that the wall clock was set.
    LogClockSet { expected: Timestamp, now: Timestamp },
}

/// A pause that an asker lifted by forcing a poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lifted {
    /// The back-off after failed polls.
    BackOff { failures: u32, until: Timestamp },
    /// Retry-After of more than a day, which the server sent for this source.
    AskedToWait { until: Timestamp },
    /// The pause of the source's host, or of the host that its requests are redirected to.
    HostPause { host: HostKey, until: Timestamp, reason: String },
}

impl fmt::Display for Lifted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lifted::BackOff { failures, until } => write!(f, "the back-off until {until} (failed polls: {failures})"),
            Lifted::AskedToWait { until } => {
                write!(f, "the server's wait until {until} (a Retry-After of more than a day)")
            }
            Lifted::HostPause { host, until, reason } => {
                write!(f, "the pause of {} until {until}: {reason}", host.as_str())
            }
        }
    }
}

/// Why a source is not polled for an asker.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotPolled {
    #[error("not polled: the source is disabled (`enabled = false`)")]
    Disabled,
    /// The server answered that the feed is gone (410).
    #[error("not polled: the server answered that the feed is gone (410); it is checked again on {looked_at}")]
    Gone { looked_at: Timestamp },
    /// The server sent Retry-After. `is_long` means more than a day, which a person may lift.
    #[error("not polled: the server asked to wait until {until} (Retry-After); {}", what_force_does(*is_long))]
    AskedToWait { until: Timestamp, is_long: bool },
    /// The last attempt is too recent.
    #[error("not polled: it was polled {} s ago; it can be polled again in {} s", ago.as_secs(), again_in.as_secs())]
    JustPolled { ago: Duration, again_in: Duration },
    /// The host allows few requests, and another of its sources is polled first.
    #[error(
        "not polled: {} allows one request in {}; another source of it is polled first",
        host.as_str(), show_span(*gap)
    )]
    HostIsSlow { host: HostKey, gap: Duration },
    /// The source's host, or the host that its requests are redirected to, may not be asked yet.
    #[error("{0}")]
    NotYet(NotYet),
    /// No source is polled because the network seems to be down.
    #[error("not polled: the network seems to be down; polling pauses until {until}")]
    Outage { until: Timestamp },
    /// No source is polled because this machine has run out of open files or memory.
    #[error("not polled: this machine has run out of open files or memory; polling pauses until {until}")]
    Full { until: Timestamp },
}

impl NotPolled {
    /// When the reason is over; `None` if time does not end it.
    pub fn until(&self, now: Timestamp) -> Option<Timestamp> {
        match self {
            NotPolled::Disabled | NotPolled::HostIsSlow { .. } => None,
            NotPolled::Gone { looked_at: until }
            | NotPolled::AskedToWait { until, .. }
            | NotPolled::Outage { until }
            | NotPolled::Full { until } => Some(*until),
            NotPolled::JustPolled { again_in, .. } => Some(now.plus(*again_in)),
            NotPolled::NotYet(why) => Some(why.until),
        }
    }
}

fn what_force_does(is_long: bool) -> &'static str {
    if is_long {
        "that is more than a day, so `poll --force` lifts it"
    } else {
        "that is a day or less, so `poll --force` does not lift it"
    }
}
