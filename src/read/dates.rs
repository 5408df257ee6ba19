//! Dates as publishers write them: RFC 3339 and RFC 822, and everything that is meant to be one of the two.

use chrono::{Datelike, NaiveDate};

use crate::model::Timestamp;

/// Longest text that is taken for a date, in bytes.
const DATE_MAX_BYTES: usize = 64;
/// How names of months begin, in the languages that feeds write them in; of two that fit, the longer one counts.
const MONTHS: [(&str, u32); 83] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    // German, Dutch, Scandinavian
    ("jän", 1),
    ("mär", 3),
    ("mrz", 3),
    ("mrt", 3),
    ("maa", 3),
    ("mai", 5),
    ("mei", 5),
    ("maj", 5),
    ("okt", 10),
    ("dez", 12),
    ("des", 12),
    // French
    ("fév", 2),
    ("fev", 2),
    ("avr", 4),
    ("juin", 6),
    ("juil", 7),
    ("aoû", 8),
    ("aou", 8),
    ("déc", 12),
    // Spanish, Portuguese, Italian
    ("ene", 1),
    ("gen", 1),
    ("abr", 4),
    ("mag", 5),
    ("giu", 6),
    ("lug", 7),
    ("ago", 8),
    ("set", 9),
    ("out", 10),
    ("ott", 10),
    ("dic", 12),
    // Polish, Czech
    ("sty", 1),
    ("lut", 2),
    ("kwi", 4),
    ("cze", 6),
    ("lip", 7),
    ("sie", 8),
    ("wrz", 9),
    ("paź", 10),
    ("lis", 11),
    ("gru", 12),
    // Russian, Ukrainian
    ("янв", 1),
    ("фев", 2),
    ("мар", 3),
    ("апр", 4),
    ("май", 5),
    ("мая", 5),
    ("июн", 6),
    ("июл", 7),
    ("авг", 8),
    ("сен", 9),
    ("окт", 10),
    ("ноя", 11),
    ("дек", 12),
    // Hungarian, Turkish
    ("már", 3),
    ("ápr", 4),
    ("máj", 5),
    ("jún", 6),
    ("júl", 7),
    ("sze", 9),
    ("oca", 1),
    ("ağu", 8),
    // Greek
    ("ιαν", 1),
    ("φεβ", 2),
    ("μάρ", 3),
    ("μαρ", 3),
    ("απρ", 4),
    ("ιούν", 6),
    ("ιούλ", 7),
    ("νοέ", 11),
    ("νοε", 11),
    ("δεκ", 12),
];
/// RFC 822, 5.1, and the names of zones that feeds use beside those, in minutes east of Greenwich.
const ZONES: [(&str, i64); 46] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 60),
    ("west", 60),
    ("cet", 60),
    ("met", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("sast", 120),
    ("eest", 180),
    ("msk", 180),
    ("trt", 180),
    ("ist", 330),
    ("pkt", 300),
    ("ict", 420),
    ("wib", 420),
    ("hkt", 480),
    ("sgt", 480),
    ("awst", 480),
    ("pht", 480),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("aest", 600),
    ("acdt", 630),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("brt", -180),
    ("art", -180),
    ("ast", -240),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("hst", -600),
];

/// The moment that `text` names; a date without a zone is in UTC, one without a time at midnight.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > DATE_MAX_BYTES {
        return None;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, text.as_bytes().get(digits)) {
        (4, Some(b'-' | b'/' | b'.')) => numeric(text).or_else(|| worded(text)),
        (4 | 8, None | Some(b'T' | b't')) => numeric(text),
        (1 | 2, Some(b'/' | b'.' | b'-')) => slashed(text).or_else(|| worded(text)),
        // 2004년 05월 28일 13:31:15
        (4, Some(_)) if text.contains('년') => numeric(&korean(text)),
        _ => worded(text),
    }
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

/// `2026-11-24T14:05:00.5+01:00` and its shorter and looser forms: without hyphens and colons, with the day of the year
/// (`2026-328`) or the week (`2026-W48-2`).
fn numeric(text: &str) -> Option<Timestamp> {
    let is_digit = |at: usize| text.as_bytes()[..at].last().is_some_and(u8::is_ascii_digit);
    let date_ends = text.match_indices(['T', 't', ' ']).map(|(at, _)| at).find(|at| is_digit(*at));
    let (date, rest) = text.split_at(date_ends.unwrap_or(text.len()));
    let date = date.trim_end_matches(['Z', 'z']);
    let mut parts = day(date)?;
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    let rest = rest.replace("a.m.", "am").replace("p.m.", "pm").replace("오전", "am ").replace("오후", "pm ");
    let (half, rest) = match rest.split_once(' ') {
        Some((half @ ("am" | "pm"), rest)) => (Some(half), rest.trim_start()),
        _ => (None, rest.as_str()),
    };
    let time_ends = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(time_ends);
    if matches!(time.len(), 1 | 2) {
        parts.time = clock(&format!("{time}:00"))?;
    } else if !time.is_empty() {
        parts.time = clock(time)?;
    }
    if let Some(half) = half {
        parts.time = half_day(parts.time, half);
    }
    for word in zone.split_whitespace() {
        match word.to_ascii_lowercase().as_str() {
            "am" | "pm" => parts.time = half_day(parts.time, word),
            _ => parts.zone = offset(word)?,
        }
    }
    parts.moment()
}

/// A date in numbers, the year first.
fn day(date: &str) -> Option<Parts> {
    let at_midnight =
        |date: NaiveDate| Parts { year: date.year(), month: date.month(), day: date.day(), ..Parts::default() };
    let numbers: Vec<&str> = date.split(['-', '/', '.']).collect();
    let year: i32 = numbers.first()?.get(..4)?.parse().ok()?;
    let number = |text: &str| text.parse::<u32>().ok();
    let parts = |month, day| Some(Parts { year, month, day, ..Parts::default() });
    match numbers.as_slice() {
        [whole] if whole.len() == 8 && whole.bytes().all(|byte| byte.is_ascii_digit()) => {
            parts(number(&whole[4..6])?, number(&whole[6..])?)
        }
        [whole] if whole.len() == 4 => parts(1, 1),
        [_, ordinal] if ordinal.len() == 3 => NaiveDate::from_yo_opt(year, number(ordinal)?).map(at_midnight),
        [_, week, rest @ ..] if week.starts_with(['W', 'w']) => {
            let weekday = rest.first().map_or(Some(1), |day| number(day))?;
            let weekday = chrono::Weekday::try_from(u8::try_from(weekday.checked_sub(1)?).ok()?).ok()?;
            NaiveDate::from_isoywd_opt(year, number(week.get(1..)?)?, weekday).map(at_midnight)
        }
        [_, month] => parts(number(month)?, 1),
        [_, name, day] => parts(number(name).or_else(|| month(name))?, number(day)?),
        _ => None,
    }
}

/// `2004년 05월 28일` as numbers.
fn korean(text: &str) -> String {
    let mut out = text.to_owned();
    for (word, sign) in [("년 ", "-"), ("년", "-"), ("월 ", "-"), ("월", "-"), ("일", "")] {
        out = out.replace(word, sign);
    }
    out
}

/// `31.12.2026`: with dots the day comes first. With slashes nobody can tell, unless one is above 12.
fn slashed(text: &str) -> Option<Timestamp> {
    let (date, rest) = text.split_at(text.find([' ', ',', 'T']).unwrap_or(text.len()));
    let is_dotted = date.contains('.');
    let mut numbers = date.trim_end_matches('.').split(['/', '.', '-']).map(str::parse::<u32>);
    let (first, second, year) = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
    if numbers.next().is_some() || year < 1_000 {
        return None;
    }
    let (day, month) = match (is_dotted, first, second) {
        (true, day, month) | (false, day @ 13.., month) => (day, month),
        (false, month, day @ 13..) => (day, month),
        (false, same, other) if same == other => (same, other),
        _ => return None,
    };
    numeric(&format!("{year:04}-{month:02}-{day:02} {}", rest.trim_start_matches([',', ' ', 'T'])))
}

/// `Tue, 24 Nov 2026 14:05:00 GMT` and its looser forms: day and month in either order, names in full, no weekday.
fn worded(text: &str) -> Option<Timestamp> {
    let mut parts = Parts::default();
    let (mut year_seen, mut time_seen, mut month_after_day) = (false, false, false);
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
        } else if let Some(month) = month(word).filter(|_| parts.month == 0 || (!month_after_day && parts.day != 0)) {
            // In some languages days of the week begin like months.
            month_after_day = parts.day != 0;
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
    let word = word.to_lowercase();
    let fits = MONTHS.iter().filter(|(name, _)| word.starts_with(name));
    fits.max_by_key(|(name, _)| name.len()).map(|(_, number)| *number)
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
    let digits = text.split(['.', ',']).next().unwrap_or(text);
    if matches!(digits.len(), 4 | 6) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds = if digits.len() == 6 { &digits[4..] } else { "00" };
        return clock(&format!("{}:{}:{seconds}", &digits[..2], &digits[2..4]));
    }
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
    // `Z[UTC]`, `+00:00Z`: what is said twice.
    let lower = lower.split('[').next().unwrap_or_default();
    let lower = if lower.len() > 1 { lower.trim_end_matches('z').to_owned() } else { lower.to_owned() };
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == lower) {
        return Some(*minutes);
    }
    // RFC 5322, 4.3: a single letter says nothing.
    if lower.len() == 1 && lower.as_bytes()[0].is_ascii_alphabetic() {
        return Some(0);
    }
    let lower = lower.trim_start_matches("etc/");
    if lower == "gmt" || lower == "utc" {
        return Some(0);
    }
    let number = lower.trim_start_matches("gmt").trim_start_matches("utc");
    let (sign, number) = match number.split_at_checked(1)? {
        ("+", number) => (1, number.trim_start_matches('+')),
        ("-", number) => (-1, number.trim_start_matches('-')),
        // A place, or an abbreviation that means several.
        (first, _) if first.as_bytes()[0].is_ascii_alphabetic() => return Some(0),
        _ => return None,
    };
    let digits: String = number.chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i64 = digits.parse().ok()?;
    let minutes = if digits.len() <= 2 { value * 60 } else { value / 100 * 60 + value % 100 };
    (minutes <= 24 * 60).then_some(sign * minutes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        check("20261124T140500Z", Some("2026-11-24T14:05:00Z"));
        check("20261124T14:05:00.45+01:00", Some("2026-11-24T13:05:00Z"));
        check("2026-11-24T140500+0100", Some("2026-11-24T13:05:00Z"));
        check("20261124", Some("2026-11-24T00:00:00Z"));
        check("2026", Some("2026-01-01T00:00:00Z"));
        check("2026-328", Some("2026-11-24T00:00:00Z"));
        check("2026-W48-2", Some("2026-11-24T00:00:00Z"));
        check("24.11.2026 14:05", Some("2026-11-24T14:05:00Z"));
        check("11/24/2026 2:05:00 PM", Some("2026-11-24T14:05:00Z"));
        check("24/11/2026", Some("2026-11-24T00:00:00Z"));
        check("Tue, 24 Nov 2026 23:05:00 JST", Some("2026-11-24T14:05:00Z"));
        check("Tue, 24 Nov 2026 14:05:00 Europe/Berlin", Some("2026-11-24T14:05:00Z"));
        check("Tue, 24 Nov 2026 14:05:00 --0500", Some("2026-11-24T19:05:00Z"));
        check("2026-11-24T14:05:00Z[UTC]", Some("2026-11-24T14:05:00Z"));
        check("2026-11-24T14:05:00+00:00Z", Some("2026-11-24T14:05:00Z"));
        check("2026-11-24T14", Some("2026-11-24T14:00:00Z"));
        check("2026-11-24Z", Some("2026-11-24T00:00:00Z"));
        check("24-11-2026 14:05", Some("2026-11-24T14:05:00Z"));
        check("2026年1 년", None);
        check("06/11/2026", None);
        check("06-11-26", None);
        check("2004년 05월 28일 01:31:15", Some("2004-05-28T01:31:15Z"));
        check("2004-05-25 오후 11:23:17", Some("2004-05-25T23:23:17Z"));
        check("mar., 24 nov. 2026 14:05:00 +0100", Some("2026-11-24T13:05:00Z"));
        check("Di, 24 Dezember 2026 14:05 GMT", Some("2026-12-24T14:05:00Z"));
        check("Κυρ, 11 Ιούλ 2004 12:00:00 EST", Some("2004-07-11T17:00:00Z"));
        check("вт, 24 ноя 2026 14:05:00 +0300", Some("2026-11-24T11:05:00Z"));
        check("2004-július-13T9:15-05:00", Some("2004-07-13T14:15:00Z"));
        check("Thu, 09 Feb 2006 16:59:45 Etc/GMT", Some("2006-02-09T16:59:45Z"));
        check("2026-11-24T25:51:30Z", None);
        check("Sat, 30 Feb 2026 14:05:00 GMT", None);
        check("2026-13-01", None);
        check("yesterday", None);
        check("", None);
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in "\\PC{0,40}", digits in "[0-9TZ:+./ \\-년월일年a-zA-Z]{0,40}") {
            let _ = (parse(&text), parse(&digits));
        }
    }
}
