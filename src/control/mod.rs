//! The control socket, by which commands reach a running daemon.
//!
//! A client sends a [`Request`] as one line of JSON. The daemon answers with a line for each [`Record`] and a last line
//! with the [`End`]. The entry points are [`serve`] in the daemon, [`connect`] in a command, and [`answer()`], which
//! works with or without a daemon. The daemon never answers a user other than its own and root.

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

pub use answer::{Answer, ListQuery, ShownRecord, SourceRecord, State, answer, polled, shown_address};
pub use client::{AskError, Connected, Reach, connect};
pub use entries::{Begin, EntriesQuery, EntryRecord, Reached};
pub use prune::{PruneQuery, PrunedRecord, PurgedSource};
pub use search::{FOUND_MAX, FoundRecord, SearchFor, SnippetRecord};
pub use server::serve;
pub use status::{Audience, HubRecord, RefusalRecord, SourceStatus, StatusRecord, WholeStatus, status};
pub use stories::{Change, DecisionRecord, MemberRecord, StoriesQuery, StoryChangeRecord, WhyRecord};

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
    Change(Change),
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

/// The end of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The command's exit status.
    pub exit: u8,
    /// A message for the terminal. Empty if the records suffice.
    pub message: String,
}

impl End {
    pub fn done() -> End {
        End { exit: 0, message: String::new() }
    }

    pub fn failed(exit: u8, message: impl Into<String>) -> End {
        End { exit, message: message.into() }
    }
}

impl From<StoreError> for End {
    fn from(error: StoreError) -> End {
        // Always 1, because only opening for writing can find the database held by another process, and
        // `cli::session::open` gives that its status 4.
        End::failed(1, error.to_string())
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
}
