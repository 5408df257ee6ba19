//! `plan`: shows what an edited configuration would change before it is saved: sources, outputs, settings, and addresses that no
//! longer exist or lead elsewhere. It compares with the configuration that a daemon or a `poll` has last put in force. It only
//! reads, and works beside a running daemon.

mod addresses;
mod told;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::print;
use super::progress::Progress;
use super::session::{Session, VerbResult, block_on, database_of, load, printed};
use crate::config::{self, Config, Settings, SourceConfig, needs_restart, process_env};
use crate::control::End;
use crate::daemon::{in_force, keys, names_replaced, public_sources};
use crate::logging::printable;
use crate::model::SourceId;
use crate::outputs::{RuleCount, rule_counts, selection, selects_of};
use crate::store::{
    Compared, InForce, Replaced, Selection, Selects, SourceState, SourceTally, Store, StoreError, kept_names,
};
use told::told;

/// A line of `plan --json`.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Planned {
    Source {
        name: String,
        /// `added`, `gone`, `renamed`, `moved` (another address) or `changed` (other settings).
        change: &'static str,
        /// The name before, of a renamed source.
        #[serde(skip_serializing_if = "Option::is_none")]
        was: Option<String>,
        url: String,
        entries: u64,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        settings: Vec<Changed>,
    },
    Output {
        name: String,
        /// `added`, `gone`, `renamed` or `kept`.
        change: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        was: Option<String>,
        gains: u64,
        loses: u64,
        /// Titles and sources of the newest stories that the output would gain or lose.
        gained: Vec<Story>,
        lost: Vec<Story>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        settings: Vec<Changed>,
    },
    /// A setting of the whole installation.
    Setting {
        #[serde(flatten)]
        changed: Changed,
        /// Whether it takes effect only after a restart.
        restart: bool,
    },
    Address {
        /// The path in all formats: `/source/lwn.*`.
        path: String,
        /// `gone` or `redirects`.
        change: &'static str,
        /// Where it redirects to.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    },
    Rule {
        /// The source or output whose filter it is in.
        of: String,
        rule: String,
        matched: usize,
        entries: usize,
    },
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Story {
    source: String,
    title: String,
}

/// A setting with its values as TOML; `None` for the default.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Changed {
    key: String,
    before: Option<String>,
    after: Option<String>,
}

impl Planned {
    /// Whether this line is a change. A note on a rule does not count.
    fn is_change(&self) -> bool {
        match self {
            Planned::Source { .. } | Planned::Setting { .. } | Planned::Address { .. } => true,
            Planned::Output { change, gains, loses, settings, .. } => {
                *change != "kept" || gains + loses > 0 || !settings.is_empty()
            }
            Planned::Rule { .. } => false,
        }
    }
}

pub(super) fn plan(session: &Session, file: Option<PathBuf>, json: bool) -> VerbResult {
    let in_use = session.config_path();
    let path = file.clone().map_or_else(|| in_use.clone(), Ok)?;
    // An edited copy of the file is compared with the database of the configuration in use.
    let in_use = file.and_then(|_| Some(database_of(&in_use.ok()?)));
    let new = match &in_use {
        Some(database) => config::load_keeping(&path, &process_env, &[], &kept_names, Some(database)),
        None => load(&path),
    }?;
    for notice in &new.notices {
        session.say(&format!("note: {}", printable(notice)));
    }
    let database = in_use.unwrap_or_else(|| new.store_path.clone());
    if !database.exists() {
        return Ok(End {
            exit: 0,
            message: "nothing has been polled yet, so everything in this file is new".to_owned(),
        });
    }
    let progress = Progress::new(session, json, "comparing with what is in force", 0);
    let planned = block_on(async {
        let store = Store::open_for_reading(&database)?;
        Ok(planned(&store, &new).await?)
    })?;
    drop(progress);
    let line = |planned: &Planned| if json { print::json(planned) } else { print::text(&told(planned)) };
    printed(planned.iter().try_for_each(line))?;
    let changes = planned.iter().any(Planned::is_change);
    Ok(if changes { End::done() } else { End { exit: 0, message: "this file would change nothing".to_owned() } })
}

/// The configuration in force and the new one.
struct Both<'b> {
    new: &'b Config,
    /// The sources of the new configuration, with numbers of their own where the store does not know them.
    sources: Vec<(SourceId, &'b SourceConfig)>,
    before: InForce,
    after: InForce,
    /// The names of the sources that are in force.
    names: BTreeMap<SourceId, String>,
    /// The sources that are not private in the new configuration.
    public: HashSet<SourceId>,
    replaced: Replaced,
}

async fn planned(store: &Store, new: &Config) -> Result<Vec<Planned>, StoreError> {
    let states = store.states_of(keys(new)).await?;
    let names = store.sources().await?.into_iter().map(|source| (source.id, source.name)).collect();
    let (before, ids) = (store.in_force().await?, ids(&states));
    let (after, public) = (in_force(new, &ids), public_sources(new, &ids));
    let replaced = names_replaced(&before, &after, &public);
    let sources = ids.into_iter().zip(new.sources.iter().map(Arc::as_ref)).collect();
    let both = Both { new, sources, before, after, names, public, replaced };
    let mut planned = both.sources(&states, &store.tallies().await?);
    planned.extend(both.settings());
    planned.extend(both.outputs(store).await?);
    planned.extend(both.addresses());
    planned.extend(both.rules(store, &states).await?);
    Ok(planned)
}

/// The numbers of the sources. A source that the store does not know gets a number that no source has.
fn ids(states: &[Option<SourceState>]) -> Vec<SourceId> {
    let unknown = (1..).map(|number: i64| SourceId(-number));
    states.iter().zip(unknown).map(|(state, unknown)| state.as_ref().map_or(unknown, |state| state.id)).collect()
}

impl Both<'_> {
    /// The sources that come, go and change.
    fn sources(&self, states: &[Option<SourceState>], tallies: &HashMap<SourceId, SourceTally>) -> Vec<Planned> {
        let mut planned = Vec::new();
        for ((id, source), state) in self.sources.iter().zip(states) {
            let mut add = |change: &'static str, was: Option<String>, settings: Vec<Changed>| {
                let (name, url) = (source.name.clone(), source.public_url().to_owned());
                let entries = tallies.get(id).map_or(0, |tally| tally.entries);
                planned.push(Planned::Source { name, change, was, url, entries, settings });
            };
            let (Some(state), Some(was)) = (state, self.names.get(id)) else {
                add("added", None, Vec::new());
                continue;
            };
            if *was != source.name {
                add("renamed", Some(was.clone()), Vec::new());
            }
            if state.url != source.url.as_str() {
                add("moved", None, Vec::new());
            }
            let settings = self.changed_settings(*id);
            if !settings.is_empty() {
                add("changed", None, settings);
            }
        }
        let kept: HashSet<SourceId> = self.sources.iter().map(|(id, _)| *id).collect();
        for (id, name) in self.names.iter().filter(|(id, _)| !kept.contains(id)) {
            let entries = tallies.get(id).map_or(0, |tally| tally.entries);
            // The address stays out, because it may hold a secret of the old configuration, which is not read here.
            let url = String::new();
            let (name, change) = (name.clone(), "gone");
            planned.push(Planned::Source { name, change, was: None, url, entries, settings: Vec::new() });
        }
        planned
    }

    fn changed_settings(&self, id: SourceId) -> Vec<Changed> {
        if self.before.settings.is_none() {
            // An earlier version was in force, which has not stored what sources set.
            return Vec::new();
        }
        let of = |in_force: &InForce| in_force.sources.get(&id).map(|source| source.settings.clone());
        changed(&of(&self.before).unwrap_or_default(), &of(&self.after).unwrap_or_default())
    }

    /// The changed settings of the whole installation.
    fn settings(&self) -> Vec<Planned> {
        let (Some(before), Some(after)) = (&self.before.settings, &self.after.settings) else { return Vec::new() };
        let setting = |changed: Changed| Planned::Setting { restart: needs_restart(&changed.key), changed };
        changed(before, after).into_iter().map(setting).collect()
    }

    /// Every output of the new configuration, and those that are gone.
    async fn outputs(&self, store: &Store) -> Result<Vec<Planned>, StoreError> {
        let names = self.all_names();
        let mut planned = Vec::new();
        for output in &self.new.outputs {
            let renamed = self.replaced.outputs.iter().find(|(_, new)| *new == output.name);
            let was = renamed.map(|(old, _)| old.clone());
            let before = self.before.outputs.get(was.as_ref().unwrap_or(&output.name));
            let change = match (&was, before) {
                (Some(_), _) => "renamed",
                (None, Some(_)) => "kept",
                (None, None) => "added",
            };
            let shown_before = before.map(|before| before.selects.clone()).unwrap_or_default();
            let shown = selects_of(output, &self.sources);
            let compared = if shown_before == shown {
                Compared::default()
            } else {
                store.compare(self.selection(&shown_before), self.selection(&shown)).await?
            };
            let now = self.after.outputs.get(&output.name).and_then(|output| output.settings.as_ref());
            let settings = match (before.and_then(|before| before.settings.as_ref()), now) {
                (Some(before), Some(now)) => changed(before, now),
                _ => Vec::new(),
            };
            planned.push(output_line(&output.name, (change, was), compared, settings, &names));
        }
        for (name, before) in &self.before.outputs {
            let is_replaced = self.replaced.outputs.iter().any(|(old, _)| old == name);
            if is_replaced || self.after.outputs.contains_key(name) {
                continue;
            }
            let compared = store.compare(self.selection(&before.selects), Selection::default()).await?;
            planned.push(output_line(name, ("gone", None), compared, Vec::new(), &names));
        }
        Ok(planned)
    }

    fn selection(&self, selects: &Selects) -> Selection {
        selection(selects, &self.sources)
    }

    /// The names of all sources: new names where the new configuration has the source.
    fn all_names(&self) -> HashMap<SourceId, String> {
        let mut names: HashMap<SourceId, String> = self.names.iter().map(|(id, name)| (*id, name.clone())).collect();
        names.extend(self.sources.iter().map(|(id, source)| (*id, source.name.clone())));
        names
    }

    /// How many stored entries each rule of a filter matches.
    async fn rules(&self, store: &Store, states: &[Option<SourceState>]) -> Result<Vec<Planned>, StoreError> {
        let mut planned = Vec::new();
        for ((id, source), _) in self.sources.iter().zip(states).filter(|(_, state)| state.is_some()) {
            let of = format!("source {}", source.name);
            let counts = rule_counts(store, Selection::of(HashSet::from([*id])), &source.options.filter).await?;
            planned.extend(counts.into_iter().map(|count| rule_line(&of, count)));
        }
        for output in &self.new.outputs {
            let of = format!("output {}", output.name);
            let selects = Selects { filter: Vec::new(), ..selects_of(output, &self.sources) };
            let counts = rule_counts(store, self.selection(&selects), &output.filter).await?;
            planned.extend(counts.into_iter().map(|count| rule_line(&of, count)));
        }
        Ok(planned)
    }
}

/// The settings that differ.
fn changed(before: &Settings, after: &Settings) -> Vec<Changed> {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differs = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
    differs
        .map(|key| Changed { key: key.clone(), before: before.get(key).cloned(), after: after.get(key).cloned() })
        .collect()
}

fn output_line(
    name: &str,
    (change, was): (&'static str, Option<String>),
    compared: Compared,
    settings: Vec<Changed>,
    names: &HashMap<SourceId, String>,
) -> Planned {
    let story =
        |(source, title): (SourceId, String)| Story { source: names.get(&source).cloned().unwrap_or_default(), title };
    Planned::Output {
        name: name.to_owned(),
        change,
        was,
        gains: compared.gained,
        loses: compared.lost,
        gained: compared.gains.into_iter().map(story).collect(),
        lost: compared.loses.into_iter().map(story).collect(),
        settings,
    }
}

fn rule_line(of: &str, count: RuleCount) -> Planned {
    Planned::Rule { of: of.to_owned(), rule: count.rule, matched: count.matched, entries: count.of }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_differ() {
        let settings = |list: &[(&str, &str)]| -> Settings {
            list.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
        };
        let check =
            |before: &[(&str, &str)], after: &[(&str, &str)], expected: &[(&str, Option<&str>, Option<&str>)]| {
                let found = changed(&settings(before), &settings(after));
                let found: Vec<(&str, Option<&str>, Option<&str>)> =
                    found.iter().map(|it| (it.key.as_str(), it.before.as_deref(), it.after.as_deref())).collect();
                assert_eq!(found, expected);
            };
        check(&[], &[], &[]);
        check(&[("a", "1")], &[("a", "1")], &[]);
        check(
            &[("a", "1"), ("b", "2")],
            &[("b", "3"), ("c", "4")],
            &[("a", Some("1"), None), ("b", Some("2"), Some("3")), ("c", None, Some("4"))],
        );
    }
}
