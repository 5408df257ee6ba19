//! Digests that show whether an entry changed, and whether a person would notice the change.

use crate::model::{CleanEntry, Enclosure, Media};
use crate::text::digest::Digest;

/// The digest of all properties of an entry except its dates, because publishers change dates without changing the
/// entry.
pub(super) fn record(entry: &CleanEntry) -> [u8; 16] {
    let details = &entry.details;
    let mut digest = Digest::with_capacity(entry.title.len() + entry.summary.len() + entry.content.len() + 1_024)
        .optional(entry.declared_id.as_deref())
        .optional(entry.link.as_deref())
        .part(&entry.title)
        .part(&entry.summary)
        .part(&entry.content)
        .optional(details.language.as_deref())
        .optional(details.rights.as_deref());
    digest = digest.count(details.authors.len());
    for person in &details.authors {
        digest = digest.part(&person.name).optional(person.email.as_deref()).optional(person.uri.as_deref());
    }
    digest = digest.count(details.categories.len());
    for category in &details.categories {
        digest = digest.part(&category.term).optional(category.scheme.as_deref()).optional(category.label.as_deref());
    }
    digest = digest.count(details.enclosures.len());
    for Enclosure { url, media_type, length } in &details.enclosures {
        digest = digest.part(url).optional(media_type.as_deref()).count(usize::from(length.is_some()));
        digest = digest.part(&length.unwrap_or_default().to_string());
    }
    digest = digest.count(details.links.len());
    for link in &details.links {
        digest = digest.part(&link.href).part(&link.rel);
        digest = digest.optional(link.media_type.as_deref()).optional(link.title.as_deref());
    }
    if let Some(origin) = &details.origin {
        for part in [&origin.id, &origin.title, &origin.link, &origin.self_link] {
            digest = digest.optional(part.as_deref());
        }
        for author in &origin.authors {
            digest = digest.part(&author.name);
        }
    }
    // The number of comments is left out, because it changes with every comment.
    for part in [&details.original_link, &details.place].into_iter().flatten() {
        digest = digest.part(part);
    }
    for reply in &details.in_reply_to {
        digest = digest.optional(reply.id.as_deref()).optional(reply.href.as_deref());
    }
    if let Some(media) = &details.media {
        digest = digest.optional(media.image.as_deref()).optional(media.episode_type.as_deref());
        for number in [media.duration, media.season.map(u64::from), media.episode.map(u64::from)] {
            digest = digest.count(usize::try_from(number.unwrap_or_default()).unwrap_or(usize::MAX));
        }
        for thumbnail in &media.thumbnails {
            digest = digest.part(&thumbnail.url);
        }
        digest = of_words(digest, media);
    }
    digest.finish()
}

/// Adds the descriptions of media. Missing properties add nothing, so that the digests of older entries stay the same.
fn of_words(mut digest: Digest, media: &Media) -> Digest {
    for said in &media.contents {
        if said.description.is_some() || said.rating.is_some() {
            digest = digest.part(&said.url).optional(said.description.as_deref()).optional(said.rating.as_deref());
        }
    }
    if let Some(explicit) = media.explicit {
        digest = digest.part(if explicit { "explicit" } else { "clean" });
    }
    if let Some(rating) = &media.rating {
        digest = digest.part(rating);
    }
    for link in media.transcripts.iter().chain(&media.chapters) {
        digest = digest.part(&link.url).optional(link.media_type.as_deref()).optional(link.language.as_deref());
    }
    for person in &media.people {
        digest = digest.part(&person.name).optional(person.role.as_deref());
    }
    for chapter in &media.chapter_list {
        digest = digest.part(&chapter.start.to_string()).part(&chapter.title);
        digest = digest.optional(chapter.href.as_deref()).optional(chapter.image.as_deref());
    }
    digest
}

/// The digest of the text of an entry: title, summary, the words of the content.
pub(super) fn said(title: &str, summary: &str, words: &str) -> [u8; 16] {
    words_of(title, summary, words).finish()
}

/// The digest of the properties whose change a person would notice: what the entry says, and its enclosures. `said` is
/// the digest of what it says, and the result itself for an entry without enclosures.
pub(super) fn text(entry: &CleanEntry, words: &str, said: [u8; 16]) -> [u8; 16] {
    if entry.details.enclosures.is_empty() {
        return said;
    }
    let mut digest = words_of(&entry.title, &entry.summary, words);
    for enclosure in &entry.details.enclosures {
        // The query is left out, because signed addresses get a new query each time.
        digest = digest.part(enclosure.url.split('?').next().unwrap_or_default());
    }
    digest.finish()
}

fn words_of(title: &str, summary: &str, words: &str) -> Digest {
    Digest::with_capacity(title.len() + summary.len() + words.len() + 32).part(title).part(summary).part(words)
}
