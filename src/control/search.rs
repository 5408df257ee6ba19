//! Makes the answer to `search`: entries that a query finds, each with the part of its text that shows why.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::answer::{Answer, known, states};
use super::entries::{EntryRecord, entry_record};
use super::{End, Record};
use crate::clock;
use crate::config::Config;
use crate::model::{SourceId, StoredEntry};
use crate::outputs::listed;
use crate::search::{Finder, Listed, Order, Query, Snippet};
use crate::store::{SearchQuery, Selection, Store};

/// Most entries of an answer, and the bytes of their texts.
pub const FOUND_MAX: u32 = 1_000;
const FOUND_BYTES: u64 = 16 * 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchFor {
    /// As it was typed.
    pub query: String,
    /// `None`: as the query says.
    pub order: Option<Order>,
    pub limit: usize,
}

/// A record of `search --json`: the keys of `entries --json`, and the snippet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundRecord {
    #[serde(flatten)]
    pub entry: EntryRecord,
    pub snippet: SnippetRecord,
}

/// A part of an entry's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetRecord {
    pub text: String,
    /// What was found in it: where each find begins and ends, in characters (Unicode scalar values).
    pub marks: Vec<[usize; 2]>,
}

impl SnippetRecord {
    fn of(snippet: Snippet) -> SnippetRecord {
        SnippetRecord { marks: snippet.marks_in_characters(), text: snippet.text }
    }

    /// The text in parts, each of which is marked or not.
    pub fn parts(&self) -> Vec<(String, bool)> {
        let mut characters = self.text.chars();
        let mut parts = Vec::with_capacity(2 * self.marks.len() + 1);
        let mut at = 0;
        for [begin, end] in &self.marks {
            parts.push((characters.by_ref().take(begin.saturating_sub(at)).collect(), false));
            parts.push((characters.by_ref().take(end.saturating_sub(*begin)).collect(), true));
            at = *end;
        }
        parts.push((characters.collect(), false));
        parts
    }
}

/// Searches all stored entries, those of private and of removed sources included.
pub(super) async fn search(asked: &SearchFor, config: &Config, store: Option<&Store>) -> Result<Answer, End> {
    let parsed = Query::parse(&asked.query).map_err(|refused| End::failed(2, refused.to_string()))?;
    let order = asked.order.unwrap_or(parsed.query.order);
    let query = parsed.query.ordered(order);
    let mut notes = parsed.notes;
    let Some(store) = store else { return Ok(Answer::Records(notes.into_iter().map(Record::Note).collect())) };
    let states = states(config, Some(store)).await?;
    let removed = store.removed().await?;
    let mut listed = listed(&known(config, &states));
    listed.extend(removed.iter().map(|(id, name)| Listed { id: *id, name, tags: &[] }));
    let names: HashMap<SourceId, String> = listed.iter().map(|source| (source.id, source.name.to_owned())).collect();
    let finder = Arc::new(Finder::new(&query, &listed, clock::now()));
    notes.extend_from_slice(&finder.notes);
    let limit = asked.limit.min(FOUND_MAX as usize);
    let selection = Selection::of(names.keys().copied().collect());
    let found = store.search(SearchQuery { selection, finder: finder.clone(), limit, max_bytes: FOUND_BYTES }).await?;
    if found.is_cut {
        notes.push(
            "Not all entries were examined: ask for rarer words to find older entries, or ask again when the entries \
             that were stored lately are indexed."
                .to_owned(),
        );
    }
    let record = |entry: StoredEntry| {
        let snippet = SnippetRecord::of(finder.snippet(&entry));
        let entry = entry_record(names.get(&entry.source)?.clone(), store, entry, false);
        Some(Record::Found(Box::new(FoundRecord { entry, snippet })))
    };
    let records = found.entries.into_iter().filter_map(record);
    Ok(Answer::Records(notes.into_iter().map(Record::Note).chain(records).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_is_the_same_after_it_was_sent() {
        let snippet = Snippet { text: "… ein Übel, das Übel".to_owned(), marks: vec![8..13, 19..24] };
        let sent = SnippetRecord::of(snippet.clone());
        assert_eq!(sent.marks, [[6, 10], [16, 20]]);
        let parts = sent.parts();
        let parts: Vec<(&str, bool)> = parts
            .iter()
            .map(|(text, is_marked)| (text.as_str(), *is_marked))
            .filter(|part| !part.0.is_empty())
            .collect();
        assert_eq!(parts, snippet.parts());
        assert_eq!(parts, [("… ein ", false), ("Übel", true), (", das ", false), ("Übel", true)]);
    }
}
