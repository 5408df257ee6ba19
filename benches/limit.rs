//! The bare loop, a lower bound for the cost of polling: the libraries of this project poll feeds and store their items, and
//! nothing else is done. reqwest sends requests, flate2 inflates, feed-rs parses, and one thread writes batches with rusqlite.
//! There is no detection of charsets, repair, cleaning, identity beyond the guid, stories or schedule. `benches/farm.sh` runs
//! the bare loop beside the program and gives the program's cost as a multiple of the cost of the bare loop.
//!
//! `cargo bench --bench limit -- URLS DATABASE` takes a file with one URL on each line and a database, which is created if it
//! does not exist. A second run on the same database sends validators, and a 304 writes nothing. Without arguments, as in
//! `cargo test --benches`, only a message is written.

// A benchmark measures time; the program itself asks crate::clock.
#![allow(clippy::disallowed_methods)]

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use feed_rs::model::Entry;
use reqwest::header::{self, HeaderMap, HeaderName};
use reqwest::{Client, StatusCode};
use rusqlite::{Connection, params};
use tokio::sync::mpsc;

/// Number of concurrent requests.
const TASKS: usize = 64;
/// Threads that run the requests and parse the documents.
const WORKERS: usize = 2;
/// Most feeds in one transaction, and most parsed feeds that wait for the writer.
const BATCH: usize = 64;
const TIMEOUT: Duration = Duration::from_secs(60);

const SCHEMA: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS feed (
        id            INTEGER PRIMARY KEY,
        url           TEXT NOT NULL UNIQUE,
        etag          BLOB,
        last_modified BLOB
    ) STRICT;
    CREATE TABLE IF NOT EXISTS item (
        id        INTEGER PRIMARY KEY,
        feed      INTEGER NOT NULL,
        guid      TEXT    NOT NULL,
        published INTEGER,
        link      TEXT,
        link_hash INTEGER,
        title     TEXT,
        author    TEXT,
        summary   TEXT,
        content   TEXT,
        UNIQUE (feed, guid)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS item_published ON item (published);
    CREATE INDEX IF NOT EXISTS item_link_hash ON item (link_hash);
";
const WRITE_FEED: &str = "
    INSERT INTO feed (url, etag, last_modified) VALUES (?1, ?2, ?3)
    ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified
    RETURNING id";
/// A known item is written again only if its content has changed.
const WRITE_ITEM: &str = "
    INSERT INTO item (feed, guid, published, link, link_hash, title, author, summary, content)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
    ON CONFLICT (feed, guid) DO UPDATE SET published = excluded.published, link = excluded.link,
        link_hash = excluded.link_hash, title = excluded.title, author = excluded.author, summary = excluded.summary,
        content = excluded.content
    WHERE title IS NOT excluded.title OR link IS NOT excluded.link OR summary IS NOT excluded.summary
        OR content IS NOT excluded.content";

/// The validators that a server sent for the next request.
#[derive(Default)]
struct Validators {
    etag: Option<Vec<u8>>,
    last_modified: Option<Vec<u8>>,
}

/// A document on its way to the writer.
struct FetchedFeed {
    url: String,
    validators: Validators,
    items: Vec<Item>,
}

struct Item {
    guid: String,
    published: Option<i64>,
    link: Option<String>,
    title: Option<String>,
    author: Option<String>,
    summary: Option<String>,
    content: Option<String>,
}

/// How the requests ended.
#[derive(Default)]
struct Tally {
    documents: usize,
    not_modified: usize,
    failed: usize,
}

/// What all tasks share.
struct Shared {
    client: Client,
    urls: Vec<String>,
    known: HashMap<String, Validators>,
    next: AtomicUsize,
}

fn main() -> ExitCode {
    // cargo adds the options of its test harness.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let [urls, database] = arguments.as_slice() else {
        println!("limit: nothing was measured; run it as `cargo bench --bench limit -- URLS DATABASE`");
        return ExitCode::SUCCESS;
    };
    let begun = Instant::now();
    let listed = std::fs::read_to_string(urls).unwrap_or_else(|error| panic!("{urls}: {error}"));
    let urls: Vec<String> = listed.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect();
    let many = urls.len();
    let connection = Connection::open(database).expect("the database opens");
    connection.execute_batch(SCHEMA).expect("its tables can be made");
    let known = validators(&connection).expect("the database can be read");
    let (outbox, inbox) = mpsc::channel(BATCH);
    let writer = thread::spawn(move || write(connection, inbox));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .enable_all()
        .build()
        .expect("a runtime starts");
    let tally = runtime.block_on(poll(urls, known, outbox));
    let stored = writer.join().expect("the writer does not panic").expect("the database can be written");
    println!(
        "{many} feeds in {:.2} s: {} documents, {} not modified, {} failed; {stored} items written",
        begun.elapsed().as_secs_f64(),
        tally.documents,
        tally.not_modified,
        tally.failed
    );
    if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn validators(connection: &Connection) -> rusqlite::Result<HashMap<String, Validators>> {
    let mut statement = connection.prepare("SELECT url, etag, last_modified FROM feed")?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, Validators { etag: row.get(1)?, last_modified: row.get(2)? })))?;
    rows.collect()
}

/// Requests every URL, and sends new documents to the writer.
async fn poll(urls: Vec<String>, known: HashMap<String, Validators>, outbox: mpsc::Sender<FetchedFeed>) -> Tally {
    // Like the program, the bare loop ignores the proxies of the environment.
    let client = Client::builder().no_proxy().timeout(TIMEOUT).build().expect("a client can be made");
    let shared = Arc::new(Shared { client, urls, known, next: AtomicUsize::new(0) });
    let tasks: Vec<_> = (0..TASKS).map(|_| tokio::spawn(ask_on(shared.clone(), outbox.clone()))).collect();
    drop(outbox);
    let mut tally = Tally::default();
    for task in tasks {
        let part = task.await.expect("no request panics");
        tally.documents += part.documents;
        tally.not_modified += part.not_modified;
        tally.failed += part.failed;
    }
    tally
}

/// Requests one URL after the other until none is left.
async fn ask_on(shared: Arc<Shared>, outbox: mpsc::Sender<FetchedFeed>) -> Tally {
    let mut tally = Tally::default();
    while let Some(url) = shared.urls.get(shared.next.fetch_add(1, Ordering::Relaxed)) {
        match ask(&shared, url).await {
            Ok(Some(document)) => {
                tally.documents += 1;
                assert!(outbox.send(document).await.is_ok(), "the writer has gone");
            }
            Ok(None) => tally.not_modified += 1,
            Err(error) => {
                tally.failed += 1;
                eprintln!("{url}: {error}");
            }
        }
    }
    tally
}

/// The document of a URL; `None` if it has not changed.
async fn ask(shared: &Shared, url: &str) -> Result<Option<FetchedFeed>, String> {
    // reqwest is built without its decoders, because the program inflates bodies itself. So does the bare loop.
    let mut request = shared.client.get(url).header(header::ACCEPT_ENCODING, "gzip");
    if let Some(known) = shared.known.get(url) {
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag.as_slice());
        }
        if let Some(last_modified) = &known.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, last_modified.as_slice());
        }
    }
    let response = request.send().await.map_err(|error| error.to_string())?;
    if response.status() == StatusCode::NOT_MODIFIED {
        return Ok(None);
    }
    let response = response.error_for_status().map_err(|error| error.to_string())?;
    let validators = Validators {
        etag: value(response.headers(), &header::ETAG),
        last_modified: value(response.headers(), &header::LAST_MODIFIED),
    };
    let is_gzip = value(response.headers(), &header::CONTENT_ENCODING).is_some_and(|coding| coding == b"gzip");
    let body = response.bytes().await.map_err(|error| error.to_string())?;
    let items = if is_gzip {
        let mut inflated = Vec::with_capacity(body.len() * 4);
        flate2::bufread::GzDecoder::new(&body[..]).read_to_end(&mut inflated).map_err(|error| error.to_string())?;
        parse(&inflated)?
    } else {
        parse(&body)?
    };
    Ok(Some(FetchedFeed { url: url.to_owned(), validators, items }))
}

fn value(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<u8>> {
    headers.get(name).map(|value| value.as_bytes().to_vec())
}

fn parse(body: &[u8]) -> Result<Vec<Item>, String> {
    let parser = feed_rs::parser::Builder::new().sanitize_content(false).build();
    let feed = parser.parse(body).map_err(|error| error.to_string())?;
    Ok(feed.entries.into_iter().map(item).collect())
}

fn item(entry: Entry) -> Item {
    Item {
        guid: entry.id,
        published: entry.published.or(entry.updated).map(|time| time.timestamp()),
        link: entry.links.into_iter().next().map(|link| link.href),
        title: entry.title.map(|text| text.content),
        author: entry.authors.into_iter().next().and_then(|person| person.name),
        summary: entry.summary.map(|text| text.content),
        content: entry.content.and_then(|content| content.body),
    }
}

/// Writes the documents, all waiting feeds in one transaction. Returns the number of items written.
fn write(mut connection: Connection, mut inbox: mpsc::Receiver<FetchedFeed>) -> rusqlite::Result<usize> {
    let mut batch = Vec::with_capacity(BATCH);
    let mut written = 0;
    while inbox.blocking_recv_many(&mut batch, BATCH) > 0 {
        let transaction = connection.transaction()?;
        for document in batch.drain(..) {
            written += write_document(&transaction, &document)?;
        }
        transaction.commit()?;
    }
    Ok(written)
}

fn write_document(connection: &Connection, document: &FetchedFeed) -> rusqlite::Result<usize> {
    let FetchedFeed { url, validators, items } = document;
    let feed: i64 = connection
        .prepare_cached(WRITE_FEED)?
        .query_row(params![url, validators.etag, validators.last_modified], |row| row.get(0))?;
    let mut statement = connection.prepare_cached(WRITE_ITEM)?;
    let mut written = 0;
    for item in items {
        written += statement.execute(params![
            feed,
            item.guid,
            item.published,
            item.link,
            item.link.as_deref().map(hashed),
            item.title,
            item.author,
            item.summary,
            item.content,
        ])?;
    }
    Ok(written)
}

/// The digest by which the same address is found in other feeds.
fn hashed(link: &str) -> i64 {
    let mut hasher = DefaultHasher::new();
    link.hash(&mut hasher);
    hasher.finish().cast_signed()
}
