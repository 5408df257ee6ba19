//! Opens the database file: the lock that keeps a second process out, permissions, and the settings of each connection.
//!
//! Entry points: [`Lock::take`], [`make_new`], [`for_writing`], [`for_reading`], [`alone`]. Entries and sources are
//! never read here.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use rustix::fs::OFlags;
use url::Url;

use super::StoreError;
use crate::config::folder_of;

/// How long a connection waits for another connection's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Pages of WAL after which SQLite checkpoints: 1,000 pages of 4 KiB.
const CHECKPOINT_PAGES: i64 = 2_000;
/// The WAL file is truncated to this size after a checkpoint.
const WAL_LIMIT_BYTES: i64 = 8 * 1024 * 1024;
/// Page cache of the writer, in KiB.
const WRITER_CACHE_KIB: i64 = 8 * 1024;
/// Page cache of a reader, in KiB.
const READER_CACHE_KIB: i64 = 2 * 1024;

/// The single-instance lock: an advisory lock on `FILE.lock`, which ends with the process however that ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock beside the database `path`, and creates the folder if it does not exist.
    pub fn take(path: &Path) -> Result<Lock, StoreError> {
        make_folder(path)?;
        let lock_path = beside(path, ".lock");
        let file =
            own_file().open(&lock_path).map_err(|source| StoreError::File { path: lock_path.clone(), source })?;
        match file.try_lock() {
            Ok(()) => {
                // Otherwise the daemon could not open a lock file that root's command has made.
                let _ = give_to_owner(path, &file);
                Ok(Lock { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked { path: path.to_owned() }),
            Err(TryLockError::Error(source)) => Err(StoreError::File { path: lock_path, source }),
        }
    }
}

/// Gives a file the owner of the database, or of its folder if the database does not exist. Only root may do that.
pub fn give_to_owner(database: &Path, file: &File) -> io::Result<()> {
    let like = fs::metadata(database).or_else(|_| fs::metadata(folder_of(database)))?;
    let own = file.metadata()?;
    // A file with several names may be another file that the owner of the folder has linked there.
    if (like.uid(), like.gid()) == (own.uid(), own.gid()) || own.nlink() != 1 {
        return Ok(());
    }
    fchown(file, Some(like.uid()), Some(like.gid()))
}

/// A file beside the database: its path with this ending appended.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The ending of the file in which a new database is made before it is put in its place.
const NEW: &str = ".new";
const SIDE_FILES: &[&str] = &["", "-wal", "-shm", "-journal"];
/// The files beside a database that may hold commits which are not in the database itself.
pub const LOGS: [&str; 2] = ["-wal", "-journal"];
/// The ending that is appended to a log whose database is missing.
const LEFT: &str = ".left";
/// Files that are kept beside each other under names with the same ending.
const KEPT_MAX: usize = 100;
const ALL_TAKEN: &str = "it is the log of a missing database, and every name to keep it under is taken; \
                         move the files away whose names end with `.left` or `.left.` and a number";
/// Why the log of a missing database is renamed.
const OF_MISSING: &str = "the database is missing, but its log was there: the log is kept under another name, and a new database \
                          is made; to bring the old database back, stop watershed, and rename the log back together with the \
                          database";
/// Symbolic links that are followed from the configured path to the file: as many as Linux follows.
const LINKS_MAX: usize = 40;

/// Makes a new database with `fill` and renames it to its place when it is complete. A start that is killed at any
/// moment thus leaves no empty file there, so that a file of 0 bytes in that place is known to have been a database
/// once.
///
/// # Errors
/// If the log of a missing database cannot be kept. After any error, nothing is left behind.
pub fn make_new(
    path: &Path,
    fill: impl FnOnce(&Connection, &Path) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let path = &behind_links(path);
    let new = beside(path, NEW);
    // A start that was killed may have left files behind.
    remove_new(&new);
    let made = fill_new(&new, fill).and_then(|()| {
        set_logs_aside(path, OF_MISSING)?;
        // SQLite rebuilds this index of the log.
        let _ = fs::remove_file(beside(path, "-shm"));
        let _ = own_file().open(&new).and_then(|file| give_to_owner(path, &file));
        rename_for_good(&new, path).map_err(|source| StoreError::File { path: path.to_owned(), source })
    });
    if made.is_err() {
        remove_new(&new);
    }
    made
}

/// Renames the logs that lie beside a database that is gone, because SQLite would apply them to the database that is put
/// in its place. They are not deleted, because the old database may be brought back, and its last commits may be in its
/// log alone. `why` is logged.
pub fn set_logs_aside(path: &Path, why: &'static str) -> Result<(), StoreError> {
    for ending in LOGS {
        let log = beside(path, ending);
        let Ok(found) = fs::symlink_metadata(&log) else { continue };
        let failed = |source| StoreError::File { path: log.clone(), source };
        if found.len() == 0 {
            fs::remove_file(&log).map_err(failed)?;
            continue;
        }
        let kept = free_name(&log, LEFT, &[""]).ok_or_else(|| failed(io::Error::other(ALL_TAKEN)))?;
        fs::rename(&log, &kept).map_err(failed)?;
        tracing::warn!(log = %log.display(), kept = %kept.display(), "{why}");
    }
    Ok(())
}

/// Renames a file durably, so that it still has its name after a power cut. Where folders cannot be synced, that is
/// left to the file system.
pub fn rename_for_good(file: &Path, name: &Path) -> io::Result<()> {
    fs::rename(file, name)?;
    let _ = File::open(folder_of(name)).and_then(|folder| folder.sync_all());
    Ok(())
}

/// A free name beside a file: `NAME.left`, `NAME.left.2` and so on for the ending `.left`. A name is free if no file
/// has the name with one of the endings in `with`.
pub fn free_name(file: &Path, ending: &str, with: &[&str]) -> Option<PathBuf> {
    let name = |number: usize| match number {
        1 => beside(file, ending),
        _ => beside(file, &format!("{ending}.{number}")),
    };
    let is_free = |name: &PathBuf| with.iter().all(|ending| fs::symlink_metadata(beside(name, ending)).is_err());
    (1..=KEPT_MAX).map(name).find(is_free)
}

/// The path that a chain of links leads to, if the file does not exist yet: the file is made at the end of the chain,
/// and the links stay.
pub fn behind_links(path: &Path) -> PathBuf {
    let mut place = path.to_owned();
    for _ in 0..LINKS_MAX {
        let Ok(to) = fs::read_link(&place) else { break };
        place = folder_of(&place).join(to);
    }
    place
}

fn fill_new(new: &Path, fill: impl FnOnce(&Connection, &Path) -> Result<(), StoreError>) -> Result<(), StoreError> {
    let connection = for_writing(new)?;
    fill(&connection, new)?;
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    connection.close().map_err(|(_, source)| StoreError::Open { path: new.to_owned(), source })
}

fn remove_new(new: &Path) {
    for ending in SIDE_FILES {
        let _ = fs::remove_file(beside(new, ending));
    }
}

/// The options for files of the store. Only their owner may read them, because they hold entries of private sources.
pub fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    options
}

/// The options for files that only this program makes. A link in their place is an error, because it might lead root to a file that
/// has nothing to do with the database.
pub fn own_file() -> OpenOptions {
    let mut options = private_file();
    options.custom_flags(OFlags::NOFOLLOW.bits().cast_signed());
    options
}

fn make_folder(path: &Path) -> Result<(), StoreError> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    if folder.is_dir() {
        return Ok(());
    }
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o750)
        .create(folder)
        .map_err(|source| StoreError::Folder { folder: folder.to_owned(), source })
}

/// The identity of the file that a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileIdentity {
    device: u64,
    inode: u64,
}

impl FileIdentity {
    /// The identity of the file that the path leads to now.
    pub fn of(path: &Path) -> Result<FileIdentity, StoreError> {
        let found = fs::metadata(path).map_err(|source| StoreError::File { path: path.to_owned(), source })?;
        Ok(FileIdentity { device: found.dev(), inode: found.ino() })
    }

    /// Checks that the path still leads to this file.
    pub fn check(self, path: &Path) -> Result<(), StoreError> {
        let what = match fs::metadata(path) {
            Ok(found) if found.dev() == self.device && found.ino() == self.inode => return Ok(()),
            Ok(_) => "replaced by another file",
            Err(error) if error.kind() == io::ErrorKind::NotFound => "deleted or moved",
            // A file that cannot be examined for a moment may be unchanged.
            Err(_) => return Ok(()),
        };
        Err(StoreError::TakenAway { path: path.to_owned(), what })
    }
}

/// Refuses an empty file. No start of this program leaves an empty file behind, because a new database is put in its
/// place only when it is complete. So the file was a database once, and filling it anew would hide the loss.
pub fn refuse_empty(path: &Path) -> Result<(), StoreError> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() && found.len() == 0 => Err(StoreError::Empty { path: path.to_owned() }),
        _ => Ok(()),
    }
}

/// The writer's connection, before anything is read or written.
pub fn for_writing(path: &Path) -> Result<Connection, StoreError> {
    // The file is created here so that its permissions do not depend on the umask; SQLite gives its side files the same
    // permissions.
    private_file().open(path).map_err(|source| StoreError::File { path: path.to_owned(), source })?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(|source| StoreError::Open { path: path.to_owned(), source })
}

/// Applies the writer's settings. Some of them are written into the file, so the file must be known to be ours.
pub fn settle(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let set = || -> rusqlite::Result<()> {
        connection.busy_timeout(BUSY_TIMEOUT)?;
        // SQLite heeds this only while the file is empty; it lets pruning return pages to the file system.
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        sync_commits(connection, true)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        connection.pragma_update(None, "journal_size_limit", WAL_LIMIT_BYTES)?;
        connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
        settle_plans(connection)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(())
    };
    set().map_err(|source| StoreError::Open { path: path.to_owned(), source })
}

/// Makes commits wait until the disk has them, because what has been served must survive a power cut; or, where nothing of
/// it is served, leaves them to the next commit that waits. A power cut then undoes the last commits, and damages nothing.
pub fn sync_commits(connection: &Connection, wait: bool) -> rusqlite::Result<()> {
    connection.pragma_update(None, "synchronous", if wait { "FULL" } else { "NORMAL" })
}

/// Keeps the rollback pages of savepoints in memory, because in a temporary file they would be most of what is written.
/// Not for migrations, because those touch as many pages as the database has.
pub fn take_back_in_memory(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.pragma_update(None, "temp_store", "MEMORY")?)
}

/// Makes statements keep their first plan. Otherwise SQLite parses a statement again whenever a bound value changes on
/// which its plan might depend, which for some statements is every use.
fn settle_plans(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(|_| ())
}

/// A reader's connection: it sees one committed state per transaction and cannot change anything.
pub fn for_reading(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
        connection.pragma_update(None, "query_only", true)?;
        settle_plans(&connection)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    };
    open().map_err(StoreError::from)
}

/// A connection for a short look at a database that may be in use, and beside which no file must be made.
pub fn for_a_look(path: &Path) -> Result<Connection, StoreError> {
    // Without a log no process is writing, so the file can be read alone.
    if beside(path, "-wal").exists() { for_reading(path) } else { Ok(alone(path)?) }
}

/// A connection that reads a file alone: it takes no locks, ignores the write-ahead log (`immutable`), and makes no files beside it.
pub fn alone(path: &Path) -> rusqlite::Result<Connection> {
    let address = std::path::absolute(path).ok().and_then(|path| Url::from_file_path(path).ok());
    let Some(mut address) = address else { return Err(rusqlite::Error::InvalidPath(path.to_owned())) };
    address.set_query(Some("immutable=1"));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(address.as_str(), flags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deleted_or_replaced_database_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        fs::write(&path, "x").expect("it can be written");
        let identity = FileIdentity::of(&path).expect("it is there");
        assert!(identity.check(&path).is_ok());
        fs::write(&path, "another text in the same file").expect("it can be written");
        assert!(identity.check(&path).is_ok());
        let aside = folder.path().join("aside.db");
        fs::rename(&path, &aside).expect("it can be moved");
        assert!(matches!(identity.check(&path), Err(StoreError::TakenAway { what: "deleted or moved", .. })));
        fs::write(&path, "x").expect("it can be written");
        assert!(matches!(identity.check(&path), Err(StoreError::TakenAway { .. })));
        fs::rename(&aside, &path).expect("it can be moved");
        assert!(identity.check(&path).is_ok(), "it was put back");
    }

    #[test]
    fn a_new_database_appears_only_when_it_is_complete() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        // Files that a killed start leaves behind, and files of a database that was deleted or moved.
        for left in ["a.db.new", "a.db.new-wal", "a.db-shm", "a.db-wal"] {
            fs::write(folder.path().join(left), "left").expect("it can be written");
        }
        let failed = make_new(&path, |_, new| {
            assert!(!path.exists(), "it is made beside its place");
            Err(StoreError::Empty { path: new.to_owned() })
        });
        assert!(failed.is_err() && !path.exists());
        make_new(&path, |connection, new| {
            settle(connection, new)?;
            Ok(connection.execute_batch("CREATE TABLE a (b)")?)
        })
        .expect("it can be made");
        let mut names: Vec<_> =
            fs::read_dir(folder.path()).expect("it is there").flatten().map(|it| it.file_name()).collect();
        names.sort();
        assert_eq!(names, ["a.db", "a.db-wal.left"], "only the log of the missing database is left beside it");
        let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'a'";
        let tables: i64 =
            for_reading(&path).expect("it opens").query_row(tables, [], |row| row.get(0)).expect("it is one");
        assert_eq!(tables, 1);
    }

    #[test]
    fn the_log_of_a_missing_database_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        for log in ["first", "", "second", "third"] {
            fs::write(beside(&path, "-wal"), log).expect("it can be written");
            make_new(&path, settle).expect("it can be made");
            fs::remove_file(&path).expect("it can be removed");
        }
        fs::write(beside(&path, "-journal"), "pages").expect("it can be written");
        make_new(&path, settle).expect("it can be made");
        for (ending, log) in
            [("-wal.left", "first"), ("-wal.left.2", "second"), ("-wal.left.3", "third"), ("-journal.left", "pages")]
        {
            assert_eq!(fs::read_to_string(beside(&path, ending)).expect("it is there"), log, "{ending}");
        }
        for gone in ["-wal", "-wal.left.4", "-journal"] {
            assert!(!beside(&path, gone).exists(), "{gone}");
        }
    }

    #[test]
    fn a_log_is_never_put_over_another_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let log = beside(&path, "-wal");
        fs::write(&log, "log").expect("it can be written");
        while let Some(name) = free_name(&log, LEFT, &[""]) {
            fs::write(name, "another log").expect("it can be written");
        }
        let told = make_new(&path, settle).expect_err("no name is free").to_string();
        assert!(told.contains("every name to keep it under is taken"), "{told}");
        assert_eq!(fs::read_to_string(&log).expect("it is left where it is"), "log");
        assert!(!path.exists());
    }

    #[test]
    fn a_link_to_a_missing_database_stays_a_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let (link, disk) = (folder.path().join("a.db"), folder.path().join("disk"));
        fs::create_dir(&disk).expect("it can be made");
        std::os::unix::fs::symlink("disk/b.db", &link).expect("a link can be made");
        make_new(&link, settle).expect("it can be made");
        assert!(fs::read_link(&link).is_ok(), "it is still a link");
        assert!(fs::metadata(disk.join("b.db")).is_ok_and(|found| found.len() > 0));
    }

    #[test]
    fn only_an_empty_file_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        assert!(refuse_empty(&path).is_ok(), "a file that does not exist is not refused");
        fs::write(&path, "").expect("it can be written");
        assert!(matches!(refuse_empty(&path), Err(StoreError::Empty { .. })));
        fs::write(&path, "x").expect("it can be written");
        assert!(refuse_empty(&path).is_ok());
    }
}
