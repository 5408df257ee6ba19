//! The cost of searching among a thousand and a hundred thousand stored entries, and of indexing them.
//!
//! `cargo bench --bench search`. Words are as frequent as in natural language: a few in most texts, most in few.

// A benchmark measures time; the program itself asks crate::clock.
#![allow(clippy::disallowed_methods)]

#[path = "streams/record.rs"]
mod record;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use watershed::entry;
use watershed::merge::Prepared;
use watershed::model::{FeedFormat, Identity, SourceId, Timestamp, Validators};
use watershed::read;
use watershed::search::{Finder, Listed, Query};
use watershed::store::{KnownDocument, ReadDocument, SearchQuery, Selection, SourceKey, Store};
use watershed::stories::StoryOptions;

const SOURCES: usize = 20;
/// Entries of one document.
const EACH: usize = 500;
/// Words of a text, and different words in all.
const WORDS: usize = 150;
const VOCABULARY: usize = 60_000;
/// How steeply the frequency of words falls.
const FALL: f64 = 3.2;
/// Results, as on a page.
const LIMIT: usize = 50;
/// 2026-11-24T00:00:00Z.
const NOW: i64 = 1_795_478_400;

/// Queries, with what they are an example of. Word 10 is in most texts, word 40,000 in hardly any.
const QUERIES: &[(&str, &str)] = &[
    ("a rare word", "w40000"),
    ("a frequent word", "w10"),
    ("three frequent words", "w10 w20 w30"),
    ("a frequent word, ranked", "w10 sort:rank"),
    ("a phrase that is there", "\"w1 w2\""),
    ("a phrase that is nowhere", "\"w40 w50 w60\""),
    ("the beginning of many words", "w1*"),
    ("the beginning of nearly all words", "w*"),
    ("the same, ranked", "w* sort:rank"),
    ("the beginning of words that nothing has", "x*"),
    ("everything since yesterday", "since:1d"),
    ("all but a frequent word", "-w10"),
    ("a word of one source and month", "w1000 source:s7 since:30d"),
];

fn main() {
    // `cargo test --all-targets` runs the benchmark without `--bench`. A short run is then enough to see that it works.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (sizes, rounds) = if is_bench { ([1_000, 100_000], 20) } else { ([40, 80], 1) };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for entries in sizes {
        runtime.block_on(measure(entries, rounds));
    }
}

async fn measure(entries: usize, rounds: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("bench.db");
    let store = Store::open(&path, [0; 16], Timestamp::from_unix(NOW)).expect("it opens");
    let key = |source: usize| SourceKey { name: format!("s{source}"), named: true, url: address(source) };
    let configured = store.configure((0..SOURCES).map(key).collect(), String::new(), Timestamp::from_unix(NOW)).await;
    let ids = configured.expect("sources can be registered").sources;
    let mut dice = Dice(7);
    let each = entries / SOURCES;
    for (source, id) in ids.iter().enumerate() {
        for first in (0..each).step_by(EACH) {
            poll(&store, source, *id, first..each.min(first + EACH), &mut dice).await;
        }
    }
    let size = || std::fs::metadata(&path).map_or(0, |file| file.len());
    let (before, start) = (size(), Instant::now());
    let mut indexed = 0;
    loop {
        let some = store.index_some().await.expect("entries can be indexed");
        indexed += some.entries;
        if !some.is_more {
            break;
        }
    }
    let micros = start.elapsed().as_secs_f64() * 1e6 / indexed.max(1) as f64;
    let bytes = size().saturating_sub(before) / indexed.max(1) as u64;
    println!("{entries} entries: {micros:.1} µs to index an entry, about {bytes} bytes in the database");
    let names: Vec<String> = (0..SOURCES).map(|source| format!("s{source}")).collect();
    let listed: Vec<Listed<'_>> =
        ids.iter().zip(&names).map(|(id, name)| Listed { id: *id, name, tags: &[] }).collect();
    for (what, query) in QUERIES {
        let query = Query::parse(query).expect("the query is right").query;
        let finder = Arc::new(Finder::new(&query, &listed, Timestamp::from_unix(NOW)));
        let mut times: Vec<Duration> = Vec::new();
        let mut found = 0;
        for _ in 0..rounds {
            let selection = Selection::of(ids.iter().copied().collect::<HashSet<SourceId>>());
            let asked = SearchQuery { selection, finder: finder.clone(), limit: LIMIT, max_bytes: u64::MAX };
            let start = Instant::now();
            found = store.search(asked).await.expect("the store can be searched").entries.len();
            times.push(start.elapsed());
        }
        times.sort();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
        println!("{entries} entries: {what}: {found} found, {:.1} ms (median; most {:.1})", ms(median), ms(most));
    }
}

fn address(source: usize) -> String {
    format!("https://source-{source}.example/feed")
}

/// Xorshift: the same texts at every run.
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn words(&mut self, count: usize) -> String {
        let mut out = String::new();
        for _ in 0..count {
            let word = (self.roll().powf(FALL) * VOCABULARY as f64) as usize;
            let _ = write!(out, "w{word} ");
        }
        out
    }
}

/// Stores entries as a poll would.
async fn poll(store: &Store, source: usize, id: SourceId, numbers: std::ops::Range<usize>, dice: &mut Dice) {
    let mut body = format!("<rss version=\"2.0\"><channel><title>Source {source}</title>");
    for number in numbers.clone() {
        let date = Timestamp::from_unix(NOW - 10_000_000 + number as i64 * 60).to_chrono().to_rfc2822();
        let (title, text) = (dice.words(8), dice.words(WORDS));
        let _ = write!(
            body,
            "<item><guid>https://source-{source}.example/{number}</guid><title>{title}</title><pubDate>{date}</pubDate>\
             <description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
        );
    }
    body.push_str("</channel></rss>");
    let url = address(source);
    let document =
        read::Document { body: body.as_bytes(), content_type: Some("application/xml"), url: &url, max_entries: 5_000 };
    let (parsed, _problems) = read::read(&document).expect("it is a feed");
    let now = Timestamp::from_unix(NOW);
    let feed = entry::clean(parsed, &entry::Context { base: &url, now, identity: Identity::Auto }).0;
    // The document is partial, so entries that are missing from it are not withdrawn.
    let document = ReadDocument {
        known: KnownDocument { url: url.clone(), validators: Validators::default(), body_hash: [0; 16] },
        reading: 1,
        format: FeedFormat::Rss2,
        parsed: numbers.len() as u64,
        partial: true,
        problems: Vec::new(),
        prepared: Prepared::nothing(&feed.entries),
        feed,
        offers: None,
    };
    record::store(store, record::record(id, url, NOW, document, StoryOptions::OFF)).await;
}
