//! The store: the state of every source, and every entry once, in one SQLite file.
//!
//! One thread writes. Requests that wait for it are committed together, each in a savepoint of its own, so that a
//! hundred polls with news cost one fsync and a failed request undoes only itself. Polls without news do not wait for
//! the disk. Readers have connections of their own and never wait for the writer (WAL).
//!
//! Entry points: [`Store::open`], [`Store::open_for_reading`], [`Store::begin_poll`], [`Store::finish_poll`],
//! [`Store::newest`].
//!
//! Invariants:
//! - The results of a poll are one request: entries, validators and schedule together.
//! - A lock keeps a second writer out.
//! - All SQL of the program is here.
//!
//! What never enters: decisions. What an entry is, when a source is due and what an output shows come in as data.

mod apply;
mod archive;
mod awaited;
mod backup;
mod before;
mod content;
mod cost;
mod decisions;
mod deliveries;
mod described;
mod distrusted;
mod entries;
mod error;
mod facts;
mod floods;
mod hosts;
mod identity;
mod in_force;
mod incidents;
mod leads;
mod memory;
mod migrate;
mod names;
mod open;
mod overview;
mod pages;
mod polls;
mod prepare;
mod prune;
mod purge;
mod push;
mod readers;
mod relay;
mod results;
mod search;
mod selection;
mod shelf;
mod soundness;
mod sources;
mod space;
mod sql;
mod state;
mod storing;
mod subscriptions;
mod window;
mod withdrawn;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub use archive::{Archived, Compared, Filled, Searched, Selects};
pub use awaited::{DECISIONS_MAX, TakenOver};
pub use backup::{BackupError, Copied, Watch, back_up, restore};
pub use cost::Counted;
pub use decisions::{Decision, EarlierVersion, EntryCard, NearlyJoined, StoryChange, StoryEntry, Why};
pub use deliveries::{FurtherChanges, Showing};
pub use entries::{EntryQuery, Near, Newest, Place, Scope};
pub use error::StoreError;
pub use in_force::{InForce, OutputInForce, Replaced, SourceInForce};
pub use migrate::{MIGRATIONS, needs_migration};
pub use names::{kept_names, kept_names_or};
pub use open::{Lock, beside, private_file};
pub use overview::{Overview, SourceTally};
pub use pages::{NewestEntry, Numbered, SourceSummary, WholeStory};
pub use polls::{Planner, PollEffect, PollRecord, PollResult, ReadDocument};
pub use prune::{Deleted, Doomed};
pub use push::{DeliveryPlanner, DeliveryRecord, PushState};
pub use search::{FoundEntries, Indexed, SearchQuery, Sought};
pub use selection::{Selection, Sieve};
pub use soundness::Checked;
pub use sources::SourceKey;
pub use state::{
    Address, Adopted, AdoptedWhy, Asking, KnownDocument, LeftOut, Moving, PollState, SourceState, StoredSchedule,
    Traffic,
};
pub use storing::{AsShown, StoredPage, StoringQuery};
pub use subscriptions::{Delivered, EndedSubscription, NewSubscription, Subscription};
pub use writer::{Durability, WriterLoad};

use crate::model::Timestamp;
use content::Content;
use cost::Statements;
use open::FileIdentity;
use readers::Readers;
use soundness::Reads;
use writer::Writer;

/// A handle on the open store; clones share it. The database is closed when the last clone is dropped.
///
/// Methods that read fail when the database cannot be read, and methods that write when it cannot be written; a request
/// that fails has changed nothing. Only other errors are documented with the methods.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    // Fields are dropped in this order: the writer finishes and checkpoints, the readers close, the lock is released.
    writer: Option<Writer>,
    readers: Readers,
    /// Counts the reads that fail.
    reads: Arc<Reads>,
    path: PathBuf,
    /// The identity of the file that was opened, to check that the same file is still at `path`.
    identity: FileIdentity,
    /// The known properties of its content, if this process writes to it.
    content: Option<Arc<Content>>,
    store_id: String,
    born: Timestamp,
    /// The counter of the writer's statements, if they are counted.
    statements: Option<Statements>,
    _lock: Option<Lock>,
}

impl Store {
    /// Opens the database at `path`, creates it if it does not exist, and applies missing migrations.
    ///
    /// `fresh_id` (16 random bytes) becomes the store's id if the store has no id yet; `now` dates the migrations.
    ///
    /// # Errors
    /// If another process holds the database, or the file is not a database of this program or is newer than this
    /// program.
    pub fn open(path: &Path, fresh_id: [u8; 16], now: Timestamp) -> Result<Store, StoreError> {
        Store::open_with(path, fresh_id, now, None)
    }

    fn open_with(
        path: &Path,
        fresh_id: [u8; 16],
        now: Timestamp,
        statements: Option<Statements>,
    ) -> Result<Store, StoreError> {
        let lock = Lock::take(path)?;
        open::refuse_empty(path)?;
        if !path.exists() {
            open::make_new(path, |connection, new| {
                open::settle(connection, new)?;
                migrate::migrate(connection, new, 0, now)
            })?;
        }
        let mut connection = open::for_writing(path)?;
        let identity = FileIdentity::of(path)?;
        let applied = migrate::check(&connection, path)?;
        open::settle(&connection, path)?;
        migrate::migrate(&connection, path, applied, now)?;
        open::take_back_in_memory(&connection)?;
        let store_id = identity::store_id(&connection, fresh_id)?;
        let born = identity::born(&connection)?;
        if let Some(statements) = &statements {
            statements.count(&mut connection)?;
        }
        let reads = Arc::new(Reads::default());
        let content = Arc::new(Content::new(path, &store_id));
        let writer = Writer::start(connection, path.to_owned(), identity, content.clone(), reads.clone())?;
        let readers = Readers::new(path.to_owned());
        let (writer, content, lock) = (Some(writer), Some(content), Some(lock));
        let path = path.to_owned();
        let inner = Inner { writer, readers, reads, path, identity, content, store_id, born, statements, _lock: lock };
        Ok(Store { inner: Arc::new(inner) })
    }

    /// Opens the database at `path` for reading only, without blocking a process that writes to it.
    ///
    /// # Errors
    /// If the file is not a database of this program, is empty, is newer than this program, or lacks migrations.
    pub fn open_for_reading(path: &Path) -> Result<Store, StoreError> {
        open::refuse_empty(path)?;
        let connection = open::for_reading(path)?;
        let identity = FileIdentity::of(path)?;
        let applied = migrate::check(&connection, path)?;
        if applied < MIGRATIONS.len() {
            return Err(StoreError::Older { path: path.to_owned() });
        }
        let store_id = identity::known_store_id(&connection)?;
        let born = identity::born(&connection)?;
        let readers = Readers::new(path.to_owned());
        let (path, reads) = (path.to_owned(), Arc::default());
        let inner = Inner {
            writer: None,
            readers,
            reads,
            path,
            identity,
            content: None,
            store_id,
            born,
            statements: None,
            _lock: None,
        };
        Ok(Store { inner: Arc::new(inner) })
    }

    /// The writer, unless the file was overwritten, because what is written then damages the other file.
    fn writer(&self) -> Result<&Writer, StoreError> {
        if self.inner.content.as_ref().is_some_and(|content| content.is_overwritten()) {
            return Err(StoreError::Overwritten { path: self.inner.path.clone() });
        }
        self.inner.writer.as_ref().ok_or(StoreError::Closed)
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Checks on the disk that the opened file is still the one at its path, and was not overwritten. Blocks, so it
    /// must not be called on async threads.
    pub fn check_file(&self) -> Result<(), StoreError> {
        self.inner.identity.check(&self.inner.path)?;
        self.inner.content.as_ref().map_or(Ok(()), |content| content.check())
    }

    /// The store's own UUID, made once. Feed ids and minted entry ids are derived from it.
    pub fn store_id(&self) -> &str {
        &self.inner.store_id
    }

    /// When the store was made.
    pub fn born(&self) -> Timestamp {
        self.inner.born
    }

    /// What the writer has done since the store was opened; zero for a store that was opened for reading.
    pub fn writer_load(&self) -> WriterLoad {
        self.inner.writer.as_ref().map(Writer::load).unwrap_or_default()
    }

    /// Returns when all earlier requests have been committed, which proves that the writer makes progress.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.inner.writer.as_ref().ok_or(StoreError::Closed)?.write(|_| Ok(())).await
    }

    /// Ends reading and writing for all handles: pending requests are written, and the write-ahead log is emptied.
    /// Returns when that is done, or after `within`; in that case the log stays for the next start, and nothing is
    /// lost.
    pub async fn close(&self, within: Duration) {
        self.inner.reads.close();
        self.inner.readers.close();
        let Some(thread) = self.inner.writer.as_ref().and_then(Writer::close) else { return };
        let ended = tokio::task::spawn_blocking(move || thread.join());
        if tokio::time::timeout(within, ended).await.is_err() {
            tracing::warn!("the database could not be closed in time; nothing is lost, the next start completes it");
        }
    }
}
