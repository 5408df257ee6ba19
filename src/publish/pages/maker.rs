//! Makes the context of a page from its frame: addresses, feeds, sources, and what all pages share.

use std::collections::BTreeMap;

use super::context::{
    AlternateContext, Context, FeedContext, GeneratorContext, NoticeContext, PageContext, SiteContext, SourceContext,
    TagContext, VERSION,
};
use super::{Frame, PageKind};
use crate::model::{PlainText, WebUrl};
use crate::publish::{About, DEFAULT_OUTPUT, Format, OutputKind, Shown};

/// Most tags that a page links to.
pub const TAGS_MAX: usize = 200;
/// Most feeds that a page links to.
pub const FEEDS_MAX: usize = 200;
/// Most feeds that the head of the front page names, each in three formats.
const ALTERNATES_MAX: usize = 10;
/// Number of colours for sources without an icon.
const HUES: u8 = 8;

/// A page that is being made: its frame, and its own address.
#[derive(Clone, Copy)]
pub(super) struct Maker<'f> {
    pub(super) frame: &'f Frame<'f>,
    pub(super) kind: PageKind,
    /// Whether readers need a token for the page. Its entries may be of private sources, which have no pages of sources and stories.
    pub(super) is_closed: bool,
}

/// The properties of a page itself.
pub(super) struct OfPage<'p> {
    pub(super) title: &'p str,
    pub(super) path: String,
    pub(super) about: &'p About,
    pub(super) feed: Option<FeedContext>,
}

impl<'f> Maker<'f> {
    pub(super) fn new(frame: &'f Frame<'f>, kind: PageKind) -> Maker<'f> {
        Maker { frame, kind, is_closed: false }
    }

    /// The context with the values that all kinds of pages have.
    pub(super) fn context(&self, of: OfPage<'_>) -> Context {
        let site = self.site();
        let shown_feeds: Vec<&FeedContext> = match (self.kind, &of.feed) {
            (PageKind::Front, _) => site.feeds.iter().take(ALTERNATES_MAX).collect(),
            (_, Some(own)) => {
                [own].into_iter().chain(site.feed.as_ref().filter(|feed| feed.atom != own.atom)).collect()
            }
            (_, None) => site.feed.iter().collect(),
        };
        let alternates = shown_feeds.into_iter().flat_map(alternates).collect();
        Context {
            version: VERSION,
            kind: self.kind.name(),
            lang: self.frame.theme.language().to_owned(),
            generator: GeneratorContext { name: "Watershed", version: self.frame.site.generator_version },
            page: PageContext {
                title: PlainText::line(of.title),
                url: self.address(&of.path),
                about: of.about.shown(),
                feed: of.feed,
                number: None,
                documents: None,
            },
            site,
            alternates,
            ..Context::default()
        }
    }

    /// An address on this site.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.frame.site.public_url)
    }

    pub(super) fn feed(&self, title: &str, kind: &OutputKind, description: &str) -> FeedContext {
        let address = |format: Format| self.address(&kind.path(format));
        FeedContext {
            title: PlainText::line(title),
            description: PlainText::some_line(description),
            page: address(Format::Html),
            atom: address(Format::ATOM),
            rss: address(Format::RSS),
            json: address(Format::JSON),
            opml: match kind {
                // Searches and incidents may be of any source.
                OutputKind::Search(_) | OutputKind::Health => self.address("/sources.opml"),
                _ => address(Format::Opml),
            },
        }
    }

    pub(super) fn tag(&self, tag: &str) -> TagContext {
        TagContext {
            name: PlainText::line(tag),
            url: self.address(&OutputKind::Tag(tag.to_owned()).path(Format::Html)),
        }
    }

    /// A source. `icon` is an address.
    pub(super) fn source(&self, name: &str, title: &str, site: Option<&str>, icon: Option<&str>) -> SourceContext {
        let title = PlainText::some_line(title).unwrap_or_else(|| PlainText::line(name));
        let initial = title.chars().find(|character| character.is_alphanumeric());
        SourceContext {
            name: PlainText::line(name),
            page: self.address(&OutputKind::Source(name.to_owned()).path(Format::Html)),
            site: site.and_then(WebUrl::of),
            icon: icon.and_then(WebUrl::of),
            initial: initial.map(String::from).unwrap_or_default(),
            hue: blake3::hash(name.as_bytes()).as_bytes()[0] % HUES,
            title,
        }
    }

    /// A source as the page at `page` shows it: on a page that needs a token, it leads to the page itself.
    pub(super) fn source_on(
        &self,
        page: &str,
        name: &str,
        title: &str,
        site: Option<&str>,
        icon: Option<&str>,
    ) -> SourceContext {
        let source = self.source(name, title, site, icon);
        if self.is_closed { SourceContext { page: page.to_owned(), ..source } } else { source }
    }

    /// The sources of some entries, by title. `page` is the address of the page.
    pub(super) fn faces(&self, page: &str, shown: &[Shown]) -> Vec<SourceContext> {
        let mut faces = BTreeMap::new();
        for entry in shown {
            if let Some((name, title)) = entry.sources.first() {
                faces.entry((title.to_lowercase(), name.clone())).or_insert_with(|| {
                    self.source_on(page, name, title, entry.source.site.as_deref(), entry.icon.as_deref())
                });
            }
        }
        faces.into_values().collect()
    }

    /// The default feed, unless readers need a token for it.
    pub(super) fn default_feed(&self) -> Option<FeedContext> {
        let output = self.frame.outputs.iter().find(|output| output.kind.output() == Some(DEFAULT_OUTPUT))?;
        Some(self.feed(&output.title, &output.kind, &output.description))
    }

    fn site(&self) -> SiteContext {
        let frame = self.frame;
        let feeds: Vec<FeedContext> = frame
            .outputs
            .iter()
            .take(FEEDS_MAX)
            .map(|output| self.feed(&output.title, &output.kind, &output.description))
            .collect();
        SiteContext {
            title: PlainText::line(frame.title),
            url: self.address("/"),
            search: self.address("/search.html"),
            members: self.address("/sources.html"),
            status: self.address("/status"),
            health: self.address("/health.atom"),
            opml: self.address("/sources.opml"),
            feed: self.default_feed(),
            feeds,
            tags: frame.tags.iter().take(TAGS_MAX).map(|tag| self.tag(tag)).collect(),
            about: frame.about.shown(),
        }
    }
}

/// The formats of a feed, for the head of a page.
fn alternates(feed: &FeedContext) -> Vec<AlternateContext> {
    let formats =
        [("Atom", Format::ATOM, &feed.atom), ("RSS", Format::RSS, &feed.rss), ("JSON", Format::JSON, &feed.json)];
    let alternate = |(name, format, url): (&str, Format, &String)| AlternateContext {
        title: format!("{} ({name})", feed.title),
        media_type: format.content_type().split(';').next().unwrap_or_default(),
        url: url.clone(),
    };
    formats.into_iter().map(alternate).collect()
}

/// The parts of a notice, in which commands are between backticks.
pub(super) fn notice(text: &str) -> Vec<NoticeContext> {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts.map(|(at, part)| NoticeContext { text: part.to_owned(), is_code: at % 2 == 1 }).collect()
}
