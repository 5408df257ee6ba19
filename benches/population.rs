//! A synthetic population of sources, each with its own publishing pattern, and the times at which their entries come. The
//! same seed gives the same population on every machine.

/// A small random number generator (SplitMix64), so that runs can be repeated exactly.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// In `[0, 1)`.
    pub fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * self.roll()
    }

    /// A normally distributed number, by the method of Box and Muller.
    fn normal(&mut self) -> f64 {
        let (a, b) = (self.roll().max(1e-12), self.roll());
        (-2.0 * a.ln()).sqrt() * (2.0 * std::f64::consts::PI * b).cos()
    }

    fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * (sigma * self.normal()).exp()
    }

    fn exponential(&mut self, mean: f64) -> f64 {
        -mean * self.roll().max(1e-12).ln()
    }
}

/// How a source behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Temper {
    Dead,
    Slow,
    Medium,
    News,
    /// An entry is often followed by others soon after it.
    Bursty,
    /// At fixed times of the day or week.
    Scheduled,
}

/// A source and all its entries.
#[derive(Debug, Clone)]
pub struct Publisher {
    pub temper: Temper,
    /// Number of entries in its document.
    pub window: usize,
    /// The times of its entries in minutes since the beginning of the run, in ascending order.
    pub entries: Vec<f64>,
    /// Entries a day before its rate changed, and after.
    rates: (f64, f64),
    changes_at: f64,
    zone: f64,
    night: f64,
    weekend: f64,
    /// Mean of the day's and week's shape.
    mean: f64,
}

pub const DAY: f64 = 1_440.0;

impl Publisher {
    /// A source with entries over this many days. Day 0 is a Monday.
    pub fn new(dice: &mut Dice, days: f64) -> Publisher {
        let kind = dice.roll();
        let (temper, rate) = match kind {
            0.0..0.25 => (Temper::Dead, 0.0),
            0.25..0.62 => (Temper::Slow, dice.log_normal(0.12, 1.2)),
            0.62..0.80 => (Temper::Medium, dice.log_normal(2.0, 0.9)),
            0.80..0.87 => (Temper::News, dice.log_normal(45.0, 0.8)),
            0.87..0.94 => (Temper::Bursty, dice.log_normal(1.0, 0.8)),
            _ => (Temper::Scheduled, 1.0),
        };
        let after = if dice.roll() < 0.12 { rate * dice.log_normal(1.0, 1.0) } else { rate };
        let mut publisher = Publisher {
            temper,
            window: dice.between(10.0, 50.0) as usize,
            entries: Vec::new(),
            rates: (rate, after),
            changes_at: days * DAY * dice.between(0.6, 0.95),
            zone: (dice.between(-11.0, 12.0) * 60.0).floor(),
            night: dice.between(0.05, 0.3),
            weekend: dice.between(0.2, 1.0),
            mean: 1.0,
        };
        let week = (0..7 * 24).map(|hour| publisher.shape(f64::from(hour) * 60.0));
        publisher.mean = week.sum::<f64>() / (7.0 * 24.0);
        publisher.entries = match temper {
            Temper::Scheduled => publisher.scheduled(dice, days),
            _ => publisher.spontaneous(dice, days),
        };
        publisher
    }

    fn shape(&self, minute: f64) -> f64 {
        let local = minute + self.zone;
        let hour = (local / 60.0).rem_euclid(24.0);
        let day = (local / DAY).floor().rem_euclid(7.0);
        let of_hour = if (7.0..23.0).contains(&hour) { 1.0 } else { self.night };
        let of_day = if day >= 5.0 { self.weekend } else { 1.0 };
        of_hour * of_day
    }

    /// The expected number of entries per minute at a time, given all parameters of the source.
    pub fn intensity(&self, minute: f64) -> f64 {
        let rate = if minute < self.changes_at { self.rates.0 } else { self.rates.1 };
        rate / DAY * self.shape(minute) / self.mean
    }

    fn spontaneous(&self, dice: &mut Dice, days: f64) -> Vec<f64> {
        let end = days * DAY;
        let most = self.rates.0.max(self.rates.1) / DAY / self.mean;
        let mut entries = Vec::new();
        if most <= 0.0 {
            return entries;
        }
        let (branching, lag) = (dice.between(0.6, 0.9), dice.between(20.0, 120.0));
        let mut minute = 0.0;
        loop {
            minute += dice.exponential(1.0 / most);
            if minute >= end {
                break;
            }
            if dice.roll() < self.intensity(minute) / most {
                entries.push(minute);
                let mut young = vec![minute];
                while let Some(parent) = young.pop().filter(|_| self.temper == Temper::Bursty) {
                    let mut child = parent + dice.exponential(lag / branching);
                    // The number of follow-ups is geometrically distributed with the mean `branching`.
                    while dice.roll() < branching / (1.0 + branching) && child < end && entries.len() < 200_000 {
                        entries.push(child);
                        young.push(child);
                        child += dice.exponential(lag);
                    }
                }
            }
        }
        entries.sort_by(f64::total_cmp);
        entries
    }

    fn scheduled(&self, dice: &mut Dice, days: f64) -> Vec<f64> {
        let kind = dice.roll();
        let time = dice.between(0.0, DAY).floor();
        let spread = dice.between(2.0, 20.0);
        let comes = |day: u32| match kind {
            0.0..0.5 => true,
            0.5..0.8 => day % 7 < 5,
            _ => day % 7 == 2,
        };
        let mut entries: Vec<f64> = (0..days as u32)
            .filter(|day| comes(*day))
            .map(|day| (f64::from(day) * DAY + time + spread * dice.normal()).max(0.0))
            .collect();
        entries.sort_by(f64::total_cmp);
        entries
    }
}

/// A population.
pub fn publishers(seed: u64, number: usize, days: f64) -> Vec<Publisher> {
    let mut dice = Dice::new(seed);
    (0..number).map(|_| Publisher::new(&mut dice, days)).collect()
}
