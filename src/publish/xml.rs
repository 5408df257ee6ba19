//! Cleans texts and addresses for XML documents. Every published text passes through here, except sanitised HTML, which the
//! sanitiser has cleaned already.

use std::borrow::Cow;

use url::Url;

use crate::text::iri::{is_bidi_control, is_harmless, is_legal_of_its_scheme};
use crate::text::percent;
use crate::text::references::reference;
use crate::text::xml::{is_allowed, sound};

/// Bytes of the longest name of a character reference that HTML recognises without a semicolon.
const OLD_REFERENCE_MAX_BYTES: usize = 6;

/// A text in one line, cleaned and trimmed, for titles, names and attributes.
pub(super) fn one_line(text: &str) -> String {
    let spaced = |character: char| if matches!(character, '\t' | '\n' | '\r') { ' ' } else { character };
    sound(text).trim().chars().map(spaced).collect()
}

/// A text in one line, if it is not empty.
pub(super) fn some_line(text: &str) -> Option<String> {
    Some(one_line(text)).filter(|line| !line.is_empty())
}

/// Whether a reader might mistake plain text for markup, because it contains a tag, a comment or a reference.
pub(super) fn looks_like_markup(plain: &str) -> bool {
    plain.match_indices(['<', '&']).any(|(at, sign)| {
        let behind = &plain[at + 1..];
        let name = behind.trim_start_matches('#').find(|c: char| !c.is_ascii_alphanumeric());
        let is_reference = name.is_some_and(|end| end > 0 && behind.trim_start_matches('#')[end..].starts_with(';'));
        let is_tag = behind.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if sign == "<" { is_tag } else { is_reference || begins_unclosed_reference(&plain[at..]) }
    })
}

/// Whether HTML recognises a reference without a semicolon at the beginning of a text: numbers, and some old names, whatever
/// follows them (HTML, 13.2.5.73).
fn begins_unclosed_reference(text: &str) -> bool {
    let letters = text[1..].bytes().take(OLD_REFERENCE_MAX_BYTES).take_while(u8::is_ascii_alphanumeric).count();
    reference(text, false).is_some() || (2..=letters).any(|length| reference(&text[..=length], false).is_some())
}

/// Plain text for an element that some readers treat as HTML and others as text. A text that looks like markup is escaped, so
/// that no reader executes it; any other text means the same to both.
pub(super) fn safe_as_html(plain: &str) -> Cow<'_, str> {
    if looks_like_markup(plain) { quick_xml::escape::partial_escape(plain) } else { Cow::Borrowed(plain) }
}

/// An http or https address as it was published; only characters that are not allowed in an IRI (RFC 3987, 2.2) are
/// percent-encoded. `None` for any other text.
pub(super) fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    let scheme = text.split_once(':')?.0;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let address = absolute_iri(&controls_encoded(&brackets_encoded(text)))?;
    Url::parse(&address).is_ok_and(|url| url.has_host()).then_some(address)
}

/// The address of an entry or of an enclosure: an http or https address, or a magnet link.
pub(super) fn entry_address(text: &str) -> Option<String> {
    let is_magnet = text.trim().get(..8).is_some_and(|begin| begin.eq_ignore_ascii_case("magnet:?"));
    if is_magnet { absolute_iri(&controls_encoded(text)) } else { web_address(text) }
}

/// Controls of the direction of text and their encodings. They are not allowed in an IRI (RFC 3987, 4.1), but the address works with
/// encoded controls.
fn controls_encoded(address: &str) -> Cow<'_, str> {
    if !address.contains(is_bidi_control) {
        return Cow::Borrowed(address);
    }
    let mut out = String::with_capacity(address.len());
    for character in address.chars() {
        if is_bidi_control(character) {
            out.push_str(&percent::encoded(character.encode_utf8(&mut [0; 4])));
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// Percent-encodes brackets in path and query, where publishers leave them. The brackets around an IPv6 host stay.
fn brackets_encoded(address: &str) -> Cow<'_, str> {
    let host = address.find("//").map_or(0, |at| at + 2);
    let behind = address[host..].find(['/', '?', '#']).map_or(address.len(), |at| host + at);
    if !address[behind..].contains(['[', ']']) {
        return Cow::Borrowed(address);
    }
    let (front, rest) = address.split_at(behind);
    Cow::Owned(format!("{front}{}", rest.replace('[', "%5B").replace(']', "%5D")))
}

/// An IRI with any scheme that programs do not execute, as in ids; characters that are not allowed in an IRI are
/// percent-encoded.
pub(super) fn absolute_iri(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once(':')?;
    let named = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    if !named || rest.is_empty() || !text.chars().all(|c| is_allowed(c) && !c.is_control()) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ' ' => out.push_str("%20"),
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '^' => out.push_str("%5E"),
            '`' => out.push_str("%60"),
            '{' => out.push_str("%7B"),
            '|' => out.push_str("%7C"),
            '}' => out.push_str("%7D"),
            _ => out.push(character),
        }
    }
    (is_harmless(&out) && is_legal_of_its_scheme(&out)).then_some(out)
}

/// A media type such as `audio/mpeg` (RFC 4287, 4.2.7.3 allows nothing else).
pub(super) fn media_type(text: &str) -> Option<String> {
    let text = text.trim();
    let (kind, subtype) = text.split_once('/')?;
    let printable = text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    (!kind.is_empty() && !subtype.is_empty() && printable).then(|| text.to_owned())
}

/// A language tag, checked only for the characters and lengths of RFC 5646, because any other text would make the document
/// invalid.
pub(super) fn language(text: &str) -> Option<String> {
    let text = text.trim();
    let part = |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
    (text.split('-').all(part) && text.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_one_line() {
        assert_eq!(one_line(" a\nb\0\t"), "a b");
    }

    #[test]
    fn text_that_looks_like_markup_is_recognised() {
        let check = |plain: &str, wanted: bool| assert_eq!(looks_like_markup(plain), wanted, "{plain:?}");
        for plain in ["<b>", "a <b", "</p", "<!--", "&amp;", "R&D;", "&#60;b", "&#60b", "x &ltb>y", "&copy 2", "a&reg"]
        {
            check(plain, true);
        }
        for plain in ["AT&T", "R&D", "Q & A", "a < b", "1<2", "&", "a&", "&é", "<", "100 &% <>"] {
            check(plain, false);
        }
    }

    #[test]
    fn addresses() {
        for (text, expected) in [
            ("https://a.example/x?y=z&w", Some("https://a.example/x?y=z&w")),
            ("HTTP://a.example/ü", Some("HTTP://a.example/ü")),
            ("https://[::1]:80/x[1]?y[]=z", Some("https://[::1]:80/x%5B1%5D?y%5B%5D=z")),
            ("https://a.ex[ample/", None),
            (" https://a.example/a b\"<c>", Some("https://a.example/a%20b%22%3Cc%3E")),
            ("https://a.example/\u{7}", None),
            ("https://a.example/a\nb", None),
            ("https://a.example/\u{202e}x\u{200f}", Some("https://a.example/%E2%80%AEx%E2%80%8F")),
            ("https://", None),
            ("javascript:alert(1)", None),
            ("/relative", None),
            ("", None),
        ] {
            assert_eq!(web_address(text).as_deref(), expected, "{text:?}");
        }
        let magnet = "magnet:?xt=urn:btih:01&dn=a+b";
        assert_eq!((entry_address(magnet).as_deref(), web_address(magnet)), (Some(magnet), None));
        assert_eq!(entry_address("magnet:?xt=a b\"").as_deref(), Some("magnet:?xt=a%20b%22"));
        assert_eq!((entry_address("magnet:x"), entry_address("javascript:?x")), (None, None));
        assert_eq!(entry_address("https://a.example/").as_deref(), Some("https://a.example/"));
        assert_eq!(absolute_iri("tag:a.example,2026:1").as_deref(), Some("tag:a.example,2026:1"));
        for iri in ["1:2", "javascript:alert(1)", "Data:text/html,x", "vbscript:x", "tag:a.example,2026:\u{202e}x"] {
            assert_eq!(absolute_iri(iri), None, "{iri:?}");
        }
    }

    #[test]
    fn types_and_languages() {
        for (text, expected) in [
            ("audio/mpeg", true),
            ("text/html; charset=utf-8", true),
            ("mp3", false),
            ("/x", false),
            ("a/\u{1}", false),
        ] {
            assert_eq!(media_type(text).is_some(), expected, "{text:?}");
        }
        for (text, expected) in
            [("en", true), ("zh-Hant-TW", true), ("", false), ("en_GB", false), ("english language", false)]
        {
            assert_eq!(language(text).is_some(), expected, "{text:?}");
        }
    }
}
