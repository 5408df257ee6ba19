//! Which document a path asks for.

use crate::publish::{ARCHIVE_FORMATS, DocumentName, Format, OutputKind};
use crate::text::percent;

/// What a path stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    Document(DocumentName),
    /// `/healthz`: whether the process answers.
    Alive,
    /// `/readyz`: whether the process does its work.
    Ready,
    /// `/status` and `/status.json`: the state of the sources and of the installation.
    Status,
    /// No document has such a path.
    Nothing,
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
        "/status" | "/status.json" => return Route::Status,
        _ => {}
    }
    at_feed(path).map_or(Route::Nothing, Route::Document)
}

/// The document at a path such as `/NAME.atom`, `/tag/T.rss` or `/archive/NAME/N.atom`.
fn at_feed(path: &str) -> Option<DocumentName> {
    let (path, suffix) = path.strip_prefix('/')?.rsplit_once('.')?;
    let format = Format::of_suffix(suffix)?;
    // Split first, decoded afterwards: an encoded slash belongs to the name.
    let parts: Vec<&str> = path.split('/').collect();
    let name = |text: &str| percent::decoded(text).filter(|name| !name.is_empty());
    Some(match parts.as_slice() {
        ["sources"] if format == Format::Opml => DocumentName::Sources,
        // Incidents have no list of sources.
        ["health"] if format == Format::Opml => return None,
        ["health"] => DocumentName::Feed(OutputKind::Health, format),
        [output] => DocumentName::Feed(OutputKind::Output(name(output)?), format),
        ["tag", tag] => DocumentName::Feed(OutputKind::Tag(name(tag)?), format),
        ["source", source] => DocumentName::Feed(OutputKind::Source(name(source)?), format),
        ["archive", output, number] => {
            let Format::Feed(format) = format else { return None };
            if !ARCHIVE_FORMATS.contains(&format) {
                return None;
            }
            // A number has no leading zero and no sign, so that each document has only one address.
            let plain = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
            DocumentName::Archive(name(output)?, number.parse().ok().filter(|_| plain)?, format)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Syndication;

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
            ("/x/status.json", "/x", Route::Status),
            ("/sources.opml", "", Route::Document(DocumentName::Sources)),
            ("/archive/feed/12.atom", "", archive("feed", 12, Syndication::Atom)),
            ("/archive/feed/12.json", "", archive("feed", 12, Syndication::Json)),
            ("/archive/feed/12.html", "", Route::Nothing),
            ("/archive/feed/012.atom", "", Route::Nothing),
            ("/archive/feed/+1.atom", "", Route::Nothing),
            ("/archive/feed/0.atom", "", Route::Nothing),
            ("/archive/feed/99999999999.atom", "", Route::Nothing),
            ("/archive/feed/1.rss", "", Route::Nothing),
            ("/archive/1.atom", "", Route::Nothing),
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
}
