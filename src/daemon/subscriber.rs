//! Subscribes the sources at the hubs that they name, and takes what the hubs send: a shell around [`Book`], which decides.
//!
//! [`Subscriber::keep_subscribed`] asks hubs, one request at a time to each. The HTTP server hands in what comes to `/push/TOKEN`:
//! [`Subscriber::verify`] and [`Subscriber::receive`]. A hub is answered at once. Before the answer, a mark
//! is stored that the source has news, because a process that is killed must poll the source after its next start.

mod asking;
mod receiving;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, mpsc};

use super::Event;
use super::register::Configs;
use crate::clock;
use crate::config::{Config, FetchOptions};
use crate::fetch::kib;
use crate::model::{KeyDigest, SourceId, Timestamp};
use crate::poll::{Polled, Stages};
use crate::publish::HUB_PATH;
use crate::push::{Book, Offer, Offers, Subscription};
use crate::schedule::Pushed;
use crate::store::{Store, StoreError};

pub use receiving::{Head, Received};

/// The memory for bodies of deliveries that are being received or that wait to be read, in bytes.
const BODIES_BYTES: u64 = 32 * 1024 * 1024;
/// How many deliveries of one source may wait to be read.
const WAITING_PER_SOURCE: usize = 8;
/// The shortest and the longest wait between two looks at what is due.
const SOON: Duration = Duration::from_secs(1);
const SELDOM: Duration = Duration::from_secs(60);
/// The part of the time, as a divisor, that looks at what is due may take, because each goes through all subscriptions and holds the
/// lock meanwhile.
const PART_FOR_LOOKS: u32 = 20;

/// The subscriptions, shared by the event loop, the HTTP server and the task that asks hubs.
#[derive(Debug)]
pub struct Subscriber {
    store: Store,
    events: mpsc::Sender<Event>,
    shared: Mutex<Shared>,
    /// Held while changes are stored, so that they are stored in the order in which they came.
    keeping: tokio::sync::Mutex<()>,
    /// Wakes the task that asks hubs.
    wake: Notify,
    /// Room for bodies, in KiB.
    bodies: Arc<Semaphore>,
}

#[derive(Debug)]
struct Shared {
    book: Book,
    stages: Arc<Stages>,
    configs: Configs,
    /// The request options for hubs of sources that are no longer configured.
    usual: FetchOptions,
    /// Our own address without a slash at its end; `None` if nothing is to be subscribed.
    public_url: Option<String>,
    /// The offers of the sources that name a hub or a cloud.
    offers: HashMap<SourceId, Offers>,
    /// The sources by digests of their configured addresses, because there may be a hundred thousand; empty if nothing is to be
    /// subscribed.
    addresses: HashMap<KeyDigest, SourceId>,
    /// Deliveries that wait while another delivery of their source is read.
    waiting: HashMap<SourceId, VecDeque<receiving::Job>>,
    /// The sources that were pinged and have not been polled since.
    pinged: HashSet<SourceId>,
    /// Whether sources with an announced change must be pinged again, because the scheduler has begun anew.
    pings_owed: bool,
    /// Hosts of hubs that are being asked.
    asked: HashSet<String>,
    /// The times before which hosts of hubs must not be asked.
    rest: HashMap<String, Timestamp>,
}

impl Subscriber {
    /// The subscriptions as they were stored. Nothing is asked for before [`Subscriber::keep_subscribed`].
    pub(super) async fn new(
        events: mpsc::Sender<Event>,
        stages: Arc<Stages>,
        config: &Config,
        configs: Configs,
    ) -> Result<Subscriber, StoreError> {
        let store = stages.store.clone();
        let (subscriptions, trusts) = store.pushes().await?;
        let offers = store.offers().await?.into_iter().collect();
        let mut shared = Shared {
            book: Book::new(subscriptions, trusts),
            stages,
            configs,
            usual: config.defaults.fetch.clone(),
            public_url: None,
            offers,
            addresses: HashMap::new(),
            waiting: HashMap::new(),
            pinged: HashSet::new(),
            pings_owed: true,
            asked: HashSet::new(),
            rest: HashMap::new(),
        };
        shared.configure(config);
        Ok(Subscriber {
            store,
            events,
            shared: Mutex::new(shared),
            keeping: tokio::sync::Mutex::new(()),
            wake: Notify::new(),
            bodies: Arc::new(Semaphore::new(kib(BODIES_BYTES))),
        })
    }

    /// The lock is held for a moment only, and never across an await.
    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Applies a reload.
    pub(super) fn configured(&self, config: &Config, configs: Configs, stages: Arc<Stages>) {
        let mut shared = self.lock();
        (shared.configs, shared.stages) = (configs, stages);
        shared.usual = config.defaults.fetch.clone();
        // The scheduler has forgotten pings.
        shared.pinged.clear();
        shared.pings_owed = true;
        shared.configure(config);
        drop(shared);
        self.wake.notify_one();
    }

    /// The hub of a source that is about to be polled. Pings from before the poll are answered by it.
    pub(super) fn pushed(&self, source: SourceId) -> Option<Pushed> {
        let mut shared = self.lock();
        shared.pinged.remove(&source);
        shared.book.pushed(source, clock::now())
    }

    /// Notes what a stored poll shows about the source's hub.
    pub(super) fn polled(&self, source: SourceId, polled: &Polled) {
        let now = clock::now();
        let mut shared = self.lock();
        if let Some(missed) = polled.missed {
            shared.book.note_poll(source, (polled.effect.tally.new, missed), now);
        }
        let is_news = match &polled.offers {
            Some(offers) if shared.offers.get(&source).cloned().unwrap_or_default() != *offers => {
                if offers.is_empty() {
                    shared.offers.remove(&source);
                } else {
                    shared.offers.insert(source, offers.clone());
                }
                let wanted = shared.wanted(source);
                shared.book.want_for(source, wanted)
            }
            _ => false,
        };
        drop(shared);
        if is_news || polled.missed.is_some() {
            self.wake.notify_one();
        }
    }

    /// Stores what has changed.
    async fn keep(&self) -> Result<(), StoreError> {
        let _turn = self.keeping.lock().await;
        let changes = self.lock().book.take_changes();
        if changes.is_empty() {
            return Ok(());
        }
        self.store.keep_pushes(changes.clone()).await.inspect_err(|_| self.lock().book.put_back(changes))
    }

    /// Has a source polled soon, because its hub says that it has changed.
    async fn ping(&self, source: SourceId) {
        if self.lock().pinged.insert(source) {
            // Sending fails if the event loop has ended; the next start polls what is owed.
            let _ = self.events.send(Event::Pinged { source }).await;
        }
    }

    /// Makes, renews and ends subscriptions for as long as the program runs.
    pub async fn keep_subscribed(self: Arc<Self>) {
        loop {
            let (now, began) = (clock::now(), clock::monotonic());
            let soon = self.settle(now);
            let took = began.elapsed();
            if let Err(error) = self.keep().await {
                tracing::error!(%error, "subscriptions could not be stored; this is tried again");
            } else {
                for (token, host) in self.begin(now) {
                    tokio::spawn(self.clone().ask(token, host));
                }
            }
            for source in soon {
                self.ping(source).await;
            }
            let nap = self.lock().book.next_look().map_or(SELDOM, |at| at.since(now).clamp(SOON, SELDOM));
            let _ = tokio::time::timeout(nap, self.wake.notified()).await;
            // Changes that come at the same time are handled together.
            tokio::time::sleep(asking::SPREAD.max(took * PART_FOR_LOOKS)).await;
        }
    }

    /// Makes and ends subscriptions. Returns the sources that have to be polled soon: those that a hub has left, and those of which
    /// something was announced before a restart or a reload.
    fn settle(&self, now: Timestamp) -> BTreeSet<SourceId> {
        let mut shared = self.lock();
        let Shared { book, public_url, rest, pings_owed, .. } = &mut *shared;
        rest.retain(|_, until| *until > now);
        let public_url = public_url.clone().unwrap_or_default();
        let owed = if std::mem::take(pings_owed) { book.owed() } else { BTreeSet::new() };
        let mut soon = book.settle(now, |source, offer| {
            let random = [clock::random_bytes(), clock::random_bytes()];
            Subscription::new(source, offer, &public_url, random, now)
        });
        soon.extend(owed);
        soon
    }

    /// The subscriptions about which hubs are asked now, by token and the host of the hub, which is not asked for anything else
    /// meanwhile.
    fn begin(&self, now: Timestamp) -> Vec<(String, String)> {
        let mut shared = self.lock();
        let Shared { book, asked, rest, .. } = &mut *shared;
        let most = asking::AT_ONCE.saturating_sub(asked.len());
        let due = book.due(now, most, |host| !asked.contains(host) && !rest.contains_key(host));
        let with_host = |token: String| {
            let host = book.get(&token)?.hub_host();
            asked.insert(host.clone());
            Some((token, host))
        };
        due.into_iter().filter_map(with_host).collect()
    }
}

impl Shared {
    fn configure(&mut self, config: &Config) {
        let written = config.serve.public_url.as_ref().filter(|_| config.push.subscribe);
        self.public_url = written.map(|url| url.as_str().trim_end_matches('/').to_owned());
        self.addresses = match self.public_url {
            Some(_) => self.configs.iter().map(|(id, source)| (KeyDigest::of(source.url.as_str()), id)).collect(),
            None => HashMap::new(),
        };
        let sources: Vec<SourceId> = self.offers.keys().copied().collect();
        let wanted: BTreeMap<SourceId, Offer> =
            sources.into_iter().filter_map(|source| Some((source, self.wanted(source)?))).collect();
        self.book.want(self.public_url.as_deref().unwrap_or_default(), wanted);
    }

    /// What a source is to be subscribed to. Its hub must not learn a secret address or login, and the topic must not
    /// be the address of another source, whose entries would be delivered.
    fn wanted(&self, source: SourceId) -> Option<Offer> {
        let own_hub = format!("{}{HUB_PATH}", self.public_url.as_ref()?);
        let config = self.configs.get(source)?;
        let offer = self.offers.get(&source)?.best(config.url.as_str())?;
        // Our own hub would refuse it.
        let is_ours = offer.hub == own_hub;
        let is_of_another = offer.topic != config.url.as_str()
            && self.addresses.get(&KeyDigest::of(&offer.topic)).is_some_and(|other| *other != source);
        let is_open = config.options.enabled && config.secrets().is_empty();
        (is_open && !is_ours && !is_of_another).then_some(offer)
    }
}
