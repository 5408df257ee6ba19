//! Distrusted keys: an id or address that different entries of one document bore never identifies an entry again.

use std::collections::HashSet;

use super::Before;
use super::intent::Intent;
use crate::model::{CleanEntry, EntryKey, KeyDigest};

/// Most distrusted keys of one source that are remembered; further keys are not learned.
const DISTRUSTED_MAX: usize = 1_000;

/// Which keys are trusted.
pub(super) struct Trust {
    distrusted: HashSet<KeyDigest>,
    /// The keys that this document shows to be unreliable.
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

    /// The keys that are to be remembered, each once.
    pub(super) fn learned<'d>(&self, entries: &'d [CleanEntry]) -> Vec<Intent<'d>> {
        let mut left = self.learned.clone();
        let keys = entries.iter().flat_map(|entry| &entry.keys).filter(|key| teaches(key));
        keys.filter(|key| left.remove(&key.digest)).map(Intent::Distrust).collect()
    }

    /// Whether a key tells an entry from others, because no other entry bears it in this document and the key is not
    /// distrusted.
    pub(super) fn tells(&self, key: &EntryKey) -> bool {
        let is_distrusted = teaches(key) && self.distrusted.contains(&key.digest);
        !key.shared && !is_distrusted
    }
}

/// Whether a key can become distrusted: keys that publishers give can; a key that is configured as identity is always
/// trusted.
fn teaches(key: &EntryKey) -> bool {
    key.kind.is_name() && !key.weak && !key.trusted
}
