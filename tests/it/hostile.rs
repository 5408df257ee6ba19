//! Common bad input: each case gives a clear message that says what to do and the right exit status, and no entry is lost.

use std::net::TcpListener;

use crate::feeds::{items, rss};
use crate::origin::{Answer, Closed, Origin};
use crate::polling::source;
use crate::program::{BASE, PATIENCE, Program, wait_until};

/// A program whose source "good" has two entries, and `more`.
fn with_entries(more: impl FnOnce(&Origin) -> String) -> (Origin, Program) {
    let origin = Origin::start();
    origin.document("/good", rss("Good", &items("good", 0..2)));
    let program = Program::new(&(source(&origin, "good", "/good", "") + &more(&origin)));
    assert_eq!(program.poll("good")["outcome"], "new");
    (origin, program)
}

/// Polls "bad", which must fail and say all of `said`, in the record and in the list.
#[track_caller]
fn check_bad(program: &Program, said: &[&str]) {
    let record = program.poll("bad");
    assert_eq!((&record["outcome"], &record["failed"]), (&"failed".into(), &true.into()), "{record}");
    let listed = program.source("bad")["problems"].to_string();
    for said in said {
        assert!(record["detail"].to_string().contains(said), "{said:?} in {record}");
        assert!(listed.contains(said), "{said:?} in {listed}");
    }
    assert_eq!(program.entries().len(), 2, "what was there stays");
}

#[test]
fn an_unreachable_host() {
    let closed = Closed::bind();
    let url = format!("http://{}/feed", closed.address());
    let (_origin, program) = with_entries(|_| format!("[[source]]\nname = \"bad\"\nurl = \"{url}\"\n"));
    check_bad(&program, &["cannot connect to 127.0.0.1"]);
}

#[test]
fn a_host_that_does_not_exist() {
    let (_origin, program) =
        with_entries(|_| "[[source]]\nname = \"bad\"\nurl = \"http://no-such-host.invalid/\"\n".to_owned());
    check_bad(&program, &["no-such-host.invalid"]);
}

#[test]
fn a_page_instead_of_a_feed() {
    let (_origin, program) = with_entries(|origin| {
        let page = "<!DOCTYPE html><html><head>\
                    <link rel=alternate type=application/rss+xml href=/one.rss>\
                    <link rel=alternate type=application/atom+xml href=/two.atom></head><body>Hello</body></html>";
        origin.serve("/page", Answer::body(page).header("Content-Type", "text/html"));
        source(origin, "bad", "/page", "")
    });
    check_bad(&program, &["HTML page", "/one.rss", "/two.atom"]);
}

#[test]
fn ten_mebibytes_of_garbage() {
    let (_origin, program) = with_entries(|origin| {
        // The same on every machine: a multiplicative generator's high bytes.
        let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
        let garbage: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        })
        .take(10 << 20)
        .collect();
        origin.serve("/garbage", Answer::body(garbage));
        source(origin, "bad", "/garbage", "")
    });
    check_bad(&program, &[]);
}

#[test]
fn ten_mebibytes_of_open_tags() {
    let (_origin, program) = with_entries(|origin| {
        let mut tags = b"<rss version=\"2.0\"><channel>".to_vec();
        tags.extend(b"<a>".repeat((10 << 20) / 3 - 100));
        origin.serve("/tags", Answer::body(tags));
        source(origin, "bad", "/tags", "")
    });
    check_bad(&program, &["deep"]);
}

#[test]
fn empty_answers_and_other_documents() {
    for (body, said) in [
        ("", "empty"),
        ("   \n", "empty"),
        ("{\"a\": 1}", "JSON"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        ("just words", "neither"),
        ("<rss version='2.0'><channel><item><title>cut", ""),
    ] {
        let (_origin, program) = with_entries(|origin| {
            origin.serve("/bad", Answer::body(body));
            source(origin, "bad", "/bad", "")
        });
        if said.is_empty() {
            // Understood or not, the others are untouched.
            program.poll("bad");
            assert!(program.entries().len() >= 2);
        } else {
            check_bad(&program, &[said]);
        }
    }
}

#[test]
fn a_database_folder_that_cannot_be_made() {
    let program = Program::bare(&format!("{BASE}[store]\npath = \"/proc/no-such-folder/watershed.db\"\n"));
    for verb in ["run", "poll"] {
        let output = program.run(&[verb]).expect(1);
        for wanted in ["/proc/no-such-folder", "path", "[store]"] {
            assert!(output.stderr.contains(wanted), "{verb}: {wanted} in {}", output.stderr);
        }
    }
}

#[test]
fn a_database_folder_that_cannot_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let program = Program::bare(&format!("{BASE}[store]\npath = \"closed/watershed.db\"\n"));
    let folder = program.folder().join("closed");
    std::fs::create_dir(&folder).expect("the folder can be written");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).expect("it is ours");
    if std::fs::write(folder.join("probe"), "").is_ok() {
        eprintln!("SKIPPED: for root no folder is read-only");
        return;
    }
    let output = program.run(&["run"]).expect(1);
    assert!(output.stderr.contains("closed") && output.stderr.contains("writable"), "{}", output.stderr);
}

#[test]
fn files_that_are_not_our_database_are_left_untouched() {
    let program = Program::bare(&format!("{BASE}[store]\npath = \"other.db\"\n"));
    let path = program.folder().join("other.db");
    let check = |said: &str| {
        let before = std::fs::read(&path).expect("it is there");
        let output = program.run(&["run"]).expect(1);
        assert!(output.stderr.contains(said) && output.stderr.contains("other.db"), "{said}: {}", output.stderr);
        assert!(std::fs::read(&path).expect("it is there") == before, "{said}");
        std::fs::remove_file(&path).expect("it is there");
    };
    std::fs::write(&path, "dear diary, ".repeat(100)).expect("the folder can be written");
    check("not a database");
    let foreign = rusqlite::Connection::open(&path).expect("SQLite opens it");
    foreign.execute_batch("CREATE TABLE diary (text TEXT)").expect("a table can be made");
    drop(foreign);
    check("not one of watershed's");
    program.run(&["poll"]).expect(0);
    let newer = rusqlite::Connection::open(&path).expect("SQLite opens it");
    newer.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA user_version = 99").expect("a pragma can be set");
    drop(newer);
    check("newer watershed");
}

#[test]
fn a_port_that_is_in_use() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("loopback can be bound");
    let address = taken.local_addr().expect("it is bound").to_string();
    let program = Program::bare(&BASE.replace("127.0.0.1:0", &address));
    let output = program.run(&["run"]).expect(1);
    assert!(output.stderr.contains(&address) && output.stderr.contains("listen"), "{}", output.stderr);
}

#[test]
fn a_bad_source_beside_good_ones_in_a_daemon() {
    let (origin, program) = with_entries(|origin| {
        origin.serve("/bad", Answer::body("<html>").header("Retry-After", "garbage"));
        source(origin, "bad", "/bad", "")
    });
    let mut daemon = program.daemon();
    wait_until(PATIENCE, "the failure", || (program.source("bad")["failures"] == 1).then_some(()));
    origin.document("/good", rss("Good", &items("good", 0..3)));
    program.poll("good");
    daemon.assert_alive();
    let feed = daemon.get("/feed.atom").expect(200).text();
    assert!(feed.contains("good item 2") && !feed.contains("HTML"), "errors are no entries");
}
