//! Entries that their source withdraws, because a document says so or because they vanish from it: outputs, archives and `why`
//! follow.

use crate::atom;
use crate::feeds::{self, items};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{Daemon, Program};

/// The id of the newest entry.
const NEWEST: &str = "tag:a.example,2024:2";
const TOMBSTONE: &str = "<at:deleted-entry xmlns:at=\"http://purl.org/atompub/tombstones/1.0\" \
    ref=\"tag:a.example,2024:2\" when=\"2024-01-05T10:00:00Z\"><at:comment>posted by mistake</at:comment></at:deleted-entry>";

/// A document of these items, with something behind them.
fn feed(numbers: &[u32], behind: &str) -> String {
    feeds::atom("A", &items("a", numbers.iter().copied())).replace("</feed>", &format!("{behind}</feed>"))
}

fn titles(daemon: &Daemon, path: &str) -> Vec<String> {
    let feed = atom::read(&daemon.get(path).expect(200).text());
    let mut titles: Vec<String> = feed.all("entry").iter().map(|entry| entry.one("title").text.clone()).collect();
    titles.sort();
    titles
}

const ALL: [&str; 3] = ["a item 0", "a item 1", "a item 2"];
const REST: [&str; 2] = ["a item 0", "a item 1"];

#[test]
fn entries_that_a_source_deletes_are_hidden_until_it_lists_them_again() {
    let origin = Origin::start();
    origin.document("/a", feed(&[2, 1, 0], ""));
    let program = Program::new(&source(&origin, "a", "/a", "follow_deletions = true"));
    let daemon = program.daemon();
    let poll = |document: String| {
        origin.document("/a", document);
        program.poll("a");
    };
    let shown = || titles(&daemon, "/feed.atom");
    program.poll("a");
    assert_eq!(shown(), ALL);
    poll(feed(&[1, 0], TOMBSTONE));
    assert_eq!(shown(), REST);
    assert_eq!(titles(&daemon, "/archive/feed/1.atom"), REST);
    let why = program.run(&["why", NEWEST]).expect(0).stdout;
    let told = "was taken out of every output, because the feed says that it was deleted on 2024-01-05T10:00:00Z, \
                “posted by mistake”";
    assert!(why.contains(told), "{why}");
    assert_eq!(program.records(&["list", "--json"])[0]["problems"].as_array().map(Vec::len), Some(1));
    poll(feed(&[2, 1, 0], ""));
    assert_eq!(shown(), ALL);
    let why = program.run(&["why", NEWEST]).expect(0).stdout;
    assert!(why.contains("was put back into the outputs, because its source lists it again"), "{why}");
    // What a person says of it holds, whatever the source does.
    program.run(&["hide", NEWEST]).expect(0);
    poll(feed(&[1, 0], TOMBSTONE));
    poll(feed(&[2, 1, 0], "<!-- again -->"));
    assert_eq!(shown(), REST);
    program.run(&["unhide", NEWEST]).expect(0);
    poll(feed(&[1, 0], TOMBSTONE));
    assert_eq!(shown(), ALL);
}

#[test]
fn deletions_are_followed_only_where_that_is_configured() {
    let origin = Origin::start();
    origin.document("/a", feed(&[2, 1, 0], ""));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    let daemon = program.daemon();
    program.poll("a");
    for document in [feed(&[1, 0], TOMBSTONE), feed(&[1, 0], ""), feed(&[1, 0], "<!-- b -->")] {
        origin.document("/a", document);
        program.poll("a");
    }
    assert_eq!(titles(&daemon, "/feed.atom"), ALL);
    assert!(program.run(&["why", NEWEST]).expect(0).stdout.lines().all(|line| !line.contains("taken out")));
}

#[test]
fn an_entry_that_vanishes_from_the_top_is_hidden_after_three_documents() {
    let origin = Origin::start();
    origin.document("/a", feed(&[2, 1, 0], ""));
    let program = Program::new(&source(&origin, "a", "/a", "follow_deletions = true"));
    let daemon = program.daemon();
    program.poll("a");
    // The same document each time: it is read again for as long as the entry may come back.
    origin.document("/a", feed(&[1, 0], ""));
    for wanted in [&ALL[..], &ALL, &REST] {
        program.poll("a");
        assert_eq!(titles(&daemon, "/feed.atom"), wanted);
    }
    let why = program.run(&["why", NEWEST]).expect(0).stdout;
    assert!(why.contains("because it was missing from 3 documents in a row that still listed older entries"), "{why}");
    assert_eq!(program.poll("a")["outcome"], "not_modified", "and then it is asked for as before");
    origin.document("/a", feed(&[2, 1, 0], ""));
    program.poll("a");
    assert_eq!(titles(&daemon, "/feed.atom"), ALL);
}
