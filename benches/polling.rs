//! Compares polling policies by how soon entries are seen and how many requests that takes: this project's policy, a fixed
//! hour, the age of the newest entries (as in CommaFeed), the number of entries in a week (as in Miniflux' `entry_frequency`),
//! and an oracle that knows the true rate of every source.
//!
//! `cargo bench --bench polling`. The sources are synthetic (benches/population.rs), with ten weeks of history, four weeks to
//! learn, and four weeks that count. These figures are the same on every machine; the cost of dispatching is measured last.

// A benchmark measures time; the program itself asks crate::clock.
#![allow(clippy::disallowed_methods)]

mod population;

use std::time::{Duration, Instant};

use population::{DAY, Dice, Publisher, publishers};
use url::Url;
use watershed::config::{Every, ScheduleOptions};
use watershed::model::{Moment, Outcome, SourceId, Timestamp};
use watershed::schedule::{Advice, Learnt, Limits, News, Queue, Rhythm, SourceSchedule, host_key, plan};

const HISTORY: f64 = 70.0;
const LEARNING: f64 = 28.0;
const COUNTED: f64 = 28.0;
const DAYS: f64 = HISTORY + LEARNING + COUNTED;
const SEEDS: [u64; 3] = [1, 2, 3];
const FEEDS: usize = 200;
/// Midnight before a Monday.
const EPOCH: i64 = 1_798_416_000;
/// The shortest interval of policies that define no shortest interval, in minutes.
const FLOOR: f64 = 5.0;

fn main() {
    let full = std::env::args().any(|argument| argument == "--bench");
    let seeds = if full { &SEEDS[..] } else { &SEEDS[..1] };
    let feeds = if full { FEEDS } else { 20 };
    let populations: Vec<Vec<Publisher>> = seeds.iter().map(|seed| publishers(*seed, feeds, DAYS)).collect();
    println!(
        "{:<44} {:>7} {:>7} {:>7} {:>7} {:>7} {:>6} {:>7}",
        "policy", "polls/d", "mean", "median", "p95", "source", "hit %", "miss %"
    );
    let hourly = row("fixed, every 60 min", &populations, &|_| Box::new(Fixed(60.0)));
    let ours = row("ours, as it is set by default", &populations, &|_| Box::new(Ours::default()));
    println!(
        "  ours beside the fixed hour: {:.2} of its requests, {:.2} of its mean delay",
        ours.polls / hourly.polls,
        ours.mean / hourly.mean
    );
    let age = row("age of the newest entries (CommaFeed)", &populations, &|_| Box::new(Age));
    at_equal_polls(&populations, &age, "age");
    let frequency = row("entries of the week (Miniflux)", &populations, &|_| Box::new(Frequency::default()));
    at_equal_polls(&populations, &frequency, "Miniflux");
    dispatching(if full { 100_000 } else { 2_000 });
}

/// This project's policy and the oracle, tuned to the same number of polls as another policy.
fn at_equal_polls(populations: &[Vec<Publisher>], other: &Row, name: &str) {
    let ours = tuned(other.polls, |worth| {
        measure(populations, &|_| Box::new(Ours { worth, floor: FLOOR, favour: Some(0.0), ..Ours::default() }))
    });
    ours.print("  ours, at as many polls, floor 5 min");
    let oracle = tuned(other.polls, |worth| {
        measure(populations, &|publisher| Box::new(Oracle { publisher: publisher.clone(), worth }))
    });
    oracle.print("  the oracle, at as many polls");
    println!(
        "  mean delay: {name} is {:.2} times ours, ours is {:.2} times the oracle's",
        other.mean / ours.mean,
        ours.mean / oracle.mean
    );
}

fn tuned(polls: f64, measured: impl Fn(f64) -> Row) -> Row {
    let (mut low, mut high) = (0.001_f64, 10_000.0_f64);
    let mut best = measured(1.0);
    for _ in 0..14 {
        let middle = (low * high).sqrt();
        best = measured(middle);
        if (best.polls / polls - 1.0).abs() < 0.004 {
            break;
        }
        // The higher the price of a request, the fewer requests are made.
        if best.polls > polls { low = middle } else { high = middle }
    }
    best
}

struct Row {
    polls: f64,
    mean: f64,
    median: f64,
    p95: f64,
    source: f64,
    hit: f64,
    missed: f64,
}

impl Row {
    fn print(&self, name: &str) {
        println!(
            "{name:<44} {:>7.2} {:>7.1} {:>7.1} {:>7.0} {:>7.0} {:>6.1} {:>7.2}",
            self.polls, self.mean, self.median, self.p95, self.source, self.hit, self.missed
        );
    }
}

type Maker<'m> = &'m dyn Fn(&Publisher) -> Box<dyn Policy>;

fn row(name: &str, populations: &[Vec<Publisher>], maker: Maker<'_>) -> Row {
    let row = measure(populations, maker);
    row.print(name);
    row
}

/// What a policy learns from a poll; times are in minutes since the beginning.
struct Poll<'p> {
    now: f64,
    before: f64,
    /// Entries that are new in this document.
    news: &'p [f64],
    /// The document, oldest first.
    document: &'p [f64],
    is_first: bool,
}

trait Policy {
    /// Minutes to wait; `chance` is in `[0, 1)`.
    fn wait(&mut self, poll: &Poll<'_>, chance: f64) -> f64;
}

fn measure(populations: &[Vec<Publisher>], maker: Maker<'_>) -> Row {
    let (mut polls, mut hits, mut missed, mut sources) = (0, 0, 0, 0);
    let (mut delays, mut of_sources) = (Vec::new(), Vec::new());
    for (seed, population) in populations.iter().enumerate() {
        let mut dice = Dice::new(seed as u64 + 1_000);
        for publisher in population {
            let mut policy = maker(publisher);
            let own = simulate(publisher, policy.as_mut(), &mut dice);
            polls += own.polls;
            hits += own.hits;
            missed += own.missed;
            sources += 1;
            if !own.delays.is_empty() {
                of_sources.push(own.delays.iter().sum::<f64>() / own.delays.len() as f64);
            }
            delays.extend(own.delays);
        }
    }
    delays.sort_by(f64::total_cmp);
    let at = |share: f64| delays.get((delays.len() as f64 * share) as usize).copied().unwrap_or(0.0);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    Row {
        polls: f64::from(polls) / f64::from(sources) / COUNTED,
        mean: mean(&delays),
        median: at(0.5),
        p95: at(0.95),
        source: mean(&of_sources),
        hit: 100.0 * f64::from(hits) / f64::from(polls.max(1)),
        missed: 100.0 * f64::from(missed) / (delays.len() as f64 + f64::from(missed)),
    }
}

struct Own {
    polls: u32,
    hits: u32,
    missed: u32,
    delays: Vec<f64>,
}

fn simulate(publisher: &Publisher, policy: &mut dyn Policy, dice: &mut Dice) -> Own {
    let (begin, counted, end) = (HISTORY * DAY, (HISTORY + LEARNING) * DAY, DAYS * DAY);
    let mut own = Own { polls: 0, hits: 0, missed: 0, delays: Vec::new() };
    let (mut now, mut before, mut is_first) = (begin + dice.roll() * 60.0, begin, true);
    let entries = &publisher.entries;
    let upto = |minute: f64| entries.partition_point(|entry| *entry <= minute);
    while now < end {
        let (seen, there) = (if is_first { 0 } else { upto(before) }, upto(now));
        let first = there.saturating_sub(publisher.window);
        let news = &entries[seen.max(first)..there];
        if now >= counted {
            own.polls += 1;
            own.hits += u32::from(!news.is_empty());
            own.missed += u32::try_from(first.saturating_sub(seen)).unwrap_or(0);
            own.delays.extend(news.iter().map(|entry| now - entry));
        }
        let poll = Poll { now, before, news, document: &entries[first..there], is_first };
        let wait = policy.wait(&poll, dice.roll());
        (before, is_first) = (now, false);
        now += wait.max(1.0);
    }
    own
}

struct Fixed(f64);

impl Policy for Fixed {
    fn wait(&mut self, _: &Poll<'_>, _: f64) -> f64 {
        self.0
    }
}

/// Miniflux' `entry_frequency` with its defaults: a week divided by the entries of the last week, from 5 min to a day.
#[derive(Default)]
struct Frequency {
    seen: Vec<f64>,
}

impl Policy for Frequency {
    fn wait(&mut self, poll: &Poll<'_>, _: f64) -> f64 {
        self.seen.extend(if poll.is_first { poll.document } else { poll.news });
        self.seen.retain(|entry| *entry > poll.now - 7.0 * DAY);
        let week = self.seen.len();
        if week == 0 { DAY } else { (7.0 * DAY / week as f64).clamp(5.0, DAY) }
    }
}

/// The policy of CommaFeed: by the age of the newest entry, or else half the average distance; from 5 min to 4 h.
struct Age;

impl Policy for Age {
    fn wait(&mut self, poll: &Poll<'_>, _: f64) -> f64 {
        let Some(newest) = poll.document.last() else { return 4.0 * 60.0 };
        let days = (poll.now - newest) / DAY;
        let span = poll.document.last().zip(poll.document.first()).map_or(0.0, |(last, first)| last - first);
        let distance = span / poll.document.len().saturating_sub(1).max(1) as f64;
        let wait = match days {
            30.0.. => 4.0 * 60.0,
            14.0..30.0 => 2.0 * 60.0,
            7.0..14.0 => 60.0,
            _ => distance / 2.0,
        };
        wait.clamp(5.0, 4.0 * 60.0)
    }
}

/// Applies this project's rule to the true rate of the source.
struct Oracle {
    publisher: Publisher,
    worth: f64,
}

impl Policy for Oracle {
    fn wait(&mut self, poll: &Poll<'_>, _: f64) -> f64 {
        let (mut waited, mut expected) = (0.0, 0.0);
        while waited < DAY {
            let intensity = self.publisher.intensity(poll.now + waited);
            let worth_it = intensity > 0.0 && expected >= (2.0 * self.worth * intensity).sqrt();
            if waited >= FLOOR && worth_it {
                break;
            }
            expected += intensity * 5.0;
            waited += 5.0;
        }
        waited
    }
}

/// The real rhythm and the real decision on the next poll.
struct Ours {
    schedule: SourceSchedule,
    /// Factor on the price of a request.
    worth: f64,
    floor: f64,
    /// An exponent that replaces the built-in exponent; the rhythm is then asked directly.
    favour: Option<f64>,
}

impl Default for Ours {
    fn default() -> Ours {
        Ours { schedule: SourceSchedule::new(time(0.0)), worth: 1.0, floor: 60.0, favour: None }
    }
}

fn time(minute: f64) -> Timestamp {
    Timestamp::from_unix(EPOCH + (minute * 60.0) as i64)
}

impl Policy for Ours {
    fn wait(&mut self, poll: &Poll<'_>, chance: f64) -> f64 {
        let seen = if poll.is_first { poll.document } else { poll.news };
        let dates: Vec<Option<Timestamp>> = seen.iter().map(|entry| Some(time(*entry))).collect();
        let (now, window) = (time(poll.now), poll.document.len() as u64);
        debug_assert!(poll.before <= poll.now);
        if let Some(favour) = self.favour {
            let rhythm = match self.schedule.rhythm().cloned() {
                Some(mut rhythm) => {
                    rhythm.observe(&dates, Some(window), now);
                    rhythm
                }
                None => Rhythm::first(&dates.into_iter().flatten().collect::<Vec<_>>(), window, now),
            };
            let minutes = |minutes: f64| Duration::from_secs_f64(minutes * 60.0);
            let latest = minutes(DAY).min(rhythm.until_overflow().max(minutes(self.floor)));
            let wait = rhythm.wait_favouring(now, minutes(self.floor), latest, 1.0 / self.worth, favour);
            self.schedule.learnt = Some(Box::new(Learnt { rhythm: Some(rhythm), ..Learnt::default() }));
            return wait.as_secs_f64() / 60.0 * (0.95 + 0.1 * chance);
        }
        let options = ScheduleOptions {
            every: Every::Auto,
            min_every: Duration::from_secs_f64(self.floor * 60.0),
            min_every_written: false,
            max_every: Duration::from_secs(86_400),
            priority: 1.0 / self.worth,
        };
        let outcome = if seen.is_empty() { Outcome::NotModified } else { Outcome::New };
        let news = News { dates, window: Some(window), overflow: false };
        self.schedule = plan(&options, &self.schedule, &Advice::default(), outcome, &news, now, chance);
        self.schedule.next_poll.since(now).as_secs_f64() / 60.0
    }
}

/// The cost of the queue with many sources, a fifth of which are on twenty large hosts.
fn dispatching(sources: u32) {
    let hosts = (sources * 2 / 5).max(21);
    let before = resident();
    let host = |number: u32| {
        let host = if number.is_multiple_of(5) { number / 5 % 20 } else { 20 + number % (hosts - 20) };
        host_key(&Url::parse(&format!("https://www.host{host}.org/feed")).expect("an address"))
    };
    let start = Instant::now();
    let mut queue = Queue::new(Limits { concurrency: 64, per_host: 1, host_gap: Duration::from_secs(2) });
    for number in 0..sources {
        let due = Timestamp::from_unix(EPOCH + i64::from(number) * 3_600 / i64::from(sources)).into();
        queue.set(SourceId(i64::from(number)), &host(number), due);
    }
    let filled = start.elapsed();
    let memory = resident().saturating_sub(before);
    let start = Instant::now();
    let (mut dispatched, mut second) = (0_u32, 0);
    while dispatched < sources.min(200_000) {
        let now = Moment::from(Timestamp::from_unix(EPOCH + second));
        while let Some(source) = queue.start(now) {
            dispatched += 1;
            let number = u32::try_from(source.0).expect("it was made of one");
            queue.finished(source, now, Some((&host(number), now.plus(Duration::from_secs(86_400)))));
        }
        second += 1;
    }
    let each = start.elapsed().as_secs_f64() * 1e6 / f64::from(dispatched);
    println!(
        "{sources} sources on {hosts} hosts: filled in {:.2} s, {:.1} MiB, {each:.2} µs for each dispatch with its return",
        filled.as_secs_f64(),
        memory as f64 / 1_048_576.0
    );
}

/// Resident memory of this process, in bytes; 0 if the system does not report it.
fn resident() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4_096
}
