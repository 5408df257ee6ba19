//! The sanitised text of an entry as a part of a page.
//!
//! Feeds publish texts as they were stored. On a page the same text stands below a title, among other entries: [`fitted`] puts its
//! headings below that title, gives pictures without a description an empty one, because screen readers would otherwise read out
//! their addresses, and lets media load only when they are played.

use std::borrow::Cow;

use crate::text::markup::{Tag, Token, Tokens};
use crate::text::xml::push_escaped;

/// The lowest level of headings (HTML, 4.3.6).
const LEVEL_MAX: usize = 6;
/// The beginnings of the tags that are changed.
const CHANGED: [&str; 4] = ["<h", "<img", "<audio", "<video"];

/// A sanitised text whose headings are below a title of the level `title`. No level is skipped, even if the text skips
/// levels.
pub(super) fn fitted(html: &str, title: usize) -> Cow<'_, str> {
    if !CHANGED.iter().any(|start| html.contains(start)) {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut levels = Levels { title, above: Vec::new(), open: Vec::new() };
    let mut tokens = Tokens::new(html);
    loop {
        let behind = tokens.rest();
        let Some(token) = tokens.next() else { break };
        let written = behind.get(..behind.len() - tokens.rest().len()).unwrap_or_default();
        match token {
            Token::Tag(tag) => push_tag(&mut out, &mut levels, &tag, written),
            Token::Text(_) => out.push_str(written),
        }
    }
    Cow::Owned(out)
}

/// Appends a tag, which is `written` in the text.
fn push_tag(out: &mut String, levels: &mut Levels, tag: &Tag<'_>, written: &str) {
    if let Some(level) = level_of(tag.name) {
        let level = if tag.closing { levels.open.pop() } else { Some(levels.open(level)) };
        if let Some(level) = level {
            out.push_str(if tag.closing { "</h" } else { "<h" });
            out.push_str(&level.to_string());
            // What follows `</h1` or `<h1`.
            out.push_str(written.get(if tag.closing { 4 } else { 3 }..).unwrap_or(">"));
            return;
        }
    }
    let is_media = tag.is("audio") || tag.is("video");
    let is_undescribed = tag.is("img") && tag.attribute("alt").is_none();
    if tag.closing || !(is_media || is_undescribed) {
        return out.push_str(written);
    }
    out.push('<');
    out.push_str(tag.name);
    for (name, value) in tag.attributes().filter(|(name, _)| !(is_media && name.eq_ignore_ascii_case("preload"))) {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        push_escaped(out, &value);
        out.push('"');
    }
    out.push_str(if is_media { " preload=\"none\">" } else { " alt=\"\">" });
}

/// The level of the heading whose name this is.
fn level_of(name: &str) -> Option<usize> {
    let digit = name.strip_prefix(['h', 'H'])?;
    digit.parse::<usize>().ok().filter(|level| digit.len() == 1 && (1..=LEVEL_MAX).contains(level))
}

/// The headings of a text so far.
struct Levels {
    /// The level of the title above the text.
    title: usize,
    /// The levels, as the text has them, of the headings above the current place.
    above: Vec<usize>,
    /// The levels on the page of the headings that are not closed yet.
    open: Vec<usize>,
}

impl Levels {
    /// The level on the page for a heading that has this level in the text.
    fn open(&mut self, level: usize) -> usize {
        while self.above.last().is_some_and(|above| *above >= level) {
            self.above.pop();
        }
        self.above.push(level);
        let shown = (self.title + self.above.len()).min(LEVEL_MAX);
        self.open.push(shown);
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_parts_of_a_page() {
        let check = |title: usize, html: &str, wanted: &str| assert_eq!(fitted(html, title), wanted, "{html}");
        check(3, "<p>a &lt;h1&gt; <b>b</b></p>", "<p>a &lt;h1&gt; <b>b</b></p>");
        check(3, "<h1>a</h1><h2 id=\"x\">b</h2><h1>c</h1>", "<h4>a</h4><h5 id=\"x\">b</h5><h4>c</h4>");
        check(1, "<h3>a</h3><h6>b</h6><h4>c</h4><h2>d</h2>", "<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2>");
        check(3, "<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4>", "<h4>a</h4><h5>b</h5><h6>c</h6><h6>d</h6>");
        check(3, "<h1>a<h2>b</h2></h1>", "<h4>a<h5>b</h5></h4>");
        check(3, "a</h2><hr><header>b</header>", "a</h2><hr><header>b</header>");
        check(3, "<b title=\"<h1>\">a</b><h1>b</h1>", "<b title=\"<h1>\">a</b><h4>b</h4>");
        check(3, "<img src=\"https://a.example/?a=b&amp;c\">", "<img src=\"https://a.example/?a=b&amp;c\" alt=\"\">");
        check(3, "<img alt=\"c\" src=\"d\">", "<img alt=\"c\" src=\"d\">");
        check(
            3,
            "<video src=\"v\" preload=\"auto\" controls=\"\"></video><audio src=\"a\"></audio>",
            "<video src=\"v\" controls=\"\" preload=\"none\"></video><audio src=\"a\" preload=\"none\"></audio>",
        );
    }
}
