//! `status`: the running daemon at a glance.

use std::io;

use super::answers::since_when;
use super::print::{self, counted, when};
use super::session::{Session, VerbResult};
use super::{FAILED, Failure};
use crate::control::{Record, StatusRecord, Verb};
use crate::incidents::{OpenIncident, Wording};
use crate::logging::printable;
use crate::model::Timestamp;
use crate::tell::ReceiverState;

/// Most incidents, and most paused sites, that the text for people lists.
const PRINTED_MAX: usize = 20;

pub(super) fn status(session: &Session, json: bool) -> VerbResult {
    let mut is_running = true;
    let answered = session.answer(Verb::Status, |record| {
        let Record::Status(status) = record else { return Ok(()) };
        is_running = status.started.is_some();
        if json { print::json(&status) } else { status_lines(&status) }
    });
    match answered {
        Ok(_) if !is_running => {
            Err(Failure::new(FAILED, "no daemon runs with this configuration; start it with `watershed run`"))
        }
        answered => answered,
    }
}

fn status_lines(status: &StatusRecord) -> io::Result<()> {
    let StatusRecord { now, sources, store, .. } = status;
    let line = |name: &str, value: String| print::line(&format!("{name:<12} {value}"));
    let running = match status.started {
        Some(started) => format!("since {started} ({}), version {}", when(started, *now), status.version),
        None => "no".to_owned(),
    };
    line("running", running)?;
    if let Some(trouble) = &status.trouble {
        line("trouble", printable(trouble))?;
    }
    let states = sources.by_state().into_iter().filter(|(_, number)| *number > 0);
    let states: Vec<String> = states.map(|(state, number)| format!("{number} {state}")).collect();
    let states = if states.is_empty() { String::new() } else { format!(": {}", states.join(", ")) };
    line("sources", format!("{}{states}", sources.all))?;
    if sources.late > 0 {
        let (late, minutes) = (counted(sources.late, "source"), counted(status.late_seconds / 60, "minute"));
        line("late", format!("{late}, by up to {minutes}"))?;
    }
    let free = store.free_bytes.map(|free| format!(", {} free", size(free))).unwrap_or_default();
    let (file, log) = (size(store.bytes), size(store.log_bytes));
    line("database", format!("{} entries, {file} and a log of {log}{free}", store.entries))?;
    for told in &status.outgrown {
        line("space", printable(told))?;
    }
    line("merged", format!("{} copies into {} stories in 24 hours", store.merged_copies, store.merged_stories))?;
    if status.hub.subscriptions > 0 {
        let failing = Some(status.hub.failing).filter(|failing| *failing > 0);
        let failing =
            failing.map(|failing| format!(", of which {failing} could not be told last time")).unwrap_or_default();
        line("hub", format!("{}{failing}", counted(status.hub.subscriptions, "subscription")))?;
    }
    for host in status.paused.iter().take(PRINTED_MAX) {
        line("paused", format!("{} until {}: {}", host.host, host.until, printable(&host.reason)))?;
    }
    status.receivers.iter().take(PRINTED_MAX).try_for_each(|receiver| receiver_lines(receiver, *now))?;
    for list in status.lists.iter().take(PRINTED_MAX) {
        line("list", printable(list))?;
    }
    if let Some(message) = status.refused.as_ref().and_then(|refused| refused.message.as_deref()) {
        print::line("")?;
        print::line("The edited configuration was refused:")?;
        message.lines().try_for_each(|line| print::line(&printable(line)))?;
    }
    let incidents = status.incidents.iter().filter(|incident| incident.kind != "refused");
    incidents.clone().take(PRINTED_MAX).try_for_each(|incident| incident_lines(incident, *now))?;
    match incidents.count().saturating_sub(PRINTED_MAX) {
        0 => Ok(()),
        more => print::line(&format!("\nand {more} more: `watershed status --json` and /health.html have all")),
    }
}

/// A receiver of news, and below it what could not be delivered.
fn receiver_lines(receiver: &ReceiverState, now: Timestamp) -> io::Result<()> {
    let ReceiverState { name, way, waiting, progress } = receiver;
    let line = |name: &str, value: String| print::line(&format!("{name:<12} {value}"));
    let delivered = match progress.last_delivered {
        Some(at) if progress.delivered == 1 => format!("1 delivery ({})", when(at, now)),
        Some(at) => format!("{} deliveries (the last {})", progress.delivered, when(at, now)),
        None => "nothing delivered yet".to_owned(),
    };
    let waiting = if *waiting > 0 { format!(", {waiting} waiting") } else { String::new() };
    line("tells", format!("{name} ({way}): {delivered}{waiting}"))?;
    let because = |reason: &Option<String>| reason.as_ref().map(|reason| format!(": {}", printable(reason)));
    if let Some(since) = progress.failing_since {
        let next = progress.next_attempt.map(|at| format!(", tried again {}", when(at, now))).unwrap_or_default();
        let (attempts, why) = (counted(progress.failures, "attempt"), because(&progress.reason).unwrap_or_default());
        line("", format!("failing for {} ({attempts}{next}){why}", since_when(since, now)))?;
    }
    if let Some(at) = progress.last_dead {
        let (dead, why) = (counted(progress.dead, "dead letter"), because(&progress.dead_reason).unwrap_or_default());
        line("", format!("{dead}, given up, the last {}{why}", when(at, now)))?;
    }
    Ok(())
}

fn incident_lines(incident: &OpenIncident, now: Timestamp) -> io::Result<()> {
    let Wording { title, happened, why, remedy } = &incident.told;
    print::line("")?;
    print::line(&format!("{} ({})", printable(title), when(incident.since, now)))?;
    let texts = [Some(happened), why.as_ref(), Some(remedy)];
    texts.into_iter().flatten().try_for_each(|text| print::line(&format!("  {}", printable(text))))
}

/// A number of bytes in MiB, or from 1 GiB on in GiB.
fn size(bytes: u64) -> String {
    let mebibytes = bytes as f64 / (1024.0 * 1024.0);
    if mebibytes < 1024.0 { format!("{mebibytes:.1} MiB") } else { format!("{:.1} GiB", mebibytes / 1024.0) }
}
