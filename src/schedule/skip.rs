//! The hours and days in which a feed asks not to be polled (RSS 2.0, `skipHours` and `skipDays`).

use std::time::Duration;

use crate::model::Timestamp;

const HOUR: Duration = Duration::from_secs(3_600);
const HOURS_MAX: u32 = 48;

/// Hours of the day and days of the week to skip, in GMT. A set of all hours, or of all days, is treated as empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Skip {
    /// Bit n stands for the hour that begins at n:00.
    hours: u32,
    /// Bit 0 stands for Sunday.
    days: u8,
}

impl Skip {
    /// The longest delay of a poll by skipped hours and days.
    pub const LONGEST: Duration = HOUR.saturating_mul(HOURS_MAX);

    /// From hours 0 to 23 (24 means 0, as in RSS 0.91) and days 0 (Sunday) to 6. Other numbers are ignored.
    pub fn new(hours: impl IntoIterator<Item = u8>, days: impl IntoIterator<Item = u8>) -> Skip {
        let hours = hours.into_iter().filter(|hour| *hour <= 24).fold(0, |bits, hour| bits | 1 << (hour % 24));
        let days = days.into_iter().filter(|day| *day < 7).fold(0, |bits, day| bits | 1 << day);
        Skip { hours: if hours == 0x00ff_ffff { 0 } else { hours }, days: if days == 0x7f { 0 } else { days } }
    }

    /// The form that the store keeps.
    pub fn to_bits(self) -> i64 {
        i64::from(self.hours) | i64::from(self.days) << 24
    }

    /// Reads what [`Skip::to_bits`] returned.
    pub fn from_bits(bits: i64) -> Skip {
        Skip::new((0..24).filter(|hour| bits >> hour & 1 == 1), (0..7).filter(|day| bits >> (24 + day) & 1 == 1))
    }

    fn is_skipped(self, at: Timestamp) -> bool {
        let hour = at.unix().div_euclid(3_600);
        let day = (hour.div_euclid(24) + 4).rem_euclid(7);
        self.hours >> hour.rem_euclid(24) & 1 == 1 || self.days >> day & 1 == 1
    }

    /// The begin of the first hour after `at` that is not skipped. `None` if `at` itself is not skipped.
    pub fn push_out(self, at: Timestamp) -> Option<Timestamp> {
        if !self.is_skipped(at) {
            return None;
        }
        let begin = Timestamp::from_unix(at.unix().div_euclid(3_600) * 3_600);
        let first = (1..=HOURS_MAX).map(|hours| begin.plus(HOUR * hours)).find(|hour| !self.is_skipped(*hour));
        Some(first.unwrap_or(Timestamp::MAX).min(at.plus(Skip::LONGEST)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21T10:20:00Z, a Saturday.
    const SATURDAY: i64 = 1_795_256_400;

    #[test]
    fn skipped_hours_and_days_are_waited_out() {
        let check = |hours: &[u8], days: &[u8], from: i64, wanted: Option<i64>| {
            let skip = Skip::new(hours.iter().copied(), days.iter().copied());
            assert_eq!(Skip::from_bits(skip.to_bits()), skip);
            let found = skip.push_out(Timestamp::from_unix(from)).map(Timestamp::unix);
            assert_eq!(found, wanted, "{hours:?} {days:?}");
        };
        let begin = SATURDAY - SATURDAY % 3_600;
        check(&[], &[], SATURDAY, None);
        check(&[11], &[], SATURDAY, None);
        check(&[10], &[], SATURDAY, Some(begin + 3_600));
        check(&[10, 11, 12], &[], SATURDAY, Some(begin + 3 * 3_600));
        check(&[], &[6, 0], SATURDAY, Some(begin + 38 * 3_600));
        // Three skipped days in a row delay a poll by two days at most.
        check(&[], &[6, 0, 1], SATURDAY, Some(SATURDAY + 48 * 3_600));
        // A set of all hours and days is ignored, and so are invalid numbers.
        check(&(0..24).collect::<Vec<_>>(), &(0..7).collect::<Vec<_>>(), SATURDAY, None);
        check(&[25, 99], &[7], SATURDAY, None);
        check(&[24], &[], SATURDAY - SATURDAY % 86_400, Some(SATURDAY - SATURDAY % 86_400 + 3_600));
    }
}
