//! The metadata of a feed, and the addresses in a feed with a token, in every format.

use super::*;
use crate::config::Secret;

fn said() -> OutputSpec {
    let some = |text: &str| Some(text.to_owned());
    let about = About {
        subtitle: some("Near & <far>\0"),
        description: some("Longer\nand longer"),
        author: some("Them"),
        icon: some("https://feeds.example/i.png"),
        logo: some("https://feeds.example/l.png"),
        language: some("de"),
        rights: some("CC BY 4.0"),
        explicit: Some(true),
        itunes_category: some("Society & Culture > Documentary"),
        ..About::default()
    };
    OutputSpec { about, ..spec(ContentMode::Full) }
}

fn json(spec: &OutputSpec, chain: Chain) -> serde_json::Value {
    let body = crate::publish::write(Syndication::Json, &site(), spec, chain, &[]).body;
    serde_json::from_slice(&body).expect("it is JSON")
}

#[test]
fn atom_says_it() {
    let elements = parse(&atom(&said(), &[entry(1)]).body);
    for (path, wanted) in [
        ("feed/subtitle", "Near &amp; &lt;far&gt;"),
        ("feed/author/name", "Them"),
        ("feed/icon", "https://feeds.example/i.png"),
        ("feed/logo", "https://feeds.example/l.png"),
        ("feed/rights", "CC BY 4.0"),
        ("feed/itunes:explicit", "true"),
        // The entry keeps its own author.
        ("feed/entry/author/name", "Source 1 \"<b>"),
    ] {
        assert_eq!(texts(&elements, path), [wanted], "{path}");
    }
    assert_eq!(attributes(&elements, "feed", "xml:lang"), ["de"]);
    assert_eq!(attributes(&elements, "feed/itunes:image", "href"), ["https://feeds.example/l.png"]);
    assert_eq!(attributes(&elements, "feed/itunes:category", "text"), ["Society & Culture"]);
    assert_eq!(attributes(&elements, "feed/itunes:category/itunes:category", "text"), ["Documentary"]);
}

#[test]
fn rss_says_it() {
    let elements = parse(&document(Syndication::Rss, &said(), &[]).body);
    for (name, wanted) in [
        ("description", "Longer and longer"),
        ("language", "de"),
        ("copyright", "CC BY 4.0"),
        ("image/url", "https://feeds.example/l.png"),
        ("image/title", "All & sundry"),
        ("image/link", "https://feeds.example/x/feed.html"),
        ("dc:creator", "Them"),
        ("itunes:author", "Them"),
        ("itunes:explicit", "true"),
    ] {
        assert_eq!(texts(&elements, &format!("rss/channel/{name}")), [wanted], "{name}");
    }
}

#[test]
fn json_feed_says_it() {
    let feed = json(&said(), Chain::default());
    for (pointer, wanted) in [
        ("/description", "Longer and longer"),
        ("/icon", "https://feeds.example/l.png"),
        ("/favicon", "https://feeds.example/i.png"),
        ("/authors/0/name", "Them"),
        ("/language", "de"),
        ("/_watershed/subtitle", "Near & <far>"),
        ("/_watershed/rights", "CC BY 4.0"),
        ("/_watershed/itunes_category", "Society & Culture > Documentary"),
    ] {
        assert_eq!(feed.pointer(pointer).and_then(serde_json::Value::as_str), Some(wanted), "{pointer}");
    }
    assert_eq!(feed["_watershed"]["explicit"], true);
}

#[test]
fn one_of_subtitle_and_description_stands_for_the_other() {
    let of = |subtitle: Option<&str>, description: Option<&str>| {
        let (subtitle, description) = (subtitle.map(str::to_owned), description.map(str::to_owned));
        let spec = OutputSpec { about: About { subtitle, description, ..About::default() }, ..spec(ContentMode::Full) };
        let atom = parse(&atom(&spec, &[]).body);
        let rss = parse(&document(Syndication::Rss, &spec, &[]).body);
        let json = json(&spec, Chain::default());
        let text =
            |elements: &[Element], path: &str| texts(elements, path).first().copied().unwrap_or_default().to_owned();
        let subtitle = json["_watershed"]["subtitle"].as_str().unwrap_or_default().to_owned();
        let description = json["description"].as_str().unwrap_or_default().to_owned();
        [text(&atom, "feed/subtitle"), text(&rss, "rss/channel/description"), description, subtitle]
    };
    assert_eq!(of(Some("short"), Some("long")), ["short", "long", "long", "short"]);
    assert_eq!(of(Some("short"), None), ["short", "short", "short", ""]);
    assert_eq!(of(None, Some("long")), ["long", "long", "long", ""]);
    // The description of an RSS channel is HTML.
    assert_eq!(of(None, None), ["", "All &amp; sundry", "", ""]);
}

#[test]
fn what_a_feed_says_of_itself_moves_neither_ids_nor_dates() {
    for format in [Syndication::Atom, Syndication::Rss, Syndication::Json] {
        let entries = |spec: &OutputSpec| {
            let document = document(format, spec, &[entry(1), entry(2)]);
            let bytes = document.entries.iter().map(|range| document.body[range.clone()].to_vec()).collect::<Vec<_>>();
            (document.body.len(), bytes)
        };
        let (plain, said) = (entries(&spec(ContentMode::Full)), entries(&said()));
        assert!(plain.0 < said.0, "{format:?}");
        assert_eq!(plain.1, said.1, "{format:?}");
    }
    let of = |spec: &OutputSpec, path: &str| texts(&parse(&atom(spec, &[entry(1)]).body), path)[0].to_owned();
    for path in ["feed/id", "feed/updated"] {
        assert_eq!(of(&spec(ContentMode::Full), path), of(&said(), path), "{path}");
    }
}

#[test]
fn the_id_stands_where_it_is_looked_for_whatever_a_feed_says() {
    // `poll::own` looks for it in the first 64 KiB of a document.
    const LOOKED_AT: usize = 64 * 1024;
    let spec = OutputSpec {
        about: About { description: Some("&amp;".repeat(800) + &"&".repeat(3_200)), ..said().about },
        ..spec(ContentMode::Full)
    };
    let id = crate::publish::feed_id(&site().store_id, "/feed.atom");
    for format in [Syndication::Atom, Syndication::Rss, Syndication::Json] {
        let text = String::from_utf8(document(format, &spec, &[]).body).expect("the document is UTF-8");
        assert!(text.find(&id).is_some_and(|at| at + id.len() < LOOKED_AT), "{format:?}");
    }
}

#[test]
fn json_feed_pages_back_through_the_archives() {
    let next = |number: Option<u32>, documents: u32| {
        let feed = json(&spec(ContentMode::Full), Chain { number, documents });
        assert_eq!(feed["feed_url"], "https://feeds.example/x/feed.json");
        feed["next_url"].as_str().map(str::to_owned)
    };
    let page = |number: u32| Some(format!("https://feeds.example/x/archive/feed/{number}.json"));
    assert_eq!(next(None, 0), None);
    assert_eq!(next(None, 3), page(3));
    assert_eq!(next(Some(3), 3), page(2));
    assert_eq!(next(Some(1), 3), None);
}

#[test]
fn only_the_document_for_readers_with_the_token_in_the_address_holds_it() {
    let spec = OutputSpec { token: Some(Secret::new("a b+c")), ..spec(ContentMode::Full) };
    let entries = [entry(1), entry(2)];
    let shown: Vec<Shown> = entries.iter().filter_map(|entry| Shown::of(&site(), &spec, &cards(), entry)).collect();
    for format in [Syndication::Atom, Syndication::Rss, Syndication::Json] {
        let chain = Chain { number: None, documents: 2 };
        let document = crate::publish::write(format, &site(), &spec, chain, &shown);
        let keyed = document.keyed.clone().expect("the output has a token");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the document is UTF-8");
        let token = "?token=a%20b%2Bc";
        assert!(!text(&document.body).contains("token"), "{format:?}");
        assert_eq!(text(&keyed).replace(token, ""), text(&document.body), "{format:?}");
        let own = text(&keyed).replace("https://feeds.example/x/hub", "").matches("https://feeds.example/x/").count();
        assert_eq!(text(&keyed).matches(token).count(), own, "{format:?}: every address of the output");
        if format == Syndication::Json {
            // JSON Feed has no answers with only the new entries.
            continue;
        }
        // An answer with only the new entries has the links of the reader as well.
        let version = |entries: &[std::ops::Range<usize>], body: &[u8]| {
            let snapshot = Snapshot::new(body.to_vec(), "x", "/feed.atom".to_owned(), Timestamp::from_unix(0));
            Published::new(snapshot, None, entries)
        };
        let mut published = version(&document.entries, &document.body).with_keyed(Some(keyed.clone()));
        published.follows(&version(&[], b"older"));
        let older = version(&[], b"older");
        let news = |keyed: bool| published.since(keyed, |etag| etag == older.snapshot.etag()).expect("it is known");
        assert_eq!((news(true), news(false)), (keyed, document.body.clone()), "{format:?}");
        assert_eq!(published.for_reader(true).etag(), published.for_reader(false).etag());
    }
    let open = crate::publish::write(Syndication::Atom, &site(), &said(), Chain::default(), &shown);
    assert_eq!(open.keyed, None);
}

fn show() -> Show {
    Show {
        image: Some("https://show.example/art.jpg".to_owned()),
        author: Some("Ann & Ben".to_owned()),
        owner: Some(Person { name: "Ann".to_owned(), email: Some("ann@show.example".to_owned()), uri: None }),
        subtitle: Some("In short".to_owned()),
        explicit: Some(false),
        categories: vec!["Society & Culture > Documentary".to_owned(), "Arts".to_owned()],
        kind: Some("serial".to_owned()),
    }
}

#[test]
fn the_feed_of_a_podcast_is_a_podcast() {
    let described = FeedMeta {
        subtitle: Some("Of harbours".to_owned()),
        language: Some("en".to_owned()),
        show: Some(show()),
        ..FeedMeta::default()
    };
    let of_source = |described: &FeedMeta| OutputSpec {
        kind: OutputKind::Source("show".to_owned()),
        about: About::of_source(described),
        ..spec(ContentMode::Full)
    };
    let spec = of_source(&described);
    let elements = parse(&document(Syndication::Rss, &spec, &[]).body);
    for (name, wanted) in [
        ("description", "Of harbours"),
        ("language", "en"),
        ("itunes:author", "Ann & Ben"),
        ("itunes:subtitle", "In short"),
        ("itunes:explicit", "false"),
        ("itunes:type", "serial"),
        ("itunes:owner/itunes:name", "Ann"),
        ("itunes:owner/itunes:email", "ann@show.example"),
        ("image/url", "https://show.example/art.jpg"),
    ] {
        assert_eq!(texts(&elements, &format!("rss/channel/{name}")), [wanted], "{name}");
    }
    let categories = attributes(&elements, "rss/channel/itunes:category", "text");
    assert_eq!(categories, ["Society & Culture", "Arts"]);
    let atom = parse(&atom(&spec, &[]).body);
    assert_eq!(attributes(&atom, "feed/itunes:image", "href"), ["https://show.example/art.jpg"]);
    assert_eq!(texts(&atom, "feed/itunes:type"), ["serial"]);
    // Sources that are not podcasts say no more than before.
    assert_eq!(About::of_source(&FeedMeta { show: None, ..described }), About::default());
}

#[test]
fn the_enclosure_in_rss_is_one_that_can_be_played() {
    let check = |kinds: &[Option<&str>], wanted: &str| {
        let enclosure = |(at, kind): (usize, &Option<&str>)| Enclosure {
            url: format!("https://show.example/{at}"),
            media_type: kind.map(str::to_owned),
            length: None,
        };
        let enclosures: Vec<Enclosure> = kinds.iter().enumerate().map(enclosure).collect();
        let details = EntryDetails { enclosures, ..EntryDetails::default() };
        let entry = StoredEntry { details, ..entry(1) };
        let elements = parse(&document(Syndication::Rss, &spec(ContentMode::Full), &[entry]).body);
        assert_eq!(attributes(&elements, "rss/channel/item/enclosure", "url"), [wanted], "{kinds:?}");
        let others = attributes(&elements, "rss/channel/item/media:content", "url");
        assert_eq!(others.len(), kinds.len() - 1, "{kinds:?}");
    };
    check(&[Some("image/jpeg"), Some("audio/mpeg"), Some("video/mp4")], "https://show.example/1");
    check(&[Some("audio/mpeg"), Some("image/jpeg")], "https://show.example/0");
    check(&[Some("application/pdf"), None], "https://show.example/0");
}

#[test]
fn episodes_have_the_artwork_of_their_show_unless_they_have_their_own() {
    let check = |details: EntryDetails, show: Option<Show>, image: Option<&str>, explicit: Option<bool>| {
        let described = Arc::new(FeedMeta { show, ..FeedMeta::default() });
        let entry = StoredEntry { details: details.clone(), described, ..entry(1) };
        let shown = Shown::of(&site(), &spec(ContentMode::Full), &cards(), &entry).expect("its source is known");
        let media = shown.media.unwrap_or_default();
        assert_eq!((media.image.as_deref(), media.explicit), (image, explicit), "{details:?}");
    };
    let enclosure = |kind: &str| {
        let url = "https://show.example/1".to_owned();
        EntryDetails {
            enclosures: vec![Enclosure { url, media_type: Some(kind.to_owned()), length: None }],
            ..EntryDetails::default()
        }
    };
    let with = |media: Media| EntryDetails { media: Some(media), ..enclosure("audio/mpeg") };
    let (art, own) = (Some("https://show.example/art.jpg"), "https://show.example/1.jpg".to_owned());
    check(enclosure("audio/mpeg"), Some(show()), art, Some(false));
    check(enclosure("video/mp4"), Some(show()), art, Some(false));
    check(enclosure("audio/mpeg"), None, None, None);
    check(enclosure("image/png"), Some(show()), None, None);
    check(EntryDetails::default(), Some(show()), None, None);
    check(
        with(Media { image: Some(own.clone()), explicit: Some(true), ..Media::default() }),
        Some(show()),
        Some(&own),
        Some(true),
    );
    let thumbnail = Thumbnail { url: own.clone(), width: None, height: None };
    check(with(Media { thumbnails: vec![thumbnail], ..Media::default() }), Some(show()), None, Some(false));
    let origin = Some(Origin { title: Some("Another show".to_owned()), ..Origin::default() });
    check(EntryDetails { origin, ..enclosure("audio/mpeg") }, Some(show()), None, None);
    let hostile = Show { image: Some("javascript:alert(1)".to_owned()), ..Show::default() };
    check(enclosure("audio/mpeg"), Some(hostile), None, None);
}
