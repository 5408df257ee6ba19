//! The cost and the accuracy of recognising stories.
//!
//! `cargo bench --bench stories` measures the cost on made-up texts, with and without stories, and with few and many stored
//! entries. `cargo bench --bench stories -- --texts FOLDER` plays a stream of real articles: each folder in FOLDER is a
//! publisher, and each `.txt` file in it an article with its title in the first line. `-- --beside ENTRIES` measures only polls
//! beside 2,000 and beside ENTRIES entries. Compare only figures of one run, because machines differ and have other load.

// A benchmark measures time; the program itself asks crate::clock.
#![allow(clippy::disallowed_methods)]

#[path = "streams/copies.rs"]
mod copies;
#[path = "streams/stream.rs"]
mod stream;

use std::path::Path;
use std::time::{Duration, Instant};

use watershed::model::{SourceId, Timestamp};
use watershed::store::{PollRecord, SourceKey, Store};
use watershed::stories::{Reach, StoryOptions};

use copies::{Article, WAYS, copy, with_footer};
use stream::{BEGIN, Dice, Feed, Format, Item, ROUND, document, record, run};

const ITEMS: usize = 20;
/// Number of polls that are measured beside stored entries.
const POLLS: usize = 200;
/// Number of polls before the measured ones, so that the caches of the reopened store are filled.
const FIRST_POLLS: usize = 10;
const DATABASE: &str = "watershed.db";
const NEAR: StoryOptions = StoryOptions { reach: Reach::Near, window: Duration::from_secs(7 * 86_400) };
const FORMATS: [Format; 4] = [Format::Rss, Format::Atom, Format::Json, Format::Rdf];
/// Number of new articles in a publisher's feed at each round, and number of articles that the feed lists.
const EACH_ROUND: usize = 6;
const WINDOW: usize = 20;
/// Number of sources that copy.
const COPIERS: usize = 16;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    if let Some(at) = arguments.iter().position(|argument| argument == "--texts") {
        let folder = arguments.get(at + 1).expect("--texts names a folder");
        for seed in 1..=3 {
            runtime.block_on(play(Path::new(folder), seed));
        }
        return;
    }
    if let Some(at) = arguments.iter().position(|argument| argument == "--beside") {
        let wanted = arguments.get(at + 1).and_then(|wanted| wanted.parse::<usize>().ok());
        for entries in [2_000, wanted.expect("--beside gives a number of entries")] {
            runtime.block_on(poll_beside(entries / ITEMS));
        }
        return;
    }
    // `cargo test --all-targets` runs the benchmark without `--bench`. A short run is then enough to see that it works.
    let is_bench = arguments.iter().any(|argument| argument == "--bench");
    let (few, many) = if is_bench { (100, 5_000) } else { (4, 8) };
    for (name, options) in [("without stories", StoryOptions::OFF), ("with stories", NEAR)] {
        runtime.block_on(cost(name, options, few));
    }
    for sources in [few, many] {
        runtime.block_on(poll_beside(sources));
    }
}

fn item(site: &str, piece: usize, kind: &'static str, (title, html): (String, String), at: i64) -> Item {
    let link = format!("https://{site}.example/{piece}");
    let html = if html.is_empty() { html } else { with_footer(&html, site) };
    Item { piece, kind, title, html, guid: Some(link.clone()), link, at, more: String::new() }
}

fn name_of(number: usize) -> String {
    format!("s{number}")
}

/// A source of made-up articles; half of a copier's articles are copies from the previous source.
fn made_up(dice: &mut Dice, number: usize, articles: &mut Vec<Article>) -> Feed {
    let name = name_of(number);
    let is_copier = number % 2 == 1;
    let items = (0..ITEMS)
        .map(|at| {
            let piece = number * ITEMS + at;
            let is_copy = is_copier && at % 2 == 0;
            let (piece, way) = if is_copy { (piece - ITEMS, WAYS[2 + at % 9]) } else { (piece, "own") };
            if !is_copy {
                articles.push(Article::made_up(dice, piece));
            }
            let from = if is_copy { articles.len() - ITEMS - at / 2 + at } else { articles.len() - 1 };
            item(&name, piece, way, copy(dice, &articles[from], way, &name), BEGIN)
        })
        .collect();
    Feed { name, format: Format::Rss, rounds: vec![items] }
}

/// The feeds are made one by one, because a million articles in memory would slow down what is measured.
fn feeds(count: usize) -> impl Iterator<Item = Feed> {
    let (mut dice, mut articles) = (Dice(7), Vec::new());
    (0..count).map(move |number| {
        // Only the last source's articles are copied.
        let drop = if number % 2 == 0 { articles.len() } else { 0 };
        articles.drain(..drop);
        made_up(&mut dice, number, &mut articles)
    })
}

async fn opened(folder: &Path, names: impl Iterator<Item = String>) -> (Store, Vec<SourceId>) {
    let store = Store::open(&folder.join(DATABASE), [7; 16], Timestamp::from_unix(BEGIN)).expect("it opens");
    let key = |name: String| SourceKey { url: format!("https://{name}.example/feed"), name, named: true };
    let keys = names.map(key).collect();
    let configured = store.configure(keys, Timestamp::from_unix(BEGIN)).await;
    let ids = configured.expect("sources can be registered");
    (store, ids)
}

/// The time that all threads of this process have run; zero where the system does not say (proc(5)).
fn cpu() -> Duration {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let run = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok());
    run.filter_map(|stat| stat.split(' ').next()?.parse().ok()).map(Duration::from_nanos).sum()
}

/// A poll that has read and cleaned a feed.
fn poll_of(feed: &Feed, id: SourceId, options: StoryOptions) -> PollRecord {
    let items = &feed.rounds[0];
    record(feed, id, &document(feed, items), items.len(), options, BEGIN)
}

/// Stores a poll; returns the time that it took.
async fn stored(store: &Store, poll: PollRecord) -> Duration {
    let start = Instant::now();
    stream::record::store(store, poll).await;
    start.elapsed()
}

async fn cost(name: &str, options: StoryOptions, sources: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (store, ids) = opened(folder.path(), (0..sources).map(name_of)).await;
    let mut took = [Duration::ZERO; 2];
    for (at, (feed, id)) in feeds(sources).zip(&ids).enumerate() {
        took[at % 2] += stored(&store, poll_of(&feed, *id, options)).await;
    }
    drop(store);
    let each = |took: Duration| took.as_secs_f64() * 1e3 / (sources / 2 * ITEMS) as f64;
    println!(
        "{name}: {:.3} ms for each new piece, {:.3} ms where half of them are copies",
        each(took[0]),
        each(took[1])
    );
    let connection = rusqlite::Connection::open(folder.path().join(DATABASE)).expect("the database opens");
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap_or(0);
    let entries = count("SELECT count(*) FROM entry");
    let joined = count("SELECT count(*) FROM entry WHERE story <> id");
    let rows = count("SELECT count(*) FROM story_mark");
    let bytes = count("SELECT sum(pgsize) FROM dbstat WHERE name = 'story_mark'");
    println!(
        "  {entries} entries stored, {joined} of {} copies joined; {:.1} rows of index each, {:.0} bytes",
        sources / 2 * ITEMS / 2,
        rows as f64 / entries as f64,
        bytes as f64 / entries as f64
    );
}

/// The cost of a poll beside this many stored entries: of a poll with only new entries, and of a poll without new entries. The median
/// is that of a poll that nothing disturbs. The mean also contains work that a few polls do for many, for example a checkpoint.
async fn poll_beside(sources: usize) {
    let mut feeds = feeds(sources + FIRST_POLLS + POLLS);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let names = || (0..sources + FIRST_POLLS + POLLS).map(name_of);
    let (store, ids) = opened(folder.path(), names()).await;
    for (feed, id) in feeds.by_ref().take(sources).zip(&ids) {
        stored(&store, poll_of(&feed, *id, NEAR)).await;
    }
    // The system is still writing what was stored just now, gigabytes of it, and that would be measured as well.
    drop(store);
    let database = std::fs::File::open(folder.path().join(DATABASE)).expect("the database is there");
    database.sync_all().expect("it can be written");
    let (store, _) = opened(folder.path(), names()).await;
    let ids = &ids[sources..];
    for (feed, id) in feeds.by_ref().take(FIRST_POLLS).zip(ids) {
        stored(&store, poll_of(&feed, *id, NEAR)).await;
    }
    let rest: Vec<Feed> = feeds.collect();
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    for what in ["new", "known"] {
        let polls: Vec<_> = rest.iter().zip(&ids[FIRST_POLLS..]).map(|(feed, id)| poll_of(feed, *id, NEAR)).collect();
        let (before, mut times) = (cpu(), Vec::with_capacity(POLLS));
        for poll in polls {
            times.push(stored(&store, poll).await);
        }
        let processors = cpu().saturating_sub(before);
        times.sort_unstable();
        let mean = |sum: Duration| millis(sum) / POLLS as f64;
        println!(
            "beside {} entries, a poll of {ITEMS} {what} entries: median {:.2} ms, mean {:.2} ms; processors, in all threads: mean {:.2} ms",
            sources * ITEMS,
            millis(times[POLLS / 2]),
            mean(times.iter().sum()),
            mean(processors)
        );
    }
}

/// A publisher's feed of its articles, round by round, and the round at which each article comes.
fn published(name: &str, format: Format, pieces: &[(usize, &Article)]) -> Feed {
    let rounds = pieces.len().div_ceil(EACH_ROUND);
    let listed = |round: usize| {
        let end = ((round + 1) * EACH_ROUND).min(pieces.len());
        let at = BEGIN + round as i64 * ROUND;
        let it = |(piece, article): &(usize, &Article)| {
            item(name, *piece, "own", (article.title.clone(), article.html()), at)
        };
        pieces[end.saturating_sub(WINDOW)..end].iter().rev().map(it).collect()
    };
    Feed { name: name.to_owned(), format, rounds: (0..rounds).map(listed).collect() }
}

/// Plays a stream of real articles: the feeds of their publishers, and feeds that copy four in ten articles, follow them up, or
/// use their headlines.
async fn play(folder: &Path, seed: u64) {
    let mut dice = Dice(seed);
    let publishers = articles(folder);
    let mut feeds = Vec::new();
    let mut copied: Vec<Vec<(usize, Item)>> = vec![Vec::new(); COPIERS];
    let mut pieces = 0;
    for (name, articles) in &publishers {
        // The texts of the look-alikes, each of which is used once.
        let (reserve, articles) = articles.split_at(articles.len() / 4);
        let mut reserve = reserve.iter();
        for (part, some) in articles.chunks(60).enumerate() {
            let name = format!("{name}{part}");
            let numbered: Vec<(usize, &Article)> = some.iter().map(|it| (pieces + 1, it)).collect();
            let numbered: Vec<(usize, &Article)> =
                numbered.iter().enumerate().map(|(at, (piece, it))| (piece + at, *it)).collect();
            pieces += some.len();
            for (number, (piece, article)) in numbered.iter().enumerate() {
                let round = number / EACH_ROUND;
                let mut copiers: Vec<usize> = (0..3).map(|_| dice.below(COPIERS)).collect();
                copiers.sort_unstable();
                copiers.dedup();
                for copier in copiers {
                    let (round, site) = (round + dice.below(3), format!("copier{copier}"));
                    let at = BEGIN + round as i64 * ROUND;
                    match dice.below(10) {
                        0..4 => {
                            let way = WAYS[dice.below(WAYS.len())];
                            let mut item = item(&site, *piece, way, copy(&mut dice, article, way, &site), at);
                            if way == "link" {
                                item.link = format!("https://{name}.example/{piece}?utm_source={site}");
                                item.html = "<p>Read it there.</p>".to_owned();
                            }
                            copied[copier].push((round, item));
                        }
                        4 => {
                            let Some(own) = reserve.next() else { continue };
                            pieces += 1;
                            let (kind, made) = look_alike(&mut dice, article, own);
                            // Its number must differ from the numbers of all articles.
                            copied[copier].push((round, item(&site, 1_000_000 + pieces, kind, made, at)));
                        }
                        _ => {}
                    }
                }
            }
            feeds.push(published(&name, FORMATS[part % 4], &numbered));
        }
    }
    let rounds = feeds.iter().map(|feed| feed.rounds.len()).max().unwrap_or(0) + 3;
    for (copier, mut items) in copied.into_iter().enumerate() {
        items.sort_by_key(|(round, item)| (*round, item.piece));
        items.dedup_by_key(|(_, item)| item.piece);
        let listed = |round: usize| {
            let there: Vec<Item> =
                items.iter().filter(|(came, _)| *came <= round).map(|(_, item)| item.clone()).collect();
            there[there.len().saturating_sub(WINDOW * 2)..].to_vec()
        };
        let name = format!("copier{copier}");
        feeds.push(Feed { name, format: FORMATS[copier % 4], rounds: (0..rounds).map(listed).collect() });
    }
    let score = run(&feeds, NEAR).await;
    println!(
        "seed {seed}: {} sources, {} entries of {} pieces, {} copies: precision {:.4}, recall {:.4}; {} wrong, {} lost, {} twice, \
         {} missing",
        feeds.len(),
        score.entries,
        score.pieces,
        score.copies,
        score.precision(),
        score.recall(),
        score.wrong,
        score.lost,
        score.twice,
        score.missing
    );
    let kinds: Vec<String> = score.kinds.iter().map(|(kind, (all, met))| format!("{kind} {met}/{all}")).collect();
    println!("  {}", kinds.join(", "));
    for (kind, title, lead) in score.wrongs.iter().take(12) {
        println!("  wrong ({kind}): {title:?} in the story of {lead:?}");
    }
    for (kind, title) in score.leaks.iter().filter(|(kind, _)| kind != "bare").take(20) {
        println!("  not recognised ({kind}): {title:?}");
    }
}

/// A separate piece that looks like another piece: it quotes up to half of its text from that piece, or has the same headline.
fn look_alike(dice: &mut Dice, article: &Article, own: &Article) -> (&'static str, (String, String)) {
    if dice.below(2) == 0 {
        let (words, quoted) = (own.words(), article.words());
        let count = (quoted.len() / 3).min(words.len());
        let quote = quoted.iter().skip(quoted.len() / 3).take(count).cloned().collect::<Vec<_>>().join(" ");
        let html = format!("{}<blockquote>{}</blockquote>", own.html(), quote.replace('<', "&lt;"));
        ("follow-up", (own.title.clone(), html))
    } else {
        ("same headline", (article.title.clone(), own.html()))
    }
}

fn articles(folder: &Path) -> Vec<(String, Vec<Article>)> {
    let sorted = |folder: &Path| {
        let mut paths: Vec<_> =
            std::fs::read_dir(folder).expect("the folder can be read").flatten().map(|it| it.path()).collect();
        paths.sort();
        paths
    };
    let read = |path: &Path| {
        let text = std::fs::read_to_string(path).ok()?;
        let (title, body) = text.split_once('\n')?;
        let words = |paragraph: &str| paragraph.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let paragraphs = body.split("\n\n").map(words).filter(|words| !words.is_empty()).collect();
        Some(Article { title: title.trim().to_owned(), paragraphs })
    };
    sorted(folder)
        .iter()
        .filter(|path| path.is_dir())
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            (name, sorted(path).iter().filter_map(|path| read(path)).collect())
        })
        .collect()
}
