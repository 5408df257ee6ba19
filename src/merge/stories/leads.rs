//! Which entry leads a story that an entry joins, and what becomes of that when one leaves.

use super::{Decided, Intent, Leader, Led, Member, Piece, Placer, Rung, StoryShelf};
use crate::merge::home::{Claim, Leads, Side, Standing, standing};
use crate::model::{EntryId, Timestamp};

/// What an entry becomes in a story that it was found to belong to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Placing {
    Follows,
    /// It leads the story in place of the entry that has led it so far.
    Leads {
        instead_of: EntryId,
        leads: Leads,
    },
    /// It stays a story of its own, so that neither hides the other.
    Beside,
}

impl<S: StoryShelf> Placer<'_, S> {
    /// What an entry becomes in a story that it was found to belong to by this rung.
    pub(super) fn placing(
        &self,
        story: EntryId,
        piece: &Piece,
        link: Option<&str>,
        rung: Rung,
    ) -> Result<Placing, S::Error> {
        let Some(leader) = self.leader(story)? else { return Ok(Placing::Follows) };
        Ok(match self.standing(piece, link, &leader, rung)? {
            Standing::Follows => Placing::Follows,
            Standing::Leads(leads) => Placing::Leads { instead_of: leader.entry, leads },
            Standing::Beside => Placing::Beside,
        })
    }

    /// Whether a revised entry and another one of its story would hide each other now.
    pub(super) fn stands_beside(
        &self,
        piece: &Piece,
        link: Option<&str>,
        other: EntryId,
        rung: Rung,
    ) -> Result<bool, S::Error> {
        let Some(other) = self.shelf.as_leader(other)? else { return Ok(false) };
        Ok(self.standing(piece, link, &other, rung)? == Standing::Beside)
    }

    fn standing(&self, piece: &Piece, link: Option<&str>, other: &Leader, rung: Rung) -> Result<Standing, S::Error> {
        let Some(stored) = self.shelf.piece(other.entry)? else { return Ok(Standing::Follows) };
        let ours = Side { piece, claim: Claim::of(link, self.site), site: self.site };
        let claim = Claim::of(other.link.as_deref(), &other.site);
        let theirs = Side { piece: &stored.piece, claim, site: &other.site };
        Ok(standing(&ours, &theirs, rung))
    }

    /// Lets an entry lead the story that it has joined.
    pub(super) fn let_lead(&mut self, led: Led, link: Option<&str>, decided: &mut Decided<'_>) {
        let leader = Leader { entry: led.entry, link: link.map(str::to_owned), site: self.site.clone() };
        self.leaders.insert(led.story, Some(leader));
        decided.intents.push(Intent::Lead(Box::new(led)));
    }

    /// An entry came back to live documents: so does the story that it leads without having begun it.
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

    /// What leads a story after an entry has left it, and the first of the others has begun it if that entry did before.
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

    pub(super) fn leader(&self, story: EntryId) -> Result<Option<Leader>, S::Error> {
        match self.leaders.get(&story) {
            Some(leader) => Ok(leader.clone()),
            None => self.shelf.leader(story),
        }
    }
}
