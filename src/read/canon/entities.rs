//! Resolves references to entities that a document declares (XML 1.0, 4.2).
//!
//! Only short plain texts are resolved, up to a limit. Declarations with markup, with references to other entities or
//! to files are ignored, so that no declaration can blow up the document, read files or insert elements.

use std::borrow::Cow;

use crate::text::references::resolve_references;
use crate::text::xml::{SECTION_BEGINS, SECTION_ENDS, push_escaped};

/// Most entities of one document.
const ENTITIES_MAX: usize = 256;
/// Longest name of an entity, in bytes.
const NAME_MAX_BYTES: usize = 64;
/// Longest text of an entity, in bytes.
const TEXT_MAX_BYTES: usize = 1_024;
/// Most bytes that the entities of one document may add to it; further references stay as they are.
const ADDED_MAX_BYTES: usize = 256 * 1_024;
/// The entities of XML itself, which a document cannot redefine (XML 1.0, 4.6).
const OF_XML: [&str; 5] = ["amp", "lt", "gt", "quot", "apos"];
const DECLARATION: &str = "<!ENTITY";

/// A text with references to its own entities resolved.
pub(super) struct Resolved<'a> {
    pub(super) text: Cow<'a, str>,
    /// Number of references that were resolved.
    pub(super) count: usize,
    /// Some declarations or references were ignored.
    pub(super) has_left_out: bool,
}

/// Resolves references to entities that are declared before the feed, which begins at `start`. The text before `start`
/// stays as it is.
pub(super) fn resolved(text: &str, start: usize) -> Resolved<'_> {
    let (head, body) = text.split_at(start);
    if !head.contains(DECLARATION) {
        return Resolved { text: Cow::Borrowed(text), count: 0, has_left_out: false };
    }
    let (declared, mut has_left_out) = declarations(head);
    let mut out = String::with_capacity(text.len() + 1_024);
    out.push_str(head);
    let (mut rest, mut count, mut added) = (body, 0, 0);
    while let Some(at) = rest.find(['&', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if rest.starts_with(SECTION_BEGINS) {
            rest.find(SECTION_ENDS).map_or(rest.len(), |end| end + SECTION_ENDS.len())
        } else if let Some((length, meaning)) = referred(rest, &declared) {
            if added + meaning.len() <= ADDED_MAX_BYTES {
                added += meaning.len();
                count += 1;
                out.push_str(meaning);
                rest = &rest[length..];
                continue;
            }
            has_left_out = true;
            length
        } else {
            1
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Resolved { text: Cow::Owned(out), count, has_left_out }
}

/// The reference to a declared entity at the start of a text: its length and the entity's text.
fn referred<'d>(text: &str, declared: &'d [(&str, String)]) -> Option<(usize, &'d str)> {
    let body = text.strip_prefix('&')?;
    let end = body.bytes().take(NAME_MAX_BYTES + 1).position(|byte| byte == b';')?;
    let name = body.get(..end)?;
    declared.iter().find(|(known, _)| *known == name).map(|(_, meaning)| (end + 2, meaning.as_str()))
}

/// The names and escaped texts of the declared entities, and whether some declarations were ignored. The first
/// declaration of a name counts (XML 1.0, 4.2).
fn declarations(head: &str) -> (Vec<(&str, String)>, bool) {
    let (mut declared, mut has_left_out) = (Vec::<(&str, String)>::new(), false);
    for written in head.split(DECLARATION).skip(1) {
        match declaration(written) {
            Some((name, text)) if declared.len() < ENTITIES_MAX => {
                if !OF_XML.contains(&name) && declared.iter().all(|(known, _)| *known != name) {
                    declared.push((name, text));
                }
            }
            _ => has_left_out = true,
        }
    }
    (declared, has_left_out)
}

/// Reads the declaration behind its keyword: `name "text">`.
fn declaration(written: &str) -> Option<(&str, String)> {
    let written = written.trim_start();
    let (name, behind) = written.split_once(|c: char| c.is_ascii_whitespace())?;
    let behind = behind.trim_start();
    let quote = behind.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, _) = behind[1..].split_once(quote)?;
    let is_name =
        !name.is_empty() && name.len() <= NAME_MAX_BYTES && !name.contains(['%', '&', ';', '<', '>', '"', '\'']);
    if !is_name || value.len() > TEXT_MAX_BYTES || value.contains('<') {
        return None;
    }
    let meaning = resolve_references(value, true);
    // A text that contains `<` or references after its references are resolved would be markup (XML 1.0, appendix D).
    if meaning.contains('<') || refers(&meaning) {
        return None;
    }
    // The text becomes a single line, so that the lines of problems are those of the document.
    let mut text = String::with_capacity(meaning.len());
    push_escaped(&mut text, &meaning.replace(['\n', '\r'], " "));
    Some((name, text))
}

/// Whether a text contains a reference.
fn refers(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let name = text[at + 1..].trim_start_matches('#');
        let end = name.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.' | ':'));
        end.is_some_and(|end| end > 0 && name[end..].starts_with(';'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_declared_texts_are_resolved() {
        let check = |subset: &str, body: &str, wanted: &str, is_whole: bool| {
            let head = format!("<!DOCTYPE rss [{subset}]>\n");
            let text = format!("{head}{body}");
            let resolved = resolved(&text, head.len());
            assert_eq!(&resolved.text[head.len()..], wanted, "{subset} {body}");
            assert_eq!(!resolved.has_left_out, is_whole, "{subset} {body}");
        };
        let quay = "<!ENTITY quay 'North Quay'>";
        check(quay, "<a b='&quay;'>&quay; &amp; &other;</a>", "<a b='North Quay'>North Quay &amp; &other;</a>", true);
        check(quay, "<a><![CDATA[&quay;]]>&amp;quay; &quay</a>", "<a><![CDATA[&quay;]]>&amp;quay; &quay</a>", true);
        check("<!ENTITY nbsp \"&#160;\">", "a&nbsp;b", "a\u{a0}b", true);
        check("<!ENTITY both \"Cod & Chips\">", "&both;", "Cod &amp; Chips", true);
        check("<!ENTITY q 'one'><!ENTITY q 'two'>", "&q;", "one", true);
        check("<!ENTITY amp 'x'><!ENTITY lt 'y'>", "&amp;&lt;", "&amp;&lt;", true);
        check("<!ENTITY tag '<b>x</b>'>", "&tag;", "&tag;", false);
        check("<!ENTITY tag '&#60;script>'>", "&tag;", "&tag;", false);
        check("<!ENTITY file SYSTEM 'file:///etc/passwd'>", "&file;", "&file;", false);
        check("<!ENTITY % part 'x'>", "%part;", "%part;", false);
        check("<!ENTITY a 'lol'><!ENTITY b '&a;&a;'>", "&a;&b;", "lol&b;", false);
    }

    #[test]
    fn resolved_entities_stay_within_their_limit() {
        let head = format!("<!DOCTYPE rss [<!ENTITY a '{}'>]>", "x".repeat(TEXT_MAX_BYTES));
        let text = format!("{head}{}", "&a;".repeat(100_000));
        let resolved = resolved(&text, head.len());
        assert!(resolved.has_left_out && resolved.text.len() <= text.len() + ADDED_MAX_BYTES);
        assert_eq!(resolved.count, ADDED_MAX_BYTES / TEXT_MAX_BYTES);
        let many: String = (0..1_000).map(|number| format!("<!ENTITY e{number} 'x'>")).collect();
        assert_eq!(declarations(&many).0.len(), ENTITIES_MAX);
    }
}
