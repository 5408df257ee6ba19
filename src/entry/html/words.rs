//! HTML as plain text.

use crate::entry::policy::{Kind, LINES, known};
use crate::entry::{raised, text};
use crate::read::markup::{Token, Tokens, resolve_references};

use super::shown::matters;
use super::{Endless, Extent, HTML_MAX_BYTES, Pictures, write};

/// The words of HTML: references resolved, white space folded, no markup.
pub(in crate::entry) fn words(html: &str) -> String {
    words_of(html, false)
}

/// As [`words`], of HTML that nobody has looked at yet and that becomes a line: what its page hides is left out, and what has a sense
/// beyond its words keeps it.
pub(in crate::entry) fn line(html: &str) -> String {
    let may_matter = |piece| matches!(piece, Token::Tag(tag) if !tag.closing && matters(&tag));
    if Tokens::new(html).any(may_matter) {
        words_of(&write(html, None, Extent::Words).html, true)
    } else {
        words_of(html, true)
    }
}

fn words_of(html: &str, is_line: bool) -> String {
    let taken = &html[..html.floor_char_boundary(HTML_MAX_BYTES)];
    let mut words = text::Folded::with_capacity(taken.len());
    let mut pieces = Tokens::new(taken);
    let (mut pictures, mut endless) = (Pictures::default(), Endless::default());
    while let Some(piece) = pieces.next() {
        if pictures.hide(&piece) {
            continue;
        }
        match piece {
            Token::Text(text) => words.push(&resolve_references(text, false)),
            Token::Tag(tag) => match known(&tag) {
                Some((name, Kind::Dropped | Kind::Frame)) if !tag.closing && !tag.self_closing => {
                    endless.skip(&mut pieces, name);
                }
                Some(("sub" | "sup", _)) if is_line => {
                    if let Some(text) = raised::text_of(&tag, &mut pieces, words.last()) {
                        words.push(&text);
                    }
                }
                Some((name, _)) if LINES.contains(&name) => words.part(),
                _ => {}
            },
        }
    }
    words.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_is_read() {
        let check = |html: &str, wanted: &str| assert_eq!(words(html), wanted, "{html:?}");
        check("<p>a<b>b</b></p><p>c&nbsp;d &amp;lt;</p><style>x</style>", "ab c d &lt;");
        check("a<br>b<!-- c -->", "a b");
        check("1 < 2", "1 < 2");
        check("a<svg><text>b</text></svg>c <math><mi>E</mi><annotation-xml>F</annotation-xml></math>", "ac E");
    }

    #[test]
    fn lines_are_what_is_seen() {
        let check = |html: &str, wanted: &str| assert_eq!(line(html), wanted, "{html:?}");
        check("a <b>b</b> 2<sup>3</sup>", "a b 2³");
        check("a<button>Copy</button> <span hidden>b</span>c", "a c");
        check("<math alttext='x'><mi>y</mi></math> <input type=checkbox disabled>b", "x ☐ b");
        check("a<div style='display:none'>b</div><iframe src=https://c.example/></iframe>", "a");
        check("<img class=emoji alt=🦊 src=https://a.example/f.png> a", "🦊 a");
    }
}
