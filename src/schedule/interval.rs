//! Decides when a source is polled next, and states why.
//!
//! The rhythm says when a request is worthwhile. The publisher's wishes set the shortest interval, failures lengthen
//! it, and hours and days that the publisher wants skipped postpone it. A random share (jitter) keeps polls from lining
//! up.
//!
//! Entry points: [`plan`] after a poll and [`heal`] after a change of the configuration or the clock.

use std::time::Duration;

use super::pushed::Pushed;
use super::rhythm::{self, Rhythm};
use super::skip::Skip;
use super::source::{Learnt, SourceSchedule};
use crate::config::{Every, ScheduleOptions, show_span};
use crate::model::{Moment, Outcome, Timestamp};

const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// The longest freshness lifetime that is honoured.
const FRESHNESS_MAX: Duration = DAY;
/// The longest Retry-After that is honoured.
pub(super) const RETRY_AFTER_MAX: Duration = Duration::from_secs(7 * 24 * 3_600);
/// A person may lift a Retry-After of more than this, because such a wait is more often a mistake than a wish.
pub(super) const RETRY_AFTER_KEPT: Duration = DAY;
/// The built-in floor can sink to this if the server states a shorter freshness lifetime, or if the document would
/// overflow.
const SUNKEN_FLOOR: Duration = Duration::from_secs(15 * 60);
/// The shortest wait after a 429 or 503 without Retry-After.
const BUSY_WITHOUT_HINT: Duration = Duration::from_secs(15 * 60);
/// The shortest wait after a server has challenged for a browser.
const CHALLENGED_WAIT: Duration = DAY;
/// The wait before a feed that is gone is checked again.
const GONE_RECHECK: Duration = Duration::from_secs(30 * 24 * 3_600);
/// How many times a feed that is gone is checked after that wait.
const GONE_RECHECKS: u32 = 3;
/// The wait between all later checks, because no source is ever given up entirely.
const GONE_FOR_LONG: Duration = Duration::from_secs(365 * 24 * 3_600);
/// The size on the wire above which a document without validators is requested once a day at most, because the server
/// sends it whole each time. A smaller document is requested half as often as usual.
const LARGE_BODY_BYTES: u64 = 256 * 1024;
/// How many times consecutive failures double the interval.
const BACKOFF_DOUBLINGS: u32 = 7;
/// The longest back-off after failures.
const BACKOFF_MAX: Duration = DAY;
/// A source without a success for this long counts as long dead.
const LONG_DEAD: Duration = Duration::from_secs(30 * 24 * 3_600);
/// A source that never succeeded counts as long dead after this many failures.
const LONG_DEAD_FAILURES: u32 = 30;
/// The longest back-off of a source that is long dead. It is still polled, but a dead host costs little.
const LONG_DEAD_BACKOFF_MAX: Duration = Duration::from_secs(7 * 24 * 3_600);
/// The longest wait after a poll that failed because the network was down.
const OUTAGE_WAIT: Duration = Duration::from_secs(15 * 60);
/// The share of an interval by which jitter moves it, either way, but never below its floor.
const JITTER: f64 = 0.05;
/// A last poll that lies less than this in the future does not show that the clock was wrong.
const CLOCK_SLACK: Duration = Duration::from_secs(30);
/// The longest wait between two polls of a source whose hub is trusted to deliver what is new.
const BACKUP: Duration = DAY;
/// The longest cool-down before a poll by hand.
const COOL_DOWN_MAX: Duration = Duration::from_secs(5 * 60);

/// What a poll's answer says about the time of the next poll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advice {
    /// The freshness lifetime that the headers state. The outer None means that there was no answer.
    pub freshness: Option<Option<Duration>>,
    /// The shortest interval that the document asks for. The outer `None` means that no document was read.
    pub feed_freshness: Option<Option<Duration>>,
    /// The hours and days that the document wants skipped. `None` if no document was read.
    pub skip: Option<Skip>,
    pub retry_after: Option<Duration>,
    /// The server answered that it gets too many requests (429, 503).
    pub busy: bool,
    /// The server challenged for a browser.
    pub challenged: bool,
    /// The size of the document on the wire, if it came without a validator.
    pub unvalidated_bytes: Option<u64>,
    pub blame: Blame,
    /// The hub to which the source is subscribed, as it stood before the poll.
    pub pushed: Option<Pushed>,
}

/// What a failure counts against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Blame {
    #[default]
    Source,
    /// Most sources of the host fail alike, so the host is paused instead.
    Host,
    /// All hosts fail, so our own network seems to be down.
    Nobody,
    /// This machine lacks something that a connection needs, such as open files or memory.
    Machine,
}

/// store → schedule: the new entries that a poll brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// The dates of the new entries as the publisher wrote them, if they are credible. After a first poll, of all
    /// entries.
    pub dates: Vec<Option<Timestamp>>,
    /// How many entries the document has, if a whole document was read.
    pub window: Option<u64>,
    /// Whether every entry of the document is new although the source had entries before, so that some may have been
    /// missed.
    pub overflow: bool,
}

/// Plans the next poll after a poll that ended at `now` with `outcome`. `before` is the whole schedule from before the
/// poll, including the learnt part. `chance` is a random number in `[0, 1)`.
pub fn plan(
    options: &ScheduleOptions,
    before: &SourceSchedule,
    advice: &Advice,
    outcome: Outcome,
    news: &News,
    now: impl Into<Moment>,
    chance: f64,
) -> SourceSchedule {
    let end = now.into();
    let now = end.cut();
    let mut learnt = before.learnt.as_deref().cloned().unwrap_or_default();
    learnt.freshness = advice.freshness.unwrap_or(learnt.freshness);
    learnt.feed_freshness = advice.feed_freshness.unwrap_or(learnt.feed_freshness);
    learnt.rhythm = learn(learnt.rhythm, outcome, news, now);
    let skip = advice.skip.unwrap_or(before.skip);
    let mut usual = normal(options, &learnt, now);
    let mut next = match outcome {
        Outcome::Gone => gone(before, end),
        // A failure of our own says nothing about the source.
        Outcome::Failed if before.gone && !matches!(advice.blame, Blame::Nobody | Blame::Machine) => gone(before, end),
        Outcome::Failed => failed(usual, before, learnt.last_success, advice, end, chance),
        Outcome::New | Outcome::Unchanged | Outcome::NotModified => {
            let judged = advice.pushed.as_ref().map(|pushed| pushed.judged(&news.dates, before.last_poll, now));
            if let Some(pushed) = judged.filter(|pushed| pushed.is_trusted(now)) {
                usual.stretch(&pushed, options, &learnt);
            }
            answered(options, usual, &learnt, advice, news, end, chance)
        }
    };
    let pause = advice.retry_after.map(|pause| pause.min(RETRY_AFTER_MAX));
    let not_before = pause.map(|pause| end.plus(pause).ceil());
    if let Some((pause, until)) = pause.zip(not_before).filter(|(_, until)| Moment::from(*until) > next.at) {
        next.at = until.plus(Duration::from_secs((chance * 60.0) as u64)).into();
        next.reason = format!("the server asked to wait {} (Retry-After)", show_span(pause));
    }
    if let Some(later) = skip.push_out(next.at.cut()) {
        next.at = later.plus(Duration::from_secs((chance * 600.0) as u64)).into();
        next.reason.push_str("; the feed asks to skip the time before that");
    }
    if outcome.is_success() {
        learnt.last_success = Some(now);
    }
    learnt.reason = next.reason;
    let next_poll = next.at.ceil();
    SourceSchedule {
        next_poll,
        millis_before: u16::try_from(Moment::from(next_poll).since(next.at).as_millis()).unwrap_or(0),
        last_attempt: before.last_attempt,
        last_poll: Some(now),
        not_before,
        interval: next.interval,
        skip,
        failures: next.failures,
        gone: next.gone,
        planned_under: options.fingerprint(),
        learnt: Some(Box::new(learnt)),
    }
}

/// The schedule after a delivery of the source's hub, which brought `news` at `now`. `before` is the whole schedule,
/// including the learnt part, and `pushed` is the hub after the delivery. A delivery teaches the rhythm as a poll does.
/// It postpones the next poll if the hub is trusted, to a day after the last poll at most. A delivery says nothing
/// about the server of the source, so its failures and its requests to wait stay as they are.
pub fn delivered(
    options: &ScheduleOptions,
    before: &SourceSchedule,
    pushed: &Pushed,
    news: &News,
    now: impl Into<Moment>,
    chance: f64,
) -> SourceSchedule {
    let end = now.into();
    let now = end.cut();
    let mut learnt = before.learnt.as_deref().cloned().unwrap_or_default();
    learnt.rhythm = learn(learnt.rhythm, Outcome::New, news, now);
    let mut after = before.clone();
    let is_well = before.failures == 0 && !before.gone && before.asked_to_wait(now).is_none();
    if is_well
        && pushed.is_trusted(now)
        && let Some(last) = before.last_poll.filter(|last| *last <= now)
    {
        let mut due = normal(options, &learnt, now);
        if due.stretch(pushed, options, &learnt) {
            let latest = Moment::from(last).plus(jittered(due.latest_backup(options), due.floor, chance));
            let at = end.plus(jittered(due.wait, due.floor, chance)).min(latest).max(end).ceil();
            after.set_next_poll(before.skip.push_out(at).unwrap_or(at));
            after.interval = Some(due.wait);
            after.planned_under = options.fingerprint();
            learnt.reason = due.reason;
        }
    }
    after.learnt = Some(Box::new(learnt));
    after
}

/// The next poll before Retry-After and skipped hours are applied.
struct Next {
    at: Moment,
    reason: String,
    interval: Option<Duration>,
    failures: u32,
    gone: bool,
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

/// The wait after a successful poll, and the reason for it.
struct Due {
    wait: Duration,
    floor: Duration,
    reason: String,
    /// The wait is set in the configuration, so what was learnt does not change it.
    is_fixed: bool,
}

/// The wait that follows from the floors and from the rhythm or a configured interval.
fn normal(options: &ScheduleOptions, learnt: &Learnt, from: Timestamp) -> Due {
    let Floor { span: floor, why } = floor(options, learnt);
    let latest = options.max_every.max(floor);
    let (wait, reason) = match (options.every, &learnt.rhythm) {
        (Every::Fixed(every), _) if every >= floor => (every, format!("every {}", show_span(every))),
        (Every::Fixed(_), _) | (Every::Auto, None) => (floor, why.in_words()),
        (Every::Auto, Some(rhythm)) => {
            let full = rhythm.until_overflow().max(floor);
            let wait = rhythm.wait(from, floor, latest.min(full), options.priority);
            let reason = if wait <= floor {
                why.in_words()
            } else if wait >= full && full < latest {
                "its document would overflow later".to_owned()
            } else if wait >= latest {
                format!("at least every {}", show_span(latest))
            } else {
                "the rhythm of the source".to_owned()
            };
            (wait, format!("{reason}; {}", pace(rhythm.per_day())))
        }
    };
    Due { wait, floor, reason, is_fixed: options.every != Every::Auto }
}

fn pace(per_day: f64) -> String {
    let what = if per_day > 1.0 / 365.0 { rhythm::in_words(per_day) } else { "next to nothing".to_owned() };
    format!("it brings {what}")
}

impl Due {
    /// The longest wait between two polls while a hub is trusted.
    fn latest_backup(&self, options: &ScheduleOptions) -> Duration {
        BACKUP.min(options.max_every).max(self.floor)
    }

    /// Lengthens the wait because a trusted hub delivers what is new, so that a poll only checks on the hub. The document must
    /// not overflow meanwhile, so that a poll finds everything if deliveries fail. Returns whether the wait is longer now.
    fn stretch(&mut self, pushed: &Pushed, options: &ScheduleOptions, learnt: &Learnt) -> bool {
        let overflow = learnt.until_overflow().unwrap_or(BACKUP).max(self.floor);
        let wait = self.latest_backup(options).min(overflow);
        if self.is_fixed || wait <= self.wait {
            return false;
        }
        self.wait = wait;
        self.reason = format!("pushed by hub {}: backup poll", pushed.hub);
        true
    }
}

/// `wait` plus or minus up to a twentieth of it, but never less than `floor`: a wait at its floor only gets longer. A
/// smaller share would be too little, because polls that an outage has lined up would stay so for days.
fn jittered(wait: Duration, floor: Duration, chance: f64) -> Duration {
    let wait = wait.max(floor);
    let most = wait.mul_f64(JITTER).min(HOUR);
    let (earliest, latest) = (wait.saturating_sub(most).max(floor), wait + most);
    let moved = earliest + (latest - earliest).mul_f64(chance.clamp(0.0, 1.0));
    // Moments are cut to whole milliseconds, so a millisecond more keeps the poll from coming early.
    moved + Moment::STEP
}

/// Plans the next poll after a successful poll.
fn answered(
    options: &ScheduleOptions,
    mut due: Due,
    learnt: &Learnt,
    advice: &Advice,
    news: &News,
    now: Moment,
    chance: f64,
) -> Next {
    if let Some(bytes) = advice.unvalidated_bytes
        && !due.is_fixed
        && !options.min_every_written
    {
        let latest = options.max_every.min(learnt.until_overflow().unwrap_or(DAY));
        let least = if bytes > LARGE_BODY_BYTES { DAY } else { (due.wait * 2).min(DAY) }.min(latest);
        if least > due.wait {
            (due.wait, due.floor) = (least, least);
            due.reason.push_str("; less often because the server sends no validators");
        }
    }
    if news.overflow && !due.is_fixed && due.wait > due.floor {
        due.wait = due.floor.max(due.wait / 2);
        due.reason.push_str("; halved because every entry of the document was new");
    }
    let at = now.plus(jittered(due.wait, due.floor, chance));
    Next { at, reason: due.reason, interval: Some(due.wait), failures: 0, gone: false }
}

/// Plans the next check of a feed that is gone. It stays gone through failures, because only a feed is a sign of life.
fn gone(before: &SourceSchedule, now: Moment) -> Next {
    let failures = if before.gone { before.failures.saturating_add(1) } else { 1 };
    let (wait, reason) = if failures > GONE_RECHECKS {
        (GONE_FOR_LONG, "the server still answers that the feed is gone (410); checked again in a year")
    } else {
        (GONE_RECHECK, "the server answered that the feed is gone (410); checked again in 30 days")
    };
    Next { at: now.plus(wait), reason: reason.to_owned(), interval: before.interval, failures, gone: true }
}

fn failed(
    due: Due,
    before: &SourceSchedule,
    last_success: Option<Timestamp>,
    advice: &Advice,
    end: Moment,
    chance: f64,
) -> Next {
    let now = end.cut();
    // A configured interval replaces an interval that was learnt earlier.
    let usual = before.interval.filter(|_| !due.is_fixed).unwrap_or(due.wait).max(due.floor);
    let more = before.failures.saturating_add(1);
    let (failures, wait, reason) = match advice.blame {
        Blame::Nobody | Blame::Machine => {
            let is_network = advice.blame == Blame::Nobody;
            let why = if is_network { "the network seems to be down" } else { "this machine cannot connect" };
            let reason = format!("{why}; this does not count against the source");
            (before.failures, usual.min(OUTAGE_WAIT), reason)
        }
        Blame::Host if more <= BACKOFF_DOUBLINGS => {
            (more, usual, "its whole site is failing; this does not count against the source yet".to_owned())
        }
        Blame::Host => {
            let reason = format!("its whole site has failed {}", count(more, "time"));
            (more, backoff(usual, more - BACKOFF_DOUBLINGS, last_success, now), reason)
        }
        Blame::Source => {
            let reason = format!("backing off after {}", count(more, "failure"));
            (more, backoff(usual, more, last_success, now), reason)
        }
    };
    let (least, why) = match (advice.challenged, advice.busy) {
        (true, _) => (CHALLENGED_WAIT, "the server challenges for a browser (cf-mitigated: challenge)"),
        (false, true) => (BUSY_WITHOUT_HINT, "the server gets too many requests (429 or 503)"),
        (false, false) => (Duration::ZERO, ""),
    };
    let reason = if least > wait { why.to_owned() } else { reason };
    let wait = wait.max(least);
    // Jitter only lengthens the wait after a failure.
    let at = end.plus(wait + wait.mul_f64(JITTER).min(HOUR).mul_f64(chance) + Moment::STEP);
    // A feed that is gone reaches this point only in an outage of our own, and stays gone.
    Next { at, reason, interval: before.interval, failures, gone: before.gone }
}

/// The floor that follows from the options and from what the server and the document have asked for.
fn floor(options: &ScheduleOptions, learnt: &Learnt) -> Floor {
    let stated = learnt.freshness.map(|span| span.min(FRESHNESS_MAX));
    let document = learnt.feed_freshness.map(|span| span.min(FRESHNESS_MAX));
    let sinks = options.every == Every::Auto && !options.min_every_written;
    let mut own = Floor { span: options.min_every, why: FloorWhy::Usual(options.min_every) };
    if sinks {
        if let Some(stated) = stated.filter(|stated| *stated < own.span) {
            own = Floor { span: stated.max(SUNKEN_FLOOR), why: FloorWhy::ShortLifetime(stated) };
        }
        if let Some(overflow) = learnt.until_overflow().filter(|overflow| *overflow < own.span) {
            own = Floor { span: overflow.max(SUNKEN_FLOOR), why: FloorWhy::Overflow };
        }
    }
    match stated.max(document) {
        Some(wish) if wish > own.span => {
            let why = if stated >= document { FloorWhy::AskedByServer(wish) } else { FloorWhy::AskedByFeed(wish) };
            Floor { span: wish, why }
        }
        _ => own,
    }
}

/// The shortest time between two requests.
#[derive(Debug, Clone, Copy)]
struct Floor {
    span: Duration,
    why: FloorWhy,
}

/// Why a floor is as it is. Few polls need the words, so they are made on demand.
#[derive(Debug, Clone, Copy)]
enum FloorWhy {
    Usual(Duration),
    ShortLifetime(Duration),
    Overflow,
    AskedByServer(Duration),
    AskedByFeed(Duration),
}

impl FloorWhy {
    fn in_words(self) -> String {
        match self {
            FloorWhy::Usual(span) => format!("floor of {}", show_span(span)),
            FloorWhy::ShortLifetime(stated) => {
                format!("the server states a freshness lifetime of only {}", show_span(stated))
            }
            FloorWhy::Overflow => "its document would overflow within the usual floor".to_owned(),
            FloorWhy::AskedByServer(wish) => {
                format!("the server's headers ask for {} between polls", show_span(wish))
            }
            FloorWhy::AskedByFeed(wish) => format!("the feed asks for {} between polls", show_span(wish)),
        }
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

/// The shortest time between the last attempt and a poll by hand.
pub fn cool_down(options: &ScheduleOptions) -> Duration {
    options.min_every.min(COOL_DOWN_MAX)
}

/// The latest time, seen from now, for which a correct clock can have planned the next poll.
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

/// When a source may be polled again after an attempt that did not end: as after a poll with the shortest wait.
pub fn rested(attempt: Timestamp, interval: Option<Duration>, floor: Duration, options: &ScheduleOptions) -> Timestamp {
    attempt.plus(interval.unwrap_or_default().min(floor).max(cool_down(options)))
}

/// Whether [`heal`] needs the learnt part of a schedule, as it does after an edit of the options or an interrupted attempt.
pub fn needs_learnt(schedule: &SourceSchedule, options: &ScheduleOptions) -> bool {
    is_interrupted(schedule) || schedule.last_poll.is_some() && schedule.planned_under != options.fingerprint()
}

/// Whether the last attempt has not ended.
fn is_interrupted(schedule: &SourceSchedule) -> bool {
    schedule.last_attempt.is_some() && schedule.last_attempt > schedule.last_poll
}

/// The time at which a source is due under `options`, and the reason, if that differs from its stored schedule. It
/// differs if the options were edited after the next poll was planned, or if the clock was wrong then. If the schedule
/// comes without its learnt part, only the clock is considered.
pub fn heal(schedule: &SourceSchedule, options: &ScheduleOptions, now: Timestamp) -> Option<(Timestamp, &'static str)> {
    let mut due = schedule.next_poll;
    let mut why = "the configuration has changed since the last poll";
    let sane = |time: Option<Timestamp>| time.filter(|time| *time <= now);
    // A last poll in the future means that the clock was set back since. The planned wait begins anew.
    if let Some(ahead) = schedule.last_poll.filter(|last| *last > now.plus(CLOCK_SLACK)) {
        due = now.plus(schedule.next_poll.since(ahead));
        why = "the clock has changed since the last poll";
    }
    // The basis of the source's own floor, which is computed only after an interrupted attempt.
    let mut floor_of = None;
    if !schedule.gone && due > farthest(schedule, options, now) {
        // The next poll was planned by a clock that ran ahead. It is recomputed from the last credible poll rather than
        // from now, so that the result does not depend on when it is computed. A source without such a poll is due now;
        // overdue sources are released at a limited rate.
        let last = sane(schedule.last_poll).max(sane(schedule.last_attempt));
        due = last.map_or(now, |last| last.plus(options.min_every));
        why = "the clock has changed since the last poll";
    } else if let Some(learnt) = schedule.learnt.as_deref() {
        floor_of = Some(learnt);
        if schedule.failures == 0
            && !schedule.gone
            && schedule.asked_to_wait(now).is_none()
            && let Some(last) = sane(schedule.last_poll)
            && schedule.planned_under != options.fingerprint()
        {
            let replanned = normal(options, learnt, last);
            let replanned = Moment::from(last).plus(jittered(replanned.wait, replanned.floor, 0.5)).ceil();
            due = schedule.skip.push_out(replanned).unwrap_or(replanned);
        }
    }
    // An attempt that a crash or a stop interrupted counts as an attempt, so it is not repeated at once.
    if let Some(attempt) = sane(schedule.last_attempt)
        && is_interrupted(schedule)
    {
        let floor = floor_of.map_or(options.min_every, |learnt| floor(options, learnt).span);
        let rested = rested(attempt, schedule.interval, floor, options);
        let rested = schedule.skip.push_out(rested).unwrap_or(rested);
        if rested > due {
            (due, why) = (rested, "the last attempt has not ended, or was interrupted");
        }
    }
    (due != schedule.next_poll).then_some((due, why))
}

fn count(number: u32, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
