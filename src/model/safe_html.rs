//! HTML that is safe in a reader that shows it raw.

use std::fmt;
use std::ops::Deref;

use crate::text::xml::{escape, sound};

/// Sanitised HTML: elements, attributes and addresses of the policy in [`crate::entry`] alone, and no character that XML
/// forbids. Only that room makes it of other HTML, so code that has it may write it without checking it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// What the sanitiser has written: for [`crate::entry`] alone.
    pub(crate) fn sanitised(html: String) -> SafeHtml {
        SafeHtml(html)
    }

    /// What was stored, which was sanitised before it was stored: for [`crate::store`] alone.
    pub(crate) fn stored(html: String) -> SafeHtml {
        SafeHtml(html)
    }

    /// Plain text as paragraphs.
    pub fn of_paragraphs(paragraphs: &[&str]) -> SafeHtml {
        SafeHtml(paragraphs.iter().map(|text| format!("<p>{}</p>", escape(&sound(text)))).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for SafeHtml {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<SafeHtml> for String {
    fn from(html: SafeHtml) -> String {
        html.0
    }
}

impl PartialEq<&str> for SafeHtml {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}
