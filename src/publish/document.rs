//! Writes whole documents: the opening, as many entries as fit, and the closing.

use std::ops::Range;

use super::{OutputSpec, Shown, Site, Syndication, atom, json, rss};
use crate::model::Timestamp;
use crate::text::percent;

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

/// Writes a feed with the entries in the given order: in a live document as many as fit into `max_size`, in an archive document
/// all.
///
/// An entry that would take too much of the document has a short summary in place of its content, so that neither this entry
/// nor the entries after it are lost. An entry that is too large even then is left out.
pub fn write(format: Syndication, site: &Site, spec: &OutputSpec, chain: Chain, shown: &[Shown]) -> RenderedFeed {
    let is_archive = chain.number.is_some();
    let limit = if is_archive { spec.max_size.max(ARCHIVE_BYTES) } else { spec.max_size };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let opening = |updated: Timestamp, query: &str| match format {
        Syndication::Atom => atom::opening(site, spec, chain, updated, query),
        Syndication::Rss => rss::opening(site, spec, updated, query),
        Syndication::Json => json::opening(site, spec, chain, query),
    };
    let query = spec.token.as_ref().map(|token| format!("?token={}", percent::encoded(token.expose())));
    let write_entry = |shown: &Shown| match format {
        Syndication::Atom => atom::entry(shown),
        Syndication::Rss => rss::entry(shown),
        Syndication::Json => json::entry(shown),
    };
    let (between, closing): (&[u8], &[u8]) = match format {
        Syndication::Atom => (b"", atom::CLOSING),
        Syndication::Rss => (b"", rss::CLOSING),
        Syndication::Json => (b",\n", json::CLOSING),
    };
    // The length of the opening is known in advance, because all dates have the same length.
    let longest = opening(site.born, query.as_deref().unwrap_or_default());
    let room = limit.saturating_sub(longest.len() + closing.len());
    let most = if is_archive { room } else { room.min(usize::try_from(largest_entry(spec.max_size)).unwrap_or(room)) };
    let mut written: Vec<u8> = Vec::new();
    let mut entries: Vec<Range<usize>> = Vec::new();
    let mut updated = None;
    for entry in shown {
        let mut bytes = write_entry(entry);
        if bytes.len() > most || (is_archive && written.len() + bytes.len() > room) {
            bytes = write_entry(&entry.shortened());
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
    let keyed = query.map(|query| [opening(updated, &query).as_slice(), &written, closing].concat());
    let opening = opening(updated, "");
    for range in &mut entries {
        *range = range.start + opening.len()..range.end + opening.len();
    }
    RenderedFeed { body: [opening.as_slice(), &written, closing].concat(), entries, keyed }
}
