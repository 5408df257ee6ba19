//! Whether two entries of different sources are one piece, and why; and whether an entry is the next version of a
//! stored one.
//!
//! Entries are compared by address first, then by text. The measure for texts is not similarity but containment: how
//! much of the shorter text is in the longer one, in runs of words (shingles), after the boilerplate of both sources
//! has been taken away, because only containment recognises a truncated copy.
//!
//! Entry points: [`judge()`] for two pieces, [`Piece`] for what is compared, [`is_next`] for versions.
//!
//! Invariants: a version of a text is split into words once, when its [`Piece`] is made; [`split_bytes`] counts the
//! bytes.
//!
//! What never enters: the store, and the choice of the entries that are compared (`merge` makes it).

pub mod address;
mod boilerplate;
mod bytes;
mod change;
mod front;
mod judge;
mod marks;
mod mojibake;
mod near;
mod piece;
mod template;
mod verdict;
mod version;
mod words;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::text::html;

pub use boilerplate::Boilerplate;
pub use change::Change;
pub use front::puts_much_before;
pub use judge::{are_at_odds, judge};
pub use marks::{FoundBy, Gathered, Marks};
pub use mojibake::is_mojibake_of;
pub use piece::{Headline, Piece, Told};
pub use template::{Listed, TemplateChange};
pub use verdict::{Verdict, Veto};
pub use version::{
    Setting, TitleWords, Version, is_moved, is_next, is_replaced, is_rewritten, is_same_at_another_time, is_same_text,
    show_unlike, title_in_words, without_count,
};
pub use words::{has_words, split_bytes};

/// How far copies are recognised (`[stories] match`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Copies are not recognised.
    Off,
    /// By address and id only.
    Link,
    /// By text as well.
    Near,
}

/// How far copies are recognised, and how far apart they may be in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoryOptions {
    pub reach: Reach,
    pub window: Duration,
}

impl StoryOptions {
    /// Options under which entries join no stories.
    pub const OFF: StoryOptions = StoryOptions { reach: Reach::Off, window: Duration::ZERO };
}

/// By what two entries were found to be one piece, the most reliable first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The same address.
    Link,
    /// The same id, and a similar title or text.
    Id,
    /// Addresses that hint at the same page, and similar texts.
    Hint,
    /// The text.
    Text,
    /// The same headline over texts that agree word for word, although they consist of boilerplate of their sources.
    Twin,
    /// The same headline, where one of the two has no text.
    Headline,
    /// A decision of a person.
    Hand,
    /// Both were in one story with another entry that has left it.
    Kept,
}

/// What was measured between two entries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    pub rung: Rung,
    /// Number of runs that both have, and number of runs of the shorter text, without the boilerplate of their sources.
    pub shared: usize,
    pub shorter: usize,
    /// The part of the shorter text's runs that is in the longer one (containment).
    pub containment: f64,
    /// The part of all runs that both have (Jaccard index).
    pub overlap: f64,
    /// The part of the longer text's beginning that is in the other.
    pub lead: f64,
    /// The part of the titles' words that both have (Dice coefficient).
    pub title: f64,
}

impl Evidence {
    /// The evidence for a decision of a person.
    pub fn by_hand() -> Evidence {
        Evidence { rung: Rung::Hand, shared: 0, shorter: 0, containment: 0.0, overlap: 0.0, lead: 0.0, title: 0.0 }
    }

    /// The evidence for entries that stay together when the entry that led them leaves.
    pub fn kept() -> Evidence {
        Evidence { rung: Rung::Kept, ..Evidence::by_hand() }
    }

    /// Whether the evidence holds only as long as the common headline stands for one piece.
    pub fn rests_on_headline(&self) -> bool {
        match self.rung {
            Rung::Headline | Rung::Twin => true,
            Rung::Text => self.shared < judge::SHARED_LEAST_UNPARTED,
            Rung::Link | Rung::Id | Rung::Hint | Rung::Hand | Rung::Kept => false,
        }
    }

    /// The measurements, in words for a person.
    pub fn measured(&self) -> String {
        let percent = |share: f64| format!("{:.0} %", share * 100.0);
        let titles = format!("the titles have {} of their words in common", percent(self.title));
        if self.shorter == 0 {
            return format!("at least one of them has no text of its own to compare, and {titles}");
        }
        format!(
            "{} of the shorter text is in the longer one ({} of {} runs of words, without the boilerplate of their sources), \
             {} of the longer text's beginning is in the shorter one, and {titles}",
            percent(self.containment),
            self.shared,
            self.shorter,
            percent(self.lead),
        )
    }

    /// The evidence as a sentence for a person: the rule that decided, and the measurements for it.
    pub fn explain(&self) -> String {
        match self.rung {
            Rung::Link => format!("both lead to the same address; {}", self.measured()),
            Rung::Id => format!("both have the same id; {}", self.measured()),
            Rung::Hint => format!("their addresses differ only as mobile, AMP and index pages do; {}", self.measured()),
            Rung::Text => self.measured(),
            Rung::Twin => format!(
                "both have the same headline, and {} of {} runs of words of the shorter text, including boilerplate, are in \
                 the longer one",
                self.shared, self.shorter
            ),
            Rung::Headline => {
                "both have the same headline, and at least one of them has hardly any text of its own".to_owned()
            }
            Rung::Hand => "a person joined them".to_owned(),
            Rung::Kept => "both were in one story with an entry that has left it".to_owned(),
        }
    }
}

/// The text of an entry's HTML or plain summary, as it is split into words. The words are stored, so the result must stay the same.
pub fn text_of(html: &str) -> String {
    html::parted_by_tags(html)
}

/// Whether at least `share` of the shorter text's words are in the longer one; `false` for texts of fewer than `least`
/// words.
pub fn are_near(one: &str, other: &str, least: usize, share: f64) -> bool {
    let set = |text: &str| words::Words::of(text).words.into_iter().collect::<std::collections::HashSet<u32>>();
    let (one, other) = (set(one), set(other));
    let fewer = one.len().min(other.len());
    fewer >= least && one.intersection(&other).count() as f64 >= share * fewer as f64
}

/// A digest of an address or a title (FNV-1a, 64 bits). The algorithm must never change, because digests are stored.
fn digest(text: &str) -> u64 {
    digest_bytes(text.as_bytes())
}

fn digest_bytes(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |digest, byte| words::next_digest(digest, *byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_claims_what_was_measured_and_no_more() {
        let evidence = |rung: Rung, shorter: usize| Evidence {
            rung,
            shared: shorter / 2,
            shorter,
            containment: 0.5,
            overlap: 0.5,
            lead: 0.25,
            title: 0.75,
        };
        let check = |rung: Rung, shorter: usize, wanted: &[&str]| {
            let said = evidence(rung, shorter).explain();
            assert!(wanted.iter().all(|part| said.contains(part)), "{rung:?}: {said}");
            assert!(!said.contains("number"), "numbers are not measured: {said}");
        };
        check(Rung::Link, 40, &["same address", "50 %", "20 of 40", "75 %"]);
        check(Rung::Link, 0, &["same address", "no text of its own", "75 %"]);
        check(Rung::Text, 40, &["50 %", "20 of 40", "25 %", "75 %"]);
        check(Rung::Twin, 40, &["same headline", "20 of 40"]);
        check(Rung::Headline, 0, &["same headline", "hardly any text"]);
        let stored = serde_json::to_string(&evidence(Rung::Twin, 40)).expect("it can be written");
        assert!(stored.contains("\"twin\""), "{stored}");
        assert_eq!(serde_json::from_str::<Evidence>(&stored).expect("it can be read"), evidence(Rung::Twin, 40));
    }
}
