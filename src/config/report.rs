//! Messages on the mistakes of a configuration: file, line and column, the line with a caret, and what to do.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::limits::MAX_QUOTED_LINE_BYTES;
use super::mask::masked_line;
use crate::logging::printable;

/// A mistake in a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ConfigError {
    path: PathBuf,
    message: String,
    help: Option<String>,
    place: Option<Quoted>,
}

/// The place of a mistake, and the line as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Quoted {
    /// Line and column, both counted from 1, the column in characters.
    line: usize,
    column: usize,
    /// The line without its line break; empty if it is too long to be shown.
    text: String,
    /// Bytes of `text`.
    span: Range<usize>,
}

impl ConfigError {
    pub(super) fn at(
        path: &Path,
        text: &str,
        secrets: &[Range<usize>],
        span: Range<usize>,
        message: String,
        help: Option<String>,
    ) -> ConfigError {
        let start = text.floor_char_boundary(span.start.min(text.len()));
        let end = text.floor_char_boundary(span.end.clamp(start, text.len()));
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[line_start..line_end].trim_end_matches('\r');
        let shown =
            if line.len() > MAX_QUOTED_LINE_BYTES { String::new() } else { masked_line(line, line_start, secrets) };
        // A masked line has as many characters as the line, but may have fewer bytes.
        let in_shown = |byte: usize| {
            let before = line[..line.floor_char_boundary(byte - line_start)].chars().count();
            shown.char_indices().nth(before).map_or(shown.len(), |(at, _)| at)
        };
        let span = in_shown(start)..in_shown(end.min(line_start + line.len()).max(start));
        let quoted = Quoted {
            line: before.matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            span,
            text: shown,
        };
        ConfigError { path: path.to_owned(), message, help, place: Some(quoted) }
    }

    pub(super) fn of_file(path: &Path, message: String, help: Option<String>) -> ConfigError {
        ConfigError { path: path.to_owned(), message, help, place: None }
    }

    /// As shown in a terminal; `styled` adds colour.
    fn render(&self, styled: bool) -> String {
        let path = self.path.display().to_string();
        let message = printable(&self.message);
        let help = self.help.as_deref().map(printable);
        let title = Level::ERROR.primary_title(&message);
        let mut group = match &self.place {
            Some(place) if !place.text.is_empty() => {
                let annotation = AnnotationKind::Primary.span(place.span.clone());
                title.element(Snippet::source(&place.text).line_start(place.line).path(&path).annotation(annotation))
            }
            Some(place) => title.element(Origin::path(&path).line(place.line).char_column(place.column)),
            None => title.element(Origin::path(&path)),
        };
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help));
        }
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    /// The message in one line.
    fn brief(&self) -> String {
        match &self.place {
            Some(place) => format!("{}:{}:{}: {}", self.path.display(), place.line, place.column, self.message),
            None => format!("{}: {}", self.path.display(), self.message),
        }
    }
}

/// A mistake, or a note on the configuration, for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The file, and line and column from 1; `None` for a mistake without a single place.
    pub file: Option<String>,
    pub line: Option<usize>,
    pub column: Option<usize>,
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Mistake {
    /// A mistake without a single place.
    pub fn told(message: &str) -> Mistake {
        Mistake { file: None, line: None, column: None, message: printable(message), help: None }
    }
}

/// The place of a mistake in the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MistakePlace {
    /// The file, relative to the folder of the main file.
    pub file: String,
    /// Line and column from 1, if the mistake has a place in the file.
    pub line: Option<usize>,
    pub column: Option<usize>,
}

impl fmt::Display for MistakePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        [self.line, self.column].into_iter().flatten().try_for_each(|number| write!(f, ":{number}"))
    }
}

/// All mistakes of a configuration, in the order of its files and their lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigErrors {
    pub(super) errors: Vec<ConfigError>,
    /// The number of further mistakes.
    pub(super) untold: usize,
}

impl ConfigErrors {
    /// A mistake that concerns a whole file.
    pub(super) fn of_file(path: &Path, message: impl Into<String>, help: &str) -> ConfigErrors {
        let error = ConfigError::of_file(path, message.into(), Some(help.to_owned()));
        ConfigErrors { errors: vec![error], untold: 0 }
    }

    /// The mistake that a folder with included sources has disappeared.
    pub fn vanished_folder(main: &Path, folder: &Path) -> ConfigErrors {
        let help = "restore the folder; to remove its sources, remove its [[include]]";
        let message = format!("the folder {} in [[include]] has disappeared with all its sources", folder.display());
        ConfigErrors::of_file(main, message, help)
    }

    /// The mistake that neither a reading list with sources nor its copy can be read any more.
    pub fn lost_list(main: &Path, list: &str) -> ConfigErrors {
        let help = "restore the list or wait until it is fetched again; to remove its sources, remove its [[include]]";
        let message = format!("the reading list {list} cannot be read, and its last good version is gone");
        ConfigErrors::of_file(main, message, help)
    }

    /// The mistake that the files could not be read in time.
    pub fn hanging_file(main: &Path) -> ConfigErrors {
        let help = "check whether a file is on a network file system that does not answer, or is a pipe";
        ConfigErrors::of_file(main, "reading the configuration, or a file that it names, takes too long", help)
    }

    /// The mistake that a file which had sources has no table and no key now.
    pub fn empty_file(path: &Path) -> ConfigErrors {
        let help = "the line `source = []` says that a file is to have no sources";
        let message = "the file is empty or has only comments, but had sources: another program may be writing it";
        ConfigErrors::of_file(path, message, help)
    }

    /// The messages for a terminal; `styled` adds colour.
    pub fn render(&self, styled: bool) -> String {
        let mut parts: Vec<String> = self.errors.iter().map(|error| error.render(styled)).collect();
        let number = self.errors.len() + self.untold;
        if self.untold > 0 {
            parts.push(format!("and {} more", self.untold));
        }
        if number > 1 {
            parts.push(format!("{number} mistakes in the configuration"));
        }
        parts.join("\n\n")
    }

    /// The mistakes for programs, in order.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let mistake = |error: &ConfigError| Mistake {
            file: Some(error.path.display().to_string()),
            line: error.place.as_ref().map(|place| place.line),
            column: error.place.as_ref().map(|place| place.column),
            help: error.help.as_deref().map(printable),
            ..Mistake::told(&error.message)
        };
        let more = (self.untold > 0).then(|| Mistake::told(&format!("and {} more mistakes", self.untold)));
        self.errors.iter().map(mistake).chain(more).collect()
    }

    /// The place of the first mistake. `main` is the main file of the configuration. A file outside the folder of the
    /// main file is named without its own folder, because everybody may read the place.
    pub fn place(&self, main: &Path) -> Option<MistakePlace> {
        let first = self.errors.first()?;
        let below = main.parent().and_then(|folder| first.path.strip_prefix(folder).ok());
        let file = below.or_else(|| first.path.file_name().map(Path::new)).unwrap_or(&first.path);
        Some(MistakePlace {
            file: printable(&file.display().to_string()),
            line: first.place.as_ref().map(|place| place.line),
            column: first.place.as_ref().map(|place| place.column),
        })
    }

    /// One line with the first mistake and the number of further mistakes.
    pub fn brief(&self) -> String {
        let first = self.errors.first().map(ConfigError::brief).unwrap_or_default();
        match self.errors.len() + self.untold {
            0 | 1 => printable(&first),
            number => format!("{} (and {} more)", printable(&first), number - 1),
        }
    }
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_mistake_names_no_folder_outside() {
        for (file, expected) in [
            ("/etc/watershed/watershed.toml", "watershed.toml:2:3"),
            ("/etc/watershed/sources.d/a.toml", "sources.d/a.toml:2:3"),
            ("/home/me/secret-project/b.toml", "b.toml:2:3"),
        ] {
            let error = ConfigError::at(Path::new(file), "a = 1\nb =  x\n", &[], 8..9, "wrong".to_owned(), None);
            let errors = ConfigErrors { errors: vec![error], untold: 0 };
            let place = errors.place(Path::new("/etc/watershed/watershed.toml"));
            assert_eq!(place.map(|place| place.to_string()).as_deref(), Some(expected), "{file}");
        }
        let whole = ConfigErrors::empty_file(Path::new("/etc/watershed/watershed.toml"));
        let place = whole.place(Path::new("/etc/watershed/watershed.toml"));
        assert_eq!(place.map(|place| place.to_string()).as_deref(), Some("watershed.toml"));
    }
}
