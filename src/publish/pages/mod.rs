//! Pages for people: what they show is decided here, what they look like by a [`Theme`].
//!
//! A page is a template, filled with a context. Entry points: [`Theme::new`] reads a theme; [`front`], [`feed`], [`archive`],
//! [`members`], [`story`], [`search()`], [`status()`] and [`error`] fill a [`Context`], of which [`Theme::write`]
//! writes the page. A further page needs a variant of [`PageKind`], the template that it names, and a function that
//! fills the context.
//!
//! Invariants: A page runs no script and loads nothing but the pictures, media and icons that entries, sources and the operator
//! name. Templates escape every value; only the content of entries, which the sanitiser has written, and the style are markup.
//! The same entries and the same theme give the same bytes.

mod context;
mod engine;
mod entries;
mod maker;
mod markup;
mod sample;
mod search;
mod status;
mod theme;
mod words;

#[cfg(test)]
mod tests;

use context::{ErrorContext, MemberContext, NewestContext};
use maker::{Maker, OfPage, notice};
use serde::Serialize;

use super::shown::{icon, stated_address};
use super::{About, Format, OutputKind, OutputSpec, Shown, Site};
use crate::model::{FeedMeta, PlainText, SourceCard, Timestamp, WebUrl};
use crate::text::percent;

pub use context::Context;
pub use search::{Search, search};
pub use status::{StatusRecord, status};
pub use theme::{
    FILES_MAX, PageOptions, STATIC_MAX_BYTES, THEME_MAX_BYTES, Theme, ThemeError, ThemeFile, built_in_files,
};

/// Most sources on the page of members.
pub const MEMBERS_MAX: usize = 5_000;

/// A kind of page, each with a template of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    Front,
    Feed,
    Archive,
    Members,
    Story,
    Search,
    Status,
    Error,
}

impl PageKind {
    pub const ALL: [PageKind; 8] = [
        PageKind::Front,
        PageKind::Feed,
        PageKind::Archive,
        PageKind::Members,
        PageKind::Story,
        PageKind::Search,
        PageKind::Status,
        PageKind::Error,
    ];

    /// The name, as `kind` in the context. The template has this name with the ending `.html`.
    pub fn name(self) -> &'static str {
        match self {
            PageKind::Front => "front",
            PageKind::Feed => "feed",
            PageKind::Archive => "archive",
            PageKind::Members => "members",
            PageKind::Story => "story",
            PageKind::Search => "search",
            PageKind::Status => "status",
            PageKind::Error => "error",
        }
    }
}

/// The data that all pages share.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    pub site: &'a Site,
    pub theme: &'a Theme,
    /// The title of the site.
    pub title: &'a str,
    /// The metadata of the default output.
    pub about: &'a About,
    /// The outputs that everybody may read, the default output first.
    pub outputs: &'a [OutputLink],
    pub tags: &'a [String],
}

/// A feed that pages link to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputLink {
    pub title: String,
    pub kind: OutputKind,
    /// A short description, or nothing.
    pub description: String,
}

/// The addresses of the neighbouring pages, as templates see them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pager {
    pub newest: Option<String>,
    pub newer: Option<String>,
    pub older: Option<String>,
    pub oldest: Option<String>,
    /// The query of these addresses and of the page's own: empty, or `?token=…` for a reader that gave the token in the
    /// address.
    #[serde(skip)]
    pub query: String,
}

/// A source on the page of members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberSource {
    pub name: String,
    pub title: PlainText,
    /// The address of its website.
    pub site: Option<WebUrl>,
    /// An address.
    pub icon: Option<WebUrl>,
    /// Title, address and time of its newest entry.
    pub newest: Option<(PlainText, Option<WebUrl>, Timestamp)>,
    /// The number of its entries.
    pub entries: u64,
    pub tags: Vec<String>,
}

impl MemberSource {
    /// The source with this card, whose feed describes itself in this way.
    pub fn of(
        card: SourceCard,
        described: &FeedMeta,
        newest: Option<(PlainText, Option<WebUrl>, Timestamp)>,
        entries: u64,
    ) -> MemberSource {
        MemberSource {
            title: PlainText::some_line(card.shown_title(described)).unwrap_or_else(|| PlainText::line(&card.name)),
            site: stated_address(&described.link),
            icon: icon(&card, described),
            newest,
            entries,
            name: card.name,
            tags: card.tags,
        }
    }
}

/// An entry of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryCopy {
    pub shown: Shown,
    pub is_lead: bool,
}

/// The page at `/`. In the notice, commands are between backticks.
pub fn front(frame: &Frame<'_>, told: Option<&str>, shown: &[Shown], pager: &Pager) -> Context {
    let maker = Maker::new(frame, PageKind::Front);
    let feed = maker.default_feed();
    let path = "/".to_owned();
    let mut context = with_entries(maker, OfPage { title: frame.title, path, about: frame.about, feed }, shown, pager);
    context.notice = told.map(notice).unwrap_or_default();
    context
}

/// The page of an output, a tag or a source. The addresses of an output with a token work only with the token, which
/// the page does not show.
pub fn feed(frame: &Frame<'_>, spec: &OutputSpec, shown: &[Shown], pager: &Pager) -> Context {
    let mut context = of_output(frame, PageKind::Feed, spec, &spec.kind.path(Format::Html), shown, pager);
    if spec.token.is_some() {
        context.notice = notice(frame.theme.words().text("token"));
    }
    context
}

/// A page of the archive of an output, or a numbered page of a tag or source: the page `number`, counted from the
/// oldest, of `documents`.
pub fn archive(
    frame: &Frame<'_>,
    spec: &OutputSpec,
    number: u32,
    documents: u32,
    shown: &[Shown],
    pager: &Pager,
) -> Context {
    let mut context = of_output(frame, PageKind::Archive, spec, &spec.kind.page(number).path(), shown, pager);
    context.page.number = Some(number);
    context.page.documents = Some(documents);
    context
}

/// The page of the sources of the site.
pub fn members(frame: &Frame<'_>, members: &[MemberSource]) -> Context {
    let maker = Maker::new(frame, PageKind::Members);
    let path = "/sources.html".to_owned();
    let mut context = maker.context(OfPage { title: "", path, about: &About::default(), feed: None });
    let member = |member: &MemberSource| MemberContext {
        source: maker.source(&member.name, &member.title, member.site.as_deref(), member.icon.as_deref()),
        feed: maker.feed(&member.title, &OutputKind::Source(member.name.clone()), ""),
        newest: member.newest.as_ref().map(|(title, link, at)| NewestContext {
            title: title.clone(),
            link: link.clone(),
            time: at.to_rfc3339(),
            label: frame.theme.words().shown("date", &words::local(*at, frame.theme.time_zone)),
        }),
        entries: member.entries,
        tags: member.tags.iter().map(|tag| maker.tag(tag)).collect(),
    };
    context.members = members.iter().take(MEMBERS_MAX).map(member).collect();
    context.members_left = members.len().saturating_sub(MEMBERS_MAX);
    context
}

/// The page of a story. `copies` are all of its entries.
pub fn story(frame: &Frame<'_>, lead: &Shown, copies: &[StoryCopy]) -> Context {
    let maker = Maker::new(frame, PageKind::Story);
    let path = format!("/story/{}.html", percent::encoded(&lead.story));
    let mut context = maker.context(OfPage { title: &lead.title, path, about: &About::default(), feed: None });
    context.story = Some(maker.story(&context.page.url, lead, copies));
    context
}

/// A page that explains an error, such as the status 404.
pub fn error(frame: &Frame<'_>, status: u16, explanation: &str) -> Context {
    let maker = Maker::new(frame, PageKind::Error);
    let mut context = maker.context(OfPage { title: "", path: "/".to_owned(), about: &About::default(), feed: None });
    context.error = Some(ErrorContext { status, explanation: explanation.to_owned() });
    context
}

/// The context of a page of invented entries as JSON, for authors of themes.
pub fn sample_context(theme: &Theme, kind: PageKind) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&sample::context(theme, kind))
}

/// A page of an output, a tag or a source at `path`.
fn of_output(
    frame: &Frame<'_>,
    kind: PageKind,
    spec: &OutputSpec,
    path: &str,
    shown: &[Shown],
    pager: &Pager,
) -> Context {
    let maker = Maker { is_closed: spec.token.is_some(), ..Maker::new(frame, kind) };
    let path = format!("{path}{}", pager.query);
    let feed = Some(maker.feed(&spec.title, &spec.kind, ""));
    with_entries(maker, OfPage { title: &spec.title, path, about: &spec.about, feed }, shown, pager)
}

fn with_entries(maker: Maker<'_>, of: OfPage<'_>, shown: &[Shown], pager: &Pager) -> Context {
    let mut context = maker.context(of);
    context.days = maker.days(&context.page.url, shown);
    context.count = shown.len();
    context.faces = maker.faces(&context.page.url, shown);
    context.pager = pager.clone();
    context
}
