//! The memory budget for bodies that are being received, shared by all fetches.
//!
//! The first [`FREE_BYTES`] of a body are not counted, because the number of polls in flight bounds them. The rest is
//! taken from a common budget in steps, as the bytes come, so that a length that a server merely claims takes nothing.
//! When the budget is used up, one fetch at a time may exceed it, so that one of the fetches that hold a part of the
//! budget can always finish, and they cannot wait for each other for ever. A fetch that waits too long gives up its
//! part and is postponed.
//!
//! A body returns its part of the budget when the last reference to it is dropped.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::FetchError;
use crate::model::{Cause, NotYet, Timestamp};

/// The part of each body that is not counted, in bytes.
const FREE_BYTES: usize = 128 * KIB;
/// The budget for the rest of all bodies in flight together, in bytes.
const SHARED_BYTES: usize = 16 * 1024 * KIB;
/// The longest wait for a part of the budget. It does not count towards the source's `timeout`, because the wait is our
/// own.
const WAIT: Duration = Duration::from_secs(30);
/// The pause before a fetch that has given up its part is made again.
const PAUSE: Duration = Duration::from_secs(10);
/// The bytes that one permit of the budget stands for.
const KIB: usize = 1024;

/// The budget of a fetcher.
#[derive(Debug, Clone)]
pub(super) struct Bodies {
    shared_kib: usize,
    shared: Arc<Semaphore>,
    /// Held by the single fetch that may exceed the budget.
    beyond: Arc<Semaphore>,
}

/// The error of a fetch that has waited too long for a part of the budget.
#[derive(Debug)]
pub(super) struct Crowded;

impl Crowded {
    /// The error that puts off the fetch for a pause.
    pub(super) fn put_off(self, host: &str, now: Timestamp) -> FetchError {
        FetchError::NotYet(NotYet { host: host.to_owned(), until: now.plus(PAUSE), cause: Cause::Crowded })
    }
}

/// A body that is being received, with its part of the budget.
#[derive(Debug)]
pub(super) struct Buffer {
    bodies: Bodies,
    bytes: Vec<u8>,
    /// The size up to which the body may grow without another request to the budget, in bytes.
    room: usize,
    /// The largest size that the body can reach, in bytes.
    most: usize,
    shared: Option<OwnedSemaphorePermit>,
    beyond: Option<OwnedSemaphorePermit>,
}

/// The answer of the budget to a request for room.
enum Granted {
    Part(OwnedSemaphorePermit),
    Everything(OwnedSemaphorePermit),
}

impl Default for Bodies {
    fn default() -> Bodies {
        Bodies::of(kib(SHARED_BYTES as u64))
    }
}

impl Bodies {
    fn of(shared_kib: usize) -> Bodies {
        Bodies { shared_kib, shared: Arc::new(Semaphore::new(shared_kib)), beyond: Arc::new(Semaphore::new(1)) }
    }

    /// An empty body that is expected to reach at most `most` bytes.
    pub(super) fn buffer(&self, most: u64) -> Buffer {
        Buffer {
            bodies: self.clone(),
            bytes: Vec::new(),
            room: FREE_BYTES,
            most: usize::try_from(most).unwrap_or(usize::MAX),
            shared: None,
            beyond: None,
        }
    }
}

impl Buffer {
    /// The number of bytes received.
    pub(super) fn filled(&self) -> usize {
        self.bytes.len()
    }

    /// Adds received bytes, once there is room for them.
    pub(super) async fn push(&mut self, chunk: &[u8]) -> Result<(), Crowded> {
        let needed = self.bytes.len() + chunk.len();
        self.reserve(needed).await?;
        if needed > self.bytes.capacity() {
            let capacity = needed.max(self.bytes.capacity() * 2).min(self.room);
            self.bytes.reserve_exact(capacity - self.bytes.len());
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }

    /// Takes room for `needed` bytes in total.
    pub(super) async fn reserve(&mut self, needed: usize) -> Result<(), Crowded> {
        if needed > self.room { self.make_room(needed).await } else { Ok(()) }
    }

    async fn make_room(&mut self, needed: usize) -> Result<(), Crowded> {
        // The room doubles, so that a large body makes few requests to the budget.
        let room = (self.room * 2).min(self.most).max(needed);
        let more = u32::try_from(kib(room as u64) - kib(self.room as u64)).unwrap_or(u32::MAX);
        let (shared, beyond) = (self.bodies.shared.clone(), self.bodies.beyond.clone());
        // A step larger than the whole budget is not requested from it, because it would only block other fetches.
        let can_have_part = kib(room as u64) <= self.bodies.shared_kib;
        let granted = tokio::time::timeout(WAIT, async {
            tokio::select! {
                biased;
                part = shared.acquire_many_owned(more), if can_have_part => part.map(Granted::Part),
                everything = beyond.acquire_owned() => everything.map(Granted::Everything),
            }
        });
        match granted.await {
            Ok(Ok(Granted::Part(part))) => {
                match &mut self.shared {
                    Some(shared) => shared.merge(part),
                    None => self.shared = Some(part),
                }
                self.room = room;
                Ok(())
            }
            Ok(Ok(Granted::Everything(beyond))) => {
                self.beyond = Some(beyond);
                self.room = self.most.max(needed);
                Ok(())
            }
            Ok(Err(_)) | Err(_) => Err(Crowded),
        }
    }

    /// The finished body from bytes that were read elsewhere, after room was reserved for them.
    pub(super) fn freeze_with(mut self, bytes: Vec<u8>) -> Bytes {
        self.bytes = bytes;
        self.freeze()
    }

    /// The finished body. It holds its part of the budget until the last reference is dropped.
    pub(super) fn freeze(mut self) -> Bytes {
        self.bytes.shrink_to_fit();
        let needed = kib(self.bytes.len() as u64).saturating_sub(kib(FREE_BYTES as u64));
        let held = self.shared.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        if let Some(shared) = &mut self.shared {
            // The part that was taken for bytes that did not come is returned.
            drop(shared.split(held.saturating_sub(needed)));
        }
        if held >= needed {
            self.beyond = None;
        }
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Converts bytes to KiB, rounded up: to the permits of a budget of memory.
pub fn kib(bytes: u64) -> usize {
    usize::try_from(bytes.div_ceil(KIB as u64)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const CHUNK: [u8; 16 * KIB] = [7; 16 * KIB];

    async fn filled(bodies: &Bodies, bytes: usize) -> Bytes {
        let mut buffer = bodies.buffer(16 << 20);
        while buffer.filled() < bytes {
            buffer.push(&CHUNK).await.expect("there is room");
        }
        buffer.freeze()
    }

    #[tokio::test]
    async fn many_large_bodies_take_turns_within_the_budget() {
        const LARGE_BYTES: usize = 2 << 20;
        let (bodies, held, peak) = (Bodies::of(4 * 1024), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut tasks = Vec::new();
        for _ in 0..64 {
            let (bodies, held, peak) = (bodies.clone(), held.clone(), peak.clone());
            tasks.push(tokio::spawn(async move {
                let mut buffer = bodies.buffer(LARGE_BYTES as u64);
                let mut mine = 0;
                while buffer.filled() < LARGE_BYTES {
                    buffer.push(&CHUNK).await.expect("its turn comes");
                    let more = buffer.bytes.capacity().saturating_sub(FREE_BYTES) - mine;
                    mine += more;
                    peak.fetch_max(held.fetch_add(more, Ordering::SeqCst) + more, Ordering::SeqCst);
                    tokio::task::yield_now().await;
                }
                let body = buffer.freeze();
                // Stands for the time in which the body is read.
                tokio::task::yield_now().await;
                assert_eq!(body.len(), LARGE_BYTES);
                held.fetch_sub(mine, Ordering::SeqCst);
            }));
        }
        for task in tasks {
            task.await.expect("each body comes whole");
        }
        let peak = peak.load(Ordering::SeqCst);
        assert!(peak > LARGE_BYTES, "several bodies grow at once: {peak}");
        assert!(peak <= 4 * 1024 * KIB + LARGE_BYTES, "{peak} bytes were held beyond what is free");
        assert_eq!((bodies.shared.available_permits(), bodies.beyond.available_permits()), (4 * 1024, 1));
    }

    #[tokio::test]
    async fn a_body_holds_what_it_needs_until_it_is_dropped() {
        let bodies = Bodies::of(1024);
        for (bytes, taken) in [(16 * KIB, 0), (FREE_BYTES, 0), (FREE_BYTES + 16 * KIB, 16), (1024 * KIB, 896)] {
            let body = filled(&bodies, bytes).await;
            let other = body.slice(1..);
            assert_eq!(1024 - bodies.shared.available_permits(), taken, "{bytes}");
            assert_eq!(bodies.beyond.available_permits(), 1, "{bytes}");
            drop(body);
            assert_eq!(1024 - bodies.shared.available_permits(), taken, "{bytes}: a part of it is still in use");
            drop(other);
            assert_eq!(bodies.shared.available_permits(), 1024, "{bytes}");
        }
        let mut buffer = bodies.buffer(16 << 20);
        buffer.reserve(900 * KIB).await.expect("there is room");
        assert_eq!(1024 - bodies.shared.available_permits(), 772);
        let body = buffer.freeze_with(vec![7; 600 * KIB]);
        assert_eq!((body.len(), 1024 - bodies.shared.available_permits()), (600 * KIB, 472));
        drop(body);
        // A body larger than the whole budget exceeds it, which only one fetch at a time may do.
        let body = filled(&bodies, 3 << 20).await;
        assert_eq!(bodies.beyond.available_permits(), 0);
        drop(body);
        assert_eq!((bodies.shared.available_permits(), bodies.beyond.available_permits()), (1024, 1));
    }

    #[test]
    fn a_fetch_that_waited_too_long_says_what_to_do() {
        let told = Crowded.put_off("a.example", Timestamp::from_unix(0)).to_string();
        assert!(told.contains("memory") && told.contains("lower `concurrency` or `max_body`"), "{told}");
    }

    #[tokio::test]
    async fn a_small_body_never_waits() {
        let bodies = Bodies::of(0);
        let _beyond = bodies.beyond.clone().try_acquire_owned().expect("no other fetch has it");
        assert_eq!(filled(&bodies, FREE_BYTES).await.len(), FREE_BYTES);
    }
}
