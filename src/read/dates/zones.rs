//! Reads the names and offsets of time zones, and the halves of the day.

/// The names of time zones in RFC 822, 5.1, and in feeds, in minutes east of Greenwich.
const ZONES: [(&str, i64); 60] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 60),
    ("west", 60),
    ("cet", 60),
    ("met", 60),
    ("wat", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("mest", 120),
    ("cat", 120),
    ("eet", 120),
    ("sast", 120),
    ("eest", 180),
    ("msk", 180),
    ("eat", 180),
    ("trt", 180),
    ("ist", 330),
    ("pkt", 300),
    ("npt", 345),
    ("ict", 420),
    ("wib", 420),
    ("hkt", 480),
    ("sgt", 480),
    ("awst", 480),
    ("pht", 480),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("aest", 600),
    ("acdt", 630),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("brt", -180),
    ("art", -180),
    ("nst", -210),
    ("ndt", -150),
    // American names of two letters do not say whether daylight saving time is in effect.
    ("at", -240),
    ("et", -300),
    ("ct", -360),
    ("mt", -420),
    ("pt", -480),
    ("ast", -240),
    ("adt", -180),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
];
/// The greatest offset east of Greenwich (Kiribati), in minutes.
const EAST_MAX_MINUTES: i64 = 14 * 60;
/// The greatest offset west of Greenwich (Baker Island), in minutes.
const WEST_MAX_MINUTES: i64 = 12 * 60;

/// The offset that a word behind a time states, in minutes east of Greenwich.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offset {
    /// An offset in numbers.
    Numeric(i64),
    /// The name of a time zone.
    Named(i64),
    /// A place, or an abbreviation that is ambiguous or unknown. The date is in UTC unless it also states an offset.
    Unknown,
    /// An offset in numbers that no time zone has.
    Impossible,
}

pub(super) fn is_possible(minutes: i64) -> bool {
    (-WEST_MAX_MINUTES..=EAST_MAX_MINUTES).contains(&minutes)
}

/// Reads `Z`, `GMT`, `+0100`, `+01:00`, `GMT+1`.
pub(super) fn offset(text: &str) -> Option<Offset> {
    let lower = text.to_ascii_lowercase();
    // `Z[UTC]` and `+00:00Z` state the time zone twice.
    let lower = lower.split('[').next().unwrap_or_default();
    let lower = if lower.len() > 1 { lower.trim_end_matches('z') } else { lower };
    let lower = lower.trim_start_matches("etc/");
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == lower) {
        return Some(Offset::Named(*minutes));
    }
    let number = lower.trim_start_matches("gmt").trim_start_matches("utc");
    // A single letter is unknown, too (RFC 5322, 4.3).
    if number.starts_with(char::is_alphabetic) {
        return Some(Offset::Unknown);
    }
    let (sign, number) = match number.split_at_checked(1)? {
        ("+", number) => (1, number.trim_start_matches('+')),
        ("-", number) => (-1, number.trim_start_matches('-')),
        _ => return None,
    };
    let digits: String = number.chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i64 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() <= 2 { (value, 0) } else { (value / 100, value % 100) };
    let east = sign * hours.saturating_mul(60).saturating_add(minutes);
    Some(if minutes < 60 && is_possible(east) { Offset::Numeric(east) } else { Offset::Impossible })
}

/// Whether a word is `pm` rather than `am`; `None` if it is neither.
pub(super) fn is_afternoon(word: &str) -> Option<bool> {
    let letters = word.bytes().filter(|byte| *byte != b'.').map(|byte| byte.to_ascii_lowercase());
    let mut letters = letters.fuse();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(b'a'), Some(b'm'), None) => Some(false),
        (Some(b'p'), Some(b'm'), None) => Some(true),
        _ => None,
    }
}
