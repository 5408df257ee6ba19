//! The command line: one file per verb, or per few small verbs.
//!
//! `arguments` describes what can be typed, and `help` gives examples. `session` holds what most verbs need: the
//! configuration, a running daemon or the database, and a runtime. A verb that reads or polls asks the daemon through
//! the control socket, or opens the database itself if no daemon runs. `print` prints records on stdout and messages on
//! stderr.
//!
//! Entry points: [`main`] runs the command line, and `perform` has a line for each verb. `run::run` starts the daemon.
//!
//! Invariants:
//! - A verb prints the same with and without a daemon, because both ways end in `control::answer`.
//! - Only `add`, `remove`, `import` and `tidy --apply` write the configuration.
//!
//! What never enters: what an entry is, when a source is due and what an output shows. The rooms below decide that.

mod answers;
mod arguments;
mod backup;
mod check;
mod database;
mod decisions;
mod demo;
mod diff;
mod doctor;
mod edit;
mod export;
mod find;
mod follow;
mod full;
mod help;
mod import;
mod manual;
mod plan;
mod poll;
mod print;
mod probe;
mod progress;
mod prune;
mod publisher;
mod run;
mod search;
mod session;
mod status;
mod stories;
mod theme;
mod tidy;

use std::process::ExitCode;

use crate::control::{End, FAILED, Failure, HELD_BY_ANOTHER, SOME_FAILED, StoryEdit, USAGE};
use crate::logging::Loudness;
use crate::machine;
use arguments::{Arguments, Verb};
use session::{Session, VerbResult};

/// Runs the command line that the process was started with.
pub fn main() -> ExitCode {
    machine::settle_allocator();
    machine::raise_open_files();
    let arguments = help::arguments();
    let quiet = arguments.quiet;
    let end = perform(arguments).unwrap_or_else(End::from);
    if !end.message.is_empty() && (end.exit != 0 || !quiet) {
        print::message(&end.message, end.exit);
    }
    ExitCode::from(end.exit)
}

fn perform(arguments: Arguments) -> VerbResult {
    let Arguments { config, verbose, quiet, verb } = arguments;
    let loudness = match (verbose, quiet) {
        (true, _) => Loudness::Verbose,
        (_, true) => Loudness::Quiet,
        _ => Loudness::AsConfigured,
    };
    let session = Session { explicit: config, loudness };
    match verb {
        Verb::Run => run::run(&session),
        Verb::Poll(arguments) => poll::poll(&session, arguments),
        Verb::Check { file, json } => check::check(&session, file, json),
        Verb::Plan { file, json } => plan::plan(&session, file, json),
        Verb::Reload => answers::reload(&session),
        Verb::Add(arguments) => edit::add(&session, &arguments),
        Verb::Import(arguments) => import::import(&session, &arguments),
        Verb::Export(arguments) => export::export(&session, &arguments),
        Verb::Remove { names, purge } => edit::remove(&session, &names, purge),
        Verb::Backup { file, force } => backup::back_up(&session, file, force),
        Verb::Restore { file } => backup::restore(&session, file),
        Verb::Prune(arguments) => prune::prune(&session, &arguments),
        Verb::List(arguments) => answers::list(&session, arguments),
        Verb::Show { name, json } => answers::show(&session, name, json),
        Verb::Status { json } => status::status(&session, json),
        Verb::Doctor { json } => doctor::doctor(&session, json),
        Verb::Entries(arguments) => answers::entries(&session, arguments),
        Verb::Search(arguments) => search::search(&session, arguments),
        Verb::Why { entry, json } => stories::why(&session, entry, json),
        Verb::Split(named) => stories::change(&session, StoryEdit::Split(named.entry)),
        Verb::Join { entry, other } => stories::change(&session, StoryEdit::Join(entry, other)),
        Verb::Hide(named) => stories::change(&session, StoryEdit::Hide(named.entry)),
        Verb::Unhide(named) => stories::change(&session, StoryEdit::Unhide(named.entry)),
        Verb::Stories(arguments) => stories::stories(&session, arguments),
        Verb::Tidy { apply } => tidy::tidy(&session, apply),
        Verb::Config { defaults, effective: _, schema } => check::config(&session, defaults, schema),
        Verb::Probe { target, json } => probe::probe(&session, &target, json),
        Verb::Theme { write, context } => theme::theme(&session, write, context),
        Verb::Demo { once } => demo::demo(&session, once),
        Verb::Completions { shell } => manual::completions(shell),
        Verb::Man => manual::man(),
    }
}
