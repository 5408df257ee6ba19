//! What a document means for the store: which of its entries are stored, which are new versions of stored entries,
//! which are new, and which stories they belong to.
//!
//! Entry points: [`decide`] examines a document and the store's knowledge of it, and returns what is to happen as a
//! list of [`Intent`]s; [`Shelf`] is what `decide` may ask the store.
//!
//! Invariants: nothing happens to an entry without an intent that states it, and the store carries the intents out in
//! the transaction in which they were decided.
//!
//! What never enters: SQL and the clock. The time is a parameter.

mod dates;
mod flood;
mod home;
mod identity;
mod ids;
mod intent;
mod moved;
mod past;
mod prepared;
mod pruned;
mod rekeyed;
mod revisions;
mod series;
mod shelf;
pub mod stories;
mod titled;
mod trust;
mod withdrawn;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};

use crate::model::{CleanEntry, Deletions, EntryId, KeyDigest, Problem, SourceId, Tally, Timestamp};
use crate::stories::{Boilerplate, StoryOptions};

pub use dates::BELOW_ALL_DATES;
pub use flood::Flood;
pub use home::{Claim, Hides, Home, Leads, LeadsBy, Side, Site, Standing, standing};
pub use intent::{Intent, Led, NewEntry, Rekeyed, Revised, Revision};
pub use past::{Past, Reverted};
pub use prepared::Prepared;
pub use shelf::{Known, Leader, Member, Names, Pruned, Said, Seen, Shelf, StoredPiece, StoryShelf};
pub use withdrawn::{Absences, Absent, Withdrawn};

use identity::Overlay;
use revisions::Came;
use stories::Placer;

/// The newest entries of the last document that the entries of the next one are compared with.
pub const LISTED_MAX: usize = 200;
/// The last entries of a source from which its boilerplate is learned.
pub const RECENT_MAX: usize = 16;
/// Number of new entries in one document, of a source that had entries before, that is reported as a flood.
const FLOOD_LEAST: u64 = 30;

/// The part of a document that concerns its entries.
#[derive(Debug)]
pub struct Listing<'d> {
    /// In document order.
    pub entries: &'d [CleanEntry],
    /// What the reading task prepared from the texts of the entries.
    pub prepared: &'d Prepared,
    /// Number of items in it.
    pub parsed: u64,
    /// Items left out because the document lists them more than once.
    pub doubles: u64,
    /// Whether it holds only what has changed since the last document (RFC 3229, 226).
    pub partial: bool,
    /// The entries that the document says are deleted.
    pub deletions: &'d Deletions,
}

/// What the store knows of the source before the document.
#[derive(Debug)]
pub struct Before<'d> {
    /// The store's own id, from which published ids are derived.
    pub store_id: &'d str,
    pub source: SourceId,
    /// The source's site, according to this document.
    pub site: Site,
    /// Whether it has entries already.
    pub has_entries: bool,
    /// Whether entries of it were pruned that are remembered.
    pub has_pruned: bool,
    /// Whether a document of it was stored before.
    pub was_polled: bool,
    /// Whether the program read and cleaned documents differently when the last document was stored.
    pub is_read_anew: bool,
    /// Number of items in the last document.
    pub parsed: u64,
    /// Distrusted keys.
    pub distrusted: HashSet<KeyDigest>,
    /// Entries that were missing from its documents.
    pub absences: Absences,
    /// The number of the next new entry.
    pub next: EntryId,
}

/// The decisions on a document.
#[derive(Debug, Default)]
pub struct Decided<'d> {
    /// In the order in which they are carried out.
    pub intents: Vec<Intent<'d>>,
    pub tally: Tally,
    /// The publisher's dates of the new entries.
    pub dates: Vec<Option<Timestamp>>,
    /// What an operator should know of the document.
    pub problems: Vec<Problem>,
    /// The entries that are written, and the other entries of their stories, whose outputs may show another entry now.
    pub touched: BTreeSet<EntryId>,
    /// All stored entries that the document lists, including new ones, the newest first; `None` if it is partial.
    pub listed: Option<Vec<EntryId>>,
    /// The entries of a partial document, which the source lists beside those of its last whole document; the newest first.
    pub listed_too: Vec<EntryId>,
    /// Stored entries that the document has in an earlier version than the stored one.
    pub reverted: Vec<Reverted>,
    /// Whether entries are missing that may come back, so that the next document is read even if it has the same bytes.
    pub is_watched: bool,
    /// Number of entries that the document puts at the top of live documents; `None` if it says nothing of the source's
    /// rhythm, because it is the first or a partial one.
    pub renewed: Option<u64>,
}

/// Decides on a document.
///
/// Entries that are stored unchanged are matched first, so that only the remaining stored entries can be earlier
/// versions of the remaining entries of the document. An entry without an earlier version is new.
pub fn decide<'d, S: Shelf>(
    document: &Listing<'d>,
    before: &Before<'_>,
    shelf: &S,
    options: StoryOptions,
    now: Timestamp,
) -> Result<Decided<'d>, S::Error> {
    let (trust, intents) = trust::Trust::of(document.entries, before);
    let mut merge = Merge {
        document,
        before,
        shelf,
        now,
        trust,
        is_stamped: false,
        overlay: Overlay::new(before.next),
        placer: Placer::new(shelf, before.source, &before.site, options),
        boilerplate: None,
        taken: HashSet::with_capacity(document.entries.len()),
        named: HashSet::with_capacity(document.entries.len()),
        came: Vec::new(),
        new: Vec::new(),
        came_back: 0,
        decided: Decided { intents, ..Decided::default() },
    };
    merge.is_stamped = merge.are_stamps()?;
    let left = merge.stored_just_so()?;
    let left = merge.known_by_a_key(left)?;
    let left = merge.known_though_pruned(left)?;
    let fresh = merge.rekeyed(left)?;
    merge.revise_all()?;
    for at in fresh {
        merge.insert(at)?;
    }
    merge.withdrawn()?;
    merge.finish()
}

/// The state while one document is merged. Entries are named by their places in it.
struct Merge<'m, 'd, S: Shelf> {
    document: &'m Listing<'d>,
    before: &'m Before<'m>,
    shelf: &'m S,
    now: Timestamp,
    trust: trust::Trust,
    /// Whether the dates are those of the document, not of its entries.
    is_stamped: bool,
    /// What was decided so far and is not in the store yet.
    overlay: Overlay,
    placer: Placer<'m, S>,
    /// The source's boilerplate, once it was needed.
    boilerplate: Option<Arc<Boilerplate>>,
    /// Stored entries that the document lists.
    taken: HashSet<EntryId>,
    /// Stored entries that the document lists under their own id or address, or unchanged. They cannot be earlier versions of
    /// other entries in the document.
    named: HashSet<EntryId>,
    /// Stored entries that came with another text or under other keys.
    came: Vec<Came>,
    /// The new entries in storing order.
    new: Vec<EntryId>,
    /// Entries that were left out because they were published here first.
    came_back: u64,
    decided: Decided<'d>,
}

impl<'d, S: Shelf> Merge<'_, 'd, S> {
    /// The places of all entries, the last first, so that storing order follows time where a feed lists the newest
    /// first.
    fn places(&self) -> impl Iterator<Item = usize> + use<S> {
        (0..self.document.entries.len()).rev()
    }

    fn entry(&self, at: usize) -> &'d CleanEntry {
        &self.document.entries[at]
    }

    /// Whether a stored entry is no longer in the document.
    fn is_gone(&self, id: EntryId) -> bool {
        !self.document.partial && !self.named.contains(&id)
    }

    fn boilerplate(&mut self) -> Result<Arc<Boilerplate>, S::Error> {
        if let Some(boilerplate) = &self.boilerplate {
            return Ok(boilerplate.clone());
        }
        let boilerplate = match &self.document.prepared.boilerplate {
            Some(boilerplate) => boilerplate.clone(),
            None => self.shelf.boilerplate(self.before.source)?,
        };
        Ok(self.boilerplate.insert(boilerplate).clone())
    }

    fn finish(mut self) -> Result<Decided<'d>, S::Error> {
        if self.decided.tally.new > 0 && !self.placer.is_off() {
            let boilerplate = self.boilerplate()?;
            let mut recent: Vec<EntryId> = self.new.iter().rev().copied().take(RECENT_MAX).collect();
            if self.before.has_entries {
                recent.extend(self.shelf.recent()?.into_iter().take(RECENT_MAX - recent.len()));
            }
            self.decided.intents.push(Intent::Boilerplate { boilerplate, recent });
        }
        let mut decided = self.decided;
        let mut listed: Vec<EntryId> = self.taken.into_iter().collect();
        listed.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
        if self.document.partial {
            decided.listed_too = listed;
        } else {
            decided.listed = Some(listed);
        }
        decided.tally.parsed = self.document.parsed;
        decided.tally.rejected += self.document.doubles;
        let one = "an entry was kept out of a story that already has the most entries a story may have";
        let many = "entries were kept out of stories that already have the most entries a story may have";
        decided.problems.extend(Problem::counted(self.placer.kept_apart, one, many));
        let one = "an entry was left out: it carries an id that this store gave, so it was published here first";
        let many = "entries were left out: they carry ids that this store gave, so they were published here first";
        decided.problems.extend(Problem::counted(self.came_back, one, many));
        let is_next = self.before.was_polled && self.before.has_entries && !self.document.partial;
        decided.renewed = is_next.then(|| flood::renewed(&decided.intents, self.now));
        let new = decided.tally.new;
        if new >= FLOOD_LEAST && self.before.was_polled && new > 2 * self.before.parsed {
            decided.problems.push(Problem::new(format!("a flood: {new} new entries came at once")));
        }
        Ok(decided)
    }
}
