//! Whether entries that come again under other names have moved, or are the next issues of a series.
//!
//! A weekly thread, a job that is advertised anew and a daily bulletin repeat their text under a new id, at a new
//! address and on a later date, and so does an entry whose site has moved. But a move leaves traces: the dates stay, or
//! all entries get one new date, or the host changes. Entries without such a trace count as new.

use super::Merge;
use super::rekeyed::Gone;
use super::shelf::Shelf;
use super::titled::Wanted;
use crate::model::{CleanEntry, KeyDigest, KeyKind, Timestamp};
use crate::stories::address::host;

/// A date that has changed by less than this, in seconds, counts as unchanged.
const KEPT_WITHIN: u64 = 3_600;
/// An import sets the dates of all entries, with differences of at most this, in seconds.
const STAMPED_WITHIN: u64 = 5 * 60;
/// Dates that differ by at least this, in seconds, are different times of publication.
const SPREAD_LEAST: u64 = 3_600;
/// Seconds between two issues of a weekly series, and the most seconds by which an issue is early or late.
const WEEK: u64 = 7 * 24 * 3_600;
const WEEK_WITHIN: u64 = 3_600;

/// The place of a new entry in the document, and the gone entry that it may be.
pub(super) type Pair<'g> = (usize, &'g Gone);

impl<S: Shelf> Merge<'_, '_, S> {
    /// The pairs that bear the trace of a move. A pair without dates counts as moved, because it can bear no trace.
    pub(super) fn with_traces<'g>(&self, pairs: &[Pair<'g>]) -> Result<Vec<Pair<'g>>, S::Error> {
        let dates: Vec<Option<(Timestamp, Timestamp)>> = pairs.iter().map(|pair| self.dates_of(*pair)).collect();
        let mut with_traces = Vec::new();
        for (pair, dated) in pairs.iter().zip(&dates) {
            let has_trace = match dated {
                None => true,
                Some((was, is)) => {
                    apart(*was, *is) < KEPT_WITHIN || is_stamped_anew(*is, &dates) || self.is_at_another_host(*pair)?
                }
            };
            if has_trace {
                with_traces.push(*pair);
            }
        }
        Ok(with_traces)
    }

    /// The dates of a pair, before and now, where both entries are dated.
    fn dates_of(&self, (at, gone): Pair<'_>) -> Option<(Timestamp, Timestamp)> {
        let was = Some(gone.seen.published).filter(|_| gone.is_dated())?;
        Some((was, self.entry(at).published?))
    }

    fn is_at_another_host(&self, (at, gone): Pair<'_>) -> Result<bool, S::Error> {
        let Some(now) = self.entry(at).link.as_deref().and_then(host) else { return Ok(false) };
        let stored = self.stored_version(gone.id)?;
        Ok(stored.link.as_deref().and_then(host).is_some_and(|before| before != now))
    }

    /// Whether a new entry appears whole weeks after the one that has gone.
    pub(super) fn is_weeks_later(&self, pair: Pair<'_>) -> bool {
        self.dates_of(pair).is_some_and(|(was, is)| {
            let apart = apart(was, is);
            apart > WEEK_WITHIN && (apart % WEEK).min(WEEK - apart % WEEK) <= WEEK_WITHIN
        })
    }

    /// Whether the source has stored entries with the same text, word by word, and different dates before.
    pub(super) fn is_of_series(&self, entry: &CleanEntry, same: KeyDigest) -> Result<bool, S::Error> {
        let known = self.titled(entry, Wanted::Same(same))?;
        let dates = || known.iter().map(|known| known.published);
        Ok(dates().min().zip(dates().max()).is_some_and(|(first, last)| apart(first, last) >= SPREAD_LEAST))
    }
}

/// Whether entries whose dates differed before have all got nearly this date.
fn is_stamped_anew(date: Timestamp, dates: &[Option<(Timestamp, Timestamp)>]) -> bool {
    let alike =
        || dates.iter().flatten().filter(move |(_, is)| apart(*is, date) <= STAMPED_WITHIN).map(|(was, _)| *was);
    alike().min().zip(alike().max()).is_some_and(|(first, last)| apart(first, last) >= SPREAD_LEAST)
}

fn apart(one: Timestamp, other: Timestamp) -> u64 {
    one.unix().abs_diff(other.unix())
}

/// The key of an entry's title and text, if it has one.
pub(super) fn same_of(entry: &CleanEntry) -> Option<KeyDigest> {
    entry.keys.iter().find(|key| key.kind == KeyKind::Same).map(|key| key.digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_an_import_has_made_equal_are_recognised_as_such() {
        const HOUR: i64 = 3_600;
        let at = |seconds: i64| Timestamp::from_unix(1_793_491_200 + seconds);
        let check = |name: &str, dates: &[(i64, i64)], wanted: bool| {
            let dates: Vec<_> = dates.iter().map(|(was, is)| Some((at(*was), at(*is)))).collect();
            assert_eq!(is_stamped_anew(dates[0].map_or(at(0), |(_, is)| is), &dates), wanted, "{name}");
        };
        let week = 7 * 24 * HOUR;
        check("three dates become one", &[(0, week), (HOUR, week), (9 * HOUR, week)], true);
        check("and nearly one", &[(0, week), (HOUR, week + 60), (9 * HOUR, week + 200)], true);
        check("each keeps its distance", &[(0, week), (HOUR, week + HOUR), (9 * HOUR, week + 9 * HOUR)], false);
        check("they were one date before", &[(0, week), (0, week), (60, week)], false);
        check("a single entry", &[(0, week)], false);
    }
}
