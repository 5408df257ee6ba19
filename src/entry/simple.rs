//! A fast path for simple content, because most content is a few paragraphs with links and images: writes simple HTML
//! exactly as the sanitiser would, without running an HTML parser. Everything else is left to the sanitiser.
//!
//! The result is safe by itself: it has elements from a short allow-list, and no attributes except the web addresses of
//! links and images, and a few values of images such as their size.

use crate::text::address::begins_as_web;
use crate::text::bytes::ByteSet;
use crate::text::markup::{Tag, Token, Tokens};
use crate::text::references::reference;
use crate::text::xml;

use super::values;

/// The `rel` of all links, which the sanitiser adds, too.
pub(super) const LINK_REL: &str = "noopener noreferrer nofollow ugc";
/// Deepest nesting of elements.
const DEPTH_MAX: usize = 32;

/// The places at which an element may stand without being moved by an HTML parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Stands at the top level, in a block or in a list item, and may contain whatever may stand there.
    Block,
    /// Stands where a block may stand, and contains only list items.
    List,
    /// Stands in a list.
    Item,
    /// Stands where a block may stand, and contains text and formatting.
    Paragraph,
    /// Stands anywhere except in an element of the same name.
    Formatting,
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "article" | "blockquote" | "div" | "figcaption" | "figure" | "section" => Kind::Block,
        "ol" | "ul" => Kind::List,
        "li" => Kind::Item,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" => Kind::Paragraph,
        "a" | "b" | "cite" | "code" | "em" | "i" | "kbd" | "mark" | "s" | "small" | "span" | "strong" | "sub"
        | "sup" | "u" => Kind::Formatting,
        _ => return None,
    })
}

/// Rewrites HTML that [`rewrite`](super::html::rewrite) wrote as the sanitiser would; `None` if the HTML is not simple
/// enough.
pub(super) fn write(html: &str) -> Option<String> {
    // An HTML parser skips a byte-order mark.
    if html.starts_with('\u{feff}') {
        return None;
    }
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut open: Vec<(&str, Kind)> = Vec::new();
    for piece in Tokens::new(html) {
        match piece {
            Token::Text(text) => write_text(text, &mut out)?,
            Token::Tag(tag) if tag.name == "br" && !tag.closing => {
                if tag.attributes().next().is_some() {
                    return None;
                }
                out.push_str("<br>");
            }
            Token::Tag(tag) if tag.name == "img" && !tag.closing => {
                // As all other content, an image stands in the items of a list.
                if open.last().is_some_and(|(_, kind)| *kind == Kind::List) {
                    return None;
                }
                write_image(&tag, &mut out)?;
            }
            Token::Tag(tag) if tag.closing => {
                // Only a parser can correct tags that are not closed in order.
                open.pop().filter(|(name, _)| *name == tag.name)?;
                out.extend(["</", tag.name, ">"]);
            }
            Token::Tag(tag) => {
                let kind = kind(tag.name)?;
                if tag.self_closing || open.len() >= DEPTH_MAX || !may_stand(tag.name, kind, &open) {
                    return None;
                }
                write_start(&tag, &mut out)?;
                open.push((tag.name, kind));
            }
        }
    }
    open.is_empty().then_some(out)
}

fn may_stand(name: &str, kind: Kind, open: &[(&str, Kind)]) -> bool {
    let parent = open.last().map(|(_, kind)| *kind);
    match kind {
        Kind::Block | Kind::List | Kind::Paragraph => matches!(parent, None | Some(Kind::Block | Kind::Item)),
        Kind::Item => parent == Some(Kind::List),
        Kind::Formatting => open.iter().all(|(other, _)| *other != name),
    }
}

fn write_start(tag: &Tag<'_>, out: &mut String) -> Option<()> {
    out.extend(["<", tag.name]);
    let mut attributes = tag.attributes();
    if tag.name == "a" {
        let (attribute, address) = attributes.next()?;
        if attribute != "href" {
            return None;
        }
        write_address("href", &address, out)?;
        out.extend([" rel=\"", LINK_REL, "\""]);
    }
    out.push('>');
    attributes.next().is_none().then_some(())
}

fn write_image(tag: &Tag<'_>, out: &mut String) -> Option<()> {
    let mut written: Vec<&str> = Vec::new();
    out.push_str("<img");
    for (attribute, value) in tag.attributes() {
        // An HTML parser leaves out an attribute that was there before, so the sanitiser must write the tag.
        if written.contains(&attribute) {
            return None;
        }
        written.push(attribute);
        match attribute {
            "src" => write_address("src", &value, out)?,
            "alt" | "height" | "loading" | "title" | "width"
                if is_plain(&value) && values::is_legal("img", attribute, &value) =>
            {
                xml::push_attribute(out, attribute, &value);
            }
            _ => return None,
        }
    }
    out.push('>');
    Some(())
}

/// Writes an attribute with the absolute address of a web page or an image.
fn write_address(attribute: &str, address: &str, out: &mut String) -> Option<()> {
    if !begins_as_web(address)
        || !address.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"'))
    {
        return None;
    }
    xml::push_attribute(out, attribute, address);
    Some(())
}

/// Whether the sanitiser writes the value of an attribute as it is.
fn is_plain(value: &str) -> bool {
    !value.chars().any(|character| matches!(character, '&' | '<' | '>' | '"' | '\u{a0}') || character.is_control())
}

/// Writes text with its references resolved and the necessary characters escaped again.
fn write_text(text: &str, out: &mut String) -> Option<()> {
    let mut rest = text;
    while let Some(at) = MAY_BE_ESCAPED.find(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (written, length) = match rest.as_bytes() {
            [b'&', ..] => ("", write_reference(rest, out)?),
            [b'>', ..] => ("&gt;", 1),
            [0xc2, 0xa0, ..] => ("&nbsp;", 2),
            // Another character that begins with the first byte of the no-break space.
            [0xc2, ..] => (&rest[..2], 2),
            _ => return None,
        };
        out.push_str(written);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Some(())
}

/// The first bytes of the characters that are escaped, and of those that only a parser can judge.
static MAY_BE_ESCAPED: ByteSet<6> = ByteSet::of(*b"&<>\r\0\xc2");

/// Writes the reference, or the bare ampersand, at the start of a text and returns its length. `None` if parsers
/// disagree about its meaning.
fn write_reference(text: &str, out: &mut String) -> Option<usize> {
    let behind = text.as_bytes().get(1);
    if behind.is_none_or(|byte| matches!(byte, b' ' | b'\n' | b'\t')) {
        out.push_str("&amp;");
        return Some(1);
    }
    let (length, meaning) = reference(text, false)?;
    let is_closed = text.as_bytes().get(length - 1) == Some(&b';');
    let ([Some(character), None], true) = (meaning, is_closed) else { return None };
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '\u{a0}' => out.push_str("&nbsp;"),
        ' '..='~' | '\u{a1}'..='\u{d7ff}' | '\u{e000}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' => out.push(character),
        other if other >= '\u{10000}' && xml::is_allowed(other) && u32::from(other) & 0xfffe != 0xfffe => {
            out.push(other)
        }
        _ => return None,
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{html, sanitise};
    use super::*;
    use crate::model::Text;

    #[test]
    fn simple_html_is_written() {
        let check = |html: &str, wanted: &str| assert_eq!(write(html).as_deref(), Some(wanted), "{html:?}");
        check("a &mdash; b &amp; c & d &#8217;", "a — b &amp; c &amp; d ’");
        check("<p>a<br>b</p> <ul><li>c</li></ul>", "<p>a<br>b</p> <ul><li>c</li></ul>");
        let link = "<p><a href=\"https://a.example/?b=1&amp;c=2\">d</a></p>";
        let wanted = format!("<p><a href=\"https://a.example/?b=1&amp;c=2\" rel=\"{LINK_REL}\">d</a></p>");
        check(link, &wanted);
        let image =
            "<figure><img src=\"https://a.example/?b&amp;c\" alt=\"é\" width=\"4\"><figcaption>d</figcaption></figure>";
        check(image, image);
    }

    #[test]
    fn other_html_is_left_to_the_sanitiser() {
        for html in [
            "<p>a",
            "<p>a<p>b</p></p>",
            "<b>a<i>b</b></i>",
            "<a href=\"https://a.example/\"><b><a href=\"https://b.example/\">c</a></b></a>",
            "<b><p>a</p></b>",
            "<li>a</li>",
            "<p title=\"x\">a</p>",
            "<ul><img src=\"https://a.example/\"></ul>",
            "<img src=\"https://a.example/\" alt=\"a &amp; b\">",
            "<img src=\"/a.png\">",
            "<img alt=\"a\" alt=\"b\">",
            "<b><div>a</div></b>",
            "<p><figure>a</figure></p>",
            "<a href=\"javascript:x\">a</a>",
            "<table><tr><td>a</td></tr></table>",
            "<pre>\na</pre>",
            "a &copy b",
            "a &lt b",
            "<script>a</script>",
            "</p>",
        ] {
            assert_eq!(write(html), None, "{html:?}");
        }
    }

    /// All real contents are written as the sanitiser writes them.
    #[test]
    fn real_contents_are_written_as_by_the_sanitiser() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
        if !folder.is_dir() {
            eprintln!("skipped: there is no {}", folder.display());
            return;
        }
        let (mut folders, mut simple, mut all) = (vec![folder], 0, 0);
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).expect("it can be read").flatten().map(|file| file.path()) {
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let body = std::fs::read(&path).expect("it can be read");
                let url = "https://corpus.example/feed";
                let document = crate::read::Document { body: &body, content_type: None, url, max_entries: 5_000 };
                let Ok((feed, _)) = crate::read::read(&document) else { continue };
                for text in feed.items.into_iter().filter_map(|item| item.content) {
                    let (Text::Html(markup) | Text::Unclear(markup)) = text else { continue };
                    let plain = html::rewrite(&markup, None).html;
                    all += 1;
                    let Some(written) = write(&plain) else { continue };
                    simple += 1;
                    assert_eq!(written, sanitise::run_sanitiser(&plain), "{}", path.display());
                }
            }
        }
        eprintln!("{simple} of {all} contents are simple");
        assert!(simple * 10 > all, "{simple} of {all}");
    }

    proptest! {
        /// All HTML that is written here is written as the sanitiser writes it.
        #[test]
        fn the_sanitiser_writes_the_same(parts in prop::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<ul>", "</ul>", "<li>", "</li>", "<blockquote>", "</blockquote>",
            "<h2>", "</h2>", "<br>", "<a href=\"https://a.example/x?y&amp;z\">", "</a>", "<code>", "</code>", " ", "\n", "word",
            "&nbsp;", "\u{a0}", "&amp;lt;", "& ", "&lt;", ">", "&mdash;", "&#39;", "&quot;", "\"", "é", "&#x1F600;", "&notin;",
            "<div>", "</div>", "<figure>", "</figure>", "<figcaption>", "</figcaption>", "<span>", "</span>", "<sup>", "</sup>",
            "<u>", "</u>", "<section>", "</section>", "<cite>", "</cite>", "<article>", "</article>",
            "<kbd>", "</kbd>", "<mark>", "</mark>", "<s>", "</s>", "<small>", "</small>", "<sub>", "</sub>", "<em>", "</em>",
            "<img src=https://a.example/o.png title='a picture'>",
            "<img src=\"https://a.example/i.png?a&amp;b\" alt=\"a picture\" width=\"64\" height=\"48\">", "<img src=https://a.example/j.png>",
            "<img alt='é &amp; &quot;' src=https://a.example/k.png>", "<img alt=a alt=b src=https://a.example/l.png width=100%>",
            "<img src='https://a.example/m.png' loading=lazy>", "<img alt=x>", "<a href=https://a.example/><img src=https://a.example/n.png alt></a>",
            "©", "\u{ad}", "&AMP;", "<!-- c -->", "&#10;", "&#x80;", "\u{feff}", "&#xd800;", "&#xfffe;", "&#0;",
        ]), 0..24)) {
            let html = parts.concat();
            let plain = html::rewrite(&html, None).html;
            if let Some(written) = write(&plain) {
                prop_assert_eq!(written, sanitise::run_sanitiser(&plain), "{:?}", html);
            }
        }
    }
}
