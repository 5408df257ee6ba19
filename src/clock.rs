//! The only module that reads the clock and random numbers.
//!
//! All other modules receive the time and random numbers as parameters, so that tests can choose them.

// clippy.toml forbids these methods everywhere else.
#![allow(clippy::disallowed_methods)]

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rand::RngExt;

use crate::model::{Moment, Timestamp};

/// The wall clock, for due times and dates. A clock before 1970 reads as 1970.
pub fn now() -> Timestamp {
    moment().cut()
}

/// The wall clock to the millisecond, for the times between two requests.
pub fn moment() -> Moment {
    let millis = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |span| span.as_millis());
    Moment::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// The time until just after the wall clock's next full second.
pub fn until_next_second() -> Duration {
    let into = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |span| span.subsec_millis());
    Duration::from_millis(u64::from(1_010_u32.saturating_sub(into)))
}

/// The monotonic clock, for measuring how long something took.
pub fn monotonic() -> Instant {
    Instant::now()
}

/// A random number in `[0, 1)`.
pub fn chance() -> f64 {
    rand::rng().random()
}

/// Random bytes, for identifiers and secrets.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill(&mut bytes[..]);
    bytes
}
