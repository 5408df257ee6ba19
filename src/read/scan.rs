//! Cuts XML as publishers write it into tags, by byte offsets. Tolerates mistakes at which a strict parser stops: bare
//! `<` and `&`, quotes that are never closed, tags without an end.
//!
//! All functions take time that is linear in their input and allocate no memory.

use std::borrow::Cow;
use std::cell::Cell;

use memchr::memmem;

use crate::text::references::resolve_references;
use crate::text::xml::SECTION_BEGINS;

/// Most attributes that are read from one tag.
const ATTRIBUTES_MAX: usize = 64;
/// Longest value of an attribute, in bytes; a longer value is read as empty.
const VALUE_MAX_BYTES: usize = 16 * 1024;
/// The internal subset of a document type must begin within this many bytes of the declaration.
const SUBSET_BEGINS_MAX_BYTES: usize = 1024;
/// Longest declaration or processing instruction, in bytes.
const DECLARATION_MAX_BYTES: usize = 64 * 1024;
/// Longest name of an element, in bytes. A tag with a longer name is treated as text.
const ELEMENT_NAME_MAX_BYTES: usize = 128;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    /// `<a/>`
    Empty,
    End,
}

/// A tag, with its place in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'a> {
    pub kind: Kind,
    /// The name as written, with its prefix.
    pub name: &'a str,
    /// The text between the name and the end of the tag.
    inside: &'a str,
    /// The tag has a quote that is never closed.
    pub is_broken: bool,
    /// The tag ends with `>`.
    is_ended: bool,
    /// The offset of the tag's `<`, in bytes.
    pub start: usize,
    /// The offset behind the tag's `>`, in bytes.
    pub end: usize,
}

/// The markup that a `<` begins.
#[derive(Debug, Clone, Copy)]
pub(super) enum Markup<'a> {
    Tag(Tag<'a>),
    /// A CDATA section.
    CData {
        inside: &'a str,
        start: usize,
        end: usize,
    },
    /// A comment, a processing instruction or a declaration.
    Aside {
        start: usize,
        end: usize,
    },
}

impl<'a> Markup<'a> {
    pub(super) fn tag(self) -> Option<Tag<'a>> {
        if let Markup::Tag(tag) = self { Some(tag) } else { None }
    }

    pub(super) fn start(&self) -> usize {
        match self {
            Markup::Tag(tag) => tag.start,
            Markup::CData { start, .. } | Markup::Aside { start, .. } => *start,
        }
    }

    pub(super) fn end(&self) -> usize {
        match self {
            Markup::Tag(tag) => tag.end,
            Markup::CData { end, .. } | Markup::Aside { end, .. } => *end,
        }
    }
}

/// Searches for the next occurrence of a text and remembers the last result, so that many openings in a row that share
/// an end, or have no end, cost a single search.
#[derive(Debug, Default)]
struct Finder(Cell<Option<(usize, Option<usize>)>>);

impl Finder {
    fn next(&self, text: &str, what: &str, from: usize) -> Option<usize> {
        if let Some((looked_from, found)) = self.0.get()
            && from >= looked_from
            && found.is_none_or(|found| found >= from)
        {
            return found;
        }
        let found = memmem::find(&text.as_bytes()[from..], what.as_bytes()).map(|at| from + at);
        self.0.set(Some((from, found)));
        found
    }
}

/// A scanner over a text.
#[derive(Debug, Default)]
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    comment_end: Finder,
    cdata_end: Finder,
    instruction_end: Finder,
    subset_end: Finder,
    tag_end: Finder,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Scan<'a> {
        Scan { text, ..Scan::default() }
    }

    /// The pieces of the text in order: each markup with the text before it, and at last the text behind all markup.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&'a str, Option<Markup<'a>>)> {
        let mut at = Some(0);
        std::iter::from_fn(move || {
            let from = at?;
            let markup = self.next(from);
            at = markup.as_ref().map(Markup::end);
            let until = markup.as_ref().map_or(self.text.len(), Markup::start);
            Some((&self.text[from..until], markup))
        })
    }

    /// The markup of the text in order.
    pub(super) fn markup(&self) -> impl Iterator<Item = Markup<'a>> {
        self.pieces().filter_map(|(_, markup)| markup)
    }

    /// The next markup at or behind `from`. A `<` that does not begin markup is text.
    pub(super) fn next(&self, mut from: usize) -> Option<Markup<'a>> {
        let (text, bytes) = (self.text, self.text.as_bytes());
        loop {
            let start = from + memchr::memchr(b'<', &bytes[from..])?;
            match bytes.get(start + 1)? {
                b'!' if text[start..].starts_with(SECTION_BEGINS) => return Some(self.cdata(start)),
                b'!' if text[start..].starts_with("<!--") => {
                    // Of a comment that never ends only the opening `<!--` is markup.
                    let end = self.comment_end.next(text, "-->", start + 4).map_or(start + 4, |end| end + 3);
                    return Some(Markup::Aside { start, end });
                }
                b'!' if bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    return Some(Markup::Aside { start, end: self.declaration_end(start) });
                }
                b'?' => return Some(Markup::Aside { start, end: self.instruction_end(start) }),
                b'/' if bytes.get(start + 2).is_some_and(|byte| is_name_start(*byte)) => {
                    return Some(Markup::Tag(tag(text, start, start + 2, true)));
                }
                byte if is_name_start(*byte) => return Some(Markup::Tag(tag(text, start, start + 1, false))),
                _ => from = start + 1,
            }
        }
    }

    /// Reads a CDATA section. If the section never ends, or extends over the end of an item into another section, only
    /// its opening is markup.
    fn cdata(&self, start: usize) -> Markup<'a> {
        let body = start + SECTION_BEGINS.len();
        let stray = Markup::Aside { start, end: body };
        let Some(end) = self.cdata_end.next(self.text, "]]>", body) else { return stray };
        let inside = &self.text[body..end];
        // A text that contains `]]>` is written as several adjacent sections.
        let goes_on = self.text[..start].ends_with("]]>");
        let next = memmem::find(inside.as_bytes(), SECTION_BEGINS.as_bytes());
        let before = next.map(|next| &inside[..next]).filter(|_| !goes_on);
        if before.is_some_and(|before| before.contains("</item>") || before.contains("</entry>")) {
            return stray;
        }
        Markup::CData { inside, start, end: end + 3 }
    }

    /// The end of a processing instruction. Some instructions end like a tag. If an instruction does not end within
    /// [`DECLARATION_MAX_BYTES`], only its opening is markup.
    fn instruction_end(&self, start: usize) -> usize {
        let near = |end: &usize| *end - start <= DECLARATION_MAX_BYTES;
        let proper = self.instruction_end.next(self.text, "?>", start + 2).filter(near).map(|end| end + 2);
        let proper = proper.or_else(|| self.tag_end.next(self.text, ">", start + 2).filter(near).map(|end| end + 1));
        proper.unwrap_or(start + 2)
    }

    /// The end of a declaration. The internal subset of a document type, in brackets, may contain `>`. If the brackets
    /// are not closed within [`DECLARATION_MAX_BYTES`], the declaration ends at the first `>`.
    fn declaration_end(&self, start: usize) -> usize {
        let near = |end: &usize| *end - start <= DECLARATION_MAX_BYTES;
        let Some(plain) = self.tag_end.next(self.text, ">", start + 2).filter(near) else { return start + 2 };
        let head =
            &self.text[start..plain.min(self.text.floor_char_boundary(start + SUBSET_BEGINS_MAX_BYTES)).max(start)];
        if !head.contains('[') {
            return plain + 1;
        }
        let end = self.subset_end.next(self.text, "]>", plain).filter(near).map(|end| end + 2);
        end.unwrap_or(plain + 1)
    }
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

/// Reads the tag at `start`, whose name begins at `name_start`. The tag ends at `>`, before the next `<`, or with the
/// text.
fn tag(text: &str, start: usize, name_start: usize, closing: bool) -> Tag<'_> {
    let bytes = text.as_bytes();
    let name_length = bytes[name_start..]
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'<' | b'=' | b'"' | b'\''));
    let name_end = name_length.map_or(bytes.len(), |length| name_start + length);
    let (mut inside_end, mut end, is_broken) = tag_end(bytes, name_end);
    if bytes.get(end.wrapping_sub(1)) != Some(&b'>') && !text[name_end..inside_end].contains('=') {
        // The tag has neither an end nor attributes, so everything behind the name is text.
        (inside_end, end) = (name_end, name_end);
    }
    let empty = !closing && inside_end > name_end && bytes[inside_end - 1] == b'/';
    let kind = match (closing, empty) {
        (true, _) => Kind::End,
        (false, true) => Kind::Empty,
        (false, false) => Kind::Start,
    };
    let inside = &text[name_end..inside_end - usize::from(empty)];
    let is_ended = bytes.get(end.wrapping_sub(1)) == Some(&b'>');
    Tag { kind, name: &text[name_start..name_end], inside, is_broken, is_ended, start, end }
}

/// Finds where the attributes of a tag end, where the tag ends, and whether a quote in the tag is not closed. A `>` in
/// quotes is part of the value, unless a `<` follows before the quote is closed, because then the closing quote is
/// missing.
fn tag_end(bytes: &[u8], from: usize) -> (usize, usize, bool) {
    let mut at = from;
    let mut quote: Option<(u8, Option<usize>)> = None;
    let mut after_equals = false;
    while at < bytes.len() {
        let byte = bytes[at];
        match &mut quote {
            Some((open, _)) if *open == byte => quote = None,
            Some((_, first_end)) => match byte {
                b'>' => *first_end = first_end.or(Some(at)),
                b'<' if first_end.is_some() => break,
                _ => {}
            },
            None => match byte {
                b'"' | b'\'' if after_equals => quote = Some((byte, None)),
                b'>' => return (at, at + 1, false),
                b'<' => return (at, at, false),
                _ => {}
            },
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
        at += 1;
    }
    match quote {
        Some((_, Some(end))) => (end, end + 1, true),
        _ => (at, at, quote.is_some()),
    }
}

impl<'a> Tag<'a> {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &'a str {
        self.name.rsplit(':').next().unwrap_or(self.name)
    }

    /// Whether this is a tag of an element, rather than a bare `<` before a word or an address in angle brackets.
    pub(super) fn is_element(&self) -> bool {
        self.is_ended
            && !self.name.contains('@')
            && !self.name.ends_with(':')
            && self.name.len() <= ELEMENT_NAME_MAX_BYTES
    }

    pub(super) fn has_attributes(&self) -> bool {
        self.inside.contains('=')
    }

    /// The attributes: names as written, values with references resolved.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> + use<'a> {
        raw_attributes(self.inside).take(ATTRIBUTES_MAX).map(|(name, value)| {
            let value = if value.len() > VALUE_MAX_BYTES { "" } else { value };
            (name, resolve_references(value, true))
        })
    }

    /// The first attribute of this name that is not blank.
    pub(super) fn attribute(&self, wanted: &str) -> Option<Cow<'a, str>> {
        if !self.has_attributes() {
            return None;
        }
        let found = raw_attributes(self.inside).take(ATTRIBUTES_MAX).find(|(name, value)| {
            name.eq_ignore_ascii_case(wanted) && value.len() <= VALUE_MAX_BYTES && !value.trim().is_empty()
        });
        found.map(|(_, value)| resolve_references(value.trim(), true))
    }
}

/// The names and values of attributes as written. An attribute without a value has an empty value.
fn raw_attributes(inside: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = inside;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\'' | '='));
        if rest.is_empty() {
            return None;
        }
        let name_end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(name_end);
        let Some(value) = behind.trim_start().strip_prefix('=') else {
            rest = behind;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quoted = value.strip_prefix('"').map(|value| (value, '"'));
        let quoted = quoted.or_else(|| value.strip_prefix('\'').map(|value| (value, '\'')));
        let (value, behind) = match quoted {
            Some((value, quote)) => value.split_once(quote).unwrap_or((value, "")),
            None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        rest = behind;
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_cut_as_the_publisher_meant_them() {
        let check = |text: &str, wanted: &str| {
            let (scan, mut at, mut seen) = (Scan::new(text), 0, String::new());
            while let Some(markup) = scan.next(at) {
                seen.push_str(&text[at..markup.start()]);
                at = markup.end();
                match markup {
                    Markup::CData { inside, .. } => seen.push_str(&format!("[{inside}]")),
                    Markup::Aside { .. } => seen.push('!'),
                    Markup::Tag(tag) => {
                        let (open, close) = match tag.kind {
                            Kind::Start => ("(", ")"),
                            Kind::Empty => ("(", "/)"),
                            Kind::End => ("(/", ")"),
                        };
                        let attributes: Vec<String> =
                            tag.attributes().map(|(name, value)| format!(" {name}={value}")).collect();
                        seen.push_str(&format!("{open}{}{}{close}", tag.name, attributes.concat()));
                    }
                }
            }
            seen.push_str(&text[at..]);
            assert_eq!(seen, wanted, "{text:?}");
        };
        check("<a>b</a>", "(a)b(/a)");
        check("<a b='c>d' e=\"1\"/>", "(a b=c>d e=1/)");
        check("1 < 2 <3 <", "1 < 2 <3 <");
        check("<a<b>c", "(a)(b)c");
        check("<a b<c>d", "(a) b(c)d");
        check("<a href=\"x>y</a>", "(a href=x)y(/a)");
        check("<a href=x/y?z=1&amp;b title=don't>", "(a href=x/y?z=1&b title=don't)");
        check("<a href='never closed", "(a href=never closed)");
        check("<![CDATA[<a>&]]>b<![CDATA[c", "[<a>&]b!c");
        check("a<!-- <b> -->c<?php x ?>d<!DOCTYPE r [<!ENTITY a \">\">]>e", "a!c!d!e");
        check("<!DOCTYPE r [<!ENTITY a>f", "!f");
        check("a<!-- b <c>d", "a! b (c)d");
        check("<![CDATA[a</item><b><![CDATA[c]]>", "!a(/item)(b)[c]");
        check("<dc:é x y='2'>", "(dc:é x= y=2)");
        check("<a b = 'c' d='e&lt;'>", "(a b=c d=e<)");
    }
}
