//! Whose turn it is at a host that redirects lead to: first come, first asked.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use crate::model::{Moment, SourceId};

/// Whoever has not come for so long after the time that was told will not come any more.
const PATIENCE: Duration = Duration::from_secs(60);

/// The lines of sources that wait, each with the time that it was told.
#[derive(Debug, Default)]
pub struct Turns {
    lines: HashMap<u32, VecDeque<(SourceId, Moment)>>,
}

impl Turns {
    /// Whether a source may ask a host, which is free from `free_at` on and takes one in a `step`. It leaves the line
    /// if it is to `go` now, and keeps its place otherwise.
    ///
    /// # Errors
    /// When it may.
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

    /// Nobody waits at a host that is forgotten.
    pub fn forget(&mut self, host: u32) {
        self.lines.remove(&host);
    }

    /// Nobody waits anywhere any more.
    pub fn clear(&mut self) {
        self.lines.clear();
    }

    /// Whether anybody waits at a host, or was told to come lately.
    pub fn is_awaited(&self, host: u32, now: Moment) -> bool {
        self.lines.get(&host).is_some_and(|line| line.iter().any(|(_, told)| told.plus(PATIENCE) >= now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_come_first_asked_and_who_stays_away_is_passed_over() {
        let at = |second: i64| Moment::from_millis(second * 1_000);
        let step = Duration::from_secs(10);
        let mut turns = Turns::default();
        let mut ask = |source: i64, free_at: i64, go: bool, now: i64| {
            turns.ask(1, SourceId(source), at(free_at), step, go, at(now))
        };
        assert_eq!(ask(1, 0, true, 5), Ok(()));
        assert_eq!(ask(2, 15, true, 5), Err(at(15)));
        assert_eq!(ask(3, 15, true, 6), Err(at(25)));
        assert_eq!(ask(3, 15, true, 15), Err(at(25)), "it is the other one's turn");
        assert_eq!(ask(2, 15, false, 15), Ok(()));
        assert_eq!(ask(4, 15, true, 15), Err(at(35)));
        assert_eq!(ask(2, 15, true, 16), Ok(()));
        assert_eq!(ask(3, 26, true, 25), Err(at(26)));
        assert_eq!(ask(4, 26, true, 300), Ok(()), "the third has not come");
    }
}
