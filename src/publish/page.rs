//! Pages for people: the front page at `/`, and a page for every output, tag and source, with the addresses of the feeds and
//! the newest entries.
//!
//! A page has no scripts and loads nothing from elsewhere. The template escapes every text, and entries are shown as plain
//! text without their markup.

use askama::Template;

use super::xml::{entry_address, one_line};
use super::{About, Format, OutputKind, OutputSpec, Shown, Site};
use crate::text::excerpt;

/// The style sheet, which is part of each page.
pub const STYLE: &str = include_str!("../../templates/style.css");
/// SHA-256 of [`STYLE`] in Base64, by which the page's security policy allows this style and no other (CSP 3, 2.3.1):
/// `openssl dgst -sha256 -binary templates/style.css | base64`.
pub const STYLE_SHA256: &str = "7Pqga/G3jaU1aLkWiYqY3vWG18gDZopoOjIjzM6pyZU=";

/// Most characters of an entry's text on a page.
const EXCERPT_CHARS: usize = 300;
/// Most tags that the front page links to.
const TAGS_MAX: usize = 200;

/// A feed on the front page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputLink {
    pub title: String,
    pub kind: OutputKind,
    /// A short description, or nothing.
    pub description: String,
}

/// The content that only the front page has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Front<'f> {
    pub outputs: Vec<OutputLink>,
    pub tags: Vec<String>,
    /// A notice above everything else; commands in it are between backticks.
    pub notice: Option<&'f str>,
    /// The metadata of the default output.
    pub about: About,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    style: &'static str,
    title: String,
    about: PageAbout,
    /// The address of the front page; empty on the front page itself.
    home: String,
    notice: Vec<NoticePart<'a>>,
    /// The feeds with the entries of the page.
    feeds: Vec<FeedItem>,
    tags: Vec<Named>,
    sources: String,
    entries: Vec<EntryItem>,
    version: &'static str,
}

/// The metadata of a page's feed; texts that are not set are empty.
struct PageAbout {
    /// One line below the title.
    subtitle: String,
    /// A description for programs that show links to the page.
    description: String,
    author: String,
    rights: String,
    /// The language of these texts.
    lang: Option<String>,
}

impl PageAbout {
    fn of(about: &About) -> PageAbout {
        PageAbout {
            subtitle: about.subtitle().unwrap_or_default(),
            description: about.description().unwrap_or_default(),
            author: about.author().unwrap_or_default(),
            rights: about.rights().unwrap_or_default(),
            lang: about.language(),
        }
    }
}

/// A part of a notice: text, or a command.
struct NoticePart<'a> {
    text: &'a str,
    is_code: bool,
}

struct FeedItem {
    title: String,
    /// The address of the feed's page.
    page: String,
    description: String,
    addresses: Vec<Address>,
}

struct Address {
    format: &'static str,
    media_type: &'static str,
    address: String,
}

struct Named {
    name: String,
    address: String,
}

struct EntryItem {
    title: String,
    link: Option<String>,
    source: Named,
    /// The other sources that have the entry.
    also_in: Vec<Named>,
    /// RFC 3339, for programs.
    time: String,
    /// The same time in words, in UTC.
    shown_time: String,
    excerpt: String,
    lang: Option<String>,
}

/// Writes the page at `/`.
pub fn front_page(site: &Site, title: &str, front: &Front<'_>, shown: &[Shown]) -> Vec<u8> {
    let tag = |tag: &String| Named {
        name: one_line(tag),
        address: format!("{}{}", site.public_url, OutputKind::Tag(tag.clone()).path(Format::Html)),
    };
    render(&Page {
        style: STYLE,
        title: one_line(title),
        about: PageAbout::of(&front.about),
        home: String::new(),
        notice: front.notice.map(notice_parts).unwrap_or_default(),
        feeds: front.outputs.iter().map(|output| feed(site, output)).collect(),
        tags: front.tags.iter().take(TAGS_MAX).map(tag).collect(),
        sources: format!("{}/sources.opml", site.public_url),
        entries: shown.iter().map(|shown| item(site, shown)).collect(),
        version: site.generator_version,
    })
}

/// Writes the page of an output, a tag or a source. The addresses of an output with a token work only with the token, which the
/// page does not show.
pub fn feed_page(site: &Site, spec: &OutputSpec, shown: &[Shown]) -> Vec<u8> {
    let OutputSpec { title, kind, .. } = spec;
    let output = OutputLink { title: title.clone(), kind: kind.clone(), description: String::new() };
    let notice = "This feed requires its token: append it to the address as `?token=`, or send it as the password of Basic \
                  authentication. With either, the links in the feed work as well.";
    render(&Page {
        style: STYLE,
        title: one_line(title),
        about: PageAbout::of(&spec.about),
        home: format!("{}/", site.public_url),
        notice: if spec.token.is_some() { notice_parts(notice) } else { Vec::new() },
        feeds: vec![feed(site, &output)],
        tags: Vec::new(),
        sources: match kind {
            // Incidents may be of any source.
            OutputKind::Health => format!("{}/sources.opml", site.public_url),
            _ => format!("{}{}", site.public_url, kind.path(Format::Opml)),
        },
        entries: shown.iter().map(|shown| item(site, shown)).collect(),
        version: site.generator_version,
    })
}

fn render(page: &Page<'_>) -> Vec<u8> {
    // Writing to memory cannot fail.
    page.render().unwrap_or_default().into_bytes()
}

fn feed(site: &Site, output: &OutputLink) -> FeedItem {
    let address = |format: Format| format!("{}{}", site.public_url, output.kind.path(format));
    let formats = [("Atom", Format::ATOM), ("RSS", Format::RSS), ("JSON Feed", Format::JSON)];
    FeedItem {
        title: one_line(&output.title),
        page: address(Format::Html),
        description: one_line(&output.description),
        addresses: formats
            .into_iter()
            .map(|(name, format)| Address {
                format: name,
                media_type: format.content_type().split(';').next().unwrap_or_default(),
                address: address(format),
            })
            .collect(),
    }
}

fn notice_parts(notice: &str) -> Vec<NoticePart<'_>> {
    let parts = notice.split('`').enumerate();
    parts.map(|(at, text)| NoticePart { text, is_code: at % 2 == 1 }).filter(|piece| !piece.text.is_empty()).collect()
}

fn item(site: &Site, shown: &Shown) -> EntryItem {
    let named = |(name, title): &(String, String)| Named {
        name: title.clone(),
        address: format!("{}{}", site.public_url, OutputKind::Source(name.clone()).path(Format::Html)),
    };
    let mut sources = shown.sources.iter().map(named);
    // An incident of the whole installation has no source but the feed itself.
    let of_feed = || Named { name: shown.source.title.clone(), address: shown.source.site.clone().unwrap_or_default() };
    let mut source = sources.next().unwrap_or_else(of_feed);
    if shown.source.title != source.name {
        // The source took the entry from elsewhere, so both titles are shown.
        source.name = format!("{} ({})", shown.source.title, source.name);
    }
    let text = match (&shown.summary, &shown.content) {
        (Some(summary), _) => excerpt::of_text(summary, EXCERPT_CHARS),
        (None, Some(content)) => excerpt::of_html(content, EXCERPT_CHARS),
        (None, None) => String::new(),
    };
    EntryItem {
        title: shown.title.clone(),
        link: shown.link.as_deref().and_then(entry_address),
        source,
        also_in: sources.collect(),
        time: shown.published.to_rfc3339(),
        shown_time: shown.published.to_chrono().format("%-d %B %Y, %H:%M UTC").to_string(),
        excerpt: text,
        lang: shown.language.clone(),
    }
}
