//! Plain text where readers may take it for HTML. Texts and addresses were checked when their types were made
//! ([`crate::model::PlainText`] and its neighbours), and content by the sanitiser.

use std::borrow::Cow;

use crate::text::references::reference;

/// Bytes of the longest name of a character reference that HTML recognises without a semicolon.
const OLD_REFERENCE_MAX_BYTES: usize = 6;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
