//! Whole documents with hostile entries, read back by a second parser.

mod about;
mod formats;
mod places;

use std::collections::HashMap;
use std::sync::Arc;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::{
    About, Chain, Filter, Format, Hub, OutputKind, OutputSpec, Published, RenderedFeed, Shown, Site, Snapshot,
    Syndication, Texts,
};
use crate::config::ContentMode;
use crate::model::{
    CastMember, Category, Chapter, Enclosure, EntryDetails, EntryId, FeedMeta, FilterField, FilterRule, Link, Media,
    MediaContent, MediaLink, Origin, Person, Reply, Rewrite, SafeHtml, Show, SourceCard, SourceId, StoredEntry,
    StoryCopy, TextTest, Thumbnail, Timestamp,
};
use crate::text::xml::{is_allowed, sound};

/// 2026-11-24T00:00:00Z.
const NOW: i64 = 1_795_478_400;

fn site() -> Site {
    Site {
        public_url: "https://feeds.example/x".to_owned(),
        store_id: "11111111-2222-4333-8444-555555555555".to_owned(),
        born: Timestamp::from_unix(NOW - 86_400),
        generator_version: "0",
        hub: Hub::Own,
    }
}

fn spec(content: ContentMode) -> OutputSpec {
    let kind = OutputKind::Output("feed".to_owned());
    OutputSpec { content, ..OutputSpec::on_demand(kind, "All & sundry".to_owned()) }
}

fn cards() -> HashMap<SourceId, SourceCard> {
    let card = |id: i64| SourceCard {
        id: SourceId(id),
        name: format!("source-{id}"),
        title: Some(format!("Source {id} \"<b>")),
        public_url: format!("https://source-{id}.example/feed?a=1&b=2"),
        blurred: false,
        tags: Vec::new(),
        private: false,
        rewrite: vec![Rewrite::StripQuery(vec!["utm_*".to_owned()])],
        icon: None,
    };
    (1..=3).map(|id| (SourceId(id), card(id))).collect()
}

fn entry(id: i64) -> StoredEntry {
    StoredEntry {
        id: EntryId(id),
        source: SourceId(1),
        key: format!("key {id}"),
        declared_id: None,
        published_id: format!("tag:source.example,2026:{id}"),
        link: Some(format!("https://source-1.example/{id}")),
        title: format!("Entry {id}"),
        summary: String::new(),
        content: SafeHtml::stored(format!("<p>Text of {id}</p>")),
        first_seen: Timestamp::from_unix(NOW),
        published: Timestamp::from_unix(NOW - id),
        updated: Timestamp::from_unix(NOW - id),
        details: EntryDetails::default(),
        story: EntryId(id),
        lead: EntryId(id),
        copies: Vec::new(),
        described: Arc::new(FeedMeta { link: Some("https://source-1.example/".to_owned()), ..FeedMeta::default() }),
    }
}

fn hostile(id: i64) -> StoredEntry {
    let nasty = "</entry></feed>]]>\0\u{1b}\u{fffe}\u{ffff}<![CDATA[<script>alert(1)</script>&bogus;\r\n\"'\u{202e}";
    all_of(id, nasty)
}

/// An entry whose publisher wrote the same text wherever a text can stand.
fn all_of(id: i64, nasty: &str) -> StoredEntry {
    StoredEntry {
        title: nasty.to_owned(),
        summary: nasty.to_owned(),
        // Sanitised HTML contains no characters that XML forbids, however hostile it is.
        content: SafeHtml::stored(format!("<p title=\"{0}\">{0}</p>", sound(nasty))),
        link: Some("javascript:alert(1)".to_owned()),
        details: EntryDetails {
            authors: vec![Person {
                name: nasty.to_owned(),
                email: Some(nasty.to_owned()),
                uri: Some(nasty.to_owned()),
            }],
            categories: vec![Category {
                term: nasty.to_owned(),
                scheme: Some(nasty.to_owned()),
                label: Some(nasty.to_owned()),
            }],
            enclosures: vec![
                Enclosure { url: nasty.to_owned(), media_type: Some(nasty.to_owned()), length: Some(1) },
                Enclosure {
                    url: "https://a.example/a b.mp3?\"<".to_owned(),
                    media_type: Some("audio/mpeg".to_owned()),
                    length: Some(u64::MAX),
                },
            ],
            links: vec![Link {
                href: "https://a.example/why?a&b".to_owned(),
                rel: "via".to_owned(),
                media_type: Some(nasty.to_owned()),
                title: Some(nasty.to_owned()),
            }],
            language: Some(nasty.to_owned()),
            rights: Some(nasty.to_owned()),
            origin: Some(Origin {
                authors: Vec::new(),
                id: Some(nasty.to_owned()),
                title: Some(nasty.to_owned()),
                link: Some(nasty.to_owned()),
                self_link: None,
                updated: None,
                ..Origin::default()
            }),
            ..EntryDetails::default()
        },
        ..entry(id)
    }
}

/// An element of a parsed document: the names from the root down, its attributes, and its own text.
#[derive(Debug)]
struct Element {
    path: String,
    attributes: Vec<(String, String)>,
    text: String,
}

/// Parses strictly: every tag is closed, every reference is known, and XML 1.0 allows every character.
fn parse(body: &[u8]) -> Vec<Element> {
    let text = std::str::from_utf8(body).expect("the document is UTF-8");
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"), "{text}");
    let mut reader = Reader::from_str(text);
    let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().expect("the document is well-formed") {
            Event::Start(start) => {
                let element = element(&start, open.last().map(|at| elements[*at].path.as_str()));
                open.push(elements.len());
                elements.push(element);
            }
            Event::Empty(start) => {
                let element = element(&start, open.last().map(|at| elements[*at].path.as_str()));
                elements.push(element);
            }
            Event::End(_) => {
                open.pop().expect("something is open");
            }
            Event::Text(piece) => add(&mut elements, &open, &piece.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().expect("a reference is legal");
                let meant = character.map(String::from).unwrap_or_else(|| {
                    let known = [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")];
                    let name: &str = &reference;
                    known.iter().find(|(known, _)| *known == name).expect("a reference is known").1.to_owned()
                });
                add(&mut elements, &open, &meant);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("nothing else is expected: {other:?}"),
        }
    }
    assert!(open.is_empty());
    elements
}

fn element(start: &BytesStart<'_>, parent: Option<&str>) -> Element {
    let name = start.name();
    let name: &str = name.as_ref();
    let attributes = start
        .attributes()
        .map(|attribute| {
            let attribute = attribute.expect("an attribute is well-formed");
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).expect("its value is legal").into_owned();
            assert!(value.chars().all(is_allowed), "{value:?}");
            let key: &str = attribute.key.as_ref();
            (key.to_owned(), value)
        })
        .collect();
    let path = parent.map_or_else(|| name.to_owned(), |parent| format!("{parent}/{name}"));
    Element { path, attributes, text: String::new() }
}

fn add(elements: &mut [Element], open: &[usize], text: &str) {
    assert!(text.chars().all(is_allowed), "{text:?}");
    match open.last() {
        Some(at) => elements[*at].text.push_str(text),
        None => assert!(text.trim().is_empty(), "{text:?}"),
    }
}

fn texts<'a>(elements: &'a [Element], path: &str) -> Vec<&'a str> {
    elements.iter().filter(|element| element.path == path).map(|element| element.text.as_str()).collect()
}

fn attributes<'a>(elements: &'a [Element], path: &str, name: &str) -> Vec<&'a str> {
    let of = elements.iter().filter(|element| element.path == path).flat_map(|element| &element.attributes);
    of.filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
}

fn document(format: Syndication, spec: &OutputSpec, entries: &[StoredEntry]) -> RenderedFeed {
    let shown: Vec<Shown> = entries.iter().filter_map(|entry| Shown::of(&site(), spec, &cards(), entry)).collect();
    super::write(format, &site(), spec, Chain::default(), &shown)
}

fn atom(spec: &OutputSpec, entries: &[StoredEntry]) -> RenderedFeed {
    document(Syndication::Atom, spec, entries)
}

fn write(content: ContentMode, entries: &[StoredEntry]) -> Vec<Element> {
    parse(&atom(&spec(content), entries).body)
}

#[test]
fn an_ordinary_entry() {
    let elements = write(ContentMode::Full, &[entry(1), entry(2)]);
    assert_eq!(texts(&elements, "feed/title"), ["All & sundry"]);
    assert_eq!(texts(&elements, "feed/updated"), [texts(&elements, "feed/entry/updated")[0]]);
    assert_eq!(
        attributes(&elements, "feed/link", "href"),
        ["https://feeds.example/x/feed.atom", "https://feeds.example/x/feed.html", "https://feeds.example/x/hub"]
    );
    assert_eq!(texts(&elements, "feed/entry/id"), ["tag:source.example,2026:1", "tag:source.example,2026:2"]);
    assert_eq!(texts(&elements, "feed/entry/content"), ["<p>Text of 1</p>", "<p>Text of 2</p>"]);
    assert_eq!(texts(&elements, "feed/entry/author/name")[0], "Source 1 \"<b>");
    assert_eq!(texts(&elements, "feed/entry/source/id")[0], "https://source-1.example/feed?a=1&b=2");
    assert_eq!(attributes(&elements, "feed/entry/category", "term")[0], "source-1");
    assert_eq!(attributes(&elements, "feed/entry/content", "type")[0], "html");
}

#[test]
fn a_hostile_entry_breaks_nothing() {
    for content in [ContentMode::Full, ContentMode::Summary, ContentMode::None] {
        let elements = write(content, &[entry(1), hostile(2), entry(3)]);
        assert_eq!(texts(&elements, "feed/entry/id").len(), 3, "{content:?}");
        assert_eq!(texts(&elements, "feed/entry/author/name").len(), 3, "{content:?}");
        assert_eq!(texts(&elements, "feed/entry/source/title").len(), 3, "{content:?}");
        let addresses = attributes(&elements, "feed/entry/link", "href");
        assert!(addresses.iter().all(|address| address.starts_with("https://")), "{addresses:?}");
        assert!(addresses.contains(&"https://a.example/a%20b.mp3?%22%3C"), "{addresses:?}");
        assert!(attributes(&elements, "feed/entry/content", "xml:lang").is_empty());
    }
}

#[test]
fn the_content_mode_decides_how_much_is_shown() {
    let both = StoredEntry { summary: "In short".to_owned(), ..entry(1) };
    for (content, entry, summary, has_content) in [
        (ContentMode::Full, &both, Some("In short"), true),
        (ContentMode::Full, &entry(1), None, true),
        (ContentMode::Summary, &both, Some("In short"), false),
        (ContentMode::Summary, &entry(1), Some("Text of 1"), false),
        (ContentMode::None, &both, None, false),
    ] {
        let elements = write(content, std::slice::from_ref(entry));
        assert_eq!(texts(&elements, "feed/entry/summary").first().copied(), summary, "{content:?}");
        assert_eq!(!texts(&elements, "feed/entry/content").is_empty(), has_content, "{content:?}");
    }
    // An entry without content needs an address (RFC 4287, 4.1.2).
    let elements = write(ContentMode::None, &[StoredEntry { link: None, ..entry(1) }]);
    assert_eq!(attributes(&elements, "feed/entry/link", "href"), ["https://source-1.example/"]);
}

#[test]
fn an_entry_that_its_source_took_from_elsewhere_names_its_origin() {
    let origin = Origin {
        authors: Vec::new(),
        id: Some("urn:x-original:1".to_owned()),
        title: Some("The original".to_owned()),
        link: Some("https://original.example/".to_owned()),
        self_link: Some("https://original.example/feed".to_owned()),
        updated: Some(Timestamp::from_unix(0)),
        ..Origin::default()
    };
    let details = EntryDetails { origin: Some(origin), ..EntryDetails::default() };
    let elements = write(ContentMode::Full, &[StoredEntry { details, ..entry(1) }]);
    assert_eq!(texts(&elements, "feed/entry/source/id"), ["urn:x-original:1"]);
    assert_eq!(texts(&elements, "feed/entry/source/title"), ["The original"]);
    assert_eq!(texts(&elements, "feed/entry/author/name"), ["The original"]);
    assert_eq!(texts(&elements, "feed/entry/source/updated"), ["1970-01-01T00:00:00+00:00"]);
}

#[test]
fn an_entry_has_its_original_address_and_enclosures_may_be_magnet_links() {
    let check = |link: &str, original: Option<&str>, file: &str, wanted: &[(&str, &str)]| {
        let details = EntryDetails {
            original_link: original.map(str::to_owned),
            enclosures: vec![Enclosure { url: file.to_owned(), media_type: None, length: None }],
            ..EntryDetails::default()
        };
        let elements = write(ContentMode::Full, &[StoredEntry { details, link: Some(link.to_owned()), ..entry(1) }]);
        let of = |name| attributes(&elements, "feed/entry/link", name);
        let links: Vec<(&str, &str)> = of("rel").into_iter().zip(of("href")).collect();
        assert_eq!(links, wanted, "{link} {original:?} {file}");
    };
    let (counter, own) = ("https://counter.example/1", "https://source-1.example/1");
    let magnet = "magnet:?xt=urn:btih:01&dn=a";
    check(counter, Some(own), magnet, &[("alternate", own), ("enclosure", magnet)]);
    check(counter, None, "ftp://a.example/x", &[("alternate", counter)]);
    check(counter, Some("javascript:x"), "magnet:x", &[("alternate", counter)]);
    check(magnet, None, own, &[("alternate", magnet), ("enclosure", own)]);
}

#[test]
fn a_document_keeps_its_size_limit_with_complete_entries() {
    let long = |id: i64, bytes: usize| StoredEntry { content: SafeHtml::stored("x".repeat(bytes)), ..entry(id) };
    for (max_size, entries, expected) in [
        (40_000, vec![long(1, 15_000), long(2, 15_000), long(3, 15_000)], 2),
        // An entry that is too large for the document is shown with a summary, and the other entries are there as well.
        (20_000, vec![long(1, 50_000), long(2, 100), long(3, 100)], 3),
        // A long title is shortened.
        (20_000, vec![StoredEntry { title: "x".repeat(1 << 20), ..entry(1) }, entry(2)], 2),
        (20_000, vec![], 0),
    ] {
        let spec = OutputSpec { max_size, ..spec(ContentMode::Full) };
        let document = atom(&spec, &entries);
        assert_eq!(document.entries.len(), expected);
        assert!(document.body.len() as u64 <= max_size, "{}", document.body.len());
        assert_eq!(texts(&parse(&document.body), "feed/entry/id").len(), expected);
    }
}

#[test]
fn a_document_is_as_new_as_the_newest_entry_that_fits() {
    let long = |id: i64, newer: i64| StoredEntry {
        content: SafeHtml::stored("x".repeat(7_000)),
        updated: Timestamp::from_unix(NOW + newer),
        ..entry(id)
    };
    let spec = OutputSpec { max_size: 20_000, ..spec(ContentMode::Full) };
    let check = |entries: &[StoredEntry], wanted: &str| {
        let elements = parse(&atom(&spec, entries).body);
        assert_eq!(texts(&elements, "feed/updated"), [wanted]);
    };
    check(&[long(1, 1), long(2, 2)], "2026-11-24T00:00:02+00:00");
    check(&[long(1, 1), long(2, 2), long(3, 3)], "2026-11-24T00:00:02+00:00");
    check(&[long(1, 3), long(2, 2), long(3, 1)], "2026-11-24T00:00:03+00:00");
}

#[test]
fn the_same_entries_give_the_same_bytes() {
    let entries = [entry(1), hostile(2)];
    let write = || atom(&spec(ContentMode::Full), &entries).body;
    assert_eq!(write(), write());
    let of = |kind: OutputKind| {
        let spec = OutputSpec { kind, ..spec(ContentMode::Full) };
        texts(&parse(&atom(&spec, &[]).body), "feed/id")[0].to_owned()
    };
    let ids = [of(OutputKind::Output("a".to_owned())), of(OutputKind::Tag("a".to_owned()))];
    assert_ne!(ids[0], ids[1]);
    assert_eq!(ids[0].len(), "urn:uuid:11111111-2222-8333-8444-555555555555".len());
    assert_eq!(&ids[0][23..24], "8", "{}", ids[0]);
}

#[test]
fn titles_take_the_prefix() {
    let spec = OutputSpec { title_prefix: "[{source}] ".to_owned(), ..spec(ContentMode::Full) };
    let elements = parse(&atom(&spec, &[entry(1)]).body);
    assert_eq!(texts(&elements, "feed/entry/title"), ["[Source 1 \"&lt;b&gt;] Entry 1"]);
}

#[test]
fn paths() {
    for (kind, expected) in [
        (OutputKind::Output("feed".to_owned()), "/feed.atom"),
        (OutputKind::Tag("c++ & ü/x".to_owned()), "/tag/c%2B%2B%20%26%20%C3%BC%2Fx.atom"),
        (OutputKind::Source("a-b_c".to_owned()), "/source/a-b_c.atom"),
        (OutputKind::Search("linux -\"a b\"".to_owned()), "/search.atom?q=linux%20-%22a%20b%22"),
    ] {
        assert_eq!(kind.path(Format::ATOM), expected);
    }
}
