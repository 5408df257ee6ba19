//! Reads dates in numbers: RFC 3339 and its looser forms, dates with the day or the month first, Chinese, Japanese and
//! Korean dates, and seconds since 1970.

use chrono::{Datelike, NaiveDate, Weekday};

use super::months::month;
use super::zones::is_afternoon;
use super::{Parts, Read, clock, half_day};
use crate::model::Timestamp;

/// The time zone of Korea, in minutes east of Greenwich. Korean dates state no zone, because Korea has a single one.
const KOREA_MINUTES: i64 = 9 * 60;

/// `2026-11-24T14:05:00.5+01:00` and its shorter and looser forms: without hyphens and colons, with the day of the year
/// (`2026-328`) or the week (`2026-W48-2`).
pub(super) fn numeric(text: &str) -> Option<Read> {
    let ends = |at: usize| text.as_bytes()[..at].last().is_some_and(|byte| byte.is_ascii_digit() || *byte == b',');
    let date_ends = text.match_indices(['T', 't', ' ']).map(|(at, _)| at).find(|at| ends(*at));
    let (date, rest) = text.split_at(date_ends.unwrap_or(text.len()));
    let mut parts = day(date.trim_end_matches(['Z', 'z', ',']))?;
    if rest.contains(is_korean) {
        parts.zone = KOREA_MINUTES;
    }
    let rest = rest.trim_start_matches(['T', 't', ' ', ',']);
    // `2026-11-24 - 14:05`
    let rest = ["- ", "– ", "| ", "@ "].iter().find_map(|sign| rest.strip_prefix(*sign)).unwrap_or(rest).trim_start();
    let rest = if rest.is_ascii() { rest.to_owned() } else { with_latin_halves(rest) };
    let (half, rest) = match rest.split_once(' ') {
        Some((word, rest)) if is_afternoon(word).is_some() => (is_afternoon(word), rest.trim_start()),
        _ => (None, rest.as_str()),
    };
    let time_ends = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(time_ends);
    if matches!(time.len(), 1 | 2) {
        parts.time = clock(&format!("{time}:00"))?;
    } else if !time.is_empty() {
        parts.time = clock(time)?;
    }
    if let Some(is_afternoon) = half {
        parts.time = half_day(parts.time, is_afternoon);
    }
    for word in zone.split_whitespace() {
        parts.half_or_zone(word)?;
    }
    parts.read()
}

/// Reads a date in numbers that begins with the year.
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
        [whole] if whole.len() == 7 && whole.bytes().all(|byte| byte.is_ascii_digit()) => {
            NaiveDate::from_yo_opt(year, number(&whole[4..])?).map(at_midnight)
        }
        [whole] if whole.len() == 4 => parts(1, 1),
        [_, ordinal] if ordinal.len() == 3 => NaiveDate::from_yo_opt(year, number(ordinal)?).map(at_midnight),
        [_, week, rest @ ..] if week.starts_with(['W', 'w']) => {
            let weekday = rest.first().map_or(Some(1), |day| number(day))?;
            let weekday = Weekday::try_from(u8::try_from(weekday.checked_sub(1)?).ok()?).ok()?;
            NaiveDate::from_isoywd_opt(year, number(week.get(1..)?)?, weekday).map(at_midnight)
        }
        [_, month] => parts(number(month)?, 1),
        [_, name, day] => parts(number(name).or_else(|| month(name))?, number(day)?),
        _ => None,
    }
}

/// Reads `31.12.2026`. In a date with dots the day comes first. In a date with slashes the order is only known if one
/// number is above 12 or if the date states its weekday; other dates with slashes are rejected.
pub(super) fn slashed(text: &str, weekday: Option<Weekday>) -> Option<Read> {
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
        _ => {
            let year = i32::try_from(year).ok()?;
            let falls_on = |day, month| NaiveDate::from_ymd_opt(year, month, day).map(|date| date.weekday());
            match (falls_on(first, second) == weekday, falls_on(second, first) == weekday) {
                (true, false) => (first, second),
                (false, true) => (second, first),
                _ => return None,
            }
        }
    };
    numeric(&format!("{year:04}-{month:02}-{day:02} {}", rest.trim_start_matches([',', ' ', 'T'])))
}

/// Reads a date in numbers behind a weekday: `Sun, 05/12/2024`.
pub(super) fn behind_weekday(text: &str) -> Option<Read> {
    let (word, rest) = text.split_once([' ', ','])?;
    let rest = rest.trim_start_matches([' ', ',']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if word.contains(|c: char| !c.is_alphabetic() && c != '.') {
        return None;
    }
    match (digits, rest.as_bytes().get(digits)) {
        (4, Some(b'-' | b'/' | b'.')) => numeric(rest),
        (1 | 2, Some(b'/' | b'.' | b'-')) => slashed(rest, word.trim_end_matches('.').parse().ok()),
        _ => None,
    }
}

/// Reads Chinese, Japanese and Korean dates: `2026年11月24日 14:05`, `2026년 11월 24일 오후 2시 5분`.
pub(super) fn with_signs(text: &str) -> Option<Read> {
    let (year, rest) = counted(text, &['年', '년'])?;
    let (month, rest) = counted(rest, &['月', '월'])?;
    let (day, rest) = counted(rest, &['日', '일', '号', '號']).unwrap_or((1, rest));
    let is_korean = text.contains(is_korean);
    let rest = with_latin_halves(rest);
    let half = rest.split_whitespace().find(|word| is_afternoon(word).is_some()).unwrap_or_default();
    // A weekday may precede the time.
    let time = &rest[rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len())..];
    let ends = time.find(|c: char| c.is_whitespace() || matches!(c, '+' | '-' | 'Z')).unwrap_or(time.len());
    // `14时 05分` is a time; `14:05 GMT` is a time and a time zone.
    let is_spaced = time[..ends].ends_with(['時', '时', '시', '点', '點']);
    let (clock, zone) = if is_spaced { (time, "") } else { (&time[..ends], time[ends..].trim()) };
    let clock: String = clock.chars().filter(|c| !c.is_whitespace()).collect();
    let clock = clock.replace(['時', '时', '시', '点', '點', '分', '분'], ":").replace(['秒', '초'], "");
    let clock = clock.trim_end_matches(':');
    let zone = match zone {
        "" if is_korean => "+0900",
        // In a Chinese date, CST is China Standard Time.
        "CST" => "+0800",
        zone => zone,
    };
    numeric(&format!("{year:04}-{month:02}-{day:02} {clock} {half} {zone}"))
}

/// The number before one of these characters, and the text behind that character.
fn counted<'a>(text: &'a str, signs: &[char]) -> Option<(u32, &'a str)> {
    let text = text.trim_start();
    let (number, rest) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
    Some((number.parse().ok()?, rest.trim_start().strip_prefix(signs)?))
}

fn is_korean(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Replaces the Chinese, Japanese and Korean words for the halves of the day by `am` and `pm`.
fn with_latin_halves(text: &str) -> String {
    let mut out = text.to_owned();
    for (name, half) in [
        ("오전", " am "),
        ("오후", " pm "),
        ("上午", " am "),
        ("下午", " pm "),
        ("午前", " am "),
        ("午後", " pm "),
        ("午后", " pm "),
    ] {
        out = out.replace(name, half);
    }
    out.trim_start().to_owned()
}

/// Reads seconds since 1970 in 10 digits, or milliseconds in 13 digits.
pub(super) fn since_1970(digits: &str) -> Option<Read> {
    let number: i64 = digits.parse().ok()?;
    let seconds = if digits.len() > 10 { number / 1_000 } else { number };
    Some(Read { moment: Timestamp::from_unix(seconds), is_zone_left_out: false })
}
