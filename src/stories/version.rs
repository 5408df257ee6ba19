//! Whether an entry that came now is the next version of one that its source had before.

use super::boilerplate::Boilerplate;
use super::judge::{dice, measure};
use super::piece::{Piece, Told};
use super::words::Words;
use crate::model::{CleanEntry, KeyKind, Timestamp};

/// Words of a text that is not another one by chance.
const OWN_WORDS: usize = 20;
/// Words that say something, where the address is another one, too.
const SOME_WORDS: usize = 6;
/// Entries that moved together with their dates lie so far apart at most, in seconds.
const SAME_MOMENT: u64 = 24 * 3_600;
/// What is published so much later under another name, or an id that comes again so much later, is another piece: in seconds.
const ANOTHER_AFTER: u64 = 3_600;
/// The words that an edited headline has in common with what it was.
const CALLED_ALIKE: f64 = 0.8;
/// Two versions whose words agree so far differ by corrections.
const CORRECTED: f64 = 0.9;

/// What of a version counts.
#[derive(Debug, Clone, Default)]
pub struct Version {
    pub piece: Piece,
    pub title: String,
    pub link: Option<String>,
    pub declared_id: Option<String>,
    /// Whether its publisher dated it.
    pub dated: bool,
}

impl Version {
    /// An entry that has come now, as the piece that was made of it.
    pub fn of(entry: &CleanEntry, piece: Piece) -> Version {
        Version {
            piece,
            title: entry.title.clone(),
            link: entry.link.clone(),
            declared_id: entry.declared_id.clone(),
            dated: entry.published.or(entry.updated).is_some(),
        }
    }

    /// The piece of an entry that has come now; undated ones lie at the very beginning.
    pub fn piece_of(entry: &CleanEntry) -> Piece {
        Piece::of(&Told::of(entry, entry.published.or(entry.updated).unwrap_or(Timestamp::from_unix(0))))
    }

    /// The publisher gave both names, and different ones.
    fn is_named_otherwise(&self, now: &Version) -> bool {
        let differ = |one: &Option<String>, other: &Option<String>| one.is_some() && other.is_some() && one != other;
        let ids_differ = differ(&self.declared_id, &now.declared_id);
        let has_ids = self.declared_id.is_some() && now.declared_id.is_some();
        ids_differ || (!has_ids && differ(&self.link, &now.link))
    }

    /// Both are dated, and lie so far apart that the later one is no other version of the first.
    fn is_long_before(&self, now: &Version) -> bool {
        self.dated && now.dated && self.piece.at.abs_diff(now.piece.at) >= ANOTHER_AFTER
    }
}

/// Whether what is known by a key of this kind and what came under it now are versions of one entry. `gone`: the known one
/// is not in the document any more.
pub fn is_next(kind: KeyKind, before: &Version, now: &Version, gone: bool) -> bool {
    let (old, new) = (&before.piece, &now.piece);
    let is_named_otherwise = before.is_named_otherwise(now);
    if matches!(kind, KeyKind::Text | KeyKind::TextAt) {
        // What says the same under another name is another one, unless it is the old one that was given a new name: hourly
        // bulletins and weekly threads do not.
        let is_renamed = gone && !before.is_long_before(now);
        return !old.sounds_unlike(new) && (!is_named_otherwise || is_renamed);
    }
    let nothing = Boilerplate::default();
    let measured = measure(old, new, [&nothing, &nothing]);
    let evidence = &measured.evidence;
    let apart = old.at.abs_diff(new.at);
    let is_same_text = old.has_same_words(new) || (old.has_body() && new.has_body() && evidence.containment >= 0.7);
    let are_bare = !old.has_body() && !new.has_body();
    let links_differ = before.link.is_some() && now.link.is_some() && before.link != now.link;
    // F5 of the failures there are: an id or address that is used again for something else.
    let fewer_words = old.word_count().min(new.word_count());
    let is_later = apart > ANOTHER_AFTER;
    let is_proven = (links_differ && (is_later || (fewer_words >= SOME_WORDS && old.words_alike(new) < 0.5)))
        || (is_later && fewer_words >= OWN_WORDS);
    let titles_differ = evidence.title < 0.5 || measured.titles_count_differently;
    let is_reused = titles_differ && evidence.containment < 0.3 && !old.has_same_words(new) && is_proven;
    let ids_differ = before.declared_id.is_some() && now.declared_id.is_some() && before.declared_id != now.declared_id;
    let is_same_title = before.title == now.title;
    match kind {
        KeyKind::Text | KeyKind::TextAt => false,
        KeyKind::Id => !is_reused,
        // The publisher says that they are two, unless everything else says that they are one.
        KeyKind::Link if ids_differ => {
            !measured.enclosures_differ && ((is_same_text && evidence.title >= 0.5) || (are_bare && is_same_title))
        }
        KeyKind::Link => !is_reused && !measured.enclosures_differ,
        _ if measured.enclosures_differ => false,
        KeyKind::Url => is_same_text || (evidence.title >= 0.8 && !is_reused && !ids_differ),
        KeyKind::Path => is_same_text || (are_bare && is_same_title),
        KeyKind::Same => apart <= SAME_MOMENT && !(is_named_otherwise && before.is_long_before(now)),
        // A date without a time is many entries'.
        KeyKind::When => is_same_text || (are_bare && new.at % 86_400 != 0),
    }
}

/// A title's words, to be compared with others.
#[derive(Debug, Clone)]
pub struct TitleWords(Vec<u32>);

impl TitleWords {
    pub fn of(title: &str) -> TitleWords {
        TitleWords(Words::of(title).sorted())
    }

    /// Whether both have so many words in common that one may be the other's correction.
    pub fn is_like(&self, other: &TitleWords) -> bool {
        dice(&self.0, &other.0) >= CALLED_ALIKE
    }
}

/// Whether an entry that came under keys which nothing bears is what one that is gone has become: its address was edited
/// with its headline. `printed` is what the source prints under everything; `has_left`: the old one only left the document as
/// older ones do.
pub fn is_replaced(before: &Version, now: &Version, has_left: bool, printed: &Boilerplate) -> bool {
    let (old, new) = (&before.piece, &now.piece);
    // An edited entry keeps its date; daily forecasts and reports do not.
    let in_time = if before.dated && now.dated { !before.is_long_before(now) } else { !has_left };
    // What costs little is asked first.
    in_time
        && old.has_body()
        && new.has_body()
        && !old.sounds_unlike(new)
        && old.title_alike(new) >= CALLED_ALIKE
        && old.counts_like(new)
        && measure(old, new, [printed, printed]).evidence.overlap >= 0.7
}

/// Whether a reader would want to see an entry again after this revision: not for a corrected letter or a counter that went
/// on.
pub fn is_significant(before: &Version, now: &Version) -> bool {
    let (old, new) = (&before.piece, &now.piece);
    old.headline() != new.headline() || old.sounds_unlike(new) || old.words_alike(new) < CORRECTED
}

/// Whether two entries of one title are one, where everything in their source has moved.
pub fn is_moved(before: &Version, now: &Version) -> bool {
    let nothing = Boilerplate::default();
    let measured = measure(&before.piece, &now.piece, [&nothing, &nothing]);
    let is_bare = !before.piece.has_body() || !now.piece.has_body();
    !before.piece.headline().is_empty
        && before.piece.headline() == now.piece.headline()
        && !measured.enclosures_differ
        && (is_bare || measured.evidence.containment >= 0.5)
}
