//! What a source's keys have taught: an id or address that different entries of one document bore is never believed again.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::merge::key_digest;
use super::{Store, StoreError};
use crate::model::{CleanEntry, SourceId, Timestamp};

/// Keys of one source that are remembered; of further ones nothing is learned.
const DISTRUSTED_MAX: usize = 1_000;
/// Of a key, characters that are shown.
const SHOWN_CHARS: usize = 120;

/// Learns from a document which keys several of its entries bear, and marks those that did so in earlier ones.
pub(super) fn apply(
    connection: &Connection,
    source: SourceId,
    entries: &mut [CleanEntry],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut known = known(connection, source)?;
    let is_own = |text: &str| text.starts_with("id") || text.starts_with("link");
    for key in entries.iter_mut().flat_map(|entry| &mut entry.keys).filter(|key| !key.weak && !key.trusted) {
        if !is_own(&key.text) {
            continue;
        }
        let digest = key_digest(&key.text);
        if key.shared && known.len() < DISTRUSTED_MAX && known.insert(digest) {
            let what: String = key.text.chars().take(SHOWN_CHARS).collect();
            connection
                .prepare_cached("INSERT OR IGNORE INTO distrusted (source, key, what, since) VALUES (?1, ?2, ?3, ?4)")
                .and_then(|mut statement| statement.execute(params![source.0, digest, what, now.unix()]))
                .map_err(StoreError::Write)?;
        }
        key.shared |= known.contains(&digest);
    }
    Ok(())
}

fn known(connection: &Connection, source: SourceId) -> Result<HashSet<i64>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT key FROM distrusted WHERE source = ?1").map_err(StoreError::Read)?;
    let rows = statement.query_map([source.0], |row| row.get(0)).map_err(StoreError::Read)?;
    rows.collect::<Result<HashSet<i64>, _>>().map_err(StoreError::Read)
}

impl Store {
    /// Ids and addresses of a source that are not believed, with their kind before them, the newest last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn distrusted(&self, source: SourceId) -> Result<Vec<String>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached("SELECT what FROM distrusted WHERE source = ?1 ORDER BY since, what")
                .map_err(StoreError::Read)?;
            let rows = statement.query_map([source.0], |row| row.get(0)).map_err(StoreError::Read)?;
            rows.collect::<Result<Vec<String>, _>>().map_err(StoreError::Read)
        })
        .await
    }
}
