//! Notices when the files of the configuration are edited, and asks the daemon to reload.
//!
//! The folders are watched rather than the files, because editors replace the old file by a new one. Every half minute
//! the files are compared as well, which finds changes that the kernel does not report (on network file systems, or in
//! a folder that was created later). The files of the theme are watched in the same way.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::{mpsc, watch};

use crate::clock;
use crate::config::{Config, folder_of, included_files};
use crate::daemon::Event;
use crate::health::Health;
use crate::theme;

/// The files are read once nothing has happened for this long, because editors write in several steps.
const SETTLED: Duration = Duration::from_millis(300);
/// The interval at which the files are compared even if the kernel reports no change.
const LOOK: Duration = Duration::from_secs(30);
/// The files are read after this long at the latest, even if events keep coming.
const SETTLED_AT_LAST: Duration = Duration::from_secs(2);

/// The modification time, size and inode of each file, which tell an edited file from the file that was read.
pub type Look = BTreeMap<PathBuf, Option<(SystemTime, u64, u64)>>;

/// Sends [`Event::Reload`] whenever the files of the current configuration change. Ends with the daemon. `seen` is the
/// state of the files when they were read. While the last edit is refused, a reload is tried every half minute, because
/// a file that the configuration refers to may have been repaired.
pub async fn watch_files(
    mut config: watch::Receiver<Arc<Config>>,
    mut seen: Look,
    events: mpsc::Sender<Event>,
    health: Arc<Health>,
) {
    let (touched, mut touches) = mpsc::channel::<()>(1);
    let mut files = config.borrow_and_update().clone();
    let mut watched = folders(&files);
    let mut watcher = watch_folders(&files, touched.clone());
    let mut next_look = clock::monotonic();
    loop {
        let mut again = false;
        tokio::select! {
            Some(()) = touches.recv() => settle(&mut touches).await,
            () = tokio::time::sleep_until(next_look.into()) => again = health.refusal().is_some(),
            changed = config.changed() => {
                if changed.is_err() {
                    return;
                }
                let new = config.borrow_and_update().clone();
                if new.files != files.files {
                    // Newly included files may have been edited since they were read, so they are read once more, which
                    // costs little.
                    seen.clear();
                }
                files = new;
            }
        }
        let (now, folders) = look_off_thread(&files).await;
        // The folders also change when a symbolic link points to another folder, even if the files look the same.
        if folders != watched {
            watched = folders;
            drop(watcher.take());
            watcher = watch_folders(&files, touched.clone());
        }
        next_look = clock::monotonic() + LOOK;
        if now != seen || again {
            seen = now;
            if events.send(Event::Reload { reply: None }).await.is_err() {
                return;
            }
        }
    }
}

/// Waits until no event has come for [`SETTLED`], but for [`SETTLED_AT_LAST`] at most.
async fn settle(touches: &mut mpsc::Receiver<()>) {
    let quiet = async { while let Ok(Some(())) = tokio::time::timeout(SETTLED, touches.recv()).await {} };
    let _ = tokio::time::timeout(SETTLED_AT_LAST, quiet).await;
}

/// The folders to watch, without duplicates.
fn folders(config: &Config) -> Vec<PathBuf> {
    // The folder of the theme may be made later, or replaced as a whole.
    let named = config.files.iter().chain(&config.include_patterns).chain(&config.serve.theme);
    let mut folders: Vec<PathBuf> = named.map(|path| folder_of(path)).collect();
    // The target of a symbolic link may be edited in its own folder.
    let folder_of_target = |file: &PathBuf| std::fs::canonicalize(file).ok()?.parent().map(Path::to_owned);
    folders.extend(config.files.iter().filter_map(folder_of_target));
    folders.extend(theme_files(config).folders.into_iter().filter(|folder| folder.exists()));
    folders.sort();
    folders.dedup();
    folders
}

fn watch_folders(config: &Config, touched: mpsc::Sender<()>) -> Option<RecommendedWatcher> {
    // Events of the database are ignored, because it often lies in the same folder and changes all the time.
    let database = config.store_path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_database = move |path: &PathBuf| {
        path.file_name().is_some_and(|name| !database.is_empty() && name.to_string_lossy().starts_with(&database))
    };
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Access events are ignored, because the daemon's own reading of the files causes them.
        let is_ours = |event: &notify::Event| !event.paths.is_empty() && event.paths.iter().all(&is_database);
        if !event.is_ok_and(|event| event.kind.is_access() || is_ours(&event)) {
            // A full channel means that an earlier event has not been received yet, so this event adds nothing.
            let _ = touched.try_send(());
        }
    });
    let mut watcher = watcher
        .inspect_err(|error| tracing::warn!(error = %error, "cannot watch files; checking them every 30 s"))
        .ok()?;
    for folder in folders(config) {
        if let Err(error) = watcher.watch(&folder, RecursiveMode::NonRecursive) {
            tracing::warn!(folder = %folder.display(), error = %error, "cannot watch a folder; checking it every 30 s");
        }
    }
    Some(watcher)
}

/// [`look`] and [`folders`] on a blocking thread, because a network file system may be slow or hang.
async fn look_off_thread(config: &Arc<Config>) -> (Look, Vec<PathBuf>) {
    let config = config.clone();
    tokio::task::spawn_blocking(move || (look(&config), folders(&config))).await.unwrap_or_default()
}

/// The current state of a configuration's files.
pub fn look(config: &Config) -> Look {
    use std::os::unix::fs::MetadataExt;
    let stamp = |path: &Path| {
        let found = std::fs::metadata(path).ok()?;
        Some((found.modified().ok()?, found.len(), found.ino()))
    };
    let included = config.include_patterns.iter().flat_map(|pattern| included_files(pattern).unwrap_or_default());
    let of_theme = theme_files(config).files.into_iter().map(|(_, file)| file);
    // The folder of the theme is looked at, too, because a folder that comes or goes is a change.
    let looked_at = config.files.iter().chain(&config.serve.theme).cloned().chain(included).chain(of_theme);
    let stamped = looked_at.map(|path| {
        let stamp = stamp(&path);
        (path, stamp)
    });
    stamped.collect()
}

/// The files and folders of the configuration's theme, even if the theme cannot be used, because it may be mended.
fn theme_files(config: &Config) -> theme::Listing {
    config.serve.theme.as_deref().map(theme::listing).unwrap_or_default()
}
