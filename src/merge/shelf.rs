//! What may be asked of the store while a document is decided on.

use std::sync::Arc;

use super::home::{Side, Site};
use super::past::{Away, Past};
use crate::model::{CleanEntry, EntryId, KeyDigest, KeyKind, SafeHtml, SourceId, Timestamp};
use crate::stories::{Boilerplate, FoundBy, Piece, Version, is_mojibake_of};

/// Keys of the version that is stored, by which an entry is recognised once it was found by another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Names {
    pub title: Option<KeyDigest>,
    pub link: Option<KeyDigest>,
    pub text: Option<KeyDigest>,
    pub same: Option<KeyDigest>,
    pub path: Option<KeyDigest>,
}

impl Names {
    /// Of an entry that has come.
    pub fn of(entry: &CleanEntry) -> Names {
        let of = |kind: KeyKind| entry.keys.iter().find(|key| key.kind == kind).map(|key| key.digest);
        Names {
            title: Some(KeyDigest::of_title(&entry.title)),
            link: of(KeyKind::Link),
            text: of(KeyKind::Text),
            same: of(KeyKind::Same),
            path: of(KeyKind::Path),
        }
    }
}

/// A stored entry, as far as identity goes.
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
    /// How many keys it is found by.
    pub aliases: u32,
}

impl Known {
    /// Entries that say the same under no name of their own are told apart by their dates.
    pub fn is_dated_like(&self, entry: &CleanEntry) -> bool {
        entry.published.is_none_or(|published| published == self.published)
    }
}

/// What is asked of an entry that the document has no more, before its text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub first_seen: Timestamp,
    pub published: Timestamp,
    pub title: String,
    /// Its key of title and text, if it has a text.
    pub same: Option<KeyDigest>,
}

/// What a stored entry says, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub title: String,
    pub summary: String,
    pub content: SafeHtml,
}

impl Said {
    /// Whether an entry says the same, but for what of it was read in a foreign encoding or lost characters on the way.
    pub fn is_garbled_in(&self, entry: &CleanEntry) -> bool {
        let now = [entry.title.as_str(), &entry.summary, &entry.content];
        let pairs = now.into_iter().zip([self.title.as_str(), &self.summary, &self.content]);
        let mut is_any = false;
        for (now, before) in pairs.filter(|(now, before)| now != before) {
            if !is_mojibake_of(now, before) {
                return false;
            }
            is_any = true;
        }
        is_any
    }
}

/// An entry of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    pub id: EntryId,
    pub source: SourceId,
}

/// The entry that leads a story: mostly the one that was stored first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    pub entry: EntryId,
    pub link: Option<String>,
    /// Where its source is at home.
    pub site: Site,
}

impl Leader {
    /// The same to be compared, with what it says.
    pub fn side<'s>(&'s self, piece: &'s Piece) -> Side<'s> {
        Side::of(piece, self.link.as_deref(), &self.site)
    }
}

/// A stored entry as it is compared.
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
    /// Entries that ever had this title, the newest first, the first `limit` of them.
    fn titled(&self, title: KeyDigest, limit: usize) -> Result<Vec<Known>, Self::Error>;
    fn known(&self, id: EntryId) -> Result<Option<Known>, Self::Error>;
    /// Whether an entry of any source is published under this id.
    fn is_published(&self, id: &str) -> Result<bool, Self::Error>;
    /// Whether an entry of any source was given this id here.
    fn is_given(&self, id: &str) -> Result<bool, Self::Error>;
    /// A stored entry as the version that another one is compared with.
    fn version(&self, id: EntryId) -> Result<Arc<Version>, Self::Error>;
    /// What a stored entry says; none if it is there no more.
    fn said(&self, id: EntryId) -> Result<Option<Said>, Self::Error>;
    /// What an entry has said before; nothing of one that was never revised.
    fn past(&self, id: EntryId) -> Result<Past, Self::Error>;
    /// Entries that the last document had in a version from before the stored one.
    fn away(&self) -> Result<Vec<Away>, Self::Error>;
    /// When an entry was first seen, and what it is called; none if it is there no more.
    fn seen(&self, id: EntryId) -> Result<Option<Seen>, Self::Error>;
    /// The source's last entries, which tell what it prints under everything, the newest first.
    fn recent(&self) -> Result<Vec<EntryId>, Self::Error>;
    /// The entries that the last document had, the newest first.
    fn listed(&self) -> Result<Vec<EntryId>, Self::Error>;
    /// Whether a person ever hid an entry, or put it back into the outputs.
    fn is_shown_or_hidden_by_hand(&self, entry: EntryId) -> Result<bool, Self::Error>;
}

/// What the store knows of entries of all sources, to find those that are one piece.
pub trait StoryShelf {
    type Error;

    /// The entries with a mark that were stored before `before`, the first `limit` of them.
    fn bearers(&self, found_by: FoundBy, before: EntryId, limit: usize) -> Result<Vec<EntryId>, Self::Error>;
    /// The source of an entry that was found by a mark.
    fn source(&self, entry: EntryId) -> Result<SourceId, Self::Error>;
    /// The story of an entry; none if it is there no more.
    fn story(&self, entry: EntryId) -> Result<Option<EntryId>, Self::Error>;
    /// A stored entry as it is compared; none if it is there no more.
    fn piece(&self, entry: EntryId) -> Result<Option<StoredPiece>, Self::Error>;
    /// What a source prints under everything.
    fn printed(&self, source: SourceId) -> Result<Arc<Boilerplate>, Self::Error>;
    /// All entries of a story, in storing order.
    fn members(&self, story: EntryId) -> Result<Vec<Member>, Self::Error>;
    /// The entry that leads a story; none if the story is there no more.
    fn leader(&self, story: EntryId) -> Result<Option<Leader>, Self::Error>;
    /// An entry as if it led its story; none if it is there no more.
    fn as_leader(&self, entry: EntryId) -> Result<Option<Leader>, Self::Error>;
    /// Whether a person parted two entries.
    fn are_parted(&self, one: EntryId, other: EntryId) -> Result<bool, Self::Error>;
    /// Whether a person joined an entry to another.
    fn was_joined_by_hand(&self, entry: EntryId) -> Result<bool, Self::Error>;
}
