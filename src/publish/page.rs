//! The page for people at `/`: the feeds' addresses to copy, and the newest entries.
//!
//! One document without scripts and without anything loaded from elsewhere. Every text is escaped by the template;
//! entries are shown by their plain words only, never by their markup.

use std::collections::{HashMap, HashSet};

use askama::Template;

use super::xml::{language, one_line, web_address};
use super::{Site, excerpt};
use crate::model::{SourceCard, SourceId, StoredEntry};

/// The page's style, which stands in the page itself.
pub const STYLE: &str = include_str!("../../templates/style.css");
/// SHA-256 of [`STYLE`] in Base64, by which the page's security policy allows this style and no other (CSP 3, 2.3.1):
/// `openssl dgst -sha256 -binary templates/style.css | base64`.
pub const STYLE_SHA256: &str = "kNArUC2C/kiuIcO+F5EJYbWx6Lyuka3lG+vgcd/GqvM=";

/// Characters of an entry's text on the page.
const EXCERPT_CHARS: usize = 300;

/// A feed to be shown on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputLink {
    pub title: String,
    /// Below `public_url`.
    pub path: String,
    /// A few words more, or nothing.
    pub description: String,
}

#[derive(Template)]
#[template(path = "index.html")]
struct Page<'a> {
    style: &'static str,
    title: String,
    notice: Vec<Piece<'a>>,
    feeds: Vec<FeedItem>,
    entries: Vec<EntryItem>,
    version: &'static str,
}

/// A part of a notice: text, or something to type, which notices have between backticks.
struct Piece<'a> {
    text: &'a str,
    is_code: bool,
}

struct FeedItem {
    title: String,
    address: String,
    description: String,
}

struct EntryItem {
    title: String,
    link: Option<String>,
    source: String,
    /// The other sources that have it, or nothing.
    also_in: String,
    /// RFC 3339, for programs.
    time: String,
    /// The same in words, UTC.
    shown_time: String,
    excerpt: String,
    lang: Option<String>,
}

/// Writes the page. `notice` is shown above everything; entries whose source has no card are left out.
pub fn front_page(
    site: &Site,
    title: &str,
    outputs: &[OutputLink],
    cards: &HashMap<SourceId, SourceCard>,
    entries: &[StoredEntry],
    notice: Option<&str>,
) -> Vec<u8> {
    let feed = |output: &OutputLink| FeedItem {
        title: one_line(&output.title),
        address: format!("{}{}", site.public_url, output.path),
        description: one_line(&output.description),
    };
    let page = Page {
        style: STYLE,
        title: one_line(title),
        notice: notice.map(pieces).unwrap_or_default(),
        feeds: outputs.iter().map(feed).collect(),
        entries: entries.iter().filter_map(|entry| Some(item(cards, cards.get(&entry.source)?, entry))).collect(),
        version: site.generator_version,
    };
    // Writing into memory does not fail.
    page.render().unwrap_or_default().into_bytes()
}

/// The titles of the other sources of a story, each once.
fn also_in(cards: &HashMap<SourceId, SourceCard>, card: &SourceCard, entry: &StoredEntry) -> String {
    let mut seen = HashSet::from([card.id]);
    let others = entry.copies.iter().filter_map(|copy| cards.get(&copy.source)).filter(|other| seen.insert(other.id));
    let titles: Vec<String> = others.map(|other| one_line(&other.title)).collect();
    titles.join(", ")
}

fn pieces(notice: &str) -> Vec<Piece<'_>> {
    let parts = notice.split('`').enumerate();
    parts.map(|(at, text)| Piece { text, is_code: at % 2 == 1 }).filter(|piece| !piece.text.is_empty()).collect()
}

fn item(cards: &HashMap<SourceId, SourceCard>, card: &SourceCard, entry: &StoredEntry) -> EntryItem {
    let origin = entry.details.origin.as_ref().and_then(|origin| origin.title.as_deref());
    let source = match origin {
        Some(origin) if !origin.trim().is_empty() => format!("{origin} ({})", card.title),
        _ => card.title.clone(),
    };
    EntryItem {
        title: one_line(&entry.title),
        link: entry.link.as_deref().and_then(web_address),
        source: one_line(&source),
        also_in: also_in(cards, card, entry),
        time: entry.published.to_rfc3339(),
        shown_time: entry.published.to_chrono().format("%-d %B %Y, %H:%M UTC").to_string(),
        excerpt: excerpt::of_entry(entry, EXCERPT_CHARS),
        lang: entry.details.language.as_deref().or(card.meta.language.as_deref()).and_then(language),
    }
}
