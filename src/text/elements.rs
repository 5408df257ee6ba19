//! The elements of HTML by name: distinguishes tags from other words in angle brackets, and says how each element
//! affects the text around it.

/// Longest element name that is looked up, in bytes.
pub(crate) const NAME_MAX_BYTES: usize = 16;

/// The element is part of a line of text.
const INLINE: u8 = 0;
/// The element begins and ends a line of text, so that its tags separate words.
const LINE: u8 = 1;
/// The element's start tag ends an `<svg>` that was not closed (HTML, 13.2.6.5).
const ENDS_SVG: u8 = 1 << 1;
/// The element's content is not text, because feed readers do not show it, or because browsers show another document in
/// its place.
const LEFT_OUT: u8 = 1 << 2;
/// The element is left out and may contain an element of the same name.
const NESTS: u8 = 1 << 3;
/// The element extends to the end of the text if it is not closed, because its content is code and not meant for
/// people.
const ENDLESS: u8 = 1 << 4;
/// The element belongs to MathML, not to HTML.
const FOREIGN: u8 = 1 << 5;

/// The elements of the HTML standard and of its predecessors, and the elements of MathML that are left out, sorted by
/// name.
static ELEMENTS: [(&str, u8); 143] = [
    ("a", INLINE),
    ("abbr", INLINE),
    ("acronym", INLINE),
    ("address", LINE),
    ("annotation", FOREIGN | LEFT_OUT | NESTS),
    ("annotation-xml", FOREIGN | LEFT_OUT | NESTS),
    ("applet", LEFT_OUT | NESTS),
    ("area", INLINE),
    ("article", LINE),
    ("aside", LINE),
    ("audio", INLINE),
    ("b", ENDS_SVG),
    ("base", INLINE),
    ("basefont", INLINE),
    ("bdi", INLINE),
    ("bdo", INLINE),
    ("bgsound", INLINE),
    ("big", ENDS_SVG),
    ("blink", INLINE),
    ("blockquote", LINE | ENDS_SVG),
    ("body", INLINE),
    ("br", LINE | ENDS_SVG),
    ("button", INLINE),
    ("canvas", INLINE),
    ("caption", LINE),
    ("center", LINE | ENDS_SVG),
    ("cite", INLINE),
    ("code", ENDS_SVG),
    ("col", INLINE),
    ("colgroup", INLINE),
    ("data", INLINE),
    ("datalist", INLINE),
    ("dd", LINE | ENDS_SVG),
    ("del", INLINE),
    ("details", LINE),
    ("dfn", INLINE),
    ("dialog", INLINE),
    ("dir", INLINE),
    ("div", LINE | ENDS_SVG),
    ("dl", LINE | ENDS_SVG),
    ("dt", LINE | ENDS_SVG),
    ("em", ENDS_SVG),
    ("embed", INLINE),
    ("fieldset", INLINE),
    ("figcaption", LINE),
    ("figure", LINE),
    ("font", INLINE),
    ("footer", LINE),
    ("form", INLINE),
    ("frame", INLINE),
    ("frameset", INLINE),
    ("h1", LINE | ENDS_SVG),
    ("h2", LINE | ENDS_SVG),
    ("h3", LINE | ENDS_SVG),
    ("h4", LINE | ENDS_SVG),
    ("h5", LINE | ENDS_SVG),
    ("h6", LINE | ENDS_SVG),
    ("head", INLINE),
    ("header", LINE),
    ("hgroup", INLINE),
    ("hr", LINE | ENDS_SVG),
    ("html", INLINE),
    ("i", ENDS_SVG),
    ("iframe", LEFT_OUT),
    ("image", INLINE),
    ("img", LINE | ENDS_SVG),
    ("input", INLINE),
    ("ins", INLINE),
    ("isindex", INLINE),
    ("kbd", INLINE),
    ("keygen", INLINE),
    ("label", INLINE),
    ("legend", INLINE),
    ("li", LINE | ENDS_SVG),
    ("link", INLINE),
    ("listing", INLINE),
    ("main", LINE),
    ("map", INLINE),
    ("mark", INLINE),
    ("marquee", INLINE),
    ("math", INLINE),
    ("menu", INLINE),
    ("menuitem", INLINE),
    ("meta", INLINE),
    ("meter", INLINE),
    ("nav", LINE),
    ("nobr", INLINE),
    ("noembed", LEFT_OUT),
    ("noframes", LEFT_OUT),
    ("noscript", INLINE),
    ("object", INLINE),
    ("ol", LINE | ENDS_SVG),
    ("optgroup", INLINE),
    ("option", INLINE),
    ("output", INLINE),
    ("p", LINE | ENDS_SVG),
    ("param", INLINE),
    ("picture", INLINE),
    ("plaintext", INLINE),
    ("pre", LINE | ENDS_SVG),
    ("progress", INLINE),
    ("q", INLINE),
    ("rb", INLINE),
    ("rp", INLINE),
    ("rt", INLINE),
    ("rtc", INLINE),
    ("ruby", ENDS_SVG),
    ("s", ENDS_SVG),
    ("samp", INLINE),
    ("script", LEFT_OUT | ENDLESS),
    ("search", INLINE),
    ("section", LINE),
    ("select", LEFT_OUT),
    ("slot", INLINE),
    ("small", ENDS_SVG),
    ("source", INLINE),
    ("span", ENDS_SVG),
    ("strike", ENDS_SVG),
    ("strong", ENDS_SVG),
    ("style", LEFT_OUT | ENDLESS),
    ("sub", ENDS_SVG),
    ("summary", LINE),
    ("sup", ENDS_SVG),
    ("svg", INLINE),
    ("table", LINE | ENDS_SVG),
    ("tbody", INLINE),
    ("td", LINE),
    ("template", LEFT_OUT | NESTS),
    ("textarea", LEFT_OUT),
    ("tfoot", INLINE),
    ("th", LINE),
    ("thead", INLINE),
    ("time", INLINE),
    ("title", LEFT_OUT),
    ("tr", LINE),
    ("track", INLINE),
    ("tt", ENDS_SVG),
    ("u", ENDS_SVG),
    ("ul", LINE | ENDS_SVG),
    ("var", ENDS_SVG),
    ("video", INLINE),
    ("wbr", INLINE),
    ("xmp", LEFT_OUT),
];

/// How an element affects the text around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element {
    pub(crate) name: &'static str,
    traits: u8,
}

impl Element {
    pub(crate) fn named(name: &str) -> Option<Element> {
        let mut buffer = [0; NAME_MAX_BYTES];
        let name = lower_case(name, &mut buffer)?;
        let at = ELEMENTS.binary_search_by(|(element, _)| (*element).cmp(name)).ok()?;
        let (name, traits) = ELEMENTS[at];
        Some(Element { name, traits })
    }

    /// Whether the element begins and ends a line of text.
    pub(crate) fn is_line(self) -> bool {
        self.traits & LINE != 0
    }

    /// Whether the element's start tag ends an `<svg>` that was not closed.
    pub(crate) fn ends_svg(self) -> bool {
        self.traits & ENDS_SVG != 0
    }

    /// Whether the element's content is left out of the text.
    pub(crate) fn is_left_out(self) -> bool {
        self.traits & LEFT_OUT != 0
    }

    /// Whether the element is left out and may contain an element of the same name.
    pub(crate) fn nests(self) -> bool {
        self.traits & NESTS != 0
    }

    /// Whether the element extends to the end of the text if it is not closed.
    pub(crate) fn is_endless(self) -> bool {
        self.traits & ENDLESS != 0
    }
}

/// The names of the elements whose content is left out of the text.
pub(crate) fn left_out() -> impl Iterator<Item = &'static str> {
    ELEMENTS.iter().filter(|(_, traits)| traits & LEFT_OUT != 0).map(|(name, _)| *name)
}

/// Whether HTML has an element of this name.
pub(crate) fn is_html(name: &str) -> bool {
    Element::named(name).is_some_and(|element| element.traits & FOREIGN == 0)
}

/// Whether an element begins and ends a line of text.
pub(crate) fn is_line(name: &str) -> bool {
    Element::named(name).is_some_and(Element::is_line)
}

/// An element's name in lower case; `None` if it is longer than the names of all known elements.
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
        assert!(ELEMENTS.is_sorted_by_key(|(name, _)| *name));
        assert!(ELEMENTS.iter().all(|(name, _)| name.len() <= NAME_MAX_BYTES));
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
