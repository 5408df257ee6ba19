//! Reading entries: the newest of some sources for an output, and lists for people.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Store, StoreError};
use crate::model::{EntryDetails, EntryId, SourceId, StoredEntry, StoryCopy, Timestamp};

/// Sources up to which an output's newest entries are gathered source by source; beyond, all entries are walked from
/// the newest on and the others' passed over.
const SOURCE_BY_SOURCE: usize = 64;
/// Entries that are walked before they are gathered source by source after all: most belong to others.
const WALKED_MAX: usize = 20_000;
/// Copies of a story that are named with it.
const COPIES_MAX: i64 = 64;
/// Bytes of texts that a list for people may have.
const ENTRIES_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// Which sources' entries are wanted, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    pub sources: HashSet<SourceId>,
    /// Entries in all.
    pub limit: usize,
    /// Entries of one source; 0: no limit.
    pub per_source: usize,
    /// Bytes of texts: no more entries are read once they have so many together.
    pub max_bytes: u64,
}

/// What `entries` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryQuery {
    pub sources: HashSet<SourceId>,
    /// First seen then or later.
    pub since: Option<Timestamp>,
    pub limit: usize,
}

/// The newest entries of a scope, and when any of them was last written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newest {
    pub entries: Vec<StoredEntry>,
    pub changed: Option<Timestamp>,
}

impl Store {
    /// The newest entries of a scope, by their place in live documents.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest(&self, scope: Scope) -> Result<Newest, StoreError> {
        self.read(move |connection| {
            let ids = if scope.sources.len() <= SOURCE_BY_SOURCE {
                newest_of_few(connection, &scope)?
            } else {
                newest_of_many(connection, &scope)?
            };
            let mut newest = load(connection, &ids, scope.max_bytes, Some(&scope.sources))?;
            newest.changed = newest.changed.max(touched(connection)?);
            Ok(newest)
        })
        .await
    }

    /// Stored entries, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entries(&self, query: EntryQuery) -> Result<Vec<StoredEntry>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached("SELECT id, source, first_seen FROM entry ORDER BY ranked DESC, id DESC")
                .map_err(StoreError::Read)?;
            let mut rows = statement.query([]).map_err(StoreError::Read)?;
            let mut ids = Vec::new();
            while ids.len() < query.limit
                && let Some(row) = rows.next().map_err(StoreError::Read)?
            {
                let (id, source, first_seen): (i64, i64, i64) = (
                    row.get(0).map_err(StoreError::Read)?,
                    row.get(1).map_err(StoreError::Read)?,
                    row.get(2).map_err(StoreError::Read)?,
                );
                let wanted = query.sources.contains(&SourceId(source))
                    && query.since.is_none_or(|since| first_seen >= since.unix());
                if wanted {
                    ids.push(id);
                }
            }
            Ok(load(connection, &ids, ENTRIES_BYTES_MAX, None)?.entries)
        })
        .await
    }
}

/// When stories were last changed by hand.
fn touched(connection: &Connection) -> Result<Option<Timestamp>, StoreError> {
    connection
        .query_row("SELECT CAST(value AS INTEGER) FROM fact WHERE name = 'stories_touched'", [], |row| row.get(0))
        .optional()
        .map(|at| at.map(Timestamp::from_unix))
        .map_err(StoreError::Read)
}

fn newest_of_few(connection: &Connection, scope: &Scope) -> Result<Vec<i64>, StoreError> {
    let each = if scope.per_source == 0 { scope.limit } else { scope.limit.min(scope.per_source) };
    // Of a story, the first of its entries that are selected stands for it.
    let selected: Vec<String> = scope.sources.iter().map(|source| source.0.to_string()).collect();
    let sql = format!(
        "SELECT ranked, id FROM entry WHERE source = ?1 AND hidden = 0 AND (story = id OR NOT EXISTS (SELECT 1 FROM \
         entry AS earlier WHERE earlier.story = entry.story AND earlier.id < entry.id AND earlier.hidden = 0 \
         AND earlier.source IN ({}))) ORDER BY ranked DESC, id DESC LIMIT ?2",
        selected.join(", ")
    );
    let mut statement = connection.prepare(&sql).map_err(StoreError::Read)?;
    let mut found: Vec<(i64, i64)> = Vec::new();
    for source in &scope.sources {
        let limit = i64::try_from(each).unwrap_or(i64::MAX);
        let rows = statement
            .query_map(params![source.0, limit], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(StoreError::Read)?;
        for row in rows {
            found.push(row.map_err(StoreError::Read)?);
        }
        if found.len() > scope.limit.saturating_mul(8).max(1_024) {
            found.sort_unstable_by(|a, b| b.cmp(a));
            found.truncate(scope.limit);
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found.into_iter().take(scope.limit).map(|(_, id)| id).collect())
}

fn newest_of_many(connection: &Connection, scope: &Scope) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, source, story FROM entry WHERE hidden = 0 ORDER BY ranked DESC, id DESC")
        .map_err(StoreError::Read)?;
    let mut earlier = connection
        .prepare_cached("SELECT source FROM entry WHERE story = ?1 AND id < ?2 AND hidden = 0")
        .map_err(StoreError::Read)?;
    let mut rows = statement.query([]).map_err(StoreError::Read)?;
    let mut taken: HashMap<i64, usize> = HashMap::new();
    let mut ids = Vec::new();
    let mut walked = 0;
    while ids.len() < scope.limit
        && let Some(row) = rows.next().map_err(StoreError::Read)?
    {
        walked += 1;
        if walked > WALKED_MAX {
            return newest_of_few(connection, scope);
        }
        let (id, source): (i64, i64) = (row.get(0).map_err(StoreError::Read)?, row.get(1).map_err(StoreError::Read)?);
        if !scope.sources.contains(&SourceId(source)) {
            continue;
        }
        let story: i64 = row.get(2).map_err(StoreError::Read)?;
        if story != id {
            // Of a story, the first of its entries that are selected stands for it.
            let sources = earlier.query_map([story, id], |row| row.get(0)).map_err(StoreError::Read)?;
            let sources = sources.collect::<Result<Vec<i64>, _>>().map_err(StoreError::Read)?;
            if sources.into_iter().any(|source| scope.sources.contains(&SourceId(source))) {
                continue;
            }
        }
        let count = taken.entry(source).or_default();
        if scope.per_source == 0 || *count < scope.per_source {
            *count += 1;
            ids.push(id);
        }
    }
    Ok(ids)
}

/// `selected`: the sources whose copies of a story are named with it.
fn load(
    connection: &Connection,
    ids: &[i64],
    max_bytes: u64,
    selected: Option<&HashSet<SourceId>>,
) -> Result<Newest, StoreError> {
    let mut bytes = 0;
    let mut statement = connection
        .prepare_cached(
            "SELECT id, source, key, declared_id, published_id, link, title, summary, content, details, first_seen, \
             published, updated, changed, story FROM entry WHERE id = ?1",
        )
        .map_err(StoreError::Read)?;
    let mut newest = Newest { entries: Vec::with_capacity(ids.len()), changed: None };
    for id in ids {
        let (mut entry, changed) = statement.query_row([id], entry_of).map_err(StoreError::Read)?;
        if let Some(selected) = selected {
            entry.copies = copies(connection, &entry, selected)?;
        }
        newest.changed = newest.changed.max(Some(changed));
        bytes += (entry.title.len() + entry.summary.len() + entry.content.len()) as u64;
        newest.entries.push(entry);
        if bytes > max_bytes {
            break;
        }
    }
    Ok(newest)
}

fn entry_of(row: &Row<'_>) -> rusqlite::Result<(StoredEntry, Timestamp)> {
    let time = |column: &str| row.get::<_, i64>(column).map(Timestamp::from_unix);
    let details: EntryDetails = serde_json::from_str(&row.get::<_, String>("details")?).unwrap_or_default();
    let entry = StoredEntry {
        id: EntryId(row.get("id")?),
        source: SourceId(row.get("source")?),
        key: row.get("key")?,
        declared_id: row.get("declared_id")?,
        published_id: row.get("published_id")?,
        link: row.get("link")?,
        title: row.get("title")?,
        summary: row.get("summary")?,
        content: row.get("content")?,
        first_seen: time("first_seen")?,
        published: time("published")?,
        updated: time("updated")?,
        details,
        story: EntryId(row.get("story")?),
        copies: Vec::new(),
    };
    Ok((entry, time("changed")?))
}

/// The other entries of a story, of the sources that are selected.
fn copies(
    connection: &Connection,
    entry: &StoredEntry,
    selected: &HashSet<SourceId>,
) -> Result<Vec<StoryCopy>, StoreError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT source, link, title FROM entry WHERE story = ?1 AND id <> ?2 AND hidden = 0 ORDER BY id LIMIT ?3",
        )
        .map_err(StoreError::Read)?;
    let copy = |row: &Row<'_>| Ok(StoryCopy { source: SourceId(row.get(0)?), link: row.get(1)?, title: row.get(2)? });
    let rows = statement.query_map(params![entry.story.0, entry.id.0, COPIES_MAX], copy).map_err(StoreError::Read)?;
    let copies = rows.collect::<Result<Vec<_>, _>>().map_err(StoreError::Read)?;
    Ok(copies.into_iter().filter(|copy| selected.contains(&copy.source)).collect())
}
