//! A month of polling in a second: the real scheduler and the real decisions, with simulated publishers, a simulated store and a
//! simulated clock. The test checks what a naive observer of the publishers' logs would demand. The simulated world carries out
//! the scheduler's actions, as the daemon does.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use url::Url;
use watershed::config::{Every, ScheduleOptions};
use watershed::model::{Outcome, SourceId, Timestamp};
use watershed::schedule::{
    self, Action, Advice, Event, HostKey, HostState, Ledger, Limits, Mode, News, Report, Route, Ruling, Scheduler,
    Sort, SourceSchedule, Stored, host_key, plan,
};

use crate::population::{DAY, Dice, Publisher, Temper};

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
    /// Never sends a validator.
    Unvalidated,
    Gone,
}

struct Site {
    url: Url,
    server: Server,
    publisher: Publisher,
}

/// The stored state of a source.
struct Row {
    schedule: SourceSchedule,
    /// When the scheduler takes it to be due.
    due: Timestamp,
    /// The minute up to which its entries have been seen.
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
    /// The store.
    rows: Vec<Row>,
    hosts: HashMap<HostKey, HostState>,
    scheduler: Scheduler,
    began: Timestamp,
    dice: Dice,
    log: Vec<Logged>,
    /// When each request ends.
    flying: BinaryHeap<Reverse<(i64, u32, i64)>>,
    worst_lateness: i64,
    /// Starts, and the end of the outage.
    eventful: Vec<i64>,
}

/// The result of a request before it is stored.
struct Came {
    outcome: Outcome,
    sort: Sort,
    advice: Advice,
    news: News,
    /// Seconds within which no other request was to come.
    floor: u64,
}

impl Came {
    fn of(outcome: Outcome, sort: Sort, floor: u64) -> Came {
        Came { outcome, sort, advice: Advice::default(), news: News::default(), floor }
    }
}

impl World {
    fn new() -> World {
        let sites = sites();
        let began = Timestamp::from_unix(EPOCH + (HISTORY_DAYS * 86_400.0) as i64);
        let row = |_: &Site| Row { schedule: SourceSchedule::new(began), due: began, before: HISTORY_DAYS * DAY };
        let rows = sites.iter().map(row).collect();
        let mut world = World {
            sites,
            rows,
            hosts: HashMap::new(),
            scheduler: World::new_scheduler(Ledger::default(), began),
            began,
            dice: Dice::new(99),
            log: Vec::new(),
            flying: BinaryHeap::new(),
            worst_lateness: 0,
            eventful: vec![EPOCH + (OUTAGE.1 * 86_400.0) as i64],
        };
        world.start(began);
        world
    }

    fn new_scheduler(ledger: Ledger, now: Timestamp) -> Scheduler {
        Scheduler::new(Mode::Scheduled, World::limits(), ledger, now)
    }

    fn limits() -> Limits {
        Limits { concurrency: 64, per_host: 1, host_gap: Duration::from_secs(2) }
    }

    /// A start of the program, with what the store holds.
    fn start(&mut self, now: Timestamp) {
        self.eventful.push(now.unix());
        self.flying.clear();
        let hosts = self.hosts.iter().map(|(host, state)| (host.clone(), state.clone()));
        self.scheduler = World::new_scheduler(Ledger::new(hosts, now), now);
        self.began = now;
        let options = Arc::new(options());
        let mut sources = Vec::new();
        for ((number, row), site) in (0..).zip(&mut self.rows).zip(&self.sites) {
            let route = Route { host: host_key(&site.url), leads_to: None, place: u64::from(number) };
            let source = schedule::Source::new(row.schedule.clone(), options.clone(), true, route, now);
            row.due = source.schedule.next_poll;
            sources.push((id_of(number), source));
        }
        self.tell(Event::Configured { sources: sources.into_iter().collect(), limits: World::limits() }, now);
    }

    fn run(&mut self) {
        let end = EPOCH + ((HISTORY_DAYS + DAYS) * 86_400.0) as i64;
        let mut now = self.began.unix();
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
            let at = Timestamp::from_unix(now);
            self.tell(Event::Woke { elapsed: at.since(self.began) }, at);
            let next_end = self.flying.peek().map(|Reverse((until, ..))| *until);
            let next_start = self.scheduler.next_wake().map(|at| at.ceil().unix());
            let next =
                next_end.into_iter().chain(next_start.filter(|at| *at > now)).chain(restarts.last().copied()).min();
            now = next.unwrap_or(end).max(now + 1);
        }
    }

    /// Hands an event to the scheduler and carries out its actions. Returns the answer for which a poll waits.
    fn tell(&mut self, event: Event, now: Timestamp) -> Option<Ruling> {
        let mut ruled = None;
        for action in self.scheduler.handle(event, now) {
            match action {
                Action::Poll { sources } => self.ask(&sources, now),
                Action::Rule { ruling, .. } => ruled = Some(ruling),
                Action::LogLeftAlone { .. } | Action::LogOutage { .. } | Action::LogForgiven { .. } => {}
                other => panic!("nothing here asks for that: {other:?}"),
            }
        }
        ruled
    }

    /// The requests begin, and the store writes the attempts.
    fn ask(&mut self, sources: &[SourceId], now: Timestamp) {
        for source in sources {
            let number = u32::try_from(source.0).expect("small");
            let row = &mut self.rows[number as usize];
            row.schedule.last_attempt = Some(now);
            self.worst_lateness = self.worst_lateness.max(now.unix() - row.due.unix());
            let took = 1 + (self.dice.roll() * 4.0) as i64;
            self.flying.push(Reverse((now.unix() + took, number, now.unix())));
        }
    }

    /// The answer to one request, and all that follows from it.
    fn finish(&mut self, number: u32, from: i64, until: i64) {
        let now = Timestamp::from_unix(until);
        let host = host_key(&self.sites[number as usize].url);
        let came = self.answer(number, until);
        if came.sort != Sort::Network {
            let host_pause = came.advice.retry_after.map_or(0, |pause| pause.as_secs());
            self.log.push(Logged { source: number, host: host.clone(), from, until, floor: came.floor, host_pause });
        }
        let report = Report {
            source: id_of(number),
            host: host.clone(),
            asked: host.clone(),
            sort: came.sort,
            retry_after: came.advice.retry_after,
            exhausted: None,
            was_well: self.rows[number as usize].schedule.failures == 0,
        };
        let ruling = self.tell(Event::Answered(report), now).expect("every answer is ruled on");
        let schedule = self.store(number, came, &ruling, now);
        let stored = Stored { schedule, host: host.clone(), leads_to: Some(host), ruling };
        self.tell(Event::Stored { source: id_of(number), stored: Box::new(stored) }, now);
    }

    /// A poll is stored with what is held against its host.
    fn store(&mut self, number: u32, came: Came, ruling: &Ruling, now: Timestamp) -> SourceSchedule {
        if let Some((host, state)) = &ruling.host {
            self.hosts.insert(host.clone(), state.clone());
        }
        let row = &mut self.rows[number as usize];
        let advice = Advice { blame: ruling.blame, ..came.advice };
        row.schedule = plan(&options(), &row.schedule, &advice, came.outcome, &came.news, now, self.dice.roll());
        row.due = row.schedule.next_poll;
        row.schedule.clone()
    }

    /// How a server answers.
    fn answer(&mut self, number: u32, until: i64) -> Came {
        let (site, row) = (&self.sites[number as usize], &mut self.rows[number as usize]);
        let days = minute(until) / DAY;
        let ill = site.server == Server::Ill && (5.0..7.0).contains(&(days - HISTORY_DAYS));
        let busy = site.server == Server::Busy && self.dice.roll() < 0.1;
        if (OUTAGE.0..OUTAGE.1).contains(&days) {
            return Came::of(Outcome::Failed, Sort::Network, 0);
        }
        if site.server == Server::Gone {
            return Came::of(Outcome::Gone, Sort::Fine, 29 * 24 * HOUR);
        }
        if busy {
            let advice = Advice { retry_after: Some(Duration::from_secs(2 * HOUR)), busy: true, ..Advice::default() };
            return Came { advice, ..Came::of(Outcome::Failed, Sort::Busy, 2 * HOUR) };
        }
        if ill {
            return Came::of(Outcome::Failed, Sort::Status(500), HOUR);
        }
        let entries = &site.publisher.entries;
        let at = |minute: f64| entries.partition_point(|entry| *entry <= minute);
        let (there, seen) = (at(minute(until)), at(row.before));
        let first = there.saturating_sub(site.publisher.window);
        let is_first = row.schedule.rhythm().is_none();
        let new = if is_first { &entries[first..there] } else { &entries[seen.max(first)..there] };
        let date = |entry: &f64| Some(Timestamp::from_unix(EPOCH + (entry * 60.0) as i64));
        let news =
            News { dates: new.iter().map(date).collect(), window: Some((there - first) as u64), overflow: false };
        row.before = minute(until);
        let fresh = if let Server::Fresh(seconds) = site.server { Some(seconds) } else { None };
        let unvalidated_bytes = (site.server == Server::Unvalidated).then_some(30_000);
        let advice = Advice { freshness: Some(fresh.map(Duration::from_secs)), unvalidated_bytes, ..Advice::default() };
        // The expected floor: an hour, unless the server allows less, or entries would be lost, and
        // never under what it asks for.
        let may_overflow = matches!(site.publisher.temper, Temper::News | Temper::Bursty);
        let floor = match fresh {
            Some(seconds) if seconds >= HOUR => seconds,
            None if !may_overflow => HOUR,
            _ => 900,
        };
        let outcome = if new.is_empty() { Outcome::NotModified } else { Outcome::New };
        Came { advice, news, ..Came::of(outcome, Sort::Fine, floor) }
    }
}

fn id_of(number: u32) -> SourceId {
    SourceId(i64::from(number))
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
    // χ² with 59 degrees of freedom is below 98 in 999 of 1,000 cases, if the requests are independent. The polls of one
    // source follow each other at much the same minute for some hours, which makes χ² larger: 63 to 105 with seven dice. A
    // hundredth of the requests at one minute of the hour would make it 900.
    let expected = f64::from(minutes.iter().sum::<u32>()) / 60.0;
    let chi: f64 = minutes.iter().map(|seen| (f64::from(*seen) - expected).powi(2) / expected).sum();
    assert!(chi < 150.0, "requests prefer some minutes of the hour: χ² = {chi:.0}, {minutes:?}");
    assert_eq!(per_source.len(), SOURCES as usize, "everybody was asked");
    let least = per_source.iter().filter(|(source, _)| *source % 48 != 11).map(|(_, times)| *times).min();
    assert!(least.is_some_and(|least| least >= 25), "nobody starves: {least:?} requests in a month");
    assert!(world.worst_lateness <= 4 * 3_600, "late by {} s at worst", world.worst_lateness);
    let polls = f64::from(per_source.values().sum::<u32>()) / f64::from(SOURCES) / DAYS;
    println!("{} requests, {polls:.1} a source and day, χ² = {chi:.0}", world.log.len());
}
