//! Whether a document's dates are its entries' own.

use std::time::Duration;

use crate::model::{CleanEntry, Timestamp};

/// A date that lies so close to the time of the poll was put there by the software that made the document.
const STAMPED_WITHIN: Duration = Duration::from_secs(5 * 60);
/// Dates that are the same in all entries are the document's from so many entries on.
const STAMPED_LEAST: usize = 2;

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
pub(super) fn have_moved_alike(shifts: &[i64]) -> bool {
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
