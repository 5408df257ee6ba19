//! The scheduler, a state machine: it takes one [`Event`] after the other and returns the [`Action`]s to carry out.
//!
//! The scheduler owns the queue, every source's schedule, the ledger of hosts, and the list of askers, and it decides
//! when each source is polled. It starts no task, reads no clock and no store, and writes no log, so that the daemon
//! and the simulation get the same decisions from the same events. Random numbers enter only where a source's next poll
//! is planned ([`plan`](super::plan)).

mod asked;
mod ended;
mod pushed;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::backlog::{Overdue, release};
use super::event::{Action, Event, Mode, NotPolled};
use super::hosts::HostKey;
use super::interval::heal;
use super::ledger::Ledger;
use super::queue::{Limits, Queue};
use super::source::SourceSchedule;
use crate::config::ScheduleOptions;
use crate::model::{BySource, Cause, Moment, NotYet, SourceId, Timestamp};
use asked::Waiting;

/// The pause of all polling after a failed write to the store, because results that cannot be stored need not be
/// fetched.
const STORE_PAUSE: Duration = Duration::from_secs(30);
/// 2026-11-01. A clock that reads an earlier time has not been set yet.
const BUILT: Timestamp = Timestamp::from_unix(1_793_491_200);
/// How long polling waits for the clock to be set.
const CLOCK_PATIENCE: Duration = Duration::from_secs(600);
/// A wall clock that departs from the monotonic clock by more than this between two wakes has been set.
const CLOCK_JUMP: Duration = Duration::from_secs(5);
/// The longest gap between two requests to a host.
const GAP_MAX: Duration = Duration::from_secs(3_600);
/// An asker does not wait for a turn that is at least this far away. If a host's own gap is at least this long, only
/// the first of its sources is polled for an asker.
const LONG_GAP: Duration = Duration::from_secs(30);

/// A configured source.
#[derive(Debug)]
pub struct Source {
    /// The schedule without its learnt part, because there may be a hundred thousand sources.
    pub schedule: SourceSchedule,
    /// Shared with all sources that have the same options.
    options: Arc<ScheduleOptions>,
    is_enabled: bool,
    route: Route,
    /// How many times in a row the source's poll was put off after a redirect.
    holds: u32,
    /// Whether the source's hub has told of a change since the last poll began.
    is_pinged: bool,
}

/// Where a source's requests go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The host of the next request: of the configured address, or of the address that the source has moved to.
    pub host: HostKey,
    /// The host that answered last, where redirects led to a different host.
    pub leads_to: Option<HostKey>,
    /// A digest of the document's address and of the request options. Sources with the same place share a request.
    pub place: u64,
}

impl Route {
    /// The hosts that the next poll will ask, as far as is known.
    fn hosts(&self) -> impl Iterator<Item = &HostKey> {
        std::iter::once(&self.host).chain(&self.leads_to)
    }
}

impl Source {
    /// A source with its current configuration. `known` is its schedule in the store, which is adjusted here if the
    /// options were edited or the clock was wrong.
    pub fn new(
        known: SourceSchedule,
        options: Arc<ScheduleOptions>,
        is_enabled: bool,
        route: Route,
        now: Timestamp,
    ) -> Source {
        let healed = heal(&known, &options, now);
        let mut schedule = known.without_learnt();
        if let Some((due, _)) = healed {
            schedule.set_next_poll(due);
        }
        let leads_to = route.leads_to.filter(|behind| *behind != route.host);
        Source { schedule, options, is_enabled, route: Route { leads_to, ..route }, holds: 0, is_pinged: false }
    }

    /// Whether the source may share the request of another source with the same place: not before its own floor is
    /// over.
    fn may_go_along(&self, now: Timestamp) -> bool {
        let attempt = self.schedule.last_attempt;
        let is_rested = attempt.is_none_or(|attempt| now.since(attempt) >= self.options.min_every);
        self.is_enabled && !self.schedule.gone && is_rested
    }

    fn overdue(&self, source: SourceId) -> Overdue<'_> {
        let SourceSchedule { next_poll: due, interval, last_poll, .. } = self.schedule;
        Overdue { source, host: &self.route.host, due, interval, is_new: last_poll.is_none() }
    }
}

/// The state machine that this module describes.
#[derive(Debug)]
pub struct Scheduler {
    mode: Mode,
    queue: Queue,
    ledger: Ledger,
    sources: BySource<Source>,
    /// Enabled sources by place, to find those that share one request.
    places: BTreeSet<(u64, SourceId)>,
    waiting: Vec<Waiting>,
    /// Set after a write to the store failed: no poll starts before this time.
    paused_until: Option<Timestamp>,
    /// The wall clock at the last [`Event::Woke`], and how long the scheduler had existed by the monotonic clock.
    clocks: (Moment, Duration),
    /// Whether the wall clock has shown a time after [`BUILT`]: if it later shows an earlier time, it was set back.
    was_clock_set: bool,
    /// Whether the present outage was logged. Otherwise it would be logged repeatedly, because every request in flight
    /// and every probe reports it.
    was_outage_told: bool,
    /// The time of the current event to the millisecond: gaps between requests are counted from it.
    moment: Moment,
    /// What the current event has led to so far.
    actions: Vec<Action>,
}

impl Scheduler {
    /// A scheduler without sources; `ledger` is what the last run remembered of hosts.
    pub fn new(mode: Mode, limits: Limits, ledger: Ledger, now: Timestamp) -> Scheduler {
        Scheduler {
            mode,
            queue: Queue::new(limits),
            ledger,
            sources: BySource::default(),
            places: BTreeSet::new(),
            waiting: Vec::new(),
            paused_until: None,
            clocks: (now.into(), Duration::ZERO),
            was_clock_set: now >= BUILT,
            was_outage_told: false,
            moment: now.into(),
            actions: Vec::new(),
        }
    }

    /// Takes an event and returns the actions that follow from it, in the order in which to carry them out.
    pub fn handle(&mut self, event: Event, now: impl Into<Moment>) -> Vec<Action> {
        self.moment = now.into();
        let now = self.moment.cut();
        match event {
            Event::Woke { elapsed } => self.woke(elapsed, now),
            Event::Configured { sources, limits } => self.configured(sources, limits, now),
            Event::Asked { asker, wanted } => self.asked(asker, &wanted, now),
            Event::Redirected { source, to } => self.redirected(source, &to, now),
            Event::Answered(report) => {
                // Pauses begin at the next full second, so that no pause is too short.
                let ruling = self.ledger.note(&report, self.moment.ceil());
                self.actions.push(Action::Rule { source: report.source, ruling });
            }
            Event::Moved { source, place } => self.moved(source, place),
            Event::Stored { source, stored } => self.stored(source, *stored, now),
            Event::Outdated { source, ruling } => {
                self.ended(source);
                self.apply_ruling(&ruling, now);
            }
            Event::NotStored { source, error } => self.not_stored(source, &error, now),
            Event::NotYet { source, why } => self.put_off(source, why, now),
            Event::NotAsked { source } => self.not_asked(source),
            // From now on the source is polled by itself, because its address leads elsewhere.
            Event::AnswerOfAnother { source } => self.ended(source),
            Event::Pinged { source } => self.pinged(source, now),
            Event::Delivered { source, schedule } => self.delivered(source, *schedule),
        }
        std::mem::take(&mut self.actions)
    }

    /// When [`Event::Woke`] can next start a poll, if no other event comes first. `None` if only another event can make
    /// a poll possible.
    pub fn next_wake(&self) -> Option<Moment> {
        if self.is_clock_unset() {
            return None;
        }
        self.paused_until.map(Moment::from).or_else(|| self.queue.next_start())
    }

    /// Polls in flight.
    pub fn in_flight(&self) -> usize {
        self.queue.in_flight()
    }

    fn woke(&mut self, elapsed: Duration, now: Timestamp) {
        self.compare_clocks(elapsed, now);
        self.was_clock_set |= now >= BUILT;
        // A pause longer than `STORE_PAUSE` was set before the clock was set back, and is dropped.
        if self.paused_until.is_some_and(|until| until > now && until.since(now) <= STORE_PAUSE) {
            return;
        }
        self.paused_until = None;
        if self.is_clock_unset() {
            return;
        }
        while let Some(source) = self.queue.start(self.moment) {
            self.start(source, now);
        }
    }

    /// Whether the clock still has to be set, as on a board without a battery. Until then every certificate would seem
    /// invalid, and every due time would be wrong.
    fn is_clock_unset(&self) -> bool {
        !self.was_clock_set && self.clocks.1 < CLOCK_PATIENCE
    }

    /// Recomputes every due time if the wall clock was set since the last wake.
    fn compare_clocks(&mut self, elapsed: Duration, now: Timestamp) {
        let (before, elapsed_before) = std::mem::replace(&mut self.clocks, (self.moment, elapsed));
        let expected = before.plus(elapsed.saturating_sub(elapsed_before));
        if self.moment.since(expected) <= CLOCK_JUMP && expected.since(self.moment) <= CLOCK_JUMP {
            return;
        }
        self.actions.push(Action::LogClockSet { expected: expected.cut(), now });
        // If the clock was set back, every time is shifted with it, so that each wait keeps its length: no source waits
        // for the whole jump, and no source is polled early. After a jump forward, the sources that have become due are
        // due.
        let by = expected.since(self.moment);
        self.queue.clock_set_back(by, self.moment);
        self.ledger.clock_set_back(by, now);
        for source in self.sources.values_mut() {
            source.schedule.clock_set_back(by);
            if let Some((due, _)) = heal(&source.schedule, &source.options, now) {
                source.schedule.set_next_poll(due);
            }
        }
        self.reschedule(now);
    }

    /// Applies the ledger's pauses and gaps to the queue.
    fn hold_hosts(&mut self) {
        for (host, state) in self.ledger.held() {
            self.queue.hold(host, state.paused_until, state.gap);
        }
    }

    /// Polls a source that the queue has started, together with the sources that share its request.
    fn start(&mut self, source: SourceId, now: Timestamp) {
        let Some(route) = self.sources.get(source).map(|known| known.route.clone()) else {
            self.queue.finished(source, self.moment, None);
            return;
        };
        if let Some(behind) = &route.leads_to
            && let Err((why, until)) = self.may_go_on(source, behind, now)
        {
            self.queue.put_back(source, until);
            // If the turn comes soon, askers keep waiting for it.
            if why.cause != Cause::TurnIsSoon {
                self.tell_not_polled(&NotPolled::NotYet(why), |id, _| id == source);
            }
            return;
        }
        let mut together = vec![source];
        let of_place = (route.place, SourceId(i64::MIN))..=(route.place, SourceId(i64::MAX));
        for (_, other) in self.places.range(of_place).filter(|(_, other)| *other != source) {
            let is_wanted = self.sources.get(*other).is_some_and(|other| other.may_go_along(now));
            if is_wanted && self.queue.start_along(*other, self.moment) {
                together.push(*other);
            }
        }
        for id in &together {
            if let Some(known) = self.sources.get_mut(*id) {
                known.schedule.last_attempt = Some(now);
                known.is_pinged = false;
            }
        }
        self.actions.push(Action::Poll { sources: together });
    }

    /// Whether a source whose last request was redirected to this host may be polled now; if not, why and until when.
    fn may_go_on(&mut self, source: SourceId, host: &HostKey, now: Timestamp) -> Result<(), (NotYet, Moment)> {
        if let Some(why) = self.left_alone(host, self.is_waited_for(source), now) {
            let until = why.until.into();
            return Err((why, until));
        }
        self.queue.turn(source, host, self.moment).map_err(|until| (its_turn(host, until, self.moment), until))
    }

    /// Decides whether a poll may follow a redirect: a redirected request waits for its turn at the new host as well.
    fn redirected(&mut self, source: SourceId, to: &HostKey, now: Timestamp) {
        let gap = self.ledger.state(to).and_then(|state| state.gap);
        let why = self.left_alone(to, self.is_waited_for(source), now).or_else(|| {
            let turn = self.queue.go_on(source, to, gap, self.moment);
            turn.err().map(|until| its_turn(to, until, self.moment))
        });
        self.actions.push(Action::Redirect { source, answer: why.map_or(Ok(()), Err) });
    }

    /// The reason why a host is left alone now, if it is. A poll for an asker ignores a pause that was our guess, but
    /// not a pause that the host asked for.
    fn left_alone(&self, host: &HostKey, is_waited_for: bool, now: Timestamp) -> Option<NotYet> {
        let state = self.ledger.state(host).filter(|state| state.asked || !is_waited_for)?;
        let until = state.paused_until.filter(|until| *until > now)?;
        Some(NotYet { host: host.as_str().to_owned(), until, cause: Cause::LeftAlone(state.reason.clone()) })
    }

    fn configured(&mut self, sources: BySource<Source>, limits: Limits, now: Timestamp) {
        self.queue.set_limits(limits);
        for (gone, _) in self.sources.iter().filter(|(id, _)| !sources.has(*id)) {
            self.queue.remove(gone);
        }
        self.sources = sources;
        self.reschedule(now);
        self.forget_removed();
    }

    /// Enters every source into the queue. Polls in flight continue, and overdue sources are released at a limited
    /// rate.
    fn reschedule(&mut self, now: Timestamp) {
        let (mut overdue, mut due) = (Vec::new(), Vec::new());
        for (id, source) in self.sources.iter() {
            let planned = source.schedule.next_poll;
            let at = match (source.is_enabled, self.mode) {
                (false, _) => None,
                (true, _) if self.is_waited_for(id) => Some(self.moment),
                (true, Mode::OnRequest) => None,
                (true, Mode::Scheduled) if planned > now => Some(source.schedule.due()),
                (true, Mode::Scheduled) => match source.schedule.skip.push_out(now) {
                    Some(later) => Some(later.into()),
                    None => {
                        overdue.push(source.overdue(id));
                        continue;
                    }
                },
            };
            match at {
                Some(at) => due.push((id, &source.route.host, at)),
                None => self.queue.remove(id),
            }
        }
        self.queue.set_all(due.into_iter().chain(drained(overdue, now)));
        self.places = self.enabled().map(|(id, source)| (source.route.place, id)).collect();
        self.ledger.set_sources(self.sources.values().map(|source| &source.route.host));
        self.hold_hosts();
        // Requests from before a restart count towards a host's gap.
        for (_, source) in self.sources.iter() {
            let lately = |at: &Timestamp| *at <= now && now.since(*at) < GAP_MAX;
            if let Some(at) = source.schedule.last_attempt.filter(lately) {
                source.route.hosts().for_each(|host| self.queue.was_asked(host, at));
            }
        }
    }

    fn moved(&mut self, source: SourceId, place: u64) {
        let Some(known) = self.sources.get_mut(source) else { return };
        let before = std::mem::replace(&mut known.route.place, place);
        // A disabled source is not in `places`.
        if self.places.remove(&(before, source)) {
            self.places.insert((place, source));
        }
    }
}

/// When overdue sources are polled, at a limited rate, with their hosts.
fn drained(overdue: Vec<Overdue<'_>>, now: Timestamp) -> impl Iterator<Item = (SourceId, &HostKey, Moment)> {
    release(overdue, now).map(|(each, at)| (each.source, each.host, at.into()))
}

fn its_turn(host: &HostKey, until: Moment, now: Moment) -> NotYet {
    let cause = if until.since(now) < LONG_GAP { Cause::TurnIsSoon } else { Cause::TurnIsLater };
    NotYet { host: host.as_str().to_owned(), until: until.ceil(), cause }
}
