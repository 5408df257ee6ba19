//! Unescapes markup in `<noscript>`. Some pages escape it, so that a script can read it as text and insert it later; a
//! person is not meant to see the escaped form.

use std::borrow::Cow;

use crate::entry::policy::known;
use crate::text::markup::{Tag, Token, Tokens};
use crate::text::references::resolve_references;

/// Elements that contain escaped markup because the text is about markup.
const CODE: &[&str] = &["code", "kbd", "pre", "samp", "textarea", "xmp"];

/// The HTML with escaped markup in its `<noscript>` elements unescaped.
pub(super) fn unescaped(html: &str) -> Cow<'_, str> {
    // This check is fast, and hardly any text contains `<noscript>`.
    if !may_have_noscript(html) {
        return Cow::Borrowed(html);
    }
    let (mut out, mut copied) = (String::new(), 0);
    let (mut is_inside, mut code) = (false, 0_usize);
    let mut pieces = Tokens::new(html);
    while let Some(piece) = pieces.next() {
        match piece {
            Token::Tag(tag) if tag.is("script") && !tag.closing && !tag.self_closing => {
                pieces.skip_past_end_of("script");
            }
            Token::Tag(tag) if tag.is("noscript") => {
                // A `<noscript>` without an end tag is ignored, because it would extend to the end of the text.
                is_inside = !tag.closing && !tag.self_closing && pieces.clone().skip_if_closed("noscript", false);
                code = 0;
            }
            Token::Tag(tag) if is_inside && CODE.iter().any(|name| tag.is(name)) => {
                code = if tag.closing { code.saturating_sub(1) } else { code + 1 };
            }
            Token::Text(text) if is_inside && code == 0 => {
                let Some(markup) = markup_of(text) else { continue };
                let at = text.as_ptr().addr() - html.as_ptr().addr();
                out.push_str(&html[copied..at]);
                out.push_str(&markup);
                copied = at + text.len();
            }
            _ => {}
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[copied..]);
    Cow::Owned(out)
}

/// Whether a text contains a `<noscript>` start tag, in any case.
fn may_have_noscript(html: &str) -> bool {
    const NAME: &[u8] = b"noscript";
    let bytes = html.as_bytes();
    let name_at = |at: usize| bytes.get(at..at + NAME.len());
    memchr::memchr_iter(b'<', bytes).any(|at| name_at(at + 1).is_some_and(|name| name.eq_ignore_ascii_case(NAME)))
}

/// The text with its references resolved, if it is markup then: a tag of it has an attribute with a value, or the text
/// begins and ends with tags and closes an element that it opens. A sentence about elements has neither.
fn markup_of(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('&') {
        return None;
    }
    let markup = resolve_references(text, false);
    let is_enclosed = markup.trim_start().starts_with('<') && markup.trim_end().ends_with('>');
    let is_markup = Tokens::new(&markup).tags().any(|tag| has_value(&tag));
    (is_markup || (is_enclosed && has_element(&markup))).then_some(markup)
}

/// Whether a tag of HTML has an attribute with a value.
fn has_value(tag: &Tag<'_>) -> bool {
    known(tag).is_some() && tag.attributes().any(|(_, value)| !value.trim().is_empty())
}

/// Whether a text contains the start tag and behind it the end tag of an element of HTML.
fn has_element(markup: &str) -> bool {
    // Each name is noted once, so that the list cannot outgrow the list of known elements.
    let mut begun: Vec<&str> = Vec::new();
    Tokens::new(markup).tags().any(|tag| {
        let has_begun = begun.iter().any(|name| tag.is(name));
        if !tag.closing && !has_begun && known(&tag).is_some() {
            begun.push(tag.name);
        }
        tag.closing && has_begun
    })
}

#[cfg(test)]
mod tests {
    use super::super::assert_written;
    use super::*;

    fn check(markup: &str, wanted: &str) {
        assert_written(markup, None, wanted);
    }

    const ONE: &str = "<img src=\"https://a.example/one.jpg\">";
    const ESCAPED: &str = "&lt;img src=&quot;https://a.example/one.jpg&quot;&gt;";

    #[test]
    fn an_escaped_image_becomes_an_image() {
        check(&format!("<p>a</p><noscript>{ESCAPED}</noscript><p>b</p>"), &format!("<p>a</p>{ONE}<p>b</p>"));
        check(&format!("<NOSCRIPT> {ESCAPED}</NOSCRIPT>"), &format!(" {ONE}"));
        check(&format!("<Noscript>{ESCAPED}</nOSCRIPT>"), ONE);
        check(&format!("<nOsCrIpT class=a>{ESCAPED}</noscript>"), ONE);
        check("<noscript>&#60;img src='https://a.example/one.jpg'></noscript>", ONE);
        check(&format!("<noscript><p>{ESCAPED}</p></noscript>"), &format!("<p>{ONE}</p>"));
        check("<noscript>&lt;img src=&quot;data:,&quot;&gt;</noscript>a", "a");
        check("<noscript>&lt;script>alert(1)&lt;/script>&lt;p onclick=x>a</noscript>", "<p>a");
    }

    #[test]
    fn an_escaped_element_becomes_an_element() {
        check("<noscript>&lt;p&gt;a &lt;b&gt;b&lt;/b&gt;&lt;/p&gt;</noscript>", "<p>a <b>b</b></p>");
        check("<noscript> &lt;P&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/P&gt; </noscript>", " <p>a</p><p>b</p> ");
    }

    #[test]
    fn markup_that_is_not_escaped_stays_as_it_is() {
        let late = "<img class=lazy src='data:image/svg+xml,x' data-src=https://a.example/one.jpg>";
        check(&format!("{late}<noscript>{ONE}</noscript>"), ONE);
        check(&format!("<noscript>{ONE}</noscript>{late}"), ONE);
        check(&format!("<p>a{late}<NOSCRIPT>{ONE}</NOSCRIPT></p><p>b"), &format!("<p>a{ONE}</p><p>b"));
        check(&format!("<p>a<noscript>{ONE}</noscript></p>"), &format!("<p>a{ONE}</p>"));
        check(&format!("{late}<noscript>{ONE}<p>a"), &format!("{ONE}<p>a"));
        check("<noscript>Please enable scripts.</noscript>a", "Please enable scripts.a");
        check(&format!("<noscript><p>a</p>{ONE}<b>b</b></noscript>c"), &format!("<p>a</p>{ONE}<b>b</b>c"));
    }

    #[test]
    fn the_element_is_found_in_any_case() {
        for (html, expected) in [
            ("<noscript>", true),
            ("a < b <NoSCRIPT", true),
            ("<<Noscript class=a>", true),
            ("noscript", false),
            ("<noscrip", false),
            ("<no script>", false),
            ("<\u{e9}noscript", false),
            ("<", false),
            ("", false),
        ] {
            assert_eq!(may_have_noscript(html), expected, "{html}");
        }
    }

    #[test]
    fn an_image_and_its_escaped_twin_become_one_image() {
        let late = "<img class=lazy src='data:image/svg+xml,x' data-src=https://a.example/one.jpg>";
        check(&format!("{late}<noscript>{ESCAPED}</noscript>"), ONE);
        check(&format!("<noscript>{ESCAPED}</noscript>{late}"), ONE);
        check(&format!("<img src='data:image/svg+xml,x'><noscript>{ESCAPED}</noscript>a"), &format!("{ONE}a"));
        let frame = "&lt;iframe src=&quot;https://a.example/v&quot;&gt;&lt;/iframe&gt;";
        check(
            &format!("<iframe data-src=https://a.example/v></iframe><noscript>{frame}</noscript>"),
            " <a href=\"https://a.example/v\">https://a.example/v</a> ",
        );
    }

    #[test]
    fn escaped_markup_that_a_text_is_about_stays_text() {
        check("<noscript>a &amp; b</noscript>", "a &amp; b");
        check("<noscript>No &lt;canvas&gt; here, but &lt;p&gt;</noscript>", "No &lt;canvas&gt; here, but &lt;p&gt;");
        let written = "&lt;p&gt; is the paragraph element";
        check(&format!("<noscript>{written}</noscript>"), written);
        check(
            &format!("<noscript>{written}, &lt;/p&gt; ends it</noscript>"),
            &format!("{written}, &lt;/p&gt; ends it"),
        );
        check("<noscript>The &lt;video controls&gt; element</noscript>", "The &lt;video controls&gt; element");
        check("<noscript>&lt;br&gt;</noscript>", "&lt;br&gt;");
        check(&format!("<noscript><pre>{ESCAPED}</pre></noscript>"), &format!("<pre>{ESCAPED}</pre>"));
        check(&format!("<noscript>a</noscript>{ESCAPED}"), &format!("a{ESCAPED}"));
        check(&format!("<noscript>{ESCAPED}"), ESCAPED);
        check(&format!("<script>'<noscript>'</script>{ESCAPED}"), ESCAPED);
        let many = format!("<noscript>{ESCAPED}").repeat(1_000);
        assert_eq!(unescaped(&many), many);
    }
}
