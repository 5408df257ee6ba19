//! A source's rhythm: how often its entries come, at which hours and on which weekdays, learned from its polls.
//!
//! Counts decay with a half-life of three weeks. The next poll is at the first time from which on waiting longer would
//! delay entries by more minutes than a request is worth: when the entries expected since the last poll reach
//! √(2·c·λ(t)/ω). For a constant rate that is the square-root law of Cho and Garcia-Molina. With the learned hours it
//! polls just after an entry usually comes, and rarely at night.

use std::time::Duration;

use crate::model::Timestamp;

const DAY_SECONDS: f64 = 86_400.0;
/// Seconds of a bin of [`Rhythm`]'s half hours, and of one of its weekdays.
const HALF_HOUR_SECONDS: i64 = 1_800;
const WEEKDAY_SECONDS: i64 = 86_400;
/// The half-life of an observation, in days.
const HALF_LIFE_DAYS: f64 = 21.0;
/// The number of bins of a day: half hours.
const HOURS: usize = 48;
const WEEKDAYS: usize = 7;
/// The prior for the rate of a source that was never polled: this many entries in this many days.
const PRIOR_ENTRIES: f64 = 0.3;
const PRIOR_DAYS: f64 = 3.0;
/// The weight of the uniform prior over hours, and over weekdays, in entries.
const PRIOR_SHAPE: f64 = 6.0;
/// How many minutes an entry may wait to save a request. This value sets how often all sources are polled.
const WORTH_ITEM_MINUTES: f64 = 2.0;
/// How much rare sources are favoured. 0 weighs all entries alike, 0.5 weighs all sources alike.
const FAVOUR_RARE: f64 = 0.25;
/// After this many days without an entry the whole silence counts, without decay.
const SILENT_DAYS: f64 = 2.0 * HALF_LIFE_DAYS;
/// The decayed number of entries from which on hours and weekdays are described.
const TELLING_ENTRIES: f32 = 5.0;
/// The decayed number of observed days from which on weekdays are described.
const TELLING_DAYS: f32 = 10.0;
/// A source is silent after this many days at least, because weekends and holidays do not count as silence ...
const SILENCE_DAYS: f64 = 7.0;
/// ... and if this many entries should have come meanwhile at the rate before. By chance alone that happens once in 20,000 times.
const SILENCE_ENTRIES: f64 = 10.0;
/// A longer silence is not judged, because hardly anything is left of what was known before.
const SILENCE_KNOWN_DAYS: f64 = 150.0;
/// The decayed number of entries and of days that must have been observed before a silence, so that a rate is known at
/// all. A source that brings an entry every two weeks or less often never reaches this number.
const SILENCE_LEARNT_ENTRIES: f64 = 3.0;
const SILENCE_LEARNT_DAYS: f64 = 7.0;
/// The highest level of an hour of [`Rhythm::week`].
const LEVELS: f32 = 9.0;
const WEEKDAY_NAMES: [&str; WEEKDAYS] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
/// The step of the search for the time of the next poll.
const STEP: Duration = Duration::from_secs(300);
/// The share of a document's entries that may be replaced between two polls, at twice the usual rate.
const WINDOW_SHARE: f64 = 0.5;
/// The version of the layout of [`Rhythm::to_bytes`].
const VERSION: u8 = 1;
const BYTES: usize = 1 + 8 + 8 + 4 + 4 * (2 + HOURS + WEEKDAYS);

/// What is known about when a source's entries come. Times are UTC.
#[derive(Debug, Clone, PartialEq)]
pub struct Rhythm {
    /// The end of the observation.
    at: Timestamp,
    /// When the last entry came, or else the begin of the observation.
    last: Timestamp,
    /// The number of entries of the last whole document.
    window: u32,
    /// The decayed number of entries.
    entries: f32,
    /// The decayed number of observed days.
    days: f32,
    hours: [f32; HOURS],
    weekdays: [f32; WEEKDAYS],
}

impl Rhythm {
    /// The rhythm after the first document. `dates` are the dates of the dated entries; `window` counts all entries.
    pub fn first(dates: &[Timestamp], window: u64, now: Timestamp) -> Rhythm {
        let mut rhythm = Rhythm {
            at: now,
            last: now,
            window: u32::try_from(window).unwrap_or(u32::MAX),
            entries: 0.0,
            days: 0.0,
            hours: [0.0; HOURS],
            weekdays: [0.0; WEEKDAYS],
        };
        let Some(oldest) = dates.iter().copied().filter(|date| *date <= now).min() else { return rhythm };
        rhythm.days = watched(days_between(oldest, now)) as f32;
        rhythm.last = oldest;
        // The oldest entry marks the begin of the observation and is not counted, because that would overstate the
        // rate.
        let mut begins = true;
        for date in dates.iter().copied().filter(|date| *date <= now) {
            if begins && date == oldest {
                begins = false;
            } else {
                rhythm.count(date, now);
            }
        }
        rhythm
    }

    /// Adds the observation of a poll that ended at `now`. `news` has the date of each new entry, or `None` if that
    /// date does not lie after the last poll; such entries are spread evenly over the time since. `window` is the
    /// number of entries, if a whole document came.
    pub fn observe(&mut self, news: &[Option<Timestamp>], window: Option<u64>, now: Timestamp) {
        // If the clock was set back, the observed time is zero.
        let before = self.at.min(now);
        let span = days_between(before, now);
        let faded = fade(span);
        self.entries *= faded as f32;
        self.days = self.days * faded as f32 + watched(span) as f32;
        self.hours.iter_mut().chain(&mut self.weekdays).for_each(|count| *count *= faded as f32);
        let dated = news.iter().flatten().copied().filter(move |date| *date > before && *date <= now);
        let undated = news.len() - dated.clone().count();
        let seconds = now.since(before).as_secs();
        for number in 0..undated as u64 {
            // Undated entries are spread evenly, which is also the average of random times.
            let share = seconds * (2 * number + 1) / (2 * undated as u64).max(1);
            self.count(before.plus(Duration::from_secs(share)), now);
        }
        for date in dated {
            self.count(date, now);
        }
        if let Some(window) = window {
            self.window = u32::try_from(window).unwrap_or(u32::MAX);
        }
        self.at = now;
    }

    /// Adds the observation that nothing came from the end of the observation until this time, if that is later.
    pub fn observe_nothing(&mut self, until: Timestamp) {
        if until > self.at {
            self.observe(&[], None, until);
        }
    }

    fn count(&mut self, date: Timestamp, now: Timestamp) {
        let weight = fade(days_between(date, now)) as f32;
        let half_hour = half_hour(date);
        self.last = self.last.max(date);
        self.entries += weight;
        self.hours[half_hour] += weight / 2.0;
        self.hours[(half_hour + 1) % HOURS] += weight / 4.0;
        self.hours[(half_hour + HOURS - 1) % HOURS] += weight / 4.0;
        self.weekdays[weekday(date)] += weight;
    }

    /// The average number of entries a day.
    pub fn per_day(&self) -> f64 {
        let faded = (PRIOR_ENTRIES + f64::from(self.entries)) / (PRIOR_DAYS + f64::from(self.days));
        let silent = days_between(self.last, self.at);
        if silent > SILENT_DAYS { faded.min(PRIOR_ENTRIES / (PRIOR_DAYS + silent)) } else { faded }
    }

    /// Describes the rhythm in words: how many entries come, and when most of them come, in UTC.
    pub fn describe(&self) -> String {
        let mut out = in_words(self.per_day());
        // A few entries do not show at which hours and on which days the others come.
        if self.entries < TELLING_ENTRIES {
            return out;
        }
        let hour = |hour: usize| self.hours[2 * hour] + self.hours[2 * hour + 1];
        let usual: Vec<usize> = (0..24).filter(|at| hour(*at) > 2.0 * self.entries / 24.0).collect();
        let silent = (0..WEEKDAYS).filter(|day| self.weekdays[*day] < 0.2 * self.entries / WEEKDAYS as f32);
        let silent: Vec<&str> = silent.map(|day| WEEKDAY_NAMES[day]).collect();
        if !usual.is_empty() {
            let hours: Vec<String> = usual.iter().map(|hour| format!("{hour:02}")).collect();
            out.push_str(&format!(", most of them in the hours from {} UTC", hours.join(", ")));
        }
        if !silent.is_empty() && silent.len() < WEEKDAYS && self.days >= TELLING_DAYS {
            out.push_str(&format!(", hardly any on {}", silent.join(", ")));
        }
        out
    }

    /// The end of the observation.
    pub fn observed_until(&self) -> Timestamp {
        self.at
    }

    /// When the last entry came, or else the begin of the observation.
    pub fn last_entry(&self) -> Timestamp {
        self.last
    }

    /// Whether no entry has come, up to the last observation, for much longer than the rate before lets expect.
    pub fn is_silent(&self) -> bool {
        let silent = days_between(self.last, self.at);
        if !(SILENCE_DAYS..=SILENCE_KNOWN_DAYS).contains(&silent) {
            return false;
        }
        // What was known when the last entry came: the counts have only faded since then, and days without entries were added.
        let kept = fade(silent);
        let entries = f64::from(self.entries) / kept;
        let days = (f64::from(self.days) - watched(silent)) / kept;
        entries >= SILENCE_LEARNT_ENTRIES && days >= SILENCE_LEARNT_DAYS && entries / days * silent >= SILENCE_ENTRIES
    }

    /// The usual week: for each day from Monday on and each of its hours (UTC) a level from 0 to 9, in which 9 stands
    /// for the hour of the week with most entries. `None` if too few entries are known.
    pub fn week(&self) -> Option<[[u8; 24]; WEEKDAYS]> {
        if self.entries < TELLING_ENTRIES {
            return None;
        }
        let hours: Vec<f32> = self.hours.chunks_exact(2).map(|half| half.iter().sum()).collect();
        let mut days = if self.days >= TELLING_DAYS { self.weekdays } else { [1.0; WEEKDAYS] };
        // The first bin of a week is that of Sunday.
        days.rotate_left(1);
        let most = |counts: &[f32]| counts.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        let highest = most(&hours) * most(&days);
        let mut week = [[0; 24]; WEEKDAYS];
        for (levels, day) in week.iter_mut().zip(&days) {
            for (level, hour) in levels.iter_mut().zip(&hours) {
                *level = (LEVELS * hour * day / highest).ceil().min(LEVELS) as u8;
            }
        }
        Some(week)
    }

    /// The expected number of entries a minute at a time. The factors that are the same at all times are computed once.
    fn intensity(&self) -> impl Fn(Timestamp) -> f64 {
        let sum = |counts: &[f32]| counts.iter().map(|count| f64::from(*count)).sum::<f64>();
        let per_minute = self.per_day() / (24.0 * 60.0);
        let of_hour = HOURS as f64 / (sum(&self.hours) + PRIOR_SHAPE);
        let of_weekday = WEEKDAYS as f64 / (sum(&self.weekdays) + PRIOR_SHAPE);
        move |at: Timestamp| {
            let hour = between(&self.hours, at.unix(), HALF_HOUR_SECONDS);
            // The week begins on a Sunday; 1970 began on a Thursday.
            let day = between(&self.weekdays, at.unix() + 4 * WEEKDAY_SECONDS, WEEKDAY_SECONDS);
            let hour = (hour + PRIOR_SHAPE / HOURS as f64) * of_hour;
            let day = (day + PRIOR_SHAPE / WEEKDAYS as f64) * of_weekday;
            per_minute * hour * day
        }
    }

    /// The longest interval at which the source's document does not overflow between two polls.
    pub fn until_overflow(&self) -> Duration {
        let days = WINDOW_SHARE * f64::from(self.window.max(1)) / (2.0 * self.per_day());
        Duration::from_secs_f64((days * DAY_SECONDS).min(366.0 * DAY_SECONDS))
    }

    /// How long after `from`, the end of the last poll, the next poll is worth its request: at least `earliest` and at
    /// most `latest`. `weight` is the source's priority, which is positive.
    pub fn wait(&self, from: Timestamp, earliest: Duration, latest: Duration, weight: f64) -> Duration {
        self.wait_favouring(from, earliest, latest, weight, FAVOUR_RARE)
    }

    /// [`Rhythm::wait`] with a given favour for rare sources (see `FAVOUR_RARE`).
    pub fn wait_favouring(
        &self,
        from: Timestamp,
        earliest: Duration,
        latest: Duration,
        weight: f64,
        favour_rare: f64,
    ) -> Duration {
        let favour = weight * self.per_day().powf(-favour_rare);
        let worth = 2.0 * WORTH_ITEM_MINUTES / favour;
        let intensity_at = self.intensity();
        let (mut waited, mut expected) = (Duration::ZERO, 0.0);
        while waited < latest {
            let intensity = intensity_at(from.plus(waited));
            // The square root law, with both sides squared.
            if waited >= earliest && expected * expected >= worth * intensity {
                return waited;
            }
            // `earliest` need not be a multiple of the step.
            let next = if waited < earliest && waited + STEP > earliest { earliest } else { waited + STEP };
            expected += intensity * (next - waited).as_secs_f64() / 60.0;
            waited = next;
        }
        latest.max(earliest)
    }

    /// The form that the store keeps: a version, then all fields in order, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(BYTES);
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.at.unix().to_le_bytes());
        bytes.extend_from_slice(&self.last.unix().to_le_bytes());
        bytes.extend_from_slice(&self.window.to_le_bytes());
        for count in [self.entries, self.days].iter().chain(&self.hours).chain(&self.weekdays) {
            bytes.extend_from_slice(&count.to_le_bytes());
        }
        bytes
    }

    /// Reads what [`Rhythm::to_bytes`] wrote. `None` if the bytes are not valid; the rhythm is then learned anew.
    pub fn from_bytes(bytes: &[u8]) -> Option<Rhythm> {
        if bytes.len() != BYTES || bytes[0] != VERSION {
            return None;
        }
        let at = Timestamp::from_unix(i64::from_le_bytes(bytes[1..9].try_into().ok()?));
        let last = Timestamp::from_unix(i64::from_le_bytes(bytes[9..17].try_into().ok()?));
        let window = u32::from_le_bytes(bytes[17..21].try_into().ok()?);
        let (totals, shapes) = bytes[21..].split_at(4 * 2);
        let (hours, weekdays) = shapes.split_at(4 * HOURS);
        let [entries, days] = counts(totals)?;
        Some(Rhythm { at, last, window, entries, days, hours: counts(hours)?, weekdays: counts(weekdays)? })
    }
}

/// Counts of a stored rhythm. `None` if one of them is not valid.
fn counts<const N: usize>(bytes: &[u8]) -> Option<[f32; N]> {
    let mut counts = [0.0; N];
    for (count, four) in counts.iter_mut().zip(bytes.as_chunks::<4>().0) {
        *count = f32::from_le_bytes(*four);
    }
    counts.iter().all(|count: &f32| count.is_finite() && *count >= 0.0).then_some(counts)
}

/// A rate in words: "12 entries a day", "an entry every 8 days".
pub(super) fn in_words(per_day: f64) -> String {
    match per_day {
        0.0..0.95 => format!("an entry every {:.0} days", (1.0 / per_day).max(2.0)),
        0.95..9.5 => format!("{per_day:.1} entries a day"),
        _ => format!("{per_day:.0} entries a day"),
    }
}

fn days_between(from: Timestamp, to: Timestamp) -> f64 {
    to.since(from).as_secs_f64() / DAY_SECONDS
}

/// The weight of an observation that is `days` days old.
fn fade(days: f64) -> f64 {
    (-days / HALF_LIFE_DAYS).exp2()
}

/// The decayed length of an observation of `days` days up to now: the integral of [`fade`].
fn watched(days: f64) -> f64 {
    HALF_LIFE_DAYS / std::f64::consts::LN_2 * (1.0 - fade(days))
}

/// The count at a time, interpolated between bins of this many seconds, because at a step all sources would be polled
/// together. The first bin begins at 0.
fn between<const BINS: usize>(counts: &[f32; BINS], seconds: i64, bin_seconds: i64) -> f64 {
    let from_middle = seconds - bin_seconds / 2;
    let share = from_middle.rem_euclid(bin_seconds) as f64 / bin_seconds as f64;
    let bin = from_middle.div_euclid(bin_seconds).rem_euclid(BINS as i64) as usize;
    f64::from(counts[bin]) * (1.0 - share) + f64::from(counts[(bin + 1) % BINS]) * share
}

fn half_hour(at: Timestamp) -> usize {
    usize::try_from(at.unix().rem_euclid(WEEKDAY_SECONDS) / HALF_HOUR_SECONDS).unwrap_or(0)
}

/// 0 is Sunday; 1970 began on a Thursday.
fn weekday(at: Timestamp) -> usize {
    usize::try_from((at.unix().div_euclid(WEEKDAY_SECONDS) + 4).rem_euclid(WEEKDAYS as i64)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3_600);
    const DAY: Duration = Duration::from_secs(86_400);
    /// A Sunday, midnight.
    const SUNDAY: i64 = 1_767_484_800;

    fn at(days: f64) -> Timestamp {
        Timestamp::from_unix(SUNDAY + (days * DAY_SECONDS) as i64)
    }

    /// The rhythm after hourly polls for `days` days, with an entry at each time for which `comes` is true.
    fn watched_hourly(days: u32, comes: impl Fn(Timestamp) -> bool) -> Rhythm {
        let mut rhythm = Rhythm::first(&[], 20, at(0.0));
        for hour in 1..=days * 24 {
            let now = at(f64::from(hour) / 24.0);
            let date = now.minus(HOUR / 2);
            let news: Vec<Option<Timestamp>> = comes(date).then_some(Some(date)).into_iter().collect();
            rhythm.observe(&news, Some(20), now);
        }
        rhythm
    }

    #[test]
    fn a_source_is_silent_when_many_entries_are_missing() {
        // An entry every `every_hours` hours for 200 days, then nothing for `silent_days` days.
        for (every_hours, silent_days, wanted) in [
            (1, 6, false),
            (1, 8, true),
            (24, 7, false),
            (24, 12, true),
            (24, 140, true),
            (24 * 7, 40, false),
            (24 * 7, 80, true),
            // A source that is too rare for its silence to mean anything.
            (24 * 21, 140, false),
        ] {
            let mut rhythm = watched_hourly(200, |date| (date.unix() / 3_600) % every_hours == 0);
            for hour in 1..=silent_days * 24 {
                rhythm.observe(&[], Some(20), at(200.0 + f64::from(hour) / 24.0));
            }
            assert_eq!(rhythm.is_silent(), wanted, "every {every_hours} h, then {silent_days} days of nothing");
        }
        let mut rhythm = watched_hourly(200, |date| (date.unix() / 3_600) % 24 == 0);
        rhythm.observe(&[], Some(20), at(220.0));
        assert!(rhythm.is_silent());
        rhythm.observe(&[Some(at(220.5))], Some(20), at(221.0));
        assert!(!rhythm.is_silent() && rhythm.last_entry() == at(220.5));
        assert!(!Rhythm::first(&[], 20, at(0.0)).is_silent());
    }

    #[test]
    fn the_week_shows_the_busiest_hours() {
        // Half past nine on Mondays and Tuesdays.
        let is_then = |date: Timestamp| date.unix() % 86_400 == 9 * 3_600 + 1_800;
        let rhythm = watched_hourly(200, |date| matches!(weekday(date), 1 | 2) && is_then(date));
        let week = rhythm.week().expect("there are enough entries");
        assert!(week[0][9].max(week[1][9]) == 9 && week[0][9].min(week[1][9]) > 6, "{week:?}");
        assert_eq!(week[0][15], 0);
        assert!(week[2..].iter().all(|day| *day == [0; 24]), "{week:?}");
        assert_eq!(Rhythm::first(&[], 20, at(0.0)).week(), None);
    }

    #[test]
    fn an_even_rate_follows_the_square_root_law() {
        // The intervals that the rule gives for constant rates, in minutes: √(2c/λω).
        for (every_hours, wanted) in [(24 * 30, 274.0), (24 * 7, 157.0), (24, 76.0)] {
            let rhythm = watched_hourly(400, |date| (date.unix() / 3_600) % every_hours == 0);
            let flat = Rhythm {
                hours: [rhythm.entries / HOURS as f32; HOURS],
                weekdays: [rhythm.entries / WEEKDAYS as f32; WEEKDAYS],
                ..rhythm
            };
            let waited = flat.wait(at(400.0), Duration::ZERO, DAY, 1.0).as_secs_f64() / 60.0;
            assert!((0.8..1.25).contains(&(waited / wanted)), "every {every_hours} h: {waited}, not {wanted} min");
        }
    }

    #[test]
    fn the_hour_of_day_is_learned() {
        // One entry a day at 08:30 UTC.
        let rhythm = watched_hourly(60, |date| date.unix() % 86_400 == 8 * 3_600 + 1_800);
        let after = |hours: f64| rhythm.wait(at(60.0 + hours / 24.0), HOUR, DAY, 1.0).as_secs_f64() / 3_600.0;
        let from_ten = after(10.0);
        assert!(from_ten > 3.0, "it is polled rarely in hours without entries: {from_ten}");
        let from_seven = after(7.0);
        assert!((1.2..2.2).contains(&from_seven), "it is polled right after the usual time: {from_seven}");
    }

    #[test]
    fn counts_are_interpolated_around_the_end_of_the_week_and_before_1970() {
        let mut counts = [0.0; HOURS];
        (counts[0], counts[HOURS - 1]) = (1.0, 3.0);
        for (seconds, wanted) in [(0, 2.0), (900, 1.0), (-900, 3.0), (-86_400, 2.0), (86_400, 2.0), (43_200, 0.0)] {
            assert_eq!(between(&counts, seconds, HALF_HOUR_SECONDS), wanted, "{seconds}");
        }
    }

    #[test]
    fn the_weekday_is_learned() {
        let rhythm = watched_hourly(140, |date| weekday(date) == 1 && date.unix() / 1_800 % 4 == 1);
        let intensity_at = rhythm.intensity();
        let (monday, sunday) = (intensity_at(at(141.5)), intensity_at(at(140.5)));
        assert!(monday > 5.0 * sunday, "{monday} {sunday}");
    }

    #[test]
    fn the_first_document_gives_a_first_rhythm() {
        let dates: Vec<Timestamp> = (0..20).map(|number| at(-f64::from(number) / 2.0)).collect();
        let rhythm = Rhythm::first(&dates, 20, at(0.1));
        assert!((1.3..2.2).contains(&rhythm.per_day()), "two a day: {}", rhythm.per_day());
        let nothing = Rhythm::first(&[], 0, at(0.0));
        assert!((nothing.per_day() - 0.1).abs() < 1e-6);
        let future = Rhythm::first(&[at(5.0)], 1, at(0.0));
        assert!((future.per_day() - 0.1).abs() < 1e-6, "a date in the future does not count");
    }

    #[test]
    fn undated_entries_count_too_and_a_clock_set_back_does_no_harm() {
        let mut rhythm = Rhythm::first(&[], 10, at(0.0));
        rhythm.observe(&[None, None, Some(at(-3.0))], Some(10), at(1.0));
        assert!((2.9..3.1).contains(&rhythm.entries), "{}", rhythm.entries);
        rhythm.observe(&[None], Some(10), at(-300.0));
        assert!(rhythm.per_day().is_finite() && rhythm.per_day() > 0.0);
        rhythm.observe(&[], Some(10), at(1.0));
        assert!(rhythm.per_day().is_finite());
    }

    #[test]
    fn what_is_observed_in_steps_is_also_observed_at_once() {
        let entries: Vec<Timestamp> = (0..40).map(|number| at(f64::from(number) / 3.0)).collect();
        let mut at_once = Rhythm::first(&entries, 20, at(14.0));
        let mut in_steps = at_once.clone();
        (1..200).for_each(|step| in_steps.observe(&[], None, at(14.0 + f64::from(step) / 5.0)));
        at_once.observe_nothing(in_steps.observed_until());
        assert_eq!((at_once.at, at_once.last, at_once.window), (in_steps.at, in_steps.last, in_steps.window));
        let counts = |rhythm: &Rhythm| [&[rhythm.entries, rhythm.days][..], &rhythm.hours, &rhythm.weekdays].concat();
        for (one, other) in counts(&at_once).into_iter().zip(counts(&in_steps)) {
            assert!((one - other).abs() <= 1e-4 * one.abs(), "{one} and {other}");
        }
        let before = at_once.clone();
        at_once.observe_nothing(at(20.0));
        assert_eq!(at_once, before, "an earlier time adds nothing");
    }

    #[test]
    fn a_busy_short_document_overflows_soon() {
        let rhythm = watched_hourly(30, |_| true);
        let span = rhythm.until_overflow().as_secs_f64() / 3_600.0;
        assert!((4.5..6.0).contains(&span), "24 a day, 20 in the document: {span} h");
    }

    #[test]
    fn bytes_are_read_back() {
        let rhythm = watched_hourly(9, |date| date.unix() % 7_200 == 1_800);
        let bytes = rhythm.to_bytes();
        assert_eq!(bytes.len(), BYTES);
        assert_eq!(Rhythm::from_bytes(&bytes), Some(rhythm));
        assert_eq!(Rhythm::from_bytes(&bytes[1..]), None);
        assert_eq!(Rhythm::from_bytes(&[]), None);
        let mut wrong = bytes;
        wrong[21..25].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(Rhythm::from_bytes(&wrong), None);
    }
}
