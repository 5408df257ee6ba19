//! What the store hands to those who publish.

use std::sync::Arc;

use super::{EntryDetails, EntryId, FeedMeta, Rewrite, SafeHtml, SourceId, Timestamp};

/// store → publish: an entry as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    pub id: EntryId,
    pub source: SourceId,
    pub key: String,
    pub declared_id: Option<String>,
    /// The `atom:id` we publish: made or taken over once, never changed.
    pub published_id: String,
    pub link: Option<String>,
    pub title: String,
    pub summary: String,
    pub content: SafeHtml,
    pub first_seen: Timestamp,
    /// The publisher's date where credible, else the time first seen; fixed once.
    pub published: Timestamp,
    /// Time of the last real change of content; at first the publisher's `updated`, else `published`.
    pub updated: Timestamp,
    pub details: EntryDetails,
    /// The number of its story: that of the entry which it began with.
    pub story: EntryId,
    /// The entry that leads its story: mostly the one that it began with.
    pub lead: EntryId,
    /// The story's other entries, the first ones stored first.
    pub copies: Vec<StoryCopy>,
    /// What its source said of itself when the entry was stored or revised.
    pub described: Arc<FeedMeta>,
}

/// store → publish: another entry of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryCopy {
    pub source: SourceId,
    pub link: Option<String>,
    pub title: String,
    /// What its source said of itself when it was stored or revised.
    pub described: Arc<FeedMeta>,
}

/// config → publish: a source as it is configured, as far as outputs show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCard {
    pub id: SourceId,
    /// The short name, as in `/source/NAME.atom`.
    pub name: String,
    /// The configured title, if there is one.
    pub title: Option<String>,
    /// Address of the feed without any secret of the configuration.
    pub public_url: String,
    /// Whether another source's address may be shown alike.
    pub blurred: bool,
    pub tags: Vec<String>,
    /// Its entries appear only in outputs that have a token.
    pub private: bool,
    pub rewrite: Vec<Rewrite>,
}

impl SourceCard {
    /// The configured title, else the feed's own, else the name.
    pub fn shown_title<'t>(&'t self, described: &'t FeedMeta) -> &'t str {
        let own = described.title.as_deref().filter(|title| !title.trim().is_empty());
        self.title.as_deref().or(own).unwrap_or(&self.name)
    }
}
