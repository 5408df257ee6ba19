//! `/NAME.stream`: new stories as server-sent events, which resume without loss or repeat, and the limits on streams.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use crate::feeds::{Item, items, rss};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{Daemon, PATIENCE, Program, wait_until};

/// Streams that a daemon has open at once.
const STREAMS: usize = 128;
/// After this time a reader that takes nothing is cut off.
const TAKEN_WITHIN: Duration = Duration::from_secs(30);
/// Streams end within this time when the daemon stops.
const ENDED_WITHIN: Duration = Duration::from_secs(4);

/// A reader of a stream.
struct Reader {
    status: u16,
    head: String,
    from: BufReader<TcpStream>,
    /// What has come of the body and is not taken yet.
    text: String,
}

/// A block of a stream: an event, or the fields between events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Block {
    id: Option<String>,
    data: Option<String>,
    retry: Option<String>,
}

impl Reader {
    fn open(daemon: &Daemon, path: &str, headers: &[(&str, &str)]) -> Reader {
        let mut stream = TcpStream::connect(&daemon.address).expect("the daemon listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a socket takes a timeout");
        let mut head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n", daemon.address);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).expect("the request is sent");
        let mut from = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(from.read_line(&mut head).expect("an answer comes") > 0, "a whole head: {head}");
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Reader { status, head: head.to_lowercase(), from, text: String::new() }
    }

    /// Opens a stream that must be there, behind an event or with what comes next, and returns the place at which it begins.
    #[track_caller]
    fn begin(daemon: &Daemon, path: &str, after: Option<&str>) -> (Reader, String) {
        let headers: Vec<(&str, &str)> = after.map(|id| ("Last-Event-ID", id)).into_iter().collect();
        let mut reader = Reader::open(daemon, path, &headers);
        assert_eq!(reader.status, 200, "{}", reader.head);
        let first = reader.block().expect("the stream says where it begins");
        assert_eq!((first.data, first.retry.as_deref()), (None, Some("3000")));
        let id = first.id.expect("a reader can resume from the beginning on");
        assert!(after.is_none_or(|after| after == id), "{id}");
        (reader, id)
    }

    /// The next block; `None` at the end of the stream.
    fn block(&mut self) -> Option<Block> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let mut found = Block::default();
                for line in block.lines() {
                    match line.split_once(": ") {
                        Some(("id", id)) => found.id = Some(id.to_owned()),
                        Some(("data", data)) => found.data = Some(data.to_owned()),
                        Some(("retry", retry)) => found.retry = Some(retry.to_owned()),
                        _ => assert!(line.starts_with(':'), "an unknown field: {line}"),
                    }
                }
                self.text = rest.to_owned();
                return Some(found);
            }
            let more = self.chunk().ok()??;
            self.text.push_str(&more);
        }
    }

    /// The next chunk of the body (RFC 9112, 7.1); `None` after the last.
    fn chunk(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        if self.from.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let size = usize::from_str_radix(line.trim(), 16).expect("the size of a chunk");
        let mut bytes = vec![0; size + 2];
        self.from.read_exact(&mut bytes)?;
        bytes.truncate(size);
        Ok((size > 0).then(|| String::from_utf8(bytes).expect("it is UTF-8")))
    }

    /// The next events: their ids and data.
    #[track_caller]
    fn events(&mut self, number: usize) -> Vec<(String, String)> {
        let mut events = Vec::new();
        while events.len() < number {
            let block = self.block().unwrap_or_else(|| panic!("the stream ended after {} events", events.len()));
            if let Some(data) = block.data {
                events.push((block.id.expect("every event has an id"), data));
            }
        }
        events
    }
}

fn title(data: &str) -> String {
    let item: serde_json::Value = serde_json::from_str(data).expect("an event carries JSON");
    item["title"].as_str().expect("an item has a title").to_owned()
}

fn titles(events: &[(String, String)]) -> Vec<String> {
    let mut titles: Vec<String> = events.iter().map(|(_, data)| title(data)).collect();
    titles.sort();
    titles
}

fn feed(numbers: std::ops::Range<u32>) -> String {
    rss("A", &items("a", numbers))
}

/// A daemon that has polled and published everything.
#[track_caller]
fn polled(program: &Program) -> Daemon {
    let daemon = program.daemon();
    program.run(&["poll", "--all"]).expect(0);
    daemon
}

#[test]
fn a_stream_resumes_without_loss_or_repeat_also_after_a_kill() {
    let origin = Origin::start();
    origin.document("/a", feed(0..3));
    let config = source(&origin, "a", "/a", "tags = [\"t\"]") + &source(&origin, "b", "/b", "");
    origin.document("/b", rss("B", &items("b", 0..1)));
    let program = Program::new(&config);
    let daemon = polled(&program);

    let (mut all, _) = Reader::begin(&daemon, "/feed.stream", None);
    let (mut tagged, _) = Reader::begin(&daemon, "/tag/t.stream", None);
    let (mut of_b, begin_of_b) = Reader::begin(&daemon, "/source/b.stream", None);
    origin.document("/a", feed(0..5));
    program.poll("a");
    let events = all.events(2);
    assert_eq!(titles(&events), ["a item 3", "a item 4"], "only what is new");
    let document = daemon.get("/feed.json").expect(200).text();
    for (id, data) in &events {
        assert!(document.contains(data.as_str()), "{id}: the same bytes as in the feed: {data}\n{document}");
    }
    assert_eq!(titles(&tagged.events(2)), titles(&events));
    origin.document("/b", rss("B", &items("b", 0..2)));
    program.poll("b");
    assert_eq!(titles(&of_b.events(1)), ["b item 1"], "a stream tells of its own feed");
    daemon.kill();
    assert_eq!(of_b.block(), None);

    // What was stored while nobody served is told as well.
    origin.document("/a", feed(0..6));
    program.poll("a");
    let daemon = program.daemon();
    let (mut all, _) = Reader::begin(&daemon, "/feed.stream", Some(&events[0].0));
    let missed = all.events(3);
    assert_eq!(missed[0], events[1], "behind the last event that was seen");
    assert_eq!(titles(&missed[1..]), ["a item 5", "b item 1"]);
    origin.document("/a", feed(0..7));
    program.poll("a");
    assert_eq!(titles(&all.events(1)), ["a item 6"]);
    // A reader that was cut off before its first event begins where its stream began.
    let (mut of_b, _) = Reader::begin(&daemon, "/source/b.stream", Some(&begin_of_b));
    assert_eq!(titles(&of_b.events(1)), ["b item 1"]);

    let began = Instant::now();
    assert_eq!(daemon.term(), 0);
    assert!(all.block().is_none() && began.elapsed() < ENDED_WITHIN, "{:?}", began.elapsed());
}

#[test]
fn a_stream_is_answered_with_what_its_readers_need_and_refused_to_others() {
    let origin = Origin::start();
    origin.document("/a", feed(0..1));
    let output = "\n[[output]]\nname = \"secret\"\ntoken = \"s e\"\n";
    let program = Program::new(&(source(&origin, "a", "/a", "private = true\ntags = [\"t\"]") + output));
    let daemon = polled(&program);

    for (path, headers, status) in [
        ("/feed.stream", &[][..], 200),
        ("/secret.stream", &[], 401),
        ("/secret.stream?token=wrong", &[], 401),
        ("/secret.stream?token=s%20e", &[], 200),
        // :s e
        ("/secret.stream", &[("Authorization", "Basic OnMgZQ==")], 200),
        ("/nothing.stream", &[], 404),
        ("/health.stream", &[], 404),
        ("/search.stream?q=a", &[], 404),
        // Everybody could read the feed of a tag or source.
        ("/tag/t.stream", &[], 404),
        ("/source/a.stream", &[], 404),
        ("/feed.stream", &[("Last-Event-ID", "nonsense")], 400),
        ("/feed.stream", &[("Last-Event-ID", "\u{fc}")], 400),
        ("/feed.stream", &[("Last-Event-ID", "7fffffffffffffff-00000000")], 400),
        ("/feed.stream", &[("Last-Event-ID", "")], 200),
    ] {
        let reader = Reader::open(&daemon, path, headers);
        assert_eq!(reader.status, status, "{path} {headers:?}: {}", reader.head);
        assert_eq!(daemon.request("HEAD", path, headers).status, status, "HEAD {path}");
        if status == 200 {
            for line in
                ["content-type: text/event-stream", "cache-control: no-store", "x-content-type-options: nosniff"]
            {
                assert!(reader.head.contains(&format!("\r\n{line}\r\n")), "{line} in {}", reader.head);
            }
        }
    }

    let (mut reader, _) = Reader::begin(&daemon, "/secret.stream?token=s%20e", None);
    origin.document("/a", feed(0..2));
    program.poll("a");
    assert_eq!(titles(&reader.events(1)), ["a item 1"]);
    // With another token, the stream ends before it tells of anything else.
    program.configure(&program.config().replace("token = \"s e\"", "token = \"other\""));
    program.run(&["reload"]).expect(0);
    origin.document("/a", feed(0..3));
    program.poll("a");
    assert_eq!(reader.block(), None);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn streams_are_bounded_and_leave_places_for_other_requests() {
    let origin = Origin::start();
    origin.document("/a", feed(0..1));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let daemon = polled(&program);
    let mut streams: Vec<Reader> = (0..STREAMS).map(|_| Reader::begin(&daemon, "/feed.stream", None).0).collect();
    let refused = Reader::open(&daemon, "/feed.stream", &[]);
    assert!(refused.status == 503 && refused.head.contains("\r\nretry-after: "), "{}", refused.head);
    daemon.get("/feed.atom").expect(200);
    drop(streams.pop());
    let again = wait_until(PATIENCE, "the place of a closed stream", || {
        let reader = Reader::open(&daemon, "/feed.stream", &[]);
        (reader.status == 200).then_some(reader)
    });
    streams.push(again);
    origin.document("/a", feed(0..2));
    program.poll("a");
    for stream in &mut streams {
        assert_eq!(titles(&stream.events(1)), ["a item 1"]);
    }
    assert_eq!(daemon.term(), 0);
}

/// Entries of the feed that is too large for the buffers between a daemon and its reader, and the words of each of them.
const LARGE: u32 = 80;
const WORDS: usize = 16_000;

#[test]
fn a_reader_that_takes_nothing_is_cut_off_and_resumes() {
    let origin = Origin::start();
    origin.document("/a", feed(0..0));
    let program = Program::new(&(source(&origin, "a", "/a", "") + "\n[stories]\nmatch = \"off\"\n"));
    let daemon = program.daemon();
    // The poll that the daemon begins with is over before there is more to be polled.
    program.poll("a");
    let (_, begin) = Reader::begin(&daemon, "/feed.stream", None);
    let large =
        |number| Item { html: format!("<p>{}</p>", format!("{number:05} ").repeat(WORDS)), ..Item::new("a", number) };
    let all: Vec<Item> = (0..LARGE).map(large).collect();
    origin.document("/a", rss("A", &all));
    program.poll("a");

    let (mut slow, _) = Reader::begin(&daemon, "/feed.stream", Some(&begin));
    let (mut quick, _) = Reader::begin(&daemon, "/feed.stream", Some(&begin));
    let events = quick.events(all.len());
    // The wait is the time-out itself: nothing is taken for longer than the daemon waits.
    thread::sleep(TAKEN_WITHIN + Duration::from_secs(2));
    let mut seen = Vec::new();
    while let Some(block) = slow.block() {
        seen.extend(block.id.zip(block.data));
    }
    assert!(!seen.is_empty() && seen.len() < events.len(), "{} of {} events came", seen.len(), events.len());
    let last = seen.last().map(|(id, _)| id.clone()).expect("some came");
    let (mut resumed, _) = Reader::begin(&daemon, "/feed.stream", Some(&last));
    seen.extend(resumed.events(events.len() - seen.len()));
    assert!(seen == events, "each event once, in order");
    assert_eq!(daemon.term(), 0);
}
