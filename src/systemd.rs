//! Notifies systemd, feeds its watchdog and takes over its sockets. Without systemd these functions do nothing.

use std::os::fd::{FromRawFd, OwnedFd};
use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;

use crate::clock;
use crate::health::Health;
use crate::store::Store;

/// While a write to the store takes longer than this, the watchdog is not fed.
const STORE_WITHIN: Duration = Duration::from_secs(20);

/// Tells systemd that feeds are served, also at the end of a reload.
pub fn ready() {
    notify(&[NotifyState::Ready]);
}

/// Tells systemd that a reload has begun; [`ready`] ends it.
pub fn reloading() {
    // systemd needs the monotonic time, to tell this reload from the previous reload (sd_notify(3)).
    match NotifyState::monotonic_usec_now() {
        Ok(now) => notify(&[NotifyState::Reloading, now]),
        Err(error) => tracing::debug!(error = %error, "cannot notify systemd of the reload"),
    }
}

pub fn stopping() {
    notify(&[NotifyState::Stopping]);
}

fn notify(state: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(state) {
        tracing::debug!(error = %error, "cannot notify systemd");
    }
}

/// Feeds the watchdog for as long as the event loop turns and the store's writer answers. Returns at once if no
/// watchdog is set.
pub async fn feed_watchdog(health: Arc<Health>, store: Store) {
    let Some(deadline) = sd_notify::watchdog_enabled() else { return };
    let mut beat = tokio::time::interval(deadline / 3);
    loop {
        beat.tick().await;
        if !health.ticking(clock::now()) {
            continue;
        }
        // Any answer of the writer counts, even an error, because a restart would not help against a full disk.
        if tokio::time::timeout(STORE_WITHIN.min(deadline / 3), store.ping()).await.is_ok() {
            notify(&[NotifyState::Watchdog]);
        }
    }
}

/// Takes the sockets that systemd passed (`LISTEN_FDS`). Call it once, before other threads are started.
pub fn sockets() -> Vec<OwnedFd> {
    match sd_notify::listen_fds() {
        // SAFETY: systemd passed these descriptors to this process (LISTEN_PID names it), and no other code owns them,
        // because this function is called once, at the start.
        Ok(fds) => fds.map(|fd| unsafe { OwnedFd::from_raw_fd(fd) }).collect(),
        Err(_) => Vec::new(),
    }
}
