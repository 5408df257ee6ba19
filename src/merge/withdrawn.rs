//! Entries that their source takes back: it says that it has deleted them (RFC 6721), or they vanish from the top of its
//! document. Only for sources that are configured so (`follow_deletions`); for all others nothing is asked here.
//!
//! A source can take back its own entries and no others. An entry that the document lists again comes back; what a person
//! has hidden or put back by hand stays as that person wants it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Merge;
use super::intent::Intent;
use super::shelf::{Seen, Shelf};
use crate::model::{Deletion, EntryId, EntryKey, KeyKind, Problem, Timestamp};

/// Documents in a row that an entry is missing from before it counts as retracted.
const RETRACTED_AFTER: u32 = 3;
/// What is retracted was seen for no longer than this. What has been there for longer leaves for other reasons.
const RETRACTED_WITHIN: Duration = Duration::from_secs(24 * 3_600);
/// Entries of one document that may vanish at once; where more do, it lists others than before for a reason of its own.
const RETRACTED_MAX: usize = 8;

/// An entry that the last documents did not have, or that was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent {
    /// Documents in a row that it was missing from.
    pub times: u32,
    /// It was taken out because its source withdrew it.
    pub is_withdrawn: bool,
}

/// What is remembered of a source's entries that were missing from its documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Absences {
    /// When the last document was seen to be in force for the last time.
    pub until: Option<Timestamp>,
    pub entries: BTreeMap<EntryId, Absent>,
}

/// By what its source withdrew an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withdrawn {
    /// It says so (RFC 6721).
    Deleted { at: Option<Timestamp>, comment: Option<String> },
    /// So many documents in a row did not have it, though they had older ones.
    Retracted { documents: u32 },
}

impl Withdrawn {
    fn told(deletion: &Deletion) -> Withdrawn {
        Withdrawn::Deleted { at: deletion.at, comment: deletion.comment.clone() }
    }

    /// In half a sentence that follows "because".
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
    /// Takes out what the source withdraws, and takes back what it lists again.
    pub(super) fn withdrawn(&mut self) -> Result<(), S::Error> {
        self.listed_again()?;
        if !self.document.deletions.are_followed {
            return Ok(());
        }
        let mut out = self.told_to_be_deleted()?;
        self.retracted(&mut out)?;
        if !out.is_empty() {
            let count = out.len();
            let text = format!("{count} entries were taken out, because their source withdrew them");
            self.decided.problems.push(Problem::new(text));
        }
        Ok(())
    }

    /// What the document lists is missing no more.
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

    /// Takes out the entries that the document says are deleted. What it lists all the same stays, and so does a version
    /// that is newer than the deletion (RFC 6721, 3: it was published again). Returns what was taken out.
    fn told_to_be_deleted(&mut self) -> Result<BTreeSet<EntryId>, S::Error> {
        let (document, mut out) = (self.document, BTreeSet::new());
        for deletion in &document.deletions.told {
            let key = EntryKey::new(KeyKind::Id, &deletion.id);
            let Some(known) = self.bearer(key.digest)?.filter(|_| self.trust.tells(&key)) else { continue };
            let is_newer = deletion.at.is_some_and(|at| known.updated > at);
            if !self.taken.contains(&known.id) && !is_newer && !out.contains(&known.id) {
                self.withdraw(known.id, Withdrawn::told(deletion), &mut out)?;
            }
        }
        Ok(out)
    }

    /// Counts how often entries were missing that the document should still have, and takes out those that were often enough.
    fn retracted(&mut self, out: &mut BTreeSet<EntryId>) -> Result<(), S::Error> {
        // Of a document with only what is new, nothing can be missing.
        if self.document.partial || !self.before.was_polled {
            return Ok(());
        }
        let mut missing = self.missing()?;
        missing.retain(|entry| !out.contains(entry));
        let before = self.before;
        let known = &before.absences.entries;
        for (entry, absent) in known {
            // It left the document as everything does, or with too many others.
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

    /// Entries that the last documents had, or should have had, and that this one should have: it lists older ones. None
    /// where that says nothing, because entries do not stand in the order of their dates, or because too many are missing.
    fn missing(&self) -> Result<Vec<EntryId>, S::Error> {
        let Some(dates) = self.dates_in_order() else { return Ok(Vec::new()) };
        let before = self.before;
        let known = &before.absences.entries;
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
                && (absent.is_some() || self.is_young(&seen))
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

    /// Whether an entry was seen for so short a time that it may have been retracted.
    fn is_young(&self, seen: &Seen) -> bool {
        let until = self.before.absences.until.unwrap_or(self.now);
        until.since(seen.first_seen) <= RETRACTED_WITHIN
    }

    /// The dates of the document's entries, if all have one and they stand in order, the newest or the oldest first.
    fn dates_in_order(&self) -> Option<Vec<Timestamp>> {
        let dates: Option<Vec<Timestamp>> = self.document.entries.iter().map(|entry| entry.published).collect();
        let dates = dates.filter(|_| !self.is_stamped)?;
        let falls = dates.windows(2).all(|pair| pair[0] >= pair[1]);
        let rises = dates.windows(2).all(|pair| pair[0] <= pair[1]);
        (falls || rises).then_some(dates)
    }

    /// Takes an entry out, unless it is out already or a person wants it otherwise.
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
