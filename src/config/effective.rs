//! The effective configuration as TOML, with all defaults. Keys whose values are secret are comments with `***`, because the
//! mask would be taken for the value if the text were used as a configuration.

use super::key::{Keys, Shown};
use super::keys::{
    AccessKeys, AddressKeys, AddressOptions, LogKeys, NotifyKeys, OutputKeys, PollKeys, PushKeys, RateKeys,
    RateOptions, ServeKeys, ServeOptions, SourceKeys, StoreKeys, StoreOptions, StoryKeys, StorySettings, TopKeys,
    TopOptions,
};
use super::resolved::{Config, FetchOptions, ScheduleOptions, SourceConfig};
use crate::logging::printable;

/// The effective configuration as a TOML document.
pub fn effective(config: &Config) -> String {
    let mut out = TomlText::default();
    out.line(
        "# The effective configuration. Keys with secrets are comments in which *** stands for the secret: write them again\n\
         # before you use this text as a configuration. Keys without effect in this version are left out.",
    );
    out.keys::<TopKeys>(&TopOptions { title: config.title.clone() });
    out.line("\n[serve]");
    out.keys::<ServeKeys>(&serve(config));
    out.line("\n[store]");
    out.keys::<StoreKeys>(&StoreOptions { path: Some(config.store_path.clone()), ..config.store.clone() });
    out.line("\n[poll]");
    out.rates(&config.defaults.schedule, &config.defaults.fetch, config.defaults.max_entries);
    out.keys::<PollKeys>(&config.poll);
    out.line("\n[stories]");
    out.keys::<StoryKeys>(&StorySettings { reach: config.stories.reach, window: config.stories.window });
    out.line("\n[push]");
    out.keys::<PushKeys>(&config.push);
    for notify in &config.notify {
        out.line("\n[[notify]]");
        out.keys::<NotifyKeys>(notify);
    }
    out.line("\n[log]");
    out.keys::<LogKeys>(&config.log);
    for source in &config.sources {
        out.line("\n[[source]]");
        if let Some(list) = &source.list {
            out.line(&format!("# It comes from the reading list {}.", printable(list)));
        }
        out.address(source);
        out.keys::<SourceKeys>(&source.options);
        out.rates(&source.schedule, &source.fetch, source.max_entries);
        out.keys::<AccessKeys>(&source.fetch.access);
    }
    for output in &config.outputs {
        out.line("\n[[output]]");
        out.keys::<OutputKeys>(output);
    }
    out.0
}

/// `[serve]` with the address that readers use, also if that is not written.
pub(super) fn serve(config: &Config) -> ServeOptions {
    ServeOptions { public_url: Some(config.public_url.clone()), ..config.serve.clone() }
}

/// The keys that `[poll]` and sources share, put together again.
pub(super) fn rates(schedule: &ScheduleOptions, fetch: &FetchOptions, max_entries: usize) -> RateOptions {
    RateOptions {
        every: schedule.every,
        min_every: schedule.min_every,
        max_every: schedule.max_every,
        timeout: fetch.timeout,
        max_body: fetch.max_body,
        max_entries,
        proxy: fetch.proxy.clone(),
        allow_networks: fetch.allow_networks.clone(),
    }
}

#[derive(Default)]
struct TomlText(String);

impl TomlText {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn keys<K: Keys>(&mut self, options: &K::Options) {
        for (key, shown) in K::KEYS.iter().zip(K::shown(options)) {
            self.key(key.name, shown);
        }
    }

    fn address(&mut self, source: &SourceConfig) {
        let is_masked = source.public_url != source.url.as_str();
        let (url, name) = (Some(source.public_url.clone()), Some(source.name.clone()));
        for (key, shown) in AddressKeys::KEYS.iter().zip(AddressKeys::shown(&AddressOptions { url, name })) {
            let shown = match shown {
                Some(Shown::Value(url)) if key.name == "url" && is_masked => Some(Shown::Comment(url)),
                shown => shown,
            };
            self.key(key.name, shown);
        }
    }

    fn rates(&mut self, schedule: &ScheduleOptions, fetch: &FetchOptions, max_entries: usize) {
        for (key, shown) in RateKeys::KEYS.iter().zip(RateKeys::shown(&rates(schedule, fetch, max_entries))) {
            let shown = match shown {
                // The value is written as a comment, because a written floor, unlike the built-in floor, never falls.
                Some(Shown::Value(floor)) if key.name == "min_every" && !schedule.min_every_written => {
                    Some(Shown::Comment(format!("{floor} (built in)")))
                }
                shown => shown,
            };
            self.key(key.name, shown);
        }
    }

    fn key(&mut self, name: &str, shown: Option<Shown>) {
        self.line(&match shown {
            Some(Shown::Value(value)) => format!("{name} = {value}"),
            Some(Shown::Comment(value)) => format!("#{name} = {value}"),
            None => format!("#{name} (not set)"),
        });
    }
}
