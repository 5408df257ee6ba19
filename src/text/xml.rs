//! The characters that XML allows, and those that must be escaped in it.

use std::borrow::Cow;

use super::bytes::ByteSet;

/// The marks around a CDATA section (XML 1.0, 2.7). They arrive as text if software has escaped them once too often.
pub(crate) const SECTION_BEGINS: &str = "<![CDATA[";
pub(crate) const SECTION_ENDS: &str = "]]>";

/// The characters that [`push_escaped`] escapes.
static ESCAPED: ByteSet<4> = ByteSet::of(*b"&<>\"");

/// Whether an XML 1.0 document may contain a character (production 2, `Char`).
pub(crate) fn is_allowed(character: char) -> bool {
    !matches!(character, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}')
}

/// The text without the characters that XML forbids.
pub(crate) fn without_forbidden(text: &str) -> Cow<'_, str> {
    if has_byte(text, |byte| may_be_forbidden(byte) & (byte != b'\r')) { filtered(text) } else { Cow::Borrowed(text) }
}

/// The text without the characters that XML forbids, with each line end as one line feed (XML 1.0, 2.11).
pub(crate) fn sound(text: &str) -> Cow<'_, str> {
    if !has_byte(text, may_be_forbidden) {
        return Cow::Borrowed(text);
    }
    match unix_lines(text) {
        Cow::Borrowed(text) => filtered(text),
        Cow::Owned(text) => Cow::Owned(filtered(&text).into_owned()),
    }
}

/// The text with each line end as one line feed.
pub(crate) fn unix_lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

fn filtered(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) { text.into() } else { text.chars().filter(|it| is_allowed(*it)).collect() }
}

/// Whether a byte is a forbidden character or a carriage return, or may be the first byte of U+FFFE or U+FFFF.
#[inline]
fn may_be_forbidden(byte: u8) -> bool {
    ((byte < b' ') & (byte != b'\t') & (byte != b'\n')) | (byte == 0xEF)
}

/// Whether any byte is wanted. The loop does not stop at the first such byte, because the compiler can then compare
/// many bytes in one step.
#[inline]
fn has_byte(text: &str, is_wanted: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |any, byte| any | is_wanted(byte))
}

/// The text escaped for the content of XML and HTML elements and for double-quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// Appends an attribute, with a blank before it.
pub(crate) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.extend([" ", name, "=\""]);
    push_escaped(out, value);
    out.push('"');
}

/// Like [`escape`], appended to `out`.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = ESCAPED.find(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_are_removed() {
        for (text, wanted) in [
            ("plain", "plain"),
            ("a\0b\u{1b}c\u{b}d\u{fffe}e\u{ffff}f\u{ff01}", "abcdef\u{ff01}"),
            ("tab\tline\nend", "tab\tline\nend"),
            ("a\r\nb\rc\r\r\n", "a\nb\nc\n\n"),
            ("a\r\0\nb", "a\n\nb"),
            ("\u{85}\u{7f}\u{10ffff}😀", "\u{85}\u{7f}\u{10ffff}😀"),
        ] {
            assert_eq!(sound(text), wanted, "{text:?}");
        }
        assert_eq!(without_forbidden("a\r\n\0b"), "a\r\nb");
    }

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escape("<a href=\"x\">é & 'b'"), "&lt;a href=&quot;x&quot;&gt;é &amp; 'b'");
    }
}
