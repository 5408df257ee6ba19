//! Atom (RFC 4287). This is the only place that uses atom_syndication: a feed with all its entries is made of the library's types
//! and written by the library. Only what the library cannot express is inserted into the written document: what RFC 5005,
//! RFC 4685, Media RSS and podcasts add to the feed and to each entry, and a line end behind each entry.
//!
//! The library does not check for characters that XML forbids; [`Shown`] has no text with such characters. Markup is
//! written escaped (`type="html"`) and never as XHTML, because one malformed entry would break the whole document, and
//! because the places of the entries could not be found among raw markup.

use std::ops::Range;

use atom_syndication::{
    Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Source, Text, WriteConfig,
};
use quick_xml::escape::partial_escape;

use super::Format;
use super::document::{Channel, Segments};
use super::media as media_parts;
use super::parts::{self, Media, Reply};
use super::shown::{SOURCE_SCHEME, Shown, ShownSource};
use super::tags::{DECLARATION, Tags, given};
use super::xml::looks_like_markup;
use crate::model::Timestamp;
use crate::text::digest::first_bytes;
use crate::text::uuids;

const ENTRY: &str = "<entry>";
const ENTRY_END: &str = "</entry>";
const FEED_END: &str = "</feed>";
pub(super) const CLOSING: &[u8] = b"</feed>\n";
const MEDIA_TYPE: &str = "application/atom+xml";
/// The namespaces of the extensions.
const NAMESPACES: [(&str, &str); 5] = [
    ("fh", "http://purl.org/syndication/history/1.0"),
    ("georss", "http://www.georss.org/georss"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("media", "http://search.yahoo.com/mrss/"),
    ("thr", "http://purl.org/syndication/thread/1.0"),
];

/// Writes a feed with its date and all its entries. `query` is appended to each of the output's own addresses.
pub(super) fn write(channel: &Channel<'_>, updated: Timestamp, query: &str, shown: &[Shown]) -> Segments {
    let head = head(channel, updated, query);
    // The library's XML declaration names no encoding.
    let bare = WriteConfig { write_document_declaration: false, indent_size: None };
    let feed = Feed { entries: shown.iter().map(entry).collect(), ..head };
    // Writing to memory cannot fail.
    let bytes = feed.write_with_config(Vec::new(), bare).unwrap_or_default();
    // The texts are in the document now, which may be large.
    drop(feed);
    let document = String::from_utf8_lossy(&bytes);
    let places = places(&document);
    let end = places.first().map(|first| first.start).or_else(|| document.rfind(FEED_END));
    let opening = [DECLARATION, &bytes[..end.unwrap_or(bytes.len())], &feed_extensions(channel), b"\n"].concat();
    let whole = |(shown, place): (&Shown, Range<usize>)| {
        [&bytes[place], &extensions(shown), ENTRY_END.as_bytes(), b"\n"].concat()
    };
    Segments { opening, entries: shown.iter().zip(places).map(whole).collect() }
}

/// The places of the entries in a document that the library wrote, each from its start tag to its end tag, which does not belong
/// to it. Texts and attribute values are escaped there, so `<` begins nothing but tags, and no other element is named `entry`.
fn places(document: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut start = 0;
    for (at, _) in document.match_indices('<') {
        let tag = &document[at..];
        if tag.starts_with(ENTRY) {
            start = at;
        } else if tag.starts_with(ENTRY_END) {
            places.push(start..at);
        }
    }
    places
}

/// The feed without its entries.
fn head(channel: &Channel<'_>, updated: Timestamp, query: &str) -> Feed {
    let Channel { site, spec, chain, title, about, .. } = channel;
    let address = |format: Format| format!("{}{}{query}", site.public_url, spec.kind.path(format));
    let archive = |number: u32| {
        let name = spec.kind.archive(number, Format::ATOM)?;
        Some(format!("{}{}{query}", site.public_url, name.path()))
    };
    let own = chain.number.and_then(archive).unwrap_or_else(|| address(Format::ATOM));
    let mut links =
        vec![link("self", &own, Some(MEDIA_TYPE)), link("alternate", &address(Format::Html), Some("text/html"))];
    if chain.number.is_none() {
        links.extend(site.hub_of(spec).map(|href| link("hub", &href, None)));
    } else {
        links.push(link("current", &address(Format::ATOM), Some(MEDIA_TYPE)));
    }
    for (rel, number) in [("prev-archive", chain.previous()), ("next-archive", chain.next())] {
        links.extend(number.and_then(archive).map(|href| link(rel, &href, Some(MEDIA_TYPE))));
    }
    Feed {
        title: Text::plain(title.clone()),
        id: feed_id(&site.store_id, &spec.kind.path(Format::ATOM)),
        updated: date(updated),
        generator: Some(Generator {
            value: "Watershed".to_owned(),
            uri: crate::homepage().map(str::to_owned),
            version: Some(site.generator_version.to_owned()),
        }),
        links,
        subtitle: about.subtitle.as_deref().map(text),
        authors: about.author.iter().map(|name| Person { name: name.clone().into(), ..Person::default() }).collect(),
        icon: about.icon.clone().map(String::from),
        logo: about.logo.clone().map(String::from),
        rights: about.rights.as_deref().map(text),
        lang: about.lang.clone().map(String::from),
        namespaces: NAMESPACES.iter().map(|(prefix, name)| ((*prefix).to_owned(), (*name).to_owned())).collect(),
        ..Feed::default()
    }
}

fn entry(shown: &Shown) -> Entry {
    let lang = shown.language.clone().map(String::from);
    let own = shown.categories.iter().map(|category| Category {
        term: category.term.clone().into(),
        scheme: category.scheme.clone().map(String::from),
        label: category.label.clone().map(String::from),
    });
    let of_source = shown.sources.iter().map(|(name, title)| Category {
        term: name.clone().into(),
        scheme: Some(SOURCE_SCHEME.to_owned()),
        label: Some(title.clone().into()),
    });
    Entry {
        id: shown.id.clone().into(),
        title: text(&shown.title),
        updated: date(shown.updated),
        published: Some(date(shown.published)),
        authors: shown.authors.iter().map(person).collect(),
        categories: own.chain(of_source).collect(),
        links: links(shown),
        rights: shown.rights.as_deref().map(text),
        source: Some(source(&shown.source)),
        summary: shown.summary.as_deref().map(|plain| Text { lang: lang.clone(), ..text(plain) }),
        content: shown.content.clone().map(|html| Content {
            value: Some(html.into()),
            content_type: Some("html".to_owned()),
            lang: lang.clone(),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// Plain text. A text that a reader might mistake for markup is written as escaped HTML, which means the same (RFC 4287,
/// 3.1.1.2).
fn text(plain: &str) -> Text {
    if looks_like_markup(plain) { Text::html(partial_escape(plain)) } else { Text::plain(plain) }
}

fn person(person: &parts::Person) -> Person {
    Person {
        name: person.name.clone().into(),
        email: person.email.clone().map(String::from),
        uri: person.uri.clone().map(String::from),
        ..Person::default()
    }
}

fn links(shown: &Shown) -> Vec<Link> {
    let own = shown.link.iter().map(|href| link("alternate", href, None));
    let enclosures = shown.enclosures.iter().map(|enclosure| Link {
        length: enclosure.length.map(|length| length.to_string()),
        ..link("enclosure", &enclosure.url, enclosure.media_type.as_deref())
    });
    let others = shown.links.iter().map(|other| Link {
        title: other.title.clone().map(String::from),
        ..link(other.rel, &other.href, other.media_type.as_deref())
    });
    own.chain(enclosures).chain(others).collect()
}

fn link(rel: &str, href: &str, mime_type: Option<&str>) -> Link {
    Link { href: href.to_owned(), rel: rel.to_owned(), mime_type: mime_type.map(str::to_owned), ..Link::default() }
}

fn source(source: &ShownSource) -> Source {
    let feed = source.feed.iter().map(|href| link("self", href, None));
    let site = source.site.iter().map(|href| link("alternate", href, None));
    Source {
        id: source.id.clone().into(),
        title: text(&source.title),
        subtitle: source.subtitle.as_deref().map(text),
        updated: date(source.updated),
        authors: source.authors.iter().map(person).collect(),
        links: feed.chain(site).collect(),
        icon: source.icon.clone().map(String::from),
        logo: source.logo.clone().map(String::from),
        rights: source.rights.as_deref().map(text),
        ..Source::default()
    }
}

/// Writes what Atom itself cannot express of a feed. It stands before the entries.
fn feed_extensions(channel: &Channel<'_>) -> Vec<u8> {
    let mut tags = Tags::default();
    if channel.chain.number.is_some() {
        // The mark of an archive document, which should not change any more (RFC 5005, 4).
        tags.empty("fh:archive", &[]);
    }
    media_parts::show(&mut tags, channel.about.logo.as_deref(), &channel.podcast);
    tags.into_bytes()
}

/// Writes what Atom itself cannot express of an entry: replies (RFC 4685), media, podcasts, places. The library does not write
/// these, because it would not escape the attributes of extensions and would sort them.
fn extensions(shown: &Shown) -> Vec<u8> {
    let mut tags = Tags::default();
    replies(&mut tags, &shown.in_reply_to);
    tags.text_if("georss:point", shown.place.as_deref());
    if let Some(said) = &shown.media {
        for content in &said.contents {
            let enclosure = shown.enclosures.iter().find(|enclosure| enclosure.url == content.url);
            let kind = enclosure.map(|enclosure| enclosure.media_type.as_deref().map(|kind| ("type", kind)));
            // Media that are not an enclosure are pictures.
            let kind = kind.unwrap_or(Some(("medium", "image")));
            let said = std::iter::once(("url", content.url.as_str())).chain(kind);
            media_parts::content(&mut tags, &said.collect::<Vec<_>>(), Some(content));
        }
        media(&mut tags, said);
    }
    tags.into_bytes()
}

pub(super) fn replies(tags: &mut Tags, replies: &[Reply]) {
    for Reply { id, href, media_type, source } in replies {
        let (href, kind, source) = (href.as_deref(), media_type.as_deref(), source.as_deref());
        let said = [("ref", Some(id.as_str())), ("href", href), ("type", kind), ("source", source)];
        tags.empty("thr:in-reply-to", &given(&said));
    }
}

pub(super) fn media(tags: &mut Tags, media: &Media) {
    for thumbnail in &media.thumbnails {
        let pixels = |size: Option<u32>| size.map(|size| size.to_string());
        let (width, height) = (pixels(thumbnail.width), pixels(thumbnail.height));
        let said = [("url", Some(thumbnail.url.as_str())), ("width", width.as_deref()), ("height", height.as_deref())];
        tags.empty("media:thumbnail", &given(&said));
    }
    let clock = |seconds: u64| format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    tags.text_if("itunes:duration", media.duration.map(clock).as_deref());
    tags.text_if("itunes:season", media.season.map(|number| number.to_string()).as_deref());
    tags.text_if("itunes:episode", media.episode.map(|number| number.to_string()).as_deref());
    tags.text_if("itunes:episodeType", media.episode_type);
    if let Some(image) = &media.image {
        tags.empty("itunes:image", &[("href", image)]);
    }
    media_parts::podcast(tags, media);
}

/// The beginning of each feed's own id.
pub const FEED_ID_BEGIN: &str = "urn:uuid:";

/// The feed's own id, made from the store's id and the path, so that it stays when the public address changes.
pub fn feed_id(store_id: &str, path: &str) -> String {
    let digest = blake3::hash(format!("{store_id}\0{path}").as_bytes());
    format!("{FEED_ID_BEGIN}{}", uuids::of_digest(first_bytes(&digest)))
}

fn date(time: Timestamp) -> FixedDateTime {
    time.to_chrono().fixed_offset()
}
