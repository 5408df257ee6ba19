//! SIGKILL at any point: no entry doubled or lost, ids and bytes as of a run that was not killed.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::atom;
use crate::feeds::{self, items};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{PATIENCE, Program, serving, wait_until};

/// How long killing goes on.
const BUDGET: Duration = Duration::from_secs(12);
/// How often at least.
const LEAST_KILLS: usize = 12;
const SOURCES: u32 = 6;
const FIRST_ITEMS: u32 = 10;

/// Serves every source's first items, and `more` of them.
fn publish(origin: &Origin, more: u32) {
    for number in 0..SOURCES {
        let site = format!("s{number}");
        let items = items(&site, 0..FIRST_ITEMS + more);
        let body = match number % 3 {
            0 => feeds::rss(&site, &items),
            1 => feeds::atom(&site, &items),
            _ => feeds::json(&site, &items),
        };
        origin.document(&format!("/{site}"), body);
    }
}

/// `every` is how often each source is polled.
fn config(origin: &Origin, every: &str) -> String {
    let base = serving("public_url = \"https://feeds.example\"\n");
    let base = base.replace("\nevery = \"1h\"", &format!("\nevery = \"{every}\""));
    let sources = (0..SOURCES).map(|number| source(origin, &format!("s{number}"), &format!("/s{number}"), ""));
    let outputs = "[[output]]\nname = \"all\"\nentries = 1000\n";
    format!("{base}{outputs}{}", sources.collect::<String>())
}

/// Everything of an entry that must not depend on when it was seen, by source and key.
fn facts(program: &Program) -> BTreeMap<(String, String), Value> {
    let fact = |mut entry: Value| {
        let key = (entry["source"].to_string(), entry["key"].to_string());
        for name in ["first_seen", "story", "cursor"] {
            entry.as_object_mut().expect("an entry is an object").remove(name);
        }
        (key, entry)
    };
    let entries = program.entries();
    let number = entries.len();
    let facts: BTreeMap<_, _> = entries.into_iter().map(fact).collect();
    assert_eq!(facts.len(), number, "no entry is there twice");
    facts
}

/// Ids in the order of the feed of all entries.
fn published(document: &str) -> Vec<String> {
    atom::read(document).all("entry").iter().map(|entry| entry.one("id").text.clone()).collect()
}

#[test]
fn behaviour_11_a_kill_at_any_point_neither_duplicates_nor_loses_entries() {
    let origin = Origin::start();
    publish(&origin, 0);
    let program = Program::bare(&config(&origin, "1s"));
    let begun = Instant::now();
    let (mut kills, mut more) = (0, 0);
    // Not by chance but evenly spread, from right after the start to well into polling.
    while kills < LEAST_KILLS || begun.elapsed() < BUDGET {
        let mut command = program.command();
        let mut child = command
            .arg("run")
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it can be run");
        thread::sleep(Duration::from_millis((kills as u64 * 37) % 700));
        // New items come while it is down and while it runs.
        more = (kills as u32 / 2).min(10);
        publish(&origin, more);
        child.kill().expect("it runs");
        child.wait().expect("a child can be waited for");
        kills += 1;
    }
    let wanted = (SOURCES * (FIRST_ITEMS + more)) as usize;
    let daemon = program.daemon();
    wait_until(PATIENCE, "all entries", || {
        (published(&daemon.get("/all.atom").expect(200).text()).len() == wanted).then_some(())
    });
    let document = daemon.get("/all.atom").expect(200);
    assert_eq!(daemon.term(), 0);
    let survived = facts(&program);

    // The same in one go.
    let calm = Program::bare(&config(&origin, "1s"));
    let undisturbed = calm.daemon();
    wait_until(PATIENCE, "all entries", || {
        (published(&undisturbed.get("/all.atom").expect(200).text()).len() == wanted).then_some(())
    });
    assert_eq!(undisturbed.term(), 0);
    assert_eq!(survived, facts(&calm));

    // And after one more restart the bytes are the same, though nothing has been polled yet.
    let again = program.daemon();
    let after = again.get("/all.atom").expect(200);
    assert_eq!(published(&document.text()), published(&after.text()));
    assert!(document.body == after.body, "the same store gives the same bytes");
    println!("{kills} kills, {wanted} entries");
}

#[test]
fn a_restart_after_a_kill_keeps_ids_and_bytes() {
    let origin = Origin::start();
    publish(&origin, 0);
    let program = Program::bare(&config(&origin, "1h"));
    let wanted = (SOURCES * FIRST_ITEMS) as usize;
    let first = program.daemon();
    wait_until(PATIENCE, "all entries", || {
        (published(&first.get("/all.atom").expect(200).text()).len() == wanted).then_some(())
    });
    let before = first.get("/all.atom").expect(200);
    first.kill();
    for _ in 0..3 {
        let daemon = program.daemon();
        let after = daemon.get("/all.atom").expect(200);
        assert!(before.body == after.body && before.header("etag") == after.header("etag"));
        daemon.kill();
    }
}
