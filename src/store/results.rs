//! Writes what a poll or a delivery has found out about its source. Every poll changes the source's row of
//! `source_poll`; its row of `source`, and what the document says of it, change only if there is something new.
//!
//! Entry points: [`write_poll`], [`write_source`], [`write_document`].

use std::borrow::Cow;

use rusqlite::{Connection, Statement, ToSql, params};

use super::StoreError;
use super::polls::{Brought, PollRecord, ReadDocument};
use super::sql::{Json, execute, first_row, pack_ids, seconds, unpack_ids};
use super::state::{Address, Asking, KnownDocument, SourceState};
use crate::merge::{Decided, LISTED_MAX};
use crate::model::{EntryId, FeedMeta, Outcome, Problem, SourceId, Timestamp};
use crate::schedule::{Rhythm, SourceSchedule};

/// Most bytes of the list of further entries that a source lists behind the newest: 20,000 entries.
const LISTED_FURTHER_BYTES: i64 = 8 * 20_000;

/// Writes how a poll ended and when the next one is due, in one statement, because this happens at every poll. Returns
/// `false`, and writes nothing, if the source no longer has the address that was polled.
pub(super) fn write_poll(
    connection: &Connection,
    record: &PollRecord,
    outcome: Outcome,
    schedule: &SourceSchedule,
) -> Result<bool, StoreError> {
    let PollRecord { source, url, at, detail, effective_url, bytes, conditional, asking, .. } = record;
    // Whether the complete document came again in answer to a conditional request.
    let same = *conditional && outcome == Outcome::Unchanged;
    let learnt = schedule.learnt.as_deref();
    let written = connection
        .prepare_cached(
            "UPDATE source_poll SET last_poll = ?2, last_success = CASE WHEN ?3 THEN ?2 ELSE last_success END, \
             outcome = ?4, detail = ?5, effective_url = CASE WHEN ?3 THEN ?6 ELSE effective_url END, whole_at = ?7, \
             failures = ?8, failing_since = CASE WHEN ?8 > 0 THEN coalesce(failing_since, ?2) END, gone = ?9, \
             next_poll = ?10, next_poll_reason = ?11, planned_under = ?12, interval = ?13, freshness = ?14, \
             feed_freshness = ?15, not_before = ?16, polls = polls + 1, \
             polls_not_modified = polls_not_modified + ?17, \
             polls_same = CASE WHEN ?18 THEN polls_same + 1 ELSE 0 END, bytes = bytes + ?19 \
             WHERE source = ?1 AND (SELECT url FROM source WHERE id = ?1) = ?20",
        )?
        .execute(params![
            source,
            at,
            outcome.is_success(),
            outcome.as_str(),
            detail,
            effective_url,
            asking.whole_at,
            i64::from(schedule.failures),
            schedule.gone,
            schedule.next_poll,
            schedule.reason(),
            schedule.planned_under,
            schedule.interval.map(seconds),
            learnt.and_then(|learnt| learnt.freshness).map(seconds),
            learnt.and_then(|learnt| learnt.feed_freshness).map(seconds),
            schedule.not_before,
            outcome == Outcome::NotModified,
            same,
            i64::try_from(*bytes).unwrap_or(i64::MAX),
            url,
        ])?;
    Ok(written > 0)
}

/// What is known about a source and changes with few of its polls: its own row.
pub(super) struct SourceRow<'p> {
    pub(super) address: &'p Address,
    pub(super) asking: Asking,
    pub(super) schedule: &'p SourceSchedule,
    /// The document that the stored entries come from, where it or its validators have changed.
    pub(super) known: Option<&'p KnownDocument>,
    /// When the poll ended, if it was successful. The first such time of an address stays.
    pub(super) watched_since: Option<Timestamp>,
    /// The document that was read, and its effects.
    pub(super) document: Option<(&'p ReadDocument, &'p Brought)>,
}

/// The columns that may change without a document, those that change with each document that is read, and one that changes only
/// with entries. It is in an index, which SQLite writes whenever the column is named, even if its value stays the same.
macro_rules! source_columns {
    () => {
        "rhythm = ?2, skip = ?3, moved_to = ?4, moved_polls = ?5, moved_since = ?6, adopted_url = ?7, adopted_at = ?8, \
         adopted_why = ?9, left_out = ?10, left_out_since = ?11, watched_since = coalesce(watched_since, ?12), \
         document_url = coalesce(?13, document_url), etag = CASE WHEN ?13 IS NULL THEN etag ELSE ?14 END, \
         last_modified = CASE WHEN ?13 IS NULL THEN last_modified ELSE ?15 END, body_hash = coalesce(?16, body_hash)"
    };
    (document) => {
        concat!(
            source_columns!(),
            ", format = ?17, parsed = ?18, tally = ?19, reading = ?20, away = ?21, \
             meta_changed = coalesce(?22, meta_changed), offers = CASE WHEN ?23 THEN ?24 ELSE offers END"
        )
    };
    (entries) => {
        concat!(source_columns!(document), ", entries_changed = max(entries_changed, ?25)")
    };
}

const WITHOUT_DOCUMENT: &str = concat!("UPDATE source SET ", source_columns!(), " WHERE id = ?1");
const WITHOUT_ENTRIES: &str = concat!("UPDATE source SET ", source_columns!(document), " WHERE id = ?1");
const WITH_ENTRIES: &str = concat!("UPDATE source SET ", source_columns!(entries), " WHERE id = ?1");

/// Writes the source's own row.
pub(super) fn write_source(connection: &Connection, source: SourceId, row: &SourceRow<'_>) -> Result<(), StoreError> {
    let SourceRow { address, asking, schedule, known, watched_since, document } = *row;
    let (moving, adopted) = (address.moving.as_ref(), address.adopted.as_ref());
    let entries_changed = document.and_then(|(_, brought)| brought.entries_changed);
    let mut statement = connection.prepare_cached(match (document, entries_changed) {
        (None, _) => WITHOUT_DOCUMENT,
        (Some(_), None) => WITHOUT_ENTRIES,
        (Some(_), Some(_)) => WITH_ENTRIES,
    })?;
    bind(
        &mut statement,
        1,
        params![
            source,
            schedule.rhythm().map(Rhythm::to_bytes),
            schedule.skip.to_bits(),
            moving.map(|moving| &moving.to),
            moving.map_or(0, |moving| moving.polls),
            moving.map(|moving| moving.since),
            adopted.map(|adopted| &adopted.url),
            adopted.map(|adopted| adopted.at),
            adopted.map(|adopted| adopted.why.as_str()),
            asking.left_out.to_number(),
            asking.left_out_since,
            watched_since,
            known.map(|known| &known.url),
            known.and_then(|known| known.validators.etag.as_ref()),
            known.and_then(|known| known.validators.last_modified.as_ref()),
            known.map(|known| known.body_hash.as_slice()),
        ],
    )?;
    if let Some((document, brought)) = document {
        bind(
            &mut statement,
            17,
            params![
                document.format.as_str(),
                i64::try_from(document.parsed).unwrap_or(i64::MAX),
                Json(&brought.tally),
                document.reading,
                brought.away,
                brought.meta_changed,
                document.offers.is_some(),
                document.offers.as_ref().filter(|offers| !offers.is_empty()).map(Json),
            ],
        )?;
    }
    if let Some(at) = entries_changed {
        statement.raw_bind_parameter(25, at)?;
    }
    statement.raw_execute()?;
    Ok(())
}

/// Binds values from the parameter with the number `first` on.
fn bind(statement: &mut Statement<'_>, first: usize, values: &[&dyn ToSql]) -> rusqlite::Result<()> {
    (first..).zip(values).try_for_each(|(number, value)| statement.raw_bind_parameter(number, value))
}

/// Stores how the document describes its source, and what it lists. Returns whether the published description changed.
pub(super) fn write_document(
    connection: &Connection,
    before: &SourceState,
    document: &ReadDocument,
    decided: &Decided<'_>,
    problems: &[&Problem],
) -> Result<bool, StoreError> {
    let tally = &decided.tally;
    let mut meta: FeedMeta = document.feed.meta.clone();
    if tally.new + tally.revised == 0 && before.last_success().is_some() {
        // Many feeds date themselves anew at every request. Without new entries, that does not change what we publish.
        meta.updated = before.meta.updated;
    }
    let changed = meta != before.meta;
    let all_listed = listed(connection, before.id, decided)?;
    let (listed, further) = match &all_listed {
        Some(listed) => {
            let (newest, further) = listed.split_at(listed.len().min(LISTED_MAX));
            (Some(pack_ids(newest)), further)
        }
        None => (None, &[] as &[EntryId]),
    };
    if !further.is_empty() {
        // Few documents are longer than the first list. An unchanged rest is not written again, and a document that
        // holds only changes adds to it.
        connection
            .prepare_cached(
                "INSERT INTO listed_further (source, entries) VALUES (?1, ?2) ON CONFLICT (source) DO UPDATE
                 SET entries = CASE WHEN ?3 THEN substr(CAST(excluded.entries || entries AS BLOB), 1, ?4)
                                ELSE excluded.entries END
                 WHERE entries <> excluded.entries",
            )
            .and_then(|mut statement| {
                statement.execute(params![before.id, pack_ids(further), document.partial, LISTED_FURTHER_BYTES])
            })?;
    }
    // Most documents say of their source what the last one said.
    let sql = "INSERT INTO source_document (source, meta, problems, listed) VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT (source) DO UPDATE SET meta = excluded.meta, problems = excluded.problems, \
               listed = coalesce(excluded.listed, listed) WHERE (meta, problems) <> (excluded.meta, excluded.problems) \
               OR listed IS NOT coalesce(excluded.listed, listed)";
    execute(connection, sql, params![before.id, Json(&meta), Json(problems), listed])?;
    Ok(changed)
}

/// All stored entries that a source lists after a document, the newest first; `None` if they are as before. A partial
/// document adds to those of the last whole document.
fn listed<'d>(
    connection: &Connection,
    source: SourceId,
    decided: &'d Decided<'_>,
) -> Result<Option<Cow<'d, [EntryId]>>, StoreError> {
    if decided.listed_too.is_empty() {
        return Ok(decided.listed.as_deref().map(Cow::Borrowed));
    }
    let sql = "SELECT listed FROM source_document WHERE source = ?1 AND listed IS NOT NULL";
    let before = first_row(connection, sql, [source], |row| Ok(unpack_ids(row.get_ref(0)?.as_blob()?)))?;
    let Some(mut listed) = before else { return Ok(None) };
    listed.extend(&decided.listed_too);
    listed.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
    listed.dedup();
    Ok(Some(Cow::Owned(listed)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::merge::Prepared;
    use crate::model::{CleanFeed, FeedFormat, Validators};
    use crate::schedule::{Learnt, Skip};
    use crate::store::{Adopted, AdoptedWhy, DeliveryRecord, LeftOut, Moving, PollResult, SourceKey, Store, Traffic};
    use crate::stories::StoryOptions;

    /// The record of a routine poll that plans this.
    fn routine(source: SourceId, url: &str, at: Timestamp, schedule: SourceSchedule) -> PollRecord {
        PollRecord::routine(source, url.to_owned(), at, Box::new(move |_, _| schedule.clone()))
    }

    /// A document without entries.
    fn document(url: &str) -> ReadDocument {
        ReadDocument {
            known: KnownDocument::in_part(url.to_owned()),
            reading: 1,
            format: FeedFormat::Atom,
            parsed: 0,
            partial: true,
            problems: Vec::new(),
            feed: CleanFeed::default(),
            prepared: Prepared::default(),
            offers: None,
        }
    }

    #[tokio::test]
    async fn what_a_poll_finds_out_is_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |seconds: i64| Timestamp::from_unix(1_800_000_000 + seconds);
        let store = Store::open(&folder.path().join("w.db"), [7; 16], at(0)).expect("a database can be made");
        let url = "https://a.example/feed";
        let key = SourceKey { name: "a".to_owned(), named: true, url: url.to_owned() };
        let source = store.configure(vec![key], at(0)).await.expect("sources can be configured")[0];
        let text = |what: &str| Some(what.as_bytes().to_vec());
        let known = KnownDocument {
            url: "https://a.example/answered".to_owned(),
            validators: Validators { etag: text("etag"), last_modified: text("modified") },
            body_hash: [9; 16],
        };
        let address = Address {
            moving: Some(Moving { to: "https://b.example/to".to_owned(), polls: 3, since: at(4) }),
            adopted: Some(Adopted { url: "https://c.example/by".to_owned(), at: at(5), why: AdoptedWhy::Page }),
        };
        let asking = Asking { left_out: LeftOut::Validators, left_out_since: Some(at(6)), whole_at: Some(at(7)) };
        let learnt = Learnt {
            reason: "because".to_owned(),
            rhythm: Some(Rhythm::first(&[at(-90), at(-60)], 20, at(1))),
            freshness: Some(Duration::from_secs(8)),
            feed_freshness: Some(Duration::from_secs(9)),
            last_success: Some(at(10)),
        };
        let schedule = SourceSchedule {
            last_poll: Some(at(10)),
            not_before: Some(at(11)),
            interval: Some(Duration::from_secs(12)),
            skip: Skip::from_bits(13),
            planned_under: 14,
            ..SourceSchedule::new(at(15)).with_learnt(learnt)
        };
        let record = PollRecord {
            result: PollResult::NotModified(Some(known.clone())),
            detail: Some("a remark".to_owned()),
            effective_url: Some("https://a.example/effective".to_owned()),
            bytes: 16,
            address: address.clone(),
            asking,
            is_routine: false,
            ..routine(source, url, at(10), schedule.clone())
        };
        store.finish_poll(record).await.expect("a poll can be stored");
        let state = store.state_of(source).await.expect("it can be read");
        let mut expected = schedule;
        expected.learnt.as_mut().and_then(|it| it.rhythm.as_mut()).expect("it is known").observe_nothing(at(10));
        assert_eq!(state.schedule, expected);
        assert_eq!((state.document, state.address, state.asking), (Some(known), address, asking));
        assert_eq!(state.traffic, Traffic { polls: 1, not_modified: 1, same: 0, bytes: 16 });
        assert_eq!((state.detail.as_deref(), state.outcome), (Some("a remark"), Some(Outcome::NotModified)));
        assert_eq!(state.effective_url.as_deref(), Some("https://a.example/effective"));
    }

    #[tokio::test]
    async fn a_routine_poll_leaves_the_row_of_its_source_and_the_rhythm_fades_all_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |hours: u64| Timestamp::from_unix(1_800_000_000).plus(Duration::from_secs(3_600 * hours));
        let store = Store::open(&folder.path().join("w.db"), [7; 16], at(0)).expect("a database can be made");
        let url = "https://a.example/feed";
        let configure = async |url: &str| {
            let key = SourceKey { name: "a".to_owned(), named: true, url: url.to_owned() };
            store.configure(vec![key], at(0)).await.expect("sources can be configured")[0]
        };
        let source = configure(url).await;
        let row = async || {
            let read = |connection: &Connection| {
                let mut statement = connection.prepare("SELECT * FROM source")?;
                let columns = statement.column_count();
                let row = statement.query_row([], |row| (0..columns).map(|at| row.get(at)).collect())?;
                Ok::<Vec<rusqlite::types::Value>, StoreError>(row)
            };
            store.read(read).await.expect("it can be read")
        };
        let poll = async |hours: u64, is_routine: bool| {
            let state = store.begin_poll(source, at(hours)).await.expect("a poll can be begun");
            let mut learnt = state.schedule.learnt.as_deref().cloned().unwrap_or_default();
            let rhythm = learnt.rhythm.get_or_insert_with(|| Rhythm::first(&[at(0), at(1)], 20, at(2)));
            rhythm.observe(&[], None, at(hours));
            let learnt = Learnt { last_success: Some(at(hours)), reason: format!("after {hours} hours"), ..learnt };
            let schedule = SourceSchedule::new(at(hours + 1)).with_learnt(learnt);
            let record = PollRecord { is_routine, ..routine(source, url, at(hours), schedule.clone()) };
            (store.finish_poll(record).await.expect("a poll can be stored").stale, schedule)
        };
        let (_, planned) = poll(3, false).await;
        let (before, known) = (row().await, store.state_of(source).await.expect("it can be read"));
        assert_eq!(known.schedule.rhythm(), planned.rhythm());
        let (_, planned) = poll(40, true).await;
        assert_eq!(row().await, before);
        let known = store.state_of(source).await.expect("it can be read");
        assert_eq!(known.schedule.rhythm(), planned.rhythm());
        assert_eq!((known.schedule.next_poll, known.schedule.reason()), (at(41), "after 40 hours"));
        assert_eq!((known.traffic.polls, known.traffic.not_modified), (2, 2));
        // A failure observes nothing.
        let failed = SourceSchedule { failures: 1, ..planned.clone() };
        let record = PollRecord { result: PollResult::Failed, ..routine(source, url, at(45), failed) };
        store.finish_poll(record).await.expect("a poll can be stored");
        let after = store.state_of(source).await.expect("it can be read");
        assert_eq!(
            (row().await, after.schedule.rhythm(), after.last_success()),
            (before, planned.rhythm(), Some(at(40)))
        );
        assert_eq!((after.schedule.failures, after.failing_since), (1, Some(at(45))));
        // What a hub delivers during a routine poll is not taken back by the poll.
        let mut rhythm = planned.rhythm().cloned().expect("it is known");
        rhythm.observe(&[Some(at(47))], None, at(47));
        let learnt =
            Learnt { rhythm: Some(rhythm.clone()), ..known.schedule.learnt.as_deref().cloned().unwrap_or_default() };
        let record = DeliveryRecord {
            source,
            url: url.to_owned(),
            at: at(47),
            document: Box::new(document(url)),
            stories: StoryOptions::OFF,
            plan: Box::new(move |before, _| before.clone().with_learnt(learnt)),
        };
        store.finish_delivery(record).await.expect("it can be stored");
        let after = store.state_of(source).await.expect("it can be read");
        assert_eq!((after.schedule.rhythm(), after.last_success()), (Some(&rhythm), Some(at(40))));
        let record = routine(source, url, at(48), planned);
        store.finish_poll(record).await.expect("a poll can be stored");
        rhythm.observe(&[], None, at(48));
        let after = store.state_of(source).await.expect("it can be read");
        assert_eq!((after.schedule.rhythm(), after.last_success()), (Some(&rhythm), Some(at(48))));
        configure("https://b.example/feed").await;
        assert!(poll(50, true).await.0, "the address was edited");
        let known = store.state_of(source).await.expect("it can be read");
        assert_eq!((known.traffic.polls, known.schedule.last_poll), (0, None));
    }
}
