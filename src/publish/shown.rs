//! An entry as a feed shows it, the same in every format: chosen by the output's settings, cleaned, and limited in
//! size.
//!
//! The formats write [`Shown`] without further checks, because its texts and addresses have types that only checked texts have
//! ([`PlainText`], [`WebUrl`] and their neighbours). Content is [`SafeHtml`] and stays unchanged.

use std::collections::{HashMap, HashSet};

use super::document::largest_entry;
use super::parts::{Category, Enclosure, Link, Media, Person, Reply, each, line};
use super::untitled::title_of;
use super::{Format, OutputKind, OutputSpec, Site, rewrite};
use crate::config::{ContentMode, without_logins};
use crate::model::{
    self, EntryDetails, FeedMeta, Iri, LangTag, PlainText, SafeHtml, SourceCard, SourceId, StoredEntry, StoryCopy,
    Timestamp, WebUrl,
};
use crate::text::excerpt;

/// Scheme of the categories that name an entry's sources.
pub(super) const SOURCE_SCHEME: &str = "urn:watershed:source";
/// Most characters of a summary that is made from the content.
const SUMMARY_CHARS: usize = 500;
/// The author of an entry whose source has no name.
const NOBODY: &str = "unknown";
/// Most characters of a title that are shown.
const TITLE_CHARS: usize = 1_000;
/// Estimated bytes of an entry apart from its texts.
const BESIDE_TEXTS: u64 = 500;

/// An entry as it is published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// The id, byte for byte as it was stored, apart from characters that XML forbids, because ids are compared byte for byte
    /// (RFC 4287, 4.2.6).
    pub id: PlainText,
    /// The title in one line, with the output's prefix.
    pub title: PlainText,
    /// The address may be a magnet link.
    pub link: Option<WebUrl>,
    pub published: Timestamp,
    pub updated: Timestamp,
    /// Never empty.
    pub authors: Vec<Person>,
    pub categories: Vec<Category>,
    /// Names and titles of its source and of the sources of its copies, its own source first.
    pub sources: Vec<(PlainText, PlainText)>,
    pub enclosures: Vec<Enclosure>,
    /// The links of the entry, then the addresses of its copies as `related` links.
    pub links: Vec<Link>,
    pub rights: Option<PlainText>,
    pub language: Option<LangTag>,
    pub summary: Option<PlainText>,
    pub content: Option<SafeHtml>,
    pub source: ShownSource,
    pub in_reply_to: Vec<Reply>,
    pub media: Option<Media>,
    /// Latitude and longitude in degrees, separated by a blank.
    pub place: Option<PlainText>,
    /// The number of its story, which the address of the story's page contains.
    pub story: String,
    /// The story's other entries that are shown with it, for pages.
    pub copies: Vec<ShownCopy>,
    /// The icon of its source, for pages: the configured picture, or the picture that its feed names.
    pub icon: Option<WebUrl>,
}

/// Another entry of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownCopy {
    /// Name, title and icon of its source.
    pub source: PlainText,
    pub source_title: PlainText,
    pub icon: Option<WebUrl>,
    pub title: PlainText,
    pub link: Option<WebUrl>,
}

/// The source of an entry (RFC 4287, 4.2.11). If the source took the entry from elsewhere and names the origin, the origin is
/// shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownSource {
    /// An IRI.
    pub id: PlainText,
    pub title: PlainText,
    pub subtitle: Option<PlainText>,
    pub updated: Timestamp,
    pub authors: Vec<Person>,
    /// The address of the feed.
    pub feed: Option<WebUrl>,
    /// The address of the site.
    pub site: Option<WebUrl>,
    pub icon: Option<WebUrl>,
    pub logo: Option<WebUrl>,
    pub rights: Option<PlainText>,
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
        Some(Shown {
            id: PlainText::kept(&entry.published_id),
            title: PlainText::line(&format!("{prefix}{called}")).shortened(TITLE_CHARS),
            link: address(site, card, entry, content.is_some()),
            published: entry.published,
            updated: entry.updated,
            authors: authors(title, entry),
            categories: each(&details.categories, Category::of),
            sources: sources(card, title, &copies),
            enclosures: each(&details.enclosures, Enclosure::of),
            links: links(details.links.as_slice(), &copies),
            rights: line(&details.rights),
            language: details.language.as_deref().or(described.language.as_deref()).and_then(LangTag::of),
            summary,
            content,
            source: source(card, entry),
            in_reply_to: each(&details.in_reply_to, Reply::of),
            media: media(details, described),
            place: details.place.as_deref().and_then(place),
            story: entry.story.0.to_string(),
            copies: copies.iter().map(|(card, copy)| copy_shown(card, copy)).collect(),
            icon: icon(card, described),
        })
    }

    /// The entry with a short summary in place of its texts, for an entry that would be too large.
    pub fn shortened(&self) -> Shown {
        let (summary, content) = (self.summary.as_deref(), self.content.as_deref());
        let text = short(summary.unwrap_or_default(), content.unwrap_or_default());
        Shown { summary: PlainText::some_lines(&text), content: None, ..self.clone() }
    }
}

/// The beginning of the summary, or else of the content.
fn short(summary: &str, content: &str) -> String {
    let has_summary = !summary.trim().is_empty();
    if has_summary { excerpt::of_text(summary, SUMMARY_CHARS) } else { excerpt::of_html(content, SUMMARY_CHARS) }
}

/// The summary and the content that the output shows.
fn texts(spec: &OutputSpec, entry: &StoredEntry, called: &str) -> (Option<PlainText>, Option<SafeHtml>) {
    let own = || PlainText::some_lines(&entry.summary);
    let texts = match spec.content {
        ContentMode::None => (None, None),
        ContentMode::Summary => {
            (own().or_else(|| PlainText::some_lines(&excerpt::of_html(&entry.content, SUMMARY_CHARS))), None)
        }
        ContentMode::Full => (own(), Some(entry.content.clone()).filter(|html| !html.trim().is_empty())),
    };
    match texts {
        // An entry without texts gets its title as the summary, because readers need a text to show (RFC 4287, 4.1.1.1).
        (None, None) if spec.content != ContentMode::None => (PlainText::some_line(called), None),
        texts => texts,
    }
}

fn address(site: &Site, card: &SourceCard, entry: &StoredEntry, has_content: bool) -> Option<WebUrl> {
    own_address(card, entry.link.as_deref(), &entry.details).or_else(|| {
        // An entry without content must lead somewhere (RFC 4287, 4.1.2).
        if has_content {
            return None;
        }
        let theirs = || entry.described.link.as_deref().and_then(WebUrl::of);
        // An entry of a local file can only lead to a page of this server.
        let ours = || match card.private {
            true => format!("{}/", site.public_url),
            false => format!("{}{}", site.public_url, OutputKind::Source(card.name.clone()).path(Format::Html)),
        };
        theirs().or_else(|| WebUrl::of(&card.public_url)).or_else(|| WebUrl::of(&ours()))
    })
}

fn own_address(card: &SourceCard, link: Option<&str>, details: &EntryDetails) -> Option<WebUrl> {
    // The original address is preferred to the address of a click counter, because counters shut down.
    let original = details.original_link.as_deref().and_then(WebUrl::of);
    let own = original.or_else(|| link.and_then(WebUrl::of_entry));
    own.map(|link| rewrite::link(&card.rewrite, link))
}

/// The title and the address of an entry, for lists that show nothing else. `content` is needed only for an entry
/// without a title.
pub fn title_and_link(
    card: &SourceCard,
    title: &str,
    link: Option<&str>,
    details: &EntryDetails,
    content: &str,
) -> (PlainText, Option<WebUrl>) {
    let called = title_of(title, details, "", content);
    (PlainText::line(&called).shortened(TITLE_CHARS), own_address(card, link, details))
}

/// The media of the entry. An episode without its own picture gets the artwork of its show, and an episode that does
/// not state whether it is explicit gets the value of its show, because a merged feed does not have the metadata of the
/// show. If the source took the entry from elsewhere, its show is unknown.
fn media(details: &EntryDetails, described: &FeedMeta) -> Option<Media> {
    let own = details.media.as_ref().and_then(Media::of);
    let is_played = |kind: &str| kind.starts_with("audio/") || kind.starts_with("video/");
    let is_episode = details.enclosures.iter().any(|it| it.media_type.as_deref().is_some_and(is_played));
    let Some(show) = described.show.as_ref().filter(|_| is_episode && details.origin.is_none()) else { return own };
    let mut media = own.unwrap_or_default();
    if media.image.is_none() && media.thumbnails.is_empty() {
        media.image = stated_address(&show.image);
    }
    media.explicit = media.explicit.or(show.explicit);
    (media != Media::default()).then_some(media)
}

/// The authors of the entry, or else of its source, or else the title of the source as an author. An author is required
/// (RFC 4287, 4.1.2), and readers must not attribute the entry to this feed.
fn authors(title: &str, entry: &StoredEntry) -> Vec<Person> {
    let origin = entry.details.origin.as_ref();
    let of_origin = origin.map(|origin| origin.authors.as_slice()).unwrap_or_default();
    let origin = origin.and_then(|origin| line(&origin.title));
    // Where the source took the entry from elsewhere, the source's author did not write it.
    let of_source = if origin.is_none() { entry.described.authors.as_slice() } else { &[] };
    let stated = [entry.details.authors.as_slice(), of_origin, of_source];
    stated.into_iter().map(persons).find(|people| !people.is_empty()).unwrap_or_else(|| {
        let name = origin.or_else(|| PlainText::some_line(title)).unwrap_or_else(|| PlainText::line(NOBODY));
        vec![Person::named(name)]
    })
}

fn persons(people: &[model::Person]) -> Vec<Person> {
    each(people, Person::of)
}

/// The sources of the entry and of its copies, each once.
fn sources(card: &SourceCard, title: &str, copies: &[(&SourceCard, &StoryCopy)]) -> Vec<(PlainText, PlainText)> {
    let named = |card: &SourceCard, title: &str| {
        let name = PlainText::line(&card.name);
        let title = PlainText::some_line(title).unwrap_or_else(|| name.clone());
        (name, title)
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

fn links(own: &[model::Link], copies: &[(&SourceCard, &StoryCopy)]) -> Vec<Link> {
    let copies = copies.iter().filter_map(|(card, copy)| {
        Some(Link {
            href: rewrite::link(&card.rewrite, copy.link.as_deref().and_then(WebUrl::of_entry)?),
            rel: "related",
            media_type: None,
            title: PlainText::some_line(card.shown_title(&copy.described)),
        })
    });
    each(own, Link::of).into_iter().chain(copies).collect()
}

fn copy_shown(card: &SourceCard, copy: &StoryCopy) -> ShownCopy {
    ShownCopy {
        source: PlainText::line(&card.name),
        source_title: PlainText::line(card.shown_title(&copy.described)),
        icon: icon(card, &copy.described),
        title: PlainText::line(&copy.title).shortened(TITLE_CHARS),
        link: copy.link.as_deref().and_then(WebUrl::of_entry).map(|link| rewrite::link(&card.rewrite, link)),
    }
}

/// The configured icon of a source, or else the icon that its feed names.
pub(super) fn icon(card: &SourceCard, described: &FeedMeta) -> Option<WebUrl> {
    card.icon.as_deref().and_then(WebUrl::of).or_else(|| stated_address(&described.icon))
}

fn source(card: &SourceCard, entry: &StoredEntry) -> ShownSource {
    let described = &*entry.described;
    let title = PlainText::line(card.shown_title(described));
    if let Some(origin) = &entry.details.origin {
        return ShownSource {
            id: stated_id([&origin.id, &origin.self_link, &origin.link]).unwrap_or_else(|| address_of(card)),
            title: stated_line(&origin.title).unwrap_or(title),
            subtitle: stated_line(&origin.subtitle),
            updated: origin.updated.unwrap_or(entry.updated),
            authors: persons(&origin.authors),
            feed: stated_address(&origin.self_link),
            site: stated_address(&origin.link),
            icon: stated_address(&origin.icon),
            logo: stated_address(&origin.logo),
            rights: stated_line(&origin.rights),
        };
    }
    let FeedMeta { id, subtitle, link, icon, logo, rights, updated, authors, .. } = described;
    ShownSource {
        id: stated_id([id]).unwrap_or_else(|| address_of(card)),
        title: PlainText::line(&without_logins(&title)),
        subtitle: stated_line(subtitle),
        updated: updated.unwrap_or(entry.updated),
        authors: persons(authors),
        feed: WebUrl::of(&card.public_url),
        site: stated_address(link),
        icon: stated_address(icon),
        logo: stated_address(logo),
        rights: stated_line(rights),
    }
}

/// The feed's address, which serves as the id of a source that states no id. If another source's address may look the same,
/// the name is appended.
fn address_of(card: &SourceCard) -> PlainText {
    // The path of a local file is not published, because it reveals details of this machine.
    let Some(address) = WebUrl::of(&card.public_url) else {
        return PlainText::line(&format!("{SOURCE_SCHEME}:{}", card.name));
    };
    if card.blurred { PlainText::line(&format!("{address}#{}", card.name)) } else { address.into() }
}

/// The first of some texts that can be an id. It is shown without logins and sessions, because some servers include the
/// login or the session of the request.
fn stated_id<const N: usize>(texts: [&Option<String>; N]) -> Option<PlainText> {
    texts.into_iter().flatten().find_map(|text| Iri::of(&without_logins(text))).map(PlainText::from)
}

pub(super) fn stated_address(text: &Option<String>) -> Option<WebUrl> {
    WebUrl::of(&without_logins(text.as_deref()?))
}

fn stated_line(text: &Option<String>) -> Option<PlainText> {
    PlainText::some_line(&without_logins(text.as_deref()?))
}

/// Latitude and longitude, if they are within their ranges.
fn place(place: &str) -> Option<PlainText> {
    let (latitude, longitude) = place.trim().split_once(' ')?;
    let degrees = |text: &str, most: f64| text.trim().parse::<f64>().ok().filter(|it| it.abs() <= most);
    degrees(latitude, 90.0).zip(degrees(longitude, 180.0)).map(|_| PlainText::line(place))
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
    entry.summary = short(&entry.summary, &entry.content);
    entry.content = SafeHtml::default();
    escaped(&entry.summary) + BESIDE_TEXTS
}
