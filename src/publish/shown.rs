//! What a feed shows of an entry, the same in every format: chosen by the output's settings, cleaned, and limited in size.
//!
//! The formats write [`Shown`] without further checks. Content is [`SafeHtml`] and stays unchanged; every other text and every
//! address has been cleaned by `super::xml`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::document::largest_entry;
use super::untitled::title_of;
use super::xml::{absolute_iri, entry_address, language, media_type, one_line, some_line, web_address};
use super::{Format, OutputKind, OutputSpec, Site, media, rewrite};
use crate::config::{ContentMode, without_logins};
use crate::model::{
    Category, Enclosure, EntryDetails, FeedMeta, Link, Media, Origin, Person, Reply, SafeHtml, SourceCard, SourceId,
    StoredEntry, StoryCopy, Thumbnail, Timestamp, name_of_address,
};
use crate::text::excerpt;
use crate::text::xml::sound;

/// Scheme of the categories that name an entry's sources.
pub(super) const SOURCE_SCHEME: &str = "urn:watershed:source";
/// The relations of links that are published (`replies`: RFC 4685). Links with other relations concern the source's document.
const RELATIONS: [&str; 3] = ["via", "replies", "related"];
/// Most characters of a summary that is made from the content.
const SUMMARY_CHARS: usize = 500;
/// Most characters of a title that are shown.
const TITLE_CHARS: usize = 1_000;
/// Estimated bytes of an entry apart from its texts.
const BESIDE_TEXTS: u64 = 500;
/// Most authors, most categories, most enclosures and most links of an entry that are shown.
const EACH_MAX: usize = 100;

/// An entry as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub id: String,
    /// The title in one line, with the output's prefix.
    pub title: String,
    pub link: Option<String>,
    pub published: Timestamp,
    pub updated: Timestamp,
    /// Never empty.
    pub authors: Vec<Person>,
    pub categories: Vec<Category>,
    /// Names and titles of its source and of the sources of its copies, its own source first.
    pub sources: Vec<(String, String)>,
    pub enclosures: Vec<Enclosure>,
    /// The links of the entry, then the addresses of its copies as `related` links.
    pub links: Vec<Link>,
    pub rights: Option<String>,
    pub language: Option<String>,
    /// Plain text.
    pub summary: Option<String>,
    /// Sanitised HTML.
    pub content: Option<String>,
    pub source: ShownSource,
    pub in_reply_to: Vec<Reply>,
    pub media: Option<Media>,
    /// Latitude and longitude in degrees, separated by a blank.
    pub place: Option<String>,
    /// The number of its story, which the address of the story's page contains.
    pub story: String,
    /// The story's other entries that are shown with it, for pages.
    pub copies: Vec<ShownCopy>,
    /// The icon of its source, for pages: the address of the configured picture, or of that which its feed names.
    pub icon: Option<String>,
}

/// Another entry of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownCopy {
    /// Name, title and icon of its source.
    pub source: String,
    pub source_title: String,
    pub icon: Option<String>,
    pub title: String,
    pub link: Option<String>,
}

/// The source of an entry (RFC 4287, 4.2.11). If the source took the entry from elsewhere and names the origin, the origin is
/// shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownSource {
    pub id: String,
    pub title: String,
    pub subtitle: Option<String>,
    pub updated: Timestamp,
    pub authors: Vec<Person>,
    /// The address of the feed.
    pub feed: Option<String>,
    /// The address of the site.
    pub site: Option<String>,
    pub icon: Option<String>,
    pub logo: Option<String>,
    pub rights: Option<String>,
}

impl Shown {
    /// `None` for an entry whose source has no card, because every published entry names its source.
    pub fn of(
        site: &Site,
        spec: &OutputSpec,
        cards: &HashMap<SourceId, SourceCard>,
        entry: &StoredEntry,
    ) -> Option<Shown> {
        let card = cards.get(&entry.source)?;
        let described = &*entry.described;
        let details = &entry.details;
        let title = card.shown_title(described);
        let copies: Vec<(&SourceCard, &StoryCopy)> =
            entry.copies.iter().filter_map(|copy| Some((cards.get(&copy.source)?, copy))).collect();
        let called = title_of(&entry.title, details, &entry.summary, &entry.content);
        let (summary, content) = texts(spec, entry, &called);
        let prefix = spec.title_prefix.replace("{source}", title);
        let in_reply_to = details.in_reply_to.iter().filter_map(reply).take(EACH_MAX).collect();
        Some(Shown {
            // The id is compared byte for byte (RFC 4287, 4.2.6), so only characters that XML forbids are replaced.
            id: sound(&entry.published_id).into_owned(),
            title: shortened(one_line(&format!("{prefix}{called}"))),
            link: address(site, card, entry, content.is_some()),
            published: entry.published,
            updated: entry.updated,
            authors: authors(title, entry),
            categories: details.categories.iter().filter_map(category).take(EACH_MAX).collect(),
            sources: sources(card, title, &copies),
            enclosures: details.enclosures.iter().filter_map(enclosure).take(EACH_MAX).collect(),
            links: links(details.links.as_slice(), &copies),
            rights: details.rights.as_deref().and_then(some_line),
            language: details.language.as_deref().or(described.language.as_deref()).and_then(language),
            summary,
            content,
            source: source(card, entry),
            in_reply_to,
            media: details.media.as_ref().and_then(media_shown),
            place: details.place.as_deref().and_then(place),
            story: entry.story.0.to_string(),
            copies: copies.iter().map(|(card, copy)| copy_shown(card, copy)).collect(),
            icon: icon(card, described),
        })
    }

    /// The entry with a short summary in place of its texts, for an entry that would be too large.
    pub fn shortened(&self) -> Shown {
        let text = match (&self.summary, &self.content) {
            (Some(summary), _) => Some(excerpt::of_text(summary, SUMMARY_CHARS)),
            (None, Some(content)) => Some(excerpt::of_html(content, SUMMARY_CHARS)),
            (None, None) => None,
        };
        Shown { summary: text.filter(|text| !text.is_empty()), content: None, ..self.clone() }
    }
}

fn shortened(title: String) -> String {
    match title.char_indices().nth(TITLE_CHARS) {
        Some((at, _)) => format!("{}…", &title[..at]),
        None => title,
    }
}

/// The summary and the content that the output shows.
fn texts(spec: &OutputSpec, entry: &StoredEntry, called: &str) -> (Option<String>, Option<String>) {
    let some = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    let own = || some(sound(entry.summary.trim()).into_owned());
    let texts = match spec.content {
        ContentMode::None => (None, None),
        ContentMode::Summary => (own().or_else(|| some(excerpt::of_html(&entry.content, SUMMARY_CHARS))), None),
        ContentMode::Full => (own(), some(entry.content.as_str().to_owned())),
    };
    match texts {
        // An entry without texts gets its title as the summary, because readers need a text to show (RFC 4287, 4.1.1.1).
        (None, None) if spec.content != ContentMode::None => (some(one_line(called)), None),
        texts => texts,
    }
}

fn address(site: &Site, card: &SourceCard, entry: &StoredEntry, has_content: bool) -> Option<String> {
    own_address(card, entry.link.as_deref(), &entry.details).or_else(|| {
        // An entry without content must lead somewhere (RFC 4287, 4.1.2).
        let theirs = || entry.described.link.as_deref().and_then(web_address);
        // An entry of a local file can only lead to a page of this server.
        let ours = || match card.private {
            true => format!("{}/", site.public_url),
            false => format!("{}{}", site.public_url, OutputKind::Source(card.name.clone()).path(Format::Html)),
        };
        (!has_content).then(|| theirs().or_else(|| web_address(&card.public_url)).unwrap_or_else(ours))
    })
}

fn own_address(card: &SourceCard, link: Option<&str>, details: &EntryDetails) -> Option<String> {
    // The original address is preferred to the address of a click counter, because counters shut down.
    let original = details.original_link.as_deref().and_then(web_address);
    let own = original.or_else(|| link.and_then(entry_address));
    own.map(|link| rewrite::link(&card.rewrite, link))
}

/// The title and the address of an entry in a list that shows nothing else of it. `content` is needed only for an entry without a
/// title.
pub fn title_and_link(
    card: &SourceCard,
    title: &str,
    link: Option<&str>,
    details: &EntryDetails,
    content: &str,
) -> (String, Option<String>) {
    let called = title_of(title, details, "", content);
    (shortened(one_line(&called)), own_address(card, link, details))
}

/// What a list of sources shows of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownCard {
    pub title: String,
    /// The address of its site.
    pub site: Option<String>,
    /// The address of the configured picture, or else of the feed's own.
    pub icon: Option<String>,
}

impl ShownCard {
    pub fn of(card: &SourceCard, described: &FeedMeta) -> ShownCard {
        ShownCard {
            title: some_line(&stated(card.shown_title(described))).unwrap_or_else(|| one_line(&card.name)),
            site: stated_address(&described.link),
            icon: icon(card, described),
        }
    }
}

/// The authors of the entry, or else of its source, or else the title of the source as an author. An author is required
/// (RFC 4287, 4.1.2), and readers must not attribute the entry to this feed.
fn authors(title: &str, entry: &StoredEntry) -> Vec<Person> {
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
    let of_source = if origin.is_none() { persons(&entry.described.authors) } else { Vec::new() };
    if !of_source.is_empty() {
        return of_source;
    }
    let name = origin.or_else(|| some_line(title)).unwrap_or_else(|| "unknown".to_owned());
    vec![Person { name, ..Person::default() }]
}

fn persons(people: &[Person]) -> Vec<Person> {
    let person = |person: &Person| {
        // RFC 4287, 3.2.3: an address has an @ with text on both sides.
        let is_address = |text: &String| {
            text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
                && !text.contains(char::is_whitespace)
        };
        let email = person.email.as_deref().and_then(some_line).filter(is_address);
        let name =
            some_line(name_of_address(&person.name)?).or_else(|| some_line(name_of_address(email.as_deref()?)?))?;
        Some(Person { name, email, uri: person.uri.as_deref().and_then(web_address) })
    };
    people.iter().filter_map(person).take(EACH_MAX).collect()
}

fn category(category: &Category) -> Option<Category> {
    Some(Category {
        term: some_line(&category.term)?,
        scheme: category.scheme.as_deref().and_then(absolute_iri).filter(|iri| is_naming(iri)),
        label: category.label.as_deref().and_then(some_line),
    })
}

/// Whether an IRI is harmless as a name, because programs that follow it run nothing.
fn is_naming(iri: &str) -> bool {
    let scheme = iri.split(':').next().unwrap_or_default().to_ascii_lowercase();
    ["http", "https", "tag", "urn"].contains(&scheme.as_str())
}

/// The sources of the entry and of its copies, each once.
fn sources(card: &SourceCard, title: &str, copies: &[(&SourceCard, &StoryCopy)]) -> Vec<(String, String)> {
    let named = |card: &SourceCard, title: &str| {
        (one_line(&card.name), some_line(title).unwrap_or_else(|| one_line(&card.name)))
    };
    let mut seen = HashSet::from([card.id]);
    let mut sources = vec![named(card, title)];
    for (other, copy) in copies {
        if seen.insert(other.id) {
            sources.push(named(other, other.shown_title(&copy.described)));
        }
    }
    sources
}

fn enclosure(enclosure: &Enclosure) -> Option<Enclosure> {
    Some(Enclosure {
        url: entry_address(&enclosure.url)?,
        media_type: enclosure.media_type.as_deref().and_then(media_type),
        length: enclosure.length,
    })
}

fn links(own: &[Link], copies: &[(&SourceCard, &StoryCopy)]) -> Vec<Link> {
    let handed_on = own.iter().filter_map(|link| {
        let rel = RELATIONS.into_iter().find(|known| link.rel.eq_ignore_ascii_case(known))?;
        Some(Link {
            href: entry_address(&link.href)?,
            rel: rel.to_owned(),
            media_type: link.media_type.as_deref().and_then(media_type),
            title: link.title.as_deref().and_then(some_line),
        })
    });
    let copies = copies.iter().filter_map(|(card, copy)| {
        Some(Link {
            href: copy.link.as_deref().and_then(entry_address).map(|link| rewrite::link(&card.rewrite, link))?,
            rel: "related".to_owned(),
            media_type: None,
            title: some_line(card.shown_title(&copy.described)),
        })
    });
    handed_on.take(EACH_MAX).chain(copies).collect()
}

fn copy_shown(card: &SourceCard, copy: &StoryCopy) -> ShownCopy {
    ShownCopy {
        source: one_line(&card.name),
        source_title: one_line(card.shown_title(&copy.described)),
        icon: icon(card, &copy.described),
        title: shortened(one_line(&copy.title)),
        link: copy.link.as_deref().and_then(entry_address).map(|link| rewrite::link(&card.rewrite, link)),
    }
}

/// The configured icon of a source, or else the icon that its feed names.
fn icon(card: &SourceCard, described: &FeedMeta) -> Option<String> {
    card.icon.clone().or_else(|| stated_address(&described.icon))
}

fn source(card: &SourceCard, entry: &StoredEntry) -> ShownSource {
    let described = &*entry.described;
    let title = one_line(card.shown_title(described));
    if let Some(origin) = &entry.details.origin {
        return source_of_origin(origin, card, title, entry);
    }
    let FeedMeta { id, subtitle, link, icon, logo, rights, updated, authors, .. } = described;
    ShownSource {
        id: id.as_deref().and_then(|id| absolute_iri(&stated(id))).unwrap_or_else(|| address_of(card)),
        title: stated(&title).into_owned(),
        subtitle: stated_line(subtitle),
        updated: updated.unwrap_or(entry.updated),
        authors: persons(authors),
        feed: web_address(&card.public_url),
        site: stated_address(link),
        icon: stated_address(icon),
        logo: stated_address(logo),
        rights: stated_line(rights),
    }
}

fn source_of_origin(origin: &Origin, card: &SourceCard, title: String, entry: &StoredEntry) -> ShownSource {
    let named = [&origin.id, &origin.self_link, &origin.link].into_iter();
    ShownSource {
        id: named.flatten().find_map(|text| absolute_iri(&stated(text))).unwrap_or_else(|| address_of(card)),
        title: stated_line(&origin.title).unwrap_or(title),
        subtitle: stated_line(&origin.subtitle),
        updated: origin.updated.unwrap_or(entry.updated),
        authors: persons(&origin.authors),
        feed: stated_address(&origin.self_link),
        site: stated_address(&origin.link),
        icon: stated_address(&origin.icon),
        logo: stated_address(&origin.logo),
        rights: stated_line(&origin.rights),
    }
}

/// The feed's address, which serves as the id of a source that states no id. If another source's address may look the same,
/// the name is appended.
fn address_of(card: &SourceCard) -> String {
    // The path of a local file is not published, because it reveals details of this machine.
    let Some(address) = web_address(&card.public_url) else {
        return format!("{SOURCE_SCHEME}:{}", one_line(&card.name));
    };
    if card.blurred { format!("{address}#{}", one_line(&card.name)) } else { address }
}

/// An id or address that a feed states of itself, without logins and sessions, because some servers include the login or the
/// session of the request.
fn stated(text: &str) -> Cow<'_, str> {
    without_logins(text)
}

fn stated_address(text: &Option<String>) -> Option<String> {
    web_address(&stated(text.as_deref()?))
}

fn stated_line(text: &Option<String>) -> Option<String> {
    some_line(&stated(text.as_deref()?))
}

/// A reply without the id of the original refers to nothing (RFC 4685, 3), so it is left out.
fn reply(reply: &Reply) -> Option<Reply> {
    Some(Reply {
        id: Some(reply.id.as_deref().and_then(absolute_iri)?),
        href: reply.href.as_deref().and_then(web_address),
        media_type: reply.media_type.as_deref().and_then(media_type),
        source: reply.source.as_deref().and_then(web_address),
    })
}

fn media_shown(media: &Media) -> Option<Media> {
    let thumbnail = |it: &Thumbnail| Some(Thumbnail { url: web_address(&it.url)?, width: it.width, height: it.height });
    let clean = Media {
        duration: media.duration,
        image: media.image.as_deref().and_then(web_address),
        thumbnails: media.thumbnails.iter().filter_map(thumbnail).take(EACH_MAX).collect(),
        season: media.season.filter(|number| *number > 0),
        episode: media.episode.filter(|number| *number > 0),
        episode_type: media.episode_type.clone().filter(|it| ["full", "trailer", "bonus"].contains(&it.as_str())),
        ..media::shown(media)
    };
    (clean != Media::default()).then_some(clean)
}

fn place(place: &str) -> Option<String> {
    let (latitude, longitude) = place.trim().split_once(' ')?;
    let degrees = |text: &str, most: f64| text.trim().parse::<f64>().ok().filter(|it| it.abs() <= most);
    degrees(latitude, 90.0).zip(degrees(longitude, 180.0)).map(|_| one_line(place))
}

/// Estimates the bytes that an entry takes in a document of `max_size`. The texts of an entry that is too large are replaced by
/// the summary that is shown in their place.
pub fn weigh(entry: &mut StoredEntry, max_size: u64) -> u64 {
    let escaped = |text: &str| {
        let signs = text.bytes().filter(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\'')).count();
        (text.len() + 4 * signs) as u64
    };
    let texts = escaped(&entry.title) + escaped(&entry.summary) + escaped(&entry.content);
    if texts <= largest_entry(max_size).min(max_size) {
        return texts + BESIDE_TEXTS;
    }
    let text = if entry.summary.trim().is_empty() {
        excerpt::of_html(&entry.content, SUMMARY_CHARS)
    } else {
        excerpt::of_text(&entry.summary, SUMMARY_CHARS)
    };
    entry.summary = text;
    entry.content = SafeHtml::default();
    escaped(&entry.summary) + BESIDE_TEXTS
}
