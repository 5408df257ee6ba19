//! Reads dates as publishers write them: RFC 3339, RFC 822 and looser forms.
//!
//! `common` tries the two exact forms first, because the looser forms are rare and take more time.

mod common;
mod months;
mod numeric;
mod worded;
mod zones;

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::model::Timestamp;
use crate::text::references::resolve_references;

use zones::{Offset, is_afternoon, offset};

/// Longest text that is read as a date, in bytes.
const DATE_MAX_BYTES: usize = 96;
/// Longest date with comments, in bytes. JavaScript adds the name of the time zone in the user's language.
const COMMENTED_MAX_BYTES: usize = 512;

/// A date that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) moment: Timestamp,
    /// The date has a UTC offset that no time zone has, and was read as UTC.
    pub(super) is_zone_left_out: bool,
}

/// The moment that `text` names. A date without a time zone is in UTC, and a date without a time is at midnight.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    read(text).map(|read| read.moment)
}

/// The moment that `text` names, and whether its offset had to be ignored.
pub(super) fn read(text: &str) -> Option<Read> {
    let text = text.trim();
    if let Some(moment) = common::moment(text) {
        return Some(Read { moment, is_zone_left_out: false });
    }
    if text.len() > COMMENTED_MAX_BYTES {
        return None;
    }
    let text = without_comments(text);
    Some(text.trim()).filter(|text| text.len() <= DATE_MAX_BYTES).and_then(loose)
}

/// The machine-readable date in an element's text: `<time datetime="…">` (HTML, 4.5.14), as markup or escaped.
pub(super) fn for_machines(inner: &str) -> Option<String> {
    if !inner.contains("datetime") {
        return None;
    }
    let markup = resolve_references(inner, true);
    let (_, value) = markup.split_once("datetime")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let value = value[1..].split(quote).next()?;
    read(value).is_some().then(|| value.to_owned())
}

fn loose(text: &str) -> Option<Read> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, text.as_bytes().get(digits)) {
        (10 | 13, None | Some(b'.')) if is_fraction(&text[digits..]) => numeric::since_1970(&text[..digits]),
        // 20261124140500
        (12 | 14, None) => numeric::numeric(&format!("{} {}", &text[..8], &text[8..])),
        (4, Some(b'-' | b'/' | b'.')) => numeric::numeric(text).or_else(|| worded::worded(text)),
        (4 | 7 | 8, None | Some(b'T' | b't')) => numeric::numeric(text),
        (1 | 2, Some(b'/' | b'.' | b'-')) => numeric::slashed(text, None).or_else(|| worded::worded(text)),
        (4, Some(_)) if text.contains(['年', '년']) => numeric::with_signs(text),
        (0, Some(_)) => numeric::behind_weekday(text).or_else(|| worded::worded(text)),
        _ => worded::worded(text),
    }
}

fn is_fraction(text: &str) -> bool {
    text.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}

/// A date without its comments, which may occur anywhere and nest (RFC 822, 3.4.3): `+0000 (UTC)`.
fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains(['(', '（']) {
        return Cow::Borrowed(text);
    }
    let (mut out, mut depth, mut is_escaped) = (String::with_capacity(text.len()), 0_usize, false);
    for character in text.chars() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' | '（' => depth += 1,
            ')' | '）' if depth > 0 => {
                depth -= 1;
                out.push(' ');
            }
            _ if depth == 0 => out.push(character),
            _ => {}
        }
    }
    Cow::Owned(out)
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
    /// The date states its offset in numbers, which take precedence over the name of a time zone.
    is_zone_numeric: bool,
    is_zone_left_out: bool,
}

impl Parts {
    fn read(&self) -> Option<Read> {
        let midnight = NaiveDate::from_ymd_opt(self.year, self.month, self.day)?.and_hms_opt(0, 0, 0)?.and_utc();
        let moment = Timestamp::from_unix(midnight.timestamp() + self.time - self.zone * 60);
        Some(Read { moment, is_zone_left_out: self.is_zone_left_out })
    }

    /// Reads a word behind the time: `AM`, `PM`, or a time zone. `None` if the word is neither.
    fn half_or_zone(&mut self, word: &str) -> Option<()> {
        if let Some(is_afternoon) = is_afternoon(word) {
            self.time = half_day(self.time, is_afternoon);
            return Some(());
        }
        match offset(word)? {
            Offset::Numeric(minutes) if !self.is_zone_numeric => (self.zone, self.is_zone_numeric) = (minutes, true),
            Offset::Named(minutes) if !self.is_zone_numeric => self.zone = minutes,
            Offset::Impossible => self.is_zone_left_out = true,
            Offset::Numeric(_) | Offset::Named(_) | Offset::Unknown => {}
        }
        Some(())
    }
}

/// Reads hours, minutes and optional seconds, and returns seconds since midnight. 24:00 and leap seconds roll over.
fn clock(text: &str) -> Option<i64> {
    let digits = text.split(['.', ',']).next().unwrap_or(text);
    if matches!(digits.len(), 4 | 6) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds = if digits.len() == 6 { &digits[4..] } else { "00" };
        return clock(&format!("{}:{}:{seconds}", &digits[..2], &digits[2..4]));
    }
    // 14.05
    if let Some((hours, minutes)) = text.split_once('.')
        && matches!(hours.len(), 1 | 2)
        && minutes.len() == 2
        && !hours.contains(':')
    {
        return clock(&format!("{hours}:{minutes}"));
    }
    let mut numbers = text.split(':').map(|part| part.split(['.', ',']).next().unwrap_or(part).parse::<i64>());
    let hours = numbers.next()?.ok()?;
    let minutes = numbers.next()?.ok()?;
    let seconds = numbers.next().unwrap_or(Ok(0)).ok()?;
    let possible = hours <= 24 && minutes < 60 && seconds <= 60;
    possible.then(|| hours * 3_600 + minutes * 60 + seconds)
}

fn half_day(time: i64, is_afternoon: bool) -> i64 {
    let noon = 12 * 3_600;
    time % noon + if is_afternoon { noon } else { 0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_are_read_as_the_publisher_meant_them() {
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
        check("2004년 05월 28일 01:31:15", Some("2004-05-27T16:31:15Z"));
        check("2004-05-25 오후 11:23:17", Some("2004-05-25T14:23:17Z"));
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

    #[test]
    fn dates_of_programs_and_people_are_read() {
        let check = |text: &str, wanted: Option<&str>| {
            assert_eq!(parse(text).map(Timestamp::to_rfc3339).as_deref(), wanted, "{text:?}");
        };
        // JavaScript: the name of the time zone has any number of words, in any language.
        check("Mon Mar 04 2024 09:30:00 GMT+0530 (India Standard Time)", Some("2024-03-04T04:00:00Z"));
        check(
            "Mon Mar 04 2024 09:30:00 GMT+0200 (восточноевропейское стандартное время)",
            Some("2024-03-04T07:30:00Z"),
        );
        check("Mon Mar 04 2024 09:30:00 GMT-0500 Eastern Standard Time", Some("2024-03-04T14:30:00Z"));
        // Drupal: the weekday decides which number is the day and which is the month.
        check("Monday, March 4, 2024 - 09:30", Some("2024-03-04T09:30:00Z"));
        check("Mon, 03/04/2024 - 09:30", Some("2024-03-04T09:30:00Z"));
        check("Mon, 04/03/2024 - 09:30", Some("2024-03-04T09:30:00Z"));
        check("Tue, 04/03/2024 - 09:30", None);
        check("Mon, 03/25/2024 - 09:30", Some("2024-03-25T09:30:00Z"));
        check("04/03/2024 - 09:30", None);
        check("Fri, 2006/09/15 08:19:53 EDT", Some("2006-09-15T12:19:53Z"));
        // A number in place of the weekday.
        check("064, 4 Mar 2024 09:30:00 +0000", Some("2024-03-04T09:30:00Z"));
        // Words between the parts.
        check("4 de marzo de 2024", Some("2024-03-04T00:00:00Z"));
        check("4 de março de 2024 às 9h30", Some("2024-03-04T09:30:00Z"));
        check("Montag, 4. März 2024 um 09:30 Uhr", Some("2024-03-04T09:30:00Z"));
        check("Le 1er mars 2024 à 09:30", Some("2024-03-01T09:30:00Z"));
        check("4 марта 2024 г., 09:30", Some("2024-03-04T09:30:00Z"));
        check("Παρ, 14 Σεπ 2007 12:00:00 EET", Some("2007-09-14T10:00:00Z"));
        check("4 March but not of 2024", None);
        // Chinese, Japanese, Korean.
        check("2024年3月4日 09:30:00", Some("2024-03-04T09:30:00Z"));
        check("2024年3月4日(月) 09:30", Some("2024-03-04T09:30:00Z"));
        check("2024年03月04日 星期一 下午9时30分", Some("2024-03-04T21:30:00Z"));
        check("2024年3月4日 09:30 +0800", Some("2024-03-04T01:30:00Z"));
        check("2024年3月4日", Some("2024-03-04T00:00:00Z"));
        check("2024년 3월 4일 오후 9시 30분", Some("2024-03-04T12:30:00Z"));
        check("2024年3月34日", None);
        // Time zones.
        check("Mon, 04 Mar 2024 09:30:00 ET", Some("2024-03-04T14:30:00Z"));
        check("Mon, 04 Mar 2024 09:30:00 PT", Some("2024-03-04T17:30:00Z"));
        check("Mon, 04 Mar 2024 09:30:00 MEST", Some("2024-03-04T07:30:00Z"));
        check("Mon, 04 Mar 2024 09:30:00 GMT +0100", Some("2024-03-04T08:30:00Z"));
        check("Mon, 04 Mar 2024 09:30:00 0000", Some("2024-03-04T09:30:00Z"));
        // Comments anywhere (RFC 822, 3.4.3).
        check("Mon (not (a) fine day), 4(th) Mar(ch) 2024 09:30 +0000 (GMT)", Some("2024-03-04T09:30:00Z"));
        // Numbers alone.
        check("1709544600", Some("2024-03-04T09:30:00Z"));
        check("1709544600123", Some("2024-03-04T09:30:00Z"));
        check("1709544600.5", Some("2024-03-04T09:30:00Z"));
        check("17095446", None);
        check("20240304093000", Some("2024-03-04T09:30:00Z"));
        check("2024064", Some("2024-03-04T00:00:00Z"));
        check("2024/03/04, 09:30", Some("2024-03-04T09:30:00Z"));
        check("4.3.2024 9.30", Some("2024-03-04T09:30:00Z"));
    }

    #[test]
    fn an_impossible_offset_is_ignored_and_reported() {
        let check = |text: &str, wanted: &str, is_zone_left_out: bool| {
            let found = read(text).expect("it is a date");
            assert_eq!(
                (found.moment.to_rfc3339().as_str(), found.is_zone_left_out),
                (wanted, is_zone_left_out),
                "{text:?}"
            );
        };
        check("Fri, 11 Mar 2016 01:15:00 +3000", "2016-03-11T01:15:00Z", true);
        check("2016-03-11T01:15:00-13:00", "2016-03-11T01:15:00Z", true);
        check("Fri, 11 Mar 2016 01:15:00 +0160", "2016-03-11T01:15:00Z", true);
        check("Fri, 11 Mar 2016 01:15:00 0100", "2016-03-11T01:15:00Z", true);
        check("Fri, 11 Mar 2016 01:15:00 +1400", "2016-03-10T11:15:00Z", false);
        check("Fri, 11 Mar 2016 01:15:00 -1200", "2016-03-11T13:15:00Z", false);
        check("Fri, 11 Mar 2016 01:15:00 -0234", "2016-03-11T03:49:00Z", false);
        check("Fri, 11 Mar 2016 01:15:00 XYZ", "2016-03-11T01:15:00Z", false);
    }

    #[test]
    fn a_machine_readable_date_is_found() {
        let check = |inner: &str, wanted: Option<&str>| assert_eq!(for_machines(inner).as_deref(), wanted, "{inner:?}");
        let date = "2024-03-04T09:30:00-05:00";
        check(&format!("<time datetime=\"{date}\">Mon, 03/04/2024</time>"), Some(date));
        check(&format!("&lt;time datetime=&quot;{date}&quot; class=&quot;x&quot;&gt;Mon&lt;/time&gt;"), Some(date));
        check(&format!("<![CDATA[<time class='x' datetime = '{date}'>Mon</time>]]>"), Some(date));
        check("<time datetime=\"soon\">Mon</time>", None);
        check("Mon, 04 Mar 2024 09:30:00 ET", None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,40}", digits in "[0-9TZ:+./ \\-년월일年a-zA-Z]{0,40}") {
            let _ = (parse(&text), parse(&digits));
        }
    }
}
