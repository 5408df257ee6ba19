//! The parts of an entry as they are published: people, categories, links, files and media.
//!
//! Each part is made of the stored part of the same name. Its texts and addresses have types that only checked texts have;
//! a part that lacks what it needs is left out.

use serde::Serialize;

use crate::model::{self, Iri, LangTag, MediaType, PlainText, WebUrl, name_of_address};

/// Most people, categories, files, links and the like of an entry that are shown, each.
const EACH_MAX: usize = 100;
/// The relations of links that are published (`replies`: RFC 4685). Links with other relations concern the source's document.
const RELATIONS: [&str; 3] = ["via", "replies", "related"];
/// The kinds of episodes that iTunes knows.
const EPISODE_TYPES: [&str; 3] = ["full", "trailer", "bonus"];
/// The schemes of the names of categories, because following a name with these schemes does not execute anything.
const NAMING: [&str; 4] = ["http", "https", "tag", "urn"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: PlainText,
    pub email: Option<PlainText>,
    pub uri: Option<WebUrl>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    pub term: PlainText,
    pub scheme: Option<Iri>,
    pub label: Option<PlainText>,
}

/// Attached media. The address may be a magnet link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    pub url: WebUrl,
    pub media_type: Option<MediaType>,
    /// Length in bytes according to the feed.
    pub length: Option<u64>,
}

/// A link that is neither the address of the entry nor an enclosure. The address may be a magnet link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub href: WebUrl,
    pub rel: &'static str,
    pub media_type: Option<MediaType>,
    pub title: Option<PlainText>,
}

/// The entry that an entry replies to (RFC 4685, 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub id: Iri,
    pub href: Option<WebUrl>,
    pub media_type: Option<MediaType>,
    pub source: Option<WebUrl>,
}

/// The media details of an entry from podcast and video feeds; the fields are as in [`model::Media`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Media {
    pub duration: Option<u64>,
    pub image: Option<WebUrl>,
    pub thumbnails: Vec<Thumbnail>,
    pub season: Option<u32>,
    pub episode: Option<u32>,
    pub episode_type: Option<&'static str>,
    pub explicit: Option<bool>,
    pub rating: Option<PlainText>,
    pub contents: Vec<MediaContent>,
    pub transcripts: Vec<MediaLink>,
    pub chapters: Option<MediaLink>,
    pub chapter_list: Vec<Chapter>,
    pub people: Vec<CastMember>,
}

/// A picture; its width and height are in pixels. Pages show it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Thumbnail {
    pub url: WebUrl,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// Details of a media file. JSON Feed writes them as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MediaContent {
    pub url: WebUrl,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<PlainText>,
}

/// A transcript or chapters. JSON Feed writes them as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MediaLink {
    pub url: WebUrl,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub media_type: Option<MediaType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<LangTag>,
}

/// A part of an episode. JSON Feed writes it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chapter {
    /// The time from the beginning of the episode, as a clock shows it: `01:02:03.500`.
    pub start: String,
    pub title: PlainText,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<WebUrl>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<WebUrl>,
}

/// A person who appears in an episode. JSON Feed writes them as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CastMember {
    pub name: PlainText,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<WebUrl>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<WebUrl>,
}

/// The parts that can be shown, at most [`EACH_MAX`].
pub(super) fn each<S, T>(stored: &[S], shown: impl Fn(&S) -> Option<T>) -> Vec<T> {
    stored.iter().filter_map(shown).take(EACH_MAX).collect()
}

pub(super) fn line(text: &Option<String>) -> Option<PlainText> {
    PlainText::some_line(text.as_deref()?)
}

pub(super) fn address(text: &Option<String>) -> Option<WebUrl> {
    WebUrl::of(text.as_deref()?)
}

fn media_type(text: &Option<String>) -> Option<MediaType> {
    MediaType::of(text.as_deref()?)
}

impl Person {
    pub(super) fn of(person: &model::Person) -> Option<Person> {
        // RFC 4287, 3.2.3: an address has an @ with text on both sides.
        let is_address = |text: &PlainText| {
            text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
                && !text.contains(char::is_whitespace)
        };
        let email = line(&person.email).filter(is_address);
        let name = PlainText::some_line(name_of_address(&person.name)?)
            .or_else(|| PlainText::some_line(name_of_address(email.as_deref()?)?))?;
        Some(Person { name, email, uri: address(&person.uri) })
    }

    pub(super) fn named(name: PlainText) -> Person {
        Person { name, email: None, uri: None }
    }
}

impl Category {
    pub(super) fn of(category: &model::Category) -> Option<Category> {
        let is_naming = |iri: &Iri| {
            let scheme = iri.split(':').next().unwrap_or_default();
            NAMING.iter().any(|naming| scheme.eq_ignore_ascii_case(naming))
        };
        Some(Category {
            term: PlainText::some_line(&category.term)?,
            scheme: category.scheme.as_deref().and_then(Iri::of).filter(is_naming),
            label: line(&category.label),
        })
    }
}

impl Enclosure {
    pub(super) fn of(enclosure: &model::Enclosure) -> Option<Enclosure> {
        Some(Enclosure {
            url: WebUrl::of_entry(&enclosure.url)?,
            media_type: media_type(&enclosure.media_type),
            length: enclosure.length,
        })
    }
}

impl Link {
    pub(super) fn of(link: &model::Link) -> Option<Link> {
        Some(Link {
            href: WebUrl::of_entry(&link.href)?,
            rel: RELATIONS.into_iter().find(|known| link.rel.eq_ignore_ascii_case(known))?,
            media_type: media_type(&link.media_type),
            title: line(&link.title),
        })
    }
}

impl Reply {
    /// `None` for a reply without the id of the original, because it refers to nothing (RFC 4685, 3).
    pub(super) fn of(reply: &model::Reply) -> Option<Reply> {
        Some(Reply {
            id: Iri::of(reply.id.as_deref()?)?,
            href: address(&reply.href),
            media_type: media_type(&reply.media_type),
            source: address(&reply.source),
        })
    }
}

impl Media {
    /// `None` if nothing can be shown.
    pub(super) fn of(media: &model::Media) -> Option<Media> {
        let episode_type = media.episode_type.as_deref();
        let shown = Media {
            duration: media.duration,
            image: address(&media.image),
            thumbnails: each(&media.thumbnails, Thumbnail::of),
            season: media.season.filter(|number| *number > 0),
            episode: media.episode.filter(|number| *number > 0),
            episode_type: EPISODE_TYPES.into_iter().find(|known| Some(*known) == episode_type),
            explicit: media.explicit,
            rating: line(&media.rating),
            contents: each(&media.contents, MediaContent::of),
            transcripts: each(&media.transcripts, MediaLink::of),
            chapters: media.chapters.as_ref().and_then(MediaLink::of),
            // The number of chapters is limited where entries are cleaned.
            chapter_list: media.chapter_list.iter().filter_map(Chapter::of).collect(),
            people: each(&media.people, CastMember::of),
        };
        (shown != Media::default()).then_some(shown)
    }
}

impl Thumbnail {
    fn of(thumbnail: &model::Thumbnail) -> Option<Thumbnail> {
        Some(Thumbnail { url: WebUrl::of(&thumbnail.url)?, width: thumbnail.width, height: thumbnail.height })
    }
}

impl MediaContent {
    fn of(content: &model::MediaContent) -> Option<MediaContent> {
        Some(MediaContent {
            url: WebUrl::of(&content.url)?,
            description: line(&content.description),
            rating: line(&content.rating),
        })
    }
}

impl MediaLink {
    fn of(link: &model::MediaLink) -> Option<MediaLink> {
        Some(MediaLink {
            url: WebUrl::of(&link.url)?,
            media_type: media_type(&link.media_type),
            language: link.language.as_deref().and_then(LangTag::of),
        })
    }
}

impl Chapter {
    fn of(chapter: &model::Chapter) -> Option<Chapter> {
        let seconds = chapter.start / 1_000;
        let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
        Some(Chapter {
            start: format!("{hours:02}:{minutes:02}:{:02}.{:03}", seconds % 60, chapter.start % 1_000),
            title: PlainText::some_line(&chapter.title)?,
            href: address(&chapter.href),
            image: address(&chapter.image),
        })
    }
}

impl CastMember {
    fn of(person: &model::CastMember) -> Option<CastMember> {
        Some(CastMember {
            name: PlainText::some_line(&person.name)?,
            role: line(&person.role),
            href: address(&person.href),
            image: address(&person.image),
        })
    }
}
