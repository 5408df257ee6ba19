//! The cost of rebuilding the outputs after a new entry, with a thousand and with a hundred thousand stored entries, compared
//! with rebuilding everything.
//!
//! `cargo bench --bench outputs`. `benches/serving.sh` measures how fast finished documents are served, compared with nginx.

// A benchmark measures time; the program itself asks crate::clock.
#![allow(clippy::disallowed_methods)]

#[path = "streams/sources.rs"]
mod sources;

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sources::{EACH, NOW, SOURCES, address};
use watershed::config;
use watershed::model::Timestamp;
use watershed::outputs::{Look, OutputPlan, Outputs};
use watershed::publish::{DocumentName, OutputKind};
use watershed::store::Store;
use watershed::theme;

fn main() {
    sources::with_few_and_many(measure);
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
    let ids = sources::configure(&store).await;
    let each = entries / SOURCES;
    for (source, id) in ids.iter().enumerate() {
        for first in (0..each).step_by(EACH) {
            let numbers = first..each.min(first + EACH);
            sources::poll(&store, source, *id, numbers, |number| texts(source, number)).await;
        }
    }
    let theme = theme::load(&config).expect("it is the built-in theme");
    let look = Look { theme: theme.theme, built_in: theme.built_in, since: Timestamp::from_unix(NOW) };
    let configs = Arc::new(ids.iter().copied().zip(config.sources.iter().cloned()).collect());
    let shape = (OutputPlan::shape(&config), Timestamp::from_unix(NOW));
    let plan = OutputPlan::new(&config, &configs, &store, shape, look);
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
        let numbers = each + round..each + round + 1;
        let written = sources::poll(&store, source, ids[source], numbers, |number| texts(source, number)).await;
        outputs.changed(ids[source], &written.entries, false);
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

/// The title and the text of an entry.
fn texts(source: usize, number: usize) -> (String, String) {
    let text = "The words of an entry of ordinary length, said again and again. ".repeat(40);
    (format!("Entry number {number} of {source}"), format!("{number}: {text}"))
}
