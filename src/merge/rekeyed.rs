//! Entries that a document lists under other ids and addresses than the last one did: one whose address was edited with its
//! headline, or all of them, where a site has moved or makes its ids anew.

use std::collections::HashMap;

use super::Merge;
use super::shelf::Shelf;
use crate::model::{EntryId, Problem, Timestamp};
use crate::stories::{Boilerplate, Headline, TitleWords, is_moved, is_replaced};

/// New entries that are compared with those that have gone.
const FRESH_MAX: usize = 500;
/// An address is edited soon after it was published, or never.
const REPLACED_WITHIN_HOURS: u64 = 96;
/// Of so many entries, the part that must be gone under their own keys before all is taken to have been re-keyed.
const MASS_LEAST: usize = 5;
const MASS_SHARE: f64 = 0.8;
/// The part of those gone that must then be found again.
const FOUND_SHARE: f64 = 0.5;

/// An entry that the last document had and this one does not, and what was read of it so far.
struct Gone {
    id: EntryId,
    /// It only left the document as older ones do.
    has_left: bool,
    /// When it was first seen, and its title; none if it is there no more.
    seen: Option<Option<(Timestamp, TitleWords)>>,
}

impl<S: Shelf> Merge<'_, '_, S> {
    /// Revises what is a next version of an entry that is gone under its own keys; returns the places of the rest.
    pub(super) fn rekeyed(&mut self, places: Vec<usize>) -> Result<Vec<usize>, S::Error> {
        let is_empty = places.len() + self.taken.len() == 0;
        if self.document.partial || !self.before.was_polled || !self.before.has_entries || is_empty {
            return Ok(places);
        }
        let window = self.shelf.listed()?;
        let shifted = window.iter().filter(|id| !self.named.contains(id)).count();
        let is_mass = window.len() >= MASS_LEAST && shifted as f64 >= MASS_SHARE * window.len() as f64;
        let found =
            if places.is_empty() { HashMap::new() } else { self.find_again(&places, &window, shifted, is_mass)? };
        let again = window.iter().filter(|id| self.taken.contains(id) && !self.named.contains(id));
        let again = again.count() + found.len();
        let mut left = Vec::new();
        for at in places {
            let known = found.get(&at).map_or(Ok(None), |id| self.shelf.known(*id))?;
            match known {
                Some(known) => self.revise(&known, at)?,
                None => left.push(at),
            }
        }
        if is_mass && again as f64 >= FOUND_SHARE * shifted as f64 {
            let text = format!(
                "{again} entries came under other ids or addresses at once, as when a site moves: they were recognised, \
                 and only what is new is published"
            );
            self.decided.problems.push(Problem::new(text));
        }
        Ok(left)
    }

    /// Which entries of the document are which that have gone.
    fn find_again(
        &mut self,
        places: &[usize],
        window: &[EntryId],
        shifted: usize,
        is_mass: bool,
    ) -> Result<HashMap<usize, EntryId>, S::Error> {
        let is_there = |id: &&EntryId| self.named.contains(id) || self.taken.contains(id);
        // The oldest that is still there; older ones have left as all do in time.
        let oldest = window.iter().filter(is_there).min().copied();
        let has_left = |id: EntryId| oldest.is_none_or(|oldest| id < oldest);
        let gone = window.iter().filter(|id| !is_there(id));
        let gone = gone.map(|id| Gone { id: *id, has_left: has_left(*id), seen: None });
        let mut gone: Vec<Gone> = gone.collect();
        let mut found = HashMap::new();
        if gone.is_empty() {
            return Ok(found);
        }
        let printed = self.printed()?;
        let fresh = &places[..places.len().min(FRESH_MAX)];
        for at in fresh {
            if let Some(was) = self.replaced_by(*at, &mut gone, &printed)? {
                found.insert(*at, gone.swap_remove(was).id);
            }
        }
        if is_mass {
            let by_title = self.by_title(fresh, &gone, &found)?;
            let all = shifted - gone.len() + by_title.len();
            if all as f64 >= FOUND_SHARE * shifted as f64 {
                found.extend(by_title);
            }
        }
        Ok(found)
    }

    /// Which of those that have gone an entry has replaced. What costs little is asked first: texts are read only of
    /// entries that are called alike.
    fn replaced_by(&self, at: usize, gone: &mut [Gone], printed: &Boilerplate) -> Result<Option<usize>, S::Error> {
        let entry = self.entry(at);
        let title = TitleWords::of(&entry.title);
        for (was, gone) in gone.iter_mut().enumerate() {
            if gone.seen.is_none() {
                let seen = self.shelf.seen(gone.id)?;
                gone.seen = Some(seen.map(|seen| (seen.first_seen, TitleWords::of(&seen.title))));
            }
            let is_candidate = gone.seen.as_ref().and_then(Option::as_ref).is_some_and(|(first_seen, was)| {
                self.now.since(*first_seen).as_secs() <= REPLACED_WITHIN_HOURS * 3_600 && was.is_like(&title)
            });
            if is_candidate {
                let before = self.stored_version(gone.id)?;
                let version = self.document.prepared.version(at, entry);
                if is_replaced(&before, &version, gone.has_left, printed) {
                    return Ok(Some(was));
                }
            }
        }
        Ok(None)
    }

    /// Where everything has moved, a title that only one of either side has is enough.
    fn by_title(
        &self,
        places: &[usize],
        gone: &[Gone],
        found: &HashMap<usize, EntryId>,
    ) -> Result<HashMap<usize, EntryId>, S::Error> {
        let mut bearers: HashMap<Headline, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for at in places.iter().filter(|at| !found.contains_key(at)) {
            let version = self.document.prepared.version(*at, self.entry(*at));
            bearers.entry(version.piece.headline()).or_default().0.push(*at);
        }
        for (was, gone) in gone.iter().enumerate() {
            bearers.entry(self.stored_version(gone.id)?.piece.headline()).or_default().1.push(was);
        }
        let mut again = HashMap::new();
        for (fresh, was) in bearers.into_values() {
            let ([at], [was]) = (fresh.as_slice(), was.as_slice()) else { continue };
            let before = self.stored_version(gone[*was].id)?;
            if is_moved(&before, &self.document.prepared.version(*at, self.entry(*at))) {
                again.insert(*at, gone[*was].id);
            }
        }
        Ok(again)
    }
}
