//! Bytes to characters. A mark or a pattern in the bytes is believed first, then bytes that are valid UTF-8 (labels lie
//! more often than that happens by chance), then the label of the server, then that of the document, then a guess.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::model::{Charset, Problem};

/// How far into a document its XML declaration is looked for, in bytes.
const DECLARATION_MAX_BYTES: usize = 1_024;
/// UTF-8 with some other bytes in it is still UTF-8 when it has this many good characters for each bad byte.
const GOOD_PER_BAD: usize = 4;

/// A document's text, without a byte order mark, and in what it was written.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) charset: Charset,
}

fn decoded<'a>(text: Cow<'a, str>, name: &str, evidence: &'static str) -> Decoded<'a> {
    Decoded { text, charset: Charset { name: name.to_owned(), evidence } }
}

/// Decodes a document.
pub(super) fn decode<'a>(body: &'a [u8], content_type: Option<&str>, problems: &mut Vec<Problem>) -> Decoded<'a> {
    if let Some(marked) = marked(body) {
        return marked;
    }
    let served = content_type.and_then(charset_of);
    let declared = declared(body);
    if let Ok(text) = std::str::from_utf8(body)
        && !looks_like_iso_2022_jp(body, &[served, declared])
    {
        let label = served.or(declared).filter(|label| *label != UTF_8);
        if let Some(label) = label.filter(|_| !text.is_ascii()) {
            problems.push(Problem::new(format!("the document says it is {}, but it is UTF-8", label.name())));
        }
        return decoded(Cow::Borrowed(text), UTF_8.name(), "all its bytes are UTF-8");
    }
    for (label, by, evidence) in [
        (served, "the server", "the server says so, and its bytes agree"),
        (declared, "the document", "the document says so, and its bytes agree"),
    ] {
        let Some(label) = label else { continue };
        if let Some(text) = label.decode_without_bom_handling_and_without_replacement(body) {
            return decoded(text, label.name(), evidence);
        }
        problems.push(Problem::new(format!("{by} says the document is {}, but its bytes are not", label.name())));
    }
    if let Some(text) = mostly_utf8(body, problems) {
        return decoded(text, UTF_8.name(), "nearly all its bytes are UTF-8");
    }
    let (text, encoding) = guess(body, problems);
    decoded(text, encoding.name(), "guessed by its letters")
}

/// Texts that say by themselves what they are: a byte order mark, or the zeros of UTF-16.
fn marked(body: &[u8]) -> Option<Decoded<'_>> {
    const MARK: &str = "a byte order mark";
    match body {
        [0xFF, 0xFE, 0, 0, rest @ ..] => {
            return Some(decoded(Cow::Owned(utf_32(rest, u32::from_le_bytes)), "UTF-32LE", MARK));
        }
        [0, 0, 0xFE, 0xFF, rest @ ..] => {
            return Some(decoded(Cow::Owned(utf_32(rest, u32::from_be_bytes)), "UTF-32BE", MARK));
        }
        _ => {}
    }
    if let Some((encoding, length)) = Encoding::for_bom(body) {
        let rest = &body[length..];
        // A mark before bytes that are no UTF-8 was put there by mistake.
        if encoding == UTF_8 && std::str::from_utf8(rest).is_err() {
            return None;
        }
        return Some(decoded(encoding.decode_without_bom_handling(rest).0, encoding.name(), MARK));
    }
    let zeros = "the zeros between its bytes";
    let (text, name) = match body {
        [b'<' | b'{', 0, 0, 0, second, 0, 0, 0, ..] if *second != 0 => {
            (Cow::Owned(utf_32(body, u32::from_le_bytes)), "UTF-32LE")
        }
        [0, 0, 0, b'<' | b'{', 0, 0, 0, second, ..] if *second != 0 => {
            (Cow::Owned(utf_32(body, u32::from_be_bytes)), "UTF-32BE")
        }
        [b'<' | b'{', 0, second, 0, ..] if *second != 0 => {
            (UTF_16LE.decode_without_bom_handling(body).0, UTF_16LE.name())
        }
        [0, b'<' | b'{', 0, second, ..] if *second != 0 => {
            (UTF_16BE.decode_without_bom_handling(body).0, UTF_16BE.name())
        }
        _ => return None,
    };
    Some(decoded(text, name, zeros))
}

fn utf_32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> String {
    let characters = bytes.chunks_exact(4).map(|four| read([four[0], four[1], four[2], four[3]]));
    characters.map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// ISO-2022-JP is written in ASCII bytes with escapes, so it is valid UTF-8 by nature.
fn looks_like_iso_2022_jp(body: &[u8], labels: &[Option<&'static Encoding>]) -> bool {
    labels.iter().flatten().any(|label| *label == ISO_2022_JP) && body.contains(&0x1b)
}

/// The `charset` parameter of a Content-Type (RFC 9110, 8.3.2).
fn charset_of(content_type: &str) -> Option<&'static Encoding> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        if name.trim().eq_ignore_ascii_case("charset") { Encoding::for_label(value.as_bytes()) } else { None }
    })
}

/// The encoding named by the XML declaration. One that needs two bytes for a letter cannot be true: the declaration
/// was readable.
fn declared(body: &[u8]) -> Option<&'static Encoding> {
    let head = &body[..body.len().min(DECLARATION_MAX_BYTES)];
    let start = head.windows(5).position(|window| window == b"<?xml")?;
    let end = head[start..].windows(2).position(|window| window == b"?>")? + start;
    let declaration = String::from_utf8_lossy(&head[start..end]);
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let label = value[1..].split(quote).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

/// UTF-8 into which other bytes were pasted: those are read as windows-1252, which is what they nearly always are.
fn mostly_utf8<'a>(body: &[u8], problems: &mut Vec<Problem>) -> Option<Cow<'a, str>> {
    let (mut good, mut bad) = (0, 0);
    for chunk in body.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    if good < bad.saturating_mul(GOOD_PER_BAD) {
        return None;
    }
    let mut text = String::with_capacity(body.len() + bad);
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    problems.push(Problem::new(format!("{bad} bytes of the document are not UTF-8; they were read as windows-1252")));
    Some(Cow::Owned(text))
}

fn guess<'a>(body: &'a [u8], problems: &mut Vec<Problem>) -> (Cow<'a, str>, &'static Encoding) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(body, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    problems.push(Problem::new(format!("the document's encoding is not known; it was read as {}", encoding.name())));
    (encoding.decode_without_bom_handling(body).0, encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_believed_before_labels() {
        let check = |body: &[u8], content_type: Option<&str>, wanted: &str, problems_wanted: usize| {
            let mut problems = Vec::new();
            let text = decode(body, content_type, &mut problems).text;
            assert_eq!(text, wanted, "{body:?}");
            assert_eq!(problems.len(), problems_wanted, "{body:?}: {problems:?}");
        };
        let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        check("\u{feff}<é/>".as_bytes(), None, "<é/>", 0);
        check("<é/>".as_bytes(), None, "<é/>", 0);
        check("<é/>".as_bytes(), Some("text/xml; charset=iso-8859-1"), "<é/>", 1);
        check(b"<a/>", Some("text/xml; charset=iso-8859-1"), "<a/>", 0);
        check(b"<\xe9/>", Some("text/xml; charset=\"ISO-8859-1\""), "<é/>", 0);
        check(b"<?xml version='1.0' encoding='koi8-r'?>\xc1", None, "<?xml version='1.0' encoding='koi8-r'?>а", 0);
        check(b"<?xml encoding='utf-8'?>\xe9", Some("text/xml; charset=iso-8859-15"), "<?xml encoding='utf-8'?>é", 0);
        check(&utf_16("<é/>"), None, "<é/>", 0);
        check(&[&[0xff, 0xfe][..], &utf_16("<é/>")].concat(), Some("text/xml; charset=utf-8"), "<é/>", 0);
        check(&[0xff, 0xfe, 0, 0, b'<', 0, 0, 0], None, "<", 0);
        check("\u{1b}$B%F\u{1b}(B".as_bytes(), Some("text/xml; charset=iso-2022-jp"), "テ", 0);
        check(&["äöüßäöüß".as_bytes(), b"\x93"].concat(), None, "äöüßäöüß“", 1);
    }
}
