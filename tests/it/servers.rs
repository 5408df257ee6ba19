//! Servers as they are: labels that lie, transfers that end badly, connections that die, conditional requests that are
//! refused. One table a class, with what the class holds and what stays an error.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::feeds::{items, rss};
use crate::http2::{Http2Origin, Reply};
use crate::origin::{Answer, Manner, Origin};
use crate::polling::{gzip, source};
use crate::program::{Program, seconds};
use crate::tls::TlsOrigin;

fn feed(numbers: std::ops::Range<u32>) -> String {
    rss("A", &items("a", numbers))
}

/// A program with one source "a" at a path of an origin.
fn program(origin: &Origin) -> Program {
    Program::new(&source(origin, "a", "/a", "timeout = \"5s\""))
}

/// What a first poll of an answer comes to, and what `list` says of the source then.
fn polled(answer: Answer) -> (Value, Value) {
    let origin = Origin::start();
    origin.serve("/a", answer);
    let program = program(&origin);
    (program.poll("a"), program.source("a"))
}

/// An answer with a feed of three entries, which is read although something is wrong with it.
#[track_caller]
fn taken(answer: Answer, problem: &str) {
    let shown = format!("{:?} {:?}", answer.headers, answer.manner);
    let (record, state) = polled(answer);
    assert_eq!((&record["outcome"], &record["new"]), (&"new".into(), &3.into()), "{shown}: {record}");
    let problems = state["problems"].to_string();
    if problem.is_empty() {
        assert_eq!(problems, "[]", "{shown}");
    } else {
        assert!(problems.contains(problem), "{shown}: {problems}");
    }
}

#[track_caller]
fn refused(answer: Answer, why: &str) {
    let shown = format!("{} {:?} {:?}", answer.status, answer.headers, answer.manner);
    let (record, _) = polled(answer);
    assert_eq!(record["outcome"], "failed", "{shown}: {record}");
    assert!(record["detail"].to_string().contains(why), "{shown}: {record}");
}

#[test]
fn the_body_has_precedence_over_its_label() {
    let (plain, packed) = (feed(0..3), gzip(feed(0..3).as_bytes()));
    let labelled = |body: &[u8], label: &str| Answer::body(body).header("Content-Encoding", label);
    taken(labelled(plain.as_bytes(), "gzip"), "not compressed");
    taken(labelled(plain.as_bytes(), "zstd"), "not compressed");
    taken(labelled(plain.as_bytes(), "utf-8"), "an unknown coding");
    taken(labelled(&packed, "br"), "compressed with gzip");
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(plain.as_bytes()).expect("memory does not fail");
    let zlib = zlib.finish().expect("memory does not fail");
    taken(labelled(&zlib, "deflate"), "");
    taken(labelled(&zlib, "gzip"), "compressed with deflate");
    taken(Answer::body(zlib), "does not say so");
    taken(Answer::body(packed.clone()), "does not say so");
    taken(labelled(&gzip(&packed), "gzip"), "more often");
    taken(labelled(&packed[..packed.len() - 8], "gzip"), "checksum");
    taken(labelled(&packed, "gzip"), "");
    refused(labelled(&packed[..packed.len() / 2], "gzip"), "gzip");
    refused(labelled(b"\x01\x02\x03\x04", "gzip"), "gzip");
}

#[test]
fn a_whole_document_is_accepted_even_if_its_transfer_broke_off() {
    let body = feed(0..3);
    let packed = gzip(body.as_bytes());
    let of = |body: &[u8], manner: Manner| Answer::body(body).manner(manner);
    taken(of(body.as_bytes(), Manner::Claims(body.len() + 10)), "did not end properly");
    taken(of(body.as_bytes(), Manner::EndlessChunks), "did not end properly");
    let longer = of(&packed, Manner::Claims(body.len())).header("Content-Encoding", "gzip");
    taken(longer, "did not end properly");
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len() + 1);
    taken(of(b"", Manner::RawAndSilence((head + &body).into_bytes())), "5 s");
    // What is not there is not made up for.
    let cut = &body.as_bytes()[..body.len() / 2];
    refused(of(cut, Manner::Claims(body.len())), "cut short");
    refused(of(cut, Manner::EndlessChunks), "cut short");
    refused(of(&packed[..packed.len() / 2], Manner::Claims(packed.len())), "cut short");
}

#[test]
fn odd_framing_is_read() {
    let body = feed(0..3);
    let raw = |head: &str| [head.as_bytes(), b"\r\n\r\n", body.as_bytes()].concat();
    let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let old = format!("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunked}");
    taken(Answer::body("").manner(Manner::Raw(old.into_bytes())), "");
    let length = body.len();
    let identity = raw(&format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: {length}"));
    taken(Answer::body("").manner(Manner::RawAndSilence(identity)), "");
    let spaced = raw(&format!("HTTP/1.1 200 OK\r\nContent-Length : {length}"));
    taken(Answer::body("").manner(Manner::RawAndSilence(spaced)), "");
    taken(Answer::body("").manner(Manner::Raw(raw("HTTP/1.0 200 OK"))), "");
}

#[test]
fn a_feed_is_accepted_with_any_status_of_success() {
    let answer = |status: u16| Answer { body: feed(0..3).into_bytes(), ..Answer::status(status) };
    for status in [201, 202, 203] {
        taken(answer(status), "");
    }
    let length = feed(0..3).len();
    let range = |range: String| answer(206).header("Content-Range", range);
    taken(range(format!("bytes 0-{}/{length}", length - 1)), "");
    refused(range(format!("bytes 0-{}/{}", length - 1, length + 1)), "206");
    refused(range(format!("bytes 1-{}/{length}", length - 1)), "206");
    for status in [404, 500] {
        refused(answer(status), &status.to_string());
    }
    refused(Answer::status(202), "202");
    refused(Answer { body: b"<!doctype html><title>wait</title>".to_vec(), ..Answer::status(202) }, "202");
}

#[test]
fn the_bytes_of_a_location_are_requested_unchanged() {
    for (location, path) in [
        (b"/caf\xe9.xml".as_slice(), "/caf%E9.xml"),
        ("/café.xml".as_bytes(), "/caf%C3%A9.xml"),
        (b"/\xd6\xd0?q=\xce\xc4".as_slice(), "/%D6%D0?q=%CE%C4"),
    ] {
        let origin = Origin::start();
        origin.serve("/a", Answer::status(302).header("Location", location));
        origin.serve(path, Answer::body(feed(0..3)));
        assert_eq!(program(&origin).poll("a")["outcome"], "new", "{path}");
    }
}

#[test]
fn a_keep_alive_connection_that_dies_does_not_count_as_a_failure() {
    for dying in [Answer::status(200).manner(Manner::Raw(Vec::new())), Answer::status(408)] {
        let origin = Origin::start();
        let requests = Arc::new(AtomicUsize::new(0));
        for path in ["/a", "/b"] {
            let (requests, dying) = (requests.clone(), dying.clone());
            origin.route(path, move |_, _| match requests.fetch_add(1, Ordering::SeqCst) {
                0 => Answer::body(feed(0..3)).manner(Manner::KeptAlive),
                1 => dying.clone(),
                _ => Answer::body(feed(0..3)),
            });
        }
        let program = Program::new(&(source(&origin, "a", "/a", "") + &source(&origin, "b", "/b", "")));
        for record in program.records(&["poll", "--json", "--all"]) {
            assert_eq!(record["outcome"], "new", "{record}");
        }
        assert_eq!(origin.seen().len(), 3, "one of the two was asked for twice");
    }
}

#[test]
fn connections_are_kept_for_other_sources_unless_bodies_are_large() {
    for (bytes, connections) in [(0, 1), (200_000, 3)] {
        let origin = Origin::start();
        let mut config = String::new();
        for name in ["a", "b", "c"] {
            let mut body = rss(name, &items(name, 0..2)).into_bytes();
            body.extend(vec![b' '; bytes]);
            origin.serve(&format!("/{name}"), Answer::body(body).manner(Manner::KeptAlive));
            config += &source(&origin, name, &format!("/{name}"), "");
        }
        let records = Program::new(&config).records(&["poll", "--json", "--all"]);
        assert!(records.iter().all(|record| record["outcome"] == "new"), "{records:?}");
        assert_eq!(origin.connections(), connections, "with {bytes} bytes more than the feed");
    }
}

/// Polls a source over TLS whose requests over HTTP/2 are answered by a script.
fn over_http2(script: Vec<Reply>) -> (Value, Vec<&'static str>) {
    let origin = Http2Origin::start(feed(0..3), script);
    let url = format!("https://{}/a", origin.address);
    let program = Program::new(&format!("[[source]]\nname = \"a\"\nurl = \"{url}\"\nverify_tls = false\n"));
    (program.poll("a"), origin.seen())
}

#[test]
fn a_request_that_http2_did_not_process_is_repeated() {
    // RFC 9113, 7: NO_ERROR, PROTOCOL_ERROR, REFUSED_STREAM, ENHANCE_YOUR_CALM, HTTP_1_1_REQUIRED.
    let document = || Reply::Document { headers: 0 };
    let check = |first: Reply, outcome: &str, wanted: &[&str]| {
        let (record, seen) = over_http2(vec![first.clone(), document()]);
        assert_eq!((&record["outcome"], seen.as_slice()), (&outcome.into(), wanted), "{first:?}: {record}");
    };
    check(document(), "new", &["h2"]);
    check(Reply::Reset(7), "new", &["h2", "h2"]);
    check(Reply::GoAway(0), "new", &["h2", "h2"]);
    check(Reply::Reset(13), "new", &["h2", "http/1.1"]);
    check(Reply::Reset(1), "new", &["h2", "http/1.1"]);
    check(Reply::Reset(11), "failed", &["h2"]);
    let (record, seen) = over_http2(vec![Reply::Reset(7)]);
    assert_eq!((&record["outcome"], seen.len()), (&"failed".into(), 2), "once more, not twice: {record}");
}

#[test]
fn both_protocols_accept_the_same_size_of_response_head() {
    let (record, seen) = over_http2(vec![Reply::Document { headers: 40 }]);
    assert_eq!((&record["outcome"], seen.as_slice()), (&"new".into(), ["h2"].as_slice()), "{record}");
    let long = "v".repeat(1_000);
    let answer = (0..40).fold(Answer::body(feed(0..3)), |answer, number| answer.header(&format!("X-{number}"), &long));
    taken(answer, "");
}

#[test]
fn an_end_without_tls_close_notify_does_not_spoil_a_whole_document() {
    let check = |body: String, outcome: &str, said: &str| {
        let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        let origin = TlsOrigin::answering(false, move |_| (head.to_owned() + &body).into_bytes());
        let url = format!("https://{}/a", origin.address);
        let program = Program::new(&format!("[[source]]\nname = \"a\"\nurl = \"{url}\"\nverify_tls = false\n"));
        assert_eq!(program.poll("a")["outcome"], outcome, "{said}");
        let problems = program.source("a")["problems"].to_string();
        assert!(problems.contains(said), "{said} in {problems}");
    };
    check(feed(0..3), "new", "close_notify");
    check(feed(0..3).replace("</channel></rss>", ""), "failed", "cut short");
}

#[test]
fn a_redirect_by_way_of_http_is_followed_if_no_secret_is_sent() {
    let check = |query: &str, more: &str, back: bool, outcome: &str| {
        let plain = Origin::start();
        let address = plain.address();
        let tls = TlsOrigin::answering(true, move |path| {
            if path.starts_with("/a/") {
                let body = feed(0..3);
                return format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes();
            }
            format!("HTTP/1.1 301 Moved\r\nLocation: http://{address}/step\r\nContent-Length: 0\r\n\r\n").into_bytes()
        });
        let there = format!("https://{}/a/", tls.address);
        plain.serve("/step", if back { Answer::redirect(301, &there) } else { Answer::body(feed(0..3)) });
        let url = format!("https://{}/a{query}", tls.address);
        let table = format!("[[source]]\nname = \"a\"\nurl = \"{url}\"\nverify_tls = false\n{more}");
        let record = Program::new(&table).poll("a");
        assert_eq!(record["outcome"], outcome, "{query} {more} {back}: {record}");
        if outcome == "failed" {
            assert!(record["detail"].to_string().contains("unprotected http"), "{record}");
        }
    };
    check("", "", true, "new");
    check("?feed=rss2", "", true, "new");
    check("", "", false, "failed");
    check("?token=abcdefgh12345678", "", true, "failed");
    check("", "headers = { \"X-Token\" = \"abcdefgh\" }\n", true, "failed");
}

#[test]
fn conditional_requests_that_cause_errors_are_no_longer_sent() {
    // The header that the server refuses, its answer to it, and what of requests is left out from then on.
    for (refused, status, left_out) in [
        ("if-none-match", 412, &["if-none-match", "a-im"][..]),
        ("if-none-match", 500, &["if-none-match", "a-im"][..]),
        ("a-im", 400, &["a-im"][..]),
    ] {
        let origin = Origin::start();
        origin.route("/a", move |seen, before| {
            if seen.header(refused).is_some() {
                return Answer::status(status);
            }
            let count = u32::try_from(before).expect("few requests");
            Answer::body(feed(0..3 + count)).header("ETag", "\"1\"")
        });
        let program = program(&origin);
        for poll in 0..4 {
            assert_eq!(program.poll("a")["outcome"], "new", "poll {poll} with {status} to {refused}");
        }
        let seen = origin.seen();
        assert_eq!(seen.len(), 5, "one of four polls asked twice: {status} to {refused}");
        assert!(seen[1].header("if-none-match").is_some() && seen[1].header("a-im").is_some());
        for header in ["if-none-match", "a-im"] {
            assert!(seen[2].header(header).is_none(), "{header}");
            assert_eq!(seen[4].header(header).is_none(), left_out.contains(&header), "{header}, {status} to {refused}");
        }
        let problems = program.source("a")["problems"].to_string();
        assert!(problems.contains("not sent since"), "{problems}");
    }
}

#[test]
fn conditional_requests_that_are_refused_again_and_again_are_no_longer_sent() {
    let page = Answer::body("<!doctype html><title>No</title><p>no").header("Content-Type", "text/html");
    for (number, refusal) in [Answer::status(403), Answer::status(404), page].into_iter().enumerate() {
        let origin = Origin::start();
        origin.route("/a", move |seen, before| {
            if seen.header("if-none-match").is_some() {
                return refusal.clone();
            }
            Answer::body(feed(0..if before == 0 { 3 } else { 4 })).header("ETag", "\"1\"")
        });
        let program = program(&origin);
        assert_eq!(program.poll("a")["outcome"], "new");
        for poll in 1..3 {
            assert_eq!(program.poll("a")["outcome"], "failed", "poll {poll}, refusal {number}");
        }
        assert_eq!(origin.seen().len(), 3, "the second refusal may have another cause, {number}");
        let mended = program.poll("a");
        assert_eq!((&mended["outcome"], &mended["new"]), (&"new".into(), &1.into()), "refusal {number}: {mended}");
        assert_eq!(program.poll("a")["outcome"], "unchanged", "refusal {number}");
        let seen = origin.seen();
        assert_eq!(seen.len(), 6, "only one of five polls asked twice, refusal {number}");
        assert!(seen[3].header("if-none-match").is_some() && seen[5].header("if-none-match").is_none(), "{number}");
        let problems = program.source("a")["problems"].to_string();
        assert!(problems.contains("ETag and Last-Modified not sent since"), "{problems}");
    }
}

#[test]
fn a_server_in_trouble_does_not_get_a_second_request() {
    for answer in [Answer::status(503), Answer::status(404), Answer::status(500).header("Retry-After", "60")] {
        let origin = Origin::start();
        let status = answer.status;
        origin.script("/a", vec![Answer::body(feed(0..3)).header("ETag", "\"1\""), answer]);
        let program = program(&origin);
        program.poll("a");
        assert_eq!(program.poll("a")["outcome"], "failed");
        assert_eq!(origin.seen().len(), 2, "{status}");
    }
}

#[test]
fn a_fresh_poll_sends_no_validators() {
    let origin = Origin::start();
    origin.route("/a", |seen, before| match seen.header("if-none-match") {
        Some(_) => Answer::status(304),
        None => Answer::body(feed(0..if before == 0 { 2 } else { 3 })).header("ETag", "\"for ever\""),
    });
    let program = program(&origin);
    assert_eq!(program.poll("a")["outcome"], "new");
    assert_eq!(program.poll("a")["outcome"], "not_modified");
    let shown = program.run(&["show", "a"]).expect(0).stdout;
    assert!(shown.contains("304 since"), "{shown}");
    std::thread::sleep(std::time::Duration::from_secs(2));
    let fresh = program.records(&["poll", "--json", "--fresh", "a"]);
    assert_eq!((&fresh[0]["outcome"], &fresh[0]["new"]), (&"new".into(), &1.into()), "{fresh:?}");
    assert_eq!(program.poll("a")["outcome"], "not_modified");
}

#[test]
fn an_incomplete_document_is_requested_again_until_it_is_whole() {
    let whole = feed(0..3);
    let middle = whole.find("number 2").expect("the third entry is there");
    let unframed = |body: &str| {
        let raw = format!("HTTP/1.0 200 OK\r\nETag: \"1\"\r\n\r\n{body}");
        Answer::body("").manner(Manner::Raw(raw.into_bytes()))
    };
    let framed = |body: &str| Answer::body(body).header("ETag", "\"1\"");
    let check = |answer: Answer, is_cut: bool, how: &str| {
        let origin = Origin::start();
        let rest = framed(&whole);
        origin.route("/a", move |seen, before| match (before, seen.header("if-none-match")) {
            (0, _) => answer.clone(),
            (_, Some(_)) => Answer::status(304),
            (_, None) => rest.clone(),
        });
        let program = program(&origin);
        assert_eq!(program.poll("a")["outcome"], "new", "{how}");
        let told = program.source("a")["problems"].to_string().contains("before its root element");
        assert_eq!(told, is_cut, "{how}");
        let second = program.poll("a");
        assert_eq!(second["outcome"] == "not_modified", !is_cut, "{how}: {second}");
        assert_eq!(program.poll("a")["outcome"], "not_modified", "{how}");
        let entries = program.entries();
        let is_mended = entries.iter().all(|entry| entry["content"].to_string().contains("bold"));
        assert!(entries.len() == 3 && is_mended, "{how}: {entries:?}");
        assert!(!program.source("a")["problems"].to_string().contains("root element"), "{how}");
    };
    check(unframed(&whole[..middle + 8]), true, "without a length, in the last entry");
    check(framed(&whole[..middle + 8]), true, "with a right length");
    check(framed(&whole[..whole.len() - 8]), true, "in the end tag of the root");
    check(unframed(&whole), false, "whole without a length");
    check(framed(&format!("{whole}<!-- cached -->")), false, "with something behind it");
}

#[test]
fn a_page_that_leads_to_its_feed_stands_for_the_feed() {
    let page = |head: &str| {
        let text = format!("<!doctype html><title>moved</title>{head}<p>gone</p>");
        Answer::body(text).header("Content-Type", "text/html; charset=utf-8")
    };
    let check = |answer: Answer, before: bool, is_followed: bool, how: &str| {
        let origin = Origin::start();
        origin.serve("/new.xml", Answer::body(feed(0..4)));
        let first = if before { vec![Answer::body(feed(0..3)), answer] } else { vec![answer] };
        origin.script("/a", first);
        let program = program(&origin);
        if before {
            program.poll("a");
        }
        let record = program.poll("a");
        assert_eq!(record["outcome"] == "new", is_followed, "{how}: {record}");
        let proposed = program.run(&["tidy"]).stdout.contains("/new.xml");
        assert_eq!(proposed, is_followed, "{how}");
        if is_followed {
            let asked = origin.seen_at("/a").len();
            program.poll("a");
            assert_eq!(origin.seen_at("/a").len(), asked, "{how}: it is asked where it is now");
        }
    };
    let refresh = "<meta http-equiv=refresh content='0; url=/new.xml'>";
    check(page(refresh), false, true, "meta refresh");
    check(page(refresh), true, true, "meta refresh where a feed was");
    check(page("").header("Refresh", "0; url=/new.xml"), true, true, "Refresh");
    let link = "</new.xml>; rel=\"alternate\"; type=\"application/rss+xml\"";
    check(page("").header("Link", link), false, true, "Link");
    check(page("").header("Link", link), true, false, "Link where a feed was: it may name another one");
    check(page("<meta http-equiv=refresh content='300; url=/new.xml'>"), false, false, "later");
    check(page("<meta http-equiv=refresh content='0; url=http://b.example/new.xml'>"), false, false, "elsewhere");
    check(page("").header("Link", "</x.html>; rel=alternate; type=\"text/html\""), false, false, "no feed");
}

#[test]
fn sloppy_times_of_servers_are_respected() {
    let wait = |answer: Answer| {
        let (_, state) = polled(answer);
        seconds(&state["next_poll"]) - seconds(&state["last_poll"])
    };
    for value in ["7200.5", "7200, 7200", "\"7200\""] {
        let waits = wait(Answer::status(429).header("Retry-After", value));
        assert!((7_200..9_000).contains(&waits), "{value}: {waits} s");
    }
    let waits = wait(Answer::status(429).header("Retry-After", "1000000000"));
    assert!(waits < 86_400, "a time of 2001 is no span of thirty years: {waits} s");
    for value in ["max-age=14400.0", "max-age = 14400"] {
        let waits = wait(Answer::body(feed(0..3)).header("Cache-Control", value).header("ETag", "\"1\""));
        assert!(waits >= 14_400, "{value}: {waits} s");
    }
}
