//! Archive documents (RFC 5005, 4): which entries each document has. The stories of an output fill its documents in
//! storing order. The first entry of each document is stored, because a full document must stay as it is whatever comes
//! later.
//!
//! Entry points: [`Store::open_archive`], [`Store::fill_archive`], [`Store::archived`], [`Store::compare`]. The room
//! never formats a document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::entries::{Loader, Newest, texts, touched};
use super::selection::Selection;
use super::sql::{all_rows, execute, first_row, json};
use super::{Store, StoreError};
use crate::model::{EntryId, FilterRule, SourceId};

/// Stories in one archive document.
const EACH: i64 = 100;
/// Stories that a comparison lists by title.
const NAMED: usize = 5;
/// Bytes of texts that are read for one archive document.
const TEXTS_MAX: u64 = 256 * 1024 * 1024;

/// The data that decide which entries an output shows: its sources with their rules, and its own rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selects {
    pub sources: BTreeMap<SourceId, Vec<FilterRule>>,
    pub filter: Vec<FilterRule>,
    /// Left out for an output without a search, so that the stored selections of such outputs stay the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<Searched>,
}

/// The search of an output.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    /// In its normal form.
    pub query: String,
    /// A digest of the names and tags of the sources, where the search asks for those.
    pub names: String,
}

/// How far an output's archive is filled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filled {
    /// Number of documents.
    pub documents: u32,
    /// The last entry that was examined.
    pub through: i64,
    /// Stories in the newest document.
    last: i64,
}

impl Filled {
    /// Stories in the newest document.
    pub fn in_newest(&self) -> usize {
        usize::try_from(self.last).unwrap_or(0)
    }
}

/// The difference between what two selections show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    pub gained: u64,
    pub lost: u64,
    /// The newest stories of each side, with their sources.
    pub gains: Vec<(SourceId, String)>,
    pub loses: Vec<(SourceId, String)>,
}

/// The content of one archive document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Archived {
    /// In storing order.
    pub stories: Newest,
    /// Number of documents of the output.
    pub documents: u32,
}

impl Store {
    /// How far the archive of an output is filled. The archive goes on if the selection is the same, or differs only by
    /// sources with few earlier entries; with other rules it begins anew.
    pub async fn open_archive(&self, output: String, selects: Arc<Selects>) -> Result<Filled, StoreError> {
        let shown = json(&*selects)?;
        self.writer()?
            .write(move |connection| {
                let before = filled(connection, &output)?;
                let goes_on = match &before {
                    Some((filled, text)) if *text == shown => return Ok(*filled),
                    Some((filled, text)) => goes_on(connection, text, &selects, *filled)?,
                    None => false,
                };
                let filled = before.filter(|_| goes_on).map(|(filled, _)| filled).unwrap_or_default();
                if !goes_on {
                    execute(connection, "DELETE FROM archive_document WHERE output = ?1", [&output])?;
                }
                let sql = "INSERT OR REPLACE INTO archive (output, shown, through, filled) VALUES (?1, ?2, ?3, ?4)";
                execute(connection, sql, params![output, shown, filled.through, filled.last])?;
                Ok(filled)
            })
            .await
    }

    /// Adds what has been stored since the last call to an output's archive.
    pub async fn fill_archive(
        &self,
        output: String,
        before: Filled,
        selection: Selection,
    ) -> Result<Filled, StoreError> {
        let (after, begun) = self.read(move |connection| look_further(connection, before, &selection)).await?;
        if after == before {
            return Ok(after);
        }
        self.writer()?
            .write(move |connection| {
                for (number, first) in begun {
                    let sql = "INSERT OR REPLACE INTO archive_document (output, number, first) VALUES (?1, ?2, ?3)";
                    execute(connection, sql, params![output, number, first])?;
                }
                let sql = "UPDATE archive SET through = ?2, filled = ?3 WHERE output = ?1";
                execute(connection, sql, params![output, after.through, after.last])?;
                Ok(())
            })
            .await?;
        Ok(after)
    }

    /// One archive document of an output; `None` if the output has no document of that number.
    pub async fn archived(
        &self,
        output: String,
        number: u32,
        selection: Selection,
    ) -> Result<Option<Archived>, StoreError> {
        self.read(move |connection| {
            let Some((filled, _)) = filled(connection, &output)? else { return Ok(None) };
            let Some(first) = first_of(connection, &output, number)? else { return Ok(None) };
            let through = match first_of(connection, &output, number.saturating_add(1))? {
                Some(next) => next - 1,
                None => filled.through,
            };
            let mut ids = Vec::new();
            each_shown(connection, &selection, first, through, |id| ids.push(id))?;
            // A copy that is stored when the document is full already is left out, because the document must not
            // change.
            let mut stories = Loader::new(connection).stories(
                &ids,
                (|entry: &mut _| texts(entry), TEXTS_MAX),
                &selection,
                Some(through),
            )?;
            stories.changed = stories.changed.max(touched(connection, &selection)?);
            Ok(Some(Archived { stories, documents: filled.documents }))
        })
        .await
    }

    /// Which stories an output would gain and lose if its selection were replaced by another.
    pub async fn compare(&self, before: Selection, after: Selection) -> Result<Compared, StoreError> {
        self.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT id, source, story FROM entry WHERE hidden = 0 ORDER BY id DESC")?;
            let mut rows = statement.query([])?;
            let mut compared = Compared::default();
            while let Some(row) = rows.next()? {
                let (id, source, story): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let was = before.shows(connection, id, source, story)?;
                let is = after.shows(connection, id, source, story)?;
                if was == is {
                    continue;
                }
                let (count, some) = if is {
                    (&mut compared.gained, &mut compared.gains)
                } else {
                    (&mut compared.lost, &mut compared.loses)
                };
                *count += 1;
                if some.len() < NAMED {
                    some.push((SourceId(source), Loader::new(connection).entry(id)?.0.title));
                }
            }
            Ok(compared)
        })
        .await
    }

    /// The numbers of the archive documents that contain these entries.
    pub async fn archives_of(&self, output: String, entries: Vec<EntryId>) -> Result<BTreeSet<u32>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached("SELECT max(number) FROM archive_document WHERE output = ?1 AND first <= ?2")?;
            let mut numbers = BTreeSet::new();
            for entry in entries {
                numbers.extend(statement.query_row(params![output, entry], |row| row.get::<_, Option<u32>>(0))?);
            }
            Ok(numbers)
        })
        .await
    }

    /// Deletes the archives of outputs that are no longer configured.
    pub async fn forget_archives(&self, configured: Vec<String>) -> Result<(), StoreError> {
        self.writer()?
            .write(move |connection| {
                // While a configuration is being applied, the rebuild may still use the previous plan.
                let sql = "SELECT output FROM archive WHERE output NOT IN (SELECT name FROM output_setting)";
                let known: Vec<String> = all_rows(connection, sql, [], |row| row.get(0))?;
                for output in known.iter().filter(|known| !configured.contains(known)) {
                    forget(connection, output)?;
                }
                Ok(())
            })
            .await
    }
}

/// Deletes the archive of an output with its documents.
pub(super) fn forget(connection: &Connection, output: &str) -> Result<(), StoreError> {
    execute(connection, "DELETE FROM archive WHERE output = ?1", [output])?;
    execute(connection, "DELETE FROM archive_document WHERE output = ?1", [output])?;
    Ok(())
}

fn filled(connection: &Connection, output: &str) -> Result<Option<(Filled, String)>, StoreError> {
    let sql = "SELECT through, filled, shown, (SELECT max(number) FROM archive_document WHERE output = ?1)
               FROM archive WHERE output = ?1";
    first_row(connection, sql, [output], |row| {
        let documents = row.get::<_, Option<u32>>(3)?.unwrap_or(0);
        Ok((Filled { documents, through: row.get(0)?, last: row.get(1)? }, row.get(2)?))
    })
}

/// Whether an archive that was filled by another selection may continue with this selection, which is so if no document
/// would become much larger.
fn goes_on(connection: &Connection, before: &str, now: &Selects, filled: Filled) -> Result<bool, StoreError> {
    let Ok(before) = serde_json::from_str::<Selects>(before) else { return Ok(false) };
    if before.filter != now.filter {
        return Ok(false);
    }
    let mut count = connection.prepare_cached("SELECT count(*) FROM entry WHERE source = ?1 AND id <= ?2")?;
    // A source that was removed and has come back appears again in the documents that had its entries.
    let mut room = EACH * i64::from(filled.documents);
    for (source, rules) in &now.sources {
        match before.sources.get(source) {
            Some(known) if known == rules => {}
            Some(_) => return Ok(false),
            None => room -= count.query_row(params![source, filled.through], |row| row.get::<_, i64>(0))?,
        }
    }
    Ok(room >= 0)
}

fn first_of(connection: &Connection, output: &str, number: u32) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT first FROM archive_document WHERE output = ?1 AND number = ?2";
    first_row(connection, sql, params![output, number], |row| row.get(0))
}

/// Number and first entry of the archive documents that have begun.
type Begun = Vec<(u32, i64)>;

/// Examines the entries stored after `before`: returns how far the archive reaches now, and the documents that begin on
/// the way.
fn look_further(connection: &Connection, before: Filled, selection: &Selection) -> Result<(Filled, Begun), StoreError> {
    let last: Option<i64> = connection.query_row("SELECT max(id) FROM entry", [], |row| row.get(0))?;
    let mut after = Filled { through: last.unwrap_or(0).max(before.through), ..before };
    let mut begun = Vec::new();
    if after.documents == 0 && after.through > 0 {
        // The first document begins at the first entry of all, even if that entry is not shown, because it may be shown
        // later.
        after.documents = 1;
        after.last = 0;
        begun.push((1, 0));
    }
    each_shown(connection, selection, before.through + 1, after.through, |id| {
        if after.last >= EACH {
            after.documents += 1;
            after.last = 0;
            begun.push((after.documents, id));
        }
        after.last += 1;
    })?;
    Ok((after, begun))
}

/// The entries that represent their stories in a selection, in storing order.
fn each_shown(
    connection: &Connection,
    selection: &Selection,
    from: i64,
    through: i64,
    mut shown: impl FnMut(i64),
) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, source, story FROM entry WHERE id BETWEEN ?1 AND ?2 AND hidden = 0 ORDER BY id")?;
    let mut rows = statement.query([from, through])?;
    while let Some(row) = rows.next()? {
        let (id, source, story): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if selection.shows(connection, id, source, story)? {
            shown(id);
        }
    }
    Ok(())
}
