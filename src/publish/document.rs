//! Writes whole documents: the opening, as many entries as fit, and the closing.

use std::ops::Range;
use std::slice;

use super::about::{Podcast, ShownAbout};
use super::{OutputSpec, Shown, Site, Syndication, atom, json, query_of, rss};
use crate::model::{PlainText, Timestamp};

/// Bytes of an archive document after which entries have a short summary in place of their content.
const ARCHIVE_BYTES: u64 = 32 * 1024 * 1024;

/// An entry of this many bytes is never too large for a document that it fits into.
const ENTRY_BYTES: u64 = 64 * 1024;

/// The place of a document among the archive documents of an output (RFC 5005, 4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chain {
    /// The number of the document, if it is an archive document.
    pub number: Option<u32>,
    /// The number of archive documents.
    pub documents: u32,
}

impl Chain {
    pub(super) fn previous(self) -> Option<u32> {
        Some(self.number.map_or(self.documents, |number| number.saturating_sub(1))).filter(|number| *number > 0)
    }

    pub(super) fn next(self) -> Option<u32> {
        self.number.map(|number| number.saturating_add(1)).filter(|number| *number <= self.documents)
    }
}

/// A feed as its documents show it, apart from its entries. The formats write it without further checks.
pub(super) struct Channel<'a> {
    pub site: &'a Site,
    pub spec: &'a OutputSpec,
    pub chain: Chain,
    pub title: PlainText,
    pub about: ShownAbout,
    pub podcast: Podcast,
}

/// A written feed.
#[derive(Debug)]
pub struct RenderedFeed {
    pub body: Vec<u8>,
    /// The place of each entry in the document. A live document may have fewer entries than were given, because of its size
    /// limit.
    pub entries: Vec<Range<usize>>,
    /// The document with the token of the output in its own addresses, if the output has a token.
    pub keyed: Option<Vec<u8>>,
}

/// The largest entry that a live document of `max_size` bytes shows with its content, so that a single entry cannot displace
/// all others.
pub(super) fn largest_entry(max_size: u64) -> u64 {
    (max_size / 8).max(ENTRY_BYTES)
}

/// The parts of a document before it is known which entries fit into it.
pub(super) struct Segments {
    /// The document up to its entries.
    pub opening: Vec<u8>,
    pub entries: Vec<Vec<u8>>,
}

/// Writes a feed with the entries in the given order: in a live document as many as fit into `max_size`, in an archive document
/// all.
///
/// An entry that would take too much of the document has a short summary in place of its content, so that neither this entry
/// nor the entries after it are lost. An entry that is too large even then is left out.
pub fn write(format: Syndication, site: &Site, spec: &OutputSpec, chain: Chain, shown: &[Shown]) -> RenderedFeed {
    let is_archive = chain.number.is_some();
    let limit = if is_archive { spec.max_size.max(ARCHIVE_BYTES) } else { spec.max_size };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let (title, about, podcast) = (PlainText::line(&spec.title), spec.about.shown(), spec.about.podcast());
    let channel = Channel { site, spec, chain, title, about, podcast };
    let write = |updated: Timestamp, query: &str, shown: &[Shown]| match format {
        Syndication::Atom => atom::write(&channel, updated, query, shown),
        Syndication::Rss => Segments {
            opening: rss::opening(&channel, updated, query),
            entries: shown.iter().map(rss::entry).collect(),
        },
        Syndication::Json => {
            Segments { opening: json::opening(&channel, query), entries: shown.iter().map(json::entry).collect() }
        }
    };
    let (between, closing): (&[u8], &[u8]) = match format {
        Syndication::Atom => (b"", atom::CLOSING),
        Syndication::Rss => (b"", rss::CLOSING),
        Syndication::Json => (b",\n", json::CLOSING),
    };
    let query = query_of(spec.token.as_ref());
    let keyed_opening = |updated: Timestamp| query.as_deref().map(|query| write(updated, query, &[]).opening);
    // Almost always all entries fit, and then this is the whole document.
    let newest = shown.iter().map(|entry| entry.updated).max().unwrap_or(site.born);
    let Segments { mut opening, entries: complete } = write(newest, "", shown);
    let mut keyed = keyed_opening(newest);
    // The lengths of the openings stay as they are if the date changes, because all dates have the same length.
    let longest = keyed.as_ref().unwrap_or(&opening).len();
    let room = limit.saturating_sub(longest + closing.len());
    let most = if is_archive { room } else { room.min(usize::try_from(largest_entry(spec.max_size)).unwrap_or(room)) };
    let mut written: Vec<u8> = Vec::new();
    let mut entries: Vec<Range<usize>> = Vec::new();
    let mut updated = None;
    for (entry, mut bytes) in shown.iter().zip(complete) {
        if bytes.len() > most || (is_archive && written.len() + bytes.len() > room) {
            bytes = write(newest, "", &[entry.shortened()]).entries.concat();
            if bytes.len() > room {
                continue;
            }
        }
        let gap = if entries.is_empty() { 0 } else { between.len() };
        if !is_archive && written.len() + gap + bytes.len() > room {
            break;
        }
        if gap > 0 {
            written.extend_from_slice(between);
        }
        entries.push(written.len()..written.len() + bytes.len());
        written.extend_from_slice(&bytes);
        updated = updated.max(Some(entry.updated));
    }
    // A feed without entries needs a date as well (RFC 4287, 4.1.1).
    let updated = updated.unwrap_or(site.born);
    if updated != newest {
        opening = write(updated, "", &[]).opening;
        keyed = keyed_opening(updated);
    }
    for range in &mut entries {
        *range = range.start + opening.len()..range.end + opening.len();
    }
    let whole = |opening: &[u8]| [opening, &written, closing].concat();
    RenderedFeed { body: whole(&opening), entries, keyed: keyed.as_deref().map(whole) }
}

/// The item of an entry in the live document in JSON Feed, byte for byte; `None` for an entry that is too large for the document.
pub fn json_item(site: &Site, spec: &OutputSpec, chain: Chain, shown: &Shown) -> Option<Vec<u8>> {
    // The document is written for its single entry, so that the same rule decides which text the entry has.
    let document = write(Syndication::Json, site, spec, chain, slice::from_ref(shown));
    let place = document.entries.first()?;
    document.body.get(place.clone()).map(<[u8]>::to_vec)
}
