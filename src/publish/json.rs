//! JSON Feed 1.1 (jsonfeed.org/version/1.1). What it cannot express, such as an entry's source, is in the extension
//! `_watershed`.

use serde::Serialize;

use super::atom::feed_id;
use super::document::Chain;
use super::parts::{CastMember, Chapter, Enclosure, MediaContent, MediaLink, Person};
use super::shown::Shown;
use super::{Format, OutputSpec, Site};
use crate::model::{LangTag, PlainText, WebUrl};
use crate::text::html;

pub(super) const CLOSING: &[u8] = b"\n]}\n";
/// The type of an attachment whose type is unknown, because JSON Feed requires a type.
const SOME_BYTES: &str = "application/octet-stream";
/// The end of a feed that is serialised without items, where the items are inserted.
const NO_ITEMS: &str = "\"items\":[]}";

#[derive(Serialize)]
struct Feed<'f> {
    version: &'static str,
    title: PlainText,
    home_page_url: String,
    feed_url: String,
    /// The id comes near the beginning, where the program recognises its own feeds when it polls them.
    _watershed: OfFeed<'f>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<WebUrl>,
    #[serde(skip_serializing_if = "Option::is_none")]
    favicon: Option<WebUrl>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'f>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<LangTag>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<OfHub>,
    items: [(); 0],
}

/// Where a reader subscribes to changes.
#[derive(Serialize)]
struct OfHub {
    r#type: &'static str,
    url: String,
}

/// What JSON Feed itself cannot express.
#[derive(Serialize)]
struct OfFeed<'f> {
    id: String,
    version: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explicit: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    itunes_category: Option<PlainText>,
}

#[derive(Serialize)]
struct Item<'s> {
    id: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'s str>,
    title: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'s str>,
    date_published: String,
    date_modified: String,
    authors: Vec<Author<'s>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'s str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment>,
    _watershed: OfItem<'s>,
}

#[derive(Serialize)]
struct Author<'s> {
    name: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Attachment {
    url: String,
    mime_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u64>,
}

#[derive(Serialize)]
struct OfItem<'s> {
    source: OfSource<'s>,
    /// The other sources that have the entry.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_in: Vec<&'s str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<OfLink<'s>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    in_reply_to: Vec<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    season: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    episode: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    episode_type: Option<&'s str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    thumbnails: Vec<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explicit: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<&'s str>,
    /// Descriptions of single media. They are not written as titles of attachments, because JSON Feed treats attachments with
    /// the same title as alternatives.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    media: &'s [MediaContent],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    transcripts: &'s [MediaLink],
    #[serde(skip_serializing_if = "Option::is_none")]
    chapters: Option<&'s MediaLink>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    chapter_list: &'s [Chapter],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    people: &'s [CastMember],
}

#[derive(Serialize)]
struct OfSource<'s> {
    name: &'s str,
    id: &'s str,
    title: &'s str,
    updated: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'s str>,
}

#[derive(Serialize)]
struct OfLink<'s> {
    rel: &'s str,
    url: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'s str>,
}

/// The document up to its items. `query` is appended to each of the output's own addresses.
///
/// `next_url` leads to the archive documents, from the newest to the oldest. Each of them has the address of the live feed as
/// `feed_url`, because it is a further page of that feed.
pub(super) fn opening(site: &Site, spec: &OutputSpec, chain: Chain, query: &str) -> Vec<u8> {
    let own = |path: &str| format!("{}{path}{query}", site.public_url);
    let previous = chain.previous().and_then(|number| spec.kind.archive(number, Format::JSON));
    let about = &spec.about;
    let author = about.author();
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: spec.title(),
        home_page_url: own(&spec.kind.path(Format::Html)),
        feed_url: own(&spec.kind.path(Format::JSON)),
        _watershed: OfFeed {
            id: feed_id(&site.store_id, &spec.kind.path(Format::ATOM)),
            version: site.generator_version,
            // The description is in the feed's own `description`.
            subtitle: about.subtitle().filter(|subtitle| Some(subtitle) != about.description().as_ref()),
            rights: about.rights(),
            explicit: about.explicit,
            itunes_category: about.itunes_category(),
        },
        description: about.description(),
        next_url: previous.map(|name| own(&name.path())),
        icon: about.logo(),
        favicon: about.icon(),
        authors: author.iter().map(|name| Author { name, url: None }).collect(),
        language: about.language(),
        // An archive document does not change in ways that readers wait for.
        hubs: site
            .hub_of(spec)
            .filter(|_| chain.number.is_none())
            .map(|url| OfHub { r#type: "WebSub", url })
            .into_iter()
            .collect(),
        items: [],
    };
    let text = serde_json::to_string(&feed).unwrap_or_default();
    let head = text.strip_suffix(NO_ITEMS).unwrap_or(&text);
    format!("{head}\"items\":[\n").into_bytes()
}

/// Writes an item.
pub(super) fn entry(shown: &Shown) -> Vec<u8> {
    let media = shown.media.as_ref();
    let content = shown.content.as_deref();
    let thumbnail = || media.and_then(|media| media.thumbnails.first()).map(|thumbnail| thumbnail.url.as_str());
    let source = &shown.source;
    let item = Item {
        id: &shown.id,
        url: shown.link.as_deref(),
        external_url: shown.links.iter().find(|link| link.rel == "via").map(|link| link.href.as_str()),
        title: &shown.title,
        content_html: content,
        // JSON Feed requires a text or HTML.
        content_text: content.is_none().then(|| shown.summary.as_deref().unwrap_or_default()),
        summary: summary(shown),
        image: media.and_then(|media| media.image.as_deref()).or_else(thumbnail),
        date_published: shown.published.to_rfc3339(),
        date_modified: shown.updated.to_rfc3339(),
        authors: shown.authors.iter().map(author).collect(),
        tags: shown.categories.iter().map(|it| it.label.as_deref().unwrap_or(&it.term)).collect(),
        language: shown.language.as_deref(),
        attachments: attachments(shown),
        _watershed: OfItem {
            source: OfSource {
                name: shown.sources.first().map_or("", |(name, _)| name),
                id: &source.id,
                title: &source.title,
                updated: source.updated.to_rfc3339(),
                feed_url: source.feed.as_deref(),
                home_page_url: source.site.as_deref(),
                icon: source.icon.as_deref(),
                rights: source.rights.as_deref(),
            },
            also_in: shown.sources.iter().skip(1).map(|(_, title)| title.as_str()).collect(),
            links: shown
                .links
                .iter()
                .map(|link| OfLink { rel: link.rel, url: &link.href, title: link.title.as_deref() })
                .collect(),
            in_reply_to: shown.in_reply_to.iter().map(|reply| reply.id.as_str()).collect(),
            rights: shown.rights.as_deref(),
            season: media.and_then(|media| media.season),
            episode: media.and_then(|media| media.episode),
            episode_type: media.and_then(|media| media.episode_type),
            thumbnails: media.iter().flat_map(|media| &media.thumbnails).map(|it| it.url.as_str()).collect(),
            place: shown.place.as_deref(),
            explicit: media.and_then(|media| media.explicit),
            rating: media.and_then(|media| media.rating.as_deref()),
            media: media.map(|media| media.contents.as_slice()).unwrap_or_default(),
            transcripts: media.map(|media| media.transcripts.as_slice()).unwrap_or_default(),
            chapters: media.and_then(|media| media.chapters.as_ref()),
            chapter_list: media.map(|media| media.chapter_list.as_slice()).unwrap_or_default(),
            people: media.map(|media| media.people.as_slice()).unwrap_or_default(),
        },
    };
    serde_json::to_vec(&item).unwrap_or_default()
}

/// The summary, unless the content has the same text, because some readers show both.
fn summary(shown: &Shown) -> Option<&str> {
    let (summary, content) = (shown.summary.as_deref()?, shown.content.as_deref()?);
    let words = html::words(content);
    (!summary.split_whitespace().eq(words.split_whitespace())).then_some(summary)
}

fn author(person: &Person) -> Author<'_> {
    let mail = || person.email.as_ref().map(|email| format!("mailto:{email}"));
    Author { name: &person.name, url: person.uri.as_ref().map(ToString::to_string).or_else(mail) }
}

fn attachments(shown: &Shown) -> Vec<Attachment> {
    // The duration in the entry is the duration of its first attachment.
    let duration = shown.media.as_ref().and_then(|media| media.duration);
    let durations = std::iter::once(duration).chain(std::iter::repeat(None));
    let attachment = |(enclosure, duration_in_seconds): (&'_ Enclosure, _)| Attachment {
        url: enclosure.url.to_string(),
        mime_type: enclosure.media_type.as_deref().unwrap_or(SOME_BYTES).to_owned(),
        size_in_bytes: enclosure.length,
        duration_in_seconds,
    };
    shown.enclosures.iter().zip(durations).map(attachment).collect()
}
