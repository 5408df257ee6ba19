//! Look-ups before a document is decided on: the number of the next new entry, and whether the source has entries or
//! pruned entries, and whether decisions of a person wait.

use rusqlite::Connection;

use super::storing::{LAST_ENTRY, last_entry};
use super::{StoreError, facts};
use crate::model::{EntryId, SourceId};

/// The number of the next new entry. Numbers rise in storing order, and no number is used twice.
pub(super) fn next_entry(connection: &Connection) -> Result<EntryId, StoreError> {
    Ok(EntryId(last_entry(connection)?.0 + 1))
}

pub(super) fn set_next_entry(connection: &Connection, next: EntryId) -> Result<(), StoreError> {
    facts::put(connection, LAST_ENTRY, next.0 - 1)
}

/// Whether rows exist that matter for the decisions on a document.
pub(super) struct Has {
    /// Whether the source has entries.
    pub(super) entries: bool,
    /// Whether some of its entries were pruned.
    pub(super) pruned: bool,
    /// Whether decisions of a person wait for entries of any source.
    pub(super) awaited: bool,
}

pub(super) fn has(connection: &Connection, source: SourceId) -> Result<Has, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM entry WHERE source = ?1), EXISTS (SELECT 1 FROM pruned WHERE source = ?1),
             EXISTS (SELECT 1 FROM awaited)",
    )?;
    Ok(statement
        .query_row([source], |row| Ok(Has { entries: row.get(0)?, pruned: row.get(1)?, awaited: row.get(2)? }))?)
}
