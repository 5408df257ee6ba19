//! What a document says of entries that its publisher has deleted.

use super::Timestamp;

/// A tombstone: the publisher has deleted an entry (RFC 6721, 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// The declared id of the entry, byte for byte.
    pub id: String,
    /// When it was deleted, as far as that can be read.
    pub at: Option<Timestamp>,
    /// What the publisher says of it, in plain text.
    pub comment: Option<String>,
}

/// The tombstones of a document, and whether anything follows from them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deletions {
    /// Whether the source is configured to have what it deletes or retracts taken out (`follow_deletions`).
    pub are_followed: bool,
    /// In document order.
    pub told: Vec<Deletion>,
}
