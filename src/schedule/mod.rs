//! When a source is due, which one is asked now, and what is held against whom.
//!
//! Pure: the time and the throw of the dice come in as parameters, so that months can be played in seconds. [`Scheduler`]
//! holds the parts together: it hears events and says what is to be done. What never enters: the network, the store, the
//! clock.

mod backlog;
mod event;
mod flights;
mod hosts;
mod interval;
mod ledger;
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
pub use interval::{Answer, Blame, News, heal, plan};
pub use ledger::{HostState, Ledger, Report, Ruling, Sort};
pub use queue::{Limits, Queue};
pub use rhythm::Rhythm;
pub use scheduler::{Route, Scheduler, Source};
pub use skip::Skip;
pub use source::{Learnt, SourceSchedule};
