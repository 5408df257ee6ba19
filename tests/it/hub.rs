//! The hub of our own documents (WebSub), driven as subscribers drive it. Numbers in comments are those of the checks of websub.rocks,
//! the conformance suite of WebSub.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use url::form_urlencoded;
use watershed::push::signature;

use crate::callback::{Callback, Received, confirm, post};
use crate::feeds::{items, rss};
use crate::origin::Origin;
use crate::program::{Daemon, PATIENCE, Program, Reply, serving, wait_until};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const PUBLIC: &str = "https://feeds.example/x";
const TOPIC: &str = "https://feeds.example/x/feed.atom";

/// One source whose feed grows, and outputs that everybody may read or that have a token.
fn planet(origin: &Origin, more: &str) -> Program {
    origin.document("/feed", rss("Grows", &items("a.example", 1..=2)));
    let serve = serving(&format!("public_url = \"{PUBLIC}\"\n"));
    let source = format!("[[source]]\nurl = \"{}\"\nname = \"a\"\ntags = [\"t t\"]\n", origin.url("/feed"));
    let closed = "[[output]]\nname = \"closed\"\ntoken = \"hush hush\"\n";
    Program::bare(&format!("{serve}{more}{source}{closed}"))
}

/// Has the source list entries up to this number, and publishes them.
#[track_caller]
fn grow(origin: &Origin, program: &Program, to: u32) {
    origin.document("/feed", rss("Grows", &items("a.example", 1..=to)));
    program.poll("a");
}

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Sends a request to the hub.
#[track_caller]
fn ask(daemon: &Daemon, mode: &str, topic: &str, callback: &str, more: &[(&str, &str)]) -> Reply {
    let pairs = [&[("hub.mode", mode), ("hub.topic", topic), ("hub.callback", callback)][..], more].concat();
    post(&daemon.address, "/x/hub", &[FORM], form(&pairs).as_bytes())
}

/// The number of subscriptions that the daemon knows.
fn subscriptions(daemon: &Daemon) -> u64 {
    let metrics = daemon.get("/metrics").expect(200).text();
    let line = metrics.lines().find_map(|line| line.strip_prefix("watershed_websub_subscriptions "));
    line.expect("it is counted").parse().expect("a number")
}

/// The number of stored subscriptions of which a condition is true.
fn stored(program: &Program, condition: &str) -> i64 {
    let database = Connection::open(program.folder().join("watershed.db")).expect("the database opens");
    let sql = format!("SELECT count(*) FROM subscription WHERE {condition}");
    database.query_row(&sql, [], |row| row.get(0)).expect("it can be read")
}

#[track_caller]
fn wait_for_subscriptions(daemon: &Daemon, number: u64) {
    wait_until(PATIENCE, &format!("{number} subscriptions"), || (subscriptions(daemon) == number).then_some(()));
}

/// Subscribes, and waits until the subscription is known.
#[track_caller]
fn subscribe(daemon: &Daemon, topic: &str, callback: &str, more: &[(&str, &str)]) {
    let before = subscriptions(daemon);
    ask(daemon, "subscribe", topic, callback, more).expect(202);
    wait_for_subscriptions(daemon, before + 1);
}

#[test]
fn hub_subscribers_are_verified_and_get_every_content_until_they_unsubscribe() {
    let (origin, callback) = (Origin::start(), Callback::start());
    let program = planet(&origin, "");
    let daemon = program.daemon();
    program.poll("a");
    // Publishers: 100 and 101 (discovery by header), 102 to 104 (in the document).
    for (path, kind) in [
        ("feed.atom", "application/atom+xml"),
        ("feed.rss", "application/rss+xml"),
        ("feed.json", "application/feed+json"),
    ] {
        let own = format!("{PUBLIC}/{path}");
        for method in ["GET", "HEAD"] {
            let reply = daemon.request(method, &format!("/x/{path}"), &[]).expect(200);
            assert_eq!(reply.header("link"), format!("<{PUBLIC}/hub>; rel=\"hub\", <{own}>; rel=\"self\""), "{method}");
            assert!(reply.header("content-type").starts_with(kind), "{:?}", reply.headers);
        }
        let text = daemon.get(&format!("/x/{path}")).text();
        assert!(text.contains(&format!("{PUBLIC}/hub\"")) && text.contains(&format!("{own}\"")), "{text}");
    }
    assert!(!daemon.get("/x/feed.html").header("link").contains("hub"), "a page is no topic");

    // 100: subscribe. 102: parameters that are not known.
    ask(&daemon, "subscribe", TOPIC, &callback.url("/plain?a=b%20c"), &[("foo", "bar"), ("hub.verify", "sync")])
        .expect(202);
    let asked = &callback.wait_for("GET", "/plain", 1)[0];
    assert_eq!((asked.asked("hub.mode"), asked.asked("hub.topic"), asked.asked("a")), ("subscribe", TOPIC, "b c"));
    assert_eq!(asked.asked("hub.lease_seconds"), "864000");
    assert!(asked.asked("hub.challenge").len() >= 32, "{asked:?}");
    wait_for_subscriptions(&daemon, 1);
    // 101: with a secret. The lease is held within bounds.
    let tag = format!("{PUBLIC}/tag/%74%20t.json");
    subscribe(&daemon, &tag, &callback.url("/signed"), &[("hub.secret", "s3cret"), ("hub.lease_seconds", "0")]);
    let old = [("hub.secret", "s3cret"), ("hub.lease_seconds", "315360000"), ("hub.signature_method", "sha1")];
    let search = format!("{PUBLIC}/search.rss?q=item");
    subscribe(&daemon, &search, &callback.url("/sha1"), &old);
    for (path, lease) in [("/signed", "300"), ("/sha1", "2592000")] {
        assert_eq!(callback.received(path)[0].asked("hub.lease_seconds"), lease, "{path}");
    }

    grow(&origin, &program, 3);
    for (path, document, secret) in
        [("/plain", "feed.atom", ""), ("/signed", "tag/t%20t.json", "sha256="), ("/sha1", "search.rss?q=item", "sha1=")]
    {
        let got = &callback.wait_for("POST", path, 1)[0];
        let served = daemon.get(&format!("/x/{document}")).expect(200);
        assert_eq!(got.text(), served.text(), "{path}: the content as it is served");
        assert_eq!(got.header("content-type"), served.header("content-type"), "{path}");
        assert_eq!(got.header("link"), served.header("link"), "{path}: {:?}", got.headers);
        let signature = got.header("x-hub-signature");
        assert!(signature.starts_with(secret) && signature.is_empty() == secret.is_empty(), "{path}: {signature}");
        if !secret.is_empty() {
            assert!(signature::verify(signature, b"s3cret", &got.body), "{path}");
        }
    }

    // 103: a repeated request renews the subscription.
    ask(&daemon, "subscribe", TOPIC, &callback.url("/plain?a=b%20c"), &[("hub.lease_seconds", "86400")]).expect(202);
    assert_eq!(callback.wait_for("GET", "/plain", 2)[1].asked("hub.lease_seconds"), "86400");
    let is_renewed = || stored(&program, "callback LIKE '%/plain%' AND expires <= unixepoch() + 86400") == 1;
    wait_until(PATIENCE, "the renewed lease", || is_renewed().then_some(()));
    // 104: unsubscribe.
    ask(&daemon, "unsubscribe", TOPIC, &callback.url("/plain?a=b%20c"), &[]).expect(202);
    let asked = &callback.wait_for("GET", "/plain", 3)[2];
    assert_eq!((asked.asked("hub.mode"), asked.asked("hub.topic")), ("unsubscribe", TOPIC));
    wait_for_subscriptions(&daemon, 2);
    grow(&origin, &program, 4);
    callback.wait_for("POST", "/signed", 2);
    assert_eq!(callback.deliveries("/plain").len(), 1, "one content before it unsubscribed");
    // An unchanged feed is no news.
    program.poll("a");
    assert_eq!(callback.deliveries("/signed").len(), 2);
    let status = program.run(&["status"]).expect(0);
    assert!(status.stdout.contains("2 subscriptions"), "{}", status.stdout);
}

#[test]
fn hub_requests_of_one_subscriber_are_carried_out_in_their_order() {
    let (origin, callback) = (Origin::start(), Callback::start());
    let program = planet(&origin, "");
    let daemon = program.daemon();
    program.poll("a");
    let is_open = Arc::new(AtomicBool::new(false));
    let gate = is_open.clone();
    callback.route("/slow", move |received| {
        while received.asked("hub.mode") == "subscribe" && !gate.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(10));
        }
        confirm(received)
    });
    for mode in ["subscribe", "unsubscribe", "subscribe", "unsubscribe"] {
        ask(&daemon, mode, TOPIC, &callback.url("/slow"), &[]).expect(202);
    }
    // Enough for another request to overtake the first, if it could.
    thread::sleep(Duration::from_millis(300));
    is_open.store(true, Ordering::SeqCst);
    let asked = callback.wait_for("GET", "/slow", 4);
    let modes: Vec<&str> = asked.iter().map(|received| received.asked("hub.mode")).collect();
    assert_eq!(modes, ["subscribe", "unsubscribe", "subscribe", "unsubscribe"]);
    let is_forgotten = || stored(&program, "callback LIKE '%/slow%'") == 0;
    wait_until(PATIENCE, "the end of the subscription", || is_forgotten().then_some(()));
}

#[test]
fn hub_requests_that_cannot_be_carried_out_are_refused() {
    let (origin, callback) = (Origin::start(), Callback::start());
    let private = Callback::at(Ipv4Addr::new(127, 0, 0, 2));
    let program = planet(&origin, "");
    program.configure(&program.config().replace("127.0.0.0/8", "127.0.0.1/32"));
    let daemon = program.daemon();
    program.poll("a");
    let body = form(&[("hub.mode", "subscribe"), ("hub.topic", TOPIC), ("hub.callback", &callback.url("/c"))]);
    let reply = daemon.request("GET", "/hub", &[]).expect(405);
    assert_eq!(reply.header("allow"), "POST");
    assert_eq!(daemon.request("PUT", "/push/unknown", &[]).expect(405).header("allow"), "GET, HEAD, POST");
    post(&daemon.address, "/feed.atom", &[FORM], body.as_bytes()).expect(405);
    post(&daemon.address, "/hub", &[("Content-Type", "application/json")], b"{}").expect(415);
    post(&daemon.address, "/hub", &[], body.as_bytes()).expect(415);
    post(&daemon.address, "/hub", &[FORM, ("Content-Length", "50000000")], b"").expect(413);
    for (mode, topic, callback, more) in [
        ("publish", TOPIC, callback.url("/c"), ("", "")),
        ("subscribe", "", callback.url("/c"), ("", "")),
        ("subscribe", "https://other.example/feed.atom", callback.url("/c"), ("", "")),
        ("subscribe", "https://feeds.example/x/feed.html", callback.url("/c"), ("", "")),
        ("subscribe", TOPIC, "ftp://reader.example/".to_owned(), ("", "")),
        ("subscribe", TOPIC, String::new(), ("", "")),
        ("subscribe", TOPIC, callback.url("/c"), ("hub.secret", &*"s".repeat(200))),
        // A subscriber that subscribes itself.
        ("subscribe", TOPIC, format!("{PUBLIC}/push/abc"), ("", "")),
        ("subscribe", TOPIC, format!("http://{}/hub", daemon.address), ("", "")),
    ] {
        let reply = ask(&daemon, mode, topic, &callback, &[more]).expect(400);
        assert!(reply.text().starts_with("hub."), "{mode} {topic} {callback}: {}", reply.text());
    }
    assert!(callback.received("/c").is_empty(), "no request leaves for what is refused at once");

    // Feeds that do not exist and feeds whose token is missing cannot be told apart.
    for (path, topic) in [
        ("/none", format!("{PUBLIC}/nothing.atom")),
        ("/closed", format!("{PUBLIC}/closed.atom")),
        ("/wrong", format!("{PUBLIC}/closed.atom?token=hush")),
    ] {
        ask(&daemon, "subscribe", &topic, &callback.url(path), &[]).expect(202);
        let told = &callback.wait_for("GET", path, 1)[0];
        assert_eq!((told.asked("hub.mode"), told.asked("hub.topic")), ("denied", topic.as_str()));
        assert_eq!(told.asked("hub.reason"), "there is no such feed, or its token is missing");
    }
    // Callbacks that do not confirm: another challenge, a redirect to one that would, an error, and a network that is not allowed.
    let elsewhere = callback.url("/elsewhere");
    callback.route("/other", |_| Some((200, "another challenge".to_owned())));
    callback.route("/moved", move |received| {
        Some((302, format!("{elsewhere}?hub.challenge={}", received.asked("hub.challenge"))))
    });
    callback.route("/error", |received| confirm(received).map(|(_, challenge)| (404, challenge)));
    for path in ["/other", "/moved", "/error"] {
        ask(&daemon, "subscribe", TOPIC, &callback.url(path), &[]).expect(202);
        callback.wait_for("GET", path, 1);
    }
    ask(&daemon, "subscribe", TOPIC, &private.url("/c"), &[]).expect(202);
    // A request that is confirmed later than the others shows that they have ended.
    let token = "https://feeds.example/x/closed.atom?token=hush+hush";
    subscribe(&daemon, token, &callback.url("/keyed"), &[]);
    grow(&origin, &program, 3);
    let got = &callback.wait_for("POST", "/keyed", 1)[0];
    assert_eq!(got.text(), daemon.get("/x/closed.atom?token=hush%20hush").expect(200).text());
    assert!(got.header("link").contains("<https://feeds.example/x/closed.atom?token=hush%20hush>; rel=\"self\""));
    assert_eq!(subscriptions(&daemon), 1);
    assert!(callback.received("/elsewhere").is_empty() && private.received("/c").is_empty());
    let log = daemon.log();
    assert!(!log.contains("hush") && !log.contains("/keyed"), "{log}");
    // A reload that gives the output another token ends the subscription.
    program.configure(&program.config().replace("hush hush", "another"));
    program.run(&["reload"]).expect(0);
    let told = &callback.wait_for("GET", "/keyed", 2)[1];
    assert_eq!(told.asked("hub.mode"), "denied");
    wait_for_subscriptions(&daemon, 0);
    // The subscriber of a feed that gets another name learns that it has moved, also when it asks again.
    let topic = format!("{PUBLIC}/source/a.atom");
    subscribe(&daemon, &topic, &callback.url("/renamed"), &[]);
    program.configure(&program.config().replace("name = \"a\"", "name = \"b\""));
    program.run(&["reload"]).expect(0);
    callback.wait_for("GET", "/renamed", 2);
    ask(&daemon, "subscribe", &topic, &callback.url("/renamed"), &[]).expect(202);
    for told in &callback.wait_for("GET", "/renamed", 3)[1..] {
        assert_eq!((told.asked("hub.mode"), told.asked("hub.topic")), ("denied", topic.as_str()));
        assert!(told.asked("hub.reason").starts_with("the feed has moved"), "{told:?}");
    }
    wait_for_subscriptions(&daemon, 0);
}

#[test]
fn hub_deliveries_to_hostile_callbacks_hold_no_other_back() {
    let (origin, callback) = (Origin::start(), Callback::start());
    let program = planet(&origin, "");
    let daemon = program.daemon();
    program.poll("a");
    let inside = daemon.address.clone();
    callback.route("/hangs", |received| if received.method == "GET" { confirm(received) } else { None });
    callback.route("/moves", move |received| match received.method.as_str() {
        "GET" => confirm(received),
        _ => Some((307, format!("http://{inside}/hub"))),
    });
    callback.answer_deliveries("/gone", 410);
    callback.answer_deliveries("/fails", 500);
    for path in ["/hangs", "/moves", "/gone", "/fails", "/good"] {
        subscribe(&daemon, TOPIC, &callback.url(path), &[]);
    }
    grow(&origin, &program, 3);
    callback.wait_for("POST", "/good", 1);
    wait_for_subscriptions(&daemon, 4);
    for path in ["/moves", "/fails", "/hangs"] {
        assert_eq!(callback.wait_for("POST", path, 1).len(), 1, "{path} is tried again later");
    }
    // What failed is tried again, with the latest content.
    callback.answer_deliveries("/fails", 204);
    grow(&origin, &program, 4);
    assert_eq!(callback.wait_for("POST", "/good", 2).len(), 2, "nothing waits for the callback that hangs");
    let latest = daemon.get("/x/feed.atom").text();
    assert_eq!(callback.wait_for("POST", "/fails", 2)[1].text(), latest);
    let metrics = daemon.get("/metrics").text();
    assert!(metrics.contains("watershed_websub_deliveries_total{result=\"unwanted\"} 1"), "{metrics}");
    let counted = daemon.get("/status.json").text();
    assert!(counted.contains("\"subscriptions\":4"), "{counted}");
}

#[test]
fn hub_subscriptions_survive_kills_and_nothing_stays_undelivered() {
    const SUBSCRIBERS: usize = 24;
    let (origin, callback) = (Origin::start(), Callback::start());
    let program = planet(&origin, "");
    let path = |number: usize| format!("/{number}");
    {
        let daemon = program.daemon();
        program.poll("a");
        for number in 0..SUBSCRIBERS {
            // Callbacks take their time, so that a kill falls into the deliveries.
            callback.route(&path(number), move |received| match received.method.as_str() {
                "GET" => confirm(received),
                _ => {
                    thread::sleep(Duration::from_millis(20 * number as u64 % 200));
                    Some((204, String::new()))
                }
            });
            ask(&daemon, "subscribe", TOPIC, &callback.url(&path(number)), &[]).expect(202);
        }
        wait_for_subscriptions(&daemon, SUBSCRIBERS as u64);
    }
    for round in 0..4_u32 {
        let daemon = program.daemon();
        wait_for_subscriptions(&daemon, SUBSCRIBERS as u64);
        origin.document("/feed", rss("Grows", &items("a.example", 1..=3 + round)));
        let before = callback.deliveries(&path(0)).len();
        program.poll("a");
        if round % 2 == 0 {
            callback.wait_for("POST", &path(0), before + 1);
        }
        daemon.kill();
    }
    let daemon = program.daemon();
    let current = daemon.get("/x/feed.atom").expect(200);
    let latest = current.text();
    for number in 0..SUBSCRIBERS {
        wait_until(PATIENCE, &format!("the latest content at {number}"), || {
            callback.deliveries(&path(number)).last().filter(|last| last.text() == latest).map(|_| ())
        });
    }
    // What is delivered is not delivered again after a clean stop.
    wait_until(PATIENCE, "everybody has the latest content", || {
        daemon.get("/metrics").text().contains("watershed_websub_behind 0\n").then_some(())
    });
    let is_written = format!("delivered = '{}'", current.header("etag"));
    wait_until(PATIENCE, "the state is written", || {
        (stored(&program, &is_written) == SUBSCRIBERS as i64).then_some(())
    });
    let settled = callback.deliveries(&path(0)).len();
    assert_eq!(daemon.term(), 0);
    let daemon = program.daemon();
    grow(&origin, &program, 20);
    let next = &callback.wait_for("POST", &path(0), settled + 1)[settled];
    assert_eq!(next.text(), daemon.get("/x/feed.atom").text());
}

#[test]
fn hub_outside_is_told_of_changes_and_never_of_closed_feeds() {
    let (origin, outside) = (Origin::start(), Callback::start());
    let hub = outside.url("/outside");
    // With a third output, a change is told in more than one message.
    let program = planet(&origin, &format!("[push]\nhub = \"{hub}\"\n[[output]]\nname = \"open\"\n"));
    let daemon = program.daemon();
    program.poll("a");
    let reply = daemon.get("/x/feed.atom").expect(200);
    assert_eq!(reply.header("link"), format!("<{hub}>; rel=\"hub\", <{TOPIC}>; rel=\"self\""));
    assert!(reply.text().contains(&format!("{hub}\"")), "{}", reply.text());
    let closed = daemon.get("/x/closed.atom?token=hush%20hush").expect(200);
    assert!(!closed.header("link").contains("hub") && !closed.text().contains(&hub), "{:?}", closed.headers);
    ask(&daemon, "subscribe", TOPIC, &outside.url("/c"), &[]).expect(404);
    let told = |body: &[u8]| -> Vec<String> {
        let pairs = form_urlencoded::parse(body);
        pairs.filter(|(name, _)| name == "hub.url").map(|(_, value)| value.into_owned()).collect()
    };
    grow(&origin, &program, 3);
    let expected = [TOPIC.to_owned(), format!("{PUBLIC}/source/a.json"), format!("{PUBLIC}/tag/t%20t.rss")];
    wait_until(PATIENCE, "all topics are told", || {
        let all: Vec<String> = outside.deliveries("/outside").iter().flat_map(|message| told(&message.body)).collect();
        expected.iter().all(|topic| all.contains(topic)).then_some(())
    });
    for message in outside.deliveries("/outside") {
        assert_eq!(message.header("content-type"), FORM.1);
        let text = message.text();
        assert!(text.starts_with("hub.mode=publish&hub.url=") && !text.contains("closed"), "{text}");
        assert!(told(&message.body).len() <= 10, "{text}");
    }
    // A hub that refuses one message is told the others, and the log says what it answered.
    let refusing = |received: &Received| {
        let is_first = received.text().contains("feed.atom");
        Some(if is_first { (400, "that topic is not served here".to_owned()) } else { (204, String::new()) })
    };
    outside.route("/outside", refusing);
    let before = outside.deliveries("/outside").len();
    grow(&origin, &program, 4);
    outside.wait_for("POST", "/outside", before + 2);
    wait_until(PATIENCE, "the refusal is told", || {
        daemon.log().contains("that topic is not served here").then_some(())
    });
    // Without a hub nothing is named and nothing is answered.
    program.configure(&program.config().replace(&hub, "off"));
    program.run(&["reload"]).expect(0);
    let reply = daemon.get("/x/feed.atom").expect(200);
    assert_eq!(reply.header("link"), format!("<{TOPIC}>; rel=\"self\""));
    assert!(!reply.text().contains("rel=\"hub\""), "{}", reply.text());
    ask(&daemon, "subscribe", TOPIC, &outside.url("/c"), &[]).expect(404);
}
