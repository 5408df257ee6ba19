//! Four weeks of sources of which two fifths name a hub, and a tenth of these hubs lie: the real decisions on the next poll and on the
//! trust in a hub, with simulated publishers, hubs and clock. Hubs must bring entries much sooner, at fewer requests, and a hub that
//! lies must cost nothing but the delay that there is without hubs.

use std::time::Duration;

use watershed::config::{Every, ScheduleOptions};
use watershed::model::{Outcome, Timestamp};
use watershed::schedule::{Advice, News, Pushed, SourceSchedule, Trust, delivered, plan};

use crate::population::{DAY, Dice, Publisher, publishers};

const SOURCES: usize = 200;
const SEEDS: [u64; 3] = [1, 2, 3];
/// Entries that were there before.
const HISTORY_DAYS: f64 = 70.0;
const DAYS: f64 = 28.0;
/// Entries of the last days need not have been seen.
const LAST_DAYS: f64 = 2.0;
/// A Monday, midnight.
const EPOCH: i64 = 1_798_416_000;
/// How long a hub takes, in minutes.
const DELIVERY_MINUTES: f64 = 0.3;

/// What the hub of a source does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hub {
    None,
    Honest,
    /// It takes the subscription and never delivers.
    Silent,
    /// It delivers for some time and then no more.
    Stops,
    /// It delivers every second entry.
    Half,
}

impl Hub {
    /// The hub of a source: 40 % of the sources have one, of which 10 % lie.
    fn of(number: usize) -> Hub {
        match (number % 5, number % 25, number / 25 % 3) {
            (0, 0, 0) => Hub::Silent,
            (0, 0, 1) => Hub::Stops,
            (0, 0, _) => Hub::Half,
            (0 | 1, ..) => Hub::Honest,
            _ => Hub::None,
        }
    }

    /// Whether it delivers the entry with this number since the subscription.
    fn delivers(self, number: usize) -> bool {
        match self {
            Hub::None | Hub::Silent => false,
            Hub::Honest => true,
            Hub::Stops => number < 5,
            Hub::Half => number.is_multiple_of(2),
        }
    }
}

/// What was seen of some sources.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    entries: f64,
    minutes: f64,
    requests: f64,
    lost: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.entries += other.entries;
        self.minutes += other.minutes;
        self.requests += other.requests;
        self.lost += other.lost;
    }

    /// The mean delay of an entry, in minutes.
    fn mean(&self) -> f64 {
        self.minutes / self.entries
    }
}

fn at(minute: f64) -> Timestamp {
    Timestamp::from_unix(EPOCH + (minute * 60.0) as i64)
}

fn options() -> ScheduleOptions {
    ScheduleOptions {
        every: Every::Auto,
        min_every: Duration::from_secs(3_600),
        min_every_written: false,
        max_every: Duration::from_secs(24 * 3_600),
        priority: 1.0,
    }
}

/// Plays one source.
fn play(publisher: &Publisher, hub: Hub, dice: &mut Dice) -> Tally {
    let (begin, end) = (HISTORY_DAYS * DAY, (HISTORY_DAYS + DAYS) * DAY);
    let entries = &publisher.entries;
    let first = entries.partition_point(|entry| *entry <= begin);
    let mut is_known = vec![false; entries.len()];
    let mut tally = Tally::default();
    let options = options();
    let mut schedule = SourceSchedule::new(at(begin));
    let mut pushed: Option<Pushed> = None;
    // The next entry that the hub may deliver.
    let mut next_push = first;
    loop {
        let poll = (schedule.next_poll.unix() - EPOCH) as f64 / 60.0;
        let push = entries.get(next_push).map(|entry| entry + DELIVERY_MINUTES).filter(|_| hub != Hub::None);
        if let Some(now) = push.filter(|now| *now < poll && *now < end) {
            let (number, minute) = (next_push, entries[next_push]);
            next_push += 1;
            let Some(pushed) = pushed.as_mut().filter(|_| hub.delivers(number - first) && !is_known[number]) else {
                continue;
            };
            is_known[number] = true;
            tally.entries += 1.0;
            tally.minutes += now - minute;
            pushed.trust.note_delivery(1, at(now));
            let news = News { dates: vec![Some(at(minute))], window: None, overflow: false };
            schedule = delivered(&options, &schedule, pushed, &news, at(now), dice.roll());
            continue;
        }
        if poll >= end {
            break;
        }
        let there = entries.partition_point(|entry| *entry <= poll);
        let shown = there.saturating_sub(publisher.window);
        let is_first = schedule.last_poll.is_none();
        let new: Vec<usize> = (shown..there).filter(|number| !is_known[*number]).collect();
        for number in first..there {
            let is_seen = std::mem::replace(&mut is_known[number], true);
            if is_seen {
                continue;
            }
            if number < shown {
                tally.lost += 1;
            } else if !is_first {
                tally.entries += 1.0;
                tally.minutes += poll - entries[number];
            }
        }
        is_known[..there].fill(true);
        let dates: Vec<Option<Timestamp>> = new.iter().map(|number| Some(at(entries[*number]))).collect();
        let overflow = !is_first && dates.len() > 1 && dates.len() == there - shown;
        let news = News { dates: dates.clone(), window: Some((there - shown) as u64), overflow };
        let now = at(poll);
        let advice = Advice { freshness: Some(None), pushed: pushed.clone(), ..Advice::default() };
        let outcome = if dates.is_empty() { Outcome::NotModified } else { Outcome::New };
        let before = schedule;
        schedule = plan(&options, &before, &advice, outcome, &news, now, dice.roll());
        schedule.last_attempt = Some(now);
        if let Some(pushed) = &mut pushed {
            pushed.trust.note_poll(pushed.missed(&dates, before.last_poll, now), now);
        }
        if is_first && hub != Hub::None {
            let (hub, trust) = ("hub.example".to_owned(), Trust::default());
            pushed = Some(Pushed { hub, since: now, trust, is_hub_doubted: false });
        }
        tally.requests += 1.0;
    }
    let last = entries.partition_point(|entry| *entry <= end - LAST_DAYS * DAY);
    tally.lost += (first..last).filter(|number| !is_known[*number]).count();
    tally
}

#[test]
fn hubs_bring_entries_sooner_at_fewer_requests_and_nothing_is_missed() {
    let (mut polled, mut pushed, mut all_polled, mut all_pushed, mut lied_to) =
        (Tally::default(), Tally::default(), Tally::default(), Tally::default(), Tally::default());
    for seed in SEEDS {
        let sources = publishers(seed, SOURCES, HISTORY_DAYS + DAYS);
        for (number, publisher) in sources.iter().enumerate() {
            let hub = Hub::of(number);
            let dice = || Dice::new(seed * 1_000 + number as u64);
            let (without, with) = (play(publisher, Hub::None, &mut dice()), play(publisher, hub, &mut dice()));
            all_polled.add(without);
            all_pushed.add(with);
            if hub != Hub::None {
                polled.add(without);
                pushed.add(with);
            }
            if !matches!(hub, Hub::None | Hub::Honest) {
                lied_to.add(with);
            }
        }
    }
    println!(
        "sources on hubs: {:.1} min and {} requests, by polls alone {:.1} min and {} requests; all sources: {:.1} min and {} \
         requests, by polls alone {:.1} min and {} requests; on hubs that lie: {:.1} min",
        pushed.mean(),
        pushed.requests,
        polled.mean(),
        polled.requests,
        all_pushed.mean(),
        all_pushed.requests,
        all_polled.mean(),
        all_polled.requests,
        lied_to.mean()
    );
    assert!(pushed.mean() * 3.0 <= polled.mean(), "{:.1} min, not {:.1} min", pushed.mean(), polled.mean());
    assert!(pushed.requests < polled.requests, "{} requests, not {}", pushed.requests, polled.requests);
    assert!(all_pushed.mean() < all_polled.mean() && all_pushed.requests < all_polled.requests);
    assert_eq!(pushed.lost, 0, "of the sources on hubs, {} entries were lost", pushed.lost);
}
