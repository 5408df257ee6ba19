//! The context: what templates see. `docs/themes.md` documents it.
//!
//! The context only grows within a version. Every address is absolute, every text is plain text, and only [`Html`] is markup.
//! What is not there is null.

use std::fmt;
use std::sync::Arc;

use crate::model::{LangTag, MediaType, PlainText, WebUrl};
use minijinja::value::{Object, ObjectRepr, Value, serializing_for_value};
use serde::{Serialize, Serializer};

/// The version of the context, for templates and programs that read it.
pub(super) const VERSION: u32 = 1;

/// Markup that is written as it is: the sanitised content of an entry, or the style. No template can make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Html(Arc<str>);

impl Html {
    /// `html` was sanitised, or belongs to the theme.
    pub(super) fn trusted(html: &str) -> Html {
        Html(Arc::from(html))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Object for Html {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.0.is_empty()
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializing_for_value() {
            Value::from_object(self.clone()).serialize(serializer)
        } else {
            serializer.serialize_str(&self.0)
        }
    }
}

/// What the template of a page sees, beside `words` and `style`.
#[derive(Debug, Default, Serialize)]
pub(super) struct Context {
    /// The version of this context: 1.
    pub(super) version: u32,
    /// Which page this is: `front`, `feed`, `archive`, `members`, `story`, `search` or `error`.
    pub(super) kind: &'static str,
    /// The language of the words (BCP 47).
    pub(super) lang: String,
    pub(super) generator: GeneratorContext,
    pub(super) site: SiteContext,
    pub(super) page: PageContext,
    /// The feeds that programs find in the head of the page.
    pub(super) alternates: Vec<AlternateContext>,
    /// A notice above everything else.
    pub(super) notice: Vec<NoticeContext>,
    /// The entries by day, newest first.
    pub(super) days: Vec<DayContext>,
    /// The number of entries of all days.
    pub(super) count: usize,
    /// The sources of these entries, by title.
    pub(super) faces: Vec<SourceContext>,
    pub(super) pager: PagerContext,
    /// On the page of members: the sources of the site.
    pub(super) members: Vec<MemberContext>,
    /// The number of sources that the page of members leaves out, because it would be too long.
    pub(super) members_left: usize,
    /// On the page of a story.
    pub(super) story: Option<StoryContext>,
    /// On the page of a search.
    pub(super) search: Option<SearchContext>,
    /// On the page of an error.
    pub(super) error: Option<ErrorContext>,
}

/// The program that writes the page.
#[derive(Debug, Default, Serialize)]
pub(super) struct GeneratorContext {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

/// What all pages of the site share.
#[derive(Debug, Default, Serialize)]
pub(super) struct SiteContext {
    pub(super) title: PlainText,
    /// The front page.
    pub(super) url: String,
    /// The page that answers searches; the query is its parameter `q`.
    pub(super) search: String,
    /// The page of members.
    pub(super) members: String,
    /// The page with the state of all sources.
    pub(super) status: String,
    /// The Atom feed of changes of state.
    pub(super) health: String,
    /// The list of all sources (OPML).
    pub(super) opml: String,
    /// The default feed, unless readers need a token for it.
    pub(super) feed: Option<FeedContext>,
    /// Every feed that everybody may read.
    pub(super) feeds: Vec<FeedContext>,
    pub(super) tags: Vec<TagContext>,
    pub(super) about: AboutContext,
}

/// This page.
#[derive(Debug, Default, Serialize)]
pub(super) struct PageContext {
    /// Empty on the pages of members and of errors.
    pub(super) title: PlainText,
    pub(super) url: String,
    pub(super) about: AboutContext,
    /// The feed with the entries of the page.
    pub(super) feed: Option<FeedContext>,
    /// On a page of an archive: its number, counted from the oldest.
    pub(super) number: Option<u32>,
    /// On a page of an archive: the number of pages.
    pub(super) documents: Option<u32>,
}

/// What the operator says of a feed.
#[derive(Debug, Default, Serialize)]
pub(super) struct AboutContext {
    pub(super) subtitle: Option<PlainText>,
    pub(super) description: Option<PlainText>,
    pub(super) author: Option<PlainText>,
    /// The address of a small picture.
    pub(super) icon: Option<WebUrl>,
    /// The address of a large picture.
    pub(super) logo: Option<WebUrl>,
    pub(super) rights: Option<PlainText>,
    /// The language of these texts.
    pub(super) lang: Option<LangTag>,
}

/// A feed and its addresses.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FeedContext {
    pub(super) title: PlainText,
    pub(super) description: Option<PlainText>,
    pub(super) page: String,
    pub(super) atom: String,
    pub(super) rss: String,
    pub(super) json: String,
    /// The list of its sources.
    pub(super) opml: String,
}

#[derive(Debug, Serialize)]
pub(super) struct TagContext {
    pub(super) name: PlainText,
    pub(super) url: String,
}

#[derive(Debug, Serialize)]
pub(super) struct AlternateContext {
    pub(super) title: String,
    #[serde(rename = "type")]
    pub(super) media_type: &'static str,
    pub(super) url: String,
}

/// A part of a notice: text, or a command.
#[derive(Debug, Serialize)]
pub(super) struct NoticeContext {
    pub(super) text: String,
    pub(super) is_code: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct DayContext {
    /// `2026-11-24`, in the configured zone.
    pub(super) date: String,
    /// The same in words.
    pub(super) label: String,
    pub(super) entries: Vec<EntryContext>,
}

/// The pages beside this one.
#[derive(Debug, Default, Serialize)]
pub(super) struct PagerContext {
    pub(super) newest: Option<String>,
    pub(super) newer: Option<String>,
    pub(super) older: Option<String>,
    pub(super) oldest: Option<String>,
}

/// A source.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SourceContext {
    /// The short name.
    pub(super) name: PlainText,
    pub(super) title: PlainText,
    /// The page with its entries.
    pub(super) page: String,
    /// The address of its website.
    pub(super) site: Option<WebUrl>,
    /// The address of its icon: the configured one, or that which its feed names.
    pub(super) icon: Option<WebUrl>,
    /// The first letter or digit of its title, in place of an icon.
    pub(super) initial: String,
    /// A number from 0 to 7 that is always the same for this source, for a colour.
    pub(super) hue: u8,
}

#[derive(Debug, Serialize)]
pub(super) struct AuthorContext {
    pub(super) name: PlainText,
    pub(super) url: Option<WebUrl>,
}

/// An entry.
#[derive(Debug, Serialize)]
pub(super) struct EntryContext {
    /// The id of its element, always the same for this entry.
    pub(super) anchor: String,
    pub(super) title: PlainText,
    /// The address of the article.
    pub(super) link: Option<WebUrl>,
    /// The page of its story, if it has copies, or its place on this page.
    pub(super) permalink: String,
    /// The page of its story, if it has copies.
    pub(super) story: Option<String>,
    /// When it was published: RFC 3339 in UTC.
    pub(super) time: String,
    /// The date and the time of day in words, in the configured zone.
    pub(super) date: String,
    pub(super) at: String,
    /// The date of its last revision in words, if that is another day.
    pub(super) updated: Option<String>,
    pub(super) source: SourceContext,
    /// The title of the feed that the source took it from.
    pub(super) origin: Option<PlainText>,
    /// Its authors, unless the only author is the source itself.
    pub(super) authors: Vec<AuthorContext>,
    pub(super) categories: Vec<PlainText>,
    /// The same entry elsewhere.
    pub(super) copies: Vec<CopyContext>,
    /// The beginning of its text, as plain text.
    pub(super) excerpt: Option<String>,
    /// Its text, unless that is too long for this page.
    pub(super) content: Option<Html>,
    /// Whether its text is longer than the excerpt, so that it should be folded.
    pub(super) is_long: bool,
    /// Whether its text has a table, which may be wider than the page.
    pub(super) is_wide: bool,
    /// Minutes that reading it takes, at least 1.
    pub(super) minutes: u64,
    /// Its language (BCP 47).
    pub(super) lang: Option<LangTag>,
    pub(super) rights: Option<PlainText>,
    /// Its attached files.
    pub(super) media: Vec<MediaContext>,
    /// A picture, if there is none in its text.
    pub(super) picture: Option<PictureContext>,
}

/// The same entry in another source.
#[derive(Debug, Serialize)]
pub(super) struct CopyContext {
    pub(super) title: PlainText,
    pub(super) link: Option<WebUrl>,
    pub(super) source: SourceContext,
}

/// An attached file.
#[derive(Debug, Serialize)]
pub(super) struct MediaContext {
    /// `audio`, `video`, `picture` or `file`.
    pub(super) kind: &'static str,
    pub(super) url: WebUrl,
    /// The name of the file.
    pub(super) name: PlainText,
    #[serde(rename = "type")]
    pub(super) media_type: Option<MediaType>,
    /// In bytes, according to the feed.
    pub(super) length: Option<u64>,
    /// The same in words.
    pub(super) size: Option<String>,
    /// Hours, minutes and seconds: `1:02:03`.
    pub(super) duration: Option<String>,
    /// The address of a picture to show before a film plays.
    pub(super) poster: Option<WebUrl>,
}

/// A picture; its width and height are in pixels.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PictureContext {
    pub(super) url: WebUrl,
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
}

/// A source on the page of members.
#[derive(Debug, Serialize)]
pub(super) struct MemberContext {
    pub(super) source: SourceContext,
    pub(super) feed: FeedContext,
    pub(super) newest: Option<NewestContext>,
    /// The number of its entries.
    pub(super) entries: u64,
    pub(super) tags: Vec<TagContext>,
}

/// The newest entry of a source.
#[derive(Debug, Serialize)]
pub(super) struct NewestContext {
    pub(super) title: PlainText,
    pub(super) link: Option<WebUrl>,
    /// RFC 3339 in UTC.
    pub(super) time: String,
    /// The date in words.
    pub(super) label: String,
}

#[derive(Debug, Serialize)]
pub(super) struct StoryContext {
    /// The entry that leads the story, with its whole text.
    pub(super) entry: EntryContext,
    /// All entries of the story, also the one that leads it; without texts.
    pub(super) copies: Vec<VersionContext>,
}

/// An entry of a story.
#[derive(Debug, Serialize)]
pub(super) struct VersionContext {
    pub(super) entry: EntryContext,
    pub(super) is_lead: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct SearchContext {
    /// What is sought; empty if nothing was asked for.
    pub(super) query: PlainText,
    /// Whether what fits best comes first, and not what is newest.
    pub(super) is_ranked: bool,
    /// Remarks on what was typed.
    pub(super) notes: Vec<NoticeContext>,
    /// Whether some entries were not examined.
    pub(super) is_cut: bool,
    pub(super) found: Vec<FoundContext>,
}

/// An entry that a search has found.
#[derive(Debug, Serialize)]
pub(super) struct FoundContext {
    /// The entry without its text.
    pub(super) entry: EntryContext,
    /// The part of its text that shows why it was found.
    pub(super) snippet: Vec<MarkContext>,
}

/// A part of a snippet.
#[derive(Debug, Serialize)]
pub(super) struct MarkContext {
    pub(super) text: String,
    /// Whether this part is what was sought.
    pub(super) is_found: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct ErrorContext {
    /// The status of HTTP.
    pub(super) status: u16,
    pub(super) explanation: String,
}
