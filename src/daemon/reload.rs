//! Applies an edited configuration, wholly or not at all, and an edited theme. A theme with a mistake does not keep the configuration
//! from being applied: the last good theme stays.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::oneshot;

use super::Daemon;
use super::asked::PUBLISHED_WITHIN;
use super::register::{limits, register};
use crate::config::{self, Config, ConfigErrors, KeptNames, ReadingList};
use crate::fetch::Fetcher;
use crate::health::{Health, Refusal};
use crate::logging::{foreign, printable};
use crate::poll::Stages;
use crate::store::kept_names_or;
use crate::theme::{self, Loaded};
use crate::{clock, schedule, systemd, watch};

/// Files are read once they have not changed for this long.
const STILL_FOR: Duration = Duration::from_millis(200);
/// Files are read after this many checks, even if they are still changing.
const STILL_TRIES: usize = 20;
/// How long the daemon waits for the files to be read, including the checks above.
const READ_WITHIN: Duration = Duration::from_secs(8);
/// Locked while the files are being read.
static READING: Mutex<()> = Mutex::new(());

/// The result of a reload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reloaded {
    /// The new configuration is in force. The text says what changed.
    Taken(String),
    /// The new configuration has mistakes, so the old configuration stays in force. The text shows the mistakes.
    Refused(String),
    /// The new configuration is valid but could not be applied completely. The text says why.
    Failed(String),
}

impl Daemon {
    pub(super) async fn reload(&mut self, reply: Option<oneshot::Sender<Reloaded>>) {
        systemd::reloading();
        let was_refused = self.handles.health.refusal().is_some();
        let (path, current) = (self.config_path.clone(), self.config.borrow().clone());
        let loaded = load(path, current, self.theme.clone());
        let reloaded = match self.while_answering(loaded).await {
            Ok((config, theme)) => self.apply(config, theme).await,
            Err(errors) => {
                let (brief, full) = (errors.brief(), errors.to_string());
                // A repeated mistake is logged only once, because every save of a half-edited file leads here.
                if self.handles.health.refusal().is_none_or(|refusal| refusal.message != full) {
                    tracing::error!(
                        error = %brief,
                        "the edited configuration has mistakes, so the old one stays in force; `watershed check` shows \
                         all of them"
                    );
                }
                let place = errors.place(&self.config_path);
                self.handles.health.reload(Some(Refusal { message: full.clone(), place }));
                Reloaded::Refused(full)
            }
        };
        systemd::ready();
        if was_refused && self.handles.health.refusal().is_none() {
            tracing::info!("the configuration is valid again");
        }
        let Some(reply) = reply else { return };
        if !matches!(reloaded, Reloaded::Taken(_)) {
            // The client may have disconnected.
            let _ = reply.send(reloaded);
            return;
        }
        let outputs = self.handles.outputs.clone();
        let number = outputs.renew_soon();
        tokio::spawn(async move {
            let published = tokio::time::timeout(PUBLISHED_WITHIN, outputs.published(number)).await;
            let files_error = outputs.files_error().await;
            let _ = reply.send(match (published, files_error) {
                (Ok(()), None) => reloaded,
                (Ok(()), Some(error)) => Reloaded::Failed(format!(
                    "the configuration is in force, but the files could not be written: {error}"
                )),
                (Err(_), _) => Reloaded::Failed(
                    "the configuration is in force, but the outputs could not be rebuilt; see the log".to_owned(),
                ),
            });
        });
    }

    async fn apply(&mut self, mut new: Config, theme: Loaded) -> Reloaded {
        let old = self.config.borrow().clone();
        if new.serve.public_url.is_none() && old.serve.public_url.is_none() {
            // The default is made from the actual listening address, which only a restart changes.
            new.public_url.clone_from(&old.public_url);
        }
        let has_new_theme = theme.digest != self.theme.digest;
        if new == *old && !has_new_theme {
            self.handles.health.reload(None);
            self.handles.metrics.configured(clock::now());
            if !note_theme(&self.handles.health, &theme) {
                tracing::info!("the configuration was read again: nothing has changed");
            }
            self.theme = theme;
            // The tasks that watch the configuration then retry what failed, such as a delivery whose receiver was
            // mended meanwhile.
            self.config.send_replace(old);
            return self.taken("nothing has changed".to_owned());
        }
        let diff = config::diff(&old, &new);
        // Settings that need a restart keep their old values in the configuration in force.
        new.store_path.clone_from(&old.store_path);
        new.serve.listen.clone_from(&old.serve.listen);
        let store = self.stages.store.clone();
        let (sources, plan) = match self.while_answering(register(&new, &theme, &store)).await {
            Ok(registered) => registered,
            Err(error) => {
                tracing::error!(%error, "the edited configuration could not be stored, so the old one stays in force");
                self.handles.health.reload(Some(Refusal { message: error.to_string(), place: None }));
                return Reloaded::Failed(format!("{error}\nthe daemon keeps its current configuration"));
            }
        };
        // The steps below cannot fail, so the configuration is applied wholly.
        if new.poll.contact != old.poll.contact {
            let fetcher = Fetcher::new(new.poll.contact.as_deref());
            self.stages = Arc::new(Stages::new(self.stages.store.clone(), fetcher));
        }
        note_theme(&self.handles.health, &theme);
        self.theme = theme;
        self.configs = plan.sources.clone();
        let configured = schedule::Event::Configured { sources, limits: limits(&new) };
        self.tell(configured, clock::moment());
        self.handles.outputs.set_plan(plan);
        self.handles.subscriber.configured(&new, self.configs.clone(), self.stages.clone());
        for notice in new.notices.iter().filter(|notice| !old.notices.contains(notice)) {
            tracing::warn!(notice = %printable(notice), "configuration");
        }
        self.config.send_replace(Arc::new(new));
        self.handles.health.reload(None);
        self.handles.metrics.configured(clock::now());
        let mut changes = diff.to_string();
        if has_new_theme {
            changes.push_str("; the pages have a new look");
        }
        tracing::info!(%changes, "the edited configuration is in force");
        if !diff.restart.is_empty() {
            tracing::warn!(settings = %diff.restart.join(", "), "these settings take effect after a restart");
        }
        self.taken(changes)
    }

    /// The result of a reload that was applied, except perhaps for the theme.
    fn taken(&self, changes: String) -> Reloaded {
        match &self.theme.error {
            None => Reloaded::Taken(changes),
            Some(error) => Reloaded::Failed(format!(
                "the configuration is in force ({changes}), but the theme has a mistake, so the last good theme stays: {}",
                printable(error)
            )),
        }
    }
}

/// Tells what has become of the theme, if that is news. Returns whether it is.
pub(super) fn note_theme(health: &Health, theme: &Loaded) -> bool {
    let is_news = health.theme(theme.error.clone());
    match &theme.error {
        Some(error) if is_news => {
            tracing::error!(
                error = %foreign(error),
                "the theme has a mistake, so the last good theme stays, or the built-in theme is used; `watershed check` \
                 shows the mistake"
            );
        }
        None if is_news => tracing::info!("the theme is valid again"),
        _ => {}
    }
    is_news
}

/// Reads files on a blocking thread. `None` if that takes too long, because a network file system may hang.
async fn read_in_time<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let read = tokio::time::timeout(READ_WITHIN, tokio::task::spawn_blocking(read)).await.ok()?;
    Some(read.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic())))
}

pub(super) async fn theme_at_start(config: &Arc<Config>) -> Loaded {
    let of = config.clone();
    read_in_time(move || theme::load_or_keep(&of, None)).await.unwrap_or_else(|| {
        let seconds = READ_WITHIN.as_secs();
        theme::keep(config, None, format!("the files of the theme could not be read within {seconds} s"))
    })
}

/// Reads the edited configuration, and its theme.
async fn load(path: PathBuf, current: Arc<Config>, last: Loaded) -> Result<(Config, Loaded), ConfigErrors> {
    // The error names the file that hangs or, if that is not known, the main file.
    let main = path.clone();
    let hanging = move || ConfigErrors::hanging_file(&config::waited_for().unwrap_or_else(|| main.clone()));
    let hanging_still = hanging.clone();
    let loaded = read_in_time(move || {
        // While an earlier reading hangs, no other is started.
        let Ok(_reading) = READING.try_lock() else { return Err(hanging_still()) };
        wait_until_still(&current);
        // A file that had sources and says nothing now is assumed to be in the middle of being written.
        if let Some(empty) = emptied(&current) {
            return Err(ConfigErrors::empty_file(empty));
        }
        // If the database cannot be read for a moment, for example because too many files are open, the names of sources must stay.
        let names = |database: &Path| kept_names_or(database, || made_names(&current));
        let new = config::load_keeping(&path, &config::process_env, &[], &names, Some(&current.store_path))?;
        if let Some(list) = lost_list(&current, &new) {
            return Err(ConfigErrors::lost_list(&path, list));
        }
        if let Some(folder) = vanished(&current, &new) {
            return Err(ConfigErrors::vanished_folder(&path, &folder));
        }
        let theme = theme::load_or_keep(&new, Some(&last));
        Ok((new, theme))
    });
    loaded.await.unwrap_or_else(|| Err(hanging()))
}

/// The names that were made for sources of the configuration in force.
fn made_names(current: &Config) -> KeptNames {
    let mut names = KeptNames::default();
    for source in current.sources.iter().filter(|source| !source.named) {
        names.keep(source.url.as_str(), &source.name);
    }
    names
}

/// Waits until the files stop changing, so that a file is not read while an editor writes it.
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

/// The first configuration file that had sources, in itself or in included files, and that has no table and no key now.
fn emptied(current: &Config) -> Option<&Path> {
    if current.sources.is_empty() {
        return None;
    }
    let mut files: Vec<&Path> = vec![&*current.path];
    let written = current.sources.iter().zip(current.places.iter()).filter(|(source, _)| source.list.is_none());
    files.extend(written.map(|(_, place)| &*place.file));
    files.dedup();
    files.into_iter().find(|file| config::file_says_nothing(file))
}

/// A reading list whose sources are in force, and of which neither the list itself nor its copy can be read now.
fn lost_list<'n>(current: &Config, new: &'n Config) -> Option<&'n str> {
    let is_lost = |list: &&ReadingList| {
        let had_sources = |known: &ReadingList| known.origin == list.origin && known.sources > 0;
        list.is_unread && current.lists.iter().any(had_sources)
    };
    new.lists.iter().find(is_lost).map(|list| &*list.shown)
}

/// A folder of an include pattern that no longer exists although sources in force come from it.
fn vanished(current: &Config, new: &Config) -> Option<PathBuf> {
    let folders = new.include_patterns.iter().filter_map(|pattern| pattern.parent());
    let had_sources = |folder: &Path| current.places.iter().any(|place| place.file.parent() == Some(folder));
    folders
        .filter(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .find(|folder| had_sources(folder))
        .map(Path::to_owned)
}
