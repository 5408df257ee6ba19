//! `check` and `config`: the configuration read, and nothing touched.

use std::path::PathBuf;

use super::session::{Session, wrong_config};
use super::{Failure, print};
use crate::config::{self, DEFAULTS, process_env};
use crate::control::End;
use crate::logging::printable;

pub(super) fn check(session: &Session, file: Option<PathBuf>) -> Result<(), Failure> {
    let path = file.map_or_else(|| session.config_path(), Ok)?;
    let config = config::load(&path, &process_env).map_err(|errors| wrong_config(&errors))?;
    for notice in &config.notices {
        print::message(&format!("note: {}", printable(notice)), 0);
    }
    let (sources, outputs) = (counted(config.sources.len(), "source"), counted(config.outputs.len(), "output"));
    Err(End { exit: 0, message: format!("{} is right: {sources}, {outputs}", path.display()) })
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

pub(super) fn config(session: &Session, defaults: bool) -> Result<(), Failure> {
    let text = if defaults { DEFAULTS.to_owned() } else { config::effective(&session.config()?) };
    super::session::ended(print::text(&text).map(|()| End::done()))
}
