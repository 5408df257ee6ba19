//! Sources that name a hub (WebSub) or a cloud (rssCloud), with a scripted hub. The numbers are those of the checks of websub.rocks for
//! subscribers.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use url::form_urlencoded;
use watershed::clock;
use watershed::push::signature::{Method, sign};

use crate::origin::{Answer, Origin, Seen};
use crate::program::{Daemon, PATIENCE, Program, Reply, serving, wait_until};

/// A feed with an entry an hour for each of the numbers, the highest number now, and with these links.
fn feed(links: &str, numbers: std::ops::Range<i64>) -> String {
    let now = clock::now();
    let last = numbers.end - 1;
    let entry = |number: i64| {
        let hours = u64::try_from(last - number).expect("the last number is the highest");
        let date = now.minus(Duration::from_secs(hours * 3_600)).to_rfc3339();
        format!(
            "<entry><id>tag:a.example,2026:{number}</id><link href='https://a.example/{number}'/><title>Entry {number}</title>\
             <published>{date}</published><updated>{date}</updated><content>Text of number {number}.</content></entry>"
        )
    };
    let entries: String = numbers.rev().map(entry).collect();
    format!(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><id>tag:a.example,2026:a</id><title>A</title>\
         <updated>2026-01-01T00:00:00Z</updated><author><name>A</name></author>{links}{entries}</feed>"
    )
}

fn link(rel: &str, href: &str) -> String {
    format!("<link rel='{rel}' href='{href}'/>")
}

/// A configuration that subscribes, with these sources: names and addresses.
fn config(sources: &[(&str, String)]) -> String {
    let base = serving("public_url = \"https://me.example/x\"\n");
    let source =
        |(name, url): &(&str, String)| format!("\n[[source]]\nname = \"{name}\"\nurl = \"{url}\"\nevery = \"auto\"\n");
    let sources: String = sources.iter().map(source).collect();
    format!("{base}\n[push]\nsubscribe = true\n{sources}")
}

/// The fields of a form.
fn form(seen: &Seen) -> HashMap<String, String> {
    assert_eq!(
        (seen.method.as_str(), seen.text("content-type")),
        ("POST", "application/x-www-form-urlencoded".to_owned())
    );
    form_urlencoded::parse(&seen.body).into_owned().collect()
}

/// What the hub at a path is asked for first.
fn asked(origin: &Origin, path: &str) -> HashMap<String, String> {
    form(&origin.wait_for(path, 1)[0])
}

/// The path of a callback address below the address of the daemon.
fn path_of(callback: &str) -> String {
    callback.strip_prefix("https://me.example").unwrap_or_else(|| panic!("{callback}")).to_owned()
}

/// The hub's verification of a request, with a challenge that only exact handling returns.
fn verify(daemon: &Daemon, callback: &str, mode: &str, topic: &str) -> Reply {
    let pairs = [
        ("hub.mode", mode),
        ("hub.topic", topic),
        ("hub.challenge", "c +%41\u{e4}&=1"),
        ("hub.lease_seconds", "864000"),
    ];
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    daemon.get(&format!("{}?{query}", path_of(callback)))
}

/// Posts to the daemon. Returns the status and whatever else was answered.
fn post(daemon: &Daemon, callback: &str, headers: &[(&str, &str)], body: &[u8]) -> u16 {
    post_claiming(daemon, callback, headers, body, body.len())
}

fn post_claiming(daemon: &Daemon, callback: &str, headers: &[(&str, &str)], body: &[u8], length: usize) -> u16 {
    let mut stream = TcpStream::connect(&daemon.address).expect("the daemon listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket takes a timeout");
    let path = path_of(callback);
    let mut head = format!("POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", daemon.address);
    head.push_str(&format!("Content-Length: {length}\r\n"));
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).expect("the head is sent");
    stream.write_all(body).expect("the body is sent");
    let mut answer = Vec::new();
    // The connection may be reset after the answer to a body that was not read.
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("no answer: {answer:?}"))
}

/// A delivery that is signed.
fn deliver(daemon: &Daemon, asked: &HashMap<String, String>, method: Method, body: &str) -> u16 {
    let signature = sign(method, asked["hub.secret"].as_bytes(), body.as_bytes());
    let links = format!("<{}>; rel=\"self\"", asked["hub.topic"]);
    let headers =
        [("Content-Type", "application/atom+xml"), ("X-Hub-Signature", signature.as_str()), ("Link", links.as_str())];
    post(daemon, &asked["hub.callback"], &headers, body.as_bytes())
}

fn titles(program: &Program) -> Vec<String> {
    let mut titles: Vec<String> =
        program.entries().iter().map(|entry| entry["title"].as_str().unwrap_or_default().to_owned()).collect();
    titles.sort();
    titles
}

#[track_caller]
fn wait_for_entry(program: &Program, number: i64) {
    let title = format!("Entry {number}");
    wait_until(PATIENCE, &title, || titles(program).contains(&title).then_some(()));
}

/// What `show` says of the hub of a source, with its problems.
fn pushed(program: &Program, name: &str) -> String {
    let shown = program.records(&["show", "--json", name]).remove(0);
    format!("{} {}", shown["push"], shown["problems"])
}

#[test]
fn checks_100_to_104_and_200_to_204_hubs_and_topics_are_discovered() {
    // Each case has an origin of its own, because a hub is asked for one thing after the other.
    let origins: Vec<Origin> = (2..9).map(|number| Origin::at(Ipv4Addr::new(127, 0, 0, number))).collect();
    let [header, atom, rss, both, r302, r301, circle] = origins.as_slice() else { panic!("seven origins") };
    let taken = || Answer::status(202);
    // 100 and 200: HTTP headers, with another address of its own.
    let links = format!("<{}>; rel=\"hub\", <{}>; rel=self", header.url("/hub"), header.url("/own?a=1,2"));
    header.serve("/feed", Answer::body(feed("", 0..3)).header("Link", links));
    header.serve("/hub", taken());
    // 102: links of Atom, without an address of its own.
    atom.serve("/feed", Answer::body(feed(&link("hub", "/hub"), 0..3)));
    atom.serve("/hub", taken());
    // 103: links of Atom in RSS.
    let channel = format!(
        "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>R</title>\
         <atom:link rel='hub' href='{}'/><atom:link rel='self' href='{}'/>\
         <item><guid>1</guid><title>One</title><link>https://a.example/1</link></item></channel></rss>",
        rss.url("/hub"),
        rss.url("/own")
    );
    rss.serve("/feed", Answer::body(channel));
    rss.serve("/hub", taken());
    // 104: the header comes first.
    let document = feed(&format!("{}{}", link("hub", &both.url("/hub2")), link("self", &both.url("/own2"))), 0..3);
    let links = format!("<{}>; rel=\"self\", <{}>; rel=\"hub\"", both.url("/own"), both.url("/hub"));
    both.serve("/feed", Answer::body(document).header("Link", links));
    both.serve("/hub", taken());
    both.serve("/hub2", taken());
    // 201 to 204: topic and hub redirect.
    for (origin, status) in [(r302, 302), (r301, 301)] {
        origin.serve("/feed", Answer::redirect(status, "/moved"));
        origin.serve("/moved", Answer::body(feed(&link("hub", "/hub"), 0..3)));
        origin.serve("/hub", Answer::redirect(status, "/hub-moved"));
        origin.serve("/hub-moved", taken());
    }
    // A hub that redirects in a circle is given up for the time being.
    circle.serve("/feed", Answer::body(feed(&link("hub", "/hub"), 0..3)));
    circle.serve("/hub", Answer::redirect(307, "/hub"));

    let names = ["header", "atom", "rss", "both", "r302", "r301", "circle"];
    let sources: Vec<(&str, String)> =
        names.into_iter().zip(&origins).map(|(name, origin)| (name, origin.url("/feed"))).collect();
    let program = Program::bare(&config(&sources));
    let daemon = program.daemon();
    for (origin, hub, topic) in [
        (header, "/hub", "/own?a=1,2"),
        (atom, "/hub", "/feed"),
        (rss, "/hub", "/own"),
        (both, "/hub", "/own"),
        (r302, "/hub-moved", "/moved"),
        (r301, "/hub-moved", "/moved"),
    ] {
        let asked = asked(origin, hub);
        assert_eq!((asked["hub.mode"].as_str(), &asked["hub.topic"]), ("subscribe", &origin.url(topic)));
        assert!(asked["hub.lease_seconds"].parse::<u64>().is_ok_and(|lease| lease >= 86_400), "{asked:?}");
        // The whole callback is confirmed, so hubs that verify before they answer work as well.
        let reply = verify(&daemon, &asked["hub.callback"], "subscribe", &asked["hub.topic"]).expect(200);
        assert_eq!(reply.text(), "c +%41\u{e4}&=1");
        assert!(reply.header("content-type").starts_with("text/plain"), "{:?}", reply.headers);
    }
    assert!(both.seen_at("/hub2").is_empty());
    let callbacks: Vec<String> = [(header, "/hub"), (atom, "/hub"), (rss, "/hub")]
        .map(|(origin, hub)| asked(origin, hub)["hub.callback"].clone())
        .into();
    let unguessable = |callback: &String| callback.rsplit('/').next().is_some_and(|token| token.len() == 64);
    assert!(callbacks.iter().all(unguessable) && callbacks[0] != callbacks[1] && callbacks[1] != callbacks[2]);
    circle.wait_for("/hub", 2);
    wait_until(PATIENCE, "the circle is told", || pushed(&program, "circle").contains("redirects").then_some(()));
    assert!(circle.seen_at("/hub").len() <= 20, "{}", circle.seen_at("/hub").len());
    assert!(pushed(&program, "atom").contains("subscribed at"), "{}", pushed(&program, "atom"));
}

#[test]
fn checks_205_and_300_to_302_only_signed_deliveries_of_the_topic_are_read() {
    let origin = Origin::start();
    let links = format!("{}{}", link("hub", &origin.url("/hub")), link("self", &origin.url("/feed")));
    let document = feed(&links, 0..10);
    origin.document("/feed", document);
    origin.serve("/hub", Answer::status(202));
    let program = Program::bare(&config(&[("a", origin.url("/feed"))]));
    let daemon = program.daemon();
    let asked = asked(&origin, "/hub");
    let (callback, topic) = (&asked["hub.callback"], &asked["hub.topic"]);
    assert!(asked["hub.secret"].len() < 200 && asked["hub.secret"] != callback[callback.len() - 64..]);

    // 205: verifications that fit nothing.
    verify(&daemon, callback, "subscribe", &origin.url("/other")).expect(404);
    verify(&daemon, callback, "unsubscribe", topic).expect(404);
    verify(&daemon, "https://me.example/x/push/0000", "subscribe", topic).expect(404);
    // Nothing is in force before the verification.
    assert_eq!(deliver(&daemon, &asked, Method::Sha256, &feed(&links, 90..91)), 410);
    verify(&daemon, callback, "subscribe", topic).expect(200);

    // 300, with each algorithm. A hub may deliver only what is new.
    for (number, method) in (10..).zip(Method::ALL) {
        assert_eq!(deliver(&daemon, &asked, method, &feed(&links, number..number + 1)), 200);
        wait_for_entry(&program, number);
    }
    assert_eq!(titles(&program).len(), 14, "what was not delivered has not vanished");
    let source = program.source("a");
    assert!(
        source["next_poll_reason"].as_str().is_some_and(|why| why.starts_with("pushed by hub 127.0.0.1")),
        "{source}"
    );
    assert_eq!(origin.seen_at("/feed").len(), 1, "no poll was needed");

    // 301 and 302: a wrong signature, and none. They are answered, and ignored.
    let forged = feed(&links, 50..51);
    let wrong = sign(Method::Sha256, b"another secret", forged.as_bytes());
    assert_eq!(post(&daemon, callback, &[("X-Hub-Signature", wrong.as_str())], forged.as_bytes()), 200);
    assert_eq!(post(&daemon, callback, &[("X-Hub-Signature", "md5=00")], forged.as_bytes()), 200);
    assert_eq!(post(&daemon, callback, &[], forged.as_bytes()), 200);
    // The document of another topic, by its header and by its own link.
    let signature = sign(Method::Sha512, asked["hub.secret"].as_bytes(), forged.as_bytes());
    let other = format!("<{}>; rel=self", origin.url("/other"));
    let headers = [("X-Hub-Signature", signature.as_str()), ("Link", other.as_str())];
    assert_eq!(post(&daemon, callback, &headers, forged.as_bytes()), 200);
    let forged = feed(&link("self", &origin.url("/other")), 51..52);
    let signature = sign(Method::Sha256, asked["hub.secret"].as_bytes(), forged.as_bytes());
    assert_eq!(post(&daemon, callback, &[("X-Hub-Signature", signature.as_str())], forged.as_bytes()), 200);
    // No feed at all.
    assert_eq!(deliver(&daemon, &asked, Method::Sha256, "<html><body>Sorry.</body></html>"), 200);
    // 50 MiB are refused before they are read.
    assert_eq!(post_claiming(&daemon, callback, &[], b"", 50 * 1024 * 1024), 413);
    wait_until(PATIENCE, "it is told", || pushed(&program, "a").contains("requests were refused").then_some(()));
    assert_eq!(deliver(&daemon, &asked, Method::Sha1, &feed(&links, 20..21)), 200);
    wait_for_entry(&program, 20);
    wait_until(PATIENCE, "it is counted", || {
        pushed(&program, "a").contains("5 new entries came by push first").then_some(())
    });
    let taken = titles(&program);
    assert!(taken.iter().all(|title| title != "Entry 50" && title != "Entry 51"), "{taken:?}");

    // Two hundred pings in a row lead to a poll or two, which ask with the validators of the document that was polled. Where it takes
    // long to send them, a poll a second may come in between.
    let before = origin.seen_at("/feed").len();
    let begun = Instant::now();
    for _ in 0..200 {
        assert_eq!(post(&daemon, callback, &[], b""), 200);
    }
    let seen = origin.wait_for("/feed", before + 1);
    let most = 10 + begun.elapsed().as_secs();
    assert!((seen.len() - before) as u64 <= most, "{} polls", seen.len() - before);
    assert!(seen.last().is_some_and(|seen| !seen.text("if-none-match").is_empty()), "{seen:?}");
}

#[test]
fn a_subscription_survives_sigkill_and_ends_with_its_source() {
    let origin = Origin::start();
    let links = format!("{}{}", link("hub", &origin.url("/hub")), link("self", &origin.url("/feed")));
    origin.document("/feed", feed(&links, 0..3));
    origin.serve("/hub", Answer::status(202));
    let program = Program::bare(&config(&[("a", origin.url("/feed"))]));
    let daemon = program.daemon();
    let asked = asked(&origin, "/hub");
    let (callback, topic) = (&asked["hub.callback"], &asked["hub.topic"]);
    verify(&daemon, callback, "subscribe", topic).expect(200);
    daemon.kill();

    let daemon = program.daemon();
    assert_eq!(deliver(&daemon, &asked, Method::Sha256, &feed(&links, 3..4)), 200);
    wait_for_entry(&program, 3);
    assert_eq!(origin.seen_at("/hub").len(), 1, "it was not asked for again");

    program.configure(&config(&[]));
    let seen = origin.wait_for("/hub", 2);
    let ended = form(&seen[1]);
    assert_eq!((ended["hub.mode"].as_str(), &ended["hub.callback"]), ("unsubscribe", callback));
    assert_eq!(deliver(&daemon, &asked, Method::Sha256, &feed(&links, 4..5)), 410, "the source is removed");
    verify(&daemon, callback, "subscribe", topic).expect(404);
    verify(&daemon, callback, "unsubscribe", topic).expect(200);
    verify(&daemon, callback, "unsubscribe", topic).expect(404);
    assert!(!titles(&program).contains(&"Entry 4".to_owned()));
    assert_eq!(daemon.term(), 0);
}

#[test]
fn a_denied_subscription_is_told_and_a_topic_of_another_source_is_not_taken() {
    let (one, two) = (Origin::at(Ipv4Addr::new(127, 0, 0, 2)), Origin::at(Ipv4Addr::new(127, 0, 0, 3)));
    one.document("/feed", feed(&link("hub", "/hub"), 0..3));
    one.serve("/hub", Answer::status(202));
    // This source says that it is the other one.
    let links = format!("{}{}", link("hub", "/hub"), link("self", &one.url("/feed")));
    two.document("/feed", feed(&links, 0..3));
    two.serve("/hub", Answer::status(202));
    let program = Program::bare(&config(&[("one", one.url("/feed")), ("two", two.url("/feed"))]));
    let daemon = program.daemon();
    let asked = asked(&one, "/hub");
    wait_until(PATIENCE, "the hub's answer", || pushed(&program, "one").contains("has yet to verify").then_some(()));
    let topic = form_urlencoded::byte_serialize(asked["hub.topic"].as_bytes()).collect::<String>();
    let query = format!("hub.mode=denied&hub.topic={topic}&hub.reason=closed+to+new+readers");
    daemon.get(&format!("{}?{query}", path_of(&asked["hub.callback"]))).expect(200);
    let told = pushed(&program, "one");
    assert!(told.contains("closed to new readers"), "{told}");
    wait_until(PATIENCE, "the second source is polled", || (program.source("two")["outcome"] == "new").then_some(()));
    wait_until(PATIENCE, "the refusal is told", || {
        let told = pushed(&program, "two");
        (told.contains("not subscribed") && told.contains("another source")).then_some(())
    });
    assert!(two.seen_at("/hub").is_empty());
}

#[test]
fn a_cloud_pings_and_the_source_is_polled() {
    let origin = Origin::start();
    let address = origin.address();
    let cloud = format!(
        "<cloud domain='{}' port='{}' path='/notify' registerProcedure='' protocol='http-post'/>",
        address.ip(),
        address.port()
    );
    let document = |title: &str| {
        format!(
            "<rss version='2.0'><channel><title>R</title>{cloud}<item><guid>{title}</guid><title>{title}</title>\
             <link>https://a.example/{title}</link></item></channel></rss>"
        )
    };
    origin.script("/feed", vec![Answer::body(document("One")), Answer::body(document("Two"))]);
    origin.serve("/notify", Answer::status(200));
    let program = Program::bare(&config(&[("a", origin.url("/feed"))]));
    let daemon = program.daemon();
    let asked = asked(&origin, "/notify");
    assert_eq!((&asked["url1"], asked["domain"].as_str()), (&origin.url("/feed"), "me.example"));
    assert_eq!((asked["protocol"].as_str(), asked["port"].as_str()), ("https-post", "443"));
    let callback = format!("https://me.example{}", asked["path"]);
    let topic = form_urlencoded::byte_serialize(asked["url1"].as_bytes()).collect::<String>();
    let challenged = daemon.get(&format!("{}?url={topic}&challenge=c1", asked["path"])).expect(200);
    assert_eq!(challenged.text(), "c1");
    // A ping for another feed is none.
    assert_eq!(post(&daemon, &callback, &[], b"url=https%3A%2F%2Fb.example%2F"), 200);
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(origin.seen_at("/feed").len(), 1);
    assert_eq!(post(&daemon, &callback, &[], format!("url={topic}").as_bytes()), 200);
    wait_until(PATIENCE, "the entry that the cloud has told of", || {
        titles(&program).contains(&"Two".to_owned()).then_some(())
    });
}

#[test]
fn nothing_is_subscribed_without_an_address_for_hubs() {
    let without = config(&[]).replace("public_url = \"https://me.example/x\"\n", "");
    let said = Program::bare(&without).run(&["check"]).expect(0).said();
    assert!(said.contains("`subscribe` in [push] has no effect without `public_url`"), "{said}");
    let said = Program::bare(&config(&[])).run(&["check"]).expect(0).said();
    assert!(!said.contains("[push]"), "{said}");
}

#[test]
fn an_instance_subscribes_at_the_hub_of_another() {
    let origin = Origin::start();
    origin.document("/feed", feed("", 0..3));
    let publisher = Program::new(&format!("\n[[source]]\nname = \"a\"\nurl = \"{}\"\n", origin.url("/feed")));
    let publishing = publisher.daemon();
    wait_for_entry(&publisher, 2);
    // The hub calls back, so the port must be known beforehand. On an address of its own, no other test takes it meanwhile.
    let listener = TcpListener::bind((Ipv4Addr::new(127, 0, 0, 70), 0)).expect("the loopback address can be bound");
    let own = listener.local_addr().expect("a bound socket has an address").to_string();
    drop(listener);
    let config = config(&[("a", format!("http://{}/feed.atom", publishing.address))]);
    let config = config.replace("127.0.0.1:0", &own).replace("https://me.example/x", &format!("http://{own}"));
    let subscriber = Program::bare(&config);
    let _subscribing = subscriber.daemon();
    wait_until(PATIENCE, "the subscription", || pushed(&subscriber, "a").contains("subscribed at").then_some(()));
    origin.document("/feed", feed("", 0..4));
    assert_eq!(publisher.poll("a")["outcome"], "new");
    wait_for_entry(&subscriber, 3);
    assert_eq!(subscriber.records(&["show", "--json", "a"])[0]["polls"], 1, "no poll was needed");
}
