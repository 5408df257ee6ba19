//! Searching: on the command line, as feeds and pages, and as the selection of an output.

use serde_json::Value;

use crate::atom;
use crate::feeds::{self, Item, items};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{BASE, Daemon, PATIENCE, Program, serving, wait_until};

/// The name of a private source's only entry, which no public document may show.
const SECRET: &str = "whisper";

fn item(site: &str, number: u32, title: &str, html: &str) -> Item {
    Item { title: title.to_owned(), html: html.to_owned(), ..Item::new(site, number) }
}

fn news() -> Vec<Item> {
    vec![
        item("a", 0, "Kernel release", "<p>The <b>Linux</b> kernel has release notes.</p>"),
        item("a", 1, "Café in Zürich", "<p>An der Straße: 東京タワーは高い。</p>"),
        item("a", 2, "ภาษาไทย", "<p>Notes about the release of something else.</p>"),
    ]
}

/// Two public sources and a private one.
fn three() -> (Origin, Program) {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("Source A", &news()));
    origin.document("/b", feeds::atom("Source B", &items("b", 3..5)));
    origin.document("/p", feeds::rss("Private", &[item("p", 6, SECRET, "<p>release</p>")]));
    let base = serving("public_url = \"https://feeds.example/x\"\n");
    let program = Program::bare(&configured(&base, &origin, ""));
    program.run(&["poll", "--all"]).expect(0);
    (origin, program)
}

fn configured(base: &str, origin: &Origin, more: &str) -> String {
    [
        base,
        &source(origin, "a", "/a", "tags = [\"news\"]"),
        &source(origin, "b", "/b", ""),
        &source(origin, "p", "/p", "private = true"),
        more,
    ]
    .concat()
}

#[track_caller]
fn found(program: &Program, query: &str) -> Vec<String> {
    let records = program.run(&["search", "--json", query]).expect(0).records();
    records.iter().map(|record| record["title"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Whether all entries are in the index as they are.
fn is_indexed(program: &Program) -> bool {
    let database = rusqlite::Connection::open(program.folder().join("watershed.db")).expect("the database opens");
    let sql = "SELECT (SELECT count(*) FROM search_due) = 0 AND (SELECT max(id) FROM entry)
                   = coalesce((SELECT CAST(value AS INTEGER) FROM fact WHERE name = 'search_through'), 0)";
    database.query_row(sql, [], |row| row.get(0)).expect("it can be read")
}

/// The titles in the feed of a search.
#[track_caller]
fn fed(daemon: &Daemon, query: &str) -> Vec<String> {
    let feed = atom::read(&daemon.get(&format!("/search.atom?q={query}")).expect(200).text());
    feed.all("entry").iter().map(|entry| entry.one("title").text.clone()).collect()
}

#[test]
fn search_finds_the_same_with_and_without_a_daemon_and_an_index() {
    let (_origin, program) = three();
    let check = || {
        for (query, wanted) in [
            ("KERNEL", vec!["Kernel release"]),
            ("\"release notes\"", vec!["Kernel release"]),
            ("release notes", vec!["ภาษาไทย", "Kernel release"]),
            ("notes -linux", vec!["ภาษาไทย"]),
            ("cafe", vec!["Café in Zürich"]),
            ("strasse", vec!["Café in Zürich"]),
            ("東京", vec!["Café in Zürich"]),
            ("タワー", vec!["Café in Zürich"]),
            ("ไทย", vec!["ภาษาไทย"]),
            ("rel* tag:news", vec!["ภาษาไทย", "Kernel release"]),
            ("source:b", vec!["b item 4", "b item 3"]),
            ("tag:atom-news", vec!["b item 4", "b item 3"]),
            ("author:\"of b\" 4", vec!["b item 4"]),
            ("since:2024-01-05", vec![SECRET, "b item 4"]),
            ("release source:p", vec![SECRET]),
            ("nowhere", vec![]),
        ] {
            assert_eq!(found(&program, query), wanted, "{query}");
        }
    };
    check();
    let daemon = program.daemon();
    check();
    assert_eq!(daemon.term(), 0);
    // Everything is found without the index as well, as after a migration.
    let database = rusqlite::Connection::open(program.folder().join("watershed.db")).expect("the database opens");
    let emptied = "DELETE FROM fact WHERE name = 'search_through'; INSERT INTO search (search) VALUES ('delete-all')";
    database.execute_batch(emptied).expect("it can be written");
    drop(database);
    check();
    // The daemon fills it.
    let daemon = program.daemon();
    wait_until(PATIENCE, "the index is filled", || is_indexed(&program).then_some(()));
    check();
    assert_eq!(daemon.term(), 0);
}

#[test]
fn a_search_without_a_daemon_fills_the_index() {
    const ENTRIES: u32 = 2_100;
    let origin = Origin::start();
    let all = |title: &str| -> Vec<Item> {
        // The last entry that a document lists is stored first.
        let last = [item("a", ENTRIES, title, "<p>It changes.</p>"), item("a", 0, "Zebra", "<p>The oldest.</p>")];
        items("a", 1..ENTRIES).into_iter().chain(last).collect()
    };
    origin.document("/a", feeds::rss("A", &all("Gnu")));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.run(&["poll", "--all"]).expect(0);
    // An entry that is revised before it is in the index.
    origin.document("/a", feeds::rss("A", &all("Yak")));
    program.poll("a");
    assert!(!is_indexed(&program), "polls do not write the index, because nobody may ever search");
    // Without the index, the newest of the missing entries are searched.
    let newest = Item::new("a", 1).title;
    let path = program.folder().join("watershed.db.lock");
    let check_newest = |told: &str| {
        assert_eq!(found(&program, "zebra"), [""; 0]);
        let searched = program.run(&["search", "--json", &format!("\"{newest}\"")]).expect(0);
        assert_eq!(searched.records().len(), 1);
        assert!(
            searched.stderr.contains(told) && told.is_empty() != searched.stderr.contains("index for search"),
            "{searched:?}"
        );
        assert!(!is_indexed(&program));
    };
    // Another process has the database.
    let lock = std::fs::File::open(&path).expect("the lock opens");
    lock.lock().expect("nobody has it");
    check_newest("");
    drop(lock);
    // The database cannot be opened for writing.
    std::fs::remove_file(&path).expect("it is there");
    std::fs::create_dir(&path).expect("it can be made");
    check_newest("the index for search could not be filled: cannot");
    std::fs::remove_dir(&path).expect("it is empty");
    assert_eq!(found(&program, "zebra"), ["Zebra"]);
    assert!(is_indexed(&program));
    // A few entries are examined outside of the index.
    origin.document("/a", feeds::rss("A", &all("Okapi")));
    program.poll("a");
    assert!(!is_indexed(&program));
    assert_eq!(found(&program, "okapi"), ["Okapi"]);
    assert_eq!(found(&program, "yak"), [""; 0]);
    assert!(!is_indexed(&program));
    // Polls fill the index if it is needed for their files.
    let output = "[[output]]\nname = \"o\"\nsearch = \"okapi\"\n";
    program.configure(&format!("{}{output}", program.config()));
    program.poll("a");
    assert!(!is_indexed(&program));
    program.configure(&program.config().replacen("[serve]\n", "[serve]\nfiles = \"site\"\n", 1));
    program.poll("a");
    assert!(is_indexed(&program));
}

#[test]
fn search_prints_snippets_and_kind_answers() {
    let (_origin, program) = three();
    let record = program.run(&["search", "--json", "Zürich", "strasse"]).expect(0).records().remove(0);
    assert_eq!(record["source"], "a");
    let snippet = record["snippet"]["text"].as_str().expect("a text").to_owned();
    assert_eq!(snippet, "An der Straße: 東京タワーは高い。");
    let marks: Vec<(u64, u64)> = record["snippet"]["marks"]
        .as_array()
        .expect("marks")
        .iter()
        .map(|mark| (mark[0].as_u64().expect("a place"), mark[1].as_u64().expect("a place")))
        .collect();
    assert_eq!(marks, [(7, 13)], "in characters");
    let said = program.run(&["search", "strasse"]).expect(0).stdout;
    assert!(said.contains("Café in Zürich") && said.contains("Straße") && !said.contains('\u{1b}'), "{said:?}");
    // The entry with the word in its title fits better than a newer entry.
    let ranked = program.run(&["search", "--json", "--sort", "rank", "source:a", "release"]).expect(0).records();
    assert_eq!(ranked[0]["title"], "Kernel release");
    assert_eq!(program.run(&["search", "--limit", "1", "--json", "release"]).expect(0).records().len(), 1);
    let unclosed = program.run(&["search", "\"release notes"]).expect(0);
    assert!(unclosed.stdout.contains("Kernel release") && unclosed.stderr.contains("quotation mark"), "{unclosed:?}");
    let unknown = program.run(&["search", "source:nobody"]).expect(0);
    assert!(unknown.stderr.contains("no source named") && unknown.stderr.contains("nothing was found"), "{unknown:?}");
    let empty = program.run(&["search", "--", "-"]).expect(2);
    assert!(empty.stderr.contains("source:NAME"), "{empty:?}");
    let long = program.run(&["search", &"x".repeat(10 * 1024)]).expect(2);
    assert!(long.stderr.contains("1024") && long.stderr.len() < 500, "{long:?}");
}

#[test]
fn a_search_is_a_feed_that_stays() {
    let (origin, program) = three();
    let daemon = program.daemon();
    assert_eq!(fed(&daemon, "Release"), ["ภาษาไทย", "Kernel release"], "nothing of the private source");
    assert_eq!(fed(&daemon, SECRET), Vec::<String>::new());
    let reply = daemon.get("/search.atom?q=notes+release").expect(200);
    let (etag, date) = (reply.header("etag").to_owned(), reply.header("last-modified").to_owned());
    let feed = atom::read(&reply.text());
    let id = feed.one("id").text.clone();
    assert_eq!(feed.links("self"), ["https://feeds.example/x/search.atom?q=notes%20release"]);
    // The same search, written otherwise, is the same feed.
    let same = daemon.get("/x/search.atom?raw&q=RELEASE%20%20notes").expect(200);
    assert_eq!((same.header("etag"), same.text()), (etag.as_str(), reply.text()));
    let other = atom::read(&daemon.get("/search.atom?q=notes").expect(200).text());
    assert_ne!(other.one("id").text, id);
    let asks = [("If-None-Match", etag.as_str())];
    daemon.request("GET", "/search.atom?q=notes+release", &asks).expect(304);
    assert_eq!(daemon.term(), 0);
    let daemon = program.daemon();
    let again = daemon.request("GET", "/search.atom?q=notes+release", &[]).expect(200);
    assert_eq!(
        (again.header("etag"), again.header("last-modified")),
        (etag.as_str(), date.as_str()),
        "after a restart"
    );
    for (path, what) in [
        ("/search.rss?q=kernel", "<rss"),
        ("/search.json?q=kernel", "jsonfeed.org"),
        ("/search.html?q=kernel", "<html"),
    ] {
        let reply = daemon.get(path).expect(200);
        assert!(reply.text().contains(what) && reply.text().contains("Kernel release"), "{path}");
    }
    // New and revised entries are found as soon as they are published, hidden ones no more.
    let mut changed = news();
    changed.push(item("a", 7, "More of the release", "<p>and its notes</p>"));
    changed[1].html = "<p>Now it tells of release notes.</p>".to_owned();
    origin.document("/a", feeds::rss("Source A", &changed));
    program.poll("a");
    wait_until(PATIENCE, "the search finds what is new", || (fed(&daemon, "notes").len() == 4).then_some(()));
    assert!(fed(&daemon, "strasse").is_empty(), "the text that was revised is gone");
    assert_eq!(found(&program, "notes release").len(), 4);
    program.run(&["hide", &news()[0].id]).expect(0);
    wait_until(PATIENCE, "the hidden entry is gone", || (fed(&daemon, "notes").len() == 3).then_some(()));
    assert_eq!(found(&program, "kernel"), Vec::<String>::new());
    // The revised entry is found when it has been indexed anew, too.
    wait_until(PATIENCE, "the index is filled", || is_indexed(&program).then_some(()));
    assert!(fed(&daemon, "strasse").is_empty() && fed(&daemon, "notes").len() == 3);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn pages_of_searches_say_what_could_not_be_used() {
    let (_origin, program) = three();
    let daemon = program.daemon();
    let page = |query: &str, status: u16| daemon.get(&format!("/search.html{query}")).expect(status);
    let help = page("", 200);
    assert!(help.text().contains("source:NAME") && help.header("content-security-policy").contains("style-src"));
    assert!(page("?q=%22release+notes", 200).text().contains("no second one"));
    assert!(page("?q=nowhere", 200).text().contains("Nothing was found"));
    let text = page("?q=strasse", 200).text();
    assert!(text.contains("An der <mark>Straße</mark>"));
    // The feeds themselves, and not their page, are a click away.
    for address in ["/search.rss?q=strasse&amp;raw", "/search.json?q=strasse&amp;raw"] {
        assert!(text.replace("&#x2f;", "/").contains(address), "{address} in {text}");
    }
    let ranked = page("?q=release+source:a&sort=rank", 200).text();
    let place = |what: &str| ranked.find(what).unwrap_or_else(|| panic!("{what} is not on the page"));
    assert!(place("Kernel release</") < place("ภาษาไทย</"), "the title decides");
    let long = "x".repeat(10 * 1024);
    for (path, status) in [
        ("/search.atom".to_owned(), 400),
        ("/search.rss?q=".to_owned(), 400),
        (format!("/search.atom?q={long}"), 400),
        (format!("/search.html?q={long}"), 400),
        ("/search.opml?q=a".to_owned(), 404),
        ("/archive/search/1.atom".to_owned(), 404),
        ("/search.atom?q=%ff%fe".to_owned(), 400),
        ("/search.atom?q=%00%22%22*%29%20NEAR(".to_owned(), 200),
        ("/search.atom?q=a%22+OR+terms:b+%5E".to_owned(), 200),
        ("/search.html?q=%3Cscript%3Ealert(1)%3C/script%3E".to_owned(), 200),
    ] {
        let reply = daemon.get(&path).expect(status);
        assert!(!reply.text().contains("<script>alert"), "{path}");
    }
    // Many searches do not push each other's answers out of order.
    for number in 0..300 {
        daemon.get(&format!("/search.atom?q=kernel+-x{number}")).expect(200);
    }
    assert_eq!(fed(&daemon, "kernel"), ["Kernel release"]);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn an_output_with_a_search_does_not_wait_for_the_index() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..2_100)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.run(&["poll", "--all"]).expect(0);
    // As after a migration.
    let database = rusqlite::Connection::open(program.folder().join("watershed.db")).expect("the database opens");
    let emptied = "DELETE FROM fact WHERE name = 'search_through'; INSERT INTO search (search) VALUES ('delete-all')";
    database.execute_batch(emptied).expect("it can be written");
    let first = "SELECT title FROM entry_text WHERE entry = (SELECT min(id) FROM entry)";
    let first: String = database.query_row(first, [], |row| row.get(0)).expect("it can be read");
    drop(database);
    program.configure(&format!("{}[[output]]\nname = \"first\"\nsearch = '\"{first}\"'\n", program.config()));
    let daemon = program.daemon();
    let feed = atom::read(&daemon.get("/first.atom").expect(200).text());
    let titles: Vec<&str> = feed.all("entry").iter().map(|entry| entry.one("title").text.as_str()).collect();
    assert_eq!(titles, [first]);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn a_search_makes_an_output() {
    let (origin, program) = three();
    let base = BASE;
    let output = "[[output]]\nname = \"notes\"\nsearch = \"'notes'  RELEASE\"\ntags = [\"news\"]\n\
                  filter = [ { drop = \"title\", contains = \"kernel\" } ]\n\
                  [[output]]\nname = \"mine\"\nsearch = \"release\"\ntoken = \"t\"\n";
    program.configure(&configured(base, &origin, output));
    let effective = program.run(&["config", "--effective"]).expect(0).stdout;
    assert!(effective.contains("search = \"notes release\""), "{effective}");
    let daemon = program.daemon();
    let titles = |path: &str| -> Vec<String> {
        let reply = daemon.get(path);
        if reply.status != 200 {
            return Vec::new();
        }
        let feed = atom::read(&reply.text());
        feed.all("entry").iter().map(|entry| entry.one("title").text.clone()).collect()
    };
    assert_eq!(titles("/notes.atom"), ["ภาษาไทย"]);
    assert_eq!(titles("/archive/notes/1.atom"), ["ภาษาไทย"]);
    assert_eq!(titles("/mine.atom?token=t").len(), 3, "the private source as well");
    let selected: Vec<Value> = program.records(&["entries", "--json", "--output", "notes"]);
    assert_eq!(selected.len(), 1);
    let mut changed = news();
    changed.push(item("a", 7, "Further", "<p>notes of a release</p>"));
    changed.push(item("a", 8, "Else", "<p>nothing</p>"));
    origin.document("/a", feeds::rss("Source A", &changed));
    program.poll("a");
    wait_until(PATIENCE, "the new entry", || (titles("/notes.atom") == ["Further", "ภาษาไทย"]).then_some(()));
    // An edited search changes the past, too.
    program.configure(&configured(base, &origin, &output.replace("'notes'  RELEASE", "cafe")));
    program.run(&["reload"]).expect(0);
    wait_until(PATIENCE, "the edited search", || (titles("/notes.atom") == ["Café in Zürich"]).then_some(()));
    assert_eq!(titles("/archive/notes/1.atom"), ["Café in Zürich"]);
    assert_eq!(daemon.term(), 0);
    for (search, told) in [("\\\"\\\"", "no words"), ("a since:30d", "span")] {
        program.configure(&configured(base, &origin, &format!("[[output]]\nname = \"x\"\nsearch = \"{search}\"\n")));
        let refused = program.run(&["check"]).expect(2);
        assert!(refused.said().contains(told), "{refused:?}");
    }
}
