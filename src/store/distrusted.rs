//! The distrusted keys of a source: ids and addresses that turned out not to identify an entry.

use std::collections::HashSet;

use rusqlite::Connection;

use super::{Store, StoreError};
use crate::model::{KeyDigest, SourceId};

/// The digests of the distrusted keys of a source.
pub(super) fn keys(connection: &Connection, source: SourceId) -> Result<HashSet<KeyDigest>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT key FROM distrusted WHERE source = ?1")?;
    let rows = statement.query_map([source], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// The distrusted ids and addresses of a source, each with its kind before it, the newest last.
    pub async fn distrusted(&self, source: SourceId) -> Result<Vec<String>, StoreError> {
        self.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT what FROM distrusted WHERE source = ?1 ORDER BY since, what")?;
            let rows = statement.query_map([source], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }
}
