//! What the person who runs it relies on: `/metrics`, readiness, `doctor`, the list of failing and silent sources, and notes of
//! `check`.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use regex::Regex;
use rusqlite::Connection;
use serde_json::Value;

use crate::feeds::{items, rss};
use crate::origin::{Answer, Origin};
use crate::polling::source;
use crate::program::{Daemon, PATIENCE, Program, serving, wait_until};

const OPENMETRICS: &str = "application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1";

/// The value of a sample; None if the text does not have it.
fn sample(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
    Some(line.parse().unwrap_or_else(|error| panic!("{name} {line}: {error}")))
}

#[track_caller]
fn wait_for(daemon: &Daemon, name: &str, wanted: f64) -> String {
    wait_until(PATIENCE, &format!("{name} {wanted}"), || {
        let text = daemon.get("/metrics").expect(200).text();
        (sample(&text, name) == Some(wanted)).then_some(text)
    })
}

/// The lines of `doctor --json` about something.
fn about<'l>(lines: &'l [Value], check: &str, level: &str) -> Vec<&'l Value> {
    lines.iter().filter(|line| line["check"] == check && line["level"] == level).collect()
}

fn mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
}

#[test]
fn metrics_count_polls_entries_answers_and_trouble() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..3)));
    origin.serve("/b", Answer::status(500));
    let program = Program::new(&(source(&origin, "a", "/a", "") + &source(&origin, "b", "/b", "")));
    let daemon = program.daemon();
    wait_for(&daemon, "watershed_polls_total{outcome=\"new\"}", 1.0);
    wait_for(&daemon, "watershed_polls_total{outcome=\"failed\"}", 1.0);
    wait_for(&daemon, "watershed_sources{state=\"failing\"}", 1.0);
    daemon.get("/no/such/page").expect(404);
    wait_for(&daemon, "watershed_stored_entries", 3.0);
    let text = wait_until(PATIENCE, "a rebuild, and the end of all work", || {
        let text = daemon.get("/metrics").expect(200).text();
        let is_over = ["watershed_polls_in_flight", "watershed_store_queue_length"]
            .iter()
            .all(|name| sample(&text, name) == Some(0.0));
        let rebuilds = sample(&text, "watershed_rebuild_duration_seconds_count");
        (is_over && rebuilds.is_some_and(|count| count > 0.0)).then_some(text)
    });
    for (name, wanted) in [
        ("watershed_sources{state=\"ok\"}", 1.0),
        ("watershed_entries_total{result=\"new\"}", 3.0),
        ("watershed_poll_duration_seconds_count", 2.0),
        ("watershed_http_requests_total{code=\"4xx\"}", 1.0),
        ("watershed_http_requests_total{code=\"5xx\"}", 0.0),
        ("watershed_ready", 1.0),
        ("watershed_config_last_reload_successful", 1.0),
        ("watershed_open_incidents", 0.0),
    ] {
        assert_eq!(sample(&text, name), Some(wanted), "{name} in\n{text}");
    }
    for name in [
        "watershed_fetched_bytes_total",
        "watershed_http_requests_total{code=\"2xx\"}",
        "watershed_store_batches_total",
        "watershed_store_requests_total",
        "watershed_store_bytes",
        "watershed_rebuild_duration_seconds_count",
        "watershed_last_new_entry_timestamp_seconds",
        "process_resident_memory_bytes",
        "process_open_fds",
        "process_start_time_seconds",
    ] {
        assert!(sample(&text, name).is_some_and(|value| value > 0.0), "{name} in\n{text}");
    }
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(sample(&text, &format!("watershed_build_info{{version=\"{version}\"}}")), Some(1.0), "{text}");
    let address = origin.address().to_string();
    assert!(!text.contains(&address) && !text.contains("source="), "no label names a source: {text}");
}

#[test]
fn metrics_come_in_the_syntax_that_is_asked_for_and_can_be_turned_off() {
    let program = Program::new("");
    let daemon = program.daemon();
    let older = daemon.get("/metrics").expect(200);
    assert_eq!(older.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    assert!(older.text().contains("# TYPE watershed_polls_total counter"), "{}", older.text());
    let newer = daemon.request("GET", "/metrics", &[("Accept", OPENMETRICS)]).expect(200);
    assert_eq!(newer.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    assert_eq!(newer.header("cache-control"), "no-store");
    assert!(newer.text().contains("# TYPE watershed_polls counter"), "{}", newer.text());
    assert!(newer.text().ends_with("\n# EOF\n"), "{}", newer.text());
    // Hosts that are not ours get the metrics no more than the status.
    daemon.request("GET", "/metrics", &[("Host", "evil.example")]).expect(421);
    program.configure(&program.config().replace("[serve]\n", "[serve]\nmetrics = false\n"));
    program.run(&["reload"]).expect(0);
    wait_until(PATIENCE, "the end of the metrics", || (daemon.get("/metrics").status == 404).then_some(()));
    program.configure(&program.config().replace("metrics = false\n", ""));
    program.run(&["reload"]).expect(0);
    wait_until(PATIENCE, "the metrics", || (daemon.get("/metrics").status == 200).then_some(()));
}

#[test]
fn alerts_and_dashboard_name_metrics_that_exist() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..3)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let daemon = program.daemon();
    let text = wait_for(&daemon, "watershed_entries_total{result=\"new\"}", 3.0);
    let names: BTreeSet<&str> =
        text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split(['{', ' ']).next()).collect();
    let pattern = Regex::new(r"\b(?:watershed|process)_[a-z_]+").expect("the pattern is valid");
    for file in ["docs/alerts.yml", "docs/grafana.json"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
        let named: BTreeSet<&str> = pattern.find_iter(&text).map(|found| found.as_str()).collect();
        assert!(named.len() > 5, "{file} names {named:?}");
        let unknown: Vec<&&str> = named.iter().filter(|name| !names.contains(*name)).collect();
        assert!(unknown.is_empty(), "{file} names {unknown:?}, which /metrics does not have");
    }
}

#[test]
fn a_refused_configuration_is_told_by_readiness_and_metrics() {
    let program = Program::new("");
    let daemon = program.daemon();
    assert_eq!(daemon.get("/readyz").expect(200).text(), "ready\n");
    let right = program.config();
    program.configure(&format!("{right}\n[secretive]\nhunter2 = 1\n"));
    program.run(&["reload"]).expect(2);
    let ready = daemon.get("/readyz").expect(200).text();
    assert!(ready.starts_with("ready\n") && ready.contains("refused (watershed.toml:"), "{ready}");
    assert!(!ready.contains("secretive"), "everybody may read it: {ready}");
    wait_for(&daemon, "watershed_config_last_reload_successful", 0.0);
    program.configure(&right);
    program.run(&["reload"]).expect(0);
    assert_eq!(daemon.get("/readyz").expect(200).text(), "ready\n");
    wait_for(&daemon, "watershed_config_last_reload_successful", 1.0);
}

#[test]
fn the_list_shows_newest_entry_tags_and_since_when_a_source_fails() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..3)));
    origin.serve("/b", Answer::status(500));
    let more = source(&origin, "a", "/a", "tags = [\"linux\", \"news\"]") + &source(&origin, "b", "/b", "");
    let program = Program::new(&more);
    program.run(&["list", "--failing"]).expect(0);
    program.poll("a");
    program.poll("b");
    let (a, b) = (program.source("a"), program.source("b"));
    assert_eq!(a["tags"], serde_json::json!(["linux", "news"]));
    assert!(a["newest"].is_string() && a["failing_since"].is_null(), "{a}");
    assert!(b["newest"].is_null() && b["failing_since"].is_string() && b["failures"] == 1, "{b}");
    let failing = program.run(&["list", "--failing", "--json"]).expect(3);
    assert_eq!(failing.records().len(), 1, "{failing:?}");
    assert_eq!(failing.records()[0]["name"], "b");
    assert!(failing.stderr.is_empty(), "{failing:?}");
    let table = program.run(&["list"]).expect(0).stdout;
    for wanted in ["NEWEST", "TAGS", "linux +1", "failing "] {
        assert!(table.contains(wanted), "{wanted} in\n{table}");
    }
    let shown = program.run(&["show", "b"]).expect(0).stdout;
    assert!(shown.contains("failing since"), "{shown}");
    // The same beside a daemon.
    let daemon = program.daemon();
    assert_eq!(program.run(&["list", "--failing", "--json"]).expect(3).records()[0]["name"], "b");
    assert_eq!(program.records(&["list", "--tag", "news", "--json"]).len(), 1);
    program.run(&["list", "--failing", "--tag", "news"]).expect(0);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn silent_sources_are_those_whose_newest_entry_is_old() {
    let origin = Origin::start();
    for path in ["/a", "/b", "/c"] {
        origin.document(path, rss("A", &items("a", 0..3)));
    }
    let off = source(&origin, "c", "/c", "enabled = false");
    let program = Program::new(&(source(&origin, "a", "/a", "") + &source(&origin, "b", "/b", "") + &off));
    program.run(&["poll", "--all"]).expect(0);
    let database = Connection::open(program.folder().join("watershed.db")).expect("the database opens");
    let now = "CAST(strftime('%s') AS INTEGER)";
    let sql = format!(
        "UPDATE entry SET ranked = {now} - 10 * 86400; \
         UPDATE entry SET ranked = {now} - 100 * 86400 WHERE source = (SELECT id FROM source WHERE name = 'b')"
    );
    database.execute_batch(&sql).expect("the database can be changed");
    let names = |span: &str| -> Vec<Value> {
        program.records(&["list", "--silent", span, "--json"]).iter().map(|record| record["name"].clone()).collect()
    };
    assert_eq!(names("90d"), ["b"]);
    assert_eq!(names("5d"), ["a", "b"]);
    assert!(names("1000d").is_empty());
    program.run(&["list", "--silent", "often"]).expect(2);
}

#[test]
fn undated_entries_are_as_new_as_when_they_were_first_seen() {
    let origin = Origin::start();
    let items = "<item><title>One</title><guid>u:1</guid></item><item><title>Two</title><guid>u:2</guid></item>";
    origin.document("/u", format!("<rss version=\"2.0\"><channel><title>U</title>{items}</channel></rss>"));
    let program = Program::new(&source(&origin, "u", "/u", ""));
    program.run(&["poll"]).expect(0);
    let entry = program.records(&["entries", "--json", "--limit", "1"]).remove(0);
    let check = |arguments: &[&str], wanted: usize| {
        let records = program.records(arguments);
        assert_eq!(records.len(), wanted, "{records:?}");
        for record in records {
            assert_eq!(record["newest"], entry["first_seen"], "{record}");
        }
    };
    check(&["list", "--json"], 1);
    check(&["list", "--silent", "1d", "--json"], 0);
    let _daemon = program.daemon();
    check(&["list", "--json"], 1);
}

#[test]
fn doctor_finds_nothing_wrong_with_an_installation_that_works() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..3)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    mode(&program.config_path(), 0o600);
    let report = program.run(&["doctor", "--json"]).expect(0);
    assert!(!about(&report.records(), "configuration", "ok").is_empty(), "{report:?}");
    assert!(!program.folder().join("watershed.db").exists(), "doctor makes no database");
    program.poll("a");
    let polls = origin.seen().len();
    let report = program.run(&["doctor"]).expect(0);
    for wanted in ["configuration", "permissions", "disk", "clock", "database", "daemon", "dns", "tls"] {
        assert!(report.stdout.lines().any(|line| line.contains(wanted)), "{wanted} in\n{}", report.stdout);
    }
    assert_eq!(origin.seen().len(), polls, "sources that work are not asked");
    assert!(program.run(&["-q", "doctor"]).expect(0).stdout.is_empty());
    let daemon = program.daemon();
    let running = program.run(&["doctor", "--json"]).expect(0).records();
    assert!(!about(&running, "daemon", "ok").is_empty(), "{running:?}");
    assert_eq!(daemon.term(), 0);
}

#[test]
fn doctor_names_a_command_for_each_finding() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..3)));
    origin.script("/b", vec![Answer::status(404)]);
    origin.script("/c", vec![Answer::status(503).header("Retry-After", "3600")]);
    let secret = "headers = { \"X-Token\" = { file = \"a.secret\" } }";
    let more = source(&origin, "a", "/a", secret) + &source(&origin, "b", "/b", "") + &source(&origin, "c", "/c", "");
    let program = Program::new(&more);
    let token = program.folder().join("a.secret");
    std::fs::write(&token, "hunter2\n").expect("the folder can be written");
    mode(&token, 0o644);
    mode(&program.config_path(), 0o666);
    program.run(&["poll", "--all"]).expect(3);
    mode(&program.folder().join("watershed.db"), 0o640);
    let (asked_b, asked_c) = (origin.seen_at("/b").len(), origin.seen_at("/c").len());
    // A poll by hand must wait for a second as well.
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    let output = program.run(&["doctor", "--json"]).expect(3);
    let report = output.records();
    let findings = about(&report, "permissions", "finding");
    let remedies: Vec<&str> = findings.iter().filter_map(|line| line["remedy"].as_str()).collect();
    for (begin, file) in [("chmod 600 ", "a.secret"), ("chmod o-w ", "watershed.toml"), ("chmod 600 ", "watershed.db")]
    {
        let is_there = remedies.iter().any(|remedy| remedy.starts_with(begin) && remedy.ends_with(file));
        assert!(is_there, "{begin}{file} in {remedies:?}");
    }
    let sources = about(&report, "source", "finding");
    let of = |name: &str| {
        let found = sources.iter().find(|line| line["source"] == name).unwrap_or_else(|| panic!("{name}: {report:?}"));
        (found["text"].as_str().unwrap_or_default(), found["remedy"].as_str().unwrap_or_default())
    };
    let (text, remedy) = of("b");
    assert!(text.contains("asked now: the server answered 404"), "{text}");
    assert!(remedy.contains("watershed probe http://127.0.0.1:"), "{remedy}");
    let (text, remedy) = of("c");
    assert!(text.contains("not asked now") && text.contains("pause until"), "{text}");
    assert_eq!(remedy, "watershed show c");
    assert_eq!(origin.seen_at("/b").len(), asked_b + 1, "a failing source is asked once");
    assert_eq!(origin.seen_at("/c").len(), asked_c, "Retry-After is obeyed");
    assert!(
        report.iter().filter(|line| line["level"] == "finding").all(|line| line["remedy"].is_string()),
        "{report:?}"
    );
    assert!(!output.said().contains("hunter2"));
    // The source has recovered meanwhile.
    origin.document("/b", rss("B", &items("b", 0..3)));
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    let report = program.run(&["doctor", "--json"]).expect(3).records();
    let found = report.iter().find(|line| line["source"] == "b").expect("it still counts as failing");
    assert_eq!(found["remedy"], "watershed poll b");
}

#[test]
fn doctor_tells_mistakes_damage_and_a_clock_that_is_wrong() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..30)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    mode(&program.config_path(), 0o600);
    program.poll("a");
    let right = program.config();
    program.configure(&format!("{right}\nevry = 1\n"));
    let report = program.run(&["doctor", "--json"]).expect(3).records();
    let found = about(&report, "configuration", "finding");
    assert!(found[0]["text"].as_str().is_some_and(|text| text.contains("evry")), "{report:?}");
    assert_eq!(found[0]["remedy"], "watershed check");
    program.configure(&right);
    mode(&program.config_path(), 0o600);
    let path = program.folder().join("watershed.db");
    let database = Connection::open(&path).expect("the database opens");
    database.execute_batch("UPDATE source_poll SET last_poll = last_poll + 864000").expect("it can be changed");
    drop(database);
    let report = program.run(&["doctor", "--json"]).expect(3).records();
    let found = about(&report, "clock", "finding");
    assert!(
        found.len() == 1 && found[0]["remedy"].as_str().is_some_and(|it| it.starts_with("timedatectl")),
        "{report:?}"
    );
    // Everything behind the first pages is overwritten.
    let mut bytes = std::fs::read(&path).expect("it can be read");
    let begin = bytes.len() / 2;
    bytes[begin..].fill(0xff);
    std::fs::write(&path, &bytes).expect("it can be written");
    let report = program.run(&["doctor", "--json"]).expect(3).records();
    let found = about(&report, "database", "finding");
    assert!(!found.is_empty(), "{report:?}");
}

#[test]
fn doctor_tells_a_database_that_is_empty_or_cannot_be_written() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..3)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.poll("a");
    let database = program.folder().join("watershed.db");
    let check = |area: &str, said: &str, remedy: &str| {
        let report = program.run(&["doctor", "--json"]).expect(3).records();
        let is_told = about(&report, area, "finding").iter().any(|line| {
            let has = |key: &str, wanted: &str| line[key].as_str().is_some_and(|text| text.contains(wanted));
            has("text", said) && has("remedy", remedy)
        });
        assert!(is_told, "{said} in {report:?}");
    };
    mode(&database, 0o400);
    // Root may write to it all the same, and is not the user of a daemon.
    if std::fs::OpenOptions::new().append(true).open(&database).is_err() {
        check("permissions", "may not write to it", "chmod 600 ");
    }
    mode(&database, 0o600);
    std::fs::write(&database, "").expect("it can be written");
    check("database", "is empty (0 bytes)", "watershed restore FILE");
    assert!(program.run(&["list"]).expect(1).said().contains("is empty (0 bytes)"));
}

#[test]
fn doctor_tells_a_refused_configuration_and_an_address_without_an_answer() {
    let base = serving("public_url = \"http://127.0.0.1:9/feeds\"\n");
    let program = Program::bare(&base);
    let daemon = program.daemon();
    let right = program.config();
    program.configure(&format!("{right}\n[poll2]\n"));
    program.run(&["reload"]).expect(2);
    program.configure(&right);
    // The daemon looks at the files by itself, too, so the finding may be gone already.
    let report = program.run(&["doctor", "--json"]).expect(3).records();
    let found = about(&report, "public_url", "finding");
    assert!(found.len() == 1 && found[0]["remedy"] == "curl -i http://127.0.0.1:9/feeds/healthz", "{report:?}");
    program.configure(&format!("{right}\n[poll2]\n"));
    program.run(&["reload"]).expect(2);
    let report = program.run(&["doctor", "--json"]).expect(3).records();
    let found = about(&report, "daemon", "finding");
    assert!(found.len() == 1 && found[0]["text"].as_str().is_some_and(|text| text.contains("poll2")), "{report:?}");
    assert_eq!(daemon.term(), 0);
}

/// `check` must accept the text, and note all of `said`.
#[track_caller]
fn notes(text: &str, said: &[&str]) {
    let output = Program::bare(text).run(&["check", "--json"]).expect(0);
    let notes: Vec<String> = output
        .records()
        .iter()
        .filter(|record| record["level"] == "note")
        .map(|record| record["message"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert!(said.iter().all(|said| notes.iter().any(|note| note.contains(said))), "{said:?} in {notes:?}");
}

#[test]
fn check_notes_what_is_allowed_but_probably_not_meant() {
    let source = "[[source]]\nname = \"a\"\nurl = \"https://a.example/\"\n";
    notes(
        &format!("{source}filter = [{{ drop = \"title\", matches = \"\\bad\\b\" }}]\n"),
        &["single quotes", "backspace"],
    );
    notes(
        &format!("{source}[[output]]\nname = \"x\"\ntitle_prefix = \"[{{feed}}] {{source}}\"\n"),
        &["{feed} stands for nothing"],
    );
    notes("[serve]\nfiles = \"site\"\n", &["public_url"]);
    notes("[[source]]\nname = \"a\"\nurl = \"http://localhost:9/feed\"\n", &["`a` cannot be polled", "allow_networks"]);
    notes(
        "[[source]]\nname = \"a\"\nurl = \"http://192.168.1.7/feed\"\n",
        &["`a` cannot be polled", "a private network"],
    );
    let allowed = "[poll]\nallow_networks = [\"192.168.0.0/16\"]\n[[source]]\nurl = \"http://192.168.1.7/feed\"\n";
    let output = Program::bare(allowed).run(&["check"]).expect(0);
    assert!(!output.stderr.contains("cannot be polled"), "{output:?}");
}

#[test]
fn check_prints_mistakes_for_programs() {
    let output = Program::bare("titel = 1\n[poll]\nevery = \"soon\"\n").run(&["check", "--json"]).expect(2);
    let records = output.records();
    assert_eq!(records.len(), 2, "{output:?}");
    let first = &records[0];
    assert_eq!((&first["level"], &first["line"], &first["column"]), (&"error".into(), &1.into(), &1.into()), "{first}");
    assert!(first["file"].as_str().is_some_and(|file| file.ends_with("watershed.toml")), "{first}");
    assert!(first["help"].as_str().is_some_and(|help| help.contains("title")), "{first}");
    assert!(output.stderr.is_empty(), "{output:?}");
    assert!(Program::bare("").run(&["check", "--json"]).expect(0).stderr.contains("is valid"));
}

#[test]
fn joined_rules_are_shown_as_they_are_read() {
    let rule = r#"{ keep = { all = [{ title = { contains = "rust" } }, { author = { is = "Ann" } }] } }"#;
    for written in [rule, r#"{ keep = { all = [{ title = "rust", author = { is = "Ann" } }] } }"#] {
        let program = Program::bare(&format!("[[source]]\nurl = \"https://a.example/\"\nfilter = [{written}]\n"));
        let effective = program.run(&["config", "--effective"]).expect(0).stdout;
        assert!(effective.contains(rule), "{effective}");
        program.configure(&effective);
        program.run(&["check"]).expect(0);
    }
}

#[test]
fn joined_rules_drop_what_passes_all_tests() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..3)));
    let all = program_titles(&origin, "");
    assert_eq!(all.len(), 3, "{all:?}");
    let first = all[0].clone();
    let rule = |other: &str| {
        format!("filter = [{{ drop = {{ all = [{{ title = {{ is = {first:?} }} }}, {{ link = {other:?} }}] }} }}]")
    };
    assert_eq!(program_titles(&origin, &rule("no-such-host")), all);
    let left = program_titles(&origin, &rule("http"));
    assert!(left.len() == 2 && !left.contains(&first), "{left:?}");
}

/// The titles in the merged feed of a source at `/a` with these keys.
fn program_titles(origin: &Origin, keys: &str) -> Vec<String> {
    let program = Program::new(&source(origin, "a", "/a", keys));
    let daemon = program.daemon();
    wait_for(&daemon, "watershed_entries_total{result=\"new\"}", 3.0);
    program.run(&["reload"]).expect(0);
    let feed = crate::atom::read(&daemon.get("/feed.atom").expect(200).text());
    feed.all("entry").into_iter().map(|entry| entry.one("title").text.clone()).collect()
}

#[test]
fn a_contact_may_be_an_e_mail_address() {
    let program = Program::bare("[poll]\ncontact = \"me@example.org\"\n");
    let effective = program.run(&["config", "--effective"]).expect(0).stdout;
    assert!(effective.contains("contact = \"mailto:me@example.org\""), "{effective}");
}
