//! The rank of new entries in live documents.

use super::Merge;
use super::shelf::Shelf;
use crate::model::Timestamp;

/// The highest rank of undated entries of a first document. All dated entries rank higher, because no credible date is before 1990.
pub const BELOW_ALL_DATES: Timestamp = Timestamp::from_unix(0);

impl<S: Shelf> Merge<'_, '_, S> {
    /// The rank of a new entry: its date, otherwise the time when it was first seen. Undated entries of a first
    /// document may be of any age, so they rank below all dated entries, in the order of their
    /// document.
    pub(super) fn rank(&self, at: usize) -> Timestamp {
        match self.entry(at).published {
            Some(published) => published,
            None if self.before.was_polled => self.now,
            None => Timestamp::from_unix(BELOW_ALL_DATES.unix() - i64::try_from(at).unwrap_or(i64::MAX)),
        }
    }
}
