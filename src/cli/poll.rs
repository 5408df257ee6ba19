//! `poll`: polls the due sources, every source, or the named sources. If a daemon runs, the daemon makes the polls.

use tokio::sync::oneshot;

use super::arguments::PollArguments;
use super::print;
use super::session::{Session, VerbResult, block_on, ended, open, printed, store_failed};
use super::{FAILED, Failure};
use crate::config::{Config, ReadingList};
use crate::control::{self, End, Record, Verb};
use crate::daemon::{self, Ask, Daemon, Event, Mode, PolledRecord, Which};
use crate::logging::{Log, Loudness, printable};

pub(super) fn poll(session: &Session, arguments: PollArguments) -> VerbResult {
    let json = arguments.json;
    let which = match (arguments.all, arguments.names) {
        (true, _) => Which::All,
        (false, names) if names.is_empty() => Which::Due,
        (false, names) if arguments.force => Which::Forced { names, fresh: arguments.fresh },
        (false, names) if arguments.fresh => Which::Fresh(names),
        (false, names) => Which::Named(names),
    };
    let quiet = session.is_quiet();
    let print = |record: Record| match record {
        Record::Polled(polled) if json => print::json(&polled),
        // With --quiet only failures are printed.
        Record::Polled(polled) if !quiet || polled.failed => print::line(&polled_line(&polled)),
        _ => Ok(()),
    };
    if let Some(daemon) = session.daemon()? {
        return ended(daemon.ask(Verb::Poll(which), print));
    }
    let mut config = session.config()?;
    // The result of each poll is printed, so the log is quiet unless the user asks for more.
    let loudness = if session.loudness == Loudness::Verbose { Loudness::Verbose } else { Loudness::Quiet };
    Log::start(&config.log, loudness);
    if !config.lists.is_empty() && block_on(async { Ok(daemon::fetch_lists(&config).await) })? {
        config = session.config()?;
    }
    for trouble in config.lists.iter().filter_map(ReadingList::trouble) {
        session.say(&printable(&trouble));
    }
    let (records, end) = block_on(poll_here(config, which))?;
    printed(records.into_iter().try_for_each(print))?;
    if end.exit == 0 { Ok(end) } else { Err(end) }
}

/// Polls without a daemon.
pub(super) async fn poll_here(config: Config, which: Which) -> Result<(Vec<Record>, End), Failure> {
    let store = open(&config).await?;
    let (keep, has_files) = (config.store.clone(), config.serve.files.is_some());
    let (daemon, handles) = Daemon::new(config, store, Mode::OnRequest).await.map_err(|error| store_failed(&error))?;
    let running = tokio::spawn(daemon.run());
    let (reply, answered) = oneshot::channel();
    let ended_early = || End::failed(FAILED, "the scheduler stopped before all polls were made");
    handles.events.send(Event::Ask(Ask { which, reply })).await.map_err(|_| ended_early())?;
    let asked = answered.await.map_err(|_| ended_early())?;
    // All polls are finished. An error says that the event loop has already ended, so it is ignored.
    let _ = handles.events.send(Event::Stop).await;
    let _ = running.await;
    if let Err(error) = daemon::index_all(&handles.store).await {
        tracing::warn!(%error, "the index for search could not be filled; the next command or daemon does it");
    }
    let mut pruned = daemon::Pruned::default();
    if let Err(error) = daemon::prune_if_due(&handles.store, &keep, &mut pruned).await {
        tracing::warn!(%error, "entries could not be pruned; the next command or daemon does it");
    }
    if pruned.total() > 0
        && has_files
        && let Err(error) = handles.outputs.write_site_once().await
    {
        tracing::warn!(%error, "the files could not be written after entries were pruned; the next poll does it");
    }
    Ok(control::polled(asked))
}

fn polled_line(polled: &PolledRecord) -> String {
    let outcome = match polled.outcome {
        Some(_) if polled.new + polled.revised > 0 => entries_brought(polled),
        Some(outcome) => outcome.as_str().replace('_', " "),
        None => String::new(),
    };
    let detail = polled.detail.as_deref().map(printable).unwrap_or_default();
    let parts: Vec<String> = [outcome, detail].into_iter().filter(|part| !part.is_empty()).collect();
    let lifted = match polled.lifted.as_slice() {
        [] => String::new(),
        lifted => format!(" (lifted: {})", printable(&lifted.join("; "))),
    };
    format!("{}: {}{lifted}", polled.name, parts.join(": "))
}

/// How many entries a poll has brought: "1 new entry", "12 new entries, 3 revised", "1 revised entry".
fn entries_brought(polled: &PolledRecord) -> String {
    let counted = |number: u64, what: &str| match number {
        1 => format!("1 {what} entry"),
        _ => format!("{number} {what} entries"),
    };
    match (polled.new, polled.revised) {
        (new, 0) => counted(new, "new"),
        (0, revised) => counted(revised, "revised"),
        (new, revised) => format!("{}, {revised} revised", counted(new, "new")),
    }
}
