//! Atom texts without a `type`: plain text according to RFC 4287, 3.1.1, but in practice often HTML.

use super::leaf::Leaf;
use super::text::{self, Note, TextMode};
use crate::text::elements;
use crate::text::markup::{Tag, Tokens};

/// A text that begins with a tag counts as HTML if it has at least this many tags.
const TAGS_FROM_THE_BEGINNING: usize = 2;
/// Any other text counts as HTML if it has at least this many tags. With fewer tags it may be a text about a tag.
const TAGS_IN_ITS_MIDST: usize = 4;

/// The mode of an Atom text that does not state its type: plain text, unless it clearly is HTML.
pub(super) fn usual(leaf: &Leaf<'_>, found: &mut Note) -> TextMode {
    if leaf.tag.attribute("type").is_some() || !is_html(leaf.inner) {
        return TextMode::Plain;
    }
    found.at(leaf.inner);
    TextMode::Html
}

fn is_html(inner: &str) -> bool {
    if !inner.contains("&lt;") && !inner.contains("<![CDATA[") && !inner.contains("&#") {
        return false;
    }
    let text = text::plain(inner);
    let tags = || Tokens::new(&text).tags().filter(|tag| elements::is_html(tag.name));
    let enough = if text.starts_with('<') { TAGS_FROM_THE_BEGINNING } else { TAGS_IN_ITS_MIDST };
    tags().take(enough).count() == enough || tags().any(|tag| is_link_or_picture(&tag))
}

/// Whether a tag is a link or an image with an address, which no text shows in angle brackets.
fn is_link_or_picture(tag: &Tag<'_>) -> bool {
    let has = |attribute: &str| tag.attribute(attribute).is_some_and(|value| !value.trim().is_empty());
    (tag.is("a") && has("href")) || (tag.is("img") && has("src"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_without_a_type_is_distinguished_from_text() {
        for inner in [
            "<![CDATA[<p>The <b>boat</b> sails.</p>]]>",
            "&lt;div&gt;a&lt;/div&gt;",
            "Sails &lt;a href=\"https://a.example/\"&gt;daily&lt;/a&gt;",
            "Sails &lt;i&gt;daily&lt;/i&gt;, but &lt;b&gt;not&lt;/b&gt; today",
            "&#60;p&#62;a&#60;/p&#62;",
        ] {
            assert!(is_html(inner), "{inner:?}");
        }
        for inner in [
            "The boat sails.",
            "1 &lt; 2 &amp;amp; 3 &gt; 2",
            "<![CDATA[Vec<String> and Vec<u8>, <stdio.h>]]>",
            "Use &lt;b&gt;bold&lt;/b&gt; for it",
            "&lt;b&gt; is an element",
            "&lt;a&gt; needs an address",
            "",
        ] {
            assert!(!is_html(inner), "{inner:?}");
        }
    }
}
