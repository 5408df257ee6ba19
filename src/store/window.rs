//! How far back copies may still meet: what entries are compared by is kept for twice the window, and no longer.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use super::memory::Memory;
use crate::model::{EntryId, Timestamp};

/// How often what is too old is deleted.
const PRUNED_EVERY: Duration = Duration::from_secs(6 * 3_600);
/// Entries that are deleted at once: others wait for the writer meanwhile.
const PRUNED_MAX: i64 = 20_000;

/// Deletes what lies further back than twice the window, from time to time.
pub(super) fn prune(
    connection: &Connection,
    memory: &Memory,
    window: Duration,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT CAST(value AS INTEGER) FROM fact WHERE name = 'stories_pruned'")?;
    let last: Option<Timestamp> = statement.query_row([], |row| row.get(0)).optional()?;
    if last.is_some_and(|last| now.since(last) < PRUNED_EVERY && last <= now) {
        return Ok(());
    }
    let before = now.minus(window * 2);
    if let Some(oldest) = oldest_since(connection, before)? {
        for sql in ["DELETE FROM story_mark WHERE entry < ?1", "DELETE FROM story_text WHERE entry < ?1"] {
            connection.prepare_cached(sql)?.execute([oldest])?;
        }
        memory.marks(connection)?.forget_before(oldest);
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO fact (name, value) VALUES ('stories_pruned', CAST(?1 AS TEXT))")?
        .execute([now])?;
    Ok(())
}

/// The first entry of those kept that was seen since then; None if the oldest was. Looks at no more entries than are
/// deleted at once.
fn oldest_since(connection: &Connection, since: Timestamp) -> Result<Option<EntryId>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT entry, first_seen FROM story_mark JOIN entry ON id = entry ORDER BY entry LIMIT ?1")?;
    let mut rows = statement.query([PRUNED_MAX])?;
    let mut oldest = None;
    while let Some(row) = rows.next()? {
        let (entry, first_seen): (EntryId, Timestamp) = (row.get(0)?, row.get(1)?);
        if first_seen >= since {
            break;
        }
        oldest = Some(EntryId(entry.0 + 1));
    }
    Ok(oldest)
}
