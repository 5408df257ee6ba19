//! Rules on what is published, as the configuration states them.

use serde::{Deserialize, Serialize};

/// A rule of a filter. Rules are tried in the written order; the first that matches decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterRule {
    /// Whether a matching entry is kept or dropped.
    pub keep: bool,
    pub field: FilterField,
    pub test: TextTest,
}

/// The part of an entry that a rule examines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FilterField {
    Title,
    Content,
    Author,
    Category,
    Link,
    Any,
}

/// The test of a rule. Texts are tested without markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextTest {
    /// Equality, without regard to case.
    Is(String),
    /// Containment, without regard to case.
    Contains(String),
    /// A regular expression that must match somewhere in the text.
    Matches(String),
    /// Tests of several fields, all of which an entry must pass. The field of the rule itself does not matter.
    All(Vec<(FilterField, TextTest)>),
}

/// A change of an entry that is made when it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rewrite {
    /// Removes the parameters from the address's query whose names match one of these patterns (`*` stands for any
    /// text).
    StripQuery(Vec<String>),
}
