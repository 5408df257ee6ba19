//! Decides when a source is due, which source is polled now, and what counts against a host instead of a source.
//!
//! Entry points: [`Scheduler`] takes events and returns the actions to carry out; [`plan`] decides a source's next
//! poll.
//!
//! Invariants: the same events, times and random numbers always give the same decisions, so that a simulation can play
//! months in seconds and decides as the daemon does.
//!
//! What never enters: the network, the store, the clock and random numbers. Time and chance are parameters.

mod backlog;
mod event;
mod flights;
mod hosts;
mod interval;
mod ledger;
mod pushed;
mod queue;
mod rhythm;
mod scheduler;
mod skip;
mod source;
mod turns;

#[cfg(test)]
mod tests;

pub use event::{Action, Asker, Event, Lifted, Mode, NotPolled, Stored, Wanted};
pub use hosts::{HostKey, host_key};
pub use interval::{Advice, Blame, News, cool_down, delivered, heal, needs_learnt, plan};
pub use ledger::{HostState, Ledger, Report, Ruling, Sort};
pub use pushed::{Pushed, Trust};
pub use queue::{Limits, Queue};
pub use rhythm::Rhythm;
pub use scheduler::{Route, Scheduler, Source};
pub use skip::Skip;
pub use source::{Learnt, SourceSchedule};
