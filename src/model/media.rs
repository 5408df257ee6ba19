//! The media of an entry: pictures, sound and films, and their descriptions.

use serde::{Deserialize, Serialize};

use super::Person;

/// The media details of an entry from podcast and video feeds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Media {
    /// In seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thumbnails: Vec<Thumbnail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode: Option<u32>,
    /// `full`, `trailer` or `bonus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_type: Option<String>,
    /// Whether it is for adults only, if the publisher states that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explicit: Option<bool>,
    /// The audience, in a word of Media RSS (`adult`, `nonadult`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<String>,
    /// Details of single media files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<MediaContent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transcripts: Vec<MediaLink>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chapters: Option<MediaLink>,
    /// Its parts, where the feed itself lists them; `chapters` is a file that does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chapter_list: Vec<Chapter>,
    /// Who appears in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<CastMember>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumbnail {
    pub url: String,
    /// In pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// Details of a media file, which in most cases is an enclosure as well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaContent {
    pub url: String,
    /// A description in plain text for people who cannot see or hear it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The audience, in a word of Media RSS (`adult`, `nonadult`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<String>,
}

/// A file that belongs to an episode: a transcript or chapters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaLink {
    pub url: String,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A person who appears in an episode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastMember {
    pub name: String,
    /// The role of the person; `host` if nothing is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

/// A part of an episode (Podlove Simple Chapters, `psc:chapter`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// In milliseconds from the beginning of the episode.
    pub start: u64,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

/// A podcast's description of itself in the elements of iTunes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Show {
    /// The address of its artwork.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The contact for directories of podcasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Person>,
    /// Plain text, unless it repeats the description of the feed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Whether it is for adults only, if the publisher states that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explicit: Option<bool>,
    /// Its categories in Apple's list; `>` precedes a subcategory.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// `episodic` or `serial`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

impl Show {
    /// Whether the description has more than an author and a subtitle, which other feeds state in the elements of
    /// iTunes as well.
    pub fn is_podcast(&self) -> bool {
        let Show { image, author: _, owner, subtitle: _, explicit, categories, kind } = self;
        image.is_some() || owner.is_some() || explicit.is_some() || !categories.is_empty() || kind.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_older_versions_stored_is_read_and_stays_as_it_is() {
        let check = |stored: &str| {
            let media: Media = serde_json::from_str(stored).expect("it can be read");
            assert_eq!(serde_json::to_string(&media).expect("it can be written"), stored);
        };
        check("{}");
        check("{\"duration\":1,\"explicit\":true,\"chapters\":{\"url\":\"https://a.example/1.json\"}}");
        check("{\"chapter_list\":[{\"start\":500,\"title\":\"One\"}]}");
        let show: Show =
            serde_json::from_str("{\"image\":\"https://a.example/i.png\",\"unknown\":1}").expect("a newer one");
        assert!(show.is_podcast());
        assert_eq!(serde_json::to_string(&Show::default()).expect("it can be written"), "{}");
    }
}
