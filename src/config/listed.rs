//! Sources in lists that other programs write: which addresses can be polled, and which lead to the same feed.

use std::sync::Arc;

use url::Url;

use super::limits::MAX_TAGS;
use super::names::is_tag;
use super::secret::MASK;
use crate::read::Listed;
use crate::stories::address::identity_of;
use crate::text::address;

/// Most bytes of an address.
const ADDRESS_MAX_BYTES: usize = 8 * 1024;

/// A source of a list that can be polled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub line: usize,
    pub url: Url,
    pub title: Option<String>,
    /// Whether the title is the user's, and not the feed's own.
    pub is_renamed: bool,
    pub tags: Vec<Arc<str>>,
}

impl Candidate {
    pub fn new(listed: Listed, url: Url) -> Candidate {
        let Listed { line, address: _, title, is_renamed, tags } = listed;
        Candidate { line, url, title, is_renamed, tags }
    }

    /// Takes over the data of another line with the same source, because readers list a source once for each of its
    /// folders.
    pub fn join(&mut self, again: Listed) {
        for tag in again.tags {
            if !self.tags.contains(&tag) && self.tags.len() < MAX_TAGS {
                self.tags.push(tag);
            }
        }
        if self.title.is_none() || (again.is_renamed && !self.is_renamed) {
            (self.title, self.is_renamed) = (again.title, again.is_renamed);
        }
    }

    /// The tags that the configuration allows.
    pub fn tags(&self) -> Vec<String> {
        self.tags.iter().filter(|tag| is_tag(tag)).take(MAX_TAGS).map(|tag| tag.to_string()).collect()
    }
}

/// The address of a feed as programs and people write it into lists, or why it must not be taken from a list.
pub fn listed_address(written: &str) -> Result<Url, &'static str> {
    if written.len() > ADDRESS_MAX_BYTES {
        return Err("the address is longer than 8 KiB");
    }
    if written.contains(MASK) {
        return Err("a secret of the address is masked (***), so that the address is incomplete");
    }
    let url = address::typed(&address::of_feed(written));
    let url = url.map_err(|_| "this is not an http or https address, and no other can be imported")?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err("local files are not imported; write a [[source]] for the file by hand"),
    }
}

/// A text that is the same for all addresses that lead to the same feed: http and https, with and without `www.`, a
/// slash at the end, the default port or tracking parameters make no difference. Addresses with different logins lead
/// to different feeds.
pub fn same_feed(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let mut bare = url.clone();
    let path = url.path().trim_end_matches('/').to_owned();
    bare.set_path(&path);
    // A host that cannot be set, such as an IP address behind `www.`, stays as it is.
    let _ = bare.set_host(Some(host));
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let place = identity_of(&bare).unwrap_or_else(|| format!("{host}{port}"));
    format!("{}:{}@{place}", url.username(), url.password().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_lists_are_read() {
        let check = |written: &str, wanted: Option<&str>| {
            let url = listed_address(written).ok();
            assert_eq!(url.as_ref().map(Url::as_str), wanted, "{written:?}");
        };
        check("https://a.example/f#x", Some("https://a.example/f"));
        check(" feed://a.example/f ", Some("http://a.example/f"));
        check("feed:https://a.example/f", Some("https://a.example/f"));
        check("FEED://https://a.example/f", Some("https://a.example/f"));
        check("feed:a.example/f", Some("http://a.example/f"));
        check("itpc://a.example/f", Some("http://a.example/f"));
        check("a.example/f", Some("https://a.example/f"));
        check("www.a.example/f", Some("https://www.a.example/f"));
        check("https://a.example/f?a=1&amp;b=2", Some("https://a.example/f?a=1&b=2"));
        check("file:///etc/passwd", None);
        check("feed:file:///etc/passwd", None);
        check("exec:~/bin/x", None);
        check("javascript:alert(1)", None);
        check("http://", None);
        check("no address", None);
        check("/feed.xml", None);
        check("", None);
        check("https://a.example/f?token=***", None);
        check(&format!("https://a.example/{}", "x".repeat(ADDRESS_MAX_BYTES)), None);
    }

    #[test]
    fn equal_addresses_lead_to_the_same_feed() {
        let of = |url: &str| same_feed(&Url::parse(url).expect("an address"));
        let wanted = of("https://a.example/feed");
        for url in [
            "http://a.example/feed",
            "https://www.a.example/feed/",
            "http://A.example:80/feed",
            "https://a.example.:443/feed",
            "https://a.example/%66eed?utm_source=x",
        ] {
            assert_eq!(of(url), wanted, "{url}");
        }
        for url in [
            "https://a.example:8080/feed",
            "https://b.a.example/feed",
            "https://a.example/Feed",
            "https://a.example/feed?id=1",
            "https://me@a.example/feed",
            "https://a.example/",
        ] {
            assert_ne!(of(url), wanted, "{url}");
        }
        assert_eq!(of("http://www.a.example"), of("https://a.example/"));
        assert_ne!(of("http://a.example:81"), of("https://a.example/"));
        assert_eq!(of("http://127.0.0.1/"), of("http://127.0.0.1"));
    }
}
