//! How statements are carried out, and how our own types are written in columns and read from them.

use std::time::Duration;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use crate::merge::Reverted;
use crate::model::{EntryId, KeyDigest, SourceId, Timestamp};

/// A span as it is stored.
pub(super) fn seconds(span: Duration) -> i64 {
    i64::try_from(span.as_secs()).unwrap_or(i64::MAX)
}

/// A column of text, without copying it.
pub(super) fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r str, StoreError> {
    Ok(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?)
}

/// Carries out a statement, and returns the number of rows that it has changed.
pub(super) fn execute(connection: &Connection, sql: &str, values: impl Params) -> Result<usize, StoreError> {
    Ok(connection.prepare_cached(sql)?.execute(values)?)
}

/// Whether a query has any row.
pub(super) fn exists(connection: &Connection, sql: &str, values: impl Params) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached(sql)?.exists(values)?)
}

/// The first row of a query, if it has any.
pub(super) fn first_row<T>(
    connection: &Connection,
    sql: &str,
    values: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>, StoreError> {
    Ok(connection.prepare_cached(sql)?.query_row(values, read).optional()?)
}

/// All rows of a query.
pub(super) fn all_rows<T, C: FromIterator<T>>(
    connection: &Connection,
    sql: &str,
    values: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<C, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(values, read)?;
    Ok(rows.collect::<rusqlite::Result<C>>()?)
}

/// A column of whole numbers.
macro_rules! number {
    ($name:ident, $to:expr, $from:expr) => {
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                let to: fn(&$name) -> i64 = $to;
                Ok(ToSqlOutput::Owned(Value::Integer(to(self))))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<$name> {
                i64::column_result(value).map($from)
            }
        }
    };
}

number!(EntryId, |id| id.0, EntryId);
number!(SourceId, |id| id.0, SourceId);
number!(KeyDigest, |digest| digest.0, KeyDigest);
// Seconds since 1970.
number!(Timestamp, |time| time.unix(), Timestamp::from_unix);

/// The text of a value in a column of JSON.
pub(super) fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// A column of JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Json<T>(pub(super) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        json(&self.0).map(ToSqlOutput::from)
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Json<T>> {
        serde_json::from_str(value.as_str()?).map(Json).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

impl<T: DeserializeOwned + Default> Json<T> {
    /// Reads a column whose text is useless if it cannot be parsed: such a text counts as empty, as NULL does.
    pub(super) fn or_default(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
        let text = row.get_ref(column)?.as_str_or_null()?;
        Ok(text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default())
    }
}

/// The numbers of entries in the form of one column.
pub(super) fn pack_ids(ids: &[EntryId]) -> Vec<u8> {
    ids.iter().flat_map(|id| id.0.to_le_bytes()).collect()
}

/// Reads what [`pack_ids`] wrote.
pub(super) fn unpack_ids(bytes: &[u8]) -> Vec<EntryId> {
    bytes.as_chunks::<8>().0.iter().map(|id| EntryId(i64::from_le_bytes(*id))).collect()
}

/// The digests of earlier versions in the form of one column.
pub(super) fn pack_states(states: &[u64]) -> Vec<u8> {
    states.iter().flat_map(|state| state.to_le_bytes()).collect()
}

/// Reads what [`pack_states`] wrote.
pub(super) fn unpack_states(bytes: &[u8]) -> Vec<u64> {
    bytes.as_chunks::<8>().0.iter().map(|state| u64::from_le_bytes(*state)).collect()
}

/// The entries that are in earlier versions, in the form of one column; `None` if the list is empty.
pub(super) fn pack_reverted(reverted: &[Reverted]) -> Option<Vec<u8>> {
    let numbers = |it: &Reverted| [it.entry.0.cast_unsigned(), it.state, it.since.unix().cast_unsigned()];
    (!reverted.is_empty()).then(|| pack_states(&reverted.iter().flat_map(numbers).collect::<Vec<u64>>()))
}

/// Reads what [`pack_reverted`] wrote.
pub(super) fn unpack_reverted(bytes: &[u8]) -> Vec<Reverted> {
    let numbers = unpack_states(bytes);
    let reverted = |[entry, state, since]: &[u64; 3]| Reverted {
        entry: EntryId(entry.cast_signed()),
        state: *state,
        since: Timestamp::from_unix(since.cast_signed()),
    };
    numbers.as_chunks::<3>().0.iter().map(reverted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reverted_entries_are_read_as_they_were_written() {
        let one = Reverted { entry: EntryId(7), state: u64::MAX - 1, since: Timestamp::from_unix(-5) };
        let other = Reverted { entry: EntryId(8), ..one };
        let packed = pack_reverted(&[one, other]).expect("there are some");
        assert_eq!(unpack_reverted(&packed), [one, other]);
        assert_eq!(unpack_reverted(&packed[..30]), [one]);
        assert_eq!(pack_reverted(&[]), None);
    }
}
