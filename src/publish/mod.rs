//! Makes documents from entries: chooses what an output shows, writes it in every format and as a page, and prepares it
//! for serving.
//!
//! Entry points: [`Filter`] decides which entries are published, [`Shown`] is what every format shows of an entry,
//! [`write()`] makes a document of them, [`pages`] makes pages for people, and [`Published`] is a document as it is
//! served.
//!
//! Invariants:
//! - The same entries always give the same bytes, so nothing but the page of the state is stamped with the time of
//!   publishing.
//! - Formats take only texts and addresses that were checked when [`Shown`] was made, and markup that the sanitiser
//!   wrote.
//!
//! What never enters: the clock, the disk, the database and the network.

mod about;
mod atom;
mod document;
pub mod events;
mod filter;
mod health;
mod hub;
mod json;
mod list;
mod media;
mod opml;
pub mod pages;
mod parts;
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
use crate::text::digest::first_bytes;
use crate::text::percent;

pub use about::About;
pub use atom::{FEED_ID_BEGIN, feed_id};
pub use document::{Chain, RenderedFeed, json_item, write};
pub use filter::{Filter, Ruling, Texts};
pub use hub::{HUB_PATH, Hub};
pub use list::{ListedSource, opml as list_as_opml, urls as list_as_urls};
pub use opml::write as source_list;
pub use share::share;
pub use shown::{Shown, ShownCopy, ShownSource, title_and_link, weigh};
pub use snapshot::{Coding, Snapshot};
pub use untitled::title_of;

/// The output that always exists, and that the front page shows.
pub const DEFAULT_OUTPUT: &str = "feed";

/// A format in which a feed is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For feed readers.
    Feed(Syndication),
    /// A page for people.
    Html,
    /// The list of the feed's sources.
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

    /// The ending of its addresses, without the dot.
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

/// The formats of archive documents: Atom links them as in RFC 5005, JSON Feed by `next_url`, pages by ordinary links. RSS cannot
/// link them.
pub const ARCHIVE_FORMATS: [Format; 3] = [Format::ATOM, Format::JSON, Format::Html];

/// The name of a served document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentName {
    /// The page at `/`.
    FrontPage,
    Feed(OutputKind, Format),
    /// An archive document of an output in one of [`ARCHIVE_FORMATS`]; archive documents are numbered from 1.
    Archive(String, u32, Format),
    /// A page with a hundred entries of a tag or source in storing order; the pages are numbered from 1, the oldest.
    Page(OutputKind, u32),
    /// The list of all sources.
    Sources,
    /// The page with all sources.
    Members,
    /// The page of a story with its copies, by the story's id: the number of any of its entries, in most cases of the first.
    Story(String),
    /// A static file of the theme, by its path below the theme's folder.
    ThemeFile(String),
    /// The picture of a source that the configuration names as a file: the name of the source, a dot, and the kind of the file.
    Icon(String),
}

impl DocumentName {
    /// The document's path below `public_url`; names are percent-encoded.
    pub fn path(&self) -> String {
        match self {
            DocumentName::FrontPage => "/".to_owned(),
            DocumentName::Feed(kind, format) => kind.path(*format),
            DocumentName::Archive(output, number, format) => {
                format!("/archive/{}/{number}.{}", percent::encoded(output), format.suffix())
            }
            DocumentName::Page(OutputKind::Output(name), number) => {
                DocumentName::Archive(name.clone(), *number, Format::Html).path()
            }
            DocumentName::Page(OutputKind::Tag(tag), number) => format!("/tag/{}/{number}.html", percent::encoded(tag)),
            DocumentName::Page(OutputKind::Source(name), number) => {
                format!("/source/{}/{number}.html", percent::encoded(name))
            }
            // Searches and incidents have one page.
            DocumentName::Page(kind @ (OutputKind::Search(_) | OutputKind::Health), _) => kind.path(Format::Html),
            DocumentName::Sources => "/sources.opml".to_owned(),
            DocumentName::Members => "/sources.html".to_owned(),
            DocumentName::Story(id) => format!("/story/{}.html", percent::encoded(id)),
            DocumentName::ThemeFile(name) => {
                let parts: Vec<String> = name.split('/').map(percent::encoded).collect();
                format!("/theme/{}", parts.join("/"))
            }
            DocumentName::Icon(name) => format!("/icon/{}", percent::encoded(name)),
        }
    }
}

/// What a feed shows: a configured output, a tag, a single source, a search, or incidents.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutputKind {
    Output(String),
    Tag(String),
    Source(String),
    /// A query in its normal form; for pages also as it was typed, because they show remarks on it.
    Search(String),
    /// Incidents: sources that fail, have moved or fell silent, and the like.
    Health,
}

impl OutputKind {
    /// The feed's path below `public_url`.
    pub fn path(&self, format: Format) -> String {
        let suffix = format.suffix();
        match self {
            OutputKind::Output(name) => format!("/{}.{suffix}", percent::encoded(name)),
            OutputKind::Tag(tag) => format!("/tag/{}.{suffix}", percent::encoded(tag)),
            OutputKind::Source(name) => format!("/source/{}.{suffix}", percent::encoded(name)),
            OutputKind::Search(query) => format!("/search.{suffix}?q={}", percent::encoded(query)),
            OutputKind::Health => format!("/health.{suffix}"),
        }
    }

    /// The name of a configured output.
    pub fn output(&self) -> Option<&str> {
        match self {
            OutputKind::Output(name) => Some(name),
            OutputKind::Tag(_) | OutputKind::Source(_) | OutputKind::Search(_) | OutputKind::Health => None,
        }
    }

    /// An archive document of the feed; only outputs have archives.
    pub fn archive(&self, number: u32, format: Format) -> Option<DocumentName> {
        self.output().map(|name| DocumentName::Archive(name.to_owned(), number, format))
    }

    /// A page with earlier entries: a page of the archive of an output, or a numbered page of a tag or source.
    pub fn page(&self, number: u32) -> DocumentName {
        self.archive(number, Format::Html).unwrap_or_else(|| DocumentName::Page(self.clone(), number))
    }
}

/// How one feed is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputSpec {
    pub kind: OutputKind,
    pub title: String,
    pub about: About,
    /// The token that readers must send. For readers that send it in the address, the output's own addresses contain it.
    pub token: Option<Secret>,
    /// Most entries in the document.
    pub entries: usize,
    /// Most bytes of the document before compression.
    pub max_size: u64,
    /// Most entries of one source; 0: no limit.
    pub per_source: usize,
    pub content: ContentMode,
    /// Text before each title; `{source}` stands for the source's title.
    pub title_prefix: String,
}

/// Limits of the feeds of tags, single sources, searches and incidents: entries and bytes.
const ON_DEMAND_ENTRIES: usize = 100;
const ON_DEMAND_BYTES: u64 = 1024 * 1024;

impl OutputSpec {
    /// How the feeds and pages on request are made, besides the configured outputs.
    pub fn on_demand(kind: OutputKind, title: String) -> OutputSpec {
        OutputSpec {
            kind,
            title,
            about: About::default(),
            token: None,
            entries: ON_DEMAND_ENTRIES,
            max_size: ON_DEMAND_BYTES,
            per_source: 0,
            content: ContentMode::Full,
            title_prefix: String::new(),
        }
    }
}

/// What all documents of one installation have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The address that readers use, without a slash at the end.
    pub public_url: String,
    /// The store's own id, made once. The ids of feeds are derived from it, because the address may change.
    pub store_id: String,
    /// When the store was made, which is the date of a feed without entries.
    pub born: Timestamp,
    pub generator_version: &'static str,
    pub hub: Hub,
}

impl Site {
    /// The address of the hub at which readers subscribe to a feed.
    fn hub_of(&self, spec: &OutputSpec) -> Option<String> {
        self.hub.address(&self.public_url, spec.token.is_some())
    }
}

/// The query with which readers give a token in the address.
pub fn query_of(token: Option<&Secret>) -> Option<String> {
    token.map(|token| format!("?token={}", percent::encoded(token.expose())))
}

/// Number of earlier versions of a document relative to which a client can ask for only the new entries.
const VERSIONS_KNOWN: usize = 16;

/// A document as it is served, with the token that readers must send.
#[derive(Debug)]
pub struct Published {
    pub snapshot: Snapshot,
    /// If set, the document is shown only to readers that send it.
    pub token: Option<Secret>,
    /// The document with the token in the addresses of the output's own documents, for readers that sent the token in the address,
    /// because these readers follow addresses as they are. It has the ETag and the date of `snapshot`, because both change together.
    keyed: Option<Snapshot>,
    /// Whether the document stands in for a page that the theme could not render.
    pub is_fallback: bool,
    /// A digest of each entry, with the entry's place in the document.
    entries: Vec<(u64, Range<usize>)>,
    /// Earlier versions, the latest first: their ETags, and digests of their entries.
    before: VecDeque<(String, Arc<HashedEntries>)>,
}

/// Digests of the entries of a version, sorted.
type HashedEntries = Vec<u64>;

impl Published {
    /// `entries`: the places of the entries in the document, for answers with only the new entries; empty for a document
    /// without such answers.
    pub fn new(snapshot: Snapshot, token: Option<Secret>, entries: &[Range<usize>]) -> Published {
        let digest = |range: &Range<usize>| {
            let bytes = snapshot.body().get(range.clone()).unwrap_or_default();
            (u64::from_le_bytes(first_bytes(&blake3::hash(bytes))), range.clone())
        };
        let entries = entries.iter().map(digest).collect();
        Published { snapshot, token, keyed: None, is_fallback: false, entries, before: VecDeque::new() }
    }

    /// Adds the document for readers that send the token in the address. It differs only before the first entry.
    pub fn with_keyed(mut self, body: Option<Vec<u8>>) -> Published {
        self.keyed = body.map(|body| self.snapshot.with_body(body));
        self
    }

    /// The document for a reader that sent the token in the address (`keyed`), or for any other reader.
    pub fn for_reader(&self, keyed: bool) -> &Snapshot {
        self.keyed.as_ref().filter(|_| keyed).unwrap_or(&self.snapshot)
    }

    /// The address of the document for a reader that sent the token in the address (`keyed`), or for any other reader.
    pub fn address(&self, public_url: &str, keyed: bool) -> String {
        let query = query_of(self.token.as_ref().filter(|_| keyed)).unwrap_or_default();
        format!("{public_url}{}{query}", self.snapshot.path())
    }

    /// The memory that the document takes, in bytes.
    pub fn size(&self) -> usize {
        self.snapshot.size() + self.keyed.as_ref().map_or(0, Snapshot::size)
    }

    fn date(&mut self, last_modified: Timestamp) {
        self.snapshot.date(last_modified);
        if let Some(keyed) = &mut self.keyed {
            keyed.date(last_modified);
        }
    }

    /// Dates this version after the previous version, which had this ETag and this date. A version with the same bytes keeps the
    /// date of the previous version. A version with other bytes that is not dated later gets a later date, which is returned,
    /// because clients that ask by date would otherwise keep the previous version (RFC 9110, 8.8.2).
    pub fn date_after(&mut self, etag: &str, last: Timestamp) -> Option<Timestamp> {
        if self.snapshot.etag() == etag {
            self.date(last);
            return None;
        }
        let later = (self.snapshot.last_modified() <= last).then(|| last.plus(Duration::from_secs(1)))?;
        self.date(later);
        Some(later)
    }

    /// Remembers which versions came before this version, and dates it after the previous version; see
    /// [`Published::date_after`].
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

    /// The document with only those entries that are new or different since the newest version for which `has` is true
    /// (RFC 3229, "feed" convention); `None` if no such version is remembered. `keyed` is as in
    /// [`Published::for_reader`].
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
