//! Excerpts: the first words of an entry as one line of plain text.

use super::{html, xml};

/// At most `limit` characters of the text in sanitised HTML, in one line.
pub(crate) fn of_html(html: &str, limit: usize) -> String {
    // The limit is in characters and this length in bytes, with room for white space that is folded afterwards, so that
    // only the beginning of a long article is read.
    of_text(&html::first_words(html, limit.saturating_mul(8)), limit)
}

/// At most `limit` characters of plain text, in one line, truncated at the end of a word unless that loses half of the
/// excerpt.
pub(crate) fn of_text(text: &str, limit: usize) -> String {
    let clean = xml::sound(text);
    let mut out = String::new();
    let mut length = 0;
    for word in clean.split_whitespace() {
        let space = if length == 0 { "" } else { " " };
        let (begin, word_length) = (length + space.len(), word.chars().count());
        if begin + word_length > limit.saturating_sub(1) {
            // A long word is truncated anywhere, because some languages write no spaces between words.
            if length < limit / 2 {
                out.push_str(space);
                out.extend(word.chars().take(limit.saturating_sub(begin + 1)));
            }
            out.push('…');
            return out;
        }
        out.extend([space, word]);
        length = begin + word_length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_html() {
        for (html, limit, expected) in [
            ("<p>One <b>two</b>three</p><p>four</p>", 100, "One twothree four"),
            ("a &amp; b &lt;c&gt; &#65;&#x42; &unknown; & d", 100, "a & b <c> AB &unknown; & d"),
            ("<img alt=\"a > b\">after", 100, "after"),
            ("<!-- <p> -->after", 100, "after"),
            ("one two three", 9, "one two…"),
            ("unbreakable", 5, "unbr…"),
            ("<broken", 10, ""),
            ("\0a\u{fffe}b", 10, "ab"),
            ("ünïcödé", 100, "ünïcödé"),
            ("", 10, ""),
        ] {
            assert_eq!(of_html(html, limit), expected, "{html:?}");
        }
    }
}
