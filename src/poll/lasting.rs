//! Decides whether a power cut may undo the end of a poll without news. Pure.

use crate::moves;
use crate::schedule::SourceSchedule;
use crate::store::{Address, Asking, Durability, PollState};

/// What a poll without news leaves behind.
pub(super) struct Left<'p> {
    /// The configured address.
    pub(super) url: &'p str,
    pub(super) address: &'p Address,
    pub(super) asking: Asking,
    pub(super) schedule: &'p SourceSchedule,
    /// Whether the server asked to wait, the state of its host changes, or a hub may change the source meanwhile.
    pub(super) is_told: bool,
}

/// Repeatable if the next poll finds out the same again: this one has ended no failures, and the source is asked as before,
/// at the same address. What is told of an incident must last, so none may begin or end either: that of a source that has
/// moved begins with any poll, and that of a silent one when its rhythm says so.
pub(super) fn durability(before: &PollState, after: &Left<'_>) -> Durability {
    let is_repeatable = before.schedule.failures == 0
        && !before.schedule.gone
        && *after.address == before.address
        && moves::moved_for_good(after.url, after.address).is_none()
        && after.asking.left_out == before.asking.left_out
        && !after.is_told
        && after.schedule.is_silent() == before.schedule.is_silent();
    if is_repeatable { Durability::Repeatable } else { Durability::Lasting }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;
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
            let after = Left { url: URL, address, asking, schedule, is_told };
            assert_eq!(durability(&before, &after), expected, "{what}");
        }
    }
}
