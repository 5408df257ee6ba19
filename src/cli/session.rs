//! What most verbs begin with: the configuration, a running daemon or the database, and a runtime.

use std::future::Future;
use std::io;
use std::path::PathBuf;

use super::{FAILED, Failure, HELD_BY_ANOTHER, USAGE, print};
use crate::clock;
use crate::config::{self, Config, ConfigErrors, process_env};
use crate::control::{self, Connected, End, Record};
use crate::daemon;
use crate::logging::Loudness;
use crate::outputs::OutputPlan;
use crate::store::{Store, StoreError};

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

    /// The main file of the configuration.
    pub(super) fn config_path(&self) -> Result<PathBuf, Failure> {
        config::find(self.explicit.as_deref(), &process_env).map_err(|error| End::failed(USAGE, error.to_string()))
    }

    /// `--config`, if it was given.
    pub(super) fn explicit(&self) -> Option<&PathBuf> {
        self.explicit.as_ref()
    }

    pub(super) fn config(&self) -> Result<Config, Failure> {
        config::load(&self.config_path()?, &process_env).map_err(|errors| wrong_config(&errors))
    }

    /// The daemon that runs with this configuration, if one does. The configuration need not be right for it: the
    /// daemon may run with what it was before, or know variables that this shell does not.
    pub(super) fn daemon(&self) -> Result<Option<Connected>, Failure> {
        let path = self.config_path()?;
        let database = config::database(&path, &process_env);
        Ok(control::connect(&path, &database, process_env("RUNTIME_DIRECTORY").as_deref()))
    }

    /// Has one of the verbs that only read answered, by the daemon or here, and each record printed.
    pub(super) fn answer(
        &self,
        verb: control::Verb,
        mut record: impl FnMut(Record) -> io::Result<()>,
    ) -> Result<(), Failure> {
        if let Some(daemon) = self.daemon()? {
            return ended(daemon.ask(verb, record));
        }
        let config = self.config()?;
        block_on(async {
            let store = open(&config).await?;
            // The file may have been edited since the last run: what is printed goes by the file.
            let shape = OutputPlan::shape(&config);
            store.configure(daemon::keys(&config), shape, clock::now()).await.map_err(|error| store_failed(&error))?;
            let (records, end) = control::answer(&verb, &config, &store).await;
            let printed = records.into_iter().try_for_each(&mut record);
            ended(printed.map(|()| end))
        })
    }
}

/// What a daemon's last word, or the loss of it, means for the command.
pub(super) fn ended(asked: io::Result<End>) -> Result<(), Failure> {
    match asked {
        Ok(end) if end.exit == 0 && end.message.is_empty() => Ok(()),
        Ok(end) => Err(end),
        // Whoever read our output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(End::failed(FAILED, format!("no answer from the daemon: {error}"))),
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
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| End::failed(FAILED, format!("cannot start threads: {error}")))?
        .block_on(work)
}
