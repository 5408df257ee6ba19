//! Addresses as publishers write them: corrects common mistakes in them, makes them absolute, and chooses their base.

use std::borrow::Cow;

use url::{Host, Url};

use super::xml::{SECTION_BEGINS, SECTION_ENDS};

/// How often an address may be escaped in addition to the escaping that its format requires.
const ESCAPED_MAX: usize = 2;
/// The forms of an ampersand that software writes when it escapes an address once more than necessary.
const AMPERSANDS: [&str; 4] = ["&amp;", "&#38;", "&#038;", "&#x26;"];
/// Schemes that only say that an address is a feed's. They stand in front of a host (`feed://a.example/`, which means http) or of
/// a whole address (`feed:https://a.example/`).
const FEED_SCHEMES: [&str; 5] = ["feed", "rss", "itpc", "pcast", "podcast"];
/// Extensions of file names, so that `www.notes.html` is not taken for a host name.
const FILE_ENDS: [&str; 8] = ["asp", "aspx", "htm", "html", "jsp", "php", "rss", "xml"];

/// The address that the publisher meant: without the white space or the CDATA marks around it, and with ampersands that
/// were escaped more than once resolved. A host without a scheme (`www.example.org/a`) gets `//` in front, because it
/// would otherwise be taken for a path.
pub(crate) fn meant(written: &str) -> Cow<'_, str> {
    let address = written.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    let address = address
        .strip_prefix(SECTION_BEGINS)
        .map_or(address, |inside| inside.strip_suffix(SECTION_ENDS).unwrap_or(inside).trim());
    let mut address = Cow::Borrowed(address);
    for _ in 0..ESCAPED_MAX {
        if !address.contains('&') || !AMPERSANDS.iter().any(|it| address.contains(it)) {
            break;
        }
        address = Cow::Owned(AMPERSANDS.iter().fold(address.into_owned(), |text, it| text.replace(it, "&")));
    }
    if is_host_alone(&address) { Cow::Owned(format!("//{address}")) } else { address }
}

/// The address of a feed that the writer meant: as [`meant`], without a scheme that only says that it is a feed's.
pub(crate) fn of_feed(written: &str) -> Cow<'_, str> {
    let meant = meant(written);
    let Some((scheme, rest)) = meant.split_once(':') else { return meant };
    if !FEED_SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return meant;
    }
    let rest = rest.trim_start_matches('/');
    let begin = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A host may be followed by a port, but not by a colon alone.
    let has_scheme = begin.ends_with(':') || rest.starts_with("file:");
    Cow::Owned(if has_scheme { rest.to_owned() } else { format!("http://{rest}") })
}

/// Reads an address as a person typed it. An address without a scheme means https.
pub(crate) fn typed(typed: &str) -> Result<Url, String> {
    let typed = typed.trim();
    let guessed = match Url::parse(typed) {
        // `example.org:8080/feed` looks like a scheme.
        Ok(url) if url.has_host() || url.scheme() == "file" => Some(url),
        Ok(url) if !typed.starts_with(&format!("{}:", url.scheme())) || !url.scheme().contains('.') => Some(url),
        _ if typed.contains('.') && !typed.contains(char::is_whitespace) && !is_path(typed) => {
            Url::parse(&format!("https://{typed}")).ok()
        }
        _ => None,
    };
    let mut url = guessed.ok_or_else(|| format!("{typed:?} is not an address"))?;
    if !matches!(url.scheme(), "http" | "https" | "file") {
        return Err(format!("{typed:?}: only http, https and file addresses can be polled, not {}", url.scheme()));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Whether what was typed is the path of a file, whose first folder must not be taken for a host. `//example.org/feed` has a host.
fn is_path(typed: &str) -> bool {
    typed.starts_with('.') || (typed.starts_with('/') && !typed.starts_with("//"))
}

/// Whether an address begins with the host of a web server, without a scheme.
pub(crate) fn is_host_alone(address: &str) -> bool {
    if !address.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("www.")) {
        return false;
    }
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let last = host.rsplit('.').next().unwrap_or_default().to_lowercase();
    let is_domain = last.starts_with("xn--") || (last.chars().count() >= 2 && last.chars().all(char::is_alphabetic));
    host.split('.').count() >= 3 && host.split('.').all(is_label) && is_domain && !FILE_ENDS.contains(&last.as_str())
}

/// Resolves a written address against `base`. The scheme is https if neither of the two states a scheme.
pub(crate) fn absolute(written: &str, base: Option<&Url>) -> Option<Url> {
    let meant = meant(written);
    let base = base.filter(|base| !base.cannot_be_a_base());
    match base {
        base if meant.starts_with("//") && !base.is_some_and(is_web) => Url::parse(&format!("https:{meant}")).ok(),
        Some(base) => base.join(&meant).ok(),
        None => Url::parse(&meant).ok(),
    }
}

/// The base of the relative addresses in a feed's entries, unless an entry states a base of its own: the document's
/// address, or the website's if the website is at another host, because then a service publishes the feed and the
/// entries are at the website.
pub(crate) fn base_of_entries<'a>(document: Option<&'a Url>, site: Option<&'a Url>) -> Option<&'a Url> {
    let is_elsewhere = |site: &&Url| document.is_none_or(|document| host_of(document) != host_of(site));
    site.filter(|site| is_web(site) && has_public_name(site)).filter(is_elsewhere).or(document)
}

/// Whether a text begins as an absolute http or https address does.
pub(crate) fn begins_as_web(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Whether an address is an http or https address.
pub(crate) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Whether an address is an http or https address without a login.
pub(crate) fn is_web_without_login(url: &Url) -> bool {
    is_web(url) && !has_login(url)
}

/// Whether an address has a user name or a password.
pub(crate) fn has_login(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Removes user name and password from an address.
pub(crate) fn drop_login(url: &mut Url) {
    if has_login(url) {
        // Both calls fail only for addresses that cannot contain a user name or password.
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
}

/// Whether the host is a public name. A template's `http://localhost/` is not the address of a website.
fn has_public_name(url: &Url) -> bool {
    matches!(url.host(), Some(Host::Domain(name)) if name.contains('.'))
}

fn host_of(url: &Url) -> Option<&str> {
    url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_in_addresses_are_corrected() {
        let check = |written: &str, wanted: &str| assert_eq!(meant(written), wanted, "{written:?}");
        check(" https://a.example/?b=1&amp;c=2\n", "https://a.example/?b=1&c=2");
        check("https://a.example/?b=1&#038;c=2", "https://a.example/?b=1&c=2");
        check("/x?b=1&amp;amp;c=2", "/x?b=1&c=2");
        check("<![CDATA[https://a.example/1]]>", "https://a.example/1");
        check("www.a.example/b", "//www.a.example/b");
        check("WWW.a.example:8080", "//WWW.a.example:8080");
        check("www.bücher.example/?x", "//www.bücher.example/?x");
    }

    #[test]
    fn sound_addresses_stay_as_they_are() {
        for written in [
            "https://a.example/?b=1&c=2&amplitude=3",
            "https://a.example/a&b",
            "www.html",
            "www.notes.html",
            "www.a",
            "www",
            "wwwa.b.example",
            "www..example",
            "news/www.a.example/b",
            "magnet:?xt=urn:btih:0123&dn=a&tr=b",
            "#a",
        ] {
            assert_eq!(meant(written), written);
        }
    }

    #[test]
    fn schemes_that_only_say_that_it_is_a_feed_are_removed() {
        let check = |written: &str, wanted: &str| assert_eq!(of_feed(written), wanted, "{written:?}");
        check(" feed://a.example/f ", "http://a.example/f");
        check("feed://a.example:8080/f", "http://a.example:8080/f");
        check("Feed:https://a.example/f", "https://a.example/f");
        check("feed://https://a.example/f", "https://a.example/f");
        check("pcast:a.example/f", "http://a.example/f");
        check("feed:file:///etc/passwd", "file:///etc/passwd");
        check("https://a.example/feed:x", "https://a.example/feed:x");
        check("feeds.a.example/f", "feeds.a.example/f");
    }

    #[test]
    fn an_address_without_a_scheme_gets_the_scheme_of_the_base() {
        let check = |written: &str, base: Option<&str>, wanted: Option<&str>| {
            let base = base.and_then(|base| Url::parse(base).ok());
            assert_eq!(absolute(written, base.as_ref()).as_ref().map(Url::as_str), wanted, "{written:?}");
        };
        check("www.a.example/b", Some("http://c.example/d/"), Some("http://www.a.example/b"));
        check("www.a.example/b", Some("file:///tmp/feed.xml"), Some("https://www.a.example/b"));
        check("www.a.example/b", None, Some("https://www.a.example/b"));
        check("//a.example/b", Some("http://c.example/"), Some("http://a.example/b"));
        check("//a.example/b", Some("file:///tmp/feed.xml"), Some("https://a.example/b"));
        check("//a.example/b", None, Some("https://a.example/b"));
        check("b", Some("http://c.example/d/"), Some("http://c.example/d/b"));
        check("b", Some("magnet:?xt=x"), None);
        check("b", None, None);
    }

    #[test]
    fn relative_addresses_are_resolved_against_the_site_when_a_service_publishes_the_feed() {
        let check = |document: Option<&str>, site: Option<&str>, wanted: Option<&str>| {
            let parsed = |url: Option<&str>| url.and_then(|url| Url::parse(url).ok());
            let (document, site) = (parsed(document), parsed(site));
            let base = base_of_entries(document.as_ref(), site.as_ref());
            assert_eq!(base.map(Url::as_str), wanted, "{document:?} {site:?}");
        };
        let (feed, site) = (Some("https://feeds.example/a.xml"), Some("https://a.example/blog/"));
        check(feed, site, site);
        check(None, site, site);
        check(Some("file:///tmp/a.xml"), site, site);
        check(feed, None, feed);
        check(Some("https://www.a.example/feed/rss.xml"), site, Some("https://www.a.example/feed/rss.xml"));
        check(Some("http://a.example/feed/rss.xml"), site, Some("http://a.example/feed/rss.xml"));
        check(feed, Some("http://localhost/"), feed);
        check(feed, Some("http://127.0.0.1:8000/"), feed);
        check(feed, Some("mailto:a@b.example"), feed);
        check(None, None, None);
    }

    #[test]
    fn addresses_as_people_type_them() {
        for (typed, expected) in [
            ("https://a.example/feed#x", Some("https://a.example/feed")),
            ("a.example/feed", Some("https://a.example/feed")),
            ("a.example:8080/feed", Some("https://a.example:8080/feed")),
            (" http://a.example ", Some("http://a.example/")),
            ("file:///tmp/a.xml", Some("file:///tmp/a.xml")),
            ("//a.example/feed", Some("https://a.example/feed")),
            ("/feed.xml", None),
            ("../feed.xml", None),
            ("gopher://a.example/", None),
            ("mailto:me@a.example", None),
            ("javascript:alert(1)", None),
            ("not a url", None),
            ("word", None),
            ("", None),
        ] {
            assert_eq!(super::typed(typed).ok().as_ref().map(|url| url.as_str()), expected, "{typed}");
        }
    }
}
