//! HTML to text: extracts the text that a person reads. Digests, stories, filters, search and excerpts all use this
//! text.
//!
//! [`TextParts`] decides what is text. The caller chooses where words end: [`words`] separates them only where a new
//! line begins, so that `<b>w</b>ord` is one word; [`parted_by_tags`] separates them at every tag, because the words of
//! stories are stored in that form.

use std::borrow::Cow;

use super::elements::{ENDLESS, ENDS_SVG, Element, LEFT_OUT, LINE, NESTS};
use super::fold::Folded;
use super::markup::{Tag, Token, Tokens};
use super::references::resolve_references;

/// A part of HTML that is text or separates text.
#[derive(Debug)]
pub(crate) enum TextPart<'a> {
    /// Characters, with character references resolved.
    Text(Cow<'a, str>),
    /// A tag at which a line begins or ends.
    Line,
    /// A tag within a line.
    Tag(Tag<'a>),
}

/// The text of HTML, in order, without the content of drawings, scripts and other elements that readers do not show as
/// text.
#[derive(Debug)]
pub(crate) struct TextParts<'a> {
    /// The tokens that follow, for a caller that reads several tokens as one part.
    pub(crate) tokens: Tokens<'a>,
    /// The content of all elements is text.
    has_all: bool,
    drawings: Drawings,
    endless: Endless,
}

impl<'a> TextParts<'a> {
    pub(crate) fn new(html: &'a str) -> TextParts<'a> {
        TextParts {
            tokens: Tokens::new(html),
            has_all: false,
            drawings: Drawings::default(),
            endless: Endless::default(),
        }
    }

    /// The parts of a text that is either sanitised HTML or plain text. The content of all elements counts as text,
    /// because plain text may mention an element by its name (`The <title> element`).
    fn of_clean(text: &'a str) -> TextParts<'a> {
        TextParts { has_all: true, ..TextParts::new(text) }
    }
}

impl<'a> Iterator for TextParts<'a> {
    type Item = TextPart<'a>;

    fn next(&mut self) -> Option<TextPart<'a>> {
        loop {
            let token = self.tokens.next()?;
            if !self.has_all && self.drawings.hide(&token) {
                continue;
            }
            let tag = match token {
                Token::Text(text) => return Some(TextPart::Text(resolve_references(text, false))),
                Token::Tag(tag) => tag,
            };
            match Element::named(tag.name) {
                Some(element) if element.is(LINE) => return Some(TextPart::Line),
                Some(element) if element.is(LEFT_OUT) && !self.has_all && !tag.closing && !tag.self_closing => {
                    self.endless.skip(&mut self.tokens, element.name);
                }
                _ => return Some(TextPart::Tag(tag)),
            }
        }
    }
}

/// The names of elements that have no end tag in the rest of a text, so that the search for it is not repeated.
#[derive(Debug, Default)]
pub(crate) struct Endless(Vec<&'static str>);

impl Endless {
    /// Skips the content of an element that is left out. An element that is not closed does not hide the rest of the
    /// text, unless it is a script or a style.
    pub(crate) fn skip(&mut self, tokens: &mut Tokens<'_>, name: &'static str) {
        let Some(element) = Element::named(name) else { return };
        if element.is(ENDLESS) {
            return tokens.skip_past_end_of(name);
        }
        // Only elements that nest are remembered. For the others, the next start or end tag of the same name ends the
        // search.
        let nests = element.is(NESTS);
        if !self.0.contains(&name) && !tokens.skip_if_closed(name, nests) && nests {
            self.0.push(name);
        }
    }
}

/// Recognises `<svg>` drawings, whose content is not text. (The content of `<math>` is text.)
#[derive(Debug, Default)]
pub(crate) struct Drawings {
    is_inside: bool,
}

impl Drawings {
    /// Whether a token belongs to a drawing. A drawing without an end tag ends where a browser ends it (HTML,
    /// 13.2.6.5).
    pub(crate) fn hide(&mut self, token: &Token<'_>) -> bool {
        let Token::Tag(tag) = token else { return self.is_inside };
        if tag.is("svg") {
            self.is_inside = !tag.closing && !tag.self_closing;
            return true;
        }
        if self.is_inside && !tag.closing && Element::named(tag.name).is_some_and(|element| element.is(ENDS_SVG)) {
            self.is_inside = false;
        }
        self.is_inside
    }
}

/// The words of HTML, with references resolved, white space folded and without markup. The store keeps digests of the
/// result.
pub(crate) fn words(html: &str) -> String {
    let mut words = Folded::with_capacity(html.len());
    for part in TextParts::new(html) {
        match part {
            TextPart::Text(text) => words.push(&text),
            TextPart::Line => words.end_word(),
            TextPart::Tag(_) => {}
        }
    }
    words.finish()
}

/// As [`words`], but with white space as written, for callers to which white space makes no difference.
pub(crate) fn unfolded(html: &str) -> String {
    first_words(html, usize::MAX)
}

/// The text of sanitised HTML or of a plain text, with a space for every tag, so that a tag separates words, and with
/// white space as written. The store keeps digests of the result.
pub(crate) fn parted_by_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for part in TextParts::of_clean(html) {
        match part {
            TextPart::Text(characters) => text.push_str(&characters),
            TextPart::Line | TextPart::Tag(_) => text.push(' '),
        }
    }
    text
}

/// The first words of HTML: at least `enough` bytes if the text has as many. White space is not folded.
pub(crate) fn first_words(html: &str, enough: usize) -> String {
    let mut text = String::with_capacity(html.len().min(enough));
    for part in TextParts::new(html) {
        match part {
            TextPart::Text(characters) => text.push_str(&characters[..characters.floor_char_boundary(enough)]),
            TextPart::Line => text.push(' '),
            TextPart::Tag(_) => {}
        }
        if text.len() >= enough {
            break;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_text_that_a_person_reads() {
        let check = |html: &str, wanted: &str| assert_eq!(words(html), wanted, "{html:?}");
        check("<p>a<b>b</b></p><p>c&nbsp;d &amp;lt;</p><style>x</style>", "ab c d &lt;");
        check("a<br>b<!-- c -->", "a b");
        check("1 < 2", "1 < 2");
        check("a<svg><text>b</text></svg>c <math><mi>E</mi><annotation-xml>F</annotation-xml></math>", "ac E");
    }

    #[test]
    fn all_functions_find_the_same_text_in_sanitised_html() {
        for html in [
            "<p>One <b>two</b></p>\n<ul><li>three</li><li>four &amp; five</li></ul>",
            "<h2>Title</h2><p>a &lt;b&gt; c</p><table><tr><td>d</td><td>e</td></tr></table>",
            "<figure><img src=\"https://a.example/1.png\" alt=\"not text\"><figcaption>f</figcaption></figure>",
        ] {
            let folded = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(folded(parted_by_tags(html)), words(html), "{html}");
            assert_eq!(folded(first_words(html, usize::MAX)), words(html), "{html}");
        }
        assert_eq!((words("<b>w</b>ord"), parted_by_tags("<b>w</b>ord")), ("word".to_owned(), " w ord".to_owned()));
        assert_eq!(parted_by_tags("The <title> element"), "The   element");
        assert_eq!(first_words("<p>one two</p><p>three</p>", 5), " one t");
    }
}
