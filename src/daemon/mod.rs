//! The daemon: the event loop, which is a thin shell around the [`Scheduler`], and the tasks beside it.
//!
//! The loop receives events, tells the scheduler what happened and when, and carries out the scheduler's actions: it
//! starts polls (each in its own task), replies to polls and askers, and writes the log. It also applies reloads.
//!
//! Entry points: [`Daemon::new`] and [`Daemon::run`] for the loop; [`Handles`] is what other tasks reach it by.
//! [`keep_hub`], [`keep_telling`], [`keep_indexed`], [`keep_pruned`], [`follow_lists`] and [`watch_incidents`] run
//! beside it.
//!
//! Invariants:
//! - The scheduler decides when a source is polled; the loop only carries that out.
//! - A poll that panics ends its own task alone.
//! - A reload is applied wholly or not at all.
//!
//! What never enters: clients and the terminal. The tasks that serve them send an [`Event`] to the loop.

mod asked;
mod hub;
mod in_force;
mod incidents;
mod indexing;
mod lists;
mod register;
mod reload;
mod retention;
mod subscriber;
mod telling;

pub use crate::schedule::Mode;
pub use asked::{Ask, Asked, PolledRecord, Which, unknown};
pub use hub::{Busy, Hub, keep_hub};
pub use in_force::{in_force, names_replaced, public_sources, sources_of_tags};
pub use incidents::watch_incidents;
pub use indexing::{ENOUGH_TO_INDEX, index_all, index_for, keep_indexed};
pub use lists::{fetch_lists, follow_lists};
pub use register::keys;
pub use reload::Reloaded;
pub use retention::{Pruned, keep_pruned, prune, prune_if_due};
pub use subscriber::{Head, Received, Subscriber};
pub use telling::keep_telling;

use std::collections::{HashMap, HashSet};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::{mpsc, oneshot, watch};

use crate::clock;
use crate::config::Config;
use crate::fetch::Fetcher;
use crate::health::{Health, TICK};
use crate::logging::foreign;
use crate::machine;
use crate::metrics::Metrics;
use crate::model::{Cause, Moment, NotYet, SourceId, Tally};
use crate::outputs::Outputs;
use crate::poll::{self, Door, Ended, Polled, Question, Source, Stages};
use crate::schedule::{self, Action, Asker, Ledger, Ruling, Scheduler, Stored};
use crate::store::{PollEffect, Store, StoreError};
use crate::theme::Loaded;
use asked::Waiting;
use register::{Configs, Places, limits, register};

/// How many events may wait for the loop. A sender waits while the channel is full.
const EVENTS: usize = 1024;
/// How many questions of polls in flight may wait for the loop. Each poll asks one question at a time.
const QUESTIONS: usize = 256;
/// How long polls in flight may take to finish and to be stored when the daemon stops.
const LAST_POLLS: Duration = Duration::from_secs(4);

/// The events that the loop handles, except the questions of polls.
#[derive(Debug)]
pub enum Event {
    /// A poll has ended.
    Polled { source: SourceId, ended: Ended },
    /// A delivery of a source's hub is stored.
    Delivered { source: SourceId, effect: Box<PollEffect> },
    /// The hub of a source says that the source has changed.
    Pinged { source: SourceId },
    /// An asker wants sources polled now.
    Ask(Ask),
    /// The configuration is to be read again: by request, with a channel that receives the result once its changes are
    /// published, or because its files have changed.
    Reload { reply: Option<oneshot::Sender<Reloaded>> },
    /// Finish the polls in flight and end.
    Stop,
}

/// What the rest of the program needs to talk to the daemon.
#[derive(Debug, Clone)]
pub struct Handles {
    pub events: mpsc::Sender<Event>,
    /// The configuration in force.
    pub config: watch::Receiver<Arc<Config>>,
    pub store: Store,
    pub outputs: Arc<Outputs>,
    pub health: Arc<Health>,
    pub metrics: Arc<Metrics>,
    pub hub: Arc<Hub>,
    pub subscriber: Arc<Subscriber>,
}

/// The scheduler, and what is needed to carry out its actions.
#[derive(Debug)]
pub struct Daemon {
    mode: Mode,
    config_path: PathBuf,
    config: watch::Sender<Arc<Config>>,
    configs: Configs,
    places: Places,
    theme: Loaded,
    stages: Arc<Stages>,
    handles: Handles,
    scheduler: Scheduler,
    /// Polls that wait to hear whether they may follow a redirect, by leading source.
    at_redirect: HashMap<SourceId, oneshot::Sender<Result<(), NotYet>>>,
    /// Polls that wait for a ruling on whether a failure counts against the source or its host, by leading source.
    at_ruling: HashMap<SourceId, oneshot::Sender<Ruling>>,
    askers: HashMap<Asker, Waiting>,
    next_asker: u64,
    /// Sources whose next poll requests the whole document.
    fresh: HashSet<SourceId>,
    inbox: mpsc::Receiver<Event>,
    questions: mpsc::Sender<Question>,
    questions_asked: mpsc::Receiver<Question>,
    began: std::time::Instant,
}

impl Daemon {
    /// Registers the configured sources in the store. No source is polled before [`Daemon::run`].
    pub async fn new(config: Config, store: Store, mode: Mode) -> Result<(Daemon, Handles), StoreError> {
        let config = Arc::new(config);
        let theme = reload::theme_at_start(&config).await;
        let (sources, plan) = register(&config, &theme, &store).await?;
        // Reading the configuration of many sources leaves memory behind that no poll would use. What a reload leaves is kept for the
        // next one.
        machine::give_back_memory();
        let configs = plan.sources.clone();
        let hosts = store.hosts().await?;
        let health = Arc::new(Health::default());
        reload::note_theme(&health, &theme);
        health.start(clock::now());
        let (events, inbox) = mpsc::channel(EVENTS);
        let (questions, questions_asked) = mpsc::channel(QUESTIONS);
        let (current, watched) = watch::channel(config.clone());
        let stages = Arc::new(Stages::new(store.clone(), Fetcher::new(config.poll.contact.as_deref())));
        let subscriber = Subscriber::new(events.clone(), stages.clone(), &config, configs.clone()).await?;
        let handles = Handles {
            events,
            config: watched,
            outputs: Arc::new(Outputs::new(store.clone(), plan)),
            store,
            health,
            metrics: Arc::new(Metrics::new(clock::now())),
            hub: Arc::default(),
            subscriber: Arc::new(subscriber),
        };
        let now = clock::now();
        let mut daemon = Daemon {
            mode,
            config_path: config.path.clone(),
            config: current,
            configs,
            places: Places::default(),
            theme,
            stages,
            handles: handles.clone(),
            scheduler: Scheduler::new(mode, limits(&config), Ledger::new(hosts, now), now),
            at_redirect: HashMap::new(),
            at_ruling: HashMap::new(),
            askers: HashMap::new(),
            next_asker: 0,
            fresh: HashSet::new(),
            inbox,
            questions,
            questions_asked,
            began: clock::monotonic(),
        };
        daemon.tell(schedule::Event::Configured { sources, limits: limits(&config) }, clock::moment());
        Ok((daemon, handles))
    }

    /// Polls the sources that are due and handles events until [`Event::Stop`], then lets polls in flight finish.
    pub async fn run(mut self) {
        loop {
            let now = clock::moment();
            self.handles.health.tick(now.cut());
            let elapsed = clock::monotonic().saturating_duration_since(self.began);
            self.tell(schedule::Event::Woke { elapsed }, now);
            self.handles.metrics.in_flight(self.scheduler.in_flight());
            // The loop sleeps for a tick at most, so that it soon notices a set clock or a suspended machine.
            let nap = self.scheduler.next_wake().map_or(TICK, |at| at.since(now).min(TICK));
            tokio::select! {
                biased;
                Some(question) = self.questions_asked.recv() => self.answer_poll(question),
                event = self.inbox.recv() => match event {
                    Some(Event::Polled { source, ended }) => self.polled(source, ended),
                    Some(Event::Delivered { source, effect }) => self.delivered(source, *effect),
                    Some(Event::Pinged { source }) => self.tell(schedule::Event::Pinged { source }, clock::moment()),
                    Some(Event::Ask(ask)) => self.asked(ask),
                    Some(Event::Reload { reply }) => self.reload(reply).await,
                    Some(Event::Stop) | None => break,
                },
                () = tokio::time::sleep(nap) => {}
            }
        }
        self.finish().await;
    }

    async fn finish(mut self) {
        let deadline = tokio::time::sleep(LAST_POLLS);
        tokio::pin!(deadline);
        while self.scheduler.in_flight() > 0 {
            tokio::select! {
                () = &mut deadline => {
                    tracing::info!(polls = self.scheduler.in_flight(), "stopping: polls did not finish in time");
                    break;
                }
                Some(question) = self.questions_asked.recv() => match question {
                    Question::WhoIsToBlame { .. } => self.answer_poll(question),
                    // The dropped question tells a poll at a redirect that the daemon is stopping.
                    Question::MayGoOn { .. } => {}
                },
                event = self.inbox.recv() => match event {
                    Some(Event::Polled { source, ended }) => self.polled(source, ended),
                    Some(Event::Delivered { source, effect }) => self.delivered(source, *effect),
                    // Dropping another event closes its reply channel, so that the caller learns of the stop.
                    Some(_) => {}
                    None => break,
                },
            }
        }
    }

    /// Tells the scheduler what happened, and carries its actions out.
    fn tell(&mut self, event: schedule::Event, now: Moment) {
        for action in self.scheduler.handle(event, now) {
            self.carry_out(action, None);
        }
    }

    /// `ended` is the record of the poll whose end the event was about, if it was about the end of a poll.
    fn carry_out(&mut self, action: Action, ended: Option<&PolledRecord>) {
        match action {
            Action::Poll { sources } => self.start(&sources),
            // Sending fails if the poll has been cancelled.
            Action::Redirect { source, answer } => {
                let _ = self.at_redirect.remove(&source).map(|poll| poll.send(answer));
            }
            Action::Rule { source, ruling } => {
                if let Some(poll) = self.at_ruling.remove(&source) {
                    let _ = poll.send(ruling);
                }
            }
            Action::TellEnd { asker, source } => self.note_poll(asker, source, ended.cloned()),
            Action::TellLifted { asker, source, what } => self.note_lifted(asker, source, &what),
            Action::TellNotPolled { asker, source, why, next_poll } => {
                let record = asked::not_made(self.name_of(source), why.to_string(), next_poll);
                self.note_poll(asker, source, Some(record));
            }
            Action::TellNotStored { asker, error } => self.note_store_error(asker, error),
            Action::Answer { asker } => self.answer(asker),
            Action::LogPutOff { source, until, why } => {
                let (name, because) = (self.name_of(source), why.to_string());
                if why.cause == Cause::Crowded {
                    tracing::warn!(source = name, %until, because, "poll put off for lack of memory");
                } else {
                    tracing::info!(source = name, %until, because, "poll put off");
                }
            }
            Action::LogLeftAlone { host, until, reason } => {
                tracing::info!(host = host.as_str(), %until, %reason, "a site is left alone for a while");
            }
            Action::LogOutage { until } => {
                tracing::warn!(
                    %until,
                    "the network seems to be down: polling pauses, and failures do not count against sources; a single poll \
                     at a time tests whether it is back"
                );
            }
            Action::LogFull { until } => {
                tracing::error!(
                    %until,
                    "this machine has run out of open files or memory for connections: polling pauses, and failures do \
                     not count against sources; raise LimitNOFILE or lower `concurrency`"
                );
            }
            Action::LogForgiven { sources } => {
                tracing::info!(sources, "the network is back: the sources that failed without it are due now");
            }
            Action::LogClockSet { expected, now } => {
                tracing::warn!(%expected, %now, "the clock was set, or the machine was suspended");
            }
        }
    }

    fn start(&mut self, sources: &[SourceId]) {
        let (configs, fresh, subscriber) = (&self.configs, &mut self.fresh, &self.handles.subscriber);
        let with_config = |id: &SourceId| {
            let config = configs.get(*id)?.clone();
            Some(Source { config, id: *id, is_fresh: fresh.remove(id), pushed: subscriber.pushed(*id) })
        };
        let sources: Vec<Source> = sources.iter().filter_map(with_config).collect();
        let Some(leader) = sources.first().map(|leader| leader.id) else {
            tracing::error!("a bug in watershed: a poll was started for sources that are not configured");
            return;
        };
        let door = Door { source: leader, questions: self.questions.clone() };
        tokio::spawn(poll_contained(self.stages.clone(), sources, door, self.handles.events.clone()));
    }

    /// Waits for `work` and answers polls meanwhile, because they wait for their rulings before they can be stored.
    async fn while_answering<T>(&mut self, work: impl Future<Output = T>) -> T {
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return done,
                Some(question) = self.questions_asked.recv() => self.answer_poll(question),
            }
        }
    }

    fn answer_poll(&mut self, question: Question) {
        let now = clock::moment();
        match question {
            Question::MayGoOn { source, to, reply } => {
                self.at_redirect.insert(source, reply);
                self.tell(schedule::Event::Redirected { source, to }, now);
            }
            Question::WhoIsToBlame { report, reply } => {
                self.at_ruling.insert(report.source, reply);
                self.tell(schedule::Event::Answered(report), now);
            }
        }
    }

    fn polled(&mut self, source: SourceId, ended: Ended) {
        let now = clock::moment();
        let record = (!self.askers.is_empty()).then(|| asked::record(self.name_of(source), &ended));
        let event = match ended {
            Ended::Stored(polled) => {
                self.note_stored(source, &polled, now);
                let Polled { effect, host, leads_to, ruling, .. } = *polled;
                let stored = Stored { schedule: effect.schedule, host, leads_to, ruling };
                schedule::Event::Stored { source, stored: Box::new(stored) }
            }
            Ended::Outdated(polled) => {
                self.handles.health.store(None);
                schedule::Event::Outdated { source, ruling: polled.ruling }
            }
            Ended::NotStored(error) => {
                let error = error.to_string();
                tracing::error!(%error, "a poll could not be stored; polling pauses for a while");
                self.handles.metrics.not_stored();
                self.handles.health.store(Some(error.clone()));
                // A commit that was reported as failed may have reached the file.
                self.handles.outputs.renew_soon();
                schedule::Event::NotStored { source, error }
            }
            Ended::NotYet(why) => schedule::Event::NotYet { source, why },
            Ended::NotAsked => schedule::Event::NotAsked { source },
            Ended::AnswerOfAnother => {
                self.note_place(source, None, now);
                schedule::Event::AnswerOfAnother { source }
            }
        };
        for action in self.scheduler.handle(event, now) {
            self.carry_out(action, record.as_ref());
        }
    }

    /// Handles the consequences of a stored poll other than scheduling.
    fn note_stored(&mut self, source: SourceId, polled: &Polled, now: Moment) {
        self.handles.health.store(None);
        let Polled { effect, bytes, took, .. } = polled;
        self.handles.metrics.polled(effect.outcome, &effect.tally, *bytes, *took, now.cut());
        if self.configs.has(source) {
            log_poll(self.name_of(source), polled);
        }
        if let Some(url) = &polled.document_url {
            self.note_place(source, Some(url), now);
        }
        for change in &polled.effect.incidents {
            incidents::log_of(self.name_of(source), change);
        }
        if !polled.effect.incidents.is_empty() {
            self.handles.outputs.incidents_changed();
        }
        self.publish(source, &polled.effect);
        self.handles.subscriber.polled(source, polled);
    }

    /// Has the outputs rebuilt that show what was stored.
    fn publish(&self, source: SourceId, effect: &PollEffect) {
        self.handles.outputs.changed(source, &effect.entries, effect.described);
        for other in &effect.moved {
            self.handles.outputs.changed(*other, &effect.entries, false);
        }
    }

    /// Handles the consequences of a stored delivery.
    fn delivered(&mut self, source: SourceId, effect: PollEffect) {
        self.handles.health.store(None);
        if effect.stale {
            return;
        }
        let now = clock::moment();
        self.handles.metrics.delivered(&effect.tally, now.cut());
        self.publish(source, &effect);
        let schedule = Box::new(effect.schedule);
        self.tell(schedule::Event::Delivered { source, schedule }, now);
    }

    /// Records that a source's document has this address from now on. `None` stands for the configured address.
    fn note_place(&mut self, source: SourceId, url: Option<&str>, now: Moment) {
        let Some(config) = self.configs.get(source) else { return };
        let place = self.places.of(config, url);
        self.tell(schedule::Event::Moved { source, place }, now);
    }

    fn name_of(&self, source: SourceId) -> &str {
        self.configs.get(source).map_or("(removed)", |config| config.name.as_str())
    }
}

/// Runs a poll. A panic ends only this poll and counts as a failure of its sources.
async fn poll_contained(stages: Arc<Stages>, sources: Vec<Source>, door: Door, events: mpsc::Sender<Event>) {
    // The state of a poll takes kilobytes, which would be copied several times while the task is spawned.
    let poll = Box::pin(poll::poll(&stages, &sources, &door));
    let results = match AssertUnwindSafe(poll).catch_unwind().await {
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
        // Sending fails only if the loop has ended, and then the result is not needed.
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
