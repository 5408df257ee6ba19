//! What a publisher's software writes where it has nothing to write: such a text is neither an id nor an address.

use crate::text::uuids;

/// What stands there when the punctuation around it is taken away, in lower case.
const WORDS: [&str; 22] = [
    "about:blank",
    "empty",
    "http",
    "https",
    "n.a",
    "n/a",
    "n\\a",
    "nan",
    "nil",
    "no guid",
    "no id",
    "no link",
    "no url",
    "none",
    "not available",
    "not set",
    "null",
    "object object",
    "tba",
    "tbd",
    "undefined",
    "unknown",
];
/// How an address begins that only runs a script.
const SCRIPT: &str = "javascript:";

/// Whether a text that stands for an entry's id says nothing. `0` is not among them: where entries are counted, it is the first.
pub fn is_no_id(written: &str) -> bool {
    let text = written.trim_matches(|character: char| !character.is_alphanumeric());
    if text.is_empty() {
        return true;
    }
    // Most ids are longer than any placeholder.
    let longest = SCRIPT.len().max("urn:uuid:".len() + uuids::UUID_BYTES);
    if text.len() > longest && !begins_with_script(text) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    WORDS.contains(&lower.as_str()) || begins_with_script(text) || uuids::is_nil(&lower)
}

/// Whether a text that stands for an address says nothing, before it is resolved against any other address.
pub fn is_no_link(written: &str) -> bool {
    let written = written.trim_matches(|character: char| character.is_whitespace() || character.is_control());
    is_no_id(written) && !is_folder(written)
}

/// A site's root, and folders as seen from the document, are places, though they tell no entry from another.
fn is_folder(written: &str) -> bool {
    !written.is_empty() && !written.starts_with("//") && written.split('/').all(|part| matches!(part, "" | "." | ".."))
}

fn begins_with_script(text: &str) -> bool {
    text.get(..SCRIPT.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(SCRIPT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_neither_ids_nor_links() {
        for written in [
            "",
            " ",
            "N/A",
            "n/a",
            "(none)",
            "null",
            "/null",
            "undefined",
            "nil",
            "-",
            "--",
            "#",
            "?",
            "…",
            "[object Object]",
            "javascript:void(0)",
            "JavaScript:openTheWholeArticleInAWindowOfItsOwn('https://a.example/1')",
            "about:blank",
            "http://",
            "https:",
            "00000000-0000-0000-0000-000000000000",
            "urn:uuid:00000000-0000-0000-0000-000000000000",
        ] {
            assert!(is_no_id(written) && is_no_link(written), "{written:?}");
        }
    }

    #[test]
    fn what_tells_something_is_kept() {
        for written in [
            "0",
            "1",
            "?p=1",
            "#a1",
            "/1",
            "none-of-us",
            "nullified",
            "https://a.example/null",
            "tag:a.example,2026:n/a",
            "urn:uuid:00000000-0000-0000-0000-000000000001",
            "古い橋",
        ] {
            assert!(!is_no_id(written) && !is_no_link(written), "{written:?}");
        }
        for place in ["/", "./", "..", "../../"] {
            assert!(is_no_id(place) && !is_no_link(place), "{place:?}");
        }
    }
}
