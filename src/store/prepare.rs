//! Making a document's texts ready before the writer has it: which of its entries the store does not know as they are, and
//! what the source printed under its last ones.

use super::memory::Memory;
use super::polls::Document;
use super::shelf::Shelf;
use super::{Store, StoreError};
use crate::merge::{Prepared, Shelf as _};
use crate::model::{CleanEntry, KeyKind, SourceId};
use crate::stories::{Reach, StoryOptions};

impl Store {
    /// Makes a document's texts ready to be compared, off the async threads. `is_first`: nothing of the source is stored.
    ///
    /// Only the source's own polls change its entries, and it has one at a time: what is read here still holds when the
    /// document is written.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn prepare(
        &self,
        source: SourceId,
        is_first: bool,
        stories: StoryOptions,
        mut document: Box<Document>,
    ) -> Result<Box<Document>, StoreError> {
        if stories.reach == Reach::Off || document.feed.entries.is_empty() {
            return Ok(document);
        }
        if is_first {
            let made = tokio::task::spawn_blocking(move || {
                let all: Vec<usize> = (0..document.feed.entries.len()).collect();
                document.prepared = Prepared::of(&document.feed.entries, &all, &[]);
                document
            });
            return made.await.map_err(|error| StoreError::Panicked(error.to_string()));
        }
        self.read(move |connection| {
            let memory = Memory::default();
            let shelf = Shelf { connection, memory: &memory, source };
            let mut unknown = Vec::new();
            for (at, entry) in document.feed.entries.iter().enumerate() {
                if !is_stored_just_so(&shelf, entry)? {
                    unknown.push(at);
                }
            }
            if !unknown.is_empty() {
                let stored = shelf.recent_pieces()?;
                document.prepared = Prepared::of(&document.feed.entries, &unknown, &stored);
            }
            Ok(document)
        })
        .await
    }
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
