//! A person's decisions on entries, with names of entries that mean the same in every store.

use serde::{Deserialize, Serialize};

/// The name of an entry in every store whose configuration has the same names of sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryName {
    /// The name of its source.
    pub source: String,
    /// Its identity inside the source: what `entries --json` prints as `key`.
    pub key: String,
    /// Its title, for people; it identifies nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
}

/// A decision of a person that holds for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ByHand {
    /// The entry is in no output.
    Hide(EntryName),
    /// The first entry has left the story of the second, and never joins it again.
    Split(EntryName, EntryName),
    /// Both entries are one story.
    Join(EntryName, EntryName),
}

impl ByHand {
    /// The decision with this name (see [`ByHand::as_str`]). `None` if the name is unknown, or if the decision does not
    /// take this number of entries.
    pub fn parse(what: &str, entry: EntryName, other: Option<EntryName>) -> Option<ByHand> {
        match (what, other) {
            ("hide", None) => Some(ByHand::Hide(entry)),
            ("split", Some(other)) => Some(ByHand::Split(entry, other)),
            ("join", Some(other)) => Some(ByHand::Join(entry, other)),
            _ => None,
        }
    }

    pub fn as_str(&self) -> &'static str {
        match self {
            ByHand::Hide(_) => "hide",
            ByHand::Split(..) => "split",
            ByHand::Join(..) => "join",
        }
    }

    pub fn entry(&self) -> &EntryName {
        match self {
            ByHand::Hide(entry) | ByHand::Split(entry, _) | ByHand::Join(entry, _) => entry,
        }
    }

    pub fn other(&self) -> Option<&EntryName> {
        match self {
            ByHand::Hide(_) => None,
            ByHand::Split(_, other) | ByHand::Join(_, other) => Some(other),
        }
    }
}
