//! `prune`, and what `remove --purge` does after the edit: both delete entries.

use std::io;

use super::arguments::PruneArguments;
use super::print::{self, counted};
use super::progress::Progress;
use super::session::{Session, VerbResult, answered, block_on, ended, open, printed};
use super::{FAILED, Failure};
use crate::control::{self, End, PruneQuery, PurgedSource, Record, Verb};
use crate::daemon::{Daemon, Mode};

pub(super) fn prune(session: &Session, arguments: &PruneArguments) -> VerbResult {
    let PruneArguments { dry_run, json } = *arguments;
    let query = PruneQuery { dry_run, purge: Vec::new() };
    let mut rows = Vec::new();
    let mut all = 0;
    let mut take = |record: Record| -> io::Result<()> {
        let Record::Pruned(pruned) = record else { return Ok(()) };
        all += pruned.entries;
        if json {
            return print::json(&pruned);
        }
        rows.push(vec![pruned.source, pruned.entries.to_string()]);
        Ok(())
    };
    // A dry run only reads, so it works beside anything that holds the database.
    let end = if dry_run {
        session.answer(Verb::Prune(query), &mut take)?
    } else {
        carry_out(session, (query, json), &mut take)?
    };
    if !rows.is_empty() {
        printed(print::table(&["SOURCE", "ENTRIES"], &rows))?;
    }
    let message = match (end.message.is_empty(), dry_run) {
        (false, _) => end.message,
        (true, true) => format!("{} would be pruned", counted(all, "entry")),
        (true, false) => format!("{} pruned", counted(all, "entry")),
    };
    Ok(End { message, ..end })
}

/// Deletes all entries of these sources, which the configuration no longer names.
pub(super) fn purge(session: &Session, sources: Vec<PurgedSource>) -> VerbResult {
    let mut all = 0;
    let mut take = |record: Record| -> io::Result<()> {
        if let Record::Pruned(pruned) = record {
            all += pruned.entries;
        }
        Ok(())
    };
    let end = carry_out(session, (PruneQuery { dry_run: false, purge: sources }, false), &mut take)?;
    Ok(End { message: format!("{} deleted", counted(all, "entry")), ..end })
}

/// Asks the daemon to delete entries, or deletes them here if no daemon runs, and then writes the files of the site. `json`: the
/// records are for programs.
fn carry_out(
    session: &Session,
    (query, json): (PruneQuery, bool),
    take: &mut impl FnMut(Record) -> io::Result<()>,
) -> VerbResult {
    let verb = Verb::Prune(query);
    let progress = Progress::new(session, json, "deleting entries", 0);
    if let Some(daemon) = session.daemon()? {
        return ended(daemon.ask(verb, take));
    }
    let config = session.config()?;
    block_on(async {
        let store = open(&config).await?;
        // Registering the sources tells the store which are removed.
        let (_daemon, handles) = Daemon::new(config.clone(), store.clone(), Mode::OnRequest).await?;
        let end = answered(control::answer(&verb, &config, Some(&store)).await, take)?;
        if config.serve.files.is_some() {
            progress.line.next("writing the files of the site");
            let written = handles.outputs.write_site_once().await;
            written.map_err(|why| Failure::new(FAILED, format!("the files could not be written: {why}")))?;
        }
        Ok(end)
    })
}
