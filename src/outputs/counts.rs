//! How often each rule of a filter has matched: one that matches nothing, or everything, is mostly a slip.

use crate::config::rule_text;
use crate::model::FilterRule;
use crate::publish::{Filter, Texts};
use crate::store::{EntryQuery, Selection, Store, StoreError};

/// The newest entries that rules are tried on.
const TRIED_MAX: usize = 2_000;

/// A rule and what it matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCount {
    /// As it is written.
    pub rule: String,
    pub matched: usize,
    /// Entries that it was tried on.
    pub of: usize,
}

impl RuleCount {
    /// In a sentence.
    pub fn told(&self) -> String {
        let RuleCount { rule, matched, of } = self;
        let verdict = match (*matched, *of) {
            (_, 0) => "there is nothing yet to try it on".to_owned(),
            (0, of) => format!("it has matched nothing ({of} entries)"),
            (matched, of) if matched == of => format!("it has matched everything ({of} entries)"),
            (matched, of) => format!("it has matched {matched} of {of} entries"),
        };
        format!("{{ {rule} }}: {verdict}")
    }
}

/// Tries each rule, for itself, on the newest entries of a selection.
///
/// # Errors
/// When the database cannot be read.
pub async fn rule_counts(
    store: &Store,
    selection: Selection,
    rules: &[FilterRule],
) -> Result<Vec<RuleCount>, StoreError> {
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let entries = store.entries(EntryQuery { selection, since: None, limit: TRIED_MAX }).await?;
    let filter = Filter::new(rules);
    let mut counts: Vec<RuleCount> =
        rules.iter().map(|rule| RuleCount { rule: rule_text(rule), matched: 0, of: entries.len() }).collect();
    for entry in &entries {
        for (count, fits) in counts.iter_mut().zip(filter.fitting(&Texts::of_entry(entry))) {
            count.matched += usize::from(fits);
        }
    }
    Ok(counts)
}
