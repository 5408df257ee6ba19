//! What is remembered of hosts: pauses that they asked for, and the pace that their refusals taught.

use rusqlite::{Connection, params};

use super::{Store, StoreError};
use crate::model::Timestamp;

/// A host's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostRecord {
    /// The registrable domain.
    pub key: String,
    pub paused_until: Option<Timestamp>,
    pub reason: String,
    /// Whether it asked for the pause itself.
    pub asked: bool,
    /// Seconds between two requests.
    pub gap: Option<u64>,
    pub gap_since: Option<Timestamp>,
    pub faults: u32,
}

impl HostRecord {
    fn is_plain(&self) -> bool {
        self.paused_until.is_none() && self.gap.is_none() && self.faults == 0
    }
}

impl Store {
    /// Every host of which something is remembered.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn hosts(&self) -> Result<Vec<HostRecord>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT key, paused_until, reason, gap, gap_since, faults, asked FROM host")?;
            let rows = statement.query_map([], |row| {
                Ok(HostRecord {
                    key: row.get(0)?,
                    paused_until: row.get::<_, Option<i64>>(1)?.map(Timestamp::from_unix),
                    reason: row.get(2)?,
                    gap: row.get::<_, Option<i64>>(3)?.map(i64::unsigned_abs),
                    gap_since: row.get::<_, Option<i64>>(4)?.map(Timestamp::from_unix),
                    faults: u32::try_from(row.get::<_, i64>(5)?).unwrap_or(u32::MAX),
                    asked: row.get(6)?,
                })
            })?;
            rows.collect::<Result<Vec<_>, _>>().map_err(StoreError::from)
        })
        .await
    }
}

/// Writes what is remembered of these hosts from now on; a row with nothing in it is taken out.
pub(super) fn remember(connection: &Connection, hosts: &[HostRecord]) -> Result<(), StoreError> {
    for host in hosts {
        let written = if host.is_plain() {
            connection
                .prepare_cached("DELETE FROM host WHERE key = ?1")
                .and_then(|mut statement| statement.execute([&host.key]))
        } else {
            let sql = "INSERT INTO host (key, paused_until, reason, gap, gap_since, faults, asked) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (key) DO UPDATE SET \
                       paused_until = excluded.paused_until, reason = excluded.reason, gap = excluded.gap, \
                       gap_since = excluded.gap_since, faults = excluded.faults, asked = excluded.asked";
            connection.prepare_cached(sql).and_then(|mut statement| {
                statement.execute(params![
                    host.key,
                    host.paused_until.map(Timestamp::unix),
                    host.reason,
                    host.gap.map(|gap| i64::try_from(gap).unwrap_or(i64::MAX)),
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
