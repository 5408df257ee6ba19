//! `probe` explains one address or file, and `add` finds a page's feed.

use crate::feeds::{items, rss};
use crate::origin::{Answer, Origin};
use crate::program::{BASE, Program};

#[test]
fn probe_explains_a_feed_and_stores_nothing() {
    let origin = Origin::start();
    let damaged = rss("A", &items("a", 0..3)).replace("<guid", "&<guid").replace("2024 12", "someday");
    let answer = Answer::body(damaged)
        .header("ETag", "\"x\"")
        .header("Cache-Control", "max-age=7200")
        .header("Content-Type", "application/rss+xml; charset=iso-8859-1");
    origin.serve("/old", Answer::redirect(301, "/a"));
    origin.serve("/a", answer);
    let program = Program::bare(BASE);
    let url = origin.url("/old");
    let shown = program.run(&["probe", &url]).expect(0).stdout;
    for wanted in [
        "redirect      301 to",
        "ETag          \"x\"",
        "Last-Modified none",
        "fresh for     2h",
        "encoding      UTF-8",
        "format        rss-2.0",
        "dates cannot be read (first in line ",
        "known by",
        "next poll     after 2h",
        "[[source]]",
        &format!("url  = \"{}\"", origin.url("/a")),
    ] {
        assert!(shown.contains(wanted), "{wanted:?} in\n{shown}");
    }
    let records = program.run(&["probe", "--json", &url]).expect(0).records();
    let report = &records[0];
    assert_eq!((&report["status"], &report["parsed"], &report["format"]), (&200.into(), &3.into(), &"rss-2.0".into()));
    assert_eq!(report["entries"][0]["title"], "a item 0");
    assert!(report["entries"][0]["published_as"].to_string().contains("someday"), "{report}");
    assert!(!program.folder().join("watershed.db").exists(), "nothing is stored");
}

#[test]
fn probe_reads_files_and_reports_what_is_not_a_feed() {
    let program = Program::bare(BASE);
    let path = program.folder().join("a.xml");
    std::fs::write(&path, rss("A", &items("a", 0..1))).expect("the folder can be written");
    let shown = program.run(&["probe", path.to_str().expect("it is UTF-8")]).expect(0).stdout;
    assert!(shown.contains("1 in the document"), "{shown}");
    let page = program.folder().join("page.html");
    std::fs::write(
        &page,
        "<html><head><link rel=alternate type=application/rss+xml href=http://a.example/f></head></html>",
    )
    .expect("the folder can be written");
    let output = program.run(&["probe", page.to_str().expect("it is UTF-8")]).expect(1);
    assert!(output.stdout.contains("http://a.example/f") && output.stderr.contains("HTML page"), "{output:?}");
    let output = program.run(&["probe", "/no/such/file"]).expect(1);
    assert!(output.stderr.contains("cannot read /no/such/file"), "{output:?}");
    let gone = Origin::start();
    gone.serve("/gone", Answer::status(410));
    let output = program.run(&["probe", "--json", &gone.url("/gone")]).expect(1);
    assert_eq!(output.records()[0]["status"], 410);
}

#[test]
fn add_looks_where_feeds_usually_are() {
    let origin = Origin::start();
    let page = "<!doctype html><title>No feed is named here</title><a href='/comments/feed/'>x</a>";
    origin.serve("/blog/", Answer::body(page).header("Content-Type", "text/html"));
    origin.document("/feed.xml", rss("Found", &items("found", 0..2)));
    let program = Program::bare(BASE);
    program.run(&["add", &origin.url("/blog/")]).expect(0);
    assert!(program.config().contains(&origin.url("/feed.xml")), "{}", program.config());
    let tried: Vec<String> = origin.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(tried[..3], ["/blog/", "/comments/feed/", "/blog/feed"], "mentioned first, then guessed");
    let nothing = Origin::start();
    nothing.serve("/", Answer::body(page).header("Content-Type", "text/html"));
    let output = program.run(&["add", &nothing.url("/")]).expect(1);
    assert!(output.stderr.contains("names no feed"), "{output:?}");
    assert!(nothing.seen().len() <= 9, "{} requests", nothing.seen().len());
}
