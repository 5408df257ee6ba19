//! The metadata of a feed, apart from its title, for the formats that can express it.
//!
//! The operator writes all metadata. It changes the documents, but neither the ids nor the dates of their entries.

use super::parts::line;
use super::tags::Tags;
use crate::model::{LangTag, PlainText, WebUrl};

/// The metadata in `[[output]]`. Feeds of tags and of single sources have no metadata.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    pub subtitle: Option<String>,
    pub description: Option<String>,
    /// Name of the publisher of the feed as a whole.
    pub author: Option<String>,
    /// Address of a small picture.
    pub icon: Option<String>,
    /// Address of a large picture.
    pub logo: Option<String>,
    pub language: Option<String>,
    pub rights: Option<String>,
    pub explicit: Option<bool>,
    /// A category of podcasts; `>` precedes a subcategory.
    pub itunes_category: Option<String>,
}

impl About {
    /// The subtitle, or else the description.
    pub(super) fn subtitle(&self) -> Option<PlainText> {
        line(&self.subtitle).or_else(|| line(&self.description))
    }

    /// The description, or else the subtitle.
    pub(super) fn description(&self) -> Option<PlainText> {
        line(&self.description).or_else(|| line(&self.subtitle))
    }

    pub(super) fn author(&self) -> Option<PlainText> {
        line(&self.author)
    }

    pub(super) fn icon(&self) -> Option<WebUrl> {
        WebUrl::of(self.icon.as_deref()?)
    }

    pub(super) fn logo(&self) -> Option<WebUrl> {
        WebUrl::of(self.logo.as_deref()?)
    }

    pub(super) fn language(&self) -> Option<LangTag> {
        LangTag::of(self.language.as_deref()?)
    }

    pub(super) fn rights(&self) -> Option<PlainText> {
        line(&self.rights)
    }

    pub(super) fn itunes_category(&self) -> Option<PlainText> {
        line(&self.itunes_category)
    }

    /// Writes the metadata of a podcast in the elements of iTunes.
    pub(super) fn podcast(&self, tags: &mut Tags) {
        if let Some(picture) = self.logo() {
            tags.empty("itunes:image", &[("href", &picture)]);
        }
        tags.flag("itunes:explicit", self.explicit);
        let Some(category) = self.itunes_category() else { return };
        match category.split_once('>').filter(|(_, inner)| !inner.trim().is_empty()) {
            Some((outer, inner)) => {
                tags.open("itunes:category", &[("text", outer.trim())]);
                tags.empty("itunes:category", &[("text", inner.trim())]);
                tags.close("itunes:category");
            }
            None => tags.empty("itunes:category", &[("text", category.trim_end_matches(['>', ' ']))]),
        }
    }
}
