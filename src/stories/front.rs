//! Whether one of two texts that have much in common puts text of its own in front of the common part or into it, such
//! as an advertisement. A byline is not enough.

use super::piece::Piece;

/// Common runs after which the common part has certainly begun, because a single common run may be an idiom.
const BEGUN_RUNS: usize = 8;
/// Common runs that form a text's beginning, after which a reader has met the text.
const BEGINNING_RUNS: usize = 100;
/// At least one in this many of the common runs must follow an insertion. Otherwise the longer text simply continues
/// where the shorter one ends, and both have the same line at the bottom.
const BEHIND_ONE_IN: usize = 2;

/// The limits on the text that only one of two texts has.
struct Bounds {
    /// More words in front of the common part are neither a byline nor a greeting.
    in_front: usize,
    /// More words in front of the common part and within its beginning are neither corrections nor an editor's
    /// sentence.
    in_beginning: usize,
    /// Fewer words in one place are a correction.
    in_one_place: usize,
    /// Runs that differ only because they overlap an insertion.
    broken_runs: usize,
}

/// Bounds in words.
const PARTED: Bounds = Bounds { in_front: 45, in_beginning: 60, in_one_place: 8, broken_runs: 3 };
/// Bounds in characters, for scripts without spaces between words.
const UNPARTED: Bounds = Bounds { in_front: 120, in_beginning: 160, in_one_place: 20, broken_runs: 5 };

/// Whether one of two texts puts much text of its own in front of their common part or within its beginning, where a reader
/// meets it first. Boilerplate counts as well, because it may be an advertisement.
pub fn puts_much_before(one: &Piece, other: &Piece) -> bool {
    let is_unparted = one.body.is_unparted || other.body.is_unparted;
    let bounds = if is_unparted { UNPARTED } else { PARTED };
    [(one, other), (other, one)].into_iter().any(|(one, other)| {
        let common: Vec<bool> = one.runs.iter().map(|run| other.distinct.binary_search(run).is_ok()).collect();
        in_front(&common) > bounds.in_front || in_beginning(&common, &bounds) > bounds.in_beginning
    })
}

/// The number of words in front of the part that a text has in common with another; 0 if they have next to nothing in
/// common. `common` states for each run of the text whether the other text has it.
fn in_front(common: &[bool]) -> usize {
    let places = common.iter().enumerate().filter(|(_, is_common)| **is_common);
    places.map(|(at, _)| at).nth(BEGUN_RUNS - 1).map_or(0, |at| at + 1 - BEGUN_RUNS)
}

/// The number of words in front of the common part or within its beginning, apart from corrections.
fn in_beginning(common: &[bool], bounds: &Bounds) -> usize {
    let all = common.iter().filter(|is_common| **is_common).count();
    if all < BEGUN_RUNS {
        return 0;
    }
    let (mut met, mut gap, mut own) = (0, 0, 0);
    for is_common in common {
        if !is_common {
            gap += 1;
            continue;
        }
        let broken = if met == 0 { 0 } else { bounds.broken_runs };
        let words = usize::saturating_sub(gap, broken);
        if words >= bounds.in_one_place {
            own += words;
        }
        gap = 0;
        met += 1;
        if met > BEGINNING_RUNS || (all - met) * BEHIND_ONE_IN < all {
            break;
        }
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntryDetails;
    use crate::stories::Told;

    fn piece(text: &str) -> Piece {
        Piece::of(&Told::only("A title", text, &EntryDetails::default()))
    }

    #[test]
    fn a_byline_or_a_correction_is_not_much_and_an_advertisement_is() {
        let words = |name: &str, count: usize| (0..count).map(|at| format!("{name}{at} ")).collect::<String>();
        let text = words("word", 200) + &words("below", 20);
        // Puts this many words of its own after each of these places.
        let between = |places: &[usize], count: usize| -> String {
            let own = |at: usize| if places.contains(&at) { words(&format!("buy{at}x"), count) } else { String::new() };
            (0..200).map(|at| format!("word{at} {}", own(at))).collect()
        };
        let check = |name: &str, other: &str, wanted: bool| {
            let (one, other) = (piece(&text), piece(other));
            assert_eq!(puts_much_before(&one, &other), wanted, "{name}");
            assert_eq!(puts_much_before(&other, &one), wanted, "{name}, the other way round");
        };
        check("the same", &text, false);
        check("a byline", &(words("by", 12) + &text), false);
        check("an advertisement", &(words("buy", 60) + &text), true);
        check("an advertisement behind", &(text.clone() + &words("buy", 60)), false);
        check("the beginning alone", &text[..text.len() / 4], false);
        check("without its beginning", &text[text.len() / 2..], true);
        check("an advertisement behind the first words", &between(&[30], 80), true);
        check("an advertisement before the middle", &between(&[80], 80), true);
        check("an advertisement in three parts", &between(&[20, 40, 60], 25), true);
        check("an advertisement in front and in between", &(words("buy", 40) + &between(&[30], 40)), true);
        check("an advertisement behind the middle", &between(&[130], 80), false);
        check("an advertisement behind the first words of a short text", &between(&[30], 80)[..1_500], true);
        check("a sentence of an editor's", &between(&[30], 40), false);
        check("a byline, and a sentence", &(words("by", 12) + &between(&[30], 40)), false);
        check("many corrections", &between(&[5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 105, 115], 5), false);
        check("the beginning, and the line below all", &(words("word", 45) + &words("below", 20)), false);
        check("nothing in common", &words("else", 200), false);
    }
}
