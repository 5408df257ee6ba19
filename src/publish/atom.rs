//! Atom (RFC 4287). Markup is written escaped (`type="html"`) and never as XHTML, because one malformed entry would break the
//! whole document.

use std::borrow::Cow;

use quick_xml::escape::partial_escape;

use super::document::Chain;
use super::media as media_parts;
use super::parts::{Media, Person, Reply};
use super::shown::{SOURCE_SCHEME, Shown, ShownSource};
use super::tags::{Tags, given};
use super::xml::looks_like_markup;
use super::{Format, OutputSpec, Site, Syndication};
use crate::model::Timestamp;
use crate::text::uuids;

pub(super) const CLOSING: &[u8] = b"</feed>\n";
const MEDIA_TYPE: &str = "application/atom+xml";
/// The namespaces of Atom and of the extensions.
const NAMESPACES: [(&str, &str); 6] = [
    ("xmlns", "http://www.w3.org/2005/Atom"),
    ("xmlns:fh", "http://purl.org/syndication/history/1.0"),
    ("xmlns:georss", "http://www.georss.org/georss"),
    ("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ("xmlns:thr", "http://purl.org/syndication/thread/1.0"),
];

/// The document up to its entries. `query` is appended to each of the output's own addresses.
pub(super) fn opening(site: &Site, spec: &OutputSpec, chain: Chain, updated: Timestamp, query: &str) -> Vec<u8> {
    let address = |format: Format| format!("{}{}{query}", site.public_url, spec.kind.path(format));
    let archive = |number: u32| {
        let name = spec.kind.archive(number, Syndication::Atom)?;
        Some(format!("{}{}{query}", site.public_url, name.path()))
    };
    let about = &spec.about;
    let language = about.language();
    let mut tags = Tags::document();
    let mut attributes: Vec<(&str, &str)> = NAMESPACES.to_vec();
    attributes.extend(given(&[("xml:lang", language.as_deref())]));
    tags.open("feed", &attributes);
    tags.text("title", &spec.title());
    tags.text("id", &feed_id(&site.store_id, &spec.kind.path(Format::ATOM)));
    tags.text("updated", &date(updated));
    persons(&mut tags, about.author().map(Person::named).as_slice());
    let program = [("uri", env!("CARGO_PKG_HOMEPAGE")), ("version", site.generator_version)];
    tags.text_with("generator", &program, "Watershed");
    tags.text_if("icon", about.icon().as_deref());
    let own = chain.number.and_then(archive).unwrap_or_else(|| address(Format::ATOM));
    link(&mut tags, "self", &own, Some(MEDIA_TYPE));
    link(&mut tags, "alternate", &address(Format::Html), Some("text/html"));
    if chain.number.is_some() {
        link(&mut tags, "current", &address(Format::ATOM), Some(MEDIA_TYPE));
    }
    for (rel, number) in [("prev-archive", chain.previous()), ("next-archive", chain.next())] {
        if let Some(href) = number.and_then(archive) {
            link(&mut tags, rel, &href, Some(MEDIA_TYPE));
        }
    }
    tags.text_if("logo", about.logo().as_deref());
    text_if(&mut tags, "rights", None, about.rights().as_deref());
    text_if(&mut tags, "subtitle", None, about.subtitle().as_deref());
    if chain.number.is_some() {
        // The mark of an archive document, which should not change any more (RFC 5005, 4).
        tags.empty("fh:archive", &[]);
    }
    about.podcast(&mut tags);
    tags.line();
    tags.into_bytes()
}

/// Writes an entry and a line end.
pub(super) fn entry(shown: &Shown) -> Vec<u8> {
    let lang = shown.language.as_deref();
    let mut tags = Tags::default();
    tags.open("entry", &[]);
    text(&mut tags, "title", None, &shown.title);
    tags.text("id", &shown.id);
    tags.text("updated", &date(shown.updated));
    persons(&mut tags, &shown.authors);
    for category in &shown.categories {
        category_of(&mut tags, &category.term, category.scheme.as_deref(), category.label.as_deref());
    }
    for (name, title) in &shown.sources {
        category_of(&mut tags, name, Some(SOURCE_SCHEME), Some(title));
    }
    links(&mut tags, shown);
    tags.text("published", &date(shown.published));
    text_if(&mut tags, "rights", None, shown.rights.as_deref());
    source(&mut tags, &shown.source);
    text_if(&mut tags, "summary", lang, shown.summary.as_deref());
    if let Some(html) = &shown.content {
        tags.text_with("content", &given(&[("xml:lang", lang), ("type", Some("html"))]), html);
    }
    extensions(&mut tags, shown);
    tags.close("entry");
    tags.line();
    tags.into_bytes()
}

/// Writes plain text. A text that a reader might mistake for markup is written as escaped HTML, which means the same (RFC 4287,
/// 3.1.1.2).
fn text(tags: &mut Tags, name: &str, lang: Option<&str>, plain: &str) {
    let (kind, written) = match looks_like_markup(plain) {
        true => (Some("html"), partial_escape(plain)),
        false => (None, Cow::Borrowed(plain)),
    };
    tags.text_with(name, &given(&[("xml:lang", lang), ("type", kind)]), &written);
}

fn text_if(tags: &mut Tags, name: &str, lang: Option<&str>, plain: Option<&str>) {
    if let Some(plain) = plain {
        text(tags, name, lang, plain);
    }
}

fn persons(tags: &mut Tags, people: &[Person]) {
    for person in people {
        tags.open("author", &[]);
        tags.text("name", &person.name);
        tags.text_if("email", person.email.as_deref());
        tags.text_if("uri", person.uri.as_deref());
        tags.close("author");
    }
}

fn category_of(tags: &mut Tags, term: &str, scheme: Option<&str>, label: Option<&str>) {
    tags.empty("category", &given(&[("term", Some(term)), ("scheme", scheme), ("label", label)]));
}

fn links(tags: &mut Tags, shown: &Shown) {
    if let Some(href) = &shown.link {
        link(tags, "alternate", href, None);
    }
    for enclosure in &shown.enclosures {
        let length = enclosure.length.map(|length| length.to_string());
        let (href, kind) = (Some(enclosure.url.as_str()), enclosure.media_type.as_deref());
        let said = [("href", href), ("rel", Some("enclosure")), ("type", kind), ("length", length.as_deref())];
        tags.empty("link", &given(&said));
    }
    for other in &shown.links {
        let (href, kind) = (Some(other.href.as_str()), other.media_type.as_deref());
        let said = [("href", href), ("rel", Some(other.rel)), ("type", kind), ("title", other.title.as_deref())];
        tags.empty("link", &given(&said));
    }
}

fn link(tags: &mut Tags, rel: &str, href: &str, kind: Option<&str>) {
    tags.empty("link", &given(&[("href", Some(href)), ("rel", Some(rel)), ("type", kind)]));
}

fn source(tags: &mut Tags, source: &ShownSource) {
    tags.open("source", &[]);
    text(tags, "title", None, &source.title);
    tags.text("id", &source.id);
    tags.text("updated", &date(source.updated));
    persons(tags, &source.authors);
    tags.text_if("icon", source.icon.as_deref());
    for (rel, href) in [("self", &source.feed), ("alternate", &source.site)] {
        if let Some(href) = href {
            link(tags, rel, href, None);
        }
    }
    tags.text_if("logo", source.logo.as_deref());
    text_if(tags, "rights", None, source.rights.as_deref());
    text_if(tags, "subtitle", None, source.subtitle.as_deref());
    tags.close("source");
}

/// Writes what Atom itself cannot express: replies (RFC 4685), media, podcasts, places.
fn extensions(tags: &mut Tags, shown: &Shown) {
    replies(tags, &shown.in_reply_to);
    tags.text_if("georss:point", shown.place.as_deref());
    if let Some(said) = &shown.media {
        for content in &said.contents {
            let enclosure = shown.enclosures.iter().find(|enclosure| enclosure.url == content.url);
            let kind = enclosure.map(|enclosure| enclosure.media_type.as_deref().map(|kind| ("type", kind)));
            // Media that are not an enclosure are pictures.
            let kind = kind.unwrap_or(Some(("medium", "image")));
            let said = std::iter::once(("url", content.url.as_str())).chain(kind);
            media_parts::content(tags, &said.collect::<Vec<_>>(), Some(content));
        }
        media(tags, said);
    }
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

/// The feed's own id, made from the store's id and the path, so that it stays when the public address changes.
pub fn feed_id(store_id: &str, path: &str) -> String {
    let digest = blake3::hash(format!("{store_id}\0{path}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    format!("urn:uuid:{}", uuids::of_digest(bytes))
}

/// RFC 3339 with a numeric offset.
fn date(time: Timestamp) -> String {
    time.to_chrono().to_rfc3339()
}
