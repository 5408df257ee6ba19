//! How far the receivers of news have been told, the log of changes of incidents, and the next story of an output in storing order.
//!
//! Entry points: [`Store::settle_deliveries`] when a configuration is applied, [`Store::save_delivery`] after each attempt,
//! [`Store::changes_after`] and [`Store::next_story`] for what is due. What an attempt means is decided in `tell`.

use std::collections::HashMap;
use std::time::Duration;

use rusqlite::{Connection, Row, params};

use super::entries::{Loader, is_shown_in};
use super::incidents::{INCIDENT, incident_of};
use super::names::former_outputs;
use super::selection::Selection;
use super::sql::{all_rows, execute};
use super::{Store, StoreError};
use crate::incidents::Incident;
use crate::model::{SourceId, StoredEntry};
use crate::tell::{self, News, Progress, Target};

/// Entries that are examined in one go for the next story of an output, and for the number of stories that wait.
const EXAMINED: i64 = 1_000;

/// The changes of incidents that a receiver has not been told of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FurtherChanges {
    /// In their order, with their numbers.
    pub changes: Vec<(i64, Incident)>,
    /// The number of changes before these that were deleted already.
    pub lost: u64,
}

/// What an output shows.
#[derive(Debug, Clone, Default)]
pub struct Showing {
    pub selection: Selection,
    /// The `backfill` of its sources.
    pub backfill: HashMap<SourceId, Duration>,
}

impl Store {
    /// How far each receiver has been told, by the keys of the receivers.
    pub async fn deliveries(&self) -> Result<Vec<Progress>, StoreError> {
        self.read(all).await
    }

    /// Takes these receivers in place of those that are known, and returns how far each of them has been told. The receiver of an
    /// output that has another name now goes on where it was; a new receiver begins with what comes from now on.
    pub async fn settle_deliveries(&self, targets: Vec<Target>) -> Result<Vec<Progress>, StoreError> {
        let stored = self.deliveries().await?;
        let settled =
            |target: &Target| stored.iter().find(|it| it.key == target.key && it.place == target.place).cloned();
        let settled: Option<Vec<Progress>> = targets.iter().map(settled).collect();
        if let Some(settled) = settled.filter(|settled| settled.len() == stored.len()) {
            return Ok(settled);
        }
        let settle = move |connection: &Connection| {
            let stored = all(connection)?;
            let known = tell::known(&stored, &targets, &former_outputs(connection)?);
            execute(connection, "DELETE FROM delivery", [])?;
            let mut settled = Vec::with_capacity(targets.len());
            for (target, known) in targets.iter().zip(known) {
                let begin = match stored.iter().find(|progress| Some(&progress.key) == known.as_ref()) {
                    Some(before) => before.clone(),
                    None => Progress { through: newest(connection, &target.news)?, ..Progress::default() },
                };
                let progress = Progress { key: target.key.clone(), place: target.place, ..begin };
                let sql = "INSERT INTO delivery (receiver, place, through) VALUES (?1, ?2, ?3)";
                execute(connection, sql, params![progress.key, progress.place, progress.through])?;
                save(connection, &progress)?;
                settled.push(progress);
            }
            Ok(settled)
        };
        self.writer()?.write(settle).await
    }

    /// Stores how far a receiver has been told. Nothing is stored for a receiver that is not known any more.
    pub async fn save_delivery(&self, progress: Progress) -> Result<(), StoreError> {
        self.writer()?.write_once(move |connection| save(connection, &progress)).await
    }

    /// The changes of incidents after number `through`, at most `limit`.
    pub async fn changes_after(&self, through: i64, limit: usize) -> Result<FurtherChanges, StoreError> {
        self.read(move |connection| {
            let sql =
                format!("SELECT {INCIDENT}, number FROM incident_change WHERE number > ?1 ORDER BY number LIMIT ?2");
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params![through, i64::try_from(limit).unwrap_or(i64::MAX)])?;
            let mut further = FurtherChanges::default();
            let mut expected = through + 1;
            while let Some(row) = rows.next()? {
                let number: i64 = row.get(7)?;
                further.lost += u64::try_from(number - expected).unwrap_or(0);
                expected = number + 1;
                further.changes.extend(incident_of(row)?.map(|change| (number, change)));
            }
            Ok(further)
        })
        .await
    }

    /// The first story after entry `through` that an output shows, by the number of the entry that represents it.
    /// Returns how far was looked: up to that entry, or else up to the last entry that was examined.
    pub async fn next_story(&self, through: i64, shown: Showing) -> Result<(i64, Option<StoredEntry>), StoreError> {
        self.read(move |connection| {
            let mut looked = through;
            let first = each_shown(connection, through, &shown, |id, is_shown| {
                looked = id;
                is_shown
            })?;
            let story = first.map(|first| Loader::new(connection).story(first, &shown.selection)).transpose()?;
            Ok((looked, story))
        })
        .await
    }

    /// The number of stories after entry `through` that an output shows, as far as they are among the next 1,000 entries.
    pub async fn waiting_stories(&self, through: i64, shown: Showing) -> Result<u64, StoreError> {
        self.read(move |connection| {
            let mut waiting = 0;
            each_shown(connection, through, &shown, |_, is_shown| {
                waiting += u64::from(is_shown);
                false
            })?;
            Ok(waiting)
        })
        .await
    }
}

/// Examines the entries after `through` in storing order until `is_enough` says so of an entry, and returns that entry.
fn each_shown(
    connection: &Connection,
    through: i64,
    Showing { selection, backfill }: &Showing,
    mut is_enough: impl FnMut(i64, bool) -> bool,
) -> Result<Option<i64>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, source, story FROM entry WHERE id > ?1 AND hidden = 0 ORDER BY id LIMIT ?2")?;
    let mut rows = statement.query(params![through, EXAMINED])?;
    while let Some(row) = rows.next()? {
        let (id, source, story): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if is_enough(id, is_shown_in(connection, (selection, backfill), id, source, story)?) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The number of the newest change or entry. A new receiver is told of news after this number.
fn newest(connection: &Connection, news: &News) -> Result<i64, StoreError> {
    let sql = match news {
        News::Changes(_) => "SELECT coalesce(max(number), 0) FROM incident_change",
        News::Stories(_) => "SELECT coalesce(max(id), 0) FROM entry",
    };
    connection.query_row(sql, [], |row| row.get(0)).map_err(StoreError::from)
}

fn all(connection: &Connection) -> Result<Vec<Progress>, StoreError> {
    let sql = "SELECT receiver, place, through, delivered, last_delivered, failures, failing_since, next_attempt,
                   reason, dead, last_dead, dead_reason
               FROM delivery ORDER BY receiver";
    all_rows(connection, sql, [], progress_of)
}

fn progress_of(row: &Row<'_>) -> rusqlite::Result<Progress> {
    let count = |column: usize| row.get::<_, i64>(column).map(i64::unsigned_abs);
    Ok(Progress {
        key: row.get(0)?,
        place: row.get(1)?,
        through: row.get(2)?,
        delivered: count(3)?,
        last_delivered: row.get(4)?,
        failures: u32::try_from(count(5)?).unwrap_or(u32::MAX),
        failing_since: row.get(6)?,
        next_attempt: row.get(7)?,
        reason: row.get(8)?,
        dead: count(9)?,
        last_dead: row.get(10)?,
        dead_reason: row.get(11)?,
    })
}

fn save(connection: &Connection, progress: &Progress) -> Result<(), StoreError> {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let sql = "UPDATE delivery SET through = ?2, delivered = ?3, last_delivered = ?4, failures = ?5,
                   failing_since = ?6, next_attempt = ?7, reason = ?8, dead = ?9, last_dead = ?10, dead_reason = ?11
               WHERE receiver = ?1";
    connection.prepare_cached(sql)?.execute(params![
        progress.key,
        progress.through,
        count(progress.delivered),
        progress.last_delivered,
        progress.failures,
        progress.failing_since,
        progress.next_attempt,
        progress.reason,
        count(progress.dead),
        progress.last_dead,
        progress.dead_reason,
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;
    use crate::incidents::{Ending, Kind};
    use crate::model::Timestamp;
    use crate::tell::{Attempt, Receiver};

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn change(number: u32) -> Incident {
        let at = NOW.plus(std::time::Duration::from_secs(u64::from(number)));
        let ended = number.is_multiple_of(2).then_some((at, Ending::Recovered));
        Incident { kind: Kind::Disk, source: None, since: NOW, updated: at, ended, detail: None }
    }

    fn target(place: u32, address: &str) -> Target {
        Target {
            key: format!("notify/{address}"),
            place: Some(place),
            news: News::Changes(["disk".to_owned()].into()),
            receiver: Receiver::Address(Secret::new(address)),
        }
    }

    #[tokio::test]
    async fn a_receiver_begins_with_what_comes_and_keeps_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("w.db"), [7; 16], NOW).expect("a database can be made");
        let write = |numbers: std::ops::Range<u32>| store.write_incidents(numbers.map(change).collect());
        write(0..3).await.expect("they can be written");
        let settle = |targets: &[Target]| store.settle_deliveries(targets.to_vec());
        let both = [target(1, "a"), target(2, "b")];
        let begun = settle(&both).await.expect("they can be written");
        assert_eq!(begun.iter().map(|it| it.through).collect::<Vec<_>>(), [3, 3], "{begun:?}");
        write(3..5).await.expect("they can be written");
        // A change that is written twice is told once.
        write(3..5).await.expect("they can be written");
        let further = store.changes_after(3, 10).await.expect("they can be read");
        assert_eq!(further, FurtherChanges { changes: vec![(4, change(3)), (5, change(4))], lost: 0 });
        let (told, _) = begun[0].after(4, &Attempt::Taken, NOW);
        let (failed, _) = begun[1].after(4, &Attempt::failed("busy"), NOW);
        for progress in [&told, &failed] {
            store.save_delivery(progress.clone()).await.expect("it can be written");
        }
        assert_eq!(settle(&both).await.expect("nothing has changed"), [told.clone(), failed.clone()]);
        // The first address is edited, and the tables change places.
        let edited = settle(&[target(1, "c"), target(2, "b")]).await.expect("they can be written");
        assert_eq!(edited[0], Progress { key: "notify/c".to_owned(), ..told.clone() });
        let turned = settle(&[target(1, "b"), target(2, "c")]).await.expect("they can be written");
        assert_eq!(turned.iter().map(|it| (it.through, it.failures)).collect::<Vec<_>>(), [(3, 1), (4, 0)]);
        // A receiver that was removed begins anew, and a late result does not restore its progress.
        assert!(settle(&[]).await.expect("they can be written").is_empty());
        store.save_delivery(told).await.expect("it can be written");
        assert!(store.deliveries().await.expect("they can be read").is_empty());
        assert_eq!(settle(&both).await.expect("they can be written")[0].through, 5);
    }

    #[tokio::test]
    async fn the_log_is_bounded_and_says_what_is_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("w.db"), [7; 16], NOW).expect("a database can be made");
        store.write_incidents((0..1_500).map(change).collect()).await.expect("they can be written");
        let further = store.changes_after(400, 2_000).await.expect("they can be read");
        assert_eq!((further.changes.len(), further.lost), (1_000, 100));
        assert_eq!(further.changes.first().map(|(number, _)| *number), Some(501));
        assert_eq!(store.changes_after(1_500, 10).await.expect("they can be read"), FurtherChanges::default());
    }
}
