//! Reads the smaller parts of feeds: people, links, sources, images, places.

use url::Url;

use super::super::dates;
use super::super::names::Field;
use super::super::scan::{Kind, Markup, Scan, Tag};
use super::leaf::{Ends, Leaf, Names};
use super::text::{plain, unpacked};
use crate::model::{CastMember, Category, Chapter, Deletion, MediaLink, Origin, Person, Reply};
use crate::text::address;

/// Longest text of one part, in bytes.
pub(super) const PART_MAX_BYTES: usize = 4 * 1024;
/// Most chapters of an episode.
const CHAPTERS_MAX: usize = 256;
/// Most authors of a source.
const SOURCE_AUTHORS_MAX: usize = 20;

/// A link as the publisher wrote it.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct LinkParts {
    pub(in crate::read) href: String,
    /// The link is RSS's own `<link>`, whose text is the address.
    pub(super) is_own: bool,
    /// The relation; `alternate` if the link states none.
    pub(in crate::read) rel: String,
    pub(in crate::read) media_type: Option<String>,
    pub(in crate::read) title: Option<String>,
    pub(in crate::read) length: Option<u64>,
}

/// The text of a part, truncated at [`PART_MAX_BYTES`]; `None` if it is blank.
pub(super) fn part(inner: &str) -> Option<String> {
    let text = plain(inner);
    let text = text.trim();
    (!text.is_empty()).then(|| text[..text.floor_char_boundary(PART_MAX_BYTES)].to_owned())
}

/// The text of an element, which Atom 0.3 may encode in base64.
fn text_part(leaf: &Leaf<'_>) -> Option<String> {
    let is_packed = leaf.tag.attribute("mode").is_some_and(|mode| mode.eq_ignore_ascii_case("base64"));
    match unpacked(leaf.inner).filter(|_| is_packed) {
        Some(text) => part(&text),
        None => part(leaf.inner),
    }
}

/// The text of a part that is useless if it is truncated, such as an id or an address; `None` if it is blank or too
/// long.
pub(super) fn word(inner: &str) -> Option<String> {
    let text = plain(inner);
    let text = text.trim();
    (!text.is_empty() && text.len() <= PART_MAX_BYTES).then(|| text.to_owned())
}

/// The value of an attribute, unless it is blank.
pub(super) fn attribute(tag: &Tag<'_>, name: &str) -> Option<String> {
    tag.attribute(name).map(|value| value.into_owned())
}

/// The children of an element in order.
pub(super) fn children<'a>(inner: &'a str, names: &Names<'_>) -> impl Iterator<Item = Leaf<'a>> {
    let (scan, mut at, mut ends) = (Scan::new(inner), 0, Ends::of_part());
    std::iter::from_fn(move || {
        while let Some(markup) = scan.next(at) {
            at = markup.end();
            if let Markup::Tag(tag) = markup
                && tag.kind != Kind::End
            {
                let (leaf, after) = ends.leaf(&scan, tag, names);
                at = after;
                return Some(leaf);
            }
        }
        None
    })
}

/// The children of this name, whatever their vocabulary is.
pub(super) fn named<'a>(inner: &'a str, names: &Names<'_>, name: &str) -> impl Iterator<Item = Leaf<'a>> {
    children(inner, names).filter(move |child| child.tag.local().eq_ignore_ascii_case(name))
}

/// Reads Atom's person construct (RFC 4287, 3.2), or a text that names a person.
pub(super) fn person(leaf: &Leaf<'_>, names: &Names<'_>) -> Option<Person> {
    if !leaf.inner.contains('<') || leaf.inner.trim_start().starts_with("<![CDATA[") {
        return person_text(&part(leaf.inner)?);
    }
    let (mut name, mut email, mut uri) = (None, None, None);
    for child in children(leaf.inner, names) {
        let place = match child.tag.local().to_ascii_lowercase().as_str() {
            "name" => &mut name,
            "email" => &mut email,
            "uri" | "url" | "homepage" => &mut uri,
            _ => continue,
        };
        if place.is_none() {
            *place = part(child.inner);
        }
    }
    match (name, email) {
        (Some(name), email) => Some(Person { name, email, uri }),
        (None, Some(email)) => Some(Person { name: email.clone(), email: Some(email), uri }),
        (None, None) => person_text(&part(leaf.inner)?).map(|person| Person { uri, ..person }),
    }
}

/// Reads `me@example.org (My Name)`, `My Name <me@example.org>` and similar texts.
pub(super) fn person_text(text: &str) -> Option<Person> {
    // A text that names several people counts as the first of them.
    let several = text.matches('@').count() > 1;
    let text = if several { text.split([',', ';']).next().unwrap_or(text).trim() } else { text };
    let in_address = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '@');
    let Some(at) = text.find('@') else { return Some(Person { name: text.to_owned(), email: None, uri: None }) };
    let start =
        text[..at].char_indices().rev().take_while(|(_, c)| in_address(*c)).last().map_or(at, |(start, _)| start);
    let end = at + text[at..].find(|c: char| !in_address(c)).unwrap_or(text.len() - at);
    let email = text[start..end].trim_matches('.');
    let (local, domain) = email.split_once('@')?;
    if local.is_empty() || !domain.contains('.') || domain.contains('@') {
        return Some(Person { name: text.to_owned(), email: None, uri: None });
    }
    let around = format!("{} {}", &text[..start], &text[end..]);
    let around = around.replace("mailto:", " ").replace("()", " ").replace("<>", " ");
    let name = around.trim_matches(|c: char| c.is_whitespace() || "()<>[]（）,;:\"“”".contains(c)).trim();
    let name = if name.is_empty() { email } else { name };
    Some(Person { name: name.to_owned(), email: Some(email.to_owned()), uri: None })
}

/// Reads a link with its address in an attribute (Atom) or as its text (RSS).
pub(super) fn link(leaf: &Leaf<'_>) -> Option<LinkParts> {
    let tag = &leaf.tag;
    let alternate = || "alternate".to_owned();
    let written_inside = || attribute(tag, "rel").and_then(|_| part(leaf.inner));
    let written = attribute(tag, "href").or_else(written_inside);
    if let Some(href) = written.filter(|href| href.len() <= PART_MAX_BYTES) {
        let rel = attribute(tag, "rel").map_or_else(alternate, |rel| rel.to_ascii_lowercase());
        return Some(LinkParts {
            href,
            is_own: false,
            // RFC 4287, 4.2.7.2: a registered relation may be written as its IRI.
            rel: rel.trim_start_matches("http://www.iana.org/assignments/relation/").to_owned(),
            media_type: attribute(tag, "type"),
            title: attribute(tag, "title"),
            length: attribute(tag, "length").and_then(|length| bytes(&length)),
        });
    }
    let href = word(leaf.inner).or_else(|| attribute(tag, "rdf:resource"))?;
    Some(LinkParts { href, is_own: true, rel: alternate(), ..LinkParts::default() })
}

/// Reads an enclosure, which RSS and Media RSS describe by attributes.
pub(super) fn enclosure(leaf: &Leaf<'_>) -> Option<LinkParts> {
    let tag = &leaf.tag;
    let href = attribute(tag, "url").or_else(|| attribute(tag, "href")).or_else(|| attribute(tag, "rdf:resource"))?;
    let length = attribute(tag, "length").or_else(|| attribute(tag, "fileSize"));
    Some(LinkParts {
        href,
        rel: "enclosure".to_owned(),
        media_type: attribute(tag, "type").or_else(|| attribute(tag, "medium").and_then(media_type)),
        length: length.and_then(|length| bytes(&length)).filter(|length| *length > 0),
        ..LinkParts::default()
    })
}

/// Reads a number of bytes. Some publishers separate its thousands.
pub(in super::super) fn bytes(written: &str) -> Option<u64> {
    let written = written.trim();
    let mut groups = written.split([',', '.', ' ', '_', '\'', '\u{a0}', '\u{202f}']);
    let first = groups.next()?;
    let is_digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let mut number = first.to_owned();
    for group in groups {
        // A separator is followed by three digits, because anything else may be a fraction.
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        number.push_str(group);
    }
    is_digits(&number).then(|| number.parse().ok()).flatten()
}

/// The media type for the `medium` of Media RSS.
fn media_type(medium: String) -> Option<String> {
    matches!(medium.as_str(), "image" | "audio" | "video").then(|| format!("{medium}/*"))
}

/// The text before the first child of an element, or the whole text if nothing precedes that child.
fn own_text(inner: &str) -> Option<String> {
    let child = Scan::new(inner).markup().find_map(Markup::tag);
    child.and_then(|child| part(&inner[..child.start])).or_else(|| part(inner))
}

pub(super) fn category(leaf: &Leaf<'_>) -> Option<Category> {
    let tag = &leaf.tag;
    let label = attribute(tag, "label");
    let term = attribute(tag, "term")
        .or_else(|| attribute(tag, "text"))
        .or_else(|| own_text(leaf.inner))
        .or_else(|| label.clone())?;
    let scheme = attribute(tag, "scheme").or_else(|| attribute(tag, "domain"));
    Some(Category { term, scheme, label })
}

/// Reads the feed that an aggregator took an item from: `atom:source` (RFC 4287, 4.2.11), or the address and title in
/// RSS.
pub(super) fn source(leaf: &Leaf<'_>, names: &Names<'_>, base: Option<&Url>) -> Option<Origin> {
    let absolute = |href: String| base.and_then(|base| address::absolute(&href, Some(base))).map_or(href, String::from);
    let mut origin = Origin { self_link: attribute(&leaf.tag, "url"), ..Origin::default() };
    if leaf.inner.contains("</") || leaf.inner.contains("/>") {
        for child in children(leaf.inner, names) {
            match names.field(&child.tag) {
                Some(Field::Id) => origin.id = origin.id.take().or_else(|| word(child.inner)),
                Some(Field::Summary) => origin.subtitle = origin.subtitle.take().or_else(|| text_part(&child)),
                Some(Field::Rights) => origin.rights = origin.rights.take().or_else(|| text_part(&child)),
                Some(Field::Icon) => origin.icon = origin.icon.take().or_else(|| word(child.inner).map(absolute)),
                Some(Field::Logo) => origin.logo = origin.logo.take().or_else(|| word(child.inner).map(absolute)),
                Some(Field::Title) => origin.title = origin.title.take().or_else(|| text_part(&child)),
                Some(Field::Updated | Field::Date) => {
                    origin.updated = origin.updated.or_else(|| dates::parse(&plain(child.inner)));
                }
                Some(Field::Author) if origin.authors.len() < SOURCE_AUTHORS_MAX => {
                    origin.authors.extend(person(&child, names));
                }
                Some(Field::Link) => {
                    let Some(link) = link(&child) else { continue };
                    match link.rel.as_str() {
                        "self" => origin.self_link = Some(absolute(link.href)),
                        "alternate" if origin.link.is_none() => origin.link = Some(absolute(link.href)),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    } else {
        origin.title = part(leaf.inner);
    }
    (origin != Origin::default()).then_some(origin)
}

/// The address of an image: an attribute, the text of the child `url`, or the element's own text.
pub(super) fn image(leaf: &Leaf<'_>, names: &Names<'_>) -> Option<String> {
    attribute(&leaf.tag, "href")
        .or_else(|| attribute(&leaf.tag, "url"))
        .or_else(|| named(leaf.inner, names, "url").find_map(|url| part(url.inner)))
        .or_else(|| part(leaf.inner).filter(|text| text.contains("://")))
}

/// Reads the entry that an item replies to (RFC 4685).
pub(super) fn in_reply_to(tag: &Tag<'_>) -> Option<Reply> {
    let reply = Reply {
        id: attribute(tag, "ref"),
        href: attribute(tag, "href"),
        media_type: attribute(tag, "type"),
        source: attribute(tag, "source"),
    };
    (reply.id.is_some() || reply.href.is_some()).then_some(reply)
}

/// Whether an episode is explicit, as podcasts state it: `true`, `yes` and `explicit`, or `false`, `no` and `clean`.
pub(super) fn explicit(word: &str) -> Option<bool> {
    match word.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "explicit" => Some(true),
        "false" | "no" | "clean" => Some(false),
        _ => None,
    }
}

/// The `rating` of Media RSS or its older form `adult`, in the words of the simple scheme (`adult`, `nonadult`) if
/// possible.
pub(super) fn rating(word: &str) -> Option<String> {
    let word = word.trim();
    Some(explicit(word).map_or(word, |is_adult| if is_adult { "adult" } else { "nonadult" }).to_owned())
}

/// Reads a link to a file that belongs to an episode (Podcasting 2.0: `transcript`, `chapters`).
pub(super) fn media_link(tag: &Tag<'_>) -> Option<MediaLink> {
    let url = attribute(tag, "url").filter(|url| url.len() <= PART_MAX_BYTES)?;
    Some(MediaLink { url, media_type: attribute(tag, "type"), language: attribute(tag, "language") })
}

/// Reads the chapters of an episode in the order in which they begin (Podlove Simple Chapters: `chapters`). A chapter
/// without a beginning or a title is left out.
pub(super) fn chapter_list(leaf: &Leaf<'_>, names: &Names<'_>) -> Vec<Chapter> {
    let chapter = |child: Leaf<'_>| {
        let said = |name| attribute(&child.tag, name).filter(|said| said.len() <= PART_MAX_BYTES);
        let start = milliseconds(&said("start")?)?;
        Some(Chapter { start, title: said("title")?, href: said("href"), image: said("image") })
    };
    let mut chapters: Vec<Chapter> =
        named(leaf.inner, names, "chapter").filter_map(chapter).take(CHAPTERS_MAX).collect();
    chapters.sort_by_key(|chapter| chapter.start);
    chapters
}

/// Reads a person who appears in an episode (Podcasting 2.0: `person`).
pub(super) fn cast_member(leaf: &Leaf<'_>) -> Option<CastMember> {
    let tag = &leaf.tag;
    let said = |name| attribute(tag, name).filter(|said| said.len() <= PART_MAX_BYTES);
    Some(CastMember { name: part(leaf.inner)?, role: said("role"), href: said("href"), image: said("img") })
}

/// Reads a deleted entry, with the time and an optional comment (RFC 6721, 3).
pub(super) fn deletion(leaf: &Leaf<'_>, names: &Names<'_>) -> Option<Deletion> {
    let id = attribute(&leaf.tag, "ref").filter(|id| id.len() <= PART_MAX_BYTES)?;
    let at = attribute(&leaf.tag, "when").and_then(|when| dates::parse(&when));
    let comment = named(leaf.inner, names, "comment").find_map(|comment| part(comment.inner));
    Some(Deletion { id, at, comment })
}

/// Reads `HH:MM:SS`, `MM:SS` or a number of seconds. Returns seconds.
pub(super) fn duration(text: &str) -> Option<u64> {
    let text = text.trim();
    if text.is_empty() || text.len() > 16 {
        return None;
    }
    let mut seconds = 0_u64;
    for (number, digits) in text.split(':').enumerate() {
        let digits = digits.split('.').next().unwrap_or(digits).trim();
        if number > 2 || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        seconds = seconds.checked_mul(60)?.checked_add(digits.parse().ok()?)?;
    }
    Some(seconds)
}

/// Reads a time within an episode, as [`duration`] does, with a fraction of the seconds. Returns milliseconds.
fn milliseconds(text: &str) -> Option<u64> {
    let text = text.trim();
    let seconds = duration(text)?;
    let fraction = text.rsplit_once('.').map_or("", |(_, fraction)| fraction);
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths = fraction.bytes().chain(*b"000").take(3).fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    seconds.checked_mul(1_000)?.checked_add(thousandths)
}

/// Latitude and longitude in degrees, as GeoRSS writes a point.
pub(super) fn place(latitude: &str, longitude: &str) -> Option<String> {
    let (latitude, longitude) = (latitude.trim(), longitude.trim());
    let within = |text: &str, most: f64| text.len() <= 24 && text.parse::<f64>().is_ok_and(|it| it.abs() <= most);
    (within(latitude, 90.0) && within(longitude, 180.0)).then(|| format!("{latitude} {longitude}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_separated_from_addresses() {
        let check = |text: &str, name: &str, email: Option<&str>| {
            let person = person_text(text).expect("it names somebody");
            assert_eq!((person.name.as_str(), person.email.as_deref()), (name, email), "{text:?}");
        };
        check("me@example.org (My Name)", "My Name", Some("me@example.org"));
        check("My Name <me@example.org>", "My Name", Some("me@example.org"));
        check("foo@example.com（山田）", "山田", Some("foo@example.com"));
        check("Jane—foo@x.com", "Jane—", Some("foo@x.com"));
        check("me@example.org", "me@example.org", Some("me@example.org"));
        check("Böck hanno@example.org", "Böck", Some("hanno@example.org"));
        check("@handle", "@handle", None);
        check("Jane Doe", "Jane Doe", None);
    }

    #[test]
    fn lengths_are_read_with_their_separators() {
        let check = |text: &str, wanted: Option<u64>| assert_eq!(bytes(text), wanted, "{text:?}");
        check(" 62447386 ", Some(62_447_386));
        check("62,447,386", Some(62_447_386));
        check("62.447.386", Some(62_447_386));
        check("1 024", Some(1_024));
        check("1.5", None);
        check("12.34.56", None);
        check("1024.000", None);
        check("1,024 KB", None);
        check("-1", None);
        check("", None);
    }

    #[test]
    fn durations_and_places_are_read_or_left_out() {
        let check = |text: &str, wanted: Option<u64>| assert_eq!(duration(text), wanted, "{text:?}");
        check("1:02:03", Some(3_723));
        check("62:03", Some(3_723));
        check("90", Some(90));
        check("99999999999999999999999", None);
        check("٣٤", None);
        check("1:2:3:4", None);
        let check = |text: &str, wanted: Option<u64>| assert_eq!(milliseconds(text), wanted, "{text:?}");
        check("00:00:00.000", Some(0));
        check(" 01:02:03.25 ", Some(3_723_250));
        check("2:03.5", Some(123_500));
        check("90", Some(90_000));
        check("1:00.1234", Some(60_123));
        check("1.x", None);
        check("soon", None);
        check("18446744073709551", None);
        assert_eq!(place("45.25", " -71.9 ").as_deref(), Some("45.25 -71.9"));
        assert_eq!(place("91", "0"), None);
        assert_eq!(place("NaN", "0"), None);
    }
}
