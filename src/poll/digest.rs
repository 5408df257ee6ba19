//! From the bytes that came to what the store takes: decompress, compare, read, clean. Off the async threads, contained.

use std::time::Duration;

use url::Url;

use super::room::{self, Share};
use super::{Source, Stages, own};
use crate::clock;
use crate::config::{Secret, SourceConfig, redact_url, scrub, secrets_of_url, without_digests, without_logins};
use crate::fetch::{Exchange, FetchError, conditional, decode};
use crate::merge::Prepared;
use crate::model::{FeedMeta, Problem, Timestamp};
use crate::schedule::Skip;
use crate::store::{KnownDocument, PollResult, ReadDocument};
use crate::{entry, read};

/// Raised when documents are read differently than before, so that unchanged ones are read once more.
const READING_VERSION: u32 = 4;
/// Most feeds of a page that a failure lists.
const FEEDS_LISTED: usize = 5;

/// Secrets of where a redirect led that are searched for.
const REDIRECT_SECRET_LEAST_BYTES: usize = 8;

/// What was made of a document.
pub struct Digested {
    pub result: PollResult,
    /// The document's own wishes, where one was read.
    pub freshness: Option<Option<Duration>>,
    pub skip: Option<Skip>,
    /// Set where there is no validator to ask by next time.
    pub unvalidated_bytes: Option<u64>,
    /// Bytes of the document after decompression.
    bytes: u64,
    /// Its room in memory, which it has until it is stored.
    pub share: Option<Share>,
}

/// Why nothing was made of a document.
enum Undigested {
    /// It may be larger than the limit that it was read with, which was less than `max_body`.
    Larger,
    Because(String),
}

impl From<String> for Undigested {
    fn from(why: String) -> Undigested {
        Undigested::Because(why)
    }
}

/// Reads the document of an exchange, when there is room for it in memory and a place among the readers. `is_first`: none of
/// the source's was stored before.
///
/// # Errors
/// Why it is no feed.
pub async fn off_thread(
    stages: &Stages,
    source: &Source,
    is_first: bool,
    known: Option<KnownDocument>,
    exchange: &Exchange,
) -> Result<Digested, String> {
    const STOPPING: &str = "watershed is stopping";
    let now = clock::now();
    let is_packed = decode::may_be_packed(&exchange.body, &exchange.content_encoding);
    for limit in room::limits(exchange.body.len(), is_packed, source.config.fetch.max_body) {
        let mut share = stages.room.take(limit).await.ok_or(STOPPING)?;
        let _place = stages.readers.place().await.ok_or(STOPPING)?;
        let (config, exchange, known) = (source.config.clone(), exchange.clone(), known.clone());
        let store_id = stages.store.store_id().to_owned();
        let work = move || digest(&config, &store_id, known.as_ref(), &exchange, now, limit);
        let mut digested = match stages.readers.run(work).await {
            Some(Ok(digested)) => digested,
            Some(Err(Undigested::Larger)) => continue,
            Some(Err(Undigested::Because(why))) => return Err(why),
            None => {
                return Err("a bug in watershed ended the reading of this document; the log says where".to_owned());
            }
        };
        share.keep(digested.bytes);
        digested.share = Some(share);
        if let PollResult::Document(document) = digested.result {
            let stories = source.config.stories;
            // Its texts are made ready here, as what writes has no time for it.
            let document = stages.store.prepare(source.id, is_first, stories, document).await;
            digested.result = PollResult::Document(document);
        }
        return Ok(digested);
    }
    // The last limit is `max_body`, with which a document is read or refused.
    Err(FetchError::TooLarge { limit: source.config.fetch.max_body }.to_string())
}

/// Decompress to `limit` bytes at most, compare with the document we have, read, clean. Validators are taken only of a
/// document that was read.
fn digest(
    source: &SourceConfig,
    store_id: &str,
    known: Option<&KnownDocument>,
    exchange: &Exchange,
    now: Timestamp,
    limit: u64,
) -> Result<Digested, Undigested> {
    // What is missing of a transfer that broke off is the reason for all that is wrong with the rest.
    let or_cut = |why: String| exchange.told_of_transfer(false).err().map_or(why, |error| error.to_string());
    let decoded = decode::decode(&exchange.body, &exchange.content_encoding, limit).map_err(|error| {
        // Which of several errors it is may depend on the limit, so each is followed by another look.
        if limit < source.fetch.max_body { Undigested::Larger } else { or_cut(error.to_string()).into() }
    })?;
    let (body, mut problems) = (decoded.body, decoded.problems);
    let bytes = body.len() as u64;
    let mut fresh = KnownDocument {
        url: exchange.url.to_string(),
        validators: conditional::validators_of(exchange),
        body_hash: body_hash(&body, exchange, source),
    };
    let is_local = exchange.url.scheme() == "file";
    let unvalidated_bytes = (fresh.validators.is_empty() && !is_local).then_some(exchange.body.len() as u64);
    if known.is_some_and(|known| known.url == fresh.url && known.body_hash == fresh.body_hash) {
        let result = PollResult::Same(fresh);
        return Ok(Digested { result, freshness: None, skip: None, unvalidated_bytes, bytes, share: None });
    }
    let base = shown_base(source, &exchange.url);
    let document = read::Document {
        body: &body,
        content_type: exchange.content_type.as_deref(),
        url: base.as_str(),
        max_entries: source.max_entries,
    };
    let (mut parsed, more) = read::read(&document).map_err(|error| or_cut(explain(&error, source)))?;
    problems.extend(exchange.told_of_transfer(parsed.is_whole).map_err(|error| error.to_string())?);
    problems.extend(more);
    if !parsed.is_whole {
        // A later 304 would vouch for what is missing, so that it would never come.
        fresh = KnownDocument::in_part(fresh.url);
    }
    let (format, freshness, items) = (parsed.format, parsed.freshness, parsed.items.len() as u64);
    let is_ours = own::is_ours(store_id, &body, &[parsed.self_link.as_deref(), Some(exchange.url.as_str())]);
    if is_ours {
        parsed.items.clear();
        problems.push(Problem::new(
            "this is a feed of this Watershed itself: its entries are stored under their own sources, and none was taken",
        ));
    }
    // Large documents are cleaned without their text beside them in memory.
    drop(body);
    let skip = Skip::new(std::mem::take(&mut parsed.skip_hours), std::mem::take(&mut parsed.skip_days));
    let (mut feed, more) =
        entry::clean(parsed, &entry::Context { base: base.as_str(), now, identity: source.options.identity });
    if is_ours {
        feed.doubles = items;
    }
    feed.deletions.are_followed = source.options.follow_deletions;
    scrub_meta(source, &exchange.url, &mut feed.meta);
    problems.extend(more);
    problems.truncate(Problem::MAX_PER_DOCUMENT);
    let prepared = Prepared::nothing(&feed.entries);
    let partial = exchange.status == 226;
    let document = ReadDocument { known: fresh, format, parsed: items, partial, problems, feed, prepared };
    Ok(Digested {
        result: PollResult::Document(Box::new(document)),
        freshness: Some(freshness),
        skip: Some(skip),
        unvalidated_bytes,
        bytes,
        share: None,
    })
}

/// What a document's relative addresses are made absolute by: its own address, without any secret of the
/// configuration, since what comes of it is published (PRODUCT, promise 10).
fn shown_base(source: &SourceConfig, url: &Url) -> Url {
    let shown = source.shown_address(url);
    if source.secrets.is_empty() && shown == url.as_str() {
        return url.clone();
    }
    // Entries' addresses are made of it: they are to stay as they are whatever a digest is made of.
    let shown = without_digests(&shown);
    let mut base = Url::parse(&shown).unwrap_or_else(|_| {
        let mut bare = url.clone();
        let _ = bare.set_username("");
        let _ = bare.set_password(None);
        bare.set_path("/");
        bare
    });
    base.set_query(None);
    base
}

/// Takes secrets out of what a feed says of itself: those of the configuration and of where a redirect led, as some quote the
/// address that they were asked by.
fn scrub_meta(source: &SourceConfig, url: &Url, meta: &mut FeedMeta) {
    let mut of_redirect = if *url == source.url { Vec::new() } else { secrets_of_url(url) };
    // Shorter ones are words as well, and a feed that has them in its id is not to get another one.
    of_redirect.retain(|secret| secret.expose().len() >= REDIRECT_SECRET_LEAST_BYTES);
    let secrets: Vec<&str> = source.secrets.iter().chain(&of_redirect).map(Secret::expose).collect();
    let is_clean = |text: &String| scrub(text, &secrets) == *text;
    for address in [&mut meta.id, &mut meta.link, &mut meta.icon, &mut meta.logo] {
        *address = address.take().filter(is_clean);
    }
    for text in [&mut meta.title, &mut meta.subtitle, &mut meta.rights].into_iter().flatten() {
        *text = scrub(&without_logins(text), &secrets);
    }
    for author in &mut meta.authors {
        author.uri = author.uri.take().filter(is_clean);
    }
}

/// A digest of the body and of everything else that decides what is read from it.
fn body_hash(body: &[u8], exchange: &Exchange, source: &SourceConfig) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&READING_VERSION.to_le_bytes());
    hasher.update(&(source.max_entries as u64).to_le_bytes());
    if source.options.follow_deletions {
        hasher.update(b"follow_deletions");
    }
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
    let shown =
        |feed: &read::FoundFeed| Url::parse(&feed.url).map_or_else(|_| feed.url.clone(), |url| redact_url(&url));
    let listed: Vec<String> = feeds.iter().take(FEEDS_LISTED).map(shown).collect();
    source.scrub(&format!("{error}; it names these feeds, one of which may be meant: {}", listed.join(" ")))
}
