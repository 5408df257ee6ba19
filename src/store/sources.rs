//! The rows of the sources, and how they are matched with the configuration.
//!
//! Entry points: [`Store::configure`], [`Store::sources`], [`Store::schedules`].

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use rusqlite::{Connection, Statement, params};

use super::names::{forget_source_names, leave_source_name};
use super::sql::{Json, all_rows, execute, text};
use super::state::{ALL, DESCRIPTION, SCHEDULES, SourceState, StoredSchedule, schedule_of, state, state_of};
use super::{Store, StoreError, facts};
use crate::model::{FeedMeta, SourceId, Timestamp};

/// The rows of this many sources fill the writer's page cache when they are read. Polls will read them in another order.
const FILLS_CACHE: usize = 20_000;

/// Most schedules in one list.
const LIST_MAX: usize = 4_096;
/// New sources that one statement adds, because every statement opens the table and all of its indexes.
const ADDED_AT_ONCE: usize = 64;

/// The key by which a configured source is recognised: its written name, else its URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceKey {
    pub name: String,
    /// Whether the configuration states the name.
    pub named: bool,
    pub url: String,
}

impl Store {
    /// Makes the configured sources exactly `keys`, and returns the number of each, in the given order. Known sources keep their
    /// entries and state, new sources are due at once; the entries of other sources stay in the store.
    pub async fn configure(&self, keys: Vec<SourceKey>, now: Timestamp) -> Result<Vec<SourceId>, StoreError> {
        let writer = self.writer()?;
        let ids = writer
            .write(move |connection| match unchanged(connection, &keys)? {
                Some(ids) => Ok(ids),
                None => register(connection, &keys, now),
            })
            .await?;
        if ids.len() >= FILLS_CACHE {
            // Pages that were written can be released only after the commit. If that fails, they stay.
            let _ = writer.write_once(|connection| Ok(connection.release_memory()?)).await;
        }
        Ok(ids)
    }

    /// When the configuration last changed what is published. `shape` is a digest of everything in it that does.
    pub async fn shaped(&self, shape: String, now: Timestamp) -> Result<Timestamp, StoreError> {
        let facts = ["configured_as", "configured_at"];
        self.writer()?.write(move |connection| since(connection, facts, &shape, now)).await
    }

    /// When the look of pages last changed. `look` is a digest of everything that decides the look.
    pub async fn dressed(&self, look: String, now: Timestamp) -> Result<Timestamp, StoreError> {
        self.writer()?.write(move |connection| since(connection, ["dressed_as", "dressed_at"], &look, now)).await
    }

    /// The state of every configured source, ordered by name.
    pub async fn sources(&self) -> Result<Vec<SourceState>, StoreError> {
        self.read(|connection| all_rows(connection, ALL, [], state_of)).await
    }

    /// Hands the schedule of every configured source with a number in `range` to `keep`, one after the other, because there may
    /// be too many to hold all of them. What is kept comes in several lists, so that each can be freed by itself.
    pub async fn schedules<T, F>(&self, range: RangeInclusive<SourceId>, mut keep: F) -> Result<Vec<Vec<T>>, StoreError>
    where
        T: Send + 'static,
        F: FnMut(StoredSchedule<'_, '_>) -> Result<Option<T>, StoreError> + Send + 'static,
    {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(SCHEDULES)?;
            let mut rows = statement.query([range.start(), range.end()])?;
            let (mut lists, mut list) = (Vec::new(), Vec::with_capacity(LIST_MAX));
            while let Some(row) = rows.next()? {
                if list.len() == LIST_MAX {
                    lists.push(std::mem::replace(&mut list, Vec::with_capacity(LIST_MAX)));
                }
                list.extend(keep(schedule_of(row)?)?);
            }
            lists.push(list);
            drop(rows);
            drop(statement);
            // These pages are not read again soon.
            connection.release_memory()?;
            Ok(lists)
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
    let by_name = || keys.iter().enumerate().map(|(at, key)| (key.name.as_str(), at)).collect();
    let mut places: Option<HashMap<&str, usize>> = None;
    let mut ids: Vec<Option<SourceId>> = vec![None; keys.len()];
    let mut statement =
        connection.prepare_cached("SELECT id, name, named, url FROM source WHERE configured = 1 ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut next = 0;
    while let Some(row) = rows.next()? {
        let (name, named, url): (_, bool, _) = (text(row, 1)?, row.get(2)?, text(row, 3)?);
        // Most sources are numbered in the order in which they are configured.
        let at = match keys.get(next) {
            Some(key) if key.name == name => Some(next),
            _ => places.get_or_insert_with(by_name).get(name).copied(),
        };
        match at {
            Some(at) if keys[at].named == named && keys[at].url == url => {
                ids[at] = Some(row.get(0)?);
                next = at + 1;
            }
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
    let new: Vec<&SourceKey> =
        matched.iter().zip(keys).filter(|(place, _)| place.is_none()).map(|(_, key)| key).collect();
    let mut added = add(connection, &new, now)?;
    let mut document_url = connection.prepare_cached("SELECT document_url FROM source WHERE id = ?1")?;
    let mut ids = Vec::with_capacity(keys.len());
    for (key, place) in keys.iter().zip(matched) {
        let Some(row) = place.map(|index| &known[index]) else {
            ids.extend(added.next());
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
            let sql = "UPDATE source SET url = ?2, moved_to = NULL, moved_polls = 0,
                       moved_since = NULL, adopted_url = NULL, adopted_at = NULL, adopted_why = NULL WHERE id = ?1";
            execute(connection, sql, params![row.id, key.url])?;
            execute(connection, "UPDATE source_poll SET effective_url = NULL WHERE source = ?1", [row.id])?;
        } else {
            // Validators belong to the address that sent them, and failures of the old address do not count for the new
            // one.
            let sql = "UPDATE source SET url = ?2, document_url = NULL, etag = NULL, last_modified = NULL,
                       body_hash = NULL, offers = NULL, left_out = 0, left_out_since = NULL, rhythm = NULL, skip = 0,
                       watched_since = NULL, moved_to = NULL, moved_polls = 0, moved_since = NULL,
                       adopted_url = NULL, adopted_at = NULL, adopted_why = NULL WHERE id = ?1";
            execute(connection, sql, params![row.id, key.url])?;
            let sql = "UPDATE source_poll SET last_poll = NULL, outcome = NULL, detail = NULL, effective_url = NULL,
                       whole_at = NULL, failures = 0, failing_since = NULL, gone = 0, next_poll = ?2,
                       next_poll_reason = 'new address', planned_under = 0, interval = NULL, freshness = NULL,
                       feed_freshness = NULL, not_before = NULL, polls = 0, polls_not_modified = 0, polls_same = 0, bytes = 0
                       WHERE source = ?1";
            execute(connection, sql, params![row.id, now])?;
            execute(connection, "DELETE FROM attempt WHERE source = ?1", [row.id])?;
        }
    }
    debug_assert_eq!(ids.len(), keys.len(), "every source has a number");
    forget_source_names(connection)?;
    Ok(ids)
}

/// Adds sources, and returns their numbers in the same order.
fn add(
    connection: &Connection,
    keys: &[&SourceKey],
    now: Timestamp,
) -> Result<impl Iterator<Item = SourceId> + use<>, StoreError> {
    // No number is used twice, so that of a source that is gone is not used, either (https://sqlite.org/autoinc.html).
    let last: i64 = connection.query_row(
        "SELECT max(coalesce((SELECT max(seq) FROM sqlite_sequence WHERE name = 'source'), 0), \
                    coalesce((SELECT max(id) FROM source), 0))",
        [],
        |row| row.get(0),
    )?;
    let first = last + 1;
    let mut id = first;
    let mut insert = |statement: &mut Statement<'_>, group: &[&SourceKey]| -> Result<(), StoreError> {
        statement.raw_bind_parameter(1, now)?;
        for (key, place) in group.iter().zip((2..).step_by(4)) {
            statement.raw_bind_parameter(place, id)?;
            statement.raw_bind_parameter(place + 1, key.name.as_str())?;
            statement.raw_bind_parameter(place + 2, key.named)?;
            statement.raw_bind_parameter(place + 3, key.url.as_str())?;
            id += 1;
        }
        statement.raw_execute()?;
        Ok(())
    };
    let (many, few) = keys.as_chunks::<ADDED_AT_ONCE>();
    if !many.is_empty() {
        let mut statement = connection.prepare(&adding(ADDED_AT_ONCE))?;
        many.iter().try_for_each(|group| insert(&mut statement, group))?;
    }
    if !few.is_empty() {
        insert(&mut connection.prepare(&adding(few.len()))?, few)?;
    }
    let sql = "INSERT INTO source_poll (source, next_poll, next_poll_reason)
               SELECT id, ?2, 'new source' FROM source WHERE id >= ?1 ORDER BY id";
    execute(connection, sql, params![first, now])?;
    Ok((first..id).map(SourceId))
}

/// Builds the statement that adds this many sources: `?1` is the time, followed by the columns of each source.
fn adding(number: usize) -> String {
    let rows: Vec<String> = (0..number)
        .map(|row| (2 + 4 * row, 3 + 4 * row, 4 + 4 * row, 5 + 4 * row))
        .map(|(id, name, named, url)| format!("(?{id}, ?{name}, ?{named}, ?{url}, 1, ?1)"))
        .collect();
    format!("INSERT INTO source (id, name, named, url, configured, meta_changed) VALUES {}", rows.join(", "))
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

    /// New sources get the next numbers in the order of the configuration, however many there are and whatever changes beside
    /// them.
    #[tokio::test]
    async fn sources_are_numbered_in_the_order_of_the_configuration() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Timestamp::from_unix(1_800_000_000);
        let store = Store::open(&folder.path().join("w.db"), [7; 16], now).expect("a database can be made");
        let named = |name: &str, url: &str| SourceKey { name: name.to_owned(), named: true, url: url.to_owned() };
        let many = |numbers: std::ops::Range<usize>| {
            numbers
                .map(|number| named(&format!("s{number}"), &format!("https://a.example/{number}")))
                .collect::<Vec<_>>()
        };
        let configure = async |keys: &[SourceKey]| {
            let ids = store.configure(keys.to_vec(), now).await.expect("sources can be configured");
            assert_eq!(store.configure(keys.to_vec(), now).await.expect("they can be found again"), ids);
            ids.into_iter().map(|id| id.0).collect::<Vec<_>>()
        };
        let (first, second) = (many(0..2), many(2..2 * ADDED_AT_ONCE + 5));
        assert_eq!(configure(&first).await, [1, 2]);
        // Two sources swap their names, with many new ones between them.
        let (one, other) = (named("s1", "https://a.example/0"), named("s0", "https://a.example/1"));
        let mut keys = vec![one];
        keys.extend(second);
        keys.push(other);
        let last = 2 + keys.len() as i64 - 2;
        let expected: Vec<i64> = [2].into_iter().chain(3..=last).chain([1]).collect();
        assert_eq!(configure(&keys).await, expected);
        // The number of a source that is gone is not used again.
        let made = |name: &str, url: &str| SourceKey { named: false, ..named(name, url) };
        let mut keys = vec![made("x", "https://b.example/"), named("s7", "https://c.example/")];
        keys.extend(many(9..12));
        assert_eq!(configure(&keys).await, [last + 1, 8, 10, 11, 12]);
        // A new source takes the name that another source gives up.
        let keys = [named("x", "https://d.example/"), made("y", "https://b.example/")];
        assert_eq!(configure(&keys).await, [last + 2, last + 1]);
    }
}
