//! The configuration after all checks: every default filled in, every name unique, every secret read.
//!
//! No stage gets the whole configuration; each gets a small struct with its own options.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::keys::{
    FetchOptions, LogOptions, NotifyOptions, OutputConfig, PollOptions, PushOptions, ScheduleOptions, ServeOptions,
    SourceOptions, StoreOptions, StorySettings, TopOptions,
};
use super::lists::ReadingList;
use super::secret::{Secret, scrub};
use crate::stories::StoryOptions;
use crate::text::digest::first_bytes;

/// The resolved content of `watershed.toml` and the files that it includes.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The main file.
    pub path: PathBuf,
    /// Every file that was read, the main file first. All of them are watched.
    pub files: Vec<PathBuf>,
    /// The patterns of `[[include]]`, which may match further files later.
    pub include_patterns: Vec<PathBuf>,
    /// The reading lists, in the order written.
    pub lists: Vec<ReadingList>,
    /// The keys above all tables. `title` is that of the default output, also if its own table sets it.
    pub top: TopOptions,
    pub serve: ServeOptions,
    /// `public_url` of `[serve]` without a trailing slash; if it is not written, `http://` and `listen` (`http://localhost`
    /// for a Unix socket).
    pub public_url: Url,
    /// The database file.
    pub store_path: PathBuf,
    /// What is kept in it.
    pub store: StoreOptions,
    pub poll: PollOptions,
    pub push: PushOptions,
    /// The receivers of changes of state, in the order written.
    pub notify: Vec<NotifyOptions>,
    pub log: LogOptions,
    pub stories: StorySettings,
    /// The options of sources that do not set their own.
    pub defaults: SourceDefaults,
    /// The sources in the order written: those of the main file, then those of the included files and of the reading lists.
    pub sources: Vec<Arc<SourceConfig>>,
    /// The place of each of `sources`; shared by copies of the configuration, because there may be a hundred thousand.
    pub places: Arc<Vec<SourcePlace>>,
    /// The default output `feed` first, then the others in the order written.
    pub outputs: Vec<OutputConfig>,
    /// Notices on what is allowed but probably not intended: keys without effect, permissions of secret files.
    pub notices: Vec<String>,
    /// Files that contain secrets and that other users of this machine may read or write to. Each has a notice as well.
    pub open_files: Vec<PathBuf>,
}

impl StorySettings {
    /// The options of a source whose entries may join stories.
    pub fn options(&self) -> StoryOptions {
        StoryOptions { reach: self.reach, window: self.window }
    }
}

/// A `[[source]]` table in a file, or a source in the file of a reading list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePlace {
    pub file: Arc<Path>,
    /// Its number among the sources of the file, from 0.
    pub number: usize,
}

/// The part of `[poll]` that a source may override.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceDefaults {
    pub schedule: ScheduleOptions,
    pub fetch: FetchOptions,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listen {
    /// `host:port` as written, with the parsed address if the host is an IP address.
    Tcp {
        written: String,
        literal: Option<SocketAddr>,
    },
    Unix(PathBuf),
}

impl Listen {
    /// `host:port`.
    pub fn tcp(written: &str) -> Listen {
        Listen::Tcp { written: written.to_owned(), literal: written.parse().ok() }
    }

    /// The address that readers use if nothing else is configured.
    pub fn url(&self) -> Url {
        let address = match self {
            Listen::Tcp { written, .. } => format!("http://{written}/"),
            Listen::Unix(_) => "http://localhost/".to_owned(),
        };
        // `written` has been checked to be host:port. If a URL cannot express it all the same, localhost is shown instead.
        Url::parse(&address).unwrap_or_else(|_| Url::parse("http://localhost/").expect("a constant address"))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Auto,
    Text,
    Json,
    Journald,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SourceConfig {
    /// The unique short name for commands, logs and addresses.
    pub name: String,
    /// Whether the name was written; otherwise it was made from the URL.
    pub named: bool,
    /// The name in messages of the reading list that it comes from; `None` if a `[[source]]` names it.
    pub list: Option<Arc<str>>,
    /// http, https or file.
    pub url: Url,
    /// Whether another source's address may look the same when shown, because the difference is hidden.
    pub blurred: bool,
    /// The keys of its own table. Shared with the sources before and after it that have the same keys.
    pub options: Arc<SourceOptions>,
    /// Shared in the same way.
    pub schedule: Arc<ScheduleOptions>,
    /// Shared in the same way.
    pub fetch: Arc<FetchOptions>,
    /// Whether its entries may join stories, and how copies are recognised.
    pub stories: StoryOptions,
    /// `None` if there is nothing to hide, as with most sources.
    pub(super) hidden: Option<Box<Hidden>>,
}

/// The parts of a source that must not be shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hidden {
    /// The address without its secrets, if that is another text.
    pub(super) masked_url: Option<Box<str>>,
    /// All texts of the source that must not be shown.
    pub(super) secrets: Vec<Secret>,
}

impl SourceConfig {
    /// Whether all options of the two sources are the same objects. If not, they may be equal all the same.
    pub(super) fn shares_options_of(&self, other: &SourceConfig) -> bool {
        Arc::ptr_eq(&self.options, &other.options) && self.shares_polling_of(other)
    }

    /// Whether the two sources share the same objects for schedule and fetch.
    pub(super) fn shares_polling_of(&self, other: &SourceConfig) -> bool {
        Arc::ptr_eq(&self.schedule, &other.schedule) && Arc::ptr_eq(&self.fetch, &other.fetch)
    }

    /// `text` without any secret of this source, also in the forms that addresses have.
    pub fn scrub(&self, text: &str) -> String {
        let secrets: Vec<&str> = self.secrets().iter().map(Secret::expose).collect();
        scrub(text, &secrets)
    }

    /// All texts of this source that must not be shown.
    pub fn secrets(&self) -> &[Secret] {
        self.hidden.as_deref().map_or(&[], |hidden| &hidden.secrets)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    Auto,
    Fixed(Duration),
}

impl ScheduleOptions {
    /// A number that changes with the options, so that a poll that was planned under other options is planned again. The
    /// store keeps it, so the same options must give the same number in every version.
    pub fn fingerprint(&self) -> i64 {
        let ScheduleOptions { every, min_every, min_every_written, max_every, priority } = self;
        let every = match every {
            Every::Auto => u128::MAX,
            Every::Fixed(span) => span.as_nanos(),
        };
        let written = u128::from(*min_every_written);
        let parts = [every, min_every.as_nanos(), written, max_every.as_nanos(), priority.to_bits().into()];
        // Numbers rather than texts, because a start computes this for each source.
        i64::from_le_bytes(first_bytes(&blake3::hash(parts.map(u128::to_le_bytes).as_flattened())))
    }
}

impl FetchOptions {
    /// Whether the requests are the same as under the other options, whatever is taken from the answers.
    pub fn requests_are_as_in(&self, other: &FetchOptions) -> bool {
        // Named one by one, so that the program does not compile before this is decided for a new key.
        let FetchOptions { access, timeout, max_body, max_entries: _, proxy, allow_networks } = self;
        (access, timeout, max_body) == (&other.access, &other.timeout, &other.max_body)
            && (proxy, allow_networks) == (&other.proxy, &other.allow_networks)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proxy {
    /// No proxy; the proxies of the environment are ignored.
    None,
    /// The proxies of the environment.
    Environment,
    Url(Secret),
}

impl Proxy {
    /// Whether this process speaks TLS with the proxy itself. For proxies that only the environment names, this is unknown and
    /// `false`.
    pub fn is_https(&self) -> bool {
        matches!(self, Proxy::Url(url) if url.expose().to_ascii_lowercase().starts_with("https:"))
    }

    /// Whether the proxy resolves host names, so that this process looks up no name but the proxy's own. For proxies that only
    /// the environment names, this is unknown and `false`.
    pub fn resolves_names(&self) -> bool {
        matches!(self, Proxy::Url(url) if !url.expose().to_ascii_lowercase().starts_with("socks5:"))
    }
}

/// The login that is sent to a source's server.
#[derive(Debug, Clone, PartialEq)]
pub enum Auth {
    /// RFC 7617.
    Basic { user: String, password: Secret },
    /// RFC 6750: a token.
    Bearer(Secret),
}

impl Auth {
    /// The part of the login that must not be shown.
    pub fn secret(&self) -> &Secret {
        match self {
            Auth::Basic { password, .. } => password,
            Auth::Bearer(token) => token,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentMode {
    Full,
    Summary,
    None,
}
