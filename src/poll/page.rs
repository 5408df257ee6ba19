//! A page where a feed was to be: where the page says that the feed is.

use url::Url;

use crate::config::SourceConfig;
use crate::fetch::{Exchange, decode};
use crate::{read, schedule};

/// Largest page that is looked at for a refresh where a feed has been before, in bytes on the wire: what stands in for a
/// redirect is short, and a feed that is labelled as a page is not to be decompressed twice.
const REFRESH_PAGE_MAX_BYTES: usize = 64 * 1_024;

/// PRODUCT, section 2: a page stands for the feed that it leads to at once by a refresh, or for the only feed that it names,
/// where that is on its own registrable domain. `was_feed`: there has been a feed at this address. Then only a refresh is
/// believed, because what a page merely names may be another feed.
pub(super) fn feed_of_page(exchange: &Exchange, source: &SourceConfig, was_feed: bool) -> Option<Url> {
    if exchange.status != 200 || !exchange.content_type.as_deref().is_some_and(|it| it.contains("html")) {
        return None;
    }
    let base = exchange.url.as_str();
    // Its own domain is the configured one: where else a redirect led is none of the reader's choice.
    let is_own = |feed: &Url| schedule::host_key(feed) == schedule::host_key(&source.url) && *feed != exchange.url;
    if let Some(feed) = exchange.refresh.as_deref().and_then(|value| read::refresh(value, base)) {
        return Some(feed).filter(is_own);
    }
    if was_feed && exchange.body.len() > REFRESH_PAGE_MAX_BYTES {
        return None;
    }
    let decoded = decode::decode(&exchange.body, &exchange.content_encoding, source.fetch.max_body).ok()?;
    let text = String::from_utf8_lossy(&decoded.body);
    if read::looks_like_html(&text)
        && let Some(feed) = read::meta_refresh(&text, base)
    {
        return Some(feed).filter(is_own);
    }
    if was_feed {
        return None;
    }
    let document = read::Document {
        body: &decoded.body,
        content_type: exchange.content_type.as_deref(),
        url: base,
        max_entries: 1,
    };
    let Err(read::ReadError::NotAFeed { mut feeds, .. }) = read::read(&document) else { return None };
    for linked in read::linked(&exchange.links, base) {
        if feeds.iter().all(|known| known.url != linked.url) {
            feeds.push(linked);
        }
    }
    let [feed] = feeds.as_slice() else { return None };
    Url::parse(&feed.url).ok().filter(is_own)
}
