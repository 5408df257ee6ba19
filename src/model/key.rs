//! Entry keys: what identifies an entry inside its source.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::text::digest::{Digest, first_bytes};

/// Longest value of a key that is stored as it is, in bytes; a longer value is stored as its digest.
const VALUE_MAX_BYTES: usize = 512;

/// The kinds of keys, the most reliable first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// The publisher's declared id.
    Id,
    /// The entry's address as written.
    Link,
    /// The entry's title and text.
    Text,
    /// The entry's title, text and time, where several entries of a document have the same title and text.
    TextAt,
    /// The entry's canonical URL: its address without the parts that do not identify it.
    Url,
    /// The path of the entry's address at any host, and its title.
    Path,
    /// The entry's title and the words of its content, if there are enough of them.
    Same,
    /// The entry's title and time of publication.
    When,
}

impl KeyKind {
    const ALL: [KeyKind; 8] = [
        KeyKind::Id,
        KeyKind::Link,
        KeyKind::Text,
        KeyKind::TextAt,
        KeyKind::Url,
        KeyKind::Path,
        KeyKind::Same,
        KeyKind::When,
    ];

    /// The prefix of a key of this kind.
    pub fn as_str(self) -> &'static str {
        match self {
            KeyKind::Id => "id",
            KeyKind::Link => "link",
            KeyKind::Text => "text",
            KeyKind::TextAt => "text-at",
            KeyKind::Url => "url",
            KeyKind::Path => "path",
            KeyKind::Same => "same",
            KeyKind::When => "when",
        }
    }

    /// Splits a written key into its kind and its value.
    pub fn parse(key: &str) -> Option<(KeyKind, &str)> {
        let (name, value) = key.split_once(':')?;
        let name = name.strip_suffix("-digest").unwrap_or(name);
        KeyKind::ALL.into_iter().find(|kind| kind.as_str() == name).map(|kind| (kind, value))
    }

    /// Whether the publisher gave the key as the entry's own name.
    pub fn is_name(self) -> bool {
        matches!(self, KeyKind::Id | KeyKind::Link)
    }

    /// Whether the key contains the title, so that its entries are found by their titles.
    pub fn has_title(self) -> bool {
        matches!(self, KeyKind::Text | KeyKind::Path | KeyKind::Same | KeyKind::When)
    }
}

/// The number under which a key is stored: the first 8 bytes of its BLAKE3 digest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyDigest(pub i64);

impl KeyDigest {
    /// The digest of a key as it is written.
    pub fn of(key: &str) -> KeyDigest {
        KeyDigest(i64::from_le_bytes(first_bytes(&blake3::hash(key.as_bytes()))))
    }

    /// The digest of a title, by which entries are found whose other keys contain it.
    pub fn of_title(title: &str) -> KeyDigest {
        KeyDigest::of(&["title:", &composed(title)].concat())
    }
}

/// A text in Unicode's form C, so that texts that look the same are equal, however the publisher's software composes
/// accents.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { ComposingNormalizerBorrowed::new_nfc().normalize(text) }
}

/// A candidate for the entry key, which identifies the entry inside its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryKey {
    pub kind: KeyKind,
    /// The key as it is written: its kind, a colon, its value.
    pub text: String,
    pub digest: KeyDigest,
    /// Whether other, different entries of the document bear it as well.
    pub shared: bool,
    /// Whether the key makes an entry the next version of a stored entry only if the document no longer lists the
    /// stored entry.
    pub weak: bool,
    /// Whether the configuration names this key as the identity, so that an entry which bears it is the same entry,
    /// whatever else it says.
    pub trusted: bool,
}

impl EntryKey {
    /// A key with the reliability of its kind. The prefix keeps an id that looks like a link apart from a link.
    pub fn new(kind: KeyKind, value: &str) -> EntryKey {
        let name = kind.as_str();
        let text = if value.len() <= VALUE_MAX_BYTES {
            [name, ":", value].concat()
        } else {
            [name, "-digest:", &Digest::default().part(value).hex()].concat()
        };
        let weak = matches!(kind, KeyKind::Url | KeyKind::Path | KeyKind::Same | KeyKind::When);
        EntryKey { kind, digest: KeyDigest::of(&text), text, shared: false, weak, trusted: false }
    }

    /// The same key, marked as the identity that the configuration names.
    #[must_use]
    pub fn trusted(self) -> EntryKey {
        EntryKey { weak: false, trusted: true, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        let check = |kind: KeyKind, value: &str, wanted: &str| {
            let key = EntryKey::new(kind, value);
            assert!(key.text.starts_with(wanted) && key.text.len() <= wanted.len().max(60), "{}", key.text);
            assert_eq!(KeyKind::parse(&key.text).map(|(kind, _)| kind), Some(kind));
        };
        check(KeyKind::Id, "link:a", "id:link:a");
        check(KeyKind::Link, &"x".repeat(VALUE_MAX_BYTES + 1), "link-digest:");
        check(KeyKind::TextAt, "0f", "text-at:0f");
        assert_eq!(KeyKind::parse("other:x"), None);
    }

    #[test]
    fn a_title_has_one_digest_however_its_accents_are_composed() {
        assert_eq!(KeyDigest::of_title("Cafe\u{301}"), KeyDigest::of_title("Caf\u{e9}"));
        assert_eq!(KeyDigest::of_title("Caf\u{e9}"), KeyDigest::of("title:Caf\u{e9}"));
        assert_ne!(KeyDigest::of_title("Cafe"), KeyDigest::of_title("Caf\u{e9}"));
    }
}
