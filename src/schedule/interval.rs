//! When a source is polled next, and why then.
//!
//! The rhythm says when a request is worth its while. The publisher's wishes are floors under that; failures stretch
//! it; hours and days that the publisher wants skipped push it out; a little chance keeps polls from lining up.

use std::time::Duration;

use super::rhythm::Rhythm;
use super::skip::Skip;
use super::source::{Learnt, SourceSchedule};
use crate::config::{Every, ScheduleOptions, show_span};
use crate::model::{Moment, Outcome, Timestamp};

const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// A publisher's wish for freshness is believed up to here (POLLING 26).
const FRESHNESS_MAX: Duration = DAY;
/// Retry-After is obeyed up to here (POLLING 31).
pub(super) const RETRY_AFTER_MAX: Duration = Duration::from_secs(7 * 24 * 3_600);
/// A person may lift a Retry-After of more than this, because such a wait is more often a mistake than a wish.
pub(super) const RETRY_AFTER_KEPT: Duration = DAY;
/// The built-in floor sinks to this where the server states a shorter lifetime, or the document would overflow
/// (POLLING 71).
const SUNKEN_FLOOR: Duration = Duration::from_secs(15 * 60);
/// A 429 or 503 without a hint still means: not so soon (POLLING 36).
const BUSY_WITHOUT_HINT: Duration = Duration::from_secs(15 * 60);
/// A server that wants to see a browser is not asked sooner than this (POLLING 43).
const CHALLENGED_WAIT: Duration = DAY;
/// A feed that is gone is looked at again after this, so often (POLLING 42).
const GONE_RECHECK: Duration = Duration::from_secs(30 * 24 * 3_600);
const GONE_RECHECKS: u32 = 3;
/// And after those: nothing is given up for good.
const GONE_FOR_LONG: Duration = Duration::from_secs(365 * 24 * 3_600);
/// A server without validators sends the whole document each time: a large one is asked for once a day at most, a
/// smaller one half as often (POLLING 28).
const LARGE_BODY_BYTES: u64 = 256 * 1024;
/// Doublings of the interval by failures in a row (POLLING 38).
const BACKOFF_DOUBLINGS: u32 = 7;
/// The longest wait after failures; and once nothing has come for a month: nothing is given up, but a dead host costs
/// little.
const BACKOFF_MAX: Duration = DAY;
const LONG_DEAD: Duration = Duration::from_secs(30 * 24 * 3_600);
const LONG_DEAD_FAILURES: u32 = 30;
const LONG_DEAD_BACKOFF_MAX: Duration = Duration::from_secs(7 * 24 * 3_600);
/// A poll that failed for want of a network is made again after this at the latest (POLLING 40).
const OUTAGE_WAIT: Duration = Duration::from_secs(15 * 60);
/// How far chance moves an interval, either way, but never below its floor (POLLING 29).
const JITTER: f64 = 0.05;
/// A last poll that lies ahead by less than this says nothing about the clock.
const CLOCK_SLACK: Duration = Duration::from_secs(30);
/// The longest cool-down of a poll that was asked for by hand (POLLING 30).
const COOL_DOWN_MAX: Duration = Duration::from_secs(5 * 60);

/// What this poll's answer says about the next one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The server's headers on freshness: `None` where there was no answer to say anything.
    pub freshness: Option<Option<Duration>>,
    /// The document's own wish: `None` where no document was read.
    pub feed_freshness: Option<Option<Duration>>,
    /// Hours and days that the document wants skipped: `None` where no document was read.
    pub skip: Option<Skip>,
    pub retry_after: Option<Duration>,
    /// The server said that it is asked too much (429, 503).
    pub busy: bool,
    /// The server wanted to see a browser.
    pub challenged: bool,
    /// The document came without any validator, and had so many bytes on the wire.
    pub unvalidated_bytes: Option<u64>,
    pub blame: Blame,
}

/// Against whom a failure counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Blame {
    #[default]
    Source,
    /// Most of the host's sources fail alike: the host is paused instead.
    Host,
    /// Everything fails: we have no network.
    Nobody,
    /// This machine has run out of something that a connection needs, or lacks it.
    Machine,
}

impl Blame {
    /// Whether the trouble is ours, so that it says nothing of the source.
    fn is_ours(self) -> bool {
        matches!(self, Blame::Nobody | Blame::Machine)
    }
}

/// store → schedule: what the poll brought, once it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// Dates of the new entries as the publisher wrote them, where they have a credible one; of a first poll, of all.
    pub dates: Vec<Option<Timestamp>>,
    /// Entries of the document, if a whole one was read.
    pub window: Option<u64>,
    /// Every entry of the document is new, though there were others before: some may have been missed.
    pub overflow: bool,
}

/// Decides the next poll after a poll that ended at `now` with `outcome`; `chance` is in `[0, 1)`. `before` is the whole
/// schedule from before the poll, with what was learnt.
pub fn plan(
    options: &ScheduleOptions,
    before: &SourceSchedule,
    answer: &Answer,
    outcome: Outcome,
    news: &News,
    now: impl Into<Moment>,
    chance: f64,
) -> SourceSchedule {
    let end = now.into();
    let now = end.cut();
    let learnt = before.learnt.as_deref().cloned().unwrap_or_default();
    let wishes = Wishes {
        freshness: answer.freshness.unwrap_or(learnt.freshness),
        feed_freshness: answer.feed_freshness.unwrap_or(learnt.feed_freshness),
        skip: answer.skip.unwrap_or(before.skip),
    };
    let rhythm = learn(learnt.rhythm, outcome, news, now);
    let usual = normal(options, &wishes, rhythm.as_ref(), now);
    let mut next = match outcome {
        Outcome::Gone => gone(before, end),
        Outcome::Failed if before.gone && !answer.blame.is_ours() => gone(before, end),
        Outcome::Failed => failed(usual, before, learnt.last_success, answer, end, chance),
        Outcome::New | Outcome::Unchanged | Outcome::NotModified => {
            answered(options, usual, rhythm.as_ref(), answer, news, end, chance)
        }
    };
    let pause = answer.retry_after.map(|pause| pause.min(RETRY_AFTER_MAX));
    let not_before = pause.map(|pause| end.plus(pause).ceil());
    if let Some((pause, until)) = pause.zip(not_before).filter(|(_, until)| Moment::from(*until) > next.at) {
        next.at = until.plus(Duration::from_secs((chance * 60.0) as u64)).into();
        next.reason = format!("the server asked to wait {} (Retry-After)", show_span(pause));
    }
    if let Some(later) = wishes.skip.push_out(next.at.cut()) {
        next.at = later.plus(Duration::from_secs((chance * 600.0) as u64)).into();
        next.reason.push_str("; the feed wants the time before skipped");
    }
    let is_success = !matches!(outcome, Outcome::Failed | Outcome::Gone);
    let next_poll = next.at.ceil();
    SourceSchedule {
        next_poll,
        millis_before: u16::try_from(Moment::from(next_poll).since(next.at).as_millis()).unwrap_or(0),
        last_attempt: before.last_attempt,
        last_poll: Some(now),
        not_before,
        interval: next.interval,
        skip: wishes.skip,
        failures: next.failures,
        gone: next.gone,
        planned_under: options.fingerprint(),
        learnt: Some(Box::new(Learnt {
            reason: next.reason,
            rhythm,
            freshness: wishes.freshness,
            feed_freshness: wishes.feed_freshness,
            last_success: if is_success { Some(now) } else { learnt.last_success },
        })),
    }
}

/// The next poll, before what a server or a document wants to be waited for.
struct Next {
    at: Moment,
    reason: String,
    interval: Option<Duration>,
    failures: u32,
    gone: bool,
}

/// What the publisher asks for.
#[derive(Debug, Clone, Copy)]
struct Wishes {
    freshness: Option<Duration>,
    feed_freshness: Option<Duration>,
    skip: Skip,
}

fn learn(rhythm: Option<Rhythm>, outcome: Outcome, news: &News, now: Timestamp) -> Option<Rhythm> {
    match (rhythm, outcome) {
        (rhythm, Outcome::Failed | Outcome::Gone) => rhythm,
        (Some(mut rhythm), _) => {
            rhythm.observe(&news.dates, news.window, now);
            Some(rhythm)
        }
        (None, _) => {
            let dates: Vec<Timestamp> = news.dates.iter().flatten().copied().collect();
            news.window.map(|window| Rhythm::first(&dates, window, now))
        }
    }
}

/// A wait after a successful poll, and what decided it.
struct Due {
    wait: Duration,
    floor: Duration,
    reason: String,
    /// The wait is written in the configuration: nothing that was learnt changes it.
    is_fixed: bool,
}

/// The wait that rhythm, or a fixed interval, and floors come to.
fn normal(options: &ScheduleOptions, wishes: &Wishes, rhythm: Option<&Rhythm>, from: Timestamp) -> Due {
    let overflow = rhythm.map(Rhythm::until_overflow);
    let (floor, floor_reason) = floor(options, wishes, overflow);
    let latest = options.max_every.max(floor);
    let (wait, reason) = match (options.every, rhythm) {
        (Every::Fixed(every), _) if every >= floor => (every, format!("every {}", show_span(every))),
        (Every::Fixed(_), _) => (floor, floor_reason),
        (Every::Auto, None) => (floor, floor_reason),
        (Every::Auto, Some(rhythm)) => {
            let full = overflow.unwrap_or(latest).max(floor);
            let wait = rhythm.wait(from, floor, latest.min(full), options.priority);
            let per_day = rhythm.per_day();
            let reason = if wait <= floor {
                format!("{floor_reason}; {}", pace(per_day))
            } else if wait >= full && full < latest {
                format!("its document would overflow later; {}", pace(per_day))
            } else if wait >= latest {
                format!("at least every {}; {}", show_span(latest), pace(per_day))
            } else {
                format!("its rhythm: {}", pace(per_day))
            };
            (wait, reason)
        }
    };
    Due { wait, floor, reason, is_fixed: options.every != Every::Auto }
}

/// "it brings 12 entries a day", "it brings an entry in 8 days".
fn pace(per_day: f64) -> String {
    if per_day >= 9.5 {
        format!("it brings {per_day:.0} entries a day")
    } else if per_day >= 0.95 {
        format!("it brings {per_day:.1} entries a day")
    } else if per_day > 1.0 / 365.0 {
        format!("it brings an entry in {:.0} days", (1.0 / per_day).max(2.0))
    } else {
        "it brings next to nothing".to_owned()
    }
}

impl Due {
    /// `latest` is how late it may be for other reasons.
    fn slow_down_for_want_of_validators(&mut self, bytes: u64, latest: Duration) {
        let least = if bytes > LARGE_BODY_BYTES { DAY } else { (self.wait * 2).min(DAY) }.min(latest);
        if least > self.wait {
            (self.wait, self.floor) = (least, least);
            self.reason.push_str("; less often, as the server gives no validators");
        }
    }
}

/// `wait` less or more up to a twentieth, but never below `floor`: a poll that is held by its floor is only moved away
/// from it. Half of that would be too little: what an outage has lined up stays so for days.
fn jittered(wait: Duration, floor: Duration, chance: f64) -> Duration {
    let wait = wait.max(floor);
    let most = wait.mul_f64(JITTER).min(HOUR);
    let (earliest, latest) = (wait.saturating_sub(most).max(floor), wait + most);
    let moved = earliest + (latest - earliest).mul_f64(chance.clamp(0.0, 1.0));
    // Moments are cut to whole milliseconds: one more, so that never early means never.
    moved + Moment::STEP
}

/// After a poll that had an answer.
fn answered(
    options: &ScheduleOptions,
    mut due: Due,
    rhythm: Option<&Rhythm>,
    answer: &Answer,
    news: &News,
    now: Moment,
    chance: f64,
) -> Next {
    if let Some(bytes) = answer.unvalidated_bytes
        && !due.is_fixed
        && !options.min_every_written
    {
        let latest = options.max_every.min(rhythm.map_or(DAY, Rhythm::until_overflow));
        due.slow_down_for_want_of_validators(bytes, latest);
    }
    if news.overflow && !due.is_fixed && due.wait > due.floor {
        due.wait = due.floor.max(due.wait / 2);
        due.reason.push_str("; halved, as every entry of the document was new");
    }
    let at = now.plus(jittered(due.wait, due.floor, chance));
    Next { at, reason: due.reason, interval: Some(due.wait), failures: 0, gone: false }
}

/// The feed is gone, and stays so through failures: only a feed is a sign of life.
fn gone(before: &SourceSchedule, now: Moment) -> Next {
    let failures = if before.gone { before.failures.saturating_add(1) } else { 1 };
    let (wait, reason) = if failures > GONE_RECHECKS {
        (GONE_FOR_LONG, "the server goes on saying that the feed is gone (410); looked at again in a year")
    } else {
        (GONE_RECHECK, "the server says that the feed is gone (410); looked at again in 30 days")
    };
    Next { at: now.plus(wait), reason: reason.to_owned(), interval: before.interval, failures, gone: true }
}

fn failed(
    due: Due,
    before: &SourceSchedule,
    last_success: Option<Timestamp>,
    answer: &Answer,
    end: Moment,
    chance: f64,
) -> Next {
    let now = end.cut();
    // An interval that was learnt before the user wrote one down counts no more.
    let usual = before.interval.filter(|_| !due.is_fixed).unwrap_or(due.wait).max(due.floor);
    let more = before.failures.saturating_add(1);
    let (failures, wait, reason) = match answer.blame {
        Blame::Nobody => {
            let reason = "no network, it seems: nothing is held against the source".to_owned();
            (before.failures, usual.min(OUTAGE_WAIT), reason)
        }
        Blame::Machine => {
            let reason = "the trouble is this machine's own: nothing is held against the source".to_owned();
            (before.failures, usual.min(OUTAGE_WAIT), reason)
        }
        Blame::Host if more <= BACKOFF_DOUBLINGS => {
            (more, usual, "its whole site is failing: nothing is held against the source yet".to_owned())
        }
        Blame::Host => {
            let reason = format!("its whole site has been failing, {}", count(more, "time"));
            (more, backoff(usual, more - BACKOFF_DOUBLINGS, last_success, now), reason)
        }
        Blame::Source => {
            let reason = format!("backing off after {}", count(more, "failure"));
            (more, backoff(usual, more, last_success, now), reason)
        }
    };
    let (least, why) = match (answer.challenged, answer.busy) {
        (true, _) => (CHALLENGED_WAIT, "the server wants to see a browser (cf-mitigated: challenge)"),
        (false, true) => (BUSY_WITHOUT_HINT, "the server is asked too much"),
        (false, false) => (Duration::ZERO, ""),
    };
    let reason = if least > wait { why.to_owned() } else { reason };
    let wait = wait.max(least);
    // A failed poll is never made earlier than said: chance only adds.
    let at = end.plus(wait + wait.mul_f64(JITTER).min(HOUR).mul_f64(chance) + Moment::STEP);
    // Of a feed that is gone, only an outage of ours comes here: it stays gone.
    Next { at, reason, interval: before.interval, failures, gone: before.gone }
}

/// The least time between two requests, and whose wish it is.
fn floor(options: &ScheduleOptions, wishes: &Wishes, overflow: Option<Duration>) -> (Duration, String) {
    let stated = wishes.freshness.map(|span| span.min(FRESHNESS_MAX));
    let document = wishes.feed_freshness.map(|span| span.min(FRESHNESS_MAX));
    let wish = stated.max(document);
    let sinks = options.every == Every::Auto && !options.min_every_written;
    let mut own = (options.min_every, format!("floor of {}", show_span(options.min_every)));
    if sinks {
        if let Some(stated) = stated.filter(|stated| *stated < own.0) {
            let sunk = stated.max(SUNKEN_FLOOR);
            own = (sunk, format!("the server calls its answer fresh for {} only", show_span(stated)));
        }
        if let Some(overflow) = overflow.filter(|overflow| *overflow < own.0) {
            let sunk = overflow.max(SUNKEN_FLOOR);
            own = (sunk, "its document would overflow within the usual floor".to_owned());
        }
    }
    match wish {
        Some(wish) if wish > own.0 => {
            let whose = if stated >= document { "the server's headers ask" } else { "the feed asks" };
            (wish, format!("{whose} for {} between polls", show_span(wish)))
        }
        _ => own,
    }
}

fn backoff(usual: Duration, failures: u32, last_success: Option<Timestamp>, now: Timestamp) -> Duration {
    let doublings = failures.saturating_sub(1).min(BACKOFF_DOUBLINGS);
    let long_dead = match last_success {
        Some(success) => now.since(success) > LONG_DEAD && failures > BACKOFF_DOUBLINGS,
        None => failures > LONG_DEAD_FAILURES,
    };
    let (doublings, longest) =
        if long_dead { (doublings + 3, LONG_DEAD_BACKOFF_MAX) } else { (doublings, BACKOFF_MAX) };
    usual.saturating_mul(1 << doublings).min(longest.max(usual))
}

/// How long a poll that is asked for by hand keeps from the last attempt.
pub fn cool_down(options: &ScheduleOptions) -> Duration {
    options.min_every.min(COOL_DOWN_MAX)
}

/// The farthest that a next poll can have been planned, as seen from now.
fn farthest(schedule: &SourceSchedule, options: &ScheduleOptions, now: Timestamp) -> Timestamp {
    let written = if let Every::Fixed(every) = options.every { every } else { options.min_every };
    let usual = schedule.interval.unwrap_or(options.max_every).max(options.min_every).max(written);
    let wait = match schedule.failures {
        0 => usual,
        1..=BACKOFF_DOUBLINGS => usual.max(BACKOFF_MAX),
        _ => usual.max(LONG_DEAD_BACKOFF_MAX),
    };
    let planned = now.plus(wait.mul_f64(1.0 + JITTER) + HOUR + Skip::LONGEST);
    schedule.asked_to_wait(now).map_or(planned, |until| planned.max(until.plus(HOUR + Skip::LONGEST)))
}

/// When a source may be asked again after an attempt that did not end: as if it had, at the shortest wait there is.
pub fn rested(attempt: Timestamp, interval: Option<Duration>, floor: Duration, options: &ScheduleOptions) -> Timestamp {
    attempt.plus(interval.unwrap_or_default().min(floor).max(cool_down(options)))
}

/// When a source is due under `options`, which may have been edited since its next poll was planned, and under a clock
/// that may have been wrong then. None where it stands as it was planned; else the time that the rules in force set,
/// and why. Of a schedule without what was learnt only the clock is looked at.
pub fn heal(schedule: &SourceSchedule, options: &ScheduleOptions, now: Timestamp) -> Option<(Timestamp, &'static str)> {
    let mut due = schedule.next_poll;
    let mut why = "the configuration has changed since the last poll";
    let sane = |time: Option<Timestamp>| time.filter(|time| *time <= now);
    // The last poll lies ahead: the clock was set back since. The wait that was planned after it begins anew.
    if let Some(ahead) = schedule.last_poll.filter(|last| *last > now.plus(CLOCK_SLACK)) {
        due = now.plus(schedule.next_poll.since(ahead));
        why = "the clock has changed since the last poll";
    }
    // What the source's own floor follows from. The floor is only asked for after an attempt that was cut short.
    let mut floor_of = None;
    if !schedule.gone && due > farthest(schedule, options, now) {
        // Planned by a clock that ran ahead. The same whenever it is asked: not by now, but by the last poll that can
        // be true. Where there is none it is due, as all of those are; they are drained at a pace.
        let last = sane(schedule.last_poll).max(sane(schedule.last_attempt));
        due = last.map_or(now, |last| last.plus(options.min_every));
        why = "the clock has changed since the last poll";
    } else if let Some(learnt) = &schedule.learnt {
        let wishes = Wishes { freshness: learnt.freshness, feed_freshness: learnt.feed_freshness, skip: schedule.skip };
        floor_of = Some((wishes, learnt.rhythm.as_ref()));
        if schedule.failures == 0
            && !schedule.gone
            && schedule.asked_to_wait(now).is_none()
            && let Some(last) = sane(schedule.last_poll)
            && schedule.planned_under != options.fingerprint()
        {
            let replanned = normal(options, &wishes, learnt.rhythm.as_ref(), last);
            let replanned = Moment::from(last).plus(jittered(replanned.wait, replanned.floor, 0.5)).ceil();
            due = wishes.skip.push_out(replanned).unwrap_or(replanned);
        }
    }
    // An attempt that a crash or a stop cut short counts as one: it is not made again at once (POLLING 64).
    if let Some(attempt) = sane(schedule.last_attempt)
        && schedule.last_poll.is_none_or(|poll| poll < attempt)
    {
        let floor = floor_of.map_or(options.min_every, |(wishes, rhythm)| {
            floor(options, &wishes, rhythm.map(Rhythm::until_overflow)).0
        });
        let rested = rested(attempt, schedule.interval, floor, options);
        let rested = schedule.skip.push_out(rested).unwrap_or(rested);
        if rested > due {
            (due, why) = (rested, "the last attempt has not ended, or was cut short");
        }
    }
    (due != schedule.next_poll).then_some((due, why))
}

fn count(number: u32, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
