//! Which entries are pruned: those that have been old for long enough, that their source's last document does not list,
//! and that are not among the newest of their source. The rule is pure: the store finds the entries and deletes them.

use std::time::Duration;

use crate::model::{EntryId, Timestamp};

/// By how much the time by which ages are reckoned may advance from one run to the next. A clock that was set wrongly for a while
/// thus prunes little; after a long time without a run, some further runs make up for it.
const ADVANCE_MAX: Duration = Duration::from_secs(24 * 3_600);

/// The retention rule at a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Entries that were shown as new or revised at this time or later are kept.
    pub before: Timestamp,
    /// The newest entries of each source that are kept at any age.
    pub keep_min: usize,
}

impl Rule {
    /// `keep`: how long entries are kept. `now`: the time by which ages are reckoned.
    pub fn at(now: Timestamp, keep: Duration, keep_min: usize) -> Rule {
        Rule { before: now.minus(keep), keep_min }
    }

    /// Whether an entry is pruned, unless a story needs it.
    pub fn is_over(&self, entry: &Aged, held: &Held) -> bool {
        let is_old = entry.ranked < self.before && entry.first_seen < self.before;
        is_old && held.floor.is_some_and(|floor| entry.place() < floor) && !held.is_listed(entry.id)
    }
}

/// Where an entry stands among the entries of its source: its rank in live documents, and its number.
pub type Place = (Timestamp, EntryId);

/// The properties of an entry that decide whether it is pruned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aged {
    pub id: EntryId,
    /// When it was published, or last revised significantly.
    pub ranked: Timestamp,
    pub first_seen: Timestamp,
}

impl Aged {
    fn place(&self) -> Place {
        (self.ranked, self.id)
    }

    /// When the entry was last shown as new or revised.
    pub fn until(&self) -> Timestamp {
        self.ranked.max(self.first_seen)
    }
}

/// The entries of a source that are kept at any age.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// The place of the last of the newest entries that are kept; `None` if the source has no more entries than those.
    pub floor: Option<Place>,
    /// The entries that the last document lists, in rising order.
    pub listed: Vec<EntryId>,
}

impl Held {
    fn is_listed(&self, id: EntryId) -> bool {
        self.listed.binary_search(&id).is_ok()
    }
}

/// The time by which ages are reckoned in a run. `before`: the latest time that a run reckoned by.
pub fn reckoned(now: Timestamp, before: Option<Timestamp>) -> Timestamp {
    before.map_or(now, |before| now.min(before.plus(ADVANCE_MAX)))
}

/// The latest time that a run has reckoned by, after a run that reckoned `by` this time. It never goes back, because
/// otherwise, after a clock that was years behind, it would have to catch up in steps of `ADVANCE_MAX`.
pub fn latest(by: Timestamp, before: Option<Timestamp>) -> Timestamp {
    before.map_or(by, |before| before.max(by))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3_600;

    fn day(number: i64) -> Timestamp {
        Timestamp::from_unix(number * DAY)
    }

    #[test]
    fn old_entries_are_pruned_unless_they_are_listed_or_among_the_newest() {
        let rule = Rule::at(day(100), Duration::from_secs(30 * 24 * 3_600), 2);
        let everything = Some((Timestamp::MAX, EntryId(i64::MAX)));
        let check =
            |what: &str, (ranked, first_seen): (i64, i64), floor: Option<Place>, listed: &[i64], wanted: bool| {
                let entry = Aged { id: EntryId(5), ranked: day(ranked), first_seen: day(first_seen) };
                let held = Held { floor, listed: listed.iter().copied().map(EntryId).collect() };
                assert_eq!(rule.is_over(&entry, &held), wanted, "{what}");
            };
        check("old", (69, 69), everything, &[], true);
        check("just not old", (70, 1), everything, &[], false);
        check("seen lately, though dated long ago", (1, 99), everything, &[], false);
        check("the source has few", (1, 1), None, &[], false);
        check("the last of the newest", (1, 1), Some((day(1), EntryId(5))), &[], false);
        check("just below the newest", (1, 1), Some((day(1), EntryId(6))), &[], true);
        check("listed", (1, 1), everything, &[2, 5, 9], false);
        check("not listed any more", (1, 1), everything, &[2, 4, 9], true);
        check("not listed, though stored after all listed ones", (1, 1), everything, &[2, 4], true);
    }

    #[test]
    fn a_clock_that_jumps_ahead_prunes_a_day_at_most() {
        let check = |now: i64, before: Option<i64>, wanted: i64| {
            assert_eq!(reckoned(day(now), before.map(day)), day(wanted), "{now} {before:?}");
        };
        check(100, None, 100);
        check(100, Some(100), 100);
        check(100, Some(99), 100);
        check(3_750, Some(100), 101);
        check(0, Some(100), 0);
    }

    #[test]
    fn a_clock_that_was_behind_for_a_while_delays_nothing() {
        let mut before = None;
        let mut check = |now: i64, wanted: i64| {
            let by = reckoned(day(now), before);
            assert_eq!(by, day(wanted), "{now}");
            before = Some(latest(by, before));
        };
        check(20_000, 20_000);
        // A machine without a battery starts in 1970, until it has asked for the time.
        check(0, 0);
        check(20_001, 20_001);
        check(30_000, 20_002);
        check(20_001, 20_001);
    }
}
