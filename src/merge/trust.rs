//! Distrusted keys: an id or address that different entries of one document bore never identifies an entry again.

use foldhash::HashSet;

use super::Before;
use super::intent::Intent;
use crate::model::{CleanEntry, EntryKey, KeyDigest};

/// Most distrusted keys of one source that are remembered; further keys are not learned.
const DISTRUSTED_MAX: usize = 1_000;

/// The distrusted keys.
pub(super) struct Trust(HashSet<KeyDigest>);

impl Trust {
    /// Learns from a document which keys several of its entries bear. Returns the keys that are to be remembered as
    /// well, each once.
    pub(super) fn of<'d>(entries: &'d [CleanEntry], before: &Before<'_>) -> (Trust, Vec<Intent<'d>>) {
        let (mut distrusted, mut learned) = (before.distrusted.clone(), Vec::new());
        for key in entries.iter().flat_map(|entry| &entry.keys).filter(|key| key.shared && teaches(key)) {
            if distrusted.len() < DISTRUSTED_MAX && distrusted.insert(key.digest) {
                learned.push(Intent::Distrust(key));
            }
        }
        (Trust(distrusted), learned)
    }

    /// Whether a key tells an entry from others, because no other entry bears it in this document and the key is not
    /// distrusted.
    pub(super) fn tells(&self, key: &EntryKey) -> bool {
        let is_distrusted = teaches(key) && self.0.contains(&key.digest);
        !key.shared && !is_distrusted
    }
}

/// Whether a key can become distrusted: keys that publishers give can; a key that is configured as identity is always
/// trusted.
fn teaches(key: &EntryKey) -> bool {
    key.kind.is_name() && !key.weak && !key.trusted
}
