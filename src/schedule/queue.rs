//! Decides which source is polled now. Hosts are ordered by when they may be asked, and the sources of each host by
//! their due time.
//!
//! The queue has two levels, as in the Mercator crawler: sources wait under their host, and hosts wait until their
//! first source is due and their own gap or pause is over. Hosts are numbered, so that a hundred thousand sources take
//! little memory.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use foldhash::HashMap;

use super::HostKey;
use super::flights::Flights;
use super::interval::RETRY_AFTER_MAX;
use super::ledger::{CLOCK_MARGIN, OUTAGE_PAUSE_MAX};
use super::turns::Turns;
use crate::model::{Moment, SourceId, Timestamp};

/// The limits of concurrency and pace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// The most polls in flight, besides those that have been in flight for long (see `flights.rs`).
    pub concurrency: usize,
    /// The most polls in flight to one host key.
    pub per_host: usize,
    /// The gap between the end of a request to a host key and the next.
    pub host_gap: Duration,
}

/// The shortest time that a redirected request is assumed to take at a host for which other requests wait.
const SHORTEST_TURN: Duration = Duration::from_secs(1);
/// The error of a stored time, which is cut to whole seconds.
const SECOND: Duration = Duration::from_secs(1);

type HostIndex = u32;

/// The sources that are waiting, by host.
#[derive(Debug, Default)]
pub struct Queue {
    limits: Limits,
    names: HashMap<HostKey, HostIndex>,
    hosts: Vec<Host>,
    /// The numbers of forgotten hosts, to be used again.
    free: Vec<HostIndex>,
    sources: HashMap<SourceId, Waiting>,
    /// The sources that are not in flight, by host and due time.
    waiting: BTreeSet<(HostIndex, Moment, SourceId)>,
    /// The hosts with a free place, by when their first source may be polled. Of the hosts that are ready at the same
    /// time, the host with the fewest polls in flight comes first, so that connections are reused, and then the host whose last poll
    /// ended first, so that sites take turns.
    ready: BTreeSet<(Moment, u32, u64, HostIndex)>,
    /// The number of polls that have ended.
    ended: u64,
    /// The hosts that only redirects have led to, the oldest first. They are forgotten once their gap is over.
    passed: VecDeque<HostIndex>,
    /// The sources that wait for their turn at hosts that redirects lead to.
    turns: Turns,
    flights: Flights,
    /// No poll is started before this time, and only single polls after it, until [`Queue::release_all`].
    held_until: Option<Moment>,
}

#[derive(Debug, Clone, Copy)]
struct Waiting {
    host: HostIndex,
    /// The host that a redirect has led the request to, at which it also occupies a place.
    behind: Option<HostIndex>,
    in_flight: bool,
    due: Moment,
}

#[derive(Debug)]
struct Host {
    key: HostKey,
    waiting: u32,
    in_flight: u32,
    /// The end of the host's gap.
    free_at: Moment,
    paused_until: Moment,
    /// Whether the host is in the list of hosts that only redirects have led to.
    is_passed: bool,
    /// The host's own gap in milliseconds. It counts if it is longer than the general gap.
    gap: u32,
    /// Which of the polls that have ended was the host's last.
    last_ended: u64,
    /// The host's key in `ready`, if it is there.
    ready_at: Option<(Moment, u32, u64)>,
}

impl Queue {
    pub fn new(limits: Limits) -> Queue {
        Queue { limits, ..Queue::default() }
    }

    /// Changes the limits. Polls in flight continue.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
        let hosts: Vec<HostIndex> = self.names.values().copied().collect();
        for host in hosts {
            self.place(host);
        }
    }

    /// Sets when `source` is due, and adds it if it is not there. Does nothing while the source is in flight.
    pub fn set(&mut self, source: SourceId, host: &HostKey, due: Moment) {
        if self.is_in_flight(source) {
            // The due time is set when the poll ends: see `finished`.
            return;
        }
        self.remove(source);
        let host = self.index(host);
        self.waiting.insert((host, due, source));
        self.hosts[host as usize].waiting += 1;
        self.sources.insert(source, Waiting { host, behind: None, due, in_flight: false });
        self.place(host);
    }

    /// Like [`Queue::set`] for many sources, in less time. No source may occur twice.
    pub fn set_all<'k>(&mut self, sources: impl Iterator<Item = (SourceId, &'k HostKey, Moment)>) {
        let (mut waiting, mut touched) = (Vec::new(), Vec::new());
        self.sources.reserve(sources.size_hint().0.saturating_sub(self.sources.len()));
        for (source, host, due) in sources {
            match self.sources.get(&source).copied() {
                Some(before) if before.in_flight => continue,
                Some(before) => {
                    self.take_out(source, before);
                    touched.push(before.host);
                }
                None => {}
            }
            let host = self.index(host);
            self.hosts[host as usize].waiting += 1;
            self.sources.insert(source, Waiting { host, behind: None, due, in_flight: false });
            waiting.push((host, due, source));
            touched.push(host);
        }
        debug_assert_eq!(waiting.iter().map(|(_, _, source)| source).collect::<BTreeSet<_>>().len(), waiting.len());
        if waiting.len() < self.waiting.len() {
            self.waiting.extend(waiting);
        } else {
            // Builds the set anew, without gaps.
            self.waiting.append(&mut waiting.into_iter().collect());
        }
        touched.sort_unstable();
        touched.dedup();
        for host in touched {
            self.place(host);
        }
    }

    /// Removes a source. A poll in flight still counts until it is finished.
    pub fn remove(&mut self, source: SourceId) {
        let Some(waiting) = self.sources.get(&source).copied().filter(|waiting| !waiting.in_flight) else { return };
        self.take_out(source, waiting);
        self.sources.remove(&source);
        self.place(waiting.host);
    }

    fn take_out(&mut self, source: SourceId, waiting: Waiting) {
        if self.waiting.remove(&(waiting.host, waiting.due, source)) {
            self.hosts[waiting.host as usize].waiting -= 1;
        }
    }

    /// Whether a source is being polled.
    pub fn is_in_flight(&self, source: SourceId) -> bool {
        self.sources.get(&source).is_some_and(|waiting| waiting.in_flight)
    }

    /// Polls in flight.
    pub fn in_flight(&self) -> usize {
        self.flights.len()
    }

    /// Pauses a host until the given time, and keeps the given gap between two requests to it afterwards. A host that
    /// the queue does not know has no sources, so it is ignored.
    pub fn hold(&mut self, host: &HostKey, until: Option<Timestamp>, gap: Option<Duration>) {
        let Some(index) = self.names.get(host).copied() else { return };
        let host = &mut self.hosts[index as usize];
        host.paused_until = until.map_or(Moment::MIN, Moment::from);
        host.gap = whole_millis(gap);
        self.place(index);
    }

    /// Starts no poll until the given time, and only single polls afterwards.
    pub fn hold_all(&mut self, until: Timestamp) {
        self.held_until = self.held_until.max(Some(until.into()));
    }

    /// Starts as many polls as the limits allow again.
    pub fn release_all(&mut self) {
        self.held_until = None;
    }

    /// Whether the limits allow one more poll. While the network is probed, only one poll runs at a time.
    fn has_place(&self) -> bool {
        match self.held_until {
            Some(_) => self.flights.len() == 0,
            None => self.flights.has_place(self.limits.concurrency),
        }
    }

    /// Starts the next poll, if a source is due, its host may be asked and a place is free. Returns the source.
    pub fn start(&mut self, now: Moment) -> Option<SourceId> {
        self.flights.age(now);
        if !self.has_place() || self.held_until.is_some_and(|until| until > now) {
            return None;
        }
        let (ready_at, _, _, host) = *self.ready.first()?;
        if ready_at > now {
            return None;
        }
        let (_, _, source) = self.first_of(host)?;
        self.start_along(source, now).then_some(source)
    }

    /// Marks a waiting source as in flight, with a request of its own or because it shares another source's request.
    /// Returns whether the source was waiting.
    pub fn start_along(&mut self, source: SourceId, now: Moment) -> bool {
        let Some(waiting) = self.sources.get(&source).copied().filter(|waiting| !waiting.in_flight) else {
            return false;
        };
        self.take_out(source, waiting);
        self.hosts[waiting.host as usize].in_flight += 1;
        self.flights.begin(source, now);
        self.sources.insert(source, Waiting { in_flight: true, ..waiting });
        self.place(waiting.host);
        true
    }

    /// Whether another host, to which a source's request is about to be redirected, may be asked now. Takes no place
    /// there. The error is the time of the source's turn.
    pub fn turn(&mut self, source: SourceId, host: &HostKey, now: Moment) -> Result<(), Moment> {
        let Some(index) = self.names.get(host).copied() else { return Ok(()) };
        self.take_turn(source, index, false, now)
    }

    fn take_turn(&mut self, source: SourceId, index: HostIndex, go: bool, now: Moment) -> Result<(), Moment> {
        let step = self.gap(index).saturating_add(Moment::STEP).max(SHORTEST_TURN);
        let host = &self.hosts[index as usize];
        let is_full = host.in_flight as usize >= self.limits.per_host;
        let free_at = if is_full { now.plus(step) } else { host.free_at };
        self.turns.ask(index, source, free_at, step, go, now)
    }

    /// Moves the request of a source in flight on to another host: takes a place there, and frees the place that an
    /// earlier redirect took. `gap` is the host's own gap. The error is the time of the source's turn; no place is
    /// taken then.
    pub fn go_on(&mut self, source: SourceId, to: &HostKey, gap: Option<Duration>, now: Moment) -> Result<(), Moment> {
        self.forget_passed(now);
        let Some(waiting) = self.sources.get(&source).copied().filter(|waiting| waiting.in_flight) else {
            return Ok(());
        };
        let is_new = !self.names.contains_key(to);
        let index = self.index(to);
        if index == waiting.host || waiting.behind == Some(index) {
            return Ok(());
        }
        if is_new {
            self.passed.push_back(index);
            let behind = &mut self.hosts[index as usize];
            behind.is_passed = true;
            behind.gap = whole_millis(gap);
        }
        self.take_turn(source, index, true, now)?;
        self.hosts[index as usize].in_flight += 1;
        if let Some(earlier) = waiting.behind {
            self.leave(earlier, now);
        }
        self.sources.insert(source, Waiting { behind: Some(index), ..waiting });
        self.place(index);
        Ok(())
    }

    /// Forgets hosts that only redirects have led to, beginning with the oldest.
    fn forget_passed(&mut self, now: Moment) {
        while let Some(index) = self.passed.front().copied() {
            let host = &mut self.hosts[index as usize];
            if host.in_flight > 0 || host.free_at > now || self.turns.is_awaited(index, now) {
                return;
            }
            host.is_passed = false;
            self.passed.pop_front();
            if host.waiting == 0 {
                self.forget(index);
            }
        }
    }

    fn forget(&mut self, index: HostIndex) {
        let key = &self.hosts[index as usize].key;
        if self.names.get(key) == Some(&index) {
            self.names.remove(key);
            self.turns.forget(index);
            self.free.push(index);
        }
    }

    /// Takes back the start of a poll before its request: the source waits again, and the host's gap does not begin.
    pub fn put_back(&mut self, source: SourceId, due: Moment) {
        let Some(waiting) = self.sources.get(&source).copied().filter(|waiting| waiting.in_flight) else { return };
        self.flights.end(source);
        let host = &mut self.hosts[waiting.host as usize];
        host.in_flight -= 1;
        host.waiting += 1;
        self.waiting.insert((waiting.host, due, source));
        self.sources.insert(source, Waiting { in_flight: false, due, ..waiting });
        self.place(waiting.host);
    }

    /// Ends a request to a host: frees its place and starts the gap.
    fn leave(&mut self, index: HostIndex, now: Moment) {
        let gap = self.gap(index);
        self.ended += 1;
        let host = &mut self.hosts[index as usize];
        host.in_flight -= 1;
        host.last_ended = self.ended;
        host.free_at = host.free_at.max(after(now, Moment::STEP, gap));
        self.place(index);
    }

    fn first_of(&self, host: HostIndex) -> Option<(HostIndex, Moment, SourceId)> {
        let all_of_it = (host, Moment::MIN, SourceId(i64::MIN))..=(host, Moment::MAX, SourceId(i64::MAX));
        self.waiting.range(all_of_it).next().copied()
    }

    /// Ends a poll: frees its places. `next` puts the source back into the queue.
    pub fn finished(&mut self, source: SourceId, now: Moment, next: Option<(&HostKey, Moment)>) {
        if let Some(waiting) = self.sources.remove(&source)
            && waiting.in_flight
        {
            self.flights.end(source);
            self.leave(waiting.host, now);
            if let Some(behind) = waiting.behind {
                self.leave(behind, now);
            }
        }
        if let Some((host, due)) = next {
            self.set(source, host, due);
        }
    }

    /// When the next poll can be started, if a source waits and a place is free or will be.
    pub fn next_start(&self) -> Option<Moment> {
        let first = self.ready.first().map(|(at, ..)| *at)?;
        match self.held_until {
            _ if self.has_place() => Some(self.held_until.map_or(first, |until| first.max(until))),
            Some(_) => None,
            None => self.flights.next_place(self.limits.concurrency).map(|place| first.max(place)),
        }
    }

    /// Starts a host's gap at a request that was made within this second, before the queue existed.
    pub fn was_asked(&mut self, host: &HostKey, at: Timestamp) {
        let Some(index) = self.names.get(host).copied() else { return };
        let gap = self.gap(index);
        let host = &mut self.hosts[index as usize];
        host.free_at = host.free_at.max(after(at.into(), SECOND, gap));
        self.place(index);
    }

    /// The gap between two requests to a host.
    fn gap(&self, host: HostIndex) -> Duration {
        let host = &self.hosts[host as usize];
        if host.key.is_this_machine() {
            return Duration::ZERO;
        }
        self.limits.host_gap.max(Duration::from_millis(host.gap.into()))
    }

    /// Shifts every time after the clock was set back, so that no wait becomes longer.
    pub fn clock_set_back(&mut self, by: Duration, now: Moment) {
        self.held_until = self.held_until.map(|until| until.minus(by).min(now.plus(OUTAGE_PAUSE_MAX)));
        self.flights.clock_set_back(by);
        // The turns were given by the old clock. The sources that wait ask again and are given new turns.
        self.turns.clear();
        let hosts: Vec<HostIndex> = self.names.values().copied().collect();
        for index in hosts {
            let gap = self.gap(index);
            let host = &mut self.hosts[index as usize];
            host.free_at = host.free_at.min(after(now, Moment::STEP, gap));
            if host.paused_until > Moment::MIN {
                host.paused_until = host.paused_until.minus(by);
            }
            if host.paused_until > now.plus(RETRY_AFTER_MAX + CLOCK_MARGIN) {
                host.paused_until = Moment::MIN;
            }
            self.place(index);
        }
    }

    fn index(&mut self, key: &HostKey) -> HostIndex {
        if let Some(index) = self.names.get(key) {
            return *index;
        }
        let host = Host {
            key: key.clone(),
            waiting: 0,
            in_flight: 0,
            free_at: Moment::MIN,
            paused_until: Moment::MIN,
            is_passed: false,
            gap: 0,
            last_ended: 0,
            ready_at: None,
        };
        let index = match self.free.pop() {
            Some(index) => {
                self.hosts[index as usize] = host;
                index
            }
            None => {
                self.hosts.push(host);
                HostIndex::try_from(self.hosts.len() - 1).unwrap_or(HostIndex::MAX)
            }
        };
        self.names.insert(key.clone(), index);
        index
    }

    /// Updates a host's position in `ready`. A host without a waiting source or a free place is not in it.
    fn place(&mut self, index: HostIndex) {
        let first = self.first_of(index);
        let host = &mut self.hosts[index as usize];
        let has_place = (host.in_flight as usize) < self.limits.per_host;
        let ready_at = first
            .filter(|_| has_place)
            .map(|(_, due, _)| (due.max(host.free_at).max(host.paused_until), host.in_flight, host.last_ended));
        let before = std::mem::replace(&mut host.ready_at, ready_at);
        // A host without sources is forgotten, if it has no gap that would still count at its next request.
        let is_idle = host.in_flight == 0 && self.limits.host_gap.is_zero() && host.gap == 0 && !host.is_passed;
        if before != ready_at {
            if let Some((at, in_flight, ended)) = before {
                self.ready.remove(&(at, in_flight, ended, index));
            }
            if let Some((at, in_flight, ended)) = ready_at {
                self.ready.insert((at, in_flight, ended, index));
            }
        }
        if first.is_none() && is_idle {
            self.forget(index);
        }
    }
}

fn whole_millis(gap: Option<Duration>) -> u32 {
    gap.map_or(0, |gap| u32::try_from(gap.as_millis()).unwrap_or(u32::MAX))
}

/// The end of a gap that begins at `end`. A `step` is added because `end` was cut by up to that much. Without a gap, the end of a
/// request does not count, because the host would come after hosts that have more polls in flight.
fn after(end: Moment, step: Duration, gap: Duration) -> Moment {
    if gap.is_zero() { Moment::MIN } else { end.plus(gap.saturating_add(step)) }
}

#[cfg(test)]
mod tests;
