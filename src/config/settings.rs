//! What a configuration sets: the keys that are not as by default, with their values as TOML, for the comparison of two
//! configurations. Secrets are masked, so that the settings may be stored and shown.

use std::collections::BTreeMap;

use super::key::{Keys, Note, Shown};
use super::keys::{
    AccessKeys, FetchKeys, LogKeys, NotifyKeys, OutputConfig, OutputKeys, PollKeys, PushKeys, ScheduleKeys, ServeKeys,
    SourceKeys, StoreKeys, StoreOptions, StoryKeys, TABLES, TopKeys,
};
use super::resolved::{Config, SourceConfig, SourceDefaults};

/// Keys with their values. The keys of a table that occurs once begin with the name of the table: `[serve] listen`. The
/// tables `[[notify]]` are numbered in the order written, because they have no names: `[[notify]] 1 exec`.
pub type Settings = BTreeMap<String, String>;

/// The sources that set keys of their own, with their settings, in the order of the configuration. What a source has in common
/// with `[poll]` is left out.
pub fn source_settings(config: &Config) -> impl Iterator<Item = (usize, Settings)> {
    // The options of a source that sets no keys.
    let (own, access) = (SourceKeys::defaults(), AccessKeys::defaults());
    let SourceDefaults { schedule, fetch } = &config.defaults;
    let polling_settings = move |source: &SourceConfig| {
        let mut settings = Settings::new();
        add::<ScheduleKeys>(&mut settings, "", &source.schedule, schedule);
        add::<FetchKeys>(&mut settings, "", &source.fetch, fetch);
        add::<AccessKeys>(&mut settings, "", &source.fetch.access, &access);
        settings
    };
    // There may be a hundred thousand sources. Most share all options with the sources that set nothing; many of the others share the
    // options of polling with the source before them.
    let mut plain: Option<&SourceConfig> = None;
    let mut polling: Option<(&SourceConfig, Settings)> = None;
    config.sources.iter().enumerate().filter_map(move |(number, source)| {
        if plain.is_some_and(|plain| plain.shares_options_of(source)) {
            return None;
        }
        if !polling.as_ref().is_some_and(|(before, _)| before.shares_polling_of(source)) {
            polling = Some((source, polling_settings(source)));
        }
        let mut settings = polling.as_ref().map(|(_, settings)| settings.clone()).unwrap_or_default();
        add::<SourceKeys>(&mut settings, "", &source.options, &own);
        if settings.is_empty() {
            plain = Some(source);
            return None;
        }
        Some((number, settings))
    })
}

/// The settings of an output, without its name.
pub fn output_settings(output: &OutputConfig) -> Settings {
    let mut settings = Settings::new();
    table::<OutputKeys>(&mut settings, "", output);
    settings.remove("name");
    settings
}

/// The settings that concern the whole installation. The path of the database is left out, because every database has its own
/// settings.
pub fn settings(config: &Config) -> Settings {
    let mut settings = Settings::new();
    table::<TopKeys>(&mut settings, "", &config.top);
    table::<ServeKeys>(&mut settings, "[serve] ", &config.serve);
    table::<StoreKeys>(&mut settings, "[store] ", &StoreOptions { path: None, ..config.store.clone() });
    table::<ScheduleKeys>(&mut settings, "[poll] ", &config.defaults.schedule);
    table::<FetchKeys>(&mut settings, "[poll] ", &config.defaults.fetch);
    table::<PollKeys>(&mut settings, "[poll] ", &config.poll);
    table::<StoryKeys>(&mut settings, "[stories] ", &config.stories);
    table::<PushKeys>(&mut settings, "[push] ", &config.push);
    for (number, notify) in (1..).zip(&config.notify) {
        table::<NotifyKeys>(&mut settings, &format!("[[notify]] {number} "), notify);
    }
    table::<LogKeys>(&mut settings, "[log] ", &config.log);
    if !config.lists.is_empty() {
        let lists = Shown::list(config.lists.iter().map(|list| &*list.shown));
        settings.insert("[[include]] opml".to_owned(), lists.into_text());
    }
    settings
}

/// Whether a changed setting of the installation takes effect only after a restart.
pub fn needs_restart(setting: &str) -> bool {
    let Some((table, name)) = setting.split_once(' ') else { return false };
    let keys = TABLES.iter().filter(|shape| shape.what == table).flat_map(|shape| shape.keys.iter());
    keys.flat_map(|keys| keys.iter()).any(|key| key.name == name && key.note == Note::Restart)
}

fn table<K: Keys>(settings: &mut Settings, table: &str, options: &K::Options) {
    add::<K>(settings, table, options, &K::defaults());
}

/// Adds the keys whose values are not the usual ones.
fn add<K: Keys>(settings: &mut Settings, table: &str, options: &K::Options, usual: &K::Options) {
    for (key, shown) in K::changed(options, usual) {
        let value = shown.map_or_else(|| "not set".to_owned(), Shown::into_text);
        settings.insert(format!("{table}{}", key.name), value);
    }
}
