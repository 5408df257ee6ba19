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

    /// Plain texts as paragraphs. Commands stand between backticks and become code; a backtick without its partner stays as it is.
    pub fn of_paragraphs(paragraphs: &[&str]) -> SafeHtml {
        let mut out = String::new();
        for text in paragraphs {
            out.push_str("<p>");
            let mut rest = *text;
            while let Some((before, (code, after))) =
                rest.split_once('`').and_then(|(before, rest)| Some((before, rest.split_once('`')?)))
            {
                out.push_str(&escape(&sound(before)));
                out.push_str("<code>");
                out.push_str(&escape(&sound(code)));
                out.push_str("</code>");
                rest = after;
            }
            out.push_str(&escape(&sound(rest)));
            out.push_str("</p>");
        }
        SafeHtml(out)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_paragraphs_commands_are_code_and_everything_is_escaped() {
        for (paragraphs, expected) in [
            (
                vec!["a <b> & c", "`x y` or `z`."],
                "<p>a &lt;b&gt; &amp; c</p><p><code>x y</code> or <code>z</code>.</p>",
            ),
            (vec!["a", "an `error\0 alone", "b"], "<p>a</p><p>an `error alone</p><p>b</p>"),
            (vec!["", "`<script>`"], "<p></p><p><code>&lt;script&gt;</code></p>"),
            (vec![], ""),
        ] {
            assert_eq!(SafeHtml::of_paragraphs(&paragraphs).as_str(), expected);
        }
    }
}
