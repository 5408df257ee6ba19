//! Reads dates in words: RFC 822 and the forms that people write instead of it.

use super::months::month;
use super::{Parts, Read, clock};

/// Words without a meaning between the parts of a date, in lower case.
const FILLERS: &[&str] = &[
    "a", "à", "às", "al", "alle", "at", "año", "ano", "da", "das", "de", "del", "den", "der", "di", "do", "e", "el",
    "en", "et", "i", "kl", "klo", "la", "las", "le", "los", "of", "on", "ore", "om", "the", "um", "y", "в", "г", "год",
    "года", "р", "року",
];

/// Reads `Tue, 24 Nov 2026 14:05:00 GMT` and looser forms: with day and month in either order, with full names, without
/// a weekday, with filler words.
pub(super) fn worded(text: &str) -> Option<Read> {
    let mut parts = Parts::default();
    let (mut year_seen, mut time_seen, mut month_after_day) = (false, false, false);
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| word.contains(char::is_alphanumeric));
    for (place, word) in words.flat_map(dashed).enumerate() {
        let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h', 'e', '.', 'º', 'ª', '°', 'г', 'р']);
        // A number in place of the weekday (`026, 26 Mar 2023`) is neither the day nor the year.
        if place == 0 && digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if let Some(time) = time_of(word).filter(|_| !time_seen) {
            let ends = time.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(time.len());
            parts.time = clock(&time[..ends])?;
            time_seen = true;
            if ends < time.len() {
                parts.half_or_zone(&time[ends..])?;
            }
        } else if let Some(month) =
            month(word).filter(|_| parts.month == 0 || (!month_after_day && parts.day != 0 && !year_seen))
        {
            // In some languages the names of weekdays begin like those of months.
            month_after_day = parts.day != 0;
            parts.month = month;
        } else if let Some(number) = digits.parse::<u32>().ok().filter(|_| !word.starts_with(['+', '-'])) {
            if parts.day == 0 && number <= 31 && digits.len() <= 2 {
                parts.day = number;
            } else if !year_seen {
                parts.year = i32::try_from(full_year(number, digits.len())?).ok()?;
                year_seen = true;
            } else if time_seen && digits.len() == 4 {
                // The number is an offset without a sign.
                parts.is_zone_left_out |= number != 0;
            } else {
                return None;
            }
        } else if time_seen {
            parts.half_or_zone(word)?;
        } else if parts.day != 0 && parts.month != 0 && !is_filler(word) {
            return None;
        }
    }
    if year_seen { parts.read() } else { None }
}

/// The time that a word states, with a colon: `14:05` or `14h05`.
fn time_of(word: &str) -> Option<std::borrow::Cow<'_, str>> {
    if word.contains(':') {
        return Some(word.into());
    }
    let (hours, minutes) = word.split_once(['h', 'H'])?;
    let is_number = |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(hours) && is_number(minutes)).then(|| format!("{hours}:{minutes}").into())
}

fn is_filler(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    FILLERS.contains(&word.as_str())
}

/// The words of a date with hyphens: `24-Nov-2026` is three words.
fn dashed(word: &str) -> impl Iterator<Item = &str> {
    let dashed = word.starts_with(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic);
    let separator = if dashed && !word.contains(':') { '-' } else { '\0' };
    word.split(separator)
}

/// The full year for a year of two or three digits (RFC 5322, 4.3).
fn full_year(number: u32, digits: usize) -> Option<u32> {
    match digits {
        2 if number < 50 => Some(number + 2_000),
        2 | 3 => Some(number + 1_900),
        4 => Some(number),
        _ => None,
    }
}
