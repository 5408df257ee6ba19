//! Every key of the configuration, written down once: its name, its sentence, its type, its default, its kind with its bounds.
//!
//! A new key is one entry here. It is read, refused outside of its bounds, suggested, filled in, and printed by `config` and in
//! the manual from then on; `config/watershed.toml` and `docs/configuration.md` are printed from these tables as well. What is
//! left is to use its field where it is needed, and to check it against other keys in `resolve`, if it must be.

use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

use super::access::{Authorities, Headers, Login};
use super::address::{Contact, Endpoint, Hosts, Hub, PublicUrl};
use super::client_cert::{ClientCert, ClientKey};
use super::context::Context;
use super::key::{Key, Keys, Kind, Note, Shown, keys};
use super::kinds::{Decimal, File, Number, Size, Span, Text, Texts, Title, Truth, Word};
use super::limits::{
    DAY, HOUR, MAX_BODY, MAX_CONCURRENCY, MAX_HOST_GAP, MAX_INCLUDED_FILES, MAX_KEEP, MAX_MAX_ENTRIES,
    MAX_OUTPUT_ENTRIES, MAX_OUTPUT_SIZE, MAX_OUTPUTS, MAX_PER_HOST, MAX_SOURCES, MAX_TIMEOUT, MIB, MIN_BODY,
    MIN_OUTPUT_SIZE, MINUTE, NO_TIME, SECOND, YEAR,
};
use super::reaching::{Interval, Networks, ProxyAddress};
use super::reader::Table;
use super::resolved::{Auth, ContentMode, Every, Listen, LogFormat, Proxy};
use super::rules::{Filter, Rewrites};
use super::secret::Secret;
use super::secret_value::Token;
use super::single::{Address, Keep, LogFilter, Name, OutputName, Pattern, Secrecy, Tags};
use crate::model::{FilterRule, Identity, Rewrite};
use crate::stories::Reach;

keys! {
    /// Keys above all tables.
    TopKeys => TopOptions;

    /// Title of the default output, /feed.atom.
    title: String = "Watershed".to_owned(), Title;
}

keys! {
    /// `[serve]`: how the outputs are served.
    ServeKeys => ServeOptions;

    /// host:port, or "unix:/path". Sockets that systemd hands over go before it.
    listen: Listen = Listen::tcp("127.0.0.1:8470"), Endpoint, restart;
    /// Address that readers use, a path allowed, such as "https://example.org/feeds". Empty: http:// and `listen`.
    public_url: Option<Url>, PublicUrl;
    /// Host names that are answered beside loopback, the listen address and public_url.
    hosts: Vec<String> = Vec::new(), Hosts;
    /// How long caches and readers may keep an output without asking again.
    max_age: Duration = 5 * MINUTE, Span(NO_TIME..=YEAR);
    /// Also write the whole site as static files below this folder: feeds, archives, pages. Outputs with a token are left out.
    files: Option<PathBuf>, File;
    /// Answer GET /metrics.
    metrics: bool = true, Truth, unbuilt;
}

keys! {
    /// `[store]`: what is kept, and where.
    StoreKeys => StoreOptions;

    /// The database; empty: watershed.db in $STATE_DIRECTORY, else in $XDG_STATE_HOME/watershed, else beside this file.
    /// A path is relative to this file.
    path: Option<PathBuf>, File, restart;
    /// How long entries are kept that are no longer in their feed: "forever", or a span.
    keep: String = "forever".to_owned(), Keep, unbuilt;
    /// Never fewer than this many entries of a source are kept.
    keep_min: usize = 50, Number(0..=1_000_000), unbuilt;
}

keys! {
    /// `[poll]`, as far as it concerns all sources together.
    PollKeys => PollOptions;

    /// Fetches in flight, in all.
    concurrency: usize = 64, Number(1..=MAX_CONCURRENCY);
    /// Fetches in flight to one registrable domain.
    per_host: usize = 1, Number(1..=MAX_PER_HOST);
    /// Pause between two requests to one registrable domain.
    host_gap: Duration = 2 * SECOND, Span(NO_TIME..=MAX_HOST_GAP);
    /// Whom publishers may write to: a URL or mailto:, shown in the User-Agent.
    contact: Option<String>, Contact;
}

keys! {
    /// What `[poll]` says for all sources, and a source may say for itself.
    RateKeys => RateOptions;

    /// "auto" learns how often, at which hours and on which days each source brings entries; a span is fixed: only a longer
    /// wish of the publisher (max-age, ttl, skipHours, Retry-After) and failures stretch it.
    every: Every = Every::Auto, Interval;
    /// Floor between two requests to one source. With "auto" the built-in one may sink to 15m where the server itself
    /// states a shorter lifetime, or where more entries come than its document holds.
    min_every: Duration = HOUR, Span(SECOND..=YEAR);
    /// The longest pause between two requests to one source.
    max_every: Duration = DAY, Span(SECOND..=YEAR);
    /// One fetch in all, whatever it waits for. A connection has 10s of it.
    timeout: Duration = MINUTE, Span(SECOND..=MAX_TIMEOUT);
    /// Size of one document, after decompression.
    max_body: u64 = 10 * MIB, Size(MIN_BODY..=MAX_BODY);
    /// Entries taken from one document.
    max_entries: usize = 5000, Number(1..=MAX_MAX_ENTRIES);
    /// http://, https://, socks5:// or socks5h://. "env" takes the proxies of the environment, which are ignored otherwise.
    proxy: Proxy = Proxy::None, ProxyAddress;
    /// Private networks that may be polled, such as ["10.1.0.0/16"]. No others are.
    allow_networks: Vec<IpNet> = Vec::new(), Networks;
}

keys! {
    /// `[stories]`: how copies of an entry are recognised.
    StoryKeys => StorySettings;

    /// How far copies of a piece in other sources are recognised: off, link (by address and id) or near (by their texts, too).
    reach as "match": Reach = Reach::Near, Word<Reach>(&[("off", Reach::Off), ("link", Reach::Link), ("near", Reach::Near)]);
    /// How far apart copies may lie.
    window: Duration = 7 * DAY, Span(HOUR..=YEAR);
}

keys! {
    /// `[push]`: hubs.
    PushKeys => PushOptions;

    /// off, self, or the address of an outside hub that is told of every change.
    hub: String = "self".to_owned(), Hub, unbuilt;
    /// Subscribe to the hubs that sources name; needs public_url.
    subscribe: bool = false, Truth, unbuilt;
}

keys! {
    /// `[log]`: what is logged, and how.
    LogKeys => LogOptions;

    /// error, warn, info, debug, trace; or a filter: "info,watershed::fetch=debug".
    level: String = "info".to_owned(), LogFilter;
    /// auto, text, json or journald. auto: the journal where stderr is the journal, else text.
    format: LogFormat = LogFormat::Auto, Word<LogFormat>(&[
        ("auto", LogFormat::Auto),
        ("text", LogFormat::Text),
        ("json", LogFormat::Json),
        ("journald", LogFormat::Journald)
    ]), restart;
}

keys! {
    /// What identifies a source.
    AddressKeys => AddressOptions;

    /// http://, https:// or file:.
    url: Option<String>, Address => "\"https://lwn.net/headlines/rss\"", required;
    /// Short name for commands, logs and addresses: small letters, digits, - and _. Made from the URL when absent. Under the
    /// same name the URL may be changed, and the entries stay.
    name: Option<String>, Name => "\"lwn\"";
}

keys! {
    /// What a source says of itself and of its entries.
    SourceKeys => SourceOptions;

    /// Instead of the feed's own title.
    title: Option<String>, Title => "\"LWN\"";
    /// By its tags, outputs select a source.
    tags: Vec<String> = Vec::new(), Tags => "[\"linux\"]";
    /// More than 1: polled more often than the rest at equal activity.
    priority: f64 = 1.0, Decimal(0.01..=100.0);
    /// What of `url` looks like a secret is shown nowhere; `watershed check` says what that is. true: nothing of it is shown
    /// but the host. false: all of it is, but for a user name and password.
    secret: Option<bool> = None, Secrecy;
    /// Which entries are published. Fields: title, content, author, category, link, any. Tests: is, contains, and matches (a
    /// regular expression). The first rule that decides, decides.
    filter: Vec<FilterRule> = Vec::new(), Filter
        => "[ { drop = \"title\", matches = \"(?i)sponsored\" }, { keep = \"category\", is = \"kernel\" } ]";
    /// Changes to entries when they are published.
    rewrite: Vec<Rewrite> = Vec::new(), Rewrites => "[ { field = \"link\", strip_query = [\"utm_*\"] } ]";
    /// Entries of the first poll that are older stay out of live documents (archives have them). Unset: none do.
    backfill: Option<Duration>, Span(NO_TIME..=MAX_KEEP) => "\"30d\"";
    /// true: take entries out of all outputs that the source says it has deleted (RFC 6721), or that it retracts within a day.
    follow_deletions: bool = false, Truth;
    /// How its entries are told apart: auto (by id, address and text together), guid, link or title+date.
    identity: Identity = Identity::Auto, Word<Identity>(&[
        ("auto", Identity::Auto),
        ("guid", Identity::Guid),
        ("link", Identity::Link),
        ("title+date", Identity::TitleAndDate)
    ]);
    /// Whether its entries may join stories.
    stories: bool = true, Word<bool>(&[("on", true), ("off", false)]);
    /// true: its entries appear only in outputs that have a token.
    private: bool = false, Truth;
    /// false: it is not polled.
    enabled: bool = true, Truth;
}

keys! {
    /// What a source's server is shown, and by what it is believed.
    AccessKeys => AccessOptions;

    /// Basic authentication, sent to this URL's origin alone; or a token, sent as `Authorization: Bearer`:
    /// { bearer = "secret" }. A secret is written out, or better named: { file = "lwn.secret" }, { env = "LWN_PASSWORD" },
    /// or { credential = "lwn" } (systemd's LoadCredential=).
    auth: Option<Auth>, Login => "{ user = \"me\", password = \"secret\" }";
    /// Further headers, Cookie and Authorization among them, sent to this URL's origin alone. Their values are secrets too.
    headers: Vec<(String, Secret)> = Vec::new(), Headers => "{ \"X-Token\" = \"secret\" }";
    /// Keep the cookies that servers set for this source, and send them back as RFC 6265 says. They are kept in memory, and
    /// not across a restart.
    cookies: bool = false, Truth;
    /// false: whatever certificate the server has, it is believed.
    verify_tls: bool = true, Truth;
    /// An authority of your own that issued this server's certificate, or the server's own certificate, self-signed or not,
    /// in a file (PEM): ca = "server.pem". Those that this machine trusts hold as well.
    ca: Vec<Vec<u8>> = Vec::new(), Authorities;
    /// The certificate by which this URL's server knows you, and the rest of its chain, in a file (PEM):
    /// client_cert = "me.pem". No other server is shown it, except for an https:// proxy that asks for a certificate.
    client_cert: Option<Secret>, ClientCert;
    /// The key of that certificate, without a password, in a file (PEM): client_key = "me-key.pem". Empty: the file of
    /// `client_cert` holds the key as well.
    client_key: bool = false, ClientKey;
}

keys! {
    /// A merged feed that we publish.
    OutputKeys => OutputConfig;

    /// /kernel.atom.
    name: String = "feed".to_owned(), OutputName => "\"kernel\"", required;
    /// Its title. Empty: the title of the default output, and the name.
    title: String = String::new(), Title => "\"Kernel only\"";
    /// Sources with any of these tags. `tags` and `sources` unite; without both, the output has every source.
    tags: Vec<String> = Vec::new(), Tags => "[\"linux\"]";
    /// Names of sources.
    sources: Vec<String> = Vec::new(), Texts;
    /// As in a source; applied when publishing, after the filters of the sources.
    filter: Vec<FilterRule> = Vec::new(), Filter;
    /// Entries in the live document.
    entries: usize = 100, Number(1..=MAX_OUTPUT_ENTRIES);
    /// Size of the live document: fewer entries, if it would grow larger.
    max_size: u64 = MIB, Size(MIN_OUTPUT_SIZE..=MAX_OUTPUT_SIZE);
    /// At most this many entries of one source in the live document; 0: no limit. A source that floods is held to a fair
    /// share in any case, while others have entries of the last 30 days: one whose documents renew most of what they
    /// hold, three or more within hours, with 20 entries or more each.
    per_source: usize = 0, Number(0..=MAX_OUTPUT_ENTRIES);
    /// full, summary or none.
    content: ContentMode = ContentMode::Full, Word<ContentMode>(&[
        ("full", ContentMode::Full),
        ("summary", ContentMode::Summary),
        ("none", ContentMode::None)
    ]);
    /// Before each title, for readers that do not show where an entry comes from: "[{source}] ".
    title_prefix: String = String::new(), Text;
    /// Asked for as ?token=, or as the password of Basic authentication. file, env and credential as in `auth`.
    token: Option<Secret>, Token;
}

keys! {
    /// `[[include]]`: further files.
    IncludeKeys => IncludeOptions;

    /// A path, whose last part may hold `*` and `?`.
    path: Option<String>, Pattern => "\"sources.d/*.toml\"", required;
}

/// A table of a file.
pub(super) struct Shape {
    pub(super) name: &'static str,
    /// As it is called in messages, and as its header is written: `[poll]`.
    pub(super) what: &'static str,
    /// How often it may stand in a file, where that is more than once.
    pub(super) most: Option<usize>,
    /// What it is for, in lines that each begin with a space.
    pub(super) about: &'static [&'static str],
    pub(super) keys: &'static [&'static [Key]],
}

pub(super) const TOP: &str = "the top of the file";

impl Shape {
    const fn once(name: &'static str, what: &'static str, keys: &'static [&'static [Key]]) -> Shape {
        Shape { name, what, most: None, about: &[], keys }
    }
}

pub(super) const SERVE: Shape = Shape::once("serve", "[serve]", &[ServeKeys::KEYS]);
pub(super) const STORE: Shape = Shape::once("store", "[store]", &[StoreKeys::KEYS]);
pub(super) const POLL: Shape = Shape::once("poll", "[poll]", &[RateKeys::KEYS, PollKeys::KEYS]);
pub(super) const STORIES: Shape = Shape::once("stories", "[stories]", &[StoryKeys::KEYS]);
pub(super) const PUSH: Shape = Shape::once("push", "[push]", &[PushKeys::KEYS]);
pub(super) const LOG: Shape = Shape::once("log", "[log]", &[LogKeys::KEYS]);
pub(super) const SOURCE: Shape = Shape {
    name: "source",
    what: "[[source]]",
    most: Some(MAX_SOURCES),
    about: &[" One table for each source. What it says as in [poll] is for this source alone."],
    keys: &[AddressKeys::KEYS, SourceKeys::KEYS, RateKeys::KEYS, AccessKeys::KEYS],
};
pub(super) const OUTPUT: Shape = Shape {
    name: "output",
    what: "[[output]]",
    most: Some(MAX_OUTPUTS),
    about: &[
        " Further merged feeds. \"feed\", with everything, is always there; an [[output]] of that name changes its settings.",
    ],
    keys: &[OutputKeys::KEYS],
};
pub(super) const INCLUDE: Shape = Shape {
    name: "include",
    what: "[[include]]",
    most: Some(MAX_INCLUDED_FILES),
    about: &[" Further files, which hold [[source]] tables and are watched too."],
    keys: &[IncludeKeys::KEYS],
};

/// Every table, in the order of the template.
pub(super) const TABLES: &[Shape] = &[SERVE, STORE, POLL, STORIES, PUSH, LOG, SOURCE, OUTPUT, INCLUDE];

/// An included file holds sources and nothing else.
pub(super) const INCLUDED_KEYS: &[&str] = &["source"];
pub(super) const AUTH_KEYS: &[&str] = &["user", "password", "bearer"];
/// Those that a user name and password need, both.
pub(super) const BASIC_KEYS: &[&str] = &["user", "password"];
pub(super) const SECRET_KEYS: &[&str] = &["file", "env", "credential"];
pub(super) const FILTER_KEYS: &[&str] = &["drop", "keep", "is", "contains", "matches"];
pub(super) const REWRITE_KEYS: &[&str] = &["field", "strip_query"];

/// The keys that are known in a table.
#[derive(Clone, Copy)]
pub(super) enum Known {
    /// Those of the top of a main file, its tables among them.
    Top,
    Keys(&'static [&'static [Key]]),
    Names(&'static [&'static str]),
}

impl Known {
    pub(super) fn has(self, name: &str) -> bool {
        let has = |keys: &[Key]| keys.iter().any(|key| key.name == name);
        match self {
            Known::Top => has(TopKeys::KEYS) || TABLES.iter().any(|table| table.name == name),
            Known::Keys(keys) => keys.iter().any(|keys| has(keys)),
            Known::Names(names) => names.contains(&name),
        }
    }

    pub(super) fn names(self) -> Vec<&'static str> {
        match self {
            Known::Top => {
                let keys = TopKeys::KEYS.iter().map(|key| key.name);
                keys.chain(TABLES.iter().map(|table| table.name)).collect()
            }
            Known::Keys(keys) => keys.iter().flat_map(|keys| keys.iter()).map(|key| key.name).collect(),
            Known::Names(names) => names.to_vec(),
        }
    }
}

/// The tables in which `key` is known.
pub(super) fn homes(key: &str) -> Vec<&'static str> {
    let top = Known::Top.has(key).then_some(TOP);
    top.into_iter()
        .chain(TABLES.iter().filter(|table| Known::Keys(table.keys).has(key)).map(|table| table.what))
        .collect()
}

/// The candidate that `word` was probably meant to be.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase().replace('-', "_");
    let allowed = 1 + word.chars().count() / 4;
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase().replace('-', "_")), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::{Known, SOURCE, homes, nearest};

    #[test]
    fn nearest_key() {
        let keys = Known::Keys(SOURCE.keys).names();
        for (word, expected) in [
            ("evry", Some("every")),
            ("Tags", Some("tags")),
            ("tag", Some("tags")),
            ("max-body", Some("max_body")),
            ("zzzzzz", None),
        ] {
            assert_eq!(nearest(word, keys.iter().copied()), expected, "{word}");
        }
    }

    #[test]
    fn a_key_knows_its_tables() {
        assert_eq!(homes("host_gap"), ["[poll]"]);
        assert_eq!(homes("every"), ["[poll]", "[[source]]"]);
        assert!(homes("nothing").is_empty());
    }
}
