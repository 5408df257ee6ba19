//! `poll`: polls the due sources, every source, or the named sources. If a daemon runs, the daemon makes the polls.

use std::io;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::arguments::PollArguments;
use super::print;
use super::progress::{Line, Progress};
use super::session::{CLOSING, FILLING, Session, VerbResult, answered, block_on, ended, open, printed};
use super::{FAILED, Failure, SOME_FAILED};
use crate::config::{Config, ReadingList};
use crate::control::{self, End, Record, Verb};
use crate::daemon::{self, Ask, Daemon, Event, Mode, PolledRecord, Which};
use crate::logging::{Log, Loudness, printable};
use crate::store::needs_migration;

/// Most ends of polls that wait to be printed. Further ends are printed after the last poll.
const POLLS_UNTOLD: usize = 1_024;
/// Polls that end within this time are printed together.
const TOLD_TOGETHER: Duration = Duration::from_millis(5);

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
    // With --verbose the log says how far the work is, and its lines would stand behind those of the progress.
    let is_verbose = session.loudness == Loudness::Verbose;
    let progress = Progress::new(session, json || is_verbose, "", 0);
    let line = &progress.line;
    let print = |polls: &[PolledRecord]| {
        let mut text = String::new();
        for polled in polls {
            line.step(polled.failed);
            if json {
                text.push_str(&serde_json::to_string(polled)?);
            } else if quiet && !polled.failed {
                // With --quiet only failures are printed.
                continue;
            } else {
                text.push_str(&polled_line(polled));
            }
            text.push('\n');
        }
        line.around(|| print::text(&text))
    };
    if let Some(daemon) = session.daemon()? {
        line.next("polling");
        return ended(daemon.ask(Verb::Poll(which), |record| match record {
            Record::Polled(polled) => print(&[polled]),
            _ => Ok(()),
        }));
    }
    let mut config = session.config()?;
    // The result of each poll is printed, so the log is quiet unless the user asks for more.
    let loudness = if is_verbose { Loudness::Verbose } else { Loudness::Quiet };
    Log::start(&config.log, loudness);
    if !config.lists.is_empty() {
        line.next("asking the reading lists");
        if block_on(async { Ok(daemon::fetch_lists(&config).await) })? {
            config = session.config()?;
        }
    }
    for trouble in config.lists.iter().filter_map(ReadingList::trouble) {
        line.around(|| session.say(&printable(&trouble)));
    }
    let is_whole = matches!(which, Which::Due | Which::All);
    let is_unread = is_whole && config.lists.iter().any(|list| list.is_unread);
    let (said, polled) = block_on(poll_here(config, which, line, print))?;
    printed(said)?;
    drop(progress);
    match polled? {
        End { exit: 0, .. } if is_unread => {
            Err(Failure::new(SOME_FAILED, "a reading list could not be read, and there is no earlier version of it"))
        }
        end => Ok(end),
    }
}

/// Polls without a daemon. `print` gets the records of polls soon after they have ended, until it fails; all polls are made
/// in any case.
pub(super) async fn poll_here(
    config: Config,
    which: Which,
    line: &Line,
    mut print: impl FnMut(&[PolledRecord]) -> io::Result<()>,
) -> Result<(io::Result<()>, VerbResult), Failure> {
    let sources = number_of(&which, &config);
    line.next(match needs_migration(&config.store_path) {
        true => "bringing the database up to date",
        false => "opening the database",
    });
    let store = open(&config).await?;
    let (keep, has_files) = (config.store.clone(), config.serve.files.is_some());
    let searches = has_files && config.outputs.iter().any(|output| output.search.is_some());
    let (daemon, handles) = Daemon::new(config, store, Mode::OnRequest).await?;
    let running = tokio::spawn(daemon.run());
    line.next_of("polling", sources);
    let (told, mut ended) = mpsc::channel(POLLS_UNTOLD);
    let (reply, mut made) = oneshot::channel();
    let ended_early = || Failure::new(FAILED, "the scheduler stopped before all polls were made");
    handles.events.send(Event::Ask(Ask { which, told: Some(told), reply })).await.map_err(|_| ended_early())?;
    let mut said = Ok(());
    let mut tell = |polls: &[PolledRecord]| {
        if said.is_ok() {
            said = print(polls);
        }
    };
    let (mut number, mut polls) = (0, Vec::new());
    let asked = loop {
        tokio::select! {
            biased;
            1.. = ended.recv_many(&mut polls, POLLS_UNTOLD) => {
                tell(&polls);
                number += polls.len();
                polls.clear();
                if number != sources {
                    // Waking up for each single poll would cost more than printing it.
                    tokio::time::sleep(TOLD_TOGETHER).await;
                } else if has_files {
                    line.next("writing the files of the site");
                }
            }
            asked = &mut made => break asked.map_err(|_| ended_early())?,
        }
    };
    // The last polls may have ended between the last look at them and the answer.
    while let Ok(polled) = ended.try_recv() {
        tell(&[polled]);
    }
    let polled = answered(control::polled(asked), |record| {
        if let Record::Polled(polled) = record {
            tell(&[polled]);
        }
        Ok(())
    });
    // All polls are finished. An error says that the event loop has already ended, so it is ignored.
    let _ = handles.events.send(Event::Stop).await;
    let _ = running.await;
    // If no file is made by a search, the daemon or the next search fills the index: many people who poll with a command never
    // search.
    if searches {
        line.next(FILLING);
        if let Err(error) = daemon::index_all(&handles.store).await {
            tracing::warn!(%error, "the index for search could not be filled; the next poll, search or daemon does it");
        }
    }
    line.next("pruning");
    let mut pruned = daemon::Pruned::default();
    if let Err(error) = daemon::prune_if_due(&handles.store, &keep, &mut pruned).await {
        tracing::warn!(%error, "entries could not be pruned; the next command or daemon does it");
    }
    if pruned.total() > 0 && has_files {
        line.next("writing the files of the site");
        if let Err(error) = handles.outputs.write_site_once().await {
            tracing::warn!(%error, "the files could not be written after entries were pruned; the next poll does it");
        }
    }
    handles.store.close(CLOSING).await;
    Ok((said, polled))
}

/// The number of sources that are asked for, for the progress; 0 if it is unknown.
fn number_of(which: &Which, config: &Config) -> usize {
    match which {
        Which::Due => 0,
        Which::All => config.sources.iter().filter(|source| source.options.enabled).count(),
        Which::Named(names) | Which::Fresh(names) | Which::Forced { names, .. } => names.len(),
    }
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
