//! The cost of the pipeline's stages, each compared with a lower bound for the same work in the same run: reading and cleaning
//! with feed-rs alone, storing with bare SQLite, publishing with gzip alone.
//!
//! `cargo bench --bench pipeline`. Only the ratios are meaningful, because machines differ and have other load.

// A benchmark measures time; the program itself asks crate::clock.
#![allow(clippy::disallowed_methods)]

#[path = "streams/record.rs"]
mod record;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use watershed::config::ContentMode;
use watershed::entry;
use watershed::model::{CleanFeed, SourceCard, SourceId, StoredEntry, Timestamp};
use watershed::publish::{self, About, Chain, OutputKind, OutputSpec, Shown, Site, Snapshot, Syndication};
use watershed::read;
use watershed::store::{PollRecord, Scope, Selection, SourceKey, Store};
use watershed::stories::{Reach, StoryOptions};

/// Number of feeds, and of entries in each: 1,000 entries in all.
const FEEDS: usize = 50;
const ITEMS: usize = 20;
/// Number of entries in the published document.
const PUBLISHED: usize = 100;
/// The default of the configuration.
const STORIES: StoryOptions = StoryOptions { reach: Reach::Near, window: Duration::from_secs(7 * 86_400) };
/// 2026-11-24T00:00:00Z.
const NOW: i64 = 1_795_478_400;

fn main() {
    // `cargo test --all-targets` runs the benchmark without `--bench`. One round is then enough to see that it works.
    let rounds = if std::env::args().any(|argument| argument == "--bench") { 15 } else { 1 };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    println!("{:<44} {:>10} {:>10} {:>7}", format!("best of {rounds}"), "ours", "beside it", "ratio");
    let documents: Vec<Vec<u8>> = (0..FEEDS).map(document).collect();
    let feeds = reading(&documents, rounds);
    let stored = runtime.block_on(storing(&feeds, rounds.min(5)));
    publishing(&stored, rounds);
}

/// Reads and cleans all documents, compared with feed-rs on the same bytes.
fn reading(documents: &[Vec<u8>], rounds: usize) -> Vec<CleanFeed> {
    let bytes: usize = documents.iter().map(Vec::len).sum();
    let ours = || documents.iter().enumerate().map(|(feed, body)| clean(feed, body)).collect::<Vec<_>>();
    let theirs = || {
        for body in documents {
            black_box(feed_rs::parser::parse(body.as_slice()).expect("the documents are well-formed"));
        }
    };
    let (mut us, mut them) = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        us = us.min(time(|| drop(black_box(ours()))));
        them = them.min(time(theirs));
    }
    let name = format!("read + clean {FEEDS} feeds, {} kB / feed-rs", bytes / 1000);
    report(&name, us, them);
    println!("{:<44} {:>7.1} MB/s {:>5.1} MB/s", "", rate(bytes, us), rate(bytes, them));
    ours()
}

fn clean(feed: usize, body: &[u8]) -> CleanFeed {
    let url = address(feed);
    let document = read::Document { body, content_type: Some("application/xml"), url: &url, max_entries: 5_000 };
    let (parsed, _problems) = read::read(&document).expect("the documents are feeds");
    entry::clean(
        parsed,
        &entry::Context { base: &url, now: Timestamp::from_unix(NOW), identity: watershed::model::Identity::Auto },
    )
    .0
}

/// Stores all feeds in a new database, then again without changes, compared with writing bare rows in one transaction of
/// SQLite.
async fn storing(feeds: &[CleanFeed], rounds: usize) -> Vec<StoredEntry> {
    let (mut us, mut again, mut them) = (Duration::MAX, Duration::MAX, Duration::MAX);
    let mut entries = Vec::new();
    for _ in 0..rounds {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let store = Store::open(&folder.path().join("watershed.db"), [7; 16], Timestamp::from_unix(NOW))
            .expect("a new database opens");
        let ids = configure(&store).await;
        us = us.min(store_all(&store, &ids, feeds).await);
        again = again.min(store_all(&store, &ids, feeds).await);
        let rows = feeds.to_vec();
        let path = folder.path().join("bare.db");
        let bare = tokio::task::spawn_blocking(move || bare_rows(&path, &rows)).await;
        them = them.min(bare.expect("the bare rows are written"));
        let scope = Scope {
            selection: Selection::of(ids.into_iter().collect()),
            backfill: HashMap::new(),
            search: None,
            limit: PUBLISHED,
            per_source: 0,
            share: publish::share,
            max_bytes: u64::MAX,
            weigh: publish::weigh,
            near: None,
        };
        entries = store.newest(scope).await.expect("the database can be read").entries;
    }
    report(&format!("store {} entries, {FEEDS} polls / bare rows", FEEDS * ITEMS), us, them);
    report("  the same again, nothing new / bare rows", again, them);
    entries
}

async fn configure(store: &Store) -> Vec<SourceId> {
    let key = |feed| SourceKey { name: format!("feed-{feed}"), named: true, url: address(feed) };
    let configured = store.configure((0..FEEDS).map(key).collect(), Timestamp::from_unix(NOW)).await;
    configured.expect("sources can be registered")
}

/// All polls send their results to the store at the same time, as in a daemon with that many concurrent polls.
async fn store_all(store: &Store, ids: &[SourceId], feeds: &[CleanFeed]) -> Duration {
    let records: Vec<PollRecord> =
        ids.iter().zip(feeds).enumerate().map(|(number, (id, feed))| record(number, *id, feed.clone())).collect();
    let start = Instant::now();
    let polls: Vec<_> = records
        .into_iter()
        .map(|record| {
            let store = store.clone();
            tokio::spawn(async move { record::store(&store, record).await })
        })
        .collect();
    for poll in polls {
        poll.await.expect("a poll ends");
    }
    start.elapsed()
}

fn record(number: usize, source: SourceId, feed: CleanFeed) -> PollRecord {
    let document = record::document(&address(number), feed, ITEMS, false);
    record::record(source, address(number), NOW, document, STORIES)
}

/// The same texts in one table with one index, in one transaction as durable as the store's.
fn bare_rows(path: &Path, feeds: &[CleanFeed]) -> Duration {
    let mut connection = rusqlite::Connection::open(path).expect("a new database opens");
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE entry (source INTEGER, key TEXT, title TEXT, content TEXT, UNIQUE (source, key)) STRICT;",
        )
        .expect("a table can be made");
    time(|| {
        let transaction = connection.transaction().expect("a transaction begins");
        {
            let mut insert = transaction
                .prepare("INSERT INTO entry (source, key, title, content) VALUES (?1, ?2, ?3, ?4)")
                .expect("the statement is right");
            for (number, feed) in (0i64..).zip(feeds) {
                for entry in &feed.entries {
                    insert
                        .execute((number, &entry.keys[0].text, &entry.title, entry.content.as_str()))
                        .expect("a row is written");
                }
            }
        }
        transaction.commit().expect("it is committed");
    })
}

/// Writes the merged document of 100 entries and compresses it in all encodings, compared with one gzip of the same bytes.
fn publishing(entries: &[StoredEntry], rounds: usize) {
    let site = Site {
        public_url: "http://127.0.0.1:8470".to_owned(),
        store_id: "11111111-2222-4333-8444-555555555555".to_owned(),
        born: Timestamp::from_unix(NOW),
        generator_version: "0",
        hub: watershed::publish::Hub::Off,
    };
    let spec = OutputSpec {
        kind: OutputKind::Output("feed".to_owned()),
        title: "A benchmark".to_owned(),
        about: About::default(),
        token: None,
        entries: PUBLISHED,
        max_size: 16 * 1024 * 1024,
        per_source: 0,
        content: ContentMode::Full,
        title_prefix: String::new(),
    };
    let cards = cards(entries);
    let write = || {
        let shown: Vec<Shown> = entries.iter().filter_map(|entry| Shown::of(&site, &spec, &cards, entry)).collect();
        publish::write(Syndication::Atom, &site, &spec, Chain::default(), &shown).body
    };
    let body = write();
    let (mut writing, mut packing, mut gzip) = (Duration::MAX, Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        writing = writing.min(time(|| drop(black_box(write()))));
        let copy = body.clone();
        let changed = Timestamp::from_unix(NOW);
        let pack = || Snapshot::new(copy, "application/atom+xml; charset=utf-8", "/feed.atom".to_owned(), changed);
        packing = packing.min(time(|| drop(black_box(pack()))));
        gzip = gzip.min(time(|| drop(black_box(gzipped(body.as_ref())))));
    }
    let bytes: &[u8] = body.as_ref();
    report(&format!("write {} entries, {} kB / one gzip", entries.len(), bytes.len() / 1000), writing, gzip);
    report("  make it ready in all encodings / one gzip", packing, gzip);
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

fn cards(entries: &[StoredEntry]) -> HashMap<SourceId, SourceCard> {
    let card = |entry: &StoredEntry| SourceCard {
        id: entry.source,
        name: format!("feed-{}", entry.source.0),
        title: Some(format!("Feed {}", entry.source.0)),
        public_url: format!("https://feed-{}.example/feed.xml", entry.source.0),
        blurred: false,
        tags: Vec::new(),
        private: false,
        rewrite: Vec::new(),
        icon: None,
    };
    entries.iter().map(|entry| (entry.source, card(entry))).collect()
}

fn address(feed: usize) -> String {
    format!("https://feed-{feed}.example/feed.xml")
}

/// A feed of 20 entries of about 1.3 kB: feeds are RSS 2.0 and Atom in turn.
fn document(feed: usize) -> Vec<u8> {
    let rss = feed.is_multiple_of(2);
    let mut text = if rss {
        format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
             <channel><title>Feed {feed}</title><link>https://feed-{feed}.example/</link><description>d</description>"
        )
    } else {
        format!(
            "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Feed {feed}</title>\
             <id>tag:feed-{feed}.example,2026:f</id><updated>2026-11-20T12:00:00Z</updated>"
        )
    };
    for item in 0..ITEMS {
        let (link, html) = (format!("https://feed-{feed}.example/{item}"), html(feed, item));
        let written = if rss {
            write!(
                text,
                "<item><title>News {item} of “{feed}” &amp;amp; more</title><link>{link}</link>\
                 <guid>{link}</guid><pubDate>Fri, 20 Nov 2026 10:{:02}:{feed:02} GMT</pubDate>\
                 <content:encoded><![CDATA[{html}]]></content:encoded></item>",
                59 - item
            )
        } else {
            let escaped = html.replace('&', "&amp;").replace('<', "&lt;");
            write!(
                text,
                "<entry><title>News {item} of “{feed}”</title><link href=\"{link}\"/>\
                 <id>tag:feed-{feed}.example,2026:{item}</id><updated>2026-11-20T11:{:02}:{feed:02}Z</updated>\
                 <author><name>Author {feed}</name></author><content type=\"html\">{escaped}</content></entry>",
                59 - item
            )
        };
        written.expect("a string takes everything");
    }
    text.push_str(if rss { "</channel></rss>" } else { "</feed>" });
    text.into_bytes()
}

fn html(feed: usize, item: usize) -> String {
    let mut html = String::new();
    for paragraph in 0..4 {
        let number = feed * 10_007 + item * 101 + paragraph;
        let written = write!(
            html,
            "<p class=\"body\">Paragraph {number} says <b>something</b> that no other one says: {:x}. It goes on for a \
             while, with a <a href=\"/page/{number}?from=feed\" onclick=\"track()\">relative link</a>, an image \
             <img src=\"/i/{number}.png\" alt=\"a picture\"> and the words of a sentence &mdash; or two.</p>",
            number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
        );
        written.expect("a string takes everything");
    }
    html
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn rate(bytes: usize, took: Duration) -> f64 {
    bytes as f64 / 1e6 / took.as_secs_f64()
}

fn report(name: &str, ours: Duration, theirs: Duration) {
    let milliseconds = |span: Duration| span.as_secs_f64() * 1_000.0;
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("{name:<44} {:>7.2} ms {:>7.2} ms {ratio:>6.2}x", milliseconds(ours), milliseconds(theirs));
}
