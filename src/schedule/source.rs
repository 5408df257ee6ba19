//! A source's schedule: when it is polled next, and the data that the decision after that needs. [`plan`](super::plan)
//! makes a schedule, the store keeps it, and the scheduler follows it.

use std::time::Duration;

use super::interval::{RETRY_AFTER_KEPT, RETRY_AFTER_MAX};
use super::rhythm::Rhythm;
use super::skip::Skip;
use crate::model::{Moment, Timestamp};

const HOUR: Duration = Duration::from_secs(3_600);
/// The most that rounding adds to a Retry-After: `last_poll` is cut to seconds, and `not_before` is rounded up.
const ROUNDING: Duration = Duration::from_secs(1);

/// When a source is polled next, and the data that the decision after that needs.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceSchedule {
    pub next_poll: Timestamp,
    /// How many milliseconds before `next_poll` the source is due. They are kept in memory only, so that a short
    /// interval is exact. The store has whole seconds, rounded up, so that a poll is never early.
    pub millis_before: u16,
    /// The begin of the last attempt, finished or not.
    pub last_attempt: Option<Timestamp>,
    /// The end of the last finished poll.
    pub last_poll: Option<Timestamp>,
    /// The server asked for no request before this time (Retry-After).
    pub not_before: Option<Timestamp>,
    /// The wait after the last successful poll, without jitter.
    pub interval: Option<Duration>,
    /// Hours and days that the document asks to skip.
    pub skip: Skip,
    /// Failed polls in a row. For a feed that is gone, the polls since the server first answered so.
    pub failures: u32,
    /// The server has answered that the feed is gone.
    pub gone: bool,
    /// A fingerprint of the options that the next poll was planned under.
    pub planned_under: i64,
    /// The part that only the next decision and the operator need. The scheduler leaves it in the store, because there
    /// may be a hundred thousand schedules.
    pub learnt: Option<Box<Learnt>>,
}

/// What earlier polls have taught about a source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learnt {
    /// The reason for the time of the next poll, in a few words for `show`.
    pub reason: String,
    /// `None` until a document has been read.
    pub rhythm: Option<Rhythm>,
    /// The shortest interval that the server's headers ask for.
    pub freshness: Option<Duration>,
    /// The shortest interval that the document asks for.
    pub feed_freshness: Option<Duration>,
    pub last_success: Option<Timestamp>,
}

impl Learnt {
    /// As in [`Rhythm::until_overflow`]; `None` until a document has been read.
    pub(super) fn until_overflow(&self) -> Option<Duration> {
        self.rhythm.as_ref().map(Rhythm::until_overflow)
    }
}

impl SourceSchedule {
    /// The schedule of a source that has never been polled.
    pub fn new(next_poll: Timestamp) -> SourceSchedule {
        SourceSchedule {
            next_poll,
            millis_before: 0,
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

    /// When the source is due, to the millisecond.
    pub fn due(&self) -> Moment {
        Moment::from(self.next_poll).minus(Duration::from_millis(self.millis_before.into()))
    }

    /// Makes the source due at the given second instead of the planned time.
    pub fn set_next_poll(&mut self, at: Timestamp) {
        (self.next_poll, self.millis_before) = (at, 0);
    }

    /// The schedule without its learnt part, as the scheduler holds it.
    #[must_use]
    pub fn without_learnt(self) -> SourceSchedule {
        SourceSchedule { learnt: None, ..self }
    }

    /// The schedule with this learnt part.
    #[must_use]
    pub fn with_learnt(self, learnt: Learnt) -> SourceSchedule {
        SourceSchedule { learnt: Some(Box::new(learnt)), ..self }
    }

    /// The reason for the time of the next poll. Empty without the learnt part.
    pub fn reason(&self) -> &str {
        self.learnt.as_ref().map_or("", |learnt| learnt.reason.as_str())
    }

    /// When the last poll ended that brought or confirmed a document. `None` if no poll has succeeded, or without the learnt
    /// part.
    pub fn last_success(&self) -> Option<Timestamp> {
        self.learnt.as_ref().and_then(|learnt| learnt.last_success)
    }

    pub fn rhythm(&self) -> Option<&Rhythm> {
        self.learnt.as_ref().and_then(|learnt| learnt.rhythm.as_ref())
    }

    /// Whether no entry has come for much longer than the rhythm lets expect, as [`Rhythm::is_silent`].
    pub fn is_silent(&self) -> bool {
        self.rhythm().is_some_and(Rhythm::is_silent)
    }

    /// Shifts every time after the clock was set back. The learnt part stays as the store has it.
    pub fn clock_set_back(&mut self, by: Duration) {
        let moved = |time: Option<Timestamp>| time.map(|time| time.minus(by));
        self.next_poll = self.next_poll.minus(by);
        (self.last_attempt, self.last_poll) = (moved(self.last_attempt), moved(self.last_poll));
        self.not_before = moved(self.not_before);
    }

    /// Whether the server's Retry-After is so long that a person may lift it.
    pub fn asked_for_long(&self) -> bool {
        let pause = self.not_before.zip(self.last_poll).map(|(until, asked_at)| until.since(asked_at));
        pause.is_some_and(|pause| pause > RETRY_AFTER_KEPT + ROUNDING)
    }

    /// Until when the server asked to be left alone. `None` also if that time is so far away that only a clock that ran
    /// ahead can have set it.
    pub fn asked_to_wait(&self, now: Timestamp) -> Option<Timestamp> {
        self.not_before.filter(|until| *until > now && *until <= now.plus(RETRY_AFTER_MAX + HOUR))
    }
}

#[cfg(test)]
impl SourceSchedule {
    /// The schedule of a source that posted daily for a hundred days, and nothing in this many days until `now`.
    pub(crate) fn quiet_for(days: u32, now: Timestamp) -> SourceSchedule {
        let before = |days: u32| now.minus(Duration::from_secs(86_400) * days);
        let mut rhythm = Rhythm::first(&[before(days + 100)], 20, before(days + 100));
        (days..days + 100).rev().for_each(|day| rhythm.observe(&[Some(before(day))], Some(20), before(day)));
        rhythm.observe(&[], Some(20), now);
        SourceSchedule::new(now).with_learnt(Learnt { rhythm: Some(rhythm), ..Learnt::default() })
    }
}
