//! Entry keys, which identify an entry within its source from poll to poll.
//!
//! Keys are made from the properties of an entry, never from its position: the declared id, else the link, else title
//! and text. An entry has all of these keys, best first. The store decides which of them identifies a stored entry,
//! because the document alone does not show whether an entry under a known id is new or a revision.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use url::Url;

use crate::model::{CleanEntry, EntryKey, Identity, KeyDigest, KeyKind, composed};
use crate::stories::{self, address};
use crate::text::digest::{Digest, hex};

use super::twice::{self, Census};
use super::{hash, html};

/// Two texts of at least this many words are not equal by chance.
const WORDS_TELLING: usize = 20;
/// Two titles of at least this many words are not equal by chance.
const TITLE_WORDS_TELLING: usize = 3;
/// Most entries with the same id or link that another entry of the document is compared with.
const BEARERS_MAX: usize = 64;
/// Most keys that an entry gets before shared ones are known.
const KEYS_MAX: usize = 7;

/// An entry that is given its keys.
#[derive(Debug)]
pub(super) struct Keyed {
    pub(super) entry: CleanEntry,
    /// Its link, parsed.
    url: Option<Url>,
    /// The words of its content.
    pub(super) words: String,
    /// The digest of what it says; see [`hash::said`].
    said: [u8; 16],
}

impl Keyed {
    /// `url` is the entry's link.
    pub(super) fn new(entry: CleanEntry, url: Option<Url>, words: String) -> Keyed {
        let said = hash::said(&entry.title, &entry.summary, &words);
        Keyed { entry, url, words, said }
    }

    /// The entry with its digests, once nothing of it changes any more.
    pub(super) fn digested(self) -> CleanEntry {
        let Keyed { mut entry, words, said, .. } = self;
        entry.text_hash = hash::text(&entry, &words, said);
        entry.record_hash = hash::record(&entry);
        entry.title_digest = KeyDigest::of_title(&entry.title);
        entry
    }
}

/// Counts of duplicate and ambiguous entries in a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Doubles {
    /// Entries that were left out because the document contains the same entry or a newer version of it.
    pub(super) dropped: usize,
    /// Entries that share their id or link with a different entry. Their other keys identify them.
    pub(super) ambiguous: usize,
}

/// Gives every entry its keys and leaves out duplicates. The order is kept.
pub(super) fn assign(mut entries: Vec<Keyed>, identity: Identity) -> (Vec<Keyed>, Doubles) {
    for keyed in &mut entries {
        keyed.entry.keys = keys(keyed, identity);
    }
    let mut census = Census::of(&entries);
    let mut doubles = Doubles::default();
    let mut kept: Vec<Keyed> = Vec::with_capacity(entries.len());
    let mut bearers: HashMap<KeyDigest, Vec<usize>> = HashMap::with_capacity(entries.len());
    for keyed in entries {
        let names = census.names(&keyed.entry);
        let mut known = names.iter().filter_map(|name| bearers.get(name)).flatten().copied();
        let same = known.find(|at| census.are_one(&kept[*at], &keyed));
        let at = same.unwrap_or(kept.len());
        for name in names {
            // The number of comparisons is limited, because a document may have thousands of entries under one id.
            let places = bearers.entry(name).or_default();
            if places.len() < BEARERS_MAX && !places.contains(&at) {
                places.push(at);
            }
        }
        match same {
            Some(at) => {
                doubles.dropped += 1;
                if twice::is_better(&keyed.entry, &kept[at].entry) {
                    kept[at] = keyed;
                }
            }
            None => kept.push(keyed),
        }
    }
    doubles.ambiguous = mark_shared(&mut kept);
    (kept, doubles)
}

/// Marks the keys that different entries share. Returns the number of entries whose best key is shared.
fn mark_shared(entries: &mut [Keyed]) -> usize {
    let mut bearers: HashMap<KeyDigest, usize> = HashMap::with_capacity(entries.len() * KEYS_MAX);
    for key in entries.iter().flat_map(|keyed| &keyed.entry.keys) {
        *bearers.entry(key.digest).or_default() += 1;
    }
    let mut ambiguous = 0;
    let is_alone = entries.len() == 1;
    for keyed in entries.iter_mut() {
        for key in &mut keyed.entry.keys {
            key.shared = bearers.get(&key.digest).is_some_and(|times| *times > 1);
        }
        ambiguous += usize::from(keyed.entry.keys[0].shared);
        // An entry without an id or link of its own gets a key with its date, which distinguishes it from entries with
        // the same text in this or another document.
        let is_nameless = keyed.entry.keys.iter().all(|key| key.weak || key.shared || key.kind == KeyKind::Text);
        if let Some(published) = keyed.entry.published.filter(|_| is_nameless || (is_alone && is_report(keyed))) {
            let moment = published.unix().to_string();
            let parts = [keyed.entry.title.as_str(), &keyed.entry.summary, &keyed.words, &moment];
            keyed.entry.keys.push(digest_key(KeyKind::TextAt, &parts));
        }
    }
    // Of several entries with the same text and date, only the first has this key as its own.
    let mut seen: HashSet<KeyDigest> = HashSet::new();
    for keyed in entries.iter_mut() {
        for key in keyed.entry.keys.iter_mut().filter(|key| key.kind == KeyKind::TextAt) {
            key.shared = !seen.insert(key.digest);
        }
    }
    ambiguous
}

/// Whether an entry may be a status report of a page: a short text without an id, at an address that may be the page's.
fn is_report(keyed: &Keyed) -> bool {
    let Keyed { entry, words, .. } = keyed;
    let is_configured = entry.keys.iter().any(|key| key.trusted);
    entry.declared_id.is_none() && !is_configured && !stories::has_words(words, WORDS_TELLING)
}

/// The keys of an entry that was stored before the store kept keys.
pub fn keys_of(entry: &CleanEntry) -> Vec<EntryKey> {
    let url = entry.link.as_deref().and_then(|link| Url::parse(link).ok());
    keys(&Keyed::new(entry.clone(), url, html::words(&entry.content)), Identity::Auto)
}

fn keys(keyed: &Keyed, identity: Identity) -> Vec<EntryKey> {
    let Keyed { entry, url, .. } = keyed;
    let id = entry.declared_id.as_ref().map(|id| EntryKey::new(KeyKind::Id, id));
    let place = url.as_ref().and_then(address::identity_of);
    let is_root = url.is_some() && place.is_none();
    let telling = entry.link.as_ref().filter(|_| identity == Identity::Link || !is_root);
    let link = telling.map(|link| EntryKey::new(KeyKind::Link, link));
    let text = EntryKey::new(KeyKind::Text, &hex(&keyed.said));
    let configured = match identity {
        Identity::Auto => {
            return id.into_iter().chain(link).chain([text]).chain(weak_keys(keyed, place)).collect();
        }
        Identity::Guid => id,
        Identity::Link => link,
        Identity::TitleAndDate => entry.published.map(|published| {
            // The same form as the weak key, so that entries that are already stored are found again.
            digest_key(KeyKind::When, &[&entry.title, &published.unix().to_string()])
        }),
    };
    // An entry without the configured property is identified by its text.
    vec![configured.map_or(text, EntryKey::trusted)]
}

/// Keys that identify an entry whose id and address have changed: the same address in another form, the same path and
/// title at another host, the same title and text, the same title and date.
fn weak_keys(keyed: &Keyed, place: Option<String>) -> Vec<EntryKey> {
    let Keyed { entry, url, .. } = keyed;
    let title = composed(&entry.title);
    let mut keys = Vec::new();
    keys.extend(place.map(|place| EntryKey::new(KeyKind::Url, &place)));
    keys.extend(url.as_ref().and_then(|url| path_key(url, &title)));
    if entry.details.enclosures.is_empty() && stories::has_words(&keyed.words, WORDS_TELLING) {
        keys.push(digest_key(KeyKind::Same, &[&title, &keyed.words]));
    }
    if let Some(published) = entry.published.filter(|_| stories::has_words(&entry.title, TITLE_WORDS_TELLING)) {
        keys.push(digest_key(KeyKind::When, &[&title, &published.unix().to_string()]));
    }
    keys
}

fn path_key(url: &Url, title: &str) -> Option<EntryKey> {
    if url.path().len() <= 1 && url.query().is_none() {
        return None;
    }
    let parts = [url.path(), url.query().unwrap_or_default(), url.fragment().unwrap_or_default(), title];
    Some(digest_key(KeyKind::Path, &parts))
}

fn digest_key(kind: KeyKind, parts: &[&str]) -> EntryKey {
    let bytes = parts.iter().map(|part| part.len() + size_of::<u64>()).sum();
    EntryKey::new(kind, &parts.iter().fold(Digest::with_capacity(bytes), |digest, part| digest.part(part)).hex())
}

#[cfg(test)]
mod tests {
    use crate::model::{EntryDetails, SafeHtml, Timestamp, WrittenDates};

    use super::*;

    fn keyed(id: &str, link: &str, title: &str, words: &str, day: i64) -> Keyed {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Keyed::new(
            CleanEntry {
                keys: Vec::new(),
                declared_id: some(id),
                link: some(link),
                title: title.to_owned(),
                summary: String::new(),
                content: SafeHtml::sanitised(words.to_owned()),
                published: Some(Timestamp::from_unix(day * 86_400)),
                updated: None,
                details: EntryDetails::default(),
                written: WrittenDates::default(),
                record_hash: [0; 16],
                text_hash: [0; 16],
                title_digest: KeyDigest::default(),
            },
            Url::parse(link).ok(),
            words.to_owned(),
        )
    }

    /// Checks entries given as (declared id, link, title, day), where an empty text stands for a missing property.
    /// `wanted` is the best key of each entry that is kept, with a star if it is shared; `dropped` is the number of
    /// entries left out.
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
    fn keys_are_made_from_the_properties_of_entries() {
        check(&[("1", "a", "A", 1), ("2", "a", "B", 1)], &["id:1", "id:2"], 0);
        check(&[("", "a", "A", 1), ("", "b", "A", 1)], &["link:a", "link:b"], 0);
        check(&[("", "", "A", 1), ("", "", "B", 1)], &["text:", "text:"], 0);
        check(&[("link:a", "b", "A", 1), ("", "a", "A", 1)], &["id:link:a", "link:a"], 0);
    }

    #[test]
    fn different_entries_with_a_shared_id_are_kept() {
        check(&[("1", "a", "A", 1), ("1", "b", "B", 1)], &["id:1*", "id:1*"], 0);
        check(&[("1", "a", "A", 1), ("1", "a", "B", 1)], &["id:1*", "id:1*"], 0);
        check(&[("", "a", "A", 1), ("", "a", "B", 1)], &["link:a*", "link:a*"], 0);
        let status = |words: &str| keyed("", "a", "Status", words, 1);
        let (kept, _) = assign(vec![status("all is well"), status("all is not well")], Identity::Auto);
        assert_eq!(kept.len(), 2, "the same title and link, but another text");
    }

    #[test]
    fn a_repeated_entry_is_left_out() {
        check(&[("1", "a", "A", 1), ("1", "a", "A", 2), ("2", "b", "B", 1)], &["id:1", "id:2"], 1);
        check(&[("", "", "A", 1), ("", "", "A", 1)], &["text:"], 1);
    }

    #[test]
    fn versions_of_an_entry_are_one_entry_and_entries_of_one_template_are_several() {
        let said = "The harbour has closed the old bridge until the end of the week, said the master";
        let check = |name: &str, next: Keyed, wanted: usize| {
            let first = keyed("1", "a", "Old bridge", said, 1);
            let (kept, _) = assign(vec![first, next], Identity::Auto);
            assert_eq!(kept.len(), wanted, "{name}");
        };
        let updated = |keyed: Keyed, day: i64| {
            let updated = Some(Timestamp::from_unix(day * 86_400));
            Keyed { entry: CleanEntry { updated, ..keyed.entry }, ..keyed }
        };
        let edited = |title: &str, day: i64| keyed("1", "a", title, &format!("{said} again"), day);
        check("the title is the same", edited("Old bridge", 1), 1);
        check("the same title on another date", edited("Old bridge", 2), 2);
        check("another title", edited("Closed bridge", 1), 2);
        check("another title and date", edited("Closed bridge", 2), 2);
        let both = |next: Keyed| {
            let first = updated(keyed("1", "a", "Old bridge", said, 1), 2);
            assign(vec![first, next], Identity::Auto).0
        };
        let kept = both(updated(edited("Closed bridge", 1), 3));
        assert_eq!((kept.len(), kept[0].entry.title.as_str()), (1, "Closed bridge"), "RFC 4287, 4.1.1: the newer one");
        let other = "The harbour has opened the new market until the end of the month, said the mayor";
        assert_eq!(both(updated(keyed("1", "a", "New market", other, 1), 3)).len(), 2, "half of the words in common");
        let sound = |mut keyed: Keyed, url: &str| {
            let url = url.to_owned();
            keyed.entry.details.enclosures = vec![crate::model::Enclosure { url, media_type: None, length: None }];
            keyed
        };
        let bulletin = |file: &str| sound(keyed("1", "a", "The news", "", 1), file);
        assert_eq!(assign(vec![bulletin("1.mp3"), bulletin("2.mp3")], Identity::Auto).0.len(), 2, "two bulletins");
    }

    #[test]
    fn an_entry_that_is_listed_under_two_ids_is_one_entry() {
        const HOUR: i64 = 3_600;
        let said = "The harbour has closed the old bridge until the end of the week";
        let at = |id: &str, link: &str, title: &str, words: &str, hour: i64| {
            let mut keyed = keyed(id, link, title, words, 0);
            keyed.entry.published = Some(Timestamp::from_unix(hour * HOUR));
            keyed
        };
        let rest = || [at("8", "x", "Another matter", said, 1), at("9", "y", "A third matter", said, 2)];
        let check = |name: &str, listed: Vec<Keyed>, wanted: &[&str]| {
            for turned in [false, true] {
                let mut all: Vec<Keyed> = Vec::new();
                all.extend(
                    listed.iter().map(|keyed| Keyed::new(keyed.entry.clone(), keyed.url.clone(), keyed.words.clone())),
                );
                all.extend(rest());
                if turned {
                    all.reverse();
                }
                let (kept, _) = assign(all, Identity::Auto);
                let mut ids: Vec<&str> = kept.iter().filter_map(|keyed| keyed.entry.declared_id.as_deref()).collect();
                ids.retain(|id| !["8", "9"].contains(id));
                ids.sort_unstable();
                assert_eq!(ids, wanted, "{name}");
            }
        };
        let title = "The old bridge";
        let first = || at("a#0", "a", title, said, 5);
        check("the same text and date", vec![first(), at("a#3", "a", title, said, 5)], &["a#0"]);
        check("two hours later", vec![first(), at("a#3", "a", title, said, 7)], &["a#3"]);
        check("another text on the same date", vec![first(), at("a#3", "a", title, "It is closed", 5)], &["a#0"]);
        check("another text and date", vec![first(), at("a#3", "a", title, "It is closed", 7)], &["a#0", "a#3"]);
        check("the next day's", vec![first(), at("a#3", "a", title, said, 30)], &["a#0", "a#3"]);
        check("another title", vec![first(), at("a#3", "a", "The new one", said, 5)], &["a#0", "a#3"]);
        check("another address", vec![first(), at("a#3", "b", title, said, 5)], &["a#0", "a#3"]);
        let status = |id: &str, hour: i64| at(id, "a", "Status", "All is well", hour);
        check("reports of a few words", vec![status("s1", 5), status("s2", 6)], &["s1", "s2"]);
        let page = vec![first(), at("a#3", "a", title, said, 5), at("a#4", "a", "Something else", said, 5)];
        check("an address of different entries", page, &["a#0", "a#3", "a#4"]);
        let day = |id: &str, words: &str| at(id, "a", title, words, 24);
        check("two texts on one day", vec![day("d1", said), day("d2", "It is closed")], &["d1", "d2"]);
    }

    #[test]
    fn entries_that_were_imported_in_the_same_second_are_distinguished_by_their_text() {
        let at = |id: &str, words: &str| {
            let mut keyed = keyed(id, "a", "Senior software engineer wanted", words, 0);
            keyed.entry.published = Some(Timestamp::from_unix(5 * 3_600 + 7));
            keyed
        };
        let check = |name: &str, one: Keyed, other: Keyed, wanted: usize| {
            let rest = keyed("8", "x", "Another matter", "", 1);
            assert_eq!(assign(vec![one, other, rest], Identity::Auto).0.len(), wanted + 1, "{name}");
        };
        let berlin = "You will build the trains of the town of Berlin with forty others";
        let paris = "We look for somebody who knows how bridges in Paris are kept in repair";
        check("two texts", at("j1", berlin), at("j2", paris), 2);
        check("one text, edited", at("j1", berlin), at("j2", &format!("{berlin} and more")), 1);
        check("two short texts", at("j1", "In Berlin"), at("j2", "In Paris"), 2);
        check("two short texts under a counted id", at("j#0", "In Berlin"), at("j#1", "In Paris"), 1);
        check("two long texts under a counted id", at("j#0", berlin), at("j#1", paris), 2);
        let summed = |id: &str, summary: &str| {
            let keyed = at(id, "");
            Keyed::new(CleanEntry { summary: summary.to_owned(), ..keyed.entry }, keyed.url, keyed.words)
        };
        check("two summaries", summed("j1", berlin), summed("j2", paris), 2);
    }

    #[test]
    fn short_texts_and_images_under_the_id_of_a_page_are_separate_entries() {
        let shown = |words: &str, content: &str| {
            let keyed = keyed("page", "page", "Service status", words, 1);
            Keyed {
                entry: CleanEntry { published: None, content: SafeHtml::sanitised(content.to_owned()), ..keyed.entry },
                ..keyed
            }
        };
        let said = |words: &str| shown(words, words);
        let strip = |number: usize| shown("", &format!("<img src=\"https://a.example/{number}.png\">"));
        let check = |name: &str, all: Vec<Keyed>, wanted: usize| {
            assert_eq!(assign(all, Identity::Auto).0.len(), wanted, "{name}");
        };
        check("three reports", vec![said("Mail is down"), said("Mail is up"), said("Repairs on Friday")], 3);
        check("three strips", vec![strip(1), strip(2), strip(3)], 3);
        check("two reports", vec![said("Mail is down"), said("Mail is up")], 2);
        check("two strips", vec![strip(1), strip(2)], 2);
        check("one report, three times", vec![said("Mail is down"), said("Mail is down"), said("Mail is down")], 1);
        check("one strip, three times", vec![strip(1), strip(1), strip(1)], 1);
        check("a report and the bare title", vec![said("Mail is down"), said("")], 1);
        let of_day = |keyed: Keyed| Keyed {
            entry: CleanEntry { published: Some(Timestamp::from_unix(86_400)), ..keyed.entry },
            ..keyed
        };
        let dated = [said("Mail is down"), said("Mail is up"), said("Repairs on Friday")];
        check("three reports of one day", dated.into_iter().map(of_day).collect(), 3);
        let updated = |keyed: Keyed, day: i64| {
            let updated = Some(Timestamp::from_unix(day * 86_400));
            Keyed { entry: CleanEntry { updated, ..keyed.entry }, ..keyed }
        };
        check("two versions", vec![updated(said("Mail is down"), 1), updated(said("Mail is up"), 2)], 1);
    }

    #[test]
    fn an_id_that_all_entries_share_identifies_no_entry() {
        let build = |day: i64| keyed("builds", "a", "Build succeeded", "All tests passed", day);
        let kept = |days: &[i64]| assign(days.iter().map(|day| build(*day)).collect(), Identity::Auto).0.len();
        assert_eq!(kept(&[1, 2, 3]), 3, "three builds under one name");
        assert_eq!(kept(&[1, 1, 1]), 1, "one build, three times");
        assert_eq!(kept(&[1, 2]), 1, "an entry that is listed with its old date, too");
    }
}
