//! The cost of searching among a thousand and a hundred thousand stored entries, and of indexing them.
//!
//! `cargo bench --bench search`. Words are as frequent as in natural language: a few in most texts, most in few.

// A benchmark measures time; the program itself asks crate::clock.
#![allow(clippy::disallowed_methods)]

#[path = "streams/sources.rs"]
mod sources;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sources::{EACH, NOW, SOURCES};
use watershed::model::{SourceId, Timestamp};
use watershed::search::{Finder, NamedSource, Query};
use watershed::store::{SearchQuery, Selection, Store};

/// Words of a text, and different words in all.
const WORDS: usize = 150;
const VOCABULARY: usize = 60_000;
/// How steeply the frequency of words falls.
const FALL: f64 = 3.2;
/// Results, as on a page.
const LIMIT: usize = 50;

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
    sources::with_few_and_many(measure);
}

async fn measure(entries: usize, rounds: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("bench.db");
    let store = Store::open(&path, [0; 16], Timestamp::from_unix(NOW)).expect("it opens");
    let ids = sources::configure(&store).await;
    let mut dice = Dice(7);
    let each = entries / SOURCES;
    for (source, id) in ids.iter().enumerate() {
        for first in (0..each).step_by(EACH) {
            let texts = |_| (dice.words(8), format!("&lt;p&gt;{}&lt;/p&gt;", dice.words(WORDS)));
            sources::poll(&store, source, *id, first..each.min(first + EACH), texts).await;
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
    let listed: Vec<NamedSource<'_>> =
        ids.iter().zip(&names).map(|(id, name)| NamedSource { id: *id, name, tags: &[] }).collect();
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
