//! `add` and `remove`: they edit the configuration, and keep its comments and order. Beside them only `import` and `tidy` edit
//! it.

use std::collections::HashSet;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use url::Url;

use super::arguments::AddArguments;
use super::find::{self, Found};
use super::print::printable_lines;
use super::progress::Progress;
use super::prune;
use super::session::{Session, VerbResult, block_on, ended, load_with};
use super::{FAILED, Failure, USAGE};
use crate::config::{
    self, Config, EditError, EditLock, NO_SOURCES, NewSource, SourceConfig, SourcePlace, append_source, is_name,
    made_name, made_name_of_its_own, redact_url, remove_source, without_digests,
};
use crate::control::{End, PurgedSource, Verb};
use crate::daemon::unknown;
use crate::fetch::Fetcher;
use crate::logging::printable;
use crate::text::address;

pub(super) fn add(session: &Session, arguments: &AddArguments) -> VerbResult {
    let (path, text, config) = main_file(session)?;
    check_names(arguments, &config)?;
    let mut edit = Edit { session, path, text, config, edited: false };
    let mut failures = Vec::new();
    for typed in &arguments.urls {
        if let Err(why) = edit.add(typed, arguments) {
            failures.push(why);
        }
    }
    let end = if edit.edited { tell_daemon(session) } else { Ok(End::done()) };
    if failures.is_empty() { end } else { Err(Failure::new(FAILED, failures.join("\n"))) }
}

/// Reports wrong arguments before anything is fetched.
fn check_names(arguments: &AddArguments, config: &Config) -> Result<(), Failure> {
    let wrong = |why: String| Err(Failure::new(USAGE, why));
    if let Some(name) = &arguments.name {
        if arguments.urls.len() > 1 {
            return wrong("--name names one source; add the other addresses with further commands".to_owned());
        }
        if !is_name(name) {
            return wrong(format!("{name:?} is not a valid name: use lower-case letters, digits, `-` and `_`"));
        }
        if config.sources.iter().any(|source| source.name == *name) {
            return wrong(format!("another source already has the name `{name}`"));
        }
    }
    match arguments.tags.iter().find(|tag| !config::is_tag(tag)) {
        Some(tag) => wrong(format!("{tag:?} is not a valid tag: it is too long, or has white space at its ends")),
        None => Ok(()),
    }
}

/// A configuration to which sources are added.
struct Edit<'s> {
    session: &'s Session,
    path: PathBuf,
    /// The text of the file; empty if the file does not exist yet.
    text: String,
    config: Config,
    edited: bool,
}

impl Edit<'_> {
    fn add(&mut self, typed: &str, arguments: &AddArguments) -> Result<(), String> {
        let url = address::typed(typed)?;
        if self.is_there_already(&url) {
            return Ok(());
        }
        let shown = redact_url(&url);
        let fetcher = Fetcher::new(self.config.poll.contact.as_deref());
        let config = &self.config;
        let progress = Progress::new(self.session, false, "asking for the feed", 0);
        let found = block_on(async {
            find::feed(url, config, &fetcher).await.map_err(|why| Failure::new(FAILED, printable_lines(&why)))
        });
        drop(progress);
        let found = found.map_err(|failure| format!("{shown}: {}", failure.message))?;
        describe(self.session, &found);
        if self.is_there_already(&found.url) {
            return Ok(());
        }
        self.save(&found.url, arguments)
    }

    /// Writes the source into the file. The file is read again first, because finding the feed may have taken a minute in which
    /// somebody else edited the file.
    fn save(&mut self, url: &Url, arguments: &AddArguments) -> Result<(), String> {
        let path = self.path.clone();
        let in_file = |error: EditError| format!("{}: {error}", path.display());
        let _lock = EditLock::take(&path).map_err(in_file)?;
        self.read_again()?;
        if self.is_there_already(url) {
            return Ok(());
        }
        let source = NewSource {
            url: url.to_string(),
            name: arguments.name.clone().unwrap_or_else(|| name_for(&self.config, url)),
            tags: arguments.tags.clone(),
            ..NewSource::default()
        };
        let edited = append_source(&self.text, &source).map_err(in_file)?;
        // The new text is read first, so that no text is written which the daemon would refuse.
        let new = load_with(&path, &[(path.as_path(), edited.as_str())]).map_err(|errors| errors.to_string())?;
        if !path.exists() {
            let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
            made.map_err(|error| format!("cannot create {}: {error}", path.display()))?;
        }
        config::save(&path, &self.text, &edited).map_err(in_file)?;
        self.session.say(&format!("added `{}` to {}", source.name, path.display()));
        (self.text, self.config, self.edited) = (edited, new, true);
        Ok(())
    }

    /// Reads the file again. A file that has become empty or wrong is an error, because somebody is probably writing it.
    fn read_again(&mut self) -> Result<(), String> {
        let path = &self.path;
        let text = text_of(path)?;
        if text == self.text {
            return Ok(());
        }
        if text.is_empty() || (config::says_nothing(&text) && !config::says_nothing(&self.text)) {
            return Err(format!("{} was emptied or removed in the meantime; nothing was written", path.display()));
        }
        self.config = load_with(path, &[(path.as_path(), text.as_str())]).map_err(|errors| {
            format!(
                "{} was edited in the meantime and has mistakes now; nothing was written:\n{errors}",
                path.display()
            )
        })?;
        self.text = text;
        Ok(())
    }

    fn is_there_already(&self, url: &Url) -> bool {
        let Some(known) = self.config.sources.iter().find(|source| source.url == *url) else { return false };
        self.session.say(&format!("{} is already configured, as `{}`", known.public_url(), known.name));
        if let Some(list) = &known.list {
            let list = printable(list);
            self.session.say(&format!(
                "it comes from the reading list {list}; to give it options of its own, write a [[source]] with this `url`, which \
                 takes the place of the list's"
            ));
        }
        true
    }
}

fn describe(session: &Session, found: &Found) {
    let meta = &found.feed.meta;
    let title = meta.title.as_deref().filter(|title| !title.is_empty()).unwrap_or("(no title)");
    let newest = found.feed.entries.iter().filter_map(|entry| entry.published.or(entry.updated)).max();
    let newest = newest.map(|time| format!(", the newest of {time}")).unwrap_or_default();
    session.say(&printable(title));
    session.say(&format!("  {}", redact_url(&found.url)));
    session.say(&format!("  {}, {} entries{newest}", found.format.as_str(), found.feed.entries.len()));
    for problem in &found.problems {
        session.say(&format!("  problem: {}", printable(problem.as_str())));
    }
}

/// A name for a new source, made from its address.
pub(super) fn name_for(config: &Config, url: &Url) -> String {
    free_name(&config.sources.iter().map(|source| source.name.clone()).collect(), url)
}

/// A name, made from an address, that is not among the names `taken`.
pub(super) fn free_name(taken: &HashSet<String>, url: &Url) -> String {
    // The name is made from the address as it is shown, because names are shown everywhere.
    let shown = Url::parse(&without_digests(&redact_url(url)));
    let name = made_name(shown.as_ref().unwrap_or(url));
    if !taken.contains(&name) {
        return name;
    }
    let of_its_own = made_name_of_its_own(url);
    let digest = of_its_own.rsplit('-').next().unwrap_or_default();
    let longer = format!("{name}-{digest}");
    let mut free = longer.clone();
    let mut number = 1;
    while taken.contains(&free) {
        number += 1;
        free = format!("{longer}-{number}");
    }
    free
}

/// The path and the text of the main file, and the configuration. The file need not exist, because `add` may write the
/// first source.
pub(super) fn main_file(session: &Session) -> Result<(PathBuf, String, Config), Failure> {
    let path = session.config_path().unwrap_or_else(|_| PathBuf::from("watershed.toml"));
    let text = text_of(&path).map_err(|why| Failure::new(FAILED, why))?;
    let config = load_with(&path, &[(path.as_path(), text.as_str())])?;
    Ok((path, text, config))
}

/// The text of a file; empty if the file does not exist.
pub(super) fn text_of(path: &Path) -> Result<String, String> {
    if path.exists() { read(path) } else { Ok(String::new()) }
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Checks that a configuration still has the same sources in the same places now that one of its files has been read
/// again. Edits name a `[[source]]` by its number, and after another edit, the same number may mean another source.
fn still_says(config: &Config, file: &Path, text: &str) -> Result<(), Failure> {
    let now = load_with(&config.path, &[(file, text)])?;
    let same = now.places == config.places
        && now.sources.iter().zip(&config.sources).all(|(now, then)| now.name == then.name && now.url == then.url);
    if same { Ok(()) } else { Err(edit_failed(file, &EditError::EditedMeanwhile)) }
}

/// Takes the lock that keeps other commands from editing at the same time.
pub(super) fn lock(session: &Session) -> Result<EditLock, Failure> {
    let path = session.config_path()?;
    EditLock::take(&path).map_err(|error| edit_failed(&path, &error))
}

/// A file of the configuration, with its text before and after the edits.
pub(super) struct Edited {
    pub(super) path: PathBuf,
    pub(super) before: String,
    pub(super) after: String,
}

impl Edited {
    pub(super) fn save(&self) -> Result<(), Failure> {
        config::save(&self.path, &self.before, &self.after).map_err(|error| edit_failed(&self.path, &error))
    }
}

/// Edits a `[[source]]` in the text of its file, which is read if it is not among `files` yet. Writes nothing.
pub(super) fn edit_source(
    files: &mut Vec<Edited>,
    config: &Config,
    place: &SourcePlace,
    edit: impl FnOnce(&str, usize) -> Result<String, EditError>,
) -> Result<(), Failure> {
    let at = match files.iter().position(|file| *file.path == *place.file) {
        Some(at) => at,
        None => {
            let before = read(&place.file).map_err(|why| Failure::new(FAILED, why))?;
            still_says(config, &place.file, &before)?;
            files.push(Edited { path: place.file.to_path_buf(), after: before.clone(), before });
            files.len() - 1
        }
    };
    let after = edit(&files[at].after, place.number);
    files[at].after = after.map_err(|error| edit_failed(&place.file, &error))?;
    Ok(())
}

pub(super) fn remove(session: &Session, names: &[String], purge: bool) -> VerbResult {
    let lock = lock(session)?;
    let config = session.config()?;
    let places = places_of(&config, names)?;
    let is_removed = |source: &&Arc<SourceConfig>| names.contains(&source.name);
    let removed = config.sources.iter().filter(is_removed);
    let removed =
        removed.map(|source| PurgedSource { name: source.name.clone(), url: source.url.to_string() }).collect();
    for file in without(&config, &places)? {
        file.save()?;
        let entries = if purge { "" } else { "; the entries stay in the database" };
        session.say(&format!("edited {}{entries}", file.path.display()));
    }
    drop(lock);
    let told = tell_daemon(session)?;
    if purge { prune::purge(session, removed) } else { Ok(told) }
}

/// The places of the named sources, without duplicates. The last place comes first, because removing a source changes the numbers
/// of the sources behind it.
fn places_of(config: &Config, names: &[String]) -> Result<Vec<SourcePlace>, Failure> {
    let mut places = Vec::new();
    for name in names {
        let Some(at) = config.sources.iter().position(|source| source.name == *name) else {
            return Err(Failure::new(USAGE, unknown(name, config.sources.iter().map(|source| source.name.as_str()))));
        };
        if let Some(list) = &config.sources[at].list {
            let list = printable(list);
            let why = format!(
                "`{name}` comes from the reading list {list}: remove it there; or, so that it is no longer polled, write a [[source]] \
                 with url = \"{}\" and enabled = false, which takes the place of the list's",
                config.sources[at].public_url()
            );
            return Err(Failure::new(USAGE, why));
        }
        places.push(config.places[at].clone());
    }
    places.sort_by_key(|place| std::cmp::Reverse(place.number));
    places.dedup();
    Ok(places)
}

/// The edited text of every file that holds one of these sources, without them. Writes nothing. An edit after which the
/// configuration would be wrong is an error.
fn without(config: &Config, places: &[SourcePlace]) -> Result<Vec<Edited>, Failure> {
    let mut files: Vec<Edited> = Vec::new();
    for place in places {
        edit_source(&mut files, config, place, remove_source)?;
    }
    for Edited { path, after, .. } in &mut files {
        // The daemon refuses a file that says nothing, because it may be half-written.
        if config::says_nothing(after) {
            if !after.is_empty() && !after.ends_with('\n') {
                after.push('\n');
            }
            after.push_str(NO_SOURCES);
            after.push('\n');
        }
        load_with(&config.path, &[(path.as_path(), after.as_str())])?;
    }
    Ok(files)
}

pub(super) fn edit_failed(path: &Path, error: &EditError) -> Failure {
    Failure::new(FAILED, format!("{}: {error}", path.display()))
}

/// Tells a running daemon to reload. The daemon would notice the edit by itself, but this way the edit is in force when the
/// command ends.
pub(super) fn tell_daemon(session: &Session) -> VerbResult {
    match session.daemon()? {
        Some(daemon) => ended(daemon.ask(Verb::Reload, |_| Ok(()))),
        None => Ok(End::done()),
    }
}
