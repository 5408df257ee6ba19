//! Keeps the index for search up to date, while there is nothing more urgent to do.
//!
//! Entry points: [`keep_indexed`] beside a running daemon, [`index_all`] after the polls of a command. A search finds
//! entries that are not indexed yet, so nothing waits for the index.

use std::time::Duration;

use crate::clock;
use crate::store::{Store, StoreError};

/// How often the number of missing entries is looked at. The index is filled when the number has not risen for this long,
/// because then the burst of polls is over.
const LOOK: Duration = Duration::from_secs(2);
/// Missing entries at which the index is filled although polls go on bringing entries.
const MANY: u32 = 20_000;
/// Pause after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(60);

/// Fills the index again and again. Never returns.
pub async fn keep_indexed(store: Store) {
    let mut before = 0;
    loop {
        tokio::time::sleep(LOOK).await;
        let filled = match store.unindexed(MANY).await {
            Ok(0) => Ok(0),
            Ok(missing) if missing <= before || missing >= u64::from(MANY) => fill(&store).await.map(|()| 0),
            Ok(missing) => Ok(missing),
            Err(error) => Err(error),
        };
        before = match filled {
            Ok(missing) => missing,
            // A full or faulty disk is told of by the polls.
            Err(error) => {
                tracing::debug!(%error, "the index for search could not be filled; it is tried again");
                tokio::time::sleep(AFTER_FAILURE).await;
                0
            }
        };
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
///
/// # Errors
/// When the database cannot be read or written.
pub async fn index_all(store: &Store) -> Result<(), StoreError> {
    while store.index_some().await?.is_more {}
    Ok(())
}
