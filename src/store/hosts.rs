//! The state of hosts: the pauses that they asked for, and the gaps that their refusals taught.

use std::time::Duration;

use rusqlite::{Connection, Row, params};

use super::sql::{all_rows, execute, seconds};
use super::{Store, StoreError};
use crate::schedule::{HostKey, HostState};

impl Store {
    /// All hosts with a stored state.
    pub async fn hosts(&self) -> Result<Vec<(HostKey, HostState)>, StoreError> {
        let sql = "SELECT key, paused_until, reason, gap, gap_since, faults, asked FROM host";
        self.read(move |connection| all_rows(connection, sql, [], host_of)).await
    }
}

fn host_of(row: &Row<'_>) -> rusqlite::Result<(HostKey, HostState)> {
    let gap = row.get::<_, Option<i64>>(3)?.map(i64::unsigned_abs);
    let state = HostState {
        paused_until: row.get(1)?,
        reason: row.get(2)?,
        asked: row.get(6)?,
        gap: gap.map(Duration::from_secs),
        gap_since: row.get(4)?,
        faults: u32::try_from(row.get::<_, i64>(5)?).unwrap_or(u32::MAX),
    };
    Ok((HostKey::from_text(row.get_ref(0)?.as_str()?), state))
}

/// Writes the state of these hosts; the row of a host without any state is deleted.
pub(super) fn remember(connection: &Connection, hosts: &[(HostKey, HostState)]) -> Result<(), StoreError> {
    for (key, host) in hosts {
        if host.is_plain() {
            execute(connection, "DELETE FROM host WHERE key = ?1", [key.as_str()])?;
            continue;
        }
        let sql = "INSERT OR REPLACE INTO host (key, paused_until, reason, gap, gap_since, faults, asked)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let gap = host.gap.map(seconds);
        let HostState { paused_until, reason, gap_since, faults, asked, .. } = host;
        execute(connection, sql, params![key.as_str(), paused_until, reason, gap, gap_since, faults, asked])?;
    }
    Ok(())
}
