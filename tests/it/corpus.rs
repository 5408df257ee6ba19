//! Feeds of public test suites, if they are beside the project: each feed is read without a panic and in bounded time,
//! and a daemon polls all of them. The test prints how many are understood.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use watershed::entry::{self, Context};
use watershed::model::{Problem, Timestamp};
use watershed::read::{self, Document};

use crate::atom;
use crate::feeds::{items, rss};
use crate::origin::{Answer, Origin};
use crate::program::{BASE, Program, wait_until};
use crate::reading;

/// Longest time to read and clean a document, on a busy machine and without optimisation.
const DOCUMENT_WITHIN: Duration = Duration::from_secs(20);
/// Longest time in which a daemon polls all documents.
const ALL_WITHIN: Duration = Duration::from_secs(300);
/// Number of addresses that serve the documents, because an address gets one request at a time.
const HOSTS: u8 = 16;
/// 2026-11-24T00:00:00Z.
const NOW: i64 = 1_795_478_400;

/// The files of the corpus; empty if there is no corpus.
fn corpus() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            if path.is_dir() {
                folders.push(path);
            } else if ![".md", ".tsv", ".opml", ".txt"].iter().any(|end| name.ends_with(end)) && !name.contains("licen")
            {
                files.push(path);
            }
        }
    }
    if files.is_empty() {
        eprintln!("SKIPPED: there is no corpus at {}; nothing was read", root.display());
    }
    files.sort();
    files
}

/// Number of empty items that were left out.
fn left_out(problems: &[Problem]) -> usize {
    let count = |problem: &Problem| match problem.as_str() {
        "an item is empty and was left out" => Some(1),
        text => text.strip_suffix(" items are empty and were left out")?.parse().ok(),
    };
    problems.iter().find_map(count).unwrap_or(0)
}

/// Number of entries of a document; None if it is not understood. Empty items count, because other parsers count them.
fn entries_of(body: &[u8]) -> Option<usize> {
    let document = Document { body, content_type: None, url: "https://corpus.example/feed", max_entries: 5000 };
    let (parsed, problems) = read::read(&document).ok()?;
    let items = parsed.items.len() + left_out(&problems);
    let (feed, _problems) = entry::clean(
        parsed,
        &Context { base: document.url, now: Timestamp::from_unix(NOW), identity: watershed::model::Identity::Auto },
    );
    for entry in &feed.entries {
        assert!(!entry.title.is_empty() && !entry.keys.is_empty());
    }
    Some(items)
}

/// The number of entries on which several parsers agree, by path.
fn expected() -> HashMap<String, usize> {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/expected.tsv");
    let text = std::fs::read_to_string(table).unwrap_or_default();
    let row = |line: &str| {
        let mut cells = line.split('\t');
        Some((cells.next()?.to_owned(), cells.next()?.parse().ok()?))
    };
    text.lines().filter_map(row).collect()
}

#[test]
fn corpus_is_read_without_dying_in_bounded_time() {
    let files = corpus();
    let expected = expected();
    let next = AtomicUsize::new(0);
    let (understood, agreeing, judged) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let slowest = Mutex::new((Duration::ZERO, PathBuf::new()));
    let work = || {
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let body = std::fs::read(path).expect("the corpus can be read");
            let begun = Instant::now();
            let entries = entries_of(&body);
            let took = begun.elapsed();
            assert!(took < DOCUMENT_WITHIN, "{} took {took:?}", path.display());
            understood.fetch_add(usize::from(entries.is_some()), Ordering::Relaxed);
            let relative = path.to_string_lossy();
            let relative = relative.rsplit("shared/corpus/").next().unwrap_or_default();
            if let Some(wanted) = expected.get(relative) {
                judged.fetch_add(1, Ordering::Relaxed);
                agreeing.fetch_add(usize::from(entries.unwrap_or(0) == *wanted), Ordering::Relaxed);
                if entries.unwrap_or(0) != *wanted {
                    println!("{relative}: {entries:?} entries, not {wanted}");
                }
            }
            let mut slowest = slowest.lock().expect("nobody panics with it");
            if took > slowest.0 {
                *slowest = (took, path.clone());
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let (understood, agreeing, judged) = (understood.into_inner(), agreeing.into_inner(), judged.into_inner());
    let slowest = slowest.into_inner().expect("nobody panics with it");
    println!(
        "{understood} of {} files understood; {agreeing} of {judged} with the entries that are expected",
        files.len()
    );
    println!("slowest: {:?} for {}", slowest.0, slowest.1.display());
    assert!(agreeing * 1000 >= judged * 999, "{agreeing} of {judged} files give the entries that are expected");
}

/// Of a hostile document: title, first date, content and author of its first entry, as they must be read.
fn hostile(name: &str) -> (usize, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/hostile").join(name);
    let body = std::fs::read(path).expect("the corpus can be read");
    let document = Document { body: &body, content_type: None, url: "https://corpus.example/feed", max_entries: 5000 };
    let Ok((parsed, _)) = read::read(&document) else { return (0, String::new()) };
    let items = parsed.items.len();
    let (feed, _) = entry::clean(
        parsed,
        &Context { base: document.url, now: Timestamp::from_unix(NOW), identity: watershed::model::Identity::Auto },
    );
    let first = feed.entries.first().map(|entry| {
        let authors: Vec<&str> = entry.details.authors.iter().map(|author| author.name.as_str()).collect();
        let date = entry.published.map(Timestamp::to_rfc3339).unwrap_or_default();
        let title = feed.meta.title.as_deref().unwrap_or_default();
        format!("{}|{date}|{}{}|{}|{title}", entry.title, entry.summary, entry.content, authors.join(","))
    });
    (items, first.unwrap_or_default())
}

#[test]
fn corpus_of_hostile_documents_is_read_as_wanted() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/hostile/MANIFEST.tsv");
    let Ok(manifest) = std::fs::read_to_string(&manifest) else {
        eprintln!("SKIPPED: there is no {}", manifest.display());
        return;
    };
    let mut bad = Vec::new();
    for row in manifest.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let (entries, first) = hostile(cells[0]);
        // What is wanted beside a number of entries.
        let said: &[&str] = match cells[0] {
            "lose_bare_amp.xml" => &["AT&T|"],
            "lose_bare_lt.xml" => &["1 < 2|"],
            "lose_unclosed_html.xml" => &["x<br", "y"],
            "silent_desc_markup.xml" => &["a bold c|", "<p>"],
            "silent_bad_dcdate.xml" => &["|2002-09-07"],
            "silent_dc_noslash.xml" => &["|Jo"],
            "silent_utf8_labelled_latin1.xml" => &["Тест"],
            "ctl_chars.xml" => &["ab|"],
            _ => &[],
        };
        let number = cells[2].trim_start_matches(">=").split(' ').next().and_then(|number| number.parse().ok());
        let enough = match number {
            Some(wanted) if cells[2].starts_with(">=") => entries >= wanted,
            Some(wanted) => entries == wanted,
            None => entries >= 1,
        };
        let is_sound = !first.contains("onmouseover=\"") && first.len() < 10_000;
        if !enough || !is_sound || said.iter().any(|said| !first.contains(said)) {
            bad.push(format!("{}: wanted {}, got {entries}: {first}", cells[0], cells[2]));
        }
    }
    let rows = manifest.lines().count() - 1;
    println!("{} of {rows} hostile documents are read as wanted", rows - bad.len());
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn corpus_survives_damage_by_chance() {
    let sizes = 2_000..200_000;
    let documents: Vec<Vec<u8>> = corpus()
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end != "json"))
        .filter_map(|path| std::fs::read(path).ok())
        .filter(|body| sizes.contains(&body.len()))
        .filter(|body| reading::parsed(body).is_some_and(|(feed, _)| feed.items.len() >= 3))
        .collect();
    if documents.is_empty() {
        return;
    }
    println!("{} documents", documents.len());
    let shares = reading::tell_survival("corpus", &reading::survival(&documents, 4));
    for share in &shares[1..] {
        assert!(*share >= 96.0, "{shares:?}");
    }
}

#[test]
fn corpus_is_polled_by_one_daemon_that_does_not_die() {
    let files = corpus();
    if files.is_empty() {
        return;
    }
    let origins: Vec<Origin> = (0..HOSTS).map(|host| Origin::at(Ipv4Addr::new(127, 0, 1, host + 1))).collect();
    let mut config = BASE.to_owned();
    let files = Arc::new(files);
    for (at, _) in files.iter().enumerate() {
        let (origin, files) = (&origins[at % origins.len()], files.clone());
        let path = format!("/{at}");
        origin.route(&path, move |_, _| Answer::body(std::fs::read(&files[at]).unwrap_or_default()));
        config += &format!("[[source]]\nname = \"f{at}\"\nurl = \"{}\"\n", origin.url(&path));
    }
    let program = Program::bare(&config);
    let mut daemon = program.daemon();
    // So many new sources would be spread over a quarter of an hour.
    let mut asking = program.command().args(["poll", "--all", "-q"]).spawn().expect("it can be run");
    let listed = wait_until(ALL_WITHIN, "a poll of every file", || {
        daemon.assert_alive();
        // Listing thousands of sources is work too: not more often than needed.
        thread::sleep(Duration::from_millis(500));
        let listed = program.records(&["list", "--json"]);
        listed.iter().all(|source| !source["outcome"].is_null()).then_some(listed)
    });
    asking.wait().expect("a child can be waited for");
    assert_eq!(listed.len(), files.len());
    let count = |outcome: &str| listed.iter().filter(|source| source["outcome"] == outcome).count();
    let (new, unchanged, failed) = (count("new"), count("unchanged"), count("failed"));
    println!("{} files polled: {new} brought entries, {unchanged} none, {failed} failed", files.len());
    assert!(new > 0);
    atom::read(&daemon.get("/feed.atom").expect(200).text());
    daemon.get("/").expect(200);
    daemon.get("/readyz").expect(200);

    // And it goes on as before.
    let origin = Origin::start();
    origin.document("/after", rss("After", &items("after", 0..1)));
    program.configure(&(program.config() + &crate::polling::source(&origin, "after", "/after", "")));
    program.run(&["reload"]).expect(0);
    wait_until(ALL_WITHIN, "a poll afterwards", || (program.source("after")["outcome"] == "new").then_some(()));
    assert_eq!(daemon.term(), 0);
}
