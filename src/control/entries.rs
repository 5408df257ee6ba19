//! Makes the answers to `entries`: stored entries page by page, the newest first or in storing order.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::answer::{known, no_source, states};
use super::{Answer, Failure, Record, USAGE};
use crate::config::{Config, meant};
use crate::logging;
use crate::model::{Category, Enclosure, EntryId, Person, SourceId, StoredEntry, Timestamp};
use crate::outputs::{selection, selects_of};
use crate::publish::{title_of, weigh};
use crate::store::{AsShown, EntryQuery, Place, Selection, Store, StoringQuery};

/// The most entries in one answer, and the bytes of their texts. A client asks again for the entries behind them, so that neither
/// side ever holds all entries of a large store.
const PAGE_ENTRIES: usize = 2_000;
const PAGE_BYTES: u64 = 16 * 1024 * 1024;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntriesQuery {
    /// Only entries of these sources; if empty, of all sources.
    #[serde(default)]
    pub sources: Vec<String>,
    pub output: Option<String>,
    /// Only entries of sources with this tag.
    #[serde(default)]
    pub tag: Option<String>,
    /// Only entries that are hidden; not in storing order.
    #[serde(default)]
    pub hidden: bool,
    /// Stories in place of their entries: the leading entry of each, as outputs show it.
    #[serde(default)]
    pub stories: bool,
    /// Only entries first seen at this time or later.
    pub since: Option<Timestamp>,
    /// Only entries behind this place: the place of [`Record::More`] in the answer before. For the newest first.
    #[serde(default)]
    pub behind: Option<Place>,
    /// In storing order, from here. `None`: the newest first.
    #[serde(default)]
    pub begin: Option<Begin>,
    /// In storing order: if no entry is there yet, the daemon waits a while for an entry.
    #[serde(default)]
    pub waits: bool,
    pub limit: usize,
}

/// Where reading in storing order begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Begin {
    /// With the first stored entry.
    First,
    /// With what is stored from now on.
    Now,
    /// Behind a cursor.
    After(String),
}

/// The last record of an answer in storing order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Where to go on.
    pub cursor: String,
    /// Whether the answer stopped at a limit of the daemon's own, so that further entries may be there already.
    pub is_more: bool,
}

/// A record of `entries --json`. Scripts rely on its keys, as on those of [`SourceRecord`](crate::model::SourceRecord).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRecord {
    pub source: String,
    pub key: String,
    pub id: String,
    pub declared_id: Option<String>,
    pub title: String,
    pub link: Option<String>,
    pub published: Timestamp,
    pub updated: Timestamp,
    pub first_seen: Timestamp,
    pub authors: Vec<Person>,
    pub categories: Vec<Category>,
    pub summary: String,
    pub content: String,
    pub enclosures: Vec<Enclosure>,
    pub story: String,
    pub lead: bool,
    /// Whether a person, or its source, has taken the entry out of every output.
    #[serde(default)]
    pub hidden: bool,
    /// Its place in storing order, for `--after`.
    #[serde(default)]
    pub cursor: String,
}

pub(super) async fn entries(query: &EntriesQuery, config: &Config, store: Option<&Store>) -> Result<Answer, Failure> {
    let after = read_begin(query, store).await?;
    if let (true, Some(after), Some(store)) = (query.waits, after, store)
        && after >= store.last_entry().await?
    {
        // Nothing was stored, so the sources are not looked up, because a client that waits asks again and again.
        return Ok(Answer::Records(vec![reached(store, after, false)]));
    }
    let (selection, names) = selected(query, config, store).await?;
    let Some(store) = store else { return Ok(Answer::Records(Vec::new())) };
    let limit = query.limit.min(PAGE_ENTRIES);
    let (found, hidden, last) = match after {
        Some(after) => {
            let as_shown = query.stories.then(|| AsShown { backfill: HashMap::new(), weigh, max_size: u64::MAX });
            let since = query.since;
            let asked = StoringQuery { selection, after, through: None, since, as_shown, limit, max_bytes: PAGE_BYTES };
            let page = store.stored_after(asked).await?;
            (page.entries, page.hidden, Some(reached(store, page.through, page.is_more)))
        }
        None => {
            let asked = EntryQuery {
                selection,
                since: query.since,
                is_hidden: query.hidden,
                as_stories: query.stories,
                behind: query.behind,
                limit,
                max_bytes: PAGE_BYTES,
            };
            let page = store.entries(asked).await?;
            let more = page.end.filter(|_| page.entries.len() < query.limit);
            (page.entries, page.hidden, more.map(Record::More))
        }
    };
    let record = |(place, entry): (EntryId, StoredEntry)| {
        let is_hidden = hidden.contains(&entry.id);
        let name = names.get(&entry.source)?.clone();
        let cursor = place.cursor(store.store_id());
        Some(Record::Entry(EntryRecord { cursor, ..entry_record(name, store, entry, is_hidden) }))
    };
    Ok(Answer::Records(found.into_iter().filter_map(record).chain(last).collect()))
}

fn reached(store: &Store, through: EntryId, is_more: bool) -> Record {
    Record::Reached(Reached { cursor: through.cursor(store.store_id()), is_more })
}

/// The entry behind which reading in storing order begins; `None` if the newest entries are to come first. Refuses a cursor that is
/// not of this store, because going on from an arbitrary place would lose or repeat entries.
async fn read_begin(query: &EntriesQuery, store: Option<&Store>) -> Result<Option<EntryId>, Failure> {
    let Some(begin) = &query.begin else { return Ok(None) };
    let last = match store {
        Some(store) => store.last_entry().await?,
        None => EntryId::default(),
    };
    let text = match begin {
        Begin::First => return Ok(Some(EntryId::default())),
        Begin::Now => return Ok(Some(last)),
        Begin::After(text) => text,
    };
    let refused = |why: &str| Err(Failure::new(USAGE, format!("`{}` {why}", logging::foreign(text))));
    match store.and_then(|store| EntryId::of_cursor(text, store.store_id())) {
        Some(after) if after <= last => Ok(Some(after)),
        Some(_) => refused(
            "stands behind everything that is stored, as after an earlier backup was put back; begin anew with --since, or \
             with `--after start`",
        ),
        None => refused(
            "is not a cursor of this database; give the `cursor` of a record that `watershed entries --json` prints with \
             the same database",
        ),
    }
}

/// The entries that a question selects, and the names of their sources.
async fn selected(
    query: &EntriesQuery,
    config: &Config,
    store: Option<&Store>,
) -> Result<(Selection, HashMap<SourceId, String>), Failure> {
    let is_named = |name: &String| query.sources.is_empty() || query.sources.contains(name);
    // Entries of removed sources are in the store, but in no output.
    let mut removed = match store.filter(|_| query.output.is_none() && query.tag.is_none()) {
        Some(store) => store.removed().await?,
        None => Vec::new(),
    };
    removed.retain(|(_, name)| is_named(name));
    let is_known = |wanted: &String| {
        removed.iter().any(|(_, name)| name == wanted) || config.sources.iter().any(|source| source.name == *wanted)
    };
    if let Some(name) = query.sources.iter().find(|wanted| !is_known(wanted)) {
        return Err(no_source(name, config));
    }
    let find = |name: &String| {
        let output = config.outputs.iter().find(|output| output.name == *name);
        output.ok_or_else(|| no_output(name, config))
    };
    let output = query.output.as_ref().map(find).transpose()?;
    let states = states(config, store).await?;
    let mut known = known(config, &states);
    known.retain(|(_, source)| {
        is_named(&source.name) && query.tag.as_ref().is_none_or(|tag| source.options.tags.contains(tag))
    });
    let mut names: HashMap<SourceId, String> = known.iter().map(|(id, source)| (*id, source.name.clone())).collect();
    let selection = match output {
        Some(output) => selection(&selects_of(output, &known), &known),
        None => {
            names.extend(removed);
            Selection::of(names.keys().copied().collect())
        }
    };
    Ok((selection, names))
}

fn no_output(name: &str, config: &Config) -> Failure {
    let names: Vec<&str> = config.outputs.iter().map(|output| output.name.as_str()).collect();
    let hint = meant(name, names.iter().copied()).unwrap_or_else(|| format!("the outputs are: {}", names.join(", ")));
    Failure::new(USAGE, format!("there is no output named `{}`; {hint}", logging::foreign(name)))
}

/// The record of an entry at its own place in storing order.
pub(super) fn entry_record(source: String, store: &Store, entry: StoredEntry, is_hidden: bool) -> EntryRecord {
    EntryRecord {
        source,
        key: entry.key,
        id: entry.published_id,
        declared_id: entry.declared_id,
        title: title_of(&entry.title, &entry.details, &entry.summary, &entry.content).into_owned(),
        link: entry.link,
        published: entry.published,
        updated: entry.updated,
        first_seen: entry.first_seen,
        authors: entry.details.authors,
        categories: entry.details.categories,
        summary: entry.summary,
        content: entry.content.into(),
        enclosures: entry.details.enclosures,
        story: entry.story.0.to_string(),
        lead: entry.lead == entry.id,
        hidden: is_hidden,
        cursor: entry.id.cursor(store.store_id()),
    }
}
