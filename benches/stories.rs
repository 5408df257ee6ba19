//! What recognising stories costs and how well it goes: pieces of made-up words in sources of their own, then copies of
//! them in others, cut, edited, wrapped in what those print under everything, and look-alikes among them.
//!
//! `cargo bench --bench stories`. Machines differ and are busy; beside each cost stands the same without stories.

// A benchmark measures time; the program itself asks crate::clock.
#![allow(clippy::disallowed_methods)]

use std::time::{Duration, Instant};

use watershed::entry;
use watershed::model::{CleanFeed, FeedFormat, Identity, Outcome, Plan, SourceId, Timestamp, Validators};
use watershed::read;
use watershed::store::{Address, Brought, Document, KnownDocument, PollRecord, PollResult, SourceKey, Store};
use watershed::stories::{Reach, StoryOptions};

/// 2026-11-24T00:00:00Z.
const NOW: i64 = 1_795_478_400;
const ITEMS: usize = 20;
const NEAR: StoryOptions = StoryOptions { reach: Reach::Near, window: Duration::from_secs(7 * 86_400) };

/// Numbers that are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

#[derive(Clone)]
struct Piece {
    title: String,
    words: Vec<String>,
}

fn piece(dice: &mut Dice, number: usize) -> Piece {
    let word = |dice: &mut Dice| format!("word{}", dice.below(4_000));
    let words = (0..150 + dice.below(400)).map(|_| word(dice)).collect();
    Piece { title: format!("{} {} {} {} number {number}", word(dice), word(dice), word(dice), word(dice)), words }
}

/// A copy as sources make them: whole, without its end, a word in twenty edited, or under another headline.
fn copy(dice: &mut Dice, piece: &Piece) -> Piece {
    let mut copy = piece.clone();
    match dice.below(4) {
        0 => {}
        1 => copy.words.truncate(piece.words.len() * 2 / 5),
        2 => copy.words.iter_mut().step_by(20).for_each(|word| word.push_str("edited")),
        _ => copy.title = format!("Another headline {}", dice.below(1_000_000)),
    }
    copy
}

/// A feed of pieces, each under what the source prints above and below.
fn feed(source: usize, pieces: &[Piece]) -> CleanFeed {
    let item = |(number, piece): (usize, &Piece)| {
        format!(
            "<item><title>{}</title><guid isPermaLink='false'>{source}-{number}</guid><link>https://s{source}.example/{number}</link>\
             <pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate><description>By somebody of source {source}, who writes for it every \
             day of the week and twice on Sundays. {} Subscribe to source {source} for more of the same, all rights are \
             reserved by source {source} and its owners in all countries of the world.</description></item>",
            piece.title,
            piece.words.join(" ")
        )
    };
    let items: String = pieces.iter().enumerate().map(item).collect();
    let body = format!("<rss version='2.0'><channel><title>Source {source}</title>{items}</channel></rss>");
    let url = format!("https://s{source}.example/feed");
    let document = read::Document { body: body.as_bytes(), content_type: None, url: &url, max_entries: 5_000 };
    let (parsed, _) = read::read(&document).expect("it is a feed");
    let context = entry::Context { base: &url, now: Timestamp::from_unix(NOW), identity: Identity::Auto };
    entry::clean(parsed, &context).0
}

fn main() {
    // `cargo test --all-targets` runs this too, without `--bench`: then little is enough to see that it works.
    let sources = if std::env::args().any(|argument| argument == "--bench") { 100 } else { 4 };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let mut dice = Dice(7);
    let originals: Vec<Vec<Piece>> =
        (0..sources).map(|source| (0..ITEMS).map(|item| piece(&mut dice, source * ITEMS + item)).collect()).collect();
    // Half of each copying source's pieces are copies, the others look alike and are its own.
    let copies: Vec<Vec<Piece>> = originals
        .iter()
        .enumerate()
        .map(|(source, pieces)| {
            let own = |dice: &mut Dice, item: usize| piece(dice, 1_000_000 + source * ITEMS + item);
            pieces
                .iter()
                .enumerate()
                .map(|(item, piece)| if item % 2 == 0 { copy(&mut dice, piece) } else { own(&mut dice, item) })
                .collect()
        })
        .collect();
    let originals: Vec<CleanFeed> = originals.iter().enumerate().map(|(at, pieces)| feed(at, pieces)).collect();
    let copies: Vec<CleanFeed> = copies.iter().enumerate().map(|(at, pieces)| feed(sources + at, pieces)).collect();
    for (name, options) in [("without stories", StoryOptions::OFF), ("with stories", NEAR)] {
        runtime.block_on(run(name, options, &originals, &copies));
    }
}

async fn run(name: &str, options: StoryOptions, originals: &[CleanFeed], copies: &[CleanFeed]) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("watershed.db");
    let store = Store::open(&path, [7; 16], Timestamp::from_unix(NOW)).expect("a new database opens");
    let all = originals.len() + copies.len();
    let key = |at| SourceKey { name: format!("s{at}"), named: true, url: format!("https://s{at}.example/feed") };
    let configured = store.configure((0..all).map(key).collect(), "bench".to_owned(), Timestamp::from_unix(NOW)).await;
    let ids: Vec<SourceId> =
        configured.expect("sources can be registered").sources.into_iter().map(|source| source.id).collect();
    let first = store_all(&store, &ids[..originals.len()], originals, options).await;
    let second = store_all(&store, &ids[originals.len()..], copies, options).await;
    let each = |took: Duration, feeds: usize| took.as_secs_f64() * 1e3 / (feeds * ITEMS) as f64;
    println!(
        "{name}: {:.3} ms for each new piece, {:.3} ms where half of them are copies",
        each(first, originals.len()),
        each(second, copies.len())
    );
    drop(store);
    let connection = rusqlite::Connection::open(&path).expect("the database opens");
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("it can be counted");
    let entries = count("SELECT count(*) FROM entry");
    let joined = count("SELECT count(*) FROM entry WHERE story <> id");
    // A copy stands at the place of its original, half of the places are copies.
    let right = count(&format!(
        "SELECT count(*) FROM entry AS copy JOIN entry AS original ON original.id = copy.story \
         WHERE copy.story <> copy.id AND copy.source = original.source + {} AND copy.declared_id IS NOT NULL \
         AND substr(copy.declared_id, instr(copy.declared_id, '-')) = substr(original.declared_id, instr(original.declared_id, '-'))",
        originals.len()
    ));
    let wanted = copies.len() * ITEMS / 2;
    let rows = count("SELECT (SELECT count(*) FROM story_mark) + (SELECT count(*) FROM story_key)");
    println!(
        "  {entries} entries stored; {joined} of {wanted} copies joined, {right} of those to their original; {:.1} rows of index each",
        rows as f64 / entries as f64
    );
}

async fn store_all(store: &Store, ids: &[SourceId], feeds: &[CleanFeed], options: StoryOptions) -> Duration {
    let start = Instant::now();
    for (id, feed) in ids.iter().zip(feeds) {
        store.finish_poll(record(*id, feed.clone(), options)).await.expect("a poll can be stored");
    }
    start.elapsed()
}

fn record(source: SourceId, feed: CleanFeed, stories: StoryOptions) -> PollRecord {
    let url = format!("https://s{}.example/feed", source.0 - 1);
    let known = KnownDocument { url: url.clone(), validators: Validators::default(), body_hash: [0; 16] };
    let document = Document {
        known,
        format: FeedFormat::Rss2,
        parsed: ITEMS as u64,
        partial: false,
        problems: Vec::new(),
        feed,
        is_same_piece: entry::is_same_piece,
    };
    PollRecord {
        source,
        url,
        at: Timestamp::from_unix(NOW),
        result: PollResult::Document(Box::new(document)),
        detail: None,
        effective_url: None,
        bytes: 0,
        conditional: false,
        address: Address::default(),
        hosts: Vec::new(),
        stories,
        plan: Box::new(plan),
    }
}

fn plan(_outcome: Outcome, _brought: Brought) -> Plan {
    Plan {
        next_poll: Timestamp::from_unix(NOW + 3_600),
        reason: "a benchmark".to_owned(),
        interval: None,
        freshness: None,
        feed_freshness: None,
        skip: 0,
        rhythm: None,
        planned_under: 0,
        not_before: None,
        failures: 0,
        gone: false,
    }
}
