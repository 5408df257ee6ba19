//! Pruned entries: those that were deleted because they were too old, and that a document still lists. They count as
//! known, because readers have already seen them.
//!
//! Only the keys of a pruned entry are left, so its text cannot be compared. An entry with a later date and another
//! text is a different piece under the same name, and counts as new.

use super::Merge;
use super::shelf::{Pruned, Shelf};
use crate::model::{CleanEntry, EntryKey, KeyKind};

impl<S: Shelf> Merge<'_, '_, S> {
    /// Counts entries that were stored before and pruned; returns the places of the rest.
    pub(super) fn known_though_pruned(&mut self, places: Vec<usize>) -> Result<Vec<usize>, S::Error> {
        if !self.before.has_pruned {
            return Ok(places);
        }
        let mut left = Vec::with_capacity(places.len());
        for at in places {
            if self.is_pruned(self.entry(at))? {
                self.decided.tally.same += 1;
            } else {
                left.push(at);
            }
        }
        Ok(left)
    }

    fn is_pruned(&self, entry: &CleanEntry) -> Result<bool, S::Error> {
        for key in entry.keys.iter().filter(|key| is_kept(key) && self.trust.tells(key)) {
            if let Some(pruned) = self.shelf.pruned(key.digest)?
                && self.is_this(entry, key, pruned)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether an entry with a key of a pruned entry is that entry.
    fn is_this(&self, entry: &CleanEntry, key: &EntryKey, pruned: Pruned) -> bool {
        let says_the_same = pruned.text == Pruned::of_text(entry.text_hash);
        match entry.published {
            Some(at) if at <= pruned.until => true,
            // A site that dates everything anew has not published anything.
            Some(_) => says_the_same && !self.is_told_by_date(entry),
            None => says_the_same || (is_declared(key) && !self.is_alone()),
        }
    }
}

/// Whether a key may be among those that are left of pruned entries.
fn is_kept(key: &EntryKey) -> bool {
    key.trusted || !matches!(key.kind, KeyKind::Path | KeyKind::Same | KeyKind::When)
}

/// Whether the publisher, or the configuration, says that entries with this key are one.
fn is_declared(key: &EntryKey) -> bool {
    key.trusted || key.kind == KeyKind::Id
}
