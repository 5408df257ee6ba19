//! All that the scheduler hears, and all that it says in return.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::hosts::HostKey;
use super::ledger::{Report, Ruling};
use super::queue::Limits;
use super::scheduler::Source;
use super::source::SourceSchedule;
use crate::config::show_span;
use crate::model::{NotYet, SourceId, Timestamp};

/// Which sources are polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Each source when it is due.
    Scheduled,
    /// Only the sources that are asked for.
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
    /// These, and pauses that a person may lift are lifted for them.
    Forced(Vec<SourceId>),
}

/// All that can happen.
#[derive(Debug)]
pub enum Event {
    /// Time has gone by. `elapsed` is how long the scheduler has existed by the monotonic clock, which cannot be set. Only
    /// this event starts polls, so it follows each other event.
    Woke { elapsed: Duration },
    /// These sources are configured from now on, and these limits hold. What is in flight stays so.
    Configured { sources: BTreeMap<SourceId, Source>, limits: Limits },
    /// An asker wants sources polled now.
    Asked { asker: Asker, wanted: Wanted },
    /// The request of a poll that this source leads is redirected to another host.
    Redirected { source: SourceId, to: HostKey },
    /// The answer to a request has come, or will not come; nothing of it is stored yet.
    Answered(Report),
    /// The source's document is found at another place from now on.
    Moved { source: SourceId, place: u64 },
    /// A poll has ended: its results are stored.
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
}

/// What a stored poll means for the next one.
#[derive(Debug)]
pub struct Stored {
    pub schedule: SourceSchedule,
    /// The host that the source's next request goes to.
    pub host: HostKey,
    /// The host that answered in the end; None where there was no answer.
    pub leads_to: Option<HostKey>,
    pub ruling: Ruling,
}

/// All that is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Poll these sources with one request; the first source leads.
    Poll { sources: Vec<SourceId> },
    /// The poll that this source leads may go on to the host that it was redirected to.
    GoOn { source: SourceId },
    /// The poll that this source leads may not go on to that host.
    HoldBack { source: SourceId, why: NotYet },
    /// The poll that this source leads is to be told whom its answer counts against.
    Rule { source: SourceId, ruling: Ruling },
    /// The asker is to be told of the end of a poll, which the event was about.
    TellEnd { asker: Asker, source: SourceId },
    /// The asker is to be told what was lifted so that a source can be polled for it.
    TellLifted { asker: Asker, source: SourceId, what: Lifted },
    /// The asker is to be told that a source is not polled for it.
    TellNotPolled { asker: Asker, source: SourceId, why: NotPolled, next_poll: Option<Timestamp> },
    /// The asker is to be told that the store cannot be written: nothing more comes of what it waits for.
    TellNotStored { asker: Asker, error: String },
    /// The asker has been told everything, and is to be answered once that is published.
    Answer { asker: Asker },
    /// To be logged: a poll was put off, and the source is polled again at this time.
    LogPutOff { source: SourceId, until: Timestamp, why: NotYet },
    /// To be logged: a host is left alone until this time.
    LogLeftAlone { host: HostKey, until: Timestamp, reason: String },
    /// To be logged: the network seems to be down, and polling pauses until this time.
    LogOutage { until: Timestamp },
    /// To be logged: this machine has run out of open files or the like, and polling pauses until this time.
    LogFull { until: Timestamp },
    /// To be logged: the network is back, and this many sources that failed without it are due.
    LogForgiven { sources: usize },
    /// To be logged: the wall clock was set.
    LogClockSet { expected: Timestamp, now: Timestamp },
}

/// What kept a source from being polled, until an asker forced the poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lifted {
    /// The wait after failed polls.
    BackOff { failures: u32, until: Timestamp },
    /// Retry-After of more than a day, which the server sent for this source.
    AskedToWait { until: Timestamp },
    /// The pause of its host, or of the host that its requests are redirected to.
    HostPause { host: HostKey, until: Timestamp, reason: String },
}

impl fmt::Display for Lifted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lifted::BackOff { failures, until } => write!(f, "back-off until {until}, after failed polls: {failures}"),
            Lifted::AskedToWait { until } => {
                write!(f, "the server's wish to be left alone until {until} (Retry-After of more than a day)")
            }
            Lifted::HostPause { host, until, reason } => {
                write!(f, "the pause of {} until {until}: {reason}", host.as_str())
            }
        }
    }
}

/// Why a source is not polled for an asker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotPolled {
    Disabled,
    /// The server says that the feed is gone.
    Gone {
        looked_at: Timestamp,
    },
    /// Retry-After. `is_long`: it asks for more than a day, so that a person may lift it.
    AskedToWait {
        until: Timestamp,
        is_long: bool,
    },
    /// The last attempt was only just made.
    JustPolled {
        ago: Duration,
        again_in: Duration,
    },
    /// The host allows one request in a long while, and another source of it is polled first.
    HostIsSlow {
        host: HostKey,
        gap: Duration,
    },
    /// The source's host, or the host that its requests are redirected to, may not be asked yet.
    NotYet(NotYet),
    /// Nothing is polled because the network seems to be down.
    Outage {
        until: Timestamp,
    },
    /// Nothing is polled because this machine has run out of open files or the like.
    Full {
        until: Timestamp,
    },
}

impl fmt::Display for NotPolled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotPolled::Disabled => f.write_str("not polled: it is disabled (`enabled = false`)"),
            NotPolled::Gone { looked_at } => write!(
                f,
                "not polled: the server says that the feed is gone (410); it is looked at again on {looked_at}"
            ),
            NotPolled::AskedToWait { until, is_long } => {
                let help = if *is_long {
                    "it is more than a day, so `poll --force` lifts it"
                } else {
                    "it is a day or less, so `poll --force` does not lift it"
                };
                write!(f, "not polled: the server asked to be left alone until {until} (Retry-After); {help}")
            }
            NotPolled::JustPolled { ago, again_in } => {
                let (ago, again_in) = (ago.as_secs(), again_in.as_secs());
                write!(f, "not polled: it was polled {ago} s ago; again in {again_in} s at the earliest")
            }
            NotPolled::HostIsSlow { host, gap } => {
                write!(f, "not polled: {} is asked once in {} only", host.as_str(), show_span(*gap))
            }
            NotPolled::NotYet(why) => fmt::Display::fmt(why, f),
            NotPolled::Full { until } => {
                write!(f, "not polled: this machine has no open files or memory left; polling pauses until {until}")
            }
            NotPolled::Outage { until } => {
                write!(f, "not polled: no network, it seems; polling pauses until {until}")
            }
        }
    }
}
