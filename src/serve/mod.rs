//! HTTP: the addresses of the documents, the answers to requests, and the limits on clients.
//!
//! hyper speaks the protocol. Each accepted connection gets a place (`crowd`) and limits (`connection`). A request is
//! checked for its host (`hosts`), its path is mapped to a document (`route`), a token is required where the document
//! has one (`access`), and the answer is made of the document's snapshot (`reply`, `negotiate`), or is a stream of what
//! is new (`stream`).
//!
//! Entry points: [`bind()`] and [`from_systemd`] open the sockets, [`serve()`] answers requests, and a new state in
//! [`SharedSite`] applies a reload. To follow a request, begin at `reply::answer`.
//!
//! Invariants:
//! - A GET request changes nothing but which documents are kept ready, except that a hub's request at `/push/TOKEN`
//!   confirms, denies or ends a subscription. Only the addresses of WebSub answer POST requests.
//! - X-Forwarded headers are ignored, because any client can send them.
//! - Every connection, head, body and wait has a limit.
//!
//! What never enters: the writing and compressing of documents and events, which come ready-made from [`Outputs`]. Only
//! `/status`, `/status.json`, `/metrics` and what a stream carries between its events are written here, when they are
//! needed.

mod access;
mod bind;
mod body;
mod connection;
mod crowd;
mod hosts;
mod hub;
mod metrics;
mod negotiate;
mod own;
mod push;
mod reply;
mod route;
mod status;
mod stream;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::daemon::{Hub, Subscriber};
use crate::health::Health;
use crate::metrics::Metrics;
use crate::outputs::Outputs;
use crate::publish;
use crate::store::Store;

pub use access::keyed;
pub use bind::{BindError, Listener, bind, from_systemd};
pub use connection::serve;
pub use route::feed_at;
pub use status::Status;

/// Everything that answers depend on. A reload replaces it as a whole.
#[derive(Debug, Clone)]
pub struct SiteState {
    /// The path of `public_url` without a slash at its end: empty, or like `/x`.
    pub public_path: String,
    /// Host names that are answered beside loopback names, literal addresses and the host of `public_url`.
    pub allowed_hosts: Vec<String>,
    /// The address that readers use, without a slash at its end.
    pub public_url: String,
    /// How long caches may keep an answer.
    pub max_age: Duration,
    pub documents: Arc<Outputs>,
    pub health: Arc<Health>,
    pub metrics: Arc<Metrics>,
    /// Whether `/metrics` is answered.
    pub serves_metrics: bool,
    pub store: Store,
    pub status: Arc<Status>,
    /// Which hub feeds name.
    pub names_hub: publish::Hub,
    /// Our own hub.
    pub hub: Arc<Hub>,
    /// Answers the hubs of sources.
    pub subscriber: Arc<Subscriber>,
}

/// The state in force, shared with all connections. A request keeps the state with which it began.
pub type SharedSite = watch::Sender<Arc<SiteState>>;
