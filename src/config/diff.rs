//! What an edit of the configuration changes, as a sentence for the log.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use super::effective::serve;
use super::key::{Keys, Note};
use super::keys::{LogKeys, PushKeys, ServeKeys};
use super::resolved::{Config, SourceConfig};

/// Most names that are listed; further names are only counted.
const NAMED: usize = 5;

/// The difference of two configurations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigDiff {
    /// Names of sources.
    pub added: Vec<String>,
    pub removed: Vec<String>,
    /// Sources with another name at the same address, in words: `a is now b`.
    pub renamed: Vec<String>,
    pub changed: Vec<String>,
    /// Names of outputs that are new, gone or different.
    pub outputs: Vec<String>,
    /// Tables and keys of all other settings.
    pub settings: Vec<String>,
    /// The settings among them that take effect only after a restart.
    pub restart: Vec<String>,
}

/// Compares two configurations. A source is identified by its written name, or else by its address. A source with another name at the
/// address of a source that is gone is that source.
pub fn diff(old: &Config, new: &Config) -> ConfigDiff {
    let mut diff = ConfigDiff::default();
    let known: HashMap<&str, &Arc<SourceConfig>> = old.sources.iter().map(|source| (key(source), source)).collect();
    let mut kept: HashSet<&str> = HashSet::new();
    let mut unknown: Vec<&SourceConfig> = Vec::new();
    for source in &new.sources {
        match known.get(key(source)) {
            None => unknown.push(source),
            Some(before) => {
                kept.insert(key(source));
                if *before != source {
                    diff.changed.push(source.name.clone());
                }
            }
        }
    }
    let gone: Vec<&Arc<SourceConfig>> = old.sources.iter().filter(|source| !kept.contains(key(source))).collect();
    let mut at: HashMap<&str, &str> = gone.iter().map(|source| (source.url.as_str(), source.name.as_str())).collect();
    let mut renamed: HashSet<&str> = HashSet::new();
    for source in unknown {
        match at.remove(source.url.as_str()) {
            Some(before) => {
                diff.renamed.push(format!("{before} is now {}", source.name));
                renamed.insert(before);
            }
            None => diff.added.push(source.name.clone()),
        }
    }
    let removed = gone.iter().filter(|source| !renamed.contains(source.name.as_str()));
    diff.removed.extend(removed.map(|source| source.name.clone()));
    for output in &new.outputs {
        if !old.outputs.contains(output) {
            diff.outputs.push(output.name.clone());
        }
    }
    let gone = old.outputs.iter().filter(|output| new.outputs.iter().all(|known| known.name != output.name));
    diff.outputs.extend(gone.map(|output| output.name.clone()));
    let mut note = |name: String, needs_restart: bool| {
        if needs_restart {
            diff.restart.push(name.clone());
        }
        diff.settings.push(name);
    };
    if old.title != new.title {
        note("title".to_owned(), false);
    }
    for (name, needs_restart) in changed::<ServeKeys>(&serve(old), &serve(new)) {
        note(name.to_owned(), needs_restart);
    }
    if old.store_path != new.store_path {
        note("[store] path".to_owned(), true);
    }
    let (before, now) = (&old.store, &new.store);
    for (name, is_changed) in [("keep", before.keep != now.keep), ("keep_min", before.keep_min != now.keep_min)] {
        if is_changed {
            note(format!("[store] {name}"), false);
        }
    }
    if old.lists != new.lists {
        note("reading lists".to_owned(), false);
    }
    if old.poll != new.poll || old.defaults != new.defaults {
        note("[poll]".to_owned(), false);
    }
    if old.stories != new.stories {
        note("[stories]".to_owned(), false);
    }
    if old.notify != new.notify {
        note("[[notify]]".to_owned(), false);
    }
    for (name, needs_restart) in changed::<PushKeys>(&old.push, &new.push) {
        note(format!("[push] {name}"), needs_restart);
    }
    for (name, needs_restart) in changed::<LogKeys>(&old.log, &new.log) {
        note(format!("[log] {name}"), needs_restart);
    }
    diff
}

/// The keys of a table whose values differ, each with whether its change takes effect only after a restart. Masked values
/// cannot be compared in this way.
fn changed<K: Keys>(old: &K::Options, new: &K::Options) -> Vec<(&'static str, bool)> {
    let values = K::KEYS.iter().zip(K::shown(old)).zip(K::shown(new));
    let changed = values.filter(|((_, old), new)| old != new);
    changed.map(|((key, _), _)| (key.name, key.note == Note::Restart)).collect()
}

fn key(source: &SourceConfig) -> &str {
    if source.named { &source.name } else { source.url.as_str() }
}

impl fmt::Display for ConfigDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        for (names, what) in
            [(&self.added, "added"), (&self.removed, "removed"), (&self.renamed, "renamed"), (&self.changed, "changed")]
        {
            if !names.is_empty() {
                let sources = if names.len() == 1 { "source" } else { "sources" };
                parts.push(format!("{} {sources} {what} ({})", names.len(), listed(names)));
            }
        }
        if !self.outputs.is_empty() {
            parts.push(format!("outputs changed: {}", listed(&self.outputs)));
        }
        if !self.settings.is_empty() {
            parts.push(format!("settings changed: {}", self.settings.join(", ")));
        }
        if !self.restart.is_empty() {
            parts.push(format!("takes effect after a restart: {}", self.restart.join(", ")));
        }
        if parts.is_empty() { f.write_str("no setting has changed") } else { f.write_str(&parts.join("; ")) }
    }
}

fn listed(names: &[String]) -> String {
    let shown = names[..names.len().min(NAMED)].join(", ");
    if names.len() > NAMED { format!("{shown} and {} more", names.len() - NAMED) } else { shown }
}
