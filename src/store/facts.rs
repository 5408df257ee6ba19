//! Facts: single values that the store keeps under their names, such as its own id.

use rusqlite::types::FromSql;
use rusqlite::{Connection, ToSql, params};

use super::StoreError;
use super::sql::{execute, first_row};

/// The text of a fact.
pub(super) fn text(connection: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    first_row(connection, "SELECT value FROM fact WHERE name = ?1", [name], |row| row.get(0))
}

/// The number or the time that a fact holds.
pub(super) fn number<T: FromSql>(connection: &Connection, name: &str) -> Result<Option<T>, StoreError> {
    first_row(connection, "SELECT CAST(value AS INTEGER) FROM fact WHERE name = ?1", [name], |row| row.get(0))
}

/// Writes a fact in place of what it held before.
pub(super) fn put(connection: &Connection, name: &str, value: impl ToSql) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO fact (name, value) VALUES (?1, CAST(?2 AS TEXT))";
    execute(connection, sql, params![name, value])?;
    Ok(())
}
