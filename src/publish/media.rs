//! Media and podcasts in Atom and RSS: descriptions of single media, and the details of podcasts and of their episodes.

use super::about::Podcast;
use super::parts::{Chapter, Media, MediaContent, MediaLink};
use super::tags::{Tags, given};

/// The scheme of one-word ratings (Media RSS, `media:rating`).
const SIMPLE: &str = "urn:simple";
/// The namespace of Podcasting 2.0. It is declared on the elements that use it, so that other documents do not change.
const PODCAST: (&str, &str) = ("xmlns:podcast", "https://podcastindex.org/namespace/1.0");
/// The namespace of Podlove Simple Chapters (podlove.org/simple-chapters), which is declared in the same way.
const CHAPTERS: (&str, &str) = ("xmlns:psc", "http://podlove.org/simple-chapters");

/// Writes a picture, sound or film with its description.
pub(super) fn content(tags: &mut Tags, attributes: &[(&str, &str)], said: Option<&MediaContent>) {
    let words = said.filter(|said| said.description.is_some() || said.rating.is_some());
    let Some(said) = words else {
        tags.empty("media:content", attributes);
        return;
    };
    tags.open("media:content", attributes);
    rating(tags, said.rating.as_deref());
    if let Some(description) = &said.description {
        tags.text_with("media:description", &[("type", "plain")], description);
    }
    tags.close("media:content");
}

/// Writes a podcast's description of itself in the elements of iTunes.
pub(super) fn show(tags: &mut Tags, picture: Option<&str>, podcast: &Podcast) {
    if let Some(picture) = picture {
        tags.empty("itunes:image", &[("href", picture)]);
    }
    tags.flag("itunes:explicit", podcast.explicit);
    for name in podcast.category.iter().chain(&podcast.more_categories) {
        category(tags, name);
    }
    tags.text_if("itunes:type", podcast.show_type);
    if let Some(owner) = &podcast.owner {
        tags.open("itunes:owner", &[]);
        tags.text("itunes:name", &owner.name);
        tags.text_if("itunes:email", owner.email.as_deref());
        tags.close("itunes:owner");
    }
}

fn category(tags: &mut Tags, name: &str) {
    match name.split_once('>').filter(|(_, inner)| !inner.trim().is_empty()) {
        Some((outer, inner)) => {
            tags.open("itunes:category", &[("text", outer.trim())]);
            tags.empty("itunes:category", &[("text", inner.trim())]);
            tags.close("itunes:category");
        }
        None => tags.empty("itunes:category", &[("text", name.trim_end_matches(['>', ' ']))]),
    }
}

/// Writes the details of an episode in the elements that podcasts use.
pub(super) fn podcast(tags: &mut Tags, media: &Media) {
    tags.flag("itunes:explicit", media.explicit);
    rating(tags, media.rating.as_deref());
    for transcript in &media.transcripts {
        link(tags, "podcast:transcript", transcript);
    }
    if let Some(chapters) = &media.chapters {
        link(tags, "podcast:chapters", chapters);
    }
    if !media.chapter_list.is_empty() {
        tags.open("psc:chapters", &[CHAPTERS, ("version", "1.2")]);
        for Chapter { start, title, href, image } in &media.chapter_list {
            let (href, image) = (href.as_deref(), image.as_deref());
            let said =
                [("start", Some(start.as_str())), ("title", Some(title.as_str())), ("href", href), ("image", image)];
            tags.empty("psc:chapter", &given(&said));
        }
        tags.close("psc:chapters");
    }
    for person in &media.people {
        let (role, href, image) = (person.role.as_deref(), person.href.as_deref(), person.image.as_deref());
        let said = [(PODCAST.0, Some(PODCAST.1)), ("role", role), ("href", href), ("img", image)];
        tags.text_with("podcast:person", &given(&said), &person.name);
    }
}

fn rating(tags: &mut Tags, rating: Option<&str>) {
    if let Some(rating) = rating {
        tags.text_with("media:rating", &[("scheme", SIMPLE)], rating);
    }
}

fn link(tags: &mut Tags, name: &str, link: &MediaLink) {
    let (kind, language) = (link.media_type.as_deref(), link.language.as_deref());
    let said = [(PODCAST.0, Some(PODCAST.1)), ("url", Some(link.url.as_str())), ("type", kind), ("language", language)];
    tags.empty(name, &given(&said));
}
