//! The receivers of news in the status: how far they have been told, and why they are not told.

use std::collections::{HashMap, HashSet};

use super::Audience;
use super::answer::known;
use crate::config::{Config, SourceConfig};
use crate::model::SourceId;
use crate::outputs;
use crate::store::{SourceState, Store, StoreError};
use crate::tell::{self, News, Progress, ReceiverState, Target};

/// Changes of state that are counted as waiting, at most.
const WAITING_MAX: usize = 1_000;

/// The receivers of a configuration, in its order. Where everybody reads the record, outputs with a token are left out, because
/// nothing names them there.
pub(super) async fn receivers(
    config: &Config,
    store: Option<&Store>,
    states: &HashMap<String, SourceState>,
    audience: Audience,
) -> Result<Vec<ReceiverState>, StoreError> {
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
    let sources = known(config, states);
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
        News::Changes(on) => {
            let configured: HashSet<SourceId> = sources.iter().map(|(id, _)| *id).collect();
            let further = store.changes_after(through, WAITING_MAX).await?;
            let waiting = further.changes.iter().filter(|(_, change)| {
                tell::event(change, on).is_some() && change.source.is_none_or(|id| configured.contains(&id))
            });
            Ok(waiting.count() as u64)
        }
        News::Stories(name) => match config.outputs.iter().find(|output| output.name == *name) {
            Some(output) => store.waiting_stories(through, outputs::shown_by(output, sources)).await,
            None => Ok(0),
        },
    }
}

fn record(target: &Target, mut progress: Progress, waiting: u64, audience: Audience) -> ReceiverState {
    if audience == Audience::Everybody {
        // What a program says, and the host of an address, are only for the operator.
        (progress.reason, progress.dead_reason) = (None, None);
    }
    ReceiverState { name: target.name(), way: target.way().to_owned(), waiting, progress }
}
