//! Entries → documents: what an output shows, written in every format and as a page, and made ready to be served.
//!
//! [`Filter`] decides which entries are published, [`Shown`] is what is shown of one in every format, and [`write()`] makes a
//! document of them. Everything here is a function of what comes in: the same entries give the same bytes. The clock, the
//! disk, the database and the network never enter; nothing is stamped with the time of publishing.

mod about;
mod atom;
mod document;
mod filter;
mod json;
mod media;
mod opml;
pub mod page;
mod rewrite;
mod rss;
mod share;
mod shown;
mod snapshot;
mod tags;
mod untitled;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use crate::config::{ContentMode, Secret};
use crate::model::Timestamp;
use crate::text::percent;

pub use about::About;
pub use atom::feed_id;
pub use document::{Chain, RenderedFeed, write};
pub use filter::{Filter, Ruling, Texts};
pub use opml::write as source_list;
pub use share::share;
pub use shown::{Shown, ShownSource, weigh};
pub use snapshot::{Coding, Snapshot};
pub use untitled::title_of;

/// A form that a feed is published in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For feed readers.
    Feed(Syndication),
    /// A page for people.
    Html,
    /// The list of its sources.
    Opml,
}

/// A format that feed readers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Syndication {
    Atom,
    Rss,
    Json,
}

impl Format {
    pub const ATOM: Format = Format::Feed(Syndication::Atom);
    pub const RSS: Format = Format::Feed(Syndication::Rss);
    pub const JSON: Format = Format::Feed(Syndication::Json);
    pub const ALL: [Format; 5] = [Format::ATOM, Format::RSS, Format::JSON, Format::Html, Format::Opml];

    /// How its addresses end, without the dot.
    pub fn suffix(self) -> &'static str {
        match self {
            Format::Feed(Syndication::Atom) => "atom",
            Format::Feed(Syndication::Rss) => "rss",
            Format::Feed(Syndication::Json) => "json",
            Format::Html => "html",
            Format::Opml => "opml",
        }
    }

    pub fn of_suffix(suffix: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.suffix() == suffix)
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Format::Feed(Syndication::Atom) => "application/atom+xml; charset=utf-8",
            Format::Feed(Syndication::Rss) => "application/rss+xml; charset=utf-8",
            Format::Feed(Syndication::Json) => "application/feed+json",
            Format::Html => "text/html; charset=utf-8",
            Format::Opml => "text/x-opml; charset=utf-8",
        }
    }
}

/// The formats of archive documents: Atom links them as RFC 5005 says, JSON Feed by `next_url`. RSS has no words for them.
pub const ARCHIVE_FORMATS: [Syndication; 2] = [Syndication::Atom, Syndication::Json];

/// What a served document is found by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentName {
    /// The page at `/`.
    FrontPage,
    Feed(OutputKind, Format),
    /// An archive document of an output, counted from 1, in one of [`ARCHIVE_FORMATS`].
    Archive(String, u32, Syndication),
    /// All sources.
    Sources,
}

impl DocumentName {
    /// The document's path below `public_url`; names are percent-encoded.
    pub fn path(&self) -> String {
        match self {
            DocumentName::FrontPage => "/".to_owned(),
            DocumentName::Feed(kind, format) => kind.path(*format),
            DocumentName::Archive(output, number, format) => {
                format!("/archive/{}/{number}.{}", percent::encoded(output), Format::Feed(*format).suffix())
            }
            DocumentName::Sources => "/sources.opml".to_owned(),
        }
    }
}

/// What a feed shows: a configured output, a tag or a single source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutputKind {
    Output(String),
    Tag(String),
    Source(String),
}

impl OutputKind {
    /// The feed's path below `public_url`.
    pub fn path(&self, format: Format) -> String {
        let suffix = format.suffix();
        match self {
            OutputKind::Output(name) => format!("/{}.{suffix}", percent::encoded(name)),
            OutputKind::Tag(tag) => format!("/tag/{}.{suffix}", percent::encoded(tag)),
            OutputKind::Source(name) => format!("/source/{}.{suffix}", percent::encoded(name)),
        }
    }

    /// An archive document of it; tags and single sources have none.
    pub fn archive(&self, number: u32, format: Syndication) -> Option<DocumentName> {
        match self {
            OutputKind::Output(name) => Some(DocumentName::Archive(name.clone(), number, format)),
            OutputKind::Tag(_) | OutputKind::Source(_) => None,
        }
    }
}

/// How one feed is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputSpec {
    pub kind: OutputKind,
    pub title: String,
    pub about: About,
    /// What readers must show to get it. Its own addresses carry it for readers that show it in the address.
    pub token: Option<Secret>,
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
    /// When the store was made, which is the date of a feed in which nothing has happened yet.
    pub born: Timestamp,
    pub generator_version: &'static str,
}

/// Earlier versions of a document that a client may have and be told only what is new since.
const VERSIONS_KNOWN: usize = 16;

/// A document as it is served, and what it asks its readers for.
#[derive(Debug)]
pub struct Published {
    pub snapshot: Snapshot,
    /// Without it the document is not shown.
    pub token: Option<Secret>,
    /// The same document with the token in the addresses of the output's own documents, for readers that gave it in the address:
    /// they follow these addresses as they are. It has the ETag and the date of `snapshot`, because it changes when that does.
    keyed: Option<Snapshot>,
    /// Where its entries stand, with a digest of each.
    entries: Vec<(u64, Range<usize>)>,
    /// Earlier versions, the last one first: their ETags, and digests of their entries.
    before: VecDeque<(String, Arc<HashedEntries>)>,
}

/// Digests of a version's entries, sorted.
type HashedEntries = Vec<u64>;

impl Published {
    /// `entries`: where they stand in the document, for answers that have only what is new; empty if there are none such.
    pub fn new(snapshot: Snapshot, token: Option<Secret>, entries: &[Range<usize>]) -> Published {
        let digest = |range: &Range<usize>| {
            let mut first = [0; 8];
            let bytes = snapshot.body().get(range.clone()).unwrap_or_default();
            first.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
            (u64::from_le_bytes(first), range.clone())
        };
        let entries = entries.iter().map(digest).collect();
        Published { snapshot, token, keyed: None, entries, before: VecDeque::new() }
    }

    /// The same with the document for readers that give the token in the address. It differs only before the first entry.
    pub fn with_keyed(mut self, body: Option<Vec<u8>>) -> Published {
        self.keyed = body.map(|body| self.snapshot.with_body(body));
        self
    }

    /// The document for a reader that gave the token in the address (`keyed`), or did not.
    pub fn for_reader(&self, keyed: bool) -> &Snapshot {
        self.keyed.as_ref().filter(|_| keyed).unwrap_or(&self.snapshot)
    }

    /// What it takes of memory, in bytes.
    pub fn size(&self) -> usize {
        self.snapshot.size() + self.keyed.as_ref().map_or(0, Snapshot::size)
    }

    fn date(&mut self, last_modified: Timestamp) {
        self.snapshot.date(last_modified);
        if let Some(keyed) = &mut self.keyed {
            keyed.date(last_modified);
        }
    }

    /// Dates this version after the last one, of which the ETag and the date are given. With the same bytes it keeps the date of
    /// the last one. With other bytes it gets a later date if its own is not later, because clients that ask by date would keep
    /// the last one otherwise (RFC 9110, 8.8.2); that date is returned.
    pub fn date_after(&mut self, etag: &str, last: Timestamp) -> Option<Timestamp> {
        if self.snapshot.etag() == etag {
            self.date(last);
            return None;
        }
        let later = (self.snapshot.last_modified() <= last).then(|| last.plus(Duration::from_secs(1)))?;
        self.date(later);
        Some(later)
    }

    /// Remembers which versions came before this one, and dates it after the last one; see [`Published::date_after`].
    pub fn follows(&mut self, older: &Published) -> Option<Timestamp> {
        self.before.clone_from(&older.before);
        let later = self.date_after(older.snapshot.etag(), older.snapshot.last_modified());
        if older.snapshot.etag() == self.snapshot.etag() {
            return None;
        }
        let mut digests: HashedEntries = older.entries.iter().map(|(digest, _)| *digest).collect();
        digests.sort_unstable();
        self.before.push_front((older.snapshot.etag().to_owned(), Arc::new(digests)));
        self.before.truncate(VERSIONS_KNOWN);
        later
    }

    /// The document with only those entries that are new or different since the newest of the versions that `has` knows of
    /// (RFC 3229, "feed" convention); None if it knows none. `keyed` as in [`Published::for_reader`].
    pub fn since(&self, keyed: bool, has: impl Fn(&str) -> bool) -> Option<Vec<u8>> {
        let (_, known) = self.before.iter().find(|(etag, _)| has(etag))?;
        let body = self.snapshot.body();
        let (first, last) = (self.entries.first()?.1.start, self.entries.last()?.1.end);
        let whole = self.for_reader(keyed).body();
        let mut out = whole.get(..(first + whole.len()).checked_sub(body.len())?)?.to_vec();
        for (_, range) in self.entries.iter().filter(|(digest, _)| known.binary_search(digest).is_err()) {
            out.extend_from_slice(body.get(range.clone())?);
        }
        out.extend_from_slice(body.get(last..)?);
        Some(out)
    }
}
