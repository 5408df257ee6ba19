//! What the neighbours of a part of an address say about it: a number or a token of a person's own feed, a token of a
//! bot or a webhook, and a token as a label of a host. Pure.
//!
//! A UUID or a digest names a public document as often as a reader's own feed, so only its neighbours decide.

use super::look::{Look, has_uuid, is_digest, is_number, is_readable, is_year, look};

/// Segments beside which a UUID, and behind which a token, belongs to a person.
const OWNERS: &[&str] = &["u", "user", "users", "me", "my", "member", "members", "subscriber", "subscribers"];
/// Segments that denote a feed: a UUID or a long token beside them belongs to a person, unless the path says otherwise.
const FEEDS: &[&str] = &["rss", "feed", "feeds"];
/// Segments beside which a UUID is a secret, whatever else the path says.
const SECRETS: &[&str] = &["private", "key", "token", "secret", "auth"];
/// Segments behind which the name of a public document stands.
const DOCUMENTS: &[&str] = &[
    "archive",
    "blob",
    "category",
    "channel",
    "channels",
    "commit",
    "commits",
    "doc",
    "docs",
    "episode",
    "episodes",
    "ipfs",
    "ipns",
    "list",
    "playlist",
    "playlists",
    "podcast",
    "podcasts",
    "post",
    "posts",
    "public",
    "raw",
    "series",
    "show",
    "shows",
    "tag",
    "topic",
    "topics",
    "tree",
];
/// Segments behind which the number of a webhook and its token stand.
const WEBHOOKS: &[&str] = &["webhook", "webhooks"];
/// Fewest signs between the words of a title.
const TITLE_LEAST_SIGNS: usize = 2;

/// The segment this many steps before a segment; empty at the start of the path.
pub(super) fn before<'s>(said: &[&'s str], at: usize, steps: usize) -> &'s str {
    at.checked_sub(steps).and_then(|before| said.get(before)).copied().unwrap_or_default()
}

/// Whether the neighbours of a segment say that it belongs to a person. `stem`: the segment without its extension; `said`: all
/// segments in small letters; `at`: its place among them.
pub(super) fn is_personal(stem: &str, said: &[&str], at: usize) -> bool {
    let (found, is_uuid) = (look(stem), has_uuid(stem));
    if found == Look::Public && !is_uuid {
        return false;
    }
    let next = said.get(at + 1).copied().unwrap_or_default();
    let is_below_feed = FEEDS.contains(&before(said, at, 2)) && next.is_empty();
    let before = before(said, at, 1);
    // `UUID/feed.xml` says as much as `UUID/feed`.
    let next_stem = next.split('.').next().unwrap_or_default();
    if is_uuid && (SECRETS.contains(&before) || SECRETS.contains(&next)) {
        return true;
    }
    if is_of_document(stem, said, at) {
        return false;
    }
    let is_long = found == Look::Secret;
    OWNERS.contains(&before)
        || (is_uuid && (OWNERS.contains(&next) || FEEDS.contains(&next_stem)))
        || ((is_uuid || is_long) && FEEDS.contains(&before))
        || (is_long && !is_uuid && (FEEDS.contains(&next) || is_below_feed))
}

/// Whether a segment is the last of a path and stands behind an id in the path of a feed: `/rss/ID/TOKEN`. Services that make a
/// feed for each listener write the token of the listener there.
pub(super) fn is_behind_id(said: &[&str], at: usize) -> bool {
    let id = before(said, at, 1);
    let is_id = look(id) != Look::Public || has_uuid(id);
    is_id && FEEDS.contains(&before(said, at, 2)) && said.get(at + 1).is_none_or(|next| next.is_empty())
}

/// Whether a path says that this segment names a public document: by the kind that stands before it, by a date or by a title.
fn is_of_document(stem: &str, said: &[&str], at: usize) -> bool {
    let is_kind = |segment: &&str| DOCUMENTS.contains(segment);
    let mut others = said.iter().enumerate().filter(|(other, _)| *other != at);
    said[..at].last().is_some_and(is_kind)
        || said.contains(&"public")
        || others.any(|(_, segment)| is_year(segment) || is_title(segment))
        || is_title(stem)
}

/// Words with signs between them, and no token among them.
fn is_title(segment: &str) -> bool {
    let signs = segment.bytes().filter(|byte| matches!(byte, b'-' | b'_')).count();
    let is_plain = !has_uuid(segment) && look(segment) == Look::Public;
    signs >= TITLE_LEAST_SIGNS && is_plain && is_readable(segment)
}

/// Whether a name is that of a Telegram bot, behind which a colon and its token follow: `bot123:TOKEN`.
pub(super) fn is_bot(name: &str) -> bool {
    let number = name.strip_prefix("bot");
    number.is_some_and(|number| !number.is_empty() && is_number(number))
}

/// Where in the path of a webhook a segment stands: 1 for what directly follows the word, 2 for what follows that. 0: elsewhere.
pub(super) fn place_in_webhook(said: &[&str], at: usize) -> usize {
    [1, 2].into_iter().find(|steps| WEBHOOKS.contains(&before(said, at, *steps))).unwrap_or(0)
}

/// Whether a label of a host's name is a token: a long hexadecimal number or a UUID.
pub(super) fn is_token_label(label: &str) -> bool {
    is_digest(label) || has_uuid(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the segment that holds `X` is personal, with this in place of `X`.
    fn check(path: &str, value: &str, expected: bool) {
        let small = path.replace('X', value).to_ascii_lowercase();
        let said: Vec<&str> = small.split('/').collect();
        let at = path.split('/').position(|segment| segment.contains('X')).expect("the path has a place");
        assert_eq!(is_personal(value, &said, at), expected, "{path} with {value}");
    }

    #[test]
    fn neighbours_say_whether_a_token_is_a_persons_own() {
        const UUID: &str = "9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0";
        const LONG: &str = "Zk3vQ9_tLw7-XbR2mYc5Hd";
        const SHORT: &str = "q7w9e2r4t6y8u1i3";
        for (path, uuid, long, short) in [
            ("/u/X/rss", true, true, true),
            ("/user/X/rss.xml", true, true, true),
            ("/rss/X", true, true, false),
            ("/feeds/X.xml", true, true, false),
            ("/X/rss", true, true, false),
            ("/X/feed.xml", true, false, false),
            ("/X/token", true, false, false),
            ("/X/user", true, false, false),
            ("/rss/somebody/X", false, true, false),
            ("/rss/show/X", false, false, false),
            ("/rss/somebody/X/about", false, false, false),
            ("/feed/2026/token/X", true, false, false),
            // What is public, or not said to be personal.
            ("/X", false, false, false),
            ("/files/X", false, false, false),
            ("/shows/X/feed", false, false, false),
            ("/public/feed/X", false, false, false),
            ("/ipfs/X/feed", false, false, false),
            ("/2026/feed/X", false, false, false),
            ("/feed/X/a-title-of-words", false, false, false),
        ] {
            check(path, UUID, uuid);
            check(path, LONG, long);
            check(path, SHORT, short);
            check(path, "somebody", false);
            check(path, "12345", false);
        }
    }

    #[test]
    fn the_token_of_a_listener_stands_behind_the_id_of_a_feed() {
        for (path, expected) in [
            ("/rss/5f3e9c2b8a7d6e1f0c4b3a29/X", true),
            ("/feeds/9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0/X/", true),
            ("/rss/5f3e9c2b8a7d6e1f0c4b3a29/X/comments", false),
            ("/rss/somebody/X", false),
            ("/shows/5f3e9c2b8a7d6e1f0c4b3a29/X", false),
            ("/X", false),
        ] {
            let said: Vec<&str> = path.split('/').collect();
            let at = said.iter().position(|segment| *segment == "X").expect("the path has a place");
            assert_eq!(is_behind_id(&said, at), expected, "{path}");
        }
    }

    #[test]
    fn labels_bots_and_webhooks() {
        for (label, expected) in [
            ("0f1e2d3c4b5a69788796a5b4c3d2e1f0", true),
            ("9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0", true),
            ("0f1e2d3c", false),
            ("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi", false),
            ("12345678901234567890123456789012", false),
            ("www", false),
        ] {
            assert_eq!(is_token_label(label), expected, "{label}");
        }
        assert!(is_bot("bot123456") && !is_bot("bot") && !is_bot("bots1") && !is_bot("robot1"));
        let said = ["api", "webhooks", "1", "x", "y"];
        assert_eq!((0..5).map(|at| place_in_webhook(&said, at)).collect::<Vec<_>>(), [0, 0, 1, 2, 0]);
    }
}
