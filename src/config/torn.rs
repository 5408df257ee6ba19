//! Finds the secrets in a file that is not valid TOML, line by line, because a parser cannot tell what was meant.
//!
//! Behind a key that may have a secret, everything but punctuation is covered, so that the mistake stays visible. The following
//! lines are covered as well up to the next known key, because a missing quote may extend the secret over several lines. The
//! value of a name that resembles no key is covered, too, and so is a line without a key, because it may be part of a secret.

use std::ops::Range;

use super::hidden::is_secret_name;
use super::keys::{AUTH_KEYS, FILTER_KEYS, Known, REWRITE_KEYS, SECRET_KEYS, TABLES, homes, nearest};
use super::look::{Look, look};
use super::mask::{SECRET_TABLES, is_misspelt};

/// The places in a text that must not be quoted.
pub(super) fn torn_spans(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    // Whether the secret of the previous line may continue, and whether the table contains secrets.
    let (mut goes_on, mut is_secret_table) = (false, false);
    let hides_addresses = text.lines().any(hides_address);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let key = key_of(line);
        if let Some(header) = header_of(line) {
            is_secret_table = is_secret_key(header);
            goes_on = false;
        } else if is_secret_table {
            cover(line, start, key.end, &mut spans);
        } else {
            let (end, name) = (key.end, &line[key]);
            if !homes(name).is_empty() {
                goes_on = false;
            }
            if hides_addresses && name == "url" {
                cover(line, start, end, &mut spans);
            } else if goes_on {
                cover(line, start, 0, &mut spans);
            } else {
                // A line without a key may itself be a secret that contains the name of one, such as `secret2go`.
                let (secret, unknown) = (secret_word(line), unknown(line, name, end));
                if let Some(from) = secret.into_iter().chain(unknown).min() {
                    cover(line, start, from, &mut spans);
                }
                goes_on = secret.is_some();
            }
        }
        // A text that looks like a secret is covered wherever it is.
        let tokens = words(line).filter(|word| look(&line[word.clone()]) != Look::Public);
        spans.extend(tokens.map(|word| start + word.start..start + word.end));
        start += line.len();
    }
    spans
}

/// Whether a line says that the address of a source is a secret. Every value but `false` and `auto` counts as true, because it
/// may be misspelt.
fn hides_address(line: &str) -> bool {
    let key = key_of(line);
    let value = &line[key.end..];
    &line[key] == "secret" && !value.contains("false") && !value.contains("auto")
}

/// The last name in a table's header, such as `headers` in `[source.headers]`, also if the closing bracket is missing.
fn header_of(line: &str) -> Option<&str> {
    let inside = line.trim().strip_prefix('[')?;
    let inside = inside.strip_prefix('[').unwrap_or(inside);
    let name = inside.split([']', '#']).next().unwrap_or_default().trim();
    let is_name = |byte: u8| is_word_byte(byte) || byte == b'.';
    (!name.is_empty() && name.bytes().all(is_name)).then(|| name.rsplit('.').next().unwrap_or(name))
}

/// The place of the name at the beginning of a line.
fn key_of(line: &str) -> Range<usize> {
    let start = line.len() - line.trim_start_matches([' ', '\t', '"', '\'']).len();
    let length = line[start..].bytes().take_while(|byte| is_word_byte(*byte)).count();
    start..start + length
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn words(line: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = line.as_bytes();
    let is_start = move |at: &usize| is_word_byte(bytes[*at]) && (*at == 0 || !is_word_byte(bytes[*at - 1]));
    (0..bytes.len()).filter(is_start).map(move |at| {
        let length = bytes[at..].iter().take_while(|byte| is_word_byte(**byte)).count();
        at..at + length
    })
}

fn is_secret_key(name: &str) -> bool {
    // The value of `secret` is true or false.
    name != "secret" && (SECRET_TABLES.contains(&name) || is_secret_name(name))
}

/// The end of the first word that a secret may follow.
fn secret_word(line: &str) -> Option<usize> {
    let is_secret = |word: &Range<usize>| {
        let name = &line[word.clone()];
        let is_key = line[word.end..].trim_start_matches([' ', '\t', '"', '\'']).starts_with(['=', ':']);
        is_secret_key(name) || (is_key && is_misspelt(name))
    };
    words(line).find(is_secret).map(|word| word.end)
}

/// The byte from which a line that begins with `name`, which ends at `end`, must be covered: behind a name that
/// resembles no key, or from the start of a line that gives no value to a key.
fn unknown(line: &str, name: &str, end: usize) -> Option<usize> {
    let begin = line.trim_start();
    if begin.is_empty() || begin.starts_with(['#', '[', ']', '{', '}', ',']) {
        return None;
    }
    let is_key = line[end..].trim_start_matches([' ', '\t', '"', '\'']).starts_with(['=', ':', '.']);
    if name.is_empty() || !is_key {
        return (!is_known(name)).then_some(0);
    }
    (!is_known(name) && nearest(name, known_names()).is_none()).then_some(end)
}

fn is_known(name: &str) -> bool {
    !homes(name).is_empty() || known_names().any(|known| known == name)
}

/// The names of all keys and tables.
fn known_names() -> impl Iterator<Item = &'static str> {
    let of_tables = TABLES.iter().flat_map(|table| Known::Keys(table.keys).names());
    let within = [AUTH_KEYS, SECRET_KEYS, FILTER_KEYS, REWRITE_KEYS].into_iter().flatten().copied();
    Known::Top.names().into_iter().chain(of_tables).chain(within)
}

/// Covers a line from a byte on, except punctuation and known names that are followed by a value.
fn cover(line: &str, start: usize, from: usize, spans: &mut Vec<Range<usize>>) {
    let is_known = |word: &Range<usize>| {
        let name = &line[word.clone()];
        let is_given = line[word.end..].trim_start_matches([' ', '\t']).starts_with('=');
        is_given && (AUTH_KEYS.contains(&name) || SECRET_KEYS.contains(&name))
    };
    let shown: Vec<Range<usize>> = words(line).filter(is_known).collect();
    let is_sign = |character: char| {
        character.is_whitespace() || matches!(character, '=' | '{' | '}' | '[' | ']' | ',' | '"' | '\'')
    };
    for (at, character) in line.char_indices().filter(|(at, _)| *at >= from) {
        if !is_sign(character) && !shown.iter().any(|word| word.contains(&at)) {
            spans.push(start + at..start + at + character.len_utf8());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::mask::masked;

    #[test]
    fn a_damaged_file_shows_its_structure_and_no_secret() {
        for (text, expected) in [
            (
                "auth = { user = \"me\", password = \"abc }\ntags = [\"t\"]\nauth = { user = \"you\", password = \"d-e\" }\n",
                "auth = { user = \"**\", password = \"*** }\ntags = [\"t\"]\nauth = { user = \"***\", password = \"***\" }\n",
            ),
            ("auth = { user = \"me\", password = 1ABC-D }\n", "auth = { user = \"**\", password = ****** }\n"),
            ("auth = { password = \"ABC\"x }\n", "auth = { password = \"***\"* }\n"),
            ("token : \"ABC\"\n", "token * \"***\"\n"),
            ("token \"ABC\"\n", "token \"***\"\n"),
            ("token == \"ABC\"\n", "token == \"***\"\n"),
            ("tokne = ABC\n", "tokne = ***\n"),
            (
                "headers = { \"X\" = 1A,\n\"Y\" = 2B }\ntitle = x\n",
                "headers = { \"*\" = **,\n\"*\" = ** }\ntitle = x\n",
            ),
            ("[source.headers]\nX-A = abc\n[log]\nlevel = x\n", "[source.headers]\nX-A = ***\n[log]\nlevel = x\n"),
            ("x = q7w9e2r4t6y8u1i3\n", "x = ****************\n"),
            ("url = \"https://a.example/p\nsecret = true\n", "url = \"*******************\nsecret = true\n"),
            // A name that resembles no key, and a line without a key.
            ("psswd = \"abc\n", "psswd = \"***\n"),
            ("kennwort = \"abc\n", "kennwort = \"***\n"),
            ("\"X-A\" = \"abc\n", "\"X-A\" = \"***\n"),
            ("title = x\nhunter2\n", "title = x\n*******\n"),
            ("  correct horse\n", "  ******* *****\n"),
            ("!ab\n\"cd\n= ef\n", "***\n\"**\n= **\n"),
            // The line is a secret that contains the name of one.
            ("title = x\nsecret2go\n", "title = x\n*********\n"),
            ("secret = ture\nurl = \"https://a.example/p\"\n", "secret = ture\nurl = \"*******************\"\n"),
            ("secret = false\nurl = \"https://a.example/p\n", "secret = false\nurl = \"https://a.example/p\n"),
            ("url \"https://a.example/feed\"\n", "url \"https://a.example/feed\"\n"),
            // A text without secrets stays unchanged.
            ("[poll\nevery = \"1h\"\n", "[poll\nevery = \"1h\"\n"),
            ("title = \"open\ntags = x\nsecret = tru\n", "title = \"open\ntags = x\nsecret = tru\n"),
            ("evry = \"1h\nmax-body = 1\n", "evry = \"1h\nmax-body = 1\n"),
            ("title = \"x\n# a comment\n", "title = \"x\n# a comment\n"),
            ("url = https://a.example/feed\n", "url = https://a.example/feed\n"),
        ] {
            assert_eq!(masked(text), expected, "{text}");
        }
    }
    #[test]
    fn a_password_that_looks_like_the_name_of_one_is_covered_too() {
        for text in ["url = \"https://me:SECRETPASS@a.example/f\n", "url = https://me:SECRETPASS@a.example/f\n"] {
            let shown = masked(text);
            assert!(!shown.contains("SECRETPASS") && shown.starts_with("url = "), "{shown}");
        }
    }
}
