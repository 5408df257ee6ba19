//! Names of sources, outputs and tags: which names are valid, and which name a source without a name gets.

use std::sync::Arc;

use foldhash::HashMap;
use url::Url;

use super::limits::MAX_TAG_CHARS;

/// Most bytes of a name.
const MAX_NAME_BYTES: usize = 64;
/// Most bytes of a name that is made from an address, without the digest that distinguishes it from an equal name.
const MAX_MADE_BYTES: usize = 48;
/// Digits of that digest.
pub(super) const DIGEST_DIGITS: usize = 8;
/// Names that outputs may not have, because the server uses them in its own addresses.
pub(super) const RESERVED: &[&str] =
    &["health", "search", "status", "sources", "archive", "tag", "source", "hub", "push"];
/// The rule for names, for messages.
pub(super) const NAME_RULE: &str =
    "a name has 1 to 64 lower-case letters, digits, `-` and `_`, and begins with a letter or a digit";
/// Words of an address that do not describe a source.
const EMPTY_WORDS: &[&str] = &[
    "www",
    "feed",
    "feeds",
    "rss",
    "atom",
    "rdf",
    "xml",
    "json",
    "index",
    "html",
    "php",
    "headlines",
    "default",
    "en",
];
/// Most bytes of a file name on common file systems.
pub const FILE_NAME_MAX: usize = 255;
/// Prefix of the names of the program's own files in the folder of the site, which are not documents.
pub const NO_DOCUMENT: &str = ".watershed-";
/// Bytes of the longest file ending of a document.
const ENDING_BYTES: usize = ".atom".len();

/// Whether `text` is a valid name of a source or an output: `[a-z0-9][a-z0-9_-]{0,63}`.
pub fn is_name(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut bytes = text.bytes();
    bytes.next().is_some_and(legal)
        && text.len() <= MAX_NAME_BYTES
        && bytes.all(|byte| legal(byte) || byte == b'-' || byte == b'_')
}

/// Whether `text` is a valid tag: 1 to 100 characters, no white space at its ends, no control characters.
pub fn is_tag(text: &str) -> bool {
    let legal = text.trim() == text && !text.is_empty() && !text.chars().any(char::is_control);
    legal && text.chars().count() <= MAX_TAG_CHARS
}

/// The reason why the feeds of a tag cannot be written as files, if there is a reason. The server still serves them.
pub(super) fn why_without_files(tag: &str) -> Option<String> {
    let longest = FILE_NAME_MAX - ENDING_BYTES;
    if tag.contains('/') {
        Some("contains a slash".to_owned())
    } else if tag.len() > longest {
        Some(format!("is longer than {longest} bytes, the limit for file names"))
    } else if tag.starts_with(NO_DOCUMENT) {
        Some(format!("begins with `{NO_DOCUMENT}`, which is reserved for the program's own files"))
    } else {
        None
    }
}

/// A valid name for the source at an address, made from the words of host and path, without words such as `feed`.
pub fn made_name(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let path = url.path_segments().into_iter().flatten();
    let of_host = host.split('.').filter(|word| *word != "www");
    let host_words = of_host.clone().count();
    let words = of_host.chain(path.flat_map(|segment| segment.split('.')));
    let mut name = String::with_capacity(MAX_MADE_BYTES);
    for (at, word) in words.enumerate() {
        let before = name.len();
        if before > 0 {
            name.push('-');
        }
        let begin = name.len();
        push_slug(&mut name, word);
        let word = &name[begin..];
        // Every word of the host counts, because a site may be called feed.example.
        let says_nothing = at >= host_words && EMPTY_WORDS.contains(&word);
        if word.is_empty() || says_nothing || before + word.len() >= MAX_MADE_BYTES {
            name.truncate(before);
        }
    }
    if name.is_empty() { "source".to_owned() } else { name }
}

/// Like [`made_name`], for an address whose made name another source has: with a digest of the address, so that the name
/// depends on nothing else in the file.
pub fn made_name_of_its_own(url: &Url) -> String {
    let digest = blake3::hash(url.as_str().as_bytes()).to_hex();
    format!("{}-{}", made_name(url), &digest[..DIGEST_DIGITS])
}

/// The names that the store has kept for sources without a `name`. A name that was made once stays with its address, whatever
/// sources come before it later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptNames {
    /// The name of the source at each address.
    names: HashMap<Arc<str>, Arc<str>>,
    /// The address of the source that each name belongs to.
    owners: HashMap<Arc<str>, Arc<str>>,
}

impl KeptNames {
    /// Keeps a name for the source at an address. The first name of an address counts, and so does the first address of a name.
    pub fn keep(&mut self, url: &str, name: &str) {
        if self.is_free(name, url) {
            let (url, name): (Arc<str>, Arc<str>) = (url.into(), name.into());
            self.names.entry(url.clone()).or_insert_with(|| name.clone());
            self.owners.entry(name).or_insert(url);
        }
    }

    /// Keeps the name of a source for the address to which it has moved, too.
    pub fn keep_after_move(&mut self, url: &str, name: &str) {
        self.names.entry(url.into()).or_insert_with(|| name.into());
    }

    /// Takes a name from the address to which its source has moved if `has_source` says that a source is still
    /// configured at the earlier address, because the name belongs to that source.
    pub(super) fn settle_moves(&mut self, has_source: impl Fn(&str) -> bool) {
        let owners = &self.owners;
        let stays = |url: &str, name: &str| owners.get(name).is_none_or(|owner| **owner == *url || !has_source(owner));
        self.names.retain(|url, name| stays(url, name));
    }

    /// Keeps a name from being made for any source but the source at this address, which may have another name now.
    pub fn reserve(&mut self, name: &str, url: &str) {
        self.owners.entry(name.into()).or_insert_with(|| url.into());
    }

    /// Whether a name may be made for the source at an address.
    pub(super) fn is_free(&self, name: &str, url: &str) -> bool {
        let has_it = |url: &str| self.names.get(url).is_some_and(|kept| **kept == *name);
        self.owners.get(name).is_none_or(|owner| **owner == *url || has_it(url))
    }

    /// The name kept for the source at `url`. Where the address is shown with parts hidden, only the name counts that would be
    /// made now (`hiding`), with or without a digest, because an older name may contain these parts.
    pub(crate) fn name_of(&self, url: &str, hiding: Option<&str>) -> Option<&str> {
        let name = self.names.get(url)?;
        hiding.is_none_or(|made| is_made_from(name, made)).then_some(name)
    }
}

/// Whether a name is `made`, perhaps with a digest behind it.
fn is_made_from(name: &str, made: &str) -> bool {
    let Some(rest) = name.strip_prefix(made) else { return false };
    let is_digest = |rest: &str| rest.len() == DIGEST_DIGITS && rest.bytes().all(|byte| byte.is_ascii_hexdigit());
    rest.is_empty() || rest.strip_prefix('-').is_some_and(is_digest)
}

/// Appends a word in lower-case letters and digits, with one hyphen for each run of other characters between them.
fn push_slug(out: &mut String, word: &str) {
    let mut parts = word.split(|character: char| !character.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    out.extend(parts.next().into_iter().flat_map(lowered));
    for part in parts {
        out.push('-');
        out.extend(lowered(part));
    }
}

fn lowered(text: &str) -> impl Iterator<Item = char> {
    text.bytes().map(|byte| char::from(byte.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["a", "0", "lwn", "a-b_c", &"a".repeat(64)] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "-a", "_a", "A", "a b", "ä", "a.b", "a/b", &"a".repeat(65)] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn made_names_consist_of_the_words_of_the_address() {
        for (url, expected) in [
            ("https://blog.rust-lang.org/feed.xml", "blog-rust-lang-org"),
            ("https://www.example.org/", "example-org"),
            ("https://lwn.net/headlines/rss", "lwn-net"),
            ("https://a.example/blog/My%20Posts/index.xml", "a-example-blog-my-20posts"),
            ("https://a.example/feed?x=secret", "a-example"),
            ("http://[::1]:80/", "1"),
            ("file:///srv/feeds/news.xml", "srv-news"),
            ("file:///", "source"),
        ] {
            let url = Url::parse(url).expect("an address");
            assert_eq!(made_name(&url), expected, "{url}");
            assert!(is_name(&made_name(&url)) && is_name(&made_name_of_its_own(&url)), "{url}");
        }
    }

    #[test]
    fn kept_names_belong_to_their_addresses() {
        let mut kept = KeptNames::default();
        kept.keep("https://a.example/1", "a-example");
        kept.keep("https://a.example/2", "a-example");
        kept.keep("https://a.example/1", "later");
        kept.reserve("former", "https://b.example/");
        kept.keep_after_move("https://a.example/moved", "a-example");
        let check = |url: &str, made: &str, is_masked: bool, expected: Option<&str>| {
            assert_eq!(kept.name_of(url, is_masked.then_some(made)), expected, "{url} {made} {is_masked}");
        };
        check("https://a.example/1", "a-example", false, Some("a-example"));
        check("https://a.example/1", "other", false, Some("a-example"));
        check("https://a.example/1", "other", true, None);
        check("https://a.example/1", "a", true, None);
        check("https://a.example/1", "a-example", true, Some("a-example"));
        check("https://a.example/2", "a-example", false, None);
        check("https://a.example/moved", "a-example-moved", false, Some("a-example"));
        check("https://b.example/", "b-example", false, None);
        let is_free = |name: &str, url: &str| kept.is_free(name, url);
        assert!(is_free("a-example", "https://a.example/1") && !is_free("a-example", "https://a.example/2"));
        assert!(is_free("former", "https://b.example/") && !is_free("former", "https://c.example/"));
        assert!(is_free("unknown", "https://c.example/"));
        let mut beside = kept.clone();
        beside.settle_moves(|url| url == "https://a.example/1");
        let name_of = |kept: &KeptNames, url: &str| kept.name_of(url, None).map(str::to_owned);
        assert_eq!(name_of(&beside, "https://a.example/moved"), None, "another source has the name");
        assert_eq!(name_of(&beside, "https://a.example/1").as_deref(), Some("a-example"));
        beside = kept.clone();
        beside.settle_moves(|_| false);
        assert_eq!(beside, kept);
        for (name, made, expected) in [
            ("a", "a", true),
            ("a-0123abcd", "a", true),
            ("a-0123abc", "a", false),
            ("a0123abcd", "a", false),
            ("a-0123abcx", "a", false),
            ("a-secret-0123abcd", "a", false),
            ("b", "a", false),
        ] {
            assert_eq!(is_made_from(name, made), expected, "{name} {made}");
        }
    }
}
