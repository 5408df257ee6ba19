//! The receivers of news in the status: how far they have been told, and why they are not told.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::Audience;
use crate::config::{Config, SourceConfig};
use crate::model::{SourceId, Timestamp};
use crate::outputs;
use crate::store::{SourceState, Store, StoreError};
use crate::tell::{self, Event, News, Progress, Target};

/// Changes of state that are counted as waiting, at most.
const WAITING_MAX: usize = 1_000;

/// A program or an address that is told of news. It is in the record of `status --json`, so scripts rely on its keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiverRecord {
    /// `notify 1` for the first `[[notify]]`, or `output NAME`.
    pub name: String,
    /// The key that says how it is told: `exec`, `url` or `webhook`.
    pub way: String,
    /// What it is to be told, as far as that is among the next 1,000 changes of state or entries.
    pub waiting: u64,
    /// The number of deliveries since the receiver was first configured, and the time of the last one.
    pub delivered: u64,
    pub last_delivered: Option<Timestamp>,
    /// Failed attempts at the delivery that is due, the time of the first of them, and that of the next.
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
    pub next_attempt: Option<Timestamp>,
    /// Why the last attempt failed; only for the operator.
    pub reason: Option<String>,
    /// Dead letters: the number of deliveries that were given up, the time of the last one, and why it failed; the latter only for
    /// the operator.
    pub dead: u64,
    pub last_dead: Option<Timestamp>,
    pub dead_reason: Option<String>,
}

/// The receivers of a configuration, in its order. Where everybody reads the record, outputs with a token are left out, because
/// nothing names them there.
pub(super) async fn receivers(
    config: &Config,
    store: Option<&Store>,
    states: &HashMap<String, SourceState>,
    audience: Audience,
) -> Result<Vec<ReceiverRecord>, StoreError> {
    let has_token = |name: &str| config.outputs.iter().any(|output| output.name == name && output.token.is_some());
    let is_listed = |target: &Target| match &target.news {
        News::Changes(_) => true,
        News::Stories(output) => audience == Audience::Operator || !has_token(output),
    };
    let targets: Vec<Target> = tell::targets(config).into_iter().filter(is_listed).collect();
    let mut records = Vec::with_capacity(targets.len());
    if targets.is_empty() {
        return Ok(records);
    }
    let stored = match store {
        Some(store) => store.deliveries().await?,
        None => Vec::new(),
    };
    let sources: Vec<(SourceId, &SourceConfig)> = config
        .sources
        .iter()
        .filter_map(|source| Some((states.get(source.name.as_str())?.id, source.as_ref())))
        .collect();
    for target in &targets {
        let progress = stored.iter().find(|progress| progress.key == target.key).cloned();
        let waiting = match (store, &progress) {
            (Some(store), Some(progress)) => waiting(config, store, &sources, (target, progress.through)).await?,
            _ => 0,
        };
        records.push(record(target, progress.unwrap_or_default(), waiting, audience));
    }
    Ok(records)
}

async fn waiting(
    config: &Config,
    store: &Store,
    sources: &[(SourceId, &SourceConfig)],
    (target, through): (&Target, i64),
) -> Result<u64, StoreError> {
    match &target.news {
        News::Changes(events) => {
            let configured: HashSet<SourceId> = sources.iter().map(|(id, _)| *id).collect();
            let further = store.changes_after(through, WAITING_MAX).await?;
            let waits = |event: Event| events.contains(&event);
            let waiting = further.changes.iter().filter(|(_, change)| {
                Event::of(change).is_some_and(waits) && change.source.is_none_or(|id| configured.contains(&id))
            });
            Ok(waiting.count() as u64)
        }
        News::Stories(name) => match config.outputs.iter().find(|output| output.name == *name) {
            Some(output) => store.waiting_stories(through, outputs::shown_by(output, sources)).await,
            None => Ok(0),
        },
    }
}

fn record(target: &Target, progress: Progress, waiting: u64, audience: Audience) -> ReceiverRecord {
    // What a program says, and the host of an address, are not for everybody.
    let told = |reason: Option<String>| reason.filter(|_| audience == Audience::Operator);
    ReceiverRecord {
        name: target.name(),
        way: target.way().to_owned(),
        waiting,
        delivered: progress.delivered,
        last_delivered: progress.last_delivered,
        failures: progress.failures,
        failing_since: progress.failing_since,
        next_attempt: progress.next_attempt,
        reason: told(progress.reason),
        dead: progress.dead,
        last_dead: progress.last_dead,
        dead_reason: told(progress.dead_reason),
    }
}
