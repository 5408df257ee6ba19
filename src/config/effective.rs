//! The effective configuration as TOML, with all defaults. Keys whose values are secret are comments with `***`, because the
//! mask would be taken for the value if the text were used as a configuration.

use super::key::{Keys, Shown};
use super::keys::{
    AccessKeys, AddressKeys, AddressOptions, FetchKeys, LogKeys, NotifyKeys, OutputKeys, PollKeys, PushKeys,
    ScheduleKeys, ScheduleOptions, ServeKeys, ServeOptions, SourceKeys, StoreKeys, StoreOptions, StoryKeys, TopKeys,
};
use super::resolved::Config;
use crate::logging::printable;

/// The effective configuration as a TOML document.
pub fn effective(config: &Config) -> String {
    let mut out = TomlText::default();
    out.line(
        "# The effective configuration. Keys with secrets are comments in which *** stands for the secret: write them again\n\
         # before you use this text as a configuration. Keys without effect in this version are left out.",
    );
    out.keys::<TopKeys>(&config.top);
    out.line("\n[serve]");
    out.keys::<ServeKeys>(&serve(config));
    out.line("\n[store]");
    out.keys::<StoreKeys>(&store(config));
    out.line("\n[poll]");
    out.schedule(&config.defaults.schedule);
    out.keys::<FetchKeys>(&config.defaults.fetch);
    out.keys::<PollKeys>(&config.poll);
    out.line("\n[stories]");
    out.keys::<StoryKeys>(&config.stories);
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
        let is_masked = !source.is_shown_whole();
        let address = AddressOptions { url: Some(source.public_url().to_owned()), name: Some(source.name.clone()) };
        out.keys_but::<AddressKeys>(&address, is_masked.then_some(("url", "")));
        out.keys::<SourceKeys>(&source.options);
        out.schedule(&source.schedule);
        out.keys::<FetchKeys>(&source.fetch);
        out.keys::<AccessKeys>(&source.fetch.access);
    }
    for output in &config.outputs {
        out.line("\n[[output]]");
        out.keys::<OutputKeys>(output);
    }
    out.0
}

/// `[serve]` with the address that readers use, even if the file does not set it.
pub(super) fn serve(config: &Config) -> ServeOptions {
    ServeOptions { public_url: Some(config.public_url.clone()), ..config.serve.clone() }
}

/// `[store]` with the path of the database, even if the file does not set it.
pub(super) fn store(config: &Config) -> StoreOptions {
    StoreOptions { path: Some(config.store_path.clone()), ..config.store.clone() }
}

#[derive(Default)]
struct TomlText(String);

impl TomlText {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn keys<K: Keys>(&mut self, options: &K::Options) {
        self.keys_but::<K>(options, None);
    }

    /// Writes the keys, one of them as a comment if `comment` names it and gives the remark behind its value.
    fn keys_but<K: Keys>(&mut self, options: &K::Options, comment: Option<(&str, &str)>) {
        for (key, shown) in K::KEYS.iter().zip(K::shown(options)) {
            let name = key.name;
            let remark = comment.filter(|(commented, _)| *commented == name).map(|(_, remark)| remark);
            self.line(&match (shown, remark) {
                (Some(Shown::Value(value)), None) => format!("{name} = {value}"),
                (Some(Shown::Value(value) | Shown::Comment(value)), _) => {
                    format!("#{name} = {value}{}", remark.unwrap_or_default())
                }
                (None, _) => format!("#{name} (not set)"),
            });
        }
    }

    fn schedule(&mut self, schedule: &ScheduleOptions) {
        // The value is written as a comment, because a written floor, unlike the built-in floor, never falls.
        let floor = (!schedule.min_every_written).then_some(("min_every", " (built in)"));
        self.keys_but::<ScheduleKeys>(schedule, floor);
    }
}
