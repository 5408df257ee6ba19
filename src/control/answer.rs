//! Makes the answers to `list`, `show` and `poll`, for the daemon and for commands that run without it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{End, FAILED, Failure, Record, SOME_FAILED, USAGE, Verb, entries, prune, pushed, search, status, stories};
use crate::clock;
use crate::config::{Config, SourceConfig, show_span, without_logins};
use crate::daemon::{Asked, keys, unknown};
use crate::model::{Outcome, SourceId, SourceRecord, State, Tally, Timestamp};
use crate::moves;
use crate::outputs::{RuleCount, rule_counts};
use crate::schedule::{self, HostKey, HostState, Learnt, Rhythm, SourceSchedule};
use crate::store::{AdoptedWhy, Asking, LeftOut, Selection, SourceState, SourceTally, Store, StoreError};

/// A problem is shown after this many consecutive conditional requests that brought a whole document without news.
const SAME_TOLD: u64 = 10;
/// A problem is shown if this many entries of a document, and at least half of it, were revised.
const REVISED_TOLD: u64 = 20;
/// The most distrusted ids and addresses that are shown.
const DISTRUSTED_SHOWN: usize = 5;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListQuery {
    /// Only sources that fail or are gone.
    pub failing: bool,
    pub tag: Option<String>,
    /// Only sources that have brought no entry for this number of seconds.
    #[serde(default)]
    pub silent: Option<u64>,
}

/// The record of `show --json`: the keys of `list`, and everything else that is known about the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownRecord {
    #[serde(flatten)]
    pub source: SourceRecord,
    pub private: bool,
    /// As text. Bytes that are not UTF-8 are shown as U+FFFD, but sent back to the server unchanged.
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub last_attempt: Option<Timestamp>,
    pub last_success: Option<Timestamp>,
    /// The learned interval as a span. `min_every` and `max_every` are its bounds.
    pub interval: Option<String>,
    pub min_every: String,
    pub max_every: String,
    /// The shortest intervals that the server's headers and the document ask for.
    pub server_asks: Option<String>,
    pub feed_asks: Option<String>,
    /// Retry-After.
    pub not_before: Option<Timestamp>,
    pub site: Option<String>,
    /// Why the last poll failed.
    pub detail: Option<String>,
    /// When the source's entries come, in words.
    pub rhythm: Option<String>,
    /// The address that is requested instead of `url`, and why.
    pub asked_instead: Option<String>,
    /// The target of a permanent redirect that is not adopted yet.
    pub moving: Option<String>,
    /// The pause and the gap of the source's whole site.
    pub site_pause: Option<String>,
    pub polls: u64,
    pub not_modified: u64,
    /// When a whole document last came, if the last answer was 304.
    #[serde(default)]
    pub not_modified_since: Option<Timestamp>,
    /// The sum of all answers on the wire, in bytes.
    pub bytes: u64,
    /// The tally of the items of the last document.
    pub tally: Tally,
    /// How many ids and addresses are distrusted because different entries of one document had them.
    pub distrusted: usize,
    /// Some of those ids and addresses.
    pub distrusted_like: Vec<String>,
    /// The rules of the source's filter, and how many entries each of them matches.
    #[serde(default)]
    pub rules: Vec<String>,
    /// The source's hub: the subscription, and what the hub is trusted with.
    #[serde(default)]
    pub push: Vec<String>,
}

/// The answer to a verb that was carried out.
#[derive(Debug)]
pub enum Answer {
    /// The records that were asked for, possibly empty.
    Records(Vec<Record>),
    /// The change is made, or was made before. The text for the terminal says which.
    Done(String),
    /// The polls are made: the records of those that were not told as they ended, and what came of all of them. The
    /// exit status is not 0 if some failed.
    Polled(Vec<Record>, End),
}

impl Answer {
    pub fn into_parts(self) -> (Vec<Record>, End) {
        match self {
            Answer::Records(records) => (records, End::done()),
            Answer::Done(message) => (Vec::new(), End { exit: 0, message }),
            Answer::Polled(records, end) => (records, end),
        }
    }
}

/// Answers a verb that needs no daemon. `store` is None if no source has been polled yet.
///
/// # Errors
/// If nothing was changed or can be told.
pub async fn answer(verb: &Verb, config: &Config, store: Option<&Store>) -> Result<Answer, Failure> {
    match verb {
        Verb::List(query) => list(query, config, store).await,
        Verb::Show(name) => show(name, config, store).await,
        // Only the daemon knows its own state.
        Verb::Status => status::answer(config, store, None).await,
        Verb::Entries(query) => entries::entries(query, config, store).await,
        Verb::Search(asked) => search::search(asked, config, store).await,
        Verb::Why(what) => stories::why(what, config, store).await,
        Verb::Stories(query) => stories::dry_run(query, config, store).await,
        Verb::Change(change) => stories::change(change, store).await,
        Verb::Decisions => stories::decisions(store).await,
        Verb::TakeOver(wanted) => stories::take_over(wanted, store).await,
        Verb::Prune(query) => prune::prune(query, config, store).await,
        Verb::Poll(_) | Verb::Reload => {
            Err(Failure::new(FAILED, "only a running daemon can do this; start it with `watershed run`"))
        }
    }
}

async fn list(query: &ListQuery, config: &Config, store: Option<&Store>) -> Result<Answer, Failure> {
    let states = states(config, store).await?;
    let beside = Beside::read(store).await?;
    let is_failing = |record: &SourceRecord| matches!(record.state, State::Failing | State::Gone);
    let is_silent = |record: &SourceRecord, seconds: u64| {
        let is_polled = !matches!(record.state, State::Disabled | State::New);
        is_polled && record.newest.is_none_or(|newest| beside.now.since(newest).as_secs() >= seconds)
    };
    let wanted = |record: &SourceRecord| {
        (!query.failing || is_failing(record)) && query.silent.is_none_or(|seconds| is_silent(record, seconds))
    };
    let records = config
        .sources
        .iter()
        .filter(|source| query.tag.as_ref().is_none_or(|tag| source.options.tags.contains(tag)))
        .map(|source| source_record(source, states.get(&source.name), &beside))
        .filter(wanted)
        .map(Record::Source)
        .collect();
    Ok(Answer::Records(records))
}

async fn show(name: &str, config: &Config, store: Option<&Store>) -> Result<Answer, Failure> {
    let source = config.sources.iter().find(|source| source.name == name).ok_or_else(|| no_source(name, config))?;
    let states = states(config, store).await?;
    let state = states.get(name);
    let beside = Beside::read(store).await?;
    let mut shown = ShownRecord {
        source: source_record(source, state, &beside),
        private: source.options.private,
        min_every: show_span(source.schedule.min_every),
        max_every: show_span(source.schedule.max_every),
        site_pause: site_pause(source, state, &beside),
        ..ShownRecord::default()
    };
    if let (Some(store), Some(state)) = (store, state) {
        let (schedule, learnt) = (&state.schedule, state.schedule.learnt.as_deref());
        let validators = state.document.as_ref().map(|document| &document.validators);
        let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
        let distrusted = store.distrusted(state.id).await?;
        let rules = rule_counts(store, Selection::of(HashSet::from([state.id])), &source.options.filter).await?;
        let (push, problems) = pushed::told(config, source, store, state, beside.now).await?;
        shown.source.problems.extend(problems);
        shown = ShownRecord {
            etag: validators.and_then(|validators| validators.etag.as_ref()).map(text),
            last_modified: validators.and_then(|validators| validators.last_modified.as_ref()).map(text),
            last_attempt: schedule.last_attempt,
            last_success: learnt.and_then(|learnt| learnt.last_success),
            interval: schedule.interval.map(show_span),
            server_asks: learnt.and_then(|learnt| learnt.freshness).map(show_span),
            feed_asks: learnt.and_then(|learnt| learnt.feed_freshness).map(show_span),
            not_before: schedule.not_before,
            site: state.meta.link.as_deref().map(|site| without_logins(site).into_owned()),
            detail: state.detail.as_deref().map(|detail| source.scrub(detail)),
            rhythm: schedule.rhythm().map(Rhythm::describe),
            asked_instead: state.address.adopted.as_ref().map(|adopted| {
                let why = match adopted.why {
                    AdoptedWhy::Moved => "a permanent redirect leads there",
                    AdoptedWhy::Page => "the page at `url` names it as its feed",
                };
                format!("{} ({why})", shown_address(source, &adopted.url))
            }),
            moving: state.address.moving.as_ref().map(|moving| {
                let to = shown_address(source, &moving.to);
                format!("{to} (a permanent redirect, seen {} times since {})", moving.polls, moving.since)
            }),
            polls: state.traffic.polls,
            not_modified: state.traffic.not_modified,
            not_modified_since: state.asking.whole_at.filter(|_| state.outcome == Some(Outcome::NotModified)),
            bytes: state.traffic.bytes,
            tally: state.tally,
            distrusted: distrusted.len(),
            distrusted_like: distrusted.into_iter().take(DISTRUSTED_SHOWN).collect(),
            rules: rules.iter().map(RuleCount::told).collect(),
            push,
            ..shown
        };
    }
    Ok(Answer::Records(vec![Record::Shown(Box::new(shown))]))
}

/// An address of a source, with secrets removed.
pub fn shown_address(source: &SourceConfig, address: &str) -> String {
    match url::Url::parse(address) {
        Ok(url) => source.shown_address(&url),
        Err(_) => source.scrub(address),
    }
}

/// Data for the records that is not part of the sources' states.
pub(super) struct Beside {
    pub(super) now: Timestamp,
    /// The entries of each source.
    pub(super) tallies: HashMap<SourceId, SourceTally>,
    pub(super) hosts: HashMap<HostKey, HostState>,
}

impl Beside {
    async fn read(store: Option<&Store>) -> Result<Beside, StoreError> {
        let mut beside = Beside { now: clock::now(), tallies: HashMap::new(), hosts: HashMap::new() };
        if let Some(store) = store {
            beside.tallies = store.tallies().await?;
            beside.hosts = store.hosts().await?.into_iter().collect();
        }
        Ok(beside)
    }

    /// What is remembered about the sites of a source: of its address, and of the address that redirects lead to.
    pub(super) fn sites(&self, source: &SourceConfig, state: Option<&SourceState>) -> Vec<(&HostKey, &HostState)> {
        let address = |state: &SourceState| moves::address(&source.url, &state.address, self.now).into_owned();
        let asked = state.map_or_else(|| source.url.clone(), address);
        let document = state.and_then(|state| state.document.as_ref());
        let leads_to = document.and_then(|document| url::Url::parse(&document.url).ok());
        let mut keys: Vec<_> = [Some(asked), leads_to].iter().flatten().map(schedule::host_key).collect();
        keys.dedup();
        keys.iter().filter_map(|key| self.hosts.get_key_value(key)).collect()
    }
}

fn site_pause(source: &SourceConfig, state: Option<&SourceState>, beside: &Beside) -> Option<String> {
    let told: Vec<String> = beside
        .sites(source, state)
        .into_iter()
        .filter_map(|(key, host)| describe_site(key, host, beside.now))
        .collect();
    (!told.is_empty()).then(|| told.join("; "))
}

fn describe_site(key: &HostKey, host: &HostState, now: Timestamp) -> Option<String> {
    let pause = host.paused_until.filter(|until| *until > now);
    let pause = pause.map(|until| format!("left alone until {until}: {}", host.reason));
    let gap = host.gap.map(|gap| format!("asked at most once in {}", show_span(gap)));
    let parts: Vec<String> = pause.into_iter().chain(gap).collect();
    (!parts.is_empty()).then(|| format!("{} is {}", key.as_str(), parts.join("; and ")))
}

/// The answer to the request for polls; a failure if nothing was polled, because a source is unknown.
pub fn polled(asked: Result<Asked, String>) -> Result<Answer, Failure> {
    let asked = asked.map_err(|unknown| Failure::new(USAGE, unknown))?;
    let (failed, made) = (asked.failed, asked.made);
    let (exit, message) = if let Some(error) = asked.store_error {
        (FAILED.get(), error)
    } else if !asked.published {
        let why = "the polls are stored, but the outputs could not be rebuilt; see the daemon's log";
        (FAILED.get(), why.to_owned())
    } else if failed > 0 {
        (SOME_FAILED.get(), format!("{failed} of {made} polls failed"))
    } else if asked.sources == 0 {
        (0, "nothing is due".to_owned())
    } else {
        (0, String::new())
    };
    Ok(Answer::Polled(asked.polls.into_iter().map(Record::Polled).collect(), End { exit, message }))
}

/// The states of the configured sources, by name.
pub(super) async fn states(config: &Config, store: Option<&Store>) -> Result<HashMap<String, SourceState>, StoreError> {
    let Some(store) = store else { return Ok(HashMap::new()) };
    let states = store.states_of(keys(config)).await?;
    let of_this_address = |(source, state): (&Arc<SourceConfig>, Option<SourceState>)| {
        let state = state?;
        let edited = state.url != source.url.as_str();
        Some((source.name.clone(), if edited { unpolled(state) } else { state }))
    };
    Ok(config.sources.iter().zip(states).filter_map(of_this_address).collect())
}

/// The configured sources that the store knows, by these states.
pub(super) fn known<'c>(
    config: &'c Config,
    states: &HashMap<String, SourceState>,
) -> Vec<(SourceId, &'c SourceConfig)> {
    let known = |source: &'c Arc<SourceConfig>| Some((states.get(&source.name)?.id, source.as_ref()));
    config.sources.iter().filter_map(known).collect()
}

/// The part of a source's state that still holds after its address was edited, until the new address is polled.
pub(super) fn unpolled(state: SourceState) -> SourceState {
    let learnt =
        state.schedule.learnt.map(|learnt| Learnt { reason: "new address".to_owned(), rhythm: None, ..*learnt });
    SourceState {
        document: None,
        asking: Asking::default(),
        outcome: None,
        detail: None,
        effective_url: None,
        failing_since: None,
        schedule: SourceSchedule { learnt: learnt.map(Box::new), ..SourceSchedule::new(clock::now()) },
        ..state
    }
}

pub(super) fn no_source(name: &str, config: &Config) -> Failure {
    Failure::new(USAGE, unknown(name, config.sources.iter().map(|source| source.name.as_str())))
}

pub(super) fn source_record(source: &SourceConfig, state: Option<&SourceState>, beside: &Beside) -> SourceRecord {
    let mut record = SourceRecord {
        name: source.name.clone(),
        url: source.public_url().to_owned(),
        state: if source.options.enabled { State::New } else { State::Disabled },
        title: source.options.title.clone().unwrap_or_default(),
        tags: source.options.tags.clone(),
        list: source.list.as_deref().map(str::to_owned),
        ..SourceRecord::default()
    };
    let Some(state) = state else { return record };
    let known = &state.schedule;
    if source.options.enabled {
        record.state = match (known.gone, known.last_poll) {
            (true, _) => State::Gone,
            (false, None) => State::New,
            (false, Some(_)) if known.failures > 0 => State::Failing,
            (false, Some(_)) => State::Ok,
        };
        let healed = schedule::heal(known, &source.schedule, beside.now);
        record.next_poll = Some(healed.map_or(known.next_poll, |(due, _)| due));
        record.next_poll_reason = Some(healed.map_or_else(|| known.reason(), |(_, why)| why).to_owned());
        for (key, site) in beside.sites(source, Some(state)) {
            if let Some(until) =
                site.paused_until.filter(|until| *until > beside.now && Some(*until) > record.next_poll)
            {
                record.next_poll = Some(until);
                record.next_poll_reason = Some(format!("{} is left alone: {}", key.as_str(), site.reason));
            }
        }
    }
    if record.title.is_empty() {
        record.title = state.meta.title.as_deref().map(|title| without_logins(title).into_owned()).unwrap_or_default();
    }
    // The stored address is scrubbed here, because an older version may have stored it with secrets.
    record.effective_url = state.effective_url.as_deref().map(|url| shown_address(source, url));
    record.outcome = state.outcome;
    record.format.clone_from(&state.format);
    let tally = beside.tallies.get(&state.id);
    record.entries = tally.map_or(0, |tally| tally.entries);
    record.newest = tally.and_then(|tally| tally.newest);
    record.parsed = state.parsed;
    record.last_poll = known.last_poll;
    record.failures = known.failures;
    record.failing_since = state.failing_since;
    record.problems.extend(state.detail.as_deref().map(|detail| source.scrub(detail)));
    if state.traffic.same >= SAME_TOLD {
        let text =
            format!("the server ignores validators: it sent the whole document {} times unchanged", state.traffic.same);
        record.problems.push(text);
    }
    record.problems.extend(rewriting(&state.tally));
    let left_out = match state.asking.left_out {
        LeftOut::Nothing => None,
        LeftOut::Changes => Some("A-IM"),
        LeftOut::Validators => Some("ETag and Last-Modified"),
    };
    if let Some((what, since)) = left_out.zip(state.asking.left_out_since) {
        record
            .problems
            .push(format!("the server answers conditional requests with errors; {what} not sent since {since}"));
    }
    record.problems.extend(state.problems.iter().map(|problem| problem.as_str().to_owned()));
    record
}

/// A problem for a source that has revised most of its document, because its revisions keep filling the live feed.
fn rewriting(tally: &Tally) -> Option<String> {
    let is_most = tally.revised >= REVISED_TOLD && tally.revised * 2 >= tally.parsed;
    is_most.then(|| {
        format!(
            "{} of its {} entries were revised at the last poll, and each revision returns to the live feed; set \
             `per_source` in an output to limit how many entries of one source it shows",
            tally.revised, tally.parsed
        )
    })
}
