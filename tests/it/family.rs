//! The family of the article: one text in every format, encoding and escaping that feeds use. A generator writes the files in
//! `tests/feeds/`, and one property holds for all of them: any wrapping, same text.
//!
//! `WATERSHED_BLESS=1 cargo test family` writes the files anew.

use std::fmt::Write as _;
use std::path::PathBuf;

use proptest::prelude::*;
use watershed::entry::{self, Context};
use watershed::model::{CleanEntry, CleanFeed, Timestamp};
use watershed::read::{self, Document};

use Charset::*;
use Format::*;
use Wrapping::*;

pub const LINK: &str = "https://news.example/2021/apology";
pub const ID: &str = "tag:news.example,2021:apology";
const AUTHOR: &str = "Zoë O’Neill";
/// 2026-11-24T00:00:00Z.
const NOW: i64 = 1_795_478_400;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Format {
    Rss091,
    Rss092,
    Rss1,
    /// The text in `description`.
    Rss2,
    /// The text in `content:encoded`.
    Rss2Encoded,
    Atom,
    Json10,
    Json11,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wrapping {
    Escaped,
    Cdata,
    /// Escaped once more than the format requires.
    Double,
    CdataDouble,
    /// Atom only.
    Xhtml,
    /// JSON Feed only: `content_html` as it is.
    Html,
    /// JSON Feed only: `content_text`.
    Plain,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Charset {
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    Utf16BeUnmarked,
    /// Characters beyond ASCII as references (in JSON as escapes).
    AsciiRefs,
    Windows1252,
    /// The label lies: the bytes are windows-1252.
    Windows1252AsUtf8,
    Windows1252AsLatin1,
    Utf8AsLatin1,
}

/// File name, format, wrapping, bytes.
const FAMILY: &[(&str, Format, Wrapping, Charset)] = &[
    ("rss091-escaped-utf8.rss", Rss091, Escaped, Utf8),
    ("rss091-cdata-windows1252.rss", Rss091, Cdata, Windows1252),
    ("rss091-double-refs.rss", Rss091, Double, AsciiRefs),
    ("rss092-escaped-refs.rss", Rss092, Escaped, AsciiRefs),
    ("rss092-cdata-utf8bom.rss", Rss092, Cdata, Utf8Bom),
    ("rss092-escaped-windows1252-as-latin1.rss", Rss092, Escaped, Windows1252AsLatin1),
    ("rss10-escaped-utf8.rdf", Rss1, Escaped, Utf8),
    ("rss10-cdata-utf16be.rdf", Rss1, Cdata, Utf16Be),
    ("rss10-double-windows1252.rdf", Rss1, Double, Windows1252),
    ("rss20-escaped-utf8.rss", Rss2, Escaped, Utf8),
    ("rss20-cdata-utf8.rss", Rss2, Cdata, Utf8),
    ("rss20-double-utf8.rss", Rss2, Double, Utf8),
    ("rss20-cdata-double-utf8.rss", Rss2, CdataDouble, Utf8),
    ("rss20-escaped-utf16le.rss", Rss2, Escaped, Utf16Le),
    ("rss20-cdata-utf16be-unmarked.rss", Rss2, Cdata, Utf16BeUnmarked),
    ("rss20-escaped-windows1252-as-utf8.rss", Rss2, Escaped, Windows1252AsUtf8),
    ("rss20-cdata-utf8-as-latin1.rss", Rss2, Cdata, Utf8AsLatin1),
    ("rss20-encoded-cdata-utf8bom.rss", Rss2Encoded, Cdata, Utf8Bom),
    ("rss20-encoded-escaped-windows1252.rss", Rss2Encoded, Escaped, Windows1252),
    ("rss20-encoded-cdata-refs.rss", Rss2Encoded, Cdata, AsciiRefs),
    ("atom-escaped-utf8.atom", Atom, Escaped, Utf8),
    ("atom-cdata-utf8.atom", Atom, Cdata, Utf8),
    ("atom-double-utf8bom.atom", Atom, Double, Utf8Bom),
    ("atom-xhtml-utf8.atom", Atom, Xhtml, Utf8),
    ("atom-xhtml-refs.atom", Atom, Xhtml, AsciiRefs),
    ("atom-xhtml-utf16le.atom", Atom, Xhtml, Utf16Le),
    ("atom-escaped-windows1252.atom", Atom, Escaped, Windows1252),
    ("atom-cdata-windows1252-as-utf8.atom", Atom, Cdata, Windows1252AsUtf8),
    ("json10-html-utf8.json", Json10, Html, Utf8),
    ("json10-double-refs.json", Json10, Double, AsciiRefs),
    ("json11-html-utf8bom.json", Json11, Html, Utf8Bom),
    ("json11-html-utf16le.json", Json11, Html, Utf16Le),
    ("json11-plain-utf8.json", Json11, Plain, Utf8),
];

/// The seed text: a title and its paragraphs.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    pub title: String,
    pub paragraphs: Vec<String>,
}

impl Article {
    pub fn read() -> Article {
        let text = std::fs::read_to_string(feeds().join("article.txt")).expect("tests/feeds/article.txt is there");
        let mut parts = text.split("\n\n").map(str::to_owned);
        Article { title: parts.next().expect("it has a title"), paragraphs: parts.collect() }
    }

    /// All words below the title, in one line.
    pub fn words(&self) -> String {
        fold(&self.paragraphs.join(" "))
    }

    fn html(&self) -> String {
        let paragraphs: Vec<String> = self.paragraphs.iter().map(|text| format!("<p>{}</p>", escape(text))).collect();
        paragraphs.join("\n")
    }
}

pub fn feeds() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/feeds")
}

/// The article as a feed of one entry.
pub fn generate(article: &Article, format: Format, wrapping: Wrapping, charset: Charset) -> Vec<u8> {
    let text = match format {
        Rss091 | Rss092 | Rss2 | Rss2Encoded => rss(article, format, wrapping, charset),
        Rss1 => rdf(article, wrapping, charset),
        Atom => atom(article, wrapping, charset),
        Json10 | Json11 => return encode(&json(article, format, wrapping, charset), charset),
    };
    let text = if charset == AsciiRefs { with_references(&text) } else { text };
    encode(&text, charset)
}

fn declaration(charset: Charset) -> String {
    let label = match charset {
        Utf8 | Utf8Bom | Windows1252AsUtf8 => "utf-8",
        Utf16Le | Utf16Be | Utf16BeUnmarked => "utf-16",
        AsciiRefs | Windows1252AsLatin1 | Utf8AsLatin1 => "iso-8859-1",
        Windows1252 => "windows-1252",
    };
    format!("<?xml version=\"1.0\" encoding=\"{label}\"?>\n")
}

fn rss(article: &Article, format: Format, wrapping: Wrapping, charset: Charset) -> String {
    let version = match format {
        Rss091 => "0.91",
        Rss092 => "0.92",
        _ => "2.0",
    };
    let mut out = declaration(charset);
    let _ = write!(out, "<rss version=\"{version}\"");
    if version == "2.0" {
        out.push_str(" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"");
        out.push_str(" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"");
    }
    out.push_str(">\n<channel>\n<title>Family</title>\n<link>https://news.example/</link>\n");
    out.push_str("<description>One article in every wrapping</description>\n<language>en</language>\n<item>\n");
    let _ = writeln!(out, "<title>{}</title>\n<link>{LINK}</link>", wrapped(&escape(&article.title), wrapping));
    let element = if format == Rss2Encoded { "content:encoded" } else { "description" };
    let _ = writeln!(out, "<{element}>{}</{element}>", wrapped(&article.html(), wrapping));
    if version == "2.0" {
        let _ = writeln!(out, "<guid isPermaLink=\"false\">{ID}</guid>\n<dc:creator>{AUTHOR}</dc:creator>");
        out.push_str("<pubDate>Fri, 12 Feb 2021 15:04:05 GMT</pubDate>\n");
    }
    out.push_str("</item>\n</channel>\n</rss>\n");
    out
}

fn rdf(article: &Article, wrapping: Wrapping, charset: Charset) -> String {
    let mut out = declaration(charset);
    out.push_str("<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\"");
    out.push_str(" xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"");
    out.push_str(" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"");
    out.push_str(" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    out.push_str("<channel rdf:about=\"https://news.example/\">\n<title>Family</title>\n");
    out.push_str("<link>https://news.example/</link>\n<description>One article in every wrapping</description>\n");
    let _ = writeln!(out, "<items><rdf:Seq><rdf:li resource=\"{LINK}\"/></rdf:Seq></items>\n</channel>");
    let _ = writeln!(out, "<item rdf:about=\"{LINK}\">");
    let _ = writeln!(out, "<title>{}</title>\n<link>{LINK}</link>", wrapped(&escape(&article.title), wrapping));
    let _ = writeln!(out, "<content:encoded>{}</content:encoded>", wrapped(&article.html(), wrapping));
    let _ = writeln!(out, "<dc:creator>{AUTHOR}</dc:creator>\n<dc:date>2021-02-12T15:04:05Z</dc:date>");
    out.push_str("</item>\n</rdf:RDF>\n");
    out
}

fn atom(article: &Article, wrapping: Wrapping, charset: Charset) -> String {
    let mut out = declaration(charset);
    out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>tag:news.example,2021:family</id>\n");
    out.push_str("<title>Family</title>\n<updated>2021-02-12T15:04:05Z</updated>\n<entry>\n");
    let _ = writeln!(out, "<id>{ID}</id>\n<title>{}</title>", escape(&article.title));
    let _ = writeln!(out, "<link href=\"{LINK}\"/>\n<author><name>{AUTHOR}</name></author>");
    out.push_str("<published>2021-02-12T15:04:05Z</published>\n<updated>2021-02-12T15:04:05Z</updated>\n");
    let kind = if wrapping == Xhtml { "xhtml" } else { "html" };
    let _ = writeln!(out, "<content type=\"{kind}\">{}</content>", wrapped(&article.html(), wrapping));
    out.push_str("</entry>\n</feed>\n");
    out
}

fn json(article: &Article, format: Format, wrapping: Wrapping, charset: Charset) -> String {
    let (version, author) = match format {
        Json10 => ("1", format!("\"author\": {{\"name\": {}}}", quote(AUTHOR, charset))),
        _ => ("1.1", format!("\"authors\": [{{\"name\": {}}}]", quote(AUTHOR, charset))),
    };
    let (key, content) = match wrapping {
        Plain => ("content_text", article.paragraphs.join("\n\n")),
        Double => ("content_html", escape(&article.html())),
        _ => ("content_html", article.html()),
    };
    let mut out = format!("{{\n\"version\": \"https://jsonfeed.org/version/{version}\",\n\"title\": \"Family\",\n");
    out.push_str("\"home_page_url\": \"https://news.example/\",\n\"items\": [{\n");
    let _ = writeln!(out, "\"id\": \"{ID}\",\n\"url\": \"{LINK}\",\n\"title\": {},", quote(&article.title, charset));
    let _ = writeln!(out, "{author},\n\"date_published\": \"2021-02-12T15:04:05Z\",");
    let _ = writeln!(out, "\"{key}\": {}\n}}]\n}}", quote(&content, charset));
    out
}

fn wrapped(html: &str, wrapping: Wrapping) -> String {
    match wrapping {
        Escaped => escape(html),
        Cdata => format!("<![CDATA[{html}]]>"),
        Double => escape(&escape(html)),
        CdataDouble => format!("<![CDATA[{}]]>", escape(html)),
        Xhtml => format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{html}</div>"),
        Html | Plain => html.to_owned(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Every character beyond ASCII as a reference in decimal digits.
fn with_references(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if character.is_ascii() {
            out.push(character);
        } else {
            let _ = write!(out, "&#{};", u32::from(character));
        }
    }
    out
}

/// A JSON string.
fn quote(text: &str, charset: Charset) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            other if charset == AsciiRefs && !other.is_ascii() => {
                let _ = write!(out, "\\u{:04x}", u32::from(other));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

fn encode(text: &str, charset: Charset) -> Vec<u8> {
    match charset {
        Utf8 | AsciiRefs | Utf8AsLatin1 => text.as_bytes().to_vec(),
        Utf8Bom => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        Utf16Le => std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        Utf16Be => std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
        Utf16BeUnmarked => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Windows1252 | Windows1252AsUtf8 | Windows1252AsLatin1 => {
            let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(text);
            assert!(!unmappable, "the article is in windows-1252");
            bytes.into_owned()
        }
    }
}

/// The text that a person reads in sanitised HTML: no tags, references resolved, white space folded.
pub fn visible(html: &str) -> String {
    let tags = regex::Regex::new("<[^>]*>").expect("the pattern is valid");
    let text = tags.replace_all(html, " ");
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    fold(&text.replace("&nbsp;", " ").replace("&amp;", "&"))
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The one entry of a document that was read and cleaned.
fn only_entry(name: &str, body: &[u8]) -> CleanEntry {
    let document = Document { body, content_type: None, url: "https://news.example/feed", max_entries: 100 };
    let (parsed, _problems) = read::read(&document).unwrap_or_else(|error| panic!("{name} cannot be read: {error}"));
    let context =
        Context { base: document.url, now: Timestamp::from_unix(NOW), identity: watershed::model::Identity::Auto };
    let (mut feed, _problems) = entry::clean(parsed, &context);
    assert_eq!(feed.entries.len(), 1, "{name} has one entry");
    feed.entries.remove(0)
}

#[test]
fn family_files_are_what_the_generator_makes() {
    let article = Article::read();
    let bless = std::env::var_os("WATERSHED_BLESS").is_some();
    for (name, format, wrapping, charset) in FAMILY {
        let (path, made) = (feeds().join(name), generate(&article, *format, *wrapping, *charset));
        if bless {
            std::fs::write(&path, &made).expect("tests/feeds can be written");
        }
        let kept = std::fs::read(&path).unwrap_or_default();
        assert!(kept == made, "{name} differs from what is generated; WATERSHED_BLESS=1 writes it anew");
    }
}

#[test]
fn family_any_wrapping_same_text() {
    let article = Article::read();
    let mut first: Option<[u8; 16]> = None;
    for (name, format, ..) in FAMILY {
        let body = std::fs::read(feeds().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let entry = only_entry(name, &body);
        assert_eq!(entry.title, article.title, "{name}");
        assert_eq!(visible(&entry.content), article.words(), "{name}");
        assert_eq!(entry.link.as_deref(), Some(LINK), "{name}");
        assert_eq!(*first.get_or_insert(entry.text_hash), entry.text_hash, "{name}: the digest of the text differs");
        if !matches!(format, Rss091 | Rss092) {
            let authors: Vec<&str> = entry.details.authors.iter().map(|author| author.name.as_str()).collect();
            assert_eq!(authors, [AUTHOR], "{name}");
            assert_eq!(entry.published.map(Timestamp::unix), Some(1_613_142_245), "{name}");
        }
    }
}

/// The demo's feeds and their names.
fn demo_feeds() -> Vec<(String, CleanFeed)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/cli/demo");
    let mut feeds = Vec::new();
    for file in std::fs::read_dir(&folder).expect("the demo's feeds are there").flatten() {
        let path = file.path();
        if path.is_dir() {
            continue;
        }
        let name = file.file_name().to_string_lossy().into_owned();
        let body = std::fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let document = Document { body: &body, content_type: None, url: "http://127.0.0.1/feed", max_entries: 100 };
        let (parsed, problems) = read::read(&document).unwrap_or_else(|error| panic!("{name} cannot be read: {error}"));
        assert!(problems.is_empty(), "{name}: {problems:?}");
        let context =
            Context { base: document.url, now: Timestamp::from_unix(NOW), identity: watershed::model::Identity::Auto };
        let (feed, problems) = entry::clean(parsed, &context);
        assert!(problems.is_empty(), "{name}: {problems:?}");
        feeds.push((name, feed));
    }
    feeds
}

#[test]
fn family_of_the_demo_carries_the_article() {
    let article = Article::read();
    let feeds = demo_feeds();
    for name in ["courier.rss", "gazette.atom", "herald.json", "chronicle.rss"] {
        let feed = feeds.iter().find(|(known, _)| known == name).map(|(_, feed)| feed);
        let feed = feed.unwrap_or_else(|| panic!("{name} is not there"));
        let copy = feed.entries.iter().find(|entry| entry.title == article.title);
        let copy = copy.unwrap_or_else(|| panic!("{name} does not carry the article"));
        assert_eq!(visible(&copy.content), article.words(), "{name}");
    }
}

#[test]
fn family_of_the_demo_is_read_without_problems() {
    let feeds = demo_feeds();
    assert!(feeds.len() > 10, "{} feeds", feeds.len());
    for (name, feed) in &feeds {
        assert!(feed.entries.len() >= 3, "{name}");
        assert!(feed.meta.icon.is_some() || feed.meta.logo.is_some(), "{name} has no icon");
        for entry in &feed.entries {
            assert!(entry.published.is_some() && entry.link.is_some(), "{name}: {}", entry.title);
            let authors = entry.details.authors.iter().chain(&feed.meta.authors);
            assert!(authors.count() > 0, "{name}: {} has no author", entry.title);
        }
    }
}

/// Words that every charset of the family has.
fn paragraph() -> impl Strategy<Value = String> {
    proptest::collection::vec("[a-zA-Z0-9“”’‘éüß&<>'\",.;:–…€]{1,12}", 4..20).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same property for random texts in random wrappings. Texts are escaped only as often as their format requires,
    /// because the intended number of escapes of a text about markup cannot be known.
    #[test]
    fn family_property_any_text(paragraphs in proptest::collection::vec(paragraph(), 1..5), seed in 0usize..1000) {
        let article = Article { title: "A title of its own".to_owned(), paragraphs };
        let charsets = [Utf8, Utf8Bom, Utf16Le, Utf16Be, AsciiRefs, Windows1252, Windows1252AsLatin1];
        let shapes = [
            (Rss092, Escaped), (Rss1, Cdata), (Rss2, Cdata), (Rss2Encoded, Escaped), (Atom, Cdata), (Atom, Xhtml),
            (Json11, Html),
        ];
        let plain = only_entry("plain", &generate(&article, Atom, Escaped, Utf8));
        for (at, (format, wrapping)) in shapes.into_iter().enumerate() {
            let mut charset = charsets[(seed + at) % charsets.len()];
            if format == Json11 && matches!(charset, Windows1252 | Windows1252AsLatin1) {
                charset = Utf8;
            }
            let name = format!("{format:?} {wrapping:?} {charset:?}");
            let entry = only_entry(&name, &generate(&article, format, wrapping, charset));
            prop_assert_eq!(&entry.title, &plain.title, "{}", name);
            prop_assert_eq!(visible(&entry.content), visible(&plain.content), "{}", name);
            prop_assert_eq!(entry.text_hash, plain.text_hash, "{}", name);
        }
    }
}
