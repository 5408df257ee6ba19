//! The control socket: how commands reach a running daemon.
//!
//! A client sends one JSON line, the [`Request`]; the daemon answers with a line for each [`Record`] and a last line
//! with the [`End`]. Only the user who runs the daemon, and root, may speak to it.

mod answer;
mod client;
mod server;
mod stories;

pub use answer::{
    Answer, EntriesQuery, EntryRecord, ListQuery, ShownRecord, SourceRecord, answer, polled, shown_address,
};
pub use client::{AskError, Connected, connect};
pub use server::serve;
pub use stories::{Change, DecisionRecord, MemberRecord, StoriesQuery, StoryChangeRecord, WhyRecord};

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::daemon::{PolledRecord, Which};

/// Longest request, in bytes: names of sources, mostly.
const MAX_REQUEST: usize = 1024 * 1024;
/// The socket's name in its folder.
const SOCKET: &str = "control.sock";
/// Where the service of a packaged installation has its socket; see `systemd/watershed.service`.
const SERVICE_FOLDER: &str = "/run/watershed";
const SERVICE_CONFIG: &str = "/etc/watershed/watershed.toml";

/// What a client wants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The configuration that the client means, to be compared with the daemon's.
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
    Entries(EntriesQuery),
    Why(String),
    Stories(StoriesQuery),
    Change(Change),
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
    Entry(EntryRecord),
    Polled(PolledRecord),
    Why(Box<WhyRecord>),
    StoryChange(Box<StoryChangeRecord>),
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The command's exit status.
    pub exit: u8,
    /// For the person at the terminal; empty when the records say it all.
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

/// Where the daemon of a database listens: in `$RUNTIME_DIRECTORY`, else beside the database.
pub fn socket_path(database: &Path, runtime_directory: Option<&str>) -> PathBuf {
    // systemd may name several folders (systemd.exec(5)); the first is ours.
    match runtime_directory.and_then(|folders| folders.split(':').next()).filter(|folder| !folder.is_empty()) {
        Some(folder) => Path::new(folder).join(SOCKET),
        None => database.with_file_name(SOCKET),
    }
}

/// Where a client looks for the daemon, in this order.
pub fn socket_candidates(config: &Path, database: &Path, runtime_directory: Option<&str>) -> Vec<PathBuf> {
    let mut candidates = vec![socket_path(database, runtime_directory), socket_path(database, None)];
    // The service's environment is not the shell's: its socket has a fixed place.
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
