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
/// Longest time between two such documents in a row. A page of the day, such as a list of the papers of each morning, renews
/// all of its entries, too, but leaves other sources their places until the next day.
const RUN_STEP: Duration = Duration::from_secs(6 * 3_600);
/// An entry that is placed further back than this counts as not renewed, because it does not stand at the top.
const RECENT: Duration = Duration::from_secs(7 * 24 * 3_600);

/// The state of a source's latest documents: how many in a row have renewed most of their entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flood {
    /// Renewing documents in a row, at most [`RUN`].
    renewing: u32,
    /// Documents since then that renewed few entries.
    calm: u32,
    /// When the last renewing document came.
    last: Option<Timestamp>,
}

impl Flood {
    /// Whether the source is held to a fair share of live documents.
    pub fn is_flooding(self) -> bool {
        self.renewing >= RUN
    }

    /// The state after a document of `items` items that came at `now` and renewed `renewed` entries. A flood ends
    /// only with a document that `has_news`, because what is published changes only with news.
    pub fn after(self, renewed: u64, items: u64, has_news: bool, now: Timestamp) -> Flood {
        if renewed >= RENEWED_LEAST && renewed * 100 >= items * RENEWED_PERCENT {
            let goes_on = self.last.is_some_and(|last| now.since(last) <= RUN_STEP);
            let before = if goes_on { self.renewing } else { 0 };
            return Flood { renewing: (before + 1).min(RUN), calm: 0, last: Some(now) };
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
            "a flood: most entries were new or rewritten in at least {RUN} documents in a row, within hours; live documents show \
             no more of them than a fair share while other sources have entries, until {CALM} documents hold mostly known entries"
        )
    }

    /// The stored form: three numbers, the last of them seconds since 1970.
    pub fn to_text(self) -> String {
        let last = self.last.map_or(0, Timestamp::unix);
        format!("{} {} {last}", self.renewing, self.calm)
    }

    /// Reads what [`Flood::to_text`] wrote; any other text gives the default.
    pub fn of_text(text: &str) -> Flood {
        let read = || {
            let mut numbers = text.split(' ');
            let (renewing, calm) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
            let last: i64 = numbers.next()?.parse().ok()?;
            Some(Flood { renewing, calm, last: Some(last).filter(|last| *last != 0).map(Timestamp::from_unix) })
        };
        read().unwrap_or_default()
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

    const START: Timestamp = Timestamp::from_unix(1_800_000_000);

    /// `r`: a document that renews most entries, `o`: one without news, `n`: one with little news.
    fn after(documents: &str, step: Duration) -> Flood {
        let (flood, _) = documents.chars().fold((Flood::default(), START), |(flood, now), document| {
            let flood = match document {
                'r' => flood.after(200, 200, true, now),
                'n' => flood.after(2, 200, true, now),
                _ => flood.after(0, 200, false, now),
            };
            (flood, now.plus(step))
        });
        flood
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
            let flood = after(documents, Duration::from_secs(1_800));
            assert_eq!(flood.is_flooding(), expected, "{documents}");
            assert_eq!(Flood::of_text(&flood.to_text()), flood, "{documents}");
        }
        for text in ["", "x", "3", "3 x", "3 0", "3 0 x", "-1 0 0"] {
            assert_eq!(Flood::of_text(text), Flood::default(), "{text}");
        }
    }

    #[test]
    fn pages_of_the_day_are_no_flood() {
        let day = Duration::from_secs(24 * 3_600);
        for (documents, step, expected) in [
            ("rrrrrrrrrr", day, false),
            ("rrrrrrrrrr", RUN_STEP + Duration::from_secs(1), false),
            ("rrrrrrrrrr", RUN_STEP, true),
            // Documents without news in between change nothing.
            ("rorororor", day, false),
        ] {
            assert_eq!(after(documents, step).is_flooding(), expected, "{documents} every {} s", step.as_secs());
        }
        // A flood ends when the documents come only once a day.
        let flood = after("rrr", Duration::from_secs(1_800));
        assert!(flood.is_flooding() && !flood.after(200, 200, true, START.plus(day)).is_flooding());
    }

    #[test]
    fn small_documents_and_parts_of_large_ones_are_no_flood() {
        for (renewed, items, expected) in
            [(19, 19, false), (20, 20, true), (20, 25, true), (20, 26, false), (30, 200, false), (160, 200, true)]
        {
            let flood = (0..RUN).fold(Flood::default(), |flood, _| flood.after(renewed, items, true, START));
            assert_eq!(flood.is_flooding(), expected, "{renewed} of {items}");
        }
    }

    #[test]
    fn the_problem_fits_its_limit() {
        assert!(Flood::problem().len() <= crate::model::Problem::MAX_BYTES, "{}", Flood::problem());
    }
}
