//! Three sources become one feed, which a strict second parser reads, and which is served as HTTP requires.

use std::io::Read;
use std::process::Command;

use crate::atom::{self, Element};
use crate::family::{self, Article, Charset, Format, Wrapping};
use crate::feeds::{self, Item, items};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{BASE, Daemon, Program, serving};

/// Three sites in three formats, three items each.
struct Three {
    origin: Origin,
    program: Program,
    wanted: Vec<(&'static str, Item)>,
}

fn three(more: &str) -> Three {
    let origin = Origin::start();
    let (red, green, blue) = (items("red", 0..3), items("green", 3..6), items("blue", 6..9));
    origin.document("/red.rss", feeds::rss("Red", &red));
    origin.document("/green.atom", feeds::atom("Green", &green));
    origin.document("/blue.json", feeds::json("Blue", &blue));
    let config = [
        more.to_owned(),
        source(&origin, "red", "/red.rss", "tags = [\"warm\", \"all colours\"]"),
        source(&origin, "green", "/green.atom", "tags = [\"all colours\"]"),
        source(&origin, "blue", "/blue.json", "title = \"Blue, renamed\""),
    ];
    // The command in `polled` polls no source again that the daemon has just polled, also if more than a second lies in between.
    let base = BASE.replace("min_every = \"1s\"", "min_every = \"1h\"");
    let named = |name: &'static str| move |item: Item| (name, item);
    let wanted = red.into_iter().map(named("Red")).chain(green.into_iter().map(named("Green")));
    let wanted = wanted.chain(blue.into_iter().map(named("Blue, renamed"))).collect();
    Three { origin, program: Program::bare(&(base + &config.concat())), wanted }
}

/// A daemon that has polled and published everything.
fn polled(program: &Program) -> Daemon {
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    daemon
}

#[track_caller]
fn check_entry(entry: &Element, title: &str, item: &Item) {
    assert_eq!(entry.one("title").text, item.title);
    assert_eq!(entry.links("alternate"), [item.link.as_str()]);
    for name in ["published", "updated"] {
        let date = chrono::DateTime::parse_from_rfc3339(&entry.one(name).text).expect("a date is RFC 3339");
        assert_eq!(date.to_utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true), item.date(), "{name}");
    }
    assert_eq!(entry.authors(), [item.author.as_str()]);
    let content = entry.one("content");
    assert_eq!(content.attribute("type"), Some("html"));
    assert_eq!(family::visible(&content.text), family::visible(&item.html));
    assert!(content.text.contains('“') && content.text.contains('’'), "{}", content.text);
    assert_eq!(entry.one("source").one("title").text, title);
    assert!(!entry.all("category").is_empty());
}

#[test]
fn three_formats_become_one_feed() {
    let three = three("");
    let daemon = polled(&three.program);
    let document = daemon.get("/feed.atom").expect(200).text();
    let feed = atom::read(&document);
    assert_eq!(feed.one("title").text, "Watershed");
    let own = feed.links("self");
    assert!(own.len() == 1 && own[0].ends_with("/feed.atom"), "{own:?}");
    let entries = feed.all("entry");
    assert_eq!(entries.len(), three.wanted.len());
    for (title, item) in &three.wanted {
        let entry = entries.iter().find(|entry| entry.one("id").text == item.id);
        check_entry(entry.unwrap_or_else(|| panic!("{} is missing\n{document}", item.id)), title, item);
    }
    let dates: Vec<&str> = entries.iter().map(|entry| entry.one("published").text.as_str()).collect();
    assert!(dates.is_sorted_by(|earlier, later| earlier >= later), "the newest first: {dates:?}");
    for path in ["/red.rss", "/green.atom", "/blue.json"] {
        assert_eq!(three.origin.seen_at(path).len(), 1, "{path}");
    }
}

#[test]
fn xmllint_finds_nothing_wrong() {
    let three = three("");
    let daemon = polled(&three.program);
    let found = Command::new("xmllint").arg("--version").output();
    if found.is_err() {
        eprintln!("SKIPPED: xmllint is not installed (Debian: libxml2-utils)");
        return;
    }
    for path in ["/feed.atom", "/tag/warm.atom", "/source/green.atom"] {
        let file = three.program.folder().join("served.atom");
        std::fs::write(&file, daemon.get(path).expect(200).body).expect("the folder can be written");
        let output = Command::new("xmllint").args(["--noout", "--nonet"]).arg(&file).output().expect("it is installed");
        assert!(output.status.success(), "{path}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_article_arrives_with_its_quotes_whatever_it_was_wrapped_in() {
    let (origin, article) = (Origin::start(), Article::read());
    let wrappings = [
        ("cdata", Format::Rss2, Wrapping::Cdata, Charset::Windows1252),
        ("xhtml", Format::Atom, Wrapping::Xhtml, Charset::Utf16Le),
        ("json", Format::Json11, Wrapping::Html, Charset::Utf8Bom),
    ];
    let mut config = String::new();
    for (name, format, wrapping, charset) in wrappings {
        origin.document(&format!("/{name}"), family::generate(&article, format, wrapping, charset));
        config += &source(&origin, name, &format!("/{name}"), "");
    }
    let program = Program::new(&config);
    let daemon = polled(&program);
    let feed = atom::read(&daemon.get("/feed.atom").expect(200).text());
    let entries = feed.all("entry");
    assert_eq!(entries.len(), 1, "the same piece in three sources is one story");
    assert_eq!(entries[0].links("related").len(), 2, "which names the others");
    let separate: Vec<Element> = wrappings
        .iter()
        .flat_map(|(name, ..)| {
            let feed = atom::read(&daemon.get(&format!("/source/{name}.atom")).expect(200).text());
            feed.all("entry").into_iter().cloned().collect::<Vec<_>>()
        })
        .collect();
    let entries: Vec<&Element> = separate.iter().collect();
    assert_eq!(entries.len(), 3, "each source has its own");
    for entry in &entries {
        assert_eq!(entry.one("title").text, article.title);
        assert_eq!(family::visible(&entry.one("content").text), article.words());
        assert_eq!(entry.links("alternate"), [family::LINK]);
    }
    assert_eq!(entries.iter().filter(|entry| entry.one("id").text == family::ID).count(), 1);
    assert!(article.words().contains("“wardrobe malfunction”"));
}

#[test]
fn a_second_request_is_answered_304() {
    let three = three("");
    let daemon = polled(&three.program);
    for path in ["/feed.atom", "/tag/warm.atom", "/source/blue.atom", "/"] {
        let first = daemon.get(path).expect(200);
        let (etag, modified) = (first.header("etag"), first.header("last-modified"));
        assert!(etag.starts_with("W/\"") && httpdate::parse_http_date(modified).is_ok(), "{path}: {:?}", first.headers);
        let stale = "Sat, 01 Jan 2000 00:00:00 GMT";
        let check = |headers: &[(&str, &str)], status: u16| {
            let reply = daemon.request("GET", path, headers);
            assert_eq!(reply.status, status, "{path} {headers:?}");
            if status == 304 {
                assert!(reply.body.is_empty(), "{path}");
                assert_eq!(reply.header("etag"), etag, "{path}: RFC 9110, 15.4.5");
            }
        };
        check(&[("If-None-Match", etag)], 304);
        check(&[("If-None-Match", &etag["W/".len()..])], 304);
        check(&[("If-None-Match", format!("\"other\", {etag}").as_str())], 304);
        check(&[("If-None-Match", "*")], 304);
        check(&[("If-Modified-Since", modified)], 304);
        check(&[("If-None-Match", "\"other\"")], 200);
        check(&[("If-Modified-Since", stale)], 200);
        // RFC 9110, 13.2.2: the tag decides where both are sent.
        check(&[("If-None-Match", "\"other\""), ("If-Modified-Since", modified)], 200);
        check(&[("If-None-Match", etag), ("If-Modified-Since", stale)], 304);
        let head = daemon.request("HEAD", path, &[]).expect(200);
        assert!(head.body.is_empty(), "{path}");
        assert_eq!((head.header("etag"), head.header("content-length")), (etag, first.header("content-length")));
    }
}

#[test]
fn answers_carry_what_caches_and_readers_need() {
    let three = three("");
    let daemon = polled(&three.program);
    let reply = daemon.get("/feed.atom").expect(200);
    assert!(reply.header("content-type").starts_with("application/atom+xml"), "{:?}", reply.headers);
    assert!(reply.header("cache-control").contains("max-age=300"), "{:?}", reply.headers);
    assert!(reply.header("vary").to_ascii_lowercase().contains("accept-encoding"), "{:?}", reply.headers);
    let link = reply.header("link");
    assert!(link.contains("/feed.atom>") && link.contains("self"), "{:?}", reply.headers);
    assert!(daemon.get("/").expect(200).header("content-type").starts_with("text/html"));
    daemon.get("/healthz").expect(200);
    daemon.get("/readyz").expect(200);
    for path in ["/none.atom", "/tag/none.atom", "/source/none.atom", "/feed.txt", "/../etc/passwd", "/tag/%ff.atom"] {
        let status = daemon.get(path).status;
        assert!((400..500).contains(&status), "{path}: {status}");
    }
}

#[test]
fn every_coding_carries_the_same_bytes() {
    let three = three("");
    let daemon = polled(&three.program);
    let plain = daemon.get("/feed.atom").expect(200).body;
    let ask = |coding: &str| daemon.request("GET", "/feed.atom", &[("Accept-Encoding", coding)]).expect(200);
    for coding in ["gzip", "br", "zstd"] {
        let reply = ask(coding);
        assert_eq!(reply.header("content-encoding"), coding);
        let mut body = Vec::new();
        let read = match coding {
            "gzip" => flate2::read::GzDecoder::new(reply.body.as_slice()).read_to_end(&mut body),
            "br" => brotli::Decompressor::new(reply.body.as_slice(), 4096).read_to_end(&mut body),
            _ => zstd::stream::read::Decoder::new(reply.body.as_slice()).expect("a decoder").read_to_end(&mut body),
        };
        read.unwrap_or_else(|error| panic!("{coding}: {error}"));
        assert!(body == plain, "{coding}");
        assert!(reply.body.len() < plain.len(), "{coding}");
    }
    assert_eq!(ask("identity").header("content-encoding"), "");
    assert_eq!(ask("gzip;q=0, identity").header("content-encoding"), "");
    assert_eq!(ask("nonsense").header("content-encoding"), "");
}

#[test]
fn outputs_tags_and_sources_select() {
    let three = three(
        "[[output]]\nname = \"warm\"\ntitle = \"Warm only\"\ntags = [\"warm\"]\n\
         [[output]]\nname = \"mixed\"\ntags = [\"warm\"]\nsources = [\"blue\"]\nentries = 4\ntitle_prefix = \"[{source}] \"\n",
    );
    let daemon = polled(&three.program);
    let titles = |path: &str| {
        let feed = atom::read(&daemon.get(path).expect(200).text());
        let mut titles: Vec<String> = feed.all("entry").iter().map(|entry| entry.one("title").text.clone()).collect();
        titles.sort();
        (feed.one("title").text.clone(), titles)
    };
    let wanted = |site: &str, numbers: std::ops::Range<u32>| {
        items(site, numbers).into_iter().map(|item| item.title).collect::<Vec<_>>()
    };
    assert_eq!(titles("/warm.atom"), ("Warm only".to_owned(), wanted("red", 0..3)));
    assert_eq!(titles("/tag/warm.atom").1, wanted("red", 0..3));
    assert_eq!(titles("/tag/all%20colours.atom").1, [wanted("green", 3..6), wanted("red", 0..3)].concat());
    assert_eq!(titles("/source/blue.atom"), ("Blue, renamed".to_owned(), wanted("blue", 6..9)));
    let mixed = ["blue item 6", "blue item 7", "blue item 8"].map(|title| format!("[Blue, renamed] {title}"));
    assert_eq!(titles("/mixed.atom").1, [mixed.as_slice(), &["[Red] red item 2".to_owned()]].concat());
}

#[test]
fn private_entries_are_only_where_a_token_is_asked_for() {
    let origin = Origin::start();
    origin.document("/open", feeds::rss("Open", &items("open", 0..2)));
    origin.document("/mine", feeds::rss("Mine", &items("mine", 0..2)));
    let token = "a-token-of-mine";
    let program = Program::new(
        &(source(&origin, "open", "/open", "tags = [\"t\"]")
            + &source(&origin, "mine", "/mine", "private = true\ntags = [\"t\"]")
            + "[[output]]\nname = \"secret\"\ntoken = { env = \"TEST_OUTPUT_TOKEN\" }\n"),
    );
    let mut command = program.command();
    command.arg("run").env("TEST_OUTPUT_TOKEN", token);
    let daemon = Daemon::start(command);
    let mut poll = program.command();
    poll.args(["poll", "--all"]).env("TEST_OUTPUT_TOKEN", token);
    crate::program::finish(poll).expect(0);
    for path in ["/feed.atom", "/", "/tag/t.atom"] {
        let text = daemon.get(path).expect(200).text();
        assert!(text.contains("open item 1") && !text.contains("mine item"), "{path}");
        assert!(!text.contains(token), "{path}");
    }
    daemon.get("/source/mine.atom").expect(404);
    daemon.get("/secret.atom").expect(401);
    daemon.get("/secret.atom?token=wrong").expect(401);
    daemon.request("GET", "/secret.atom", &[("Authorization", "Basic bWU6d3Jvbmc=")]).expect(401);
    // me:a-token-of-mine
    let basic = "Basic bWU6YS10b2tlbi1vZi1taW5l";
    let by_password = daemon.request("GET", "/secret.atom", &[("Authorization", basic)]).expect(200);
    let by_query = daemon.get(&format!("/secret.atom?token={token}")).expect(200);
    let text = by_password.text();
    assert!(text.contains("mine item 1") && text.contains("open item 1") && !text.contains(token));
    // A reader that has the token in the address gets links that work for it.
    assert_eq!(by_query.text().replace(&format!("?token={token}"), ""), text);
    assert!(by_query.text().contains(&format!("/archive/secret/1.atom?token={token}")));
    assert!(!daemon.log().contains(token));
}

#[test]
fn the_same_store_gives_the_same_bytes_after_a_restart() {
    // The address is part of the feed: it must not change.
    let origin = Origin::start();
    origin.document("/a", feeds::atom("A", &items("a", 0..5)));
    let config = serving("public_url = \"https://feeds.example/w\"\n");
    let program = Program::bare(&format!("{config}{}", source(&origin, "a", "/a", "")));
    let first = polled(&program);
    let before = first.get("/feed.atom").expect(200);
    assert!(before.text().contains("https://feeds.example/w/feed.atom"));
    assert_eq!(first.get("/w/feed.atom").expect(200).body, before.body, "answered below its path too");
    assert_eq!(first.term(), 0);
    let second = program.daemon();
    let after = second.get("/feed.atom").expect(200);
    assert_eq!(before.body, after.body);
    assert_eq!(before.header("etag"), after.header("etag"));
    assert_eq!(before.header("last-modified"), after.header("last-modified"));
    let etag = before.header("etag");
    second.request("GET", "/feed.atom", &[("If-None-Match", etag)]).expect(304);
}
