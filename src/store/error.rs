//! Errors of the database, written for the person who must act.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// What to do about a damaged database.
const DAMAGE_REMEDY: &str = "stop watershed and put a backup in the place of the file, or save what can be read with \
                             `sqlite3 watershed.db .recover | sqlite3 saved.db` and put saved.db there; then check the disk";

/// Why the store could not carry out a request.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(
        "cannot create the folder {} for the database: {source}\n  create it by hand, or set `path` in [store] to another file", folder.display()
    )]
    Folder { folder: PathBuf, source: std::io::Error },
    #[error("cannot open the database {}: {source}\n  its folder must be writable for the user that runs watershed; `path` in [store] names another place", path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error(
        "another watershed is using the database {}\n  stop it first, or let the command reach it through its control socket", path.display()
    )]
    Locked { path: PathBuf },
    #[error(
        "the database {} is empty (0 bytes) and was left untouched\n  restore a backup, or delete the file to start with an empty store", path.display()
    )]
    Empty { path: PathBuf },
    #[error(
        "the database {} was {what} while it was in use; entries stored from now on are lost\n  put the file back, or restart watershed to use the file that is there now", path.display()
    )]
    TakenAway { path: PathBuf, what: &'static str },
    #[error(
        "the database {file} was overwritten while it was in use; nothing more is stored\n  stop watershed, delete {file}-wal and {file}-shm if they are there, put the file that is to be used in its place once more, and start watershed", file = path.display()
    )]
    Overwritten { path: PathBuf },
    #[error("more than {most} decisions would wait for entries that are not stored")]
    TooManyDecisions { most: usize },
    #[error("cannot open the database {}: {source}\n  check the disk and the permissions of the file and its folder", path.display())]
    Open { path: PathBuf, source: rusqlite::Error },
    #[error(
        "{} is a database, but not one of watershed's: it was left untouched\n  name another file as `path` in [store]", path.display()
    )]
    Foreign { path: PathBuf },
    #[error(
        "{} is not a database: it was left untouched\n  move it away, or name another file as `path` in [store]", path.display()
    )]
    NotADatabase { path: PathBuf },
    #[error(
        "the database {} was written by a newer watershed (version {found} of its layout, this program knows {known})\n  install the newer program again, or name another file as `path` in [store]", path.display()
    )]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error(
        "migration {number} ({name}) of the database {} differs from the one in this program\n  install the version of watershed that made it", path.display()
    )]
    Edited { path: PathBuf, number: i64, name: String },
    #[error("cannot bring the database {} up to date by migration {number} ({name}): {source}\n  nothing was changed; check that the disk has room", path.display())]
    Migration { path: PathBuf, number: i64, name: &'static str, source: rusqlite::Error },
    #[error("cannot copy the database {} to {} before bringing it up to date: {source}\n  nothing was changed; make room on the disk for a copy of the file", path.display(), copy.display())]
    Copy { path: PathBuf, copy: PathBuf, source: std::io::Error },
    #[error(
        "the database {} was written by an older watershed and must be brought up to date first: `watershed run` or `watershed poll` does it", path.display()
    )]
    Older { path: PathBuf },
    #[error("the database {} is damaged: {what}\n  {DAMAGE_REMEDY}", path.display())]
    Damaged { path: PathBuf, what: String },
    #[error("the database could not be {verb}: {0}{remedy}", verb = tried(.0), remedy = what_to_do(.0))]
    Sqlite(#[from] rusqlite::Error),
    /// A change that was to be written together with others failed with them; the text is that of their error.
    #[error("{0}")]
    Commit(String),
    #[error("a bug: writing to the database panicked: {0}")]
    Panicked(String),
    #[error("the database is closed")]
    Closed,
}

/// What was tried when SQLite failed, as far as its error code tells.
fn tried(error: &rusqlite::Error) -> &'static str {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::DatabaseBusy | ErrorCode::ConstraintViolation) => {
            "written"
        }
        _ => "read or written",
    }
}

/// What to do about the error, on a line of its own, where SQLite's message does not say it.
fn what_to_do(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => format!("\n  {DAMAGE_REMEDY}"),
        Some(ErrorCode::DiskFull) => "\n  make room on the disk of the database, and try again".to_owned(),
        Some(ErrorCode::SystemIoFailure) => {
            "\n  the disk or file system below it failed: the log of the system (`dmesg`) says how".to_owned()
        }
        _ => String::new(),
    }
}

/// Whether SQLite found that the content of the file is damaged.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

impl StoreError {
    /// Whether the file or the disk below it is at fault.
    pub fn is_fault(&self) -> bool {
        let (StoreError::Sqlite(source) | StoreError::Open { source, .. }) = self else {
            return matches!(self, StoreError::Damaged { .. });
        };
        let code = source.sqlite_error_code();
        is_damage(source) || matches!(code, Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen))
    }

    /// Whether another process holds the database.
    pub fn is_locked(&self) -> bool {
        matches!(self, StoreError::Locked { .. })
    }
}
