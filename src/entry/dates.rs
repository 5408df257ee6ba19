//! Dates that can be true. The others are dropped, so that an entry from the year 2099 does not stay on top.

use std::time::Duration;

use crate::model::Timestamp;

/// 1990-01-01T00:00:00Z: nothing on the web is older.
const EARLIEST: i64 = 631_152_000;
/// How far ahead a publisher's clock may be.
const AHEAD_MAX: Duration = Duration::from_secs(24 * 3_600);

/// `date` if it can be true at `now`.
pub(super) fn credible(date: Timestamp, now: Timestamp) -> Option<Timestamp> {
    (date.unix() >= EARLIEST && date <= now.plus(AHEAD_MAX)).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_that_can_be_true_are_kept() {
        let now = Timestamp::from_unix(1_795_478_400);
        let check = |seconds: i64, wanted: bool| {
            assert_eq!(credible(Timestamp::from_unix(seconds), now).is_some(), wanted, "{seconds}");
        };
        check(0, false);
        check(EARLIEST - 1, false);
        check(EARLIEST, true);
        check(now.unix(), true);
        check(now.unix() + 86_400, true);
        check(now.unix() + 86_401, false);
    }
}
