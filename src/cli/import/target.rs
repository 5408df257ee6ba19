//! The file that gets the imported sources: the main file of the configuration, or a file that it includes.

use std::path::{Path, PathBuf};

use super::plan;
use crate::cli::edit::{edit_failed, text_of};
use crate::cli::session::{Session, load_with};
use crate::cli::{FAILED, Failure, USAGE};
use crate::config::{
    self, Candidate, Config, ConfigErrors, EditError, EditLock, MAX_FILE_BYTES, append_include, append_sources,
};

pub(super) struct Target<'s> {
    session: &'s Session,
    main: PathBuf,
    /// The file that gets the sources; it may be `main`, and need not exist.
    path: PathBuf,
    /// `path` as an `[[include]]` of `main` names it.
    include: String,
    /// Whether `path` is `main`, or `main` includes it.
    is_included: bool,
    texts: Texts,
    pub(super) config: Config,
}

/// The texts of `main` and of the file that gets the sources, which are equal if that is `main`. Empty for a file that does not
/// exist.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Texts {
    main: String,
    target: String,
}

impl Target<'_> {
    /// Reads the configuration, whose main file need not exist. `to` is relative to the folder of the main file.
    pub(super) fn find<'s>(session: &'s Session, to: Option<&Path>) -> Result<Target<'s>, Failure> {
        let main = session.config_path().unwrap_or_else(|_| PathBuf::from("watershed.toml"));
        let path = match to {
            Some(to) => main.parent().unwrap_or(Path::new("")).join(to),
            None => main.clone(),
        };
        let include = to.unwrap_or(Path::new("")).to_str().map(str::to_owned);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let is_file = |include: &String| to.is_none() || (is_file_name(&name, include) && !path.is_dir());
        let Some(include) = include.filter(is_file) else {
            let why = format!("--to {}: this is not the path of a file, such as sources.d/mine.toml", path.display());
            return Err(Failure::new(USAGE, why));
        };
        let texts = Texts::read(&main, &path).map_err(|why| Failure::new(FAILED, why))?;
        let config = texts.load(&main, &path)?;
        let real_path = real(&path);
        // The file may be included under another spelling of its path.
        let known = config.files.iter().find(|file| real(file) == real_path).cloned();
        let folder = real(&config::folder_of(&path));
        let fits = |pattern: &PathBuf| real(&config::folder_of(pattern)) == folder && config::includes(pattern, &name);
        let is_included = path == main || known.is_some() || config.include_patterns.iter().any(fits);
        let path = known.unwrap_or(path);
        Ok(Target { session, main, path, include, is_included, texts, config })
    }

    pub(super) fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// Writes the candidates that are not configured by now, and returns the numbers of those and of the others. The
    /// files are read again first, because asking for the feeds may have taken minutes in which somebody else edited
    /// them.
    pub(super) fn write(&mut self, candidates: Vec<Candidate>) -> Result<(usize, usize), Failure> {
        let failed = |why: String| Failure::new(FAILED, why);
        let _lock = EditLock::take(&self.main).map_err(|error| edit_failed(&self.main, &error))?;
        self.read_again().map_err(failed)?;
        let (new, doubles) = plan::without_known(candidates, &self.config);
        if new.is_empty() {
            return Ok((0, doubles));
        }
        let sources = plan::sources(&new, &self.config);
        let target = append_sources(&self.texts.target, &sources).map_err(|error| edit_failed(&self.path, &error))?;
        if target.len() as u64 > MAX_FILE_BYTES {
            let limit = config::show_size(MAX_FILE_BYTES);
            let file = self.shown();
            let why = format!("{file} would be larger than {limit}; import the list in parts, each --to another file");
            return Err(failed(why));
        }
        let including =
            || append_include(&self.texts.main, &self.include).map_err(|error| edit_failed(&self.main, &error));
        let main = match (self.path == self.main, self.is_included) {
            (true, _) => target.clone(),
            (false, true) => self.texts.main.clone(),
            (false, false) => including()?,
        };
        let edited = Texts { main, target };
        // The new texts are read first, so that no text is written which the daemon would refuse. A pattern does not
        // include a file that does not exist yet, so for this check the main file names the new file.
        let is_listed = self.path == self.main || self.path.exists() || !self.is_included;
        let read = if is_listed { edited.clone() } else { Texts { main: including()?, ..edited.clone() } };
        let checked = read.load(&self.main, &self.path)?;
        let is_new = !self.path.exists();
        self.put(&self.path, &self.texts.target, &edited.target)?;
        if self.path != self.main && edited.main != self.texts.main {
            self.put(&self.main, &self.texts.main, &edited.main)?;
            self.session.say(&format!("{} includes {} from now on", self.main.display(), self.shown()));
        }
        // The permissions of a new file are known only after it is written.
        let written = if is_new { edited.load(&self.main, &self.path).unwrap_or(checked) } else { checked };
        self.tell_open_files(&written);
        Ok((sources.len(), doubles))
    }

    /// Tells of files that now contain secrets, and that other users may read or write to.
    fn tell_open_files(&self, written: &Config) {
        for file in written.open_files.iter().filter(|file| !self.config.open_files.contains(file)) {
            let shown = file.display();
            self.session.say(&format!(
                "note: {shown} contains secrets in plain text now, and other users of this machine may read it or write to it: run \
                 `chmod 600 {shown}`"
            ));
        }
    }

    fn put(&self, path: &Path, before: &str, after: &str) -> Result<(), Failure> {
        let like = Some(self.main.as_path()).filter(|main| main.exists());
        let put = if path.exists() { config::save(path, before, after) } else { config::save_new(path, after, like) };
        put.map_err(|error: EditError| edit_failed(path, &error))
    }

    /// Reads the files again. A file that has become empty or wrong is an error, because somebody is probably writing it.
    fn read_again(&mut self) -> Result<(), String> {
        let texts = Texts::read(&self.main, &self.path)?;
        if texts == self.texts {
            return Ok(());
        }
        for (path, then, now) in
            [(&self.main, &self.texts.main, &texts.main), (&self.path, &self.texts.target, &texts.target)]
        {
            if !config::says_nothing(then) && config::says_nothing(now) {
                return Err(format!("{} was emptied or removed in the meantime; nothing was written", path.display()));
            }
        }
        self.config = texts.load(&self.main, &self.path).map_err(|errors| {
            format!("the configuration was edited in the meantime and has mistakes now; nothing was written:\n{errors}")
        })?;
        self.texts = texts;
        Ok(())
    }
}

impl Texts {
    fn read(main: &Path, target: &Path) -> Result<Texts, String> {
        let main_text = text_of(main)?;
        let target = if target == main { main_text.clone() } else { text_of(target)? };
        Ok(Texts { main: main_text, target })
    }

    /// Reads the configuration that the files would be with these texts.
    fn load(&self, main: &Path, target: &Path) -> Result<Config, ConfigErrors> {
        load_with(main, &[(main, self.main.as_str()), (target, self.target.as_str())])
    }
}

/// Whether a path ends in the name of a file, and not in a pattern or a folder.
fn is_file_name(name: &str, path: &str) -> bool {
    !name.is_empty() && !name.contains(['*', '?']) && !path.ends_with('/')
}

/// A path without links and `..`; the file itself need not exist.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let folder = config::folder_of(path);
    let folder = folder.canonicalize().unwrap_or(folder);
    path.file_name().map_or_else(|| path.to_owned(), |name| folder.join(name))
}
