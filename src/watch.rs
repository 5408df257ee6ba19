//! Notices that the configuration's files were edited.
//!
//! Watched are the folders, since editors put a new file in the old one's place. What the kernel does not tell (network
//! file systems, a folder that is made later) a look every half minute finds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::{mpsc, watch};

use crate::clock;
use crate::config::{Config, folder_of, included_files};
use crate::daemon::{Event, Reload};
use crate::health::Health;

/// Editors write in several steps: the files are read when nothing has happened for this long.
const SETTLED: Duration = Duration::from_millis(300);
/// The files are looked at this often even if nobody says that they changed.
const LOOK: Duration = Duration::from_secs(30);
/// In a folder in which something always happens they are read after this all the same.
const SETTLED_AT_LAST: Duration = Duration::from_secs(2);

/// What tells an edited file from the one that was read.
pub type Look = BTreeMap<PathBuf, Option<(SystemTime, u64, u64)>>;

/// Sends [`Event::Reload`] whenever the files of the configuration in force change; ends with the daemon. `seen` is how
/// they looked when they were read. While the last edit is refused, its files are read again every half minute: what
/// they name may come to be right.
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
            () = tokio::time::sleep_until(next_look.into()) => again = health.reload_error().is_some(),
            changed = config.changed() => {
                if changed.is_err() {
                    return;
                }
                let new = config.borrow_and_update().clone();
                if new.files != files.files {
                    // Files that are looked at from now on may have been edited since they were read; reading them
                    // once more costs little.
                    seen.clear();
                }
                files = new;
            }
        }
        let (now, folders) = look_off_thread(&files).await;
        // Also where a link leads elsewhere by now, and what it leads to is the same.
        if folders != watched {
            watched = folders;
            drop(watcher.take());
            watcher = watch_folders(&files, touched.clone());
        }
        next_look = clock::monotonic() + LOOK;
        if now != seen || again {
            seen = now;
            if events.send(Event::Reload(Reload { reply: None })).await.is_err() {
                return;
            }
        }
    }
}

/// Until nothing has happened for a moment; a folder in which something always happens must not hold this up for ever.
async fn settle(touches: &mut mpsc::Receiver<()>) {
    let quiet = async { while let Ok(Some(())) = tokio::time::timeout(SETTLED, touches.recv()).await {} };
    let _ = tokio::time::timeout(SETTLED_AT_LAST, quiet).await;
}

/// The folders that matter, each once.
fn folders(config: &Config) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = config
        .files
        .iter()
        .map(|file| folder_of(file))
        .chain(config.include_patterns.iter().map(|pattern| folder_of(pattern)))
        .collect();
    // A link's target may be edited in its own folder.
    let targets: Vec<PathBuf> =
        config.files.iter().filter_map(|file| std::fs::canonicalize(file).ok()?.parent().map(Path::to_owned)).collect();
    folders.extend(targets);
    folders.sort();
    folders.dedup();
    folders
}

fn watch_folders(config: &Config, touched: mpsc::Sender<()>) -> Option<RecommendedWatcher> {
    // The database often lies in the same folder, and changes all the time.
    let database = config.store_path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_database = move |path: &PathBuf| {
        path.file_name().is_some_and(|name| !database.is_empty() && name.to_string_lossy().starts_with(&database))
    };
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading files is an event too, and we read them ourselves.
        let is_ours = |event: &notify::Event| !event.paths.is_empty() && event.paths.iter().all(&is_database);
        if !event.is_ok_and(|event| event.kind.is_access() || is_ours(&event)) {
            // A full channel means that the news is already on its way.
            let _ = touched.try_send(());
        }
    });
    let mut watcher = watcher
        .inspect_err(|error| tracing::warn!(error = %error, "files cannot be watched; they are looked at every 30 s"))
        .ok()?;
    for folder in folders(config) {
        if let Err(error) = watcher.watch(&folder, RecursiveMode::NonRecursive) {
            tracing::warn!(folder = %folder.display(), error = %error, "a folder cannot be watched; it is looked at every 30 s");
        }
    }
    Some(watcher)
}

/// How the files look, and the folders that matter: a network file system may take its time, or never answer.
async fn look_off_thread(config: &Arc<Config>) -> (Look, Vec<PathBuf>) {
    let config = config.clone();
    tokio::task::spawn_blocking(move || (look(&config), folders(&config))).await.unwrap_or_default()
}

/// How the files of a configuration look now.
pub fn look(config: &Config) -> Look {
    use std::os::unix::fs::MetadataExt;
    let stamp = |path: &Path| {
        let found = std::fs::metadata(path).ok()?;
        Some((found.modified().ok()?, found.len(), found.ino()))
    };
    let mut seen: Look = config.files.iter().map(|file| (file.clone(), stamp(file))).collect();
    for pattern in &config.include_patterns {
        for file in included_files(pattern).unwrap_or_default() {
            let stamp = stamp(&file);
            seen.insert(file, stamp);
        }
    }
    seen
}
