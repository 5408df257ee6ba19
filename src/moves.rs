//! Where a source is asked: at its configured address, or at the one that it has moved to for good.
//!
//! A permanent redirect is believed only on evidence (POLLING 45): every hop so far permanent, a feed at the end, seen
//! on several polls over a week. The configuration is never edited for it; `tidy` proposes the edit. Pure.

use std::time::Duration;

use url::Url;

use crate::model::Timestamp;
use crate::store::{Address, Adopted, AdoptedWhy, Moving};

/// Polls that must see the redirect, with nothing against it between, and the time that they must span.
const POLLS: u32 = 5;
const SPAN: Duration = Duration::from_secs(7 * 24 * 3_600);
/// An adopted address is looked at again by way of the configured one after this (POLLING 47).
const LOOKED_AT_AGAIN: Duration = Duration::from_secs(30 * 24 * 3_600);

/// Looked at so long ago that it is time to look again.
const LONG_AGO: Timestamp = Timestamp::from_unix(0);

/// What one poll saw.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The address that was asked.
    pub asked: &'a Url,
    /// Where permanent redirects led.
    pub permanent: Option<&'a Url>,
    /// The feed that a page named, which was read instead.
    pub named_by_page: Option<&'a Url>,
    /// Whether a feed was there, or the server said that ours is still the current one.
    pub is_feed: bool,
    /// Whether the address is no more: 404, 410, or a host that is not found.
    pub is_dead: bool,
}

/// The address to ask now: the adopted one, unless it is time to see whether the configured one still leads there.
pub fn address(configured: &Url, address: &Address, now: Timestamp) -> Url {
    address
        .adopted
        .as_ref()
        .filter(|adopted| now.since(adopted.at) < LOOKED_AT_AGAIN)
        .and_then(|adopted| Url::parse(&adopted.url).ok())
        .unwrap_or_else(|| configured.clone())
}

/// Whether there is an adopted address, and it was not dead when it was last asked.
pub fn is_elsewhere(address: &Address) -> bool {
    address.adopted.as_ref().is_some_and(|adopted| adopted.at != LONG_AGO)
}

/// What is known of the source's address after a poll.
pub fn after(configured: &Url, before: &Address, seen: Seen<'_>, now: Timestamp) -> Address {
    let adopted_as_of = |at: Timestamp| before.adopted.clone().map(|adopted| Adopted { at, ..adopted });
    if seen.asked != configured {
        // The adopted one was asked. Where it is dead, the configured one may know better: that is asked next.
        return if seen.is_dead {
            Address { adopted: adopted_as_of(LONG_AGO), ..before.clone() }
        } else {
            before.clone()
        };
    }
    if let Some(page) = seen.named_by_page {
        let adopted = Adopted { url: page.to_string(), at: now, why: AdoptedWhy::Page };
        return Address { moving: None, adopted: Some(adopted) };
    }
    let Some(to) = seen.permanent.filter(|_| seen.is_feed) else {
        // A feed at the configured address itself ends what was adopted. A failure says nothing of either: the old
        // address of a move is often dead at last, and one bad hour does not undo a week of evidence.
        let adopted = if seen.is_feed { None } else { adopted_as_of(now) };
        return Address { moving: before.moving.clone().filter(|_| !seen.is_feed), adopted };
    };
    let moving = match &before.moving {
        Some(moving) if moving.to == to.as_str() => Moving { polls: moving.polls.saturating_add(1), ..moving.clone() },
        _ => Moving { to: to.to_string(), polls: 1, since: now },
    };
    let known = before.adopted.as_ref().is_some_and(|adopted| adopted.url == to.as_str());
    let enough = moving.polls >= POLLS && now.since(moving.since) >= SPAN;
    if known || enough || is_the_same_place(configured, to) {
        let adopted = Adopted { url: to.to_string(), at: now, why: AdoptedWhy::Moved };
        return Address { moving: None, adopted: Some(adopted) };
    }
    Address { moving: Some(moving), adopted: before.adopted.clone() }
}

/// http to https with nothing else changed needs no evidence.
fn is_the_same_place(from: &Url, to: &Url) -> bool {
    let rest = |url: &Url| (url.host_str().map(str::to_owned), url.path().to_owned(), url.query().map(str::to_owned));
    from.scheme() == "http"
        && to.scheme() == "https"
        && from.port().is_none()
        && to.port().is_none()
        && rest(from) == rest(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_secs(24 * 3_600);

    fn url(text: &str) -> Url {
        Url::parse(text).expect("test addresses are valid")
    }

    fn at(days: u32) -> Timestamp {
        Timestamp::from_unix(1_800_000_000).plus(DAY * days)
    }

    /// Polls once a day; each poll sees the redirect, or not. The day on which it is adopted, if it is.
    fn adopted_on(from: &str, to: &str, redirected: &[bool]) -> Option<usize> {
        let (from, to) = (url(from), url(to));
        let mut known = Address::default();
        for (day, redirected) in redirected.iter().enumerate() {
            let now = at(u32::try_from(day).expect("few days"));
            let asked = address(&from, &known, now);
            let permanent = (*redirected && asked == from).then_some(&to);
            let seen = Seen { asked: &asked, permanent, named_by_page: None, is_feed: true, is_dead: false };
            known = after(&from, &known, seen, now);
            if known.adopted.is_some() {
                return Some(day);
            }
        }
        None
    }

    #[test]
    fn behaviour_45_a_permanent_redirect_is_adopted_on_evidence() {
        let check = |to: &str, redirected: &[bool], wanted: Option<usize>| {
            assert_eq!(adopted_on("http://a.example/feed", to, redirected), wanted, "{to} {redirected:?}");
        };
        check("https://b.example/feed", &[true; 20], Some(7));
        check("https://a.example/feed", &[true; 2], Some(0));
        check("https://a.example/other", &[true; 5], None);
        // An answer without it in between begins anew.
        check("https://b.example/feed", &[true, true, true, false, true, true, true, true, true], None);
    }

    #[test]
    fn behaviour_47_what_was_adopted_is_looked_at_again_and_given_up_when_dead() {
        let (from, to) = (url("http://a.example/feed"), url("https://b.example/feed"));
        let adopted = Adopted { url: to.to_string(), at: at(0), why: AdoptedWhy::Moved };
        let known = Address { moving: None, adopted: Some(adopted) };
        assert_eq!(address(&from, &known, at(29)), to);
        assert_eq!(address(&from, &known, at(30)), from);
        let seen =
            |asked, permanent, is_feed, is_dead| Seen { asked, permanent, named_by_page: None, is_feed, is_dead };
        let still = after(&from, &known, seen(&from, Some(&to), true, false), at(30));
        assert_eq!(still.adopted.as_ref().map(|adopted| adopted.at), Some(at(30)));
        assert_eq!(after(&from, &known, seen(&from, None, true, false), at(30)), Address::default());
        let failed = after(&from, &known, seen(&from, None, false, true), at(30));
        assert_eq!(address(&from, &failed, at(31)), to, "the old address is dead at last: the new one is asked on");
        assert_eq!(address(&from, &failed, at(60)), from);
        let dead = after(&from, &known, seen(&to, None, false, true), at(3));
        assert_eq!(address(&from, &dead, at(4)), from, "the configured one may know better");
        assert!(is_elsewhere(&known) && !is_elsewhere(&dead));
        let both_dead = after(&from, &dead, seen(&from, None, false, true), at(4));
        assert_eq!(address(&from, &both_dead, at(5)), to, "and if not, nothing is lost");
        assert_eq!(after(&from, &known, seen(&to, None, false, false), at(3)), known);
    }

    #[test]
    fn behaviour_45_a_failure_does_not_undo_the_evidence() {
        let (from, to) = (url("http://a.example/feed"), url("https://b.example/feed"));
        let moving = Moving { to: to.to_string(), polls: 4, since: at(0) };
        let known = Address { moving: Some(moving), adopted: None };
        let seen = |permanent, is_feed| Seen { asked: &from, permanent, named_by_page: None, is_feed, is_dead: false };
        let failed = after(&from, &known, seen(None, false), at(6));
        assert_eq!(failed, known);
        assert_eq!(address(&from, &after(&from, &failed, seen(Some(&to), true), at(7)), at(7)), to);
    }
}
