//! Every key there is, by table: what is unknown is judged by these lists alone.

pub(super) const TOP: &str = "the top of the file";

pub(super) const TOP_KEYS: &[&str] =
    &["title", "serve", "store", "poll", "stories", "push", "log", "source", "output", "include"];
pub(super) const SERVE_KEYS: &[&str] = &["listen", "public_url", "hosts", "max_age", "files", "metrics"];
pub(super) const STORE_KEYS: &[&str] = &["path", "keep", "keep_min"];
pub(super) const POLL_KEYS: &[&str] = &[
    "every",
    "min_every",
    "max_every",
    "concurrency",
    "per_host",
    "host_gap",
    "timeout",
    "max_body",
    "max_entries",
    "contact",
    "proxy",
    "allow_networks",
];
pub(super) const STORIES_KEYS: &[&str] = &["match", "window"];
pub(super) const PUSH_KEYS: &[&str] = &["hub", "subscribe"];
pub(super) const LOG_KEYS: &[&str] = &["level", "format"];
pub(super) const SOURCE_KEYS: &[&str] = &[
    "url",
    "name",
    "title",
    "tags",
    "every",
    "min_every",
    "max_every",
    "timeout",
    "max_body",
    "max_entries",
    "proxy",
    "allow_networks",
    "priority",
    "auth",
    "headers",
    "secret",
    "filter",
    "rewrite",
    "backfill",
    "follow_deletions",
    "identity",
    "stories",
    "cookies",
    "verify_tls",
    "ca",
    "client_cert",
    "client_key",
    "private",
    "enabled",
];
pub(super) const OUTPUT_KEYS: &[&str] = &[
    "name",
    "title",
    "tags",
    "sources",
    "filter",
    "entries",
    "max_size",
    "per_source",
    "content",
    "title_prefix",
    "token",
];
pub(super) const INCLUDE_KEYS: &[&str] = &["path"];
/// An included file holds sources and nothing else.
pub(super) const INCLUDED_KEYS: &[&str] = &["source"];
pub(super) const AUTH_KEYS: &[&str] = &["user", "password", "bearer"];
/// Those that a user name and password need, both.
pub(super) const BASIC_KEYS: &[&str] = &["user", "password"];
pub(super) const SECRET_KEYS: &[&str] = &["file", "env", "credential"];
pub(super) const FILTER_KEYS: &[&str] = &["drop", "keep", "is", "contains", "matches"];
pub(super) const REWRITE_KEYS: &[&str] = &["field", "strip_query"];

/// The tables a key may have strayed from.
const TABLES: &[(&str, &[&str])] = &[
    (TOP, TOP_KEYS),
    ("[serve]", SERVE_KEYS),
    ("[store]", STORE_KEYS),
    ("[poll]", POLL_KEYS),
    ("[stories]", STORIES_KEYS),
    ("[push]", PUSH_KEYS),
    ("[log]", LOG_KEYS),
    ("[[source]]", SOURCE_KEYS),
    ("[[output]]", OUTPUT_KEYS),
];

/// The tables in which `key` is known.
pub(super) fn homes(key: &str) -> Vec<&'static str> {
    TABLES.iter().filter(|(_, keys)| keys.contains(&key)).map(|(table, _)| *table).collect()
}

/// The candidate that `word` was probably meant to be.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase().replace('-', "_");
    let allowed = 1 + word.chars().count() / 4;
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase().replace('-', "_")), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::{SOURCE_KEYS, homes, nearest};

    #[test]
    fn nearest_key() {
        for (word, expected) in [
            ("evry", Some("every")),
            ("Tags", Some("tags")),
            ("tag", Some("tags")),
            ("max-body", Some("max_body")),
            ("zzzzzz", None),
        ] {
            assert_eq!(nearest(word, SOURCE_KEYS.iter().copied()), expected, "{word}");
        }
    }

    #[test]
    fn a_key_knows_its_tables() {
        assert_eq!(homes("host_gap"), ["[poll]"]);
        assert_eq!(homes("every"), ["[poll]", "[[source]]"]);
        assert!(homes("nothing").is_empty());
    }
}
