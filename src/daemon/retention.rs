//! Applies the retention rule beside the polls: deletes entries in short transactions, with pauses that leave the writer to polls
//! for half of the time, and gives the freed space back.
//!
//! Entry points: [`keep_pruned`] beside a running daemon, [`prune_if_due`] after the polls of a command, [`prune`] for the verb.
//! A purge that was interrupted is completed with the next run.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use super::Handles;
use crate::clock;
use crate::config::StoreOptions;
use crate::model::{EntryId, SourceId};
use crate::outputs::Outputs;
use crate::retention::Rule;
use crate::store::{Deleted, Doomed, Store, StoreError};

/// How often the daemon looks whether retention is due.
const LOOK: Duration = Duration::from_secs(300);
/// Time between two runs.
const EVERY: Duration = Duration::from_secs(3_600);
/// Most deleted entries that a run names to the outputs. If there are more, everything is rebuilt, because finding the
/// documents of each entry would cost more.
const NAMED_MAX: usize = 2_000;

/// What a run has deleted.
#[derive(Debug, Default)]
pub struct Pruned {
    /// The number of entries of each source.
    pub counts: BTreeMap<SourceId, u64>,
    /// The sources whose documents may look different, and the entries that were deleted or share a story with a
    /// deleted entry.
    sources: HashSet<SourceId>,
    entries: HashSet<EntryId>,
    /// Whether there are too many of those entries to name them.
    is_all: bool,
}

impl Pruned {
    /// The number of entries in all.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    fn note(&mut self, deleted: &Deleted) {
        if !deleted.entries.is_empty() {
            *self.counts.entry(deleted.rest.source).or_default() += deleted.entries.len() as u64;
        }
        self.sources.extend(&deleted.sources);
        self.entries.extend(deleted.entries.iter().chain(&deleted.others));
        if self.entries.len() > NAMED_MAX {
            self.is_all = true;
            self.entries.clear();
        }
    }

    fn publish(self, outputs: &Outputs) {
        if self.is_all {
            outputs.rebuild_soon();
        } else {
            outputs.pruned(self.sources, self.entries);
        }
    }
}

/// Applies the rule every hour. Never returns.
pub async fn keep_pruned(handles: Handles) {
    loop {
        tokio::time::sleep(LOOK).await;
        let options = handles.config.borrow().store.clone();
        let mut pruned = Pruned::default();
        if let Err(error) = prune_if_due(&handles.store, &options, &mut pruned).await {
            // Polls report a full or faulty disk.
            tracing::debug!(%error, "entries could not be pruned; it is tried again");
        }
        if pruned.total() > 0 {
            tracing::info!(entries = pruned.total(), sources = pruned.counts.len(), "pruned entries");
            pruned.publish(&handles.outputs);
        }
    }
}

/// Applies the rule if an hour has passed since it was last applied. What is deleted is added to `pruned`.
pub async fn prune_if_due(store: &Store, options: &StoreOptions, pruned: &mut Pruned) -> Result<(), StoreError> {
    let purged = store.purged().await?;
    if options.keep.is_none() && purged.is_empty() {
        return Ok(());
    }
    let Some(now) = store.retention_due(EVERY, clock::now()).await? else { return Ok(()) };
    let rule = options.keep.map(|keep| Rule::at(now, keep, options.keep_min));
    prune(store, rule, purged.into_iter().map(|(id, _)| id).collect(), pruned).await
}

/// Deletes the entries that are over by a rule, and those of purged sources, and makes the file smaller. What is deleted is added to
/// `pruned`.
///
/// # Errors
/// Entries that were deleted before the error stay deleted.
pub async fn prune(
    store: &Store,
    rule: Option<Rule>,
    purged: Vec<SourceId>,
    pruned: &mut Pruned,
) -> Result<(), StoreError> {
    for source in purged {
        loop {
            let doomed = store.doomed_of(source).await?;
            let is_more = doomed.is_more;
            delete_all(store, doomed, pruned).await?;
            if !is_more {
                break;
            }
        }
        store.forget_purged(source, clock::now()).await?;
    }
    if let Some(rule) = rule {
        // Another pass is needed for entries that give their stories their ids, as those come last. It ends, because every
        // pass but the last deletes something.
        while pass(store, rule, pruned).await? > 0 {}
    }
    // Also without deletions, because an earlier run may have been interrupted after it deleted.
    let mut began = clock::monotonic();
    while store.shrink_some().await? {
        give_way(&mut began).await;
    }
    Ok(())
}

/// Walks over all sources once. Returns the number of deleted entries.
async fn pass(store: &Store, rule: Rule, pruned: &mut Pruned) -> Result<u64, StoreError> {
    let (mut from, mut all) = (SourceId(0), 0);
    while let Some(doomed) = store.doomed(rule, from).await? {
        let (source, is_more) = (doomed.source, doomed.is_more);
        let deleted = delete_all(store, doomed, pruned).await?;
        all += deleted;
        // Entries that are not over any more, because a poll came in between, are not looked at again.
        from = if is_more && deleted > 0 { source } else { SourceId(source.0.saturating_add(1)) };
    }
    Ok(all)
}

/// Deletes gathered entries. Returns the number of deleted entries.
async fn delete_all(store: &Store, mut doomed: Doomed, pruned: &mut Pruned) -> Result<u64, StoreError> {
    let mut all = 0;
    while !doomed.is_empty() {
        let mut began = clock::monotonic();
        let deleted = store.delete(doomed).await?;
        all += deleted.entries.len() as u64;
        pruned.note(&deleted);
        doomed = deleted.rest;
        give_way(&mut began).await;
    }
    Ok(all)
}

/// Waits for as long as the last step took, and begins the time of the next one.
async fn give_way(began: &mut Instant) {
    tokio::time::sleep(began.elapsed()).await;
    *began = clock::monotonic();
}
