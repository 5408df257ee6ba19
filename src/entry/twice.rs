//! Whether two entries of one document are one: listed twice, or in two versions.
//!
//! An id or an address that different entries of the document bear says nothing here. What then still speaks for one entry
//! are title, text and date; where they disagree there are two, since an entry that is shown twice can be passed over, and
//! one that is left out cannot be found.

use std::collections::HashMap;

use crate::model::{CleanEntry, KeyDigest, KeyKind, Timestamp};
use crate::stories;

use super::key::Keyed;

/// A text of fewer words is not compared with another: such texts have words in common by chance.
const WORDS_LEAST: usize = 6;
/// Two entries under different titles count as versions of one piece only if their texts have this part of the shorter text's
/// words in common.
const WORDS_OF_VERSIONS: f64 = 0.8;
/// Two entries under one title count as two pieces if their texts have a smaller part of the shorter text's words in common.
const WORDS_SHARED: f64 = 0.5;
/// Two entries have a text of as many words, or a title of as many words, in common only because they are one piece.
const WORDS_TELLING: usize = 10;
const TITLE_WORDS_TELLING: usize = 3;
/// If more entries than this have one address, the address is taken for that of a page, and not of a piece that is listed
/// under several ids.
const LISTINGS_MAX: usize = 3;
/// Two listings of one piece have dates that differ by no more than this, in seconds.
const LISTED_WITHIN: u64 = 24 * 3_600;
/// A document needs this many entries before an id or address that all of them bear is taken for the document's own.
const ALL_LEAST: usize = 3;
/// Comparisons of texts in one document: the entries of any further pair count as two, so that no document takes long.
const TEXTS_COMPARED_MAX: usize = 2_000;
/// The length of a day in seconds: a date without a time is a multiple of it, and is shared by all entries of that day.
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
        // Reports under no name of their own are told apart by their dates, and by pictures where they have the same words.
        let is_told_otherwise =
            || !self.is_named(one) && (one.published != other.published || one.content != other.content);
        if has_same_text(a, b) && !is_told_otherwise() {
            return true;
        }
        let has_names = one.declared_id.is_some() && one.link.is_some() && !self.is_of_all(one.keys[0].digest);
        has_names && self.are_versions(a, b)
    }

    /// RFC 4287, 4.1.1: a document may hold several versions of an entry, under its id and with different `updated`. Another
    /// date of publication is another entry's.
    fn are_versions(&mut self, a: &Keyed, b: &Keyed) -> bool {
        let (one, other) = (&a.entry, &b.entry);
        // An entry that only says when it was updated was given that as its date.
        let was_given = |entry: &CleanEntry| entry.updated.is_some() && entry.published == entry.updated;
        let is_updated = one.updated.is_some() && other.updated.is_some() && one.updated != other.updated;
        let is_same_date = one.published.is_none() || other.published.is_none() || one.published == other.published;
        let are_only_updated = was_given(one) && was_given(other);
        if !is_same_date && !are_only_updated {
            return false;
        }
        if one.title == other.title {
            // Of texts of a few words nothing tells whether they are versions, but that the publisher says when each was
            // updated; an entry that says nothing at all adds nothing to the other one.
            let are_long = is_long(a) && is_long(b);
            return if are_long { self.are_near(a, b, WORDS_SHARED) } else { is_updated || is_bare(a) || is_bare(b) };
        }
        is_updated && self.are_near(a, b, WORDS_OF_VERSIONS)
    }

    /// Two entries with different ids at one address that is theirs alone: one piece, listed twice.
    fn is_listed_twice(&mut self, a: &Keyed, b: &Keyed) -> bool {
        let (one, other) = (&a.entry, &b.entry);
        let Some(link) = link_of(one).filter(|link| link_of(other) == Some(*link)) else { return false };
        if self.is_by_different(link) || one.title != other.title || files(one).ne(files(other)) {
            return false;
        }
        let is_same_text = has_same_text(a, b);
        match (one.published, other.published) {
            // What is imported at once has one date: there the texts decide, and the ids where a text is too short for it.
            (Some(date), Some(again)) if date == again => {
                let is_one_moment = !self.says_nothing(link) && self.is_moment(date) && is_telling(&one.title);
                let fits = |census: &mut Census| match is_long(a) && is_long(b) {
                    true => census.are_near(a, b, WORDS_SHARED),
                    false => have_one_stem(one, other),
                };
                is_same_text || (is_one_moment && fits(self))
            }
            // A page of reports has all of them at its own address, and they say the same day after day.
            (Some(date), Some(again)) => {
                is_same_text
                    && !self.says_nothing(link)
                    && self.times(link) <= LISTINGS_MAX
                    && date.unix().abs_diff(again.unix()) <= LISTED_WITHIN
                    && stories::has_words(said(a), WORDS_TELLING)
            }
            _ => is_same_text,
        }
    }

    /// Whether most of the words of the shorter text are in the longer one.
    fn are_near(&mut self, one: &Keyed, other: &Keyed, share: f64) -> bool {
        self.compared += 1;
        self.compared <= TEXTS_COMPARED_MAX && stories::are_near(said(one), said(other), WORDS_LEAST, share)
    }

    /// Whether an id or address tells the entry from others.
    fn is_named(&self, entry: &CleanEntry) -> bool {
        entry.keys.iter().any(|key| key.kind.is_name() && !self.says_nothing(key.digest))
    }

    /// Whether an id or address is nobody's own: different entries bear it, or all of them do.
    fn says_nothing(&self, name: KeyDigest) -> bool {
        self.is_by_different(name) || self.is_of_all(name)
    }

    /// Whether all entries bear an id or address, which is then the document's own.
    fn is_of_all(&self, name: KeyDigest) -> bool {
        self.entries >= ALL_LEAST && self.times(name) == self.entries
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

/// Whether two entries say the same; where their contents have no words, they must show the same.
fn has_same_text(one: &Keyed, other: &Keyed) -> bool {
    one.entry.title == other.entry.title
        && one.entry.summary == other.entry.summary
        && one.words == other.words
        && (!one.words.is_empty() || one.entry.content == other.entry.content)
}

/// An entry's text: its content, or else its summary.
fn said(keyed: &Keyed) -> &str {
    if keyed.words.is_empty() { &keyed.entry.summary } else { &keyed.words }
}

fn is_long(keyed: &Keyed) -> bool {
    stories::has_words(said(keyed), WORDS_LEAST)
}

/// Whether an entry has neither a text nor pictures.
fn is_bare(keyed: &Keyed) -> bool {
    keyed.entry.summary.is_empty() && keyed.entry.content.is_empty()
}

/// Whether two ids differ only in the number behind the fragment's sign, by which some publishers count listings.
fn have_one_stem(one: &CleanEntry, other: &CleanEntry) -> bool {
    let (Some(one), Some(other)) = (&one.declared_id, &other.declared_id) else { return false };
    stories::without_count(one) == stories::without_count(other)
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
