//! Reading lists that are followed, as a file and at an address: sources that come, go and change places, lists that fail or are broken,
//! and lists that want more than they may have. Sources of these lists are at loopback addresses, which no list may reach, so that
//! their polls end at once.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::feeds::{items, rss};
use crate::origin::{Answer, Manner, Origin};
use crate::polling::source;
use crate::program::{PATIENCE, Program, wait_until};

const BY_FILE: &str = "\n[[include]]\nopml = \"list.opml\"\n";
/// Just longer than `min_every`, before which no list is asked again.
const DUE_AGAIN: Duration = Duration::from_millis(1_100);

fn opml(outlines: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><head/><body>\n{outlines}</body></opml>\n")
}

/// A list with sources at these paths.
fn list(paths: &[&str]) -> String {
    opml(&paths.iter().map(|path| outline(&format!("http://127.0.0.1/{path}"))).collect::<String>())
}

fn outline(url: &str) -> String {
    format!("<outline type=\"rss\" text=\"x\" xmlUrl=\"{url}\"/>\n")
}

fn by_url(origin: &Origin) -> String {
    format!("\n[[include]]\nopml = \"{}\"\n", origin.url("/list.opml"))
}

impl Program {
    fn write_list(&self, text: &str) {
        let beside = self.folder().join(".list.new");
        fs::write(&beside, text).expect("the folder can be written");
        fs::rename(beside, self.folder().join("list.opml")).expect("the folder can be written");
    }

    /// The names of all sources, sorted.
    fn listed_names(&self) -> Vec<String> {
        let records = self.records(&["list", "--json"]);
        let mut names: Vec<String> = records.iter().filter_map(|it| it["name"].as_str().map(str::to_owned)).collect();
        names.sort();
        names
    }

    fn wait_for_names(&self, wanted: &[&str]) {
        wait_until(PATIENCE, &format!("{wanted:?}"), || (self.listed_names() == wanted).then_some(()));
    }

    /// Polls without a daemon, once the list is due again.
    fn poll_again(&self) -> String {
        thread::sleep(DUE_AGAIN);
        let output = self.run(&["poll"]);
        assert!(matches!(output.status, 0 | 3), "{output:?}");
        output.said()
    }

    /// The files that are kept of lists.
    fn kept_lists(&self) -> Vec<PathBuf> {
        let listing = fs::read_dir(self.folder().join("watershed.db.lists"));
        listing.map(|found| found.flatten().map(|file| file.path()).collect()).unwrap_or_default()
    }
}

#[test]
fn a_file_is_followed_and_a_bad_version_changes_nothing() {
    let program = Program::new(BY_FILE);
    program.write_list(&list(&["a", "b"]));
    let daemon = program.daemon();
    let both = ["127-0-0-1-a", "127-0-0-1-b"];
    program.wait_for_names(&both);
    wait_until(PATIENCE, "a copy of the list", || (!program.kept_lists().is_empty()).then_some(()));
    let ids = |program: &Program| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        program.records(&["list", "--json"]).iter().map(|it| (text(&it["url"]), text(&it["name"]))).collect()
    };
    let mut before = ids(&program);
    program.write_list(&list(&["c", "b", "a"]));
    program.wait_for_names(&["127-0-0-1-a", "127-0-0-1-b", "127-0-0-1-c"]);
    before.sort();
    assert!(before.iter().all(|known| ids(&program).contains(known)), "names stay when the order changes");
    program.write_list(&list(&["b", "a"]));
    program.wait_for_names(&both);
    // The copy follows the file, so that the version with three sources never comes back.
    wait_until(PATIENCE, "a new copy of the list", || {
        program
            .kept_lists()
            .iter()
            .all(|copy| !fs::read_to_string(copy).unwrap_or_default().contains("/c\""))
            .then_some(())
    });
    for (bad, said) in [
        (opml(""), "it names no source"),
        (list(&["a"]).replace("</opml>", ""), "ends before `</opml>`"),
        ("<!doctype html><html><body>moved</body></html>".to_owned(), "HTML page"),
        (String::new(), "it is empty"),
    ] {
        program.write_list(&bad);
        let status = wait_until(PATIENCE, said, || {
            let status = program.run(&["status"]).expect(0).stdout;
            status.contains(said).then_some(status)
        });
        assert!(status.contains("the 2 sources of its last good version stay"), "{status}");
        assert_eq!(program.listed_names(), both, "{said}");
        assert!(program.run(&["check"]).expect(0).stderr.contains(said));
    }
    assert!(daemon.log().contains("it names no source"), "{}", daemon.log());
    assert_eq!(daemon.term(), 0);
    // The list is still broken, or even gone, when the program starts again.
    fs::remove_file(program.folder().join("list.opml")).expect("it is there");
    assert_eq!(program.listed_names(), both);
    let daemon = program.daemon();
    assert_eq!(program.listed_names(), both);
    program.write_list(&list(&["d"]));
    program.wait_for_names(&["127-0-0-1-d"]);
    assert!(!program.run(&["status"]).expect(0).stdout.contains("reading list"), "all is well again");
    drop(daemon);
}

#[test]
fn an_address_is_asked_politely_and_its_last_good_version_outlives_everything() {
    let origin = Origin::start();
    let program = Program::new(&by_url(&origin));
    let checked = program.run(&["check"]).expect(0);
    assert!(checked.stderr.contains("it is not fetched yet"), "{checked:?}");
    origin.document("/list.opml", list(&["a", "b"]));
    let both = ["127-0-0-1-a", "127-0-0-1-b"];
    assert_eq!(program.run(&["poll"]).status, 3, "loopback is not for sources of lists");
    assert_eq!(program.listed_names(), both);
    // At once, the list is not due; then it is asked only whether it has changed.
    let asked = origin.seen_at("/list.opml").len();
    assert_eq!(asked, 1);
    program.poll_again();
    let seen = origin.seen_at("/list.opml");
    assert_eq!(seen.len(), 2);
    assert!(seen[1].header("if-none-match").is_some(), "{:?}", seen[1]);
    assert_eq!(program.listed_names(), both);
    let many: String = (0..100_000).map(|n| outline(&format!("http://s{n}.example/"))).collect();
    for (bad, said) in [
        (Answer::status(404), "404"),
        (Answer::status(410), "410"),
        (Answer::body(opml("")), "it names no source"),
        (Answer::body(list(&["a"]).replace("</opml>", "")), "ends before `</opml>`"),
        (Answer::body(list(&["a"])).manner(Manner::CutAfter(60)), "cut"),
        (Answer::body("https://a.example/feed\n"), "not OPML"),
        (Answer::body(opml(&many)), "more than 10000 sources"),
        (Answer::body(vec![b'x'; 9 << 20]), "larger than"),
    ] {
        origin.serve("/list.opml", bad);
        // After a failure, the list is put off for longer than a test can wait.
        for state in program.kept_lists().iter().filter(|file| file.extension().is_some_and(|end| end == "json")) {
            fs::remove_file(state).expect("it can be removed");
        }
        program.run(&["poll"]);
        assert_eq!(program.listed_names(), both, "{said}");
        let checked = program.run(&["check"]).expect(0).stderr;
        assert!(checked.contains(said) && checked.contains("2 sources"), "{said} in {checked}");
    }
    // Without a copy, a poll must not end as if all were well, because a site might be built from nothing.
    origin.serve("/list.opml", Answer::status(404));
    let unread = Program::new(&by_url(&origin)).run(&["-q", "poll"]).expect(3);
    assert!(unread.stderr.contains("a reading list could not be read"), "{unread:?}");
    // Nobody answers: the copy is enough.
    drop(origin);
    assert_eq!(program.listed_names(), both);
    let effective = program.run(&["config", "--effective"]).expect(0).stdout;
    assert!(effective.contains("# It comes from the reading list http://127.0.0.1"), "{effective}");
    program.configure(&program.config().replace("[[include]]\nopml", "#"));
    program.run(&["poll"]);
    assert_eq!(program.listed_names(), [""; 0]);
}

#[test]
fn a_daemon_takes_a_new_version_of_a_list_without_being_told() {
    let origin = Origin::start();
    origin.document("/list.opml", list(&["a"]));
    origin.document("/mine", rss("mine", &items("mine", 0..2)));
    let program = Program::new(&(source(&origin, "mine", "/mine", "") + &by_url(&origin)));
    let daemon = program.daemon();
    program.wait_for_names(&["127-0-0-1-a", "mine"]);
    origin.document("/list.opml", list(&["b", "a"]));
    program.wait_for_names(&["127-0-0-1-a", "127-0-0-1-b", "mine"]);
    assert!(program.source("127-0-0-1-b")["list"].as_str().is_some_and(|list| list.ends_with("/list.opml")));
    assert!(program.source("mine")["list"].is_null());
    assert_eq!(origin.wait_for("/mine", 1).len(), 1, "a source that stays is not polled again");
    // What everybody may read names no list.
    assert!(!daemon.get("/status.json").expect(200).text().contains("list.opml"));
    // The whole edit of the file is refused, whatever the list says.
    program.configure(&(program.config() + "\nwrong = 1\n"));
    assert_ne!(program.run(&["reload"]).status, 0);
    assert_eq!(program.listed_names().len(), 3);
}

#[test]
fn a_hostile_list_gains_nothing_and_written_sources_win() {
    let origin = Origin::start();
    origin.document("/private", rss("private", &items("private", 0..2)));
    let hostile = [
        "exec:touch pwned".to_owned(),
        "file:///etc/passwd".to_owned(),
        "http://me:secret@127.0.0.1/f".to_owned(),
        "javascript:alert(1)".to_owned(),
        "http://127.0.0.1/${HOME}".to_owned(),
        origin.url("/private"),
        origin.url("/mine/"),
    ];
    let outlines: String = hostile.iter().map(|url| outline(url)).collect();
    let mine = source(&origin, "mine", "/mine", "enabled = false");
    let program = Program::new(&format!("{mine}{BY_FILE}"));
    program.write_list(&opml(&outlines));
    let checked = program.run(&["check"]).expect(0).stderr;
    assert!(checked.contains("not everything in it is polled: line 3: "), "{checked}");
    assert!(!checked.contains("secret@"), "{checked}");
    let listed = program.records(&["list", "--json"]);
    let urls: Vec<&str> = listed.iter().filter_map(|it| it["url"].as_str()).collect();
    assert_eq!(urls.len(), 3, "{urls:?}");
    assert_eq!(program.source("mine")["state"], "disabled");
    assert!(!urls.iter().any(|url| url.contains(&program.folder().display().to_string())), "{urls:?}");
    program.run(&["poll", "--all"]);
    assert_eq!(origin.seen().len(), 0, "no source of a list reaches a private network");
    // Commands that edit say what to do instead.
    let name = listed.iter().find(|it| it["url"].as_str().is_some_and(|url| url.ends_with("/private")));
    let name = name.and_then(|it| it["name"].as_str()).expect("it is listed").to_owned();
    let removed = program.run(&["remove", &name]).expect(2);
    assert!(removed.stderr.contains("reading list") && removed.stderr.contains("enabled = false"), "{removed:?}");
    let added = program.run(&["add", &origin.url("/private")]).expect(0);
    assert!(added.stderr.contains("write a [[source]]"), "{added:?}");
    // The advice is right.
    program.configure(&(program.config() + &source(&origin, "private", "/private", "")));
    assert_eq!(program.poll("private")["outcome"], "new");
    assert_eq!(origin.seen_at("/private").len(), 1);
}
