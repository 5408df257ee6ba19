//! The context: what templates see. `docs/themes.md` documents it.
//!
//! The context only grows within a version. Every address is absolute, every text is plain text, and only [`Html`] is
//! markup. A missing value is null.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Object, ObjectRepr, Value, serializing_for_value};
use serde::{Serialize, Serializer};

use super::Pager;
use crate::model::{LangTag, MediaType, PlainText, WebUrl};
use crate::publish::about::ShownAbout;
use crate::publish::parts::Thumbnail;

/// The version of the context, for templates and programs that read it.
pub(super) const VERSION: u32 = 1;

/// Markup that is written as it is: the sanitised content of an entry, or the style. Templates cannot create it.
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
pub struct Context {
    /// The version of this context: 1.
    pub(super) version: u32,
    /// Which page this is: `front`, `feed`, `archive`, `members`, `story`, `search`, `status` or `error`.
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
    /// The pages beside this one.
    pub(super) pager: Pager,
    /// On the page of members: the sources of the site.
    pub(super) members: Vec<MemberContext>,
    /// The number of sources that the page of members leaves out, because it would be too long.
    pub(super) members_left: usize,
    /// The story, on the page of a story.
    pub(super) story: Option<StoryContext>,
    /// The search, on the page of a search.
    pub(super) search: Option<SearchContext>,
    /// The state, on the page of the state of the installation.
    pub(super) status: Option<StatusContext>,
    /// The error, on the page of an error.
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
    pub(super) about: ShownAbout,
}

/// This page.
#[derive(Debug, Default, Serialize)]
pub(super) struct PageContext {
    /// Empty on the pages of members, of searches, of the state and of errors.
    pub(super) title: PlainText,
    pub(super) url: String,
    pub(super) about: ShownAbout,
    /// The feed with the entries of the page.
    pub(super) feed: Option<FeedContext>,
    /// On a page of an archive: its number, counted from the oldest.
    pub(super) number: Option<u32>,
    /// On a page of an archive: the number of pages.
    pub(super) documents: Option<u32>,
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
    /// The address of its icon: the configured icon, or the icon that its feed names.
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
    /// The time of publication: RFC 3339 in UTC.
    pub(super) time: String,
    /// The date and the time of day in words, in the configured zone.
    pub(super) date: String,
    pub(super) at: String,
    /// The date of its last revision in words, if it is later than the date of publication.
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
    /// A picture, if its text has no picture.
    pub(super) picture: Option<Thumbnail>,
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
    /// All entries of the story, including the leading entry; without texts.
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
    /// The query; empty if the reader has not typed a query.
    pub(super) query: PlainText,
    /// Whether the best matches come first, and not the newest entries.
    pub(super) is_ranked: bool,
    /// Remarks on the query as it was typed.
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
    /// Whether this part matches the query.
    pub(super) is_found: bool,
}

/// The state of the installation.
#[derive(Debug, Serialize)]
pub(super) struct StatusContext {
    /// The state at a glance: `well`, `nothing` (there are no sources), `passing` (some polls failed lately),
    /// `attention` (sources need it) or `trouble` (the installation does not work as it should).
    pub(super) verdict: &'static str,
    /// When the page was made.
    pub(super) now: MomentContext,
    /// When the program was started.
    pub(super) started: Option<MomentContext>,
    /// Why the program does not serve and poll as it should.
    pub(super) trouble: Option<String>,
    /// Why the edited configuration was refused, unless an incident tells it.
    pub(super) refused: Option<RefusalContext>,
    /// The open incidents, the latest first.
    pub(super) incidents: Vec<IncidentContext>,
    /// The number of sources in each state.
    pub(super) counts: CountsContext,
    pub(super) store: StoreContext,
    /// The receivers of news.
    pub(super) receivers: Vec<ReceiverContext>,
    /// Sites that are not requested for a while.
    pub(super) pauses: Vec<PauseContext>,
    /// The sources, those with trouble first.
    pub(super) sources: Vec<PolledContext>,
    /// The number of this page, from 1, and the number of pages.
    pub(super) page: usize,
    pub(super) pages: usize,
    /// The addresses of the pages before and after this one, and of the same as JSON.
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
    pub(super) json: String,
}

/// A time, and how far it is from the time of the page.
#[derive(Debug, Serialize)]
pub(super) struct MomentContext {
    /// RFC 3339 in UTC.
    pub(super) time: String,
    /// Date and time of day in words, in the configured zone.
    pub(super) label: String,
    /// `now`, `minutes`, `hours` or `days`, and their number.
    pub(super) unit: &'static str,
    pub(super) number: u64,
    /// Whether the time is still to come.
    pub(super) is_ahead: bool,
}

/// Why the edited configuration was refused.
#[derive(Debug, Serialize)]
pub(super) struct RefusalContext {
    /// The file with the first mistake, and the mistake's line and column.
    pub(super) place: Option<String>,
}

/// An open incident. These texts are in English.
#[derive(Debug, Serialize)]
pub(super) struct IncidentContext {
    /// Its source; null for an incident of the installation.
    pub(super) source: Option<SourceContext>,
    /// failing, gone, moved, silent, flood, refused, disk or store.
    pub(super) kind: String,
    pub(super) since: MomentContext,
    pub(super) title: String,
    pub(super) happened: Vec<NoticeContext>,
    pub(super) why: Vec<NoticeContext>,
    /// What to do.
    pub(super) remedy: Vec<NoticeContext>,
}

/// The number of sources in each state.
#[derive(Debug, Serialize)]
pub(super) struct CountsContext {
    pub(super) all: usize,
    pub(super) ok: usize,
    pub(super) failing: usize,
    pub(super) gone: usize,
    pub(super) new: usize,
    pub(super) disabled: usize,
    /// Private sources, which are in no other number.
    pub(super) private: usize,
    /// Sources that should have been polled a minute ago or earlier, and the most minutes ago.
    pub(super) late: usize,
    pub(super) late_minutes: u64,
}

/// The database.
#[derive(Debug, Serialize)]
pub(super) struct StoreContext {
    pub(super) entries: u64,
    /// In words: the size of the database, of its log, and of the room on the disk.
    pub(super) size: Option<String>,
    pub(super) log: Option<String>,
    pub(super) free: Option<String>,
    /// Within 24 hours: the stories that copies have joined, and those copies.
    pub(super) merged_stories: u64,
    pub(super) merged_copies: u64,
}

/// A receiver of news: a program or an address.
#[derive(Debug, Serialize)]
pub(super) struct ReceiverContext {
    /// `notify 1`, `output NAME`.
    pub(super) name: String,
    /// The numbers of messages that wait for it, that were delivered to it, and that were given up.
    pub(super) waiting: u64,
    pub(super) delivered: u64,
    pub(super) dead: u64,
    pub(super) last_delivered: Option<MomentContext>,
    /// Since when deliveries to it fail.
    pub(super) failing_since: Option<MomentContext>,
}

/// A site that is not requested for a while.
#[derive(Debug, Serialize)]
pub(super) struct PauseContext {
    pub(super) host: String,
    pub(super) until: MomentContext,
    pub(super) reason: String,
}

/// A source and the results of its polls. Reasons, rhythm, problems and remedy are in English.
#[derive(Debug, Serialize)]
pub(super) struct PolledContext {
    pub(super) source: SourceContext,
    /// `ok`, `failing`, `gone`, `new` or `disabled`.
    pub(super) state: &'static str,
    /// How the last poll ended: `new`, `unchanged`, `not_modified`, `gone` or `failed`.
    pub(super) outcome: Option<&'static str>,
    pub(super) last_poll: Option<MomentContext>,
    pub(super) next_poll: Option<MomentContext>,
    /// Why the next poll is at that time.
    pub(super) reason: Option<String>,
    /// When the newest entry was published.
    pub(super) newest: Option<MomentContext>,
    /// The number of its entries.
    pub(super) entries: u64,
    /// When its entries come, in words.
    pub(super) rhythm: Option<String>,
    /// The usual week, once enough entries are known.
    pub(super) week: Option<WeekContext>,
    pub(super) problems: Vec<String>,
    /// What to do about its problem.
    pub(super) remedy: Vec<NoticeContext>,
}

/// The picture of a week, 24 hours wide and 7 days high, from Monday on, in the configured zone.
#[derive(Debug, Serialize)]
pub(super) struct WeekContext {
    pub(super) blocks: Vec<BlockContext>,
}

/// A block of neighbouring hours with about the same number of entries.
#[derive(Debug, Serialize)]
pub(super) struct BlockContext {
    /// From 1 to 4, the busiest.
    pub(super) shade: u8,
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct ErrorContext {
    /// The status of HTTP.
    pub(super) status: u16,
    pub(super) explanation: String,
}
