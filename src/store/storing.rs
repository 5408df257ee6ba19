//! Reads entries in storing order, for readers that go on where they stopped: all entries, or stories as outputs show them.
//!
//! Entry points: [`Store::stored_after`], [`Store::last_entry`]. Nothing is written here.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use rusqlite::{Connection, params};

use super::entries::{Loader, is_shown_in, texts};
use super::selection::Selection;
use super::{Store, StoreError, facts};
use crate::model::{EntryId, SourceId, StoredEntry, Timestamp};

/// Stored entries that are examined for one page, so that a selection of few entries in a large store does not keep a connection for
/// long.
const EXAMINED_MAX: usize = 100_000;
/// The fact that holds the number of the entry that was stored last.
pub(super) const LAST_ENTRY: &str = "last_entry";

/// Which of the entries behind a place in storing order are wanted.
#[derive(Debug, Clone)]
pub struct StoringQuery {
    pub selection: Selection,
    /// Only entries behind this entry.
    pub after: EntryId,
    /// Only entries up to this entry; `None`: up to the last.
    pub through: Option<EntryId>,
    /// Only entries first seen at this time or later.
    pub since: Option<Timestamp>,
    /// `None`: all entries, those that are hidden as well. Otherwise stories, each at the place of the entry that
    /// represents it.
    pub as_shown: Option<AsShown>,
    /// Most entries.
    pub limit: usize,
    /// Reading stops when the entries weigh more than this together.
    pub max_bytes: u64,
}

/// How stories are read that an output shows.
#[derive(Debug, Clone)]
pub struct AsShown {
    /// For these sources, entries of the first poll that were older than the span are left out.
    pub backfill: HashMap<SourceId, Duration>,
    /// The weight of an entry as it will be written; the function may remove what will not be written. Its second argument is
    /// `max_size`.
    pub weigh: fn(&mut StoredEntry, u64) -> u64,
    pub max_size: u64,
}

/// Some of the wanted entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredPage {
    /// In storing order. The number says where an entry stands: it is that of the representing entry, while a story shows the text of
    /// its leading entry.
    pub entries: Vec<(EntryId, StoredEntry)>,
    /// The hidden entries among them.
    pub hidden: HashSet<EntryId>,
    /// The place behind which reading goes on: everything up to it was examined.
    pub through: EntryId,
    /// Whether a limit ended the reading, so that further entries may stand behind `through` already.
    pub is_more: bool,
}

impl Store {
    /// Entries in storing order.
    pub async fn stored_after(&self, query: StoringQuery) -> Result<StoredPage, StoreError> {
        self.read(move |connection| page(connection, &query)).await
    }

    /// The number of the entry that was stored last, whether or not it still is stored; 0 if no entry was ever stored.
    pub async fn last_entry(&self) -> Result<EntryId, StoreError> {
        self.read(last_entry).await
    }
}

/// The number of the entry that was stored last; 0 if no entry was ever stored.
pub(super) fn last_entry(connection: &Connection) -> Result<EntryId, StoreError> {
    Ok(facts::number(connection, LAST_ENTRY)?.unwrap_or_default())
}

fn page(connection: &Connection, query: &StoringQuery) -> Result<StoredPage, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, source, story, first_seen, hidden FROM entry WHERE id > ?1 AND id <= ?2 ORDER BY id",
    )?;
    let mut rows = statement.query(params![query.after, query.through.unwrap_or(EntryId(i64::MAX))])?;
    let mut loader = Loader::new(connection);
    let mut page = StoredPage { through: query.after, ..StoredPage::default() };
    let (mut bytes, mut examined) = (0_u64, 0_usize);
    while let Some(row) = rows.next()? {
        let (id, source, story): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (first_seen, is_hidden): (i64, bool) = (row.get(3)?, row.get(4)?);
        page.through = EntryId(id);
        examined += 1;
        let is_recent = query.since.is_none_or(|since| first_seen >= since.unix());
        if is_recent && is_wanted(connection, query, (id, source, story), is_hidden)? {
            let (entry, weight) = load(&mut loader, query, id)?;
            bytes = bytes.saturating_add(weight);
            if is_hidden {
                page.hidden.insert(entry.id);
            }
            page.entries.push((EntryId(id), entry));
        }
        if page.entries.len() >= query.limit || bytes > query.max_bytes || examined >= EXAMINED_MAX {
            page.is_more = true;
            return Ok(page);
        }
    }
    page.through = page.through.max(query.through.unwrap_or_default());
    Ok(page)
}

fn is_wanted(
    connection: &Connection,
    query: &StoringQuery,
    (id, source, story): (i64, i64, i64),
    is_hidden: bool,
) -> Result<bool, StoreError> {
    match &query.as_shown {
        None => query.selection.takes(connection, id, source),
        Some(shown) if !is_hidden => is_shown_in(connection, (&query.selection, &shown.backfill), id, source, story),
        Some(_) => Ok(false),
    }
}

/// An entry, and its weight.
fn load(loader: &mut Loader<'_>, query: &StoringQuery, id: i64) -> Result<(StoredEntry, u64), StoreError> {
    let Some(shown) = &query.as_shown else {
        let entry = loader.entry(id)?.0;
        let weight = texts(&entry);
        return Ok((entry, weight));
    };
    let mut entry = loader.story(id, &query.selection)?;
    let weight = (shown.weigh)(&mut entry, shown.max_size);
    Ok((entry, weight))
}
