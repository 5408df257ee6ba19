//! What hubs tell of sources: a ping makes a source due, and a delivery postpones its next poll.

use super::super::event::NotPolled;
use super::super::source::SourceSchedule;
use super::asked::refusal;
use super::{Mode, Scheduler};
use crate::model::{Moment, SourceId, Timestamp};

impl Scheduler {
    /// Makes a source due because its hub says that it has changed, but not before the cool-down after its last attempt is over,
    /// nor before the time until which the server asked to be left alone. Pauses of its host hold as for every poll.
    pub(super) fn pinged(&mut self, source: SourceId, now: Timestamp) {
        let Some(known) = self.sources.get_mut(&source) else { return };
        if !known.is_enabled || self.mode != Mode::Scheduled {
            return;
        }
        known.is_pinged = true;
        // A poll in flight may have asked before the change, so the ping is looked at again once that poll has ended.
        if self.queue.is_in_flight(source) {
            return;
        }
        let at = match refusal(known, false, now) {
            None => self.moment,
            Some(NotPolled::JustPolled { again_in, .. }) => self.moment.plus(again_in),
            Some(NotPolled::AskedToWait { until, .. }) => Moment::from(until),
            Some(_) => return,
        };
        let at = at.min(known.schedule.due());
        known.schedule.set_next_poll(at.ceil());
        self.queue.set(source, &known.route.host, at);
    }

    /// Looks again at a ping that came while a poll was in flight.
    pub(super) fn ping_again(&mut self, source: SourceId, now: Timestamp) {
        if self.sources.get(&source).is_some_and(|known| known.is_pinged) {
            self.pinged(source, now);
        }
    }

    /// Takes the schedule over that a delivery has led to. A poll in flight plans the next poll itself, and a ping that waits for
    /// its poll keeps the source due.
    pub(super) fn delivered(&mut self, source: SourceId, schedule: SourceSchedule) {
        let Some(known) = self.sources.get_mut(&source) else { return };
        if self.queue.is_in_flight(source) || known.is_pinged {
            return;
        }
        known.schedule = schedule.without_learnt();
        if known.is_enabled && self.mode == Mode::Scheduled {
            self.queue.set(source, &known.route.host, known.schedule.due());
        }
    }
}
