//! Entries in storing order: cursors, `--follow` with and without a daemon, and which entries are asked for.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::feeds::{Item, items, rss};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{PATIENCE, Program, wait_until};

/// More entries than one answer of the daemon holds.
const MANY: u32 = 2_100;
/// Within this time a command notices that nobody reads what it prints. The daemon lets it wait longer for an entry.
const NOTICED_WITHIN: Duration = Duration::from_secs(10);

fn feed(numbers: std::ops::Range<u32>) -> String {
    rss("A", &items("a", numbers))
}

/// One source, polled once.
fn one(numbers: std::ops::Range<u32>) -> (Origin, Program) {
    let origin = Origin::start();
    origin.document("/a", feed(numbers));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.run(&["poll", "--all"]).expect(0);
    (origin, program)
}

fn cursor(record: &Value) -> &str {
    record["cursor"].as_str().expect("every record has a cursor")
}

fn keys(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["key"].as_str().expect("every record has a key")).collect()
}

/// All entries in storing order.
fn in_storing_order(program: &Program, number: usize) -> Vec<Value> {
    let limit = number.to_string();
    let records = program.records(&["entries", "--json", "--follow", "--since", "1h", "--limit", &limit]);
    assert_eq!(records.len(), number, "--follow ends with --limit");
    records
}

#[test]
fn a_cursor_leads_on_to_everything_that_was_stored_later() {
    let (origin, program) = one(0..3);
    let many = usize::try_from(MANY).expect("small");
    let first = in_storing_order(&program, 3);
    for (at, record) in first.iter().enumerate() {
        let behind = program.records(&["entries", "--json", "--after", cursor(record)]);
        assert_eq!(behind, first[at + 1..]);
    }
    origin.document("/a", feed(0..MANY));
    program.poll("a");
    let check = || {
        let behind = program.records(&["entries", "--json", "--after", cursor(&first[2])]);
        assert_eq!(behind.len(), many - 3, "all of them, however many there are");
        let all = in_storing_order(&program, many);
        assert_eq!(keys(&all[..3]), keys(&first));
        assert_eq!(all[3..], behind);
        let some = program.records(&["entries", "--json", "--after", cursor(&first[2]), "--limit", "5"]);
        assert_eq!(some, behind[..5]);
        let last = behind.last().expect("there are some");
        assert!(program.records(&["entries", "--json", "--after", cursor(last)]).is_empty());
        let newest = program.records(&["entries", "--json", "--limit", "1"]).remove(0);
        assert!(all.iter().any(|record| cursor(record) == cursor(&newest)), "{newest}");
    };
    check();
    let daemon = program.daemon();
    check();
    assert_eq!(daemon.term(), 0);
}

#[test]
fn a_cursor_of_elsewhere_is_refused() {
    let (origin, program) = one(0..2);
    let (_other_origin, other) = one(0..2);
    let first = in_storing_order(&program, 2);
    program.run(&["backup", "saved.db"]).expect(0);
    origin.document("/a", feed(0..4));
    program.poll("a");
    let later = program.records(&["entries", "--json", "--after", cursor(&first[1])]).remove(1);
    // An earlier copy that is put back by hand; after `restore`, the cursor would hold.
    std::fs::copy(program.folder().join("saved.db"), program.folder().join("watershed.db")).expect("it can be copied");

    let foreign = in_storing_order(&other, 2).remove(0);
    let mistyped = format!("{}x", cursor(&first[0]));
    let check = |text: &str, why: &str| {
        for more in [&[][..], &["--follow"][..]] {
            let output = program.run(&[["entries", "--json", "--after", text].as_slice(), more].concat()).expect(2);
            assert!(output.stdout.is_empty() && output.stderr.contains(why), "{text}: {output:?}");
        }
    };
    let check_all = || {
        for text in ["", "nonsense", "\u{1b}[31m", mistyped.as_str(), cursor(&foreign)] {
            check(text, "is not a cursor of this database");
        }
        check(cursor(&later), "stands behind everything that is stored");
    };
    check_all();
    let daemon = program.daemon();
    check_all();
    assert_eq!(daemon.term(), 0);
}

#[test]
fn following_prints_what_the_daemon_stores_until_a_signal_or_its_end() {
    let (origin, program) = one(0..2);
    let daemon = program.daemon();
    let follower = program.background(&["entries", "--json", "--follow", "--since", "1h"]);
    let other = program.background(&["entries", "--json", "--follow", "--since", "1h", "--source", "a"]);
    follower.records(2);
    other.records(2);
    origin.document("/a", feed(0..5));
    program.poll("a");
    let seen = follower.records(5);
    assert_eq!(seen, in_storing_order(&program, 5), "each entry once, in storing order");
    other.records(5);

    follower.signal("INT");
    assert_eq!(follower.end(), (0, String::new()));
    assert_eq!(daemon.term(), 0);
    let (status, said) = other.end();
    let resumed = format!("entries --follow --after {}", cursor(&seen[4]));
    assert!(status == 1 && said.contains("daemon") && said.contains(&resumed), "{status}: {said}");

    // The command that it names goes on.
    origin.document("/a", feed(0..6));
    program.poll("a");
    let next = program.records(&["entries", "--json", "--after", cursor(&seen[4])]);
    assert_eq!(next.len(), 1);
}

#[test]
fn following_begins_with_what_is_stored_from_now_on() {
    let (origin, program) = one(0..2);
    let check = |first: u32| {
        let follower = program.background(&["entries", "--json", "--follow"]);
        let mut number = first;
        // The command begins at some moment, after which it misses nothing.
        let seen = wait_until(PATIENCE, "an entry", || {
            number += 1;
            origin.document("/a", feed(0..number));
            program.poll("a");
            let seen = follower.records(0);
            (!seen.is_empty()).then_some(seen)
        });
        let all = in_storing_order(&program, usize::try_from(number).expect("small"));
        let at = all.iter().position(|record| *record == seen[0]).expect("it is stored");
        assert!(at >= usize::try_from(first).expect("small"), "only what is new: {seen:?}");
        assert_eq!(follower.records(all.len() - at), all[at..]);
        follower.signal("INT");
        assert_eq!(follower.end().0, 0);
        number
    };
    let number = check(2);
    let daemon = program.daemon();
    check(number);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn following_without_a_daemon_prints_what_polls_store() {
    let (origin, program) = one(0..2);
    let follower = program.background(&["entries", "--json", "--follow", "--since", "1h"]);
    follower.records(2);
    origin.document("/a", feed(0..4));
    program.poll("a");
    assert_eq!(follower.records(4), in_storing_order(&program, 4));
    follower.signal("TERM");
    let (status, said) = follower.end();
    assert!(status == 0 && said.contains("no daemon runs"), "{status}: {said}");

    // Before the first poll there is no database.
    let empty = Program::new(&source(&origin, "a", "/a", ""));
    let follower = empty.background(&["-q", "entries", "--json", "--follow", "--since", "1h"]);
    empty.run(&["poll", "--all"]).expect(0);
    follower.records(4);
    follower.signal("INT");
    assert_eq!(follower.end(), (0, String::new()));
}

#[test]
fn following_ends_when_nobody_reads_any_more() {
    let (_origin, program) = one(0..2);
    let check = || {
        let mut command = program.command();
        command.args(["-q", "entries", "--json", "--follow", "--since", "1h"]).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it can be run");
        let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("it prints lines");
        assert!(line.ends_with('\n'), "{line}");
        drop(stdout);
        let ended = || child.try_wait().expect("a child can be waited for");
        let status = wait_until(NOTICED_WITHIN, "the end although no entry comes", ended);
        assert_eq!(status.code(), Some(0));
    };
    check();
    let daemon = program.daemon();
    check();
    assert_eq!(daemon.term(), 0);
}

#[test]
fn entries_are_asked_for_by_sources_tags_times_and_stories() {
    let origin = Origin::start();
    // Two sources have a copy of one piece, and each of them another entry.
    let words: Vec<String> = (0..80).map(|number| format!("word{number}x")).collect();
    let html = format!("<p>{}</p>", words.join(" "));
    let piece = |site: &str| Item { html: html.clone(), title: "One piece".to_owned(), ..Item::new(site, 1) };
    origin.document("/a", rss("A", &[Item::new("a", 2), piece("a")]));
    origin.document("/b", rss("B", &[piece("b"), Item::new("b", 3)]));
    origin.document("/c", rss("C", &items("c", 7..8)));
    let config = source(&origin, "a", "/a", "tags = [\"t\"]")
        + &source(&origin, "b", "/b", "tags = [\"t\", \"u\"]")
        + &source(&origin, "c", "/c", "")
        + "[[output]]\nname = \"only-b\"\nsources = [\"b\"]\n";
    let program = Program::new(&config);
    program.run(&["poll", "--all"]).expect(0);
    let check = || {
        for (arguments, wanted) in [
            (&["--source", "a", "--source", "c"][..], 3),
            (&["--source", "a", "--source", "a"], 2),
            (&["--tag", "t"], 4),
            (&["--tag", "t", "--source", "b"], 2),
            (&["--tag", "nothing"], 0),
            (&["--output", "only-b"], 2),
            (&["--stories"], 4),
            (&["--stories", "--tag", "t"], 3),
            (&["--stories", "--output", "only-b"], 2),
            (&["--since", "2024-01-01"], 5),
            (&["--since", "1w"], 5),
            (&["--since", "2099-01-01"], 0),
        ] {
            let newest = program.records(&[["entries", "--json"].as_slice(), arguments].concat());
            assert_eq!(newest.len(), wanted, "{arguments:?}");
            if wanted == 0 || arguments.contains(&"--since") {
                continue;
            }
            let limit = wanted.to_string();
            let ordered = ["entries", "--json", "--follow", "--since", "1h", "--limit", limit.as_str()];
            let ordered = program.records(&[ordered.as_slice(), arguments].concat());
            let sorted = |records: &[Value]| {
                let mut cursors: Vec<String> = records.iter().map(|record| cursor(record).to_owned()).collect();
                cursors.sort();
                cursors
            };
            assert_eq!(sorted(&ordered), sorted(&newest), "{arguments:?}: the same entries in storing order");
            let from_start =
                program.records(&[["entries", "--json", "--after", "start"].as_slice(), arguments].concat());
            assert_eq!(from_start, ordered, "{arguments:?}");
        }
        let stories = program.records(&["entries", "--json", "--stories"]);
        assert!(stories.iter().all(|record| record["lead"] == true), "{stories:?}");
        let output = program.run(&["entries", "--source", "a", "--source", "nobody"]).expect(2);
        assert!(output.stderr.contains("nobody"), "{output:?}");
    };
    check();
    let daemon = program.daemon();
    check();
    assert_eq!(daemon.term(), 0);
}
