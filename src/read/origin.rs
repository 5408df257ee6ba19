//! What feed-rs does not give: where an aggregator took an entry from (`atom:source`, RFC 4287, 4.2.11; RSS `source`),
//! and the base of an entry's content (`xml:base`). A pass of its own over the repaired text.

use url::Url;

use super::dates;
use super::markup::{Piece, Pieces, Tag, resolve_references};
use crate::model::{Origin, ParsedFeed, Person};

/// Nesting that is followed for bases.
const BASES_MAX: usize = 64;
/// Longest text of one element that is taken, in bytes.
const TEXT_MAX_BYTES: usize = 4 * 1024;

/// Adds origins and bases to the items of a feed, where all its items were read.
pub(super) fn add(text: &str, url: &str, feed: &mut ParsedFeed) {
    if !text.contains("source") && !text.contains("xml:base") {
        return;
    }
    let mut pass = Pass { bases: vec![(0, Url::parse(url).ok())], ..Pass::default() };
    let mut rest = text;
    while let Some((before, from)) = rest.split_once("<![CDATA[") {
        pass.pieces(before);
        let (inside, behind) = from.split_once("]]>").unwrap_or((from, ""));
        pass.text(&inside.replace('&', "&amp;"));
        rest = behind;
    }
    pass.pieces(rest);
    // Items that were lost on the way would shift the rest.
    if pass.items.len() == feed.items.len() {
        for (item, Found { origin, base }) in feed.items.iter_mut().zip(pass.items) {
            item.origin = origin.filter(|origin| *origin != Origin::default());
            item.base = base;
        }
    }
}

#[derive(Default)]
struct Found {
    origin: Option<Origin>,
    base: Option<String>,
}

#[derive(Default)]
struct Pass {
    /// Names of the open elements, without prefixes.
    open: Vec<String>,
    /// Bases that differ from the one outside, with the depth from which on they hold.
    bases: Vec<(usize, Option<Url>)>,
    items: Vec<Found>,
    /// Depth of the current item, and of the source inside it.
    item: Option<usize>,
    source: Option<usize>,
    /// Text of the element that is read.
    text: String,
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl Pass {
    fn pieces(&mut self, text: &str) {
        for piece in Pieces::new(text) {
            match piece {
                Piece::Text(text) => self.text(text),
                Piece::Tag(tag) if tag.closing => self.end(),
                Piece::Tag(tag) => self.start(&tag),
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let name = local(tag.name);
        self.text.clear();
        let depth = self.open.len();
        if let Some(base) = tag.attribute("xml:base")
            && self.bases.len() < BASES_MAX
        {
            let outer = self.bases.last().and_then(|(_, base)| base.as_ref());
            let base = outer.map_or_else(|| Url::parse(&base), |outer| outer.join(&base)).ok();
            self.bases.push((depth + 1, base));
        }
        if self.item.is_none() && matches!(name, "item" | "entry") {
            self.item = Some(depth);
            self.items.push(Found::default());
            self.take_base();
        } else if self.item == Some(depth.wrapping_sub(1)) {
            match name {
                "source" if tag.name == name => self.begin_source(tag, depth),
                "content" | "summary" | "description" | "encoded" => self.take_base(),
                _ => {}
            }
        } else if self.source.is_some_and(|source| source + 1 == depth) && name == "link" {
            self.source_link(tag);
        }
        if tag.self_closing {
            self.open.push(String::new());
            self.end();
        } else {
            self.open.push(name.to_owned());
        }
    }

    /// The base that holds here, where the document states one.
    fn take_base(&mut self) {
        let stated = self.bases.len() > 1;
        if let (true, Some((_, Some(base))), Some(item)) = (stated, self.bases.last(), self.items.last_mut()) {
            item.base = Some(base.to_string());
        }
    }

    fn begin_source(&mut self, tag: &Tag<'_>, depth: usize) {
        self.source = Some(depth);
        if let Some(item) = self.items.last_mut() {
            // RSS 2.0: the address of the feed as an attribute, its title as text.
            let self_link = tag.attribute("url").map(|url| url.into_owned());
            item.origin = Some(Origin { self_link, ..Origin::default() });
        }
    }

    fn source_link(&mut self, tag: &Tag<'_>) {
        let Some(href) = tag.attribute("href") else { return };
        let outer = self.bases.last().and_then(|(_, base)| base.as_ref());
        let href = outer.and_then(|base| base.join(&href).ok()).map_or_else(|| href.into_owned(), String::from);
        let rel = tag.attribute("rel").map_or_else(|| "alternate".to_owned(), |rel| rel.into_owned());
        let Some(origin) = self.items.last_mut().and_then(|item| item.origin.as_mut()) else { return };
        match rel.as_str() {
            "self" => origin.self_link = Some(href),
            "alternate" => origin.link = Some(href),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.source.is_some() && self.text.len() < TEXT_MAX_BYTES {
            let room = TEXT_MAX_BYTES - self.text.len();
            self.text.push_str(&text[..text.floor_char_boundary(room)]);
        }
    }

    fn end(&mut self) {
        let Some(name) = self.open.pop() else { return };
        let depth = self.open.len();
        if let Some(source) = self.source {
            if depth == source {
                self.end_source();
            } else {
                self.end_of_source_part(&name, depth - source);
            }
        }
        while self.bases.last().is_some_and(|(from, _)| *from > depth) && self.bases.len() > 1 {
            self.bases.pop();
        }
        if self.item == Some(depth) {
            self.item = None;
        }
        self.text.clear();
    }

    fn end_source(&mut self) {
        self.source = None;
        let text = resolve_references(self.text.trim(), false).into_owned();
        if let Some(origin) = self.items.last_mut().and_then(|item| item.origin.as_mut())
            && origin.title.is_none()
            && !text.is_empty()
        {
            origin.title = Some(text);
        }
    }

    fn end_of_source_part(&mut self, name: &str, depth: usize) {
        let text = resolve_references(self.text.trim(), false).into_owned();
        let Some(origin) = self.items.last_mut().and_then(|item| item.origin.as_mut()) else { return };
        if text.is_empty() {
            return;
        }
        match (depth, name) {
            (1, "id") => origin.id = Some(text),
            (1, "title") => origin.title = Some(text),
            (1, "updated") => origin.updated = dates::parse(&text),
            (2, "name") if origin.authors.len() < 20 => {
                origin.authors.push(Person { name: text, email: None, uri: None });
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, read};

    fn items(body: &str) -> Vec<crate::model::ParsedItem> {
        let document =
            Document { body: body.as_bytes(), content_type: None, url: "https://a.example/feed", max_entries: 10 };
        read(&document).unwrap_or_else(|error| panic!("{body}: {error}")).0.items
    }

    #[test]
    fn the_origin_of_an_entry_is_kept() {
        let found = items(
            "<feed xmlns='http://www.w3.org/2005/Atom'><id>a</id><title>T</title><updated>2026-01-01T00:00:00Z</updated>\
             <entry><id>1</id><title>E</title><updated>2026-01-01T00:00:00Z</updated>\
             <source><id>urn:orig</id><title>Original &amp; Blog</title><link rel='self' href='https://o.example/f'/>\
             <link href='https://o.example/'/><updated>2025-12-31T00:00:00Z</updated>\
             <author><name>Ann</name></author></source></entry>\
             <entry><id>2</id><title>F</title><updated>2026-01-01T00:00:00Z</updated></entry></feed>",
        );
        let origin = found[0].origin.as_ref().expect("it has an origin");
        assert_eq!(origin.id.as_deref(), Some("urn:orig"));
        assert_eq!(origin.title.as_deref(), Some("Original & Blog"));
        assert_eq!(origin.self_link.as_deref(), Some("https://o.example/f"));
        assert_eq!(origin.link.as_deref(), Some("https://o.example/"));
        assert_eq!(origin.authors[0].name, "Ann");
        assert!(origin.updated.is_some() && found[1].origin.is_none());
        let rss = items(
            "<rss version='2.0'><channel><title>T</title><item><guid>1</guid><title>E</title>\
             <source url='https://o.example/rss'>Original</source></item></channel></rss>",
        );
        let origin = rss[0].origin.as_ref().expect("it has an origin");
        assert_eq!(
            (origin.title.as_deref(), origin.self_link.as_deref()),
            (Some("Original"), Some("https://o.example/rss"))
        );
    }

    #[test]
    fn the_base_of_content_is_known() {
        let found = items(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://b.example/x/'><id>a</id><title>T</title>\
             <entry><id>1</id><title>E</title><content type='html' xml:base='y/'>c</content></entry>\
             <entry><id>2</id><title>F</title><content type='html'>c</content></entry></feed>",
        );
        assert_eq!(found[0].base.as_deref(), Some("https://b.example/x/y/"));
        assert_eq!(found[1].base.as_deref(), Some("https://b.example/x/"));
    }
}
