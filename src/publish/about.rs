//! The metadata of a feed, apart from its title, for the formats that can express it.
//!
//! The operator writes the metadata of outputs, and podcasts the metadata of their feeds at `/source/`. It changes the documents,
//! but neither the ids nor the dates of their entries.

use serde::Serialize;

use super::parts::{Person, address, line};
use crate::config::without_logins;
use crate::model::{self, FeedMeta, LangTag, PlainText, WebUrl};

/// The kinds of podcasts that iTunes knows.
const SHOW_TYPES: [&str; 2] = ["episodic", "serial"];

/// The metadata in `[[output]]`, or that of a podcast. Feeds of tags and of other sources have no metadata.
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
    /// The further categories of a podcast in the same form.
    pub more_categories: Vec<String>,
    /// The contact for directories of podcasts.
    pub owner: Option<model::Person>,
    /// `episodic` or `serial`.
    pub show_type: Option<String>,
}

/// The metadata of any feed, as documents and pages show it.
#[derive(Debug, Default, Serialize)]
pub(super) struct ShownAbout {
    /// The subtitle, or else the description.
    pub subtitle: Option<PlainText>,
    /// The description, or else the subtitle.
    pub description: Option<PlainText>,
    pub author: Option<PlainText>,
    /// The address of a small picture.
    pub icon: Option<WebUrl>,
    /// The address of a large picture.
    pub logo: Option<WebUrl>,
    pub rights: Option<PlainText>,
    /// The language of these texts.
    pub lang: Option<LangTag>,
}

/// The metadata that only podcasts have, as documents show it.
#[derive(Debug)]
pub(super) struct Podcast {
    pub explicit: Option<bool>,
    pub category: Option<PlainText>,
    pub more_categories: Vec<PlainText>,
    pub show_type: Option<&'static str>,
    pub owner: Option<Person>,
}

impl About {
    /// The metadata of the feed of a single source: if the source is a podcast, its own metadata, because directories
    /// and players of podcasts need them. They are shown without logins and sessions.
    pub fn of_source(described: &FeedMeta) -> About {
        let Some(show) = &described.show else { return About::default() };
        let stated = |text: &Option<String>| text.as_deref().map(|text| without_logins(text).into_owned());
        let mut categories = show.categories.iter().map(|category| without_logins(category).into_owned());
        About {
            subtitle: stated(&show.subtitle),
            description: stated(&described.subtitle),
            author: stated(&show.author).or_else(|| described.authors.first().map(|author| author.name.clone())),
            icon: None,
            logo: stated(&show.image).or_else(|| stated(&described.logo)),
            language: described.language.clone(),
            rights: stated(&described.rights),
            explicit: show.explicit,
            itunes_category: categories.next(),
            more_categories: categories.collect(),
            owner: show.owner.clone(),
            show_type: show.kind.clone(),
        }
    }

    pub(super) fn shown(&self) -> ShownAbout {
        let (subtitle, description) = (line(&self.subtitle), line(&self.description));
        ShownAbout {
            subtitle: subtitle.clone().or_else(|| description.clone()),
            description: description.or(subtitle),
            author: line(&self.author),
            icon: address(&self.icon),
            logo: address(&self.logo),
            rights: line(&self.rights),
            lang: self.language.as_deref().and_then(LangTag::of),
        }
    }

    /// The metadata that only podcasts have.
    pub(super) fn podcast(&self) -> Podcast {
        Podcast {
            explicit: self.explicit,
            category: line(&self.itunes_category),
            more_categories: self.more_categories.iter().filter_map(|text| PlainText::some_line(text)).collect(),
            show_type: SHOW_TYPES.into_iter().find(|known| Some(*known) == self.show_type.as_deref()),
            owner: self.owner.as_ref().and_then(Person::of),
        }
    }
}
