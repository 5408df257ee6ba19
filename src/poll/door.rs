//! How a poll asks the scheduler while it is under way: whether it may go on behind a redirect, and whom its answer counts
//! against.
//!
//! The scheduler alone owns the ledger of hosts, so the ledger needs no lock: a poll sends its question to the event loop
//! and waits for the answer. The poll has the ruling before it stores anything, so that a host's row is written in the
//! same transaction as the poll that changed it.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use url::Url;

use crate::clock;
use crate::fetch::Gate;
use crate::model::{Moment, NotYet, SourceId};
use crate::schedule::{self, HostKey, Report, Ruling};

/// A redirected poll waits this long for its turn. A poll whose turn is later is put off until then.
const PATIENCE: Duration = Duration::from_secs(5);
/// The shortest wait before the turn is asked for again.
const SHORTEST_WAIT: Duration = Duration::from_millis(10);

/// poll → daemon: what a poll must know before it can go on.
#[derive(Debug)]
pub enum Question {
    /// Whether the request of the poll that this source leads may go on to the host that it was redirected to.
    MayGoOn { source: SourceId, to: HostKey, reply: oneshot::Sender<Result<(), NotYet>> },
    /// Whom the answer counts against.
    WhoIsToBlame { report: Report, reply: oneshot::Sender<Ruling> },
}

/// One poll's line to the scheduler.
#[derive(Debug)]
pub struct Door {
    /// The source that leads the poll.
    pub source: SourceId,
    pub questions: mpsc::Sender<Question>,
}

impl Door {
    /// Whom the answer counts against. After the event loop has ended it counts against the source alone.
    pub(super) async fn rule(&self, report: Report) -> Ruling {
        let (reply, ruling) = oneshot::channel();
        // If the loop has ended, the question is dropped, and the reply with it.
        let _ = self.questions.send(Question::WhoIsToBlame { report, reply }).await;
        ruling.await.unwrap_or_default()
    }

    async fn may_go_on(&self, to: &HostKey) -> Result<(), NotYet> {
        let (reply, answer) = oneshot::channel();
        let _ = self.questions.send(Question::MayGoOn { source: self.source, to: to.clone(), reply }).await;
        let stopping = || NotYet::Stopping { host: to.as_str().to_owned(), at: clock::now() };
        answer.await.unwrap_or_else(|_| Err(stopping()))
    }
}

impl Gate for Door {
    async fn pass(&self, url: &Url) -> Result<(), NotYet> {
        let host = schedule::host_key(url);
        let mut waited = Duration::ZERO;
        loop {
            let Err(why) = self.may_go_on(&host).await else { return Ok(()) };
            let wait = Moment::from(why.until()).since(clock::moment()).max(SHORTEST_WAIT);
            if !matches!(why, NotYet::TurnIsSoon { .. }) || waited + wait > PATIENCE {
                return Err(why);
            }
            tokio::time::sleep(wait).await;
            waited += wait;
        }
    }
}
