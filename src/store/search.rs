//! Search: the index of the terms of entries, and the entries that a query finds.
//!
//! Entry points: [`Store::index_some`] brings the index up to date, [`Store::search`] lists the entries that a query
//! finds, [`newest_found`] gathers them for a feed. Polls do not fill the index, because adding many entries together costs
//! a third of adding them poll by poll. Until it is filled, a search examines the missing entries one by one.
//!
//! The [`Finder`], not this file, decides what a query means and whether it finds an entry.

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use super::entries::{Loader, Place, Scope, counted, is_shown, texts};
use super::floods::{Fair, Picked};
use super::selection::Selection;
use super::{Store, StoreError, facts};
use crate::merge::BELOW_ALL_DATES;
use crate::model::{EntryId, SourceId, StoredEntry, Timestamp};
use crate::search::{self, Fields, Finder, Order};

/// Entries that are added to the index in one transaction, because FTS5 sorts and merges once for each transaction.
const BATCH_ENTRIES: usize = 2_048;
/// Bytes of terms that are added to the index in one transaction.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Entries outside of the index that a search examines if it is not an output of the configuration; further entries are
/// not found until they are indexed.
const UNINDEXED_MAX: i64 = 2_000;
/// Up to this number of candidates, each is looked up. With more, all entries are walked from the newest on.
const LOOKED_UP: usize = 2_000;
/// Entries that are examined for a search that is not an output of the configuration. A search for frequent words finds
/// enough long before that.
pub(super) const EXAMINED_MAX: usize = 5_000;
/// The newest entries that are examined before the index is asked for something that very many entries have.
const BROAD_EXAMINED: usize = 1_000;
/// Entries that are ranked: the newest that have all words in their titles, and the newest of all.
const RANKED_EACH: usize = 256;
/// The fact that says up to which entry the index goes.
const THROUGH: &str = "search_through";

/// Which entries are sought, and at most how many.
#[derive(Debug, Clone)]
pub struct SearchQuery {
    pub selection: Selection,
    pub finder: Arc<Finder>,
    pub limit: usize,
    /// Reading stops when the texts of the entries have more bytes than this.
    pub max_bytes: u64,
}

/// The entries that a query finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundEntries {
    /// In the order that the query asks for.
    pub entries: Vec<StoredEntry>,
    /// Whether some entries were not examined, because they are not indexed yet or the query asks for too much.
    pub is_cut: bool,
}

/// A search that narrows what a feed shows.
#[derive(Debug, Clone)]
pub struct Sought {
    pub finder: Arc<Finder>,
    /// Whether to stop after a bounded number of entries, for searches that anybody may ask for.
    pub is_bounded: bool,
}

/// The result of indexing some entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Indexed {
    pub entries: usize,
    /// Whether there are more entries to index.
    pub is_more: bool,
}

/// Entries that are to be indexed, with their terms.
#[derive(Debug, Default)]
struct Batch {
    /// The last entry that was in the index when the batch was gathered, and the last when it is written.
    through: (i64, i64),
    new: Vec<(i64, String)>,
    /// Entries that have changed since they were indexed, with the digests of their records. Without a digest, the
    /// entry is gone.
    due: Vec<(i64, Option<Vec<u8>>, String)>,
    is_more: bool,
}

impl Store {
    /// Adds some entries to the index that are missing there or were revised. What is gathered is written in one request,
    /// together with how far the index goes, so that nothing is lost whenever the process ends.
    pub async fn index_some(&self) -> Result<Indexed, StoreError> {
        let batch = self.read(gather).await?;
        let indexed = Indexed { entries: batch.new.len() + batch.due.len(), is_more: batch.is_more };
        if indexed.entries > 0 {
            self.writer()?.write(move |connection| write(connection, &batch)).await?;
        }
        Ok(indexed)
    }

    /// The number of entries that are to be indexed, `most` at most.
    pub async fn unindexed(&self, most: u32) -> Result<u64, StoreError> {
        self.read(move |connection| {
            let count: i64 = connection
                .prepare_cached(
                    "SELECT count(*) FROM (SELECT id FROM entry WHERE id > ?1 UNION ALL SELECT entry FROM search_due LIMIT ?2)",
                )?
                .query_row(params![through(connection)?, most], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        })
        .await
    }

    /// The entries that a query finds, hidden entries excepted.
    pub async fn search(&self, query: SearchQuery) -> Result<FoundEntries, StoreError> {
        self.read(move |connection| match query.finder.order {
            Order::Newest => match broad(connection, &query, query.limit)? {
                Some(found) => Ok(found),
                None => {
                    let candidates = Candidates::of(connection, query.finder.lookup(), UNINDEXED_MAX)?;
                    newest(connection, &query, &candidates, query.limit, EXAMINED_MAX)
                }
            },
            Order::Rank => ranked(connection, &query),
        })
        .await
    }
}

/// The last entry up to which the index goes.
fn through(connection: &Connection) -> Result<i64, StoreError> {
    Ok(facts::number(connection, THROUGH)?.unwrap_or(0))
}

/// Notes that the text of an entry has changed, so that it is indexed anew.
pub(super) fn reindex(connection: &Connection, entry: EntryId) -> Result<(), StoreError> {
    connection.prepare_cached("INSERT OR IGNORE INTO search_due (entry) VALUES (?1)")?.execute([entry])?;
    Ok(())
}

fn gather(connection: &Connection) -> Result<Batch, StoreError> {
    let before = through(connection)?;
    let mut batch = Batch { through: (before, before), ..Batch::default() };
    let (mut loader, mut made) = (Loader::new(connection), search::Terms::default());
    let (mut bytes, mut count) = (0, 0);
    let mut statement = connection.prepare_cached(
        "SELECT search_due.entry, record_hash FROM search_due LEFT JOIN entry ON entry.id = search_due.entry
             WHERE search_due.entry <= ?1 ORDER BY search_due.entry",
    )?;
    let mut rows = statement.query([before])?;
    while let Some(row) = rows.next()? {
        if count >= BATCH_ENTRIES || bytes >= BATCH_BYTES {
            batch.is_more = true;
            return Ok(batch);
        }
        let (id, hash): (i64, Option<Vec<u8>>) = (row.get(0)?, row.get(1)?);
        let terms = match &hash {
            Some(_) => made.of(&loader.entry(id)?.0),
            None => String::new(),
        };
        bytes += terms.len();
        count += 1;
        batch.due.push((id, hash, terms));
    }
    let mut statement = connection.prepare_cached("SELECT id FROM entry WHERE id > ?1 ORDER BY id")?;
    let mut rows = statement.query([before])?;
    while let Some(row) = rows.next()? {
        if count >= BATCH_ENTRIES || bytes >= BATCH_BYTES {
            batch.is_more = true;
            break;
        }
        let id = row.get(0)?;
        let terms = made.of(&loader.entry(id)?.0);
        bytes += terms.len();
        count += 1;
        batch.new.push((id, terms));
        batch.through.1 = id;
    }
    Ok(batch)
}

fn write(connection: &Connection, batch: &Batch) -> Result<(), StoreError> {
    let (before, after) = batch.through;
    if through(connection)? != before {
        // The same entries were indexed meanwhile.
        return Ok(());
    }
    // Not INSERT … SELECT: SQLite would set a savepoint for each, and FTS5 writes out what it has gathered at every savepoint.
    let mut insert = connection.prepare_cached("INSERT INTO search (rowid, terms) VALUES (?1, ?2)")?;
    let mut is_there = connection.prepare_cached("SELECT 1 FROM entry WHERE id = ?1")?;
    let mut delete = connection.prepare_cached("DELETE FROM search WHERE rowid = ?1")?;
    let mut hash_of = connection.prepare_cached("SELECT record_hash FROM entry WHERE id = ?1")?;
    let mut done = connection.prepare_cached("DELETE FROM search_due WHERE entry = ?1")?;
    for (id, hash, terms) in &batch.due {
        let now: Option<Vec<u8>> = hash_of.query_row([id], |row| row.get(0)).optional()?;
        // An entry that was revised again since it was read stays due.
        if now != *hash {
            continue;
        }
        delete.execute([id])?;
        if hash.is_some() {
            insert.execute(params![id, terms])?;
        }
        done.execute([id])?;
    }
    for (id, terms) in &batch.new {
        // An entry may have been pruned since it was gathered.
        if is_there.exists([id])? {
            insert.execute(params![id, terms])?;
        }
    }
    if after != before {
        facts::put(connection, THROUGH, after)?;
    }
    Ok(())
}

/// The entries that a query may find.
#[derive(Debug, Default)]
struct Candidates {
    /// Their numbers, sorted. `None`: all entries.
    ids: Option<Vec<i64>>,
    /// Whether some entries were left out because too many are not indexed.
    is_cut: bool,
}

/// An entry that a query may find.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    place: Place,
    source: i64,
    story: i64,
}

impl Candidates {
    /// The candidates that the index names, and the newest `most` of the entries that are not in the index.
    fn of(connection: &Connection, question: Option<String>, most: i64) -> Result<Candidates, StoreError> {
        let Some(question) = question else { return Ok(Candidates::default()) };
        let mut statement = connection.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1")?;
        let indexed = statement.query_map([question], |row| row.get(0))?;
        let mut ids = indexed.collect::<Result<Vec<i64>, _>>()?;
        let mut statement = connection.prepare_cached(
            "SELECT id FROM (SELECT id FROM entry WHERE id > ?1 ORDER BY id DESC LIMIT ?2)
             UNION ALL SELECT entry FROM (SELECT entry FROM search_due LIMIT ?2)",
        )?;
        let unindexed = statement.query_map(params![through(connection)?, most], |row| row.get(0))?;
        let unindexed = unindexed.collect::<Result<Vec<i64>, _>>()?;
        let is_cut = unindexed.len() >= usize::try_from(most).unwrap_or(usize::MAX);
        ids.extend(unindexed);
        ids.sort_unstable();
        ids.dedup();
        Ok(Candidates { ids: Some(ids), is_cut })
    }

    /// Passes on the candidates, the newest first, until `each` returns false.
    fn walk(
        &self,
        connection: &Connection,
        (since, before): (Timestamp, Timestamp),
        mut each: impl FnMut(Candidate) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let few = self.ids.as_ref().filter(|ids| ids.len() <= LOOKED_UP);
        if let Some(ids) = few {
            let mut statement = connection.prepare_cached(
                "SELECT ranked, source, story FROM entry
                 WHERE id = ?1 AND hidden = 0 AND published >= ?2 AND published < ?3",
            )?;
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                let candidate = statement.query_row(params![id, since, before], |row| {
                    Ok(Candidate { place: (row.get(0)?, *id), source: row.get(1)?, story: row.get(2)? })
                });
                found.extend(candidate.optional()?);
            }
            found.sort_unstable_by_key(|it| std::cmp::Reverse(it.place));
            for candidate in found {
                if !each(candidate)? {
                    break;
                }
            }
            return Ok(());
        }
        // An entry ranks by its publication or a later revision, unless it ranks below all dates.
        let ranges = if since > BELOW_ALL_DATES {
            vec![(since, Timestamp::MAX), (Timestamp::MIN, BELOW_ALL_DATES)]
        } else {
            vec![(Timestamp::MIN, Timestamp::MAX)]
        };
        // Without bounds, the database's index of ranks alone tells everything.
        let bounds = if (since, before) == (Timestamp::MIN, Timestamp::MAX) {
            ""
        } else {
            "AND published >= ?3 AND published < ?4"
        };
        let mut statement = connection.prepare_cached(&format!(
            "SELECT id, source, story, ranked FROM entry WHERE ranked >= ?1 AND ranked <= ?2 AND hidden = 0 {bounds}
             ORDER BY ranked DESC, id DESC"
        ))?;
        for (first, last) in ranges {
            let mut rows = match bounds {
                "" => statement.query([first, last])?,
                _ => statement.query([first, last, since, before])?,
            };
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                if self.ids.as_ref().is_some_and(|ids| ids.binary_search(&id).is_err()) {
                    continue;
                }
                let candidate = Candidate { place: (row.get(3)?, id), source: row.get(1)?, story: row.get(2)? };
                if !each(candidate)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// The newest entries that a broad query finds. `None` if the query is not broad, or if the newest entries of the store have
/// too few of them, so that the index must be asked: it names few then.
fn broad(connection: &Connection, query: &SearchQuery, limit: usize) -> Result<Option<FoundEntries>, StoreError> {
    if !query.finder.is_broad() {
        return Ok(None);
    }
    let found = newest(connection, query, &Candidates::default(), limit, BROAD_EXAMINED)?;
    Ok((!found.is_cut).then_some(found))
}

/// The newest entries that a query finds among candidates, `most` of which are examined.
fn newest(
    connection: &Connection,
    query: &SearchQuery,
    candidates: &Candidates,
    limit: usize,
    most: usize,
) -> Result<FoundEntries, StoreError> {
    let mut loader = Loader::new(connection);
    let mut found = FoundEntries { entries: Vec::new(), is_cut: candidates.is_cut };
    let (mut bytes, mut examined) = (0, 0);
    candidates.walk(connection, query.finder.bounds(), |candidate| {
        let (id, source) = (candidate.place.1, candidate.source);
        if found.entries.len() >= limit || bytes > query.max_bytes {
            return Ok(false);
        }
        if !query.selection.takes(connection, id, source)? {
            return Ok(true);
        }
        if examined >= most {
            found.is_cut = true;
            return Ok(false);
        }
        examined += 1;
        let entry = loader.entry(id)?.0;
        if query.finder.finds(&entry) {
            bytes += texts(&entry);
            found.entries.push(entry);
        }
        Ok(true)
    })?;
    Ok(found)
}

/// The entries that fit a query best, among the newest of those that have all words in their titles and the newest of all. Of
/// a broad query, among the newest of all.
fn ranked(connection: &Connection, query: &SearchQuery) -> Result<FoundEntries, StoreError> {
    let each = RANKED_EACH.max(query.limit);
    let mut found = match broad(connection, query, each)? {
        Some(found) => found,
        None => candidates_for_rank(connection, query, each)?,
    };
    let rank = |entry: &StoredEntry| query.finder.rank(&Fields::of(entry));
    // The newest come first among entries that fit equally well.
    found.entries.sort_by_cached_key(|entry| std::cmp::Reverse((rank(entry), entry.published, entry.id)));
    found.entries.truncate(query.limit);
    Ok(found)
}

fn candidates_for_rank(connection: &Connection, query: &SearchQuery, each: usize) -> Result<FoundEntries, StoreError> {
    let mut found = match query.finder.lookup_of_titles() {
        Some(question) => {
            let titled = Candidates::of(connection, Some(question), UNINDEXED_MAX)?;
            newest(connection, query, &titled, RANKED_EACH, EXAMINED_MAX)?
        }
        None => FoundEntries::default(),
    };
    let all = Candidates::of(connection, query.finder.lookup(), UNINDEXED_MAX)?;
    let others = newest(connection, query, &all, each, EXAMINED_MAX)?;
    found.is_cut |= others.is_cut;
    let known: HashSet<EntryId> = found.entries.iter().map(|entry| entry.id).collect();
    found.entries.extend(others.entries.into_iter().filter(|entry| !known.contains(&entry.id)));
    Ok(found)
}

/// The places of the stories of a scope that a search finds, in the order that it asks for, and whether some entries were
/// not examined. The selection of the scope decides whether an entry is found; the search only leaves out what it cannot
/// find.
pub(super) fn newest_found(
    connection: &Connection,
    scope: &Scope,
    sought: &Sought,
    fair: Option<&Fair>,
) -> Result<(Vec<Place>, bool), StoreError> {
    let finder = &sought.finder;
    let most = if sought.is_bounded { EXAMINED_MAX } else { usize::MAX };
    let mut broad = None;
    if finder.is_broad() && sought.is_bounded {
        let found = stories(connection, scope, sought, fair, &Candidates::default(), BROAD_EXAMINED)?;
        broad = Some(found).filter(|(_, is_cut)| !is_cut);
    }
    let is_broad = broad.is_some();
    // An output must not lack entries while the index is being filled, because a later rebuild would not add them.
    let unindexed = if sought.is_bounded { UNINDEXED_MAX } else { i64::MAX };
    let named = |question| -> Result<(Vec<Place>, bool), StoreError> {
        let candidates = Candidates::of(connection, question, unindexed)?;
        stories(connection, scope, sought, fair, &candidates, most)
    };
    let (mut places, mut is_cut) = match broad {
        Some(found) => found,
        None => named(finder.lookup())?,
    };
    if finder.order == Order::Newest {
        return Ok((places, is_cut));
    }
    if let Some(question) = finder.lookup_of_titles().filter(|_| !is_broad) {
        let (titled, is_titled_cut) = named(Some(question))?;
        places.extend(titled);
        is_cut |= is_titled_cut;
    }
    places.sort_unstable();
    places.dedup();
    let mut loader = Loader::new(connection);
    let mut ranked = Vec::with_capacity(places.len());
    for place in places {
        ranked.push((finder.rank(&Fields::of(&loader.entry(place.1)?.0)), place));
    }
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    ranked.truncate(scope.limit);
    Ok((ranked.into_iter().map(|(_, place)| place).collect(), is_cut))
}

/// The places of the newest stories among candidates, `most` of which are examined.
fn stories(
    connection: &Connection,
    scope: &Scope,
    sought: &Sought,
    fair: Option<&Fair>,
    candidates: &Candidates,
    most: usize,
) -> Result<(Vec<Place>, bool), StoreError> {
    let mut is_cut = candidates.is_cut;
    let mut picked = Picked::new(fair, scope.limit, scope.per_source);
    let mut examined = 0;
    candidates.walk(connection, sought.finder.bounds(), |Candidate { place, source, story }| {
        if picked.is_full() {
            return Ok(false);
        }
        if examined >= most {
            is_cut = true;
            return Ok(false);
        }
        if !scope.selection.sources.contains(&SourceId(source)) {
            return Ok(true);
        }
        examined += 1;
        if is_shown(connection, scope, place.1, source, story)? {
            picked.offer(place, counted(connection, scope, fair, source, story)?);
        }
        Ok(true)
    })?;
    Ok((picked.finish(), is_cut))
}
