//! Which source is asked now: hosts that may be asked, and under each its sources by due time.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use super::HostKey;
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

/// The sources that are waiting, by host.
#[derive(Debug)]
pub struct Queue {
    limits: Limits,
    hosts: HashMap<HostKey, Host>,
    sources: HashMap<SourceId, Waiting>,
    /// When each host with a place free may next be asked for its first source.
    ready: BTreeSet<(Timestamp, HostKey)>,
    in_flight: usize,
}

#[derive(Debug)]
struct Waiting {
    host: HostKey,
    due: Timestamp,
    in_flight: bool,
}

#[derive(Debug)]
struct Host {
    due: BTreeSet<(Timestamp, SourceId)>,
    in_flight: usize,
    free_at: Timestamp,
    /// Its place in `ready`, if it has one.
    ready_at: Option<Timestamp>,
}

impl Queue {
    pub fn new(limits: Limits) -> Queue {
        Queue { limits, hosts: HashMap::new(), sources: HashMap::new(), ready: BTreeSet::new(), in_flight: 0 }
    }

    /// Changes the limits; what is in flight stays so.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
        let hosts: Vec<HostKey> = self.hosts.keys().cloned().collect();
        for host in hosts {
            self.place(&host);
        }
    }

    /// Sets when `source` is due; adds it if it is not there. One in flight stays in flight and is due then afterwards.
    pub fn set(&mut self, source: SourceId, host: HostKey, due: Timestamp) {
        if self.sources.get(&source).is_some_and(|waiting| waiting.in_flight) {
            // It comes back through `finished`, which asks for the due time again.
            return;
        }
        self.remove(source);
        self.hosts.entry(host.clone()).or_insert_with(Host::new).due.insert((due, source));
        self.sources.insert(source, Waiting { host: host.clone(), due, in_flight: false });
        self.place(&host);
    }

    /// Takes a source out; a poll in flight still counts until it is finished.
    pub fn remove(&mut self, source: SourceId) {
        let Some(waiting) = self.sources.get(&source) else { return };
        if waiting.in_flight {
            return;
        }
        let host_key = waiting.host.clone();
        if let Some(host) = self.hosts.get_mut(&host_key) {
            host.due.remove(&(waiting.due, source));
        }
        self.sources.remove(&source);
        self.place(&host_key);
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

    /// The next source to ask, if one is due, its host may be asked and there is a place: it is in flight from here.
    pub fn start(&mut self, now: Timestamp) -> Option<SourceId> {
        if self.in_flight >= self.limits.concurrency {
            return None;
        }
        let (ready_at, host_key) = self.ready.first()?.clone();
        if ready_at > now {
            return None;
        }
        let host = self.hosts.get_mut(&host_key)?;
        let (_, source) = host.due.pop_first()?;
        host.in_flight += 1;
        self.in_flight += 1;
        if let Some(waiting) = self.sources.get_mut(&source) {
            waiting.in_flight = true;
        }
        self.place(&host_key);
        Some(source)
    }

    /// A poll has ended: frees its places and, for a source that is still wanted, waits for the next.
    pub fn finished(&mut self, source: SourceId, now: Timestamp, next: Option<(HostKey, Timestamp)>) {
        if let Some(waiting) = self.sources.remove(&source)
            && waiting.in_flight
        {
            self.in_flight -= 1;
            if let Some(host) = self.hosts.get_mut(&waiting.host) {
                host.in_flight -= 1;
                host.free_at = now.plus(self.limits.host_gap);
            }
            self.place(&waiting.host);
        }
        if let Some((host, due)) = next {
            self.set(source, host, due);
        }
    }

    /// When something may next be started, if anything waits and a place is free.
    pub fn next_start(&self) -> Option<Timestamp> {
        if self.in_flight >= self.limits.concurrency {
            return None;
        }
        self.ready.first().map(|(at, _)| *at)
    }

    /// After the clock was set back, no host waits longer than its gap.
    pub fn clock_set_back(&mut self, now: Timestamp) {
        let latest = now.plus(self.limits.host_gap);
        let hosts: Vec<HostKey> =
            self.hosts.iter().filter(|(_, host)| host.free_at > latest).map(|(key, _)| key.clone()).collect();
        for key in hosts {
            if let Some(host) = self.hosts.get_mut(&key) {
                host.free_at = latest;
            }
            self.place(&key);
        }
    }

    /// Puts a host where it belongs in `ready`, or nowhere while it has nothing waiting or no place free.
    fn place(&mut self, key: &HostKey) {
        let Some(host) = self.hosts.get_mut(key) else { return };
        if let Some(at) = host.ready_at.take() {
            self.ready.remove(&(at, key.clone()));
        }
        match host.due.first() {
            Some((due, _)) if host.in_flight < self.limits.per_host => {
                let at = (*due).max(host.free_at);
                host.ready_at = Some(at);
                self.ready.insert((at, key.clone()));
            }
            Some(_) => {}
            // A host nobody waits for is forgotten once its gap has no more say: when it is asked for again.
            None if host.in_flight == 0 && self.limits.host_gap.is_zero() => {
                self.hosts.remove(key);
            }
            None => {}
        }
    }
}

impl Host {
    fn new() -> Host {
        Host { due: BTreeSet::new(), in_flight: 0, free_at: Timestamp::MIN, ready_at: None }
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
            queue.set(SourceId(id), host(1), at(0));
        }
        assert_eq!(queue.start(at(10)), Some(SourceId(1)));
        assert_eq!(queue.start(at(10)), None);
        queue.finished(SourceId(1), at(11), Some((host(1), at(100))));
        assert_eq!(queue.start(at(12)), None);
        assert_eq!(queue.next_start(), Some(at(13)));
        assert_eq!(queue.start(at(13)), Some(SourceId(2)));
    }

    #[test]
    fn a_removed_source_that_is_in_flight_keeps_its_place_until_it_ends() {
        let mut queue = queue(1, 1, 0);
        queue.set(SourceId(1), host(1), at(0));
        queue.set(SourceId(2), host(2), at(0));
        assert_eq!(queue.start(at(1)), Some(SourceId(1)));
        queue.remove(SourceId(1));
        assert_eq!(queue.start(at(1)), None);
        queue.finished(SourceId(1), at(2), None);
        assert_eq!(queue.start(at(2)), Some(SourceId(2)));
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
                        queue.set(source, host(host_number), when);
                        due.insert(source, (host(host_number), when));
                    }
                    1 if !flying.contains_key(&source) => {
                        queue.remove(source);
                        due.remove(&source);
                    }
                    2 => if let Some(ended) = flying.keys().min().copied() {
                        let key = flying.remove(&ended).expect("it is a key of the map");
                        free_at.insert(key.clone(), now.plus(Duration::from_secs(gap)));
                        let next = at(clock as i64 + later);
                        queue.finished(ended, now, Some((key.clone(), next)));
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
