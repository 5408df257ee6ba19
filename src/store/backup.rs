//! Copies the database while it is in use, and puts such a copy back.
//!
//! Entry points: [`back_up`], [`restore`]. Both block. A copy is made of one committed state by SQLite's backup API, in steps with
//! pauses that leave the disk to polls, under a name of its own; it is checked and written to the disk before it gets its name.
//! Therefore no file with that name is ever incomplete or damaged, whenever the process ends.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags, Row};

use super::error::is_damage;
use super::open::{self, FileIdentity, Lock, beside};
use super::soundness::first_damage;
use super::{StoreError, identity, migrate};
use crate::clock;
use crate::model::Timestamp;

/// Numbers of entries that are left out after a restore: more than any store gives between a backup and its restore.
const NUMBERS_LEFT_OUT: i64 = 1 << 28;
/// Pages that are copied in one step: 1 MiB.
const STEP_PAGES: i32 = 256;
/// Steps after which what was copied is written to the disk, because writing all of it at the end would delay polls.
const STEPS_SYNCED: u32 = 16;
/// Shortest and longest pause between two steps; between them, a pause is as long as the step was.
const PAUSE_MIN: Duration = Duration::from_millis(1);
const PAUSE_MAX: Duration = Duration::from_millis(250);
/// Steps in a row that may find the database locked.
const LOCKED_MAX: u32 = 200;
/// The ending of a copy that is being made.
const PART: &str = ".part";
/// The ending of a database that was set aside for a restored one.
const BEFORE: &str = ".before-restore";
/// Why the log of a missing database is renamed.
const OF_MISSING: &str = "the database is missing, but its log was there: the log is kept under another name, and a backup takes the \
                          place of the database";

/// Called with the number of copied pages and the number of all pages.
pub type Watch<'w> = &'w dyn Fn(u32, u32);

/// The content of a database that was backed up or restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    pub bytes: u64,
    pub entries: u64,
    /// When the last of them was stored.
    pub last: Option<Timestamp>,
    /// The file in which the database is kept that was replaced by a restored database.
    pub kept: Option<PathBuf>,
}

/// Why a database could not be backed up or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("another watershed is using the database {}\n  stop it first, so that it does not write to the database that is taken away", path.display())]
    InUse { path: PathBuf },
    #[error("there is no database {} yet, so there is nothing to back up", path.display())]
    Nothing { path: PathBuf },
    #[error("{} is the database itself, or a file that belongs to it\n  name another file", file.display())]
    Itself { file: PathBuf },
    #[error(
        "{} is there already and is not a backup of this database, so it was left untouched\n  name another file, or replace it with --force", file.display()
    )]
    InTheWay { file: PathBuf },
    #[error("{} is not a file\n  name a file", file.display())]
    NotAFile { file: PathBuf },
    #[error("another command is writing {} at this moment", part.display())]
    UnderWay { part: PathBuf },
    #[error("cannot write {}: {source}\n  nothing was changed; check the folder, its permissions, and the room on its disk", file.display())]
    Write { file: PathBuf, source: io::Error },
    #[error("the copy of the database at {} could not be made: {source}\n  nothing was changed{}", file.display(), room(source))]
    Copy { file: PathBuf, source: rusqlite::Error },
    #[error("the copy is damaged: {what}\n  it was not kept; the database {} or its disk is damaged: `watershed restore` puts an earlier backup back", path.display())]
    Damaged { path: PathBuf, what: String },
    #[error("{} cannot be restored: {why}\n  nothing was changed; name a file that `watershed backup` has written", file.display())]
    Unfit { file: PathBuf, why: String },
}

impl BackupError {
    /// Whether another process holds the database.
    pub fn is_locked(&self) -> bool {
        matches!(self, BackupError::InUse { .. })
    }
}

/// What to do about a copy that failed, where SQLite's message does not say it.
fn room(error: &rusqlite::Error) -> &'static str {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "; make room on the disk, or name a file on another one",
        _ => "",
    }
}

/// Copies the database to `file` while it is in use. An earlier backup of the same database is replaced, any other file only with
/// `force`. `watch` gets the pages that are copied, and the number of all pages, after each step.
///
/// # Errors
/// If another file is in the way, or the copy is damaged. After any error, `file` is as before.
pub fn back_up(database: &Path, file: &Path, force: bool, watch: Watch<'_>) -> Result<Copied, BackupError> {
    if !database.exists() {
        return Err(BackupError::Nothing { path: database.to_owned() });
    }
    open::refuse_empty(database)?;
    refuse_own_files(database, file)?;
    let from = open::for_reading(database)?;
    migrate::check(&from, database)?;
    let store_id = identity::known_store_id(&from)?;
    // Through a link, the file that it leads to is replaced, and the link stays.
    let file = &fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    refuse_others(file, &store_id, force)?;
    let part = Part::begin(file)?;
    let copied = part.fill(&from, watch).and_then(|()| part.check(database))?;
    part.put(file)?;
    Ok(copied)
}

/// Puts a backup in the place of the database, which is kept beside it. The database may be damaged or missing. `watch` is as in
/// [`back_up`].
///
/// # Errors
/// If another process holds the database, or the backup is not a sound database of this program. After any error, the
/// database is as before.
pub fn restore(database: &Path, file: &Path, watch: Watch<'_>) -> Result<Copied, BackupError> {
    let unfit = |why: String| BackupError::Unfit { file: file.to_owned(), why };
    match fs::metadata(file) {
        Ok(found) if !found.is_file() => return Err(BackupError::NotAFile { file: file.to_owned() }),
        Ok(found) if found.len() == 0 => return Err(unfit("it is empty".to_owned())),
        Ok(_) => {}
        Err(error) => return Err(unfit(error.to_string())),
    }
    let _lock = Lock::take(database).map_err(|error| match error {
        StoreError::Locked { path } => BackupError::InUse { path },
        other => other.into(),
    })?;
    refuse_own_files(database, file)?;
    let from = open_backup(file).map_err(|error| unfit(error.to_string()))?;
    match migrate::check(&from, file) {
        Ok(1..) => {}
        Ok(0) => return Err(unfit("it is an empty database".to_owned())),
        Err(error) => return Err(unfit(unfit_because(error))),
    }
    let place = open::behind_links(database);
    let part = Part::begin(&place)?;
    let copied = part.fill(&from, watch).and_then(|()| part.check(file));
    let copied = copied.map_err(|error| match error {
        BackupError::Damaged { what, .. } => unfit(format!("it is damaged: {what}")),
        BackupError::Copy { source, .. } if is_damage(&source) => unfit(format!("it is damaged: {source}")),
        other => other,
    })?;
    drop(from);
    part.leave_numbers_out()?;
    if let Err(error) = open::give_to_owner(&place, &part.file) {
        tracing::warn!(%error, file = %place.display(), "the restored database could not be given the owner of the one before");
    }
    let kept = set_aside(&place)?;
    part.put(&place)?;
    Ok(Copied { kept, ..copied })
}

/// Why a file cannot be restored, in words that do not name its path.
fn unfit_because(error: StoreError) -> String {
    match error {
        StoreError::NotADatabase { .. } => "it is not a database".to_owned(),
        StoreError::Foreign { .. } => "it is a database, but not one of watershed's".to_owned(),
        StoreError::Newer { found, known, .. } => format!(
            "it was written by a newer watershed (version {found} of its layout, this program knows {known}); install the newer \
             program first"
        ),
        StoreError::Edited { number, .. } => {
            format!(
                "its migration {number} differs from the one in this program; install the version of watershed that made it"
            )
        }
        StoreError::Open { source, .. } | StoreError::Sqlite(source) if is_damage(&source) => {
            format!("it is damaged: {source}")
        }
        other => other.to_string(),
    }
}

/// Refuses files that belong to the database.
fn refuse_own_files(database: &Path, file: &Path) -> Result<(), BackupError> {
    let Ok(found) = FileIdentity::of(file) else { return Ok(()) };
    let is_own = |ending: &&str| FileIdentity::of(&beside(database, ending)).is_ok_and(|own| own == found);
    if ["", "-wal", "-shm", "-journal", ".lock"].iter().any(is_own) {
        return Err(BackupError::Itself { file: file.to_owned() });
    }
    Ok(())
}

/// Refuses to replace anything but an earlier backup of the same database.
fn refuse_others(file: &Path, store_id: &str, force: bool) -> Result<(), BackupError> {
    match fs::metadata(file) {
        Err(_) => return Ok(()),
        Ok(found) if !found.is_file() => return Err(BackupError::NotAFile { file: file.to_owned() }),
        Ok(_) if force => return Ok(()),
        Ok(_) => {}
    }
    let is_backup = open::alone(file).is_ok_and(|connection| {
        migrate::check(&connection, file).is_ok_and(|applied| applied > 0)
            && identity::known_store_id(&connection).is_ok_and(|id| !id.is_empty() && id == store_id)
    });
    if is_backup { Ok(()) } else { Err(BackupError::InTheWay { file: file.to_owned() }) }
}

/// Opens a backup. A file that has a log, because both were copied while they were in use, is read with its log.
fn open_backup(file: &Path) -> rusqlite::Result<Connection> {
    let has_log = fs::metadata(beside(file, "-wal")).is_ok_and(|found| found.len() > 0);
    if !has_log {
        // Such a file may lie in a folder that cannot be written.
        return open::alone(file);
    }
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

/// A copy that is being made. It is deleted unless it is put in its place.
struct Part {
    path: PathBuf,
    /// Holds the lock that keeps other commands from writing the same copy.
    file: File,
    is_in_place: bool,
}

impl Part {
    fn begin(file: &Path) -> Result<Part, BackupError> {
        let path = beside(file, PART);
        let failed = |source| BackupError::Write { file: path.clone(), source };
        let part = open::own_file().open(&path).map_err(failed)?;
        match part.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(BackupError::UnderWay { part: path }),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        // A command that was killed may have left a file behind.
        part.set_len(0).and_then(|()| part.set_permissions(fs::Permissions::from_mode(0o600))).map_err(failed)?;
        Ok(Part { path, file: part, is_in_place: false })
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
    }

    /// Copies one committed state of a database.
    fn fill(&self, from: &Connection, watch: Watch<'_>) -> Result<(), BackupError> {
        let failed = |source| BackupError::Copy { file: self.path.clone(), source };
        let mut to = self.open().map_err(failed)?;
        let begin = || -> rusqlite::Result<()> {
            // The copy has no readers yet, and is deleted if it is not completed.
            to.pragma_update(None, "journal_mode", "OFF")?;
            to.pragma_update(None, "synchronous", "OFF")?;
            // A transaction keeps the copy from beginning again when the database changes meanwhile.
            from.execute_batch("BEGIN")?;
            from.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        };
        begin().map_err(failed)?;
        let backup = Backup::new(from, &mut to).map_err(failed)?;
        let (mut steps, mut locked) = (0_u32, 0_u32);
        loop {
            let began = clock::monotonic();
            match backup.step(STEP_PAGES).map_err(failed)? {
                StepResult::Done => break,
                StepResult::More => locked = 0,
                _ if locked < LOCKED_MAX => locked += 1,
                _ => return Err(BackupError::UnderWay { part: self.path.clone() }),
            }
            steps += 1;
            let pages = backup.progress();
            watch(pages.pagecount.saturating_sub(pages.remaining).unsigned_abs(), pages.pagecount.unsigned_abs());
            if steps.is_multiple_of(STEPS_SYNCED) {
                self.file.sync_data().map_err(|source| BackupError::Write { file: self.path.clone(), source })?;
            }
            thread::sleep(began.elapsed().clamp(PAUSE_MIN, PAUSE_MAX));
        }
        let pages = backup.progress().pagecount.unsigned_abs();
        watch(pages, pages);
        drop(backup);
        to.close().map_err(|(_, source)| failed(source))?;
        from.execute_batch("COMMIT").map_err(failed)
    }

    /// Opens the copy as a start would, and reads all of it. `original`: what it was copied from.
    fn check(&self, original: &Path) -> Result<Copied, BackupError> {
        let damaged = |what: String| BackupError::Damaged { path: original.to_owned(), what };
        let failed = |error: rusqlite::Error| damaged(error.to_string());
        let copy = open::alone(&self.path).map_err(failed)?;
        migrate::check(&copy, &self.path)?;
        if let Some(what) = first_damage(&copy, "integrity_check").map_err(failed)? {
            return Err(damaged(what));
        }
        let count = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get(1)?));
        let (entries, last) =
            copy.query_row("SELECT count(*), max(first_seen) FROM entry", [], count).map_err(failed)?;
        let bytes = fs::metadata(&self.path).map_or(0, |found| found.len());
        Ok(Copied { bytes, entries: entries.unsigned_abs(), last, kept: None })
    }

    /// Leaves out the numbers that entries may have got since the backup was made. Programs that hold the place of such an entry get
    /// everything that is stored from now on, because no number is used twice.
    fn leave_numbers_out(&self) -> Result<(), BackupError> {
        let leave_out = || -> rusqlite::Result<()> {
            let copy = self.open()?;
            // Layouts before 0007 do not have this fact, and programs cannot hold places of their entries.
            if copy.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'fact'")?.exists([])? {
                let sql = "UPDATE fact SET value = CAST(CAST(value AS INTEGER) + ?1 AS TEXT) WHERE name = 'last_entry'";
                copy.execute(sql, [NUMBERS_LEFT_OUT])?;
            }
            copy.close().map_err(|(_, source)| source)
        };
        leave_out().map_err(|source| BackupError::Copy { file: self.path.clone(), source })
    }

    /// Writes the copy to the disk and gives it its name.
    fn put(mut self, file: &Path) -> Result<(), BackupError> {
        let put = self.file.sync_all().and_then(|()| open::rename_for_good(&self.path, file));
        put.map_err(|source| BackupError::Write { file: file.to_owned(), source })?;
        self.is_in_place = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_in_place {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Keeps the database that is in this place, with its log, under another name. The file itself stays until the backup
/// is put over it, so that no start ever finds the place empty and makes a new database.
fn set_aside(place: &Path) -> Result<Option<PathBuf>, BackupError> {
    let failed = |source| BackupError::Write { file: place.to_owned(), source };
    if fs::symlink_metadata(place).is_err() {
        open::set_logs_aside(place, OF_MISSING)?;
        return Ok(None);
    }
    empty_log(place);
    let kept = open::free_name(place, BEFORE, &["", "-wal", "-journal"])
        .ok_or_else(|| failed(io::Error::other("every name to keep it under is taken")))?;
    // Some file systems do not support hard links.
    fs::hard_link(place, &kept).or_else(|_| fs::rename(place, &kept)).map_err(failed)?;
    for ending in open::LOGS {
        let log = beside(place, ending);
        if fs::symlink_metadata(&log).is_ok() {
            fs::rename(&log, beside(&kept, ending)).map_err(failed)?;
        }
    }
    // SQLite rebuilds this index of the log.
    let _ = fs::remove_file(beside(place, "-shm"));
    Ok(Some(kept))
}

/// Moves the log into the database, as far as it is a sound database of ours, so that one file holds everything.
fn empty_log(place: &Path) {
    let emptied = open::for_writing(place).and_then(|connection| {
        migrate::check(&connection, place)?;
        Ok(connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?)
    });
    if let Err(error) = emptied {
        tracing::debug!(%error, "the log of the database that is set aside is kept beside it");
    }
}
