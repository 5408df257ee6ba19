//! Which messages to callbacks are sent when: slow callbacks never hold up fast callbacks, and no site takes all places.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::task::{AbortHandle, Id, JoinSet};

use super::roster::{Due, Lane, Number, Roster};
use super::tasks::{Denial, Means};
use super::{Done, Note};
use crate::clock;
use crate::machine::Process;
use crate::push::turns::Turns;
use crate::schedule::host_key;

/// Messages to callbacks in flight, in all and on one registrable domain. If the process may open few files, the limit
/// is a part of their number.
pub(super) const IN_FLIGHT: usize = 1_024;
const IN_FLIGHT_OF_SITE: usize = 32;
/// The part of the files that the process may open, as a divisor, that messages may take; and the least number of messages.
const PART_OF_FILES: usize = 4;
const IN_FLIGHT_LEAST: usize = 64;
/// Messages that are begun side by side: deliveries to callbacks that took the last delivery, and all other messages.
const FRESH_AT_ONCE: usize = 256;
const AGAIN_AT_ONCE: usize = 128;
/// A delivery to a callback that took the last delivery makes room for another message after this time.
const QUICK: Duration = Duration::from_millis(250);
/// A delivery that has taken this long gives way where too many are in flight.
const GIVES_WAY_AFTER: Duration = Duration::from_secs(1);

/// A message to a callback that waits for its turn.
#[derive(Debug)]
enum Work {
    Deliver(Number),
    Deny(Box<Denial>),
}

/// A message to a callback that is being sent.
#[derive(Debug)]
struct Flight {
    /// The subscription, if the message is a delivery.
    number: Option<Number>,
    site: String,
    lane: Lane,
    began: Instant,
    abort: AbortHandle,
    /// Whether another message may begin in its place.
    is_slow: bool,
}

/// The messages of a lane.
#[derive(Debug)]
struct Queue {
    turns: Turns<Work>,
    /// Messages that count against the limit of the lane.
    running: usize,
    at_once: usize,
}

impl Queue {
    fn new(at_once: usize) -> Queue {
        Queue { turns: Turns::new(IN_FLIGHT_OF_SITE), running: 0, at_once }
    }

    fn take(&mut self) -> Option<(String, Work)> {
        if self.running < self.at_once { self.turns.take() } else { None }
    }
}

/// The messages that wait and those in flight.
#[derive(Debug)]
pub(super) struct Sending {
    fresh: Queue,
    again: Queue,
    flights: HashMap<Id, Flight>,
    /// Slow messages, the oldest first.
    slow: VecDeque<Id>,
    /// Messages that were told to give way and have not ended yet.
    giving_way: usize,
    /// Most messages in flight.
    most: usize,
}

impl Sending {
    pub(super) fn new() -> Sending {
        Sending {
            fresh: Queue::new(FRESH_AT_ONCE),
            again: Queue::new(AGAIN_AT_ONCE),
            flights: HashMap::new(),
            slow: VecDeque::new(),
            giving_way: 0,
            most: most_in_flight(Process::read().max_open_files),
        }
    }

    /// Whether messages wait that may need others to give way.
    pub(super) fn is_waiting(&self) -> bool {
        self.fresh.turns.waiting() > 0
    }

    /// Puts deliveries that are due at the end of their queues.
    pub(super) fn line_up(&mut self, due: impl IntoIterator<Item = Due>) {
        for Due { number, site, lane } in due {
            self.queue(lane).turns.wait(&site, Work::Deliver(number));
        }
    }

    /// Puts a denial at the end of its queue.
    pub(super) fn deny(&mut self, denial: Denial) {
        let site = host_key(&denial.callback).as_str().to_owned();
        self.again.turns.wait(&site, Work::Deny(Box::new(denial)));
    }

    /// Begins as many messages as there is room for.
    pub(super) fn begin(
        &mut self,
        roster: &Roster,
        means: &Arc<Means>,
        tasks: &mut JoinSet<Done>,
        notes: &mpsc::Sender<Note>,
    ) {
        for lane in [Lane::Fresh, Lane::Again] {
            while self.flights.len() < self.most
                && let Some((site, work)) = self.queue(lane).take()
            {
                self.begin_one(site, work, lane, roster, (means.clone(), notes.clone()), tasks);
            }
        }
        if self.is_waiting() && self.flights.len() >= self.most {
            self.make_room();
        }
    }

    fn begin_one(
        &mut self,
        site: String,
        work: Work,
        lane: Lane,
        roster: &Roster,
        (means, notes): (Arc<Means>, mpsc::Sender<Note>),
        tasks: &mut JoinSet<Done>,
    ) {
        let (number, abort) = match work {
            Work::Deliver(number) => {
                let Some((to, name)) = roster.get(number) else {
                    // The subscription has ended while the delivery waited.
                    self.queue(lane).turns.ended(&site);
                    return;
                };
                let (name, callback, asked) = (name.clone(), to.callback.clone(), to.row.asked.clone());
                let signed_by = to.row.secret.clone().map(|secret| (to.row.method, secret));
                let delivery = async move {
                    let delivered = means.deliver(&name, &callback, &asked, signed_by.as_ref());
                    Done::Delivered(beside_if_slow(delivered, &notes).await)
                };
                (Some(number), tasks.spawn(delivery))
            }
            Work::Deny(denial) => {
                let denial = async move {
                    beside_if_slow(means.deny(&denial), &notes).await;
                    Done::Denied
                };
                (None, tasks.spawn(denial))
            }
        };
        self.queue(lane).running += 1;
        let flight = Flight { number, site, lane, began: clock::monotonic(), abort, is_slow: false };
        self.flights.insert(flight.abort.id(), flight);
    }

    fn queue(&mut self, lane: Lane) -> &mut Queue {
        match lane {
            Lane::Fresh => &mut self.fresh,
            Lane::Again => &mut self.again,
        }
    }

    /// Notes that a message takes long. Callbacks that did not take the last delivery are expected to be slow, so
    /// messages to them keep their places.
    pub(super) fn slowed(&mut self, id: Id) {
        let is_news = |flight: &&mut Flight| flight.lane == Lane::Fresh && !flight.is_slow;
        let Some(flight) = self.flights.get_mut(&id).filter(is_news) else { return };
        flight.is_slow = true;
        self.fresh.running -= 1;
        self.slow.push_back(id);
    }

    /// Notes that a task has ended. Returns the subscription to which it delivered, if it did.
    pub(super) fn landed(&mut self, id: Id) -> Option<Number> {
        let flight = self.flights.remove(&id)?;
        if flight.is_slow {
            let before = self.slow.len();
            self.slow.retain(|other| *other != id);
            if self.slow.len() == before {
                self.giving_way = self.giving_way.saturating_sub(1);
            }
        } else {
            self.queue(flight.lane).running -= 1;
        }
        self.queue(flight.lane).turns.ended(&flight.site);
        flight.number
    }

    /// Has the oldest slow messages give way, as many as may begin in their place. Their deliveries are tried again later.
    fn make_room(&mut self) {
        let now = clock::monotonic();
        while self.giving_way < FRESH_AT_ONCE
            && let Some(id) = self.slow.front().copied()
        {
            let Some(flight) = self.flights.get(&id) else { return };
            if now.saturating_duration_since(flight.began) < GIVES_WAY_AFTER {
                return;
            }
            flight.abort.abort();
            self.slow.pop_front();
            self.giving_way += 1;
        }
    }
}

/// How many messages may be in flight if the process may open this number of files.
fn most_in_flight(files: Option<u64>) -> usize {
    let files = files.and_then(|files| usize::try_from(files).ok()).unwrap_or(usize::MAX);
    (files / PART_OF_FILES).clamp(IN_FLIGHT_LEAST, IN_FLIGHT)
}

/// Does the work, and sends a note if it takes longer than [`QUICK`].
async fn beside_if_slow<T>(work: impl Future<Output = T>, notes: &mpsc::Sender<Note>) -> T {
    tokio::pin!(work);
    if let Ok(done) = tokio::time::timeout(QUICK, work.as_mut()).await {
        return done;
    }
    if let Some(id) = tokio::task::try_id() {
        // Sending fails only if the loop has ended.
        let _ = notes.send(Note::Slow(id)).await;
    }
    work.await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_open_files_allow_few_messages() {
        for (files, expected) in [(None, 1_024), (Some(1_048_576), 1_024), (Some(1_024), 256), (Some(16), 64)] {
            assert_eq!(most_in_flight(files), expected, "{files:?}");
        }
    }
}
