//! The changes of an entry by a revision, in parts that can be compared with the changes of other entries.

use std::sync::Arc;

use super::piece::Piece;
use super::version::{CORRECTED, Version, counted};
use super::words::{LEAD_RUNS, Words};

/// Titles of more words are not searched for what a template puts around them.
const TITLE_WORDS_MAX: usize = 64;
/// Most words that a template puts before or behind a title.
const AFFIX_WORDS_MAX: usize = 12;
/// The number that stands for all numbers before and behind titles.
const ANY_NUMBER: u32 = 0;
/// Words after a number at the end of a title that count comments or minutes of reading.
const TALLIED: [&str; 6] = ["comment", "comments", "reply", "replies", "min read", "minute read"];
/// Runs that a summary must share with the text whose truncated form it is.
const SUMMARY_RUNS: usize = 6;
/// The part of a summary's runs that may differ, because a summary leaves out what is set apart in the full text.
const STRANGE: f64 = 0.1;
/// Words at the end of a summary that only say that there is more, beside the words of the title.
const TRAILER_WORDS: usize = 4;
/// Runs that are broken at both ends of a line which was put into a text.
const BROKEN_RUNS: usize = 8;
/// A piece that is dated later than before by at least this many seconds may be the next piece in its place.
const LATER: i64 = 3_600;
/// A text that has grown must begin with the earlier text within this many runs, because a longer beginning is news.
const GROWN_RUNS: usize = 5;
/// A text that was truncated to less than this part of its words is shown as a summary.
const SUMMARY: f64 = 0.7;

/// The difference between an entry as it came and its stored version.
#[derive(Debug, Clone)]
pub struct Change {
    /// The stored version.
    pub before: Arc<Version>,
    now: Arc<Version>,
    pub(super) title: Title,
    /// Words that the text has gained and words that it has lost: sorted, each as often as the difference of its
    /// counts. Numbers are left out, because they may only count.
    pub(super) added: Vec<u32>,
    pub(super) removed: Vec<u32>,
    /// Number of words that the text had and still has.
    pub(super) kept: usize,
    /// Whether the text differs by more than corrections.
    pub(super) is_rewritten: bool,
    /// Whether its sound is different.
    pub(super) sounds_unlike: bool,
    /// The words of both titles, sorted.
    titles: Vec<u32>,
    /// Whether a date shows that the change of the title or the text is the entry's own, because the publisher has
    /// moved that date since the last document came.
    pub(super) is_anew: bool,
    /// Whether the date is later than the stored one, as is the date of a different piece in the same place.
    is_later: bool,
}

/// The change of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Title {
    /// Nothing but a counter or the typography has changed.
    Same,
    /// The words around those that both titles have in common.
    Around {
        front: Affix,
        back: Affix,
    },
    Another,
}

/// The words on one side of a title before and now. All numbers count as equal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Affix {
    was: Vec<u32>,
    is: Vec<u32>,
}

/// The number of changed words that no template accounts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Own {
    pub(super) added: usize,
    pub(super) removed: usize,
}

impl Change {
    pub fn of(before: Arc<Version>, now: Arc<Version>) -> Change {
        let (old, new) = (&before.piece, &now.piece);
        let (mut was, mut is) = (old.body.but_numbers(), new.body.but_numbers());
        if was.len() + is.len() == 0 {
            (was, is) = (old.body.sorted(), new.body.sorted());
        }
        let (added, removed) = (beyond(&is, &was), beyond(&was, &is));
        let kept = is.len() - added.len();
        let is_rewritten = ((2 * kept) as f64) < CORRECTED * (was.len() + is.len()) as f64;
        let sounds_unlike = old.sounds_unlike(new) && !is_same_file(&before, &now);
        let mut titles = [old.title.words.as_slice(), &new.title.words].concat();
        titles.sort_unstable();
        let title = Title::of(&before, &now);
        let [is_anew, is_later] = [false; 2];
        Change { before, now, title, added, removed, kept, is_rewritten, sounds_unlike, titles, is_anew, is_later }
    }

    /// Whether a reader would want to see the entry again; a corrected letter or a counter is not significant.
    pub fn is_significant(&self) -> bool {
        self.title != Title::Same || self.is_rewritten || self.sounds_unlike
    }

    /// Whether the title has changed significantly, whatever has become of the text.
    pub fn has_another_title(&self) -> bool {
        self.title != Title::Same
    }

    /// Attributes the dates to the entry, not to the document. `is_anew`: the publisher has moved one of them since the
    /// last document came.
    pub fn believe_dates(&mut self, is_anew: bool) {
        let (before, now) = (&self.before, &self.now);
        self.is_later = before.dated && now.dated && now.piece.at - before.piece.at > LATER;
        self.is_anew = is_anew;
    }

    /// Whether the sound is different, without a date which shows that it is another piece.
    pub(super) fn has_only_other_sound(&self) -> bool {
        self.sounds_unlike && !self.is_anew && !self.is_later
    }

    /// The part of the text's change that belongs neither to a template with these words nor to the title, which
    /// templates repeat.
    pub(super) fn own(&self, added: &[u32], removed: &[u32]) -> Own {
        if added.is_empty() && removed.is_empty() {
            return Own { added: self.added.len(), removed: self.removed.len() };
        }
        let titles = &self.titles;
        let count = |words: &[u32], common: &[u32]| {
            let is_own = |word: &&u32| common.binary_search(word).is_err() && titles.binary_search(word).is_err();
            words.iter().filter(is_own).count()
        };
        Own { added: count(&self.added, added), removed: count(&self.removed, removed) }
    }

    /// Whether the text is now a truncated form of what it was. `around`: number of words that a template has added.
    pub(super) fn is_truncated(&self, around: usize) -> bool {
        self.is_rewritten
            && !self.sounds_unlike
            && self.is_beginning(&self.before.piece, &self.now.piece, around, LEAD_RUNS)
    }

    /// Whether the text was a truncated form of what it is now. `around`: number of words that a template has removed.
    pub fn is_grown(&self, around: usize) -> bool {
        self.is_rewritten
            && !self.sounds_unlike
            && self.is_beginning(&self.now.piece, &self.before.piece, around, GROWN_RUNS + around)
    }

    /// Whether little enough of the text is left that it may be a summary.
    pub(super) fn is_short(&self) -> bool {
        (self.now.piece.word_count() as f64) < SUMMARY * self.before.piece.word_count() as f64
    }

    /// Whether a text is the beginning of a longer one, and otherwise only says that there is more. `within`: number of
    /// runs at the beginning of the longer text within which it must begin.
    fn is_beginning(&self, long: &Piece, short: &Piece, around: usize, within: usize) -> bool {
        if !long.has_body() || short.word_count().saturating_sub(around) >= long.word_count() {
            return false;
        }
        let is_in: Vec<bool> = short.runs.iter().map(|run| long.distinct.binary_search(run).is_ok()).collect();
        let (Some(first), Some(last)) = (is_in.iter().position(|it| *it), is_in.iter().rposition(|it| *it)) else {
            return false;
        };
        let broken = if around == 0 { 0 } else { around + BROKEN_RUNS };
        let common = is_in.iter().filter(|it| **it).count();
        let strange = last + 1 - first - common;
        let words = &short.body.words;
        let behind = &words[words.len().saturating_sub(is_in.len() - 1 - last)..];
        let behind = behind.iter().filter(|word| self.titles.binary_search(word).is_err()).count();
        let lead = &long.runs[..long.runs.len().min(within)];
        common >= SUMMARY_RUNS
            && first <= broken
            && lead.contains(&short.runs[first])
            && strange as f64 <= STRANGE * (common + strange) as f64 + broken as f64
            && behind <= TRAILER_WORDS + around
    }
}

impl Title {
    fn of(before: &Version, now: &Version) -> Title {
        if is_titled_like(before, now) {
            return Title::Same;
        }
        let (was, is) = (&before.piece.title, &now.piece.title);
        let common = longest_common(&was.words, &is.words);
        let (old, new) = (&was.words[common.one..], &is.words[common.other..]);
        let front = Affix::of(was, &was.words[..common.one], is, &is.words[..common.other]);
        let back = Affix::of(was, &old[common.length..], is, &new[common.length..]);
        match (front, back) {
            (Some(front), Some(back)) if common.length > 0 => Title::Around { front, back },
            _ => Title::Another,
        }
    }
}

impl Affix {
    /// The words on this side before and now. `None` for changes that templates do not make: very many words, or only
    /// numbers.
    fn of(before: &Words, was: &[u32], now: &Words, is: &[u32]) -> Option<Affix> {
        let affix = Affix { was: numberless(was, before), is: numberless(is, now) };
        let is_long = was.len().max(is.len()) > AFFIX_WORDS_MAX;
        (!is_long && (was == is || !affix.is_same())).then_some(affix)
    }

    /// Whether nothing has changed on this side.
    pub(super) fn is_same(&self) -> bool {
        self.was == self.is
    }
}

/// Words of a title, with all numbers made equal.
fn numberless(words: &[u32], title: &Words) -> Vec<u32> {
    let is_number = |word: u32| title.numbers.binary_search(&word).is_ok();
    words.iter().map(|word| if is_number(*word) { ANY_NUMBER } else { *word }).collect()
}

/// Whether both have the same title, apart from typography and counters.
fn is_titled_like(before: &Version, now: &Version) -> bool {
    let bare = |title: &str| counted(without_tally(title)).words;
    before.piece.headline == now.piece.headline || bare(&before.title) == bare(&now.title)
}

/// A title without the number of comments or minutes of reading at its end. A title that consists of nothing else is
/// unchanged.
fn without_tally(title: &str) -> &str {
    let title = title.trim_end();
    let bare = TALLIED.iter().find_map(|unit| {
        let (rest, end) = title.split_at_checked(title.len().checked_sub(unit.len())?)?;
        let number = rest.trim_end_matches([' ', '-', '\u{a0}']);
        let bare = number.trim_end_matches(|character: char| character.is_ascii_digit());
        let is_tally = end.eq_ignore_ascii_case(unit) && number.len() < rest.len() && bare.len() < number.len();
        let bare = bare.trim_end_matches(|character: char| !character.is_alphanumeric());
        (is_tally && !bare.is_empty()).then_some(bare)
    });
    bare.unwrap_or(title)
}

/// Whether both have the same sound file at different hosts. A short file name is enough, because the id is the same.
fn is_same_file(before: &Version, now: &Version) -> bool {
    let have_one_id = before.declared_id.is_some() && before.declared_id == now.declared_id;
    let is_moved = |was: &String, is: &String| {
        let ((host, name), (other, same)) = (host_and_file(was), host_and_file(is));
        host != other && !name.is_empty() && name == same
    };
    have_one_id && before.sounds.iter().any(|was| now.sounds.iter().any(|is| is_moved(was, is)))
}

/// The host of an address, and the name of the file that it leads to.
fn host_and_file(url: &str) -> (&str, &str) {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let place = path.split_once("://").map_or(path, |(_, place)| place);
    let host = place.split('/').next().unwrap_or_default();
    (host, place[host.len()..].rsplit('/').next().unwrap_or_default())
}

/// The items of a sorted list that another sorted list lacks: an item that occurs twice here and once there is returned
/// once.
fn beyond(list: &[u32], other: &[u32]) -> Vec<u32> {
    let (mut at, mut more) = (0, Vec::new());
    for word in list {
        while other.get(at).is_some_and(|it| it < word) {
            at += 1;
        }
        match other.get(at) {
            Some(it) if it == word => at += 1,
            _ => more.push(*word),
        }
    }
    more
}

/// The longest sequence that two lists have in common: where it begins in each, and its length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Common {
    one: usize,
    other: usize,
    length: usize,
}

/// The longest sequence that two titles have in common; empty for very long titles.
fn longest_common(one: &[u32], other: &[u32]) -> Common {
    let mut longest = Common::default();
    if one.len().max(other.len()) > TITLE_WORDS_MAX {
        return longest;
    }
    // For each place in the other list, the number of items before it that agree with those before the current place in
    // the first.
    let mut lengths = vec![0; other.len() + 1];
    for (at, item) in one.iter().enumerate() {
        for beside in (0..other.len()).rev() {
            let length = if *item == other[beside] { lengths[beside] + 1 } else { 0 };
            lengths[beside + 1] = length;
            if length > longest.length {
                longest = Common { one: at + 1 - length, other: beside + 1 - length, length };
            }
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::super::piece::Told;
    use super::*;
    use crate::model::{Enclosure, EntryDetails};

    fn version(title: &str, text: &str, sounds: &[&str]) -> Arc<Version> {
        let enclosure = |url: &&str| Enclosure { url: (*url).to_owned(), media_type: None, length: None };
        let details = EntryDetails { enclosures: sounds.iter().map(enclosure).collect(), ..EntryDetails::default() };
        let piece = Piece::of(&Told { declared_id: Some("1"), ..Told::only(title, text, &details) });
        let sounds = sounds.iter().map(|url| (*url).to_owned()).collect();
        Arc::new(Version {
            piece,
            title: title.to_owned(),
            declared_id: Some("1".to_owned()),
            sounds,
            ..Version::default()
        })
    }

    #[test]
    fn titles_are_compared_without_counters() {
        let check = |was: &str, is: &str, wanted: bool| {
            let change = Change::of(version(was, "", &[]), version(is, "", &[]));
            assert_eq!(change.is_significant(), wanted, "{was} | {is}");
        };
        check("The bridge is closed", "The  BRIDGE is “closed”", false);
        check("Café at the bridge", "Cafe\u{301} at the bridge", false);
        check("The bridge (3)", "The bridge (12)", false);
        check("(2) The bridge", "The bridge", false);
        check("The bridge [4 comments]", "The bridge", false);
        check("The bridge - 3 comments", "The bridge - 12 comments", false);
        check("The bridge | 3 min read", "The bridge", false);
        check("The bridge, 1-minute read", "The bridge, 2-minute read", false);
        check("The bridge, part 3", "The bridge, part 4", true);
        check("The best of the year (2025)", "The best of the year (2026)", true);
        check("3 comments", "4 comments", true);
        check("The bridge is closed", "The bridge is open", true);
    }

    #[test]
    fn words_that_a_template_puts_around_a_title_are_found() {
        let check = |was: &str, is: &str, wanted: Option<[(usize, usize); 2]>| {
            let lengths = |affix: &Affix| (affix.was.len(), affix.is.len());
            let found = match Change::of(version(was, "", &[]), version(is, "", &[])).title {
                Title::Around { front, back } => Some([lengths(&front), lengths(&back)]),
                Title::Same | Title::Another => None,
            };
            assert_eq!(found, wanted, "{was} | {is}");
        };
        check("Red roofs", "Blog: Red roofs", Some([(0, 1), (0, 0)]));
        check("Red roofs | Site", "Red roofs - Other place", Some([(0, 0), (1, 2)]));
        check("News: red roofs", "red roofs | News", Some([(1, 0), (0, 1)]));
        check("Red roofs", "Green gardens", None);
        // Only a number differs.
        check("Paris: 12 degrees", "Paris: 13 degrees", None);
        check("Red roofs", &format!("Red roofs {}", "and more ".repeat(7)), None);
    }

    #[test]
    fn the_same_file_at_another_host_is_the_same_sound() {
        let check = |was: &str, is: &str, wanted: bool| {
            let change = Change::of(version("A talk", "", &[was]), version("A talk", "", &[is]));
            assert_eq!(change.sounds_unlike, wanted, "{was} | {is}");
        };
        check("https://a.example/1/ep12.mp3", "https://b.example/show/ep12.mp3?sign=2", false);
        check("https://a.example/1/ep12.mp3", "https://a.example/2/ep12.mp3", true);
        check("https://a.example/1/ep12.mp3", "https://b.example/1/ep13.mp3", true);
        check("https://a.example/1/a-long-name-of-it.mp3", "https://a.example/2/a-long-name-of-it.mp3", false);
        check("https://a.example/", "https://b.example/", false);
    }

    #[test]
    fn a_beginning_is_told_from_another_text() {
        let whole = (0..60).map(|at| format!("w{}", "x".repeat(at))).collect::<Vec<String>>().join(" ");
        let first = |count: usize| whole.split(' ').take(count).collect::<Vec<&str>>().join(" ");
        let check = |is: &str, around: usize, wanted: bool| {
            let change = Change::of(version("Red roofs", &whole, &[]), version("Red roofs", is, &[]));
            assert_eq!(change.is_truncated(around), wanted, "{is}");
        };
        check(&first(30), 0, true);
        check(&format!("{} […]", first(12)), 0, true);
        check(&format!("{}… Continue reading Red roofs", first(30)), 0, true);
        check(&first(6), 0, false);
        check("This article was removed because it was wrong from beginning to end", 0, false);
        check(&format!("{}. All of this is wrong, as we know now.", first(30)), 0, false);
        check(&format!("Correction: {}", first(30)), 0, false);
        check(&whole.split(' ').rev().take(30).collect::<Vec<&str>>().join(" "), 0, false);
        let framed = format!("Dear readers, {} Thank you all for reading this.", first(30));
        check(&framed, 0, false);
        check(&framed, 8, true);
        // The difference is small.
        check(&first(55), 0, false);
    }

    #[test]
    fn lists_are_compared_item_by_item() {
        assert_eq!(beyond(&[1, 1, 2, 5], &[1, 2, 2, 3]), [1, 5]);
        assert_eq!(beyond(&[], &[1]), [0_u32; 0]);
        let check = |one: &[u32], other: &[u32], wanted: (usize, usize, usize)| {
            let Common { one: at, other: beside, length } = longest_common(one, other);
            assert_eq!((at, beside, length), wanted, "{one:?} {other:?}");
        };
        check(&[1, 2, 3, 4], &[9, 2, 3, 4, 1], (1, 1, 3));
        check(&[1, 2], &[3], (0, 0, 0));
        check(&[7, 7, 7], &[7, 7], (0, 0, 2));
        check(&[1; 65], &[1; 65], (0, 0, 0));
    }
}
