//! Counts the statements and changes of the writer's connection, because tests of what a poll costs must not depend on
//! a clock. Nothing is counted unless the store was opened with [`Store::open_counting`].

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::{Store, StoreError};
use crate::model::Timestamp;

/// How statements begin that only open or close transactions and savepoints, or say how commits are carried out. How many
/// there are depends on which requests happen to be committed together.
const FRAMES: [&str; 6] = ["BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA synchronous"];

/// What the writer's connection has done since the store was opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Statements that were run, without those of the frames around requests.
    pub statements: u64,
    /// Rows that were inserted, changed and deleted.
    pub changes: u64,
}

/// The number of statements that a connection has run.
#[derive(Debug, Clone, Default)]
pub(super) struct Statements(Arc<AtomicU64>);

impl Statements {
    /// Counts every statement that this connection runs from now on.
    pub(super) fn count(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let count = self.0.clone();
        let counter = move |event: TraceEvent<'_>| {
            if let TraceEvent::Stmt(_, sql) = event
                && !FRAMES.iter().any(|frame| sql.trim_start().starts_with(frame))
            {
                count.fetch_add(1, Ordering::Relaxed);
            }
        };
        Ok(connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(counter))?)
    }
}

impl Store {
    /// Opens the database as [`Store::open`] does, and counts what its writer does from then on. After a failed commit
    /// the writer opens another connection, whose statements are not counted.
    pub fn open_counting(path: &Path, fresh_id: [u8; 16], now: Timestamp) -> Result<Store, StoreError> {
        Store::open_with(path, fresh_id, now, Some(Statements::default()))
    }

    /// What the writer has done so far; zero statements if the store was not opened for counting.
    pub async fn counted(&self) -> Result<Counted, StoreError> {
        let changes = self.writer()?.write(|connection| Ok(connection.total_changes())).await?;
        let statements = self.inner.statements.as_ref().map_or(0, |statements| statements.0.load(Ordering::Relaxed));
        Ok(Counted { statements, changes })
    }
}
