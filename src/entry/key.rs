//! The entry key: what an entry is known by inside its source, from poll to poll.
//!
//! It is made of what the entry says, never of where it stands: the declared id, else the link, else title and text.
//! An entry brings all three, the best first; the store decides by which of them it knows the entry already, since a
//! document alone cannot tell a new entry under an old id from a revision.

use std::collections::{HashMap, HashSet};

use url::Url;

use crate::model::{CleanEntry, EntryKey, Identity, KeyKind};
use crate::stories::{self, address};

use super::hash::Digest;
use super::html;

/// Words that a text needs before its likeness to another says anything.
const WORDS_LEAST: usize = 6;
/// Words of a text that is not the same by chance, and of a title.
const WORDS_TELLING: usize = 20;
const TITLE_WORDS_TELLING: usize = 3;
/// The part of the shorter text's words that two versions of one piece have in common at least.
const WORDS_SHARED: f64 = 0.5;

/// An entry on its way to its keys.
#[derive(Debug)]
pub(super) struct Keyed {
    pub(super) entry: CleanEntry,
    /// The words of its content.
    pub(super) words: String,
}

/// How many entries were no entries of their own.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Doubles {
    /// Left out: the same entry was in the document already, or a newer one of it.
    pub(super) dropped: usize,
    /// Entries that share a declared id or link but are different ones; they are known by something else.
    pub(super) told_apart: usize,
}

/// Gives every entry its keys, and leaves out what is in the document twice. Order is kept.
pub(super) fn assign(entries: Vec<Keyed>, identity: Identity) -> (Vec<Keyed>, Doubles) {
    let mut doubles = Doubles::default();
    let mut kept: Vec<Keyed> = Vec::with_capacity(entries.len());
    let mut bearers: HashMap<String, Vec<usize>> = HashMap::with_capacity(entries.len());
    for mut keyed in entries {
        keyed.entry.keys = keys(&keyed, identity);
        let best = keyed.entry.keys[0].text.clone();
        let trusted = keyed.entry.keys[0].trusted;
        let is_one = |at: &&usize| trusted || is_one_entry(&kept[**at], &keyed);
        let same = bearers.get(&best).into_iter().flatten().find(is_one).copied();
        match same {
            Some(at) => {
                doubles.dropped += 1;
                if age(&keyed.entry) > age(&kept[at].entry) {
                    kept[at] = keyed;
                }
            }
            None => {
                // A document of thousands of entries under one id is not compared each with each.
                let known = bearers.entry(best).or_default();
                if known.len() < COMPARED_MAX {
                    known.push(kept.len());
                }
                kept.push(keyed);
            }
        }
    }
    doubles.told_apart = mark_shared(&mut kept);
    (kept, doubles)
}

/// Entries under one id or link that a further one is compared with.
const COMPARED_MAX: usize = 64;

/// Marks the keys that different entries bear; returns how many entries bear such a one as their best.
fn mark_shared(entries: &mut [Keyed]) -> usize {
    let mut bearers: HashMap<&str, usize> = HashMap::new();
    for key in entries.iter().flat_map(|keyed| &keyed.entry.keys) {
        *bearers.entry(&key.text).or_default() += 1;
    }
    let shared: HashSet<String> =
        bearers.into_iter().filter(|(_, times)| *times > 1).map(|(key, _)| key.to_owned()).collect();
    let mut told_apart = 0;
    for keyed in entries.iter_mut() {
        for key in &mut keyed.entry.keys {
            key.shared = shared.contains(&key.text);
        }
        told_apart += usize::from(keyed.entry.keys[0].shared);
        // What says the same as others under no name of its own is told from them by its date.
        if let Some(published) =
            keyed.entry.published.filter(|_| keyed.entry.keys.iter().all(|key| key.weak || key.shared))
        {
            let parts = [&keyed.entry.title, &keyed.entry.summary, &keyed.words, &published.unix().to_string()];
            let digest = parts.iter().fold(Digest::default(), |digest, part| digest.part(part));
            keyed.entry.keys.push(EntryKey::new(KeyKind::TextAt, &digest.hex()));
        }
    }
    // Two of one date are told apart by no more than that there are two.
    let mut seen: HashSet<String> = HashSet::new();
    for keyed in entries.iter_mut() {
        for key in keyed.entry.keys.iter_mut().filter(|key| key.kind == KeyKind::TextAt) {
            key.shared = !seen.insert(key.text.clone());
        }
    }
    told_apart
}

fn age(entry: &CleanEntry) -> Option<crate::model::Timestamp> {
    entry.updated.max(entry.published)
}

/// Whether two entries of one document with the same best key are one, twice or in two versions.
fn is_one_entry(a: &Keyed, b: &Keyed) -> bool {
    let (one, other) = (&a.entry, &b.entry);
    let enclosures = |entry: &CleanEntry| entry.details.enclosures.iter().map(|it| it.url.clone()).collect::<Vec<_>>();
    let same_text = one.title == other.title && one.summary == other.summary && a.words == b.words;
    // Hourly bulletins and reports say the same under no id at all, and are told apart by their sound and their dates.
    let other_piece = enclosures(one) != enclosures(other)
        || (one.declared_id.is_none() && one.published != other.published && is_root(one.link.as_deref()));
    if same_text && one.link == other.link && !other_piece {
        return true;
    }
    // RFC 4287, 4.1.1: a document may hold several versions of an entry, under its id.
    one.declared_id.is_some()
        && one.link.is_some()
        && one.link == other.link
        && (one.title == other.title || are_near(&a.words, &b.words))
}

/// Whether the shorter text's words are mostly in the longer one.
fn are_near(a: &str, b: &str) -> bool {
    stories::are_near(a, b, WORDS_LEAST, WORDS_SHARED)
}

/// Whether a link says nothing of an entry: none, or a site's root.
fn is_root(link: Option<&str>) -> bool {
    link.is_none_or(|link| Url::parse(link).is_ok() && address::identity(link).is_none())
}

/// The keys of an entry that was stored before its keys were.
pub fn keys_of(entry: &CleanEntry) -> Vec<EntryKey> {
    keys(&Keyed { entry: entry.clone(), words: html::words(&entry.content) }, Identity::Auto)
}

fn keys(keyed: &Keyed, identity: Identity) -> Vec<EntryKey> {
    let entry = &keyed.entry;
    let id = entry.declared_id.as_ref().map(|id| EntryKey::new(KeyKind::Id, id));
    let url = entry.link.as_ref().and_then(|link| Url::parse(link).ok());
    let place = url.as_ref().and_then(address::identity_of);
    let is_root = url.is_some() && place.is_none();
    let telling = entry.link.as_ref().filter(|_| identity == Identity::Link || !is_root);
    let link = telling.map(|link| EntryKey::new(KeyKind::Link, link));
    let digest = Digest::default().part(&entry.title).part(&entry.summary).part(&keyed.words);
    let text = EntryKey::new(KeyKind::Text, &digest.hex());
    let configured = match identity {
        Identity::Auto => {
            return id.into_iter().chain(link).chain([text]).chain(weak_keys(keyed, url, place)).collect();
        }
        Identity::Guid => id,
        Identity::Link => link,
        Identity::TitleAndDate => entry.published.map(|published| {
            let digest = Digest::default().part(&entry.title).part(&published.unix().to_string());
            // As a weak key is written, so that entries known before are found again.
            EntryKey::new(KeyKind::When, &digest.hex())
        }),
    };
    // An entry without it is known by its text.
    vec![configured.map_or(text, EntryKey::trusted)]
}

/// By what an entry may still be recognised where its id and its address have changed: the same address as written
/// otherwise, the same path and title at another host, the same title and text, the same title and moment.
fn weak_keys(keyed: &Keyed, url: Option<Url>, place: Option<String>) -> Vec<EntryKey> {
    let entry = &keyed.entry;
    let digest = |parts: &[&str]| parts.iter().fold(Digest::default(), |digest, part| digest.part(part)).hex();
    let mut keys = Vec::new();
    keys.extend(place.map(|place| EntryKey::new(KeyKind::Url, &place)));
    keys.extend(url.and_then(|url| path_key(&url, &entry.title)));
    if entry.details.enclosures.is_empty() && stories::has_words(&keyed.words, WORDS_TELLING) {
        keys.push(EntryKey::new(KeyKind::Same, &digest(&[&entry.title, &keyed.words])));
    }
    if let Some(published) = entry.published.filter(|_| stories::has_words(&entry.title, TITLE_WORDS_TELLING)) {
        keys.push(EntryKey::new(KeyKind::When, &digest(&[&entry.title, &published.unix().to_string()])));
    }
    keys
}

fn path_key(url: &Url, title: &str) -> Option<EntryKey> {
    if url.path().len() <= 1 && url.query().is_none() {
        return None;
    }
    let parts = [url.path(), url.query().unwrap_or_default(), url.fragment().unwrap_or_default(), title];
    let digest = parts.iter().fold(Digest::default(), |digest, part| digest.part(part));
    Some(EntryKey::new(KeyKind::Path, &digest.hex()))
}

#[cfg(test)]
mod tests {
    use crate::model::{EntryDetails, Timestamp, Written};

    use super::*;

    fn keyed(id: &str, link: &str, title: &str, words: &str, day: i64) -> Keyed {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Keyed {
            entry: CleanEntry {
                keys: Vec::new(),
                declared_id: some(id),
                link: some(link),
                title: title.to_owned(),
                summary: String::new(),
                content: words.to_owned(),
                published: Some(Timestamp::from_unix(day * 86_400)),
                updated: None,
                details: EntryDetails::default(),
                written: Written::default(),
                record_hash: [0; 16],
                text_hash: [0; 16],
            },
            words: words.to_owned(),
        }
    }

    /// Entries as (declared id, link, title, day); an empty text is none. Wanted: the best key of each that is kept,
    /// with a star where others bear it too, and how many were dropped.
    fn check(entries: &[(&str, &str, &str, i64)], wanted: &[&str], dropped: usize) {
        let all = entries.iter().map(|(id, link, title, day)| keyed(id, link, title, "", *day)).collect();
        let (kept, doubles) = assign(all, Identity::Auto);
        let best = |keyed: &Keyed| {
            let key = &keyed.entry.keys[0];
            let text = if key.text.starts_with("text:") { "text:" } else { &key.text };
            format!("{text}{}", if key.shared { "*" } else { "" })
        };
        assert_eq!(kept.iter().map(best).collect::<Vec<_>>(), wanted, "{entries:?}");
        assert_eq!(doubles.dropped, dropped, "{entries:?}");
    }

    #[test]
    fn keys_are_made_of_what_entries_say() {
        check(&[("1", "a", "A", 1), ("2", "a", "A", 1)], &["id:1", "id:2"], 0);
        check(&[("", "a", "A", 1), ("", "b", "A", 1)], &["link:a", "link:b"], 0);
        check(&[("", "", "A", 1), ("", "", "B", 1)], &["text:", "text:"], 0);
        check(&[("link:a", "b", "A", 1), ("", "a", "A", 1)], &["id:link:a", "link:a"], 0);
    }

    #[test]
    fn nothing_is_lost_where_an_id_is_shared() {
        check(&[("1", "a", "A", 1), ("1", "b", "B", 1)], &["id:1*", "id:1*"], 0);
        check(&[("1", "a", "A", 1), ("1", "a", "B", 1)], &["id:1*", "id:1*"], 0);
        check(&[("", "a", "A", 1), ("", "a", "B", 1)], &["link:a*", "link:a*"], 0);
        let status = |words: &str| keyed("", "a", "Status", words, 1);
        let (kept, _) = assign(vec![status("all is well"), status("all is not well")], Identity::Auto);
        assert_eq!(kept.len(), 2, "the same title and link, but another text");
    }

    #[test]
    fn the_same_entry_twice_is_one() {
        check(&[("1", "a", "A", 1), ("1", "a", "A", 2), ("2", "b", "B", 1)], &["id:1", "id:2"], 1);
        check(&[("", "", "A", 1), ("", "", "A", 1)], &["text:"], 1);
        let version =
            |words: &str, day| keyed("1", "a", words, &format!("{words} with many words in common here"), day);
        let (kept, doubles) = assign(vec![version("T1", 1), version("T2", 2)], Identity::Auto);
        assert_eq!((kept.len(), kept[0].entry.title.as_str(), doubles.dropped), (1, "T2", 1), "the newer version");
    }
}
