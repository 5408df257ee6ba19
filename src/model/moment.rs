//! Points in time to the millisecond, for the times between two requests.

use std::time::Duration;

use super::Timestamp;

/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z. Moments stay in memory, where they let a pause
/// between two requests be kept exactly; what is stored or shown is a [`Timestamp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// The beginning of the second [`Timestamp::MIN`].
    pub const MIN: Moment = Moment(Timestamp::MIN.0 * 1_000);
    /// The beginning of the second [`Timestamp::MAX`].
    pub const MAX: Moment = Moment(Timestamp::MAX.0 * 1_000);
    /// The most that truncation to whole milliseconds takes from a clock's time.
    pub const STEP: Duration = Duration::from_millis(1);

    /// From milliseconds since 1970; a number out of range becomes [`Moment::MIN`] or [`Moment::MAX`].
    pub fn from_millis(millis: i64) -> Moment {
        Moment(millis.clamp(Self::MIN.0, Self::MAX.0))
    }

    /// The moment `span` later, at most [`Moment::MAX`]. Fractions of a millisecond are truncated.
    #[must_use]
    pub fn plus(self, span: Duration) -> Moment {
        Moment::from_millis(self.0.saturating_add(millis(span)))
    }

    /// The moment `span` earlier, at least [`Moment::MIN`].
    #[must_use]
    pub fn minus(self, span: Duration) -> Moment {
        Moment::from_millis(self.0.saturating_sub(millis(span)))
    }

    /// The span since `earlier`; zero if `earlier` is not earlier.
    pub fn since(self, earlier: Moment) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The second that this moment is in.
    pub fn cut(self) -> Timestamp {
        Timestamp::from_unix(self.0.div_euclid(1_000))
    }

    /// The first whole second that is not before this moment.
    pub fn ceil(self) -> Timestamp {
        Moment::from_millis(self.0.saturating_add(999)).cut()
    }
}

impl From<Timestamp> for Moment {
    /// The beginning of that second.
    fn from(time: Timestamp) -> Moment {
        Moment(time.0 * 1_000)
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_truncated_or_rounded_up_to_seconds() {
        for (millis, cut, ceil) in
            [(0, 0, 0), (1, 0, 1), (999, 0, 1), (1_000, 1, 1), (1_001, 1, 2), (-1, -1, 0), (-1_000, -1, -1)]
        {
            let moment = Moment::from_millis(millis);
            assert_eq!((moment.cut().unix(), moment.ceil().unix()), (cut, ceil), "{millis} ms");
        }
        let begin = Moment::from(Timestamp::from_unix(7));
        assert_eq!(begin.plus(Duration::from_micros(2_900)), Moment::from_millis(7_002));
        assert_eq!(begin.plus(Duration::MAX), Moment::MAX);
        assert_eq!(begin.minus(Duration::MAX), Moment::MIN);
        assert_eq!(begin.plus(Moment::STEP).since(begin), Moment::STEP);
        assert_eq!(begin.since(begin.plus(Moment::STEP)), Duration::ZERO);
        assert_eq!((Moment::MAX.ceil(), Moment::MIN.cut()), (Timestamp::MAX, Timestamp::MIN));
    }
}
