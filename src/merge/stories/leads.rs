//! Which entry leads a story that another entry joins or leaves.

use super::{Decided, Intent, Leader, Led, Member, Piece, Placer, StoryShelf};
use crate::merge::home::{Leads, Side, Standing, standing};
use crate::model::{EntryId, Timestamp};
use crate::stories::Evidence;

/// The leading entry that replaces the previous one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    pub entry: EntryId,
    pub instead_of: EntryId,
    pub leads: Leads,
}

/// The leading entry after a person has merged the story `from` into `to`: that of `to`, unless the leading entry of
/// `from` is at home on the site that both are on.
pub fn united<S: StoryShelf>(shelf: &S, from: EntryId, to: EntryId) -> Result<Option<Successor>, S::Error> {
    let Some((ours, theirs)) = shelf.leader(from)?.zip(shelf.leader(to)?) else { return Ok(None) };
    let Some(stored) = shelf.piece(ours.entry)? else { return Ok(None) };
    Ok(match against(shelf, &ours.side(&stored.piece), &theirs, &Evidence::by_hand())? {
        Standing::Leads(leads) => Some(Successor { entry: ours.entry, instead_of: theirs.entry, leads }),
        Standing::Follows | Standing::Beside(_) => None,
    })
}

/// How an entry stands to a stored one that leads a story.
pub(super) fn against<S: StoryShelf>(
    shelf: &S,
    ours: &Side<'_>,
    other: &Leader,
    evidence: &Evidence,
) -> Result<Standing, S::Error> {
    let Some(stored) = shelf.piece(other.entry)? else { return Ok(Standing::Follows) };
    Ok(standing(ours, &other.side(&stored.piece), evidence))
}

impl<S: StoryShelf> Placer<'_, S> {
    /// Whether a revised entry and another entry of its story would now hide each other: if the revised entry leads the
    /// story it would hide the other, otherwise the other would hide it.
    pub(super) fn stands_beside(
        &self,
        (id, story): (EntryId, EntryId),
        piece: &Piece,
        link: Option<&str>,
        other: EntryId,
        evidence: &Evidence,
    ) -> Result<bool, S::Error> {
        let Some((other, stored)) = self.shelf.as_leader(other)?.zip(self.shelf.piece(other)?) else {
            return Ok(false);
        };
        let (ours, theirs) = (Side::of(piece, link, self.site), other.side(&stored.piece));
        let it_leads = self.leader(story)?.is_some_and(|leader| leader.entry == id);
        let standing = if it_leads { standing(&theirs, &ours, evidence) } else { standing(&ours, &theirs, evidence) };
        Ok(matches!(standing, Standing::Beside(_)))
    }

    /// Makes an entry the leading entry of the story that it has joined.
    pub(super) fn let_lead(&mut self, led: Led, link: Option<&str>, decided: &mut Decided<'_>) {
        let leader = Leader { entry: led.entry, link: link.map(str::to_owned), site: self.site.clone() };
        self.leaders.insert(led.story, Some(leader));
        decided.intents.push(Intent::Lead(Box::new(led)));
    }

    /// Moves a story to the rank of its leading entry, which has returned to the top of live documents without being
    /// the story's first entry.
    pub(in crate::merge) fn lift(
        &self,
        id: EntryId,
        ranked: Timestamp,
        decided: &mut Decided<'_>,
    ) -> Result<(), S::Error> {
        let Some(story) = self.story(id)?.filter(|story| *story != id) else { return Ok(()) };
        if self.leader(story)?.is_some_and(|leader| leader.entry == id) {
            decided.intents.push(Intent::Lift { story, ranked });
        }
        Ok(())
    }

    /// Chooses the leading entry after an entry has left. If the entry that left was the first one, the first of the
    /// others takes its place.
    pub(super) fn leave(&mut self, id: EntryId, story: EntryId, others: &[Member]) -> Result<(), S::Error> {
        let leader = self.leader(story)?;
        let stays = leader.filter(|leader| others.iter().any(|other| other.id == leader.entry));
        if story != id {
            if stays.is_none() {
                self.leaders.insert(story, None);
            }
        } else if let Some(first) = others.first() {
            self.leaders.remove(&story);
            self.leaders.insert(first.id, stays);
        }
        Ok(())
    }
}
