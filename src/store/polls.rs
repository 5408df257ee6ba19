//! Writing a poll: before the request only the time of the attempt, afterwards everything in one piece.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::hosts::{self, HostRecord};
use super::state::{self, Address, KnownDocument, SourceState};
use super::{Store, StoreError, identity};
use crate::model::{CleanEntry, CleanFeed, FeedFormat, FeedMeta, Outcome, Plan, Problem, SourceId, Timestamp};

/// poll → store: one finished poll.
pub struct PollRecord {
    pub source: SourceId,
    /// The URL that the poll was made for: results for an address that has been edited since are dropped.
    pub url: String,
    /// When it finished.
    pub at: Timestamp,
    pub result: PollResult,
    /// Why it failed, or what else an operator should know of it.
    pub detail: Option<String>,
    /// The URL that answered in the end, where it is not the configured one; without secrets.
    pub effective_url: Option<String>,
    /// Bytes of the body on the wire.
    pub bytes: u64,
    /// Whether the request named the document that was kept.
    pub conditional: bool,
    /// Where the source has moved to, as far as is known now.
    pub address: Address,
    /// Hosts of which something else is remembered from now on.
    pub hosts: Vec<HostRecord>,
    /// Decides the next poll once it is known what was new; pure.
    pub plan: Planner,
}

/// What came of a poll's document, for the decision on the next poll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brought {
    /// Dates of the new entries as the publisher wrote them, where credible; of a first poll, of all.
    pub dates: Vec<Option<Timestamp>>,
    /// Entries of the document, if a whole one was read.
    pub window: Option<u64>,
    /// Every entry is new, though there were some before.
    pub overflow: bool,
}

/// Decides the next poll by what this one came to.
pub type Planner = Box<dyn FnOnce(Outcome, Brought) -> Plan + Send>;

/// What the poll brought.
pub enum PollResult {
    /// A document that was read.
    Document(Box<Document>),
    /// The same document again, byte for byte; with it perhaps other validators.
    Same(KnownDocument),
    /// 304; with it perhaps other validators of the same document.
    NotModified(Option<KnownDocument>),
    /// 410.
    Gone,
    Failed,
}

/// A document that was fetched whole, read and cleaned.
#[derive(Debug, Clone)]
pub struct Document {
    pub known: KnownDocument,
    pub format: FeedFormat,
    /// Items in it.
    pub parsed: u64,
    /// Only what has changed since the last document (RFC 3229, 226).
    pub partial: bool,
    pub problems: Vec<Problem>,
    pub feed: CleanFeed,
    /// Tells a revision from another piece under the same id.
    pub is_same_piece: SamePiece,
}

/// store → daemon: what a poll changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollEffect {
    pub outcome: Outcome,
    pub new: u64,
    pub same: u64,
    pub revised: u64,
    /// The source's address was edited meanwhile: nothing was stored.
    pub stale: bool,
    /// Whether anything that is published may look different now.
    pub published_changed: bool,
    pub plan: Plan,
}

impl Store {
    /// Records that `source` is about to be asked, and returns its state: a crash from here on costs no second request.
    ///
    /// # Errors
    /// When it could not be written; then no request may be made.
    pub async fn begin_poll(&self, source: SourceId, now: Timestamp) -> Result<SourceState, StoreError> {
        self.writer()?
            .write(move |connection| {
                connection
                    .prepare_cached("UPDATE source SET last_attempt = ?2 WHERE id = ?1")
                    .and_then(|mut statement| statement.execute(params![source.0, now.unix()]))
                    .map_err(StoreError::Write)?;
                state::state(connection, source)
            })
            .await
    }

    /// Records that nothing was asked after all: the attempt counts for nothing, and the next is at the time and for the
    /// reason given, if any are.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn put_off(&self, source: SourceId, next: Option<(Timestamp, String)>) -> Result<(), StoreError> {
        self.writer()?
            .write(move |connection| {
                let (at, why) = next.map_or((None, None), |(at, why)| (Some(at.unix()), Some(why)));
                connection
                    .prepare_cached(
                        "UPDATE source SET last_attempt = last_poll, next_poll = coalesce(?2, next_poll), \
                         next_poll_reason = coalesce(?3, next_poll_reason) WHERE id = ?1",
                    )
                    .and_then(|mut statement| statement.execute(params![source.0, at, why]))
                    .map_err(StoreError::Write)?;
                Ok(())
            })
            .await
    }

    /// Writes everything a poll brought: entries, the source's state, validators and the next due time, or nothing.
    ///
    /// # Errors
    /// When it could not be written; the poll then counts as never finished.
    pub async fn finish_poll(&self, record: PollRecord) -> Result<PollEffect, StoreError> {
        let store_id = self.store_id().to_owned();
        self.writer()?.write(move |connection| finish(connection, &store_id, record)).await
    }
}

/// What the entries of a document came to.
#[derive(Default)]
struct Tally {
    new: u64,
    same: u64,
    revised: u64,
    /// Rows rewritten without a person noticing.
    touched: u64,
    /// Dates of the new ones.
    dates: Vec<Option<Timestamp>>,
}

fn finish(connection: &Connection, store_id: &str, record: PollRecord) -> Result<PollEffect, StoreError> {
    let PollRecord { source, url, at, result, detail, effective_url, bytes, conditional, address, hosts, plan } =
        record;
    hosts::remember(connection, &hosts)?;
    if address_of(connection, source)? != url {
        // The address was edited while it was being asked: its answer belongs to nobody any more.
        let before = state::state(connection, source)?;
        let plan = plan(Outcome::Unchanged, Brought::default());
        let plan = Plan { next_poll: before.next_poll, reason: before.next_poll_reason, ..plan };
        return Ok(PollEffect {
            outcome: Outcome::Unchanged,
            new: 0,
            same: 0,
            revised: 0,
            stale: true,
            published_changed: false,
            plan,
        });
    }
    let mut tally = Tally::default();
    let mut meta_changed = false;
    let mut brought = Brought::default();
    let outcome = match &result {
        PollResult::Document(document) => {
            let before = state::state(connection, source)?;
            tally = write_entries(connection, store_id, &before, &document.feed.entries, document.is_same_piece, at)?;
            meta_changed = write_document(connection, &before, document, &tally, at)?;
            let had_some = before.parsed.is_some_and(|parsed| parsed > 0);
            brought = Brought {
                dates: std::mem::take(&mut tally.dates),
                window: (!document.partial).then_some(document.parsed),
                overflow: had_some
                    && !document.partial
                    && tally.new > 1
                    && tally.new == document.feed.entries.len() as u64,
            };
            if tally.new + tally.revised > 0 { Outcome::New } else { Outcome::Unchanged }
        }
        PollResult::Same(known) => {
            write_known(connection, source, known)?;
            Outcome::Unchanged
        }
        PollResult::NotModified(known) => {
            if let Some(known) = known {
                write_known(connection, source, known)?;
            }
            Outcome::NotModified
        }
        PollResult::Gone => Outcome::Gone,
        PollResult::Failed => Outcome::Failed,
    };
    let plan = plan(outcome, brought);
    let (detail, effective_url) = (detail.as_deref(), effective_url.as_deref());
    let same = conditional && outcome == Outcome::Unchanged;
    write_state(connection, &Ended { source, at, outcome, detail, effective_url, address, bytes, same, plan: &plan })?;
    let published_changed = meta_changed || tally.new + tally.revised + tally.touched > 0;
    Ok(PollEffect {
        outcome,
        new: tally.new,
        same: tally.same + tally.touched,
        revised: tally.revised,
        stale: false,
        published_changed,
        plan,
    })
}

fn address_of(connection: &Connection, source: SourceId) -> Result<String, StoreError> {
    connection
        .prepare_cached("SELECT url FROM source WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([source.0], |row| row.get(0)))
        .map_err(StoreError::Read)
}

/// How a poll ended, whatever came of it.
struct Ended<'p> {
    source: SourceId,
    at: Timestamp,
    outcome: Outcome,
    detail: Option<&'p str>,
    effective_url: Option<&'p str>,
    address: Address,
    bytes: u64,
    /// The whole document came again in answer to a conditional request.
    same: bool,
    plan: &'p Plan,
}

/// One statement for all of it: this is written at every poll.
fn write_state(connection: &Connection, ended: &Ended<'_>) -> Result<(), StoreError> {
    let Ended { source, at, outcome, detail, effective_url, address, bytes, same, plan } = ended;
    let answered = matches!(outcome, Outcome::New | Outcome::Unchanged | Outcome::NotModified);
    let seconds =
        |span: Option<std::time::Duration>| span.map(|span| i64::try_from(span.as_secs()).unwrap_or(i64::MAX));
    let (moving, adopted) = (address.moving.as_ref(), address.adopted.as_ref());
    connection
        .prepare_cached(
            "UPDATE source SET last_poll = ?2, last_success = CASE WHEN ?3 THEN ?2 ELSE last_success END, \
             outcome = ?4, detail = ?5, effective_url = CASE WHEN ?3 THEN ?6 ELSE effective_url END, next_poll = ?7, \
             next_poll_reason = ?8, interval = ?9, freshness = ?10, feed_freshness = ?11, not_before = ?12, \
             failures = ?13, gone = ?14, skip = ?15, rhythm = ?16, planned_under = ?17, \
             moved_to = ?18, moved_polls = ?19, moved_since = ?20, adopted_url = ?21, adopted_at = ?22, \
             adopted_why = ?23, polls = polls + 1, polls_not_modified = polls_not_modified + ?24, \
             polls_same = CASE WHEN ?25 THEN polls_same + 1 ELSE 0 END, bytes = bytes + ?26 WHERE id = ?1",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                source.0,
                at.unix(),
                answered,
                outcome.as_str(),
                detail,
                effective_url,
                plan.next_poll.unix(),
                plan.reason,
                seconds(plan.interval),
                seconds(plan.freshness),
                seconds(plan.feed_freshness),
                plan.not_before.map(Timestamp::unix),
                i64::from(plan.failures),
                plan.gone,
                plan.skip,
                plan.rhythm,
                plan.planned_under,
                moving.map(|moving| &moving.to),
                moving.map_or(0, |moving| moving.polls),
                moving.map(|moving| moving.since.unix()),
                adopted.map(|adopted| &adopted.url),
                adopted.map(|adopted| adopted.at.unix()),
                adopted.map(|adopted| adopted.why.as_str()),
                *outcome == Outcome::NotModified,
                same,
                i64::try_from(*bytes).unwrap_or(i64::MAX),
            ])
        })
        .map_err(StoreError::Write)?;
    Ok(())
}

fn write_known(connection: &Connection, source: SourceId, known: &KnownDocument) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE source SET document_url = ?2, etag = ?3, last_modified = ?4, body_hash = ?5 WHERE id = ?1",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                source.0,
                known.url,
                known.validators.etag,
                known.validators.last_modified,
                known.body_hash.as_slice(),
            ])
        })
        .map_err(StoreError::Write)?;
    Ok(())
}

/// The source's own row. Returns whether its published description changed.
fn write_document(
    connection: &Connection,
    before: &SourceState,
    document: &Document,
    tally: &Tally,
    at: Timestamp,
) -> Result<bool, StoreError> {
    write_known(connection, before.id, &document.known)?;
    let mut meta: FeedMeta = document.feed.meta.clone();
    if tally.new + tally.revised == 0 && before.last_success.is_some() {
        // Many feeds stamp themselves at every request. Without news that is no change of ours either.
        meta.updated = before.meta.updated;
    }
    let changed = meta != before.meta;
    connection
        .prepare_cached(
            "UPDATE source SET format = ?2, parsed = ?3, problems = ?4, meta = ?5, \
             meta_changed = CASE WHEN ?6 THEN ?7 ELSE meta_changed END WHERE id = ?1",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                before.id.0,
                document.format.as_str(),
                i64::try_from(document.parsed).unwrap_or(i64::MAX),
                json(&document.problems)?,
                json(&meta)?,
                changed,
                at.unix(),
            ])
        })
        .map_err(StoreError::Write)?;
    Ok(changed)
}

/// Entries in document order reversed, so that storing order follows time where the feed is newest first. First those
/// are found that are stored just so: what is left of the stored ones may then be what the others were before.
fn write_entries(
    connection: &Connection,
    store_id: &str,
    before: &SourceState,
    entries: &[CleanEntry],
    is_same_piece: SamePiece,
    now: Timestamp,
) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    let mut taken: HashSet<i64> = HashSet::with_capacity(entries.len());
    let mut left: Vec<&CleanEntry> = Vec::new();
    for entry in entries.iter().rev() {
        let mut exact = None;
        for key in &entry.keys {
            let known = known_entry(connection, before.id, &key.text)?;
            exact = known.filter(|known| known.record_hash == entry.record_hash && !taken.contains(&known.id));
            if exact.is_some() {
                break;
            }
        }
        match exact {
            Some(known) => {
                taken.insert(known.id);
                tally.same += 1;
            }
            None => left.push(entry),
        }
    }
    for entry in left {
        match earlier_version(connection, before.id, entry, &taken, is_same_piece)? {
            Some(known) => {
                taken.insert(known.id);
                let revised = known.text_hash != entry.text_hash;
                update(connection, &known, entry, revised, now)?;
                if revised {
                    tally.revised += 1;
                } else {
                    tally.touched += 1;
                }
            }
            None => {
                let Some(key) = free_key(connection, before.id, entry)? else {
                    // Every word of it is stored already.
                    tally.same += 1;
                    continue;
                };
                taken.insert(insert(connection, store_id, before, entry, key, now)?);
                tally.dates.push(entry.published);
                tally.new += 1;
            }
        }
    }
    Ok(tally)
}

/// Decides whether a stored entry (title, link, content) is an earlier version of one that came under its id.
pub type SamePiece = fn(&str, Option<&str>, &str, &CleanEntry) -> bool;

/// The stored entry that this one revises.
fn earlier_version(
    connection: &Connection,
    source: SourceId,
    entry: &CleanEntry,
    taken: &HashSet<i64>,
    is_same_piece: SamePiece,
) -> Result<Option<KnownEntry>, StoreError> {
    for key in entry.keys.iter().filter(|key| !key.shared) {
        let Some(known) = known_entry(connection, source, &key.text)?.filter(|known| !taken.contains(&known.id)) else {
            continue;
        };
        let same = known.text_hash == entry.text_hash || {
            let (title, link, content) = piece(connection, known.id)?;
            is_same_piece(&title, link.as_deref(), &content, entry)
        };
        if same {
            return Ok(Some(known));
        }
    }
    Ok(None)
}

fn piece(connection: &Connection, id: i64) -> Result<(String, Option<String>, String), StoreError> {
    connection
        .prepare_cached("SELECT title, link, content FROM entry WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))))
        .map_err(StoreError::Read)
}

/// The best key of an entry that no stored one has.
fn free_key<'e>(
    connection: &Connection,
    source: SourceId,
    entry: &'e CleanEntry,
) -> Result<Option<&'e str>, StoreError> {
    for key in &entry.keys {
        if known_entry(connection, source, &key.text)?.is_none() {
            return Ok(Some(&key.text));
        }
    }
    Ok(None)
}

struct KnownEntry {
    id: i64,
    record_hash: [u8; 16],
    text_hash: [u8; 16],
    updated: Timestamp,
    ranked: Timestamp,
}

fn known_entry(connection: &Connection, source: SourceId, key: &str) -> Result<Option<KnownEntry>, StoreError> {
    connection
        .prepare_cached("SELECT id, record_hash, text_hash, updated, ranked FROM entry WHERE source = ?1 AND key = ?2")
        .and_then(|mut statement| {
            statement
                .query_row(params![source.0, key], |row| {
                    Ok(KnownEntry {
                        id: row.get(0)?,
                        record_hash: row.get(1)?,
                        text_hash: row.get(2)?,
                        updated: Timestamp::from_unix(row.get(3)?),
                        ranked: Timestamp::from_unix(row.get(4)?),
                    })
                })
                .optional()
        })
        .map_err(StoreError::Read)
}

fn insert(
    connection: &Connection,
    store_id: &str,
    source: &SourceState,
    entry: &CleanEntry,
    key: &str,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let taken = |id: &str| {
        connection
            .prepare_cached("SELECT 1 FROM entry WHERE published_id = ?1")
            .and_then(|mut statement| statement.exists([id]))
            .map_err(StoreError::Read)
    };
    let published_id = identity::published_id(store_id, source.id.0, key, entry.declared_id.as_deref(), taken)?;
    // PRODUCT promise 4: a date that is missing or not credible becomes the time first seen, fixed once.
    let published = entry.published.unwrap_or(now);
    let updated = entry.updated.unwrap_or(published).max(published);
    connection
        .prepare_cached(
            "INSERT INTO entry (source, key, declared_id, published_id, link, title, summary, content, details, \
             first_seen, published, updated, ranked, changed, first_poll, record_hash, text_hash) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?11, ?10, ?13, ?14, ?15)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                source.id.0,
                key,
                entry.declared_id,
                published_id,
                entry.link,
                entry.title,
                entry.summary,
                entry.content,
                json(&entry.details)?,
                now.unix(),
                published.unix(),
                updated.unix(),
                source.last_success.is_none(),
                entry.record_hash.as_slice(),
                entry.text_hash.as_slice(),
            ])
        })
        .map_err(StoreError::Write)?;
    Ok(connection.last_insert_rowid())
}

/// Writes an entry's new content. `updated` and its place in live documents move only when a person would notice.
fn update(
    connection: &Connection,
    known: &KnownEntry,
    entry: &CleanEntry,
    revised: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (updated, ranked) = if revised {
        // The publisher's own date of the change where it moved, else the time it was noticed.
        let updated = entry.updated.filter(|updated| *updated > known.updated).unwrap_or(now.max(known.updated));
        (updated, known.ranked.max(updated))
    } else {
        (known.updated, known.ranked)
    };
    connection
        .prepare_cached(
            "UPDATE entry SET link = ?2, title = ?3, summary = ?4, content = ?5, details = ?6, updated = ?7, \
             ranked = ?8, changed = ?9, revisions = revisions + ?10, record_hash = ?11, text_hash = ?12, \
             declared_id = ?13 WHERE id = ?1",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                known.id,
                entry.link,
                entry.title,
                entry.summary,
                entry.content,
                json(&entry.details)?,
                updated.unix(),
                ranked.unix(),
                now.unix(),
                i64::from(revised),
                entry.record_hash.as_slice(),
                entry.text_hash.as_slice(),
                entry.declared_id,
            ])
        })
        .map_err(StoreError::Write)?;
    Ok(())
}

fn json(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}
