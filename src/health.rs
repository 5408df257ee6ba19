//! Whether the daemon does its work: what `/readyz` answers and what the watchdog is fed by.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::model::Timestamp;

/// The scheduler ticks at least this often; twice as long without a tick is a failure.
pub const TICK: Duration = Duration::from_secs(15);

/// The state of the parts that must make progress; shared by all.
#[derive(Debug, Default)]
pub struct Health {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    serving: bool,
    last_tick: Option<Timestamp>,
    store_error: Option<String>,
    file_error: Option<String>,
    reload_error: Option<String>,
}

impl Health {
    /// The first documents are ready to be served.
    pub fn serving(&self) {
        self.with(|state| state.serving = true);
    }

    /// The scheduler has come round.
    pub fn tick(&self, now: Timestamp) {
        self.with(|state| state.last_tick = Some(now));
    }

    /// How the last write to the store went.
    pub fn store(&self, error: Option<String>) {
        self.with(|state| state.store_error = error);
    }

    /// Whether the database's file is still in its place. Returns whether that is news.
    pub fn file(&self, error: Option<String>) -> bool {
        self.with(|state| std::mem::replace(&mut state.file_error, error.clone()) != error)
    }

    /// How the last reload went.
    pub fn reload(&self, error: Option<String>) {
        self.with(|state| state.reload_error = error);
    }

    /// Why the last reload was refused, if it was.
    pub fn reload_error(&self) -> Option<String> {
        self.with(|state| state.reload_error.clone())
    }

    /// Whether the scheduler has come round within the last two ticks. A clock that was set back says nothing.
    pub fn ticking(&self, now: Timestamp) -> bool {
        self.with(|state| state.last_tick.is_some_and(|tick| now.since(tick) <= TICK * 2))
    }

    /// Whether feeds are served and polls can be stored.
    ///
    /// # Errors
    /// Says what is wrong.
    pub fn readiness(&self, now: Timestamp) -> Result<(), String> {
        if !self.with(|state| state.serving) {
            return Err("starting: the outputs are not built yet".to_owned());
        }
        if let Some(error) = self.with(|state| state.store_error.clone()) {
            return Err(format!("the store cannot be written: {error}"));
        }
        if let Some(error) = self.with(|state| state.file_error.clone()) {
            return Err(error);
        }
        if !self.ticking(now) {
            return Err("the scheduler is stuck".to_owned());
        }
        Ok(())
    }

    fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
