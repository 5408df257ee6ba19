//! Tells programs and addresses of changes of state and of new stories. Each receiver has a task of its own, so a
//! receiver that hangs delays neither other receivers nor polls.
//!
//! Entry point: [`keep_telling`] beside a running daemon. Whom to tell, what, and when an attempt counts as failed is decided in `tell`.
//! What a receiver has been told is stored after each delivery, before the next one begins: a crash in between repeats one delivery.

mod program;

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::Handles;
use crate::clock;
use crate::config::{Config, FetchOptions, Secret};
use crate::fetch::{Fetcher, Message};
use crate::incidents::Incident;
use crate::logging::foreign;
use crate::store::StoreError;
use crate::tell::{self, Attempt, News, Progress, Receiver, Target, Verdict};

/// Programs that run at the same time.
const PROGRAMS: usize = 8;
/// POST requests to receivers that are made at the same time.
const REQUESTS: usize = 16;
/// Time limit of a POST request to a receiver.
const REQUEST_WITHIN: Duration = Duration::from_secs(30);
/// How long a delivery that is under way may take when its receiver is removed or the daemon stops.
const GRACE: Duration = Duration::from_secs(3);
/// How often a task without news looks for news even if no rebuild has announced any.
const LOOK: Duration = Duration::from_secs(30);
/// Pause after the database could not be read or written.
const AFTER_FAILURE: Duration = Duration::from_secs(5);
/// Changes of incidents that are read in one go.
const CHANGES_READ: usize = 100;
/// Most news that are skipped before the place of the receiver is stored. After a crash they are looked at again.
const PASSED_OVER: i64 = 1_000;
/// Unwritten incidents that a receiver was told of and that are remembered, so that they are not told again once they are written.
const TOLD_KEPT: usize = 200;

/// What all receivers share.
#[derive(Debug)]
struct Means {
    ways: Ways,
    fetcher: Fetcher,
    programs: Semaphore,
    requests: Semaphore,
}

/// The part of the configuration that says how receivers are reached.
#[derive(Debug, Clone, PartialEq)]
struct Ways {
    options: FetchOptions,
    contact: Option<String>,
    /// The folder of the configuration, from which relative paths of programs count.
    folder: PathBuf,
}

impl Ways {
    fn of(config: &Config) -> Ways {
        // The user has written these addresses, so no network is refused, unlike for addresses that feeds name.
        let allow_networks = ["0.0.0.0/0", "::/0"].iter().filter_map(|network| network.parse().ok()).collect();
        Ways {
            options: FetchOptions { timeout: REQUEST_WITHIN, allow_networks, ..config.defaults.fetch.clone() },
            contact: config.poll.contact.clone(),
            folder: config.path.parent().unwrap_or(Path::new("")).to_owned(),
        }
    }
}

/// A receiver and the task that tells it.
struct Running {
    target: Target,
    /// Has a delivery that failed tried again at once.
    again: Arc<Notify>,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

/// Tells the receivers of the configuration in force until `stop`, then lets deliveries that are under way finish for a short time.
pub async fn keep_telling(mut handles: Handles, stop: CancellationToken) {
    let mut running: Vec<Running> = Vec::new();
    let mut means: Option<Arc<Means>> = None;
    loop {
        let config = Arc::clone(&handles.config.borrow_and_update());
        let targets = tell::targets(&config);
        let ways = Ways::of(&config);
        let shared = match means.take().filter(|means| means.ways == ways) {
            Some(means) => means,
            None => {
                end(std::mem::take(&mut running)).await;
                let fetcher = Fetcher::new(ways.contact.as_deref());
                let (programs, requests) = (Semaphore::new(PROGRAMS), Semaphore::new(REQUESTS));
                Arc::new(Means { ways, fetcher, programs, requests })
            }
        };
        let (kept, ended): (Vec<Running>, Vec<Running>) =
            running.into_iter().partition(|running| targets.contains(&running.target));
        running = kept;
        for kept in &running {
            // The user may have mended the receiver.
            kept.again.notify_one();
        }
        // A receiver may be told by one task at a time, because order counts.
        end(ended).await;
        let Some(known) = settled(&handles, &targets, &stop).await else { break };
        for target in targets {
            let is_running = running.iter().any(|running| running.target == target);
            let progress = known.iter().find(|progress| progress.key == target.key);
            if let Some(progress) = progress.filter(|_| !is_running) {
                running.push(start(&handles, target, progress.clone(), shared.clone(), stop.child_token()));
            }
        }
        means = Some(shared);
        tokio::select! {
            () = stop.cancelled() => break,
            changed = handles.config.changed() => if changed.is_err() { break },
        }
    }
    end(running).await;
}

/// How far each receiver has been told; `None` if `stop` comes while the database cannot be used.
async fn settled(handles: &Handles, targets: &[Target], stop: &CancellationToken) -> Option<Vec<Progress>> {
    loop {
        match handles.store.settle_deliveries(targets.to_vec()).await {
            Ok(known) => return Some(known),
            // Polls report a full or faulty disk.
            Err(error) => tracing::debug!(%error, "the receivers of news could not be stored; it is tried again"),
        }
        tokio::select! {
            () = stop.cancelled() => return None,
            () = tokio::time::sleep(AFTER_FAILURE) => {}
        }
    }
}

fn start(handles: &Handles, target: Target, progress: Progress, means: Arc<Means>, stop: CancellationToken) -> Running {
    let again = Arc::new(Notify::new());
    let teller = Teller {
        handles: handles.clone(),
        name: target.name(),
        target: target.clone(),
        means,
        again: again.clone(),
        stop: stop.clone(),
        stored_through: progress.through,
        progress,
        failed: None,
        is_owed: false,
        told: VecDeque::new(),
    };
    Running { target, again, stop, task: tokio::spawn(teller.run()) }
}

async fn end(ended: Vec<Running>) {
    for running in &ended {
        running.stop.cancel();
    }
    for running in ended {
        // An error says that the task has panicked, which the log tells.
        let _ = running.task.await;
    }
}

struct Teller {
    handles: Handles,
    name: String,
    target: Target,
    means: Arc<Means>,
    again: Arc<Notify>,
    stop: CancellationToken,
    progress: Progress,
    /// The place of the receiver as it is stored.
    stored_through: i64,
    /// The number of what could not be delivered at the last attempt.
    failed: Option<i64>,
    /// Whether the progress must be stored before the next delivery.
    is_owed: bool,
    /// The ids of messages about incidents that were told although the store could not take them.
    told: VecDeque<String>,
}

/// What a receiver is to be told now.
struct Due {
    number: i64,
    body: Vec<u8>,
    /// The id of the message, if it is about an incident that the store could not take.
    unwritten: Option<String>,
}

impl Teller {
    async fn run(mut self) {
        let mut rebuilds = self.handles.outputs.rebuilds();
        loop {
            rebuilds.mark_unchanged();
            // The pause before the next look, if any, and whether news end it.
            let pause = match self.due().await {
                Ok(Some(due)) => {
                    // The unfinished delivery is repeated at the next start.
                    let Some(attempt) = self.attempt(due.body.clone()).await else { return };
                    match self.note(due, &attempt).await {
                        Verdict::Delivered | Verdict::Dead => None,
                        Verdict::Again(wait) => Some((wait, false)),
                    }
                }
                Ok(None) => Some((LOOK, true)),
                Err(error) => {
                    tracing::debug!(receiver = self.name.as_str(), %error, "news could not be read or marked as told; it is tried again");
                    Some((AFTER_FAILURE, false))
                }
            };
            if self.stop.is_cancelled() {
                return;
            }
            let Some((pause, is_idle)) = pause else { continue };
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = self.again.notified() => {}
                _ = rebuilds.changed(), if is_idle => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn due(&mut self) -> Result<Option<Due>, StoreError> {
        match self.target.news.clone() {
            News::Changes(on) => self.due_change(&on).await,
            News::Stories(output) => self.due_story(&output).await,
        }
    }

    /// The next change of an incident. A change that the store cannot take comes first: it tells that the disk is full.
    async fn due_change(&mut self, on: &BTreeSet<String>) -> Result<Option<Due>, StoreError> {
        for change in self.handles.outputs.unwritten() {
            if let Some((id, body)) = self.message(&change, on).await?
                && !self.told.contains(&id)
            {
                return Ok(Some(Due { number: self.progress.through, body, unwritten: Some(id) }));
            }
        }
        self.save().await?;
        loop {
            let further = self.handles.store.changes_after(self.progress.through, CHANGES_READ).await?;
            let Some((first, _)) = further.changes.first() else { return Ok(None) };
            if further.lost > 0 {
                self.lose(further.lost, *first);
            }
            for (number, change) in further.changes {
                match self.message(&change, on).await? {
                    Some((id, body)) if !self.told.contains(&id) => {
                        return Ok(Some(Due { number, body, unwritten: None }));
                    }
                    Some((id, _)) => self.told.retain(|told| *told != id),
                    None => {}
                }
                self.pass_over(number);
            }
        }
    }

    /// The message about a change with its id. `None` if the receiver is not to be told of it, or if its source is no
    /// longer configured.
    async fn message(&self, change: &Incident, on: &BTreeSet<String>) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let Some(event) = tell::event(change, on) else { return Ok(None) };
        let outputs = &self.handles.outputs;
        let (id, incident) = (outputs.id_of(&tell::identity(change, event)), outputs.id_of(&change.path()));
        let body = match change.source {
            None => tell::message(change, event, None, (&id, &incident)),
            Some(source) => {
                let sources = outputs.sources();
                let Some(config) = sources.get(source) else { return Ok(None) };
                let meta = outputs.meta_of(source).await?;
                tell::message(change, event, Some((config.as_ref(), meta.as_ref())), (&id, &incident))
            }
        };
        Ok(Some((id, body)))
    }

    async fn due_story(&mut self, output: &str) -> Result<Option<Due>, StoreError> {
        self.save().await?;
        loop {
            let through = self.progress.through;
            let Some(following) = self.handles.outputs.story_after(output, through).await? else { return Ok(None) };
            match following.item {
                Some(body) => return Ok(Some(Due { number: following.through, body, unwritten: None })),
                None if following.through > through => self.pass_over(following.through),
                None => return Ok(None),
            }
        }
    }

    fn pass_over(&mut self, number: i64) {
        self.progress.through = number;
        self.is_owed |= number - self.stored_through >= PASSED_OVER;
    }

    fn lose(&mut self, lost: u64, first: i64) {
        let why = "more changes of state waited than are kept, so the oldest of them were dropped";
        tracing::error!(receiver = self.name.as_str(), lost, "{why}");
        self.progress = self.progress.without(lost, why, clock::now());
        self.pass_over(first - 1);
        self.is_owed = true;
        self.handles.metrics.told(Verdict::Dead, lost);
    }

    /// Tells the receiver. None if the delivery was broken off because the receiver is to be told no more.
    async fn attempt(&self, body: Vec<u8>) -> Option<Attempt> {
        let places = match &self.target.receiver {
            Receiver::Program(_) => &self.means.programs,
            Receiver::Address(_) => &self.means.requests,
        };
        let _place = tokio::select! {
            () = self.stop.cancelled() => return None,
            place = places.acquire() => place.ok()?,
        };
        let telling = self.tell(body);
        tokio::pin!(telling);
        tokio::select! {
            attempt = &mut telling => return Some(attempt),
            () = self.stop.cancelled() => {}
        }
        // A program that has not ended by then is killed, because the future of its run is dropped.
        tokio::time::timeout(GRACE, telling).await.ok()
    }

    async fn tell(&self, body: Vec<u8>) -> Attempt {
        match &self.target.receiver {
            Receiver::Program(command) => program::run(command, &self.means.ways.folder, &body).await,
            Receiver::Address(address) => self.post(address, body).await,
        }
    }

    async fn post(&self, address: &Secret, body: Vec<u8>) -> Attempt {
        let Ok(url) = Url::parse(address.expose()) else { return Attempt::failed("the address is not valid") };
        let headers = [("content-type", "application/json".to_owned())];
        let message =
            Message { url: &url, options: &self.means.ways.options, headers: &headers, body: Some(body.into()) };
        match self.means.fetcher.send(&message, clock::now()).await {
            Ok(reply) => tell::of_answer(reply.status, reply.retry_after),
            Err(error) => Attempt::failed(error.to_string()),
        }
    }

    /// Takes the outcome of an attempt into account and stores it. Returns what it means.
    async fn note(&mut self, due: Due, attempt: &Attempt) -> Verdict {
        if self.failed.is_some_and(|number| number != due.number) {
            // What failed before is not due any more, for example because the story was hidden.
            self.progress = self.progress.renewed();
        }
        let failed_before = self.progress.failures;
        let (progress, verdict) = self.progress.after(due.number, attempt, clock::now());
        self.progress = progress;
        self.failed = matches!(verdict, Verdict::Again(_)).then_some(due.number);
        self.is_owed = true;
        self.handles.metrics.told(verdict, 1);
        self.log(verdict, attempt, failed_before);
        if !matches!(verdict, Verdict::Again(_))
            && let Some(id) = due.unwritten
        {
            self.told.push_back(id);
            if self.told.len() > TOLD_KEPT {
                self.told.pop_front();
            }
        }
        if let Err(error) = self.save().await {
            tracing::debug!(receiver = self.name.as_str(), %error, "what was told could not be marked as told; it is tried again");
        }
        verdict
    }

    fn log(&self, verdict: Verdict, attempt: &Attempt, failed_before: u32) {
        let (name, way) = (self.name.as_str(), self.target.way());
        let why = match attempt {
            Attempt::Taken => "",
            Attempt::Failed { why, .. } | Attempt::Refused { why } => why.as_str(),
        };
        match verdict {
            Verdict::Delivered if failed_before > 0 => {
                tracing::info!(receiver = name, way, failures = failed_before, "news can be delivered again");
            }
            Verdict::Delivered => tracing::debug!(receiver = name, way, "news was delivered"),
            Verdict::Again(wait) if failed_before == 0 => {
                let seconds = wait.as_secs();
                tracing::warn!(
                    receiver = name, way, why = %foreign(why), again_in_s = seconds,
                    "news could not be delivered; it is tried again for a day"
                );
            }
            Verdict::Again(_) => {
                tracing::debug!(receiver = name, way, why = %foreign(why), "news could still not be delivered");
            }
            Verdict::Dead => {
                tracing::error!(receiver = name, way, why = %foreign(why), "a delivery was given up; `watershed status` counts it");
            }
        }
    }

    /// Stores the progress if that is owed.
    async fn save(&mut self) -> Result<(), StoreError> {
        if self.is_owed {
            self.handles.store.save_delivery(self.progress.clone()).await?;
            self.is_owed = false;
            self.stored_through = self.progress.through;
        }
        Ok(())
    }
}
