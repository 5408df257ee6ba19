//! Recognises secrets by their look: long, random sequences of letters and digits, as only machines write them.
//!
//! Length, alphabet and randomness decide. A text with words, a date or a plain number counts as readable, whatever its
//! length.

use crate::text::uuids::{UUID_BYTES, is_uuid};

/// A sequence of at least this many letters and digits, with at least one of each, is a token.
const ROW_LEAST_BYTES: usize = 16;
/// Least number of groups of letters, capitals or digits in such a sequence: `podcast1535844019` has two.
const ROW_LEAST_PIECES: usize = 3;
/// Least digits of a hexadecimal number that counts as a digest: the length of MD5, the shortest digest in use.
pub(super) const HEX_LEAST_BYTES: usize = 32;
/// Least bytes of a token in a place where a token is expected.
pub(super) const SHORT_LEAST_BYTES: usize = 10;
/// Least digits of a decimal number that is too long for a count or an id.
const DECIMAL_LEAST_BYTES: usize = 30;
/// Least bytes of a text in the alphabets of Base64 that is a secret by its randomness alone: 120 bits.
const DISORDER_LEAST_BYTES: usize = 20;
/// Least bytes of a sequence within such a text that mixes letters and digits, or upper and lower case.
const DISORDER_LEAST_ROW_BYTES: usize = 8;
/// No language has words of this many letters.
const LETTERS_LEAST_BYTES: usize = 24;
/// Least bytes of a word, because shorter words arise by chance.
const WORD_LEAST_BYTES: usize = 4;
/// Prefixes of the tokens of well-known services, and the least length of these tokens.
const PREFIXES: &[&str] = &["ghp_", "gho_", "ghu_", "ghs_", "github_pat_", "glpat-", "glft-", "xoxb-", "xoxp-"];
const PREFIXED_LEAST_BYTES: usize = 20;

/// The letters that commonly follow a, b, c and so on: 95 % of the pairs in texts of the languages with Latin letters.
const FOLLOWERS: [&[u8]; 26] = [
    b"bcdfgiklmnprstuvwy",
    b"aeiloru",
    b"acehiklortu",
    b"adeiorsu",
    b"abcdefgiklmnprstvwxy",
    b"aefiortu",
    b"aeghinoru",
    b"aeiortu",
    b"abcdefgklmnoprstv",
    b"aiou",
    b"aeios",
    b"adeilostuy",
    b"abeimopu",
    b"acdefgiknostu",
    b"abcdfgklmnoprstuvw",
    b"aehiloprtu",
    b"u",
    b"acdegiklmnorstuvy",
    b"acehilopstu",
    b"aehilorstuy",
    b"abcdegilmnprst",
    b"aeio",
    b"aehino",
    b"apt",
    b"es",
    b"ez",
];

/// How much a text looks like a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// Like a readable text.
    Public,
    /// Like a token, but also like the ids of public things.
    Token,
    /// Certainly like a secret.
    Secret,
}

/// How much `text`, percent-decoded, looks like a secret.
pub(super) fn look(text: &str) -> Look {
    if has_known_form(text) || has_long_number(text) || is_disorder(text) {
        Look::Secret
    } else if rows(text).any(is_token_row) {
        Look::Token
    } else {
        Look::Public
    }
}

/// Whether a text has the form of a well-known kind of token: a JSON Web Token (RFC 7519), or a token of GitHub, GitLab or
/// Slack.
pub(super) fn has_known_form(text: &str) -> bool {
    let is_web_token = text.starts_with("eyJ") && text.bytes().all(|byte| is_base64(byte) || byte == b'.');
    let is_long = text.len() >= PREFIXED_LEAST_BYTES;
    is_long && (is_web_token || PREFIXES.iter().any(|prefix| text.starts_with(prefix)))
}

/// Whether `text` contains a UUID.
pub(super) fn has_uuid(text: &str) -> bool {
    let last = text.len().checked_sub(UUID_BYTES);
    last.is_some_and(|last| (0..=last).any(|at| text.get(at..at + UUID_BYTES).is_some_and(is_uuid)))
}

/// Whether a text is a row of mixed letters and digits. It is too short to count as a token in every place.
pub(super) fn is_short_token(text: &str) -> bool {
    text.len() >= SHORT_LEAST_BYTES
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && pieces(text).len() >= ROW_LEAST_PIECES
        && !is_time(text)
        && !is_readable(text)
}

/// Whether a text is a hexadecimal number of a token's length, even if words can be read in it (`deadbeef`).
pub(super) fn is_long_hex(text: &str) -> bool {
    text.len() >= ROW_LEAST_BYTES && is_mixed(text) && is_hex(text)
}

/// Whether a text is a hexadecimal number of a digest's length.
pub(super) fn is_digest(text: &str) -> bool {
    text.len() >= HEX_LEAST_BYTES && is_long_hex(text)
}

pub(super) fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub(super) fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && is_number(text) && (text.starts_with("19") || text.starts_with("20"))
}

/// Whether a text contains both letters and digits.
pub(super) fn is_mixed(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Whether at least half of the letters and digits of a text belong to words, years and plain numbers.
pub(super) fn is_readable(text: &str) -> bool {
    let (all, readable) = measure(text);
    readable * 2 >= all
}

/// The sequences of letters and digits in a text.
fn rows(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_ascii_alphanumeric()).filter(|row| !row.is_empty())
}

fn has_long_number(text: &str) -> bool {
    rows(text).any(|row| is_digest(row) || (row.len() >= DECIMAL_LEAST_BYTES && is_number(row)))
}

fn is_token_row(row: &str) -> bool {
    row.len() >= ROW_LEAST_BYTES
        && is_mixed(row)
        && !is_time(row)
        && pieces(row).len() >= ROW_LEAST_PIECES
        && !is_readable(row)
}

/// Whether a sequence is a time in the basic format of ISO 8601: `20261103T120000Z`.
fn is_time(row: &str) -> bool {
    let Some((date, time)) = row.split_once(['T', 't']) else { return false };
    let clock = time.trim_end_matches(['Z', 'z']);
    date.len() == 8 && is_number(date) && !clock.is_empty() && is_number(clock) && time.len() <= 7
}

/// Whether a text is a long, unreadable sequence of Base64's characters (RFC 4648, 4 and 5).
fn is_disorder(text: &str) -> bool {
    // A short hexadecimal number may be the id of a record: the ids of MongoDB have 24 digits.
    if text.len() < DISORDER_LEAST_BYTES || is_hex(text) || !text.bytes().all(|byte| is_base64(byte) || byte == b'~') {
        return false;
    }
    let (all, readable) = measure(text);
    // Base64 has few punctuation marks between its letters; lists of short words and numbers have many.
    let has_few_rows = rows(text).count() * 6 <= all + 6;
    let is_disordered = |row: &str| {
        let is_long = row.len() >= DISORDER_LEAST_ROW_BYTES && pieces(row).len() >= ROW_LEAST_PIECES;
        is_long || (row.len() >= LETTERS_LEAST_BYTES && !is_mixed(row) && !is_number(row))
    };
    readable * 5 < all * 2 && has_few_rows && rows(text).any(is_disordered)
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'/' | b'=')
}

/// Letters and digits of a text, and how many of them are words, years and plain numbers.
fn measure(text: &str) -> (usize, usize) {
    rows(text).fold((0, 0), |(all, readable), row| {
        let own = match is_number(row) {
            true if row.len() < DECIMAL_LEAST_BYTES => row.len(),
            true => 0,
            false => pieces(row).into_iter().filter(|piece| is_word(piece)).map(str::len).sum(),
        };
        (all + row.len(), readable + own)
    })
}

/// Splits a sequence where digits begin or end, and where a capital follows a lower-case letter.
fn pieces(row: &str) -> Vec<&str> {
    let bytes = row.as_bytes();
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in 1..bytes.len() {
        let (before, here) = (bytes[at - 1], bytes[at]);
        let is_boundary = before.is_ascii_digit() != here.is_ascii_digit()
            || (before.is_ascii_lowercase() && here.is_ascii_uppercase());
        if is_boundary {
            pieces.push(&row[start..at]);
            start = at;
        }
    }
    pieces.push(&row[start..]);
    pieces
}

/// Whether a piece is a word, judged by the pairs of its letters, or a year.
fn is_word(piece: &str) -> bool {
    let bytes = piece.as_bytes();
    if bytes.len() < WORD_LEAST_BYTES {
        return false;
    }
    if is_number(piece) {
        return is_year(piece);
    }
    let is_written = bytes[1..].iter().all(u8::is_ascii_lowercase) || bytes.iter().all(u8::is_ascii_uppercase);
    let is_common = |pair: &&[u8]| {
        let (first, second) = (pair[0].to_ascii_lowercase(), pair[1].to_ascii_lowercase());
        let followers = FOLLOWERS.get(usize::from(first.wrapping_sub(b'a')));
        followers.is_some_and(|followers| followers.contains(&second))
    };
    // Four of five pairs are enough, because every language has some rare pairs.
    is_written && bytes.windows(2).filter(is_common).count() * 5 >= (bytes.len() - 1) * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_from_readable_texts() {
        for (text, expected) in [
            ("0f1e2d3c4b5a69788796a5b4c3d2e1f001122334", Look::Secret),
            ("d41d8cd98f00b204e9800998ecf8427e", Look::Secret),
            ("314159265358979323846264338327950288419", Look::Secret),
            ("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.x", Look::Secret),
            ("ghp_aaaaaaaaaaaaaaaaaaaa", Look::Secret),
            ("Zk3vQ9_tLw7-XbR2mYc5Hd", Look::Secret),
            ("zKqWvJtPxHbNrDgFmLsCyGhTkQ", Look::Secret),
            ("xkqzjvwbhtgmpfxrqzkvjwhd", Look::Secret),
            ("q7w9e2r4t6y8u1i3", Look::Token),
            ("a1b2c3d4e5f60718", Look::Token),
            ("5f3e9c2b8a7d6e1f0c4b3a29", Look::Token),
            ("", Look::Public),
            ("rust", Look::Public),
            ("20261103T120000Z", Look::Public),
            ("2026-11-03-a-long-title-of-words-that-goes-on", Look::Public),
            ("documentaries2024", Look::Public),
            ("podcast1535844019", Look::Public),
            ("covid19news2024update", Look::Public),
            ("ThisIsALongCamelCaseTitleOfWords", Look::Public),
            ("Rechtsschutzversicherungsgesellschaften", Look::Public),
            ("S01E02-720p-x264-AC3-1080i", Look::Public),
            ("12345678901234567890", Look::Public),
            ("a b c d e f g h i j k l m n o p", Look::Public),
            ("ÄÖÜ-ÄÖÜ-ÄÖÜ-ÄÖÜ", Look::Public),
        ] {
            assert_eq!(look(text), expected, "{text}");
        }
    }

    #[test]
    fn short_tokens_are_told_from_words_to_search_for() {
        for (text, expected) in [
            ("x8k2m9q4zt", true),
            ("kXqZbRtWvP", true),
            ("x8k2m9q4z", false),
            ("kubernetes", false),
            ("documentaries2024", false),
            ("20261103T120000Z", false),
            ("x8k2-m9q4zt", false),
            ("1234567890", false),
        ] {
            assert_eq!(is_short_token(text), expected, "{text}");
        }
    }

    #[test]
    fn long_hexadecimal_numbers_may_contain_words() {
        for (text, expected) in [
            ("deadbeefcafe1234567890ab", true),
            ("DECAFBAD00000001", true),
            ("deadbeefcafe123", false),
            ("1234567890123456", false),
            ("deadbeefcafedecade", false),
            ("deadbeefcafe1234567890ag", false),
        ] {
            assert_eq!(is_long_hex(text), expected, "{text}");
        }
    }

    #[test]
    fn uuids_are_found_within_a_text() {
        for (text, expected) in [
            ("9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0", true),
            ("user:9F8E7D6C-5B4A-4928-9706-F5E4D3C2B1A0:x", true),
            ("9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a", false),
            ("9f8e7d6c_5b4a_4928_9706_f5e4d3c2b1a0", false),
            ("ä9f8e7d6c-5b4a-4928-9706-f5e4d3c2b1a0", true),
        ] {
            assert_eq!(has_uuid(text), expected, "{text}");
        }
    }
}
