//! What hubs tell of sources: a ping makes a source due, and a delivery postpones its next poll.

use super::super::event::NotPolled;
use super::super::source::SourceSchedule;
use super::asked::{refusal, rest};
use super::{Mode, Scheduler};
use crate::model::{Moment, SourceId, Timestamp};

impl Scheduler {
    /// Makes a source due because its hub says that it has changed, but not before the cool-down after its last attempt is over,
    /// nor before the time until which the server asked to be left alone. Pauses of its host hold as for every poll.
    pub(super) fn pinged(&mut self, source: SourceId, now: Timestamp) {
        let Some(known) = self.sources.get_mut(source) else { return };
        if !known.is_enabled || self.mode != Mode::Scheduled {
            return;
        }
        known.is_pinged = true;
        // A poll in flight may have asked before the change, so the ping is looked at again once that poll has ended.
        if self.queue.is_in_flight(source) {
            return;
        }
        let at = match refusal(known, false, now).or_else(|| rest(known, now)) {
            None => self.moment,
            Some(NotPolled::JustPolled { again_in, .. }) => self.moment.plus(again_in),
            Some(NotPolled::AskedToWait { until, .. }) => Moment::from(until),
            Some(_) => return,
        };
        let at = at.min(known.schedule.due());
        known.schedule.set_next_poll(at.ceil());
        self.queue.set(source, &known.route.host, at);
    }

    /// Takes the schedule over that a delivery has led to. A poll in flight plans the next poll itself, and a ping that waits for
    /// its poll keeps the source due.
    pub(super) fn delivered(&mut self, source: SourceId, schedule: SourceSchedule) {
        let Some(known) = self.sources.get_mut(source) else { return };
        if self.queue.is_in_flight(source) || known.is_pinged {
            return;
        }
        known.schedule = schedule.without_learnt();
        if known.is_enabled && self.mode == Mode::Scheduled {
            self.queue.set(source, &known.route.host, known.schedule.due());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use url::Url;

    use super::super::super::{Event, Ledger, Limits, Route, Ruling, SourceSchedule, Stored, host_key};
    use super::super::{Action, Source};
    use super::*;
    use crate::config::{Every, ScheduleOptions};
    use crate::model::BySource;

    /// 2027-01-15T08:00:00Z.
    const BEGIN: Timestamp = Timestamp::from_unix(1_800_000_000);
    const ONE: SourceId = SourceId(1);

    fn at(seconds: u64) -> Timestamp {
        BEGIN.plus(Duration::from_secs(seconds))
    }

    fn due(seconds: u64) -> SourceSchedule {
        SourceSchedule { last_attempt: Some(at(0)), last_poll: Some(at(0)), ..SourceSchedule::new(at(seconds)) }
    }

    /// A scheduler with one source, which was polled just now and is due in a day.
    fn scheduler(schedule: SourceSchedule) -> Scheduler {
        let limits = Limits { concurrency: 8, per_host: 1, host_gap: Duration::from_secs(2) };
        let mut scheduler = Scheduler::new(Mode::Scheduled, limits, Ledger::default(), BEGIN);
        let options = Arc::new(ScheduleOptions {
            every: Every::Auto,
            min_every: Duration::from_secs(3_600),
            min_every_written: false,
            max_every: Duration::from_secs(86_400),
            priority: 1.0,
        });
        let host = host_key(&Url::parse("https://a.example/").expect("an address"));
        let schedule = SourceSchedule { planned_under: options.fingerprint(), ..schedule };
        let source = Source::new(schedule, options, true, Route { host, leads_to: None, place: 1 }, BEGIN);
        scheduler.handle(Event::Configured { sources: BySource::from_iter([(ONE, source)]), limits }, BEGIN);
        scheduler
    }

    /// The first second at which a poll starts, of those that are looked at.
    fn starts(scheduler: &mut Scheduler, seconds: &[u64]) -> Option<u64> {
        seconds.iter().copied().find(|second| {
            let elapsed = at(*second).since(BEGIN);
            let actions = scheduler.handle(Event::Woke { elapsed }, at(*second));
            actions.iter().any(|action| matches!(action, Action::Poll { .. }))
        })
    }

    fn ping(scheduler: &mut Scheduler, second: u64) {
        assert!(scheduler.handle(Event::Pinged { source: ONE }, at(second)).is_empty());
    }

    #[test]
    fn a_ping_is_followed_by_a_poll_after_the_cool_down() {
        let mut pinged = scheduler(due(86_400));
        for _ in 0..1_000 {
            ping(&mut pinged, 10);
        }
        assert_eq!(starts(&mut pinged, &[11, 200, 299, 300]), Some(300), "five minutes after the last attempt");
        let mut pinged = scheduler(due(86_400));
        ping(&mut pinged, 4_000);
        assert_eq!(starts(&mut pinged, &[4_000]), Some(4_000));
        let mut asked_to_wait = scheduler(SourceSchedule { not_before: Some(at(2_000)), ..due(86_400) });
        ping(&mut asked_to_wait, 1_000);
        assert_eq!(starts(&mut asked_to_wait, &[1_000, 1_999, 2_000]), Some(2_000), "Retry-After");
        let mut gone = scheduler(SourceSchedule { gone: true, ..due(86_400) });
        ping(&mut gone, 1_000);
        assert_eq!(starts(&mut gone, &[1_000, 80_000]), None);
    }

    #[test]
    fn a_ping_during_a_poll_leads_to_another_poll() {
        let mut pinged = scheduler(due(1_000));
        assert_eq!(starts(&mut pinged, &[1_000]), Some(1_000));
        ping(&mut pinged, 1_001);
        let host = host_key(&Url::parse("https://a.example/").expect("an address"));
        let schedule = SourceSchedule { last_attempt: Some(at(1_000)), last_poll: Some(at(1_002)), ..due(90_000) };
        let stored = Stored { schedule, host, leads_to: None, ruling: Ruling::default() };
        pinged.handle(Event::Stored { source: ONE, stored: Box::new(stored) }, at(1_002));
        assert_eq!(starts(&mut pinged, &[1_003, 1_299, 1_300]), Some(1_300));
    }

    #[test]
    fn a_delivery_postpones_the_next_poll_unless_a_ping_waits() {
        let delivered = || Event::Delivered { source: ONE, schedule: Box::new(due(50_000)) };
        let mut postponed = scheduler(due(1_000));
        postponed.handle(delivered(), at(500));
        assert_eq!(starts(&mut postponed, &[1_000, 49_999, 50_000]), Some(50_000));
        let mut pinged = scheduler(due(1_000));
        ping(&mut pinged, 400);
        pinged.handle(delivered(), at(401));
        assert_eq!(starts(&mut pinged, &[402]), Some(402));
    }
}
