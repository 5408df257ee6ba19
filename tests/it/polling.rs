//! What goes over the wire when sources are polled, and when: conditional requests, redirects, politeness, back-off.

use crate::feeds::{items, rss};
use crate::origin::{Answer, Manner, Origin};
use crate::program::{BASE, PATIENCE, Program, seconds, wait_until};

/// A source at a path of an origin, with more keys behind.
pub fn source(origin: &Origin, name: &str, path: &str, more: &str) -> String {
    format!("\n[[source]]\nname = \"{name}\"\nurl = \"{}\"\n{more}\n", origin.url(path))
}

fn feed(numbers: std::ops::Range<u32>) -> String {
    rss("A", &items("a", numbers))
}

#[test]
fn validators_go_back_byte_for_byte_and_a_304_keeps_everything() {
    let origin = Origin::start();
    let (etag, modified) = (b"W/\"caf\xe9, \\ v1\"".as_slice(), "tue, 1 jan 2024 2:03:04 +0000 (sic)");
    let document = Answer::body(feed(0..3)).header("ETag", etag).header("Last-Modified", modified);
    origin.script("/a", vec![document, Answer::status(304)]);
    let program = Program::new(&source(&origin, "a", "/a", ""));

    let first = program.poll("a");
    assert_eq!((&first["outcome"], &first["new"]), (&"new".into(), &3.into()), "{first}");
    let before = program.entries();
    let second = program.poll("a");
    assert_eq!(second["outcome"], "not_modified", "{second}");
    assert_eq!(program.entries(), before);
    program.poll("a");

    let seen = origin.seen_at("/a");
    assert_eq!((seen[0].header("if-none-match"), seen[0].header("if-modified-since")), (None, None));
    for request in &seen[1..] {
        assert_eq!(request.header("if-none-match"), Some(etag));
        assert_eq!(request.header("if-modified-since"), Some(modified.as_bytes()));
    }
}

#[test]
fn a_304_that_says_nothing_new_writes_one_narrow_row() {
    let origin = Origin::start();
    origin.document("/a", feed(0..3));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let read = |sql: &str| -> Vec<rusqlite::types::Value> {
        let database = rusqlite::Connection::open(program.folder().join("watershed.db")).expect("the database opens");
        let mut statement = database.prepare(sql).expect("the table is there");
        let columns = statement.column_count();
        let row = statement.query_row([], |row| (0..columns).map(|at| row.get(at)).collect());
        row.expect("it can be read")
    };
    assert_eq!(program.poll("a")["outcome"], "new");
    let after_document = read("SELECT * FROM source");
    for _ in 0..3 {
        assert_eq!(program.poll("a")["outcome"], "not_modified");
    }
    assert_eq!(read("SELECT * FROM source"), after_document);
    assert_eq!(program.source("a")["outcome"], "not_modified");
    // Many rows share a page, so that polls that are committed together write few pages.
    let is_narrow = read("SELECT sum(payload) <= 160 FROM dbstat WHERE name = 'source_poll'");
    assert_eq!(is_narrow, [1.into()]);
}

#[test]
fn validators_come_only_from_the_newest_document() {
    let origin = Origin::start();
    let first =
        Answer::body(feed(0..1)).header("ETag", "\"1\"").header("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT");
    let second = Answer::body(feed(0..2)).header("ETag", "\"2\"");
    let third = Answer::body(feed(0..3));
    origin.script("/a", vec![first, second, third.clone(), third]);
    let program = Program::new(&source(&origin, "a", "/a", ""));
    for wanted in ["new", "new", "new", "unchanged"] {
        assert_eq!(program.poll("a")["outcome"], wanted);
    }
    let asked: Vec<(String, String)> =
        origin.seen().iter().map(|seen| (seen.text("if-none-match"), seen.text("if-modified-since"))).collect();
    let wanted = [("", ""), ("\"1\"", "Mon, 01 Jan 2024 00:00:00 GMT"), ("\"2\"", ""), ("", "")];
    assert_eq!(asked, wanted.map(|(etag, modified)| (etag.to_owned(), modified.to_owned())));
    assert_eq!(program.entries().len(), 3);
}

#[test]
fn behaviour_13_a_304_to_an_unconditional_request_is_a_failure() {
    let origin = Origin::start();
    origin.serve("/a", Answer::status(304));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let output = program.run(&["poll", "--json", "a"]).expect(3);
    assert_eq!(output.records()[0]["outcome"], "failed");
}

#[test]
fn retry_after_is_obeyed_even_by_a_poll_by_name() {
    let origin = Origin::start();
    origin.serve("/a", Answer::status(429).header("Retry-After", "7200"));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.run(&["poll", "a"]).expect(3);
    let state = program.source("a");
    assert_eq!((&state["state"], &state["failures"]), (&"failing".into(), &1.into()), "{state}");
    let wait = seconds(&state["next_poll"]) - seconds(&state["last_poll"]);
    assert!((7200..8000).contains(&wait), "{state}");
    for arguments in [&["poll", "--json", "a"][..], &["poll", "--json", "--all"], &["poll", "--json"]] {
        let output = program.run(arguments).expect(0);
        for record in output.records() {
            assert!(record["outcome"].is_null(), "{record}");
            assert!(record["detail"].as_str().is_some_and(|detail| detail.contains("Retry-After")), "{record}");
        }
    }
    assert_eq!(origin.seen().len(), 1);
}

#[test]
fn a_forced_poll_lifts_a_pause_but_not_a_retry_after_of_a_day_or_less() {
    let check = |answer: Answer, is_lifted: bool, told: &str, has_daemon: bool| {
        let how = format!("{} {:?}, beside a daemon: {has_daemon}", answer.status, answer.headers);
        let origin = Origin::start();
        origin.script("/a", vec![answer, Answer::body(feed(0..3))]);
        let program = Program::new(&source(&origin, "a", "/a", ""));
        assert_eq!(program.poll("a")["outcome"], "failed", "{how}");
        let _daemon = has_daemon.then(|| program.daemon());
        let forced = || program.run(&["poll", "--json", "--force", "a"]).expect(0).records().remove(0);
        if is_lifted {
            // After the cool-down.
            let record = wait_until(PATIENCE, &how, || Some(forced()).filter(|record| !record["outcome"].is_null()));
            assert_eq!(record["outcome"], "new", "{how}: {record}");
            assert!(record["lifted"].to_string().contains(told), "{how}: {record}");
        } else {
            let record = forced();
            assert!(record["outcome"].is_null() && record["lifted"].is_null(), "{how}: {record}");
            assert!(record["detail"].to_string().contains(told), "{how}: {record}");
            assert_eq!(origin.seen_at("/a").len(), 1, "{how}");
        }
    };
    for has_daemon in [false, true] {
        let asks = |seconds: &str| Answer::status(429).header("Retry-After", seconds);
        check(Answer::status(500), true, "back-off", has_daemon);
        check(asks("172800"), true, "Retry-After", has_daemon);
        check(asks("86400"), false, "(Retry-After); that is a day or less", has_daemon);
        check(asks("60"), false, "(Retry-After); that is a day or less", has_daemon);
    }
    let program = Program::new("");
    assert!(program.run(&["poll", "--force"]).expect(2).said().contains("NAMES"), "it is asked for by name");
}

#[test]
fn failures_back_off_and_a_success_resets_them() {
    let origin = Origin::start();
    let mut script = vec![Answer::status(500), Answer::status(404), Answer::status(503)];
    script.push(Answer::body(feed(0..1)));
    origin.script("/a", script);
    let program = Program::new(&source(&origin, "a", "/a", ""));
    for (failures, hours) in [(1, 1), (2, 2), (3, 4)] {
        assert_eq!(program.poll("a")["outcome"], "failed");
        let state = program.source("a");
        assert_eq!((&state["state"], &state["failures"]), (&"failing".into(), &failures.into()), "{state}");
        let wait = seconds(&state["next_poll"]) - seconds(&state["last_poll"]);
        assert!((hours * 3600..=hours * 3600 * 106 / 100).contains(&wait), "{wait} s after {failures}: {state}");
        assert!(state["next_poll_reason"].as_str().is_some_and(|reason| reason.contains("backing off")), "{state}");
        // Nothing is due, and the back-off holds for whoever asks without a name.
        program.run(&["poll"]).expect(0);
    }
    assert_eq!(program.poll("a")["outcome"], "new");
    let state = program.source("a");
    assert_eq!((&state["state"], &state["failures"]), (&"ok".into(), &0.into()), "{state}");
    assert_eq!(origin.seen().len(), 4);
}

#[test]
fn a_feed_that_is_gone_is_left_alone() {
    let origin = Origin::start();
    origin.script("/a", vec![Answer::body(feed(0..2)), Answer::status(410)]);
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.poll("a");
    let record = program.poll("a");
    assert_eq!((&record["outcome"], &record["failed"]), (&"gone".into(), &true.into()), "{record}");
    assert_eq!(program.source("a")["state"], "gone");
    let output = program.run(&["poll", "--json", "a"]).expect(0);
    assert!(output.records()[0]["outcome"].is_null(), "{output:?}");
    assert!(output.stdout.contains("410"), "{output:?}");
    assert_eq!(origin.seen().len(), 2);
    assert_eq!(program.entries().len(), 2, "its entries stay");
}

#[test]
fn behaviour_12_redirects_are_followed_and_validators_stay_with_the_url_that_gave_them() {
    let origin = Origin::start();
    origin.serve("/a", Answer::redirect(301, "/b?x=1"));
    origin.serve("/b?x=1", Answer::redirect(307, &origin.url("/c")));
    origin.script("/c", vec![Answer::body(feed(0..2)).header("ETag", "\"c\""), Answer::status(304)]);
    let program = Program::new(&source(&origin, "a", "/a", ""));
    assert_eq!(program.poll("a")["outcome"], "new");
    assert_eq!(program.poll("a")["outcome"], "not_modified");
    assert_eq!(program.source("a")["effective_url"], origin.url("/c").as_str());
    for request in origin.seen() {
        assert!(request.header("referer").is_none(), "{request:?}");
        let conditional = request.path == "/c" && request.at == origin.seen_at("/c")[1].at;
        assert_eq!(request.header("if-none-match").is_some(), conditional, "{request:?}");
    }
    assert!(program.config().contains("/a\""), "the configuration is the user's");
}

#[test]
fn behaviour_48_redirects_are_limited() {
    let origin = Origin::start();
    origin.serve("/loop", Answer::redirect(302, "/loop"));
    for hop in 0..20 {
        origin.serve(&format!("/hop{hop}"), Answer::redirect(302, &format!("/hop{}", hop + 1)));
    }
    origin.serve("/nowhere", Answer::status(302));
    origin.serve("/long", Answer::redirect(302, &format!("/{}", "x".repeat(10_000))));
    let check = |path: &str, said: &str| {
        let program = Program::new(&source(&origin, "a", path, ""));
        let record = program.poll("a");
        assert_eq!(record["outcome"], "failed", "{path}");
        assert!(record["detail"].as_str().is_some_and(|detail| detail.contains(said)), "{path}: {record}");
    };
    check("/loop", "circle");
    check("/hop0", "more than 10 times");
    check("/nowhere", "Location");
    check("/long", "Location");
    assert_eq!(origin.seen().iter().filter(|seen| seen.path.starts_with("/hop")).count(), 11);
}

#[test]
fn behaviours_49_and_51_requests_carry_only_honest_headers() {
    let origin = Origin::start();
    let document = Answer::body(feed(0..1)).header("Set-Cookie", "id=1; Path=/").header("Set-Cookie", "b=2");
    origin.serve("/a", document);
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.poll("a");
    program.poll("a");
    let version = env!("CARGO_PKG_VERSION");
    for request in origin.seen() {
        assert_eq!(request.method, "GET");
        let agent = request.text("user-agent");
        let homepage = Some(env!("CARGO_PKG_HOMEPAGE")).filter(|homepage| !homepage.is_empty());
        let contact = homepage.map(|homepage| format!(" (+{homepage})")).unwrap_or_default();
        assert_eq!(agent, format!("Watershed/{version}{contact}"), "an address that exists, or none");
        assert!(request.text("accept-encoding").contains("gzip"));
        let mut names: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"], "and nothing else");
    }
    let config = BASE.replace("[poll]", "[poll]\ncontact = \"mailto:me@example.org\"");
    let program = Program::bare(&format!("{config}{}", source(&origin, "a", "/b", "")));
    program.poll("a");
    assert_eq!(origin.seen_at("/b")[0].text("user-agent"), format!("Watershed/{version} (+mailto:me@example.org)"));
}

#[test]
fn configured_headers_go_only_to_their_own_origin() {
    let (origin, other) = (Origin::start(), Origin::start());
    origin.serve("/a", Answer::redirect(302, "/here"));
    origin.serve("/here", Answer::redirect(302, &other.url("/there")));
    other.serve("/there", Answer::body(feed(0..1)));
    let more = "auth = { user = \"me\", password = { env = \"TEST_PASSWORD\" } }\n\
                headers = { \"X-Token\" = { env = \"TEST_TOKEN\" } }";
    let program = Program::new(&source(&origin, "a", "/a", more));
    let mut command = program.command();
    command.args(["poll", "--json", "a"]).env("TEST_PASSWORD", "hunter2-hunter2").env("TEST_TOKEN", "token-of-a");
    let output = crate::program::finish(command).expect(0);
    for request in origin.seen() {
        assert_eq!(request.text("x-token"), "token-of-a");
        assert_eq!(request.text("authorization"), "Basic bWU6aHVudGVyMi1odW50ZXIy");
    }
    let there = &other.seen_at("/there")[0];
    assert!(there.header("x-token").is_none() && there.header("authorization").is_none(), "{there:?}");
    for secret in ["hunter2-hunter2", "token-of-a"] {
        assert!(!output.said().contains(secret), "{output:?}");
    }
}

#[test]
fn tokens_and_cookies_go_only_to_their_own_origin() {
    let bearer = ("auth = { bearer = \"token-of-a\" }", "authorization", "Bearer token-of-a");
    let written = ("headers = { Authorization = \"Token token-of-a\" }", "authorization", "Token token-of-a");
    let cookie = ("headers = { Cookie = \"sid=token-of-a\" }", "cookie", "sid=token-of-a");
    for (more, name, value) in [bearer, written, cookie] {
        let (origin, other) = (Origin::start(), Origin::start());
        origin.serve("/a", Answer::redirect(302, "/here"));
        origin.serve("/here", Answer::redirect(302, &other.url("/there")));
        other.serve("/there", Answer::status(401));
        let program = Program::new(&source(&origin, "a", "/a", more));
        let poll = program.poll("a");
        for request in origin.seen() {
            assert_eq!(request.text(name), value);
        }
        assert!(other.seen_at("/there")[0].header(name).is_none(), "{more}");
        let detail = poll["detail"].to_string();
        assert!(detail.contains("the login was not sent") && !detail.contains("token-of-a"), "{detail}");
    }
    // A 401 of a source without a login means that a login is missing; with a login, that it is wrong.
    for (more, wanted) in [("", "`auth`"), ("auth = { bearer = \"token-of-a\" }", "does not accept the login")] {
        let origin = Origin::start();
        origin.serve("/a", Answer::status(401));
        let program = Program::new(&source(&origin, "a", "/a", more));
        let detail = program.poll("a")["detail"].to_string();
        assert!(detail.contains(wanted), "{detail}");
    }
}

#[test]
fn behaviour_10_an_incomplete_body_is_not_stored_and_neither_are_its_validators() {
    let check = |answer: Answer| {
        let origin = Origin::start();
        let shown = format!("{:?}", answer.manner);
        let answer = answer.header("ETag", "\"broken\"");
        origin.script("/a", vec![answer, Answer::body(feed(0..3))]);
        let program = Program::new(&source(&origin, "a", "/a", ""));
        assert_eq!(program.poll("a")["outcome"], "failed", "{shown}");
        assert!(program.entries().is_empty(), "{shown}");
        assert_eq!(program.poll("a")["outcome"], "new", "{shown}");
        assert!(origin.seen_at("/a")[1].header("if-none-match").is_none(), "{shown}");
    };
    let body = feed(0..3);
    check(Answer::body(body.clone()).manner(Manner::CutAfter(body.len() - 5)));
    let half = body.as_bytes()[..body.len() / 2].to_vec();
    check(Answer::body(half.clone()).manner(Manner::Claims(body.len())));
    check(Answer::body(half).manner(Manner::EndlessChunks));
    let mut packed = gzip(body.as_bytes());
    packed.truncate(packed.len() - 12);
    check(Answer::body(packed).header("Content-Encoding", "gzip"));
    check(Answer::body("no gzip at all").header("Content-Encoding", "gzip"));
    check(Answer::body("").manner(Manner::Raw(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec())));
    check(Answer::body("").manner(Manner::Raw(b"\0\0\0 what is this\r\n\r\n".to_vec())));
}

#[test]
fn every_content_coding_is_undone() {
    let body = feed(0..3);
    let (first, rest) = body.as_bytes().split_at(body.len() / 2);
    let members = [gzip(first), gzip(rest)].concat();
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut deflate, body.as_bytes()).expect("memory does not fail");
    let mut br = Vec::new();
    brotli::BrotliCompress(&mut body.as_bytes(), &mut br, &brotli::enc::BrotliEncoderParams::default())
        .expect("memory does not fail");
    let bodies = [
        ("gzip", gzip(body.as_bytes())),
        ("gzip", members),
        ("gzip, gzip", gzip(&gzip(body.as_bytes()))),
        ("deflate", deflate.finish().expect("memory does not fail")),
        ("br", br),
        ("zstd", zstd::encode_all(body.as_bytes(), 3).expect("memory does not fail")),
    ];
    let origin = Origin::start();
    let mut sources = String::new();
    for (at, (coding, body)) in bodies.into_iter().enumerate() {
        origin.serve(&format!("/{at}"), Answer::body(body).header("Content-Encoding", coding));
        sources += &source(&origin, &format!("s{at}"), &format!("/{at}"), "");
    }
    let program = Program::new(&sources);
    for record in program.records(&["poll", "--json", "--all"]) {
        assert_eq!((&record["outcome"], &record["new"]), (&"new".into(), &3.into()), "{record}");
    }
}

#[test]
fn behaviour_58_a_decompression_bomb_is_stopped_at_the_limit() {
    let origin = Origin::start();
    let bomb = gzip(&vec![b' '; 30 << 20]);
    assert!(bomb.len() < 100 << 10);
    origin.serve("/bomb", Answer::body(bomb.clone()).header("Content-Encoding", "gzip"));
    origin.serve("/twice", Answer::body(gzip(&bomb)).header("Content-Encoding", "gzip, gzip"));
    origin.serve("/plain", Answer::body(vec![b' '; 2 << 20]));
    let more = "max_body = \"1 MiB\"";
    let sources = ["bomb", "twice", "plain"].map(|name| source(&origin, name, &format!("/{name}"), more));
    let program = Program::new(&sources.concat());
    let output = program.run(&["poll", "--json", "--all"]).expect(3);
    for record in output.records() {
        assert_eq!(record["outcome"], "failed", "{record}");
        assert!(record["detail"].as_str().is_some_and(|detail| detail.contains("max_body")), "{record}");
    }
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, bytes).expect("memory does not fail");
    encoder.finish().expect("memory does not fail")
}

#[test]
fn behaviour_58_a_slow_host_delays_no_other_source_and_times_out() {
    let (good, slow) = (Origin::start(), Origin::at(std::net::Ipv4Addr::new(127, 0, 0, 2)));
    good.serve("/a", Answer::body(feed(0..2)));
    slow.serve("/silent", Answer::status(200).manner(Manner::Silence));
    let dripping = Answer::body(feed(0..2)).manner(Manner::Drip(std::time::Duration::from_millis(200)));
    slow.serve("/drip", dripping);
    let config = [
        source(&slow, "silent", "/silent", "timeout = \"3s\""),
        source(&slow, "drip", "/drip", "timeout = \"3s\""),
        source(&good, "a", "/a", ""),
    ];
    let program = Program::new(&config.concat());
    let daemon = program.daemon();
    wait_until(PATIENCE, "the good source's entries", || {
        daemon.get("/feed.atom").expect(200).text().contains("a item 1").then_some(())
    });
    assert!(program.source("drip")["failures"] == 0 || program.source("silent")["failures"] == 0);
    for name in ["silent", "drip"] {
        wait_until(PATIENCE, "the end of a slow poll", || (program.source(name)["failures"] == 1).then_some(()));
        let problems = program.source(name)["problems"].to_string();
        assert!(problems.contains("3 s"), "{problems}");
    }
}

#[test]
fn nothing_is_polled_early_after_a_restart() {
    let origin = Origin::start();
    let mut config = String::new();
    for number in 0..4 {
        origin.document(&format!("/{number}"), feed(number..number + 2));
        config += &source(&origin, &format!("s{number}"), &format!("/{number}"), "");
    }
    let program = Program::new(&config);
    let mut before = None;
    for round in 0..4 {
        let daemon = program.daemon();
        // A source of this round alone shows that polling has begun.
        let path = format!("/fresh{round}");
        origin.document(&path, feed(10..11));
        program.configure(&format!("{}{}", program.config(), source(&origin, &format!("fresh{round}"), &path, "")));
        program.run(&["reload"]).expect(0);
        origin.wait_for(&path, 1);
        for number in 0..4 {
            // What is not stored yet when the daemon is killed counts as not polled.
            wait_until(PATIENCE, "a stored poll", || {
                (!program.source(&format!("s{number}"))["outcome"].is_null()).then_some(())
            });
        }
        let dues: Vec<_> = (0..4).map(|number| program.source(&format!("s{number}"))["next_poll"].clone()).collect();
        if round > 0 {
            assert_eq!(*before.get_or_insert_with(|| dues.clone()), dues, "due times hold across restarts");
        }
        if round % 2 == 0 { daemon.kill() } else { assert_eq!(daemon.term(), 0) }
    }
    for number in 0..4 {
        assert_eq!(origin.seen_at(&format!("/{number}")).len(), 1, "source {number}");
    }
}
