//! The behaviours of a polite and fresh poller, by their numbers, as a publisher sees them. What is decided without the
//! network is tested beside the decision, in `src/schedule/tests.rs` and `src/moves.rs`.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::feeds::{items, rss};
use crate::origin::{Answer, Closed, Origin, Seen};
use crate::polling::source;
use crate::program::{BASE, PATIENCE, Program, seconds, wait_until};
use crate::tls::{AUTHORITY, TlsOrigin};

fn feed(numbers: std::ops::Range<u32>) -> String {
    rss("A", &items("a", numbers))
}

/// Polls one source once for each answer; returns the requests.
fn polled(answers: Vec<Answer>) -> (Vec<Seen>, Program) {
    let times = answers.len();
    let origin = Origin::start();
    origin.script("/a", answers);
    let program = Program::new(&source(&origin, "a", "/a", ""));
    for _ in 0..times {
        program.poll("a");
    }
    (origin.seen_at("/a"), program)
}

fn validators(seen: &Seen) -> (String, String) {
    (seen.text("if-none-match"), seen.text("if-modified-since"))
}

/// The validators of the last request after a row of answers.
#[track_caller]
fn check_validators(what: &str, answers: Vec<Answer>, wanted: (&str, &str)) {
    let (seen, _program) = polled([answers, vec![Answer::status(304)]].concat());
    let last = validators(seen.last().expect("it was asked"));
    assert_eq!((last.0.as_str(), last.1.as_str()), wanted, "{what}");
}

#[test]
fn behaviours_1_to_9_validators() {
    let with = |etag: &str, modified: &str, body: String| {
        let mut answer = Answer::body(body);
        if !etag.is_empty() {
            answer = answer.header("ETag", etag);
        }
        if !modified.is_empty() {
            answer = answer.header("Last-Modified", modified);
        }
        answer
    };
    let (etag, date) = ("W/\"a-b;--gzip\"", "Mon, 1 Jan 2024 1:2:3 +0000");
    check_validators("1, 2, 3: byte for byte, both", vec![with(etag, date, feed(0..2))], (etag, date));
    check_validators("4: none is invented", vec![with("", "", feed(0..2))], ("", ""));
    let first = with(etag, date, feed(0..2));
    check_validators("6: both are cleared", vec![first.clone(), with("", "", feed(0..3))], ("", ""));
    check_validators("7: generations are not mixed", vec![first.clone(), with("", "Tue", feed(0..3))], ("", "Tue"));
    let other = Answer::status(304).header("ETag", "\"other\"").header("Last-Modified", "Wed");
    check_validators("8: a 304 for another document", vec![first.clone(), other], (etag, date));
    let same = Answer::status(304).header("ETag", etag).header("Last-Modified", "Wed");
    check_validators("8: a 304 that freshens", vec![first.clone(), same], (etag, "Wed"));
    let error = Answer { status: 500, ..with("\"errpage\"", "Thu", "<html>".to_owned()) };
    check_validators("9: errors change nothing", vec![first.clone(), error], (etag, date));
    let broken = with("\"broken\"", "Fri", "<rss><channel><item><title>".to_owned());
    let (seen, _program) = polled(vec![first, broken, Answer::status(304)]);
    assert_ne!(validators(&seen[2]).0, "", "10: it stays conditional");
}

#[test]
fn behaviour_14_a_server_that_ignores_validators_is_reported() {
    let document = Answer::body(feed(0..2)).header("ETag", "\"x\"");
    let (seen, program) = polled(vec![document; 12]);
    assert!(seen[1..].iter().all(|seen| seen.text("if-none-match") == "\"x\""), "15: it is asked conditionally");
    assert!(seen.iter().all(|seen| seen.path == "/a" && seen.header("cache-control").is_none()), "15, 16");
    let problems = program.source("a")["problems"].to_string();
    assert!(problems.contains("ignores validators"), "{problems}");
}

#[test]
fn behaviour_17_adding_a_source_costs_one_request() {
    let origin = Origin::start();
    origin.document("/a", feed(0..2));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.poll("a");
    assert_eq!(origin.seen().len(), 1, "{:?}", origin.seen());
}

#[test]
fn behaviour_30_repeated_polls_by_hand_make_one_request() {
    let origin = Origin::start();
    origin.document("/a", feed(0..2));
    let base = BASE.replace("min_every = \"1s\"", "min_every = \"1h\"");
    let program = Program::bare(&format!("{base}{}", source(&origin, "a", "/a", "")));
    for _ in 0..10 {
        program.run(&["poll", "a"]).expect(0);
        program.run(&["poll", "--all"]).expect(0);
    }
    assert_eq!(origin.seen().len(), 1);
}

/// Sources of named domains, which the origin answers as their proxy.
fn proxied(origin: &Origin, sources: &[(&str, &str)], more: &str) -> Program {
    let base = BASE.replace("[poll]", &format!("[poll]\nproxy = \"{}\"", origin.url("")));
    let source = |(name, url): &(&str, &str)| format!("[[source]]\nname = \"{name}\"\nurl = \"{url}\"\n");
    Program::bare(&format!("{base}{more}{}", sources.iter().map(source).collect::<String>()))
}

#[test]
fn behaviours_31_to_35_a_refusal_applies_to_the_whole_domain() {
    let origin = Origin::start();
    let (one, other, apart) =
        ("http://a.limits.example/f", "http://b.limits.example/f", "http://a.elsewhere.example/f");
    origin.serve(one, Answer::status(429).header("Retry-After", "7200"));
    origin.document(other, feed(0..2));
    origin.document(apart, feed(0..2));
    let program = proxied(&origin, &[("one", one), ("other", other), ("apart", apart)], "");
    assert_eq!(program.poll("one")["outcome"], "failed");
    let refused = program.run(&["poll", "--json", "other"]).expect(0).records();
    assert!(refused[0]["outcome"].is_null(), "{refused:?}");
    assert!(refused[0]["detail"].to_string().contains("Retry-After"), "{refused:?}");
    assert_eq!(program.poll("apart")["outcome"], "new", "another domain is not concerned");
    assert_eq!(origin.seen_at(other).len(), 0);
    let shown = program.run(&["show", "other"]).expect(0).stdout;
    assert!(shown.contains("limits.example is left alone until"), "73: {shown}");
    // Between addresses nothing is shared.
    let addresses = Origin::start();
    addresses.serve("/one", Answer::status(429).header("Retry-After", "7200"));
    addresses.document("/other", feed(0..2));
    let program = Program::new(&(source(&addresses, "one", "/one", "") + &source(&addresses, "other", "/other", "")));
    program.poll("one");
    assert_eq!(program.poll("other")["outcome"], "new");
}

#[test]
fn behaviours_31_and_35_a_poll_by_hand_does_not_wait_for_the_end_of_a_pause() {
    let origin = Origin::start();
    let addresses: Vec<String> = (0..3).map(|number| format!("http://www.paused.example/{number}")).collect();
    for address in &addresses {
        origin.serve(address, Answer::status(429).header("Retry-After", "3600"));
    }
    let named: Vec<(&str, &str)> = ["x", "y", "z"].into_iter().zip(addresses.iter().map(String::as_str)).collect();
    let program = proxied(&origin, &named, "");
    let begun = Instant::now();
    let polls = program.run(&["poll", "--all", "--json"]).expect(3).records();
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let made = polls.iter().filter(|poll| !poll["outcome"].is_null()).count();
    assert_eq!((polls.len(), made), (3, 1), "{polls:?}");
    assert_eq!(addresses.iter().map(|address| origin.seen_at(address).len()).sum::<usize>(), 1);
}

#[test]
fn behaviour_31_a_pause_applies_to_redirected_requests_too() {
    let origin = Origin::start();
    let (one, other) = ("http://one.mine.example/f", "http://other.yours.example/f");
    let (first, second) = ("http://u1.hoster.example/f", "http://u2.hoster.example/f");
    origin.serve(one, Answer::redirect(302, first));
    origin.serve(other, Answer::redirect(302, second));
    origin.document(first, feed(0..2));
    origin.document(second, feed(0..2));
    let program = proxied(&origin, &[("one", one), ("other", other)], "");
    program.poll("one");
    program.poll("other");
    origin.serve(first, Answer::status(429).header("Retry-After", "7200"));
    assert_eq!(program.poll("one")["outcome"], "failed");
    let asked = origin.seen().len();
    let refused = program.run(&["poll", "--json", "other"]).expect(0).records();
    assert!(refused[0]["detail"].to_string().contains("hoster.example is left alone"), "{refused:?}");
    assert_eq!(origin.seen().len(), asked);
}

#[test]
fn a_redirect_to_a_page_of_another_site_changes_nothing() {
    let origin = Origin::start();
    let (mine, parked) = ("http://blog.mine.example/feed", "http://parking.stranger.example/");
    let page = "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/ads.rss\"></head></html>";
    origin.serve(mine, Answer::redirect(302, parked));
    origin.serve(parked, Answer::body(page.to_owned()).header("Content-Type", "text/html"));
    origin.document("http://parking.stranger.example/ads.rss", feed(0..3));
    let program = proxied(&origin, &[("a", mine)], "");
    assert_eq!(program.poll("a")["outcome"], "failed");
    assert_eq!(program.entries().len(), 0);
    assert!(program.run(&["tidy"]).expect(0).said().contains("nothing to tidy"));
}

#[test]
fn a_fault_of_an_alias_does_not_count_against_the_real_address() {
    let origin = Origin::start();
    origin.serve("/alias", Answer::redirect(302, "/real"));
    origin.document("/real", feed(0..2));
    let config = source(&origin, "alias", "/alias", "") + &source(&origin, "real", "/real", "");
    let program = Program::new(&config);
    program.run(&["poll", "--all", "-q"]).expect(0);
    origin.serve("/alias", Answer::status(500));
    std::thread::sleep(Duration::from_secs(2));
    let polls = program.run(&["poll", "--all", "--json"]).expect(3).records();
    let outcome = |name: &str| polls.iter().find(|poll| poll["name"] == name).map(|poll| poll["outcome"].clone());
    assert_eq!(outcome("alias"), Some("failed".into()), "{polls:?}");
    assert_ne!(outcome("real"), Some("failed".into()), "{polls:?}");
}

#[test]
fn behaviour_28_does_not_override_a_configured_interval() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..2_000)));
    for (more, least, most) in [("every = \"15m\"", 850, 960), ("min_every = \"10m\"\nmax_every = \"30m\"", 600, 1_900)]
    {
        let base = BASE.replace("every = \"1h\"", "every = \"auto\"");
        let program = Program::bare(&format!("{base}{}", source(&origin, "a", "/a", more)));
        program.poll("a");
        let state = program.source("a");
        let wait = seconds(&state["next_poll"]) - seconds(&state["last_poll"]);
        assert!((least..=most).contains(&wait), "{more}: {wait} s, {state}");
    }
}

#[test]
fn behaviour_34_an_exhausted_request_quota_is_respected() {
    let origin = Origin::start();
    let (one, other) = ("http://www.counted.example/1", "http://www.counted.example/2");
    let used_up = Answer::body(feed(0..2)).header("x-ratelimit-remaining", "0.0").header("x-ratelimit-reset", "600");
    origin.serve(one, used_up);
    origin.document(other, feed(0..2));
    let program = proxied(&origin, &[("one", one), ("other", other)], "");
    assert_eq!(program.poll("one")["outcome"], "new");
    assert!(program.records(&["poll", "--json", "other"])[0]["outcome"].is_null());
    assert_eq!(origin.seen_at(other).len(), 0);
}

#[test]
fn behaviours_41_and_44_no_immediate_retry_and_no_other_user_agent() {
    use crate::origin::Manner;
    let origin = Origin::start();
    origin.serve("/reset", Answer::status(200).manner(Manner::Raw(Vec::new())));
    origin.serve("/forbidden", Answer::status(403));
    let program =
        Program::new(&(source(&origin, "reset", "/reset", "") + &source(&origin, "forbidden", "/forbidden", "")));
    program.poll("reset");
    program.poll("forbidden");
    program.poll("forbidden");
    assert_eq!(origin.seen_at("/reset").len(), 1, "41");
    let agents: Vec<String> = origin.seen().iter().map(|seen| seen.text("user-agent")).collect();
    assert!(agents.iter().all(|agent| *agent == agents[0] && agent.starts_with("Watershed/")), "44: {agents:?}");
}

#[test]
fn behaviour_43_a_server_that_challenges_for_a_browser_is_reported() {
    let challenge = Answer::status(403).header("cf-mitigated", "challenge");
    let (_seen, program) = polled(vec![challenge]);
    let state = program.source("a");
    assert!(state["next_poll_reason"].to_string().contains("browser"), "{state}");
    assert!(seconds(&state["next_poll"]) - seconds(&state["last_poll"]) >= 86_400, "{state}");
}

#[test]
fn behaviours_45_to_50_a_redirect_is_followed_and_the_original_is_asked_again() {
    let origin = Origin::start();
    origin.serve("/a", Answer::redirect(301, "/b"));
    origin.document("/b", feed(0..2));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let before = program.config();
    assert_eq!(program.poll("a")["outcome"], "new");
    assert_eq!(program.poll("a")["outcome"], "not_modified");
    assert_eq!(origin.seen_at("/a").len(), 2, "46");
    assert!(origin.seen().iter().all(|seen| seen.header("referer").is_none()), "49");
    let shown = program.run(&["show", "a"]).expect(0).stdout;
    assert!(shown.contains("moving to") && shown.contains("seen 2 times"), "{shown}");
    assert_eq!(program.config(), before, "the file is the user's");
    assert!(program.run(&["tidy"]).expect(0).said().contains("nothing to tidy"));
    // 50: a login page behind it moves nothing, and nothing is lost.
    origin.serve("/b", Answer::body("<html><form>log in</form></html>").header("Content-Type", "text/html"));
    assert_eq!(program.poll("a")["outcome"], "failed");
    assert!(program.run(&["show", "a"]).expect(0).stdout.contains("seen 2 times"), "that was no third");
    assert_eq!(program.entries().len(), 2);
}

#[test]
fn a_page_with_a_single_feed_of_its_own_site_stands_for_that_feed_and_tidy_proposes_it() {
    let origin = Origin::start();
    let page = "<!doctype html><html><head><link rel=alternate type=application/rss+xml href=/feed.rss></head></html>";
    origin.serve("/page", Answer::body(page).header("Content-Type", "text/html"));
    origin.document("/feed.rss", feed(0..2));
    let config = format!("# mine\n{}", source(&origin, "a", "/page", "tags = [\"t\"] # kept"));
    let program = Program::new(&config);
    assert_eq!(program.poll("a")["outcome"], "new");
    assert_eq!(program.poll("a")["outcome"], "not_modified");
    assert_eq!(origin.seen_at("/page").len(), 1, "from then on the feed itself is asked");
    let before = program.config();
    let proposed = program.run(&["tidy"]).expect(0).stdout;
    let line = |sign: &str, path: &str| format!("{sign}url = \"{}\"", origin.url(path));
    assert!(proposed.contains(&line("-", "/page")) && proposed.contains(&line("+", "/feed.rss")), "{proposed}");
    assert_eq!(program.config(), before);
    program.run(&["tidy", "--apply"]).expect(0);
    assert_eq!(program.config(), before.replace(&origin.url("/page"), &origin.url("/feed.rss")));
    assert_eq!(program.poll("a")["outcome"], "not_modified", "the validators are that address's own");
    assert_eq!(program.entries().len(), 2);
    assert!(program.run(&["tidy"]).expect(0).said().contains("nothing to tidy"));
}

#[test]
fn tidy_proposes_to_disable_a_feed_that_is_gone() {
    let origin = Origin::start();
    origin.serve("/a", Answer::status(410));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.poll("a");
    assert!(program.run(&["tidy"]).expect(0).stdout.contains("+enabled = false"));
    program.run(&["tidy", "--apply"]).expect(0);
    assert_eq!(program.source("a")["state"], "disabled");
}

#[test]
fn behaviours_52_to_54_the_request_headers() {
    let origin = Origin::start();
    let first = Answer::body(feed(0..2)).header("ETag", "\"1\"").header("Set-Cookie", "id=1");
    let partial = Answer { status: 226, ..Answer::body(feed(2..3)) }.header("ETag", "\"2\"").header("IM", "feed");
    origin.script("/a", vec![first, partial, Answer::status(304)]);
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.poll("a");
    let second = program.poll("a");
    assert_eq!((&second["outcome"], &second["new"]), (&"new".into(), &1.into()), "54: {second}");
    program.poll("a");
    let seen = origin.seen_at("/a");
    assert!(seen[0].text("accept").contains("application/atom+xml") && seen[0].text("accept").contains("*/*;q=0.1"));
    assert!(seen[0].text("accept-encoding").contains("gzip"));
    assert!(seen.iter().all(|seen| seen.header("cookie").is_none()), "53");
    assert_eq!((seen[0].header("a-im"), seen[1].text("a-im").as_str()), (None, "feed"), "54");
    assert_eq!(validators(&seen[2]).0, "\"2\"");
    assert_eq!(program.entries().len(), 3, "54: the others have not vanished");
}

#[test]
fn changes_to_a_long_document_are_stored_again_and_again() {
    let origin = Origin::start();
    let changes = |number: u32| {
        let answer = Answer { status: 226, ..Answer::body(feed(number..number + 1)) };
        answer.header("ETag", format!("\"{number}\"")).header("IM", "feed")
    };
    let first = Answer::body(feed(0..250)).header("ETag", "\"1\"");
    origin.script("/a", vec![first, changes(250), changes(251), changes(252), Answer::status(304)]);
    let program = Program::new(&source(&origin, "a", "/a", ""));
    assert_eq!(program.poll("a")["new"], 250);
    for number in 250..253 {
        assert_eq!(program.poll("a")["new"], 1, "{number}");
    }
    assert_eq!(program.entries().len(), 253);
}

#[test]
fn behaviour_57_one_request_at_a_time_to_a_domain_and_a_pause_after_it() {
    use crate::origin::Manner;
    let origin = Origin::start();
    let urls: Vec<String> = (0..4).map(|number| format!("http://blog{number}.one.example/f")).collect();
    for url in &urls {
        origin.serve(url, Answer::body(feed(0..2)).manner(Manner::Drip(Duration::from_millis(0))));
    }
    let names: Vec<String> = (0..4).map(|number| format!("s{number}")).collect();
    let sources: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(urls.iter().map(String::as_str)).collect();
    let origin_url = origin.url("");
    let base = BASE
        .replace("[poll]", &format!("[poll]\nproxy = \"{origin_url}\""))
        .replace("host_gap = \"0s\"", "host_gap = \"1s\"");
    let list = sources.iter().map(|(name, url)| format!("[[source]]\nname = \"{name}\"\nurl = \"{url}\"\n"));
    let program = Program::bare(&format!("{base}{}", list.collect::<String>()));
    program.run(&["poll", "--all"]).expect(0);
    let mut at: Vec<Instant> = origin.seen().iter().map(|seen| seen.at).collect();
    at.sort();
    assert_eq!(at.len(), 4);
    for pair in at.windows(2) {
        assert!(pair[1] - pair[0] >= Duration::from_secs(1), "{:?}", pair[1] - pair[0]);
    }
}

#[test]
fn behaviour_31_and_57_apply_to_redirected_requests_even_the_first() {
    let hoster = Origin::at(std::net::Ipv4Addr::new(127, 0, 0, 9));
    let owners: Vec<Origin> = (1..=4).map(|last| Origin::at(std::net::Ipv4Addr::new(127, 0, 1, last))).collect();
    let mut config = String::new();
    for (number, owner) in owners.iter().enumerate() {
        hoster.document(&format!("/{number}"), feed(0..2));
        owner.serve("/f", Answer::redirect(302, &hoster.url(&format!("/{number}"))));
        config += &source(owner, &format!("s{number}"), "/f", "");
    }
    let base =
        BASE.replace("host_gap = \"0s\"", "host_gap = \"1s\"").replace("min_every = \"1s\"", "min_every = \"1h\"");
    let program = Program::bare(&format!("{base}{config}"));
    let polls = program.run(&["poll", "--all", "--json"]).expect(0).records();
    assert!(polls.iter().all(|poll| poll["outcome"] == "new"), "{polls:?}");
    let at: Vec<Instant> = hoster.seen().iter().map(|seen| seen.at).collect();
    assert_eq!(at.len(), 4);
    for pair in at.windows(2) {
        assert!(pair[1] - pair[0] >= Duration::from_secs(1), "{:?}", pair[1] - pair[0]);
    }
}

#[test]
fn behaviour_55_an_untrusted_certificate_is_refused() {
    let origin = TlsOrigin::start(feed(0..2));
    let source = |name: &str, more: &str| {
        format!("[[source]]\nname = \"{name}\"\nurl = \"https://{}/f\"\n{more}\n", origin.address)
    };
    let program = Program::new(&(source("strict", "") + &source("trusting", "verify_tls = false")));
    let refused = program.poll("strict");
    assert_eq!(refused["outcome"], "failed");
    assert!(refused["detail"].to_string().contains("certificate"), "{refused}");
    assert_eq!(origin.requests(), 0, "nothing is sent to a stranger");
    assert_eq!(program.poll("trusting")["outcome"], "new", "unless its owner says so, for this source");
}

#[test]
fn a_private_authority_is_trusted_only_for_the_source_that_names_it() {
    let origin = TlsOrigin::issued(feed(0..2));
    let url = format!("url = \"https://{}/f\"", origin.address);
    let config = format!("[[source]]\nname = \"own\"\n{url}\nca = \"own.pem\"\n");
    let program = Program::new("");
    std::fs::write(program.folder().join("own.pem"), AUTHORITY).expect("the folder is there");
    std::fs::write(program.folder().join("none.pem"), "no certificate").expect("the folder is there");
    program.configure(&format!("{}{config}", program.config()));
    assert_eq!(program.poll("own")["outcome"], "new");
    let plain = program.config().replace("ca = \"own.pem\"\n", "").replace("\"own\"", "\"plain\"");
    program.configure(&plain);
    let refused = program.poll("plain");
    let detail = refused["detail"].to_string();
    assert!(detail.contains("an authority that this machine trusts") && !detail.contains("UnknownIssuer"), "{detail}");
    assert_eq!(origin.requests(), 1, "what one source trusts opens nothing to another");
    program.configure(&plain.replace("\"plain\"\n", "\"plain\"\nca = \"none.pem\"\n"));
    assert!(program.run(&["check"]).expect(2).said().contains("the file contains no certificate"));
}

#[test]
fn behaviour_56_sources_of_one_host_share_a_connection() {
    use crate::origin::Manner;
    let origin = Origin::start();
    let mut config = String::new();
    for number in 0..20 {
        let path = format!("/{number}");
        origin.serve(&path, Answer::body(feed(0..1)).manner(Manner::KeptAlive));
        config += &source(&origin, &format!("s{number}"), &path, "");
    }
    let program = Program::new(&config);
    program.run(&["poll", "--all", "-q"]).expect(0);
    assert_eq!(origin.seen().len(), 20);
    assert!(origin.connections() <= 10, "{} connections for 20 requests", origin.connections());
}

#[test]
fn behaviour_68_a_start_without_a_network_counts_against_no_source() {
    // No answer comes from any of them.
    let closed = Closed::bind();
    let proxy = format!("[poll]\nproxy = \"http://{}\"", closed.address());
    let base = BASE.replace("[poll]", &proxy);
    let list =
        (0..6).map(|number| format!("[[source]]\nname = \"s{number}\"\nurl = \"http://site{number}.example/f\"\n"));
    let program = Program::bare(&format!("{base}{}", list.collect::<String>()));
    program.run(&["poll", "--all", "-q"]).expect(3);
    let listed = program.records(&["list", "--json"]);
    assert!(listed.iter().any(|source| source["outcome"] == "failed"), "{listed:?}");
    let counted = listed.iter().filter(|source| source["failures"].as_u64().is_some_and(|failures| failures > 0));
    assert!(counted.count() <= 3, "only those that failed before it was clear: {listed:?}");
}

#[test]
fn behaviour_60_robots_txt_is_not_requested() {
    let (_, program) = polled(vec![Answer::body(feed(0..1))]);
    assert_eq!(program.entries().len(), 1);
}

#[test]
fn behaviour_62_sources_with_the_same_address_share_a_request() {
    let origin = Origin::start();
    origin.document("/a", feed(0..3));
    let twice = source(&origin, "one", "/a", "tags = [\"t\"]") + &source(&origin, "two", "/a", "");
    let program = Program::new(&twice);
    let daemon = program.daemon();
    wait_until(PATIENCE, "both to be polled", || {
        let listed = program.records(&["list", "--json"]);
        listed.iter().all(|source| source["outcome"] == "new").then_some(())
    });
    assert_eq!(origin.seen().len(), 1);
    wait_until(PATIENCE, "both in the feed", || {
        (daemon.get("/source/two.atom").expect(200).text().matches("<entry>").count() == 3).then_some(())
    });
    let other = Origin::start();
    other.document("/a", feed(0..3));
    let secret = "headers = { X-Token = \"abc\" }";
    let program = Program::new(&(source(&other, "one", "/a", secret) + &source(&other, "two", "/a", "")));
    program.run(&["poll", "--all"]).expect(0);
    assert_eq!(other.seen().len(), 2, "what is asked with a secret is asked for itself");
}

#[test]
fn behaviour_64_twenty_kills_in_a_row_cause_no_extra_requests() {
    let origin = Origin::start();
    for number in 0..8 {
        origin.document(&format!("/{number}"), feed(0..2));
    }
    let config: String =
        (0..8).map(|number| source(&origin, &format!("s{number}"), &format!("/{number}"), "")).collect();
    let base = BASE.replace("min_every = \"1s\"", "min_every = \"1h\"");
    let program = Program::bare(&format!("{base}{config}"));
    for kill in 0..20 {
        let mut command = program.command();
        let quiet = || std::process::Stdio::null();
        let mut child = command.arg("run").stdout(quiet()).stderr(quiet()).spawn().expect("it can be run");
        std::thread::sleep(Duration::from_millis(50 + 20 * kill));
        child.kill().expect("it runs");
        child.wait().expect("a child can be waited for");
    }
    let daemon = program.daemon();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(daemon.term(), 0);
    for number in 0..8 {
        assert!(origin.seen_at(&format!("/{number}")).len() <= 1, "{number}: {:?}", origin.seen().len());
    }
}

#[test]
fn behaviour_65_many_new_sources_are_spread() {
    let origin = Origin::start();
    let config: String = (0..60)
        .map(|number| {
            origin.document(&format!("/{number}"), feed(0..1));
            source(&origin, &format!("s{number}"), &format!("/{number}"), "")
        })
        .collect();
    let base = BASE.replace("[poll]", "[poll]\nper_host = 64");
    let program = Program::bare(&format!("{base}{config}"));
    let begun = Instant::now();
    let daemon = program.daemon();
    wait_until(PATIENCE, "the first polls", || (origin.seen().len() >= 16).then_some(()));
    std::thread::sleep(Duration::from_secs(3));
    let asked = origin.seen().len();
    // Sixteen at once, and then one a second.
    let most = 16 + begun.elapsed().as_secs() + 1;
    assert!(asked as u64 <= most, "{asked} within {:?}", begun.elapsed());
    // Who asks for them does not wait.
    program.run(&["poll", "--all", "-q"]).expect(0);
    let paths: BTreeSet<String> = origin.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths.len(), 60);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn behaviour_73_the_state_of_each_source_is_explained() {
    let origin = Origin::start();
    origin.serve("/a", Answer::body(feed(0..3)).header("Cache-Control", "max-age=14400").header("ETag", "\"x\""));
    let base = BASE.replace("every = \"1h\"", "every = \"auto\"");
    let program = Program::bare(&format!("{base}{}", source(&origin, "a", "/a", "")));
    program.poll("a");
    program.poll("a");
    let shown = program.run(&["show", "a"]).expect(0).stdout;
    for wanted in ["rhythm", "because", "server asks    4h", "polls          2", "usual wait"] {
        assert!(shown.contains(wanted), "{wanted} in\n{shown}");
    }
}
