//! Media and podcasts in Atom and RSS: descriptions of single media, and the details of an episode.

use super::tags::Tags;
use super::xml::{language, media_type, one_line, some_line, web_address};
use crate::model::{CastMember, Media, MediaContent, MediaLink};

/// The scheme of one-word ratings (Media RSS, `media:rating`).
const SIMPLE: &str = "urn:simple";
/// The namespace of Podcasting 2.0. It is declared on the elements that use it, so that other documents do not change.
const PODCAST: (&str, &str) = ("xmlns:podcast", "https://podcastindex.org/namespace/1.0");
/// Most contents, most transcripts and most people of an entry that are shown.
const EACH_MAX: usize = 100;

/// The description of an entry's media, cleaned for publishing.
pub(super) fn shown(media: &Media) -> Media {
    Media {
        explicit: media.explicit,
        rating: media.rating.as_deref().and_then(some_line),
        contents: media.contents.iter().filter_map(content_shown).take(EACH_MAX).collect(),
        transcripts: media.transcripts.iter().filter_map(link_shown).take(EACH_MAX).collect(),
        chapters: media.chapters.as_ref().and_then(link_shown),
        people: media.people.iter().filter_map(person_shown).take(EACH_MAX).collect(),
        ..Media::default()
    }
}

fn content_shown(content: &MediaContent) -> Option<MediaContent> {
    Some(MediaContent {
        url: web_address(&content.url)?,
        description: content.description.as_deref().and_then(some_line),
        rating: content.rating.as_deref().and_then(some_line),
    })
}

fn link_shown(link: &MediaLink) -> Option<MediaLink> {
    Some(MediaLink {
        url: web_address(&link.url)?,
        media_type: link.media_type.as_deref().and_then(media_type),
        language: link.language.as_deref().and_then(language),
    })
}

fn person_shown(person: &CastMember) -> Option<CastMember> {
    Some(CastMember {
        name: some_line(&person.name)?,
        role: person.role.as_deref().and_then(some_line),
        href: person.href.as_deref().and_then(web_address),
        image: person.image.as_deref().and_then(web_address),
    })
}

/// Writes a picture, sound or film with its description.
pub(super) fn content(tags: &mut Tags, attributes: &[(&str, &str)], said: Option<&MediaContent>) {
    let words = said.filter(|said| said.description.is_some() || said.rating.is_some());
    let Some(said) = words else {
        tags.empty("media:content", attributes);
        return;
    };
    tags.open("media:content", attributes);
    if let Some(rating) = &said.rating {
        tags.text_with("media:rating", &[("scheme", SIMPLE)], rating);
    }
    if let Some(description) = &said.description {
        tags.text_with("media:description", &[("type", "plain")], description);
    }
    tags.close("media:content");
}

/// Writes the details of an episode in the elements that podcasts use.
pub(super) fn podcast(tags: &mut Tags, media: &Media) {
    if let Some(explicit) = media.explicit {
        tags.text("itunes:explicit", if explicit { "true" } else { "false" });
    }
    if let Some(rating) = &media.rating {
        tags.text_with("media:rating", &[("scheme", SIMPLE)], rating);
    }
    for transcript in &media.transcripts {
        link(tags, "podcast:transcript", transcript);
    }
    if let Some(chapters) = &media.chapters {
        link(tags, "podcast:chapters", chapters);
    }
    for person in &media.people {
        let said = [("role", &person.role), ("href", &person.href), ("img", &person.image)].into_iter();
        let said = said.filter_map(|(name, value)| Some((name, value.as_deref()?)));
        tags.text_with(
            "podcast:person",
            &std::iter::once(PODCAST).chain(said).collect::<Vec<_>>(),
            &one_line(&person.name),
        );
    }
}

fn link(tags: &mut Tags, name: &str, link: &MediaLink) {
    let said = [("type", &link.media_type), ("language", &link.language)].into_iter();
    let said = said.filter_map(|(name, value)| Some((name, value.as_deref()?)));
    let all = [PODCAST, ("url", link.url.as_str())].into_iter().chain(said);
    tags.empty(name, &all.collect::<Vec<_>>());
}
