//! Finds the feed behind one address: the document at the address, or the feed that the page at the address names.

use std::time::Duration;

use url::Url;

use crate::clock;
use crate::config::{Config, redact_url};
use crate::entry;
use crate::fetch::conditional::{Verdict, verdict};
use crate::fetch::{Exchange, FetchError, Fetcher, Open, Request, decode};
use crate::model::{CleanFeed, FeedFormat, Problem};
use crate::read::{self, DocumentKind, FoundFeed, ReadError};

/// Most addresses that are tried if a page names no feed, and the pause before each request.
const GUESSES_MAX: usize = 8;
const BETWEEN_GUESSES: Duration = Duration::from_millis(500);
/// Most of these addresses that are taken from the page.
const MENTIONED_MAX: usize = 3;
/// Feeds of a page that a message lists at most.
const FEEDS_LISTED: usize = 20;

/// The feed behind an address.
pub(super) struct Found {
    /// The address to poll: the requested address, or the address that the page there names.
    pub(super) url: Url,
    pub(super) format: FeedFormat,
    pub(super) feed: CleanFeed,
    pub(super) problems: Vec<Problem>,
}

/// Why an address has led to no feed.
pub(super) enum Missing {
    /// The document is an HTML page that names no feed.
    Page(Box<Exchange>),
    Because(String),
}

/// Finds the feed behind an address. It tries the document at the address, the feed that the page names, the address that a
/// known rule of the site gives, feeds that the page mentions, and the usual places. An error says what was found
/// instead.
pub(super) async fn feed(url: Url, config: &Config, fetcher: &Fetcher) -> Result<Found, String> {
    let exchange = match at(url, config, fetcher).await {
        Ok(found) => return Ok(found),
        Err(Missing::Because(why)) => return Err(why),
        Err(Missing::Page(exchange)) => exchange,
    };
    for guess in guesses(&exchange, config).into_iter().take(GUESSES_MAX) {
        tokio::time::sleep(BETWEEN_GUESSES).await;
        let Ok(exchange) = fetch(&guess, config, fetcher).await else { continue };
        if let Ok(found) = look(guess, &exchange, config) {
            return Ok(found);
        }
    }
    let page = redact_url(&exchange.url);
    Err(format!("{page} is an HTML page that names no feed, and there is no feed at the usual places"))
}

/// Finds the feed at an address, or the feed that the page there names.
pub(super) async fn at(url: Url, config: &Config, fetcher: &Fetcher) -> Result<Found, Missing> {
    let exchange = fetch(&url, config, fetcher).await.map_err(Missing::Because)?;
    let feeds = match look(url, &exchange, config) {
        Ok(found) => return Ok(found),
        Err(Looked::Nothing(why)) => return Err(Missing::Because(why)),
        Err(Looked::Page(feeds)) if feeds.is_empty() => return Err(Missing::Page(Box::new(exchange))),
        Err(Looked::Page(feeds)) => feeds,
    };
    let named = the_only_one(&exchange.url, &feeds).map_err(Missing::Because)?;
    let exchange = fetch(&named, config, fetcher).await.map_err(Missing::Because)?;
    look(named, &exchange, config).map_err(|why| match why {
        Looked::Page(_) => Missing::Because("the page names another page as its feed".to_owned()),
        Looked::Nothing(why) => Missing::Because(why),
    })
}

/// Addresses at which a page that names no feed may have its feed.
pub(super) fn guesses(exchange: &Exchange, config: &Config) -> Vec<Url> {
    let body = decode::decode(&exchange.body, &exchange.content_encoding, config.defaults.fetch.max_body);
    let html = body.map(|decoded| String::from_utf8_lossy(&decoded.body).into_owned()).unwrap_or_default();
    let mentioned = read::mentioned(&html, exchange.url.as_str());
    let mentioned = mentioned.iter().filter_map(|feed| Url::parse(&feed.url).ok()).take(MENTIONED_MAX);
    let mut guesses = read::by_rule(&exchange.url);
    guesses.extend(mentioned);
    guesses.extend(read::usual_places(&exchange.url));
    let mut seen = std::collections::HashSet::new();
    guesses.retain(|guess| seen.insert(guess.clone()));
    guesses
}

enum Looked {
    Page(Vec<FoundFeed>),
    Nothing(String),
}

async fn fetch(url: &Url, config: &Config, fetcher: &Fetcher) -> Result<Exchange, String> {
    let request = Request { url, home: url, options: &config.defaults.fetch, conditions: None, jar: None };
    let exchange = fetcher.fetch(request, &Open, clock::now()).await.map_err(|error| error.to_string())?;
    match verdict(&exchange, None) {
        Verdict::Document => Ok(exchange),
        Verdict::Failed(error) => Err(error.to_string()),
        Verdict::Gone => Err("the server says that the document is gone (410)".to_owned()),
        Verdict::NotModified(_) => Err(FetchError::UnexpectedNotModified.to_string()),
    }
}

fn look(url: Url, exchange: &Exchange, config: &Config) -> Result<Found, Looked> {
    let decoded = decode::decode(&exchange.body, &exchange.content_encoding, config.defaults.fetch.max_body)
        .map_err(|error| Looked::Nothing(error.to_string()))?;
    let document = read::Document {
        body: &decoded.body,
        content_type: exchange.content_type.as_deref(),
        url: exchange.url.as_str(),
        max_entries: config.defaults.fetch.max_entries,
    };
    match read::read(&document) {
        Ok((parsed, mut problems)) => {
            let told = exchange.told_of_transfer(parsed.is_whole);
            problems.extend(told.map_err(|error| Looked::Nothing(error.to_string()))?);
            let format = parsed.format;
            let context = entry::Context {
                base: exchange.url.as_str(),
                now: clock::now(),
                identity: crate::model::Identity::Auto,
            };
            let (feed, more) = entry::clean(parsed, &context);
            problems.extend(more);
            problems.extend(decoded.problems);
            Ok(Found { url, format, feed, problems })
        }
        Err(ReadError::NotAFeed { kind: DocumentKind::HtmlPage, feeds }) => Err(Looked::Page(feeds)),
        Err(error) => Err(Looked::Nothing(error.to_string())),
    }
}

/// The feed of a page, if the page names only one.
fn the_only_one(page: &Url, feeds: &[FoundFeed]) -> Result<Url, String> {
    if let [feed] = feeds {
        return Url::parse(&feed.url)
            .map_err(|_| format!("the page names {:?} as its feed, which is not an address", feed.url));
    }
    let listed = feeds.iter().take(FEEDS_LISTED).map(|feed| {
        let shown = Url::parse(&feed.url).map_or_else(|_| feed.url.clone(), |url| redact_url(&url));
        if feed.title.is_empty() { format!("\n  {shown}") } else { format!("\n  {shown}  {}", feed.title) }
    });
    let page = redact_url(page);
    Err(format!(
        "{page} is an HTML page that names several feeds; use the address of one of them:{}",
        listed.collect::<String>()
    ))
}
