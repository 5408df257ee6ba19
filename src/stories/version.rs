//! Whether an entry of a document is the next version of a stored entry of its source.

use super::boilerplate::Boilerplate;
use super::judge::{dice, measure};
use super::piece::{Piece, Told, is_sound_or_film};
use super::words::Words;
use crate::model::{CleanEntry, EntryDetails, KeyKind, Timestamp};

/// Least words of a text that is not equal to another text by chance.
const OWN_WORDS: usize = 20;
/// Least words of a text by which an entry is recognised although its address differs as well.
const SOME_WORDS: usize = 6;
/// Most seconds between the dates of entries that moved together with their dates.
const SAME_MOMENT: u64 = 24 * 3_600;
/// An entry published this many seconds later under another name, or under an id that is used again, is a different
/// piece.
const ANOTHER_AFTER: u64 = 3_600;
/// What a page shows this many seconds later may be the next day's piece.
const ANOTHER_DAY_AFTER: u64 = 20 * 3_600;
/// Seconds of a day.
const DAY: i64 = 24 * 3_600;
/// Least words of a title that is not equal to another title by chance.
const TITLE_WORDS_TELLING: usize = 3;
/// A number in brackets behind a title with this many digits counts as a year, not as a count of comments.
const YEAR_DIGITS: usize = 4;
/// Runs, without boilerplate, that two entries with one text must have in common.
const OWN_RUNS: usize = 20;
/// Most words beside a number in brackets that only counts: `(3 new)`.
const COUNTED_WORDS_MAX: usize = 2;
/// The part of its words that an edited headline must have in common with the earlier one.
const CALLED_ALIKE: f64 = 0.8;
/// Two versions whose words agree to this part differ only by corrections.
pub(super) const CORRECTED: f64 = 0.9;

/// The part of a version that is compared.
#[derive(Debug, Clone, Default)]
pub struct Version {
    pub piece: Piece,
    pub title: String,
    pub link: Option<String>,
    pub declared_id: Option<String>,
    /// Whether the publisher dated it.
    pub dated: bool,
    /// The addresses of its sound and films.
    pub sounds: Vec<String>,
}

impl Version {
    /// The version of an entry of a document, with the piece that was made from it.
    pub fn of(entry: &CleanEntry, piece: Piece) -> Version {
        Version {
            piece,
            title: entry.title.clone(),
            link: entry.link.clone(),
            declared_id: entry.declared_id.clone(),
            dated: entry.published.or(entry.updated).is_some(),
            sounds: Version::sounds_of(&entry.details),
        }
    }

    /// The addresses of an entry's sound and films.
    pub fn sounds_of(details: &EntryDetails) -> Vec<String> {
        details.enclosures.iter().filter(|it| is_sound_or_film(it)).map(|it| it.url.clone()).collect()
    }

    /// The piece of an entry of a document; an undated entry is placed at the earliest time.
    pub fn piece_of(entry: &CleanEntry) -> Piece {
        Piece::of(&Told::of(entry, entry.published.or(entry.updated).unwrap_or(Timestamp::from_unix(0))))
    }

    /// Whether the publisher gave both a name (id or address), and the names differ.
    fn is_named_otherwise(&self, now: &Version) -> bool {
        let differ = |one: &Option<String>, other: &Option<String>| one.is_some() && other.is_some() && one != other;
        let ids_differ = differ(&self.declared_id, &now.declared_id);
        let has_ids = self.declared_id.is_some() && now.declared_id.is_some();
        ids_differ || (!has_ids && differ(&self.link, &now.link))
    }

    /// Whether the publisher gave both an id, and the ids differ. A number behind the address that only counts the
    /// versions of one time of publication is not part of the id.
    fn is_identified_otherwise(&self, now: &Version) -> bool {
        let (Some(was), Some(is)) = (&self.declared_id, &now.declared_id) else { return false };
        was != is && !(without_count(was) == without_count(is) && self.is_of_moment(now, true))
    }

    /// Whether both are dated, and their dates differ.
    fn is_dated_otherwise(&self, now: &Version) -> bool {
        self.dated && now.dated && self.piece.at != now.piece.at
    }

    /// Whether both are dated with the same second. A date without a time, which many entries share, counts only if
    /// `counts_days`.
    fn is_of_moment(&self, now: &Version, counts_days: bool) -> bool {
        self.dated && now.dated && self.piece.at == now.piece.at && (counts_days || now.piece.at % DAY != 0)
    }

    /// Whether both have the same title, apart from counters in brackets.
    fn is_called_like(&self, now: &Version) -> bool {
        let (old, new) = (&self.piece, &now.piece);
        let is_counted = self.title.contains(['(', '[']) || now.title.contains(['(', '[']);
        !old.headline.is_empty
            && (old.headline == new.headline || (is_counted && counted(&self.title).words == counted(&now.title).words))
    }

    /// Whether the titles have different numbers outside of brackets, where a number may count comments or letters.
    fn counts_otherwise(&self, now: &Version) -> bool {
        counted(&self.title).counters != counted(&now.title).counters
    }

    /// Whether both have the same numbers, apart from counters in brackets behind their titles.
    fn counts_like(&self, now: &Version) -> bool {
        let is_same = self.piece.title.counters == now.piece.title.counters || !self.counts_otherwise(now);
        is_same && self.piece.text_counts_like(&now.piece)
    }

    /// Whether their titles number them as parts of a series.
    fn is_of_series(&self, now: &Version) -> bool {
        self.piece.titles_count_differently(&now.piece) && self.counts_otherwise(now)
    }

    /// Whether both are dated, and so far apart that the later one cannot be a version of the earlier one.
    fn is_long_before(&self, now: &Version) -> bool {
        self.dated && now.dated && self.piece.at.abs_diff(now.piece.at) >= ANOTHER_AFTER
    }
}

/// The circumstances in which a version came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Setting {
    /// Whether the stored entry has disappeared from the document.
    pub is_gone: bool,
    /// Whether the entry has no id or address that distinguishes it, but a date that does.
    pub is_told_by_date: bool,
    /// Whether the source lists one entry at a time, so that its id and address may belong to the page, whatever the
    /// page shows.
    pub is_alone: bool,
    /// Whether both versions show pictures and have no picture in common.
    pub has_other_pictures: bool,
}

/// Whether a stored entry and an entry of a document that share a key of this kind are versions of one entry.
pub fn is_next(kind: KeyKind, before: &Version, now: &Version, setting: Setting) -> bool {
    let (old, new) = (&before.piece, &now.piece);
    let is_named_otherwise = before.is_named_otherwise(now);
    if setting.is_told_by_date && before.is_dated_otherwise(now) {
        return false;
    }
    if setting.is_alone && setting.has_other_pictures && is_another_days_picture(before, now) {
        return false;
    }
    if matches!(kind, KeyKind::Text | KeyKind::TextAt) {
        // An entry with the same content under another name is a different entry, as in hourly bulletins and weekly
        // threads, unless the stored one was given a new name.
        let is_renamed = setting.is_gone && !before.is_long_before(now);
        // A podcast that moves to another host gets new files as well.
        let is_moved = is_named_otherwise && is_renamed && before.is_of_moment(now, new.has_body());
        return (!old.sounds_unlike(new) || is_moved) && (!is_named_otherwise || is_renamed);
    }
    let nothing = Boilerplate::default();
    let measured = measure(old, new, [&nothing, &nothing]);
    let evidence = &measured.evidence;
    let apart = old.at.abs_diff(new.at);
    let is_same_text = old.has_same_words(new) || (old.has_body() && new.has_body() && evidence.containment >= 0.7);
    let are_bare = !old.has_body() && !new.has_body();
    let links_differ = before.link.is_some() && now.link.is_some() && before.link != now.link;
    // An id or address may be used again for a different piece.
    let fewer_words = old.word_count().min(new.word_count());
    let is_later = apart > ANOTHER_AFTER;
    let is_proven = (links_differ && (is_later || (fewer_words >= SOME_WORDS && old.words_alike(new) < 0.5)))
        || (is_later && fewer_words >= OWN_WORDS);
    let counts_otherwise = before.is_of_series(now);
    let titles_differ = evidence.title < 0.5 || counts_otherwise;
    let is_reused = titles_differ && evidence.containment < 0.3 && !old.has_same_words(new) && is_proven;
    let is_of_page = setting.is_alone && is_another_on_the_page(before, now, evidence.containment, counts_otherwise);
    let is_same_title = before.title == now.title;
    // Different ids mean different entries, unless everything else shows that they are one.
    let ids_differ = before.is_identified_otherwise(now);
    let is_title_telling = old.title.words.len() >= TITLE_WORDS_TELLING;
    let is_same_issue = before.is_of_moment(now, is_title_telling) && before.is_called_like(now);
    let sounds_fit = !measured.enclosures_differ || (is_same_issue && new.at % DAY != 0);
    match kind {
        KeyKind::Text | KeyKind::TextAt => false,
        KeyKind::Id => !is_reused && !is_of_page,
        KeyKind::Link if ids_differ => {
            let is_same_piece = (is_same_text && evidence.title >= 0.5) || (are_bare && is_same_title);
            sounds_fit && (is_same_piece || is_same_issue)
        }
        KeyKind::Link => !is_reused && !is_of_page && sounds_fit,
        KeyKind::When if measured.enclosures_differ => is_same_text && is_named_otherwise && new.at % DAY != 0,
        _ if measured.enclosures_differ => false,
        KeyKind::Url => is_same_text || (evidence.title >= 0.8 && !is_reused && !ids_differ),
        KeyKind::Path => is_same_text || (are_bare && is_same_title),
        KeyKind::Same => apart <= SAME_MOMENT && !(is_named_otherwise && before.is_long_before(now)),
        // Many entries share a date without a time.
        KeyKind::When => is_same_text || (are_bare && new.at % DAY != 0),
    }
}

/// Whether a page that shows one piece at a time shows another piece than before under the page's own names: title and
/// date differ, or the whole text differs on another day.
fn is_another_on_the_page(before: &Version, now: &Version, containment: f64, counts_otherwise: bool) -> bool {
    let (old, new) = (&before.piece, &now.piece);
    // Where the text stays, a number in brackets counts comments; without a text, it may be the number of the piece.
    let is_renumbered = old.titles_count_differently(new) && !(old.has_body() && old.has_same_words(new));
    let is_retitled =
        counts_otherwise || is_renumbered || !TitleWords::of(&before.title).is_like(&TitleWords::of(&now.title));
    let is_rewritten = old.has_body() && new.has_body() && containment < 0.3 && old.words_alike(new) < 0.5;
    let is_another_day = old.at.abs_diff(new.at) >= ANOTHER_DAY_AFTER;
    before.is_long_before(now) && (is_retitled || (is_rewritten && is_another_day))
}

/// Whether a page without a text shows another picture on another day.
fn is_another_days_picture(before: &Version, now: &Version) -> bool {
    let (old, new) = (&before.piece, &now.piece);
    let is_another_day = old.at.abs_diff(new.at) >= ANOTHER_DAY_AFTER;
    !old.has_body() && !new.has_body() && before.is_dated_otherwise(now) && is_another_day
}

/// Whether two contents both show pictures and have no picture in common. The query of a picture's address is ignored,
/// because it may be a signature that is new at every poll.
pub fn show_unlike(one: &str, other: &str) -> bool {
    let (one, other) = (pictures(one), pictures(other));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|picture| other.contains(picture))
}

/// The addresses of the pictures in sanitised HTML.
fn pictures(html: &str) -> Vec<&str> {
    let tags = html.split("<img").skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter_map(|tag| tag.split_once(" src=\"")?.1.split(['"', '?']).next()).collect()
}

/// The words of a title, for comparison with other titles.
#[derive(Debug, Clone)]
pub struct TitleWords(Vec<u32>);

impl TitleWords {
    pub fn of(title: &str) -> TitleWords {
        TitleWords(counted(title).sorted())
    }

    /// Whether both share enough words that one may be a correction of the other.
    pub fn is_like(&self, other: &TitleWords) -> bool {
        dice(&self.0, &other.0) >= CALLED_ALIKE
    }
}

/// Whether an entry with unknown keys has replaced a similarly titled entry that is no longer in the document, because
/// its address was edited together with its headline. `boilerplate` is the boilerplate of the source; `has_left` tells
/// whether the old entry left the document in the ordinary way.
pub fn is_replaced(before: &Version, now: &Version, has_left: bool, boilerplate: &Boilerplate) -> bool {
    let (old, new) = (&before.piece, &now.piece);
    // An edited entry keeps its date; daily forecasts and reports do not.
    let in_time = if before.dated && now.dated { !before.is_long_before(now) } else { !has_left };
    // The cheaper tests come first.
    in_time
        && old.has_body()
        && new.has_body()
        && !old.sounds_unlike(new)
        && before.counts_like(now)
        && measure(old, new, [boilerplate, boilerplate]).evidence.overlap >= 0.7
}

/// Whether two entries are one where everything in their source has moved: they share a title, or the whole title apart
/// from words that stand before or behind all titles now.
pub fn is_moved(before: &Version, now: &Version) -> bool {
    let nothing = Boilerplate::default();
    let measured = measure(&before.piece, &now.piece, [&nothing, &nothing]);
    let is_bare = !before.piece.has_body() || !now.piece.has_body();
    !before.piece.headline.is_empty && !measured.enclosures_differ && (is_bare || measured.evidence.containment >= 0.5)
}

/// Whether two entries with one text and one time of publication are one entry with a rewritten headline. The common
/// text must be more than boilerplate.
pub fn is_rewritten(before: &Version, now: &Version, boilerplate: &Boilerplate) -> bool {
    let (old, new) = (&before.piece, &now.piece);
    before.is_of_moment(now, true)
        && is_same_text(before, now)
        && !before.is_of_series(now)
        && measure(old, new, [boilerplate, boilerplate]).evidence.shared >= OWN_RUNS
}

/// Whether two entries have the same text and the same sound, whatever their titles.
pub fn is_same_text(before: &Version, now: &Version) -> bool {
    let (old, new) = (&before.piece, &now.piece);
    old.has_body() && old.has_same_words(new) && !old.sounds_unlike(new)
}

/// Whether two entries have the same content and different dates.
pub fn is_same_at_another_time(before: &Version, now: &Version) -> bool {
    before.is_dated_otherwise(now) && before.piece.has_same_words(&now.piece) && before.is_called_like(now)
}

/// The words of a title in their order.
pub fn title_in_words(title: &str) -> Vec<u32> {
    Words::of(title).words
}

/// The words of a title without a number in brackets at either end, which only counts replies to the entry: `Title
/// (12)`, `(3 new) Title`. A title that consists of nothing else is unchanged.
pub(super) fn counted(title: &str) -> Words {
    let title = title.trim();
    let behind = title.rfind(['(', '[']).filter(|at| title.ends_with([')', ']']) && is_count(&title[*at..]));
    let title = behind.filter(|at| *at > 0).map_or(title, |at| title[..at].trim_end());
    let before = title.find([')', ']']).map(|at| at + 1);
    let before = before.filter(|end| title.starts_with(['(', '[']) && is_count(&title[..*end]) && *end < title.len());
    Words::of(before.map_or(title, |end| title[end..].trim_start()))
}

/// Whether a bracketed text is a whole number with at most a few words. A year does not count, because it is part of
/// the title.
fn is_count(bracketed: &str) -> bool {
    let inner = &bracketed[1..bracketed.len() - 1];
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() != YEAR_DIGITS;
    let (numbers, words): (Vec<&str>, Vec<&str>) = inner.split_whitespace().partition(is_number);
    let is_word = |word: &&str| word.chars().all(char::is_alphabetic);
    numbers.len() == 1 && words.len() <= COUNTED_WORDS_MAX && words.iter().all(is_word)
}

/// An id without a number after `#`, by which some publishers count versions.
pub fn without_count(id: &str) -> &str {
    match id.rsplit_once('#') {
        Some((id, count)) if !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()) => id,
        _ => id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_in_brackets_does_not_belong_to_the_title() {
        let check = |one: &str, other: &str, wanted: bool| {
            assert_eq!(counted(one).words == counted(other).words, wanted, "{one} | {other}");
        };
        check("Letters (12)", "Letters (13)", true);
        check("(3 new) Letters", "Letters", true);
        check("Letters [2 comments]", "Letters", true);
        check("Release (16.1)", "Release (16.2)", false);
        check("The best of the year (2025)", "The best of the year (2026)", false);
        check("Part 1", "Part 2", false);
        check("(1)", "(2)", false);
        check("A (b) c", "A c", false);
        check("🎉 (3)", "🎉 (4)", true);
        check(")(", "", true);
    }

    #[test]
    fn pictures_are_compared_by_their_addresses() {
        let shown = |url: &str| format!("<p><img src=\"{url}\" alt=\"\"></p>");
        let check = |one: &str, other: &str, wanted: bool| {
            assert_eq!(show_unlike(one, other), wanted, "{one} | {other}");
        };
        let (one, other) = (shown("https://a.example/1.png"), shown("https://a.example/2.png"));
        check(&one, &other, true);
        check(&one, &one, false);
        check(&one, &shown("https://a.example/1.png?signed=2"), false);
        check(&one, &format!("{one}{other}"), false);
        check(&one, "<p>A text.</p>", false);
        check("", "", false);
    }

    #[test]
    fn a_counter_behind_an_id_does_not_belong_to_the_id() {
        assert_eq!(without_count("https://a.example/1#12"), "https://a.example/1");
        assert_eq!(without_count("https://a.example/1#part"), "https://a.example/1#part");
        assert_eq!(without_count("https://a.example/1#"), "https://a.example/1#");
    }
}
