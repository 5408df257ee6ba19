//! Finds the feed that an HTML page at a source's address leads to.

use std::sync::Arc;

use url::Url;

use super::{Stages, room};
use crate::config::SourceConfig;
use crate::fetch::{Exchange, decode};
use crate::{read, schedule};

/// The largest page, in bytes on the wire, in which a refresh is searched for if the address has brought a feed before.
/// A refresh page is short, and a larger body is more likely a feed with a wrong media type, which would be
/// decompressed twice.
const REFRESH_PAGE_MAX_BYTES: usize = 64 * 1_024;

/// The result of looking for a feed in a page.
enum Looked {
    /// The page may exceed the limit that it was decompressed with, which was less than `max_body`.
    Larger,
    Found(Option<Url>),
}

/// The feed that a page leads to by an immediate refresh, or else the only feed that it names, if that feed is on the
/// page's own registrable domain. If `was_feed`, the address has brought a feed before, and only a
/// refresh counts, because a feed that the page merely names may be another feed.
pub(super) async fn feed_of_page(
    stages: &Stages,
    exchange: &Exchange,
    source: &Arc<SourceConfig>,
    was_feed: bool,
) -> Option<Url> {
    if exchange.status != 200 || !exchange.content_type.as_deref().is_some_and(|it| it.contains("html")) {
        return None;
    }
    let refresh = exchange.refresh.as_deref().and_then(|value| read::refresh(value, exchange.url.as_str()));
    if let Some(feed) = refresh {
        return Some(feed).filter(|feed| is_own(feed, exchange, source));
    }
    if was_feed && exchange.body.len() > REFRESH_PAGE_MAX_BYTES {
        return None;
    }
    let is_packed = decode::may_be_packed(&exchange.body, &exchange.content_encoding);
    for limit in room::limits(exchange.body.len(), is_packed, source.fetch.max_body) {
        let _share = stages.room.take(limit).await?;
        let _place = stages.readers.place().await?;
        let (exchange, source) = (exchange.clone(), source.clone());
        let work = move || look(&exchange, &source, was_feed, limit);
        if let Looked::Found(feed) = stages.readers.run(work).await? {
            return feed;
        }
    }
    None
}

/// Compares with the configured domain, because the user has not chosen the domain that a redirect leads to.
fn is_own(feed: &Url, exchange: &Exchange, source: &SourceConfig) -> bool {
    schedule::host_key(feed) == schedule::host_key(&source.url) && *feed != exchange.url
}

/// Searches a page, decompressed to at most `limit` bytes, for the feed.
fn look(exchange: &Exchange, source: &SourceConfig, was_feed: bool, limit: u64) -> Looked {
    let base = exchange.url.as_str();
    let Ok(decoded) = decode::decode(&exchange.body, &exchange.content_encoding, limit) else {
        return if limit < source.fetch.max_body { Looked::Larger } else { Looked::Found(None) };
    };
    let text = String::from_utf8_lossy(&decoded.body);
    let refresh = if read::looks_like_html(&text) { read::meta_refresh(&text, base) } else { None };
    let feed = match refresh {
        Some(feed) => Some(feed),
        None if was_feed => None,
        None => only_feed(exchange, &decoded.body),
    };
    Looked::Found(feed.filter(|feed| is_own(feed, exchange, source)))
}

/// The feed that a page names, if it names a single feed.
fn only_feed(exchange: &Exchange, body: &[u8]) -> Option<Url> {
    let base = exchange.url.as_str();
    let document = read::Document { body, content_type: exchange.content_type.as_deref(), url: base, max_entries: 1 };
    let Err(read::ReadError::NotAFeed { mut feeds, .. }) = read::read(&document) else { return None };
    for linked in read::linked(&exchange.links, base) {
        if feeds.iter().all(|known| known.url != linked.url) {
            feeds.push(linked);
        }
    }
    let [feed] = feeds.as_slice() else { return None };
    Url::parse(&feed.url).ok()
}
