//! Programs and addresses that are told of changes of state and of new stories: at least once, in order, whatever happens in between.

use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;

use crate::feeds::{items, rss};
use crate::origin::{Answer, Gate, Origin};
use crate::polling::source;
use crate::program::{Daemon, PATIENCE, Program, wait_until};

/// How a program that is told appends what it gets to a file, one object a line.
const APPENDS: &str = r#"exec = ["/bin/sh", "-c", "cat >>\"$HOME/told\"; echo >>\"$HOME/told\""]"#;

fn database(program: &Program) -> Connection {
    Connection::open(program.folder().join("watershed.db")).expect("the database opens")
}

fn change(program: &Program, sql: &str) {
    database(program).execute_batch(sql).expect("the database can be changed");
}

/// Waits until the daemon knows this number of receivers, because they are told of what comes from then on.
#[track_caller]
fn wait_for_receivers(program: &Program, number: i64) {
    wait_until(PATIENCE, &format!("{number} receivers"), || {
        let found: i64 = database(program).query_row("SELECT count(*) FROM delivery", [], |row| row.get(0)).ok()?;
        (found == number).then_some(())
    });
}

/// What the program has been told so far.
fn appended(program: &Program) -> Vec<Value> {
    let text = std::fs::read_to_string(program.folder().join("told")).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// What an address has been told so far.
fn posted(origin: &Origin, path: &str) -> Vec<Value> {
    let seen = origin.seen_at(path);
    assert!(seen.iter().all(|seen| seen.method == "POST" && seen.text("content-type") == "application/json"));
    seen.iter().map(|seen| serde_json::from_slice(&seen.body).expect("it is JSON")).collect()
}

#[track_caller]
fn wait_for_told(what: &str, number: usize, told: impl Fn() -> Vec<Value>) -> Vec<Value> {
    wait_until(PATIENCE, &format!("{number} messages: {what}"), || {
        let told = told();
        (told.len() >= number).then_some(told)
    })
}

fn receiver(program: &Program, name: &str) -> Value {
    let status = program.records(&["status", "--json"]).remove(0);
    let found = status["receivers"].as_array().expect("a list").iter().find(|receiver| receiver["name"] == name);
    found.unwrap_or_else(|| panic!("{name} in {status}")).clone()
}

#[test]
fn a_program_and_an_address_are_told_of_what_changes_and_of_nothing_old() {
    let origin = Origin::start();
    origin.serve("/a", Answer::status(500));
    origin.serve("/b", Answer::status(410));
    origin.serve("/hook?key=sesame", Answer::status(204));
    let program = Program::new(&(source(&origin, "a", "/a", "title = \"A & B\"") + &source(&origin, "b", "/b", "")));
    let daemon = program.daemon();
    wait_until(PATIENCE, "the incident", || daemon.get("/health.atom").text().contains("b is gone").then_some(()));
    let notify = format!(
        "\n[[notify]]\n{APPENDS}\n[[notify]]\non = [\"failing\", \"recovered\"]\nurl = \"{}\"\n",
        origin.url("/hook?key=sesame")
    );
    program.configure(&(program.config() + &notify));
    program.run(&["reload"]).expect(0);
    wait_for_receivers(&program, 2);
    program.poll("a");
    assert_eq!(daemon.term(), 0);
    change(
        &program,
        "UPDATE source_poll SET failing_since = failing_since - 90000, failures = 3 WHERE failing_since IS NOT NULL",
    );
    let daemon = program.daemon();
    let by_program = wait_for_told("the program", 1, || appended(&program));
    let by_address = wait_for_told("the address", 1, || posted(&origin, "/hook?key=sesame"));
    assert_eq!(by_program, by_address);
    let told = &by_program[0];
    for (key, value) in [("event", "failing"), ("kind", "failing"), ("title", "A & B is failing")] {
        assert_eq!(told[key], value, "{told}");
    }
    assert_eq!((&told["source"]["name"], &told["source"]["title"]), (&"a".into(), &"A & B".into()), "{told}");
    assert!(told["why"].as_str().is_some_and(|why| why.contains("500")) && told["remedy"].is_string(), "{told}");
    let incident = told["incident"].as_str().expect("an id");
    wait_until(PATIENCE, "the incident", || daemon.get("/health.atom").text().contains(incident).then_some(()));
    origin.document("/a", rss("A", &items("a", 0..3)));
    program.poll("a");
    wait_for_told("the address", 2, || posted(&origin, "/hook?key=sesame"));
    for name in ["notify 1", "notify 2"] {
        wait_until(PATIENCE, "the confirmation", || (receiver(&program, name)["delivered"] == 2).then_some(()));
    }
    assert_eq!(daemon.term(), 0);
    // What was confirmed is not told again after a restart.
    let daemon = program.daemon();
    origin.serve("/a", Answer::status(410));
    program.poll("a");
    let by_program = wait_for_told("the program", 3, || appended(&program));
    let events: Vec<&Value> = by_program.iter().map(|told| &told["event"]).collect();
    assert_eq!(events, ["failing", "recovered", "gone"]);
    assert_eq!(by_program[0]["incident"], by_program[1]["incident"]);
    assert_ne!(by_program[0]["id"], by_program[1]["id"]);
    assert_eq!(posted(&origin, "/hook?key=sesame"), by_program[..2]);
    wait_until(PATIENCE, "the status", || (receiver(&program, "notify 1")["delivered"] == 3).then_some(()));
    let said = program.run(&["status"]).expect(0).stdout + &daemon.log();
    assert!(said.contains("tells        notify 2 (url): 2 deliveries") && !said.contains("sesame"), "{said}");
    assert!(!daemon.get("/status.json").text().contains("sesame"));
}

/// The ids of the entries in storing order.
fn stored(program: &Program) -> Vec<String> {
    let database = database(program);
    let mut statement = database.prepare("SELECT published_id FROM entry_text ORDER BY entry").expect("it is SQL");
    let ids = statement.query_map([], |row| row.get(0)).expect("it can be read");
    ids.collect::<Result<_, _>>().expect("ids are texts")
}

fn ids(told: &[Value]) -> Vec<String> {
    told.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

/// A program that has polled three entries, with an output that tells `/hook` of new ones.
fn with_hook(origin: &Origin, more: &str) -> (Program, Daemon) {
    origin.document("/a", rss("A", &items("a", 0..3)));
    let hook = format!(
        "[[output]]\nname = \"all\"\ntitle_prefix = \"[{{source}}] \"\nwebhook = \"{}\"\n",
        origin.url("/hook")
    );
    let program = Program::new(&(source(origin, "a", "/a", "") + &hook + more));
    program.poll("a");
    let daemon = program.daemon();
    wait_for_receivers(&program, 1 + i64::from(!more.is_empty()));
    (program, daemon)
}

#[test]
fn stories_are_told_in_storing_order_and_none_is_lost_when_the_daemon_is_killed() {
    let origin = Origin::start();
    let gate = Gate::default();
    let held = gate.clone();
    origin.route("/hook", move |_, before| {
        // The daemon waits for this answer when it is killed.
        if before >= 20 {
            held.wait();
        }
        Answer::status(200)
    });
    let (program, daemon) = with_hook(&origin, "");
    origin.document("/a", rss("A", &items("a", 0..60)));
    program.poll("a");
    origin.wait_for("/hook", 21);
    daemon.kill();
    assert_eq!(origin.seen_at("/hook").len(), 21, "it was killed in the middle");
    gate.open();
    let daemon = program.daemon();
    let new = stored(&program).split_off(3);
    assert_eq!(new.len(), 57);
    let last = new.last().expect("there are some");
    let told = wait_until(PATIENCE, "the last story", || {
        let told = posted(&origin, "/hook");
        (ids(&told).last() == Some(last)).then_some(told)
    });
    let mut once = ids(&told);
    once.dedup();
    assert_eq!(once, new);
    assert!(told.len() <= 58, "only what was under way is repeated: {}", told.len());
    // They are as the output shows them.
    let feed: Value = serde_json::from_slice(&daemon.get("/all.json").expect(200).body).expect("it is JSON");
    let shown = feed["items"].as_array().expect("a list");
    let first = shown.iter().find(|item| item["id"] == told[0]["id"]);
    assert_eq!(first, Some(&told[0]));
    assert!(told[0]["title"].as_str().is_some_and(|title| title.starts_with("[A] ")), "{}", told[0]);
    // Another address is told of what comes from now on.
    origin.serve("/other", Answer::status(200));
    wait_until(PATIENCE, "the confirmation", || (receiver(&program, "output all")["waiting"] == 0).then_some(()));
    program.configure(&program.config().replace("/hook", "/other"));
    program.run(&["reload"]).expect(0);
    origin.document("/a", rss("A", &items("a", 1..61)));
    program.poll("a");
    let told = wait_for_told("the other address", 1, || posted(&origin, "/other"));
    assert_eq!(ids(&told), stored(&program).split_off(60));
}

#[test]
fn what_is_refused_is_a_dead_letter_and_a_program_that_hangs_delays_nobody() {
    let origin = Origin::start();
    origin.script("/hook", vec![Answer::status(500), Answer::status(422), Answer::status(200)]);
    let hangs = r#"exec = ["/bin/sh", "-c", "echo $$ >\"$HOME/pid\"; sleep 1000; true"]"#;
    let (program, daemon) = with_hook(&origin, &format!("[[output]]\nname = \"slow\"\n{hangs}\n"));
    origin.document("/a", rss("A", &items("a", 0..6)));
    program.poll("a");
    let failing = wait_until(PATIENCE, "the first failure", || {
        let found = receiver(&program, "output all");
        (found["failures"] == 1).then_some(found)
    });
    assert!(failing["reason"].as_str().is_some_and(|reason| reason.contains("500")), "{failing}");
    assert!(failing["waiting"] == 3 && failing["next_attempt"].is_string(), "{failing}");
    let told = wait_for_told("the address", 4, || posted(&origin, "/hook"));
    let new = stored(&program).split_off(3);
    let expected: Vec<String> = [0, 0, 1, 2].iter().map(|at| new[*at].clone()).collect();
    assert_eq!(ids(&told), expected, "the first is tried again and given up, the others follow");
    let status = wait_until(PATIENCE, "the status", || {
        let found = receiver(&program, "output all");
        (found["delivered"] == 2).then_some(found)
    });
    assert!(status["dead"] == 1 && status["failures"] == 0 && status["waiting"] == 0, "{status}");
    let said = program.run(&["status"]).expect(0).stdout;
    assert!(said.contains("1 dead letter, given up"), "{said}");
    let everybody: Value = serde_json::from_slice(&daemon.get("/status.json").expect(200).body).expect("it is JSON");
    let receivers = everybody["receivers"].as_array().expect("a list");
    assert_eq!(receivers.len(), 2, "{everybody}");
    let keys: Vec<&str> = receivers[0].as_object().expect("a record").keys().map(String::as_str).collect();
    let wanted = "dead,dead_reason,delivered,failing_since,failures,last_dead,last_delivered,name,next_attempt,reason,waiting,way";
    assert_eq!(keys.join(","), wanted, "a new key is seen by everybody");
    for receiver in receivers {
        assert!(receiver["reason"].is_null() && receiver["dead_reason"].is_null(), "{receiver}");
    }
    assert!(daemon.get("/status").expect(200).text().contains("output slow"));
    let metrics = daemon.get("/metrics").expect(200).text();
    for line in ["{outcome=\"delivered\"} 2", "{outcome=\"failed\"} 1", "{outcome=\"dead\"} 1"] {
        assert!(metrics.contains(&format!("watershed_deliveries_total{line}")), "{line} in\n{metrics}");
    }
    let hanging = wait_until(PATIENCE, "the program has begun", || {
        std::fs::read_to_string(program.folder().join("pid")).ok().filter(|text| text.ends_with('\n'))
    });
    let process = Path::new("/proc").join(hanging.trim());
    // A process that has ended and waits for its parent has no command line any more.
    let runs = || std::fs::read(process.join("cmdline")).is_ok_and(|command| !command.is_empty());
    assert!(runs(), "it hangs");
    assert_eq!(daemon.term(), 0);
    wait_until(PATIENCE, "its end with the daemon", || (!runs()).then_some(()));
}

#[test]
fn a_reload_tries_again_at_once_what_failed() {
    let origin = Origin::start();
    // Without a reload, the address would be asked again after 50 minutes.
    let closed = Answer::status(404).header("Retry-After", "3000");
    origin.script("/hook", vec![closed, Answer::status(200)]);
    let (program, _daemon) = with_hook(&origin, "");
    origin.document("/a", rss("A", &items("a", 0..4)));
    program.poll("a");
    wait_until(PATIENCE, "the failure", || (receiver(&program, "output all")["failures"] == 1).then_some(()));
    assert_eq!(program.run(&["reload"]).expect(0).stderr.trim(), "reloaded: nothing has changed");
    let told = wait_for_told("the address", 2, || posted(&origin, "/hook"));
    let new = stored(&program).split_off(3);
    assert_eq!(ids(&told), [new.clone(), new].concat(), "nothing is lost, although the address was wrong for a while");
}

#[test]
fn an_output_with_another_name_goes_on_telling_where_it_was() {
    let origin = Origin::start();
    let closed = Answer::status(404).header("Retry-After", "3000");
    origin.script("/hook", vec![closed, Answer::status(200)]);
    let (program, _daemon) = with_hook(&origin, "");
    origin.document("/a", rss("A", &items("a", 0..6)));
    program.poll("a");
    wait_until(PATIENCE, "the failure", || (receiver(&program, "output all")["failures"] == 1).then_some(()));
    program.configure(&program.config().replace("name = \"all\"", "name = \"every\""));
    program.run(&["reload"]).expect(0);
    let told = wait_for_told("the address", 4, || posted(&origin, "/hook"));
    let new = stored(&program).split_off(3);
    assert_eq!(ids(&told), [&new[..1], &new[..]].concat(), "nothing is lost by the rename");
    wait_until(PATIENCE, "the status", || (receiver(&program, "output every")["delivered"] == 3).then_some(()));
}

#[test]
fn what_cannot_be_told_is_noted_by_check() {
    let program = Program::new(
        "[[notify]]\nexec = [\"no-such-program-anywhere\"]\n[[notify]]\nurl = \"http://example.org/x\"\n\
         [[notify]]\nurl = \"http://127.0.0.1:9/x\"\n[[notify]]\nexec = [\"./watershed.toml\"]\n[[notify]]\nexec = [\"sh\"]\n\
         [[notify]]\nexec = [\"~/tell\"]\n[[notify]]\nexec = [\"tell --loud\"]\n",
    );
    let said = program.run(&["check"]).expect(0).said();
    for wanted in [
        "`exec` of notify 1: it names no-such-program-anywhere, which is in no folder of PATH",
        "`url` of notify 2: it does not begin with https://",
        "`exec` of notify 4: it names ./watershed.toml, which is not executable",
        "`exec` of notify 6: it names ~/tell, but `~` is only known to a shell",
        "`exec` of notify 7: it names the program \"tell --loud\", which does not exist; each argument",
    ] {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
    assert!(!said.contains("notify 3") && !said.contains("notify 5"), "{said}");
}
