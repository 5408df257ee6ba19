//! Places for connections. If more clients connect than there are places, the new connection gets in, and the oldest idle
//! connection is closed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

/// States of a connection.
const IDLE: u8 = 0;
const ASKED: u8 = 1;
const ANSWERED: u8 = 2;
const STREAMS: u8 = 3;

/// The state of a connection, which the code that serves it keeps up to date.
#[derive(Debug, Clone, Default)]
pub(super) struct Doing(Arc<AtomicU8>);

impl Doing {
    /// A request has come in.
    pub(super) fn asked(&self) {
        self.0.store(ASKED, Ordering::Relaxed);
    }

    /// The answer to the request is made, and is being sent. A stream is still being made.
    pub(super) fn answered(&self) {
        let _ = self.0.compare_exchange(ASKED, ANSWERED, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// The answer is a stream.
    pub(super) fn streams(&self) {
        self.0.store(STREAMS, Ordering::Relaxed);
    }

    /// The stream is over, and its end is being sent.
    pub(super) fn streamed(&self) {
        self.0.store(ANSWERED, Ordering::Relaxed);
    }

    /// Whether the answer is a stream, which may be quiet for as long as nothing happens.
    pub(super) fn is_streaming(&self) -> bool {
        self.0.load(Ordering::Relaxed) == STREAMS
    }

    /// The answer is sent.
    pub(super) fn sent(&self) {
        let _ = self.0.compare_exchange(ANSWERED, IDLE, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Whether no request is being answered.
    pub(super) fn is_idle(&self) -> bool {
        self.0.load(Ordering::Relaxed) == IDLE
    }
}

/// The open connections, the oldest first.
#[derive(Debug)]
pub(super) struct Crowd {
    places: usize,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    connections: BTreeMap<u64, (Doing, CancellationToken)>,
}

/// The place of a connection; dropping the value frees it.
#[derive(Debug)]
pub(super) struct Place {
    crowd: Arc<Crowd>,
    number: u64,
    pub(super) doing: Doing,
    /// Cancelled when another connection needs the place.
    pub(super) given_up: CancellationToken,
}

impl Crowd {
    pub(super) fn new(places: usize) -> Arc<Crowd> {
        Arc::new(Crowd { places, open: Mutex::default() })
    }

    /// Gives a new connection a place. If no place is free, the oldest idle connection loses its place; if no
    /// connection is idle, the oldest connection without a stream does. Such a connection always exists, because the
    /// number of streams has a lower limit.
    pub(super) fn enter(self: &Arc<Self>) -> Place {
        let (doing, given_up) = (Doing::default(), CancellationToken::new());
        let mut open = self.open();
        while open.connections.len() >= self.places {
            let oldest = |fits: fn(&Doing) -> bool| open.connections.iter().find(|(_, (doing, _))| fits(doing));
            let gives_way = oldest(Doing::is_idle).or_else(|| oldest(|doing| !doing.is_streaming()));
            let gives_way = gives_way.or(open.connections.first_key_value());
            let Some(number) = gives_way.map(|(number, _)| *number) else { break };
            if let Some((_, given_up)) = open.connections.remove(&number) {
                given_up.cancel();
            }
        }
        let number = open.next;
        open.next += 1;
        open.connections.insert(number, (doing.clone(), given_up.clone()));
        drop(open);
        Place { crowd: self.clone(), number, doing, given_up }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.crowd.open().connections.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_idle_connection_is_closed_first() {
        let crowd = Crowd::new(3);
        let first = crowd.enter();
        let second = crowd.enter();
        let third = crowd.enter();
        first.doing.asked();
        let fourth = crowd.enter();
        let gone = || [&first, &second, &third, &fourth].map(|place| place.given_up.is_cancelled());
        assert_eq!(gone(), [false, true, false, false], "the first is being answered");
        first.doing.answered();
        first.doing.sent();
        let fifth = crowd.enter();
        assert_eq!(gone(), [true, true, false, false], "its answer is sent");
        third.doing.asked();
        fourth.doing.asked();
        fifth.doing.asked();
        let _sixth = crowd.enter();
        assert_eq!(gone(), [true, true, true, false], "all are being answered");
    }

    #[test]
    fn a_quiet_stream_keeps_its_place() {
        let crowd = Crowd::new(2);
        let stream = crowd.enter();
        stream.doing.asked();
        stream.doing.streams();
        stream.doing.answered();
        stream.doing.sent();
        assert!(stream.doing.is_streaming() && !stream.doing.is_idle(), "an event is sent");
        let second = crowd.enter();
        second.doing.asked();
        let third = crowd.enter();
        let gone = || [&stream, &second, &third].map(|place| place.given_up.is_cancelled());
        assert_eq!(gone(), [false, true, false]);
        stream.doing.streamed();
        stream.doing.sent();
        let _fourth = crowd.enter();
        assert_eq!(gone(), [true, true, false], "the stream is over");
    }

    #[test]
    fn a_closed_connection_frees_its_place() {
        let crowd = Crowd::new(1);
        drop(crowd.enter());
        let stays = crowd.enter();
        assert!(!stays.given_up.is_cancelled());
        assert_eq!(crowd.open().connections.len(), 1);
    }

    #[test]
    fn a_flush_before_the_answer_does_not_make_a_connection_idle() {
        let doing = Doing::default();
        doing.asked();
        doing.sent();
        assert!(!doing.is_idle());
    }
}
