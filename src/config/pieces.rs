//! Splits a document into its `[[source]]` tables and the rest. A parsed document takes many times the memory of its text,
//! so a file of a hundred thousand sources is parsed source by source.

use std::iter;
use std::ops::Range;

use memchr::memmem;

use super::limits::MAX_SOURCES;

const SOURCE: &str = "[[source]]";
/// The beginning of the header of a table that belongs to the source before it.
const OF_SOURCE: &[&str] = &["[source.", "[[source."];

pub(super) struct Pieces {
    /// The document with spaces in place of its sources, so that everything else keeps its place.
    pub(super) rest: String,
    /// The bytes of each `[[source]]` table, with the tables that belong to it.
    pub(super) sources: Vec<Range<usize>>,
}

/// Splits a document at its headers. `None` for a document that must be parsed as a whole, because it contains a string over
/// several lines, which may contain a line that looks like a header, or because it has too many sources, which is reported
/// at the place of the whole list.
///
/// A line inside a list may look like a header as well. The piece that ends there is not valid TOML, because its list is not
/// closed; the caller notices that and parses the whole document.
pub(super) fn split(text: &str) -> Option<Pieces> {
    let has = |quotes: &str| memmem::find(text.as_bytes(), quotes.as_bytes()).is_some();
    if has("\"\"\"") || has("'''") {
        return None;
    }
    let sources = sources(text);
    if sources.len() > MAX_SOURCES {
        return None;
    }
    let mut rest = String::new();
    let mut from = 0;
    for source in &sources {
        keep(&mut rest, text, from..source.start);
        from = source.end;
    }
    keep(&mut rest, text, from..text.len());
    Some(Pieces { rest, sources })
}

fn sources(text: &str) -> Vec<Range<usize>> {
    let mut sources = Vec::new();
    let mut open: Option<usize> = None;
    let lines = iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1));
    for start in lines {
        let line = text[start..].trim_start_matches([' ', '\t']);
        if !line.starts_with('[') || OF_SOURCE.iter().any(|header| line.starts_with(header)) {
            continue;
        }
        sources.extend(open.take().map(|from| from..start));
        if line.starts_with(SOURCE) {
            open = Some(start);
        }
    }
    sources.extend(open.map(|from| from..text.len()));
    sources
}

/// Copies a part of the text to the same place in `rest`.
fn keep(rest: &mut String, text: &str, part: Range<usize>) {
    if !part.is_empty() {
        rest.push_str(&" ".repeat(part.start - rest.len()));
        rest.push_str(&text[part]);
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_document_is_split_at_its_headers() {
        let check = |text: &str, rest: &str, sources: &[&str]| {
            let pieces = split(text).expect("it can be split");
            assert_eq!(pieces.rest, rest, "{text}");
            let found: Vec<&str> = pieces.sources.iter().map(|source| &text[source.clone()]).collect();
            assert_eq!(found, sources, "{text}");
        };
        check("", "", &[]);
        check("a = 1\n[b]\n", "a = 1\n[b]\n", &[]);
        check("a = 1\n[[source]]\nb = 2\n", "a = 1\n", &["[[source]]\nb = 2\n"]);
        check("[[source]]\n\n [[source]] # x", "", &["[[source]]\n\n", " [[source]] # x"]);
        check(
            "[[source]]\n[source.a]\n[[source.b]]\n[c]\n",
            &(" ".repeat(35) + "[c]\n"),
            &["[[source]]\n[source.a]\n[[source.b]]\n"],
        );
        check("#[[source]]\n[[sources]]\n", "#[[source]]\n[[sources]]\n", &[]);
        assert!(split("a = \"\"\"\n[[source]]\n\"\"\"\n").is_none());
    }
}
