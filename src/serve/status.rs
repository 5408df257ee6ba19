//! `/status.json`: the state of the sources and of the installation, made at most once in a while.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::clock;
use crate::config::Config;
use crate::control::{self, Audience, StatusRecord};
use crate::health::Health;
use crate::store::{Store, StoreError};

/// A record is used for at least this long.
const KEPT: Duration = Duration::from_secs(1);
/// A record is used for this many times as long as it took to make it, so that requests take a limited part of the machine however
/// many sources there are.
const KEPT_FACTOR: u32 = 20;

/// Makes records, and keeps the last one.
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
    record: Arc<StatusRecord>,
}

impl Status {
    pub fn new(config: Arc<Config>, store: Store, health: Arc<Health>) -> Status {
        Status { config, store, health, kept: Mutex::default() }
    }

    /// The record for everybody, with all sources.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub(super) async fn get(&self) -> Result<Arc<StatusRecord>, StoreError> {
        let mut kept = self.kept.lock().await;
        let began = clock::monotonic();
        if let Some(kept) = kept.as_ref().filter(|kept| began < kept.until) {
            return Ok(kept.record.clone());
        }
        let made =
            control::status(&self.config, Some(&self.store), Some(self.health.as_ref()), Audience::Everybody).await?;
        let record = Arc::new(made);
        let ended = clock::monotonic();
        let until = ended + KEPT.max(ended.saturating_duration_since(began) * KEPT_FACTOR);
        *kept = Some(Kept { until, record: record.clone() });
        Ok(record)
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
