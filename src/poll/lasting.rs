//! Decides how much of a poll without a document to store must be written, and whether a power cut may undo it. Pure.

use crate::model::{Outcome, Timestamp};
use crate::moves;
use crate::schedule::SourceSchedule;
use crate::store::{Address, Asking, Durability, KnownDocument, PollState};

/// What a poll that brought no document to store leaves behind.
#[derive(Clone, Copy)]
pub(super) struct Left<'p> {
    /// When the poll ended.
    pub(super) at: Timestamp,
    pub(super) outcome: Outcome,
    /// The document that the server has confirmed, as it says it is now.
    pub(super) known: Option<&'p KnownDocument>,
    /// The configured address.
    pub(super) url: &'p str,
    pub(super) address: &'p Address,
    pub(super) asking: Asking,
    pub(super) schedule: &'p SourceSchedule,
    /// Whether the server asked to wait, the state of its host changes, or a hub may change the source meanwhile.
    pub(super) is_told: bool,
}

/// Repeatable if the next poll finds out the same again: this one succeeded, as did the one before, and the source is asked as
/// before, at the same address. What is told of an incident must last, so none may begin or end either: that of a source that has
/// moved begins with any poll, and that of a silent one when its rhythm says so.
pub(super) fn durability(before: &PollState, after: &Left<'_>) -> Durability {
    let is_repeatable = after.outcome.is_success()
        && before.schedule.failures == 0
        && !before.schedule.gone
        && *after.address == before.address
        && moves::moved_for_good(after.url, after.address).is_none()
        && after.asking.left_out == before.asking.left_out
        && !after.is_told
        && after.schedule.is_silent() == before.schedule.is_silent();
    if is_repeatable { Durability::Repeatable } else { Durability::Lasting }
}

/// Whether the poll leaves what is known about the source as it was, except how and when it was polled and when it is polled
/// next. Its rhythm then only fades, which is made up for when it is read.
pub(super) fn is_routine(before: &PollState, after: &Left<'_>) -> bool {
    let (was, is) = (&before.schedule, after.schedule);
    *after.address == before.address
        && after.known.is_none_or(|known| before.document.as_ref() == Some(known))
        && after.asking.left_out == before.asking.left_out
        && after.asking.left_out_since == before.asking.left_out_since
        && is.skip == was.skip
        && (before.watched_since.is_some() || !after.outcome.is_success())
        // After the clock was set back, the observation goes back as well.
        && was.rhythm().is_none_or(|rhythm| rhythm.observed_until() <= after.at)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::model::Validators;
    use crate::schedule::Skip;
    use crate::store::{Adopted, AdoptedWhy, LeftOut, Moving};

    const URL: &str = "https://a.example/feed";
    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    #[test]
    fn only_what_the_next_poll_finds_out_again_need_not_last() {
        let (calm, silent) = (SourceSchedule::quiet_for(1, NOW), SourceSchedule::quiet_for(40, NOW));
        assert!(!calm.is_silent() && silent.is_silent());
        let failed = SourceSchedule { failures: 1, ..calm.clone() };
        let gone = SourceSchedule { gone: true, ..calm.clone() };
        let moving = Moving { to: "https://b.example/feed".to_owned(), polls: 1, since: NOW };
        let moving = Address { moving: Some(moving), adopted: None };
        let adopted = |why: AdoptedWhy, url: &str| Address {
            moving: None,
            adopted: Some(Adopted { url: url.to_owned(), at: NOW, why }),
        };
        let moved = adopted(AdoptedWhy::Moved, "https://b.example/feed");
        let page = adopted(AdoptedWhy::Page, "https://a.example/feed.xml");
        let (home, usual) = (Address::default(), Asking::default());
        let without = Asking { left_out: LeftOut::Validators, left_out_since: Some(NOW), ..usual };
        let whole = Asking { whole_at: Some(NOW), ..usual };
        for (what, before, after, is_told, expected) in [
            ("nothing", (&calm, &home, usual), (&calm, &home, usual), false, Durability::Repeatable),
            ("a later month", (&calm, &home, usual), (&calm, &home, whole), false, Durability::Repeatable),
            (
                "silent before and after",
                (&silent, &home, usual),
                (&silent, &home, usual),
                false,
                Durability::Repeatable,
            ),
            ("the feed of a page", (&calm, &page, usual), (&calm, &page, usual), false, Durability::Repeatable),
            ("told something", (&calm, &home, usual), (&calm, &home, usual), true, Durability::Lasting),
            ("after a failure", (&failed, &home, usual), (&calm, &home, usual), false, Durability::Lasting),
            ("no longer gone", (&gone, &home, usual), (&calm, &home, usual), false, Durability::Lasting),
            ("a redirect", (&calm, &home, usual), (&calm, &moving, usual), false, Durability::Lasting),
            ("moved", (&calm, &moved, usual), (&calm, &moved, usual), false, Durability::Lasting),
            ("asked otherwise", (&calm, &home, usual), (&calm, &home, without), false, Durability::Lasting),
            ("silent now", (&calm, &home, usual), (&silent, &home, usual), false, Durability::Lasting),
            ("silent no longer", (&silent, &home, usual), (&calm, &home, usual), false, Durability::Lasting),
        ] {
            let (schedule, address, asking) = before;
            let (schedule, address) = (schedule.clone(), address.clone());
            let before = PollState { document: None, schedule, address, asking, reading: 1, watched_since: None };
            let (schedule, address, asking) = after;
            let (at, outcome, known) = (NOW, Outcome::NotModified, None);
            let after = Left { at, outcome, known, url: URL, address, asking, schedule, is_told };
            assert_eq!(durability(&before, &after), expected, "{what}");
            let failed = Left { outcome: Outcome::Failed, ..after };
            assert_eq!(durability(&before, &failed), Durability::Lasting, "{what}, but failed");
        }
    }

    #[test]
    fn a_poll_is_routine_if_it_shows_nothing_new_about_its_source() {
        let document = |etag: &str| {
            let validators = Validators { etag: Some(etag.as_bytes().to_vec()), last_modified: None };
            KnownDocument { url: URL.to_owned(), validators, body_hash: [1; 16] }
        };
        let (known, renewed) = (document("one"), document("two"));
        let before = PollState {
            document: Some(known.clone()),
            schedule: SourceSchedule::quiet_for(1, NOW),
            address: Address::default(),
            asking: Asking::default(),
            reading: 1,
            watched_since: Some(NOW),
        };
        let later = NOW.plus(Duration::from_secs(60));
        let schedule = SourceSchedule { failures: 1, next_poll: later, ..before.schedule.clone() };
        let skips = SourceSchedule { skip: Skip::from_bits(1), ..schedule.clone() };
        let replanned = SourceSchedule { planned_under: 1, ..schedule.clone() };
        let moving = Moving { to: "https://b.example/feed".to_owned(), polls: 1, since: NOW };
        let moving = Address { moving: Some(moving), adopted: None };
        let without = Asking { left_out: LeftOut::Changes, ..Asking::default() };
        let since = Asking { left_out_since: Some(NOW), ..Asking::default() };
        let adopted = Adopted { url: "https://a.example/feed.xml".to_owned(), at: NOW, why: AdoptedWhy::Page };
        let adopted = Address { moving: None, adopted: Some(adopted) };
        let whole = Asking { whole_at: Some(later), ..Asking::default() };
        let usual = Left {
            at: later,
            outcome: Outcome::NotModified,
            known: None,
            url: URL,
            address: &before.address,
            asking: before.asking,
            schedule: &schedule,
            is_told: true,
        };
        let unwatched = PollState { watched_since: None, ..before.clone() };
        let unknown = PollState { document: None, ..before.clone() };
        for (what, before, after, expected) in [
            ("nothing new", &before, usual, true),
            ("a failure", &before, Left { outcome: Outcome::Failed, ..usual }, true),
            ("the same document", &before, Left { known: Some(&known), asking: whole, ..usual }, true),
            ("other validators", &before, Left { known: Some(&renewed), ..usual }, false),
            ("a redirect", &before, Left { address: &moving, ..usual }, false),
            ("the feed of a page", &before, Left { address: &adopted, ..usual }, false),
            ("asked otherwise", &before, Left { asking: without, ..usual }, false),
            ("asked so since", &before, Left { asking: since, ..usual }, false),
            ("a document that was not known", &unknown, Left { known: Some(&known), ..usual }, false),
            ("other hours to skip", &before, Left { schedule: &skips, ..usual }, false),
            ("other settings", &before, Left { schedule: &replanned, ..usual }, true),
            ("the first success", &unwatched, usual, false),
            ("a failure before the first success", &unwatched, Left { outcome: Outcome::Failed, ..usual }, true),
            ("a clock set back", &before, Left { at: NOW.minus(Duration::from_secs(1)), ..usual }, false),
        ] {
            assert_eq!(is_routine(before, &after), expected, "{what}");
        }
    }
}
