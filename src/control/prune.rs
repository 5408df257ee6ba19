//! Makes the answer to `prune` and to `remove --purge`.

use serde::{Deserialize, Serialize};

use super::stories::names;
use super::{Answer, Failure, Record};
use crate::config::Config;
use crate::model::SourceId;
use crate::retention::Rule;
use crate::store::{SourceKey, Store};
use crate::{clock, daemon};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PruneQuery {
    /// Only say what would be deleted.
    pub dry_run: bool,
    /// Delete all entries of these removed sources, instead of what the retention rule does not keep.
    #[serde(default)]
    pub purge: Vec<PurgedSource>,
}

/// A source as it was configured before it was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurgedSource {
    pub name: String,
    pub url: String,
}

/// A record of `prune --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrunedRecord {
    pub source: String,
    /// The number of entries that were deleted, or would be.
    pub entries: u64,
}

pub(super) async fn prune(query: &PruneQuery, config: &Config, store: Option<&Store>) -> Result<Answer, Failure> {
    let Some(store) = store else { return Ok(Answer::Records(Vec::new())) };
    let now = clock::now();
    // The names are asked for first, because purged sources are no longer among the removed ones.
    let mut names = names(config, store).await?;
    let mut pruned = daemon::Pruned::default();
    let counts: Vec<(SourceId, u64)> = if query.purge.is_empty() {
        let Some(keep) = config.store.keep else {
            return Ok(Answer::Done("nothing is pruned, because `keep` in [store] is \"forever\"".to_owned()));
        };
        let rule = Rule::at(now, keep, config.store.keep_min);
        if query.dry_run {
            store.prunable(rule).await?
        } else {
            daemon::prune(store, Some(rule), Vec::new(), &mut pruned).await?;
            pruned.counts.into_iter().collect()
        }
    } else {
        let key =
            |source: &PurgedSource| SourceKey { name: source.name.clone(), named: false, url: source.url.clone() };
        store.mark_purged(query.purge.iter().map(key).collect(), now).await?;
        let purged = store.purged().await?;
        names.extend(purged.iter().map(|(id, name)| (id.0, name.clone())));
        let purged = purged.into_iter().map(|(id, _)| id).collect();
        daemon::prune(store, None, purged, &mut pruned).await?;
        pruned.counts.into_iter().collect()
    };
    let record = |(source, entries): (SourceId, u64)| {
        let source = names.get(&source.0).cloned().unwrap_or_default();
        Record::Pruned(PrunedRecord { source, entries })
    };
    Ok(Answer::Records(counts.into_iter().map(record).collect()))
}
