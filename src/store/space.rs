//! Gives the space of deleted rows back to the file system, in steps that do not delay polls; and when retention was
//! last applied.
//!
//! Entry points: [`Store::shrink_some`], [`Store::retention_due`]. Some free pages stay in the file, because the next polls use
//! them.

use std::time::Duration;

use rusqlite::Connection;

use super::{Store, StoreError, facts};
use crate::model::Timestamp;
use crate::retention;

/// Pages that one step gives back: 1 MiB.
const STEP_PAGES: i64 = 256;
/// One in this many pages may stay free.
const FREE_SHARE: i64 = 64;

impl Store {
    /// Gives some free pages back to the file system. Returns whether there are more to give back.
    pub async fn shrink_some(&self) -> Result<bool, StoreError> {
        self.writer()?.write(give_back).await
    }

    /// Returns the time by which ages are to be reckoned, and notes that retention is applied now; `None` if it was applied less
    /// than `every` ago.
    pub async fn retention_due(&self, every: Duration, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.writer()?
            .write(move |connection| {
                let applied: Option<Timestamp> = facts::number(connection, APPLIED)?;
                if applied.is_some_and(|applied| applied <= now && now.since(applied) < every) {
                    return Ok(None);
                }
                let reckoned = facts::number(connection, RECKONED)?;
                let by = retention::reckoned(now, reckoned);
                facts::put(connection, APPLIED, now)?;
                facts::put(connection, RECKONED, retention::latest(by, reckoned))?;
                Ok(Some(by))
            })
            .await
    }
}

/// The facts that say when retention was last applied, and the latest time that it has reckoned by.
const APPLIED: &str = "retention_applied";
const RECKONED: &str = "retention_reckoned";

fn give_back(connection: &Connection) -> Result<bool, StoreError> {
    let spare = spare(connection)?;
    if spare <= 0 {
        return Ok(false);
    }
    free_pages(connection, spare.min(STEP_PAGES))?;
    let left = self::spare(connection)?;
    // The number of free pages stays the same in a file that was made so that it cannot shrink.
    Ok(left > 0 && left < spare)
}

/// Gives at most this number of free pages back; 0: all of them.
pub(super) fn free_pages(connection: &Connection, most: i64) -> Result<(), StoreError> {
    let mut statement = connection.prepare(&format!("PRAGMA incremental_vacuum({most})"))?;
    let mut freed = statement.query([])?;
    // Each step frees one page.
    while freed.next()?.is_some() {}
    Ok(())
}

/// The number of free pages beyond those that stay in the file.
fn spare(connection: &Connection) -> Result<i64, StoreError> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    Ok(number("freelist_count")? - number("page_count")? / FREE_SHARE)
}
