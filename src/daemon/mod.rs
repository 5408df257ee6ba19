//! The event loop: what happened comes in as one [`Event`] after the other, and the loop decides what happens next.
//!
//! It owns the schedule, starts polls (each a task of its own), and applies reloads. It never touches HTTP, sockets or
//! the terminal: those stand outside and send events.

mod asked;
mod reload;

pub use asked::{Ask, Asked, PolledRecord, Which, unknown};
pub use reload::{Reload, Reloaded};

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use crate::clock;
use crate::config::{Config, SourceConfig};
use crate::fetch::Fetcher;
use crate::health::{Health, TICK};
use crate::logging::foreign;
use crate::model::{SourceId, Timestamp};
use crate::outputs::{OutputPlan, Outputs};
use crate::poll::{self, Polled, Stages};
use crate::schedule::{self, History, Limits, Queue, Standing};
use crate::store::{SourceKey, SourceState, Store, StoreError};
use asked::Waiting;

/// Events that may wait for the loop; whoever sends more waits too.
const EVENTS: usize = 1024;
/// After a write to the store failed, nothing is polled for this long: what could not be kept need not be fetched.
const STORE_PAUSE: Duration = Duration::from_secs(30);
/// At the end, polls in flight have this long to finish and be stored.
const LAST_POLLS: Duration = Duration::from_secs(4);
/// A wall clock that departs from the monotonic one by more than this between two looks has been set.
const CLOCK_JUMP: Duration = Duration::from_secs(5);

/// Everything that the loop reacts to.
#[derive(Debug)]
pub enum Event {
    /// A poll has ended and is stored, or could not be.
    Polled { source: SourceId, result: Result<Polled, StoreError> },
    /// Somebody wants sources polled now.
    Ask(Ask),
    /// The configuration is to be read again: asked for, or its files changed.
    Reload(Reload),
    /// Finish what is in flight and end.
    Stop,
}

/// Which sources are polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Each when it is due.
    Scheduled,
    /// Only those that are asked for.
    OnRequest,
}

/// What the rest of the program holds of a daemon.
#[derive(Debug, Clone)]
pub struct Handles {
    pub events: mpsc::Sender<Event>,
    /// The configuration in force.
    pub config: watch::Receiver<Arc<Config>>,
    pub store: Store,
    pub outputs: Arc<Outputs>,
    pub health: Arc<Health>,
}

/// A configured source as the scheduler knows it.
#[derive(Debug)]
struct Known {
    config: Arc<SourceConfig>,
    standing: Standing,
}

/// The scheduler and all that it owns.
#[derive(Debug)]
pub struct Daemon {
    mode: Mode,
    config_path: PathBuf,
    config: watch::Sender<Arc<Config>>,
    stages: Arc<Stages>,
    outputs: Arc<Outputs>,
    health: Arc<Health>,
    queue: Queue,
    sources: HashMap<SourceId, Known>,
    asks: Vec<Waiting>,
    events: mpsc::Sender<Event>,
    inbox: mpsc::Receiver<Event>,
    paused_until: Option<Timestamp>,
}

impl Daemon {
    /// Registers the configured sources in the store. Nothing is polled before [`Daemon::run`].
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn new(config: Config, store: Store, mode: Mode) -> Result<(Daemon, Handles), StoreError> {
        let config = Arc::new(config);
        let registered = register(&config, &store).await?;
        let outputs = Arc::new(Outputs::new(store.clone(), registered.plan));
        let health = Arc::new(Health::default());
        let (events, inbox) = mpsc::channel(EVENTS);
        let (current, watched) = watch::channel(config.clone());
        let handles = Handles {
            events: events.clone(),
            config: watched,
            store: store.clone(),
            outputs: outputs.clone(),
            health: health.clone(),
        };
        let mut daemon = Daemon {
            mode,
            config_path: config.path.clone(),
            config: current,
            stages: Arc::new(Stages::new(store, Fetcher::new(config.poll.contact.as_deref()))),
            outputs,
            health,
            queue: Queue::new(limits(&config)),
            sources: HashMap::new(),
            asks: Vec::new(),
            events,
            inbox,
            paused_until: None,
        };
        daemon.schedule(registered.sources, clock::now());
        Ok((daemon, handles))
    }

    /// Polls what is due and handles events until [`Event::Stop`], then waits a little for what is in flight.
    pub async fn run(mut self) {
        let mut clocks = (clock::now(), clock::monotonic());
        loop {
            let now = clock::now();
            self.health.tick(now);
            clocks = self.compare_clocks(clocks);
            self.start_due(now);
            let event = tokio::time::timeout(self.nap(now), self.inbox.recv()).await;
            match event {
                Err(_elapsed) => {}
                Ok(Some(Event::Polled { source, result })) => self.polled(source, result),
                Ok(Some(Event::Ask(ask))) => self.asked(ask),
                Ok(Some(Event::Reload(reload))) => self.reload(reload).await,
                Ok(Some(Event::Stop) | None) => break,
            }
        }
        self.finish().await;
    }

    /// How long to sleep: until something is due, never longer than a tick.
    fn nap(&self, now: Timestamp) -> Duration {
        let next = match self.paused_until {
            Some(until) if until > now => Some(until),
            _ => self.queue.next_start(),
        };
        next.map_or(TICK, |at| at.since(now).min(TICK))
    }

    fn start_due(&mut self, now: Timestamp) {
        if self.paused_until.is_some_and(|until| until > now && until.since(now) <= STORE_PAUSE) {
            return;
        }
        self.paused_until = None;
        while let Some(source) = self.queue.start(now) {
            let Some(known) = self.sources.get_mut(&source) else {
                self.queue.finished(source, now, None);
                continue;
            };
            known.standing.last_attempt = Some(now);
            let (stages, config, events) = (self.stages.clone(), known.config.clone(), self.events.clone());
            tokio::spawn(poll_contained(stages, config, source, events));
        }
    }

    fn polled(&mut self, source: SourceId, result: Result<Polled, StoreError>) {
        let now = clock::now();
        let known = self.sources.get_mut(&source);
        match &result {
            Ok(polled) => {
                self.health.store(None);
                if let Some(known) = known {
                    let plan = &polled.effect.plan;
                    known.standing = Standing {
                        next_poll: plan.next_poll,
                        last_poll: Some(now),
                        last_attempt: known.standing.last_attempt,
                        not_before: plan.not_before,
                        gone: plan.gone,
                        history: History {
                            interval: plan.interval,
                            freshness: plan.freshness,
                            feed_freshness: plan.feed_freshness,
                            failures: plan.failures,
                        },
                    };
                    log_poll(&known.config.name, polled);
                }
                if polled.effect.published_changed {
                    self.outputs.rebuild_soon();
                }
            }
            Err(error) => {
                tracing::error!(error = %error, "a poll could not be stored; polling pauses");
                self.health.store(Some(error.to_string()));
                let until = now.plus(STORE_PAUSE);
                self.paused_until = Some(until);
                if let Some(known) = known {
                    known.standing.next_poll = known.standing.next_poll.max(until);
                }
            }
        }
        let next = self.next_of(source, now);
        self.queue.finished(source, now, next);
        self.tell_askers(source, &result);
    }

    /// Where a source waits next, if it is still wanted.
    fn next_of(&self, source: SourceId, now: Timestamp) -> Option<(schedule::HostKey, Timestamp)> {
        let known = self.sources.get(&source).filter(|known| known.config.enabled)?;
        let due = schedule::heal(&known.standing, &known.config.schedule, now);
        (self.mode == Mode::Scheduled).then(|| (schedule::host_key(&known.config.url), due))
    }

    /// Takes the list of sources as the schedule; what is in flight stays so.
    fn schedule(&mut self, sources: HashMap<SourceId, Known>, now: Timestamp) {
        for gone in self.sources.keys().filter(|id| !sources.contains_key(id)) {
            self.queue.remove(*gone);
        }
        self.sources = sources;
        let ids: Vec<SourceId> = self.sources.keys().copied().collect();
        for source in ids {
            match self.next_of(source, now) {
                Some((host, due)) => self.queue.set(source, host, due),
                None => self.queue.remove(source),
            }
        }
    }

    /// After the wall clock was set, every due time is looked at again. Returns the clocks as they are now.
    fn compare_clocks(&mut self, before: (Timestamp, std::time::Instant)) -> (Timestamp, std::time::Instant) {
        let now = (clock::now(), clock::monotonic());
        let really = now.1.saturating_duration_since(before.1);
        let expected = before.0.plus(really);
        if now.0.since(expected) > CLOCK_JUMP || expected.since(now.0) > CLOCK_JUMP {
            tracing::warn!(was_to_be = %expected, is = %now.0, "the clock was set, or the machine slept");
            self.queue.clock_set_back(now.0);
            let sources = std::mem::take(&mut self.sources);
            self.schedule(sources, now.0);
        }
        now
    }

    async fn finish(mut self) {
        let deadline = tokio::time::sleep(LAST_POLLS);
        tokio::pin!(deadline);
        while self.queue.in_flight() > 0 {
            tokio::select! {
                () = &mut deadline => {
                    tracing::info!(polls = self.queue.in_flight(), "polls in flight are given up");
                    break;
                }
                event = self.inbox.recv() => match event {
                    Some(Event::Polled { source, result }) => self.polled(source, result),
                    Some(_) => {}
                    None => break,
                },
            }
        }
    }
}

/// The configured sources as the store knows them, and what to publish of them.
struct Registered {
    sources: HashMap<SourceId, Known>,
    plan: OutputPlan,
}

async fn register(config: &Config, store: &Store) -> Result<Registered, StoreError> {
    let keys = keys(config);
    let configured = store.configure(keys, OutputPlan::shape(config), clock::now()).await?;
    let ids: Vec<SourceId> = configured.sources.iter().map(|source| source.id).collect();
    let mut states: HashMap<SourceId, SourceState> =
        store.sources().await?.into_iter().map(|state| (state.id, state)).collect();
    let sources = config
        .sources
        .iter()
        .zip(&ids)
        .filter_map(|(source, id)| {
            let standing = standing(&states.remove(id)?);
            Some((*id, Known { config: Arc::new(source.clone()), standing }))
        })
        .collect();
    let plan = OutputPlan::new(config, &ids, store.store_id(), configured.since);
    Ok(Registered { sources, plan })
}

/// How the store tells the configuration's sources apart.
pub fn keys(config: &Config) -> Vec<SourceKey> {
    let key = |source: &SourceConfig| SourceKey {
        name: source.name.clone(),
        named: source.named,
        url: source.url.to_string(),
    };
    config.sources.iter().map(key).collect()
}

/// What the store knows of a source's next poll.
pub fn standing(state: &SourceState) -> Standing {
    Standing {
        next_poll: state.next_poll,
        last_poll: state.last_poll,
        last_attempt: state.last_attempt,
        not_before: state.not_before,
        gone: state.gone,
        history: poll::history(state),
    }
}

fn limits(config: &Config) -> Limits {
    Limits { concurrency: config.poll.concurrency, per_host: config.poll.per_host, host_gap: config.poll.host_gap }
}

/// One poll in a task of its own: a panic in it ends it alone, and is held against its source.
async fn poll_contained(stages: Arc<Stages>, config: Arc<SourceConfig>, source: SourceId, events: mpsc::Sender<Event>) {
    let task = {
        let (stages, config) = (stages.clone(), config.clone());
        tokio::spawn(async move { poll::poll(&stages, &config, source).await })
    };
    let result = match task.await {
        Ok(result) => result,
        Err(_panic) => poll::record_crash(&stages, &config, source).await,
    };
    // The loop may have ended: then nobody waits for it.
    let _ = events.send(Event::Polled { source, result }).await;
}

fn log_poll(name: &str, polled: &Polled) {
    let effect = &polled.effect;
    let took = polled.took.as_millis();
    let (outcome, next) = (effect.outcome.as_str(), effect.plan.next_poll);
    if let Some(detail) = &polled.detail {
        let failures = effect.plan.failures;
        tracing::warn!(source = name, outcome, detail = %foreign(detail), failures, took_ms = took, %next, "polled");
    } else if effect.new + effect.revised > 0 {
        let (new, revised, problems) = (effect.new, effect.revised, polled.problems);
        tracing::info!(source = name, outcome, new, revised, problems, took_ms = took, %next, "polled");
    } else {
        tracing::debug!(source = name, outcome, bytes = polled.bytes, took_ms = took, %next, "polled");
    }
}
