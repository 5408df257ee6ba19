//! Every field in every format, archives, answers with only the new entries, and filters.

use super::*;

fn podcast(id: i64) -> StoredEntry {
    let enclosure = |url: &str, length| Enclosure { url: url.to_owned(), media_type: None, length };
    StoredEntry {
        summary: "Less & more".to_owned(),
        link: Some("https://source-1.example/1?utm_source=x&a=b".to_owned()),
        copies: vec![StoryCopy {
            source: SourceId(2),
            link: Some("https://source-2.example/copy".to_owned()),
            title: "The same".to_owned(),
            described: Arc::default(),
        }],
        details: EntryDetails {
            authors: vec![
                Person { name: "One".to_owned(), email: Some("one@a.example".to_owned()), uri: None },
                Person { name: "Two".to_owned(), email: None, uri: Some("https://two.example/".to_owned()) },
            ],
            categories: vec![Category { term: "t&t".to_owned(), scheme: None, label: None }],
            enclosures: vec![
                enclosure("https://a.example/1.mp3", Some(7)),
                enclosure("javascript:alert(1)", Some(1)),
                enclosure("https://a.example/2.mp3", None),
            ],
            language: Some("de".to_owned()),
            rights: Some("(c) One".to_owned()),
            in_reply_to: vec![Reply {
                id: Some("tag:a.example,2026:0".to_owned()),
                href: Some("https://a.example/0".to_owned()),
                ..Reply::default()
            }],
            media: Some(Media {
                duration: Some(3_725),
                image: Some("https://a.example/i.png".to_owned()),
                thumbnails: vec![Thumbnail { url: "https://a.example/t.png".to_owned(), width: Some(3), height: None }],
                season: Some(2),
                episode: Some(5),
                episode_type: Some("full".to_owned()),
                explicit: Some(true),
                rating: Some("nonadult".to_owned()),
                contents: vec![
                    MediaContent {
                        url: "https://a.example/1.mp3".to_owned(),
                        description: Some("A \"talk\" & more".to_owned()),
                        rating: None,
                    },
                    MediaContent {
                        url: "https://a.example/p.png".to_owned(),
                        description: Some("A plate".to_owned()),
                        rating: Some("adult".to_owned()),
                    },
                ],
                transcripts: vec![MediaLink {
                    url: "https://a.example/1.vtt".to_owned(),
                    media_type: Some("text/vtt".to_owned()),
                    language: None,
                }],
                chapters: Some(MediaLink { url: "javascript:alert(1)".to_owned(), ..MediaLink::default() }),
                chapter_list: vec![
                    Chapter { title: "The \"quay\" & more".to_owned(), ..Chapter::default() },
                    Chapter {
                        start: 3_723_045,
                        title: "The crane".to_owned(),
                        href: Some("https://a.example/crane".to_owned()),
                        image: Some("javascript:alert(1)".to_owned()),
                    },
                ],
                people: vec![CastMember {
                    name: "Jane".to_owned(),
                    role: Some("guest".to_owned()),
                    href: Some("javascript:alert(1)".to_owned()),
                    image: None,
                }],
            }),
            place: Some("45.25 -71.5".to_owned()),
            ..EntryDetails::default()
        },
        ..entry(id)
    }
}

#[test]
fn live_feeds_name_the_hub_and_archives_do_not() {
    let hubs = |format: Syndication, hub: Hub, token: Option<&str>, number: Option<u32>| {
        let site = Site { hub, ..site() };
        let spec = OutputSpec { token: token.map(crate::config::Secret::new), ..spec(ContentMode::Full) };
        let written = crate::publish::write(format, &site, &spec, Chain { number, documents: 2 }, &[]);
        let text = String::from_utf8(written.body).expect("it is UTF-8");
        let named = |address: &str| text.matches(address).count();
        (named("https://feeds.example/x/hub\""), named("https://hub.example/\""))
    };
    let outside = || Hub::Outside("https://hub.example/".to_owned());
    for format in [Syndication::Atom, Syndication::Rss, Syndication::Json] {
        assert_eq!(hubs(format, Hub::Own, None, None), (1, 0), "{format:?}");
        assert_eq!(hubs(format, Hub::Own, Some("x"), None), (1, 0), "{format:?}");
        assert_eq!(hubs(format, outside(), None, None), (0, 1), "{format:?}");
        assert_eq!(hubs(format, outside(), Some("x"), None), (0, 0), "{format:?}");
        assert_eq!(hubs(format, Hub::Off, None, None), (0, 0), "{format:?}");
    }
    for format in [Syndication::Atom, Syndication::Json] {
        assert_eq!(hubs(format, Hub::Own, None, Some(1)), (0, 0), "{format:?}");
    }
}

#[test]
fn fields_are_kept_in_atom() {
    let elements = write(ContentMode::Full, &[podcast(1)]);
    let links = attributes(&elements, "feed/entry/link", "href");
    assert_eq!(
        links,
        [
            "https://source-1.example/1?a=b",
            "https://a.example/1.mp3",
            "https://a.example/2.mp3",
            "https://source-2.example/copy"
        ]
    );
    assert_eq!(attributes(&elements, "feed/entry/link", "title"), ["Source 2 \"<b>"]);
    assert_eq!(texts(&elements, "feed/entry/author/name"), ["One", "Two"]);
    assert_eq!(attributes(&elements, "feed/entry/category", "term"), ["t&t", "source-1", "source-2"]);
    assert_eq!(attributes(&elements, "feed/entry/thr:in-reply-to", "ref"), ["tag:a.example,2026:0"]);
    assert_eq!(attributes(&elements, "feed/entry/media:thumbnail", "width"), ["3"]);
    assert_eq!(texts(&elements, "feed/entry/itunes:duration"), ["01:02:05"]);
    assert_eq!(texts(&elements, "feed/entry/itunes:episode"), ["5"]);
    assert_eq!(attributes(&elements, "feed/entry/itunes:image", "href"), ["https://a.example/i.png"]);
    assert_eq!(texts(&elements, "feed/entry/georss:point"), ["45.25 -71.5"]);
    assert_eq!(texts(&elements, "feed/entry/media:content/media:description"), ["A \"talk\" & more", "A plate"]);
    assert_eq!(texts(&elements, "feed/entry/media:content/media:rating"), ["adult"]);
    assert_eq!(attributes(&elements, "feed/entry/media:content", "medium"), ["image"]);
    assert_eq!(texts(&elements, "feed/entry/itunes:explicit"), ["true"]);
    assert_eq!(attributes(&elements, "feed/entry/podcast:transcript", "type"), ["text/vtt"]);
    assert_eq!(attributes(&elements, "feed/entry/psc:chapters/psc:chapter", "start"), ["00:00:00.000", "01:02:03.045"]);
    assert_eq!(attributes(&elements, "feed/entry/psc:chapters/psc:chapter", "href"), ["https://a.example/crane"]);
    assert!(attributes(&elements, "feed/entry/psc:chapters/psc:chapter", "image").is_empty());
    assert!(
        attributes(&elements, "feed/entry/podcast:chapters", "url").is_empty(),
        "an address with a script is left out"
    );
}

#[test]
fn fields_are_kept_in_rss() {
    let elements = parse(&document(Syndication::Rss, &spec(ContentMode::Full), &[podcast(1), entry(2)]).body);
    let item = "rss/channel/item";
    let all = |name: &str| texts(&elements, &format!("{item}/{name}")).join("|");
    for (name, expected) in [
        ("guid", "tag:source.example,2026:1|tag:source.example,2026:2"),
        ("pubDate", "Mon, 23 Nov 2026 23:59:59 GMT|Mon, 23 Nov 2026 23:59:58 GMT"),
        ("link", "https://source-1.example/1?a=b|https://source-1.example/2"),
        ("dc:creator", "One|Two|Source 1 \"&lt;b&gt;"),
        ("category", "t&t|Source 1 \"&lt;b&gt;|Source 2 \"&lt;b&gt;|Source 1 \"&lt;b&gt;"),
        ("description", "Less &amp; more|<p>Text of 2</p>"),
        ("content:encoded", "<p>Text of 1</p>"),
        ("source", "Source 1 \"&lt;b&gt;|Source 1 \"&lt;b&gt;"),
        ("itunes:season", "2"),
        ("dc:language", "de"),
    ] {
        assert_eq!(all(name), expected, "{name}");
    }
    assert_eq!(attributes(&elements, &format!("{item}/enclosure"), "url"), ["https://a.example/1.mp3"]);
    let contents = ["https://a.example/1.mp3", "https://a.example/2.mp3", "https://a.example/p.png"];
    assert_eq!(attributes(&elements, &format!("{item}/media:content"), "url"), contents);
    assert_eq!(all("media:content/media:description"), "A \"talk\" & more|A plate");
    assert_eq!(all("podcast:person"), "Jane");
    let titles = attributes(&elements, &format!("{item}/psc:chapters/psc:chapter"), "title");
    assert_eq!(titles, ["The \"quay\" & more", "The crane"]);
    assert_eq!(attributes(&elements, &format!("{item}/podcast:person"), "role"), ["guest"]);
    assert!(attributes(&elements, &format!("{item}/podcast:person"), "href").is_empty());
    assert_eq!(attributes(&elements, &format!("{item}/atom:link"), "href"), ["https://source-2.example/copy"]);
}

#[test]
fn fields_are_kept_in_json() {
    let body = document(Syndication::Json, &spec(ContentMode::Full), &[podcast(1), hostile(2), entry(3)]).body;
    let feed: serde_json::Value = serde_json::from_slice(&body).expect("it is JSON");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://feeds.example/x/feed.json");
    let item = &feed["items"][0];
    for (pointer, expected) in [
        ("/id", "tag:source.example,2026:1"),
        ("/url", "https://source-1.example/1?a=b"),
        ("/content_html", "<p>Text of 1</p>"),
        ("/summary", "Less & more"),
        ("/image", "https://a.example/i.png"),
        ("/date_published", "2026-11-23T23:59:59Z"),
        ("/authors/0/url", "mailto:one@a.example"),
        ("/authors/1/url", "https://two.example/"),
        ("/tags/0", "t&t"),
        ("/language", "de"),
        ("/attachments/1/url", "https://a.example/2.mp3"),
        ("/_watershed/source/name", "source-1"),
        ("/_watershed/episode_type", "full"),
        ("/_watershed/thumbnails/0", "https://a.example/t.png"),
        ("/_watershed/media/1/description", "A plate"),
        ("/_watershed/transcripts/0/url", "https://a.example/1.vtt"),
        ("/_watershed/people/0/role", "guest"),
        ("/_watershed/chapter_list/1/start", "01:02:03.045"),
        ("/_watershed/also_in/0", "Source 2 \"<b>"),
    ] {
        assert_eq!(item.pointer(pointer).and_then(|value| value.as_str()), Some(expected), "{pointer}");
    }
    assert_eq!(item["attachments"][0]["duration_in_seconds"], 3_725);
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(3));
    let empty = document(Syndication::Json, &spec(ContentMode::Full), &[]).body;
    let empty: serde_json::Value = serde_json::from_slice(&empty).expect("it is JSON without items as well");
    assert_eq!(empty["items"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_summary_in_json_does_not_repeat_the_text() {
    let check = |summary: &str, mode: ContentMode, wanted: [Option<&str>; 3]| {
        let body =
            document(Syndication::Json, &spec(mode), &[StoredEntry { summary: summary.to_owned(), ..entry(1) }]).body;
        let feed: serde_json::Value = serde_json::from_slice(&body).expect("it is JSON");
        let found = ["summary", "content_text", "content_html"].map(|name| feed["items"][0][name].as_str());
        assert_eq!(found, wanted, "{summary:?} {mode:?}");
    };
    let html = Some("<p>Text of 1</p>");
    check("In short", ContentMode::Full, [Some("In short"), None, html]);
    check("Text  of 1", ContentMode::Full, [None, None, html]);
    check("", ContentMode::Full, [None, None, html]);
    check("In short", ContentMode::Summary, [None, Some("In short"), None]);
    check("In short", ContentMode::None, [None, Some(""), None]);
}

#[test]
fn an_item_in_json_without_authors_names_its_source() {
    let body = document(Syndication::Json, &spec(ContentMode::Full), &[podcast(1), entry(2)]).body;
    let feed: serde_json::Value = serde_json::from_slice(&body).expect("it is JSON");
    assert_eq!(feed["items"][0]["authors"][0]["name"], "One");
    assert_eq!(feed["items"][1]["authors"], serde_json::json!([{ "name": "Source 1 \"<b>" }]));
}

#[test]
fn a_feed_without_entries_is_as_old_as_the_store() {
    let spec = spec(ContentMode::Full);
    let atom = parse(&document(Syndication::Atom, &spec, &[]).body);
    assert_eq!(texts(&atom, "feed/updated"), ["2026-11-23T00:00:00+00:00"]);
    let rss = parse(&document(Syndication::Rss, &spec, &[]).body);
    assert_eq!(texts(&rss, "rss/channel/lastBuildDate"), ["Mon, 23 Nov 2026 00:00:00 GMT"]);
}

#[test]
fn every_format_keeps_its_size_and_survives_hostile_entries() {
    for format in [Syndication::Atom, Syndication::Rss, Syndication::Json] {
        let spec = OutputSpec { max_size: 20_000, ..spec(ContentMode::Full) };
        let long = |id: i64| StoredEntry { content: SafeHtml::stored("x".repeat(7_000)), ..entry(id) };
        let document = document(format, &spec, &[hostile(1), long(2), long(3), long(4)]);
        assert_eq!(document.entries.len(), 3, "{format:?}");
        assert!(document.body.len() <= 20_000, "{format:?}");
        if format != Syndication::Json {
            parse(&document.body);
        }
    }
}

#[test]
fn archive_documents_are_linked_both_ways() {
    let spec = OutputSpec { max_size: 20_000, ..spec(ContentMode::Full) };
    let entries: Vec<StoredEntry> =
        (1..=9).map(|id| StoredEntry { content: SafeHtml::stored("x".repeat(7_500)), ..entry(id) }).collect();
    let shown: Vec<Shown> = entries.iter().filter_map(|entry| Shown::of(&site(), &spec, &cards(), entry)).collect();
    for (chain, expected) in [
        (Chain { number: None, documents: 0 }, vec!["self feed", "alternate feed.html"]),
        (Chain { number: None, documents: 3 }, vec!["self feed", "alternate feed.html", "prev-archive 3"]),
        (Chain { number: Some(1), documents: 1 }, vec!["self 1", "alternate feed.html", "current feed"]),
        (
            Chain { number: Some(2), documents: 3 },
            vec!["self 2", "alternate feed.html", "current feed", "prev-archive 1", "next-archive 3"],
        ),
    ] {
        let document = crate::publish::write(Syndication::Atom, &site(), &spec, chain, &shown);
        let elements = parse(&document.body);
        let rel = attributes(&elements, "feed/link", "rel");
        let short = |href: &&str| {
            let name = href.trim_start_matches("https://feeds.example/x/").trim_start_matches("archive/feed/");
            name.trim_end_matches(".atom").to_owned()
        };
        let href: Vec<String> = attributes(&elements, "feed/link", "href").iter().map(short).collect();
        let found: Vec<String> = rel.iter().zip(&href).map(|(rel, href)| format!("{rel} {href}")).collect();
        assert_eq!(found, expected, "{rel:?}");
        assert_eq!(elements.iter().any(|element| element.path == "feed/fh:archive"), chain.number.is_some());
        // An archive document contains all its entries, whatever their size.
        assert_eq!(document.entries.len(), if chain.number.is_some() { 9 } else { 2 });
        assert_eq!(texts(&elements, "feed/id")[0], texts(&parse(&atom(&spec, &[]).body), "feed/id")[0]);
    }
}

#[test]
fn a_client_with_a_known_version_gets_only_the_new_entries() {
    let version = |entries: &[StoredEntry]| {
        let document = atom(&spec(ContentMode::Full), entries);
        let snapshot = Snapshot::new(document.body, "x", "/feed.atom".to_owned(), Timestamp::from_unix(0));
        Published::new(snapshot, None, &document.entries)
    };
    let revised = StoredEntry { title: "Otherwise".to_owned(), ..entry(2) };
    let first = version(&[entry(2), entry(1)]);
    let mut second = version(&[entry(3), entry(2), entry(1)]);
    second.follows(&first);
    let mut third = version(&[entry(4), revised, entry(3), entry(1)]);
    third.follows(&second);
    for (has, expected) in [
        (second.snapshot.etag(), Some(vec!["Entry 4", "Otherwise"])),
        (first.snapshot.etag(), Some(vec!["Entry 4", "Otherwise", "Entry 3"])),
        ("W/\"other\"", None),
    ] {
        let news = third.since(false, |etag| etag == has).map(|body| parse(&body));
        let titles = news.as_ref().map(|elements| texts(elements, "feed/entry/title"));
        assert_eq!(titles, expected, "{has}");
    }
}

#[test]
fn the_date_of_a_document_moves_only_with_its_bytes() {
    let version = |body: &str, at: i64| {
        let snapshot = Snapshot::new(body.as_bytes().to_vec(), "x", "/feed.atom".to_owned(), Timestamp::from_unix(at));
        Published::new(snapshot, None, &[])
    };
    let check = |body: &str, at: i64, wanted: i64, later: Option<i64>| {
        let mut next = version(body, at);
        let found = next.follows(&version("a", 100));
        assert_eq!(next.snapshot.last_modified().unix(), wanted, "{body} {at}");
        assert_eq!(found.map(Timestamp::unix), later, "{body} {at}");
    };
    check("a", 200, 100, None);
    check("a", 50, 100, None);
    check("b", 200, 200, None);
    check("b", 100, 101, Some(101));
    check("b", 50, 101, Some(101));
}

#[test]
fn filters() {
    let rule = |keep: bool, field, test| FilterRule { keep, field, test };
    let is = |text: &str| TextTest::Is(text.to_owned());
    let contains = |text: &str| TextTest::Contains(text.to_owned());
    let matches = |text: &str| TextTest::Matches(text.to_owned());
    let all = TextTest::All;
    use FilterField::{Any, Author, Category, Content, Link, Title};
    for (rules, kept) in [
        (vec![], true),
        (vec![rule(false, Title, is("ENTRY 1"))], false),
        (vec![rule(false, Title, is("entry"))], true),
        (vec![rule(false, Title, contains("TRY"))], false),
        (vec![rule(false, Title, matches("^entry"))], true),
        (vec![rule(false, Title, matches("(?i)^entry \\d$"))], false),
        (vec![rule(false, Content, is("Text of 1"))], false),
        (vec![rule(false, Content, contains("<p>"))], true),
        (vec![rule(false, Content, contains("less &"))], false),
        (vec![rule(false, Author, is("two"))], false),
        (vec![rule(false, Author, is("one@a.example"))], false),
        (vec![rule(false, Category, is("T&T"))], false),
        (vec![rule(false, Link, contains("source-1.example"))], false),
        (vec![rule(false, Any, contains("text of"))], false),
        (vec![rule(false, Any, contains("nowhere"))], true),
        // With a `keep` rule, an entry that no rule fits is dropped.
        (vec![rule(true, Title, is("other"))], false),
        (vec![rule(true, Title, is("entry 1"))], true),
        (vec![rule(false, Title, contains("other")), rule(true, Category, is("t&t"))], true),
        // Joined tests must all fit.
        (vec![rule(false, Any, all(vec![(Title, contains("entry")), (Category, is("t&t"))]))], false),
        (vec![rule(false, Any, all(vec![(Title, contains("entry")), (Category, is("other"))]))], true),
        (vec![rule(true, Any, all(vec![(Title, matches("^Entry|^ENTRY|^entry")), (Title, is("nothing"))]))], false),
        // The first rule that fits decides.
        (vec![rule(false, Title, contains("entry")), rule(true, Title, contains("entry"))], false),
        (vec![rule(true, Title, contains("entry")), rule(false, Title, contains("entry"))], true),
    ] {
        let entry = podcast(1);
        assert_eq!(Filter::new(&rules).judge(&Texts::of_entry(&entry)).kept, kept, "{rules:?}");
    }
}

#[test]
fn markup_in_texts_stays_text_where_readers_take_it_for_html() {
    for (title, in_title, in_description) in [
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;", "&lt;script&gt;x&lt;/script&gt;"),
        ("a <img src=x & b", "a &lt;img src=x &amp; b", "a &lt;img src=x &amp; b"),
        ("the &lt; sign", "the &amp;lt; sign", "the &amp;lt; sign"),
        // A title that no reader mistakes for markup is written unchanged; a description is always HTML.
        ("1 < 2 & more", "1 < 2 & more", "1 &lt; 2 &amp; more"),
    ] {
        let spec = OutputSpec { title: title.to_owned(), ..spec(ContentMode::Full) };
        let marked = StoredEntry { title: title.to_owned(), ..entry(1) };
        let elements = parse(&document(Syndication::Rss, &spec, &[marked]).body);
        assert_eq!(texts(&elements, "rss/channel/title"), [in_title]);
        assert_eq!(texts(&elements, "rss/channel/description"), [in_description]);
        assert_eq!(texts(&elements, "rss/channel/item/title"), [in_title]);
    }
}
