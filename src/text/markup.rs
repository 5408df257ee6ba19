//! Cuts HTML into tags, attributes and text as browsers do, in one pass.
//!
//! This tokenizer does not interpret elements and builds no tree. Every function takes time that is linear in its
//! input, so that hostile input is harmless; the usual HTML parsers take quadratic time for many attributes on one tag
//! and for deep nesting.

use std::borrow::Cow;

use super::references::resolve_references;

/// A token of HTML. Comments, declarations and processing instructions are skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Characters, with character references as written.
    Text(&'a str),
    Tag(Tag<'a>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// The name as written, in any case.
    pub(crate) name: &'a str,
    pub(crate) closing: bool,
    pub(crate) self_closing: bool,
    /// The attributes as written: everything between the name and the end of the tag.
    inside: &'a str,
}

impl<'a> Tag<'a> {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether the tag contains these characters after its name. This is cheaper than reading the attributes.
    pub(crate) fn holds(&self, characters: &str) -> bool {
        self.inside.contains(characters)
    }

    /// The attributes in order: names as written, values with their references resolved. An attribute without a value
    /// has an empty value.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> + use<'a> {
        let (inside, mut at) = (self.inside, 0);
        std::iter::from_fn(move || match next_attribute(inside, at) {
            (next, Found::Attribute { name, value }) => {
                at = next;
                Some((name, resolve_references(value, true)))
            }
            _ => None,
        })
    }

    /// The first attribute of this name.
    pub(crate) fn attribute(&self, wanted: &str) -> Option<Cow<'a, str>> {
        self.attributes().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    }
}

/// The tokens of a text, in order.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(html: &'a str) -> Tokens<'a> {
        Tokens { html, at: 0 }
    }

    /// The tags alone.
    pub(crate) fn tags(self) -> impl Iterator<Item = Tag<'a>> {
        self.filter_map(|token| match token {
            Token::Tag(tag) => Some(tag),
            Token::Text(_) => None,
        })
    }

    /// The text behind the last token.
    pub(crate) fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// Skips everything up to and including the next end tag of this name, or the whole rest if it has no such end tag.
    pub(crate) fn skip_past_end_of(&mut self, name: &str) {
        if !self.skip_if_closed(name, true) {
            self.at = self.html.len();
        }
    }

    /// Like [`skip_past_end_of`](Self::skip_past_end_of), but skips nothing if the rest has no such end tag or, unless
    /// the element `nests`, if another element of this name begins before it. Returns whether it skipped.
    pub(crate) fn skip_if_closed(&mut self, name: &str, nests: bool) -> bool {
        let mut from = self.at;
        while let Some(found) = self.html[from..].find('<') {
            let start = from + found + 1;
            let closes = self.html.as_bytes().get(start) == Some(&b'/');
            let at = start + usize::from(closes);
            if (closes || !nests) && is_name_at(self.html, at, name) {
                if closes {
                    self.go_behind_tag(at + name.len());
                }
                return closes;
            }
            from = start;
        }
        false
    }

    /// Continues behind the next `>` at or after `from`.
    fn go_behind_tag(&mut self, from: usize) {
        self.at = memchr::memchr(b'>', &self.html.as_bytes()[from..]).map_or(self.html.len(), |end| from + end + 1);
    }

    /// The tag at `start`; `None` if the text ends inside the tag.
    fn tag(&mut self, start: usize, closing: bool) -> Option<Tag<'a>> {
        let bytes = self.html.as_bytes();
        let name_start = start + if closing { 2 } else { 1 };
        let name_end = run_end(bytes, name_start, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'));
        let mut at = name_end;
        loop {
            match next_attribute(self.html, at) {
                (next, Found::Attribute { .. }) => at = next,
                (next, Found::End { self_closing }) => {
                    self.at = next;
                    let (name, inside) = (&self.html[name_start..name_end], &self.html[name_end..next]);
                    return Some(Tag { name, closing, self_closing, inside });
                }
                (_, Found::TextEnds) => {
                    self.at = bytes.len();
                    return None;
                }
            }
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let start = self.at;
            let rest = &self.html.as_bytes()[start..];
            let closing = rest.starts_with(b"</");
            match rest {
                [] => return None,
                [b'<', ..] if rest.get(1 + usize::from(closing)).is_some_and(u8::is_ascii_alphabetic) => {
                    if let Some(tag) = self.tag(start, closing) {
                        return Some(Token::Tag(tag));
                    }
                }
                [b'<', b'!', b'-', b'-', ..] => self.at = comment_end(self.html, start + 4),
                [b'<', b'!' | b'?', ..] | [b'<', b'/', _, ..] => self.go_behind_tag(start),
                _ => {
                    self.at = text_end(self.html, start);
                    return Some(Token::Text(&self.html[start..self.at]));
                }
            }
        }
    }
}

/// Whether the name of the tag that is written at `at` is `name`.
fn is_name_at(html: &str, at: usize, name: &str) -> bool {
    let end = at + name.len();
    html.get(at..end).is_some_and(|written| written.eq_ignore_ascii_case(name))
        && html.as_bytes().get(end).is_none_or(|next| !next.is_ascii_alphanumeric())
}

/// The end of the text that begins at `start`: the position of the next markup.
fn text_end(html: &str, start: usize) -> usize {
    let is_markup = |at: usize| match html.as_bytes().get(at + 1) {
        Some(b'/') => at + 2 < html.len(),
        Some(next) => next.is_ascii_alphabetic() || matches!(next, b'!' | b'?'),
        None => false,
    };
    let mut signs = memchr::memchr_iter(b'<', &html.as_bytes()[start..]).map(|at| start + at);
    signs.find(|at| *at > start && is_markup(*at)).unwrap_or(html.len())
}

/// The end of the comment whose text begins at `from`. HTML also ends a comment at `<!-->`, `<!--->` and `--!>`.
fn comment_end(html: &str, from: usize) -> usize {
    let rest = &html[from..];
    let end_at = |at: usize, ends: [&str; 2]| {
        let end = ends.into_iter().find(|end| rest[at..].starts_with(end))?;
        Some(from + at + end.len())
    };
    let mut dashes = rest.match_indices('-');
    end_at(0, [">", "->"]).or_else(|| dashes.find_map(|(at, _)| end_at(at, ["-->", "--!>"]))).unwrap_or(html.len())
}

enum Found<'a> {
    Attribute { name: &'a str, value: &'a str },
    End { self_closing: bool },
    TextEnds,
}

/// The next part of a tag, and the position behind it (HTML, 13.2.5.32 to 13.2.5.40).
fn next_attribute(html: &str, from: usize) -> (usize, Found<'_>) {
    let bytes = html.as_bytes();
    let start = run_end(bytes, from, |byte| byte.is_ascii_whitespace() || *byte == b'/');
    match bytes.get(start) {
        None => return (start, Found::TextEnds),
        Some(b'>') => return (start + 1, Found::End { self_closing: start > from && bytes[start - 1] == b'/' }),
        Some(_) => {}
    }
    let end = run_end(bytes, start + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
    let name = &html[start..end];
    let sign = run_end(bytes, end, u8::is_ascii_whitespace);
    if bytes.get(sign) != Some(&b'=') {
        return (end, Found::Attribute { name, value: "" });
    }
    let start = run_end(bytes, sign + 1, u8::is_ascii_whitespace);
    let (start, end, next) = match bytes.get(start) {
        None => return (start, Found::TextEnds),
        Some(quote @ (b'"' | b'\'')) => match memchr::memchr(*quote, &bytes[start + 1..]) {
            Some(length) => (start + 1, start + 1 + length, start + length + 2),
            None => return (html.len(), Found::TextEnds),
        },
        Some(_) => {
            let end = run_end(bytes, start, |byte| !byte.is_ascii_whitespace() && *byte != b'>');
            (start, end, end)
        }
    };
    (next, Found::Attribute { name, value: &html[start..end] })
}

/// The end of the bytes from `from` on that belong to a run.
fn run_end(bytes: &[u8], from: usize, belongs: impl Fn(&u8) -> bool) -> usize {
    bytes[from..].iter().position(|byte| !belongs(byte)).map_or(bytes.len(), |length| from + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_cut_as_browsers_cut_it() {
        let check = |html: &str, wanted: &str| {
            let mut seen = String::new();
            for piece in Tokens::new(html) {
                match piece {
                    Token::Text(text) => seen.push_str(&format!("[{text}]")),
                    Token::Tag(tag) => {
                        seen.push_str(if tag.closing { "</" } else { "<" });
                        seen.push_str(tag.name);
                        for (name, value) in tag.attributes() {
                            seen.push_str(&format!(" {name}={value}"));
                        }
                        seen.push('>');
                    }
                }
            }
            assert_eq!(seen, wanted, "{html:?}");
        };
        check("a <b>c</b> d", "[a ]<b>[c]</b>[ d]");
        check("1 < 2 <3 <", "[1 < 2 <3 <]");
        check("<a href='x>y' title=\"1 & 2\" z>t", "<a href=x>y title=1 & 2 z=>[t]");
        check("<a href=?a=1&copy=2&amp;b=3>", "<a href=?a=1&copy=2&b=3>");
        check("x<!-- <b> -->y<!-->z<!doctype html><?php ?>", "[x][y][z]");
        check("<br/><img src=a />", "<br><img src=a>");
        check("ab<i title='never closed", "[ab]");
        check("<p></></ >é", "<p>[é]");
    }

    #[test]
    fn elements_are_skipped_up_to_their_end_tag() {
        let check = |html: &str, nests: bool, wanted: Option<&str>| {
            let mut pieces = Tokens::new(html);
            assert!(matches!(pieces.next(), Some(Token::Tag(_))), "{html:?}");
            let before = pieces.at;
            let rest = pieces.skip_if_closed("title", nests).then(|| &pieces.html[pieces.at..]);
            assert_eq!(rest, wanted, "{html:?}");
            assert!(rest.is_some() || pieces.at == before, "{html:?}");
        };
        check("<title>a <b>b</b></TITLE >c", false, Some("c"));
        check("<title>a</titles></title>b", false, Some("b"));
        check("<title>a<titles>b</title>c", false, Some("c"));
        check("<title>a<title>b</title>c", false, None);
        check("<title>a<title>b</title>c", true, Some("c"));
        check("<title>a", false, None);
        check("<title>é</titl", true, None);
        check("<title>a</title", false, Some(""));
    }
}
