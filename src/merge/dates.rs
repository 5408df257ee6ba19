//! Entries that have no name of their own and are told by their dates, and whether a document's dates are its entries' own.

use std::time::Duration;

use super::Merge;
use super::shelf::{Known, Shelf};
use crate::model::{CleanEntry, KeyKind, Timestamp};

/// A date that lies so close to the time of the poll was put there by the software that made the document.
const STAMPED_WITHIN: Duration = Duration::from_secs(5 * 60);
/// Dates that are the same in all entries are the document's from so many entries on.
const STAMPED_LEAST: usize = 2;

/// Entries that are told by their dates, and are stored just so under other dates: their places, and what is stored.
#[derive(Default)]
pub(super) struct Redated {
    pub(super) entries: Vec<(usize, Known)>,
    /// Others that are told by their dates have the same as before.
    pub(super) keep_their_dates: bool,
}

impl<S: Shelf> Merge<'_, '_, S> {
    /// Whether an entry has no name that tells it from others, and its date does.
    pub(super) fn is_told_by_date(&self, entry: &CleanEntry) -> bool {
        let has_name = || entry.keys.iter().any(|key| key.trusted || (key.kind.is_name() && self.trust.tells(key)));
        !self.is_stamped && entry.published.is_some() && !has_name()
    }

    /// What is stored just so, but under another date, of an entry that is told by its date; the latest.
    pub(super) fn redated(&self, entry: &CleanEntry) -> Result<Option<Known>, S::Error> {
        let text = entry.keys.iter().find(|key| key.kind == KeyKind::Text && self.trust.tells(key));
        let Some(text) = text.filter(|_| self.is_told_by_date(entry)) else { return Ok(None) };
        let known = self.by_key(entry, text)?.into_iter();
        let is_this = |known: &Known| known.record_hash == entry.record_hash && !self.taken.contains(&known.id);
        Ok(known.filter(is_this).max_by_key(|known| (known.published, known.id)))
    }

    /// Counts those that are the same in spite of their dates: what had none before, and all if the software has moved all
    /// dates alike. Returns the places of the rest, which are other entries.
    pub(super) fn stored_but_for_their_dates(&mut self, redated: Redated) -> Result<Vec<usize>, S::Error> {
        let shift =
            |at: usize, known: &Known| self.entry(at).published.map_or(0, |date| date.unix() - known.published.unix());
        let shifts: Vec<i64> = redated.entries.iter().map(|(at, known)| shift(*at, known)).collect();
        let have_all_moved = !redated.keep_their_dates && have_moved_alike(&shifts);
        let mut left = Vec::new();
        for (at, known) in redated.entries {
            let is_free = !self.taken.contains(&known.id);
            if is_free && (have_all_moved || !self.stored_version(known.id)?.dated) {
                self.is_same(known.id);
            } else {
                left.push(at);
            }
        }
        Ok(left)
    }
}

/// Whether the dates say when the document was made rather than when its entries were: all are the same, or the present.
pub(super) fn are_stamps(entries: &[CleanEntry], now: Timestamp) -> bool {
    let dates = || entries.iter().filter_map(|entry| entry.published);
    let Some(first) = dates().next() else { return false };
    let is_present = |date: Timestamp| date.since(now).max(now.since(date)) <= STAMPED_WITHIN;
    let is_one = || dates().take(STAMPED_LEAST).count() >= STAMPED_LEAST && dates().all(|date| date == first);
    dates().all(is_present) || is_one()
}

/// Whether dates that have moved by so many seconds were moved by the software and not by the publisher: several, and all
/// alike.
fn have_moved_alike(shifts: &[i64]) -> bool {
    shifts.len() >= STAMPED_LEAST && shifts.iter().all(|shift| *shift == shifts[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntryDetails, Written};

    const NOW: Timestamp = Timestamp::from_unix(1_793_491_200);

    fn entry(before: Option<i64>) -> CleanEntry {
        CleanEntry {
            keys: Vec::new(),
            declared_id: None,
            link: None,
            title: String::new(),
            summary: String::new(),
            content: String::new(),
            published: before.map(|seconds| Timestamp::from_unix(NOW.unix() - seconds)),
            updated: None,
            details: EntryDetails::default(),
            written: Written::default(),
            record_hash: [0; 16],
            text_hash: [0; 16],
        }
    }

    #[test]
    fn dates_that_are_the_documents_own_are_recognised() {
        let check = |before: &[Option<i64>], wanted: bool| {
            let entries: Vec<CleanEntry> = before.iter().map(|before| entry(*before)).collect();
            assert_eq!(are_stamps(&entries, NOW), wanted, "{before:?}");
        };
        check(&[Some(10)], true);
        check(&[Some(-10), Some(20), None], true);
        check(&[Some(301)], false);
        check(&[Some(10), Some(7_200)], false);
        check(&[Some(7_200), Some(7_200)], true);
        check(&[Some(7_200), Some(7_200), Some(7_201)], false);
        check(&[None, None], false);
        check(&[], false);
    }

    #[test]
    fn dates_that_move_alike_were_moved_by_the_software() {
        let check = |shifts: &[i64], wanted: bool| assert_eq!(have_moved_alike(shifts), wanted, "{shifts:?}");
        check(&[60, 60], true);
        check(&[60, 61], false);
        check(&[60], false);
        check(&[], false);
    }
}
