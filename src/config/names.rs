//! Names of sources, outputs and tags: which are legal, and the one that a source without a name gets.

use url::Url;

use super::limits::MAX_TAG_CHARS;

/// Bytes of a name.
const MAX_NAME_BYTES: usize = 64;
/// Bytes of a name that is made from an address, before anything that tells it from another.
const MAX_MADE_BYTES: usize = 48;
/// Names that outputs may not have, as addresses are answered under them.
pub(super) const RESERVED: &[&str] =
    &["health", "search", "status", "sources", "archive", "tag", "source", "hub", "push"];
/// What a legal name looks like, for messages.
pub(super) const NAME_RULE: &str =
    "a name has 1 to 64 small letters, digits, `-` and `_`, and begins with a letter or a digit";
/// Words of an address that say nothing of a source.
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

/// Whether `text` is a legal name of a source or an output: `[a-z0-9][a-z0-9_-]{0,63}`.
pub fn is_name(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut bytes = text.bytes();
    bytes.next().is_some_and(legal)
        && text.len() <= MAX_NAME_BYTES
        && bytes.all(|byte| legal(byte) || byte == b'-' || byte == b'_')
}

/// Whether `text` is a legal tag: 1 to 100 characters, no white space at its ends, no control characters.
pub fn is_tag(text: &str) -> bool {
    let legal = text.trim() == text && !text.is_empty() && !text.chars().any(char::is_control);
    legal && text.chars().count() <= MAX_TAG_CHARS
}

/// Longest name of a file, in bytes, on the file systems that sites lie on.
pub const FILE_NAME_MAX: usize = 255;
/// How names begin of files in the folder of the site that are none of its documents.
pub const NO_DOCUMENT: &str = ".watershed-";
/// Bytes of the longest ending of a document.
const ENDING_BYTES: usize = ".atom".len();

/// Why the feeds of a tag are not among the files of the site, if they are not. They are served all the same.
pub(super) fn why_without_files(tag: &str) -> Option<String> {
    let longest = FILE_NAME_MAX - ENDING_BYTES;
    if tag.contains('/') {
        Some("has a slash".to_owned())
    } else if tag.len() > longest {
        Some(format!("is longer than {longest} bytes, and names of files may not be"))
    } else if tag.starts_with(NO_DOCUMENT) {
        Some(format!("begins with `{NO_DOCUMENT}`, as files do that are no documents"))
    } else {
        None
    }
}

/// A legal name for the source at an address: its host and what its path says, without what every feed's address says.
pub fn made_name(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let path = url.path_segments().into_iter().flatten();
    let of_host = host.split('.').filter(|word| *word != "www");
    let host_words = of_host.clone().count();
    let words = of_host.chain(path.flat_map(|segment| segment.split('.')));
    let mut name = String::new();
    for (at, word) in words.enumerate() {
        let word = slug(word);
        // Of the host every word counts: a site may well be called feed.example.
        let says_nothing = at >= host_words && EMPTY_WORDS.contains(&word.as_str());
        if word.is_empty() || says_nothing || name.len() + word.len() >= MAX_MADE_BYTES {
            continue;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&word);
    }
    if name.is_empty() { "source".to_owned() } else { name }
}

/// The same for an address whose made name another source has: told apart by the address alone, so that it stays as it
/// is whatever else the file comes to hold.
pub fn made_name_of_its_own(url: &Url) -> String {
    let digest = blake3::hash(url.as_str().as_bytes()).to_hex();
    format!("{}-{}", made_name(url), &digest[..8])
}

/// Small letters and digits; everything else parts words.
fn slug(word: &str) -> String {
    let mut out = String::new();
    for character in word.chars() {
        if character.is_ascii_alphanumeric() {
            out.push(character.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
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
    fn made_names_say_what_the_address_says() {
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
}
