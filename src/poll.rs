//! One poll, read top to bottom: the list of stages.
//!
//! conditional → fetch → conditional → read → entry → store. Before the request only the time of the attempt is
//! written; afterwards everything in one piece.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::clock;
use crate::config::{SourceConfig, redact_url};
use crate::entry;
use crate::fetch::conditional::{self, Verdict};
use crate::fetch::{self, Exchange, FetchError, Fetcher};
use crate::model::{Outcome, Problem, SourceId, Timestamp};
use crate::read;
use crate::schedule::{self, Answer, History};
use crate::store::{Document, KnownDocument, PollEffect, PollRecord, PollResult, SourceState, Store, StoreError};

/// Raised when documents are read differently than before, so that unchanged ones are read once more.
const READING_VERSION: u32 = 1;
/// Most feeds of a page that a failure lists.
const FEEDS_LISTED: usize = 5;

/// What every poll needs.
#[derive(Debug)]
pub struct Stages {
    pub store: Store,
    pub fetcher: Fetcher,
    /// Documents being read at once: as many as there are processors, which bounds memory too.
    readers: Semaphore,
}

impl Stages {
    pub fn new(store: Store, fetcher: Fetcher) -> Stages {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Stages { store, fetcher, readers: Semaphore::new(processors) }
    }
}

/// poll → daemon: how it went.
#[derive(Debug)]
pub struct Polled {
    pub effect: PollEffect,
    /// Why it failed, or what else is worth saying.
    pub detail: Option<String>,
    pub problems: usize,
    /// Bytes of the body on the wire.
    pub bytes: usize,
    pub took: Duration,
}

/// What came of the request, before it is stored.
struct Brought {
    result: PollResult,
    answer: Answer,
    detail: Option<String>,
    effective_url: Option<String>,
    bytes: usize,
}

/// Polls one source, end to end.
///
/// # Errors
/// When the store cannot be written: without the record of the attempt no request is made, and a poll that could not
/// be stored counts as never finished.
pub async fn poll(stages: &Stages, source: &Arc<SourceConfig>, id: SourceId) -> Result<Polled, StoreError> {
    let started = clock::monotonic();
    let state = stages.store.begin_poll(id, clock::now()).await?;
    let brought = match ask(stages, source, &state).await {
        Ok(exchange) => take(stages, source, &state, exchange).await,
        Err(error) => Brought::failed(&error, source),
    };
    let Brought { result, answer, detail, effective_url, bytes } = brought;
    let problems = if let PollResult::Document(document) = &result { document.problems.len() } else { 0 };
    let (now, chance) = (clock::now(), clock::chance());
    let (options, history) = (source.schedule.clone(), history(&state));
    let plan = move |outcome: Outcome| schedule::plan(&options, &history, &answer, outcome, now, chance);
    let record = PollRecord {
        source: id,
        url: source.url.to_string(),
        at: now,
        result,
        detail: detail.clone(),
        effective_url,
        plan: Box::new(plan),
    };
    let effect = stages.store.finish_poll(record).await?;
    Ok(Polled { effect, detail, problems, bytes, took: started.elapsed() })
}

/// Records that a poll ended by a bug of ours: the source backs off like after any failure.
///
/// # Errors
/// When the store cannot be written.
pub async fn record_crash(stages: &Stages, source: &Arc<SourceConfig>, id: SourceId) -> Result<Polled, StoreError> {
    let (now, chance) = (clock::now(), clock::chance());
    let state = stages.store.begin_poll(id, now).await?;
    let detail = Some("a bug in watershed ended the poll; the log says where".to_owned());
    let (options, history) = (source.schedule.clone(), history(&state));
    let record = PollRecord {
        source: id,
        url: source.url.to_string(),
        at: now,
        result: PollResult::Failed,
        detail: detail.clone(),
        effective_url: None,
        plan: Box::new(move |outcome| schedule::plan(&options, &history, &Answer::default(), outcome, now, chance)),
    };
    let effect = stages.store.finish_poll(record).await?;
    Ok(Polled { effect, detail, problems: 0, bytes: 0, took: Duration::ZERO })
}

/// What the schedule needs to know of earlier polls.
pub fn history(state: &SourceState) -> History {
    History {
        interval: state.interval,
        freshness: state.freshness,
        feed_freshness: state.feed_freshness,
        failures: state.failures,
    }
}

/// The request, conditional where we have the document.
async fn ask(stages: &Stages, source: &SourceConfig, state: &SourceState) -> Result<Exchange, FetchError> {
    let known = state.document.as_ref().map(|known| fetch::Known { url: &known.url, validators: &known.validators });
    let request = fetch::Request { url: &source.url, options: &source.fetch, known };
    stages.fetcher.fetch(request, clock::now()).await
}

/// What the answer means.
async fn take(stages: &Stages, source: &Arc<SourceConfig>, state: &SourceState, exchange: Exchange) -> Brought {
    let known = state.document.as_ref();
    let mut brought = Brought {
        result: PollResult::Failed,
        answer: Answer {
            freshness: matches!(exchange.status, 200 | 304).then_some(exchange.freshness),
            feed_freshness: None,
            retry_after: exchange.retry_after,
            busy: matches!(exchange.status, 429 | 503),
        },
        detail: None,
        effective_url: (exchange.url != source.url).then(|| source.scrub(&redact_url(&exchange.url))),
        bytes: exchange.body.len(),
    };
    match conditional::verdict(&exchange, known.map(|known| &known.validators)) {
        Verdict::NotModified(validators) => {
            let freshened = known.zip(validators);
            brought.result = PollResult::NotModified(
                freshened.map(|(known, validators)| KnownDocument { validators, ..known.clone() }),
            );
        }
        Verdict::Gone => {
            brought.result = PollResult::Gone;
            brought.detail = Some("the server answered 410: the feed is gone for good".to_owned());
        }
        Verdict::Failed(error) => brought.detail = Some(source.scrub(&error.to_string())),
        Verdict::Document => {
            let digested = digest_off_thread(stages, source, known.cloned(), exchange).await;
            match digested {
                Ok((result, feed_freshness)) => {
                    brought.result = result;
                    brought.answer.feed_freshness = feed_freshness;
                }
                Err(why) => brought.detail = Some(source.scrub(&why)),
            }
        }
    }
    brought
}

impl Brought {
    fn failed(error: &FetchError, source: &SourceConfig) -> Brought {
        Brought {
            result: PollResult::Failed,
            answer: Answer::default(),
            detail: Some(source.scrub(&error.to_string())),
            effective_url: None,
            bytes: 0,
        }
    }
}

/// A document's result and the document's own wish for freshness, where one was read.
type Digested = (PollResult, Option<Option<Duration>>);

async fn digest_off_thread(
    stages: &Stages,
    source: &Arc<SourceConfig>,
    known: Option<KnownDocument>,
    exchange: Exchange,
) -> Result<Digested, String> {
    let Ok(_place) = stages.readers.acquire().await else { return Err("watershed is stopping".to_owned()) };
    let source = source.clone();
    let now = clock::now();
    tokio::task::spawn_blocking(move || digest(&source, known.as_ref(), &exchange, now))
        .await
        .unwrap_or_else(|_| Err("a bug in watershed ended the reading of this document; the log says where".to_owned()))
}

/// Decompress, compare with the document we have, read, clean. Validators are taken only of a document that was read.
fn digest(
    source: &SourceConfig,
    known: Option<&KnownDocument>,
    exchange: &Exchange,
    now: Timestamp,
) -> Result<Digested, String> {
    let body = fetch::decode::decode(&exchange.body, &exchange.content_encoding, source.fetch.max_body)
        .map_err(|error| error.to_string())?;
    let fresh = KnownDocument {
        url: exchange.url.to_string(),
        validators: conditional::validators_of(exchange),
        body_hash: body_hash(&body, exchange, source.max_entries),
    };
    if known.is_some_and(|known| known.url == fresh.url && known.body_hash == fresh.body_hash) {
        return Ok((PollResult::Same(fresh), None));
    }
    let document = read::Document {
        body: &body,
        content_type: exchange.content_type.as_deref(),
        url: exchange.url.as_str(),
        max_entries: source.max_entries,
    };
    let (parsed, mut problems) = read::read(&document).map_err(|error| explain(&error, source))?;
    let (format, freshness, items) = (parsed.format, parsed.freshness, parsed.items.len() as u64);
    let (feed, more) = entry::clean(parsed, &entry::Context { base: exchange.url.as_str(), now });
    problems.extend(more);
    problems.truncate(Problem::MAX_PER_DOCUMENT);
    let document = Document { known: fresh, format, parsed: items, problems, feed };
    Ok((PollResult::Document(Box::new(document)), Some(freshness)))
}

/// A digest of the body and of everything else that decides what is read from it.
fn body_hash(body: &[u8], exchange: &Exchange, max_entries: usize) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&READING_VERSION.to_le_bytes());
    hasher.update(&(max_entries as u64).to_le_bytes());
    hasher.update(exchange.content_type.as_deref().unwrap_or_default().as_bytes());
    hasher.update(&[0]);
    hasher.update(body);
    let mut hash = [0; 16];
    hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    hash
}

/// Why a document could not be read; of a page, the feeds that it names.
fn explain(error: &read::ReadError, source: &SourceConfig) -> String {
    let read::ReadError::NotAFeed { feeds, .. } = error else { return error.to_string() };
    if feeds.is_empty() {
        return format!("{error}; give the address of the feed itself as `url`");
    }
    let listed: Vec<&str> = feeds.iter().take(FEEDS_LISTED).map(|feed| feed.url.as_str()).collect();
    source.scrub(&format!("{error}; it names these feeds, one of which may be meant: {}", listed.join(" ")))
}
