//! The polls in flight, and which of them count against `concurrency`.
//!
//! A server that accepts a connection and then says nothing holds a poll for as long as the source's `timeout` lets it.
//! Where many servers do so at once, such polls would take every place, and the sources behind them would be late for
//! minutes. A poll that has lasted for [`LONG`] therefore gives its place to the next source, because waiting costs this
//! machine little. How many polls may do so is limited, because each keeps a connection open.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use crate::model::{Moment, SourceId};

/// A poll that has lasted for this long gives its place to another poll.
pub const LONG: Duration = Duration::from_secs(10);
/// Polls that may have given their places away, for each place.
const LONG_PER_PLACE: usize = 3;
/// Most polls that may have given their places away, whatever the number of places.
const LONG_MAX: usize = 1_024;

#[derive(Debug, Default)]
pub(super) struct Flights {
    /// When each poll began; `None` once the poll has become long.
    begun: HashMap<SourceId, Option<Moment>>,
    /// The polls that are not long yet, the earliest first.
    young: BTreeSet<(Moment, SourceId)>,
}

impl Flights {
    pub(super) fn len(&self) -> usize {
        self.begun.len()
    }

    pub(super) fn begin(&mut self, source: SourceId, now: Moment) {
        self.end(source);
        self.begun.insert(source, Some(now));
        self.young.insert((now, source));
    }

    pub(super) fn end(&mut self, source: SourceId) {
        if let Some(Some(at)) = self.begun.remove(&source) {
            self.young.remove(&(at, source));
        }
    }

    /// Notes which polls have become long by now.
    pub(super) fn age(&mut self, now: Moment) {
        while let Some((at, source)) = self.young.first().copied().filter(|(at, _)| at.plus(LONG) <= now) {
            self.young.remove(&(at, source));
            self.begun.insert(source, None);
        }
    }

    fn long(&self) -> usize {
        self.begun.len() - self.young.len()
    }

    /// Whether one more poll may begin where there is this number of places.
    pub(super) fn has_place(&self, places: usize) -> bool {
        self.len() - self.long().min(long_max(places)) < places
    }

    /// When the next poll gives its place away, if any poll may.
    pub(super) fn next_place(&self, places: usize) -> Option<Moment> {
        let (at, _) = self.young.first().filter(|_| self.long() < long_max(places))?;
        Some(at.plus(LONG))
    }

    /// Shifts all times after the clock was set back, so that no poll seems younger than it is.
    pub(super) fn clock_set_back(&mut self, by: Duration) {
        let young = std::mem::take(&mut self.young);
        self.young = young.into_iter().map(|(at, source)| (at.minus(by), source)).collect();
        self.begun.extend(self.young.iter().map(|(at, source)| (*source, Some(*at))));
    }
}

fn long_max(places: usize) -> usize {
    places.saturating_mul(LONG_PER_PLACE).min(LONG_MAX)
}
