//! Finds the end of an element: its end tag or, if that is missing, the beginning or end of another element that cannot
//! be part of it.

use super::super::names::{Field, Space, field, space_of, usual_space};
use super::super::scan::{Kind, Markup, Scan, Tag};
use super::text::Note;

/// Most bytes of one document that are searched in vain for missing end tags. After that, every element ends where
/// the next element begins.
const LOOKAHEAD_MAX_BYTES: usize = 4 * 1024 * 1024;
/// Most bytes that are searched in vain in the content of one element.
const PART_LOOKAHEAD_BYTES: usize = 64 * 1024;
/// Most prefixes that are remembered.
const PREFIXES_MAX: usize = 64;

/// An element and its content as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf<'a> {
    pub(super) tag: Tag<'a>,
    pub(super) inner: &'a str,
}

/// The vocabularies that the prefixes of a document stand for. A declaration applies to the rest of the document rather
/// than to its element only, which suffices for feeds.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    prefixes: Vec<(&'a str, Space)>,
    /// The prefix of the root element.
    own: Option<&'a str>,
}

impl<'a> Names<'a> {
    /// Makes the vocabulary of the root element the document's own, whatever its namespace is.
    pub(super) fn root(&mut self, tag: &Tag<'a>) {
        self.declare(tag);
        // In RSS 1.0 the root element belongs to RDF, and RSS is the vocabulary of its children.
        let own = tag.name.split_once(':').filter(|(_, local)| !local.eq_ignore_ascii_case("rdf"));
        self.own = own.map(|(prefix, _)| prefix);
    }

    /// Remembers the prefixes that a tag declares.
    pub(super) fn declare(&mut self, tag: &Tag<'a>) {
        if !tag.has_attributes() {
            return;
        }
        for (name, uri) in tag.attributes() {
            let Some(prefix) = name.strip_prefix("xmlns:") else { continue };
            let space = match space_of(&uri) {
                Space::Other => usual_space(prefix),
                space => space,
            };
            if let Some(known) = self.prefixes.iter_mut().find(|(known, _)| *known == prefix) {
                known.1 = space;
            } else if self.prefixes.len() < PREFIXES_MAX {
                self.prefixes.push((prefix, space));
            }
        }
    }

    /// Whether an element has a prefix that is not the document's own.
    pub(super) fn is_foreign(&self, tag: &Tag<'_>) -> bool {
        tag.name.split_once(':').is_some_and(|(prefix, _)| self.own != Some(prefix))
    }

    pub(super) fn field(&self, tag: &Tag<'_>) -> Option<Field> {
        field(self.space(tag), tag.local())
    }

    pub(super) fn space(&self, tag: &Tag<'_>) -> Space {
        match tag.name.split_once(':') {
            Some((prefix, _)) if self.own == Some(prefix) => Space::Core,
            Some((prefix, _)) => {
                let declared = self.prefixes.iter().find(|(known, _)| *known == prefix);
                declared.map_or_else(|| usual_space(prefix), |(_, space)| *space)
            }
            None if tag.has_attributes() => match tag.attribute("xmlns").map(|uri| space_of(&uri)) {
                // Elements in an unknown default namespace still belong to the document's own vocabulary.
                Some(Space::Other) | None => Space::Core,
                Some(space) => space,
            },
            None => Space::Core,
        }
    }
}

/// Finds the ends of elements in one text.
#[derive(Debug, Default)]
pub(super) struct Ends {
    /// Number of bytes that were searched in vain.
    wasted: usize,
    /// The deepest nesting that was found.
    pub(super) deepest: usize,
    /// Elements that are not closed.
    pub(super) unclosed: Note,
}

/// The end of an element.
struct End {
    /// The offset behind the element's content.
    inner: usize,
    /// The offset behind the element.
    after: usize,
    /// The element has its own end tag.
    is_closed: bool,
}

impl Ends {
    /// For the content of one element, with a smaller limit on searching.
    pub(super) fn of_part() -> Ends {
        Ends { wasted: LOOKAHEAD_MAX_BYTES - PART_LOOKAHEAD_BYTES, ..Ends::default() }
    }

    /// The element that begins with this tag, and the position behind it.
    pub(super) fn leaf<'a>(&mut self, scan: &Scan<'a>, tag: Tag<'a>, names: &Names<'_>) -> (Leaf<'a>, usize) {
        if tag.kind == Kind::Empty {
            return (Leaf { tag, inner: "" }, tag.end);
        }
        let end = self.find(scan, &tag, names);
        if !end.is_closed {
            self.unclosed.at(&scan.text[tag.start..]);
        }
        (Leaf { tag, inner: &scan.text[tag.end..end.inner] }, end.after)
    }

    /// The position behind an element without a known meaning. If the element is not closed, only its tag is skipped.
    pub(super) fn skip(&mut self, scan: &Scan<'_>, tag: &Tag<'_>, names: &Names<'_>) -> usize {
        if tag.kind == Kind::Empty || self.wasted > LOOKAHEAD_MAX_BYTES {
            return tag.end;
        }
        let end = self.find(scan, tag, names);
        if end.is_closed {
            return end.after;
        }
        // The caller reads the same bytes again.
        self.wasted += end.inner - tag.end;
        tag.end
    }

    fn find(&mut self, scan: &Scan<'_>, tag: &Tag<'_>, names: &Names<'_>) -> End {
        let (mut at, mut nested, mut items, mut depth) = (tag.end, 0_usize, 0_usize, 0_usize);
        // Embedded documents have frames (`rss`, `feed`, …) of their own.
        let mut frames = 0_usize;
        // The first element that may be meant to follow this element rather than to be part of it.
        let mut next_begins: Option<usize> = None;
        // The name of that element while it is open. If this element ends inside it, the tags are crossed.
        let mut crossing: Option<&str> = None;
        let ends = loop {
            let Some(markup) = scan.next(at) else { break scan.text.len() };
            at = markup.end();
            let Markup::Tag(inner) = markup else { continue };
            let is_same = inner.name.eq_ignore_ascii_case(tag.name);
            if inner.kind == Kind::End {
                depth = depth.saturating_sub(1);
                if crossing.is_some_and(|open| open.eq_ignore_ascii_case(inner.name)) {
                    crossing = None;
                }
                if is_same && nested == 0 && items == 0 {
                    if let Some(begins) = next_begins.filter(|_| crossing.is_some() && is_word(names.field(tag))) {
                        return End { inner: begins, after: begins, is_closed: false };
                    }
                    return End { inner: inner.start, after: inner.end, is_closed: true };
                }
                if is_same {
                    nested = nested.saturating_sub(1);
                } else if is_item(inner.local()) {
                    if items == 0 {
                        break inner.start;
                    }
                    items -= 1;
                } else if is_frame(inner.local()) {
                    if frames == 0 {
                        break inner.start;
                    }
                    frames -= 1;
                }
                continue;
            }
            if inner.kind == Kind::Start {
                depth += 1;
                self.deepest = self.deepest.max(depth);
                nested += usize::from(is_same);
                items += usize::from(!is_same && is_item(inner.local()));
                frames += usize::from(!is_same && is_frame(inner.local()));
            }
            let begins_something = || is_same || names.field(&inner).is_some_and(|field| field != Field::Wrapper);
            if next_begins.is_none() && begins_something() {
                next_begins = Some(inner.start);
                crossing = (inner.kind == Kind::Start && !is_same).then_some(inner.name);
            }
            if next_begins.is_some() && self.wasted > LOOKAHEAD_MAX_BYTES {
                break inner.start;
            }
        };
        let inner = next_begins.unwrap_or(ends).min(ends);
        self.wasted += at.max(ends).saturating_sub(inner);
        End { inner, after: inner, is_closed: false }
    }
}

/// Whether an element holds a word or a line, and never contains markup.
fn is_word(field: Option<Field>) -> bool {
    use Field as F;
    matches!(field, Some(F::Title | F::Link | F::Id | F::Category | F::Published | F::Updated | F::Date | F::Comments))
}

pub(super) fn is_item(local: &str) -> bool {
    local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry")
}

/// Whether an element stands around the items.
pub(super) fn is_frame(local: &str) -> bool {
    ["channel", "feed", "rss", "rdf"].iter().any(|frame| local.eq_ignore_ascii_case(frame))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_end_where_the_publisher_meant_them_to() {
        let check = |text: &str, wanted: &str, rest: &str| {
            let Some(Markup::Tag(tag)) = Scan::new(text).next(0) else { panic!("{text:?} begins with a tag") };
            let (leaf, after) = Ends::default().leaf(&Scan::new(text), tag, &Names::default());
            assert_eq!((leaf.inner, &text[after..]), (wanted, rest), "{text:?}");
        };
        check("<title>a</title>b", "a", "b");
        check("<title>a <b>c</b></TITLE>d", "a <b>c</b>", "d");
        check("<title>a<link>b</link></item>", "a", "<link>b</link></item>");
        check("<title>a<link>b</link></title>c", "a<link>b</link>", "c");
        check("<title>a</item><item><title>b</title></item>", "a", "</item><item><title>b</title></item>");
        check("<title>a<item><title>b</title></item></rss>", "a", "<item><title>b</title></item></rss>");
        check("<category>a<category>b</category></item>", "a", "<category>b</category></item>");
        check("<content><title>a</title><content>b</content></content>c", "<title>a</title><content>b</content>", "c");
        check("<content><x:entry>a</x:entry></content>c", "<x:entry>a</x:entry>", "c");
        check("<title><![CDATA[</title>]]></title>c", "<![CDATA[</title>]]>", "c");
        check("<title>never closed", "never closed", "");
    }

    #[test]
    fn missing_end_tags_take_bounded_time() {
        let text = "<title>a<link>b".repeat(200_000);
        let (scan, mut ends, mut at, mut leaves) = (Scan::new(&text), Ends::default(), 0, 0);
        while let Some(Markup::Tag(tag)) = scan.next(at) {
            let (leaf, after) = ends.leaf(&scan, tag, &Names::default());
            assert!(leaf.inner.len() == 1);
            (at, leaves) = (after, leaves + 1);
        }
        assert_eq!(leaves, 400_000);
    }
}
