//! Sequences of polls that are hostile or extreme: thousands of entries at once, entries that alternate at every poll,
//! and sources that copy the keys of others.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;
use watershed::model::Timestamp;
use watershed::store::{SourceKey, Store};
use watershed::stories::{Reach, StoryOptions};

use crate::cost::words;
use crate::origin::Origin;
use crate::polling::source;
use crate::program::Program;
use crate::sequence::{ALL, COOL_DOWN, DAY, anew, article, articles, cut, each, field, moved_to, some};
use crate::streams::stream::{self, BEGIN, Dice, Feed, Format, Item, ROUND};

/// Most time that a document of thousands of entries may take on a busy machine.
const THOUSANDS_WITHIN: Duration = Duration::from_secs(80);
const NEAR: StoryOptions = StoryOptions { reach: Reach::Near, window: Duration::from_secs(7 * 86_400) };

/// What a thief makes of another source's item.
type Theft<'t> = &'t dyn Fn(&mut Item);

/// How many entries of a poll were new, known, revised and left out.
fn tally(polled: &Value) -> [u64; 4] {
    ["new", "same", "revised", "rejected"].map(|name| polled[name].as_u64().unwrap_or_default())
}

/// Polls source `a`, which must end in time.
#[track_caller]
fn polled_in_time(what: &str, origin: &Origin, program: &Program, items: &[Item]) -> [u64; 4] {
    let feed = Feed { name: "a".to_owned(), format: Format::Rss, rounds: Vec::new() };
    origin.document("/a", stream::document(&feed, items));
    thread::sleep(COOL_DOWN);
    let begin = Instant::now();
    let polled = program.poll("a");
    assert!(begin.elapsed() < THOUSANDS_WITHIN, "{what} takes {:?}", begin.elapsed());
    tally(&polled)
}

/// A short item, one of thousands.
fn one_of_thousands(number: usize) -> Item {
    let mut dice = Dice(number as u64 * 7_919 + 11);
    let title = words(&mut dice, 4);
    Item { title, html: words(&mut dice, 25), at: BEGIN + number as i64 * 60, ..article("thousands", number) }
}

#[test]
fn ten_thousand_entries_under_one_title_stay_different_entries() {
    let origin = Origin::start();
    let program = Program::new(&source(&origin, "a", "/a", "max_entries = 20000\nmax_body = \"64 MiB\""));
    let item = |number: usize| Item { title: "A notice of the harbour office".to_owned(), ..one_of_thousands(number) };
    let mut items: Vec<Item> = (0..10_000).rev().map(item).collect();
    assert_eq!(polled_in_time("the first poll", &origin, &program, &items), [10_000, 0, 0, 0]);
    items[500].html = anew(&items[500], "edited").html;
    items.insert(0, item(10_000));
    assert_eq!(polled_in_time("the second poll", &origin, &program, &items), [1, 9_999, 1, 0]);
    items[..200].iter_mut().for_each(moved_to("harbour-new"));
    let [new, same, revised, rejected] = polled_in_time("the third poll", &origin, &program, &items);
    assert_eq!((new, same + revised, rejected), (0, 10_001, 0), "200 came under other names");
}

#[test]
fn a_change_of_template_in_thousands_of_entries_is_recognised_in_time() {
    let origin = Origin::start();
    let program = Program::new(&source(&origin, "a", "/a", "max_body = \"64 MiB\""));
    let mut items: Vec<Item> = (0..5_000).rev().map(one_of_thousands).collect();
    assert_eq!(polled_in_time("the first poll", &origin, &program, &items), [5_000, 0, 0, 0]);
    let updated = || -> BTreeMap<String, String> {
        program.entries().iter().map(|entry| (field(entry, "id"), field(entry, "updated"))).collect()
    };
    let before = updated();
    items.iter_mut().for_each(|item| item.html += "<p>Read more about this and other matters on our new pages.</p>");
    let [new, same, revised, rejected] = polled_in_time("the second poll", &origin, &program, &items);
    assert_eq!((new, same + revised, rejected), (0, 5_000, 0));
    let after = updated();
    let moved = before.iter().filter(|(id, updated)| after.get(*id) != Some(*updated)).count();
    assert_eq!((moved, after.len()), (0, 5_000), "entries whose `updated` has moved, and entries");
}

/// Number of polls at which the entries alternate, and number of polls after which nothing new is recorded.
const FLIPS: usize = 100;
const FLIPS_TOLD: usize = 12;

/// Over all entries: the number of stored versions, the highest number of a version, and when each entry was updated.
fn kept(path: &Path) -> (i64, i64, String) {
    let sql = "SELECT (SELECT count(*) FROM revision), (SELECT coalesce(max(number), 0) FROM revision),
                   (SELECT group_concat(updated) FROM (SELECT updated FROM entry ORDER BY id))";
    let row = Connection::open(path)
        .expect("the database opens")
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    row.expect("versions can be counted")
}

#[test]
fn an_entry_that_alternates_at_every_poll_is_written_a_limited_number_of_times() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("watershed.db");
    let begin = Timestamp::from_unix(BEGIN);
    let items = articles("flipping", ALL);
    // Two titles, three texts, and full and truncated texts in turn.
    let document = |poll: usize| {
        let titled = some(&items, &[2], &|item| {
            if poll % 2 == 1 {
                item.title = anew(item, "second").title;
            }
        });
        let texts = some(&titled, &[5], &|item| {
            if !poll.is_multiple_of(3) {
                item.html = anew(item, &format!("text {}", poll % 3)).html;
            }
        });
        some(&texts, &[8], &|item| {
            if poll % 2 == 1 {
                cut(item);
            }
        })
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let (told, last) = runtime.block_on(async {
        let store = Store::open(&path, [7; 16], begin).expect("a new database opens");
        let feed = Feed { name: "flipping".to_owned(), format: Format::Rss, rounds: Vec::new() };
        let url = "https://flipping.example/feed".to_owned();
        let key = SourceKey { name: feed.name.clone(), named: true, url };
        let configured = store.configure(vec![key], begin).await;
        let id = configured.expect("a source can be registered")[0];
        let mut told = None;
        for poll in 0..FLIPS {
            let items = document(poll);
            let at = BEGIN + 14 * DAY + poll as i64 * ROUND;
            let record = stream::record(&feed, id, &stream::document(&feed, &items), items.len(), NEAR, at);
            let tally = stream::record::store(&store, record).await.tally;
            assert_eq!((tally.new, tally.rejected), (if poll == 0 { ALL as u64 } else { 0 }, 0), "poll {poll}");
            if poll == FLIPS_TOLD {
                told = Some(kept(&path));
            }
        }
        (told.expect("there were more polls"), kept(&path))
    });
    assert_eq!(last, told, "versions, the highest number, and `updated`, after {FLIPS} polls and after {FLIPS_TOLD}");
}

#[test]
fn a_source_that_copies_the_ids_of_another_hides_no_entry() {
    let thefts: [(&str, Theft<'_>); 4] = [
        ("ids", &|item| {
            (item.title, item.html) = (anew(item, "thief").title, anew(item, "thief").html);
            item.link = format!("https://thief.example/{}", item.piece);
        }),
        ("ids and addresses", &|item| {
            (item.title, item.html) = (anew(item, "thief").title, anew(item, "thief").html);
        }),
        ("ids, addresses and headlines", &|item| item.html = anew(item, "thief").html),
        ("everything, below an advertisement", &|item| {
            item.html = format!("<p>Buy our pills, they are cheap and come within a day.</p>{}", item.html);
        }),
    ];
    for thief_is_first in [true, false] {
        let origin = Origin::start();
        let (mut sources, mut polls) = (String::new(), Vec::new());
        for (at, (_, theft)) in thefts.iter().enumerate() {
            let own = articles(&format!("own{at}"), 6);
            let stolen = each(&own, *theft);
            let mut pair = [(format!("own{at}"), own), (format!("thief{at}"), stolen)];
            if thief_is_first {
                pair.reverse();
            }
            for (name, items) in pair {
                let feed = Feed { name: name.clone(), format: Format::Rss, rounds: Vec::new() };
                origin.document(&format!("/{name}"), stream::document(&feed, &items));
                sources += &source(&origin, &name, &format!("/{name}"), "");
                polls.push(name);
            }
        }
        let program = Program::new(&sources);
        polls.iter().for_each(|name| _ = program.poll(name));
        let entries = program.entries();
        for (at, (what, _)) in thefts.iter().enumerate() {
            let of = |name: &str| {
                entries.iter().filter(|entry| entry["source"] == format!("{name}{at}")).collect::<Vec<_>>()
            };
            let (own, stolen) = (of("own"), of("thief"));
            let context = format!("{what} copied, the thief first: {thief_is_first}");
            assert_eq!((own.len(), stolen.len()), (6, 6), "entries, {context}");
            let hidden: Vec<String> =
                own.iter().filter(|entry| entry["lead"] != true).map(|entry| field(entry, "title")).collect();
            assert!(hidden.is_empty(), "hidden, {context}: {hidden:?}");
        }
    }
}
