//! The part of migration 0007 that SQL cannot do: copies the entries into their new tables with the digests that they
//! are found by, and prepares those that may still be candidates for copies.

use rusqlite::{Connection, Row, params};

use super::apply::keep_piece;
use super::memory::pack;
use super::shelf::published_key;
use super::sql::Json;
use crate::entry;
use crate::merge::Names;
use crate::model::{CleanEntry, EntryDetails, EntryId, KeyDigest, SafeHtml, SourceId, Timestamp, WrittenDates};
use crate::stories::{Boilerplate, Piece, Told};

/// The number of keys that an entry has after the migration: its id, its address and its title. Its older keys are not
/// counted.
const KEYS_FILED: i64 = 3;

/// The columns of an entry that are copied unchanged.
macro_rules! carried {
    () => {
        "id, source, story, hidden, ranked, published, updated, first_seen, \
         changed, first_poll, revisions, source_version, source_updated, record_hash, text_hash"
    };
}

/// An entry as the old tables hold it.
struct Before {
    id: EntryId,
    source: SourceId,
    entry: CleanEntry,
    published: Timestamp,
    first_seen: Timestamp,
    published_id: String,
}

fn before(row: &Row<'_>) -> rusqlite::Result<Before> {
    let details = Json::<EntryDetails>::or_default(row, 7)?;
    let (published, title): (Timestamp, String) = (row.get(9)?, row.get(4)?);
    let mut entry = CleanEntry {
        keys: Vec::new(),
        declared_id: row.get(2)?,
        link: row.get(3)?,
        title_digest: KeyDigest::of_title(&title),
        title,
        summary: row.get(5)?,
        content: SafeHtml::stored(row.get(6)?),
        published: Some(published),
        updated: None,
        details,
        written: WrittenDates::default(),
        record_hash: [0; 16],
        text_hash: [0; 16],
    };
    entry.keys = entry::keys_of(&entry);
    let (first_seen, published_id) = (row.get(8)?, row.get(10)?);
    Ok(Before { id: row.get(0)?, source: row.get(1)?, entry, published, first_seen, published_id })
}

/// Copies everything and drops the old tables. Entries first seen after `recent` are prepared for comparison.
pub(super) fn relay(connection: &Connection, recent: Timestamp) -> rusqlite::Result<()> {
    connection.execute_batch(
        "INSERT INTO alias (source, key, entry) SELECT source, key, entry FROM entry_alias_before;
         INSERT INTO entry_text (entry, key, declared_id, published_id, link, title, details, summary, content)
             SELECT id, key, declared_id, published_id, link, title, details, summary, content
             FROM entry_before ORDER BY id;",
    )?;
    let mut entries = connection.prepare(
        "SELECT id, source, declared_id, link, title, summary, content, details, first_seen, published, published_id
         FROM entry_before ORDER BY id",
    )?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        let before = before(row)?;
        copy(connection, &before)?;
        if before.first_seen >= recent {
            make_ready(connection, &before)?;
        }
    }
    drop(rows);
    drop(entries);
    connection.execute_batch(
        "INSERT INTO fact (name, value)
             SELECT 'last_entry', CAST(seq AS TEXT) FROM sqlite_sequence WHERE name = 'entry_before';
         DROP TABLE entry_alias_before;
         DROP TABLE entry_before;
         CREATE UNIQUE INDEX entry_published ON entry (published_key);
         CREATE INDEX entry_ranked ON entry (ranked);
         CREATE INDEX entry_source_ranked ON entry (source, ranked);
         CREATE INDEX entry_story ON entry (story) WHERE story <> id;",
    )
}

/// Writes the narrow row with the digests of the stored version, and adds the title to the keys. Older keys stay,
/// because some sources are configured to tell their entries apart by them.
fn copy(connection: &Connection, before: &Before) -> rusqlite::Result<()> {
    let Before { id, source, entry, published_id, .. } = before;
    let names = Names::of(entry);
    connection
        .prepare_cached("INSERT OR IGNORE INTO alias (source, key, entry) VALUES (?1, ?2, ?3)")?
        .execute(params![source, names.title, id])?;
    connection
        .prepare_cached(concat!(
            "INSERT INTO entry (",
            carried!(),
            ", aliases, published_key, title_key, link_key, text_key, same_key, path_key) SELECT ",
            carried!(),
            ", ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM entry_before WHERE id = ?1"
        ))?
        .execute(params![
            id,
            KEYS_FILED,
            published_key(published_id),
            names.title,
            names.link,
            names.text,
            names.same,
            names.path
        ])?;
    Ok(())
}

/// Stores what an entry is compared and found by. The boilerplate of its source is learned at the source's next poll
/// with new entries.
fn make_ready(connection: &Connection, before: &Before) -> rusqlite::Result<()> {
    let Before { id, source, entry, published, .. } = before;
    let piece = Piece::of(&Told::of(entry, *published));
    let found_by = pack(&piece.keys(), &piece.marks(&Boilerplate::default()));
    keep_piece(connection, *id, *source, &piece, &found_by)
}
