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

use crate::config::Config;
use crate::daemon::{Event, Reload};

/// Editors write in several steps: the files are read when nothing has happened for this long.
const SETTLED: Duration = Duration::from_millis(300);
/// The files are looked at this often even if nobody says that they changed.
const LOOK: Duration = Duration::from_secs(30);
/// Files of an included folder that are looked at.
const MAX_FILES: usize = 10_000;

/// Sends [`Event::Reload`] whenever the files of the configuration in force change; ends with the daemon.
pub async fn watch_files(mut config: watch::Receiver<Arc<Config>>, events: mpsc::Sender<Event>) {
    let (touched, mut touches) = mpsc::channel::<()>(1);
    let mut files = config.borrow_and_update().clone();
    let mut watcher = watch_folders(&files, touched.clone());
    let mut seen = look_off_thread(&files).await;
    loop {
        tokio::select! {
            Some(()) = touches.recv() => settle(&mut touches).await,
            () = tokio::time::sleep(LOOK) => {}
            changed = config.changed() => {
                if changed.is_err() {
                    return;
                }
                let new = config.borrow_and_update().clone();
                if folders(&new) != folders(&files) {
                    drop(watcher.take());
                    watcher = watch_folders(&new, touched.clone());
                }
                if new.files != files.files {
                    // Files that are looked at from now on may have been edited since they were read; reading them
                    // once more costs little.
                    seen.clear();
                }
                files = new;
            }
        }
        let now = look_off_thread(&files).await;
        if now != seen {
            seen = now;
            if events.send(Event::Reload(Reload { reply: None })).await.is_err() {
                return;
            }
        }
    }
}

async fn settle(touches: &mut mpsc::Receiver<()>) {
    while let Ok(Some(())) = tokio::time::timeout(SETTLED, touches.recv()).await {}
}

/// The folders that matter, each once.
fn folders(config: &Config) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = config
        .files
        .iter()
        .map(|file| match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        })
        .chain(config.include_folders.iter().cloned())
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
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading files is an event too, and we read them ourselves.
        if !event.is_ok_and(|event| event.kind.is_access()) {
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

/// What tells an edited file from the one that was read.
type Look = BTreeMap<PathBuf, Option<(SystemTime, u64, u64)>>;

async fn look_off_thread(config: &Arc<Config>) -> Look {
    let config = config.clone();
    tokio::task::spawn_blocking(move || look(&config)).await.unwrap_or_default()
}

fn look(config: &Config) -> Look {
    use std::os::unix::fs::MetadataExt;
    let stamp = |path: &Path| {
        let found = std::fs::metadata(path).ok()?;
        Some((found.modified().ok()?, found.len(), found.ino()))
    };
    let mut seen: Look = config.files.iter().map(|file| (file.clone(), stamp(file))).collect();
    for folder in &config.include_folders {
        let Ok(listing) = std::fs::read_dir(folder) else { continue };
        for file in listing.flatten().take(MAX_FILES) {
            let path = file.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                seen.insert(path.clone(), stamp(&path));
            }
        }
    }
    seen
}
