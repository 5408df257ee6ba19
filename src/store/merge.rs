//! A document's entries among the stored ones: which are known, which are new versions of known ones, which are new.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::described::{self, Described};
use super::polls::{Document, json};
use super::state::SourceState;
use super::{StoreError, identity, rekeyed, stories};
use crate::model::{CleanEntry, EntryId, Problem, SourceId, Tally, Timestamp};
use crate::stories::StoryOptions;

/// New entries of one document, of a source that had some before, from which on they are a flood.
const FLOOD_LEAST: u64 = 30;

/// What the entries of a document came to.
#[derive(Default)]
pub(super) struct Merged {
    pub(super) tally: Tally,
    /// Dates of the new ones.
    pub(super) dates: Vec<Option<Timestamp>>,
    /// What an operator should know of it.
    pub(super) problems: Vec<Problem>,
    /// The entries whose rows were written.
    pub(super) entries: Vec<EntryId>,
    /// Entries that were left out, as they were published here first.
    own: u64,
}

/// Entries in document order reversed, so that storing order follows time where the feed is newest first. First those
/// are found that are stored just so: what is left of the stored ones may then be what the others were before. Only what
/// nothing was before is new.
pub(super) fn write_entries(
    connection: &Connection,
    store_id: &str,
    before: &SourceState,
    document: &Document,
    options: StoryOptions,
    now: Timestamp,
) -> Result<Merged, StoreError> {
    let entries = &document.feed.entries;
    let described = described::version(connection, before.id, &document.feed.meta)?;
    let placer = stories::Placer::new(connection, before.id.0, options, entries);
    let mut merge = Merge {
        connection,
        before,
        document,
        placer,
        described,
        now,
        taken: HashSet::with_capacity(entries.len()),
        listed: HashSet::with_capacity(entries.len()),
        merged: Merged::default(),
    };
    let left = merge.stored_just_so()?;
    let fresh = merge.known_by_a_key(left)?;
    let fresh = merge.rekeyed(fresh)?;
    for entry in fresh {
        merge.insert(store_id, entry)?;
    }
    let Merge { mut merged, placer, .. } = merge;
    merged.entries.extend(placer.left_behind.iter().map(|id| EntryId(*id)));
    add_their_stories(connection, &mut merged.entries)?;
    merged.tally.parsed = document.parsed;
    merged.tally.rejected += document.feed.doubles;
    if placer.kept_apart > 0 {
        let text = format!("{} entries belong to stories that have as many entries as they may", placer.kept_apart);
        merged.problems.push(Problem::new(text));
    }
    if merged.own > 0 {
        let text = format!("{} entries were left out: they were published here first, and have come back", merged.own);
        merged.problems.push(Problem::new(text));
    }
    let new = merged.tally.new;
    if new >= FLOOD_LEAST && before.last_success.is_some() && new > 2 * before.parsed.unwrap_or(0) {
        merged.problems.push(Problem::new(format!("a flood: {new} entries that were never seen came at once")));
    }
    if new > 0 {
        stories::prune(connection, options.window, now)?;
    }
    Ok(merged)
}

/// Adds the other entries of their stories: what shows one may show another instead from now on.
fn add_their_stories(connection: &Connection, entries: &mut Vec<EntryId>) -> Result<(), StoreError> {
    let mut all: HashSet<i64> = HashSet::with_capacity(entries.len());
    let mut statement = connection
        .prepare_cached("SELECT id FROM entry WHERE story = (SELECT story FROM entry WHERE id = ?1)")
        .map_err(StoreError::Read)?;
    for entry in entries.iter() {
        all.insert(entry.0);
        let members = statement
            .query_map([entry.0], |row| row.get::<_, i64>(0))
            .and_then(|rows| rows.collect::<rusqlite::Result<Vec<_>>>())
            .map_err(StoreError::Read)?;
        all.extend(members);
    }
    *entries = all.into_iter().map(EntryId).collect();
    Ok(())
}

/// The merging of one document.
struct Merge<'m> {
    connection: &'m Connection,
    before: &'m SourceState,
    document: &'m Document,
    placer: stories::Placer<'m>,
    /// What the source says of itself now.
    described: Described,
    now: Timestamp,
    /// Stored entries that the document has.
    taken: HashSet<i64>,
    /// Those that it lists under their own ids or addresses, or just as they are: none of them has become another one.
    listed: HashSet<i64>,
    merged: Merged,
}

impl<'m> Merge<'m> {
    /// Passes over what is stored just so; returns the rest.
    fn stored_just_so(&mut self) -> Result<Vec<&'m CleanEntry>, StoreError> {
        let mut left = Vec::new();
        for entry in self.document.feed.entries.iter().rev() {
            let mut exact = None;
            for key in entry.keys.iter().filter(|key| !key.weak) {
                let known = known_entry(self.connection, self.before.id, &key.text)?;
                // That somebody says the same does not yet make him the same.
                if !key.text.starts_with("text") {
                    self.listed.extend(known.as_ref().map(|known| known.id));
                }
                let is_this = |known: &KnownEntry| {
                    let is_dated_so = !key.shared || known.is_dated_like(entry);
                    known.record_hash == entry.record_hash && is_dated_so && !self.taken.contains(&known.id)
                };
                exact = known.filter(is_this);
                if exact.is_some() {
                    break;
                }
            }
            match exact {
                Some(known) => {
                    self.listed.insert(known.id);
                    self.taken.insert(known.id);
                    self.merged.tally.same += 1;
                }
                None => left.push(entry),
            }
        }
        Ok(left)
    }

    /// Writes what is a next version of a stored entry by one of its keys; returns the rest.
    fn known_by_a_key(&mut self, entries: Vec<&'m CleanEntry>) -> Result<Vec<&'m CleanEntry>, StoreError> {
        let mut left = Vec::new();
        for entry in entries {
            let gone = |id: i64| !self.document.partial && !self.listed.contains(&id);
            match earlier_version(self.connection, self.before.id, entry, &self.taken, gone)? {
                Some(known) => self.revise(&known, entry)?,
                None => left.push(entry),
            }
        }
        Ok(left)
    }

    /// Writes what is a next version of an entry that is gone under its own keys; returns the rest.
    fn rekeyed(&mut self, entries: Vec<&'m CleanEntry>) -> Result<Vec<&'m CleanEntry>, StoreError> {
        if self.document.partial || self.before.last_success.is_none() || entries.len() + self.taken.len() == 0 {
            return Ok(entries);
        }
        let there = rekeyed::There { taken: &self.taken, listed: &self.listed };
        let found = rekeyed::find(self.connection, self.before, &mut self.placer, &entries, &there, self.now)?;
        let mut left = Vec::new();
        for (at, entry) in entries.into_iter().enumerate() {
            match found.found.get(&at) {
                Some(id) => match entry_by(self.connection, "id = ?1", params![id])? {
                    Some(known) => self.revise(&known, entry)?,
                    None => left.push(entry),
                },
                None => left.push(entry),
            }
        }
        if let Some(again) = found.mass {
            let text = format!(
                "{again} entries came under other ids or addresses at once, as when a site moves: they were recognised, \
                 and only what is new is published"
            );
            self.merged.problems.push(Problem::new(text));
        }
        Ok(left)
    }

    fn revise(&mut self, known: &KnownEntry, entry: &CleanEntry) -> Result<(), StoreError> {
        self.taken.insert(known.id);
        let revised = known.text_hash != entry.text_hash;
        let revision = if revised {
            let before = stories::version(self.connection, known.id)?;
            let is_significant = crate::stories::is_significant(&before, &stories::version_of(entry));
            if is_significant { Revision::Significant } else { Revision::Slight }
        } else {
            Revision::None
        };
        update(self.connection, known, entry, revision, &self.described, self.now)?;
        self.merged.entries.push(EntryId(known.id));
        remember_keys(self.connection, self.before.id, known.id, entry, None)?;
        if revised {
            self.placer.review(known.id, entry, self.now)?;
            self.merged.tally.revised += 1;
        } else {
            self.merged.tally.same += 1;
        }
        Ok(())
    }

    fn insert(&mut self, store_id: &str, entry: &CleanEntry) -> Result<(), StoreError> {
        if self.is_our_own(entry)? {
            self.merged.tally.rejected += 1;
            self.merged.own += 1;
            return Ok(());
        }
        let key = match free_key(self.connection, self.before.id, entry, &self.taken)? {
            Free::Key(key) => key,
            Free::StoredJustSo(id) => {
                self.taken.insert(id);
                self.merged.tally.same += 1;
                return Ok(());
            }
            Free::Nothing => {
                self.merged.tally.rejected += 1;
                let text = "an entry could not be told from others that say just the same, and was left out";
                self.merged.problems.push(Problem::new(text));
                return Ok(());
            }
        };
        let id = insert(self.connection, store_id, self.before, entry, &key, &self.described, self.now)?;
        self.merged.entries.push(EntryId(id));
        // An id that was used again is the newer one's from now on.
        self.hand_over(entry)?;
        remember_keys(self.connection, self.before.id, id, entry, Some(&key))?;
        self.placer.place(id, entry, entry.published.unwrap_or(self.now), self.now)?;
        self.taken.insert(id);
        self.merged.dates.push(entry.published);
        self.merged.tally.new += 1;
        Ok(())
    }

    /// Whether an entry bears an id that this store has made: it is what was published here, come back by way of others. Taken
    /// for a new one, it would be published under yet another id, and come back under that.
    fn is_our_own(&self, entry: &CleanEntry) -> Result<bool, StoreError> {
        let Some(id) = entry.declared_id.as_ref().filter(|id| identity::is_minted(id)) else { return Ok(false) };
        self.connection
            .prepare_cached("SELECT 1 FROM entry WHERE published_id = ?1 AND declared_id IS NOT ?1")
            .and_then(|mut statement| statement.exists([id]))
            .map_err(StoreError::Read)
    }

    /// Takes a new entry's own keys away from entries that bore them before and are not in the document.
    fn hand_over(&self, entry: &CleanEntry) -> Result<(), StoreError> {
        for key in entry.keys.iter().filter(|key| !key.shared && !key.weak && !key.text.starts_with("text:")) {
            let bearer = known_entry(self.connection, self.before.id, &key.text)?;
            if bearer.is_some_and(|bearer| !self.taken.contains(&bearer.id)) {
                self.connection
                    .prepare_cached("DELETE FROM entry_alias WHERE source = ?1 AND key = ?2")
                    .and_then(|mut statement| statement.execute(params![self.before.id.0, key_digest(&key.text)]))
                    .map_err(StoreError::Write)?;
            }
        }
        Ok(())
    }
}

/// The stored entry that this one revises. By weak keys only one that is `gone` from the document: what is listed
/// beside it is another one, as the publisher says.
fn earlier_version(
    connection: &Connection,
    source: SourceId,
    entry: &CleanEntry,
    taken: &HashSet<i64>,
    gone: impl Fn(i64) -> bool,
) -> Result<Option<KnownEntry>, StoreError> {
    let mut now = None;
    for key in entry.keys.iter().filter(|key| !key.shared) {
        let known = known_entry(connection, source, &key.text)?;
        let Some(known) = known.filter(|known| !taken.contains(&known.id) && (!key.weak || gone(known.id))) else {
            continue;
        };
        let is_next = key.trusted || {
            let before = stories::version(connection, known.id)?;
            let now = now.get_or_insert_with(|| stories::version_of(entry));
            let kind = key.text.split(':').next().unwrap_or_default();
            crate::stories::is_next(kind, &before, now, gone(known.id))
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

/// What came of looking for a key that is free.
enum Free {
    Key(String),
    /// It is stored just so, under another one's name.
    StoredJustSo(i64),
    /// All are taken.
    Nothing,
}

/// The best key of an entry that no stored one has; where all are taken by others, one made of all that it says, and at
/// last with a number. Entries that are `taken` are others of its document.
fn free_key(
    connection: &Connection,
    source: SourceId,
    entry: &CleanEntry,
    taken: &HashSet<i64>,
) -> Result<Free, StoreError> {
    let is_this = |known: &KnownEntry| {
        known.record_hash == entry.record_hash && known.is_dated_like(entry) && !taken.contains(&known.id)
    };
    let own = entry.keys.iter().filter(|key| !key.weak).map(|key| key.text.clone());
    let last = entry.keys.iter().rfind(|key| !key.weak).map_or("text", |key| key.text.as_str());
    let record: String = entry.record_hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let numbered = (2..=NAMESAKES_MAX).map(|number| format!("{last}#{number}"));
    for key in own.chain([format!("{last}#{record}")]).chain(numbered) {
        match known_entry(connection, source, &key)? {
            None => return Ok(Free::Key(key)),
            Some(known) if is_this(&known) => return Ok(Free::StoredJustSo(known.id)),
            Some(_) => {}
        }
    }
    Ok(Free::Nothing)
}

struct KnownEntry {
    id: i64,
    record_hash: [u8; 16],
    text_hash: [u8; 16],
    published: Timestamp,
    updated: Timestamp,
    ranked: Timestamp,
}

impl KnownEntry {
    /// Entries that say the same under no name of their own are told apart by their dates.
    fn is_dated_like(&self, entry: &CleanEntry) -> bool {
        entry.published.is_none_or(|published| published == self.published)
    }
}

fn known_entry(connection: &Connection, source: SourceId, key: &str) -> Result<Option<KnownEntry>, StoreError> {
    let by_alias = "id = (SELECT entry FROM entry_alias WHERE source = ?1 AND key = ?2)";
    entry_by(connection, by_alias, params![source.0, key_digest(key)])
}

fn entry_by(
    connection: &Connection,
    condition: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Option<KnownEntry>, StoreError> {
    connection
        .prepare_cached(&format!(
            "SELECT id, record_hash, text_hash, updated, ranked, published FROM entry WHERE {condition}"
        ))
        .and_then(|mut statement| {
            statement
                .query_row(values, |row| {
                    Ok(KnownEntry {
                        id: row.get(0)?,
                        record_hash: row.get(1)?,
                        text_hash: row.get(2)?,
                        updated: Timestamp::from_unix(row.get(3)?),
                        ranked: Timestamp::from_unix(row.get(4)?),
                        published: Timestamp::from_unix(row.get(5)?),
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
    described: &Described,
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
             first_seen, published, updated, ranked, changed, first_poll, record_hash, text_hash, source_version, \
             source_updated) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?11, ?10, ?13, ?14, ?15, ?16, ?17)",
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
                described.version,
                described.updated.map(Timestamp::unix),
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

/// How much of an entry has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Revision {
    /// Nothing that is read.
    None,
    /// A correction or a counter: kept as a version, but no reason to show the entry again.
    Slight,
    Significant,
}

/// Writes an entry's new content. `updated` and its place in live documents move only when a person would notice.
fn update(
    connection: &Connection,
    known: &KnownEntry,
    entry: &CleanEntry,
    revision: Revision,
    described: &Described,
    now: Timestamp,
) -> Result<(), StoreError> {
    let revised = revision != Revision::None;
    if revised {
        keep_version(connection, known.id, now)?;
    }
    let (updated, ranked) = if revision == Revision::Significant {
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
             declared_id = ?13, source_version = CASE WHEN ?10 THEN ?14 ELSE source_version END, \
             source_updated = CASE WHEN ?10 THEN ?15 ELSE source_updated END WHERE id = ?1",
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
                described.version,
                described.updated.map(Timestamp::unix),
            ])
        })
        .map_err(StoreError::Write)?;
    Ok(())
}
