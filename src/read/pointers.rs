//! Addresses that a page points to: by a refresh (HTML, 4.2.5.3, and the `Refresh` header), which replaces a redirect
//! on sites that cannot send one, and by the `Link` header (RFC 8288).

use std::ops::ControlFlow;

use url::Url;

use super::discover::{FEED_TYPES, FoundFeed, TITLE_MAX_BYTES, absolute, visit_tags};

/// Longest delay of a refresh that counts as a redirect, in seconds. A page with a longer delay reloads itself.
const DELAY_MAX_SECONDS: f64 = 10.0;

/// The target of a `Refresh` header that acts as a redirect (`0; url=/feed.xml`). `base` is the address of the page.
pub fn refresh(value: &str, base: &str) -> Option<Url> {
    target(value, Url::parse(base).ok().as_ref())
}

/// The target of a refresh in the `meta` elements of a page. `base` is the address of the page; its `<base href>` is
/// honoured.
pub fn meta_refresh(html: &str, base: &str) -> Option<Url> {
    visit_tags(html, base, &["script", "style", "template", "noscript"], |tag, base| {
        let is_refresh = || tag.attribute("http-equiv").is_some_and(|it| it.trim().eq_ignore_ascii_case("refresh"));
        let content = if tag.is("meta") && is_refresh() { tag.attribute("content") } else { None };
        let to = content.and_then(|content| target(&content, base));
        if tag.is("body") || to.is_some() { ControlFlow::Break(to) } else { ControlFlow::Continue(()) }
    })
    .flatten()
}

fn target(value: &str, base: Option<&Url>) -> Option<Url> {
    let (delay, rest) = value.split_once([';', ',']).or_else(|| value.trim().split_once(char::is_whitespace))?;
    let delay: f64 = delay.trim().parse().ok()?;
    if !(0.0..=DELAY_MAX_SECONDS).contains(&delay) {
        return None;
    }
    let rest = rest.trim();
    // The `url=` may be left out.
    let to = rest
        .get(..3)
        .filter(|name| name.eq_ignore_ascii_case("url"))
        .and_then(|_| rest[3..].trim_start().strip_prefix('='))
        .unwrap_or(rest);
    absolute(to.trim().trim_matches(['"', '\'']), base)
}

/// The feeds that `Link` headers declare as alternates of a page, in order. `base` is the address of the page.
pub fn linked(headers: &[String], base: &str) -> Vec<FoundFeed> {
    let base = Url::parse(base).ok();
    headers.iter().flat_map(|header| split(header, ',')).filter_map(|link| feed(link, base.as_ref())).collect()
}

/// The first address that `Link` headers declare with a relation such as `hub` or `self` (RFC 8288, 3.3). `base` is the address of
/// the document.
pub fn link_with_rel(headers: &[String], rel: &str, base: &str) -> Option<Url> {
    let base = Url::parse(base).ok();
    headers.iter().flat_map(|header| split(header, ',')).find_map(|link| {
        let (address, parameters) = parts(link)?;
        let has_rel = parameter(parameters, "rel")?.split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case(rel));
        if has_rel { absolute(address, base.as_ref()) } else { None }
    })
}

/// The address of a link, and its parameters.
fn parts(link: &str) -> Option<(&str, &str)> {
    link.trim().strip_prefix('<')?.split_once('>')
}

fn parameter(parameters: &str, wanted: &str) -> Option<String> {
    split(parameters, ';').filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
        let value = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case(wanted).then(|| value.to_owned())
    })
}

fn feed(link: &str, base: Option<&Url>) -> Option<FoundFeed> {
    let (address, parameters) = parts(link)?;
    let parameter = |wanted: &str| parameter(parameters, wanted);
    let rel = parameter("rel")?;
    let media_type = parameter("type")?.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_alternate = rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("alternate"));
    if !is_alternate || !FEED_TYPES.contains(&media_type.as_str()) {
        return None;
    }
    let mut title = parameter("title").unwrap_or_default();
    title.truncate(title.floor_char_boundary(TITLE_MAX_BYTES));
    absolute(address, base).map(|url| FoundFeed { url: url.into(), title, media_type })
}

/// The parts of a header between the separators `by` that are outside `<…>` and `"…"`.
fn split(text: &str, by: char) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_address) = (false, false);
    text.split(move |character: char| {
        match character {
            '"' if !is_address => is_quoted = !is_quoted,
            '<' if !is_quoted => is_address = true,
            '>' if !is_quoted => is_address = false,
            _ => {}
        }
        character == by && !is_quoted && !is_address
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://a.example/b/c";

    #[test]
    fn a_refresh_with_a_short_delay_is_followed() {
        let check = |value: &str, wanted: Option<&str>| {
            assert_eq!(refresh(value, BASE).as_ref().map(Url::as_str), wanted, "{value:?}");
        };
        check("0;url=/feed.xml", Some("https://a.example/feed.xml"));
        check("0; URL = 'feed.xml'", Some("https://a.example/b/feed.xml"));
        check(" 1.5 , url=\"https://b.example/?a=b;c\"", Some("https://b.example/?a=b;c"));
        check("0 /feed.xml", Some("https://a.example/feed.xml"));
        check("0;/feed.xml", Some("https://a.example/feed.xml"));
        check("300;url=/feed.xml", None);
        check("-1;url=/feed.xml", None);
        check("0", None);
        check("0;url=", None);
        check("0;url=javascript:alert(1)", None);
        check("soon;url=/feed.xml", None);
    }

    #[test]
    fn only_a_refresh_in_the_head_of_a_page_counts() {
        let check = |html: &str, wanted: Option<&str>| {
            assert_eq!(meta_refresh(html, BASE).as_ref().map(Url::as_str), wanted, "{html:?}");
        };
        let meta = "<meta content='0; url=x.xml' http-equiv=Refresh>";
        check(meta, Some("https://a.example/b/x.xml"));
        check(&format!("<title>moved</title><base href='/d/'>{meta}"), Some("https://a.example/d/x.xml"));
        check(&format!("<noscript>{meta}</noscript>"), None);
        check(&format!("<script>'{meta}'</script>"), None);
        check(&format!("<body>{meta}"), None);
        check("<meta name=refresh content='0;url=x.xml'>", None);
    }

    #[test]
    fn link_headers_name_hubs_and_the_document_itself() {
        let check = |headers: &[&str], rel: &str, wanted: Option<&str>| {
            let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
            let found = link_with_rel(&headers, rel, BASE);
            assert_eq!(found.as_ref().map(Url::as_str), wanted, "{headers:?}");
        };
        let both = "<https://hub.example/?a=1,2>; rel=\"hub\", </feed>;rel=self";
        check(&[both], "hub", Some("https://hub.example/?a=1,2"));
        check(&[both], "self", Some("https://a.example/feed"));
        check(&["<x>; rel=next", "<hub>; REL=\"next Hub\""], "hub", Some("https://a.example/b/hub"));
        check(
            &["<https://one.example/>; rel=hub, <https://two.example/>; rel=hub"],
            "hub",
            Some("https://one.example/"),
        );
        check(&["<>; rel=hubs", "hub; rel=hub", "<https://hub.example/>"], "hub", None);
        check(&[], "hub", None);
    }

    #[test]
    fn link_headers_name_feeds() {
        let check = |headers: &[&str], wanted: &[&str]| {
            let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
            let found: Vec<String> = linked(&headers, BASE).into_iter().map(|feed| feed.url).collect();
            assert_eq!(found, wanted, "{headers:?}");
        };
        let feed = "</a,b.xml>; rel=\"alternate\"; type=\"application/rss+xml\"; title=\"a, b; c\"";
        check(&[feed], &["https://a.example/a,b.xml"]);
        check(&[format!("<x>; rel=next, {feed}").as_str()], &["https://a.example/a,b.xml"]);
        check(
            &["<d>;REL=Alternate;TYPE=application/atom+xml", feed],
            &["https://a.example/b/d", "https://a.example/a,b.xml"],
        );
        check(&["<d>; rel=alternate; type=text/html", "<d>; rel=alternate", "d; rel=alternate", "<d"], &[]);
        check(&["<d>; rel=self; type=application/rss+xml"], &[]);
    }
}
