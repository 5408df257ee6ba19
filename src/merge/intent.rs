//! Everything that can happen to entries when a document comes: data for the store, which carries it out.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::home::Leads;
use super::past::Past;
use super::shelf::{Known, Names};
use super::withdrawn::Withdrawn;
use crate::model::{CleanEntry, EntryId, EntryKey, KeyDigest, KeyKind, Timestamp};
use crate::stories::{Boilerplate, Evidence, Piece};

/// Characters that are stored of a name, to be shown.
const NAME_SHOWN_CHARS: usize = 200;

/// merge → store: one change to make.
#[derive(Debug)]
pub enum Intent<'d> {
    /// A key that different entries of the document bear is distrusted for good.
    Distrust(&'d EntryKey),
    /// A new entry is stored.
    Insert(Box<NewEntry<'d>>),
    /// A stored entry is revised.
    Revise(Box<Revised<'d>>),
    /// Further keys lead to an entry.
    Know { entry: EntryId, keys: Vec<KeyDigest> },
    /// An entry was re-keyed: it came under another name than before and was recognised.
    Rekey { entry: EntryId, rekeyed: Rekeyed },
    /// The earlier states of an entry have changed.
    Remember { entry: EntryId, past: Past },
    /// An entry came under another address or id with a truncated text: the stored text stays.
    Readdress { known: EntryId, entry: &'d CleanEntry, names: Names },
    /// A key no longer has a bearer; the next entry that bears it is a different one.
    Forget(KeyDigest),
    /// An entry joins a story because it is one piece with another entry of it. A new entry is inserted into the story.
    Join { entry: EntryId, other: EntryId, story: EntryId, is_new: bool, evidence: Evidence },
    /// An entry that has joined a story leads it from now on. The story keeps its number and its published id.
    Lead(Box<Led>),
    /// An entry that leads a story without being its first entry was revised, so the story returns to the top of live
    /// documents.
    Lift { story: EntryId, ranked: Timestamp },
    /// An entry was revised and leaves its story. The `others` stay, and the first of them leads.
    Part { entry: EntryId, others: Vec<EntryId>, it_led: bool },
    /// The text by which an entry is compared, and the marks by which it is found, from now on.
    File { entry: EntryId, piece: Arc<Piece>, marks: Vec<u32> },
    /// The stored text for comparison is deleted, because it belongs to an earlier version and stories are off.
    Unfile(EntryId),
    /// An entry is taken out of every output, because its source has withdrawn it.
    Withdraw { entry: EntryId, by: Withdrawn },
    /// An entry that its source had withdrawn is listed again, so it is put back.
    Restore(EntryId),
    /// Number of documents in a row that an entry was missing from; 0 if it is listed again.
    Miss { entry: EntryId, times: u32 },
    /// The source's boilerplate from now on, and its last entries, from which it was learned.
    Boilerplate { boilerplate: Arc<Boilerplate>, recent: Vec<EntryId> },
}

/// A new entry.
#[derive(Debug)]
pub struct NewEntry<'d> {
    pub id: EntryId,
    pub entry: &'d CleanEntry,
    /// Its first key, which no other entry of its source ever had.
    pub key: String,
    pub published_id: String,
    pub names: Names,
    /// The keys that it is found by.
    pub keys: Vec<KeyDigest>,
    /// The number of its story; its own number if it begins a story.
    pub story: EntryId,
    /// The publication date, which never changes once it is stored. If the date is missing or not credible, it is the time
    /// when the entry was first seen.
    pub published: Timestamp,
    pub updated: Timestamp,
    /// Its rank in live documents.
    pub ranked: Timestamp,
    /// Whether it came with the first document of its source.
    pub is_first_poll: bool,
}

/// A new version of a stored entry.
#[derive(Debug)]
pub struct Revised<'d> {
    pub known: Known,
    /// The entry as it came, or with the stored text if it came truncated.
    pub entry: Cow<'d, CleanEntry>,
    pub names: Names,
    pub revision: Revision,
    pub updated: Timestamp,
    pub ranked: Timestamp,
}

/// An entry that leads a story without being its first entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Led {
    pub story: EntryId,
    pub entry: EntryId,
    /// The entry that led the story so far.
    pub instead_of: EntryId,
    /// The rank below which the story must not stand in live documents.
    pub ranked: Timestamp,
    pub leads: Leads,
}

/// How a re-keyed entry was recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rekeyed {
    /// The name under which it came.
    pub named: String,
    /// The kind of the key by which it was recognised; `None` if it replaced an entry that is no longer in the
    /// document.
    pub by: Option<String>,
}

impl Rekeyed {
    /// `by`: the most reliable key that still led to the entry.
    pub fn of(name: &EntryKey, by: Option<KeyKind>) -> Rekeyed {
        let named = name.text.chars().take(NAME_SHOWN_CHARS).collect();
        Rekeyed { named, by: by.map(|by| by.as_str().to_owned()) }
    }

    /// The reason as a phrase that follows "it was recognised by".
    pub fn explain(&self) -> &'static str {
        match self.by.as_deref() {
            Some("id") => "its id",
            Some("link" | "url") => "its address",
            Some("path") => "its title and the path of its address, at another host",
            Some("same" | "text" | "text-at") => "its title and text",
            Some("when") => "its title and the time of its publication",
            _ => "its similarity to an entry that is no longer in the document",
        }
    }
}

/// How significant the change of an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision {
    /// Nothing that a reader sees has changed.
    None,
    /// A correction or a counter: stored as a version, but the entry is not shown again.
    Slight,
    /// A change that most entries of the document have alike: treated as slight.
    Template,
    /// A return to an earlier version: treated as slight.
    Return,
    /// A change that a reader would want to see: `updated` and the rank in live documents move.
    Significant,
}
