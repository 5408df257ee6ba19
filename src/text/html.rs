//! HTML to text: one walk over what a reader sees as text, by which the words of an entry are hashed, compared, filtered and
//! quoted.
//!
//! The walk decides what is text. Where words end is the caller's choice: [`words`] parts them where a new line begins, so that
//! `<b>w</b>ord` is one word; [`parted_by_tags`] parts them at every tag, because the words of stories are stored so.

use std::borrow::Cow;

use super::elements::Element;
use super::fold::Folded;
use super::markup::{Tag, Token, Tokens};
use super::references::resolve_references;

/// A piece of HTML as far as it is text.
#[derive(Debug)]
pub(crate) enum Piece<'a> {
    /// Characters, with references resolved.
    Text(Cow<'a, str>),
    /// A tag at which a line begins or ends.
    Line,
    /// A tag within a line.
    Tag(Tag<'a>),
}

/// The text in HTML, in order, without what drawings, scripts and other elements hold that no reader shows as text.
#[derive(Debug)]
pub(crate) struct Pieces<'a> {
    tokens: Tokens<'a>,
    /// Nothing is left out, whatever element it stands in.
    has_all: bool,
    drawings: Drawings,
    endless: Endless,
}

impl<'a> Pieces<'a> {
    pub(crate) fn new(html: &'a str) -> Pieces<'a> {
        Pieces { tokens: Tokens::new(html), has_all: false, drawings: Drawings::default(), endless: Endless::default() }
    }

    /// Of a text that is sanitised HTML or plain: in a plain text, the name of an element takes nothing with it.
    fn of_clean(text: &'a str) -> Pieces<'a> {
        Pieces { has_all: true, ..Pieces::new(text) }
    }

    /// What comes next, for who takes several tokens as one piece.
    pub(crate) fn tokens(&mut self) -> &mut Tokens<'a> {
        &mut self.tokens
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let token = self.tokens.next()?;
            if !self.has_all && self.drawings.hide(&token) {
                continue;
            }
            let tag = match token {
                Token::Text(text) => return Some(Piece::Text(resolve_references(text, false))),
                Token::Tag(tag) => tag,
            };
            match Element::named(tag.name) {
                Some(element) if element.is_line() => return Some(Piece::Line),
                Some(element) if element.is_left_out() && !self.has_all && !tag.closing && !tag.self_closing => {
                    self.endless.skip(&mut self.tokens, element.name);
                }
                _ => return Some(Piece::Tag(tag)),
            }
        }
    }
}

/// Elements of which there is no end in the rest of a text.
#[derive(Debug, Default)]
pub(crate) struct Endless(Vec<&'static str>);

impl Endless {
    /// Passes over the content of an element that is left out. One that was not closed does not take the rest with it.
    pub(crate) fn skip(&mut self, tokens: &mut Tokens<'_>, name: &'static str) {
        let Some(element) = Element::named(name) else { return };
        if element.is_endless() {
            return tokens.skip_past_end_of(name);
        }
        // Elements that do not nest are looked at once: the next such tag, closing or not, ends the search.
        let nests = element.nests();
        if !self.0.contains(&name) && !tokens.skip_if_closed(name, nests) && nests {
            self.0.push(name);
        }
    }
}

/// Drawings in HTML: nothing in them is text. (That of `<math>` is: it is read as such.)
#[derive(Debug, Default)]
pub(crate) struct Drawings {
    is_inside: bool,
}

impl Drawings {
    /// Whether a token belongs to a drawing. A drawing that is not closed ends where HTML ends it.
    pub(crate) fn hide(&mut self, token: &Token<'_>) -> bool {
        match token {
            Token::Tag(tag) if tag.is("svg") => {
                self.is_inside = !tag.closing && !tag.self_closing;
                true
            }
            Token::Tag(tag)
                if self.is_inside && !tag.closing && Element::named(tag.name).is_some_and(Element::ends_svg) =>
            {
                self.is_inside = false;
                false
            }
            _ => self.is_inside,
        }
    }
}

/// The words of HTML: references resolved, white space folded, no markup. Digests of what it gives are stored.
pub(crate) fn words(html: &str) -> String {
    let mut words = Folded::with_capacity(html.len());
    for piece in Pieces::new(html) {
        match piece {
            Piece::Text(text) => words.push(&text),
            Piece::Line => words.part(),
            Piece::Tag(_) => {}
        }
    }
    words.finish()
}

/// The text of sanitised HTML or of a plain text, with a blank for every tag, so that words which only a tag parts are two, and
/// with its white space as written. Digests of what it gives are stored.
pub(crate) fn parted_by_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for piece in Pieces::of_clean(html) {
        match piece {
            Piece::Text(characters) => text.push_str(&characters),
            Piece::Line | Piece::Tag(_) => text.push(' '),
        }
    }
    text
}

/// The words that HTML begins with, in at least so many bytes where it has as many; words may be parted by any white space.
pub(crate) fn first_words(html: &str, enough: usize) -> String {
    let mut text = String::new();
    for piece in Pieces::new(html) {
        match piece {
            Piece::Text(characters) => text.push_str(&characters[..characters.floor_char_boundary(enough)]),
            Piece::Line => text.push(' '),
            Piece::Tag(_) => {}
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
    fn words_are_what_is_read() {
        let check = |html: &str, wanted: &str| assert_eq!(words(html), wanted, "{html:?}");
        check("<p>a<b>b</b></p><p>c&nbsp;d &amp;lt;</p><style>x</style>", "ab c d &lt;");
        check("a<br>b<!-- c -->", "a b");
        check("1 < 2", "1 < 2");
        check("a<svg><text>b</text></svg>c <math><mi>E</mi><annotation-xml>F</annotation-xml></math>", "ac E");
    }

    #[test]
    fn sanitised_html_has_the_same_text_for_all_who_read_it() {
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
