//! The configuration: reads TOML text into values as written and resolves them into a [`Config`], compares two
//! configurations, and edits the file without losing comments. Every key is defined once, in `keys`.
//!
//! Entry points: [`find`], [`load()`], [`diff()`], [`effective()`], [`append_source`] and the other edits,
//! [`template`].
//!
//! Invariants:
//! - All mistakes of a file are collected with their places before the file is refused, so that a configuration is
//!   applied wholly or not at all.
//! - A [`Secret`] is displayed as `***`, and messages quote no secret.
//!
//! What never enters: the network, the store and the clock. This room reads the configuration, the files that it
//! includes, reading lists and their copies, and the files of secrets; environment variables, and the names that the
//! store has kept, come through closures.

mod access;
mod address;
mod client_cert;
mod context;
mod decoded;
mod diff;
mod edit;
mod effective;
mod expand;
mod hidden;
mod icon;
mod include;
mod key;
mod keys;
mod kinds;
mod limits;
mod listed;
mod lists;
mod load;
mod log_filter;
mod look;
mod manual;
mod mask;
mod names;
mod naming;
mod open;
mod parts;
mod personal;
mod pieces;
mod raw;
mod reaching;
mod reader;
mod report;
mod resolve;
mod resolved;
mod rules;
mod save;
mod secret;
mod secret_value;
mod settings;
mod shown;
mod single;
mod span;
mod torn;

pub use context::{Env, NamesKept};
pub use diff::{ConfigDiff, diff};
pub use edit::{
    EditError, NO_SOURCES, NewSource, append_include, append_source, append_sources, disable, remove_source, set_url,
    set_url_begin,
};
pub use effective::effective;
pub use icon::{PictureKind, SourceIcon, read_icon};
pub use include::{includes, listed as included_files};
pub use keys::{
    AccessOptions, FetchOptions, LogOptions, NotifyOptions, OutputConfig, PollOptions, PushOptions, ScheduleOptions,
    ServeOptions, SourceOptions, StoreOptions, StorySettings, TopOptions, meant,
};
pub use limits::{MAX_FILE_BYTES, MAX_LIST_BYTES, MAX_REGEX_BYTES};
pub use listed::{Candidate, listed_address, same_feed};
pub use lists::{ListOrigin, ListState, ReadingList, check_list, folder_of_lists};
pub use load::{NotFound, database, file_says_nothing, find, load, load_keeping, process_env, says_nothing};
pub use manual::{schema, template};
pub use mask::{masked, redact_url, secrets_of_url, without_digests, without_logins};
pub use names::{FILE_NAME_MAX, KeptNames, NO_DOCUMENT, is_name, is_tag, made_name, made_name_of_its_own};
pub use open::{Reading, folder_of, read_up_to, waited_for};
pub use report::{ConfigErrors, Mistake, MistakePlace};
pub use resolved::*;
pub use rules::rule_text;
pub use save::{EditLock, save, save_new};
pub use secret::{Secret, scrub};
pub use settings::{Settings, needs_restart, output_settings, settings, source_settings};
pub use span::{parse_size, parse_span, show_size, show_span};

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::load_with;
