//! HTTP: the addresses at which the documents are found, and limits on those who ask.
//!
//! hyper speaks the protocol. Documents come ready-made from [`Outputs`]; nothing is written or compressed here, and
//! nothing is changed by a request. X-Forwarded headers are not believed.

mod access;
mod bind;
mod connection;
mod crowd;
mod hosts;
mod negotiate;
mod own;
mod reply;
mod route;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::health::Health;
use crate::outputs::Outputs;

pub use bind::{BindError, Listener, bind, from_systemd};
pub use connection::serve;

/// What requests are answered with; a reload puts another in its place.
#[derive(Debug, Clone)]
pub struct SiteState {
    /// Path of `public_url`, without a slash at the end: empty or `/x`.
    pub public_path: String,
    /// Host names answered beside loopback, literal addresses, and `public_url`'s.
    pub allowed_hosts: Vec<String>,
    /// Without a slash at the end.
    pub public_url: String,
    /// For which caches may keep an answer.
    pub max_age: Duration,
    pub documents: Arc<Outputs>,
    pub health: Arc<Health>,
}

/// The state in force, shared with all connections.
#[derive(Debug, Clone)]
pub struct SharedSite(Arc<RwLock<Arc<SiteState>>>);

impl SharedSite {
    pub fn new(state: SiteState) -> SharedSite {
        SharedSite(Arc::new(RwLock::new(Arc::new(state))))
    }

    /// The state in force. A request keeps the one that it began with.
    pub fn get(&self) -> Arc<SiteState> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Answers all further requests with another state.
    pub fn set(&self, state: SiteState) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
    }
}
