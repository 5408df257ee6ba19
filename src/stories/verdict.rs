//! The result of comparing two pieces: the evidence that they are one, or the reason why they are two.

use serde::{Deserialize, Serialize};

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

    pub fn is_one(&self) -> bool {
        matches!(self, Verdict::One(_))
    }
}

/// Why two pieces are two, although something suggests that they are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Veto {
    /// Too little suggests that they are one.
    Unlike,
    /// The same address, but neither titles nor texts agree.
    AddressOnly,
    /// The same id, but neither titles nor texts agree.
    IdOnly,
    /// Different sound or films.
    Sound,
    /// Titles that differ in their numbers, as in a series.
    Series,
    /// Texts that differ in their numbers.
    Numbers,
    /// A long text that only quotes the short one.
    Quote,
    /// Each title names something that only its own text mentions.
    OwnNames,
    /// The same headline over two texts.
    OtherText,
    /// The same headline, which stands over several pieces.
    Recurrent,
    /// The same headline, which is too short.
    ShortHeadline,
    /// The same headline, but too far apart in time.
    Late,
    /// The same headline, but a short text that says something else.
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
                "both lead to the same address, but that alone joins nothing: neither their titles nor their texts agree"
            }
            Veto::IdOnly => {
                "both bear the same id, but that alone joins nothing: neither their titles nor their texts agree"
            }
            Veto::Sound => "each has sound or film of its own, and they have none in common",
            Veto::Series => "their titles differ in a number or a version, as those of a series do",
            Veto::Numbers => "most or half of the numbers of the shorter text are not in the longer one",
            Veto::Quote => {
                "the longer text only quotes the shorter one: it neither begins like it nor is called like it"
            }
            Veto::OwnNames => "the title of each has a word that only its own text has: they tell of two matters",
            Veto::OtherText => "both have the same headline, but over two texts",
            Veto::Recurrent => "both have the same headline, but it stands over other pieces, too",
            Veto::ShortHeadline => "both have the same headline, but it is too short to stand for one piece",
            Veto::Late => "both have the same headline, but one appeared more than three days after the other",
            Veto::Contradicted => "both have the same headline, but the shorter text says what the longer one does not",
        }
    }
}
