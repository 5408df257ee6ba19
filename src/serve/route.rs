//! Determines the document that a path and a query ask for.

use url::form_urlencoded;

use std::str::FromStr;

use crate::publish::{ARCHIVE_FORMATS, DocumentName, Format, OutputKind};
use crate::search::{Order, QUERY_MAX_BYTES, Query, QueryError};
use crate::text::percent;

/// The name of the documents of searches, which no output may have.
const SEARCH: &str = "search";

/// What a path stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    Document(DocumentName),
    /// The documents of searches; the query of the address names the search.
    Search(Format),
    /// `/NAME.stream`: new stories of a feed as they come.
    Stream(OutputKind),
    /// `/healthz`: whether the process answers.
    Alive,
    /// `/readyz`: whether the process does its work.
    Ready,
    /// `/status`: the state of the sources and of the installation, as a page or as JSON.
    Status,
    /// `/status.json`: the same as JSON.
    StatusRecord,
    /// `/metrics`: what the daemon counts.
    Metrics,
    /// `/hub`: where subscribers of our documents register (WebSub).
    Hub,
    /// `/push/TOKEN`: where the hubs of sources verify a subscription and deliver (WebSub).
    Push(String),
    /// No document has such a path.
    Nothing,
}

impl Route {
    /// The methods that the address answers, as the Allow header lists them (RFC 9110, 10.2.1).
    pub(super) fn allowed(&self) -> &'static str {
        match self {
            Route::Hub => "POST",
            Route::Push(_) => "GET, HEAD, POST",
            _ => "GET, HEAD",
        }
    }
}

/// The route of a path. `public_path` is the path of `public_url` without a slash at its end. Every document has an address at
/// the root and an address below `public_path`.
pub(super) fn route(path: &str, public_path: &str) -> Route {
    // Addresses below `public_path` are tried first, because published documents contain them.
    if !public_path.is_empty()
        && let Some(below) = path.strip_prefix(public_path)
        && (below.is_empty() || below.starts_with('/'))
    {
        let found = at_root(below);
        if found != Route::Nothing {
            return found;
        }
    }
    at_root(path)
}

fn at_root(path: &str) -> Route {
    match path {
        "" | "/" => return Route::Document(DocumentName::FrontPage),
        "/healthz" => return Route::Alive,
        "/readyz" => return Route::Ready,
        "/status" => return Route::Status,
        "/status.json" => return Route::StatusRecord,
        "/metrics" => return Route::Metrics,
        "/hub" => return Route::Hub,
        _ => {}
    }
    if let Some(kind) = stream(path) {
        return Route::Stream(kind);
    }
    if let Some(token) = path.strip_prefix("/push/") {
        return part(token).map_or(Route::Nothing, Route::Push);
    }
    match static_file(path).or_else(|| at_feed(path)) {
        // The sources of a search are those of the whole site.
        Some(DocumentName::Feed(OutputKind::Output(name), Format::Opml)) if name == SEARCH => Route::Nothing,
        Some(DocumentName::Feed(OutputKind::Output(name), format)) if name == SEARCH => Route::Search(format),
        found => found.map_or(Route::Nothing, Route::Document),
    }
}

/// The feed of the document at a path, if feed readers read it, so that readers can subscribe to it. The query is that
/// of the address.
pub fn feed_at(path: &str, query: &str, public_path: &str) -> Option<DocumentName> {
    match route(path, public_path) {
        Route::Document(name @ DocumentName::Feed(_, Format::Feed(_))) => Some(name),
        Route::Search(format @ Format::Feed(_)) => search(format, query).ok(),
        _ => None,
    }
}

/// The document of the search in the query of an address: `q=` with what is sought, and `sort=newest` or `sort=rank`.
/// The search is refused if nothing is sought, or more than a query may ask for.
pub(super) fn search(format: Format, address_query: &str) -> Result<DocumentName, QueryError> {
    let value = |wanted: &str| {
        let found = form_urlencoded::parse(address_query.as_bytes()).find(|(key, _)| key == wanted);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let typed = value("q");
    let parsed = Query::parse(&typed)?;
    let order = match value("sort").as_str() {
        "rank" => Order::Rank,
        "newest" => Order::Newest,
        _ => parsed.query.order,
    };
    let query = match format {
        Format::Html if !parsed.notes.is_empty() => {
            return Ok(named(in_order(typed, parsed.query.order, order), format));
        }
        Format::Html => parsed.query.ordered(order),
        // Feed readers expect the newest entries first.
        Format::Feed(_) | Format::Opml => parsed.query.ordered(Order::Newest),
    };
    Ok(named(query.to_string(), format))
}

/// A search as it was typed, in the order that is wanted.
fn in_order(typed: String, order: Order, wanted: Order) -> String {
    if order == wanted {
        return typed;
    }
    let word = match wanted {
        Order::Rank => "sort:rank ",
        Order::Newest => "sort:newest ",
    };
    let bare = ["sort:rank ", "sort:newest "].iter().find_map(|word| typed.strip_prefix(word)).unwrap_or(&typed);
    // The order stands in front, because a quotation mark without a second one takes everything behind it.
    let ordered = format!("{word}{bare}");
    if ordered.len() <= QUERY_MAX_BYTES { ordered } else { typed }
}

fn named(query: String, format: Format) -> DocumentName {
    DocumentName::Feed(OutputKind::Search(query), format)
}

/// The static file of the theme or the icon of a source at a path such as `/theme/fonts/serif.woff2` or `/icon/lwn.png`.
fn static_file(path: &str) -> Option<DocumentName> {
    if let Some(name) = path.strip_prefix("/icon/") {
        return part(name).map(DocumentName::Icon);
    }
    let parts = path.strip_prefix("/theme/")?.split('/').map(part).collect::<Option<Vec<String>>>()?;
    Some(DocumentName::ThemeFile(parts.join("/")))
}

/// The feed whose stream has a path such as `/NAME.stream`, `/tag/T.stream` or `/source/S.stream`.
fn stream(path: &str) -> Option<OutputKind> {
    let path = path.strip_prefix('/')?.strip_suffix(".stream")?;
    // Streams announce new stories. Searches and incidents do not have streams.
    if matches!(path, SEARCH | "health") {
        return None;
    }
    kind_of(&path.split('/').collect::<Vec<&str>>())
}

/// The feed that the parts of a path name: `NAME`, `tag/T` or `source/S`.
fn kind_of(parts: &[&str]) -> Option<OutputKind> {
    match parts {
        [output] => name(output).map(OutputKind::Output),
        ["tag", tag] => name(tag).map(OutputKind::Tag),
        ["source", source] => name(source).map(OutputKind::Source),
        _ => None,
    }
}

fn name(text: &str) -> Option<String> {
    percent::decoded(text).filter(|name| !name.is_empty())
}

/// A part of a path that names a file: it is neither `..` nor, after decoding, several parts.
fn part(text: &str) -> Option<String> {
    percent::decoded(text).filter(|name| !matches!(name.as_str(), "" | "." | "..") && !name.contains(['/', '\0']))
}

/// The document at a path such as `/NAME.atom`, `/tag/T.rss`, `/tag/T/N.html` or `/archive/NAME/N.atom`.
fn at_feed(path: &str) -> Option<DocumentName> {
    let (path, suffix) = path.strip_prefix('/')?.rsplit_once('.')?;
    let format = Format::of_suffix(suffix)?;
    // Split first, decoded afterwards: an encoded slash belongs to the name.
    let parts: Vec<&str> = path.split('/').collect();
    Some(match parts.as_slice() {
        ["sources"] if format == Format::Opml => DocumentName::Sources,
        ["sources"] if format == Format::Html => DocumentName::Members,
        ["story", id] if format == Format::Html && number::<i64>(id).is_some() => DocumentName::Story((*id).to_owned()),
        // Incidents have no list of sources.
        ["health"] if format == Format::Opml => return None,
        ["health"] => DocumentName::Feed(OutputKind::Health, format),
        ["archive", output, page] if ARCHIVE_FORMATS.contains(&format) => {
            DocumentName::Archive(name(output)?, number(page)?, format)
        }
        [feed @ .., page] if feed.len() == 2 && format == Format::Html => {
            DocumentName::Page(kind_of(feed)?, number(page)?)
        }
        feed => DocumentName::Feed(kind_of(feed)?, format),
    })
}

/// A number as addresses write it: without leading zeros and sign, so that each document has only one address.
fn number<N: FromStr>(text: &str) -> Option<N> {
    let is_plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, public_path: &str, expected: Route) {
        assert_eq!(route(path, public_path), expected, "{path} {public_path}");
    }

    #[test]
    fn paths() {
        let feed = |kind, format| Route::Document(DocumentName::Feed(kind, format));
        let output = |name: &str| feed(OutputKind::Output(name.to_owned()), Format::ATOM);
        let tag = |name: &str| feed(OutputKind::Tag(name.to_owned()), Format::ATOM);
        let source = |name: &str| feed(OutputKind::Source(name.to_owned()), Format::ATOM);
        let archive =
            |name: &str, number, format| Route::Document(DocumentName::Archive(name.to_owned(), number, format));
        let front = || Route::Document(DocumentName::FrontPage);
        let tag_page =
            |name: &str, number| Route::Document(DocumentName::Page(OutputKind::Tag(name.to_owned()), number));
        let source_page =
            |name: &str, number| Route::Document(DocumentName::Page(OutputKind::Source(name.to_owned()), number));
        let story = |id: &str| Route::Document(DocumentName::Story(id.to_owned()));
        let theme = |name: &str| Route::Document(DocumentName::ThemeFile(name.to_owned()));
        let icon = |name: &str| Route::Document(DocumentName::Icon(name.to_owned()));
        let stream = Route::Stream;
        for (path, public_path, expected) in [
            ("/", "", front()),
            ("/feed.atom", "", output("feed")),
            ("/%66eed.atom", "", output("feed")),
            ("/tag/linux.atom", "", tag("linux")),
            ("/tag/c%2B%2B%20%26%20%C3%BC%2Fx.atom", "", tag("c++ & ü/x")),
            ("/tag/a.atom.atom", "", tag("a.atom")),
            ("/source/lwn.atom", "", source("lwn")),
            ("/healthz", "", Route::Alive),
            ("/readyz", "/x", Route::Ready),
            ("/x", "/x", front()),
            ("/x/", "/x", front()),
            ("/x/feed.atom", "/x", output("feed")),
            ("/feed.atom", "/x", output("feed")),
            ("/x/tag/a.atom", "/x", tag("a")),
            ("/x/healthz", "/x", Route::Alive),
            ("/xfeed.atom", "/x", output("xfeed")),
            ("/tag/feed.atom", "/tag", output("feed")),
            ("/feed.rss", "", feed(OutputKind::Output("feed".to_owned()), Format::RSS)),
            ("/x/feed.json", "/x", feed(OutputKind::Output("feed".to_owned()), Format::JSON)),
            ("/tag/a.b.html", "", feed(OutputKind::Tag("a.b".to_owned()), Format::Html)),
            ("/source/a.opml", "", feed(OutputKind::Source("a".to_owned()), Format::Opml)),
            ("/health.atom", "", feed(OutputKind::Health, Format::ATOM)),
            ("/health.html", "", feed(OutputKind::Health, Format::Html)),
            ("/health.opml", "", Route::Nothing),
            ("/status", "", Route::Status),
            ("/x/status", "/x", Route::Status),
            ("/x/status.json", "/x", Route::StatusRecord),
            ("/x/metrics", "/x", Route::Metrics),
            ("/metrics/", "", Route::Nothing),
            ("/feed.stream", "", stream(OutputKind::Output("feed".to_owned()))),
            ("/x/feed.stream", "/x", stream(OutputKind::Output("feed".to_owned()))),
            ("/tag/a%2Fb.stream", "", stream(OutputKind::Tag("a/b".to_owned()))),
            ("/source/lwn.stream", "", stream(OutputKind::Source("lwn".to_owned()))),
            ("/.stream", "", Route::Nothing),
            ("/search.stream", "", Route::Nothing),
            ("/health.stream", "", Route::Nothing),
            ("/story/1.stream", "", Route::Nothing),
            ("/hub", "", Route::Hub),
            ("/x/hub", "/x", Route::Hub),
            ("/hub/", "", Route::Nothing),
            ("/push/a1-B_2", "", Route::Push("a1-B_2".to_owned())),
            ("/x/push/a", "/x", Route::Push("a".to_owned())),
            ("/push/", "", Route::Nothing),
            ("/push/a/b", "", Route::Nothing),
            ("/push/a%2Fb", "", Route::Nothing),
            ("/sources.opml", "", Route::Document(DocumentName::Sources)),
            ("/archive/feed/12.atom", "", archive("feed", 12, Format::ATOM)),
            ("/archive/feed/12.json", "", archive("feed", 12, Format::JSON)),
            ("/archive/feed/12.html", "", archive("feed", 12, Format::Html)),
            ("/archive/feed/12.opml", "", Route::Nothing),
            ("/archive/feed/012.html", "", Route::Nothing),
            ("/tag/linux/3.html", "", tag_page("linux", 3)),
            ("/tag/a%2Fb/3.html", "", tag_page("a/b", 3)),
            ("/x/tag/linux/3.html", "/x", tag_page("linux", 3)),
            ("/source/lwn/1.html", "", source_page("lwn", 1)),
            ("/source/lwn/0.html", "", Route::Nothing),
            ("/source/lwn/01.html", "", Route::Nothing),
            ("/source/lwn/-1.html", "", Route::Nothing),
            ("/source/lwn/1.atom", "", Route::Nothing),
            ("/source/lwn/99999999999.html", "", Route::Nothing),
            ("/output/feed/1.html", "", Route::Nothing),
            ("/sources.html", "", Route::Document(DocumentName::Members)),
            ("/sources.atom", "", output("sources")),
            ("/story/17.html", "", story("17")),
            ("/x/story/17.html", "/x", story("17")),
            ("/story/017.html", "", Route::Nothing),
            ("/story/a.html", "", Route::Nothing),
            ("/story/17.atom", "", Route::Nothing),
            ("/story/99999999999999999999.html", "", Route::Nothing),
            ("/theme/logo.png", "", theme("logo.png")),
            ("/theme/fonts/serif.woff2", "", theme("fonts/serif.woff2")),
            ("/x/theme/a%20b.css", "/x", theme("a b.css")),
            ("/theme/", "", Route::Nothing),
            ("/theme/../x", "", Route::Nothing),
            ("/theme/%2e%2e/x", "", Route::Nothing),
            ("/theme/a%2Fb", "", Route::Nothing),
            ("/theme//b", "", Route::Nothing),
            ("/theme/%00", "", Route::Nothing),
            ("/icon/lwn.png", "", icon("lwn.png")),
            ("/icon/a/b.png", "", Route::Nothing),
            ("/icon/..", "", Route::Nothing),
            ("/archive/feed/012.atom", "", Route::Nothing),
            ("/archive/feed/+1.atom", "", Route::Nothing),
            ("/archive/feed/0.atom", "", Route::Nothing),
            ("/archive/feed/99999999999.atom", "", Route::Nothing),
            ("/archive/feed/1.rss", "", Route::Nothing),
            ("/archive/1.atom", "", Route::Nothing),
            ("/search.atom", "", Route::Search(Format::ATOM)),
            ("/x/search.html", "/x", Route::Search(Format::Html)),
            ("/search.opml", "", Route::Nothing),
            ("/tag/search.atom", "", tag("search")),
            ("/feed.xml", "", Route::Nothing),
            ("/tag/.atom", "", Route::Nothing),
            ("/tag/%zz.atom", "", Route::Nothing),
            ("/tag/%ff.atom", "", Route::Nothing),
            ("/tag/%2.atom", "", Route::Nothing),
            ("/tag/a/b.atom", "", Route::Nothing),
            ("/elsewhere/a.atom", "", Route::Nothing),
            ("//feed.atom", "", Route::Nothing),
            ("/../etc/passwd", "", Route::Nothing),
            (".atom", "", Route::Nothing),
            ("*", "", Route::Nothing),
        ] {
            check(path, public_path, expected);
        }
    }

    #[test]
    fn every_path_leads_back_to_its_document() {
        let tag = || OutputKind::Tag("c++ & ü/x.html".to_owned());
        for name in [
            DocumentName::FrontPage,
            DocumentName::Feed(tag(), Format::RSS),
            DocumentName::Archive("feed".to_owned(), 12, Format::Html),
            DocumentName::Page(tag(), 7),
            DocumentName::Page(OutputKind::Source("lwn".to_owned()), 1),
            DocumentName::Sources,
            DocumentName::Members,
            DocumentName::Story("42".to_owned()),
            DocumentName::ThemeFile("fonts/a b.woff2".to_owned()),
            DocumentName::Icon("lwn.svg".to_owned()),
        ] {
            check(&name.path(), "", Route::Document(name));
        }
    }

    #[test]
    fn searches() {
        let check = |format: Format, query: &str, expected: Option<&str>| {
            let found = search(format, query).ok();
            let expected = expected.map(|query| DocumentName::Feed(OutputKind::Search(query.to_owned()), format));
            assert_eq!(found, expected, "{query}");
        };
        check(Format::ATOM, "q=Kernel+linux", Some("kernel linux"));
        check(Format::ATOM, "raw&q=linux%20kernel&q=other", Some("kernel linux"));
        check(Format::ATOM, "q=a+sort%3Arank&sort=rank", Some("a"));
        check(Format::ATOM, "q=%22a", Some("a"));
        check(Format::Html, "q=a&sort=rank", Some("a sort:rank"));
        check(Format::Html, "q=a+sort:rank&sort=newest", Some("a"));
        // A page shows remarks on the query as it was typed.
        check(Format::Html, "q=%22a", Some("\"a"));
        check(Format::Html, "q=%22a&sort=newest", Some("\"a"));
        check(Format::Html, "q=%22a&sort=rank", Some("sort:rank \"a"));
        check(Format::Html, "q=sort:rank+%22a&sort=newest", Some("sort:newest \"a"));
        check(Format::Html, "q=%ff", None);
        check(Format::Html, "", None);
        check(Format::ATOM, "q=", None);
        check(Format::ATOM, "q=+-+*", None);
        check(Format::ATOM, &format!("q={}", "a".repeat(10 * 1024)), None);
    }
}
