//! What goes along with an entry that has pictures, sound or films.

use serde::{Deserialize, Serialize};

/// What podcasts and video channels say of an entry.
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
    /// Whether it is for adults, where the publisher says so or denies it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explicit: Option<bool>,
    /// Whom it is for, in a word of Media RSS (`adult`, `nonadult`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<String>,
    /// What is said of single media.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<MediaContent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transcripts: Vec<MediaLink>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chapters: Option<MediaLink>,
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

/// What is said of one of an entry's media, which is mostly an enclosure, too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaContent {
    pub url: String,
    /// In plain text, for whoever cannot see or hear it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whom it is for, in a word of Media RSS (`adult`, `nonadult`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<String>,
}

/// A file that belongs to an episode: a transcript, or chapters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaLink {
    pub url: String,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// Somebody who appears in an episode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastMember {
    pub name: String,
    /// What they do in it, `host` where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}
