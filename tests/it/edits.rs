//! Concurrent edits of the configuration: no command overwrites what somebody else has written meanwhile, and a half-written
//! file is never applied.

use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::feeds::{items, rss};
use crate::origin::{Answer, Gate, Origin};
use crate::polling::source;
use crate::program::{PATIENCE, Program, wait_until};

/// A server that takes its time.
const SLOW: Duration = Duration::from_secs(2);

fn slow(origin: &Origin, path: &str, site: &str) {
    let body = rss(site, &items(site, 0..2));
    origin.route(path, move |_, _| {
        thread::sleep(SLOW);
        Answer::body(body.clone())
    });
}

/// A feed that is served once the gate is open.
fn held(origin: &Origin, path: &str) -> Gate {
    origin.hold(path, Answer::body(rss("Held", &items("held", 0..2))))
}

#[test]
fn an_edit_that_is_saved_while_add_fetches_stays() {
    let origin = Origin::start();
    let gate = held(&origin, "/slow");
    let program = Program::new(&source(&origin, "first", "/first", ""));
    let edited = program.config() + &source(&origin, "typed", "/typed", "") + "# and a comment\n";
    thread::scope(|scope| {
        let adding = scope.spawn(|| program.run(&["add", &origin.url("/slow"), "--name", "slow"]));
        origin.wait_for("/slow", 1);
        program.configure(&edited);
        gate.open();
        adding.join().expect("it ends").expect(0);
    });
    let config = program.config();
    assert!(config.starts_with(edited.trim_end()), "{config}");
    assert_eq!(config.matches("name = \"slow\"").count(), 1, "{config}");
}

#[test]
fn add_does_not_touch_a_file_that_became_wrong_meanwhile() {
    let cases =
        [("", "emptied"), ("# [[source]]\n\n", "emptied"), ("[[source]]\nurl = \"https://", "edited in the meantime")];
    for (by_then, said) in cases {
        let origin = Origin::start();
        let gate = held(&origin, "/slow");
        let program = Program::new(&source(&origin, "first", "/first", ""));
        thread::scope(|scope| {
            let adding = scope.spawn(|| program.run(&["add", &origin.url("/slow")]));
            origin.wait_for("/slow", 1);
            program.configure(by_then);
            gate.open();
            let output = adding.join().expect("it ends").expect(1);
            assert!(output.stderr.contains(said), "{output:?}");
        });
        assert_eq!(program.config(), by_then);
    }
}

#[test]
fn concurrent_adds_all_take_effect() {
    let origin = Origin::start();
    let program = Program::new("");
    let sites: Vec<String> = (0..6).map(|number| format!("s{number}")).collect();
    for site in &sites {
        slow(&origin, &format!("/{site}"), site);
    }
    thread::scope(|scope| {
        let (program, origin) = (&program, &origin);
        let adding: Vec<_> = sites
            .iter()
            // Two commands add each.
            .flat_map(|site| [site, site])
            .map(|site| scope.spawn(move || program.run(&["add", &origin.url(&format!("/{site}"))])))
            .collect();
        for added in adding {
            added.join().expect("it ends").expect(0);
        }
    });
    let config = program.config();
    for site in &sites {
        assert_eq!(config.matches(&format!("/{site}\"")).count(), 1, "{site} in {config}");
    }
    program.run(&["check"]).expect(0);
    assert_eq!(program.records(&["list", "--json"]).len(), sites.len());
}

#[test]
fn a_file_that_has_become_empty_is_refused_by_reload_too() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..2)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let good = program.config();
    let daemon = program.daemon();
    wait_until(PATIENCE, "the entries", || daemon.get("/feed.atom").text().contains("a item 1").then_some(()));
    for text in ["", "\n  \n", "# [[source]]\n# url = \"https://a.example/feed\"\n"] {
        program.configure(text);
        let output = program.run(&["reload"]).expect(2);
        assert!(output.stderr.contains("empty") && output.stderr.contains("source = []"), "{output:?}");
        daemon.get("/source/a.atom").expect(200);
    }
    program.configure(&good);
    program.run(&["reload"]).expect(0);
    // What says that it has no sources is believed.
    program.configure("# none for now\n[serve]\nlisten = \"127.0.0.1:0\"\n");
    program.run(&["reload"]).expect(0);
    daemon.get("/source/a.atom").expect(404);
}

#[test]
fn the_last_source_of_a_file_is_removed_while_the_daemon_runs() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..2)));
    let program = Program::new("");
    let rest = "# my own\n[[source]]\nname = \"a\"\nurl = \"file:feed.xml\"\n";
    std::fs::create_dir(program.folder().join("sources.d")).expect("the folder can be written");
    let file = program.folder().join("sources.d/a.toml");
    std::fs::write(&file, rest.replace("file:feed.xml", &origin.url("/a"))).expect("the folder can be written");
    program.configure(&(program.config() + "\n[[include]]\npath = \"sources.d/*.toml\"\n"));
    let daemon = program.daemon();
    wait_until(PATIENCE, "the entries", || daemon.get("/feed.atom").text().contains("a item 1").then_some(()));
    program.run(&["remove", "a"]).expect(0);
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), "# my own\nsource = []\n");
    daemon.get("/source/a.atom").expect(404);
}

/// Has `git apply` apply a diff to the program's folder. False where git is not installed.
fn git_applies(program: &Program, diff: &str) -> bool {
    let file = program.folder().join("proposed.diff");
    std::fs::write(&file, diff).expect("the folder can be written");
    let mut git = Command::new("git");
    // A repository that the temporary folder happens to lie in would give the paths another meaning.
    git.arg("apply").arg(&file).current_dir(program.folder()).env("GIT_CEILING_DIRECTORIES", program.folder());
    let output = match git.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return false,
        output => output.expect("git can be run"),
    };
    assert!(output.status.success(), "{}\n{diff}", String::from_utf8_lossy(&output.stderr));
    true
}

#[test]
fn git_applies_every_diff_that_tidy_prints() {
    let origin = Origin::start();
    let page = |feed: &str| {
        let head = format!("<head><link rel=alternate type=application/rss+xml href={feed}></head>");
        Answer::body(format!("<!doctype html><html>{head}</html>")).header("Content-Type", "text/html")
    };
    origin.serve("/page", page("/feed"));
    origin.document("/feed", rss("F", &items("f", 0..2)));
    origin.serve("/gone", Answer::status(410));
    // Which sources have an edit that is due, the lines between two sources, and how the file ends.
    let cases = [
        (["/page", "/page", "/feed", "/page"], 0, "\n"),
        (["/page", "/feed", "/page", "/gone"], 1, ""),
        (["/gone", "/gone", "/page", "/page"], 2, "\n"),
        (["/page", "/page", "/gone", "/feed"], 3, "\n# the end"),
        (["/page", "/gone", "/feed", "/page"], 9, ""),
    ];
    for (paths, between, end) in cases {
        let gap = "# between\n".repeat(between);
        let one = |(number, path): (usize, &&str)| {
            format!("{gap}[[source]]\nname = \"s{number}\"\nurl = \"{}\"", origin.url(path))
        };
        let sources: Vec<String> = paths.iter().enumerate().map(one).collect();
        let program = Program::new(&(sources.join("\n") + end));
        program.run(&["poll", "--all"]);
        let before = program.config();
        let diff = program.run(&["tidy"]).expect(0).stdout;
        program.run(&["tidy", "--apply"]).expect(0);
        let after = program.config();
        assert_ne!(after, before, "{paths:?}");
        program.configure(&before);
        if git_applies(&program, &diff) {
            assert_eq!(program.config(), after, "{diff}");
        }
    }
}

#[test]
fn tidy_says_when_masked_secrets_keep_git_from_applying_its_diff() {
    let origin = Origin::start();
    origin.serve("/gone", Answer::status(410));
    let gone = source(&origin, "gone", "/gone", "");
    // A secret matters only in a line of the diff, which shows two lines around each change.
    let far = "# between\n".repeat(9);
    let secret = "headers = { Authorization = \"Bearer opensesame77\" }\n";
    for (sources, hides) in [
        (gone.clone(), false),
        (gone.clone() + secret, true),
        (format!("[[source]]\nname = \"b\"\nurl = \"https://b.example/f\"\n{secret}{far}{gone}"), false),
    ] {
        let program = Program::new(&sources);
        program.run(&["poll", "gone"]);
        let output = program.run(&["tidy"]).expect(0);
        assert!(output.stdout.contains("+enabled = false"), "{output:?}");
        assert!(!output.said().contains("opensesame77"), "{output:?}");
        assert_eq!(output.stderr.contains("lines with *** hide secrets"), hides, "{sources}: {output:?}");
        assert!(output.stderr.contains("`watershed tidy --apply`"), "{output:?}");
    }
}
