//! What a revision has changed of an entry, in parts that can be compared with what has changed of other entries.

use std::sync::Arc;

use super::piece::{Headline, Piece};
use super::version::{CORRECTED, Version, counted};
use super::words::{LEAD_RUNS, Words};

/// Titles of more words are not searched for what a template puts around them.
const TITLE_WORDS_MAX: usize = 64;
/// Words that a template puts before or behind a title.
const AFFIX_WORDS_MAX: usize = 12;
/// What all numbers before and behind titles are taken for.
const ANY_NUMBER: u32 = 0;
/// What stands behind a number at the end of a title that says how much was answered, or how long reading takes.
const TALLIED: [&str; 6] = ["comment", "comments", "reply", "replies", "min read", "minute read"];
/// Runs of words that a summary has in common with the text that it is the beginning of.
const SUMMARY_RUNS: usize = 6;
/// The part of its runs that may be others, as what is set apart in the whole text is left out of its summary.
const STRANGE: f64 = 0.1;
/// Words behind a summary that only say that there is more, beside those of the title.
const TRAILER_WORDS: usize = 4;
/// Runs of words that are broken at both ends of a line which was put into a text.
const BROKEN_RUNS: usize = 8;
/// A piece that is dated so much later than it was may be the next one in its place: in seconds.
const LATER: i64 = 3_600;
/// A text that has grown begins with what it was, but for so many words: what is put in front of it is news.
const GROWN_RUNS: usize = 5;
/// A text that was cut to less than this part of its words is shown as a summary.
const SUMMARY: f64 = 0.7;

/// What is another of an entry than in the stored version.
#[derive(Debug, Clone)]
pub struct Change {
    before: Arc<Version>,
    now: Arc<Version>,
    pub(super) title: Title,
    /// Words that its text has now and had not, and the other way round: sorted, each as often as it is more. Numbers, which
    /// may only count, are left out.
    pub(super) added: Vec<u32>,
    pub(super) removed: Vec<u32>,
    /// Words that its text had and has.
    pub(super) kept: usize,
    /// Its text differs by more than corrections.
    pub(super) is_rewritten: bool,
    /// Its sound is another.
    pub(super) sounds_unlike: bool,
    /// The words of both titles, sorted.
    titles: Vec<u32>,
    /// What its date says of it.
    dated: Dated,
}

/// What the date of an entry says of its change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Dated {
    /// Nothing.
    #[default]
    AsBefore,
    /// Its publisher has moved it since the last document came: the change is the entry's own.
    Anew,
    /// It lies later than the stored one, as that of another piece in its place does.
    Later,
}

/// What is another of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Title {
    /// Nothing but what counts, or how it is set.
    Same,
    /// What stands around the words that both have.
    Around {
        front: Affix,
        back: Affix,
    },
    Another,
}

/// What stood on one side of a title and what stands there now. Numbers are all one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Affix {
    was: Vec<u32>,
    is: Vec<u32>,
}

/// Words of a change that are no template's.
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
        let dated = Dated::AsBefore;
        Change { dated, title, added, removed, kept, is_rewritten, sounds_unlike, titles, before, now }
    }

    /// Whether a reader would want to see the entry again: not for a corrected letter or a counter that went on.
    pub fn is_significant(&self) -> bool {
        self.title != Title::Same || self.is_rewritten || self.sounds_unlike
    }

    /// Whether the title says something else, whatever has become of the text.
    pub fn has_another_title(&self) -> bool {
        self.title != Title::Same
    }

    /// Takes its dates as its own, and not as those of the document. `is_anew`: its publisher has moved one of them since the last
    /// document came.
    pub fn believe_dates(&mut self, is_anew: bool) {
        let (before, now) = (&self.before, &self.now);
        let is_later = before.dated && now.dated && now.piece.at - before.piece.at > LATER;
        self.dated = match (is_anew, is_later) {
            (true, _) => Dated::Anew,
            (false, true) => Dated::Later,
            (false, false) => Dated::AsBefore,
        };
    }

    /// Whether its date says that the change of its title or its text is its own.
    pub(super) fn is_dated_anew(&self) -> bool {
        self.dated == Dated::Anew
    }

    /// Whether it sounds unlike before and its date does not say that it is another piece.
    pub(super) fn has_only_other_sound(&self) -> bool {
        self.sounds_unlike && self.dated == Dated::AsBefore
    }

    /// The stored version.
    pub fn before(&self) -> &Version {
        &self.before
    }

    /// The stored headline.
    pub(super) fn headline(&self) -> Headline {
        self.before.piece.headline()
    }

    pub(super) fn has_another_text(&self) -> bool {
        self.added.len() + self.removed.len() > 0
    }

    /// What of the text's change is neither of a template with these words nor, as templates name titles, of the title.
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

    /// Whether the text is now only the beginning of what it was. `around`: words that a template has put there beside.
    pub(super) fn is_cut(&self, around: usize) -> bool {
        self.is_rewritten
            && !self.sounds_unlike
            && self.is_beginning(&self.before.piece, &self.now.piece, around, LEAD_RUNS)
    }

    /// Whether the text was only the beginning of what it is now.
    pub fn has_grown(&self) -> bool {
        self.is_grown(0)
    }

    pub(super) fn is_grown(&self, around: usize) -> bool {
        self.is_rewritten
            && !self.sounds_unlike
            && self.is_beginning(&self.now.piece, &self.before.piece, around, GROWN_RUNS + around)
    }

    /// Whether so little is left of the text that it may be a summary.
    pub(super) fn is_short(&self) -> bool {
        (self.now.piece.word_count() as f64) < SUMMARY * self.before.piece.word_count() as f64
    }

    /// Whether a text is a longer one's beginning, and says no more than that there is more of it. `within`: the runs of the
    /// longer text's beginning in which it must begin.
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
    /// What stood there and what stands there now, of these titles. None for what no template does: for very many words, and
    /// for numbers alone that are others now.
    fn of(before: &Words, was: &[u32], now: &Words, is: &[u32]) -> Option<Affix> {
        let affix = Affix { was: numberless(was, before), is: numberless(is, now) };
        let is_long = was.len().max(is.len()) > AFFIX_WORDS_MAX;
        (!is_long && (was == is || !affix.is_same())).then_some(affix)
    }

    /// Whether nothing is another on this side.
    pub(super) fn is_same(&self) -> bool {
        self.was == self.is
    }
}

/// Some words of a title, in which all numbers are one.
fn numberless(words: &[u32], title: &Words) -> Vec<u32> {
    let is_number = |word: u32| title.numbers.binary_search(&word).is_ok();
    words.iter().map(|word| if is_number(*word) { ANY_NUMBER } else { *word }).collect()
}

/// Whether both have the same title, but for how it is set, and for what counts there.
fn is_titled_like(before: &Version, now: &Version) -> bool {
    let bare = |title: &str| counted(without_tally(title)).words;
    before.piece.headline() == now.piece.headline() || bare(&before.title) == bare(&now.title)
}

/// A title without the number of its comments behind it, or of the minutes that reading takes. A title that is nothing else
/// stays as it is.
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

/// Whether both have the same file as their sound, at another host: under one id a short name tells enough.
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

/// What a sorted list has more than another: what it has twice and the other once, once.
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

/// Where two lists have the same items in a row: where that begins in either, and how many they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Common {
    one: usize,
    other: usize,
    length: usize,
}

/// The longest that two titles have in common; nothing of very long ones.
fn longest_common(one: &[u32], other: &[u32]) -> Common {
    let mut longest = Common::default();
    if one.len().max(other.len()) > TITLE_WORDS_MAX {
        return longest;
    }
    // Of each place in the other list, how many items before it are the same as those before the place in the one.
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
    fn titles_are_compared_without_what_counts() {
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
    fn what_stands_around_a_title_is_found() {
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
        // Only a number is another.
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
            assert_eq!(change.is_cut(around), wanted, "{is}");
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
        // It differs by little.
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
