//! What systemd is told and what it hands over. Without systemd all of this does nothing.

use std::os::fd::{FromRawFd, OwnedFd};
use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;

use crate::clock;
use crate::health::Health;
use crate::store::Store;

/// A write to the store that takes longer than this feeds no watchdog.
const STORE_WITHIN: Duration = Duration::from_secs(20);

/// The feed is served; also said after a reload.
pub fn ready() {
    notify(&[NotifyState::Ready]);
}

/// A reload has begun; [`ready`] ends it.
pub fn reloading() {
    // systemd wants to know when, on its own clock, so that it can tell this reload from the last (sd_notify(3)).
    match NotifyState::monotonic_usec_now() {
        Ok(now) => notify(&[NotifyState::Reloading, now]),
        Err(error) => tracing::debug!(error = %error, "systemd was not told of the reload"),
    }
}

pub fn stopping() {
    notify(&[NotifyState::Stopping]);
}

fn notify(state: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(state) {
        tracing::debug!(error = %error, "systemd could not be told");
    }
}

/// Feeds the watchdog for as long as the scheduler comes round and the store can be written; returns at once where no
/// watchdog is set.
pub async fn feed_watchdog(health: Arc<Health>, store: Store) {
    let Some(deadline) = sd_notify::watchdog_enabled() else { return };
    let mut beat = tokio::time::interval(deadline / 3);
    loop {
        beat.tick().await;
        if !health.ticking(clock::now()) {
            continue;
        }
        // Only that the writer answers counts: a full disk is no reason to be killed, it would not help.
        if tokio::time::timeout(STORE_WITHIN.min(deadline / 3), store.ping()).await.is_ok() {
            notify(&[NotifyState::Watchdog]);
        }
    }
}

/// The sockets that systemd opened for us (`LISTEN_FDS`), each handed out once. Call before other threads are started.
pub fn sockets() -> Vec<OwnedFd> {
    match sd_notify::listen_fds() {
        // SAFETY: systemd passed these descriptors to this process (LISTEN_PID names it), and nobody else owns them:
        // this is called once, at the start.
        Ok(fds) => fds.map(|fd| unsafe { OwnedFd::from_raw_fd(fd) }).collect(),
        Err(_) => Vec::new(),
    }
}
