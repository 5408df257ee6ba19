//! Which of several elements that say the same counts, in whatever order they stand.

use super::leaf::Leaf;
use super::text;
use crate::model::FeedFormat;

/// What the text of an RSS item is called, the best name first: a line under the title never stands for the article.
const OF_ITEM: [&str; 6] = ["description", "summary", "abstract", "info", "tagline", "subtitle"];
/// The same of an Atom entry,
const OF_ENTRY: [&str; 6] = ["summary", "description", "abstract", "info", "tagline", "subtitle"];
/// and of an Atom feed.
const OF_FEED: [&str; 6] = ["subtitle", "tagline", "description", "summary", "abstract", "info"];
/// The whole text of an entry.
pub(super) const WHOLE: [&str; 6] = ["encoded", "content_encoded", "content", "body", "fullitem", "div"];
/// What describes an entry's media.
pub(super) const OF_MEDIA: [&str; 2] = ["description", "text"];

/// The names of what an item's text may be called.
pub(super) fn of_item(format: FeedFormat) -> &'static [&'static str] {
    if format == FeedFormat::Atom { &OF_ENTRY } else { &OF_ITEM }
}

/// The names of what a feed's text may be called.
pub(super) fn of_feed(format: FeedFormat) -> &'static [&'static str] {
    if format == FeedFormat::Atom { &OF_FEED } else { &OF_ITEM }
}

/// Whether an element counts rather than the one that was there before; of two with the same name, the first does.
pub(super) fn is_better(leaf: &Leaf<'_>, known: Option<&Leaf<'_>>, names: &[&str]) -> bool {
    let place = |leaf: &Leaf<'_>| {
        let local = leaf.tag.local();
        names.iter().position(|name| local.eq_ignore_ascii_case(name)).unwrap_or(names.len())
    };
    known.is_none_or(|known| place(leaf) < place(known))
}

/// Keeps an element that is not blank if it counts rather than what is kept.
pub(super) fn keep_best<'a>(kept: &mut Option<Leaf<'a>>, leaf: Leaf<'a>, names: &[&str]) {
    if is_better(&leaf, kept.as_ref(), names) && !text::is_blank(leaf.inner) {
        *kept = Some(leaf);
    }
}
