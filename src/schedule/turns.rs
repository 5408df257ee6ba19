//! Keeps the lines of requests that wait at hosts to which redirects lead: first come, first served.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use crate::model::{Moment, SourceId};

/// A source that has not asked again for this long after its turn is dropped from the line.
const PATIENCE: Duration = Duration::from_secs(60);

/// The sources that wait at each host, each with the time of its turn.
#[derive(Debug, Default)]
pub struct Turns {
    lines: HashMap<u32, VecDeque<(SourceId, Moment)>>,
}

impl Turns {
    /// Whether a source may ask a host that is free from `free_at` on and takes `step` for each request. If it may, it
    /// leaves the line if `go`, and stays at its head otherwise. The error is the time of its turn.
    pub fn ask(
        &mut self,
        host: u32,
        source: SourceId,
        free_at: Moment,
        step: Duration,
        go: bool,
        now: Moment,
    ) -> Result<(), Moment> {
        let line = self.lines.entry(host).or_default();
        while line.front().is_some_and(|(first, told)| *first != source && told.plus(step + PATIENCE) < now) {
            line.pop_front();
        }
        let place = line.iter().position(|(waiting, _)| *waiting == source).unwrap_or(line.len());
        if place == 0 && free_at <= now {
            line.pop_front();
            if !go {
                line.push_front((source, now));
            }
            if line.is_empty() {
                self.lines.remove(&host);
            }
            return Ok(());
        }
        let before = u32::try_from(place).unwrap_or(u32::MAX);
        let turn = free_at.max(now).plus(step.saturating_mul(before));
        match line.get_mut(place) {
            Some(waiting) => waiting.1 = turn,
            None => line.push_back((source, turn)),
        }
        Err(turn)
    }

    /// Drops the line at a host that the queue forgets.
    pub fn forget(&mut self, host: u32) {
        self.lines.remove(&host);
    }

    /// Drops all lines.
    pub fn clear(&mut self) {
        self.lines.clear();
    }

    /// Whether a source waits at a host and its turn was not long ago.
    pub fn is_awaited(&self, host: u32, now: Moment) -> bool {
        self.lines.get(&host).is_some_and(|line| line.iter().any(|(_, told)| told.plus(PATIENCE) >= now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_go_first_come_first_served_and_an_absent_source_is_passed_over() {
        let at = |second: i64| Moment::from_millis(second * 1_000);
        let step = Duration::from_secs(10);
        let mut turns = Turns::default();
        let mut ask = |source: i64, free_at: i64, go: bool, now: i64| {
            turns.ask(1, SourceId(source), at(free_at), step, go, at(now))
        };
        assert_eq!(ask(1, 0, true, 5), Ok(()));
        assert_eq!(ask(2, 15, true, 5), Err(at(15)));
        assert_eq!(ask(3, 15, true, 6), Err(at(25)));
        assert_eq!(ask(3, 15, true, 15), Err(at(25)), "it is the turn of source 2");
        assert_eq!(ask(2, 15, false, 15), Ok(()));
        assert_eq!(ask(4, 15, true, 15), Err(at(35)));
        assert_eq!(ask(2, 15, true, 16), Ok(()));
        assert_eq!(ask(3, 26, true, 25), Err(at(26)));
        assert_eq!(ask(4, 26, true, 300), Ok(()), "source 3 has not come, so it is passed over");
    }
}
