//! Stories: copies that must be joined, look-alikes that must not, and decisions by hand.

use serde_json::Value;

use crate::family::Article;
use crate::feeds::escape;
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{BASE, PATIENCE, Program, wait_until};

/// One item of a feed.
#[derive(Debug, Clone)]
pub(crate) struct FeedItem {
    pub(crate) title: String,
    pub(crate) link: String,
    pub(crate) html: String,
    pub(crate) more: String,
}

pub(crate) fn piece(title: &str, link: &str, html: &str) -> FeedItem {
    FeedItem { title: title.to_owned(), link: link.to_owned(), html: html.to_owned(), more: String::new() }
}

pub(crate) fn feed(title: &str, pieces: &[FeedItem]) -> String {
    let item = |piece: &FeedItem| {
        format!(
            "<item><title>{}</title><link>{}</link><pubDate>Wed, 25 Nov 2026 08:00:00 GMT</pubDate>\
             <description>{}</description>{}</item>",
            escape(&piece.title),
            escape(&piece.link),
            escape(&piece.html),
            piece.more
        )
    };
    let items: String = pieces.iter().map(item).collect();
    format!(
        "<rss version=\"2.0\"><channel><title>{title}</title><link>https://{title}.example/</link>{items}</channel></rss>"
    )
}

/// A program with a source for each list of items, polled in their order.
pub(crate) fn polled(sources: &[(&str, Vec<FeedItem>)], more: &str) -> (Origin, Program) {
    let origin = Origin::start();
    let mut config = String::new();
    for (name, pieces) in sources {
        origin.document(&format!("/{name}"), feed(name, pieces));
        config += &source(&origin, name, &format!("/{name}"), "");
    }
    let program = Program::bare(&format!("{BASE}{more}{config}"));
    for (name, _) in sources {
        program.poll(name);
    }
    (origin, program)
}

/// The stories of all entries, by title, each with its sources.
pub(crate) fn stories(program: &Program) -> Vec<Vec<String>> {
    let mut stories: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for entry in program.records(&["entries", "--json", "--limit", "1000"]) {
        let story = entry["story"].as_str().unwrap_or_default().to_owned();
        stories.entry(story).or_default().push(entry["source"].as_str().unwrap_or_default().to_owned());
    }
    stories
        .into_values()
        .map(|mut sources| {
            sources.sort();
            sources
        })
        .collect()
}

pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n").map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

pub(crate) fn html(paragraphs: &[String]) -> String {
    paragraphs.iter().map(|text| format!("<p>{}</p>", escape(text))).collect()
}

/// Other entries of a source, from which its boilerplate can be learned.
fn others(site: &str, footer: &str) -> Vec<FeedItem> {
    let topics = ["harbour", "railway", "orchard", "library"];
    let text = |topic: &str| {
        format!(
            "<p>The {topic} of the town was opened on a morning in spring by the mayor of {site}, who praised the builders \
             of the {topic} for the care with which they had worked through a hard winter, and promised that the {topic} \
             would be kept in good repair by the council for many years to come.</p>{footer}"
        )
    };
    let other = |topic: &&str| {
        piece(&format!("News of the {topic} from {site}"), &format!("https://{site}.example/{topic}"), &text(topic))
    };
    topics.iter().map(other).collect()
}

/// Polls the article from one source and a copy of it from another; returns whether they are one story.
fn meet(copy: FeedItem) -> bool {
    let article = Article::read();
    let original = piece(&article.title, "https://news.example/1", &html(&paragraphs(&article.words())));
    let mut first =
        others("first", "<p>Subscribe to the First for more stories like this one every day of the week.</p>");
    first.push(original);
    let mut second =
        others("second", "<p>Copyright of the Second, all rights reserved, no part may be copied anywhere.</p>");
    second.push(copy);
    let (_origin, program) = polled(&[("first", first), ("second", second)], "");
    let found = stories(&program);
    let joined = found.iter().filter(|sources| sources.len() > 1).count();
    assert_eq!(found.iter().map(Vec::len).sum::<usize>(), 10, "nothing is lost");
    joined == 1
}

#[test]
fn copies_of_an_article_are_joined() {
    let article = Article::read();
    let text = article.words();
    let all = paragraphs(&text);
    let at = |title: &str, html: &str| piece(title, "https://copy.example/x", html);
    let words: Vec<&str> = text.split_whitespace().collect();
    let part = |words: &[&str]| format!("<p>{}</p>", escape(&words.join(" ")));
    let edited: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(at, word)| if at % 17 == 5 { "edited".to_owned() } else { (*word).to_owned() })
        .collect();
    let typewriter = text.replace(['“', '”'], "\"").replace(['‘', '’'], "'").replace('—', "--").to_uppercase();
    for (name, copy) in [
        ("as it is", at(&article.title, &html(&all))),
        ("other typography and case", at(&article.title, &html(&paragraphs(&typewriter)))),
        ("other markup", at(&article.title, &part(&words).replace(". ", ".</p><div><b>x</b></div><p>"))),
        (
            "a byline and boilerplate",
            at(
                &article.title,
                &format!(
                    "<p>By Somebody, for the Second</p>{}<p>Copyright of the Second, all rights reserved, no part may be copied anywhere.</p>",
                    html(&all)
                ),
            ),
        ),
        ("the beginning only", at(&article.title, &part(&words[..words.len() / 3]))),
        ("edited here and there", at(&article.title, &format!("<p>{}</p>", escape(&edited.join(" "))))),
        ("another headline", at("Singer says sorry at last", &html(&all))),
        ("the site's name in the title", at(&format!("{} - The Second", article.title), "")),
        ("the same address with a counter", piece("A word on it", "http://news.example/1?utm_source=x", "")),
    ] {
        assert!(meet(copy), "{name}");
    }
}

#[test]
fn look_alikes_are_not_joined() {
    let article = Article::read();
    let text = article.words();
    let words: Vec<&str> = text.split_whitespace().collect();
    let quoted = format!("<blockquote>{}</blockquote>", escape(&words[words.len() / 4..words.len() / 2].join(" ")));
    let at = |title: &str, html: &str| piece(title, "https://copy.example/x", html);
    let own = "<p>What happened afterwards in the town surprised everybody who had read about it, since nobody had thought \
               that the council would meet in the night, let alone that it would vote with so large a majority for the plan \
               of the opposition, which had been laughed at for years by the papers and by most of the citizens. The vote \
               was taken at midnight; by the morning the square was full of people who sang, and the mayor resigned at noon.</p>";
    for (name, copy) in [
        ("the same headline over another piece", at(&article.title, own)),
        ("a follow-up that quotes a part", at("What came of it", &format!("{own}{quoted}"))),
        ("a comment on the same address", piece("My thoughts", "https://news.example/1", own)),
    ] {
        assert!(!meet(copy), "{name}");
    }
}

#[test]
fn templates_series_and_bulletins_are_not_joined() {
    let report = |town: &str, degrees: u32| {
        format!(
            "<p>Weather for {town}: mostly cloudy with some sun in the afternoon, light wind from the west, and a chance of \
             rain in the evening. The highest temperature is {degrees} degrees. This report is made twice a day by the \
             weather service and is free to be used by anybody who names the service as its source in a place that is \
             easily seen by all readers.</p>"
        )
    };
    let reports = |site: &str, first: u32| -> Vec<FeedItem> {
        (0..6)
            .map(|number| {
                piece(
                    &format!("Weather for place {}", first + number),
                    &format!("https://{site}.example/{number}"),
                    &report(&format!("place {}", first + number), 10 + first + number),
                )
            })
            .collect()
    };
    let (_origin, program) = polled(&[("one", reports("one", 0)), ("two", reports("two", 6))], "");
    assert_eq!(stories(&program).len(), 12, "twelve reports made from one template stay apart");

    let bulletin = |site: &str, hour: u32| FeedItem {
        more: format!("<enclosure url=\"https://{site}.example/{hour}.mp3\" type=\"audio/mpeg\" length=\"1\"/>"),
        ..piece(
            "News bulletin from around the whole world",
            &format!("https://{site}.example/{hour}"),
            &report("everywhere", 20),
        )
    };
    let hours = |site: &str| (0..4).map(|hour| bulletin(site, hour)).collect::<Vec<_>>();
    let (_origin, program) = polled(&[("one", hours("one")), ("two", hours("two"))], "");
    assert_eq!(stories(&program).len(), 8, "equal words over different sound are different bulletins");
}

/// The article in three sources.
fn thrice(more: &str) -> (Origin, Program) {
    let article = Article::read();
    let copy =
        |site: &str| piece(&article.title, &format!("https://{site}.example/1"), &html(&paragraphs(&article.words())));
    let sources: Vec<(&str, Vec<FeedItem>)> =
        ["red", "green", "blue"].into_iter().map(|site| (site, vec![copy(site)])).collect();
    polled(&sources, more)
}

fn entry_of<'e>(entries: &'e [Value], source: &str) -> &'e Value {
    entries.iter().find(|entry| entry["source"] == source).unwrap_or_else(|| panic!("{source} has an entry"))
}

#[test]
fn a_story_is_published_once_with_links_to_its_copies() {
    let (origin, program) = thrice("");
    let daemon = program.daemon();
    let feed = crate::atom::read(&daemon.get("/feed.atom").expect(200).text());
    let entries = feed.all("entry");
    assert_eq!(entries.len(), 1);
    let stored = program.entries();
    let lead = entry_of(&stored, "red");
    assert_eq!(entries[0].one("id").text, lead["id"], "the first one stored leads, under its own id");
    assert_eq!(lead["lead"], true);
    assert_eq!(entry_of(&stored, "blue")["lead"], false);
    assert_eq!(entries[0].links("related"), ["https://green.example/1", "https://blue.example/1"]);
    let page = daemon.get("/").expect(200).text();
    assert!(page.contains("Also in") && page.contains("green") && page.contains("blue"), "{page}");
    // Promise 11: an output that does not select the leading entry shows the first one that it selects.
    let green = crate::atom::read(&daemon.get("/source/green.atom").expect(200).text());
    assert_eq!(green.all("entry")[0].one("id").text, entry_of(&stored, "green")["id"]);

    // The same documents again write nothing, and change no byte.
    let before = daemon.get("/feed.atom").expect(200).body;
    for name in ["red", "green", "blue"] {
        origin.document(&format!("/{name}"), origin_body(&program, name) + "\n");
        assert_eq!(program.poll(name)["outcome"], "unchanged");
    }
    assert_eq!(daemon.get("/feed.atom").expect(200).body, before);
}

/// The document that a source was given, made again.
fn origin_body(_program: &Program, site: &str) -> String {
    let article = Article::read();
    feed(site, &[piece(&article.title, &format!("https://{site}.example/1"), &html(&paragraphs(&article.words())))])
}

#[test]
fn decisions_are_explained_and_undone_for_good() {
    let (origin, program) = thrice("");
    let green = "https://green.example/1";
    let shown = program.run(&["why", green]).expect(0).stdout;
    for wanted in ["from green", "It is a copy", "red:", "was joined to", "100 %", "in feed"] {
        assert!(shown.contains(wanted), "{wanted:?} in {shown}");
    }
    let records = program.run(&["why", "--json", green]).expect(0).records();
    assert_eq!(records[0]["story"].as_array().map(Vec::len), Some(3));
    assert!(
        records[0]["decisions"].as_array().is_some_and(|decisions| decisions.len() == 2),
        "no merge without a decision"
    );
    assert!(program.run(&["why", "https://nothing.example/"]).expect(2).stderr.contains("no entry"));

    let daemon = program.daemon();
    let in_feed = || crate::atom::read(&daemon.get("/feed.atom").expect(200).text()).all("entry").len();
    let ids = |program: &Program| program.entries().iter().map(|entry| entry["id"].clone()).collect::<Vec<_>>();
    let before = ids(&program);
    program.run(&["split", green]).expect(0);
    assert_eq!(in_feed(), 2, "a decision beside a daemon is published at once");
    // It stays parted after another poll and after a revision of its text.
    let article = Article::read();
    let revised =
        piece(&article.title, green, &html(&paragraphs(&(article.words() + " One more sentence at the end."))));
    origin.document("/green", feed("green", &[revised]));
    program.poll("green");
    assert_eq!(in_feed(), 2);
    assert!(program.run(&["why", green]).expect(0).stdout.contains("revised once"), "the earlier version is kept");
    program.run(&["join", green, "https://blue.example/1"]).expect(0);
    assert_eq!(in_feed(), 1);
    program.run(&["hide", "https://red.example/1"]).expect(0);
    let feed = crate::atom::read(&daemon.get("/feed.atom").expect(200).text());
    assert_eq!(feed.all("entry")[0].links("alternate"), [green], "the next entry represents the story");
    program.run(&["unhide", "https://red.example/1"]).expect(0);
    let feed = crate::atom::read(&daemon.get("/feed.atom").expect(200).text());
    assert_eq!(feed.all("entry")[0].links("alternate"), ["https://red.example/1"]);
    let mut after = ids(&program);
    let mut before = before;
    before.sort_by_key(ToString::to_string);
    after.sort_by_key(ToString::to_string);
    assert_eq!(after, before, "no id ever changes");
    let shown = program.run(&["why", green]).expect(0).stdout;
    assert!(shown.contains("a person split") && shown.contains("a person joined them"), "{shown}");
}

#[test]
fn settings_apply_and_other_settings_can_be_tried() {
    let (_origin, program) = thrice("[stories]\nmatch = \"off\"\n");
    assert_eq!(stories(&program).len(), 3);
    let shown = program.run(&["stories", "--dry-run"]).expect(0);
    assert!(shown.said().contains("would change nothing"), "{shown:?}");
    let (_origin, program) = thrice("");
    let records = program.run(&["stories", "--dry-run", "--match", "off", "--json"]).expect(0).records();
    assert_eq!(records.len(), 2, "{records:?}");
    assert!(records.iter().all(|record| record["what"] == "part"), "{records:?}");
    let (_origin, program) = thrice("[stories]\nmatch = \"link\"\n");
    assert_eq!(stories(&program).len(), 3, "no two entries have the same address");
}

#[test]
fn an_entry_whose_address_changes_stays_the_same() {
    let article = Article::read();
    let text = html(&paragraphs(&article.words()));
    let origin = Origin::start();
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let check = |number: u32, name: &str, before: &str, after: &str| {
        let text = format!("{}{text}", text_of(number));
        let listed = |link: &str| {
            feed(
                "a",
                &[FeedItem {
                    more: format!("<guid>{link}</guid>"),
                    ..piece(&format!("{name} of the article"), link, &text)
                }],
            )
        };
        origin.document("/a", listed(before));
        assert_eq!(program.poll("a")["new"], 1, "{name}");
        origin.document("/a", listed(after));
        assert_eq!(program.poll("a")["new"], 0, "{name}: {after} is {before}");
    };
    check(1, "https", "http://site.example/1", "https://site.example/1");
    check(2, "counter", "https://site.example/2", "https://site.example/2?utm_source=feed&fbclid=x");
    check(3, "another host", "https://old.example/2026/3", "https://new.example/2026/3");
    check(4, "another path", "https://site.example/4", "https://site.example/articles/four");
    // Two entries that are listed together are different entries, however similar.
    let twin =
        |link: &str| FeedItem { more: format!("<guid>{link}</guid>"), ..piece("Twins of one text", link, &text) };
    origin.document("/a", feed("a", &[twin("https://site.example/5"), twin("https://site.example/6")]));
    assert_eq!(program.poll("a")["new"], 2);
}

/// A text of its own: texts with different numbers have no run of words in common.
pub(crate) fn text_of(number: u32) -> String {
    let word = |at: u32| format!("w{}x{at}", number * 7 + at % 5);
    let words: Vec<String> = (0..60).map(word).collect();
    format!("<p>{}</p>", words.join(" "))
}

pub(crate) fn with_guid(guid: &str, piece: FeedItem) -> FeedItem {
    FeedItem { more: format!("<guid isPermaLink='false'>{guid}</guid>"), ..piece }
}

/// Polls documents of one source one after the other; returns the number of stored entries.
fn stored_of(documents: &[Vec<FeedItem>]) -> usize {
    let origin = Origin::start();
    let program = Program::new(&source(&origin, "a", "/a", ""));
    for document in documents {
        origin.document("/a", feed("a", document));
        program.poll("a");
    }
    program.entries().len()
}

#[test]
fn series_are_not_revisions_of_each_other() {
    let numbers = 0..9_u32;
    let advisory = |number: u32| {
        with_guid(
            &format!("adv-{number}"),
            piece("Security advisory published", &format!("https://a.example/adv/{number}"), &text_of(number)),
        )
    };
    let windows: Vec<Vec<FeedItem>> =
        [0, 3, 6].into_iter().map(|first| (first..first + 3).map(advisory).collect()).collect();
    assert_eq!(stored_of(&windows), 9, "the same title at the same moment");
    let word = |number: u32| {
        vec![with_guid(
            &format!("wotd-{number}"),
            piece(&format!("Word {number} of the day"), "https://a.example/wotd", &text_of(number)),
        )]
    };
    assert_eq!(stored_of(&numbers.clone().map(word).collect::<Vec<_>>()), 9, "one address for a series");
    let root =
        |number: u32| vec![with_guid(&format!("{number}"), piece("Status", "https://a.example/", &text_of(number)))];
    assert_eq!(stored_of(&numbers.clone().map(root).collect::<Vec<_>>()), 9, "links to the root");
    let notes =
        |site: u32| vec![piece("Week notes 12", &format!("https://blog{site}.example/weeknotes/12/"), &text_of(site))];
    assert_eq!(stored_of(&[notes(24), notes(25)]), 2, "the same path and title at two hosts of a planet");
    let reused = |number: u32| {
        vec![with_guid(
            "same",
            piece(
                &format!("Quite another matter {number}{number}"),
                &format!("https://a.example/{number}"),
                &text_of(number),
            ),
        )]
    };
    assert_eq!(stored_of(&[reused(1), reused(2)]), 2, "an id that is used for a second piece");
    let (one, two) = (
        with_guid("1", piece("The same title here", "https://a.example/x1", &text_of(1))),
        with_guid("2", piece("The same title here", "https://a.example/x2", &text_of(2))),
    );
    assert_eq!(
        stored_of(&[vec![one.clone()], vec![two.clone()], vec![one.clone()], vec![one, two]]),
        2,
        "what is listed is stored"
    );
}

#[test]
fn shared_and_false_addresses_join_nothing() {
    let outage = |site: &str, what: &str, number: u32| {
        with_guid(
            &format!("{site}{number}"),
            piece(what, "https://status.example/history", &format!("<p>{what} since noon.</p>")),
        )
    };
    let (_origin, program) = polled(
        &[
            ("a", vec![outage("a", "Lookups are slow", 1), outage("a", "Disks are full", 2)]),
            ("b", vec![outage("b", "Payments are down", 1), outage("b", "Mail is delayed", 2)]),
        ],
        "",
    );
    assert_eq!(stories(&program).len(), 4, "an address that many entries share");
    let article = Article::read();
    let victim = || piece(&article.title, "https://news.example/1", &html(&paragraphs(&article.words())));
    let spam = piece("CHEAP PILLS", "https://news.example/1", "<p>buy them here</p>");
    let (_origin, program) = polled(&[("spam", vec![spam]), ("news", vec![victim()])], "");
    assert_eq!(stories(&program).len(), 2, "an entry without content that comes first hides no other");

    // Bait and switch: a copy that turns into something else leaves the story.
    let copy = piece(&article.title, "https://thief.example/1", &html(&paragraphs(&article.words())));
    let (origin, program) = polled(&[("thief", vec![copy]), ("news", vec![victim()])], "");
    assert_eq!(stories(&program).len(), 1);
    let switched = piece("Buy cheap pills from us today", "https://thief.example/1", &text_of(5));
    origin.document("/thief", feed("thief", &[switched]));
    program.poll("thief");
    assert_eq!(stories(&program).len(), 2, "{:?}", program.entries());
    let shown = program.run(&["why", "https://thief.example/1"]).expect(0).stdout;
    assert!(shown.contains("a different piece") || shown.contains("left"), "{shown}");
}

#[test]
fn footers_pictures_and_headlines_join_no_stories() {
    let article = Article::read();
    let body = html(&paragraphs(&article.words()));
    let footer = format!("<p>{}</p>", text_of(99).repeat(3));
    let with_footer = |site: &str, number: u32| {
        piece(
            &format!("FeedItem number {number} of {site}"),
            &format!("https://{site}.example/{number}"),
            &format!("{}{footer}", text_of(number)),
        )
    };
    let many = |site: &str, from: u32| (from..from + 12).map(|number| with_footer(site, number)).collect::<Vec<_>>();
    let (_origin, program) = polled(&[("a", many("a", 0)), ("b", many("b", 20))], "");
    assert_eq!(stories(&program).len(), 24, "a footer that a network of sites shares");

    let picture = |site: &str| FeedItem {
        more: format!("<enclosure url='https://{site}.example/{site}-picture.jpg' type='image/jpeg' length='9'/>"),
        ..piece(&article.title, &format!("https://{site}.example/1"), &body)
    };
    let (_origin, program) = polled(&[("a", vec![picture("a")]), ("b", vec![picture("b")])], "");
    assert_eq!(stories(&program).len(), 1, "each source has a picture of its own");
    let job = |site: &str, town: &str| {
        piece(
            &format!("Senior software engineer for the platform team - {town}"),
            &format!("https://{site}.example/1"),
            "",
        )
    };
    let (_origin, program) = polled(&[("a", vec![job("a", "Berlin")]), ("b", vec![job("b", "Munich")])], "");
    assert_eq!(stories(&program).len(), 2, "headlines that differ in their ends");
}

#[test]
fn identity_follows_the_configuration() {
    let other =
        "<p>Nothing in this text has anything to do with what stood here before, not one of its many words.</p>";
    let check = |identity: &str, after: FeedItem, wanted: u64| {
        let origin = Origin::start();
        let before = FeedItem {
            more: "<guid isPermaLink='false'>g1</guid>".to_owned(),
            ..piece(
                "The first title of it",
                "https://a.example/1",
                "<p>One text that is long enough to be told apart from others.</p>",
            )
        };
        origin.document("/a", feed("a", &[before]));
        let program = Program::new(&source(&origin, "a", "/a", &format!("identity = \"{identity}\"")));
        assert_eq!(program.poll("a")["new"], 1);
        origin.document("/a", feed("a", std::slice::from_ref(&after)));
        assert_eq!(program.poll("a")["new"], wanted, "{identity}: {after:?}");
    };
    let same_guid = FeedItem {
        more: "<guid isPermaLink='false'>g1</guid>".to_owned(),
        ..piece("Another", "https://a.example/2", other)
    };
    check("auto", same_guid.clone(), 1);
    check("guid", same_guid.clone(), 0);
    let same_link = FeedItem {
        more: "<guid isPermaLink='false'>g2</guid>".to_owned(),
        ..piece("Another", "https://a.example/1", other)
    };
    check("link", same_link.clone(), 0);
    check("guid", same_link, 1);
    let same_title = FeedItem {
        more: "<guid isPermaLink='false'>g3</guid>".to_owned(),
        ..piece("The first title of it", "https://a.example/3", other)
    };
    check("title+date", same_title, 0);
    check("title+date", same_guid, 1);
}

#[test]
fn unreliable_keys_lose_no_entry() {
    let origin = Origin::start();
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let text =
        |number: u32| format!("<p>The text of piece number {number} tells of the {number}. town on the road.</p>");
    let with = |guid: &dyn Fn(u32) -> String, link: &dyn Fn(u32) -> String| {
        let pieces: Vec<FeedItem> = (0..5)
            .map(|number| FeedItem {
                more: guid(number),
                ..piece(&format!("FeedItem {number}"), &link(number), &text(number))
            })
            .collect();
        feed("a", &pieces)
    };
    for (name, guid, link) in [
        (
            "one guid for all",
            (&|_: u32| "<guid>N/A</guid>".to_owned()) as &dyn Fn(u32) -> String,
            (&|n: u32| format!("https://a.example/{n}")) as &dyn Fn(u32) -> String,
        ),
        ("links to the root", &|_: u32| String::new(), &|_: u32| "https://a.example/".to_owned()),
        ("empty guids", &|_: u32| "<guid></guid>".to_owned(), &|n: u32| format!("https://b.example/{n}")),
    ] {
        origin.document("/a", with(guid, link).replace("FeedItem ", &format!("{name} ")));
        assert_eq!(program.poll("a")["new"], 5, "{name}");
        origin.document("/a", with(guid, link).replace("FeedItem ", &format!("{name} ")) + "<!-- again -->");
        assert_eq!(program.poll("a")["new"], 0, "{name}");
    }
    // Another source that bears the same ids takes nothing over.
    let thief = |text: &str| {
        feed(
            "b",
            &[FeedItem {
                more: "<guid>https://b.example/1</guid>".to_owned(),
                ..piece("Mine now", "https://b.example/1", text)
            }],
        )
    };
    let other = Origin::start();
    other.document(
        "/b",
        thief("<p>Nothing of yours is left here, says the one who took it all away from you in the night.</p>"),
    );
    program.configure(&(program.config() + &source(&other, "b", "/b", "")));
    let before = program.entries();
    program.poll("b");
    let after = program.entries();
    for entry in &before {
        let now = after.iter().find(|now| now["id"] == entry["id"]).unwrap_or_else(|| panic!("{entry} is there"));
        assert_eq!(now["content"], entry["content"]);
    }
    let daemon = program.daemon();
    wait_until(PATIENCE, "the feed", || daemon.get("/feed.atom").text().contains("empty guids 1").then_some(()));
}
