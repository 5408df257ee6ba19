//! `check` and `config`: the configuration read, and nothing touched.

use std::path::PathBuf;

use super::print;
use super::session::{Ended, Session, printed, wrong_config};
use crate::config::{self, DEFAULTS, process_env};
use crate::control::End;
use crate::logging::printable;

pub(super) fn check(session: &Session, file: Option<PathBuf>) -> Ended {
    let path = file.map_or_else(|| session.config_path(), Ok)?;
    let config = config::load(&path, &process_env).map_err(|errors| wrong_config(&errors))?;
    for notice in &config.notices {
        session.say(&format!("note: {}", printable(notice)));
    }
    let (sources, outputs) = (counted(config.sources.len(), "source"), counted(config.outputs.len(), "output"));
    Ok(End { exit: 0, message: format!("{} is right: {sources}, {outputs}", path.display()) })
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

pub(super) fn config(session: &Session, defaults: bool) -> Ended {
    let text = if defaults { DEFAULTS.to_owned() } else { config::effective(&session.config()?) };
    printed(print::text(&text))
}
