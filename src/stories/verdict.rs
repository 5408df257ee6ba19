//! The result of comparing two pieces: the evidence that they are one, or the reason why they are two.

use super::{Evidence, Rung};

/// Whether two pieces are one, with the measurements.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    One(Evidence),
    /// Two pieces. The evidence names the rung that came nearest.
    Two(Evidence, Veto),
}

impl Verdict {
    /// The evidence that they are one.
    pub fn one(self) -> Option<Evidence> {
        match self {
            Verdict::One(evidence) => Some(evidence),
            Verdict::Two(..) => None,
        }
    }
}

/// Why two pieces are two, although something suggests that they are one. [`Veto::explain`] says what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veto {
    Unlike,
    AddressOnly,
    IdOnly,
    Sound,
    Series,
    Numbers,
    Quote,
    OwnNames,
    OtherText,
    Recurrent,
    ShortHeadline,
    Late,
    Contradicted,
}

impl Veto {
    /// The rung on which the two would be one without this reason.
    pub(super) fn rung(self) -> Rung {
        match self {
            Veto::AddressOnly => Rung::Link,
            Veto::IdOnly => Rung::Id,
            Veto::Unlike | Veto::Sound | Veto::Series | Veto::Numbers | Veto::Quote | Veto::OwnNames => Rung::Text,
            Veto::OtherText | Veto::Recurrent | Veto::ShortHeadline | Veto::Late | Veto::Contradicted => Rung::Headline,
        }
    }

    /// The reason as a sentence for a person.
    pub fn explain(self) -> &'static str {
        match self {
            Veto::Unlike => "their texts and titles have too little in common",
            Veto::AddressOnly => {
                "both lead to the same address, which is not enough: neither their titles nor their texts agree"
            }
            Veto::IdOnly => "both have the same id, which is not enough: neither their titles nor their texts agree",
            Veto::Sound => "each has its own audio or video, and they share no file",
            Veto::Series => "their titles differ in a number or a version, as the titles of a series do",
            Veto::Numbers => "at least half of the numbers in the shorter text are not in the longer one",
            Veto::Quote => {
                "the longer text only quotes the shorter one: neither their beginnings nor their titles agree"
            }
            Veto::OwnNames => {
                "the title of each has a word that occurs only in its own text, so they report on different matters"
            }
            Veto::OtherText => "both have the same headline, but over different texts",
            Veto::Recurrent => "both have the same headline, but other pieces have it as well",
            Veto::ShortHeadline => "both have the same headline, but it is too short to stand for one piece",
            Veto::Late => "both have the same headline, but one appeared more than three days after the other",
            Veto::Contradicted => {
                "both have the same headline, but the shorter text says something that the longer one does not"
            }
        }
    }
}
