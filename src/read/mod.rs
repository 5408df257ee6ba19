//! A document's bytes to a [`ParsedFeed`] and the problems that were tolerated on the way.
//!
//! Charset, repair, parsing: each step takes what the one before it made, and none trusts the document. What never
//! enters: the network, the clock, chance, the store. Content leaves as the publisher wrote it; cleaning it is the
//! work of [`crate::entry`].

mod canon;
mod charset;
mod dates;
mod discover;
mod json;
pub(crate) mod markup;
mod names;
mod parse;
mod scan;
mod sites;

use std::fmt;

use crate::model::{ParsedFeed, Problem};

pub use discover::{FoundFeed, discover, looks_like_html, mentioned};
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
    let mut problems = Vec::new();
    let charset::Decoded { text, charset } = charset::decode(document.body, document.content_type, &mut problems);
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0');
    let text = text.trim_matches(blank);
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    let (mut feed, items) = if text.starts_with(['{', '[']) && !has_feed_behind(text) {
        let feed = json::read(text, document.url, &mut problems)?;
        let items = feed.items.len();
        (feed, items)
    } else if looks_like_html(text) {
        let feeds = discover(text, document.url);
        return Err(ReadError::NotAFeed { kind: DocumentKind::HtmlPage, feeds });
    } else {
        let canonical = canon::canonicalise(text, document.url, document.max_entries, &mut problems)?;
        let items = canonical.items;
        (parse::parse(canonical, document.url, &mut problems)?, items)
    };
    feed.charset = charset;
    if items > document.max_entries {
        feed.items.truncate(document.max_entries);
        let taken = document.max_entries;
        problems.push(Problem::new(format!("{taken} of {items} entries taken (`max_entries`)")));
    }
    Ok((feed, problems))
}

/// Whether what begins like JSON is a stray bracket before an XML feed.
fn has_feed_behind(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '['));
    start.starts_with('<')
}
