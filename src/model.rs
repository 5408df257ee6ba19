//! Plain data that one stage hands to the next: a type for each hand-over, named for its role.
//!
//! Entry points: [`ParsedFeed`] is what `read` returns, [`CleanFeed`] what `entry` makes of it, [`StoredEntry`] what
//! `store` returns.
//!
//! Invariants:
//! - Times between stages are [`Timestamp`]s (UTC, whole seconds); only the times between two requests are [`Moment`]s
//!   (milliseconds).
//! - Only the sanitiser makes a [`SafeHtml`], and the store returns it unchanged.
//!
//! What never enters: the network, the disk, the clock or chance.

mod by_hand;
mod by_source;
mod clean;
mod cursor;
mod deletion;
mod installation;
mod key;
mod media;
mod moment;
mod person;
mod placeholder;
mod rules;
mod stored;

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use by_hand::{ByHand, EntryName};
pub use by_source::BySource;
pub use clean::{Iri, LangTag, MediaType, PlainText, SafeHtml, WebUrl};
pub use deletion::{Deletion, Deletions};
pub use installation::{HubRecord, Pause, RefusalRecord, SourceCounts, SourceRecord, SourceStatus, State, StoreSize};
pub use key::{EntryKey, KeyDigest, KeyKind, composed};
pub use media::{CastMember, Chapter, Media, MediaContent, MediaLink, Show, Thumbnail};
pub use moment::Moment;
pub use person::name_of_address;
pub use placeholder::{is_no_id, is_no_link};
pub use rules::{FilterField, FilterRule, Rewrite, TextTest};
pub use stored::{SourceCard, StoredEntry, StoryCopy};

/// A point in time: whole seconds since 1970-01-01T00:00:00Z. Times between stages have this type.
///
/// Its serialised form is RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The latest time that can be written with a four-digit year: 9999-12-31T23:59:59Z.
    pub const MAX: Timestamp = Timestamp(253_402_300_799);
    /// 0000-01-01T00:00:00Z, the earliest time that can be written with a four-digit year.
    pub const MIN: Timestamp = Timestamp(-62_167_219_200);

    /// From seconds since 1970; a number out of range becomes [`Timestamp::MIN`] or [`Timestamp::MAX`].
    pub const fn from_unix(seconds: i64) -> Timestamp {
        if seconds < Self::MIN.0 {
            return Self::MIN;
        }
        if seconds > Self::MAX.0 { Self::MAX } else { Timestamp(seconds) }
    }

    /// Seconds since 1970.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// The time `span` later, at most [`Timestamp::MAX`].
    #[must_use]
    pub fn plus(self, span: Duration) -> Timestamp {
        Timestamp::from_unix(self.0.saturating_add_unsigned(span.as_secs()))
    }

    /// The time `span` earlier, at least [`Timestamp::MIN`].
    #[must_use]
    pub fn minus(self, span: Duration) -> Timestamp {
        Timestamp::from_unix(self.0.saturating_sub_unsigned(span.as_secs()))
    }

    /// The span since `earlier`; zero if `earlier` is not earlier.
    pub fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_secs(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// RFC 3339 in UTC: `2026-11-24T14:05:00Z`.
    pub fn to_rfc3339(self) -> String {
        self.to_chrono().to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// Reads RFC 3339 with any offset; fractions of a second are truncated.
    pub fn parse_rfc3339(text: &str) -> Option<Timestamp> {
        DateTime::parse_from_rfc3339(text).ok().map(|time| Timestamp::from_unix(time.timestamp()))
    }

    /// The same time as chrono's UTC type.
    pub fn to_chrono(self) -> DateTime<chrono::Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or_default()
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_rfc3339())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = String::deserialize(deserializer)?;
        Timestamp::parse_rfc3339(&text).ok_or_else(|| D::Error::custom("a time must be RFC 3339"))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc3339())
    }
}

/// The store's number of a source: stable for as long as the source has entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceId(pub i64);

/// The store's number of an entry, rising in storing order from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub i64);

/// The ETag and Last-Modified that a server sent with a document: raw bytes, which are sent back exactly as they came
/// (RFC 9110, 8.8).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<Vec<u8>>,
    pub last_modified: Option<Vec<u8>>,
}

impl Validators {
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// A defect in a feed that was tolerated, as one short sentence of at most [`Problem::MAX_BYTES`] bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Problem(String);

impl Problem {
    /// Longest text of a problem in bytes.
    pub const MAX_BYTES: usize = 300;
    /// Most problems that are kept of one document.
    pub const MAX_PER_DOCUMENT: usize = 20;

    pub fn new(text: impl Into<String>) -> Problem {
        let mut text: String = text.into();
        if text.len() > Self::MAX_BYTES {
            text.truncate(text.floor_char_boundary(Self::MAX_BYTES - 3));
            text.push('…');
        }
        Problem(text)
    }

    /// A problem that occurred `count` times: `one` is its text if it occurred once, and `many` follows a larger number. `None`
    /// if it did not occur.
    pub fn counted(count: u64, one: &str, many: &str) -> Option<Problem> {
        match count {
            0 => None,
            1 => Some(Problem::new(one)),
            _ => Some(Problem::new(format!("{count} {many}"))),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kind of document that was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FeedFormat {
    /// RSS 0.91, 0.92 and similar versions.
    Rss0,
    /// RSS 1.0 (RDF).
    Rss1,
    /// RSS 2.0, and RSS of no stated version.
    #[default]
    Rss2,
    Atom,
    JsonFeed,
}

impl FeedFormat {
    pub fn as_str(self) -> &'static str {
        match self {
            FeedFormat::Rss0 => "rss-0.9x",
            FeedFormat::Rss1 => "rss-1.0",
            FeedFormat::Rss2 => "rss-2.0",
            FeedFormat::Atom => "atom-1.0",
            FeedFormat::JsonFeed => "json-feed",
        }
    }
}

/// A text as a feed carries it, before cleaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// Characters only: `<` is a less-than sign.
    Plain(String),
    /// HTML markup (Atom `html` and `xhtml`, RSS descriptions, `content_html`).
    Html(String),
    /// The text of an element that some publishers fill with plain text and others with HTML (RSS titles): plain unless
    /// it contains markup or references.
    Unclear(String),
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub term: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// Attached media.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    pub url: String,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Length in bytes according to the feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
}

/// A link of an entry that is neither its address nor an enclosure: `via`, `replies`, `related`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub href: String,
    pub rel: String,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// The entry that an entry replies to (RFC 4685, 3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reply {
    /// The `atom:id` of that entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The feed that contains that entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Dates as the publisher wrote them, for commands that explain a document; they are not stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrittenDates {
    pub published: Option<String>,
    pub updated: Option<String>,
}

/// The encoding in which a document was read, and the reason for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Charset {
    pub name: String,
    pub evidence: &'static str,
}

/// read → entry: one document, as the publisher wrote it, in one shape for all formats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedFeed {
    pub format: FeedFormat,
    pub charset: Charset,
    /// Whether the root element or the JSON object is closed. If not, the document was truncated.
    pub is_whole: bool,
    /// The feed's own id as written (Atom), if any.
    pub id: Option<String>,
    pub title: Option<Text>,
    pub subtitle: Option<Text>,
    /// Address of the website.
    pub link: Option<String>,
    /// The feed's own address according to the feed.
    pub self_link: Option<String>,
    /// The WebSub hub that the feed names.
    pub hub: Option<String>,
    /// RSS `cloud`: host, port and path, as an address if it takes registrations by HTTP POST.
    pub cloud: Option<String>,
    pub icon: Option<String>,
    pub logo: Option<String>,
    pub rights: Option<Text>,
    pub language: Option<String>,
    pub updated: Option<Timestamp>,
    pub authors: Vec<Person>,
    /// Its description of itself as a podcast.
    pub show: Option<Show>,
    /// The shortest time between two polls that the document asks for (RSS `ttl`, `sy:*`).
    pub freshness: Option<Duration>,
    /// Hours of the day (0 to 24, GMT) and days of the week (0: Sunday) on which the publisher asks not to be polled.
    pub skip_hours: Vec<u8>,
    pub skip_days: Vec<u8>,
    /// Entries that the document says are deleted, in document order.
    pub deleted: Vec<Deletion>,
    /// In document order.
    pub items: Vec<ParsedItem>,
}

/// read → entry: one item of a document. URLs are as written or absolute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedItem {
    /// Atom `id`, RSS `guid` or JSON Feed `id`, byte for byte.
    pub declared_id: Option<String>,
    pub link: Option<String>,
    pub title: Option<Text>,
    pub summary: Option<Text>,
    pub content: Option<Text>,
    pub authors: Vec<Person>,
    pub categories: Vec<Category>,
    pub enclosures: Vec<Enclosure>,
    pub links: Vec<Link>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub language: Option<String>,
    pub rights: Option<Text>,
    /// The feed that an aggregator took the item from (`atom:source`, RSS `source`).
    pub origin: Option<Origin>,
    /// The base of relative addresses in the content, where the document states it (`xml:base`).
    pub base: Option<String>,
    /// Its dates as the publisher wrote them.
    pub written: WrittenDates,
    /// Its own address, where `link` leads through a redirector (`feedburner:origLink`).
    pub original_link: Option<String>,
    /// Number of comments.
    pub comments: Option<u64>,
    pub in_reply_to: Vec<Reply>,
    pub media: Option<Media>,
    /// The address of a page that plays its media (`media:player`).
    pub player: Option<String>,
    /// Latitude and longitude in degrees, separated by a blank.
    pub place: Option<String>,
}

/// A source's description of itself, cleaned; stored with the source and published as `atom:source`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedMeta {
    pub id: Option<String>,
    /// Plain text.
    pub title: Option<String>,
    /// Plain text.
    pub subtitle: Option<String>,
    /// Absolute address of the website.
    pub link: Option<String>,
    pub icon: Option<String>,
    pub logo: Option<String>,
    /// Plain text.
    pub rights: Option<String>,
    pub language: Option<String>,
    pub updated: Option<Timestamp>,
    pub authors: Vec<Person>,
    /// Further properties of a podcast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<Show>,
}

/// The `atom:source` that an entry came with, because its source took it from another feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    pub id: Option<String>,
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    pub link: Option<String>,
    pub self_link: Option<String>,
    pub updated: Option<Timestamp>,
    pub authors: Vec<Person>,
}

/// entry → store: a complete document, cleaned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CleanFeed {
    pub meta: FeedMeta,
    /// In document order; each entry key occurs once.
    pub entries: Vec<CleanEntry>,
    /// Items that were left out because the document lists them more than once.
    pub doubles: u64,
    pub deletions: Deletions,
}

/// How the items of a document were handled: `parsed` is the sum of all other fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    pub parsed: u64,
    pub new: u64,
    pub same: u64,
    pub revised: u64,
    /// Left out because the document lists them more than once.
    pub rejected: u64,
}

impl Tally {
    /// Whether every item is counted exactly once.
    pub fn adds_up(&self) -> bool {
        self.parsed == self.new + self.same + self.revised + self.rejected
    }
}

/// How a source's entries are told apart (`identity`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Identity {
    /// By id, address and text.
    #[default]
    Auto,
    /// By the publisher's ids only.
    Guid,
    Link,
    TitleAndDate,
}

/// entry → store: one entry, cleaned: URLs absolute, content sanitised, dates credible or absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanEntry {
    /// Its keys inside the source, the best first; never empty.
    pub keys: Vec<EntryKey>,
    pub declared_id: Option<String>,
    /// An http or https address.
    pub link: Option<String>,
    /// Plain text, one line, never empty.
    pub title: String,
    /// Plain text; empty if the feed has no summary beside the content.
    pub summary: String,
    /// Sanitised HTML; empty for an entry without content.
    pub content: SafeHtml,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub details: EntryDetails,
    /// Its dates as the publisher wrote them.
    pub written: WrittenDates,
    /// Digest of all fields above except the dates. If it is unchanged, nothing needs to be written.
    pub record_hash: [u8; 16],
    /// Digest of what a person would notice (title, text, enclosures). If it changes, the entry was revised.
    pub text_hash: [u8; 16],
    /// Digest of the title alone, by which entries are found that have no other key in common.
    pub title_digest: KeyDigest,
}

/// The parts of an entry that are stored and published without being examined.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryDetails {
    pub authors: Vec<Person>,
    pub categories: Vec<Category>,
    pub enclosures: Vec<Enclosure>,
    pub links: Vec<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_link: Option<String>,
    /// Number of comments when the entry was last written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub in_reply_to: Vec<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<Media>,
    /// Latitude and longitude in degrees, separated by a blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whether the publisher gave no title, so that the stored title was made from the content.
    #[serde(rename = "untitled", skip_serializing_if = "std::ops::Not::not")]
    pub is_untitled: bool,
}

/// How a poll ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Entries are new or were revised.
    New,
    /// A document came without new or revised entries.
    Unchanged,
    /// The server answered that nothing has changed (304).
    NotModified,
    /// The server answered that the feed is gone for good (410).
    Gone,
    /// No document came, or it could not be read.
    Failed,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::New => "new",
            Outcome::Unchanged => "unchanged",
            Outcome::NotModified => "not_modified",
            Outcome::Gone => "gone",
            Outcome::Failed => "failed",
        }
    }

    pub fn parse(text: &str) -> Option<Outcome> {
        [Outcome::New, Outcome::Unchanged, Outcome::NotModified, Outcome::Gone, Outcome::Failed]
            .into_iter()
            .find(|outcome| outcome.as_str() == text)
    }

    /// Whether the poll brought a document or confirmed the known one.
    pub fn is_success(self) -> bool {
        matches!(self, Outcome::New | Outcome::Unchanged | Outcome::NotModified)
    }
}

/// schedule → fetch → poll → schedule: why a request to the host that a redirect leads to must wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotYet {
    pub host: String,
    /// The earliest time at which the host may be asked.
    pub until: Timestamp,
    pub cause: Cause,
}

/// Why a request must wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Other requests to the host come first; the turn of this request comes within seconds.
    TurnIsSoon,
    /// Other requests to the host come first, and the host takes requests at long intervals only.
    TurnIsLater,
    /// Requests to the host are paused for this reason: it asked for a pause, or its sources fail in the same way.
    LeftAlone(String),
    /// Other large bodies take the memory for bodies, and this request waited for room without success.
    Crowded,
    /// The daemon is stopping and starts no more requests.
    Stopping,
}

impl fmt::Display for NotYet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NotYet { host, until, cause } = self;
        match cause {
            Cause::TurnIsSoon | Cause::TurnIsLater => {
                write!(f, "not polled: it is redirected to {host}, where it is its turn at {until}")
            }
            Cause::LeftAlone(reason) => write!(f, "not polled: {host} is left alone until {until}: {reason}"),
            Cause::Crowded => write!(
                f,
                "not polled: other large documents took all the memory that polls may have; it is asked again at \
                 {until} (if this happens often, lower `concurrency` or `max_body`)"
            ),
            Cause::Stopping => f.write_str("watershed is stopping"),
        }
    }
}
