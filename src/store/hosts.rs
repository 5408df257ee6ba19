//! What is remembered of hosts: the pauses that they asked for, and the pace that their refusals taught.

use std::time::Duration;

use rusqlite::{Connection, params};

use super::{Store, StoreError};
use crate::model::Timestamp;
use crate::schedule::{HostKey, HostState};

impl Store {
    /// All hosts of which something is remembered.
    pub async fn hosts(&self) -> Result<Vec<(HostKey, HostState)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT key, paused_until, reason, gap, gap_since, faults, asked FROM host")?;
            let rows = statement.query_map([], |row| {
                let gap = row.get::<_, Option<i64>>(3)?.map(i64::unsigned_abs);
                let state = HostState {
                    paused_until: row.get(1)?,
                    reason: row.get(2)?,
                    asked: row.get(6)?,
                    gap: gap.map(Duration::from_secs),
                    gap_since: row.get(4)?,
                    faults: u32::try_from(row.get::<_, i64>(5)?).unwrap_or(u32::MAX),
                };
                Ok((HostKey::from_text(&row.get::<_, String>(0)?), state))
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }
}

/// Writes what is remembered of these hosts; a host of which nothing is left to remember loses its row.
pub(super) fn remember(connection: &Connection, hosts: &[(HostKey, HostState)]) -> Result<(), StoreError> {
    for (key, host) in hosts {
        let written = if host.is_plain() {
            connection
                .prepare_cached("DELETE FROM host WHERE key = ?1")
                .and_then(|mut statement| statement.execute([key.as_str()]))
        } else {
            let sql = "INSERT INTO host (key, paused_until, reason, gap, gap_since, faults, asked) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (key) DO UPDATE SET \
                       paused_until = excluded.paused_until, reason = excluded.reason, gap = excluded.gap, \
                       gap_since = excluded.gap_since, faults = excluded.faults, asked = excluded.asked";
            connection.prepare_cached(sql).and_then(|mut statement| {
                statement.execute(params![
                    key.as_str(),
                    host.paused_until.map(Timestamp::unix),
                    host.reason,
                    host.gap.map(|gap| i64::try_from(gap.as_secs()).unwrap_or(i64::MAX)),
                    host.gap_since.map(Timestamp::unix),
                    host.faults,
                    host.asked,
                ])
            })
        };
        written?;
    }
    Ok(())
}
