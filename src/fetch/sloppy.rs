//! Reads times in headers leniently, because many servers write them with small errors. Pure.

use std::time::UNIX_EPOCH;

use chrono::DateTime;

use crate::model::Timestamp;

/// Numbers from this to ten times this are seconds since 1970.
const UNIX_SECONDS: f64 = 1e9;
/// Numbers from this to ten times this are milliseconds since 1970.
const UNIX_MILLISECONDS: f64 = 1e12;
/// The zones that a date may name instead of GMT.
const ZONES: [&str; 6] = ["+0000", "-0000", "+00:00", "UTC", "UT", "Z"];

/// Reads a span that is not negative, in seconds. Quotes, decimals and a unit are allowed; a number without a unit counts
/// seconds.
pub(super) fn seconds(text: &str) -> Option<f64> {
    let text = text.trim().trim_matches('"').trim().to_ascii_lowercase();
    let number = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let length = match &text[number.len()..] {
        "" | "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hrs" | "hour" | "hours" => 3_600.0,
        "d" | "day" | "days" => 86_400.0,
        _ => return None,
    };
    let number = number.trim_end();
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = if is_plain { number.parse().ok()? } else { return None };
    // A time since 1970 is never a number of minutes, hours or days, so such a value has no meaning.
    (length < 60.0 || number < UNIX_SECONDS).then_some(number * length)
}

/// The wait that a Retry-After asks for, in seconds. `now` is in seconds since 1970. In a list the longest counts.
pub(super) fn wait(text: &str, now: i64) -> Option<u64> {
    if let Some(until) = date(text) {
        return later(until, now);
    }
    text.split([',', ';']).map(|value| seconds(value).and_then(|value| span(value, now))).max().flatten()
}

/// A span in seconds. A number that looks like a time since 1970 is taken as that time, not as a span of thirty years.
fn span(seconds: f64, now: i64) -> Option<u64> {
    if (UNIX_SECONDS..UNIX_SECONDS * 10.0).contains(&seconds) {
        later(seconds as i64, now)
    } else if (UNIX_MILLISECONDS..UNIX_MILLISECONDS * 10.0).contains(&seconds) {
        later((seconds / 1e3) as i64, now)
    } else {
        // The cast saturates, so that a huge number means a very long wait.
        Some(seconds.ceil() as u64)
    }
}

fn later(until: i64, now: i64) -> Option<u64> {
    u64::try_from(until.saturating_sub(now)).ok().filter(|seconds| *seconds > 0)
}

/// Reads a date in the form of HTTP, e-mail or ISO 8601, as seconds since 1970.
pub(super) fn date(text: &str) -> Option<i64> {
    let text = text.trim().trim_matches('"').trim();
    http_date(text)
        .or_else(|| ZONES.iter().find_map(|zone| http_date(&format!("{} GMT", text.strip_suffix(zone)?.trim_end()))))
        .or_else(|| DateTime::parse_from_rfc2822(text).ok().map(|time| time.timestamp()))
        .or_else(|| Timestamp::parse_rfc3339(text).map(Timestamp::unix))
        // A date without a zone is taken as GMT, the zone of all dates in HTTP.
        .or_else(|| Timestamp::parse_rfc3339(&format!("{text}Z")).map(Timestamp::unix))
}

fn http_date(text: &str) -> Option<i64> {
    let time = httpdate::parse_http_date(text).ok()?;
    i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2027-01-15T08:00:00Z
    const NOW: i64 = 1_800_000_000;

    #[test]
    fn sloppy_times_in_headers_are_read() {
        let check = |text: &str, wanted: Option<u64>| assert_eq!(wait(text, NOW), wanted, "{text:?}");
        check("7200", Some(7_200));
        check(" 7200.5 ", Some(7_201));
        check("\"7200\"", Some(7_200));
        check("7200s", Some(7_200));
        check("7200 seconds", Some(7_200));
        check("2h", Some(7_200));
        check("2 Hours", Some(7_200));
        check("120m", Some(7_200));
        check("\"120 min\"", Some(7_200));
        check("0.5d", Some(43_200));
        check("30 s", Some(30));
        check("\"120\"", Some(120));
        check("60, 7200", Some(7_200));
        check("7200; 60", Some(7_200));
        check("7200;", Some(7_200));
        check("0", Some(0));
        check("Fri, 15 Jan 2027 10:00:00 GMT", Some(7_200));
        check("Fri, 15 Jan 2027 10:00:00 +0000", Some(7_200));
        check("Fri, 15 Jan 2027 11:00:00 +0100", Some(7_200));
        check("Fri, 15 Jan 2027 10:00:00 UTC", Some(7_200));
        check("15 Jan 2027 10:00:00 GMT", Some(7_200));
        check("2027-01-15T10:00:00Z", Some(7_200));
        check("2027-01-15T10:00:00", Some(7_200));
        check("2027-01-15T11:00:00.5+01:00", Some(7_200));
        check("1800007200", Some(7_200));
        check("1800007200.9", Some(7_200));
        check("1800007200000", Some(7_200));
        check("99999999999999999999999", Some(u64::MAX));
        for none in ["", ",", ".", "-1", "1e99", "1e3", "inf", "NaN", "soon", "0x10", "1800000000", "1799999999000"] {
            check(none, None);
        }
        for none in ["h", "2 h 5", "500ms", "2w", "-2h", "1800007200h", "1800007200 m"] {
            check(none, None);
        }
        check("Fri, 15 Jan 2027 07:00:00 +0000", None);
        check("1.2.3", None);
    }
}
