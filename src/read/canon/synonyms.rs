//! Chooses between elements with the same meaning, independently of their order in the document.

use super::leaf::Leaf;
use super::text;
use crate::model::FeedFormat;

/// The elements that may hold the text of an RSS item, best first. A subtitle comes last, because it is not the
/// article.
const OF_ITEM: [&str; 6] = ["description", "summary", "abstract", "info", "tagline", "subtitle"];
/// The elements that may hold the summary of an Atom entry, best first.
const OF_ENTRY: [&str; 6] = ["summary", "description", "abstract", "info", "tagline", "subtitle"];
/// The elements that may hold the subtitle of an Atom feed, best first.
const OF_FEED: [&str; 6] = ["subtitle", "tagline", "description", "summary", "abstract", "info"];
/// The elements that may hold the full content of an entry, best first.
pub(super) const WHOLE: [&str; 6] = ["encoded", "content_encoded", "content", "body", "fullitem", "div"];
/// The elements that may describe an entry's media, best first.
pub(super) const OF_MEDIA: [&str; 2] = ["description", "text"];

/// The elements that may hold the text of an item, best first.
pub(super) fn of_item(format: FeedFormat) -> &'static [&'static str] {
    if format == FeedFormat::Atom { &OF_ENTRY } else { &OF_ITEM }
}

/// The elements that may hold the subtitle of a feed, best first.
pub(super) fn of_feed(format: FeedFormat) -> &'static [&'static str] {
    if format == FeedFormat::Atom { &OF_FEED } else { &OF_ITEM }
}

/// Whether an element takes precedence over the element that was kept so far. Of two elements with the same name, the
/// first takes precedence.
pub(super) fn is_better(leaf: &Leaf<'_>, known: Option<&Leaf<'_>>, names: &[&str]) -> bool {
    let place = |leaf: &Leaf<'_>| {
        let local = leaf.tag.local();
        names.iter().position(|name| local.eq_ignore_ascii_case(name)).unwrap_or(names.len())
    };
    known.is_none_or(|known| place(leaf) < place(known))
}

/// Keeps an element that is not blank if it takes precedence over the element that was kept so far.
pub(super) fn keep_best<'a>(kept: &mut Option<Leaf<'a>>, leaf: Leaf<'a>, names: &[&str]) {
    if is_better(&leaf, kept.as_ref(), names) && !text::is_blank(leaf.inner) {
        *kept = Some(leaf);
    }
}
