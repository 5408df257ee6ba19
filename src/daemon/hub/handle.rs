//! The way from the server to the hub: requests of subscribers, and how many may wait.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::mpsc;

use super::roster::Roster;
use crate::metrics::Subscriptions;
use crate::publish::DocumentName;
use crate::push::hub::Form;
use crate::schedule::host_key;

/// Requests that are being confirmed by their callbacks, in all and on one registrable domain.
const CONFIRMED_AT_ONCE: usize = 256;
const CONFIRMED_OF_SITE: usize = 64;

/// A request that waits to be confirmed by its callback.
#[derive(Debug)]
pub struct HubRequest {
    pub(super) form: Form,
    /// The document of its topic.
    pub(super) name: DocumentName,
    /// The site of its callback. The request counts as one that is being confirmed until it is dropped.
    _place: Arc<str>,
}

/// Too many requests are being confirmed, or the hub does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

/// What the server knows of the hub.
#[derive(Debug)]
pub struct Hub {
    requests: mpsc::Sender<HubRequest>,
    /// The requests, until the hub takes the receiver.
    inbox: Mutex<Option<mpsc::Receiver<HubRequest>>>,
    /// The places of the requests that are being confirmed.
    confirmed: Mutex<Vec<Weak<str>>>,
    tally: Mutex<Subscriptions>,
}

impl Hub {
    /// Takes a request of a subscriber, which is carried out later (WebSub, 5.1.2).
    pub fn ask(&self, form: Form, name: DocumentName) -> Result<(), Busy> {
        if lock(&self.inbox).is_some() {
            return Err(Busy);
        }
        let _place = self.enter(host_key(&form.callback).as_str())?;
        self.requests.try_send(HubRequest { form, name, _place }).map_err(|_| Busy)
    }

    fn enter(&self, site: &str) -> Result<Arc<str>, Busy> {
        let mut confirmed = lock(&self.confirmed);
        confirmed.retain(|place| place.strong_count() > 0);
        let of_site = confirmed.iter().filter_map(Weak::upgrade).filter(|place| **place == *site).count();
        if of_site >= CONFIRMED_OF_SITE || confirmed.len() >= CONFIRMED_AT_ONCE {
            return Err(Busy);
        }
        let place: Arc<str> = site.into();
        confirmed.push(Arc::downgrade(&place));
        Ok(place)
    }

    /// The subscriptions at a glance.
    pub fn tally(&self) -> Subscriptions {
        *lock(&self.tally)
    }

    /// The requests, for the loop that carries them out; `None` if it runs already.
    pub(super) fn inbox(&self) -> Option<mpsc::Receiver<HubRequest>> {
        lock(&self.inbox).take()
    }

    /// Sets the number of subscriptions.
    pub(super) fn has(&self, subscribers: usize) {
        lock(&self.tally).all = subscribers as u64;
    }

    /// Counts the subscriptions by their state.
    pub(super) fn count(&self, roster: &Roster) {
        let (behind, failing) = roster.count();
        let mut tally = lock(&self.tally);
        (tally.behind, tally.failing) = (behind as u64, failing as u64);
    }
}

impl Default for Hub {
    fn default() -> Hub {
        let (requests, inbox) = mpsc::channel(CONFIRMED_AT_ONCE);
        Hub { requests, inbox: Mutex::new(Some(inbox)), confirmed: Mutex::default(), tally: Mutex::default() }
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
