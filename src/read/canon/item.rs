//! Reads one item of a document field by field, in any order and vocabulary, and writes its texts as an Atom entry.

use std::borrow::Cow;

use url::Url;

use super::super::dates;
use super::super::names::{Field, Space};
use super::super::scan::{Kind, Markup, Tag};
use super::leaf::{Leaf, is_frame, is_item};
use super::parts::{self, LinkParts};
use super::text::{self, Notes, TextMode};
use super::{Aside, Reader, plainly, synonyms};
use crate::model::{Category, FeedFormat, Media, MediaContent, ParsedItem, Person, Thumbnail, Timestamp};
use crate::text::address;

/// Most parts of each kind (links, authors, categories, …) that are read from one item.
const PARTS_MAX: usize = 256;
/// Longest date or number that is read, in bytes.
const WORD_MAX_BYTES: usize = 256;

/// The properties of an item that were found so far. If a text occurs several times, the first that is not blank
/// counts.
#[derive(Default)]
struct Draft<'a> {
    id: Option<String>,
    about: Option<String>,
    title: Option<Leaf<'a>>,
    other_title: Option<Leaf<'a>>,
    summary: Option<Leaf<'a>>,
    other_summary: Option<Leaf<'a>>,
    other_subtitle: Option<Leaf<'a>>,
    other_id: Option<String>,
    media_text: Option<Leaf<'a>>,
    content: Option<Leaf<'a>>,
    rights: Option<Leaf<'a>>,
    links: Vec<LinkParts>,
    /// The address of the content, if the content is not part of the document.
    elsewhere: Option<LinkParts>,
    authors: Vec<Person>,
    other_authors: Vec<Person>,
    categories: Vec<Category>,
    published: Dates,
    issued: Dates,
    date: Dates,
    updated: Dates,
    latitude: Option<String>,
    longitude: Option<String>,
    media: Media,
    is_permalink: bool,
    /// The properties that are not written. Some are added when the item has been read.
    item: ParsedItem,
    /// The item has an attribute or an element that is not blank.
    has_anything: bool,
}

/// The dates of one kind in an item. The first date that can be read counts.
#[derive(Debug, Default)]
struct Dates {
    read: Option<Timestamp>,
    /// The text of the date that was read, or of the first date if no date could be read.
    written: Option<String>,
}

impl Dates {
    fn add(&mut self, inner: &str, notes: &mut Notes) {
        let written = dates::for_machines(inner).map_or_else(|| text::plain(inner), Cow::Owned);
        let written = written.trim();
        if written.is_empty() {
            return;
        }
        match dates::read(written) {
            Some(date) if self.read.is_none() => {
                self.read = Some(date.moment);
                self.written = None;
                if date.is_zone_left_out {
                    notes.offsets.at(inner);
                }
            }
            Some(_) => {}
            None => notes.dates.at(inner),
        }
        let written = &written[..written.floor_char_boundary(WORD_MAX_BYTES)];
        self.written.get_or_insert_with(|| written.to_owned());
    }
}

impl<'a> Reader<'a> {
    /// Reads the item that begins with this tag, and writes it.
    pub(super) fn item(&mut self, tag: Tag<'a>) {
        let mut draft = Draft { has_anything: tag.has_attributes(), ..Draft::default() };
        self.names.declare(&tag);
        let outer = self.base.clone();
        self.base = based(outer.as_ref(), &tag);
        draft.about = parts::attribute(&tag, "rdf:about");
        draft.item.language = parts::attribute(&tag, "xml:lang");
        // CDF (Channel Definition Format) states the address in an attribute.
        if let Some(href) = parts::attribute(&tag, "href") {
            draft.links.push(LinkParts { href, rel: "alternate".to_owned(), ..LinkParts::default() });
        }
        if let Some(modified) = parts::attribute(&tag, "lastmod") {
            draft.updated.add(&modified, &mut self.notes);
        }
        self.at = tag.end;
        if tag.kind != Kind::Empty {
            self.inside_item(&tag, &mut draft);
        }
        self.write_item(draft);
        self.base = outer;
    }

    fn inside_item(&mut self, item: &Tag<'a>, draft: &mut Draft<'a>) {
        while let Some(markup) = self.scan.next(self.at) {
            let Markup::Tag(tag) = markup else {
                self.at = markup.end();
                continue;
            };
            if tag.kind == Kind::End {
                if is_frame(tag.local()) && self.frames.iter().any(|frame| frame.eq_ignore_ascii_case(tag.name)) {
                    // An element around the item ends, so the item was never closed.
                    self.ends.unclosed.at(item.name);
                    return;
                }
                self.at = tag.end;
                if tag.name.eq_ignore_ascii_case(item.name) || is_item(tag.local()) {
                    return;
                }
                continue;
            }
            self.names.declare(&tag);
            match self.names.field(&tag) {
                Some(Field::Item) => {
                    if let Some(after) = self.end_of_nothing(&tag) {
                        self.empty += 1;
                        self.at = after;
                        continue;
                    }
                    self.ends.unclosed.at(item.name);
                    return;
                }
                Some(Field::Wrapper) => self.at = tag.end,
                // A document inside the item is not part of the feed.
                Some(Field::Frame) => self.at = self.ends.skip(&self.scan, &tag, &self.names),
                Some(field) => {
                    let (leaf, after) = self.ends.leaf(&self.scan, tag, &self.names);
                    self.at = after;
                    draft.has_anything |= leaf.tag.has_attributes() || !leaf.inner.trim().is_empty();
                    self.take(field, leaf, draft);
                }
                None => {
                    draft.has_anything = true;
                    self.at = self.ends.skip(&self.scan, &tag, &self.names);
                }
            }
        }
        self.at = self.scan.text.len();
        self.ends.unclosed.at(item.name);
    }

    /// The end of an empty item inside another item, which continues behind it. `None` if the inner item is not empty.
    fn end_of_nothing(&self, tag: &Tag<'a>) -> Option<usize> {
        if tag.has_attributes() {
            return None;
        }
        if tag.kind == Kind::Empty {
            return Some(tag.end);
        }
        let Some(Markup::Tag(next)) = self.scan.next(tag.end) else { return None };
        let is_its_end = next.kind == Kind::End && next.name.eq_ignore_ascii_case(tag.name);
        (is_its_end && self.scan.text[tag.end..next.start].trim().is_empty()).then_some(next.end)
    }

    fn take(&mut self, field: Field, leaf: Leaf<'a>, draft: &mut Draft<'a>) {
        let (inner, tag) = (leaf.inner, &leaf.tag);
        let is_foreign = self.format != FeedFormat::Atom && self.names.is_foreign(tag);
        match field {
            // In RSS, a property in another vocabulary counts only if RSS itself does not state the property.
            Field::Title if is_foreign => keep(&mut draft.other_title, leaf),
            Field::Summary if is_foreign => self.keep_text(&mut draft.other_summary, leaf),
            Field::Id if is_foreign => draft.other_id = draft.other_id.take().or_else(|| parts::word(inner)),
            Field::MediaContent => self.media_content(&leaf, draft),
            Field::OtherSubtitle => keep(&mut draft.other_subtitle, leaf),
            Field::Title => keep(&mut draft.title, leaf),
            Field::OtherTitle => keep(&mut draft.other_title, leaf),
            Field::Summary => self.keep_text(&mut draft.summary, leaf),
            Field::OtherSummary => self.keep_text(&mut draft.other_summary, leaf),
            Field::MediaText => synonyms::keep_best(&mut draft.media_text, leaf, &synonyms::OF_MEDIA),
            Field::Content => self.content(leaf, draft),
            Field::Rights => keep(&mut draft.rights, leaf),
            Field::Link => {
                if let Some(link) = parts::link(&leaf) {
                    self.link(link, tag, draft);
                }
            }
            Field::Id if draft.id.is_none() => {
                draft.id = parts::word(inner);
                if draft.id.is_none() && inner.len() > WORD_MAX_BYTES {
                    self.notes.lengths.at(inner);
                }
                // An Atom id is not an address according to the standard, but it serves as one if the entry has no
                // link.
                let denied = tag.attribute("isPermaLink").is_some_and(|it| it.trim().eq_ignore_ascii_case("false"));
                draft.is_permalink = draft.id.is_some() && !denied;
            }
            Field::Author => push(&mut draft.authors, parts::person(&leaf, &self.names)),
            Field::OtherAuthor => push(&mut draft.other_authors, parts::person(&leaf, &self.names)),
            Field::Category => {
                push(&mut draft.categories, parts::category(&leaf));
                // Apple's categories are nested.
                if inner.contains('<') && !inner.contains("<![CDATA[") {
                    self.inner_categories(inner, draft);
                }
            }
            Field::Categories => self.inner_categories(inner, draft),
            Field::Keywords => {
                for word in text::plain(inner).split(',').map(str::trim).filter(|word| !word.is_empty()) {
                    push(&mut draft.categories, Some(Category { term: word.to_owned(), ..Category::default() }));
                }
            }
            Field::Published => draft.published.add(inner, &mut self.notes),
            Field::Issued => draft.issued.add(inner, &mut self.notes),
            Field::Date => draft.date.add(inner, &mut self.notes),
            Field::Updated => draft.updated.add(inner, &mut self.notes),
            Field::Language => draft.item.language = draft.item.language.take().or_else(|| parts::part(inner)),
            Field::Enclosure => push(&mut draft.links, parts::enclosure(&leaf)),
            Field::Comments => {
                let href = parts::part(inner).filter(|href| href.parse::<u64>().is_err());
                push(&mut draft.links, href.map(|href| replies(href, "text/html")));
            }
            Field::CommentsFeed => {
                push(&mut draft.links, parts::part(inner).map(|href| replies(href, "application/rss+xml")));
            }
            Field::Source if draft.item.origin.is_none() => {
                let base = based(self.base.as_ref(), tag);
                draft.item.origin = parts::source(&leaf, &self.names, base.as_ref());
            }
            _ => self.take_aside(field, leaf, draft),
        }
    }

    /// Takes properties that are passed through without further interpretation.
    fn take_aside(&self, field: Field, leaf: Leaf<'a>, draft: &mut Draft<'a>) {
        let (inner, tag) = (leaf.inner, &leaf.tag);
        let word = || parts::part(inner).filter(|word| word.len() <= WORD_MAX_BYTES);
        let (media, item) = (&mut draft.media, &mut draft.item);
        match field {
            Field::OriginalLink => item.original_link = item.original_link.take().or_else(|| parts::part(inner)),
            Field::CommentsCount => item.comments = item.comments.or_else(|| word()?.parse().ok()),
            Field::InReplyTo if item.in_reply_to.len() < PARTS_MAX => item.in_reply_to.extend(parts::in_reply_to(tag)),
            Field::Thumbnail if media.thumbnails.len() < PARTS_MAX => {
                let size = |name| parts::attribute(tag, name).and_then(|size| size.trim().parse().ok());
                let url = parts::attribute(tag, "url").or_else(|| parts::part(inner));
                let thumbnail = |url| Thumbnail { url, width: size("width"), height: size("height") };
                media.thumbnails.extend(url.map(thumbnail));
            }
            Field::Player => {
                let url = || parts::attribute(tag, "url").or_else(|| parts::part(inner));
                item.player = item.player.take().or_else(url).filter(|url| url.len() <= parts::PART_MAX_BYTES);
            }
            Field::Image => media.image = media.image.take().or_else(|| parts::image(&leaf, &self.names)),
            Field::Duration => media.duration = media.duration.or_else(|| parts::duration(&word()?)),
            Field::Episode => media.episode = media.episode.or_else(|| word()?.parse().ok()),
            Field::Season => media.season = media.season.or_else(|| word()?.parse().ok()),
            Field::EpisodeType => media.episode_type = media.episode_type.take().or_else(word),
            Field::Explicit => media.explicit = media.explicit.or_else(|| parts::explicit(&word()?)),
            Field::Rating => media.rating = media.rating.take().or_else(|| parts::rating(&word()?)),
            Field::Transcript if media.transcripts.len() < PARTS_MAX => {
                media.transcripts.extend(parts::media_link(tag))
            }
            Field::Chapters => media.chapters = media.chapters.take().or_else(|| parts::media_link(tag)),
            Field::ChapterList if media.chapter_list.is_empty() => {
                media.chapter_list = parts::chapter_list(&leaf, &self.names);
            }
            Field::CastMember if media.people.len() < PARTS_MAX => media.people.extend(parts::cast_member(&leaf)),
            Field::Point if item.place.is_none() => {
                let point = word().unwrap_or_default().replace(',', " ");
                let mut numbers = point.split_whitespace();
                item.place = numbers.next().zip(numbers.next()).and_then(|(lat, long)| parts::place(lat, long));
            }
            Field::Latitude => draft.latitude = draft.latitude.take().or_else(word),
            Field::Longitude => draft.longitude = draft.longitude.take().or_else(word),
            _ => {}
        }
    }

    fn keep_text(&self, place: &mut Option<Leaf<'a>>, leaf: Leaf<'a>) {
        synonyms::keep_best(place, leaf, synonyms::of_item(self.format));
    }

    /// Reads `media:content`: the attached file, and the properties that belong to this file rather than to the item.
    fn media_content(&self, leaf: &Leaf<'a>, draft: &mut Draft<'a>) {
        let tag = &leaf.tag;
        let duration = parts::attribute(tag, "duration").and_then(|it| parts::duration(&it));
        draft.media.duration = draft.media.duration.or(duration);
        let is_only_a_picture = parts::attribute(tag, "type").is_none()
            && parts::attribute(tag, "medium").is_some_and(|medium| medium.eq_ignore_ascii_case("image"));
        if is_only_a_picture {
            self.take_aside(Field::Thumbnail, *leaf, draft);
        } else {
            push(&mut draft.links, parts::enclosure(leaf));
        }
        let url = parts::attribute(tag, "url").or_else(|| parts::attribute(tag, "href")).unwrap_or_default();
        let mut said = MediaContent { url, ..MediaContent::default() };
        for child in parts::children(leaf.inner, &self.names).take(PARTS_MAX) {
            match self.names.field(&child.tag) {
                Some(Field::MediaText) => {
                    said.description = said.description.take().or_else(|| parts::part(child.inner));
                    synonyms::keep_best(&mut draft.media_text, child, &synonyms::OF_MEDIA);
                }
                Some(Field::Rating) => {
                    said.rating = said.rating.take().or_else(|| parts::rating(&parts::part(child.inner)?));
                }
                Some(field @ (Field::Thumbnail | Field::Player)) => self.take_aside(field, child, draft),
                _ => {}
            }
        }
        let has_words = said.description.is_some() || said.rating.is_some();
        if (has_words || is_only_a_picture) && !said.url.is_empty() {
            push(&mut draft.media.contents, Some(said));
        }
    }

    fn content(&mut self, leaf: Leaf<'a>, draft: &mut Draft<'a>) {
        let kind = parts::attribute(&leaf.tag, "type").unwrap_or_default().to_ascii_lowercase();
        if let Some(href) = parts::attribute(&leaf.tag, "src").filter(|_| text::is_blank(leaf.inner)) {
            // The content is not part of the document (RFC 4287, 4.1.3.2).
            let rel = if kind.is_empty() || kind.starts_with("text/") { "alternate" } else { "enclosure" };
            let media_type = Some(kind).filter(|kind| !kind.is_empty());
            let link = LinkParts { href, rel: rel.to_owned(), media_type, ..LinkParts::default() };
            if rel == "alternate" {
                draft.elsewhere = draft.elsewhere.take().or_else(|| Some(self.absolute(link, &leaf.tag)));
            } else {
                self.link(link, &leaf.tag, draft);
            }
            return;
        }
        if kind.starts_with("multipart/") {
            self.best_of(&leaf, draft);
            return;
        }
        let is_better = synonyms::is_better(&leaf, draft.content.as_ref(), &synonyms::WHOLE);
        if is_better && text::mode(&leaf, TextMode::Html).is_some() && !text::is_blank(leaf.inner) {
            draft.content = Some(leaf);
            draft.item.language = parts::attribute(&leaf.tag, "xml:lang").or(draft.item.language.take());
        }
    }

    /// Takes the best of several alternative contents (Atom 0.3): XHTML before HTML before plain text.
    fn best_of(&mut self, leaf: &Leaf<'a>, draft: &mut Draft<'a>) {
        let rank = |child: &Leaf<'_>| match text::mode(child, TextMode::Plain) {
            Some(TextMode::Xhtml) => 0,
            Some(TextMode::Html | TextMode::Base64) => 1,
            Some(TextMode::Plain) => 2,
            None => 3,
        };
        let best = parts::children(leaf.inner, &self.names).take(PARTS_MAX).min_by_key(rank);
        if let Some(best) = best {
            self.content(best, draft);
        }
    }

    /// A link with its address made absolute, if the document states a base.
    fn absolute(&self, link: LinkParts, tag: &Tag<'_>) -> LinkParts {
        let base = based(self.base.as_ref(), tag).filter(|_| self.is_based || tag.attribute("xml:base").is_some());
        let absolute = base.and_then(|base| address::absolute(&link.href, Some(&base)));
        LinkParts { href: absolute.map_or(link.href, String::from), ..link }
    }

    fn link(&mut self, link: LinkParts, tag: &Tag<'_>, draft: &mut Draft<'a>) {
        let link = self.absolute(link, tag);
        if link.rel == "replies" && draft.item.comments.is_none() {
            draft.item.comments = parts::attribute(tag, "thr:count").and_then(|count| count.trim().parse().ok());
        }
        if draft.links.len() >= PARTS_MAX {
            return;
        }
        insert(&mut draft.links, link);
    }

    fn inner_categories(&self, inner: &'a str, draft: &mut Draft<'a>) {
        let is_category = |child: &Leaf<'_>| self.names.field(&child.tag) == Some(Field::Category);
        let children = parts::children(inner, &self.names).filter(is_category);
        for category in children.filter_map(|child| parts::category(&child)).take(PARTS_MAX) {
            push(&mut draft.categories, Some(category));
        }
    }

    /// Writes the texts of the item as an Atom entry, and stores its other properties in an [`Aside`].
    fn write_item(&mut self, mut draft: Draft<'a>) {
        let is_atom = self.format == FeedFormat::Atom;
        if !draft.has_anything {
            self.items -= 1;
            self.empty += 1;
            return;
        }
        self.out.push_str("<entry>");
        if draft.id.is_none() {
            // RSS 1.0 identifies an item by its address (`rdf:about`).
            draft.is_permalink |= draft.about.is_some();
            draft.id = draft.other_id.take().or(draft.about.take());
        }
        // The number connects the parsed entry with its aside.
        let number = self.asides.len().to_string();
        self.out.extend(["<id>", &number, "</id>"]);
        self.text_construct("title", draft.title.or(draft.other_title), TextMode::Plain);
        let content = draft.content;
        let other = draft.other_summary.or(draft.media_text.is_none().then_some(draft.other_subtitle).flatten());
        // Beside a content, only the summary of a podcast counts as a summary. Descriptions in other vocabularies
        // repeat the content.
        let is_of_podcast = |leaf: &Leaf<'_>| self.names.space(&leaf.tag) == Space::Itunes;
        let summary = draft.summary.or(other.filter(|leaf| content.is_none() || is_of_podcast(leaf)));
        match (summary, content, draft.media_text.or(draft.other_subtitle)) {
            (None, None, text @ Some(_)) => self.text_construct("content", text, TextMode::Plain),
            (summary, content, _) => {
                if let Some(summary) = summary {
                    let described =
                        if is_atom { plainly::usual(&summary, &mut self.notes.untyped) } else { TextMode::Html };
                    self.text_construct("summary", Some(summary), described);
                }
                if let Some(content) = content {
                    let usual = match self.names.space(&content.tag) {
                        Space::Xhtml => TextMode::Xhtml,
                        Space::Core if is_atom => plainly::usual(&content, &mut self.notes.untyped),
                        _ => TextMode::Html,
                    };
                    self.text_construct("content", Some(content), usual);
                    let base = based(self.base.as_ref(), &content.tag);
                    draft.item.base = base.filter(|_| self.is_based).map(String::from);
                }
            }
        }
        if draft.item.base.is_none() && self.is_based {
            let text = summary.or(draft.media_text);
            let base = text.map_or_else(|| self.base.clone(), |leaf| based(self.base.as_ref(), &leaf.tag));
            draft.item.base = base.map(String::from);
        }
        self.text_construct("rights", draft.rights, TextMode::Plain);
        let dates = [&draft.published, &draft.issued, &draft.date];
        let stated =
            dates.iter().find(|dates| dates.read.is_some()).or_else(|| dates.iter().find(|it| it.written.is_some()));
        let item = &mut draft.item;
        item.written.published = stated.and_then(|dates| dates.written.clone());
        item.written.updated = draft.updated.written;
        item.published = stated.and_then(|dates| dates.read);
        item.updated = draft.updated.read;
        item.declared_id = draft.id;
        item.authors = credited(draft.authors, draft.other_authors);
        item.categories = draft.categories;
        // The address of external content comes last, because a link that the entry states takes precedence.
        draft.links.extend(draft.elsewhere);
        self.out.push_str("</entry>");
        item.place = item.place.take().or_else(|| parts::place(&draft.latitude?, &draft.longitude?));
        item.media = Some(draft.media).filter(|media| *media != Media::default());
        self.asides.push(Aside { is_permalink: draft.is_permalink, links: draft.links, item: draft.item });
    }

    /// Writes an Atom text construct of type `text` or `html`.
    pub(super) fn text_construct(&mut self, name: &str, leaf: Option<Leaf<'_>>, usual: TextMode) {
        let Some(leaf) = leaf else { return };
        let Some(mode) = text::mode(&leaf, usual) else { return };
        let kind = if mode == TextMode::Plain { "text" } else { "html" };
        self.out.extend(["<", name, " type=\"", kind, "\">"]);
        text::write(&mut self.out, leaf.inner.trim(), mode, &mut self.notes);
        self.out.extend(["</", name, ">"]);
    }
}

/// The authors that count. RSS requires a mail address as the author; another vocabulary may state the name.
pub(super) fn credited(authors: Vec<Person>, others: Vec<Person>) -> Vec<Person> {
    let are_nameless = authors.iter().all(|author| author.email.as_ref() == Some(&author.name));
    let mut credited = if are_nameless && !others.is_empty() { others } else { authors };
    credited.retain(|author| !author.name.trim().is_empty());
    credited
}

/// The base of an element: its own `xml:base`, resolved against the base of its parent, or else the base of its parent.
pub(super) fn based(outer: Option<&Url>, tag: &Tag<'_>) -> Option<Url> {
    let Some(own) = tag.attribute("xml:base") else { return outer.cloned() };
    let joined = outer.map_or_else(|| Url::parse(&own), |outer| outer.join(&own));
    joined.ok().or_else(|| outer.cloned())
}

/// Adds a link. RSS's own link comes first, because it is the address whatever other vocabularies add.
pub(super) fn insert(links: &mut Vec<LinkParts>, link: LinkParts) {
    let at = if link.is_own { links.iter().take_while(|known| known.is_own).count() } else { links.len() };
    links.insert(at, link);
}

pub(super) fn keep<'a>(place: &mut Option<Leaf<'a>>, leaf: Leaf<'a>) {
    if place.is_none() && !text::is_blank(leaf.inner) {
        *place = Some(leaf);
    }
}

fn push<T>(list: &mut Vec<T>, part: Option<T>) {
    if list.len() < PARTS_MAX {
        list.extend(part);
    }
}

fn replies(href: String, media_type: &str) -> LinkParts {
    LinkParts { href, rel: "replies".to_owned(), media_type: Some(media_type.to_owned()), ..LinkParts::default() }
}
