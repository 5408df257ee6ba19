//! The rules of the house that the source itself shows: imports, module docs, length of files, frozen migrations, and a complete
//! commented configuration.

use std::path::{Path, PathBuf};

use regex::Regex;

use crate::program::Program;

/// Largest number of lines of a source file.
const MAX_LINES: usize = 600;
/// Rooms that know no clock, chance, network, disk or async.
const PURE: &[&str] = &[
    "text/",
    "model.rs",
    "model/",
    "moves.rs",
    "former.rs",
    "retention.rs",
    "retry.rs",
    "schedule/",
    "search/",
    "read/",
    "entry/",
    "stories/",
    "merge/",
    "incidents/",
    "tell/",
    "publish/",
    "push/",
];
/// Libraries that stay in one room: their types do not leave it.
const HOMES: &[(&str, &str)] = &[
    ("rusqlite", "store/"),
    ("reqwest", "fetch/"),
    ("feed_rs", "read/"),
    ("atom_syndication", "publish/"),
    ("minijinja", "publish/"),
    ("percent_encoding", "text/"),
    ("uuid", "text/"),
    ("prometheus_client", "metrics.rs"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below a folder: path relative to it, and text.
fn rust_files(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("the source is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(folder).expect("it is below").to_string_lossy().into_owned();
                files.push((name, std::fs::read_to_string(&path).expect("source is UTF-8")));
            }
        }
    }
    assert!(!files.is_empty(), "nothing in {}", folder.display());
    files.sort();
    files
}

fn sources() -> Vec<(String, String)> {
    rust_files(&root().join("src"))
}

/// The lines of a file that are code of the program: no comments, no unit tests.
fn code(name: &str, text: &str) -> Vec<(usize, String)> {
    if name.ends_with("/tests.rs") {
        return Vec::new();
    }
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let lines = text[..end].lines().enumerate();
    let code = lines.filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.map(|(number, line)| (number + 1, line.to_owned())).collect()
}

/// Every line of code in the files that `concerns` picks, where `pattern` is found.
fn offences(pattern: &str, concerns: impl Fn(&str) -> bool) -> Vec<String> {
    let pattern = Regex::new(pattern).expect("the pattern is valid");
    let mut found = Vec::new();
    for (name, text) in sources().iter().filter(|(name, _)| concerns(name)) {
        for (number, line) in code(name, text) {
            if pattern.is_match(&line) {
                found.push(format!("src/{name}:{number}: {}", line.trim()));
            }
        }
    }
    found
}

fn is_pure(name: &str) -> bool {
    PURE.iter().any(|room| name.starts_with(room))
}

#[track_caller]
fn assert_none(offences: Vec<String>, rule: &str) {
    assert!(offences.is_empty(), "{rule}:\n{}", offences.join("\n"));
}

#[test]
fn tidy_libraries_stay_in_their_rooms() {
    for (library, home) in HOMES {
        let found = offences(&format!(r"\b{library}::|\buse {library}\b"), |name| !name.starts_with(home));
        assert_none(found, &format!("{library} only in src/{home}"));
    }
}

#[test]
fn tidy_pure_rooms_touch_nothing() {
    let banned = r"\btokio\b|\bstd::(net|fs|env|process)\b|\bclock::|\bcrate::clock\b|\bcrate::\{[^}]*\bclock\b|\bSystemTime\b|\bInstant\b|\brand::|\basync (fn|move|\{)|\bUtc::now\b";
    assert_none(offences(banned, is_pure), "no clock, chance, network, disk or async in a pure room");
    assert_none(offences(r"\bstd::thread\b|\bthread::", is_pure), "no threads in a pure room");
    let grouped = offences(r"use std::\{[^}]*\b(net|fs|env|process|thread)\b", is_pure);
    assert_none(grouped, "no clock, network, disk or threads in a grouped import of a pure room");
}

#[test]
fn tidy_the_clock_and_chance_have_one_reader() {
    let reads = r"\bSystemTime::now\b|\bInstant::now\b|\bUtc::now\b|\bLocal::now\b|\brand::rng\b|\brand::random";
    assert_none(offences(reads, |name| name != "clock.rs"), "the clock and chance are read in src/clock.rs alone");
}

#[test]
fn tidy_rooms_do_not_reach_up() {
    // A stage calls neither the next stage nor the rooms that hold the stages together.
    let up = r"\bcrate::(poll|daemon|cli|serve|control|outputs)\b";
    let stage = |name: &str| is_pure(name) || ["fetch/", "store/", "config/"].iter().any(|room| name.starts_with(room));
    assert_none(offences(up, stage), "stages know nothing of who calls them");
}

#[test]
fn tidy_texts_are_below_all_rooms() {
    let found = offences(r"\bcrate::", |name| name.starts_with("text/"));
    assert_none(found, "src/text knows no other room");
}

#[test]
fn tidy_only_the_sanitiser_makes_safe_html() {
    for (constructor, home) in [("sanitised", "entry/"), ("stored", "store/")] {
        let is_elsewhere = |name: &str| !name.starts_with(home) && !name.contains("/tests");
        let found = offences(&format!(r"\bSafeHtml::{constructor}\b"), is_elsewhere);
        assert_none(found, &format!("SafeHtml::{constructor} only in src/{home}"));
    }
}

#[test]
fn tidy_formats_write_what_was_checked_before() {
    let writers = ["atom.rs", "rss.rs", "json.rs", "media.rs", "tags.rs"].map(|name| format!("publish/{name}"));
    let is_writer = |name: &str| writers.iter().any(|writer| writer == name);
    let types = r"\b(PlainText|WebUrl|Iri|MediaType|LangTag)::|\b[A-Z]\w*::of\b";
    let functions = r"\b(parts|shown)::.*\b(each|line|address|icon|stated_address)\b|\.(shown|podcast)\(\)";
    let found = offences(&format!("{types}|{functions}"), is_writer);
    assert_none(found, "texts and addresses are checked when their types are made, not when a format writes them");
}

#[test]
fn tidy_files_are_documented_and_of_readable_size() {
    let tests = rust_files(&root().join("tests"));
    let benches = rust_files(&root().join("benches"));
    for (name, text) in sources().iter().chain(&tests).chain(&benches) {
        assert!(text.starts_with("//!"), "{name} does not begin with a doc comment that says what it does");
        let lines = text.lines().count();
        assert!(lines <= MAX_LINES, "{name} has {lines} lines, more than {MAX_LINES}");
    }
}

#[test]
fn tidy_nothing_unfinished_is_left() {
    // Some words are escaped, so that the test does not find itself.
    let words = ["todo!", "dbg!", "unimplemented!", "FIX\u{4d}E", "XX\u{58}"];
    for (name, text) in sources() {
        for word in words {
            assert!(!text.contains(word), "{word} in src/{name}");
        }
    }
}

#[test]
fn tidy_migrations_are_frozen() {
    let lock = std::fs::read_to_string(root().join("tests/migrations.lock")).expect("it is there");
    let locked: Vec<(&str, &str)> = lock.lines().filter_map(|line| line.split_once(' ')).collect();
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root().join("migrations")).expect("it is there").flatten() {
        names.push(entry.path().file_stem().expect("it has a name").to_string_lossy().into_owned());
    }
    names.sort();
    let known: Vec<&str> = watershed::store::MIGRATIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, known, "every file in migrations/ is applied, in order");
    for (at, (name, text)) in watershed::store::MIGRATIONS.iter().enumerate() {
        let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        let line = locked.get(at).unwrap_or_else(|| panic!("add to tests/migrations.lock: {name} {hash}"));
        assert_eq!(*line, (*name, hash.as_str()), "a shipped migration is never edited; add another migration");
    }
    assert_eq!(locked.len(), known.len(), "a shipped migration is never removed");
}

#[test]
fn tidy_the_commented_configuration_is_right_as_it_stands_and_uncommented() {
    let text = std::fs::read_to_string(root().join("config/watershed.toml")).expect("it is there");
    let program = Program::bare(&text);
    program.run(&["check"]).expect(0);
    // Prose stands behind `# `, a setting behind `#` alone.
    let setting = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.is_empty() && !rest.starts_with([' ', '#']) => rest.to_owned(),
        _ => line.to_owned(),
    };
    let all: Vec<String> = text.lines().map(setting).collect();
    let table: Result<toml::Table, _> = all.join("\n").parse();
    table.unwrap_or_else(|error| panic!("uncommented it is no TOML: {error}"));
    program.configure(&all.join("\n"));
    let output = program.run(&["check"]);
    assert!(!output.stderr.contains("unknown"), "every key in it is known: {}", output.stderr);
}

#[test]
fn tidy_the_project_speaks_of_itself_only() {
    for (name, text) in sources() {
        let named = code(&name, &text).into_iter().find(|(_, line)| line.contains("../shared"));
        assert!(named.is_none(), "src/{name} names a folder outside of the project: {named:?}");
    }
}
