//! How far a hub is trusted to deliver the entries of a source (WebSub). While a hub proves itself, the source is
//! polled only to check on the hub.
//!
//! A hub is trusted once a delivery of it has brought a new entry. Each poll checks on the hub: an entry that the poll brings
//! although the hub has had [`DELIVERED_WITHIN`] to deliver it is a miss. After a miss the source is polled as if there were no
//! hub, until a poll finds nothing that was missed. After [`MISSES_MAX`] misses in the last [`VERDICTS`] verdicts the hub is
//! distrusted for [`DISTRUSTED_FOR`], and must prove itself anew.

use std::time::Duration;

use crate::model::Timestamp;

/// How long a hub may take for a delivery before the entry counts as missed.
const DELIVERED_WITHIN: Duration = Duration::from_secs(10 * 60);
/// An entry without a credible date counts as missed if the poll before is at least this long ago, because only the time of that
/// poll says how long the entry may have been there.
const UNDATED_WITHIN: Duration = Duration::from_secs(3_600);
/// How many verdicts count, the newest.
const VERDICTS: u8 = 5;
/// How many misses among these make the hub distrusted.
const MISSES_MAX: u32 = 2;
/// How long a hub is distrusted.
const DISTRUSTED_FOR: Duration = Duration::from_secs(7 * 24 * 3_600);

/// What deliveries and polls have shown about a hub, for one source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trust {
    /// New entries that a delivery brought first.
    pub pushed: u64,
    /// New entries that a poll brought although the hub had time to deliver them.
    pub missed: u64,
    /// Whether the hub has delivered a new entry since it was last distrusted.
    pub is_proven: bool,
    /// Whether the hub has delivered a new entry since the last verdict.
    pub has_delivered: bool,
    /// The last verdicts, the newest in the lowest bit: 1 is a miss.
    pub verdicts: u8,
    /// Until when the hub is distrusted.
    pub distrusted_until: Option<Timestamp>,
}

impl Trust {
    /// Whether the hub is believed to deliver every new entry.
    pub fn is_trusted(&self, now: Timestamp) -> bool {
        self.is_proven && !self.is_distrusted(now) && !self.has_just_missed()
    }

    /// Whether the last verdict is a miss.
    pub fn has_just_missed(&self) -> bool {
        self.verdicts & 1 == 1
    }

    /// Whether the hub has missed so much that it does not count at present.
    pub fn is_distrusted(&self, now: Timestamp) -> bool {
        // A time that is farther away than the longest distrust comes from a clock that ran ahead.
        self.distrusted_until.is_some_and(|until| until > now && until <= now.plus(DISTRUSTED_FOR))
    }

    /// Counts a delivery that brought `new` new entries.
    pub fn note_delivery(&mut self, new: u64, now: Timestamp) {
        self.pushed = self.pushed.saturating_add(new);
        if new > 0 && !self.is_distrusted(now) {
            (self.is_proven, self.has_delivered) = (true, true);
        }
    }

    /// Passes the verdict of a poll that brought `missed` entries which the hub had time to deliver. A poll without
    /// such entries gives a verdict only if the hub has delivered since the last verdict.
    pub fn note_poll(&mut self, missed: u64, now: Timestamp) {
        self.missed = self.missed.saturating_add(missed);
        if self.is_distrusted(now) || (missed == 0 && !self.has_delivered) {
            return;
        }
        self.has_delivered = false;
        self.verdicts = ((self.verdicts << 1) | u8::from(missed > 0)) & ((1 << VERDICTS) - 1);
        if self.verdicts.count_ones() >= MISSES_MAX {
            (self.is_proven, self.verdicts) = (false, 0);
            self.distrusted_until = Some(now.plus(DISTRUSTED_FOR));
        }
    }
}

/// The hub of a source to which the source is subscribed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// The hub's host.
    pub hub: String,
    /// Since when the subscription is in force: earlier entries were not for the hub to deliver.
    pub since: Timestamp,
    pub trust: Trust,
    /// Whether the hub is not trusted with this source, because it fails many of its other sources.
    pub is_hub_doubted: bool,
}

impl Pushed {
    /// Whether polls of the source only check on the hub.
    pub fn is_trusted(&self, now: Timestamp) -> bool {
        !self.is_hub_doubted && self.trust.is_trusted(now)
    }

    /// How many of the new entries of a poll the hub had time to deliver. `dates` are their dates, `before` is the end of the
    /// poll before.
    pub fn missed(&self, dates: &[Option<Timestamp>], before: Option<Timestamp>, now: Timestamp) -> u64 {
        let Some(before) = before else { return 0 };
        let is_missed = |date: &Option<Timestamp>| {
            let within = if date.is_some() { DELIVERED_WITHIN } else { UNDATED_WITHIN };
            // An entry that the poll before did not bring came after that poll, whatever its date.
            let came = date.map_or(before, |date| date.max(before));
            date.unwrap_or(before) >= self.since && now.since(came) >= within
        };
        dates.iter().filter(|date| is_missed(date)).count() as u64
    }

    /// The hub after the verdict of a poll, with the arguments of [`Pushed::missed`].
    #[must_use]
    pub fn judged(&self, dates: &[Option<Timestamp>], before: Option<Timestamp>, now: Timestamp) -> Pushed {
        let mut judged = self.clone();
        judged.trust.note_poll(self.missed(dates, before, now), now);
        judged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
    const MINUTE: Duration = Duration::from_secs(60);
    const HOUR: Duration = Duration::from_secs(3_600);
    const DAY: Duration = Duration::from_secs(24 * 3_600);

    #[test]
    fn a_hub_is_trusted_for_what_it_delivers() {
        // d: a delivery with a new entry, e: one without, o: a poll that missed nothing, m: one that missed an entry, w: a week.
        let check = |events: &str, wanted: bool| {
            let (mut trust, mut now) = (Trust::default(), NOW);
            for event in events.chars() {
                now = now.plus(MINUTE);
                match event {
                    'd' => trust.note_delivery(1, now),
                    'e' => trust.note_delivery(0, now),
                    'o' => trust.note_poll(0, now),
                    'm' => trust.note_poll(1, now),
                    _ => now = now.plus(DAY * 7),
                }
            }
            assert_eq!(trust.is_trusted(now), wanted, "{events}: {trust:?}");
        };
        check("", false);
        check("ooo", false);
        check("e", false);
        check("d", true);
        check("dododo", true);
        // After a miss, a poll must find nothing missed, after a delivery that shows that the hub works again.
        check("dm", false);
        check("dmo", false);
        check("dmd", false);
        check("dmdo", true);
        // The second miss in five verdicts counts for a week.
        check("dmdom", false);
        check("dmdomdododo", false);
        check("dmdomw", false);
        check("dmdomwd", true);
        // Misses that are far apart are forgotten.
        check("dmdododododm", false);
        check("dmdododododmdo", true);
        check("dmdodododmdo", false);
        // A hub that never delivers becomes distrusted as well, which makes no difference.
        check("mm", false);
        check("mmd", false);
    }

    #[test]
    fn a_time_from_a_clock_that_ran_ahead_does_not_count() {
        let trust = Trust { is_proven: true, distrusted_until: Some(NOW.plus(DAY * 400)), ..Trust::default() };
        assert!(trust.is_trusted(NOW));
    }

    #[test]
    fn what_counts_as_missed() {
        let check = |date: Option<Duration>, before: Duration, wanted: u64| {
            let since = NOW.minus(HOUR * 5);
            let pushed =
                Pushed { hub: "hub.example".to_owned(), since, trust: Trust::default(), is_hub_doubted: false };
            let dates = [date.map(|ago| NOW.minus(ago))];
            assert_eq!(pushed.missed(&dates, Some(NOW.minus(before)), NOW), wanted, "{date:?} {before:?}");
            assert_eq!(pushed.missed(&dates, None, NOW), 0, "the first poll");
        };
        check(Some(HOUR), HOUR * 3, 1);
        check(Some(MINUTE * 9), HOUR * 3, 0);
        // The entry did not exist five minutes ago.
        check(Some(HOUR), MINUTE * 5, 0);
        // The entry is older than the subscription.
        check(Some(HOUR * 6), HOUR * 7, 0);
        check(None, HOUR * 3, 1);
        check(None, MINUTE * 30, 0);
        check(None, HOUR * 7, 0);
        // A date in the future.
        let pushed = Pushed { hub: String::new(), since: NOW, trust: Trust::default(), is_hub_doubted: false };
        assert_eq!(pushed.missed(&[Some(NOW.plus(HOUR))], Some(NOW), NOW), 0);
    }
}
