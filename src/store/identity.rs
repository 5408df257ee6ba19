//! The store's own id, and when it was made.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use crate::model::Timestamp;
use crate::text::uuids;

/// The store's UUID; `fresh` becomes it if the store has no UUID yet.
pub fn store_id(connection: &Connection, fresh: [u8; 16]) -> Result<String, StoreError> {
    let known = known_store_id(connection)?;
    if !known.is_empty() {
        return Ok(known);
    }
    let id = uuids::of_chance(fresh);
    connection.execute("INSERT INTO fact (name, value) VALUES ('store_id', ?1)", params![id])?;
    Ok(id)
}

/// The store's UUID; empty if the store has no UUID yet.
pub fn known_store_id(connection: &Connection) -> Result<String, StoreError> {
    let known = connection.query_row("SELECT value FROM fact WHERE name = 'store_id'", [], |row| row.get(0)).optional();
    Ok(known?.unwrap_or_default())
}

/// When the store was made: when its first migration was applied.
pub fn born(connection: &Connection) -> Result<Timestamp, StoreError> {
    let born: Option<i64> =
        connection.query_row("SELECT applied FROM migration WHERE number = 1", [], |row| row.get(0)).optional()?;
    Ok(Timestamp::from_unix(born.unwrap_or_default()))
}
