//! `add` and `remove`: the only verbs that edit the configuration, on request, keeping comments and order.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::arguments::AddArguments;
use super::find::{self, Found};
use super::print;
use super::session::{Session, block_on, ended, wrong_config};
use super::{FAILED, Failure, USAGE};
use crate::config::{
    self, Config, EditError, NewSource, append_source, is_name, load_with, made_name, made_name_of_its_own,
    process_env, redact_url, remove_source,
};
use crate::control::{End, Verb};
use crate::daemon::unknown;
use crate::fetch::Fetcher;
use crate::logging::printable;

pub(super) fn add(session: &Session, arguments: &AddArguments) -> Result<(), Failure> {
    if let Some(name) = &arguments.name {
        if arguments.urls.len() > 1 {
            return Err(End::failed(USAGE, "--name names one source; add the others by themselves"));
        }
        if !is_name(name) {
            return Err(End::failed(USAGE, format!("{name:?} is no legal name: small letters, digits, `-` and `_`")));
        }
    }
    let path = config_path_or_new(session)?;
    let mut config = config::load(&path, &process_env).map_err(|errors| wrong_config(&errors))?;
    let mut failures = Vec::new();
    let mut added = false;
    for typed in &arguments.urls {
        match add_one(typed, arguments, &path, &mut config) {
            Ok(edited) => added |= edited,
            Err(why) => failures.push(why),
        }
    }
    if added {
        tell_daemon(session)?;
    }
    match failures.len() {
        0 => Ok(()),
        _ => Err(End::failed(FAILED, failures.join("\n"))),
    }
}

/// The configuration, made where there is none yet: whoever adds the first source wants one.
fn config_path_or_new(session: &Session) -> Result<PathBuf, Failure> {
    let path = match session.config_path() {
        Ok(path) if path.exists() => return Ok(path),
        Ok(path) => path,
        Err(_) => session.explicit().cloned().unwrap_or_else(|| PathBuf::from("watershed.toml")),
    };
    let make = std::fs::OpenOptions::new().write(true).create_new(true).open(&path);
    make.map_err(|error| End::failed(USAGE, format!("cannot make {}: {error}", path.display())))?;
    print::message(&format!("made {}", path.display()), 0);
    Ok(path)
}

/// Whether the file was edited.
fn add_one(typed: &str, arguments: &AddArguments, path: &Path, config: &mut Config) -> Result<bool, String> {
    let url = find::address(typed)?;
    if already_there(config, &url) {
        return Ok(false);
    }
    let shown = redact_url(&url);
    let fetcher = Fetcher::new(config.poll.contact.as_deref());
    let found = block_on(async {
        find::feed(url, config, &fetcher).await.map_err(|why| End::failed(FAILED, printable_lines(&why)))
    });
    let found = found.map_err(|end| format!("{shown}: {}", end.message))?;
    describe(&found);
    if already_there(config, &found.url) {
        return Ok(false);
    }
    let source = NewSource {
        url: found.url.to_string(),
        name: arguments.name.clone().unwrap_or_else(|| name_for(config, &found)),
        tags: arguments.tags.clone(),
    };
    let text = read(path)?;
    let edited = append_source(&text, &source).map_err(|error| format!("{}: {error}", path.display()))?;
    // Nothing is written that would not be taken.
    let new = load_with(path, &process_env, Some((path, &edited))).map_err(|errors| errors.to_string())?;
    config::save(path, &edited).map_err(|error| error.to_string())?;
    *config = new;
    print::message(&format!("added `{}` to {}", source.name, path.display()), 0);
    Ok(true)
}

/// Control characters taken out, line breaks kept.
fn printable_lines(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

fn already_there(config: &Config, url: &url::Url) -> bool {
    let Some(known) = config.sources.iter().find(|source| source.url == *url) else { return false };
    print::message(&format!("{} is there already, as `{}`", known.public_url, known.name), 0);
    true
}

fn describe(found: &Found) {
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
        print::message(&line, 0);
    }
}

fn name_for(config: &Config, found: &Found) -> String {
    let names: HashSet<&str> = config.sources.iter().map(|source| source.name.as_str()).collect();
    let name = made_name(&found.url);
    if names.contains(name.as_str()) { made_name_of_its_own(&found.url) } else { name }
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

pub(super) fn remove(session: &Session, names: &[String]) -> Result<(), Failure> {
    let path = session.config_path()?;
    for name in names {
        // Read anew each time: an edit moves what stands behind it.
        let config = config::load(&path, &process_env).map_err(|errors| wrong_config(&errors))?;
        let Some(at) = config.sources.iter().position(|source| source.name == *name) else {
            return Err(End::failed(USAGE, unknown(name, config.sources.iter().map(|source| source.name.as_str()))));
        };
        let place = &config.places[at];
        let text = read(&place.file).map_err(|why| End::failed(FAILED, why))?;
        let edited = remove_source(&text, place.number).map_err(|error| edit_failed(&place.file, &error))?;
        load_with(&path, &process_env, Some((&place.file, &edited))).map_err(|errors| wrong_config(&errors))?;
        config::save(&place.file, &edited).map_err(|error| edit_failed(&place.file, &error))?;
        print::message(&format!("removed `{name}` from {}; its entries stay in the store", place.file.display()), 0);
    }
    tell_daemon(session)
}

fn edit_failed(path: &Path, error: &EditError) -> Failure {
    End::failed(FAILED, format!("{}: {error}", path.display()))
}

/// A running daemon notices by itself; told, it has taken the edit by the time the command ends.
fn tell_daemon(session: &Session) -> Result<(), Failure> {
    match session.daemon()? {
        Some(daemon) => ended(daemon.ask(Verb::Reload, |_| Ok(()))),
        None => Ok(()),
    }
}
