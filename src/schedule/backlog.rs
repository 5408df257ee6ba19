//! Spreads the polls of sources that are overdue when polling begins: after a start, a long sleep, or an import. They
//! are released at a limited rate, the most valuable first, instead of in one burst.

use std::time::Duration;

use super::HostKey;
use crate::model::{SourceId, Timestamp};

/// How many overdue sources are released at once.
const AT_ONCE: u64 = 16;
/// The time within which the remaining sources are released, in seconds. The rate is one source per second, or more if
/// that would take longer.
const DRAINED_WITHIN: u64 = 15 * 60;

/// A source that is overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdue<'h> {
    pub source: SourceId,
    /// The host of its next request.
    pub host: &'h HostKey,
    pub due: Timestamp,
    /// The source's usual interval. The shorter it is, the more entries have come in the meantime.
    pub interval: Option<Duration>,
    /// Whether the source has never been polled. Such sources come last.
    pub is_new: bool,
}

/// The time from `now` on at which each source is polled, in the order of the polls.
pub fn release(mut overdue: Vec<Overdue<'_>>, now: Timestamp) -> impl Iterator<Item = (Overdue<'_>, Timestamp)> {
    overdue.sort_by_key(|each| (each.is_new, each.interval.unwrap_or(Duration::MAX), each.due, each.source));
    let paced = (overdue.len() as u64).saturating_sub(AT_ONCE);
    let over = DRAINED_WITHIN.min(paced);
    let at = move |place: u64| match place.checked_sub(AT_ONCE) {
        Some(place) => now.plus(Duration::from_secs((place + 1) * over / paced.max(1))),
        None => now,
    };
    overdue.into_iter().zip(0..).map(move |(each, place)| (each, at(place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overdue(host: &HostKey, number: i64, interval: u64, is_new: bool) -> Overdue<'_> {
        Overdue {
            source: SourceId(number),
            host,
            due: Timestamp::from_unix(0),
            interval: Some(Duration::from_secs(interval)),
            is_new,
        }
    }

    #[test]
    fn behaviours_63_and_65_a_backlog_is_drained_at_a_pace() {
        let (now, host) = (Timestamp::from_unix(1_800_000_000), HostKey::from_text("a.example"));
        for (number, within) in [(1, 0), (16, 0), (100, 84), (1_000, 900), (10_000, 900), (100_000, 900)] {
            let released = release((0..number).map(|number| overdue(&host, number, 3_600, false)).collect(), now);
            let seconds: Vec<u64> = released.map(|(_, at)| at.since(now).as_secs()).collect();
            assert_eq!(seconds.last(), Some(&within), "{number}");
            assert!(seconds.is_sorted());
            let rate = (number as u64).div_ceil(DRAINED_WITHIN) + 1;
            for second in 1..=within {
                let at_once = seconds.iter().filter(|at| **at == second).count() as u64;
                assert!(at_once <= rate, "{number}: {at_once} in second {second}");
                if number > 1_000 {
                    break;
                }
            }
        }
    }

    #[test]
    fn the_most_valuable_sources_are_polled_first_and_new_sources_last() {
        let (now, host) = (Timestamp::from_unix(0), HostKey::from_text("a.example"));
        let all = vec![overdue(&host, 1, 9_000, false), overdue(&host, 2, 60, true), overdue(&host, 3, 900, false)];
        let order: Vec<i64> = release(all, now).map(|(each, _)| each.source.0).collect();
        assert_eq!(order, [3, 1, 2]);
    }
}
