//! What software does to texts once too often: it marks them as a section of XML, or escapes them.

use std::borrow::Cow;

use crate::text::references::{reference, resolve_references};
use crate::text::xml::{SECTION_BEGINS, SECTION_ENDS};

/// How often plain text may be escaped without a reason.
const ESCAPED_MAX: usize = 2;
/// References that software writes where nobody speaks of references.
const USUAL: [&str; 10] =
    ["&amp;", "&apos;", "&hellip;", "&ldquo;", "&lsquo;", "&mdash;", "&ndash;", "&quot;", "&rdquo;", "&rsquo;"];

/// Whether a text begins with the mark of a section, which no text does that is meant so.
pub(super) fn is_marked(text: &str) -> bool {
    text.trim_start().starts_with(SECTION_BEGINS)
}

/// A line without the marks of a section around all of it; a line about them stays.
pub(super) fn unmarked_line(text: &str) -> Cow<'_, str> {
    if is_marked(text) && text.trim_end().ends_with(SECTION_ENDS) { unmarked(text) } else { Cow::Borrowed(text) }
}

/// A text without any marks of sections: each that begins, and an end for each of these.
pub(super) fn unmarked(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(SECTION_BEGINS) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let (mut written, mut at, mut open) = (0, first, 0_usize);
    while let Some(found) = text[at..].find(['<', ']']) {
        at += found;
        let length = if text[at..].starts_with(SECTION_BEGINS) {
            open += 1;
            SECTION_BEGINS.len()
        } else if open > 0 && text[at..].starts_with(SECTION_ENDS) {
            open -= 1;
            SECTION_ENDS.len()
        } else {
            at += 1;
            continue;
        };
        out.push_str(&text[written..at]);
        at += length;
        written = at;
    }
    out.push_str(&text[written..]);
    Cow::Owned(out)
}

/// Plain text that was escaped although nothing asks for it, as it is meant: whatever stands behind an ampersand in it is a
/// usual reference, and what escaping takes away is not in it.
pub(super) fn as_meant(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..ESCAPED_MAX {
        if !is_escaped(&text) {
            break;
        }
        text = Cow::Owned(resolve_references(&text, false).into_owned());
    }
    text
}

fn is_escaped(text: &str) -> bool {
    let is_usual = |at: usize| {
        let rest = &text[at..];
        let is_number = || {
            let length = reference(rest, true).map(|(length, _)| length);
            rest.starts_with("&#") && length.is_some_and(|length| rest[..length].ends_with(';'))
        };
        USUAL.iter().any(|usual| rest.starts_with(usual)) || is_number()
    };
    text.contains('&') && !text.contains('<') && text.match_indices('&').all(|(at, _)| is_usual(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_sections_are_taken_away() {
        let check = |text: &str, wanted: &str| assert_eq!(unmarked(text), wanted, "{text:?}");
        check("<![CDATA[<p>a</p>]]>", "<p>a</p>");
        check(" <![CDATA[a", " a");
        check("<![CDATA[<![CDATA[a[b[0]]]]>]]> b", "a[b[0]] b");
        check("<p>a</p><![CDATA[b]]>c]]>", "<p>a</p>bc]]>");
        check("a[b[0]]>c", "a[b[0]]>c");
        check("", "");
        assert!(is_marked("\n<![CDATA[a") && !is_marked("a <![CDATA["));
    }

    #[test]
    fn a_line_about_sections_stays() {
        let check = |text: &str, wanted: &str| assert_eq!(unmarked_line(text), wanted, "{text:?}");
        check("<![CDATA[a & b]]>", "a & b");
        check("<![CDATA[ explained", "<![CDATA[ explained");
        check("What is <![CDATA[a]]>", "What is <![CDATA[a]]>");
        check("<![CDATA[a]]> explained", "<![CDATA[a]]> explained");
    }

    #[test]
    fn plain_text_that_was_escaped_is_told_from_text_about_references() {
        let check = |text: &str, wanted: &str| assert_eq!(as_meant(text), wanted, "{text:?}");
        check("Salt &amp; water", "Salt & water");
        check("Ann&#8217;s boat &#x2014; &quot;here&quot;", "Ann’s boat — \"here\"");
        check("Salt &amp;amp; water", "Salt & water");
        check("Ann&amp;#8217;s", "Ann’s");
        check("&amp;lt; is a bracket", "&lt; is a bracket");
        for text in [
            "Salt & water",
            "Salt & water, &amp; more",
            "Write &lt; for a bracket",
            "Write &nbsp; for a blank",
            "a < b &amp; c",
            "AT&T",
            "C&#",
            "?a=1&copy=2",
            "&amp",
        ] {
            check(text, text);
        }
    }
}
