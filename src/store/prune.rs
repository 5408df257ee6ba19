//! Deletes entries: those that the retention rule no longer keeps, and all those of sources that a person has purged. What is
//! known of many entries is gathered on a reader's connection; the writer then deletes them in short transactions.
//!
//! Entry points: [`Store::prunable`] counts, [`Store::doomed`] gathers, [`Store::delete`] deletes. Which entries are over is decided
//! in `retention`, never here.
//!
//! Invariant: an entry is deleted together with all rows that are about it, or not at all.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use super::apply::{changed, unfile};
use super::memory::Memory;
use super::sql::unpack_ids;
use super::writer::Extent;
use super::{Store, StoreError, leads};
use crate::clock;
use crate::merge::{LISTED_MAX, Pruned};
use crate::model::{EntryId, KeyDigest, SourceId, Timestamp};
use crate::retention::{Aged, Held, Place, Rule};

/// Entries that are gathered at a time, because finding their keys means to read all keys of their source.
const GATHERED_ENTRIES: usize = 4_000;
/// Time after which no further entry is deleted in a transaction.
const DELETING_TIME: Duration = Duration::from_millis(25);
/// Keys of pruned entries that are remembered for each source: those of about twice the entries that a document may have by
/// default.
const REMEMBERED_KEYS: i64 = 20_000;
/// Most sources for which the entries that are kept at any age are cached while entries are gathered.
const HELD_SOURCES: usize = 1_024;

/// The rows that are deleted for each entry. The text and marks for comparison are deleted together with their cache.
const DELETES: [&str; 9] = [
    "DELETE FROM entry WHERE id = ?1",
    "DELETE FROM entry_text WHERE entry = ?1",
    "DELETE FROM entry_past WHERE entry = ?1",
    "DELETE FROM entry_missing WHERE entry = ?1",
    "DELETE FROM revision WHERE entry = ?1",
    "DELETE FROM decision WHERE entry = ?1",
    "DELETE FROM parted WHERE one = ?1 OR other = ?1",
    "DELETE FROM search WHERE rowid = ?1",
    "DELETE FROM search_due WHERE entry = ?1",
];

/// Entries of one source that are to be deleted, with their keys.
#[derive(Debug)]
pub struct Doomed {
    pub source: SourceId,
    /// The rule by which they are over; `None` if their source was purged.
    rule: Option<Rule>,
    /// The last one is deleted first.
    entries: Vec<(EntryId, Vec<KeyDigest>)>,
    /// Whether the source may have further entries that are over.
    pub is_more: bool,
}

impl Doomed {
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The result of one deleting transaction.
#[derive(Debug)]
pub struct Deleted {
    pub entries: Vec<EntryId>,
    /// Entries of stories that deleted entries belonged to.
    pub others: Vec<EntryId>,
    /// The sources of all of them.
    pub sources: HashSet<SourceId>,
    /// The entries that are left to be deleted.
    pub rest: Doomed,
}

impl Store {
    /// The number of entries of each source that pruning by this rule would delete.
    pub async fn prunable(&self, rule: Rule) -> Result<Vec<(SourceId, u64)>, StoreError> {
        self.read(move |connection| {
            let mut search = Search::new(connection, rule);
            let mut found = Vec::new();
            for source in sources_from(connection, SourceId(0))? {
                let mut count = 0;
                search.each_over(source, |_, _| {
                    count += 1;
                    true
                })?;
                if count > 0 {
                    found.push((source, count));
                }
            }
            Ok(found)
        })
        .await
    }

    /// The entries that are over of the first source that has any, `from` or a later one; `None` if no source has any.
    /// An entry that gives a story its id is among them once the other entries of the story are deleted, so that no
    /// story changes its id before it is gone.
    pub async fn doomed(&self, rule: Rule, from: SourceId) -> Result<Option<Doomed>, StoreError> {
        self.read(move |connection| {
            let mut search = Search::new(connection, rule);
            for source in sources_from(connection, from)? {
                let mut ids = Vec::new();
                let mut is_more = false;
                search.each_over(source, |id, has_others| {
                    is_more = ids.len() >= GATHERED_ENTRIES;
                    if !has_others && !is_more {
                        ids.push(id);
                    }
                    !is_more
                })?;
                if !ids.is_empty() {
                    let entries = with_keys(connection, source, ids)?;
                    return Ok(Some(Doomed { source, rule: Some(rule), entries, is_more }));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Entries of a source that a person has purged.
    pub async fn doomed_of(&self, source: SourceId) -> Result<Doomed, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached("SELECT id FROM entry WHERE source = ?1 LIMIT ?2")?;
            let rows = statement.query_map(params![source, GATHERED_ENTRIES as i64], |row| row.get(0))?;
            let ids = rows.collect::<rusqlite::Result<Vec<EntryId>>>()?;
            let is_more = ids.len() >= GATHERED_ENTRIES;
            Ok(Doomed { source, rule: None, entries: with_keys(connection, source, ids)?, is_more })
        })
        .await
    }

    /// Deletes some of the entries in one short transaction, apart from those that are not over any more.
    pub async fn delete(&self, doomed: Doomed) -> Result<Deleted, StoreError> {
        self.writer()?
            .write_with_memory(Extent::Memory, move |connection, memory, now| {
                Deleting { connection, memory, now }.some(doomed)
            })
            .await
    }
}

/// The sources from this one on, in the order of their numbers.
fn sources_from(connection: &Connection, from: SourceId) -> Result<Vec<SourceId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM source WHERE id >= ?1 ORDER BY id")?;
    let rows = statement.query_map([from], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A search for entries that are over.
struct Search<'c> {
    connection: &'c Connection,
    rule: Rule,
    held: HashMap<SourceId, Held>,
}

impl<'c> Search<'c> {
    fn new(connection: &'c Connection, rule: Rule) -> Search<'c> {
        Search { connection, rule, held: HashMap::new() }
    }

    /// Passes on the entries of a source that are over, the oldest first, each with whether its story has other entries that it
    /// gives the id, until `each` returns false.
    fn each_over(&mut self, source: SourceId, mut each: impl FnMut(EntryId, bool) -> bool) -> Result<(), StoreError> {
        let connection = self.connection;
        let mut statement = connection.prepare_cached(
            "SELECT id, ranked, first_seen, story FROM entry WHERE source = ?1 AND ranked < ?2 ORDER BY ranked, id",
        )?;
        let mut rows = statement.query(params![source, self.rule.before])?;
        while let Some(row) = rows.next()? {
            let entry = Aged { id: row.get(0)?, ranked: row.get(1)?, first_seen: row.get(2)? };
            if !self.is_over(source, &entry)? {
                continue;
            }
            let story: EntryId = row.get(3)?;
            let mut has_others = false;
            if story == entry.id {
                match self.others_are_over(story)? {
                    Some(found) => has_others = found,
                    None => continue,
                }
            }
            if !each(entry.id, has_others) {
                break;
            }
        }
        Ok(())
    }

    /// Whether the story that an entry gives its id has other entries; `None` if one of them is not over.
    fn others_are_over(&mut self, story: EntryId) -> Result<Option<bool>, StoreError> {
        let connection = self.connection;
        let mut statement = connection
            .prepare_cached("SELECT id, ranked, first_seen, source FROM entry WHERE story = ?1 AND story <> id")?;
        let mut rows = statement.query([story])?;
        let mut has_others = false;
        while let Some(row) = rows.next()? {
            let other = Aged { id: row.get(0)?, ranked: row.get(1)?, first_seen: row.get(2)? };
            if !self.is_over(row.get(3)?, &other)? {
                return Ok(None);
            }
            has_others = true;
        }
        Ok(Some(has_others))
    }

    fn is_over(&mut self, source: SourceId, entry: &Aged) -> Result<bool, StoreError> {
        if self.held.len() >= HELD_SOURCES && !self.held.contains_key(&source) {
            self.held.clear();
        }
        let held = match self.held.entry(source) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(held(self.connection, source, self.rule.keep_min)?),
        };
        Ok(self.rule.is_over(entry, held))
    }
}

/// The entries of a source that are kept at any age.
fn held(connection: &Connection, source: SourceId, keep_min: usize) -> Result<Held, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT configured, (SELECT listed FROM source_document WHERE source = ?1) FROM source WHERE id = ?1",
    )?;
    let (is_configured, listed): (bool, Option<Vec<EntryId>>) =
        statement.query_row([source], |row| Ok((row.get(0)?, row.get_ref(1)?.as_blob_or_null()?.map(unpack_ids))))?;
    let mut listed = match (is_configured, listed) {
        (true, Some(listed)) => listed,
        // It is unknown what the source lists until its next document comes, so everything is kept.
        (true, None) => return Ok(Held::default()),
        // The last document of a removed source says nothing of what it lists now.
        (false, _) => Vec::new(),
    };
    if listed.len() >= LISTED_MAX {
        let mut statement = connection.prepare_cached("SELECT entries FROM listed_further WHERE source = ?1")?;
        let further = statement.query_row([source], |row| Ok(unpack_ids(row.get_ref(0)?.as_blob()?))).optional()?;
        listed.extend(further.unwrap_or_default());
    }
    listed.sort_unstable();
    Ok(Held { floor: floor(connection, source, keep_min)?, listed })
}

/// The place of the last of the newest entries of a source that are kept at any age.
fn floor(connection: &Connection, source: SourceId, keep_min: usize) -> Result<Option<Place>, StoreError> {
    let Some(before_last) = keep_min.checked_sub(1) else {
        return Ok(Some((Timestamp::MAX, EntryId(i64::MAX))));
    };
    let mut statement = connection.prepare_cached(
        "SELECT ranked, id FROM entry WHERE source = ?1 ORDER BY ranked DESC, id DESC LIMIT 1 OFFSET ?2",
    )?;
    let before_last = i64::try_from(before_last).unwrap_or(i64::MAX);
    Ok(statement.query_row(params![source, before_last], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Entries of a source with the keys that lead to them.
fn with_keys(
    connection: &Connection,
    source: SourceId,
    ids: Vec<EntryId>,
) -> Result<Vec<(EntryId, Vec<KeyDigest>)>, StoreError> {
    let places: HashMap<EntryId, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut entries: Vec<(EntryId, Vec<KeyDigest>)> = ids.into_iter().map(|id| (id, Vec::new())).collect();
    let mut statement = connection.prepare_cached("SELECT entry, key FROM alias WHERE source = ?1")?;
    let mut rows = statement.query([source])?;
    while let Some(row) = rows.next()? {
        let id: EntryId = row.get(0)?;
        if let Some((_, keys)) = places.get(&id).and_then(|at| entries.get_mut(*at)) {
            keys.push(row.get(1)?);
        }
    }
    Ok(entries)
}

/// An entry as it is stored when it is to be deleted.
struct Stored {
    story: EntryId,
    aged: Aged,
    title: Option<KeyDigest>,
    text: u32,
}

/// A transaction in which entries are deleted.
struct Deleting<'c> {
    connection: &'c Connection,
    memory: &'c Memory,
    now: Timestamp,
}

impl Deleting<'_> {
    fn some(&self, mut doomed: Doomed) -> Result<Deleted, StoreError> {
        let source = doomed.source;
        // The source may have been polled since the entries were gathered.
        let held = doomed.rule.map(|rule| held(self.connection, source, rule.keep_min)).transpose()?;
        let (mut deleted, mut others) = (Vec::new(), Vec::new());
        let mut sources = HashSet::from([source]);
        let began = clock::monotonic();
        while began.elapsed() < DELETING_TIME
            && let Some((id, keys)) = doomed.entries.pop()
        {
            let Some(stored) = self.stored(source, id)? else { continue };
            let members = self.others(id, stored.story)?;
            if let Some((rule, held)) = doomed.rule.zip(held.as_ref()) {
                let gives_the_id = stored.story == id && !members.is_empty();
                if gives_the_id || !rule.is_over(&stored.aged, held) {
                    continue;
                }
                self.remember(source, &stored, &keys)?;
            }
            self.leave_story(id, stored.story, &members)?;
            self.delete(source, id, &keys)?;
            deleted.push(id);
            for (member, of) in members {
                others.push(member);
                sources.insert(of);
            }
        }
        if !deleted.is_empty() {
            let mut statement = self
                .connection
                .prepare_cached("UPDATE source SET entries_changed = max(entries_changed, ?2) WHERE id = ?1")?;
            for source in &sources {
                statement.execute(params![source, self.now])?;
            }
        }
        if doomed.is_empty() && doomed.rule.is_some() {
            forget_keys(self.connection, source, REMEMBERED_KEYS)?;
        }
        Ok(Deleted { entries: deleted, others, sources, rest: doomed })
    }

    fn stored(&self, source: SourceId, id: EntryId) -> Result<Option<Stored>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT story, ranked, first_seen, title_key, text_hash FROM entry WHERE id = ?1 AND source = ?2",
        )?;
        let stored = statement.query_row(params![id, source], |row| {
            Ok(Stored {
                story: row.get(0)?,
                aged: Aged { id, ranked: row.get(1)?, first_seen: row.get(2)? },
                title: row.get(3)?,
                text: Pruned::of_text(row.get(4)?),
            })
        });
        Ok(stored.optional()?)
    }

    /// The other entries of a story, in storing order, with their sources.
    fn others(&self, id: EntryId, story: EntryId) -> Result<Vec<(EntryId, SourceId)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, source FROM entry WHERE ((id = ?1 AND story = id) OR (story = ?1 AND story <> id)) AND id <> ?2
             ORDER BY id",
        )?;
        let rows = statement.query_map([story, id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps the keys of an entry, so that it does not count as new when it comes again. A title alone identifies nothing.
    fn remember(&self, source: SourceId, stored: &Stored, keys: &[KeyDigest]) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("INSERT OR REPLACE INTO pruned (source, key, text, until) VALUES (?1, ?2, ?3, ?4)")?;
        for key in keys.iter().filter(|key| stored.title != Some(**key)) {
            statement.execute(params![source, key, stored.text.cast_signed(), stored.aged.until()])?;
        }
        Ok(())
    }

    /// Lets the other entries of a story do without an entry. If it gave the story its id, the first of the others does so from
    /// now on; if it led the story, the entry that gives the id leads.
    fn leave_story(&self, id: EntryId, story: EntryId, others: &[(EntryId, SourceId)]) -> Result<(), StoreError> {
        let Some((first, _)) = others.first() else {
            self.connection.prepare_cached("DELETE FROM story_lead WHERE story = ?1 OR lead = ?1")?.execute([id])?;
            return Ok(());
        };
        let it_began = story == id;
        leads::leave(self.connection, id, it_began, *first)?;
        if it_began {
            self.connection
                .prepare_cached("UPDATE entry SET story = ?2 WHERE story = ?1 AND story <> id")?
                .execute([id, *first])?;
        }
        changed(self.connection, if it_began { *first } else { story }, self.now)
    }

    fn delete(&self, source: SourceId, id: EntryId, keys: &[KeyDigest]) -> Result<(), StoreError> {
        let mut statement =
            self.connection.prepare_cached("DELETE FROM alias WHERE source = ?1 AND key = ?2 AND entry = ?3")?;
        for key in keys {
            statement.execute(params![source, key, id])?;
        }
        unfile(self.connection, self.memory, id)?;
        for sql in DELETES {
            self.connection.prepare_cached(sql)?.execute([id])?;
        }
        Ok(())
    }
}

/// Drops the keys of the entries of a source that have been old for the longest, beyond the number that is remembered.
fn forget_keys(connection: &Connection, source: SourceId, remembered: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM pruned WHERE source = ?1 AND (until, key) <= (SELECT until, key FROM pruned WHERE source = ?1
                 ORDER BY until DESC, key DESC LIMIT 1 OFFSET ?2)",
        )?
        .execute(params![source, remembered])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_the_youngest_pruned_entries_of_each_source_are_remembered() {
        let connection = Connection::open_in_memory().expect("there is memory");
        connection.execute_batch(include_str!("../../migrations/0012_pruned.sql")).expect("the tables can be made");
        let mut insert = connection
            .prepare("INSERT INTO pruned (source, key, text, until) VALUES (?1, ?2, 0, ?3)")
            .expect("it is right");
        for (source, number) in [(1, 100), (2, 3)] {
            for key in 0..number {
                // Many keys have the same time, like the entries of one document.
                insert.execute([source, key * 7_919 % 1_000, key / 50]).expect("it can be written");
            }
        }
        let count = |wanted: &str| -> i64 {
            let sql = format!("SELECT count(*) FROM pruned WHERE {wanted}");
            connection.query_row(&sql, [], |row| row.get(0)).expect("it can be read")
        };
        for _ in 0..2 {
            forget_keys(&connection, SourceId(1), 30).expect("it can be written");
            forget_keys(&connection, SourceId(2), 30).expect("it can be written");
            assert_eq!((count("source = 1"), count("source = 1 AND until = 1")), (30, 30));
            assert_eq!(count("source = 2"), 3);
        }
    }
}
