//! What a source's keys have taught: those that are believed no more.

use std::collections::HashSet;

use rusqlite::Connection;

use super::{Store, StoreError};
use crate::model::{KeyDigest, SourceId};

/// Keys of a source that are believed no more.
pub(super) fn keys(connection: &Connection, source: SourceId) -> Result<HashSet<KeyDigest>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT key FROM distrusted WHERE source = ?1")?;
    let rows = statement.query_map([source], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Store {
    /// Ids and addresses of a source that are not believed, with their kind before them, the newest last.
    ///
    /// # Errors
    /// When the database cannot be read.
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
