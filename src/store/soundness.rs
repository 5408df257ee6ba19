//! Whether the database can be read: keeps track of reads that fail because of the file or the disk, and checks all
//! pages in order to find damage before a read meets it. Nothing is repaired here.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};
use tokio::sync::watch;

use super::{Store, StoreError, open};
use crate::clock;

/// How often a check of all pages tests whether it has to end.
const GLANCE: Duration = Duration::from_millis(50);

/// The result of a check of all pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    Sound,
    /// SQLite's description of the first damage found.
    Damaged(String),
    /// The check did not finish within its time.
    Unfinished,
}

/// The reads that fail because of the file or the disk. A kind of read is named by the type name of the code that
/// reads.
#[derive(Debug, Default)]
pub struct Reads {
    failing: Mutex<BTreeMap<&'static str, Failing>>,
    /// Why the first failing kind of read fails.
    told: watch::Sender<Option<String>>,
    is_closed: AtomicBool,
}

#[derive(Debug)]
struct Failing {
    why: String,
    /// All pages have been checked since, so that the next successful read shows that the fault is gone.
    is_checked: bool,
}

impl Reads {
    /// Records how a read of this kind ended.
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

    /// Records the result of a check of all pages.
    pub fn checked(&self, found: &Checked) {
        let mut failing = self.failing.lock().unwrap_or_else(PoisonError::into_inner);
        if *found == Checked::Sound {
            // All pages can be read, so the fault was a passing one of the disk.
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

    /// Ends a check that is under way.
    pub fn close(&self) {
        self.is_closed.store(true, Ordering::Relaxed);
    }
}

impl Store {
    /// Checks all pages of the database for at most `within`, in order to find damage before a read meets it.
    pub async fn check(&self, within: Duration) -> Result<Checked, StoreError> {
        let (path, reads) = (self.path().to_owned(), self.inner.reads.clone());
        let checked = tokio::task::spawn_blocking(move || {
            let found = check(&path, within, &reads)?;
            reads.checked(&found);
            Ok(found)
        });
        checked.await.unwrap_or_else(|error| Err(StoreError::Panicked(error.to_string())))
    }

    /// Why reads fail because of the file or the disk; `None` while all reads succeed.
    pub fn failing_reads(&self) -> watch::Receiver<Option<String>> {
        self.inner.reads.told.subscribe()
    }

    /// The error that reports damage which a check has found.
    pub fn damaged(&self, what: String) -> StoreError {
        StoreError::Damaged { path: self.path().to_owned(), what }
    }
}

/// Checks all pages. It blocks, so it must not be called on async threads.
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
    let found = first_damage(&connection, "quick_check");
    // The timer ends when its channel is closed.
    drop(done);
    let _ = timer.join();
    match found {
        Ok(None) => Ok(Checked::Sound),
        Ok(Some(what)) => Ok(Checked::Damaged(what)),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => Ok(Checked::Unfinished),
        Err(error) => {
            let error = StoreError::Sqlite(error);
            if error.is_fault() { Ok(Checked::Damaged(error.to_string())) } else { Err(error) }
        }
    }
}

/// SQLite's description of the first damage that one of its checks finds; `None` if all pages are sound.
pub(super) fn first_damage(connection: &Connection, check: &str) -> rusqlite::Result<Option<String>> {
    let said: String = connection.query_row(&format!("PRAGMA {check}(1)"), [], |row| row.get(0))?;
    // The report has two lines, the first of which only names the file.
    Ok((said != "ok").then(|| said.lines().last().unwrap_or_default().to_owned()))
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;
    use std::os::unix::fs::FileExt;

    use rusqlite::ffi;

    use super::*;

    fn failed(code: i32) -> Result<(), StoreError> {
        Err(StoreError::Sqlite(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)))
    }

    #[test]
    fn a_failing_read_is_reported_until_a_read_of_its_kind_succeeds_after_a_check() {
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
        assert!(is_told(), "a successful read of another kind proves nothing");
        reads.note("list", &Ok(()));
        assert!(!is_told());
    }

    #[test]
    fn a_check_finds_a_damaged_page_that_is_never_read() {
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
