//! Bytes to characters. A mark or a pattern in the bytes is believed first, then bytes that are valid UTF-8 (labels lie
//! more often than that happens by chance) or nearly so, then the label of the server, then that of the document, then a
//! guess. A few bad places do not refute a label: they become U+FFFD, and everything else stays readable.

mod nearly;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use crate::model::{Charset, Problem};

/// How far into a document its XML declaration is looked for, in bytes.
const DECLARATION_MAX_BYTES: usize = 1_024;
/// A label other than UTF-8 holds when there are this many good characters for each bad place. A text of its own encoding
/// has a bad place where a character was cut; Cyrillic read as Chinese has one for each eight letters or fewer.
const LABEL_GOOD_PER_BAD: usize = 20;
/// This many bad places in a short document say nothing against its label, if there are as many good characters.
const LABEL_BAD_FEW: usize = 2;
/// The end of a CDATA section.
const CDATA_END: &[u8] = b"]]>";
/// The byte order mark of UTF-8.
const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";
const SERVED: &str = "the server says so, and its bytes agree";
const DECLARED: &str = "the document says so, and its bytes agree";

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
    // A mark before bytes that are not quite UTF-8 is a label like any other.
    let (body, is_marked) = body.strip_prefix(UTF_8_MARK).map_or((body, false), |rest| (rest, true));
    let (served, declared) = (content_type.and_then(charset_of), declared(body));
    let mut refuted = None;
    if let Ok(text) = std::str::from_utf8(body) {
        if !looks_like_iso_2022_jp(body, &[served, declared]) {
            let label = served.or(declared).filter(|label| *label != UTF_8);
            if let Some(label) = label.filter(|_| !text.is_ascii()) {
                problems.push(Problem::new(format!("the document says it is {}, but it is UTF-8", label.name())));
            }
            return decoded(Cow::Borrowed(text), UTF_8.name(), "all its bytes are UTF-8");
        }
    } else {
        // XML and JSON are UTF-8 where nothing says otherwise (XML 1.0, 4.3.3; RFC 8259, 8.1).
        let is_labelled = is_marked || [served, declared].into_iter().flatten().all(|label| label == UTF_8);
        match nearly::nearly(body, is_labelled) {
            Ok(read) => {
                problems.push(Problem::new(read.evidence()));
                return decoded(Cow::Owned(read.text), UTF_8.name(), "nearly all its bytes are UTF-8");
            }
            Err(read) => refuted = Some(read),
        }
    }
    for (label, by, agrees, nearly_agrees) in [
        (served, "the server", SERVED, "the server says so, and nearly all its bytes agree"),
        (declared, "the document", DECLARED, "the document says so, and nearly all its bytes agree"),
    ] {
        let Some(label) = label else { continue };
        if label == UTF_8
            && let Some(read) = &refuted
        {
            problems.push(Problem::new(format!("{by} says the document is UTF-8, but {}", read.refutation())));
            continue;
        }
        match labelled(label, by, body, problems) {
            Some((text, 0)) => return decoded(text, label.name(), agrees),
            Some((text, _)) => return decoded(text, label.name(), nearly_agrees),
            None => {}
        }
    }
    let (text, encoding) = guess(body, problems);
    decoded(text, encoding.name(), "guessed by its letters")
}

/// The document as a label has it, and how many places in it are bad. None where they are so many that the label is wrong.
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
    // UTF-16 makes characters of anything.
    let can_tell = label != UTF_16LE && label != UTF_16BE;
    if can_tell && (few || good >= bad.saturating_mul(LABEL_GOOD_PER_BAD)) {
        problems.push(Problem::new(format!(
            "{by} says the document is {name}; {bad} of {all} characters beyond ASCII are not, and became U+FFFD"
        )));
        return Some((text, bad));
    }
    problems.push(Problem::new(format!(
        "{by} says the document is {name}, but {bad} of {all} characters beyond ASCII are not"
    )));
    None
}

/// Decodes with U+FFFD in bad places, and with all ends of CDATA sections.
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

/// Whether half a character took the first bracket of the end of a CDATA section, which would go on into the next items.
fn loses_ends(label: &'static Encoding, body: &[u8], text: &str) -> bool {
    let written = |bytes: &[u8]| bytes.windows(CDATA_END.len()).filter(|window| *window == CDATA_END).count();
    // In these the second byte of a character may be a bracket.
    [GBK, GB18030, BIG5, SHIFT_JIS].contains(&label) && written(body) > written(text.as_bytes())
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
        // A mark before other bytes may have been put there by mistake.
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

fn guess<'a>(body: &'a [u8], problems: &mut Vec<Problem>) -> (Cow<'a, str>, &'static Encoding) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(body, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    problems.push(Problem::new(format!("the document's encoding is not known; it was read as {}", encoding.name())));
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
    fn a_few_bad_places_do_not_refute_a_label() {
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
        // The end of a CDATA section stays one.
        check(GBK, &[b"<![CDATA[", cut, b"]]><b/>"], "GBK", "<![CDATA[水门在春天打\u{fffd}]]><b/>", 1);
        check(GBK, &[b"<![CDATA[", &sluice, b"]]><b/>"], "GBK", "<![CDATA[水门在春天打开]]><b/>", 0);
        let bank = encoding_rs::EUC_KR.encode("강둑을 따라 걷는다").0.into_owned();
        check(encoding_rs::EUC_KR, &[&bank, b"\xb0."], "EUC-KR", "강둑을 따라 걷는다\u{fffd}.", 1);
        // UTF-8 with a cut character is UTF-8, whatever the label.
        check(WINDOWS_1251, &["мост над".as_bytes(), b" \xd1..."], "UTF-8", "мост над \u{fffd}...", 1);
        check(GBK, &["水门在春".as_bytes(), b"\xe5\xa4."], "UTF-8", "水门在春\u{fffd}.", 1);
        check(UTF_8, &[b"caf\xc3..."], "UTF-8", "caf\u{fffd}...", 1);
        check(UTF_8, &[UTF_8_MARK, b"caf\xc3..."], "UTF-8", "caf\u{fffd}...", 1);
        // Much is wrong: the label is.
        check(UTF_8, &[b"caf\xe9 tr\xe8s fran\xe7ais"], "windows-1252", "café très français", 2);
        let bridge = WINDOWS_1251.encode("Мост над рекой закрыт до весны, потому что его чинят").0.into_owned();
        check(GBK, &[&bridge], "windows-1251", "Мост над рекой закрыт до весны, потому что его чинят", 2);
    }
}
