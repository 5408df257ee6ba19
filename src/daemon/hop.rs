//! Politeness behind redirects: a poll that is led to another site waits for that site's turn, too.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use url::Url;

use super::asked::LONG_GAP;
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
        let now = clock::now();
        let gap = self.stages.ledger().state(&hop.host).and_then(|state| state.gap);
        let turn = self.leave_alone(hop.source, &hop.host, now).and_then(|()| {
            let gone = self.queue.go_on(hop.source, &hop.host, gap, now);
            gone.map_err(|until| busy(&hop.host, until, now))
        });
        // The poll may have been given up.
        let _ = hop.reply.send(turn);
    }

    /// Whether a source that is known to be redirected to this site may be asked now.
    pub(super) fn may_go_on(&mut self, source: SourceId, host: &HostKey, now: Timestamp) -> Result<(), Held> {
        self.leave_alone(source, host, now)?;
        self.queue.turn(source, host, now).map_err(|until| busy(host, until, now))
    }

    /// Whoever asks for a poll passes over a pause of our own making, not over one that was asked for.
    fn leave_alone(&self, source: SourceId, host: &HostKey, now: Timestamp) -> Result<(), Held> {
        let Some((until, why)) = self.site_pause(host, self.is_asked_for(source), now) else { return Ok(()) };
        Err(Held { host: host.as_str().to_owned(), until, why, is_long: true })
    }

    /// A poll was redirected to a site whose turn is later. Once that costs one request more; a source whose redirects
    /// lead now here, now there, then keeps to its floor.
    pub(super) fn put_off(&mut self, source: SourceId, held: &Held, now: Timestamp) {
        let Some(known) = self.sources.get_mut(&source) else { return };
        known.holds += 1;
        let least = if known.holds > 1 { now.plus(known.config.schedule.min_every) } else { now };
        known.schedule.next_poll = held.until.max(least);
        known.schedule.last_attempt = known.schedule.last_poll;
        known.leads_to = Some(HostKey::from_text(&held.host)).filter(|host| *host != known.host);
        tracing::info!(source = known.config.name, until = %known.schedule.next_poll, because = held.why, "put off");
    }
}

fn busy(host: &HostKey, until: Timestamp, now: Timestamp) -> Held {
    let name = host.as_str();
    let why = format!("not polled: it is redirected to {name}, where it is its turn at {until}");
    Held { host: name.to_owned(), until, why, is_long: until.since(now) >= LONG_GAP }
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
            Err(Held { host: host.as_str().to_owned(), until: clock::now(), why, is_long: true })
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
            if held.is_long || waited + wait > PATIENCE {
                return Err(held);
            }
            tokio::time::sleep(wait).await;
            waited += wait;
        }
    }
}
