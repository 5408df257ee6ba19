//! Which source is asked now: hosts that may be asked, and under each its sources by due time.
//!
//! Two levels, as in the Mercator crawler: sources wait under their host, hosts wait for their first source to be due
//! and for their own gap or pause to be over. Hosts are numbered, so that a hundred thousand sources cost little.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::time::Duration;

use super::HostKey;
use super::interval::RETRY_AFTER_MAX;
use super::ledger::{CLOCK_MARGIN, OUTAGE_PAUSE_MAX};
use crate::model::{SourceId, Timestamp};

/// How much may happen at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Polls in flight.
    pub concurrency: usize,
    /// Polls in flight to one host key.
    pub per_host: usize,
    /// Pause after a request to a host key before the next.
    pub host_gap: Duration,
}

/// A host's number in the queue.
type HostIndex = u32;

/// The sources that are waiting, by host.
#[derive(Debug)]
pub struct Queue {
    limits: Limits,
    names: HashMap<HostKey, HostIndex>,
    hosts: Vec<Host>,
    /// Numbers of hosts that are no more.
    free: Vec<HostIndex>,
    sources: HashMap<SourceId, Waiting>,
    /// Sources that wait, by host and due time.
    waiting: BTreeSet<(HostIndex, Timestamp, SourceId)>,
    /// When each host with a place free may next be asked for its first source.
    ready: BTreeSet<(Timestamp, HostIndex)>,
    /// Hosts that only redirects have led to, the oldest first: forgotten once their gap is over.
    passed: VecDeque<HostIndex>,
    in_flight: usize,
    /// Nothing is started before; one at a time then, until [`Queue::release_all`].
    held_until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy)]
struct Waiting {
    host: HostIndex,
    /// The host that a redirect leads its request to, where it has a place too.
    behind: Option<HostIndex>,
    in_flight: bool,
    due: Timestamp,
}

#[derive(Debug)]
struct Host {
    key: HostKey,
    waiting: u32,
    in_flight: u32,
    /// When its gap is over.
    free_at: Timestamp,
    paused_until: Timestamp,
    /// A gap of its own, in seconds, if it is longer than everybody's.
    gap: u32,
    /// Its place in `ready`, if it has one.
    ready_at: Option<Timestamp>,
}

impl Queue {
    pub fn new(limits: Limits) -> Queue {
        Queue {
            limits,
            names: HashMap::new(),
            hosts: Vec::new(),
            free: Vec::new(),
            sources: HashMap::new(),
            waiting: BTreeSet::new(),
            ready: BTreeSet::new(),
            passed: VecDeque::new(),
            in_flight: 0,
            held_until: None,
        }
    }

    /// Changes the limits; what is in flight stays so.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
        let hosts: Vec<HostIndex> = self.names.values().copied().collect();
        for host in hosts {
            self.place(host);
        }
    }

    /// Sets when `source` is due; adds it if it is not there. One in flight stays in flight and is due then afterwards.
    pub fn set(&mut self, source: SourceId, host: &HostKey, due: Timestamp) {
        if self.is_in_flight(source) {
            // It comes back through `finished`, which asks for the due time again.
            return;
        }
        self.remove(source);
        let host = self.index(host);
        self.waiting.insert((host, due, source));
        self.hosts[host as usize].waiting += 1;
        self.sources.insert(source, Waiting { host, behind: None, due, in_flight: false });
        self.place(host);
    }

    /// Takes a source out; a poll in flight still counts until it is finished.
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

    /// When a source that is waiting is due.
    pub fn due(&self, source: SourceId) -> Option<Timestamp> {
        self.sources.get(&source).filter(|waiting| !waiting.in_flight).map(|waiting| waiting.due)
    }

    /// Whether a source is being polled.
    pub fn is_in_flight(&self, source: SourceId) -> bool {
        self.sources.get(&source).is_some_and(|waiting| waiting.in_flight)
    }

    /// Polls in flight.
    pub fn in_flight(&self) -> usize {
        self.in_flight
    }

    /// Leaves a host alone until then, and keeps this gap between two requests to it afterwards. A host that is not
    /// known has no sources, and nothing to be left alone with.
    pub fn hold(&mut self, host: &HostKey, until: Option<Timestamp>, gap: Option<Duration>) {
        let Some(index) = self.names.get(host).copied() else { return };
        let host = &mut self.hosts[index as usize];
        host.paused_until = until.unwrap_or(Timestamp::MIN);
        host.gap = whole_seconds(gap);
        self.place(index);
    }

    /// Starts nothing until then, and one at a time afterwards.
    pub fn hold_all(&mut self, until: Timestamp) {
        self.held_until = self.held_until.max(Some(until));
    }

    /// Starts as much as the limits allow again.
    pub fn release_all(&mut self) {
        self.held_until = None;
    }

    fn concurrency(&self) -> usize {
        if self.held_until.is_some() { 1 } else { self.limits.concurrency }
    }

    /// The next source to ask, if one is due, its host may be asked and there is a place: it is in flight from here.
    pub fn start(&mut self, now: Timestamp) -> Option<SourceId> {
        if self.in_flight >= self.concurrency() || self.held_until.is_some_and(|until| until > now) {
            return None;
        }
        let (ready_at, host) = *self.ready.first()?;
        if ready_at > now {
            return None;
        }
        let (_, due, source) = self.first_of(host)?;
        self.take_out(source, Waiting { host, behind: None, due, in_flight: false });
        self.hosts[host as usize].in_flight += 1;
        self.in_flight += 1;
        if let Some(waiting) = self.sources.get_mut(&source) {
            waiting.in_flight = true;
        }
        self.place(host);
        Some(source)
    }

    /// Marks a source that waits as in flight without a request of its own: another one's answer serves it too.
    pub fn start_along(&mut self, source: SourceId) -> bool {
        let Some(waiting) = self.sources.get(&source).copied().filter(|waiting| !waiting.in_flight) else {
            return false;
        };
        self.take_out(source, waiting);
        self.hosts[waiting.host as usize].in_flight += 1;
        self.in_flight += 1;
        self.sources.insert(source, Waiting { in_flight: true, ..waiting });
        self.place(waiting.host);
        true
    }

    /// The request of a source in flight leads to another host: takes a place there too, and gives back one that it had
    /// behind an earlier redirect. `gap` is the host's own.
    ///
    /// # Errors
    /// When the host may be asked at the earliest; nothing has changed then.
    pub fn go_on(
        &mut self,
        source: SourceId,
        host: &HostKey,
        gap: Option<Duration>,
        now: Timestamp,
    ) -> Result<(), Timestamp> {
        self.forget_passed(now);
        let Some(waiting) = self.sources.get(&source).copied().filter(|waiting| waiting.in_flight) else {
            return Ok(());
        };
        let is_new = !self.names.contains_key(host);
        let index = self.index(host);
        if index == waiting.host || waiting.behind == Some(index) {
            return Ok(());
        }
        if is_new {
            self.passed.push_back(index);
            self.hosts[index as usize].gap = whole_seconds(gap);
        }
        let its_gap = self.gap(index);
        let behind = &mut self.hosts[index as usize];
        let free_at = behind.free_at.max(behind.paused_until);
        if free_at > now {
            return Err(free_at);
        }
        if behind.in_flight as usize >= self.limits.per_host {
            return Err(now.plus(its_gap.max(Duration::from_secs(1))));
        }
        behind.in_flight += 1;
        if let Some(earlier) = waiting.behind {
            self.leave(earlier, now);
        }
        self.sources.insert(source, Waiting { behind: Some(index), ..waiting });
        self.place(index);
        Ok(())
    }

    /// Forgets hosts that nothing waits for any more, from the oldest on.
    fn forget_passed(&mut self, now: Timestamp) {
        while let Some(index) = self.passed.front().copied() {
            let host = &self.hosts[index as usize];
            if host.in_flight > 0 || host.free_at > now {
                return;
            }
            self.passed.pop_front();
            if host.waiting == 0 && self.names.remove(&host.key).is_some() {
                self.free.push(index);
            }
        }
    }

    /// A request to a host has ended: its place is free, and its gap begins.
    fn leave(&mut self, index: HostIndex, now: Timestamp) {
        let gap = self.gap(index);
        let host = &mut self.hosts[index as usize];
        host.in_flight -= 1;
        host.free_at = host.free_at.max(now.plus(gap));
        self.place(index);
    }

    fn first_of(&self, host: HostIndex) -> Option<(HostIndex, Timestamp, SourceId)> {
        let all_of_it = (host, Timestamp::MIN, SourceId(i64::MIN))..=(host, Timestamp::MAX, SourceId(i64::MAX));
        self.waiting.range(all_of_it).next().copied()
    }

    /// A poll has ended: frees its places and, for a source that is still wanted, waits for the next.
    pub fn finished(&mut self, source: SourceId, now: Timestamp, next: Option<(&HostKey, Timestamp)>) {
        if let Some(waiting) = self.sources.remove(&source)
            && waiting.in_flight
        {
            self.in_flight -= 1;
            self.leave(waiting.host, now);
            if let Some(behind) = waiting.behind {
                self.leave(behind, now);
            }
        }
        if let Some((host, due)) = next {
            self.set(source, host, due);
        }
    }

    /// When something may next be started, if anything waits and a place is free.
    pub fn next_start(&self) -> Option<Timestamp> {
        if self.in_flight >= self.concurrency() {
            return None;
        }
        let first = self.ready.first().map(|(at, _)| *at)?;
        Some(self.held_until.map_or(first, |until| first.max(until)))
    }

    /// A request to a host was made at this time, before the queue knew of it: its gap counts from there.
    pub fn was_asked(&mut self, host: &HostKey, at: Timestamp) {
        let Some(index) = self.names.get(host).copied() else { return };
        let gap = self.gap(index);
        let host = &mut self.hosts[index as usize];
        host.free_at = host.free_at.max(at.plus(gap));
        self.place(index);
    }

    /// The time between two requests to a host. Times are cut to whole seconds: one more keeps the gap whole.
    fn gap(&self, host: HostIndex) -> Duration {
        let gap = self.limits.host_gap.max(Duration::from_secs(self.hosts[host as usize].gap.into()));
        if gap.is_zero() { gap } else { gap + Duration::from_secs(1) }
    }

    /// After the clock was set back, nothing waits longer than it would have to by the new one.
    pub fn clock_set_back(&mut self, now: Timestamp) {
        self.held_until = self.held_until.map(|until| until.min(now.plus(OUTAGE_PAUSE_MAX)));
        let hosts: Vec<HostIndex> = self.names.values().copied().collect();
        for index in hosts {
            let gap = self.gap(index);
            let host = &mut self.hosts[index as usize];
            host.free_at = host.free_at.min(now.plus(gap));
            if host.paused_until > now.plus(RETRY_AFTER_MAX + CLOCK_MARGIN) {
                host.paused_until = Timestamp::MIN;
            }
            self.place(index);
        }
    }

    fn index(&mut self, key: &HostKey) -> HostIndex {
        if let Some(index) = self.names.get(key) {
            return *index;
        }
        let host = Host::new(key.clone());
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

    /// Puts a host where it belongs in `ready`, or nowhere while it has nothing waiting or no place free.
    fn place(&mut self, index: HostIndex) {
        let first = self.first_of(index);
        let host = &mut self.hosts[index as usize];
        if let Some(at) = host.ready_at.take() {
            self.ready.remove(&(at, index));
        }
        match first {
            Some((_, due, _)) if (host.in_flight as usize) < self.limits.per_host => {
                let at = due.max(host.free_at).max(host.paused_until);
                host.ready_at = Some(at);
                self.ready.insert((at, index));
            }
            Some(_) => {}
            // A host nobody waits for is forgotten, if its gap has no more say when it is asked for again.
            None if host.in_flight == 0
                && self.limits.host_gap.is_zero()
                && host.gap == 0
                && self.names.remove(&host.key).is_some() =>
            {
                self.free.push(index);
            }
            None => {}
        }
    }
}

fn whole_seconds(gap: Option<Duration>) -> u32 {
    gap.map_or(0, |gap| u32::try_from(gap.as_secs()).unwrap_or(u32::MAX))
}

impl Host {
    fn new(key: HostKey) -> Host {
        Host {
            key,
            waiting: 0,
            in_flight: 0,
            free_at: Timestamp::MIN,
            paused_until: Timestamp::MIN,
            gap: 0,
            ready_at: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::super::host_key;
    use super::*;

    fn host(number: u8) -> HostKey {
        host_key(&Url::parse(&format!("http://host{number}.example{number}.org/")).expect("a valid URL"))
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(seconds)
    }

    fn queue(concurrency: usize, per_host: usize, gap: u64) -> Queue {
        Queue::new(Limits { concurrency, per_host, host_gap: Duration::from_secs(gap) })
    }

    #[test]
    fn one_host_is_asked_one_at_a_time_with_a_gap() {
        let mut queue = queue(8, 1, 2);
        for id in 1..=3 {
            queue.set(SourceId(id), &host(1), at(0));
        }
        assert_eq!(queue.start(at(10)), Some(SourceId(1)));
        assert_eq!(queue.start(at(10)), None);
        queue.finished(SourceId(1), at(11), Some((&host(1), at(100))));
        assert_eq!(queue.start(at(13)), None);
        assert_eq!(queue.next_start(), Some(at(14)));
        assert_eq!(queue.start(at(14)), Some(SourceId(2)));
    }

    #[test]
    fn a_removed_source_that_is_in_flight_keeps_its_place_until_it_ends() {
        let mut queue = queue(1, 1, 0);
        queue.set(SourceId(1), &host(1), at(0));
        queue.set(SourceId(2), &host(2), at(0));
        assert_eq!(queue.start(at(1)), Some(SourceId(1)));
        queue.remove(SourceId(1));
        assert_eq!(queue.start(at(1)), None);
        queue.finished(SourceId(1), at(2), None);
        assert_eq!(queue.start(at(2)), Some(SourceId(2)));
    }

    #[test]
    fn behaviour_37_a_held_host_waits_and_keeps_its_own_gap_afterwards() {
        let mut queue = queue(8, 1, 2);
        for id in 1..=3 {
            queue.set(SourceId(id), &host(1), at(0));
        }
        queue.hold(&host(1), Some(at(100)), Some(Duration::from_secs(60)));
        queue.set(SourceId(9), &host(2), at(0));
        assert_eq!(queue.start(at(5)), Some(SourceId(9)));
        assert_eq!(queue.start(at(99)), None);
        let mut starts = Vec::new();
        for second in 100..400 {
            if let Some(source) = queue.start(at(second)) {
                starts.push(second);
                queue.finished(source, at(second), None);
            }
        }
        assert_eq!(starts, [100, 161, 222], "not all at once when the pause is over");
    }

    #[test]
    fn a_held_queue_tries_one_at_a_time() {
        let mut queue = queue(8, 1, 0);
        for id in 1..=3 {
            queue.set(SourceId(id), &host(u8::try_from(id).expect("small")), at(0));
        }
        queue.hold_all(at(50));
        assert_eq!((queue.start(at(49)), queue.next_start()), (None, Some(at(50))));
        assert!(queue.start(at(50)).is_some());
        assert_eq!(queue.start(at(50)), None);
        queue.release_all();
        assert!(queue.start(at(50)).is_some() && queue.start(at(50)).is_some());
    }

    #[test]
    fn a_source_may_go_along_with_another_ones_request() {
        let mut queue = queue(8, 1, 0);
        queue.set(SourceId(1), &host(1), at(0));
        queue.set(SourceId(2), &host(1), at(500));
        assert_eq!(queue.start(at(1)), Some(SourceId(1)));
        assert!(queue.start_along(SourceId(2)) && !queue.start_along(SourceId(2)));
        queue.finished(SourceId(2), at(2), Some((&host(1), at(900))));
        queue.finished(SourceId(1), at(2), Some((&host(1), at(900))));
        assert_eq!((queue.in_flight(), queue.start(at(899))), (0, None));
        assert!(queue.start(at(900)).is_some());
    }

    #[test]
    fn what_is_redirected_waits_for_the_turn_of_the_host_behind() {
        let mut queue = queue(8, 1, 2);
        for id in 1..=3 {
            queue.set(SourceId(id), &host(u8::try_from(id).expect("small")), at(0));
        }
        for _ in 0..3 {
            assert!(queue.start(at(10)).is_some());
        }
        let hoster = host(9);
        assert_eq!(queue.go_on(SourceId(1), &hoster, None, at(10)), Ok(()));
        assert_eq!(queue.go_on(SourceId(1), &hoster, None, at(11)), Ok(()), "it has its place");
        assert_eq!(queue.go_on(SourceId(2), &hoster, None, at(11)), Err(at(14)), "one at a time");
        assert_eq!(queue.go_on(SourceId(2), &host(3), None, at(11)), Err(at(14)), "also where its own sources are");
        queue.finished(SourceId(1), at(12), None);
        assert_eq!(queue.go_on(SourceId(2), &hoster, None, at(12)), Err(at(15)), "and then the gap");
        assert_eq!(queue.go_on(SourceId(2), &hoster, None, at(15)), Ok(()));
        // A second redirect gives the place back, and begins the gap.
        assert_eq!(queue.go_on(SourceId(2), &host(8), Some(Duration::from_secs(60)), at(16)), Ok(()));
        assert_eq!(queue.go_on(SourceId(3), &hoster, None, at(17)), Err(at(19)));
        queue.finished(SourceId(2), at(20), None);
        assert_eq!(queue.go_on(SourceId(3), &host(8), None, at(21)), Err(at(81)), "a gap of its own");
        queue.finished(SourceId(3), at(22), None);
        // What only redirects led to is forgotten.
        queue.set(SourceId(4), &host(4), at(100));
        assert_eq!(queue.start(at(100)), Some(SourceId(4)));
        assert_eq!(queue.go_on(SourceId(4), &host(5), None, at(100)), Ok(()));
        assert!(!queue.names.contains_key(&hoster) && !queue.names.contains_key(&host(8)));
    }

    proptest! {
        /// Against a list that is searched from end to end: never early, never over a limit, never starving.
        #[test]
        fn the_queue_equals_a_naive_model(
            steps in prop::collection::vec((0u8..4, 1i64..12, 0u8..4, 0i64..30), 1..120),
            per_host in 1usize..3, concurrency in 1usize..5, gap in 0u64..4,
        ) {
            let mut queue = queue(concurrency, per_host, gap);
            let mut due: HashMap<SourceId, (HostKey, Timestamp)> = HashMap::new();
            let mut flying: HashMap<SourceId, HostKey> = HashMap::new();
            let mut free_at: HashMap<HostKey, Timestamp> = HashMap::new();
            for (clock, (what, id, host_number, later)) in steps.into_iter().enumerate() {
                let (now, source) = (at(clock as i64), SourceId(id));
                match what {
                    0 if !flying.contains_key(&source) => {
                        let when = at(clock as i64 + later - 10);
                        queue.set(source, &host(host_number), when);
                        due.insert(source, (host(host_number), when));
                    }
                    1 if !flying.contains_key(&source) => {
                        queue.remove(source);
                        due.remove(&source);
                    }
                    2 => if let Some(ended) = flying.keys().min().copied() {
                        let key = flying.remove(&ended).expect("it is a key of the map");
                        let whole = gap + u64::from(gap > 0);
                        free_at.insert(key.clone(), now.plus(Duration::from_secs(whole)));
                        let next = at(clock as i64 + later);
                        queue.finished(ended, now, Some((&key, next)));
                        due.insert(ended, (key, next));
                    },
                    _ => {}
                }
                let allowed = |source: &SourceId, due: &HashMap<SourceId, (HostKey, Timestamp)>,
                               flying: &HashMap<SourceId, HostKey>| {
                    let (key, when) = &due[source];
                    *when <= now && flying.len() < concurrency
                        && flying.values().filter(|other| *other == key).count() < per_host
                        && free_at.get(key).is_none_or(|free| *free <= now)
                };
                while let Some(started) = queue.start(now) {
                    prop_assert!(allowed(&started, &due, &flying));
                    let (key, _) = due.remove(&started).expect("only what waits is started");
                    flying.insert(started, key);
                }
                prop_assert!(!due.keys().any(|source| allowed(source, &due, &flying)), "something was left waiting");
                prop_assert_eq!(queue.in_flight(), flying.len());
            }
        }
    }
}
