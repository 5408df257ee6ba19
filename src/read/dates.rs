//! Dates as publishers write them: RFC 3339 and RFC 822, and everything that is meant to be one of the two.

use chrono::NaiveDate;

use crate::model::Timestamp;

/// Longest text that is taken for a date, in bytes.
const DATE_MAX_BYTES: usize = 64;
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// RFC 822, 5.1, and the names of zones that feeds use beside those, in minutes east of Greenwich.
const ZONES: [(&str, i64); 20] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 60),
    ("west", 60),
    ("cet", 60),
    ("met", 60),
    ("cest", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("pst", -480),
    ("pdt", -420),
];

/// The moment that `text` names; a date without a zone is in UTC, one without a time at midnight.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > DATE_MAX_BYTES {
        return None;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4 && matches!(text.as_bytes().get(4), Some(b'-' | b'/')) { numeric(text) } else { worded(text) }
}

#[derive(Default)]
struct Parts {
    year: i32,
    month: u32,
    day: u32,
    /// Seconds since midnight.
    time: i64,
    /// Minutes east of Greenwich.
    zone: i64,
}

impl Parts {
    fn moment(&self) -> Option<Timestamp> {
        let midnight = NaiveDate::from_ymd_opt(self.year, self.month, self.day)?.and_hms_opt(0, 0, 0)?.and_utc();
        Some(Timestamp::from_unix(midnight.timestamp() + self.time - self.zone * 60))
    }
}

/// `2026-11-24T14:05:00.5+01:00` and its shorter and looser forms.
fn numeric(text: &str) -> Option<Timestamp> {
    let (date, rest) = text.split_at(text.find(['T', 't', ' ']).unwrap_or(text.len()));
    let mut numbers = date.split(['-', '/']).map(str::parse::<u32>);
    let mut parts = Parts { year: i32::try_from(numbers.next()?.ok()?).ok()?, month: 1, day: 1, ..Parts::default() };
    if let Some(month) = numbers.next() {
        parts.month = month.ok()?;
    }
    if let Some(day) = numbers.next() {
        parts.day = day.ok()?;
    }
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    let time_ends = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(time_ends);
    if !time.is_empty() {
        parts.time = clock(time)?;
    }
    for word in zone.split_whitespace() {
        match word.to_ascii_lowercase().as_str() {
            "am" | "pm" => parts.time = half_day(parts.time, word),
            _ => parts.zone = offset(word)?,
        }
    }
    parts.moment()
}

/// `Tue, 24 Nov 2026 14:05:00 GMT` and its looser forms: day and month in either order, names in full, no weekday.
fn worded(text: &str) -> Option<Timestamp> {
    let mut parts = Parts::default();
    let (mut year_seen, mut time_seen) = (false, false);
    // A comment (RFC 822, 3.4.3) may follow: "+0000 (UTC)".
    let text = text.split('(').next().unwrap_or(text);
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    for word in words.flat_map(dashed) {
        let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h', '.']);
        if word.contains(':') && !time_seen {
            let ends = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(word.len());
            parts.time = clock(&word[..ends])?;
            time_seen = true;
            if ends < word.len() {
                parts = with_zone_or_half(parts, &word[ends..])?;
            }
        } else if let Some(month) = month(word).filter(|_| parts.month == 0) {
            parts.month = month;
        } else if let Ok(number) = digits.parse::<u32>().map_err(|_| ()).and_then(|n| signed(word, n)) {
            if parts.day == 0 && number <= 31 && digits.len() <= 2 {
                parts.day = number;
            } else if !year_seen {
                parts.year = i32::try_from(full_year(number, digits.len())?).ok()?;
                year_seen = true;
            } else {
                return None;
            }
        } else if time_seen {
            parts = with_zone_or_half(parts, word)?;
        } else if parts.day != 0 && parts.month != 0 {
            return None;
        }
    }
    if year_seen { parts.moment() } else { None }
}

/// A number with a sign is an offset, not a day or a year.
fn signed(word: &str, number: u32) -> Result<u32, ()> {
    if word.starts_with(['+', '-']) { Err(()) } else { Ok(number) }
}

/// `24-Nov-2026` is three words.
fn dashed(word: &str) -> impl Iterator<Item = &str> {
    let dashed = word.starts_with(|c: char| c.is_ascii_digit()) && word.contains(|c: char| c.is_ascii_alphabetic());
    let separator = if dashed && !word.contains(':') { '-' } else { '\0' };
    word.split(separator)
}

fn month(word: &str) -> Option<u32> {
    let name = word.get(..3)?.to_ascii_lowercase();
    let months = (1..).zip(MONTHS);
    months.into_iter().find(|(_, month)| *month == name).map(|(number, _)| number)
}

/// RFC 5322, 4.3: what years of two and three digits mean.
fn full_year(number: u32, digits: usize) -> Option<u32> {
    match digits {
        2 if number < 50 => Some(number + 2_000),
        2 | 3 => Some(number + 1_900),
        4 => Some(number),
        _ => None,
    }
}

fn with_zone_or_half(mut parts: Parts, word: &str) -> Option<Parts> {
    match word.to_ascii_lowercase().as_str() {
        "am" | "pm" => parts.time = half_day(parts.time, word),
        _ => parts.zone = offset(word)?,
    }
    Some(parts)
}

/// Hours and minutes, seconds if there are any. 24:00 and leap seconds roll over.
fn clock(text: &str) -> Option<i64> {
    let mut numbers = text.split(':').map(|part| part.split(['.', ',']).next().unwrap_or(part).parse::<i64>());
    let hours = numbers.next()?.ok()?;
    let minutes = numbers.next()?.ok()?;
    let seconds = numbers.next().unwrap_or(Ok(0)).ok()?;
    let possible = hours <= 24 && minutes < 60 && seconds <= 60;
    possible.then_some(hours * 3_600 + minutes * 60 + seconds)
}

fn half_day(time: i64, half: &str) -> i64 {
    let noon = 12 * 3_600;
    time % noon + if half.eq_ignore_ascii_case("pm") { noon } else { 0 }
}

/// Minutes east of Greenwich: `Z`, `GMT`, `+0100`, `+01:00`, `GMT+1`.
fn offset(text: &str) -> Option<i64> {
    let lower = text.to_ascii_lowercase();
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == lower) {
        return Some(*minutes);
    }
    let number = lower.trim_start_matches("gmt").trim_start_matches("utc");
    let (sign, number) = match number.split_at_checked(1)? {
        ("+", number) => (1, number),
        ("-", number) => (-1, number),
        _ => return None,
    };
    let digits: String = number.chars().filter(|c| *c != ':').collect();
    let value: i64 = digits.parse().ok()?;
    let minutes = if digits.len() <= 2 { value * 60 } else { value / 100 * 60 + value % 100 };
    (minutes <= 24 * 60).then_some(sign * minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_are_meant() {
        let check = |text: &str, wanted: Option<&str>| {
            assert_eq!(parse(text).map(Timestamp::to_rfc3339).as_deref(), wanted, "{text:?}");
        };
        check("2026-11-24T14:05:00Z", Some("2026-11-24T14:05:00Z"));
        check(" 2026-11-24T14:05:00.123+01:00 ", Some("2026-11-24T13:05:00Z"));
        check("2026-11-24T14:05:00+0100", Some("2026-11-24T13:05:00Z"));
        check("2026-11-24T14:05Z", Some("2026-11-24T14:05:00Z"));
        check("2026-11-24 14:05:00", Some("2026-11-24T14:05:00Z"));
        check("2006-01-11 16:43:21 -0800", Some("2006-01-12T00:43:21Z"));
        check("2020/1/10 14:16:00", Some("2020-01-10T14:16:00Z"));
        check("2026-11-24", Some("2026-11-24T00:00:00Z"));
        check("2026-11", Some("2026-11-01T00:00:00Z"));
        check("Tue, 24 Nov 2026 14:05:00 GMT", Some("2026-11-24T14:05:00Z"));
        check("Tue, 24 Nov 2026 14:05:00 +0100 (CET)", Some("2026-11-24T13:05:00Z"));
        check("Wed, 24 November 2026 9:05 EST", Some("2026-11-24T14:05:00Z"));
        check("Nov 24, 2026 2:05:00 PM", Some("2026-11-24T14:05:00Z"));
        check("Thurs, 24 Nov 26 24:00:00 UTC", Some("2026-11-25T00:00:00Z"));
        check("Wed 5 Jan 2011", Some("2011-01-05T00:00:00Z"));
        check("Tue Nov 24 14:05:00 2026", Some("2026-11-24T14:05:00Z"));
        check("24-Nov-2026 14:05:00 -0000", Some("2026-11-24T14:05:00Z"));
        check("Sat, 30 Feb 2026 14:05:00 GMT", None);
        check("2026-13-01", None);
        check("yesterday", None);
        check("", None);
    }
}
