//! Migrations: an append-only list of files; `user_version` counts the applied ones.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use super::merge::key_digest;
use super::{StoreError, stories};
use crate::model::Timestamp;

/// Marks a database as ours (`PRAGMA application_id`): "WSHD".
const APPLICATION_ID: i64 = 0x5753_4844;

/// Name and text of every migration in order; the first has number 1. A shipped one is never edited.
pub const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_sources_and_entries", include_str!("../../migrations/0001_sources_and_entries.sql")),
    ("0002_rhythm_hosts_and_moves", include_str!("../../migrations/0002_rhythm_hosts_and_moves.sql")),
    ("0003_stories", include_str!("../../migrations/0003_stories.sql")),
    ("0004_revisions", include_str!("../../migrations/0004_revisions.sql")),
    ("0005_trust_and_tallies", include_str!("../../migrations/0005_trust_and_tallies.sql")),
    ("0006_archives", include_str!("../../migrations/0006_archives.sql")),
];

/// The migration since which entries are found by aliases.
const ALIASES: i64 = 3;

/// Entries that were seen so lately may meet copies.
const RECENT: Duration = Duration::from_secs(14 * 24 * 3_600);

/// Files the entries of older versions under the key they have, and under their addresses.
fn fill_aliases(connection: &Connection) -> rusqlite::Result<()> {
    let mut entries = connection.prepare("SELECT source, key, id, link FROM entry ORDER BY id")?;
    let mut insert =
        connection.prepare("INSERT OR IGNORE INTO entry_alias (source, key, entry) VALUES (?1, ?2, ?3)")?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        let (source, key, id, link): (i64, String, i64, Option<String>) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        insert.execute(params![source, key_digest(&key), id])?;
        if let Some(link) = link {
            insert.execute(params![source, key_digest(&format!("link:{link}")), id])?;
        }
    }
    Ok(())
}

/// Applies what is missing after the first `applied`, each file in one transaction with its number.
///
/// # Errors
/// When it cannot be written; what was applied before stays.
pub fn migrate(connection: &Connection, path: &Path, applied: usize, now: Timestamp) -> Result<(), StoreError> {
    for (index, (name, text)) in MIGRATIONS.iter().enumerate().skip(applied) {
        let number = index as i64 + 1;
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
                stories::fill_index(&transaction, now.minus(RECENT))?;
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

/// How many migrations are applied, after making sure that the database is one this program may touch. Only reads.
///
/// # Errors
/// When the database is foreign, newer than this program, or was made by an edited migration.
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
    for (index, (name, text)) in MIGRATIONS.iter().enumerate().take(applied) {
        let number = index as i64 + 1;
        let recorded: Option<String> = connection
            .query_row("SELECT hash FROM migration WHERE number = ?1", [number], |row| row.get(0))
            .optional()
            .map_err(read)?;
        if recorded.as_deref() != Some(hash(text).as_str()) {
            return Err(StoreError::Edited { path: path.to_owned(), number, name: (*name).to_owned() });
        }
    }
    Ok(applied)
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
