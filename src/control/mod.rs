//! The control socket, by which commands reach a running daemon: a client sends a [`Request`] as one line of JSON, and
//! the daemon answers with a line for each [`Record`] and a last line with the [`End`].
//!
//! Entry points: [`serve`] in the daemon, [`connect`] in a command, and [`answer()`], which works with or without a
//! daemon.
//!
//! Invariants:
//! - The answer to a command is the same with and without a daemon, because [`answer()`] makes both.
//! - The daemon never answers a user other than its own and root.
//!
//! What never enters: the terminal (`cli` prints the records), and the polls that a command asks for (the daemon makes
//! them).

mod answer;
mod client;
mod entries;
mod prune;
mod pushed;
mod receivers;
mod search;
mod server;
mod status;
mod stories;

pub use crate::model::{SourceRecord, State};
pub use crate::publish::pages::StatusRecord;
pub use answer::{Answer, ListQuery, ShownRecord, answer, polled, shown_address};
pub use client::{AskError, Connected, DaemonSocket, connect};
pub use entries::{Begin, EntriesQuery, EntryRecord, Reached};
pub use prune::{PruneQuery, PrunedRecord, PurgedSource};
pub use search::{FOUND_MAX, FoundRecord, SearchFor, SnippetRecord};
pub use server::serve;
pub use status::{Audience, WholeStatus, status};
pub use stories::{DecisionRecord, MemberRecord, StoriesQuery, StoryChangeRecord, StoryEdit, WhyRecord};

use std::num::NonZeroU8;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::daemon::{PolledRecord, Which};
use crate::model::ByHand;
use crate::store::{Place, StoreError, TakenOver};

/// The longest request, in bytes. Names of sources take most of them.
const MAX_REQUEST: usize = 1024 * 1024;
/// The socket's name in its folder.
const SOCKET: &str = "control.sock";
/// The folder of the packaged service's socket; see `systemd/watershed.service`.
const SERVICE_FOLDER: &str = "/run/watershed";
/// The configuration of the packaged service.
pub const SERVICE_CONFIG: &str = "/etc/watershed/watershed.toml";

/// The exit statuses other than 0. README.md lists them, because scripts and units rely on them.
pub const FAILED: NonZeroU8 = NonZeroU8::MIN;
pub const USAGE: NonZeroU8 = NonZeroU8::new(2).expect("2 is not 0");
pub const SOME_FAILED: NonZeroU8 = NonZeroU8::new(3).expect("3 is not 0");
pub const HELD_BY_ANOTHER: NonZeroU8 = NonZeroU8::new(4).expect("4 is not 0");

/// A request of a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The client's configuration file. The daemon refuses the request if it runs with another configuration.
    pub config: PathBuf,
    pub verb: Verb,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    Poll(Which),
    Reload,
    List(ListQuery),
    Show(String),
    Status,
    Entries(EntriesQuery),
    Search(SearchFor),
    Why(String),
    Stories(StoriesQuery),
    Change(StoryEdit),
    /// The decisions of a person.
    Decisions,
    /// Decisions of a person to be taken over.
    TakeOver(Vec<ByHand>),
    Prune(PruneQuery),
}

/// One line of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    Record(Box<Record>),
    End(End),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    Source(SourceRecord),
    Shown(Box<ShownRecord>),
    Status(Box<StatusRecord>),
    Entry(EntryRecord),
    /// An entry that a search has found.
    Found(Box<FoundRecord>),
    /// A remark on the question, for people.
    Note(String),
    /// The last record of an answer that stopped at a limit of the daemon's own: where to go on.
    More(Place),
    /// The last record of an answer in storing order: where to go on.
    Reached(Reached),
    Polled(PolledRecord),
    Why(Box<WhyRecord>),
    StoryChange(Box<StoryChangeRecord>),
    /// A decision of a person.
    Decision(Box<ByHand>),
    /// What became of decisions that were to be taken over.
    TakenOver(TakenOver),
    /// A source of which entries were pruned, or would be.
    Pruned(PrunedRecord),
}

/// The end of an answer as it is sent, and the end of a verb that has done its work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The command's exit status. Beside work that is done it tells the result of the work, such as failed polls.
    pub exit: u8,
    /// A message for the terminal. Empty if the records suffice.
    pub message: String,
}

impl End {
    pub fn done() -> End {
        End { exit: 0, message: String::new() }
    }

    /// The result that the end of a daemon's answer tells: a failure if its exit status is not 0.
    pub fn or_failure(self) -> Result<End, Failure> {
        match NonZeroU8::new(self.exit) {
            Some(exit) => Err(Failure::new(exit, self.message)),
            None => Ok(self),
        }
    }
}

/// Why a verb failed. Its exit status is never 0, so that no failure says success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub exit: NonZeroU8,
    pub message: String,
}

impl Failure {
    pub fn new(exit: NonZeroU8, message: impl Into<String>) -> Failure {
        Failure { exit, message: message.into() }
    }
}

impl From<Failure> for End {
    fn from(Failure { exit, message }: Failure) -> End {
        End { exit: exit.get(), message }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        // Always 1, because only opening for writing can find the database held by another process, and
        // `cli::session::open` gives that its status 4.
        Failure::new(FAILED, error.to_string())
    }
}

/// The path of the daemon's socket: in `$RUNTIME_DIRECTORY` if it is set, or else beside the database.
pub fn socket_path(database: &Path, runtime_directory: Option<&str>) -> PathBuf {
    // systemd may list several folders (systemd.exec(5)). The socket is in the first.
    match runtime_directory.and_then(|folders| folders.split(':').next()).filter(|folder| !folder.is_empty()) {
        Some(folder) => Path::new(folder).join(SOCKET),
        None => database.with_file_name(SOCKET),
    }
}

/// The paths at which a client looks for the daemon's socket, in order.
pub fn socket_candidates(config: &Path, database: &Path, runtime_directory: Option<&str>) -> Vec<PathBuf> {
    let mut candidates = vec![socket_path(database, runtime_directory), socket_path(database, None)];
    // The shell does not have the service's environment, so the socket of the service has a fixed path.
    if config == Path::new(SERVICE_CONFIG) {
        candidates.push(Path::new(SERVICE_FOLDER).join(SOCKET));
    }
    candidates.dedup();
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_is_in_the_runtime_directory_else_beside_the_database() {
        let database = Path::new("/var/lib/w/watershed.db");
        let check = |runtime: Option<&str>, wanted: &str| {
            assert_eq!(socket_path(database, runtime), Path::new(wanted), "{runtime:?}");
        };
        check(None, "/var/lib/w/control.sock");
        check(Some(""), "/var/lib/w/control.sock");
        check(Some("/run/watershed"), "/run/watershed/control.sock");
        check(Some("/run/a:/run/b"), "/run/a/control.sock");
    }

    #[test]
    fn an_end_is_a_failure_unless_its_status_is_0() {
        let check = |exit: u8, wanted: Option<NonZeroU8>| {
            let end = End { exit, message: "told".to_owned() };
            let result = end.clone().or_failure();
            assert_eq!(result.as_ref().err().map(|failure| failure.exit), wanted, "{exit}");
            assert_eq!(result.unwrap_or_else(End::from), end, "{exit}");
        };
        check(0, None);
        check(1, Some(FAILED));
        check(2, Some(USAGE));
        check(3, Some(SOME_FAILED));
        check(4, Some(HELD_BY_ANOTHER));
    }
}
