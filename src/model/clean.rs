//! Texts and addresses that are fit to be published. Only constructors that check the text make values of these types,
//! so code that has such a value writes it without checking it again.
//!
//! The store keeps the texts of an entry as they were received and cleaned, because digests, keys and filters depend on their
//! bytes, and because older versions of the program cleaned them by other rules. So the types are made when an entry is
//! published, behind the rewrites of its addresses, and not when it is stored; only HTML is sanitised before. Texts of
//! the configuration pass the same constructors.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::Serialize;
use url::Url;

use crate::text::iri::{is_bidi_control, is_harmless, is_legal_of_its_scheme};
use crate::text::percent;
use crate::text::xml::{escape, is_allowed, sound};

/// Characters of ASCII that an IRI may not have (RFC 3987, 2.2), beside the control characters.
const FOREIGN: [char; 10] = [' ', '"', '<', '>', '\\', '^', '`', '{', '|', '}'];

/// Declares a text type with a private field that dereferences to `str`.
macro_rules! checked_text {
    ($(#[$attribute:meta])+ $name:ident) => {
        $(#[$attribute])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }
    };
}

checked_text! {
    /// Text without markup: `<` is a less-than sign. It has no character that XML forbids, and its line ends are line feeds.
    #[derive(Default)]
    PlainText
}

checked_text! {
    /// An absolute http or https address with a host, or where a constructor says so a magnet link. It is an IRI (RFC 3987)
    /// that no program executes.
    WebUrl
}

checked_text! {
    /// An absolute IRI (RFC 3987) that follows the syntax of its scheme, and that no program executes: an id or a name.
    Iri
}

checked_text! {
    /// A media type such as `audio/mpeg` (RFC 4287, 4.2.7.3), perhaps with parameters.
    MediaType
}

checked_text! {
    /// A language tag with the characters and lengths of RFC 5646. Its parts are not checked against the registry.
    LangTag
}

checked_text! {
    /// Sanitised HTML: elements, attributes and addresses of the policy in [`crate::entry`] alone, and no character
    /// that XML forbids. Only that room makes such HTML of other HTML.
    #[derive(Default)]
    SafeHtml
}

impl PlainText {
    /// A text in one line, trimmed; may be empty.
    pub fn line(text: &str) -> PlainText {
        let spaced = |character: char| if matches!(character, '\t' | '\n' | '\r') { ' ' } else { character };
        PlainText(sound(text).trim().chars().map(spaced).collect())
    }

    /// A text in one line, trimmed; `None` if it is empty.
    pub fn some_line(text: &str) -> Option<PlainText> {
        Some(PlainText::line(text)).filter(|line| !line.is_empty())
    }

    /// A text with its lines, trimmed; `None` if it is empty.
    pub fn some_lines(text: &str) -> Option<PlainText> {
        Some(sound(text.trim())).filter(|text| !text.trim().is_empty()).map(|text| PlainText(text.into_owned()))
    }

    /// A text that is compared byte for byte, such as an id: only characters that XML forbids are removed.
    pub fn kept(text: &str) -> PlainText {
        PlainText(sound(text).into_owned())
    }

    /// The first `limit` characters and an ellipsis, or the whole text if it is not longer.
    #[must_use]
    pub fn shortened(self, limit: usize) -> PlainText {
        match self.0.char_indices().nth(limit) {
            Some((at, _)) => PlainText(format!("{}…", &self.0[..at])),
            None => self,
        }
    }
}

impl From<WebUrl> for PlainText {
    fn from(address: WebUrl) -> PlainText {
        PlainText(address.0)
    }
}

impl From<Iri> for PlainText {
    fn from(iri: Iri) -> PlainText {
        PlainText(iri.0)
    }
}

impl WebUrl {
    /// An http or https address as it was written; only characters that are not allowed in an IRI (RFC 3987, 2.2) are
    /// percent-encoded. `None` for any other text.
    pub fn of(text: &str) -> Option<WebUrl> {
        let text = text.trim();
        let scheme = text.split_once(':')?.0;
        if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
            return None;
        }
        let address = Iri::of(&controls_encoded(&brackets_encoded(text)))?.0;
        Url::parse(&address).is_ok_and(|url| url.has_host()).then_some(WebUrl(address))
    }

    /// Like [`WebUrl::of`], but a magnet link is accepted, too, because it may be the address of an entry or of an enclosure.
    pub fn of_entry(text: &str) -> Option<WebUrl> {
        let is_magnet = text.trim().get(..8).is_some_and(|begin| begin.eq_ignore_ascii_case("magnet:?"));
        if is_magnet { Iri::of(&controls_encoded(text)).map(|iri| WebUrl(iri.0)) } else { WebUrl::of(text) }
    }
}

impl Iri {
    /// An IRI with any scheme that programs do not execute; characters that are not allowed in an IRI are percent-encoded.
    pub fn of(text: &str) -> Option<Iri> {
        let text = text.trim();
        let (scheme, rest) = text.split_once(':')?;
        let named = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        if !named || rest.is_empty() || !text.chars().all(|c| is_allowed(c) && !c.is_control()) {
            return None;
        }
        let out = encoded_where(text, |character| FOREIGN.contains(&character)).into_owned();
        (is_harmless(&out) && is_legal_of_its_scheme(&out)).then_some(Iri(out))
    }
}

/// Controls of the direction of text and their encodings. They are not allowed in an IRI (RFC 3987, 4.1), but the address works with
/// encoded controls.
fn controls_encoded(address: &str) -> Cow<'_, str> {
    encoded_where(address, is_bidi_control)
}

/// Percent-encodes the characters of a text for which `is_encoded` holds.
fn encoded_where(text: &str, is_encoded: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_encoded) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_encoded(character) {
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

impl MediaType {
    /// A text of the form `type/subtype`; `None` for any other text.
    pub fn of(text: &str) -> Option<MediaType> {
        let text = text.trim();
        let (kind, subtype) = text.split_once('/')?;
        let printable = text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
        (!kind.is_empty() && !subtype.is_empty() && printable).then(|| MediaType(text.to_owned()))
    }
}

impl LangTag {
    /// A text of the form of a language tag; `None` for any other text, which would make a document invalid.
    pub fn of(text: &str) -> Option<LangTag> {
        let text = text.trim();
        let part = |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
        let is_tag = text.split('-').all(part) && text.starts_with(|c: char| c.is_ascii_alphabetic());
        is_tag.then(|| LangTag(text.to_owned()))
    }
}

impl SafeHtml {
    /// What the sanitiser has written: for [`crate::entry`] alone.
    pub(crate) fn sanitised(html: String) -> SafeHtml {
        SafeHtml(html)
    }

    /// What was stored, which was sanitised before it was stored: for [`crate::store`] alone.
    pub(crate) fn stored(html: String) -> SafeHtml {
        SafeHtml(html)
    }

    /// Plain texts as paragraphs. Commands stand between backticks and become code; a backtick without its partner
    /// stays as it is.
    pub fn of_paragraphs(paragraphs: &[&str]) -> SafeHtml {
        let mut out = String::new();
        for text in paragraphs {
            out.push_str("<p>");
            let mut rest = *text;
            while let Some((before, (code, after))) =
                rest.split_once('`').and_then(|(before, rest)| Some((before, rest.split_once('`')?)))
            {
                out.push_str(&escape(&sound(before)));
                out.push_str("<code>");
                out.push_str(&escape(&sound(code)));
                out.push_str("</code>");
                rest = after;
            }
            out.push_str(&escape(&sound(rest)));
            out.push_str("</p>");
        }
        SafeHtml(out)
    }
}

impl PartialEq<&str> for SafeHtml {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lose_what_xml_forbids() {
        assert_eq!(PlainText::line(" a\nb\0\t").as_str(), "a b");
        assert_eq!(PlainText::some_line(" \n\0"), None);
        assert_eq!(PlainText::some_lines(" a\r\nb\0 ").as_deref(), Some("a\nb"));
        assert_eq!(PlainText::some_lines("\0"), None);
        assert_eq!(PlainText::kept(" a\0 ").as_str(), " a ");
        assert_eq!(PlainText::line("é€x").shortened(2).as_str(), "é€…");
        assert_eq!(PlainText::line("é€").shortened(2).as_str(), "é€");
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
            assert_eq!(WebUrl::of(text).as_deref(), expected, "{text:?}");
        }
        let magnet = "magnet:?xt=urn:btih:01&dn=a+b";
        assert_eq!((WebUrl::of_entry(magnet).as_deref(), WebUrl::of(magnet)), (Some(magnet), None));
        assert_eq!(WebUrl::of_entry("magnet:?xt=a b\"").as_deref(), Some("magnet:?xt=a%20b%22"));
        assert_eq!((WebUrl::of_entry("magnet:x"), WebUrl::of_entry("javascript:?x")), (None, None));
        assert_eq!(WebUrl::of_entry("https://a.example/").as_deref(), Some("https://a.example/"));
        assert_eq!(Iri::of("tag:a.example,2026:1").as_deref(), Some("tag:a.example,2026:1"));
        for iri in ["1:2", "javascript:alert(1)", "Data:text/html,x", "vbscript:x", "tag:a.example,2026:\u{202e}x"] {
            assert_eq!(Iri::of(iri), None, "{iri:?}");
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
            assert_eq!(MediaType::of(text).is_some(), expected, "{text:?}");
        }
        for (text, expected) in
            [("en", true), ("zh-Hant-TW", true), ("", false), ("en_GB", false), ("english language", false)]
        {
            assert_eq!(LangTag::of(text).is_some(), expected, "{text:?}");
        }
    }

    #[test]
    fn in_paragraphs_commands_are_code_and_everything_is_escaped() {
        for (paragraphs, expected) in [
            (
                vec!["a <b> & c", "`x y` or `z`."],
                "<p>a &lt;b&gt; &amp; c</p><p><code>x y</code> or <code>z</code>.</p>",
            ),
            (vec!["a", "an `error\0 alone", "b"], "<p>a</p><p>an `error alone</p><p>b</p>"),
            (vec!["", "`<script>`"], "<p></p><p><code>&lt;script&gt;</code></p>"),
            (vec![], ""),
        ] {
            assert_eq!(SafeHtml::of_paragraphs(&paragraphs).as_str(), expected);
        }
    }
}
