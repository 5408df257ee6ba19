//! Keeps incidents up to date that polls do not report: sources whose failures last while they are not polled, a
//! refused configuration, a disk that is nearly full, and a database that cannot be written.

use std::collections::HashSet;
use std::time::Duration;

use super::Handles;
use crate::incidents::{self, Incident, InstallationFacts};
use crate::model::SourceId;
use crate::{clock, machine};

/// Pause between two looks at the disk and at sources that fail. What the daemon itself notices is handled at once.
const LOOK: Duration = Duration::from_secs(300);

/// Most incidents that wait for a database that cannot be written; the oldest are dropped.
const UNWRITTEN_MAX: usize = 100;
/// A disk that does not answer within this time is not judged.
const ROOM_WITHIN: Duration = Duration::from_secs(5);

/// Looks after incidents until the task is aborted.
pub async fn watch_incidents(handles: Handles) {
    // Incidents that could not be written, in their newest state.
    let mut unwritten: Vec<Incident> = Vec::new();
    loop {
        look(&handles, &mut unwritten).await;
        tokio::select! {
            () = handles.health.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn look(handles: &Handles, unwritten: &mut Vec<Incident>) {
    let now = clock::now();
    let database = handles.store.path().to_owned();
    let room = tokio::task::spawn_blocking(move || machine::room(&database));
    let room = tokio::time::timeout(ROOM_WITHIN, room).await.ok().and_then(Result::ok).flatten();
    let (refusal, unwritable) = (handles.health.refusal(), handles.health.store_error());
    let place = refusal.and_then(|refusal| refusal.place).map(|place| place.to_string());
    let facts = InstallationFacts { refused: place.as_deref(), room, unwritable: unwritable.as_deref() };
    let mut open = match handles.store.open_incidents().await {
        Ok(open) => open,
        Err(error) => {
            tracing::warn!(%error, "the incidents could not be read");
            return;
        }
    };
    // An incident that is not written yet is a newer state of the stored incident.
    let is_replaced = |stored: &Incident| unwritten.iter().any(|newer| newer.path() == stored.path());
    open.retain(|incident| incident.source.is_none() && !is_replaced(incident));
    open.extend(unwritten.iter().filter(|incident| incident.is_open()).cloned());
    let changes = incidents::of_installation(&facts, &open, now);
    changes.iter().for_each(log);
    for change in changes {
        unwritten.retain(|known| known.path() != change.path());
        unwritten.push(change);
    }
    unwritten.drain(..unwritten.len().saturating_sub(UNWRITTEN_MAX));
    let owed = !unwritten.is_empty();
    // While polls cannot be stored, incidents cannot be stored either.
    if owed && unwritable.is_none() {
        match handles.store.write_incidents(unwritten.clone()).await {
            Ok(()) => unwritten.clear(),
            Err(error) => tracing::debug!(%error, "incidents could not be written"),
        }
    }
    handles.outputs.set_unwritten(unwritten.clone());
    if owed {
        handles.outputs.incidents_changed();
    }
    if unwritable.is_none() {
        sweep(handles).await;
    }
}

async fn sweep(handles: &Handles) {
    let sources = handles.outputs.sources();
    let polled: HashSet<SourceId> =
        sources.iter().filter(|(_, source)| source.options.enabled).map(|(id, _)| id).collect();
    match handles.store.sweep_incidents(polled, clock::now()).await {
        Ok(changes) if changes.is_empty() => {}
        Ok(changes) => {
            for change in &changes {
                let source = change.source.and_then(|id| sources.get(id));
                log_of(source.map_or("(removed)", |source| source.name.as_str()), change);
            }
            handles.outputs.incidents_changed();
        }
        Err(error) => tracing::debug!(%error, "incidents could not be written"),
    }
}

fn log(change: &Incident) {
    let (kind, since) = (change.kind.as_str(), change.since);
    match change.ended {
        None => {
            tracing::warn!(incident = kind, %since, "the installation needs attention; /health.atom says what to do")
        }
        Some(_) => tracing::info!(incident = kind, %since, "an incident of the installation is over"),
    }
}

/// Logs the new state of an incident of a source.
pub(super) fn log_of(source: &str, change: &Incident) {
    let (kind, since) = (change.kind.as_str(), change.since);
    match change.ended {
        None => {
            tracing::warn!(source, incident = kind, %since, "the source needs attention; `watershed show` says more")
        }
        Some((_, ending)) => {
            tracing::info!(source, incident = kind, %since, how = ending.as_str(), "an incident of the source is over");
        }
    }
}
