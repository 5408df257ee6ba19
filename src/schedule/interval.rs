//! When a source is polled next.
//!
//! The learned interval halves while polls bring news and grows while they do not. The publisher's wishes are floors
//! under it; failures stretch it; a little chance keeps polls from lining up on a tick.

use std::time::Duration;

use crate::config::{Every, ScheduleOptions};
use crate::model::{Outcome, Plan, Timestamp};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// A publisher's wish for freshness is believed up to here (POLLING 26).
const FRESHNESS_MAX: Duration = DAY;
/// Retry-After is obeyed up to here.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(7 * 24 * 3_600);
/// The built-in floor sinks to this where the server itself states a shorter lifetime.
const STATED_FLOOR: Duration = Duration::from_secs(15 * 60);
/// A 429 or 503 without a hint still means: not so soon.
const BUSY_WITHOUT_HINT: Duration = Duration::from_secs(15 * 60);
/// A feed that is gone is looked at again after this.
const GONE_RECHECK: Duration = Duration::from_secs(30 * 24 * 3_600);
/// Doublings of the interval by failures in a row.
const BACKOFF_DOUBLINGS: u32 = 7;
/// The longest wait after failures.
const BACKOFF_MAX: Duration = DAY;
/// After this many failures in a row the wait may grow to a week: nothing is given up, but a dead host costs little.
const LONG_DEAD_FAILURES: u32 = 30;
const LONG_DEAD_BACKOFF_MAX: Duration = Duration::from_secs(7 * 24 * 3_600);
/// How far chance stretches an interval.
const JITTER: f64 = 0.05;
/// The longest cool-down of a poll that was asked for by hand (POLLING 30).
const COOL_DOWN_MAX: Duration = Duration::from_secs(5 * 60);

/// What the decision needs to know of the past.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    pub interval: Option<Duration>,
    pub freshness: Option<Duration>,
    pub feed_freshness: Option<Duration>,
    pub failures: u32,
}

/// What this poll's answer says about the next one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The server's headers on freshness: `None` where there was no answer to say anything.
    pub freshness: Option<Option<Duration>>,
    /// The document's own wish: `None` where no document was read.
    pub feed_freshness: Option<Option<Duration>>,
    pub retry_after: Option<Duration>,
    /// The server said that it is asked too much (429, 503).
    pub busy: bool,
}

/// Decides the next poll after one that ended at `now` with `outcome`; `chance` is in `[0, 1)`.
pub fn plan(
    options: &ScheduleOptions,
    history: &History,
    answer: &Answer,
    outcome: Outcome,
    now: Timestamp,
    chance: f64,
) -> Plan {
    let freshness = answer.freshness.unwrap_or(history.freshness);
    let feed_freshness = answer.feed_freshness.unwrap_or(history.feed_freshness);
    let interval = learn(options, history, outcome);
    let (floor, floor_reason) = floor(options, freshness, feed_freshness);
    let normal = interval.max(floor);
    let mut plan = Plan {
        next_poll: now,
        reason: String::new(),
        interval: Some(interval),
        freshness,
        feed_freshness,
        not_before: None,
        failures: 0,
        gone: false,
    };
    let wait = match outcome {
        Outcome::Gone => {
            plan.gone = true;
            plan.failures = history.failures.saturating_add(1);
            plan.reason = "the server says the feed is gone (410); looked at again in 30 days".to_owned();
            GONE_RECHECK
        }
        Outcome::Failed => {
            plan.failures = history.failures.saturating_add(1);
            let wait = backoff(normal, plan.failures, answer.busy);
            plan.reason = format!("backing off after {}", count(plan.failures, "failure"));
            wait
        }
        Outcome::New | Outcome::Unchanged | Outcome::NotModified => {
            plan.reason = if floor >= interval && floor_reason.is_some() {
                floor_reason.unwrap_or_default()
            } else {
                match options.every {
                    Every::Fixed(every) => format!("every {}", spell(every)),
                    Every::Auto => format!("learned interval of {}", spell(interval)),
                }
            };
            normal
        }
    };
    plan.next_poll = now.plus(stretch(wait, chance));
    if let Some(pause) = answer.retry_after.map(|pause| pause.min(RETRY_AFTER_MAX)) {
        let not_before = now.plus(pause);
        plan.not_before = Some(not_before);
        if not_before > plan.next_poll {
            plan.next_poll = not_before.plus(Duration::from_secs((chance * 5.0) as u64));
            plan.reason = format!("the server asked to wait {} (Retry-After)", spell(pause));
        }
    }
    plan
}

fn learn(options: &ScheduleOptions, history: &History, outcome: Outcome) -> Duration {
    let Every::Auto = options.every else {
        let Every::Fixed(every) = options.every else { return options.min_every };
        return every;
    };
    let known = history.interval.unwrap_or(options.min_every);
    let learned = match outcome {
        Outcome::New => known / 2,
        Outcome::Unchanged | Outcome::NotModified => known + known / 4,
        Outcome::Failed | Outcome::Gone => known,
    };
    learned.clamp(options.min_every.min(STATED_FLOOR), options.max_every)
}

/// The least time between two requests, and whose wish it is where it is the publisher's.
fn floor(
    options: &ScheduleOptions,
    freshness: Option<Duration>,
    feed_freshness: Option<Duration>,
) -> (Duration, Option<String>) {
    let stated = freshness.map(|span| span.min(FRESHNESS_MAX));
    let document = feed_freshness.map(|span| span.min(FRESHNESS_MAX));
    let wish = stated.max(document);
    let sinks = options.every == Every::Auto && !options.min_every_written;
    let own = match wish {
        Some(wish) if sinks && wish < options.min_every => wish.max(STATED_FLOOR),
        _ => options.min_every,
    };
    match wish {
        Some(wish) if wish > own => {
            let whose = if stated >= document { "the server's headers ask" } else { "the feed asks" };
            (wish, Some(format!("{whose} for {} between polls", spell(wish))))
        }
        _ => (own, Some(format!("floor of {}", spell(own)))),
    }
}

fn backoff(normal: Duration, failures: u32, busy: bool) -> Duration {
    let doublings = failures.saturating_sub(1).min(BACKOFF_DOUBLINGS);
    let longest = if failures > LONG_DEAD_FAILURES { LONG_DEAD_BACKOFF_MAX } else { BACKOFF_MAX };
    let doublings = if failures > LONG_DEAD_FAILURES { doublings + 3 } else { doublings };
    let wait = normal.saturating_mul(1 << doublings).min(longest.max(normal));
    if busy { wait.max(BUSY_WITHOUT_HINT) } else { wait }
}

/// Up to a twentieth more, and up to a minute where the span is long enough not to notice: never less.
fn stretch(span: Duration, chance: f64) -> Duration {
    let extra = (span.as_secs_f64() * JITTER).min(HOUR.as_secs_f64());
    span + Duration::from_secs_f64(extra * chance.clamp(0.0, 1.0))
}

/// How long a poll that is asked for by hand keeps from the last attempt.
pub fn cool_down(options: &ScheduleOptions) -> Duration {
    options.min_every.min(COOL_DOWN_MAX)
}

/// What the store knows of a source's next poll, for [`heal`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub next_poll: Timestamp,
    /// End of the last finished poll.
    pub last_poll: Option<Timestamp>,
    /// Begin of the last attempt, finished or not.
    pub last_attempt: Option<Timestamp>,
    pub not_before: Option<Timestamp>,
    pub gone: bool,
    pub history: History,
}

/// When a source is due under `options`, which may have been edited since its next poll was planned, and under a clock
/// that may have been wrong then: a time that the rules in force could not have set is moved to the nearest they could.
pub fn heal(standing: &Standing, options: &ScheduleOptions, now: Timestamp) -> Timestamp {
    let farthest = if standing.gone { GONE_RECHECK } else { RETRY_AFTER_MAX.max(options.max_every) };
    if standing.next_poll > now.plus(farthest.mul_f64(1.0 + JITTER) + MINUTE) {
        return now.plus(options.min_every);
    }
    let mut due = standing.next_poll;
    // An attempt that a crash or a stop cut short counts as one: it is not made again at once.
    if let Some(attempt) = standing.last_attempt.filter(|attempt| *attempt <= now)
        && standing.last_poll.is_none_or(|poll| poll < attempt)
    {
        due = due.max(attempt.plus(cool_down(options)));
    }
    let waited_for = standing.not_before.is_some_and(|not_before| not_before > now);
    if let Some(last) = standing.last_poll.filter(|last| *last <= now)
        && standing.history.failures == 0
        && !standing.gone
        && !waited_for
    {
        let (floor, _) = floor(options, standing.history.freshness, standing.history.feed_freshness);
        let normal = match options.every {
            Every::Fixed(every) => every.max(floor),
            Every::Auto => standing.history.interval.unwrap_or(floor).clamp(floor, options.max_every.max(floor)),
        };
        due = due.clamp(last.plus(floor), last.plus(stretch(normal, 1.0)).max(last.plus(floor)));
    }
    due
}

fn count(number: u32, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A span in words: "90 s", "15 min", "1 h 30 min", "2 d".
fn spell(span: Duration) -> String {
    let seconds = span.as_secs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    if days > 0 {
        if hours > 0 { format!("{days} d {hours} h") } else { format!("{days} d") }
    } else if hours > 0 {
        if minutes > 0 { format!("{hours} h {minutes} min") } else { format!("{hours} h") }
    } else if minutes > 0 && seconds.is_multiple_of(60) {
        format!("{minutes} min")
    } else {
        format!("{seconds} s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::MIN;

    fn options(every: Every, min_every: u64) -> ScheduleOptions {
        ScheduleOptions { every, min_every: Duration::from_secs(min_every), min_every_written: false, max_every: DAY }
    }

    fn wait(options: &ScheduleOptions, history: &History, answer: &Answer, outcome: Outcome) -> u64 {
        plan(options, history, answer, outcome, NOW, 0.0).next_poll.since(NOW).as_secs()
    }

    #[test]
    fn news_shortens_and_silence_lengthens_the_interval_within_its_bounds() {
        let auto = options(Every::Auto, 3_600);
        let mut history = History::default();
        for _ in 0..40 {
            history.interval = plan(&auto, &history, &Answer::default(), Outcome::NotModified, NOW, 0.0).interval;
        }
        assert_eq!(history.interval, Some(DAY));
        let after_news = wait(&auto, &history, &Answer::default(), Outcome::New);
        assert_eq!(after_news, 12 * 3_600);
        for _ in 0..40 {
            history.interval = plan(&auto, &history, &Answer::default(), Outcome::New, NOW, 0.0).interval;
        }
        assert_eq!(wait(&auto, &history, &Answer::default(), Outcome::New), 3_600);
    }

    #[test]
    fn a_publisher_sets_floors_that_outlive_a_304() {
        let auto = options(Every::Auto, 3_600);
        let four_hours = Duration::from_secs(4 * 3_600);
        let answer = Answer { freshness: Some(Some(four_hours)), ..Answer::default() };
        assert_eq!(wait(&auto, &History::default(), &answer, Outcome::New), 4 * 3_600);
        let history = History { feed_freshness: Some(four_hours), ..History::default() };
        assert_eq!(wait(&auto, &history, &Answer::default(), Outcome::NotModified), 4 * 3_600);
        let absurd = Answer { freshness: Some(Some(Duration::from_secs(u64::MAX))), ..Answer::default() };
        assert_eq!(wait(&auto, &History::default(), &absurd, Outcome::New), 86_400);
        let short = Answer { freshness: Some(Some(MINUTE)), ..Answer::default() };
        let busy_feed = History { interval: Some(STATED_FLOOR), ..History::default() };
        assert_eq!(wait(&auto, &busy_feed, &short, Outcome::New), 15 * 60);
    }

    #[test]
    fn failures_double_the_wait_up_to_a_day_and_one_success_resets_it() {
        let auto = options(Every::Auto, 3_600);
        let check = |failures, wanted| {
            let history = History { failures, interval: Some(HOUR), ..History::default() };
            assert_eq!(wait(&auto, &history, &Answer::default(), Outcome::Failed), wanted, "{failures}");
        };
        check(0, 3_600);
        check(1, 7_200);
        check(4, 16 * 3_600);
        check(9, 86_400);
        check(40, 7 * 86_400);
        let history = History { failures: 9, ..History::default() };
        assert_eq!(plan(&auto, &history, &Answer::default(), Outcome::NotModified, NOW, 0.0).failures, 0);
    }

    #[test]
    fn retry_after_is_a_floor_and_is_capped() {
        let fixed = options(Every::Fixed(Duration::from_secs(1)), 1);
        let check = |seconds, wanted| {
            let answer = Answer { retry_after: Some(Duration::from_secs(seconds)), ..Answer::default() };
            assert_eq!(wait(&fixed, &History::default(), &answer, Outcome::Failed), wanted);
        };
        check(7_200, 7_200);
        check(u64::MAX, 7 * 86_400);
    }

    #[test]
    fn chance_never_makes_a_poll_early() {
        for chance in [0.0, 0.3, 0.999_999] {
            let auto = options(Every::Auto, 3_600);
            let next = plan(&auto, &History::default(), &Answer::default(), Outcome::New, NOW, chance).next_poll;
            assert!(next.since(NOW) >= HOUR && next.since(NOW) <= HOUR.mul_f64(1.051), "{chance}");
        }
    }

    #[test]
    fn a_due_time_that_no_rule_in_force_could_have_set_is_moved() {
        let auto = options(Every::Auto, 3_600);
        let now = Timestamp::from_unix(1_800_000_000);
        let standing = |next_poll, last_poll| Standing {
            next_poll,
            last_poll,
            last_attempt: last_poll,
            not_before: None,
            gone: false,
            history: History { interval: Some(DAY), ..History::default() },
        };
        let check = |what: &str, standing: &Standing, options: &ScheduleOptions, wanted: Timestamp| {
            assert_eq!(heal(standing, options, now), wanted, "{what}");
        };
        check("a clock that ran ahead", &standing(Timestamp::MAX, None), &auto, now.plus(HOUR));
        check("as planned", &standing(now.plus(DAY), Some(now)), &auto, now.plus(DAY));
        let gone = Standing { gone: true, ..standing(now.plus(GONE_RECHECK), Some(now)) };
        check("gone", &gone, &auto, now.plus(GONE_RECHECK));
        let fixed = options(Every::Fixed(MINUTE), 60);
        check("shortened", &standing(now.plus(DAY), Some(now)), &fixed, now.plus(stretch(MINUTE, 1.0)));
        let slow = options(Every::Fixed(DAY), 43_200);
        check("lengthened", &standing(now.plus(MINUTE), Some(now)), &slow, now.plus(DAY / 2));
        let asked = Standing { not_before: Some(now.plus(HOUR)), ..standing(now.plus(HOUR), Some(now)) };
        check("asked to wait", &asked, &fixed, now.plus(HOUR));
        let mut failing = standing(now.plus(HOUR), Some(now));
        failing.history.failures = 3;
        check("backing off", &failing, &fixed, now.plus(HOUR));
        let cut_short = Standing { last_attempt: Some(now.minus(MINUTE)), ..standing(now.minus(HOUR), None) };
        check("an attempt cut short", &cut_short, &auto, now.minus(MINUTE).plus(COOL_DOWN_MAX));
    }
}
