//! Atom (RFC 4287), and the only place that knows atom_syndication.
//!
//! The library writes what it is given, forbidden characters included; so every text passes `super::xml` first.
//! Markup is written escaped (`type="html"`), never as XHTML: one ill-formed entry would break the document for all.

use std::collections::{HashMap, HashSet};

use atom_syndication::{
    Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Source, Text, WriteConfig,
};

use super::xml::{absolute_iri, language, media_type, one_line, some_line, web_address, xml_clean};
use super::{OutputSpec, Site, excerpt};
use crate::config::ContentMode;
use crate::model::{self, Origin, SourceCard, SourceId, StoredEntry, StoryCopy, Timestamp};

const DECLARATION: &[u8] = b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const FEED_END: &[u8] = b"</feed>";
const CLOSING: &[u8] = b"</feed>\n";
/// How the library begins an entry that it writes alone. Within the feed the namespace need not be said again.
const ENTRY_ALONE: &[u8] = b"<entry xmlns=\"http://www.w3.org/2005/Atom\">";
const ENTRY: &[u8] = b"<entry>";
/// Scheme of the category that names an entry's source.
const SOURCE_SCHEME: &str = "urn:watershed:source";
/// The kinds of links that are handed on (`replies`: RFC 4685); the others mean something about the source's document.
const RELATIONS: [&str; 3] = ["via", "replies", "related"];
/// Characters of a summary that is made of the content.
const SUMMARY_CHARS: usize = 500;
/// `updated` of a feed without entries: it must have one (RFC 4287, 4.1.1), and nothing has ever happened in it.
const NEVER: i64 = 0;

/// A written feed.
#[derive(Debug)]
pub struct Document {
    /// UTF-8, with the XML declaration.
    pub body: Vec<u8>,
    /// Entries in it: fewer than given where the size limit came first.
    pub entries: usize,
}

/// How much of an entry is written; each less than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    AsConfigured,
    /// For an entry that alone would be larger than the document may be: nothing but a short summary of its text.
    Short,
}

/// Writes the feed: entries in the order given, as many as fit into `max_size` whole.
///
/// An entry that would not even fit alone is shown with a short summary in place of its content, so that neither it nor
/// those after it are lost; one too large even so is passed over. Entries whose source has no card are left out: what
/// is published says where it comes from.
pub fn write(
    site: &Site,
    spec: &OutputSpec,
    cards: &HashMap<SourceId, SourceCard>,
    entries: &[StoredEntry],
) -> Document {
    let limit = usize::try_from(spec.max_size).unwrap_or(usize::MAX);
    // The feed's own `updated` is always of one length, so what surrounds the entries can be measured before.
    let room = limit.saturating_sub(opening(site, spec, Timestamp::from_unix(NEVER)).len() + CLOSING.len());
    let mut written: Vec<u8> = Vec::new();
    let mut count = 0;
    let mut updated = None;
    for entry in entries {
        let Some(card) = cards.get(&entry.source) else { continue };
        let copies = copies_of(cards, entry);
        let mut bytes = entry_bytes(spec, card, entry, &copies, Extent::AsConfigured);
        if bytes.len() > room {
            bytes = entry_bytes(spec, card, entry, &copies, Extent::Short);
            if bytes.len() > room {
                continue;
            }
        }
        if written.len() + bytes.len() > room {
            break;
        }
        written.extend_from_slice(&bytes);
        count += 1;
        updated = updated.max(Some(entry.updated));
    }
    let opening = opening(site, spec, updated.unwrap_or(Timestamp::from_unix(NEVER)));
    Document { body: [opening.as_slice(), &written, CLOSING].concat(), entries: count }
}

/// The document up to its entries.
fn opening(site: &Site, spec: &OutputSpec, updated: Timestamp) -> Vec<u8> {
    let path = spec.kind.path();
    let feed = Feed {
        title: Text::plain(one_line(&spec.title)),
        id: feed_id(&site.store_id, &path),
        updated: date(updated),
        generator: Some(Generator {
            value: "Watershed".to_owned(),
            uri: web_address(env!("CARGO_PKG_HOMEPAGE")),
            version: Some(site.generator_version.to_owned()),
        }),
        links: vec![
            link("self", format!("{}{path}", site.public_url), Some("application/atom+xml")),
            link("alternate", format!("{}/", site.public_url), Some("text/html")),
        ],
        ..Feed::default()
    };
    // Writing into memory does not fail.
    let bytes = feed.write_with_config(Vec::new(), bare()).unwrap_or_default();
    [DECLARATION, bytes.strip_suffix(FEED_END).unwrap_or(&bytes), b"\n"].concat()
}

/// One entry and a line end; empty if it cannot be written, which memory never refuses.
fn entry_bytes(
    spec: &OutputSpec,
    card: &SourceCard,
    entry: &StoredEntry,
    copies: &[(&SourceCard, &StoryCopy)],
    extent: Extent,
) -> Vec<u8> {
    let bytes = atom_entry(spec, card, entry, copies, extent).write_with_config(Vec::new(), bare()).unwrap_or_default();
    match bytes.strip_prefix(ENTRY_ALONE) {
        Some(rest) => [ENTRY, rest, b"\n"].concat(),
        None => bytes,
    }
}

fn bare() -> WriteConfig {
    // The declaration is ours, as the library's names no encoding.
    WriteConfig { write_document_declaration: false, indent_size: None }
}

/// The story's other copies with their sources.
fn copies_of<'c>(
    cards: &'c HashMap<SourceId, SourceCard>,
    entry: &'c StoredEntry,
) -> Vec<(&'c SourceCard, &'c StoryCopy)> {
    entry.copies.iter().filter_map(|copy| Some((cards.get(&copy.source)?, copy))).collect()
}

fn atom_entry(
    spec: &OutputSpec,
    card: &SourceCard,
    entry: &StoredEntry,
    copies: &[(&SourceCard, &StoryCopy)],
    extent: Extent,
) -> Entry {
    let details = &entry.details;
    let (summary, content) = texts(spec, card, entry, extent);
    let mut categories: Vec<Category> = details.categories.iter().filter_map(category).collect();
    let named = |card: &SourceCard| Category {
        term: one_line(&card.name),
        scheme: Some(SOURCE_SCHEME.to_owned()),
        label: some_line(&card.title),
    };
    categories.push(named(card));
    let mut sources = HashSet::from([card.id]);
    for (other, _) in copies {
        if sources.insert(other.id) {
            categories.push(named(other));
        }
    }
    let prefix = spec.title_prefix.replace("{source}", &card.title);
    Entry {
        // Byte for byte but for what XML forbids (RFC 4287, 4.2.6).
        id: xml_clean(&entry.published_id).into_owned(),
        title: Text::plain(one_line(&format!("{prefix}{}", entry.title))),
        updated: date(entry.updated),
        published: Some(date(entry.published)),
        authors: authors(card, entry),
        categories,
        links: links(card, entry, copies, content.is_some()),
        rights: details.rights.as_deref().and_then(some_line).map(Text::plain),
        source: Some(source(card, entry)),
        summary,
        content,
        ..Entry::default()
    }
}

/// Summary and content, as far as the output shows them.
fn texts(spec: &OutputSpec, card: &SourceCard, entry: &StoredEntry, extent: Extent) -> (Option<Text>, Option<Content>) {
    let lang = entry.details.language.as_deref().or(card.meta.language.as_deref()).and_then(language);
    let plain = |text: String| {
        Some(text).filter(|text| !text.is_empty()).map(|text| Text { lang: lang.clone(), ..Text::plain(text) })
    };
    let own = || plain(xml_clean(entry.summary.trim()).into_owned());
    match (extent, spec.content) {
        (_, ContentMode::None) => (None, None),
        (Extent::Short, _) => (plain(excerpt::of_entry(entry, SUMMARY_CHARS)), None),
        (Extent::AsConfigured, ContentMode::Summary) => {
            (own().or_else(|| plain(excerpt::of_html(&entry.content, SUMMARY_CHARS))), None)
        }
        (Extent::AsConfigured, ContentMode::Full) => {
            let content = xml_clean(&entry.content);
            let content = (!content.trim().is_empty()).then(|| Content {
                value: Some(content.into_owned()),
                content_type: Some("html".to_owned()),
                lang: lang.clone(),
                ..Content::default()
            });
            (own(), content)
        }
    }
}

/// The entry's authors, else its source's, else the source by its title: no reader is to think that we wrote it, and
/// there must be one (RFC 4287, 4.1.2).
fn authors(card: &SourceCard, entry: &StoredEntry) -> Vec<Person> {
    let own = persons(&entry.details.authors);
    if !own.is_empty() {
        return own;
    }
    // Where the source took the entry from elsewhere, the source's author did not write it.
    let of_origin = entry.details.origin.as_ref().map(|origin| persons(&origin.authors)).unwrap_or_default();
    if !of_origin.is_empty() {
        return of_origin;
    }
    let origin = entry.details.origin.as_ref().and_then(|origin| origin.title.as_deref()).and_then(some_line);
    let of_source = if origin.is_none() { persons(&card.meta.authors) } else { Vec::new() };
    if !of_source.is_empty() {
        return of_source;
    }
    let name = origin.or_else(|| some_line(&card.title)).unwrap_or_else(|| one_line(&card.name));
    vec![Person { name, ..Person::default() }]
}

fn persons(people: &[model::Person]) -> Vec<Person> {
    let person = |person: &model::Person| {
        // RFC 4287, 3.2.3: an address has an @ with something on both sides.
        let is_address = |text: &String| {
            text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
                && !text.contains(char::is_whitespace)
        };
        let email = person.email.as_deref().and_then(some_line).filter(is_address);
        let name = some_line(&person.name).or_else(|| email.clone())?;
        Some(Person { name, email, uri: person.uri.as_deref().and_then(web_address), ..Person::default() })
    };
    people.iter().filter_map(person).collect()
}

fn category(category: &model::Category) -> Option<Category> {
    Some(Category {
        term: some_line(&category.term)?,
        scheme: category.scheme.as_deref().and_then(absolute_iri),
        label: category.label.as_deref().and_then(some_line),
    })
}

fn links(card: &SourceCard, entry: &StoredEntry, copies: &[(&SourceCard, &StoryCopy)], has_content: bool) -> Vec<Link> {
    let details = &entry.details;
    let mut address = entry.link.as_deref().and_then(web_address);
    if address.is_none() && !has_content {
        // An entry without content must lead somewhere (RFC 4287, 4.1.2).
        let site = card.meta.link.as_deref().and_then(web_address);
        address = site.or_else(|| web_address(&card.public_url));
    }
    let mut links: Vec<Link> = address.into_iter().map(|href| link("alternate", href, None)).collect();
    for enclosure in &details.enclosures {
        if let Some(href) = web_address(&enclosure.url) {
            links.push(Link {
                length: enclosure.length.map(|length| length.to_string()),
                mime_type: enclosure.media_type.as_deref().and_then(media_type),
                ..link("enclosure", href, None)
            });
        }
    }
    for other in &details.links {
        let relation = RELATIONS.into_iter().find(|known| other.rel.eq_ignore_ascii_case(known));
        if let (Some(relation), Some(href)) = (relation, web_address(&other.href)) {
            links.push(Link {
                mime_type: other.media_type.as_deref().and_then(media_type),
                title: other.title.as_deref().and_then(some_line),
                ..link(relation, href, None)
            });
        }
    }
    for (other, copy) in copies {
        if let Some(href) = copy.link.as_deref().and_then(web_address) {
            links.push(Link { title: some_line(&other.title), ..link("related", href, None) });
        }
    }
    links
}

fn link(rel: &str, href: String, mime_type: Option<&str>) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: mime_type.map(str::to_owned), ..Link::default() }
}

/// Where the entry comes from (RFC 4287, 4.2.11); what the source itself said of that is kept.
fn source(card: &SourceCard, entry: &StoredEntry) -> Source {
    if let Some(origin) = &entry.details.origin {
        return source_of_origin(origin, card, entry);
    }
    let meta = &card.meta;
    let icon = |address: &Option<String>| address.as_deref().and_then(web_address);
    Source {
        id: meta.id.as_deref().and_then(absolute_iri).unwrap_or_else(|| address_of(card)),
        title: Text::plain(one_line(&card.title)),
        subtitle: meta.subtitle.as_deref().and_then(some_line).map(Text::plain),
        updated: date(meta.updated.unwrap_or(entry.updated)),
        authors: persons(&meta.authors),
        links: source_links(Some(&card.public_url), meta.link.as_deref()),
        icon: icon(&meta.icon),
        logo: icon(&meta.logo),
        rights: meta.rights.as_deref().and_then(some_line).map(Text::plain),
        ..Source::default()
    }
}

fn source_of_origin(origin: &Origin, card: &SourceCard, entry: &StoredEntry) -> Source {
    let named = [&origin.id, &origin.self_link, &origin.link].into_iter();
    let id = named.flatten().find_map(|text| absolute_iri(text)).unwrap_or_else(|| address_of(card));
    let title = origin.title.as_deref().and_then(some_line).unwrap_or_else(|| one_line(&card.title));
    Source {
        id,
        title: Text::plain(title),
        updated: date(origin.updated.unwrap_or(entry.updated)),
        authors: persons(&origin.authors),
        links: source_links(origin.self_link.as_deref(), origin.link.as_deref()),
        subtitle: origin.subtitle.as_deref().and_then(some_line).map(Text::plain),
        rights: origin.rights.as_deref().and_then(some_line).map(Text::plain),
        icon: origin.icon.as_deref().and_then(web_address),
        logo: origin.logo.as_deref().and_then(web_address),
        ..Source::default()
    }
}

fn source_links(feed: Option<&str>, site: Option<&str>) -> Vec<Link> {
    let feed = feed.and_then(web_address).map(|href| link("self", href, None));
    let site = site.and_then(web_address).map(|href| link("alternate", href, None));
    feed.into_iter().chain(site).collect()
}

/// The feed's address, which identifies a source that states no id.
fn address_of(card: &SourceCard) -> String {
    // The path of a local file says more than readers should know.
    web_address(&card.public_url).unwrap_or_else(|| format!("{SOURCE_SCHEME}:{}", one_line(&card.name)))
}

/// The feed's own id: of the store and the path, so that it stays when the address readers use changes.
fn feed_id(store_id: &str, path: &str) -> String {
    let digest = blake3::hash(format!("{store_id}\0{path}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    // A UUID of version 8, for ids made in a way of one's own (RFC 9562, 5.8).
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn date(time: Timestamp) -> FixedDateTime {
    time.to_chrono().fixed_offset()
}
