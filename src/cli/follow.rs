//! `entries --follow`: prints entries as they are stored, until a signal comes, stdout is closed, or the daemon stops.
//!
//! The daemon answers as soon as there is an entry. Without a daemon the database is looked at once a second, so that entries of
//! `poll` from cron are printed. A thread asks and prints, because both may block for any time; meanwhile signals are waited for.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec};
use tokio::runtime::Handle;
use tokio::signal::unix::SignalKind;
use tokio::sync::{Mutex, oneshot};

use super::run::signals_of;
use super::session::{Pages, Session, VerbResult, block_on, ended, existing, open, printed};
use super::{FAILED, Failure, USAGE};
use crate::config::Config;
use crate::control::{self, AskError, Begin, DaemonSocket, End, EntriesQuery, EntryRecord, Record, Verb};
use crate::store::{Store, StoreError};

/// Pause between two looks at the database, and at whether stdout is still open.
const LOOK: Duration = Duration::from_secs(1);
/// After a signal, the line that is being printed has this long to be taken.
const LAST_LINE: Duration = Duration::from_secs(1);
/// Consecutive looks at the database that may fail.
const FAILURES_MAX: u32 = 5;
/// The time-out of a system call that must not wait.
const AT_ONCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 0 };

/// Who answers.
enum Origin {
    Daemon(DaemonSocket),
    Database(Box<Config>),
}

pub(super) fn follow(session: &Session, query: EntriesQuery, print: fn(EntryRecord) -> io::Result<()>) -> VerbResult {
    let origin = match session.daemon()? {
        Some(daemon) => Origin::Daemon(daemon.socket),
        None => {
            let config = session.config()?;
            session
                .say("no daemon runs with this configuration; entries are printed when `watershed poll` stores them");
            Origin::Database(Box::new(config))
        }
    };
    let resume = session.command("entries --follow --after");
    block_on(async move {
        let mut interrupt = signals_of(SignalKind::interrupt())?;
        let mut terminate = signals_of(SignalKind::terminate())?;
        // Held while an entry is printed, so that a signal cuts off no line; true after a signal.
        let stopped = Arc::new(Mutex::new(false));
        let (tell, told) = oneshot::channel();
        let (runtime, is_stopped) = (Handle::current(), stopped.clone());
        let work = move || {
            let print = |entry| match *is_stopped.blocking_lock() {
                false => print(entry),
                true => Err(io::ErrorKind::BrokenPipe.into()),
            };
            // After a signal the receiver is gone, so an error is ignored.
            let _ = tell.send(print_all(&origin, Pages::new(query, print), &runtime, &resume));
        };
        let thread = thread::Builder::new().name("follow".to_owned()).spawn(work);
        thread.map_err(|error| Failure::new(FAILED, format!("cannot start a thread to print entries: {error}")))?;
        tokio::select! {
            ended = told => {
                ended.unwrap_or_else(|_| Err(Failure::new(FAILED, "a bug in watershed ended the printing")))
            }
            _ = interrupt.recv() => Ok(stop(&stopped).await),
            _ = terminate.recv() => Ok(stop(&stopped).await),
            () = until_nobody_reads() => Ok(End::done()),
        }
    })
}

/// Waits for the line that is being printed, and lets no further line be printed.
async fn stop(stopped: &Mutex<bool>) -> End {
    if let Ok(mut stopped) = tokio::time::timeout(LAST_LINE, stopped.lock()).await {
        *stopped = true;
    }
    End::done()
}

/// Prints entries until `--limit` is reached, or until entries can no longer be read or printed.
fn print_all<P: FnMut(EntryRecord) -> io::Result<()>>(
    origin: &Origin,
    mut pages: Pages<P>,
    runtime: &Handle,
    resume: &str,
) -> VerbResult {
    // A first look that fails is told at once.
    let mut failures = FAILURES_MAX;
    while pages.query.limit > 0 {
        match origin {
            Origin::Daemon(socket) => {
                let verb = pages.verb();
                let asked = socket.connect().and_then(|daemon| daemon.ask(verb, |record| pages.take(record)));
                match asked {
                    // Stdout is closed, or the entry cannot be written.
                    Err(AskError::Record(error)) => return printed(Err(error)),
                    asked => match ended(asked) {
                        // The daemon refuses what was asked, such as an output that a reload has removed.
                        Err(refused) if refused.exit == USAGE => return Err(refused),
                        Err(failure) => return Err(to_be_resumed(failure, &pages.query, resume)),
                        Ok(_) => {}
                    },
                }
                pages.query.waits = !pages.is_more;
            }
            Origin::Database(config) => {
                match runtime.block_on(answered_here(config, &pages.verb())) {
                    Ok(records) => {
                        failures = 0;
                        if records.is_empty() && pages.query.begin == Some(Begin::Now) {
                            // The database does not exist yet, so everything in it will be new.
                            pages.query.begin = Some(Begin::First);
                        }
                        if let Err(error) = records.into_iter().try_for_each(|record| pages.take(record)) {
                            return printed(Err(error));
                        }
                    }
                    Err(refused) if refused.exit == USAGE => return Err(refused),
                    // Another command may be closing, migrating or replacing the database.
                    Err(_) if failures < FAILURES_MAX => failures += 1,
                    Err(failure) => return Err(to_be_resumed(failure, &pages.query, resume)),
                }
                if !pages.is_more && pages.query.limit > 0 {
                    thread::sleep(LOOK);
                }
            }
        }
    }
    Ok(End::done())
}

/// The answer from the database itself.
async fn answered_here(config: &Config, verb: &Verb) -> Result<Vec<Record>, Failure> {
    let store = open_once(config).await?;
    let (records, _) = control::answer(verb, config, store.as_ref()).await?.into_parts();
    Ok(records)
}

/// Says how to go on after the last entry that was printed.
fn to_be_resumed(failure: Failure, query: &EntriesQuery, resume: &str) -> Failure {
    let Some(Begin::After(cursor)) = &query.begin else { return failure };
    let Failure { exit, message } = failure;
    let on = format!("to go on where this command stopped: `{resume} {cursor}`, with its other options");
    Failure::new(exit, format!("{message}\n{on}"))
}

/// The database, opened for a single question, because it may be replaced or migrated while entries are followed.
async fn open_once(config: &Config) -> Result<Option<Store>, Failure> {
    match existing(&config.store_path) {
        Err(StoreError::Older { .. }) => {
            // Opening it for writing migrates it, and closing it at once lets other commands write.
            drop(open(config).await?);
            Ok(Some(Store::open_for_reading(&config.store_path)?))
        }
        found => Ok(found?),
    }
}

/// Returns when the reader of a pipe on stdout has closed it, which printing would only notice with the next entry.
async fn until_nobody_reads() {
    loop {
        tokio::time::sleep(LOOK).await;
        let stdout = io::stdout();
        // Without flags only the end of the other side is reported.
        let mut asked = [PollFd::new(&stdout, PollFlags::empty())];
        let is_answered = rustix::event::poll(&mut asked, Some(&AT_ONCE)).is_ok();
        if is_answered && asked.iter().any(|fd| fd.revents().intersects(PollFlags::ERR | PollFlags::HUP)) {
            return;
        }
    }
}
