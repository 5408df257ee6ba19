//! The text of a document made fit for the XML parser, in one pass: what would end the reading of the whole feed, or
//! worse than end it, is mended or left out here, and counted. Everything else stays as it is.

use crate::model::Problem;

use super::markup::{allowed_in_xml, reference};
use super::{DocumentKind, ReadError};
use url::Url;

/// Deepest nesting of elements that is read. The parser recurses into some of them.
const DEPTH_MAX: usize = 512;
/// How far behind other things (warnings of a web server, mostly) the feed may start, in bytes.
const JUNK_MAX_BYTES: usize = 64 * 1_024;
/// Roots of the documents that can be read, without their prefixes.
const ROOTS: [&str; 4] = ["rss", "feed", "RDF", "entry"];
/// Elements that hold names with addresses. The parser cuts such texts beside the e-mail address, at whatever byte.
const CONTACTS: [&str; 5] = ["author", "managingEditor", "webMaster", "creator", "name"];
/// Longest value of an attribute, in bytes; a longer one is emptied. The parser copies some for every element.
const VALUE_MAX_BYTES: usize = 4 * 1024;
/// Media groups of one item, and bytes of a title or description below a prefix: the parser copies the ones into the
/// others.
const GROUPS_MAX: usize = 16;
const MEDIA_TEXT_MAX_BYTES: usize = 8 * 1024;
/// Elements of Atom whose `type` says how their text is written (RFC 4287, 3.1).
const TEXT_CONSTRUCTS: [&str; 5] = ["title", "subtitle", "summary", "rights", "content"];
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

/// Mends a document that is not JSON. Of its items no more than `max_items` are copied; the others are only counted.
///
/// # Errors
/// [`ReadError::TooDeep`].
pub(super) fn repair(text: &str, max_items: usize, problems: &mut Vec<Problem>) -> Result<Repaired, ReadError> {
    let mut pass = Pass { source: text, at: feed_start(text), max_items, ..Pass::default() };
    pass.out.text.reserve(text.len());
    while pass.at < text.len() {
        pass.step()?;
    }
    let Pass { out, forbidden, ampersands, doctype, emptied, .. } = pass;
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            problems.push(Problem::new(format!("{count} {what}")));
        }
    };
    tell(forbidden, "characters that XML forbids were removed");
    tell(ampersands, "ampersands that start no reference were taken as text");
    tell(emptied, "attributes or media groups were too long or too many and were left out");
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
    /// Attributes and elements that were left out for their length or number.
    emptied: usize,
    max_items: usize,
    /// Nothing is copied until the nesting is less deep than this.
    dropping: Option<usize>,
    /// The end tag that leaves the nesting this deep belongs to an element with another name now.
    renamed: Option<usize>,
    /// Media groups of the current item.
    groups: usize,
    /// Bytes that the text of the current element may still have, where that is bounded.
    text_left: Option<usize>,
    /// Inside of XHTML, from this depth on: the parser writes attributes again without escaping them.
    xhtml: Option<usize>,
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
        if self.dropping.is_some() {
            return;
        }
        let text = self.bounded(text);
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

    /// As much of a text as the current element may have.
    fn bounded<'t>(&mut self, text: &'t str) -> &'t str {
        let Some(left) = self.text_left else { return text };
        let taken = &text[..text.floor_char_boundary(left)];
        self.emptied += usize::from(taken.len() < text.len());
        self.text_left = Some(left - taken.len());
        taken
    }

    fn cdata(&mut self, section: &str) {
        if self.dropping.is_some() {
            return;
        }
        if self.text_left.is_some() {
            let inside = section.strip_prefix("<![CDATA[").unwrap_or(section);
            let inside = inside.strip_suffix("]]>").unwrap_or(inside);
            let taken = self.bounded(inside);
            self.characters(&format!("<![CDATA[{taken}]]>"));
            return;
        }
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
        self.text_left = None;
        if let Some(depth) = self.dropping {
            // The end of what is left out is left out too.
            if self.depth < depth {
                self.dropping = None;
            }
            return end + 1;
        }
        if self.xhtml.is_some_and(|depth| self.depth < depth) {
            self.xhtml = None;
        }
        if self.renamed == Some(self.depth) {
            self.renamed = None;
            self.characters(&markup[..=end].replacen("content", "x-content", 1));
            return end + 1;
        }
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
            if self.dropping.is_none() {
                self.references(markup);
            }
            return Ok(markup.len());
        };
        let tag = &markup[..=end];
        let closed = tag.ends_with("/>");
        if !closed {
            self.depth += 1;
            if self.depth > DEPTH_MAX {
                let is_feed = ROOTS.iter().any(|root| self.out.root.eq_ignore_ascii_case(root));
                return Err(if is_feed {
                    ReadError::TooDeep { limit: DEPTH_MAX }
                } else {
                    ReadError::NotAFeed { kind: DocumentKind::Other, feeds: Vec::new() }
                });
            }
        }
        let local = local(name);
        let is_item = matches!(local, "item" | "entry");
        if is_item {
            self.out.items += 1;
            self.groups = 0;
        }
        if self.dropping.is_some() {
            return Ok(end + 1);
        }
        self.groups += usize::from(local == "group");
        if (is_item && self.out.items > self.max_items) || (local == "group" && self.groups > GROUPS_MAX) {
            self.emptied += usize::from(!is_item);
            self.dropping = (!closed).then_some(self.depth);
            return Ok(end + 1);
        }
        self.contact = CONTACTS.contains(&local);
        let of_media = name.len() > local.len() && matches!(local, "title" | "description");
        self.text_left = of_media.then_some(MEDIA_TEXT_MAX_BYTES);
        self.copy_tag(tag, local, closed);
        Ok(end + 1)
    }

    /// Copies a start tag, mended where the parser would stumble over it.
    fn copy_tag(&mut self, tag: &str, local: &str, closed: bool) {
        if self.out.root.is_empty() {
            let tag = self.short_values(tag);
            self.root_tag(&tag, local);
            return;
        }
        if self.xhtml.is_some() {
            let tag = tag.replace("&quot;", "&amp;quot;").replace("&lt;", "&amp;lt;").replace("&amp;", "&amp;amp;");
            // What was just escaped once more is not to be so twice.
            let tag = tag.replace("&amp;amp;quot;", "&amp;quot;").replace("&amp;amp;lt;", "&amp;lt;");
            self.references(&tag);
            return;
        }
        let mut tag = self.short_values(tag);
        let is_atom = matches!(self.out.root.as_str(), "feed" | "entry");
        if is_atom && TEXT_CONSTRUCTS.contains(&local) {
            let (kind, rest) = without_attribute(&tag, "type");
            if let Some(kind) = kind {
                let has_source = local == "content" && tag.contains(" src");
                match text_type(&kind, local == "content") {
                    Some(known) if !has_source => tag = with_attribute(&rest, "type", known),
                    // Content that is no text: the parser wants it to be right to the letter, and we have no use for it.
                    _ => {
                        tag = tag.replacen("content", "x-content", 1);
                        self.renamed = (!closed).then(|| self.depth - 1);
                    }
                }
                if tag.contains("type=\"xhtml\"") && !closed {
                    self.xhtml = Some(self.depth);
                }
            }
        }
        self.references(&tag);
    }

    /// The tag with every value that is too long emptied, and without a base that is no address.
    fn short_values(&mut self, tag: &str) -> String {
        let mut out = tag.to_owned();
        if tag.len() > VALUE_MAX_BYTES {
            out.clear();
            let mut rest = tag;
            while let Some(open) = rest.find(['"', '\'']) {
                let quote = &rest[open..=open];
                let (before, value) = (&rest[..=open], &rest[open + 1..]);
                let Some(close) = value.find(quote) else { break };
                out.push_str(before);
                if close <= VALUE_MAX_BYTES {
                    out.push_str(&value[..close]);
                } else {
                    self.emptied += 1;
                }
                out.push_str(quote);
                rest = &value[close + 1..];
            }
            out.push_str(rest);
        }
        if out.contains("xml:base") {
            let (base, without) = without_attribute(&out, "xml:base");
            let is_address = |base: &String| {
                let any = Url::parse("http://a.example/");
                any.is_ok_and(|any| any.join(&base.replace("&amp;", "&")).is_ok())
            };
            if !base.as_ref().is_some_and(is_address) {
                out = without;
            }
        }
        out
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

/// The tag with one attribute more.
fn with_attribute(tag: &str, name: &str, value: &str) -> String {
    let end = if tag.ends_with("/>") { tag.len() - 2 } else { tag.len().saturating_sub(1) };
    format!("{} {name}=\"{value}\"{}", tag[..end].trim_end(), &tag[end..])
}

/// What the parser knows a `type` of Atom as; None for what is no text.
fn text_type(written: &str, is_content: bool) -> Option<&'static str> {
    let kind = written.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "" | "text" | "text/plain" | "plain" => Some("text"),
        "xhtml" | "application/xhtml+xml" | "application/xhtml" | "text/xhtml" => Some("xhtml"),
        "html" | "text/html" | "escaped" | "text/x-html" => Some("html"),
        other if is_content && other.contains('/') && !other.starts_with("text/") => None,
        _ => Some("html"),
    }
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
        let repaired = repair(text, 100, &mut problems).expect("it is not too deep");
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
    fn what_is_too_much_is_left_out() {
        let mut problems = Vec::new();
        let items = "<item><title>a</title><item/></item><item/>".repeat(60);
        let repaired = repair(&format!("<rss>{items}</rss>"), 3, &mut problems).expect("it is not too deep");
        assert_eq!((repaired.items, repaired.text.matches("<title>").count()), (180, 1));
        assert!(repaired.text.ends_with("</rss>"), "{}", repaired.text);
        let long = "x".repeat(VALUE_MAX_BYTES + 1);
        check(&format!("<feed><a b='{long}' c='d'>e</a></feed>"), "<feed><a b='' c='d'>e</a></feed>", 1);
        let groups = "<m:group><m:content/></m:group>".repeat(GROUPS_MAX + 5);
        let repaired =
            repair(&format!("<feed><entry>{groups}</entry></feed>"), 9, &mut problems).expect("not too deep");
        assert_eq!(repaired.text.matches("<m:content/>").count(), GROUPS_MAX);
        let text = "y".repeat(MEDIA_TEXT_MAX_BYTES * 2);
        let repaired =
            repair(&format!("<feed><m:title>{text}</m:title><title>{text}</title></feed>"), 9, &mut problems);
        let kept = repaired.expect("not too deep").text.matches('y').count();
        assert_eq!(kept, MEDIA_TEXT_MAX_BYTES * 3);
    }

    #[test]
    fn odd_elements_of_atom_are_made_fit() {
        check("<feed><title type='text/plain'>a</title></feed>", "<feed><title type=\"text\">a</title></feed>", 0);
        check("<feed><summary type='escaped'/></feed>", "<feed><summary type=\"html\"/></feed>", 0);
        check("<feed><content type='image/png'/></feed>", "<feed><x-content type='image/png'/></feed>", 0);
        check("<feed xml:base='http://[x'><a/></feed>", "<feed><a/></feed>", 0);
        check("<feed xml:base='/x/'><a/></feed>", "<feed xml:base='/x/'><a/></feed>", 0);
        check(
            "<feed><content type=\"xhtml\"><i alt='&quot;&amp;b'/></content><b c='&quot;'/></feed>",
            "<feed><content type=\"xhtml\"><i alt='&amp;quot;&amp;amp;b'/></content><b c='&quot;'/></feed>",
            0,
        );
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
        let deep = format!("<rss>{}", "<a>".repeat(DEPTH_MAX + 1));
        assert!(matches!(repair(&deep, 100, &mut problems), Err(ReadError::TooDeep { .. })));
        let endless = format!("<feed>{}</feed>", "<!a[>".repeat(200_000));
        assert_eq!(repair(&endless, 100, &mut problems).expect("it is not too deep").text, "<feed></feed>");
        let wide = "<a></a>".repeat(DEPTH_MAX + 1);
        assert!(repair(&format!("<feed>{wide}</feed>"), 100, &mut problems).is_ok());
    }
}
