//! `import` and `export` with the real program: what is written where, what is left out, asking each source once, and hostile lists.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::feeds::{items, rss};
use crate::origin::{Answer, Manner, Origin};
use crate::polling::source;
use crate::program::{BASE, PATIENCE, Program, wait_until};

/// Longest time for asking a thousand sources on the loopback address.
const THOUSAND_WITHIN: Duration = Duration::from_secs(80);

/// A program with a file of this name and text beside its configuration.
fn with_list(config: &str, name: &str, list: impl AsRef<[u8]>) -> Program {
    let program = Program::new(config);
    fs::write(program.folder().join(name), list).expect("the folder can be written");
    program
}

/// An OPML document with these outlines.
fn opml(outlines: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><head/><body>\n{outlines}\n</body></opml>\n")
}

fn outline(title: &str, url: &str) -> String {
    format!("<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{url}\"/>\n")
}

#[test]
fn an_import_appends_and_keeps_comments_and_order() {
    let known = "\n# mine\n[[source]] # the first\nname = \"known\"\nurl = \"https://known.example/feed\"\n\n[log]\nlevel = \"info\" # quiet\n";
    let list = opml(&format!(
        "<outline text=\"Rivers\"><outline text=\"Upper\">\n{}{}</outline>\n{}</outline>{}",
        outline("Ferry Log", "feed://ferry.example/rss"),
        outline("Known", "http://www.known.example/feed/"),
        outline("Ferry Log", "https://www.ferry.example/rss/"),
        outline("Local", "file:///etc/passwd"),
    ));
    let program = with_list(known, "list.opml", list);
    let before = program.config();
    let output = program.run(&["import", "list.opml"]).expect(0);
    let added = "\n[[source]]  # Ferry Log\nurl  = \"http://ferry.example/rss\"\nname = \"ferry-example\"\ntags = [\"Rivers\", \"Upper\"]\n";
    assert_eq!(program.config(), format!("{before}{added}"));
    assert!(output.stderr.contains("line 8: file:///etc/passwd"), "{output:?}");
    let counts = "added 1 source to watershed.toml; 1 configured already, 1 listed more than once, 1 left out";
    assert!(output.stderr.contains(counts), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    // Once more, there is nothing to do.
    let after = program.config();
    let again = program.run(&["import", "list.opml"]).expect(0);
    assert!(again.stderr.contains("added 0 sources"), "{again:?}");
    assert_eq!(program.config(), after);
    program.run(&["check"]).expect(0);
}

#[test]
fn a_dry_run_prints_tables_and_writes_nothing() {
    let list = "https://a.example/feed news ~Mine\nhttps://b.example/feed?token=hunter2hunter2\n\"exec:~/x.sh\"\n";
    let program = with_list("", "urls", list);
    let before = program.config();
    let output = program.run(&["import", "--dry-run", "--to", "sources.d/mine.toml", "urls"]).expect(0);
    let table =
        "[[source]]\nurl  = \"https://a.example/feed\"\nname = \"a-example\"\ntitle = \"Mine\"\ntags = [\"news\"]\n";
    assert!(output.stdout.starts_with(table), "{output:?}");
    assert!(!output.said().contains("hunter2"), "{output:?}");
    assert!(output.stderr.contains("line 3: exec:~/x.sh: it runs a program"), "{output:?}");
    assert!(output.stderr.contains("2 sources to be added to sources.d/mine.toml"), "{output:?}");
    assert_eq!(program.config(), before);
    assert!(!program.folder().join("sources.d").exists());
    let printed: Result<toml::Table, _> = output.stdout.parse();
    assert_eq!(printed.expect("it is TOML")["source"].as_array().map(Vec::len), Some(2));
}

#[test]
fn another_file_is_written_and_included() {
    let program = with_list("", "urls", "https://a.example/feed\n");
    let file = program.folder().join("sources.d/mine.toml");
    let output = program.run(&["import", "urls", "--to", "sources.d/mine.toml"]).expect(0);
    assert!(output.stderr.contains("watershed.toml includes sources.d/mine.toml from now on"), "{output:?}");
    assert_eq!(program.config(), format!("{BASE}\n[[include]]\npath = \"sources.d/mine.toml\"\n"));
    let first = "[[source]]\nurl  = \"https://a.example/feed\"\nname = \"a-example\"\n";
    assert_eq!(fs::read_to_string(&file).expect("it is there"), first);
    // The file is included by now, and gets what is missing.
    fs::write(program.folder().join("urls"), "https://a.example/feed\nhttps://b.example/feed\n").expect("written");
    let config = program.config();
    program.run(&["import", "urls", "--to", "./sources.d/mine.toml"]).expect(0);
    assert_eq!(program.config(), config);
    let second = format!("{first}\n[[source]]\nurl  = \"https://b.example/feed\"\nname = \"b-example\"\n");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), second);
    let names: Vec<String> = program.records(&["list", "--json"]).iter().map(|it| it["name"].to_string()).collect();
    assert_eq!(names, ["\"a-example\"", "\"b-example\""]);
}

#[test]
fn a_new_file_that_a_pattern_includes_needs_no_include_of_its_own() {
    let config = "[[include]]\npath = \"sources.d/*.toml\"\ntrusted = false\n";
    let program = with_list(config, "urls", "https://a.example/feed\n");
    let before = program.config();
    program.run(&["import", "urls", "--to", "sources.d/mine.toml"]).expect(0);
    assert_eq!(program.config(), before);
    assert_eq!(program.source("a-example")["url"], "https://a.example/feed");
    // A file that the pattern does not include is named.
    fs::write(program.folder().join("urls"), "https://b.example/feed\n").expect("written");
    program.run(&["import", "urls", "--to", "sources.d/mine.conf"]).expect(0);
    assert!(program.config().ends_with("\n[[include]]\npath = \"sources.d/mine.conf\"\n"), "{}", program.config());
    assert_eq!(program.source("b-example")["url"], "https://b.example/feed");
    for to in ["sources.d", "sources.d/", "sources.d/*.toml", ""] {
        let output = program.run(&["import", "urls", "--to", to]);
        assert_eq!(output.status, 2, "{to:?}: {output:?}");
    }
}

#[test]
fn the_first_import_may_write_the_configuration() {
    let program = Program::bare("");
    fs::remove_file(program.config_path()).expect("it is there");
    let mut command = program.command();
    let mut child =
        command.args(["import", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    child.stdin.take().expect("it is piped").write_all(b"https://a.example/feed\n").expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(program.config(), "[[source]]\nurl  = \"https://a.example/feed\"\nname = \"a-example\"\n");
}

#[test]
fn a_running_daemon_polls_what_was_imported() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..2)));
    let program = with_list("", "list.opml", opml(&outline("A", &origin.url("/a"))));
    let daemon = program.daemon();
    program.run(&["import", "list.opml"]).expect(0);
    wait_until(PATIENCE, "the entries", || daemon.get("/feed.atom").text().contains("a item 1").then_some(()));
    assert_eq!(daemon.term(), 0);
}

#[test]
fn verified_are_only_sources_that_answer_with_a_feed() {
    let origin = Origin::start();
    origin.document("/a", rss("Their title", &items("a", 0..2)));
    origin.document("/same", rss("Same title", &items("s", 0..2)));
    let page = |head: &str| {
        Answer::body(format!("<!doctype html><html><head>{head}</head></html>")).header("Content-Type", "text/html")
    };
    origin.serve("/page", page("<link rel=alternate type=application/rss+xml href=/named>"));
    origin.serve("/again", page("<link rel=alternate type=application/rss+xml href=/named>"));
    origin.document("/named", rss("Named", &items("n", 0..2)));
    origin.serve("/empty", page("<title>Sign in</title>"));
    origin.serve("/cut", Answer::body("<rss").manner(Manner::CutAfter(2)));
    let paths = ["a", "same", "page", "again", "empty", "cut", "missing"];
    let list: String = paths
        .iter()
        .map(|path| outline(if *path == "same" { "Same  title" } else { "Mine" }, &origin.url(&format!("/{path}"))))
        .collect();
    let list = opml(&(list + &outline("Private", "http://192.168.0.1/feed")));
    let program = with_list("", "list.opml", list);
    let before = program.config();
    let output = program.run(&["import", "--verify", "--dry-run", "list.opml"]).expect(3);
    assert_eq!(program.config(), before);
    assert!(output.stdout.contains("/named\""), "{output:?}");
    let output = program.run(&["import", "--verify", "list.opml"]).expect(3);
    let table: toml::Table = program.config().parse().expect("it is TOML");
    let added: Vec<(&str, Option<&str>)> = table["source"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|source| (source["url"].as_str().unwrap_or_default(), source.get("title").and_then(toml::Value::as_str)))
        .collect();
    let (a, same, named) = (origin.url("/a"), origin.url("/same"), origin.url("/named"));
    // A title that differs from the feed's own is the user's.
    assert_eq!(added, [(a.as_str(), Some("Mine")), (same.as_str(), None), (named.as_str(), Some("Mine"))]);
    for (line, said) in [(7, "names no feed"), (8, "/cut"), (9, "404"), (10, "192.168.0.1")] {
        let told = output.stderr.lines().find(|told| told.starts_with(&format!("line {line}: ")));
        assert!(told.is_some_and(|told| told.contains(said)), "line {line}: {said:?} in {}", output.stderr);
    }
    assert!(output.stderr.contains("4 of 8 addresses did not answer with a feed"), "{output:?}");
    assert!(!output.said().contains('\u{1b}') && !output.stderr.contains('\r'), "no progress in a pipe: {output:?}");
    assert_eq!(origin.seen_at("/empty").len(), 2, "each command asks once, and tries no other places");
}

#[test]
fn an_edit_that_is_saved_while_sources_are_asked_stays() {
    let origin = Origin::start();
    let held = || origin.hold("/slow", Answer::body(rss("S", &items("s", 0..2))));
    let gate = held();
    let program = with_list("", "urls", format!("{}\n", origin.url("/slow")));
    let edited = program.config() + &source(&origin, "typed", "/typed", "") + "# and a comment\n";
    std::thread::scope(|scope| {
        let importing = scope.spawn(|| program.run(&["import", "--verify", "urls"]));
        origin.wait_for("/slow", 1);
        program.configure(&edited);
        gate.open();
        importing.join().expect("it ends").expect(0);
    });
    assert!(program.config().starts_with(&edited) && program.config().contains("/slow\""), "{}", program.config());
    // What has become wrong meanwhile is not touched.
    let wrong = "[[source]]\nurl = \"https://";
    program.configure(BASE);
    let gate = held();
    std::thread::scope(|scope| {
        let importing = scope.spawn(|| program.run(&["import", "--verify", "urls"]));
        origin.wait_for("/slow", 2);
        program.configure(wrong);
        gate.open();
        importing.join().expect("it ends").expect(1);
    });
    assert_eq!(program.config(), wrong);
}

#[test]
fn a_thousand_sources_are_verified_in_time() {
    let origin = Origin::start();
    let mut list = String::new();
    for number in 0..1_000 {
        let path = format!("/s{number}");
        origin.serve(&path, Answer::body(rss(&path, &items(&format!("s{number}"), 0..2))));
        list.push_str(&outline(&format!("S{number}"), &origin.url(&path)));
    }
    let program = with_list("", "list.opml", opml(&list));
    let begin = Instant::now();
    program.run(&["import", "--verify", "list.opml"]).expect(0);
    assert!(begin.elapsed() < THOUSAND_WITHIN, "{:?}", begin.elapsed());
    assert_eq!(origin.seen().len(), 1_000, "each is asked once");
    assert_eq!(program.records(&["list", "--json"]).len(), 1_000);
}

#[test]
fn hostile_lists_do_no_harm() {
    let mut many = String::new();
    for number in 0..100_000 {
        let _ = writeln!(many, "<outline text='S' xmlUrl='https://s{number}.example/f'/>");
    }
    let deep = format!(
        "{}{}{}",
        "<outline text='L'>".repeat(10_000),
        outline("Deep", "https://deep.example/f"),
        "</outline>".repeat(10_000)
    );
    let laughs: String = (1..30).map(|n| format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10))).collect();
    let laughs = format!("<!DOCTYPE opml [<!ENTITY l0 'ha'>{laughs}<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n");
    let laughs = laughs + &opml(&outline("&l29;&x;", "https://laughs.example/f"));
    let broken: String = (0..200).map(|n| outline("Broken", &format!("nonsense {n}"))).collect();
    let utf_16: Vec<u8> =
        opml(&outline("Flöße", "https://wide.example/f")).encode_utf16().flat_map(u16::to_be_bytes).collect();
    let escapes = outline("&#27;[31mred&#7;", "https://red.example/${HOME}/f");
    let check = |list: &[u8], status: i32, sources: usize| -> String {
        let program = with_list("", "list", list);
        let before = program.config();
        let output = program.run(&["import", "list"]);
        assert_eq!(output.status, status, "{}", output.stderr.chars().take(2_000).collect::<String>());
        assert!(!output.said().contains('\u{1b}'), "no control characters");
        program.run(&["check"]).expect(0);
        let config = program.config();
        assert!(config.starts_with(&before), "what was there stays");
        assert_eq!(config.matches("[[source]]").count(), sources);
        assert!(output.stderr.lines().count() < 100, "{}", output.stderr.lines().count());
        config
    };
    check(opml(&many).as_bytes(), 0, 100_000);
    assert!(check(opml(&deep).as_bytes(), 0, 1).contains("tags = [\"L\"]"));
    assert!(check(laughs.as_bytes(), 0, 1).len() < 4_096);
    check(opml(&broken).as_bytes(), 1, 0);
    check(&utf_16, 0, 1);
    let config = check(opml(&escapes).as_bytes(), 0, 1);
    assert!(config.contains("$${HOME}") || config.contains("%7BHOME%7D"), "no variable is expanded: {config}");
    check(b"", 1, 0);
    check(&[0xff; 4_096], 1, 0);
    check(b"<!doctype html><title>Sign in</title>", 1, 0);
}

#[test]
fn an_import_of_secrets_tells_who_may_read_them() {
    let list = opml(&outline("Private", "https://me:hunter2@a.example/f"));
    let check = |more: &[&str], file: &str, mode: u32, is_told: bool| {
        let program = with_list("", "list", &list);
        let config = program.folder().join("watershed.toml");
        fs::set_permissions(&config, fs::Permissions::from_mode(mode)).expect("the mode can be set");
        let output = program.run(&[&["import", "list"], more].concat()).expect(0);
        let told = output.stderr.contains("run `chmod 600 ") && output.stderr.contains(&format!("{file}`"));
        assert_eq!(told, is_told, "{output:?}");
        assert!(!output.said().contains("hunter2"), "{output:?}");
    };
    check(&[], "watershed.toml", 0o644, true);
    check(&[], "watershed.toml", 0o600, false);
    check(&["--to", "mine.toml"], "mine.toml", 0o644, true);
    check(&["--to", "mine.toml"], "mine.toml", 0o600, false);
}

#[test]
fn an_export_is_read_by_import_and_has_no_secrets() {
    let origin = Origin::start();
    origin.document("/a", rss("Title of A", &items("a", 0..2)));
    let config = source(&origin, "a", "/a", "tags = [\"news\", \"a/b\"]")
        + "[[source]]\nname = \"b\"\nurl = \"https://b.example/f?x=1&y=2\"\ntitle = \"My \\\"B\\\"\"\nenabled = true\n"
        + "[[source]]\nname = \"c\"\nurl = \"https://c.example/f?token=hunter2\"\n"
        + "[[source]]\nname = \"d\"\nurl = \"https://d.example/f\"\nprivate = true\n"
        + "[[source]]\nname = \"e\"\nurl = \"https://e.example/f\"\nenabled = false\n"
        + "[[source]]\nname = \"f\"\nurl = \"file:feed.xml\"\n";
    let program = Program::new(&config);
    program.run(&["poll", "a"]).expect(0);
    let list = program.run(&["export"]).expect(0);
    assert_eq!(list.stdout, program.run(&["export", "--opml"]).expect(0).stdout);
    assert!(list.stdout.contains("text=\"Title of A\" title=\"Title of A\""), "{list:?}");
    assert!(!list.said().contains("hunter2") && !list.stdout.contains("d.example"), "{list:?}");
    assert_eq!(list.stderr.matches("1 source left out").count(), 4, "{list:?}");
    assert!(program.run(&["export", "--private"]).expect(0).stdout.contains("d.example"));
    let urls = program.run(&["export", "--format", "newsboat"]).expect(0).stdout;
    assert!(urls.contains("https://b.example/f?x=1&y=2 \"~My \\\"B\\\"\"\n"), "{urls}");
    // A running daemon gives the same titles.
    let daemon = program.daemon();
    assert_eq!(program.run(&["export"]).expect(0).stdout, list.stdout);
    assert_eq!(daemon.term(), 0);
    for exported in [list.stdout, urls] {
        let other = with_list("", "list", exported);
        other.run(&["import", "list"]).expect(0);
        let table: toml::Table = other.config().parse().expect("it is TOML");
        let sources = table["source"].as_array().expect("a list").clone();
        let mut told: Vec<(String, Option<String>, usize)> = sources
            .iter()
            .map(|source| {
                let text = |key: &str| source.get(key).and_then(toml::Value::as_str).map(str::to_owned);
                let tags = source.get("tags").and_then(toml::Value::as_array).map_or(0, Vec::len);
                (text("url").unwrap_or_default(), text("title"), tags)
            })
            .collect();
        told.sort();
        let b = ("https://b.example/f?x=1&y=2".to_owned(), Some("My \"B\"".to_owned()), 0);
        assert_eq!(told, [(origin.url("/a"), None, 2), b]);
    }
}
