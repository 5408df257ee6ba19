//! Atom (RFC 4287). This is the only place that uses atom_syndication.
//!
//! The library does not check for characters that XML forbids, so all texts must have been cleaned by `super::xml`. Markup is
//! written escaped (`type="html"`) and never as XHTML, because one malformed entry would break the whole document.

use atom_syndication::{
    Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Source, Text, WriteConfig,
};

use quick_xml::escape::partial_escape;

use super::document::Chain;
use super::media as media_parts;
use super::shown::{SOURCE_SCHEME, Shown, ShownSource};
use super::tags::Tags;
use super::xml::{looks_like_markup, one_line, web_address};
use super::{Format, OutputSpec, Site};
use crate::model::{self, Media, Reply, Timestamp};
use crate::text::uuids;

const DECLARATION: &[u8] = b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const FEED_END: &[u8] = b"</feed>";
pub(super) const CLOSING: &[u8] = b"</feed>\n";
/// The beginning of an entry that the library writes by itself. Inside of the feed, the namespace is declared already.
const ENTRY_ALONE: &[u8] = b"<entry xmlns=\"http://www.w3.org/2005/Atom\">";
const ENTRY: &[u8] = b"<entry>";
const ENTRY_END: &[u8] = b"</entry>";
/// The mark of an archive document, which should not change any more (RFC 5005, 4).
const ARCHIVE: &[u8] = b"<fh:archive/>";
/// Namespaces of the extensions.
const NAMESPACES: [(&str, &str); 5] = [
    ("fh", "http://purl.org/syndication/history/1.0"),
    ("georss", "http://www.georss.org/georss"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("media", "http://search.yahoo.com/mrss/"),
    ("thr", "http://purl.org/syndication/thread/1.0"),
];

/// The document up to its entries. `query` is appended to each of the output's own addresses.
pub(super) fn opening(site: &Site, spec: &OutputSpec, chain: Chain, updated: Timestamp, query: &str) -> Vec<u8> {
    let address = |format: Format| format!("{}{}{query}", site.public_url, spec.kind.path(format));
    let archive = |number: u32| {
        let name = spec.kind.archive(number, Format::ATOM)?;
        Some(format!("{}{}{query}", site.public_url, name.path()))
    };
    let own = chain.number.and_then(archive).unwrap_or_else(|| address(Format::ATOM));
    let atom = "application/atom+xml";
    let mut links = vec![link("self", own, Some(atom)), link("alternate", address(Format::Html), Some("text/html"))];
    if chain.number.is_some() {
        links.push(link("current", address(Format::ATOM), Some(atom)));
    }
    let related = [("prev-archive", chain.previous()), ("next-archive", chain.next())];
    for (rel, number) in related {
        links.extend(number.and_then(archive).map(|href| link(rel, href, Some(atom))));
    }
    let about = &spec.about;
    let author = |name: String| Person { name, ..Person::default() };
    let feed = Feed {
        title: Text::plain(one_line(&spec.title)),
        id: feed_id(&site.store_id, &spec.kind.path(Format::ATOM)),
        updated: date(updated),
        generator: Some(Generator {
            value: "Watershed".to_owned(),
            uri: web_address(env!("CARGO_PKG_HOMEPAGE")),
            version: Some(site.generator_version.to_owned()),
        }),
        links,
        subtitle: about.subtitle().as_deref().map(text),
        authors: about.author().map(author).into_iter().collect(),
        icon: about.icon(),
        logo: about.logo(),
        rights: about.rights().as_deref().map(text),
        lang: about.language(),
        namespaces: NAMESPACES.iter().map(|(prefix, name)| ((*prefix).to_owned(), (*name).to_owned())).collect(),
        ..Feed::default()
    };
    // Writing to memory cannot fail.
    let bytes = feed.write_with_config(Vec::new(), bare()).unwrap_or_default();
    let archive = if chain.number.is_some() { ARCHIVE } else { b"" };
    let mut podcast = Tags::default();
    about.podcast(&mut podcast);
    [DECLARATION, bytes.strip_suffix(FEED_END).unwrap_or(&bytes), archive, &podcast.into_bytes(), b"\n"].concat()
}

/// Writes an entry and a line end.
pub(super) fn entry(shown: &Shown) -> Vec<u8> {
    let bytes = atom_entry(shown).write_with_config(Vec::new(), bare()).unwrap_or_default();
    match bytes.strip_prefix(ENTRY_ALONE).and_then(|rest| rest.strip_suffix(ENTRY_END)) {
        Some(rest) => [ENTRY, rest, &extensions(shown), ENTRY_END, b"\n"].concat(),
        None => bytes,
    }
}

fn bare() -> WriteConfig {
    // `DECLARATION` replaces the library's XML declaration, which names no encoding.
    WriteConfig { write_document_declaration: false, indent_size: None }
}

fn atom_entry(shown: &Shown) -> Entry {
    let lang = &shown.language;
    let of_source = shown.sources.iter().map(|(name, title)| Category {
        term: name.clone(),
        scheme: Some(SOURCE_SCHEME.to_owned()),
        label: Some(title.clone()),
    });
    let own = shown.categories.iter().map(|category| Category {
        term: category.term.clone(),
        scheme: category.scheme.clone(),
        label: category.label.clone(),
    });
    Entry {
        id: shown.id.clone(),
        title: text(&shown.title),
        updated: date(shown.updated),
        published: Some(date(shown.published)),
        authors: persons(&shown.authors),
        categories: own.chain(of_source).collect(),
        links: links(shown),
        rights: shown.rights.as_deref().map(text),
        source: Some(source(&shown.source)),
        summary: shown.summary.as_deref().map(|plain| Text { lang: lang.clone(), ..text(plain) }),
        content: shown.content.clone().map(|html| Content {
            value: Some(html),
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
    if looks_like_markup(plain) {
        Text::html(partial_escape(plain).into_owned())
    } else {
        Text::plain(plain.to_owned())
    }
}

fn persons(people: &[model::Person]) -> Vec<Person> {
    let person = |person: &model::Person| Person {
        name: person.name.clone(),
        email: person.email.clone(),
        uri: person.uri.clone(),
        ..Person::default()
    };
    people.iter().map(person).collect()
}

fn links(shown: &Shown) -> Vec<Link> {
    let own = shown.link.iter().map(|href| link("alternate", href.clone(), None));
    let enclosures = shown.enclosures.iter().map(|enclosure| Link {
        length: enclosure.length.map(|length| length.to_string()),
        ..link("enclosure", enclosure.url.clone(), enclosure.media_type.as_deref())
    });
    let others = shown.links.iter().map(|other| Link {
        title: other.title.clone(),
        ..link(&other.rel, other.href.clone(), other.media_type.as_deref())
    });
    own.chain(enclosures).chain(others).collect()
}

fn link(rel: &str, href: String, mime_type: Option<&str>) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: mime_type.map(str::to_owned), ..Link::default() }
}

fn source(source: &ShownSource) -> Source {
    let feed = source.feed.iter().map(|href| link("self", href.clone(), None));
    let site = source.site.iter().map(|href| link("alternate", href.clone(), None));
    Source {
        id: source.id.clone(),
        title: text(&source.title),
        subtitle: source.subtitle.as_deref().map(text),
        updated: date(source.updated),
        authors: persons(&source.authors),
        links: feed.chain(site).collect(),
        icon: source.icon.clone(),
        logo: source.logo.clone(),
        rights: source.rights.as_deref().map(text),
        ..Source::default()
    }
}

/// Writes what Atom itself cannot express: replies (RFC 4685), media, podcasts, places. The library does not write these,
/// because it would not escape extensions.
fn extensions(shown: &Shown) -> Vec<u8> {
    let mut tags = Tags::default();
    replies(&mut tags, &shown.in_reply_to);
    if let Some(place) = &shown.place {
        tags.text("georss:point", place);
    }
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
        let said = [("ref", id), ("href", href), ("type", media_type), ("source", source)];
        let said: Vec<_> = said.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))).collect();
        tags.empty("thr:in-reply-to", &said);
    }
}

pub(super) fn media(tags: &mut Tags, media: &Media) {
    for thumbnail in &media.thumbnails {
        let pixels = |size: Option<u32>| size.map(|size| size.to_string());
        let (width, height) = (pixels(thumbnail.width), pixels(thumbnail.height));
        let sizes = [("width", &width), ("height", &height)].into_iter();
        let sizes = sizes.filter_map(|(name, size)| Some((name, size.as_deref()?)));
        let said = std::iter::once(("url", thumbnail.url.as_str())).chain(sizes);
        tags.empty("media:thumbnail", &said.collect::<Vec<_>>());
    }
    for (name, value) in of_podcast(media) {
        tags.text(name, &value);
    }
    if let Some(image) = &media.image {
        tags.empty("itunes:image", &[("href", image)]);
    }
    media_parts::podcast(tags, media);
}

/// The details of an episode, apart from its image, with the names of their iTunes elements.
fn of_podcast(media: &Media) -> Vec<(&'static str, String)> {
    let clock = |seconds: u64| format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let said = [
        ("itunes:duration", media.duration.map(clock)),
        ("itunes:season", media.season.map(|number| number.to_string())),
        ("itunes:episode", media.episode.map(|number| number.to_string())),
        ("itunes:episodeType", media.episode_type.clone()),
    ];
    said.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The feed's own id, made from the store's id and the path, so that it stays when the public address changes.
pub fn feed_id(store_id: &str, path: &str) -> String {
    let digest = blake3::hash(format!("{store_id}\0{path}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    format!("urn:uuid:{}", uuids::of_digest(bytes))
}

fn date(time: Timestamp) -> FixedDateTime {
    time.to_chrono().fixed_offset()
}
