//! The documents that are served: rebuilt from the store once per batch of changes, kept ready in all encodings.
//!
//! The configured outputs and the front page are built ahead; tags' and single sources' feeds when they are first
//! asked for after a change. Readers of the finished ones never wait for the database.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, watch};

use crate::clock;
use crate::config::{Config, ContentMode, OutputConfig, Secret};
use crate::model::{SourceCard, SourceId, StoredEntry, Timestamp};
use crate::publish::{self, DocumentName, OutputKind, OutputSpec, Published, Site, Snapshot};
use crate::store::{Scope, Store, StoreError};

/// Feeds of tags and sources kept ready after they were asked for.
const KEPT_ON_DEMAND: usize = 512;
/// Such feeds built at once.
const BUILT_AT_ONCE: usize = 2;
/// Bytes of texts that are read for an output that shows no contents.
const SHORT_BYTES: u64 = 64 * 1024 * 1024;
/// Changes that come within this span of each other are published together.
const COALESCE: Duration = Duration::from_millis(100);
/// Entries on the front page.
const FRONT_PAGE_ENTRIES: usize = 50;
/// Entries and bytes of the feeds of tags and single sources.
const ON_DEMAND_ENTRIES: usize = 100;
const ON_DEMAND_BYTES: u64 = 1024 * 1024;

const ATOM: &str = "application/atom+xml; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

/// What the configuration and the store's list of sources say about outputs.
#[derive(Debug)]
pub struct OutputPlan {
    site: Site,
    title: String,
    outputs: Vec<Output>,
    /// Every configured source as outputs show it, without what its feed says of itself.
    cards: HashMap<SourceId, SourceCard>,
    /// When the configuration last changed what is published.
    since: Timestamp,
}

#[derive(Debug)]
struct Output {
    spec: OutputSpec,
    token: Option<Secret>,
    sources: HashSet<SourceId>,
}

impl OutputPlan {
    /// `ids` are the store's numbers of the configuration's sources, in their order.
    pub fn new(config: &Config, ids: &[SourceId], store_id: &str, since: Timestamp) -> OutputPlan {
        let cards: HashMap<SourceId, SourceCard> = config
            .sources
            .iter()
            .zip(ids)
            .map(|(source, id)| {
                let card = SourceCard {
                    id: *id,
                    name: source.name.clone(),
                    title: source.title.clone().unwrap_or_default(),
                    public_url: source.public_url.clone(),
                    tags: source.tags.clone(),
                    private: source.private,
                    meta: crate::model::FeedMeta::default(),
                };
                (*id, card)
            })
            .collect();
        let outputs = config.outputs.iter().map(|output| Output::new(output, &cards)).collect();
        let site = Site {
            public_url: config.serve.public_url.as_str().trim_end_matches('/').to_owned(),
            store_id: store_id.to_owned(),
            generator_version: env!("CARGO_PKG_VERSION"),
        };
        OutputPlan { site, title: config.title.clone(), outputs, cards, since }
    }

    /// A digest of everything in a configuration that shapes published documents, for the store to date changes by.
    pub fn shape(config: &Config) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        add(env!("CARGO_PKG_VERSION"));
        add(config.serve.public_url.as_str());
        add(&config.title);
        for output in &config.outputs {
            let OutputConfig {
                name,
                title,
                tags,
                sources,
                entries,
                max_size,
                per_source,
                content,
                title_prefix,
                token,
            } = output;
            add(&format!("{name:?} {title:?} {tags:?} {sources:?} {entries} {max_size} {per_source} {content:?}"));
            add(&format!("{title_prefix:?} {}", token.is_some()));
        }
        for source in &config.sources {
            add(&format!("{:?} {:?} {:?} {:?}", source.name, source.public_url, source.title, source.tags));
            add(if source.private { "private" } else { "public" });
        }
        hasher.finalize().to_hex().to_string()
    }

    fn find(&self, name: &str) -> Option<&Output> {
        self.outputs.iter().find(|output| matches!(&output.spec.kind, OutputKind::Output(known) if known == name))
    }

    /// The feed of a tag or of one source; private sources have none, as nothing asks for a token there.
    fn on_demand(&self, name: &DocumentName) -> Option<Output> {
        let (kind, title, sources): (_, _, HashSet<SourceId>) = match name {
            DocumentName::Tag(tag) => {
                let tagged = |card: &&SourceCard| !card.private && card.tags.contains(tag);
                let sources = self.cards.values().filter(tagged).map(|card| card.id).collect();
                (OutputKind::Tag(tag.clone()), format!("{}: {tag}", self.title), sources)
            }
            DocumentName::Source(source) => {
                let named = |card: &&SourceCard| !card.private && card.name == *source;
                let sources = self.cards.values().filter(named).map(|card| card.id).collect();
                (OutputKind::Source(source.clone()), String::new(), sources)
            }
            DocumentName::FrontPage | DocumentName::Output(_) => return None,
        };
        if sources.is_empty() {
            return None;
        }
        let spec = OutputSpec {
            kind,
            title,
            entries: ON_DEMAND_ENTRIES,
            max_size: ON_DEMAND_BYTES,
            per_source: 0,
            content: ContentMode::Full,
            title_prefix: String::new(),
        };
        Some(Output { spec, token: None, sources })
    }
}

/// Whether an output shows the entries of a source.
pub fn selects(output: &OutputConfig, name: &String, tags: &[String], private: bool) -> bool {
    let all = output.tags.is_empty() && output.sources.is_empty();
    let chosen = all || output.sources.contains(name) || tags.iter().any(|tag| output.tags.contains(tag));
    // Entries of private sources appear only in outputs that have a token.
    chosen && (!private || output.token.is_some())
}

impl Output {
    fn new(config: &OutputConfig, cards: &HashMap<SourceId, SourceCard>) -> Output {
        let selected = |card: &&SourceCard| selects(config, &card.name, &card.tags, card.private);
        let spec = OutputSpec {
            kind: OutputKind::Output(config.name.clone()),
            title: config.title.clone(),
            entries: config.entries,
            max_size: config.max_size,
            per_source: config.per_source,
            content: config.content,
            title_prefix: config.title_prefix.clone(),
        };
        let sources = cards.values().filter(selected).map(|card| card.id).collect();
        Output { spec, token: config.token.clone(), sources }
    }
}

/// The documents, and whoever rebuilds them.
#[derive(Debug)]
pub struct Outputs {
    store: Store,
    ready: RwLock<HashMap<DocumentName, Arc<Published>>>,
    on_demand: Mutex<OnDemand>,
    building: Semaphore,
    changed: Notify,
    /// Rebuilds asked for, and the last one that is published.
    asked: Mutex<u64>,
    published: watch::Sender<u64>,
}

/// What outputs are made by, and the feeds built when they were asked for: all of one plan and one state of the store.
#[derive(Debug)]
struct OnDemand {
    plan: Arc<OutputPlan>,
    state: u64,
    documents: HashMap<DocumentName, Arc<Published>>,
}

impl OnDemand {
    fn renew(&mut self, plan: Option<Arc<OutputPlan>>) {
        self.plan = plan.unwrap_or_else(|| self.plan.clone());
        self.state += 1;
        self.documents.clear();
    }
}

impl Outputs {
    pub fn new(store: Store, plan: OutputPlan) -> Outputs {
        Outputs {
            store,
            ready: RwLock::default(),
            on_demand: Mutex::new(OnDemand { plan: Arc::new(plan), state: 0, documents: HashMap::new() }),
            building: Semaphore::new(BUILT_AT_ONCE),
            changed: Notify::new(),
            asked: Mutex::new(0),
            published: watch::Sender::new(0),
        }
    }

    /// Takes a new configuration; what it changes shows with the next rebuild.
    pub fn set_plan(&self, plan: OutputPlan) {
        // What was built by the old plan must not outlive it: a source may be private now.
        self.on_demand().renew(Some(Arc::new(plan)));
    }

    /// Asks for a rebuild. Returns a number to wait for with [`Outputs::published`].
    pub fn rebuild_soon(&self) -> u64 {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        *asked += 1;
        self.changed.notify_one();
        *asked
    }

    /// Waits until the rebuild `number`, or a later one, is being served.
    pub async fn published(&self, number: u64) {
        let mut published = self.published.subscribe();
        // The sender lives in self: it cannot be gone.
        let _ = published.wait_for(|done| *done >= number).await;
    }

    /// Rebuilds whenever it is asked to, bursts together; never returns.
    pub async fn keep_fresh(&self) {
        loop {
            self.changed.notified().await;
            // Last-Modified counts whole seconds: what is published of one must be all that ever has its date, or a
            // client that asks by date would stay with an older version (RFC 9110, 8.8.2).
            tokio::time::sleep(COALESCE.max(clock::until_next_second())).await;
            if let Err(error) = self.rebuild().await {
                tracing::error!(error = %error, "the outputs could not be rebuilt; the last ones stay");
                // Asked for again rather than lost; the pause keeps a broken disk from being hammered.
                tokio::time::sleep(Duration::from_secs(5)).await;
                self.changed.notify_one();
            }
        }
    }

    /// Builds all outputs and the front page anew and puts them in place together.
    ///
    /// # Errors
    /// When the database cannot be read; what was there stays.
    pub async fn rebuild(&self) -> Result<(), StoreError> {
        let number = *self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let plan = self.plan();
        let mut ready = HashMap::new();
        for output in &plan.outputs {
            if let OutputKind::Output(name) = &output.spec.kind {
                let published = self.build(&plan, output).await?;
                ready.insert(DocumentName::Output(name.clone()), Arc::new(published));
            }
        }
        ready.insert(DocumentName::FrontPage, Arc::new(self.front_page(&plan).await?));
        *self.ready.write().unwrap_or_else(PoisonError::into_inner) = ready;
        self.on_demand().renew(None);
        self.published.send_replace(number);
        Ok(())
    }

    /// A document by its name, if there is one.
    pub async fn get(&self, name: &DocumentName) -> Option<Arc<Published>> {
        if matches!(name, DocumentName::FrontPage | DocumentName::Output(_)) {
            return self.ready.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
        }
        let kept = |on_demand: &OnDemand| on_demand.documents.get(name).cloned();
        if let Some(published) = kept(&self.on_demand()) {
            return Some(published);
        }
        // For a name that nothing has nobody waits.
        self.plan().on_demand(name)?;
        let _place = self.building.acquire().await.ok()?;
        // Somebody may have built it while this one waited; or the plan is another by now.
        let (plan, state) = {
            let on_demand = self.on_demand();
            if let Some(published) = kept(&on_demand) {
                return Some(published);
            }
            (on_demand.plan.clone(), on_demand.state)
        };
        let output = plan.on_demand(name)?;
        let published = match self.build(&plan, &output).await {
            Ok(published) => Arc::new(published),
            Err(error) => {
                tracing::error!(error = %error, "a feed could not be built");
                return None;
            }
        };
        let mut on_demand = self.on_demand();
        if on_demand.state == state {
            if on_demand.documents.len() >= KEPT_ON_DEMAND {
                on_demand.documents.clear();
            }
            on_demand.documents.insert(name.clone(), published.clone());
        }
        Some(published)
    }

    fn plan(&self) -> Arc<OutputPlan> {
        self.on_demand().plan.clone()
    }

    fn on_demand(&self) -> MutexGuard<'_, OnDemand> {
        self.on_demand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn build(&self, plan: &Arc<OutputPlan>, output: &Output) -> Result<Published, StoreError> {
        let scope = Scope {
            sources: output.sources.clone(),
            limit: output.spec.entries,
            per_source: output.spec.per_source,
            // What is larger than the document may be is not even read.
            max_bytes: if output.spec.content == ContentMode::Full { output.spec.max_size } else { SHORT_BYTES },
        };
        let (entries, cards, changed) = self.gather(plan, scope, &output.sources).await?;
        let (plan, mut spec, token) = (plan.clone(), output.spec.clone(), output.token.clone());
        if let (OutputKind::Source(_), [card]) = (&spec.kind, cards.values().collect::<Vec<_>>().as_slice()) {
            spec.title = card.title.clone();
        }
        let snapshot = off_thread(move || {
            let entries = publish::select(&spec, entries);
            let document = publish::atom::write(&plan.site, &spec, &cards, &entries);
            Snapshot::new(document.body, ATOM, spec.kind.path(), changed)
        });
        Ok(Published { snapshot: snapshot.await?, token })
    }

    async fn front_page(&self, plan: &Arc<OutputPlan>) -> Result<Published, StoreError> {
        let public: HashSet<SourceId> = plan.cards.values().filter(|card| !card.private).map(|card| card.id).collect();
        // The page shows what the default output shows; one that wants a token is not shown to everybody.
        let feed = plan.find("feed").filter(|output| output.token.is_none());
        let sources: HashSet<SourceId> =
            feed.map(|output| output.sources.intersection(&public).copied().collect()).unwrap_or_default();
        let scope =
            Scope { sources: sources.clone(), limit: FRONT_PAGE_ENTRIES, per_source: 0, max_bytes: SHORT_BYTES };
        let (entries, cards, changed) = self.gather(plan, scope, &HashSet::new()).await?;
        let plan = plan.clone();
        let snapshot = off_thread(move || {
            let outputs: Vec<publish::page::OutputLink> = plan
                .outputs
                .iter()
                .map(|output| publish::page::OutputLink {
                    title: output.spec.title.clone(),
                    path: output.spec.kind.path(),
                    description: if output.token.is_some() { "asks for a token".to_owned() } else { String::new() },
                })
                .collect();
            let notice = plan.cards.is_empty().then_some(
                "No source is configured yet: add one with `watershed add URL` or a [[source]] in watershed.toml.",
            );
            let page = publish::page::front_page(&plan.site, &plan.title, &outputs, &cards, &entries, notice);
            Snapshot::new(page, HTML, "/".to_owned(), changed)
        });
        Ok(Published { snapshot: snapshot.await?, token: None })
    }

    /// The newest entries of a scope, the cards of their sources and of `also`, and when any of it last changed.
    async fn gather(
        &self,
        plan: &OutputPlan,
        scope: Scope,
        also: &HashSet<SourceId>,
    ) -> Result<(Vec<StoredEntry>, HashMap<SourceId, SourceCard>, Timestamp), StoreError> {
        let newest = self.store.newest(scope).await?;
        let mut wanted: HashSet<SourceId> = newest.entries.iter().map(|entry| entry.source).collect();
        wanted.extend(newest.entries.iter().flat_map(|entry| &entry.copies).map(|copy| copy.source));
        // A feed of one source is titled by it even while it has no entries.
        if also.len() == 1 {
            wanted.extend(also);
        }
        let metas = self.store.metas(wanted).await?;
        let mut changed = newest.changed.map_or(plan.since, |changed| changed.max(plan.since));
        let mut cards = HashMap::new();
        for (id, (meta, meta_changed)) in metas {
            let Some(card) = plan.cards.get(&id) else { continue };
            changed = changed.max(meta_changed);
            let title = match (card.title.as_str(), meta.title.as_deref()) {
                ("", Some(title)) if !title.is_empty() => title.to_owned(),
                ("", _) => card.name.clone(),
                (title, _) => title.to_owned(),
            };
            cards.insert(id, SourceCard { title, meta, ..card.clone() });
        }
        Ok((newest.entries, cards, changed))
    }
}

/// Writing and compressing a document takes milliseconds: too long for an async thread.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Panicked(error.to_string()))
}
