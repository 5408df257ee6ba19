//! Purged sources: those that a person has removed together with all their entries. The mark is written first, so that a purge
//! that is interrupted goes on later; the row of the source is deleted last.
//!
//! A marked source has no address. Therefore the result of a poll that is still under way is dropped, and no source of the
//! configuration is taken for it.

use std::time::Duration;

use rusqlite::params;

use super::sources::SourceKey;
use super::sql::{all_rows, execute};
use super::writer::Extent;
use super::{Store, StoreError};
use crate::model::{SourceId, Timestamp};

/// The row of a purged source stays for this long, because a poll that is still under way looks for it.
const ROW_KEPT: Duration = Duration::from_secs(24 * 3_600);

/// The rows of a purged source that are deleted after its entries.
const DELETES: [&str; 14] = [
    "DELETE FROM alias WHERE source = ?1",
    "DELETE FROM pruned WHERE source = ?1",
    "DELETE FROM distrusted WHERE source = ?1",
    "DELETE FROM listed_further WHERE source = ?1",
    "DELETE FROM source_printed WHERE source = ?1",
    "DELETE FROM source_version WHERE source = ?1",
    "DELETE FROM incident WHERE source = ?1",
    "DELETE FROM former_name WHERE kind = 'source' AND source = ?1",
    "DELETE FROM source_setting WHERE source = ?1",
    "DELETE FROM attempt WHERE source = ?1",
    "DELETE FROM source_document WHERE source = ?1",
    "DELETE FROM push_trust WHERE source = ?1",
    // The rows stay, because their numbers are consecutive. Without a configured source they are not told to receivers.
    "UPDATE incident_change SET detail = NULL WHERE source = ?1",
    "DELETE FROM fact WHERE name = 'flood:' || ?1",
];

impl Store {
    /// Marks sources as purged that are no longer configured. Returns how many of `keys` were found.
    pub async fn mark_purged(&self, keys: Vec<SourceKey>, now: Timestamp) -> Result<usize, StoreError> {
        self.writer()?
            .write(move |connection| {
                let mut marked = 0;
                for key in &keys {
                    let sql = "SELECT id FROM source WHERE configured = 0 AND name = ?1 AND url = ?2 AND url <> ''";
                    let sources: Vec<SourceId> = all_rows(connection, sql, [&key.name, &key.url], |row| row.get(0))?;
                    for source in &sources {
                        let sql = "UPDATE source SET url = '', named = 0, adopted_url = NULL, document_url = NULL
                                   WHERE id = ?1";
                        execute(connection, sql, [source])?;
                        // The time of the mark takes the place of the next poll, which never comes.
                        let sql = "UPDATE source_poll SET next_poll = ?2 WHERE source = ?1";
                        execute(connection, sql, params![source, now])?;
                    }
                    marked += usize::from(!sources.is_empty());
                }
                Ok(marked)
            })
            .await
    }

    /// The sources that are marked as purged, with their last names.
    pub async fn purged(&self) -> Result<Vec<(SourceId, String)>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT id, name FROM source WHERE configured = 0 AND url = ''";
            all_rows(connection, sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        })
        .await
    }

    /// Deletes the remaining rows of a purged source whose entries are deleted.
    pub async fn forget_purged(&self, source: SourceId, now: Timestamp) -> Result<(), StoreError> {
        self.writer()?
            .write_with_memory(Extent::Memory, move |connection, memory, _| {
                for sql in DELETES {
                    execute(connection, sql, [source])?;
                }
                let sql = "DELETE FROM source WHERE id = ?1 AND configured = 0 AND url = ''
                           AND (SELECT next_poll FROM source_poll WHERE source = ?1) < ?2";
                if execute(connection, sql, params![source, now.minus(ROW_KEPT)])? > 0 {
                    execute(connection, "DELETE FROM source_poll WHERE source = ?1", [source])?;
                }
                // The cache may hold incidents and boilerplate of the source.
                memory.forget();
                Ok(())
            })
            .await
    }
}
