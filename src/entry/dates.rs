//! Rejects implausible dates, because an entry from the year 2099 would stay at the top of every list.

use std::time::Duration;

use crate::model::Timestamp;

/// 1990-01-01T00:00:00Z, in seconds since 1970. Nothing on the web is older.
const EARLIEST: i64 = 631_152_000;
/// The most that a publisher's clock may be ahead.
const AHEAD_MAX: Duration = Duration::from_secs(24 * 3_600);

/// The date, if it is plausible at `now`.
pub(super) fn credible(date: Timestamp, now: Timestamp) -> Option<Timestamp> {
    (date.unix() >= EARLIEST && date <= now.plus(AHEAD_MAX)).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plausible_dates_are_kept() {
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
