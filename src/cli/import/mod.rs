//! `import`: writes the sources of another reader's export into the configuration, and takes decisions over that were exported.
//!
//! `read::source_list` reads the export, `plan` decides what becomes a source, `verify` asks each address once, and `target`
//! edits the file. Nothing in an export is trusted: only http and https addresses are taken, and nothing is run, opened or
//! expanded. Nothing is written unless the configuration is right with it.

mod plan;
mod target;
mod verify;

#[cfg(test)]
mod tests;

use std::io::Read as _;
use std::path::Path;

use super::arguments::ImportArguments;
use super::decisions;
use super::edit::tell_daemon;
use super::print::{self, counted};
use super::session::{Session, VerbResult, printed};
use super::{FAILED, Failure, SOME_FAILED, USAGE};
use crate::config::{self, append_sources, read_up_to};
use crate::control::End;
use crate::logging::{Loudness, printable};
use crate::read;
use plan::{LineRemark, Plan};
use target::Target;

/// Most bytes of a file that is imported.
const LIST_MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Lines of the file that are told one by one; --verbose tells all.
const LINES_TOLD: usize = 50;

pub(super) fn import(session: &Session, arguments: &ImportArguments) -> VerbResult {
    let shown = arguments.file.display();
    let body = content(&arguments.file)?;
    if let Some(text) = std::str::from_utf8(&body).ok().filter(|text| decisions::is_meant(text)) {
        if arguments.verify || arguments.to.is_some() {
            let why = format!("{shown} holds decisions, and --verify and --to are for lists of sources");
            return Err(Failure::new(USAGE, why));
        }
        return decisions::import(session, &shown.to_string(), text, arguments.dry_run);
    }
    let list = read::source_list(&body).map_err(|error| Failure::new(FAILED, format!("{shown}: {error}")))?;
    drop(body);
    let mut target = Target::find(session, arguments.to.as_deref())?;
    for problem in &list.problems {
        session.say(&format!("note: {}", printable(problem.as_str())));
    }
    let Plan { candidates, refused, known, repeated } = plan::plan(list, &target.config);
    tell(session, &refused);
    if session.loudness == Loudness::Verbose {
        tell(session, &known);
        tell(session, &repeated);
    }
    let asked = candidates.len();
    let (found, failed) = match arguments.verify {
        true => verify::verify(session, &target.config, candidates)?,
        false => (candidates, Vec::new()),
    };
    tell(session, &failed);
    let not_added_with = |doubles: usize| {
        not_added(&[
            (known.len() + doubles, "configured already"),
            (repeated.len(), "listed more than once"),
            (refused.len(), "left out"),
            (failed.len(), "without an answer"),
        ])
    };
    let mut end = Ok(End::done());
    if arguments.dry_run {
        let (new, doubles) = plan::without_known(found, &target.config);
        show(session, &plan::sources(&new, &target.config))?;
        let (sources, others) = (counted(new.len(), "source"), not_added_with(doubles));
        session.say(&format!("{sources} to be added to {}{others}", target.shown()));
    } else {
        let (added, doubles) = target.write(found)?;
        let (sources, others) = (counted(added, "source"), not_added_with(doubles));
        session.say(&format!("added {sources} to {}{others}", target.shown()));
        if added > 0 {
            end = tell_daemon(session);
        } else if known.len() + doubles + failed.len() == 0 {
            let why = format!("{shown} names no source that can be imported");
            return Err(Failure::new(FAILED, why));
        }
    }
    match failed.len() {
        0 => end,
        number => end.and_then(|End { message, .. }| {
            if !message.is_empty() {
                session.say(&message);
            }
            let why = format!("{number} of {asked} addresses did not answer with a feed, and were left out");
            Err(Failure::new(SOME_FAILED, why))
        }),
    }
}

/// The content of the file, or of standard input.
fn content(file: &Path) -> Result<Vec<u8>, Failure> {
    let body = if file == Path::new("-") {
        let mut body = Vec::new();
        std::io::stdin().lock().take(LIST_MAX_BYTES + 1).read_to_end(&mut body).map(|_| body)
    } else {
        read_up_to(file, LIST_MAX_BYTES)
    };
    let body = body.map_err(|error| Failure::new(FAILED, format!("cannot read {}: {error}", file.display())))?;
    if body.len() as u64 > LIST_MAX_BYTES {
        let limit = config::show_size(LIST_MAX_BYTES);
        return Err(Failure::new(FAILED, format!("{} is larger than {limit}; import it in parts", file.display())));
    }
    Ok(body)
}

/// Tells what is wrong with lines of the file.
fn tell(session: &Session, lines: &[LineRemark]) {
    let told = if session.loudness == Loudness::Verbose { lines.len() } else { LINES_TOLD };
    for LineRemark { line, what, why } in lines.iter().take(told) {
        session.say(&format!("line {line}: {what}: {why}"));
    }
    let untold = lines.len().saturating_sub(told);
    if untold > 0 {
        session.say(&format!("{} like these; --verbose shows all", counted(untold, "more line")));
    }
}

/// Prints the tables that would be written, with their secrets masked.
fn show(session: &Session, sources: &[config::NewSource]) -> Result<(), Failure> {
    let text = append_sources("", sources).map_err(|error| Failure::new(FAILED, error.to_string()))?;
    let masked = config::masked(&text);
    printed(print::text(&masked))?;
    if masked != text {
        session.say("secrets in addresses are shown as `*`; without --dry-run they are written as they are");
    }
    Ok(())
}

/// How many sources of the file are not added, by reason; stands behind a sentence.
fn not_added(counts: &[(usize, &str)]) -> String {
    let counts = counts.iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = counts.map(|(number, why)| format!("{number} {why}")).collect();
    if parts.is_empty() { String::new() } else { format!("; {}", parts.join(", ")) }
}
