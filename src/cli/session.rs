//! What most verbs begin with: the configuration, a running daemon or the database, and a runtime.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

use super::{FAILED, Failure, HELD_BY_ANOTHER, USAGE, print};
use crate::clock;
use crate::config::{self, Config, ConfigErrors, process_env};
use crate::control::{self, Answer, AskError, Connected, End, Record};
use crate::logging::Loudness;
use crate::store::{Store, StoreError};

/// A file of the configuration that does not answer is named after this time, and again each time that it has passed.
pub(super) const WAITING_TOLD: Duration = Duration::from_secs(3);
/// The same number on every Linux but MIPS.
const SIGXFSZ: i32 = 25;
/// Threads for what blocks, such as looking up names: more would only wait for each other.
const BLOCKING_THREADS: usize = 64;
/// What still blocks at the end, such as a name being looked up, is not waited for longer.
const LAST_BLOCKING: Duration = Duration::from_secs(1);

pub(super) struct Session {
    /// `--config`
    explicit: Option<PathBuf>,
    pub(super) loudness: Loudness,
}

impl Session {
    pub(super) fn new(explicit: Option<PathBuf>, loudness: Loudness) -> Session {
        Session { explicit, loudness }
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.loudness == Loudness::Quiet
    }

    /// Says something that is neither a record nor an error, unless only errors are wanted.
    pub(super) fn say(&self, text: &str) {
        if !self.is_quiet() {
            print::message(text, 0);
        }
    }

    /// The main file of the configuration.
    pub(super) fn config_path(&self) -> Result<PathBuf, Failure> {
        config::find(self.explicit.as_deref(), &process_env).map_err(|error| End::failed(USAGE, error.to_string()))
    }

    pub(super) fn config(&self) -> Result<Config, Failure> {
        let path = self.config_path()?;
        let (answer, answered) = mpsc::channel();
        load_in_a_thread(path.clone(), move |loaded| {
            // Whoever waits may have been ended by a signal.
            let _ = answer.send(loaded);
        })?;
        loop {
            match answered.recv_timeout(WAITING_TOLD) {
                Ok(loaded) => return loaded.map_err(|errors| wrong_config(&errors)),
                Err(RecvTimeoutError::Timeout) => print::message(&waiting_for(&path), 0),
                Err(RecvTimeoutError::Disconnected) => return Err(reading_ended()),
            }
        }
    }

    /// The daemon that runs with this configuration, if one does. The configuration need not be right for it: the
    /// daemon may run with what it was before, or know variables that this shell does not.
    pub(super) fn daemon(&self) -> Result<Option<Connected>, Failure> {
        let path = self.config_path()?;
        let database = config::database(&path, &process_env);
        Ok(control::connect(&path, &database, process_env("RUNTIME_DIRECTORY").as_deref()))
    }

    /// Asks one of the verbs that only read of the daemon, or answers it here where none runs; `record` prints each record.
    pub(super) fn answer(&self, verb: control::Verb, record: impl FnMut(Record) -> io::Result<()>) -> VerbResult {
        if let Some(daemon) = self.daemon()? {
            return ended(daemon.ask(verb, record));
        }
        let config = self.config()?;
        block_on(async {
            // To look is no reason to make a database, perhaps as another user than the daemon's, nor to keep anybody
            // else from it.
            let store = if config.store_path.exists() {
                match Store::open_for_reading(&config.store_path) {
                    Ok(store) => Some(store),
                    Err(StoreError::Older { .. }) => Some(open(&config).await?),
                    Err(error) => return Err(store_failed(&error)),
                }
            } else {
                None
            };
            answered(control::answer(&verb, &config, store.as_ref()).await, record)
        })
    }
}

/// Reads the configuration in a thread of its own, because a network file system may never answer.
pub(super) fn load_in_a_thread(
    path: PathBuf,
    answer: impl FnOnce(Result<Config, ConfigErrors>) + Send + 'static,
) -> Result<(), Failure> {
    let reader = thread::Builder::new().name("configuration".to_owned());
    match reader.spawn(move || answer(config::load(&path, &process_env))) {
        Ok(_) => Ok(()),
        Err(error) => Err(End::failed(FAILED, format!("cannot start a thread to read the configuration: {error}"))),
    }
}

/// What is said while a file of the configuration does not answer.
pub(super) fn waiting_for(main: &Path) -> String {
    let file = config::waited_for().unwrap_or_else(|| main.to_owned());
    format!("still reading {}: does its file system answer?", file.display())
}

/// That the thread which read the configuration has ended without a result.
pub(super) fn reading_ended() -> Failure {
    End::failed(FAILED, "a bug in watershed ended the reading of the configuration; what it said stands above")
}

/// How a verb ended well, and what there is to say; or how it did not.
pub(super) type VerbResult = Result<End, Failure>;

/// What an answer that was made here means for the command; each record is printed by `record`.
pub(super) fn answered(answer: Answer, record: impl FnMut(Record) -> io::Result<()>) -> VerbResult {
    match answer {
        Answer::Records(records) => printed(records.into_iter().try_for_each(record)),
        Answer::Done(message) => Ok(End { exit: 0, message }),
        Answer::Refused(end) => Err(end),
    }
}

/// What a daemon's last word, or the loss of it, means for the command.
pub(super) fn ended(asked: Result<End, AskError>) -> VerbResult {
    match asked {
        Ok(end) if end.exit == 0 => Ok(end),
        Ok(end) => Err(end),
        Err(AskError::Record(error)) => printed(Err(error)),
        Err(AskError::Daemon(error)) => Err(End::failed(FAILED, AskError::Daemon(error).to_string())),
    }
}

/// What was printed, or that it could not be; a reader of ours that is gone has seen enough.
pub(super) fn printed(result: io::Result<()>) -> VerbResult {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(End::failed(FAILED, AskError::Record(error).to_string()))
        }
        _ => Ok(End::done()),
    }
}

pub(super) fn wrong_config(errors: &ConfigErrors) -> Failure {
    End::failed(USAGE, errors.render(print::stderr_has_colour()))
}

/// Opens the database of a configuration.
pub(super) async fn open(config: &Config) -> Result<Store, Failure> {
    let (path, id, now) = (config.store_path.clone(), clock::random_bytes(), clock::now());
    let opened = tokio::task::spawn_blocking(move || Store::open(&path, id, now)).await;
    match opened {
        Ok(opened) => opened.map_err(|error| store_failed(&error)),
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

pub(super) fn store_failed(error: &StoreError) -> Failure {
    End::failed(if error.is_locked() { HELD_BY_ANOTHER } else { FAILED }, error.to_string())
}

/// Runs to the end what needs a runtime.
pub(super) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS)
        .build()
        .map_err(|error| End::failed(FAILED, format!("cannot start threads: {error}")))?;
    let result = runtime.block_on(async {
        // With a handler of its own, a file that may not grow is an error of the write, not the end of the process.
        let _too_large = signal(SignalKind::from_raw(SIGXFSZ));
        work.await
    });
    runtime.shutdown_timeout(LAST_BLOCKING);
    result
}
