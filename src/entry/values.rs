//! The allow-list of attribute values other than addresses: keywords, numbers, languages and media types. Every value
//! is written in a single normal form, so that readers need not handle any other.

use std::borrow::Cow;

use super::{language, looks, media_type};

/// Longest human-readable text in an attribute, in bytes; a longer text is truncated.
const TEXT_MAX_BYTES: usize = 2 * 1_024;
/// Longest media query or list of image sizes, in bytes.
const CONDITION_MAX_BYTES: usize = 1_024;
/// Longest date in an attribute, in bytes.
const MOMENT_MAX_BYTES: usize = 64;
/// Most digits of a length in pixels.
const DIGITS_MAX: usize = 5;
/// Most digits of any other number.
const NUMBER_DIGITS_MAX: usize = 9;
/// Most columns that a cell may span (HTML, 4.9.11).
const COLUMNS_MAX: i64 = 1_000;
/// Most rows that a cell may span (HTML, 4.9.11).
const ROWS_MAX: i64 = 65_534;

/// The numbering styles of lists. Their case matters.
const NUMBERINGS: &[&str] = &["1", "a", "A", "i", "I"];
/// The top-level media types of images, video and audio.
const MEDIA: &[&str] = &["application/", "audio/", "image/", "video/"];

/// The value of an attribute in its normal form; `None` if HTML does not define the value, or if the attribute holds an
/// address, which other functions check.
pub(super) fn legal<'a>(element: &str, attribute: &str, value: &'a str) -> Option<Cow<'a, str>> {
    match (element, attribute) {
        (_, "alt" | "label" | "title") => Some(text(value)),
        (_, "dir") => word(looks::DIRECTIONS, value),
        (_, "lang" | "hreflang" | "srclang") => language(value).map(Cow::Owned),
        (_, "controls" | "open" | "reversed") => Some(Cow::Borrowed("")),
        (_, "loading") => word(&["lazy", "eager"], value),
        (_, "preload") => word(&["none", "metadata", "auto"], value),
        (_, "scope") => word(&["row", "col", "rowgroup", "colgroup"], value),
        (_, "kind") => word(&["subtitles", "captions", "descriptions", "chapters", "metadata"], value),
        ("ol", "type") => NUMBERINGS.iter().find(|it| **it == value.trim()).map(|it| Cow::Borrowed(*it)),
        (_, "type") => media(value).map(Cow::Owned),
        (_, "media" | "sizes") => condition(value).map(Cow::Owned),
        (_, "datetime") => moment(value).map(Cow::Borrowed),
        (_, "colspan" | "span") => count(value, 1, COLUMNS_MAX),
        (_, "rowspan") => count(value, 0, ROWS_MAX),
        (_, "start" | "value") => number(value).map(|number| Cow::Owned(number.to_string())),
        (_, "width" | "height") => length(value),
        _ => None,
    }
}

/// Whether a value has the form that [`legal`] writes.
pub(super) fn is_legal(element: &str, attribute: &str, value: &str) -> bool {
    legal(element, attribute, value).is_some_and(|written| written == value)
}

fn text(value: &str) -> Cow<'_, str> {
    if value.len() <= TEXT_MAX_BYTES {
        return Cow::Borrowed(value);
    }
    let end = value.floor_char_boundary(TEXT_MAX_BYTES - "…".len());
    Cow::Owned(format!("{}…", &value[..end]))
}

fn word(words: &'static [&'static str], value: &str) -> Option<Cow<'static, str>> {
    looks::one_of(words, value).map(Cow::Borrowed)
}

/// The number at the beginning of a value. Browsers ignore the text that follows the number (HTML, 2.3.4.1).
fn number(value: &str) -> Option<i64> {
    let value = value.trim_start();
    let (sign, digits) = match value.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, value.strip_prefix('+').unwrap_or(value)),
    };
    let digits = Some(digits_of(digits)).filter(|digits| digits.len() <= NUMBER_DIGITS_MAX)?;
    Some(sign * digits.parse::<i64>().ok()?)
}

fn count(value: &str, least: i64, most: i64) -> Option<Cow<'_, str>> {
    let number = number(value).filter(|number| *number >= least)?;
    Some(Cow::Owned(number.min(most).to_string()))
}

/// A length in pixels or percent, without its fraction.
fn length(value: &str) -> Option<Cow<'_, str>> {
    let value = value.trim();
    let digits = digits_of(value);
    if digits.is_empty() || digits.len() > DIGITS_MAX {
        return None;
    }
    let behind = &value[digits.len()..];
    let unit = behind.strip_prefix('.').map_or(behind, |fraction| &fraction[digits_of(fraction).len()..]);
    match unit.trim_start() {
        "" | "px" => Some(Cow::Borrowed(digits)),
        "%" => Some(Cow::Owned(format!("{digits}%"))),
        _ => None,
    }
}

fn digits_of(value: &str) -> &str {
    let end = value.find(|character: char| !character.is_ascii_digit()).unwrap_or(value.len());
    &value[..end]
}

/// A media type with its codecs (RFC 6381), by which browsers choose between sources.
fn media(value: &str) -> Option<String> {
    let essence = media_type(value).filter(|essence| MEDIA.iter().any(|kind| essence.starts_with(kind)))?;
    let is_sound = |byte: u8| byte.is_ascii_alphanumeric() || b"., -_+".contains(&byte);
    let codecs = value.split(';').skip(1).find_map(|parameter| {
        let (name, codecs) = parameter.split_once('=')?;
        let codecs = codecs.trim().trim_matches(['"', '\'']).trim();
        let is_known = name.trim().eq_ignore_ascii_case("codecs") && !codecs.is_empty() && codecs.bytes().all(is_sound);
        is_known.then_some(codecs)
    });
    Some(codecs.map_or_else(|| essence.clone(), |codecs| format!("{essence}; codecs=\"{codecs}\"")))
}

/// A media query or a list of image sizes: words, lengths and comparisons, without `url()`.
fn condition(value: &str) -> Option<String> {
    let is_sound = |byte: u8| byte.is_ascii_alphanumeric() || b" ()-.,:%/+*<>=_".contains(&byte);
    let folded = value.split_whitespace().collect::<Vec<&str>>().join(" ");
    let is_condition = (1..=CONDITION_MAX_BYTES).contains(&folded.len()) && folded.bytes().all(is_sound);
    (is_condition && !folded.to_ascii_lowercase().contains("url")).then_some(folded)
}

/// A date, time or duration as HTML writes them (HTML, 2.3.5).
fn moment(value: &str) -> Option<&str> {
    let value = value.trim();
    let is_letter = |byte: u8| byte.is_ascii_digit() || b"+-:., TZWPYMDHStzwpymdhs".contains(&byte);
    let is_moment = value.len() <= MOMENT_MAX_BYTES && value.bytes().all(is_letter);
    (is_moment && value.bytes().any(|byte| byte.is_ascii_digit())).then_some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::entry::policy::{COMMON_ATTRIBUTES, attributes_of, kept_elements};

    #[test]
    fn only_values_that_html_defines_are_legal() {
        let check = |element: &str, attribute: &str, value: &str, wanted: Option<&str>| {
            assert_eq!(legal(element, attribute, value).as_deref(), wanted, "<{element} {attribute}={value:?}>");
        };
        check("img", "loading", "LAZY ", Some("lazy"));
        check("img", "loading", "later", None);
        check("p", "dir", "RTL", Some("rtl"));
        check("p", "dir", "up", None);
        check("p", "lang", "pt_BR", Some("pt-BR"));
        check("p", "lang", "x\"y", None);
        check("p", "lang", "", None);
        check("a", "hreflang", "de", Some("de"));
        check("track", "srclang", "a-languages-of-mine", None);
        check("track", "kind", "Captions", Some("captions"));
        check("video", "controls", "controls", Some(""));
        check("video", "preload", "", None);
        check("th", "scope", "COL", Some("col"));
        check("ol", "type", "I", Some("I"));
        check("ol", "type", "disc", None);
        check("ol", "start", "-3", Some("-3"));
        check("ol", "start", "three", None);
        check("li", "value", "7.", Some("7"));
        check("li", "value", "99999999999999999999", None);
        check("td", "colspan", "2", Some("2"));
        check("td", "colspan", "0", None);
        check("td", "colspan", "100000", Some("1000"));
        check("td", "rowspan", "0", Some("0"));
        check("col", "span", "-1", None);
        check("img", "width", " 640px", Some("640"));
        check("img", "width", "640.5", Some("640"));
        check("img", "width", "100%", Some("100%"));
        check("img", "width", "auto", None);
        check("img", "width", "100em", None);
        check("img", "height", "99999999", None);
        check("time", "datetime", "2026-11-24T14:05:00.5+01:00", Some("2026-11-24T14:05:00.5+01:00"));
        check("time", "datetime", "P3DT4H", Some("P3DT4H"));
        check("time", "datetime", "yesterday", None);
        check("p", "onclick", "x", None);
        check("p", "style", "x", None);
    }

    #[test]
    fn media_types_and_conditions_are_normalised() {
        let check = |attribute: &str, value: &str, wanted: Option<&str>| {
            assert_eq!(legal("source", attribute, value).as_deref(), wanted, "{value:?}");
        };
        check("type", " Image/WebP ", Some("image/webp"));
        check(
            "type",
            "video/mp4; codecs='avc1.42E01E, mp4a.40.2'",
            Some("video/mp4; codecs=\"avc1.42E01E, mp4a.40.2\""),
        );
        check("type", "audio/ogg;codecs=<opus>", Some("audio/ogg"));
        check("type", "text/html", None);
        check("type", "webp", None);
        check(
            "media",
            "(min-width: 600px)  and\n(orientation: landscape)",
            Some("(min-width: 600px) and (orientation: landscape)"),
        );
        check("media", "screen{}@import 'x'", None);
        check(
            "sizes",
            "(max-width: 40em) calc(100vw - 2*10px), 50%",
            Some("(max-width: 40em) calc(100vw - 2*10px), 50%"),
        );
        check("sizes", "url(//a.example)", None);
        check("sizes", "", None);
    }

    #[test]
    fn long_texts_are_truncated() {
        let long = "é".repeat(TEXT_MAX_BYTES);
        let kept = legal("img", "alt", &long).expect("it is a text");
        assert!(kept.len() <= TEXT_MAX_BYTES && kept.ends_with("é…"), "{} bytes", kept.len());
        assert!(is_legal("img", "alt", &kept));
    }

    proptest! {
        /// The normal form of any value is legal itself.
        #[test]
        fn legal_values_are_stable(value in "[ -~]{0,12}|[-+]?[0-9]{1,12}(px|%|[.][0-9])?|[a-z]{2,4}/[a-z]{1,6}; codecs=['\"]?[a-z., ]{0,6}['\"]?") {
            for element in kept_elements() {
                for attribute in attributes_of(element).iter().chain(COMMON_ATTRIBUTES) {
                    if let Some(written) = legal(element, attribute, &value) {
                        prop_assert!(is_legal(element, attribute, &written), "<{} {}={:?}>", element, attribute, value);
                    }
                }
            }
        }
    }
}
