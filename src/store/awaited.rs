//! Decisions of a person that another store may take over: they name entries in a way that means the same in every
//! store. They are carried out at once, or, if their entries are not stored yet, in the transaction that stores the
//! last of these entries.
//!
//! Entry points: [`Store::decisions_by_hand`], [`Store::decide_by_hand`], [`decide_awaited`] at a poll. Carrying out a decision again
//! changes nothing.

use rusqlite::{Connection, Row, Rows, params};
use serde::{Deserialize, Serialize};

use super::decisions::{hide_by_hand, join_by_hand, split_by_hand, story, story_of, touch};
use super::sql::{all_rows, execute, first_row};
use super::{Store, StoreError};
use crate::model::{ByHand, EntryId, EntryKey, EntryName, KeyDigest, KeyKind, SourceId, Timestamp};
use crate::stories::address::identity;

/// Most decisions that wait for their entries, and most decisions of each kind that are read.
pub const DECISIONS_MAX: usize = 20_000;

/// The outcome of taking decisions over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOver {
    /// Decisions that changed something.
    pub made: usize,
    /// Decisions that were in force already.
    pub known: usize,
    /// Decisions that wait for their entries.
    pub awaited: usize,
}

impl Store {
    /// The decisions of a person that are in force, and those that wait for their entries, in a fixed order.
    pub async fn decisions_by_hand(&self) -> Result<Vec<ByHand>, StoreError> {
        self.read(|connection| {
            let mut decisions = Vec::new();
            for (what, statement) in [("hide", HIDDEN), ("split", SPLIT), ("join", JOINED)] {
                for (entry, other) in pairs(connection, statement)? {
                    let Some(entry) = name_of(connection, entry)? else { continue };
                    let named = other.map(|other| name_of(connection, other)).transpose()?.flatten();
                    if named.is_some() || other.is_none() {
                        decisions.extend(ByHand::parse(what, entry, named));
                    }
                }
            }
            let mut waiting = connection.prepare_cached(ALL_AWAITED)?;
            decisions.extend(awaited(waiting.query([])?)?.into_iter().map(|(_, decision)| decision));
            Ok(decisions)
        })
        .await
    }

    /// Takes decisions over, in their order. Those whose entries are not all stored wait for them.
    ///
    /// # Errors
    /// If more than [`DECISIONS_MAX`] decisions would wait. After any error, nothing has changed.
    pub async fn decide_by_hand(&self, decisions: Vec<ByHand>, now: Timestamp) -> Result<TakenOver, StoreError> {
        self.writer()?
            .write(move |connection| {
                let mut decided = TakenOver::default();
                for decision in &decisions {
                    match carry_out(connection, decision, now)? {
                        Some(carried) if carried.is_change => decided.made += 1,
                        Some(_) => decided.known += 1,
                        None => {
                            wait_for_entries(connection, decision)?;
                            decided.awaited += 1;
                        }
                    }
                }
                let waiting: i64 = connection.query_row("SELECT count(*) FROM awaited", [], |row| row.get(0))?;
                if waiting > DECISIONS_MAX as i64 {
                    return Err(StoreError::TooManyDecisions { most: DECISIONS_MAX });
                }
                Ok(decided)
            })
            .await
    }
}

/// Entries that a person hid. An entry that its source withdrew is hidden, too, but by the source.
const HIDDEN: &str = "SELECT id, NULL, 0 FROM entry
     WHERE hidden = 1 AND NOT EXISTS (SELECT 1 FROM entry_missing WHERE entry_missing.entry = entry.id AND withdrawn = 1)
     ORDER BY id LIMIT ?1";
/// Pairs that a person parted. The third column says that the second entry is the one that left.
const SPLIT: &str = "SELECT one, other, EXISTS (
         SELECT 1 FROM decision WHERE decision.entry = parted.other AND what = 'split' AND by_hand = 1
     ) AND NOT EXISTS (
         SELECT 1 FROM decision WHERE decision.entry = parted.one AND what = 'split' AND by_hand = 1
     )
     FROM parted JOIN entry AS a ON a.id = one JOIN entry AS b ON b.id = other
     WHERE a.story <> b.story ORDER BY one, other LIMIT ?1";
/// Pairs that a person joined, in the order in which that was done.
const JOINED: &str = "SELECT entry, other, 0 FROM decision JOIN entry AS a ON a.id = entry JOIN entry AS b ON b.id = other
     WHERE what = 'join' AND by_hand = 1 AND a.story = b.story GROUP BY entry, other ORDER BY min(decision.id) LIMIT ?1";

/// All decisions that wait.
const ALL_AWAITED: &str = "SELECT id, what, entry_source, entry_key, other_source, other_key FROM awaited ORDER BY id";
/// The decisions that wait for an entry of source ?1 from number ?2 on.
const AWAITED_NOW: &str = "SELECT id, what, entry_source, entry_key, other_source, other_key FROM awaited
     WHERE (entry_source = (SELECT name FROM source WHERE source.id = ?1) AND EXISTS (
         SELECT 1 FROM alias WHERE alias.source = ?1 AND alias.key IN (entry_digest, entry_url) AND alias.entry >= ?2
     )) OR (other_source = (SELECT name FROM source WHERE source.id = ?1) AND EXISTS (
         SELECT 1 FROM alias WHERE alias.source = ?1 AND alias.key IN (other_digest, other_url) AND alias.entry >= ?2
     )) ORDER BY id";

fn pairs(connection: &Connection, statement: &str) -> Result<Vec<(EntryId, Option<EntryId>)>, StoreError> {
    all_rows(connection, statement, [DECISIONS_MAX as i64], |row| {
        let (one, other, is_turned): (EntryId, Option<EntryId>, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(match other {
            Some(other) if is_turned => (other, Some(one)),
            other => (one, other),
        })
    })
}

/// The name of an entry. `None` for an entry of a source that is not configured, because the name of that source may
/// mean another source.
fn name_of(connection: &Connection, id: EntryId) -> Result<Option<EntryName>, StoreError> {
    let sql = "SELECT source.name, entry_text.key, entry_text.title
               FROM entry JOIN entry_text ON entry_text.entry = entry.id JOIN source ON source.id = entry.source
               WHERE entry.id = ?1 AND source.configured = 1";
    let name = |row: &Row<'_>| Ok(EntryName { source: row.get(0)?, key: row.get(1)?, title: row.get(2)? });
    first_row(connection, sql, [id], name)
}

/// The stored entry with a name. A key may have led to another entry before; the entry stored first keeps it.
fn named(connection: &Connection, name: &EntryName) -> Result<Option<EntryId>, StoreError> {
    let [written, canonical] = digests(&name.key);
    let sql = "SELECT alias.entry FROM source JOIN alias ON alias.source = source.id AND alias.key = ?2
               WHERE source.name = ?1 AND source.configured = 1 ORDER BY alias.entry LIMIT 1";
    let found = first_row(connection, sql, params![name.source, written], |row| row.get(0))?;
    if found.is_some() || written == canonical {
        return Ok(found);
    }
    // Several entries may share the canonical form of their addresses.
    let sql = "SELECT alias.entry FROM source JOIN alias ON alias.source = source.id AND alias.key = ?2
                   JOIN entry ON entry.id = alias.entry JOIN entry_text ON entry_text.entry = alias.entry
               WHERE source.name = ?1 AND source.configured = 1 AND (entry.link_key = ?3 OR entry_text.key = ?4)
               ORDER BY alias.entry LIMIT 1";
    first_row(connection, sql, params![name.source, canonical, written, name.key], |row| row.get(0))
}

/// The digests by which an entry is found: that of its key and, if the key is an address, that of the canonical form, because the
/// written form is mostly not stored by itself.
fn digests(key: &str) -> [KeyDigest; 2] {
    let written = KeyDigest::of(key);
    let canonical = match KeyKind::parse(key) {
        Some((KeyKind::Link, address)) => identity(address).map(|place| EntryKey::new(KeyKind::Url, &place).digest),
        _ => None,
    };
    [written, canonical.unwrap_or(written)]
}

/// A decision that was carried out.
struct Carried {
    is_change: bool,
    /// The entries that it names.
    entries: Vec<EntryId>,
}

/// Carries a decision out. `None` if its entries are not all stored.
fn carry_out(connection: &Connection, decision: &ByHand, now: Timestamp) -> Result<Option<Carried>, StoreError> {
    let Some(entry) = named(connection, decision.entry())? else { return Ok(None) };
    let mut entries = vec![entry];
    if let Some(other) = decision.other() {
        let Some(other) = named(connection, other)? else { return Ok(None) };
        entries.push(other);
    }
    let is_change = match (decision, entries.as_slice()) {
        (ByHand::Hide(_), _) => hide_by_hand(connection, entry, true, now)?,
        (ByHand::Split(..), &[entry, other]) if entry != other => split_by_hand(connection, entry, &[other], now)?,
        (ByHand::Join(..), &[entry, other]) if story_of(connection, entry)? != story_of(connection, other)? => {
            touch(connection, now)?;
            join_by_hand(connection, entry, other, now)?;
            true
        }
        (ByHand::Split(..) | ByHand::Join(..), _) => false,
    };
    Ok(Some(Carried { is_change, entries }))
}

fn wait_for_entries(connection: &Connection, decision: &ByHand) -> Result<(), StoreError> {
    let digests = |name: Option<&EntryName>| name.map_or([KeyDigest(0); 2], |name| digests(&name.key));
    let (entry, other) = (decision.entry(), decision.other());
    let ([entry_digest, entry_url], [other_digest, other_url]) = (digests(Some(entry)), digests(other));
    let sql = "INSERT OR IGNORE INTO awaited (
                   what, entry_source, entry_key, entry_digest, entry_url,
                   other_source, other_key, other_digest, other_url
               ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    connection.prepare_cached(sql)?.execute(params![
        decision.as_str(),
        entry.source,
        entry.key,
        entry_digest,
        entry_url,
        other.map_or("", |other| other.source.as_str()),
        other.map_or("", |other| other.key.as_str()),
        other_digest,
        other_url,
    ])?;
    Ok(())
}

/// Decisions that wait, each with the number of its row.
fn awaited(mut rows: Rows<'_>) -> Result<Vec<(i64, ByHand)>, StoreError> {
    let mut awaited = Vec::new();
    while let Some(row) = rows.next()? {
        let name = |source: usize| -> rusqlite::Result<EntryName> {
            Ok(EntryName { source: row.get(source)?, key: row.get(source + 1)?, title: String::new() })
        };
        let (what, entry, other): (String, _, _) = (row.get(1)?, name(2)?, name(4)?);
        let other = Some(other).filter(|other| !other.source.is_empty());
        if let Some(decision) = ByHand::parse(&what, entry, other) {
            awaited.push((row.get(0)?, decision));
        }
    }
    Ok(awaited)
}

/// Carries out the decisions that waited for entries of a source from number `first` on. Returns all entries of the stories that
/// they concern, with their sources.
pub(super) fn decide_awaited(
    connection: &Connection,
    source: SourceId,
    first: EntryId,
    now: Timestamp,
) -> Result<Vec<(EntryId, SourceId)>, StoreError> {
    let mut concerned = Vec::new();
    let mut waiting = connection.prepare_cached(AWAITED_NOW)?;
    for (row, decision) in awaited(waiting.query(params![source, first])?)? {
        let Some(carried) = carry_out(connection, &decision, now)? else { continue };
        execute(connection, "DELETE FROM awaited WHERE id = ?1", [row])?;
        for entry in carried.entries {
            let members = story(connection, story_of(connection, entry)?)?;
            concerned.extend(members.iter().map(|member| (EntryId(member.id), SourceId(member.source))));
        }
    }
    Ok(concerned)
}
