//! The event loop: what happened comes in as one [`Event`] after the other, and the loop decides what happens next.
//!
//! It owns the schedule, starts polls (each a task of its own), and applies reloads. It never touches HTTP, sockets or
//! the terminal: those stand outside and send events.

mod asked;
mod hop;
mod reload;

pub use asked::{Ask, Asked, PolledRecord, Which, unknown};
pub use reload::{Reload, Reloaded};

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use url::Url;

use crate::clock;
use crate::config::{Config, SourceConfig};
use crate::fetch::Fetcher;
use crate::health::{Health, TICK};
use crate::logging::foreign;
use crate::model::{SourceId, Tally, Timestamp};
use crate::moves;
use crate::outputs::{OutputPlan, Outputs};
use crate::poll::{self, Ended, Polled, Source, Stages};
use crate::schedule::{self, HostKey, Ledger, Limits, Overdue, Queue, Ruling, SourceSchedule};
use crate::store::{SourceKey, SourceState, Store, StoreError};
use asked::{Waiting, left_alone};
use hop::{Hop, Turnstile};

/// Events that may wait for the loop; whoever sends more waits too.
const EVENTS: usize = 1024;
/// After a write to the store failed, nothing is polled for this long: what could not be kept need not be fetched.
const STORE_PAUSE: Duration = Duration::from_secs(30);
/// At the end, polls in flight have this long to finish and be stored.
const LAST_POLLS: Duration = Duration::from_secs(4);
/// 2026-11-01: a clock that reads less has not been set yet. It is given this long to be set.
const BUILT: Timestamp = Timestamp::from_unix(1_793_491_200);
const CLOCK_PATIENCE: Duration = Duration::from_secs(600);
/// A wall clock that departs from the monotonic one by more than this between two looks has been set.
const CLOCK_JUMP: Duration = Duration::from_secs(5);

/// The longest gap between two requests to a host that there can be.
const GAP_MAX: Duration = Duration::from_secs(3_600);

/// Everything that the loop reacts to.
#[derive(Debug)]
pub enum Event {
    /// A source's poll leads to another site.
    Hop(Hop),
    /// A poll has ended.
    Polled { source: SourceId, ended: Ended },
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
    /// Without what was learnt, which the store keeps.
    schedule: SourceSchedule,
    /// The host that its next request goes to: its configured address's, or that of the one it has moved to.
    host: HostKey,
    /// The host that answered last, where redirects led to another one.
    leads_to: Option<HostKey>,
    /// Times in a row that it was put off after a redirect.
    holds: u32,
    /// A digest of where it leads and how it is asked: sources that have it in common share one request.
    place: u64,
}

impl Known {
    fn new(config: Arc<SourceConfig>, state: &SourceState, now: Timestamp) -> Known {
        let healed = schedule::heal(&state.schedule, &config.schedule, now);
        let mut schedule = state.schedule.clone().without_learnt();
        schedule.next_poll = healed.map_or(schedule.next_poll, |(due, _)| due);
        let host = schedule::host_key(&moves::address(&config.url, &state.address, now));
        let leads = state.document.as_ref().map_or(config.url.as_str(), |document| document.url.as_str());
        let place = place(&config, leads);
        let answered = state.document.as_ref().and_then(|document| Url::parse(&document.url).ok());
        let leads_to = answered.map(|url| schedule::host_key(&url)).filter(|answered| *answered != host);
        Known { config, schedule, host, leads_to, holds: 0, place }
    }
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
    /// Enabled sources by their place, to find those that share one request.
    places: BTreeSet<(u64, SourceId)>,
    asks: Vec<Waiting>,
    events: mpsc::Sender<Event>,
    inbox: mpsc::Receiver<Event>,
    paused_until: Option<Timestamp>,
    began: std::time::Instant,
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
            stages: Arc::new(Stages::new(store, Fetcher::new(config.poll.contact.as_deref()), registered.ledger)),
            outputs,
            health,
            queue: Queue::new(limits(&config)),
            sources: HashMap::new(),
            places: BTreeSet::new(),
            asks: Vec::new(),
            events,
            inbox,
            paused_until: None,
            began: clock::monotonic(),
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
                Ok(Some(Event::Hop(hop))) => self.hop(hop),
                Ok(Some(Event::Polled { source, ended })) => self.polled(source, ended),
                Ok(Some(Event::Ask(ask))) => self.asked(ask),
                Ok(Some(Event::Reload(reload))) => self.reload(reload).await,
                Ok(Some(Event::Stop) | None) => break,
            }
        }
        self.finish().await;
    }

    /// How long to sleep: until something is due, never longer than a tick.
    fn nap(&self, now: Timestamp) -> Duration {
        if self.clock_is_unset(now) {
            return TICK;
        }
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
        if self.clock_is_unset(now) {
            return;
        }
        while let Some(source) = self.queue.start(now) {
            let Some(known) = self.sources.get(&source) else {
                self.queue.finished(source, now, None);
                continue;
            };
            if let Some(behind) = known.leads_to.clone()
                && let Err(held) = self.may_go_on(source, &behind, now)
            {
                self.queue.put_back(source, held.until);
                if held.is_long {
                    self.not_polled(&held.why, |id, _| *id == source);
                }
                continue;
            }
            let Some(known) = self.sources.get(&source) else { continue };
            let mut ids = vec![source];
            let of_place = (known.place, SourceId(i64::MIN))..=(known.place, SourceId(i64::MAX));
            for (_, other) in self.places.range(of_place).filter(|(_, other)| *other != source) {
                let wanted = self.sources.get(other).is_some_and(|other| self.may_go_along(other, now));
                if wanted && self.queue.start_along(*other) {
                    ids.push(*other);
                }
            }
            let sources: Vec<Source> = ids
                .iter()
                .filter_map(|id| {
                    let known = self.sources.get_mut(id)?;
                    known.schedule.last_attempt = Some(now);
                    Some(Source { config: known.config.clone(), id: *id })
                })
                .collect();
            tokio::spawn(poll_contained(self.stages.clone(), sources, self.events.clone()));
        }
    }

    /// A board without a battery: no certificate would be valid, and every due time wrong.
    fn clock_is_unset(&self, now: Timestamp) -> bool {
        now < BUILT && clock::monotonic().duration_since(self.began) < CLOCK_PATIENCE
    }

    /// Whether a source is polled along with another one that has its address: not before its own floor.
    fn may_go_along(&self, known: &Known, now: Timestamp) -> bool {
        let standing = &known.schedule;
        let rested = standing.last_attempt.is_none_or(|attempt| now.since(attempt) >= known.config.schedule.min_every);
        known.config.enabled && !standing.gone && rested
    }

    fn polled(&mut self, source: SourceId, ended: Ended) {
        let now = clock::now();
        match &ended {
            Ended::Stored(polled) => self.stored(source, polled),
            Ended::NotStored(error) => {
                tracing::error!(error = %error, "a poll could not be stored; polling pauses");
                self.health.store(Some(error.to_string()));
                // A commit that failed may be in the file all the same.
                self.outputs.rebuild_soon();
                let until = now.plus(STORE_PAUSE);
                self.paused_until = Some(until);
                if let Some(known) = self.sources.get_mut(&source) {
                    // It may be this very document that cannot be stored.
                    let (standing, options) = (&mut known.schedule, &known.config.schedule);
                    let attempt = standing.last_attempt.unwrap_or(now);
                    let rested = schedule::rested(attempt, standing.interval, options.min_every, options);
                    standing.next_poll = standing.next_poll.max(until).max(rested);
                }
            }
            Ended::Held(held) => self.put_off(source, held, now),
            Ended::NotAsked => {
                if let Some(known) = self.sources.get_mut(&source) {
                    known.schedule.last_attempt = known.schedule.last_poll;
                }
            }
            Ended::Elsewhere => {
                // It leads elsewhere by now: from here on it is asked for itself.
                self.move_to(source, |config| config.url.to_string());
            }
        }
        let mut next = self.next_of(source);
        let waits_on = matches!(&ended, Ended::Held(held) if !held.is_long);
        if waits_on && next.is_none() && self.is_asked_for(source) {
            let known = self.sources.get(&source).filter(|known| known.config.enabled);
            next = known.map(|known| (known.host.clone(), known.schedule.next_poll));
        }
        self.queue.finished(source, now, next.as_ref().map(|(host, due)| (host, *due)));
        if !(waits_on && next.is_some()) {
            self.tell_askers(source, &ended);
        }
        if let Ended::Stored(polled) = &ended {
            self.heed(&polled.ruling, now);
        }
    }

    /// Takes note of a poll that is stored.
    fn stored(&mut self, source: SourceId, polled: &Polled) {
        self.health.store(None);
        if let Some(known) = self.sources.get_mut(&source).filter(|_| !polled.effect.stale) {
            known.schedule = polled.effect.schedule.clone().without_learnt();
            known.host = polled.host.clone();
            known.holds = 0;
            if let Some(host) = &polled.leads_to {
                known.leads_to = Some(host.clone()).filter(|host| *host != polled.host);
            }
            log_poll(&known.config.name, polled);
            if let Some(url) = &polled.document_url {
                self.move_to(source, |_| url.clone());
            }
        }
        self.outputs.changed(source, &polled.effect.entries, polled.effect.described);
    }

    /// What a poll's answer means for others than its source.
    fn heed(&mut self, ruling: &Ruling, now: Timestamp) {
        if let Some((host, state)) = &ruling.host {
            let passed_over = !state.asked && self.is_host_asked_for(host);
            self.queue.hold(host, state.paused_until.filter(|_| !passed_over), state.gap);
            if let Some(until) = state.paused_until.filter(|until| *until > now) {
                tracing::info!(host = host.as_str(), %until, reason = %state.reason, "a site is left alone");
                if state.asked {
                    self.not_polled(&left_alone(host, until, &state.reason), |_, known| known.host == *host);
                }
            }
        }
        if let Some(until) = ruling.hold_all {
            tracing::warn!(%until, "no network, it seems: polling pauses, and nothing is held against the sources");
            self.queue.hold_all(until);
            self.not_polled(&format!("not polled: no network, it seems; polling pauses until {until}"), |_, _| true);
        } else if !self.stages.ledger().is_outage() {
            self.queue.release_all();
        }
        if !ruling.forgiven.is_empty() {
            tracing::info!(sources = ruling.forgiven.len(), "the network is back: what failed for want of it is due");
            let forgiven: Vec<SourceId> =
                ruling.forgiven.iter().copied().filter(|id| !self.queue.is_in_flight(*id)).collect();
            self.drain(&forgiven, now);
        }
    }

    /// Where a source waits next, if it is still wanted.
    fn next_of(&self, source: SourceId) -> Option<(HostKey, Timestamp)> {
        let known = self.sources.get(&source).filter(|known| known.config.enabled)?;
        let due = known.schedule.next_poll;
        (self.mode == Mode::Scheduled).then(|| (known.host.clone(), due))
    }

    /// Takes the list of sources as the schedule; what is in flight stays so. What is overdue is drained at a pace.
    fn schedule(&mut self, sources: HashMap<SourceId, Known>, now: Timestamp) {
        for gone in self.sources.keys().filter(|id| !sources.contains_key(id)) {
            self.queue.remove(*gone);
        }
        self.sources = sources;
        let mut overdue = Vec::new();
        let ids: Vec<SourceId> = self.sources.keys().copied().collect();
        for source in ids {
            if self.is_asked_for(source) && self.sources.get(&source).is_some_and(|known| known.config.enabled) {
                let host = self.sources[&source].host.clone();
                self.queue.set(source, &host, now);
                continue;
            }
            match self.next_of(source) {
                Some((host, due)) if due <= now => match self.sources[&source].schedule.skip.push_out(now) {
                    Some(later) if self.mode == Mode::Scheduled => self.queue.set(source, &host, later),
                    _ => overdue.push(source),
                },
                Some((host, due)) => self.queue.set(source, &host, due),
                None => self.queue.remove(source),
            }
        }
        self.drain(&overdue, now);
        let enabled = self.sources.iter().filter(|(_, known)| known.config.enabled);
        self.places = enabled.map(|(id, known)| (known.place, *id)).collect();
        let mut ledger = self.stages.ledger();
        ledger.set_sources(self.sources.values().map(|known| known.host.clone()));
        for (host, state) in ledger.held() {
            self.queue.hold(host, state.paused_until, state.gap);
        }
        drop(ledger);
        // What was asked before a restart counts for the gap.
        for known in self.sources.values() {
            let lately = |at: &Timestamp| *at <= now && now.since(*at) < GAP_MAX;
            if let Some(at) = known.schedule.last_attempt.filter(lately) {
                self.queue.was_asked(&known.host, at);
                if let Some(behind) = &known.leads_to {
                    self.queue.was_asked(behind, at);
                }
            }
        }
    }

    /// Sets sources due from now on, at a pace.
    fn drain(&mut self, sources: &[SourceId], now: Timestamp) {
        let overdue = |id: &SourceId| {
            let standing = &self.sources.get(id)?.schedule;
            let is_new = standing.last_poll.is_none();
            Some(Overdue { source: *id, due: standing.next_poll, interval: standing.interval, is_new })
        };
        for (source, at) in schedule::release(sources.iter().filter_map(overdue).collect(), now) {
            if let Some(known) = self.sources.get(&source) {
                self.queue.set(source, &known.host, at);
            }
        }
    }

    /// A source's document is found at this address now.
    fn move_to(&mut self, source: SourceId, url: impl FnOnce(&SourceConfig) -> String) {
        let Some(known) = self.sources.get_mut(&source) else { return };
        let place = place(&known.config, &url(&known.config));
        if place != known.place && self.places.remove(&(known.place, source)) {
            self.places.insert((place, source));
        }
        known.place = place;
    }

    /// After the wall clock was set, every due time is looked at again. Returns the clocks as they are now.
    fn compare_clocks(&mut self, before: (Timestamp, std::time::Instant)) -> (Timestamp, std::time::Instant) {
        let now = (clock::now(), clock::monotonic());
        let really = now.1.saturating_duration_since(before.1);
        let expected = before.0.plus(really);
        if now.0.since(expected) > CLOCK_JUMP || expected.since(now.0) > CLOCK_JUMP {
            tracing::warn!(was_to_be = %expected, is = %now.0, "the clock was set, or the machine slept");
            self.queue.clock_set_back(now.0);
            self.stages.ledger().clock_set_back(now.0);
            for known in self.sources.values_mut() {
                let (standing, options) = (&mut known.schedule, &known.config.schedule);
                let healed = schedule::heal(standing, options, now.0);
                standing.next_poll = healed.map_or(standing.next_poll, |(due, _)| due);
            }
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
                    Some(Event::Polled { source, ended }) => self.polled(source, ended),
                    // Whoever waits for another event learns from its being dropped that nothing comes of it.
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
    /// What is remembered of hosts.
    ledger: Ledger,
}

async fn register(config: &Config, store: &Store) -> Result<Registered, StoreError> {
    let keys = keys(config);
    let configured = store.configure(keys, OutputPlan::shape(config), clock::now()).await?;
    let ids: Vec<SourceId> = configured.sources;
    let now = clock::now();
    let mut configs: HashMap<SourceId, Arc<SourceConfig>> =
        ids.iter().copied().zip(config.sources.iter().cloned()).collect();
    let sources = store
        .sources_as(move |state| {
            let config = configs.remove(&state.id)?;
            Some((state.id, Known::new(config, &state, now)))
        })
        .await?
        .into_iter()
        .collect();
    let ledger = Ledger::new(store.hosts().await?, now);
    let plan = OutputPlan::new(config, &ids, store.store_id(), configured.since);
    Ok(Registered { sources, plan, ledger })
}

/// A digest of where a source leads and how it is asked.
fn place(source: &SourceConfig, leads_to: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    add(leads_to);
    let options = &source.fetch;
    // Secrets are not shown by Debug, but are told apart here.
    add(&format!("{:?} {} {} {:?}", options.proxy, options.verify_tls, options.max_body, options.allow_networks));
    for (name, value) in &options.headers {
        add(name);
        add(value.expose());
    }
    if let Some(auth) = &options.auth {
        add(&auth.user);
        add(auth.password.expose());
    }
    let mut digest = [0; 8];
    digest.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(digest)
}

/// How the store tells the configuration's sources apart.
pub fn keys(config: &Config) -> Vec<SourceKey> {
    let key = |source: &Arc<SourceConfig>| SourceKey {
        name: source.name.clone(),
        named: source.named,
        url: source.url.to_string(),
    };
    config.sources.iter().map(key).collect()
}

fn limits(config: &Config) -> Limits {
    Limits { concurrency: config.poll.concurrency, per_host: config.poll.per_host, host_gap: config.poll.host_gap }
}

/// One poll in a task of its own: a panic in it ends it alone, and is held against its sources.
async fn poll_contained(stages: Arc<Stages>, sources: Vec<Source>, events: mpsc::Sender<Event>) {
    let task = {
        let (stages, sources) = (stages.clone(), sources.clone());
        let gate = Turnstile { source: sources.first().map(|leader| leader.id), events: events.clone() };
        tokio::spawn(async move { poll::poll(&stages, &sources, &gate).await })
    };
    let results = match task.await {
        Ok(results) => results,
        Err(_panic) => {
            let mut results = Vec::with_capacity(sources.len());
            for source in &sources {
                results.push(poll::record_crash(&stages, source).await.into());
            }
            results
        }
    };
    for (source, ended) in sources.iter().zip(results) {
        // The loop may have ended: then nobody waits for it.
        let _ = events.send(Event::Polled { source: source.id, ended }).await;
    }
}

fn log_poll(name: &str, polled: &Polled) {
    let effect = &polled.effect;
    let took = polled.took.as_millis();
    let (outcome, next, because) = (effect.outcome.as_str(), effect.schedule.next_poll, effect.schedule.reason());
    if let Some(detail) = &polled.detail {
        let failures = effect.schedule.failures;
        tracing::warn!(source = name, outcome, detail = %foreign(detail), failures, took_ms = took, %next, because, "polled");
        return;
    }
    let Tally { parsed, new, same, revised, rejected } = effect.tally;
    let problems = effect.problems;
    if new + revised > 0 {
        tracing::info!(
            source = name, outcome, parsed, new, same, revised, rejected, problems, took_ms = took, %next, because, "polled"
        );
    } else {
        let bytes = polled.bytes;
        tracing::debug!(
            source = name, outcome, parsed, same, rejected, problems, bytes, took_ms = took, %next, because, "polled"
        );
    }
}
