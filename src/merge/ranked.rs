//! Where new entries stand in live documents.

use super::Merge;
use super::shelf::Shelf;
use crate::model::Timestamp;

/// What has no date stands below everything that has one: no credible date is before 1990.
const BELOW_ALL_DATES: i64 = 0;

impl<S: Shelf> Merge<'_, '_, S> {
    /// The place of a new entry: its date, or else when it was first seen. But the entries of a first document that have no
    /// date may be of any age (PRODUCT, promise 4): they stand behind all that is dated, in the order of their document.
    pub(super) fn rank(&self, at: usize) -> Timestamp {
        match self.entry(at).published {
            Some(published) => published,
            None if self.before.was_polled => self.now,
            None => Timestamp::from_unix(BELOW_ALL_DATES - i64::try_from(at).unwrap_or(i64::MAX)),
        }
    }
}
