//! Reads the outlines of an OPML document, as they are and as feed readers write them.
//!
//! An outline with an address (`xmlUrl`) is a source, and an outline with other outlines in it is a folder. The document
//! may be broken: tags that are never closed, bare `&`, attributes in any case.

use std::borrow::Cow;
use std::sync::Arc;

use super::super::scan::{Kind, Markup, Scan, Tag};
use super::{Gathered, Listed, add, name, title};
use crate::text::references::resolve_references;

/// Levels of folders whose names are taken as tags, from the outermost. Deeper folders are read, but give no tags.
pub(super) const LEVELS_MAX: usize = 8;
/// Most categories that are read from one outline.
const CATEGORIES_MAX: usize = 16;
/// gPodder writes the feed's title as `title` and its description as `text`. In all other lists, `text` is what the
/// user sees.
const GPODDER: &str = "gPodder";
/// The words by which FreshRSS marks pages that it turns into feeds by its own rules.
const SCRAPED: [&str; 2] = ["xpath", "dotnotation"];
const OF_FRESHRSS: &str = "FreshRSS makes this feed from a page or other data, by rules that a list does not hold";
const OTHER_LIST: &str = "this is the address of another list; import that list by itself";
const NO_FEED: &str = "it names no feed (`xmlUrl` is missing)";

/// Reads all outlines. Returns whether any was found.
pub(super) fn read(text: &str, gathered: &mut Gathered) -> bool {
    let scan = Scan::new(text);
    let mut reader =
        Reader { gathered, are_closed: are_closed(&scan), is_by_gpodder: false, depth: 0, folders: Vec::new() };
    let (mut at, mut counted, mut line) = (0, 0, 1);
    let mut has_outlines = false;
    while let Some(markup) = scan.next(at) {
        at = markup.end();
        let Some(tag) = outline(markup) else { continue };
        line += text[counted..tag.start].matches('\n').count();
        counted = tag.start;
        if !has_outlines {
            has_outlines = true;
            reader.is_by_gpodder = text[..tag.start].contains(GPODDER);
        }
        let closed_at = if tag.kind == Kind::Start { closed_at(&scan, tag.end) } else { None };
        reader.read(&tag, line, closed_at.is_some());
        at = closed_at.unwrap_or(at);
    }
    has_outlines
}

/// Whether a document has the root element of OPML.
pub(super) fn begins(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| is_opml(&text[at + 1..]))
}

/// Whether the root element is closed. A document without the end of its root element is cut off.
pub(super) fn ends(text: &str) -> bool {
    text.rmatch_indices("</").any(|(at, _)| is_opml(&text[at + 2..]))
}

fn is_opml(name: &str) -> bool {
    name.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("opml"))
}

/// The tag, if this is the tag of an outline.
fn outline(markup: Markup<'_>) -> Option<Tag<'_>> {
    markup.tag().filter(|tag| tag.local().eq_ignore_ascii_case("outline"))
}

/// Whether as many outlines are closed as are opened. Otherwise it is unknown where an outline with an address ends.
fn are_closed(scan: &Scan<'_>) -> bool {
    let (mut opened, mut closed) = (0_usize, 0_usize);
    for tag in scan.markup().filter_map(outline) {
        match tag.kind {
            Kind::Start => opened += 1,
            Kind::End => closed += 1,
            Kind::Empty => {}
        }
    }
    opened == closed
}

/// The end of the closing tag, if an outline is closed right behind its opening tag.
fn closed_at(scan: &Scan<'_>, from: usize) -> Option<usize> {
    let tag = outline(scan.next(from)?)?;
    (tag.kind == Kind::End && tag.start == from).then_some(tag.end)
}

struct Reader<'g> {
    gathered: &'g mut Gathered,
    are_closed: bool,
    is_by_gpodder: bool,
    /// Number of outlines that are open.
    depth: usize,
    /// The names of the open folders, each with the depth at which it was opened; at most [`LEVELS_MAX`].
    folders: Vec<(usize, Arc<str>)>,
}

impl Reader<'_> {
    /// Reads the tag of an outline. `is_leaf`: the outline is closed right behind its opening tag.
    fn read(&mut self, tag: &Tag<'_>, line: usize, is_leaf: bool) {
        if tag.kind == Kind::End {
            if self.folders.last().is_some_and(|(depth, _)| *depth == self.depth) {
                self.folders.pop();
            }
            self.depth = self.depth.saturating_sub(1);
            return;
        }
        let said = Said::of(tag);
        let is_open = tag.kind == Kind::Start && !is_leaf;
        match &said.address {
            Some(address) if SCRAPED.iter().any(|word| said.kind.contains(word)) => {
                self.gathered.leave_out(line, address, OF_FRESHRSS);
            }
            Some(address) => self.source(&said, address, line),
            None if said.kind == "include" => self.gathered.leave_out(line, said.shown(), OTHER_LIST),
            None if !is_open && (!said.kind.is_empty() || said.has_other_address) => {
                self.gathered.leave_out(line, said.shown(), NO_FEED);
            }
            // The outline is a folder, or a note.
            None => {}
        }
        // In a document whose outlines are not all closed, an outline with an address holds no others.
        if is_open && (said.address.is_none() || self.are_closed) {
            self.depth += 1;
            self.open(&said);
        }
    }

    fn open(&mut self, said: &Said<'_>) {
        let folder = said.text.as_deref().or(said.title.as_deref()).filter(|_| said.address.is_none());
        let Some(folder) = folder.and_then(name) else { return };
        if self.folders.len() < LEVELS_MAX {
            self.folders.push((self.depth, folder));
        } else {
            self.gathered.has_deeper_folders = true;
        }
    }

    fn source(&mut self, said: &Said<'_>, address: &str, line: usize) {
        let mut tags = Vec::new();
        for (_, folder) in &self.folders {
            add(&mut tags, folder);
        }
        // Commas separate categories, and slashes their levels (OPML 2.0, "What's a category?").
        let categories = said.category.as_deref().unwrap_or_default();
        for category in categories.split([',', '/']).filter_map(name).take(CATEGORIES_MAX) {
            add(&mut tags, &category);
        }
        let text = said.text.as_deref().and_then(title);
        let own = said.title.as_deref().and_then(title);
        // `title` is the feed's own, and `text` what the user sees (OPML 2.0, "Subscription lists").
        let is_renamed = !self.is_by_gpodder && text.is_some() && own.is_some() && text != own;
        let title = if is_renamed { text } else { own.or(text) };
        self.gathered.take(Listed { line, address: address.to_owned(), title, is_renamed, tags });
    }
}

/// The properties of an outline.
struct Said<'a> {
    address: Option<Cow<'a, str>>,
    /// `type` in lower case.
    kind: String,
    text: Option<String>,
    title: Option<String>,
    category: Option<Cow<'a, str>>,
    /// Whether the outline has the address of something else than a feed.
    has_other_address: bool,
}

impl<'a> Said<'a> {
    fn of(tag: &Tag<'a>) -> Said<'a> {
        // The texts may contain HTML (OPML 2.0, "Text attributes"), so that their references are escaped once more.
        let plain = |text: Cow<'a, str>| resolve_references(&text, true).into_owned();
        let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
        let url = tag.attribute("url");
        // OPML 1.0 leaves the names of attributes to programs, some of which write `url`.
        let is_feed = matches!(kind.as_str(), "rss" | "rss1" | "rss2" | "atom" | "feed" | "pie");
        Said {
            address: tag.attribute("xmlUrl").or_else(|| url.clone().filter(|_| is_feed)),
            text: tag.attribute("text").map(plain),
            title: tag.attribute("title").map(plain),
            category: tag.attribute("category"),
            has_other_address: url.is_some() || tag.attribute("htmlUrl").is_some(),
            kind,
        }
    }

    /// The name of the outline in messages.
    fn shown(&self) -> &str {
        self.text.as_deref().or(self.title.as_deref()).unwrap_or("an outline without a name")
    }
}
