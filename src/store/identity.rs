//! The store's own id, and when it was made.

use rusqlite::Connection;

use super::sql::first_row;
use super::{StoreError, facts};
use crate::model::Timestamp;
use crate::text::uuids;

/// The fact that holds the store's UUID.
const STORE_ID: &str = "store_id";

/// The store's UUID; `fresh` becomes it if the store has no UUID yet.
pub fn store_id(connection: &Connection, fresh: [u8; 16]) -> Result<String, StoreError> {
    let known = known_store_id(connection)?;
    if !known.is_empty() {
        return Ok(known);
    }
    let id = uuids::of_chance(fresh);
    facts::put(connection, STORE_ID, &id)?;
    Ok(id)
}

/// The store's UUID; empty if the store has no UUID yet.
pub fn known_store_id(connection: &Connection) -> Result<String, StoreError> {
    Ok(facts::text(connection, STORE_ID)?.unwrap_or_default())
}

/// When the store was made: when its first migration was applied.
pub fn born(connection: &Connection) -> Result<Timestamp, StoreError> {
    let born = first_row(connection, "SELECT applied FROM migration WHERE number = 1", [], |row| row.get(0))?;
    Ok(born.unwrap_or(Timestamp::from_unix(0)))
}
