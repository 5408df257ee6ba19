//! Whether two entries of different sources are one piece, and why.
//!
//! First by address, then by what stands in them: not how alike two texts are, but how much of the shorter one is in the
//! longer one, run of words by run of words, after what each source prints under everything has been taken away. Pure:
//! texts in, evidence out; which entries are looked at is the store's affair.

pub mod address;
mod boilerplate;
mod bytes;
mod change;
mod front;
mod judge;
mod letters;
mod manners;
mod marks;
mod mojibake;
mod piece;
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
pub use manners::{Listed, Manners};
pub use marks::{FoundBy, Gathered, Marks};
pub use mojibake::is_mojibake_of;
pub use piece::{Headline, Piece, Told};
pub use verdict::{Verdict, Veto};
pub use version::{
    Setting, TitleWords, Version, is_moved, is_next, is_replaced, is_rewritten, is_same_at_another_time, is_same_text,
    show_unlike, title_in_words, without_count,
};
pub use words::cut_bytes;

/// How far copies are recognised (`[stories] match`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Not at all.
    Off,
    /// By address and id only.
    Link,
    /// By their texts, too.
    Near,
}

/// How far copies are recognised, and how far apart they may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoryOptions {
    pub reach: Reach,
    pub window: Duration,
}

impl StoryOptions {
    /// Entries that join no stories.
    pub const OFF: StoryOptions = StoryOptions { reach: Reach::Off, window: Duration::ZERO };
}

/// By what two entries were found to be one piece; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The same address.
    Link,
    /// The same id, and a title or text that is close.
    Id,
    /// Addresses that hint at the same page, and texts that are close.
    Hint,
    /// The text.
    Text,
    /// The same headline over the same text word for word, all of which is what its source prints under much else.
    Twin,
    /// The same headline, where one side has no text.
    Headline,
    /// A person said so.
    Hand,
    /// They were one story with another that has left it.
    Kept,
}

/// What was measured between two entries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    pub rung: Rung,
    /// Runs of words that both have, and that the shorter one has, without what their sources print under everything.
    pub shared: usize,
    pub shorter: usize,
    /// Of the shorter text's runs, those that are in the longer one.
    pub containment: f64,
    /// Of all runs, those that both have.
    pub overlap: f64,
    /// Of the longer text's beginning, what is in the other.
    pub lead: f64,
    /// Words that the titles have in common.
    pub title: f64,
}

impl Evidence {
    /// A decision by hand.
    pub fn by_hand() -> Evidence {
        Evidence { rung: Rung::Hand, shared: 0, shorter: 0, containment: 0.0, overlap: 0.0, lead: 0.0, title: 0.0 }
    }

    /// What stays together when the entry that led it leaves.
    pub fn kept() -> Evidence {
        Evidence { rung: Rung::Kept, ..Evidence::by_hand() }
    }

    /// Whether it holds only as long as the headline that both have stands for one piece.
    pub fn rests_on_headline(&self) -> bool {
        match self.rung {
            Rung::Headline | Rung::Twin => true,
            Rung::Text => self.shared < judge::SHARED_LEAST_UNPARTED,
            Rung::Link | Rung::Id | Rung::Hint | Rung::Hand | Rung::Kept => false,
        }
    }

    /// What was measured, in words for a person.
    pub fn measured(&self) -> String {
        let percent = |share: f64| format!("{:.0} %", share * 100.0);
        let titles = format!("the titles have {} of their words in common", percent(self.title));
        if self.shorter == 0 {
            return format!("at least one of them has no text of its own to be compared, and {titles}");
        }
        format!(
            "{} of the shorter text is in the longer one ({} of {} runs of words, after taking away what each source prints \
             under everything), {} of the longer text's beginning is in the other, and {titles}",
            percent(self.containment),
            self.shared,
            self.shorter,
            percent(self.lead),
        )
    }

    /// The evidence in a sentence, for a person: the rule that decided, and what was measured for it.
    pub fn explain(&self) -> String {
        match self.rung {
            Rung::Link => format!("both lead to the same address; {}", self.measured()),
            Rung::Id => format!("both bear the same id; {}", self.measured()),
            Rung::Hint => format!("their addresses differ only as mobile, AMP and index pages do; {}", self.measured()),
            Rung::Text => self.measured(),
            Rung::Twin => format!(
                "both have the same headline, and of the shorter text, with what their sources print under other entries, \
                 too, {} of {} runs of words are in the longer one",
                self.shared, self.shorter
            ),
            Rung::Headline => {
                "both have the same headline, and at least one of them has hardly a text of its own".to_owned()
            }
            Rung::Hand => "somebody joined them by hand".to_owned(),
            Rung::Kept => "both were one story with an entry that has left it".to_owned(),
        }
    }
}

/// The text of an entry, of its HTML or of its plain summary, as it is cut into words. What is cut is stored: it must stay the same.
pub fn text_of(html: &str) -> String {
    html::parted_by_tags(html)
}

/// Whether a plain text has at least so many words; of scripts that do not part their words, each character counts.
pub fn has_words(text: &str, least: usize) -> bool {
    words::has_words(text, least)
}

/// Whether most of the words of the shorter text are in the longer one; texts of fewer than `least` words say nothing.
pub fn are_near(one: &str, other: &str, least: usize, share: f64) -> bool {
    let set = |text: &str| words::Words::of(text).words.into_iter().collect::<std::collections::HashSet<u32>>();
    let (one, other) = (set(one), set(other));
    let fewer = one.len().min(other.len());
    fewer >= least && one.intersection(&other).count() as f64 >= share * fewer as f64
}

/// A digest of an address or a title (FNV-1a, 64 bits). It is stored: it must be the same for ever.
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
            assert!(!said.contains("number"), "none are measured: {said}");
        };
        check(Rung::Link, 40, &["same address", "50 %", "20 of 40", "75 %"]);
        check(Rung::Link, 0, &["same address", "no text of its own", "75 %"]);
        check(Rung::Text, 40, &["50 %", "20 of 40", "25 %", "75 %"]);
        check(Rung::Twin, 40, &["same headline", "20 of 40"]);
        check(Rung::Headline, 0, &["same headline", "hardly a text"]);
        let stored = serde_json::to_string(&evidence(Rung::Twin, 40)).expect("it can be written");
        assert!(stored.contains("\"twin\""), "{stored}");
        assert_eq!(serde_json::from_str::<Evidence>(&stored).expect("it can be read"), evidence(Rung::Twin, 40));
    }
}
