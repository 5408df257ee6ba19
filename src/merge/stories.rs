//! Finds the story of an entry when the entry is stored, and keeps the evidence. A match deletes and overwrites
//! nothing; it only decides which entry of the story leads.
//!
//! Entry points: `Placer::place` for new entries, `Placer::review` for revised entries.

mod find;
mod leads;
mod nearly;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::Decided;
use super::home::{Side, Site, Standing};
use super::identity::asked;
use super::intent::{Intent, Led};
use super::shelf::{Leader, Member, StoredPiece, StoryShelf};
use crate::model::{EntryId, SourceId};
use crate::stories::{Boilerplate, FoundBy, Piece, Reach, StoryOptions, judge};
use find::{Sought, find, has_room};
use leads::against;

pub use find::{Otherwise, otherwise};
pub use leads::{Successor, united};
pub use nearly::{Asked, Nearly, nearly};

/// Finds the stories of the entries of one document.
pub(super) struct Placer<'s, S> {
    /// What is stored. The placer itself answers with the moves of this document.
    shelf: &'s S,
    source: SourceId,
    site: &'s Site,
    options: StoryOptions,
    /// The entries that are new or have changed their stories.
    moved: HashMap<EntryId, Moved>,
    /// The stories of other entries, kept because many entries of a document ask for the same stories.
    asked: RefCell<HashMap<EntryId, Option<EntryId>>>,
    /// The keys of new entries of this document. Their marks are left out, because only entries of other sources are
    /// searched.
    filed: HashMap<u64, Vec<EntryId>>,
    /// The leading entries that have changed; `None` where the leading entry is known only after the decisions are
    /// stored.
    leaders: HashMap<EntryId, Option<Leader>>,
    /// Entries that match a story which already has the most entries it may have.
    pub(super) kept_apart: u64,
}

impl<'s, S: StoryShelf> Placer<'s, S> {
    pub(super) fn new(shelf: &'s S, source: SourceId, site: &'s Site, options: StoryOptions) -> Placer<'s, S> {
        Placer {
            shelf,
            source,
            site,
            options,
            moved: HashMap::new(),
            asked: RefCell::default(),
            filed: HashMap::new(),
            leaders: HashMap::new(),
            kept_apart: 0,
        }
    }

    /// Whether stories are off; then nothing is prepared for them either.
    pub(super) fn is_off(&self) -> bool {
        self.options.reach == Reach::Off
    }

    /// Finds the story of an entry that is new or was revised, and stores what it is found by. Returns the story.
    pub(super) fn place(
        &mut self,
        id: EntryId,
        piece: Piece,
        link: Option<&str>,
        boilerplate: &Boilerplate,
        is_new: bool,
        decided: &mut Decided<'_>,
    ) -> Result<EntryId, S::Error> {
        let marks = piece.marks(boilerplate);
        let piece = Arc::new(piece);
        // A revised entry may now be a copy of an entry that was stored later. It joins that entry's story as any copy
        // does, because readers have seen both and no published id changes.
        let before = if is_new { id } else { EntryId(i64::MAX) };
        let sought = Sought { id, source: self.source, piece: &piece, marks: &marks, boilerplate, is_new, before };
        let mut story = id;
        if let Some((found, evidence)) = find(self, &sought, self.options)? {
            let members = self.members(found.story)?;
            if has_room(self, &members, &sought, found, &evidence)? {
                let leader = self.leader(found.story)?;
                let standing = match &leader {
                    Some(leader) => against(self.shelf, &Side::of(&piece, link, self.site), leader, &evidence)?,
                    None => Standing::Follows,
                };
                // An entry beside the leading entry stays a story of its own, so that neither hides the other.
                if !matches!(standing, Standing::Beside(_)) {
                    story = found.story;
                    decided.touched.extend(members.iter().map(|member| member.id));
                    let other = found.entry;
                    decided.intents.push(Intent::Join { entry: id, other, story, is_new, evidence });
                    if let (Standing::Leads(leads), Some(Leader { entry: instead_of, .. })) = (standing, leader) {
                        let led = Led { story, entry: id, instead_of, ranked: piece.at(), leads };
                        self.let_lead(led, link, decided);
                    }
                }
            } else {
                self.kept_apart += 1;
            }
        }
        self.moved.insert(id, Moved { story, source: self.source });
        for key in piece.keys() {
            self.filed.entry(key).or_default().push(id);
        }
        decided.intents.push(Intent::File { entry: id, piece, marks });
        Ok(story)
    }

    /// Reviews the story of a revised entry: it leaves a story that it no longer belongs to, and may join another
    /// story.
    pub(super) fn review(
        &mut self,
        id: EntryId,
        piece: Piece,
        link: Option<&str>,
        boilerplate: &Boilerplate,
        decided: &mut Decided<'_>,
    ) -> Result<(), S::Error> {
        let Some(story) = self.story(id)? else { return Ok(()) };
        let others: Vec<Member> = self.members(story)?.into_iter().filter(|member| member.id != id).collect();
        if others.is_empty() {
            return self.place(id, piece, link, boilerplate, false, decided).map(|_| ());
        }
        let marks = piece.marks(boilerplate);
        let piece = Arc::new(piece);
        decided.intents.push(Intent::File { entry: id, piece: piece.clone(), marks });
        if self.shelf.was_joined_by_hand(id)? {
            return Ok(());
        }
        for other in &others {
            let Some(stored) = self.shelf.piece(other.id)? else { continue };
            if other.source == self.source {
                return Ok(());
            }
            let theirs = self.shelf.boilerplate(other.source)?;
            let reach = self.options.reach.max(Reach::Link);
            let verdict = judge(&piece, &stored.piece, [boilerplate, &theirs], reach, false);
            let Some(evidence) = verdict.one() else { continue };
            // An advertisement may have been put into a copy since it joined.
            if !self.stands_beside((id, story), &piece, link, other.id, &evidence)? {
                return Ok(());
            }
        }
        self.part(id, story, &others, decided)
    }

    /// Takes an entry out of a story. If it led the story, the next entry leads those that stay.
    fn part(
        &mut self,
        id: EntryId,
        story: EntryId,
        others: &[Member],
        decided: &mut Decided<'_>,
    ) -> Result<(), S::Error> {
        let it_led = story == id;
        self.leave(id, story, others)?;
        self.moved.insert(id, Moved { story: id, source: self.source });
        if it_led {
            let lead = others[0].id;
            self.moved.extend(others.iter().map(|other| (other.id, Moved { story: lead, source: other.source })));
        }
        let others: Vec<EntryId> = others.iter().map(|other| other.id).collect();
        decided.touched.extend(others.iter().copied());
        decided.intents.push(Intent::Part { entry: id, others, it_led });
        Ok(())
    }

    /// All entries of an entry's story.
    pub(super) fn story_members(&self, id: EntryId) -> Result<BTreeSet<EntryId>, S::Error> {
        let mut all = BTreeSet::from([id]);
        if let Some(story) = self.story(id)? {
            all.extend(self.members(story)?.iter().map(|member| member.id));
        }
        Ok(all)
    }
}

/// The story of an entry that is new or has changed its story.
#[derive(Debug, Clone, Copy)]
struct Moved {
    story: EntryId,
    source: SourceId,
}

/// The shelf as it is after the decisions made so far.
impl<S: StoryShelf> StoryShelf for Placer<'_, S> {
    type Error = S::Error;

    fn bearers(&self, found_by: FoundBy, before: EntryId, limit: usize) -> Result<Vec<EntryId>, S::Error> {
        let mut bearers = self.shelf.bearers(found_by, before, limit)?;
        if let FoundBy::Key(key) = found_by {
            let filed = self.filed.get(&key).into_iter().flatten().copied().filter(|id| *id < before);
            // The shelf has revised entries already.
            let filed: Vec<EntryId> = filed.filter(|id| !bearers.contains(id)).collect();
            bearers.extend(filed.into_iter().take(limit - bearers.len()));
        }
        Ok(bearers)
    }

    fn source(&self, entry: EntryId) -> Result<SourceId, S::Error> {
        match self.moved.get(&entry) {
            Some(moved) => Ok(moved.source),
            None => self.shelf.source(entry),
        }
    }

    fn story(&self, entry: EntryId) -> Result<Option<EntryId>, S::Error> {
        if let Some(moved) = self.moved.get(&entry) {
            return Ok(Some(moved.story));
        }
        asked(&self.asked, entry, || self.shelf.story(entry))
    }

    fn piece(&self, entry: EntryId) -> Result<Option<StoredPiece>, S::Error> {
        let mut stored = self.shelf.piece(entry)?;
        if let (Some(stored), Some(moved)) = (&mut stored, self.moved.get(&entry)) {
            stored.story = moved.story;
        }
        Ok(stored)
    }

    fn boilerplate(&self, source: SourceId) -> Result<Arc<Boilerplate>, S::Error> {
        self.shelf.boilerplate(source)
    }

    fn members(&self, story: EntryId) -> Result<Vec<Member>, S::Error> {
        let mut members = self.shelf.members(story)?;
        members.retain(|member| !self.moved.contains_key(&member.id));
        let here = self.moved.iter().filter(|(_, moved)| moved.story == story);
        members.extend(here.map(|(id, moved)| Member { id: *id, source: moved.source }));
        members.sort_by_key(|member| member.id);
        Ok(members)
    }

    fn leader(&self, story: EntryId) -> Result<Option<Leader>, S::Error> {
        match self.leaders.get(&story) {
            Some(leader) => Ok(leader.clone()),
            None => self.shelf.leader(story),
        }
    }

    fn as_leader(&self, entry: EntryId) -> Result<Option<Leader>, S::Error> {
        self.shelf.as_leader(entry)
    }

    fn are_parted(&self, one: EntryId, other: EntryId) -> Result<bool, S::Error> {
        self.shelf.are_parted(one, other)
    }

    fn was_joined_by_hand(&self, entry: EntryId) -> Result<bool, S::Error> {
        self.shelf.was_joined_by_hand(entry)
    }
}
