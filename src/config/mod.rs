//! The configuration: reads TOML text into values as written and resolves them into a [`Config`], compares two
//! configurations, and edits the file without losing comments. Every key is defined once, in `keys`.
//!
//! All mistakes of a file are collected with their places before the file is refused, so that a configuration is
//! applied wholly or not at all.
//!
//! Entry points: [`find`], [`load()`], [`diff()`], [`effective()`], [`append_source`] and the other edits, [`template`].
//!
//! What never enters: the network, the store and the clock. This room reads the configuration, the files that it
//! includes and the files of secrets; environment variables come through a closure.

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
mod load;
mod log_filter;
mod look;
mod manual;
mod mask;
mod names;
mod open;
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
mod shown;
mod single;
mod span;
mod torn;

pub use context::Env;
pub use diff::{ConfigDiff, diff};
pub use edit::{
    EditError, NO_SOURCES, NewSource, append_include, append_source, append_sources, disable, remove_source, set_url,
    set_url_begin,
};
pub use effective::effective;
pub use icon::{PictureKind, SourceIcon, read_icon};
pub use include::{includes, listed as included_files};
pub use keys::{
    AccessOptions, LogOptions, OutputConfig, PollOptions, PushOptions, ServeOptions, SourceOptions, StoreOptions,
    nearest,
};
pub use limits::{MAX_FILE_BYTES, MAX_REGEX_BYTES};
pub use load::{
    NotFound, database, file_says_nothing, find, load, load_with, load_with_all, process_env, says_nothing,
};
pub use manual::{reference, schema, template};
pub use mask::{masked, redact_url, secrets_of_url, without_digests, without_logins};
pub use names::{FILE_NAME_MAX, NO_DOCUMENT, is_name, is_tag, made_name, made_name_of_its_own};
pub use open::{Reading, folder_of, read_up_to, waited_for};
pub use report::{ConfigError, ConfigErrors, Mistake, MistakePlace};
pub use resolved::*;
pub use rules::rule_text;
pub use save::{EditLock, save, save_new};
pub use secret::{Secret, scrub};
pub use span::{parse_size, parse_span, show_size, show_span};

#[cfg(test)]
mod tests;
