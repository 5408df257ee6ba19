//! An entry that alternates between versions is published in the version in which it settles, even if its document no
//! longer changes.

use std::slice::from_ref;
use std::time::Duration;

use watershed::model::{SourceId, Timestamp};
use watershed::store::{PollResult, SourceKey, Store};
use watershed::stories::{Reach, StoryOptions};

use crate::sequence::{DAY, HOUR, anew, article};
use crate::streams::stream::{self, BEGIN, Feed, Format, Item};

const NEAR: StoryOptions = StoryOptions { reach: Reach::Near, window: Duration::from_secs(7 * 86_400) };
/// The digest by which the document is recognised.
const SAME: [u8; 16] = [1; 16];

fn at(hour: i64) -> i64 {
    BEGIN + 30 * DAY + hour * HOUR
}

/// Polls the source, and returns how many entries were revised.
async fn poll(store: &Store, source: SourceId, item: &Item, hour: i64) -> u64 {
    let feed = Feed { name: "flips".to_owned(), format: Format::Rss, rounds: Vec::new() };
    let body = stream::document(&feed, from_ref(item));
    let mut record = stream::record(&feed, source, &body, 1, NEAR, at(hour));
    if let PollResult::Document(document) = &mut record.result {
        document.known.body_hash = SAME;
    }
    stream::record::store(store, record).await.tally.revised
}

/// Whether a poll that begins at this hour treats the same document as known.
async fn is_known(store: &Store, source: SourceId, hour: i64) -> bool {
    let state = store.begin_poll(source, Timestamp::from_unix(at(hour))).await.expect("a poll can be begun");
    state.document.is_some_and(|document| document.body_hash == SAME)
}

#[tokio::test]
async fn a_version_that_stays_is_published_though_the_document_is_unchanged() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let now = Timestamp::from_unix(BEGIN);
    let store = Store::open(&folder.path().join("watershed.db"), [7; 16], now).expect("a new database opens");
    let key = SourceKey { name: "flips".to_owned(), named: true, url: "https://flips.example/feed".to_owned() };
    let configured = store.configure(vec![key], now).await;
    let source = configured.expect("a source can be registered")[0];
    let one = article("flips", 0);
    let other = Item { title: anew(&one, "other").title, ..one.clone() };
    for hour in 0..5 {
        let item = if hour % 2 == 0 { &one } else { &other };
        assert_eq!(poll(&store, source, item, hour).await, u64::from(hour > 0), "hour {hour}");
    }
    assert!(is_known(&store, source, 100).await, "no version is held back");
    assert_eq!(poll(&store, source, &other, 5).await, 0, "the earlier version is held back");
    assert!(is_known(&store, source, 28).await, "the earlier version has lasted for nearly a day");
    assert!(!is_known(&store, source, 29).await, "the earlier version has lasted for a day");
    assert_eq!(poll(&store, source, &other, 29).await, 1, "the earlier version is published");
    assert!(is_known(&store, source, 100).await, "the entry has settled");
}
