//! Prepares the texts of a document before the writer gets it: finds the entries that the store does not have in this
//! form, and the boilerplate of the source. It only reads.

use std::sync::Arc;

use rusqlite::Connection;

use super::memory::Memory;
use super::polls::ReadDocument;
use super::shelf::Shelf;
use super::{Store, StoreError};
use crate::merge::{Prepared, Shelf as _};
use crate::model::{CleanEntry, KeyKind, SourceId};
use crate::stories::{Reach, StoryOptions};

impl Store {
    /// Prepares the texts of a document for comparison, off the async threads. `is_first`: the store has nothing of the
    /// source.
    ///
    /// What is read here still holds when the document is written, because only the polls of a source change its
    /// entries, and a source has one poll at a time. If the database cannot be read, nothing is prepared, and the
    /// writer does that work itself.
    pub async fn prepare(
        &self,
        source: SourceId,
        is_first: bool,
        stories: StoryOptions,
        document: Box<ReadDocument>,
    ) -> Box<ReadDocument> {
        if stories.reach == Reach::Off || document.feed.entries.is_empty() {
            return document;
        }
        let document = Arc::new(document);
        let shared = document.clone();
        let prepared = if is_first {
            let all = move || {
                let all: Vec<usize> = (0..shared.feed.entries.len()).collect();
                Prepared::of(&shared.feed.entries, &all, &[])
            };
            tokio::task::spawn_blocking(all).await.map_err(|error| StoreError::Panicked(error.to_string()))
        } else {
            self.read(move |connection| prepared(connection, source, &shared.feed.entries)).await
        };
        let mut document = Arc::unwrap_or_clone(document);
        match prepared {
            Ok(prepared) => document.prepared = prepared,
            Err(error) => {
                tracing::warn!(source = source.0, %error, "could not prepare a document for comparison; the writer does it, which takes longer")
            }
        }
        document
    }
}

/// Prepares the entries that the store does not have in this form.
fn prepared(connection: &Connection, source: SourceId, entries: &[CleanEntry]) -> Result<Prepared, StoreError> {
    let memory = Memory::default();
    let shelf = Shelf { connection, memory: &memory, source };
    let mut unknown = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if !is_stored_just_so(&shelf, entry)? {
            unknown.push(at);
        }
    }
    let stored = if unknown.is_empty() { Vec::new() } else { shelf.recent_pieces()? };
    Ok(Prepared::of(entries, &unknown, &stored))
}

/// Whether an entry is stored unchanged under a name of its own. Its text is then not needed for any decision.
fn is_stored_just_so(shelf: &Shelf<'_>, entry: &CleanEntry) -> Result<bool, StoreError> {
    let names = |kind: KeyKind| matches!(kind, KeyKind::Id | KeyKind::Link | KeyKind::Url);
    for key in entry.keys.iter().filter(|key| key.trusted || names(key.kind)) {
        if shelf.bearer(key.digest)?.is_some_and(|known| known.record_hash == entry.record_hash) {
            return Ok(true);
        }
    }
    Ok(false)
}
