//! Reads entries: the newest stories of a selection for an output, and lists for people.
//!
//! Entry points: [`Store::newest`], [`Store::entries`], [`Store::stored`]. Nothing is written here.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::described::Descriptions;
use super::floods::{Fair, Picked};
use super::search::{Sought, newest_found};
use super::selection::Selection;
use super::sql::{Json, exists, seconds};
use super::{Store, StoreError, facts, leads};
use crate::model::{EntryDetails, EntryId, SafeHtml, SourceId, StoredEntry, StoryCopy, Timestamp};

/// Up to this number of sources, the newest entries of an output are gathered source by source. With more sources, all
/// entries are walked from the newest on, and those of other sources are skipped.
const SOURCE_BY_SOURCE: usize = 64;
/// Entries that are walked before they are gathered source by source after all, because most of them belong to other
/// sources.
const WALKED_MAX: usize = 20_000;
/// Copies of a story that are listed with it.
pub(super) const COPIES_MAX: i64 = 64;

/// Which entries are wanted, and at most how many.
#[derive(Debug, Clone)]
pub struct Scope {
    pub selection: Selection,
    /// Most entries in all.
    pub limit: usize,
    /// Most entries of one source; 0: no limit.
    pub per_source: usize,
    /// The share of a source that floods, from `limit` and the number of sources that have entries.
    pub share: fn(usize, usize) -> usize,
    /// Reading stops when the entries weigh this much together.
    pub max_bytes: u64,
    /// The weight of an entry as it will be written, in the same unit as `max_bytes`; the function may remove what will
    /// not be written.
    pub weigh: fn(&mut StoredEntry, u64) -> u64,
    /// The result of an earlier reading of the same scope.
    pub near: Option<Near>,
    /// For these sources, entries of the first poll that were older than the span are left out, unless they were
    /// revised since.
    pub backfill: HashMap<SourceId, Duration>,
    /// A search that finds everything that the selection takes, so that other entries need not be examined.
    pub search: Option<Sought>,
}

/// What a scope showed before, and what was written since. With it, no other entries need to be examined, however large
/// the store is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Near {
    /// The entries that the scope showed, the newest first.
    pub ids: Vec<EntryId>,
    /// The place of the last of them; `None` if the scope showed all that there was.
    pub floor: Option<Place>,
    /// Entries of any source that were written since, and the other entries of their stories.
    pub changed: Vec<EntryId>,
}

/// Where an entry stands in live documents: its rank, and its number among entries of equal rank.
pub type Place = (i64, i64);

/// The entries that `entries` asks for.
#[derive(Debug, Clone)]
pub struct EntryQuery {
    pub selection: Selection,
    /// Only entries first seen at this time or later.
    pub since: Option<Timestamp>,
    /// Only entries that are hidden.
    pub is_hidden: bool,
    /// Only stories, as an output with this selection shows them, in place of their entries.
    pub as_stories: bool,
    /// Only entries that stand behind this place.
    pub behind: Option<Place>,
    /// Most entries.
    pub limit: usize,
    /// Reading stops when the texts of the entries have more bytes than this.
    pub max_bytes: u64,
}

/// Some of the entries that were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryPage {
    /// With the number of the entry that represents a story, where stories were asked for.
    pub entries: Vec<(EntryId, StoredEntry)>,
    /// The hidden entries among them, which no output shows.
    pub hidden: HashSet<EntryId>,
    /// The place of the last entry, if reading stopped there because of a limit. Further entries may stand behind it.
    pub end: Option<Place>,
}

/// Entries, and when any of them was last written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Newest {
    pub entries: Vec<StoredEntry>,
    pub changed: Option<Timestamp>,
    /// All entries that the scope shows, including those that were not read because of `max_bytes`.
    pub ids: Vec<EntryId>,
    /// The place of the last of them; `None` if no further entries follow.
    pub floor: Option<Place>,
    /// Whether flooding sources were held to their shares, so that entries above the last place are missing.
    pub is_shared: bool,
    /// Whether a search left some entries unexamined.
    pub is_cut: bool,
}

impl Store {
    /// The newest stories of a scope in the order of live documents. Each is represented by the first of its entries
    /// that the scope selects.
    pub async fn newest(&self, scope: Scope) -> Result<Newest, StoreError> {
        self.read(move |connection| {
            let fair = Fair::of(connection, &scope)?;
            let known = match &scope.near {
                Some(near) if scope.per_source == 0 && fair.is_none() => newest_of_near(connection, &scope, near)?,
                _ => None,
            };
            let (places, is_cut) = match (known, &scope.search) {
                (Some(places), _) => {
                    // The shortcut must give the same answer as examining everything.
                    debug_assert!(is_as_all(connection, &scope, &places), "the shortcut missed entries: {places:?}");
                    (places, false)
                }
                (None, Some(sought)) => newest_found(connection, &scope, sought, fair.as_ref())?,
                (None, None) => (newest_of_all(connection, &scope, fair.as_ref())?, false),
            };
            let ids: Vec<i64> = places.iter().map(|(_, id)| *id).collect();
            let weigh = |entry: &mut StoredEntry| (scope.weigh)(entry, scope.max_bytes);
            let mut newest = Loader::new(connection).stories(&ids, (weigh, scope.max_bytes), &scope.selection, None)?;
            newest.changed = newest.changed.max(touched(connection, &scope.selection)?);
            newest.floor = places.last().copied().filter(|_| places.len() >= scope.limit);
            newest.ids = ids.into_iter().map(EntryId).collect();
            newest.is_shared = fair.is_some();
            newest.is_cut = is_cut;
            Ok(newest)
        })
        .await
    }

    /// Stored entries, newest first.
    pub async fn entries(&self, query: EntryQuery) -> Result<EntryPage, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, source, first_seen, ranked, hidden, story FROM entry WHERE (ranked, id) < (?1, ?2) \
                 ORDER BY ranked DESC, id DESC",
            )?;
            let (rank, number) = query.behind.unwrap_or((i64::MAX, i64::MAX));
            let mut rows = statement.query(params![rank, number])?;
            let mut loader = Loader::new(connection);
            let (mut page, mut bytes) = (EntryPage::default(), 0);
            while let Some(row) = rows.next()? {
                let (id, source, first_seen): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let is_hidden: bool = row.get(4)?;
                let is_asked =
                    query.since.is_none_or(|since| first_seen >= since.unix()) && (is_hidden || !query.is_hidden);
                let is_taken = match query.as_stories {
                    _ if !is_asked => false,
                    true => !is_hidden && query.selection.shows(connection, id, source, row.get(5)?)?,
                    false => query.selection.takes(connection, id, source)?,
                };
                if !is_taken {
                    continue;
                }
                let entry = if query.as_stories { loader.story(id, &query.selection)? } else { loader.entry(id)?.0 };
                bytes += texts(&entry);
                if is_hidden {
                    page.hidden.insert(entry.id);
                }
                page.entries.push((EntryId(id), entry));
                if page.entries.len() >= query.limit || bytes > query.max_bytes {
                    page.end = Some((row.get(3)?, id));
                    break;
                }
            }
            Ok(page)
        })
        .await
    }

    /// Entries by their numbers; an error if one of them is not stored.
    pub async fn stored(&self, ids: Vec<EntryId>) -> Result<Vec<StoredEntry>, StoreError> {
        self.read(move |connection| {
            let mut loader = Loader::new(connection);
            ids.into_iter().map(|id| loader.entry(id.0).map(|(entry, _)| entry)).collect()
        })
        .await
    }
}

/// When an entry of the selected sources was last written, or a story was last changed by hand. The selection may also
/// have changed at that time because an entry left it.
pub(super) fn touched(connection: &Connection, selection: &Selection) -> Result<Option<Timestamp>, StoreError> {
    let by_hand: Option<Timestamp> = facts::number(connection, "stories_touched")?;
    let mut statement =
        connection.prepare_cached("SELECT entries_changed, id FROM source ORDER BY entries_changed DESC, id DESC")?;
    let mut rows = statement.query([])?;
    let mut written = None;
    while let Some(row) = rows.next()? {
        if selection.sources.contains(&SourceId(row.get(1)?)) {
            let at: Timestamp = row.get(0)?;
            written = (at > Timestamp::from_unix(0)).then_some(at);
            break;
        }
    }
    Ok(by_hand.max(written))
}

fn newest_of_all(connection: &Connection, scope: &Scope, fair: Option<&Fair>) -> Result<Vec<Place>, StoreError> {
    if scope.selection.sources.len() <= SOURCE_BY_SOURCE {
        newest_of_few(connection, scope, fair)
    } else {
        newest_of_many(connection, scope, fair)
    }
}

/// The newest places, from what was shown before and what was written since. `None` if so many entries have left that
/// entries from below the last place may move up, because those entries are unknown here.
fn newest_of_near(connection: &Connection, scope: &Scope, near: &Near) -> Result<Option<Vec<Place>>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT ranked, source, story FROM entry WHERE id = ?1 AND hidden = 0")?;
    let candidates: HashSet<i64> = near.ids.iter().chain(&near.changed).map(|id| id.0).collect();
    let mut found: Vec<Place> = Vec::with_capacity(candidates.len());
    for id in candidates {
        let row = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional();
        let Some((ranked, source, story)) = row? else { continue };
        let is_known = near.floor.is_none_or(|floor| (ranked, id) >= floor);
        if is_known && is_shown(connection, scope, id, source, story)? {
            found.push((ranked, id));
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    let is_enough = near.floor.is_none() || found.len() >= scope.limit;
    found.truncate(scope.limit);
    Ok(is_enough.then_some(found))
}

/// Whether the shortcut has found the right places.
fn is_as_all(connection: &Connection, scope: &Scope, places: &[Place]) -> bool {
    let all = newest_of_all(connection, scope, None);
    scope.near.as_ref().zip(all.ok()).is_some_and(|(near, all)| agrees(near, places, &all, scope.limit))
}

/// Whether the shortcut gives the same answer as examining everything, apart from entries that polls have stored since
/// the changes were gathered: the next rebuild shows those.
fn agrees(near: &Near, places: &[Place], all: &[Place], limit: usize) -> bool {
    let last_shown = near.ids.iter().map(|id| id.0).max().unwrap_or(0);
    let candidates: HashSet<i64> = near.ids.iter().chain(&near.changed).map(|id| id.0).collect();
    let (known, later): (Vec<Place>, Vec<Place>) = all.iter().copied().partition(|(_, id)| candidates.contains(id));
    // Entries that came later may have pushed others out of a full document.
    let is_whole = places.len() == known.len() || all.len() >= limit;
    later.iter().all(|(_, id)| *id > last_shown) && places.starts_with(&known) && is_whole
}

fn newest_of_few(connection: &Connection, scope: &Scope, fair: Option<&Fair>) -> Result<Vec<Place>, StoreError> {
    let each = if scope.per_source == 0 { scope.limit } else { scope.limit.min(scope.per_source) };
    let mut statement = connection.prepare_cached(
        "SELECT ranked, id, story FROM entry WHERE source = ?1 AND hidden = 0 ORDER BY ranked DESC, id DESC",
    )?;
    let mut found: Vec<(Place, SourceId)> = Vec::new();
    for source in scope.selection.sources.iter() {
        let mut rows = statement.query([source.0])?;
        // The number of stories that count as this source's, and of those that an entry of another source leads.
        let (mut own, mut others) = (0, 0);
        while own < each
            && others < scope.limit
            && let Some(row) = rows.next()?
        {
            let (ranked, id, story): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if is_shown(connection, scope, id, source.0, story)? {
                let counted = counted(connection, scope, fair, source.0, story)?;
                *(if counted == *source { &mut own } else { &mut others }) += 1;
                found.push(((ranked, id), counted));
            }
        }
        if found.len() > scope.limit.saturating_mul(8).max(1_024) {
            keep_newest(&mut found, scope, fair);
        }
    }
    keep_newest(&mut found, scope, fair);
    let mut picked = Picked::new(fair, scope.limit, scope.per_source);
    for (place, source) in found {
        picked.offer(place, source);
    }
    Ok(picked.finish())
}

/// Keeps as many of the newest as the scope may want, in all and of each source.
fn keep_newest(found: &mut Vec<(Place, SourceId)>, scope: &Scope, fair: Option<&Fair>) {
    found.sort_unstable_by(|a, b| b.cmp(a));
    if scope.per_source > 0 {
        let mut taken: HashMap<SourceId, usize> = HashMap::new();
        found.retain(|(_, source)| {
            let count = taken.entry(*source).or_default();
            *count += 1;
            *count <= scope.per_source
        });
    }
    match fair {
        Some(fair) => fair.thin(found, scope.limit),
        None => found.truncate(scope.limit),
    }
}

fn newest_of_many(connection: &Connection, scope: &Scope, fair: Option<&Fair>) -> Result<Vec<Place>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, source, story, ranked FROM entry WHERE hidden = 0 ORDER BY ranked DESC, id DESC")?;
    let mut rows = statement.query([])?;
    let mut picked = Picked::new(fair, scope.limit, scope.per_source);
    let mut walked = 0;
    while !picked.is_full()
        && let Some(row) = rows.next()?
    {
        walked += 1;
        if walked > WALKED_MAX {
            return newest_of_few(connection, scope, fair);
        }
        let (id, source, story, ranked): (i64, i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        if is_shown(connection, scope, id, source, story)? {
            picked.offer((ranked, id), counted(connection, scope, fair, source, story)?);
        }
    }
    Ok(picked.finish())
}

/// Whether an entry stands in the scope's live document: the scope selects it, it represents its story, and it is not
/// an old entry that only came with the first poll of its source.
pub(super) fn is_shown(
    connection: &Connection,
    scope: &Scope,
    id: i64,
    source: i64,
    story: i64,
) -> Result<bool, StoreError> {
    is_shown_in(connection, (&scope.selection, &scope.backfill), id, source, story)
}

/// The same for a selection and the `backfill` of its sources.
pub(super) fn is_shown_in(
    connection: &Connection,
    (selection, backfill): (&Selection, &HashMap<SourceId, Duration>),
    id: i64,
    source: i64,
    story: i64,
) -> Result<bool, StoreError> {
    if !selection.shows(connection, id, source, story)? {
        return Ok(false);
    }
    if backfill.is_empty() {
        return Ok(true);
    }
    let face = leads::face(connection, selection, EntryId(story))?;
    let (id, source) = face.map_or((id, SourceId(source)), |face| (face.entry.0, face.source));
    let Some(span) = backfill.get(&source) else { return Ok(true) };
    // An undated entry ranks below its first-seen time. It is left out as well, because it may be of any age.
    let old = "SELECT 1 FROM entry WHERE id = ?1 AND first_poll = 1 AND revisions = 0
               AND (published < first_seen - ?2 OR ranked < published)";
    Ok(!exists(connection, old, params![id, seconds(*span)])?)
}

/// The source that a shown story counts as for `per_source`: that of its leading entry, because otherwise a source
/// could use up the places of others by copying their entries.
pub(super) fn counted(
    connection: &Connection,
    scope: &Scope,
    fair: Option<&Fair>,
    source: i64,
    story: i64,
) -> Result<SourceId, StoreError> {
    if scope.per_source == 0 && fair.is_none() {
        return Ok(SourceId(source));
    }
    let face = leads::face(connection, &scope.selection, EntryId(story))?;
    Ok(face.map_or(SourceId(source), |face| face.source))
}

/// The bytes of an entry's texts.
pub(super) fn texts(entry: &StoredEntry) -> u64 {
    (entry.title.len() + entry.summary.len() + entry.content.len()) as u64
}

/// Reads whole entries.
pub(super) struct Loader<'c> {
    connection: &'c Connection,
    descriptions: Descriptions,
}

impl<'c> Loader<'c> {
    pub(super) fn new(connection: &'c Connection) -> Loader<'c> {
        Loader { connection, descriptions: Descriptions::default() }
    }

    /// An entry without the other entries of its story, and when it was last written.
    pub(super) fn entry(&mut self, id: i64) -> Result<(StoredEntry, Timestamp), StoreError> {
        let sql = "SELECT id, source, key, declared_id, published_id, link, title, summary, content, details,
                       first_seen, published, updated, changed, story, source_version, source_updated,
                       coalesce((SELECT lead FROM story_lead WHERE story_lead.story = entry.story), story)
                   FROM entry JOIN entry_text ON entry_text.entry = id WHERE id = ?1";
        let (mut entry, changed, version, dated) = self.connection.prepare_cached(sql)?.query_row([id], entry_of)?;
        entry.described = self.descriptions.get(self.connection, version, dated)?;
        Ok((entry, changed))
    }

    /// What the representing entry of a story shows: the content of the leading entry, if the selection includes it,
    /// under the id of the representing entry.
    fn shown(&mut self, id: i64, selection: &Selection) -> Result<(StoredEntry, Timestamp), StoreError> {
        let (entry, changed) = self.entry(id)?;
        if entry.lead == entry.story || entry.lead == entry.id {
            return Ok((entry, changed));
        }
        let Some(face) = leads::face(self.connection, selection, entry.story)? else { return Ok((entry, changed)) };
        let (lead, written) = self.entry(face.entry.0)?;
        let updated = lead.updated.max(face.updated);
        Ok((StoredEntry { published_id: entry.published_id, updated, ..lead }, changed.max(written)))
    }

    /// What the representing entry of a story shows, with the other selected entries of the story.
    pub(super) fn story(&mut self, id: i64, selection: &Selection) -> Result<StoredEntry, StoreError> {
        let mut entry = self.shown(id, selection)?.0;
        entry.copies = self.copies(&entry, selection, None)?.into_iter().map(|(copy, _)| copy).collect();
        Ok(entry)
    }

    /// Entries with the other selected entries of their stories, as far as those have numbers up to `through`.
    pub(super) fn stories(
        &mut self,
        ids: &[i64],
        (weigh, max_bytes): (impl Fn(&mut StoredEntry) -> u64, u64),
        selection: &Selection,
        through: Option<i64>,
    ) -> Result<Newest, StoreError> {
        let mut bytes = 0;
        let mut newest = Newest { entries: Vec::with_capacity(ids.len()), ..Newest::default() };
        for id in ids {
            let (mut entry, mut changed) = self.shown(*id, selection)?;
            for (copy, written) in self.copies(&entry, selection, through)? {
                changed = changed.max(written);
                entry.copies.push(copy);
            }
            newest.changed = newest.changed.max(Some(changed));
            bytes += weigh(&mut entry);
            newest.entries.push(entry);
            if bytes > max_bytes {
                break;
            }
        }
        Ok(newest)
    }

    /// The other entries of a story, and when each of them was last written.
    fn copies(
        &mut self,
        entry: &StoredEntry,
        selection: &Selection,
        through: Option<i64>,
    ) -> Result<Vec<(StoryCopy, Timestamp)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, source, link, title, changed, source_version, source_updated
                 FROM entry JOIN entry_text ON entry_text.entry = id
                 WHERE ((id = ?1 AND story = id) OR (story = ?1 AND story <> id))
                     AND id <> ?2 AND id <= ?3 AND hidden = 0
                 ORDER BY id LIMIT ?4",
        )?;
        let through = through.unwrap_or(i64::MAX);
        let mut rows = statement.query(params![entry.story.0, entry.id.0, through, COPIES_MAX])?;
        let mut copies = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, source) = (row.get(0)?, row.get(1)?);
            if !selection.takes(self.connection, id, source)? {
                continue;
            }
            let (version, dated) = (row.get(5)?, row.get(6)?);
            let copy = StoryCopy {
                source: SourceId(source),
                link: row.get(2)?,
                title: row.get(3)?,
                described: self.descriptions.get(self.connection, version, dated)?,
            };
            copies.push((copy, Timestamp::from_unix(row.get(4)?)));
        }
        Ok(copies)
    }
}

type EntryRow = (StoredEntry, Timestamp, Option<i64>, Option<i64>);

fn entry_of(row: &Row<'_>) -> rusqlite::Result<EntryRow> {
    let details: EntryDetails = Json::or_default(row, 9)?;
    let entry = StoredEntry {
        id: row.get(0)?,
        source: row.get(1)?,
        key: row.get(2)?,
        declared_id: row.get(3)?,
        published_id: row.get(4)?,
        link: row.get(5)?,
        title: row.get(6)?,
        summary: row.get(7)?,
        content: SafeHtml::stored(row.get(8)?),
        details,
        first_seen: row.get(10)?,
        published: row.get(11)?,
        updated: row.get(12)?,
        story: row.get(14)?,
        lead: row.get(17)?,
        copies: Vec::new(),
        described: std::sync::Arc::default(),
    };
    Ok((entry, row.get(13)?, row.get(15)?, row.get(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_were_stored_meanwhile_are_no_fault_of_the_shortcut() {
        let ids = |ids: &[i64]| ids.iter().copied().map(EntryId).collect::<Vec<EntryId>>();
        let check = |shown: &[i64], changed: &[i64], places: &[i64], all: &[i64], wanted: bool| {
            let near = Near { ids: ids(shown), floor: None, changed: ids(changed) };
            let at = |ids: &[i64]| ids.iter().map(|id| (0, *id)).collect::<Vec<Place>>();
            assert_eq!(agrees(&near, &at(places), &at(all), 3), wanted, "{shown:?} {changed:?} {places:?} {all:?}");
        };
        check(&[2, 1], &[3], &[3, 2, 1], &[3, 2, 1], true);
        check(&[2, 1], &[], &[2, 1], &[2, 1], true);
        // The entries 4 and 5 were stored meanwhile.
        check(&[2, 1], &[3], &[3, 2, 1], &[5, 4, 3], true);
        check(&[1], &[2], &[2, 1], &[4, 2, 1], true);
        check(&[], &[1], &[1], &[2, 1], true);
        // A changed entry is missing, an older entry should have moved up, or an entry is shown that is not selected.
        check(&[2, 1], &[3], &[2, 1], &[3, 2, 1], false);
        check(&[3, 2], &[], &[3, 2], &[3, 2, 1], false);
        check(&[2, 1], &[], &[2, 1], &[2], false);
        check(&[3, 2, 1], &[], &[3, 1], &[3, 2, 1], false);
    }
}
