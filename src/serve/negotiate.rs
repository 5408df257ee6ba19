//! Content negotiation: whether the client's copy is current (validators, delta answers), and which content coding it accepts.

use std::cmp::Reverse;
use std::time::UNIX_EPOCH;

use hyper::header::{self, HeaderMap, HeaderName};

use crate::publish::{Coding, Published, Snapshot};

/// Whether the client's copy is current, by If-None-Match, or by If-Modified-Since in a request without If-None-Match
/// (RFC 9110, 13.2.2).
pub(super) fn is_unchanged(headers: &HeaderMap, snapshot: &Snapshot) -> bool {
    if headers.contains_key(header::IF_NONE_MATCH) {
        return matches_any(&joined(headers, header::IF_NONE_MATCH), snapshot.etag());
    }
    // RFC 9110, 13.1.3: an invalid date is ignored.
    let since = || {
        let date = headers.get(header::IF_MODIFIED_SINCE)?.to_str().ok()?;
        let since = httpdate::parse_http_date(date).ok()?.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    };
    since().is_some_and(|since| snapshot.last_modified().unix() <= since)
}

/// Only the entries that are new since the client's version, if the client asks for them and its version is known (RFC 3229, with
/// the "feed" convention: `A-IM: feed`). `keyed`: whether the client gave the token in the address.
pub(super) fn news(headers: &HeaderMap, published: &Published, keyed: bool) -> Option<Vec<u8>> {
    if !Accepted::read(headers, HeaderName::from_static("a-im")).names("feed") {
        return None;
    }
    let has = joined(headers, header::IF_NONE_MATCH);
    published.since(keyed, |etag| has.trim() != "*" && matches_any(&has, etag))
}

/// Whether the client names a media type among what it accepts: browsers name pages, and Prometheus the text of
/// OpenMetrics.
pub(super) fn accepts(headers: &HeaderMap, media_type: &str) -> bool {
    Accepted::read(headers, header::ACCEPT).names(media_type)
}

/// Whether the client would rather have JSON than a page (RFC 9110, 12.5.1). A client without a preference gets the page.
pub(super) fn prefers_json(headers: &HeaderMap) -> bool {
    let accepted = Accepted::read(headers, header::ACCEPT);
    accepted.of_type("application/json") > accepted.of_type("text/html")
}

/// Compares each entity tag of a list weakly (RFC 9110, 8.8.3.2). A tag may hold commas.
fn matches_any(list: &str, etag: &str) -> bool {
    let ours = etag.strip_prefix("W/").unwrap_or(etag);
    let mut rest = list.trim();
    if rest == "*" {
        return true;
    }
    loop {
        rest = rest.trim_start_matches([',', ' ', '\t']);
        let tag = rest.strip_prefix("W/").unwrap_or(rest);
        let Some(end) = tag.strip_prefix('"').and_then(|tag| tag.find('"')) else { return false };
        // The tag includes both quotes.
        let (tag, after) = tag.split_at(end + 2);
        if tag == ours {
            return true;
        }
        rest = after;
    }
}

/// The coding in which to send a document: the coding with the highest weight, and among equal weights the smallest
/// body (RFC 9110, 12.5.3). `None` if the client accepts no available coding.
pub(super) fn coding(headers: &HeaderMap, snapshot: &Snapshot) -> Option<Coding> {
    let accepted = Accepted::read(headers, header::ACCEPT_ENCODING);
    let usable = Coding::ALL.into_iter().filter_map(|coding| {
        let weight = accepted.weight(coding.as_str()).filter(|weight| *weight > 0)?;
        Some((coding, weight, snapshot.coded(coding)?.len()))
    });
    let (coding, weight, _) = usable.min_by_key(|(_, weight, size)| (Reverse(*weight), *size))?;
    // The plain document wins if the client gives `identity` a higher weight.
    (weight >= accepted.named("identity").unwrap_or(0)).then_some(coding)
}

/// The members of an Accept, Accept-Encoding or A-IM header, with their weights in thousandths.
struct Accepted(Vec<(String, u16)>);

impl Accepted {
    fn read(headers: &HeaderMap, name: HeaderName) -> Accepted {
        let member = |member: &str| {
            let mut parts = member.split(';').map(str::trim);
            let name = parts.next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
            let name = if name == "x-gzip" { "gzip".to_owned() } else { name };
            let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            // A coding with an invalid weight is not used.
            Some((name, weight.map_or(1000, |weight| thousandths(weight).unwrap_or(0))))
        };
        Accepted(joined(headers, name).split(',').filter_map(member).collect())
    }

    fn names(&self, name: &str) -> bool {
        self.named(name).is_some_and(|weight| weight > 0)
    }

    fn named(&self, name: &str) -> Option<u16> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, weight)| *weight)
    }

    /// The weight of a media type, by its name, by `type/*` or by `*/*`; 0 if it is not accepted.
    fn of_type(&self, name: &str) -> u16 {
        let of_kind = name.split_once('/').and_then(|(kind, _)| self.named(&format!("{kind}/*")));
        self.named(name).or(of_kind).or_else(|| self.named("*/*")).unwrap_or(0)
    }

    /// The weight of a coding, by its name or by `*`.
    fn weight(&self, name: &str) -> Option<u16> {
        self.named(name).or_else(|| self.named("*"))
    }
}

/// A weight from 0 to 1 with at most three digits (RFC 9110, 12.4.2), in thousandths.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(fraction),
        "1" if fraction == 0 => Some(1000),
        _ => None,
    }
}

/// All lines of a header as one list (RFC 9110, 5.3).
fn joined(headers: &HeaderMap, name: HeaderName) -> String {
    let lines: Vec<_> = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    lines.join(",")
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;
    use crate::model::Timestamp;

    fn snapshot() -> Snapshot {
        let body = "<entry>the same again</entry>\n".repeat(500).into_bytes();
        Snapshot::new(body, "text/plain", "/x".to_owned(), Timestamp::from_unix(784_111_777))
    }

    fn headers(fields: &[(HeaderName, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.append(name, HeaderValue::from_str(value).expect("a header"));
        }
        headers
    }

    #[test]
    fn codings() {
        let snapshot = snapshot();
        let smallest = Coding::ALL.into_iter().min_by_key(|coding| snapshot.coded(*coding).map(|bytes| bytes.len()));
        for (accept, expected) in [
            (vec![], None),
            (vec![""], None),
            (vec!["gzip"], Some(Coding::Gzip)),
            (vec!["x-gzip"], Some(Coding::Gzip)),
            (vec!["GZIP;q=0.5, br ; q=0.8, zstd;q=0"], Some(Coding::Brotli)),
            (vec!["gzip;q=0.5", "zstd;q=0.9"], Some(Coding::Zstd)),
            (vec!["gzip, br, zstd"], smallest),
            (vec!["*"], smallest),
            (vec!["*;q=0"], None),
            (vec!["*;q=0.1, gzip;q=0.2"], Some(Coding::Gzip)),
            (vec!["gzip;q=0"], None),
            (vec!["gzip;q=bad"], None),
            (vec!["gzip;q=0.5, identity"], None),
            (vec!["gzip;q=0.5, identity;q=0.4"], Some(Coding::Gzip)),
            (vec!["deflate, compress"], None),
            (vec![";,;;q=1,=,"], None),
        ] {
            let fields: Vec<_> = accept.iter().map(|value| (header::ACCEPT_ENCODING, *value)).collect();
            assert_eq!(coding(&headers(&fields), &snapshot), expected, "{accept:?}");
        }
    }

    #[test]
    fn only_browsers_accept_pages_by_name() {
        for (accept, expected) in [
            (vec![], false),
            (vec!["*/*"], false),
            (vec!["application/atom+xml, */*;q=0.1"], false),
            (vec!["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], true),
            (vec!["text/plain", "text/html;q=0.2"], true),
            (vec!["text/html;q=0"], false),
        ] {
            let fields: Vec<_> = accept.iter().map(|value| (header::ACCEPT, *value)).collect();
            assert_eq!(accepts(&headers(&fields), "text/html"), expected, "{accept:?}");
        }
    }

    #[test]
    fn json_is_preferred_by_weight() {
        for (accept, expected) in [
            (vec![], false),
            (vec!["*/*"], false),
            (vec!["application/json"], true),
            (vec!["application/*"], true),
            (vec!["text/html, application/json"], false),
            (vec!["text/html;q=0.8", "application/json;q=0.9"], true),
            (vec!["application/json, text/plain, */*"], false),
            (vec!["application/json, */*;q=0.5"], true),
            (vec!["application/json;q=0, */*"], false),
            (vec!["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], false),
        ] {
            let fields: Vec<_> = accept.iter().map(|value| (header::ACCEPT, *value)).collect();
            assert_eq!(prefers_json(&headers(&fields)), expected, "{accept:?}");
        }
    }

    #[test]
    fn only_prometheus_asks_for_openmetrics() {
        let prometheus = "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1";
        for (accept, expected) in [(prometheus, true), ("*/*", false), ("text/plain;version=0.0.4", false)] {
            let headers = headers(&[(header::ACCEPT, accept)]);
            assert_eq!(accepts(&headers, "application/openmetrics-text"), expected, "{accept}");
        }
    }

    #[test]
    fn conditions() {
        let snapshot = snapshot();
        let etag = snapshot.etag();
        let strong = etag.trim_start_matches("W/");
        let (same, before) = ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:36 GMT");
        let tags = |list: &str| vec![(header::IF_NONE_MATCH, list.to_owned())];
        let since = |date: &str| vec![(header::IF_MODIFIED_SINCE, date.to_owned())];
        let both = |list: &str, date: &str| [tags(list), since(date)].concat();
        for (fields, expected) in [
            (vec![], false),
            (tags(etag), true),
            (tags(strong), true),
            (tags("*"), true),
            (tags(&format!("\"a,b\" , W/\"c\",{etag}")), true),
            (tags("W/\"other\""), false),
            (tags("unquoted"), false),
            (tags("\"unclosed"), false),
            (tags(""), false),
            ([tags("\"other\""), tags(etag)].concat(), true),
            (since(same), true),
            (since(before), false),
            (since("Sunday, 06-Nov-94 08:49:37 GMT"), true),
            (since("Fri, 31 Dec 9999 23:59:59 GMT"), true),
            (since("yesterday"), false),
            (both("\"other\"", same), false),
            (both(etag, before), true),
        ] {
            let borrowed: Vec<_> = fields.iter().map(|(name, value)| (name.clone(), value.as_str())).collect();
            assert_eq!(is_unchanged(&headers(&borrowed), &snapshot), expected, "{fields:?}");
        }
    }
}
