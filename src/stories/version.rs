//! Whether an entry that came now is the next version of one that its source had before.

use super::judge::{Boilerplate, Piece, measure};

/// Words of a text that is not another one by chance.
const OWN_WORDS: usize = 40;
/// Entries that moved together with their dates lie so far apart at most, in seconds.
const SAME_MOMENT: u64 = 24 * 3_600;
/// An id is used again for another piece only some time later, in seconds.
const REUSED_AFTER: u64 = 3_600;

/// What of a version counts.
#[derive(Debug, Clone, Default)]
pub struct Version {
    pub piece: Piece,
    pub title: String,
    pub link: Option<String>,
    pub declared_id: Option<String>,
}

/// Whether what is known by a key and what came under it now are versions of one entry. `key` is the key's kind; `is_near` is
/// what is enough where the key is the publisher's own.
pub fn is_next(key: &str, before: &Version, now: &Version, is_near: bool) -> bool {
    let nothing = Boilerplate::default();
    let measured = measure(&before.piece, &now.piece, [&nothing, &nothing]);
    let evidence = &measured.evidence;
    let apart = before.piece.at.abs_diff(now.piece.at);
    let (old_words, new_words) = (before.piece.word_count(), now.piece.word_count());
    let is_same_text = before.piece.has_same_words(&now.piece)
        || (before.piece.has_body() && now.piece.has_body() && evidence.containment >= 0.7);
    let are_bare = !before.piece.has_body() && !now.piece.has_body();
    // F5 of the failures there are: an id or address that is used again for something else.
    let is_reused = old_words.min(new_words) >= OWN_WORDS
        && evidence.title < 0.5
        && evidence.containment < 0.3
        && apart > REUSED_AFTER;
    let ids_differ = before.declared_id.is_some() && now.declared_id.is_some() && before.declared_id != now.declared_id;
    let is_same_title = before.title == now.title;
    match key {
        "id" | "id-digest" => is_near && !is_reused,
        // The publisher says that they are two, unless everything else says that they are one.
        "link" | "link-digest" if ids_differ => {
            !measured.enclosures_differ && ((is_same_text && evidence.title >= 0.5) || (are_bare && is_same_title))
        }
        "link" | "link-digest" => is_near && !is_reused && !measured.enclosures_differ,
        "text" => true,
        _ if measured.enclosures_differ => false,
        "url" => is_same_text || (evidence.title >= 0.8 && !is_reused && !ids_differ),
        "path" => is_same_text || (are_bare && is_same_title),
        "same" => apart <= SAME_MOMENT,
        // A date without a time is many entries'.
        "when" => is_same_text || (are_bare && now.piece.at % 86_400 != 0),
        _ => false,
    }
}

/// Whether an entry that came under keys which nothing bears is what one that is gone has become: its address was edited
/// with its headline. `printed` is what the source prints under everything.
pub fn is_replaced(before: &Version, now: &Version, printed: &Boilerplate) -> bool {
    let measured = measure(&before.piece, &now.piece, [printed, printed]);
    before.piece.has_body()
        && now.piece.has_body()
        && !measured.enclosures_differ
        && measured.evidence.title >= 0.8
        && measured.evidence.overlap >= 0.7
        && before.piece.counts_like(&now.piece)
}

/// Whether two entries of one title are one, where everything in their source has moved.
pub fn is_moved(before: &Version, now: &Version) -> bool {
    let nothing = Boilerplate::default();
    let measured = measure(&before.piece, &now.piece, [&nothing, &nothing]);
    let is_bare = !before.piece.has_body() || !now.piece.has_body();
    !before.piece.headline().is_empty()
        && before.piece.headline() == now.piece.headline()
        && !measured.enclosures_differ
        && (is_bare || measured.evidence.containment >= 0.5)
}
