//! What a document says about deleted entries.

use super::Timestamp;

/// A tombstone: the publisher states that it has deleted an entry (RFC 6721, 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// The declared id of the entry, byte for byte.
    pub id: String,
    /// When it was deleted, if a readable date is given.
    pub at: Option<Timestamp>,
    /// The publisher's comment, in plain text.
    pub comment: Option<String>,
}

/// The tombstones of a document, and whether they are followed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deletions {
    /// Whether entries that the source deletes or retracts are taken out (`follow_deletions`).
    pub are_followed: bool,
    /// In document order.
    pub told: Vec<Deletion>,
}
