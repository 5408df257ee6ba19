//! The scope of politeness towards servers, which is the registrable domain.

use std::sync::Arc;

use url::{Host, Url};

/// The scope within which requests share one limit of concurrency and one gap: a registrable domain, or else the host
/// itself. Copies of a key share its text, because there may be as many keys as sources.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostKey(Arc<str>);

impl HostKey {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Restores a key from the text that [`HostKey::as_str`] returned.
    pub fn from_text(text: &str) -> HostKey {
        HostKey(text.into())
    }

    /// Whether the key stands for files of this machine, which need no gap between two reads.
    pub fn is_this_machine(&self) -> bool {
        self.0.ends_with(':')
    }

    /// Whether sources with this key share pauses and failures, which is not so for IP addresses, `localhost` and
    /// files.
    pub fn is_shared(&self) -> bool {
        let name = self.as_str();
        // A host of digits and dots is an IPv4 address (WHATWG URL, 3.5).
        let is_v4 = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let is_address = is_v4 || name.starts_with('[');
        !(is_address || self.is_this_machine() || name == "localhost" || name.ends_with(".localhost"))
    }
}

/// The key of a URL's host. `blog.example.co.uk` and `www.example.co.uk` have the same key, because many publishers
/// limit requests across their subdomains. IP addresses and local files have keys of their own.
pub fn host_key(url: &Url) -> HostKey {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            HostKey::from_text(psl::domain_str(&name).unwrap_or(&name))
        }
        Some(Host::Ipv4(_)) => HostKey::from_text(url.host_str().unwrap_or_default()),
        Some(Host::Ipv6(address)) => HostKey::from_text(&format!("[{address}]")),
        None => HostKey::from_text(&format!("{}:", url.scheme())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subdomains_share_a_key_and_addresses_stand_alone() {
        let check = |url: &str, wanted: &str| {
            assert_eq!(host_key(&Url::parse(url).expect("test URLs are valid")).as_str(), wanted, "{url}");
        };
        check("https://a.blog.example.co.uk/feed", "example.co.uk");
        check("https://Example.com./feed", "example.com");
        check("http://127.0.0.1:8080/feed", "127.0.0.1");
        check("http://127.1/feed", "127.0.0.1");
        check("http://[::1]/feed", "[::1]");
        check("http://[::ffff:192.0.2.1]/feed", "[::ffff:192.0.2.1]");
        check("http://localhost/feed", "localhost");
        check("https://co.uk/feed", "co.uk");
        check("file:///srv/feed.xml", "file:");
    }

    #[test]
    fn addresses_and_this_machine_share_nothing() {
        for (url, is_shared) in [
            ("https://example.com/", true),
            ("https://127.example/", true),
            ("http://localhost/", false),
            ("http://a.localhost/", false),
            ("http://192.0.2.1/", false),
            ("http://0x7f.1/", false),
            ("http://[2001:db8::1]:8080/", false),
            ("file:///srv/feed.xml", false),
        ] {
            let key = host_key(&Url::parse(url).expect("test URLs are valid"));
            assert_eq!(key.is_shared(), is_shared, "{url}");
            assert_eq!(HostKey::from_text(key.as_str()).is_shared(), is_shared, "{url}, restored");
        }
    }
}
