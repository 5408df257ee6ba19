//! Resolves character references (`&amp;`, `&#8212;`) as HTML does.

use std::borrow::Cow;

use html5ever::data::NAMED_ENTITIES;

use super::xml;

/// Longest name of a character reference that is looked up, in bytes. HTML's longest name has 31.
const REFERENCE_NAME_MAX_BYTES: usize = 32;
/// The characters that the references 128 to 159 stand for on the web, which are those of windows-1252.
const WINDOWS_1252: [u32; 32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
];

/// Resolves the character references of a text as HTML does. In an attribute, a name without a semicolon stays as it
/// is, because it may be part of a query (`?a=1&copy=2`).
pub(crate) fn resolve_references(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let next = |text: &str| memchr::memchr(b'&', text.as_bytes());
    let Some(first) = next(text) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = next(rest) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (length, meaning) = reference(rest, in_attribute).unwrap_or((1, [Some('&'), None]));
        out.extend(meaning.into_iter().flatten());
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Reads the reference at the start of `text`, which begins with `&`: returns its length in bytes and the characters
/// that it stands for, which are none if XML forbids the character. `None` if the text does not begin with a reference.
pub(crate) fn reference(text: &str, in_attribute: bool) -> Option<(usize, [Option<char>; 2])> {
    let body = text.get(1..)?;
    if let Some(number) = body.strip_prefix('#') {
        return numeric_reference(number).map(|(length, meaning)| (length + 2, [meaning, None]));
    }
    let length = body.bytes().take(REFERENCE_NAME_MAX_BYTES).take_while(u8::is_ascii_alphanumeric).count();
    let closed = body.as_bytes().get(length) == Some(&b';');
    let name = &body[..if closed { length + 1 } else { length }];
    if length == 0 || (!closed && in_attribute) {
        return None;
    }
    // The table also contains prefixes of names; their code point is 0.
    let (first, second) = *NAMED_ENTITIES.get(name).filter(|(first, _)| *first != 0)?;
    let second = if second == 0 { None } else { char::from_u32(second) };
    Some((name.len() + 1, [char::from_u32(first), second]))
}

/// Reads the number after `&#` and an optional semicolon. Two references to the surrogates of one character (UTF-16)
/// are read as that character.
fn numeric_reference(number: &str) -> Option<(usize, Option<char>)> {
    let (length, code) = code_at(number)?;
    if (0xD800..0xDC00).contains(&code)
        && let Some((further, low)) = number[length..].strip_prefix("&#").and_then(code_at)
        && (0xDC00..0xE000).contains(&low)
    {
        let whole = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        return Some((length + 2 + further, char::from_u32(whole)));
    }
    let meaning = char::from_u32(code).map_or(char::REPLACEMENT_CHARACTER, windows_1252);
    Some((length, Some(meaning).filter(|meaning| xml::is_allowed(*meaning))))
}

/// Reads the number at the start of a text: returns its length, including the semicolon, and its value.
fn code_at(number: &str) -> Option<(usize, u32)> {
    let (prefix, radix) = if number.starts_with(['x', 'X']) { (1, 16) } else { (0, 10) };
    let digits = number[prefix..].bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    let closed = number.as_bytes().get(prefix + digits) == Some(&b';');
    let code = u32::from_str_radix(&number[prefix..prefix + digits], radix).unwrap_or(u32::MAX);
    Some((prefix + digits + usize::from(closed), code))
}

/// The character of windows-1252 that a control character from 128 to 159 was meant to be. Other characters stay as
/// they are.
pub(crate) fn windows_1252(character: char) -> char {
    let place = (character as usize).checked_sub(0x80);
    let code = place.and_then(|place| WINDOWS_1252.get(place)).copied();
    code.and_then(char::from_u32).unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_as_in_html() {
        let check = |text: &str, wanted: &str| assert_eq!(resolve_references(text, false), wanted, "{text:?}");
        check("AT&T & you", "AT&T & you");
        check("&amp;lt; &lt;&#60;&#x3C; &nbsp;", "&lt; <<< \u{a0}");
        check("&mdash;&hellip;&#150;", "—…–");
        check("&copy 2026 &unknown; &#; &#x;", "© 2026 &unknown; &#; &#x;");
        check("a&#8;b&#0;c&#xFFFF;", "abc");
        check("&#99999999999; &#xD800;", "\u{fffd} \u{fffd}");
        check("&NotEqualTilde;", "\u{2242}\u{338}");
        check("&#xD83D;&#xDE00; &#55357;&#56832;", "😀 😀");
        check("&#xDE00;&#xD83D; &#xD83D;x &#xD83D;&#65;", "\u{fffd}\u{fffd} \u{fffd}x \u{fffd}A");
    }
}
