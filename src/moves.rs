//! Decides which address a source is requested at: the configured address, or an address that it has permanently moved
//! to.
//!
//! A permanent redirect is believed only on evidence: every hop is permanent, it ends at a feed, and several polls over
//! a week have seen it.
//!
//! Entry points: [`address`] before a poll and [`after`] after it.
//!
//! What never enters: the network and the clock, and edits of the configuration, which `tidy` proposes.

use std::borrow::Cow;
use std::time::Duration;

use url::Url;

use crate::model::Timestamp;
use crate::store::{Address, Adopted, AdoptedWhy, Moving};

/// How many polls must see the same permanent redirect, without a poll between that contradicts it.
const POLLS: u32 = 5;
/// The least time between the first and the last of those polls.
const SPAN: Duration = Duration::from_secs(7 * 24 * 3_600);
/// The configured address is requested again after this time, to check an adopted address.
const LOOKED_AT_AGAIN: Duration = Duration::from_secs(30 * 24 * 3_600);

/// Takes the place of the time of the last check when an adopted address is dead, so that the configured address is
/// requested next.
const LONG_AGO: Timestamp = Timestamp::from_unix(0);

/// What one poll found out about the source's address.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The address that was requested.
    pub asked: &'a Url,
    /// The target, if all redirects on the way were permanent.
    pub permanent: Option<&'a Url>,
    /// The feed that a page named, which was read instead.
    pub named_by_page: Option<&'a Url>,
    /// Whether the answer was a feed, or a confirmation that the stored feed is still current.
    pub is_feed: bool,
    /// Whether the address is dead: 404, 410, or a host name that does not resolve.
    pub is_dead: bool,
}

/// The address to request now: the adopted address, unless its monthly check by way of the configured address is due.
pub fn address<'u>(configured: &'u Url, address: &Address, now: Timestamp) -> Cow<'u, Url> {
    let adopted = address.adopted.as_ref().filter(|adopted| now.since(adopted.at) < LOOKED_AT_AGAIN);
    let adopted = adopted.and_then(|adopted| Url::parse(&adopted.url).ok());
    adopted.map_or(Cow::Borrowed(configured), Cow::Owned)
}

/// Whether there is an adopted address that was not dead when it was last requested.
pub fn is_elsewhere(address: &Address) -> bool {
    address.adopted.as_ref().is_some_and(|adopted| adopted.at != LONG_AGO)
}

/// The address that a source has moved to for good. A move from http to https at the same place is left out, because
/// nothing is lost if the configuration keeps http.
pub fn moved_for_good<'a>(configured: &str, address: &'a Address) -> Option<&'a str> {
    let adopted = address.adopted.as_ref().filter(|adopted| adopted.why == AdoptedWhy::Moved)?;
    let (from, to) = (Url::parse(configured).ok()?, Url::parse(&adopted.url).ok()?);
    (!is_the_same_place(&from, &to)).then_some(adopted.url.as_str())
}

/// What is known about the source's address after a poll.
pub fn after(configured: &Url, before: &Address, seen: Seen<'_>, now: Timestamp) -> Address {
    let adopted_as_of = |at: Timestamp| before.adopted.clone().map(|adopted| Adopted { at, ..adopted });
    if seen.asked != configured {
        // If the adopted address is dead, the next poll requests the configured one, which may redirect elsewhere by
        // now.
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
        // A feed at the configured address itself ends the adoption. A failure proves nothing, because the old address
        // of a feed that has moved often dies in the end, and one bad hour does not undo a week of evidence.
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

/// Whether only the scheme changes, from http to https. Such a move is adopted at once, without further evidence.
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

    /// Polls once a day, with or without the redirect. Returns the day on which the target is adopted, if it is.
    fn adopted_on(from: &str, to: &str, redirected: &[bool]) -> Option<usize> {
        let (from, to) = (url(from), url(to));
        let mut known = Address::default();
        for (day, redirected) in redirected.iter().enumerate() {
            let now = at(u32::try_from(day).expect("few days"));
            let asked = address(&from, &known, now);
            let permanent = (*redirected && *asked == from).then_some(&to);
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
        // An answer without the redirect restarts the count.
        check("https://b.example/feed", &[true, true, true, false, true, true, true, true, true], None);
    }

    #[test]
    fn behaviour_47_an_adopted_address_is_checked_again_and_given_up_when_dead() {
        let (from, to) = (url("http://a.example/feed"), url("https://b.example/feed"));
        let adopted = Adopted { url: to.to_string(), at: at(0), why: AdoptedWhy::Moved };
        let known = Address { moving: None, adopted: Some(adopted) };
        assert_eq!(*address(&from, &known, at(29)), to);
        assert_eq!(*address(&from, &known, at(30)), from);
        let seen =
            |asked, permanent, is_feed, is_dead| Seen { asked, permanent, named_by_page: None, is_feed, is_dead };
        let still = after(&from, &known, seen(&from, Some(&to), true, false), at(30));
        assert_eq!(still.adopted.as_ref().map(|adopted| adopted.at), Some(at(30)));
        assert_eq!(after(&from, &known, seen(&from, None, true, false), at(30)), Address::default());
        let failed = after(&from, &known, seen(&from, None, false, true), at(30));
        assert_eq!(*address(&from, &failed, at(31)), to, "the old address has died, so the new address is still asked");
        assert_eq!(*address(&from, &failed, at(60)), from);
        let dead = after(&from, &known, seen(&to, None, false, true), at(3));
        assert_eq!(*address(&from, &dead, at(4)), from, "the configured address may redirect elsewhere by now");
        assert!(is_elsewhere(&known) && !is_elsewhere(&dead));
        let both_dead = after(&from, &dead, seen(&from, None, false, true), at(4));
        assert_eq!(*address(&from, &both_dead, at(5)), to, "if both are dead, the adopted address is asked again");
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
        assert_eq!(*address(&from, &after(&from, &failed, seen(Some(&to), true), at(7)), at(7)), to);
    }
}
