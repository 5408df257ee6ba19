//! Decides how much a request says about the document that is already stored. Pure.
//!
//! Some servers answer a conditional request with an error although the document is there. Such a request is repeated
//! without the headers that the server may reject, and if that brings a document, they are left out from then on. Answers
//! that usually have other causes (403, 404, a page instead of the feed) are suspected only when they keep coming.
//! Because some servers answer "not modified" for ever, the whole document is requested once a month.

use std::time::Duration;

use crate::fetch::{Conditions, Exchange};
use crate::model::Timestamp;
use crate::store::{Asking, KnownDocument, LeftOut};

/// Headers that were left out are sent again after this time, because servers get repaired.
const TRIED_AGAIN: Duration = Duration::from_secs(30 * 24 * 3_600);
/// Refusals, missing documents and pages are suspected after this number of failed polls in a row, because they usually have
/// other causes.
const UNLIKELY_AFTER: u32 = 2;
/// The whole document is requested after this time without a whole document.
const WHOLE_EVERY: Duration = Duration::from_secs(30 * 24 * 3_600);

/// The conditions of a request: what it says about the stored document. `None` if the whole document is to be
/// requested. `is_read_alike`: whether this version of the program read the stored document. Otherwise the changes
/// alone (RFC 3229) are not accepted, because the entries that they leave out would later seem to be revised.
pub(super) fn conditions<'k>(
    document: &'k KnownDocument,
    asking: &Asking,
    is_read_alike: bool,
    now: Timestamp,
) -> Option<Conditions<'k>> {
    let left_out = left_out(asking, now);
    let is_stale = asking.whole_at.is_some_and(|whole| now.since(whole) >= WHOLE_EVERY);
    (left_out != LeftOut::Validators && !is_stale).then(|| Conditions {
        url: &document.url,
        validators: &document.validators,
        takes_changes: left_out == LeftOut::Nothing && is_read_alike,
    })
}

fn left_out(asking: &Asking, now: Timestamp) -> LeftOut {
    let is_old = asking.left_out_since.is_none_or(|since| now.since(since) >= TRIED_AGAIN);
    if is_old { LeftOut::Nothing } else { asking.left_out }
}

/// The headers to leave out of an immediate second request, if they may have caused the error. `failures` is the number
/// of polls that have failed in a row: the second request is made only at powers of two, to spare a server in trouble.
pub(super) fn suspected(exchange: &Exchange, asking: &Asking, failures: u32, now: Timestamp) -> Option<LeftOut> {
    let is_time = failures == 0 || failures.is_power_of_two();
    // A server that asks to wait, or that challenges for a browser, has stated another cause.
    let is_explained = exchange.retry_after.is_some() || exchange.exhausted.is_some() || exchange.challenged;
    if !exchange.conditional || !is_time || is_explained {
        return None;
    }
    let may_be_changes = left_out(asking, now) == LeftOut::Nothing;
    match exchange.status {
        400 | 406 | 417 | 501 if may_be_changes => Some(LeftOut::Changes),
        // Some servers send an answer without a document where they mean 304, or where nothing is new.
        226 if exchange.body.is_empty() && may_be_changes => Some(LeftOut::Changes),
        200 | 203 | 226 if exchange.body.is_empty() => Some(LeftOut::Validators),
        400 | 406 | 412 | 416 | 417 | 500..=502 | 504..=599 => Some(LeftOut::Validators),
        403 | 404 if failures >= UNLIKELY_AFTER => Some(LeftOut::Validators),
        200 if failures >= UNLIKELY_AFTER && is_page(exchange) => Some(LeftOut::Validators),
        _ => None,
    }
}

/// Whether the answer is labelled as a page. Some feeds are labelled so as well.
pub(super) fn is_page(exchange: &Exchange) -> bool {
    let is_labelled = exchange.content_type.as_deref().is_some_and(|label| label.contains("html"));
    exchange.status == 200 && is_labelled && !exchange.body.is_empty()
}

/// Whether the second request brought what the first did not bring. A page in place of a page did not help.
pub(super) fn helps(was_page: bool, second: &Exchange) -> bool {
    second.has_document() && !(was_page && is_page(second))
}

/// What to remember about requests after a poll. `helped` is what the second request left out, if that brought the
/// document. `has_whole` says whether a whole document came.
pub(super) fn after(before: &Asking, helped: Option<LeftOut>, has_whole: bool, now: Timestamp) -> Asking {
    let is_old = left_out(before, now) == LeftOut::Nothing;
    let (left_out, left_out_since) = match helped {
        Some(left_out) => (left_out, Some(now)),
        None if is_old => (LeftOut::Nothing, None),
        None => (before.left_out, before.left_out_since),
    };
    let whole_at = if has_whole { Some(now) } else { before.whole_at.or(Some(now)) };
    Asking { left_out, left_out_since, whole_at }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use url::Url;

    use super::*;
    use crate::model::Validators;

    fn at(days: u32) -> Timestamp {
        Timestamp::from_unix(1_800_000_000).plus(Duration::from_secs(24 * 3_600) * days)
    }

    fn answer(status: u16, conditional: bool) -> Exchange {
        let url = Url::parse("http://a.example/").expect("it is an address");
        Exchange { conditional, ..Exchange::of_body(url, status, Bytes::new()) }
    }

    fn without(left_out: LeftOut, since: u32) -> Asking {
        Asking { left_out, left_out_since: Some(at(since)), whole_at: Some(at(since)) }
    }

    #[test]
    fn an_error_to_a_conditional_request_is_suspected() {
        let nothing = Asking::default();
        let check = |status: u16, asking: &Asking, failures: u32, wanted: Option<LeftOut>| {
            let found = suspected(&answer(status, true), asking, failures, at(1));
            assert_eq!(found, wanted, "{status} after {failures} failures, {asking:?}");
        };
        check(400, &nothing, 0, Some(LeftOut::Changes));
        check(400, &without(LeftOut::Changes, 0), 0, Some(LeftOut::Validators));
        check(412, &nothing, 0, Some(LeftOut::Validators));
        check(500, &nothing, 0, Some(LeftOut::Validators));
        check(502, &nothing, 4, Some(LeftOut::Validators));
        check(502, &nothing, 3, None);
        check(501, &nothing, 0, Some(LeftOut::Changes));
        check(501, &without(LeftOut::Changes, 0), 0, Some(LeftOut::Validators));
        // These answers have no body here.
        check(226, &nothing, 0, Some(LeftOut::Changes));
        check(200, &nothing, 0, Some(LeftOut::Validators));
        let document = Exchange { body: Bytes::from_static(b"<rss/>"), ..answer(200, true) };
        assert_eq!(suspected(&document, &nothing, 0, at(1)), None);
        for status in [304, 401, 403, 404, 410, 429, 503] {
            check(status, &nothing, 0, None);
        }
        for (failures, is_suspected) in [(1, false), (2, true), (3, false), (4, true), (5, false), (8, true)] {
            let wanted = is_suspected.then_some(LeftOut::Validators);
            check(403, &nothing, failures, wanted);
            check(404, &without(LeftOut::Changes, 0), failures, wanted);
            check(401, &nothing, failures, None);
            let suspected = |body: &'static str, label: &str| {
                let answer = Exchange { body: Bytes::from_static(body.as_bytes()), ..answer(200, true) };
                let answer = Exchange { content_type: Some(label.to_owned()), ..answer };
                suspected(&answer, &nothing, failures, at(1))
            };
            assert_eq!(suspected("<html>", "text/html; charset=utf-8"), wanted, "a page after {failures} failures");
            assert_eq!(suspected("<rss/>", "text/xml"), None, "a feed after {failures} failures");
        }
        assert_eq!(suspected(&answer(500, false), &nothing, 0, at(1)), None);
        let asks_to_wait = Exchange { retry_after: Some(Duration::from_secs(60)), ..answer(500, true) };
        assert_eq!(suspected(&asks_to_wait, &nothing, 0, at(1)), None);
    }

    #[test]
    fn a_page_in_place_of_a_page_does_not_help() {
        let check = |was_page: bool, status: u16, label: &str, wanted: bool| {
            let body = Bytes::from_static(b"<");
            let second = Exchange { body, content_type: Some(label.to_owned()), ..answer(status, false) };
            assert_eq!(helps(was_page, &second), wanted, "{was_page} {status} {label}");
        };
        check(true, 200, "text/html", false);
        check(true, 200, "application/rss+xml", true);
        check(true, 404, "application/rss+xml", false);
        check(false, 200, "text/html", true);
    }

    #[test]
    fn harmful_headers_are_left_out_for_a_month() {
        let document = KnownDocument {
            url: "http://a.example/".to_owned(),
            validators: Validators::default(),
            body_hash: [1; 16],
        };
        let check = |asking: &Asking, day: u32, wanted: Option<bool>| {
            let found = conditions(&document, asking, true, at(day)).map(|known| known.takes_changes);
            assert_eq!(found, wanted, "{asking:?} on day {day}");
        };
        check(&Asking::default(), 0, Some(true));
        check(&without(LeftOut::Changes, 0), 29, Some(false));
        check(&without(LeftOut::Validators, 0), 29, None);
        let whole_lately = Asking { whole_at: Some(at(30)), ..without(LeftOut::Validators, 0) };
        check(&whole_lately, 30, Some(true));
        let read_otherwise = conditions(&document, &Asking::default(), false, at(0));
        assert_eq!(read_otherwise.map(|known| known.takes_changes), Some(false), "the whole document is read anew");
        let after = after(&whole_lately, None, true, at(30));
        assert_eq!((after.left_out, after.left_out_since), (LeftOut::Nothing, None));
    }

    #[test]
    fn after_a_month_of_304_the_whole_document_is_asked_for() {
        let document = KnownDocument {
            url: "http://a.example/".to_owned(),
            validators: Validators::default(),
            body_hash: [1; 16],
        };
        let mut asking = after(&Asking::default(), None, true, at(0));
        for day in 1..30 {
            assert!(conditions(&document, &asking, true, at(day)).is_some(), "day {day}");
            asking = after(&asking, None, false, at(day));
        }
        assert_eq!(asking.whole_at, Some(at(0)));
        assert!(conditions(&document, &asking, true, at(30)).is_none());
        // A database of an older version has no such date, so the month begins with the first poll.
        assert_eq!(after(&Asking::default(), None, false, at(3)).whole_at, Some(at(3)));
    }
}
