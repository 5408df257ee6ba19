//! Handles the end of a poll: its consequences for the source, for the host, and for all polling.

use super::super::event::{Action, NotPolled, Stored};
use super::super::hosts::HostKey;
use super::super::interval::{Blame, rested};
use super::super::ledger::Ruling;
use super::{Mode, STORE_PAUSE, Scheduler, drained};
use crate::model::{Cause, NotYet, SourceId, Timestamp};

impl Scheduler {
    /// Ends a poll: its source waits for the next poll, and the askers that wait for this poll are told.
    pub(super) fn ended(&mut self, source: SourceId) {
        self.finish(source, false);
        self.tell_end(source);
        // A ping that came while the poll was in flight is looked at again.
        if self.sources.get(source).is_some_and(|known| known.is_pinged) {
            self.pinged(source, self.moment.cut());
        }
    }

    /// Frees the places that a poll had at hosts, and puts its source back into the queue if sources are polled by
    /// schedule or an asker waits for this source. Returns whether the source is in the queue now.
    fn finish(&mut self, source: SourceId, is_asked_for: bool) -> bool {
        let is_polled = self.mode == Mode::Scheduled || is_asked_for;
        let known = self.sources.get(source).filter(|known| known.is_enabled && is_polled);
        let next = known.map(|known| (&known.route.host, known.schedule.due()));
        self.queue.finished(source, self.moment, next);
        next.is_some()
    }

    pub(super) fn stored(&mut self, source: SourceId, stored: Stored, now: Timestamp) {
        let Stored { schedule, host, leads_to, ruling } = stored;
        if let Some(known) = self.sources.get_mut(source) {
            known.schedule = schedule.without_learnt();
            known.holds = 0;
            if leads_to.is_some() {
                known.route.leads_to = leads_to.filter(|behind| *behind != host);
            }
            known.route.host = host;
        }
        self.ended(source);
        self.apply_ruling(&ruling, now);
        // The source is polled again after the pause, to test whether the network is back.
        if let Some(at) = ruling.hold_all.filter(|_| ruling.asks_again && self.mode == Mode::Scheduled)
            && let Some(known) = self.sources.get_mut(source)
            && known.is_enabled
            && at < known.schedule.next_poll
        {
            known.schedule.set_next_poll(at);
            self.queue.set(source, &known.route.host, at.into());
        }
    }

    /// Pauses all polling after a failed write to the store, and this source at least as long as after an interrupted
    /// poll.
    pub(super) fn not_stored(&mut self, source: SourceId, error: &str, now: Timestamp) {
        let until = now.plus(STORE_PAUSE);
        self.paused_until = Some(until);
        if let Some(known) = self.sources.get_mut(source) {
            // The source waits longer, because its document may be the reason why the write failed.
            let (schedule, options) = (&mut known.schedule, &known.options);
            let attempt = schedule.last_attempt.unwrap_or(now);
            let rested = rested(attempt, schedule.interval, options.min_every, options);
            schedule.set_next_poll(schedule.next_poll.max(until).max(rested));
        }
        self.finish(source, false);
        // The ledger has the ruling already, but `apply_ruling` is called only for a poll that was stored.
        self.hold_hosts();
        self.tell_not_stored(source, error);
    }

    /// Puts a poll off because a redirect led to a host that may not be asked yet. The first time costs one extra
    /// request; after that a source whose redirects keep leading to different hosts keeps to its floor.
    pub(super) fn put_off(&mut self, source: SourceId, why: NotYet, now: Timestamp) {
        let is_crowded = why.cause == Cause::Crowded;
        let mut is_soon = is_crowded || why.cause == Cause::TurnIsSoon;
        if let Some(known) = self.sources.get_mut(source) {
            known.holds += 1;
            let least = if known.holds > 1 { now.plus(known.options.min_every) } else { now };
            let until = why.until.max(least);
            // An asker does not wait for the floor, which may be an hour.
            is_soon &= until == why.until;
            known.schedule.set_next_poll(until);
            known.schedule.last_attempt = known.schedule.last_poll;
            // A poll that was put off for lack of memory says nothing about redirects.
            if !is_crowded {
                let behind = HostKey::from_text(&why.host);
                known.route.leads_to = Some(behind).filter(|behind| *behind != known.route.host);
            }
            self.actions.push(Action::LogPutOff { source, until, why });
        }
        let is_asked_for = is_soon && self.is_waited_for(source);
        let waits = self.finish(source, is_asked_for);
        // If the turn comes soon, askers keep waiting for it.
        if !(is_soon && waits) {
            self.tell_end(source);
        }
    }

    /// Ends a poll for which no request was made. Its attempt does not count.
    pub(super) fn not_asked(&mut self, source: SourceId) {
        if let Some(known) = self.sources.get_mut(source) {
            known.schedule.last_attempt = known.schedule.last_poll;
        }
        self.ended(source);
    }

    /// Applies the ruling on a poll to its host and to all polling.
    pub(super) fn apply_ruling(&mut self, ruling: &Ruling, now: Timestamp) {
        if let Some((host, state)) = &ruling.host {
            let is_passed_over = !state.asked && self.is_host_waited_for(host);
            self.queue.hold(host, state.paused_until.filter(|_| !is_passed_over), state.gap);
            if let Some(until) = state.paused_until.filter(|until| *until > now) {
                let reason = state.reason.clone();
                self.actions.push(Action::LogLeftAlone { host: host.clone(), until, reason: reason.clone() });
                if state.asked {
                    let why = NotYet { host: host.as_str().to_owned(), until, cause: Cause::LeftAlone(reason) };
                    self.tell_not_polled(&NotPolled::NotYet(why), |_, known| known.route.host == *host);
                }
            }
        }
        if let Some(until) = ruling.hold_all {
            let is_full = ruling.blame == Blame::Machine;
            if is_full {
                self.actions.push(Action::LogFull { until });
            } else if !std::mem::replace(&mut self.was_outage_told, true) {
                self.actions.push(Action::LogOutage { until });
            }
            self.queue.hold_all(until);
            let why = if is_full { NotPolled::Full { until } } else { NotPolled::Outage { until } };
            self.tell_not_polled(&why, |_, _| true);
        } else if !self.ledger.is_outage() && !self.ledger.is_full(now) {
            self.was_outage_told = false;
            self.queue.release_all();
        }
        if !ruling.forgiven.is_empty() {
            self.actions.push(Action::LogForgiven { sources: ruling.forgiven.len() });
            let waiting = ruling.forgiven.iter().filter(|id| !self.queue.is_in_flight(**id));
            let overdue = waiting.filter_map(|id| Some(self.sources.get(*id)?.overdue(*id))).collect();
            self.queue.set_all(drained(overdue, now));
        }
    }
}
