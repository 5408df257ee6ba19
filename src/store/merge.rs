//! A document's entries among the stored ones: which are known, which are new versions of known ones, which are new.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::polls::{Document, json};
use super::state::SourceState;
use super::{StoreError, identity, stories};
use crate::model::{CleanEntry, SourceId, Timestamp};
use crate::stories::StoryOptions;

/// What the entries of a document came to.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) new: u64,
    pub(super) same: u64,
    pub(super) revised: u64,
    /// Rows rewritten without a person noticing.
    pub(super) touched: u64,
    /// Dates of the new ones.
    pub(super) dates: Vec<Option<Timestamp>>,
}

/// Entries in document order reversed, so that storing order follows time where the feed is newest first. First those
/// are found that are stored just so: what is left of the stored ones may then be what the others were before.
pub(super) fn write_entries(
    connection: &Connection,
    store_id: &str,
    before: &SourceState,
    document: &Document,
    options: StoryOptions,
    now: Timestamp,
) -> Result<Tally, StoreError> {
    let (entries, is_same_piece, is_partial) = (&document.feed.entries, document.is_same_piece, document.partial);
    let mut tally = Tally::default();
    let mut placer = stories::Placer::new(connection, before.id.0, options, entries);
    let mut taken: HashSet<i64> = HashSet::with_capacity(entries.len());
    let mut left: Vec<&CleanEntry> = Vec::new();
    // Entries that the document lists under their own ids or addresses: none of them has become another one.
    let mut listed: HashSet<i64> = HashSet::with_capacity(entries.len());
    for entry in entries.iter().rev() {
        let mut exact = None;
        for key in entry.keys.iter().filter(|key| !key.weak) {
            let known = known_entry(connection, before.id, &key.text)?;
            listed.extend(known.as_ref().map(|known| known.id));
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
        let gone = |id: i64| !is_partial && !listed.contains(&id);
        match earlier_version(connection, before.id, entry, &taken, gone, is_same_piece)? {
            Some(known) => {
                taken.insert(known.id);
                let revised = known.text_hash != entry.text_hash;
                update(connection, &known, entry, revised, now)?;
                remember_keys(connection, before.id, known.id, entry, None)?;
                if revised {
                    placer.review(known.id, entry, now)?;
                    tally.revised += 1;
                } else {
                    tally.touched += 1;
                }
            }
            None => {
                let Some(key) = free_key(connection, before.id, entry)? else {
                    // It is stored just so, under another one's name.
                    tally.same += 1;
                    continue;
                };
                let id = insert(connection, store_id, before, entry, &key, now)?;
                remember_keys(connection, before.id, id, entry, Some(&key))?;
                placer.place(id, entry, entry.published.unwrap_or(now), now)?;
                taken.insert(id);
                tally.dates.push(entry.published);
                tally.new += 1;
            }
        }
    }
    if tally.new > 0 {
        stories::prune(connection, options.window, now)?;
    }
    Ok(tally)
}

/// Decides whether a stored entry (title, link, content) is an earlier version of one that came under its id.
pub type SamePiece = fn(&str, Option<&str>, &str, &CleanEntry) -> bool;

/// The stored entry that this one revises. By weak keys only one that is `gone` from the document: what is listed
/// beside it is another one, as the publisher says.
fn earlier_version(
    connection: &Connection,
    source: SourceId,
    entry: &CleanEntry,
    taken: &HashSet<i64>,
    gone: impl Fn(i64) -> bool,
    is_same_piece: SamePiece,
) -> Result<Option<KnownEntry>, StoreError> {
    let mut now = None;
    for key in entry.keys.iter().filter(|key| !key.shared) {
        let known = known_entry(connection, source, &key.text)?;
        let Some(known) = known.filter(|known| !taken.contains(&known.id) && (!key.weak || gone(known.id))) else {
            continue;
        };
        let is_next = key.trusted || {
            let (before, content) = stories::version(connection, known.id)?;
            let is_near = known.text_hash == entry.text_hash
                || is_same_piece(&before.title, before.link.as_deref(), &content, entry);
            let now = now.get_or_insert_with(|| stories::version_of(entry));
            let kind = key.text.split(':').next().unwrap_or_default();
            crate::stories::is_next(kind, &before, now, is_near)
        };
        if is_next {
            return Ok(Some(known));
        }
    }
    Ok(None)
}

/// Adds to what an entry is known by: aliases only ever accumulate, and the first bearer of one keeps it.
fn remember_keys(
    connection: &Connection,
    source: SourceId,
    id: i64,
    entry: &CleanEntry,
    own: Option<&str>,
) -> Result<(), StoreError> {
    let many: i64 = connection
        .prepare_cached("SELECT count(*) FROM entry_alias WHERE entry = ?1")
        .and_then(|mut statement| statement.query_row([id], |row| row.get(0)))
        .map_err(StoreError::Read)?;
    if many >= ALIASES_MAX {
        // An id that is new at every poll says nothing.
        return Ok(());
    }
    let own_keys = entry.keys.iter().filter(|key| !key.shared).map(|key| key.text.as_str()).chain(own);
    let mut statement = connection
        .prepare_cached("INSERT OR IGNORE INTO entry_alias (source, key, entry) VALUES (?1, ?2, ?3)")
        .map_err(StoreError::Write)?;
    for key in own_keys {
        statement.execute(params![source.0, key_digest(key), id]).map_err(StoreError::Write)?;
    }
    Ok(())
}

/// The digest under which a key is kept.
pub(super) fn key_digest(key: &str) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&blake3::hash(key.as_bytes()).as_bytes()[..8]);
    i64::from_le_bytes(first)
}

/// The best key of an entry that no stored one has; where all are taken by others, one made of its text and a number.
/// None where it is stored just so.
fn free_key(connection: &Connection, source: SourceId, entry: &CleanEntry) -> Result<Option<String>, StoreError> {
    for key in entry.keys.iter().filter(|key| !key.weak) {
        match known_entry(connection, source, &key.text)? {
            None => return Ok(Some(key.text.clone())),
            Some(known) if known.record_hash == entry.record_hash => return Ok(None),
            Some(_) => {}
        }
    }
    let text = entry.keys.iter().rfind(|key| !key.weak).map_or("text", |key| key.text.as_str());
    for number in 2..=NAMESAKES_MAX {
        let key = format!("{text}#{number}");
        match known_entry(connection, source, &key)? {
            None => return Ok(Some(key)),
            Some(known) if known.record_hash == entry.record_hash => return Ok(None),
            Some(_) => {}
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
        .prepare_cached(
            "SELECT id, record_hash, text_hash, updated, ranked FROM entry WHERE id = \
             (SELECT entry FROM entry_alias WHERE source = ?1 AND key = ?2)",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![source.0, key_digest(key)], |row| {
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
    let id = connection.last_insert_rowid();
    connection
        .prepare_cached("UPDATE entry SET story = id WHERE id = ?1")
        .and_then(|mut statement| statement.execute([id]))
        .map_err(StoreError::Write)?;
    Ok(id)
}

/// Entries of one source whose keys are all borne by others, of one text.
const NAMESAKES_MAX: usize = 64;
/// Aliases of one entry.
const ALIASES_MAX: i64 = 32;
/// Later versions than the first that are kept of an entry.
const VERSIONS_KEPT: i64 = 3;

/// Keeps what an entry says before it is revised: of all its versions the first and the last ones.
fn keep_version(connection: &Connection, id: i64, now: Timestamp) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO revision (entry, number, until, title, link, summary, content) \
             SELECT id, revisions, ?2, title, link, summary, content FROM entry WHERE id = ?1",
        )
        .and_then(|mut statement| statement.execute(params![id, now.unix()]))
        .and_then(|_| {
            connection.prepare_cached(
                "DELETE FROM revision WHERE entry = ?1 AND number > 0 AND number <= \
                 (SELECT revisions FROM entry WHERE id = ?1) - ?2",
            )
        })
        .and_then(|mut statement| statement.execute(params![id, VERSIONS_KEPT]))
        .map_err(StoreError::Write)?;
    Ok(())
}

/// Writes an entry's new content. `updated` and its place in live documents move only when a person would notice.
fn update(
    connection: &Connection,
    known: &KnownEntry,
    entry: &CleanEntry,
    revised: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    if revised {
        keep_version(connection, known.id, now)?;
    }
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
