//! What an entry may be known by inside its source.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::text::digest::Digest;

/// Longest value of a key that is kept as it is, in bytes; a longer one is kept as its digest.
const VALUE_MAX_BYTES: usize = 512;

/// What a key is made of, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// The id that the publisher declares.
    Id,
    /// Its address as written.
    Link,
    /// Its title and text.
    Text,
    /// Its title, text and moment: where several entries of a document say the same.
    TextAt,
    /// Its address without what does not identify it.
    Url,
    /// The path of its address at any host, with its title.
    Path,
    /// Its title and the words of its content, of which there are enough.
    Same,
    /// Its title and the moment of its publication.
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

    /// How a key of this kind begins.
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

    /// The kind of a key as it is written, and its value.
    pub fn parse(key: &str) -> Option<(KeyKind, &str)> {
        let (name, value) = key.split_once(':')?;
        let name = name.strip_suffix("-digest").unwrap_or(name);
        KeyKind::ALL.into_iter().find(|kind| kind.as_str() == name).map(|kind| (kind, value))
    }

    /// Whether the publisher gave it as a name of the entry's own.
    pub fn is_name(self) -> bool {
        matches!(self, KeyKind::Id | KeyKind::Link)
    }

    /// Whether entries are found by it through their titles, which are part of it.
    pub fn has_title(self) -> bool {
        matches!(self, KeyKind::Text | KeyKind::Path | KeyKind::Same | KeyKind::When)
    }
}

/// Under which number a key is kept: the first 8 bytes of its BLAKE3 digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyDigest(pub i64);

impl KeyDigest {
    /// Of a key as it is written.
    pub fn of(key: &str) -> KeyDigest {
        let mut first = [0; 8];
        first.copy_from_slice(&blake3::hash(key.as_bytes()).as_bytes()[..8]);
        KeyDigest(i64::from_le_bytes(first))
    }

    /// Of a title, by which entries are found whose other keys hold it.
    pub fn of_title(title: &str) -> KeyDigest {
        KeyDigest::of(&format!("title:{}", composed(title)))
    }
}

/// A text in Unicode's form C: what looks the same is the same, whichever way the publisher's software puts its accents.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { ComposingNormalizerBorrowed::new_nfc().normalize(text) }
}

/// A candidate for an entry key: identity inside the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryKey {
    pub kind: KeyKind,
    /// As it is written: its kind, a colon, its value.
    pub text: String,
    pub digest: KeyDigest,
    /// Other entries of the document bear it too, though they are different ones.
    pub shared: bool,
    /// It says that an entry is another one's next version only where that one is gone from the document.
    pub weak: bool,
    /// Whoever bears it is the same entry, whatever else it says: somebody configured it so.
    pub trusted: bool,
}

impl EntryKey {
    /// A key that is believed as its kind is by itself. The kind's name keeps an id that looks like a link apart from a link.
    pub fn new(kind: KeyKind, value: &str) -> EntryKey {
        let name = kind.as_str();
        let text = if value.len() <= VALUE_MAX_BYTES {
            format!("{name}:{value}")
        } else {
            format!("{name}-digest:{}", Digest::default().part(value).hex())
        };
        let weak = matches!(kind, KeyKind::Url | KeyKind::Path | KeyKind::Same | KeyKind::When);
        EntryKey { kind, digest: KeyDigest::of(&text), text, shared: false, weak, trusted: false }
    }

    /// The same key where somebody configured it as what entries are told apart by.
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
    fn a_title_has_one_digest_however_its_accents_are_put() {
        assert_eq!(KeyDigest::of_title("Cafe\u{301}"), KeyDigest::of_title("Caf\u{e9}"));
        assert_eq!(KeyDigest::of_title("Caf\u{e9}"), KeyDigest::of("title:Caf\u{e9}"));
        assert_ne!(KeyDigest::of_title("Cafe"), KeyDigest::of_title("Caf\u{e9}"));
    }
}
