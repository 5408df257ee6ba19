//! A store with the entries of twenty sources, for benchmarks that compare few entries with many.

#[path = "record.rs"]
mod record;

use std::fmt::Write as _;
use std::ops::Range;

use watershed::entry;
use watershed::model::{Identity, SourceId, Timestamp};
use watershed::read;
use watershed::store::{PollEffect, SourceKey, Store};
use watershed::stories::StoryOptions;

/// Number of sources.
pub const SOURCES: usize = 20;
/// Entries of one document.
pub const EACH: usize = 500;
/// 2026-11-24T00:00:00Z.
pub const NOW: i64 = 1_795_478_400;

/// Calls `measure` with the number of entries and of rounds: first few entries, then many.
pub fn with_few_and_many<F: Future<Output = ()>>(measure: impl Fn(usize, usize) -> F) {
    // `cargo test --all-targets` runs the benchmark without `--bench`. A short run is then enough to see that it works.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (sizes, rounds) = if is_bench { ([1_000, 100_000], 20) } else { ([40, 80], 1) };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for entries in sizes {
        runtime.block_on(measure(entries, rounds));
    }
}

/// The address of a source.
pub fn address(source: usize) -> String {
    format!("https://source-{source}.example/feed")
}

/// Registers the sources.
pub async fn configure(store: &Store) -> Vec<SourceId> {
    let key = |source: usize| SourceKey { name: format!("s{source}"), named: true, url: address(source) };
    let configured = store.configure((0..SOURCES).map(key).collect(), Timestamp::from_unix(NOW)).await;
    configured.expect("sources can be registered")
}

/// Stores a document with these entries, as a poll would. `texts` gives the title and the text of an entry, by its number.
pub async fn poll(
    store: &Store,
    source: usize,
    id: SourceId,
    numbers: Range<usize>,
    mut texts: impl FnMut(usize) -> (String, String),
) -> PollEffect {
    let count = numbers.len();
    let mut body = format!("<rss version=\"2.0\"><channel><title>Source {source}</title>");
    for number in numbers {
        let (title, text) = texts(number);
        let date = Timestamp::from_unix(NOW - 10_000_000 + number as i64 * 60).to_chrono().to_rfc2822();
        let _ = write!(
            body,
            "<item><guid>https://source-{source}.example/{number}</guid><title>{title}</title><pubDate>{date}</pubDate>\
             <description>{text}</description></item>"
        );
    }
    body.push_str("</channel></rss>");
    let url = address(source);
    let document =
        read::Document { body: body.as_bytes(), content_type: Some("application/xml"), url: &url, max_entries: 5_000 };
    let (parsed, _problems) = read::read(&document).expect("it is a feed");
    let now = Timestamp::from_unix(NOW);
    let feed = entry::clean(parsed, &entry::Context { base: &url, now, identity: Identity::Auto }).0;
    let document = record::document(&url, feed, count, true);
    record::store(store, record::record(id, url, NOW, document, StoryOptions::OFF)).await
}
