//! When a source is due, and which one is asked now.
//!
//! Pure: time and chance come in as parameters, decisions go out as [`Plan`](crate::model::Plan)s and names of
//! sources. What never enters: the clock, the network, the store.

mod hosts;
mod interval;
mod queue;

pub use hosts::{HostKey, host_key};
pub use interval::{Answer, History, Standing, cool_down, heal, plan};
pub use queue::{Limits, Queue};
