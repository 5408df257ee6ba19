//! Parts of the state of the installation, as commands, `/status.json` and the page of the state show them. Scripts
//! rely on their keys: new keys may be added, and existing keys keep their meaning.

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// The number of sources in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCounts {
    pub all: usize,
    pub ok: usize,
    pub failing: usize,
    pub gone: usize,
    pub disabled: usize,
    pub new: usize,
    /// Sources that are private. In the state that everybody may read, they are neither listed nor in any other number.
    pub private: usize,
    /// Sources that have been due for a minute or longer.
    pub late: usize,
}

impl SourceCounts {
    /// The numbers of sources by the names of their states.
    pub fn by_state(&self) -> [(&'static str, usize); 5] {
        let SourceCounts { ok, failing, gone, new, disabled, .. } = *self;
        [("ok", ok), ("failing", failing), ("gone", gone), ("new", new), ("disabled", disabled)]
    }
}

/// The database, and what is in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreSize {
    /// Bytes of the database, of its write-ahead log, and of the room that the disk has for the program.
    pub bytes: u64,
    pub log_bytes: u64,
    pub free_bytes: Option<u64>,
    pub entries: u64,
    /// Within the last 24 hours: stories that copies from other sources have joined, and those copies.
    pub merged_stories: u64,
    pub merged_copies: u64,
}

/// A site that is not requested for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub host: String,
    pub until: Timestamp,
    pub reason: String,
}
