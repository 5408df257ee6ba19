//! Whether two entries of one document are one: listed twice, or in two versions.
//!
//! An id or an address that different entries of the document bear says nothing here. What then still speaks for one entry
//! are title, text and date; where they disagree there are two, since an entry that is shown twice can be passed over, and
//! one that is left out cannot be found.

use std::collections::HashMap;

use crate::model::{CleanEntry, KeyDigest, KeyKind, Timestamp};
use crate::stories;

use super::key::Keyed;

/// Words that a text needs before its likeness to another says anything.
const WORDS_LEAST: usize = 6;
/// The part of the shorter text's words that two versions of one piece under different titles have in common at least.
const WORDS_OF_VERSIONS: f64 = 0.8;
/// Texts under one title that have a smaller part in common are of two pieces.
const WORDS_SHARED: f64 = 0.5;
/// Words of a text, and of a title, that two entries do not have in common by chance.
const WORDS_TELLING: usize = 10;
const TITLE_WORDS_TELLING: usize = 3;
/// A piece that is listed under several ids is listed at one address so many times at most,
const LISTINGS_MAX: usize = 3;
/// and with dates that lie so far apart at most, in seconds.
const LISTED_WITHIN: u64 = 24 * 3_600;
/// Entries of a document that must all bear a name before it is taken to be the document's own.
const ALL_LEAST: usize = 3;
/// Comparisons of texts in one document; whatever is not compared any more stays apart.
const COMPARED_MAX: usize = 2_000;
/// A date without a time is many entries', in seconds.
const DAY: i64 = 24 * 3_600;

/// Who bears an id or an address.
#[derive(Debug)]
struct Borne {
    /// The place of its first bearer.
    first: usize,
    times: usize,
    /// Entries with different titles bear it.
    by_different: bool,
}

/// What a document's ids, addresses and dates are worth.
#[derive(Debug)]
pub(super) struct Census {
    borne: HashMap<KeyDigest, Borne>,
    entries: usize,
    /// All entries have the same date, which is then the document's and not theirs.
    is_one_date: bool,
    compared: usize,
}

impl Census {
    pub(super) fn of(entries: &[Keyed]) -> Census {
        let mut borne: HashMap<KeyDigest, Borne> = HashMap::with_capacity(entries.len());
        for (at, keyed) in entries.iter().enumerate() {
            for key in keyed.entry.keys.iter().filter(|key| key.kind.is_name() || key.kind == KeyKind::Url) {
                let it = borne.entry(key.digest).or_insert(Borne { first: at, times: 0, by_different: false });
                it.times += 1;
                it.by_different |= entries[it.first].entry.title != keyed.entry.title;
            }
        }
        let mut dates = entries.iter().filter_map(|keyed| keyed.entry.published);
        let first = dates.next();
        let is_one_date = entries.len() >= ALL_LEAST && dates.all(|date| Some(date) == first);
        Census { borne, entries: entries.len(), is_one_date, compared: 0 }
    }

    /// The names under which the other listings of an entry are found: its best key, and its address where others bear it.
    pub(super) fn names(&self, entry: &CleanEntry) -> Vec<KeyDigest> {
        let best = entry.keys[0].digest;
        let link = link_of(entry).filter(|link| *link != best && self.times(*link) > 1);
        [best].into_iter().chain(link).collect()
    }

    /// Whether two entries that have one of these names in common are one.
    pub(super) fn are_one(&mut self, one: &Keyed, other: &Keyed) -> bool {
        if one.entry.keys[0].digest != other.entry.keys[0].digest {
            return self.is_listed_twice(one, other);
        }
        one.entry.keys[0].trusted || self.is_one_under_its_name(one, other)
    }

    /// Two entries with the same best key: the same again, or two versions.
    fn is_one_under_its_name(&mut self, a: &Keyed, b: &Keyed) -> bool {
        let (one, other) = (&a.entry, &b.entry);
        if one.link != other.link || files(one).ne(files(other)) {
            return false;
        }
        // Reports that say the same under no name of their own are told apart by their dates.
        let is_another_day = one.published != other.published && !self.is_named(one);
        if has_same_text(a, b) && !is_another_day {
            return true;
        }
        one.declared_id.is_some() && one.link.is_some() && self.are_versions(a, b)
    }

    /// RFC 4287, 4.1.1: a document may hold several versions of an entry, under its id and with different `updated`. Another
    /// date of publication is another entry's.
    fn are_versions(&mut self, a: &Keyed, b: &Keyed) -> bool {
        let (one, other) = (&a.entry, &b.entry);
        // An entry that only says when it was updated was given that as its date.
        let was_given = |entry: &CleanEntry| entry.updated.is_some() && entry.published == entry.updated;
        let is_same_date = one.published.is_none() || other.published.is_none() || one.published == other.published;
        let are_only_updated = was_given(one) && was_given(other);
        if !is_same_date && !are_only_updated {
            return false;
        }
        if one.title == other.title {
            let is_long = |keyed: &Keyed| stories::has_words(&keyed.words, WORDS_LEAST);
            return !(is_long(a) && is_long(b)) || self.are_near(a, b, WORDS_SHARED);
        }
        let is_updated = one.updated.is_some() && other.updated.is_some() && one.updated != other.updated;
        is_updated && self.are_near(a, b, WORDS_OF_VERSIONS)
    }

    /// Two entries with different ids at one address that is theirs alone: one piece, listed twice.
    fn is_listed_twice(&self, a: &Keyed, b: &Keyed) -> bool {
        let (one, other) = (&a.entry, &b.entry);
        let Some(link) = link_of(one).filter(|link| link_of(other) == Some(*link)) else { return false };
        if self.is_by_different(link) || one.title != other.title || files(one).ne(files(other)) {
            return false;
        }
        let is_same_text = has_same_text(a, b);
        match (one.published, other.published) {
            (Some(date), Some(again)) if date == again => {
                is_same_text || (!self.says_nothing(link) && self.is_moment(date) && is_telling(&one.title))
            }
            // A page of reports has all of them at its own address, and they say the same day after day.
            (Some(date), Some(again)) => {
                is_same_text
                    && !self.says_nothing(link)
                    && self.times(link) <= LISTINGS_MAX
                    && date.unix().abs_diff(again.unix()) <= LISTED_WITHIN
                    && stories::has_words(if a.words.is_empty() { &one.summary } else { &a.words }, WORDS_TELLING)
            }
            _ => is_same_text,
        }
    }

    /// Whether most of the words of the shorter text are in the longer one.
    fn are_near(&mut self, one: &Keyed, other: &Keyed, share: f64) -> bool {
        self.compared += 1;
        self.compared <= COMPARED_MAX && stories::are_near(&one.words, &other.words, WORDS_LEAST, share)
    }

    /// Whether an id or address tells the entry from others.
    fn is_named(&self, entry: &CleanEntry) -> bool {
        entry.keys.iter().any(|key| key.kind.is_name() && !self.says_nothing(key.digest))
    }

    /// Whether an id or address is nobody's own: different entries bear it, or all of them do.
    fn says_nothing(&self, name: KeyDigest) -> bool {
        self.is_by_different(name) || (self.entries >= ALL_LEAST && self.times(name) == self.entries)
    }

    fn is_by_different(&self, name: KeyDigest) -> bool {
        self.borne.get(&name).is_some_and(|borne| borne.by_different)
    }

    fn times(&self, name: KeyDigest) -> usize {
        self.borne.get(&name).map_or(0, |borne| borne.times)
    }

    /// Whether a date is a moment that two pieces do not have in common by chance.
    fn is_moment(&self, date: Timestamp) -> bool {
        date.unix() % DAY != 0 && !self.is_one_date
    }
}

/// Whether an entry is to be kept rather than another listing of it: the newer one; of two as old, always the same, wherever
/// they stand in the document.
pub(super) fn is_better(one: &CleanEntry, other: &CleanEntry) -> bool {
    let age = |entry: &CleanEntry| entry.updated.max(entry.published);
    let id = |entry: &CleanEntry| (entry.declared_id.is_none(), entry.declared_id.clone());
    age(one) > age(other) || (age(one) == age(other) && id(one) < id(other))
}

fn has_same_text(one: &Keyed, other: &Keyed) -> bool {
    one.entry.title == other.entry.title && one.entry.summary == other.entry.summary && one.words == other.words
}

fn files(entry: &CleanEntry) -> impl Iterator<Item = &str> {
    entry.details.enclosures.iter().map(|file| file.url.as_str())
}

/// What identifies its address, whatever counter stands behind it; of an address that identifies nothing, the address.
fn link_of(entry: &CleanEntry) -> Option<KeyDigest> {
    let of = |kind: KeyKind| entry.keys.iter().find(|key| key.kind == kind).map(|key| key.digest);
    of(KeyKind::Url).or_else(|| of(KeyKind::Link))
}

fn is_telling(title: &str) -> bool {
    stories::has_words(title, TITLE_WORDS_TELLING)
}
