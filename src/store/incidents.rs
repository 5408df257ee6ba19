//! The stored incidents. They are written with the poll that begins or ends them, and only then.
//!
//! Entry points: [`with_state`] at the end of a poll, [`Store::sweep_incidents`] for sources that are not polled for a
//! long time, [`Store::write_incidents`] for those of the installation, and [`Store::incidents`] for the health feed.
//! `incidents` decides when an incident begins and ends, never this file.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Row, params};

use super::memory::Memory;
use super::sql::{all_rows, execute};
use super::writer::{Extent, in_savepoint};
use super::{Store, StoreError};
use crate::incidents::{self, Ending, FAILING_FOR, Incident, Kind, Reachability, SourceFacts};
use crate::model::{SourceId, Timestamp};
use crate::schedule::{Rhythm, SourceSchedule};

/// Ended incidents that are kept; the oldest are deleted.
const ENDED_KEPT: i64 = 500;
/// Changes of incidents that are kept; the oldest are deleted, even if a receiver has not been told of them.
const CHANGES_KEPT: i64 = 1_000;
/// Incidents that one sweep begins at most; the others follow in the next sweep.
const BEGUN_MAX: usize = 1_000;
/// The number that stands for the installation in place of a source.
const INSTALLATION: i64 = 0;
/// The columns that [`incident_of`] reads, in its order.
pub(super) const INCIDENT: &str = "source, since, kind, updated, ended, ended_by, detail";

/// The open incidents of each source. [`SourceId`] 0 stands for the installation.
#[derive(Debug, Default)]
pub(super) struct Open(HashMap<SourceId, Vec<Incident>>);

impl Open {
    fn of(&self, source: SourceId) -> Vec<Incident> {
        self.0.get(&source).cloned().unwrap_or_default()
    }

    fn note(&mut self, changes: &[Incident]) {
        for change in changes {
            let known = self.0.entry(owner(change)).or_default();
            known.retain(|other| other.kind.aspect() != change.kind.aspect());
            if change.is_open() {
                known.push(change.clone());
            }
            if known.is_empty() {
                self.0.remove(&owner(change));
            }
        }
    }
}

fn owner(incident: &Incident) -> SourceId {
    incident.source.unwrap_or(SourceId(INSTALLATION))
}

/// The facts about a source that a poll has shown.
pub(super) struct Seen<'p> {
    pub(super) source: SourceId,
    pub(super) at: Timestamp,
    /// The schedule after the poll.
    pub(super) schedule: &'p SourceSchedule,
    /// Why the poll failed.
    pub(super) detail: Option<&'p str>,
    /// The address that the source has moved to for good.
    pub(super) moved_to: Option<&'p str>,
    /// Whether the source floods, if a document was read.
    pub(super) flooding: Option<bool>,
    /// When the first successful poll of its address ended, if there was one before this poll.
    pub(super) watched_since: Option<Timestamp>,
}

impl Seen<'_> {
    /// Whether no incident can begin with this poll.
    fn is_quiet(&self) -> bool {
        let SourceSchedule { failures, gone, .. } = self.schedule;
        *failures == 0 && !gone && self.moved_to.is_none() && self.flooding != Some(true) && !self.has_fallen_silent()
    }

    /// Whether the source is silent, and has posted since its first successful poll. A source that was silent when it was
    /// added has not fallen silent.
    fn has_fallen_silent(&self) -> bool {
        let rhythm = self.schedule.rhythm().zip(self.watched_since);
        rhythm.is_some_and(|(rhythm, since)| rhythm.is_silent() && rhythm.last_entry() >= since)
    }

    /// `failing_since` is when the first of the failed polls in a row ended.
    fn facts(&self, failing_since: Option<Timestamp>) -> SourceFacts<'_> {
        let reach = Reachability {
            failing_since,
            failures: self.schedule.failures,
            gone: self.schedule.gone,
            why: self.detail,
        };
        SourceFacts {
            source: self.source,
            reach,
            moved_to: self.moved_to,
            last_entry: self.schedule.rhythm().map(Rhythm::last_entry),
            silent: self.has_fallen_silent(),
            flooding: self.flooding,
        }
    }
}

/// Writes the state of a source with `write`, and the incidents that change with it; returns these. `None` if `write`
/// returns `false`, because it has written nothing. A poll of a source without open incidents, with which none can begin,
/// costs no further statement.
pub(super) fn with_state(
    connection: &Connection,
    memory: &Memory,
    seen: &Seen<'_>,
    write: impl FnOnce() -> Result<bool, StoreError>,
) -> Result<Option<Vec<Incident>>, StoreError> {
    let open = memory.incidents(connection)?.of(seen.source);
    if open.is_empty() && seen.is_quiet() {
        return Ok(write()?.then(Vec::new));
    }
    let changes = in_savepoint(connection, || {
        if !write()? {
            return Ok(None);
        }
        let sql = "SELECT failing_since FROM source_poll WHERE source = ?1";
        let failing_since = connection.prepare_cached(sql)?.query_row([seen.source], |row| row.get(0))?;
        let changes = incidents::of_source(&seen.facts(failing_since), &open, seen.at);
        store(connection, &changes)?;
        Ok(Some(changes))
    })?;
    if let Some(changes) = &changes {
        memory.incidents(connection)?.note(changes);
    }
    Ok(changes)
}

/// Reads the open incidents; there are few.
pub(super) fn read(connection: &Connection) -> Result<Open, StoreError> {
    let mut open = Open::default();
    for incident in open_incidents(connection)? {
        open.0.entry(owner(&incident)).or_default().push(incident);
    }
    Ok(open)
}

fn open_incidents(connection: &Connection) -> Result<Vec<Incident>, StoreError> {
    let sql = format!("SELECT {INCIDENT} FROM incident WHERE ended IS NULL ORDER BY source, aspect");
    let all: Vec<Option<Incident>> = all_rows(connection, &sql, [], incident_of)?;
    Ok(all.into_iter().flatten().collect())
}

/// `None` for a kind that a later version has written.
pub(super) fn incident_of(row: &Row<'_>) -> rusqlite::Result<Option<Incident>> {
    let Some(kind) = Kind::parse(row.get_ref(2)?.as_str()?) else { return Ok(None) };
    let source: SourceId = row.get(0)?;
    let ended: Option<Timestamp> = row.get(4)?;
    let ended_by: Option<String> = row.get(5)?;
    let ending = ended_by.as_deref().and_then(Ending::parse).unwrap_or(Ending::Recovered);
    Ok(Some(Incident {
        kind,
        source: Some(source).filter(|source| source.0 != INSTALLATION),
        since: row.get(1)?,
        updated: row.get(3)?,
        ended: ended.map(|at| (at, ending)),
        detail: row.get(6)?,
    }))
}

/// Writes the new states of incidents, and adds them to the log of changes. A change that is there already, because its first writing
/// was thought to have failed, is not added again.
fn store(connection: &Connection, changes: &[Incident]) -> Result<(), StoreError> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut put = connection.prepare_cached(
        "INSERT INTO incident (source, aspect, since, kind, updated, ended, ended_by, detail) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (source, aspect, since) DO UPDATE SET \
         kind = excluded.kind, updated = excluded.updated, ended = excluded.ended, ended_by = excluded.ended_by, \
         detail = excluded.detail",
    )?;
    let mut log = connection.prepare_cached(&format!(
        "INSERT INTO incident_change ({INCIDENT}) \
         SELECT {INCIDENT} FROM incident WHERE source = ?1 AND aspect = ?2 AND since = ?3 \
         EXCEPT SELECT {INCIDENT} FROM incident_change WHERE source = ?1 AND since = ?3"
    ))?;
    for change in changes {
        let (source, aspect) = (owner(change), change.kind.aspect());
        put.execute(params![
            source,
            aspect,
            change.since,
            change.kind.as_str(),
            change.updated,
            change.ended.map(|(at, _)| at),
            change.ended.map(|(_, ending)| ending.as_str()),
            change.detail,
        ])?;
        log.execute(params![source, aspect, change.since])?;
    }
    let sql = "DELETE FROM incident WHERE ended IS NOT NULL AND updated <
               (SELECT updated FROM incident WHERE ended IS NOT NULL ORDER BY updated DESC LIMIT 1 OFFSET ?1)";
    execute(connection, sql, [ENDED_KEPT - 1])?;
    let sql = "DELETE FROM incident_change WHERE number <= (SELECT max(number) FROM incident_change) - ?1";
    execute(connection, sql, [CHANGES_KEPT])?;
    Ok(())
}

impl Store {
    /// Begins the incidents of sources whose failures have lasted long enough since their last poll, and ends the incidents of
    /// sources that are not in `polled`. Returns the incidents that have changed, in their new state.
    pub async fn sweep_incidents(
        &self,
        polled: HashSet<SourceId>,
        now: Timestamp,
    ) -> Result<Vec<Incident>, StoreError> {
        self.writer()?
            .write_with_memory(Extent::Memory, move |connection, memory, _| {
                let mut changes = Vec::new();
                let all: Vec<Incident> = memory.incidents(connection)?.0.values().flatten().cloned().collect();
                let is_polled = |incident: &&Incident| incident.source.is_none_or(|source| polled.contains(&source));
                changes.extend(all.iter().filter(|it| !is_polled(it)).map(|it| incidents::dropped(it, now)));
                let mut statement = connection.prepare_cached(
                    "SELECT source, failing_since, failures, gone, detail \
                     FROM source_poll INDEXED BY source_poll_failing CROSS JOIN source ON source.id = source_poll.source \
                     WHERE failing_since <= ?1 AND configured = 1 AND NOT EXISTS (SELECT 1 FROM incident \
                         WHERE incident.source = source_poll.source AND aspect = 'reach' AND ended IS NULL)",
                )?;
                let mut rows = statement.query([now.minus(FAILING_FOR)])?;
                let mut begun = 0;
                // Disabled sources may be failing, too, so only incidents that begin are counted.
                while begun < BEGUN_MAX
                    && let Some(row) = rows.next()?
                {
                    let source: SourceId = row.get(0)?;
                    let detail: Option<String> = row.get(4)?;
                    let failures = u32::try_from(row.get::<_, i64>(2)?).unwrap_or(u32::MAX);
                    let reach = Reachability {
                        failing_since: row.get(1)?,
                        failures,
                        gone: row.get(3)?,
                        why: detail.as_deref(),
                    };
                    if polled.contains(&source)
                        && let Some(incident) = incidents::reach(source, &reach, &[], now)
                    {
                        changes.push(incident);
                        begun += 1;
                    }
                }
                store(connection, &changes)?;
                memory.incidents(connection)?.note(&changes);
                Ok(changes)
            })
            .await
    }

    /// Writes incidents of the installation.
    pub async fn write_incidents(&self, changes: Vec<Incident>) -> Result<(), StoreError> {
        self.writer()?
            .write_with_memory(Extent::Memory, move |connection, memory, _| {
                store(connection, &changes)?;
                memory.incidents(connection)?.note(&changes);
                Ok(())
            })
            .await
    }

    /// The newest incidents by their last change that `shown` picks by their source, at most `limit`.
    pub async fn incidents(
        &self,
        limit: usize,
        shown: impl Fn(Option<SourceId>) -> bool + Send + 'static,
    ) -> Result<Vec<Incident>, StoreError> {
        self.read(move |connection| {
            let sql = format!("SELECT {INCIDENT} FROM incident ORDER BY updated DESC, since DESC, source, aspect");
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while found.len() < limit
                && let Some(row) = rows.next()?
            {
                found.extend(incident_of(row)?.filter(|incident| shown(incident.source)));
            }
            Ok(found)
        })
        .await
    }

    /// All open incidents.
    pub async fn open_incidents(&self) -> Result<Vec<Incident>, StoreError> {
        self.read(open_incidents).await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::store::{Planner, PollRecord, PollResult, SourceKey};

    fn incident(number: u32, ended: bool) -> Incident {
        let at = Timestamp::from_unix(1_800_000_000 + i64::from(number));
        let ended = ended.then_some((at, Ending::Recovered));
        Incident { kind: Kind::Disk, source: None, since: at, updated: at, ended, detail: Some(number.to_string()) }
    }

    #[tokio::test]
    async fn open_incidents_and_the_newest_of_the_ended_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Timestamp::from_unix(1_800_000_000);
        let store = Store::open(&folder.path().join("w.db"), [7; 16], now).expect("a database can be made");
        let first = incident(0, false);
        store.write_incidents(vec![first.clone()]).await.expect("it can be written");
        assert_eq!(store.open_incidents().await.expect("it can be read"), std::slice::from_ref(&first));
        let ended = (1..=600).map(|number| incident(number, true)).collect();
        store.write_incidents(ended).await.expect("they can be written");
        let kept = store.incidents(usize::MAX, |_| true).await.expect("they can be read");
        assert_eq!((kept.len(), kept.first(), kept.last()), (501, Some(&incident(600, true)), Some(&first)));
        let newest = store.incidents(3, |source| source.is_none()).await.expect("they can be read");
        assert_eq!(newest, (598..=600).rev().map(|number| incident(number, true)).collect::<Vec<_>>());
        assert!(store.incidents(3, |source| source.is_some()).await.expect("they can be read").is_empty());
    }

    #[tokio::test]
    async fn a_failing_source_is_told_behind_any_number_of_disabled_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Timestamp::from_unix(1_800_000_000);
        let store = Store::open(&folder.path().join("w.db"), [7; 16], now).expect("a database can be made");
        let failing = "WITH RECURSIVE number (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM number WHERE n < 1500) \
                       INSERT INTO source (name, named, url, configured, meta_changed) \
                       SELECT 's' || n, 1, 'http://a.example/' || n, 1, 0 FROM number; \
                       INSERT INTO source_poll (source, next_poll, next_poll_reason, failing_since, failures) \
                       SELECT id, 0, '', id, 5 FROM source";
        let writer = store.writer().expect("it is open");
        writer.write(|connection| Ok(connection.execute_batch(failing)?)).await.expect("it can be written");
        let changes = store.sweep_incidents(HashSet::from([SourceId(1_500)]), now).await.expect("it can be written");
        let begun: Vec<_> = changes.iter().map(|change| (change.source, change.kind)).collect();
        assert_eq!(begun, [(Some(SourceId(1_500)), Kind::Failing)]);
    }

    #[tokio::test]
    async fn a_source_falls_silent_only_if_it_has_posted_since_its_first_successful_poll() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Timestamp::from_unix(1_800_000_000);
        let store = Store::open(&folder.path().join("w.db"), [7; 16], now).expect("a database can be made");
        let url = "https://a.example/1".to_owned();
        let keys = vec![SourceKey { name: "a".to_owned(), named: true, url: url.clone() }];
        let source = store.configure(keys, now).await.expect("sources can be configured")[0];
        let poll = async |result: PollResult, failures: u32| {
            let watched_since = store.begin_poll(source, now).await.expect("a poll can be begun").watched_since;
            let schedule = SourceSchedule { failures, ..SourceSchedule::quiet_for(40, now) };
            let plan: Planner = Box::new(move |_, _| schedule.clone());
            let routine = PollRecord::routine(source, url.clone(), now, plan);
            let record = PollRecord { result, watched_since, is_routine: false, ..routine };
            let effect = store.finish_poll(record).await.expect("a poll can be stored");
            effect.incidents.iter().map(|incident| incident.kind).collect::<Vec<_>>()
        };
        let set_watched_since = async |days: u32| {
            let set = move |connection: &Connection| {
                let at = now.minus(Duration::from_secs(86_400) * days);
                execute(connection, "UPDATE source SET watched_since = ?1", [at])
            };
            store.writer().expect("it is open").write(set).await.expect("it can be written")
        };
        assert_eq!(poll(PollResult::Failed, 1).await, [], "no poll was successful");
        assert_eq!(poll(PollResult::NotModified(None), 0).await, [], "silent when it was added");
        set_watched_since(39).await;
        assert_eq!(poll(PollResult::NotModified(None), 0).await, [], "silent before it was polled");
        set_watched_since(40).await;
        assert_eq!(poll(PollResult::Failed, 1).await, [], "a source that fails is not silent");
        assert_eq!(poll(PollResult::NotModified(None), 0).await, [Kind::Silent], "it has posted then");
        assert_eq!(poll(PollResult::NotModified(None), 0).await, [], "told once");
    }

    #[tokio::test]
    async fn a_source_that_is_not_polled_any_more_has_no_open_incidents() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Timestamp::from_unix(1_800_000_000);
        let store = Store::open(&folder.path().join("w.db"), [7; 16], now).expect("a database can be made");
        let of = |source| Incident { kind: Kind::Silent, source: Some(SourceId(source)), ..incident(0, false) };
        store.write_incidents(vec![of(1), of(2)]).await.expect("they can be written");
        let changes = store.sweep_incidents(HashSet::from([SourceId(1)]), now).await.expect("it can be written");
        assert_eq!(changes, [Incident { ended: Some((now, Ending::Dropped)), updated: now, ..of(2) }]);
        assert_eq!(store.open_incidents().await.expect("it can be read"), [of(1)]);
        let again = store.sweep_incidents(HashSet::from([SourceId(1)]), now).await.expect("it can be written");
        assert!(again.is_empty());
    }
}
