//! The served documents: rebuilt from the store once per batch of changes, and kept ready in all content codings.
//!
//! A poll reports what it has written ([`Outputs::changed`]). Changes within a tenth of a second of each other are
//! published together: the entries of each concerned feed are gathered, written and compressed (`build`), put in place
//! together, and written to files (`files`). Only the feed of a new output is put in place by itself, as soon as it is
//! made. `plan` says which outputs there are, what they select and what pages look like, `pages` gives pages what they
//! show, `changes` says what a change concerns, `rules` remembers the verdicts of filters. `stream` tells readers that
//! follow a feed of new stories.
//!
//! Entry points: [`Outputs::get`] returns a document for a request, [`Outputs::rebuild`] builds what has changed,
//! [`Outputs::set_plan`] applies a new configuration, and [`OutputPlan::new`] makes the plan from it.
//!
//! Invariants:
//! - The Atom feeds of the configured outputs and the front page are always ready, so their readers never wait for the
//!   database.
//! - All other documents are built when they are first asked for, and then ahead for as long as readers ask for them;
//!   searches only when they are asked for.
//! - A change costs only the feeds that show it.
//! - A document that the plan no longer allows is gone at once, even if the rebuild fails.
//! - A page that the theme cannot render does not replace an earlier version of it, unless something may have to
//!   disappear from it.
//!
//! What never enters: HTTP, which `serve` speaks, and the formats of documents, which `publish` writes.

mod announced;
mod build;
mod changes;
mod counts;
mod files;
mod former;
mod health;
mod pages;
mod place;
mod plan;
mod rules;
mod stream;
mod told;

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, watch};

use crate::clock;
use crate::incidents::Incident;
use crate::metrics::Metrics;
use crate::model::{EntryId, SourceId, Timestamp};
use crate::publish::{DEFAULT_OUTPUT, DocumentName, Format, OutputKind, Published};
use crate::store::{Store, StoreError};

pub use counts::{RuleCount, rule_counts};
pub use plan::{Look, OutputPlan, listed, selection, selects, selects_of};
pub use stream::{EventPage, StreamEvent};
pub use told::{Following, shown_by};

use build::{Since, compressed};
use changes::{Changes, depends_on_day, is_always_there, is_fresh, is_of_many};
use plan::{Output, today};

/// Documents that are kept ready because readers asked for them.
const KEPT_ON_DEMAND: usize = 1_024;
/// Most of these documents that may be of searches and stories, because their large number would otherwise displace all
/// others.
const KEPT_OF_MANY: usize = 256;
/// Bytes of these documents in all content codings together.
const KEPT_BYTES: usize = 96 * 1024 * 1024;
/// Most dates that are remembered of documents that are not kept ready any more.
const DATES_KEPT: usize = 4 * KEPT_ON_DEMAND;
/// Requested documents that are built at the same time.
const BUILT_AT_ONCE: usize = 2;
/// Changes within this span of each other are published together.
const COALESCE: Duration = Duration::from_millis(100);
/// Pause after a failed rebuild, so that a faulty disk is not read again and again.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// The documents, and the means to rebuild them.
#[derive(Debug)]
pub struct Outputs {
    store: Store,
    ready: RwLock<HashMap<DocumentName, Slot>>,
    /// The ETags and dates of documents that are no longer ready, so that a document that is built again with the same bytes
    /// keeps its date.
    dates: Mutex<HashMap<DocumentName, (String, Timestamp)>>,
    current: Mutex<Current>,
    building: Semaphore,
    changed: Notify,
    pending: Mutex<Pending>,
    /// The number of the last published rebuild.
    published: watch::Sender<u64>,
    news: stream::NewStories,
    files: tokio::sync::Mutex<files::Files>,
    /// Feeds that have changed, for an outside hub.
    announced: Mutex<BTreeSet<OutputKind>>,
    /// Incidents that the store could not take, because it cannot be written.
    unwritten: Mutex<Vec<Incident>>,
}

#[derive(Debug)]
struct Slot {
    published: Arc<Published>,
    /// Whether a reader has asked for the document since it was built.
    asked: AtomicBool,
    /// The only day on which the document holds, if it depends on the day.
    day: Option<i64>,
}

impl Slot {
    fn new(published: Published) -> Slot {
        Slot { published: Arc::new(published), asked: AtomicBool::new(false), day: None }
    }
}

/// The plan in force, and a number that changes when the plan or the stored entries change.
#[derive(Debug, Clone)]
struct Current {
    plan: Arc<OutputPlan>,
    state: u64,
}

/// Changes that are not published yet.
#[derive(Debug, Default)]
struct Pending {
    /// Number of requested rebuilds.
    asked: u64,
    changes: Changes,
}

impl Outputs {
    pub fn new(store: Store, plan: OutputPlan) -> Outputs {
        Outputs {
            store,
            ready: RwLock::default(),
            dates: Mutex::default(),
            current: Mutex::new(Current { plan: Arc::new(plan), state: 0 }),
            building: Semaphore::new(BUILT_AT_ONCE),
            changed: Notify::new(),
            // No document exists yet, so the first rebuild builds everything.
            pending: Mutex::new(Pending { asked: 0, changes: Changes::all() }),
            published: watch::Sender::new(0),
            news: stream::NewStories::new(),
            files: tokio::sync::Mutex::default(),
            announced: Mutex::default(),
            unwritten: Mutex::default(),
        }
    }

    /// Takes a new plan, and requests a rebuild of everything. Documents change with it; documents that the plan no longer allows are
    /// gone at once.
    pub fn set_plan(&self, plan: OutputPlan) {
        let mut current = self.current();
        let shows_as_before = plan.shows_as(&current.plan);
        let may_stay = |name: &DocumentName| match name {
            // A change of the theme does not make anything private.
            _ if shows_as_before => plan.has(name),
            DocumentName::FrontPage => plan.may_still_show(&current.plan, DEFAULT_OUTPUT),
            DocumentName::Feed(OutputKind::Output(output), Format::ATOM) => plan.may_still_show(&current.plan, output),
            _ => false,
        };
        self.keep(&mut self.ready.write().unwrap_or_else(PoisonError::into_inner), may_stay);
        current.plan = Arc::new(plan);
        current.state += 1;
        drop(current);
        self.ask(Changes { withdraws: !shows_as_before, ..Changes::all() });
    }

    /// Requests a rebuild of everything that also removes what must not be shown any more. Returns a number to wait for
    /// with [`Outputs::published`].
    pub fn rebuild_soon(&self) -> u64 {
        self.ask(Changes::all())
    }

    /// Requests a rebuild of everything, although all that is shown may stay. Returns a number to wait for with
    /// [`Outputs::published`].
    pub fn renew_soon(&self) -> u64 {
        self.ask(Changes { withdraws: false, ..Changes::all() })
    }

    /// Requests a rebuild of what a poll has changed: `entries` were written, and `described` says whether the description of the
    /// source has changed. Without changes nothing is requested.
    pub fn changed(&self, source: SourceId, entries: &[EntryId], described: bool) {
        let of = |is: bool| HashSet::from_iter(is.then_some(source));
        let changes = Changes {
            sources: of(!entries.is_empty()),
            described: of(described),
            entries: entries.iter().copied().collect(),
            ..Changes::default()
        };
        if !changes.is_empty() {
            self.ask(changes);
        }
    }

    /// Requests a rebuild of what shows entries that were deleted, or other entries of their stories.
    pub fn pruned(&self, sources: HashSet<SourceId>, entries: HashSet<EntryId>) {
        self.ask(Changes { sources, entries, ..Changes::default() });
    }

    /// Requests that feeds of incidents are made anew.
    pub fn incidents_changed(&self) {
        self.ask(Changes { incidents: true, ..Changes::default() });
    }

    /// Returns a number to wait for until all rebuilds requested so far are published.
    pub fn settled(&self) -> u64 {
        self.ask(Changes::default())
    }

    fn ask(&self, changes: Changes) -> u64 {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.asked += 1;
        pending.changes.add(changes);
        self.changed.notify_one();
        pending.asked
    }

    /// Waits until the rebuild `number`, or a later rebuild, is published.
    pub async fn published(&self, number: u64) {
        let mut published = self.published.subscribe();
        // The wait cannot fail, because the sender lives as long as self.
        let _ = published.wait_for(|done| *done >= number).await;
    }

    /// Carries out requested rebuilds, with bursts of requests together, and counts them. Never returns.
    pub async fn keep_fresh(&self, metrics: &Metrics) {
        loop {
            self.changed.notified().await;
            // Last-Modified has whole seconds. Two versions must not share a second, because a client that validates by date would
            // then keep the older version (RFC 9110, 8.8.2). Therefore a rebuild starts when the second is over, so that it has all
            // changes of that second.
            tokio::time::sleep(COALESCE.max(clock::until_next_second())).await;
            let began = clock::monotonic();
            let rebuilt = self.rebuild().await;
            metrics.rebuilt(began.elapsed(), rebuilt.is_ok());
            if let Err(error) = rebuilt {
                tracing::error!(error = %error, "the outputs could not be rebuilt; the old documents stay");
                tokio::time::sleep(AFTER_FAILURE).await;
                self.changed.notify_one();
            }
        }
    }

    /// Rebuilds what has changed, puts the documents in place together, and writes them to files.
    ///
    /// # Errors
    /// The old documents stay in place, and the next rebuild includes these changes.
    pub async fn rebuild(&self) -> Result<(), StoreError> {
        let (number, mut changes) = {
            let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
            (pending.asked, std::mem::take(&mut pending.changes))
        };
        if changes.is_empty() {
            self.published.send_replace(number);
            return Ok(());
        }
        let plan = self.plan();
        if changes.everything {
            self.sweep_files(&plan).await;
        }
        let built = self.rebuild_for(&plan, &mut changes).await;
        let Ok(Some(through)) = built else {
            // The changes are kept for the next rebuild, which is already requested if the plan has changed.
            self.pending.lock().unwrap_or_else(PoisonError::into_inner).changes.add(changes);
            return built.map(|_| ());
        };
        self.news.reach(through);
        self.announce(&plan, &changes);
        self.write_files(&plan, &changes).await;
        self.published.send_replace(number);
        Ok(())
    }

    /// Builds everything and writes it to files, for `poll` without a daemon. The error says why the files are not up
    /// to date.
    pub async fn write_site_once(&self) -> Result<(), String> {
        self.rebuild_soon();
        self.rebuild().await.map_err(|error| error.to_string())?;
        self.files_error().await.map_or(Ok(()), Err)
    }

    /// Rebuilds by a plan. Returns the last entry that is published now; `None` if the plan has changed meanwhile, so
    /// that the documents were not put in place.
    async fn rebuild_for(&self, plan: &Arc<OutputPlan>, changes: &mut Changes) -> Result<Option<EntryId>, StoreError> {
        for rules in plan.all_rules() {
            rules.forget(&changes.entries);
        }
        // An entry that is stored meanwhile, and is not among the changes, is in no document yet.
        let mut through = changes.entries.iter().copied().max().unwrap_or_default();
        if changes.everything {
            through = self.store.last_entry().await?;
            plan.forget_numbers();
            let names = plan.outputs.iter().filter_map(|output| output.spec.kind.output().map(str::to_owned));
            self.store.forget_archives(names.collect()).await?;
        }
        let mut built: Vec<(DocumentName, Published)> = Vec::new();
        let concerned = plan.outputs.iter().filter(|output| changes.concern(&output.sources));
        let (new, old): (Vec<&Arc<Output>>, Vec<&Arc<Output>>) = concerned.partition(|output| self.is_new(output));
        // Documents that are in place already; the rebuild leaves them there.
        let mut in_place: HashSet<DocumentName> = HashSet::new();
        let mut failed = None;
        for output in new {
            match self.build_new(plan, output, changes).await {
                Ok(made) => {
                    in_place.extend(made.iter().map(|(name, _)| name.clone()));
                    if !self.put_new(plan, made) {
                        return Ok(None);
                    }
                }
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        for output in &old {
            self.fill_archive(plan, output, changes).await?;
        }
        let changes = &*changes;
        for output in old {
            let mut formats = self.asked_for(&output.spec.kind);
            formats.push(Format::ATOM);
            built.extend(self.build(plan, output, &formats, Since::LastBuilt(changes)).await?);
        }
        let front = plan.find(DEFAULT_OUTPUT);
        if front.is_none_or(|output| changes.concern(&output.sources)) {
            let page = self.write_front_page(plan, Since::LastBuilt(changes)).await?;
            built.push((DocumentName::FrontPage, compressed(plan, page).await?));
        }
        for kind in self.other_feeds_asked_for() {
            if let Some(output) = plan.feed(&kind)
                && changes.concern(&output.sources)
            {
                built.extend(self.build(plan, &output, &self.asked_for(&kind), Since::Ever).await?);
            }
        }
        in_place.extend(self.archives_at_hand(plan, changes).await?);
        if !changes.withdraws {
            self.keep_last_good(&mut built, &mut in_place);
        }
        let Some(undated) = self.put(plan, changes, built, &in_place) else { return Ok(None) };
        if let Some(after) = undated {
            self.store.touch(after).await?;
        }
        Ok(Some(through))
    }

    /// The archive documents that are ready and still current, because a change concerns only few of them.
    async fn archives_at_hand(
        &self,
        plan: &OutputPlan,
        changes: &Changes,
    ) -> Result<HashSet<DocumentName>, StoreError> {
        let is_archive = |name: &&DocumentName| matches!(name, DocumentName::Archive(..));
        let kept: Vec<DocumentName> = {
            let ready = self.ready.read().unwrap_or_else(PoisonError::into_inner);
            ready.keys().filter(is_archive).cloned().collect()
        };
        let mut touched: HashMap<String, BTreeSet<u32>> = HashMap::new();
        let mut same = HashSet::new();
        for name in kept {
            let DocumentName::Archive(output, number, format) = &name else { continue };
            let Some(found) = plan.find(output) else { continue };
            let touched = match touched.entry(output.clone()) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(self.archives_touched(plan, found, changes).await?),
            };
            // A theme may show the number of all pages.
            let is_counted = *format == Format::Html && changes.archives.contains_key(output);
            if !is_counted && !touched.contains(number) {
                same.insert(name);
            }
        }
        Ok(same)
    }

    /// Leaves the earlier versions of pages that the theme could not render in place.
    fn keep_last_good(&self, built: &mut Vec<(DocumentName, Published)>, in_place: &mut HashSet<DocumentName>) {
        let ready = self.ready.read().unwrap_or_else(PoisonError::into_inner);
        built.retain(|(name, published)| {
            let is_good = |slot: &Slot| !slot.published.is_fallback;
            let stays = published.is_fallback && ready.get(name).is_some_and(is_good);
            if stays {
                in_place.insert(name.clone());
            }
            !stays
        });
    }

    /// Builds the feed of a new output.
    async fn build_new(
        &self,
        plan: &Arc<OutputPlan>,
        output: &Arc<Output>,
        changes: &mut Changes,
    ) -> Result<Vec<(DocumentName, Published)>, StoreError> {
        self.fill_archive(plan, output, changes).await?;
        self.build(plan, output, &[Format::ATOM], Since::LastBuilt(changes)).await
    }

    /// Whether the feed of an output is not ready, as of an output that a reload brought.
    fn is_new(&self, output: &Output) -> bool {
        let name = DocumentName::Feed(output.spec.kind.clone(), Format::ATOM);
        !self.ready.read().unwrap_or_else(PoisonError::into_inner).contains_key(&name)
    }

    /// Puts the documents of a new output in place, so that it answers before the documents of the other outputs are made.
    /// Returns false if the plan has changed meanwhile.
    fn put_new(&self, plan: &Arc<OutputPlan>, built: Vec<(DocumentName, Published)>) -> bool {
        let current = self.current();
        if !Arc::ptr_eq(&current.plan, plan) {
            return false;
        }
        let mut ready = self.ready.write().unwrap_or_else(PoisonError::into_inner);
        ready.extend(built.into_iter().map(|(name, published)| (name, Slot::new(published))));
        true
    }

    /// Puts documents in place, and removes documents that are out of date, but for those in `in_place`. Returns `None`
    /// if the plan has changed meanwhile. Otherwise returns the latest of the dates that documents got because their
    /// own dates were not later than those of the earlier versions.
    fn put(
        &self,
        plan: &Arc<OutputPlan>,
        changes: &Changes,
        built: Vec<(DocumentName, Published)>,
        in_place: &HashSet<DocumentName>,
    ) -> Option<Option<Timestamp>> {
        let mut current = self.current();
        if !Arc::ptr_eq(&current.plan, plan) {
            // A new plan rebuilds everything, and the documents of the old plan may show what is private now.
            return None;
        }
        current.state += 1;
        let mut ready = self.ready.write().unwrap_or_else(PoisonError::into_inner);
        let mut built: HashMap<DocumentName, Published> = built.into_iter().collect();
        let mut undated = None;
        for (name, published) in &mut built {
            if let Some(older) = ready.get(name) {
                undated = undated.max(published.follows(&older.published));
            }
        }
        self.keep(&mut ready, |name| in_place.contains(name) || is_fresh(plan, changes, name));
        ready.extend(built.into_iter().map(|(name, published)| (name, Slot::new(published))));
        Some(undated)
    }

    /// Keeps only some of the documents that are ready, and remembers the dates of the others.
    fn keep(&self, ready: &mut HashMap<DocumentName, Slot>, stays: impl Fn(&DocumentName) -> bool) {
        let mut dates = self.dates.lock().unwrap_or_else(PoisonError::into_inner);
        ready.retain(|name, slot| {
            let stays = stays(name);
            if !stays {
                let snapshot = &slot.published.snapshot;
                dates.insert(name.clone(), (snapshot.etag().to_owned(), snapshot.last_modified()));
            }
            stays
        });
        if dates.len() > DATES_KEPT {
            dates.clear();
        }
    }

    /// The formats of a feed that readers have asked for since it was last built.
    fn asked_for(&self, kind: &OutputKind) -> Vec<Format> {
        let ready = self.ready.read().unwrap_or_else(PoisonError::into_inner);
        let is_asked = |format: &Format| {
            let slot = ready.get(&DocumentName::Feed(kind.clone(), *format));
            slot.is_some_and(|slot| slot.asked.load(Ordering::Relaxed))
        };
        Format::ALL.into_iter().filter(|format| *format != Format::Opml).filter(is_asked).collect()
    }

    /// The feeds of tags and single sources that readers have asked for.
    fn other_feeds_asked_for(&self) -> HashSet<OutputKind> {
        let ready = self.ready.read().unwrap_or_else(PoisonError::into_inner);
        let asked = ready.iter().filter(|(_, slot)| slot.asked.load(Ordering::Relaxed));
        asked
            .filter_map(|(name, _)| match name {
                DocumentName::Feed(kind @ (OutputKind::Tag(_) | OutputKind::Source(_)), _) => Some(kind.clone()),
                _ => None,
            })
            .collect()
    }

    /// Returns a document by its name, and builds it if it is not ready; `None` if the document does not exist.
    pub async fn get(&self, name: &DocumentName) -> Option<Arc<Published>> {
        if let Some(published) = self.at_hand(name) {
            return Some(published);
        }
        // A name without a document does not wait for a place, and before the first rebuild no document exists.
        if is_always_there(name) || self.at_hand(&DocumentName::FrontPage).is_none() || !self.plan().has(name) {
            return None;
        }
        let _place = self.building.acquire().await.ok()?;
        // The wait may have been long: another request may have built the document meanwhile, or the plan may have changed.
        if let Some(published) = self.at_hand(name) {
            return Some(published);
        }
        let Current { plan, state } = self.current().clone();
        let day = depends_on_day(name).then(today);
        let mut built = self.build_one(&plan, name).await;
        // More changes may come within the current second under the same date, so the document is built again after the second.
        if let Ok(Some(published)) = &built
            && published.snapshot.last_modified() >= clock::now()
        {
            tokio::time::sleep(clock::until_next_second()).await;
            built = self.build_one(&plan, name).await;
        }
        let published = match built {
            Ok(published) => {
                let mut published = published?;
                let ready = self.ready.read().unwrap_or_else(PoisonError::into_inner);
                let dates = self.dates.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(yesterdays) = ready.get(name) {
                    published.follows(&yesterdays.published);
                } else if let Some((etag, last)) = dates.get(name) {
                    published.date_after(etag, *last);
                }
                Slot { day, ..Slot::new(published) }
            }
            Err(error) => {
                tracing::error!(error = %error, "a document could not be built");
                return None;
            }
        };
        published.asked.store(true, Ordering::Relaxed);
        let answer = published.published.clone();
        let current = self.current();
        if current.state == state {
            let mut ready = self.ready.write().unwrap_or_else(PoisonError::into_inner);
            if is_of_many(name) && ready.keys().filter(|name| is_of_many(name)).count() >= KEPT_OF_MANY {
                self.keep(&mut ready, |name| !is_of_many(name));
            }
            if is_full(&ready, published.published.size()) {
                self.keep(&mut ready, is_always_there);
            }
            ready.insert(name.clone(), published);
        }
        Some(answer)
    }

    /// Whether the next rebuild makes the document.
    pub fn is_coming(&self, name: &DocumentName) -> bool {
        is_always_there(name) && self.plan().has(name)
    }

    fn at_hand(&self, name: &DocumentName) -> Option<Arc<Published>> {
        let ready = self.ready.read().unwrap_or_else(PoisonError::into_inner);
        let slot = ready.get(name).filter(|slot| slot.day.is_none_or(|day| day == today()))?;
        slot.asked.store(true, Ordering::Relaxed);
        Some(slot.published.clone())
    }

    /// Adds new stories to the archive of an output.
    async fn fill_archive(&self, plan: &OutputPlan, output: &Output, changes: &mut Changes) -> Result<(), StoreError> {
        let Some(name) = output.spec.kind.output().map(str::to_owned) else { return Ok(()) };
        let before = match plan.filled(&output.spec.kind) {
            Some(known) => known,
            None => self.store.open_archive(name.clone(), output.selects.clone()).await?,
        };
        let filled = self.store.fill_archive(name.clone(), before, output.selection()).await?;
        if filled.documents != before.documents {
            changes.grew(name.clone(), before.documents);
        }
        plan.archives().insert(name, filled);
        Ok(())
    }

    fn plan(&self) -> Arc<OutputPlan> {
        self.current().plan.clone()
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a further document of `bytes` bytes exceeds the limits of documents that are kept ready.
fn is_full(ready: &HashMap<DocumentName, Slot>, bytes: usize) -> bool {
    let kept = ready.iter().filter(|(name, _)| !is_always_there(name));
    let (many, kept_bytes) = kept.fold((0, 0), |(many, bytes), (_, slot)| (many + 1, bytes + slot.published.size()));
    many >= KEPT_ON_DEMAND || kept_bytes + bytes > KEPT_BYTES
}
