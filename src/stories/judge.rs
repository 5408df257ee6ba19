//! Compares two pieces: the measures and their thresholds. Thresholds and vetoes were measured on streams of real
//! texts.

use std::borrow::Cow;

use super::boilerplate::Boilerplate;
use super::piece::{Headline, Piece};
use super::verdict::{Verdict, Veto};
use super::words::LEAD_RUNS;
use super::{Evidence, Reach, Rung};

/// Least number of runs that two texts must share; more in scripts without spaces between words.
const SHARED_LEAST: usize = 20;
pub(super) const SHARED_LEAST_UNPARTED: usize = 40;
/// A shorter text under the same headline is a teaser of the longer one if this many of its runs are in it, and all of
/// them but the last few, where it was truncated or says that there is more.
const TEASER_RUNS: usize = 12;
const TEASER_END_RUNS: usize = 3;
/// A text of this many words that has nothing in common with another text at the same address is a different piece about
/// the page there.
const OWN_WORDS: usize = 40;
/// Least number of words that say something, and the part of them that another text about the same matter must share.
const WORDS_SAID: usize = 6;
const SAID_ALIKE: f64 = 0.5;
/// The part of a short text's words that the piece which it points to must have. Half would be too few, because half of
/// all words are common to all texts.
const POINTED_ALIKE: f64 = 0.7;
/// Numbers that a short text may have beyond those of the other text: minutes of reading, or a count of comments.
const NUMBERS_OF_ITS_OWN: usize = 2;
/// Hours within which equal headlines mean the same piece.
const HEADLINE_HOURS: f64 = 72.0;
/// Titles that differ in their numbers and have at least this part of the rest in common belong to one series.
const SERIES_ALIKE: f64 = 0.5;
/// The part of the numbers that two versions must have in common.
const NUMBERS_ALIKE: f64 = 0.9;
/// From this many numbers of a short text on, half of them in common are too few.
const NUMBERS_TELLING: usize = 3;

impl Piece {
    /// Whether the texts of both have nearly the same numbers.
    pub(super) fn text_counts_like(&self, other: &Piece) -> bool {
        let (one, two) = (&self.body.numbers, &other.body.numbers);
        count_common(one, two) as f64 >= NUMBERS_ALIKE * one.len().max(two.len()) as f64
    }

    /// Whether both titles have counters, and the counters differ.
    pub(super) fn titles_count_differently(&self, other: &Piece) -> bool {
        let (one, two) = (&self.title.counters, &other.title.counters);
        !one.is_empty() && !two.is_empty() && one != two
    }

    /// The part of the titles' words that both have.
    pub(super) fn title_alike(&self, other: &Piece) -> f64 {
        dice(&self.title.sorted(), &other.title.sorted())
    }

    /// The part of the texts' words that both have. Numbers are left out, because they may only count.
    pub(super) fn words_alike(&self, other: &Piece) -> f64 {
        let (one, two) = (self.body.but_numbers(), other.body.but_numbers());
        if one.len() + two.len() == 0 { dice(&self.body.sorted(), &other.body.sorted()) } else { dice(&one, &two) }
    }

    pub(super) fn has_same_words(&self, other: &Piece) -> bool {
        self.body.words == other.body.words
    }

    /// Whether a word occurs in its text or its title.
    fn has_word(&self, word: u32) -> bool {
        self.title.words.contains(&word) || self.body.words.contains(&word)
    }

    /// The part of some words that this piece has.
    fn has_of(&self, words: &[u32]) -> f64 {
        let common = words.iter().filter(|word| self.has_word(**word)).count();
        if words.is_empty() { 1.0 } else { common as f64 / words.len() as f64 }
    }
}

/// Whether two pieces of different sources are one, with the evidence or the reason against it. `boilerplate` is the
/// boilerplate of each source; `is_recurrent` tells whether several pieces have their headline.
pub fn judge(one: &Piece, other: &Piece, boilerplate: [&Boilerplate; 2], reach: Reach, is_recurrent: bool) -> Verdict {
    let measured = measure(one, other, boilerplate);
    let named = if reach >= Reach::Link { by_name(one, other, &measured) } else { Err(Veto::Unlike) };
    let found = match named {
        // If the texts share something, the reason from the texts explains more than the reason from the names.
        Err(veto) if reach >= Reach::Near => by_text(one, other, &measured, is_recurrent)
            .map_err(|of_text| if of_text == Veto::Unlike { veto } else { of_text }),
        found => found,
    };
    match found {
        Ok(Rung::Twin) => {
            let nothing = Boilerplate::default();
            let whole = measure(one, other, [&nothing, &nothing]).evidence;
            Verdict::One(Evidence { rung: Rung::Twin, ..whole })
        }
        Ok(rung) => Verdict::One(Evidence { rung, ..measured.evidence }),
        Err(veto) => Verdict::Two(Evidence { rung: veto.rung(), ..measured.evidence }, veto),
    }
}

/// The name by which two pieces are one: address, id, or an address that only hints at it.
fn by_name(one: &Piece, other: &Piece, measured: &Measured) -> Result<Rung, Veto> {
    let is_close = measured.is_close();
    let titles_agree = measured.evidence.title >= 0.5 && !measured.is_about_it;
    let by_link = one.links.iter().any(|link| other.links.contains(link));
    if by_link && (is_close || titles_agree || points_at(one, other)) {
        return Ok(Rung::Link);
    }
    let same_id = one.id.is_some() && one.id == other.id;
    let is_bare = !one.has_body() || !other.has_body();
    if same_id && (is_close || (is_bare && titles_agree)) {
        return Ok(Rung::Id);
    }
    let same_hint = one.hint.is_some() && one.hint == other.hint;
    if same_hint && is_close && !measured.titles_count_differently && !measured.enclosures_differ {
        return Ok(Rung::Hint);
    }
    Err(match (by_link, same_id) {
        (true, _) => Veto::AddressOnly,
        (false, true) => Veto::IdOnly,
        (false, false) => Veto::Unlike,
    })
}

/// Compares the texts, or the headlines where one of the two has hardly any text.
fn by_text(one: &Piece, other: &Piece, measured: &Measured, is_recurrent: bool) -> Result<Rung, Veto> {
    if measured.enclosures_differ {
        return Err(Veto::Sound);
    }
    let headline = one.common_headline(other);
    let is_meant = headline.is_some() && !measured.titles_count_differently && !is_recurrent;
    let unlike = match measured.text_veto(is_meant) {
        // The most expensive test comes last.
        None if has_own_name(one, other) && has_own_name(other, one) => Veto::OwnNames,
        None => return Ok(Rung::Text),
        Some(veto) => veto,
    };
    match headline.map(|headline| by_headline(one, other, headline, measured, is_recurrent)) {
        Some(Ok(rung)) => Ok(rung),
        Some(Err(veto)) if unlike == Veto::Unlike => Err(veto),
        _ => Err(unlike),
    }
}

/// Decides where both have the same headline.
fn by_headline(
    one: &Piece,
    other: &Piece,
    headline: Headline,
    measured: &Measured,
    is_recurrent: bool,
) -> Result<Rung, Veto> {
    let is_soon = one.at.abs_diff(other.at) as f64 <= HEADLINE_HOURS * 3_600.0;
    let is_bare = !one.has_body() || !other.has_body();
    if measured.titles_count_differently {
        Err(Veto::Series)
    } else if !is_bare && !one.has_same_words(other) {
        Err(Veto::OtherText)
    } else if is_recurrent {
        Err(Veto::Recurrent)
    } else if !is_bare {
        Ok(Rung::Twin)
    } else if !headline.is_telling {
        Err(Veto::ShortHeadline)
    } else if !is_soon {
        Err(Veto::Late)
    } else if contradict(one, other) {
        Err(Veto::Contradicted)
    } else {
        Ok(Rung::Headline)
    }
}

/// Whether a piece without a text of its own says nothing beyond the piece at whose address it points. The pointer must
/// be the later of the two, because an earlier one would hide that piece.
fn points_at(one: &Piece, other: &Piece) -> bool {
    if one.has_body() || !other.has_body() {
        return false;
    }
    if one.word_count() < WORDS_SAID {
        return other.has_of(&one.title.words) >= SAID_ALIKE;
    }
    other.has_of(&one.body.words) >= POINTED_ALIKE
}

/// Whether two pieces, one of which has hardly any text, say different things under one headline.
fn contradict(one: &Piece, other: &Piece) -> bool {
    let (short, long) = if one.word_count() <= other.word_count() { (one, other) } else { (other, one) };
    let own_numbers = short.body.numbers.iter().filter(|number| !long.has_word(**number)).count();
    let says_else = own_numbers >= NUMBERS_OF_ITS_OWN || long.has_of(&short.body.words) < SAID_ALIKE;
    short.word_count() >= WORDS_SAID && says_else
}

/// Whether a piece's title names something (a town, a job, a product) that occurs in its own text and not in the other
/// piece.
fn has_own_name(one: &Piece, other: &Piece) -> bool {
    one.title.words.iter().any(|word| !other.has_word(*word) && one.body.words.contains(word))
}

/// Whether two pieces prove to be different by themselves: they are parts of a series, or have different sound or
/// films.
pub fn are_at_odds(one: &Piece, other: &Piece) -> bool {
    let nothing = Boilerplate::default();
    let measured = measure(one, other, [&nothing, &nothing]);
    measured.enclosures_differ || (measured.titles_count_differently && measured.title_but_numbers >= SERIES_ALIKE)
}

pub(super) struct Measured {
    pub(super) evidence: Evidence,
    least: usize,
    /// Whether both have texts of their own that have nothing to do with each other.
    is_about_it: bool,
    titles_count_differently: bool,
    /// The part of the titles' words, without numbers, that both have.
    title_but_numbers: f64,
    numbers_differ: bool,
    /// Whether each number of the shorter text is in the longer one.
    has_all_numbers: bool,
    pub(super) enclosures_differ: bool,
    /// The longer text's length divided by the shorter one's.
    ratio: f64,
}

impl Measured {
    fn is_close(&self) -> bool {
        self.evidence.shared >= self.least / 2 && self.evidence.containment >= 0.4
    }

    /// Whether the texts have enough in common. `is_meant`: both have one headline, and it stands for one piece.
    fn is_alike(&self, is_meant: bool) -> bool {
        let Evidence { shared, shorter, containment, overlap, lead, title, .. } = self.evidence;
        if shared < self.least {
            let is_held = shared >= TEASER_RUNS && shared + TEASER_END_RUNS >= shorter;
            return is_meant && is_held && lead > 0.0 && self.has_all_numbers;
        }
        let by_text = containment >= 0.6 && (overlap >= 0.5 || lead >= 0.4);
        by_text || (containment >= 0.4 && title >= 0.6 && lead >= 0.25)
    }

    /// Why the texts do not make two pieces one; `None` if they do.
    fn text_veto(&self, is_meant: bool) -> Option<Veto> {
        let Evidence { containment, overlap, lead, title, .. } = self.evidence;
        // The titles of a series differ only in their numbers.
        let counts_differently =
            self.titles_count_differently && (containment < 0.85 || self.title_but_numbers >= SERIES_ALIKE);
        // A long text that contains a short one is a copy only if it begins with it and has a similar title; otherwise
        // it only quotes it. So does a list of links that begins with its own words, however much it quotes.
        let quotes_a_little = self.ratio > 2.5 && !(lead > 0.0 && title >= 0.4);
        let quotes_all = lead < 0.1 && title < 0.4 && overlap < 0.7;
        if !self.is_alike(is_meant) {
            Some(Veto::Unlike)
        } else if counts_differently {
            Some(Veto::Series)
        } else if self.numbers_differ {
            Some(Veto::Numbers)
        } else if quotes_a_little || quotes_all {
            Some(Veto::Quote)
        } else {
            None
        }
    }
}

/// Measures two texts without the boilerplate of their sources.
pub(super) fn measure(one: &Piece, other: &Piece, boilerplate: [&Boilerplate; 2]) -> Measured {
    let boilerplate = boilerplate[0].union(boilerplate[1]);
    let (ours, theirs) = (without(&one.distinct, &boilerplate), without(&other.distinct, &boilerplate));
    let shared = count_common(&ours, &theirs);
    let (shorter, longer) = (ours.len().min(theirs.len()), ours.len().max(theirs.len()));
    let union = ours.len() + theirs.len() - shared;
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let is_ours_longer = ours.len() >= theirs.len();
    let (long, short) = if is_ours_longer { (one, &theirs) } else { (other, &ours) };
    let begin = long.runs.iter().filter(|run| boilerplate.binary_search(run).is_err()).take(LEAD_RUNS);
    let (begun, common_begin) =
        begin.fold((0, 0), |(all, common), run| (all + 1, common + usize::from(short.binary_search(run).is_ok())));
    let containment = share(shared, shorter);
    // The script of the shorter text decides, because what both share is in it.
    let unparted = if is_ours_longer { other.body.is_unparted } else { one.body.is_unparted };
    let both_have_texts = one.word_count() >= OWN_WORDS && other.word_count() >= OWN_WORDS;
    let short_numbers = if is_ours_longer { &other.body.numbers } else { &one.body.numbers };
    let common_numbers = count_common(&one.body.numbers, &other.body.numbers);
    // In a short text, which may be a template filled in, half of the numbers are too few.
    let is_short = shorter <= LEAD_RUNS && short_numbers.len() >= NUMBERS_TELLING;
    let numbers_wanted = if is_short { short_numbers.len() / 2 + 1 } else { short_numbers.len().div_ceil(2) };
    Measured {
        least: if unparted { SHARED_LEAST_UNPARTED } else { SHARED_LEAST },
        is_about_it: both_have_texts && containment < 0.1,
        titles_count_differently: one.titles_count_differently(other),
        title_but_numbers: dice(&one.title.but_counters(), &other.title.but_counters()),
        numbers_differ: short_numbers.len() >= 2 && common_numbers < numbers_wanted,
        has_all_numbers: common_numbers == short_numbers.len(),
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

/// The items of a sorted list that another list does not have.
fn without<'a>(list: &'a [u32], other: &[u32]) -> Cow<'a, [u32]> {
    if other.is_empty() {
        return Cow::Borrowed(list);
    }
    Cow::Owned(list.iter().copied().filter(|item| other.binary_search(item).is_err()).collect())
}

/// The number of items that two sorted lists have in common; an item counts as often as both have it.
fn count_common(one: &[u32], other: &[u32]) -> usize {
    let (mut at, mut beside, mut common) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(at), other.get(beside)) {
        common += usize::from(a == b);
        at += usize::from(a <= b);
        beside += usize::from(b <= a);
    }
    common
}

/// The Dice coefficient of two sorted lists: twice the common items, divided by the sum of both lengths.
pub(super) fn dice(one: &[u32], other: &[u32]) -> f64 {
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * count_common(one, other) as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::model::{EntryDetails, Timestamp};
    use crate::stories::Told;

    const HOUR: i64 = 3_600;

    /// A piece that appeared at this hour.
    fn at(hour: i64, title: &str, text: &str) -> Piece {
        let details = EntryDetails::default();
        Piece::of(&Told { at: Timestamp::from_unix(hour * HOUR), ..Told::only(title, text, &details) })
    }

    fn piece(title: &str, text: &str) -> Piece {
        at(0, title, text)
    }

    /// Words with these numbers; each number gives a different word.
    fn words(from: usize, count: usize) -> String {
        let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
        let word = |number: usize| format!("q{}{}{}", letter(number / 676), letter(number / 26), letter(number));
        (from..from + count).map(word).collect::<Vec<String>>().join(" ")
    }

    #[track_caller]
    fn check(name: &str, one: &Piece, other: &Piece, wanted: Result<Rung, Veto>) {
        let nothing = Boilerplate::default();
        for (one, other) in [(one, other), (other, one)] {
            let found = match judge(one, other, [&nothing, &nothing], Reach::Near, false) {
                Verdict::One(evidence) => Ok(evidence.rung),
                Verdict::Two(_, veto) => Err(veto),
            };
            assert_eq!(found, wanted, "{name}");
        }
    }

    #[test]
    fn an_article_and_a_list_that_quotes_it_are_two_pieces() {
        let article = piece("The bridge has come down", &words(0, 190));
        let list = |title: &str, own: usize, after: &str| {
            piece(title, &format!("{} {} {after}", words(1_000, own), words(0, 190)))
        };
        check("behind own words", &article, &list("Links for a Friday", 110, ""), Err(Veto::Quote));
        check("behind few own words", &article, &list("Links for a Friday", 25, ""), Ok(Rung::Text));
        check("under its headline", &article, &list("The bridge has come down", 110, ""), Ok(Rung::Text));
        check("nearly all of it", &article, &list("Fallen", 66, ""), Ok(Rung::Text));
        check("long", &article, &list("Links for a Friday", 110, &words(2_000, 300)), Err(Veto::Unlike));
    }

    #[test]
    fn texts_on_two_named_places_are_two_pieces() {
        let report = |town: &str, place: &str| {
            piece(&format!("Rain over {town}"), &format!("{} in {place} today", words(0, 60)))
        };
        check("two towns", &report("Aford", "Aford"), &report("Bham", "Bham"), Err(Veto::OwnNames));
        check(
            "only one is named in the titles",
            &report("Aford", "Aford"),
            &report("the county", "Aford"),
            Ok(Rung::Text),
        );
        check(
            "described in other words",
            &report("wide streets", "Aford"),
            &report("the county", "Aford"),
            Ok(Rung::Text),
        );
        let (whole, truncated) = (piece("Qaab qaba", &words(0, 200)), piece("Qacc of it", &words(0, 100)));
        check("a truncated copy", &whole, &truncated, Ok(Rung::Text));
    }

    #[test]
    fn numbers_tell_look_alikes_apart() {
        let kit = |version: &str| piece(&format!("Kit {version} is out"), &words(0, 100));
        check("a preview", &kit("4.0.0 preview3"), &kit("4.0.0"), Err(Veto::Series));
        check("candidates", &kit("4.0 rc1"), &kit("4.0 rc2"), Err(Veto::Series));
        check("the same", &kit("4.0.0 preview3"), &kit("4.0.0 Preview3"), Ok(Rung::Text));
        let outage = |when: &str| piece("Many errors in the south", &format!("On {when} we saw that {}", words(0, 45)));
        check("two hours", &outage("6 May 2026 at 23:19"), &outage("23 May 2026 at 7:12"), Err(Veto::Numbers));
        check("an hour", &outage("6 May 2026 at 23:19"), &outage("6 May 2026 at 23:19"), Ok(Rung::Text));
        check("corrected", &outage("6 May 2026 at 23:19"), &outage("6 May 2026 at 23:20"), Ok(Rung::Text));
    }

    #[test]
    fn a_teaser_meets_its_article() {
        let title = "The bridge down the river has fallen";
        let article = piece(title, &format!("{} in 2026", words(0, 400)));
        let teaser = |text: &str| piece(title, text);
        check("21 words", &article, &teaser(&words(0, 21)), Ok(Rung::Text));
        check("15 words", &article, &teaser(&words(0, 15)), Ok(Rung::Text));
        check("of what comes later", &article, &teaser(&words(20, 21)), Ok(Rung::Text));
        check("with an end", &article, &teaser(&format!("{} more", words(0, 20))), Ok(Rung::Text));
        check(
            "with words of its own",
            &article,
            &teaser(&format!("xa xb xc xd {}", words(0, 18))),
            Err(Veto::OtherText),
        );
        check("with a number", &article, &teaser(&format!("{} 7", words(0, 20))), Err(Veto::OtherText));
        check("another headline", &article, &piece("Stones in the water", &words(0, 21)), Err(Veto::Unlike));
        let series =
            |number: u32, count: usize| piece(&format!("The bridge down the river, part {number}"), &words(0, count));
        check("of another part", &series(1, 400), &series(2, 21), Err(Veto::Unlike));
        let nothing = Boilerplate::default();
        let recurrent = judge(&article, &teaser(&words(0, 21)), [&nothing, &nothing], Reach::Near, true);
        assert!(matches!(recurrent, Verdict::Two(..)), "{recurrent:?}");
    }

    #[test]
    fn a_headline_stands_for_a_piece_if_nothing_speaks_against_it() {
        let title = "The bridge down the river has fallen";
        let long = piece(title, &words(0, 60));
        check("bare", &long, &piece(title, ""), Ok(Rung::Headline));
        check("late", &long, &at(80, title, ""), Err(Veto::Late));
        check(
            "too short",
            &piece("Open thread today", &words(0, 60)),
            &piece("Open thread today", ""),
            Err(Veto::ShortHeadline),
        );
        check("contradicted", &long, &piece(title, &words(500, 10)), Err(Veto::Contradicted));
        let short = |when: &str| piece(title, &format!("at {when} we saw many errors in the south of the town"));
        check("two hours", &short("23:19"), &short("7:12"), Err(Veto::Contradicted));
        check("an hour", &short("23:19"), &short("23:19"), Ok(Rung::Headline));
        check("two texts", &long, &piece(title, &words(500, 60)), Err(Veto::OtherText));
    }

    #[test]
    fn an_address_alone_joins_nothing() {
        let link = "https://a.example/notes/2";
        let details = EntryDetails::default();
        let linked =
            |title: &str, text: &str| Piece::of(&Told { link: Some(link), ..Told::only(title, text, &details) });
        let check = |name: &str, first: &Piece, second: &Piece, wanted: Result<Rung, Veto>| {
            let nothing = Boilerplate::default();
            let found = match judge(second, first, [&nothing, &nothing], Reach::Link, false) {
                Verdict::One(evidence) => Ok(evidence.rung),
                Verdict::Two(_, veto) => Err(veto),
            };
            assert_eq!(found, wanted, "{name}");
        };
        let notes = linked("Notes on the second release", &words(0, 60));
        let pills = linked("Cheap pills", &format!("Buy a good one here {}", words(900, 60)));
        check("a note below it", &pills, &linked("Release 2 mends a hole", "Update now."), Err(Veto::AddressOnly));
        let short = "It mends a hole through which a stranger came in.";
        check("a short text", &pills, &linked("Release 2", short), Err(Veto::AddressOnly));
        check("a pointer", &notes, &linked("The second release", "Read it there."), Ok(Rung::Link));
        check("a pointer without a title", &notes, &linked("", ""), Ok(Rung::Link));
        check("a part of it", &notes, &linked("Out now", &words(0, 12)), Ok(Rung::Link));
        check("whose words are in the text", &notes, &linked("Qaaa and qaab", ""), Ok(Rung::Link));
        check("a pointer that came first", &linked("Out now", ""), &notes, Err(Veto::AddressOnly));
    }

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
