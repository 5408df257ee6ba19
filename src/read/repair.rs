//! The text of a document made fit for the XML parser, in one pass: what would end the reading of the whole feed, or
//! worse than end it, is mended or left out here, and counted. Everything else stays as it is.

use crate::model::Problem;

use super::ReadError;
use super::markup::{allowed_in_xml, reference};

/// Deepest nesting of elements that is read. The parser recurses into some of them.
const DEPTH_MAX: usize = 512;
/// How far behind other things (warnings of a web server, mostly) the feed may start, in bytes.
const JUNK_MAX_BYTES: usize = 64 * 1_024;
/// Roots of the documents that can be read, without their prefixes.
const ROOTS: [&str; 4] = ["rss", "feed", "RDF", "entry"];
/// Elements that hold names with addresses. The parser cuts such texts beside the e-mail address, at whatever byte.
const CONTACTS: [&str; 5] = ["author", "managingEditor", "webMaster", "creator", "name"];
/// Older names of the RSS 1.0 namespace: RSS 0.90 has the same elements.
const RSS_090: [&str; 2] = ["http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/"];
const RSS_10: &str = "http://purl.org/rss/1.0/";

/// The mended text and what was learned on the way.
#[derive(Debug, Default)]
pub(super) struct Repaired {
    pub(super) text: String,
    /// Name of the root element without its prefix; empty when there is no element at all.
    pub(super) root: String,
    /// The `version` of an `rss` root.
    pub(super) version: Option<String>,
    /// Elements that look like items.
    pub(super) items: usize,
}

/// Mends a document that is not JSON.
///
/// # Errors
/// [`ReadError::TooDeep`].
pub(super) fn repair(text: &str, problems: &mut Vec<Problem>) -> Result<Repaired, ReadError> {
    let mut pass = Pass { source: text, at: feed_start(text), ..Pass::default() };
    pass.out.text.reserve(text.len());
    while pass.at < text.len() {
        pass.step()?;
    }
    let Pass { out, forbidden, ampersands, doctype, .. } = pass;
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            problems.push(Problem::new(format!("{count} {what}")));
        }
    };
    tell(forbidden, "characters that XML forbids were removed");
    tell(ampersands, "ampersands that start no reference were taken as text");
    tell(usize::from(doctype), "document type declaration with declarations of its own was removed");
    Ok(out)
}

/// Where the feed starts: at the first markup, unless that is something else and the feed follows soon after.
fn feed_start(text: &str) -> usize {
    let start = text.find('<').unwrap_or(0);
    let window = &text[start..text.floor_char_boundary(start + JUNK_MAX_BYTES)];
    if starts_as_xml(window) {
        return start;
    }
    let roots = ["<?xml", "<rss", "<feed", "<rdf:RDF", "<RDF", "<entry"];
    start + roots.iter().filter_map(|root| window.find(root)).min().unwrap_or(0)
}

fn starts_as_xml(text: &str) -> bool {
    let name = local(name_at(text.strip_prefix('<').unwrap_or_default()));
    name.is_empty() || ROOTS.iter().any(|root| name.eq_ignore_ascii_case(root))
}

/// The name that `text` starts with; empty if it starts with none.
fn name_at(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<' | '!' | '?' | '=' | '"' | '\'');
    &text[..text.find(ends).unwrap_or(text.len())]
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[derive(Default)]
struct Pass<'a> {
    source: &'a str,
    at: usize,
    out: Repaired,
    depth: usize,
    /// Inside an element that holds a contact.
    contact: bool,
    forbidden: usize,
    ampersands: usize,
    doctype: bool,
    /// A declaration was met that never ends; looking for the ends of others like it would take quadratic time.
    endless: bool,
}

impl<'a> Pass<'a> {
    /// Takes the text up to the next markup, and that markup.
    fn step(&mut self) -> Result<(), ReadError> {
        let source = self.source;
        let rest = &source[self.at..];
        let Some(found) = rest.find('<') else {
            self.text(rest);
            self.at = self.source.len();
            return Ok(());
        };
        self.text(&rest[..found]);
        let markup = &rest[found..];
        self.at += found;
        let length = if let Some(body) = markup.strip_prefix("<!--") {
            length_to(body, "-->", 4)
        } else if let Some(body) = markup.strip_prefix("<![CDATA[") {
            let length = length_to(body, "]]>", 9);
            self.cdata(&markup[..length.min(markup.len())]);
            length
        } else if markup.starts_with("<!") {
            self.doctype(markup)
        } else if let Some(body) = markup.strip_prefix("<?") {
            // Text is decoded already: a declaration could only contradict it, and a second one upsets the parser.
            length_to(body, "?>", 2)
        } else if markup.starts_with("</") {
            self.end_tag(markup)
        } else {
            self.start_tag(markup)?
        };
        self.at = (self.at + length.max(1)).min(self.source.len());
        Ok(())
    }

    /// Characters between markup.
    fn text(&mut self, text: &str) {
        if self.contact && text.contains('@') {
            let spaced = space_around_addresses(text);
            self.references(&spaced);
        } else {
            self.references(text);
        }
    }

    /// Copies a text whose references count, with those that XML does not know resolved.
    fn references(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            self.characters(&rest[..at]);
            rest = &rest[at..];
            let length = self.one_reference(rest);
            rest = &rest[length..];
        }
        self.characters(rest);
    }

    /// Copies the reference at the start of `text`; returns how much of it was used.
    fn one_reference(&mut self, text: &str) -> usize {
        let Some((length, meaning)) = reference(text, true) else {
            self.ampersands += 1;
            self.out.text.push_str("&amp;");
            return 1;
        };
        if meaning[0].is_none() {
            self.forbidden += 1;
        }
        for character in meaning.into_iter().flatten() {
            match character {
                '&' => self.out.text.push_str("&amp;"),
                '<' => self.out.text.push_str("&lt;"),
                '>' => self.out.text.push_str("&gt;"),
                '"' => self.out.text.push_str("&quot;"),
                '\'' => self.out.text.push_str("&apos;"),
                other => self.out.text.push(other),
            }
        }
        length
    }

    /// Copies characters but for those that XML forbids.
    fn characters(&mut self, text: &str) {
        let suspicious = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0xEF;
        if !text.bytes().any(suspicious) {
            self.out.text.push_str(text);
            return;
        }
        for character in text.chars() {
            if allowed_in_xml(character) {
                self.out.text.push(character);
            } else {
                self.forbidden += 1;
            }
        }
    }

    fn cdata(&mut self, section: &str) {
        if self.contact && section.contains('@') {
            let spaced = space_around_addresses(section);
            self.characters(&spaced);
        } else {
            self.characters(section);
        }
    }

    /// Passes over a declaration. The internal subset of a document type may declare entities that stand for
    /// thousands of others, or for files; nothing of it is of use to us.
    fn doctype(&mut self, markup: &str) -> usize {
        let (mut quote, mut brackets) = (None, 0usize);
        let scanned = if self.endless { "" } else { markup };
        for (at, byte) in scanned.bytes().enumerate() {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'[') => {
                    brackets += 1;
                    self.doctype = true;
                }
                (None, b']') => brackets = brackets.saturating_sub(1),
                (None, b'>') if brackets == 0 => return at + 1,
                _ => {}
            }
        }
        self.endless = true;
        // An open quote would eat the document: then the declaration ends where it seems to.
        markup.find('>').map_or(markup.len(), |end| end + 1)
    }

    fn end_tag(&mut self, markup: &str) -> usize {
        let Some(end) = markup.find('>') else {
            self.characters(markup);
            return markup.len();
        };
        self.depth = self.depth.saturating_sub(1);
        self.contact = false;
        self.characters(&markup[..=end]);
        end + 1
    }

    fn start_tag(&mut self, markup: &str) -> Result<usize, ReadError> {
        let name = name_at(&markup[1..]);
        if !name.starts_with(|first: char| first.is_alphabetic() || first == '_') {
            self.out.text.push_str("&lt;");
            return Ok(1);
        }
        let Some(end) = tag_end(markup) else {
            self.references(markup);
            return Ok(markup.len());
        };
        let tag = &markup[..=end];
        if !tag.ends_with("/>") {
            self.depth += 1;
            if self.depth > DEPTH_MAX {
                return Err(ReadError::TooDeep { limit: DEPTH_MAX });
            }
        }
        let local = local(name);
        self.contact = CONTACTS.contains(&local);
        if matches!(local, "item" | "entry") {
            self.out.items += 1;
        }
        if self.out.root.is_empty() {
            self.root_tag(tag, local);
        } else {
            self.references(tag);
        }
        Ok(end + 1)
    }

    /// The parser knows few versions of RSS and no namespace for it; all are read alike, so it is told what it knows.
    fn root_tag(&mut self, tag: &str, local: &str) {
        self.out.root = local.to_owned();
        let mut tag = RSS_090.iter().fold(tag.to_owned(), |tag, old| tag.replace(old, RSS_10));
        if tag.starts_with("<rss") {
            let (version, rest) = without_attribute(&tag, "version");
            let (_, rest) = without_attribute(&rest, "xmlns");
            self.out.version = version;
            let known = self.out.version.as_deref().filter(|version| matches!(*version, "0.91" | "0.92"));
            let insides = rest.get(4..).unwrap_or_default();
            tag = format!("<rss version=\"{}\"{insides}", known.unwrap_or("2.0"));
        }
        self.references(&tag);
    }
}

/// Bytes up to and with `end` in `body`, and `before` more; all there is if it never ends.
fn length_to(body: &str, end: &str, before: usize) -> usize {
    before + body.find(end).map_or(body.len(), |at| at + end.len())
}

/// Where the tag at the start of `markup` ends, quotes respected.
fn tag_end(markup: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in markup.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at),
            _ => {}
        }
    }
    None
}

/// The value of an attribute, and the tag without it.
fn without_attribute(tag: &str, name: &str) -> (Option<String>, String) {
    let mut from = 0;
    while let Some(found) = tag[from..].find(name) {
        let start = from + found;
        from = start + name.len();
        let rest = tag[from..].trim_start();
        let alone = tag[..start].ends_with(char::is_whitespace);
        let Some(value) = rest.strip_prefix('=').map(str::trim_start).filter(|_| alone) else { continue };
        let Some(quote) = value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { continue };
        let Some((value, behind)) = value[1..].split_once(quote) else { continue };
        return (Some(value.trim().to_owned()), format!("{}{behind}", tag[..start].trim_end()));
    }
    (None, tag.to_owned())
}

/// Sets blanks between an e-mail address and letters beyond ASCII that touch it.
fn space_around_addresses(text: &str) -> String {
    let in_address = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | ':' | '@');
    let mut out = String::with_capacity(text.len() + 2);
    let mut rest = text;
    while let Some(start) = rest.find(in_address) {
        let (before, from) = rest.split_at(start);
        let (word, behind) = from.split_at(from.find(|c: char| !in_address(c)).unwrap_or(from.len()));
        out.push_str(before);
        let address = word.contains('@');
        if address && before.ends_with(|c: char| !c.is_ascii()) {
            out.push(' ');
        }
        out.push_str(word);
        if address && behind.starts_with(|c: char| !c.is_ascii()) {
            out.push(' ');
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &str, problems_wanted: usize) {
        let mut problems = Vec::new();
        let repaired = repair(text, &mut problems).expect("it is not too deep");
        assert_eq!(repaired.text, wanted, "{text:?}");
        assert_eq!(problems.len(), problems_wanted, "{text:?}: {problems:?}");
    }

    #[test]
    fn what_ends_the_reading_is_mended() {
        check("<?xml version='1.0' encoding='x'?><feed>a</feed>", "<feed>a</feed>", 0);
        check("junk\n <feed/>", "<feed/>", 0);
        check("<br />\n<b>Warning</b>: x<br />\n<?xml version=\"1.0\"?><feed/>", "<feed/>", 0);
        check("<feed>a\u{8}b&#8;c&#x1f;d</feed>", "<feed>abcd</feed>", 1);
        check("<feed>AT&T &nbsp;&mdash; &amp;lt; &#150;</feed>", "<feed>AT&amp;T \u{a0}— &amp;lt; –</feed>", 1);
        check("<feed><![CDATA[a & &nbsp; <b>]]></feed>", "<feed><![CDATA[a & &nbsp; <b>]]></feed>", 0);
        check("<feed><!-- &x; <a> -->a<?php 1 ?></feed>", "<feed>a</feed>", 0);
        check("<feed>1 < 2</feed>", "<feed>1 &lt; 2</feed>", 0);
        check("<feed><link href='/?a=1&b=2>3'/></feed>", "<feed><link href='/?a=1&amp;b=2>3'/></feed>", 1);
        check("<!DOCTYPE feed [<!ENTITY a \"]>b\">]><feed>&a;</feed>", "<feed>&amp;a;</feed>", 2);
    }

    #[test]
    fn every_rss_is_one_the_parser_knows() {
        check("<rss version=\"2.0.1\" xmlns:a='b'>", "<rss version=\"2.0\" xmlns:a='b'>", 0);
        check("<rss>", "<rss version=\"2.0\">", 0);
        check("<rss version='0.91'>", "<rss version=\"0.91\">", 0);
        check("<rss xmlns=\"http://backend.userland.com/rss2\" version='2.0'>", "<rss version=\"2.0\">", 0);
        check(
            "<rdf:RDF xmlns='http://my.netscape.com/rdf/simple/0.9/'>",
            "<rdf:RDF xmlns='http://purl.org/rss/1.0/'>",
            0,
        );
    }

    #[test]
    fn an_address_does_not_touch_foreign_letters() {
        check("<feed><author>“a@b.example”</author>é@é</feed>", "<feed><author>“ a@b.example ”</author>é@é</feed>", 0);
        check("<feed><author>Böck a@b.example</author></feed>", "<feed><author>Böck a@b.example</author></feed>", 0);
    }

    #[test]
    fn depth_and_time_are_bounded() {
        let mut problems = Vec::new();
        let deep = "<a>".repeat(DEPTH_MAX + 1);
        assert!(matches!(repair(&deep, &mut problems), Err(ReadError::TooDeep { .. })));
        let endless = format!("<feed>{}</feed>", "<!a[>".repeat(200_000));
        assert_eq!(repair(&endless, &mut problems).expect("it is not too deep").text, "<feed></feed>");
        let wide = "<a></a>".repeat(DEPTH_MAX + 1);
        assert!(repair(&format!("<feed>{wide}</feed>"), &mut problems).is_ok());
    }
}
