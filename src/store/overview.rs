//! The state of the store at a glance, for the status.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::sql::all_rows;
use super::{Store, StoreError, open};
use crate::merge::BELOW_ALL_DATES;
use crate::model::{SourceId, Timestamp};

/// Most decisions that are looked at for the stories of a day; a day with more counts as this many.
const DECISIONS_MAX: i64 = 10_000;

/// The entries of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceTally {
    pub entries: u64,
    /// When its newest entry was published, or last revised. An undated entry counts as published when it was first seen.
    pub newest: Option<Timestamp>,
}

/// The store at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Bytes of the database and of its write-ahead log.
    pub bytes: u64,
    pub log_bytes: u64,
    /// The entries of each source that has entries.
    pub entries: HashMap<SourceId, SourceTally>,
    /// Stories that copies have joined since a given time, and those copies.
    pub merged_stories: u64,
    pub merged_copies: u64,
}

impl Store {
    /// Counts entries, and what was merged since a time, as if the sources in `left_out` had no entries. Reads an index of all entries,
    /// so its result is worth keeping.
    pub async fn overview(&self, since: Timestamp, left_out: HashSet<SourceId>) -> Result<Overview, StoreError> {
        let path = self.path().to_owned();
        self.read(move |connection| {
            let size = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
            let (merged_stories, merged_copies) = merged(connection, since, &left_out)?;
            let mut entries = tallies(connection)?;
            entries.retain(|source, _| !left_out.contains(source));
            Ok(Overview {
                bytes: size(&path),
                log_bytes: size(&open::beside(&path, "-wal")),
                entries,
                merged_stories,
                merged_copies,
            })
        })
        .await
    }

    /// The tally of each source that has entries.
    pub async fn tallies(&self) -> Result<HashMap<SourceId, SourceTally>, StoreError> {
        self.read(tallies).await
    }
}

fn tallies(connection: &Connection) -> Result<HashMap<SourceId, SourceTally>, StoreError> {
    let sql = "SELECT source, count(*), max(ranked) FROM entry GROUP BY source";
    let mut tallies: HashMap<SourceId, SourceTally> = all_rows(connection, sql, [], |row| {
        let entries = row.get::<_, i64>(1)?.unsigned_abs();
        Ok((row.get(0)?, SourceTally { entries, newest: row.get(2)? }))
    })?;
    // The rank of an undated entry of a first document does not stand for a time.
    let mut published = connection
        .prepare_cached("SELECT published FROM entry WHERE source = ?1 AND ranked = ?2 ORDER BY id DESC LIMIT 1")?;
    for (source, tally) in &mut tallies {
        if let Some(rank) = tally.newest.filter(|rank| *rank <= BELOW_ALL_DATES) {
            tally.newest = published.query_row(params![source, rank], |row| row.get(0)).optional()?;
        }
    }
    Ok(tallies)
}

/// The numbers of stories that copies have joined since a time, and of those copies. Decisions are numbered in the order of time.
fn merged(connection: &Connection, since: Timestamp, left_out: &HashSet<SourceId>) -> Result<(u64, u64), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT entry.id, entry.story, entry.source FROM \
             (SELECT at, what, entry FROM decision ORDER BY id DESC LIMIT ?2) AS late \
             JOIN entry ON entry.id = late.entry \
         WHERE late.what = 'join' AND late.at >= ?1 AND entry.story <> entry.id",
    )?;
    let mut rows = statement.query(params![since, DECISIONS_MAX])?;
    let (mut stories, mut copies) = (HashSet::new(), 0);
    while let Some(row) = rows.next()? {
        let source: SourceId = row.get(2)?;
        if !left_out.contains(&source) {
            stories.insert(row.get::<_, i64>(1)?);
            copies += 1;
        }
    }
    Ok((stories.len() as u64, copies))
}
