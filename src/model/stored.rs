//! What the store hands to the rooms that publish.

use std::sync::Arc;

use super::{EntryDetails, EntryId, FeedMeta, Rewrite, SafeHtml, SourceId, Timestamp};

/// store → publish: an entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    pub id: EntryId,
    pub source: SourceId,
    pub key: String,
    pub declared_id: Option<String>,
    /// The `atom:id` that we publish: made or adopted once, never changed.
    pub published_id: String,
    pub link: Option<String>,
    pub title: String,
    pub summary: String,
    pub content: SafeHtml,
    pub first_seen: Timestamp,
    /// The publisher's date if credible, otherwise the time first seen; fixed once.
    pub published: Timestamp,
    /// Time of the last significant change of content; at first the publisher's `updated`, otherwise `published`.
    pub updated: Timestamp,
    pub details: EntryDetails,
    /// The number of its story: that of the story's first entry.
    pub story: EntryId,
    /// The entry that leads its story, in most cases the story's first entry.
    pub lead: EntryId,
    /// The story's other entries in storing order.
    pub copies: Vec<StoryCopy>,
    /// Its source's description of itself when the entry was stored or revised.
    pub described: Arc<FeedMeta>,
}

/// store → publish: another entry of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryCopy {
    pub source: SourceId,
    pub link: Option<String>,
    pub title: String,
    /// Its source's description of itself when the copy was stored or revised.
    pub described: Arc<FeedMeta>,
}

/// config → publish: the part of a source's configuration that outputs show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCard {
    pub id: SourceId,
    /// The short name, as in `/source/NAME.atom`.
    pub name: String,
    /// The configured title, if any.
    pub title: Option<String>,
    /// Address of the feed without secrets of the configuration.
    pub public_url: String,
    /// Whether another source's address may look the same without its secrets.
    pub blurred: bool,
    pub tags: Vec<String>,
    /// Whether its entries appear only in outputs that have a token.
    pub private: bool,
    pub rewrite: Vec<Rewrite>,
    /// Address of the picture that the configuration gives the source; pages show it in place of the feed's own icon.
    pub icon: Option<String>,
}

impl SourceCard {
    /// The configured title, otherwise the feed's own, otherwise the name.
    pub fn shown_title<'t>(&'t self, described: &'t FeedMeta) -> &'t str {
        let own = described.title.as_deref().filter(|title| !title.trim().is_empty());
        self.title.as_deref().or(own).unwrap_or(&self.name)
    }
}
