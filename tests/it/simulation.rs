//! A month of polling in a second: the real queue, ledger and decisions, with simulated publishers and a simulated
//! clock, held to what a naive observer of the publishers' logs would demand.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::Duration;

use url::Url;
use watershed::config::{Every, ScheduleOptions};
use watershed::model::{Outcome, SourceId, Timestamp};
use watershed::schedule::{
    Answer, History, HostKey, Ledger, Limits, News, Overdue, Queue, Report, Rhythm, Skip, Sort, Standing, heal,
    host_key, plan, release,
};

#[path = "../../benches/population.rs"]
#[allow(dead_code)]
mod population;

use population::{DAY, Dice, Publisher, Temper};

const SOURCES: u32 = 500;
const DAYS: f64 = 30.0;
/// Entries that were there before.
const HISTORY_DAYS: f64 = 30.0;
/// A Monday, midnight.
const EPOCH: i64 = 1_798_416_000;
const HOUR: u64 = 3_600;
/// The whole machine's network fails for three hours on the tenth day.
const OUTAGE: (f64, f64) = (HISTORY_DAYS + 10.0, HISTORY_DAYS + 10.125);

/// How a server treats us.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Server {
    Plain,
    /// `Cache-Control: max-age`, in seconds.
    Fresh(u64),
    /// Now and then 429 with Retry-After.
    Busy,
    /// Fails for two days.
    Ill,
    /// Never gives a validator.
    Unvalidated,
    Gone,
}

struct Site {
    url: Url,
    server: Server,
    publisher: Publisher,
}

struct Source {
    history: History,
    standing: Standing,
    before: f64,
}

/// A line of the publishers' logs.
#[derive(Debug)]
struct Logged {
    source: u32,
    host: HostKey,
    from: i64,
    until: i64,
    /// Seconds that the answer asked to be left alone for.
    host_pause: u64,
    /// Seconds from the last request on within which none was to come.
    floor: u64,
}

fn sites() -> Vec<Site> {
    let mut dice = Dice::new(7);
    (0..SOURCES)
        .map(|number| {
            let server = match number % 12 {
                0..6 => Server::Plain,
                6 => Server::Fresh(4 * HOUR),
                7 => Server::Fresh(600),
                8 => Server::Busy,
                9 => Server::Ill,
                10 => Server::Unvalidated,
                _ if number % 48 == 11 => Server::Gone,
                _ => Server::Plain,
            };
            // A third of the sources share forty sites.
            let host = if number % 3 == 0 { number / 3 % 40 } else { 40 + number };
            let url = format!("https://blog{number}.site{host}.org/feed");
            Site {
                url: Url::parse(&url).expect("an address"),
                server,
                publisher: Publisher::new(&mut dice, HISTORY_DAYS + DAYS),
            }
        })
        .collect()
}

fn options() -> ScheduleOptions {
    ScheduleOptions {
        every: Every::Auto,
        min_every: Duration::from_secs(HOUR),
        min_every_written: false,
        max_every: Duration::from_secs(24 * HOUR),
        priority: 1.0,
    }
}

fn minute(at: i64) -> f64 {
    (at - EPOCH) as f64 / 60.0
}

struct World {
    sites: Vec<Site>,
    sources: Vec<Source>,
    queue: Queue,
    ledger: Ledger,
    dice: Dice,
    log: Vec<Logged>,
    /// When each request ends.
    flying: BinaryHeap<Reverse<(i64, u32, i64)>>,
    worst_lateness: i64,
    /// Starts, and the end of the outage.
    eventful: Vec<i64>,
}

impl World {
    fn new() -> World {
        let sites = sites();
        let begin = Timestamp::from_unix(EPOCH + (HISTORY_DAYS * 86_400.0) as i64);
        let source = |_: &Site| Source {
            history: History::default(),
            standing: Standing {
                next_poll: begin,
                last_poll: None,
                last_attempt: None,
                not_before: None,
                gone: false,
                failures: 0,
                interval: None,
                skip: Skip::default(),
                planned_under: options().fingerprint(),
            },
            before: HISTORY_DAYS * DAY,
        };
        let sources = sites.iter().map(source).collect();
        let mut world = World {
            sites,
            sources,
            queue: World::empty_queue(),
            ledger: Ledger::default(),
            dice: Dice::new(99),
            log: Vec::new(),
            flying: BinaryHeap::new(),
            worst_lateness: 0,
            eventful: vec![EPOCH + (OUTAGE.1 * 86_400.0) as i64],
        };
        world.start(begin);
        world
    }

    fn empty_queue() -> Queue {
        Queue::new(Limits { concurrency: 64, per_host: 1, host_gap: Duration::from_secs(2) })
    }

    /// A start of the program, with what the database holds.
    fn start(&mut self, now: Timestamp) {
        self.eventful.push(now.unix());
        self.queue = World::empty_queue();
        self.flying.clear();
        self.ledger.set_sources(self.sites.iter().map(|site| host_key(&site.url)));
        let mut overdue = Vec::new();
        for (number, source) in self.sources.iter_mut().enumerate() {
            if let Some((due, _)) = heal(&source.standing, Some(&source.history), &options(), now) {
                source.standing.next_poll = due;
            }
            let id = SourceId(number as i64);
            let standing = &source.standing;
            if standing.next_poll > now {
                self.queue.set(id, &host_key(&self.sites[number].url), standing.next_poll);
            } else {
                let is_new = standing.last_poll.is_none();
                overdue.push(Overdue { source: id, due: standing.next_poll, interval: standing.interval, is_new });
            }
        }
        for (id, at) in release(overdue, now) {
            let number = usize::try_from(id.0).expect("small");
            self.queue.set(id, &host_key(&self.sites[number].url), at);
        }
        for (host, state) in self.ledger.held() {
            self.queue.hold(host, state.paused_until, state.gap);
        }
        for (site, source) in self.sites.iter().zip(&self.sources) {
            if let Some(at) = source.standing.last_attempt {
                self.queue.was_asked(&host_key(&site.url), at);
            }
        }
    }

    fn run(&mut self) {
        let end = EPOCH + ((HISTORY_DAYS + DAYS) * 86_400.0) as i64;
        let mut now = EPOCH + (HISTORY_DAYS * 86_400.0) as i64;
        // Killed and started again on some days, at odd times.
        let mut restarts: Vec<i64> =
            (1..8).map(|day| EPOCH + ((HISTORY_DAYS + f64::from(day) * 3.7) * 86_400.0) as i64 + 1_234).collect();
        restarts.reverse();
        while now < end {
            while self.flying.peek().is_some_and(|Reverse((until, ..))| *until <= now) {
                let Some(Reverse((until, number, from))) = self.flying.pop() else { break };
                self.finish(number, from, until);
            }
            if restarts.last().is_some_and(|at| *at <= now) {
                restarts.pop();
                self.start(Timestamp::from_unix(now));
            }
            while let Some(id) = self.queue.start(Timestamp::from_unix(now)) {
                let number = u32::try_from(id.0).expect("small");
                let source = &mut self.sources[number as usize];
                source.standing.last_attempt = Some(Timestamp::from_unix(now));
                let late = now - source.standing.next_poll.unix();
                self.worst_lateness = self.worst_lateness.max(late);
                let took = 1 + (self.dice.roll() * 4.0) as i64;
                self.flying.push(Reverse((now + took, number, now)));
            }
            let next_end = self.flying.peek().map(|Reverse((until, ..))| *until);
            let next_start = self.queue.next_start().map(Timestamp::unix);
            let next =
                next_end.into_iter().chain(next_start.filter(|at| *at > now)).chain(restarts.last().copied()).min();
            now = next.unwrap_or(end).max(now + 1);
        }
    }

    /// The answer to one request, and all that follows from it.
    fn finish(&mut self, number: u32, from: i64, until: i64) {
        let (site, source) = (&self.sites[number as usize], &mut self.sources[number as usize]);
        let now = Timestamp::from_unix(until);
        let (id, host) = (SourceId(i64::from(number)), host_key(&site.url));
        let days = minute(until) / DAY;
        let is_out = (OUTAGE.0..OUTAGE.1).contains(&days);
        let ill = site.server == Server::Ill && (5.0..7.0).contains(&(days - HISTORY_DAYS));
        let busy = site.server == Server::Busy && self.dice.roll() < 0.1;
        let mut answer = Answer::default();
        let mut news = News::default();
        let floor;
        let (outcome, sort) = if is_out {
            floor = 0;
            (Outcome::Failed, Sort::Network)
        } else {
            self.log.push(Logged { source: number, host: host.clone(), from, until, floor: 0, host_pause: 0 });
            if site.server == Server::Gone {
                floor = 29 * 24 * HOUR;
                (Outcome::Gone, Sort::Fine)
            } else if busy {
                answer.retry_after = Some(Duration::from_secs(2 * HOUR));
                answer.busy = true;
                floor = 2 * HOUR;
                (Outcome::Failed, Sort::Busy)
            } else if ill {
                floor = HOUR;
                (Outcome::Failed, Sort::Status(500))
            } else {
                let entries = &site.publisher.entries;
                let at = |minute: f64| entries.partition_point(|entry| *entry <= minute);
                let (there, seen) = (at(minute(until)), at(source.before));
                let first = there.saturating_sub(site.publisher.window);
                let is_first = source.history.rhythm.is_none();
                let new = if is_first { &entries[first..there] } else { &entries[seen.max(first)..there] };
                let date = |entry: &f64| Some(Timestamp::from_unix(EPOCH + (entry * 60.0) as i64));
                news = News {
                    dates: new.iter().map(date).collect(),
                    window: Some((there - first) as u64),
                    overflow: false,
                };
                source.before = minute(until);
                if site.server == Server::Unvalidated {
                    answer.unvalidated_bytes = Some(30_000);
                }
                let fresh = if let Server::Fresh(seconds) = site.server { Some(seconds) } else { None };
                answer.freshness = Some(fresh.map(Duration::from_secs));
                // What we hold ourselves to: the hour, unless the server says that less is right, or entries would
                // be lost, and never under what it asks for.
                let may_overflow = matches!(site.publisher.temper, Temper::News | Temper::Bursty);
                floor = match fresh {
                    Some(seconds) if seconds >= HOUR => seconds,
                    None if !may_overflow => HOUR,
                    _ => 900,
                };
                (if new.is_empty() { Outcome::NotModified } else { Outcome::New }, Sort::Fine)
            }
        };
        if let Some(logged) = self.log.last_mut().filter(|_| !is_out) {
            logged.floor = floor;
            logged.host_pause = answer.retry_after.map_or(0, |pause| pause.as_secs());
        }
        let was_well = source.history.failures == 0;
        let (asked, retry_after) = (host.clone(), answer.retry_after);
        let report = Report { source: id, host: host.clone(), asked, sort, retry_after, exhausted: None, was_well };
        let ruling = self.ledger.note(&report, now);
        answer.blame = ruling.blame;
        let plan = plan(&options(), &source.history, &answer, outcome, &news, now, self.dice.roll());
        source.history = History {
            rhythm: plan.rhythm.as_deref().and_then(Rhythm::from_bytes),
            interval: plan.interval,
            freshness: plan.freshness,
            feed_freshness: plan.feed_freshness,
            failures: plan.failures,
            gone: plan.gone,
            last_success: if sort == Sort::Fine { Some(now) } else { source.history.last_success },
            ..source.history.clone()
        };
        source.standing = Standing::after(&plan, now, source.standing.last_attempt);
        self.queue.finished(id, now, Some((&host, plan.next_poll)));
        if let Some((held, state)) = &ruling.host {
            self.queue.hold(held, state.paused_until, state.gap);
        }
        match ruling.hold_all {
            Some(until) => self.queue.hold_all(until),
            None if !self.ledger.is_outage() => self.queue.release_all(),
            None => {}
        }
        let due = |id: &SourceId| Overdue { source: *id, due: now, interval: None, is_new: false };
        for (id, at) in
            release(ruling.forgiven.iter().filter(|id| !self.queue.is_in_flight(**id)).map(due).collect(), now)
        {
            let number = usize::try_from(id.0).expect("small");
            self.queue.set(id, &host_key(&self.sites[number].url), at);
        }
    }
}

#[test]
fn a_month_of_five_hundred_sources_as_their_publishers_see_it() {
    let mut world = World::new();
    world.run();
    let mut last: HashMap<u32, (i64, u64)> = HashMap::new();
    let mut minutes = [0_u32; 60];
    let mut per_source: HashMap<u32, u32> = HashMap::new();
    world.log.sort_by_key(|logged| logged.from);
    for logged in &world.log {
        if let Some((before, floor)) = last.insert(logged.source, (logged.from, logged.floor)) {
            let gap = logged.from - before;
            assert!(gap >= floor as i64, "source {}: {gap} s after the last, not {floor}", logged.source);
        }
        // After an outage or a start what is due goes together, at a pace: that is no habit.
        if !world.eventful.iter().any(|event| (0..7_200).contains(&(logged.from - event))) {
            minutes[usize::try_from(logged.from / 60 % 60).expect("small")] += 1;
        }
        *per_source.entry(logged.source).or_default() += 1;
    }
    // One at a time to a domain, and a pause after each.
    // And whatever it asked to be left alone for holds for all its sources.
    let mut by_host: HashMap<&HostKey, Vec<&Logged>> = HashMap::new();
    for logged in &world.log {
        by_host.entry(&logged.host).or_default().push(logged);
    }
    for (host, requests) in by_host {
        let mut left_alone_until = i64::MIN;
        for pair in requests.windows(2) {
            let (one, next) = (pair[0], pair[1]);
            assert!(next.from >= one.from + 2, "{}: {one:?}, {next:?}", host.as_str());
            // A kill ends what is in flight; the next run knows of the attempt, not of its end.
            let killed = world.eventful.iter().any(|event| (one.from..=next.from).contains(event));
            assert!(killed || next.from >= one.until + 2, "{}: {one:?}, {next:?}", host.as_str());
            left_alone_until = left_alone_until.max(one.until + one.host_pause as i64);
            assert!(next.from >= left_alone_until, "{}: {next:?} before {left_alone_until}", host.as_str());
        }
    }
    // χ² with 59 degrees of freedom: below 98 in 999 of 1,000 cases, if the minutes are even.
    let expected = f64::from(minutes.iter().sum::<u32>()) / 60.0;
    let chi: f64 = minutes.iter().map(|seen| (f64::from(*seen) - expected).powi(2) / expected).sum();
    assert!(chi < 98.0, "requests prefer some minutes of the hour: χ² = {chi:.0}, {minutes:?}");
    assert_eq!(per_source.len(), SOURCES as usize, "everybody was asked");
    let least = per_source.iter().filter(|(source, _)| *source % 48 != 11).map(|(_, times)| *times).min();
    assert!(least.is_some_and(|least| least >= 25), "nobody starves: {least:?} requests in a month");
    assert!(world.worst_lateness < 4 * 3_600, "late by {} s at worst", world.worst_lateness);
    let polls = f64::from(per_source.values().sum::<u32>()) / f64::from(SOURCES) / DAYS;
    println!("{} requests, {polls:.1} a source and day, χ² = {chi:.0}", world.log.len());
}
