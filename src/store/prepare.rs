//! Making a document's texts ready before the writer has it: which of its entries the store does not know as they are, and
//! what the source printed under its last ones.

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
    /// Makes a document's texts ready to be compared, off the async threads. `is_first`: nothing of the source is stored.
    ///
    /// Only the source's own polls change its entries, and it has one at a time: what is read here still holds when the
    /// document is written. Where nothing can be read, nothing is made ready, and the writer makes what it needs.
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
                tracing::warn!(source = source.0, %error, "a document could not be made ready to be compared")
            }
        }
        document
    }
}

/// Makes ready what the store does not know as it is.
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

/// Whether an entry is known by a name of its own, and says what it said: what decides on it then looks at no text.
fn is_stored_just_so(shelf: &Shelf<'_>, entry: &CleanEntry) -> Result<bool, StoreError> {
    let names = |kind: KeyKind| matches!(kind, KeyKind::Id | KeyKind::Link | KeyKind::Url);
    for key in entry.keys.iter().filter(|key| key.trusted || names(key.kind)) {
        if shelf.bearer(key.digest)?.is_some_and(|known| known.record_hash == entry.record_hash) {
            return Ok(true);
        }
    }
    Ok(false)
}
