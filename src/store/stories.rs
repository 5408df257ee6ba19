//! Which entries are one story: found when an entry is stored, with the evidence for it, or decided by hand. Nothing is
//! ever deleted or overwritten by a match; it only sets which entry leads.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use super::decisions::{Member, are_parted, members, was_by_hand};
use crate::model::{CleanEntry, Enclosure, EntryDetails, Timestamp};
use crate::stories::{self, Boilerplate, Evidence, Piece, Reach, Rung, StoryOptions, Version, address, judge};

/// Entries that one is compared with, the likeliest first.
const CANDIDATES_MAX: usize = 8;
/// Marks that must agree before texts are compared; of a short text all of its few.
const MARKS_LEAST: usize = 2;
/// A mark that so many entries have is what many sources print.
const MARK_BEARERS_MAX: usize = 40;
/// Entries of all sources with one mark or key that are looked at; of more it says nothing.
const BEARERS_SEEN_MAX: usize = 160;
/// Entries of one story, of one source and in all, from which on nothing more is joined to it by itself.
const STORY_OF_ONE_SOURCE_MAX: i64 = 3;
const STORY_MAX: i64 = 25;
/// The last entries of a source that tell what it prints under everything.
const BOILERPLATE_ENTRIES: i64 = 16;
/// And those of its document that do.
const DOCUMENT_ENTRIES: usize = 32;
/// A file's name that is not another one's by chance, in bytes.
const FILE_NAME_TELLING: usize = 12;
/// How often the index is pruned.
const PRUNED_EVERY: Duration = Duration::from_secs(6 * 3_600);

/// A new entry's text as it is compared.
fn piece_of(entry: &CleanEntry, published: Timestamp) -> Piece {
    let text = stories::text_of(if entry.content.is_empty() { &entry.summary } else { &entry.content });
    let mut piece = Piece::new(&entry.title, &text);
    fill(&mut piece, entry.link.as_deref(), entry.declared_id.as_deref(), &entry.details, published);
    // An address that several entries of a document have says nothing of one of them.
    if entry.keys.iter().any(|key| key.shared && key.text.starts_with("link")) {
        piece.links.clear();
        piece.hint = None;
    }
    piece
}

/// An entry that came now, as a version.
pub(super) fn version_of(entry: &CleanEntry) -> Version {
    Version {
        piece: piece_of(entry, entry.published.or(entry.updated).unwrap_or(Timestamp::from_unix(0))),
        title: entry.title.clone(),
        link: entry.link.clone(),
        declared_id: entry.declared_id.clone(),
        dated: entry.published.or(entry.updated).is_some(),
    }
}

/// A stored entry as a version.
pub(super) fn version(connection: &Connection, id: i64) -> Result<Version, StoreError> {
    let stored = stored_version(connection, id)?.ok_or(StoreError::Read(rusqlite::Error::QueryReturnedNoRows))?;
    Ok(stored.2)
}

fn fill(piece: &mut Piece, link: Option<&str>, id: Option<&str>, details: &EntryDetails, published: Timestamp) {
    let links = [link, details.original_link.as_deref()];
    piece.links = links.into_iter().flatten().filter_map(address::identity).collect();
    piece.hint = links.into_iter().flatten().next_back().and_then(address::hint);
    piece.id = id.map(str::to_owned);
    piece.enclosures =
        details.enclosures.iter().filter(|it| is_sound_or_film(it)).map(|it| file_name(&it.url)).collect();
    piece.at = published.unix();
}

/// Pictures are chosen by each source for itself; what is heard or seen is the piece.
fn is_sound_or_film(enclosure: &Enclosure) -> bool {
    let kind = enclosure.media_type.as_deref().unwrap_or_default();
    let name = file_name(&enclosure.url).to_ascii_lowercase();
    let ends = [".mp3", ".m4a", ".mp4", ".ogg", ".opus", ".aac", ".webm", ".mov"];
    kind.starts_with("audio/") || kind.starts_with("video/") || ends.iter().any(|end| name.ends_with(end))
}

/// Counters stand before an address, signatures behind it: the name is the file's.
fn file_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    // `1.mp3` is everybody's.
    if name.len() >= FILE_NAME_TELLING { name.to_owned() } else { path.to_owned() }
}

/// Digests of what an entry is found by in other sources.
fn keys_of(piece: &Piece) -> Vec<i64> {
    let links = piece.links.iter().map(|link| format!("link {link}"));
    // Mostly an address is its own hint, and its own id: then one row is enough.
    let hint = piece.hint.iter().map(|hint| format!("link {hint}"));
    let id = piece.telling_id().filter(|id| address::identity(id).is_none_or(|place| !piece.links.contains(&place)));
    let id = id.into_iter().map(|id| format!("id {id}"));
    let headline = piece.headlines().into_iter().map(|headline| format!("headline {headline}"));
    let mut keys: Vec<i64> = links.chain(hint).chain(id).chain(headline).map(|key| stories::digest(&key)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// What sources print under everything, as far as it was looked at.
pub(super) type Printed = HashMap<i64, Rc<Boilerplate>>;

/// Finds the stories of the entries of one document.
pub(super) struct Placer<'c> {
    connection: &'c Connection,
    source: i64,
    options: StoryOptions,
    document: &'c [CleanEntry],
    /// What sources print under everything.
    printed: Printed,
    /// Entries that look like a story which has as many entries as it may.
    pub(super) kept_apart: u64,
    /// Entries whose stories an entry has left.
    pub(super) left_behind: Vec<i64>,
}

impl<'c> Placer<'c> {
    pub(super) fn new(
        connection: &'c Connection,
        source: i64,
        options: StoryOptions,
        document: &'c [CleanEntry],
    ) -> Placer<'c> {
        Placer {
            connection,
            source,
            options,
            document,
            printed: HashMap::new(),
            kept_apart: 0,
            left_behind: Vec::new(),
        }
    }

    /// What the source of the document prints: its last entries tell, and the document itself, where those are few.
    pub(super) fn own_boilerplate(&mut self) -> Result<Rc<Boilerplate>, StoreError> {
        if !self.printed.contains_key(&self.source) {
            let mut pieces = last_pieces(self.connection, self.source)?;
            let now = self.document.iter().take(DOCUMENT_ENTRIES);
            pieces.extend(now.map(|entry| piece_of(entry, Timestamp::from_unix(0))));
            self.printed.insert(self.source, Rc::new(Boilerplate::of(&pieces)));
        }
        Ok(self.printed[&self.source].clone())
    }

    /// Finds the story of an entry that was just stored, and files what it is found by.
    pub(super) fn place(
        &mut self,
        id: i64,
        entry: &CleanEntry,
        published: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if self.options == StoryOptions::OFF {
            return Ok(());
        }
        let source = self.source;
        let sought = Sought::new(id, source, piece_of(entry, published), &*self.own_boilerplate()?);
        if self.options.reach != Reach::Off
            && let Some((other, evidence)) = find(self.connection, &sought, self.options, &mut self.printed)?
        {
            if has_room(self.connection, other, source)? {
                join(self.connection, id, other, &evidence, false, now)?;
            } else {
                self.kept_apart += 1;
            }
        }
        file(self.connection, id, &sought.marks, &sought.keys)
    }

    /// An entry was revised: it leaves a story that it no longer is, and may now be one with another.
    pub(super) fn review(&mut self, id: i64, entry: &CleanEntry, now: Timestamp) -> Result<(), StoreError> {
        if self.options == StoryOptions::OFF {
            return Ok(());
        }
        let Some(own) = members(self.connection, "id = ?1", &id)?.pop() else { return Ok(()) };
        let others: Vec<Member> =
            members(self.connection, "story = ?1", &own.story)?.into_iter().filter(|it| it.id != id).collect();
        for sql in ["DELETE FROM story_mark WHERE entry = ?1", "DELETE FROM story_key WHERE entry = ?1"] {
            self.connection.prepare_cached(sql).and_then(|mut it| it.execute([id])).map_err(StoreError::Write)?;
        }
        if others.is_empty() {
            return self.place(id, entry, own.published, now);
        }
        let piece = piece_of(entry, own.published);
        let marks = piece.marks(&*self.own_boilerplate()?);
        file(self.connection, id, &marks, &keys_of(&piece))?;
        if was_by_hand(self.connection, id)? {
            return Ok(());
        }
        for other in &others {
            let Some((other_source, _, other_piece)) = stored_piece(self.connection, other.id)? else { continue };
            let theirs = boilerplate_of(self.connection, other_source, &mut self.printed)?;
            let (reach, source) = (self.options.reach.max(Reach::Link), self.source);
            let ours = self.own_boilerplate()?;
            if other_source == source || judge(&piece, &other_piece, [&ours, &theirs], reach, false).is_some() {
                return Ok(());
            }
        }
        self.left_behind.extend(others.iter().map(|other| other.id));
        part(self.connection, id, &others, false, now)
    }
}

/// Takes an entry out of a story; where it led it, the next one leads those that stay.
pub(super) fn part(
    connection: &Connection,
    id: i64,
    others: &[Member],
    by_hand: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(first) = others.first() else { return Ok(()) };
    if first.story == id {
        move_story(connection, id, first.id, now)?;
        for other in &others[1..] {
            record(connection, "join", other.id, Some(first.id), Some(&Evidence::kept()), false, now)?;
        }
    }
    connection
        .execute("UPDATE entry SET story = id, changed = ?2 WHERE id = ?1", params![id, now.unix()])
        .and_then(|_| connection.execute("UPDATE entry SET changed = ?2 WHERE id = ?1", params![first.id, now.unix()]))
        .map_err(StoreError::Write)?;
    record(connection, if by_hand { "split" } else { "part" }, id, Some(first.id), None, by_hand, now)
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

/// An entry whose story is sought.
pub(super) struct Sought {
    pub(super) id: i64,
    pub(super) source: i64,
    pub(super) piece: Piece,
    marks: Vec<u32>,
    keys: Vec<i64>,
}

impl Sought {
    pub(super) fn new(id: i64, source: i64, piece: Piece, printed: &Boilerplate) -> Sought {
        let (marks, keys) = (piece.marks(printed), keys_of(&piece));
        Sought { id, source, piece, marks, keys }
    }
}

/// The entry of another source, stored before this one, that is the same piece.
pub(super) fn find(
    connection: &Connection,
    sought: &Sought,
    options: StoryOptions,
    printed: &mut Printed,
) -> Result<Option<(i64, Evidence)>, StoreError> {
    let Sought { id, source, piece, .. } = sought;
    let (id, source) = (*id, *source);
    let mut best: Option<(i64, Evidence)> = None;
    // Stories that have its headline: of two it cannot be told which one is meant.
    let mut namesakes: HashSet<i64> = HashSet::new();
    for candidate in candidates(connection, sought, options.reach)? {
        let Some((other_source, story, mut other)) = stored_piece(connection, candidate)? else { continue };
        let apart = Duration::from_secs(piece.at.abs_diff(other.at));
        if apart > options.window || are_parted(connection, id, story)? {
            continue;
        }
        // An address that leads to several entries of a source is none of theirs.
        other
            .links
            .retain(|link| !piece.links.contains(link) || is_telling(connection, link, [source, other_source], id));
        let recurs = match piece.common_headline(&other) {
            Some(headline) => is_recurrent(connection, headline)?,
            None => false,
        };
        let theirs = boilerplate_of(connection, other_source, printed)?;
        let ours = boilerplate_of(connection, source, printed)?;
        let Some(evidence) = judge(piece, &other, [&ours, &theirs], options.reach, recurs) else { continue };
        if evidence.rung == Rung::Headline {
            namesakes.insert(story);
        }
        if story != candidate && evidence.rung > Rung::Id && !fits(connection, piece, story, evidence.rung)? {
            continue;
        }
        let is_better = best
            .as_ref()
            .is_none_or(|(_, best)| (evidence.rung, -evidence.containment) < (best.rung, -best.containment));
        if is_better {
            let is_sure = evidence.rung == Rung::Link;
            best = Some((candidate, evidence));
            if is_sure {
                break;
            }
        }
    }
    Ok(best.filter(|(_, evidence)| evidence.rung != Rung::Headline || namesakes.len() == 1))
}

/// Whether what was found to be one with an entry of a story goes with the entry that leads it.
fn fits(connection: &Connection, piece: &Piece, story: i64, rung: Rung) -> Result<bool, StoreError> {
    let Some((_, _, lead)) = stored_piece(connection, story)? else { return Ok(true) };
    // A bare headline is of the story that it has joined: what that says counts, too.
    let is_untold = rung == Rung::Headline && piece.has_body() && lead.has_body();
    Ok(!is_untold && !stories::are_at_odds(piece, &lead))
}

/// Whether an address belongs to one entry alone in each of two sources, beside `id`.
fn is_telling(connection: &Connection, link: &str, sources: [i64; 2], id: i64) -> bool {
    let key = stories::digest(&format!("link {link}"));
    let many = |source: i64| {
        connection
            .prepare_cached(
                "SELECT count(*), coalesce(sum(entry.source = ?2 AND entry.id <> ?3), 0) \
                 FROM (SELECT entry AS id FROM story_key WHERE key = ?1 LIMIT ?4) AS bearer JOIN entry USING (id)",
            )
            .and_then(|mut statement| {
                let limit = BEARERS_SEEN_MAX as i64;
                statement.query_row(params![key, source, id, limit], |row| {
                    let (all, own): (i64, i64) = (row.get(0)?, row.get(1)?);
                    Ok(if all >= limit { i64::MAX } else { own })
                })
            })
            .unwrap_or(i64::MAX)
    };
    many(sources[0]) == 0 && many(sources[1]) <= 1
}

/// Entries that may be the same piece, the likeliest first.
fn candidates(connection: &Connection, sought: &Sought, reach: Reach) -> Result<Vec<i64>, StoreError> {
    let Sought { id, source, marks, keys, .. } = sought;
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    let mut sources: HashMap<i64, i64> = HashMap::new();
    let mut bearers = |table: &str, column: &str, value: i64, weight: usize| -> Result<(), StoreError> {
        let sql = format!("SELECT entry FROM {table} WHERE {column} = ?1 AND entry < ?2 LIMIT ?3");
        let found: Vec<i64> = connection
            .prepare_cached(&sql)
            .and_then(|mut statement| {
                let limit = BEARERS_SEEN_MAX as i64 + 1;
                statement.query_map(params![value, id, limit], |row| row.get(0))?.collect::<rusqlite::Result<_>>()
            })
            .map_err(StoreError::Read)?;
        if found.len() > BEARERS_SEEN_MAX {
            return Ok(());
        }
        let mut others = Vec::new();
        for entry in found {
            if source_of(connection, entry, &mut sources)? != *source {
                others.push(entry);
            }
        }
        if others.len() <= MARK_BEARERS_MAX {
            others.into_iter().for_each(|entry| *counts.entry(entry).or_default() += weight);
        }
        Ok(())
    };
    for key in keys {
        bearers("story_key", "key", *key, 1_000)?;
    }
    if reach == Reach::Near {
        for mark in marks {
            bearers("story_mark", "mark", i64::from(*mark), 1)?;
        }
    }
    let least = MARKS_LEAST.min(marks.len()).max(1);
    let mut likely: Vec<(i64, usize)> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
    likely.sort_by_key(|(entry, count)| (std::cmp::Reverse(*count), *entry));
    Ok(likely.into_iter().take(CANDIDATES_MAX).map(|(entry, _)| entry).collect())
}

fn source_of(connection: &Connection, entry: i64, known: &mut HashMap<i64, i64>) -> Result<i64, StoreError> {
    if let Some(source) = known.get(&entry) {
        return Ok(*source);
    }
    let source = connection
        .prepare_cached("SELECT source FROM entry WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([entry], |row| row.get(0)).optional())
        .map_err(StoreError::Read)?
        .unwrap_or_default();
    known.insert(entry, source);
    Ok(source)
}

/// Source, story and piece of a stored entry.
pub(super) fn stored_piece(connection: &Connection, id: i64) -> Result<Option<(i64, i64, Piece)>, StoreError> {
    Ok(stored_version(connection, id)?.map(|(source, story, version)| (source, story, version.piece)))
}

/// Source and story of a stored entry, and the entry as a version.
fn stored_version(connection: &Connection, id: i64) -> Result<Option<(i64, i64, Version)>, StoreError> {
    connection
        .prepare_cached(
            "SELECT source, story, title, summary, content, link, declared_id, details, published, first_seen \
             FROM entry WHERE id = ?1",
        )
        .and_then(|mut statement| {
            statement
                .query_row([id], |row| {
                    let (title, summary, content): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
                    let (link, declared_id): (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
                    let details: EntryDetails = serde_json::from_str(&row.get::<_, String>(7)?).unwrap_or_default();
                    let (published, first_seen): (i64, i64) = (row.get(8)?, row.get(9)?);
                    let text = stories::text_of(if content.is_empty() { &summary } else { &content });
                    let mut piece = Piece::new(&title, &text);
                    let at = Timestamp::from_unix(published);
                    fill(&mut piece, link.as_deref(), declared_id.as_deref(), &details, at);
                    // One without a date has that of when it was first seen.
                    let dated = published != first_seen;
                    Ok((row.get(0)?, row.get(1)?, Version { piece, title, link, declared_id, dated }))
                })
                .optional()
        })
        .map_err(StoreError::Read)
}

pub(super) fn boilerplate_of(
    connection: &Connection,
    source: i64,
    printed: &mut Printed,
) -> Result<Rc<Boilerplate>, StoreError> {
    if let Some(known) = printed.get(&source) {
        return Ok(known.clone());
    }
    let found = Rc::new(Boilerplate::of(&last_pieces(connection, source)?));
    printed.insert(source, found.clone());
    Ok(found)
}

/// The last entries of a source.
fn last_pieces(connection: &Connection, source: i64) -> Result<Vec<Piece>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT title, summary, content FROM entry WHERE source = ?1 ORDER BY id DESC LIMIT ?2")
        .map_err(StoreError::Read)?;
    let rows = statement
        .query_map(params![source, BOILERPLATE_ENTRIES], |row| {
            let (title, summary, content): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Piece::new(&title, &stories::text_of(if content.is_empty() { &summary } else { &content })))
        })
        .map_err(StoreError::Read)?;
    rows.collect::<Result<Vec<Piece>, _>>().map_err(StoreError::Read)
}

/// Whether a headline stands over several entries of one source.
fn is_recurrent(connection: &Connection, headline: &str) -> Result<bool, StoreError> {
    connection
        .prepare_cached(
            "SELECT 1 FROM (SELECT entry AS id FROM story_key WHERE key = ?1 LIMIT ?2) AS bearer JOIN entry USING (id) \
             GROUP BY source HAVING count(*) > 1 LIMIT 1",
        )
        .and_then(|mut statement| {
            let key = stories::digest(&format!("headline {headline}"));
            statement.exists(params![key, BEARERS_SEEN_MAX as i64])
        })
        .map_err(StoreError::Read)
}

/// Whether an entry's story may grow by one of this source without anybody looking.
pub(super) fn has_room(connection: &Connection, entry: i64, source: i64) -> Result<bool, StoreError> {
    let (all, own): (i64, i64) = connection
        .prepare_cached(
            "SELECT count(*), coalesce(sum(source = ?2), 0) FROM entry \
             WHERE story = (SELECT story FROM entry WHERE id = ?1)",
        )
        .and_then(|mut statement| statement.query_row(params![entry, source], |row| Ok((row.get(0)?, row.get(1)?))))
        .map_err(StoreError::Read)?;
    Ok(all < STORY_MAX && own < STORY_OF_ONE_SOURCE_MAX)
}

/// Makes an entry's story one with another's; the entry that was stored first leads.
pub(super) fn join(
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
pub(super) fn move_story(connection: &Connection, from: i64, to: i64, now: Timestamp) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE entry SET story = ?2, changed = ?3 WHERE story = ?1")
        .and_then(|mut statement| statement.execute(params![from, to, now.unix()]))
        .and_then(|_| connection.prepare_cached("UPDATE entry SET changed = ?2 WHERE story = ?1"))
        .and_then(|mut statement| statement.execute(params![to, now.unix()]))
        .map_err(StoreError::Write)?;
    Ok(())
}

pub(super) fn record(
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

/// Something was changed by hand, which may show in any output, also by what is not there any more.
pub(super) fn touch(connection: &Connection, now: Timestamp) -> Result<(), StoreError> {
    connection
        .execute(
            "INSERT INTO fact (name, value) VALUES ('stories_touched', ?1) ON CONFLICT (name) DO UPDATE \
             SET value = max(CAST(value AS INTEGER), CAST(?1 AS INTEGER))",
            [now.unix().to_string()],
        )
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
    let last: Option<i64> = connection
        .query_row("SELECT max(id) FROM entry WHERE first_seen < ?1", [before], |row| row.get(0))
        .map_err(StoreError::Read)?;
    let oldest = last.map_or(0, |last| last + 1);
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

/// Files the entries of older versions that may still meet copies.
pub(super) fn fill_index(connection: &Connection, since: Timestamp) -> rusqlite::Result<()> {
    let ids: Vec<i64> = connection
        .prepare("SELECT id FROM entry WHERE first_seen >= ?1")?
        .query_map([since.unix()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let nothing = Boilerplate::default();
    for id in ids {
        if let Ok(Some((_, _, piece))) = stored_piece(connection, id) {
            // What cannot be filed is only not found.
            let _ = file(connection, id, &piece.marks(&nothing), &keys_of(&piece));
        }
    }
    Ok(())
}
