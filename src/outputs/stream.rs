//! New stories of feeds, for readers that follow them: which entries are published, and the events of a feed behind a place in storing
//! order.
//!
//! All readers of a feed that stand at the same place get the same page, which is read and written once. Readers at the end of a feed
//! stand at the same place, so a new story costs one reading however many readers wait for it.
//!
//! A story becomes an event when the first of its entries that the feed selects is stored. What happens to a story
//! later, such as a revision, another copy, a split or a changed filter, only shows in the documents of the feed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::{OnceCell, Semaphore, watch};

use super::build::{bytes_of_texts, json_item, off_thread};
use super::plan::OutputPlan;
use super::{Current, Outputs};
use crate::config::Secret;
use crate::model::EntryId;
use crate::publish::{self, OutputKind, events};
use crate::store::{AsShown, StoreError, StoringQuery};

/// Events of a page, and bytes of their texts; the rest follows when they are taken.
const PAGE_EVENTS: usize = 100;
const PAGE_BYTES: u64 = 1024 * 1024;
/// Pages that are kept for readers at the same place.
const PAGES_KEPT: usize = 32;
/// Pages that are read from the database at the same time.
const READ_AT_ONCE: usize = 2;

/// The state of the streams of new stories.
#[derive(Debug)]
pub(super) struct NewStories {
    /// The last entry that is published wherever it is to be published.
    through: watch::Sender<EntryId>,
    pages: Mutex<Pages>,
    places: Semaphore,
}

/// The pages of one state of the documents.
#[derive(Debug, Default)]
struct Pages {
    /// The last published entry, and the number of the state.
    of: (EntryId, u64),
    made: HashMap<(OutputKind, EntryId), MadePage>,
}

/// A page that is made once; `None` if the feed does not exist.
type MadePage = Arc<OnceCell<Option<Arc<EventPage>>>>;

/// Some events of a feed.
#[derive(Debug)]
pub struct EventPage {
    /// In storing order.
    pub events: Vec<StreamEvent>,
    /// The place behind which the next page begins.
    pub through: EntryId,
    /// Whether there are further entries behind it already.
    pub is_more: bool,
    /// The token that readers of the feed must have sent.
    pub token: Option<Secret>,
}

/// A story as an event, ready to be sent.
#[derive(Debug)]
pub struct StreamEvent {
    /// Its place in storing order.
    pub place: EntryId,
    pub bytes: Bytes,
}

impl NewStories {
    pub(super) fn new() -> NewStories {
        NewStories {
            through: watch::Sender::new(EntryId::default()),
            pages: Mutex::default(),
            places: Semaphore::new(READ_AT_ONCE),
        }
    }

    /// Notes that all entries up to this one are published, and wakes the streams that wait for them.
    pub(super) fn reach(&self, entry: EntryId) {
        self.through.send_if_modified(|through| {
            let is_news = entry > *through;
            *through = entry.max(*through);
            is_news
        });
    }

    /// The page of a state, which may not be made yet.
    fn page(&self, kind: &OutputKind, after: EntryId, of: (EntryId, u64)) -> MadePage {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (kind.clone(), after);
        if pages.of != of || (pages.made.len() >= PAGES_KEPT && !pages.made.contains_key(&key)) {
            *pages = Pages { of, ..Pages::default() };
        }
        pages.made.entry(key).or_default().clone()
    }
}

impl Outputs {
    /// Changes when further entries are published.
    pub fn news(&self) -> watch::Receiver<EntryId> {
        self.news.through.subscribe()
    }

    /// The last entry that is published.
    pub fn last_published(&self) -> EntryId {
        *self.news.through.borrow()
    }

    /// The token of a feed that can be followed; the outer `None` if the feed does not exist.
    pub fn stream_token(&self, kind: &OutputKind) -> Option<Option<Secret>> {
        match kind {
            OutputKind::Search(_) | OutputKind::Health => None,
            OutputKind::Output(_) | OutputKind::Tag(_) | OutputKind::Source(_) => {
                self.plan().feed(kind).map(|output| output.spec.token.clone())
            }
        }
    }

    /// A place in storing order as text.
    pub fn cursor(&self, place: EntryId) -> String {
        place.cursor(self.store.store_id())
    }

    /// Reads a place in storing order; `None` if the text does not name a place in this store, or names a place behind
    /// all entries that were ever stored.
    pub async fn place(&self, cursor: &str) -> Result<Option<EntryId>, StoreError> {
        let Some(place) = EntryId::of_cursor(cursor, self.store.store_id()) else { return Ok(None) };
        Ok((place <= self.store.last_entry().await?).then_some(place))
    }

    /// The events of a feed behind a place, as far as entries are published; `None` if the feed does not exist any
    /// more.
    pub async fn events_after(&self, kind: &OutputKind, after: EntryId) -> Result<Option<Arc<EventPage>>, StoreError> {
        let Current { plan, state } = self.current().clone();
        let through = self.last_published();
        let page = self.news.page(kind, after, (through, state));
        let made = page.get_or_try_init(|| self.write_events(&plan, kind, after, through)).await?;
        Ok(made.clone())
    }

    async fn write_events(
        &self,
        plan: &Arc<OutputPlan>,
        kind: &OutputKind,
        after: EntryId,
        through: EntryId,
    ) -> Result<Option<Arc<EventPage>>, StoreError> {
        let Some(output) = plan.feed(kind) else { return Ok(None) };
        let token = output.spec.token.clone();
        if through <= after {
            return Ok(Some(Arc::new(EventPage { events: Vec::new(), through: after, is_more: false, token })));
        }
        let _place = self.news.places.acquire().await.map_err(|_| StoreError::Closed)?;
        let (spec, _) = self.spec_of(plan, &output).await?;
        let as_shown = AsShown {
            backfill: output.backfill.clone(),
            weigh: publish::weigh,
            // As for the live document, because the texts must be the same.
            max_size: bytes_of_texts(&spec),
        };
        let query = StoringQuery {
            selection: output.selection(),
            after,
            through: Some(through),
            since: None,
            as_shown: Some(as_shown),
            limit: PAGE_EVENTS,
            max_bytes: PAGE_BYTES,
        };
        let stored = self.store.stored_after(query).await?;
        let (plan, store_id) = (plan.clone(), self.store.store_id().to_owned());
        off_thread(move || {
            let event = |(place, entry): (EntryId, _)| {
                let item = json_item(&plan, &spec, entry)?;
                let bytes = Bytes::from(events::event(&place.cursor(&store_id), &item));
                Some(StreamEvent { place, bytes })
            };
            let events = stored.entries.into_iter().filter_map(event).collect();
            Some(Arc::new(EventPage { events, through: stored.through, is_more: stored.is_more, token }))
        })
        .await
    }
}
