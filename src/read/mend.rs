//! Repairs JSON that is truncated or has line breaks in strings, surplus commas, unpaired surrogates or trailing text.

/// Deepest nesting that is repaired; deeper JSON is truncated there.
const DEPTH_MAX: usize = 128;

pub(super) struct Mended {
    pub(super) text: String,
    /// Whether the first value of the text is closed. If not, the document is truncated.
    pub(super) is_whole: bool,
}

/// Repairs a text as far as possible. The result may still be invalid JSON.
pub(super) fn json(text: &str) -> Mended {
    let mut out = String::with_capacity(text.len() + 16);
    let mut open: Vec<char> = Vec::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let mut length = next.len_utf8();
        match next {
            '"' => {
                length = string(&mut out, rest);
            }
            '{' | '[' => {
                if open.len() >= DEPTH_MAX {
                    break;
                }
                open.push(if next == '{' { '}' } else { ']' });
                out.push(next);
            }
            '}' | ']' => {
                without_last_comma(&mut out);
                // A bracket that does not close the innermost open bracket is left out.
                if open.last() == Some(&next) {
                    open.pop();
                    out.push(next);
                }
                if open.is_empty() {
                    return Mended { text: out, is_whole: true };
                }
            }
            _ => out.push(next),
        }
        rest = &rest[length..];
    }
    complete(&mut out, &open);
    Mended { text: out, is_whole: false }
}

/// Copies the string at the start of `rest` in repaired form, and returns its length in `rest`.
fn string(out: &mut String, rest: &str) -> usize {
    out.push('"');
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, next)) = characters.next() {
        match next {
            '"' => {
                out.push('"');
                return at + 1;
            }
            '\\' => match characters.next() {
                Some((_, 'u')) if !is_character(&rest[at..]) => {
                    out.push_str("\\ufffd");
                    // Skips up to four hexadecimal digits of the escape.
                    let digits = rest[at + 2..].bytes().take(4).take_while(u8::is_ascii_hexdigit).count();
                    for _ in 0..digits {
                        characters.next();
                    }
                }
                Some((_, 'u')) => {
                    let length = if is_first_half(&rest[at..]) { 12 } else { 6 };
                    out.push_str(&rest[at..at + length]);
                    for _ in 0..length - 2 {
                        characters.next();
                    }
                }
                Some((_, letter @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't'))) => {
                    out.push('\\');
                    out.push(letter);
                }
                Some((_, other)) => out.push(other),
                None => {}
            },
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => out.push(' '),
            other => out.push(other),
        }
    }
    out.push('"');
    rest.len()
}

fn unit(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

fn is_first_half(text: &str) -> bool {
    unit(text).is_some_and(|unit| (0xD800..0xDC00).contains(&unit))
}

/// Whether an escape is a character, or a high surrogate that a low surrogate follows.
fn is_character(text: &str) -> bool {
    match unit(text) {
        Some(0xD800..0xDC00) => text.get(6..).and_then(unit).is_some_and(|unit| (0xDC00..0xE000).contains(&unit)),
        Some(0xDC00..0xE000) | None => false,
        Some(_) => true,
    }
}

fn without_last_comma(out: &mut String) {
    let trimmed = out.trim_end();
    if trimmed.ends_with(',') {
        out.truncate(trimmed.len() - 1);
    }
}

/// Completes truncated JSON: a missing value becomes `null`, and open brackets are closed.
fn complete(out: &mut String, open: &[char]) {
    out.truncate(out.trim_end().len());
    // A truncated word or number is removed, because its value is unknown.
    let word = out.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.')).len();
    out.truncate(word);
    out.truncate(out.trim_end().len());
    without_last_comma(out);
    if out.ends_with(':') {
        out.push_str("null");
    } else if open.last() == Some(&'}') && out.ends_with('"') && is_lone_key(out) {
        out.push_str(":null");
    }
    out.extend(open.iter().rev());
}

/// Whether the last string is a key without a value.
fn is_lone_key(out: &str) -> bool {
    let body = &out[..out.len() - 1];
    let begin = body.rfind('"').unwrap_or(0);
    matches!(body[..begin].trim_end().chars().next_back(), Some('{' | ','))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::json;

    #[test]
    fn damaged_json_is_repaired() {
        let check = |text: &str, wanted: &str| {
            let mended = json(text).text;
            let found: Value =
                serde_json::from_str(&mended).unwrap_or_else(|error| panic!("{text}: {error}: {mended}"));
            assert_eq!(found, serde_json::from_str::<Value>(wanted).expect("it is JSON"), "{text}");
        };
        check("{\"a\": [1, 2,],}", "{\"a\": [1, 2]}");
        check("{\"a\": \"x\ny\"}", "{\"a\": \"x\\ny\"}");
        check(r#"{"a": "cut \ud83d", "b": "\ud83d\ude00"}"#, "{\"a\": \"cut \u{fffd}\", \"b\": \"😀\"}");
        check("{\"a\": {\"b\": \"c", "{\"a\": {\"b\": \"c\"}}");
        check("{\"a\": [{\"b\": 1}, {\"c\": tru", "{\"a\": [{\"b\": 1}, {\"c\": null}]}");
        check("{\"a\": 1, \"b", "{\"a\": 1, \"b\": null}");
        check("{\"a\": 1} <!-- cached -->", "{\"a\": 1}");
        check(r#"{"a": "\x \""}"#, r#"{"a": "x \""}"#);
    }

    #[test]
    fn truncated_json_is_distinguished_from_damaged_json() {
        for (text, wanted) in [
            ("{\"a\": [1, 2,],}", true),
            ("{\"a\": 1} <!-- cached -->", true),
            ("{\"a\": \"x\ny\"}", true),
            ("{\"a\": 1", false),
            ("{\"a\": \"}", false),
            ("{\"a\": [1}", false),
        ] {
            assert_eq!(json(text).is_whole, wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "[{}\\[\\]\",:\\\\u0-9a-fD \n]{0,60}") {
            let _ = json(&text);
        }
    }
}
