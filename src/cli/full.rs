//! A start on a disk that is full or read-only, where SQLite cannot open the database or cannot write what a start writes. The
//! stored entries are served from a copy in another place until the disk can be written again. Nothing is polled meanwhile.

use std::fs;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::run::{Signals, Started, address, site_state, started};
use super::session::open;
use super::{Failure, print};
use crate::config::Config;
use crate::daemon::Mode;
use crate::serve::{self, SharedSite};
use crate::store::{Lock, StoreError, beside, private_file};
use crate::{clock, systemd};

/// A disk with less room than this beside the database counts as full.
const ROOM_BYTES: usize = 1024 * 1024;
/// Pause between two checks of whether there is room again.
const ROOM_LOOK: Duration = Duration::from_secs(10);
/// A larger database is not copied, because the copy may lie in memory.
const COPY_MAX_BYTES: u64 = 256 * 1024 * 1024;
/// Longest wait for the copy to be closed.
const COPY_CLOSED_WITHIN: Duration = Duration::from_secs(2);

/// Whether an error says that the disk is full or read-only.
fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | ReadOnlyFilesystem)
}

/// Whether the disk of the database has room for what a start writes. After any other error, such as a folder that
/// belongs to another user, the result is true, because the start then fails with its own message.
pub(super) fn has_room(database: &Path) -> bool {
    let probe = beside(database, ".room");
    let written = private_file().open(&probe).and_then(|mut file| {
        file.write_all(&vec![0; ROOM_BYTES])?;
        file.sync_all()
    });
    let _ = fs::remove_file(&probe);
    !written.is_err_and(|error| is_full(&error))
}

/// A copy of the database in a folder of its own; dropping the value removes the folder. The lock keeps other processes from the
/// original. If the disk has no room even for the file of the lock, other processes cannot write to the original either.
struct Copied {
    folder: PathBuf,
    database: PathBuf,
    _lock: Option<Lock>,
}

impl Copied {
    fn make(database: &Path) -> Option<Copied> {
        let lock = match Lock::take(database) {
            Ok(lock) => Some(lock),
            Err(StoreError::File { source, .. }) if is_full(&source) => None,
            Err(_) => return None,
        };
        let size = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
        // The write-ahead log is copied, too, because after a crash it holds a part of the database.
        let log = beside(database, "-wal");
        if size(database) == 0 || size(database) + size(&log) > COPY_MAX_BYTES {
            return None;
        }
        let runtime = std::env::var_os("RUNTIME_DIRECTORY").map(PathBuf::from);
        let folders = runtime.into_iter().chain([std::env::temp_dir(), PathBuf::from("/dev/shm")]);
        for folder in folders.map(|folder| folder.join(format!("watershed-copy-{}", std::process::id()))) {
            let copy = folder.join("watershed.db");
            let made = fs::DirBuilder::new().mode(0o700).create(&folder).and_then(|()| {
                fs::copy(database, &copy)?;
                if log.exists() {
                    fs::copy(&log, beside(&copy, "-wal"))?;
                }
                Ok(())
            });
            if made.is_ok() && has_room(&copy) {
                return Some(Copied { folder, database: copy, _lock: lock });
            }
            let _ = fs::remove_dir_all(&folder);
        }
        None
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Serves the stored entries until there is room or a signal comes. Returns whether there is room. `why` is logged, or
/// returned if no copy can be made.
pub(super) async fn serve_a_copy(
    config: &Config,
    sockets: &[OwnedFd],
    signals: &mut Signals,
    why: Failure,
) -> Result<bool, Failure> {
    let original = config.store_path.clone();
    let database = original.clone();
    let Ok(Some(copy)) = tokio::task::spawn_blocking(move || Copied::make(&database)).await else { return Err(why) };
    let mut config = Config { store_path: copy.database.clone(), ..config.clone() };
    config.serve.files = None;
    let store = open(&config).await?;
    let Started { listeners, daemon: _resting, handles } = started(config, store, sockets, Mode::OnRequest).await?;
    tracing::error!(error = %why.message, "the disk is full or read-only: stored entries are served, but nothing is polled until the disk can be written again");
    handles.health.serving(clock::now());
    handles.health.store(Some(why.message.clone()));
    for address in listeners.iter().map(address) {
        let _ = print::line(&format!("serving {address}"));
    }
    let stop_serving = CancellationToken::new();
    let serving = tokio::spawn(serve::serve(listeners, SharedSite::new(site_state(&handles)), stop_serving.clone()));
    let watchdog = tokio::spawn(systemd::feed_watchdog(handles.health.clone(), handles.store.clone()));
    systemd::ready();
    let is_writable = loop {
        tokio::select! {
            () = signals.stop() => break false,
            () = tokio::time::sleep(ROOM_LOOK) => {}
        }
        handles.health.tick(clock::now());
        if has_room(&original) {
            break true;
        }
    };
    stop_serving.cancel();
    let _ = serving.await;
    watchdog.abort();
    let _ = watchdog.await;
    handles.store.close(COPY_CLOSED_WITHIN).await;
    if is_writable {
        tracing::info!("the disk can be written again");
    }
    Ok(is_writable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_whole_keeps_others_out_and_goes_by_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("a.db");
        assert!(Copied::make(&database).is_none(), "there is nothing to copy");
        fs::write(&database, "pages").expect("it can be written");
        fs::write(beside(&database, "-wal"), "log").expect("it can be written");
        assert!(has_room(&database));
        let copy = Copied::make(&database).expect("there is room for it");
        assert_eq!(fs::read_to_string(&copy.database).expect("it is there"), "pages");
        assert_eq!(fs::read_to_string(beside(&copy.database, "-wal")).expect("it is there"), "log");
        assert!(Lock::take(&database).is_err(), "the original is held");
        let made = copy.folder.clone();
        drop(copy);
        assert!(!made.exists());
    }
}
