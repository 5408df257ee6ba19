//! The state of the installation at a glance: for `status`, and for `/status.json`.
//!
//! The record is made with a few queries whatever the number of sources, and the list of sources comes in pages.
//! Everybody may read `/status.json`, so private sources are only counted there, and mistakes of the configuration are
//! reported by their place alone.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use super::answer::{Beside, source_record, unpolled};
use super::receivers::receivers;
use super::{Answer, Failure, Record};
use crate::clock;
use crate::config::{Config, ReadingList, SourceConfig};
use crate::health::{Health, Refusal};
use crate::incidents::{self, Incident, OpenIncident, Outgrown, Space};
use crate::machine;
use crate::model::{
    HubRecord, Pause, RefusalRecord, SourceCounts, SourceId, SourceStatus, State, StoreSize, Timestamp,
};
use crate::publish::pages::StatusRecord;
use crate::schedule::Rhythm;
use crate::store::{Overview, SourceState, Store, StoreError};

/// Sources on a page of the record.
const SOURCES_PER_PAGE: usize = 500;
/// Most paused sites, and most open incidents, that are listed.
const LISTED_MAX: usize = 200;
/// "Today" is the time since this long ago.
const TODAY: Duration = Duration::from_secs(24 * 3_600);
/// A source that has been due for this long is late. Sources that have just become due take their turns.
const LATE: Duration = Duration::from_secs(60);

/// Who reads the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The user of the daemon, who may read the configuration.
    Operator,
    /// Everybody who can reach the server.
    Everybody,
}

/// The state with all sources, of which each record lists a page.
#[derive(Debug)]
pub struct WholeStatus {
    /// The record without its list.
    pub record: StatusRecord,
    list: Vec<SourceStatus>,
}

impl WholeStatus {
    /// The record with a page of the list; `None` if the page does not exist. Page 1 always exists.
    pub fn page(&self, number: usize) -> Option<StatusRecord> {
        let begin = number.checked_sub(1)?.checked_mul(SOURCES_PER_PAGE)?;
        if begin > 0 && begin >= self.list.len() {
            return None;
        }
        let list = self.list.iter().skip(begin).take(SOURCES_PER_PAGE).cloned().collect();
        let pages = self.list.len().div_ceil(SOURCES_PER_PAGE).max(1);
        Some(StatusRecord { page: number, pages, list, ..self.record.clone() })
    }
}

/// The answer to `status`: the first page, for the operator.
pub(super) async fn answer(config: &Config, store: Option<&Store>, health: Option<&Health>) -> Result<Answer, Failure> {
    let whole = status(config, store, health, Audience::Operator).await?;
    Ok(Answer::Records(whole.page(1).map(|record| Record::Status(Box::new(record))).into_iter().collect()))
}

/// The state as it is now. `store` is `None` if no source has been polled yet, `health` if no daemon runs.
pub async fn status(
    config: &Config,
    store: Option<&Store>,
    health: Option<&Health>,
    audience: Audience,
) -> Result<WholeStatus, StoreError> {
    let now = clock::now();
    let is_listed = |source: &SourceConfig| audience == Audience::Operator || !source.options.private;
    let known = Known::read(config, store, now, &is_listed).await?;
    let incidents = known.told(config, &is_listed);
    let remedies: HashMap<String, String> =
        incidents.iter().filter_map(|it| Some((it.source.clone()?, it.told.remedy.clone()))).collect();
    let mut sources = SourceCounts::default();
    let mut paused: BTreeMap<String, Pause> = BTreeMap::new();
    let mut late_seconds = 0_u64;
    let mut list = Vec::with_capacity(config.sources.len());
    for source in &config.sources {
        sources.private += usize::from(source.options.private);
        if !is_listed(source) {
            continue;
        }
        let state = known.states.get(source.name.as_str());
        let shown = known.source(source, state, remedies.get(&source.name), audience);
        sources.count(shown.source.state);
        if let Some(due) = shown.source.next_poll.filter(|due| now.since(*due) >= LATE) {
            sources.late += 1;
            late_seconds = late_seconds.max(now.since(due).as_secs());
        }
        for (key, host) in known.beside.sites(source, state) {
            if let Some(until) = host.paused_until.filter(|until| *until > now) {
                let host = Pause { host: key.as_str().to_owned(), until, reason: host.reason.clone() };
                paused.insert(key.as_str().to_owned(), host);
            }
        }
        list.push(shown);
    }
    list.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| one.source.name.cmp(&other.source.name)));
    let sizes = known.store(config).await;
    let space = Space { database: sizes.bytes, log: sizes.log_bytes, free: sizes.free_bytes };
    let record = StatusRecord {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        now,
        started: health.and_then(Health::started),
        trouble: health.and_then(|health| health.readiness(now).err()),
        sources,
        late_seconds,
        outgrown: Outgrown::of(&space, Outgrown::default()).tell(&space),
        store: sizes,
        hub: known.hub,
        paused: paused.into_values().take(LISTED_MAX).collect(),
        incidents: incidents.into_iter().take(LISTED_MAX).collect(),
        refused: health.and_then(|health| refused(health, audience)),
        receivers: receivers(config, store, &known.states, audience).await?,
        lists: match audience {
            Audience::Operator => config.lists.iter().filter_map(ReadingList::trouble).collect(),
            Audience::Everybody => Vec::new(),
        },
        page: 1,
        pages: 1,
        list: Vec::new(),
    };
    Ok(WholeStatus { record, list })
}

/// The place of a source in the list: sources with trouble come first.
fn rank(source: &SourceStatus) -> u8 {
    match source.source.state {
        State::Gone => 0,
        State::Failing => 1,
        _ if source.remedy.is_some() => 2,
        State::Ok | State::New => 3,
        State::Disabled => 4,
    }
}

fn refused(health: &Health, audience: Audience) -> Option<RefusalRecord> {
    let Refusal { message, place } = health.refusal()?;
    let (file, line, column) = place.map_or((None, None, None), |it| (Some(it.file), it.line, it.column));
    Some(RefusalRecord { file, line, column, message: (audience == Audience::Operator).then_some(message) })
}

/// What the store knows.
struct Known {
    beside: Beside,
    /// The states of the configured sources, by name.
    states: HashMap<String, SourceState>,
    overview: Option<Overview>,
    hub: HubRecord,
    /// The open incidents, the latest first.
    incidents: Vec<Incident>,
}

impl Known {
    /// Entries of configured sources that are not listed do not count.
    async fn read(
        config: &Config,
        store: Option<&Store>,
        now: Timestamp,
        is_listed: &impl Fn(&SourceConfig) -> bool,
    ) -> Result<Known, StoreError> {
        let mut known = Known {
            beside: Beside { now, tallies: HashMap::new(), hosts: HashMap::new() },
            states: HashMap::new(),
            overview: None,
            hub: HubRecord::default(),
            incidents: Vec::new(),
        };
        let Some(store) = store else { return Ok(known) };
        known.states = store.sources().await?.into_iter().map(|state| (state.name.clone(), state)).collect();
        let unlisted = config.sources.iter().filter(|source| !is_listed(source));
        let left_out = unlisted.filter_map(|source| Some(known.states.get(source.name.as_str())?.id)).collect();
        let overview = store.overview(now.minus(TODAY), left_out).await?;
        known.beside.tallies.clone_from(&overview.entries);
        known.beside.hosts = store.hosts().await?.into_iter().collect();
        known.incidents = store.open_incidents().await?;
        known.incidents.sort_by_key(|incident| std::cmp::Reverse(incident.updated));
        known.overview = Some(overview);
        let (subscriptions, failing) = store.count_subscriptions().await?;
        known.hub = HubRecord { subscriptions, failing };
        Ok(known)
    }

    /// The open incidents of the installation and of sources that are listed, in words.
    fn told(&self, config: &Config, is_listed: &impl Fn(&SourceConfig) -> bool) -> Vec<OpenIncident> {
        let listed = config.sources.iter().filter(|source| is_listed(source));
        let sources: HashMap<SourceId, (&SourceConfig, &SourceState)> = listed
            .filter_map(|source| {
                let state = self.states.get(source.name.as_str())?;
                Some((state.id, (source.as_ref(), state)))
            })
            .collect();
        let told = |incident: &Incident| {
            let source = match incident.source {
                Some(id) => Some(*sources.get(&id)?),
                None => None,
            };
            Some(OpenIncident {
                source: source.map(|(config, _)| config.name.clone()),
                kind: incident.kind.as_str().to_owned(),
                since: incident.since,
                told: incidents::tell(incident, source.map(|(config, state)| (config, Some(&state.meta)))),
            })
        };
        self.incidents.iter().filter_map(told).collect()
    }

    fn source(
        &self,
        source: &SourceConfig,
        state: Option<&SourceState>,
        remedy: Option<&String>,
        audience: Audience,
    ) -> SourceStatus {
        // After an edit of the address, the stored state is about the old address.
        let edited = state.filter(|state| state.url != source.url.as_str()).map(|state| unpolled(state.clone()));
        let state = edited.as_ref().or(state);
        let mut record = source_record(source, state, &self.beside);
        if audience == Audience::Everybody {
            // A reading list may be a file of this machine.
            record.list = None;
        }
        if audience == Audience::Everybody && source.url.scheme() == "file" {
            // Paths of this machine are not for everybody, also not in errors.
            record.url = "file:".to_owned();
            record.effective_url = None;
            record.problems.clear();
        }
        let rhythm = state.and_then(|state| state.schedule.rhythm());
        let is_troubled = matches!(record.state, State::Failing | State::Gone);
        let show = || format!("`watershed show {}` shows what is known of it.", source.name);
        SourceStatus {
            rhythm: rhythm.map(Rhythm::describe),
            week: rhythm.and_then(Rhythm::week).map(|week| week.iter().map(|day| digits(day)).collect()),
            remedy: remedy.cloned().or_else(|| is_troubled.then(show)),
            source: record,
        }
    }

    async fn store(&self, config: &Config) -> StoreSize {
        let Some(overview) = &self.overview else { return StoreSize::default() };
        let database = config.store_path.clone();
        let room = tokio::task::spawn_blocking(move || machine::room(&database));
        StoreSize {
            bytes: overview.bytes,
            log_bytes: overview.log_bytes,
            free_bytes: room.await.ok().flatten().map(|(free, _)| free),
            entries: overview.entries.values().map(|tally| tally.entries).sum(),
            merged_stories: overview.merged_stories,
            merged_copies: overview.merged_copies,
        }
    }
}

fn digits(levels: &[u8]) -> String {
    levels.iter().map(|level| char::from(b'0' + level.min(&9))).collect()
}
