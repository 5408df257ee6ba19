//! Records of successful polls, which benchmarks and streams of feeds send to the store.

use watershed::merge::Prepared;
use watershed::model::{CleanFeed, FeedFormat, Outcome, SourceId, Timestamp, Validators};
use watershed::schedule::{News, SourceSchedule};
use watershed::store::{KnownDocument, PollEffect, PollRecord, PollResult, ReadDocument, Store};
use watershed::stories::StoryOptions;

/// A document with `parsed` items, as reading and cleaning leave it. Entries that are missing from a partial document are not withdrawn.
pub fn document(url: &str, feed: CleanFeed, parsed: usize, partial: bool) -> ReadDocument {
    ReadDocument {
        known: KnownDocument { url: url.to_owned(), validators: Validators::default(), body_hash: [0; 16] },
        reading: 1,
        format: FeedFormat::Rss2,
        parsed: parsed as u64,
        partial,
        problems: Vec::new(),
        prepared: Prepared::nothing(&feed.entries),
        feed,
        offers: None,
    }
}

/// The result of a successful poll of `url` at `at` seconds since 1970.
pub fn record(source: SourceId, url: String, at: i64, document: ReadDocument, stories: StoryOptions) -> PollRecord {
    let next = Timestamp::from_unix(at + 3_600);
    let plan = Box::new(move |_outcome: Outcome, _news: &News| SourceSchedule::new(next));
    PollRecord {
        result: PollResult::Document(Box::new(document)),
        conditional: false,
        stories,
        is_routine: false,
        ..PollRecord::routine(source, url, Timestamp::from_unix(at), plan)
    }
}

/// Prepares a document and stores it, as a poll does.
pub async fn store(store: &Store, mut record: PollRecord) -> PollEffect {
    if let PollResult::Document(document) = record.result {
        let prepared = store.prepare(record.source, false, record.stories, document).await;
        record.result = PollResult::Document(prepared);
    }
    store.finish_poll(record).await.expect("a poll can be stored")
}
