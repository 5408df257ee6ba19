//! `run`: the daemon, from the configuration to the last goodbye.

use std::io;
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::database::watch_database;
use super::full::{self, Waited};
use super::print;
use super::session::{
    Session, VerbResult, WAITING_TOLD, block_on, load_in_a_thread, open, reading_ended, store_failed, waiting_for,
    wrong_config,
};
use super::{FAILED, Failure, HELD_BY_ANOTHER};
use crate::clock;
use crate::config::{Config, Listen};
use crate::control::{self, End};
use crate::daemon::{Ask, Daemon, Event, Handles, Mode, Reload, Which};
use crate::logging::{Log, printable};
use crate::serve::{self, Listener, SharedSite, SiteState};
use crate::store::Store;
use crate::systemd;
use crate::watch;

/// Longest wait for a command that holds the database.
const LOCK_PATIENCE: Duration = Duration::from_secs(3);
/// Longest wait for the first polls, where they are waited for.
const FIRST_POLLS: Duration = Duration::from_secs(8);
/// Longest wait for the database to be closed, when all else has ended.
const CLOSED_WITHIN: Duration = Duration::from_secs(3);
/// From the signal to the end, whatever hangs.
const ENDS_WITHIN: Duration = Duration::from_millis(9_500);

pub(super) fn run(session: &Session) -> VerbResult {
    // Before any thread is started, as it takes the descriptors out of the environment's hands.
    let sockets = systemd::sockets();
    let path = session.config_path()?;
    let loudness = session.loudness;
    block_on(async move {
        let mut signals = Signals::new()?;
        let Some(config) = read_config(path, &mut signals).await? else { return Ok(End::done()) };
        let log = Log::start(&config.log, loudness);
        serve(config, sockets, log, Announce::AtOnce, None, signals).await
    })
}

/// Reads the configuration; None where a signal ends the program meanwhile, as a file may be on a file system that never answers.
async fn read_config(path: PathBuf, signals: &mut Signals) -> Result<Option<Config>, Failure> {
    let (answer, mut answered) = oneshot::channel();
    load_in_a_thread(path.clone(), move |loaded| {
        // Nobody waits any more when a signal has come.
        let _ = answer.send(loaded);
    })?;
    loop {
        tokio::select! {
            loaded = &mut answered => {
                let loaded = loaded.map_err(|_| reading_ended())?;
                return loaded.map(Some).map_err(|errors| wrong_config(&errors));
            }
            () = signals.stop() => return Ok(None),
            () = tokio::time::sleep(WAITING_TOLD) => print::message(&waiting_for(&path), 0),
        }
    }
}

/// When it is said that the feeds are served, and what else is said then.
pub(super) enum Announce {
    /// With what the store holds.
    AtOnce,
    /// When all that is due has been polled and published; the function is told the address.
    Polled(fn(&str)),
}

/// Serves and polls until a signal ends it.
pub(super) async fn serve(
    config: Config,
    sockets: Vec<OwnedFd>,
    log: Log,
    announce: Announce,
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

    let addresses: Vec<String> = listeners.iter().map(address).collect();
    let site = SharedSite::new(site_state(&handles));
    let stop_serving = CancellationToken::new();
    let serving = tokio::spawn(serve::serve(listeners, site.clone(), stop_serving.clone()));
    let control = control::serve(&control_path, handles.clone()).await;
    if let Err(error) = &control {
        let path = control_path.display();
        tracing::warn!(%path, error = %error, "commands cannot reach this daemon: the control socket cannot be made");
    }
    let outputs = handles.outputs.clone();
    let helpers = [
        tokio::spawn(async move { outputs.keep_fresh().await }),
        tokio::spawn(watch::watch_files(handles.config.clone(), seen, handles.events.clone(), handles.health.clone())),
        tokio::spawn(systemd::feed_watchdog(handles.health.clone(), handles.store.clone())),
        tokio::spawn(watch_database(handles.store.clone(), handles.health.clone())),
        tokio::spawn(follow_config(handles.clone(), site, log)),
    ];
    let mut polling = tokio::spawn(daemon.run());
    handles.health.serving();
    systemd::ready();
    if let Announce::Polled(_) = announce {
        poll_what_is_due(&handles).await;
    }
    for address in &addresses {
        // A stdout that is closed does not matter to a service.
        let _ = print::line(&format!("serving {address}"));
        tracing::info!(%address, "serving");
    }
    if let (Announce::Polled(explain), Some(address)) = (announce, addresses.first()) {
        explain(address);
    }

    let ended_by_itself = signals.until_stopped(&handles.events, &mut polling).await;
    systemd::stopping();
    stop_serving.cancel();
    end_in_any_case();
    // A second signal ends it at once.
    tokio::spawn(async move {
        signals.stop().await;
        std::process::exit(0);
    });
    if !ended_by_itself {
        let _ = handles.events.send(Event::Stop).await;
        let _ = polling.await;
    }
    let _ = serving.await;
    drop(control);
    for helper in helpers {
        helper.abort();
        let _ = helper.await;
    }
    handles.store.close(CLOSED_WITHIN).await;
    tracing::info!("watershed ends");
    if ended_by_itself {
        return Err(End::failed(FAILED, "the scheduler ended by a bug; the log says where"));
    }
    Ok(End::done())
}

/// What a start has made ready.
struct Started {
    listeners: Vec<Listener>,
    daemon: Daemon,
    handles: Handles,
}

/// Opens what there is; None where a signal ends that. While the disk is full, what is stored is served from a copy.
async fn start(config: &Config, sockets: &[OwnedFd], signals: &mut Signals) -> Result<Option<Started>, Failure> {
    match open_unless_stopped(config, sockets, signals).await {
        Err(why) if why.exit == FAILED && !full::has_room(&config.store_path) => {
            if full::serve_a_copy(config, sockets, signals, why).await? == Waited::Stopped {
                return Ok(None);
            }
            open_unless_stopped(config, sockets, signals).await
        }
        opened => opened,
    }
}

/// The same as [`open_all`]; None where a signal comes first, because a disk may hang, too.
async fn open_unless_stopped(
    config: &Config,
    sockets: &[OwnedFd],
    signals: &mut Signals,
) -> Result<Option<Started>, Failure> {
    let stopped = async {
        signals.stop().await;
        // From now on: what has been opened so far may hang when it is closed.
        end_in_any_case();
    };
    tokio::select! {
        opened = open_all(config, sockets) => opened.map(Some),
        () = stopped => Ok(None),
    }
}

/// Opens the database and the sockets, and builds the outputs.
async fn open_all(config: &Config, sockets: &[OwnedFd]) -> Result<Started, Failure> {
    let store = open_patiently(config).await?;
    let mut config = config.clone();
    let listeners = listen(&config, sockets).await?;
    public_url_of_a_free_port(&mut config, &listeners);
    let (daemon, handles) = Daemon::new(config, store, Mode::Scheduled).await.map_err(|error| store_failed(&error))?;
    handles.outputs.rebuild().await.map_err(|error| store_failed(&error))?;
    Ok(Started { listeners, daemon, handles })
}

/// Whatever hangs, such as a network file system: the process ends in time. What was stored is stored.
fn end_in_any_case() {
    std::thread::spawn(|| {
        std::thread::sleep(ENDS_WITHIN);
        std::process::exit(0);
    });
}

/// A command may hold the database for a moment; another daemon does for longer.
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

/// Returns when it is polled and published, or after a while in any case.
async fn poll_what_is_due(handles: &Handles) {
    let (reply, answered) = oneshot::channel();
    // Should the loop have gone, there is nothing to wait for.
    let _ = handles.events.send(Event::Ask(Ask { which: Which::Due, reply })).await;
    let _ = tokio::time::timeout(FIRST_POLLS, answered).await;
}

/// The sockets that systemd has handed over, to be served on, or those that the configuration names.
pub(super) async fn listen(config: &Config, sockets: &[OwnedFd]) -> Result<Vec<Listener>, Failure> {
    let listeners = if sockets.is_empty() {
        serve::bind(&config.serve.listen).await
    } else {
        // The ones that were handed over are kept: a start that fails may be tried again.
        let again: io::Result<Vec<OwnedFd>> = sockets.iter().map(OwnedFd::try_clone).collect();
        let again =
            again.map_err(|error| End::failed(FAILED, format!("cannot use the sockets of systemd: {error}")))?;
        serve::from_systemd(again)
    };
    listeners.map_err(|error| End::failed(FAILED, error.to_string()))
}

/// With port 0 the system chooses one: readers must be told which.
pub(super) fn public_url_of_a_free_port(config: &mut Config, listeners: &[Listener]) {
    let free = matches!(&config.serve.listen, Listen::Tcp { written, .. } if written.ends_with(":0"));
    if free
        && config.serve.public_url.is_none()
        && let Some(url) = listeners.first().and_then(|listener| url::Url::parse(&address(listener)).ok())
    {
        config.public_url = url;
    }
}

/// As people type it: `http://127.0.0.1:8470/`, or `unix:` and the path.
pub(super) fn address(listener: &Listener) -> String {
    match listener {
        Listener::Tcp(..) => format!("http://{}/", listener.address()),
        Listener::Unix(..) => listener.address(),
    }
}

pub(super) fn site_state(handles: &Handles) -> SiteState {
    let config = handles.config.borrow();
    let public_url = config.public_url.as_str().trim_end_matches('/').to_owned();
    SiteState {
        public_path: config.public_url.path().trim_end_matches('/').to_owned(),
        allowed_hosts: config.serve.hosts.clone(),
        public_url,
        max_age: config.serve.max_age,
        documents: handles.outputs.clone(),
        health: handles.health.clone(),
    }
}

/// What a reload changes outside of the event loop.
async fn follow_config(mut handles: Handles, site: SharedSite, log: Log) {
    while handles.config.changed().await.is_ok() {
        let config = Arc::clone(&handles.config.borrow_and_update());
        site.set(site_state(&handles));
        log.set_level(&config.log);
    }
}

pub(super) struct Signals {
    term: Signal,
    int: Signal,
    hup: Signal,
}

impl Signals {
    pub(super) fn new() -> Result<Signals, Failure> {
        let listen =
            |kind| signal(kind).map_err(|error| End::failed(FAILED, format!("cannot wait for signals: {error}")));
        Ok(Signals {
            term: listen(SignalKind::terminate())?,
            int: listen(SignalKind::interrupt())?,
            hup: listen(SignalKind::hangup())?,
        })
    }

    pub(super) async fn stop(&mut self) {
        tokio::select! {
            _ = self.term.recv() => {}
            _ = self.int.recv() => {}
        }
    }

    /// Hands SIGHUP on as a reload until SIGTERM or SIGINT comes. Whether `polling` ended before.
    async fn until_stopped(&mut self, events: &mpsc::Sender<Event>, polling: &mut tokio::task::JoinHandle<()>) -> bool {
        loop {
            tokio::select! {
                _ = self.term.recv() => return false,
                _ = self.int.recv() => return false,
                _ = &mut *polling => return true,
                _ = self.hup.recv() => {
                    let _ = events.send(Event::Reload(Reload { reply: None })).await;
                }
            }
        }
    }
}
