//! The entry key: what an entry is known by inside its source, from poll to poll.
//!
//! It is made of what the entry says, never of where it stands: the declared id, else the link, else title and text.

use std::collections::{HashMap, HashSet};

use crate::model::CleanEntry;

use super::hash::Digest;

/// Longest key that is kept as it is, in bytes; a longer one is kept as its digest.
const KEY_MAX_BYTES: usize = 512;

/// What an entry may be known by, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rung {
    Id,
    Link,
    Text,
}

/// An entry on its way to its key.
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

/// Gives every entry its key; each key is given once. Order is kept.
pub(super) fn assign(entries: Vec<Keyed>) -> (Vec<Keyed>, Doubles) {
    let mut doubles = Doubles::default();
    let identities: Vec<[u8; 16]> = entries.iter().map(identity).collect();
    let mut rungs: Vec<Rung> = entries.iter().map(|keyed| best_rung(&keyed.entry)).collect();
    let mut keys: Vec<String> = entries.iter().zip(&rungs).map(|(keyed, rung)| key(keyed, *rung)).collect();
    // Each round moves entries down a rung, of which there are three.
    for _ in [Rung::Id, Rung::Link] {
        let shared = shared(&keys, &identities);
        for at in (0..entries.len()).filter(|at| shared[*at]) {
            if let Some(next) = next_rung(&entries[at].entry, rungs[at]) {
                doubles.told_apart += usize::from(rungs[at] == best_rung(&entries[at].entry));
                rungs[at] = next;
                keys[at] = key(&entries[at], next);
            }
        }
    }
    (keep_newest(entries, keys, &mut doubles), doubles)
}

/// Which keys are borne by different entries.
fn shared(keys: &[String], identities: &[[u8; 16]]) -> Vec<bool> {
    let mut bearers: HashMap<&str, HashSet<[u8; 16]>> = HashMap::new();
    for (key, identity) in keys.iter().zip(identities) {
        bearers.entry(key).or_default().insert(*identity);
    }
    keys.iter().map(|key| bearers.get(key.as_str()).is_some_and(|bearers| bearers.len() > 1)).collect()
}

/// Of entries with the same key the newest is kept, of those as old the first, at the first one's place.
fn keep_newest(entries: Vec<Keyed>, keys: Vec<String>, doubles: &mut Doubles) -> Vec<Keyed> {
    let mut kept: Vec<Keyed> = Vec::with_capacity(entries.len());
    let mut places: HashMap<String, usize> = HashMap::with_capacity(entries.len());
    for (mut keyed, key) in entries.into_iter().zip(keys) {
        keyed.entry.key.clone_from(&key);
        match places.get(&key) {
            Some(place) => {
                doubles.dropped += 1;
                if age(&keyed.entry) > age(&kept[*place].entry) {
                    kept[*place] = keyed;
                }
            }
            None => {
                places.insert(key, kept.len());
                kept.push(keyed);
            }
        }
    }
    kept
}

fn age(entry: &CleanEntry) -> Option<crate::model::Timestamp> {
    entry.updated.max(entry.published)
}

/// Two entries with this in common are the same one: they lead to one place under one title, or, without a link, say
/// the same.
fn identity(keyed: &Keyed) -> [u8; 16] {
    let digest = Digest::default().part(&keyed.entry.title);
    match &keyed.entry.link {
        Some(link) => digest.part("link").part(link).finish(),
        None => digest.part("text").part(&keyed.entry.summary).part(&keyed.words).finish(),
    }
}

fn best_rung(entry: &CleanEntry) -> Rung {
    if entry.declared_id.is_some() {
        Rung::Id
    } else if entry.link.is_some() {
        Rung::Link
    } else {
        Rung::Text
    }
}

fn next_rung(entry: &CleanEntry, rung: Rung) -> Option<Rung> {
    match rung {
        Rung::Id if entry.link.is_some() => Some(Rung::Link),
        Rung::Id | Rung::Link => Some(Rung::Text),
        Rung::Text => None,
    }
}

/// The prefixes keep an id that looks like a link apart from a link.
fn key(keyed: &Keyed, rung: Rung) -> String {
    let entry = &keyed.entry;
    match (rung, &entry.declared_id, &entry.link) {
        (Rung::Id, Some(id), _) => shortened("id", id),
        (Rung::Link, _, Some(link)) => shortened("link", link),
        _ => {
            let digest = Digest::default().part(&entry.title).part(&entry.summary).part(&keyed.words);
            format!("text:{}", digest.hex())
        }
    }
}

fn shortened(prefix: &str, text: &str) -> String {
    if text.len() <= KEY_MAX_BYTES {
        format!("{prefix}:{text}")
    } else {
        format!("{prefix}-digest:{}", Digest::default().part(text).hex())
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{EntryDetails, Timestamp};

    use super::*;

    /// Entries as (declared id, link, title, day); an empty text is none.
    fn check(entries: &[(&str, &str, &str, i64)], wanted: &[&str], doubles_wanted: (usize, usize)) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let entry = |(id, link, title, day): &(&str, &str, &str, i64)| Keyed {
            entry: CleanEntry {
                key: String::new(),
                declared_id: some(id),
                link: some(link),
                title: (*title).to_owned(),
                summary: String::new(),
                content: String::new(),
                published: Some(Timestamp::from_unix(day * 86_400)),
                updated: None,
                details: EntryDetails::default(),
                record_hash: [0; 16],
                text_hash: [0; 16],
            },
            words: String::new(),
        };
        let (kept, doubles) = assign(entries.iter().map(entry).collect());
        let keys: Vec<String> = kept.iter().map(|keyed| keyed.entry.key.replace("text:", "text: ")).collect();
        let keys: Vec<&str> = keys.iter().map(|key| key.split(' ').next().unwrap_or_default()).collect();
        assert_eq!(keys, wanted, "{entries:?}");
        assert_eq!((doubles.dropped, doubles.told_apart), doubles_wanted, "{entries:?}");
    }

    #[test]
    fn keys_are_made_of_what_entries_say() {
        check(&[("1", "a", "A", 1), ("2", "a", "A", 1)], &["id:1", "id:2"], (0, 0));
        check(&[("", "a", "A", 1), ("", "b", "A", 1)], &["link:a", "link:b"], (0, 0));
        check(&[("", "", "A", 1), ("", "", "B", 1)], &["text:", "text:"], (0, 0));
        check(&[("link:a", "b", "A", 1), ("", "a", "A", 1)], &["id:link:a", "link:a"], (0, 0));
    }

    #[test]
    fn nothing_is_lost_where_an_id_is_shared() {
        check(&[("1", "a", "A", 1), ("1", "b", "B", 1)], &["link:a", "link:b"], (0, 2));
        check(&[("1", "a", "A", 1), ("1", "a", "B", 1)], &["text:", "text:"], (0, 2));
        check(&[("1", "", "A", 1), ("1", "", "B", 1), ("2", "", "B", 1)], &["text:", "text:", "id:2"], (0, 2));
    }

    #[test]
    fn the_same_entry_twice_is_one() {
        check(&[("1", "a", "A", 1), ("1", "a", "A", 2), ("2", "b", "B", 1)], &["id:1", "id:2"], (1, 0));
        check(&[("", "", "A", 1), ("", "", "A", 1)], &["text:"], (1, 0));
    }

    #[test]
    fn long_ids_are_shortened() {
        let long = "x".repeat(KEY_MAX_BYTES + 1);
        let key = shortened("id", &long);
        assert!(key.starts_with("id-digest:") && key.len() < 50, "{key}");
    }
}
