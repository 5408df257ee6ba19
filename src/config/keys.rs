//! Every key of the configuration, defined once: its name, its sentences, its type, its default, and its kind with its bounds.
//!
//! A new key is one entry in these tables. From the entry come its reading, the error for values out of bounds, suggestions, the
//! default, and its text in `config`, in `config/watershed.toml` and in `docs/configuration.md`. What remains is to use the
//! field, and to check the value against other keys in `resolve` if necessary.

use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

use super::access::{Authorities, Headers, Login};
use super::address::{Contact, Endpoint, Hosts, Hub, Picture, PublicUrl};
use super::client_cert::{ClientCert, ClientKey};
use super::context::Context;
use super::icon::{Icon, SourceIcon};
use super::key::{Key, Keys, Kind, Note, Shown, keys};
use super::kinds::{Decimal, File, Number, Size, Span, Text, Texts, Title, Truth, Word};
use super::limits::{
    DAY, HOUR, MAX_BODY, MAX_CONCURRENCY, MAX_HOST_GAP, MAX_INCLUDED_FILES, MAX_KEEP, MAX_MAX_ENTRIES, MAX_NOTIFY,
    MAX_OUTPUT_ENTRIES, MAX_OUTPUT_SIZE, MAX_OUTPUTS, MAX_PER_HOST, MAX_SOURCES, MAX_TIMEOUT, MIB, MIN_BODY,
    MIN_OUTPUT_SIZE, MINUTE, NO_TIME, SECOND, YEAR,
};
use super::log_filter::LogFilter;
use super::reaching::{Interval, Networks, ProxyAddress};
use super::reader::Table;
use super::resolved::{Auth, ContentMode, Every, Listen, LogFormat, Proxy};
use super::rules::{Filter, Rewrites};
use super::secret::Secret;
use super::secret_value::{Token, Webhook};
use super::single::{
    Address, Category, Description, Events, Keep, Language, ListPlace, Name, OutputName, Pattern, Search, Secrecy,
    Tags, TimeZone, events,
};
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

    /// Address to listen on: host:port, or "unix:/path". Sockets that systemd passes (socket activation) take
    /// precedence.
    listen: Listen = Listen::tcp("127.0.0.1:8470"), Endpoint, restart;
    /// Address under which readers reach this server, with or without a path, such as `https://example.org/feeds`. Empty:
    /// http:// and the value of `listen`.
    public_url: Option<Url>, PublicUrl;
    /// Host names under which the server answers, in addition to loopback, the listen address and public_url.
    hosts: Vec<String> = Vec::new(), Hosts;
    /// How long caches and readers may use an output before they ask again.
    max_age: Duration = 5 * MINUTE, Span(NO_TIME..=YEAR);
    /// Folder into which the whole site (feeds, archives, pages) is also written as static files. Outputs with a token are left
    /// out.
    files: Option<PathBuf>, File;
    /// Folder of a theme: templates, a style sheet, words and pictures that take the place of the built-in ones of the same name. Any
    /// of them may be missing; `watershed theme --write FOLDER` writes the built-in ones.
    theme: Option<PathBuf>, File;
    /// Language of the words and dates on pages, such as "de". Pages are in English if neither the program nor the theme has a file
    /// words.LANGUAGE.toml.
    language: String = "en".to_owned(), Language;
    /// Time zone of the dates on pages.
    time_zone: chrono_tz::Tz = chrono_tz::Tz::UTC, TimeZone;
    /// Whether GET /metrics is answered, with numbers for Prometheus.
    metrics: bool = true, Truth;
}

keys! {
    /// `[store]`: what is kept, and where.
    StoreKeys => StoreOptions;

    /// The database file; its path is relative to this file. Empty: watershed.db in $STATE_DIRECTORY, or else in
    /// $XDG_STATE_HOME/watershed, or else beside this file.
    path: Option<PathBuf>, File, restart;
    /// How long an entry is kept once its feed no longer lists it: "forever", or a span, counted from when the entry was first seen
    /// or last revised. Older entries are pruned: deleted, and not taken again if their feed lists them again.
    keep: Option<Duration> = None, Keep;
    /// The newest entries of each source that are kept at any age.
    keep_min: usize = 50, Number(0..=1_000_000);
}

keys! {
    /// `[poll]`, as far as it concerns all sources together.
    PollKeys => PollOptions;

    /// At most this many fetches run at the same time.
    concurrency: usize = 64, Number(1..=MAX_CONCURRENCY);
    /// At most this many fetches from one registrable domain run at the same time.
    per_host: usize = 1, Number(1..=MAX_PER_HOST);
    /// Pause between two requests to one registrable domain.
    host_gap: Duration = 2 * SECOND, Span(NO_TIME..=MAX_HOST_GAP);
    /// Where publishers can reach you: a URL or an e-mail address, which is sent in the User-Agent. Unset: the User-Agent
    /// names the program alone.
    contact: Option<String>, Contact;
}

keys! {
    /// When one source is due. `[poll]` sets these keys for all sources, and a source may set them for itself.
    ScheduleKeys => ScheduleOptions {
        /// Whether the user wrote `min_every`. A written floor may be below the built-in floors.
        min_every_written: bool = false,
        /// `priority` of the source.
        priority: f64 = 1.0,
    };

    /// Interval between two polls of a source. "auto" learns how often, at which hours and on which days the source publishes.
    /// A span is fixed: only failures, and a longer interval that the publisher asks for (max-age, ttl, skipHours, Retry-After),
    /// extend it.
    every: Every = Every::Auto, Interval;
    /// The shortest interval between two requests to one source. With "auto", the built-in minimum may fall to 15m if the server
    /// itself states a shorter lifetime, or if more entries come than the document holds.
    min_every: Duration = HOUR, Span(SECOND..=YEAR);
    /// The longest interval between two requests to one source.
    max_every: Duration = DAY, Span(SECOND..=YEAR);
}

keys! {
    /// How one source is fetched and read. `[poll]` sets these keys for all sources, and a source may set them for
    /// itself.
    FetchKeys => FetchOptions {
        access: AccessOptions = AccessKeys::defaults(),
    };

    /// Time limit of one whole fetch. Connecting may take at most 10s of it.
    timeout: Duration = MINUTE, Span(SECOND..=MAX_TIMEOUT);
    /// Largest size of one document, after decompression.
    max_body: u64 = 10 * MIB, Size(MIN_BODY..=MAX_BODY);
    /// At most this many entries are taken from one document.
    max_entries: usize = 5000, Number(1..=MAX_MAX_ENTRIES);
    /// Address of a proxy: http://, https://, socks5:// or socks5h://. "env" uses the proxies that the environment names, which
    /// are ignored otherwise.
    proxy: Proxy = Proxy::None, ProxyAddress;
    /// Private networks that may be polled, such as ["10.1.0.0/16"]. All other private networks are refused.
    allow_networks: Vec<IpNet> = Vec::new(), Networks;
}

keys! {
    /// `[stories]`: how copies of an entry are recognised.
    StoryKeys => StorySettings;

    /// How copies of an entry in other sources are recognised: off, link (by address and id) or near (also by text).
    reach as "match": Reach = Reach::Near, Word<Reach>(&[("off", Reach::Off), ("link", Reach::Link), ("near", Reach::Near)]);
    /// How far apart in time copies may be.
    window: Duration = 7 * DAY, Span(HOUR..=YEAR);
}

keys! {
    /// `[push]`: hubs.
    PushKeys => PushOptions;

    /// Where readers subscribe to changes of the feeds (WebSub): self (this server's own hub at /hub), off, or the address of an
    /// external hub, which is told of every change of an output without a token, of a tag and of a source. "off" suits a site that is
    /// served from its files.
    hub: String = "self".to_owned(), Hub;
    /// Whether sources are subscribed at the hubs that they name, so that their entries come at once. This requires public_url, at
    /// which hubs must reach this server.
    subscribe: bool = false, Truth;
}

keys! {
    /// `[[notify]]`: who is told of changes of state.
    NotifyKeys => NotifyOptions;

    /// The changes of state that are told: a source fails, recovers, moves, is gone, falls silent or floods; a reload is refused;
    /// the disk is full or cannot be written.
    on: Vec<String> = events(), Events;
    /// Program that is told, and its arguments, in place of `url`. It gets a JSON object on its standard input and has 60 s for it. No
    /// shell is involved, and of the environment only PATH, HOME and the like are passed on.
    exec: Vec<String> = Vec::new(), Texts => "[\"/usr/local/bin/tell\"]";
    /// Address that is told by a POST request with a JSON object, in place of `exec`. It may be in a private network. It is a secret:
    /// file, env and credential as in `auth`.
    url: Option<Secret>, Webhook;
}

keys! {
    /// `[log]`: what is logged, and how.
    LogKeys => LogOptions;

    /// error, warn, info, debug, trace; or a filter: "info,watershed::fetch=debug".
    level: String = "info".to_owned(), LogFilter;
    /// auto, text, json or journald. auto: journald if stderr is the journal, or else text.
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

    /// Address of the feed: http://, https:// or file:.
    url: Option<String>, Address => "\"https://lwn.net/headlines/rss\"", required;
    /// Short name for commands, logs and addresses: lower-case letters, digits, - and _. Without it, a name is made from the URL and
    /// kept, whatever sources come later. If the URL changes and the name stays, the source keeps its entries. If the name changes and
    /// the URL stays, the old addresses redirect.
    name: Option<String>, Name => "\"lwn\"";
}

keys! {
    /// Keys of a source that concern its title, its selection and its entries.
    SourceKeys => SourceOptions;

    /// Title that is shown instead of the feed's own.
    title: Option<String>, Title => "\"LWN\"";
    /// Picture that pages show instead of the feed's own icon: an address, or a file (PNG, JPEG, GIF, WebP, ICO or SVG, at most
    /// 256 KiB), such as icon = "lwn.png", which this server serves.
    icon: Option<SourceIcon>, Icon;
    /// Tags by which outputs select this source.
    tags: Vec<String> = Vec::new(), Tags => "[\"linux\"]";
    /// With a value above 1, the source is polled more often than others that are equally active.
    priority: f64 = 1.0, Decimal(0.01..=100.0);
    /// Parts of `url` that look like secrets are hidden everywhere; `watershed check` lists them. true: everything but the host
    /// is hidden. false: only a user name and password are hidden.
    secret: Option<bool> = None, Secrecy;
    /// Which entries are published. Fields: title, content, author, category, link, any. Tests: is, contains, and matches (a
    /// regular expression). The first rule that fits an entry decides. Tests that must all fit are joined by `all`, where a text alone
    /// must be contained: { keep = { all = [ { title = "rust" }, { author = { is = "Ann" } } ] } }.
    filter: Vec<FilterRule> = Vec::new(), Filter
        => "[ { drop = \"title\", matches = \"(?i)sponsored\" }, { keep = \"category\", is = \"kernel\" } ]";
    /// Changes that are made to entries when they are published.
    rewrite: Vec<Rewrite> = Vec::new(), Rewrites => "[ { field = \"link\", strip_query = [\"utm_*\"] } ]";
    /// Entries of the first poll that are older than this are left out of live documents, but not out of archives. Unset: no
    /// entry is left out.
    backfill: Option<Duration>, Span(NO_TIME..=MAX_KEEP) => "\"30d\"";
    /// true: entries that the source declares deleted (RFC 6721), or retracts within a day, are removed from all outputs.
    follow_deletions: bool = false, Truth;
    /// What identifies the entries of this source: auto (id, address and text together), guid, link or title+date.
    identity: Identity = Identity::Auto, Word<Identity>(&[
        ("auto", Identity::Auto),
        ("guid", Identity::Guid),
        ("link", Identity::Link),
        ("title+date", Identity::TitleAndDate)
    ]);
    /// Whether entries of this source may join stories.
    stories: bool = true, Word<bool>(&[("on", true), ("off", false)]);
    /// true: entries of this source appear only in outputs that have a token. Neither the health feed nor `/status.json` names the
    /// source.
    private: bool = false, Truth;
    /// false: the source is not polled.
    enabled: bool = true, Truth;
}

keys! {
    /// What is sent to a source's server for authentication, and how that server's certificate is verified.
    AccessKeys => AccessOptions;

    /// User name and password for Basic authentication, or { bearer = "secret" } for `Authorization: Bearer`, sent only to the
    /// origin of `url`. A secret is best not written here, but kept in { file = "lwn.secret" }, { env = "LWN_PASSWORD" } or
    /// { credential = "lwn" } (systemd's LoadCredential=).
    auth: Option<Auth>, Login => "{ user = \"me\", password = \"secret\" }";
    /// Further headers, such as Cookie or Authorization, sent only to the origin of `url`. Their values are secrets as well.
    headers: Vec<(String, Secret)> = Vec::new(), Headers => "{ \"X-Token\" = \"secret\" }";
    /// true: cookies that servers set for this source are sent back as RFC 6265 says. They are held in memory: a daemon that
    /// restarts, and each `watershed poll` without a daemon, begin without cookies. A cookie that must last belongs in `headers`.
    cookies: bool = false, Truth;
    /// false: any certificate of the server is accepted.
    verify_tls: bool = true, Truth;
    /// A file (PEM) with the certificate of the authority that issued this server's certificate, or with the server's own
    /// certificate, self-signed or not: ca = "server.pem". The authorities that this machine trusts are accepted as well.
    ca: Vec<Vec<u8>> = Vec::new(), Authorities;
    /// A file (PEM) with the certificate that authenticates you to the server of `url`, and with the rest of its chain:
    /// client_cert = "me.pem". It is sent to no other server, and therefore excludes an https:// proxy, which could ask for it.
    client_cert: Option<Secret>, ClientCert;
    /// A file (PEM) with the private key of that certificate, without a password: client_key = "me-key.pem". Empty: the file of
    /// `client_cert` contains the key as well.
    client_key: bool = false, ClientKey;
}

keys! {
    /// `[[output]]`: a published feed.
    OutputKeys => OutputConfig;

    /// Name of the output, which its addresses contain: /kernel.atom.
    name: String = "feed".to_owned(), OutputName => "\"kernel\"", required;
    /// Title of the output. Empty: the title of the default output, followed by the name.
    title: String = String::new(), Title => "\"Kernel only\"";
    /// One line that describes the feed, shown below its title. RSS and JSON Feed use it as the description if `description` is
    /// empty.
    subtitle: Option<String>, Title;
    /// A few sentences that describe the feed, for RSS, JSON Feed and links to its page. Atom uses them as the subtitle if
    /// `subtitle` is empty.
    description: Option<String>, Description;
    /// Name of the person or group that publishes the feed. Entries keep their own authors.
    author: Option<String>, Title;
    /// Address of a small square picture for lists of feeds.
    icon: Option<String>, Picture;
    /// Address of a large picture, which should be square for podcast clients.
    logo: Option<String>, Picture;
    /// Language of the feed's own texts. In Atom it also applies to entries that state no language.
    language: Option<String>, Language => "\"en\"";
    /// Rights to the feed as a whole, such as its licence. Entries keep their own rights.
    rights: Option<String>, Title;
    /// For podcast clients: whether the feed is for adults only.
    explicit: Option<bool>, Truth => "false";
    /// For podcast clients: the feed's category in Apple's list, with at most one subcategory after `>`.
    itunes_category: Option<String>, Category => "\"Society & Culture > Documentary\"";
    /// The output contains all sources with any of these tags, and those that `sources` names; without both keys, every source.
    tags: Vec<String> = Vec::new(), Tags => "[\"linux\"]";
    /// Names of sources that the output contains.
    sources: Vec<String> = Vec::new(), Texts;
    /// A search: the output contains only stories that it finds. Its words must all occur; "several words" in quotation marks
    /// occur side by side, begin* is the beginning of a word, -word must not occur. source:NAME, tag:TAG, author:NAME,
    /// since:2026-11-24 and before:2026-11-24 narrow it. Empty: no search.
    search: Option<String>, Search => "\"linux -gaming \\\"release notes\\\"\"";
    /// As in a source. It is applied after the filters of the sources.
    filter: Vec<FilterRule> = Vec::new(), Filter;
    /// Largest number of entries in the live document.
    entries: usize = 100, Number(1..=MAX_OUTPUT_ENTRIES);
    /// Largest size of the live document, which has fewer entries if it would become larger.
    max_size: u64 = MIB, Size(MIN_OUTPUT_SIZE..=MAX_OUTPUT_SIZE);
    /// At most this many entries of one source are in the live document; 0: no limit. As long as other sources have entries of the
    /// last 30 days, a flooding source is held to a fair share in any case. A source floods if three or more of its documents
    /// within hours have 20 or more entries each, most of which are new.
    per_source: usize = 0, Number(0..=MAX_OUTPUT_ENTRIES);
    /// What is published of the text of an entry: full, summary or none.
    content: ContentMode = ContentMode::Full, Word<ContentMode>(&[
        ("full", ContentMode::Full),
        ("summary", ContentMode::Summary),
        ("none", ContentMode::None)
    ]);
    /// Text before each title, such as "[{source}] ", for readers that do not show where an entry comes from.
    title_prefix: String = String::new(), Text;
    /// Secret that readers send as ?token=, or as the password of Basic authentication. file, env and credential as in `auth`.
    token: Option<Secret>, Token;
    /// Program that gets each new story, at least once and in storing order, and its arguments. It gets an item of JSON Feed on its
    /// standard input and has 60 s for it. No shell is involved, and of the environment only PATH, HOME and the like are passed on.
    exec: Vec<String> = Vec::new(), Texts => "[\"/usr/local/bin/post\"]";
    /// Address that gets each new story in the same way, by a POST request, in place of `exec`. It may be in a private network. It is a
    /// secret: file, env and credential as in `auth`.
    webhook: Option<Secret>, Webhook;
}

keys! {
    /// `[[include]]`: further files.
    IncludeKeys => IncludeOptions;

    /// Path of the files, whose last part may contain `*` and `?`. An [[include]] has either `path` or `opml`.
    path: Option<String>, Pattern => "\"sources.d/*.toml\"";
    /// false: the files come from somebody else. They may set only `url` (http:// or https://), `name`, `title`, `tags`, `filter`
    /// and `icon` of sources, may name no files and no environment variables, and reach no private networks.
    trusted: bool = true, Truth;
    /// File or address of a reading list in OPML whose sources are polled as well, for as long as the list names them. An address is
    /// asked again after `min_every` of [poll], later the longer the list stays as it is, but once a day at least. A list that
    /// fails, is incomplete or names no source changes nothing: the last good version stays. Sources of a list have only an
    /// address, a title and tags (the names of folders), and may not do what `trusted = false` forbids. A [[source]] with the same
    /// address takes the place of the list's.
    opml: Option<String>, ListPlace => "\"https://example.org/blogroll.opml\"";
}

/// A table of a file.
pub(super) struct Shape {
    pub(super) name: &'static str,
    /// Its header, which messages use as its name: `[poll]`.
    pub(super) what: &'static str,
    /// How often it may occur in a file, if it may occur more than once.
    pub(super) most: Option<usize>,
    /// Its purpose, in lines that each begin with a space.
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
pub(super) const POLL: Shape = Shape::once("poll", "[poll]", &[ScheduleKeys::KEYS, FetchKeys::KEYS, PollKeys::KEYS]);
pub(super) const STORIES: Shape = Shape::once("stories", "[stories]", &[StoryKeys::KEYS]);
pub(super) const PUSH: Shape = Shape::once("push", "[push]", &[PushKeys::KEYS]);
pub(super) const NOTIFY: Shape = Shape {
    name: "notify",
    what: "[[notify]]",
    most: Some(MAX_NOTIFY),
    about: &[" One table for each program or address that is told of changes of state."],
    keys: &[NotifyKeys::KEYS],
};
pub(super) const LOG: Shape = Shape::once("log", "[log]", &[LogKeys::KEYS]);
pub(super) const SOURCE: Shape = Shape {
    name: "source",
    what: "[[source]]",
    most: Some(MAX_SOURCES),
    about: &[" One table for each source. A key of [poll] that is set here applies to this source alone."],
    keys: &[AddressKeys::KEYS, SourceKeys::KEYS, ScheduleKeys::KEYS, FetchKeys::KEYS, AccessKeys::KEYS],
};
pub(super) const OUTPUT: Shape = Shape {
    name: "output",
    what: "[[output]]",
    most: Some(MAX_OUTPUTS),
    about: &[
        " Further merged feeds. The output \"feed\", with everything, always exists; an [[output]] of that name changes it.",
    ],
    keys: &[OutputKeys::KEYS],
};
pub(super) const INCLUDE: Shape = Shape {
    name: "include",
    what: "[[include]]",
    most: Some(MAX_INCLUDED_FILES),
    about: &[" Further files, which contain [[source]] tables and are watched as well."],
    keys: &[IncludeKeys::KEYS],
};

/// Every table, in the order of the template.
pub(super) const TABLES: &[Shape] = &[SERVE, STORE, POLL, STORIES, PUSH, NOTIFY, LOG, SOURCE, OUTPUT, INCLUDE];

/// The tables of an included file, which contains nothing but sources.
pub(super) const INCLUDED_KEYS: &[&str] = &["source"];
/// The keys of a source that a file may set which is included with `trusted = false`.
pub(super) const UNTRUSTED_KEYS: &[&str] = &["url", "name", "title", "tags", "filter", "icon"];
pub(super) const AUTH_KEYS: &[&str] = &["user", "password", "bearer"];
/// The keys of a login by user name and password, both of which are required.
pub(super) const BASIC_KEYS: &[&str] = &["user", "password"];
pub(super) const SECRET_KEYS: &[&str] = &["file", "env", "credential"];
pub(super) const FILTER_KEYS: &[&str] = &["drop", "keep", "is", "contains", "matches"];
pub(super) const REWRITE_KEYS: &[&str] = &["field", "strip_query"];

/// The keys that are known in a table.
#[derive(Clone, Copy)]
pub(super) enum Known {
    /// The keys and tables at the top of a main file.
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

/// The candidate that the user probably meant by `word`.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase().replace('-', "_");
    let allowed = 1 + word.chars().count() / 4;
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase().replace('-', "_")), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Asks whether the nearest candidate was meant, if any candidate is near.
pub fn meant<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|nearest| format!("did you mean `{nearest}`?"))
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
