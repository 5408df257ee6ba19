//! The command line: what each verb prints, its exit status, and that both are the same with and without a daemon.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::Value;
use watershed::model::Timestamp;

use crate::family::Article;
use crate::feeds::{items, json, rss};
use crate::origin::{Answer, Origin};
use crate::polling::source;
use crate::program::{Daemon, PATIENCE, Program, seconds, wait_until};

/// The keys of the objects that `--json` prints, on which scripts rely.
const ENTRY_KEYS: &[&str] = &[
    "authors",
    "categories",
    "content",
    "cursor",
    "declared_id",
    "enclosures",
    "first_seen",
    "hidden",
    "id",
    "key",
    "lead",
    "link",
    "published",
    "source",
    "story",
    "summary",
    "title",
    "updated",
];
const SOURCE_KEYS: &[&str] = &[
    "effective_url",
    "entries",
    "failing_since",
    "failures",
    "format",
    "last_poll",
    "name",
    "newest",
    "next_poll",
    "next_poll_reason",
    "outcome",
    "parsed",
    "problems",
    "state",
    "tags",
    "title",
    "url",
];

/// Two sources with entries and one that fails.
fn three() -> (Origin, Program) {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..3)));
    origin.document("/b", json("B", &items("b", 3..5)));
    let config = source(&origin, "a", "/a", "tags = [\"t\"]")
        + &source(&origin, "b", "/b", "")
        + &source(&origin, "broken", "/broken", "")
        + "[[output]]\nname = \"only-b\"\nsources = [\"b\"]\n";
    let program = Program::new(&config);
    program.run(&["poll", "--all"]).expect(3);
    (origin, program)
}

#[track_caller]
fn check_keys(record: &Value, wanted: &[&str]) {
    let mut keys: Vec<&str> = record.as_object().expect("a record is an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, wanted);
}

#[test]
fn json_records_have_the_keys_of_the_contract() {
    let (_origin, program) = three();
    let entries = program.entries();
    assert_eq!(entries.len(), 5);
    for entry in &entries {
        check_keys(entry, ENTRY_KEYS);
        for name in ["published", "updated", "first_seen"] {
            seconds(&entry[name]);
        }
        assert!(entry["authors"][0]["name"].is_string() && entry["lead"] == true, "{entry}");
    }
    let listed = program.records(&["list", "--json"]);
    let states: Vec<&Value> = listed.iter().map(|source| &source["state"]).collect();
    assert_eq!(states, ["ok", "ok", "failing"]);
    for source in &listed {
        check_keys(source, SOURCE_KEYS);
        assert!(seconds(&source["next_poll"]) >= seconds(&source["last_poll"]));
        assert!(source["problems"].is_array());
    }
    let first = &listed[0];
    assert_eq!((&first["parsed"], &first["entries"]), (&3.into(), &3.into()), "{first}");
    assert_eq!((&first["format"], &first["title"]), (&"rss-2.0".into(), &"A".into()), "{first}");
    let shown = program.records(&["show", "--json", "a"]);
    assert_eq!(shown.len(), 1);
    for key in SOURCE_KEYS {
        assert_eq!(shown[0][*key], first[*key], "{key}");
    }
    assert!(shown[0]["etag"].is_string(), "{shown:?}");
}

#[test]
fn verbs_give_the_same_answers_with_and_without_a_daemon() {
    let (_origin, program) = three();
    let verbs: &[&[&str]] = &[
        &["list", "--json"],
        &["list", "--json", "--tag", "t"],
        &["list", "--json", "--hidden"],
        &["prune", "--json", "--dry-run"],
        &["show", "--json", "a"],
        &["show", "--json", "broken"],
        &["entries", "--json"],
        &["entries", "--source", "b"],
        &["entries", "--json", "--output", "only-b"],
        &["show", "nobody"],
    ];
    let say = || -> Vec<(i32, String)> {
        let outputs = verbs.iter().map(|arguments| program.run(arguments));
        outputs.map(|output| (output.status, output.stdout)).collect()
    };
    let without = say();
    let daemon = program.daemon();
    let with = say();
    for ((arguments, without), with) in verbs.iter().zip(without).zip(with) {
        assert_eq!(without, with, "{arguments:?}");
    }
    assert_eq!(daemon.term(), 0);
}

#[test]
fn entries_can_be_narrowed() {
    let (_origin, program) = three();
    let titles = |arguments: &[&str]| -> Vec<String> {
        let records = program.records(&[["entries", "--json"].as_slice(), arguments].concat());
        records.iter().map(|entry| entry["title"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(titles(&["--source", "b"]), ["b item 4", "b item 3"], "the newest first");
    assert_eq!(titles(&["--output", "only-b"]), titles(&["--source", "b"]));
    assert_eq!(titles(&["--limit", "1"]), ["b item 4"]);
    assert_eq!(titles(&["--since", "1h"]).len(), 5);
    assert!(titles(&["--since", "2099-01-01T00:00:00Z"]).is_empty());
    assert_eq!(program.run(&["list"]).expect(0).stdout.lines().filter(|line| line.contains("broken")).count(), 1);
    let failing = program.run(&["list", "--json", "--failing"]).expect(3).records();
    assert_eq!((failing.len(), &failing[0]["name"]), (1, &"broken".into()));
    assert!(failing[0]["problems"].to_string().contains("404"), "{failing:?}");
}

/// More entries than one answer of the daemon holds.
const MANY: u32 = 2_100;

#[test]
fn all_entries_are_printed_unless_a_number_is_given() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..MANY)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.run(&["poll", "--all"]).expect(0);
    let many = usize::try_from(MANY).expect("small");
    let check = || {
        for (arguments, wanted) in [
            (&["--json"][..], many),
            (&["--json", "--since", "1h"], many),
            (&["--json", "--output", "feed"], many),
            (&["--json", "--limit", "2050"], 2_050),
            (&["--json", "--limit", "2000"], 2_000),
            (&["--json", "--limit", "3000"], many),
        ] {
            let entries = program.records(&[["entries"].as_slice(), arguments].concat());
            assert_eq!(entries.len(), wanted, "{arguments:?}");
            let keys: HashSet<&str> = entries.iter().filter_map(|entry| entry["key"].as_str()).collect();
            assert_eq!(keys.len(), wanted, "{arguments:?}: each entry once");
            let times: Vec<i64> = entries.iter().map(|entry| seconds(&entry["published"])).collect();
            assert!(times.is_sorted_by(|one, next| one >= next), "{arguments:?}: the newest first");
        }
        // A pipe gets all, too.
        let lines = program.run(&["entries"]).expect(0).stdout;
        assert_eq!(lines.lines().filter(|line| line.contains("a item ")).count(), many);
    };
    check();
    let daemon = program.daemon();
    check();
    assert_eq!(daemon.term(), 0);
}

#[test]
fn exit_statuses() {
    let (_origin, program) = three();
    let check = |arguments: &[&str], status: i32, said: &str| {
        let output = program.run(arguments);
        assert_eq!(output.status, status, "{arguments:?}: {output:?}");
        assert!(output.stderr.contains(said), "{arguments:?}: {said:?} in {}", output.stderr);
    };
    check(&["list"], 0, "");
    check(&["reload"], 1, "");
    check(&["no-such-verb"], 2, "no-such-verb");
    check(&["list", "--no-such-option"], 2, "--no-such-option");
    check(&["show", "brokn"], 2, "did you mean `broken`?");
    check(&["poll", "nobody"], 2, "nobody");
    check(&["entries", "--output", "only-c"], 2, "only-b");
    check(&["entries", "--since", "yesterday"], 2, "yesterday");
    check(&["remove", "nobody"], 2, "nobody");
    check(&["--config", "missing.toml", "list"], 2, "missing.toml");
    wait_until(PATIENCE, "a failed poll", || (program.run(&["poll", "broken"]).status == 3).then_some(()));
    let daemon = program.daemon();
    check(&["run"], 4, "another watershed");
    check(&["poll", "nobody"], 2, "nobody");
    check(&["show", "brokn"], 2, "did you mean `broken`?");
    check(&["reload"], 0, "reloaded");
    assert_eq!(daemon.term(), 0);
    check(&["reload"], 1, "");
}

#[test]
fn without_a_configuration_the_message_lists_where_it_was_searched() {
    let program = Program::bare("");
    std::fs::remove_file(program.config_path()).expect("it is there");
    let output = program.run(&["list"]);
    // A machine may have one in /etc.
    if !std::path::Path::new("/etc/watershed/watershed.toml").exists() {
        assert_eq!(output.status, 2, "{output:?}");
        assert!(output.stderr.contains("watershed.toml"), "{output:?}");
    }
}

#[test]
fn polls_by_hand_beside_a_daemon_are_published_when_the_command_returns() {
    let (origin, program) = three();
    let daemon = program.daemon();
    origin.document("/a", rss("A", &items("a", 0..7)));
    let record = program.poll("a");
    assert_eq!((&record["outcome"], &record["new"]), (&"new".into(), &4.into()), "{record}");
    assert!(daemon.get("/feed.atom").expect(200).text().contains("a item 6"));
    // At once again: the cool-down keeps the server from being asked.
    let asked = origin.seen_at("/a").len();
    let again = program.run(&["poll", "--json", "a", "b"]).expect(0).records();
    assert_eq!(again.len(), 2, "{again:?}");
    assert!(origin.seen_at("/a").len() <= asked + 1);
}

#[test]
fn check_reads_and_touches_nothing() {
    let (origin, program) = three();
    let before = origin.seen().len();
    program.run(&["check"]).expect(0);
    let other = program.folder().join("other.toml");
    let closed = "[serve]\nfiles = \"site\"\n[[output]]\nname = \"closed\"\ntoken = \"x\"\n";
    std::fs::write(&other, format!("{closed}[[source]]\nurl = \"https://a.example/feed\"\n")).expect("text");
    let output = program.run(&["check", "other.toml"]).expect(0);
    assert!(output.said().contains("`closed` is not written"), "what is probably not intended is told: {output:?}");
    std::fs::write(&other, "titel = \"x\"\n").expect("text");
    let output = program.run(&["check", "other.toml"]).expect(2);
    assert!(output.stderr.contains("other.toml:1:1") && output.stderr.contains("title"), "{output:?}");
    assert_eq!(origin.seen().len(), before);
}

#[test]
fn add_finds_the_feed_behind_a_page_and_remove_takes_it_out() {
    let (origin, program) = three();
    let page = "<!doctype html><html><head><title>Site</title>\
                <link rel=\"alternate\" type=\"application/rss+xml\" title=\"Posts\" href=\"/found.rss\"></head></html>";
    origin.serve("/page", Answer::body(page).header("Content-Type", "text/html"));
    origin.document("/found.rss", rss("Found", &items("found", 0..2)));
    let before = program.config() + "# a comment at the end\n";
    program.configure(&before);
    let daemon = program.daemon();
    let output = program.run(&["add", &origin.url("/page"), "--name", "found", "--tag", "new"]).expect(0);
    assert!(output.said().contains("Found"), "it shows what it found: {output:?}");
    let after = program.config();
    assert!(after.starts_with(before.trim_end()), "comments and order stay: {after}");
    assert!(after.contains(&origin.url("/found.rss")) && after.contains("\"new\""), "{after}");
    wait_until(PATIENCE, "the added source's entries", || {
        daemon.get("/tag/new.atom").text().contains("found item 1").then_some(())
    });
    program.run(&["add", &origin.url("/found.rss")]);
    assert_eq!(program.config().matches("/found.rss").count(), 1, "what is there already is not added twice");

    program.run(&["remove", "found"]).expect(0);
    assert_eq!(program.config().trim_end(), before.trim_end());
    wait_until(PATIENCE, "the source to leave", || {
        (!daemon.get("/feed.atom").expect(200).text().contains("found item")).then_some(())
    });
    // Its entries have left the outputs, not the store.
    let kept = program.run(&["entries", "--source", "found", "--json"]).expect(0).records();
    assert!(!kept.is_empty() && kept.iter().all(|entry| entry["source"] == "found"), "{kept:?}");
}

#[test]
fn add_refuses_what_is_no_feed_and_says_what_it_found() {
    let (origin, program) = three();
    let link = |name: &str| format!("<link rel=alternate type=application/atom+xml href=/{name}>");
    origin.serve("/two", Answer::body(format!("<html><head>{}{}", link("one.atom"), link("two.atom"))));
    origin.serve("/none", Answer::body("<html><body>nothing"));
    let before = program.config();
    let check = |url: &str, said: &[&str]| {
        let output = program.run(&["add", url]);
        assert!(matches!(output.status, 1 | 2), "{url}: {output:?}");
        for said in said {
            assert!(output.said().contains(said), "{url}: {said} in {output:?}");
        }
        assert_eq!(program.config(), before);
    };
    check(&origin.url("/two"), &["one.atom", "two.atom"]);
    check(&origin.url("/none"), &["HTML"]);
    check(&origin.url("/missing"), &["404"]);
    check("gopher://127.0.0.1/", &["gopher"]);
    check("not a url", &["not a url"]);
}

#[test]
fn config_prints_the_defaults_and_what_is_in_force_without_secrets() {
    let defaults = Program::bare("").run(&["config", "--defaults"]).expect(0).stdout;
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/config/watershed.toml");
    assert_eq!(defaults, std::fs::read_to_string(file).expect("it is there"));
    let schema = Program::bare("").run(&["config", "--schema"]).expect(0).stdout;
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("it is JSON");
    assert_eq!(schema["properties"]["poll"]["properties"]["per_host"]["maximum"], 64);
    let told = Program::bare("").run(&["config"]).expect(2).stderr;
    assert!(["--defaults", "--effective", "--schema"].iter().all(|option| told.contains(option)), "{told}");
    Program::bare("").run(&["config", "--defaults", "--schema"]).expect(2);
    let program = Program::new(
        "[[source]]\nname = \"a\"\nurl = \"https://me:hunter2pass@a.example/feed?token=hunter3pass\"\n\
         auth = { user = \"me\", password = { file = \"p.secret\" } }\n",
    );
    std::fs::write(program.folder().join("p.secret"), "hunter4pass\n").expect("the folder can be written");
    let output = program.run(&["config", "--effective"]).expect(0);
    let effective: toml::Table = output.stdout.parse().expect("it is TOML");
    assert_eq!(effective["poll"]["min_every"].as_str(), Some("1s"));
    assert_eq!(effective["source"][0]["name"].as_str(), Some("a"));
    let listed = program.run(&["list", "--json"]).said() + &program.run(&["show", "a"]).said();
    for secret in ["hunter2pass", "hunter3pass", "hunter4pass"] {
        assert!(!output.said().contains(secret) && !listed.contains(secret), "{secret}: {output:?} {listed}");
    }
}

#[test]
fn a_theme_begins_with_the_built_in_files() {
    let program = Program::bare("this is no = toml [");
    let folder = program.folder().join("mine");
    let path = folder.to_str().expect("the path is UTF-8");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("style.css"), "mine").expect("a file");
    let output = program.run(&["theme", "--write", path]).expect(0);
    assert!(output.stderr.contains("style.css is there already"), "{output:?}");
    assert_eq!(std::fs::read_to_string(folder.join("style.css")).expect("it is there"), "mine");
    for name in ["layout.html", "front.html", "words.en.toml"] {
        assert!(folder.join(name).exists(), "{name}");
    }
    let context = program.run(&["theme", "--context", "story"]).expect(0).stdout;
    let context: Value = serde_json::from_str(&context).expect("it is JSON");
    assert_eq!((context["version"].as_u64(), context["kind"].as_str()), (Some(1), Some("story")));
    program.run(&["theme", "--context", "nothing"]).expect(2);
    program.run(&["theme"]).expect(2);
}

#[test]
fn completions_manual_and_version() {
    let program = Program::bare("this is no = toml [");
    for shell in ["bash", "zsh", "fish"] {
        let output = program.run(&["completions", shell]).expect(0);
        assert!(output.stdout.contains("watershed") && output.stdout.contains("reload"), "{shell}");
    }
    let manual = program.run(&["man"]).expect(0).stdout;
    assert!(manual.contains(".TH") && manual.contains("entries"));
    let version = program.run(&["--version"]).expect(0).stdout;
    assert_eq!(version.trim(), format!("watershed {}", env!("CARGO_PKG_VERSION")));
    let help = program.run(&["--help"]).expect(0).stdout;
    for verb in ["run", "poll", "check", "reload", "add", "remove", "list", "show", "entries", "config", "demo"] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(verb)), "{verb} in {help}");
    }
}

#[test]
fn demo_once_merges_the_article_offline_and_leaves_nothing_behind() {
    let program = Program::bare("");
    std::fs::remove_file(program.config_path()).expect("it is there");
    let output = program.run(&["demo", "--once"]).expect(0);
    let article = Article::read();
    assert!(output.stdout.contains("“wardrobe malfunction”"), "{output:?}");
    let lines: Vec<&str> = output.stdout.lines().map(str::trim).collect();
    let below = |title: &str| {
        let found: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].ends_with(&format!("  {title}"))).collect();
        assert_eq!(found.len(), 1, "“{title}” is to appear once: {output:?}");
        let also =
            lines[found[0]..].iter().take_while(|line| !line.is_empty()).find_map(|it| it.strip_prefix("also in "));
        also.map(|also| also.split(", ").collect::<HashSet<&str>>())
    };
    assert_eq!(below(&article.title).map(|also| also.len()), Some(3), "{output:?}");
    let comet = below("The comet is back within reach of binoculars");
    assert_eq!(comet, Some(HashSet::from(["The Courier", "Driftwood"])), "{output:?}");
    assert_eq!(below("Tidewheel 2.0"), Some(HashSet::from(["Driftwood"])), "{output:?}");
    assert_eq!(below("How to mend a kettle"), None, "{output:?}");
    let left: Vec<_> = std::fs::read_dir(program.folder()).expect("the folder is there").collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn demo_serves_the_merged_feed() {
    let program = Program::bare("");
    let mut command = program.command();
    command.arg("demo");
    let daemon = Daemon::start(command);
    let article = Article::read();
    // On a busy machine the demo serves before all of its sources are polled.
    let feed = wait_until(PATIENCE, "the article, and the sources with a tag", || {
        let tagged = crate::atom::read(&daemon.get("/tag/software.atom").expect(200).text());
        let text = daemon.get("/feed.atom").expect(200).text();
        (tagged.all("entry").len() >= 5 && text.contains(&article.title)).then_some(text)
    });
    let feed = crate::atom::read(&feed);
    let copy = feed.all("entry").into_iter().find(|entry| entry.one("title").text == article.title).cloned();
    let copy = copy.expect("it carries the article");
    assert_eq!(crate::family::visible(&copy.one("content").text), article.words());
    assert!(daemon.get("/").expect(200).text().contains(&article.title));

    let published = |entry: &crate::atom::Element| Timestamp::parse_rfc3339(&entry.one("published").text);
    let newest = feed.all("entry").into_iter().filter_map(published).max().expect("entries have dates");
    let age = watershed::clock::now().since(newest);
    assert!(age < Duration::from_hours(49), "the newest entry is {age:?} old");
    assert_eq!(daemon.term(), 0);
}
