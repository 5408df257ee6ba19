//! Distinguishes HTML pages from feeds, and finds the feeds that a page links to.

use std::ops::ControlFlow;

use url::Url;

use crate::text::address::is_web;
use crate::text::markup::{Tag, Token, Tokens};

/// Most feeds that are taken from one page.
const FEEDS_MAX: usize = 20;
/// Links are searched for in this many bytes at the beginning of a page.
const PAGE_MAX_BYTES: usize = 1024 * 1024;
/// Longest title of a link, in bytes.
pub(super) const TITLE_MAX_BYTES: usize = 200;
/// The media types of feeds.
pub(super) const FEED_TYPES: [&str; 6] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/x-rss+xml",
    "text/rss+xml",
];
/// Media types of feeds and of many other documents; empty if a link states no type.
const GENERAL_TYPES: [&str; 4] = ["application/xml", "text/xml", "application/json", ""];
/// The usual last segments of a feed's path that have no extension.
const FEED_NAMES: [&str; 6] = ["feed", "feeds", "rss", "rss2", "atom", "rdf"];
/// The usual file names of feeds.
const FEED_FILES: [&str; 6] = ["rss.xml", "atom.xml", "feed.xml", "index.xml", "index.rdf", "feed.json"];
/// Elements whose content a page does not show.
const NOT_SHOWN: [&str; 3] = ["script", "style", "template"];
/// Elements that only an HTML page begins with.
const PAGE_STARTS: [&str; 7] = ["html", "head", "body", "title", "meta", "script", "link"];

/// A feed that a page links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFeed {
    /// An absolute http or https address.
    pub url: String,
    /// The link's title; may be empty.
    pub title: String,
    /// The media type that the link states; may be empty.
    pub media_type: String,
}

/// Whether the document type or the first element shows that a document is an HTML page.
pub fn looks_like_html(text: &str) -> bool {
    let start = text.find('<').unwrap_or(text.len());
    let mut rest = &text[start..];
    loop {
        rest = rest.trim_start();
        if let Some(body) = rest.strip_prefix("<!--") {
            rest = body.find("-->").map_or("", |end| &body[end + 3..]);
        } else if let Some(body) = rest.strip_prefix("<?") {
            rest = body.find("?>").map_or("", |end| &body[end + 2..]);
        } else if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            let name = rest[9..].trim_start().get(..4).unwrap_or_default();
            return name.eq_ignore_ascii_case("html");
        } else {
            break;
        }
    }
    matches!(Tokens::new(rest).next(), Some(Token::Tag(tag)) if PAGE_STARTS.iter().any(|name| tag.is(name)))
}

/// The feeds that a page declares by `<link rel="alternate">` (HTML, 4.6.7.1), in order, each address once. `base` is
/// the address of the page; its `<base href>` is honoured.
pub fn discover(html: &str, base: &str) -> Vec<FoundFeed> {
    feeds_in(html, base, |tag, base| if tag.is("link") { feed_link(tag, base) } else { None })
}

/// The targets of ordinary links on a page whose addresses look like those of feeds.
pub fn mentioned(html: &str, base: &str) -> Vec<FoundFeed> {
    feeds_in(html, base, |tag, base| {
        let href = if tag.is("a") { tag.attribute("href")? } else { return None };
        let url = absolute(&href, base).filter(looks_like_feed)?;
        Some(FoundFeed { url: url.into(), title: String::new(), media_type: String::new() })
    })
}

/// The feeds that `named` finds in the tags of a page, in order, each address once.
fn feeds_in(html: &str, base: &str, named: impl Fn(Tag<'_>, Option<&Url>) -> Option<FoundFeed>) -> Vec<FoundFeed> {
    let mut feeds: Vec<FoundFeed> = Vec::new();
    visit_tags(html, base, &NOT_SHOWN, |tag, base| {
        let found = named(tag, base).filter(|found| feeds.iter().all(|known| known.url != found.url));
        feeds.extend(found);
        if feeds.len() == FEEDS_MAX { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    feeds
}

/// Visits the start tags of a page in order, each with the base of its addresses, until a visit ends the walk; returns what that
/// visit found. `base` is the address of the page; its `<base href>` is honoured. Elements with a name in `left_out` are skipped.
pub(super) fn visit_tags<R>(
    html: &str,
    base: &str,
    left_out: &[&str],
    mut visit: impl FnMut(Tag<'_>, Option<&Url>) -> ControlFlow<R>,
) -> Option<R> {
    let mut base = Url::parse(base).ok();
    let mut pieces = Tokens::new(&html[..html.floor_char_boundary(PAGE_MAX_BYTES)]);
    while let Some(piece) = pieces.next() {
        let Token::Tag(tag) = piece else { continue };
        if tag.closing {
            continue;
        }
        if left_out.iter().any(|name| tag.is(name)) {
            pieces.skip_past_end_of(tag.name);
        } else if tag.is("base") {
            base = tag.attribute("href").and_then(|href| absolute(&href, base.as_ref())).or(base);
        } else if let ControlFlow::Break(found) = visit(tag, base.as_ref()) {
            return Some(found);
        }
    }
    None
}

fn feed_link(link: Tag<'_>, base: Option<&Url>) -> Option<FoundFeed> {
    let (mut alternate, mut media_type, mut href, mut title) = (false, String::new(), None, String::new());
    let is_feed = |rel: &str| rel.eq_ignore_ascii_case("alternate") || rel.eq_ignore_ascii_case("feed");
    for (name, value) in link.attributes() {
        match name.to_ascii_lowercase().as_str() {
            "rel" => alternate = value.split_ascii_whitespace().any(is_feed),
            "type" => media_type = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase(),
            "href" => href = absolute(&value, base),
            "title" => title = value.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => {}
        }
    }
    let is_general = || href.as_ref().is_some_and(looks_like_feed) && GENERAL_TYPES.contains(&media_type.as_str());
    if !alternate || !(FEED_TYPES.contains(&media_type.as_str()) || is_general()) {
        return None;
    }
    title.truncate(title.floor_char_boundary(TITLE_MAX_BYTES));
    href.map(|url| FoundFeed { url: url.into(), title, media_type })
}

/// Whether an address looks like the address of a feed.
fn looks_like_feed(url: &Url) -> bool {
    let path = url.path().trim_end_matches('/').to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or_default();
    let ends = [".rss", ".atom", ".rdf"].iter().any(|end| last.ends_with(end));
    let asks = url.query_pairs().any(|(name, value)| {
        name == "feed" || (matches!(&*name, "format" | "type" | "alt") && matches!(&*value, "rss" | "atom" | "feed"))
    });
    ends || asks || FEED_NAMES.contains(&last) || FEED_FILES.contains(&last)
}

pub(super) fn absolute(href: &str, base: Option<&Url>) -> Option<Url> {
    let href = href.trim();
    let url = base.map_or_else(|| Url::parse(href), |base| base.join(href)).ok()?;
    if !href.is_empty() && is_web(&url) { Some(url) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_distinguished_from_feeds() {
        let check = |text: &str, wanted: bool| assert_eq!(looks_like_html(text), wanted, "{text:?}");
        check("<!DOCTYPE html><p>", true);
        check("\n<!-- x --><HTML lang=de>", true);
        check("<?xml version='1.0'?><!DOCTYPE html PUBLIC \"x\"><html>", true);
        check("<?xml version='1.0'?><!DOCTYPE rss PUBLIC \"x\"><rss>", false);
        check("<feed><title>html</title></feed>", false);
        check("plain", false);
    }

    #[test]
    fn feeds_behind_ordinary_links_are_found() {
        let check = |html: &str, wanted: &[&str]| {
            let found: Vec<String> = mentioned(html, "https://a.example/b/").into_iter().map(|feed| feed.url).collect();
            assert_eq!(found, wanted, "{html:?}");
        };
        check("<a href=feed/>x</a><a href='/x.rss'>y</a>", &["https://a.example/b/feed/", "https://a.example/x.rss"]);
        check("<a href='?feed=rss2'>x</a>", &["https://a.example/b/?feed=rss2"]);
        check("<a href='/about'>x</a><a href='/rss-reader'>x</a><script>'<a href=feed>'</script>", &[]);
    }

    #[test]
    fn feeds_that_a_page_declares_are_found() {
        let check = |html: &str, wanted: &[&str]| {
            let found: Vec<String> = discover(html, "https://a.example/b/c").into_iter().map(|feed| feed.url).collect();
            assert_eq!(found, wanted, "{html:?}");
        };
        let link = |href: &str| format!("<link rel=alternate type='application/rss+xml' href='{href}'>");
        check(&link("d.xml"), &["https://a.example/b/d.xml"]);
        check(&format!("<base href='/x/'>{}{}", link("1?a&amp;b"), link("1?a&amp;b")), &["https://a.example/x/1?a&b"]);
        check(&link("javascript:alert(1)"), &[]);
        check("<link rel=stylesheet type=text/css href=a><link rel=alternate href=b>", &[]);
        check("<link rel=alternate type=text/xml href=/feed>", &["https://a.example/feed"]);
        check("<link rel=alternate hreflang=de href=/de/feedback>", &[]);
        check(&format!("<!-- {} --><script>'{}'</script>", link("a"), link("b")), &[]);
        check(
            &(0..50).map(|n| link(&n.to_string())).collect::<String>(),
            &(0..20)
                .map(|n| format!("https://a.example/b/{n}"))
                .collect::<Vec<_>>()
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>(),
        );
    }
}
