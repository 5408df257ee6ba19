//! Keeps the index for search up to date, while there is nothing more urgent to do.
//!
//! Entry points: [`keep_indexed`] beside a running daemon, [`index_for`] and [`index_all`] for a command that needs the index.
//! A search finds entries that are not indexed yet, so nothing waits for the index.

use std::time::Duration;

use crate::clock;
use crate::store::{Store, StoreError};

/// Pause between two looks at the number of missing entries.
const LOOK: Duration = Duration::from_secs(2);
/// Entries that polls bring from one look to the next while a burst of polls goes on. Then the index waits, because the
/// polls are more urgent.
const BURST: u64 = 200;
/// Missing entries at which the index is filled although the burst goes on.
const MANY: u32 = 100_000;
/// Missing entries for which filling the index is worth its transaction. A smaller number waits for further entries.
pub const ENOUGH_TO_INDEX: u32 = 256;
/// Pause after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(60);
/// Looks after which the index is filled for any number of entries.
const LOOKS: u32 = 4;

/// Fills the index again and again. Never returns.
pub async fn keep_indexed(store: Store) {
    let mut waiting = Waiting::default();
    loop {
        tokio::time::sleep(LOOK).await;
        let filled = match store.unindexed(MANY).await {
            Ok(missing) if waiting.is_over(missing) => fill(&store).await,
            Ok(_) => Ok(()),
            Err(error) => Err(error),
        };
        // Polls report a full or faulty disk.
        if let Err(error) = filled {
            tracing::debug!(%error, "the index for search could not be filled; it is tried again");
            tokio::time::sleep(AFTER_FAILURE).await;
        }
    }
}

/// What earlier looks have shown since the index was last filled.
#[derive(Debug, Default)]
struct Waiting {
    missing: u64,
    looks: u32,
}

impl Waiting {
    /// Whether the index is to be filled, now that this number of entries is missing.
    fn is_over(&mut self, missing: u64) -> bool {
        let is_calm = missing.saturating_sub(self.missing) <= BURST;
        self.looks = if missing == 0 { 0 } else { self.looks + 1 };
        let is_enough = missing >= u64::from(ENOUGH_TO_INDEX) || self.looks >= LOOKS;
        let is_over = missing > 0 && ((is_calm && is_enough) || missing >= u64::from(MANY));
        *self = if is_over { Waiting::default() } else { Waiting { missing, looks: self.looks } };
        is_over
    }
}

/// Fills the index, with pauses that leave the writer and the processor to polls for half of the time.
async fn fill(store: &Store) -> Result<(), StoreError> {
    loop {
        let began = clock::monotonic();
        let indexed = store.index_some().await?;
        if !indexed.is_more {
            return Ok(());
        }
        tokio::time::sleep(began.elapsed()).await;
    }
}

/// Fills the index without pauses.
pub async fn index_all(store: &Store) -> Result<(), StoreError> {
    index_for(store, Duration::MAX).await.map(|_| ())
}

/// Fills the index without pauses, for about this time at most. Returns whether it is filled.
pub async fn index_for(store: &Store, time: Duration) -> Result<bool, StoreError> {
    let began = clock::monotonic();
    // Entries that were revised before they were indexed are due once more after the rest.
    while store.index_some().await?.entries > 0 {
        if began.elapsed() >= time {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_waits_for_the_end_of_a_burst_and_for_enough_entries() {
        let check = |missing: &[u64], wanted: &[bool]| {
            let mut waiting = Waiting::default();
            let found: Vec<bool> = missing.iter().map(|missing| waiting.is_over(*missing)).collect();
            assert_eq!(found, wanted, "{missing:?}");
        };
        check(&[0, 0, 0, 0, 0], &[false; 5]);
        check(&[1, 2, 2, 3, 1], &[false, false, false, true, false]);
        check(&[300, 300], &[false, true]);
        check(&[5_000, 10_000, 10_200], &[false, false, true]);
        check(&[1_000, 2_000, 3_000, 4_000, 5_000], &[false; 5]);
        check(&[99_000, 100_000], &[false, true]);
        check(&[0, 0, 0, 0, 1], &[false; 5]);
    }
}
