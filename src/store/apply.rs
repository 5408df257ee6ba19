//! Carries out the decisions of `merge` on a document. This is the only place that writes the rows of entries; it
//! decides nothing itself.
//!
//! Entry points: [`Writing::apply`] for the intents of one document, [`record`] for the log of decisions.

use std::collections::BTreeSet;

use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use serde::Serialize;

use super::described::Described;
use super::memory::{Memory, pack, unpack};
use super::shelf::published_key;
use super::sql::{Json, pack_ids, pack_states};
use super::{StoreError, leads, search, withdrawn};
use crate::merge::{Intent, Names, NewEntry, Past, Revised, Revision};
use crate::model::{CleanEntry, EntryId, EntryKey, KeyDigest, SourceId, Timestamp};
use crate::stories::{Evidence, Piece};

/// Number of latest earlier versions of an entry that are kept, beside its first version.
const VERSIONS_KEPT: i64 = 3;
/// Number of first and of last automatic decisions that are kept for an entry. They are limited because an entry that
/// joins a story and leaves it again with every document would otherwise add rows without end.
const DECISIONS_FIRST: i64 = 4;
const DECISIONS_LAST: i64 = 16;
/// Characters that are shown of a distrusted key.
const SHOWN_CHARS: usize = 120;

const INSERT_ENTRY: &str = "INSERT INTO entry (
    id,
    source,
    story,
    hidden,
    ranked,
    published,
    updated,
    first_seen,
    changed,
    first_poll,
    revisions,
    source_version,
    source_updated,
    aliases,
    published_key,
    title_key,
    link_key,
    text_key,
    same_key,
    path_key,
    record_hash,
    text_hash
) VALUES (?1, ?2, ?3, 0, ?19, ?4, ?5, ?6, ?6, ?7, 0, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
const INSERT_TEXT: &str = "INSERT INTO entry_text (
    entry,
    key,
    declared_id,
    published_id,
    link,
    title,
    details,
    summary,
    content
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
const INSERT_ALIAS: &str = "INSERT OR IGNORE INTO alias (source, key, entry) VALUES (?1, ?2, ?3)";

/// The statements that store new entries and new keys of known ones. They are looked up once for a document.
struct Inserts<'c> {
    entry: CachedStatement<'c>,
    text: CachedStatement<'c>,
    alias: CachedStatement<'c>,
}

impl<'c> Inserts<'c> {
    /// The statements, which are looked up when they are needed for the first time.
    fn of<'i>(known: &'i mut Option<Inserts<'c>>, connection: &'c Connection) -> rusqlite::Result<&'i mut Inserts<'c>> {
        Ok(match known {
            Some(inserts) => inserts,
            none => none.insert(Inserts {
                entry: connection.prepare_cached(INSERT_ENTRY)?,
                text: connection.prepare_cached(INSERT_TEXT)?,
                alias: connection.prepare_cached(INSERT_ALIAS)?,
            }),
        })
    }
}

/// Writes the changes to the entries of one source.
pub(super) struct Writing<'c> {
    pub(super) connection: &'c Connection,
    pub(super) memory: &'c Memory,
    pub(super) source: SourceId,
    /// The description of the source that new and revised entries refer to.
    pub(super) described: Described,
    pub(super) now: Timestamp,
}

impl Writing<'_> {
    /// Carries out the intents in order. Returns the other sources of which an entry has changed its place in live
    /// documents.
    pub(super) fn apply(&self, intents: &[Intent<'_>]) -> Result<BTreeSet<SourceId>, StoreError> {
        let mut moved = BTreeSet::new();
        let mut inserts = None;
        for intent in intents {
            match intent {
                Intent::Distrust(key) => self.distrust(key)?,
                Intent::Insert(new) => self.insert(Inserts::of(&mut inserts, self.connection)?, new)?,
                Intent::Revise(revised) => self.revise(revised)?,
                Intent::Know { entry, keys } => {
                    self.know(Inserts::of(&mut inserts, self.connection)?, *entry, keys)?;
                }
                Intent::Rekey { entry, rekeyed } => {
                    // An entry cannot be re-keyed more often than it may have keys, which limits these rows.
                    note(self.connection, "rekey", *entry, None, rekeyed, false, self.now)?;
                }
                Intent::Remember { entry, past } => self.remember(*entry, past)?,
                Intent::Readdress { known, entry, names } => self.readdress(*known, entry, names)?,
                Intent::Forget(key) => {
                    let mut statement =
                        self.connection.prepare_cached("DELETE FROM alias WHERE source = ?1 AND key = ?2")?;
                    statement.execute(params![self.source, key])?;
                }
                Intent::Join { entry, other, story, is_new, evidence } => {
                    if !is_new {
                        set_story(self.connection, *entry, *story)?;
                    }
                    changed(self.connection, *story, self.now)?;
                    if *is_new {
                        note(self.connection, "join", *entry, Some(*other), &Some(evidence), false, self.now)?;
                    } else {
                        record(self.connection, "join", *entry, Some(*other), Some(evidence), false, self.now)?;
                    }
                }
                Intent::Lead(led) => moved.extend(leads::lead(self.connection, led, self.now)?),
                Intent::Lift { story, ranked } => {
                    moved.extend(leads::lift(self.connection, *story, *ranked, self.now)?);
                }
                Intent::Part { entry, others, it_led } => {
                    part(self.connection, *entry, others, *it_led, false, self.now)?;
                }
                Intent::File { entry, piece, marks } => {
                    file(self.connection, self.memory, *entry, self.source, piece, marks)?;
                    self.memory.pieces.borrow_mut().put(*entry, piece.clone());
                }
                Intent::Withdraw { entry, by } => {
                    withdrawn::withdraw(self.connection, self.source, *entry, by, self.now)?;
                }
                Intent::Restore(entry) => withdrawn::restore(self.connection, *entry, self.now)?,
                Intent::Miss { entry, times } => withdrawn::miss(self.connection, self.source, *entry, *times)?,
                Intent::Unfile(entry) => unfile(self.connection, self.memory, *entry)?,
                Intent::Boilerplate { boilerplate, recent } => {
                    let mut statement = self.connection.prepare_cached(
                        "INSERT OR REPLACE INTO source_printed (source, runs, recent) VALUES (?1, ?2, ?3)",
                    )?;
                    statement.execute(params![self.source, boilerplate.to_bytes(), pack_ids(recent)])?;
                    self.memory.boilerplate.borrow_mut().put(self.source, boilerplate.clone());
                }
            }
        }
        moved.remove(&self.source);
        Ok(moved)
    }

    fn distrust(&self, key: &EntryKey) -> Result<(), StoreError> {
        let what: String = key.text.chars().take(SHOWN_CHARS).collect();
        let mut statement = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO distrusted (source, key, what, since) VALUES (?1, ?2, ?3, ?4)")?;
        statement.execute(params![self.source, key.digest, what, self.now])?;
        Ok(())
    }

    fn insert(&self, inserts: &mut Inserts<'_>, new: &NewEntry<'_>) -> Result<(), StoreError> {
        let NewEntry { id, entry, key, published_id, names, keys, story, published, updated, ranked, is_first_poll } =
            new;
        inserts.entry.execute(params![
            id,
            self.source,
            story,
            published,
            updated,
            self.now,
            is_first_poll,
            self.described.version,
            self.described.updated,
            keys.len() as i64,
            published_key(published_id),
            names.title,
            names.link,
            names.text,
            names.same,
            names.path,
            entry.record_hash.as_slice(),
            entry.text_hash.as_slice(),
            ranked,
        ])?;
        inserts.text.execute(params![
            id,
            key,
            entry.declared_id,
            published_id,
            entry.link,
            entry.title,
            Json(&entry.details),
            entry.summary,
            entry.content.as_str(),
        ])?;
        self.add_keys(inserts, *id, keys)
    }

    /// Writes an entry's new content, and keeps the previous version if a reader of the content could see a difference.
    fn revise(&self, revised: &Revised<'_>) -> Result<(), StoreError> {
        let Revised { known, entry, names, revision, updated, ranked } = revised;
        let is_revised = *revision != Revision::None;
        if is_revised {
            keep_version(self.connection, known.id, self.now)?;
        }
        let mut statement = self.connection.prepare_cached(
            "UPDATE entry SET
                 ranked = ?2,
                 updated = ?3,
                 changed = ?4,
                 revisions = revisions + ?5,
                 source_version = CASE WHEN ?5 THEN ?6 ELSE source_version END,
                 source_updated = CASE WHEN ?5 THEN ?7 ELSE source_updated END,
                 title_key = ?8,
                 link_key = ?9,
                 text_key = ?10,
                 same_key = ?11,
                 path_key = ?12,
                 record_hash = ?13,
                 text_hash = ?14
             WHERE id = ?1",
        )?;
        statement.execute(params![
            known.id,
            ranked,
            updated,
            self.now,
            is_revised,
            self.described.version,
            self.described.updated,
            names.title,
            names.link,
            names.text,
            names.same,
            names.path,
            entry.record_hash.as_slice(),
            entry.text_hash.as_slice(),
        ])?;
        let mut statement = self.connection.prepare_cached(
            "UPDATE entry_text SET
                 declared_id = ?2,
                 link = ?3,
                 title = ?4,
                 details = ?5,
                 summary = ?6,
                 content = ?7
             WHERE entry = ?1",
        )?;
        statement.execute(params![
            known.id,
            entry.declared_id,
            entry.link,
            entry.title,
            Json(&entry.details),
            entry.summary,
            entry.content.as_str(),
        ])?;
        search::reindex(self.connection, known.id)
    }

    /// Writes the record of an entry's earlier states.
    fn remember(&self, entry: EntryId, past: &Past) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO entry_past (entry, states, cuts, returns, returned) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let truncated = past.truncated.min(past.states.len()) as i64;
        statement.execute(params![entry, pack_states(&past.states), truncated, past.returns, past.returned])?;
        Ok(())
    }

    /// Writes the address and id under which an entry came last, and leaves its text as it is.
    fn readdress(&self, known: EntryId, entry: &CleanEntry, names: &Names) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE entry SET
                 changed = ?2,
                 link_key = coalesce(?3, link_key),
                 path_key = coalesce(?4, path_key)
             WHERE id = ?1",
        )?;
        statement.execute(params![known, self.now, names.link, names.path])?;
        let mut statement = self.connection.prepare_cached(
            "UPDATE entry_text SET declared_id = coalesce(?2, declared_id), link = coalesce(?3, link) WHERE entry = ?1",
        )?;
        statement.execute(params![known, entry.declared_id, entry.link])?;
        Ok(())
    }

    fn know(&self, inserts: &mut Inserts<'_>, entry: EntryId, keys: &[KeyDigest]) -> Result<(), StoreError> {
        self.add_keys(inserts, entry, keys)?;
        let mut statement = self.connection.prepare_cached("UPDATE entry SET aliases = aliases + ?2 WHERE id = ?1")?;
        statement.execute(params![entry, keys.len() as i64])?;
        Ok(())
    }

    fn add_keys(&self, inserts: &mut Inserts<'_>, entry: EntryId, keys: &[KeyDigest]) -> Result<(), StoreError> {
        for key in keys {
            inserts.alias.execute(params![self.source, key, entry])?;
        }
        Ok(())
    }
}

/// Keeps the stored version of an entry before it is revised. The first version and the latest versions are kept.
fn keep_version(connection: &Connection, id: EntryId, now: Timestamp) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO revision (entry, number, until, title, link, summary, content)
             SELECT id, revisions, ?2, title, link, summary, content
             FROM entry JOIN entry_text ON entry_text.entry = id
             WHERE id = ?1",
        )?
        .execute(params![id, now])?;
    connection
        .prepare_cached(
            "DELETE FROM revision WHERE entry = ?1 AND number > 0
             AND number <= (SELECT revisions FROM entry WHERE id = ?1) - ?2",
        )?
        .execute(params![id, VERSIONS_KEPT])?;
    Ok(())
}

/// Stores the text and the keys by which an entry is compared and found as a candidate.
pub(super) fn file(
    connection: &Connection,
    memory: &Memory,
    entry: EntryId,
    source: SourceId,
    piece: &Piece,
    marks: &[u32],
) -> Result<(), StoreError> {
    let mut held = memory.marks(connection)?;
    if held.source(entry).is_some() {
        let mut statement = connection.prepare_cached("SELECT found_by FROM story_mark WHERE entry = ?1")?;
        let before: Option<Vec<u8>> = statement.query_row([entry], |row| row.get(0)).optional()?;
        held.withdraw(entry, unpack(&before.unwrap_or_default()));
    }
    let found_by = pack(&piece.keys(), marks);
    held.file(entry, source, unpack(&found_by));
    Ok(keep_piece(connection, entry, source, piece, &found_by)?)
}

/// Deletes the text and the keys by which an entry is compared and found as a candidate.
pub(super) fn unfile(connection: &Connection, memory: &Memory, entry: EntryId) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("DELETE FROM story_mark WHERE entry = ?1 RETURNING found_by")?;
    let found_by: Option<Vec<u8>> = statement.query_row([entry], |row| row.get(0)).optional()?;
    if let Some(found_by) = found_by {
        memory.withdraw(entry, &found_by);
    }
    connection.prepare_cached("DELETE FROM story_text WHERE entry = ?1")?.execute([entry])?;
    memory.pieces.borrow_mut().forget(entry);
    Ok(())
}

/// Writes the rows that hold the text and the keys of an entry.
pub(super) fn keep_piece(
    connection: &Connection,
    entry: EntryId,
    source: SourceId,
    piece: &Piece,
    found_by: &[u8],
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO story_mark (entry, source, found_by) VALUES (?1, ?2, ?3)")?
        .execute(params![entry, source, found_by])?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO story_text (entry, piece) VALUES (?1, ?2)")?
        .execute(params![entry, piece.to_bytes()])?;
    Ok(())
}

fn set_story(connection: &Connection, entry: EntryId, story: EntryId) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE entry SET story = ?2 WHERE id = ?1")?.execute([entry, story])?;
    Ok(())
}

/// Records that the published form of a story has changed.
pub(super) fn changed(connection: &Connection, story: EntryId, now: Timestamp) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE entry SET changed = ?2 WHERE id = ?1 OR (story = ?1 AND story <> id)")?
        .execute(params![story, now])?;
    Ok(())
}

/// Takes an entry out of a story in which `others` stay. If the entry led the story, the first of the others leads it
/// from now on.
pub(super) fn part(
    connection: &Connection,
    entry: EntryId,
    others: &[EntryId],
    it_led: bool,
    by_hand: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(first) = others.first() else { return Ok(()) };
    leads::leave(connection, entry, it_led, *first)?;
    if it_led {
        for other in others {
            set_story(connection, *other, *first)?;
        }
        for other in &others[1..] {
            record(connection, "join", *other, Some(*first), Some(&Evidence::kept()), false, now)?;
        }
        changed(connection, *first, now)?;
    }
    set_story(connection, entry, entry)?;
    let mut statement = connection.prepare_cached("UPDATE entry SET changed = ?2 WHERE id = ?1")?;
    for id in [entry, *first] {
        statement.execute(params![id, now])?;
    }
    record(connection, if by_hand { "split" } else { "part" }, entry, Some(*first), None, by_hand, now)
}

/// Moves all entries of one story to another story.
pub(super) fn move_story(
    connection: &Connection,
    from: EntryId,
    to: EntryId,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE entry SET story = ?2 WHERE id = ?1 OR (story = ?1 AND story <> id)")?
        .execute([from, to])?;
    changed(connection, to, now)
}

/// Records a decision and its evidence.
pub(super) fn record(
    connection: &Connection,
    what: &str,
    entry: EntryId,
    other: Option<EntryId>,
    evidence: Option<&Evidence>,
    by_hand: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    record_told(connection, what, entry, other, &evidence, by_hand, now)
}

/// Records a decision that is not based on a comparison of texts.
pub(super) fn record_told(
    connection: &Connection,
    what: &str,
    entry: EntryId,
    other: Option<EntryId>,
    told: &impl Serialize,
    by_hand: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    note(connection, what, entry, other, told, by_hand, now)?;
    if by_hand { Ok(()) } else { forget_decisions(connection, entry) }
}

/// Records a decision of a kind that is rare for an entry, so that older decisions need not be deleted.
fn note(
    connection: &Connection,
    what: &str,
    entry: EntryId,
    other: Option<EntryId>,
    told: &impl Serialize,
    by_hand: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO decision (at, what, entry, other, evidence, by_hand) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![now, what, entry, other, Json(told), by_hand])?;
    Ok(())
}

/// Deletes the automatic decisions on an entry between the first and the last ones; decisions of a person stay.
fn forget_decisions(connection: &Connection, entry: EntryId) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM decision WHERE entry = ?1 AND by_hand = 0
             AND id > (SELECT id FROM decision WHERE entry = ?1 AND by_hand = 0 ORDER BY id LIMIT 1 OFFSET ?2 - 1)
             AND id <= (SELECT id FROM decision WHERE entry = ?1 AND by_hand = 0 ORDER BY id DESC LIMIT 1 OFFSET ?3)",
        )?
        .execute(params![entry, DECISIONS_FIRST, DECISIONS_LAST])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_last_decisions_and_those_by_hand_are_kept() {
        let connection = Connection::open_in_memory().expect("there is memory");
        connection
            .execute_batch(
                "CREATE TABLE decision (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER, what TEXT, entry INTEGER, \
                 other INTEGER, evidence TEXT, by_hand INTEGER);
                 CREATE INDEX decision_entry ON decision (entry);",
            )
            .expect("a table can be made");
        let count = |wanted: &str| -> i64 {
            let sql = format!("SELECT count(*) FROM decision WHERE {wanted}");
            connection.query_row(&sql, [], |row| row.get(0)).expect("a table can be read")
        };
        for at in 1..=100 {
            let (entry, other, now) = (EntryId(1), Some(EntryId(2)), Timestamp::from_unix(at));
            let what = if at % 2 == 0 { "part" } else { "join" };
            record(&connection, what, entry, other, None, at == 50, now).expect("a decision can be written");
            if at == DECISIONS_FIRST + DECISIONS_LAST {
                assert_eq!(count("entry = 1"), at, "nothing is deleted below the limit");
            }
        }
        record(&connection, "join", EntryId(2), Some(EntryId(1)), None, false, Timestamp::from_unix(1))
            .expect("another");
        assert_eq!(count("entry = 1"), DECISIONS_FIRST + DECISIONS_LAST + 1);
        assert_eq!(count("entry = 1 AND at <= 4"), DECISIONS_FIRST);
        assert_eq!(count("entry = 1 AND at > 84"), DECISIONS_LAST);
        assert_eq!(count("at = 50 AND by_hand = 1"), 1);
        assert_eq!(count("entry = 2"), 1);
    }
}
