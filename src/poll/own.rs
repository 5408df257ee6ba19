//! Our own feeds, polled back: they bring nothing, so that no planet goes round in circles.

use url::Url;

use crate::publish::feed_id;

/// Bytes of a document in which its own id stands.
const HEAD_BYTES: usize = 8 * 1024;
/// Parts of a path that are looked at.
const PARTS_MAX: usize = 16;

/// Whether a document is a feed of this store: it bears the id that only this store gives to a feed with its path. Where it was
/// found does not matter: it may be served by any host, and below any path.
pub(super) fn is_ours(store_id: &str, body: &[u8], addresses: &[Option<&str>]) -> bool {
    let head = String::from_utf8_lossy(&body[..body.len().min(HEAD_BYTES)]);
    let paths = addresses.iter().flatten().filter_map(|address| Url::parse(address).ok());
    paths.flat_map(|url| feed_paths(url.path())).any(|path| head.contains(&feed_id(store_id, &path)))
}

/// The Atom feeds that a path may be one form of, whatever stands before it.
fn feed_paths(path: &str) -> Vec<String> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let Some((last, folders)) = parts.split_last() else { return Vec::new() };
    let name = last.rsplit_once('.').map_or(*last, |(name, _)| name);
    let mut paths = vec![format!("/{name}.atom")];
    for from in (0..folders.len()).rev().take(PARTS_MAX) {
        paths.push(format!("/{}/{name}.atom", folders[from..].join("/")));
    }
    // An archive document has the id of the feed that it belongs to.
    if let [.., "archive", output] = folders {
        paths.push(format!("/{output}.atom"));
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_feeds_are_known_wherever_they_lie() {
        let check = |path: &str, address: &str, expected: bool| {
            let body = format!("<feed><id>{}</id>", feed_id("store", path));
            assert_eq!(is_ours("store", body.as_bytes(), &[None, Some(address)]), expected, "{path} {address}");
            assert!(!is_ours("another", body.as_bytes(), &[Some(address)]), "{address}");
        };
        check("/feed.atom", "https://a.example/feed.atom", true);
        check("/feed.atom", "https://a.example/x/y/feed.rss", true);
        check("/tag/c%2B%2B.atom", "https://a.example/x/tag/c%2B%2B.json", true);
        check("/feed.atom", "https://a.example/archive/feed/12.atom", true);
        check("/feed.atom", "https://a.example/other.atom", false);
        check("/feed.atom", "https://a.example/", false);
    }
}
