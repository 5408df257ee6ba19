//! The elements of HTML by name: distinguishes tags from other words in angle brackets, and says how each element
//! affects the text around it.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// Longest name that is looked up, in bytes.
pub(crate) const NAME_MAX_BYTES: usize = 16;

/// The element is part of a line of text.
const INLINE: u8 = 0;
/// The element begins and ends a line of text, so that its tags separate words.
pub(crate) const LINE: u8 = 1;
/// The element's start tag ends an `<svg>` that was not closed (HTML, 13.2.6.5).
pub(crate) const ENDS_SVG: u8 = 1 << 1;
/// The element's content is not text, because feed readers do not show it, or because browsers show another document in
/// its place.
pub(crate) const LEFT_OUT: u8 = 1 << 2;
/// The element is left out and may contain an element of the same name.
pub(crate) const NESTS: u8 = 1 << 3;
/// The element extends to the end of the text if it is not closed, because its content is code and not meant for
/// people.
pub(crate) const ENDLESS: u8 = 1 << 4;
/// The element belongs to MathML, not to HTML.
const FOREIGN: u8 = 1 << 5;

/// The elements of the HTML standard and of its predecessors, and the elements of MathML that are left out, by how they
/// affect the text around them.
const ELEMENTS: [(u8, &str); 8] = [
    (
        INLINE,
        "a abbr acronym area audio base basefont bdi bdo bgsound blink body button canvas cite col colgroup \
         data datalist del dfn dialog dir embed fieldset font form frame frameset head hgroup html image \
         input ins isindex kbd keygen label legend link listing map mark marquee math menu menuitem meta \
         meter nobr noscript object optgroup option output param picture plaintext progress q rb rp rt rtc \
         samp search slot source svg tbody tfoot thead time track video wbr",
    ),
    (LINE, "address article aside caption details figcaption figure footer header main nav section summary td th tr"),
    (LINE | ENDS_SVG, "blockquote br center dd div dl dt h1 h2 h3 h4 h5 h6 hr img li ol p pre table ul"),
    (ENDS_SVG, "b big code em i ruby s small span strike strong sub sup tt u var"),
    (LEFT_OUT, "iframe noembed noframes select textarea title xmp"),
    (LEFT_OUT | NESTS, "applet template"),
    (LEFT_OUT | ENDLESS, "script style"),
    (FOREIGN | LEFT_OUT | NESTS, "annotation annotation-xml"),
];

static BY_NAME: LazyLock<HashMap<&str, Element, RandomState>> = LazyLock::new(|| {
    let named = |traits: u8| move |name: &'static str| (name, Element { name, traits });
    ELEMENTS.into_iter().flat_map(|(traits, names)| names.split(' ').map(named(traits))).collect()
});

/// How an element affects the text around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element {
    pub(crate) name: &'static str,
    traits: u8,
}

impl Element {
    pub(crate) fn named(name: &str) -> Option<Element> {
        let mut buffer = [0; NAME_MAX_BYTES];
        BY_NAME.get(lower_case(name, &mut buffer)?).copied()
    }

    /// Whether the element has a trait, such as [`LINE`].
    pub(crate) fn is(self, wanted: u8) -> bool {
        self.traits & wanted != 0
    }
}

/// The names of the elements whose content is left out of the text.
pub(crate) fn left_out() -> impl Iterator<Item = &'static str> {
    BY_NAME.values().filter(|element| element.is(LEFT_OUT)).map(|element| element.name)
}

/// Whether HTML has an element of this name.
pub(crate) fn is_html(name: &str) -> bool {
    Element::named(name).is_some_and(|element| !element.is(FOREIGN))
}

/// Whether an element begins and ends a line of text.
pub(crate) fn is_line(name: &str) -> bool {
    Element::named(name).is_some_and(|element| element.is(LINE))
}

/// The name of an element or of a property of style in lower case; `None` if it is longer than all known names.
pub(crate) fn lower_case<'b>(name: &str, buffer: &'b mut [u8; NAME_MAX_BYTES]) -> Option<&'b str> {
    let lower = buffer.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_names() {
        let listed = ELEMENTS.iter().flat_map(|(_, names)| names.split(' '));
        assert_eq!(listed.count(), BY_NAME.len(), "each element is listed once");
        assert!(BY_NAME.keys().all(|name| name.len() <= NAME_MAX_BYTES));
        for name in ["p", "BR", "Blockquote", "figcaption", "h1", "noscript"] {
            assert!(is_html(name), "{name}");
        }
        for name in
            ["", "string", "changelog", "stdio.h", "https:", "jane@e.example", "T", "blockquotes", "o:p", "annotation"]
        {
            assert!(!is_html(name), "{name}");
        }
    }
}
