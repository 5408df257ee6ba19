//! JSON Feed 1.1 (jsonfeed.org/version/1.1). What it cannot express, such as an entry's source, is in the extension
//! `_watershed`.

use serde::Serialize;

use super::Format;
use super::atom::feed_id;
use super::document::Channel;
use super::parts::Media;
use super::shown::{Shown, ShownSource};
use crate::text::html;

pub(super) const CLOSING: &[u8] = b"\n]}\n";
/// The type of an attachment whose type is unknown, because JSON Feed requires a type.
const SOME_BYTES: &str = "application/octet-stream";

/// The document up to its items. `query` is appended to each of the output's own addresses.
///
/// `next_url` leads to the archive documents, from the newest to the oldest. Each of them has the address of the live feed as
/// `feed_url`, because it is a further page of that feed.
pub(super) fn opening(channel: &Channel<'_>, query: &str) -> Vec<u8> {
    let Channel { site, spec, chain, title, about, podcast } = channel;
    let own = |path: &str| format!("{}{path}{query}", site.public_url);
    let previous = chain.previous().and_then(|number| spec.kind.archive(number, Format::JSON));
    let mut feed = Object(b"{".to_vec());
    feed.put("version", "https://jsonfeed.org/version/1.1");
    feed.put("title", title);
    feed.put("home_page_url", own(&spec.kind.path(Format::Html)));
    feed.put("feed_url", own(&spec.kind.path(Format::JSON)));
    // The id comes near the beginning, where the program recognises its own feeds when it polls them.
    feed.put_object("_watershed", |extension| {
        extension.put("id", feed_id(&site.store_id, &spec.kind.path(Format::ATOM)));
        extension.put("version", site.generator_version);
        // The description is in the feed's own `description`.
        extension.put_if("subtitle", about.subtitle.as_ref().filter(|text| Some(*text) != about.description.as_ref()));
        extension.put_if("rights", about.rights.as_ref());
        extension.put_if("explicit", podcast.explicit);
        extension.put_if("itunes_category", podcast.category.as_ref());
    });
    feed.put_if("description", about.description.as_ref());
    feed.put_if("next_url", previous.map(|name| own(&name.path())));
    feed.put_if("icon", about.logo.as_ref());
    feed.put_if("favicon", about.icon.as_ref());
    feed.put_objects("authors", &about.author, |author, name| author.put("name", name));
    feed.put_if("language", about.lang.as_ref());
    // An archive document does not change in ways that readers wait for.
    let hub = site.hub_of(spec).filter(|_| chain.number.is_none());
    feed.put_objects("hubs", hub, |hub, url| {
        hub.put("type", "WebSub");
        hub.put("url", url);
    });
    feed.0.extend_from_slice(b",\"items\":[\n");
    feed.0
}

/// Writes an item.
pub(super) fn entry(shown: &Shown) -> Vec<u8> {
    let nothing = Media::default();
    let media = shown.media.as_ref().unwrap_or(&nothing);
    let content = shown.content.as_deref();
    let mut item = Object(b"{".to_vec());
    item.put("id", &shown.id);
    item.put_if("url", shown.link.as_ref());
    item.put_if("external_url", shown.links.iter().find(|link| link.rel == "via").map(|link| &link.href));
    item.put("title", &shown.title);
    item.put_if("content_html", content);
    if content.is_none() {
        // JSON Feed requires a text or HTML.
        item.put("content_text", shown.summary.as_deref().unwrap_or_default());
    }
    item.put_if("summary", summary(shown));
    item.put_if("image", media.image.as_ref().or(media.thumbnails.first().map(|thumbnail| &thumbnail.url)));
    item.put("date_published", shown.published);
    item.put("date_modified", shown.updated);
    item.put_objects("authors", &shown.authors, |author, person| {
        let mail = || person.email.as_ref().map(|email| format!("mailto:{email}"));
        author.put("name", &person.name);
        author.put_if("url", person.uri.as_ref().map(ToString::to_string).or_else(mail));
    });
    item.put_list("tags", shown.categories.iter().map(|it| it.label.as_ref().unwrap_or(&it.term)));
    item.put_if("language", shown.language.as_ref());
    // The duration in the entry is the duration of its first attachment.
    let durations = std::iter::once(media.duration).chain(std::iter::repeat(None));
    item.put_objects("attachments", shown.enclosures.iter().zip(durations), |attachment, (enclosure, duration)| {
        attachment.put("url", &enclosure.url);
        attachment.put("mime_type", enclosure.media_type.as_deref().unwrap_or(SOME_BYTES));
        attachment.put_if("size_in_bytes", enclosure.length);
        attachment.put_if("duration_in_seconds", duration);
    });
    item.put_object("_watershed", |extension| put_extension(extension, shown, media));
    item.0.push(b'}');
    item.0
}

/// Writes what JSON Feed itself cannot express of an entry.
fn put_extension(extension: &mut Object, shown: &Shown, media: &Media) {
    extension.put_object("source", |source| {
        let ShownSource { id, title, updated, feed, site, icon, rights, .. } = &shown.source;
        source.put("name", shown.sources.first().map_or("", |(name, _)| name));
        source.put("id", id);
        source.put("title", title);
        source.put("updated", updated);
        source.put_if("feed_url", feed.as_ref());
        source.put_if("home_page_url", site.as_ref());
        source.put_if("icon", icon.as_ref());
        source.put_if("rights", rights.as_ref());
    });
    // The other sources that have the entry.
    extension.put_list("also_in", shown.sources.iter().skip(1).map(|(_, title)| title));
    extension.put_objects("links", &shown.links, |object, link| {
        object.put("rel", link.rel);
        object.put("url", &link.href);
        object.put_if("title", link.title.as_ref());
    });
    extension.put_list("in_reply_to", shown.in_reply_to.iter().map(|reply| &reply.id));
    extension.put_if("rights", shown.rights.as_ref());
    extension.put_if("season", media.season);
    extension.put_if("episode", media.episode);
    extension.put_if("episode_type", media.episode_type);
    extension.put_list("thumbnails", media.thumbnails.iter().map(|thumbnail| &thumbnail.url));
    extension.put_if("place", shown.place.as_ref());
    extension.put_if("explicit", media.explicit);
    extension.put_if("rating", media.rating.as_ref());
    // Descriptions of single media are not written as titles of attachments, because JSON Feed treats attachments with
    // the same title as alternatives.
    extension.put_list("media", &media.contents);
    extension.put_list("transcripts", &media.transcripts);
    extension.put_if("chapters", media.chapters.as_ref());
    extension.put_list("chapter_list", &media.chapter_list);
    extension.put_list("people", &media.people);
}

/// The summary, unless the content has the same text, because some readers show both.
fn summary(shown: &Shown) -> Option<&str> {
    let (summary, content) = (shown.summary.as_deref()?, shown.content.as_deref()?);
    let words = html::words(content);
    (!summary.split_whitespace().eq(words.split_whitespace())).then_some(summary)
}

/// The JSON of an object, as far as it is written. Values are escaped here; names are constants.
struct Object(Vec<u8>);

impl Object {
    fn put(&mut self, name: &str, value: impl Serialize) {
        self.begin(name);
        // Writing to memory cannot fail.
        let _ = serde_json::to_writer(&mut self.0, &value);
    }

    fn put_if(&mut self, name: &str, value: Option<impl Serialize>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// Writes a list, unless it is empty.
    fn put_list<T: Serialize>(&mut self, name: &str, items: impl IntoIterator<Item = T>) {
        let items: Vec<T> = items.into_iter().collect();
        if !items.is_empty() {
            self.put(name, items);
        }
    }

    fn put_object(&mut self, name: &str, fill: impl FnOnce(&mut Object)) {
        self.begin(name);
        self.braced(fill);
    }

    /// Writes a list of objects, unless it is empty.
    fn put_objects<T>(&mut self, name: &str, items: impl IntoIterator<Item = T>, fill: impl Fn(&mut Object, T)) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return;
        }
        self.begin(name);
        self.0.push(b'[');
        for item in items {
            self.braced(|object| fill(object, item));
        }
        self.0.push(b']');
    }

    fn braced(&mut self, fill: impl FnOnce(&mut Object)) {
        self.separate();
        self.0.push(b'{');
        fill(self);
        self.0.push(b'}');
    }

    fn begin(&mut self, name: &str) {
        self.separate();
        for part in ["\"", name, "\":"] {
            self.0.extend_from_slice(part.as_bytes());
        }
    }

    /// Writes the comma behind the member or item before this one.
    fn separate(&mut self) {
        if !matches!(self.0.last(), Some(b'{' | b'[' | b':')) {
            self.0.push(b',');
        }
    }
}
