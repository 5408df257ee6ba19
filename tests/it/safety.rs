//! Where requests may go, and what a hostile feed can do: nothing. The I-numbers are those of the project's invariants.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use serde_json::Value;

use crate::atom;
use crate::feeds::{items, rss};
use crate::origin::{Answer, Origin};
use crate::polling::source;
use crate::program::{BASE, PATIENCE, Program, finish, serving, wait_until};

/// The base without leave to poll loopback.
fn guarded() -> String {
    BASE.replace("allow_networks = [\"127.0.0.0/8\"]", "")
}

#[track_caller]
fn assert_blocked(record: &Value) {
    assert_eq!(record["outcome"], "failed", "{record}");
    assert!(record["detail"].as_str().is_some_and(|detail| detail.contains("blocked address")), "{record}");
}

/// I1, I5: by default no connection is opened to this machine, however its address is spelt.
#[test]
fn behaviour_61_private_addresses_are_not_polled_by_default() {
    let origin = Origin::start();
    let port = origin.address().port();
    let hosts =
        ["127.0.0.1", "2130706433", "0x7f.1", "017700000001", "127.1", "[::ffff:7f00:1]", "localhost", "①②⑦.0.0.1"];
    let mut config = guarded();
    for (at, host) in hosts.into_iter().enumerate() {
        config += &format!("[[source]]\nname = \"s{at}\"\nurl = \"http://{host}:{port}/feed{at}\"\n");
    }
    let program = Program::bare(&config);
    let output = program.run(&["poll", "--json", "--all"]).expect(3);
    let records = output.records();
    assert_eq!(records.len(), hosts.len());
    records.iter().for_each(assert_blocked);
    assert_eq!(origin.connections(), 0);
}

/// I4: each hop is judged like the first address.
#[test]
fn redirects_to_private_addresses_are_refused() {
    let origin = Origin::start();
    let private = Origin::at(Ipv4Addr::new(127, 0, 0, 2));
    let sixth = TcpListener::bind("[::1]:0").ok();
    if let Some(listener) = &sixth {
        listener.set_nonblocking(true).expect("a listener can be made so");
    }
    let mut targets = vec![
        private.url("/feed"),
        format!("//{}/feed", private.address()),
        format!("http://user:password@{}/feed", private.address()),
        "file:///etc/passwd".to_owned(),
        "gopher://127.0.0.1:70/".to_owned(),
        "data:text/xml,<rss/>".to_owned(),
        "ftp://127.0.0.1/feed".to_owned(),
    ];
    if let Some(address) = sixth.as_ref().and_then(|listener| listener.local_addr().ok()) {
        targets.push(format!("http://{address}/feed"));
    }
    let mut config = guarded().replace("[poll]", "[poll]\nallow_networks = [\"127.0.0.1/32\"]");
    for (at, target) in targets.iter().enumerate() {
        origin.serve(&format!("/{at}"), Answer::redirect(302, target));
        config += &source(&origin, &format!("s{at}"), &format!("/{at}"), "");
    }
    let records = Program::bare(&config).run(&["poll", "--json", "--all"]).expect(3).records();
    assert_eq!(records.len(), targets.len());
    records.iter().for_each(assert_blocked);
    assert_eq!(private.connections(), 0);
    if let Some(listener) = sixth {
        assert!(listener.accept().is_err(), "[::1] was connected to");
    }
}

/// I1, by the public collection of targets: each as the goal of a redirect, from an address that is allowed itself.
#[test]
fn the_collected_ssrf_targets_are_refused() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors/ssrf-targets.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not there; only the built-in targets were tried", path.display());
        return;
    };
    let origin = Origin::at(Ipv4Addr::new(127, 0, 0, 9));
    let mut config = guarded().replace("[poll]", "[poll]\nallow_networks = [\"127.0.0.9/32\"]");
    let mut targets = Vec::new();
    for line in text.lines() {
        let target: Value = serde_json::from_str(line).expect("the collection is JSON");
        let (url, means) =
            (target["url"].as_str().unwrap_or_default(), target["rust_url"].as_str().unwrap_or_default());
        // Names would be asked of a real DNS server; a header cannot carry control characters.
        let named = means.contains(" domain ") && !url.contains("localhost");
        if target["expect"] != "refuse" || named || url.chars().any(char::is_control) {
            continue;
        }
        // Some are addresses by themselves, but relative ones in a redirect: those stay at the origin.
        let base = url::Url::parse("http://127.0.0.9/").expect("an address");
        let stays = base.join(url).is_ok_and(|joined| joined.host_str() == base.host_str());
        let at = targets.len();
        let literal = (means.starts_with("http v") || means.starts_with("https v")) && !stays;
        origin.serve(&format!("/{at}"), Answer::redirect(302, url));
        config += &source(&origin, &format!("s{at}"), &format!("/{at}"), "");
        targets.push((url.to_owned(), literal));
    }
    let records = Program::bare(&config).run(&["poll", "--json", "--all"]).expect(3).records();
    assert_eq!(records.len(), targets.len());
    for record in &records {
        let name = record["name"].as_str().unwrap_or_default();
        let (url, literal) = &targets[name[1..].parse::<usize>().expect("the name has its number")];
        assert_eq!(record["outcome"], "failed", "{url}: {record}");
        if *literal {
            let detail = record["detail"].as_str().unwrap_or_default();
            assert!(detail.contains("blocked address"), "{url}: {record}");
        }
    }
    println!("{} targets refused", targets.len());
}

/// I7: proxies of the environment are ignored unless the configuration says so.
#[test]
fn environment_proxies_are_ignored() {
    let (origin, proxy) = (Origin::start(), Origin::start());
    origin.document("/a", rss("A", &items("a", 0..1)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let mut command = program.command();
    command.args(["poll", "a"]);
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"] {
        command.env(name, proxy.url(""));
    }
    finish(command).expect(0);
    assert_eq!((origin.seen().len(), proxy.connections()), (1, 0));
}

/// I8, I24: nothing that a feed names is fetched, and nothing external is put in.
#[test]
fn the_content_of_a_feed_causes_no_requests() {
    let (origin, canary) = (Origin::start(), Origin::start());
    let away = canary.url("/canary");
    let secret = std::env::temp_dir().join(format!("watershed-canary-{}", std::process::id()));
    std::fs::write(&secret, "the canary sings").expect("the temporary folder can be written");
    let body = format!(
        "<?xml version=\"1.0\"?><?xml-stylesheet href=\"{away}\"?>\
         <!DOCTYPE rss SYSTEM \"{away}\" [<!ENTITY f SYSTEM \"file://{}\"><!ENTITY h SYSTEM \"{away}\">\
         <!ENTITY % p SYSTEM \"{away}\"> %p;]>\
         <rss version=\"2.0\" xmlns:xi=\"http://www.w3.org/2001/XInclude\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\
         <channel><title>A &f;</title><link>{away}</link><image><url>{away}</url></image>\
         <atom:link rel=\"hub\" href=\"{away}\"/><atom:link rel=\"self\" href=\"{away}\"/>\
         <item><guid>1</guid><title>T &h;</title><link>{away}</link><enclosure url=\"{away}\" type=\"a/b\" length=\"1\"/>\
         <description>x &lt;img src=\"{away}\"&gt; &f;<xi:include href=\"{away}\"/></description></item>\
         </channel></rss>",
        secret.display()
    );
    origin.serve("/a", Answer::body(body));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let output = program.run(&["poll", "a"]);
    let shown = program.run(&["entries", "--json"]).said();
    let _ = std::fs::remove_file(&secret);
    assert!(matches!(output.status, 0 | 3), "{output:?}");
    assert!(!shown.contains("canary sings"), "{shown}");
    assert_eq!(canary.connections(), 0);
}

/// I9: leave for one source opens nothing to another.
#[test]
fn a_network_is_allowed_only_for_the_source_that_lists_it() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..1)));
    let allowed = source(&origin, "a", "/a", "allow_networks = [\"127.0.0.1/32\"]");
    let program = Program::bare(&format!("{}{allowed}{}", guarded(), source(&origin, "b", "/b", "")));
    assert_eq!(program.poll("a")["outcome"], "new");
    assert_blocked(&program.poll("b"));
    assert_eq!(origin.connections(), 1);
}

/// I33: a source can neither overwrite nor hide another's entry by its id.
#[test]
fn the_same_id_in_two_sources_stays_two_entries() {
    let origin = Origin::start();
    let (mine, mut theirs) = (items("a", 0..1), items("a", 0..1));
    theirs[0].title = "An impostor".to_owned();
    theirs[0].html = "<p>Something else altogether.</p>".to_owned();
    origin.document("/a", rss("A", &mine));
    origin.document("/b", rss("B", &theirs));
    let program = Program::new(&(source(&origin, "a", "/a", "") + &source(&origin, "b", "/b", "")));
    program.poll("a");
    let before = program.entries();
    program.poll("b");
    let after = program.entries();
    assert_eq!(after.len(), 2);
    assert!(after.contains(&before[0]), "{after:?}");
    let ids: Vec<&Value> = after.iter().map(|entry| &entry["id"]).collect();
    assert_ne!(ids[0], ids[1]);
    assert_eq!(before[0]["id"], mine[0].id.as_str());
}

/// I27, I28, I30, I31, I41: whatever comes in, what goes out is well-formed and harmless, and so is the log.
#[test]
fn a_hostile_item_harms_neither_the_feed_nor_the_log() {
    let origin = Origin::start();
    let mut hostile = items("h", 0..1);
    hostile[0].title = "nul\0 esc\u{1b}[31m fffe\u{fffe} <script>alert(1)</script>".to_owned();
    hostile[0].html = "<p onclick='x()'>kept</p><script>alert(2)</script><img src='javascript:x'><a href='/rel'>r</a>\
                       <iframe src='https://evil.example/'></iframe>\u{b}\u{ffff}<style>p{}</style>"
        .to_owned();
    origin.serve("/h", Answer::body(rss("Bad \u{1b}]0;title\u{7} &#1; \r\nforged line", &hostile)));
    origin.serve("/err", Answer::body("<html>\u{1b}[2J</html>"));
    let config = source(&origin, "h", "/h", "") + &source(&origin, "err", "/err", "");
    let program = Program::new(&config);
    let daemon = program.daemon();
    program.run(&["poll", "--all"]);
    let feed = wait_until(PATIENCE, "the hostile entry", || {
        let text = daemon.get("/feed.atom").expect(200).text();
        text.contains("<entry").then_some(text)
    });
    let feed = atom::read(&feed);
    let content = &feed.one("entry").one("content").text;
    assert!(content.contains("kept"), "{content}");
    for bad in ["<script", "onclick", "javascript:", "<iframe", "<style", "alert(2)", "\"/rel\""] {
        assert!(!content.contains(bad), "{bad} in {content}");
    }
    let page = daemon.get("/").expect(200);
    assert!(!page.text().contains("<script>alert"), "the page shows titles as text");
    assert!(page.header("content-security-policy").contains("default-src 'none'"), "{:?}", page.headers);
    let said = daemon.log() + &program.run(&["list"]).said() + &program.run(&["entries"]).said();
    assert!(!said.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\t')), "{said:?}");
    assert!(!said.lines().any(|line| line.starts_with("forged line")), "{said}");
}

/// I45: a page of another site cannot read ours by giving its name another address.
#[test]
fn only_known_host_names_are_answered() {
    let program = Program::bare(&serving("hosts = [\"feeds.example\"]\n"));
    let daemon = program.daemon();
    for (host, answered) in [("evil.example", false), ("feeds.example", true), ("localhost", true), ("127.0.0.1", true)]
    {
        let reply = daemon.request("GET", "/feed.atom", &[("Host", host)]);
        assert_eq!(reply.status == 200, answered, "{host}: {}", reply.status);
        assert!(answered || (400..500).contains(&reply.status), "{host}: {}", reply.status);
    }
    daemon.request("POST", "/feed.atom", &[("Content-Length", "0")]).expect(405);
    daemon.get("/nothing-here").expect(404);
}

/// I26: a document that sets off a bug of the parser is its own source's matter.
#[test]
fn a_panic_of_the_parser_is_contained() {
    let origin = Origin::start();
    let bad = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>P</title>\
               <managingEditor>“editor@example.com”</managingEditor><item><guid>1</guid><title>T</title>\
               <author>“editor@example.com”\u{a0}</author><description>d</description></item></channel></rss>";
    let mut wide = vec![0xfe, 0xff];
    wide.extend(bad.replace("?>", " encoding=\"utf-8\"?>").encode_utf16().flat_map(u16::to_be_bytes));
    origin.serve("/bad", Answer::body(bad));
    origin.serve("/wide", Answer::body(wide));
    origin.document("/good", rss("Good", &items("good", 0..2)));
    let config = ["bad", "wide", "good"].map(|name| source(&origin, name, &format!("/{name}"), ""));
    let program = Program::new(&config.concat());
    let mut daemon = program.daemon();
    wait_until(PATIENCE, "all polls", || {
        let listed = program.records(&["list", "--json"]);
        listed.iter().all(|source| !source["outcome"].is_null()).then_some(())
    });
    daemon.assert_alive();
    assert_eq!(program.source("good")["entries"], 2);
}
