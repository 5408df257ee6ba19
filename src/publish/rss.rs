//! RSS 2.0 by the RSS Advisory Board's profile (rssboard.org/rss-profile). What RSS cannot express is written in elements of
//! Atom, Dublin Core and the usual modules.

use super::about::ShownAbout;
use super::document::Channel;
use super::shown::{SOURCE_SCHEME, Shown};
use super::tags::{Tags, given};
use super::{Format, atom, media};
use crate::model::Timestamp;

pub(super) const CLOSING: &[u8] = b"</channel>\n</rss>\n";
const NAMESPACES: [(&str, &str); 7] = [
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:georss", "http://www.georss.org/georss"),
    ("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ("xmlns:thr", "http://purl.org/syndication/thread/1.0"),
];
/// The type of an enclosure whose type is unknown, because RSS requires a type.
const SOME_BYTES: &str = "application/octet-stream";

/// The document up to its items. `query` is appended to each of the output's own addresses.
pub(super) fn opening(channel: &Channel<'_>, updated: Timestamp, query: &str) -> Vec<u8> {
    let Channel { site, spec, title, about: said, podcast, .. } = channel;
    let mut tags = Tags::document();
    tags.open("rss", &[&[("version", "2.0")], &NAMESPACES[..]].concat());
    tags.open("channel", &[]);
    tags.title("title", &[], title);
    let page = format!("{}{}{query}", site.public_url, spec.kind.path(Format::Html));
    tags.text("link", &page);
    // A description is always HTML, also the description of the channel.
    tags.text("description", &as_html(said.description.as_ref().unwrap_or(title)));
    tags.text("lastBuildDate", &date(updated));
    let address = crate::homepage().map(|address| format!(" ({address})")).unwrap_or_default();
    tags.text("generator", &format!("Watershed {}{address}", site.generator_version));
    let own = format!("{}{}{query}", site.public_url, spec.kind.path(Format::RSS));
    tags.text("dc:identifier", &atom::feed_id(&site.store_id, &spec.kind.path(Format::ATOM)));
    tags.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &own)]);
    if let Some(hub) = site.hub_of(spec) {
        tags.empty("atom:link", &[("rel", "hub"), ("href", &hub)]);
    }
    about(&mut tags, said, title, &page);
    media::show(&mut tags, said.logo.as_deref(), podcast);
    tags.line();
    tags.into_bytes()
}

/// Writes the metadata of the feed, apart from its description. Its picture has the title and the link of the feed (RSS profile,
/// 4.1.1.11).
fn about(tags: &mut Tags, said: &ShownAbout, title: &str, page: &str) {
    tags.text_if("language", said.lang.as_deref());
    if let Some(rights) = &said.rights {
        tags.title("copyright", &[], rights);
    }
    if let Some(picture) = said.logo.as_ref().or(said.icon.as_ref()) {
        tags.open("image", &[]);
        tags.text("url", picture);
        tags.title("title", &[], title);
        tags.text("link", page);
        tags.close("image");
    }
    if let Some(author) = &said.author {
        // RSS's own `managingEditor` must be an e-mail address.
        tags.title("dc:creator", &[], author);
        tags.title("itunes:author", &[], author);
    }
    if let Some(subtitle) = &said.subtitle {
        tags.title("itunes:subtitle", &[], subtitle);
    }
}

/// One item and a line end.
pub(super) fn entry(shown: &Shown) -> Vec<u8> {
    let mut tags = Tags::default();
    tags.open("item", &[]);
    tags.title("title", &[], &shown.title);
    tags.text_if("link", shown.link.as_deref());
    tags.text_with("guid", &[("isPermaLink", "false")], &shown.id);
    tags.text("pubDate", &date(shown.published));
    if shown.updated != shown.published {
        tags.text("atom:updated", &shown.updated.to_rfc3339());
    }
    for author in &shown.authors {
        tags.title("dc:creator", &[], &author.name);
    }
    for category in &shown.categories {
        let name = category.label.as_ref().unwrap_or(&category.term);
        tags.title("category", &given(&[("domain", category.scheme.as_deref())]), name);
    }
    for (_, title) in &shown.sources {
        tags.title("category", &[("domain", SOURCE_SCHEME)], title);
    }
    texts(&mut tags, shown);
    enclosures(&mut tags, shown);
    // RSS requires an address in `source`.
    if let Some(feed) = shown.source.feed.as_ref().or(shown.source.site.as_ref()) {
        tags.title("source", &[("url", feed)], &shown.source.title);
    }
    for link in &shown.links {
        let (kind, title) = (link.media_type.as_deref(), link.title.as_deref());
        let said = [("rel", Some(link.rel)), ("href", Some(link.href.as_str())), ("type", kind), ("title", title)];
        tags.empty("atom:link", &given(&said));
    }
    if let Some(rights) = &shown.rights {
        tags.title("dc:rights", &[], rights);
    }
    tags.text_if("dc:language", shown.language.as_deref());
    atom::replies(&mut tags, &shown.in_reply_to);
    tags.text_if("georss:point", shown.place.as_deref());
    if let Some(said) = &shown.media {
        atom::media(&mut tags, said);
    }
    tags.close("item");
    tags.line();
    tags.into_bytes()
}

/// The summary comes before the content, because readers use the last element that they understand.
fn texts(tags: &mut Tags, shown: &Shown) {
    match (&shown.summary, &shown.content) {
        (Some(summary), Some(content)) => {
            tags.text("description", &as_html(summary));
            tags.text("content:encoded", content);
        }
        (Some(summary), None) => tags.text("description", &as_html(summary)),
        // Readers that do not know `content:encoded` use the description.
        (None, Some(content)) => tags.text("description", content),
        (None, None) => {}
    }
}

/// Escapes plain text for a description, which readers treat as HTML.
fn as_html(text: &str) -> String {
    quick_xml::escape::partial_escape(text).into_owned()
}

/// Writes one enclosure as `enclosure` and the others as `media:content`, because most readers expect only one: the
/// first that can be played, because players of podcasts skip items whose enclosure they cannot play, or else the
/// first. A description of that enclosure is written as `media:content` as well.
fn enclosures(tags: &mut Tags, shown: &Shown) {
    let contents = shown.media.as_ref().map(|media| media.contents.as_slice()).unwrap_or_default();
    let is_played = |kind: &str| kind.starts_with("audio/") || kind.starts_with("video/");
    let played = shown.enclosures.iter().position(|it| it.media_type.as_deref().is_some_and(is_played));
    let main = played.unwrap_or(0);
    for (at, enclosure) in shown.enclosures.iter().enumerate() {
        let kind = enclosure.media_type.as_deref().unwrap_or(SOME_BYTES);
        let length = enclosure.length.unwrap_or(0).to_string();
        let url = enclosure.url.as_str();
        let said = contents.iter().find(|content| content.url == enclosure.url);
        if at == main {
            tags.empty("enclosure", &[("url", url), ("length", &length), ("type", kind)]);
        }
        if at != main || said.is_some() {
            let size = enclosure.length.is_some().then_some(("fileSize", length.as_str()));
            let attributes = [("url", url), ("type", kind)].into_iter().chain(size);
            media::content(tags, &attributes.collect::<Vec<_>>(), said);
        }
    }
    for content in contents {
        if shown.enclosures.iter().all(|enclosure| enclosure.url != content.url) {
            media::content(tags, &[("url", &content.url), ("medium", "image")], Some(content));
        }
    }
}

/// A date in the form of RFC 822 with a year of four digits, in GMT.
fn date(time: Timestamp) -> String {
    time.to_chrono().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
