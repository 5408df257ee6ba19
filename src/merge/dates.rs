//! Entries that have neither an id nor an address of their own and are told apart by their dates, whether the dates of
//! a document are those of its entries or of the document itself, and the rank that new entries have by their dates.

use std::time::Duration;

use super::Merge;
use super::intent::Intent;
use super::shelf::{Known, Shelf};
use crate::model::{CleanEntry, KeyDigest, KeyKind, Timestamp};
use crate::text::digest::hex;

/// The highest rank of undated entries of a first document. All dated entries rank higher, because no credible date is
/// before 1990.
pub const BELOW_ALL_DATES: Timestamp = Timestamp::from_unix(0);
/// The publisher's software may have set a date that lies this close to the time of the poll.
const STAMPED_WITHIN: Duration = Duration::from_secs(60);
/// A document needs this many dated entries before a date that all of them share counts as the document's own.
const STAMPED_LEAST: usize = 2;
/// A page shows another report if its date is later by at least this.
const ANOTHER_AFTER: Duration = Duration::from_secs(3_600);
/// An entry with this many keys gets no further key for a moved date, because dates that move at every poll would use
/// up the keys that the entry may have.
const MOVED_MAX: u32 = 16;
/// Length of a day in seconds.
const DAY: i64 = 24 * 3_600;

/// Entries without a name that are stored unchanged but for their dates: their places in the document, and the stored
/// entries.
#[derive(Default)]
pub(super) struct Redated {
    pub(super) entries: Vec<(usize, Known)>,
    /// Whether other such entries of the document have the same dates as before.
    pub(super) keep_their_dates: bool,
}

impl<S: Shelf> Merge<'_, '_, S> {
    /// The rank of a new entry in live documents: its date, otherwise the time when it was first seen. Undated entries
    /// of a first document may be of any age, so they rank below all dated entries, in the order of their document.
    pub(super) fn rank(&self, at: usize) -> Timestamp {
        match self.entry(at).published {
            Some(published) => published,
            None if self.before.was_polled => self.now,
            None => Timestamp::from_unix(BELOW_ALL_DATES.unix() - i64::try_from(at).unwrap_or(i64::MAX)),
        }
    }

    /// Whether an entry has a date that tells it from others, and no name that does.
    pub(super) fn is_told_by_date(&self, entry: &CleanEntry) -> bool {
        !self.is_stamped && entry.published.is_some() && !self.has_name(entry)
    }

    fn has_name(&self, entry: &CleanEntry) -> bool {
        entry.keys.iter().any(|key| key.trusted || (key.kind.is_name() && self.trust.tells(key)))
    }

    /// Whether the dates tell when the document was made, not when its entries were published: all are equal, or all
    /// are the present. Two cases look alike: the next issues of reports share one date, too, and a bulletin may be
    /// read as soon as it is published. For entries that are told apart by their dates, stored entries must therefore
    /// confirm it.
    pub(super) fn are_stamps(&self) -> Result<bool, S::Error> {
        let (entries, now) = (self.document.entries, self.now);
        let is_one = are_one_moment(entries);
        if !is_one && !are_present(entries, now) {
            return Ok(false);
        }
        let mut is_proven = is_one;
        for entry in entries.iter().filter(|entry| !self.has_name(entry) || self.is_report(entry)) {
            let Some(published) = entry.published else { continue };
            let Some(known) = self.said_before(entry)?.filter(|known| known.published != published) else { continue };
            if is_one {
                if is_days(published.unix() - known.published.unix()) && self.is_after_last_document(published) {
                    return Ok(false);
                }
            } else if self.was_present(&known)? {
                is_proven = true;
            } else {
                return Ok(false);
            }
        }
        Ok(is_proven)
    }

    /// Whether a stored entry was dated with the present when it was first seen.
    fn was_present(&self, known: &Known) -> Result<bool, S::Error> {
        Ok(self.shelf.seen(known.id)?.is_some_and(|seen| is_present(seen.published, seen.first_seen)))
    }

    /// Whether an entry with this date may have been published since the last document. An older entry was not in the
    /// last document although it could have been, so its date was changed.
    fn is_after_last_document(&self, date: Timestamp) -> bool {
        self.before.absences.until.is_none_or(|until| date > until)
    }

    /// The latest stored entry with exactly the same content.
    fn said_before(&self, entry: &CleanEntry) -> Result<Option<Known>, S::Error> {
        let text = entry.keys.iter().find(|key| key.kind == KeyKind::Text && self.trust.tells(key));
        let Some(text) = text else { return Ok(None) };
        let known = self.by_key(entry, text)?.into_iter();
        let is_this = |known: &Known| known.record_hash == entry.record_hash && !self.taken.contains(&known.id);
        Ok(known.filter(is_this).max_by_key(|known| (known.published, known.id)))
    }

    /// The latest stored entry with the same content and another date, for an entry that is told apart by its date.
    pub(super) fn redated(&self, entry: &CleanEntry) -> Result<Option<Known>, S::Error> {
        if self.is_told_by_date(entry) { self.said_before(entry) } else { Ok(None) }
    }

    /// The stored entry that came with exactly this content and this date before, although another date is stored with
    /// it.
    pub(super) fn came_redated(&self, entry: &CleanEntry) -> Result<Option<Known>, S::Error> {
        if !(self.is_told_by_date(entry) || (!self.is_stamped && self.is_report(entry))) {
            return Ok(None);
        }
        let Some(key) = redated_key(entry) else { return Ok(None) };
        Ok(self.bearer(key)?.filter(|known| !self.taken.contains(&known.id)))
    }

    /// Remembers the date with which a stored entry came if that date tells it from the entry as it is stored. The
    /// stored date stays as it is, and the next document must lead to the same entry.
    pub(super) fn know_redated(&mut self, known: &Known, at: usize) -> Result<(), S::Error> {
        let entry = self.entry(at);
        let is_redated = self.is_told_by_date(entry) && !known.is_dated_like(entry);
        if !(is_redated || self.is_later_report(entry, known)) || known.aliases >= MOVED_MAX {
            return Ok(());
        }
        let Some(key) = redated_key(entry) else { return Ok(()) };
        if self.bearer(key)?.is_none() {
            self.overlay.bearers.insert(key, Some(known.id));
            self.decided.intents.push(Intent::Know { entry: known.id, keys: vec![key] });
        }
        Ok(())
    }

    /// Whether an entry may be an hourly report at the address of a page, without an id.
    fn is_report(&self, entry: &CleanEntry) -> bool {
        let has_moment = || entry.keys.iter().any(|key| key.kind == KeyKind::TextAt);
        let is_alone = self.document.parsed == 1 && !self.document.partial;
        is_alone && entry.declared_id.is_none() && has_moment()
    }

    /// Whether a page now shows another report than the one that is stored under its address.
    pub(super) fn is_later_report(&self, entry: &CleanEntry, known: &Known) -> bool {
        let is_later = |published: Timestamp| published.since(known.published) >= ANOTHER_AFTER;
        !self.is_stamped && self.is_report(entry) && entry.published.is_some_and(is_later)
    }

    /// Counts the entries that are unchanged although their dates differ: the stored entry had no date, or the software
    /// has moved all dates alike. Returns the places of the remaining entries, which are different entries.
    pub(super) fn stored_but_for_their_dates(&mut self, redated: Redated) -> Result<Vec<usize>, S::Error> {
        let shift =
            |at: usize, known: &Known| self.entry(at).published.map_or(0, |date| date.unix() - known.published.unix());
        let shifts: Vec<i64> = redated.entries.iter().map(|(at, known)| shift(*at, known)).collect();
        let is_new = |at: usize| self.entry(at).published.is_some_and(|date| self.is_after_last_document(date));
        let are_new = redated.entries.iter().all(|(at, _)| is_new(*at));
        let have_all_moved = !redated.keep_their_dates && !are_new && have_moved_alike(&shifts);
        let mut left = Vec::new();
        for (at, known) in redated.entries {
            let is_free = !self.taken.contains(&known.id);
            if is_free && (have_all_moved || !self.stored_version(known.id)?.dated) {
                self.is_same(known.id);
                if have_all_moved {
                    self.know_redated(&known, at)?;
                }
            } else {
                left.push(at);
            }
        }
        Ok(left)
    }
}

/// The key of an entry's content and date, by which an entry whose date has moved is found.
fn redated_key(entry: &CleanEntry) -> Option<KeyDigest> {
    let published = entry.published?;
    Some(KeyDigest::of(&format!("redated:{}@{}", hex(&entry.record_hash), published.unix())))
}

fn are_present(entries: &[CleanEntry], now: Timestamp) -> bool {
    let dates = || entries.iter().filter_map(|entry| entry.published);
    dates().next().is_some() && dates().all(|date| is_present(date, now))
}

fn is_present(date: Timestamp, now: Timestamp) -> bool {
    date.since(now).max(now.since(date)) <= STAMPED_WITHIN
}

/// Whether several entries are dated, all with the same second. A date without a time does not count, because all
/// entries of a day share it.
fn are_one_moment(entries: &[CleanEntry]) -> bool {
    let dates = || entries.iter().filter_map(|entry| entry.published);
    let Some(first) = dates().next() else { return false };
    first.unix() % DAY != 0 && dates().nth(STAMPED_LEAST - 1).is_some() && dates().all(|date| date == first)
}

/// Whether the software, not the publisher, has moved dates by these numbers of seconds: there are several, and all are
/// equal. Dates of the next issues of daily reports move by whole days, which does not count.
fn have_moved_alike(shifts: &[i64]) -> bool {
    shifts.len() >= STAMPED_LEAST && !is_days(shifts[0]) && shifts.iter().all(|shift| *shift == shifts[0])
}

fn is_days(seconds: i64) -> bool {
    seconds != 0 && seconds % DAY == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntryDetails, SafeHtml, WrittenDates};

    const NOW: Timestamp = Timestamp::from_unix(1_793_491_200);

    fn entry(before: Option<i64>) -> CleanEntry {
        CleanEntry {
            keys: Vec::new(),
            declared_id: None,
            link: None,
            title: String::new(),
            summary: String::new(),
            content: SafeHtml::default(),
            published: before.map(|seconds| Timestamp::from_unix(NOW.unix() - seconds)),
            updated: None,
            details: EntryDetails::default(),
            written: WrittenDates::default(),
            record_hash: [0; 16],
            text_hash: [0; 16],
            title_digest: KeyDigest::default(),
        }
    }

    #[test]
    fn dates_of_the_document_itself_are_recognised() {
        let check = |before: &[Option<i64>], is_wanted_present: bool, is_wanted_one: bool| {
            let entries: Vec<CleanEntry> = before.iter().map(|before| entry(*before)).collect();
            assert_eq!(are_present(&entries, NOW), is_wanted_present, "{before:?}");
            assert_eq!(are_one_moment(&entries), is_wanted_one, "{before:?}");
        };
        check(&[Some(10)], true, false);
        check(&[Some(-10), Some(20), None], true, false);
        check(&[Some(61)], false, false);
        check(&[Some(10), Some(7_200)], false, false);
        check(&[Some(7_200), Some(7_200)], false, true);
        check(&[Some(7_200), Some(7_200), Some(7_201)], false, false);
        // Midnight.
        check(&[Some(DAY), Some(DAY)], false, false);
        check(&[None, None], false, false);
        check(&[], false, false);
    }

    #[test]
    fn dates_that_move_alike_are_attributed_to_the_software() {
        let check = |shifts: &[i64], wanted: bool| assert_eq!(have_moved_alike(shifts), wanted, "{shifts:?}");
        check(&[60, 60], true);
        check(&[60, 61], false);
        check(&[60], false);
        check(&[DAY, DAY], false);
        check(&[DAY + 3_600, DAY + 3_600], true);
        check(&[], false);
    }
}
