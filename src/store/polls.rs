//! Writes polls: before the request only the time of the attempt, after it all results in one transaction.
//!
//! Entry points: [`Store::begin_poll`], [`Store::finish_poll`], [`Store::put_off`]. The [`Planner`] that comes with the
//! record decides when the next poll is due.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::apply::Writing;
use super::awaited;
use super::before::{Has, has, next_entry, set_next_entry};
use super::described;
use super::distrusted;
use super::floods;
use super::hosts;
use super::incidents;
use super::memory::Memory;
use super::results::{self, SourceRow};
use super::shelf::Shelf;
use super::sql::{execute, pack_reverted};
use super::state::{self, Address, Asking, KnownDocument, PollState, SourceState};
use super::writer::{Durability, Extent};
use super::{Store, StoreError, window, withdrawn};
use crate::incidents::Incident;
use crate::merge::{self, Before, Decided, Flood, Listing, Prepared, Site};
use crate::model::{CleanFeed, EntryId, FeedFormat, Outcome, Problem, SourceId, Tally, Timestamp};
use crate::moves;
use crate::push::Offers;
use crate::schedule::{HostKey, HostState, News, SourceSchedule};
use crate::stories::{Reach, StoryOptions};

/// poll → store: one finished poll.
pub struct PollRecord {
    pub source: SourceId,
    /// The URL that was polled: results are dropped if the source's address was edited since.
    pub url: String,
    /// When the poll finished.
    pub at: Timestamp,
    pub result: PollResult,
    /// Why the poll failed, or a remark on it for the operator.
    pub detail: Option<String>,
    /// The URL that finally answered, where it is not the configured one; without secrets.
    pub effective_url: Option<String>,
    /// Bytes of the body on the wire.
    pub bytes: u64,
    /// Whether the request was conditional on the document that the store knows.
    pub conditional: bool,
    /// The address that the source has moved to, as far as it is known.
    pub address: Address,
    /// How the source is asked from now on.
    pub asking: Asking,
    /// As [`PollState::watched_since`].
    pub watched_since: Option<Timestamp>,
    /// Hosts whose state changes with this poll.
    pub hosts: Vec<(HostKey, HostState)>,
    /// Whether, and by which rules, the source's entries join stories.
    pub stories: StoryOptions,
    /// Repeatable only if the next poll would find all of this out again.
    pub durability: Durability,
    /// Whether the poll shows nothing new about its source, so that only its row of `source_poll` is written. Ignored if there
    /// is a document.
    pub is_routine: bool,
    /// Decides the next poll once it is known what was new; a pure function.
    pub plan: Planner,
}

/// Decides the next poll from what this poll brought.
pub type Planner = Box<dyn Fn(Outcome, &News) -> SourceSchedule + Send>;

/// The result of a poll.
pub enum PollResult {
    /// A document that was read.
    Document(Box<ReadDocument>),
    /// The same document again, byte for byte, perhaps with other validators.
    Same(KnownDocument),
    /// Not modified (304), perhaps with other validators of the same document.
    NotModified(Option<KnownDocument>),
    /// Gone (410).
    Gone,
    Failed,
}

impl PollRecord {
    /// The record of a poll that was answered with 304 and showed nothing new about its source. The records of other polls
    /// differ from it.
    pub fn routine(source: SourceId, url: String, at: Timestamp, plan: Planner) -> PollRecord {
        PollRecord {
            source,
            url,
            at,
            result: PollResult::NotModified(None),
            detail: None,
            effective_url: None,
            bytes: 0,
            conditional: true,
            address: Address::default(),
            asking: Asking::default(),
            watched_since: None,
            hosts: Vec::new(),
            stories: StoryOptions::OFF,
            durability: Durability::Lasting,
            is_routine: true,
            plan,
        }
    }

    /// Whether the poll leaves the row of its source, and everything else, as it is.
    fn leaves_source(&self) -> bool {
        self.is_routine && self.result.document().is_none()
    }
}

impl PollResult {
    /// The outcome; `None` if it depends on what the document brings.
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            PollResult::Document(_) => None,
            PollResult::Same(_) => Some(Outcome::Unchanged),
            PollResult::NotModified(_) => Some(Outcome::NotModified),
            PollResult::Gone => Some(Outcome::Gone),
            PollResult::Failed => Some(Outcome::Failed),
        }
    }

    /// The document that was read.
    pub fn document(&self) -> Option<&ReadDocument> {
        match self {
            PollResult::Document(document) => Some(document),
            _ => None,
        }
    }

    /// What the store is to know of the document that its entries come from, if the server said anything of it.
    pub fn known(&self) -> Option<&KnownDocument> {
        match self {
            PollResult::Document(document) => Some(&document.known),
            PollResult::Same(known) => Some(known),
            PollResult::NotModified(known) => known.as_ref(),
            PollResult::Gone | PollResult::Failed => None,
        }
    }
}

/// A document that was fetched completely, read and cleaned.
#[derive(Debug, Clone)]
pub struct ReadDocument {
    pub known: KnownDocument,
    /// The version of reading and cleaning. Entries that differ from their stored form after this version has changed are
    /// not shown again.
    pub reading: u32,
    pub format: FeedFormat,
    /// Number of items in it.
    pub parsed: u64,
    /// Whether it holds only what has changed since the last document (RFC 3229, 226).
    pub partial: bool,
    pub problems: Vec<Problem>,
    pub feed: CleanFeed,
    /// What the reading task prepared from the texts of the entries.
    pub prepared: Prepared,
    /// The hub that the document names; `None` leaves the stored value.
    pub offers: Option<Offers>,
}

/// store → daemon: what a poll changed.
#[derive(Debug, Clone, PartialEq)]
pub struct PollEffect {
    pub outcome: Outcome,
    /// How the items of the document were handled, where a document was read.
    pub tally: Tally,
    /// Number of problems of the document, including those found when its entries were merged.
    pub problems: usize,
    /// Whether the source's address was edited meanwhile, so that nothing was stored.
    pub stale: bool,
    /// Whether the source's description of itself has changed.
    pub described: bool,
    /// The entries that were written, and the other entries of their stories.
    pub entries: Vec<EntryId>,
    /// Other sources of which one of those entries has changed its place in live documents.
    pub moved: BTreeSet<SourceId>,
    /// The dates of the new entries, as [`News::dates`].
    pub dates: Vec<Option<Timestamp>>,
    /// The incidents of the source that have changed, in their new state.
    pub incidents: Vec<Incident>,
    /// The schedule as it is stored now.
    pub schedule: SourceSchedule,
}

impl Store {
    /// Records that `source` is about to be polled, and returns what the poll needs of its state. Because of that record a
    /// crash of the program from here on costs no second request; after a power cut there may be one.
    ///
    /// # Errors
    /// The record could not be written, so the request must not be made.
    pub async fn begin_poll(&self, source: SourceId, now: Timestamp) -> Result<PollState, StoreError> {
        self.writer()?
            .write_as(Extent::Statement, Durability::Repeatable, move |connection, _, _| {
                state::begin(connection, source, now)
            })
            .await
    }

    /// Records that no request was made after all: the attempt does not count. If `next` is given, it is the time of
    /// the next poll and the reason for it.
    pub async fn put_off(&self, source: SourceId, next: Option<(Timestamp, String)>) -> Result<(), StoreError> {
        self.writer()?
            .write(move |connection| {
                execute(connection, "DELETE FROM attempt WHERE source = ?1", [source])?;
                let sql = "INSERT INTO attempt (source, at) SELECT source, last_poll FROM source_poll
                           WHERE source = ?1 AND last_poll IS NOT NULL";
                execute(connection, sql, [source])?;
                if let Some((at, why)) = next {
                    let sql = "UPDATE source_poll SET next_poll = ?2, next_poll_reason = ?3 WHERE source = ?1";
                    execute(connection, sql, params![source, at, why])?;
                }
                Ok(())
            })
            .await
    }

    /// Writes everything that a poll brought (entries, the source's state, validators and the time of the next poll),
    /// or nothing.
    ///
    /// # Errors
    /// Nothing was written, so the poll counts as never finished.
    pub async fn finish_poll(&self, record: PollRecord) -> Result<PollEffect, StoreError> {
        let store_id = self.store_id().to_owned();
        // Incidents that change with a routine poll have a savepoint of their own.
        let extent = match record.result {
            PollResult::Document(_) => Extent::Memory,
            _ if record.leaves_source() && record.hosts.is_empty() => Extent::Statement,
            _ => Extent::Statements,
        };
        self.writer()?
            .write_as(extent, record.durability, move |connection, memory, began| {
                let written = began.max(record.at);
                finish(connection, memory, &store_id, &record, written)
            })
            .await
    }
}

/// Writes everything that a poll brought. `written` is the time of writing, which may be later than the end of the poll
/// because the request waited for its turn, and other changes may have been published meanwhile.
fn finish(
    connection: &Connection,
    memory: &Memory,
    store_id: &str,
    record: &PollRecord,
    written: Timestamp,
) -> Result<PollEffect, StoreError> {
    let PollRecord { source, at, .. } = *record;
    hosts::remember(connection, &record.hosts)?;
    let mut brought = Brought::default();
    let document = record.result.document();
    if let Some(document) = document {
        let before = state::state(connection, source)?;
        if before.url != record.url {
            return Ok(outdated(before));
        }
        brought = take(connection, memory, store_id, &before, document, record.stories, (at, written))?;
    }
    let (outcome, known) = (record.result.outcome().unwrap_or(brought.outcome()), record.result.known());
    // The next document must be read even if it has the same bytes, because only reading it settles whether an entry is
    // retracted.
    let unsettled = known.filter(|_| brought.is_watched).map(KnownDocument::to_be_read_again);
    let known = unsettled.as_ref().or(known);
    let schedule = (record.plan)(outcome, &brought.news);
    let seen = incidents::Seen {
        source,
        at,
        schedule: &schedule,
        detail: record.detail.as_deref(),
        moved_to: moves::moved_for_good(&record.url, &record.address),
        flooding: brought.flooding,
        watched_since: record.watched_since,
    };
    let write = || {
        if !results::write_poll(connection, record, outcome, &schedule)? {
            return Ok(false);
        }
        if !record.leaves_source() {
            let row = SourceRow {
                address: &record.address,
                asking: record.asking,
                schedule: &schedule,
                known,
                watched_since: outcome.is_success().then_some(at),
                document: document.map(|document| (document, &brought)),
            };
            results::write_source(connection, source, &row)?;
        }
        Ok(true)
    };
    let Some(incidents) = incidents::with_state(connection, memory, &seen, write)? else {
        return Ok(outdated(state::state(connection, source)?));
    };
    Ok(brought.effect(outcome, incidents, schedule))
}

/// The effect of a poll whose source was given another address meanwhile: its result is dropped.
pub(super) fn outdated(before: SourceState) -> PollEffect {
    PollEffect { stale: true, ..Brought::default().effect(Outcome::Unchanged, Vec::new(), before.schedule) }
}

/// The effects of a document on the store.
#[derive(Default)]
pub(super) struct Brought {
    pub(super) tally: Tally,
    problems: usize,
    /// When the poll ended, if the source's description of itself has changed.
    pub(super) meta_changed: Option<Timestamp>,
    /// When entries were written, if any were.
    pub(super) entries_changed: Option<Timestamp>,
    /// The entries that are in earlier versions, packed.
    pub(super) away: Option<Vec<u8>>,
    entries: Vec<EntryId>,
    moved: BTreeSet<SourceId>,
    pub(super) news: News,
    /// Whether the source floods, if a document was read.
    flooding: Option<bool>,
    /// Whether the next document is to be read even if it has the same bytes.
    is_watched: bool,
}

impl Brought {
    pub(super) fn outcome(&self) -> Outcome {
        if self.tally.new + self.tally.revised > 0 { Outcome::New } else { Outcome::Unchanged }
    }

    /// The effect of the poll or delivery that brought the document.
    pub(super) fn effect(self, outcome: Outcome, incidents: Vec<Incident>, schedule: SourceSchedule) -> PollEffect {
        let Brought { tally, problems, meta_changed, entries, moved, news: News { dates, .. }, .. } = self;
        let described = meta_changed.is_some();
        PollEffect { outcome, tally, problems, stale: false, described, entries, moved, dates, incidents, schedule }
    }
}

/// Stores a document: its entries, and its description of the source. The caller writes the row of the source.
pub(super) fn take(
    connection: &Connection,
    memory: &Memory,
    store_id: &str,
    before: &SourceState,
    document: &ReadDocument,
    stories: StoryOptions,
    (at, written): (Timestamp, Timestamp),
) -> Result<Brought, StoreError> {
    let (mut decided, moved) = decide(connection, memory, store_id, before, document, stories, at)?;
    for source in &moved {
        connection
            .prepare_cached("UPDATE source SET entries_changed = max(entries_changed, ?2) WHERE id = ?1")?
            .execute(params![source, written])?;
    }
    let tally = decided.tally;
    if !tally.adds_up() {
        let source = before.id.0;
        tracing::error!(source, ?tally, "bug in watershed: the counts of a document's items do not add up");
    }
    let flooding = is_flooding(connection, memory, before, &decided, at)?;
    if flooding {
        decided.problems.insert(0, Problem::new(Flood::problem()));
    }
    let problems: Vec<&Problem> = document.problems.iter().chain(&decided.problems).collect();
    let is_described_anew = results::write_document(connection, before, document, &decided, &problems)?;
    let had_some = before.parsed.is_some_and(|parsed| parsed > 0);
    let all_new = tally.new > 1 && tally.new == document.feed.entries.len() as u64;
    Ok(Brought {
        tally,
        problems: problems.len(),
        meta_changed: is_described_anew.then_some(at),
        entries_changed: (!decided.touched.is_empty()).then_some(written),
        away: pack_reverted(&decided.reverted),
        news: News {
            dates: std::mem::take(&mut decided.dates),
            window: (!document.partial).then_some(document.parsed),
            overflow: had_some && !document.partial && all_new,
        },
        flooding: Some(flooding),
        is_watched: decided.is_watched,
        entries: decided.touched.into_iter().collect(),
        moved,
    })
}

/// Whether a source floods, after the decisions on its document.
fn is_flooding(
    connection: &Connection,
    memory: &Memory,
    before: &SourceState,
    decided: &Decided<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let tally = decided.tally;
    let has_news = tally.new + tally.revised > 0;
    let after = |flood: Flood| match decided.renewed {
        Some(renewed) => flood.after(renewed, tally.parsed, has_news, now),
        None => flood,
    };
    let (was, is) = floods::note(connection, memory, before.id, after)?;
    if is.is_flooding() && !was.is_flooding() {
        tracing::warn!(source = before.name.as_str(), "the source floods: {}", Flood::problem());
    }
    Ok(is.is_flooding())
}

/// Decides what a document means for the stored entries, and writes it. Also returns the other sources of which an
/// entry has changed its place in live documents.
fn decide<'d>(
    connection: &Connection,
    memory: &Memory,
    store_id: &str,
    state: &SourceState,
    document: &'d ReadDocument,
    stories: StoryOptions,
    now: Timestamp,
) -> Result<(Decided<'d>, BTreeSet<SourceId>), StoreError> {
    let next = next_entry(connection)?;
    let Has { entries: has_entries, pruned: has_pruned, awaited: has_awaited } = has(connection, state.id)?;
    let before = Before {
        store_id,
        source: state.id,
        site: Site::of([state.url.as_str(), document.known.url.as_str()], document.feed.meta.link.as_deref()),
        has_entries,
        has_pruned,
        was_polled: state.last_success().is_some(),
        is_read_anew: state.last_success().is_some() && state.reading != document.reading,
        parsed: state.parsed.unwrap_or(0),
        distrusted: distrusted::keys(connection, state.id)?,
        absences: withdrawn::absences(connection, state.id, state.last_success())?,
        next,
    };
    let listing = Listing {
        entries: &document.feed.entries,
        prepared: &document.prepared,
        parsed: document.parsed,
        doubles: document.feed.doubles,
        partial: document.partial,
        deletions: &document.feed.deletions,
    };
    let shelf = Shelf { connection, memory, source: state.id };
    let mut decided = merge::decide(&listing, &before, &shelf, stories, now)?;
    let mut moved = BTreeSet::new();
    if !decided.intents.is_empty() {
        let described = described::version(connection, state.id, &document.feed.meta)?;
        moved = Writing { connection, memory, source: state.id, described, now }.apply(&decided.intents)?;
    }
    if decided.tally.new > 0 {
        set_next_entry(connection, EntryId(next.0 + decided.tally.new.cast_signed()))?;
        if stories.reach != Reach::Off {
            window::prune(connection, memory, stories.window, now)?;
        }
        if has_awaited {
            for (entry, source) in awaited::decide_awaited(connection, state.id, next, now)? {
                decided.touched.insert(entry);
                moved.extend((source != state.id).then_some(source));
            }
        }
    }
    Ok((decided, moved))
}
