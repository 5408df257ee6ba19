//! When a source is polled next, and all that this was decided by: [`plan`](super::plan) makes it, the store keeps it,
//! the scheduler goes by it.

use std::time::Duration;

use super::interval::RETRY_AFTER_MAX;
use super::rhythm::Rhythm;
use super::skip::Skip;
use crate::model::Timestamp;

const HOUR: Duration = Duration::from_secs(3_600);

/// A source's schedule.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceSchedule {
    pub next_poll: Timestamp,
    /// Begin of the last attempt, finished or not.
    pub last_attempt: Option<Timestamp>,
    /// End of the last finished poll.
    pub last_poll: Option<Timestamp>,
    /// The server asked for no request before this (Retry-After).
    pub not_before: Option<Timestamp>,
    /// The wait that the last successful poll was followed by, before chance.
    pub interval: Option<Duration>,
    /// Hours and days that the document wants skipped.
    pub skip: Skip,
    /// Failed polls in a row; of a feed that is gone, the looks at it since then.
    pub failures: u32,
    /// The server has said that the feed is gone.
    pub gone: bool,
    /// A fingerprint of the options that the next poll was planned under.
    pub planned_under: i64,
    /// What only the next decision and an operator need. The scheduler, which holds a hundred thousand schedules, leaves
    /// it to the store.
    pub learnt: Option<Box<Learnt>>,
}

/// What polls have taught of a source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learnt {
    /// Why the next poll is when it is, in a few words for `show`.
    pub reason: String,
    /// None until a document has been read.
    pub rhythm: Option<Rhythm>,
    /// Least time between two polls that the server's headers ask for.
    pub freshness: Option<Duration>,
    /// Least time between two polls that the document asks for.
    pub feed_freshness: Option<Duration>,
    pub last_success: Option<Timestamp>,
}

impl SourceSchedule {
    /// Of a source that has never been polled.
    pub fn new(next_poll: Timestamp) -> SourceSchedule {
        SourceSchedule {
            next_poll,
            last_attempt: None,
            last_poll: None,
            not_before: None,
            interval: None,
            skip: Skip::default(),
            failures: 0,
            gone: false,
            planned_under: 0,
            learnt: None,
        }
    }

    /// The small part, which the scheduler holds.
    #[must_use]
    pub fn without_learnt(self) -> SourceSchedule {
        SourceSchedule { learnt: None, ..self }
    }

    /// Why the next poll is when it is.
    pub fn reason(&self) -> &str {
        self.learnt.as_ref().map_or("", |learnt| learnt.reason.as_str())
    }

    pub fn rhythm(&self) -> Option<&Rhythm> {
        self.learnt.as_ref().and_then(|learnt| learnt.rhythm.as_ref())
    }

    /// Until when the server asked to be left alone, unless only a clock that ran ahead can have said so.
    pub fn asked_to_wait(&self, now: Timestamp) -> Option<Timestamp> {
        self.not_before.filter(|until| *until > now && *until <= now.plus(RETRY_AFTER_MAX + HOUR))
    }
}
