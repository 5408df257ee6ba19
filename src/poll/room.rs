//! The memory budget for documents that are being read, shared by all polls.
//!
//! The memory that a document needs is known only once it is decompressed, and then it is too late to wait. A poll
//! therefore takes room for a guess and reads with the guess as its limit; a larger document is read anew with more
//! room. The poll keeps its room until the entries are stored, because they need about as much memory as the text that
//! they came from.
//!
//! A poll holds at most one room, and while it holds the room it waits only for a reader thread and for the store.
//! Polls therefore never wait for each other in a circle. Small documents have their own budget, so that they never
//! wait for large documents.

use std::iter;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::fetch::kib;

/// The size up to which a document counts as small, in bytes after decompression.
const SMALL_MAX_BYTES: u64 = 512 * KIB;
/// The budget for all small documents in memory, in bytes after decompression. Reading takes up to eight times as much
/// (the text, its canonical form, the parsed feed, the entries, their comparison data), so about 64 MB at worst.
const SMALL_BYTES: u64 = 8 * 1024 * KIB;
/// The budget for all large documents in memory, in bytes after decompression: one document of the default `max_body`,
/// which takes about 80 MB. A document above it, if the configuration allows that, takes the whole budget and is read
/// alone.
const LARGE_BYTES: u64 = 10 * 1024 * KIB;
/// The least room that a poll takes, in bytes.
const LEAST_BYTES: u64 = 64 * KIB;
/// The guessed ratio of decompressed to compressed size. The few feeds that exceed it are decompressed twice.
const PACKED_TIMES: u64 = 10;
/// The factor by which the room grows after a guess that was too small.
const STEP_TIMES: u64 = 4;
/// Bytes that one permit of a budget stands for.
const KIB: u64 = 1024;

/// The budgets of all polls.
#[derive(Debug)]
pub struct Room {
    small: Arc<Semaphore>,
    large: Arc<Semaphore>,
}

/// A document's share of a budget. Dropping it returns the share.
#[derive(Debug)]
pub struct Share(OwnedSemaphorePermit);

impl Default for Room {
    fn default() -> Room {
        let budget = |bytes| Arc::new(Semaphore::new(kib(bytes)));
        Room { small: budget(SMALL_BYTES), large: budget(LARGE_BYTES) }
    }
}

impl Room {
    /// Waits for room for a document of `bytes` bytes after decompression. `None` when the program ends.
    pub async fn take(&self, bytes: u64) -> Option<Share> {
        let (budget, most) =
            if bytes <= SMALL_MAX_BYTES { (&self.small, SMALL_BYTES) } else { (&self.large, LARGE_BYTES) };
        let permits = u32::try_from(kib(bytes.min(most))).unwrap_or(u32::MAX);
        budget.clone().acquire_many_owned(permits).await.ok().map(Share)
    }
}

impl Share {
    /// Returns the part of the share that a document of `bytes` bytes does not need.
    pub fn keep(&mut self, bytes: u64) {
        let surplus = self.0.num_permits().saturating_sub(kib(bytes));
        drop(self.0.split(surplus));
    }
}

/// The limits with which a body is read, one after the other, until the document fits: bytes after decompression,
/// ending with `most`.
pub fn limits(body: usize, is_packed: bool, most: u64) -> impl Iterator<Item = u64> {
    let body = body as u64;
    let guess = if is_packed { body.saturating_mul(PACKED_TIMES) } else { body };
    let first = guess.max(LEAST_BYTES).min(most);
    iter::successors(Some(first), move |limit| (*limit < most).then(|| limit.saturating_mul(STEP_TIMES).min(most)))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const MIB: u64 = 1024 * KIB;

    #[test]
    fn limits_rise_from_the_guess_to_the_most() {
        let check = |body: u64, is_packed: bool, most: u64, wanted: &[u64]| {
            let body = usize::try_from(body).expect("a small number");
            let found: Vec<u64> = limits(body, is_packed, most).collect();
            assert_eq!(found, wanted, "{body} {is_packed} {most}");
        };
        check(0, false, 10 * MIB, &[64 * KIB, 256 * KIB, MIB, 4 * MIB, 10 * MIB]);
        check(MIB, false, 10 * MIB, &[MIB, 4 * MIB, 10 * MIB]);
        check(MIB / 2, true, 10 * MIB, &[5 * MIB, 10 * MIB]);
        check(2 * MIB, true, 10 * MIB, &[10 * MIB]);
        check(100, true, KIB, &[KIB]);
        check(9 * MIB, false, MIB, &[MIB]);
    }

    #[tokio::test]
    async fn the_budget_is_shared_and_given_back() {
        let (room, all_small, all_large) = (Room::default(), kib(SMALL_BYTES), kib(LARGE_BYTES));
        let free = || (room.small.available_permits(), room.large.available_permits());
        let mut small = room.take(512 * KIB).await.expect("it is open");
        assert_eq!(free(), (all_small - 512, all_large));
        small.keep(100 * KIB);
        assert_eq!(free(), (all_small - 100, all_large));
        // A document larger than the whole budget takes all of it.
        let mut large = room.take(256 * MIB).await.expect("it is open");
        assert_eq!(free(), (all_small - 100, 0));
        large.keep(200 * MIB);
        assert_eq!(free(), (all_small - 100, 0));
        large.keep(MIB);
        assert_eq!(free(), (all_small - 100, all_large - 1024));
        drop((small, large));
        assert_eq!(free(), (all_small, all_large));
    }

    #[tokio::test]
    async fn large_documents_are_read_one_after_the_other_and_small_ones_do_not_wait_for_them() {
        let room = Arc::new(Room::default());
        let (at_once, peak) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let first = room.take(10 * MIB).await.expect("it is open");
        let mut tasks = Vec::new();
        for _ in 0..20 {
            let (room, at_once, peak) = (room.clone(), at_once.clone(), peak.clone());
            tasks.push(tokio::spawn(async move {
                let share = room.take(4 * MIB).await.expect("it is open");
                peak.fetch_max(at_once.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                at_once.fetch_sub(1, Ordering::SeqCst);
                drop(share);
            }));
        }
        tokio::task::yield_now().await;
        assert!(room.take(512 * KIB).await.is_some());
        assert_eq!(peak.load(Ordering::SeqCst), 0, "no other large document is read beside the first");
        drop(first);
        for task in tasks {
            task.await.expect("its turn comes");
        }
        assert_eq!(peak.load(Ordering::SeqCst), 2, "two of 4 MiB fit into 10 MiB");
    }
}
