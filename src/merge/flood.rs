//! Sources that flood: each document renews most of its entries, by new ids or by new texts, so that all of them would
//! stand at the top of live documents.
//!
//! [`Flood::after`] counts such documents; the store's live documents give a flooding source a fair share only.

use std::time::Duration;

use super::intent::Intent;
use crate::model::Timestamp;

/// Least number of renewed entries in a document of a flood, and the least part of its items, in percent.
const RENEWED_LEAST: u64 = 20;
const RENEWED_PERCENT: u64 = 80;
/// Documents in a row after which a source counts as flooding. A single such document may be a site that has moved.
const RUN: u32 = 3;
/// Documents in a row with mostly known entries after which the flood ends.
const CALM: u32 = 10;
/// An entry that is placed further back than this counts as not renewed, because it does not stand at the top.
const RECENT: Duration = Duration::from_secs(7 * 24 * 3_600);

/// How many of a source's last documents, in a row, have renewed most of their entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flood {
    /// Renewing documents in a row, at most [`RUN`].
    renewing: u32,
    /// Documents since then that renewed few entries.
    calm: u32,
}

impl Flood {
    /// Whether the source is held to a fair share of live documents.
    pub fn is_flooding(self) -> bool {
        self.renewing >= RUN
    }

    /// The state after a document with so many items, of which `renewed` entries were renewed. A flood ends only with a
    /// document that `has_news`, because what is published changes only with news.
    pub fn after(self, renewed: u64, items: u64, has_news: bool) -> Flood {
        if renewed >= RENEWED_LEAST && renewed * 100 >= items * RENEWED_PERCENT {
            return Flood { renewing: (self.renewing + 1).min(RUN), calm: 0 };
        }
        let calm = (self.calm + 1).min(CALM);
        if !self.is_flooding() || (calm >= CALM && has_news) {
            return Flood::default();
        }
        Flood { calm, ..self }
    }

    /// The problem that is shown to an operator.
    pub fn problem() -> String {
        format!(
            "a flood: most entries were new or rewritten in at least {RUN} documents in a row; live documents show no more of \
             them than a fair share while other sources have entries, until {CALM} documents hold mostly known entries"
        )
    }

    /// The stored form: two numbers.
    pub fn to_text(self) -> String {
        format!("{} {}", self.renewing, self.calm)
    }

    /// Reads what [`Flood::to_text`] wrote; any other text gives the default.
    pub fn of_text(text: &str) -> Flood {
        let numbers =
            text.split_once(' ').and_then(|(renewing, calm)| Some((renewing.parse().ok()?, calm.parse().ok()?)));
        numbers.map(|(renewing, calm)| Flood { renewing, calm }).unwrap_or_default()
    }
}

/// The number of entries that this document puts at the top of live documents.
pub(super) fn renewed(intents: &[Intent<'_>], now: Timestamp) -> u64 {
    let is_renewed = |intent: &&Intent<'_>| match intent {
        Intent::Insert(new) => now.since(new.ranked) <= RECENT,
        Intent::Revise(revised) => revised.ranked > revised.known.ranked,
        _ => false,
    };
    intents.iter().filter(is_renewed).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `r`: a document that renews most entries, `o`: one without news, `n`: one with little news.
    fn after(documents: &str) -> Flood {
        documents.chars().fold(Flood::default(), |flood, document| match document {
            'r' => flood.after(200, 200, true),
            'n' => flood.after(2, 200, true),
            _ => flood.after(0, 200, false),
        })
    }

    #[test]
    fn a_flood_begins_after_several_documents_and_ends_after_many_calm_ones() {
        for (documents, expected) in [
            ("", false),
            ("r", false),
            ("rr", false),
            ("rrr", true),
            ("rrorr", false),
            ("rrnrr", false),
            ("ororrrrrr", true),
            ("rrrnnnnnnnnn", true),
            ("rrrnnnnnnnnnn", false),
            ("rrrnnnnnnnnnr", true),
            ("rrrnnnnnnnnnrnnnnnnnnn", true),
            ("rrrooooooooooooooo", true),
            ("rrroooooooooooooon", false),
        ] {
            let flood = after(documents);
            assert_eq!(flood.is_flooding(), expected, "{documents}");
            assert_eq!(Flood::of_text(&flood.to_text()), flood, "{documents}");
        }
        for text in ["", "x", "3", "3 x", "-1 0"] {
            assert_eq!(Flood::of_text(text), Flood::default(), "{text}");
        }
    }

    #[test]
    fn few_renewed_entries_do_not_make_a_flood() {
        for (renewed, items, expected) in
            [(19, 19, false), (20, 20, true), (20, 25, true), (20, 26, false), (30, 200, false), (160, 200, true)]
        {
            let flood = (0..RUN).fold(Flood::default(), |flood, _| flood.after(renewed, items, true));
            assert_eq!(flood.is_flooding(), expected, "{renewed} of {items}");
        }
    }

    #[test]
    fn the_problem_fits_its_limit() {
        assert!(Flood::problem().len() <= crate::model::Problem::MAX_BYTES, "{}", Flood::problem());
    }
}
