//! Reading: feeds damaged as they are in the wild, feeds damaged at random, and sound feeds, which must be read unchanged.

use proptest::prelude::*;
use watershed::entry::{self, Context};
use watershed::model::{CleanFeed, ParsedFeed, Problem, Text, Timestamp};
use watershed::read::{self, Document};

const URL: &str = "https://feeds.example/feed.xml";
/// 2026-11-24T00:00:00Z.
const NOW: i64 = 1_795_478_400;

/// A document as it is read; None if it is no feed.
pub fn parsed(body: &[u8]) -> Option<(ParsedFeed, Vec<Problem>)> {
    read::read(&Document { body, content_type: None, url: URL, max_entries: 5_000 }).ok()
}

/// A document as a poll would store it.
fn cleaned(body: &str) -> (CleanFeed, Vec<Problem>) {
    let (parsed, mut problems) = parsed(body.as_bytes()).unwrap_or_else(|| panic!("it is a feed: {body}"));
    let (feed, more) = entry::clean(
        parsed,
        &Context { base: URL, now: Timestamp::from_unix(NOW), identity: watershed::model::Identity::Auto },
    );
    problems.extend(more);
    (feed, problems)
}

/// What must be read from a document: of each entry its title, link, and a part of its text.
#[track_caller]
fn check(name: &str, body: &str, wanted: &[(&str, &str, &str)]) {
    let (feed, _) = cleaned(body);
    let found: Vec<(&str, &str)> =
        feed.entries.iter().map(|entry| (entry.title.as_str(), entry.link.as_deref().unwrap_or_default())).collect();
    let titles: Vec<(&str, &str)> = wanted.iter().map(|(title, link, _)| (*title, *link)).collect();
    assert_eq!(found, titles, "{name}");
    for (entry, (_, _, text)) in feed.entries.iter().zip(wanted) {
        let all = format!("{} {}", entry.summary, entry.content);
        assert!(all.contains(text), "{name}: {text:?} in {all:?}");
    }
}

const A: (&str, &str, &str) = ("A & B", "https://a.example/1", "first");
const B: (&str, &str, &str) = ("Second", "https://a.example/2", "second");

#[test]
fn damaged_feeds_from_the_wild_are_read() {
    let items = "<item><title>A &amp; B</title><link>https://a.example/1</link><description>first</description></item>\
                 <item><title>Second</title><link>https://a.example/2</link><description>second</description></item>";
    let rss = |items: &str| format!("<rss version=\"2.0\"><channel><title>T</title>{items}</channel></rss>");
    let check_items = |name: &str, items: &str| check(name, &rss(items), &[A, B]);
    check_items("sound", items);
    check_items("bare ampersand", &items.replace("&amp;", "&"));
    check_items("unclosed titles", &items.replace("</title>", ""));
    check_items("unclosed descriptions", &items.replace("</description>", ""));
    check_items("unclosed items", &items.replace("</item>", ""));
    check_items("crossed tags", &items.replace("</title><link>", "<link>").replace("</link>", "</title></link>"));
    check_items("upper case", &items.replace("item>", "ITEM>").replace("title>", "Title>"));
    check_items("an unknown element is never closed", &items.replace("<link>", "<br><link>"));
    check_items("an unknown element with items' names", &items.replace("<link>", "<x:y><title>no</title></x:y><link>"));
    check_items("a stray end tag", &items.replace("<link>", "</b><link>"));
    check_items("a tag without its end", &items.replace("<title>", "<title "));
    check_items("controls", &items.replace("first", "\u{1}fi\u{0}rst&#0;&#x1f;"));
    check_items("comments", &items.replace("<link>", "<!-- <item><title>x</title> --><link>"));
    check_items("references of HTML", &items.replace("&amp;", "&#38;").replace("first", "first&nbsp;&hellip;&bogus;"));
    check_items("an inner quote is never closed", &items.replace("first", "<a href=\"x>first</a>"));
    check_items("processing instructions", &items.replace("<link>", "<?php echo 1 ?><link>"));
    let whole = rss(items);
    for (name, damaged) in [
        ("junk before", format!("\n\n<br />\n<b>Warning</b>: x in <b>y.php</b><br />\n<?xml version=\"1.0\"?>{whole}")),
        ("a brace before", format!("{{{whole}")),
        ("junk behind", format!("{whole}<script>x</script> & more <")),
        ("two declarations", format!("<?xml version=\"1.0\"?><?xml version=\"1.0\" encoding=\"utf-16\"?>{whole}")),
        ("no version", whole.replace(" version=\"2.0\"", "")),
        ("an odd version", whole.replace("2.0", "2.01-beta")),
        ("no rss", whole.replace("<rss version=\"2.0\">", "").replace("</rss>", "")),
        ("a namespace of its own", whole.replace("<rss ", "<rss xmlns=\"urn:x\" ")),
        (
            "a prefix",
            whole
                .replace("</", "</r:")
                .replace('<', "<r:")
                .replace("<r:/r:", "</r:")
                .replace("r:rss ", "r:rss xmlns:r=\"urn:x\" "),
        ),
        ("items outside", whole.replace("</channel>", "").replace("<item><title>A", "</channel><item><title>A")),
        ("a document type", format!("<!DOCTYPE rss [<!ENTITY a \"&b;&b;\"><!ENTITY b \"x>\">]>{whole}")),
        ("the end is missing", whole.replace("</description></item></channel></rss>", "")),
        ("the end tag is cut", whole.replace("</description></item></channel></rss>", "</descr")),
    ] {
        check(name, &damaged, &[A, B]);
    }
}

#[test]
fn every_format_is_read() {
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title>\
        <entry><title type=\"html\">A &amp;amp; B</title><link href=\"https://a.example/1\"/><id>1</id><content>first</content></entry>\
        <entry><title>Second</title><link href=\"https://a.example/2\"/><id>2</id><summary>second</summary></entry></feed>";
    check("Atom", atom, &[A, B]);
    check("Atom in http", &atom.replace("http://www.w3.org/2005/Atom", "https://w3.org/2005/atom/"), &[A, B]);
    check("Atom without a namespace", &atom.replace(" xmlns=\"http://www.w3.org/2005/Atom\"", ""), &[A, B]);
    let old = atom
        .replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
        .replace("type=\"html\"", "type=\"text/html\" mode=\"escaped\"");
    check("Atom 0.3", &old, &[A, B]);
    check(
        "Atom 0.3 in base64",
        &old.replace(">first<", " type=\"text/html\" mode=\"base64\">PGI+Zmlyc3Q8L2I+<"),
        &[A, B],
    );
    let div =
        "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>the <i/>first</p></div></content>";
    check("Atom with XHTML", &atom.replace("<content>first</content>", div), &[A, B]);
    let prefixed =
        "<content type=\"xhtml\"><h:div xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:p>first</h:p></h:div></content>";
    check("Atom with prefixed XHTML", &atom.replace("<content>first</content>", prefixed), &[A, B]);
    let rdf = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"NAMESPACE\"><channel rdf:about=\"x\"><title>T</title>\
        <items><rdf:Seq><rdf:li resource=\"https://a.example/1\"/></rdf:Seq></items></channel>\
        <item rdf:about=\"https://a.example/1\"><title>A &amp; B</title><link>https://a.example/1</link><description>first</description></item>\
        <item><title>Second</title><link>https://a.example/2</link><description>second</description></item></rdf:RDF>";
    check("RSS 1.0", &rdf.replace("NAMESPACE", "http://purl.org/rss/1.0/"), &[A, B]);
    check("RSS 0.90", &rdf.replace("NAMESPACE", "http://my.netscape.com/rdf/simple/0.9/"), &[A, B]);
    let cdf = "<?XML VERSION=\"1.0\"?><CHANNEL HREF=\"https://a.example/\"><TITLE>T</TITLE>\
        <ITEM HREF=\"https://a.example/1\"><TITLE>A &amp; B</TITLE><ABSTRACT>first</ABSTRACT></ITEM>\
        <ITEM HREF=\"https://a.example/2\"><TITLE>Second</TITLE><ABSTRACT>second</ABSTRACT></ITEM></CHANNEL>";
    check("CDF", cdf, &[A, B]);
    let rss11 = "<Channel xmlns=\"http://purl.org/net/rss1.1#\" xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><title>T</title>\
        <items rdf:parseType=\"Collection\"><item><title>A &amp; B</title><link>https://a.example/1</link><description>first</description></item>\
        <item><title>Second</title><link>https://a.example/2</link><description>second</description></item></items></Channel>";
    check("RSS 1.1", rss11, &[A, B]);
    let json = r#"{"version": "http://jsonfeed.org/version/1", "items": [
        {"id": 1, "title": "A & B", "url": "https://a.example/1", "content_text": "first"},
        {"id": "2", "title": "Second", "url": "https://a.example/2", "content_html": "<p>second</p>", "tags": "x"}]}"#;
    check("JSON Feed", json, &[A, B]);
    check("JSON Feed with a mark before it", &format!("\u{feff}{json}"), &[A, B]);
}

#[test]
fn one_item_is_never_two() {
    let check = |item: &str| {
        let body = format!("<rss version=\"2.0\"><channel><title>T</title><item>{item}</item></channel></rss>");
        let (parsed, _) = parsed(body.as_bytes()).expect("it is a feed");
        assert_eq!(parsed.items.len(), 1, "{item}");
    };
    check("<title>a</title><sx:sync><sx:conflicts><item><title>b</title></item></sx:conflicts></sx:sync>");
    check("<title>a</title><description><item>b</item></description>");
    check("<title>a</title><description><![CDATA[<item><title>b</title></item>]]></description>");
    check("<title>a</title><description>&lt;item&gt;b&lt;/item&gt;</description>");
    check("<title>a</title><!-- </item><item> -->");
}

#[test]
fn nothing_leaks_out_of_an_item_or_into_it() {
    let rss = |item: &str| {
        format!(
            "<rss version='2.0' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:media='http://www.rssboard.org/media-rss'
              xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:content='http://purl.org/rss/1.0/modules/content/'
              xmlns:atom='http://www.w3.org/2005/Atom' xmlns:dc='http://purl.org/dc/elements/1.1/'>
              <channel><title>T</title><item>{item}</item></channel></rss>"
        )
    };
    let one = |item: &str| {
        let (parsed, _) = parsed(rss(item).as_bytes()).expect("it is a feed");
        assert_eq!((parsed.items.len(), parsed.id.as_deref()), (1, None), "{item}");
        let (feed, _) = cleaned(&rss(item));
        feed.entries.into_iter().next().expect("it has an entry")
    };
    let entry = one("<title>1</title><rdf:RDF><x:Work/></rdf:RDF><link>https://a.example/1</link><guid>g1</guid>");
    assert_eq!((entry.link.as_deref(), entry.declared_id.as_deref()), (Some("https://a.example/1"), Some("g1")));
    let entry = one("<title>1</title><channel>News</channel><guid>g1</guid>");
    assert_eq!((entry.title.as_str(), entry.declared_id.as_deref()), ("1", Some("g1")));
    let gravatar =
        "<media:content url='https://g.example/a' medium='image'><media:title>jdoe</media:title></media:content>";
    let entry = one(&format!("<title></title><description>Hello</description>{gravatar}"));
    assert_eq!((entry.title.as_str(), entry.details.enclosures.len()), ("Hello", 0));
    let entry = one(
        "<content:encoded><![CDATA[]]></content:encoded><itunes:subtitle>Short</itunes:subtitle><itunes:summary>Real notes</itunes:summary>",
    );
    assert!(entry.content.contains("Real notes"), "{entry:?}");
    let entry = one("<title>1</title><link>https://a.example/?a=1&copy=2&reg=us</link><guid>k&para=7</guid>");
    assert_eq!(entry.link.as_deref(), Some("https://a.example/?a=1&copy=2&reg=us"));
    assert_eq!(entry.declared_id.as_deref(), Some("k&para=7"));
    for (title, wanted) in [
        ("if a<b then c", "if a<b then c"),
        ("x <y and z", "x <y and z"),
        ("write <foo@bar.example> now", "write <foo@bar.example> now"),
    ] {
        assert_eq!(one(&format!("<title>{title}</title>")).title, wanted);
    }
    let entry = one("<author>jane@x.example</author><dc:creator>Jane Real</dc:creator><title>1</title>");
    assert_eq!(entry.details.authors[0].name, "Jane Real");
    let entry = one(
        "<atom:link href='https://a.example/api'/><link>https://a.example/own</link><atom:summary>other</atom:summary><description>own</description><title>1</title>",
    );
    assert!(entry.link.as_deref() == Some("https://a.example/own") && entry.content.contains("own"), "{entry:?}");
    let split = "<description><![CDATA[a <item><description><![CDATA[b]]]]><![CDATA[></description></item><item><![CDATA[c]]]]><![CDATA[></item> end]]></description><link>https://a.example/2</link>";
    assert_eq!(one(split).link.as_deref(), Some("https://a.example/2"));
    let offers = "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>T</title><entry><title>E</title><content type='multipart/alternative'>\
        <content type='text/plain'>Plain</content><content type='text/html' mode='escaped'>&lt;p&gt;Html&lt;/p&gt;</content></content></entry></feed>";
    let (feed, _) = cleaned(offers);
    assert_eq!(feed.entries[0].content, "<p>Html</p>");
}

#[test]
fn what_goes_beside_the_parser_reaches_the_entry() {
    let (feed, problems) = cleaned(
        "<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:media='http://search.yahoo.com/mrss/'
          xmlns:thr='http://purl.org/syndication/thread/1.0' xmlns:slash='http://purl.org/rss/1.0/modules/slash/'
          xmlns:georss='http://www.georss.org/georss' xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'
          xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'
          xmlns:atom='http://www.w3.org/2005/Atom'><channel xml:lang='de'><title>T</title>
          <atom:link rel='hub' href='https://hub.example/'/><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
          <skipHours><hour>3</hour><hour>99</hour></skipHours><skipDays><day>Sunday</day></skipDays>
          <item xml:lang='fr' xml:base='https://base.example/x/'><title>E</title><guid>urn:1</guid><link>one</link>
           <description>&lt;a href='y'&gt;z&lt;/a&gt;</description>
           <dc:creator>Ann</dc:creator><dc:subject>s</dc:subject><dcterms:issued>2026-01-02T03:04:05Z</dcterms:issued>
           <itunes:duration>1:02:03</itunes:duration><itunes:image href='https://i.example/c.jpg'/><itunes:keywords>k, l</itunes:keywords>
           <itunes:episode>7</itunes:episode><itunes:season>2</itunes:season><itunes:episodeType>bonus</itunes:episodeType>
           <media:group><media:thumbnail url='https://i.example/t.jpg' width='120'/></media:group>
           <media:content url='https://i.example/v.mp4' type='video/mp4' fileSize='9'/>
           <thr:in-reply-to ref='urn:0' href='https://a.example/0'/><slash:comments>12</slash:comments>
           <georss:point>45.256 -71.92</georss:point><feedburner:origLink>https://a.example/real</feedburner:origLink>
           <source url='https://o.example/rss'>Origin</source></item></channel></rss>",
    );
    assert!(problems.is_empty(), "{problems:?}");
    let entry = &feed.entries[0];
    let details = &entry.details;
    assert_eq!(entry.link.as_deref(), Some("https://base.example/x/one"));
    assert!(entry.content.contains("https://base.example/x/y"), "{}", entry.content);
    assert_eq!(entry.published.map(Timestamp::to_rfc3339).as_deref(), Some("2026-01-02T03:04:05Z"));
    assert_eq!((details.authors[0].name.as_str(), details.language.as_deref()), ("Ann", Some("fr")));
    let terms: Vec<&str> = details.categories.iter().map(|category| category.term.as_str()).collect();
    assert_eq!(terms, ["s", "k", "l"]);
    let media = details.media.as_ref().expect("it has media");
    assert_eq!((media.duration, media.episode, media.season), (Some(3_723), Some(7), Some(2)));
    assert_eq!(
        (media.image.as_deref(), media.episode_type.as_deref()),
        (Some("https://i.example/c.jpg"), Some("bonus"))
    );
    assert_eq!((media.thumbnails[0].url.as_str(), media.thumbnails[0].width), ("https://i.example/t.jpg", Some(120)));
    assert_eq!(
        (details.enclosures[0].url.as_str(), details.enclosures[0].length),
        ("https://i.example/v.mp4", Some(9))
    );
    assert_eq!(details.in_reply_to[0].id.as_deref(), Some("urn:0"));
    assert_eq!((details.comments, details.place.as_deref()), (Some(12), Some("45.256 -71.92")));
    assert_eq!(details.original_link.as_deref(), Some("https://a.example/real"));
    assert_eq!(details.origin.as_ref().and_then(|origin| origin.title.as_deref()), Some("Origin"));
    let (parsed, _) = parsed(b"<rss version='2.0'><channel><title>T</title><ttl>60</ttl><cloud domain='c.example' port='80' path='/RPC'/></channel></rss>").expect("it is a feed");
    assert_eq!(parsed.freshness.map(|span| span.as_secs()), Some(3_600));
    assert_eq!(parsed.cloud.as_deref(), Some("c.example:80/RPC"));
    let check = |protocol: &str, port: &str, wanted: &str| {
        let cloud = format!("<cloud domain='c.example' port='{port}' path='/n' protocol='{protocol}'/>");
        let document = format!("<rss version='2.0'><channel><title>T</title>{cloud}</channel></rss>");
        let (feed, _) = self::parsed(document.as_bytes()).expect("it is a feed");
        assert_eq!(feed.cloud.as_deref(), Some(wanted), "{protocol} {port}");
    };
    check("http-post", "5337", "http://c.example:5337/n");
    check("HTTP-POST", "443", "https://c.example:443/n");
    check("https-post", "444", "https://c.example:444/n");
    check("xml-rpc", "80", "c.example:80/n");
}

#[test]
fn absurd_documents_cost_bounded_time() {
    let rss = |inside: &str| format!("<rss version='2.0'><channel><title>T</title>{inside}</channel></rss>");
    let entries = |body: &str| parsed(body.as_bytes()).map(|(feed, _)| feed.items.len());
    let item = "<item><title>a</title></item>";
    for (name, body, wanted) in [
        (
            "a text of 10 MiB",
            rss(&format!("<item><title>a</title><description>{}</description></item>", "x".repeat(10 << 20))),
            1,
        ),
        ("200,000 items", rss(&item.repeat(200_000)), 5_000),
        ("60,000 levels", rss(&format!("{}{item}", "<a>".repeat(60_000))), 1),
        ("60,000 levels, closed", rss(&format!("{}{}{item}", "<a>".repeat(60_000), "</a>".repeat(60_000))), 1),
        ("60,000 media groups", rss(&format!("<item>{}<title>a</title></item>", "<media:group>".repeat(60_000))), 1),
        ("200,000 attributes", rss(&format!("<item><title {}>a</title></item>", "a='b' ".repeat(200_000))), 1),
        ("titles that are never closed", rss(&format!("<item>{}</item>", "<title>a".repeat(200_000))), 1),
        ("items in items", rss(&"<item>".repeat(100_000)), 0),
        ("half a comment", rss(&format!("{item}{}", "<!-".repeat(300_000))), 1),
        ("declarations without end", rss(&format!("{item}{}", "<!a[".repeat(200_000))), 1),
        ("empty items", rss(&"<item/>".repeat(300_000)), 0),
        ("items that end otherwise", rss(&"<item><title>a</Item>".repeat(200_000)), 5_000),
        ("stray sections", rss(&format!("{item}{}]]>", "<![CDATA[a</item>".repeat(100_000))), 1),
        ("instructions without end", rss(&format!("{item}{}", "<?".repeat(1_000_000))), 1),
        ("declarations of one letter", rss(&format!("{item}{}", "<!a".repeat(500_000))), 1),
        (
            "images of many parts",
            rss(&format!("{item}{}", format!("<image>{}</image>", "<x>".repeat(1_300)).repeat(500))),
            1,
        ),
        (
            "a title of many tags",
            rss(&format!("<item><title>{}</title></item>", "&lt;b&gt;x&lt;/b&gt;".repeat(200_000))),
            1,
        ),
        ("references without end", rss(&format!("<item><title>{}</title></item>", "&a".repeat(500_000))), 1),
    ] {
        let began = std::time::Instant::now();
        assert_eq!(entries(&body), Some(wanted), "{name}");
        assert!(began.elapsed().as_secs() < 60, "{name} took {:?}", began.elapsed());
    }
    let deep = format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": {}", "[".repeat(1_000_000));
    assert_eq!(entries(&deep), None);
}

/// Sound feeds of some entries, in some formats.
fn sound(entries: usize, format: u8) -> String {
    let mut text = match format {
        0 => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\n<channel>\n<title>A feed</title>\n<link>https://a.example/</link>\n",
        1 => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">\n<channel>\n<title>A feed</title>\n<link>https://a.example/</link>\n",
        _ => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>A feed</title>\n<id>urn:f</id>\n",
    }
    .to_owned();
    for entry in 0..entries {
        let html = format!("<p>The text of number {entry} has <b>words</b> and a <a href=\"/{entry}\">link</a>.</p>");
        let escaped = html.replace('<', "&lt;").replace('>', "&gt;");
        text.push_str(&match format {
            0 => format!(
                "<item>\n<title>Title {entry}</title>\n<link>https://a.example/{entry}</link>\n<guid>https://a.example/{entry}</guid>\n\
                 <pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate>\n<content:encoded><![CDATA[{html}]]></content:encoded>\n</item>\n"
            ),
            1 => format!(
                "<item>\n<title>Title {entry}</title>\n<link>https://a.example/{entry}</link>\n<guid isPermaLink=\"false\">{entry}</guid>\n\
                 <category>c</category>\n<description>{escaped}</description>\n</item>\n"
            ),
            _ => format!(
                "<entry>\n<title>Title {entry}</title>\n<link href=\"https://a.example/{entry}\"/>\n<id>urn:{entry}</id>\n\
                 <updated>2026-11-20T10:00:00Z</updated>\n<author><name>Ann</name></author>\n<content type=\"html\">{escaped}</content>\n</entry>\n"
            ),
        });
    }
    text + if format < 2 { "</channel>\n</rss>\n" } else { "</feed>\n" }
}

/// A generator whose damage is the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

const TOKENS: [&str; 14] =
    ["<", ">", "&", "\"", "'", "</", "/>", "<b>", "</b>", "<br>", "<![CDATA[", "]]>", "<!--", "&nbsp;"];

/// The kinds of damage that happen to documents.
const KINDS: [&str; 6] = [
    "truncated",
    "a byte changed",
    "5 bytes changed",
    "a token inserted",
    "5 tokens inserted",
    "1 to 50 bytes deleted",
];

fn damaged(body: &[u8], kind: usize, dice: &mut Dice) -> Vec<u8> {
    let mut body = body.to_vec();
    match kind {
        0 => body.truncate(dice.below(body.len())),
        1 | 2 => {
            for _ in 0..if kind == 1 { 1 } else { 5 } {
                let at = dice.below(body.len());
                body[at] = u8::try_from(dice.below(256)).unwrap_or(0);
            }
        }
        3 | 4 => {
            for _ in 0..if kind == 3 { 1 } else { 5 } {
                let (at, token) = (dice.below(body.len()), TOKENS[dice.below(TOKENS.len())]);
                body.splice(at..at, token.bytes());
            }
        }
        _ => {
            let (at, length) = (dice.below(body.len()), 1 + dice.below(50));
            body.drain(at..(at + length).min(body.len()));
        }
    }
    body
}

/// Damages documents in each way and counts what is left: for each kind, entries that are left and that there were.
pub fn survival(documents: &[Vec<u8>], rounds: usize) -> [(usize, usize); KINDS.len()] {
    let mut dice = Dice(1);
    let mut counts = [(0, 0); KINDS.len()];
    for document in documents {
        let there = parsed(document).map_or(0, |(feed, _)| feed.items.len());
        for (kind, (left, all)) in counts.iter_mut().enumerate() {
            for _ in 0..rounds {
                let found = parsed(&damaged(document, kind, &mut dice)).map_or(0, |(feed, _)| feed.items.len());
                // One item is never two: more than there were are none.
                *left += found.min(there);
                *all += there;
            }
        }
    }
    counts
}

pub fn tell_survival(what: &str, counts: &[(usize, usize)]) -> Vec<f64> {
    let share = |(left, all): &(usize, usize)| 100.0 * *left as f64 / (*all).max(1) as f64;
    for (kind, count) in KINDS.iter().zip(counts) {
        println!("{what}, {kind}: {:.2} % of entries left", share(count));
    }
    counts.iter().map(share).collect()
}

#[test]
fn damage_by_chance_costs_few_entries() {
    let documents: Vec<Vec<u8>> = (0..3).map(|format| sound(20, format).into_bytes()).collect();
    let shares = tell_survival("made feeds", &survival(&documents, 100));
    for (kind, share) in KINDS.iter().zip(&shares).skip(1) {
        assert!(*share >= 96.0, "{kind}: {share:.2} %");
    }
    assert!(shares[0] >= 45.0, "what came before the cut is there: {:.2} %", shares[0]);
}

#[test]
fn a_sound_feed_is_read_as_feed_rs_alone_reads_it() {
    for format in 0..3 {
        check_against_feed_rs(&sound(10, format));
    }
}

/// What feed-rs alone reads from a sound feed is what we read.
pub fn check_against_feed_rs(body: &str) {
    let parser = feed_rs::parser::Builder::new().base_uri(Some(URL)).sanitize_content(false).build();
    let theirs = parser.parse(body.as_bytes()).expect("it is sound");
    let (ours, problems) = parsed(body.as_bytes()).expect("it is a feed");
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(ours.items.len(), theirs.entries.len());
    let text = |text: &Option<Text>| match text {
        Some(Text::Plain(text) | Text::Html(text) | Text::Unclear(text)) => text.trim().to_owned(),
        None => String::new(),
    };
    for (our, their) in ours.items.iter().zip(&theirs.entries) {
        assert_eq!(our.declared_id.as_deref(), Some(their.id.as_str()));
        assert_eq!(text(&our.title), their.title.as_ref().map(|title| title.content.trim()).unwrap_or_default());
        assert_eq!(our.link.as_deref(), their.links.first().map(|link| link.href.as_str()));
        let published = their.published.or(their.updated).map(|date| date.timestamp());
        assert_eq!(our.published.or(our.updated).map(Timestamp::unix), published);
        let body = their.content.as_ref().and_then(|content| content.body.clone());
        let body = body.or_else(|| their.summary.as_ref().map(|summary| summary.content.clone()));
        assert_eq!(text(&our.content), body.unwrap_or_default().trim());
        assert_eq!(our.categories.len(), their.categories.len());
        assert_eq!(our.authors.len(), their.authors.len());
    }
}

proptest! {
    /// Whatever comes: no panic, and nothing that cannot be published.
    #[test]
    fn any_soup_of_tokens_is_read_or_refused(
        tokens in prop::collection::vec(prop::sample::select(vec![
            "<rss version='2.0'>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<rdf:RDF>", "<channel>", "<item>", "<entry>", "</item>",
            "</entry>", "</channel>", "<title>", "</title>", "<title type='xhtml'>", "<link>", "</link>", "<link href='", "'/>", "<description>",
            "</description>", "<content type='html'>", "<content type=\"", "\">", "</content>", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>",
            "<!DOCTYPE x [", "]>", "&", "&amp;", "&#", "&#x0;", "&#1;", ";", "<", ">", "/", "=", "\"", "'", "é", "\u{0}", "\u{fffe}", " ",
            "<author>", "</author>", "a@b.c", "（", "<source url='x'>", "</source>", "<media:group>", "<media:content url='http://a/'/>",
            "xml:base='", "http://[", "<itunes:duration>", "9999999999999999999999", "<pubDate>", "Fri, 20 Nov 2026", "<x:y xmlns:x='", "text",
        ]), 1..80),
        root in prop::bool::ANY,
    ) {
        let soup = tokens.concat();
        let body = if root { format!("<rss version='2.0'><channel>{soup}") } else { soup };
        if let Some((parsed, _)) = parsed(body.as_bytes()) {
            let (feed, _) = entry::clean(parsed, &Context { base: URL, now: Timestamp::from_unix(NOW), identity: watershed::model::Identity::Auto });
            for entry in &feed.entries {
                let publishable = |text: &str| text.chars().all(|c| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}'));
                prop_assert!(!entry.title.is_empty() && publishable(&entry.title) && publishable(&entry.content), "{body:?}");
            }
        }
    }

    /// Bytes that are no text at all.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), before in prop::sample::select(vec!["", "<rss><channel><item><title>", "{\"items\": ["])) {
        let body = [before.as_bytes(), &bytes].concat();
        let _ = parsed(&body);
    }
}
