//! What a document means for what is stored: which of its entries are known, which are new versions of known ones, which
//! are new, and which stories they belong to.
//!
//! [`decide`] looks at a document and at what the store has that bears on it, and says what is to happen as a list of
//! [`Intent`]s; the store carries them out in the transaction in which it was asked. Pure: the time is a parameter, and
//! what must be looked up on the way is asked of a [`Shelf`], which the tests have in memory. What never enters: SQL, the
//! clock, and anything that happens to an entry without an intent that says so.

mod dates;
mod flood;
mod home;
mod identity;
mod ids;
mod intent;
mod moved;
mod past;
mod prepared;
mod ranked;
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

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::model::{CleanEntry, Deletions, EntryId, KeyDigest, Problem, SourceId, Tally, Timestamp};
use crate::stories::{Boilerplate, StoryOptions};

pub use flood::Flood;
pub use home::{Claim, Hides, Home, Leads, LeadsBy, Side, Site, Standing, standing};
pub use intent::{Intent, Led, NewEntry, Rekeyed, Revised, Revision};
pub use past::{Away, Past};
pub use prepared::Prepared;
pub use shelf::{Known, Leader, Member, Names, Said, Seen, Shelf, StoredPiece, StoryShelf};
pub use withdrawn::{Absences, Absent, Withdrawn};

use identity::Overlay;
use revisions::Came;
use stories::Placer;

/// Entries of the last document that are remembered, the newest.
pub const LISTED_MAX: usize = 200;
/// The last entries of a source that tell what it prints under everything.
pub const RECENT_MAX: usize = 16;
/// New entries of one document, of a source that had some before, from which on they are a flood.
const FLOOD_LEAST: u64 = 30;

/// A document, as far as its entries go.
#[derive(Debug)]
pub struct Listing<'d> {
    /// In document order.
    pub entries: &'d [CleanEntry],
    /// What was made of their texts beforehand.
    pub prepared: &'d Prepared,
    /// Items in it.
    pub parsed: u64,
    /// Items left out, as they were in the document more than once.
    pub doubles: u64,
    /// Only what has changed since the last document (RFC 3229, 226).
    pub partial: bool,
    /// What it says that it has deleted.
    pub deletions: &'d Deletions,
}

/// What the store knows of the source beforehand.
#[derive(Debug)]
pub struct Before<'d> {
    /// The store's own id: what minted ids are made of.
    pub store_id: &'d str,
    pub source: SourceId,
    /// Where the source is at home, by the document that has come.
    pub site: Site,
    /// It has entries already.
    pub has_entries: bool,
    /// A document of it was stored before.
    pub was_polled: bool,
    /// Items of the last document.
    pub parsed: u64,
    /// Keys that are believed no more.
    pub distrusted: HashSet<KeyDigest>,
    /// Entries that were missing from its documents.
    pub absences: Absences,
    /// The number that the next new entry is given.
    pub next: EntryId,
}

/// What is to happen, and what came of it.
#[derive(Debug, Default)]
pub struct Decided<'d> {
    /// In the order in which they are carried out.
    pub intents: Vec<Intent<'d>>,
    pub tally: Tally,
    /// Dates of the new entries, as the publisher gave them.
    pub dates: Vec<Option<Timestamp>>,
    /// What an operator should know of it.
    pub problems: Vec<Problem>,
    /// The entries that are written, and the others of their stories: what shows one may show another from now on.
    pub touched: BTreeSet<EntryId>,
    /// The stored entries that the document lists, new ones among them, the newest first; None where it does not list all.
    pub listed: Option<Vec<EntryId>>,
    /// Stored entries that are in a version from before the stored one.
    pub away: Vec<Away>,
    /// Entries are missing that may come back: the next document is read even if it is the same.
    pub is_watched: bool,
    /// Entries that stand at the top of live documents by it; None where the document says nothing of how the source goes on: its
    /// first one, or one with changes alone.
    pub renewed: Option<u64>,
}

/// Decides on a document.
///
/// Entries that are stored unchanged are matched first, so that only the remaining stored entries can be earlier versions of
/// the remaining entries of the document. An entry without an earlier version is new.
///
/// # Errors
/// When the shelf could not be asked.
pub fn decide<'d, S: Shelf>(
    document: &Listing<'d>,
    before: &Before<'_>,
    shelf: &S,
    options: StoryOptions,
    now: Timestamp,
) -> Result<Decided<'d>, S::Error> {
    let trust = trust::Trust::of(document.entries, before);
    let mut merge = Merge {
        document,
        before,
        shelf,
        now,
        trust,
        is_stamped: false,
        overlay: Overlay::new(before.next),
        placer: Placer::new(shelf, before.source, &before.site, options),
        printed: None,
        taken: HashSet::with_capacity(document.entries.len()),
        named: HashSet::with_capacity(document.entries.len()),
        came: Vec::new(),
        new: Vec::new(),
        came_back: 0,
        decided: Decided::default(),
    };
    merge.is_stamped = merge.are_stamps()?;
    merge.decided.intents.extend(merge.trust.learned(document.entries));
    let left = merge.stored_just_so()?;
    let left = merge.known_by_a_key(left)?;
    let fresh = merge.rekeyed(left)?;
    merge.revise_all()?;
    for at in fresh {
        merge.insert(at)?;
    }
    merge.withdrawn()?;
    merge.finish()
}

/// The merging of one document. Entries are named by their places in it.
struct Merge<'m, 'd, S: Shelf> {
    document: &'m Listing<'d>,
    before: &'m Before<'m>,
    shelf: &'m S,
    now: Timestamp,
    trust: trust::Trust,
    /// The dates say when the document was made, and nothing of its entries.
    is_stamped: bool,
    /// What was decided so far and is not in the store yet.
    overlay: Overlay,
    placer: Placer<'m, S>,
    /// What the source prints under everything, once it was asked for.
    printed: Option<Arc<Boilerplate>>,
    /// Stored entries that the document has.
    taken: HashSet<EntryId>,
    /// Stored entries that the document lists under their own id or address, or unchanged. They cannot be earlier versions of
    /// other entries in the document.
    named: HashSet<EntryId>,
    /// Stored entries that came with another text or under other keys.
    came: Vec<Came>,
    /// In storing order.
    new: Vec<EntryId>,
    /// Entries that were left out, as they were published here first.
    came_back: u64,
    decided: Decided<'d>,
}

impl<'d, S: Shelf> Merge<'_, 'd, S> {
    /// Places of all entries, the last first: storing order then follows time where the feed has the newest first.
    fn places(&self) -> impl Iterator<Item = usize> + use<S> {
        (0..self.document.entries.len()).rev()
    }

    fn entry(&self, at: usize) -> &'d CleanEntry {
        &self.document.entries[at]
    }

    /// Whether the document does not have a stored entry any more.
    fn is_gone(&self, id: EntryId) -> bool {
        !self.document.partial && !self.named.contains(&id)
    }

    /// What the source prints under everything.
    fn printed(&mut self) -> Result<Arc<Boilerplate>, S::Error> {
        if let Some(printed) = &self.printed {
            return Ok(printed.clone());
        }
        let printed = match &self.document.prepared.printed {
            Some(printed) => printed.clone(),
            None => self.shelf.printed(self.before.source)?,
        };
        Ok(self.printed.insert(printed).clone())
    }

    fn finish(mut self) -> Result<Decided<'d>, S::Error> {
        if self.decided.tally.new > 0 && !self.placer.is_off() {
            let printed = self.printed()?;
            let mut recent: Vec<EntryId> = self.new.iter().rev().copied().take(RECENT_MAX).collect();
            if self.before.has_entries {
                recent.extend(self.shelf.recent()?.into_iter().take(RECENT_MAX - recent.len()));
            }
            self.decided.intents.push(Intent::Print { printed, recent });
        }
        let mut decided = self.decided;
        if !self.document.partial {
            let mut listed: Vec<EntryId> = self.taken.into_iter().collect();
            listed.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
            listed.truncate(LISTED_MAX);
            decided.listed = Some(listed);
        }
        decided.tally.parsed = self.document.parsed;
        decided.tally.rejected += self.document.doubles;
        let kept_apart = self.placer.kept_apart;
        if kept_apart > 0 {
            let text = format!("{kept_apart} entries belong to stories that have as many entries as they may");
            decided.problems.push(Problem::new(text));
        }
        if self.came_back > 0 {
            let count = self.came_back;
            let text = format!("{count} entries were left out: they were published here first, and have come back");
            decided.problems.push(Problem::new(text));
        }
        let is_next = self.before.was_polled && self.before.has_entries && !self.document.partial;
        decided.renewed = is_next.then(|| flood::renewed(&decided.intents, self.now));
        let new = decided.tally.new;
        if new >= FLOOD_LEAST && self.before.was_polled && new > 2 * self.before.parsed {
            let text = format!("a flood: {new} entries that were never seen came at once");
            decided.problems.push(Problem::new(text));
        }
        Ok(decided)
    }
}
