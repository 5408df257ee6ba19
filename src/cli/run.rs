//! `run`: starts the daemon, serves until a signal comes, and stops.

use std::io;
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::database::watch_database;
use super::full;
use super::print;
use super::session::{Session, VerbResult, WAITING_TOLD, block_on, load_in_a_thread, open, reading_ended, waiting_for};
use super::{FAILED, Failure, HELD_BY_ANOTHER};
use crate::clock;
use crate::config::{Config, Listen};
use crate::control::{self, End};
use crate::daemon::{self, Ask, Daemon, Event, Handles, Mode, Which};
use crate::logging::{Log, printable};
use crate::publish::Hub;
use crate::serve::{self, Listener, SharedSite, SiteState};
use crate::store::Store;
use crate::systemd;
use crate::watch;

/// Longest wait for a command that holds the database.
const LOCK_PATIENCE: Duration = Duration::from_secs(3);
/// Longest wait of `demo` for the first polls.
const FIRST_POLLS: Duration = Duration::from_secs(8);
/// Longest wait for the database to be closed after everything else has ended.
const CLOSED_WITHIN: Duration = Duration::from_secs(3);
/// Longest time from the signal to the end of the process, even if something hangs.
const ENDS_WITHIN: Duration = Duration::from_millis(9_500);

pub(super) fn run(session: &Session) -> VerbResult {
    // Before any thread is started, because the call changes the environment.
    let sockets = systemd::sockets();
    let path = session.config_path()?;
    let loudness = session.loudness;
    block_on(async move {
        let mut signals = Signals::new()?;
        let Some(config) = read_config(path, &mut signals).await? else { return Ok(End::done()) };
        let log = Log::start(&config.log, loudness);
        let (explain, control_path) = (None, None);
        serve(config, sockets, log, explain, control_path, signals).await
    })
}

/// Reads the configuration. `None` if a signal comes first, because a file may be on a file system that never responds.
async fn read_config(path: PathBuf, signals: &mut Signals) -> Result<Option<Config>, Failure> {
    let (answer, mut answered) = oneshot::channel();
    load_in_a_thread(path.clone(), move |loaded| {
        // After a signal the receiver is gone, so an error is ignored.
        let _ = answer.send(loaded);
    })?;
    loop {
        tokio::select! {
            loaded = &mut answered => return Ok(Some(loaded.map_err(|_| reading_ended())??)),
            () = signals.stop() => return Ok(None),
            () = tokio::time::sleep(WAITING_TOLD) => print::message(&waiting_for(&path), 0),
        }
    }
}

/// Serves and polls until a signal ends it. The addresses are printed at once; or, with `explain`, after the due
/// sources have been polled and published, and then `explain` gets the first address and prints more.
pub(super) async fn serve(
    config: Config,
    sockets: Vec<OwnedFd>,
    log: Log,
    explain: Option<fn(&str)>,
    control_path: Option<PathBuf>,
    mut signals: Signals,
) -> VerbResult {
    let seen = watch::look(&config);
    tracing::info!(version = env!("CARGO_PKG_VERSION"), config = %printable(&config.path.display().to_string()), "watershed starts");
    for notice in &config.notices {
        tracing::warn!(notice = %printable(notice), "configuration");
    }
    let runtime_directory = std::env::var("RUNTIME_DIRECTORY").ok();
    let control_path =
        control_path.unwrap_or_else(|| control::socket_path(&config.store_path, runtime_directory.as_deref()));
    let Some(Started { listeners, daemon, handles }) = start(&config, &sockets, &mut signals).await? else {
        return Ok(End::done());
    };
    // The daemon has its own copy, and lists of a hundred thousand sources take megabytes.
    drop(config);

    let addresses: Vec<String> = listeners.iter().map(address).collect();
    let site = SharedSite::new(site_state(&handles));
    let stop_serving = CancellationToken::new();
    let serving = tokio::spawn(serve::serve(listeners, site.clone(), stop_serving.clone()));
    let control = control::serve(&control_path, handles.clone()).await;
    if let Err(error) = &control {
        let path = control_path.display();
        tracing::warn!(%path, error = %error, "the control socket cannot be created, so commands cannot reach this daemon");
    }
    let (outputs, metrics) = (handles.outputs.clone(), handles.metrics.clone());
    let helpers = [
        tokio::spawn(async move { outputs.keep_fresh(&metrics).await }),
        tokio::spawn(watch::watch_files(handles.config.clone(), seen, handles.events.clone(), handles.health.clone())),
        tokio::spawn(systemd::feed_watchdog(handles.health.clone(), handles.store.clone())),
        tokio::spawn(watch_database(handles.store.clone(), handles.health.clone())),
        tokio::spawn(daemon::keep_indexed(handles.store.clone())),
        tokio::spawn(daemon::keep_pruned(handles.clone())),
        tokio::spawn(daemon::watch_incidents(handles.clone())),
        tokio::spawn(daemon::follow_lists(handles.clone())),
        tokio::spawn(handles.subscriber.clone().keep_subscribed()),
        tokio::spawn(daemon::keep_hub(handles.clone())),
        tokio::spawn(follow_config(handles.clone(), site, log)),
    ];
    let stop_telling = CancellationToken::new();
    let telling = tokio::spawn(daemon::keep_telling(handles.clone(), stop_telling.clone()));
    let mut polling = tokio::spawn(daemon.run());
    handles.health.serving(clock::now());
    systemd::ready();
    if explain.is_some() {
        poll_what_is_due(&handles).await;
    }
    for address in &addresses {
        // A closed stdout is ignored, because services often run without one.
        let _ = print::line(&format!("serving {address}"));
        tracing::info!(%address, "serving");
    }
    if let (Some(explain), Some(address)) = (explain, addresses.first()) {
        explain(address);
    }

    let ended_by_itself = signals.until_stopped(&handles.events, &mut polling).await;
    systemd::stopping();
    stop_serving.cancel();
    stop_telling.cancel();
    let ended = how_it_ended(ended_by_itself);
    let exit = exit_of(&ended);
    end_in_any_case(exit);
    // A second signal ends the process at once.
    tokio::spawn(async move {
        signals.stop().await;
        std::process::exit(exit);
    });
    if !ended_by_itself {
        let _ = handles.events.send(Event::Stop).await;
        let _ = polling.await;
    }
    let _ = serving.await;
    let _ = telling.await;
    drop(control);
    for helper in helpers {
        helper.abort();
        let _ = helper.await;
    }
    handles.store.close(CLOSED_WITHIN).await;
    tracing::info!("watershed ends");
    ended
}

/// The result of a run. `by_itself` says that the scheduler ended although no signal came.
fn how_it_ended(by_itself: bool) -> VerbResult {
    if by_itself { Err(Failure::new(FAILED, "a bug ended the scheduler; the log says where")) } else { Ok(End::done()) }
}

/// The exit status for a result, for ending the process without returning from `main`.
fn exit_of(result: &VerbResult) -> i32 {
    i32::from(result.as_ref().map_or_else(|failure| failure.exit.get(), |end| end.exit))
}

/// What a start opens and builds.
pub(super) struct Started {
    pub(super) listeners: Vec<Listener>,
    pub(super) daemon: Daemon,
    pub(super) handles: Handles,
}

/// Opens the database and the sockets; `None` if a signal comes first. While the disk is full, a copy of the database
/// is served.
async fn start(config: &Config, sockets: &[OwnedFd], signals: &mut Signals) -> Result<Option<Started>, Failure> {
    match open_unless_stopped(config, sockets, signals).await {
        Err(why) if why.exit == FAILED && !full::has_room(&config.store_path) => {
            if full::serve_a_copy(config, sockets, signals, why).await? {
                open_unless_stopped(config, sockets, signals).await
            } else {
                Ok(None)
            }
        }
        opened => opened,
    }
}

/// Calls [`open_all`]; `None` if a signal comes first, because a disk may hang.
async fn open_unless_stopped(
    config: &Config,
    sockets: &[OwnedFd],
    signals: &mut Signals,
) -> Result<Option<Started>, Failure> {
    let stopped = async {
        signals.stop().await;
        // The deadline begins here, because closing what is already open may hang.
        end_in_any_case(exit_of(&Ok(End::done())));
    };
    tokio::select! {
        opened = open_all(config, sockets) => opened.map(Some),
        () = stopped => Ok(None),
    }
}

/// Opens the database and the sockets, and builds the outputs.
async fn open_all(config: &Config, sockets: &[OwnedFd]) -> Result<Started, Failure> {
    let store = open_patiently(config).await?;
    started(config.clone(), store, sockets, Mode::Scheduled).await
}

/// Opens the sockets, and builds the outputs.
pub(super) async fn started(
    mut config: Config,
    store: Store,
    sockets: &[OwnedFd],
    mode: Mode,
) -> Result<Started, Failure> {
    let listeners = listen(&config, sockets).await?;
    public_url_of_a_free_port(&mut config, &listeners);
    let (daemon, handles) = Daemon::new(config, store, mode).await?;
    handles.outputs.rebuild().await?;
    Ok(Started { listeners, daemon, handles })
}

/// Ends the process in time even if something hangs, such as a network file system. Committed polls are safe, because they are on
/// the disk. `exit` is the exit status that the run has without the hanging part, because systemd starts a service again only if it
/// has failed.
fn end_in_any_case(exit: i32) {
    std::thread::spawn(move || {
        std::thread::sleep(ENDS_WITHIN);
        std::process::exit(exit);
    });
}

/// Opens the database, and waits a little while another process holds it, because a command holds it only for a moment.
async fn open_patiently(config: &Config) -> Result<Store, Failure> {
    let until = clock::monotonic() + LOCK_PATIENCE;
    loop {
        match open(config).await {
            Err(held) if held.exit == HELD_BY_ANOTHER && clock::monotonic() < until => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            opened => return opened,
        }
    }
}

/// Polls the due sources, and returns when the results are published, or after [`FIRST_POLLS`].
async fn poll_what_is_due(handles: &Handles) {
    let (reply, answered) = oneshot::channel();
    // An error says that the event loop has ended; the wait below then ends at once.
    let _ = handles.events.send(Event::Ask(Ask { which: Which::Due, told: None, reply })).await;
    let _ = tokio::time::timeout(FIRST_POLLS, answered).await;
}

/// The sockets that systemd handed over, or sockets on the addresses that the configuration names.
async fn listen(config: &Config, sockets: &[OwnedFd]) -> Result<Vec<Listener>, Failure> {
    let listeners = if sockets.is_empty() {
        serve::bind(&config.serve.listen).await
    } else {
        // Copies are used and the originals kept, because a start that fails may be tried again.
        let again: io::Result<Vec<OwnedFd>> = sockets.iter().map(OwnedFd::try_clone).collect();
        let again = again.map_err(|error| {
            Failure::new(FAILED, format!("cannot use the sockets that systemd handed over: {error}"))
        })?;
        serve::from_systemd(again)
    };
    listeners.map_err(|error| Failure::new(FAILED, error.to_string()))
}

/// Sets `public_url` to the port that the system has chosen if the configuration asks for port 0.
fn public_url_of_a_free_port(config: &mut Config, listeners: &[Listener]) {
    let free = matches!(&config.serve.listen, Listen::Tcp { written, .. } if written.ends_with(":0"));
    if free
        && config.serve.public_url.is_none()
        && let Some(url) = listeners.first().and_then(|listener| url::Url::parse(&address(listener)).ok())
    {
        config.public_url = url;
    }
}

/// The address of a listener as people type it: `http://127.0.0.1:8470/`, or `unix:` and the path.
pub(super) fn address(listener: &Listener) -> String {
    match listener {
        Listener::Tcp(..) => format!("http://{}/", listener.address()),
        Listener::Unix(..) => listener.address(),
    }
}

pub(super) fn site_state(handles: &Handles) -> Arc<SiteState> {
    let config = handles.config.borrow();
    let public_url = config.public_url.as_str().trim_end_matches('/').to_owned();
    Arc::new(SiteState {
        public_path: config.public_url.path().trim_end_matches('/').to_owned(),
        allowed_hosts: config.serve.hosts.clone(),
        public_url,
        max_age: config.serve.max_age,
        documents: handles.outputs.clone(),
        health: handles.health.clone(),
        metrics: handles.metrics.clone(),
        serves_metrics: config.serve.metrics,
        store: handles.store.clone(),
        status: Arc::new(serve::Status::new(Arc::clone(&config), handles.store.clone(), handles.health.clone())),
        names_hub: Hub::of(&config.push.hub),
        hub: handles.hub.clone(),
        subscriber: handles.subscriber.clone(),
    })
}

/// Applies a reload outside of the event loop: to the served site and to the log.
async fn follow_config(mut handles: Handles, site: SharedSite, log: Log) {
    while handles.config.changed().await.is_ok() {
        let config = Arc::clone(&handles.config.borrow_and_update());
        site.send_replace(site_state(&handles));
        log.set_level(&config.log);
    }
}

/// The signals of a kind that come from now on.
pub(super) fn signals_of(kind: SignalKind) -> Result<Signal, Failure> {
    signal(kind).map_err(|error| Failure::new(FAILED, format!("cannot install signal handlers: {error}")))
}

pub(super) struct Signals {
    term: Signal,
    int: Signal,
    hup: Signal,
}

impl Signals {
    pub(super) fn new() -> Result<Signals, Failure> {
        Ok(Signals {
            term: signals_of(SignalKind::terminate())?,
            int: signals_of(SignalKind::interrupt())?,
            hup: signals_of(SignalKind::hangup())?,
        })
    }

    pub(super) async fn stop(&mut self) {
        tokio::select! {
            _ = self.term.recv() => {}
            _ = self.int.recv() => {}
        }
    }

    /// Turns SIGHUP into a reload until SIGTERM or SIGINT comes. Returns whether `polling` ended first.
    async fn until_stopped(&mut self, events: &mpsc::Sender<Event>, polling: &mut tokio::task::JoinHandle<()>) -> bool {
        loop {
            tokio::select! {
                _ = self.term.recv() => return false,
                _ = self.int.recv() => return false,
                _ = &mut *polling => return true,
                _ = self.hup.recv() => {
                    let _ = events.send(Event::Reload { reply: None }).await;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_by_a_bug_has_the_status_of_a_failure_however_the_process_ends() {
        assert_eq!(exit_of(&how_it_ended(true)), i32::from(FAILED.get()));
        assert_eq!(exit_of(&how_it_ended(false)), 0);
    }
}
