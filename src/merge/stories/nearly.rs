//! Which entries an entry was nearly joined to, and why it was not, for the command `why`. No decision depends on this.

use super::find::{Found, Sought, are_near, candidates, fits, has_room, weigh, without_common_places};
use super::{StoredPiece, StoryShelf};
use crate::merge::home::{Hides, Side, Site, Standing, standing};
use crate::model::EntryId;
use crate::stories::{Boilerplate, Evidence, Reach, Rung, StoryOptions, Verdict};

/// Entries that are listed.
const NEARLY_MAX: usize = 3;
const SECONDS_OF_A_DAY: f64 = 86_400.0;

/// A similar entry that is not in the same story.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearly {
    pub other: EntryId,
    /// What was measured between the two; `None` where the measurement did not decide.
    pub evidence: Option<Evidence>,
    /// Why they are not one story, as a sentence.
    pub reason: String,
}

/// A stored entry that a person asks about.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub id: EntryId,
    pub stored: &'a StoredPiece,
    pub link: Option<&'a str>,
    /// The site of its source.
    pub site: &'a Site,
    /// The boilerplate of its source.
    pub boilerplate: &'a Boilerplate,
}

/// The likeliest entries that are not in the story of an entry, and why they are not. Unlike in the search of stories,
/// entries that were stored later are examined as well.
pub fn nearly<S: StoryShelf>(shelf: &S, options: StoryOptions, asked: Asked<'_>) -> Result<Vec<Nearly>, S::Error> {
    if options.reach == Reach::Off {
        return Ok(Vec::new());
    }
    let piece = asked.stored.piece.as_ref();
    let marks = piece.marks(asked.boilerplate);
    let sought = Sought {
        id: asked.id,
        source: asked.stored.source,
        piece,
        marks: &marks,
        boilerplate: asked.boilerplate,
        is_new: false,
        before: EntryId(i64::MAX),
    };
    let mut nearly = Vec::new();
    for candidate in candidates(shelf, &sought, options.reach)? {
        let other = shelf.piece(candidate)?.filter(|other| other.story != asked.stored.story);
        let Some(other) = other else { continue };
        let (evidence, reason) = apart(shelf, options, &asked, &sought, (candidate, &other))?;
        nearly.push(Nearly { other: candidate, evidence, reason });
        if nearly.len() >= NEARLY_MAX {
            break;
        }
    }
    Ok(nearly)
}

/// Why an entry is not in the story of a similar one.
fn apart<S: StoryShelf>(
    shelf: &S,
    options: StoryOptions,
    asked: &Asked<'_>,
    sought: &Sought<'_>,
    (id, other): (EntryId, &StoredPiece),
) -> Result<(Option<Evidence>, String), S::Error> {
    let piece = sought.piece;
    if shelf.are_parted(asked.id, id)? {
        return Ok((None, "a person split them".to_owned()));
    }
    if !are_near(piece, &other.piece, options) {
        let days = options.window.as_secs_f64() / SECONDS_OF_A_DAY;
        return Ok((None, format!("they were published more than {days:.1} days apart")));
    }
    let compared = without_common_places(shelf, sought, &other.piece, other.source)?;
    let evidence = match weigh(shelf, sought, &compared, other.source, options.reach)? {
        Verdict::One(evidence) => evidence,
        Verdict::Two(evidence, veto) => return Ok((Some(evidence), veto.explain().to_owned())),
    };
    let found = Found { entry: id, story: other.story };
    let reason = if other.story != id && evidence.rung > Rung::Id && !fits(shelf, piece, other.story, evidence.rung)? {
        "the entry that its story began with is a different piece"
    } else if !has_room(shelf, &shelf.members(other.story)?, sought, found, &evidence)? {
        "its story already has the most entries that a story may have"
    } else if let Some(hides) = beside(shelf, asked, other, &evidence)? {
        hides.explain()
    } else if shelf.members(asked.stored.story)?.len() > 1 {
        "it is in a story with other entries, and two stories are only merged by hand"
    } else {
        "what is stored now would join them; why they were not joined at that time is not known"
    };
    Ok((Some(evidence), reason.to_owned()))
}

/// What an entry and the leading entry of the other's story would hide of each other, whichever came first.
fn beside<S: StoryShelf>(
    shelf: &S,
    asked: &Asked<'_>,
    other: &StoredPiece,
    evidence: &Evidence,
) -> Result<Option<Hides>, S::Error> {
    let Some(leader) = shelf.leader(other.story)? else { return Ok(None) };
    let Some(stored) = shelf.piece(leader.entry)? else { return Ok(None) };
    let (ours, theirs) = (Side::of(&asked.stored.piece, asked.link, asked.site), leader.side(&stored.piece));
    let both = [standing(&ours, &theirs, evidence), standing(&theirs, &ours, evidence)];
    Ok(both.into_iter().find_map(|standing| match standing {
        Standing::Beside(hides) => Some(hides),
        Standing::Follows | Standing::Leads(_) => None,
    }))
}
