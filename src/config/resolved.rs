//! The configuration after all checks: every default filled in, every name unique, every secret read.
//!
//! The stages never see this whole: each is handed its own small options struct.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

use super::keys::{AccessOptions, LogOptions, OutputConfig, PollOptions, ServeOptions, SourceOptions};
use super::secret::{Secret, scrub};
use crate::stories::StoryOptions;

/// All that `watershed.toml` and the files it includes say, resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The main file.
    pub path: PathBuf,
    /// Every file that was read (the main one first), all to be watched.
    pub files: Vec<PathBuf>,
    /// Patterns of `[[include]]`, which may come to name further files.
    pub include_patterns: Vec<PathBuf>,
    /// Title of the default output.
    pub title: String,
    pub serve: ServeOptions,
    /// `public_url` of `[serve]`, without trailing slash, a path allowed; where it is not written, `http://` and `listen`
    /// (`http://localhost` for a Unix socket).
    pub public_url: Url,
    /// The database file.
    pub store_path: PathBuf,
    pub poll: PollOptions,
    pub log: LogOptions,
    pub stories: StoryOptions,
    /// What sources do that say nothing else.
    pub defaults: SourceDefaults,
    /// In the order written; the included ones after the main file's.
    pub sources: Vec<Arc<SourceConfig>>,
    /// Where each of `sources` is written.
    pub places: Vec<SourcePlace>,
    /// The default output `feed` first, then the others in the order written.
    pub outputs: Vec<OutputConfig>,
    /// Things that are allowed, but that the user should know: keys without effect yet, permissions of secret files.
    pub notices: Vec<String>,
}

/// A `[[source]]` table in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePlace {
    pub file: Arc<Path>,
    /// Its number among the `[[source]]` tables of the file, from 0.
    pub number: usize,
}

/// `[poll]`, as far as each source may say something else.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceDefaults {
    pub schedule: ScheduleOptions,
    pub fetch: FetchOptions,
    pub max_entries: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listen {
    /// `host:port` as written, with what it resolves to where it is a literal address.
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
        // It was checked to be host:port; should it be no address for a URL, it is at least no error.
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
    /// Short name for commands, logs and addresses: unique.
    pub name: String,
    /// Whether the name was written; else it was made from the URL.
    pub named: bool,
    /// http, https or file.
    pub url: Url,
    /// `url` with its secrets taken out, for logs, status, errors and outputs.
    pub public_url: String,
    /// Whether another source's address may be shown alike, as what tells them apart is hidden.
    pub blurred: bool,
    /// What its table says of it.
    pub options: SourceOptions,
    /// Shared with its neighbours that have the same options, as most do.
    pub schedule: Arc<ScheduleOptions>,
    /// Shared alike.
    pub fetch: Arc<FetchOptions>,
    /// Entries taken from one document.
    pub max_entries: usize,
    /// Whether, and how far, its entries join stories.
    pub stories: StoryOptions,
    /// All that must not be shown of it.
    pub secrets: Vec<Secret>,
}

impl SourceConfig {
    /// `text` without any secret of this source, also in the forms that addresses have.
    pub fn scrub(&self, text: &str) -> String {
        let secrets: Vec<&str> = self.secrets.iter().map(Secret::expose).collect();
        scrub(text, &secrets)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    Auto,
    Fixed(Duration),
}

/// When one source is due.
#[derive(Debug, Clone, PartialEq)]
pub struct ScheduleOptions {
    pub every: Every,
    /// Floor between two requests to the source.
    pub min_every: Duration,
    /// Whether the floor was written by the user, who may go below the built-in ones.
    pub min_every_written: bool,
    pub max_every: Duration,
    /// More than 1: polled more often than others at equal activity.
    pub priority: f64,
}

impl ScheduleOptions {
    /// A number that differs when the options do: what was planned under others is planned again.
    pub fn fingerprint(&self) -> i64 {
        let ScheduleOptions { every, min_every, min_every_written, max_every, priority } = self;
        let text = format!("{every:?} {min_every:?} {min_every_written} {max_every:?} {priority}");
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..8]);
        i64::from_le_bytes(bytes)
    }
}

/// How one source is fetched.
#[derive(Debug, Clone, PartialEq)]
pub struct FetchOptions {
    /// One fetch in all.
    pub timeout: Duration,
    /// Bytes after decompression.
    pub max_body: u64,
    pub proxy: Proxy,
    /// Private networks that may be reached for this source.
    pub allow_networks: Vec<IpNet>,
    pub access: AccessOptions,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Proxy {
    /// No proxy; those of the environment are ignored.
    None,
    /// The proxies of the environment.
    Environment,
    Url(Secret),
}

impl Proxy {
    /// Whether it is given names, and no name but its own is looked up here. Of proxies that only the environment names that
    /// is not known.
    pub fn resolves_names(&self) -> bool {
        match self {
            Proxy::None | Proxy::Environment => false,
            Proxy::Url(url) => !url.expose().to_ascii_lowercase().starts_with("socks5:"),
        }
    }
}

/// What a source is asked with for its owner.
#[derive(Debug, Clone, PartialEq)]
pub enum Auth {
    /// RFC 7617.
    Basic { user: String, password: Secret },
    /// RFC 6750: a token.
    Bearer(Secret),
}

impl Auth {
    /// What of it must not be shown.
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
