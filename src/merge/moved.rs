//! Entries that come under new ids, addresses and dates with unchanged texts: a few that moved together, an entry that
//! was published again, an entry with a rewritten headline, and a whole document whose titles got the same words in
//! front or at the end.
//!
//! Weekly threads and daily bulletins also repeat their text under new names, but their last issue is still listed or
//! has left at the end of the list, and neither names nor dates suggest a move ([`series`](super::series)). A move is
//! therefore either several entries at once that bear its traces, or one entry whose predecessor has disappeared from
//! between entries that are still listed.

use std::collections::HashMap;

use super::Merge;
use super::rekeyed::{FOUND_SHARE, Gone, Shift};
use super::series::{Pair, same_of};
use super::shelf::Shelf;
use crate::model::{EntryId, KeyDigest, Timestamp};
use crate::stories::{Boilerplate, is_moved, is_rewritten, is_same_text, title_in_words};

/// Number of entries that must come again at once before a document that has lost all its entries counts as moved, or a
/// change of titles counts as a change of all titles.
const TOGETHER_LEAST: usize = 3;
/// The same number where one of the entries has disappeared from between others.
const BESIDE_LEAST: usize = 2;
/// Words that a site puts before or behind all titles.
const AFFIX_WORDS_MAX: usize = 6;
/// Words of a title without them.
const TITLE_WORDS_LEAST: usize = 2;

/// The stored entry for each place in the document.
type Found = HashMap<usize, EntryId>;

/// The words before and behind a title.
type Affix<'w> = (&'w [u32], &'w [u32]);

impl<S: Shelf> Merge<'_, '_, S> {
    /// Finds which of the new entries are entries that have gone, by their content.
    pub(super) fn moved(&self, fresh: &[usize], shift: &Shift, boilerplate: &Boilerplate) -> Result<Found, S::Error> {
        let mut found = self.republished(fresh, shift)?;
        let rewritten = self.rewritten(fresh, shift, boilerplate, &found)?;
        found.extend(rewritten);
        let decorated = self.decorated(fresh, shift, &found)?;
        found.extend(decorated);
        Ok(found)
    }

    /// Entries with the same title and text under other names and dates.
    fn republished(&self, fresh: &[usize], shift: &Shift) -> Result<Found, S::Error> {
        let mut gone: HashMap<KeyDigest, Vec<&Gone>> = HashMap::new();
        for it in &shift.gone {
            if let Some(same) = it.seen.same {
                gone.entry(same).or_default().push(it);
            }
        }
        let mut pairs: Vec<Pair<'_>> = Vec::new();
        for at in fresh {
            let entry = self.entry(*at);
            let Some(same) = same_of(entry) else { continue };
            let Some([it]) = gone.get(&same).map(Vec::as_slice) else { continue };
            // A title that recurs in the document belongs to a series.
            let recurs = || self.document.entries.iter().filter(|other| other.title == entry.title).nth(1).is_some();
            if !self.is_told_by_date(entry) && !recurs() && !self.is_of_series(entry, same)? {
                pairs.push((*at, *it));
            }
        }
        let moved = self.with_traces(&pairs)?;
        let is_beside = moved.len() >= BESIDE_LEAST && moved.iter().any(|(_, it)| it.is_missing);
        let is_together = is_beside || (shift.is_whole && moved.len() >= TOGETHER_LEAST);
        let mut found: Found = moved.into_iter().filter(|_| is_together).map(|(at, it)| (at, it.id)).collect();
        let alone = pairs.into_iter().filter(|pair| pair.1.is_missing && !self.is_weeks_later(*pair));
        found.extend(alone.map(|(at, it)| (at, it.id)));
        Ok(found)
    }

    /// Entries with the same text and second, unique in the document, under another headline and address.
    fn rewritten(
        &self,
        fresh: &[usize],
        shift: &Shift,
        boilerplate: &Boilerplate,
        found: &Found,
    ) -> Result<Found, S::Error> {
        let mut again = Found::new();
        if self.is_stamped {
            return Ok(again);
        }
        let mut gone: HashMap<Timestamp, Vec<&Gone>> = HashMap::new();
        for it in &shift.gone {
            gone.entry(it.seen.published).or_default().push(it);
        }
        for at in fresh.iter().filter(|at| !found.contains_key(at)) {
            let entry = self.entry(*at);
            let known = entry.published.and_then(|published| gone.get(&published));
            let Some([it]) = known.map(Vec::as_slice) else { continue };
            let is_alone = self.document.entries.iter().filter(|other| other.published == entry.published).count() == 1;
            if is_alone && !found.values().any(|id| *id == it.id) {
                let before = self.stored_version(it.id)?;
                if is_rewritten(&before, &self.document.prepared.version(*at, entry), boilerplate) {
                    again.insert(*at, it.id);
                }
            }
        }
        Ok(again)
    }

    /// Entries with the same texts, whose titles all have gained or lost the same words in front or at the end.
    fn decorated(&self, fresh: &[usize], shift: &Shift, found: &Found) -> Result<Found, S::Error> {
        let mut again = Found::new();
        let fresh: Vec<usize> = fresh.iter().filter(|at| !found.contains_key(at)).copied().collect();
        let is_candidate =
            |it: &&Gone| (shift.is_whole || shift.is_mass || it.is_missing) && !found.values().any(|id| *id == it.id);
        let gone: Vec<&Gone> = shift.gone.iter().filter(is_candidate).collect();
        if fresh.len().min(gone.len()) < TOGETHER_LEAST {
            return Ok(again);
        }
        let now: Vec<Vec<u32>> = fresh.iter().map(|at| title_in_words(&self.entry(*at).title)).collect();
        let before: Vec<Vec<u32>> = gone.iter().map(|it| title_in_words(&it.seen.title)).collect();
        let more = agreed(&now, &before);
        let less: Vec<(usize, usize)> = agreed(&before, &now).into_iter().map(|(was, at)| (at, was)).collect();
        let pairs = if more.len() >= less.len() { more } else { less };
        // Where everything has moved, texts may have changed as well.
        let are_all = shift.is_mass && pairs.len() as f64 >= FOUND_SHARE * shift.shifted as f64;
        let pairs: Vec<Pair<'_>> = pairs.into_iter().map(|(at, was)| (fresh[at], gone[was])).collect();
        for (at, was) in self.with_traces(&pairs)? {
            let version = self.document.prepared.version(at, self.entry(at));
            let stored = self.stored_version(was.id)?;
            if is_same_text(&stored, &version) || (are_all && is_moved(&stored, &version)) {
                again.insert(at, was.id);
            }
        }
        if again.len() < TOGETHER_LEAST {
            again.clear();
        }
        Ok(again)
    }
}

/// Pairs of longer and shorter titles that differ by the surrounding words that most pairs share. The words are found
/// by this agreement, so that no list of what sites write there is needed. Titles that occur twice are left out.
fn agreed(longer: &[Vec<u32>], shorter: &[Vec<u32>]) -> Vec<(usize, usize)> {
    let mut bare: HashMap<&[u32], Option<usize>> = HashMap::new();
    for (at, title) in shorter.iter().enumerate().filter(|(_, title)| title.len() >= TITLE_WORDS_LEAST) {
        bare.entry(title).and_modify(|known| *known = None).or_insert(Some(at));
    }
    let mut by_affix: HashMap<Affix<'_>, Vec<(usize, usize)>> = HashMap::new();
    for (at, title) in longer.iter().enumerate() {
        for front in 0..=AFFIX_WORDS_MAX.min(title.len()) {
            for back in 0..=AFFIX_WORDS_MAX.min(title.len() - front) {
                let end = title.len() - back;
                if front + back > 0
                    && let Some(Some(was)) = bare.get(&title[front..end])
                {
                    by_affix.entry((&title[..front], &title[end..])).or_default().push((at, *was));
                }
            }
        }
    }
    let most = by_affix.into_iter().max_by_key(|(affix, pairs)| (pairs.len(), *affix));
    let mut pairs = most.map(|(_, pairs)| pairs).unwrap_or_default();
    // Two titles that are equal without the words belong to two entries.
    let mut times: HashMap<usize, usize> = HashMap::new();
    for (_, was) in &pairs {
        *times.entry(*was).or_default() += 1;
    }
    pairs.retain(|(_, was)| times[was] == 1);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Longer and shorter titles; `wanted`: the pairs.
    fn check(longer: &[&str], shorter: &[&str], wanted: &[(usize, usize)]) {
        let words = |titles: &[&str]| titles.iter().map(|title| title_in_words(title)).collect::<Vec<_>>();
        assert_eq!(agreed(&words(longer), &words(shorter)), wanted, "{longer:?} {shorter:?}");
    }

    #[test]
    fn words_around_titles_are_found_by_agreement() {
        let bare = ["Red houses burn", "Green gardens grow", "Blue waters rise"];
        let all = [(0, 0), (1, 1), (2, 2)];
        check(&["Red houses burn | News", "Green gardens grow | News", "Blue waters rise | News"], &bare, &all);
        check(&["[Blog] Red houses burn", "[Blog] Green gardens grow", "[Blog] Blue waters rise"], &bare, &all);
        check(
            &["A: Red houses burn (B c)", "A: Green gardens grow (B c)", "Blue waters rise"],
            &bare,
            &[(0, 0), (1, 1)],
        );
        check(&["Red houses burn, too"], &bare, &[(0, 0)]);
        check(&["Red houses burn", "Green gardens grow"], &bare, &[]);
        check(&["Week 2: Red houses", "Week 2: Green gardens"], &["Week 1: Red houses", "Week 1: Green gardens"], &[]);
        check(&["Red houses burn | News", "News Red houses burn"], &["Red houses burn", "Red houses burn"], &[]);
    }
}
