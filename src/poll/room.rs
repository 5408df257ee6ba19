//! Memory for the documents that are being read, counted for all polls together.
//!
//! What a document costs is known only once it is decompressed, and then it is too late to wait. So a poll first takes room
//! for a guess, and reads with that as its limit; a document that turns out to be larger is read anew with more room.
//! The poll keeps its room until the entries are stored, because they cost about as much as the text that they came from.
//!
//! A poll has one room at a time and waits for nothing while it has one but for its turn to read and to be stored, so polls
//! do not wait for each other in a circle. Small documents have a budget of their own, so that they never wait for large ones.

use std::iter;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Documents up to this size are small: bytes after decompression.
const SMALL_MAX_BYTES: u64 = 512 * KIB;
/// Small documents in memory at once, in bytes after decompression. Reading takes up to eight times as much (the text, its
/// canonical form, what is parsed, the entries, what they are compared by): some 64 MB, if all were as costly as that.
const SMALL_BYTES: u64 = 8 * 1024 * KIB;
/// Large documents in memory at once, in bytes after decompression: one of the default `max_body`, which takes some 80 MB. A
/// larger one, if the configuration allows it, is read alone.
const LARGE_BYTES: u64 = 10 * 1024 * KIB;
/// Least room that a poll takes, in bytes.
const LEAST_BYTES: u64 = 64 * KIB;
/// How many times larger a body is taken to become when it is decompressed: few feeds become more, which are decompressed twice.
const PACKED_TIMES: u64 = 10;
/// How many times more room is taken for a document that was larger than guessed.
const STEP_TIMES: u64 = 4;
/// Bytes that one permit of a budget stands for.
const KIB: u64 = 1024;

/// The budgets of all polls.
#[derive(Debug)]
pub struct Room {
    small: Arc<Semaphore>,
    large: Arc<Semaphore>,
}

/// The part of a budget that a document has; given back when dropped.
#[derive(Debug)]
pub struct Share(OwnedSemaphorePermit);

impl Default for Room {
    fn default() -> Room {
        let budget = |bytes| Arc::new(Semaphore::new(kib(bytes)));
        Room { small: budget(SMALL_BYTES), large: budget(LARGE_BYTES) }
    }
}

impl Room {
    /// Room for a document that has so many bytes when it is decompressed. None when the program ends.
    pub async fn take(&self, bytes: u64) -> Option<Share> {
        let (budget, most) =
            if bytes <= SMALL_MAX_BYTES { (&self.small, SMALL_BYTES) } else { (&self.large, LARGE_BYTES) };
        let permits = u32::try_from(kib(bytes.min(most))).unwrap_or(u32::MAX);
        budget.clone().acquire_many_owned(permits).await.ok().map(Share)
    }
}

impl Share {
    /// Gives back what a document of this size does not need.
    pub fn keep(&mut self, bytes: u64) {
        let surplus = self.0.num_permits().saturating_sub(kib(bytes));
        drop(self.0.split(surplus));
    }
}

/// The limits that a body is read with, one after the other, until it fits: bytes after decompression, `most` at last.
pub fn limits(body: usize, is_packed: bool, most: u64) -> impl Iterator<Item = u64> {
    let body = body as u64;
    let guess = if is_packed { body.saturating_mul(PACKED_TIMES) } else { body };
    let first = guess.max(LEAST_BYTES).min(most);
    iter::successors(Some(first), move |limit| (*limit < most).then(|| limit.saturating_mul(STEP_TIMES).min(most)))
}

/// Bytes in KiB, rounded up.
fn kib(bytes: u64) -> usize {
    usize::try_from(bytes.div_ceil(KIB)).unwrap_or(usize::MAX)
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
        // Larger than the whole budget: alone.
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
        assert_eq!(peak.load(Ordering::SeqCst), 0, "none began beside the first");
        drop(first);
        for task in tasks {
            task.await.expect("its turn comes");
        }
        assert_eq!(peak.load(Ordering::SeqCst), 2, "two of 4 MiB fit into 10 MiB");
    }
}
