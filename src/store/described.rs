//! The descriptions that sources gave of themselves when their entries were stored: a row for each version, which the
//! entries of its time share.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, params};

use super::StoreError;
use super::sql::{Json, execute, first_row};
use crate::model::{FeedMeta, SourceId, Timestamp};

/// The description of a source as an entry refers to it. The date of the feed is stored beside the description, because
/// it changes with nearly every document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Described {
    pub(super) version: i64,
    pub(super) updated: Option<Timestamp>,
}

/// The number of a description; the description is written if the source has no equal one.
pub(super) fn version(connection: &Connection, source: SourceId, meta: &FeedMeta) -> Result<Described, StoreError> {
    let undated = Json(FeedMeta { updated: None, ..meta.clone() });
    let known = "SELECT id FROM source_version WHERE source = ?1 AND meta = ?2 LIMIT 1";
    let version = match first_row(connection, known, params![source, undated], |row| row.get(0))? {
        Some(version) => version,
        None => {
            let new = "INSERT INTO source_version (source, meta) VALUES (?1, ?2)";
            execute(connection, new, params![source, undated])?;
            connection.last_insert_rowid()
        }
    };
    Ok(Described { version, updated: meta.updated })
}

/// The descriptions that were read for one answer.
#[derive(Debug, Default)]
pub(super) struct Descriptions(HashMap<(Option<i64>, Option<i64>), Arc<FeedMeta>>);

impl Descriptions {
    /// The description that an entry's row refers to.
    pub(super) fn get(
        &mut self,
        connection: &Connection,
        version: Option<i64>,
        updated: Option<i64>,
    ) -> Result<Arc<FeedMeta>, StoreError> {
        if let Some(known) = self.0.get(&(version, updated)) {
            return Ok(known.clone());
        }
        let sql = "SELECT meta FROM source_version WHERE id = ?1";
        let meta: FeedMeta = first_row(connection, sql, [version], |row| Json::or_default(row, 0))?.unwrap_or_default();
        let meta = Arc::new(FeedMeta { updated: updated.map(Timestamp::from_unix), ..meta });
        self.0.insert((version, updated), meta.clone());
        Ok(meta)
    }
}
