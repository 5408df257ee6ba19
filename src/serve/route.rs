//! Which document a path asks for.

use crate::publish::DocumentName;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    Document(DocumentName),
    /// Whether the process answers.
    Alive,
    /// Whether it does its work.
    Ready,
    Nothing,
}

/// The route of a request's path. `public_path` is the path of `public_url`, without a slash at the end: everything is
/// answered at the root and below it.
pub(super) fn route(path: &str, public_path: &str) -> Route {
    // The public addresses go first: they are the ones that were handed out.
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
        _ => {}
    }
    let Some(feed) = path.strip_prefix('/').and_then(|path| path.strip_suffix(".atom")) else {
        return Route::Nothing;
    };
    // Split first, decoded afterwards: an encoded slash belongs to the name.
    let (folder, name) = feed.split_once('/').map_or((None, feed), |(folder, name)| (Some(folder), name));
    let Some(name) = Some(name).filter(|name| !name.contains('/')).and_then(percent_decoded) else {
        return Route::Nothing;
    };
    match folder {
        _ if name.is_empty() => Route::Nothing,
        None => Route::Document(DocumentName::Output(name)),
        Some("tag") => Route::Document(DocumentName::Tag(name)),
        Some("source") => Route::Document(DocumentName::Source(name)),
        Some(_) => Route::Nothing,
    }
}

/// Text with its `%XX` decoded, if they are whole and what they make is UTF-8.
pub(super) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, public_path: &str, expected: Route) {
        assert_eq!(route(path, public_path), expected, "{path} {public_path}");
    }

    #[test]
    fn paths() {
        let output = |name: &str| Route::Document(DocumentName::Output(name.to_owned()));
        let tag = |name: &str| Route::Document(DocumentName::Tag(name.to_owned()));
        let source = |name: &str| Route::Document(DocumentName::Source(name.to_owned()));
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
            ("/feed.rss", "", Route::Nothing),
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
