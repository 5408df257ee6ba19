//! Watershed reads many feeds and publishes them as one feed.
//!
//! The library holds the whole program; the binary only calls [`cli::main`]. To find a behaviour, begin at [`poll`],
//! which lists the stages from a request to the store, or at [`outputs`], which lists the stages from the store to a
//! reader. `docs/architecture.md` is the map.

pub mod cli;
pub mod clock;
pub mod config;
pub mod control;
pub mod daemon;
pub mod entry;
pub mod fetch;
pub mod former;
pub mod health;
pub mod incidents;
pub mod logging;
pub mod machine;
pub mod merge;
pub mod metrics;
pub mod model;
pub mod moves;
pub mod outputs;
pub mod poll;
pub mod publish;
pub mod push;
pub mod read;
pub mod retention;
pub mod retry;
pub mod schedule;
pub mod search;
pub mod serve;
pub mod socket;
pub mod store;
pub mod stories;
pub mod systemd;
pub mod tell;
mod text;
pub mod theme;
pub mod watch;

/// The address of the project: `homepage` in Cargo.toml, if it is set. Without it, feeds and requests name the program
/// alone, because an address that leads nowhere would be useless.
pub(crate) fn homepage() -> Option<&'static str> {
    Some(env!("CARGO_PKG_HOMEPAGE")).filter(|address| !address.is_empty())
}
