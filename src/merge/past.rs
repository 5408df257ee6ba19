//! The earlier states of entries, because a version that an entry had before does not count as news.
//!
//! An entry may alternate between two versions, because two caches of a site disagree or a publisher tests two
//! headlines, and a publisher may go back to an earlier text. The first few times each version is stored as it comes;
//! after that only a version that lasts is stored, so that an entry that alternates at every poll costs no writing.

use std::time::Duration;

use crate::model::{EntryId, Timestamp};

/// Number of an entry's latest earlier states that are kept.
const STATES_MAX: usize = 16;
/// Number of returns to an earlier version that are stored at once.
const RETURNS_AT_ONCE: u32 = 3;
/// The count of returns begins anew after this long without a return.
const RETURNS_FORGOTTEN_AFTER: Duration = Duration::from_secs(30 * 24 * 3_600);
/// After more returns, an earlier version is stored once all documents have had it for this long.
const STAYS: Duration = Duration::from_secs(24 * 3_600);
/// Entries of one source for which the time of their return to an earlier version is kept.
pub(super) const REVERTED_MAX: usize = 1_000;

/// The earlier states of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Digests of its earlier texts, the latest first.
    pub states: Vec<u64>,
    /// Number of the first of these states that are truncated forms of the stored text.
    pub truncated: usize,
    /// Number of returns to an earlier version, and the time of the last.
    pub returns: u32,
    pub returned: Option<Timestamp>,
}

/// An entry that the last document had in an earlier version than the stored one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reverted {
    pub entry: EntryId,
    /// The digest of that version.
    pub state: u64,
    /// The time since which all documents have had it.
    pub since: Timestamp,
}

impl Reverted {
    /// Whether the next document must be judged even if it has the same bytes, because an entry has been in an earlier
    /// version for so long that this version is to be stored. `entries`: those of one source.
    pub fn is_any_due(entries: &[Reverted], now: Timestamp) -> bool {
        entries.iter().any(|reverted| now.since(reverted.since) >= STAYS)
    }
}

/// The digest by which a version is recognised: a part of the digest of what a person would notice.
pub(super) fn state_of(text_hash: &[u8; 16]) -> u64 {
    let mut state = [0; 8];
    state.copy_from_slice(&text_hash[..8]);
    u64::from_le_bytes(state)
}

impl Past {
    pub(super) fn has(&self, state: u64) -> bool {
        self.states.contains(&state)
    }

    /// Whether it is a truncated form of the stored text.
    pub(super) fn is_truncated(&self, state: u64) -> bool {
        self.states.iter().take(self.truncated).any(|it| *it == state)
    }

    /// Whether the entry's earlier version may be stored, which has come since `since`.
    pub(super) fn is_settled(&self, since: Timestamp, now: Timestamp) -> bool {
        self.returns_until(now) < RETURNS_AT_ONCE || now.since(since) >= STAYS
    }

    fn returns_until(&self, now: Timestamp) -> u32 {
        let is_recent = self.returned.is_some_and(|returned| now.since(returned) < RETURNS_FORGOTTEN_AFTER);
        if is_recent { self.returns } else { 0 }
    }

    /// The states after a new version has replaced the stored one.
    pub(super) fn replaced(&self, was: u64, is: u64) -> Past {
        let earlier = self.states.iter().copied().filter(|state| *state != was && *state != is);
        let states = std::iter::once(was).chain(earlier).take(STATES_MAX).collect();
        Past { states, truncated: 0, ..self.clone() }
    }

    /// The states after an earlier version has replaced the stored one.
    pub(super) fn returned(&self, was: u64, is: u64, now: Timestamp) -> Past {
        let returns = self.returns_until(now).saturating_add(1);
        Past { returns, returned: Some(now), ..self.replaced(was, is) }
    }

    /// The states after the stored text has come truncated and was kept.
    pub(super) fn came_truncated(&self, state: u64) -> Past {
        let truncated = self.truncated + usize::from(!self.is_truncated(state));
        let earlier = self.states.iter().copied().filter(|it| *it != state);
        let states = std::iter::once(state).chain(earlier).take(STATES_MAX).collect();
        Past { states, truncated: truncated.min(STATES_MAX), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_unix(1_793_491_200 + hour * HOUR)
    }

    #[test]
    fn earlier_versions_are_recognised() {
        let past = Past::default().replaced(1, 2).replaced(2, 3);
        assert_eq!((past.states.as_slice(), past.truncated), ([2, 1].as_slice(), 0));
        let back = past.returned(3, 1, at(0));
        assert_eq!((back.states.as_slice(), back.returns, back.returned), ([3, 2].as_slice(), 1, Some(at(0))));
        let kept = back.came_truncated(9).came_truncated(8).came_truncated(9);
        assert_eq!((kept.states.as_slice(), kept.truncated), ([9, 8, 3, 2].as_slice(), 2));
        assert!(kept.is_truncated(8) && kept.has(3) && !kept.is_truncated(3) && !kept.has(1));
        // Earlier states are not truncated forms of a new text.
        assert!(!kept.replaced(1, 5).is_truncated(8) && kept.replaced(1, 5).has(8));
        let many =
            (0..100).fold(Past::default(), |past, state| past.replaced(state, state + 1).came_truncated(1_000 + state));
        assert_eq!((many.states.len(), many.truncated), (STATES_MAX, 1));
        let kept = (0..100).fold(Past::default(), |past, state| past.came_truncated(state));
        assert_eq!((kept.states.len(), kept.truncated), (STATES_MAX, STATES_MAX));
    }

    #[test]
    fn an_unchanged_document_is_judged_again_when_a_reverted_entry_has_settled() {
        let check = |since: &[i64], now: i64, wanted: bool| {
            let reverted = |since: &i64| Reverted { entry: EntryId(1), state: 1, since: at(*since) };
            let entries: Vec<Reverted> = since.iter().map(reverted).collect();
            assert_eq!(Reverted::is_any_due(&entries, at(now)), wanted, "{since:?} at {now}");
        };
        check(&[], 1_000, false);
        check(&[5, 3], 26, false);
        check(&[5, 3], 27, true);
        check(&[30], 3, false);
    }

    #[test]
    fn an_alternating_entry_is_written_when_it_settles() {
        let often = (0..3).fold(Past::default(), |past, hour| past.returned(1, 2, at(hour)));
        let check = |name: &str, past: &Past, since: i64, now: i64, wanted: bool| {
            assert_eq!(past.is_settled(at(since), at(now)), wanted, "{name}");
        };
        check("the first time", &Past::default(), 3, 3, true);
        check("the fourth time", &often, 3, 3, false);
        check("for nearly a day", &often, 3, 26, false);
        check("for a day", &often, 3, 27, true);
        check("the fourth time, a month later", &often, 800, 800, true);
        assert_eq!(often.returned(1, 2, at(800)).returns, 1);
    }
}
