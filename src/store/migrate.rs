//! Migrations: an append-only list of files, of which `user_version` counts the applied ones.
//!
//! Entry points: [`check`], which only reads, and [`migrate`]. A shipped migration never changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use super::open::{self, beside};
use super::space::free_pages;
use super::{StoreError, relay};
use crate::model::{EntryId, KeyDigest, SourceId, Timestamp};

/// Marks a database as ours (`PRAGMA application_id`): "WSHD".
pub const APPLICATION_ID: i64 = 0x5753_4844;

/// Name and text of every migration in order; the first has number 1. A shipped migration is never edited.
pub const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_sources_and_entries", include_str!("../../migrations/0001_sources_and_entries.sql")),
    ("0002_rhythm_hosts_and_moves", include_str!("../../migrations/0002_rhythm_hosts_and_moves.sql")),
    ("0003_stories", include_str!("../../migrations/0003_stories.sql")),
    ("0004_revisions", include_str!("../../migrations/0004_revisions.sql")),
    ("0005_trust_and_tallies", include_str!("../../migrations/0005_trust_and_tallies.sql")),
    ("0006_archives", include_str!("../../migrations/0006_archives.sql")),
    ("0007_lean", include_str!("../../migrations/0007_lean.sql")),
    ("0008_judgement", include_str!("../../migrations/0008_judgement.sql")),
    ("0009_reading", include_str!("../../migrations/0009_reading.sql")),
    ("0010_search", include_str!("../../migrations/0010_search.sql")),
    ("0011_incidents", include_str!("../../migrations/0011_incidents.sql")),
    ("0012_pruned", include_str!("../../migrations/0012_pruned.sql")),
    ("0013_deliveries", include_str!("../../migrations/0013_deliveries.sql")),
    ("0014_awaited_decisions", include_str!("../../migrations/0014_awaited_decisions.sql")),
    ("0015_names", include_str!("../../migrations/0015_names.sql")),
    ("0016_hub", include_str!("../../migrations/0016_hub.sql")),
    ("0017_push", include_str!("../../migrations/0017_push.sql")),
    ("0018_lean_sources", include_str!("../../migrations/0018_lean_sources.sql")),
    ("0019_source_polls", include_str!("../../migrations/0019_source_polls.sql")),
];

/// The migration since which entries are found by aliases.
const ALIASES: i64 = 3;
/// The migration that changes the layout of entries.
const LEAN: i64 = 7;

/// Entries that were first seen within this span may still be candidates for copies.
const RECENT: Duration = Duration::from_secs(14 * 24 * 3_600);

/// Gives the entries of older versions their key and their addresses as aliases.
fn fill_aliases(connection: &Connection) -> rusqlite::Result<()> {
    let mut entries = connection.prepare("SELECT source, key, id, link FROM entry ORDER BY id")?;
    let mut insert =
        connection.prepare("INSERT OR IGNORE INTO entry_alias (source, key, entry) VALUES (?1, ?2, ?3)")?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        let (source, key, id, link): (SourceId, String, EntryId, Option<String>) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        insert.execute(params![source, KeyDigest::of(&key), id])?;
        if let Some(link) = link {
            insert.execute(params![source, KeyDigest::of(&format!("link:{link}")), id])?;
        }
    }
    Ok(())
}

/// Applies the migrations after the first `applied`, each in one transaction with its number. A copy of the database
/// as it was is kept beside it until all migrations are applied.
///
/// # Errors
/// Migrations that were applied before the error stay applied.
pub fn migrate(connection: &Connection, path: &Path, applied: usize, now: Timestamp) -> Result<(), StoreError> {
    if applied > 0 && applied < MIGRATIONS.len() {
        keep_copy(connection, path, applied + 1)?;
    }
    apply(connection, path, applied, now)?;
    if applied > 0
        && applied < MIGRATIONS.len()
        && let Err(error) = give_back(connection)
    {
        // All data is there; the file is only larger than necessary.
        tracing::warn!(%error, path = %path.display(), "could not shrink the database after its migration; nothing is lost, the file is only larger than necessary");
    }
    for number in 1..=MIGRATIONS.len() {
        // Most of these files do not exist; a copy that cannot be deleted only takes space.
        let _ = fs::remove_file(copy_path(path, number));
    }
    Ok(())
}

/// Returns the space of old tables to the file system, and moves the log into the database file before the copy is
/// deleted.
fn give_back(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    free_pages(connection, 0)?;
    Ok(connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?)
}

/// The file in which the database is kept as it was before this migration.
fn copy_path(path: &Path, number: usize) -> PathBuf {
    beside(path, &format!(".before-{number:04}"))
}

/// Copies the database as one consistent state, even while other processes read it.
fn keep_copy(connection: &Connection, path: &Path, number: usize) -> Result<(), StoreError> {
    let kept = copy_path(path, number);
    let part = beside(&kept, ".part");
    let copied = || -> std::io::Result<()> {
        let _ = fs::remove_file(&part);
        // SQLite fills an empty file and keeps its permissions.
        let copy = open::private_file().open(&part)?;
        connection.execute("VACUUM INTO ?1", [part.to_string_lossy()]).map_err(std::io::Error::other)?;
        copy.sync_all()?;
        fs::rename(&part, &kept)
    };
    copied().map_err(|source| {
        let _ = fs::remove_file(&part);
        StoreError::Copy { path: path.to_owned(), copy: kept, source }
    })
}

fn apply(connection: &Connection, path: &Path, applied: usize, now: Timestamp) -> Result<(), StoreError> {
    for (index, (name, text)) in MIGRATIONS.iter().enumerate().skip(applied) {
        let number = index as i64 + 1;
        if applied > 0 {
            let all = MIGRATIONS.len();
            tracing::info!(path = %path.display(), migration = name, "bringing the database up to date: migration {number} of {all}");
        }
        let apply = || -> rusqlite::Result<()> {
            let transaction =
                rusqlite::Transaction::new_unchecked(connection, rusqlite::TransactionBehavior::Exclusive)?;
            transaction.execute_batch(
                "CREATE TABLE IF NOT EXISTS migration (
                     number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied INTEGER NOT NULL
                 ) STRICT",
            )?;
            transaction.execute_batch(text)?;
            if number == ALIASES {
                fill_aliases(&transaction)?;
            }
            if number == LEAN {
                relay::relay(&transaction, now.minus(RECENT))?;
            }
            transaction.execute(
                "INSERT INTO migration (number, name, hash, applied) VALUES (?1, ?2, ?3, ?4)",
                params![number, name, hash(text), now.unix()],
            )?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", number)?;
            transaction.commit()
        };
        apply().map_err(|source| StoreError::Migration { path: path.to_owned(), number, name, source })?;
    }
    Ok(())
}

/// Whether the database at `path` is of an older version, so that opening it takes a while. False if that is unknown.
pub fn needs_migration(path: &Path) -> bool {
    let applied = || -> Result<usize, StoreError> { check(&open::for_a_look(path)?, path) };
    path.exists() && applied().is_ok_and(|applied| applied > 0 && applied < MIGRATIONS.len())
}

/// The number of applied migrations, after making sure that this program may touch the database. Only reads.
pub fn check(connection: &Connection, path: &Path) -> Result<usize, StoreError> {
    let read = |source: rusqlite::Error| match source.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => StoreError::NotADatabase { path: path.to_owned() },
        _ => StoreError::Open { path: path.to_owned(), source },
    };
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(read)?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(read)?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(read)?;
    if tables == 0 && version == 0 {
        return Ok(0);
    }
    if application != APPLICATION_ID {
        return Err(StoreError::Foreign { path: path.to_owned() });
    }
    let known = MIGRATIONS.len() as i64;
    if version > known || version < 0 {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known });
    }
    let applied = usize::try_from(version).unwrap_or(0);
    let mut hash_of = connection.prepare("SELECT hash FROM migration WHERE number = ?1").map_err(read)?;
    for (index, (name, text)) in MIGRATIONS.iter().enumerate().take(applied) {
        let number = index as i64 + 1;
        let recorded: Option<String> = hash_of.query_row([number], |row| row.get(0)).optional().map_err(read)?;
        if recorded.as_deref() != Some(hash(text).as_str()) {
            return Err(StoreError::Edited { path: path.to_owned(), number, name: (*name).to_owned() });
        }
    }
    Ok(applied)
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rusqlite::types::Value;

    use super::*;

    /// A database with the schema before the named migration, and that migration.
    fn before(migration: &str) -> (Connection, &'static str) {
        let connection = Connection::open_in_memory().expect("SQLite opens");
        let number = MIGRATIONS.iter().position(|(name, _)| *name == migration).expect("it is there");
        for (name, text) in &MIGRATIONS[..number] {
            connection.execute_batch(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        (connection, MIGRATIONS[number].1)
    }

    #[test]
    fn what_polls_change_keeps_its_values_in_a_table_of_its_own() {
        let (connection, migration) = before("0019_source_polls");
        let columns = "SELECT name, type, \"notnull\" FROM pragma_table_info('source')";
        let mut statement = connection.prepare(columns).expect("the table is there");
        let columns = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let columns: Vec<(String, String, bool)> =
            columns.and_then(Iterator::collect).expect("its columns can be read");
        // Each value occurs once; where it may be, it is NULL in the second row.
        for row in 1..=3 {
            let value = |(at, (_, kind, is_needed)): (usize, &(String, String, bool))| match kind.as_str() {
                _ if row == 2 && at > 0 && !is_needed => "NULL".to_owned(),
                "INTEGER" if at == 0 => row.to_string(),
                "INTEGER" => (100 * row + at).to_string(),
                "TEXT" => format!("'text {row} {at}'"),
                _ => format!("x'{row:02}{at:02}'"),
            };
            let values: Vec<String> = columns.iter().enumerate().map(value).collect();
            let sql = format!("INSERT INTO source VALUES ({})", values.join(", "));
            connection.execute(&sql, []).expect("a source can be added");
        }
        let rows = |sql: &str| -> Vec<BTreeMap<String, Value>> {
            let mut statement = connection.prepare(sql).expect("the tables are there");
            let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let row = |row: &rusqlite::Row<'_>| {
                names.iter().map(|name| Ok((name.clone(), row.get(name.as_str())?))).collect()
            };
            statement.query_map([], row).and_then(Iterator::collect).expect("they can be read")
        };
        let expected = rows("SELECT *, id AS source FROM source ORDER BY id");
        assert_eq!(expected.len(), 3);
        connection.execute_batch(migration).expect("it applies");
        assert_eq!(rows("SELECT * FROM source JOIN source_poll ON source = id ORDER BY id"), expected);
    }

    #[test]
    fn rows_of_sources_become_narrow_without_a_loss() {
        let (connection, migration) = before("0018_lean_sources");
        let rows = [
            ("'a', 100, '{\"title\":\"A\"}', '[\"p\"]', x'01'", "a|100|{\"title\":\"A\"}|[\"p\"]|01"),
            ("'b', NULL, '{}', '[]', NULL", "b|||| "),
            ("'c', 200, '{}', '[]', x''", "c|200|{}|[]|"),
        ];
        for (values, _) in rows {
            let sql = format!(
                "INSERT INTO source (name, named, url, configured, next_poll, next_poll_reason, meta_changed, tally,
                     last_attempt, meta, problems, listed)
                 SELECT column1, 1, '', 1, 0, '', 0, '{{\"parsed\":1}}', column2, column3, column4, column5 FROM (VALUES ({values}))"
            );
            connection.execute(&sql, []).expect("a source can be added");
        }
        connection.execute_batch(migration).expect("it applies");
        let sql = "SELECT concat_ws('|', name, coalesce(at, ''), coalesce(meta, ''), coalesce(problems, ''),
                       coalesce(hex(listed), ' ')), tally
                   FROM source LEFT JOIN attempt ON attempt.source = id LEFT JOIN source_document AS d ON d.source = id
                   ORDER BY id";
        let mut statement = connection.prepare(sql).expect("the tables are there");
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("they can be read");
        let found: Vec<(String, String)> = found.collect::<rusqlite::Result<_>>().expect("they can be read");
        let expected = rows.map(|(_, row)| (row.trim_end().to_owned(), "{\"parsed\":1}".to_owned()));
        let found: Vec<_> = found.into_iter().map(|(row, tally)| (row.trim_end().to_owned(), tally)).collect();
        assert_eq!(found, expected);
    }
}
