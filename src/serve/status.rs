//! `/status` and `/status.json`: the state of the sources and of the installation, made at most once in a while.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::clock;
use crate::config::Config;
use crate::control::{self, Audience, WholeStatus};
use crate::health::Health;
use crate::outputs::Outputs;
use crate::publish::Snapshot;
use crate::store::{Store, StoreError};

/// A record is used for at least this long.
const KEPT: Duration = Duration::from_secs(1);
/// A record is used for this many times as long as it took to make it, so that requests take a limited part of the machine however
/// many sources there are.
const KEPT_FACTOR: u32 = 20;
/// Most pages that are kept beside a record.
const PAGES_KEPT: usize = 8;

/// Makes records, and keeps the last record.
#[derive(Debug)]
pub struct Status {
    config: Arc<Config>,
    store: Store,
    health: Arc<Health>,
    /// Locked while a record is made, so that requests at the same time share one.
    kept: Mutex<Option<Kept>>,
}

#[derive(Debug)]
struct Kept {
    until: Instant,
    whole: Arc<WholeStatus>,
    /// The pages of the record that were asked for, by number.
    pages: BTreeMap<usize, Arc<Snapshot>>,
}

impl Status {
    pub fn new(config: Arc<Config>, store: Store, health: Arc<Health>) -> Status {
        Status { config, store, health, kept: Mutex::default() }
    }

    /// The state for everybody.
    pub(super) async fn get(&self) -> Result<Arc<WholeStatus>, StoreError> {
        let mut kept = self.kept.lock().await;
        Ok(self.current(&mut kept).await?.whole.clone())
    }

    /// A page of the record for people; `None` if the page does not exist.
    pub(super) async fn page(&self, documents: &Outputs, number: usize) -> Result<Option<Arc<Snapshot>>, StoreError> {
        // Locked while the page is made, so that requests at the same time share it.
        let mut kept = self.kept.lock().await;
        let kept = self.current(&mut kept).await?;
        if let Some(page) = kept.pages.get(&number) {
            return Ok(Some(page.clone()));
        }
        let Some(record) = kept.whole.page(number) else { return Ok(None) };
        let page = Arc::new(documents.status_page(record).await?);
        if kept.pages.len() >= PAGES_KEPT {
            kept.pages.clear();
        }
        kept.pages.insert(number, page.clone());
        Ok(Some(page))
    }

    /// The kept record, or a new record if the kept record is too old.
    async fn current<'k>(&self, kept: &'k mut Option<Kept>) -> Result<&'k mut Kept, StoreError> {
        let began = clock::monotonic();
        let current = match kept.take() {
            Some(current) if began < current.until => current,
            _ => {
                let (store, health) = (Some(&self.store), Some(self.health.as_ref()));
                let whole = control::status(&self.config, store, health, Audience::Everybody).await?;
                let ended = clock::monotonic();
                let until = ended + KEPT.max(ended.saturating_duration_since(began) * KEPT_FACTOR);
                Kept { until, whole: Arc::new(whole), pages: BTreeMap::new() }
            }
        };
        Ok(kept.insert(current))
    }
}

/// The page that a query asks for (`page=2`), else the first; None if the number is not a number.
pub(super) fn page_of(query: Option<&str>) -> Option<usize> {
    let mut pairs = query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    match pairs.find(|(key, _)| *key == "page") {
        Some((_, number)) => number.parse().ok(),
        None => Some(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages() {
        for (query, expected) in [
            (None, Some(1)),
            (Some(""), Some(1)),
            (Some("page=2"), Some(2)),
            (Some("a=b&page=3"), Some(3)),
            (Some("page=x"), None),
            (Some("page=-1"), None),
            (Some("page=99999999999999999999999"), None),
        ] {
            assert_eq!(page_of(query), expected, "{query:?}");
        }
    }
}
