//! What was decided on stories, by whom and why; and what a person decides, for good.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, params};

use super::stories::{Printed, Sought, boilerplate_of, find, has_room, join, part, record, stored_piece, touch};
use super::{Store, StoreError};
use crate::model::{SourceId, Timestamp};
use crate::stories::{Evidence, Piece, Reach, StoryOptions, judge};

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
    pub by_hand: bool,
}

/// An entry of a story, as `why` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: i64,
    pub source: i64,
    pub story: i64,
    pub key: String,
    pub published_id: String,
    pub declared_id: Option<String>,
    pub link: Option<String>,
    pub title: String,
    pub first_seen: Timestamp,
    pub published: Timestamp,
    pub updated: Timestamp,
    pub revisions: i64,
    pub hidden: bool,
}

/// What `why` tells of one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    pub entry: Member,
    /// All entries of its story, itself among them, the leading one first.
    pub story: Vec<Member>,
    /// What it said before, the oldest first: until when, and its title.
    pub versions: Vec<(Timestamp, String)>,
    /// On any of them, the oldest first.
    pub decisions: Vec<Decision>,
    /// Entries that the decisions speak of, and that are in the story no more.
    pub others: Vec<Member>,
}

/// What other settings would do to an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub entry: Member,
    pub other: Member,
    /// None where they are joined now and would not be.
    pub evidence: Option<Evidence>,
}

const MEMBER: &str = "id, source, story, key, published_id, declared_id, link, title, first_seen, published, updated, \
     revisions, hidden";

fn member(row: &rusqlite::Row<'_>) -> rusqlite::Result<Member> {
    let time = |column: usize| row.get::<_, i64>(column).map(Timestamp::from_unix);
    Ok(Member {
        id: row.get(0)?,
        source: row.get(1)?,
        story: row.get(2)?,
        key: row.get(3)?,
        published_id: row.get(4)?,
        declared_id: row.get(5)?,
        link: row.get(6)?,
        title: row.get(7)?,
        first_seen: time(8)?,
        published: time(9)?,
        updated: time(10)?,
        revisions: row.get(11)?,
        hidden: row.get(12)?,
    })
}

pub(super) fn members(
    connection: &Connection,
    condition: &str,
    value: &dyn rusqlite::ToSql,
) -> Result<Vec<Member>, StoreError> {
    let sql = format!("SELECT {MEMBER} FROM entry WHERE {condition} ORDER BY id LIMIT 1000");
    let mut statement = connection.prepare_cached(&sql).map_err(StoreError::Read)?;
    let rows = statement.query_map([value], member).map_err(StoreError::Read)?;
    rows.collect::<Result<Vec<_>, _>>().map_err(StoreError::Read)
}

/// The entries that are meant: by published id, declared id, link, key, or the store's number.
fn meant(connection: &Connection, what: &str) -> Result<Vec<Member>, StoreError> {
    for column in ["published_id = ?1", "declared_id = ?1", "link = ?1", "key = ?1"] {
        let found = members(connection, column, &what)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    match what.parse::<i64>() {
        Ok(number) => members(connection, "id = ?1", &number),
        Err(_) => Ok(Vec::new()),
    }
}

impl Store {
    /// What is known of the entries that `what` means (their published or declared id, link, or key).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn why(&self, what: String) -> Result<Vec<Why>, StoreError> {
        self.read(move |connection| {
            meant(connection, &what)?
                .into_iter()
                .map(|entry| {
                    let story = members(connection, "story = ?1", &entry.story)?;
                    let mut decisions = Vec::new();
                    for other in &story {
                        decisions.extend(decisions_on(connection, other.id)?);
                    }
                    decisions.sort_by_key(|(id, _)| *id);
                    decisions.dedup_by_key(|(id, _)| *id);
                    let decisions: Vec<Decision> = decisions.into_iter().map(|(_, decision)| decision).collect();
                    let versions = versions(connection, entry.id)?;
                    let mut others = Vec::new();
                    let named = decisions.iter().flat_map(|decision| [Some(decision.entry), decision.other]).flatten();
                    for id in named.collect::<HashSet<i64>>() {
                        if story.iter().all(|member| member.id != id) {
                            others.extend(members(connection, "id = ?1", &id)?);
                        }
                    }
                    Ok(Why { entry, story, versions, decisions, others })
                })
                .collect()
        })
        .await
    }

    /// Takes note that what is published changed then, for a document that has no later date of its own.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn touch(&self, at: Timestamp) -> Result<(), StoreError> {
        self.writer()?.write(move |connection| touch(connection, at)).await
    }

    /// Takes an entry out of its story, for good.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn split(&self, entry: i64, now: Timestamp) -> Result<bool, StoreError> {
        self.writer()?
            .write(move |connection| {
                let Some(own) = members(connection, "id = ?1", &entry)?.pop() else { return Ok(false) };
                let mut others = members(connection, "story = ?1", &own.story)?;
                others.retain(|it| it.id != entry);
                if others.is_empty() {
                    return Ok(false);
                }
                for other in others.iter().map(|it| it.id) {
                    connection
                        .prepare_cached("INSERT OR IGNORE INTO parted (one, other) VALUES (?1, ?2)")
                        .and_then(|mut statement| statement.execute(params![entry.min(other), entry.max(other)]))
                        .map_err(StoreError::Write)?;
                }
                part(connection, entry, &others, true, now)?;
                touch(connection, now)?;
                Ok(true)
            })
            .await
    }

    /// Makes one story of two.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn join(&self, one: i64, other: i64, now: Timestamp) -> Result<(), StoreError> {
        self.writer()?
            .write(move |connection| {
                connection
                    .execute(
                        "DELETE FROM parted WHERE one = ?1 AND other = ?2",
                        params![one.min(other), one.max(other)],
                    )
                    .map_err(StoreError::Write)?;
                touch(connection, now)?;
                join(connection, one, other, &Evidence::by_hand(), true, now)
            })
            .await
    }

    /// Takes an entry out of every output, or puts it back. Returns whether that changed anything.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn hide(&self, entry: i64, hidden: bool, now: Timestamp) -> Result<bool, StoreError> {
        self.writer()?
            .write(move |connection| {
                let changed = connection
                    .execute(
                        "UPDATE entry SET hidden = ?2, changed = ?3 WHERE id = ?1 AND hidden <> ?2",
                        params![entry, hidden, now.unix()],
                    )
                    .map_err(StoreError::Write)?;
                if changed > 0 {
                    touch(connection, now)?;
                    record(connection, if hidden { "hide" } else { "unhide" }, entry, None, None, true, now)?;
                }
                Ok(changed > 0)
            })
            .await
    }

    /// What these options would join and part among the entries seen since then, but for those of sources that join no
    /// stories. Nothing is changed. Copies are looked for as far back as texts are kept to find them by: twice the window in
    /// force.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn stories_with(
        &self,
        options: StoryOptions,
        since: Timestamp,
        but: HashSet<SourceId>,
    ) -> Result<Vec<Change>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached("SELECT id FROM entry WHERE first_seen >= ?1 ORDER BY id")
                .map_err(StoreError::Read)?;
            let rows = statement.query_map([since.unix()], |row| row.get(0)).map_err(StoreError::Read)?;
            let recent = rows.collect::<Result<Vec<i64>, _>>().map_err(StoreError::Read)?;
            let (mut changes, mut printed) = (Vec::new(), HashMap::new());
            for id in recent {
                let Some((source, _, piece)) = stored_piece(connection, id)? else { continue };
                if !but.contains(&SourceId(source)) {
                    changes.extend(change_of(connection, options, (id, source, piece), &mut printed)?);
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

/// What options would do to one entry.
fn change_of(
    connection: &Connection,
    options: StoryOptions,
    (id, source, piece): (i64, i64, Piece),
    printed: &mut Printed,
) -> Result<Option<Change>, StoreError> {
    let member_of = |id: i64| Ok::<_, StoreError>(members(connection, "id = ?1", &id)?.pop());
    let Some(entry) = member_of(id)? else { return Ok(None) };
    let own = boilerplate_of(connection, source, printed)?;
    let is_joined = entry.story != id && !was_by_hand(connection, id)?;
    if is_joined {
        // Judged by what it is joined to: what found it may be in the index no more.
        let others = members(connection, "story = ?1", &entry.story)?;
        for other in others.iter().filter(|other| other.id != id) {
            let Some((other_source, _, other_piece)) = stored_piece(connection, other.id)? else { continue };
            let theirs = boilerplate_of(connection, other_source, printed)?;
            let near = piece.at.abs_diff(other_piece.at) <= options.window.as_secs();
            let is_one = near && judge(&piece, &other_piece, [&own, &theirs], options.reach, false).is_some();
            if is_one && options.reach != Reach::Off {
                return Ok(None);
            }
        }
        let lead = member_of(entry.story)?;
        return Ok(lead.map(|other| Change { entry, other, evidence: None }));
    }
    if options.reach == Reach::Off || entry.story != id {
        return Ok(None);
    }
    let sought = Sought::new(id, source, piece, &own);
    let Some((found, evidence)) = find(connection, &sought, options, printed)? else { return Ok(None) };
    let Some(other) = member_of(found)? else { return Ok(None) };
    let joins = other.story != entry.story
        && !are_parted(connection, entry.id, other.story)?
        && has_room(connection, other.id, source)?;
    Ok(joins.then_some(Change { entry, other, evidence: Some(evidence) }))
}

fn versions(connection: &Connection, entry: i64) -> Result<Vec<(Timestamp, String)>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT until, title FROM revision WHERE entry = ?1 ORDER BY number")
        .map_err(StoreError::Read)?;
    let rows = statement
        .query_map([entry], |row| Ok((Timestamp::from_unix(row.get(0)?), row.get(1)?)))
        .map_err(StoreError::Read)?;
    rows.collect::<Result<Vec<_>, _>>().map_err(StoreError::Read)
}

fn decisions_on(connection: &Connection, entry: i64) -> Result<Vec<(i64, Decision)>, StoreError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT id, at, what, entry, other, evidence, by_hand FROM decision WHERE entry = ?1 OR other = ?1 \
             ORDER BY id LIMIT 200",
        )
        .map_err(StoreError::Read)?;
    let rows = statement
        .query_map([entry], |row| {
            let decision = Decision {
                at: Timestamp::from_unix(row.get(1)?),
                what: row.get(2)?,
                entry: row.get(3)?,
                other: row.get(4)?,
                evidence: serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default(),
                by_hand: row.get(6)?,
            };
            Ok((row.get(0)?, decision))
        })
        .map_err(StoreError::Read)?;
    rows.collect::<Result<Vec<_>, _>>().map_err(StoreError::Read)
}

pub(super) fn are_parted(connection: &Connection, entry: i64, story: i64) -> Result<bool, StoreError> {
    connection
        .prepare_cached(
            "SELECT 1 FROM parted JOIN entry ON entry.story = ?2 \
             WHERE one = min(?1, entry.id) AND other = max(?1, entry.id) LIMIT 1",
        )
        .and_then(|mut statement| statement.exists(params![entry, story]))
        .map_err(StoreError::Read)
}

pub(super) fn was_by_hand(connection: &Connection, entry: i64) -> Result<bool, StoreError> {
    connection
        .prepare_cached(
            "SELECT 1 FROM decision WHERE (entry = ?1 OR other = ?1) AND what = 'join' AND by_hand = 1 LIMIT 1",
        )
        .and_then(|mut statement| statement.exists([entry]))
        .map_err(StoreError::Read)
}
