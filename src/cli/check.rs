//! `check` and `config`: they read the configuration and change nothing.

use std::path::PathBuf;

use super::USAGE;
use super::print::{self, counted};
use super::session::{Session, VerbResult, printed, wrong_config};
use crate::config::{self, Config, process_env};
use crate::control::End;
use crate::logging::printable;
use crate::theme;

/// Sources for which `check` prints a note of their own about secrets; the rest are counted in one note.
const SOURCES_TOLD: usize = 50;

pub(super) fn check(session: &Session, file: Option<PathBuf>) -> VerbResult {
    let path = file.map_or_else(|| session.config_path(), Ok)?;
    let config = config::load(&path, &process_env).map_err(|errors| wrong_config(&errors))?;
    for notice in &config.notices {
        session.say(&format!("note: {}", printable(notice)));
    }
    for told in hidden(&config) {
        session.say(&format!("note: {}", printable(&told)));
    }
    if let Err(why) = theme::load(&config) {
        let folder = config.serve.theme.as_deref().map(|folder| folder.display().to_string()).unwrap_or_default();
        let told = printable(&format!("the theme in {folder} has a mistake: {why}"));
        return Err(End::failed(USAGE, told));
    }
    let (sources, outputs) = (counted(config.sources.len(), "source"), counted(config.outputs.len(), "output"));
    Ok(End { exit: 0, message: format!("{} is valid: {sources}, {outputs}", path.display()) })
}

/// Notes on the parts of addresses that are treated as secrets.
fn hidden(config: &Config) -> Vec<String> {
    let mut told = Vec::new();
    let mut untold = 0;
    for source in &config.sources {
        let parts = source.hidden_parts();
        if parts.is_empty() {
            continue;
        }
        if told.len() == SOURCES_TOLD {
            untold += 1;
            continue;
        }
        // A source with a written `secret` needs no advice, because the user has decided already.
        let remedy = match source.options.secret {
            Some(_) => "",
            None => "; `secret = false` shows it, `secret = true` hides all of it",
        };
        let (name, shown) = (&source.name, &source.public_url);
        told.push(format!(
            "the address of `{name}` is shown as {shown}; treated as secret: {}{remedy}",
            parts.join(" and ")
        ));
    }
    if untold > 0 {
        told.push(format!("{untold} more sources have addresses with parts that look like secrets"));
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
