//! Whole documents: what is said first, as many entries as fit, and the end.

use std::ops::Range;

use super::{OutputSpec, Shown, Site, Syndication, atom, json, rss};
use crate::model::Timestamp;
use crate::text::percent;

/// Bytes of an archive document; entries beyond are shown with a short summary in place of their contents.
const ARCHIVE_BYTES: u64 = 32 * 1024 * 1024;

/// An entry of so many bytes is not too large for any document that it fits into.
const ENTRY_BYTES: u64 = 64 * 1024;

/// Where a document stands among an output's archive documents (RFC 5005, 4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chain {
    /// The number of this one, if it is an archive document.
    pub number: Option<u32>,
    /// Archive documents that there are.
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
    /// Where each entry stands in it. In a live document there may be fewer than given, where the size limit came first.
    pub entries: Vec<Range<usize>>,
    /// The same with the token of the output in its own addresses, where it has a token.
    pub keyed: Option<Vec<u8>>,
}

/// The largest entry that a live document of `max_size` bytes shows whole: one alone must not push all others out.
pub(super) fn largest_entry(max_size: u64) -> u64 {
    (max_size / 8).max(ENTRY_BYTES)
}

/// Writes a feed: entries in the order given, as many as fit into `max_size` whole; of an archive document all.
///
/// An entry that would take too much of it is shown with a short summary in place of its content, so that neither it nor
/// those after it are lost; one too large even so is passed over.
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
    // The feed's own date is always of one length, so what surrounds the entries can be measured before.
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
    // A feed without entries must have a date, too (RFC 4287, 4.1.1).
    let updated = updated.unwrap_or(site.born);
    let keyed = query.map(|query| [opening(updated, &query).as_slice(), &written, closing].concat());
    let opening = opening(updated, "");
    for range in &mut entries {
        *range = range.start + opening.len()..range.end + opening.len();
    }
    RenderedFeed { body: [opening.as_slice(), &written, closing].concat(), entries, keyed }
}
