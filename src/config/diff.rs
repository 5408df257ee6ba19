//! What an edit of the configuration changes, as a sentence for the log.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use super::effective::{serve, store};
use super::key::{Keys, Note};
use super::keys::{LogKeys, PushKeys, ServeKeys, StoreKeys, StoreOptions, TopKeys};
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

/// Compares two configurations. A source is identified by its written name, or else by its address. If a source is gone
/// and a source with another name has its address, the source was renamed.
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
    let changed = new.outputs.iter().filter(|output| !old.outputs.contains(output));
    let gone = old.outputs.iter().filter(|output| new.outputs.iter().all(|known| known.name != output.name));
    diff.outputs.extend(changed.chain(gone).map(|output| output.name.clone()));
    diff.note_keys::<TopKeys>("", &old.top, &new.top);
    diff.note_keys::<ServeKeys>("", &serve(old), &serve(new));
    // Another spelling of the same path, such as `./w.db` for `w.db`, does not count as a change.
    let path = if old.store_path == new.store_path { &old.store_path } else { &new.store_path };
    let now = StoreOptions { path: Some(path.clone()), ..store(new) };
    diff.note_keys::<StoreKeys>("[store] ", &store(old), &now);
    diff.note("reading lists", old.lists != new.lists);
    diff.note("[poll]", old.poll != new.poll || old.defaults != new.defaults);
    diff.note("[stories]", old.stories != new.stories);
    diff.note("[[notify]]", old.notify != new.notify);
    diff.note_keys::<PushKeys>("[push] ", &old.push, &new.push);
    diff.note_keys::<LogKeys>("[log] ", &old.log, &new.log);
    diff
}

impl ConfigDiff {
    fn note(&mut self, name: &str, is_changed: bool) {
        self.settings.extend(is_changed.then(|| name.to_owned()));
    }

    /// Notes the keys of a table whose values differ. Masked values cannot be compared in this way.
    fn note_keys<K: Keys>(&mut self, table: &str, old: &K::Options, new: &K::Options) {
        for (key, _) in K::changed(new, old) {
            let name = format!("{table}{}", key.name);
            self.restart.extend((key.note == Note::Restart).then(|| name.clone()));
            self.settings.push(name);
        }
    }
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
        for (names, what) in [
            (listed(&self.outputs), "outputs changed"),
            (self.settings.join(", "), "settings changed"),
            (self.restart.join(", "), "takes effect after a restart"),
        ] {
            if !names.is_empty() {
                parts.push(format!("{what}: {names}"));
            }
        }
        if parts.is_empty() { f.write_str("no setting has changed") } else { f.write_str(&parts.join("; ")) }
    }
}

fn listed(names: &[String]) -> String {
    let shown = names[..names.len().min(NAMED)].join(", ");
    if names.len() > NAMED { format!("{shown} and {} more", names.len() - NAMED) } else { shown }
}
