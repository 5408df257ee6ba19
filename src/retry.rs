//! When a failed delivery or request is tried again, and when it is given up: messages to programs, addresses and
//! subscribers of our own hub, requests to hubs, and requests for reading lists.

use std::time::Duration;

/// The wait after the first failure.
const FIRST: Duration = Duration::from_secs(10);
/// The longest wait between two attempts, even if a server asks for a longer wait.
const LONGEST: Duration = Duration::from_secs(3600);
/// How long a delivery is tried.
pub const GIVEN_UP_AFTER: Duration = Duration::from_secs(24 * 3600);

/// The wait before the next attempt after `failures` failures in a row. It doubles with every failure. `asked` is the
/// wait that the other side asks for (`Retry-After`), which only makes it longer.
pub fn wait(failures: u32, asked: Option<Duration>) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    let own = FIRST.saturating_mul(1 << doublings);
    own.max(asked.unwrap_or_default()).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        let waits: Vec<u64> = (0..12).map(|failures| wait(failures, None).as_secs()).collect();
        assert_eq!(waits, [10, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
        assert_eq!(wait(u32::MAX, None), LONGEST);
    }

    #[test]
    fn a_server_can_only_ask_for_a_longer_wait() {
        let asked = |seconds| wait(3, Some(Duration::from_secs(seconds))).as_secs();
        assert_eq!([asked(0), asked(40), asked(600), asked(1_000_000)], [40, 40, 600, 3600]);
    }
}
