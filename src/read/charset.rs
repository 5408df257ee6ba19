//! Decodes bytes to characters. The charset is determined in this order: by a byte-order mark or the zero bytes of
//! UTF-16 and UTF-32; as UTF-8 if the bytes are valid or nearly valid UTF-8, because wrong labels are more common than
//! texts that are valid UTF-8 by chance; by the server's label; by the document's label; by a guess. A few invalid
//! bytes do not refute a label: U+FFFD replaces them, and the rest of the document stays readable.

mod nearly;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use crate::model::{Charset, Problem};

/// The XML declaration is searched for in this many bytes at the beginning of a document.
const DECLARATION_MAX_BYTES: usize = 1_024;
/// A label other than UTF-8 is believed if the text has this many valid non-ASCII characters for each invalid
/// character. A correctly labelled text has an invalid character only where a character was truncated; Cyrillic that is
/// read as Chinese has at least one in eight letters.
const LABEL_GOOD_PER_BAD: usize = 20;
/// Up to this many invalid characters do not refute the label of a short document that has at least as many valid
/// non-ASCII characters.
const LABEL_BAD_FEW: usize = 2;
/// The end of a CDATA section.
const CDATA_END: &[u8] = b"]]>";
/// The byte-order mark of UTF-8.
const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";
const SERVED: &str = "the server says so, and all bytes are valid";
const DECLARED: &str = "the document says so, and all bytes are valid";

/// A document's text without a byte-order mark, and the charset that it was decoded from.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) charset: Charset,
}

fn decoded<'a>(text: Cow<'a, str>, name: &str, evidence: &'static str) -> Decoded<'a> {
    Decoded { text, charset: Charset { name: name.to_owned(), evidence } }
}

pub(super) fn decode<'a>(body: &'a [u8], content_type: Option<&str>, problems: &mut Vec<Problem>) -> Decoded<'a> {
    if let Some(marked) = marked(body) {
        return marked;
    }
    // A byte-order mark of UTF-8 before bytes that are not valid UTF-8 counts only as a label.
    let (body, is_marked) = body.strip_prefix(UTF_8_MARK).map_or((body, false), |rest| (rest, true));
    let (served, declared) = (content_type.and_then(charset_of), declared(body));
    let mut refuted = None;
    if let Ok(text) = std::str::from_utf8(body) {
        if !looks_like_iso_2022_jp(body, &[served, declared]) {
            let label = served.or(declared).filter(|label| *label != UTF_8);
            if let Some(label) = label.filter(|_| !text.is_ascii()) {
                let name = label.name();
                problems.push(Problem::new(format!("the document is labelled as {name}, but it is valid UTF-8")));
            }
            return decoded(Cow::Borrowed(text), UTF_8.name(), "all bytes are valid UTF-8");
        }
    } else {
        // XML and JSON without a label are UTF-8 (XML 1.0, 4.3.3; RFC 8259, 8.1).
        let is_labelled = is_marked || [served, declared].into_iter().flatten().all(|label| label == UTF_8);
        match nearly::nearly(body, is_labelled) {
            Ok(read) => {
                problems.push(Problem::new(read.evidence()));
                return decoded(Cow::Owned(read.text), UTF_8.name(), "nearly all bytes are valid UTF-8");
            }
            Err(read) => refuted = Some(read),
        }
    }
    for (label, by, agrees, nearly_agrees) in [
        (served, "the server", SERVED, "the server says so, and nearly all bytes are valid"),
        (declared, "the document", DECLARED, "the document says so, and nearly all bytes are valid"),
    ] {
        let Some(label) = label else { continue };
        if label == UTF_8
            && let Some(read) = &refuted
        {
            problems.push(Problem::new(format!("{by} says the document is UTF-8, but {}", read.refutation())));
            continue;
        }
        if let Some((text, bad)) = labelled(label, by, body, problems) {
            return decoded(text, label.name(), if bad == 0 { agrees } else { nearly_agrees });
        }
    }
    let (text, encoding) = guess(body, problems);
    decoded(text, encoding.name(), "guessed from the letters")
}

/// Decodes the document as its label says, and counts the invalid characters. `None` if there are too many of them for
/// the label to be right.
fn labelled<'a>(
    label: &'static Encoding,
    by: &str,
    body: &'a [u8],
    problems: &mut Vec<Problem>,
) -> Option<(Cow<'a, str>, usize)> {
    let text = match label.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) if !loses_ends(label, body, &text) => return Some((text, 0)),
        _ => with_ends(label, body),
    };
    let bad = text.matches(char::REPLACEMENT_CHARACTER).count();
    let all = text.chars().filter(|character| !character.is_ascii()).count();
    let (name, good) = (label.name(), all - bad);
    let few = bad <= LABEL_BAD_FEW && good >= bad;
    // Nearly all bytes are valid UTF-16, so validity does not confirm that label.
    let can_tell = label != UTF_16LE && label != UTF_16BE;
    if can_tell && (few || good >= bad.saturating_mul(LABEL_GOOD_PER_BAD)) {
        problems.push(Problem::new(format!(
            "{by} says the document is {name}; {bad} of {all} non-ASCII characters are invalid in it and became U+FFFD"
        )));
        return Some((text, bad));
    }
    problems.push(Problem::new(format!(
        "{by} says the document is {name}, but {bad} of {all} non-ASCII characters are invalid in it"
    )));
    None
}

/// Decodes with U+FFFD in place of invalid bytes, and keeps the ends of all CDATA sections.
fn with_ends<'a>(label: &'static Encoding, body: &'a [u8]) -> Cow<'a, str> {
    let text = label.decode_without_bom_handling(body).0;
    if !loses_ends(label, body, &text) {
        return text;
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), body);
    while let Some(at) = rest.windows(CDATA_END.len()).position(|window| window == CDATA_END) {
        let (inside, after) = rest.split_at(at + CDATA_END.len());
        out.push_str(&label.decode_without_bom_handling(&inside[..at]).0);
        out.push_str("]]>");
        rest = after;
    }
    out.push_str(&label.decode_without_bom_handling(rest).0);
    Cow::Owned(out)
}

/// Whether decoding loses the end of a CDATA section, because a truncated character swallowed its first bracket. The
/// section would then extend into the next items.
fn loses_ends(label: &'static Encoding, body: &[u8], text: &str) -> bool {
    let written = |bytes: &[u8]| bytes.windows(CDATA_END.len()).filter(|window| *window == CDATA_END).count();
    // In these charsets the second byte of a character may be a bracket.
    [GBK, GB18030, BIG5, SHIFT_JIS].contains(&label) && written(body) > written(text.as_bytes())
}

/// Decodes a document whose bytes show its charset: by a byte-order mark, or by the zero bytes of UTF-16 and UTF-32.
fn marked(body: &[u8]) -> Option<Decoded<'_>> {
    const MARK: &str = "a byte-order mark";
    const ZEROS: &str = "the pattern of zero bytes";
    let utf_16 =
        |encoding: &'static Encoding| decoded(encoding.decode_without_bom_handling(body).0, encoding.name(), ZEROS);
    Some(match body {
        [0xFF, 0xFE, 0, 0, rest @ ..] => decoded(utf_32(rest, u32::from_le_bytes), "UTF-32LE", MARK),
        [0, 0, 0xFE, 0xFF, rest @ ..] => decoded(utf_32(rest, u32::from_be_bytes), "UTF-32BE", MARK),
        [b'<' | b'{', 0, 0, 0, 1..=255, 0, 0, 0, ..] => decoded(utf_32(body, u32::from_le_bytes), "UTF-32LE", ZEROS),
        [0, 0, 0, b'<' | b'{', 0, 0, 0, 1..=255, ..] => decoded(utf_32(body, u32::from_be_bytes), "UTF-32BE", ZEROS),
        [b'<' | b'{', 0, 1..=255, 0, ..] => utf_16(UTF_16LE),
        [0, b'<' | b'{', 0, 1..=255, ..] => utf_16(UTF_16BE),
        _ => {
            let (encoding, length) = Encoding::for_bom(body)?;
            let rest = &body[length..];
            // Software may have put the mark in front of text in another charset by mistake.
            if encoding == UTF_8 && std::str::from_utf8(rest).is_err() {
                return None;
            }
            decoded(encoding.decode_without_bom_handling(rest).0, encoding.name(), MARK)
        }
    })
}

fn utf_32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> Cow<'_, str> {
    let characters = bytes.chunks_exact(4).map(|four| read([four[0], four[1], four[2], four[3]]));
    characters.map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Whether a document is ISO-2022-JP, which is always valid UTF-8, because it consists of ASCII bytes and escape
/// sequences.
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

/// The encoding that the XML declaration names. UTF-16 is ignored, because the declaration was readable as ASCII.
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

fn guess<'a>(body: &'a [u8], problems: &mut Vec<Problem>) -> (Cow<'a, str>, &'static Encoding) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(body, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    let name = encoding.name();
    problems.push(Problem::new(format!(
        "the document's encoding is unknown; it was read as {name}, judging by its letters"
    )));
    (encoding.decode_without_bom_handling(body).0, encoding)
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1251;

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

    #[test]
    fn a_few_invalid_bytes_do_not_refute_a_label() {
        let check = |label: &'static Encoding, parts: &[&[u8]], name: &str, wanted: &str, problems_wanted: usize| {
            let mut problems = Vec::new();
            let content_type = format!("text/xml; charset={}", label.name());
            let body = parts.concat();
            let read = decode(&body, Some(&content_type), &mut problems);
            assert_eq!((read.charset.name.as_str(), &*read.text), (name, wanted), "{problems:?}");
            assert_eq!(problems.len(), problems_wanted, "{problems:?}");
        };
        let gbk = |text: &str| GBK.encode(text).0.into_owned();
        let sluice = gbk("水门在春天打开");
        let (cut, whole) = sluice.split_at(sluice.len() - 1);
        assert_eq!(whole.len(), 1);
        check(GBK, &[cut, b"...<b/>"], "GBK", "水门在春天打\u{fffd}...<b/>", 1);
        // The end of a CDATA section is kept.
        check(GBK, &[b"<![CDATA[", cut, b"]]><b/>"], "GBK", "<![CDATA[水门在春天打\u{fffd}]]><b/>", 1);
        check(GBK, &[b"<![CDATA[", &sluice, b"]]><b/>"], "GBK", "<![CDATA[水门在春天打开]]><b/>", 0);
        let bank = encoding_rs::EUC_KR.encode("강둑을 따라 걷는다").0.into_owned();
        check(encoding_rs::EUC_KR, &[&bank, b"\xb0."], "EUC-KR", "강둑을 따라 걷는다\u{fffd}.", 1);
        // UTF-8 with a truncated character is read as UTF-8, whatever the label says.
        check(WINDOWS_1251, &["мост над".as_bytes(), b" \xd1..."], "UTF-8", "мост над \u{fffd}...", 1);
        check(GBK, &["水门在春".as_bytes(), b"\xe5\xa4."], "UTF-8", "水门在春\u{fffd}.", 1);
        check(UTF_8, &[b"caf\xc3..."], "UTF-8", "caf\u{fffd}...", 1);
        check(UTF_8, &[UTF_8_MARK, b"caf\xc3..."], "UTF-8", "caf\u{fffd}...", 1);
        // Many invalid characters refute the label.
        check(UTF_8, &[b"caf\xe9 tr\xe8s fran\xe7ais"], "windows-1252", "café très français", 2);
        let bridge = WINDOWS_1251.encode("Мост над рекой закрыт до весны, потому что его чинят").0.into_owned();
        check(GBK, &[&bridge], "windows-1251", "Мост над рекой закрыт до весны, потому что его чинят", 2);
    }
}
