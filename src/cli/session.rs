//! What most verbs need: the configuration, a running daemon or the database, and a runtime.

use std::future::Future;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

use super::progress::Progress;
use super::{FAILED, Failure, HELD_BY_ANOTHER, USAGE, print};
use crate::clock;
use crate::config::{self, Config, ConfigErrors, process_env};
use crate::control::{
    self, Answer, AskError, Begin, Connected, End, EntriesQuery, EntryRecord, Record, SERVICE_CONFIG, Verb,
};
use crate::daemon::{self, ENOUGH_TO_INDEX};
use crate::logging::Loudness;
use crate::search::Query;
use crate::store::{Store, StoreError, kept_names};

/// Pause before a message that names a configuration file which cannot be read, and between two such messages.
pub(super) const WAITING_TOLD: Duration = Duration::from_secs(3);
/// The state folder of the packaged service; see `systemd/watershed.service`.
const SERVICE_STATE: &str = "/var/lib/watershed";
/// Signal 25 on every Linux but MIPS (signal(7)).
const SIGXFSZ: i32 = 25;
/// Most threads for blocking calls, such as looking up names. More threads would only wait for each other.
const BLOCKING_THREADS: usize = 64;
/// How long a command fills the index without a pause, and the pause. A daemon that starts waits for the lock of the database
/// for some seconds only.
const FILLING_TIME: Duration = Duration::from_secs(1);
const FILLING_PAUSE: Duration = Duration::from_millis(300);
/// Longest wait at the end until what was written is in the database file itself.
pub(super) const CLOSING: Duration = Duration::from_secs(10);
/// What a command says while it fills the index.
pub(super) const FILLING: &str = "filling the index for search";
/// Longest wait at the end for calls that still block, such as looking up a name.
const LAST_BLOCKING: Duration = Duration::from_secs(1);

pub(super) struct Session {
    /// `--config`
    pub(super) explicit: Option<PathBuf>,
    pub(super) loudness: Loudness,
}

impl Session {
    pub(super) fn is_quiet(&self) -> bool {
        self.loudness == Loudness::Quiet
    }

    /// Prints a message that is neither a record nor an error, unless --quiet is given.
    pub(super) fn say(&self, text: &str) {
        if !self.is_quiet() {
            print::message(text, 0);
        }
    }

    /// A command of this program, for the user, that reads the same configuration as this one.
    pub(super) fn command(&self, rest: &str) -> String {
        match &self.explicit {
            Some(path) => format!("watershed --config {} {rest}", print::word(&path.display().to_string())),
            None => format!("watershed {rest}"),
        }
    }

    /// The main file of the configuration.
    pub(super) fn config_path(&self) -> Result<PathBuf, Failure> {
        config::find(self.explicit.as_deref(), &process_env).map_err(|error| Failure::new(USAGE, error.to_string()))
    }

    pub(super) fn config(&self) -> Result<Config, Failure> {
        let path = self.config_path()?;
        let (answer, answered) = mpsc::channel();
        load_in_a_thread(path.clone(), move |loaded| {
            // The receiver may have ended already, so an error is ignored.
            let _ = answer.send(loaded);
        })?;
        loop {
            match answered.recv_timeout(WAITING_TOLD) {
                Ok(loaded) => return Ok(loaded?),
                Err(RecvTimeoutError::Timeout) => print::message(&waiting_for(&path), 0),
                Err(RecvTimeoutError::Disconnected) => return Err(reading_ended()),
            }
        }
    }

    /// The daemon that runs with this configuration, if there is such a daemon. The configuration may have mistakes, because the
    /// daemon may run with an earlier version of it, or know environment variables that this shell does not.
    pub(super) fn daemon(&self) -> Result<Option<Connected>, Failure> {
        let path = self.config_path()?;
        Ok(control::connect(&path, &database_of(&path), process_env("RUNTIME_DIRECTORY").as_deref()))
    }

    /// Asks the daemon a verb that only reads, apart from the index for search, or answers it here if no daemon runs; `record`
    /// prints each record.
    pub(super) fn answer(&self, verb: Verb, record: impl FnMut(Record) -> io::Result<()>) -> VerbResult {
        if let Some(daemon) = self.daemon()? {
            return ended(daemon.ask(verb, record));
        }
        let config = self.config()?;
        block_on(async {
            let store = match &verb {
                Verb::Search(asked) => self.open_for_searching(&config, &asked.query).await?,
                _ => self.open_for_reading(&config).await?,
            };
            answered(control::answer(&verb, &config, store.as_ref()).await, record)
        })
    }

    /// Asks for entries, page by page, the same way; `print` prints each entry. Never more than a page is in memory,
    /// however slowly they are printed.
    pub(super) fn entries(&self, query: EntriesQuery, print: impl FnMut(EntryRecord) -> io::Result<()>) -> VerbResult {
        let mut pages = Pages::new(query, print);
        if let Some(daemon) = self.daemon()? {
            let socket = daemon.socket.clone();
            let mut end = ended(daemon.ask(pages.verb(), |record| pages.take(record)))?;
            while pages.is_more {
                let asked = socket.connect().and_then(|daemon| daemon.ask(pages.verb(), |record| pages.take(record)));
                end = ended(asked)?;
            }
            return Ok(end);
        }
        let config = self.config()?;
        block_on(async {
            let store = self.open_for_reading(&config).await?;
            loop {
                let answer = control::answer(&pages.verb(), &config, store.as_ref()).await;
                let end = answered(answer, |record| pages.take(record))?;
                if !pages.is_more {
                    return Ok(end);
                }
            }
        })
    }

    /// The database for a verb that only reads.
    async fn open_for_reading(&self, config: &Config) -> Result<Option<Store>, Failure> {
        match existing(&config.store_path) {
            Err(StoreError::Older { .. }) => {
                let is_for_a_program = !io::stdout().is_terminal();
                let _progress = Progress::new(self, is_for_a_program, "bringing the database up to date", 0);
                open(config).await.map(Some)
            }
            found => Ok(found?),
        }
    }

    /// The database for a search. Polls without a daemon leave the index for search as it is, so it is filled first. If that
    /// is impossible, the search examines the newest of the entries that are missing.
    async fn open_for_searching(&self, config: &Config, query: &str) -> Result<Option<Store>, Failure> {
        let Some(store) = self.open_for_reading(config).await? else { return Ok(None) };
        // Fewer entries are examined one by one.
        let is_nearly_filled = store.unindexed(ENOUGH_TO_INDEX).await? < u64::from(ENOUGH_TO_INDEX);
        if is_nearly_filled || Query::parse(query).is_err() {
            return Ok(Some(store));
        }
        let is_for_a_program = !io::stdout().is_terminal();
        let progress = Progress::new(self, is_for_a_program, FILLING, 0);
        // Opening for writing also opens and closes the file by itself, which drops the locks that this process has on it.
        store.close(CLOSING).await;
        drop(store);
        if let Err(failure) = fill_index(config).await {
            // A daemon that has the database now fills the index, and after another command the next search does.
            if failure.exit != HELD_BY_ANOTHER {
                let why = format!("the index for search could not be filled: {}", failure.message);
                progress.line.around(|| self.say(&why));
            }
        }
        drop(progress);
        // The lock is not held while the answer is printed, which may take any time.
        self.open_for_reading(config).await
    }
}

/// Fills the index for search, with pauses in which a daemon or another command may take the database.
async fn fill_index(config: &Config) -> Result<(), Failure> {
    loop {
        let store = open(config).await?;
        let is_filled = daemon::index_for(&store, FILLING_TIME).await;
        store.close(CLOSING).await;
        drop(store);
        if is_filled? {
            return Ok(());
        }
        tokio::time::sleep(FILLING_PAUSE).await;
    }
}

/// A list of entries that comes in pages.
pub(super) struct Pages<P> {
    /// What is still to come.
    pub(super) query: EntriesQuery,
    /// Whether the last page named a place behind which there may be more.
    pub(super) is_more: bool,
    print: P,
}

impl<P: FnMut(EntryRecord) -> io::Result<()>> Pages<P> {
    pub(super) fn new(query: EntriesQuery, print: P) -> Pages<P> {
        Pages { query, is_more: false, print }
    }

    /// The request for the next page.
    pub(super) fn verb(&mut self) -> Verb {
        self.is_more = false;
        Verb::Entries(self.query.clone())
    }

    pub(super) fn take(&mut self, record: Record) -> io::Result<()> {
        match record {
            Record::Entry(entry) => {
                let cursor = entry.cursor.clone();
                (self.print)(entry)?;
                self.query.limit = self.query.limit.saturating_sub(1);
                if self.query.begin.is_some() {
                    // The place to resume from if the answer ends before its last record.
                    self.query.begin = Some(Begin::After(cursor));
                }
            }
            Record::Reached(reached) => {
                self.query.begin = Some(Begin::After(reached.cursor));
                self.is_more = reached.is_more && self.query.limit > 0;
            }
            Record::More(place) => {
                self.query.behind = Some(place);
                self.is_more = self.query.limit > 0;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Reads the configuration in `path`, with the names that its store has kept.
pub(super) fn load(path: &Path) -> Result<Config, ConfigErrors> {
    load_with(path, &[])
}

/// Like [`load`], with these texts in place of some files, as if they had been saved.
pub(super) fn load_with(path: &Path, unsaved: &[(&Path, &str)]) -> Result<Config, ConfigErrors> {
    config::load_keeping(path, &environment(path), unsaved, &kept_names, None)
}

/// The place of the database of the configuration in `path`, which may have mistakes.
pub(super) fn database_of(path: &Path) -> PathBuf {
    config::database(path, &environment(path))
}

/// The environment for a configuration. A shell does not have the environment of the packaged service, so its state folder is added,
/// where the database of the service is.
fn environment(config: &Path) -> impl Fn(&str) -> Option<String> + use<> {
    let is_of_service = config == Path::new(SERVICE_CONFIG) && Path::new(SERVICE_STATE).is_dir();
    move |name| {
        let added = || (is_of_service && name == "STATE_DIRECTORY").then(|| SERVICE_STATE.to_owned());
        process_env(name).or_else(added)
    }
}

/// Reads the configuration in a thread of its own, because a network file system may never respond.
pub(super) fn load_in_a_thread(
    path: PathBuf,
    answer: impl FnOnce(Result<Config, ConfigErrors>) + Send + 'static,
) -> Result<(), Failure> {
    let reader = thread::Builder::new().name("configuration".to_owned());
    match reader.spawn(move || answer(load(&path))) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::new(FAILED, format!("cannot start a thread to read the configuration: {error}"))),
    }
}

/// The message while a configuration file cannot be read.
pub(super) fn waiting_for(main: &Path) -> String {
    let file = config::waited_for().unwrap_or_else(|| main.to_owned());
    format!("still reading {}: its file system has not responded yet", file.display())
}

/// The error if the thread that reads the configuration ends without a result.
pub(super) fn reading_ended() -> Failure {
    Failure::new(FAILED, "a bug in watershed ended the reading of the configuration; its message stands above")
}

/// How a verb ended: carried out, perhaps with an exit status that tells of failed polls, or as a failure.
pub(super) type VerbResult = Result<End, Failure>;

/// Turns an answer that was made in this process into the result of the verb; `record` prints each record.
pub(super) fn answered(answer: Result<Answer, Failure>, record: impl FnMut(Record) -> io::Result<()>) -> VerbResult {
    let (records, end) = answer?.into_parts();
    printed(records.into_iter().try_for_each(record))?;
    Ok(end)
}

/// Turns the end of a daemon's answer, or the loss of the connection, into the result of the verb.
pub(super) fn ended(asked: Result<End, AskError>) -> VerbResult {
    match asked {
        Ok(end) => end.or_failure(),
        Err(AskError::Record(error)) => printed(Err(error)),
        Err(AskError::Daemon(error)) => Err(Failure::new(FAILED, AskError::Daemon(error).to_string())),
    }
}

/// Turns the result of printing into the result of the verb. A broken pipe is a success, because its reader has read what it
/// wanted.
pub(super) fn printed(result: io::Result<()>) -> VerbResult {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(FAILED, AskError::Record(error).to_string()))
        }
        _ => Ok(End::done()),
    }
}

impl From<ConfigErrors> for Failure {
    fn from(errors: ConfigErrors) -> Failure {
        Failure::new(USAGE, errors.render(print::stderr_has_colour()))
    }
}

/// The database for reading, if it exists. It is not created, because it might belong to another user than the
/// daemon's, and it is not locked.
pub(super) fn existing(database: &Path) -> Result<Option<Store>, StoreError> {
    if database.exists() { Store::open_for_reading(database).map(Some) } else { Ok(None) }
}

/// Opens the database of a configuration.
pub(super) async fn open(config: &Config) -> Result<Store, Failure> {
    let (path, id, now) = (config.store_path.clone(), clock::random_bytes(), clock::now());
    let opened = tokio::task::spawn_blocking(move || Store::open(&path, id, now)).await;
    match opened {
        Ok(opened) => opened
            .map_err(|error| Failure::new(if error.is_locked() { HELD_BY_ANOTHER } else { FAILED }, error.to_string())),
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

/// Runs a future to its end on a runtime of its own.
pub(super) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS)
        .build()
        .map_err(|error| Failure::new(FAILED, format!("cannot start threads: {error}")))?;
    let result = runtime.block_on(async {
        // With a handler for SIGXFSZ, a file that reaches the limit of its size makes the write fail, and does not end the
        // process.
        let _too_large = signal(SignalKind::from_raw(SIGXFSZ));
        work.await
    });
    runtime.shutdown_timeout(LAST_BLOCKING);
    result
}
