//! Reads lists of sources that other feed readers export: OPML 1.0 and 2.0, newsboat's `urls`, and plain lists of
//! addresses.
//!
//! Entry points: [`source_list`] for a list that is imported once, and [`reading_list`] for a list that is followed,
//! which must be whole, because what it no longer names is no longer polled.
//!
//! A list is data: nothing in it is run, opened or followed, and entities that it declares stay unresolved, so that no
//! declaration can blow it up. What cannot be a source is returned with its line and the reason. Addresses and names
//! are returned as written; whether an address can be polled is decided elsewhere.

mod opml;
mod urls;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::{charset, looks_like_html};
use crate::model::Problem;

/// Most sources that are taken from a list, and most other lines that are reported.
const LISTED_MAX: usize = 200_000;
/// Most sources of a list that is followed.
pub const FOLLOWED_MAX: usize = 10_000;
/// Most characters of the name of a folder or tag, as many as a tag of the configuration may have.
const NAME_MAX_CHARS: usize = 100;
/// Most characters of a title, as many as a title of the configuration may have.
const TITLE_MAX_CHARS: usize = 500;
/// Most bytes of an address that is quoted in a message.
const QUOTED_MAX_BYTES: usize = 200;
/// White space and characters that programs put at the beginning of a file.
const BLANK: fn(char) -> bool = |c| c.is_whitespace() || matches!(c, '\u{feff}' | '\0');

/// A list of sources.
#[derive(Debug, Default)]
pub struct SourceList {
    /// The sources in the order of the list. A source that the list names several times occurs several times.
    pub sources: Vec<Listed>,
    /// The lines of the list that are not a source.
    pub left_out: Vec<LeftOut>,
    pub problems: Vec<Problem>,
}

/// A source of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The line that names the source, from 1.
    pub line: usize,
    /// The address as written, with its character references resolved.
    pub address: String,
    pub title: Option<String>,
    /// Whether the list says that the title is the user's, not the feed's own.
    pub is_renamed: bool,
    /// Names of folders, from the outermost to the innermost, and then those of categories or tags; each once.
    pub tags: Vec<Arc<str>>,
}

/// A line of a list that is not a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The line, from 1.
    pub line: usize,
    /// The beginning of what the line says.
    pub what: String,
    pub why: &'static str,
}

/// Why a file is not a list of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is an HTML page, not a list of sources; export an OPML file from your reader")]
    HtmlPage,
    #[error("the file is XML without an <outline>, not OPML")]
    NotOpml,
    #[error("the file is neither OPML nor a list of addresses such as newsboat's `urls`")]
    NotAList,
}

/// Why a document cannot take the place of the last good version of a reading list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnfitList {
    #[error("it is empty")]
    Empty,
    #[error("it is an HTML page, not OPML")]
    HtmlPage,
    #[error("it is not OPML")]
    NotOpml,
    #[error("it ends before `</opml>`, so a part of it is missing")]
    CutOff,
    #[error("it names no source")]
    NoSources,
    #[error("it names more than {} sources", FOLLOWED_MAX)]
    TooMany,
}

/// Reads a list of sources in any encoding, however broken.
pub fn source_list(file: &[u8]) -> Result<SourceList, ListError> {
    let mut gathered = Gathered::default();
    let decoded = charset::decode(file, None, &mut gathered.list.problems);
    let text: &str = &decoded.text;
    let begin = text.trim_start_matches(BLANK);
    if begin.is_empty() {
        return Err(ListError::Empty);
    }
    if begin.starts_with('<') || text.contains("<outline") {
        if !opml::read(text, &mut gathered) {
            return Err(if looks_like_html(begin) { ListError::HtmlPage } else { ListError::NotOpml });
        }
    } else if !urls::read(text, &mut gathered) {
        return Err(ListError::NotAList);
    }
    Ok(gathered.into_list())
}

/// Reads a reading list: OPML in any encoding, which must be whole and name at least one source.
pub fn reading_list(document: &[u8]) -> Result<SourceList, UnfitList> {
    let mut gathered = Gathered::default();
    let decoded = charset::decode(document, None, &mut gathered.list.problems);
    let text: &str = &decoded.text;
    let begin = text.trim_start_matches(BLANK);
    if begin.is_empty() {
        return Err(UnfitList::Empty);
    }
    let has_outlines = opml::read(text, &mut gathered);
    if looks_like_html(begin) {
        return Err(UnfitList::HtmlPage);
    }
    if !has_outlines && !opml::begins(text) {
        return Err(UnfitList::NotOpml);
    }
    if !opml::ends(text) {
        return Err(UnfitList::CutOff);
    }
    if gathered.list.sources.is_empty() {
        return Err(UnfitList::NoSources);
    }
    if gathered.list.sources.len() > FOLLOWED_MAX || gathered.beyond > 0 {
        return Err(UnfitList::TooMany);
    }
    Ok(gathered.into_list())
}

/// The part of a list that was read so far.
#[derive(Debug, Default)]
struct Gathered {
    list: SourceList,
    /// Number of sources and lines behind [`LISTED_MAX`].
    beyond: usize,
    /// Whether there are folders at levels that are not taken as tags.
    has_deeper_folders: bool,
}

impl Gathered {
    fn into_list(self) -> SourceList {
        let Gathered { mut list, beyond, has_deeper_folders } = self;
        let problems = &mut list.problems;
        if beyond > 0 {
            problems.push(Problem::new(format!("only the first {LISTED_MAX} sources were read; {beyond} more follow")));
        }
        if has_deeper_folders {
            let levels = opml::LEVELS_MAX;
            problems.push(Problem::new(format!("folders below {levels} levels of folders were not taken as tags")));
        }
        list
    }

    fn take(&mut self, source: Listed) {
        if self.list.sources.len() < LISTED_MAX {
            self.list.sources.push(source);
        } else {
            self.beyond += 1;
        }
    }

    fn leave_out(&mut self, line: usize, what: &str, why: &'static str) {
        if self.list.left_out.len() < LISTED_MAX {
            let what = what[..what.floor_char_boundary(QUOTED_MAX_BYTES)].to_owned();
            self.list.left_out.push(LeftOut { line, what, why });
        } else {
            self.beyond += 1;
        }
    }
}

/// The name of a folder or tag in one line, cut to [`NAME_MAX_CHARS`]. `None` if nothing is left of it.
fn name(written: &str) -> Option<Arc<str>> {
    one_line(written, NAME_MAX_CHARS).map(Arc::from)
}

/// A title in one line, cut to [`TITLE_MAX_CHARS`]. `None` if nothing is left of it.
fn title(written: &str) -> Option<String> {
    one_line(written, TITLE_MAX_CHARS)
}

fn one_line(written: &str, max_chars: usize) -> Option<String> {
    let spaced = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    let line: String = written.trim_matches(BLANK).chars().take(max_chars).map(spaced).collect();
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}

/// Adds a name to the names of a source, unless it is there already.
fn add(names: &mut Vec<Arc<str>>, name: &Arc<str>) {
    if !names.contains(name) {
        names.push(name.clone());
    }
}
