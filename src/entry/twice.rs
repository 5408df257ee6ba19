//! Decides whether two entries of a document are the same entry: listed twice, or in two versions.
//!
//! An id or address that different entries of the document share proves nothing. Then title, text and date decide. In
//! case of doubt the entries count as two, because a reader can skip a duplicate but cannot find an entry that was left
//! out.

use foldhash::{HashMap, HashMapExt};

use crate::model::{CleanEntry, KeyDigest, KeyKind, Timestamp};
use crate::stories;

use super::key::Keyed;

/// A text with fewer words is not compared, because short texts share words by chance.
const WORDS_LEAST: usize = 6;
/// Two entries with different titles are versions of one entry only if their texts share at least this part of the
/// shorter text's words.
const WORDS_OF_VERSIONS: f64 = 0.8;
/// Two entries with the same title are two entries if their texts share less than this part of the shorter text's
/// words.
const WORDS_SHARED: f64 = 0.5;
/// Two texts of at least this many words are not equal by chance.
const WORDS_TELLING: usize = 10;
/// Two titles of at least this many words are not equal by chance.
const TITLE_WORDS_TELLING: usize = 3;
/// An address of more entries than this is the address of a page, rather than of an entry that is listed under several
/// ids.
const LISTINGS_MAX: usize = 3;
/// The greatest difference between the dates of two listings of an entry, in seconds.
const LISTED_WITHIN: u64 = 24 * 3_600;
/// An id or address that all entries share belongs to the document only if it has at least this many entries.
const ALL_LEAST: usize = 3;
/// Most comparisons of texts in one document. The entries of further pairs count as two, so that no document takes
/// long.
const TEXTS_COMPARED_MAX: usize = 2_000;
/// The length of a day in seconds. A date without a time is a multiple of it, and all entries of a day share it.
const DAY: i64 = 24 * 3_600;

/// The entries that have an id or address.
#[derive(Debug)]
struct Usage {
    /// The index of the first entry.
    first: usize,
    times: usize,
    /// Entries with different titles have the id or address.
    by_different: bool,
}

/// Statistics on a document's ids, addresses and dates, which show how reliable they are.
#[derive(Debug)]
pub(super) struct Census {
    usages: HashMap<KeyDigest, Usage>,
    entries: usize,
    /// All entries have the same date, which is therefore the date of the document.
    is_one_date: bool,
    compared: usize,
}

impl Census {
    pub(super) fn of(entries: &[Keyed]) -> Census {
        let mut usages: HashMap<KeyDigest, Usage> = HashMap::with_capacity(entries.len());
        for (at, keyed) in entries.iter().enumerate() {
            for key in keyed.entry.keys.iter().filter(|key| key.kind.is_name() || key.kind == KeyKind::Url) {
                let it = usages.entry(key.digest).or_insert(Usage { first: at, times: 0, by_different: false });
                it.times += 1;
                it.by_different |= entries[it.first].entry.title != keyed.entry.title;
            }
        }
        let mut dates = entries.iter().filter_map(|keyed| keyed.entry.published);
        let first = dates.next();
        let is_one_date = entries.len() >= ALL_LEAST && dates.all(|date| Some(date) == first);
        Census { usages, entries: entries.len(), is_one_date, compared: 0 }
    }

    /// The keys by which other listings of an entry are found: its best key, and its address if other entries have it,
    /// too.
    pub(super) fn names(&self, entry: &CleanEntry) -> Vec<KeyDigest> {
        let best = entry.keys[0].digest;
        let link = link_of(entry).filter(|link| *link != best && self.times(*link) > 1);
        [best].into_iter().chain(link).collect()
    }

    /// Whether two entries that share such a key are the same entry.
    pub(super) fn are_one(&mut self, one: &Keyed, other: &Keyed) -> bool {
        if one.entry.keys[0].digest != other.entry.keys[0].digest {
            return self.is_listed_twice(one, other);
        }
        one.entry.keys[0].trusted || self.is_one_under_its_name(one, other)
    }

    /// Whether two entries with the same best key are the same entry, or two versions of it.
    fn is_one_under_its_name(&mut self, a: &Keyed, b: &Keyed) -> bool {
        let (one, other) = (&a.entry, &b.entry);
        if one.link != other.link || files(one).ne(files(other)) {
            return false;
        }
        // Entries without an id or address of their own, such as status reports, differ if their dates or contents
        // differ.
        let is_told_otherwise =
            || !self.is_named(one) && (one.published != other.published || one.content != other.content);
        if has_same_text(a, b) && !is_told_otherwise() {
            return true;
        }
        let has_names = one.declared_id.is_some() && one.link.is_some() && !self.is_of_all(one.keys[0].digest);
        has_names && self.are_versions(a, b)
    }

    /// Whether two entries are versions of one entry. A document may contain several versions of an entry with the same
    /// id and different `updated` dates (RFC 4287, 4.1.1). Different publication dates belong to different entries.
    fn are_versions(&mut self, a: &Keyed, b: &Keyed) -> bool {
        let (one, other) = (&a.entry, &b.entry);
        // An entry that only states when it was updated has that date as its publication date, too.
        let was_given = |entry: &CleanEntry| entry.updated.is_some() && entry.published == entry.updated;
        let is_updated = one.updated.is_some() && other.updated.is_some() && one.updated != other.updated;
        let is_same_date = one.published.is_none() || other.published.is_none() || one.published == other.published;
        let are_only_updated = was_given(one) && was_given(other);
        if !is_same_date && !are_only_updated {
            return false;
        }
        if one.title == other.title {
            // Short texts count as versions only if the publisher states different update dates. An entry without any
            // text adds nothing to the other entry.
            let are_long = is_long(a) && is_long(b);
            return if are_long { self.are_near(a, b, WORDS_SHARED) } else { is_updated || is_bare(a) || is_bare(b) };
        }
        is_updated && self.are_near(a, b, WORDS_OF_VERSIONS)
    }

    /// Whether two entries with different ids at the same address are one entry that is listed twice.
    fn is_listed_twice(&mut self, a: &Keyed, b: &Keyed) -> bool {
        let (one, other) = (&a.entry, &b.entry);
        let Some(link) = link_of(one).filter(|link| link_of(other) == Some(*link)) else { return false };
        if self.is_by_different(link) || one.title != other.title || files(one).ne(files(other)) {
            return false;
        }
        let is_same_text = has_same_text(a, b);
        match (one.published, other.published) {
            // Entries that were imported together share a date. Then the texts decide, or the ids if a text is too
            // short.
            (Some(date), Some(again)) if date == again => {
                let is_one_moment = !self.says_nothing(link) && self.is_moment(date) && is_telling(&one.title);
                let fits = |census: &mut Census| match is_long(a) && is_long(b) {
                    true => census.are_near(a, b, WORDS_SHARED),
                    false => have_one_stem(one, other),
                };
                is_same_text || (is_one_moment && fits(self))
            }
            // Status reports share the address of their page and have the same text day after day, so a short text or a
            // late date does not make them one entry.
            (Some(date), Some(again)) => {
                is_same_text
                    && !self.says_nothing(link)
                    && self.times(link) <= LISTINGS_MAX
                    && date.unix().abs_diff(again.unix()) <= LISTED_WITHIN
                    && stories::has_words(text_of(a), WORDS_TELLING)
            }
            _ => is_same_text,
        }
    }

    /// Whether at least the `share` of the shorter text's words occur in the longer text.
    fn are_near(&mut self, one: &Keyed, other: &Keyed, share: f64) -> bool {
        self.compared += 1;
        self.compared <= TEXTS_COMPARED_MAX && stories::are_near(text_of(one), text_of(other), WORDS_LEAST, share)
    }

    /// Whether an id or address distinguishes the entry from others.
    fn is_named(&self, entry: &CleanEntry) -> bool {
        entry.keys.iter().any(|key| key.kind.is_name() && !self.says_nothing(key.digest))
    }

    /// Whether an id or address identifies no entry, because different entries or all entries have it.
    fn says_nothing(&self, name: KeyDigest) -> bool {
        self.is_by_different(name) || self.is_of_all(name)
    }

    /// Whether all entries have an id or address, which therefore belongs to the document.
    fn is_of_all(&self, name: KeyDigest) -> bool {
        self.entries >= ALL_LEAST && self.times(name) == self.entries
    }

    fn is_by_different(&self, name: KeyDigest) -> bool {
        self.usages.get(&name).is_some_and(|usage| usage.by_different)
    }

    fn times(&self, name: KeyDigest) -> usize {
        self.usages.get(&name).map_or(0, |usage| usage.times)
    }

    /// Whether a date is so precise that two entries do not share it by chance.
    fn is_moment(&self, date: Timestamp) -> bool {
        date.unix() % DAY != 0 && !self.is_one_date
    }
}

/// Whether an entry is kept in preference to another listing of it. The newer listing is kept; between two of the same
/// age the id decides, so that the result does not depend on their order.
pub(super) fn is_better(one: &CleanEntry, other: &CleanEntry) -> bool {
    let age = |entry: &CleanEntry| entry.updated.max(entry.published);
    let id = |entry: &CleanEntry| (entry.declared_id.is_none(), entry.declared_id.clone());
    age(one) > age(other) || (age(one) == age(other) && id(one) < id(other))
}

/// Whether two entries have the same text. Contents without words must be equal, because they consist of images.
fn has_same_text(one: &Keyed, other: &Keyed) -> bool {
    one.entry.title == other.entry.title
        && one.entry.summary == other.entry.summary
        && one.words == other.words
        && (!one.words.is_empty() || one.entry.content == other.entry.content)
}

/// An entry's text: the words of its content, or else its summary.
fn text_of(keyed: &Keyed) -> &str {
    if keyed.words.is_empty() { &keyed.entry.summary } else { &keyed.words }
}

fn is_long(keyed: &Keyed) -> bool {
    stories::has_words(text_of(keyed), WORDS_LEAST)
}

/// Whether an entry has neither text nor images.
fn is_bare(keyed: &Keyed) -> bool {
    keyed.entry.summary.is_empty() && keyed.entry.content.is_empty()
}

/// Whether two ids differ only in the number behind `#`, with which some publishers count listings.
fn have_one_stem(one: &CleanEntry, other: &CleanEntry) -> bool {
    let (Some(one), Some(other)) = (&one.declared_id, &other.declared_id) else { return false };
    stories::without_count(one) == stories::without_count(other)
}

fn files(entry: &CleanEntry) -> impl Iterator<Item = &str> {
    entry.details.enclosures.iter().map(|file| file.url.as_str())
}

/// The key of an entry's address: its identity without tracking parameters or, for an address without an identity such
/// as a home page, the address itself.
fn link_of(entry: &CleanEntry) -> Option<KeyDigest> {
    let of = |kind: KeyKind| entry.keys.iter().find(|key| key.kind == kind).map(|key| key.digest);
    of(KeyKind::Url).or_else(|| of(KeyKind::Link))
}

fn is_telling(title: &str) -> bool {
    stories::has_words(title, TITLE_WORDS_TELLING)
}
