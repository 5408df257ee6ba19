//! Percent escapes in addresses (RFC 3986, 2.1).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, percent_encode, utf8_percent_encode};

/// All but the unreserved characters (RFC 3986, 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The characters that are escaped in a mailto address.
const IN_MAIL: &AsciiSet = &RESERVED.remove(b'+').remove(b'@');
/// The characters that the URL parser escapes in a path.
const IN_PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'^').add(b'`').add(b'{').add(b'}');

/// The text with every byte escaped except unreserved characters.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Like [`encoded`], with lower-case digits in the escapes.
pub(crate) fn encoded_in_lower_case(text: &str) -> String {
    let lower = |part: &str| if part.starts_with('%') { part.to_ascii_lowercase() } else { part.to_owned() };
    utf8_percent_encode(text, RESERVED).map(lower).collect()
}

/// A mailbox or a subject, escaped for a mailto address (RFC 6068).
pub(crate) fn encoded_for_mail(text: &str) -> String {
    utf8_percent_encode(text, IN_MAIL).to_string()
}

/// A text, escaped as the URL parser does in a path.
pub(crate) fn encoded_in_path(text: &str) -> String {
    utf8_percent_encode(text, IN_PATH).to_string()
}

/// Bytes as text: unchanged if they are valid UTF-8, otherwise with an escape for each byte that is not ASCII.
pub(crate) fn encoded_unless_utf8(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| percent_encode(bytes, &AsciiSet::EMPTY).into(), Cow::Borrowed)
}

/// The text with its escapes decoded; `None` if an escape is incomplete or the result is not valid UTF-8.
pub(crate) fn decoded(text: &str) -> Option<String> {
    if !is_whole(text) {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

/// The text with its escapes decoded. Incomplete escapes are kept, and so is the whole text if the result is not valid
/// UTF-8.
pub(crate) fn decoded_as_far_as_possible(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// The text with its escapes in one form: those of unreserved characters decoded, the others with upper-case digits
/// (RFC 3986, 6.2.2). The store keeps digests of the result.
pub(crate) fn normalised(text: &str) -> String {
    let mut parts = text.split('%');
    let mut out = String::with_capacity(text.len());
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.extend(percent_encode(&[byte], RESERVED));
                out.push_str(&part[2..]);
            }
            None => {
                out.push('%');
                out.push_str(part);
            }
        }
    }
    out
}

/// Whether two hexadecimal digits follow every percent sign.
pub(crate) fn is_whole(text: &str) -> bool {
    text.split('%')
        .skip(1)
        .all(|rest| matches!(rest.as_bytes(), [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_written_as_each_context_requires() {
        assert_eq!(encoded("a/b ü-._~"), "a%2Fb%20%C3%BC-._~");
        assert_eq!(encoded_in_lower_case("A/b ü"), "A%2fb%20%c3%bc");
        assert_eq!(encoded_for_mail("jane+news@a.example, b"), "jane+news@a.example%2C%20b");
        assert_eq!(encoded_in_path("a/b c?d:e|%41"), "a/b%20c%3Fd:e|%41");
        assert_eq!(encoded_unless_utf8(b"/a b/\xe9"), "/a b/%E9");
        assert_eq!(encoded_unless_utf8("/é".as_bytes()), "/é");
    }

    #[test]
    fn escapes_are_read() {
        for (text, wanted) in [
            ("a%20b", Some("a b")),
            ("%C3%bc", Some("ü")),
            ("a+b", Some("a+b")),
            ("%ff", None),
            ("%2", None),
            ("%+5", None),
        ] {
            assert_eq!(decoded(text).as_deref(), wanted, "{text}");
        }
        for (text, wanted) in [
            ("%7Eme/%e4%2f", "~me/%E4%2F"),
            ("a%41%4", "aA%4"),
            ("100%%41%", "100%A%"),
            ("%zz%é%5f", "%zz%é_"),
            // A sign is read as a digit, because the result is stored.
            ("%+5", "%05"),
        ] {
            assert_eq!(normalised(text), wanted, "{text}");
        }
        for (text, wanted) in [("a%20b", "a b"), ("100%", "100%"), ("%zz%20", "%zz "), ("%ff%20", "%ff%20")] {
            assert_eq!(decoded_as_far_as_possible(text), wanted, "{text}");
        }
    }
}
