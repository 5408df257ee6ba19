//! Connects a poll in flight with the scheduler. The poll asks whether it may follow a redirect to another host, and
//! whom its answer counts against.
//!
//! The scheduler alone owns the ledger of hosts, so the ledger needs no lock: a poll sends its question to the event
//! loop and waits for the reply. The poll receives the ruling before it stores anything, so that the host's row is
//! written in the same transaction as the poll that changed it.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use url::Url;

use crate::clock;
use crate::fetch::Gate;
use crate::model::{Cause, Moment, NotYet, SourceId};
use crate::schedule::{self, HostKey, Report, Ruling};

/// How long a redirected poll waits for its turn. If the turn comes later, the poll is put off until then.
const PATIENCE: Duration = Duration::from_secs(5);
/// The shortest wait before a poll asks for its turn again.
const SHORTEST_WAIT: Duration = Duration::from_millis(10);

/// poll → daemon: what a poll in flight asks the scheduler.
#[derive(Debug)]
pub enum Question {
    /// Whether the poll that this source leads may follow a redirect to another host.
    MayGoOn { source: SourceId, to: HostKey, reply: oneshot::Sender<Result<(), NotYet>> },
    /// Whether the answer counts against the source, the host, the network or this machine.
    WhoIsToBlame { report: Report, reply: oneshot::Sender<Ruling> },
}

/// The channel by which a poll asks the scheduler.
#[derive(Debug)]
pub struct Door {
    /// The source that leads the poll.
    pub source: SourceId,
    pub questions: mpsc::Sender<Question>,
}

impl Door {
    /// Asks whom the answer counts against. After the end of the event loop it counts against the source.
    pub(super) async fn rule(&self, report: Report) -> Ruling {
        let (reply, ruling) = oneshot::channel();
        // If the event loop has ended, the question and its reply channel are dropped.
        let _ = self.questions.send(Question::WhoIsToBlame { report, reply }).await;
        ruling.await.unwrap_or_default()
    }

    async fn may_go_on(&self, to: &HostKey) -> Result<(), NotYet> {
        let (reply, answer) = oneshot::channel();
        let _ = self.questions.send(Question::MayGoOn { source: self.source, to: to.clone(), reply }).await;
        let stopping = || NotYet { host: to.as_str().to_owned(), until: clock::now(), cause: Cause::Stopping };
        answer.await.unwrap_or_else(|_| Err(stopping()))
    }
}

impl Gate for Door {
    async fn pass(&self, url: &Url) -> Result<(), NotYet> {
        let host = schedule::host_key(url);
        let mut waited = Duration::ZERO;
        loop {
            let Err(why) = self.may_go_on(&host).await else { return Ok(()) };
            let wait = Moment::from(why.until).since(clock::moment()).max(SHORTEST_WAIT);
            if why.cause != Cause::TurnIsSoon || waited + wait > PATIENCE {
                return Err(why);
            }
            tokio::time::sleep(wait).await;
            waited += wait;
        }
    }
}
