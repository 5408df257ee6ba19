//! Registers the configured sources in the store, and makes the scheduler's sources of what the store knows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use url::Url;

use crate::clock;
use crate::config::{Config, ScheduleOptions, SourceConfig};
use crate::model::{SourceId, Timestamp};
use crate::moves;
use crate::outputs::OutputPlan;
use crate::schedule::{self, Limits, Route};
use crate::store::{SourceKey, SourceState, Store, StoreError};

/// The configuration of every source, by its number.
pub(super) type Configs = Arc<HashMap<SourceId, Arc<SourceConfig>>>;

/// What a configuration comes to.
pub(super) struct Registered {
    pub sources: BTreeMap<SourceId, schedule::Source>,
    pub configs: Configs,
    /// What to publish of them.
    pub plan: OutputPlan,
}

pub(super) async fn register(config: &Config, store: &Store) -> Result<Registered, StoreError> {
    let configured = store.configure(keys(config), OutputPlan::shape(config), clock::now()).await?;
    let ids = configured.sources;
    let configs: Configs = Arc::new(ids.iter().copied().zip(config.sources.iter().cloned()).collect());
    let now = clock::now();
    let of = configs.clone();
    let mut usual: Option<Arc<ScheduleOptions>> = None;
    let sources = store
        .sources_as(move |state| {
            let id = state.id;
            let config = of.get(&id)?;
            // Most sources have the same options, so neighbours share them.
            let options = usual.take().filter(|usual| **usual == config.schedule);
            let options = options.unwrap_or_else(|| Arc::new(config.schedule.clone()));
            usual = Some(options.clone());
            Some((id, source(config, options, state, now)))
        })
        .await?;
    let plan = OutputPlan::new(config, &ids, store.store_id(), configured.since);
    Ok(Registered { sources: sources.into_iter().collect(), configs, plan })
}

fn source(
    config: &SourceConfig,
    options: Arc<ScheduleOptions>,
    state: SourceState,
    now: Timestamp,
) -> schedule::Source {
    let host = schedule::host_key(&moves::address(&config.url, &state.address, now));
    let document = state.document.as_ref().map(|document| document.url.as_str());
    let answered = document.and_then(|url| Url::parse(url).ok());
    let leads_to = answered.as_ref().map(schedule::host_key);
    let place = place(config, document.unwrap_or(config.url.as_str()));
    schedule::Source::new(state.schedule, options, config.enabled, Route { host, leads_to, place }, now)
}

/// A digest of where a source leads and how it is asked.
pub(super) fn place(source: &SourceConfig, leads_to: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    add(leads_to);
    let options = &source.fetch;
    // Secrets are not shown by Debug, but are told apart here.
    add(&format!("{:?} {} {} {:?}", options.proxy, options.verify_tls, options.max_body, options.allow_networks));
    for (name, value) in &options.headers {
        add(name);
        add(value.expose());
    }
    if let Some(auth) = &options.auth {
        add(&auth.user);
        add(auth.password.expose());
    }
    let mut digest = [0; 8];
    digest.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(digest)
}

/// How the store tells the configuration's sources apart.
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
