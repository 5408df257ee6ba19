//! `add` and `remove`: the only verbs that edit the configuration, on request, keeping comments and order.

use std::collections::HashSet;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::arguments::AddArguments;
use super::find::{self, Found};
use super::session::{Session, VerbResult, block_on, ended, wrong_config};
use super::{FAILED, Failure, USAGE};
use crate::config::{
    self, Config, EditError, EditLock, NewSource, SourcePlace, append_source, is_name, load_with, made_name,
    made_name_of_its_own, process_env, redact_url, remove_source,
};
use crate::control::{End, Verb};
use crate::daemon::unknown;
use crate::fetch::Fetcher;
use crate::logging::printable;

pub(super) fn add(session: &Session, arguments: &AddArguments) -> VerbResult {
    let mut edit = Edit::begin(session)?;
    check_names(arguments, &edit.config)?;
    let mut failures = Vec::new();
    for typed in &arguments.urls {
        if let Err(why) = edit.add(typed, arguments) {
            failures.push(why);
        }
    }
    let end = if edit.edited { tell_daemon(session) } else { Ok(End::done()) };
    match failures.len() {
        0 => end,
        _ => Err(End::failed(FAILED, failures.join("\n"))),
    }
}

/// What can be wrong before anything is asked.
fn check_names(arguments: &AddArguments, config: &Config) -> Result<(), Failure> {
    let wrong = |why: String| Err(End::failed(USAGE, why));
    if let Some(name) = &arguments.name {
        if arguments.urls.len() > 1 {
            return wrong("--name names one source; add the others by themselves".to_owned());
        }
        if !is_name(name) {
            return wrong(format!("{name:?} is no legal name: small letters, digits, `-` and `_`"));
        }
        if config.sources.iter().any(|source| source.name == *name) {
            return wrong(format!("another source is called `{name}` already"));
        }
    }
    match arguments.tags.iter().find(|tag| !config::is_tag(tag)) {
        Some(tag) => wrong(format!("{tag:?} is no legal tag: no white space at its ends, and not too long")),
        None => Ok(()),
    }
}

/// A configuration that is being added to.
struct Edit<'s> {
    session: &'s Session,
    path: PathBuf,
    /// What is in the file; empty where there is none yet.
    text: String,
    config: Config,
    edited: bool,
}

impl Edit<'_> {
    /// Whoever adds the first source need not have a file yet.
    fn begin(session: &Session) -> Result<Edit<'_>, Failure> {
        let path = session.config_path().unwrap_or_else(|_| PathBuf::from("watershed.toml"));
        let text = if path.exists() { read(&path).map_err(|why| End::failed(FAILED, why))? } else { String::new() };
        let config = load_with(&path, &process_env, Some((&path, &text))).map_err(|errors| wrong_config(&errors))?;
        Ok(Edit { session, path, text, config, edited: false })
    }

    fn add(&mut self, typed: &str, arguments: &AddArguments) -> Result<(), String> {
        let url = find::address(typed)?;
        if self.is_there_already(&url) {
            return Ok(());
        }
        let shown = redact_url(&url);
        let fetcher = Fetcher::new(self.config.poll.contact.as_deref());
        let config = &self.config;
        let found = block_on(async {
            find::feed(url, config, &fetcher).await.map_err(|why| End::failed(FAILED, printable_lines(&why)))
        });
        let found = found.map_err(|end| format!("{shown}: {}", end.message))?;
        describe(self.session, &found);
        if self.is_there_already(&found.url) {
            return Ok(());
        }
        self.save(&found.url, arguments)
    }

    /// Finding the feed may have taken a minute, in which anybody may have edited the file: the source is added to what it
    /// says by now.
    fn save(&mut self, url: &url::Url, arguments: &AddArguments) -> Result<(), String> {
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
        };
        let edited = append_source(&self.text, &source).map_err(in_file)?;
        // Nothing is written that would not be taken.
        let new = load_with(&path, &process_env, Some((&path, &edited))).map_err(|errors| errors.to_string())?;
        if !path.exists() {
            let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
            made.map_err(|error| format!("cannot make {}: {error}", path.display()))?;
        }
        config::save(&path, &self.text, &edited).map_err(in_file)?;
        self.session.say(&format!("added `{}` to {}", source.name, path.display()));
        (self.text, self.config, self.edited) = (edited, new, true);
        Ok(())
    }

    /// A file that has become empty, or wrong, is taken for one that somebody is about to write.
    fn read_again(&mut self) -> Result<(), String> {
        let path = &self.path;
        let text = if path.exists() { read(path)? } else { String::new() };
        if text == self.text {
            return Ok(());
        }
        if text.is_empty() {
            return Err(format!("{} was emptied or taken away meanwhile; nothing was written", path.display()));
        }
        self.config = load_with(path, &process_env, Some((path, &text)))
            .map_err(|errors| format!("{} was edited meanwhile, and is wrong now:\n{errors}", path.display()))?;
        self.text = text;
        Ok(())
    }

    fn is_there_already(&self, url: &url::Url) -> bool {
        let Some(known) = self.config.sources.iter().find(|source| source.url == *url) else { return false };
        self.session.say(&format!("{} is there already, as `{}`", known.public_url, known.name));
        true
    }
}

/// Control characters taken out, line breaks kept.
pub(super) fn printable_lines(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

fn describe(session: &Session, found: &Found) {
    let meta = &found.feed.meta;
    let title = meta.title.as_deref().filter(|title| !title.is_empty()).unwrap_or("(no title)");
    let newest = found.feed.entries.iter().filter_map(|entry| entry.published.or(entry.updated)).max();
    let newest = newest.map(|time| format!(", the newest of {time}")).unwrap_or_default();
    let entries = found.feed.entries.len();
    let lines = [
        printable(title),
        format!("  {}", redact_url(&found.url)),
        format!("  {}, {entries} entries{newest}", found.format.as_str()),
    ];
    let problems = found.problems.iter().map(|problem| format!("  problem: {}", printable(problem.as_str())));
    for line in lines.into_iter().chain(problems) {
        session.say(&line);
    }
}

/// A name for a source that has none of its own yet.
pub(super) fn name_for(config: &Config, url: &url::Url) -> String {
    let names: HashSet<&str> = config.sources.iter().map(|source| source.name.as_str()).collect();
    let name = made_name(url);
    if names.contains(name.as_str()) { made_name_of_its_own(url) } else { name }
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Whether a configuration is still what it was read as, now that one of its files has been read once more: else a number would
/// stand for another `[[source]]`.
pub(super) fn still_says(config: &Config, file: &Path, text: &str) -> Result<(), Failure> {
    let now = load_with(&config.path, &process_env, Some((file, text))).map_err(|errors| wrong_config(&errors))?;
    let same = now.places == config.places
        && now.sources.iter().zip(&config.sources).all(|(now, then)| now.name == then.name && now.url == then.url);
    if same { Ok(()) } else { Err(edit_failed(file, &EditError::EditedMeanwhile)) }
}

/// One command edits at a time.
pub(super) fn lock(session: &Session) -> Result<EditLock, Failure> {
    let path = session.config_path()?;
    EditLock::take(&path).map_err(|error| edit_failed(&path, &error))
}

/// A file and what becomes of it.
struct Edited {
    path: PathBuf,
    before: String,
    after: String,
}

pub(super) fn remove(session: &Session, names: &[String]) -> VerbResult {
    let lock = lock(session)?;
    let config = session.config()?;
    for file in without(&config, places_of(&config, names)?)? {
        config::save(&file.path, &file.before, &file.after).map_err(|error| edit_failed(&file.path, &error))?;
        session.say(&format!("edited {}; the entries stay in the store", file.path.display()));
    }
    drop(lock);
    tell_daemon(session)
}

/// Where the named sources stand, each once; from the end on, so that the numbers of those before stay right.
fn places_of(config: &Config, names: &[String]) -> Result<Vec<SourcePlace>, Failure> {
    let mut places = Vec::new();
    for name in names {
        let Some(at) = config.sources.iter().position(|source| source.name == *name) else {
            return Err(End::failed(USAGE, unknown(name, config.sources.iter().map(|source| source.name.as_str()))));
        };
        places.push(config.places[at].clone());
    }
    places.sort_by_key(|place| std::cmp::Reverse(place.number));
    places.dedup();
    Ok(places)
}

/// The edited text of every file that holds one of these sources, without them. Writes nothing. An edit after which the
/// configuration would be wrong is an error.
fn without(config: &Config, places: Vec<SourcePlace>) -> Result<Vec<Edited>, Failure> {
    let mut files: Vec<Edited> = Vec::new();
    for place in places {
        let at = match files.iter().position(|file| *file.path == *place.file) {
            Some(at) => at,
            None => {
                let before = read(&place.file).map_err(|why| End::failed(FAILED, why))?;
                still_says(config, &place.file, &before)?;
                files.push(Edited { path: place.file.to_path_buf(), after: before.clone(), before });
                files.len() - 1
            }
        };
        let after = remove_source(&files[at].after, place.number);
        files[at].after = after.map_err(|error| edit_failed(&place.file, &error))?;
    }
    for Edited { path, after, .. } in &files {
        load_with(&config.path, &process_env, Some((path, after))).map_err(|errors| wrong_config(&errors))?;
    }
    Ok(files)
}

pub(super) fn edit_failed(path: &Path, error: &EditError) -> Failure {
    End::failed(FAILED, format!("{}: {error}", path.display()))
}

/// A running daemon notices by itself; told, it has taken the edit by the time the command ends.
pub(super) fn tell_daemon(session: &Session) -> VerbResult {
    match session.daemon()? {
        Some(daemon) => ended(daemon.ask(Verb::Reload, |_| Ok(()))),
        None => Ok(End::done()),
    }
}
