//! Handles askers, which want sources polled now. Their polls ignore the rhythm, but never a server's Retry-After or
//! the cool-down. A forced poll also lifts pauses, except for a Retry-After of a day or less.

use std::collections::{BTreeSet, HashSet};

use super::super::event::{Action, Asker, Lifted, NotPolled, Wanted};
use super::super::hosts::HostKey;
use super::super::interval::cool_down;
use super::super::ledger::{HostState, Ledger};
use super::{LONG_GAP, Scheduler, Source};
use crate::model::{SourceId, Timestamp};

#[derive(Debug)]
pub(super) struct Waiting {
    asker: Asker,
    /// The sources whose polls the asker still waits for.
    left: BTreeSet<SourceId>,
}

impl Scheduler {
    pub(super) fn asked(&mut self, asker: Asker, wanted: &Wanted, now: Timestamp) {
        let mut left = BTreeSet::new();
        let mut slow_hosts = HashSet::new();
        let is_forced = matches!(wanted, Wanted::Forced(_));
        for source in self.choose(wanted, now) {
            let Some(known) = self.sources.get(source) else { continue };
            if !self.queue.is_in_flight(source) {
                let host = &known.route.host;
                let gap = self.ledger.state(host).and_then(|state| state.gap);
                // If a host allows only few requests, only one of its sources is polled, so that the asker is not kept
                // waiting.
                let slow = || {
                    let gap = gap.filter(|gap| *gap >= LONG_GAP && !slow_hosts.insert(host.clone()))?;
                    Some(NotPolled::HostIsSlow { host: host.clone(), gap })
                };
                let is_lifted =
                    |host: &HostKey| is_forced && self.ledger.state(host).is_some_and(HostState::may_be_lifted);
                let hosts = known.route.hosts().filter(|host| !is_lifted(host));
                let paused = hosts.filter_map(|host| self.left_alone(host, true, now)).map(NotPolled::NotYet);
                let reasons = paused.chain(refusal(known, is_forced, now)).chain(rest(known, now));
                // An asker who comes back when the reason that lasts longest is over is not refused again.
                let longest = reasons.max_by_key(|why| why.until(now).unwrap_or(Timestamp::MAX));
                if let Some(why) = longest.or_else(slow) {
                    self.actions.push(not_polled(asker, source, known, why));
                    continue;
                }
                if is_forced {
                    for what in lifted(known, &self.ledger, now) {
                        if let Lifted::HostPause { host, .. } = &what {
                            self.ledger.lift(host);
                            let gap = self.ledger.state(host).and_then(|state| state.gap);
                            self.queue.hold(host, None, gap);
                        }
                        self.actions.push(Action::TellLifted { asker, source, what });
                    }
                }
                self.queue.set(source, host, self.moment);
                self.queue.hold(host, None, gap);
            }
            left.insert(source);
        }
        self.waiting.push(Waiting { asker, left });
        self.answer_finished_askers();
    }

    /// The wanted sources, in the order of their polls.
    fn choose(&self, wanted: &Wanted, now: Timestamp) -> Vec<SourceId> {
        let is_due = |id: SourceId, source: &Source| self.queue.is_in_flight(id) || source.schedule.next_poll <= now;
        let mut chosen: Vec<SourceId> = match wanted {
            Wanted::These(ids) | Wanted::Forced(ids) => ids.clone(),
            Wanted::All => self.enabled().map(|(id, _)| id).collect(),
            Wanted::Due => self.enabled().filter(|(id, source)| is_due(*id, source)).map(|(id, _)| id).collect(),
        };
        // The sources that have waited longest come first.
        chosen.sort_by_key(|id| (self.sources.get(*id).and_then(|source| source.schedule.last_attempt), *id));
        chosen
    }

    pub(super) fn enabled(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.sources.iter().filter(|(_, source)| source.is_enabled)
    }

    /// Tells the askers that wait for a source that its poll has ended.
    pub(super) fn tell_end(&mut self, source: SourceId) {
        for waiting in &mut self.waiting {
            if waiting.left.remove(&source) {
                self.actions.push(Action::TellEnd { asker: waiting.asker, source });
            }
        }
        self.answer_finished_askers();
    }

    /// Tells the askers that wait for a source that its poll could not be stored. They stop waiting for their other
    /// sources, because those polls could not be stored either.
    pub(super) fn tell_not_stored(&mut self, source: SourceId, error: &str) {
        for waiting in &mut self.waiting {
            if waiting.left.remove(&source) {
                let (asker, error) = (waiting.asker, error.to_owned());
                self.actions.push(Action::TellEnd { asker, source });
                self.actions.push(Action::TellNotStored { asker, error });
                waiting.left.clear();
            }
        }
        self.answer_finished_askers();
    }

    /// Tells every asker that the sources that `which` selects are not polled for it, unless their polls are in flight.
    /// They are polled later, by schedule.
    pub(super) fn tell_not_polled(&mut self, why: &NotPolled, which: impl Fn(SourceId, &Source) -> bool) {
        let (sources, queue, actions) = (&self.sources, &self.queue, &mut self.actions);
        for Waiting { asker, left } in &mut self.waiting {
            left.retain(|id| match sources.get(*id) {
                Some(known) if !queue.is_in_flight(*id) && which(*id, known) => {
                    actions.push(not_polled(*asker, *id, known, why.clone()));
                    false
                }
                _ => true,
            });
        }
        self.answer_finished_askers();
    }

    /// Ends the waiting for sources that a reload has removed or disabled, unless their polls are in flight.
    pub(super) fn forget_removed(&mut self) {
        let (sources, queue) = (&self.sources, &self.queue);
        let is_polled = |id: &SourceId| sources.get(*id).is_some_and(|known| known.is_enabled);
        for waiting in &mut self.waiting {
            waiting.left.retain(|id| is_polled(id) || queue.is_in_flight(*id));
        }
        self.answer_finished_askers();
    }

    /// Answers the askers that wait for no more sources.
    fn answer_finished_askers(&mut self) {
        let finished = self.waiting.extract_if(.., |waiting| waiting.left.is_empty());
        self.actions.extend(finished.map(|waiting| Action::Answer { asker: waiting.asker }));
    }

    /// Whether an asker waits for a poll of this source.
    pub(super) fn is_waited_for(&self, source: SourceId) -> bool {
        self.waiting.iter().any(|waiting| waiting.left.contains(&source))
    }

    /// Whether an asker waits for a poll of any source of this host.
    pub(super) fn is_host_waited_for(&self, host: &HostKey) -> bool {
        let is_of_host = |id: &SourceId| self.sources.get(*id).is_some_and(|known| known.route.host == *host);
        self.waiting.iter().any(|waiting| waiting.left.iter().any(is_of_host))
    }
}

fn not_polled(asker: Asker, source: SourceId, known: &Source, why: NotPolled) -> Action {
    let next_poll = Some(known.schedule.next_poll).filter(|_| known.is_enabled);
    Action::TellNotPolled { asker, source, why, next_poll }
}

/// The pauses of a source that may be lifted.
fn lifted(known: &Source, ledger: &Ledger, now: Timestamp) -> Vec<Lifted> {
    let schedule = &known.schedule;
    let mut lifted = Vec::new();
    if let Some(until) = schedule.asked_to_wait(now) {
        lifted.push(Lifted::AskedToWait { until });
    } else if schedule.failures > 0 && schedule.next_poll > now {
        lifted.push(Lifted::BackOff { failures: schedule.failures, until: schedule.next_poll });
    }
    for host in known.route.hosts() {
        if let Some(state) = ledger.state(host).filter(|state| state.may_be_lifted())
            && let Some(until) = state.paused_until.filter(|until| *until > now)
        {
            lifted.push(Lifted::HostPause { host: host.clone(), until, reason: state.reason.clone() });
        }
    }
    lifted
}

/// Why a source may not be polled now although an asker wants it.
pub(super) fn refusal(known: &Source, is_forced: bool, now: Timestamp) -> Option<NotPolled> {
    let schedule = &known.schedule;
    if !known.is_enabled {
        return Some(NotPolled::Disabled);
    }
    if schedule.gone && schedule.next_poll > now {
        return Some(NotPolled::Gone { looked_at: schedule.next_poll });
    }
    let is_long = schedule.asked_for_long();
    if let Some(until) = schedule.asked_to_wait(now).filter(|_| !(is_forced && is_long)) {
        return Some(NotPolled::AskedToWait { until, is_long });
    }
    None
}

/// The refusal that a source was polled a moment ago, if so.
pub(super) fn rest(known: &Source, now: Timestamp) -> Option<NotPolled> {
    let schedule = &known.schedule;
    let cool = cool_down(&known.options);
    let attempt = schedule.last_attempt.filter(|attempt| *attempt <= now)?;
    let ago = now.since(attempt);
    (ago < cool).then(|| NotPolled::JustPolled { ago, again_in: cool - ago })
}
