//! The appearance that a tag states, as far as the meaning of the text depends on it. Styles and most classes
//! themselves are not kept.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use crate::text::elements::{NAME_MAX_BYTES, lower_case};
use crate::text::markup::Tag;
use crate::text::xml;

use super::html;

/// Longest class that is kept, in bytes.
const CLASS_MAX_BYTES: usize = 40;
/// Most classes that are kept of one element.
const CLASSES_MAX: usize = 4;

/// The horizontal alignments of a table cell's content.
pub(super) const ALIGNS: &[&str] = &["left", "center", "right", "justify"];
/// The vertical alignments of a table cell's content.
pub(super) const VERTICAL_ALIGNS: &[&str] = &["top", "middle", "bottom", "baseline"];
/// The directions of text.
pub(super) const DIRECTIONS: &[&str] = &["ltr", "rtl", "auto"];
/// The beginnings of classes that align a table cell.
const ALIGNING: &[&str] = &["has-text-align-", "halign-", "org-", "text-"];
/// The values of `display` that put an element on lines of its own.
const BLOCKS: &[&str] = &["block", "flex", "grid", "list-item", "table", "table-row"];
/// Classes of task lists and their items.
const TASKS: &[&str] = &["contains-task-list", "task-list", "task-list-item"];

/// The roles that classes give their elements.
static ROLES: LazyLock<HashMap<&str, Role, RandomState>> = LazyLock::new(|| {
    let spoken = "a-offscreen assistive-text katex-mathml MJX_Assistive_MathML screen-reader-only screen-reader-text \
        sr-only visually-hidden visuallyhidden";
    let drawn = "MathJax MathJax_CHTML MathJax_Display MathJax_Preview MathJax_SVG MathJax_SVG_Display MJXc-display \
        mjx-chtml";
    let copying = "btn-clipboard btn-copy code-copy copy-btn copy-button copy-code copy-code-button \
        copy-to-clipboard-button copybtn";
    let lists = [(spoken, Role::Twin(Twin::Spoken)), (drawn, Role::Twin(Twin::Drawn)), (copying, Role::Copying)];
    lists.into_iter().flat_map(|(classes, role)| classes.split(' ').map(move |class| (class, role))).collect()
});

/// The role of an element by its class: one of two twins, or a button that copies code.
#[derive(Debug, Clone, Copy)]
enum Role {
    Twin(Twin),
    Copying,
}

/// The role of one of two adjacent elements with the same content, of which a person perceives one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Twin {
    /// Only screen readers read the element.
    Spoken,
    /// Screen readers skip the element (`aria-hidden`).
    Seen,
    /// The element is the rendered form of a formula whose source follows.
    Drawn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Display {
    #[default]
    AsUsual,
    None,
    Block,
}

/// The appearance of an element.
#[derive(Debug, Default)]
pub(super) struct Looks {
    display: Display,
    /// An attribute or class other than `style` hides the element.
    pub(super) hides: bool,
    has_no_height: bool,
    is_clipped: bool,
    /// The element is invisible but takes up space (`visibility`).
    leaves_place_empty: bool,
    /// The element is visible even within an invisible element, because its own `visibility` replaces the inherited one
    /// (CSS 2.2, 11.2).
    pub(super) is_shown_again: bool,
    /// The element is animated, so a script may show it when a person scrolls to it.
    is_animated: bool,
    /// The element has a class for lines of code.
    pub(super) is_called_line: bool,
    /// The element is a button that copies code.
    pub(super) is_copying: bool,
    /// A link of the text leads to the element, which therefore is content even if it is hidden.
    pub(super) is_linked: bool,
    /// The element opens and closes another element, and therefore acts as a heading.
    pub(super) is_opener: bool,
    pub(super) twin: Option<Twin>,
    align: Option<&'static str>,
    vertical_align: Option<&'static str>,
    /// The alignment by a class. Attributes and styles take precedence.
    class_align: Option<&'static str>,
    has_direction: bool,
    direction: Option<&'static str>,
    classes: String,
    id: Option<String>,
    name: Option<String>,
}

impl Looks {
    pub(super) fn of(tag: &Tag<'_>) -> Looks {
        let mut looks = Looks::default();
        for (attribute, value) in tag.attributes().take(html::ATTRIBUTES_MAX) {
            looks.note(&attribute.to_ascii_lowercase(), &value);
        }
        looks
    }

    /// Takes the appearance from an attribute, whose name is in lower case. Returns whether [`write`](Self::write)
    /// writes this attribute.
    pub(super) fn note(&mut self, attribute: &str, value: &str) -> bool {
        match attribute {
            // `until-found` hides content that a search in the page may find, so the content is kept.
            "hidden" => self.hides |= !value.eq_ignore_ascii_case("until-found"),
            "style" => value.split(';').for_each(|declaration| self.note_style(declaration)),
            "class" => value.split_ascii_whitespace().for_each(|class| self.note_class(class)),
            "aria-hidden" if value.eq_ignore_ascii_case("true") => self.twin = self.twin.or(Some(Twin::Seen)),
            "aria-controls" | "aria-expanded" => self.is_opener = true,
            "align" | "data-align" => self.align = self.align.or(one_of(ALIGNS, value)),
            "valign" => self.vertical_align = self.vertical_align.or(one_of(VERTICAL_ALIGNS, value)),
            "id" if self.id.is_none() => self.id = Some(value.to_owned()),
            "name" if self.name.is_none() => self.name = Some(value.to_owned()),
            "dir" => {
                self.has_direction |= one_of(DIRECTIONS, value).is_some();
                return false;
            }
            _ => {}
        }
        matches!(attribute, "align" | "class" | "id" | "name" | "valign")
    }

    fn note_style(&mut self, declaration: &str) {
        let Some((property, value)) = declaration.split_once(':') else { return };
        let value = value.split(['!', ' ']).map(str::trim).find(|word| !word.is_empty()).unwrap_or_default();
        let says = |word: &str| value.eq_ignore_ascii_case(word);
        let mut buffer = [0; NAME_MAX_BYTES];
        match lower_case(property.trim(), &mut buffer).unwrap_or_default() {
            "display" if says("none") => self.display = Display::None,
            "display" if BLOCKS.iter().any(|block| says(block)) => self.display = Display::Block,
            "display" => self.display = Display::AsUsual,
            // A `height` of 0 does not hide, because pages use it to give videos their aspect ratio.
            "max-height" => self.has_no_height |= matches!(value, "0" | "0px"),
            "visibility" => {
                self.leaves_place_empty = says("hidden") || says("collapse");
                self.is_shown_again = says("visible");
            }
            "animation" | "animation-name" | "transition" => self.is_animated = true,
            "overflow" => self.is_clipped |= says("hidden"),
            "text-align" => self.align = one_of(ALIGNS, value).or(self.align),
            "vertical-align" => self.vertical_align = one_of(VERTICAL_ALIGNS, value).or(self.vertical_align),
            "direction" => self.direction = one_of(&["ltr", "rtl"], value),
            _ => {}
        }
    }

    fn note_class(&mut self, class: &str) {
        self.hides |= class == "preheader";
        self.is_opener |= class.contains("accordion");
        self.is_called_line |= class == "line" || ["-line", "_line"].iter().any(|end| class.ends_with(end));
        match ROLES.get(class) {
            Some(Role::Twin(twin)) => self.twin = Some(*twin),
            Some(Role::Copying) => self.is_copying = true,
            None => {}
        }
        let side = ALIGNING.iter().find_map(|start| class.strip_prefix(start));
        let side = side.and_then(|side| one_of(&["center", "right"], side));
        self.class_align = self.class_align.or(side);
        if is_kept_class(class) && self.classes.split(' ').count() < CLASSES_MAX {
            if !self.classes.is_empty() {
                self.classes.push(' ');
            }
            self.classes.push_str(class);
        }
    }

    /// Whether the element is hidden on its page.
    pub(super) fn is_hidden(&self) -> bool {
        self.hides || self.display == Display::None || (self.has_no_height && self.is_clipped)
    }

    /// Whether the element is invisible but takes up space. An animated element does not count, because it appears
    /// later.
    pub(super) fn is_invisible(&self) -> bool {
        self.leaves_place_empty && !self.is_animated
    }

    /// Whether the element's style puts it on lines of its own.
    pub(super) fn is_block(&self) -> bool {
        self.display == Display::Block
    }

    /// The id that links may lead to: `id`, or `name` of an `<a>`.
    pub(super) fn id(&self, element: &str) -> Option<&str> {
        self.id.as_deref().or_else(|| self.name.as_deref().filter(|_| element == "a"))
    }

    /// Writes the appearance as attributes, behind all others and in a fixed order, so that rewriting the result does
    /// not change it.
    pub(super) fn write(&self, element: &str, id: Option<&str>, out: &mut String) {
        let direction = self.direction.filter(|_| !self.has_direction);
        let classes = Some(self.classes.as_str()).filter(|classes| !classes.is_empty());
        let is_cell = matches!(element, "tbody" | "td" | "tfoot" | "th" | "thead" | "tr");
        let align = self.align.or(self.class_align).filter(|_| is_cell);
        let vertical = self.vertical_align.filter(|_| is_cell);
        for (name, value) in
            [("dir", direction), ("class", classes), ("id", id), ("align", align), ("valign", vertical)]
        {
            if let Some(value) = value {
                let _ = write!(out, " {name}=\"{}\"", xml::escape(value));
            }
        }
    }
}

/// The word of a list that equals a written word in any case.
pub(super) fn one_of(words: &'static [&'static str], written: &str) -> Option<&'static str> {
    words.iter().find(|word| word.eq_ignore_ascii_case(written.trim())).copied()
}

/// Whether a class is kept: classes for the language of code, footnotes and task lists. They are harmless, because
/// readers only use them for these purposes.
pub(super) fn is_kept_class(class: &str) -> bool {
    let is_sound = |letters: &str| {
        !letters.is_empty()
            && letters
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'#' | b'.'))
    };
    let language = class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"));
    let footnote = class.strip_prefix("footnote");
    class.len() <= CLASS_MAX_BYTES
        && (TASKS.contains(&class)
            || language.is_some_and(is_sound)
            || footnote.is_some_and(|rest| rest.is_empty() || is_sound(rest)))
}

/// Whether a tag may state an appearance that hides its element. This check is cheaper than reading the attributes.
pub(super) fn may_matter(tag: &Tag<'_>) -> bool {
    tag.holds("hidden") || tag.holds("none") || tag.holds("preheader") || tag.holds("copy") || tag.holds("overflow")
}

/// Whether a checkbox is checked; `None` if the tag is not a checkbox.
pub(super) fn box_of(tag: &Tag<'_>) -> Option<bool> {
    let is_box = |kind: &Cow<'_, str>| kind.eq_ignore_ascii_case("checkbox");
    tag.attribute("type").filter(is_box).map(|_| tag.attribute("checked").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markup::{Token, Tokens};

    fn looks(tag: &str) -> Looks {
        match Tokens::new(tag).next() {
            Some(Token::Tag(tag)) => Looks::of(&tag),
            other => panic!("{tag:?} is {other:?}"),
        }
    }

    #[test]
    fn hidden_elements_are_recognised() {
        let check = |tag: &str, wanted: bool| assert_eq!(looks(tag).is_hidden(), wanted, "{tag}");
        check("<p hidden>", true);
        check("<p HIDDEN=''>", true);
        check("<p style='color:red; DISPLAY : none !important'>", true);
        check("<p style='max-height:0;overflow:hidden'>", true);
        check("<p class='x preheader'>", true);
        check("<p hidden=until-found>", false);
        check("<p style='display:none;display:block'>", false);
        check("<p style='overflow:hidden;height:0;padding-bottom:56%'>", false);
        check("<p style='max-height:0.5em;overflow:hidden'>", false);
        check("<p style='opacity:0' aria-hidden=true class=sr-only>", false);
    }

    #[test]
    fn the_appearance_is_written_as_attributes() {
        let check = |tag: &str, element: &str, wanted: &str| {
            let mut out = String::new();
            looks(tag).write(element, None, &mut out);
            assert_eq!(out, wanted, "{tag}");
        };
        check("<td align=RIGHT valign=top>", "td", " align=\"right\" valign=\"top\"");
        check("<td style='text-align: center; vertical-align: bottom'>", "td", " align=\"center\" valign=\"bottom\"");
        check("<td align=left style=text-align:right>", "td", " align=\"right\"");
        check("<td class=has-text-align-right data-align=center>", "td", " align=\"center\"");
        check("<th class='org-right'>", "th", " align=\"right\"");
        check("<td class='org-left' align=x>", "td", "");
        check("<p align=center>", "p", "");
        check("<p style=direction:rtl>", "p", " dir=\"rtl\"");
        check("<p dir=ltr style=direction:rtl>", "p", "");
        check("<code class='hljs language-c++ x'>", "code", " class=\"language-c++\"");
        check("<code class='language- language-a\"b lang-js footnotes'>", "code", " class=\"lang-js footnotes\"");
        check("<li class='task-list-item open'>", "li", " class=\"task-list-item\"");
    }

    #[test]
    fn few_classes_are_kept() {
        for class in ["language-rust", "lang-c#", "footnote", "footnote-ref", "footnotes", "task-list"] {
            assert!(is_kept_class(class), "{class}");
        }
        for class in ["language", "language-", "lang", "footnote ref", "x-footnote", "task", "button", ""] {
            assert!(!is_kept_class(class), "{class}");
        }
    }
}
