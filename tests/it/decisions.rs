//! What a person has hidden, split and joined moves to another store, also before its entries are stored there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::family::Article;
use crate::origin::Origin;
use crate::polling::source;
use crate::program::Program;
use crate::stories::{feed, html, paragraphs, piece};

const COPY: &str = "https://copy.example/x";
const SPAM: &str = "https://first.example/spam";
const ONE: &str = "https://first.example/one";
const ANOTHER: &str = "https://second.example/another";

fn origin() -> Origin {
    let article = Article::read();
    let text = html(&paragraphs(&article.words()));
    let first = [
        piece(&article.title, "https://news.example/1", &text),
        piece("Buy now", SPAM, "<p>Cheap and good, only today, only here.</p>"),
        piece("A bridge is built", ONE, "<p>Since Monday the river has a third bridge.</p>"),
    ];
    let second = [
        piece(&article.title, COPY, &text),
        piece("Crossing made easier", ANOTHER, "<p>Nobody has to take the ferry any longer.</p>"),
    ];
    let origin = Origin::start();
    origin.document("/first", feed("first", &first));
    origin.document("/second", feed("second", &second));
    origin
}

fn program(origin: &Origin) -> Program {
    Program::new(&(source(origin, "first", "/first", "") + &source(origin, "second", "/second", "private = true")))
}

/// The stories, each with the links of its entries, and the links of what is hidden.
fn state(program: &Program) -> (BTreeSet<Vec<String>>, Vec<String>) {
    let mut stories: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut hidden = Vec::new();
    for entry in program.entries() {
        let link = entry["link"].as_str().unwrap_or_default().to_owned();
        if entry["hidden"] == true {
            hidden.push(link.clone());
        }
        stories.entry(entry["story"].to_string()).or_default().push(link);
    }
    let sorted = |mut links: Vec<String>| {
        links.sort();
        links
    };
    (stories.into_values().map(sorted).collect(), sorted(hidden))
}

/// A store with a decision of each kind, and the decisions as a file.
fn decided(origin: &Origin) -> (Program, String) {
    let program = program(origin);
    program.run(&["poll"]).expect(0);
    let (stories, _) = state(&program);
    assert!(stories.iter().any(|links| links.len() == 2 && links.contains(&COPY.to_owned())), "{stories:?}");
    program.run(&["hide", SPAM]).expect(0);
    program.run(&["split", COPY]).expect(0);
    program.run(&["join", ONE, ANOTHER]).expect(0);
    let decisions = program.run(&["export", "--decisions", "--private"]).expect(0).stdout;
    (program, decisions)
}

#[test]
fn decisions_are_in_force_as_soon_as_their_entries_are_stored() {
    let origin = origin();
    let (old, decisions) = decided(&origin);
    for kind in ["[[hide]]", "[[split]]", "[[join]]"] {
        assert_eq!(decisions.matches(kind).count(), 1, "{kind} in {decisions}");
    }
    assert!(decisions.contains("# Buy now"), "{decisions}");
    let public = old.run(&["export", "--decisions"]).expect(0);
    assert!(public.stdout.contains("[[hide]]") && !public.stdout.contains("second"), "{public:?}");
    assert!(public.stderr.contains("2 decisions on entries of private sources left out"), "{public:?}");

    let new = program(&origin);
    fs::write(new.folder().join("decisions.toml"), &decisions).expect("the folder can be written");
    let dry = new.run(&["import", "--dry-run", "decisions.toml"]).expect(0);
    assert!(dry.stderr.contains("3 decisions to be taken over"), "{dry:?}");
    let taken = new.run(&["import", "decisions.toml"]).expect(0);
    assert!(taken.stderr.contains("0 decisions taken over; 0 in force already, 3 wait"), "{taken:?}");
    let again = new.run(&["import", "decisions.toml"]).expect(0);
    assert!(again.stderr.contains("3 wait"), "{again:?}");
    let waiting = new.run(&["export", "--decisions", "--private"]).expect(0).stdout;
    assert_eq!(waiting.matches("\n[[").count(), 3, "{waiting}");

    // The entries of one source are not enough for the decisions on two entries.
    new.poll("second");
    new.poll("first");
    assert_eq!(state(&new), state(&old));
    assert_eq!(new.run(&["export", "--decisions", "--private"]).expect(0).stdout, decisions);
    let last = new.run(&["import", "decisions.toml"]).expect(0);
    assert!(last.stderr.contains("0 decisions taken over; 3 in force already, 0 wait"), "{last:?}");
    let why = new.run(&["why", SPAM]).expect(0).stdout;
    assert!(why.contains("a person took"), "{why}");

    // Later polls change nothing of it, and neither does a daemon.
    let daemon = new.daemon();
    let feed = daemon.get("/feed.atom").expect(200);
    assert!(!feed.text().contains("Buy now"), "{}", feed.text());
    let last = new.run(&["import", "decisions.toml"]).expect(0);
    assert!(last.stderr.contains("3 in force already"), "{last:?}");
    assert_eq!(daemon.get("/feed.atom").expect(200).text(), feed.text());
}

#[test]
fn a_running_daemon_publishes_what_is_taken_over() {
    let origin = origin();
    let (_, decisions) = decided(&origin);
    let new = program(&origin);
    new.run(&["poll"]).expect(0);
    let daemon = new.daemon();
    assert!(daemon.get("/feed.atom").expect(200).text().contains("Buy now"));
    fs::write(new.folder().join("decisions.toml"), &decisions).expect("the folder can be written");
    let taken = new.run(&["import", "decisions.toml"]).expect(0);
    assert!(taken.stderr.contains("3 decisions taken over; 0 in force already, 0 wait"), "{taken:?}");
    assert!(!daemon.get("/feed.atom").expect(200).text().contains("Buy now"));
}

#[test]
fn a_file_with_mistakes_changes_nothing() {
    let origin = origin();
    let program = program(&origin);
    let right = "[[hide]]\nentry = { source = \"nobody\", key = \"id:1\" }\n";
    let wrong = format!("{right}\n[[split]]\nentry = {{ source = \"first\", key = \"id:1\" }}\n[[hide]]\nentry = 3\n");
    fs::write(program.folder().join("decisions.toml"), wrong).expect("the folder can be written");
    let output = program.run(&["import", "decisions.toml"]).expect(2);
    for said in ["decisions.toml:4: this [[split]] has no `other`", "decisions.toml:7: ", "nothing was taken over"] {
        assert!(output.stderr.contains(said), "{said} in {output:?}");
    }
    assert!(!program.folder().join("watershed.db").exists(), "no decision is stored");
    program.run(&["import", "--verify", "decisions.toml"]).expect(2);
    fs::write(program.folder().join("decisions.toml"), right).expect("the folder can be written");
    let output = program.run(&["import", "decisions.toml"]).expect(0);
    assert!(output.stderr.contains("no source has the name nobody"), "{output:?}");
    // A list of sources is still read as such.
    fs::write(program.folder().join("urls"), "https://a.example/feed\n").expect("the folder can be written");
    program.run(&["import", "urls"]).expect(0);
    assert_eq!(program.source("a-example")["url"], "https://a.example/feed");
}
