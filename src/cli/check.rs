//! `check` and `config`: they read the configuration and change nothing.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde::Serialize;
use url::Url;

use super::print::{self, counted};
use super::session::{Session, VerbResult, load, printed};
use super::{Failure, USAGE};
use crate::config::{self, Config, Mistake};
use crate::control::End;
use crate::fetch::guard;
use crate::logging::printable;
use crate::tell::{self, Receiver, Target};
use crate::theme;

/// Most sources about which `check` prints a separate note of each kind; one more note counts the rest.
const SOURCES_TOLD: usize = 50;
/// Most receivers of news about which `check` prints a note.
const RECEIVERS_TOLD: usize = 50;
/// The executable bits of a file's mode. A program has at least one of them set.
const EXECUTABLE: u32 = 0o111;

/// A record of `check --json`. Scripts rely on its keys.
#[derive(Debug, Serialize)]
struct Told {
    /// `error`, or `note` for what is allowed but probably not intended.
    level: &'static str,
    #[serde(flatten)]
    mistake: Mistake,
}

pub(super) fn check(session: &Session, file: Option<PathBuf>, json: bool) -> VerbResult {
    let path = file.map_or_else(|| session.config_path(), Ok)?;
    let config = match load(&path) {
        Ok(config) => config,
        Err(errors) if json => {
            let record = |mistake| print::json(&Told { level: "error", mistake });
            printed(errors.mistakes().into_iter().try_for_each(record))?;
            return Ok(End { exit: USAGE.get(), message: String::new() });
        }
        Err(errors) => return Err(errors.into()),
    };
    for note in notes(&config) {
        if json {
            printed(print::json(&Told { level: "note", mistake: Mistake::told(&note) }))?;
        } else {
            session.say(&format!("note: {}", printable(&note)));
        }
    }
    if let Some(why) = theme_mistake(&config) {
        if json {
            printed(print::json(&Told { level: "error", mistake: Mistake::told(&why) }))?;
            return Ok(End { exit: USAGE.get(), message: String::new() });
        }
        return Err(Failure::new(USAGE, printable(&why)));
    }
    Ok(End { exit: 0, message: valid(&config) })
}

/// The message that a configuration is valid, with the numbers of its sources and outputs.
pub(super) fn valid(config: &Config) -> String {
    let (sources, outputs) = (counted(config.sources.len(), "source"), counted(config.outputs.len(), "output"));
    format!("{} is valid: {sources}, {outputs}", config.path.display())
}

/// Why the configured theme cannot be used, if so.
pub(super) fn theme_mistake(config: &Config) -> Option<String> {
    let why = theme::load(config).err()?;
    let folder = config.serve.theme.as_deref().map(|folder| folder.display().to_string()).unwrap_or_default();
    Some(format!("the theme in {folder} has a mistake: {why}"))
}

/// Notes on what is allowed but probably not intended, and on what is treated as a secret.
pub(super) fn notes(config: &Config) -> Vec<String> {
    let mut notes = config.notices.clone();
    notes.extend(refused(config));
    notes.extend(hidden(config));
    notes.extend(unreachable(config));
    notes
}

/// Notes on programs that cannot be started, and on addresses to which news would go unprotected.
fn unreachable(config: &Config) -> Vec<String> {
    let folder = config.path.parent().unwrap_or(Path::new(""));
    let why = |target: &Target| match &target.receiver {
        Receiver::Program(command) => why_not_started(command.first()?, folder),
        Receiver::Address(address) => {
            let url = Url::parse(address.expose()).ok()?;
            // On this machine and in its network, http is usual.
            let is_public = guard::check_url(&url, &[]).is_ok();
            (url.scheme() == "http" && is_public)
                .then(|| "does not begin with https://, so others on the way can read what is sent".to_owned())
        }
    };
    let note = |target: &Target| Some(format!("`{}` of {}: it {}", target.way(), target.name(), why(target)?));
    tell::targets(config).iter().filter_map(note).take(RECEIVERS_TOLD).collect()
}

/// Why a program cannot be started as far as its file shows. A name without a slash is looked up in PATH.
fn why_not_started(program: &str, folder: &Path) -> Option<String> {
    let paths: Vec<PathBuf> = if program.contains('/') {
        vec![folder.join(program)]
    } else {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).map(|folder| folder.join(program)).collect()
    };
    let found: Vec<std::fs::Metadata> = paths.iter().filter_map(|path| std::fs::metadata(path).ok()).collect();
    let is_program = |file: &std::fs::Metadata| file.is_file() && file.permissions().mode() & EXECUTABLE != 0;
    if found.iter().any(is_program) {
        return None;
    }
    Some(match (found.is_empty(), program.contains('/')) {
        (true, _) if program.starts_with("~/") => {
            format!("names {program}, but `~` is only known to a shell: write the whole path")
        }
        (true, _) if program.contains(' ') => {
            format!("names the program \"{program}\", which does not exist; each argument must be a string of its own")
        }
        (true, true) => format!("names {program}, which does not exist"),
        (true, false) => format!("names {program}, which is in no folder of PATH"),
        (false, _) => format!("names {program}, which is not executable: run `chmod +x` on it"),
    })
}

/// Notes on sources whose addresses polls refuse to request.
fn refused(config: &Config) -> Vec<String> {
    let sources = config.sources.iter().filter(|source| source.url.scheme() != "file");
    let refused =
        sources.filter_map(|source| Some((source, guard::check_url(&source.url, &source.fetch.allow_networks).err()?)));
    first(refused, "cannot be polled for reasons like these", |(source, why)| {
        let why = match &source.list {
            Some(list) if why.may_be_allowed() => format!(
                "the reading list {list} names an address of this machine or of a private network; if it is meant to be polled, \
                 write a [[source]] for it with `allow_networks`"
            ),
            _ => source.scrub(&why.to_string()),
        };
        format!("`{}` cannot be polled: {why}", source.name)
    })
}

/// Notes on the parts of addresses that are treated as secrets.
fn hidden(config: &Config) -> Vec<String> {
    let hidden =
        config.sources.iter().map(|source| (source, source.hidden_parts())).filter(|(_, parts)| !parts.is_empty());
    first(hidden, "have addresses with parts that look like secrets", |(source, parts)| {
        let parts = parts.join(" and ");
        // A source with a written `secret` needs no advice, because the user has decided already.
        let remedy = match source.options.secret {
            Some(_) => "",
            None => "; `secret = false` shows it, `secret = true` hides all of it",
        };
        let (name, shown) = (&source.name, source.public_url());
        format!("the address of `{name}` is shown as {shown}; treated as secret: {parts}{remedy}")
    })
}

/// Notes on the first sources, and the number of the others.
fn first<T>(mut sources: impl Iterator<Item = T>, others: &str, note: impl FnMut(T) -> String) -> Vec<String> {
    let mut told: Vec<String> = sources.by_ref().take(SOURCES_TOLD).map(note).collect();
    let untold = sources.count();
    if untold > 0 {
        told.push(format!("{untold} more sources {others}"));
    }
    told
}

pub(super) fn config(session: &Session, defaults: bool, schema: bool) -> VerbResult {
    let text = match (defaults, schema) {
        (true, _) => config::template(),
        (false, true) => config::schema(),
        (false, false) => config::effective(&session.config()?),
    };
    printed(print::text(&text))
}
