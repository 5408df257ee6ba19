//! Taking an edited configuration: wholly, or not at all.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::oneshot;

use super::Daemon;
use super::asked::PUBLISHED_WITHIN;
use super::register::{limits, register};
use crate::config::{self, Config, ConfigErrors};
use crate::fetch::Fetcher;
use crate::logging::printable;
use crate::poll::Stages;
use crate::{clock, schedule, systemd, watch};

/// Files must be still for this long before they are read, and are read in any case after so many tries.
const STILL_FOR: Duration = Duration::from_millis(200);
const STILL_TRIES: usize = 20;
/// Reading, with the wait above, is given up after this: meanwhile nothing is polled.
const READ_WITHIN: Duration = Duration::from_secs(8);
/// Held while the files are being read.
static READING: Mutex<()> = Mutex::new(());

/// A wish to have the configuration read again.
#[derive(Debug)]
pub struct Reload {
    /// Told how it went, once what it changes is published; None where nobody asked (a file changed, SIGHUP).
    pub reply: Option<oneshot::Sender<Reloaded>>,
}

/// How a reload went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reloaded {
    /// In force; the text says what changed.
    Taken(String),
    /// The old configuration stays in force; the text says why, with lines and carets.
    Refused(String),
    /// The configuration is right, but the store could not be written; the old one stays in force.
    Failed(String),
}

impl Daemon {
    pub(super) async fn reload(&mut self, reload: Reload) {
        systemd::reloading();
        let was_refused = self.health.reload_error().is_some();
        let (path, current) = (self.config_path.clone(), self.config.borrow().clone());
        let loaded = load(path, current);
        let reloaded = match self.while_answering(loaded).await {
            Ok(config) => self.apply(config).await,
            Err(errors) => {
                let (brief, full) = (errors.brief(), errors.to_string());
                // Every save of a half-edited file comes here: the same mistake is told once.
                if self.health.reload_error().as_deref() != Some(full.as_str()) {
                    tracing::error!(error = %brief, "the edited configuration was not taken, the old one stays in force; `watershed check` shows every mistake");
                }
                self.health.reload(Some(full.clone()));
                Reloaded::Refused(full)
            }
        };
        systemd::ready();
        if was_refused && self.health.reload_error().is_none() {
            tracing::info!("the configuration is right again");
        }
        let Some(reply) = reload.reply else { return };
        if !matches!(reloaded, Reloaded::Taken(_)) {
            // Whoever asked may have gone.
            let _ = reply.send(reloaded);
            return;
        }
        let outputs = self.outputs.clone();
        let number = outputs.rebuild_soon();
        tokio::spawn(async move {
            let published = tokio::time::timeout(PUBLISHED_WITHIN, outputs.published(number)).await;
            let files_error = outputs.files_error().await;
            let _ = reply.send(match (published, files_error) {
                (Ok(()), None) => reloaded,
                (Ok(()), Some(error)) => {
                    Reloaded::Failed(format!("taken and served, but the files are not as it says: {error}"))
                }
                (Err(_), _) => {
                    Reloaded::Failed("taken, but the outputs could not be rebuilt; the log says why".to_owned())
                }
            });
        });
    }

    async fn apply(&mut self, mut new: Config) -> Reloaded {
        let old = self.config.borrow().clone();
        if new.serve.public_url.is_none() && old.serve.public_url.is_none() {
            // Made from the address that is really listened on, which only a restart changes.
            new.public_url.clone_from(&old.public_url);
        }
        if new == *old {
            self.health.reload(None);
            tracing::info!("the configuration was read again: nothing has changed");
            return Reloaded::Taken("nothing has changed".to_owned());
        }
        let diff = config::diff(&old, &new);
        // What needs a restart stays as it is in the configuration in force.
        new.store_path.clone_from(&old.store_path);
        new.serve.listen.clone_from(&old.serve.listen);
        let store = self.stages.store.clone();
        let registered = match self.while_answering(register(&new, &store)).await {
            Ok(registered) => registered,
            Err(error) => {
                tracing::error!(error = %error, "the edited configuration could not be stored; the old one stays");
                self.health.reload(Some(error.to_string()));
                return Reloaded::Failed(error.to_string());
            }
        };
        // From here on nothing can fail.
        if new.poll.contact != old.poll.contact {
            let fetcher = Fetcher::new(new.poll.contact.as_deref());
            self.stages = Arc::new(Stages::new(self.stages.store.clone(), fetcher));
        }
        self.configs = registered.configs;
        let configured = schedule::Event::Configured { sources: registered.sources, limits: limits(&new) };
        self.tell(configured, clock::moment());
        self.outputs.set_plan(registered.plan);
        self.outputs.rebuild_soon();
        for notice in new.notices.iter().filter(|notice| !old.notices.contains(notice)) {
            tracing::warn!(notice = %printable(notice), "configuration");
        }
        self.config.send_replace(Arc::new(new));
        self.health.reload(None);
        let changes = diff.to_string();
        tracing::info!(%changes, "the edited configuration is in force");
        if !diff.restart.is_empty() {
            tracing::warn!(settings = %diff.restart.join(", "), "these stay as they were until the daemon is restarted");
        }
        Reloaded::Taken(changes)
    }
}

/// Reads the files off the event loop, which waits only so long for them: a network file system may not answer.
async fn load(path: PathBuf, current: Arc<Config>) -> Result<Config, ConfigErrors> {
    // Which file it is that does not answer; where that is not known, the main one.
    let main = path.clone();
    let hanging = move || ConfigErrors::hanging_file(&config::waited_for().unwrap_or_else(|| main.clone()));
    let hanging_still = hanging.clone();
    let loaded = tokio::task::spawn_blocking(move || {
        // One that hangs is enough.
        let Ok(_reading) = READING.try_lock() else { return Err(hanging_still()) };
        wait_until_still(&current);
        // A file that had sources and has become empty is taken for one that is about to be written.
        if let Some(empty) = emptied(&current) {
            return Err(ConfigErrors::empty_file(empty));
        }
        let new = config::load(&path, &config::process_env)?;
        match vanished(&current, &new) {
            Some(folder) => Err(ConfigErrors::vanished_folder(&path, &folder)),
            None => Ok(new),
        }
    });
    match tokio::time::timeout(READ_WITHIN, loaded).await {
        Ok(Ok(loaded)) => loaded,
        Ok(Err(panic)) => std::panic::resume_unwind(panic.into_panic()),
        Err(_) => Err(hanging()),
    }
}

/// A file that is being written is not read by half: it must have been still for a moment.
fn wait_until_still(current: &Config) {
    let mut seen = watch::look(current);
    for _ in 0..STILL_TRIES {
        std::thread::sleep(STILL_FOR);
        let now = watch::look(current);
        if now == seen {
            break;
        }
        seen = now;
    }
}

/// The first file of the configuration in force that had sources, itself or by what it includes, and that is empty now.
fn emptied(current: &Config) -> Option<&Path> {
    if current.sources.is_empty() {
        return None;
    }
    let mut files: Vec<&Path> = vec![&*current.path];
    files.extend(current.places.iter().map(|place| &*place.file));
    files.dedup();
    files.into_iter().find(|file| std::fs::metadata(file).is_ok_and(|found| found.is_file() && found.len() == 0))
}

/// A folder that a pattern names, that is gone, and that sources in force come from.
fn vanished(current: &Config, new: &Config) -> Option<PathBuf> {
    let folders = new.include_patterns.iter().filter_map(|pattern| pattern.parent());
    let had_sources = |folder: &Path| current.places.iter().any(|place| place.file.parent() == Some(folder));
    folders
        .filter(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .find(|folder| had_sources(folder))
        .map(Path::to_owned)
}
