//! What [`decide`](super::decide) may ask the store: [`Shelf`] for the entries of one source, [`StoryShelf`] for the
//! entries of all sources. Nothing is changed through it.

use std::sync::Arc;

use super::home::{Side, Site};
use super::past::{Past, Reverted};
use crate::model::{CleanEntry, EntryId, KeyDigest, KeyKind, SafeHtml, SourceId, Timestamp};
use crate::stories::{Boilerplate, FoundBy, Piece, Version, is_mojibake_of};

/// Keys of the stored version, to recognise an entry that was found by another key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Names {
    pub title: Option<KeyDigest>,
    pub link: Option<KeyDigest>,
    pub text: Option<KeyDigest>,
    pub same: Option<KeyDigest>,
    pub path: Option<KeyDigest>,
}

impl Names {
    /// The names of an entry of a document.
    pub fn of(entry: &CleanEntry) -> Names {
        let of = |kind: KeyKind| entry.keys.iter().find(|key| key.kind == kind).map(|key| key.digest);
        Names {
            title: Some(entry.title_digest),
            link: of(KeyKind::Link),
            text: of(KeyKind::Text),
            same: of(KeyKind::Same),
            path: of(KeyKind::Path),
        }
    }
}

/// The properties of a stored entry that decide on identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub id: EntryId,
    /// Digest of everything but the dates.
    pub record_hash: [u8; 16],
    /// Digest of what a person would notice.
    pub text_hash: [u8; 16],
    pub published: Timestamp,
    pub updated: Timestamp,
    pub ranked: Timestamp,
    pub names: Names,
    /// Number of keys that it is found by.
    pub aliases: u32,
}

impl Known {
    /// Whether the dates agree, because entries with the same content and no name are told apart by their dates.
    pub fn is_dated_like(&self, entry: &CleanEntry) -> bool {
        entry.published.is_none_or(|published| published == self.published)
    }
}

/// What is kept of a pruned entry besides its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pruned {
    /// The beginning of the digest of what a person would notice.
    pub text: u32,
    /// When it was last shown as new or revised. An earlier date may be its own.
    pub until: Timestamp,
}

impl Pruned {
    /// The digest that is remembered of a text.
    pub fn of_text(text_hash: [u8; 16]) -> u32 {
        let [a, b, c, d, ..] = text_hash;
        u32::from_le_bytes([a, b, c, d])
    }
}

/// The properties of a stored entry that are compared before its text is read, if the document no longer has the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub first_seen: Timestamp,
    pub published: Timestamp,
    pub title: String,
    /// Its key of title and text, if it has a text.
    pub same: Option<KeyDigest>,
}

/// The content of a stored entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub title: String,
    pub summary: String,
    pub content: SafeHtml,
}

impl Said {
    /// Whether an entry has the same content as mojibake: read in a wrong encoding, or with characters lost.
    pub fn is_mojibake_in(&self, entry: &CleanEntry) -> bool {
        let now = [entry.title.as_str(), &entry.summary, &entry.content];
        let pairs = now.into_iter().zip([self.title.as_str(), &self.summary, &self.content]);
        let mut changed = pairs.filter(|(now, before)| now != before).peekable();
        changed.peek().is_some() && changed.all(|(now, before)| is_mojibake_of(now, before))
    }
}

/// An entry of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    pub id: EntryId,
    pub source: SourceId,
}

/// The leading entry of a story: mostly the first stored one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    pub entry: EntryId,
    pub link: Option<String>,
    /// The site of its source.
    pub site: Site,
}

impl Leader {
    /// The leading entry as one side of a comparison.
    pub fn side<'s>(&'s self, piece: &'s Piece) -> Side<'s> {
        Side::of(piece, self.link.as_deref(), &self.site)
    }
}

/// A stored entry in the form in which it is compared.
#[derive(Debug, Clone)]
pub struct StoredPiece {
    pub source: SourceId,
    pub story: EntryId,
    pub piece: Arc<Piece>,
}

/// What the store knows of the source's own entries.
pub trait Shelf: StoryShelf {
    /// The entry that bears a key.
    fn bearer(&self, key: KeyDigest) -> Result<Option<Known>, Self::Error>;
    /// The pruned entry that bore a key.
    fn pruned(&self, key: KeyDigest) -> Result<Option<Pruned>, Self::Error>;
    /// The newest `limit` entries that ever had this title, the newest first.
    fn titled(&self, title: KeyDigest, limit: usize) -> Result<Vec<Known>, Self::Error>;
    fn known(&self, id: EntryId) -> Result<Option<Known>, Self::Error>;
    /// Whether an entry of any source is published under this id.
    fn is_published(&self, id: &str) -> Result<bool, Self::Error>;
    /// Whether an entry of any source was given this id by this store.
    fn is_given(&self, id: &str) -> Result<bool, Self::Error>;
    /// A stored entry as a version to compare with.
    fn version(&self, id: EntryId) -> Result<Arc<Version>, Self::Error>;
    /// The content of a stored entry; `None` if it has been deleted.
    fn said(&self, id: EntryId) -> Result<Option<Said>, Self::Error>;
    /// The earlier states of an entry; empty if it was never revised.
    fn past(&self, id: EntryId) -> Result<Past, Self::Error>;
    /// Entries that the last document had in an earlier version than the stored one.
    fn reverted(&self) -> Result<Vec<Reverted>, Self::Error>;
    /// When an entry was first seen, and its title; `None` if it has been deleted.
    fn seen(&self, id: EntryId) -> Result<Option<Seen>, Self::Error>;
    /// The source's last entries, from which its boilerplate was learned, the newest first.
    fn recent(&self) -> Result<Vec<EntryId>, Self::Error>;
    /// The newest entries that the last document had, [`LISTED_MAX`](super::LISTED_MAX) at most, the newest first.
    fn listed(&self) -> Result<Vec<EntryId>, Self::Error>;
    /// Whether a person ever hid an entry or put it back into the outputs.
    fn is_shown_or_hidden_by_hand(&self, entry: EntryId) -> Result<bool, Self::Error>;
}

/// What the store knows of the entries of all sources, in order to find copies.
pub trait StoryShelf {
    type Error;

    /// The first `limit` entries with a mark that were stored before `before`.
    fn bearers(&self, found_by: FoundBy, before: EntryId, limit: usize) -> Result<Vec<EntryId>, Self::Error>;
    /// The source of an entry that was found by a mark.
    fn source(&self, entry: EntryId) -> Result<SourceId, Self::Error>;
    /// The story of an entry; `None` if the entry has been deleted.
    fn story(&self, entry: EntryId) -> Result<Option<EntryId>, Self::Error>;
    /// A stored entry in the form in which it is compared; `None` if it has been deleted.
    fn piece(&self, entry: EntryId) -> Result<Option<StoredPiece>, Self::Error>;
    /// The boilerplate of a source.
    fn boilerplate(&self, source: SourceId) -> Result<Arc<Boilerplate>, Self::Error>;
    /// All entries of a story, in storing order.
    fn members(&self, story: EntryId) -> Result<Vec<Member>, Self::Error>;
    /// The leading entry of a story; `None` if the story has been deleted.
    fn leader(&self, story: EntryId) -> Result<Option<Leader>, Self::Error>;
    /// An entry as if it led its story; `None` if it has been deleted.
    fn as_leader(&self, entry: EntryId) -> Result<Option<Leader>, Self::Error>;
    /// Whether a person parted two entries.
    fn are_parted(&self, one: EntryId, other: EntryId) -> Result<bool, Self::Error>;
    /// Whether a person joined an entry to another.
    fn was_joined_by_hand(&self, entry: EntryId) -> Result<bool, Self::Error>;
}
