//! Deletes the texts and marks for comparing entries once they are older than twice the window, because copies are
//! searched no further back.

use std::time::Duration;

use rusqlite::Connection;

use super::memory::Memory;
use super::sql::execute;
use super::{StoreError, facts};
use crate::model::{EntryId, Timestamp};

/// How often old texts are deleted.
const PRUNED_EVERY: Duration = Duration::from_secs(6 * 3_600);
/// Entries that are handled in one call, because other requests wait for the writer meanwhile.
const PRUNED_MAX: usize = 2_000;
/// The fact that holds the time at which old texts were last deleted.
const PRUNED: &str = "stories_pruned";

/// Deletes the texts and keys of entries that are older than twice the window, if it was not done lately.
pub(super) fn prune(
    connection: &Connection,
    memory: &Memory,
    window: Duration,
    now: Timestamp,
) -> Result<(), StoreError> {
    let last: Option<Timestamp> = facts::number(connection, PRUNED)?;
    if last.is_some_and(|last| now.since(last) < PRUNED_EVERY && last <= now) {
        return Ok(());
    }
    let before = now.minus(window * 2);
    let (oldest, is_all) = oldest_since(connection, before)?;
    if let Some(oldest) = oldest {
        for sql in ["DELETE FROM story_mark WHERE entry < ?1", "DELETE FROM story_text WHERE entry < ?1"] {
            execute(connection, sql, [oldest])?;
        }
        if !is_all {
            // The next poll with new entries continues.
            return Ok(());
        }
        memory.marks(connection)?.forget_before(oldest);
    }
    facts::put(connection, PRUNED, now)
}

/// The first entry to keep: the entry after the last of the next [`PRUNED_MAX`] entries that was seen before `since`;
/// and whether no older entries are left.
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
