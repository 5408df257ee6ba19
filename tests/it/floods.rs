//! Sources that renew all of their entries at each poll: they are reported, and leave room for others in live documents.

use std::fmt::Write as _;

use chrono::DateTime;
use regex::{Captures, Regex};
use serde_json::Value;
use watershed::clock;

use crate::feeds::{items, rss};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{BASE, Daemon, Program, serving};

/// Entries of each document of a flooding source.
const FLOOD: u32 = 60;
/// Documents in a row that make a flood, including the first document, which does not count.
const DOCUMENTS: u32 = 4;

/// A number of words that no other seed gives.
fn words(mut seed: u64, number: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ka", "lo", "mi", "ten", "ru", "sha", "po", "ver", "din", "os", "el", "bat", "gur", "wen", "fa", "zi"];
    let mut next = || {
        // SplitMix64.
        seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) >> 40).expect("24 bits fit")
    };
    let mut word = || (0..3).map(|_| SYLLABLES[next() % SYLLABLES.len()]).collect::<String>();
    (0..number).map(|_| word()).collect::<Vec<_>>().join(" ")
}

/// A document of entries without dates, all of them new.
fn renewed(round: u32) -> String {
    let mut out = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Flood</title>\
                   <link>https://flood.example/</link><description>d</description>\n"
        .to_owned();
    for number in 0..FLOOD {
        let seed = u64::from(round * 1_000 + number + 1) << 32;
        let (title, text) = (words(seed, 6), words(seed + (1 << 20), 80));
        let _ = writeln!(
            out,
            "<item><guid isPermaLink=\"false\">tag:flood.example,2024:{round}-{number}</guid>\
             <link>https://flood.example/{round}/{number}</link><title>{title}</title><description>{text}</description></item>"
        );
    }
    out + "</channel></rss>\n"
}

/// A calm document. The first of its entries is dated so many days ago, and each further entry is a minute older.
fn calm(days_ago: i64) -> String {
    let mut next = clock::now().unix() - days_ago * 24 * 3_600;
    let dates = Regex::new("<pubDate>[^<]*</pubDate>").expect("the pattern is valid");
    let date = |_: &Captures<'_>| {
        next -= 60;
        format!("<pubDate>{}</pubDate>", DateTime::from_timestamp(next, 0).expect("it is a date").to_rfc2822())
    };
    dates.replace_all(&rss("Calm", &items("calm", 0..30)), date).into_owned()
}

/// Polls the calm source, and then the flooding source until it floods.
fn poll_until_it_floods(origin: &Origin, program: &Program) {
    program.poll("calm");
    for round in 0..DOCUMENTS {
        assert!(!problems(program).contains("a flood: most"), "after {round}: {}", problems(program));
        origin.document("/flood", renewed(round));
        let polled = program.poll("flood");
        assert_eq!(polled["new"], FLOOD, "{polled}");
    }
    assert!(problems(program).contains("a flood: most"), "{}", problems(program));
}

/// The number of entries of each site in a feed.
fn shown(daemon: &Daemon, path: &str) -> [usize; 2] {
    let document: Value = serde_json::from_str(&daemon.get(path).expect(200).text()).expect("it is JSON");
    let ids: Vec<&str> =
        document["items"].as_array().expect("a list").iter().filter_map(|it| it["id"].as_str()).collect();
    ["tag:calm.", "tag:flood."].map(|site| ids.iter().filter(|id| id.starts_with(site)).count())
}

fn problems(program: &Program) -> String {
    program.source("flood")["problems"].to_string()
}

#[test]
fn a_flooding_source_is_reported_and_held_to_its_share() {
    let origin = Origin::start();
    origin.document("/calm", calm(1));
    let outputs = "\n[[output]]\nname = \"feed\"\nentries = 40\n\
                   \n[[output]]\nname = \"wide\"\nentries = 80\n\
                   \n[[output]]\nname = \"alone\"\nsources = [\"flood\"]\nentries = 40\n";
    let sources = format!("{}{}", source(&origin, "calm", "/calm", ""), source(&origin, "flood", "/flood", ""));
    // Every start listens on another port, which would be in the addresses of its documents.
    let base = serving("public_url = \"https://feeds.example\"\n");
    let program = Program::bare(&[base, sources, outputs.to_owned()].concat());
    poll_until_it_floods(&origin, &program);
    let daemon = program.daemon();
    // Half of 40 is its share; of 80 it has half, and what the others do not fill; and what is its own alone is not shared.
    for (path, expected) in
        [("/feed.json", [20, 20]), ("/wide.json", [30, 50]), ("/alone.json", [0, 40]), ("/source/flood.json", [0, 100])]
    {
        assert_eq!(shown(&daemon, path), expected, "{path}");
    }
    let archived: usize = (1..=3)
        .map(|number| {
            let document = daemon.get(&format!("/archive/feed/{number}.atom")).expect(200).text();
            document.matches("<id>tag:flood.example").count()
        })
        .sum();
    assert_eq!(archived, (FLOOD * DOCUMENTS) as usize, "archives have everything");
    let why = program.run(&["why", "tag:flood.example,2024:3-0"]).expect(0);
    assert!(why.stdout.contains("its source floods"), "{why:?}");
    // The same entries are shown after a restart.
    let before = daemon.get("/feed.atom").expect(200);
    assert_eq!(daemon.term(), 0);
    let daemon = program.daemon();
    assert_eq!(daemon.get("/feed.atom").expect(200).header("etag"), before.header("etag"));
    assert_eq!(daemon.term(), 0);
}

#[test]
fn a_flooding_source_does_not_give_way_to_old_entries() {
    let origin = Origin::start();
    origin.document("/calm", calm(40));
    let outputs = "\n[[output]]\nname = \"feed\"\nentries = 40\n\
                   \n[[output]]\nname = \"wide\"\nentries = 250\n";
    let sources = format!("{}{}", source(&origin, "calm", "/calm", ""), source(&origin, "flood", "/flood", ""));
    let program = Program::bare(&[BASE, &sources, outputs].concat());
    poll_until_it_floods(&origin, &program);
    let daemon = program.daemon();
    // Below all others rank the undated entries of the first document of the flooding source, which may be of any age.
    for (path, expected) in [("/feed.json", [0, 40]), ("/wide.json", [30, 220])] {
        assert_eq!(shown(&daemon, path), expected, "{path}");
    }
    assert_eq!(daemon.term(), 0);
}

#[test]
fn a_tag_that_cannot_be_a_file_name_is_reported() {
    let origin = Origin::start();
    let tags = |tag: &str| source(&origin, "a", "/a", &format!("tags = [\"{tag}\"]"));
    let program = Program::new("");
    let files = program.config().replace("[serve]\n", "[serve]\nfiles = \"site\"\n");
    for (tag, expected) in [
        ("あ".repeat(84), Some("longer than 250 bytes")),
        ("あ".repeat(83), None),
        ("a/b".to_owned(), Some("contains a slash")),
        (".watershed-list".to_owned(), Some("begins with")),
    ] {
        program.configure(&format!("{files}{}", tags(&tag)));
        let said = program.run(&["check"]).expect(0).said();
        assert_eq!(expected.is_some_and(|why| said.contains(why)), expected.is_some(), "{tag}: {said}");
        assert_eq!(said.contains("are not written"), expected.is_some(), "{tag}: {said}");
    }
}
