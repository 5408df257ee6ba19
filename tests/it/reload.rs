//! Editing the configuration while the daemon runs: taken wholly, or not at all.

use crate::atom;
use crate::feeds::{atom as atom_feed, items, rss};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{BASE, Daemon, PATIENCE, Program, wait_until};

fn ids(daemon: &Daemon) -> Vec<String> {
    let feed = atom::read(&daemon.get("/feed.atom").expect(200).text());
    let mut ids: Vec<String> = feed.all("entry").iter().map(|entry| entry.one("id").text.clone()).collect();
    ids.sort();
    ids
}

#[track_caller]
fn wait_for_entries(daemon: &Daemon, number: usize) {
    wait_until(PATIENCE, &format!("{number} entries"), || (ids(daemon).len() == number).then_some(()));
}

/// A daemon with two sources of two entries each.
fn two() -> (Origin, Program, Daemon) {
    let origin = Origin::start();
    for site in ["a", "b", "c"] {
        origin.document(&format!("/{site}"), rss(site, &items(site, 0..2)));
    }
    let program = Program::new(&(source(&origin, "a", "/a", "") + &source(&origin, "b", "/b", "")));
    let daemon = program.daemon();
    wait_for_entries(&daemon, 4);
    (origin, program, daemon)
}

#[test]
fn behaviour_69_an_appended_source_appears_and_the_others_are_not_polled_again() {
    let (origin, program, daemon) = two();
    // Nobody asks for a reload: the change is noticed.
    program.configure(&(program.config() + &source(&origin, "c", "/c", "")));
    wait_for_entries(&daemon, 6);
    let counts = ["/a", "/b", "/c"].map(|path| origin.seen_at(path).len());
    assert_eq!(counts, [1, 1, 1]);
}

#[test]
fn a_file_that_is_written_in_place_is_noticed() {
    let (origin, program, daemon) = two();
    let config = program.config() + &source(&origin, "c", "/c", "");
    std::fs::write(program.config_path(), config).expect("the folder can be written");
    wait_for_entries(&daemon, 6);
}

#[test]
fn a_removed_source_that_returns_has_its_entries_again() {
    let (origin, program, daemon) = two();
    let both = program.config();
    program.configure(&format!("{BASE}{}", source(&origin, "a", "/a", "")));
    let output = program.run(&["reload"]).expect(0);
    assert!(output.said().contains("reloaded"), "{output:?}");
    assert_eq!(ids(&daemon).len(), 2);
    daemon.get("/source/b.atom").expect(404);
    assert_eq!(program.records(&["list", "--json"]).len(), 1);
    program.configure(&both);
    program.run(&["reload"]).expect(0);
    assert_eq!(ids(&daemon).len(), 4);
    assert_eq!(origin.seen_at("/a").len(), 1);
}

#[test]
fn a_broken_edit_is_reported_with_line_and_caret_and_changes_nothing() {
    let (_origin, program, daemon) = two();
    let before = daemon.get("/feed.atom").expect(200);
    let good = program.config();
    let broken = format!("{good}\n[[source]]\nurl = \"https://c.example/feed\"\ntagz = [\"x\"]\n");
    let line = broken.lines().position(|line| line.starts_with("tagz")).expect("it is there") + 1;
    program.configure(&broken);
    let output = program.run(&["reload"]).expect(2);
    for wanted in [format!("watershed.toml:{line}:1").as_str(), "tagz", "^", "tags"] {
        assert!(output.stderr.contains(wanted), "{wanted} in {}", output.stderr);
    }
    program.run(&["check"]).expect(2);
    let after = daemon.get("/feed.atom").expect(200);
    assert_eq!(before.header("etag"), after.header("etag"));
    assert!(before.body == after.body);
    // The log tells it too, and once.
    wait_until(PATIENCE, "the refusal in the log", || daemon.log().contains("has mistakes").then_some(()));
    daemon.signal("HUP");
    program.configure(&good);
    program.run(&["reload"]).expect(0);
    assert_eq!(daemon.log().matches("has mistakes").count(), 1, "{}", daemon.log());
    assert_eq!(ids(&daemon).len(), 4);
}

#[test]
fn sighup_reloads() {
    let (origin, program, daemon) = two();
    program.configure(&(program.config() + &source(&origin, "c", "/c", "")));
    daemon.signal("HUP");
    wait_for_entries(&daemon, 6);
}

#[test]
fn a_changed_url_under_the_same_name_keeps_the_entries_and_drops_the_validators() {
    let (origin, program, daemon) = two();
    origin.document("/moved", atom_feed("a", &items("a", 0..3)));
    program.configure(&program.config().replace(&origin.url("/a"), &origin.url("/moved")));
    program.run(&["reload"]).expect(0);
    wait_for_entries(&daemon, 5);
    assert!(origin.seen_at("/moved")[0].header("if-none-match").is_none());
    assert_eq!(origin.seen_at("/a").len(), 1);
}

#[test]
fn an_included_file_is_watched() {
    let (origin, program, daemon) = two();
    let folder = program.folder().join("sources.d");
    std::fs::create_dir(&folder).expect("the folder can be written");
    program.configure(&(program.config() + "\n[[include]]\npath = \"sources.d/*.toml\"\n"));
    program.run(&["reload"]).expect(0);
    std::fs::write(folder.join("c.toml"), source(&origin, "c", "/c", "")).expect("the folder can be written");
    wait_for_entries(&daemon, 6);
    std::fs::remove_file(folder.join("c.toml")).expect("it is there");
    wait_for_entries(&daemon, 4);
}

#[test]
fn half_written_files_are_never_applied() {
    let (_origin, program, daemon) = two();
    let good = program.config();
    for cut in (0..good.len()).step_by(good.len() / 12) {
        std::fs::write(program.config_path(), &good[..cut]).expect("the folder can be written");
    }
    program.configure(&good);
    program.run(&["reload"]).expect(0);
    // A prefix may have been a right file with fewer sources; in the end it is the whole one that holds.
    wait_for_entries(&daemon, 4);
}
