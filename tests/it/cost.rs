//! The cost of storing, counted and not timed: rows of b-trees, statements and changed rows of the writer, pages
//! written to the log, and bytes of text that are split into words. Every bound is what the code is meant to do, and
//! little more.
//!
//! Split bytes are counted for the whole process, so each test runs in a process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, params};
use tempfile::TempDir;
use watershed::model::{CleanEntry, Outcome, SourceId, Timestamp};
use watershed::schedule::{Learnt, News, Rhythm, SourceSchedule};
use watershed::store::{Durability, PollRecord, PollResult, SourceKey, Store};
use watershed::stories::{Reach, StoryOptions, split_bytes, text_of};

use crate::streams::stream::{self, BEGIN, Dice, Feed, Format, Item, ROUND};

/// Set in the process in which a test counts.
const ALONE: &str = "WATERSHED_COUNTS_ALONE";
const SOURCES: usize = 50;
const ITEMS: usize = 20;
/// Every other source has this many of the items of the source before it, so that an eighth of all items are copies.
const SHARED: usize = 5;
const WORDS: usize = 200;
const NEAR: StoryOptions = StoryOptions { reach: Reach::Near, window: Duration::from_secs(7 * 86_400) };
/// Bytes of a page. A frame of the log is a page with a header, and the log has a header, too.
const PAGE_BYTES: u64 = 4_096;
const FRAME_HEADER_BYTES: u64 = 24;
const LOG_HEADER_BYTES: u64 = 32;

/// The most that something may cost: for each entry, and for each poll whatever it brings.
#[derive(Debug, Clone, Copy)]
struct Most {
    entry: f64,
    poll: f64,
}

#[derive(Debug, Clone, Copy)]
struct Bounds {
    cells: Most,
    statements: Most,
    changes: Most,
    pages: Most,
}

/// New entries of new sources, where copies are recognised by their texts.
const NEW_NEAR: Bounds = Bounds {
    // A row and three indexes, a text, three keys, a piece and its marks are 10; a copy has four more: its row in the
    // index of stories, and a decision with two indexes. A source has a last document, a description with an index, and
    // its boilerplate.
    cells: Most { entry: 11.0, poll: 5.0 },
    // Seven rows are written and the published id is looked up; a copy costs four more. A poll reads the state of the
    // source, and writes its description, its boilerplate, the last number and its state.
    statements: Most { entry: 9.0, poll: 13.0 },
    // The same seven rows; a copy's decision and the row of the entry that it joins.
    changes: Most { entry: 7.5, poll: 6.0 },
    // Two texts or four pieces fill a page; the rest is the last page of each table, and nearly one page for each entry
    // in the index of published ids.
    pages: Most { entry: 1.2, poll: 30.0 },
};
/// The same where stories are off: nothing is stored for them.
const NEW_OFF: Bounds = Bounds {
    // A row and three indexes, a text, three keys. A source has a last document, and a description with an index.
    cells: Most { entry: 8.0, poll: 4.0 },
    // Five rows are written and the published id is looked up.
    statements: Most { entry: 6.0, poll: 12.0 },
    changes: Most { entry: 5.0, poll: 5.0 },
    pages: Most { entry: 0.8, poll: 22.0 },
};
/// Entries that are stored unchanged.
const KNOWN: Bounds = Bounds {
    cells: Most { entry: 0.0, poll: 0.0 },
    // Each entry is looked up once, by its id. What the document says of its source is compared with what the last one said.
    statements: Most { entry: 1.0, poll: 9.0 },
    // What the document shows about its source, and how the poll ended.
    changes: Most { entry: 0.0, poll: 2.0 },
    // The pages of the two rows of the source.
    pages: Most { entry: 0.0, poll: 2.1 },
};
/// An answer that nothing has changed.
const NOT_MODIFIED: Bounds = Bounds {
    cells: Most { entry: 0.0, poll: 0.0 },
    // What the poll needs of the source's state, the time of the attempt, and how the poll ended.
    statements: Most { entry: 0.0, poll: 3.0 },
    changes: Most { entry: 0.0, poll: 2.0 },
    // Each write is a commit of its own, and changes one page.
    pages: Most { entry: 0.0, poll: 2.1 },
};
/// New entries of a source that has others. Each name of an entry is looked up wherever it could lead to a stored
/// entry, once more for an entry that revises another, and once more when it is stored. Everything else is looked up
/// once.
const NEW_AMONG_KNOWN_STATEMENTS: Most = Most { entry: 25.0, poll: 16.0 };
/// How much more a poll may cost beside ten times as many stored entries. Only the index of published ids grows more
/// expensive, because two new ids are less likely to be on one page.
const ALIKE: f64 = 0.25;

/// What was spent.
#[derive(Debug, Clone, Copy)]
struct Cost {
    cells: i64,
    statements: i64,
    changes: i64,
    pages: i64,
    split: i64,
}

impl Cost {
    fn since(self, before: Cost) -> Cost {
        Cost {
            cells: self.cells - before.cells,
            statements: self.statements - before.statements,
            changes: self.changes - before.changes,
            pages: self.pages - before.pages,
            split: self.split - before.split,
        }
    }

    #[track_caller]
    fn check(self, what: &str, bounds: &Bounds, entries: usize, polls: usize) {
        let all = [
            ("cells", self.cells, bounds.cells),
            ("statements", self.statements, bounds.statements),
            ("changed rows", self.changes, bounds.changes),
            ("pages", self.pages, bounds.pages),
        ];
        let over = all.iter().filter_map(|(name, found, most)| {
            let most = most.entry * entries as f64 + most.poll * polls as f64;
            (*found as f64 > most).then(|| format!("{found} {name}, where {most} are allowed"))
        });
        let over: Vec<String> = over.collect();
        assert!(over.is_empty(), "{what}, {entries} entries in {polls} polls: {}", over.join("; "));
    }
}

/// A store with some sources, and connections that examine its file.
struct Farm {
    /// Reads the beginning of the log as long as it lives, so that SQLite never begins the log anew and its length
    /// tells how many pages were written.
    _reader: Connection,
    store: Store,
    ids: Vec<SourceId>,
    options: StoryOptions,
    path: PathBuf,
    _folder: TempDir,
}

impl Farm {
    /// A store that already has this many entries of another source.
    async fn new(stored: usize, sources: usize, options: StoryOptions) -> Farm {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("watershed.db");
        let now = Timestamp::from_unix(BEGIN);
        if stored > 0 {
            let store = Store::open(&path, [7; 16], now).expect("a new database opens");
            let configured = store.configure(vec![key("filler")], now).await;
            let filler = configured.expect("a source can be registered")[0];
            drop(store);
            fill(&path, filler, stored);
        }
        let store = Store::open_counting(&path, [7; 16], now).expect("the database opens");
        let reader = look(&path);
        reader.execute_batch("BEGIN").expect("a transaction begins");
        let _: i64 =
            reader.query_row("SELECT count(*) FROM source", [], |row| row.get(0)).expect("sources are counted");
        let keys = (0..sources).map(|source| key(&name(source))).collect();
        let configured = store.configure(keys, now).await;
        let ids = configured.expect("sources can be registered");
        Farm { _reader: reader, store, ids, options, path, _folder: folder }
    }

    /// A poll of a source that brings these items.
    fn record(&self, source: usize, items: &[Item], round: usize) -> PollRecord {
        let feed = Feed { name: name(source), format: Format::Rss, rounds: Vec::new() };
        let body = stream::document(&feed, items);
        stream::record(&feed, self.ids[source], &body, items.len(), self.options, at(round))
    }

    /// Stores what the polls brought; returns how many entries were new, known and revised.
    async fn take(&self, records: Vec<PollRecord>) -> [u64; 3] {
        let mut counts = [0; 3];
        for record in records {
            let tally = stream::record::store(&self.store, record).await.tally;
            counts = [counts[0] + tally.new, counts[1] + tally.same, counts[2] + tally.revised];
        }
        counts
    }

    /// Polls a source that answers 304, and that was silent already when it was added, which is no incident.
    async fn not_modified(&self, source: usize, round: usize) {
        let (id, now) = (self.ids[source], Timestamp::from_unix(at(round)));
        let state = self.store.begin_poll(id, now).await.expect("a poll can be begun");
        let plan = Box::new(move |_outcome: Outcome, _news: &News| silent(now));
        let record = PollRecord {
            watched_since: state.watched_since,
            stories: self.options,
            durability: Durability::Repeatable,
            ..PollRecord::routine(id, key(&name(source)).url, now, plan)
        };
        self.store.finish_poll(record).await.expect("a poll can be stored");
    }

    /// What some work costs, and its result.
    async fn cost<T>(&self, what: &str, work: impl Future<Output = T>) -> (Cost, T) {
        let before = self.so_far().await;
        let value = work.await;
        let cost = self.so_far().await.since(before);
        println!("{what}: {cost:?}");
        (cost, value)
    }

    async fn so_far(&self) -> Cost {
        let counted = self.store.counted().await.expect("the writer answers");
        Cost {
            cells: cells(&self.path),
            statements: counted.statements.cast_signed(),
            changes: counted.changes.cast_signed(),
            pages: pages(&self.path),
            split: split_bytes().cast_signed(),
        }
    }
}

fn look(path: &Path) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).expect("the database can be read")
}

/// Number of rows of all b-trees. In index trees, and in trees of tables without row numbers, inner pages hold rows as
/// well.
fn cells(path: &Path) -> i64 {
    let sql = "SELECT sum(ncell) FROM dbstat WHERE pagetype = 'leaf' OR (pagetype = 'internal' AND name IN (
                   SELECT name FROM sqlite_schema WHERE type = 'index'
                   UNION ALL SELECT name FROM pragma_table_list WHERE wr
               ))";
    look(path).query_row(sql, [], |row| row.get(0)).expect("pages can be counted")
}

/// Number of pages ever written to the log.
fn pages(path: &Path) -> i64 {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    let length = std::fs::metadata(name).map_or(0, |file| file.len());
    (length.saturating_sub(LOG_HEADER_BYTES) / (PAGE_BYTES + FRAME_HEADER_BYTES)).cast_signed()
}

fn name(source: usize) -> String {
    format!("farm{source}")
}

fn key(name: &str) -> SourceKey {
    SourceKey { name: name.to_owned(), named: true, url: format!("https://{name}.example/feed") }
}

/// The schedule of a source that posted daily for a hundred days, and nothing in the forty days until `now`.
fn silent(now: Timestamp) -> SourceSchedule {
    let before = |days: u32| now.minus(Duration::from_secs(86_400) * days);
    let mut rhythm = Rhythm::first(&[before(140)], 20, before(140));
    (40..140).rev().for_each(|days| rhythm.observe(&[Some(before(days))], Some(20), before(days)));
    rhythm.observe(&[], Some(20), now);
    assert!(rhythm.is_silent());
    SourceSchedule::new(now).with_learnt(Learnt { rhythm: Some(rhythm), ..Learnt::default() })
}

fn at(round: usize) -> i64 {
    BEGIN + (round as i64 + 1) * ROUND
}

/// An article: two with one number have the same text, each at the address of its source.
fn article(source: usize, number: usize) -> Item {
    let site = name(source);
    let mut dice = Dice(number as u64 * 7_919 + 17);
    let title = words(&mut dice, 7);
    let html = format!("<p>{}</p><p>{}</p>", words(&mut dice, WORDS / 2), words(&mut dice, WORDS / 2));
    Item {
        piece: number,
        kind: "own",
        title,
        html,
        link: format!("https://{site}.example/{number}"),
        guid: Some(format!("tag:{site}.example,2026:{number}")),
        at: BEGIN - 60 * number as i64,
        more: String::new(),
    }
}

pub(crate) fn words(dice: &mut Dice, count: usize) -> String {
    let syllables = ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu", "che"];
    let mut word = || (0..3).map(|_| syllables[dice.below(syllables.len())]).collect::<String>();
    (0..count).map(|_| word()).collect::<Vec<String>>().join(" ")
}

/// The first document of a source.
fn first(source: usize) -> Vec<Item> {
    let copied = |at: usize| source % 2 == 1 && at < SHARED;
    let number = |at: usize| if copied(at) { (source - 1) * ITEMS + at } else { source * ITEMS + at };
    (0..ITEMS).map(|at| article(source, number(at))).collect()
}

/// Stores a number of entries of a source that no test polls.
fn fill(path: &Path, source: SourceId, count: usize) {
    let mut connection = Connection::open(path).expect("the database opens");
    let transaction = connection.transaction().expect("a transaction begins");
    let mut dice = Dice(99);
    let mut key = || ((dice.below(1 << 31) as i64) << 31) | dice.below(1 << 31) as i64;
    {
        let prepare = |sql: &str| transaction.prepare(sql).expect("it is a statement");
        let mut entry = prepare(
            "INSERT INTO entry (id, source, story, hidden, ranked, published, updated, first_seen, changed, first_poll,
                 revisions, aliases, published_key, title_key, link_key, text_key, same_key, path_key, record_hash, text_hash)
             VALUES (?1, ?2, ?1, 0, ?3, ?3, ?3, ?3, ?3, 0, 0, 3, ?4, ?5, ?6, ?7, ?8, ?9, zeroblob(16), zeroblob(16))",
        );
        let mut text = prepare(
            "INSERT INTO entry_text (entry, key, published_id, title, details, summary, content)
             VALUES (?1, ?2, ?2, 'An entry that nobody asks for', '{}', '', ?3)",
        );
        let mut alias = prepare("INSERT INTO alias (source, key, entry) VALUES (?1, ?2, ?3)");
        let mut mark = prepare("INSERT INTO story_mark (entry, source, found_by) VALUES (?1, ?2, ?3)");
        let mut piece = prepare("INSERT INTO story_text (entry, piece) VALUES (?1, zeroblob(900))");
        let content = "x".repeat(1_400);
        for id in 1..=count as i64 {
            let names = [key(), key(), key(), key(), key(), key()];
            let [published, title, link, words, same, place] = names;
            let written = BEGIN - id;
            let written = entry.execute(params![id, source.0, written, published, title, link, words, same, place]);
            written.expect("an entry is written");
            text.execute(params![id, format!("urn:filler:{id}"), content]).expect("a text is written");
            for name in [published, title, link] {
                alias.execute(params![source.0, name, id]).expect("a key is written");
            }
            // No keys, and twenty marks.
            let marks = (0..10).flat_map(|_| key().to_le_bytes());
            let found_by: Vec<u8> = std::iter::once(0).chain(marks).collect();
            mark.execute(params![id, source.0, found_by]).expect("marks are written");
            piece.execute([id]).expect("a piece is written");
        }
        let last = "INSERT OR REPLACE INTO fact (name, value) VALUES ('last_entry', CAST(?1 AS TEXT))";
        transaction.execute(last, [count as i64]).expect("the last number is written");
    }
    transaction.commit().expect("all of it is written");
}

/// The entries of a poll's document.
fn entries(record: &PollRecord) -> &[CleanEntry] {
    match &record.result {
        PollResult::Document(document) => &document.feed.entries,
        _ => &[],
    }
}

/// The bytes of an entry's text, as it is split, and of its title.
fn lengths(entry: &CleanEntry) -> (i64, i64) {
    let text = if entry.content.is_empty() { entry.summary.as_str() } else { &entry.content };
    (text_of(text).len() as i64, entry.title.len() as i64)
}

/// Checks that texts were split once; titles, which are also compared by themselves, a few times more.
#[track_caller]
fn check_split(what: &str, cost: Cost, texts: i64, titles: i64) {
    let allowed = texts..=texts + 4 * titles;
    assert!(
        allowed.contains(&cost.split),
        "{what}: {} bytes are split into words, where {allowed:?} are allowed",
        cost.split
    );
}

/// Runs a test in a process of its own, because some costs are counted for the whole process.
fn alone(test: &str, body: impl Future<Output = ()>) {
    if std::env::var_os(ALONE).is_some() {
        tokio::runtime::Runtime::new().expect("a runtime starts").block_on(body);
        return;
    }
    let program = std::env::current_exe().expect("a test knows its program");
    let arguments = [test, "--exact", "--nocapture", "--test-threads=1"];
    let output = Command::new(program).args(arguments).env(ALONE, "1").output().expect("a test can be run");
    let (said, cried) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{said}{cried}");
    assert!(output.status.success() && said.contains("1 passed"), "{test}\n{said}{cried}");
}

async fn farm_costs(options: StoryOptions, new: &Bounds) {
    let farm = Farm::new(0, SOURCES, options).await;
    let is_near = options.reach == Reach::Near;
    let records = |round: usize| -> Vec<PollRecord> {
        (0..SOURCES).map(|source| farm.record(source, &first(source), round)).collect()
    };
    let all = (SOURCES * ITEMS) as u64;
    let documents = records(0);
    let told = documents.iter().flat_map(entries).map(lengths);
    let (texts, titles) = told.fold((0, 0), |(texts, titles), (text, title)| (texts + text, titles + title));
    let (cost, counts) = farm.cost("new entries", farm.take(documents)).await;
    assert_eq!(counts, [all, 0, 0]);
    cost.check("new entries", new, SOURCES * ITEMS, SOURCES);
    let (texts, titles) = if is_near { (texts, titles) } else { (0, 0) };
    check_split("new entries", cost, texts, titles);

    let (cost, counts) = farm.cost("known entries", farm.take(records(1))).await;
    assert_eq!(counts, [0, all, 0]);
    cost.check("known entries", &KNOWN, SOURCES * ITEMS, SOURCES);
    check_split("known entries", cost, 0, 0);

    // The first attempt of a source adds a row.
    for source in 0..SOURCES {
        farm.not_modified(source, 2).await;
    }
    let unchanged = async {
        let synced = farm.store.writer_load().synced;
        for source in 0..SOURCES {
            farm.not_modified(source, 2).await;
        }
        assert_eq!(farm.store.writer_load().synced, synced, "such a poll does not wait for the disk");
    };
    let (cost, ()) = farm.cost("not modified", unchanged).await;
    cost.check("not modified", &NOT_MODIFIED, 0, SOURCES);
    check_split("not modified", cost, 0, 0);
    if is_near {
        changed_texts(&farm).await;
    }
}

/// The new text of a revised entry is split once, and its stored text is not; a new entry beside known ones costs no
/// splitting of theirs.
async fn changed_texts(farm: &Farm) {
    let mut items = first(2);
    items[7].html = items[7].html.replacen("<p>", "<p>A correction was made on the day after. ", 1);
    let record = farm.record(2, &items, 3);
    let (text, title) = lengths(&entries(&record)[7]);
    let (cost, counts) = farm.cost("a revised entry", farm.take(vec![record])).await;
    assert_eq!(counts, [0, ITEMS as u64 - 1, 1]);
    check_split("a revised entry", cost, text, title);

    let mut items = first(4);
    items.pop();
    items.insert(0, article(4, 2 * SOURCES * ITEMS));
    let record = farm.record(4, &items, 3);
    let (text, title) = lengths(&entries(&record)[0]);
    let (cost, counts) = farm.cost("a window that rolls on", farm.take(vec![record])).await;
    assert_eq!(counts, [1, ITEMS as u64 - 1, 0]);
    check_split("a window that rolls on", cost, text, title);
}

#[test]
fn costs_stay_within_their_bounds_where_copies_are_recognised() {
    alone("cost::costs_stay_within_their_bounds_where_copies_are_recognised", farm_costs(NEAR, &NEW_NEAR));
}

#[test]
fn costs_stay_within_their_bounds_where_stories_are_off() {
    alone("cost::costs_stay_within_their_bounds_where_stories_are_off", farm_costs(StoryOptions::OFF, &NEW_OFF));
}

#[test]
fn a_poll_costs_the_same_beside_many_stored_entries() {
    alone("cost::a_poll_costs_the_same_beside_many_stored_entries", async {
        let mut costs = Vec::new();
        for stored in [2_000, 20_000] {
            let farm = Farm::new(stored, 1, NEAR).await;
            let known = first(0);
            assert_eq!(farm.take(vec![farm.record(0, &known, 0)]).await, [ITEMS as u64, 0, 0]);
            let new = (0..ITEMS).map(|at| article(0, 2 * SOURCES * ITEMS + at));
            let items: Vec<Item> = new.chain(known).collect();
            let work = farm.take(vec![farm.record(0, &items, 1)]);
            let (cost, counts) = farm.cost(&format!("beside {stored}"), work).await;
            assert_eq!(counts, [ITEMS as u64, ITEMS as u64, 0]);
            costs.push(cost);
        }
        let alike = |one: i64, other: i64| (one - other).abs() as f64 <= ALIKE * one.min(other) as f64;
        let [few, many] = costs[..] else { panic!("two stores were counted") };
        assert!(alike(few.statements, many.statements), "statements: {few:?}, {many:?}");
        assert!(alike(few.pages, many.pages), "pages: {few:?}, {many:?}");
        let most = NEW_AMONG_KNOWN_STATEMENTS.entry * ITEMS as f64 + ITEMS as f64 + NEW_AMONG_KNOWN_STATEMENTS.poll;
        assert!(many.statements as f64 <= most, "{} statements, where {most} are allowed", many.statements);
    });
}
