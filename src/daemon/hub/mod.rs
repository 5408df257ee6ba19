//! The hub of our own documents (WebSub), and the messages to an outside hub.
//!
//! The server hands requests in ([`Hub::ask`]). [`keep_hub`] has each confirmed by its callback (`tasks`) and keeps the
//! subscriptions (`roster`, and the store). After every rebuild of the outputs it looks which topics have other content
//! than before, and sends the content to the subscribers that do not have it.
//!
//! Invariants:
//! - What is sent is the snapshot that is served. It is shared, not copied, and nothing is queued but the numbers of
//!   subscriptions.
//! - A content counts as delivered once the callback has taken it. If the process is killed before that is written, the
//!   content is delivered again.
//! - Requests about one subscription are confirmed one after the other, in their order.
//! - A slow callback keeps no place: after a quarter of a second its delivery runs beside the others, and where there
//!   are too many such deliveries, the oldest gives way and is tried again later. Callbacks that failed are tried
//!   behind all others.
//! - Callbacks are reached under the rules of `[poll]`: no private network unless `allow_networks` has it, and no
//!   redirect.

mod handle;
mod roster;
mod sending;
mod tasks;

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, watch};
use tokio::task::{Id, JoinError, JoinSet};
use url::Url;

use super::Handles;
use crate::clock;
use crate::config::Secret;
use crate::logging::foreign;
use crate::metrics::Delivery;
use crate::model::Timestamp;
use crate::outputs::Outputs;
use crate::publish::{self, DocumentName, Format, OutputKind};
use crate::push::hub::Mode;
use crate::retry;
use crate::schedule::host_key;
use crate::serve;
use crate::store::{Delivered, EndedSubscription, Store, StoreError};
use handle::HubRequest;
use roster::{Number, Outcome, Roster};
use sending::{IN_FLIGHT, Sending};
use tasks::{Denial, Means, Settled, Untold};

pub use handle::{Busy, Hub};

/// Subscriptions in all, and of callbacks on one registrable domain.
const SUBSCRIPTIONS: usize = 20_000;
const SUBSCRIPTIONS_OF_SITE: usize = 2_000;
/// Most requests about one subscription that wait until an earlier request about it is confirmed.
const WAITING_OF_SUBSCRIPTION: usize = 4;
/// Documents that have subscribers, and searches among them, which are built anew after every change.
const TOPICS: usize = 500;
const SEARCHES: usize = 100;
/// Most addresses that wait to be sent to an outside hub.
const PINGED_TOPICS: usize = 3_000;
/// How often the state of subscriptions is written and slow deliveries are looked at, while there are any.
const TICK: Duration = Duration::from_millis(250);
/// The longest pause of the loop.
const NAP: Duration = Duration::from_secs(15);
/// How often leases are looked at.
const LEASES: Duration = Duration::from_secs(60);
/// Pause after the store could not be read or written.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Runs the hub. Never returns.
pub async fn keep_hub(handles: Handles) {
    let Some(inbox) = handles.hub.inbox() else { return };
    let mut engine = Engine::new(handles);
    engine.load().await;
    engine.run(inbox).await;
}

#[derive(Debug)]
enum Done {
    Settled(Settled),
    Delivered(Outcome),
    Denied,
    Looked,
    Pinged(Result<(), Untold>),
    Written { result: Result<(), StoreError>, changed: Vec<Delivered>, ended: Vec<EndedSubscription> },
}

/// A message of a task to the loop while the task runs.
#[derive(Debug)]
enum Note {
    /// A message takes long, so another message may begin meanwhile.
    Slow(Id),
    /// The version of a topic's content; `None` if the document no longer exists.
    Seen { topic: String, version: Option<String> },
}

/// The addresses to send to an outside hub.
#[derive(Debug, Default)]
struct Pings {
    topics: BTreeSet<String>,
    is_sending: bool,
    failures: u32,
    failing_since: Option<Timestamp>,
    retry_at: Option<Timestamp>,
}

/// The topic and the callback of a subscription.
type SubscriptionKey = (String, String);

struct Engine {
    handles: Handles,
    means: Arc<Means>,
    /// Which hub is in force.
    hub: publish::Hub,
    roster: Roster,
    sending: Sending,
    tasks: JoinSet<Done>,
    /// The subscriptions of the requests that are being confirmed, by their tasks.
    settling: HashMap<Id, SubscriptionKey>,
    /// Further requests about these subscriptions. They wait, because the answers to verifications need not come in the
    /// order of the requests. Of several consecutive requests of the same kind, only the last waits.
    waiting: HashMap<SubscriptionKey, VecDeque<HubRequest>>,
    notes: (mpsc::Sender<Note>, mpsc::Receiver<Note>),
    is_looking: bool,
    must_look: bool,
    is_writing: bool,
    write_after: Option<Instant>,
    pings: Pings,
    leases_at: Instant,
}

impl Engine {
    fn new(handles: Handles) -> Engine {
        let hub = publish::Hub::of(&handles.config.borrow().push.hub);
        Engine {
            means: Means::of(&handles),
            hub,
            roster: Roster::default(),
            sending: Sending::new(),
            tasks: JoinSet::new(),
            settling: HashMap::new(),
            waiting: HashMap::new(),
            notes: mpsc::channel(IN_FLIGHT),
            is_looking: false,
            must_look: true,
            is_writing: false,
            write_after: None,
            pings: Pings::default(),
            leases_at: clock::monotonic(),
            handles,
        }
    }

    /// Takes the subscriptions from the store, and waits until it can be read.
    async fn load(&mut self) {
        let rows = loop {
            match self.handles.store.subscriptions().await {
                Ok(rows) => break rows,
                Err(error) => {
                    tracing::error!(%error, "the subscriptions could not be read; the hub tries again");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
        };
        for row in rows {
            let (path, query) = row.topic.split_once('?').unwrap_or((row.topic.as_str(), ""));
            match serve::feed_at(path, query, "") {
                Some(name) => self.roster.add(row, name),
                None => self.roster.drop_row(&row),
            }
        }
        self.handles.hub.count(&self.roster);
    }

    async fn run(&mut self, mut inbox: mpsc::Receiver<HubRequest>) {
        let mut rebuilt = self.handles.outputs.rebuilds();
        let mut config = self.handles.config.clone();
        let mut next_tick = clock::monotonic();
        self.tell_outside();
        loop {
            self.look();
            self.handles.hub.has(self.roster.len());
            if self.is_ours() {
                self.sending.begin(&self.roster, &self.means, &mut self.tasks, &self.notes.0);
            }
            if self.is_busy() {
                next_tick = next_tick.min(clock::monotonic() + TICK);
            }
            tokio::select! {
                Some(ended) = self.tasks.join_next_with_id() => self.ended(ended),
                Some(note) = self.notes.1.recv() => self.noted(note),
                Some(request) = inbox.recv() => self.requested(request),
                () = changed(&mut rebuilt) => {
                    self.must_look = true;
                    self.tell_outside();
                }
                () = changed(&mut config) => self.configured(),
                () = tokio::time::sleep_until(next_tick.into()) => next_tick = self.tick(),
            }
        }
    }

    /// Whether something must be done soon: writing, or making room for deliveries.
    fn is_busy(&self) -> bool {
        self.roster.has_unwritten() || (self.is_ours() && self.sending.is_waiting())
    }

    /// Whether our own hub is in force. Otherwise the subscriptions wait until it is again, or until their leases end.
    fn is_ours(&self) -> bool {
        self.hub == publish::Hub::Own
    }

    /// Applies a reload.
    fn configured(&mut self) {
        let hub = publish::Hub::of(&self.handles.config.borrow().push.hub);
        if hub != self.hub {
            self.pings = Pings { is_sending: self.pings.is_sending, ..Pings::default() };
        }
        self.hub = hub;
        self.means = Means::of(&self.handles);
        self.must_look = true;
    }

    /// Looks at the content of all topics that have subscribers, in a task of its own, because some documents must be built for it.
    fn look(&mut self) {
        if !self.must_look || self.is_looking || !self.is_ours() {
            return;
        }
        self.must_look = false;
        let mut topics: Vec<(String, DocumentName)> =
            self.roster.topics().map(|(path, name)| (path.clone(), name.clone())).collect();
        if topics.is_empty() {
            return;
        }
        self.is_looking = true;
        // Searches come last, because they are built anew.
        topics.sort_by_key(|(_, name)| is_search(name));
        let (outputs, notes) = (self.handles.outputs.clone(), self.notes.0.clone());
        self.tasks.spawn(look_at(outputs, topics, notes));
    }

    fn requested(&mut self, request: HubRequest) {
        let (topic, callback) = (request.name.path(), request.form.callback.as_str());
        let known = self.roster.find(&topic, callback);
        if request.form.mode == Mode::Subscribe
            && known.is_none()
            && let Some(reason) = self.why_full(&request, &topic)
        {
            let asked = Secret::new(request.form.topic.as_str());
            self.sending.deny(Denial { callback: request.form.callback.clone(), asked, reason });
            return;
        }
        let key = (topic, callback.to_owned());
        if self.is_settling(&key) {
            let waiting = self.waiting.entry(key).or_default();
            if waiting.back().is_some_and(|last| last.form.mode == request.form.mode) {
                waiting.pop_back();
            }
            // A request that is left out is not confirmed, so its subscriber asks again.
            if waiting.len() < WAITING_OF_SUBSCRIPTION {
                waiting.push_back(request);
            }
            return;
        }
        let means = self.means.clone();
        let task = self.tasks.spawn(async move { Done::Settled(means.settle(&request).await) });
        self.settling.insert(task.id(), key);
    }

    /// Why no further subscription is taken, if so.
    fn why_full(&self, request: &HubRequest, topic: &str) -> Option<&'static str> {
        if self.roster.len() >= SUBSCRIPTIONS {
            return Some("this hub has too many subscriptions");
        }
        if self.roster.of_site(host_key(&request.form.callback).as_str()) >= SUBSCRIPTIONS_OF_SITE {
            return Some("this hub has too many subscriptions of this site");
        }
        if self.roster.document(topic).is_some() {
            return None;
        }
        let topics = self.roster.topics();
        let (all, searches) =
            topics.fold((0, 0), |(all, searches), (_, name)| (all + 1, searches + usize::from(is_search(name))));
        let is_full = all >= TOPICS || (is_search(&request.name) && searches >= SEARCHES);
        is_full.then_some("too many feeds have subscribers")
    }

    fn noted(&mut self, note: Note) {
        match note {
            Note::Slow(id) => self.sending.slowed(id),
            Note::Seen { topic, version: Some(version) } => {
                let due = self.roster.seen(&topic, &version, clock::now());
                self.sending.line_up(due);
            }
            Note::Seen { topic, version: None } => {
                for number in self.roster.subscribers_of(&topic) {
                    self.end_and_deny(number);
                }
            }
        }
    }

    fn end_and_deny(&mut self, number: Number) {
        let name = self.roster.get(number).map(|(_, name)| name.clone());
        if let (Some(name), Some(ended)) = (name, self.roster.end(number)) {
            let denial = Denial::no_such_feed(ended.callback, ended.row.asked, &self.handles.outputs, &name);
            self.sending.deny(denial);
        }
    }

    fn ended(&mut self, ended: Result<(Id, Done), JoinError>) {
        let (id, done) = match ended {
            Ok((id, done)) => (id, Some(done)),
            Err(error) => {
                if error.is_panic() {
                    tracing::error!("a bug in watershed: a task of the hub panicked");
                }
                (error.id(), None)
            }
        };
        let key = self.settling.remove(&id);
        let delivery = self.sending.landed(id);
        match done {
            Some(Done::Delivered(outcome)) => {
                if let Some(number) = delivery {
                    self.delivered(number, &outcome);
                }
            }
            Some(Done::Settled(settled)) => self.settled(settled),
            Some(Done::Looked) => self.is_looking = false,
            Some(Done::Pinged(told)) => {
                self.pinged(told);
                self.tell_outside();
            }
            Some(Done::Written { result, changed, ended }) => {
                self.is_writing = false;
                if let Err(error) = result {
                    tracing::error!(%error, "the state of subscriptions could not be written; the hub tries again");
                    self.roster.not_written(&changed, ended);
                    self.write_after = Some(clock::monotonic() + AFTER_FAILURE);
                }
            }
            Some(Done::Denied) => {}
            None if key.is_some() => {}
            None => match delivery {
                // The task gave way to other messages, or panicked.
                Some(number) => self.delivered(number, &Outcome::Failed { asked: None }),
                None => {
                    (self.is_looking, self.must_look, self.is_writing, self.pings.is_sending) =
                        (false, true, false, false);
                }
            },
        }
        if let Some(key) = key {
            self.ask_next(&key);
        }
    }

    fn is_settling(&self, key: &SubscriptionKey) -> bool {
        self.settling.values().any(|busy| busy == key)
    }

    /// Has the next request about a subscription confirmed, after the request before it. A request that is refused at once makes room
    /// for the request behind it.
    fn ask_next(&mut self, key: &SubscriptionKey) {
        while !self.is_settling(key)
            && let Some(request) = self.waiting.get_mut(key).and_then(VecDeque::pop_front)
        {
            self.requested(request);
        }
        self.waiting.retain(|_, waiting| !waiting.is_empty());
    }

    fn delivered(&mut self, number: Number, outcome: &Outcome) {
        let now = clock::now();
        self.handles.metrics.delivery(match outcome {
            Outcome::Delivered(_) => Delivery::Taken,
            Outcome::Failed { .. } => Delivery::Failed,
            Outcome::Unwanted | Outcome::NoDocument => Delivery::Unwanted,
        });
        let is_other_content = self.roster.delivered(number, outcome, now);
        match outcome {
            Outcome::Unwanted => {
                self.roster.end(number);
            }
            Outcome::NoDocument => self.end_and_deny(number),
            // Until the topic was looked at, the subscriber may seem to be behind although it has the latest content.
            Outcome::Delivered(_) if is_other_content => self.must_look = true,
            Outcome::Delivered(_) | Outcome::Failed { .. } => {
                let due = self.roster.due(number, now);
                self.sending.line_up(due);
            }
        }
    }

    fn settled(&mut self, settled: Settled) {
        match settled {
            Settled::Subscribed(row, name) => {
                let (topic, callback) = (row.topic.clone(), row.callback.clone());
                // The content of a topic without subscribers is not known.
                self.must_look |= self.roster.document(&topic).is_none();
                self.roster.add(*row, name);
                let number = self.roster.find(&topic, &callback);
                let due = number.and_then(|number| self.roster.due(number, clock::now()));
                self.sending.line_up(due);
            }
            Settled::Unsubscribed { topic, callback } => {
                if let Some(number) = self.roster.find(&topic, &callback) {
                    self.roster.remove(number);
                }
            }
            Settled::Refused => {}
            Settled::NotStored(error) => {
                tracing::error!(%error, "a subscription could not be written; its subscriber must ask again");
            }
        }
    }

    /// Retries deliveries that are due, ends leases, and writes. Returns when the next tick is.
    fn tick(&mut self) -> Instant {
        let (now, wall) = (clock::monotonic(), clock::now());
        if self.is_ours() {
            let due = self.roster.retried(wall);
            self.sending.line_up(due);
        }
        if now >= self.leases_at {
            self.leases_at = now + LEASES;
            for number in self.roster.over(wall) {
                self.roster.end(number);
            }
        }
        self.write(now);
        self.handles.hub.count(&self.roster);
        self.tell_outside();
        let retry = self.roster.next_retry().filter(|_| self.is_ours());
        let next = [retry, self.pings.retry_at].into_iter().flatten().min();
        now + next.map_or(NAP, |at| at.since(wall).clamp(TICK, NAP))
    }

    /// Writes the state of subscriptions in a task of its own, one batch at a time.
    fn write(&mut self, now: Instant) {
        let is_too_early = self.write_after.is_some_and(|at| now < at);
        if self.is_writing || is_too_early || !self.roster.has_unwritten() {
            return;
        }
        self.is_writing = true;
        let (changed, ended) = self.roster.unwritten();
        let store = self.handles.store.clone();
        self.tasks.spawn(async move {
            let result = written(&store, &changed, &ended).await;
            Done::Written { result, changed, ended }
        });
    }

    /// Tells an outside hub of the topics that have changed.
    fn tell_outside(&mut self) {
        let publish::Hub::Outside(address) = &self.hub else { return };
        for kind in self.handles.outputs.take_announced() {
            for format in [Format::ATOM, Format::RSS, Format::JSON] {
                if self.pings.topics.len() < PINGED_TOPICS {
                    self.pings.topics.insert(format!("{}{}", self.means.public_url, kind.path(format)));
                }
            }
        }
        let waits = self.pings.retry_at.is_some_and(|at| at > clock::now());
        let Ok(hub) = Url::parse(address) else { return };
        if self.pings.is_sending || waits || self.pings.topics.is_empty() {
            return;
        }
        let topics: Vec<String> = std::mem::take(&mut self.pings.topics).into_iter().collect();
        self.pings.is_sending = true;
        self.pings.retry_at = None;
        let means = self.means.clone();
        self.tasks.spawn(async move { Done::Pinged(means.ping(&hub, &topics).await) });
    }

    fn pinged(&mut self, told: Result<(), Untold>) {
        self.pings.is_sending = false;
        let Err(Untold { topics, why, asked }) = told else {
            (self.pings.failures, self.pings.failing_since) = (0, None);
            return;
        };
        let why = foreign(&why);
        let now = clock::now();
        let since = *self.pings.failing_since.get_or_insert(now);
        if now.since(since) >= retry::GIVEN_UP_AFTER {
            tracing::error!(why = %why, "the outside hub was not told of changes for a day; it is told of the next ones");
            (self.pings.failures, self.pings.failing_since) = (0, None);
            return;
        }
        if self.pings.failures == 0 {
            tracing::warn!(why = %why, "the outside hub did not take the news of changes; it is told again later");
        }
        self.pings.failures = self.pings.failures.saturating_add(1);
        self.pings.retry_at = Some(now.plus(retry::wait(self.pings.failures, asked)));
        self.pings.topics.extend(topics);
    }
}

async fn written(store: &Store, changed: &[Delivered], ended: &[EndedSubscription]) -> Result<(), StoreError> {
    if !ended.is_empty() {
        store.end_subscriptions(ended.to_vec()).await?;
    }
    if !changed.is_empty() {
        store.note_deliveries(changed.to_vec()).await?;
    }
    Ok(())
}

/// Tells the content that each topic has now.
async fn look_at(outputs: Arc<Outputs>, topics: Vec<(String, DocumentName)>, notes: mpsc::Sender<Note>) -> Done {
    for (topic, name) in topics {
        let version = match outputs.get(&name).await {
            Some(published) => Some(tasks::version(&published)),
            // A document that cannot be built at the moment is looked at again later.
            None if outputs.has(&name) => continue,
            None => None,
        };
        // Sending fails only if the loop has ended.
        let _ = notes.send(Note::Seen { topic, version }).await;
    }
    Done::Looked
}

/// Waits for a change; without end if its sender is gone.
async fn changed<T>(watched: &mut watch::Receiver<T>) {
    if watched.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn is_search(name: &DocumentName) -> bool {
    matches!(name, DocumentName::Feed(OutputKind::Search(_), _))
}
