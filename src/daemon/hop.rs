//! Politeness behind redirects: a poll that is led to another site waits for that site's turn, too.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use url::Url;

use super::{Daemon, Event};
use crate::clock;
use crate::fetch::{Gate, Held};
use crate::model::{SourceId, Timestamp};
use crate::schedule::{self, HostKey};

/// A poll that was redirected waits this long for its turn; whose turn is later than that is asked again then.
const PATIENCE: Duration = Duration::from_secs(5);

/// A source's poll was redirected to another site.
#[derive(Debug)]
pub struct Hop {
    pub source: SourceId,
    pub host: HostKey,
    pub reply: oneshot::Sender<Result<(), Held>>,
}

impl Daemon {
    pub(super) fn hop(&mut self, hop: Hop) {
        let turn = self.turn(hop.source, &hop.host, clock::now());
        // The poll may have been given up.
        let _ = hop.reply.send(turn);
    }

    /// Whether a source in flight may ask this site now; if so, it has a place there until it ends. Whoever asks for a
    /// poll passes over a pause of our own making, not over one that was asked for.
    pub(super) fn turn(&mut self, source: SourceId, host: &HostKey, now: Timestamp) -> Result<(), Held> {
        let name = host.as_str().to_owned();
        if let Some((until, why)) = self.site_pause(host, self.is_asked_for(source), now) {
            return Err(Held { host: name, until, why, is_paused: true });
        }
        let gap = self.stages.ledger().state(host).and_then(|state| state.gap);
        self.queue.go_on(source, host, gap, now).map_err(|until| {
            let why = format!("it is redirected to {name}, which is busy with another source until {until}");
            Held { host: name, until, why, is_paused: false }
        })
    }
}

/// The gate of one poll: the daemon's queue decides.
#[derive(Debug)]
pub(super) struct Turnstile {
    pub source: Option<SourceId>,
    pub events: mpsc::Sender<Event>,
}

impl Turnstile {
    async fn ask(&self, source: SourceId, host: &HostKey) -> Result<(), Held> {
        let (reply, answer) = oneshot::channel();
        let _ = self.events.send(Event::Hop(Hop { source, host: host.clone(), reply })).await;
        answer.await.unwrap_or_else(|_| {
            let why = "watershed is stopping".to_owned();
            Err(Held { host: host.as_str().to_owned(), until: clock::now(), why, is_paused: true })
        })
    }
}

impl Gate for Turnstile {
    async fn pass(&self, url: &Url) -> Result<(), Held> {
        let (Some(source), host) = (self.source, schedule::host_key(url)) else { return Ok(()) };
        let mut waited = Duration::ZERO;
        loop {
            let Err(held) = self.ask(source, &host).await else { return Ok(()) };
            let wait = held.until.since(clock::now()).max(Duration::from_secs(1));
            if held.is_paused || waited + wait > PATIENCE {
                return Err(held);
            }
            tokio::time::sleep(wait).await;
            waited += wait;
        }
    }
}
