//! Parts of the state of the installation, as commands, `/status.json` and the page of the state show them. Scripts
//! rely on their keys: new keys may be added, and existing keys keep their meaning.

use serde::{Deserialize, Serialize};

use super::{Outcome, Timestamp};

/// A source with what its polls have shown: a record of `list --json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRecord {
    pub name: String,
    pub url: String,
    pub effective_url: Option<String>,
    pub state: State,
    pub outcome: Option<Outcome>,
    pub format: Option<String>,
    pub title: String,
    pub entries: u64,
    /// The number of items in the last document that was read.
    pub parsed: Option<u64>,
    pub problems: Vec<String>,
    pub last_poll: Option<Timestamp>,
    pub next_poll: Option<Timestamp>,
    pub next_poll_reason: Option<String>,
    pub failures: u32,
    /// When the first of the failed polls in a row ended.
    #[serde(default)]
    pub failing_since: Option<Timestamp>,
    /// When its newest entry was published, or last revised. An undated entry counts as published when it was first
    /// seen.
    #[serde(default)]
    pub newest: Option<Timestamp>,
    #[serde(default)]
    pub tags: Vec<String>,
    /// The reading list that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
}

/// The state of a source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Ok,
    Failing,
    Gone,
    Disabled,
    #[default]
    New,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Failing => "failing",
            State::Gone => "gone",
            State::Disabled => "disabled",
            State::New => "new",
        }
    }
}

/// A source as `list --json` prints it, and what a person looks for besides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceStatus {
    #[serde(flatten)]
    pub source: SourceRecord,
    /// When its entries come, in words.
    pub rhythm: Option<String>,
    /// The usual week: a text of 24 digits for each day from Monday on, one for each hour (UTC), 9 for the busiest.
    pub week: Option<Vec<String>>,
    /// What to do about its trouble; commands stand between backticks.
    pub remedy: Option<String>,
}

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
    /// Counts a source of this state.
    pub fn count(&mut self, state: State) {
        self.all += 1;
        let of_state = match state {
            State::Ok => &mut self.ok,
            State::Failing => &mut self.failing,
            State::Gone => &mut self.gone,
            State::Disabled => &mut self.disabled,
            State::New => &mut self.new,
        };
        *of_state += 1;
    }

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

/// The subscriptions to documents at our own hub.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HubRecord {
    pub subscriptions: u64,
    /// Subscriptions whose last delivery failed.
    pub failing: u64,
}

/// Why the edited configuration was refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalRecord {
    /// The file with the first mistake, below the folder of the configuration, and the mistake's line and column.
    pub file: Option<String>,
    pub line: Option<usize>,
    pub column: Option<usize>,
    /// All mistakes; only for the operator.
    pub message: Option<String>,
}
