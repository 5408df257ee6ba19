//! The log of decisions on entries and stories, and the decisions that a person makes by hand, which hold for good.
//!
//! Entry points: [`Store::why`], [`Store::split`], [`Store::join`], [`Store::hide`], [`Store::stories_with`] (a dry run
//! that changes nothing). How two texts compare is decided in `merge` and `stories`, never here.

use std::collections::{BTreeMap, HashSet};

use rusqlite::{Connection, ToSql};
use serde::{Deserialize, Serialize};

use super::apply::{move_story, part, record};
use super::memory::{Memory, pack, unpack};
use super::shelf::{Shelf, published_key};
use super::sql::{Json, all_rows, execute};
use super::{Store, StoreError, leads, withdrawn};
use crate::merge::stories::{Asked, Otherwise, nearly, otherwise};
use crate::merge::{Leads, Rekeyed, StoryShelf, Withdrawn};
use crate::model::{EntryId, SourceId, Timestamp};
use crate::stories::{Boilerplate, Evidence, Marks, StoryOptions};

/// Changes that one dry run lists.
const CHANGES_MAX: usize = 10_000;

/// A decision on an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    pub at: Timestamp,
    pub what: String,
    pub entry: i64,
    pub other: Option<i64>,
    pub evidence: Option<Evidence>,
    /// Why the entry leads its story in place of another entry.
    pub leads: Option<Leads>,
    /// How an entry that came under another key was recognised.
    pub rekeyed: Option<Rekeyed>,
    /// The reason for which the entry's source withdrew it.
    pub withdrawn: Option<Withdrawn>,
    pub by_hand: bool,
}

/// An entry of a story, as `why` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryEntry {
    pub id: i64,
    pub source: i64,
    pub story: i64,
    /// The entry that leads its story.
    pub lead: i64,
    pub published_id: String,
    pub card: EntryCard,
    pub hidden: bool,
}

/// An entry at a glance; `why --json` prints the same keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryCard {
    pub declared_id: Option<String>,
    pub key: String,
    pub title: String,
    pub link: Option<String>,
    pub published: Timestamp,
    pub updated: Timestamp,
    pub first_seen: Timestamp,
    pub revisions: i64,
}

/// The details of an entry for `why`.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    pub entry: StoryEntry,
    /// All entries of its story, including itself; the leading entry first.
    pub story: Vec<StoryEntry>,
    /// Its earlier versions, the oldest first.
    pub versions: Vec<EarlierVersion>,
    /// Decisions on any entry of the story, the oldest first.
    pub decisions: Vec<Decision>,
    /// Entries that the decisions name and that have left the story.
    pub others: Vec<StoryEntry>,
    /// Entries that it was nearly joined to.
    pub nearly: Vec<NearlyJoined>,
}

/// An earlier version of an entry; `why --json` prints the same record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierVersion {
    /// When the next version replaced it.
    pub until: Timestamp,
    pub title: String,
}

/// An entry that another entry was nearly joined to.
#[derive(Debug, Clone, PartialEq)]
pub struct NearlyJoined {
    pub entry: StoryEntry,
    /// What was measured, where a measurement decided.
    pub evidence: Option<Evidence>,
    /// Why the two entries stay apart, as a sentence.
    pub reason: String,
}

/// What other settings would change for an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryChange {
    pub entry: StoryEntry,
    pub other: StoryEntry,
    /// `None` where the two entries are joined now and would be parted.
    pub evidence: Option<Evidence>,
}

/// Builds the statement whose rows [`member`] reads.
macro_rules! select_member {
    ($where:literal) => {
        concat!(
            "SELECT id, source, story,
                 coalesce((SELECT lead FROM story_lead WHERE story_lead.story = entry.story), story), published_id,
                 declared_id, key, title, link, published, updated, first_seen, revisions, hidden
             FROM entry JOIN entry_text ON entry_text.entry = id
             WHERE ",
            $where,
            " ORDER BY id LIMIT 1000"
        )
    };
}

fn member(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoryEntry> {
    Ok(StoryEntry {
        id: row.get(0)?,
        source: row.get(1)?,
        story: row.get(2)?,
        lead: row.get(3)?,
        published_id: row.get(4)?,
        card: EntryCard {
            declared_id: row.get(5)?,
            key: row.get(6)?,
            title: row.get(7)?,
            link: row.get(8)?,
            published: row.get(9)?,
            updated: row.get(10)?,
            first_seen: row.get(11)?,
            revisions: row.get(12)?,
        },
        hidden: row.get(13)?,
    })
}

fn members(connection: &Connection, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<StoryEntry>, StoreError> {
    all_rows(connection, sql, values, member)
}

fn entry(connection: &Connection, id: EntryId) -> Result<Option<StoryEntry>, StoreError> {
    Ok(members(connection, select_member!("id = ?1"), &[&id])?.pop())
}

pub(super) fn story(connection: &Connection, story: EntryId) -> Result<Vec<StoryEntry>, StoreError> {
    members(connection, select_member!("(id = ?1 AND story = id) OR (story = ?1 AND story <> id)"), &[&story])
}

/// The entries that `what` names: by published id, declared id, link, key, or the store's number.
fn meant(connection: &Connection, what: &str) -> Result<Vec<StoryEntry>, StoreError> {
    let sql = select_member!("published_key = ?1 AND published_id = ?2");
    let found = members(connection, sql, &[&published_key(what), &what])?;
    if !found.is_empty() {
        return Ok(found);
    }
    for sql in [select_member!("declared_id = ?1"), select_member!("link = ?1"), select_member!("key = ?1")] {
        let found = members(connection, sql, &[&what])?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    match what.parse() {
        Ok(number) => Ok(entry(connection, EntryId(number))?.into_iter().collect()),
        Err(_) => Ok(Vec::new()),
    }
}

impl Store {
    /// The details of the entries that `what` names (by published id, declared id, link or key). With `options`, also
    /// the entries that they were nearly joined to under these options.
    pub async fn why(&self, what: String, options: Option<StoryOptions>) -> Result<Vec<Why>, StoreError> {
        self.read(move |connection| {
            let memory = Memory::default();
            meant(connection, &what)?
                .into_iter()
                .map(|entry| {
                    let mut story = story(connection, EntryId(entry.story))?;
                    story.sort_by_key(|member| (member.id != member.lead, member.id));
                    let mut decisions: BTreeMap<i64, Decision> = BTreeMap::new();
                    for other in &story {
                        decisions.extend(decisions_on(connection, other.id)?);
                    }
                    let decisions: Vec<Decision> = decisions.into_values().collect();
                    let versions = versions(connection, entry.id)?;
                    let mut others = Vec::new();
                    let named = decisions.iter().flat_map(|decision| [Some(decision.entry), decision.other]).flatten();
                    for id in named.collect::<HashSet<i64>>() {
                        if story.iter().all(|member| member.id != id) {
                            others.extend(self::entry(connection, EntryId(id))?);
                        }
                    }
                    let nearly = match options {
                        Some(options) => nearly_joined(connection, &memory, options, EntryId(entry.id))?,
                        None => Vec::new(),
                    };
                    Ok(Why { entry, story, versions, decisions, others, nearly })
                })
                .collect()
        })
        .await
    }

    /// Records that a published document changed at this time, for documents that have no later date of their own.
    pub async fn touch(&self, at: Timestamp) -> Result<(), StoreError> {
        self.writer()?.write(move |connection| touch(connection, at)).await
    }

    /// Takes an entry out of its story, for good. Returns whether that changed anything.
    pub async fn split(&self, entry: i64, now: Timestamp) -> Result<bool, StoreError> {
        self.writer()?
            .write(move |connection| {
                let Some(own) = self::entry(connection, EntryId(entry))? else { return Ok(false) };
                let others = others_of(connection, EntryId(own.story), EntryId(entry))?;
                split_by_hand(connection, EntryId(entry), &others, now)
            })
            .await
    }

    /// Merges the stories of two entries.
    pub async fn join(&self, one: i64, other: i64, now: Timestamp) -> Result<(), StoreError> {
        self.writer()?
            .write(move |connection| {
                touch(connection, now)?;
                join_by_hand(connection, EntryId(one), EntryId(other), now)
            })
            .await
    }

    /// Takes an entry out of every output, or puts it back. Returns whether that changed anything.
    pub async fn hide(&self, entry: i64, hidden: bool, now: Timestamp) -> Result<bool, StoreError> {
        self.writer()?.write(move |connection| hide_by_hand(connection, EntryId(entry), hidden, now)).await
    }

    /// What these options would join and part among the entries seen since then, apart from those of sources with
    /// `stories = "off"`. Nothing is changed. Copies are found only as far back as the texts that they are found by are
    /// kept: twice the window in force.
    pub async fn stories_with(
        &self,
        options: StoryOptions,
        since: Timestamp,
        but: HashSet<SourceId>,
    ) -> Result<Vec<StoryChange>, StoreError> {
        self.read(move |connection| {
            let memory = Memory::with_marks(marks_of(connection, since.minus(options.window * 2))?);
            let recent = seen_since(connection, since)?;
            let mut changes = Vec::new();
            for id in recent {
                let shelf = Shelf { connection, memory: &memory, source: SourceId(0) };
                let Some(stored) = shelf.piece(id)? else { continue };
                if !but.contains(&stored.source) {
                    let own = shelf.boilerplate(stored.source)?;
                    if let Some(change) = otherwise(&shelf, options, id, &stored, &own)? {
                        changes.extend(told(connection, id, change)?);
                    }
                }
                if changes.len() >= CHANGES_MAX {
                    break;
                }
            }
            Ok(changes)
        })
        .await
    }
}

/// The entries that an entry was nearly joined to.
fn nearly_joined(
    connection: &Connection,
    memory: &Memory,
    options: StoryOptions,
    id: EntryId,
) -> Result<Vec<NearlyJoined>, StoreError> {
    let shelf = Shelf { connection, memory, source: SourceId(0) };
    let Some((stored, place)) = shelf.piece(id)?.zip(leads::as_leader(connection, id)?) else { return Ok(Vec::new()) };
    let boilerplate = shelf.boilerplate(stored.source)?;
    let asked =
        Asked { id, stored: &stored, link: place.link.as_deref(), site: &place.site, boilerplate: &boilerplate };
    let mut all = Vec::new();
    for near in nearly(&shelf, options, asked)? {
        let entry = entry(connection, near.other)?;
        all.extend(entry.map(|entry| NearlyJoined { entry, evidence: near.evidence, reason: near.reason }));
    }
    Ok(all)
}

/// Entries first seen since then, in storing order. The walk ends at the first older entry, because numbers rise with
/// time.
fn seen_since(connection: &Connection, since: Timestamp) -> Result<Vec<EntryId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, first_seen FROM entry ORDER BY id DESC")?;
    let mut rows = statement.query([])?;
    let mut recent = Vec::new();
    while let Some(row) = rows.next()? {
        if row.get::<_, Timestamp>(1)? < since {
            break;
        }
        recent.push(row.get(0)?);
    }
    recent.reverse();
    Ok(recent)
}

/// The marks of all entries seen since then. Entries without stored marks are included, because no marks are stored
/// under some settings.
fn marks_of(connection: &Connection, since: Timestamp) -> Result<Marks, StoreError> {
    let mut marks = Marks::default();
    let memory = Memory::with_marks(Marks::default());
    let shelf = Shelf { connection, memory: &memory, source: SourceId(0) };
    let mut filed = connection.prepare_cached("SELECT source, found_by FROM story_mark WHERE entry = ?1")?;
    for id in seen_since(connection, since)? {
        let mut rows = filed.query([id])?;
        if let Some(row) = rows.next()? {
            marks.file(id, row.get(0)?, unpack(row.get_ref(1)?.as_blob().unwrap_or_default()));
        } else if let Some(stored) = shelf.piece(id)? {
            let found_by = pack(&stored.piece.keys(), &stored.piece.marks(&Boilerplate::default()));
            marks.file(id, stored.source, unpack(&found_by));
        }
    }
    Ok(marks)
}

/// The description of a change, with the entries that it concerns.
fn told(connection: &Connection, id: EntryId, change: Otherwise) -> Result<Option<StoryChange>, StoreError> {
    let (other, evidence) = match change {
        Otherwise::Joins { other, evidence } => (other, Some(evidence)),
        Otherwise::Leaves { lead } => (lead, None),
    };
    let entries = entry(connection, id)?.zip(entry(connection, other)?);
    Ok(entries.map(|(entry, other)| StoryChange { entry, other, evidence }))
}

/// The story of a stored entry.
pub(super) fn story_of(connection: &Connection, id: EntryId) -> Result<EntryId, StoreError> {
    let mut statement = connection.prepare_cached("SELECT story FROM entry WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0))?)
}

/// The entries of a story without one of them, in storing order.
fn others_of(connection: &Connection, story: EntryId, but: EntryId) -> Result<Vec<EntryId>, StoreError> {
    let members = self::story(connection, story)?;
    Ok(members.iter().map(|member| EntryId(member.id)).filter(|id| *id != but).collect())
}

/// Takes an entry out of every output, or puts it back. Returns whether that changed anything.
pub(super) fn hide_by_hand(
    connection: &Connection,
    entry: EntryId,
    hidden: bool,
    now: Timestamp,
) -> Result<bool, StoreError> {
    // From now on the person's decision counts, whatever the source does.
    let was_withdrawn = withdrawn::forget(connection, entry)?;
    let is_decided = withdrawn::set_hidden(connection, entry, hidden, now)? || was_withdrawn;
    if is_decided {
        touch(connection, now)?;
        record(connection, if hidden { "hide" } else { "unhide" }, entry, None, None, true, now)?;
    }
    Ok(is_decided)
}

/// Parts an entry from others for good. If it shares its story with one of them, it leaves the story. Returns whether that changed
/// anything.
pub(super) fn split_by_hand(
    connection: &Connection,
    entry: EntryId,
    apart: &[EntryId],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut is_change = false;
    for other in apart {
        let sql = "INSERT OR IGNORE INTO parted (one, other) VALUES (?1, ?2)";
        is_change |= execute(connection, sql, [entry.min(*other), entry.max(*other)])? > 0;
    }
    let story = story_of(connection, entry)?;
    let others = others_of(connection, story, entry)?;
    if others.iter().any(|other| apart.contains(other)) {
        part(connection, entry, &others, story == entry, true, now)?;
        is_change = true;
    }
    if is_change {
        touch(connection, now)?;
    }
    Ok(is_change)
}

/// Merges the stories of two entries under the number of the entry that was stored first.
pub(super) fn join_by_hand(
    connection: &Connection,
    one: EntryId,
    other: EntryId,
    now: Timestamp,
) -> Result<(), StoreError> {
    execute(connection, "DELETE FROM parted WHERE one = ?1 AND other = ?2", [one.min(other), one.max(other)])?;
    let (first, second) = (story_of(connection, one)?, story_of(connection, other)?);
    let (stays, goes) = (first.min(second), first.max(second));
    if stays != goes {
        move_story(connection, goes, stays, now)?;
        let memory = Memory::with_marks(Marks::default());
        let shelf = Shelf { connection, memory: &memory, source: SourceId(0) };
        leads::unite(&shelf, connection, goes, stays, now)?;
    }
    record(connection, "join", one, Some(other), Some(&Evidence::by_hand()), true, now)
}

/// Records that an entry was hidden or changed by hand. Any output may look different afterwards, even an output that
/// has lost an entry.
pub(super) fn touch(connection: &Connection, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO fact (name, value) VALUES ('stories_touched', CAST(?1 AS TEXT)) ON CONFLICT (name) DO UPDATE
               SET value = CAST(max(CAST(value AS INTEGER), ?1) AS TEXT)";
    execute(connection, sql, [now])?;
    Ok(())
}

fn versions(connection: &Connection, entry: i64) -> Result<Vec<EarlierVersion>, StoreError> {
    let sql = "SELECT until, title FROM revision WHERE entry = ?1 ORDER BY number";
    all_rows(connection, sql, [entry], |row| Ok(EarlierVersion { until: row.get(0)?, title: row.get(1)? }))
}

/// The decisions on an entry, by their numbers.
fn decisions_on(connection: &Connection, entry: i64) -> Result<BTreeMap<i64, Decision>, StoreError> {
    let sql = "SELECT id, at, what, entry, other, evidence, by_hand FROM decision WHERE entry = ?1 OR other = ?1
               ORDER BY id LIMIT 200";
    all_rows(connection, sql, [entry], |row| {
        let what: String = row.get(2)?;
        let told = row.get_ref(5)?.as_str()?;
        let decision = Decision {
            leads: (what == "lead").then(|| serde_json::from_str(told).ok()).flatten(),
            rekeyed: (what == "rekey").then(|| serde_json::from_str(told).ok()).flatten(),
            withdrawn: (what == "withdraw").then(|| serde_json::from_str(told).ok()).flatten(),
            at: row.get(1)?,
            what,
            entry: row.get(3)?,
            other: row.get(4)?,
            evidence: row.get::<_, Json<Option<Evidence>>>(5).map_or(None, |Json(evidence)| evidence),
            by_hand: row.get(6)?,
        };
        Ok((row.get(0)?, decision))
    })
}
