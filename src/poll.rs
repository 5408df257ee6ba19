//! One poll, from the request to the stored result, read top to bottom as the list of its stages.
//!
//! The stages are conditional → fetch → conditional → read → entry → store. Sources that have the same address share
//! one request.
//!
//! Entry points: [`poll`] and, for a poll that panicked, [`record_crash`]; [`deliver`] takes a document that a hub
//! delivers through the same stages.
//!
//! Invariants: a poll never writes anything but the time of the attempt before its request, and it stores all of its
//! results in one transaction.
//!
//! What never enters: when a source is polled, which `schedule` decides, and what a document means for the stored
//! entries, which `merge` decides.

mod asking;
mod delivery;
mod digest;
mod door;
mod lasting;
mod own;
mod page;
mod readers;
mod room;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use url::{Position, Url};

use crate::clock;
use crate::config::{Secret, SourceConfig};
use crate::fetch::conditional::{self, Verdict};
use crate::fetch::{self, Exchange, FetchError, Fetcher, Jars};
use crate::model::{Moment, NotYet, Outcome, SourceId, Timestamp};
use crate::moves;
use crate::push::Offers;
use crate::schedule::{self, Advice, Blame, HostKey, News, Pushed, Report, Ruling, Sort};
use crate::store::{
    AdoptedWhy, Durability, KnownDocument, LeftOut, Planner, PollEffect, PollRecord, PollResult, PollState, Store,
    StoreError,
};

pub use delivery::{Delivered, Delivery, deliver};
pub use door::{Door, Question};

use lasting::Left;
use readers::Readers;
use room::{Room, Share};

/// Names of configured request headers that can carry a login.
const LOGIN_HEADERS: &[&str] = &["authorization", "cookie"];
/// Precedes the proposed https address in a message, because `tidy` reads that address from the message and proposes
/// the edit.
pub const WRITE_HTTPS: &str = "write `url` with ";

/// What all polls share.
#[derive(Debug)]
pub struct Stages {
    pub store: Store,
    pub fetcher: Fetcher,
    jars: Jars,
    /// The threads that read documents: one for each processor.
    readers: Readers,
    /// The memory budget that a document holds a share of from its reading until it is stored.
    room: Room,
}

impl Stages {
    pub fn new(store: Store, fetcher: Fetcher) -> Stages {
        Stages { store, fetcher, jars: Jars::default(), readers: Readers::start(), room: Room::default() }
    }
}

/// A source to be polled.
#[derive(Debug, Clone)]
pub struct Source {
    pub config: Arc<SourceConfig>,
    pub id: SourceId,
    /// Whether to request the whole document, without validators.
    pub is_fresh: bool,
    /// The source's hub as it stands, if the source is subscribed to one.
    pub pushed: Option<Pushed>,
}

/// poll → daemon: a poll that ran to its end, successful or not.
#[derive(Debug)]
pub struct Polled {
    pub effect: PollEffect,
    /// Why the poll failed, or a remark about its result.
    pub detail: Option<String>,
    /// Bytes of the body on the wire.
    pub bytes: usize,
    pub took: Duration,
    /// The host that the source's next request goes to.
    pub host: HostKey,
    /// The host that sent the final answer, after all redirects.
    pub leads_to: Option<HostKey>,
    /// The final address of the document that was stored or confirmed.
    pub document_url: Option<String>,
    /// What the scheduler decided for the host and for all polling.
    pub ruling: Ruling,
    /// What the document says about its hub, if a document was read.
    pub offers: Option<Offers>,
    /// How many new entries the source's hub had time to deliver, if the poll was answered and the source is subscribed.
    pub missed: Option<u64>,
}

/// poll → daemon: how a poll ended for one of its sources.
#[derive(Debug)]
pub enum Ended {
    /// The results are stored.
    Stored(Box<Polled>),
    /// The source's address was edited during the poll, so the answer was dropped and nothing was stored.
    Outdated(Box<Polled>),
    /// The store could not be written, so the poll counts as never finished.
    NotStored(StoreError),
    /// A redirect led to a host that may not be requested yet, so no answer came.
    NotYet(NotYet),
    /// The request that the source was to share was put off, so no request was made for the source.
    NotAsked,
    /// The shared request was answered, but the answer applies to the leading source only.
    AnswerOfAnother,
}

impl From<Result<Polled, StoreError>> for Ended {
    fn from(result: Result<Polled, StoreError>) -> Ended {
        match result {
            Ok(polled) if polled.effect.stale => Ended::Outdated(Box::new(polled)),
            Ok(polled) => Ended::Stored(Box::new(polled)),
            Err(error) => Ended::NotStored(error),
        }
    }
}

/// The outcome of the request, the same for all sources that share it.
struct Asked {
    url: Url,
    at: Timestamp,
    answer: Result<Exchange, FetchError>,
    /// Bytes of the body on the wire.
    bytes: usize,
    /// The address of the feed, if a page at the source's address named that feed and it was read instead.
    named_by_page: Option<Url>,
    /// What the repeated request left out, if the repeated request brought a document.
    helped: Option<LeftOut>,
}

impl Asked {
    /// Frees the memory of the body. Called after the body has been read for all sources.
    fn free_body(&mut self) {
        if let Ok(exchange) = &mut self.answer {
            exchange.body = Bytes::new();
        }
    }
}

/// The result of the poll for one source, before it is stored.
struct Taken {
    result: PollResult,
    advice: Advice,
    detail: Option<String>,
    effective_url: Option<String>,
    is_feed: bool,
    /// The document's share of the memory budget, held until the document is stored.
    share: Option<Share>,
}

/// Polls sources that share an address with one request, from the request to the stored results. The first source
/// leads. The results come in the order of the sources. No request is made unless the attempt is recorded in the store.
pub async fn poll(stages: &Stages, sources: &[Source], door: &Door) -> Vec<Ended> {
    let started = clock::monotonic();
    let mut states = Vec::with_capacity(sources.len());
    for source in sources {
        match stages.store.begin_poll(source.id, clock::now()).await {
            Ok(state) => states.push(state),
            Err(error) => {
                let error = error.to_string();
                return sources.iter().map(|_| Ended::NotStored(StoreError::Commit(error.clone()))).collect();
            }
        }
    }
    let (Some(leader), Some(leading)) = (sources.first(), states.first()) else { return Vec::new() };
    let is_fresh = sources.iter().any(|source| source.is_fresh);
    // A request in flight has a large state, and is part of the poll only until it is answered.
    let mut asked = Box::pin(ask(stages, (leader, is_fresh), leading, &states[1..], door)).await;
    if let Err(FetchError::NotYet(why)) = &asked.answer {
        return put_off(stages, sources, why).await;
    }
    let mut ruling = Ruling::default();
    let mut results = Vec::with_capacity(sources.len());
    // Each source's document is stored before the next source's is read, so that memory holds only one document.
    for (number, (source, state)) in sources.iter().zip(&states).enumerate() {
        let applies = answer_applies_to(source, state, &asked);
        let taken = if applies { Some(take(stages, source, state, &asked).await) } else { None };
        if number + 1 == sources.len() {
            asked.free_body();
        }
        if number == 0 {
            let is_feed = taken.as_ref().is_some_and(|taken| taken.is_feed);
            // The ruling comes before the first write, because the host's new state is stored with the poll.
            if let Some(report) = report(leader.id, leading, &asked, is_feed) {
                ruling = door.rule(report).await;
            }
        }
        results.push(match taken {
            Some(taken) => finish(stages, source, state, &asked, taken, &ruling, started).await.into(),
            None => Ended::AnswerOfAnother,
        });
    }
    results
}

/// Records that a redirect led to a host that may not be asked yet: the leader is asked again when that host may be,
/// and the other sources keep the state that they had before the poll.
async fn put_off(stages: &Stages, sources: &[Source], why: &NotYet) -> Vec<Ended> {
    let mut ended = Vec::with_capacity(sources.len());
    for (number, source) in sources.iter().enumerate() {
        let next = (number == 0).then(|| (why.until, why.to_string()));
        ended.push(match stages.store.put_off(source.id, next).await {
            Err(error) => Ended::NotStored(error),
            Ok(()) if number == 0 => Ended::NotYet(why.clone()),
            Ok(()) => Ended::NotAsked,
        });
    }
    ended
}

/// Whether the answer applies to this source. A source whose own address differs from the requested one takes the
/// answer only while both lead to the same document, because a fault of one address says nothing about the other.
fn answer_applies_to(source: &Source, state: &PollState, asked: &Asked) -> bool {
    asks_own_address(source, state, asked)
        || match (&asked.answer, &state.document) {
            (Ok(exchange), Some(document)) => exchange.url.as_str() == document.url,
            _ => false,
        }
}

/// Whether the request went to this source's own address.
fn asks_own_address(source: &Source, state: &PollState, asked: &Asked) -> bool {
    moves::address(&source.config.url, &state.address, asked.at).as_ref() == &asked.url
}

/// Makes the request, which is conditional if all sources have the same document. Where a page names the only feed of
/// its own site, that feed is requested as well.
async fn ask(
    stages: &Stages,
    (leader, is_fresh): (&Source, bool),
    state: &PollState,
    others: &[PollState],
    door: &Door,
) -> Asked {
    let now = clock::now();
    let url = moves::address(&leader.config.url, &state.address, now).into_owned();
    let known = state.document.as_ref().filter(|known| {
        others.iter().all(|other| {
            other.document.as_ref().is_some_and(|other| other.url == known.url && other.validators == known.validators)
        })
    });
    let jar = stages.jars.of(leader.id, &leader.config.fetch);
    let fetch = async |url: &Url, conditions: Option<fetch::Conditions<'_>>| {
        let (home, options) = (&leader.config.url, leader.config.fetch.as_ref());
        let request = fetch::Request { url, home, options, conditions, jar: jar.as_deref() };
        stages.fetcher.fetch(request, door, now).await
    };
    let is_read_alike = std::iter::once(state).chain(others).all(|state| state.reading == digest::READING_VERSION);
    let conditions =
        known.filter(|_| !is_fresh).and_then(|known| asking::conditions(known, &state.asking, is_read_alike, now));
    let answer = fetch(&url, conditions).await;
    let mut asked = Asked { answer, bytes: 0, url, at: now, named_by_page: None, helped: None };
    if let Ok(exchange) = &asked.answer
        && let Some(left_out) = asking::suspected(exchange, &state.asking, state.schedule.failures, now)
    {
        let was_page = asking::is_page(exchange);
        // The page's body is freed first, because a poll that holds a body must not wait for the room of another body.
        if was_page {
            asked.free_body();
        }
        let second = Box::pin(fetch(&asked.url, None)).await;
        match second {
            Ok(second) => {
                asked.helped = asking::helps(was_page, &second).then_some(left_out);
                // Without a document the first answer stays, unless the second asks to wait (Retry-After).
                if was_page || second.has_document() || second.retry_after.is_some() {
                    asked.answer = Ok(second);
                }
            }
            Err(error) if was_page => asked.answer = Err(error),
            Err(_) => {}
        }
    }
    // Once a source has brought a feed, a link in a page does not replace it, because the page may link another feed.
    let was_page = state.address.adopted.as_ref().is_some_and(|adopted| adopted.why == AdoptedWhy::Page);
    let was_feed = state.document.is_some() && !was_page;
    if let Ok(exchange) = &asked.answer
        && let Some(feed) = Box::pin(page::feed_of_page(stages, exchange, &leader.config, was_feed)).await
    {
        // The page's body is freed first, because a poll that holds a body must not wait for the room of another body.
        asked.free_body();
        asked.answer = Box::pin(fetch(&feed, conditions)).await;
        asked.named_by_page = Some(feed);
    }
    asked.bytes = asked.answer.as_ref().map_or(0, |exchange| exchange.body.len());
    asked
}

/// The report on the request for the host ledger. `None` if the outcome says nothing about the host.
fn report(source: SourceId, state: &PollState, asked: &Asked, is_feed: bool) -> Option<Report> {
    let (url, sort) = match &asked.answer {
        Ok(exchange) if is_feed => (&exchange.url, Sort::Fine),
        Ok(exchange) => (&exchange.url, sort_of(exchange)),
        Err(error) if error.is_offline() => (&asked.url, Sort::Offline),
        Err(error) if error.is_network() => (&asked.url, Sort::Network),
        Err(FetchError::Astray(_)) => (&asked.url, Sort::Page),
        Err(FetchError::Machine { is_full, .. }) => (&asked.url, Sort::Machine { is_full: *is_full }),
        Err(FetchError::NoAuthorities) => (&asked.url, Sort::Machine { is_full: false }),
        // The remaining errors are our own refusals or faults of the answer, so they do not count against the host.
        Err(_) => return None,
    };
    Some(Report {
        source,
        host: schedule::host_key(url),
        asked: schedule::host_key(&asked.url),
        sort,
        retry_after: asked.answer.as_ref().ok().and_then(|exchange| exchange.retry_after),
        exhausted: asked.answer.as_ref().ok().and_then(|exchange| exchange.exhausted),
        was_well: state.schedule.failures == 0,
    })
}

fn sort_of(exchange: &Exchange) -> Sort {
    match exchange.status {
        429 => Sort::Busy,
        // A 503 without Retry-After is as likely one broken feed as an overloaded site.
        503 if exchange.retry_after.is_some() => Sort::Busy,
        _ if exchange.cut.is_some() => Sort::Network,
        200 if exchange.content_type.as_deref().is_some_and(|it| it.contains("text/html")) => Sort::Page,
        200 | 203 | 226 | 304 | 410 => Sort::Fine,
        status => Sort::Status(status),
    }
}

/// Evaluates the answer for one source, and reads its document if it has one.
async fn take(stages: &Stages, source: &Source, state: &PollState, asked: &Asked) -> Taken {
    let config = &source.config;
    let mut taken = Taken {
        result: PollResult::Failed,
        advice: Advice::default(),
        detail: None,
        effective_url: None,
        is_feed: false,
        share: None,
    };
    let exchange = match &asked.answer {
        Ok(exchange) => exchange,
        Err(error) => {
            taken.detail = Some(config.scrub(&error.to_string()));
            return taken;
        }
    };
    // A 304 that does not state a freshness lifetime leaves the stored one in force (RFC 9111, 4.3.4).
    taken.advice.freshness = match exchange.status {
        _ if exchange.has_document() => Some(exchange.freshness),
        304 if exchange.states_freshness => Some(exchange.freshness),
        _ => None,
    };
    taken.advice.retry_after = exchange.retry_after;
    taken.advice.busy = matches!(exchange.status, 429 | 503);
    taken.advice.challenged = exchange.challenged;
    taken.effective_url = (exchange.url != config.url).then(|| config.shown_address(&exchange.url));
    let known = state.document.as_ref();
    match conditional::verdict(exchange, known.map(|known| &known.validators)) {
        Verdict::NotModified(validators) => {
            let freshened = known.zip(validators);
            taken.result = PollResult::NotModified(
                freshened.map(|(known, validators)| KnownDocument { validators, ..known.clone() }),
            );
        }
        // The feed is gone from one of its two addresses, so the next poll asks the other address.
        Verdict::Gone if asked.url != config.url => {
            taken.detail = Some("the new address answered 410 (gone); `url` is asked next".to_owned());
        }
        Verdict::Gone if moves::is_elsewhere(&state.address) => {
            taken.detail = Some("`url` answered 410 (gone); the new address is asked next".to_owned());
        }
        Verdict::Gone => {
            taken.result = PollResult::Gone;
            taken.detail = Some("the server answered 410: the feed is gone for good".to_owned());
        }
        Verdict::Failed(error) => {
            let why = login_trouble(exchange, config).unwrap_or_else(|| error.to_string());
            taken.detail = Some(config.scrub(&why));
        }
        Verdict::Document => {
            let is_first = state.schedule.last_success().is_none();
            match digest::off_thread(stages, source, is_first, known.cloned(), exchange).await {
                Ok((digested, share)) => {
                    taken.result = digested.result;
                    taken.share = Some(share);
                    taken.advice.feed_freshness = digested.freshness;
                    taken.advice.skip = digested.skip;
                    taken.advice.unvalidated_bytes = digested.unvalidated_bytes;
                }
                Err(why) if matches!(exchange.status, 200 | 226) => taken.detail = Some(config.scrub(&why)),
                // The message names a success status other than 200, because that status may be the cause.
                Err(why) => {
                    taken.detail = Some(config.scrub(&format!("the server answered {}, and {why}", exchange.status)));
                }
            }
        }
    }
    taken.is_feed = !matches!(taken.result, PollResult::Failed | PollResult::Gone);
    taken
}

/// Explains a 401 to a user whose configuration has a login for the source. The login is sent only to the origin that
/// it is written for, so the usual cause is a redirect to the site's own https address.
fn login_trouble(exchange: &Exchange, source: &SourceConfig) -> Option<String> {
    let (asked, home) = (&exchange.url, &source.url);
    let names_login = |(name, _): &(String, Secret)| LOGIN_HEADERS.iter().any(|it| name.eq_ignore_ascii_case(it));
    let has_login = source.fetch.access.auth.is_some() || source.fetch.access.headers.iter().any(names_login);
    if exchange.status != 401 || !has_login {
        return None;
    }
    if asked.origin() == home.origin() {
        return Some("the server answered 401 (it does not accept the login of this source)".to_owned());
    }
    let host = asked.host_str().unwrap_or_default();
    let why = if asked.scheme() == "https" && home.scheme() == "http" && asked.host() == home.host() {
        let https = &asked[Position::BeforeHost..Position::AfterPort];
        format!("the login was not sent there because it belongs to http://{host}; {WRITE_HTTPS}https://{https}")
    } else {
        format!("the login was not sent to {host} because it belongs to the host in `url`; write the new address there")
    };
    Some(format!("the server answered 401 after a redirect ({why})"))
}

/// Stores the result of the poll for one source, together with its next due time.
async fn finish(
    stages: &Stages,
    source: &Source,
    state: &PollState,
    asked: &Asked,
    taken: Taken,
    ruling: &Ruling,
    started: std::time::Instant,
) -> Result<Polled, StoreError> {
    // `_share` is held until the end of this function, because the document is in memory until it is stored.
    let Taken { result, advice, detail, effective_url, is_feed, share: _share } = taken;
    let advice = Advice { blame: ruling.blame, pushed: source.pushed.clone(), ..advice };
    let exchange = asked.answer.as_ref().ok();
    let bytes = asked.bytes;
    let (end, chance) = (clock::moment(), clock::chance());
    let now = end.cut();
    let seen = moves::Seen {
        asked: &asked.url,
        permanent: exchange.and_then(|exchange| exchange.permanent.as_ref()),
        named_by_page: asked.named_by_page.as_ref().filter(|_| is_feed),
        is_feed,
        is_dead: match &asked.answer {
            Ok(exchange) => matches!(exchange.status, 404 | 410),
            Err(error) => matches!(error, FetchError::Resolve { .. }),
        },
    };
    let address = if asks_own_address(source, state, asked) {
        moves::after(&source.config.url, &state.address, seen, now)
    } else {
        state.address.clone()
    };
    let has_whole = match &result {
        PollResult::Document(document) => !document.partial,
        PollResult::Same(_) => true,
        PollResult::NotModified(_) | PollResult::Gone | PollResult::Failed => false,
    };
    let asking = asking::after(&state.asking, asked.helped.filter(|_| is_feed), has_whole, now);
    let is_told = ruling.host.is_some() || advice.retry_after.is_some() || source.pushed.is_some();
    let mut plan = planner(&source.config, state, advice, end, chance);
    let (mut durability, mut is_routine) = (Durability::Lasting, false);
    if let Some(outcome) = result.outcome() {
        // Planned before the transaction, because nothing in the store can change it.
        let schedule = plan(outcome, &News::default());
        let url = source.config.url.as_str();
        let known = result.known();
        let left = Left { at: now, url, outcome, known, address: &address, asking, schedule: &schedule, is_told };
        durability = lasting::durability(state, &left);
        is_routine = lasting::is_routine(state, &left);
        plan = Box::new(move |_, _| schedule.clone());
    }
    let host = schedule::host_key(&moves::address(&source.config.url, &address, now));
    let offers = result.document().and_then(|document| document.offers.clone());
    let record = PollRecord {
        source: source.id,
        url: source.config.url.to_string(),
        at: now,
        result,
        detail: detail.clone(),
        effective_url,
        bytes: bytes as u64,
        conditional: exchange.is_some_and(|exchange| exchange.conditional),
        address,
        asking,
        watched_since: state.watched_since,
        hosts: ruling.host.iter().cloned().collect(),
        stories: source.config.stories,
        durability,
        is_routine,
        plan,
    };
    let effect = stages.store.finish_poll(record).await?;
    let judging = source.pushed.as_ref().filter(|_| is_feed);
    let missed = judging.map(|pushed| pushed.missed(&effect.dates, state.schedule.last_poll, now));
    Ok(Polled {
        effect,
        detail,
        bytes,
        took: started.elapsed(),
        host,
        leads_to: exchange.map(|exchange| schedule::host_key(&exchange.url)),
        document_url: exchange.filter(|_| is_feed).map(|exchange| exchange.url.to_string()),
        ruling: ruling.clone(),
        offers,
        missed,
    })
}

/// The function with which the store's transaction plans the next poll, because only the transaction knows what is new.
fn planner(source: &SourceConfig, state: &PollState, advice: Advice, end: Moment, chance: f64) -> Planner {
    let (options, before) = (source.schedule.clone(), state.schedule.clone());
    Box::new(move |outcome: Outcome, news: &News| {
        schedule::plan(&options, &before, &advice, outcome, news, end, chance)
    })
}

/// Records that a bug of ours ended the poll. The source backs off as after any other failure.
pub async fn record_crash(stages: &Stages, source: &Source) -> Result<Polled, StoreError> {
    let (now, chance) = (clock::now(), clock::chance());
    let state = stages.store.begin_poll(source.id, now).await?;
    let detail = Some("a bug in watershed ended the poll; please report the logged panic".to_owned());
    let advice = Advice { blame: Blame::Source, ..Advice::default() };
    let plan = planner(&source.config, &state, advice, now.into(), chance);
    let record = PollRecord {
        result: PollResult::Failed,
        detail: detail.clone(),
        conditional: false,
        address: state.address.clone(),
        asking: state.asking,
        watched_since: state.watched_since,
        stories: source.config.stories,
        is_routine: false,
        ..PollRecord::routine(source.id, source.config.url.to_string(), now, plan)
    };
    let effect = stages.store.finish_poll(record).await?;
    Ok(Polled {
        effect,
        detail,
        bytes: 0,
        took: Duration::ZERO,
        host: schedule::host_key(&source.config.url),
        leads_to: None,
        document_url: None,
        ruling: Ruling::default(),
        offers: None,
        missed: None,
    })
}
