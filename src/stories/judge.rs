//! The measures, and what they must come to. Thresholds and vetoes were measured on streams of real texts.

use std::borrow::Cow;

use super::boilerplate::Boilerplate;
use super::piece::Piece;
use super::words::LEAD_RUNS;
use super::{Evidence, Reach, Rung};

/// Runs that two texts must share at least; of scripts that do not part their words, more.
const SHARED_LEAST: usize = 20;
const SHARED_LEAST_UNPARTED: usize = 40;
/// A text of so many words that has nothing in common with another under the same address is another piece about it.
const OWN_WORDS: usize = 40;
/// So many words say something, and of these the part that another text about the same has, too.
const WORDS_SAID: usize = 6;
const SAID_ALIKE: f64 = 0.5;
/// Of two texts under one headline that are made of what their sources print under everything, the part of the shorter one
/// that is in the other.
const TWINS_ALIKE: f64 = 0.6;
/// And of the longer one's beginning.
const TWINS_LEAD: f64 = 0.25;
/// Hours within which equal headlines mean the same.
const HEADLINE_HOURS: f64 = 72.0;
/// Titles that differ in their numbers and have so much in common beside are of one series.
const SERIES_ALIKE: f64 = 0.5;
/// The part of two versions' numbers that is the same.
const NUMBERS_ALIKE: f64 = 0.9;

impl Piece {
    /// Whether both have nearly the same numbers in their texts.
    pub(super) fn text_counts_like(&self, other: &Piece) -> bool {
        let (one, two) = (&self.body.numbers, &other.body.numbers);
        count_common(one, two) as f64 >= NUMBERS_ALIKE * one.len().max(two.len()) as f64
    }

    /// The words that the titles have in common.
    pub(super) fn title_alike(&self, other: &Piece) -> f64 {
        dice(&self.title.sorted(), &other.title.sorted())
    }

    /// Of all words of both texts, those that both have; numbers, which may only count, are left out.
    pub(super) fn words_alike(&self, other: &Piece) -> f64 {
        let (one, two) = (self.body.but_numbers(), other.body.but_numbers());
        if one.len() + two.len() == 0 { dice(&self.body.sorted(), &other.body.sorted()) } else { dice(&one, &two) }
    }

    pub(super) fn has_same_words(&self, other: &Piece) -> bool {
        self.body.words == other.body.words
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
    let same_id = one.id.is_some() && one.id == other.id;
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
    if is_bare && is_soon && headline.is_telling && !contradict(one, other) {
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
    let (said, titled) = (long.body.sorted(), long.title.sorted());
    let is_said = |word: &&u32| said.binary_search(word).is_ok() || titled.binary_search(word).is_ok();
    let common = short.body.words.iter().filter(is_said).count();
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

/// Measures two texts without what either of their sources prints under everything.
pub(super) fn measure(one: &Piece, other: &Piece, printed: [&Boilerplate; 2]) -> Measured {
    let printed = printed[0].union(printed[1]);
    let (ours, theirs) = (without(&one.distinct, &printed), without(&other.distinct, &printed));
    let shared = count_common(&ours, &theirs);
    let (shorter, longer) = (ours.len().min(theirs.len()), ours.len().max(theirs.len()));
    let union = ours.len() + theirs.len() - shared;
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let is_ours_longer = ours.len() >= theirs.len();
    let (long, short) = if is_ours_longer { (one, &theirs) } else { (other, &ours) };
    let begin = long.runs.iter().filter(|run| printed.binary_search(run).is_err()).take(LEAD_RUNS);
    let (begun, common_begin) =
        begin.fold((0, 0), |(all, common), run| (all + 1, common + usize::from(short.binary_search(run).is_ok())));
    let containment = share(shared, shorter);
    let unparted = one.body.is_unparted || other.body.is_unparted;
    let both_have_texts = one.word_count() >= OWN_WORDS && other.word_count() >= OWN_WORDS;
    let short_numbers = if is_ours_longer { &other.body.numbers } else { &one.body.numbers };
    let common_numbers = count_common(&one.body.numbers, &other.body.numbers);
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
            lead: share(common_begin, begun),
            title: one.title_alike(other),
        },
    }
}

/// What a sorted list has that another does not.
fn without<'a>(list: &'a [u32], other: &[u32]) -> Cow<'a, [u32]> {
    if other.is_empty() {
        return Cow::Borrowed(list);
    }
    Cow::Owned(list.iter().copied().filter(|item| other.binary_search(item).is_err()).collect())
}

/// How many items two sorted lists have in common; what one has twice counts twice if the other has it twice, too.
fn count_common(one: &[u32], other: &[u32]) -> usize {
    let (mut at, mut beside, mut common) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(at), other.get(beside)) {
        common += usize::from(a == b);
        at += usize::from(a <= b);
        beside += usize::from(b <= a);
    }
    common
}

/// Twice what two sorted lists have in common, by what both have.
pub(super) fn dice(one: &[u32], other: &[u32]) -> f64 {
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * count_common(one, other) as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_compared_item_by_item() {
        let check = |one: &[u32], other: &[u32], common: usize| {
            assert_eq!(count_common(one, other), common, "{one:?} {other:?}");
            assert_eq!(count_common(other, one), common, "{other:?} {one:?}");
        };
        check(&[], &[1], 0);
        check(&[1, 1, 2, 3], &[1, 1, 1, 3, 4], 3);
        check(&[1, 5, 9], &[2, 5, 8, 9], 2);
        assert_eq!(without(&[1, 2, 3], &[2, 4]).as_ref(), [1, 3]);
    }
}
