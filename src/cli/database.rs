//! Watches the database while the daemon runs: whether its file is in its place, whether its pages are sound, and
//! whether it can be read. A fault is logged once, and `/readyz` fails until the fault is gone. If the database or its
//! log outgrows its room, the log and `/readyz` say so as well, but nothing fails.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::clock;
use crate::health::Health;
use crate::incidents::{Outgrown, Space};
use crate::machine;
use crate::store::{Checked, Store, StoreError, beside};

/// Pause between two checks of whether the file is still in its place.
const FILE_LOOK: Duration = Duration::from_secs(15);
/// Pause between two checks of whether the file is still in its place, while the database is in doubt, because a file that is being
/// overwritten cannot be told from a damaged file until the copy is complete.
const DOUBTFUL_LOOK: Duration = Duration::from_secs(1);
/// Longest check of all pages. The check is bounded because it reads the whole file and keeps the write-ahead log from being
/// emptied meanwhile.
const CHECK_WITHIN: Duration = Duration::from_secs(10);
/// Pause between two checks of all pages. The first check comes with the start; further checks follow only while a fault is known.
const CHECK_PAUSE: Duration = Duration::from_secs(30);

/// Watches until the task is aborted or the database is closed.
pub(super) async fn watch_database(store: Store, health: Arc<Health>) {
    let mut failing = store.failing_reads();
    let mut checked_at = None;
    let mut outgrown = Outgrown::default();
    loop {
        outgrown = look_at_space(&store, &health, outgrown).await;
        let Some(is_in_place) = look_at_file(&store, &health).await else { return };
        note_reads(failing.borrow_and_update().clone(), &health);
        let has_paused = |at| clock::monotonic().saturating_duration_since(at) >= CHECK_PAUSE;
        let is_due = checked_at.is_none_or(|at| health.is_database_in_doubt() && has_paused(at));
        if is_due && is_in_place {
            check(&store, &health).await;
            checked_at = Some(clock::monotonic());
            note_reads(failing.borrow_and_update().clone(), &health);
        }
        let pause = if is_in_place && health.is_database_in_doubt() { DOUBTFUL_LOOK } else { FILE_LOOK };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            changed = failing.changed() => if changed.is_err() {
                return;
            },
        }
    }
}

/// Compares the sizes of the database and of its log with the room that there is. Returns the result for the next look.
async fn look_at_space(store: &Store, health: &Health, before: Outgrown) -> Outgrown {
    let path = store.path().to_owned();
    let looked = tokio::task::spawn_blocking(move || {
        let size = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
        let free = machine::room(&path).map(|(free, _)| free);
        Space { database: size(&path), log: size(&beside(&path, "-wal")), free }
    });
    let Ok(space) = looked.await else { return before };
    let now = Outgrown::of(&space, before);
    let told = now.tell(&space);
    if now != before {
        for why in &told {
            tracing::warn!(%why, "the database outgrows its room");
        }
        if told.is_empty() {
            tracing::info!("the database and its log have enough room again");
        }
    }
    health.outgrown(told);
    now
}

/// Checks all pages.
async fn check(store: &Store, health: &Health) {
    match store.check(CHECK_WITHIN).await {
        Ok(Checked::Damaged(what)) => {
            let error = store.damaged(what).to_string();
            if health.damage(Some(error.clone())) {
                tracing::error!(%error, "the database is damaged; what can be read is served");
            }
        }
        Ok(Checked::Sound) => {
            if health.damage(None) {
                tracing::info!("the database is sound again");
            }
        }
        // An unfinished check proves nothing, so damage that was found before still counts.
        Ok(Checked::Unfinished) => {
            tracing::debug!("the database is too large to be checked in {} s", CHECK_WITHIN.as_secs());
        }
        Err(StoreError::Closed) => {}
        Err(error) => tracing::warn!(%error, "the database could not be checked"),
    }
}

fn note_reads(why: Option<String>, health: &Health) {
    if !health.reads(why.clone()) {
        return;
    }
    match why {
        Some(error) => tracing::error!(%error, "reading the database fails"),
        None => tracing::info!("reading the database succeeds again"),
    }
}

/// Notices that the database was deleted, replaced or overwritten while it is open, because what SQLite then writes is
/// lost when the process ends, or damages the other file. Returns whether the file is in its place; `None` when the
/// runtime ends.
async fn look_at_file(store: &Store, health: &Health) -> Option<bool> {
    let looked = store.clone();
    let found = tokio::task::spawn_blocking(move || looked.check_file()).await.ok()?;
    let is_in_place = found.is_ok();
    let is_news = health.file(found.as_ref().err().map(ToString::to_string));
    match found {
        Err(error) if is_news => {
            tracing::error!(%error, "the database file in its place is not the one that was opened")
        }
        Ok(()) if is_news => tracing::info!("the database is in its place again"),
        _ => {}
    }
    Some(is_in_place)
}
