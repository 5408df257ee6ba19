//! Whether the database can be read: which reads fail by the fault of the file or of the disk below it, and a look through all
//! pages that finds damage before anybody reads it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::ErrorCode;
use tokio::sync::watch;

use super::{Store, StoreError, open};
use crate::clock;

/// How often a look through all pages asks whether it has to end.
const GLANCE: Duration = Duration::from_millis(50);

/// What a look through all pages came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    Sound,
    /// What SQLite says of the first damage that it found.
    Damaged(String),
    /// It took longer than it may.
    Unfinished,
}

/// Reads that fail by the fault of the file or of the disk. A kind of read is told by the name of the code that reads.
#[derive(Debug, Default)]
pub struct Reads {
    failing: Mutex<BTreeMap<&'static str, Failing>>,
    /// Why the first of them fails.
    told: watch::Sender<Option<String>>,
    is_closed: AtomicBool,
}

#[derive(Debug)]
struct Failing {
    why: String,
    /// The database was looked through since: the next read that succeeds shows that the fault is gone.
    is_checked: bool,
}

impl Reads {
    /// Takes note of how a read of this kind went.
    pub fn note<T>(&self, kind: &'static str, result: &Result<T, StoreError>) {
        let mut failing = self.failing.lock().unwrap_or_else(PoisonError::into_inner);
        match result {
            Err(error) if error.is_fault() => {
                failing.insert(kind, Failing { why: error.to_string(), is_checked: false });
            }
            Ok(_) if failing.get(kind).is_some_and(|known| known.is_checked) => {
                failing.remove(kind);
            }
            _ => return,
        }
        self.tell(&failing);
    }

    /// Takes note of a look through all pages.
    pub fn checked(&self, found: &Checked) {
        let mut failing = self.failing.lock().unwrap_or_else(PoisonError::into_inner);
        if *found == Checked::Sound {
            // What failed can be read: the fault was the disk's, for a moment.
            failing.clear();
        }
        for known in failing.values_mut() {
            known.is_checked = true;
        }
        self.tell(&failing);
    }

    fn tell(&self, failing: &BTreeMap<&'static str, Failing>) {
        let why = failing.values().next().map(|first| first.why.clone());
        self.told.send_if_modified(|told| {
            let is_news = *told != why;
            *told = why;
            is_news
        });
    }

    /// Ends a look that is under way.
    pub fn close(&self) {
        self.is_closed.store(true, Ordering::Relaxed);
    }
}

impl Store {
    /// Looks through all pages of the database, for `within` at most: damage is found before anybody reads it.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub async fn check(&self, within: Duration) -> Result<Checked, StoreError> {
        let (path, reads) = (self.path().to_owned(), self.inner.reads.clone());
        let checked = tokio::task::spawn_blocking(move || {
            let found = check(&path, within, &reads)?;
            reads.checked(&found);
            Ok(found)
        });
        checked.await.unwrap_or_else(|error| Err(StoreError::Panicked(error.to_string())))
    }

    /// Why reads fail by the fault of the file or of the disk, as long as they do.
    pub fn failing_reads(&self) -> watch::Receiver<Option<String>> {
        self.inner.reads.told.subscribe()
    }

    /// What a database is told to be that a look has found damaged.
    pub fn damaged(&self, what: String) -> StoreError {
        StoreError::Damaged { path: self.path().to_owned(), what }
    }
}

/// Blocks: not for async threads.
fn check(path: &Path, within: Duration, reads: &Arc<Reads>) -> Result<Checked, StoreError> {
    let connection = open::for_reading(path)?;
    let interrupt = connection.get_interrupt_handle();
    let (done, is_done) = mpsc::channel::<()>();
    let (began, reads) = (clock::monotonic(), reads.clone());
    let timer = thread::Builder::new().name("store-check".to_owned()).spawn(move || {
        while is_done.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
            if began.elapsed() >= within || reads.is_closed.load(Ordering::Relaxed) {
                interrupt.interrupt();
                return;
            }
        }
    });
    let timer = timer.map_err(|source| StoreError::File { path: path.to_owned(), source })?;
    let found = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    // The timer ends when this end of the channel is gone.
    drop(done);
    let _ = timer.join();
    match found {
        Ok(said) if said == "ok" => Ok(Checked::Sound),
        // SQLite says it in two lines, the first of which only names the file.
        Ok(said) => Ok(Checked::Damaged(said.lines().last().unwrap_or_default().to_owned())),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => Ok(Checked::Unfinished),
        Err(error) => {
            let error = StoreError::Sqlite(error);
            if error.is_fault() { Ok(Checked::Damaged(error.to_string())) } else { Err(error) }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;
    use std::os::unix::fs::FileExt;

    use rusqlite::{Connection, ffi};

    use super::*;

    fn failed(code: i32) -> Result<(), StoreError> {
        Err(StoreError::Sqlite(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)))
    }

    #[test]
    fn a_failing_read_is_told_until_one_of_its_kind_succeeds_after_a_check() {
        let reads = Reads::default();
        let is_told = || reads.told.borrow().is_some();
        for (code, expected) in [
            (ffi::SQLITE_CORRUPT, true),
            (ffi::SQLITE_IOERR, true),
            (ffi::SQLITE_NOTADB, true),
            (ffi::SQLITE_BUSY, false),
            (ffi::SQLITE_FULL, false),
        ] {
            reads.note("list", &failed(code));
            assert_eq!(is_told(), expected, "{code}");
            reads.checked(&Checked::Sound);
            assert!(!is_told(), "{code}: all pages can be read");
        }
        reads.note("list", &failed(ffi::SQLITE_CORRUPT));
        reads.note("list", &Ok(()));
        assert!(is_told(), "another page may have been read");
        reads.checked(&Checked::Unfinished);
        reads.note("entries", &Ok(()));
        assert!(is_told(), "that was another kind");
        reads.note("list", &Ok(()));
        assert!(!is_told());
    }

    #[test]
    fn a_damaged_page_that_nobody_reads_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let connection = Connection::open(&path).expect("it can be made");
        let made = connection.execute_batch(
            "CREATE TABLE read (a); CREATE TABLE unread (a);
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
             INSERT INTO unread SELECT hex(randomblob(100)) FROM n",
        );
        made.expect("it can be filled");
        let sql = "SELECT rootpage * (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = 'unread'";
        let behind: i64 = connection.query_row(sql, [], |row| row.get(0)).expect("it has a page");
        drop(connection);
        let reads = Arc::new(Reads::default());
        let patience = Duration::from_secs(60);
        assert_eq!(check(&path, patience, &reads).expect("it opens"), Checked::Sound);
        let file = OpenOptions::new().write(true).open(&path).expect("it can be written");
        file.write_all_at(&[0xff; 64], behind.unsigned_abs() - 4_096).expect("it can be written");
        let found = check(&path, patience, &reads).expect("it opens");
        assert!(matches!(&found, Checked::Damaged(what) if !what.is_empty()), "{found:?}");
    }
}
