//! Rewrites the text of an element, in whatever way it is encoded, as well-formed XML.

use std::borrow::Cow;

use base64::Engine as _;

use super::super::scan::{Kind, Markup, Scan};
use super::leaf::Leaf;
use crate::text::references::{reference, resolve_references, windows_1252};
use crate::text::xml::{self, push_attribute, push_escaped};

/// The void elements of HTML (HTML, 13.1.2).
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// The references of XML that escaped HTML consists of.
const KNOWN_REFERENCES: [(&str, char); 4] = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')];
/// A text with this many references is written as a CDATA section.
const CDATA_LEAST_REFERENCES: usize = 4;

/// A kind of defect: its number of occurrences and the position of the first.
#[derive(Debug, Default)]
pub(super) struct Note {
    pub(super) count: usize,
    /// The address in memory of the first occurrence. The line is only computed for the report, because that takes
    /// time.
    first: Option<usize>,
}

impl Note {
    /// Counts an occurrence in this part of the document.
    pub(super) fn at(&mut self, part: &str) {
        self.count += 1;
        self.first = self.first.or(Some(part.as_ptr().addr()));
    }

    /// The line of the first occurrence, from 1; `None` if it is not part of this document.
    pub(super) fn line(&self, document: &str) -> Option<usize> {
        let offset = self.first?.checked_sub(document.as_ptr().addr())?;
        let before = document.as_bytes().get(..offset)?;
        Some(before.iter().filter(|byte| **byte == b'\n').count() + 1)
    }
}

/// The defects that were repaired.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) ampersands: Note,
    pub(super) forbidden: Note,
    pub(super) dates: Note,
    /// Dates whose offset was ignored.
    pub(super) offsets: Note,
    pub(super) brackets: Note,
    pub(super) lengths: Note,
    /// Atom texts that do not state their type and are HTML.
    pub(super) untyped: Note,
}

/// The encoding of an element's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextMode {
    /// Plain text.
    Plain,
    /// HTML as characters: escaped or in CDATA sections.
    Html,
    /// HTML as elements.
    Xhtml,
    /// HTML in base64 (Atom 0.3).
    Base64,
}

/// The encoding of a text according to its `type` (RFC 4287, 3.1) and `mode` (Atom 0.3), or `usual` if it states
/// neither. `None` for content that is not text.
pub(super) fn mode(leaf: &Leaf<'_>, usual: TextMode) -> Option<TextMode> {
    if !leaf.tag.has_attributes() {
        return Some(with_elements(usual, leaf.inner));
    }
    let attribute = |name: &str| leaf.tag.attribute(name).map(|value| value.to_ascii_lowercase());
    let written = attribute("type").map(|kind| kind.split(';').next().unwrap_or_default().trim().to_owned());
    let by_type = match written.as_deref() {
        None | Some("") => usual,
        Some("text" | "text/plain" | "plain") => TextMode::Plain,
        Some("xhtml" | "application/xhtml+xml" | "application/xhtml" | "text/xhtml" | "xml") => TextMode::Xhtml,
        Some("html" | "text/html" | "escaped" | "text/x-html" | "application/html") => TextMode::Html,
        Some(kind) if kind.ends_with("/xml") || kind.ends_with("+xml") => TextMode::Xhtml,
        // Content of any other type is encoded in base64 (RFC 4287, 4.1.3.3).
        Some(kind) if kind.contains('/') && !kind.starts_with("text/") => {
            return unpacked(leaf.inner).is_some_and(|text| !text.trim().is_empty()).then_some(TextMode::Base64);
        }
        Some(_) => usual,
    };
    Some(match attribute("mode").as_deref() {
        Some("base64") => TextMode::Base64,
        Some("escaped") if by_type == TextMode::Xhtml => TextMode::Html,
        _ => with_elements(by_type, leaf.inner),
    })
}

/// Corrects the encoding by the text itself: a text that contains elements is markup, whatever type it states.
fn with_elements(mode: TextMode, inner: &str) -> TextMode {
    match mode {
        TextMode::Plain if has_elements(inner) => TextMode::Html,
        TextMode::Xhtml if !has_elements(inner) => TextMode::Html,
        mode => mode,
    }
}

fn has_elements(inner: &str) -> bool {
    Scan::new(inner).markup().any(|markup| matches!(markup, Markup::Tag(tag) if tag.is_element()))
}

/// Writes the text of an element, escaped once: plain text as it is, everything else as HTML.
pub(super) fn write(out: &mut String, inner: &str, mode: TextMode, notes: &mut Notes) {
    match mode {
        TextMode::Plain | TextMode::Html => characters(out, inner, mode == TextMode::Html, notes),
        TextMode::Xhtml => xhtml(out, unwrapped(inner), notes),
        TextMode::Base64 => in_cdata(out, &unpacked(inner).unwrap_or_default()),
    }
}

/// The text that is encoded in base64; `None` if it is not valid base64, UTF-8 and XML.
pub(super) fn unpacked(inner: &str) -> Option<String> {
    let packed: String = plain(inner).chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = base64::engine::general_purpose::STANDARD.decode(packed.as_bytes()).ok()?;
    String::from_utf8(bytes).ok().filter(|text| text.chars().all(xml::is_allowed))
}

/// Writes characters with references resolved once, and elements as the characters that they consist of.
fn characters(out: &mut String, inner: &str, is_html: bool, notes: &mut Notes) {
    for (before, markup) in Scan::new(inner).pieces() {
        text_with_references(out, before, notes);
        match markup {
            Some(Markup::CData { inside, .. }) => cdata(out, inside),
            // A bare `<` is a character, which HTML writes as `&lt;`.
            Some(Markup::Tag(tag)) if !tag.is_element() => {
                notes.brackets.at(&inner[tag.start..]);
                let written = &inner[tag.start..tag.end];
                if is_html {
                    push_escaped(out, &written.replace('<', "&lt;").replace('>', "&gt;"));
                } else {
                    push_escaped(out, written);
                }
            }
            // The attributes are left out, because an HTML parser would read up to the next quote.
            Some(Markup::Tag(tag)) if tag.is_broken => push_escaped(out, &format!("<{}>", tag.name)),
            Some(Markup::Tag(tag)) => push_escaped(out, &inner[tag.start..tag.end]),
            Some(Markup::Aside { .. }) | None => {}
        }
    }
}

/// Writes text between markup. A text with many references, such as escaped HTML, is resolved and written as a CDATA
/// section, because the parser needs as long for each reference as for an element.
fn text_with_references(out: &mut String, text: &str, notes: &mut Notes) {
    if memchr::memchr_iter(b'&', text.as_bytes()).nth(CDATA_LEAST_REFERENCES - 1).is_none() {
        references(out, text, notes);
        return;
    }
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        resolved.push_str(&rest[..at]);
        rest = &rest[at..];
        let (length, meaning) = meaning(rest, notes);
        resolved.extend(meaning.into_iter().flatten());
        rest = &rest[length..];
    }
    resolved.push_str(rest);
    in_cdata(out, &resolved);
}

/// Writes text between markup: the references of XML stay, others are resolved, and bare ampersands are escaped.
fn references(out: &mut String, text: &str, notes: &mut Notes) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'&', b'<', b']', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (written, length) = match rest.as_bytes()[0] {
            b'<' => ("&lt;", 1),
            b']' if rest.starts_with("]]>") => ("]]&gt;", 3),
            b']' => ("]", 1),
            _ => ("", one_reference(out, rest, notes)),
        };
        out.push_str(written);
        rest = &rest[length..];
    }
    out.push_str(rest);
}

/// Writes the reference at the start of `text`, and returns its length.
fn one_reference(out: &mut String, text: &str, notes: &mut Notes) -> usize {
    let (length, meaning) = meaning(text, notes);
    for character in meaning.into_iter().flatten() {
        push_escaped(out, character.encode_utf8(&mut [0; 4]));
    }
    length
}

/// The length and the meaning of the reference at the start of `text`, which may be an ampersand that should be escaped.
fn meaning(text: &str, notes: &mut Notes) -> (usize, [Option<char>; 2]) {
    // Most references are one of these, which are found here in less time.
    if let Some((known, meaning)) = KNOWN_REFERENCES.into_iter().find(|(known, _)| text.starts_with(known)) {
        return (known.len(), [Some(meaning), None]);
    }
    let Some((length, meaning)) = reference(text, true) else {
        notes.ampersands.at(text);
        return (1, [Some('&'), None]);
    };
    if meaning[0].is_none() {
        notes.forbidden.at(text);
    }
    (length, meaning)
}

/// Writes characters in CDATA sections.
fn in_cdata(out: &mut String, text: &str) {
    let mut parts = text.split("]]>");
    cdata(out, parts.next().unwrap_or_default());
    for part in parts {
        // The end of a section must not be in one.
        out.push_str("]]&gt;");
        cdata(out, part);
    }
}

/// Writes characters, which must not contain the end of a section, in a CDATA section.
fn cdata(out: &mut String, inside: &str) {
    if inside.len() < 64 && memchr::memchr3(b'&', b'<', b'>', inside.as_bytes()).is_none() {
        out.push_str(inside);
    } else {
        out.extend(["<![CDATA[", inside, "]]>"]);
    }
}

/// The content of the `div` around XHTML, which is not part of the text (RFC 4287, 3.1.1.3).
fn unwrapped(inner: &str) -> &str {
    let trimmed = inner.trim();
    let scan = Scan::new(trimmed);
    let mut markup = scan.markup();
    let Some(Markup::Tag(div)) = markup.next() else { return inner };
    // A `div` with a right-to-left direction is kept, because nothing else states the direction of the text.
    let has_direction = || div.attributes().any(|(name, value)| name == "dir" && value.eq_ignore_ascii_case("rtl"));
    if div.start != 0 || div.kind != Kind::Start || !div.local().eq_ignore_ascii_case("div") || has_direction() {
        return inner;
    }
    let mut nested = 0_usize;
    for tag in markup.filter_map(Markup::tag).filter(|tag| tag.name == div.name) {
        match tag.kind {
            Kind::Start => nested += 1,
            Kind::Empty => {}
            Kind::End if nested > 0 => nested -= 1,
            Kind::End if tag.end == trimmed.len() => return &trimmed[div.end..tag.start],
            Kind::End => return inner,
        }
    }
    inner
}

/// Writes XHTML as HTML: without prefixes, with end tags for empty elements that are not void, and CDATA as characters.
fn xhtml(out: &mut String, inner: &str, notes: &mut Notes) {
    if is_html_too(inner) {
        in_cdata(out, inner);
        return;
    }
    let mut html = String::with_capacity(inner.len() + inner.len() / 8);
    for (before, markup) in Scan::new(inner).pieces() {
        references(&mut html, before, notes);
        match markup {
            Some(Markup::CData { inside, .. }) => push_escaped(&mut html, inside),
            Some(Markup::Aside { .. }) | None => {}
            Some(Markup::Tag(tag)) => {
                html.extend([if tag.kind == Kind::End { "</" } else { "<" }, tag.local()]);
                if tag.kind != Kind::End {
                    for (name, value) in tag.attributes() {
                        if !name.starts_with("xmlns") {
                            push_attribute(&mut html, name, &value);
                        }
                    }
                }
                html.push('>');
                if tag.kind == Kind::Empty && !is_void(tag.local()) {
                    html.extend(["</", tag.local(), ">"]);
                }
            }
        }
    }
    in_cdata(out, &html);
}

/// Whether XHTML has the same meaning if it is read as HTML.
fn is_html_too(inner: &str) -> bool {
    let is_alike = |markup| match markup {
        Markup::Tag(tag) => !tag.name.contains(':') && (tag.kind != Kind::Empty || is_void(tag.name)),
        Markup::CData { .. } | Markup::Aside { .. } => false,
    };
    Scan::new(inner).markup().all(is_alike)
}

fn is_void(name: &str) -> bool {
    VOID.iter().any(|void| name.eq_ignore_ascii_case(void))
}

/// The text of an element that holds a word, a number or an address: with references resolved, without elements, and
/// without white space at both ends.
pub(super) fn plain(inner: &str) -> Cow<'_, str> {
    let trimmed = inner.trim();
    if !trimmed.contains('<') {
        return resolve_references(trimmed, true);
    }
    let mut out = String::with_capacity(trimmed.len());
    for (before, markup) in Scan::new(trimmed).pieces() {
        out.push_str(&resolve_references(before, true));
        if let Some(Markup::CData { inside, .. }) = markup {
            out.push_str(inside);
        }
    }
    Cow::Owned(out.trim().to_owned())
}

/// Whether an element contains only white space, also in its CDATA sections.
pub(super) fn is_blank(inner: &str) -> bool {
    let trimmed = inner.trim();
    trimmed.is_empty() || (trimmed.starts_with("<!") && trimmed.len() < 4 * 1024 && plain(trimmed).is_empty())
}

/// Replaces the control characters 128 to 159 by the characters of windows-1252 with these numbers, because publishers
/// never mean the control characters.
pub(super) fn without_high_controls(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    // The loop does not stop at the first match, because the compiler can then compare many bytes in one step.
    let behind = bytes.get(1..).unwrap_or_default();
    if !bytes.iter().zip(behind).fold(false, |any, (first, second)| any | ((*first == 0xC2) & (*second < 0xA0))) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(windows_1252).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PIECES: &[&str] = &[
        "&lt;p&gt;",
        "&amp;",
        "&amp;lt;",
        "&",
        "&quot;",
        "]]&gt;",
        "]]>",
        "]",
        "&#93;&#93;&gt;",
        ">",
        "&nbsp;",
        "&#x41;",
        "&#0;",
        "&#xD800;",
        "&NotEqualTilde;",
        "&#150;",
        "&copy",
        "&copy2;",
        "&nosuch;",
        "ä",
        "text ",
        "\n",
        "a longer text, which is not written as it is even if it contains no character of XML, ",
    ];

    /// What is read in what was written. The letters keep white space at both ends.
    fn read_back(written: &str) -> String {
        plain(&format!("a{written}z")).into_owned()
    }

    proptest! {
        #[test]
        fn a_text_means_the_same_with_its_references_and_in_cdata_sections(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30)
        ) {
            let text = pieces.concat();
            let (mut as_references, mut in_sections) = (Notes::default(), Notes::default());
            let (mut one, mut other) = (String::new(), String::new());
            references(&mut one, &text, &mut as_references);
            text_with_references(&mut other, &text, &mut in_sections);
            prop_assert_eq!(read_back(&one), read_back(&other));
            let counts = |notes: &Notes| (notes.ampersands.count, notes.forbidden.count);
            prop_assert_eq!(counts(&as_references), counts(&in_sections));
            let characters = format!("<p>{text}<![CDATA[ in it ]]><br/>");
            let mut packed = String::new();
            in_cdata(&mut packed, &characters);
            prop_assert_eq!(read_back(&packed), format!("a{characters}z"));
        }
    }
}
