//! What the process has in memory: large bodies that come at once share a budget.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::feeds::{items, rss};
use crate::origin::{Answer, Origin};
use crate::polling::source;
use crate::program::{Program, wait_until};

/// Sources with a large document, and its bytes: 240 MiB if all were in memory at once.
const LARGE_SOURCES: usize = 48;
const LARGE_BYTES: usize = 5 << 20;
/// The budget, what needs none of it, what the reading of one document takes, and the program itself, with something to spare:
/// on a busy machine more memory waits to be given back.
const PEAK_MAX_KIB: u64 = 180 * 1024;
/// Answers are held back until all have been asked for, but no longer than this.
const GATHERED_WITHIN: Duration = Duration::from_secs(10);
const POLLED_WITHIN: Duration = Duration::from_secs(120);

/// A feed with blanks behind it, which make the body large and its reading cheap.
fn padded(name: &str) -> Vec<u8> {
    let mut body = rss(name, &items(name, 0..2)).into_bytes();
    body.resize(LARGE_BYTES, b' ');
    body
}

#[test]
fn large_bodies_that_arrive_together_share_a_budget() {
    let origin = Origin::start();
    let asked = Arc::new(AtomicUsize::new(0));
    let mut config = "per_host = 64\n".to_owned();
    for number in 0..LARGE_SOURCES {
        let (name, path, asked) = (format!("s{number}"), format!("/{number}"), asked.clone());
        config += &source(&origin, &name, &path, "");
        origin.route(&path, move |_, _| {
            asked.fetch_add(1, Ordering::SeqCst);
            let deadline = Instant::now() + GATHERED_WITHIN;
            while asked.load(Ordering::SeqCst) < LARGE_SOURCES && Instant::now() < deadline {
                thread::sleep(Duration::from_millis(10));
            }
            Answer::body(padded(&name))
        });
    }
    let program = Program::new(&config);
    let mut daemon = program.daemon();
    wait_until(POLLED_WITHIN, "all polls", || {
        let listed = program.records(&["list", "--json"]);
        listed.iter().all(|source| source["outcome"] == "new").then_some(())
    });
    let peak = daemon.peak_kib();
    daemon.assert_alive();
    assert!(peak < PEAK_MAX_KIB, "{peak} KiB were in memory at once");
}
