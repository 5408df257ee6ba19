//! The headers of a conditional request, and what the answer to it means. Pure.
//!
//! Validators are opaque bytes. They are sent back exactly as they came, replaced only by those of a newer document,
//! and never mixed between two versions of it (RFC 9110, 8.8 and 13; RFC 9111, 4.3).

use std::time::Duration;

use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::{Exchange, FetchError, sloppy};
use crate::model::{Timestamp, Validators};

/// The longest validator that is kept, in bytes. A longer validator is ignored.
const MAX_VALIDATOR_BYTES: usize = 4 * 1024;
/// The longest freshness lifetime that is believed, in seconds. A header with a longer lifetime is ignored.
const MAX_FRESHNESS_SECONDS: u64 = 10 * 365 * 24 * 3_600;

/// What an answer means for the stored document.
#[derive(Debug)]
pub enum Verdict {
    /// A document came.
    Document,
    /// The stored document is still current. `Some` replaces its validators.
    NotModified(Option<Validators>),
    Gone,
    Failed(FetchError),
}

/// The headers that ask for the document only if it differs from the stored document.
pub fn request_headers(validators: &Validators) -> Vec<(HeaderName, HeaderValue)> {
    let header = |name: HeaderName, value: &Option<Vec<u8>>| {
        value.as_ref().and_then(|value| HeaderValue::from_bytes(value).ok()).map(|value| (name, value))
    };
    [header(header::IF_NONE_MATCH, &validators.etag), header(header::IF_MODIFIED_SINCE, &validators.last_modified)]
        .into_iter()
        .flatten()
        .collect()
}

/// Judges an answer. `known` are the validators of the stored document.
pub fn verdict(exchange: &Exchange, known: Option<&Validators>) -> Verdict {
    match exchange.status {
        _ if exchange.has_document() => Verdict::Document,
        304 if !exchange.conditional => Verdict::Failed(FetchError::UnexpectedNotModified),
        304 => Verdict::NotModified(known.and_then(|known| freshened(known, &exchange.validators))),
        410 => Verdict::Gone,
        status => Verdict::Failed(FetchError::Status { status }),
    }
}

/// The validators to store with a document that came whole.
pub fn validators_of(exchange: &Exchange) -> Validators {
    let keep =
        |value: &Option<Vec<u8>>| value.clone().filter(|value| !value.is_empty() && value.len() <= MAX_VALIDATOR_BYTES);
    Validators { etag: keep(&exchange.validators.etag), last_modified: keep(&exchange.validators.last_modified) }
}

/// The validators after a 304. A 304 with the ETag of another document changes nothing (RFC 9111, 4.3.4).
fn freshened(known: &Validators, answer: &Validators) -> Option<Validators> {
    if answer.etag.is_some() && answer.etag != known.etag {
        return None;
    }
    let last_modified = answer.last_modified.clone().filter(|value| value.len() <= MAX_VALIDATOR_BYTES)?;
    (Some(&last_modified) != known.last_modified.as_ref())
        .then(|| Validators { etag: known.etag.clone(), last_modified: Some(last_modified) })
}

/// The freshness lifetime that an answer states: max-age minus Age, or else Expires minus Date. `None` if it states no
/// usable lifetime. `no-cache`, `no-store` and a zero lifetime also give `None`, because they do not mean "request it
/// at once" (RFC 9111, 4.2.1). `now` stands in for a missing Date.
pub fn freshness(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let directives: Vec<String> = headers
        .get_all(header::CACHE_CONTROL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        // Some servers separate directives by a semicolon, or only by a blank.
        .flat_map(|value| value.split([',', ';']))
        .map(|directive| directive.trim().to_ascii_lowercase())
        .collect();
    if directives.iter().any(|directive| matches!(directive.as_str(), "no-cache" | "no-store")) {
        return None;
    }
    let max_age = directives.iter().find_map(|directive| {
        let (before, behind) = directive.split_once("max-age")?;
        let is_whole = before.is_empty() || before.ends_with(char::is_whitespace);
        behind.trim_start().strip_prefix('=').filter(|_| is_whole)
    });
    let seconds = if let Some(max_age) = max_age {
        let age = text_of(headers, &header::AGE).and_then(sloppy::seconds).unwrap_or(0.0);
        sloppy::seconds(max_age)? - age
    } else {
        let expires = sloppy::date(text_of(headers, &header::EXPIRES)?)?;
        expires.saturating_sub(server_time(headers, now)) as f64
    };
    (seconds >= 1.0 && seconds <= MAX_FRESHNESS_SECONDS as f64).then(|| Duration::from_secs(seconds as u64))
}

/// The wait that Retry-After asks for, in either form. A date is compared with the server's own clock if the answer has
/// a Date (RFC 9110, 10.2.3). If the header has several values, as some proxies make of a single value, the longest
/// counts.
pub fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    if !headers.contains_key(header::RETRY_AFTER) {
        return None;
    }
    let now = server_time(headers, now);
    let values = headers.get_all(header::RETRY_AFTER).iter().filter_map(|value| value.to_str().ok());
    values.filter_map(|value| sloppy::wait(value, now)).max().map(Duration::from_secs)
}

/// The server's own time (the Date header), or else `now`.
fn server_time(headers: &HeaderMap, now: Timestamp) -> i64 {
    text_of(headers, &header::DATE).and_then(sloppy::date).unwrap_or(now.unix())
}

/// How long the server's request quota is exhausted, if the answer says that no request is left: `x-ratelimit-*` and
/// `ratelimit-*` in their various forms, and the RateLimit field of the IETF drafts.
pub fn exhausted(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    // All names that are read below contain this word, and few answers have one of them.
    if !headers.keys().any(|name| name.as_str().contains("ratelimit")) {
        return None;
    }
    let number = |name: &'static str| text_of(headers, &HeaderName::from_static(name))?.trim().parse::<f64>().ok();
    let parameter = |name: &str| {
        let field = text_of(headers, &HeaderName::from_static("ratelimit"))?;
        field.split([';', ',']).find_map(|part| part.trim().strip_prefix(name)?.trim().parse::<f64>().ok())
    };
    let stated = |names: [&'static str; 2], parameters: [&str; 2]| {
        names.into_iter().find_map(number).or_else(|| parameters.into_iter().find_map(parameter))
    };
    let left = stated(["x-ratelimit-remaining", "ratelimit-remaining"], ["r=", "remaining="])?;
    let reset = stated(["x-ratelimit-reset", "ratelimit-reset"], ["t=", "reset="])?;
    if left >= 1.0 || !reset.is_finite() || reset <= 0.0 {
        return None;
    }
    // Some servers count seconds from now, some since 1970.
    let seconds = if reset > 1e9 { reset - now.unix() as f64 } else { reset };
    (seconds > 0.0 && seconds <= MAX_FRESHNESS_SECONDS as f64).then(|| Duration::from_secs(seconds.ceil() as u64))
}

fn text_of<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        lines
            .iter()
            .map(|(name, value)| {
                (HeaderName::from_static(name), HeaderValue::from_str(value).expect("test headers are valid"))
            })
            .collect()
    }

    #[test]
    fn freshness_is_what_the_server_states() {
        let check = |lines: &[(&'static str, &str)], wanted: Option<u64>| {
            let found = freshness(&headers(lines), Timestamp::from_unix(NOW));
            assert_eq!(found, wanted.map(Duration::from_secs), "{lines:?}");
        };
        check(&[("cache-control", "public, max-age=14400")], Some(14_400));
        check(&[("cache-control", "max-age=600"), ("age", "100")], Some(500));
        check(&[("cache-control", "max-age=600"), ("age", "700")], None);
        check(&[("cache-control", "s-maxage=600")], None);
        check(&[("cache-control", "no-cache, max-age=600")], None);
        check(&[("cache-control", "max-age=-1")], None);
        check(&[("cache-control", "max-age=99999999999999999999")], None);
        check(&[("expires", "0"), ("date", "Sun, 06 Nov 1994 08:49:37 GMT")], None);
        let (expires, date) = ("Sun, 06 Nov 1994 09:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT");
        check(&[("expires", expires), ("date", date)], Some(3_600));
        check(&[("expires", expires), ("date", date), ("cache-control", "max-age=60")], Some(60));
        check(&[("expires", date), ("date", expires)], None);
        // The sloppy forms that servers write.
        check(&[("cache-control", "public,max-age = 14400")], Some(14_400));
        check(&[("cache-control", "max-age=14400.0")], Some(14_400));
        check(&[("cache-control", "public; max-age=14400")], Some(14_400));
        check(&[("cache-control", "public max-age=14400")], Some(14_400));
        check(&[("cache-control", "x-max-age=14400")], None);
        check(&[("cache-control", "no-cache; max-age=600")], None);
        check(&[("cache-control", "max-age=\"600\", max-age=600")], Some(600));
        check(&[("cache-control", "max-age=600"), ("age", "100.5")], Some(499));
        check(&[("cache-control", "max-age=-1.5")], None);
        check(&[("cache-control", "max-age=soon")], None);
        check(&[("cache-control", "no-cache=\"set-cookie\", max-age=600")], Some(600));
        check(&[("expires", "Fri, 15 Jan 2027 09:00:00 GMT")], Some(3_600));
        check(&[("expires", "Fri, 15 Jan 2027 09:00:00 +0000"), ("date", "whenever")], Some(3_600));
        check(&[("expires", "Thu, 19 Nov 1981 08:52:00 GMT")], None);
    }

    #[test]
    fn retry_after_is_a_span_or_a_date_by_the_servers_clock() {
        let check = |lines: &[(&'static str, &str)], wanted: Option<u64>| {
            let found = retry_after(&headers(lines), Timestamp::from_unix(NOW));
            assert_eq!(found, wanted.map(Duration::from_secs), "{lines:?}");
        };
        check(&[("retry-after", "120")], Some(120));
        check(&[("retry-after", "-1")], None);
        check(&[("retry-after", "1e99")], None);
        check(&[("retry-after", "99999999999999999999999")], Some(u64::MAX));
        let (later, sooner) = ("Sun, 06 Nov 1994 09:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT");
        check(&[("retry-after", later), ("date", sooner)], Some(3_600));
        check(&[("retry-after", sooner), ("date", later)], None);
        check(&[("retry-after", sooner)], None);
        check(&[("retry-after", "120, 120")], Some(120));
        check(&[("retry-after", "60"), ("retry-after", "120.5")], Some(121));
        check(&[("retry-after", "1800000000")], None);
        check(&[("retry-after", "1800003600")], Some(3_600));
    }

    #[test]
    fn behaviour_34_an_exhausted_request_quota_is_recognised() {
        let check = |lines: &[(&'static str, &str)], wanted: Option<u64>| {
            let found = exhausted(&headers(lines), Timestamp::from_unix(NOW));
            assert_eq!(found, wanted.map(Duration::from_secs), "{lines:?}");
        };
        check(&[("x-ratelimit-remaining", "0.0"), ("x-ratelimit-reset", "47")], Some(47));
        check(&[("x-ratelimit-remaining", "12"), ("x-ratelimit-reset", "47")], None);
        check(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1800000090")], Some(90));
        check(&[("ratelimit-remaining", "0"), ("ratelimit-reset", "60")], Some(60));
        check(&[("ratelimit", "\"default\";r=0;t=30")], Some(30));
        check(&[("ratelimit", "limit=10, remaining=0, reset=5")], Some(5));
        check(&[("ratelimit", "\"default\";r=5;t=30")], None);
        check(&[("x-ratelimit-remaining", "0")], None);
        check(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "-5")], None);
        check(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1e300")], None);
        check(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "inf")], None);
    }

    #[test]
    fn a_304_freshens_only_the_document_it_names() {
        let validators = |etag: &str, modified: &str| Validators {
            etag: (!etag.is_empty()).then(|| etag.into()),
            last_modified: (!modified.is_empty()).then(|| modified.into()),
        };
        let known = validators("\"a\"", "Mon");
        let check = |answer: Validators, wanted: Option<Validators>| {
            assert_eq!(freshened(&known, &answer), wanted, "{answer:?}");
        };
        check(validators("\"a\"", "Tue"), Some(validators("\"a\"", "Tue")));
        check(validators("\"b\"", "Tue"), None);
        check(validators("", "Tue"), Some(validators("\"a\"", "Tue")));
        check(validators("\"a\"", ""), None);
        check(validators("\"a\"", "Mon"), None);
    }
}
