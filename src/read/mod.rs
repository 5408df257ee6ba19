//! A document's bytes to a [`ParsedFeed`] and the problems that were tolerated on the way.
//!
//! Charset, repair, parsing: each step takes what the one before it made, and none trusts the document. What never
//! enters: the network, the clock, chance, the store. Content leaves as the publisher wrote it; cleaning it is the
//! work of [`crate::entry`].

mod bases;
mod canon;
mod charset;
mod cut;
mod dates;
mod discover;
mod json;
mod mend;
mod names;
mod parse;
mod pointers;
mod scan;
mod sites;

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::model::{ParsedFeed, Problem};

pub use discover::{FoundFeed, discover, looks_like_html, mentioned};
pub use pointers::{linked, meta_refresh, refresh};
pub use sites::{by_rule, usual_places};

/// poll → read: one document as it came, decompressed.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    pub body: &'a [u8],
    /// The Content-Type header as it came.
    pub content_type: Option<&'a str>,
    /// The address that the document came from in the end; relative links are relative to it.
    pub url: &'a str,
    /// How many of the document's items are taken, the first ones.
    pub max_entries: usize,
}

/// What a document is instead of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentKind {
    HtmlPage,
    Json,
    /// Some XML, by the name of its root element.
    Xml(String),
    /// Neither JSON nor XML.
    Other,
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocumentKind::HtmlPage => f.write_str("an HTML page"),
            DocumentKind::Json => f.write_str("JSON of another kind"),
            DocumentKind::Xml(root) => write!(f, "XML of another kind (<{}>)", root.escape_debug()),
            DocumentKind::Other => f.write_str("neither XML nor JSON"),
        }
    }
}

/// Why nothing could be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("the document is empty")]
    Empty,
    #[error("the document is {kind}, not a feed")]
    NotAFeed {
        kind: DocumentKind,
        /// The feeds that a page names.
        feeds: Vec<FoundFeed>,
    },
    #[error("the feed is malformed: {why}")]
    Malformed { why: String },
    #[error("the feed set off a bug in the parser; a report with the document would help to mend it")]
    ParserBug,
}

/// Reads one document.
///
/// # Errors
/// When there is no feed in it, or none that can be read; see [`ReadError`]. Lesser defects are problems.
pub fn read(document: &Document<'_>) -> Result<(ParsedFeed, Vec<Problem>), ReadError> {
    contained(|| read_here(document))
}

thread_local! {
    /// Whether this thread is reading a document.
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is reading a document, so that a panic on it is contained and becomes a [`ReadError::ParserBug`].
pub fn is_reading() -> bool {
    // While the thread ends, the flag may be gone already.
    IS_READING.try_with(Cell::get).unwrap_or(false)
}

/// Makes a panic while a document is read an error of that document, because any publisher can cause it.
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
    let told = problems.len();
    let read = match json_or_page(text, document.url, &mut problems) {
        Some(read) => read,
        None => xml(text, document, lines_before, &mut problems),
    };
    let (mut feed, items) = read.or_else(|error| {
        problems.truncate(told);
        json_behind_junk(text, document.url, &mut problems).ok_or(error)
    })?;
    feed.charset = charset;
    let is_last_there = items <= document.max_entries;
    // An only entry is better than none: there is no other to take it for.
    let has_others = feed.items.len() > 1;
    if !feed.is_whole
        && is_last_there
        && has_others
        && feed.items.last().is_some_and(|item| cut::is_nameless(text, item))
    {
        feed.items.pop();
        problems.push(Problem::new("the last entry is cut off in its id or address, and was left out"));
    }
    if items > document.max_entries {
        feed.items.truncate(document.max_entries);
        let taken = document.max_entries;
        problems.push(Problem::new(format!("{taken} of {items} entries taken (`max_entries`)")));
    }
    Ok((feed, problems))
}

/// A feed with all its items, of which the first ones were read.
type Read = Result<(ParsedFeed, usize), ReadError>;

/// What a document that does not begin as XML is; None where it is XML all the same.
fn json_or_page(text: &str, url: &str, problems: &mut Vec<Problem>) -> Option<Read> {
    if text.starts_with(['{', '[']) {
        return match json::read(text, url, problems) {
            Ok(feed) => {
                let items = feed.items.len();
                Some(Ok((feed, items)))
            }
            // A stray bracket before a feed.
            Err(_) if canon::has_frame(text) => None,
            Err(error) => Some(Err(error)),
        };
    }
    // Some servers put a page around a feed, or a script before it.
    if looks_like_html(text) && !(canon::has_feed(text) && discover(text, url).is_empty()) {
        return Some(Err(ReadError::NotAFeed { kind: DocumentKind::HtmlPage, feeds: discover(text, url) }));
    }
    None
}

/// A JSON Feed with something else before it, which was no feed by itself.
fn json_behind_junk(text: &str, url: &str, problems: &mut Vec<Problem>) -> Option<(ParsedFeed, usize)> {
    let feed = json::read(json::behind_junk(text)?, url, problems).ok()?;
    problems.push(Problem::new("what stands before the feed was passed over"));
    let items = feed.items.len();
    Some((feed, items))
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
            panic!("a test of what contains panics");
        });
        assert!(matches!(read, Err(ReadError::ParserBug)), "{read:?}");
        assert!(seen && !is_reading());
        assert!(contained(|| Ok(1)).is_ok());
    }
}
