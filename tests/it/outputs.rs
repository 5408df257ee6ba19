//! Publishing beside the plain merged feed: archives, filters, files, delta answers, privacy, and our own feeds polled back.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::atom::{self, Element};
use crate::feeds::{self, items};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{BASE, Daemon, Program, serving};

fn ids(feed: &Element) -> Vec<String> {
    feed.all("entry").iter().map(|entry| entry.one("id").text.clone()).collect()
}

fn titles(feed: &Element) -> Vec<String> {
    feed.all("entry").iter().map(|entry| entry.one("title").text.clone()).collect()
}

fn feed_at(daemon: &Daemon, path: &str) -> Element {
    atom::read(&daemon.get(path).expect(200).text())
}

/// The address below the daemon that a link of a feed leads to.
fn path_of(href: &str) -> String {
    let path = href.split_once("://").map_or(href, |(_, rest)| rest);
    path[path.find('/').expect("a path")..].to_owned()
}

#[test]
fn archives_hold_every_entry_once_and_stay_as_they_are() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..100)));
    // Every start listens on another port.
    let base = serving("public_url = \"https://feeds.example/x\"\n");
    let program = Program::bare(&[base, source(&origin, "a", "/a", "")].concat());
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let first = daemon.get("/archive/feed/1.atom").expect(200);
    origin.document("/a", feeds::rss("A", &items("a", 0..251)));
    program.poll("a");
    // Walked back from the live document.
    let mut next = feed_at(&daemon, "/feed.atom").links("prev-archive").first().map(|href| path_of(href));
    let (mut seen, mut sizes) = (Vec::new(), Vec::new());
    while let Some(path) = next {
        let archive = feed_at(&daemon, &path);
        let own: Vec<String> = archive.links("self").iter().map(|href| path_of(href)).collect();
        assert_eq!(own, std::slice::from_ref(&path));
        assert_eq!(archive.links("current").len(), 1);
        sizes.push(ids(&archive).len());
        seen.extend(ids(&archive));
        next = archive.links("prev-archive").first().map(|href| path_of(href));
    }
    assert_eq!(sizes, [51, 100, 100]);
    let mut wanted: Vec<String> = items("a", 0..251).into_iter().map(|item| item.id).collect();
    wanted.sort();
    seen.sort();
    assert_eq!(seen, wanted, "every entry once");
    let again = daemon.get("/archive/feed/1.atom").expect(200);
    let without_next = |text: String| text.lines().filter(|line| line.starts_with("<entry>")).collect::<String>();
    assert_eq!(without_next(again.text()), without_next(first.text()), "a full one stays as it is");
    let next = |number: u32| feed_at(&daemon, &format!("/archive/feed/{number}.atom")).links("next-archive").len();
    assert_eq!([1, 2, 3].map(next), [1, 1, 0], "whoever walks forward comes to the end");
    let etags = |daemon: &Daemon| {
        ["/archive/feed/1.atom", "/archive/feed/3.atom", "/feed.rss", "/feed.json", "/feed.html", "/source/a.atom"]
            .map(|path| daemon.get(path).expect(200).header("etag").to_owned())
    };
    let before = etags(&daemon);
    assert_eq!(daemon.term(), 0);
    let daemon = program.daemon();
    assert_eq!(etags(&daemon), before, "a restart keeps every ETag");
    for path in ["/archive/feed/4.atom", "/archive/feed/0.atom", "/archive/nothing/1.atom", "/archive/feed/1.rss"] {
        daemon.get(path).expect(404);
    }
    // What is hidden leaves its document, and moves nothing in the others.
    let others = |daemon: &Daemon| [2, 3].map(|number| daemon.get(&format!("/archive/feed/{number}.atom")).text());
    let before = others(&daemon);
    // It was stored as the last of the first poll.
    program.run(&["hide", &items("a", 0..1)[0].id]).expect(0);
    assert_eq!(ids(&feed_at(&daemon, "/archive/feed/1.atom")).len(), 99);
    assert_eq!(others(&daemon), before);
}

#[test]
fn delta_answers_hold_only_new_entries() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..5)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let before: Vec<String> =
        ["/feed.atom", "/feed.rss"].map(|path| daemon.get(path).expect(200).header("etag").to_owned()).to_vec();
    origin.document("/a", feeds::rss("A", &items("a", 0..7)));
    program.poll("a");
    let asked =
        |path: &str, etag: &str, im: &str| daemon.request("GET", path, &[("If-None-Match", etag), ("A-IM", im)]);
    let news = asked("/feed.atom", &before[0], "feed, gzip");
    assert_eq!(news.status, 226);
    assert_eq!((news.header("im"), news.header("cache-control")), ("feed", "no-store"));
    let mut wanted: Vec<String> = items("a", 5..7).into_iter().map(|item| item.id).collect();
    let mut found = ids(&atom::read(&news.text()));
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted);
    let now = daemon.get("/feed.atom").expect(200).header("etag").to_owned();
    assert_eq!(news.header("etag"), now);
    assert_eq!(asked("/feed.rss", &before[1], "feed").status, 226);
    for (what, etag, im, status) in [
        ("the same version", now.as_str(), "feed", 304),
        ("an unknown one", "\"unknown\"", "feed", 200),
        ("another manipulation", &before[0], "vcdiff", 200),
        ("none wanted", &before[0], "feed;q=0", 200),
        ("wanted a little", &before[0], "vcdiff, feed;q=0.5", 226),
    ] {
        assert_eq!(asked("/feed.atom", etag, im).status, status, "{what}");
    }
}

#[test]
fn filters_and_rewrites_are_applied_when_publishing() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..6)).replace("</link>", "?utm_source=rss&amp;x=1</link>"));
    origin.document("/b", feeds::atom("B", &items("b", 6..9)));
    let wanted = items("a", 0..6);
    let b = source(&origin, "b", "/b", "");
    let config = |more: &str, output: &str| [source(&origin, "a", "/a", more).as_str(), b.as_str(), output].concat();
    let program = Program::new(&config("", ""));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    assert_eq!(ids(&feed_at(&daemon, "/feed.atom")).len(), 9);
    let drop = format!(
        "filter = [ {{ drop = \"title\", is = \"{}\" }}, {{ drop = \"any\", contains = \"nowhere at all\" }} ]\n\
         rewrite = [ {{ field = \"link\", strip_query = [\"utm_*\"] }} ]",
        wanted[2].title
    );
    let only_b = "[[output]]\nname = \"kept\"\nfilter = [ { keep = \"link\", matches = \"b\\\\.example\" } ]\n";
    let edited = program.folder().join("edited.toml");
    std::fs::write(&edited, format!("{BASE}{}", config(&drop, only_b))).expect("it can be written");
    let plan = program.run(&["plan", edited.to_str().expect("a path")]).expect(0).stdout;
    for expected in ["~ output feed gains 0 and loses 1 stories", "+ output kept: 3 stories", "it has matched nothing"]
    {
        assert!(plan.contains(expected), "{expected}\n{plan}");
    }
    assert!(plan.contains(&wanted[2].title), "{plan}");
    program.configure(&format!("{BASE}{}", config(&drop, only_b)));
    program.run(&["reload"]).expect(0);
    let feed = feed_at(&daemon, "/feed.atom");
    assert_eq!(ids(&feed).len(), 8);
    assert!(!titles(&feed).contains(&wanted[2].title), "a changed rule changes the past");
    let links: Vec<&str> = feed.all("entry").iter().flat_map(|entry| entry.links("alternate")).collect();
    assert!(links.iter().all(|link| !link.contains("utm_")) && links.iter().any(|link| link.ends_with("?x=1")));
    assert_eq!(ids(&feed_at(&daemon, "/kept.atom")).len(), 3);
    assert_eq!(ids(&feed_at(&daemon, "/archive/kept/1.atom")).len(), 3);
    assert_eq!(ids(&feed_at(&daemon, "/source/a.atom")).len(), 5);
    let why = program.run(&["why", &wanted[2].id]).expect(0).stdout;
    assert!(why.contains("The filter of its source drops it, by { drop = \"title\", is = "), "{why}");
    assert!(why.contains("Its story appears in no output"), "{why}");
    let shown = program.run(&["show", "a"]).expect(0).stdout;
    assert!(shown.contains("it has matched 1 of 6 entries") && shown.contains("it has matched nothing"), "{shown}");
    let listed = program.records(&["entries", "--json", "--output", "kept"]);
    assert_eq!(listed.len(), 3);
    assert_eq!(program.run(&["plan"]).expect(0).stdout.lines().filter(|line| line.starts_with('~')).count(), 0);
    // And without the rules all of it is there again.
    program.configure(&format!("{BASE}{}", config("", "")));
    program.run(&["reload"]).expect(0);
    assert_eq!(ids(&feed_at(&daemon, "/feed.atom")).len(), 9);
    daemon.get("/kept.atom").expect(404);
}

#[test]
fn old_entries_of_a_first_poll_stay_out_of_live_documents() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..4)));
    let program = Program::new(&source(&origin, "a", "/a", "backfill = \"30d\""));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    assert_eq!(ids(&feed_at(&daemon, "/feed.atom")).len(), 0);
    assert_eq!(ids(&feed_at(&daemon, "/archive/feed/1.atom")).len(), 4);
    // Of later polls all are news.
    origin.document("/a", feeds::rss("A", &items("a", 0..6)));
    program.poll("a");
    assert_eq!(ids(&feed_at(&daemon, "/feed.atom")).len(), 2);
}

/// All files below a folder with their texts.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path().strip_prefix(folder).map(PathBuf::from).expect("it is below");
                let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
                found.insert(path.display().to_string(), text);
            }
        }
    }
    found
}

#[test]
fn the_site_is_kept_as_files() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..3)));
    origin.document("/b", feeds::rss("B", &items("b", 3..5)));
    let outputs = "[[output]]\nname = \"one\"\nsources = [\"a\"]\n[[output]]\nname = \"closed\"\ntoken = \"hush\"\n";
    let base = serving("public_url = \"https://feeds.example\"\nfiles = \"site\"\n");
    let a = source(&origin, "a", "/a", "tags = [\"red\", \"a/b\", \".net\"]");
    let b = source(&origin, "b", "/b", "private = true");
    let program = Program::bare(&[base.as_str(), &a, &b, outputs].concat());
    program.run(&["poll", "--all"]).expect(0);
    let site = program.folder().join("site");
    std::fs::write(site.join("mine.txt"), "not ours").expect("it can be written");
    let written = files(&site);
    for expected in [
        "index.html",
        "feed.atom",
        "feed.rss",
        "feed.json",
        "feed.html",
        "feed.opml",
        "sources.opml",
        "one.atom",
        "archive/feed/1.atom",
        "archive/one/1.atom",
        "tag/red.atom",
        "tag/.net.atom",
        "source/a.html",
    ] {
        assert!(written.contains_key(expected), "{expected}: {:?}", written.keys());
    }
    assert!(
        written.keys().all(|path| !path.contains("closed") && !path.starts_with("source/b")),
        "{:?}",
        written.keys()
    );
    assert!(written.values().all(|text| !text.contains("b.example")), "nothing private lies about");
    // The same bytes as are served, whoever serves them; and what did not change is not written again.
    let daemon = program.daemon();
    for path in ["feed.atom", "one.json", "archive/feed/1.atom", "tag/red.rss", "sources.opml"] {
        assert_eq!(daemon.get(&format!("/{path}")).expect(200).text(), written[path], "{path}");
    }
    let modified = |path: &str| std::fs::metadata(site.join(path)).and_then(|it| it.modified()).expect("it is there");
    let before = modified("one.atom");
    origin.document("/a", feeds::rss("A", &items("a", 0..4)));
    program.poll("a");
    assert_eq!(ids(&atom::read(&files(&site)["feed.atom"])).len(), 4);
    assert!(modified("one.atom") > before);
    // A feed that only calls itself otherwise now.
    origin.document("/a", feeds::rss("A, renamed", &items("a", 0..4)));
    program.poll("a");
    for path in ["source/a.atom", "source/a.html", "source/a.opml", "sources.opml"] {
        let served = daemon.get(&format!("/{path}")).expect(200).text();
        assert!(served.contains("A, renamed"), "{path}");
        assert_eq!(files(&site)[path], served, "{path}");
    }
    program.configure(&[base.as_str(), &a, &b].concat());
    program.run(&["reload"]).expect(0);
    let left = files(&site);
    assert!(left.keys().all(|path| !path.starts_with("one.") && !path.starts_with("archive/one")), "{:?}", left.keys());
    assert_eq!(left["mine.txt"], "not ours");
    assert_eq!(daemon.term(), 0);
}

/// A polled installation with the public source `open`, the private source `secret` with these items, and the output `closed`, which
/// shows both to readers with the token `hush`.
pub fn with_secrets(origin: &Origin, secrets: Range<u32>) -> (Program, Daemon) {
    origin.document("/open", feeds::rss("Open", &items("open", 0..2)));
    origin.document("/secret", feeds::rss("Secret", &items("secret", secrets)));
    let config = [
        source(origin, "open", "/open", "tags = [\"t\"]"),
        source(origin, "secret", "/secret", "private = true\ntags = [\"t\", \"only\"]"),
        "[[output]]\nname = \"closed\"\ntoken = \"hush\"\n".to_owned(),
    ];
    let program = Program::new(&config.concat());
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    (program, daemon)
}

#[test]
fn nothing_private_is_reachable_without_its_token() {
    let origin = Origin::start();
    let (_program, daemon) = with_secrets(&origin, 2..4);
    let suffixes = ["atom", "rss", "json", "html", "opml"];
    for path in ["/feed", "/tag/t"] {
        for suffix in suffixes {
            let text = daemon.get(&format!("{path}.{suffix}")).expect(200).text();
            assert!(!text.contains("secret"), "{path}.{suffix}: {text}");
        }
    }
    for path in ["/", "/sources.opml", "/archive/feed/1.atom"] {
        assert!(!daemon.get(path).expect(200).text().contains("secret"), "{path}");
    }
    for suffix in suffixes {
        daemon.get(&format!("/source/secret.{suffix}")).expect(404);
        daemon.get(&format!("/tag/only.{suffix}")).expect(404);
        daemon.get(&format!("/closed.{suffix}")).expect(401);
        let open = daemon.get(&format!("/closed.{suffix}?token=hush")).expect(200);
        assert!(open.text().to_lowercase().contains("secret"), "{suffix}");
        assert!(open.header("cache-control").starts_with("private"), "{suffix}");
    }
    daemon.get("/archive/closed/1.atom").expect(401);
    assert_eq!(ids(&feed_at(&daemon, "/archive/closed/1.atom?token=hush")).len(), 4);
    let navigate = |path: &str| daemon.request("GET", path, &[("Sec-Fetch-Dest", "document")]);
    assert_eq!(navigate("/closed.atom").status, 401);
    assert!(navigate("/closed.atom?token=hush").header("content-type").starts_with("text/html"));
}

#[test]
fn a_browser_gets_the_page_of_a_feed() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..2)));
    let program = Program::new(&source(&origin, "a", "/a", "tags = [\"t\"]"));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let navigate = |path: &str| daemon.request("GET", path, &[("Sec-Fetch-Dest", "document")]);
    for path in ["/feed.atom", "/feed.rss", "/feed.json", "/tag/t.atom", "/source/a.rss"] {
        let page = navigate(path).expect(200);
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        let feed = daemon.get(path).expect(200);
        assert!(page.header("etag") != feed.header("etag"), "{path}");
        let raw = navigate(&format!("{path}?raw")).expect(200);
        assert_eq!(raw.text(), feed.text(), "{path}");
    }
    let empty = daemon.request("HEAD", "/feed.json", &[]);
    assert_eq!((empty.status, empty.text().as_str()), (200, ""));
    let json: Value = serde_json::from_str(&daemon.get("/feed.json").expect(200).text()).expect("it is JSON");
    assert_eq!(json["items"].as_array().map(Vec::len), Some(2));
}

#[test]
fn our_own_feeds_bring_no_entries_when_polled_back() {
    let origin = Origin::start();
    // The same id in two sources: the later bearer is published under one that was made here.
    let (a, b) = (feeds::atom("A", &items("a", 0..3)), feeds::atom("B", &items("a", 0..3)));
    origin.document("/a", a);
    origin.document("/b", b);
    let config = [
        source(&origin, "a", "/a", "stories = \"off\""),
        source(&origin, "b", "/b", "stories = \"off\""),
        source(&origin, "planet", "/planet/feed.atom", "stories = \"off\""),
        source(&origin, "round", "/round/feed.json", ""),
    ];
    let program = Program::new(&config.concat());
    let daemon = program.daemon();
    // All of them, because a poll of our own feeds that is under way until later would say that there are none yet.
    program.run(&["poll", "--all"]);
    let stored = program.entries().len();
    assert_eq!(stored, 6);
    origin.document("/planet/feed.atom", daemon.get("/feed.atom").expect(200).text());
    origin.document("/round/feed.json", daemon.get("/feed.json").expect(200).text());
    for name in ["planet", "round"] {
        let polled = program.poll(name);
        assert_eq!((&polled["new"], &polled["rejected"]), (&Value::from(0), &Value::from(6)), "{polled}");
    }
    assert_eq!(program.entries().len(), stored);
    let shown = program.run(&["show", "planet"]).expect(0).stdout;
    assert!(shown.contains("a feed of this Watershed itself"), "{shown}");
    // By way of another planet, which gives the feed an id of its own: known ids are copies, made ones are ours.
    let by_others = daemon.get("/feed.atom").expect(200).text();
    let own_id = atom::read(&by_others).one("id").text.clone();
    origin.document("/planet/feed.atom", by_others.replace(&own_id, "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
    let polled = program.poll("planet");
    assert_eq!(polled["rejected"], 3, "{polled}");
    let grown = program.entries().len();
    origin.document("/planet/feed.atom", daemon.get("/feed.atom").expect(200).text().replace(&own_id, "urn:x-other:1"));
    let again = program.poll("planet");
    assert_eq!(again["new"], 0, "{again}");
    assert_eq!(program.entries().len(), grown, "it does not grow");
}

#[test]
fn an_entry_that_is_too_large_does_not_displace_others() {
    let origin = Origin::start();
    let giant = |number: u32| {
        format!(
            "<item><guid>giant-{number}</guid><title>Giant {number}</title><link>https://giant.example/{number}</link>\
             <pubDate>Mon, 01 Jul 2024 12:00:00 GMT</pubDate><description>{}</description></item>",
            "&amp;lt;".repeat(110_000)
        )
    };
    let giants: String = (0..10).map(giant).collect();
    origin.document("/giant", format!("<rss version=\"2.0\"><channel><title>G</title>{giants}</channel></rss>"));
    origin.document("/a", feeds::rss("A", &items("a", 0..20)));
    let config = [source(&origin, "giant", "/giant", "stories = \"off\""), source(&origin, "a", "/a", "")];
    let program = Program::new(&config.concat());
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    for path in ["/feed.atom", "/archive/feed/1.atom"] {
        assert_eq!(ids(&feed_at(&daemon, path)).len(), 30, "{path}");
    }
    assert!(daemon.get("/feed.atom").expect(200).text().len() < 1024 * 1024);
}

#[test]
fn a_revision_that_changes_a_filters_verdict_shows_in_every_document() {
    let origin = Origin::start();
    let document = |first: &str| feeds::rss("A", &items("a", 0..3)).replacen("a item 2", first, 1);
    origin.document("/a", document("bad from the start"));
    let filter = "[[output]]\nname = \"clean\"\nfilter = [ { drop = \"title\", contains = \"bad\" } ]\n";
    let program = Program::new(&[source(&origin, "a", "/a", "").as_str(), filter].concat());
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let both = |daemon: &Daemon| ["/clean.atom", "/archive/clean/1.atom"].map(|path| ids(&feed_at(daemon, path)).len());
    assert_eq!(both(&daemon), [2, 2]);
    // It was stored before all that the archive shows.
    origin.document("/a", document("good at last"));
    program.poll("a");
    assert_eq!(both(&daemon), [3, 3]);
    let before = daemon.get("/clean.atom").expect(200);
    origin.document("/a", document("bad again"));
    program.poll("a");
    assert_eq!(both(&daemon), [2, 2]);
    // Who asks by date only learns of it, too.
    let since = daemon.request("GET", "/clean.atom", &[("If-Modified-Since", before.header("last-modified"))]);
    assert_eq!(since.status, 200);
}

#[test]
fn files_that_became_private_are_removed_first() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..2)));
    origin.document("/b", feeds::rss("B", &items("b", 2..4)));
    let base = serving("public_url = \"https://feeds.example\"\nfiles = \"site\"\n");
    let config = |more: &str| {
        [base.clone(), source(&origin, "a", "/a", more), source(&origin, "b", "/b", ""), String::new()].concat()
    };
    let program = Program::bare(&config(""));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let site = program.folder().join("site");
    assert!(site.join("source/a.atom").exists());
    // A file that cannot be replaced, and a link where another one is to be written.
    std::fs::remove_file(site.join("feed.rss")).expect("it was there");
    std::fs::create_dir(site.join("feed.rss")).expect("a folder can be made");
    let victim = program.folder().join("victim.txt");
    std::fs::write(&victim, "untouched").expect("it can be written");
    for name in files(&site).keys().filter(|path| !path.contains('/')) {
        let digest = blake3::hash(name.as_bytes()).to_hex();
        let link = site.join(format!(".watershed-{}", &digest.as_str()[..16]));
        std::os::unix::fs::symlink(&victim, link).expect("a link can be made");
    }
    program.configure(&config("private = true"));
    let reloaded = program.run(&["reload"]).expect(1);
    assert!(reloaded.said().contains("feed.rss"), "{}", reloaded.said());
    let left = files(&site);
    assert!(left.keys().all(|path| !path.contains("source/a.")), "{:?}", left.keys());
    assert!(left.values().all(|text| !text.contains("a.example")), "nothing of it lies about");
    assert_eq!(std::fs::read_to_string(&victim).expect("it is there"), "untouched");
    std::fs::remove_dir(site.join("feed.rss")).expect("it is empty");
    program.run(&["hide", &items("b", 2..3)[0].id]).expect(0);
    let site = files(&site);
    for path in ["feed.atom", "feed.rss", "archive/feed/1.atom", "source/b.atom"] {
        assert_eq!(site[path], daemon.get(&format!("/{path}")).expect(200).text(), "{path}");
    }
}

#[test]
fn files_match_the_served_documents_when_another_copy_takes_the_lead() {
    let origin = Origin::start();
    let text = "Words that both of them have in common, one after the other, and many enough of them to be told from \
                all the others that there are in the world of feeds, so that nobody can doubt that it is one piece.";
    let piece = |site: &str, title: &str| {
        format!(
            "<item><guid>https://{site}.example/x</guid><link>https://{site}.example/x</link><title>{title}</title>\
             <pubDate>Wed, 25 Nov 2026 08:00:00 GMT</pubDate><description>{text}</description></item>"
        )
    };
    let of = |items: String| format!("<rss version=\"2.0\"><channel><title>T</title>{items}</channel></rss>");
    origin.document("/b", of(piece("b", "What became of it")));
    let more = feeds::rss("M", &items("m", 0..150));
    origin.document("/m", more);
    origin.document("/a", of(piece("a", "What became of it")));
    let base = serving("public_url = \"https://feeds.example\"\nfiles = \"site\"\n");
    let config = [
        base,
        source(&origin, "b", "/b", "filter = [ { drop = \"title\", contains = \"sponsored\" } ]"),
        source(&origin, "m", "/m", ""),
        source(&origin, "a", "/a", ""),
    ];
    let program = Program::bare(&config.concat());
    let daemon = program.daemon();
    for name in ["b", "m", "a"] {
        program.poll(name);
    }
    let archives = ["archive/feed/1.atom", "archive/feed/2.atom"];
    let holds = |site: &str| {
        let wanted = format!("<id>https://{site}.example/x</id>");
        archives.map(|path| daemon.get(&format!("/{path}")).expect(200).text().contains(&wanted))
    };
    assert_eq!((holds("b"), holds("a")), ([true, false], [false, false]));
    origin.document("/b", of(piece("b", "What became of it, sponsored")));
    program.poll("b");
    assert_eq!((holds("b"), holds("a")), ([false, false], [false, true]), "the copy stands for the story now");
    let written = files(&program.folder().join("site"));
    for path in archives {
        assert_eq!(written[path], daemon.get(&format!("/{path}")).expect(200).text(), "{path}");
    }
}
