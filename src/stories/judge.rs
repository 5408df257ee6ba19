//! The measures, and what they must come to. Thresholds and vetoes were measured on streams of real texts.

use std::collections::{HashMap, HashSet};

use super::words::{LEAD_RUNS, Words, digest, is_unparted};
use super::{Evidence, Reach, Rung};

/// Runs that two texts must share at least; of scripts that do not part their words, more.
const SHARED_LEAST: usize = 20;
const SHARED_LEAST_UNPARTED: usize = 40;
/// A text with fewer words is none.
const BODY_WORDS: usize = 20;
/// A text of so many words that has nothing in common with another under the same address is another piece about it.
const OWN_WORDS: usize = 40;
/// So many words say something, and of these the part that another text about the same has, too.
const WORDS_SAID: usize = 6;
const SAID_ALIKE: f64 = 0.5;
/// A headline that may stand for a piece: words, and letters.
const HEADLINE_WORDS: usize = 5;
const HEADLINE_CHARACTERS: usize = 24;
/// A headline by which a piece may be found, if its text agrees.
const HEADLINE_WORDS_LEAST: usize = 3;
const LETTERS_OF_A_CHARACTER: usize = 3;
const HEADLINE_CHARACTERS_LEAST: usize = 12;
/// Of two texts under one headline that are made of what their sources print under everything, the part of the shorter one
/// that is in the other.
const TWINS_ALIKE: f64 = 0.6;
/// And of the longer one's beginning.
const TWINS_LEAD: f64 = 0.25;
/// Hours within which equal headlines mean the same.
const HEADLINE_HOURS: f64 = 72.0;
/// An id that may be the same by chance is none.
const ID_CHARACTERS: usize = 12;
/// Differently titled entries of a source in which a run must stand to be what the source prints under everything.
const BOILERPLATE_TITLES: usize = 3;
/// The part of two versions' numbers that is the same.
const NUMBERS_ALIKE: f64 = 0.9;
/// One in so many runs is kept to find a text by: of its beginning, and of the rest.
const MARK_LEAD: u32 = 4;
const MARK_REST: u32 = 24;
const MARKS_MAX: usize = 64;

/// Titles that differ in their numbers and have so much in common beside are of one series.
const SERIES_ALIKE: f64 = 0.5;

/// What of an entry is compared.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    title: Words,
    headline: String,
    /// Without the name of the site behind it.
    bare_headline: String,
    body: Words,
    /// In order.
    runs: Vec<u32>,
    /// Identity of its address and of the one behind a counter.
    pub links: Vec<String>,
    pub hint: Option<String>,
    pub id: Option<String>,
    pub enclosures: Vec<String>,
    /// When it appeared, in seconds.
    pub at: i64,
}

impl Piece {
    /// From its title and its text without markup.
    pub fn new(title: &str, text: &str) -> Piece {
        let body = Words::of(text);
        let runs = body.runs();
        Piece {
            title: Words::of(title),
            headline: folded(title),
            bare_headline: bare_headline(title),
            body,
            runs,
            ..Piece::default()
        }
    }

    /// What it is found by: a sample of its own runs, more of them from its beginning.
    pub fn marks(&self, printed: &Boilerplate) -> Vec<u32> {
        let mut marks: Vec<u32> = Vec::new();
        for (at, run) in self.runs.iter().filter(|run| !printed.has(**run)).enumerate() {
            let one_in = if at < LEAD_RUNS { MARK_LEAD } else { MARK_REST };
            if run % one_in == 0 && marks.len() < MARKS_MAX {
                marks.push(*run);
            }
        }
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    /// Its headline as it can be looked up, with and without what may be a site's name behind it; none that says too
    /// little.
    pub fn headlines(&self) -> Vec<&str> {
        let mut both = vec![self.headline.as_str(), self.bare_headline.as_str()];
        both.dedup();
        both.retain(|it| is_long(it, HEADLINE_WORDS_LEAST, HEADLINE_CHARACTERS_LEAST));
        both
    }

    /// The headline that both have: whole in one of them at least, as two that differ in their ends are two.
    pub fn common_headline<'p>(&'p self, other: &'p Piece) -> Option<&'p str> {
        let ours = self.headlines().into_iter();
        ours.filter(|it| other.headlines().contains(it)).find(|it| *it == self.headline || *it == other.headline)
    }

    /// The id by which it may be found in other sources.
    pub fn telling_id(&self) -> Option<&str> {
        self.id.as_deref().filter(|id| id.chars().count() >= ID_CHARACTERS)
    }

    /// Its title in words.
    pub fn headline(&self) -> &str {
        &self.headline
    }

    /// Whether both have the same numbers: in their titles all, in their texts nearly all.
    pub(super) fn counts_like(&self, other: &Piece) -> bool {
        let (one, two) = (&self.body.numbers, &other.body.numbers);
        let common = one.intersection(two).count() as f64;
        self.title.counters == other.title.counters && common >= NUMBERS_ALIKE * one.len().max(two.len()) as f64
    }

    /// The words that the titles have in common.
    pub(super) fn title_alike(&self, other: &Piece) -> f64 {
        dice(&self.title.words, &other.title.words)
    }

    /// Of all words of both texts, those that both have; numbers, which may only count, are left out.
    pub(super) fn words_alike(&self, other: &Piece) -> f64 {
        let (one, two) = (self.body.but_numbers(), other.body.but_numbers());
        if one.len() + two.len() == 0 { dice(&self.body.words, &other.body.words) } else { dice(&one, &two) }
    }

    /// Whether both have sound or pictures, and none in common.
    pub(super) fn sounds_unlike(&self, other: &Piece) -> bool {
        !self.enclosures.is_empty()
            && !other.enclosures.is_empty()
            && !self.enclosures.iter().any(|it| other.enclosures.contains(it))
    }

    pub(super) fn word_count(&self) -> usize {
        self.body.words.len()
    }

    pub(super) fn has_same_words(&self, other: &Piece) -> bool {
        self.body.words == other.body.words
    }

    /// Whether it says something beside its title.
    pub fn has_body(&self) -> bool {
        self.body.words.len() >= BODY_WORDS
    }
}

/// A character of a script that does not part its words says as much as some letters.
fn is_long(headline: &str, words: usize, characters: usize) -> bool {
    let unparted = headline.chars().filter(|character| is_unparted(*character)).count();
    let length = headline.chars().count() + unparted * (LETTERS_OF_A_CHARACTER - 1);
    headline.split(' ').count() + unparted >= words && length >= characters
}

/// A title without the name of the site behind it, in words.
fn bare_headline(title: &str) -> String {
    let dash = [" - ", " | ", " – ", " — "].iter().filter_map(|dash| title.rfind(dash)).max();
    folded(dash.map_or(title, |at| &title[..at]))
}

/// A title in words.
fn folded(title: &str) -> String {
    let mut out = String::new();
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word.to_lowercase());
    }
    out
}

/// What a source prints under everything: runs that stand in several of its entries with different titles.
#[derive(Debug, Clone, Default)]
pub struct Boilerplate(HashSet<u32>);

impl Boilerplate {
    /// From its last entries.
    pub fn of(pieces: &[Piece]) -> Boilerplate {
        let mut seen: Vec<(u32, u64)> = Vec::new();
        for piece in pieces {
            // By title, not by story: else one wrong match would hide what it was made of.
            let title = digest(&piece.headline);
            seen.extend(piece.runs.iter().map(|run| (*run, title)));
        }
        seen.sort_unstable();
        seen.dedup();
        let same_run = seen.chunk_by(|one, next| one.0 == next.0);
        Boilerplate(same_run.filter(|titles| titles.len() >= BOILERPLATE_TITLES).map(|titles| titles[0].0).collect())
    }

    /// Whether a run is one of these.
    pub fn has(&self, run: u32) -> bool {
        self.0.contains(&run)
    }
}

/// Whether two pieces of different sources are one, and by what. `printed` is what either source prints under everything;
/// `is_recurrent` says whether a headline stands over several entries of one source.
pub fn judge(
    one: &Piece,
    other: &Piece,
    printed: [&Boilerplate; 2],
    reach: Reach,
    is_recurrent: bool,
) -> Option<Evidence> {
    let measured = measure(one, other, printed);
    let found = |rung| Some(Evidence { rung, ..measured.evidence.clone() });
    let by_link = one.links.iter().any(|link| other.links.contains(link));
    let is_close = measured.is_close();
    let (has_text, had_text) = (one.has_body(), other.has_body());
    let titles_agree = measured.evidence.title >= 0.5 && !measured.is_about_it;
    // A pointer without a text of its own is one of what it points at; one that came first would hide it.
    if reach >= Reach::Link && by_link && (is_close || titles_agree || (!has_text && had_text)) {
        return found(Rung::Link);
    }
    let same_id = one.telling_id().is_some() && one.telling_id() == other.telling_id();
    let is_bare = !has_text || !had_text;
    if reach >= Reach::Link && same_id && (is_close || (is_bare && titles_agree)) {
        return found(Rung::Id);
    }
    let is_vetoed = measured.enclosures_differ;
    let same_hint = one.hint.is_some() && one.hint == other.hint;
    if reach >= Reach::Link && same_hint && is_close && !measured.titles_count_differently && !is_vetoed {
        return found(Rung::Hint);
    }
    if reach < Reach::Near || is_vetoed {
        return None;
    }
    if measured.is_same_text() {
        return found(Rung::Text);
    }
    let headline = one.common_headline(other).filter(|_| !measured.titles_count_differently && !is_recurrent)?;
    let is_soon = one.at.abs_diff(other.at) as f64 <= HEADLINE_HOURS * 3_600.0;
    if is_bare && is_soon && is_long(headline, HEADLINE_WORDS, HEADLINE_CHARACTERS) && !contradict(one, other) {
        return found(Rung::Headline);
    }
    let nothing = Boilerplate::default();
    let whole = measure(one, other, [&nothing, &nothing]);
    let Evidence { shared, containment, lead, .. } = whole.evidence;
    // Who quotes it begins in his own words.
    let are_alike = containment >= TWINS_ALIKE && lead >= TWINS_LEAD && !whole.numbers_differ;
    let are_twins = !is_bare && shared >= whole.least && are_alike;
    are_twins.then_some(Evidence { rung: Rung::Twin, ..whole.evidence })
}

/// Whether two pieces, one of which has hardly a text, say different things under one headline.
fn contradict(one: &Piece, other: &Piece) -> bool {
    let (short, long) = if one.word_count() <= other.word_count() { (one, other) } else { (other, one) };
    let said: HashSet<u64> = long.body.words.iter().chain(&long.title.words).copied().collect();
    let common = short.body.words.iter().filter(|word| said.contains(word)).count();
    short.word_count() >= WORDS_SAID && (common as f64) < SAID_ALIKE * short.word_count() as f64
}

/// Whether two pieces say themselves that they are two: parts of a series, or different sound and pictures.
pub fn are_at_odds(one: &Piece, other: &Piece) -> bool {
    let nothing = Boilerplate::default();
    let measured = measure(one, other, [&nothing, &nothing]);
    measured.enclosures_differ || (measured.titles_count_differently && measured.title_but_numbers >= SERIES_ALIKE)
}

pub(super) struct Measured {
    pub(super) evidence: Evidence,
    least: usize,
    /// Both have texts of their own that have nothing to do with each other.
    is_about_it: bool,
    pub(super) titles_count_differently: bool,
    /// What the titles have in common beside their numbers.
    title_but_numbers: f64,
    numbers_differ: bool,
    pub(super) enclosures_differ: bool,
    /// Of the longer text's length to the shorter one's.
    ratio: f64,
}

impl Measured {
    fn is_close(&self) -> bool {
        self.evidence.shared >= self.least / 2 && self.evidence.containment >= 0.4
    }

    fn is_same_text(&self) -> bool {
        let Evidence { shared, containment, overlap, lead, title, .. } = self.evidence;
        let by_text = containment >= 0.6 && (overlap >= 0.5 || lead >= 0.4);
        let by_text_and_title = containment >= 0.4 && title >= 0.6 && lead >= 0.25;
        if shared < self.least || !(by_text || by_text_and_title) {
            return false;
        }
        // Parts of a series are called alike but for their numbers.
        let counts_differently =
            self.titles_count_differently && (containment < 0.85 || self.title_but_numbers >= SERIES_ALIKE);
        // A long text that holds a short one begins with it and is called like it, or only quotes it.
        let quotes = self.ratio > 2.5 && !(lead > 0.0 && title >= 0.4);
        !counts_differently && !self.numbers_differ && !quotes
    }
}

pub(super) fn measure(one: &Piece, other: &Piece, printed: [&Boilerplate; 2]) -> Measured {
    let own = |piece: &Piece| -> HashSet<u32> {
        piece.runs.iter().copied().filter(|run| !printed.iter().any(|printed| printed.has(*run))).collect()
    };
    let (ours, theirs) = (own(one), own(other));
    let shared = ours.intersection(&theirs).count();
    let (shorter, longer) = (ours.len().min(theirs.len()), ours.len().max(theirs.len()));
    let union = ours.len() + theirs.len() - shared;
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let (long, short) = if ours.len() >= theirs.len() { (one, &theirs) } else { (other, &ours) };
    let begin: Vec<u32> =
        long.runs.iter().copied().filter(|run| !printed.iter().any(|it| it.has(*run))).take(LEAD_RUNS).collect();
    let lead = share(begin.iter().filter(|run| short.contains(run)).count(), begin.len());
    let title = dice(&one.title.words, &other.title.words);
    let containment = share(shared, shorter);
    let unparted = one.body.is_unparted || other.body.is_unparted;
    let both_have_texts = one.body.words.len() >= OWN_WORDS && other.body.words.len() >= OWN_WORDS;
    let short_numbers = if ours.len() >= theirs.len() { &other.body.numbers } else { &one.body.numbers };
    let common_numbers = one.body.numbers.intersection(&other.body.numbers).count();
    Measured {
        least: if unparted { SHARED_LEAST_UNPARTED } else { SHARED_LEAST },
        is_about_it: both_have_texts && containment < 0.1,
        titles_count_differently: !one.title.counters.is_empty()
            && !other.title.counters.is_empty()
            && one.title.counters != other.title.counters,
        title_but_numbers: dice(&one.title.but_counters(), &other.title.but_counters()),
        numbers_differ: short_numbers.len() >= 2 && common_numbers * 2 < short_numbers.len(),
        enclosures_differ: one.sounds_unlike(other),
        ratio: share(longer, shorter),
        evidence: Evidence {
            rung: Rung::Text,
            shared,
            shorter,
            containment,
            overlap: share(shared, union),
            lead,
            title,
        },
    }
}

/// Twice what two lists have in common, by what both have.
fn dice(one: &[u64], other: &[u64]) -> f64 {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for word in one {
        *counts.entry(*word).or_default() += 1;
    }
    let mut common = 0;
    for word in other {
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * common as f64 / all as f64 }
}
