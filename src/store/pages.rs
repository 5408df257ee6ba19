//! The data that only pages show: all entries of a tag or source in storing order, in numbered pages; all entries of a
//! story; and the sources with their newest entries.
//!
//! Entry points: [`Store::number`], [`Store::page`], [`Store::story`], [`Store::summaries`]. Nothing is written here.

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::entries::{COPIES_MAX, Loader, Newest, texts, touched};
use super::selection::Selection;
use super::sql::{Json, all_rows, first_row};
use super::state::DESCRIPTION;
use super::{Store, StoreError};
use crate::model::{EntryDetails, EntryId, FeedMeta, SafeHtml, SourceId, StoredEntry, Timestamp};

/// Stored entries of a numbered page. A page shows fewer, where some of them are hidden, filtered out or copies.
const EACH: usize = 100;
/// Largest distance between two entry numbers at which all entries between them are walked. Over larger distances, the
/// entries are looked up source by source, because most of those between belong to other sources.
const WALKED_MAX: i64 = 20_000;
/// Bytes of texts that are read for one page.
const TEXTS_MAX: u64 = 64 * 1024 * 1024;
/// Entries of a source that are looked at for its newest entry, because filters may leave out the first entries.
const LOOKED_AT: i64 = 20;
/// Characters of a content from which the title of an entry without a title is made.
const TITLED_BY_CHARS: i64 = 4_000;

/// Where the numbered pages of some sources begin. A page has a hundred stored entries, whether or not they are shown, so
/// that a page that is full keeps its entries whatever is hidden, joined or filtered later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbered {
    /// The first entry of each page.
    firsts: Vec<i64>,
    /// Entries in the newest page.
    last: usize,
    /// The last entry that was examined.
    through: i64,
}

impl Numbered {
    /// Stored entries in the newest page.
    pub fn in_newest(&self) -> usize {
        self.last
    }

    /// Number of pages.
    pub fn pages(&self) -> u32 {
        u32::try_from(self.firsts.len()).unwrap_or(u32::MAX)
    }

    /// The first and the last entry that the page `number` may have.
    fn range(&self, number: u32) -> Option<(i64, i64)> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        let first = *self.firsts.get(at)?;
        let through = self.firsts.get(at + 1).map_or(self.through, |next| next - 1);
        Some((first, through))
    }
}

/// A story with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeStory {
    /// The story as documents show it.
    pub shown: StoredEntry,
    /// Its selected entries, in storing order.
    pub entries: Vec<StoredEntry>,
    /// When any of them was last written.
    pub changed: Timestamp,
}

/// A source as a list of sources shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSummary {
    pub source: SourceId,
    /// The feed's description of itself.
    pub meta: FeedMeta,
    /// Number of its stored entries.
    pub entries: u64,
    pub newest: Option<NewestEntry>,
}

/// The newest entry of a source, reduced to the data that a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewestEntry {
    pub title: String,
    pub link: Option<String>,
    /// Only the fields from which a missing title is made, and the original link.
    pub details: EntryDetails,
    /// The beginning of the content of an entry without a title; empty for other entries.
    pub content: SafeHtml,
    pub published: Timestamp,
}

impl Store {
    /// The numbered pages of some sources. `before` is what the last call returned for the same sources, or the default.
    pub async fn number(
        &self,
        sources: Arc<HashSet<SourceId>>,
        before: Arc<Numbered>,
    ) -> Result<Arc<Numbered>, StoreError> {
        self.read(move |connection| {
            let last: Option<i64> = connection.query_row("SELECT max(id) FROM entry", [], |row| row.get(0))?;
            let through = last.unwrap_or(0);
            if through <= before.through {
                return Ok(before);
            }
            let mut after = Numbered::clone(&before);
            for id in ids_between(connection, &sources, before.through + 1, through)? {
                if after.firsts.is_empty() || after.last >= EACH {
                    after.firsts.push(id);
                    after.last = 0;
                }
                after.last += 1;
            }
            after.through = through;
            Ok(Arc::new(after))
        })
        .await
    }

    /// The stories of a numbered page in storing order; `None` if that page does not exist.
    pub async fn page(
        &self,
        selection: Selection,
        numbered: Arc<Numbered>,
        number: u32,
    ) -> Result<Option<Newest>, StoreError> {
        let Some((first, through)) = numbered.range(number) else { return Ok(None) };
        self.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT source, story FROM entry WHERE id = ?1 AND hidden = 0")?;
            let mut shown = Vec::with_capacity(EACH);
            for id in ids_between(connection, &selection.sources, first, through)? {
                let row = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
                if let Some((source, story)) = row
                    && selection.shows(connection, id, source, story)?
                {
                    shown.push(id);
                }
            }
            // Copies that come when the page is full are left out, because the page must not change.
            let weigh = (|entry: &mut StoredEntry| texts(entry), TEXTS_MAX);
            let mut stories = Loader::new(connection).stories(&shown, weigh, &selection, Some(through))?;
            stories.changed = stories.changed.max(touched(connection, &selection)?);
            Ok(Some(stories))
        })
        .await
    }

    /// The story of that number, or to which a selected entry of that number belongs, with its selected entries; `None`
    /// if no entry of the story is selected.
    pub async fn story(&self, entry: EntryId, selection: Selection) -> Result<Option<WholeStory>, StoreError> {
        self.read(move |connection| {
            let story = first_row(connection, "SELECT story FROM entry WHERE id = ?1", [entry], |row| row.get(0))?;
            let Some(story) = story else { return Ok(None) };
            let ids = entries_of(connection, story, &selection)?;
            let Some(first) = ids.first() else { return Ok(None) };
            // An answer would reveal the story of an entry that is not selected.
            if entry.0 != story && !ids.contains(&entry.0) {
                return Ok(None);
            }
            let mut loader = Loader::new(connection);
            let weigh = (|entry: &mut StoredEntry| texts(entry), TEXTS_MAX);
            let mut newest = loader.stories(&[*first], weigh, &selection, None)?;
            let Some(shown) = newest.entries.pop() else { return Ok(None) };
            let mut changed = newest.changed;
            let mut sources = HashSet::new();
            let mut entries = Vec::with_capacity(ids.len());
            let mut bytes = 0;
            for id in ids {
                let (entry, written) = loader.entry(id)?;
                changed = changed.max(Some(written));
                bytes += texts(&entry);
                sources.insert(entry.source);
                entries.push(entry);
                if bytes > TEXTS_MAX {
                    break;
                }
            }
            // Entries that have left the story are not among its entries, but count here.
            changed = changed.max(touched(connection, &Selection::of(sources))?);
            Ok(changed.map(|changed| WholeStory { shown, entries, changed }))
        })
        .await
    }

    /// Sources with the numbers of their entries and their newest selected entries, in the given order; and when any of this last
    /// changed.
    pub async fn summaries(
        &self,
        sources: Vec<SourceId>,
        selection: Selection,
    ) -> Result<(Vec<SourceSummary>, Option<Timestamp>), StoreError> {
        self.read(move |connection| {
            let mut count = connection.prepare_cached("SELECT count(*) FROM entry WHERE source = ?1")?;
            let mut summaries = Vec::with_capacity(sources.len());
            let mut changed = touched(connection, &selection)?;
            for source in sources {
                let described = |row: &Row<'_>| Ok((Json::or_default(row, 0)?, row.get(1)?));
                let Some((meta, described)) = first_row(connection, DESCRIPTION, [source], described)? else {
                    continue;
                };
                let entries: i64 = count.query_row([source], |row| row.get(0))?;
                changed = changed.max(Some(described));
                summaries.push(SourceSummary {
                    source,
                    meta,
                    entries: entries.unsigned_abs(),
                    newest: newest_of(connection, source, &selection)?,
                });
            }
            Ok((summaries, changed))
        })
        .await
    }
}

/// The entries of some sources within a range of numbers, in storing order.
fn ids_between(
    connection: &Connection,
    sources: &HashSet<SourceId>,
    first: i64,
    through: i64,
) -> Result<Vec<i64>, StoreError> {
    let mut ids: Vec<i64> = Vec::new();
    if through - first < WALKED_MAX {
        let mut statement =
            connection.prepare_cached("SELECT id, source FROM entry WHERE id BETWEEN ?1 AND ?2 ORDER BY id")?;
        let mut rows = statement.query([first, through])?;
        while let Some(row) = rows.next()? {
            if sources.contains(&SourceId(row.get(1)?)) {
                ids.push(row.get(0)?);
            }
        }
        return Ok(ids);
    }
    // The plus sign keeps SQLite from walking the range of numbers in place of the index of the source.
    let sql = "SELECT id FROM entry WHERE source = ?1 AND +id BETWEEN ?2 AND ?3";
    for source in sources {
        ids.extend(all_rows::<i64, Vec<_>>(connection, sql, params![source, first, through], |row| row.get(0))?);
    }
    ids.sort_unstable();
    Ok(ids)
}

/// The selected entries of a story, in storing order.
fn entries_of(connection: &Connection, story: i64, selection: &Selection) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, source FROM entry
         WHERE ((id = ?1 AND story = id) OR (story = ?1 AND story <> id)) AND hidden = 0 ORDER BY id LIMIT ?2",
    )?;
    let mut rows = statement.query([story, COPIES_MAX])?;
    let mut ids = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, source) = (row.get(0)?, row.get(1)?);
        if selection.takes(connection, id, source)? {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn newest_of(
    connection: &Connection,
    source: SourceId,
    selection: &Selection,
) -> Result<Option<NewestEntry>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, hidden FROM entry WHERE source = ?1 ORDER BY ranked DESC, id DESC LIMIT ?2")?;
    let mut rows = statement.query(params![source, LOOKED_AT])?;
    let mut found = None;
    while found.is_none()
        && let Some(row) = rows.next()?
    {
        let (id, hidden): (i64, bool) = (row.get(0)?, row.get(1)?);
        found = (!hidden && selection.takes(connection, id, source.0)?).then_some(id);
    }
    let Some(id) = found else { return Ok(None) };
    let mut statement = connection.prepare_cached(
        "SELECT
             title,
             link,
             json_extract(details, '$.original_link'),
             coalesce(json_extract(details, '$.untitled'), 0),
             CASE WHEN json_extract(details, '$.untitled') THEN substr(content, 1, ?2) ELSE '' END,
             published
         FROM entry JOIN entry_text ON entry_text.entry = id
         WHERE id = ?1",
    )?;
    let newest = statement.query_row([id, TITLED_BY_CHARS], |row| {
        let details = EntryDetails { original_link: row.get(2)?, is_untitled: row.get(3)?, ..EntryDetails::default() };
        Ok(NewestEntry {
            title: row.get(0)?,
            link: row.get(1)?,
            details,
            content: SafeHtml::stored(row.get(4)?),
            published: row.get(5)?,
        })
    })?;
    Ok(Some(newest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reaches_to_the_next_one() {
        let numbered = Numbered { firsts: vec![3, 250, 900], last: 7, through: 1_000 };
        assert_eq!(numbered.pages(), 3);
        for (number, expected) in
            [(0, None), (1, Some((3, 249))), (2, Some((250, 899))), (3, Some((900, 1_000))), (4, None)]
        {
            assert_eq!(numbered.range(number), expected, "{number}");
        }
        assert_eq!(Numbered::default().range(1), None);
    }

    #[test]
    fn entries_are_found_over_short_and_long_distances() {
        let connection = Connection::open_in_memory().expect("memory is there");
        connection
            .execute_batch(
                "CREATE TABLE entry (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, ranked INTEGER NOT NULL);
                 CREATE INDEX entry_source_ranked ON entry (source, ranked);
                 INSERT INTO entry VALUES (1, 1, 9), (2, 2, 8), (3, 1, 7), (50000, 3, 1), (50001, 1, 2), (90000, 2, 5);",
            )
            .expect("the statements are right");
        let sources = HashSet::from([SourceId(1), SourceId(3)]);
        for (first, through, expected) in [
            (1, 3, vec![1, 3]),
            (2, 3, vec![3]),
            (1, 50_000, vec![1, 3, 50_000]),
            (1, 90_000, vec![1, 3, 50_000, 50_001]),
            (4, 49_999, vec![]),
            (50_002, 90_000, vec![]),
        ] {
            let found = ids_between(&connection, &sources, first, through).expect("it can be read");
            assert_eq!(found, expected, "{first} to {through}");
        }
    }
}
