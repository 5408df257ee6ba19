//! Broken configurations: each mistake with file, line, column and key, the line with a caret, and what to do; all
//! mistakes of a file at once.

use crate::program::{BASE, Program};

/// `check` must refuse the text, name the place as `LINE:COLUMN` and say all of `said`.
#[track_caller]
fn check(text: &str, place: &str, said: &[&str]) {
    let output = Program::bare(text).run(&["check"]);
    assert_eq!(output.status, 2, "{text}\n{output:?}");
    let stderr = &output.stderr;
    assert!(stderr.contains(&format!("watershed.toml:{place}")), "{place} of\n{text}\nin\n{stderr}");
    let line = place.split(':').next().and_then(|line| line.parse::<usize>().ok()).expect("a place has a line");
    let quoted = text.lines().nth(line - 1).unwrap_or_default();
    assert!(stderr.contains(quoted.trim()), "the line {quoted:?} is shown in\n{stderr}");
    assert!(stderr.contains('^'), "no caret in\n{stderr}");
    for said in said {
        assert!(stderr.contains(said), "{said:?} is not said of\n{text}\nin\n{stderr}");
    }
}

#[test]
fn unknown_keys_name_the_nearest() {
    check("titel = \"x\"\n", "1:1", &["titel", "title"]);
    check("[poll]\nevry = \"1h\"\n", "2:1", &["evry", "every"]);
    check("[[source]]\nurl = \"https://a.example/\"\ntag = [\"x\"]\n", "3:1", &["tag", "tags"]);
    check("[sevre]\nlisten = \"127.0.0.1:0\"\n", "1:", &["sevre", "serve"]);
    check("[[source]]\nurl = \"https://a.example/\"\nhost_gap = \"2s\"\n", "3:1", &["host_gap", "[poll]"]);
    check("[[output]]\nname = \"x\"\nzzzzzzz = 1\n", "3:1", &["zzzzzzz"]);
}

#[test]
fn wrong_types_and_values() {
    check("[[source]]\nurl = 5\n", "2:7", &["url", "string"]);
    check("[[source]]\nurl = \"https://a.example/\"\ntags = \"x\"\n", "3:8", &["tags"]);
    check("[poll]\nevery = \"soon\"\n", "2:9", &["every", "15m"]);
    check("[poll]\nmax_body = \"10\"\n", "2:12", &["max_body", "MiB"]);
    check("[poll]\nconcurrency = 0\n", "2:15", &["concurrency"]);
    check("[poll]\nmin_every = \"0s\"\n", "2:13", &["min_every"]);
    check("[poll]\nallow_networks = [\"10.0.0.0/99\"]\n", "2:19", &["allow_networks", "10.0.0.0/99"]);
    check("[serve]\nlisten = \"nowhere\"\n", "2:10", &["listen"]);
    check("[serve]\nlisten = \"10.0.0.256:80\"\n", "2:10", &["listen"]);
    check("[serve]\nlisten = \"10.1:80\"\n", "2:10", &["listen"]);
    check("[serve]\npublic_url = \"feeds.example\"\n", "2:14", &["public_url"]);
    check("[log]\nformat = \"xml\"\n", "2:10", &["format", "json"]);
    check("[log]\nlevel = \"warning\"\n", "2:9", &["level", "did you mean \"warn\"?"]);
    check("[log]\nlevel = \"info,watershed::fetsh=debug\"\n", "2:9", &["watershed::fetsh", "watershed::fetch"]);
    check("[poll]\ncontact = \"me at example\"\n", "2:11", &["contact", "me@example.org"]);
    check("[stories]\nmatch = \"nearly\"\n", "2:9", &["match", "near"]);
    check("[[output]]\nname = \"x\"\ncontent = \"ful\"\n", "3:11", &["content", "full"]);
}

#[test]
fn a_pattern_that_toml_refuses_belongs_in_single_quotes() {
    let pattern =
        "[[source]]\nurl = \"https://a.example/\"\nfilter = [{ drop = \"title\", matches = \"\\d+ days\" }]\n";
    check(pattern, "3:", &["not valid TOML", "single quotes"]);
}

#[test]
fn sources_and_outputs() {
    let source = "[[source]]\nurl = \"https://a.example/\"\n";
    check("[[source]]\nname = \"a\"\n", "1:1", &["url"]);
    check("[[source]]\nurl = \"ftp://a.example/\"\n", "2:7", &["ftp", "http"]);
    check("[[source]]\nurl = \"not a url\"\n", "2:7", &["url", "https://"]);
    check("[[source]]\nurl = \"https:///feed.xml\"\n", "2:7", &["no host"]);
    check("[[source]]\nurl = \"http://\"\n", "2:7", &["no host"]);
    check(&format!("{source}name = \"A B\"\n"), "3:8", &["name"]);
    check(&format!("{source}name = \"a\"\n{source}name = \"a\"\n"), "6:8", &["`a`", "watershed.toml:3"]);
    check("[[output]]\nname = \"status\"\n", "2:8", &["status"]);
    check("[[output]]\ntitle = \"T\"\n", "1:1", &["name"]);
    check("[[output]]\nname = \"x\"\n[[output]]\nname = \"x\"\n", "4:8", &["x", "watershed.toml:2"]);
    check(&format!("{source}{source}"), "4:7", &["same `url`", "watershed.toml:2"]);
    let output = format!("{source}name = \"somebody\"\n[[output]]\nname = \"x\"\nsources = [\"somebdy\"]\n");
    check(&output, "6:12", &["somebdy", "somebody"]);
    check(&format!("{source}filter = [{{ drop = \"title\", matches = \"(\" }}]\n"), "3:39", &["matches"]);
    check(&format!("{source}filter = [{{ drop = \"titel\", is = \"x\" }}]\n"), "3:20", &["title"]);
    check(&format!("{source}filter = [{{ drop = {{ all = [] }} }}]\n"), "3:", &["`all` needs tests"]);
    check(&format!("{source}filter = [{{ drop = {{ all = [{{ titel = \"x\" }}] }} }}]\n"), "3:", &["titel", "title"]);
    check(
        &format!("{source}filter = [{{ drop = {{ all = [{{ title = \"x\" }}] }}, is = \"x\" }}]\n"),
        "3:",
        &["`all`"],
    );
    check(
        &format!("{source}filter = [{{ drop = {{ all = [{{ title = {{ matches = '(' }} }}] }} }}]\n"),
        "3:",
        &["matches"],
    );
}

#[test]
fn syntax_and_environment() {
    check("[poll\nevery = \"1h\"\n", "1:", &[]);
    check("title = \"a\"\ntitle = \"b\"\n", "2:", &["title"]);
    check("title = \"open\n", "1:", &[]);
    check("[[source]]\nurl = \"https://${NOT_SET_ANYWHERE}/\"\n", "2:7", &["NOT_SET_ANYWHERE"]);
    let source = "[[source]]\nurl = \"https://a.example/\"\n";
    check(
        &format!("{source}auth = {{ user = \"me\", password = {{ file = \"none.secret\" }} }}\n"),
        "3:",
        &["none.secret"],
    );
    check(&format!("{source}headers = {{ \"Bad Name\" = {{ env = \"HOME\" }} }}\n"), "3:", &["Bad Name"]);
    check("[[include]]\npath = 7\n", "2:8", &["path"]);
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = "titel = \"x\"\n[poll]\nevery = \"soon\"\n[[source]]\nurl = 5\n[[output]]\nname = \"hub\"\n";
    let output = Program::bare(text).run(&["check"]).expect(2);
    for place in ["1:1", "3:9", "5:7", "7:8"] {
        assert!(output.stderr.contains(&format!("watershed.toml:{place}")), "{place} in\n{}", output.stderr);
    }
}

#[test]
fn a_mistake_in_an_included_file_names_that_file() {
    let program = Program::bare("[[include]]\npath = \"more/*.toml\"\n");
    let folder = program.folder().join("more");
    std::fs::create_dir(&folder).expect("the folder can be written");
    std::fs::write(folder.join("a.toml"), "[[source]]\nurl = \"https://a.example/\"\n").expect("it can be written");
    std::fs::write(folder.join("b.toml"), "[[source]]\nurll = \"https://b.example/\"\n").expect("it can be written");
    let output = program.run(&["check"]).expect(2);
    assert!(output.stderr.contains("b.toml:2:1") && output.stderr.contains("url"), "{}", output.stderr);
}

#[test]
fn every_verb_refuses_a_broken_file_and_the_secret_is_not_quoted() {
    let text = format!("{BASE}[[source]]\nurl = \"https://me:hunter2pass@a.example/\"\nevry = \"1h\"\n");
    let program = Program::bare(&text);
    for verb in ["run", "poll", "list", "entries", "check"] {
        let output = program.run(&[verb]).expect(2);
        assert!(output.stderr.contains("evry"), "{verb}: {}", output.stderr);
        assert!(!output.said().contains("hunter2pass"), "{verb}: {}", output.stderr);
    }
}
