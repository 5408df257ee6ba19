//! Corrects texts that software has escaped, or marked as a CDATA section, once too often.

use std::borrow::Cow;

use crate::text::references::{reference, resolve_references};
use crate::text::xml::{SECTION_BEGINS, SECTION_ENDS};

/// How often plain text may be escaped although its format does not require it.
const ESCAPED_MAX: usize = 2;
/// References that software writes when it escapes text. A text about references rarely mentions them.
const USUAL: [&str; 10] =
    ["&amp;", "&apos;", "&hellip;", "&ldquo;", "&lsquo;", "&mdash;", "&ndash;", "&quot;", "&rdquo;", "&rsquo;"];

/// Whether a text begins with the mark of a CDATA section, which is always a mistake.
pub(super) fn is_marked(text: &str) -> bool {
    text.trim_start().starts_with(SECTION_BEGINS)
}

/// A line without the marks of a CDATA section that encloses the whole line. A line about CDATA sections stays as it
/// is.
pub(super) fn unmarked_line(text: &str) -> Cow<'_, str> {
    if is_marked(text) && text.trim_end().ends_with(SECTION_ENDS) { unmarked(text) } else { Cow::Borrowed(text) }
}

/// A text without the marks of CDATA sections: without every opening mark, and without one closing mark for each of
/// them.
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

/// Unescapes plain text that was escaped although its format does not require it. Such a text has no `<`, and each of
/// its ampersands begins a common reference.
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
    fn marks_of_cdata_sections_are_removed() {
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
    fn a_line_about_cdata_sections_stays() {
        let check = |text: &str, wanted: &str| assert_eq!(unmarked_line(text), wanted, "{text:?}");
        check("<![CDATA[a & b]]>", "a & b");
        check("<![CDATA[ explained", "<![CDATA[ explained");
        check("What is <![CDATA[a]]>", "What is <![CDATA[a]]>");
        check("<![CDATA[a]]> explained", "<![CDATA[a]]> explained");
    }

    #[test]
    fn escaped_plain_text_is_distinguished_from_text_about_references() {
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
