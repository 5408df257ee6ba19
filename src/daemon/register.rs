//! Registers the configured sources in the store, and creates the scheduler's sources from what the store knows.

use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use foldhash::HashSet;
use futures_util::future::try_join_all;
use url::Url;

use super::in_force::put_in_force;
use crate::clock;
use crate::config::{Auth, Config, FetchOptions, Secret, SourceConfig};
use crate::model::{BySource, SourceId, Timestamp};
use crate::moves;
use crate::outputs::{Look, OutputPlan};
use crate::schedule::{self, HostKey, Limits, Route};
use crate::store::{SourceKey, Store, StoreError, StoredSchedule};
use crate::text::digest::{Digest, first_bytes};
use crate::theme::Loaded;

/// Fewest sources in a range that is read by a thread of its own, because a thread takes time as well.
const RANGE_LEAST: usize = 2_000;
/// Most ranges that are read at the same time, so that a reload leaves places to the other readers of the store.
const MAX_RANGES: usize = 2;

/// The configuration of every source, by its id in the store.
pub(super) type Configs = Arc<BySource<Arc<SourceConfig>>>;

/// Returns the sources for the scheduler, and the plan of the outputs to publish, in which `plan.sources` is the
/// configuration of every source.
pub(super) async fn register(
    config: &Config,
    theme: &Loaded,
    store: &Store,
) -> Result<(BySource<schedule::Source>, OutputPlan), StoreError> {
    // The shape is computed while the store looks for the sources.
    let shaping = async { OutputPlan::shape(config) };
    let (ids, shape) = tokio::join!(store.configure(keys(config), clock::now()), shaping);
    let ids = ids?;
    let since = store.shaped(shape.clone(), clock::now()).await?;
    let dressed = store.dressed(theme.digest.clone(), clock::now()).await?;
    let look = Look { theme: theme.theme.clone(), built_in: theme.built_in.clone(), since: dressed };
    put_in_force(config, &ids, store).await?;
    let former = store.former_names().await?;
    let configs: Configs = Arc::new(ids.iter().copied().zip(config.sources.iter().cloned()).collect());
    let reading = sources(&configs, store);
    // The plan is made while threads read the schedules.
    let planning = async { OutputPlan::new(config, &configs, store, (shape, since), look) };
    let (sources, plan) = tokio::join!(reading, planning);
    Ok((sources?, plan.with_former(former)))
}

/// The sources for the scheduler, which are read in ranges at the same time.
async fn sources(configs: &Configs, store: &Store) -> Result<BySource<schedule::Source>, StoreError> {
    let now = clock::now();
    let hosts = Arc::new(Hosts::default());
    let read = |range: RangeInclusive<SourceId>| {
        let (configs, hosts, mut places, mut next) = (configs.clone(), hosts.clone(), Places::default(), 0);
        store.schedules(range, move |stored| {
            let Some(config) = configs.get_in_order(&mut next, stored.id) else { return Ok(None) };
            Ok(Some((stored.id, source(config, (&mut places, &hosts), stored, now)?)))
        })
    };
    let ids: Vec<SourceId> = configs.ids().collect();
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let parts = try_join_all(ranges(&ids, processors).map(read)).await?;
    Ok(BySource::of_parts(parts.into_iter().flatten()))
}

/// Splits the numbers of sources, which are in order, into ranges of about the same number of sources, for this many
/// processors.
fn ranges(ids: &[SourceId], processors: usize) -> impl Iterator<Item = RangeInclusive<SourceId>> {
    let ranges = processors.min(MAX_RANGES).min(ids.len() / RANGE_LEAST).max(1);
    ids.chunks(ids.len().div_ceil(ranges).max(1)).filter_map(|part| Some(*part.first()?..=*part.last()?))
}

fn source(
    config: &SourceConfig,
    (places, hosts): (&mut Places, &Hosts),
    stored: StoredSchedule<'_, '_>,
    now: Timestamp,
) -> Result<schedule::Source, StoreError> {
    let host = hosts.of(&moves::address(&config.url, &stored.address, now));
    let document_url = stored.document_url.as_deref();
    let leads_to = match document_url {
        // As at most sources, the configured address itself has answered.
        Some(url) if url == config.url.as_str() => Some(hosts.of(&config.url)),
        Some(url) => Url::parse(url).ok().map(|url| hosts.of(&url)),
        None => None,
    };
    let place = places.of(config, document_url);
    let needs_learnt = schedule::needs_learnt(&stored.schedule, &config.schedule);
    let schedule = if needs_learnt { stored.with_learnt()? } else { stored.schedule };
    let route = Route { host, leads_to, place };
    Ok(schedule::Source::new(schedule, config.schedule.clone(), config.options.enabled, route, now))
}

/// The keys of hosts, so that sources of the same host share the text of its key.
#[derive(Debug, Default)]
struct Hosts(Mutex<HashSet<HostKey>>);

impl Hosts {
    fn of(&self, url: &Url) -> HostKey {
        let key = schedule::host_key(url);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&key) {
            return known.clone();
        }
        known.insert(key.clone());
        key
    }
}

/// Makes the places of sources ([`Route::place`]): digests of their addresses and request options. It remembers the options of
/// the last source with their digest, because most sources share them.
#[derive(Debug, Default)]
pub(super) struct Places(Option<(Arc<FetchOptions>, Asked)>);

impl Places {
    /// The place of a source whose document has the address `leads_to`. `None` stands for the configured address.
    pub(super) fn of(&mut self, source: &SourceConfig, leads_to: Option<&str>) -> u64 {
        let known = self.0.take().filter(|(options, _)| Arc::ptr_eq(options, &source.fetch));
        let (options, how) = known.unwrap_or_else(|| (source.fetch.clone(), how_asked(&source.fetch)));
        let mut hasher = blake3::Hasher::new();
        hasher.update(&how).update(leads_to.unwrap_or(source.url.as_str()).as_bytes());
        self.0 = Some((options, how));
        u64::from_le_bytes(first_bytes(&hasher.finalize()))
    }
}

/// A digest of a source's request options.
type Asked = [u8; 16];

fn how_asked(options: &FetchOptions) -> Asked {
    let FetchOptions { proxy, max_body, allow_networks, access, .. } = options;
    // Debug does not show secrets, so they are added in clear to tell sources with different secrets apart.
    let mut digest = Digest::default()
        .part(&format!("{proxy:?} {} {max_body} {allow_networks:?}", access.verify_tls))
        .part(&access.cookies.to_string())
        .part(access.client_cert.as_ref().map_or("", Secret::expose));
    for certificate in &access.ca {
        digest = digest.part(&format!("{certificate:?}"));
    }
    for (name, value) in &access.headers {
        digest = digest.part(name).part(value.expose());
    }
    let digest = match &access.auth {
        None => digest,
        Some(Auth::Basic { user, password }) => digest.part(user).part(password.expose()),
        Some(Auth::Bearer(token)) => digest.part(token.expose()),
    };
    digest.finish()
}

/// The keys by which the store tells the configured sources apart.
pub fn keys(config: &Config) -> Vec<SourceKey> {
    let key = |source: &Arc<SourceConfig>| SourceKey {
        name: source.name.clone(),
        named: source.named,
        url: source.url.to_string(),
    };
    config.sources.iter().map(key).collect()
}

pub(super) fn limits(config: &Config) -> Limits {
    Limits { concurrency: config.poll.concurrency, per_host: config.poll.per_host, host_gap: config.poll.host_gap }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_in_one_range() {
        for number in
            [0, 1, 2, RANGE_LEAST - 1, 2 * RANGE_LEAST - 1, 2 * RANGE_LEAST, 2 * RANGE_LEAST + 1, 10 * RANGE_LEAST]
        {
            // Numbers with gaps.
            let ids: Vec<SourceId> = (0..number as i64).map(|id| SourceId(7 + 3 * id)).collect();
            for processors in 1..=4 {
                let ranges: Vec<_> = ranges(&ids, processors).collect();
                let expected = if number < 2 * RANGE_LEAST { 1 } else { processors.min(MAX_RANGES) };
                assert_eq!(ranges.len(), if number == 0 { 0 } else { expected }, "{number} {processors}");
                let is_in_one = |id: &SourceId| ranges.iter().filter(|range| range.contains(id)).count() == 1;
                assert!(ids.iter().all(is_in_one), "{number} {processors}");
            }
        }
    }
}
