//! Recognises this Watershed's own feeds, whose entries are not taken because they would circulate endlessly.

use memchr::memmem;
use url::Url;

use crate::publish::{FEED_ID_BEGIN, feed_id};

/// The first bytes of a document, in which its feed id is searched for. In RSS the description stands before it, whose 4,000
/// characters may take 36 KB where each is escaped twice.
const HEAD_BYTES: usize = 64 * 1024;
/// How many trailing path segments are looked at.
const PARTS_MAX: usize = 16;

/// Whether a document is a feed of this store: whether it contains the id that only this store gives to a feed with its
/// path. Its host and the folders above it do not matter, because a proxy may serve it anywhere.
pub(super) fn is_ours(store_id: &str, body: &[u8], addresses: &[Option<&str>]) -> bool {
    let head = &body[..body.len().min(HEAD_BYTES)];
    // Few documents contain an id of this kind, and searching for each path's id takes longer.
    if memmem::find(head, FEED_ID_BEGIN.as_bytes()).is_none() {
        return false;
    }
    let paths = addresses.iter().flatten().filter_map(|address| Url::parse(address).ok());
    paths
        .flat_map(|url| feed_paths(url.path()))
        .any(|path| memmem::find(head, feed_id(store_id, &path).as_bytes()).is_some())
}

/// The paths of the Atom feeds that a path may be another format of, with any number of leading folders removed.
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
    fn own_feeds_are_recognised_at_any_address() {
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
