//! Reads a podcast's description of itself in the elements of iTunes.

use super::super::names::Field;
use super::super::scan::Tag;
use super::leaf::{Leaf, Names};
use super::{LIST_MAX, Reader, parts};

impl Reader<'_> {
    /// Takes a property of a podcast from an element of iTunes.
    pub(super) fn take_show(&mut self, field: Field, leaf: &Leaf<'_>) {
        let (show, names) = (self.feed.show.get_or_insert_default(), &self.names);
        let said = || parts::part(leaf.inner);
        match field {
            Field::Image => show.image = show.image.take().or_else(|| parts::image(leaf, names)),
            Field::OtherAuthor => show.author = show.author.take().or_else(said),
            Field::OtherSubtitle => show.subtitle = show.subtitle.take().or_else(said),
            Field::Owner => show.owner = show.owner.take().or_else(|| parts::person(leaf, names)),
            Field::Explicit => show.explicit = show.explicit.or_else(|| parts::explicit(&said()?)),
            Field::ShowType => show.kind = show.kind.take().or_else(said),
            Field::Category if show.categories.len() < LIST_MAX => {
                show.categories.extend(categories(leaf, names));
            }
            _ => {}
        }
    }
}

/// The categories of a podcast (`itunes:category`): its own, or each subcategory behind it and `>`.
fn categories(leaf: &Leaf<'_>, names: &Names<'_>) -> Vec<String> {
    let text = |tag: &Tag<'_>| {
        parts::attribute(tag, "text")
            .map(|text| text.trim().to_owned())
            .filter(|text| (1..=parts::PART_MAX_BYTES).contains(&text.len()))
    };
    let Some(own) = text(&leaf.tag) else { return Vec::new() };
    let inner: Vec<String> = parts::children(leaf.inner, names)
        .filter(|child| names.field(&child.tag) == Some(Field::Category))
        .filter_map(|child| Some(format!("{own} > {}", text(&child.tag)?)))
        .take(LIST_MAX)
        .collect();
    if inner.is_empty() { vec![own] } else { inner }
}
