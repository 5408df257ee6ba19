//! Which story an entry belongs to: found when it is stored, with the evidence for it. Nothing is ever deleted or
//! overwritten by a match; it only sets which entry leads.

mod leads;
mod nearly;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::Decided;
use super::home::Site;
use super::intent::{Intent, Led};
use super::shelf::{Leader, Member, StoredPiece, StoryShelf};
use crate::model::{EntryId, SourceId};
use crate::stories::{self, Boilerplate, Evidence, FoundBy, Piece, Reach, Rung, StoryOptions, judge};
use leads::Placing;
pub use nearly::{Asked, Nearly, nearly};

/// Entries that one is compared with, the likeliest first.
const CANDIDATES_MAX: usize = 8;
/// Marks that must agree before texts are compared; of a short text all of its few.
const MARKS_LEAST: usize = 2;
/// How much more than a mark a key counts: an address, an id or a headline in common is looked at first.
const KEY_WEIGHT: usize = 1_000;
/// A mark that so many entries have is what many sources print.
const MARK_BEARERS_MAX: usize = 40;
/// Entries of all sources with one mark or key that are looked at; of more it says nothing.
const BEARERS_SEEN_MAX: usize = 160;
/// Entries of one story, of one source and in all, from which on nothing more is joined to it by itself.
const STORY_OF_ONE_SOURCE_MAX: usize = 3;
const STORY_MAX: usize = 25;

/// An entry whose story is sought.
#[derive(Debug)]
struct Sought<'p> {
    id: EntryId,
    source: SourceId,
    piece: &'p Piece,
    marks: &'p [u32],
    /// What its source prints under everything.
    printed: &'p Boilerplate,
    /// It is new: nobody can have parted it from anything.
    is_new: bool,
}

/// The entry of another source, stored before this one, that is the same piece.
fn find<S: StoryShelf>(
    shelf: &S,
    sought: &Sought<'_>,
    options: StoryOptions,
) -> Result<Option<(Found, Evidence)>, S::Error> {
    let piece = sought.piece;
    let mut best: Option<(Found, Evidence)> = None;
    // Stories that have its headline: of two it cannot be told which one is meant.
    let mut namesakes: HashSet<EntryId> = HashSet::new();
    for candidate in candidates(shelf, sought, options.reach)? {
        let Some(other) = shelf.piece(candidate)? else { continue };
        if !are_near(piece, &other.piece, options) || (!sought.is_new && is_parted_from(shelf, sought.id, other.story)?)
        {
            continue;
        }
        let compared = without_common_places(shelf, sought, &other.piece, other.source)?;
        let recurs = match piece.common_headline(&compared) {
            Some(headline) => recurs(shelf, headline.key())?,
            None => false,
        };
        let theirs = shelf.printed(other.source)?;
        let printed = [sought.printed, &theirs];
        let Some(evidence) = judge(piece, &compared, printed, options.reach, recurs) else { continue };
        if evidence.rung == Rung::Headline {
            namesakes.insert(other.story);
        }
        if other.story != candidate && evidence.rung > Rung::Id && !fits(shelf, piece, other.story, evidence.rung)? {
            continue;
        }
        let is_better = best
            .as_ref()
            .is_none_or(|(_, best)| (evidence.rung, -evidence.containment) < (best.rung, -best.containment));
        if is_better {
            let is_sure = evidence.rung == Rung::Link;
            best = Some((Found { entry: candidate, story: other.story }, evidence));
            if is_sure {
                break;
            }
        }
    }
    Ok(best.filter(|(_, evidence)| evidence.rung != Rung::Headline || namesakes.len() == 1))
}

/// What is the same piece as an entry, and the story that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    entry: EntryId,
    story: EntryId,
}

/// What other settings would do to an entry.
#[derive(Debug, Clone, PartialEq)]
pub enum Otherwise {
    /// It would be one piece with another.
    Joins { other: EntryId, evidence: Evidence },
    /// It would not be in the story that it is in.
    Leaves { lead: EntryId },
}

/// What these options would do to a stored entry; None if nothing.
///
/// # Errors
/// When the shelf could not be asked.
pub fn otherwise<S: StoryShelf>(
    shelf: &S,
    options: StoryOptions,
    id: EntryId,
    stored: &StoredPiece,
    printed: &Boilerplate,
) -> Result<Option<Otherwise>, S::Error> {
    let piece = stored.piece.as_ref();
    if stored.story != id && !shelf.was_joined_by_hand(id)? {
        // Judged by what it is joined to: what found it may be kept no more.
        for member in shelf.members(stored.story)?.iter().filter(|member| member.id != id) {
            let Some(other) = shelf.piece(member.id)? else { continue };
            let theirs = shelf.printed(other.source)?;
            let is_one = are_near(piece, &other.piece, options)
                && judge(piece, &other.piece, [printed, &theirs], options.reach, false).is_some();
            if is_one && options.reach != Reach::Off {
                return Ok(None);
            }
        }
        return Ok(Some(Otherwise::Leaves { lead: stored.story }));
    }
    if options.reach == Reach::Off || stored.story != id {
        return Ok(None);
    }
    let marks = piece.marks(printed);
    let sought = Sought { id, source: stored.source, piece, marks: &marks, printed, is_new: false };
    let Some((found, evidence)) = find(shelf, &sought, options)? else { return Ok(None) };
    let joins = found.story != id
        && !is_parted_from(shelf, id, found.story)?
        && has_room(&shelf.members(found.story)?, stored.source);
    Ok(joins.then_some(Otherwise::Joins { other: found.entry, evidence }))
}

/// Whether two pieces lie within the window.
fn are_near(one: &Piece, other: &Piece, options: StoryOptions) -> bool {
    one.at().since(other.at()).max(other.at().since(one.at())) <= options.window
}

/// Whether a person parted an entry from any of a story.
fn is_parted_from<S: StoryShelf>(shelf: &S, entry: EntryId, story: EntryId) -> Result<bool, S::Error> {
    for member in shelf.members(story)? {
        if shelf.are_parted(entry, member.id)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a story may grow by one entry of this source without anybody looking.
fn has_room(members: &[Member], source: SourceId) -> bool {
    let own = members.iter().filter(|member| member.source == source).count();
    members.len() < STORY_MAX && own < STORY_OF_ONE_SOURCE_MAX
}

/// Another entry's piece without those addresses that lead to several entries of either source: they are none of theirs.
fn without_common_places<S: StoryShelf>(
    shelf: &S,
    sought: &Sought<'_>,
    other: &Arc<Piece>,
    source: SourceId,
) -> Result<Arc<Piece>, S::Error> {
    let mut common = Vec::new();
    for link in other.links().iter().filter(|link| sought.piece.links().contains(link)) {
        let bearers = shelf.bearers(FoundBy::Key(*link), EntryId(i64::MAX), BEARERS_SEEN_MAX)?;
        let (mut ours, mut theirs) = (0, 0);
        for bearer in bearers.iter().filter(|bearer| **bearer != sought.id) {
            let of = shelf.source(*bearer)?;
            ours += usize::from(of == sought.source);
            theirs += usize::from(of == source);
        }
        if bearers.len() >= BEARERS_SEEN_MAX || ours > 0 || theirs > 1 {
            common.push(*link);
        }
    }
    Ok(other.without_links(|link| common.contains(&link)).map_or_else(|| other.clone(), Arc::new))
}

/// Whether a headline stands over several entries of one source.
fn recurs<S: StoryShelf>(shelf: &S, headline: FoundBy) -> Result<bool, S::Error> {
    let mut sources = HashSet::new();
    for bearer in shelf.bearers(headline, EntryId(i64::MAX), BEARERS_SEEN_MAX)? {
        if !sources.insert(shelf.source(bearer)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether what was found to be one with an entry of a story goes with the entry that leads it.
fn fits<S: StoryShelf>(shelf: &S, piece: &Piece, story: EntryId, rung: Rung) -> Result<bool, S::Error> {
    let Some(lead) = shelf.piece(story)? else { return Ok(true) };
    // A bare headline is of the story that it has joined: what that says counts, too.
    let is_untold = rung == Rung::Headline && piece.has_body() && lead.piece.has_body();
    Ok(!is_untold && !stories::are_at_odds(piece, &lead.piece))
}

/// Entries that may be the same piece, the likeliest first.
fn candidates<S: StoryShelf>(shelf: &S, sought: &Sought<'_>, reach: Reach) -> Result<Vec<EntryId>, S::Error> {
    let mut counts: BTreeMap<EntryId, usize> = BTreeMap::new();
    let keys = sought.piece.keys().into_iter().map(|key| (FoundBy::Key(key), KEY_WEIGHT));
    let marks = sought.marks.iter().filter(|_| reach == Reach::Near).map(|mark| (FoundBy::Mark(*mark), 1));
    for (found_by, weight) in keys.chain(marks) {
        let bearers = shelf.bearers(found_by, sought.id, BEARERS_SEEN_MAX + 1)?;
        if bearers.len() > BEARERS_SEEN_MAX {
            continue;
        }
        let mut others = Vec::with_capacity(bearers.len());
        for bearer in bearers {
            if shelf.source(bearer)? != sought.source {
                others.push(bearer);
            }
        }
        if others.len() <= MARK_BEARERS_MAX {
            others.into_iter().for_each(|entry| *counts.entry(entry).or_default() += weight);
        }
    }
    let least = MARKS_LEAST.min(sought.marks.len()).max(1);
    let mut likely: Vec<(EntryId, usize)> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
    likely.sort_by_key(|(entry, count)| (std::cmp::Reverse(*count), *entry));
    Ok(likely.into_iter().take(CANDIDATES_MAX).map(|(entry, _)| entry).collect())
}

/// Finds the stories of the entries of one document.
pub(super) struct Placer<'s, S> {
    shelf: &'s S,
    source: SourceId,
    /// Where the source is at home.
    site: &'s Site,
    options: StoryOptions,
    /// The entries that have changed their stories, or are new.
    moved: HashMap<EntryId, Moved>,
    /// What new entries of this document are found by, but for runs of their texts: other sources' entries are sought.
    filed: HashMap<u64, Vec<EntryId>>,
    /// What leads stories, where that has changed; None where it is not known before all of this is stored.
    leaders: HashMap<EntryId, Option<Leader>>,
    /// Entries that look like a story which has as many entries as it may.
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
            filed: HashMap::new(),
            leaders: HashMap::new(),
            kept_apart: 0,
        }
    }

    /// Whether no stories are sought: then nothing is made for them either.
    pub(super) fn is_off(&self) -> bool {
        self.options.reach == Reach::Off
    }

    /// Finds the story of an entry that is stored or was revised, and files what it is found by. Returns the story.
    pub(super) fn place(
        &mut self,
        id: EntryId,
        piece: Piece,
        link: Option<&str>,
        printed: &Boilerplate,
        is_new: bool,
        decided: &mut Decided<'_>,
    ) -> Result<EntryId, S::Error> {
        let marks = piece.marks(printed);
        let piece = Arc::new(piece);
        let sought = Sought { id, source: self.source, piece: &piece, marks: &marks, printed, is_new };
        let mut story = id;
        if let Some((found, evidence)) = find(&Now(self), &sought, self.options)? {
            let members = self.members(found.story)?;
            if has_room(&members, self.source) {
                let placing = self.placing(found.story, &piece, link, evidence.rung)?;
                if placing != Placing::Beside {
                    story = found.story;
                    decided.touched.extend(members.iter().map(|member| member.id));
                    let other = found.entry;
                    decided.intents.push(Intent::Join { entry: id, other, story, is_new, evidence });
                    if let Placing::Leads { instead_of, leads } = placing {
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

    /// An entry was revised: it leaves a story that it no longer is, and may now be one with another.
    pub(super) fn review(
        &mut self,
        id: EntryId,
        piece: Piece,
        link: Option<&str>,
        printed: &Boilerplate,
        decided: &mut Decided<'_>,
    ) -> Result<(), S::Error> {
        let Some(story) = self.story(id)? else { return Ok(()) };
        let others: Vec<Member> = self.members(story)?.into_iter().filter(|member| member.id != id).collect();
        if others.is_empty() {
            return self.place(id, piece, link, printed, false, decided).map(|_| ());
        }
        let marks = piece.marks(printed);
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
            let theirs = self.shelf.printed(other.source)?;
            let reach = self.options.reach.max(Reach::Link);
            let Some(evidence) = judge(&piece, &stored.piece, [printed, &theirs], reach, false) else { continue };
            // What was a copy at first may have been given an advertisement since.
            if !self.stands_beside(&piece, link, other.id, evidence.rung)? {
                return Ok(());
            }
        }
        self.part(id, story, &others, decided)
    }

    /// Takes an entry out of a story; where it led it, the next one leads those that stay.
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

    fn story(&self, id: EntryId) -> Result<Option<EntryId>, S::Error> {
        match self.moved.get(&id) {
            Some(moved) => Ok(Some(moved.story)),
            None => self.shelf.story(id),
        }
    }

    fn members(&self, story: EntryId) -> Result<Vec<Member>, S::Error> {
        let mut members = self.shelf.members(story)?;
        members.retain(|member| !self.moved.contains_key(&member.id));
        let here = self.moved.iter().filter(|(_, moved)| moved.story == story);
        members.extend(here.map(|(id, moved)| Member { id: *id, source: moved.source }));
        members.sort_by_key(|member| member.id);
        Ok(members)
    }
}

/// Where an entry is that has changed its story, or is new.
#[derive(Debug, Clone, Copy)]
struct Moved {
    story: EntryId,
    source: SourceId,
}

/// The shelf as it is after what was decided so far.
struct Now<'p, 's, S>(&'p Placer<'s, S>);

impl<S: StoryShelf> StoryShelf for Now<'_, '_, S> {
    type Error = S::Error;

    fn bearers(&self, found_by: FoundBy, before: EntryId, limit: usize) -> Result<Vec<EntryId>, S::Error> {
        let mut bearers = self.0.shelf.bearers(found_by, before, limit)?;
        if let FoundBy::Key(key) = found_by {
            let filed = self.0.filed.get(&key).into_iter().flatten().copied().filter(|id| *id < before);
            // What was revised is on the shelf already.
            let filed: Vec<EntryId> = filed.filter(|id| !bearers.contains(id)).collect();
            bearers.extend(filed.into_iter().take(limit - bearers.len()));
        }
        Ok(bearers)
    }

    fn source(&self, entry: EntryId) -> Result<SourceId, S::Error> {
        match self.0.moved.get(&entry) {
            Some(moved) => Ok(moved.source),
            None => self.0.shelf.source(entry),
        }
    }

    fn story(&self, entry: EntryId) -> Result<Option<EntryId>, S::Error> {
        self.0.story(entry)
    }

    fn piece(&self, entry: EntryId) -> Result<Option<StoredPiece>, S::Error> {
        let mut stored = self.0.shelf.piece(entry)?;
        if let (Some(stored), Some(moved)) = (&mut stored, self.0.moved.get(&entry)) {
            stored.story = moved.story;
        }
        Ok(stored)
    }

    fn printed(&self, source: SourceId) -> Result<Arc<Boilerplate>, S::Error> {
        self.0.shelf.printed(source)
    }

    fn members(&self, story: EntryId) -> Result<Vec<Member>, S::Error> {
        self.0.members(story)
    }

    fn leader(&self, story: EntryId) -> Result<Option<Leader>, S::Error> {
        self.0.leader(story)
    }

    fn as_leader(&self, entry: EntryId) -> Result<Option<Leader>, S::Error> {
        self.0.shelf.as_leader(entry)
    }

    fn are_parted(&self, one: EntryId, other: EntryId) -> Result<bool, S::Error> {
        self.0.shelf.are_parted(one, other)
    }

    fn was_joined_by_hand(&self, entry: EntryId) -> Result<bool, S::Error> {
        self.0.shelf.was_joined_by_hand(entry)
    }
}
