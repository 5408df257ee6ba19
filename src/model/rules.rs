//! Rules on what is published, as the configuration has them.

use serde::{Deserialize, Serialize};

/// A rule of a filter, tried in the order written: the first that decides, decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterRule {
    /// Whether what it matches is kept or dropped.
    pub keep: bool,
    pub field: FilterField,
    pub test: TextTest,
}

/// What of an entry a rule looks at.
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

/// How a rule looks at it; texts are without markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextTest {
    /// The same, but for case.
    Is(String),
    /// Holds it, but for case.
    Contains(String),
    /// A regular expression that finds something in it.
    Matches(String),
}

/// What is changed of an entry when it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rewrite {
    /// Takes parameters that fit one of these patterns (`*` for anything) out of the address's query.
    StripQuery(Vec<String>),
}
