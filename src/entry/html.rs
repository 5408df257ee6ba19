//! Simplifies HTML before it is sanitised: writes only elements, attributes and addresses that the policy allows, each
//! in a single unambiguous form and within limits.
//!
//! The sanitiser decides what is safe; this pass ensures that sanitising is fast. HTML parsers take time that is
//! quadratic in the depth of nesting and in the number of attributes of a tag, and may repeat unclosed formatting in
//! every block.

mod noscript;
mod shown;
mod tags;
mod words;

pub(super) use tags::attribute_value;
pub(super) use words::{line, words};

use std::borrow::Cow;

use url::Url;

use crate::text::html::{Drawings, Endless};
use crate::text::markup::{Tag, Token, Tokens};
use crate::text::references::resolve_references;

use super::base;
use super::embeds::{self, EmbedLink};
use super::footnotes::Footnotes;
use super::inline;
use super::pictures::Gallery;
use super::policy::{Kind, known};
use shown::Shown;

/// Most HTML that is read from one text, in bytes. The written HTML may be about as long.
pub(super) const HTML_MAX_BYTES: usize = 512 * 1024;
/// Bytes that are reserved in a truncated text for the notice behind it.
const CUT_ROOM_BYTES: usize = 16 * 1024;
/// Tags that are reserved in a truncated text for the notice behind it.
const CUT_ROOM_TAGS: usize = 8;
/// Deepest nesting of elements.
const DEPTH_MAX: usize = 256;
/// Most start and end tags of one text.
const TAGS_MAX: usize = 20_000;
/// Most attributes that are read from one tag.
pub(super) const ATTRIBUTES_MAX: usize = 64;
/// Most bytes of formatting tags that a parser may have to repeat because they were not closed in order.
const REPEATED_MAX_BYTES: usize = 4 * 1024 * 1024;
/// Longest run of text without markup, in bytes, because parsing a run takes time that is quadratic in its references.
const RUN_MAX_BYTES: usize = 2 * 1024;

/// Whether a tag needs no end tag, or has an end tag in the text.
pub(super) fn is_closed_in(tag: &Tag<'_>, text: &str) -> bool {
    let void = known(tag).is_some_and(|(_, kind)| matches!(kind, Kind::Void | Kind::Implied));
    void || tag.self_closing || {
        let end = format!("</{}", tag.name.to_ascii_lowercase());
        text.to_ascii_lowercase().contains(&end)
    }
}

/// Simplified HTML, which is not sanitised yet, and what was left out of it.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub(super) html: String,
    /// Content was left out because of a limit.
    pub(super) cut: bool,
    /// The end of the text was left out because of a limit.
    pub(super) lacks_end: bool,
    /// Number of inline images (`data:`) that were left out because they are too large.
    pub(super) large_pictures: usize,
    /// Number of hidden elements with text that were left out.
    pub(super) hidden: usize,
    /// An element with content was removed.
    has_removed: bool,
}

/// The part of a text that is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Extent {
    /// The visible part.
    #[default]
    Seen,
    /// Everything, including the hidden part.
    Everything,
    /// The visible part, without links in place of embedded content, because it becomes a line of plain text.
    Words,
}

/// Rewrites HTML within the policy. `base` is the base of its addresses.
pub(super) fn rewrite(html: &str, base: Option<&Url>) -> Plain {
    let plain = write(html, base, Extent::Seen);
    // A text that is hidden as a whole is written nevertheless, because a script was meant to show it.
    let shows_nothing = plain.has_removed && Tokens::new(&plain.html).all(is_blank);
    if shows_nothing { write(html, base, Extent::Everything) } else { plain }
}

/// Whether a token of the written HTML shows nothing.
fn is_blank(piece: Token<'_>) -> bool {
    match piece {
        Token::Text(text) => resolve_references(text, false).trim().is_empty(),
        Token::Tag(tag) => !matches!(tag.name, "audio" | "img" | "video"),
    }
}

fn write(html: &str, base: Option<&Url>, extent: Extent) -> Plain {
    let shortened = if html.len() > HTML_MAX_BYTES { inline::without_long_ones(html) } else { Cow::Borrowed(html) };
    let most = if shortened.len() > HTML_MAX_BYTES { HTML_MAX_BYTES - CUT_ROOM_BYTES } else { HTML_MAX_BYTES };
    let taken = &shortened[..shortened.floor_char_boundary(most)];
    let lacks_end = taken.len() < shortened.len();
    let taken: &str = &noscript::unescaped(taken);
    let stated = base::stated(taken, base);
    let base = stated.as_ref().or(base);
    let shown = Shown::new(extent, Footnotes::of(taken, base));
    let mut writer = Writer { base, shown, ..Writer::default() };
    if lacks_end {
        writer.plain.lacks_end = true;
        writer.tags = CUT_ROOM_TAGS;
    }
    writer.plain.html.reserve(taken.len());
    let mut pieces = Tokens::new(taken);
    let (mut drawings, mut endless) = (Drawings::default(), Endless::default());
    while let Some(piece) = pieces.next() {
        if drawings.hide(&piece) {
            continue;
        }
        if writer.plain.html.len() >= HTML_MAX_BYTES {
            writer.plain.lacks_end = true;
            break;
        }
        match piece {
            Token::Text(text) => writer.text(text),
            Token::Tag(tag) if writer.handles(&tag, &mut pieces) => {}
            Token::Tag(tag) => match known(&tag) {
                Some((name, Kind::Dropped)) if !tag.closing && !tag.self_closing => {
                    if name == "script" && !writer.formula_of_script(&tag, pieces.rest()) {
                        writer.embed(&tag, name);
                    }
                    endless.skip(&mut pieces, name);
                }
                Some((name, Kind::Frame)) if !tag.closing => {
                    if !writer.hides(&tag) {
                        writer.embed(&tag, name);
                    }
                    if !tag.self_closing {
                        endless.skip(&mut pieces, name);
                    }
                }
                Some((name, Kind::Embed)) => writer.stand_in(&tag, name),
                None if !tag.closing => writer.start_unknown(&tag),
                None | Some((_, Kind::Dropped | Kind::Frame)) => {}
                Some((name, kind)) if tag.closing => writer.end(name, kind),
                Some((name, kind)) => writer.start(&tag, name, kind),
            },
        }
    }
    writer.end_picture();
    writer.end_embeds(0);
    writer.plain.cut |= writer.plain.lacks_end;
    writer.plain.large_pictures = writer.gallery.large;
    writer.plain
}

struct Open {
    name: &'static str,
    /// The start tag as it was written; empty if it was not written and only the matching end tag is awaited.
    tag: String,
    is_formatting: bool,
}

/// A link that is written at the end of an open element unless the element's content replaces it.
struct Waiting {
    /// The index of the open element.
    at: usize,
    /// The offset of its content in the written HTML.
    from: usize,
    link: EmbedLink,
}

#[derive(Default)]
struct Writer<'a> {
    base: Option<&'a Url>,
    plain: Plain,
    open: Vec<Open>,
    embeds: Vec<Waiting>,
    gallery: Gallery,
    shown: Shown<'a>,
    tags: usize,
    /// Bytes of the formatting tags that are open in an HTML parser now.
    active: usize,
    /// The sum of `active` over all tags and texts so far.
    repeated: usize,
}

impl<'a> Writer<'a> {
    fn text(&mut self, text: &str) {
        self.repeated += self.active;
        self.begin_text(text);
        let mut rest = text;
        loop {
            let (run, behind) = rest.split_at(run_end(rest));
            for (at, part) in run.split('<').enumerate() {
                self.plain.html.extend([if at == 0 { "" } else { "&lt;" }, part]);
            }
            if behind.is_empty() {
                return;
            }
            // An empty comment splits the run for the parser; the sanitiser removes it.
            self.plain.html.push_str("<!---->");
            rest = behind;
        }
    }

    /// Counts another tag and returns whether it is within the limits.
    fn room(&mut self) -> bool {
        self.tags += 1;
        self.repeated += self.active;
        let room = self.tags <= TAGS_MAX && self.repeated <= REPEATED_MAX_BYTES;
        self.plain.cut |= !room;
        room
    }

    fn start(&mut self, tag: &Tag<'a>, name: &'static str, kind: Kind) {
        self.end_implied(name);
        if name == "img" {
            if !self.hides(tag) {
                self.image(tag);
            }
            return;
        }
        if matches!(kind, Kind::Block | Kind::Implied) {
            self.close_picture();
        }
        let nests = matches!(kind, Kind::Block | Kind::Formatting);
        if nests && self.open.len() >= DEPTH_MAX {
            self.plain.cut = true;
            return;
        }
        let embedded = embeds::permalink(tag, name, self.base);
        let written = if self.room() {
            let (written, looks) = tags::start_tag(tag, name, &self.shown.notes);
            if !tag.self_closing || kind == Kind::Void {
                self.look(name, kind, &looks);
            }
            written
        } else {
            None
        };
        let tag = written.unwrap_or_default();
        self.plain.html.push_str(&tag);
        match name {
            "picture" => self.gallery.begin_picture(self.plain.html.len()),
            "source" => self.gallery.note_source(&tag),
            _ => {}
        }
        if nests {
            let is_formatting = kind == Kind::Formatting;
            if is_formatting {
                self.active += tag.len();
            }
            self.open.push(Open { name, tag, is_formatting });
        }
        if let Some(link) = embedded {
            self.await_end(link);
        }
    }

    /// Closes an open `<picture>` where a block begins or ends, because a `<picture>` cannot contain blocks.
    fn close_picture(&mut self) {
        self.close_innermost("picture");
    }

    fn end(&mut self, name: &'static str, kind: Kind) {
        match kind {
            Kind::Implied => {
                self.close_picture();
                if self.room() {
                    self.plain.html.extend(["</", name, ">"]);
                }
            }
            Kind::Block | Kind::Formatting => self.close_innermost(name),
            _ => {}
        }
    }

    fn close_innermost(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.close(at);
        }
    }

    /// Closes the open element at `at` and all elements inside it, each by its own end tag, so that an HTML parser has
    /// the same elements open. Formatting that was open inside a closed formatting element is opened again behind it.
    fn close(&mut self, at: usize) {
        if self.open[at..].iter().any(|open| open.name == "picture") {
            self.end_picture();
        }
        self.end_embeds(at);
        let inside: Vec<Open> = self.open.drain(at..).collect();
        for open in inside.iter().rev() {
            if open.is_formatting {
                self.active = self.active.saturating_sub(open.tag.len());
            }
            if !open.tag.is_empty() && self.room() {
                self.plain.html.extend(["</", open.name, ">"]);
            }
        }
        if !inside[0].is_formatting {
            return;
        }
        for open in inside.into_iter().skip(1).filter(|open| open.is_formatting && !open.tag.is_empty()) {
            if !self.room() {
                return;
            }
            self.plain.html.push_str(&open.tag);
            self.active += open.tag.len();
            self.open.push(open);
        }
    }

    fn image(&mut self, tag: &Tag<'_>) {
        if self.room() {
            if let Some(gone) = self.gallery.image(tag, self.base, &mut self.plain.html) {
                self.shown.marks.shift(&gone);
            }
            self.shown.marks.ended = None;
        }
    }

    fn end_picture(&mut self) {
        if let Some(image) = self.gallery.end_picture(&self.plain.html).filter(|_| self.room()) {
            self.plain.html.push_str(&image);
        }
    }

    /// Writes the replacement of an element that readers do not show.
    fn stand_in(&mut self, tag: &Tag<'_>, name: &'static str) {
        match name {
            "noscript" => self.gallery.is_in_noscript = !tag.closing && !tag.self_closing,
            "amp-anim" | "amp-img" if !tag.closing => self.image(tag),
            "embed" if !tag.closing => self.embed(tag, name),
            _ if tag.closing => self.end(name, Kind::Block),
            _ => self.stand_in_at_end(tag, name),
        }
    }

    /// Has the link that replaces an embedding element written at its end, unless the element's content replaces the
    /// link.
    fn stand_in_at_end(&mut self, tag: &Tag<'_>, name: &'static str) {
        let Some(link) = embeds::link_of(tag, name, self.base) else { return };
        if tag.self_closing || self.open.len() >= DEPTH_MAX {
            return self.link(&link);
        }
        self.open.push(Open { name, tag: String::new(), is_formatting: false });
        self.await_end(link);
    }

    /// Writes the link that replaces an embedding element.
    fn embed(&mut self, tag: &Tag<'_>, name: &str) {
        if let Some(link) = embeds::link_of(tag, name, self.base) {
            self.link(&link);
        }
    }

    fn link(&mut self, link: &EmbedLink) {
        if self.shown.extent != Extent::Words && !link.is_made_before(&self.plain.html) && self.room() {
            link.write(&mut self.plain.html);
        }
    }

    /// Registers a link to be written at the end of the element that was opened last.
    fn await_end(&mut self, link: EmbedLink) {
        let at = self.open.len().saturating_sub(1);
        self.embeds.push(Waiting { at, from: self.plain.html.len(), link });
    }

    /// Writes the links that wait for the end of the open element at `at` or of an element inside it.
    fn end_embeds(&mut self, at: usize) {
        while let Some(waiting) = self.embeds.pop_if(|waiting| waiting.at >= at) {
            let inside = self.plain.html.get(waiting.from..).unwrap_or_default();
            if !waiting.link.is_made_in(inside) {
                self.link(&waiting.link);
            }
        }
    }
}

/// The position at which a run of text that is too long is split, outside of character references.
fn run_end(text: &str) -> usize {
    if text.len() <= RUN_MAX_BYTES {
        return text.len();
    }
    let end = text.floor_char_boundary(RUN_MAX_BYTES);
    // The longest reference has about 30 characters. A lone ampersand is not a reference.
    let near = text.floor_char_boundary(end.saturating_sub(40));
    match text[near..end].rfind('&') {
        Some(at) if !text[near + at..end].contains(';') && near + at > 0 => near + at,
        _ => end,
    }
}

/// Checks how markup is rewritten, and that rewriting the result does not change it.
#[cfg(test)]
#[track_caller]
pub(super) fn assert_written(markup: &str, base: Option<&Url>, wanted: &str) {
    let written = rewrite(markup, base).html;
    assert_eq!(written, wanted, "{markup}");
    assert_eq!(rewrite(&written, base).html, written, "{markup}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_simplified() {
        let base = Url::parse("https://a.example/b/").expect("it is an address");
        let check = |html: &str, wanted: &str| assert_eq!(rewrite(html, Some(&base)).html, wanted, "{html:?}");
        check("<P CLASS=x>a<br/>b", "<p>a<br>b");
        check("<a href=c onclick=x>d</a>", "<a href=\"https://a.example/b/c\">d</a>");
        check("<a href=javascript:x>d</a><a name=x></a>", "d");
        check("<<x>script>alert(1)</script>", "&lt;script>alert(1)");
        check("<script>'<p>'</script>a<svg><path d=x>t<text>u</text></svg>c", "ac");
        check("a<svg><title>t</title><style>x<path d=x></svg>b<svg><path d=x><p>c</svg>d", "ab<p>cd");
        check("a<svg/>b<svg onload=x>c", "ab");
        check("<math><mi>E</mi><mo>=</mo><annotation>E</annotation></math>x", "E=x");
        check("<img src=x width=1><img src='data:,x' data-src=y><img>", "<img src=\"https://a.example/b/y\">");
        check(
            "<img srcset='a 1x, b,c 2x,javascript:x 3x'>",
            "<img srcset=\"https://a.example/b/a 1x, https://a.example/b/b,c 2x\" src=\"https://a.example/b/b,c\">",
        );
        check("<base href=/d/><img src=e>", "<img src=\"https://a.example/d/e\">");
        check("<a href=www.c.example/d?e&amp;amp;f>g</a>", "<a href=\"https://www.c.example/d?e&amp;f\">g</a>");
        check("<a href='magnet:?xt=urn:btih:01'>g</a><a href='ftp://c.example/'>h</a>", "gh");
        check("<video src=v></video>", "<video src=\"https://a.example/b/v\" controls=\"\"></video>");
        check("<iframe src=//v.example/1>x</iframe>", " <a href=\"https://v.example/1\">https://v.example/1</a> ");
        check("a < b &amp; c &lt;p>", "a &lt; b &amp; c &lt;p>");
        check("</div></b>x", "x");
        check(
            "<video data-src=v data-poster=p></video>",
            "<video src=\"https://a.example/b/v\" poster=\"https://a.example/b/p\" controls=\"\"></video>",
        );
        check("<audio src=a data-src=b></audio>", "<audio src=\"https://a.example/b/a\" controls=\"\"></audio>");
        check(
            "<video><source data-src=v></video>",
            "<video controls=\"\"><source src=\"https://a.example/b/v\"></video>",
        );
    }

    #[test]
    fn unclosed_elements_do_not_hide_the_rest_of_the_text() {
        let check = |html: &str, wanted: &str| {
            assert_eq!(rewrite(html, None).html, wanted, "{html:?}");
            assert_eq!(words(html), words(wanted), "{html:?}");
        };
        check("<p>a<select><option>b</p>c", "<p>ab</p>c");
        check("a<title>b<textarea>c<template>d", "abcd");
        check("a<select>b<select>c</select>d", "abd");
        check("<textarea>a<p></textarea>b<title>c</title>d<template><p>e</template>f", "bdf");
        check("a<iframe>b", "ab");
        check("a<script>b", "a");
        check("a<style>b<p>c", "a");
    }

    #[test]
    fn hostile_html_stays_within_limits() {
        let check = |html: String, cut: bool| {
            let plain = rewrite(&html, None);
            assert_eq!(plain.cut, cut, "{:?}…", &html[..20]);
            assert!(plain.html.len() <= html.len() + 100);
        };
        check("<div>".repeat(100_000), true);
        check("<p>x".repeat(15_000), false);
        check("<p>x".repeat(30_000), true);
        check(format!("<p><b title='{}'>", "x".repeat(1_000)) + &"<p>y".repeat(10_000), true);
        check(format!("<p{}>", " a".repeat(100_000)), false);
        check("<p>text</p>".repeat(200_000), true);
        for tag in
            ["<template>", "<select>", "<object data=//a.example>", "<noscript>", "<picture>", "<img data-src=x>"]
        {
            check(tag.repeat(50_000), rewrite(&tag.repeat(50_000), None).cut);
        }
    }
}
