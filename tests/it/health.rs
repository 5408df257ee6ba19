//! The feed of incidents, the status and the verb `status`.

use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;

use crate::atom::{self, Element};
use crate::feeds::{items, rss};
use crate::origin::{Answer, Origin};
use crate::polling::source;
use crate::program::{Daemon, PATIENCE, Program, serving, wait_until};

/// Sources of a large configuration.
const MANY: usize = 10_000;
/// Most bytes of a page of the status.
const PAGE_BYTES: usize = 1024 * 1024;

/// A program whose documents have the same addresses after every start.
fn program(more: &str) -> Program {
    let base = serving("public_url = \"https://feeds.example\"\n");
    Program::bare(&format!("{base}{more}"))
}

fn database(program: &Program) -> Connection {
    Connection::open(program.folder().join("watershed.db")).expect("the database opens")
}

fn change(program: &Program, sql: &str) {
    database(program).execute_batch(sql).expect("the database can be changed");
}

fn incidents(daemon: &Daemon) -> Vec<Element> {
    let feed = atom::read(&daemon.get("/health.atom").expect(200).text());
    feed.all("entry").into_iter().cloned().collect()
}

fn title(entry: &Element) -> &str {
    &entry.one("title").text
}

/// Waits until the feed has exactly these titles, the latest change first.
#[track_caller]
fn wait_for(daemon: &Daemon, titles: &[&str]) -> Vec<Element> {
    wait_until(PATIENCE, &format!("the incidents {titles:?}"), || {
        let entries = incidents(daemon);
        let is_so = entries.iter().map(title).eq(titles.iter().copied());
        is_so.then_some(entries)
    })
}

fn status(daemon: &Daemon) -> Value {
    serde_json::from_str(&daemon.get("/status.json").expect(200).text()).expect("it is JSON")
}

/// Waits until the status says something, because a record is used for a second or longer.
#[track_caller]
fn wait_for_status(daemon: &Daemon, pointer: &str, wanted: &Value) {
    wait_until(PATIENCE, &format!("{pointer} to be {wanted}"), || {
        (status(daemon).pointer(pointer) == Some(wanted)).then_some(())
    });
}

#[test]
fn without_incidents_the_feed_is_valid_and_has_the_date_of_the_store() {
    let program = program("");
    let daemon = program.daemon();
    let reply = daemon.get("/health.atom").expect(200);
    let feed = atom::read(&reply.text());
    assert!(feed.all("entry").is_empty());
    assert!(!feed.one("updated").text.starts_with("1970"), "{}", reply.text());
    assert_eq!(feed.links("self"), ["https://feeds.example/health.atom"]);
    for format in ["rss", "json", "html"] {
        daemon.get(&format!("/health.{format}")).expect(200);
    }
    daemon.get("/health.opml").expect(404);
    let page = daemon.request("GET", "/health.atom", &[("Sec-Fetch-Dest", "document")]).expect(200);
    assert!(page.header("content-type").starts_with("text/html"));
}

#[test]
fn a_source_that_fails_for_a_day_is_one_entry_until_it_has_recovered() {
    let origin = Origin::start();
    origin.serve("/a", Answer::status(500));
    let program = program(&(source(&origin, "a", "/a", "title = \"A & B\"") + &source(&origin, "b", "/b", "")));
    origin.document("/b", rss("B", &items("b", 0..3)));
    program.poll("a");
    program.poll("b");
    // Two hours are nothing.
    change(
        &program,
        "UPDATE source_poll SET failing_since = failing_since - 7200, failures = 3 WHERE failing_since IS NOT NULL",
    );
    let daemon = program.daemon();
    program.poll("a");
    assert!(incidents(&daemon).is_empty());
    assert_eq!(daemon.term(), 0);
    change(&program, "UPDATE source_poll SET failing_since = failing_since - 86400 WHERE failing_since IS NOT NULL");
    let daemon = program.daemon();
    let entries = wait_for(&daemon, &["A & B is failing"]);
    let entry = &entries[0];
    let (id, since) = (entry.one("id").text.clone(), entry.one("published").text.clone());
    assert!(since < entry.one("updated").text, "since when, and when it was told");
    let text = &entry.one("content").text;
    for wanted in ["has failed since", "500", "<code>watershed poll --force a</code>"] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    // Further failures change nothing, nor does a restart.
    let before = daemon.get("/health.atom").expect(200);
    program.poll("a");
    let etag = before.header("etag").to_owned();
    daemon.request("GET", "/health.atom", &[("If-None-Match", etag.as_str())]).expect(304);
    assert_eq!(daemon.term(), 0);
    let daemon = program.daemon();
    let after = wait_until(PATIENCE, "the feed after a restart", || {
        let reply = daemon.get("/health.atom");
        (reply.status == 200).then_some(reply)
    });
    assert_eq!(after.header("etag"), etag);
    assert_eq!(after.header("last-modified"), before.header("last-modified"));
    let listed = status(&daemon);
    assert_eq!((&listed["sources"]["failing"], &listed["sources"]["ok"]), (&1.into(), &1.into()), "{listed}");
    assert_eq!(listed["incidents"][0]["title"], "A & B is failing");
    assert_eq!(listed["list"][0]["name"], "a", "trouble comes first");
    assert!(listed["list"][0]["remedy"].as_str().is_some_and(|remedy| remedy.contains("`watershed show a`")));
    origin.document("/a", rss("A", &items("a", 0..3)));
    program.poll("a");
    let entries = wait_for(&daemon, &["A & B has recovered after 26 hours"]);
    assert_eq!((&entries[0].one("id").text, &entries[0].one("published").text), (&id, &since));
    wait_for_status(&daemon, "/incidents", &Value::Array(Vec::new()));
    let told = || daemon.log().matches("incident=\"failing\"").count();
    wait_until(PATIENCE, "the incident in the log", || (told() > 0).then_some(()));
    assert_eq!(told(), 1, "{}", daemon.log());
}

#[test]
fn a_feed_that_is_gone_is_told_at_once() {
    let origin = Origin::start();
    origin.serve("/a", Answer::status(410));
    let program = program(&source(&origin, "a", "/a", ""));
    let daemon = program.daemon();
    let entries = wait_for(&daemon, &["a is gone"]);
    assert!(entries[0].one("content").text.contains("<code>watershed tidy --apply</code>"));
    let disabled = program.config().replace("name = \"a\"", "name = \"a\"\nenabled = false");
    program.configure(&disabled);
    program.run(&["reload"]).expect(0);
    wait_for_status(&daemon, "/sources/disabled", &1.into());
    assert_eq!(daemon.term(), 0);
    // At the next sweep nobody looks after it any more.
    let daemon = program.daemon();
    wait_for(&daemon, &["a is no longer polled"]);
}

#[test]
fn a_source_that_has_moved_is_told_with_its_new_address_without_secrets() {
    let origin = Origin::start();
    let secret = "0123456789abcdef0123456789abcdef";
    let to = format!("/new?token={secret}");
    origin.serve("/a", Answer::redirect(301, &origin.url(&to)));
    origin.document(&to, rss("A", &items("a", 0..3)));
    let program = program(&source(&origin, "a", "/a", ""));
    program.poll("a");
    // The redirect has been seen for a week.
    change(&program, "UPDATE source SET moved_polls = 9, moved_since = moved_since - 864000");
    let daemon = program.daemon();
    program.poll("a");
    let entries = wait_for(&daemon, &["A has moved"]);
    let text = &entries[0].one("content").text;
    assert!(text.contains("/new") && !text.contains(secret), "{text}");
    program.poll("a");
    assert_eq!(incidents(&daemon).len(), 1);
}

#[test]
fn a_refused_configuration_is_told_with_file_and_line_until_it_is_valid() {
    let program = program("");
    let daemon = program.daemon();
    let good = program.config();
    let broken = format!("{good}\n[[source]]\nurl = \"https://c.example/feed\"\ntagz = [\"x\"]\n");
    let line = broken.lines().position(|line| line.starts_with("tagz")).expect("it is there") + 1;
    program.configure(&broken);
    program.run(&["reload"]).expect(2);
    let entries = wait_for(&daemon, &["The edited configuration was refused"]);
    let (id, text) = (entries[0].one("id").text.clone(), &entries[0].one("content").text);
    let place = format!("watershed.toml:{line}:1");
    assert!(text.contains(&place) && text.contains("<code>watershed check</code>"), "{text}");
    // Mistakes may quote what not everybody may read.
    assert!(!text.contains("tagz") && !text.contains(&program.folder().display().to_string()), "{text}");
    let listed = status(&daemon);
    let refused = &listed["refused"];
    assert_eq!((&refused["file"], &refused["line"]), (&"watershed.toml".into(), &line.into()), "{refused}");
    assert_eq!((&refused["column"], &refused["message"]), (&1.into(), &Value::Null), "{refused}");
    let said = program.run(&["status"]).expect(0);
    assert!(said.stdout.contains("tagz"), "{said:?}");
    program.configure(&good);
    program.run(&["reload"]).expect(0);
    let entries = wait_until(PATIENCE, "the end of the incident", || {
        let entries = incidents(&daemon);
        title(entries.first()?).starts_with("The edited configuration is valid").then_some(entries)
    });
    assert_eq!((entries.len(), &entries[0].one("id").text), (1, &id));
    wait_for_status(&daemon, "/refused", &Value::Null);
}

#[test]
fn incidents_are_told_with_the_present_title_of_a_source() {
    let origin = Origin::start();
    origin.document("/a", rss("Before", &items("a", 0..3)));
    let program = program(&source(&origin, "a", "/a", ""));
    program.poll("a");
    change(
        &program,
        "INSERT INTO incident (source, aspect, since, kind, updated, ended, ended_by)
         SELECT id, 'flood', 1700000000, 'flood', 1700090000, 1700090000, 'recovered' FROM source",
    );
    let daemon = program.daemon();
    wait_for(&daemon, &["Before no longer floods after 25 hours"]);
    origin.document("/a", rss("After", &items("a", 0..3)));
    program.poll("a");
    wait_for(&daemon, &["After no longer floods after 25 hours"]);
}

#[test]
fn private_sources_are_told_to_the_operator_only() {
    let origin = Origin::start();
    origin.serve("/undertone", Answer::status(410));
    origin.document("/b", rss("B", &items("b", 0..3)));
    origin.document("/murmur", rss("Murmur", &items("murmur", 3..5)));
    let private = source(&origin, "undertone", "/undertone", "private = true\ntitle = \"Whispers\"")
        + &source(&origin, "murmur", "/murmur", "private = true");
    let program = program(&(private + &source(&origin, "b", "/b", "")));
    let daemon = program.daemon();
    let told = wait_until(PATIENCE, "the incident", || {
        let record = program.records(&["status", "--json"]).remove(0);
        (record["incidents"][0]["title"] == "Whispers is gone" && record["store"]["entries"] == 5).then_some(record)
    });
    assert_eq!((&told["sources"]["all"], &told["sources"]["private"]), (&3.into(), &2.into()));
    for path in ["/health.atom", "/health.html", "/health.json", "/status.json", "/status"] {
        let text = daemon.get(path).expect(200).text();
        assert!(!text.contains("Whispers") && !text.contains("undertone"), "{path}: {text}");
    }
    let everybody = status(&daemon);
    assert_eq!((&everybody["sources"]["all"], &everybody["sources"]["private"]), (&1.into(), &2.into()));
    assert_eq!(everybody["store"]["entries"], 3);
    assert_eq!(everybody["list"].as_array().expect("a list").len(), 1);
}

#[test]
fn the_status_shows_sources_store_and_week() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..20)));
    let program = program(&source(&origin, "a", "/a", ""));
    let output = program.run(&["status"]).expect(1);
    assert!(output.stderr.contains("watershed run"), "{output:?}");
    let daemon = program.daemon();
    let listed = wait_until(PATIENCE, "the first poll", || {
        let listed = status(&daemon);
        (listed["list"][0]["entries"] == 20).then_some(listed)
    });
    let first = &listed["list"][0];
    for (key, expected) in [("name", "a"), ("state", "ok"), ("outcome", "new"), ("title", "A")] {
        assert_eq!(first[key], expected, "{first}");
    }
    for key in ["last_poll", "next_poll", "next_poll_reason", "newest", "rhythm"] {
        assert!(first[key].is_string(), "{key}: {first}");
    }
    if let Some(week) = first["week"].as_array() {
        assert!(week.len() == 7 && week.iter().all(|day| day.as_str().is_some_and(|day| day.len() == 24)), "{first}");
    }
    assert!(listed["started"].is_string() && listed["trouble"].is_null(), "{listed}");
    assert!(listed["store"]["bytes"].as_u64().is_some_and(|bytes| bytes > 0), "{listed}");
    assert_eq!((&listed["store"]["entries"], &listed["pages"]), (&20.into(), &1.into()));
    daemon.get("/status.json?page=2").expect(404);
    daemon.get("/status.json?page=x").expect(400);
    assert_eq!(daemon.get("/status.json").header("cache-control"), "no-store");
    let said = program.run(&["status"]).expect(0).stdout;
    for wanted in ["running", "sources      1: 1 ok", "database     20 entries"] {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
}

#[test]
fn the_status_is_a_page_for_people_and_json_for_programs() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..20)));
    origin.serve("/gone", Answer::status(410));
    let program = program(&(source(&origin, "a", "/a", "") + &source(&origin, "lost", "/gone", "")));
    let daemon = program.daemon();
    let told = wait_until(PATIENCE, "the incident and the entries", || {
        let page = daemon.get("/status").expect(200).text();
        (page.contains("lost is gone") && page.contains("20 entries")).then_some(page)
    });
    for wanted in ["<h1>Status</h1>", "One source needs attention.", "<code>watershed ", "/health.atom"] {
        assert!(told.contains(wanted), "{wanted} in {told}");
    }
    let page = daemon.get("/status");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!((page.header("cache-control"), page.header("vary")), ("no-store", "Accept, Accept-Encoding"));
    assert!(page.header("content-security-policy").contains("style-src 'self' 'sha256-"), "{:?}", page.headers);
    let packed = daemon.request("GET", "/status", &[("accept-encoding", "gzip")]);
    assert!(packed.header("content-encoding") == "gzip" && packed.body.len() < page.body.len(), "{:?}", packed.headers);
    for (path, accept, wanted) in [
        ("/status", "text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("/status", "application/json", "application/json"),
        ("/status", "application/json, text/html;q=0.5", "application/json"),
        ("/status.json", "text/html", "application/json"),
    ] {
        let reply = daemon.request("GET", path, &[("accept", accept)]).expect(200);
        assert_eq!(reply.header("content-type"), wanted, "{path} {accept}");
    }
    daemon.get("/status?page=2").expect(404);
    daemon.get("/status?page=x").expect(400);
    assert!(daemon.request("HEAD", "/status", &[]).expect(200).body.is_empty());
}

#[test]
fn ten_thousand_sources_come_in_pages() {
    let mut config = String::from("[serve]\nlisten = \"127.0.0.1:0\"\n");
    for number in 0..MANY {
        config.push_str(&format!(
            "[[source]]\nname = \"s{number}\"\nurl = \"https://s{number}.example/feed\"\nenabled = false\n"
        ));
    }
    let program = Program::bare(&config);
    let daemon = program.daemon();
    let mut names = Vec::new();
    let mut page = 1_usize;
    loop {
        let reply = daemon.get(&format!("/status.json?page={page}")).expect(200);
        assert!(reply.body.len() <= PAGE_BYTES, "{} bytes", reply.body.len());
        let listed: Value = serde_json::from_slice(&reply.body).expect("it is JSON");
        let list = listed["list"].as_array().expect("a list");
        names.extend(list.iter().filter_map(|source| source["name"].as_str().map(str::to_owned)));
        assert_eq!(listed["sources"]["disabled"], MANY);
        let shown = daemon.get(&format!("/status?page={page}")).expect(200);
        assert!(shown.body.len() <= PAGE_BYTES, "{} bytes", shown.body.len());
        assert!(names.last().is_none_or(|name| shown.text().contains(&format!("<bdi>{name}</bdi>"))), "page {page}");
        if listed["pages"] == page {
            break;
        }
        page += 1;
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), MANY);
    // Many requests at once share one record, so they take no longer than a few records.
    let begin = Instant::now();
    for _ in 0..200 {
        daemon.get("/status").expect(200);
        daemon.get("/status.json").expect(200);
    }
    assert!(begin.elapsed() < Duration::from_secs(120), "{:?}", begin.elapsed());
    assert_eq!(program.records(&["status", "--json"])[0]["sources"]["all"], MANY);
}
