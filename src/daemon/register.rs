//! Registers the configured sources in the store, and creates the scheduler's sources from what the store knows.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use url::Url;

use super::in_force::put_in_force;
use crate::clock;
use crate::config::{Auth, Config, FetchOptions, Secret, SourceConfig};
use crate::model::{SourceId, Timestamp};
use crate::moves;
use crate::outputs::{Look, OutputPlan};
use crate::schedule::{self, HostKey, Limits, Route};
use crate::store::{SourceKey, Store, StoreError, StoredSchedule};
use crate::text::digest::{Digest, first_bytes};
use crate::theme::Loaded;

/// The configuration of every source, by its id in the store.
pub(super) type Configs = Arc<HashMap<SourceId, Arc<SourceConfig>>>;

/// Returns the sources for the scheduler, and the plan of the outputs to publish, in which `plan.sources` is the
/// configuration of every source.
pub(super) async fn register(
    config: &Config,
    theme: &Loaded,
    store: &Store,
) -> Result<(schedule::Sources, OutputPlan), StoreError> {
    let shape = OutputPlan::shape(config);
    let configured = store.configure(keys(config), shape.clone(), clock::now()).await?;
    let since = store.dressed(theme.digest.clone(), clock::now()).await?;
    let look = Look { theme: theme.theme.clone(), built_in: theme.built_in.clone(), since };
    put_in_force(config, &configured.sources, store).await?;
    let former = store.former_names().await?;
    let configs: Configs = Arc::new(configured.sources.iter().copied().zip(config.sources.iter().cloned()).collect());
    let now = clock::now();
    let (mut places, mut hosts) = (Places::default(), Hosts::default());
    let of_sources = configs.clone();
    let reading = store.schedules(config.sources.len(), move |stored| {
        let config = of_sources.get(&stored.id)?;
        Some((stored.id, source(config, (&mut places, &mut hosts), stored, now)))
    });
    // The plan is made while a thread reads the schedules.
    let planning =
        async { OutputPlan::new(config, &configured.sources, configs, store, (shape, configured.since), look) };
    let (sources, plan) = tokio::join!(reading, planning);
    Ok((sources?.into_iter().collect(), plan.with_former(former)))
}

fn source(
    config: &SourceConfig,
    (places, hosts): (&mut Places, &mut Hosts),
    stored: StoredSchedule,
    now: Timestamp,
) -> schedule::Source {
    let StoredSchedule { document_url, schedule, address, .. } = stored;
    let host = hosts.of(&moves::address(&config.url, &address, now));
    let leads_to = match document_url.as_deref() {
        // As at most sources, the configured address itself has answered.
        Some(url) if url == config.url.as_str() => Some(hosts.of(&config.url)),
        Some(url) => Url::parse(url).ok().map(|url| hosts.of(&url)),
        None => None,
    };
    let place = places.of(config, document_url.as_deref());
    schedule::Source::new(
        schedule,
        config.schedule.clone(),
        config.options.enabled,
        Route { host, leads_to, place },
        now,
    )
}

/// The keys of hosts, so that sources of the same host share the text of its key.
#[derive(Debug, Default)]
struct Hosts(HashSet<HostKey>);

impl Hosts {
    fn of(&mut self, url: &Url) -> HostKey {
        let key = schedule::host_key(url);
        if let Some(known) = self.0.get(&key) {
            return known.clone();
        }
        self.0.insert(key.clone());
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
