//! The rows of the sources, and how they are matched with the configuration.
//!
//! Entry points: [`Store::configure`], [`Store::sources`], [`Store::schedules`].

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, params};

use super::names::{forget_source_names, leave_source_name};
use super::sql::{Json, all_rows, execute};
use super::state::{ALL, DESCRIPTION, SCHEDULES, SourceState, StoredSchedule, schedule_of, state, state_of};
use super::{Store, StoreError, facts};
use crate::model::{FeedMeta, SourceId, Timestamp};

/// The rows of this many sources fill the writer's page cache when they are read. Polls will read them in another order.
const FILLS_CACHE: usize = 20_000;

/// The key by which a configured source is recognised: its written name, else its URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceKey {
    pub name: String,
    /// Whether the configuration states the name.
    pub named: bool,
    pub url: String,
}

/// The result of storing a new configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configured {
    /// The number of each given source, in the given order.
    pub sources: Vec<SourceId>,
    /// When the configuration last changed what is published.
    pub since: Timestamp,
}

impl Store {
    /// Makes the configured sources exactly `keys`. Known sources keep their entries and state, new sources are due at
    /// once; the entries of other sources stay in the store. `shape` is a digest of everything in the configuration
    /// that changes what is published.
    pub async fn configure(
        &self,
        keys: Vec<SourceKey>,
        shape: String,
        now: Timestamp,
    ) -> Result<Configured, StoreError> {
        let writer = self.writer()?;
        let configured = writer
            .write(move |connection| {
                let sources = match unchanged(connection, &keys)? {
                    Some(sources) => sources,
                    None => register(connection, &keys, now)?,
                };
                let since = since(connection, ["configured_as", "configured_at"], &shape, now)?;
                Ok(Configured { sources, since })
            })
            .await?;
        if configured.sources.len() >= FILLS_CACHE {
            // Pages that were written can be released only after the commit. If that fails, they stay.
            let _ = writer.write_once(|connection| Ok(connection.release_memory()?)).await;
        }
        Ok(configured)
    }

    /// When the look of pages last changed. `look` is a digest of everything that decides the look.
    pub async fn dressed(&self, look: String, now: Timestamp) -> Result<Timestamp, StoreError> {
        self.writer()?.write(move |connection| since(connection, ["dressed_as", "dressed_at"], &look, now)).await
    }

    /// The state of every configured source, ordered by name.
    pub async fn sources(&self) -> Result<Vec<SourceState>, StoreError> {
        self.read(|connection| all_rows(connection, ALL, [], state_of)).await
    }

    /// Hands the schedule of every configured source to `keep`, one after the other, because there may be too many to
    /// hold all of them. `number` is the expected number of sources.
    pub async fn schedules<T, F>(&self, number: usize, mut keep: F) -> Result<Vec<T>, StoreError>
    where
        T: Send + 'static,
        F: FnMut(StoredSchedule) -> Option<T> + Send + 'static,
    {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(SCHEDULES)?;
            let rows = statement.query_map([], schedule_of)?;
            let mut kept = Vec::with_capacity(number);
            for stored in rows {
                kept.extend(keep(stored?));
            }
            Ok(kept)
        })
        .await
    }

    /// The sources that are no longer configured, by their last names.
    pub async fn removed(&self) -> Result<Vec<(SourceId, String)>, StoreError> {
        let sql = "SELECT id, name FROM source WHERE configured = 0 AND url <> ''";
        self.read(move |connection| all_rows(connection, sql, [], |row| Ok((row.get(0)?, row.get(1)?)))).await
    }

    /// The states of sources in the given order, as the store would match them if they were configured now. `None` for
    /// a source that was never configured; a source whose URL was edited has the state of its old URL.
    pub async fn states_of(&self, keys: Vec<SourceKey>) -> Result<Vec<Option<SourceState>>, StoreError> {
        self.read(move |connection| {
            let known = known_rows(connection)?;
            let matched = match_rows(&keys, &known);
            matched.into_iter().map(|at| at.map(|at| state(connection, known[at].id)).transpose()).collect()
        })
        .await
    }

    /// The descriptions that the feeds of these sources give of themselves, and when each last changed.
    pub async fn metas(
        &self,
        sources: HashSet<SourceId>,
    ) -> Result<HashMap<SourceId, (FeedMeta, Timestamp)>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(DESCRIPTION)?;
            let mut metas = HashMap::with_capacity(sources.len());
            for id in sources {
                metas.insert(id, statement.query_row([id], |row| Ok((Json::or_default(row, 0)?, row.get(1)?)))?);
            }
            Ok(metas)
        })
        .await
    }

    /// Runs `read` on a reader's connection, off the async threads.
    pub(super) async fn read<T, F>(&self, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let _place = self.inner.readers.place().await?;
        let inner = self.inner.clone();
        let read = move || {
            let result = inner.readers.read(read);
            inner.reads.note(std::any::type_name::<F>(), &result);
            result
        };
        match tokio::task::spawn_blocking(read).await {
            Ok(result) => result,
            Err(error) => Err(StoreError::Panicked(error.to_string())),
        }
    }
}

struct KnownRow {
    id: SourceId,
    key: SourceKey,
    configured: bool,
    /// The address that the source has moved to.
    adopted_url: Option<String>,
}

/// The numbers of the sources, if the store's configured sources are exactly these, as they are at most starts. Full
/// matching would give the same answer, because no two configured rows share a name, and no two sources without a
/// configured name share a URL.
fn unchanged(connection: &Connection, keys: &[SourceKey]) -> Result<Option<Vec<SourceId>>, StoreError> {
    let number: i64 = connection.query_row("SELECT count(*) FROM source WHERE configured = 1", [], |row| row.get(0))?;
    if usize::try_from(number).ok() != Some(keys.len()) {
        return Ok(None);
    }
    let places: HashMap<&str, usize> = keys.iter().enumerate().map(|(at, key)| (key.name.as_str(), at)).collect();
    let mut ids: Vec<Option<SourceId>> = vec![None; keys.len()];
    let mut statement =
        connection.prepare_cached("SELECT id, name, named, url FROM source WHERE configured = 1 ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let key = SourceKey { name: row.get(1)?, named: row.get(2)?, url: row.get(3)? };
        match places.get(key.name.as_str()) {
            Some(&at) if keys[at] == key => ids[at] = Some(row.get(0)?),
            _ => return Ok(None),
        }
    }
    Ok(ids.into_iter().collect())
}

fn known_rows(connection: &Connection) -> Result<Vec<KnownRow>, StoreError> {
    let sql = "SELECT id, name, named, url, configured, adopted_url FROM source ORDER BY configured DESC, id";
    all_rows(connection, sql, [], |row| {
        let key = SourceKey { name: row.get(1)?, named: row.get(2)?, url: row.get(3)? };
        Ok(KnownRow { id: row.get(0)?, key, configured: row.get(4)?, adopted_url: row.get(5)? })
    })
}

/// For each configured source the index of its row: matched by configured name first, then by URL, then by the address
/// that the source has moved to. No row is used twice. If there are sources at both addresses of a source that has moved, the
/// source at the earlier address has its row, whichever comes first in the configuration.
fn match_rows(keys: &[SourceKey], known: &[KnownRow]) -> Vec<Option<usize>> {
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for (index, row) in known.iter().enumerate().filter(|(_, row)| row.key.named) {
        by_name.entry(&row.key.name).or_insert(index);
    }
    let mut taken = vec![false; known.len()];
    let mut matched: Vec<Option<usize>> = keys
        .iter()
        .map(|key| {
            let index = *by_name.get(key.name.as_str()).filter(|_| key.named)?;
            taken[index] = true;
            Some(index)
        })
        .collect();
    if matched.iter().all(Option::is_some) {
        return matched;
    }
    let mut by_url: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_adopted: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, row) in known.iter().enumerate() {
        by_url.entry(&row.key.url).or_default().push(index);
        if let Some(adopted) = &row.adopted_url {
            by_adopted.entry(adopted).or_default().push(index);
        }
    }
    for by in [by_url, by_adopted] {
        for (key, place) in keys.iter().zip(&mut matched).filter(|(_, place)| place.is_none()) {
            let free = by.get(key.url.as_str()).and_then(|rows| rows.iter().find(|row| !taken[**row]));
            if let Some(&index) = free {
                taken[index] = true;
                *place = Some(index);
            }
        }
    }
    matched
}

fn register(connection: &Connection, keys: &[SourceKey], now: Timestamp) -> Result<Vec<SourceId>, StoreError> {
    let known = known_rows(connection)?;
    let matched = match_rows(keys, &known);
    // Every row that changes is set aside first, so that two sources can swap their names.
    let mut stays = vec![false; known.len()];
    for (index, key) in matched.iter().zip(keys).filter_map(|(row, key)| Some(((*row)?, key))) {
        stays[index] = known[index].key == *key;
    }
    for (row, stays) in known.iter().zip(stays) {
        if row.configured && !stays {
            execute(connection, "UPDATE source SET configured = 0 WHERE id = ?1", [row.id])?;
        }
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO source (name, named, url, configured, next_poll, next_poll_reason, meta_changed) \
         VALUES (?1, ?2, ?3, 1, ?4, 'new source', ?4)",
    )?;
    let mut document_url = connection.prepare_cached("SELECT document_url FROM source WHERE id = ?1")?;
    let mut ids = Vec::with_capacity(keys.len());
    for (key, place) in keys.iter().zip(matched) {
        let Some(row) = place.map(|index| &known[index]) else {
            add.execute(params![key.name, key.named, key.url, now])?;
            ids.push(SourceId(connection.last_insert_rowid()));
            continue;
        };
        if row.key.name != key.name {
            leave_source_name(connection, row.id, now)?;
        }
        if row.key != *key || !row.configured {
            let sql = "UPDATE source SET name = ?2, named = ?3, configured = 1, meta_changed = ?4 WHERE id = ?1";
            execute(connection, sql, params![row.id, key.name, key.named, now])?;
        }
        ids.push(row.id);
        if row.key.url == key.url {
            continue;
        }
        let of_document: Option<String> = document_url.query_row([row.id], |row| row.get(0))?;
        if of_document.as_ref() == Some(&key.url) {
            // The configuration has followed a move, so the stored document came from this address.
            let sql = "UPDATE source SET url = ?2, effective_url = NULL, moved_to = NULL, moved_polls = 0,
                       moved_since = NULL, adopted_url = NULL, adopted_at = NULL, adopted_why = NULL WHERE id = ?1";
            execute(connection, sql, params![row.id, key.url])?;
        } else {
            // Validators belong to the address that sent them, and failures of the old address do not count for the new
            // one.
            let sql = "UPDATE source SET url = ?2, document_url = NULL, etag = NULL, last_modified = NULL,
                       body_hash = NULL, offers = NULL, left_out = 0, left_out_since = NULL, whole_at = NULL,
                       next_poll = ?3, next_poll_reason = 'new address', not_before = NULL, failures = 0, gone = 0,
                       freshness = NULL, feed_freshness = NULL, effective_url = NULL, last_poll = NULL,
                       interval = NULL, outcome = NULL, detail = NULL, rhythm = NULL, skip = 0,
                       planned_under = 0, failing_since = NULL, watched_since = NULL,
                       moved_to = NULL, moved_polls = 0, moved_since = NULL, adopted_url = NULL, adopted_at = NULL,
                       adopted_why = NULL, polls = 0, polls_not_modified = 0, polls_same = 0, bytes = 0 WHERE id = ?1";
            execute(connection, sql, params![row.id, key.url, now])?;
            execute(connection, "DELETE FROM attempt WHERE source = ?1", [row.id])?;
        }
    }
    forget_source_names(connection)?;
    Ok(ids)
}

/// When a shape last changed; a change is recorded. The facts `known_as` and `known_at` hold the shape and the time.
fn since(
    connection: &Connection,
    [known_as, known_at]: [&str; 2],
    shape: &str,
    now: Timestamp,
) -> Result<Timestamp, StoreError> {
    if facts::text(connection, known_as)?.as_deref() == Some(shape)
        && let Some(since) = facts::text(connection, known_at)?.and_then(|text| text.parse().ok())
    {
        return Ok(Timestamp::from_unix(since));
    }
    facts::put(connection, known_as, shape)?;
    facts::put(connection, known_at, now)?;
    Ok(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_belong_to_names_then_to_addresses_then_to_addresses_moved_to() {
        let row = |id: i64, name: &str, named: bool, url: &str, adopted: Option<&str>| KnownRow {
            id: SourceId(id),
            key: SourceKey { name: name.to_owned(), named, url: url.to_owned() },
            configured: true,
            adopted_url: adopted.map(str::to_owned),
        };
        let known =
            [row(1, "a", true, "/a", None), row(2, "b", false, "/b", None), row(3, "c", false, "/c", Some("/moved"))];
        // Of each source the name, if it has one, and the address.
        let check = |sources: &[(&str, &str)], expected: &[Option<usize>]| {
            let key = |(name, url): &(&str, &str)| SourceKey {
                name: (*name).to_owned(),
                named: !name.is_empty(),
                url: (*url).to_owned(),
            };
            let keys: Vec<SourceKey> = sources.iter().map(key).collect();
            assert_eq!(match_rows(&keys, &known), expected, "{sources:?}");
        };
        check(&[("a", "/x"), ("", "/a"), ("z", "/b")], &[Some(0), None, Some(1)]);
        check(&[("", "/moved")], &[Some(2)]);
        check(&[("", "/moved"), ("", "/c")], &[None, Some(2)]);
        check(&[("", "/c"), ("", "/moved")], &[Some(2), None]);
        check(&[("b", "/y")], &[None]);
    }
}
