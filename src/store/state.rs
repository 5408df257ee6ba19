//! The state of a source, as its row holds it.

use std::time::Duration;

use rusqlite::types::FromSql;
use rusqlite::{Connection, Row, params};
use serde::de::DeserializeOwned;

use super::StoreError;
use super::sql::{Json, unpack_reverted};
use crate::merge::Reverted;
use crate::model::{FeedMeta, Outcome, Problem, SourceId, Tally, Timestamp, Validators};
use crate::schedule::{Learnt, Rhythm, Skip, SourceSchedule};

/// The document that the stored entries come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDocument {
    /// The URL that answered with it; its validators belong to this address only.
    pub url: String,
    pub validators: Validators,
    /// Digest of the decoded body and of everything else that decides how the body is read.
    pub body_hash: [u8; 16],
}

impl KnownDocument {
    /// The same address without validators and digest, so that its document is fetched and read even if it has not
    /// changed.
    pub(super) fn to_be_read_again(&self) -> KnownDocument {
        KnownDocument::in_part(self.url.clone())
    }

    /// A document that was taken although parts of it may be missing. The next request is unconditional, and the next
    /// document counts as a different one.
    pub fn in_part(url: String) -> KnownDocument {
        KnownDocument { url, validators: Validators::default(), body_hash: [0; 16] }
    }
}

/// The part of a source's state that a poll needs. At most polls nothing else is read.
#[derive(Debug, Clone, PartialEq)]
pub struct PollState {
    pub document: Option<KnownDocument>,
    /// The schedule with the learned rhythm.
    pub schedule: SourceSchedule,
    pub address: Address,
    pub asking: Asking,
    /// The version by which the last document was read, as [`super::ReadDocument::reading`]; 0 if it is unknown.
    pub reading: u32,
    /// When the first successful poll of its address ended.
    pub watched_since: Option<Timestamp>,
}

/// Everything that the store knows about a source, apart from its entries.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceState {
    pub id: SourceId,
    pub name: String,
    pub url: String,
    pub document: Option<KnownDocument>,
    /// The schedule with the learned rhythm.
    pub schedule: SourceSchedule,
    pub address: Address,
    pub asking: Asking,
    pub traffic: Traffic,
    pub outcome: Option<Outcome>,
    /// Why the last poll failed, or a remark on it for the operator.
    pub detail: Option<String>,
    pub effective_url: Option<String>,
    pub format: Option<String>,
    pub parsed: Option<u64>,
    /// How the items of the last document were handled.
    pub tally: Tally,
    pub problems: Vec<Problem>,
    pub meta: FeedMeta,
    /// The version by which the last document was read, as [`super::ReadDocument::reading`]; 0 if it is unknown.
    pub reading: u32,
    /// When the first of the failed polls in a row ended; `None` while polls succeed.
    pub failing_since: Option<Timestamp>,
}

/// The address that a source has moved to, as far as the evidence shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// A permanent redirect that has not been seen for long enough to be followed.
    pub moving: Option<Moving>,
    /// The address that is polled instead of the configured one.
    pub adopted: Option<Adopted>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moving {
    pub to: String,
    /// Number of polls that saw it.
    pub polls: u32,
    pub since: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    pub url: String,
    /// When the configured address was last requested to see where it leads.
    pub at: Timestamp,
    pub why: AdoptedWhy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdoptedWhy {
    /// A permanent redirect leads to it.
    Moved,
    /// The configured address is a page that names it as its feed.
    Page,
}

/// How a source is asked for its document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asking {
    pub left_out: LeftOut,
    pub left_out_since: Option<Timestamp>,
    /// When a complete document last came; all answers since then were 304.
    pub whole_at: Option<Timestamp>,
}

/// Parts of a conditional request that are left out because the server answers them with an error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LeftOut {
    #[default]
    Nothing = 0,
    /// The request for changes only (RFC 3229).
    Changes = 1,
    /// The request for changes only, and the validators.
    Validators = 2,
}

impl LeftOut {
    pub(super) fn to_number(self) -> i64 {
        self as i64
    }

    fn of_number(number: i64) -> LeftOut {
        match number {
            1 => LeftOut::Changes,
            2 => LeftOut::Validators,
            _ => LeftOut::Nothing,
        }
    }
}

impl AdoptedWhy {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            AdoptedWhy::Moved => "moved",
            AdoptedWhy::Page => "page",
        }
    }
}

/// The part of a source's state that the scheduler needs.
pub struct StoredSchedule<'r, 's> {
    pub id: SourceId,
    /// The URL of the [`KnownDocument`], if there is a known document.
    pub document_url: Option<String>,
    /// The schedule without its learnt part.
    pub schedule: SourceSchedule,
    pub address: Address,
    /// The row at its learnt part, which few sources need.
    rest: Columns<'r, 's>,
}

impl StoredSchedule<'_, '_> {
    /// The schedule with its learnt part.
    pub fn with_learnt(mut self) -> Result<SourceSchedule, StoreError> {
        Ok(self.schedule.with_learnt(self.rest.learnt()?))
    }
}

/// The traffic that the polls of a source have caused for its publisher.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    pub polls: u64,
    pub not_modified: u64,
    /// Number of complete documents with nothing new, in a row, in answer to conditional requests.
    pub same: u64,
    /// Bytes on the wire.
    pub bytes: u64,
}

/// The columns that [`Columns::schedule`] reads, in its order.
macro_rules! schedule_columns {
    () => {
        schedule_columns!("(SELECT at FROM attempt WHERE attempt.source = source.id)")
    };
    ($attempt:literal) => {
        concat!($attempt, ", last_poll, next_poll, interval, not_before, failures, gone, skip, planned_under, ")
    };
}

/// The columns that [`Columns::learnt`] reads, in its order.
macro_rules! learnt_columns {
    () => {
        " next_poll_reason, rhythm, freshness, feed_freshness, last_success "
    };
}

/// The columns that [`Columns::address`] reads, in its order.
macro_rules! address_columns {
    () => {
        " moved_to, moved_polls, moved_since, adopted_url, adopted_at, adopted_why "
    };
}

/// The columns that [`Columns::poll`] reads, in its order.
macro_rules! poll_columns {
    ($($attempt:literal)?) => {
        concat!(
            " document_url, etag, last_modified, body_hash, ",
            schedule_columns!($($attempt)?),
            learnt_columns!(),
            ",",
            address_columns!(),
            ", left_out, left_out_since, whole_at, reading, watched_since "
        )
    };
}

/// The tables that hold those columns.
macro_rules! polled_sources {
    () => {
        "FROM source JOIN source_poll ON source_poll.source = source.id "
    };
}

/// Builds a statement with the columns that [`state_of`] reads, in its order.
macro_rules! with_columns {
    ($which:literal) => {
        concat!(
            "SELECT ",
            poll_columns!(),
            ", id, name, url, polls, polls_not_modified, polls_same, bytes,
             outcome, detail, effective_url, format, parsed, problems, meta, tally, failing_since ",
            polled_sources!(),
            "LEFT JOIN source_document ON source_document.source = source.id ",
            $which
        )
    };
}

/// Reads the state of one source.
const ONE: &str = with_columns!("WHERE id = ?1");
/// Reads the states of all configured sources.
pub(super) const ALL: &str = with_columns!("WHERE configured = 1 ORDER BY name");
/// Reads what the scheduler needs of the configured sources with numbers from `?1` to `?2`. A document without its digest
/// counts as unknown, as in [`Columns::document`].
pub(super) const SCHEDULES: &str = concat!(
    "SELECT id, CASE WHEN length(body_hash) = 16 THEN document_url END, ",
    schedule_columns!(),
    address_columns!(),
    ",",
    learnt_columns!(),
    polled_sources!(),
    "WHERE configured = 1 AND id BETWEEN ?1 AND ?2 ORDER BY id"
);
/// Reads what a poll needs whose attempt is made at `?2`, followed by the list of entries that are in earlier versions.
const BEGUN: &str = concat!("SELECT ", poll_columns!("?2"), ", away ", polled_sources!(), "WHERE id = ?1");
/// Reads how the feed of a source describes itself, and when its published description last changed.
pub(super) const DESCRIPTION: &str = "SELECT (SELECT meta FROM source_document WHERE source = ?1), meta_changed \
                                      FROM source WHERE id = ?1";
/// Writes the time of an attempt.
const ATTEMPT: &str = "INSERT OR REPLACE INTO attempt (source, at) VALUES (?1, ?2)";

impl SourceState {
    /// When the last poll ended that brought or confirmed a document; `None` if no poll has succeeded.
    pub fn last_success(&self) -> Option<Timestamp> {
        self.schedule.last_success()
    }
}

/// One source's state, inside a transaction of the writer.
pub(super) fn state(connection: &Connection, id: SourceId) -> Result<SourceState, StoreError> {
    let mut statement = connection.prepare_cached(ONE)?;
    Ok(statement.query_row([id], state_of)?)
}

pub(super) fn state_of(row: &Row<'_>) -> rusqlite::Result<SourceState> {
    Columns { row, at: 0 }.state()
}

/// Writes the time of an attempt, and returns what the poll needs.
pub(super) fn begin(connection: &Connection, id: SourceId, now: Timestamp) -> Result<PollState, StoreError> {
    let state = connection.prepare_cached(BEGUN)?.query_row(params![id, now], |row| begun(row, now))?;
    connection.prepare_cached(ATTEMPT)?.execute(params![id, now])?;
    Ok(state)
}

/// Reads the state of a source whose poll begins now. If the next document must be judged even if it has not changed, the
/// known document is left out, so that the document is requested and read again.
fn begun(row: &Row<'_>, now: Timestamp) -> rusqlite::Result<PollState> {
    let mut columns = Columns { row, at: 0 };
    let mut state = columns.poll()?;
    let reverted = row.get_ref(columns.at)?.as_blob_or_null()?.map(unpack_reverted).unwrap_or_default();
    if Reverted::is_any_due(&reverted, now) {
        state.document = state.document.as_ref().map(KnownDocument::to_be_read_again);
    }
    Ok(state)
}

pub(super) fn schedule_of<'r, 's>(row: &'r Row<'s>) -> rusqlite::Result<StoredSchedule<'r, 's>> {
    let mut columns = Columns { row, at: 0 };
    Ok(StoredSchedule {
        id: columns.get()?,
        document_url: columns.get()?,
        schedule: columns.schedule()?,
        address: columns.address()?,
        rest: columns,
    })
}

/// A row that is read from left to right, because looking columns up by name would cost more than everything else.
struct Columns<'r, 's> {
    row: &'r Row<'s>,
    at: usize,
}

impl Columns<'_, '_> {
    fn get<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.at += 1;
        self.row.get(self.at - 1)
    }

    fn poll(&mut self) -> rusqlite::Result<PollState> {
        Ok(PollState {
            document: self.document()?,
            schedule: self.whole_schedule()?,
            address: self.address()?,
            asking: Asking {
                left_out: LeftOut::of_number(self.get()?),
                left_out_since: self.get()?,
                whole_at: self.get()?,
            },
            reading: self.get()?,
            watched_since: self.get()?,
        })
    }

    fn state(&mut self) -> rusqlite::Result<SourceState> {
        let PollState { document, schedule, address, asking, reading, watched_since: _ } = self.poll()?;
        Ok(SourceState {
            id: self.get()?,
            name: self.get()?,
            url: self.get()?,
            document,
            schedule,
            address,
            asking,
            traffic: Traffic {
                polls: self.count()?,
                not_modified: self.count()?,
                same: self.count()?,
                bytes: self.count()?,
            },
            outcome: self.get::<Option<String>>()?.as_deref().and_then(Outcome::parse),
            detail: self.get()?,
            effective_url: self.get()?,
            format: self.get()?,
            parsed: self.get::<Option<i64>>()?.map(i64::unsigned_abs),
            problems: self.json()?,
            meta: self.json()?,
            tally: self.json()?,
            reading,
            failing_since: self.get()?,
        })
    }

    fn count(&mut self) -> rusqlite::Result<u64> {
        Ok(self.get::<i64>()?.unsigned_abs())
    }

    fn json<T: DeserializeOwned + Default>(&mut self) -> rusqlite::Result<T> {
        self.at += 1;
        Json::or_default(self.row, self.at - 1)
    }

    fn span(&mut self) -> rusqlite::Result<Option<Duration>> {
        Ok(self.get::<Option<i64>>()?.map(|seconds| Duration::from_secs(seconds.unsigned_abs())))
    }

    fn document(&mut self) -> rusqlite::Result<Option<KnownDocument>> {
        let url: Option<String> = self.get()?;
        let validators = Validators { etag: self.get()?, last_modified: self.get()? };
        let body_hash = self.get::<Option<Vec<u8>>>()?.and_then(|hash| <[u8; 16]>::try_from(hash).ok());
        Ok(url.zip(body_hash).map(|(url, body_hash)| KnownDocument { url, validators, body_hash }))
    }

    fn whole_schedule(&mut self) -> rusqlite::Result<SourceSchedule> {
        Ok(self.schedule()?.with_learnt(self.learnt()?))
    }

    /// A schedule without its learnt part.
    fn schedule(&mut self) -> rusqlite::Result<SourceSchedule> {
        Ok(SourceSchedule {
            last_attempt: self.get()?,
            last_poll: self.get()?,
            next_poll: self.get()?,
            millis_before: 0,
            interval: self.span()?,
            not_before: self.get()?,
            failures: u32::try_from(self.count()?).unwrap_or(u32::MAX),
            gone: self.get()?,
            skip: Skip::from_bits(self.get()?),
            planned_under: self.get()?,
            learnt: None,
        })
    }

    fn learnt(&mut self) -> rusqlite::Result<Learnt> {
        let mut learnt = Learnt {
            reason: self.get()?,
            // A rhythm that an older program stored in another form is learned anew.
            rhythm: self.get::<Option<Vec<u8>>>()?.as_deref().and_then(Rhythm::from_bytes),
            freshness: self.span()?,
            feed_freshness: self.span()?,
            last_success: self.get()?,
        };
        // Routine polls do not write the rhythm. Up to the last success they saw nothing new, so the time since the rhythm's
        // end is observed here.
        if let Some((rhythm, until)) = learnt.rhythm.as_mut().zip(learnt.last_success) {
            rhythm.observe_nothing(until);
        }
        Ok(learnt)
    }

    fn address(&mut self) -> rusqlite::Result<Address> {
        let to: Option<String> = self.get()?;
        let polls = u32::try_from(self.count()?).unwrap_or(u32::MAX);
        let moving = to.zip(self.get()?).map(|(to, since)| Moving { to, polls, since });
        let adopted = self.get::<Option<String>>()?.zip(self.get()?);
        let why = match self.get::<Option<String>>()?.as_deref() {
            Some("page") => AdoptedWhy::Page,
            _ => AdoptedWhy::Moved,
        };
        Ok(Address { moving, adopted: adopted.map(|(url, at)| Adopted { url, at, why }) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{SourceKey, Store};

    #[tokio::test]
    async fn an_attempt_counts_until_it_is_put_off_or_its_source_has_another_address_or_is_purged() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |seconds: i64| Timestamp::from_unix(1_800_000_000 + seconds);
        let store = Store::open(&folder.path().join("w.db"), [7; 16], at(0)).expect("a database can be made");
        let keys = |url: &str| vec![SourceKey { name: "a".to_owned(), named: true, url: url.to_owned() }];
        let configure = async |keys: Vec<SourceKey>, now: Timestamp| {
            store.configure(keys, now).await.expect("sources can be configured")
        };
        let source = configure(keys("https://a.example/1"), at(0)).await[0];
        let state = async || store.state_of(source).await.expect("the state can be read");
        let attempt = async || state().await.schedule.last_attempt;
        let execute = async |sql: &'static str| {
            let write = store.writer().expect("it is open").write(|connection| Ok(connection.execute(sql, [])?));
            write.await.expect("it can be written")
        };
        let begin = async |now: Timestamp| store.begin_poll(source, now).await.expect("a poll can be begun");
        assert_eq!(attempt().await, None);
        assert_eq!((begin(at(1)).await.schedule.last_attempt, attempt().await), (Some(at(1)), Some(at(1))));
        store.put_off(source, None).await.expect("it can be put off");
        assert_eq!(attempt().await, None, "no poll was made before");
        execute("UPDATE source_poll SET last_poll = 1800000005").await;
        execute(
            "INSERT INTO source_document (source, meta, problems) SELECT id, '{\"title\":\"A\"}', '[]' FROM source",
        )
        .await;
        begin(at(9)).await;
        store.put_off(source, Some((at(20), "later".to_owned()))).await.expect("it can be put off");
        let put_off = state().await.schedule;
        assert_eq!((put_off.last_attempt, put_off.next_poll, put_off.reason()), (Some(at(5)), at(20), "later"));
        begin(at(30)).await;
        configure(keys("https://a.example/2"), at(31)).await;
        let moved = state().await;
        assert_eq!((moved.schedule.last_attempt, moved.meta.title.as_deref()), (None, Some("A")));
        begin(at(40)).await;
        configure(Vec::new(), at(41)).await;
        assert_eq!(store.mark_purged(keys("https://a.example/2"), at(42)).await.expect("it can be marked"), 1);
        store.forget_purged(source, at(43)).await.expect("it can be forgotten");
        assert_eq!(execute("DELETE FROM attempt").await + execute("DELETE FROM source_document").await, 0);
        let rows = async || {
            [execute("UPDATE source SET id = id").await, execute("UPDATE source_poll SET source = source").await]
        };
        assert_eq!(rows().await, [1, 1], "a poll that is under way looks for them");
        store.forget_purged(source, at(50 + 24 * 3_600)).await.expect("it can be forgotten");
        assert_eq!(rows().await, [0, 0]);
    }
}
