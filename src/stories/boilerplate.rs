//! The boilerplate of a source: runs of words that it puts into many entries, so that they say nothing about a single
//! entry.

use std::borrow::Cow;

use super::bytes::{Reader, Writer};
use super::piece::Piece;

/// Number of a source's differently titled entries that must contain a run before it counts as boilerplate.
const TITLES: u8 = 3;
/// Most runs that are stored for one source.
const RUNS_MAX: usize = 65_536;

/// The boilerplate of a source: runs that occur in several of its entries with different titles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Boilerplate {
    /// Sorted.
    runs: Vec<u32>,
}

impl Boilerplate {
    /// The boilerplate in a source's last entries.
    pub fn of<'p>(pieces: impl Iterator<Item = &'p Piece> + Clone) -> Boilerplate {
        // Runs are first counted by their last bits in a small table. Few runs occur in several entries, and only those
        // that may do so are sorted.
        let mut counts = vec![0_u8; 1 << 16];
        let place = |run: u32| (run & 0xffff) as usize;
        for run in pieces.clone().flat_map(|piece| &piece.distinct) {
            counts[place(*run)] = counts[place(*run)].saturating_add(1);
        }
        // Entries are counted by title, not by story, because otherwise one wrong match would hide the boilerplate that
        // caused it.
        let mut seen: Vec<(u32, u64)> = Vec::new();
        for piece in pieces {
            let often = piece.distinct.iter().filter(|run| counts[place(**run)] >= TITLES);
            seen.extend(often.map(|run| (*run, piece.headline.digest)));
        }
        seen.sort_unstable();
        seen.dedup();
        let same_run = seen.chunk_by(|one, next| one.0 == next.0);
        let often = same_run.filter(|titles| titles.len() >= usize::from(TITLES));
        Boilerplate { runs: often.map(|titles| titles[0].0).take(RUNS_MAX).collect() }
    }

    /// Whether a run is boilerplate.
    pub fn has(&self, run: u32) -> bool {
        self.runs.binary_search(&run).is_ok()
    }

    /// The boilerplate of two sources together, sorted.
    pub(super) fn union<'b>(&'b self, other: &'b Boilerplate) -> Cow<'b, [u32]> {
        if self.runs.is_empty() || self == other {
            return Cow::Borrowed(&other.runs);
        }
        if other.runs.is_empty() {
            return Cow::Borrowed(&self.runs);
        }
        let mut both = [self.runs.as_slice(), &other.runs].concat();
        both.sort_unstable();
        both.dedup();
        Cow::Owned(both)
    }

    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new(4 + 4 * self.runs.len());
        writer.words(&self.runs);
        writer.finish()
    }

    /// Reads what [`Boilerplate::to_bytes`] wrote; damaged bytes give an empty boilerplate.
    pub fn from_bytes(bytes: &[u8]) -> Boilerplate {
        let runs = Reader::new(bytes, RUNS_MAX).words().filter(|runs| runs.is_sorted());
        Boilerplate { runs: runs.unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::EntryDetails;
    use crate::stories::Told;

    use super::*;

    #[test]
    fn a_run_under_three_titles_is_boilerplate() {
        let details = EntryDetails::default();
        let piece = |title: &str, text: &str| Piece::of(&Told::only(title, text, &details));
        let footer = "more news of the town every day";
        let check = |titles: &[&str], wanted: usize| {
            let pieces: Vec<Piece> =
                titles.iter().map(|title| piece(title, &format!("all about {title} here {footer}"))).collect();
            let boilerplate = Boilerplate::of(pieces.iter());
            assert_eq!(boilerplate.runs.len(), wanted, "{titles:?}");
            assert_eq!(Boilerplate::from_bytes(&boilerplate.to_bytes()), boilerplate);
        };
        check(&["one", "two"], 0);
        check(&["one", "two", "two"], 0);
        // "here more news of" is a run as well.
        check(&["one", "two", "three"], 5);
        check(&["one", "two", "three", "four"], 5);
    }
}
