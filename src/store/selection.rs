//! Which entries an output selects, and which entry represents a story: the first stored one of those that are
//! selected.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use rusqlite::{Connection, params};

use super::StoreError;
use super::entries::Loader;
use crate::model::{EntryId, SourceId, StoredEntry};

/// The entries that an output selects.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    pub sources: Arc<HashSet<SourceId>>,
    /// `None` if there are no rules.
    pub sieve: Option<Sieve>,
}

/// Rules that examine entries.
#[derive(Clone)]
pub struct Sieve {
    /// The verdicts that are known without the text: for entries that no rule concerns, and for entries judged before.
    pub known: Arc<dyn Fn(SourceId, EntryId) -> Option<bool> + Send + Sync>,
    pub judge: Arc<dyn Fn(&StoredEntry) -> bool + Send + Sync>,
}

impl fmt::Debug for Sieve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sieve").finish_non_exhaustive()
    }
}

impl Selection {
    pub fn of(sources: HashSet<SourceId>) -> Selection {
        Selection { sources: Arc::new(sources), sieve: None }
    }

    /// Whether an entry is selected, whether or not it represents its story.
    pub(super) fn takes(&self, connection: &Connection, id: i64, source: i64) -> Result<bool, StoreError> {
        if !self.sources.contains(&SourceId(source)) {
            return Ok(false);
        }
        let Some(sieve) = &self.sieve else { return Ok(true) };
        match (sieve.known)(SourceId(source), EntryId(id)) {
            Some(known) => Ok(known),
            None => Ok((sieve.judge)(&Loader::new(connection).entry(id)?.0)),
        }
    }

    /// Whether an entry is selected and represents its story, which is so if no entry of the story that was stored
    /// earlier is selected.
    pub(super) fn shows(&self, connection: &Connection, id: i64, source: i64, story: i64) -> Result<bool, StoreError> {
        if !self.takes(connection, id, source)? {
            return Ok(false);
        }
        if story == id {
            return Ok(true);
        }
        let mut statement = connection.prepare_cached(
            "SELECT id, source FROM entry
                 WHERE ((id = ?1 AND story = id) OR (story = ?1 AND story <> id)) AND id < ?2 AND hidden = 0",
        )?;
        let mut rows = statement.query(params![story, id])?;
        while let Some(row) = rows.next()? {
            let (earlier, source) = (row.get(0)?, row.get(1)?);
            if self.takes(connection, earlier, source)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
