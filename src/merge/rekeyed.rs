//! Re-keyed entries: those that a document lists under other ids and addresses than the last document did. Either the
//! address of an entry was edited with its headline, or a site has moved or generates its ids anew.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Merge;
use super::shelf::{Seen, Shelf};
use crate::model::{EntryId, Problem, Timestamp};
use crate::stories::{Boilerplate, Headline, TitleWords, is_moved, is_replaced, is_same_at_another_time};

/// New entries that are compared with those that have gone.
const FRESH_MAX: usize = 500;
/// Hours after publication within which an address may be edited.
const REPLACED_WITHIN_HOURS: u64 = 96;
/// Least number of entries for a mass re-keying, and the part of them that must have gone under their own keys.
const MASS_LEAST: usize = 5;
const MASS_SHARE: f64 = 0.8;
/// The part of the gone entries that must then be found again.
pub(super) const FOUND_SHARE: f64 = 0.5;

/// An entry that the last document had and this document lacks.
pub(super) struct Gone {
    pub(super) id: EntryId,
    pub(super) seen: Seen,
    title: TitleWords,
    /// Whether the entry may have scrolled off the end of the document: an entry that was stored just before or after
    /// it, and was listed beside it, is gone, too.
    has_left: bool,
    /// Whether the entry disappeared from between its neighbours, which are both listed, in storing order and in the
    /// order of dates.
    pub(super) is_missing: bool,
}

impl Gone {
    /// Whether the publisher dated the entry: an undated entry has the date on which it was first seen.
    pub(super) fn is_dated(&self) -> bool {
        self.seen.published != self.seen.first_seen
    }
}

/// What has disappeared from the document since the last one.
pub(super) struct Shift {
    pub(super) gone: Vec<Gone>,
    /// Whether no entry of the last document is left.
    pub(super) is_whole: bool,
    /// Whether so much has disappeared that all entries count as re-keyed.
    pub(super) is_mass: bool,
    /// Number of entries that have disappeared under their own keys.
    pub(super) shifted: usize,
}

impl<S: Shelf> Merge<'_, '_, S> {
    /// Takes the entries that are new versions of entries gone under their own keys; returns the places of the rest.
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
                Some(known) => self.comes_again(known, at),
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

    /// Finds the entries of the document that are entries which have gone.
    fn find_again(
        &mut self,
        places: &[usize],
        window: &[EntryId],
        shifted: usize,
        is_mass: bool,
    ) -> Result<HashMap<usize, EntryId>, S::Error> {
        let mut found = HashMap::new();
        let mut shift = self.shift(places, window, shifted, is_mass)?;
        if shift.gone.is_empty() {
            return Ok(found);
        }
        let boilerplate = self.boilerplate()?;
        let fresh = &places[..places.len().min(FRESH_MAX)];
        for at in fresh {
            if let Some(was) = self.replaced_by(*at, &shift.gone, &boilerplate)? {
                found.insert(*at, shift.gone.swap_remove(was).id);
            }
        }
        let left: Vec<usize> = fresh.iter().filter(|at| !found.contains_key(at)).copied().collect();
        let moved = self.moved(&left, &shift, &boilerplate)?;
        let again: HashSet<EntryId> = moved.values().copied().collect();
        shift.gone.retain(|gone| !again.contains(&gone.id));
        found.extend(moved);
        if is_mass {
            let by_title = self.by_title(fresh, &shift.gone, &found)?;
            let all = shift.shifted - shift.gone.len() + by_title.len();
            if all as f64 >= FOUND_SHARE * shift.shifted as f64 {
                found.extend(by_title);
            }
        }
        Ok(found)
    }

    /// Which of the last document's entries are missing in this document, where the entries at these places are new.
    fn shift(&self, places: &[usize], window: &[EntryId], shifted: usize, is_mass: bool) -> Result<Shift, S::Error> {
        let is_there = |id: &EntryId| self.named.contains(id) || self.taken.contains(id);
        // From the entry that was stored last to the one that was stored first.
        let are_there: Vec<bool> = window.iter().map(is_there).collect();
        let is_whole = !are_there.contains(&true);
        let mut shift = Shift { gone: Vec::new(), is_whole, is_mass, shifted };
        for (place, id) in window.iter().enumerate().filter(|(place, _)| !are_there[*place]) {
            let Some(seen) = self.shelf.seen(*id)? else {
                // The entry has been removed from the store since.
                shift.shifted -= 1;
                continue;
            };
            let title = TitleWords::of(&seen.title);
            // Only the neighbours count, because an old entry that stays listed for good says nothing of entries that
            // leave above it.
            let is_newer_there = place == 0 || are_there[place - 1];
            let is_older_there = are_there.get(place + 1).is_some_and(|is_there| *is_there);
            let has_left = !(is_newer_there && is_older_there);
            shift.gone.push(Gone { id: *id, seen, title, has_left, is_missing: !has_left });
        }
        self.compare_dates(places, &mut shift);
        Ok(shift)
    }

    /// A document that lists the oldest entry first is stored in reverse order, and a document that is sorted by the
    /// last reply in neither order. Missing entries must therefore lie between entries that are still listed by their
    /// dates as well.
    fn compare_dates(&self, places: &[usize], shift: &mut Shift) {
        if !shift.gone.iter().any(|gone| gone.is_missing) {
            return;
        }
        let fresh: HashSet<usize> = places.iter().copied().collect();
        let mut calendar: BTreeMap<Timestamp, usize> = BTreeMap::new();
        for date in self.places().filter(|at| !fresh.contains(at)).filter_map(|at| self.entry(at).published) {
            calendar.entry(date).or_default();
        }
        if calendar.is_empty() {
            return;
        }
        for gone in shift.gone.iter().filter(|gone| gone.is_dated()) {
            *calendar.entry(gone.seen.published).or_default() += 1;
        }
        for gone in shift.gone.iter_mut().filter(|gone| gone.is_missing && gone.is_dated()) {
            gone.is_missing = is_between_listed(&calendar, gone.seen.published);
        }
    }

    /// The gone entry that an entry has replaced. Titles are compared first, because reading texts costs more.
    fn replaced_by(&self, at: usize, gone: &[Gone], boilerplate: &Boilerplate) -> Result<Option<usize>, S::Error> {
        let entry = self.entry(at);
        let title = TitleWords::of(&entry.title);
        let is_told_by_date = self.is_told_by_date(entry);
        for (was, gone) in gone.iter().enumerate() {
            let is_recent = self.now.since(gone.seen.first_seen).as_secs() <= REPLACED_WITHIN_HOURS * 3_600;
            if is_recent && gone.title.is_like(&title) {
                let before = self.stored_version(gone.id)?;
                let version = self.document.prepared.version(at, entry);
                let is_next_of_series = is_told_by_date && is_same_at_another_time(&before, &version);
                if !is_next_of_series && is_replaced(&before, &version, gone.has_left, boilerplate) {
                    return Ok(Some(was));
                }
            }
        }
        Ok(None)
    }

    /// Where everything has moved, a title that is unique on both sides is enough.
    fn by_title(
        &self,
        places: &[usize],
        gone: &[Gone],
        found: &HashMap<usize, EntryId>,
    ) -> Result<HashMap<usize, EntryId>, S::Error> {
        let mut bearers: HashMap<Headline, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for at in places.iter().filter(|at| !found.contains_key(at)) {
            let version = self.document.prepared.version(*at, self.entry(*at));
            bearers.entry(version.piece.headline).or_default().0.push(*at);
        }
        for (was, gone) in gone.iter().enumerate() {
            bearers.entry(self.stored_version(gone.id)?.piece.headline).or_default().1.push(was);
        }
        let mut pairs = Vec::new();
        for (fresh, was) in bearers.into_values() {
            let ([at], [was]) = (fresh.as_slice(), was.as_slice()) else { continue };
            let before = self.stored_version(gone[*was].id)?;
            let entry = self.entry(*at);
            let version = self.document.prepared.version(*at, entry);
            let is_next_of_series = self.is_told_by_date(entry) && is_same_at_another_time(&before, &version);
            if !is_next_of_series && is_moved(&before, &version) {
                pairs.push((*at, &gone[*was]));
            }
        }
        Ok(self.with_traces(&pairs)?.into_iter().map(|(at, gone)| (at, gone.id)).collect())
    }
}

/// Whether all entries of the neighbouring dates are still listed, and only one entry of this date is gone. There must be
/// an older listed entry, because entries leave the document at its end; an entry beside others that have left has left
/// with them. `calendar` has how many entries of each date are gone; 0 if all entries of that date are listed.
fn is_between_listed(calendar: &BTreeMap<Timestamp, usize>, date: Timestamp) -> bool {
    let is_listed = |(_, gone): (&Timestamp, &usize)| *gone == 0;
    let after = Timestamp::from_unix(date.unix().saturating_add(1));
    calendar.get(&date) == Some(&1)
        && calendar.range(..date).next_back().is_some_and(is_listed)
        && calendar.range(after..).next().is_none_or(is_listed)
}
