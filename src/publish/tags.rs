//! Writes XML elements, for the formats that no library writes.

use quick_xml::escape::escape;

use super::xml::safe_as_html;

/// The XML declaration of every document.
pub(super) const DECLARATION: &[u8] = b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// The XML written so far. Values are escaped here; names are constants, and characters that XML forbids were removed before.
#[derive(Debug, Default)]
pub(super) struct Tags(Vec<u8>);

impl Tags {
    /// Begins a document with the XML declaration.
    pub(super) fn document() -> Tags {
        Tags(DECLARATION.to_vec())
    }

    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.0.push(b'>');
    }

    pub(super) fn close(&mut self, name: &str) {
        self.0.extend_from_slice(b"</");
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(b'>');
    }

    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.0.extend_from_slice(b"/>");
    }

    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.text_with(name, &[], text);
    }

    /// Writes an element with a text, if there is a text.
    pub(super) fn text_if(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    /// Writes an element with `true` or `false`, if either is stated.
    pub(super) fn flag(&mut self, name: &str, is_so: Option<bool>) {
        self.text_if(name, is_so.map(|is_so| if is_so { "true" } else { "false" }));
    }

    pub(super) fn text_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.0.extend_from_slice(escape(text).as_bytes());
        self.close(name);
    }

    /// Writes plain text that some readers treat as HTML. Text that looks like markup is escaped twice. `&` and `<` are written
    /// as the RSS profile recommends for titles, because more readers decode that form correctly.
    pub(super) fn title(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        let text = safe_as_html(text);
        let text = text.replace('&', "&#x26;").replace('<', "&#x3C;").replace('>', "&#x3E;");
        self.0.extend_from_slice(text.as_bytes());
        self.close(name);
    }

    pub(super) fn line(&mut self) {
        self.0.push(b'\n');
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push(b'<');
        self.0.extend_from_slice(name.as_bytes());
        for (key, value) in attributes {
            for part in [" ", key, "=\"", &escape(*value), "\""] {
                self.0.extend_from_slice(part.as_bytes());
            }
        }
    }
}

/// The attributes that have a value.
pub(super) fn given<'a>(attributes: &[(&'a str, Option<&'a str>)]) -> Vec<(&'a str, &'a str)> {
    attributes.iter().filter_map(|(name, value)| Some((*name, (*value)?))).collect()
}
