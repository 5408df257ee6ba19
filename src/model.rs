//! Plain data handed from stage to stage.
//!
//! One type per hand-over, named for its role. Nothing here knows the network, the disk, the clock or chance; all
//! times between stages are [`Timestamp`]s (UTC, whole seconds), but for the times between two requests, which are
//! [`Moment`]s (milliseconds).

mod deletion;
mod key;
mod media;
mod moment;
mod person;
mod placeholder;
mod rules;
mod safe_html;
mod stored;

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use deletion::{Deletion, Deletions};
pub use key::{EntryKey, KeyDigest, KeyKind, composed};
pub use media::{CastMember, Media, MediaContent, MediaLink, Thumbnail};
pub use moment::Moment;
pub use person::name_of_address;
pub use placeholder::{is_no_id, is_no_link};
pub use rules::{FilterField, FilterRule, Rewrite, TextTest};
pub use safe_html::SafeHtml;
pub use stored::{SourceCard, StoredEntry, StoryCopy};

/// A point in time: whole seconds since 1970-01-01T00:00:00Z. The time type between stages.
///
/// As data it is RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The latest time that can be written with a four-digit year: 9999-12-31T23:59:59Z.
    pub const MAX: Timestamp = Timestamp(253_402_300_799);
    /// 0000-01-01T00:00:00Z, the earliest time that can be written with a four-digit year.
    pub const MIN: Timestamp = Timestamp(-62_167_219_200);

    /// From seconds since 1970; out of range becomes [`Timestamp::MIN`] or [`Timestamp::MAX`].
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

    /// This time and `span` more, at most [`Timestamp::MAX`].
    #[must_use]
    pub fn plus(self, span: Duration) -> Timestamp {
        let seconds = i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
        Timestamp::from_unix(self.0.saturating_add(seconds))
    }

    /// This time less `span`, at least [`Timestamp::MIN`].
    #[must_use]
    pub fn minus(self, span: Duration) -> Timestamp {
        let seconds = i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
        Timestamp::from_unix(self.0.saturating_sub(seconds))
    }

    /// How long after `earlier` this is; zero when it is not after it.
    pub fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_secs(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// RFC 3339 in UTC: `2026-11-24T14:05:00Z`.
    pub fn to_rfc3339(self) -> String {
        self.to_chrono().to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// Reads RFC 3339 with any offset; fractions of a second are cut.
    pub fn parse_rfc3339(text: &str) -> Option<Timestamp> {
        DateTime::parse_from_rfc3339(text).ok().map(|time| Timestamp::from_unix(time.timestamp()))
    }

    /// As chrono's UTC time, for libraries that want it.
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

/// The store's number of an entry, rising in storing order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub i64);

/// What a server gave to recognise its document by: raw bytes, sent back exactly as they came (RFC 9110, 8.8).
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

/// A defect in a feed that was tolerated: one plain sentence or less, at most [`Problem::MAX_BYTES`] long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Problem(String);

impl Problem {
    /// Longest text of a problem, in bytes.
    pub const MAX_BYTES: usize = 300;
    /// Most problems kept of one document.
    pub const MAX_PER_DOCUMENT: usize = 20;

    pub fn new(text: impl Into<String>) -> Problem {
        let mut text: String = text.into();
        if text.len() > Self::MAX_BYTES {
            text.truncate(text.floor_char_boundary(Self::MAX_BYTES - 3));
            text.push('…');
        }
        Problem(text)
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedFormat {
    /// RSS 0.91, 0.92 and their like.
    Rss0,
    /// RSS 1.0 (RDF).
    Rss1,
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

/// A piece of text as a feed carries it, before it is cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// Characters only: `<` is a less-than sign.
    Plain(String),
    /// HTML markup (Atom `html` and `xhtml`, RSS descriptions, `content_html`).
    Html(String),
    /// Text of an element that publishers fill with either (RSS titles): plain unless it carries markup or references.
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
    /// Length in bytes, as the feed says.
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

/// What an entry answers to (RFC 4685, 3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reply {
    /// The `atom:id` of what is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The feed that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Dates as the publisher wrote them, for whoever looks into a document; they are not kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrittenDates {
    pub published: Option<String>,
    pub updated: Option<String>,
}

/// The encoding that a document was read in, and why that one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Charset {
    pub name: String,
    pub evidence: &'static str,
}

/// read → entry: one document, as the publisher wrote it, in one shape for all formats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedFeed {
    pub format: FeedFormat,
    pub charset: Charset,
    /// Whether the root element, or the JSON object, is closed. If not, the document was cut off.
    pub is_whole: bool,
    /// The feed's own id as written (Atom), if any.
    pub id: Option<String>,
    pub title: Option<Text>,
    pub subtitle: Option<Text>,
    /// Address of the site.
    pub link: Option<String>,
    /// The feed's own address as it says.
    pub self_link: Option<String>,
    /// A WebSub hub that it names.
    pub hub: Option<String>,
    /// RSS `cloud`, as host, port and path.
    pub cloud: Option<String>,
    pub icon: Option<String>,
    pub logo: Option<String>,
    pub rights: Option<Text>,
    pub language: Option<String>,
    pub updated: Option<Timestamp>,
    pub authors: Vec<Person>,
    /// Least time between two polls the publisher asks for in the document (RSS `ttl`, `sy:*`).
    pub freshness: Option<Duration>,
    /// Hours of the day (0 to 24, GMT) and days of the week (0: Sunday) that the publisher wants skipped.
    pub skip_hours: Vec<u8>,
    pub skip_days: Vec<u8>,
    /// Entries that the publisher says it has deleted, in document order.
    pub deleted: Vec<Deletion>,
    /// In document order.
    pub items: Vec<ParsedItem>,
}

/// read → entry: one item of a document. URLs are as written or absolute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedItem {
    /// Atom `id`, RSS `guid`, JSON Feed `id`, byte for byte.
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
    /// Where an aggregator took it from (`atom:source`, RSS `source`).
    pub origin: Option<Origin>,
    /// What the addresses in its content are relative to, where the document says so (`xml:base`).
    pub base: Option<String>,
    /// Its dates as written.
    pub written: WrittenDates,
    /// Its own address, where `link` leads through a counter (`feedburner:origLink`).
    pub original_link: Option<String>,
    /// How many comments it has.
    pub comments: Option<u64>,
    pub in_reply_to: Vec<Reply>,
    pub media: Option<Media>,
    /// The address of a page that plays its media (`media:player`).
    pub player: Option<String>,
    /// Latitude and longitude in degrees, with a blank between.
    pub place: Option<String>,
}

/// A source's description of itself, cleaned; kept with the source and published as `atom:source`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedMeta {
    pub id: Option<String>,
    /// Plain text.
    pub title: Option<String>,
    /// Plain text.
    pub subtitle: Option<String>,
    /// Absolute address of the site.
    pub link: Option<String>,
    pub icon: Option<String>,
    pub logo: Option<String>,
    /// Plain text.
    pub rights: Option<String>,
    pub language: Option<String>,
    pub updated: Option<Timestamp>,
    pub authors: Vec<Person>,
}

/// The incoming `atom:source` of an entry that its source took from elsewhere.
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

/// entry → store: a whole document, cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanFeed {
    pub meta: FeedMeta,
    /// In document order, each key once.
    pub entries: Vec<CleanEntry>,
    /// Items left out, as they were in the document more than once.
    pub doubles: u64,
    pub deletions: Deletions,
}

/// What the items of a document came to: `parsed` is the sum of all others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    pub parsed: u64,
    pub new: u64,
    pub same: u64,
    pub revised: u64,
    /// Left out: in the document more than once.
    pub rejected: u64,
}

impl Tally {
    /// Whether nothing got lost on the way.
    pub fn adds_up(&self) -> bool {
        self.parsed == self.new + self.same + self.revised + self.rejected
    }
}

/// How a source's entries are told apart (`identity`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Identity {
    /// By id, address and text together.
    #[default]
    Auto,
    /// By the publisher's ids alone.
    Guid,
    Link,
    TitleAndDate,
}

/// entry → store: one entry, cleaned: URLs absolute, content sanitised, dates credible or absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanEntry {
    /// What it may be known by inside the source, the best first; never empty.
    pub keys: Vec<EntryKey>,
    pub declared_id: Option<String>,
    /// http or https.
    pub link: Option<String>,
    /// Plain text, one line, never empty.
    pub title: String,
    /// Plain text; empty when the feed has none beside the content.
    pub summary: String,
    /// Empty when there is none.
    pub content: SafeHtml,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub details: EntryDetails,
    /// Its dates as written.
    pub written: WrittenDates,
    /// Digest of everything above but the dates: equal means there is nothing to write.
    pub record_hash: [u8; 16],
    /// Digest of what a person would notice (title, text, enclosures): a change of it is a revision.
    pub text_hash: [u8; 16],
}

/// The parts of an entry that are only ever carried along.
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
    /// How many comments it had when it was last written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub in_reply_to: Vec<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<Media>,
    /// Latitude and longitude in degrees, with a blank between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Its publisher gave it no title; what is stored as one was made.
    #[serde(rename = "untitled", skip_serializing_if = "std::ops::Not::not")]
    pub is_untitled: bool,
}

/// How a poll ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Entries came or were revised.
    New,
    /// A document came, with nothing new in it.
    Unchanged,
    /// The server said that nothing changed (304).
    NotModified,
    /// The server said that the feed is gone for good (410).
    Gone,
    /// No document came, or none that could be read.
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
}

/// schedule → fetch → poll → schedule: why the host that a redirect leads to may not be asked now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotYet {
    /// Other requests to the host come first, but the turn of this request comes within seconds.
    TurnIsSoon { host: String, until: Timestamp },
    /// Other requests to the host come first, and the host takes only one in a long while.
    TurnIsLater { host: String, until: Timestamp },
    /// The host is left alone, because it asked for a pause or its sources fail alike.
    LeftAlone { host: String, until: Timestamp, reason: String },
    /// Too many large bodies are in memory: this one waited for room in vain, and gave way.
    Crowded { host: String, until: Timestamp },
    /// The daemon is stopping and gives no more turns.
    Stopping { host: String, at: Timestamp },
}

impl NotYet {
    pub fn host(&self) -> &str {
        match self {
            NotYet::TurnIsSoon { host, .. }
            | NotYet::TurnIsLater { host, .. }
            | NotYet::LeftAlone { host, .. }
            | NotYet::Crowded { host, .. }
            | NotYet::Stopping { host, .. } => host,
        }
    }

    /// When the host may be asked at the earliest.
    pub fn until(&self) -> Timestamp {
        match self {
            NotYet::TurnIsSoon { until, .. }
            | NotYet::TurnIsLater { until, .. }
            | NotYet::LeftAlone { until, .. }
            | NotYet::Crowded { until, .. }
            | NotYet::Stopping { at: until, .. } => *until,
        }
    }
}

impl fmt::Display for NotYet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotYet::TurnIsSoon { host, until } | NotYet::TurnIsLater { host, until } => {
                write!(f, "not polled: it is redirected to {host}, where it is its turn at {until}")
            }
            NotYet::LeftAlone { host, until, reason } => {
                write!(f, "not polled: {host} is left alone until {until}: {reason}")
            }
            NotYet::Crowded { until, .. } => {
                write!(
                    f,
                    "not polled: other large documents took all the memory that polls may have; it is asked again at {until}"
                )
            }
            NotYet::Stopping { .. } => f.write_str("watershed is stopping"),
        }
    }
}
