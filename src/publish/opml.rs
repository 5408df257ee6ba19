//! OPML 2.0: the sources of an output, or all, for other readers to take over.

use std::collections::BTreeMap;

use super::tags::Tags;
use super::xml::{one_line, safe_as_html, some_line, web_address};
use super::{About, OutputKind, Site};
use crate::config::without_logins;
use crate::model::{FeedMeta, SourceCard};

/// Writes the list: by the first of their tags, which is a folder, then by their names.
///
/// No date is written: it would be the only thing that changes when something that the list does not show does.
///
/// A source whose own address nobody else could ask (a local file) is listed with ours for it.
pub fn write(site: &Site, title: &str, about: &About, sources: &[(&SourceCard, &FeedMeta)]) -> Vec<u8> {
    let mut folders: BTreeMap<Option<String>, Vec<&(&SourceCard, &FeedMeta)>> = BTreeMap::new();
    for source in sources {
        folders.entry(source.0.tags.first().map(|tag| one_line(tag))).or_default().push(source);
    }
    let mut tags = Tags::document();
    tags.open("opml", &[("version", "2.0")]);
    tags.line();
    tags.open("head", &[]);
    tags.text("title", &safe_as_html(&one_line(title)));
    if let Some(owner) = about.author() {
        tags.text("ownerName", &safe_as_html(&owner));
    }
    tags.close("head");
    tags.line();
    tags.open("body", &[]);
    tags.line();
    for (folder, mut sources) in folders {
        sources.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
        if let Some(folder) = &folder {
            tags.open("outline", &[("text", &safe_as_html(folder))]);
            tags.line();
        }
        for (card, described) in sources {
            outline(&mut tags, site, card, described);
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
    let title = some_line(card.shown_title(described)).unwrap_or_else(|| one_line(&card.name));
    let own = || format!("{}{}", site.public_url, OutputKind::Source(card.name.clone()).path(super::Format::ATOM));
    // Of a private one there is no such feed.
    let Some(address) = web_address(&card.public_url).or_else(|| (!card.private).then(own)) else { return };
    let page = described.link.as_deref().and_then(|link| web_address(&without_logins(link)));
    // A comma separates categories, a slash their levels (OPML 2.0): a tag holds neither.
    let categories: Vec<String> = card.tags.iter().map(|tag| one_line(tag).replace([',', '/'], " ")).collect();
    let categories = categories.join(",");
    // OPML 2.0 lets outlines hold HTML.
    let title = safe_as_html(&title);
    let mut said = vec![("type", "rss"), ("text", &*title), ("title", &*title), ("xmlUrl", &address)];
    said.extend(page.iter().map(|page| ("htmlUrl", page.as_str())));
    if !categories.is_empty() {
        said.push(("category", &categories));
    }
    tags.empty("outline", &said);
    tags.line();
}
