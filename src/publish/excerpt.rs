//! The first words of an entry, as plain text.

use super::xml::xml_clean;

/// Longest reference (`&…;`) that is looked for, in bytes; the longest in sanitised HTML is `&#x10FFFF;`.
const MAX_REFERENCE_BYTES: usize = 12;

/// At most `limit` characters of plain text, in one line.
pub(super) fn of_text(text: &str, limit: usize) -> String {
    cut(text, limit)
}

/// At most `limit` characters of the text in sanitised HTML, in one line.
pub fn of_html(html: &str, limit: usize) -> String {
    let mut text = String::new();
    let mut rest = html;
    // In bytes, with room for white space that is folded afterwards; the rest of a long article need not be read.
    let enough = limit.saturating_mul(8);
    while text.len() < enough {
        let Some(at) = rest.find(['<', '&']) else {
            text.push_str(&rest[..rest.floor_char_boundary(enough)]);
            break;
        };
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            let Some(end) = tag_end(rest) else { break };
            if separates(&rest[1..end]) {
                text.push(' ');
            }
            rest = &rest[end + 1..];
        } else {
            rest = push_reference(&mut text, rest);
        }
    }
    cut(&text, limit)
}

/// Where the tag or comment at the start of `html` closes. A `>` in a quoted value does not.
fn tag_end(html: &str) -> Option<usize> {
    if html.starts_with("<!--") {
        return html.find("-->").map(|at| at + 2);
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Whether a tag stands between words: all do but those within a line of text.
fn separates(tag: &str) -> bool {
    let name = tag.trim_start_matches('/');
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let inline = ["a", "abbr", "b", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"];
    !inline.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Adds what the reference at the start of `html` stands for; returns what follows it.
fn push_reference<'a>(text: &mut String, html: &'a str) -> &'a str {
    let window = &html[..html.floor_char_boundary(MAX_REFERENCE_BYTES)];
    let meant = window.find(';').and_then(|end| {
        let name = &html[1..end];
        let character = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => ' ',
            _ => {
                let digits = name.strip_prefix('#')?;
                let code = match digits.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => digits.parse(),
                };
                char::from_u32(code.ok()?)?
            }
        };
        Some((character, end))
    });
    match meant {
        Some((character, end)) => {
            text.push(character);
            &html[end + 1..]
        }
        None => {
            text.push('&');
            &html[1..]
        }
    }
}

/// At most `limit` characters, white space folded, cut between words where that is near.
fn cut(text: &str, limit: usize) -> String {
    let clean = xml_clean(text);
    let mut out = String::new();
    let mut length = 0;
    for word in clean.split_whitespace() {
        let space = usize::from(length > 0);
        let word_length = word.chars().count();
        if length + space + word_length > limit.saturating_sub(1) {
            // A long word is cut anywhere, as in languages that set no blanks.
            if length < limit / 2 {
                if space == 1 {
                    out.push(' ');
                }
                out.extend(word.chars().take(limit.saturating_sub(length + space + 1)));
            }
            out.push('…');
            return out;
        }
        if space == 1 {
            out.push(' ');
        }
        out.push_str(word);
        length += space + word_length;
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
