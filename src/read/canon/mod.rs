//! Rewrites the texts of a feed of any format, age and damage as one well-formed Atom 1.0 document, and keeps beside it
//! all properties that are values: ids, addresses, dates, people, categories, and everything that Atom cannot express.
//!
//! One pass over the text with the tolerant scanner of [`super::scan`] and one vocabulary for all formats
//! ([`super::names`]). Every XML document is rewritten, because the parser does not report its losses.

mod entities;
mod item;
mod leaf;
mod parts;
mod plainly;
mod show;
mod synonyms;
mod text;

use std::time::Duration;

use url::Url;

use super::names::{Field, Space};
use super::scan::{Kind, Markup, Scan, Tag};
use super::{DocumentKind, ReadError, dates};
use crate::model::{FeedFormat, ParsedFeed, ParsedItem, Person, Problem, Timestamp};
use crate::text::address;
use crate::text::xml::without_forbidden;
use item::{based, credited, insert, keep};
use leaf::{Ends, Leaf, Names, is_frame, is_item};
pub(super) use parts::{LinkParts, bytes};
use text::{Note, Notes, TextMode, without_high_controls};

/// Most bytes of other text before a feed, such as warnings of the web server.
const JUNK_MAX_BYTES: usize = 64 * 1_024;
/// The root's end tag is searched for in this many bytes at the end of a document.
const TAIL_BYTES: usize = 256;
/// Most names of elements around the items that are remembered.
const FRAMES_MAX: usize = 8;
/// Nesting that is deeper than this is reported as a problem.
const DEPTH_REPORTED: usize = 512;
/// Longest name of a root element that an error quotes, in bytes.
const ROOT_NAME_MAX_BYTES: usize = 40;
/// Most hours to skip, days to skip, links and authors of a feed.
const LIST_MAX: usize = 48;
/// Most deleted entries that are read from one document.
const DELETED_MAX: usize = 1_000;

/// A document in its canonical form: its texts, and its other properties beside them.
#[derive(Debug)]
pub(super) struct Canonical {
    /// Atom 1.0: flat, with escaped texts only.
    pub(super) text: String,
    /// Number of items in the document, including those above the limit, which were not written.
    pub(super) items: usize,
    /// The asides of the items that were written. An entry's id is the index of its aside.
    pub(super) asides: Vec<Aside>,
    /// The links of the feed.
    pub(super) links: Vec<LinkParts>,
    /// The other properties of the feed, apart from its texts.
    pub(super) feed: ParsedFeed,
}

/// The properties of an item, apart from its texts. They have been read already, so they are not written for the
/// parser.
#[derive(Debug, Clone, Default)]
pub(super) struct Aside {
    pub(super) links: Vec<LinkParts>,
    /// The id is also the item's address if it looks like an address (RSS `guid`).
    pub(super) is_permalink: bool,
    /// The item with these properties alone.
    pub(super) item: ParsedItem,
}

/// The properties of the feed itself that were found.
#[derive(Default)]
struct Head<'a> {
    id: Option<String>,
    title: Option<Leaf<'a>>,
    /// A title in another vocabulary, which counts if the feed has no title of its own vocabulary.
    other_title: Option<Leaf<'a>>,
    subtitle: Option<Leaf<'a>>,
    /// A subtitle in another vocabulary, which counts if the feed has no subtitle of its own vocabulary.
    other_subtitle: Option<Leaf<'a>>,
    rights: Option<Leaf<'a>>,
    links: Vec<LinkParts>,
    authors: Vec<Person>,
    other_authors: Vec<Person>,
    updated: Option<Timestamp>,
    icon: Option<String>,
    logo: Option<String>,
    ttl: Option<Duration>,
    period: Option<u64>,
    frequency: Option<u64>,
}

/// The state of the pass over a document.
#[derive(Default)]
struct Reader<'a> {
    scan: Scan<'a>,
    at: usize,
    names: Names<'a>,
    ends: Ends,
    format: FeedFormat,
    root: Option<&'a str>,
    /// Number of elements that describe the feed.
    fields: usize,
    /// Whether an end tag of an element around the items was found.
    is_closed: bool,
    /// Whether the end tag of the root element was found.
    is_whole: bool,
    /// Number of lines of the document before this text.
    lines_before: usize,
    /// The names of the elements around the items, as written.
    frames: Vec<&'a str>,
    /// The document has more items than may be written.
    is_overrun: bool,
    /// The end tags of the items above the limit are missing.
    is_endless: bool,
    items: usize,
    max_items: usize,
    base: Option<Url>,
    /// Whether the document contains `xml:base`.
    is_based: bool,
    head: Head<'a>,
    feed: ParsedFeed,
    asides: Vec<Aside>,
    out: String,
    notes: Notes,
    /// Declarations of the document type were ignored.
    subset: bool,
    /// Number of references to declared entities that were resolved.
    entities: usize,
    /// Number of empty items.
    empty: usize,
}

/// Rewrites a document that is not JSON in its canonical form. `url` is the document's address. At most `max_items`
/// items are written; the others are only counted. Fails if the document is not a feed.
pub(super) fn canonicalise(
    text: &str,
    url: &str,
    max_items: usize,
    lines_before: usize,
    problems: &mut Vec<Problem>,
) -> Result<Canonical, ReadError> {
    let meant = without_high_controls(text);
    let clean = without_forbidden(&meant);
    let forbidden = meant.len() - clean.len();
    let start = feed_start(&Scan::new(&clean));
    let declared = entities::resolved(&clean, start.at);
    let text: &str = &declared.text;
    let mut reader = Reader {
        scan: Scan::new(text),
        at: start.at,
        format: start.headless.unwrap_or_default(),
        root: start.headless.map(|_| ""),
        lines_before,
        max_items,
        base: Url::parse(url).ok(),
        is_based: text.contains("xml:base"),
        out: String::with_capacity(text.len() + 256),
        subset: declared.has_left_out,
        entities: declared.count,
        ..Reader::default()
    };
    let is_junk = has_more_than_asides(&text[..start.at]);
    reader.out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\">");
    reader.document()?;
    reader.report(forbidden, is_junk, problems);
    reader.finish()
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<(), ReadError> {
        while let Some(markup) = self.scan.next(self.at) {
            self.at = markup.end();
            let tag = match markup {
                Markup::Tag(tag) if tag.kind != Kind::End => tag,
                Markup::Aside { start, end } => {
                    let declares = self.root.is_none() && self.scan.text[start..end].contains("<!ENTITY");
                    self.subset |= declares;
                    continue;
                }
                Markup::Tag(tag) => {
                    self.is_closed |= is_frame(tag.local());
                    self.is_whole |= self.ends_root(tag.local());
                    continue;
                }
                Markup::CData { .. } => continue,
            };
            if self.root.is_none() {
                self.root(&tag)?;
                if !tag.local().eq_ignore_ascii_case("entry") {
                    continue;
                }
            }
            self.names.declare(&tag);
            match self.names.field(&tag) {
                Some(Field::Item) => self.begin_item(tag),
                Some(Field::Frame) => self.frame(&tag),
                Some(Field::Wrapper) => {}
                Some(field) => {
                    let (leaf, after) = self.ends.leaf(&self.scan, tag, &self.names);
                    self.at = after;
                    self.fields += 1;
                    if !self.is_overrun {
                        self.take_head(field, leaf);
                    }
                }
                None => self.at = self.ends.skip(&self.scan, &tag, &self.names),
            }
        }
        if self.root.is_some() {
            Ok(())
        } else {
            Err(ReadError::NotAFeed { kind: DocumentKind::Other, feeds: Vec::new() })
        }
    }

    /// Determines the format from the root element.
    fn root(&mut self, tag: &Tag<'a>) -> Result<(), ReadError> {
        let local = tag.local();
        self.root = Some(local);
        let version = parts::attribute(tag, "version").unwrap_or_default();
        let lower = local.to_ascii_lowercase();
        self.format = match lower.as_str() {
            "rss" if version.trim_start().starts_with("0.") => FeedFormat::Rss0,
            "rss" | "channel" => FeedFormat::Rss2,
            "rdf" => FeedFormat::Rss1,
            "feed" | "entry" => FeedFormat::Atom,
            _ => {
                let root = local[..local.floor_char_boundary(ROOT_NAME_MAX_BYTES)].to_owned();
                return Err(ReadError::NotAFeed { kind: DocumentKind::Xml(root), feeds: Vec::new() });
            }
        };
        self.is_whole = tag.kind == Kind::Empty;
        self.names.root(tag);
        self.frame(tag);
        Ok(())
    }

    /// Whether an end tag of this name closes the root element. If the root element could not be read, the end tag of
    /// any element around the items counts.
    fn ends_root(&self, name: &str) -> bool {
        match self.root {
            Some("") => is_frame(name),
            Some(root) => root.eq_ignore_ascii_case(name),
            None => false,
        }
    }

    /// Whether the text ends with the root's end tag. The pass misses this tag if an unclosed element before it
    /// swallows it.
    fn ends_with_root(&self) -> bool {
        let text = self.scan.text.trim_end();
        let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(TAIL_BYTES))..];
        let Some(name) = tail.strip_suffix('>').and_then(|tail| tail.rsplit_once("</")).map(|(_, name)| name) else {
            return false;
        };
        let name = name.trim_end();
        !name.contains(['<', '>']) && self.ends_root(name.rsplit_once(':').map_or(name, |(_, local)| local))
    }

    /// Takes the properties of the feed from the attributes of an element around the items.
    fn frame(&mut self, tag: &Tag<'a>) {
        if !self.frames.contains(&tag.name) && self.frames.len() < FRAMES_MAX {
            self.frames.push(tag.name);
        }
        if !tag.has_attributes() {
            return;
        }
        self.names.declare(tag);
        self.base = based(self.base.as_ref(), tag);
        self.feed.language = self.feed.language.take().or_else(|| parts::attribute(tag, "xml:lang"));
        // CDF (Channel Definition Format) states the address in an attribute.
        if let Some(href) = parts::attribute(tag, "href") {
            self.head.links.push(LinkParts { href, rel: "alternate".to_owned(), ..LinkParts::default() });
        }
        if let Some(modified) = parts::attribute(tag, "lastmod") {
            self.head.updated = self.head.updated.or_else(|| dates::parse(&modified));
        }
    }

    fn begin_item(&mut self, tag: Tag<'a>) {
        self.items += 1;
        if self.items <= self.max_items {
            self.item(tag);
            return;
        }
        // An item above the limit is only counted. Its content is skipped, because it does not describe the feed. After
        // the first missing end tag no further end tags are searched for.
        self.is_overrun = true;
        if tag.kind == Kind::Empty || self.is_endless {
            return;
        }
        let end = format!("</{}", tag.name);
        match self.scan.text[tag.end..].find(&end) {
            Some(end) => self.at = tag.end + end,
            None => self.is_endless = true,
        }
    }

    fn take_head(&mut self, field: Field, leaf: Leaf<'a>) {
        if self.names.space(&leaf.tag) == Space::Itunes {
            self.take_show(field, &leaf);
        }
        let (inner, head) = (leaf.inner, &mut self.head);
        match field {
            // A `guid` outside the items is stray, because an RSS feed has no id.
            Field::Id if leaf.tag.local().eq_ignore_ascii_case("guid") => {}
            Field::Id => head.id = head.id.take().or_else(|| parts::word(inner)),
            Field::Title => keep(&mut head.title, leaf),
            Field::OtherTitle => keep(&mut head.other_title, leaf),
            Field::Summary => synonyms::keep_best(&mut head.subtitle, leaf, synonyms::of_feed(self.format)),
            Field::OtherSummary | Field::OtherSubtitle => {
                synonyms::keep_best(&mut head.other_subtitle, leaf, synonyms::of_feed(self.format));
            }
            Field::Rights => keep(&mut head.rights, leaf),
            Field::Link if head.links.len() < LIST_MAX => {
                if let Some(mut link) = parts::link(&leaf) {
                    let base = based(self.base.as_ref(), &leaf.tag).filter(|_| self.is_based);
                    let absolute = base.and_then(|base| address::absolute(&link.href, Some(&base)));
                    link.href = absolute.map_or(link.href, String::from);
                    insert(&mut head.links, link);
                }
            }
            Field::Author if head.authors.len() < LIST_MAX => head.authors.extend(parts::person(&leaf, &self.names)),
            Field::OtherAuthor if head.other_authors.len() < LIST_MAX => {
                head.other_authors.extend(parts::person(&leaf, &self.names));
            }
            Field::Updated | Field::Published | Field::Date => {
                let is_better = field == Field::Updated || head.updated.is_none();
                head.updated = dates::parse(&text::plain(inner)).filter(|_| is_better).or(head.updated);
            }
            Field::Icon => head.icon = head.icon.take().or_else(|| parts::part(inner)),
            Field::Logo | Field::Image => head.logo = head.logo.take().or_else(|| parts::image(&leaf, &self.names)),
            Field::Language => self.feed.language = self.feed.language.take().or_else(|| parts::part(inner)),
            Field::Ttl => {
                let minutes: Option<u32> = text::plain(inner).parse().ok();
                head.ttl = head.ttl.or(minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60)));
            }
            Field::UpdatePeriod => head.period = head.period.or_else(|| period(&text::plain(inner))),
            Field::UpdateFrequency => head.frequency = head.frequency.or_else(|| text::plain(inner).parse().ok()),
            Field::SkipHours => {
                let hours = listed(inner, &self.names, "hour", |hour| hour.parse().ok().filter(|hour| *hour <= 24));
                self.feed.skip_hours.extend(hours);
            }
            Field::SkipDays => self.feed.skip_days.extend(listed(inner, &self.names, "day", weekday)),
            Field::Deleted if self.feed.deleted.len() < DELETED_MAX => {
                self.feed.deleted.extend(parts::deletion(&leaf, &self.names));
            }
            Field::Cloud => {
                let part = |name| parts::attribute(&leaf.tag, name).unwrap_or_default();
                let domain = part("domain");
                let (protocol, port) = (part("protocol").to_ascii_lowercase(), part("port"));
                // Only a cloud that takes registrations by HTTP POST can be given as an address.
                let scheme = match (protocol.as_str(), port.as_str()) {
                    ("https-post", _) | ("http-post", "443") => "https://",
                    ("http-post", _) => "http://",
                    _ => "",
                };
                self.feed.cloud = (!domain.is_empty()).then(|| format!("{scheme}{domain}:{port}{}", part("path")));
            }
            _ => {}
        }
    }

    /// Writes the texts of the feed and the end of the canonical document, and gathers what goes beside it.
    fn finish(mut self) -> Result<Canonical, ReadError> {
        let head = std::mem::take(&mut self.head);
        if self.items + self.fields == 0 && !self.is_closed {
            let why = if self.ends.deepest > DEPTH_REPORTED {
                format!("its elements are nested more than {DEPTH_REPORTED} deep, and it has no elements of a feed")
            } else {
                "it ends before the first element of a feed".to_owned()
            };
            return Err(ReadError::Malformed { why });
        }
        let subtitle = if self.format == FeedFormat::Atom { TextMode::Plain } else { TextMode::Html };
        self.text_construct("title", head.title.or(head.other_title), TextMode::Plain);
        self.text_construct("subtitle", head.subtitle.or(head.other_subtitle), subtitle);
        self.text_construct("rights", head.rights, TextMode::Plain);
        self.out.push_str("</feed>");
        let by_rhythm = head.period.map(|period| Duration::from_secs(period / head.frequency.unwrap_or(1).max(1)));
        self.feed.freshness = head.ttl.max(by_rhythm);
        self.feed.skip_hours.truncate(LIST_MAX);
        self.feed.skip_days.truncate(LIST_MAX);
        let is_whole = self.is_whole || self.ends_with_root();
        let feed = ParsedFeed {
            format: self.format,
            is_whole,
            id: head.id,
            updated: head.updated,
            icon: head.icon,
            logo: head.logo,
            authors: credited(head.authors, head.other_authors),
            ..self.feed
        };
        Ok(Canonical { text: self.out, items: self.items, asides: self.asides, links: head.links, feed })
    }

    fn report(&self, forbidden: usize, is_junk: bool, problems: &mut Vec<Problem>) {
        let mut report = |note: &Note, one: &str, many: &str| {
            let line = note.line(self.scan.text).map(|line| line + self.lines_before);
            let place = |first: &str| line.map(|line| format!(" ({first}line {line})")).unwrap_or_default();
            match note.count {
                0 => {}
                1 => problems.push(Problem::new(format!("{one}{}", place("")))),
                count => problems.push(Problem::new(format!("{count} {many}{}", place("first in ")))),
            }
        };
        let Notes { ampersands, forbidden: referred, dates, offsets, brackets, lengths, untyped } = &self.notes;
        report(
            referred,
            "a reference to a character that XML forbids was removed",
            "references to characters that XML forbids were removed",
        );
        report(ampersands, "an unescaped ampersand was read as text", "unescaped ampersands were read as text");
        report(brackets, "an unescaped `<` was read as text", "unescaped `<` were read as text");
        report(lengths, "an id is too long and was left out", "ids are too long and were left out");
        report(&self.ends.unclosed, "an element is not closed", "elements are not closed");
        report(dates, "a date cannot be read", "dates cannot be read");
        report(
            offsets,
            "a date has an impossible UTC offset and was read as UTC",
            "dates have an impossible UTC offset and were read as UTC",
        );
        report(
            untyped,
            "a text without a declared type contains HTML tags and was read as HTML",
            "texts without a declared type contain HTML tags and were read as HTML",
        );
        let mut report = |is_met: bool, what: String| {
            if is_met {
                problems.push(Problem::new(what));
            }
        };
        report(is_junk, "other text before the feed was skipped".to_owned());
        report(
            self.root == Some(""),
            "the root element cannot be read; the entries show that the document is a feed".to_owned(),
        );
        report(forbidden > 0, format!("{forbidden} bytes of characters that XML forbids were removed"));
        report(
            self.ends.deepest > DEPTH_REPORTED,
            format!("elements are nested more than {DEPTH_REPORTED} deep and were skipped"),
        );
        let entities = self.entities;
        report(entities > 0, format!("{entities} references to entities that the document declares were resolved"));
        report(self.subset, "entity declarations other than short plain texts were ignored".to_owned());
        let (one, many) = ("an item is empty and was left out", "items are empty and were left out");
        problems.extend(Problem::counted(self.empty as u64, one, many));
    }
}

/// Whether a text contains more than comments and declarations.
fn has_more_than_asides(text: &str) -> bool {
    Scan::new(text).pieces().any(|(before, markup)| {
        !before.trim().is_empty() || matches!(markup, Some(Markup::Tag(_) | Markup::CData { .. }))
    })
}

/// The start of the feed in a document.
struct Start {
    at: usize,
    /// The format that the items and the end of the document show, if the root element cannot be read.
    headless: Option<FeedFormat>,
}

/// Whether a text that looks like an HTML page contains a feed with entries.
pub(super) fn has_feed(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(JUNK_MAX_BYTES)];
    let roots = ["<rss", "<feed", "<rdf:RDF"];
    roots.iter().any(|root| head.contains(root))
        && (head.contains("<item>") || head.contains("<item ") || head.contains("<entry"))
}

/// Whether the root element of a feed occurs near the beginning of a text.
pub(super) fn has_frame(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(JUNK_MAX_BYTES)];
    let start = feed_start(&Scan::new(head));
    matches!(Scan::new(&head[start.at..]).next(0), Some(Markup::Tag(tag)) if is_frame(tag.local()))
}

/// Finds the start of the feed: its root element if that begins within [`JUNK_MAX_BYTES`], otherwise the first item of
/// a feed whose root cannot be read, otherwise the first element.
fn feed_start(scan: &Scan<'_>) -> Start {
    let limit = scan.text.floor_char_boundary(JUNK_MAX_BYTES);
    let (mut first, mut first_item) = (None, None);
    for markup in scan.markup().take_while(|markup| markup.start() <= limit) {
        if let Markup::Tag(tag) = markup
            && tag.kind != Kind::End
        {
            if is_frame(tag.local()) || (first.is_none() && tag.local().eq_ignore_ascii_case("entry")) {
                return Start { at: tag.start, headless: None };
            }
            first = first.or(Some(tag.start));
            first_item = first_item.or_else(|| is_item(tag.local()).then_some(tag.start));
        }
    }
    let tail = &scan.text[scan.text.ceil_char_boundary(scan.text.len().saturating_sub(TAIL_BYTES))..];
    let headless = match first_item {
        Some(_) if tail.contains("</feed>") => Some(FeedFormat::Atom),
        Some(_) if tail.contains("</rss>") || tail.contains("</channel>") => Some(FeedFormat::Rss2),
        _ => None,
    };
    let at = if headless.is_some() { first_item } else { first };
    Start { at: at.unwrap_or(0), headless }
}

/// The length of an `updatePeriod` (web.resource.org/rss/1.0/modules/syndication), in seconds.
fn period(name: &str) -> Option<u64> {
    Some(match name.trim().to_ascii_lowercase().as_str() {
        "hourly" => 3_600,
        "daily" => 86_400,
        "weekly" => 7 * 86_400,
        "monthly" => 30 * 86_400,
        "yearly" => 365 * 86_400,
        _ => return None,
    })
}

/// The valid values of `skipHours` or `skipDays` (RSS 2.0).
fn listed(inner: &str, names: &Names<'_>, what: &str, read: impl Fn(&str) -> Option<u8>) -> Vec<u8> {
    parts::named(inner, names, what).filter_map(|it| read(text::plain(it.inner).trim())).take(LIST_MAX).collect()
}

fn weekday(name: &str) -> Option<u8> {
    const DAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    let name = name.to_ascii_lowercase();
    DAYS.iter().position(|day| *day == name).and_then(|day| u8::try_from(day).ok())
}
