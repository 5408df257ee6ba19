//! The rank of new entries in live documents.

use super::Merge;
use super::shelf::Shelf;
use crate::model::Timestamp;

/// Undated entries rank below all dated ones, because no credible date is before 1990.
const BELOW_ALL_DATES: i64 = 0;

impl<S: Shelf> Merge<'_, '_, S> {
    /// The rank of a new entry: its date, otherwise the time when it was first seen. Undated entries of a first
    /// document may be of any age, so they rank below all dated entries, in the order of their
    /// document.
    pub(super) fn rank(&self, at: usize) -> Timestamp {
        match self.entry(at).published {
            Some(published) => published,
            None if self.before.was_polled => self.now,
            None => Timestamp::from_unix(BELOW_ALL_DATES - i64::try_from(at).unwrap_or(i64::MAX)),
        }
    }
}
