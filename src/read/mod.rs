//! Reads a document: decodes its bytes, repairs its markup and parses it into a [`ParsedFeed`] and the problems that
//! were tolerated.
//!
//! Entry points: [`read`] reads a feed; [`discover`], [`mentioned`], [`linked`], [`by_rule`] and [`usual_places`] find
//! the feeds of an HTML page; [`refresh`] and [`meta_refresh`] find where a page redirects to; [`source_list`] reads
//! the lists of sources that other readers export, and [`reading_list`] those that are followed.
//!
//! Invariants:
//! - No step trusts the document, and a panic of a parser is an error of this document alone.
//! - Content leaves this room as the publisher wrote it; [`crate::entry`] cleans it.
//!
//! What never enters: the network, the clock, random numbers and the store.

mod bases;
mod canon;
mod charset;
mod cut;
mod dates;
mod discover;
mod json;
mod lists;
mod mend;
mod names;
mod parse;
mod pointers;
mod scan;
mod sites;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::model::{ParsedFeed, Problem};

pub use discover::{FoundFeed, discover, looks_like_html, mentioned};
pub use lists::{FOLLOWED_MAX, LeftOut, ListError, Listed, SourceList, UnfitList, reading_list, source_list};
pub use pointers::{link_with_rel, linked, meta_refresh, refresh};
pub use sites::{by_rule, usual_places};

/// poll → read: a document as it was received, decompressed.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    pub body: &'a [u8],
    /// The Content-Type header as it was received.
    pub content_type: Option<&'a str>,
    /// The address of the document after all redirects, which is the base of relative links.
    pub url: &'a str,
    /// At most this many items are read, from the beginning of the document.
    pub max_entries: usize,
}

/// The kind of a document that is not a feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentKind {
    #[error("an HTML page")]
    HtmlPage,
    #[error("JSON in another format")]
    Json,
    /// XML that is not a feed, with the name of its root element.
    #[error("XML in another format (<{}>)", .0.escape_debug())]
    Xml(String),
    #[error("neither XML nor JSON")]
    Other,
}

/// Why a document could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("the document is empty")]
    Empty,
    #[error("the document is {kind}, not a feed")]
    NotAFeed {
        kind: DocumentKind,
        /// The feeds that an HTML page links to.
        feeds: Vec<FoundFeed>,
    },
    #[error("the feed is malformed: {why}")]
    Malformed { why: String },
    #[error("the parser failed on this feed because it has a bug; please report it together with the document")]
    ParserBug,
}

/// Reads one document. Smaller defects are returned as problems.
pub fn read(document: &Document<'_>) -> Result<(ParsedFeed, Vec<Problem>), ReadError> {
    contained(|| read_here(document))
}

thread_local! {
    /// Whether this thread is reading a document.
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is reading a document, so that a panic of this thread becomes a [`ReadError::ParserBug`].
pub fn is_reading() -> bool {
    // The flag may already be destroyed while the thread ends.
    IS_READING.try_with(Cell::get).unwrap_or(false)
}

/// Turns a panic during reading into an error of the document, because any publisher can cause such a panic.
pub(crate) fn contained<T>(read: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    IS_READING.set(true);
    let result = catch_unwind(AssertUnwindSafe(read));
    IS_READING.set(false);
    result.unwrap_or(Err(ReadError::ParserBug))
}

fn read_here(document: &Document<'_>) -> Result<(ParsedFeed, Vec<Problem>), ReadError> {
    let mut problems = Vec::new();
    let charset::Decoded { text, charset } = charset::decode(document.body, document.content_type, &mut problems);
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0');
    let begins = text.trim_start_matches(blank);
    let lines_before = text[..text.len() - begins.len()].matches('\n').count();
    let text = begins.trim_end_matches(blank);
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    let problems_before = problems.len();
    let read = match json_or_page(text, document.url, &mut problems) {
        Some(read) => read,
        None => xml(text, document, lines_before, &mut problems),
    };
    let (mut feed, items) = read.or_else(|error| {
        problems.truncate(problems_before);
        json_behind_junk(text, document.url, &mut problems).ok_or(error)
    })?;
    feed.charset = charset;
    let is_last_there = items <= document.max_entries;
    // A document's only entry is kept, because it cannot be confused with another entry of the document.
    let has_others = feed.items.len() > 1;
    if !feed.is_whole
        && is_last_there
        && has_others
        && feed.items.last().is_some_and(|item| cut::is_nameless(text, item))
    {
        feed.items.pop();
        let what = "the document is truncated in the id or address of its last entry; the entry was left out";
        problems.push(Problem::new(what));
    }
    if items > document.max_entries {
        feed.items.truncate(document.max_entries);
        let taken = document.max_entries;
        problems.push(Problem::new(format!("only the first {taken} of {items} entries were read (`max_entries`)")));
    }
    Ok((feed, problems))
}

/// A feed with the items that were read, and the number of items that the document has.
type Read = Result<(ParsedFeed, usize), ReadError>;

/// Reads a document that begins as JSON or as an HTML page; `None` if it has to be read as XML.
fn json_or_page(text: &str, url: &str, problems: &mut Vec<Problem>) -> Option<Read> {
    if text.starts_with(['{', '[']) {
        return match json::read(text, url, problems) {
            // The bracket is stray text before an XML feed.
            Err(_) if canon::has_frame(text) => None,
            read => Some(read.map(counted)),
        };
    }
    // Some servers wrap a feed in an HTML page or put a script before it.
    if looks_like_html(text) && !(canon::has_feed(text) && discover(text, url).is_empty()) {
        return Some(Err(ReadError::NotAFeed { kind: DocumentKind::HtmlPage, feeds: discover(text, url) }));
    }
    None
}

/// Reads a JSON Feed that follows other text.
fn json_behind_junk(text: &str, url: &str, problems: &mut Vec<Problem>) -> Option<(ParsedFeed, usize)> {
    let feed = json::read(json::behind_junk(text)?, url, problems).ok()?;
    problems.push(Problem::new("other text before the feed was skipped"));
    Some(counted(feed))
}

/// A feed of which all items were read.
fn counted(feed: ParsedFeed) -> (ParsedFeed, usize) {
    let items = feed.items.len();
    (feed, items)
}

fn xml(text: &str, document: &Document<'_>, lines_before: usize, problems: &mut Vec<Problem>) -> Read {
    let canonical = canon::canonicalise(text, document.url, document.max_entries, lines_before, problems)?;
    let items = canonical.items;
    Ok((parse::parse(canonical, document.url, problems)?, items))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_while_reading_is_an_error_of_the_document() {
        assert!(!is_reading());
        let mut seen = false;
        let read: Result<(), ReadError> = contained(|| {
            seen = is_reading();
            panic!("a panic that a test causes");
        });
        assert!(matches!(read, Err(ReadError::ParserBug)), "{read:?}");
        assert!(seen && !is_reading());
        assert!(contained(|| Ok(1)).is_ok());
    }
}
