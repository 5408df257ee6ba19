//! Search: what a query asks for, whether an entry is found by it, how well it fits, and the part of its text that
//! shows why.
//!
//! Entry points: [`Query::parse`] reads what a person typed; a [`Finder`] carries the query out. [`Finder::lookup`] is
//! the question to the index of the store, which names the candidates, and [`Finder::finds`] decides on each of them by
//! its text. [`Terms`] makes what the index keeps of an entry.
//!
//! Invariants: the index may name an entry that is not found, but never misses one that is; so a search finds exactly
//! what reading all entries would find.
//!
//! What never enters: the clock and the database. The time and the sources are parameters.

mod query;
mod snippet;
mod words;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::HashTable;

use crate::model::{Person, SourceId, StoredEntry, Timestamp};
use crate::text::fold::Folded;
use crate::text::html;

pub use query::{HELP, Order, Parsed, QUERY_MAX_BYTES, Query, QueryError, TERMS_MAX};
pub use snippet::Snippet;

use query::{Asks, Phrase};
use snippet::Needle;
use words::{BOUND, Text, folded, is_sign_unit, label};

/// Words that are asked of the index at most; the others are looked for in the texts that it names.
const LOOKED_UP_MAX: usize = 64;
/// The beginning of a word that has up to this number of characters occurs in too many entries: the index takes longer
/// to list them than it takes to read some of them.
const BROAD_CHARACTERS: usize = 2;
/// Sources of a condition that are asked of the index at most; with more, the condition is examined entry by entry.
const SOURCES_LOOKED_UP_MAX: usize = 64;
/// Bytes of a tag in the index.
const LABEL_BYTES: usize = 120;
/// Most occurrences of a word that count towards the rank of an entry.
const COUNTED_MAX: usize = 8;

// The first characters of index terms that are not words of the text. They are for private use in Unicode and not
// letters, so no word begins with them.
const IN_TITLE: char = '\u{e001}';
const AUTHOR: char = '\u{e002}';
const LABEL: char = '\u{e003}';
const SOURCE: char = '\u{e004}';
/// In labels, a character of ASCII that is neither letter nor digit is written as this code and its own, because it would
/// end the term.
const SIGNS: u32 = 0xe100;

/// A source that a query may name.
#[derive(Debug, Clone, Copy)]
pub struct NamedSource<'l> {
    pub id: SourceId,
    pub name: &'l str,
    pub tags: &'l [String],
}

/// A query that is ready to be carried out.
#[derive(Debug)]
pub struct Finder {
    wanted: Vec<Condition>,
    excluded: Vec<Condition>,
    pub order: Order,
    /// Remarks on names in the query that do not exist.
    pub notes: Vec<String>,
}

#[derive(Debug)]
enum Condition {
    /// The units with a bound before each, and behind the last unless that may go on.
    Words(String, Needle),
    Author(String, Needle),
    Sources(HashSet<SourceId>),
    Tag(String, HashSet<SourceId>),
    Since(Timestamp),
    Before(Timestamp),
}

impl Finder {
    /// `known` are all sources that the query may name.
    pub fn new(query: &Query, known: &[NamedSource<'_>], now: Timestamp) -> Finder {
        let mut finder = Finder { wanted: Vec::new(), excluded: Vec::new(), order: query.order, notes: Vec::new() };
        for term in &query.terms {
            let condition = finder.condition(&term.asks, known, now);
            let conditions = if term.is_excluded { &mut finder.excluded } else { &mut finder.wanted };
            conditions.push(condition);
        }
        finder
    }

    fn condition(&mut self, asks: &Asks, known: &[NamedSource<'_>], now: Timestamp) -> Condition {
        let needle = |phrase: &Phrase| Needle::new(&folded(&phrase.text), phrase.is_begun);
        match asks {
            Asks::Words(phrase) => Condition::Words(sought(phrase), needle(phrase)),
            Asks::Author(phrase) => Condition::Author(sought(phrase), needle(phrase)),
            Asks::Source(name) => {
                let of_name: HashSet<SourceId> =
                    known.iter().filter(|source| source.name == name).map(|source| source.id).collect();
                if of_name.is_empty() {
                    self.notes.push(format!("There is no source named `{name}`."));
                }
                Condition::Sources(of_name)
            }
            Asks::Tag(tag) => {
                // Whether a tag matches, determined once for each tag, because many sources have the same tags.
                let mut is_sought: HashMap<&str, bool> = HashMap::new();
                let mut tagged = HashSet::new();
                for source in known {
                    let mut own = source.tags.iter();
                    if own.any(|own| *is_sought.entry(own.as_str()).or_insert_with(|| label(own) == *tag)) {
                        tagged.insert(source.id);
                    }
                }
                Condition::Tag(tag.clone(), tagged)
            }
            Asks::Since(when) => Condition::Since(when.at(now)),
            Asks::Before(when) => Condition::Before(when.at(now)),
        }
    }

    /// Whether the query finds an entry.
    pub fn finds(&self, entry: &StoredEntry) -> bool {
        let fields = Fields::of(entry);
        let fits = |condition: &Condition| condition.fits(entry, &fields);
        self.wanted.iter().all(fits) && !self.excluded.iter().any(fits)
    }

    /// How well an entry that is found fits: words in the title count most, then authors and tags, then how often a word
    /// occurs.
    pub fn rank(&self, fields: &Fields) -> u64 {
        let score = |condition: &Condition| match condition {
            Condition::Words(sought, _) => {
                let begin = u64::from(fields.title.starts_with(sought.as_str())) * 8;
                let title = u64::from(fields.title.contains(sought.as_str())) * 32;
                let author = u64::from(fields.authors.contains(sought.as_str())) * 16;
                let label = sought.trim_matches(BOUND);
                let tag = u64::from(fields.labels.contains(label)) * 16;
                let occurrences = fields.body.matches(sought.as_str()).take(COUNTED_MAX).count() as u64;
                begin + title + author + tag + occurrences
            }
            _ => 0,
        };
        self.wanted.iter().map(score).sum()
    }

    /// The part of an entry's text that shows what was found.
    pub fn snippet(&self, entry: &StoredEntry) -> Snippet {
        let needles = self.wanted.iter().filter_map(|condition| match condition {
            Condition::Words(_, needle) => Some(needle),
            _ => None,
        });
        let needles: Vec<&Needle> = needles.collect();
        let content = html::words(&entry.content);
        let mut summary = Folded::default();
        summary.push(&entry.summary);
        let summary = summary.finish();
        let of_content = snippet::snippet(&content, &needles);
        if !of_content.marks.is_empty() || summary.is_empty() {
            return of_content;
        }
        let of_summary = snippet::snippet(&summary, &needles);
        if of_summary.marks.is_empty() && !of_content.text.is_empty() { of_content } else { of_summary }
    }

    /// The times between which an entry that is found was published: from the first, and before the second.
    pub fn bounds(&self) -> (Timestamp, Timestamp) {
        let mut bounds = (Timestamp::MIN, Timestamp::MAX);
        for condition in &self.wanted {
            match condition {
                Condition::Since(time) => bounds.0 = bounds.0.max(*time),
                Condition::Before(time) => bounds.1 = bounds.1.min(*time),
                _ => {}
            }
        }
        bounds
    }

    /// The question to the index, as a query of FTS5. `None` if no condition can be asked of the index, so that every
    /// entry is a candidate.
    pub fn lookup(&self) -> Option<String> {
        self.question("")
    }

    /// Whether the question to the index asks only for beginnings of words that are in very many entries. The newest entries
    /// should then be examined before the index is asked.
    pub fn is_broad(&self) -> bool {
        let clauses = self.clauses("");
        !clauses.is_empty() && clauses.iter().all(|clause| clause.is_broad)
    }

    /// The question for the entries that have all words in their titles. `None` if no words are asked for.
    pub fn lookup_of_titles(&self) -> Option<String> {
        let has_words = self.wanted.iter().any(|condition| matches!(condition, Condition::Words(..)));
        if has_words { self.question(IN_TITLE.encode_utf8(&mut [0; 4])) } else { None }
    }

    fn question(&self, before_words: &str) -> Option<String> {
        let mut clauses = self.clauses(before_words);
        // Further clauses only narrow the candidates, so broad clauses can be left out.
        if clauses.iter().any(|clause| !clause.is_broad) {
            clauses.retain(|clause| !clause.is_broad);
        }
        clauses.truncate(LOOKED_UP_MAX);
        let texts: Vec<String> = clauses.into_iter().map(|clause| clause.text).collect();
        (!texts.is_empty()).then(|| texts.join(" AND "))
    }

    fn clauses(&self, before_words: &str) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for condition in &self.wanted {
            match condition {
                Condition::Words(_, needle) => clauses.extend(asked(needle, before_words)),
                Condition::Author(_, needle) => clauses.extend(asked(needle, AUTHOR.encode_utf8(&mut [0; 4]))),
                // No entry has this term, so a query for a source that does not exist has no candidates.
                Condition::Sources(sources) if sources.is_empty() => {
                    clauses.push(Clause::narrow(format!("\"{SOURCE}none\"")));
                }
                Condition::Sources(sources) => clauses.extend(any_of(sources, Vec::new()).map(Clause::narrow)),
                Condition::Tag(tag, sources) => {
                    clauses.extend(any_of(sources, vec![label_term(tag)]).map(Clause::narrow));
                }
                Condition::Since(_) | Condition::Before(_) => {}
            }
        }
        clauses
    }
}

/// A part of the question to the index.
struct Clause {
    text: String,
    /// Whether it is a short beginning of words, for which the index takes long to answer.
    is_broad: bool,
}

impl Clause {
    fn narrow(text: String) -> Clause {
        Clause { text, is_broad: false }
    }

    fn begin(before: &str, unit: &str) -> Clause {
        Clause { text: format!("\"{before}{unit}\"*"), is_broad: unit.chars().count() <= BROAD_CHARACTERS }
    }
}

impl Condition {
    fn fits(&self, entry: &StoredEntry, fields: &Fields) -> bool {
        match self {
            Condition::Words(sought, _) => {
                [&fields.title, &fields.body, &fields.authors].iter().any(|text| text.contains(sought.as_str()))
            }
            Condition::Author(sought, _) => fields.authors.contains(sought.as_str()),
            Condition::Sources(sources) => sources.contains(&entry.source),
            Condition::Tag(tag, sources) => sources.contains(&entry.source) || fields.labels.contains(tag),
            Condition::Since(time) => entry.published >= *time,
            Condition::Before(time) => entry.published < *time,
        }
    }
}

/// A phrase as it stands in a folded text.
fn sought(phrase: &Phrase) -> String {
    let mut sought = folded(&phrase.text);
    if phrase.is_begun {
        sought.pop();
    }
    sought
}

/// The terms of the index that a phrase asks for.
fn asked(needle: &Needle, before: &str) -> Vec<Clause> {
    let mut asked = Vec::new();
    let units = &needle.units;
    for (at, unit) in units.iter().enumerate() {
        let is_last = at + 1 == units.len();
        if !is_sign_unit(unit) {
            asked.push(if is_last && needle.is_begun {
                Clause::begin(before, unit)
            } else {
                Clause::narrow(format!("\"{before}{unit}\""))
            });
            continue;
        }
        let next = units.get(at + 1).filter(|next| is_sign_unit(next));
        let is_alone = at.checked_sub(1).and_then(|at| units.get(at)).is_none_or(|unit| !is_sign_unit(unit));
        match next {
            Some(next) => asked.push(Clause::narrow(format!("\"{before}{unit}{next}\""))),
            // In the text, other characters may follow.
            None if is_alone => asked.push(Clause::begin(before, unit)),
            None => {}
        }
    }
    asked
}

/// A clause for entries of these sources, or with one of these terms. `None` if there are too many sources: then the
/// condition is examined entry by entry.
fn any_of(sources: &HashSet<SourceId>, mut terms: Vec<String>) -> Option<String> {
    if sources.len() > SOURCES_LOOKED_UP_MAX {
        return None;
    }
    let sorted: BTreeSet<i64> = sources.iter().map(|source| source.0).collect();
    terms.extend(sorted.into_iter().map(|source| format!("{SOURCE}{source}")));
    let quoted: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
    (!quoted.is_empty()).then(|| format!("({})", quoted.join(" OR ")))
}

fn label_term(label: &str) -> String {
    let mut term = LABEL.to_string();
    for character in label.chars() {
        let is_sign = character.is_ascii() && !character.is_ascii_alphanumeric();
        let written =
            if is_sign { char::from_u32(SIGNS + u32::from(character)).unwrap_or(character) } else { character };
        if term.len() + written.len_utf8() > LABEL_BYTES {
            break;
        }
        term.push(written);
    }
    term
}

/// The texts of an entry in the form that is searched.
#[derive(Debug)]
pub struct Fields {
    title: String,
    /// Summary, content, tags and the title of the source.
    body: String,
    authors: String,
    labels: BTreeSet<String>,
}

impl Fields {
    pub fn of(entry: &StoredEntry) -> Fields {
        let mut body = folded(&entry.summary);
        body.push_str(&folded(&html::unfolded(&entry.content)));
        let labels = labels(entry, |name| body.push_str(&folded(name)));
        body.push_str(&entry.described.title.as_deref().map(folded).unwrap_or_default());
        Fields {
            title: folded(&entry.title),
            body,
            authors: authors(entry).iter().map(|person| folded(&person.name)).collect(),
            labels,
        }
    }
}

/// The tags of an entry, as a query names them. Passes on the name of each that differs from those before.
fn labels<'e>(entry: &'e StoredEntry, mut each: impl FnMut(&'e str)) -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    for category in &entry.details.categories {
        for name in [Some(&category.term), category.label.as_ref()].into_iter().flatten() {
            let label = label(name);
            // A label often repeats the term.
            if !label.is_empty() && labels.insert(label) {
                each(name);
            }
        }
    }
    labels
}

/// The authors of an entry, or those of its source if it names no author.
fn authors(entry: &StoredEntry) -> &[Person] {
    if entry.details.authors.is_empty() { &entry.described.authors } else { &entry.details.authors }
}

/// Makes the terms of entries for the index, one entry after the other, because most of the memory that this needs can be
/// used again.
#[derive(Default)]
pub struct Terms {
    /// The terms of the entry so far, with a space between them.
    out: String,
    /// Where in `out` each term stands.
    known: HashTable<Range<usize>>,
    hasher: foldhash::fast::RandomState,
    /// The last term that was made of pieces.
    made: String,
}

impl Terms {
    /// The terms of an entry, each once, with a space between them. No term contains a character of ASCII that is neither letter
    /// nor digit.
    pub fn of(&mut self, entry: &StoredEntry) -> String {
        self.out.clear();
        self.known.clear();
        self.add_text(&entry.summary);
        self.add_text(&html::unfolded(&entry.content));
        let labels = labels(entry, |name| self.add_text(name));
        self.add_text(entry.described.title.as_deref().unwrap_or_default());
        self.add_marked_text(IN_TITLE, &entry.title);
        for person in authors(entry) {
            self.add_marked_text(AUTHOR, &person.name);
        }
        for label in &labels {
            self.add(&label_term(label));
        }
        self.add(&format!("{SOURCE}{}", entry.source.0));
        self.out.clone()
    }

    /// Adds a term, unless it is there.
    fn add(&mut self, term: &str) {
        let Terms { out, known, hasher, .. } = self;
        let hash = hasher.hash_one(term);
        if known.find(hash, |place| out.as_bytes().get(place.clone()) == Some(term.as_bytes())).is_some() {
            return;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        let begin = out.len();
        out.push_str(term);
        known
            .insert_unique(hash, begin..out.len(), |place| hasher.hash_one(out.get(place.clone()).unwrap_or_default()));
    }

    /// Adds a term that is made of these pieces, unless it is there.
    fn add_made(&mut self, pieces: &[&str]) {
        let mut made = std::mem::take(&mut self.made);
        made.clear();
        made.extend(pieces.iter().copied());
        self.add(&made);
        self.made = made;
    }

    /// Adds the terms of a text: its words; of scripts without spaces, each pair of neighbouring characters, and the last
    /// character of each row.
    fn add_text(&mut self, text: &str) {
        units_and_pairs(text, |first, second| match second {
            "" => self.add(first),
            _ => self.add_made(&[first, second]),
        });
    }

    /// As [`Terms::add_text`], and adds each term a second time with a mark before it.
    fn add_marked_text(&mut self, mark: char, text: &str) {
        let mut buffer = [0; 4];
        let mark = mark.encode_utf8(&mut buffer);
        units_and_pairs(text, |first, second| {
            self.add_made(&[first, second]);
            self.add_made(&[mark, first, second]);
        });
    }
}

/// Passes on each unit of a text that is a word, with an empty text, and each single character, with the next unit if that is
/// a single character, too, and otherwise with an empty text.
fn units_and_pairs(text: &str, mut each: impl FnMut(&str, &str)) {
    let mut last: Option<char> = None;
    let mut buffer = [0; 4];
    Text::new(text).units(|unit| {
        let sign = Some(unit.folded).filter(|unit| is_sign_unit(unit));
        if let Some(last) = last {
            each(last.encode_utf8(&mut buffer), sign.unwrap_or_default());
        }
        if sign.is_none() {
            each(unit.folded, "");
        }
        last = sign.and_then(|sign| sign.chars().next());
    });
    if let Some(last) = last {
        each(last.encode_utf8(&mut buffer), "");
    }
}
