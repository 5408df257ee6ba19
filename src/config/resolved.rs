//! The configuration after all checks: every default filled in, every name unique, every secret read.
//!
//! The stages never see this whole: each is handed its own small options struct.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

use super::secret::{Secret, scrub};
use crate::model::{FilterRule, Identity, Rewrite};
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

#[derive(Debug, Clone, PartialEq)]
pub struct ServeOptions {
    pub listen: Listen,
    /// Without trailing slash, a path allowed; `http://` + listen where none is configured (`http://localhost` for a Unix socket).
    pub public_url: Url,
    /// Whether it was written; else it is made from `listen`.
    pub public_url_written: bool,
    /// Host names answered beside loopback, the listen address and `public_url`, in lower case.
    pub hosts: Vec<String>,
    /// Cache-Control max-age of outputs.
    pub max_age: Duration,
    /// The folder in which the whole site is also kept as files.
    pub files: Option<PathBuf>,
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

/// `[poll]`, as far as it concerns all sources together.
#[derive(Debug, Clone, PartialEq)]
pub struct PollOptions {
    /// Fetches in flight.
    pub concurrency: usize,
    /// Fetches in flight to one registrable domain.
    pub per_host: usize,
    /// Pause between two requests to one registrable domain.
    pub host_gap: Duration,
    /// URL or mailto: for the User-Agent.
    pub contact: Option<String>,
}

impl Listen {
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogOptions {
    /// A level or a filter of tracing's directive form.
    pub level: String,
    pub format: LogFormat,
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
    /// What the source says of its address: secret as a whole, or not at all. None: the look of its parts decides.
    pub secret: Option<bool>,
    /// Whether another source's address may be shown alike, as what tells them apart is hidden.
    pub blurred: bool,
    pub title: Option<String>,
    pub tags: Vec<String>,
    pub enabled: bool,
    pub private: bool,
    /// Shared with its neighbours that have the same options, as most do.
    pub schedule: Arc<ScheduleOptions>,
    /// Shared alike.
    pub fetch: Arc<FetchOptions>,
    /// Entries taken from one document.
    pub max_entries: usize,
    /// How its entries are told apart.
    pub identity: Identity,
    /// Whether, and how far, its entries join stories.
    pub stories: StoryOptions,
    /// Which of its entries are published.
    pub filter: Vec<FilterRule>,
    pub rewrite: Vec<Rewrite>,
    /// Entries of the first poll that are older stay out of live documents.
    pub backfill: Option<Duration>,
    /// Entries are taken out that the source says it has deleted, or that it retracts soon after it published them.
    pub follow_deletions: bool,
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
    pub auth: Option<Auth>,
    /// Name and value; both checked to be legal in HTTP.
    pub headers: Vec<(String, Secret)>,
    pub verify_tls: bool,
    /// Certificates trusted for this source beside those of this machine (DER): of authorities that issue its server's
    /// certificate, or that certificate itself.
    pub ca: Vec<Vec<u8>>,
    /// A certificate, the rest of its chain, and its key (PEM), by which the server of the configured address knows us
    /// (RFC 8446, 4.4.2).
    pub client_cert: Option<Secret>,
    /// Whether cookies are kept and sent (RFC 6265).
    pub cookies: bool,
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

/// A merged feed that we publish.
#[derive(Debug, Clone, PartialEq)]
pub struct OutputConfig {
    pub name: String,
    pub title: String,
    /// Any of these; with `sources` the two unite; neither means all.
    pub tags: Vec<String>,
    /// Names of sources.
    pub sources: Vec<String>,
    /// Entries in the live document.
    pub entries: usize,
    /// Bytes of the live document.
    pub max_size: u64,
    /// Entries of one source in the live document; 0: no limit.
    pub per_source: usize,
    pub content: ContentMode,
    /// Before each title; `{source}` stands for the source's title.
    pub title_prefix: String,
    pub token: Option<Secret>,
    /// Applied when publishing, after those of the sources.
    pub filter: Vec<FilterRule>,
}
