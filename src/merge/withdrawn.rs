//! Withdrawn entries: their source says that it has deleted them (RFC 6721), or retracts them, so that they vanish from
//! the top of its document. This applies only to sources with `follow_deletions`.
//!
//! A source can withdraw only its own entries. An entry that the document lists again is put back; an entry that a
//! person has hidden or put back by hand stays as that person decided.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Merge;
use super::intent::Intent;
use super::shelf::Shelf;
use crate::model::{EntryId, EntryKey, KeyKind, Problem, Timestamp};

/// Documents in a row that an entry must be missing from before it counts as retracted.
const RETRACTED_AFTER: u32 = 3;
/// Only entries seen for at most this long count as retracted, because older ones leave a document for other reasons.
const RETRACTED_WITHIN: Duration = Duration::from_secs(24 * 3_600);
/// Most entries that may vanish from one document at once. If more vanish, the document lists other entries than before
/// for a reason of its own.
const RETRACTED_MAX: usize = 8;

/// An entry that was missing from the last documents, or that was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent {
    /// Number of documents in a row that it was missing from.
    pub times: u32,
    /// Whether it was taken out because its source withdrew it.
    pub is_withdrawn: bool,
}

/// The entries of a source that were missing from its documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Absences {
    /// When the last document was last confirmed.
    pub until: Option<Timestamp>,
    pub entries: BTreeMap<EntryId, Absent>,
}

/// How a source withdrew an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withdrawn {
    /// The feed says that it was deleted (RFC 6721).
    Deleted { at: Option<Timestamp>, comment: Option<String> },
    /// The entry was missing from this number of documents in a row, although they listed older entries.
    Retracted { documents: u32 },
}

impl Withdrawn {
    /// The reason as a clause that follows "because".
    pub fn explain(&self) -> String {
        match self {
            Withdrawn::Deleted { at, comment } => {
                let when = at.map(|at| format!(" on {at}")).unwrap_or_default();
                let why = comment.as_ref().map(|comment| format!(", “{comment}”")).unwrap_or_default();
                format!("the feed says that it was deleted{when}{why}")
            }
            Withdrawn::Retracted { documents } => {
                format!("it was missing from {documents} documents in a row that still listed older entries")
            }
        }
    }
}

impl<S: Shelf> Merge<'_, '_, S> {
    /// Takes out the entries that the source withdraws, and puts back those that it lists again.
    pub(super) fn withdrawn(&mut self) -> Result<(), S::Error> {
        self.listed_again()?;
        if !self.document.deletions.are_followed {
            return Ok(());
        }
        let mut out = self.told_to_be_deleted()?;
        self.retracted(&mut out)?;
        let one = "an entry was taken out because its source withdrew it";
        let many = "entries were taken out because their source withdrew them";
        self.decided.problems.extend(Problem::counted(out.len() as u64, one, many));
        Ok(())
    }

    /// Clears the record of entries that the document lists.
    fn listed_again(&mut self) -> Result<(), S::Error> {
        let before = self.before;
        let known = &before.absences.entries;
        for (entry, absent) in known {
            if !self.taken.contains(entry) {
                continue;
            }
            if absent.is_withdrawn {
                self.decided.intents.push(Intent::Restore(*entry));
                self.decided.touched.extend(self.placer.story_members(*entry)?);
            } else {
                self.decided.intents.push(Intent::Miss { entry: *entry, times: 0 });
            }
        }
        Ok(())
    }

    /// Takes out the entries that the document says are deleted, apart from those that it lists all the same and those
    /// with a version newer than the deletion, which were published again (RFC 6721, 3). Returns the entries that were
    /// taken out.
    fn told_to_be_deleted(&mut self) -> Result<BTreeSet<EntryId>, S::Error> {
        let (document, mut out) = (self.document, BTreeSet::new());
        for deletion in &document.deletions.told {
            let key = EntryKey::new(KeyKind::Id, &deletion.id);
            let Some(known) = self.bearer(key.digest)?.filter(|_| self.trust.tells(&key)) else { continue };
            let is_newer = deletion.at.is_some_and(|at| known.updated > at);
            if !self.taken.contains(&known.id) && !is_newer && !out.contains(&known.id) {
                let by = Withdrawn::Deleted { at: deletion.at, comment: deletion.comment.clone() };
                self.withdraw(known.id, by, &mut out)?;
            }
        }
        Ok(out)
    }

    /// Counts the documents that entries are missing from, and takes out those that were missing often enough.
    fn retracted(&mut self, out: &mut BTreeSet<EntryId>) -> Result<(), S::Error> {
        // Nothing can be missing from a partial document.
        if self.document.partial || !self.before.was_polled {
            return Ok(());
        }
        let mut missing = self.missing()?;
        missing.retain(|entry| !out.contains(entry));
        let before = self.before;
        let known = &before.absences.entries;
        for (entry, absent) in known {
            // The entry left the document in the ordinary way, or together with too many others.
            let left = !absent.is_withdrawn && !self.taken.contains(entry) && !missing.contains(entry);
            if left && !out.contains(entry) {
                self.decided.intents.push(Intent::Miss { entry: *entry, times: 0 });
            }
        }
        for entry in missing {
            let times = known.get(&entry).map_or(0, |absent| absent.times) + 1;
            if times < RETRACTED_AFTER {
                self.decided.intents.push(Intent::Miss { entry, times });
                self.decided.is_watched = true;
            } else {
                self.withdraw(entry, Withdrawn::Retracted { documents: times }, out)?;
            }
        }
        Ok(())
    }

    /// Entries of the last documents that are missing although this document lists older ones. `None` if that says
    /// nothing, because the entries are not in the order of their dates or too many are missing.
    fn missing(&self) -> Result<Vec<EntryId>, S::Error> {
        let Some(dates) = self.dates_in_order() else { return Ok(Vec::new()) };
        let Absences { until, entries: known } = &self.before.absences;
        let until = until.unwrap_or(self.now);
        let listed = self.shelf.listed()?;
        let most = RETRACTED_MAX.min(listed.iter().filter(|id| self.taken.contains(*id)).count());
        let counted = known.iter().filter(|(id, absent)| !absent.is_withdrawn && !listed.contains(*id));
        let mut missing = Vec::new();
        for id in listed.iter().chain(counted.map(|(id, _)| id)) {
            let absent = known.get(id);
            if self.taken.contains(id) || absent.is_some_and(|absent| absent.is_withdrawn) {
                continue;
            }
            let Some(seen) = self.shelf.seen(*id)? else { continue };
            let is_missing = dates.iter().any(|date| *date < seen.published)
                && (absent.is_some() || until.since(seen.first_seen) <= RETRACTED_WITHIN)
                && !self.shelf.is_shown_or_hidden_by_hand(*id)?;
            if is_missing {
                missing.push(*id);
            }
            if missing.len() > most {
                return Ok(Vec::new());
            }
        }
        Ok(missing)
    }

    /// The dates of the document's entries, if all are dated and in order, the newest or the oldest first.
    fn dates_in_order(&self) -> Option<Vec<Timestamp>> {
        let dates: Option<Vec<Timestamp>> = self.document.entries.iter().map(|entry| entry.published).collect();
        let dates = dates.filter(|_| !self.is_stamped)?;
        let falls = dates.windows(2).all(|pair| pair[0] >= pair[1]);
        let rises = dates.windows(2).all(|pair| pair[0] <= pair[1]);
        (falls || rises).then_some(dates)
    }

    /// Takes an entry out, unless it is out already or a person has decided otherwise.
    fn withdraw(&mut self, entry: EntryId, by: Withdrawn, out: &mut BTreeSet<EntryId>) -> Result<(), S::Error> {
        let is_out = self.before.absences.entries.get(&entry).is_some_and(|absent| absent.is_withdrawn);
        if !is_out && !self.shelf.is_shown_or_hidden_by_hand(entry)? {
            self.decided.intents.push(Intent::Withdraw { entry, by });
            self.decided.touched.extend(self.placer.story_members(entry)?);
            out.insert(entry);
        }
        Ok(())
    }
}
