//! Retention: what `keep` and `keep_min` prune, what a purge deletes, and that neither takes anything else away.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::atom;
use crate::feeds::{Item, items, rss};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{PATIENCE, Program, wait_until};

const DAY_SECONDS: i64 = 86_400;

fn store(keep: &str, keep_min: usize) -> String {
    format!("\n[store]\nkeep = \"{keep}\"\nkeep_min = {keep_min}\n")
}

fn database(program: &Program) -> PathBuf {
    program.folder().join("watershed.db")
}

/// The newest item first, as most feeds list them.
fn numbered(numbers: impl DoubleEndedIterator<Item = u32>) -> String {
    rss("A", &items("a", numbers.rev()))
}

/// Makes all stored entries look as if they had been stored this many days earlier.
fn age(program: &Program, days: i64) {
    let connection = Connection::open(database(program)).expect("the database opens");
    let aged = connection.execute("UPDATE entry SET first_seen = first_seen - ?1", [days * DAY_SECONDS]);
    aged.expect("it can be written");
}

#[track_caller]
fn pruned(program: &Program, arguments: &[&str]) -> Vec<Value> {
    program.run(&[["prune", "--json"].as_slice(), arguments].concat()).expect(0).records()
}

#[track_caller]
fn titles(program: &Program) -> Vec<String> {
    let text = |entry: &Value| entry["title"].as_str().expect("a title").to_owned();
    let mut titles: Vec<String> = program.entries().iter().map(text).collect();
    titles.sort_by_key(|title| (title.len(), title.clone()));
    titles
}

fn named(numbers: impl Iterator<Item = u32>) -> Vec<String> {
    numbers.map(|number| format!("a item {number}")).collect()
}

/// No table has a row of an entry that is not there, every entry has its text, and the file is sound.
#[track_caller]
fn check_consistent(database: &Path) {
    let connection = Connection::open(database).expect("the database opens");
    let count = |sql: &str| -> i64 { connection.query_row(sql, [], |row| row.get(0)).expect("it can be read") };
    for (table, column) in [
        ("entry_text", "entry"),
        ("alias", "entry"),
        ("story_mark", "entry"),
        ("story_text", "entry"),
        ("story_lead", "story"),
        ("story_lead", "lead"),
        ("entry_past", "entry"),
        ("entry_missing", "entry"),
        ("revision", "entry"),
        ("decision", "entry"),
        ("parted", "one"),
        ("parted", "other"),
        ("search", "rowid"),
        ("search_due", "entry"),
        ("entry", "story"),
    ] {
        let sql = format!("SELECT count(*) FROM {table} WHERE {column} NOT IN (SELECT id FROM entry)");
        assert_eq!(count(&sql), 0, "{table}.{column}");
    }
    assert_eq!(count("SELECT count(*) FROM entry WHERE id NOT IN (SELECT entry FROM entry_text)"), 0);
    let sound: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it can be checked");
    assert_eq!(sound, "ok");
}

/// A source of which the entries 5 to 11 are stored and listed, and 0 to 4 are old and not listed.
fn half_listed() -> (Origin, Program) {
    let origin = Origin::start();
    origin.document("/a", numbered(0..10));
    let program = Program::new(&[store("30d", 0), source(&origin, "a", "/a", "")].concat());
    program.run(&["poll"]).expect(0);
    origin.document("/a", numbered(5..12));
    program.poll("a");
    age(&program, 31);
    (origin, program)
}

#[test]
fn retention_prunes_what_is_old_and_not_listed_and_never_takes_it_again() {
    let (origin, program) = half_listed();
    let before = program.entries();
    assert_eq!(before.len(), 12);
    let wanted = [json!({ "source": "a", "entries": 5 })];
    assert_eq!(pruned(&program, &["--dry-run"]), wanted);
    assert_eq!(program.entries(), before, "a dry run changes nothing");
    assert_eq!(pruned(&program, &[]), wanted, "as the dry run has said");
    assert_eq!(pruned(&program, &[]), [] as [Value; 0], "there is nothing more to prune");
    assert_eq!(titles(&program), named(5..12));
    for entry in program.entries() {
        assert!(before.contains(&entry), "the rest is as it was: {entry}");
    }
    let found = |query: &str| program.run(&["search", "--json", query]).expect(0).records().len();
    assert_eq!((found("\"item 3\""), found("\"item 7\"")), (0, 1));
    check_consistent(&database(&program));

    // The publisher lists everything again, and edits an old entry.
    let mut all = items("a", (0..12).rev());
    all[11].html = "<p>Another text of the first entry.</p>".to_owned();
    origin.document("/a", rss("A", &all));
    let record = program.poll("a");
    assert_eq!((&record["new"], &record["same"]), (&json!(0), &json!(12)), "{record}");
    assert_eq!(titles(&program), named(5..12));
    origin.document("/a", numbered(0..13));
    assert_eq!(program.poll("a")["new"], 1);
    assert_eq!(titles(&program), named(5..13));
}

#[test]
fn retention_answers_the_same_through_a_daemon_and_publishes_at_once() {
    let (_origin, program) = half_listed();
    let daemon = program.daemon();
    let shown = || atom::read(&daemon.get("/feed.atom").expect(200).text()).all("entry").len();
    assert_eq!(shown(), 12);
    let wanted = [json!({ "source": "a", "entries": 5 })];
    assert_eq!(pruned(&program, &["--dry-run"]), wanted);
    assert_eq!(pruned(&program, &[]), wanted);
    assert_eq!(shown(), 7);
    let said = program.run(&["prune"]).expect(0).said();
    assert!(said.contains("0 entries pruned"), "{said}");
    daemon.get("/readyz").expect(200);
    assert_eq!(daemon.term(), 0);
    check_consistent(&database(&program));
}

#[test]
fn retention_keeps_the_newest_of_each_source_and_what_was_seen_lately() {
    let origin = Origin::start();
    origin.document("/a", numbered(0..10));
    let sources = source(&origin, "a", "/a", "");
    let program = Program::new(&[store("30d", 3), sources.clone()].concat());
    program.run(&["poll"]).expect(0);
    origin.document("/a", numbered(9..10));
    program.poll("a");
    assert_eq!(pruned(&program, &[]), [] as [Value; 0], "dated long ago, but seen just now");
    age(&program, 31);
    assert_eq!(pruned(&program, &[]), [json!({ "source": "a", "entries": 7 })]);
    assert_eq!(titles(&program), named(7..10));
    let program = Program::new(&sources);
    program.run(&["poll"]).expect(0);
    age(&program, 10_000);
    let said = program.run(&["prune"]).expect(0).said();
    assert!(said.contains("forever"), "{said}");
}

#[test]
fn retention_is_applied_by_polls_without_a_daemon() {
    let (_origin, program) = half_listed();
    let connection = Connection::open(database(&program)).expect("the database opens");
    let applied = "UPDATE fact SET value = CAST(value - 3601 AS TEXT) WHERE name = 'retention_applied'";
    assert_eq!(connection.execute(applied, []).expect("it can be written"), 1, "an hour has passed");
    drop(connection);
    program.run(&["poll"]).expect(0);
    assert_eq!(titles(&program), named(5..12));
}

#[test]
fn retention_knows_all_entries_of_a_long_document() {
    let origin = Origin::start();
    origin.document("/a", numbered(0..500));
    let program = Program::new(&[store("30d", 0), source(&origin, "a", "/a", "")].concat());
    program.run(&["poll"]).expect(0);
    age(&program, 31);
    assert_eq!(pruned(&program, &[]), [] as [Value; 0], "all of them are listed");
    origin.document("/a", numbered(100..500));
    program.poll("a");
    assert_eq!(pruned(&program, &[]), [json!({ "source": "a", "entries": 100 })]);
    assert_eq!(program.entries().len(), 400);
}

#[test]
fn retention_leaves_archives_their_addresses_and_the_rest_of_their_entries() {
    let origin = Origin::start();
    origin.document("/a", numbered(0..250));
    let program = Program::new(&[store("30d", 0), source(&origin, "a", "/a", "")].concat());
    program.run(&["poll"]).expect(0);
    origin.document("/a", numbered(150..250));
    program.poll("a");
    age(&program, 31);
    let daemon = program.daemon();
    let archive = |number: u32| daemon.get(&format!("/archive/feed/{number}.atom")).expect(200).text();
    let ids = |text: &str| -> Vec<String> {
        atom::read(text).all("entry").iter().map(|entry| entry.one("id").text.clone()).collect()
    };
    let before = [archive(1), archive(2), archive(3)];
    assert_eq!(before.each_ref().map(|text| ids(text).len()), [100, 100, 50]);
    assert_eq!(pruned(&program, &[]), [json!({ "source": "a", "entries": 150 })]);
    let after = [archive(1), archive(2), archive(3)];
    assert_eq!(ids(&after[0]), [] as [String; 0], "an emptied document stays at its address");
    assert_eq!(ids(&after[1]), ids(&before[1])[..50]);
    assert_eq!(after[2], before[2], "a document that has lost nothing stays the same");
    assert!(after[1].contains("/archive/feed/1.atom"), "the chain stays whole");
    assert_eq!(daemon.term(), 0);
    let daemon = program.daemon();
    let again = daemon.get("/archive/feed/3.atom").expect(200).text();
    assert_eq!(ids(&again), ids(&before[2]), "also after a restart");
    assert_eq!(daemon.term(), 0);
}

/// Two sources with a copy of one piece, and one with nothing in common with them.
fn copied(more: &str) -> (Origin, Program, String) {
    let words: Vec<String> = (0..80).map(|number| format!("word{number}x")).collect();
    let html = format!("<p>{}</p>", words.join(" "));
    let piece = |site: &str| Item { html: html.clone(), title: "One piece".to_owned(), ..Item::new(site, 1) };
    let origin = Origin::start();
    origin.document("/a", rss("A", &[Item::new("a", 2), piece("a")]));
    origin.document("/b", rss("B", &[piece("b"), Item::new("b", 3)]));
    let sources = [source(&origin, "a", "/a", ""), source(&origin, "b", "/b", "")].concat();
    let config = format!("{}{more}{sources}", crate::program::BASE);
    let program = Program::bare(&config);
    program.run(&["poll", "a"]).expect(0);
    program.run(&["poll", "b"]).expect(0);
    let stories = program.entries().iter().filter(|entry| entry["lead"] == true).count();
    assert_eq!((program.entries().len(), stories), (4, 3), "{:?}", program.entries());
    (origin, program, config)
}

#[test]
fn retention_keeps_the_entry_that_gives_a_story_its_id_while_the_story_has_others() {
    let (origin, program, _) = copied(&store("30d", 0));
    let piece = program.entries().into_iter().find(|entry| entry["title"] == "One piece" && entry["source"] == "a");
    let piece = piece.expect("it is stored");
    origin.document("/a", rss("A", &[Item::new("a", 2)]));
    program.poll("a");
    age(&program, 31);
    assert_eq!(pruned(&program, &[]), [] as [Value; 0], "its copy is still listed");
    origin.document("/b", rss("B", &[Item::new("b", 3)]));
    program.poll("b");
    assert!(program.entries().iter().any(|entry| entry["id"] == piece["id"]), "{:?}", program.entries());
    let wanted = [json!({ "source": "a", "entries": 1 }), json!({ "source": "b", "entries": 1 })];
    assert_eq!(pruned(&program, &["--dry-run"]), wanted);
    assert_eq!(pruned(&program, &[]), wanted);
    check_consistent(&database(&program));
}

#[test]
fn retention_purges_removed_sources_and_hands_their_stories_over() {
    for with_daemon in [false, true] {
        let (_origin, program, config) = copied("");
        let daemon = with_daemon.then(|| program.daemon());
        let said = program.run(&["remove", "a", "--purge"]).expect(0).said();
        assert!(said.contains("2 entries deleted"), "{said}");
        let left = program.entries();
        assert_eq!(left.len(), 2, "{left:?}");
        assert!(left.iter().all(|entry| entry["source"] == "b" && entry["lead"] == true), "{left:?}");
        if let Some(daemon) = daemon {
            let feed = atom::read(&daemon.get("/feed.atom").expect(200).text());
            assert_eq!(feed.all("entry").len(), 2, "the copy is shown now");
            assert_eq!(daemon.term(), 0);
        }
        check_consistent(&database(&program));
        // The source is a new one when it is added again: its whole document is taken.
        program.configure(&config);
        program.run(&["poll", "a"]).expect(0);
        assert_eq!(program.entries().len(), 4);
    }
}

#[test]
fn retention_prunes_removed_sources_too_and_remove_alone_keeps_their_entries() {
    let (origin, program, config) = copied(&store("30d", 0));
    let said = program.run(&["remove", "a"]).expect(0).said();
    assert!(said.contains("stay in the database"), "{said}");
    program.run(&["poll"]).expect(0);
    assert_eq!(program.entries().len(), 4);
    age(&program, 31);
    assert_eq!(
        pruned(&program, &[]),
        [json!({ "source": "a", "entries": 1 })],
        "the other one has a copy that is listed"
    );
    program.configure(&config);
    origin.document("/a", rss("A", &[Item::new("a", 2)]));
    assert_eq!(program.poll("a")["new"], 0, "what was pruned does not come again");
}

#[test]
fn retention_makes_the_file_smaller_and_a_kill_loses_nothing() {
    const ENTRIES: u32 = 3_000;
    const KILLS: u64 = 4;
    let long = |number: u32| Item {
        html: format!("<p>{}</p>", format!("sentence {number} of the text. ").repeat(80)),
        ..Item::new("a", number)
    };
    let all: Vec<Item> = (0..ENTRIES).rev().map(long).collect();
    let origin = Origin::start();
    origin.document("/a", rss("A", &all));
    let more = [store("30d", 0), "\n[stories]\nmatch = \"off\"\n".to_owned(), source(&origin, "a", "/a", "")];
    let program = Program::new(&more.concat());
    program.run(&["poll"]).expect(0);
    origin.document("/a", rss("A", &all[..10]));
    program.poll("a");
    age(&program, 31);
    let database = database(&program);
    let size = || std::fs::metadata(&database).expect("it is there").len();
    let before = size();
    let count = || program.entries().len();
    let mut last = count();
    for kill in 1..=KILLS {
        let mut command = program.command();
        command.args(["prune"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("it can be run");
        thread::sleep(Duration::from_millis(60 * kill));
        // It may have ended already.
        let _ = child.kill();
        child.wait().expect("a child can be waited for");
        check_consistent(&database);
        let now = count();
        assert!((10..=last).contains(&now), "{now} of {last} after kill {kill}");
        last = now;
    }
    program.run(&["prune"]).expect(0);
    assert_eq!(count(), 10);
    check_consistent(&database);
    assert!(size() * 4 < before, "{} of {before} bytes", size());
    // A run that has nothing to delete returns what a run has left that was killed after it deleted.
    let connection = Connection::open(&database).expect("the database opens");
    let filled = "CREATE TABLE filler AS SELECT randomblob(4000000) AS filler; DROP TABLE filler;";
    connection.execute_batch(filled).expect("it can be written");
    drop(connection);
    let before = size();
    program.run(&["prune"]).expect(0);
    assert!(size() * 2 < before, "{} of {before} bytes", size());
}

#[test]
fn retention_beside_polls_delays_none() {
    const ENTRIES: u32 = 2_000;
    let origin = Origin::start();
    origin.document("/a", numbered(0..ENTRIES));
    origin.document("/b", rss("B", &items("b", 0..5)));
    let sources = [source(&origin, "a", "/a", ""), source(&origin, "b", "/b", "")].concat();
    let program = Program::new(&[store("30d", 0), sources].concat());
    program.run(&["poll"]).expect(0);
    origin.document("/a", numbered(0..1));
    program.poll("a");
    age(&program, 31);
    let daemon = program.daemon();
    let pruning = {
        let mut command = program.command();
        command.args(["prune"]).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn()
    };
    let mut pruning = pruning.expect("it can be run");
    origin.document("/b", rss("B", &items("b", 0..6)));
    assert_eq!(program.poll("b")["new"], 1, "a poll is stored while entries are pruned");
    let status = wait_until(PATIENCE, "the end of pruning", || pruning.try_wait().expect("a child can be waited for"));
    assert!(status.success(), "{status}");
    assert_eq!(program.entries().len(), 7);
    assert_eq!(daemon.term(), 0);
    check_consistent(&database(&program));
}

#[test]
fn hidden_entries_are_listed_and_marked() {
    let origin = Origin::start();
    origin.document("/a", numbered(0..3));
    let program = Program::new(&source(&origin, "a", "/a", "tags = [\"news\"]"));
    program.run(&["poll"]).expect(0);
    program.run(&["hide", "https://a.example/1"]).expect(0);
    let check = || {
        let hidden = |arguments: &[&str]| -> Vec<Value> {
            program.records(arguments).iter().map(|entry| entry["title"].clone()).collect()
        };
        assert_eq!(hidden(&["list", "--hidden", "--json"]), ["a item 1"]);
        assert_eq!(hidden(&["list", "--hidden", "--json", "--tag", "news"]), ["a item 1"]);
        assert_eq!(hidden(&["list", "--hidden", "--json", "--tag", "other"]), [] as [&str; 0]);
        let marks: Vec<Value> = program.entries().iter().map(|entry| entry["hidden"].clone()).collect();
        assert_eq!(marks, [false, true, false]);
        let said = program.run(&["entries"]).expect(0).stdout;
        assert!(said.contains("(hidden) a item 1") && !said.contains("(hidden) a item 2"), "{said}");
    };
    check();
    let daemon = program.daemon();
    check();
    assert_eq!(daemon.term(), 0);
    program.run(&["list", "--hidden", "--failing"]).expect(2);
}
