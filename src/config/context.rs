//! Collects what is found while a configuration is read: its files, the mistakes in them, and notices for the user.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::limits::MAX_ERRORS;
use super::mask::secret_spans;
use super::names::KeptNames;
use super::report::{ConfigError, ConfigErrors};
use super::resolved::Config;

/// Asks for an environment variable.
pub type Env<'e> = &'e (dyn Fn(&str) -> Option<String> + Sync);

/// Asks for the names that the store at this path has kept. It is called once at most, and only if a source has no `name`.
pub type NamesKept<'e> = &'e (dyn Fn(&Path) -> KeptNames + Sync);

/// Where something is written: a file, by its number in the [`Context`], and bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: usize,
    pub(super) span: Range<usize>,
}

/// A value and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

#[derive(Clone)]
struct SourceFile {
    path: PathBuf,
    text: Arc<str>,
    /// False for a file that is included with `trusted = false`, and for a reading list.
    is_trusted: bool,
    /// False for the copy of a reading list, because only the daemon writes it.
    is_watched: bool,
    /// The parts that must not be quoted. They are determined only when a mistake is reported, because the whole document
    /// is parsed for it.
    secrets: Arc<OnceLock<Vec<Range<usize>>>>,
}

pub(super) struct Context<'e> {
    pub(super) env: Env<'e>,
    pub(super) names_kept: NamesKept<'e>,
    files: Vec<SourceFile>,
    /// The mistakes, each with the number of its file and its offset in that file, so that mistakes can be reported in
    /// the order of the text.
    errors: Vec<(usize, usize, ConfigError)>,
    untold: usize,
    notices: Vec<String>,
    /// The files that values name, which hold secrets, certificates and icons. They are watched as well.
    pub(super) named_files: Vec<PathBuf>,
    /// Files that contain secrets and that other users may read or write to.
    open_files: Vec<PathBuf>,
    /// Numbers of the files in which secrets are written out.
    holding_secrets: BTreeSet<usize>,
}

/// How much a [`Context`] has collected, apart from its files.
pub(super) struct Gathered {
    errors: usize,
    untold: usize,
    notices: usize,
    named_files: usize,
    open_files: usize,
}

impl<'e> Context<'e> {
    pub(super) fn new(env: Env<'e>, names_kept: NamesKept<'e>) -> Context<'e> {
        Context {
            env,
            names_kept,
            files: Vec::new(),
            errors: Vec::new(),
            untold: 0,
            notices: Vec::new(),
            named_files: Vec::new(),
            open_files: Vec::new(),
            holding_secrets: BTreeSet::new(),
        }
    }

    /// A context that knows the same files and has collected nothing, for a thread that reads a part of them.
    pub(super) fn apart(&self) -> Context<'e> {
        Context { files: self.files.clone(), ..Context::new(self.env, self.names_kept) }
    }

    /// Adds what a context that was made by [`Context::apart`] has collected. No file may have been added to it.
    pub(super) fn take_in(&mut self, other: Context<'e>) {
        debug_assert_eq!(other.files.len(), self.files.len());
        let room = MAX_ERRORS.saturating_sub(self.errors.len());
        self.untold += other.untold + other.errors.len().saturating_sub(room);
        self.errors.extend(other.errors.into_iter().take(room));
        self.notices.extend(other.notices);
        self.named_files.extend(other.named_files);
        self.open_files.extend(other.open_files);
        self.holding_secrets.extend(other.holding_secrets);
    }

    /// Adds a file's text; returns the number of the file.
    pub(super) fn add_file(&mut self, path: &Path, text: Arc<str>, is_trusted: bool) -> usize {
        let path = path.to_owned();
        self.files.push(SourceFile { path, text, is_trusted, is_watched: true, secrets: Arc::default() });
        self.files.len() - 1
    }

    /// Adds a reading list, in which no mistake is quoted; returns the number of the file.
    pub(super) fn add_list(&mut self, path: &Path, is_watched: bool) -> usize {
        let (path, text) = (path.to_owned(), Arc::from(""));
        self.files.push(SourceFile { path, text, is_trusted: false, is_watched, secrets: Arc::default() });
        self.files.len() - 1
    }

    /// Whether what is written here may name files, environment variables and everything else.
    pub(super) fn is_trusted(&self, place: &Place) -> bool {
        self.files.get(place.file).is_some_and(|file| file.is_trusted)
    }

    pub(super) fn gathered(&self) -> Gathered {
        Gathered {
            errors: self.errors.len(),
            untold: self.untold,
            notices: self.notices.len(),
            named_files: self.named_files.len(),
            open_files: self.open_files.len(),
        }
    }

    /// Drops what was collected since then.
    pub(super) fn go_back(&mut self, to: &Gathered) {
        self.errors.truncate(to.errors);
        self.untold = to.untold;
        self.notices.truncate(to.notices);
        self.named_files.truncate(to.named_files);
        self.open_files.truncate(to.open_files);
    }

    /// A relative path is relative to the file that names it.
    pub(super) fn relative_to(&self, place: &Place, path: &str) -> PathBuf {
        let folder = self.files[place.file].path.parent().unwrap_or(Path::new(""));
        folder.join(path)
    }

    /// Reports a mistake.
    pub(super) fn error(&mut self, place: &Place, message: impl Into<String>) {
        self.report(place, message.into(), None);
    }

    /// Reports a mistake and what to do about it.
    pub(super) fn error_with_help(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.report(place, message.into(), Some(help.into()));
    }

    /// Reports the mistake for which a value cannot be used, and returns `None` in place of the value.
    pub(super) fn refuse<T>(&mut self, place: &Place, message: impl Into<String>) -> Option<T> {
        self.error(place, message);
        None
    }

    /// Like [`Context::refuse`], with what to do about the mistake.
    pub(super) fn refuse_with_help<T>(
        &mut self,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Option<T> {
        self.error_with_help(place, message, help);
        None
    }

    /// Reports a mistake, with help if there is any.
    pub(super) fn report(&mut self, place: &Place, message: String, help: Option<String>) {
        if self.errors.len() >= MAX_ERRORS {
            self.untold += 1;
            return;
        }
        let file = &self.files[place.file];
        let secrets = file.secrets.get_or_init(|| secret_spans(&file.text));
        let error = ConfigError::at(&file.path, &file.text, secrets, place.span.clone(), message, help);
        self.errors.push((place.file, place.span.start, error));
    }

    /// A mistake without a place in a text, such as too many sources in all files together.
    pub(super) fn file_error(&mut self, path: &Path, message: String) {
        if self.errors.len() >= MAX_ERRORS {
            self.untold += 1;
            return;
        }
        self.errors.push((self.files.len(), 0, ConfigError::of_file(path, message, None)));
    }

    /// Where something is written, for a message about another place: the file and the line.
    pub(super) fn whereabouts(&self, place: &Place) -> String {
        let file = &self.files[place.file];
        let start = file.text.floor_char_boundary(place.span.start.min(file.text.len()));
        format!("{}:{}", file.path.display(), file.text[..start].matches('\n').count() + 1)
    }

    pub(super) fn notice(&mut self, text: impl Into<String>) {
        self.notices.push(text.into());
    }

    /// Adds a notice on a file that contains secrets and that other users may read or write to.
    pub(super) fn notice_open_file(&mut self, path: &Path, text: String) {
        self.notices.push(text);
        self.open_files.push(path.to_owned());
    }

    /// Remembers that a secret is written in plain text at this place.
    pub(super) fn note_secret_in(&mut self, place: &Place) {
        self.holding_secrets.insert(place.file);
    }

    /// The files that contain secrets in plain text.
    pub(super) fn files_with_secrets(&self) -> Vec<PathBuf> {
        self.holding_secrets.iter().filter_map(|file| self.files.get(*file)).map(|file| file.path.clone()).collect()
    }

    pub(super) fn into_errors(mut self) -> ConfigErrors {
        self.errors.sort_by_key(|(file, offset, _)| (*file, *offset));
        let errors = self.errors.into_iter().map(|(_, _, error)| error).collect();
        ConfigErrors { errors, untold: self.untold }
    }

    /// `config` with what was collected beside its values, or all mistakes, in the order of the files and their lines.
    pub(super) fn finish(self, config: Config) -> Result<Config, ConfigErrors> {
        if !self.errors.is_empty() {
            return Err(self.into_errors());
        }
        let watched = self.files.into_iter().filter(|file| file.is_watched).map(|file| file.path);
        let mut known: BTreeSet<PathBuf> = BTreeSet::new();
        let files = watched.chain(self.named_files).filter(|path| known.insert(path.clone())).collect();
        Ok(Config { files, notices: self.notices, open_files: self.open_files, ..config })
    }
}
