//! The health of the daemon's parts, which `/readyz` reports and the systemd watchdog depends on.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::config::MistakePlace;
use crate::model::Timestamp;

/// The longest time between two ticks of the scheduler. Twice as long without a tick counts as a failure.
pub const TICK: Duration = Duration::from_secs(15);

/// The state of the parts that must make progress, shared by all tasks.
#[derive(Debug, Default)]
pub struct Health {
    state: Mutex<State>,
    /// Told when the outcome of writes or of reloads changes.
    changed: Notify,
}

/// Why the edited configuration was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// All mistakes, for the operator. They may quote names and addresses that not everybody may read.
    pub message: String,
    /// The place of the first mistake, for everybody; `None` if the configuration is valid but could not be applied.
    pub place: Option<MistakePlace>,
}

#[derive(Debug, Default)]
struct State {
    serving: bool,
    started: Option<Timestamp>,
    last_tick: Option<Timestamp>,
    store_error: Option<String>,
    file_error: Option<String>,
    read_error: Option<String>,
    damage: Option<String>,
    refusal: Option<Refusal>,
    theme_error: Option<String>,
    outgrown: Vec<String>,
}

impl Health {
    /// Records that the first documents are ready to be served. The event loop has as much time for its first round as for any other.
    pub fn serving(&self, now: Timestamp) {
        self.with(|state| (state.serving, state.last_tick) = (true, state.last_tick.or(Some(now))));
    }

    /// Records when the daemon was started.
    pub fn start(&self, now: Timestamp) {
        self.with(|state| state.started = Some(now));
    }

    /// When the daemon was started.
    pub fn started(&self) -> Option<Timestamp> {
        self.with(|state| state.started)
    }

    /// Records that the event loop has completed a round.
    pub fn tick(&self, now: Timestamp) {
        self.with(|state| state.last_tick = Some(now));
    }

    /// Records the outcome of the last write to the store.
    pub fn store(&self, error: Option<String>) {
        if self.with(|state| std::mem::replace(&mut state.store_error, error.clone()) != error) {
            self.changed.notify_one();
        }
    }

    /// Why the store cannot be written, if so.
    pub fn store_error(&self) -> Option<String> {
        self.with(|state| state.store_error.clone())
    }

    /// Waits until the outcome of writes or of reloads changes. A change before the call counts, too. Only one task may wait.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Records whether the database file is still in its place. Returns whether the state has changed.
    pub fn file(&self, error: Option<String>) -> bool {
        self.with(|state| std::mem::replace(&mut state.file_error, error.clone()) != error)
    }

    /// Records why reads of the database fail, or that they succeed. Returns whether the state has changed.
    pub fn reads(&self, error: Option<String>) -> bool {
        self.with(|state| std::mem::replace(&mut state.read_error, error.clone()) != error)
    }

    /// Records what the last integrity check of the database found damaged. Returns whether the state has changed.
    pub fn damage(&self, error: Option<String>) -> bool {
        self.with(|state| std::mem::replace(&mut state.damage, error.clone()) != error)
    }

    /// Whether the last integrity check of the database found damage, or reads of the database fail.
    pub fn is_database_in_doubt(&self) -> bool {
        self.with(|state| state.damage.is_some() || state.read_error.is_some())
    }

    /// Records the outcome of the last reload.
    pub fn reload(&self, refusal: Option<Refusal>) {
        if self.with(|state| std::mem::replace(&mut state.refusal, refusal.clone()) != refusal) {
            self.changed.notify_one();
        }
    }

    /// Why the last reload was refused, if it was refused.
    pub fn refusal(&self) -> Option<Refusal> {
        self.with(|state| state.refusal.clone())
    }

    /// Records why the configured theme is not in use, or that it is in use. Returns whether the state has changed.
    pub fn theme(&self, error: Option<String>) -> bool {
        self.with(|state| std::mem::replace(&mut state.theme_error, error.clone()) != error)
    }

    /// Why the configured theme is not in use, if it is not. The theme does not count for readiness, because feeds are
    /// still served.
    pub fn theme_error(&self) -> Option<String> {
        self.with(|state| state.theme_error.clone())
    }

    /// Records what outgrows its room on the disk, each as a sentence for everybody.
    pub fn outgrown(&self, told: Vec<String>) {
        self.with(|state| state.outgrown = told);
    }

    /// What outgrows its room on the disk. It does not count for readiness, because polls can still be stored.
    pub fn what_is_outgrown(&self) -> Vec<String> {
        self.with(|state| state.outgrown.clone())
    }

    /// Whether the event loop has completed a round within the last two ticks. A clock that was set back does not fail
    /// it.
    pub fn ticking(&self, now: Timestamp) -> bool {
        self.with(|state| state.last_tick.is_some_and(|tick| now.since(tick) <= TICK * 2))
    }

    /// Whether feeds are served and polls can be stored. The error says what is wrong.
    pub fn readiness(&self, now: Timestamp) -> Result<(), String> {
        if !self.with(|state| state.serving) {
            return Err("starting: the feeds are not built yet".to_owned());
        }
        // A file that is not the one that was opened explains all other faults of the database, so it is told first.
        let of_database = |state: &mut State| {
            let unwritten = state.store_error.as_ref().map(|error| format!("the store cannot be written: {error}"));
            state.file_error.clone().or(unwritten).or_else(|| state.damage.clone()).or_else(|| state.read_error.clone())
        };
        if let Some(error) = self.with(of_database) {
            return Err(error);
        }
        if !self.ticking(now) {
            let late = (TICK * 2).as_secs();
            return Err(format!("the scheduler is stuck: its event loop has not come round for {late} s"));
        }
        Ok(())
    }

    fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readiness_fails_for_as_long_as_something_is_wrong_and_says_what() {
        let now = Timestamp::from_unix(1_700_000_000);
        let health = Health::default();
        assert!(health.readiness(now).is_err_and(|why| why.contains("starting")));
        health.serving(now);
        assert_eq!(health.readiness(now), Ok(()), "before the first round of the event loop");
        health.tick(now);
        assert_eq!(health.readiness(now), Ok(()));
        type Set = fn(&Health, Option<String>);
        let faults: [(&str, Set); 4] = [
            ("store", |health, error| health.store(error)),
            ("file", |health, error| assert!(health.file(error), "it is news")),
            ("reads", |health, error| assert!(health.reads(error), "it is news")),
            ("damage", |health, error| assert!(health.damage(error), "it is news")),
        ];
        for (what, set) in faults {
            set(&health, Some(format!("fault of {what}")));
            assert!(health.readiness(now).is_err_and(|why| why.contains(what)), "{what}");
            set(&health, None);
            assert_eq!(health.readiness(now), Ok(()), "{what}");
        }
        health.store(Some("fault of store".to_owned()));
        assert!(health.file(Some("fault of file".to_owned())), "it is news");
        assert!(health.readiness(now).is_err_and(|why| why.contains("file")), "the file explains the others");
        health.store(None);
        assert!(health.file(None), "it is news");
        let later = Timestamp::from_unix(now.unix() + 3 * TICK.as_secs().cast_signed());
        assert!(health.readiness(later).is_err_and(|why| why.contains("stuck")));
    }
}
