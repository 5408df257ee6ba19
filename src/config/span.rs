//! Spans of time ("90s", "15m", "1h30m", "7d") and sizes ("512 KiB", "10 MiB"), read and shown.

use std::time::Duration;

/// Seconds of each unit, the greatest first.
const SPAN_UNITS: [(&str, u64); 4] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)];

/// Bytes of each unit, in the order in which [`show_size`] prefers them.
const SIZE_UNITS: [(&str, u64); 7] = [
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("GB", 1_000_000_000),
    ("MB", 1_000_000),
    ("kB", 1000),
    ("B", 1),
];

/// Reads a span of whole seconds: numbers with the units d, h, m, s, the greatest first, each at most once. The error
/// states this form.
pub fn parse_span(text: &str) -> Result<Duration, String> {
    const ALLOWED: &str = "a span is a whole number with its unit, such as \"90s\", \"15m\", \"1h30m\" or \"7d\"";
    let mut rest = text.trim();
    let mut seconds: u64 = 0;
    let mut units = SPAN_UNITS.iter();
    if rest.is_empty() {
        return Err(ALLOWED.to_owned());
    }
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, tail) = rest.split_at(digits);
        let letters = tail.len() - tail.trim_start_matches(|c: char| c.is_alphabetic()).len();
        let (unit, tail) = tail.split_at(letters);
        // The iterator goes on from the last unit, so that "1m1h" and "1h1h" are refused.
        let (_, factor) = units.find(|(name, _)| *name == unit).ok_or(ALLOWED)?;
        let number: u64 = number.parse().map_err(|_| ALLOWED)?;
        seconds =
            number.checked_mul(*factor).and_then(|more| seconds.checked_add(more)).ok_or("the span is too long")?;
        rest = tail.trim_start();
    }
    Ok(Duration::from_secs(seconds))
}

/// The shortest form that [`parse_span`] reads back: 90 seconds are `1m30s`, and an empty span is `0s`. Fractions of a second
/// are dropped.
pub fn show_span(span: Duration) -> String {
    let mut rest = span.as_secs();
    let mut out = String::new();
    for (unit, factor) in SPAN_UNITS {
        let count = rest / factor;
        rest %= factor;
        if count > 0 {
            out.push_str(&format!("{count}{unit}"));
        }
    }
    if out.is_empty() { "0s".to_owned() } else { out }
}

/// Reads a size in bytes: a whole number with B, kB, MB, GB, KiB, MiB or GiB. The error states this form.
pub fn parse_size(text: &str) -> Result<u64, String> {
    const ALLOWED: &str =
        "a size is a whole number with its unit, such as \"512 KiB\", \"10 MiB\" or \"1 GiB\" (or B, kB, MB, GB)";
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let unit = unit.trim_start();
    let (_, factor) = SIZE_UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit)).ok_or(ALLOWED)?;
    let number: u64 = number.parse().map_err(|_| ALLOWED)?;
    number.checked_mul(*factor).ok_or_else(|| "the size is too large".to_owned())
}

/// The size in the greatest binary unit that gives a whole number.
pub fn show_size(bytes: u64) -> String {
    match SIZE_UNITS[..3].iter().find(|(_, factor)| bytes > 0 && bytes.is_multiple_of(*factor)) {
        Some((unit, factor)) => format!("{} {unit}", bytes / factor),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        for (text, seconds, shown) in [
            ("90s", 90, "1m30s"),
            ("15m", 900, "15m"),
            ("1h", 3600, "1h"),
            ("60m", 3600, "1h"),
            ("1h30m", 5400, "1h30m"),
            ("1h 30m", 5400, "1h30m"),
            ("7d", 604_800, "7d"),
            ("0s", 0, "0s"),
        ] {
            let span = parse_span(text).unwrap();
            assert_eq!(span.as_secs(), seconds, "{text}");
            assert_eq!(show_span(span), shown, "{text}");
        }
        for text in ["", "s", "10", "500ms", "1.5h", "-1s", "30m1h", "1h1h", "1w", "99999999999999999999d", "5 é"] {
            assert!(parse_span(text).is_err(), "{text:?}");
        }
        assert!(parse_span("10").unwrap_err().contains("15m"));
    }

    #[test]
    fn sizes() {
        for (text, bytes, shown) in [
            ("512 KiB", 524_288, "512 KiB"),
            ("10 MiB", 10_485_760, "10 MiB"),
            ("1 GiB", 1_073_741_824, "1 GiB"),
            ("100 B", 100, "100 B"),
            ("1 MB", 1_000_000, "1000000 B"),
            ("1MiB", 1_048_576, "1 MiB"),
            ("1024 KiB", 1_048_576, "1 MiB"),
        ] {
            assert_eq!(parse_size(text), Ok(bytes), "{text}");
            assert_eq!(show_size(bytes), shown, "{text}");
        }
        for text in ["", "10", "MiB", "1.5 MiB", "-1 B", "1 TiB", "99999999999 GiB"] {
            assert!(parse_size(text).is_err(), "{text:?}");
        }
    }
}
