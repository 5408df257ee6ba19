//! Edits of a configuration file by commands. An edit changes only what it must; comments and order stay.

use std::ops::Range;
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::key::quoted;

const INLINE_SOURCES: EditError = EditError::Inline { key: "source", what: "sources" };
/// The line that says that a file is to have no sources. Without it, a file of comments alone might be half-written.
pub const NO_SOURCES: &str = "source = []";

/// What a new `[[source]]` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewSource {
    pub url: String,
    pub name: String,
    /// The title that replaces the feed's own.
    pub title: Option<String>,
    pub tags: Vec<String>,
    /// A remark for people, which stands behind the header as a comment, so that it is removed together with the source.
    pub note: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum EditError {
    #[error("the file is not valid TOML: {0}")]
    Toml(String),
    #[error("the file lists its {what} in brackets (`{key} = [ … ]`), which commands do not edit; edit it by hand")]
    Inline { key: &'static str, what: &'static str },
    #[error(
        "other tables stand between the parts of this [[source]], which commands do not edit; edit the file by hand"
    )]
    Scattered,
    #[error("the file no longer contains this [[source]]")]
    Missing,
    #[error("cannot write {}: {source}", path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("another program changed the file in the meantime; nothing was written: run the command again")]
    EditedMeanwhile,
    #[error("another command has been editing the configuration for {0} s; nothing was written: try again later")]
    Busy(u64),
}

/// Returns `text` with another `[[source]]` at its end, and without the line [`NO_SOURCES`], which would be wrong there.
///
/// # Errors
/// If `text` is not valid TOML, or lists its sources in brackets (`source = [...]`).
pub fn append_source(text: &str, source: &NewSource) -> Result<String, EditError> {
    append_sources(text, std::slice::from_ref(source))
}

/// Returns `text` with further `[[source]]` tables at its end, as [`append_source`] does.
pub fn append_sources(text: &str, sources: &[NewSource]) -> Result<String, EditError> {
    let text = &without_empty_list(text)?;
    let mut edited = text.to_owned();
    for source in sources {
        begin_table(&mut edited);
        push_source(&mut edited, source);
    }
    appended(text, edited, "source", "sources")
}

/// Returns `text` with an `[[include]]` of the file `path` at its end.
pub fn append_include(text: &str, path: &str) -> Result<String, EditError> {
    let mut edited = text.to_owned();
    begin_table(&mut edited);
    edited.push_str(&format!("[[include]]\npath = {}\n", literal(path)));
    appended(text, edited, "include", "included files")
}

/// `edited`, which is `text` with further tables in its list `key`, unless `text` writes that list in brackets.
fn appended(text: &str, mut edited: String, key: &'static str, what: &'static str) -> Result<String, EditError> {
    let added = edited.split_off(text.len());
    edited.push_str(&with_line_ends_of(text, &added));
    if parse(text)?.get_ref().get(key).is_some_and(|list| is_inline(text, list)) {
        return Err(EditError::Inline { key, what });
    }
    parse(&edited)?;
    Ok(edited)
}

/// Added lines, which end as the lines of `text` do.
fn with_line_ends_of(text: &str, added: &str) -> String {
    if text.contains("\r\n") { added.replace('\n', "\r\n") } else { added.to_owned() }
}

/// Ends the last line, and adds a blank line before the next table.
fn begin_table(edited: &mut String) {
    if !edited.is_empty() && !edited.ends_with('\n') {
        edited.push('\n');
    }
    if !edited.trim().is_empty() {
        edited.push('\n');
    }
}

fn push_source(edited: &mut String, source: &NewSource) {
    edited.push_str("[[source]]");
    // A comment may contain no control characters (TOML 1.0, "Comment").
    let note = source.note.as_deref().unwrap_or_default().replace(char::is_control, " ");
    if !note.trim().is_empty() {
        edited.push_str(&format!("  # {}", note.trim()));
    }
    edited.push_str(&format!("\nurl  = {}\nname = {}\n", literal(&source.url), literal(&source.name)));
    if let Some(title) = &source.title {
        edited.push_str(&format!("title = {}\n", literal(title)));
    }
    if !source.tags.is_empty() {
        let tags: Vec<String> = source.tags.iter().map(|tag| literal(tag)).collect();
        edited.push_str(&format!("tags = [{}]\n", tags.join(", ")));
    }
}

/// A string of the file. `${` is escaped, because otherwise a page could read environment variables by way of the address that
/// it names.
fn literal(text: &str) -> String {
    quoted(&text.replace("${", "$${"))
}

/// Returns `text` without its `[[source]]` number `number`, counted from 0. Comments above and below it stay.
///
/// # Errors
/// If this `[[source]]` does not exist, or its removal would change anything else.
pub fn remove_source(text: &str, number: usize) -> Result<String, EditError> {
    let document = parse(text)?;
    let sources = document.get_ref().get("source").ok_or(EditError::Missing)?;
    if is_inline(text, sources) {
        return Err(INLINE_SOURCES);
    }
    let table = sources.get_ref().as_array().and_then(|array| array.get(number)).ok_or(EditError::Missing)?;
    let block = whole_lines(text, table.span().start..end_of(table));
    let (before, mut after) = (&text[..block.start], &text[block.end..]);
    // Two blank lines that are now adjacent become one.
    if before.is_empty() || before.ends_with("\n\n") {
        after = after.strip_prefix('\n').unwrap_or(after);
    }
    let edited = format!("{before}{after}");
    if without(text, number)? == value(&edited)? { Ok(edited) } else { Err(EditError::Scattered) }
}

/// Returns `text` with a new address in its `[[source]]` number `number`.
///
/// # Errors
/// If this `[[source]]` does not exist, or the edit would change anything else.
pub fn set_url(text: &str, number: usize, url: &str) -> Result<String, EditError> {
    let span = value_span(text, number, "url")?.ok_or(EditError::Missing)?;
    replaced(text, span, &literal(url))
}

/// Returns `text` with the beginning `from` of the address in its `[[source]]` number `number` replaced by `to`. The rest of
/// the address stays as written, for example with `${NAME}`. An address that does not begin with `from`, or names port
/// 80, stays unchanged.
pub fn set_url_begin(text: &str, number: usize, from: &str, to: &str) -> Result<String, EditError> {
    let span = value_span(text, number, "url")?.ok_or(EditError::Missing)?;
    let written = &text[span.clone()];
    let bare = written.trim_start_matches(['"', '\'']);
    let Some(rest) = bare.strip_prefix(from) else { return Ok(text.to_owned()) };
    // Port 80 is the port of http and would be wrong for https.
    if rest.split(['/', '?', '#', '"', '\'']).next().is_some_and(|authority| authority.ends_with(":80")) {
        return Ok(text.to_owned());
    }
    let quotes = &written[..written.len() - bare.len()];
    replaced(text, span, &format!("{quotes}{to}{rest}"))
}

/// Returns `text` with its `[[source]]` number `number` disabled.
pub fn disable(text: &str, number: usize) -> Result<String, EditError> {
    if let Some(span) = value_span(text, number, "enabled")? {
        return replaced(text, span, "false");
    }
    let url = whole_lines(text, value_span(text, number, "url")?.ok_or(EditError::Missing)?);
    let lines = &text[url.clone()];
    if lines.trim_start().starts_with("source") {
        return Err(INLINE_SOURCES);
    }
    let line_break = if lines.ends_with('\n') { "" } else { "\n" };
    replaced(text, url.end..url.end, &with_line_ends_of(text, &format!("{line_break}enabled = false\n")))
}

/// Returns `text` with another text in place of a part of it.
fn replaced(text: &str, part: Range<usize>, by: &str) -> Result<String, EditError> {
    let edited = format!("{}{by}{}", &text[..part.start], &text[part.end..]);
    parse(&edited)?;
    Ok(edited)
}

/// The place of the value of a key of a `[[source]]`.
fn value_span(text: &str, number: usize, key: &str) -> Result<Option<Range<usize>>, EditError> {
    let document = parse(text)?;
    let sources = document.get_ref().get("source").and_then(|sources| sources.get_ref().as_array());
    let table = sources.and_then(|sources| sources.get(number)).and_then(|table| table.get_ref().as_table());
    Ok(table.ok_or(EditError::Missing)?.get(key).map(|value| value.span()))
}

fn value(text: &str) -> Result<toml::Table, EditError> {
    text.parse().map_err(|error: toml::de::Error| EditError::Toml(error.message().to_owned()))
}

/// The content that the file must have after the edit.
fn without(text: &str, number: usize) -> Result<toml::Table, EditError> {
    let mut document = value(text)?;
    let sources = document.get_mut("source").and_then(toml::Value::as_array_mut).ok_or(EditError::Missing)?;
    sources.remove(number);
    if sources.is_empty() {
        document.remove("source");
    }
    Ok(document)
}

/// `text` without the line [`NO_SOURCES`].
fn without_empty_list(text: &str) -> Result<String, EditError> {
    let document = parse(text)?;
    let is_empty = |list: &&Spanned<DeValue<'_>>| matches!(list.get_ref(), DeValue::Array(array) if array.is_empty());
    let Some(list) = document.get_ref().get("source").filter(is_empty) else { return Ok(text.to_owned()) };
    let line = whole_lines(text, list.span());
    let is_bare = text[line.clone()].split_whitespace().collect::<String>() == "source=[]";
    if is_bare { Ok(format!("{}{}", &text[..line.start], &text[line.end..])) } else { Ok(text.to_owned()) }
}

fn parse(text: &str) -> Result<Spanned<DeTable<'_>>, EditError> {
    DeTable::parse(text).map_err(|error| EditError::Toml(error.message().to_owned()))
}

/// Whether a list of tables is written in brackets instead of under headers.
fn is_inline(text: &str, list: &Spanned<DeValue<'_>>) -> bool {
    match list.get_ref().as_array() {
        Some(array) => array.iter().any(|table| text[table.span()].starts_with('{')) || array.is_empty(),
        None => true,
    }
}

/// The end of the last item in a value, because the span of a table under a header covers only the header.
fn end_of(value: &Spanned<DeValue<'_>>) -> usize {
    let inside = match value.get_ref() {
        DeValue::Table(table) => table.iter().map(|(_, value)| end_of(value)).max(),
        DeValue::Array(array) => array.iter().map(end_of).max(),
        _ => None,
    };
    inside.unwrap_or(0).max(value.span().end)
}

/// Extends a span to the start of its first line and to the end of its last line.
pub(super) fn whole_lines(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at + 1);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# head\n\n# about a\n[[source]] # a\nurl = \"https://a.example/\"\n# inside\n\
                        auth = { user = \"x\", password = \"y\" }\n# after a\n\n[[source]]\nurl = \"https://b.example/\"\n\
                        [source.headers]\nX = \"[[source]]\"\n\n[log]\nlevel = \"info\"\n";

    #[test]
    fn removing_a_source_changes_nothing_else() {
        let check = |number: usize, expected: &str| {
            assert_eq!(remove_source(FILE, number).expect("it is there"), expected, "{number}");
        };
        check(
            0,
            "# head\n\n# about a\n# after a\n\n[[source]]\nurl = \"https://b.example/\"\n\
             [source.headers]\nX = \"[[source]]\"\n\n[log]\nlevel = \"info\"\n",
        );
        check(
            1,
            "# head\n\n# about a\n[[source]] # a\nurl = \"https://a.example/\"\n# inside\n\
             auth = { user = \"x\", password = \"y\" }\n# after a\n\n[log]\nlevel = \"info\"\n",
        );
        assert!(matches!(remove_source(FILE, 2), Err(EditError::Missing)));
        let scattered = "[[source]]\nurl = \"https://a.example/\"\n[log]\n[source.headers]\nX = \"y\"\n";
        assert!(matches!(remove_source(scattered, 0), Err(EditError::Scattered)));
        let inline = "source = [ { url = \"https://a.example/\" } ]\n";
        assert!(matches!(remove_source(inline, 0), Err(EditError::Inline { .. })));
        assert!(matches!(append_source(inline, &NewSource::default()), Err(EditError::Inline { .. })));
    }

    #[test]
    fn an_address_is_replaced_and_a_source_disabled() {
        let edited = set_url(FILE, 1, "https://c.example/?a=${b}").expect("it is there");
        assert_eq!(edited, FILE.replace("https://b.example/", "https://c.example/?a=$${b}"));
        let disabled = disable(FILE, 0).expect("it is there");
        assert_eq!(disabled, FILE.replacen("a.example/\"\n", "a.example/\"\nenabled = false\n", 1));
        assert_eq!(disable(&disabled.replace("= false", "= true"), 0).expect("it is there"), disabled);
    }

    #[test]
    fn added_lines_end_as_the_others_do() {
        let file = FILE.replace('\n', "\r\n");
        let disabled = disable(FILE, 0).expect("it is there");
        assert_eq!(disable(&file, 0).expect("it is there"), disabled.replace('\n', "\r\n"));
        let source = NewSource { url: "https://d.example/".to_owned(), name: "d".to_owned(), ..NewSource::default() };
        let appended = append_source(FILE, &source).expect("it is valid");
        assert_eq!(append_source(&file, &source).expect("it is valid"), appended.replace('\n', "\r\n"));
    }

    #[test]
    fn the_beginning_of_an_address_is_replaced_and_the_rest_stays() {
        let file = "[[source]]\nurl = \"http://a.example/?t=${TOKEN}\" # mine\n[[source]]\nurl = 'HTTP://b.example/'\n";
        let edited = set_url_begin(file, 0, "http://", "https://").expect("it is there");
        assert_eq!(edited, file.replacen("http://", "https://", 1));
        let with_port = file.replace("a.example", "a.example:80");
        assert_eq!(set_url_begin(&with_port, 0, "http://", "https://").expect("it is there"), with_port);
        assert_eq!(set_url_begin(file, 0, "http://b", "https://b").expect("it is there"), file);
        assert_eq!(set_url_begin(file, 1, "http://", "https://").expect("it is there"), file);
        assert!(matches!(set_url_begin(file, 2, "http://", "https://"), Err(EditError::Missing)));
    }

    #[test]
    fn the_line_that_says_that_there_are_no_sources_gives_way_to_the_first_one() {
        let source = NewSource { url: "https://a.example/".to_owned(), name: "a".to_owned(), ..NewSource::default() };
        let added = "[[source]]\nurl  = \"https://a.example/\"\nname = \"a\"\n";
        for (before, expected) in [
            ("source = []", added.to_owned()),
            ("# mine\nsource=[ ]\n", format!("# mine\n\n{added}")),
            ("source = []\n[log]\nlevel = \"info\"\n", format!("[log]\nlevel = \"info\"\n\n{added}")),
        ] {
            assert_eq!(append_source(before, &source).expect("it can be appended"), expected, "{before:?}");
        }
        assert!(matches!(append_source("source = [] # none", &source), Err(EditError::Inline { .. })));
    }

    #[test]
    fn an_appended_source_can_be_removed_again() {
        let source = NewSource {
            url: "https://c.example/?a=\"b\"".to_owned(),
            name: "c".to_owned(),
            title: Some("${HOME}".to_owned()),
            tags: vec!["x".to_owned(), "ü".to_owned()],
            note: Some("A\ttitle\n[[source]]".to_owned()),
        };
        for text in ["", FILE, "title = \"no end\"", "# only a comment\n", "[poll]\nevery = \"1h\"\n\n\n"] {
            let number = text.lines().filter(|line| line.starts_with("[[source]]")).count();
            let appended = append_source(text, &source).expect("it can be appended");
            assert!(appended.starts_with(text), "{text:?}");
            let removed = remove_source(&appended, number).expect("it is there");
            assert_eq!(removed.trim_end(), text.trim_end());
            assert!(appended.contains("[[source]]  # A title [[source]]\n"), "{appended}");
        }
    }

    #[test]
    fn many_sources_are_appended_as_each_of_them_would_be() {
        let sources: Vec<NewSource> = ["a", "b"]
            .map(|name| NewSource {
                url: format!("https://{name}.example/"),
                name: name.to_owned(),
                ..NewSource::default()
            })
            .into();
        let one_by_one = sources
            .iter()
            .fold(FILE.to_owned(), |text, source| append_source(&text, source).expect("it can be appended"));
        assert_eq!(append_sources(FILE, &sources).expect("they can be appended"), one_by_one);
        assert_eq!(append_sources(FILE, &[]).expect("there is nothing to do"), FILE);
    }

    #[test]
    fn a_file_is_included_at_the_end() {
        let added = "[[include]]\npath = \"sources.d/mine.toml\"\n";
        let appended = append_include(FILE, "sources.d/mine.toml").expect("it can be appended");
        assert_eq!(appended, format!("{FILE}\n{added}"));
        assert_eq!(append_include("", "sources.d/mine.toml").expect("it can be appended"), added);
        let inline = "include = [ { path = \"a.toml\" } ]\n";
        assert!(matches!(append_include(inline, "b.toml"), Err(EditError::Inline { key: "include", .. })));
    }
}
