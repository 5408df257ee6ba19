//! The cost of rebuilding the outputs after a new entry, with a thousand and with a hundred thousand stored entries, compared
//! with rebuilding everything.
//!
//! `cargo bench --bench outputs`. `benches/serving.sh` measures how fast finished documents are served, compared with nginx.

// A benchmark measures time; the program itself asks crate::clock.
#![allow(clippy::disallowed_methods)]

#[path = "streams/record.rs"]
mod record;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use watershed::config::{self, Config};
use watershed::entry;
use watershed::merge::Prepared;
use watershed::model::{FeedFormat, Identity, SourceId, Timestamp, Validators};
use watershed::outputs::{Look, OutputPlan, Outputs};
use watershed::publish::{DocumentName, OutputKind};
use watershed::read;
use watershed::store::{KnownDocument, ReadDocument, SourceKey, Store};
use watershed::stories::StoryOptions;
use watershed::theme;

/// Number of sources; each has its own tag, which an output selects.
const SOURCES: usize = 20;
/// 2026-11-24T00:00:00Z.
const NOW: i64 = 1_795_478_400;

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
    let path = folder.path().join("watershed.toml");
    let mut text = String::from(
        "[stories]\nmatch = \"off\"\n[[output]]\nname = \"rare\"\nfilter = [ { keep = \"title\", contains = \"number 7 \" } ]\n",
    );
    for source in 0..SOURCES {
        let filter = if source == 1 { "filter = [ { drop = \"title\", contains = \"number 7 \" } ]\n" } else { "" };
        let (name, url) = (format!("s{source}"), address(source));
        let _ = write!(text, "[[source]]\nname = \"{name}\"\nurl = \"{url}\"\ntags = [\"t{source}\"]\n{filter}");
        let _ = write!(text, "[[output]]\nname = \"o{source}\"\ntags = [\"t{source}\"]\n");
    }
    std::fs::write(&path, text).expect("it can be written");
    let config = config::load(&path, &|_| None).expect("the configuration is right");
    let store = Store::open(&folder.path().join("bench.db"), [0; 16], Timestamp::from_unix(NOW)).expect("it opens");
    let ids = configure(&store, &config).await;
    let each = entries / SOURCES;
    for (source, id) in ids.iter().enumerate() {
        for first in (0..each).step_by(500) {
            poll(&store, source, *id, first..each.min(first + 500)).await;
        }
    }
    let theme = theme::load(&config).expect("it is the built-in theme");
    let look = Look { theme: theme.theme, built_in: theme.built_in, since: Timestamp::from_unix(NOW) };
    let plan = OutputPlan::new(&config, &ids, &store, Timestamp::from_unix(NOW), look);
    let outputs = Outputs::new(store.clone(), plan);
    let start = Instant::now();
    outputs.rebuild().await.expect("everything can be built");
    let first = start.elapsed();
    outputs.rebuild_soon();
    let start = Instant::now();
    outputs.rebuild().await.expect("everything can be built");
    let everything = start.elapsed();
    let mut times: Vec<Duration> = Vec::new();
    for round in 0..rounds {
        let source = round % 2;
        let written = poll(&store, source, ids[source], each + round..each + round + 1).await;
        outputs.changed(ids[source], &written, false);
        let start = Instant::now();
        outputs.rebuild().await.expect("what has changed can be built");
        times.push(start.elapsed());
    }
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "{entries} entries, {} outputs: {:.1} ms after one new entry (median; best {:.1}), {:.1} ms for everything, {:.1} ms \
         at the first time",
        SOURCES + 2,
        ms(times[times.len() / 2]),
        ms(times[0]),
        ms(everything),
        ms(first)
    );
    // A tag has older pages if it has more entries than a page.
    if each <= 100 {
        return;
    }
    // Each change of a document is dated a second after the change before. A document is not made before its date.
    tokio::time::sleep(Duration::from_secs(rounds as u64 + 1)).await;
    let mut times: Vec<Duration> = Vec::new();
    for number in 0..rounds {
        let tag = OutputKind::Tag(format!("t{}", 2 + number % (SOURCES - 2)));
        // Each page is asked for once, so that it has to be made.
        let page = DocumentName::Page(tag, 1 + u32::try_from(number / (SOURCES - 2)).unwrap_or(u32::MAX));
        let start = Instant::now();
        let made = outputs.get(&page).await.expect("the page exists");
        times.push(start.elapsed());
        assert!(made.snapshot.body().len() > 100_000, "the page has a hundred entries");
    }
    times.sort();
    println!(
        "{entries} entries: {:.1} ms for an older page of a tag with 100 entries, in all codings (median; best {:.1})",
        ms(times[times.len() / 2]),
        ms(times[0])
    );
}

fn address(source: usize) -> String {
    format!("https://source-{source}.example/feed")
}

async fn configure(store: &Store, config: &Config) -> Vec<SourceId> {
    let key = |source: usize| SourceKey { name: format!("s{source}"), named: true, url: address(source) };
    let keys = (0..config.sources.len()).map(key).collect();
    let configured = store.configure(keys, OutputPlan::shape(config), Timestamp::from_unix(NOW)).await;
    configured.expect("sources can be registered").sources
}

/// Stores entries as a poll would; returns their numbers.
async fn poll(
    store: &Store,
    source: usize,
    id: SourceId,
    numbers: std::ops::Range<usize>,
) -> Vec<watershed::model::EntryId> {
    let mut body = format!("<rss version=\"2.0\"><channel><title>Source {source}</title>");
    for number in numbers.clone() {
        let text = "The words of an entry of ordinary length, said again and again. ".repeat(40);
        let date = Timestamp::from_unix(NOW - 10_000_000 + number as i64 * 60).to_chrono().to_rfc2822();
        let _ = write!(
            body,
            "<item><guid>https://source-{source}.example/{number}</guid><title>Entry number {number} of {source}</title>\
             <pubDate>{date}</pubDate><description>{number}: {text}</description></item>"
        );
    }
    body.push_str("</channel></rss>");
    let url = address(source);
    let document =
        read::Document { body: body.as_bytes(), content_type: Some("application/xml"), url: &url, max_entries: 5_000 };
    let (parsed, _problems) = read::read(&document).expect("it is a feed");
    let now = Timestamp::from_unix(NOW);
    let feed = entry::clean(parsed, &entry::Context { base: &url, now, identity: Identity::Auto }).0;
    let known = KnownDocument { url: url.clone(), validators: Validators::default(), body_hash: [0; 16] };
    let parsed = numbers.len() as u64;
    // The document is partial, so entries that are missing from it are not withdrawn.
    let document = ReadDocument {
        known,
        reading: 1,
        format: FeedFormat::Rss2,
        parsed,
        partial: true,
        problems: Vec::new(),
        prepared: Prepared::nothing(&feed.entries),
        feed,
        offers: None,
    };
    let record = record::record(id, url, NOW, document, StoryOptions::OFF);
    record::store(store, record).await.entries
}
