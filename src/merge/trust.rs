//! What a source's keys have taught: an id or address that different entries of one document bore is never believed again.

use std::collections::HashSet;

use super::Before;
use super::intent::Intent;
use crate::model::{CleanEntry, EntryKey, KeyDigest};

/// Keys of one source that are remembered; of further ones nothing is learned.
const DISTRUSTED_MAX: usize = 1_000;

/// Which keys are believed.
pub(super) struct Trust {
    distrusted: HashSet<KeyDigest>,
    /// Learned from this document.
    learned: HashSet<KeyDigest>,
}

impl Trust {
    /// Learns from a document which keys several of its entries bear.
    pub(super) fn of(entries: &[CleanEntry], before: &Before<'_>) -> Trust {
        let mut trust = Trust { distrusted: before.distrusted.clone(), learned: HashSet::new() };
        for key in entries.iter().flat_map(|entry| &entry.keys).filter(|key| key.shared && teaches(key)) {
            if trust.distrusted.len() < DISTRUSTED_MAX && trust.distrusted.insert(key.digest) {
                trust.learned.insert(key.digest);
            }
        }
        trust
    }

    /// What is to be remembered: each key once.
    pub(super) fn learned<'d>(&self, entries: &'d [CleanEntry]) -> Vec<Intent<'d>> {
        let mut left = self.learned.clone();
        let keys = entries.iter().flat_map(|entry| &entry.keys).filter(|key| teaches(key));
        keys.filter(|key| left.remove(&key.digest)).map(Intent::Distrust).collect()
    }

    /// Whether a key tells an entry from others: no other entry bears it, now or ever at once.
    pub(super) fn tells(&self, key: &EntryKey) -> bool {
        let is_distrusted = teaches(key) && self.distrusted.contains(&key.digest);
        !key.shared && !is_distrusted
    }
}

/// Keys that publishers give; what somebody configured is believed whatever it does.
fn teaches(key: &EntryKey) -> bool {
    key.kind.is_name() && !key.weak && !key.trusted
}
