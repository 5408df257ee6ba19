//! Which entries are one story: found when an entry is stored, with the evidence for it, or decided by hand. Nothing is
//! ever deleted or overwritten by a match; it only sets which entry leads.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Store, StoreError};
use crate::model::{CleanEntry, EntryDetails, Timestamp};
use crate::stories::{self, Boilerplate, Evidence, Piece, Reach, StoryOptions, address, judge};

/// Entries that one is compared with, the likeliest first.
const CANDIDATES_MAX: usize = 8;
/// Marks that must agree before texts are compared; of a short text all of its few.
const MARKS_LEAST: usize = 2;
/// A mark that so many entries have is what many sources print.
const MARK_BEARERS_MAX: usize = 40;
/// Entries of one story, of one source and in all, from which on nothing more is joined to it by itself.
const STORY_OF_ONE_SOURCE_MAX: i64 = 3;
const STORY_MAX: i64 = 25;
/// The last entries of a source that tell what it prints under everything.
const BOILERPLATE_ENTRIES: i64 = 16;
/// How often the index is pruned.
const PRUNED_EVERY: Duration = Duration::from_secs(6 * 3_600);

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
}

/// What other settings would do to an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub entry: Member,
    pub other: Member,
    /// None where they are joined now and would not be.
    pub evidence: Option<Evidence>,
}

/// A new entry's text as it is compared.
fn piece_of(entry: &CleanEntry, published: Timestamp) -> Piece {
    let details = &entry.details;
    let text = stories::text_of(if entry.content.is_empty() { &entry.summary } else { &entry.content });
    let mut piece = Piece::new(&entry.title, &text);
    fill(&mut piece, entry.link.as_deref(), entry.declared_id.as_deref(), details, published);
    piece
}

fn fill(piece: &mut Piece, link: Option<&str>, id: Option<&str>, details: &EntryDetails, published: Timestamp) {
    let links = [link, details.original_link.as_deref()];
    piece.links = links.into_iter().flatten().filter_map(address::identity).collect();
    piece.hint = links.into_iter().flatten().next_back().and_then(address::hint);
    piece.id = id.map(str::to_owned);
    let bare = |url: &str| url.split('?').next().unwrap_or_default().to_owned();
    piece.enclosures = details.enclosures.iter().map(|enclosure| bare(&enclosure.url)).collect();
    piece.at = published.unix();
}

/// Digests of what an entry is found by in other sources.
fn keys_of(piece: &Piece) -> Vec<i64> {
    let links = piece.links.iter().map(|link| format!("link {link}"));
    let hint = piece.hint.iter().map(|hint| format!("hint {hint}"));
    let id = piece.telling_id().into_iter().map(|id| format!("id {id}"));
    let headline = piece.headline().into_iter().map(|headline| format!("headline {headline}"));
    links.chain(hint).chain(id).chain(headline).map(|key| stories::digest(&key)).collect()
}

/// Finds the story of an entry that was just stored, and files what it is found by.
pub(super) fn place(
    connection: &Connection,
    id: i64,
    source: i64,
    entry: &CleanEntry,
    published: Timestamp,
    options: StoryOptions,
    now: Timestamp,
) -> Result<(), StoreError> {
    if options.reach == Reach::Off {
        return Ok(());
    }
    let piece = piece_of(entry, published);
    let (marks, keys) = (piece.marks(), keys_of(&piece));
    if let Some((other, evidence)) = find(connection, source, &piece, &marks, &keys, options, i64::MAX)? {
        join(connection, id, other, &evidence, false, now)?;
    }
    file(connection, id, &marks, &keys)
}

fn file(connection: &Connection, id: i64, marks: &[u32], keys: &[i64]) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare_cached("INSERT OR IGNORE INTO story_mark (mark, entry) VALUES (?1, ?2)")
        .map_err(StoreError::Write)?;
    for mark in marks {
        statement.execute(params![mark, id]).map_err(StoreError::Write)?;
    }
    let mut statement = connection
        .prepare_cached("INSERT OR IGNORE INTO story_key (key, entry) VALUES (?1, ?2)")
        .map_err(StoreError::Write)?;
    for key in keys {
        statement.execute(params![key, id]).map_err(StoreError::Write)?;
    }
    Ok(())
}

/// The entry of another source, stored before `before`, that is the same piece.
fn find(
    connection: &Connection,
    source: i64,
    piece: &Piece,
    marks: &[u32],
    keys: &[i64],
    options: StoryOptions,
    before: i64,
) -> Result<Option<(i64, Evidence)>, StoreError> {
    let candidates = candidates(connection, marks, keys, options.reach, before)?;
    let mut printed: HashMap<i64, Boilerplate> = HashMap::new();
    let mut best: Option<(i64, Evidence)> = None;
    for candidate in candidates {
        let Some((other_source, story, other)) = stored_piece(connection, candidate)? else { continue };
        let apart = Duration::from_secs(piece.at.abs_diff(other.at));
        if other_source == source || apart > options.window {
            continue;
        }
        for source in [source, other_source] {
            if let std::collections::hash_map::Entry::Vacant(place) = printed.entry(source) {
                place.insert(boilerplate(connection, source)?);
            }
        }
        let recurs = match piece.headline() {
            Some(headline) if piece.headline() == other.headline() => is_recurrent(connection, headline)?,
            _ => false,
        };
        let Some(evidence) = judge(piece, &other, [&printed[&source], &printed[&other_source]], options.reach, recurs)
        else {
            continue;
        };
        if !has_room(connection, story, source)? {
            continue;
        }
        let is_better = best
            .as_ref()
            .is_none_or(|(_, best)| (evidence.rung, -evidence.containment) < (best.rung, -best.containment));
        if is_better {
            best = Some((candidate, evidence));
        }
    }
    Ok(best)
}

/// Entries that may be the same piece, the likeliest first.
fn candidates(
    connection: &Connection,
    marks: &[u32],
    keys: &[i64],
    reach: Reach,
    before: i64,
) -> Result<Vec<i64>, StoreError> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    let mut bearers = |sql: &str, value: i64, weight: usize| -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(sql).map_err(StoreError::Read)?;
        let limit = MARK_BEARERS_MAX as i64 + 1;
        let rows =
            statement.query_map(params![value, before, limit], |row| row.get::<_, i64>(0)).map_err(StoreError::Read)?;
        let found = rows.collect::<Result<Vec<i64>, _>>().map_err(StoreError::Read)?;
        if found.len() <= MARK_BEARERS_MAX {
            found.into_iter().for_each(|entry| *counts.entry(entry).or_default() += weight);
        }
        Ok(())
    };
    for key in keys {
        bearers("SELECT entry FROM story_key WHERE key = ?1 AND entry < ?2 LIMIT ?3", *key, 1_000)?;
    }
    if reach == Reach::Near {
        for mark in marks {
            bearers("SELECT entry FROM story_mark WHERE mark = ?1 AND entry < ?2 LIMIT ?3", i64::from(*mark), 1)?;
        }
    }
    let least = MARKS_LEAST.min(marks.len()).max(1);
    let mut likely: Vec<(i64, usize)> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
    likely.sort_by_key(|(entry, count)| (std::cmp::Reverse(*count), *entry));
    Ok(likely.into_iter().take(CANDIDATES_MAX).map(|(entry, _)| entry).collect())
}

/// Source, story and piece of a stored entry.
fn stored_piece(connection: &Connection, id: i64) -> Result<Option<(i64, i64, Piece)>, StoreError> {
    let row = connection
        .prepare_cached(
            "SELECT source, story, title, summary, content, link, declared_id, details, published FROM entry WHERE id = ?1",
        )
        .and_then(|mut statement| {
            statement
                .query_row([id], |row| {
                    let texts: (String, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
                    let rest: (Option<String>, Option<String>, String, i64) =
                        (row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?);
                    Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, texts, rest))
                })
                .optional()
        })
        .map_err(StoreError::Read)?;
    Ok(row.map(|(source, story, (title, summary, content), (link, id, details, published))| {
        let mut piece = Piece::new(&title, &stories::text_of(if content.is_empty() { &summary } else { &content }));
        let details: EntryDetails = serde_json::from_str(&details).unwrap_or_default();
        fill(&mut piece, link.as_deref(), id.as_deref(), &details, Timestamp::from_unix(published));
        (source, story, piece)
    }))
}

fn boilerplate(connection: &Connection, source: i64) -> Result<Boilerplate, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT title, summary, content FROM entry WHERE source = ?1 ORDER BY id DESC LIMIT ?2")
        .map_err(StoreError::Read)?;
    let rows = statement
        .query_map(params![source, BOILERPLATE_ENTRIES], |row| {
            let (title, summary, content): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Piece::new(&title, &stories::text_of(if content.is_empty() { &summary } else { &content })))
        })
        .map_err(StoreError::Read)?;
    let pieces = rows.collect::<Result<Vec<Piece>, _>>().map_err(StoreError::Read)?;
    Ok(Boilerplate::of(&pieces))
}

/// Whether a headline stands over several entries of one source.
fn is_recurrent(connection: &Connection, headline: &str) -> Result<bool, StoreError> {
    connection
        .prepare_cached(
            "SELECT 1 FROM story_key JOIN entry ON entry.id = story_key.entry WHERE story_key.key = ?1 \
             GROUP BY source HAVING count(*) > 1 LIMIT 1",
        )
        .and_then(|mut statement| statement.exists([stories::digest(&format!("headline {headline}"))]))
        .map_err(StoreError::Read)
}

/// Whether a story may grow by an entry of this source without anybody looking.
fn has_room(connection: &Connection, story: i64, source: i64) -> Result<bool, StoreError> {
    let (all, own): (i64, i64) = connection
        .prepare_cached("SELECT count(*), coalesce(sum(source = ?2), 0) FROM entry WHERE story = ?1")
        .and_then(|mut statement| statement.query_row(params![story, source], |row| Ok((row.get(0)?, row.get(1)?))))
        .map_err(StoreError::Read)?;
    Ok(all < STORY_MAX && own < STORY_OF_ONE_SOURCE_MAX)
}

/// Makes an entry's story one with another's; the entry that was stored first leads.
fn join(
    connection: &Connection,
    entry: i64,
    other: i64,
    evidence: &Evidence,
    by_hand: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let story_of = |id: i64| {
        connection
            .prepare_cached("SELECT story FROM entry WHERE id = ?1")
            .and_then(|mut statement| statement.query_row([id], |row| row.get::<_, i64>(0)))
            .map_err(StoreError::Read)
    };
    let (one, two) = (story_of(entry)?, story_of(other)?);
    let (leads, follows) = (one.min(two), one.max(two));
    if leads != follows {
        move_story(connection, follows, leads, now)?;
    }
    record(connection, "join", entry, Some(other), Some(evidence), by_hand, now)
}

/// Gives all entries of one story to another; what is published of both looks different now.
fn move_story(connection: &Connection, from: i64, to: i64, now: Timestamp) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE entry SET story = ?2, changed = ?3 WHERE story = ?1")
        .and_then(|mut statement| statement.execute(params![from, to, now.unix()]))
        .and_then(|_| connection.prepare_cached("UPDATE entry SET changed = ?2 WHERE story = ?1"))
        .and_then(|mut statement| statement.execute(params![to, now.unix()]))
        .map_err(StoreError::Write)?;
    Ok(())
}

fn record(
    connection: &Connection,
    what: &str,
    entry: i64,
    other: Option<i64>,
    evidence: Option<&Evidence>,
    by_hand: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let evidence = evidence.map_or_else(|| "null".to_owned(), |it| serde_json::to_string(it).unwrap_or_default());
    connection
        .prepare_cached(
            "INSERT INTO decision (at, what, entry, other, evidence, by_hand) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .and_then(|mut statement| statement.execute(params![now.unix(), what, entry, other, evidence, by_hand]))
        .map_err(StoreError::Write)?;
    Ok(())
}

/// Takes out of the index what lies further back than the window, from time to time.
pub(super) fn prune(connection: &Connection, window: Duration, now: Timestamp) -> Result<(), StoreError> {
    let last: Option<i64> = connection
        .query_row("SELECT CAST(value AS INTEGER) FROM fact WHERE name = 'stories_pruned'", [], |row| row.get(0))
        .optional()
        .map_err(StoreError::Read)?;
    if last.is_some_and(|last| now.since(Timestamp::from_unix(last)) < PRUNED_EVERY && last <= now.unix()) {
        return Ok(());
    }
    let before = now.minus(window * 2).unix();
    let oldest: Option<i64> = connection
        .query_row("SELECT min(id) FROM entry WHERE first_seen >= ?1", [before], |row| row.get(0))
        .map_err(StoreError::Read)?;
    let oldest = oldest.unwrap_or(i64::MAX);
    for sql in ["DELETE FROM story_mark WHERE entry < ?1", "DELETE FROM story_key WHERE entry < ?1"] {
        connection.execute(sql, [oldest]).map_err(StoreError::Write)?;
    }
    connection
        .execute(
            "INSERT INTO fact (name, value) VALUES ('stories_pruned', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1",
            [now.unix().to_string()],
        )
        .map_err(StoreError::Write)?;
    Ok(())
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

fn members(connection: &Connection, condition: &str, value: &dyn rusqlite::ToSql) -> Result<Vec<Member>, StoreError> {
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
                    let decisions = decisions.into_iter().map(|(_, decision)| decision).collect();
                    let versions = versions(connection, entry.id)?;
                    Ok(Why { entry, story, versions, decisions })
                })
                .collect()
        })
        .await
    }

    /// Takes an entry out of its story, for good.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn split(&self, entry: i64, now: Timestamp) -> Result<bool, StoreError> {
        self.writer()?
            .write(move |connection| {
                let Some(own) = members(connection, "id = ?1", &entry)?.pop() else { return Ok(false) };
                let others: Vec<i64> = members(connection, "story = ?1", &own.story)?
                    .iter()
                    .map(|it| it.id)
                    .filter(|id| *id != entry)
                    .collect();
                let Some(first) = others.first().copied() else { return Ok(false) };
                for other in &others {
                    connection
                        .prepare_cached("INSERT OR IGNORE INTO parted (one, other) VALUES (?1, ?2)")
                        .and_then(|mut statement| statement.execute(params![entry.min(*other), entry.max(*other)]))
                        .map_err(StoreError::Write)?;
                }
                // Where the leading entry goes, the next one leads those that stay.
                if own.story == entry {
                    move_story(connection, entry, first, now)?;
                }
                connection
                    .execute("UPDATE entry SET story = id, changed = ?2 WHERE id = ?1", params![entry, now.unix()])
                    .and_then(|_| {
                        connection.execute("UPDATE entry SET changed = ?2 WHERE id = ?1", params![first, now.unix()])
                    })
                    .map_err(StoreError::Write)?;
                record(connection, "split", entry, Some(first), None, true, now)?;
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
                    record(connection, if hidden { "hide" } else { "unhide" }, entry, None, None, true, now)?;
                }
                Ok(changed > 0)
            })
            .await
    }

    /// What these options would join and part among the entries seen since then. Nothing is changed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn stories_with(&self, options: StoryOptions, since: Timestamp) -> Result<Vec<Change>, StoreError> {
        self.read(move |connection| {
            let recent = members(connection, "first_seen >= ?1", &since.unix())?;
            let mut changes = Vec::new();
            for entry in recent {
                let Some((source, story, piece)) = stored_piece(connection, entry.id)? else { continue };
                let (marks, keys) = (piece.marks(), keys_of(&piece));
                let found = match options.reach {
                    Reach::Off => None,
                    _ => find(connection, source, &piece, &marks, &keys, options, entry.id)?,
                };
                let member_of = |id: i64| Ok(members(connection, "id = ?1", &id)?.pop());
                match found {
                    Some((other, evidence)) => {
                        let Some(other) = member_of(other)? else { continue };
                        if other.story != story && !are_parted(connection, entry.id, other.story)? {
                            changes.push(Change { entry, other, evidence: Some(evidence) });
                        }
                    }
                    None if story != entry.id && !was_by_hand(connection, entry.id)? => {
                        let Some(other) = member_of(story)? else { continue };
                        changes.push(Change { entry, other, evidence: None });
                    }
                    None => {}
                }
            }
            Ok(changes)
        })
        .await
    }
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

fn are_parted(connection: &Connection, entry: i64, story: i64) -> Result<bool, StoreError> {
    connection
        .prepare_cached(
            "SELECT 1 FROM parted JOIN entry ON entry.story = ?2 \
             WHERE one = min(?1, entry.id) AND other = max(?1, entry.id) LIMIT 1",
        )
        .and_then(|mut statement| statement.exists(params![entry, story]))
        .map_err(StoreError::Read)
}

fn was_by_hand(connection: &Connection, entry: i64) -> Result<bool, StoreError> {
    connection
        .prepare_cached("SELECT 1 FROM decision WHERE (entry = ?1 OR other = ?1) AND by_hand = 1 LIMIT 1")
        .and_then(|mut statement| statement.exists([entry]))
        .map_err(StoreError::Read)
}
