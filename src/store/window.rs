//! How far back copies may still meet: what entries are compared by is kept for twice the window, and no longer.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use super::memory::Memory;
use crate::model::{EntryId, Timestamp};

/// How often what is too old is deleted.
const PRUNED_EVERY: Duration = Duration::from_secs(6 * 3_600);
/// Entries that are deleted at once: others wait for the writer meanwhile.
const PRUNED_MAX: usize = 2_000;

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
    let (oldest, is_all) = oldest_since(connection, before)?;
    if let Some(oldest) = oldest {
        for sql in ["DELETE FROM story_mark WHERE entry < ?1", "DELETE FROM story_text WHERE entry < ?1"] {
            connection.prepare_cached(sql)?.execute([oldest])?;
        }
        if !is_all {
            // The next poll with news goes on.
            return Ok(());
        }
        memory.marks(connection)?.forget_before(oldest);
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO fact (name, value) VALUES ('stories_pruned', CAST(?1 AS TEXT))")?
        .execute([now])?;
    Ok(())
}

/// Behind the last entry of those kept that was seen before then, if any was, as far as is deleted at once; and whether there
/// are no more.
fn oldest_since(connection: &Connection, since: Timestamp) -> Result<(Option<EntryId>, bool), StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT entry, first_seen FROM story_mark JOIN entry ON id = entry ORDER BY entry LIMIT ?1")?;
    let mut rows = statement.query([PRUNED_MAX as i64])?;
    let (mut oldest, mut count) = (None, 0);
    while let Some(row) = rows.next()? {
        let (entry, first_seen): (EntryId, Timestamp) = (row.get(0)?, row.get(1)?);
        if first_seen >= since {
            break;
        }
        oldest = Some(EntryId(entry.0 + 1));
        count += 1;
    }
    Ok((oldest, count < PRUNED_MAX))
}
