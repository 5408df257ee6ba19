//! Pages for people, as the real program serves them: older pages down to the first entry, members, stories, pictures, themes, and the
//! pages of errors.

use std::collections::BTreeSet;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;
use serde_json::Value;

use crate::feeds::{self, items};
use crate::origin::Origin;
use crate::outputs::with_secrets;
use crate::polling::source;
use crate::program::{BASE, Daemon, PATIENCE, Program, Reply, serving, wait_until};

const BROWSER: (&str, &str) = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
const NAVIGATES: (&str, &str) = ("Sec-Fetch-Dest", "document");
/// The beginning of a picture in PNG.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
    std::fs::write(path, bytes).expect("it can be written");
}

/// The path of the neighbour that the head of a page names.
fn neighbour(page: &str, rel: &str) -> Option<String> {
    let link = Regex::new(&format!("<link rel=\"{rel}\" href=\"([^\"]*)\">")).expect("the pattern is valid");
    let href = link.captures(page)?[1].replace("&#x2f;", "/").replace("&amp;", "&");
    let (_, path) = href.split_once("://")?;
    Some(path[path.find('/').expect("a path")..].to_owned())
}

/// The numbers of the items "a item N" that a page shows.
fn numbers(page: &str) -> BTreeSet<u32> {
    let title = Regex::new(r"\ba item (\d+)\b").expect("the pattern is valid");
    title.captures_iter(page).map(|found| found[1].parse().expect("a number")).collect()
}

#[track_caller]
fn page(daemon: &Daemon, path: &str) -> String {
    let reply = daemon.get(path).expect(200);
    assert!(reply.header("content-type").starts_with("text/html"), "{path}: {:?}", reply.headers);
    assert_has_its_policy(&reply);
    reply.text()
}

/// A page allows its own style and runs nothing.
#[track_caller]
fn assert_has_its_policy(reply: &Reply) {
    let policy = reply.header("content-security-policy");
    let text = reply.text();
    if let Some((_, behind)) = text.split_once("<style>") {
        let style = behind.split("</style>").next().expect("the style ends");
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, style.as_bytes());
        let expected = format!("'sha256-{}'", STANDARD.encode(digest));
        assert!(policy.contains(&expected), "{expected} in {policy}");
    }
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("script"), "{policy}");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
}

/// Follows the links to older pages. Returns the paths of all pages, and the numbers of all items on them.
fn walked_back(daemon: &Daemon, from: &str) -> (Vec<String>, BTreeSet<u32>) {
    let (mut paths, mut seen) = (Vec::new(), BTreeSet::new());
    let mut next = Some(from.to_owned());
    while let Some(path) = next {
        let text = page(daemon, &path);
        seen.extend(numbers(&text));
        next = neighbour(&text, "next");
        paths.push(path);
        assert!(paths.len() < 20, "it never ends: {paths:?}");
    }
    (paths, seen)
}

#[test]
fn pages_lead_back_to_the_oldest_entry() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..450)));
    let program = Program::new(&source(&origin, "a", "/a", "tags = [\"red & blue\"]"));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let all: BTreeSet<u32> = (0..450).collect();
    for (from, folder, live) in [
        ("/", "/archive/feed", "/feed.html"),
        ("/feed.html", "/archive/feed", "/feed.html"),
        ("/tag/red%20%26%20blue.html", "/tag/red%20%26%20blue", "/tag/red%20%26%20blue.html"),
        ("/source/a.html", "/source/a", "/source/a.html"),
    ] {
        let (paths, seen) = walked_back(&daemon, from);
        let mut expected = vec![from.to_owned()];
        expected.extend((1..=5).rev().map(|number| format!("{folder}/{number}.html")));
        assert_eq!(paths, expected);
        assert_eq!(seen, all, "{from}");
        // And forward again.
        let newer = |path: &str| neighbour(&page(&daemon, path), "prev");
        assert_eq!(newer(&format!("{folder}/1.html")), Some(format!("{folder}/2.html")));
        assert_eq!(newer(&format!("{folder}/5.html")).as_deref(), Some(live));
        for missing in [format!("{folder}/6.html"), format!("{folder}/0.html"), format!("{folder}/01.html")] {
            daemon.get(&missing).expect(404);
        }
    }
    // A full page keeps its entries, whatever comes or is hidden.
    let of_pages = |daemon: &Daemon| {
        ["/source/a/1.html", "/source/a/4.html", "/archive/feed/1.html"].map(|path| numbers(&page(daemon, path)))
    };
    let before = of_pages(&daemon);
    assert!(before.iter().all(|numbers| numbers.len() == 100), "{before:?}");
    origin.document("/a", feeds::rss("A", &items("a", 400..460)));
    program.poll("a");
    let in_second = *numbers(&page(&daemon, "/source/a/2.html")).first().expect("it has entries");
    program.run(&["hide", &items("a", [in_second])[0].id]).expect(0);
    assert_eq!(of_pages(&daemon), before);
    assert_eq!(numbers(&page(&daemon, "/source/a/2.html")).len(), 99);
    let newest = page(&daemon, "/source/a/5.html");
    assert!(numbers(&newest).contains(&459), "{:?}", numbers(&newest));
}

#[test]
fn a_live_page_stays_readable_however_many_entries_its_feed_has() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..520)));
    let output = "[[output]]\nname = \"feed\"\nentries = 520\nmax_size = \"10 MiB\"\n";
    let program = Program::new(&(source(&origin, "a", "/a", "") + output));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    assert_eq!(numbers(&page(&daemon, "/feed.html")).len(), 500);
    assert_eq!(daemon.get("/feed.atom").expect(200).text().matches("<entry>").count(), 520);
    assert_eq!(walked_back(&daemon, "/feed.html").1, (0..520).collect::<BTreeSet<u32>>());
}

#[test]
fn a_page_that_shows_everything_leads_to_no_copy_of_itself() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..3)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    for path in ["/", "/feed.html", "/source/a.html"] {
        assert_eq!(neighbour(&page(&daemon, path), "next"), None, "{path}");
    }
    assert_eq!(numbers(&page(&daemon, "/archive/feed/1.html")).len(), 3);
}

#[test]
fn a_browser_gets_the_page_of_an_archive() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..3)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let expected = page(&daemon, "/archive/feed/1.html");
    for path in ["/archive/feed/1.atom", "/archive/feed/1.json"] {
        let seen = daemon.request("GET", path, &[NAVIGATES]).expect(200);
        assert_eq!(seen.text(), expected, "{path}");
        let raw = daemon.request("GET", &format!("{path}?raw"), &[NAVIGATES]).expect(200);
        assert_eq!(raw.text(), daemon.get(path).expect(200).text(), "{path}");
        assert!(!raw.header("content-type").starts_with("text/html"), "{path}");
    }
}

#[test]
fn members_are_listed_with_what_is_known_of_them() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("Alpha & Co", &items("a", 0..5)));
    origin.document("/b", feeds::rss("Beta", &items("b", 0..2)));
    let icon = "https://pictures.example/b.png";
    let config = [
        source(&origin, "a", "/a", "icon = \"a.png\"\ntags = [\"red\"]"),
        source(&origin, "b", "/b", &format!("icon = \"{icon}\"")),
        source(&origin, "c", "/c", "title = \"Disabled\"\nenabled = false"),
        source(&origin, "d", "/b", "title = \"Closed\"\nprivate = true\nicon = \"a.png\""),
    ];
    let program = Program::bare(BASE);
    write(program.folder(), "a.png", PNG);
    program.configure(&format!("{BASE}{}", config.concat()));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let text = page(&daemon, "/sources.html").replace("&#x2f;", "/");
    let newest = items("a", 0..5).iter().max_by_key(|item| item.day).map(|item| item.title.clone());
    for expected in ["Alpha &amp; Co", "Beta", "https://site.example/", icon, "/icon/a.png", "/source/a.atom"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(text.contains(&newest.expect("there are items")), "{text}");
    for hidden in ["Disabled", "Closed", "/icon/d.png"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    let picture = daemon.get("/icon/a.png").expect(200);
    assert_eq!((picture.header("content-type"), picture.body.as_slice()), ("image/png", PNG));
    assert!(picture.header("content-security-policy").ends_with("sandbox"), "{:?}", picture.headers);
    for missing in ["/icon/d.png", "/icon/a.jpg", "/icon/a", "/icon/b.png", "/icon/..%2fwatershed.toml"] {
        daemon.get(missing).expect(404);
    }
    // A new picture is noticed, and a file that is not a picture is refused.
    let larger = [PNG, b"more"].concat();
    write(program.folder(), "a.png", &larger);
    program.run(&["reload"]).expect(0);
    assert_eq!(daemon.get("/icon/a.png").expect(200).body, larger);
    write(program.folder(), "a.png", "<html><script>alert(1)</script></html>");
    let refused = program.run(&["check"]).expect(2);
    assert!(refused.stderr.contains("`icon`") && refused.stderr.contains("not a picture"), "{}", refused.stderr);
}

#[test]
fn a_story_has_a_page_with_its_copies() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("Alpha", &items("a", 0..1)));
    origin.document("/b", feeds::rss("Beta", &items("a", 0..1)));
    origin.document("/c", feeds::rss("Gamma", &items("a", 0..1)));
    origin.document("/d", feeds::rss("Delta", &items("d", 1..2)));
    let config = [
        source(&origin, "a", "/a", ""),
        source(&origin, "b", "/b", ""),
        source(&origin, "c", "/c", "private = true"),
        source(&origin, "d", "/d", "private = true\nstories = \"off\""),
    ];
    let program = Program::new(&config.concat());
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let entries = program.entries();
    let story_of = |source: &str| -> String {
        let entry = entries.iter().find(|entry| entry["source"] == source).expect("it has an entry");
        entry["story"].as_str().map(str::to_owned).expect("it has a story")
    };
    assert_eq!(story_of("a"), story_of("b"), "the test needs a story: {entries:?}");
    let text = page(&daemon, &format!("/story/{}.html", story_of("a")));
    for expected in ["a item 0", "Alpha", "Beta"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("Gamma"), "private sources stay private: {text}");
    let number_of = |source: &str| {
        let database = rusqlite::Connection::open(program.folder().join("watershed.db")).expect("the database opens");
        let sql = "SELECT entry.id FROM entry JOIN source ON source.id = entry.source WHERE source.name = ?1";
        database.query_row(sql, [source], |row| row.get::<_, i64>(0)).expect("it has an entry").to_string()
    };
    // Every public entry of the story leads to it. That the private one belongs to it is not told, unless the story bears its number.
    for (source, expected) in [("a", true), ("b", true), ("c", story_of("a") == number_of("c"))] {
        let reply = daemon.get(&format!("/story/{}.html", number_of(source)));
        assert_eq!(reply.status == 200, expected, "{source}");
    }
    for missing in [story_of("d"), "999999".to_owned(), "0".to_owned(), "x".to_owned()] {
        daemon.get(&format!("/story/{missing}.html")).expect(404);
    }
    // What is hidden has no page.
    for entry in entries.iter().filter(|entry| entry["source"] == "a" || entry["source"] == "b") {
        program.run(&["hide", entry["id"].as_str().expect("it has an id")]).expect(0);
    }
    daemon.get(&format!("/story/{}.html", story_of("a"))).expect(404);
}

#[test]
fn pages_tell_nothing_private() {
    let origin = Origin::start();
    let (_program, daemon) = with_secrets(&origin, 2..130);
    for path in ["/", "/feed.html", "/archive/feed/1.html", "/sources.html", "/tag/t.html", "/tag/t/1.html"] {
        let text = page(&daemon, path);
        assert!(!text.to_lowercase().contains("secret") && !text.contains("closed."), "{path}: {text}");
    }
    for path in ["/source/secret.html", "/source/secret/1.html", "/tag/only.html", "/tag/only/1.html"] {
        daemon.get(path).expect(404);
    }
    // The pages of an output with a token, and their links for a reader that has the token in the address.
    for path in ["/closed.html", "/archive/closed/1.html", "/archive/closed/2.html"] {
        let refused = daemon.request("GET", path, &[BROWSER]).expect(401);
        assert!(!refused.text().to_lowercase().contains("secret"), "{path}");
        assert!(page(&daemon, &format!("{path}?token=hush")).contains("secret"), "{path}");
    }
    // Its links lead nowhere where the reader may not go: permalinks carry the token, private sources have no pages of their own.
    let link = format!("href=\"http://{}(/[^\"#]*)", regex::escape(&daemon.address));
    let link = Regex::new(&link).expect("the pattern is valid");
    let time = Regex::new("class=\"time\" href=\"([^\"#]*)#").expect("the pattern is valid");
    for path in ["/closed.html?token=hush", "/archive/closed/1.html?token=hush"] {
        let text = page(&daemon, path).replace("&#x2f;", "/").replace("&amp;", "&");
        assert!(!text.contains("/source/") && !text.contains("/story/"), "{path}: {text}");
        assert!(time.captures_iter(&text).all(|found| found[1].ends_with(path)), "{path}: {text}");
        for found in link.captures_iter(&text) {
            assert_ne!(daemon.get(&found[1]).status, 404, "{} on {path}", &found[1]);
        }
    }
    let (paths, _) = walked_back(&daemon, "/closed.html?token=hush");
    assert_eq!(
        paths,
        ["/closed.html?token=hush", "/archive/closed/2.html?token=hush", "/archive/closed/1.html?token=hush"]
    );
}

#[test]
fn errors_have_pages_for_browsers_and_plain_texts_for_others() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..2)));
    let program = Program::bare(&format!("title = \"A quiet planet\"\n{BASE}{}", source(&origin, "a", "/a", "")));
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    let missing = daemon.request("GET", "/nowhere.html", &[BROWSER]).expect(404);
    assert!(missing.header("content-type").starts_with("text/html"), "{:?}", missing.headers);
    assert!(missing.text().contains("A quiet planet"), "{}", missing.text());
    assert_eq!(missing.header("cache-control"), "no-store");
    assert_has_its_policy(&missing);
    let wrong = daemon.request("POST", "/", &[BROWSER]).expect(405);
    assert_eq!(wrong.header("allow"), "GET, HEAD");
    assert_has_its_policy(&wrong);
    // A page of another site could let its name lead here, and must not learn what is published.
    let foreign = daemon.request("GET", "/", &[BROWSER, ("Host", "evil.example")]).expect(421);
    assert!(foreign.header("content-type").starts_with("text/html"), "{:?}", foreign.headers);
    assert!(
        !foreign.text().contains("A quiet planet") && !foreign.text().contains(&daemon.address),
        "{}",
        foreign.text()
    );
    assert_has_its_policy(&foreign);
    for (path, headers) in [("/nowhere.html", vec![]), ("/nowhere.html", vec![("Accept", "*/*")])] {
        let plain = daemon.request("GET", path, &headers).expect(404);
        assert_eq!(plain.header("content-type"), "text/plain; charset=utf-8");
    }
}

/// A daemon with a source of two entries and a theme of these files.
fn themed(files: &[(&str, &str)]) -> (Origin, Program, Daemon) {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..2)));
    let config = [serving("theme = \"theme\"\n"), source(&origin, "a", "/a", "tags = [\"t\"]")].concat();
    let program = Program::bare(&config);
    let theme = program.folder().join("theme");
    std::fs::create_dir(&theme).expect("a folder can be made");
    for (name, text) in files {
        write(&theme, name, text);
    }
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    (origin, program, daemon)
}

#[track_caller]
fn wait_for(what: &str, look: impl Fn() -> bool) {
    wait_until(PATIENCE, what, || look().then_some(()));
}

#[test]
fn a_theme_is_followed_while_it_is_edited() {
    let (_origin, program, daemon) = themed(&[("style.css", "body { color: #123456 }"), ("logo.svg", "<svg/>")]);
    let theme = program.folder().join("theme");
    assert!(page(&daemon, "/").contains("#123456"));
    let logo = daemon.get("/theme/logo.svg").expect(200);
    assert_eq!((logo.header("content-type"), logo.text().as_str()), ("image/svg+xml", "<svg/>"));
    assert!(logo.header("content-security-policy").ends_with("sandbox"), "{:?}", logo.headers);
    assert_eq!(logo.header("x-content-type-options"), "nosniff");
    let etag = logo.header("etag").to_owned();
    assert_eq!(daemon.request("GET", "/theme/logo.svg", &[("If-None-Match", etag.as_str())]).status, 304);
    for missing in
        ["/theme/style.css", "/theme/nothing.png", "/theme/..%2fwatershed.toml", "/theme/%2e%2e/watershed.toml"]
    {
        daemon.get(missing).expect(404);
    }
    let before = daemon.get("/").expect(200);
    // An edit is noticed.
    write(&theme, "style.css", "body { color: #654321 }");
    wait_for("the edited style", || daemon.get("/").text().contains("#654321"));
    assert_has_its_policy(&daemon.get("/").expect(200));
    let since = before.header("last-modified").to_owned();
    let now = daemon.request("GET", "/", &[("If-Modified-Since", since.as_str())]);
    assert_eq!(now.status, 200, "a page that looks otherwise has another date");
    // A mistake is told with its place, and the last good theme stays.
    write(&theme, "front.html", "<p>\n  {% if %}\n");
    wait_for("the mistake in the log", || daemon.log().contains("front.html:2"));
    assert!(page(&daemon, "/").contains("#654321"));
    let checked = program.run(&["check"]).expect(2);
    assert!(checked.stderr.contains("front.html:2"), "{}", checked.stderr);
    let reloaded = program.run(&["reload"]).expect(1);
    assert!(reloaded.stderr.contains("front.html:2"), "{}", reloaded.stderr);
    let ready = daemon.get("/readyz").expect(200).text();
    assert!(ready.starts_with("ready\n") && ready.contains("front.html:2"), "{ready}");
    // The mistake is mended.
    write(&theme, "front.html", "<p>mended: {{ site.title }}</p>");
    wait_for("the mended page", || daemon.get("/").text().contains("mended: Watershed"));
    assert_eq!(daemon.get("/readyz").expect(200).text(), "ready\n");
    program.run(&["check"]).expect(0);
    // The folder goes: what it was stays until the configuration says otherwise.
    std::fs::rename(&theme, program.folder().join("away")).expect("it can be moved");
    wait_for("the missing folder in the log", || daemon.log().contains("cannot list"));
    assert!(page(&daemon, "/").contains("mended: Watershed"));
    program.configure(&program.config().replace("theme = \"theme\"\n", ""));
    program.run(&["reload"]).expect(0);
    let built_in = page(&daemon, "/");
    assert!(!built_in.contains("mended") && !built_in.contains("#654321"), "{built_in}");
    daemon.get("/theme/logo.svg").expect(404);
    assert_eq!(daemon.get("/readyz").expect(200).text(), "ready\n");
}

#[test]
fn a_daemon_starts_with_a_broken_theme() {
    let (_origin, program, daemon) = themed(&[("feed.html", "{% for %}"), ("style.css", "body { color: #123456 }")]);
    let built_in = page(&daemon, "/feed.html");
    assert!(!built_in.contains("#123456") && numbers(&built_in).len() == 2, "{built_in}");
    wait_for("the mistake in the log", || daemon.log().contains("feed.html:1"));
    write(&program.folder().join("theme"), "feed.html", "<style>{{ style }}</style>");
    wait_for("the mended theme", || daemon.get("/feed.html").text().contains("#123456"));
}

#[test]
fn the_last_good_page_stays_where_the_theme_fails_with_its_entries() {
    let (origin, program, daemon) = themed(&[("style.css", "body { color: #123456 }")]);
    let good = page(&daemon, "/feed.html");
    // The template has no mistake but with these entries.
    let fails = "{% for day in days %}{% for entry in day.entries %}\n\
                 {% if \"a item\" in entry.title %}{{ nothing() }}{% endif %}{% endfor %}{% endfor %}";
    write(&program.folder().join("theme"), "feed.html", fails);
    wait_for("the failure in the log", || daemon.log().contains("feed.html:2"));
    assert_eq!(page(&daemon, "/feed.html"), good);
    // A page without an earlier version is rendered by the built-in theme.
    for _ in 0..3 {
        let fallback = page(&daemon, "/tag/t.html");
        assert!(!fallback.contains("#123456") && numbers(&fallback).len() == 2, "{fallback}");
    }
    origin.document("/a", feeds::rss("A", &items("a", 0..3)));
    program.poll("a");
    assert_eq!(page(&daemon, "/feed.html"), good);
    assert_eq!(daemon.log().matches("feed.html:2").count(), 1, "it is told once: {}", daemon.log());
    std::fs::remove_file(program.folder().join("theme/feed.html")).expect("it is there");
    wait_for("the newest entries", || numbers(&daemon.get("/feed.html").text()).len() == 3);
    assert!(page(&daemon, "/feed.html").contains("#123456"));
}

#[test]
fn the_last_good_page_goes_when_something_has_to_disappear_from_it() {
    let (_origin, program, daemon) = themed(&[]);
    let site = program.folder().join("site");
    program.configure(&program.config().replacen("[serve]\n", "[serve]\nfiles = \"site\"\n", 1));
    program.run(&["reload"]).expect(0);
    let shown = |number: u32| {
        let file = std::fs::read_to_string(site.join("feed.html")).expect("the file is there");
        let served = page(&daemon, "/feed.html");
        (numbers(&served).contains(&number), numbers(&file).contains(&number))
    };
    assert_eq!(shown(0), (true, true));
    let fails = "{% for day in days %}{% for entry in day.entries %}\n\
                 {% if \"a item\" in entry.title %}{{ nothing() }}{% endif %}{% endfor %}{% endfor %}";
    write(&program.folder().join("theme"), "feed.html", fails);
    wait_for("the failure in the log", || daemon.log().contains("feed.html:2"));
    assert_eq!(shown(0), (true, true), "the last good page stays");
    program.run(&["hide", &items("a", 0..1)[0].id]).expect(0);
    assert_eq!((shown(0), shown(1)), ((false, false), (true, true)));
    // A source becomes private.
    program.configure(&program.config().replace("tags = [\"t\"]", "private = true"));
    program.run(&["reload"]).expect(0);
    assert_eq!(shown(1), (false, false));
}

#[test]
fn pages_are_written_as_files() {
    let origin = Origin::start();
    origin.document("/a", feeds::rss("A", &items("a", 0..250)));
    origin.document("/b", feeds::rss("B", &items("b", 0..2)));
    let keys = "public_url = \"https://feeds.example/x\"\nfiles = \"site\"\ntheme = \"theme\"\n";
    let closed = "[[output]]\nname = \"closed\"\ntoken = \"hush\"\n";
    let program = Program::bare(BASE);
    let site = program.folder().join("site");
    write(program.folder(), "a.png", PNG);
    write(program.folder(), "theme/fonts/serif.woff2", "a font");
    let a = source(&origin, "a", "/a", "icon = \"a.png\"");
    let b = source(&origin, "b", "/b", "private = true\nicon = \"a.png\"");
    program.configure(&[serving(keys).as_str(), &a, &b, closed].concat());
    program.run(&["poll", "--all"]).expect(0);
    let read = |name: &str| std::fs::read(site.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(read("icon/a.png"), PNG);
    assert_eq!(read("theme/fonts/serif.woff2"), b"a font");
    for missing in ["icon/b.png", "archive/closed", "closed.html"] {
        assert!(!site.join(missing).exists(), "{missing}");
    }
    // The links of the pages lead from file to file.
    let text = |name: &str| String::from_utf8(read(name)).expect("it is UTF-8");
    let below = |path: String| path.strip_prefix("/x/").expect("below public_url").to_owned();
    let (mut next, mut seen) = (Some("index.html".to_owned()), BTreeSet::new());
    while let Some(name) = next {
        seen.extend(numbers(&text(&name)));
        next = neighbour(&text(&name), "next").map(below);
    }
    assert_eq!(seen, (0..250).collect::<BTreeSet<u32>>());
    let members = text("sources.html").replace("&#x2f;", "/");
    assert!(members.contains("/x/source/a.html") && !members.contains("source/b"), "{members}");
    let daemon = program.daemon();
    for name in ["sources.html", "archive/feed/2.html", "theme/fonts/serif.woff2", "icon/a.png"] {
        assert_eq!(daemon.get(&format!("/x/{name}")).expect(200).body, read(name), "{name}");
    }
    // What the theme no longer has is removed.
    std::fs::remove_file(program.folder().join("theme/fonts/serif.woff2")).expect("it is there");
    program.run(&["reload"]).expect(0);
    assert!(!site.join("theme/fonts/serif.woff2").exists());
    let entries: Vec<Value> = program.entries();
    assert_eq!(entries.len(), 252);
}
