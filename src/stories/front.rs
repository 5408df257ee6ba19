//! What one of two texts that have much in common has in front of that: a byline, or an advertisement.

use super::piece::Piece;

/// So many common runs make sure that what two texts have in common has begun: a single one may be an idiom.
const BEGUN_RUNS: usize = 8;
/// More words in front are no byline and no greeting of a site; of scripts that do not part their words, characters.
const IN_FRONT_MAX: usize = 45;
const IN_FRONT_MAX_UNPARTED: usize = 120;

/// Whether one of two texts has much of its own in front of what both have in common. What sources print under, or above,
/// everything counts, too: an advertisement may stand there.
pub fn puts_much_in_front(one: &Piece, other: &Piece) -> bool {
    let is_unparted = one.body.is_unparted || other.body.is_unparted;
    let most = if is_unparted { IN_FRONT_MAX_UNPARTED } else { IN_FRONT_MAX };
    [in_front(one, other), in_front(other, one)].into_iter().flatten().any(|words| words > most)
}

/// How many words stand in front of what a text has in common with another one; None where that is next to nothing.
fn in_front(one: &Piece, other: &Piece) -> Option<usize> {
    let common = one.runs.iter().enumerate().filter(|(_, run)| other.distinct.binary_search(run).is_ok());
    common.map(|(at, _)| at).nth(BEGUN_RUNS - 1).map(|at| at + 1 - BEGUN_RUNS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntryDetails, Timestamp};
    use crate::stories::Told;

    fn piece(text: &str) -> Piece {
        Piece::of(&Told {
            title: "A title",
            summary: "",
            content: text,
            link: None,
            declared_id: None,
            details: &EntryDetails::default(),
            at: Timestamp::from_unix(0),
            is_link_shared: false,
        })
    }

    #[test]
    fn a_byline_is_not_much_and_an_advertisement_is() {
        let words = |name: &str, count: usize| (0..count).map(|at| format!("{name}{at} ")).collect::<String>();
        let text = words("word", 200);
        let check = |name: &str, other: &str, wanted: bool| {
            let (one, other) = (piece(&text), piece(other));
            assert_eq!(puts_much_in_front(&one, &other), wanted, "{name}");
            assert_eq!(puts_much_in_front(&other, &one), wanted, "{name}, the other way round");
        };
        check("the same", &text, false);
        check("a byline", &(words("by", 12) + &text), false);
        check("an advertisement", &(words("buy", 60) + &text), true);
        check("an advertisement behind", &(text.clone() + &words("buy", 60)), false);
        check("the beginning alone", &text[..text.len() / 4], false);
        check("without its beginning", &text[text.len() / 2..], true);
        check("nothing in common", &words("else", 200), false);
    }
}
