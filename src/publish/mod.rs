//! Entries → documents: what an output shows, written as Atom and as a page, and made ready to be served.
//!
//! Everything here is a function of what comes in: the same entries give the same bytes. The clock, the disk, the
//! database and the network never enter; nothing is stamped with the time of publishing.

pub mod atom;
mod excerpt;
pub mod page;
mod snapshot;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::config::{ContentMode, Secret};
use crate::model::{SourceId, StoredEntry};

pub use excerpt::of_html as words;
pub use snapshot::{Coding, Snapshot};

/// What a served document is found by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DocumentName {
    /// The page at `/`.
    FrontPage,
    /// A configured output, by its name.
    Output(String),
    /// All entries of the sources with this tag.
    Tag(String),
    /// All entries of the source with this name.
    Source(String),
}

/// What a feed shows: a configured output, a tag or a single source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputKind {
    Output(String),
    Tag(String),
    Source(String),
}

impl OutputKind {
    /// The feed's path below `public_url`; tags are percent-encoded.
    pub fn path(&self) -> String {
        match self {
            OutputKind::Output(name) => format!("/{}.atom", segment(name)),
            OutputKind::Tag(tag) => format!("/tag/{}.atom", segment(tag)),
            OutputKind::Source(name) => format!("/source/{}.atom", segment(name)),
        }
    }
}

/// How one feed is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputSpec {
    pub kind: OutputKind,
    pub title: String,
    /// Entries in the document, at most.
    pub entries: usize,
    /// Bytes of the document before compression, at most.
    pub max_size: u64,
    /// Entries of one source, at most; 0: no limit.
    pub per_source: usize,
    pub content: ContentMode,
    /// Before each title; `{source}` stands for the source's title.
    pub title_prefix: String,
}

/// What all documents of one installation have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Address that readers use, without a slash at the end.
    pub public_url: String,
    /// The store's own identifier, made once: the feeds' ids are derived from it, not from an address that may move.
    pub store_id: String,
    pub generator_version: &'static str,
}

/// A document as it is served, and what it asks its readers for.
#[derive(Debug)]
pub struct Published {
    pub snapshot: Snapshot,
    /// Without it the document is not shown.
    pub token: Option<Secret>,
}

/// The entries that an output shows, in the order in which they came: newest first, as the store ranks them.
pub fn select(spec: &OutputSpec, entries: Vec<StoredEntry>) -> Vec<StoredEntry> {
    let mut taken: HashMap<SourceId, usize> = HashMap::new();
    let wanted = |entry: &StoredEntry| {
        if spec.per_source == 0 {
            return true;
        }
        let taken = taken.entry(entry.source).or_default();
        *taken += 1;
        *taken <= spec.per_source
    };
    entries.into_iter().filter(wanted).take(spec.entries).collect()
}

/// A path segment: every byte but the unreserved ones as `%XX` (RFC 3986, 2.3).
fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                out.push('%');
                for digit in [byte >> 4, byte & 0x0f] {
                    out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
                }
            }
        }
    }
    out
}
