//! Keeps the meaning that a page shows: removes hidden elements at their end, and writes formulas, checkboxes and lines
//! of code as text.

use std::ops::Range;

use crate::entry::footnotes::Footnotes;
use crate::entry::looks::{self, Looks, Twin};
use crate::entry::marks::{End, EndedTwin, Mark, Marks, Reason};
use crate::entry::math::Formulas;
use crate::entry::policy::Kind;
use crate::text::elements;
use crate::text::markup::{Tag, Token, Tokens};
use crate::text::xml::escape;

use super::{Extent, Writer};

/// Longest content of a button that is removed, in bytes of the written HTML. A button with longer content is kept.
const BUTTON_MAX_BYTES: usize = 256;
/// Line breaks are searched for in this many bytes at the beginning of a piece of code.
const CODE_LOOKED_AT_BYTES: usize = 4 * 1024;

/// The state that is needed to keep the meaning of a text.
#[derive(Default)]
pub(super) struct Shown<'a> {
    pub(super) extent: Extent,
    pub(super) notes: Footnotes<'a>,
    pub(super) marks: Marks<'a>,
    formulas: Formulas,
    code: Code,
}

/// The state of a `<pre>`: line breaks are added where the publisher separates lines of code by elements instead.
#[derive(Default)]
struct Code {
    is_at_start_of_line: bool,
    /// The next text begins a new line.
    is_line_due: bool,
    has_breaks: bool,
}

impl<'a> Shown<'a> {
    pub(super) fn new(extent: Extent, notes: Footnotes<'a>) -> Shown<'a> {
        Shown { extent, notes, ..Shown::default() }
    }
}

/// Whether a tag affects a line of plain text by more than the words of its element.
pub(super) fn matters(tag: &Tag<'_>) -> bool {
    ["button", "datalist", "dialog", "input", "math"].iter().any(|name| tag.is(name))
        || (tag.is("script") && tag.holds("math/"))
        || (tag.is("img") && tag.holds("emoji"))
        || looks::may_matter(tag)
}

impl<'a> Writer<'a> {
    /// Handles a tag with a special meaning. Returns whether the tag is done, so that it must not be written.
    pub(super) fn handles(&mut self, tag: &Tag<'a>, pieces: &mut Tokens<'a>) -> bool {
        if tag.closing {
            return self.closes_mark(tag);
        }
        if tag.is("math") {
            let Some(formula) = self.shown.formulas.in_math(tag, pieces) else { return false };
            self.text(&escape(&formula));
            return true;
        }
        if tag.is("input") {
            self.tick(tag, pieces.rest());
            return true;
        }
        if (tag.is("html") || tag.is("body")) && self.is_turned(tag) {
            self.start(tag, "div", Kind::Block);
            return true;
        }
        if tag.is("pre") && !self.is_in_code() {
            self.shown.code =
                Code { has_breaks: has_breaks(pieces.rest()), is_at_start_of_line: true, is_line_due: false };
        }
        false
    }

    /// Whether `<html>` or `<body>` states a direction for the whole text that differs from the direction so far. A
    /// `<div>` around the text then states the direction instead.
    fn is_turned(&self, tag: &Tag<'a>) -> bool {
        let written = tag.attribute("dir").unwrap_or_default();
        let Some(direction) = looks::one_of(looks::DIRECTIONS, &written) else { return false };
        match self.open.as_slice() {
            [] => direction != "ltr" && self.plain.html.trim().is_empty(),
            [outer] => {
                // The `<div>` that replaces `<html>`.
                let is_turned = outer.name == "div" && outer.tag.contains(" dir=\"");
                let is_other = tag.is("body") && !outer.tag.contains(&format!(" dir=\"{direction}\""));
                is_turned && is_other && self.plain.html.trim() == outer.tag
            }
            _ => false,
        }
    }

    /// Writes the formula in a `<script>` in place of its rendered form. Returns whether the script has a formula.
    pub(super) fn formula_of_script(&mut self, tag: &Tag<'a>, rest: &str) -> bool {
        let Some(formula) = self.shown.formulas.in_script(tag, rest) else { return false };
        let depth = self.open.len();
        let drawn = self.shown.marks.ended.filter(|ended| ended.twin == Twin::Drawn && ended.depth == depth);
        if let Some(drawn) = drawn {
            self.forget_from(drawn.from);
        }
        self.text(&escape(&formula));
        true
    }

    /// Writes a checkbox of a task list as a character. Other checkboxes are parts of forms and are left out.
    fn tick(&mut self, tag: &Tag<'a>, rest: &str) {
        let Some(is_ticked) = looks::box_of(tag) else { return };
        let is_of_list = tag.attribute("disabled").is_some() || is_at_start_of_item(&self.plain.html);
        if !is_of_list || self.hides(tag) {
            return;
        }
        self.text(if is_ticked { "☑" } else { "☐" });
        if !rest.starts_with(char::is_whitespace) {
            self.text(" ");
        }
    }

    /// Prepares for writing a text.
    pub(super) fn begin_text(&mut self, text: &str) {
        if self.shown.marks.ended.is_some() && !text.trim().is_empty() {
            self.shown.marks.ended = None;
        }
        let code = &mut self.shown.code;
        if code.is_line_due && !code.is_at_start_of_line && !text.starts_with(['\n', '\r']) {
            self.plain.html.push('\n');
        }
        code.is_line_due = false;
        code.is_at_start_of_line = text.ends_with('\n');
    }

    /// Prepares for writing an element of the policy.
    pub(super) fn look(&mut self, name: &'static str, kind: Kind, looks: &Looks) {
        if name == "br" {
            (self.shown.code.is_line_due, self.shown.code.is_at_start_of_line) = (false, true);
        }
        if kind == Kind::Void {
            self.shown.marks.ended = None;
            return;
        }
        let is_line = self.is_line(name, looks);
        self.shown.code.is_line_due |= is_line;
        self.mark(name, if kind == Kind::Implied { End::Implied } else { End::Open }, looks, is_line);
    }

    /// Begins an element whose tags are left out and whose content is kept.
    pub(super) fn start_unknown(&mut self, tag: &Tag<'a>) {
        self.end_implied(tag.name);
        if tag.self_closing {
            return;
        }
        let mut looks = Looks::of(tag);
        looks.is_copying |= tag.is("button");
        looks.hides |= tag.is("datalist") || (tag.is("dialog") && tag.attribute("open").is_none());
        if tag.is("mjx-assistive-mml") {
            looks.twin = Some(Twin::Spoken);
        }
        self.mark(tag.name, End::Counted(0), &looks, false);
    }

    /// Ends the marked element that a start tag of this name ends implicitly.
    pub(super) fn end_implied(&mut self, name: &str) {
        if self.shown.marks.is_empty() {
            return;
        }
        let scope = self.scope();
        if let Some(mark) = self.shown.marks.start(name, scope, self.plain.html.len()) {
            self.end_mark(&mark);
        }
    }

    /// Whether an image or a frame is hidden. An element with `data-` attributes counts as visible, because it may be
    /// hidden only until a script has loaded it.
    pub(super) fn hides(&self, tag: &Tag<'a>) -> bool {
        let may_be = self.shown.extent != Extent::Everything && (tag.holds("none") || tag.holds("hidden"));
        if !may_be || tag.holds("data-") {
            return false;
        }
        let looks = Looks::of(tag);
        // An image that is only invisible does not count, because a script may show it later.
        looks.is_hidden() || (looks.is_invisible() && !tag.is("img"))
    }

    /// Marks an element that may have to be removed at its end.
    fn mark(&mut self, name: &'a str, end: End, looks: &Looks, is_line: bool) {
        let depth = self.open.len();
        let before = self.shown.marks.ended.take().filter(|ended| ended.depth == depth);
        let twins = looks.twin.zip(before.map(|ended| ended.twin));
        let mut from = self.plain.html.len();
        match (twins, before) {
            (Some((Twin::Spoken, Twin::Seen)), Some(before)) => {
                self.forget_from(before.from);
                from = self.plain.html.len();
            }
            (Some((Twin::Drawn, Twin::Drawn)), Some(before)) => from = before.from,
            _ => {}
        }
        let is_everything = self.shown.extent == Extent::Everything;
        let is_said = twins == Some((Twin::Seen, Twin::Spoken));
        let reason = if is_said || (looks.is_hidden() && !looks.is_linked && !is_everything) {
            Some(Reason::Hidden)
        } else if looks.is_invisible() && !looks.is_linked && !is_everything {
            Some(Reason::Invisible)
        } else if looks.is_copying && !looks.is_opener && !is_everything && !self.is_in_heading_or_link() {
            Some(Reason::Button)
        } else if looks.is_shown_again && self.shown.marks.is_in_invisible() {
            Some(Reason::Shown)
        } else if is_line {
            Some(Reason::Line)
        } else {
            looks.twin.map(Reason::Twin)
        };
        if let Some(reason) = reason {
            let (tags, repeated) = (self.tags, self.repeated);
            self.shown.marks.push(Mark { name, reason, end, from, depth, tags, repeated });
        }
    }

    /// Ends the marked element that an end tag closes. Returns whether the element was removed, so that its end tag
    /// must not be written.
    fn closes_mark(&mut self, tag: &Tag<'a>) -> bool {
        if tag.is("pre") {
            self.shown.code.is_line_due = false;
        }
        if self.shown.marks.is_empty() {
            return false;
        }
        let closed = self.open.iter().rposition(|open| tag.is(open.name));
        let (scope, end) = (self.scope(), self.plain.html.len());
        if let Some(mark) = self.shown.marks.end(tag.name, closed, scope, end) {
            return self.end_mark(&mark);
        }
        if let Some(mark) = closed.and_then(|closed| self.shown.marks.leave(closed, end)) {
            self.end_mark(&mark);
        }
        false
    }

    /// Removes the output of a marked element if its mark requires it. Returns whether it did.
    fn end_mark(&mut self, mark: &Mark<'_>) -> bool {
        let inside = self.plain.html.get(mark.from..).unwrap_or_default();
        let is_gone = match mark.reason {
            Reason::Hidden => true,
            Reason::Invisible if inside.contains("<img") || inside.contains("<video") => false,
            Reason::Invisible => !self.keeps_shown(mark),
            Reason::Shown => false,
            Reason::Button => inside.len() <= BUTTON_MAX_BYTES && !inside.contains("<img") && !inside.contains("<a "),
            Reason::Line => {
                self.shown.code.is_line_due = true;
                false
            }
            Reason::Twin(twin) => {
                self.shown.marks.ended = Some(EndedTwin { twin, from: mark.from, depth: mark.depth });
                false
            }
        };
        if is_gone {
            let inside = self.plain.html.get(mark.from..).unwrap_or_default();
            let says_something = Tokens::new(inside).any(|piece| !super::is_blank(piece));
            self.plain.hidden += usize::from(mark.reason != Reason::Button && says_something);
            self.plain.has_removed |= says_something;
            self.remove(mark);
        }
        is_gone
    }

    /// Reduces the text of an invisible element to what is visible in it. Returns whether something is. The tags stay,
    /// because the visible text may need the elements around it.
    fn keeps_shown(&mut self, mark: &Mark<'_>) -> bool {
        let shown = self.shown.marks.take_shown(mark.from);
        let inside = self.plain.html.get(mark.from..).unwrap_or_default();
        if shown.is_empty() || !self.plain.html.is_char_boundary(mark.from) {
            return false;
        }
        let (kept, has_lost) = only_shown(inside, mark.from, &shown);
        self.gallery.forget_from(mark.from);
        self.plain.html.truncate(mark.from);
        self.plain.html.push_str(&kept);
        for waiting in &mut self.embeds {
            waiting.from = waiting.from.min(mark.from);
        }
        self.shown.marks.ended = None;
        self.shown.marks.note_shown(mark.from..self.plain.html.len());
        self.plain.hidden += usize::from(has_lost);
        self.plain.has_removed |= has_lost;
        true
    }

    fn remove(&mut self, mark: &Mark<'_>) {
        let depth = mark.depth.min(self.open.len());
        for open in self.open.drain(depth..).filter(|open| open.is_formatting) {
            self.active = self.active.saturating_sub(open.tag.len());
        }
        self.embeds.retain(|waiting| waiting.at < depth);
        (self.tags, self.repeated) = (mark.tags, mark.repeated);
        self.forget_from(mark.from);
    }

    fn forget_from(&mut self, from: usize) {
        self.gallery.forget_from(from);
        if self.plain.html.is_char_boundary(from) {
            self.plain.html.truncate(from);
        }
        self.shown.marks.forget_from(from);
    }

    /// Whether an element is a line of its own in code although it is not a block element of HTML.
    fn is_line(&self, name: &str, looks: &Looks) -> bool {
        let is_line = looks.is_block() || (looks.is_called_line && !self.shown.code.has_breaks);
        is_line && !elements::is_line(name) && self.is_in_code()
    }

    fn is_in_code(&self) -> bool {
        self.open.iter().any(|open| open.name == "pre")
    }

    fn is_in_heading_or_link(&self) -> bool {
        self.open.iter().any(|open| matches!(open.name, "a" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary"))
    }

    /// Number of open elements up to and including the innermost list or table.
    fn scope(&self) -> usize {
        let list = self.open.iter().rposition(|open| matches!(open.name, "dl" | "ol" | "table" | "ul"));
        list.map_or(0, |list| list + 1)
    }
}

/// Written HTML, which begins at the offset `from`, without the texts outside of the shown ranges; and whether words were
/// left out.
fn only_shown(inside: &str, from: usize, shown: &[Range<usize>]) -> (String, bool) {
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(shown.len());
    for range in shown {
        match ranges.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => ranges.push(range.clone()),
        }
    }
    let (mut kept, mut has_lost) = (String::with_capacity(inside.len()), false);
    let mut pieces = Tokens::new(inside);
    loop {
        let before = pieces.rest();
        let Some(piece) = pieces.next() else { return (kept, has_lost) };
        let written = &before[..before.len() - pieces.rest().len()];
        if matches!(piece, Token::Tag(_)) {
            kept.push_str(written);
            continue;
        }
        let at = from + inside.len() - before.len();
        let end = at + written.len();
        let first = ranges.partition_point(|range| range.end <= at);
        let length = kept.len();
        for range in ranges[first..].iter().take_while(|range| range.start < end) {
            let (start, end) = (range.start.max(at) - at, range.end.min(end) - at);
            kept.push_str(written.get(start..end).unwrap_or_default());
        }
        has_lost |= kept.len() - length < written.len() && !super::is_blank(piece);
    }
}

/// Whether the code at the start of `rest`, up to `</pre`, has breaks between its lines.
fn has_breaks(rest: &str) -> bool {
    let near = &rest[..rest.floor_char_boundary(CODE_LOOKED_AT_BYTES)];
    let code = near.find("</pre").map_or(near, |end| &near[..end]).trim();
    let code = code.strip_suffix("</code>").unwrap_or(code).trim_end();
    let begun = if code.starts_with("<code") { code.split_once('>').map(|(_, begun)| begun) } else { None };
    let code = begun.unwrap_or(code).trim_start();
    code.contains('\n') || code.contains("<br")
}

/// Whether the written HTML ends at the start of a list item's text.
fn is_at_start_of_item(html: &str) -> bool {
    let html = html.trim_end();
    let html = html.strip_suffix("<p>").unwrap_or(html).trim_end();
    let tag = html.rfind('<').map_or("", |at| &html[at..]);
    tag.starts_with("<li") && tag.ends_with('>')
}

#[cfg(test)]
mod tests {
    use super::super::{assert_written, line, rewrite};

    fn check(markup: &str, wanted: &str) {
        assert_written(markup, None, wanted);
    }

    #[test]
    fn hidden_elements_are_removed() {
        check("<div style='display:none'>a<div>b</div><img src=//c.example/></div><p>d", "<p>d");
        check("a<span hidden>b<b>c</span>d", "ad");
        check("<p hidden>a<p>b</p><p style='display:none'>c</p>d", "<p>b</p>d");
        check("<div>a<p hidden>b</div>c", "<div>a</div>c");
        check("<ul><li hidden>a<ul><li>b</ul></li><li>c</ul>", "<ul><li>c</ul>");
        check("<table><tr hidden><td>a<td>b<tr><td hidden>c<td>d</table>", "<table><tr><td>d</table>");
        check("<form hidden>a<form>b</form></form>c<x-y style=display:none>d</x-y>", "c");
        check("<dialog>a</dialog><dialog open>b</dialog><datalist><option>c</datalist>d", "bd");
        check("a<img src=https://b.example/ style='display:none'>", "a");
        check("a<iframe src=https://b.example/ style='display:none;visibility:hidden'></iframe>", "a");
        check("a<iframe src=https://b.example/ style='position:absolute;visibility:hidden'></iframe>", "a");
        check("<div style='visibility:hidden'>a</div><span style='visibility: collapse'>b</span>c", "c");
        assert_eq!(line("<span style='display:none'>a</span>b<sup>2</sup>"), "b²");
        assert_eq!(rewrite("<p hidden>a</p><p hidden></p><button>b</button>c", None).hidden, 1);
    }

    #[test]
    fn the_direction_of_a_document_is_kept() {
        let check = |markup: &str, wanted: &str| {
            let written = rewrite(markup, None).html;
            assert_eq!(written.replace(['\n', ' '], ""), wanted.replace(' ', ""), "{markup}");
            assert_eq!(rewrite(&written, None).html, written, "{markup}");
        };
        check("<html dir=RTL lang=ar><body><p>a</p></body></html>", "<div dir=\"rtl\" lang=\"ar\"><p>a</p>");
        check("<!doctype html>\n<html><head><title>t</title></head>\n<body dir=rtl>a", "<div dir=\"rtl\">a");
        check("<html dir=rtl>\n<body dir=rtl>a", "<div dir=\"rtl\">a");
        check("<html dir=rtl><body dir=ltr>a", "<div dir=\"rtl\"><div dir=\"ltr\">a");
        check("<div><body dir=rtl>a</body></div>b", "<div>a</div>b");
        check("<html dir=ltr><body>a", "a");
        check("<html dir=x><body lang=ar>a", "a");
        check("<p>a</p><body dir=rtl>b", "<p>a</p>b");
        check("<div><p>a</p><body dir=rtl>b</div>", "<div><p>a</p>b</div>");
    }

    #[test]
    fn visible_elements_are_kept() {
        check("<div hidden>a<p>b", "<div>a<p>b");
        check("<div><span hidden>a</div>b", "<div><span>a</span></div>b");
        check("<b>a<span hidden>b</b>c</span>d", "<b>a<span>b</span></b>cd");
        check("<div style='display:none'>a</div>", "<div>a</div>");
        check("<div style='visibility:visible'>a</div>", "<div>a</div>");
        check("<div style='visibility:hidden;animation-name:none'>a</div>", "<div>a</div>");
        check("<p style='visibility: hidden; opacity: 0; transition: all 1s'>a</p>", "<p>a</p>");
        let slides = "<ul><li><img src=\"https://b.example/\"></li></ul>";
        check(&slides.replace("<ul>", "<ul style='visibility:hidden'>"), slides);
        check(
            "<a href='#x'>a</a><div hidden id=x>b</div><div hidden id=y>c</div>",
            "<a href=\"#ws-x\">a</a><div id=\"ws-x\">b</div>",
        );
        check("a<img src=https://b.example/ hidden data-src=x>", "a<img src=\"https://b.example/\">");
        check("a<img src=https://b.example/ style=visibility:hidden>", "a<img src=\"https://b.example/\">");
        check("<div hidden/>a", "<div>a");
        let many = format!("{}a", "<div hidden>".repeat(200));
        assert!(rewrite(&many, None).html.ends_with("<div>a"));
        let open = format!("{}a", "<p hidden><b>".repeat(20_000));
        assert!(rewrite(&open, None).html.ends_with('a'));
    }

    #[test]
    fn visible_elements_within_invisible_elements_are_kept() {
        let check = |markup: &str, wanted: &str| {
            let markup =
                markup.replace("[-]", "style='visibility:hidden'").replace("[+]", "style='visibility: visible'");
            check(&markup, wanted);
        };
        check("<div [-]>a<p [+]>b</p>c</div>d", "<div><p>b</p></div>d");
        check("<div [-]>a<div>b<b [+]>c <i>d</i></b></div></div>e", "<div><div><b>c <i>d</i></b></div></div>e");
        check("<ul [-]><li>a</li><li [+]>b<li>c</ul>", "<ul><li></li><li>b<li></ul>");
        check("<div [-]>a<font [+]>b</font>c<x-y [+]>d</x-y></div>e", "<div>bd</div>e");
        check("<div [-]>a<b [+]>b<i [-]>c<u [+]>d</u></i></b></div>e", "<div><b>b<i><u>d</u></i></b></div>e");
        check("<div [-]>a<b [-]>b<i [+]>c</i>d</b>e</div>f", "<div><b><i>c</i></b></div>f");
        check("<div [-]>a<section>b<p [+]>c</section>d</div>e", "<div><section><p>c</section></div>e");
        check("<div [-]>a<b [+]>b<span hidden>c</span>d</b></div>e", "<div><b>bd</b></div>e");
        check("<div [-]>a<p>b</p></div>c<p [+]>d", "c<p>d");
        check("<div hidden>a<p [+]>b</p></div>c", "c");
        check("<div [-]>a<p [+]></p></div>", "<div>a<p></p></div>");
        check("<div style='visibility:hidden;display:none'>a<p [+]>b</p></div>c", "c");
        check("a &lt;<div [-]>b &amp; c<p [+]>d &lt; e</p></div>", "a &lt;<div><p>d &lt; e</p></div>");
        assert_eq!(rewrite("<p style='visibility:hidden'>a<b style='visibility:visible'>b</b></p>", None).hidden, 1);
        let many = "<b style='visibility:hidden'>a<i style='visibility:visible'>b</i>".repeat(20_000);
        assert!(rewrite(&many, None).html.len() <= many.len());
    }

    #[test]
    fn buttons_are_removed() {
        check("<button type=button>Copy</button><pre>a</pre>", "<pre>a</pre>");
        check("<pre>a<span class='btn copy-btn'>Copy</span></pre>", "<pre>a</pre>");
        check("<h3><button>a</button></h3>b", "<h3>a</h3>b");
        check("<button aria-expanded=false>a</button>b", "ab");
        check("<button><img src=https://a.example/></button>b", "<img src=\"https://a.example/\">b");
        check(&format!("<button>{}</button>", "a".repeat(300)), &"a".repeat(300));
        check("<button>a", "a");
    }

    #[test]
    fn one_of_two_equivalent_elements_is_kept() {
        check("<span class=sr-only>five</span><span aria-hidden=true>5</span>", "<span>five</span>");
        check("<span aria-hidden=true>5</span> <span class=sr-only>five</span>", "<span>five</span>");
        check("<span aria-hidden=true>5</span>x<span class=sr-only>five</span>", "<span>5</span>x<span>five</span>");
        check("<span aria-hidden=true>a</span><b>b</b>", "<span>a</span><b>b</b>");
    }

    #[test]
    fn checkboxes_of_task_lists_become_characters() {
        check(
            "<ul><li><input type=checkbox checked> a</li><li><p><input type=checkbox>b</ul>",
            "<ul><li>☑ a</li><li><p>☐ b</ul>",
        );
        check("<p><input disabled type=CHECKBOX>a", "<p>☐ a");
        check("<p>a <input type=checkbox> b <input><input type=text disabled>", "<p>a  b ");
        check("<ul><li>a <input type=checkbox></ul>", "<ul><li>a </ul>");
    }

    #[test]
    fn lines_of_code_are_separated() {
        let block = |text: &str| format!("<span style='display:block'>{text}</span>");
        check(
            &format!("<pre><code>{}{}</code></pre>", block("a"), block(" b")),
            "<pre><code><span>a</span><span>\n b</span></code></pre>",
        );
        check(&format!("<pre>a{}b</pre>", block("c")), "<pre>a<span>\nc</span>\nb</pre>");
        check(&format!("<pre>{}\n{}</pre>c", block("a\n"), block("b")), "<pre><span>a\n</span>\n<span>b</span></pre>c");
        check(
            "<pre><span class=line>a</span><span class=line>b</span></pre>",
            "<pre><span>a</span><span>\nb</span></pre>",
        );
        check(
            "<pre><span class=line>a</span>\n<span class=line>b</span></pre>",
            "<pre><span>a</span>\n<span>b</span></pre>",
        );
        check("<p><span style='display:block'>a</span><span class=line>b</span>", "<p><span>a</span><span>b</span>");
    }

    #[test]
    fn many_raised_and_hidden_elements_stay_within_limits() {
        for html in [
            "<sup>a</sup>",
            "<sup>",
            "<span hidden>a</span>",
            "<button>",
            "<pre><span class=line>",
            "<math><mi>a</mi></math>",
        ] {
            let many = html.repeat(100_000);
            assert!(rewrite(&many, None).html.len() <= many.len() + 100, "{html}");
        }
    }
}
