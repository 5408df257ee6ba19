//! Placeholders that publishers' software writes where it has no value: such a text is neither an id nor an address.

use crate::text::uuids;

/// The words of placeholders, in lower case and without the punctuation around them.
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
/// The beginning of an address that only runs a script.
const SCRIPT: &str = "javascript:";

/// Whether a declared id is a placeholder. `0` is not a placeholder, because publishers that number their entries give
/// it to the first.
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

/// Whether a link is a placeholder, judged before it is resolved against another address.
pub fn is_no_link(written: &str) -> bool {
    let written = written.trim_matches(|character: char| character.is_whitespace() || character.is_control());
    is_no_id(written) && !is_folder(written)
}

/// Whether a link leads to a site's root or to a folder relative to the document. These are real addresses, although
/// they do not tell one entry from another.
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
    fn real_ids_and_links_are_not_placeholders() {
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
