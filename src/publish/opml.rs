//! OPML 2.0: the list of an output's sources, or of all sources, which other readers can import.

use std::collections::BTreeMap;

use super::tags::Tags;
use super::xml::safe_as_html;
use super::{About, OutputKind, Site};
use crate::config::without_logins;
use crate::model::{FeedMeta, PlainText, SourceCard, WebUrl};

/// Writes the list. The first tag of a source is its folder; within a folder, sources are ordered by name.
///
/// The list has no date, because a date would also change when the list itself does not.
///
/// A source that is a local file is listed with the address of its feed on this server, because only this machine can
/// read the file.
pub fn write(site: &Site, title: &str, about: &About, sources: &[(SourceCard, &FeedMeta)]) -> Vec<u8> {
    let mut folders: BTreeMap<Option<PlainText>, Vec<&(SourceCard, &FeedMeta)>> = BTreeMap::new();
    for source in sources {
        folders.entry(source.0.tags.first().map(|tag| PlainText::line(tag))).or_default().push(source);
    }
    for sources in folders.values_mut() {
        sources.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
    }
    document((title, about.shown().author), &["text"], folders, |tags, (card, described)| {
        outline(tags, site, card, described);
    })
}

/// Writes a list with its title and its owner. `named` are the attributes in which a folder has its name; sources without a folder
/// stand beside the folders.
pub(super) fn document<S>(
    (title, owner): (&str, Option<PlainText>),
    named: &[&str],
    folders: BTreeMap<Option<PlainText>, Vec<S>>,
    outline: impl Fn(&mut Tags, S),
) -> Vec<u8> {
    let mut tags = Tags::document();
    tags.open("opml", &[("version", "2.0")]);
    tags.line();
    tags.open("head", &[]);
    tags.text("title", &safe_as_html(&PlainText::line(title)));
    if let Some(owner) = owner {
        tags.text("ownerName", &safe_as_html(&owner));
    }
    tags.close("head");
    tags.line();
    tags.open("body", &[]);
    tags.line();
    for (folder, sources) in folders {
        if let Some(folder) = &folder {
            let folder = safe_as_html(folder);
            let said: Vec<(&str, &str)> = named.iter().map(|name| (*name, &*folder)).collect();
            tags.open("outline", &said);
            tags.line();
        }
        for source in sources {
            outline(&mut tags, source);
        }
        if folder.is_some() {
            tags.close("outline");
            tags.line();
        }
    }
    tags.close("body");
    tags.line();
    tags.close("opml");
    tags.line();
    tags.into_bytes()
}

fn outline(tags: &mut Tags, site: &Site, card: &SourceCard, described: &FeedMeta) {
    let title = PlainText::some_line(card.shown_title(described)).unwrap_or_else(|| PlainText::line(&card.name));
    let own = || format!("{}{}", site.public_url, OutputKind::Source(card.name.clone()).path(super::Format::ATOM));
    // A private source has no feed of its own on this server.
    let theirs = WebUrl::of(&card.public_url).map(String::from);
    let Some(address) = theirs.or_else(|| (!card.private).then(own)) else { return };
    let page = described.link.as_deref().and_then(|link| WebUrl::of(&without_logins(link)));
    // A comma separates categories and a slash separates their levels (OPML 2.0), so both are removed from tags.
    let categories: Vec<String> = card.tags.iter().map(|tag| PlainText::line(tag).replace([',', '/'], " ")).collect();
    let categories = categories.join(",");
    // OPML 2.0 allows HTML in the text of an outline.
    let title = safe_as_html(&title);
    let mut said = vec![("type", "rss"), ("text", &*title), ("title", &*title), ("xmlUrl", &address)];
    said.extend(page.iter().map(|page| ("htmlUrl", page.as_str())));
    if !categories.is_empty() {
        said.push(("category", &categories));
    }
    tags.empty("outline", &said);
    tags.line();
}
