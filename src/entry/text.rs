//! Makes plain text for titles, names and summaries, and unescapes markup that was escaped once too often.

use std::borrow::Cow;

use crate::model::Text;
use crate::text::markup::Tokens;
use crate::text::references::resolve_references;
use crate::text::xml;

use super::{filled, html, policy, slips};

/// Longest title, in bytes.
pub(super) const TITLE_MAX_BYTES: usize = 1_024;
/// Longest summary, in bytes.
pub(super) const SUMMARY_MAX_BYTES: usize = 16 * 1_024;
/// Longest name of a person, category, language and the like, in bytes.
pub(super) const NAME_MAX_BYTES: usize = 256;
/// Longest title that is made from the text of an entry without a title, in bytes.
const TITLE_FROM_TEXT_MAX_BYTES: usize = 80;
/// The title of an entry without title, text and link.
const UNTITLED: &str = "Untitled";
/// How often content may be escaped in addition to the escaping that its format requires.
const ESCAPED_MAX: usize = 2;
/// Markup is searched for in this many bytes at the beginning of a line.
const LOOKED_AT_BYTES: usize = 8 * 1_024;
/// A text that does not begin with a tag is escaped markup if it has at least this many escaped tags. With fewer tags
/// it may be a text about markup.
const ESCAPED_TAGS_MIN: usize = 4;

/// The text as a single line of plain text; may be empty.
pub(super) fn line(text: &Text, limit: usize) -> String {
    match text {
        Text::Plain(plain) => fold(&slips::as_meant(&slips::unmarked_line(plain)), limit),
        Text::Html(markup) => fold(&html::line(&slips::unmarked_line(markup)), limit),
        Text::Unclear(unclear) => unclear_line(unclear, limit),
    }
}

/// Like [`line`], for a text that may be markup or plain text. It is markup if it contains HTML tags or references.
pub(super) fn unclear_line(text: &str, limit: usize) -> String {
    let text: &str = &slips::unmarked_line(text);
    if is_markup(text) { fold(&html::line(text), limit) } else { fold(text, limit) }
}

fn is_markup(text: &str) -> bool {
    // Only the beginning is read, because searching for the end of each tag takes quadratic time, and a title is not
    // longer.
    let text = &text[..text.floor_char_boundary(LOOKED_AT_BYTES)];
    let tagged = || {
        let mut tags = Tokens::new(text).tags().filter(policy::is_html_tag).peekable();
        // A tag that is never closed shows that the title is about the tag.
        tags.peek().is_some() && tags.all(|tag| tag.closing || html::is_closed_in(&tag, text))
    };
    (text.contains('&') && resolve_references(text, true) != text) || (text.contains('<') && tagged())
}

/// The text with white space folded, without characters that XML forbids or that change the direction of the text
/// behind them, truncated at the end of a word.
pub(super) fn fold(text: &str, limit: usize) -> String {
    let is_as_it_is = text.len() + "… ".len() <= limit && is_folded(text);
    if is_as_it_is { text.to_owned() } else { fold_words(text, limit) }
}

fn fold_words(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit));
    for word in text.split_whitespace() {
        if out.len() + 1 + word.len() + "…".len() > limit {
            // A long word is truncated anywhere, because some languages write no spaces. A short word is left out.
            let room = limit.saturating_sub(out.len() + 1 + "…".len());
            if out.len() < limit / 2 {
                out.push_str(if out.is_empty() { "" } else { " " });
                let part = &word[..word.floor_char_boundary(room)];
                out.extend(part.chars().filter(|character| is_printable(*character)));
            }
            out.push('…');
            break;
        }
        let before = out.len();
        out.push_str(if before == 0 { "" } else { " " });
        let start = out.len();
        if word.bytes().all(|byte| byte.is_ascii_graphic()) {
            out.push_str(word);
        } else {
            out.extend(word.chars().filter(|character| is_printable(*character)));
        }
        if out.len() == start {
            out.truncate(before);
        }
    }
    out
}

/// Whether a text is words of printable ASCII with single spaces between them, as most titles are.
fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ([first, behind @ ..], Some(last)) = (bytes, bytes.last()) else { return false };
    // These loops do not stop at the first such byte, because the compiler can then compare many bytes in one step.
    let is_printable = bytes.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    let has_two = bytes.iter().zip(behind).fold(false, |any, (byte, next)| any | ((*byte == b' ') & (*next == b' ')));
    is_printable && !has_two && *first != b' ' && *last != b' '
}

fn is_printable(character: char) -> bool {
    !character.is_control()
        && xml::is_allowed(character)
        && !matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The title of an entry, or a substitute: the beginning of its text, its link, or a fixed word. Never empty.
pub(super) fn title(own: String, text: &str, link: Option<&str>) -> String {
    filled(own)
        .or_else(|| filled(fold(text, TITLE_FROM_TEXT_MAX_BYTES)))
        .or_else(|| link.map(|link| fold(link, TITLE_MAX_BYTES)))
        .unwrap_or_else(|| UNTITLED.to_owned())
}

/// Unescapes markup that was escaped, or marked as a CDATA section, once more than its format requires. Such markup
/// contains no tags, but HTML tags appear when its references are resolved.
pub(super) fn unescaped(written: &str) -> Cow<'_, str> {
    let markup = if slips::is_marked(written) { slips::unmarked(written) } else { Cow::Borrowed(written) };
    if !markup.contains('&') || html_tags(&markup, 1) > 0 {
        return markup;
    }
    let mut resolved = resolve_references(&markup, false).into_owned();
    for round in 1..=ESCAPED_MAX {
        if slips::is_marked(&resolved) {
            resolved = slips::unmarked(&resolved).into_owned();
        }
        let begins = resolved.trim_start().starts_with('<') && html_tags(&resolved, 2) >= 2;
        if begins || html_tags(&resolved, ESCAPED_TAGS_MIN) >= ESCAPED_TAGS_MIN {
            return Cow::Owned(resolved);
        }
        if round < ESCAPED_MAX {
            resolved = resolve_references(&resolved, false).into_owned();
        }
    }
    markup
}

/// The number of HTML tags in a text, at most `enough`.
fn html_tags(text: &str, enough: usize) -> usize {
    Tokens::new(text).tags().filter(policy::is_html_tag).take(enough).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_become_single_lines() {
        let check = |text: Text, wanted: &str| assert_eq!(line(&text, 40), wanted, "{text:?}");
        let unclear = |text: &str| Text::Unclear(text.to_owned());
        check(Text::Plain(" 1 < 2\n&amp; <b> ".to_owned()), "1 < 2 &amp; <b>");
        check(Text::Html("1 &lt; 2 <b>x</b>".to_owned()), "1 < 2 x");
        check(unclear("AT&T and AT&amp;T"), "AT&T and AT&T");
        check(unclear("Vec<u8> is a <b>type</b>"), "Vec is a type");
        check(unclear("Vec<u8> is a type, 1 < 2"), "Vec<u8> is a type, 1 < 2");
        check(Text::Plain("Salt &amp; water".to_owned()), "Salt & water");
        check(Text::Plain("<![CDATA[a b]]>".to_owned()), "a b");
        check(unclear("<![CDATA[a <i>b</i>]]>"), "a b");
        check(unclear("What <![CDATA[a]]> means"), "What <![CDATA[a]]> means");
        check(Text::Plain("a\u{202e}b\u{0}c".to_owned()), "abc");
        check(Text::Plain("word ".repeat(20)), "word word word word word word word…");
        check(Text::Plain("é".repeat(40)), &format!("{}…", "é".repeat(18)));
    }

    proptest! {
        #[test]
        fn a_text_that_folding_leaves_as_it_is_is_not_folded(text in "[a-c é\t]{0,12}", limit in 4_usize..20) {
            prop_assert_eq!(fold(&text, limit), fold_words(&text, limit));
        }
    }

    #[test]
    fn titles_are_never_empty() {
        let check = |own: &str, text: &str, link: Option<&str>, wanted: &str| {
            assert_eq!(title(own.to_owned(), text, link), wanted);
        };
        check("Own", "text", None, "Own");
        check("", "some text", Some("https://a.example/"), "some text");
        check("", "", Some("https://a.example/"), "https://a.example/");
        check("", "", None, UNTITLED);
    }

    #[test]
    fn markup_that_was_escaped_too_often_is_unescaped() {
        let check = |markup: &str, wanted: &str| assert_eq!(unescaped(markup), wanted, "{markup:?}");
        check("<p>a &lt;b&gt;</p>", "<p>a &lt;b&gt;</p>");
        check("&lt;p&gt;a &amp;amp; b&lt;/p&gt;", "<p>a &amp; b</p>");
        check("&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;", "<p>a</p>");
        check("Use &lt;b&gt; for bold", "Use &lt;b&gt; for bold");
        check("a &lt; b", "a &lt; b");
        check("<![CDATA[<p>a</p>]]>", "<p>a</p>");
        check("&lt;![CDATA[&lt;p&gt;a&lt;/p&gt;]]&gt;", "<p>a</p>");
        check("<![CDATA[&lt;p&gt;a&lt;/p&gt;]]>", "<p>a</p>");
        check("In XML, <![CDATA[a]]> is text", "In XML, <![CDATA[a]]> is text");
    }
}
