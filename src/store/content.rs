//! Notices that the database file was overwritten in its place, as `cp backup.db watershed.db` does, while it is in
//! use. SQLite does not notice that, and would mix the pages in its cache with those of the other file.
//!
//! Entry points: [`Content::check`], [`Content::is_overwritten`]. Invariant: once the file was overwritten, that is
//! remembered until the process ends, because our own pages may be in the file by then.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rusqlite::ErrorCode;

use super::migrate::APPLICATION_ID;
use super::storing::LAST_ENTRY;
use super::{StoreError, facts, identity, open};

/// The known properties of the content of the opened file.
#[derive(Debug)]
pub struct Content {
    path: PathBuf,
    store_id: String,
    seen: Mutex<Seen>,
    is_overwritten: AtomicBool,
}

/// What the last check found.
#[derive(Debug, Default)]
struct Seen {
    pages: i64,
    last_entry: i64,
}

/// The properties by which the content of a file is recognised, without its write-ahead log.
#[derive(Debug)]
struct Found {
    application: i64,
    pages: i64,
    /// `None` if the file does not have it, because it is still in the log, or because the file has other tables.
    store_id: Option<String>,
    last_entry: Option<i64>,
}

impl Content {
    /// The content of the database at `path`, which has just been opened.
    pub fn new(path: &Path, store_id: &str) -> Content {
        let (path, store_id) = (path.to_owned(), store_id.to_owned());
        Content { path, store_id, seen: Mutex::default(), is_overwritten: AtomicBool::new(false) }
    }

    /// Whether an earlier check has found that the file was overwritten.
    pub fn is_overwritten(&self) -> bool {
        self.is_overwritten.load(Ordering::Relaxed)
    }

    /// Checks that the file was not overwritten since it was opened. Blocks, so it must not be called on async threads.
    pub fn check(&self) -> Result<(), StoreError> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_overwritten = self.is_overwritten()
            || match look(&self.path) {
                Ok(found) => self.is_other(&found, &mut seen),
                // Other errors do not tell: a page may be read while a checkpoint writes it.
                Err(error) => error.sqlite_error_code() == Some(ErrorCode::NotADatabase),
            };
        if !is_overwritten {
            return Ok(());
        }
        self.is_overwritten.store(true, Ordering::Relaxed);
        Err(StoreError::Overwritten { path: self.path.clone() })
    }

    /// Whether the file is another database, or an older copy of this database. An older copy is smaller and its last number
    /// of an entry is lower; each of these alone may also be the result of pruning, or of a checkpoint that is under way.
    fn is_other(&self, found: &Found, seen: &mut Seen) -> bool {
        let is_another = found.application != APPLICATION_ID
            || found.store_id.as_ref().is_some_and(|id| !id.is_empty() && *id != self.store_id);
        let last_entry = found.last_entry.unwrap_or(seen.last_entry);
        let is_older = found.pages < seen.pages && last_entry < seen.last_entry;
        (seen.pages, seen.last_entry) = (found.pages, last_entry.max(seen.last_entry));
        is_another || is_older
    }
}

/// Reads the file without its write-ahead log, because the log in use would hide what is in the file.
fn look(path: &Path) -> rusqlite::Result<Found> {
    let connection = open::alone(path)?;
    Ok(Found {
        application: connection.pragma_query_value(None, "application_id", |row| row.get(0))?,
        pages: connection.pragma_query_value(None, "page_count", |row| row.get(0))?,
        store_id: identity::known_store_id(&connection).ok(),
        // The fact counts, not the last entry in the table, because that entry may be pruned, and the file may shrink
        // then.
        last_entry: facts::number(&connection, LAST_ENTRY).ok().flatten(),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::super::Store;
    use super::*;
    use crate::model::Timestamp;

    fn open(path: &Path, id: u8) -> Store {
        Store::open(path, [id; 16], Timestamp::from_unix(1_800_000_000)).expect("it opens")
    }

    async fn close(store: Store) {
        store.close(Duration::from_secs(10)).await;
    }

    #[test]
    fn an_older_copy_is_told_by_its_size_and_its_last_entry_together() {
        let content = Content::new(Path::new("a.db"), "ours");
        let mut seen = Seen::default();
        let found = |pages: i64, last_entry: i64| Found {
            application: APPLICATION_ID,
            pages,
            store_id: Some("ours".to_owned()),
            last_entry: Some(last_entry),
        };
        for (pages, last_entry, wanted) in
            [(10, 5, false), (20, 9, false), (15, 9, false), (16, 8, false), (12, 5, true)]
        {
            assert_eq!(content.is_other(&found(pages, last_entry), &mut seen), wanted, "{pages} {last_entry}");
        }
        let unknown = Found { store_id: None, last_entry: None, ..found(30, 0) };
        assert!(!content.is_other(&unknown, &mut seen), "the log may have the rest");
        let ours = APPLICATION_ID;
        for (store_id, application, wanted) in
            [("ours", ours, false), ("other", ours, true), ("ours", 0, true), ("", ours, false)]
        {
            let found = Found { store_id: Some(store_id.to_owned()), application, ..found(40, 9) };
            assert_eq!(content.is_other(&found, &mut seen), wanted, "{store_id} {application}");
        }
    }

    #[tokio::test]
    async fn a_database_that_is_overwritten_in_its_place_is_noticed_and_no_longer_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let (ours, other) = (folder.path().join("a b%20#?.db"), folder.path().join("other.db"));
        close(open(&other, 2)).await;
        let text = folder.path().join("text");
        fs::write(&text, "no database, but longer than the header of a database would be. ".repeat(100))
            .expect("it can be written");
        for from in [&other, &text] {
            let _ = fs::remove_file(&ours);
            let store = open(&ours, 1);
            for _ in 0..3 {
                store.check_file().expect("it is untouched");
            }
            let saved = fs::read(&ours).expect("it is there");
            fs::copy(from, &ours).expect("it can be copied");
            let error = store.check_file().expect_err("it is another file now").to_string();
            assert!(error.contains("overwritten") && error.contains("-wal"), "{error}");
            fs::write(&ours, saved).expect("it can be written");
            assert!(store.check_file().is_err(), "pages of both may be in the file");
            let refused = store.put_off(crate::model::SourceId(1), None).await;
            assert!(matches!(refused, Err(StoreError::Overwritten { .. })), "{refused:?}");
            store.ping().await.expect("the writer is alive");
            fs::copy(&other, &ours).expect("it can be copied");
            close(store).await;
            let store = open(&ours, 3);
            let wanted = open_id(&other);
            assert_eq!(store.store_id(), wanted, "the log of the earlier database is not applied to the copy");
            close(store).await;
        }
    }

    fn open_id(path: &Path) -> String {
        Store::open_for_reading(path).expect("it opens").store_id().to_owned()
    }
}
