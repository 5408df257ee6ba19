//! Counts how often each rule of a filter matches, because a rule that matches nothing, or everything, is usually a mistake.

use crate::config::rule_text;
use crate::model::{FilterRule, StoredEntry};
use crate::publish::{Filter, Texts};
use crate::store::{EntryQuery, Selection, Store, StoreError};

/// Largest number of entries on which rules are tried; the newest entries count.
const TRIED_MAX: usize = 2_000;
/// Bytes of texts of these entries.
const TRIED_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// A rule, and how many entries it matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCount {
    /// The rule as it is written in the configuration.
    pub rule: String,
    pub matched: usize,
    /// Number of entries on which the rule was tried.
    pub of: usize,
}

impl RuleCount {
    /// The rule and its count as a sentence.
    pub fn told(&self) -> String {
        let RuleCount { rule, matched, of } = self;
        let verdict = match (*matched, *of) {
            (_, 0) => "there are no entries yet to try it on".to_owned(),
            (0, of) => format!("it has matched nothing ({of} entries)"),
            (matched, of) if matched == of => format!("it has matched everything ({of} entries)"),
            (matched, of) => format!("it has matched {matched} of {of} entries"),
        };
        format!("{{ {rule} }}: {verdict}")
    }
}

/// Tries each rule by itself on the newest entries of a selection.
pub async fn rule_counts(
    store: &Store,
    selection: Selection,
    rules: &[FilterRule],
) -> Result<Vec<RuleCount>, StoreError> {
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let query = EntryQuery {
        selection,
        since: None,
        is_hidden: false,
        as_stories: false,
        behind: None,
        limit: TRIED_MAX,
        max_bytes: TRIED_BYTES_MAX,
    };
    let entries: Vec<StoredEntry> = store.entries(query).await?.entries.into_iter().map(|(_, entry)| entry).collect();
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
