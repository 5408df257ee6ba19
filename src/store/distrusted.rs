//! The distrusted keys of a source: ids and addresses that several different entries have shared.

use foldhash::HashSet;
use rusqlite::Connection;

use super::sql::all_rows;
use super::{Store, StoreError};
use crate::model::{KeyDigest, SourceId};

/// The digests of the distrusted keys of a source.
pub(super) fn keys(connection: &Connection, source: SourceId) -> Result<HashSet<KeyDigest>, StoreError> {
    all_rows(connection, "SELECT key FROM distrusted WHERE source = ?1", [source], |row| row.get(0))
}

impl Store {
    /// The distrusted ids and addresses of a source, each with its kind before it, the newest last.
    pub async fn distrusted(&self, source: SourceId) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT what FROM distrusted WHERE source = ?1 ORDER BY since, what";
        self.read(move |connection| all_rows(connection, sql, [source], |row| row.get(0))).await
    }
}
