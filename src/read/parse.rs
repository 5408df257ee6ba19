//! Repaired XML to a [`ParsedFeed`]: the only place that knows feed-rs.
//!
//! A parser is made for each document (feed-rs keeps state across a failure) and runs on a thread of its own, with a
//! stack of known size and a panic of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Utc};
use feed_rs::model as feed;
use feed_rs::model::{FeedType, LinkTarget};
use feed_rs::parser::{Builder, ParseErrorKind, ParseFeedError};

use crate::model::{Category, Enclosure, FeedFormat, Link, ParsedFeed, ParsedItem, Person, Problem, Text, Timestamp};

use super::repair::Repaired;
use super::{DocumentKind, ReadError, dates, origin};

/// Stack of the thread that parses, in bytes: far more than the nesting that the repair lets through can use.
const STACK_BYTES: usize = 16 * 1024 * 1024;
/// Longest name of a root element that an error quotes, in bytes.
const ROOT_NAME_MAX_BYTES: usize = 40;
/// Hours and days that are looked at.
const SKIPPED_MAX: usize = 48;
/// The type of the Flash players that some feeds still name as their media.
const FLASH: &str = "application/x-shockwave-flash";

/// Parses a document. `url` is its address, the base of its relative links.
///
/// # Errors
/// When feed-rs finds no feed in it, cannot go on, or panics.
pub(super) fn parse(
    document: &Repaired,
    url: &str,
    max_items: usize,
    problems: &mut Vec<Problem>,
) -> Result<ParsedFeed, ReadError> {
    let bad_dates = Arc::new(AtomicUsize::new(0));
    let result = thread::scope(|scope| {
        let counter = bad_dates.clone();
        let work = move || parse_here(&document.text, url, counter);
        let spawned =
            thread::Builder::new().name("reader".to_owned()).stack_size(STACK_BYTES).spawn_scoped(scope, work);
        match spawned {
            Ok(handle) => handle.join().map_err(|_panic| ReadError::ParserBug),
            Err(error) => Err(ReadError::Thread { why: error.to_string() }),
        }
    })?;
    let parsed = result.map_err(|error| explain(&error, document))?;
    let bad_dates = bad_dates.load(Ordering::Relaxed);
    if bad_dates > 0 {
        problems.push(Problem::new(format!("{bad_dates} dates cannot be read")));
    }
    let items = document.items.min(max_items);
    let lost = items.saturating_sub(parsed.entries.len());
    if lost > 0 {
        problems.push(Problem::new(format!("{lost} of {items} items could not be read")));
    }
    let mut feed = convert(parsed, document);
    origin::add(&document.text, url, &mut feed);
    Ok(feed)
}

fn parse_here(text: &str, url: &str, bad_dates: Arc<AtomicUsize>) -> Result<feed::Feed, ParseFeedError> {
    let timestamp = move |written: &str| -> Option<DateTime<Utc>> {
        let date = dates::parse(written);
        if date.is_none() && !written.trim().is_empty() {
            bad_dates.fetch_add(1, Ordering::Relaxed);
        }
        date.map(Timestamp::to_chrono)
    };
    // An address that does not parse as a base would fail the whole document.
    let base = url::Url::parse(url).is_ok().then_some(url);
    let parser = Builder::new()
        .base_uri(base)
        // An id that is not declared stays empty: the entry key is chosen later, by what the entry says.
        .id_generator(|_links, _title, _uri| String::new())
        .sanitize_content(false)
        .timestamp_parser(timestamp)
        .build();
    parser.parse(text.as_bytes())
}

fn explain(error: &ParseFeedError, document: &Repaired) -> ReadError {
    if matches!(error, ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot))
        && !matches!(document.root.as_str(), "rss" | "feed" | "RDF" | "entry")
    {
        let mut root = document.root.clone();
        root.truncate(root.floor_char_boundary(ROOT_NAME_MAX_BYTES));
        return ReadError::NotAFeed { kind: DocumentKind::Xml(root), feeds: Vec::new() };
    }
    ReadError::Malformed { why: error.to_string() }
}

fn convert(parsed: feed::Feed, document: &Repaired) -> ParsedFeed {
    let format = match parsed.feed_type {
        FeedType::Atom => FeedFormat::Atom,
        FeedType::JSON => FeedFormat::JsonFeed,
        FeedType::RSS0 => FeedFormat::Rss0,
        FeedType::RSS1 => FeedFormat::Rss1,
        FeedType::RSS2 if document.version.as_deref().is_some_and(|it| it.starts_with("0.")) => FeedFormat::Rss0,
        FeedType::RSS2 => FeedFormat::Rss2,
    };
    let text = |text| feed_text(text, format);
    let site = parsed.links.iter().find(|link| link.rel.is_none());
    let site = site.or_else(|| with_rel(&parsed.links, "alternate").find(|link| is_page(link)));
    let site = site.or_else(|| with_rel(&parsed.links, "alternate").next());
    let authors = if parsed.authors.is_empty() && format != FeedFormat::Atom {
        parsed.contributors.into_iter().filter(|person| person.role.as_deref() == Some("managingEditor")).collect()
    } else {
        parsed.authors
    };
    ParsedFeed {
        format,
        id: filled(parsed.id),
        link: site.map(|link| link.href.clone()),
        self_link: with_rel(&parsed.links, "self").next().map(|link| link.href.clone()),
        title: parsed.title.and_then(text),
        subtitle: parsed.description.and_then(text),
        icon: parsed.icon.and_then(|image| filled(image.uri)),
        logo: parsed.logo.and_then(|image| filled(image.uri)),
        rights: parsed.rights.and_then(text),
        language: parsed.language.and_then(filled),
        updated: parsed.updated.or(parsed.published).map(timestamp),
        authors: authors.into_iter().filter_map(person).collect(),
        freshness: parsed.ttl.map(minutes).max(syndication(head(&document.text))),
        skip_hours: skipped(head(&document.text), "hour", |hour| hour.parse().ok()),
        skip_days: skipped(head(&document.text), "day", weekday),
        items: parsed.entries.into_iter().map(|entry| item(entry, format)).collect(),
    }
}

fn item(mut entry: feed::Entry, format: FeedFormat) -> ParsedItem {
    let enclosures = enclosures(&entry);
    let declared_id = filled(std::mem::take(&mut entry.id));
    // An RSS guid is a permalink unless it says otherwise.
    let permalink = declared_id.as_ref().filter(|id| format != FeedFormat::Atom && is_http(id)).cloned();
    let link = entry_link(&entry.links).or(permalink);
    let links = other_links(&entry.links);
    let described = entry.media.iter_mut().find_map(|media| media.description.take());
    let content = entry.content.take().and_then(content_text);
    let summary = entry.summary.take().and_then(|text| summary_text(text, format));
    let (content, summary) = match (content, summary) {
        // Without a content of its own, the markup of a summary is all the content there is.
        (None, Some(only @ Text::Html(_))) => (Some(only), None),
        (None, None) => (described.and_then(|text| feed_text(text, FeedFormat::Atom)), None),
        both => both,
    };
    // feed-rs copies the one date of an RSS item to the other.
    let updated = entry.updated.filter(|updated| format == FeedFormat::Atom || Some(*updated) != entry.published);
    ParsedItem {
        declared_id,
        link,
        title: entry.title.and_then(|text| feed_text(text, format)),
        summary,
        content,
        authors: entry.authors.into_iter().filter_map(person).collect(),
        categories: entry.categories.into_iter().filter_map(category).collect(),
        enclosures,
        links,
        published: entry.published.map(timestamp),
        updated: updated.map(timestamp),
        language: entry.language.and_then(filled),
        rights: entry.rights.and_then(|text| feed_text(text, format)),
        origin: None,
        base: None,
    }
}

/// The address of the entry itself: in RSS the link, in Atom the alternate, a page before anything else.
fn entry_link(links: &[feed::Link]) -> Option<String> {
    let own = || links.iter().filter(|link| link.target.is_none() && matches!(rel(link), None | Some("alternate")));
    own().find(|link| is_page(link)).or_else(|| own().next()).and_then(|link| filled(link.href.clone()))
}

fn other_links(links: &[feed::Link]) -> Vec<Link> {
    let kept = |link: &feed::Link| {
        let (rel, media_type) = match (&link.target, rel(link)) {
            (Some(LinkTarget::Comments), _) => ("replies", Some("text/html".to_owned())),
            (Some(LinkTarget::CommentsFeed), _) => ("replies", Some("application/rss+xml".to_owned())),
            (None, Some(rel @ ("via" | "related" | "replies"))) => (rel, link.media_type.clone()),
            _ => return None,
        };
        Some(Link { href: link.href.clone(), rel: rel.to_owned(), media_type, title: link.title.clone() })
    };
    links.iter().filter_map(kept).collect()
}

/// RSS enclosures and Media RSS contents, which feed-rs gives as media, and Atom's enclosure links.
fn enclosures(entry: &feed::Entry) -> Vec<Enclosure> {
    let media = entry.media.iter().flat_map(|media| &media.content).filter_map(|content| {
        let media_type = content.content_type.as_ref().map(|it| it.as_str().to_owned());
        let url = content.url.as_ref().map(|url| url.as_str().to_owned())?;
        Some(Enclosure { url, media_type, length: content.size.filter(|size| *size > 0) })
    });
    let links = with_rel(&entry.links, "enclosure").map(|link| Enclosure {
        url: link.href.clone(),
        media_type: link.media_type.clone(),
        length: link.length.filter(|length| *length > 0),
    });
    media.chain(links).filter(|enclosure| enclosure.media_type.as_deref() != Some(FLASH)).collect()
}

fn rel(link: &feed::Link) -> Option<&str> {
    // RFC 4287, 4.2.7.2: a registered relation may be written as its IRI.
    link.rel.as_deref().map(|rel| rel.trim_start_matches("http://www.iana.org/assignments/relation/"))
}

fn with_rel<'a>(links: &'a [feed::Link], wanted: &'a str) -> impl Iterator<Item = &'a feed::Link> {
    links.iter().filter(move |link| rel(link) == Some(wanted))
}

fn is_page(link: &feed::Link) -> bool {
    link.media_type.as_deref().is_none_or(|it| it.contains("html"))
}

fn is_http(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// A text that stands outside of content. RSS does not say whether its texts are markup.
fn feed_text(text: feed::Text, format: FeedFormat) -> Option<Text> {
    let html = text.content_type.as_str() != "text/plain";
    let content = filled(text.content)?;
    Some(match (html, format) {
        (true, _) => Text::Html(without_break_ends(content)),
        (false, FeedFormat::Atom | FeedFormat::JsonFeed) => Text::Plain(content),
        (false, _) => Text::Unclear(content),
    })
}

/// Descriptions are markup in every RSS, whatever feed-rs calls them.
fn summary_text(text: feed::Text, format: FeedFormat) -> Option<Text> {
    match (format, feed_text(text, format)?) {
        (FeedFormat::Rss0 | FeedFormat::Rss1 | FeedFormat::Rss2, Text::Unclear(text)) => Some(Text::Html(text)),
        (_, other) => Some(other),
    }
}

/// Content that is text; anything else (images in base64) is left out.
fn content_text(content: feed::Content) -> Option<Text> {
    let body = content.body.and_then(filled)?;
    match content.content_type.as_str() {
        "text/html" | "text/xml" | "application/xml" => Some(Text::Html(body)),
        it if it.starts_with("application/xhtml") => Some(Text::Html(without_break_ends(body))),
        it if it.starts_with("text/") => Some(Text::Plain(body)),
        _ => None,
    }
}

/// feed-rs writes `<br/>` as `<br></br>`, which HTML reads as two line breaks.
fn without_break_ends(markup: String) -> String {
    if markup.contains("</br>") { markup.replace("</br>", "") } else { markup }
}

fn person(person: feed::Person) -> Option<Person> {
    let (name, email) = (person.name.and_then(filled), person.email.and_then(filled));
    let name = name.or_else(|| email.clone())?;
    Some(Person { name, email, uri: person.uri.and_then(filled) })
}

fn category(category: feed::Category) -> Option<Category> {
    let (scheme, label) = (category.scheme.and_then(filled), category.label.and_then(filled));
    filled(category.term).map(|term| Category { term, scheme, label })
}

fn filled(text: String) -> Option<String> {
    if text.trim().is_empty() { None } else { Some(text) }
}

fn timestamp(time: DateTime<Utc>) -> Timestamp {
    Timestamp::from_unix(time.timestamp())
}

fn minutes(ttl: u32) -> Duration {
    Duration::from_secs(u64::from(ttl) * 60)
}

/// Only what stands before the first item is the feed's own.
fn head(text: &str) -> &str {
    let first_item = ["<item>", "<item ", "<entry"].iter().filter_map(|item| text.find(item)).min();
    &text[..first_item.unwrap_or(text.len())]
}

/// The values of `skipHours` or `skipDays` (RSS 2.0), as far as they mean anything.
fn skipped(head: &str, what: &str, read: impl Fn(&str) -> Option<u8>) -> Vec<u8> {
    let list = match what {
        "hour" => between(head, "<skipHours", "</skipHours"),
        _ => between(head, "<skipDays", "</skipDays"),
    };
    let element = format!("<{what}>");
    let values = list.unwrap_or_default().split(element.as_str()).skip(1);
    values.take(SKIPPED_MAX).filter_map(|value| read(value.split('<').next()?.trim())).collect()
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(begin)?;
    rest.split_once(end).map(|(inside, _)| inside)
}

fn weekday(name: &str) -> Option<u8> {
    const DAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    let name = name.to_ascii_lowercase();
    DAYS.iter().position(|day| *day == name).and_then(|day| u8::try_from(day).ok())
}

/// The Syndication module (web.resource.org/rss/1.0/modules/syndication): so many updates in each period.
fn syndication(head: &str) -> Option<Duration> {
    let value = |name: &str| {
        let (_, behind) = head.split_once(name)?;
        let (_, behind) = behind.split_once('>')?;
        behind.split('<').next().map(str::trim)
    };
    let period = match value("<sy:updatePeriod")? {
        "hourly" => 3_600,
        "daily" => 86_400,
        "weekly" => 7 * 86_400,
        "monthly" => 30 * 86_400,
        "yearly" => 365 * 86_400,
        _ => return None,
    };
    let frequency = value("<sy:updateFrequency").and_then(|it| it.parse::<u64>().ok()).unwrap_or(1);
    Some(Duration::from_secs(period / frequency.max(1)))
}

#[cfg(test)]
mod tests {
    use super::super::{Document, read};
    use super::*;

    fn feed(body: &str) -> (ParsedFeed, Vec<Problem>) {
        let document =
            Document { body: body.as_bytes(), content_type: None, url: "https://a.example/feed.xml", max_entries: 3 };
        read(&document).expect("it is a feed")
    }

    #[test]
    fn rss_is_read() {
        let (feed, problems) = feed(
            "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>
             <title>A &amp;amp; B</title><link>/</link><ttl>60</ttl>
             <item><title>One</title><guid isPermaLink='false'> g1 </guid><link>/1</link>
              <description>short</description><content:encoded><![CDATA[<p>long</p>]]></content:encoded>
              <enclosure url='/1.mp3' type='audio/mpeg' length='12'/><comments>/1#c</comments>
              <pubDate>Tue, 24 Nov 2026 14:05:00 GMT</pubDate><author>a@b.example (“Jane”)</author></item>
             <item><description>&lt;b&gt;only&lt;/b&gt;</description><pubDate>soon</pubDate></item>
             <item><guid>https://a.example/3</guid></item><item/></channel></rss>",
        );
        assert_eq!(feed.format, FeedFormat::Rss2);
        assert_eq!(feed.title, Some(Text::Unclear("A &amp; B".to_owned())));
        assert_eq!(feed.link.as_deref(), Some("https://a.example/"));
        assert_eq!(feed.freshness, Some(Duration::from_secs(3_600)));
        assert_eq!(feed.items.len(), 3);
        let one = &feed.items[0];
        assert_eq!(one.declared_id.as_deref(), Some("g1"));
        assert_eq!(one.link.as_deref(), Some("https://a.example/1"));
        assert_eq!(one.summary, Some(Text::Html("short".to_owned())));
        assert_eq!(one.content, Some(Text::Html("<p>long</p>".to_owned())));
        assert_eq!(one.enclosures[0].url, "https://a.example/1.mp3");
        assert_eq!(one.enclosures[0].length, Some(12));
        assert_eq!(one.links[0].rel, "replies");
        assert_eq!(one.published.map(Timestamp::to_rfc3339).as_deref(), Some("2026-11-24T14:05:00Z"));
        assert!(one.updated.is_none() && one.authors[0].email.is_some());
        assert_eq!(feed.items[1].content, Some(Text::Html("<b>only</b>".to_owned())));
        assert!(feed.items[1].declared_id.is_none() && feed.items[1].published.is_none());
        assert_eq!(feed.items[2].link.as_deref(), Some("https://a.example/3"));
        let told: Vec<&str> = problems.iter().map(Problem::as_str).collect();
        assert_eq!(told, ["1 dates cannot be read", "3 of 4 entries taken (`max_entries`)"]);
    }

    #[test]
    fn atom_is_read() {
        let (feed, problems) = feed(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><id>tag:a,1:f</id><title type='html'>a&lt;b></title>
             <link rel='self' href='f.atom'/><link href='/'/>
             <entry><id>tag:a,1:1</id><title>1 &lt; 2</title><link href='/1'/><link rel='via' href='/v'/>
              <link rel='enclosure' href='/e.ogg' type='audio/ogg' length='7'/>
              <updated>2026-11-24T14:05:00Z</updated><category term='x' label='X'/>
              <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a<br/>b</div></content></entry></feed>",
        );
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(feed.id.as_deref(), Some("tag:a,1:f"));
        assert_eq!(feed.self_link.as_deref(), Some("https://a.example/f.atom"));
        assert_eq!(feed.link.as_deref(), Some("https://a.example/"));
        let one = &feed.items[0];
        assert_eq!(one.title, Some(Text::Plain("1 < 2".to_owned())));
        assert_eq!(one.content, Some(Text::Html("a<br>b".to_owned())));
        assert_eq!(one.links[0].rel, "via");
        assert_eq!(one.enclosures[0].length, Some(7));
        assert_eq!(one.categories[0].label.as_deref(), Some("X"));
        assert!(one.updated.is_some() && one.published.is_none());
    }

    #[test]
    fn old_rss_is_read() {
        let check = |body: &str, format: FeedFormat| {
            let (feed, _) = feed(body);
            assert_eq!((feed.format, feed.items.len()), (format, 1), "{body}");
        };
        let channel = "<channel><title>t</title><item><title>a</title><link>/a</link></item></channel>";
        check(&format!("<rss version='0.91'>{channel}</rss>"), FeedFormat::Rss0);
        check(&format!("<rss version='0.93'>{channel}</rss>"), FeedFormat::Rss0);
        check(&format!("<rss>{channel}</rss>"), FeedFormat::Rss2);
        let rdf = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'";
        for namespace in ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"] {
            let items = "<channel><title>t</title></channel><item><title>a</title><link>/a</link></item>";
            check(&format!("<rdf:RDF {rdf} xmlns='{namespace}'>{items}</rdf:RDF>"), FeedFormat::Rss1);
        }
    }

    #[test]
    fn what_is_no_feed_says_what_it_is() {
        let check = |body: &str, wanted: &str| {
            let document =
                Document { body: body.as_bytes(), content_type: None, url: "https://a.example/", max_entries: 1 };
            let error = read(&document).expect_err("it is no feed").to_string();
            assert!(error.starts_with(wanted), "{body:?}: {error}");
        };
        check(" \n", "the document is empty");
        check("<!doctype html><title>x</title>", "the document is an HTML page, not a feed");
        check("hello", "the document is neither XML nor JSON, not a feed");
        check("<opml version='2.0'/>", "the document is XML of another kind (<opml>), not a feed");
        check("<rss version='2.0'><channel><item></channel></rss>", "the feed is malformed: ");
        check("<rss version='2.0'><channel>", "the feed is malformed: ");
    }
}
