//! The rows of entries that are missing from their source's documents, and of those that their source has withdrawn.
//! When an entry counts as withdrawn is decided in `merge`, never here.

use rusqlite::{Connection, params};

use super::StoreError;
use super::apply::{record, record_told};
use super::decisions::touch;
use super::sql::{all_rows, execute, first_row};
use crate::merge::{Absences, Absent, Withdrawn};
use crate::model::{EntryId, SourceId, Timestamp};

/// The newest withdrawn entries of a source that are remembered, so that they can be restored.
const REMEMBERED_MAX: i64 = 1_000;

/// The absences that are remembered of a source. `until`: when its last document was last confirmed.
pub(super) fn absences(
    connection: &Connection,
    source: SourceId,
    until: Option<Timestamp>,
) -> Result<Absences, StoreError> {
    let sql = "SELECT entry, times, withdrawn FROM entry_missing WHERE source = ?1 ORDER BY entry DESC LIMIT ?2";
    let entries = all_rows(connection, sql, params![source, REMEMBERED_MAX], |row| {
        Ok((row.get(0)?, Absent { times: row.get(1)?, is_withdrawn: row.get(2)? }))
    })?;
    Ok(Absences { until, entries })
}

/// Takes an entry out of every output because its source withdrew it. An entry that is hidden already stays as it is.
pub(super) fn withdraw(
    connection: &Connection,
    source: SourceId,
    entry: EntryId,
    by: &Withdrawn,
    now: Timestamp,
) -> Result<(), StoreError> {
    if set_hidden(connection, entry, true, now)? {
        let sql = "INSERT OR REPLACE INTO entry_missing (entry, source, times, withdrawn) VALUES (?1, ?2, 0, 1)";
        execute(connection, sql, params![entry, source])?;
        record_told(connection, "withdraw", entry, None, by, false, now)?;
    }
    Ok(())
}

/// Puts an entry that its source had withdrawn back into the outputs.
pub(super) fn restore(connection: &Connection, entry: EntryId, now: Timestamp) -> Result<(), StoreError> {
    forget(connection, entry)?;
    if set_hidden(connection, entry, false, now)? {
        record(connection, "restore", entry, None, None, false, now)?;
    }
    Ok(())
}

/// Writes from how many documents in a row an entry was missing.
pub(super) fn miss(connection: &Connection, source: SourceId, entry: EntryId, times: u32) -> Result<(), StoreError> {
    if times == 0 {
        forget(connection, entry)?;
        return Ok(());
    }
    let sql = "INSERT OR REPLACE INTO entry_missing (entry, source, times, withdrawn) VALUES (?1, ?2, ?3, 0)";
    execute(connection, sql, params![entry, source, times])?;
    Ok(())
}

/// Deletes the record of an entry's absence. Returns whether its source had withdrawn it.
pub(super) fn forget(connection: &Connection, entry: EntryId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM entry_missing WHERE entry = ?1 RETURNING withdrawn";
    Ok(first_row(connection, sql, [entry], |row| row.get(0))?.unwrap_or(false))
}

/// Takes an entry out of every output, or puts it back. Returns whether that changed anything.
pub(super) fn set_hidden(
    connection: &Connection,
    entry: EntryId,
    hidden: bool,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE entry SET hidden = ?2, changed = ?3 WHERE id = ?1 AND hidden <> ?2";
    let is_change = execute(connection, sql, params![entry, hidden, now])? > 0;
    if is_change {
        touch(connection, now)?;
    }
    Ok(is_change)
}
