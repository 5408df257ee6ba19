//! What outputs say of themselves, how JSON Feed pages back, what an output with a token shows to whom, and when documents are
//! dated and made.

use std::time::Duration;

use serde_json::Value;

use crate::atom::{self, Element};
use crate::feeds::{self, items};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{Daemon, PATIENCE, Program, Reply, serving, wait_until};

/// The password `hush` in Basic authentication.
const BASIC: (&str, &str) = ("Authorization", "Basic eDpodXNo");
/// Longer than the second in which a date is counted.
const OVER_A_SECOND: Duration = Duration::from_millis(1_100);

fn feed_at(daemon: &Daemon, path: &str) -> Element {
    atom::read(&daemon.get(path).expect(200).text())
}

fn json_at(daemon: &Daemon, path: &str) -> Value {
    serde_json::from_str(&daemon.get(path).expect(200).text()).expect("it is JSON")
}

/// The path and the query of an address.
fn path_of(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest[rest.find('/').expect("a path")..].to_owned()
}

/// Ids and dates of the entries.
fn entries(feed: &Element) -> Vec<[String; 3]> {
    let text = |entry: &Element, name: &str| entry.one(name).text.clone();
    feed.all("entry").iter().map(|entry| ["id", "published", "updated"].map(|name| text(entry, name))).collect()
}

#[test]
fn what_an_output_says_of_itself_stands_in_every_format_and_moves_no_entry() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..3)));
    // Every start listens on another port.
    let base = serving("public_url = \"https://feeds.example\"\n");
    let config = |more: &str| [base.as_str(), &source(&origin, "a", "/a", "tags = [\"t\"]"), more].concat();
    let program = Program::bare(&config(""));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let before = daemon.get("/feed.atom").expect(200);
    program.configure(&config(
        "[[output]]\nname = \"feed\"\ntitle = \"The planet\"\nsubtitle = \"Near & far\"\ndescription = \"Longer\"\n\
         author = \"Them\"\nicon = \"https://feeds.example/i.png\"\nlogo = \"https://feeds.example/l.png\"\nlanguage = \"de\"\n\
         rights = \"CC BY 4.0\"\nexplicit = false\nitunes_category = \"Society & Culture > Documentary\"\n",
    ));
    program.run(&["reload"]).expect(0);
    let after = daemon.get("/feed.atom").expect(200);
    assert_ne!(before.header("etag"), after.header("etag"));
    let (old, new) = (atom::read(&before.text()), atom::read(&after.text()));
    assert_eq!(entries(&old), entries(&new));
    assert_eq!((&old.one("id").text, &old.one("updated").text), (&new.one("id").text, &new.one("updated").text));
    for (name, wanted) in [
        ("title", "The planet"),
        ("subtitle", "Near & far"),
        ("icon", "https://feeds.example/i.png"),
        ("logo", "https://feeds.example/l.png"),
        ("rights", "CC BY 4.0"),
    ] {
        assert_eq!(new.one(name).text, wanted, "{name}");
    }
    assert_eq!(new.authors(), ["Them"]);
    assert!(after.text().contains(" xml:lang=\"de\""), "{}", after.text());
    for (path, wanted) in [
        ("/feed.rss", "<description>Longer</description>"),
        ("/feed.rss", "<language>de</language>"),
        ("/feed.rss", "<copyright>CC BY 4.0</copyright>"),
        ("/feed.rss", "<itunes:explicit>false</itunes:explicit>"),
        ("/feed.rss", "<itunes:category text=\"Documentary\"/>"),
        ("/feed.opml", "<ownerName>Them</ownerName>"),
        ("/sources.opml", "<title>The planet</title><ownerName>Them</ownerName>"),
        ("/", "<title>The planet</title>"),
        ("/", "<meta name=\"description\" content=\"Longer\">"),
        ("/feed.html", "<meta name=\"author\" content=\"Them\">"),
    ] {
        let text = daemon.get(path).expect(200).text();
        assert!(text.contains(wanted), "{wanted} in {path}: {text}");
    }
    assert_eq!(feed_at(&daemon, "/tag/t.atom").one("title").text, "The planet: t");
    let json = json_at(&daemon, "/feed.json");
    for (name, wanted) in [
        ("/description", "Longer"),
        ("/icon", "https://feeds.example/l.png"),
        ("/favicon", "https://feeds.example/i.png"),
        ("/authors/0/name", "Them"),
        ("/language", "de"),
        ("/_watershed/subtitle", "Near & far"),
    ] {
        assert_eq!(json.pointer(name).and_then(Value::as_str), Some(wanted), "{name}");
    }
}

#[test]
fn json_feed_pages_back_to_the_oldest_entry() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..150)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let mut seen: Vec<String> = Vec::new();
    let mut pages: Vec<String> = Vec::new();
    let mut next = Some("/feed.json".to_owned());
    while let Some(path) = next {
        let page = json_at(&daemon, &path);
        seen.extend(
            page["items"].as_array().into_iter().flatten().filter_map(|item| item["id"].as_str().map(str::to_owned)),
        );
        next = page["next_url"].as_str().map(path_of);
        pages.push(path);
    }
    assert_eq!(pages, ["/feed.json", "/archive/feed/2.json", "/archive/feed/1.json"]);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 150);
    for path in ["/archive/feed/3.json", "/archive/feed/1.rss", "/archive/feed/3.html"] {
        daemon.get(path).expect(404);
    }
}

#[test]
fn an_output_with_a_token_is_named_nowhere_and_its_links_work_with_the_token() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..130)));
    let base = serving("public_url = \"https://feeds.example\"\nfiles = \"site\"\n");
    let closed = "[[output]]\nname = \"closed\"\ntitle = \"Behind the door\"\ntoken = \"hush\"\n";
    let program = Program::bare(&[base.as_str(), &source(&origin, "a", "/a", "tags = [\"t\"]"), closed].concat());
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let is_named = |text: &str| ["closed", "Behind the door", "hush"].iter().any(|word| text.contains(word));
    for path in ["/", "/sources.opml", "/feed.atom", "/feed.html", "/feed.opml", "/tag/t.html", "/source/a.html"] {
        let text = daemon.get(path).expect(200).text();
        assert!(!is_named(&text), "{path}: {text}");
    }
    let index = std::fs::read_to_string(program.folder().join("site/index.html")).expect("the page is written");
    assert!(!is_named(&index), "{index}");

    // Readers that gave the token in the address follow the links as they are.
    let live = feed_at(&daemon, "/closed.atom?token=hush");
    assert_eq!(live.links("self"), ["https://feeds.example/closed.atom?token=hush"]);
    let mut seen = 0;
    let mut next = live.links("prev-archive").first().map(|href| path_of(href));
    while let Some(path) = next {
        let archive = feed_at(&daemon, &path);
        seen += archive.all("entry").len();
        feed_at(&daemon, &path_of(archive.links("current")[0]));
        next = archive.links("prev-archive").first().map(|href| path_of(href));
    }
    assert_eq!(seen, 130);
    let next =
        json_at(&daemon, "/closed.json?token=hush")["next_url"].as_str().map(path_of).expect("there are archives");
    assert_eq!(json_at(&daemon, &next)["items"].as_array().map(Vec::len), Some(30));

    // Others know the token, and keep it out of addresses.
    let ask = |path: &str, headers: &[(&str, &str)]| -> Reply { daemon.request("GET", path, headers) };
    for path in ["/closed.atom", "/closed.rss", "/closed.json", "/closed.html", "/archive/closed/1.atom"] {
        let text = ask(path, &[BASIC]).expect(200).text();
        assert!(!text.contains("hush"), "{path}: {text}");
        ask(path, &[]).expect(401);
    }
    // It is one version, and what is new since another comes with the same links.
    let (with, without) = (ask("/closed.atom?token=hush", &[]), ask("/closed.atom", &[BASIC]));
    assert_eq!(with.header("etag"), without.header("etag"));
    let etag = with.header("etag");
    assert_eq!(ask("/closed.atom?token=hush", &[("If-None-Match", etag)]).status, 304);
    origin.document("/a", feeds::rss("A", &items("a", 0..132)));
    program.poll("a");
    let news = ask("/closed.atom?token=hush", &[("If-None-Match", etag), ("A-IM", "feed")]).expect(226);
    let news = atom::read(&news.text());
    assert_eq!(
        (news.all("entry").len(), news.links("self")),
        (2, vec!["https://feeds.example/closed.atom?token=hush"])
    );
}

#[test]
fn a_change_elsewhere_moves_no_date() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..120)));
    let base = serving("public_url = \"https://feeds.example\"\n");
    let config = |more: &str| [base.as_str(), &source(&origin, "a", "/a", "tags = [\"t\"]"), more].concat();
    let program = Program::bare(&config(""));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let paths = ["/feed.atom", "/feed.rss", "/feed.opml", "/sources.opml", "/archive/feed/1.atom", "/tag/t.json"];
    let versions = |daemon: &Daemon| {
        paths.map(|path| {
            let reply = daemon.get(path).expect(200);
            (path, reply.header("etag").to_owned(), reply.header("last-modified").to_owned())
        })
    };
    let before = versions(&daemon);
    std::thread::sleep(OVER_A_SECOND);
    program.configure(&config("[[output]]\nname = \"x\"\nsubtitle = \"Another\"\n"));
    program.run(&["reload"]).expect(0);
    daemon.get("/x.atom").expect(200);
    assert_eq!(versions(&daemon), before);
}

#[test]
fn an_output_without_entries_is_as_old_as_its_store() {
    let program = Program::new("[[output]]\nname = \"x\"\n");
    let updated = |daemon: &Daemon, path: &str| feed_at(daemon, path).one("updated").text.clone();
    let daemon = program.daemon();
    let born = updated(&daemon, "/feed.atom");
    assert!(!born.starts_with("1970"), "{born}");
    assert_eq!(updated(&daemon, "/x.atom"), born);
    assert_eq!(daemon.term(), 0);
    std::thread::sleep(OVER_A_SECOND);
    let daemon = program.daemon();
    assert_eq!(updated(&daemon, "/feed.atom"), born, "a restart does not date it anew");
}

#[test]
fn a_new_output_does_not_wait_for_the_others() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..3)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    // The archive of the default output cannot be written any more, so its document cannot be made by a changed filter.
    let database = rusqlite::Connection::open(program.folder().join("watershed.db")).expect("it opens");
    let refuse =
        "CREATE TRIGGER refuse BEFORE INSERT ON archive WHEN NEW.output = 'feed' BEGIN SELECT RAISE(ABORT, 'no'); END";
    database.execute_batch(refuse).expect("it can be written");
    let filter = "filter = [ { drop = \"title\", contains = \"nowhere\" } ]\n";
    let outputs = format!("[[output]]\nname = \"feed\"\n{filter}[[output]]\nname = \"x\"\n");
    program.configure(&(program.config() + &outputs));
    // Nobody asks for a reload: it would wait for all outputs.
    wait_until(PATIENCE, "the new output", || (daemon.get("/x.atom").status == 200).then_some(()));
    assert_eq!(feed_at(&daemon, "/x.atom").all("entry").len(), 3);
    wait_until(PATIENCE, "the failure of the other", || daemon.log().contains("could not be rebuilt").then_some(()));
    assert_eq!(feed_at(&daemon, "/feed.atom").all("entry").len(), 3, "the old document stays");
}
