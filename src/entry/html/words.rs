//! Extracts plain text from HTML.

use crate::entry::raised;
use crate::text::fold::Folded;
use crate::text::html::{self, TextPart, TextParts};
use crate::text::markup::Tokens;

use super::shown::matters;
use super::{Extent, HTML_MAX_BYTES, write};

/// The words of HTML, with references resolved, white space folded and without markup.
pub(in crate::entry) fn words(html: &str) -> String {
    html::words(taken(html))
}

/// Like [`words`], for HTML that is not sanitised and becomes a line such as a title: hidden passages are left out, and
/// formulas, superscripts, checkboxes and emoji become characters.
pub(in crate::entry) fn line(html: &str) -> String {
    if Tokens::new(html).tags().any(|tag| !tag.closing && matters(&tag)) {
        words_of_line(&write(html, None, Extent::Words).html)
    } else {
        words_of_line(html)
    }
}

fn words_of_line(html: &str) -> String {
    let taken = taken(html);
    let mut words = Folded::with_capacity(taken.len());
    let mut parts = TextParts::new(taken);
    while let Some(part) = parts.next() {
        match part {
            TextPart::Text(text) => words.push(&text),
            TextPart::Line => words.end_word(),
            TextPart::Tag(tag) => {
                if let Some(text) = raised::text_of(&tag, &mut parts.tokens, words.last()) {
                    words.push(&text);
                }
            }
        }
    }
    words.finish()
}

fn taken(html: &str) -> &str {
    &html[..html.floor_char_boundary(HTML_MAX_BYTES)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_text_that_a_person_sees() {
        let check = |html: &str, wanted: &str| assert_eq!(line(html), wanted, "{html:?}");
        check("a <b>b</b> 2<sup>3</sup>", "a b 2³");
        check("a<button>Copy</button> <span hidden>b</span>c", "a c");
        check("<math alttext='x'><mi>y</mi></math> <input type=checkbox disabled>b", "x ☐ b");
        check("a<div style='display:none'>b</div><iframe src=https://c.example/></iframe>", "a");
        check("<img class=emoji alt=🦊 src=https://a.example/f.png> a", "🦊 a");
    }
}
