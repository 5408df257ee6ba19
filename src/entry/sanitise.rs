//! Sanitises HTML, so that it is safe even in a reader that shows it unchanged. The sanitiser (ammonia) enforces the
//! allow-lists of elements, attributes and values.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use url::Url;

use crate::text::address::begins_as_web;
use crate::text::markup::{Token, Tokens};
use crate::text::xml;

use super::{footnotes, html, inline, looks, policy, simple, srcset, urls, values};

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut sanitiser = Builder::empty();
    let attributes: HashMap<&str, HashSet<&str>> = policy::kept_elements()
        .map(|element| (element, policy::attributes_of(element).iter().copied().collect()))
        .collect();
    sanitiser
        .tags(policy::kept_elements().collect())
        .tag_attributes(attributes)
        .generic_attributes(policy::COMMON_ATTRIBUTES.iter().chain(policy::OWN_ATTRIBUTES).copied().collect())
        .url_schemes(HashSet::from(["data", "http", "https", "mailto"]))
        .url_relative(UrlRelative::Custom(Box::new(only_within_the_text)))
        .attribute_filter(no_other_value)
        .link_rel(Some(simple::LINK_REL));
    sanitiser
});

/// Keeps a relative address only if it leads to a place in the text itself. All other addresses were made absolute
/// before.
fn only_within_the_text(address: &str) -> Option<Cow<'_, str>> {
    footnotes::is_link(address).then_some(Cow::Borrowed(address))
}

/// Keeps an attribute only if its value is in the form that this room writes. The sanitiser checks the schemes of
/// addresses in a few attributes only, so this function checks them in all attributes.
fn no_other_value<'a>(element: &str, attribute: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let kept = match (element, attribute) {
        ("img", "src") => begins_as_web(value) || inline::is_written(value),
        (_, "src" | "poster" | "cite") => begins_as_web(value),
        (_, "href") => begins_as_web(value) || footnotes::is_link(value) || urls::is_mail(value),
        (_, "srcset") => srcset::all(value, begins_as_web),
        (_, "id") => footnotes::is_ours(value),
        (_, "class") => value.split(' ').all(looks::is_kept_class),
        (_, "align") => looks::ALIGNS.contains(&value),
        (_, "valign") => looks::VERTICAL_ALIGNS.contains(&value),
        // The sanitiser itself writes this attribute.
        ("a", "rel") => true,
        _ => values::is_legal(element, attribute, value),
    };
    kept.then_some(Cow::Borrowed(value))
}

/// Sanitised HTML.
#[derive(Debug)]
pub(super) struct Clean {
    pub(super) html: String,
    /// Content was left out because the text is too long or has too much markup.
    pub(super) cut: bool,
    /// Number of inline images (`data:`) that were left out because they are too large.
    pub(super) large_pictures: usize,
    /// Number of hidden elements with text that were left out.
    pub(super) hidden: usize,
}

/// Sanitises HTML. Its addresses are resolved against `base`. `whole` is the address of the complete text, to which a
/// notice below a truncated text links.
pub(super) fn sanitise(markup: &str, base: Option<&Url>, whole: Option<&str>) -> Clean {
    let plain = html::rewrite(markup, base);
    let (large_pictures, hidden) = (plain.large_pictures, plain.hidden);
    let html = simple::write(&plain.html).unwrap_or_else(|| run_sanitiser(&plain.html)).trim().to_owned();
    let notice = if plain.lacks_end { truncation_notice(whole) } else { String::new() };
    if html.len() + notice.len() <= html::HTML_MAX_BYTES {
        return Clean { html: html + &notice, cut: plain.cut, large_pictures, hidden };
    }
    // Escaping has made the text too long, so only the beginning of its words is kept.
    let words = html::words(markup);
    let words = &words[..words.floor_char_boundary(html::HTML_MAX_BYTES / 8)];
    let html = format!("<p>{}</p>{}", xml::escape(words), truncation_notice(whole));
    Clean { html, cut: true, large_pictures, hidden }
}

/// The notice below a text that was truncated, with a link to the complete text, as the sanitiser would write it.
fn truncation_notice(whole: Option<&str>) -> String {
    match whole.map(xml::escape) {
        Some(whole) => format!("<p>[…] <a href=\"{whole}\" rel=\"{}\">{whole}</a></p>", simple::LINK_REL),
        None => "<p>[…]</p>".to_owned(),
    }
}

/// Runs the sanitiser over HTML.
pub(super) fn run_sanitiser(html: &str) -> String {
    with_first_lines(SANITISER.clean(html).to_string())
}

/// Doubles a line feed at the beginning of a `<pre>`, because an HTML parser drops the first line feed there (HTML,
/// 13.2.6.4.7) and the sanitiser does not write it again.
fn with_first_lines(html: String) -> String {
    if !html.contains("<pre") {
        return html;
    }
    let (mut out, mut written, mut is_behind) = (String::new(), 0, false);
    for piece in Tokens::new(&html) {
        if let (Token::Text(text), true) = (piece, is_behind)
            // A carriage return that was written as a character reference becomes a line feed later.
            && text.starts_with(['\n', '\r'])
        {
            let at = text.as_ptr().addr() - html.as_ptr().addr();
            out.push_str(&html[written..at]);
            out.push('\n');
            written = at;
        }
        is_behind = matches!(piece, Token::Tag(tag) if tag.is("pre") && !tag.closing);
    }
    if written == 0 {
        return html;
    }
    out.push_str(&html[written..]);
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    fn clean(markup: &str) -> String {
        let base = Url::parse("https://a.example/b/").expect("it is an address");
        sanitise(markup, Some(&base), Some("https://a.example/b/?c&d")).html
    }

    #[test]
    fn only_allowed_content_is_kept() {
        let check = |markup: &str, wanted: &str| assert_eq!(clean(markup), wanted, "{markup:?}");
        check("<p class=x style='a:b' id=y onclick=z>a", "<p>a</p>");
        check(
            "<a href=c target=_blank>d</a>",
            "<a href=\"https://a.example/b/c\" rel=\"noopener noreferrer nofollow ugc\">d</a>",
        );
        check("<form action=x><input><button>b</button></form>", "b");
        check("<table><tr><td colspan=2>a</table>", "<table><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table>");
        check(
            "<img src=/i.png alt='x\"y' srcset='javascript:x 1x'>",
            "<img src=\"https://a.example/i.png\" alt=\"x&quot;y\">",
        );
        check("<b>a<i>b</b>c", "<b>a<i>b</i></b><i>c</i>");
        check("<object data=x><p>fallback</p></object>", "<p>fallback</p>");
        check(
            "<img srcset='/a,b 1x, /c,d 2x'>",
            "<img srcset=\"https://a.example/a,b 1x, https://a.example/c,d 2x\" src=\"https://a.example/c,d\">",
        );
        check("<base href=/d/><img src=e>", "<img src=\"https://a.example/d/e\">");
    }

    #[test]
    fn blank_lines_at_the_beginning_of_code_are_stable() {
        let check = |markup: &str, wanted: &str| {
            assert_eq!(clean(markup), wanted, "{markup:?}");
            assert_eq!(clean(wanted), wanted, "{markup:?}");
        };
        check("<pre>a</pre>", "<pre>a</pre>");
        check("<pre>\na</pre>", "<pre>a</pre>");
        check("<pre>\n\na</pre>b<pre dir=ltr>\n\n\nc</pre>", "<pre>\n\na</pre>b<pre dir=\"ltr\">\n\n\nc</pre>");
        check("<pre><code>\na</code></pre>", "<pre><code>\na</code></pre>");
        check("<p>\na</p>", "<p>\na</p>");
    }

    /// Checks that sanitised HTML has only allowed elements and attributes, and only harmless addresses.
    fn check_harmless(markup: &str) -> String {
        let html = clean(markup);
        for piece in Tokens::new(&html) {
            let Token::Tag(tag) = piece else { continue };
            assert!(policy::kept_elements().any(|element| element == tag.name), "{markup:?} gave {html:?}");
            for (name, value) in tag.attributes() {
                let allowed = policy::attributes_of(tag.name).contains(&name)
                    || policy::COMMON_ATTRIBUTES.contains(&name)
                    || (name == "id" && footnotes::is_ours(&value))
                    || (name == "class" && value.split(' ').all(looks::is_kept_class))
                    || (tag.name, name) == ("a", "rel");
                assert!(allowed, "{markup:?} gave {html:?}");
                if matches!(name, "href" | "src" | "srcset" | "poster" | "cite") {
                    let web = ["http://", "https://", "mailto:"].iter().any(|scheme| value.starts_with(scheme));
                    let inline = (tag.name, name) == ("img", "src") && inline::is_written(&value);
                    let within = (tag.name, name) == ("a", "href") && footnotes::is_link(&value);
                    assert!(web || inline || within, "{markup:?} gave {html:?}");
                }
            }
        }
        html
    }

    fn check_harmless_and_stable(markup: &str) {
        let html = check_harmless(markup);
        assert_eq!(clean(&html), html, "sanitising {markup:?} twice changes it");
    }

    #[test]
    fn nothing_that_runs_survives() {
        check_harmless_and_stable("<script>alert(1)</script><img src=x onerror=alert(1)>");
        check_harmless_and_stable("<svg><style><img src=x onerror=alert(1)></style></svg>");
        check_harmless_and_stable("<a href=' java\tscript:alert(1)'>x</a><a href='//x.example'>y</a>");
        check_harmless_and_stable("<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">");
        check_harmless_and_stable("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">");
        check_harmless_and_stable("<p title='&quot;><script>alert(1)</script>'>x");
        check_harmless("<table><b><p><table></b><a href=x>");
        check_harmless_and_stable(
            "<base href='javascript:/'><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
        );
    }

    #[test]
    fn published_vectors_are_harmless() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors/xss-vectors.jsonl");
        let Ok(lines) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: there is no {}", path.display());
            return;
        };
        for line in lines.lines() {
            let vector: serde_json::Value = serde_json::from_str(line).expect("every line is JSON");
            check_harmless(vector["payload"].as_str().expect("every vector has a payload"));
        }
    }

    #[test]
    fn truncated_text_ends_with_a_notice_and_a_link() {
        let sign = "<p>[…] <a href=\"https://a.example/b/?c&amp;d\" rel=\"noopener noreferrer nofollow ugc\">\
                    https://a.example/b/?c&amp;d</a></p>";
        let check = |markup: &str, is_cut: bool| {
            let html = clean(markup);
            assert_eq!(html.ends_with(sign), is_cut, "{:?}…", &markup[..20]);
            assert!(html.len() <= html::HTML_MAX_BYTES && html.len() > 30_000, "{}", html.len());
            assert_eq!(clean(&html), html, "{:?}…", &markup[..20]);
        };
        check(&format!("<pre>{}</pre>", "a line\n".repeat(200_000)), true);
        check(&"<p>text</p>".repeat(100_000), true);
        check(&"<p>a &lt; b</p>".repeat(20_000), false);
        check(&"<<<<<<<<<<<<".repeat(12_000), true);
        assert!(clean("<p>short</p>").ends_with("</p>"));
        assert!(sanitise(&"<p>text</p>".repeat(100_000), None, None).html.ends_with("<p>[…]</p>"));
    }

    #[test]
    fn the_sanitiser_keeps_only_ids_and_classes_that_this_room_writes() {
        let check = |html: &str, wanted: &str| assert_eq!(run_sanitiser(html), wanted, "{html}");
        check("<p id=\"body\" class=\"x\">a</p>", "<p>a</p>");
        check("<p id=\"ws-a\" class=\"footnote\">a</p>", "<p id=\"ws-a\" class=\"footnote\">a</p>");
        check("<p class=\"footnote modal\">a</p>", "<p>a</p>");
        check("<a href=\"#a\">a</a>", "<a rel=\"noopener noreferrer nofollow ugc\">a</a>");
        check("<a href=\"#ws-a\">a</a>", "<a href=\"#ws-a\" rel=\"noopener noreferrer nofollow ugc\">a</a>");
        check("<img src=\"#ws-a\"><a href=\"/x\"></a>", "<img><a rel=\"noopener noreferrer nofollow ugc\"></a>");
        check(
            "<table><tr><td align=\"x\" valign=\"top\">a</table>",
            "<table><tbody><tr><td valign=\"top\">a</td></tr></tbody></table>",
        );
    }

    #[test]
    fn the_sanitiser_keeps_only_values_that_html_defines() {
        let check = |html: &str, wanted: &str| assert_eq!(run_sanitiser(html), wanted, "{html}");
        check("<p lang=\"x y\" dir=\"RTL\" title=\"t\">a</p>", "<p title=\"t\">a</p>");
        check("<p lang=\"pt-BR\" dir=\"rtl\">a</p>", "<p lang=\"pt-BR\" dir=\"rtl\">a</p>");
        check("<img loading=\"now\" width=\"1e9\" sizes=\"{}\" alt=\"a\">", "<img alt=\"a\">");
        check("<ol start=\"x\" type=\"i\"></ol>", "<ol type=\"i\"></ol>");
        let rel = "rel=\"noopener noreferrer nofollow ugc\"";
        check("<a href=\"mailto:a@b.example?body=x\">a</a>", &format!("<a {rel}>a</a>"));
        check("<a href=\"mailto:a@b.example\">a</a>", &format!("<a href=\"mailto:a@b.example\" {rel}>a</a>"));
    }

    #[test]
    fn the_meaning_of_markup_is_kept() {
        let check = |markup: &str, wanted: &str| assert_eq!(clean(markup), wanted, "{markup:?}");
        check("<p lang=pt_BR dir=RTL>a</p>", "<p lang=\"pt-BR\" dir=\"rtl\">a</p>");
        check("<body dir=rtl><p>a</p></body>", "<div dir=\"rtl\"><p>a</p></div>");
        check(
            "<table><tr><td style=text-align:right>a</table>",
            "<table><tbody><tr><td align=\"right\">a</td></tr></tbody></table>",
        );
        check("<pre><code class='language-rust x'>a</code></pre>", "<pre><code class=\"language-rust\">a</code></pre>");
        check("<p>a <script type=math/tex>b</script><span hidden>c</span>", "<p>a \\(b\\)</p>");
        check(
            "<ul><li class=task-list-item><input type=checkbox disabled> a</ul>",
            "<ul><li class=\"task-list-item\">☐ a</li></ul>",
        );
    }

    proptest! {
        /// I32 for hidden elements and for replacements of markup: sanitising the result again does not change it.
        #[test]
        fn visible_content_is_stable(parts in prop::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<p hidden>", "word", " ", "<div style='display:none'>", "<div>", "</div>", "<span hidden>", "<span>", "</span>",
            "<b class='footnote x'>b</b>", "<a href='#x'>x</a>", "<a name=x></a>", "<sup id=x>", "</sup>", "<a href='#y' id=y dir=rtl>y</a>",
            "<button>", "</button>", "<math>", "</math>", "<mi>", "</mi>", "<msup>", "<annotation encoding=TeX>", "</annotation>",
            "<html dir=rtl>", "<body dir=auto>", "\n", "<span style='visibility:hidden'>",
            "<script type=math/tex>x &lt; y</script>", "<script type=math/tex>", "</script>", "<span class=katex-mathml>", "<span aria-hidden=true>",
            "<span class=MathJax>", "<pre>", "</pre>", "<pre><code class=lang-c>c</code></pre>", "<span style=display:block>", "<span class=line>",
            "<ul>", "<li>", "<li hidden>", "</li>", "</ul>", "<input type=checkbox checked>", "<input type=checkbox disabled>", "<form hidden>",
            "</form>", "<table><tr hidden><td>c<tr><td align=right id=x>d<td style='text-align:center;direction:rtl'>e</table>",
            "<noscript>", "</noscript>", "<img src=/a.jpg>", "<img class=lazy data-src=/a.jpg>", "<blockquote data-x-permalink=https://p.example/1>",
            "</blockquote>", "<video src=/v id=x></video>", "<iframe src=/f hidden></iframe>",
        ]), 0..24)) {
            let html = check_harmless(&parts.concat());
            prop_assert_eq!(clean(&html), html, "{:?}", parts);
        }

        /// I32 for images and embedded content: sanitising the result again does not change it.
        #[test]
        fn images_and_embeds_are_stable(parts in prop::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "word", " ", "<noscript>", "</noscript>", "&lt;img src=/a.jpg&gt;", "<img srcset='/c.jpg 2x'>", "<img src=/loading.gif>",
            "<img alt=:blob: src=/e.png>", "<img src=/a.jpg width=90 height=0>", "<picture>", "</picture>", "<source srcset='/s.webp 1x'>",
            "<source data-srcset='/s.jpg 400w, /t.jpg 2x'>", "<img src=/a.jpg alt=b>", "<img src=/wait.gif data-src=/a.jpg class=lazy>",
            "<img src='data:image/svg+xml,x' data-lazy-src=/a.jpg>", "<img src='data:image/svg+xml,x' alt='c &lt; d'>", "<img class=lazy>",
            "<img alt=r src='data:image/gif;base64,R0lGODlhCgAKAAAAACw=' title=t>", "<img class=emoji alt=🦊 src=/f.png>",
            "<amp-img src=/a.jpg width=1></amp-img>", "<iframe src=/f title=' x  y '></iframe>", "<iframe data-src=https://f.example/>",
            "<object data=/o>", "</object>", "<embed src=/f>", "<lite-youtube videoid=x>", "</lite-youtube>", "<div>", "</div>",
            "<blockquote data-x-permalink=https://p.example/1>", "</blockquote>", "<select>", "</select>", "<template>", "<title>",
            "<video data-src=/v data-poster=/p>", "</video>", "<script src=https://gist.github.com/u/1.js></script>",
        ]), 0..24)) {
            let html = check_harmless(&parts.concat());
            prop_assert_eq!(clean(&html), html, "{:?}", parts);
        }
    }
}
