//! Reads the two exact forms that nearly all dates have, byte by byte. The other modules read all other dates.

use chrono::{Month, NaiveDate};

use super::zones::is_possible;
use crate::model::Timestamp;

/// Reads RFC 3339, or RFC 822 with an unambiguous time zone.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    if bytes.get(4) == Some(&b'-') { rfc_3339(bytes) } else { rfc_822(bytes) }
}

/// `2026-11-24T14:05:00.5+01:00`.
fn rfc_3339(bytes: &[u8]) -> Option<Timestamp> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T' | b't' | b' ', rest @ ..] = bytes else { return None };
    let (time, rest) = clock(rest)?;
    let rest = match rest {
        [b'.', fraction @ ..] => &fraction[fraction.iter().take_while(|byte| byte.is_ascii_digit()).count()..],
        rest => rest,
    };
    let minutes = match rest {
        b"Z" | b"z" => 0,
        [sign, h1, h2, b':', m1, m2] => offset(*sign, [h1, h2, m1, m2])?,
        _ => return None,
    };
    at(number([y1, y2, y3, y4])?, number([m1, m2])?, number([d1, d2])?, time, minutes)
}

/// `Tue, 24 Nov 2026 14:05:00 +0100`.
fn rfc_822(bytes: &[u8]) -> Option<Timestamp> {
    let bytes = match bytes {
        [a, b, c, b',', b' ', rest @ ..] if [a, b, c].into_iter().all(u8::is_ascii_alphabetic) => rest,
        rest => rest,
    };
    let (day, rest) = match bytes {
        [d1, d2, b' ', rest @ ..] => (number([d1, d2])?, rest),
        [day, b' ', rest @ ..] => (number([day])?, rest),
        _ => return None,
    };
    let [a, b, c, b' ', y1, y2, y3, y4, b' ', rest @ ..] = rest else { return None };
    let month: Month = std::str::from_utf8(&[*a, *b, *c]).ok()?.parse().ok()?;
    let (time, rest) = clock(rest)?;
    let minutes = match rest {
        b" GMT" | b" UTC" | b" Z" => 0,
        [b' ', sign, h1, h2, m1, m2] => offset(*sign, [h1, h2, m1, m2])?,
        _ => return None,
    };
    at(number([y1, y2, y3, y4])?, month.number_from_month(), day, time, minutes)
}

/// Reads `14:05:00`: returns seconds since midnight and the rest of the text. Leap seconds are not read here.
fn clock(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = bytes else { return None };
    let (hours, minutes, seconds) = (number([h1, h2])?, number([m1, m2])?, number([s1, s2])?);
    let possible = hours < 24 && minutes < 60 && seconds < 60;
    possible.then_some((i64::from(hours * 3_600 + minutes * 60 + seconds), rest))
}

/// Minutes east of Greenwich.
fn offset(sign: u8, [h1, h2, m1, m2]: [&u8; 4]) -> Option<i64> {
    let (hours, minutes) = (i64::from(number([h1, h2])?), i64::from(number([m1, m2])?));
    let east = match sign {
        b'+' => hours * 60 + minutes,
        b'-' => -(hours * 60 + minutes),
        _ => return None,
    };
    (minutes < 60 && is_possible(east)).then_some(east)
}

fn number<const N: usize>(digits: [&u8; N]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(**digit - b'0')))
}

fn at(year: u32, month: u32, day: u32, time: i64, minutes: i64) -> Option<Timestamp> {
    let midnight = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?.and_hms_opt(0, 0, 0)?.and_utc();
    Some(Timestamp::from_unix(midnight.timestamp() + time - minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_forms_are_read() {
        let check = |text: &str, wanted: Option<&str>| {
            assert_eq!(moment(text).map(Timestamp::to_rfc3339).as_deref(), wanted, "{text:?}");
        };
        check("2026-11-24T14:05:00Z", Some("2026-11-24T14:05:00Z"));
        check("2026-11-24T14:05:00.123456-01:30", Some("2026-11-24T15:35:00Z"));
        check("Tue, 24 Nov 2026 14:05:00 GMT", Some("2026-11-24T14:05:00Z"));
        check("4 nov 2026 14:05:00 +0100", Some("2026-11-04T13:05:00Z"));
        check("2026-11-24T14:05:00", None);
        check("2026-02-30T14:05:00Z", None);
        check("Tue, 24 Nov 2026 14:05:00 EST", None);
        check("Tue, 24 Nov 2026 14:05:00 +3000", None);
        check("Tue, 24 Nov 2026 14:05 GMT", None);
        check("", None);
    }
}
