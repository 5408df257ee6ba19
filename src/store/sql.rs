//! How our own types stand in columns.

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::{EntryId, KeyDigest, SourceId, Timestamp};

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

/// A column of JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Json<T>(pub(super) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0);
        text.map(ToSqlOutput::from).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Json<T>> {
        serde_json::from_str(value.as_str()?).map(Json).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

impl<T: DeserializeOwned + Default> Json<T> {
    /// A column whose text is of no use to anybody if it cannot be read: then as if it were empty.
    pub(super) fn or_default(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
        let text = row.get_ref(column)?.as_str()?;
        Ok(serde_json::from_str(text).unwrap_or_default())
    }
}

/// A digest of sixteen bytes.
pub(super) fn digest(value: ValueRef<'_>) -> FromSqlResult<[u8; 16]> {
    let bytes = value.as_blob()?;
    bytes.try_into().map_err(|_| FromSqlError::InvalidBlobSize { expected_size: 16, blob_size: bytes.len() })
}

/// Numbers of entries as they stand in one column.
pub(super) fn pack_ids(ids: &[EntryId]) -> Vec<u8> {
    ids.iter().flat_map(|id| id.0.to_le_bytes()).collect()
}

/// Reads what [`pack_ids`] wrote.
pub(super) fn unpack_ids(bytes: &[u8]) -> Vec<EntryId> {
    bytes.as_chunks::<8>().0.iter().map(|id| EntryId(i64::from_le_bytes(*id))).collect()
}
