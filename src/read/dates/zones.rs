//! Reads the names and offsets of time zones, and the halves of the day.

/// The names of time zones in RFC 822, 5.1, and in feeds, by their minutes east of Greenwich. American names of two
/// letters do not say whether daylight saving time is in effect.
const ZONES: [(i64, &[&str]); 26] = [
    (-600, &["hst"]),
    (-540, &["akst"]),
    (-480, &["pt", "pst", "akdt"]),
    (-420, &["mt", "mst", "pdt"]),
    (-360, &["ct", "cst", "mdt"]),
    (-300, &["et", "est", "cdt"]),
    (-240, &["at", "ast", "edt"]),
    (-210, &["nst"]),
    (-180, &["brt", "art", "adt"]),
    (-150, &["ndt"]),
    (0, &["z", "ut", "utc", "gmt", "wet"]),
    (60, &["bst", "west", "cet", "met", "wat", "mez"]),
    (120, &["cest", "mesz", "mest", "cat", "eet", "sast"]),
    (180, &["eest", "msk", "eat", "trt"]),
    (300, &["pkt"]),
    (330, &["ist"]),
    (345, &["npt"]),
    (420, &["ict", "wib"]),
    (480, &["hkt", "sgt", "awst", "pht"]),
    (540, &["jst", "kst"]),
    (570, &["acst"]),
    (600, &["aest"]),
    (630, &["acdt"]),
    (660, &["aedt"]),
    (720, &["nzst"]),
    (780, &["nzdt"]),
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
    if let Some((minutes, _)) = ZONES.iter().find(|(_, names)| names.contains(&lower)) {
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
    let is = |half: &str| letters.clone().eq(half.bytes());
    if is("pm") { Some(true) } else { is("am").then_some(false) }
}
