//! Mojibake: texts that were read in a wrong encoding, or lost characters on the way. Such texts do not count as news.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, ISO_8859_2, KOI8_R, SHIFT_JIS, UTF_8, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1254,
};

/// Most characters that one U+FFFD stands for.
const LOST_MAX: usize = 2;
/// Characters from the first one beyond ASCII on that are compared before a whole text is converted.
const HEAD_CHARACTERS: usize = 16;

/// Whether `now` is `before` read in a wrong encoding, or with U+FFFD or several misread characters in place of
/// characters beyond ASCII. A repaired text is not mojibake, because then `before` is the damaged text.
pub fn is_mojibake_of(now: &str, before: &str) -> bool {
    if now.is_ascii() || before.is_ascii() || now == before {
        return false;
    }
    let (now_bare, before_bare) = (bare(now), bare(before));
    now_bare != before_bare && (is_by_runs(&now_bare, &before_bare) || is_as_a_whole(&now_bare, before))
}

/// A text without blanks, because blanks are folded differently where they are part of a misread character: `à` becomes
/// `Ã` and a blank.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{80}'..='\u{9f}' | '\u{ad}');
        // A no-break space, read as two characters.
        let is_half_blank = character == 'Â' && characters.peek().is_none_or(|next| is_blank(*next));
        if !is_blank(character) && !is_half_blank {
            out.push(character);
        }
    }
    // The ideographic space of Chinese and Japanese texts.
    if out.contains("ã€€") { out.replace("ã€€", "") } else { out }
}

/// Whether texts agree apart from runs of characters beyond ASCII, each of which is the misread run of the other text.
fn is_by_runs(now: &str, before: &str) -> bool {
    let (now, before) = (runs(now), runs(before));
    let is_alike = |(now, before): (&&str, &&str)| now == before || is_misread(now, before);
    now.len() == before.len() && now.iter().zip(&before).all(is_alike)
}

/// Splits a text into runs of ASCII and of other characters in turn, ASCII first.
fn runs(text: &str) -> Vec<&str> {
    let (mut runs, mut rest, mut is_ascii) = (Vec::new(), text, true);
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii() != is_ascii).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        runs.push(run);
        (rest, is_ascii) = (behind, !is_ascii);
    }
    runs
}

fn is_misread(now: &str, before: &str) -> bool {
    if now.is_ascii() || before.is_ascii() {
        return false;
    }
    let readers = [WINDOWS_1252, WINDOWS_1250, WINDOWS_1251, WINDOWS_1254, ISO_8859_2, KOI8_R];
    has_lost(now, before)
        || readers.iter().any(|reader| bare(&misread(before, UTF_8, reader).unwrap_or_default()) == now)
}

/// Whether `now` is `before` with U+FFFD in place of some characters.
fn has_lost(now: &str, before: &str) -> bool {
    let mut pieces = now.split(char::REPLACEMENT_CHARACTER);
    let Some(mut rest) = pieces.next().and_then(|first| before.strip_prefix(first)) else { return false };
    let mut lost = false;
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        // The last piece must end the text; each of the others must come after as few characters as possible.
        let at = if pieces.peek().is_none() { rest.strip_suffix(piece).map(str::len) } else { rest.find(piece) };
        let Some(at) = at else { return false };
        if rest[..at].chars().count() > LOST_MAX {
            return false;
        }
        rest = &rest[at + piece.len()..];
        lost = true;
    }
    lost && rest.is_empty()
}

/// Whether the whole text was read in a wrong encoding.
fn is_as_a_whole(now: &str, before: &str) -> bool {
    let first = before.find(|c: char| !c.is_ascii()).unwrap_or_default();
    let end = before[first..].char_indices().nth(HEAD_CHARACTERS).map_or(before.len(), |(at, _)| first + at);
    let single = [WINDOWS_1252, WINDOWS_1250, WINDOWS_1251, KOI8_R];
    let double = [GBK, BIG5, SHIFT_JIS, EUC_JP, EUC_KR];
    let of_one_byte = [GBK, BIG5, SHIFT_JIS, EUC_JP, EUC_KR, WINDOWS_1251, KOI8_R];
    let pairs = of_one_byte.iter().flat_map(|writer| single.iter().map(move |reader| (*writer, *reader)));
    let mut pairs = pairs.chain(double.iter().map(|reader| (UTF_8, *reader)));
    pairs.any(|(writer, reader)| {
        let Some(head) = misread(&before[..end], writer, reader) else { return false };
        // The last character may have absorbed the first byte of the next one.
        let head = head.char_indices().next_back().map_or("", |(last, _)| &head[..last]);
        writer != reader
            && now.starts_with(&bare(head))
            && misread(before, writer, reader).is_some_and(|misread| bare(&misread) == now)
    })
}

/// A text that was written in one encoding and read in another; `None` if the first cannot express it.
fn misread(text: &str, writer: &'static Encoding, reader: &'static Encoding) -> Option<String> {
    let (bytes, _, is_unmappable) = writer.encode(text);
    (!is_unmappable).then(|| reader.decode_without_bom_handling(&bytes).0.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misread_texts_are_told_from_revised_ones() {
        let check = |now: &str, before: &str, wanted: bool| {
            assert_eq!(is_mojibake_of(now, before), wanted, "{now:?} {before:?}");
        };
        // UTF-8 read in a single-byte encoding.
        check("Die FÃ¤hre fÃ¤hrt spÃ¤ter", "Die Fähre fährt später", true);
        check("The dykeâ€™s gate", "The dyke’s gate", true);
        check("Voilà 10 km", "Voilà 10 km", false);
        check("VoilÃ  10Â km", "Voilà 10\u{a0}km", true);
        check("РќРѕРІС‹Р№ РјРѕСЃС‚", "Новый мост", true);
        check("ã€€æ°´é–€", "\u{3000}水門", true);
        // Other encodings read in a single-byte encoding.
        check("Ë®ÃÅ´ò¿ª", "水门打开", true);
        check("îÏ×ÙÊ ÍÏÓÔ", "Новый мост", true);
        // UTF-8 read in a Chinese encoding.
        check(
            &misread("Le pré inondé près du marché", UTF_8, GBK).expect("it can"),
            "Le pré inondé près du marché",
            true,
        );
        // Lost characters.
        check("un caf\u{fffd} noir", "un café noir", true);
        check("水门在\u{fffd}天打开", "水门在春天打开", true);
        check("un caf\u{fffd} prÃ¨s du port", "un café près du port", true);
        // Revisions.
        check("Die Fähre fährt nicht", "Die Fähre fährt später", false);
        check("Die Fähre fährt später", "Die FÃ¤hre fÃ¤hrt spÃ¤ter", false);
        check("un café noir", "un caf\u{fffd} noir", false);
        check("un caf\u{fffd} au lait", "un café noir", false);
        check("水门在\u{fffd}天关闭", "水门在春天打开", false);
        check("水\u{fffd}", "水门在春天打开", false);
        check("un cafè noir", "un café noir", false);
        check("«oui»", "“oui”", false);
        check("un cafe noir", "un café noir", false);
        check("un café noir", "un cafe noir", false);
        check("Was ist “FÃ¤hre”?", "Was ist “FÃ¤hre”?", false);
        check("", "é", false);
    }
}
