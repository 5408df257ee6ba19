//! Everything that can happen to entries when a document comes.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::home::Leads;
use super::past::Past;
use super::shelf::{Known, Names};
use super::withdrawn::Withdrawn;
use crate::model::{CleanEntry, EntryId, EntryKey, KeyDigest, KeyKind, Timestamp};
use crate::stories::{Boilerplate, Evidence, Piece};

/// Of a name that an entry came under, characters that are kept to be shown.
const NAME_SHOWN_CHARS: usize = 200;

/// merge → store: one thing that is to happen.
#[derive(Debug)]
pub enum Intent<'d> {
    /// A key that different entries of the document bear is never believed again.
    Distrust(&'d EntryKey),
    /// A new entry is stored.
    Insert(Box<NewEntry<'d>>),
    /// A known entry is written anew.
    Revise(Box<Revised<'d>>),
    /// An entry is known by these keys, too.
    Know { entry: EntryId, keys: Vec<KeyDigest> },
    /// An entry came under another name than before, and was recognised.
    Rekey { entry: EntryId, rekeyed: Rekeyed },
    /// What an entry has said before and does not say now.
    Remember { entry: EntryId, past: Past },
    /// An entry came under another address or id with only the beginning of its text: the text stays.
    Readdress { known: EntryId, entry: &'d CleanEntry, names: Names },
    /// A key belongs to nobody any more; its next bearer is another entry.
    Forget(KeyDigest),
    /// An entry joins a story because it is one piece with another of it. A new entry is in it already.
    Join { entry: EntryId, other: EntryId, story: EntryId, is_new: bool, evidence: Evidence },
    /// An entry that has joined a story leads it from now on; the story keeps its number and the id that it is published under.
    Lead(Box<Led>),
    /// An entry that leads a story which it did not begin was revised: the story returns to live documents with it.
    Lift { story: EntryId, ranked: Timestamp },
    /// An entry was revised and leaves its story; `others` stay, the first of them leads.
    Part { entry: EntryId, others: Vec<EntryId>, it_led: bool },
    /// What an entry is compared by, and found by, from now on.
    File { entry: EntryId, piece: Arc<Piece>, marks: Vec<u32> },
    /// What an entry was compared by is that of another version now, and no stories are sought: it is forgotten.
    Unfile(EntryId),
    /// An entry is taken out of every output, as its source has withdrawn it.
    Withdraw { entry: EntryId, by: Withdrawn },
    /// An entry that its source had withdrawn is listed again: it is put back.
    Restore(EntryId),
    /// An entry was missing from so many documents in a row; from none any more if it is 0.
    Miss { entry: EntryId, times: u32 },
    /// What the source prints under everything, from now on, and the last entries that tell it.
    Print { printed: Arc<Boilerplate>, recent: Vec<EntryId> },
}

/// An entry that nothing was before.
#[derive(Debug)]
pub struct NewEntry<'d> {
    pub id: EntryId,
    pub entry: &'d CleanEntry,
    /// What it is known by first: no other entry of its source ever had this key.
    pub key: String,
    pub published_id: String,
    pub names: Names,
    /// What it is found by.
    pub keys: Vec<KeyDigest>,
    /// The number of its story: its own, where it leads it.
    pub story: EntryId,
    /// PRODUCT promise 4: a date that is missing or not credible is the time first seen, fixed once.
    pub published: Timestamp,
    pub updated: Timestamp,
    /// Its place in live documents.
    pub ranked: Timestamp,
    /// It came with the first document of its source.
    pub is_first_poll: bool,
}

/// A known entry that says something else now.
#[derive(Debug)]
pub struct Revised<'d> {
    pub known: Known,
    /// As it came, or with the text that is stored where it came cut to the beginning of it.
    pub entry: Cow<'d, CleanEntry>,
    pub names: Names,
    pub revision: Revision,
    pub updated: Timestamp,
    pub ranked: Timestamp,
}

/// An entry that leads a story which it did not begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Led {
    pub story: EntryId,
    pub entry: EntryId,
    /// What has led the story so far.
    pub instead_of: EntryId,
    /// The story stands in live documents no lower than there.
    pub ranked: Timestamp,
    pub leads: Leads,
}

/// How an entry was recognised that came under another name than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rekeyed {
    /// The name that it came under.
    pub named: String,
    /// The kind of the key that it was recognised by; None where it took the place of an entry that had gone.
    pub by: Option<String>,
}

impl Rekeyed {
    /// `by`: the surest key by which the entry was still known.
    pub fn of(name: &EntryKey, by: Option<KeyKind>) -> Rekeyed {
        let named = name.text.chars().take(NAME_SHOWN_CHARS).collect();
        Rekeyed { named, by: by.map(|by| by.as_str().to_owned()) }
    }

    /// In half a sentence that follows "it was recognised by".
    pub fn explain(&self) -> &'static str {
        match self.by.as_deref() {
            Some("id") => "its id",
            Some("link" | "url") => "its address",
            Some("path") => "its title and the path of its address, at another host",
            Some("same" | "text" | "text-at") => "its title and text",
            Some("when") => "its title and the moment of its publication",
            _ => "its likeness to an entry that had gone from the document",
        }
    }
}

/// How much of an entry has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision {
    /// Nothing that is read.
    None,
    /// A correction or a counter: kept as a version, but no reason to show the entry again.
    Slight,
    /// What most entries of the document have changed alike: the same.
    Template,
    /// A version that was there before the stored one: the same.
    Return,
    /// What a reader would want to see: `updated` and the place in live documents move.
    Significant,
}
