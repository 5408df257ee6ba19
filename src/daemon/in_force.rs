//! The configuration as the store keeps it, and what a new configuration replaces by another name.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{BufWriter, Write};
use std::sync::Arc;

use crate::clock;
use crate::config::{Config, SourceConfig, output_settings, settings, source_settings};
use crate::former::replaced;
use crate::logging::printable;
use crate::model::SourceId;
use crate::outputs::selects_of;
use crate::store::{InForce, OutputInForce, Replaced, SourceInForce, Store, StoreError};

/// Bytes of the configuration that are hashed at once.
const HASHED_BYTES: usize = 64 * 1024;

/// A configuration as the store keeps it. `ids` are the store's numbers of its sources, in their order.
pub fn in_force(config: &Config, ids: &[SourceId]) -> InForce {
    let (sources, outputs) = (sources(config, ids).collect(), outputs(config, ids).collect());
    InForce { sources, outputs, settings: Some(settings(config)) }
}

/// The sources that have keys of their own.
fn sources(config: &Config, ids: &[SourceId]) -> impl Iterator<Item = (SourceId, SourceInForce)> {
    source_settings(config).filter_map(|(number, settings)| {
        let options = &config.sources.get(number)?.options;
        Some((*ids.get(number)?, SourceInForce { private: options.private, tags: options.tags.clone(), settings }))
    })
}

fn outputs(config: &Config, ids: &[SourceId]) -> impl Iterator<Item = (String, OutputInForce)> {
    let known: Vec<(SourceId, &SourceConfig)> =
        ids.iter().copied().zip(config.sources.iter().map(Arc::as_ref)).collect();
    config.outputs.iter().map(move |output| {
        let (selects, settings) = (selects_of(output, &known), Some(output_settings(output)));
        (output.name.clone(), OutputInForce { selects, settings })
    })
}

/// A digest of the configuration as the store keeps it. It is made piece by piece, because there may be a hundred thousand sources,
/// and at most starts nothing else is needed of them.
///
/// # Errors
/// A value cannot be written as JSON.
fn digest(config: &Config, ids: &[SourceId]) -> serde_json::Result<String> {
    // BLAKE3 is faster on long inputs.
    let mut hasher = BufWriter::with_capacity(HASHED_BYTES, blake3::Hasher::new());
    sources(config, ids).try_for_each(|source| serde_json::to_writer(&mut hasher, &source))?;
    outputs(config, ids).try_for_each(|output| serde_json::to_writer(&mut hasher, &output))?;
    serde_json::to_writer(&mut hasher, &settings(config))?;
    hasher.flush().map_err(serde_json::Error::io)?;
    Ok(hasher.get_ref().finalize().to_hex().to_string())
}

/// Stores the configuration as the one in force, unless it is the same as before, and remembers the names that it replaces.
pub(super) async fn put_in_force(config: &Config, ids: &[SourceId], store: &Store) -> Result<(), StoreError> {
    // Without a digest the configuration counts as changed.
    let digest = digest(config, ids).ok();
    if digest.is_some() && store.in_force_as().await? == digest {
        return Ok(());
    }
    let (before, now) = (store.in_force().await?, in_force(config, ids));
    let replaced = names_replaced(&before, &now, &public_sources(config, ids));
    for (old, new) in replaced.tags.iter().chain(&replaced.outputs) {
        let (old, new) = (printable(old), printable(new));
        tracing::info!(%old, %new, "a tag or an output has another name: its old addresses redirect");
    }
    store.put_in_force(now, digest.unwrap_or_default(), replaced, clock::now()).await
}

/// The sources that are not private.
pub fn public_sources(config: &Config, ids: &[SourceId]) -> HashSet<SourceId> {
    ids.iter().zip(&config.sources).filter(|(_, source)| !source.options.private).map(|(id, _)| *id).collect()
}

/// The names that another name has taken over. A tag is replaced if the very sources that had it have another tag now, which no
/// source had before; sources that are no longer configured, or private now, do not count. An output is replaced if a new output
/// selects the same.
pub fn names_replaced(before: &InForce, now: &InForce, public: &HashSet<SourceId>) -> Replaced {
    Replaced {
        tags: replaced(&sources_of_tags(before, public), &sources_of_tags(now, public)),
        outputs: replaced(&selections(before), &selections(now)),
    }
}

/// The sources of each tag, among those that are `public`. The tags of a private source were never shown.
pub fn sources_of_tags(in_force: &InForce, public: &HashSet<SourceId>) -> BTreeMap<String, BTreeSet<SourceId>> {
    let mut tags: BTreeMap<String, BTreeSet<SourceId>> = BTreeMap::new();
    for (id, source) in in_force.sources.iter().filter(|(id, source)| public.contains(id) && !source.private) {
        for tag in &source.tags {
            tags.entry(tag.clone()).or_default().insert(*id);
        }
    }
    tags
}

/// What each output selects, as text.
fn selections(in_force: &InForce) -> BTreeMap<String, String> {
    let outputs = in_force.outputs.iter().map(|(name, output)| {
        let text = serde_json::to_string(&output.selects).ok().filter(|_| !output.selects.sources.is_empty());
        // An output without sources, or whose text cannot be made, differs from every other output.
        (name.clone(), text.unwrap_or_else(|| format!("output {name}")))
    });
    outputs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(private: bool, tags: &[&str]) -> SourceInForce {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        SourceInForce { private, tags, ..SourceInForce::default() }
    }

    #[test]
    fn a_tag_is_replaced_if_its_sources_have_another_one_instead() {
        let check = |before: &[(i64, bool, &[&str])],
                     now: &[(i64, bool, &[&str])],
                     configured: &[i64],
                     expected: &[(&str, &str)]| {
            let in_force = |list: &[(i64, bool, &[&str])]| InForce {
                sources: list.iter().map(|(id, private, tags)| (SourceId(*id), source(*private, tags))).collect(),
                ..InForce::default()
            };
            let (before, now) = (in_force(before), in_force(now));
            let is_private = |id: &SourceId| now.sources.get(id).is_some_and(|source| source.private);
            let public = configured.iter().map(|id| SourceId(*id)).filter(|id| !is_private(id)).collect();
            let found = names_replaced(&before, &now, &public).tags;
            let found: Vec<(&str, &str)> = found.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
            assert_eq!(found, expected, "{before:?} {now:?}");
        };
        let (linux, kernel) = (&["linux"][..], &["kernel"][..]);
        let renamed = &[("linux", "kernel")][..];
        check(&[(1, false, linux), (2, false, linux)], &[(1, false, kernel), (2, false, kernel)], &[1, 2], renamed);
        // A source that is gone, or private now, counts for nothing.
        check(&[(1, false, linux), (2, false, linux)], &[(1, false, kernel)], &[1], renamed);
        check(&[(1, false, linux), (2, false, linux)], &[(1, false, kernel), (2, true, kernel)], &[1, 2], renamed);
        // A source that keeps its place without the tag does count.
        check(&[(1, false, linux), (2, false, linux)], &[(1, false, kernel)], &[1, 2], &[]);
        // The tag of a private source was never shown.
        check(&[(1, true, linux)], &[(1, false, kernel)], &[1], &[]);
        check(&[(1, false, linux)], &[(1, false, &["kernel", "os"][..])], &[1], &[]);
    }
}
