//! Turns the body of an answer into a result for the store: decompress, compare, read, clean.

use std::time::Duration;

use url::Url;

use super::room::{self, Share};
use super::{Source, Stages, own};
use crate::clock;
use crate::config::{Secret, SourceConfig, redact_url, scrub, secrets_of_url, without_digests, without_logins};
use crate::fetch::{Exchange, FetchError, conditional, decode};
use crate::merge::Prepared;
use crate::model::{FeedMeta, ParsedFeed, Problem, Timestamp};
use crate::push::{Links, Offers};
use crate::schedule::Skip;
use crate::store::{KnownDocument, PollResult, ReadDocument};
use crate::text::address::drop_login;
use crate::text::digest::first_bytes;
use crate::{entry, read};

/// Raised whenever documents are read or cleaned differently than before, so that unchanged documents are read once
/// more. With the first document of a source under a new version, no entry counts as revised, because the program
/// itself may have caused the change.
pub(super) const READING_VERSION: u32 = 7;
/// How many feeds of a page an error message lists at most.
const FEEDS_LISTED: usize = 5;

/// The shortest secret of a redirect's target that is removed from a feed, in bytes.
const REDIRECT_SECRET_LEAST_BYTES: usize = 8;

/// The result of reading a document.
pub struct Digested {
    pub result: PollResult,
    /// The shortest interval that the document asks for; the outer `None` if no document was read.
    pub freshness: Option<Option<Duration>>,
    pub skip: Option<Skip>,
    /// The size of the body on the wire, if it came without a validator.
    pub unvalidated_bytes: Option<u64>,
    /// The address that the document or its headers state as their own.
    pub own: Option<String>,
    /// Bytes of the document after decompression.
    bytes: u64,
}

/// Why a document could not be read.
enum Undigested {
    /// The document may exceed the limit that it was read with, which was less than `max_body`.
    Larger,
    Because(String),
}

impl From<String> for Undigested {
    fn from(why: String) -> Undigested {
        Undigested::Because(why)
    }
}

/// Reads the document of an exchange on a reader thread, once there is memory for it and a thread is free. `is_first`
/// says that no document of the source was stored before. The share of the memory budget is held until the document is
/// stored. The error says why the document is not a feed.
pub async fn off_thread(
    stages: &Stages,
    source: &Source,
    is_first: bool,
    known: Option<KnownDocument>,
    exchange: &Exchange,
) -> Result<(Digested, Share), String> {
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
                return Err("a bug in watershed ended reading this document; please report the logged panic".to_owned());
            }
        };
        share.keep(digested.bytes);
        if let PollResult::Document(document) = digested.result {
            let stories = source.config.stories;
            // The texts are prepared here, because the single writer of the store must not spend time on it.
            let document = stages.store.prepare(source.id, is_first, stories, document).await;
            digested.result = PollResult::Document(document);
        }
        return Ok((digested, share));
    }
    // The last limit is `max_body`, with which a document is read or refused.
    Err(FetchError::TooLarge { limit: source.config.fetch.max_body }.to_string())
}

/// Decompresses to at most `limit` bytes, compares with the stored document, reads and cleans. The new validators are
/// kept only if the document was read.
fn digest(
    source: &SourceConfig,
    store_id: &str,
    known: Option<&KnownDocument>,
    exchange: &Exchange,
    now: Timestamp,
    limit: u64,
) -> Result<Digested, Undigested> {
    // If the transfer broke off, that is the cause of every other fault of the document.
    let or_cut = |why: String| exchange.told_of_transfer(false).err().map_or(why, |error| error.to_string());
    let decoded = decode::decode(&exchange.body, &exchange.content_encoding, limit).map_err(|error| {
        // The error may come from the limit alone, so below `max_body` every error leads to another attempt.
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
        return Ok(Digested { result, freshness: None, skip: None, unvalidated_bytes, own: None, bytes });
    }
    let base = shown_base(source, &exchange.url);
    let document = read::Document {
        body: &body,
        content_type: exchange.content_type.as_deref(),
        url: base.as_str(),
        max_entries: source.fetch.max_entries,
    };
    let (mut parsed, more) = read::read(&document).map_err(|error| or_cut(explain(&error, source)))?;
    problems.extend(exchange.told_of_transfer(parsed.is_whole).map_err(|error| error.to_string())?);
    problems.extend(more);
    if !parsed.is_whole {
        // No validators are kept, because a later 304 would vouch for the missing part, which would then never come.
        fresh = KnownDocument::in_part(fresh.url);
    }
    let (format, freshness, items) = (parsed.format, parsed.freshness, parsed.items.len() as u64);
    let is_ours = own::is_ours(store_id, &body, &[parsed.self_link.as_deref(), Some(exchange.url.as_str())]);
    if is_ours {
        parsed.items.clear();
        problems.push(Problem::new(
            "this is a feed of this Watershed itself; none of its entries was taken, as they are stored already",
        ));
    }
    let (offers, own) = offers(exchange, &parsed);
    // The body is freed before cleaning, so that memory does not hold a large document's text beside its entries.
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
    let document = ReadDocument {
        known: fresh,
        reading: READING_VERSION,
        format,
        parsed: items,
        partial,
        problems,
        feed,
        prepared,
        offers: Some(offers),
    };
    Ok(Digested {
        result: PollResult::Document(Box::new(document)),
        freshness: Some(freshness),
        skip: Some(skip),
        unvalidated_bytes,
        own,
        bytes,
    })
}

/// The hub that a document and its headers name, and the address that they state as their own.
fn offers(exchange: &Exchange, parsed: &ParsedFeed) -> (Offers, Option<String>) {
    let header = |rel| read::link_with_rel(&exchange.links, rel, exchange.url.as_str()).map(String::from);
    let (hub, own) = (header("hub"), header("self"));
    let offers = Offers::new(
        Links { hub: hub.as_deref(), own: own.as_deref() },
        Links { hub: parsed.hub.as_deref(), own: parsed.self_link.as_deref() },
        parsed.cloud.as_deref(),
        exchange.url.as_str(),
    );
    let own = own.or_else(|| parsed.self_link.clone()).and_then(|own| Url::parse(own.trim()).ok());
    let without_fragment = |mut own: Url| {
        own.set_fragment(None);
        String::from(own)
    };
    (offers, own.map(without_fragment))
}

/// The base URL for a document's relative addresses: its own address without any secret of the configuration, because
/// the resulting addresses are published.
fn shown_base(source: &SourceConfig, url: &Url) -> Url {
    let shown = source.shown_address(url);
    if source.secrets().is_empty() && shown == url.as_str() {
        return url.clone();
    }
    // Digests are cut, because the entries' addresses must not change when the way of making digests does.
    let shown = without_digests(&shown);
    let mut base = Url::parse(&shown).unwrap_or_else(|_| {
        let mut bare = url.clone();
        drop_login(&mut bare);
        bare.set_path("/");
        bare
    });
    base.set_query(None);
    base
}

/// Removes secrets from the feed's metadata: those of the configuration and of a redirect's target, because some feeds
/// quote the address that they were requested by.
fn scrub_meta(source: &SourceConfig, url: &Url, meta: &mut FeedMeta) {
    let mut of_redirect = if *url == source.url { Vec::new() } else { secrets_of_url(url) };
    // Shorter secrets may be common words, and removing those could change the id of a feed.
    of_redirect.retain(|secret| secret.expose().len() >= REDIRECT_SECRET_LEAST_BYTES);
    let secrets: Vec<&str> = source.secrets().iter().chain(&of_redirect).map(Secret::expose).collect();
    let is_clean = |text: &String| scrub(text, &secrets) == *text;
    for address in [&mut meta.id, &mut meta.link, &mut meta.icon, &mut meta.logo] {
        *address = address.take().filter(is_clean);
    }
    for text in [&mut meta.title, &mut meta.subtitle, &mut meta.rights].into_iter().flatten() {
        *text = scrub(&without_logins(text), &secrets);
    }
    if let Some(show) = &mut meta.show {
        show.image = show.image.take().filter(is_clean);
        for text in [&mut show.author, &mut show.subtitle].into_iter().flatten().chain(&mut show.categories) {
            *text = scrub(&without_logins(text), &secrets);
        }
    }
    for author in meta.authors.iter_mut().chain(meta.show.iter_mut().flat_map(|show| &mut show.owner)) {
        author.uri = author.uri.take().filter(is_clean);
    }
}

/// A digest of the body and of every setting that decides what is read from it.
fn body_hash(body: &[u8], exchange: &Exchange, source: &SourceConfig) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&READING_VERSION.to_le_bytes());
    hasher.update(&(source.fetch.max_entries as u64).to_le_bytes());
    if source.options.follow_deletions {
        hasher.update(b"follow_deletions");
    }
    hasher.update(exchange.content_type.as_deref().unwrap_or_default().as_bytes());
    hasher.update(&[0]);
    hasher.update(body);
    first_bytes(&hasher.finalize())
}

/// The error message for a document that could not be read. For a page it lists the feeds that the page names.
fn explain(error: &read::ReadError, source: &SourceConfig) -> String {
    let read::ReadError::NotAFeed { feeds, .. } = error else { return error.to_string() };
    if feeds.is_empty() {
        return format!("{error}; give the address of the feed itself as `url`");
    }
    let shown =
        |feed: &read::FoundFeed| Url::parse(&feed.url).map_or_else(|_| feed.url.clone(), |url| redact_url(&url));
    let listed: Vec<String> = feeds.iter().take(FEEDS_LISTED).map(shown).collect();
    source.scrub(&format!("{error}; the page names these feeds, give one of them as `url`: {}", listed.join(" ")))
}
