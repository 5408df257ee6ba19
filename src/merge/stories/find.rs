//! Finds the entry of another source that is the same piece as a given entry: candidates are found by common keys and
//! marks and compared, the likeliest first.
//!
//! Entry points: [`find`] while a document is merged, [`otherwise`] for a dry run with other options.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::merge::shelf::{Member, StoredPiece, StoryShelf};
use crate::model::{EntryId, SourceId};
use crate::stories::{self, Boilerplate, Evidence, FoundBy, Piece, Reach, Rung, StoryOptions, Verdict, judge};

/// Candidates that an entry is compared with, the likeliest first.
const CANDIDATES_MAX: usize = 8;
/// Marks that must agree before texts are compared; a short text must have all of its few marks in common.
const MARKS_LEAST: usize = 2;
/// How much more a key counts than a mark: an address, an id or a headline in common is compared first.
const KEY_WEIGHT: usize = 1_000;
/// A mark of more entries than this counts as boilerplate of many sources, unless the entries belong to few stories.
const MARK_BEARERS_MAX: usize = 40;
/// Most entries of all sources with the same mark or key that are examined.
const BEARERS_SEEN_MAX: usize = 160;
/// For a mark of more entries: the number of first entries whose stories are looked up, and the largest number of
/// stories that counts as few.
const BEARERS_ASKED_MAX: usize = 12;
const STORIES_FEW: usize = 3;
/// Numbers of entries of one source and in all from which a story grows only by hand or by an entry that is surely the
/// same piece, and the number beyond which it does not grow at all, because every decision examines the whole story.
const STORY_OF_ONE_SOURCE_MAX: usize = 3;
const STORY_MAX: usize = 25;
const STORY_MAX_OF_ALL: usize = 400;
/// The part of the shorter text that must be in the longer one for the two to be surely the same.
const SURELY_CONTAINED: f64 = 0.85;

/// An entry whose story is searched.
#[derive(Debug)]
pub(super) struct Sought<'p> {
    pub(super) id: EntryId,
    pub(super) source: SourceId,
    pub(super) piece: &'p Piece,
    pub(super) marks: &'p [u32],
    /// The boilerplate of its source.
    pub(super) boilerplate: &'p Boilerplate,
    /// Whether it is new, so that no person can have parted it from another entry.
    pub(super) is_new: bool,
    /// Only entries stored before this one are examined.
    pub(super) before: EntryId,
}

/// The entry of another source that is the same piece.
pub(super) fn find<S: StoryShelf>(
    shelf: &S,
    sought: &Sought<'_>,
    options: StoryOptions,
) -> Result<Option<(Found, Evidence)>, S::Error> {
    let piece = sought.piece;
    let mut best: Option<(Found, Evidence)> = None;
    // Stories with the entry's headline. If there are two, the headline does not tell which of them is meant.
    let mut namesakes: HashSet<EntryId> = HashSet::new();
    for candidate in candidates(shelf, sought, options.reach)? {
        let Some(other) = shelf.piece(candidate)? else { continue };
        if !are_near(piece, &other.piece, options) || (!sought.is_new && is_parted_from(shelf, sought.id, other.story)?)
        {
            continue;
        }
        let compared = without_common_places(shelf, sought, &other.piece, other.source)?;
        let Some(evidence) = weigh(shelf, sought, &compared, other.source, options.reach)?.one() else { continue };
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

/// Compares an entry with an entry of another source. Whether their headline recurs is looked up only if that decides.
pub(super) fn weigh<S: StoryShelf>(
    shelf: &S,
    sought: &Sought<'_>,
    other: &Piece,
    source: SourceId,
    reach: Reach,
) -> Result<Verdict, S::Error> {
    let theirs = shelf.boilerplate(source)?;
    let verdict = |recurs: bool| judge(sought.piece, other, [sought.boilerplate, &theirs], reach, recurs);
    let at_first = verdict(false);
    let rests_on_headline = matches!(&at_first, Verdict::One(evidence) if evidence.rests_on_headline());
    match sought.piece.common_headline(other).filter(|_| rests_on_headline) {
        Some(headline) if recurs(shelf, sought, headline.key())? => Ok(verdict(true)),
        _ => Ok(at_first),
    }
}

/// The entry that is the same piece, and its story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) entry: EntryId,
    pub(super) story: EntryId,
}

/// What other settings would change for an entry.
#[derive(Debug, Clone, PartialEq)]
pub enum Otherwise {
    /// The entry would join another entry.
    Joins { other: EntryId, evidence: Evidence },
    /// The entry would leave its story.
    Leaves { lead: EntryId },
}

/// What these options would change for a stored entry; `None` if nothing.
pub fn otherwise<S: StoryShelf>(
    shelf: &S,
    options: StoryOptions,
    id: EntryId,
    stored: &StoredPiece,
    boilerplate: &Boilerplate,
) -> Result<Option<Otherwise>, S::Error> {
    let piece = stored.piece.as_ref();
    if stored.story != id && !shelf.was_joined_by_hand(id)? {
        // The entry is compared with the other entries of its story, because the marks by which it was found may have
        // been deleted.
        for member in shelf.members(stored.story)?.iter().filter(|member| member.id != id) {
            let Some(other) = shelf.piece(member.id)? else { continue };
            let theirs = shelf.boilerplate(other.source)?;
            let is_one = are_near(piece, &other.piece, options)
                && judge(piece, &other.piece, [boilerplate, &theirs], options.reach, false).one().is_some();
            if is_one && options.reach != Reach::Off {
                return Ok(None);
            }
        }
        return Ok(Some(Otherwise::Leaves { lead: stored.story }));
    }
    if options.reach == Reach::Off || stored.story != id {
        return Ok(None);
    }
    let marks = piece.marks(boilerplate);
    let sought = Sought { id, source: stored.source, piece, marks: &marks, boilerplate, is_new: false, before: id };
    let Some((found, evidence)) = find(shelf, &sought, options)? else { return Ok(None) };
    let joins = found.story != id
        && !is_parted_from(shelf, id, found.story)?
        && has_room(shelf, &shelf.members(found.story)?, &sought, found, &evidence)?;
    Ok(joins.then_some(Otherwise::Joins { other: found.entry, evidence }))
}

/// Whether two pieces are within the window.
pub(super) fn are_near(one: &Piece, other: &Piece, options: StoryOptions) -> bool {
    one.at().since(other.at()).max(other.at().since(one.at())) <= options.window
}

/// Whether a person has parted an entry from any entry of a story.
fn is_parted_from<S: StoryShelf>(shelf: &S, entry: EntryId, story: EntryId) -> Result<bool, S::Error> {
    for member in shelf.members(story)? {
        if shelf.are_parted(entry, member.id)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a story may grow by one more entry automatically.
pub(super) fn has_room<S: StoryShelf>(
    shelf: &S,
    members: &[Member],
    sought: &Sought<'_>,
    found: Found,
    evidence: &Evidence,
) -> Result<bool, S::Error> {
    let own = members.iter().filter(|member| member.source == sought.source).count();
    if own >= STORY_OF_ONE_SOURCE_MAX || members.len() >= STORY_MAX_OF_ALL {
        return Ok(false);
    }
    Ok(members.len() < STORY_MAX || is_sure(shelf, sought, found, evidence)?)
}

/// Whether an entry surely belongs to a story: by a name, or by its text compared with that of the leading entry. The
/// last entry of a long chain of joins may have nothing in common with the first.
fn is_sure<S: StoryShelf>(shelf: &S, sought: &Sought<'_>, found: Found, evidence: &Evidence) -> Result<bool, S::Error> {
    let is_contained = |evidence: &Evidence| evidence.rung <= Rung::Text && evidence.containment >= SURELY_CONTAINED;
    if evidence.rung <= Rung::Id || found.entry == found.story {
        return Ok(evidence.rung <= Rung::Id || is_contained(evidence));
    }
    let Some(lead) = shelf.piece(found.story)? else { return Ok(false) };
    let verdict = weigh(shelf, sought, &lead.piece, lead.source, Reach::Near)?;
    Ok(verdict.one().is_some_and(|evidence| is_contained(&evidence)))
}

/// The piece of another entry without the addresses that several entries of either source link to, because such
/// addresses identify no entry.
pub(super) fn without_common_places<S: StoryShelf>(
    shelf: &S,
    sought: &Sought<'_>,
    other: &Arc<Piece>,
    source: SourceId,
) -> Result<Arc<Piece>, S::Error> {
    let mut common = Vec::new();
    for link in other.links.iter().filter(|link| sought.piece.links.contains(link)) {
        let bearers = shelf.bearers(FoundBy::Key(*link), EntryId(i64::MAX), BEARERS_SEEN_MAX)?;
        if bearers.len() >= BEARERS_SEEN_MAX || are_several_of_one_source(shelf, sought, &bearers, source)? {
            common.push(*link);
        }
    }
    Ok(other.without_links(|link| common.contains(&link)).map_or_else(|| other.clone(), Arc::new))
}

/// Whether another entry of the same source as the sought one, or two entries of `source`, are among these.
fn are_several_of_one_source<S: StoryShelf>(
    shelf: &S,
    sought: &Sought<'_>,
    bearers: &[EntryId],
    source: SourceId,
) -> Result<bool, S::Error> {
    let mut theirs = 0;
    for bearer in bearers.iter().filter(|bearer| **bearer != sought.id) {
        let of = shelf.source(*bearer)?;
        theirs += usize::from(of == source);
        if of == sought.source || theirs > 1 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a headline recurs: it stands over several entries of one source including this one, over several stories, or
/// over very many entries. "Open thread" and "Weekly links" do not tell which entry is meant.
fn recurs<S: StoryShelf>(shelf: &S, sought: &Sought<'_>, headline: FoundBy) -> Result<bool, S::Error> {
    let bearers = shelf.bearers(headline, EntryId(i64::MAX), BEARERS_SEEN_MAX)?;
    if bearers.len() >= BEARERS_SEEN_MAX {
        return Ok(true);
    }
    let others: Vec<EntryId> = bearers.into_iter().filter(|bearer| *bearer != sought.id).collect();
    let mut sources = HashSet::from([sought.source]);
    for bearer in &others {
        if !sources.insert(shelf.source(*bearer)?) {
            return Ok(true);
        }
    }
    let mut first = None;
    for bearer in others {
        let story = shelf.story(bearer)?;
        if story.is_some() && story != *first.get_or_insert(story) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an entry that matches an entry of a story also matches the story's leading entry.
pub(super) fn fits<S: StoryShelf>(shelf: &S, piece: &Piece, story: EntryId, rung: Rung) -> Result<bool, S::Error> {
    let Some(lead) = shelf.piece(story)? else { return Ok(true) };
    // A bare headline belongs to the story that it has joined, so the text of that story counts as well.
    let is_untold = rung == Rung::Headline && piece.has_body() && lead.piece.has_body();
    Ok(!is_untold && !stories::are_at_odds(piece, &lead.piece))
}

/// Candidates for the same piece, the likeliest first.
pub(super) fn candidates<S: StoryShelf>(
    shelf: &S,
    sought: &Sought<'_>,
    reach: Reach,
) -> Result<Vec<EntryId>, S::Error> {
    let mut counts: BTreeMap<EntryId, usize> = BTreeMap::new();
    let keys = sought.piece.keys().into_iter().map(|key| (FoundBy::Key(key), KEY_WEIGHT));
    let marks = sought.marks.iter().filter(|_| reach == Reach::Near).map(|mark| (FoundBy::Mark(*mark), 1));
    for (found_by, weight) in keys.chain(marks) {
        let bearers = shelf.bearers(found_by, sought.before, BEARERS_SEEN_MAX + 1)?;
        let is_everywhere = bearers.len() > BEARERS_SEEN_MAX;
        // `first_of_each_story` looks at no more than `BEARERS_ASKED_MAX` entries; otherwise one more than `MARK_BEARERS_MAX` shows
        // that there are too many.
        const { assert!(BEARERS_ASKED_MAX <= MARK_BEARERS_MAX) }
        let enough = if is_everywhere { BEARERS_ASKED_MAX } else { MARK_BEARERS_MAX + 1 };
        let mut others = of_others(shelf, sought.source, bearers, enough)?;
        if is_everywhere || others.len() > MARK_BEARERS_MAX {
            others = first_of_each_story(shelf, &others)?;
        }
        others.into_iter().for_each(|entry| *counts.entry(entry).or_default() += weight);
    }
    let least = MARKS_LEAST.min(sought.marks.len()).max(1);
    let mut likely: Vec<(EntryId, usize)> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
    likely.sort_by_key(|(entry, count)| (std::cmp::Reverse(*count), *entry));
    Ok(likely.into_iter().take(CANDIDATES_MAX).map(|(entry, _)| entry).collect())
}

/// The first `limit` entries that belong to other sources than `source`.
fn of_others<S: StoryShelf>(
    shelf: &S,
    source: SourceId,
    entries: Vec<EntryId>,
    limit: usize,
) -> Result<Vec<EntryId>, S::Error> {
    let mut others = Vec::with_capacity(limit.min(entries.len()));
    for entry in entries {
        if others.len() == limit {
            break;
        }
        if shelf.source(entry)? != source {
            others.push(entry);
        }
    }
    Ok(others)
}

/// The first entry of each story, from many entries with one mark, because the entries of one story count once. Empty
/// if the first entries belong to many stories: then the mark is boilerplate of many sources.
fn first_of_each_story<S: StoryShelf>(shelf: &S, entries: &[EntryId]) -> Result<Vec<EntryId>, S::Error> {
    let mut firsts: BTreeMap<EntryId, EntryId> = BTreeMap::new();
    for entry in entries.iter().take(BEARERS_ASKED_MAX) {
        if let Some(story) = shelf.story(*entry)? {
            firsts.entry(story).or_insert(*entry);
        }
        if firsts.len() > STORIES_FEW {
            return Ok(Vec::new());
        }
    }
    Ok(firsts.into_values().collect())
}
