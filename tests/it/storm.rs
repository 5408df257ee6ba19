//! Many bad servers at once: half of the sources hang, send without end, send bombs, flap and lie, and the other half is
//! polled on time all the same.

use std::net::Ipv4Addr;
use std::thread;
use std::time::Duration;

use crate::feeds::{items, rss};
use crate::origin::{Answer, Manner, Origin};
use crate::polling::gzip;
use crate::program::{Program, finish, wait_until};

/// What the daemon may have in memory at any time, in KiB.
const PEAK_KIB: u64 = 200 * 1024;
/// What a bomb becomes when it is decompressed, in bytes: more than `max_body` allows.
const BOMB_BYTES: usize = 32 * 1024 * 1024;
/// A good source is asked again after its interval, and some more for a busy machine. Far less than the wait for all bad
/// sources, one after the other, would be.
const ON_TIME: Duration = Duration::from_secs(75);

/// How the bad servers behave.
const BAD: [&str; 5] = ["hang", "endless", "bomb", "flap", "lie"];

/// The document of a source; every source has entries of its own.
fn feed(name: &str) -> String {
    rss(name, &items(name, 0..3))
}

/// Answers the path of a bad source in its manner.
fn misbehave(origin: &Origin, kind: &str, path: &str, bomb: &[u8]) {
    let (name, bomb) = (path.replace('/', ""), bomb.to_vec());
    match kind {
        "hang" => origin.serve(path, Answer::status(200).manner(Manner::Silence)),
        "endless" => origin.serve(path, Answer::body(vec![b'<'; 64 * 1024]).manner(Manner::Endless)),
        "bomb" => origin.serve(path, Answer::body(bomb).header("Content-Encoding", "gzip")),
        "flap" => origin.route(path, move |_, before| match before % 3 {
            0 => Answer::body(feed(&format!("{name}-{before}"))),
            1 => Answer::status(503),
            _ => Answer::status(200).manner(Manner::Raw(Vec::new())),
        }),
        _ => origin.route(path, move |_, before| {
            let honest = Answer::body(feed(&name));
            let length = honest.body.len();
            match before % 4 {
                0 => honest.header("Content-Encoding", "gzip"),
                1 => honest.manner(Manner::Claims(length + 100)),
                2 => Answer::status(304),
                _ => Answer::body(gzip(&honest.body)).header("Content-Encoding", "br"),
            }
        }),
    }
}

/// A source on an address of the loopback network that no other source has, so that hosts do not wait for each other.
fn source(origin: &Origin, name: &str, host: [u8; 2], path: &str, more: &str) -> String {
    let address = Ipv4Addr::new(127, 1, host[0], host[1]);
    let port = origin.address().port();
    format!("\n[[source]]\nname = \"{name}\"\nurl = \"http://{address}:{port}{path}\"\n{more}\n")
}

/// A configuration with these keys of `[poll]` beside those that all tests have.
fn program(poll: &str, sources: &str) -> Program {
    let program = Program::new(sources);
    program.configure(&program.config().replace("[poll]\n", &format!("[poll]\n{poll}\n")));
    program
}

#[test]
fn half_of_the_sources_misbehave_and_the_other_half_is_polled_on_time() {
    let origin = Origin::at(Ipv4Addr::UNSPECIFIED);
    let bomb = gzip(&vec![b' '; BOMB_BYTES]);
    let mut sources = String::new();
    // The bad ones stand first, so that they are asked first.
    for number in 0..50_u8 {
        let (kind, path) = (BAD[usize::from(number) % BAD.len()], format!("/bad{number}"));
        misbehave(&origin, kind, &path, &bomb);
        sources += &source(&origin, &format!("bad{number}"), [0, number + 1], &path, "every = \"2s\"");
    }
    let good: Vec<String> = (0..50).map(|number| format!("/good{number}")).collect();
    for (path, number) in good.iter().zip(1..) {
        origin.document(path, feed(&path[1..]));
        // Longer than even a busy machine takes for an answer.
        sources += &source(&origin, &path[1..], [1, number], path, "every = \"2s\"\ntimeout = \"20s\"");
    }
    let program = program("timeout = \"3s\"\nconcurrency = 16", &sources);
    let mut daemon = program.daemon();
    // Without this the first polls are spread over a minute and more.
    program.run(&["poll", "--all"]).expect(3);
    let asked = |path: &String| origin.seen_at(path).len();
    let before: Vec<usize> = good.iter().map(asked).collect();
    assert!(before.iter().all(|times| *times > 0), "{before:?}");
    wait_until(ON_TIME, "four more polls of each good source", || {
        good.iter().zip(&before).all(|(path, before)| asked(path) >= before + 4).then_some(())
    });
    daemon.assert_alive();
    assert!(daemon.peak_kib() < PEAK_KIB, "{} KiB", daemon.peak_kib());
    let listed = program.records(&["list", "--json"]);
    let state = |name: &str| listed.iter().find(|record| record["name"] == name).expect("it is listed");
    for path in &good {
        let record = state(&path[1..]);
        assert_eq!((&record["entries"], &record["failures"]), (&3.into(), &0.into()), "{record}");
    }
    for bad in ["bad0", "bad1", "bad2"] {
        assert_ne!(state(bad)["failures"], 0, "{}", state(bad));
        assert_eq!(state(bad)["entries"], 0, "{}", state(bad));
    }
    // What a lying server sent was a feed.
    assert_eq!(state("bad4")["entries"], 3, "{}", state("bad4"));
    assert!(!daemon.log().contains("panicked"), "{}", daemon.log());
    daemon.get("/feed.atom").expect(200);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn servers_that_hang_in_every_place_do_not_keep_the_others_waiting_for_their_timeout() {
    const HANGING: u8 = 40;
    let origin = Origin::at(Ipv4Addr::UNSPECIFIED);
    let mut sources = String::new();
    for number in 0..HANGING {
        let path = format!("/hang{number}");
        origin.serve(&path, Answer::status(200).manner(Manner::Silence));
        sources += &source(&origin, &path[1..], [2, number + 1], &path, "");
    }
    let good: Vec<String> = (0..10).map(|number| format!("/good{number}")).collect();
    for (path, number) in good.iter().zip(1..) {
        origin.document(path, feed(&path[1..]));
        sources += &source(&origin, &path[1..], [3, number], path, "every = \"2s\"");
    }
    // Fewer places than servers that hang. Their polls last longer than this test waits.
    let program = program("timeout = \"2m\"\nconcurrency = 24", &sources);
    let daemon = program.daemon();
    let asked = |path: &String| origin.seen_at(path).len();
    let mut all = program.command();
    all.args(["poll", "--all"]);
    // The command waits for all polls, and is ended with the daemon.
    let waiting = thread::spawn(move || finish(all));
    wait_until(ON_TIME, "two polls of each good source", || good.iter().all(|path| asked(path) >= 2).then_some(()));
    let hanging = (0..HANGING).filter(|number| asked(&format!("/hang{number}")) == 1).count();
    assert_eq!(hanging, usize::from(HANGING), "all of them hang");
    assert_eq!(daemon.term(), 0);
    waiting.join().expect("the command ends with the daemon");
}
