//! A main file as it is written: each value checked for itself, none yet against another.

use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use super::context::{Context, Place, Written};
use super::keys::{
    INCLUDE_KEYS, LOG_KEYS, OUTPUT_KEYS, POLL_KEYS, PUSH_KEYS, SERVE_KEYS, STORE_KEYS, STORIES_KEYS, TOP, TOP_KEYS,
};
use super::limits::{
    MAX_CONCURRENCY, MAX_HOST_GAP, MAX_INCLUDED_FILES, MAX_KEEP, MAX_LIST, MAX_OUTPUT_ENTRIES, MAX_OUTPUT_SIZE,
    MAX_OUTPUTS, MAX_PER_HOST, MAX_SOURCES, MIN_OUTPUT_SIZE, NO_TIME, YEAR,
};
use super::names::RESERVED;
use super::raw_source::{RawRates, RawSources, name, rates, tags, title};
use super::reader::Table;
use super::resolved::{ContentMode, Listen, LogFormat};
use super::secret::Secret;
use super::secret_value::secret_or_none;
use super::span::parse_span;
use super::{address, rules};
use crate::model::FilterRule;
use crate::stories::Reach;

#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) title: Option<String>,
    pub(super) serve: RawServe,
    pub(super) store_path: Option<PathBuf>,
    pub(super) poll: RawPoll,
    pub(super) reach: Option<Reach>,
    pub(super) story_window: Option<Duration>,
    pub(super) log_level: Option<String>,
    pub(super) log_format: Option<LogFormat>,
    pub(super) sources: RawSources,
    pub(super) outputs: Vec<RawOutput>,
    /// Patterns of files to be included.
    pub(super) includes: Vec<Written<String>>,
    /// Keys with a value that would do something, if it were built, with their table.
    pub(super) without_effect: Vec<&'static str>,
}

#[derive(Debug, Default)]
pub(super) struct RawServe {
    pub(super) listen: Option<Listen>,
    pub(super) public_url: Option<Url>,
    pub(super) hosts: Vec<String>,
    pub(super) max_age: Option<Duration>,
    pub(super) files: Option<PathBuf>,
}

#[derive(Debug, Default)]
pub(super) struct RawPoll {
    pub(super) rates: RawRates,
    pub(super) concurrency: Option<u64>,
    pub(super) per_host: Option<u64>,
    pub(super) host_gap: Option<Duration>,
    pub(super) contact: Option<String>,
}

#[derive(Debug)]
pub(super) struct RawOutput {
    pub(super) name: Option<Written<String>>,
    pub(super) title: Option<String>,
    pub(super) tags: Vec<Written<String>>,
    pub(super) sources: Vec<Written<String>>,
    pub(super) entries: Option<u64>,
    pub(super) max_size: Option<u64>,
    pub(super) per_source: Option<u64>,
    pub(super) content: Option<ContentMode>,
    pub(super) title_prefix: Option<String>,
    pub(super) token: Option<Secret>,
    pub(super) filter: Vec<FilterRule>,
}

/// Reads the main file, but for its sources.
pub(super) fn main_file(cx: &mut Context<'_>, top: &Table<'_>) -> Raw {
    let mut raw = Raw { title: title(cx, top), ..Raw::default() };
    if let Some(table) = top.table(cx, "serve", "[serve]", SERVE_KEYS) {
        serve(cx, &table, &mut raw);
    }
    if let Some(table) = top.table(cx, "store", "[store]", STORE_KEYS) {
        store(cx, &table, &mut raw);
    }
    if let Some(table) = top.table(cx, "poll", "[poll]", POLL_KEYS) {
        raw.poll = poll(cx, &table);
    }
    if let Some(table) = top.table(cx, "stories", "[stories]", STORIES_KEYS) {
        let matched = table.word(cx, "match", &["off", "link", "near"]);
        raw.reach = matched.map(|word| match word.value {
            "off" => Reach::Off,
            "link" => Reach::Link,
            _ => Reach::Near,
        });
        let window = table.span(cx, "window", Duration::from_secs(3600)..=YEAR);
        raw.story_window = window.map(|window| window.value);
    }
    if let Some(table) = top.table(cx, "push", "[push]", PUSH_KEYS) {
        let hub = address::hub(cx, &table);
        raw.note("`hub` in [push]", hub);
        let subscribe = table.boolean(cx, "subscribe");
        raw.note("`subscribe` in [push]", subscribe.is_some());
    }
    if let Some(table) = top.table(cx, "log", "[log]", LOG_KEYS) {
        log(cx, &table, &mut raw);
    }
    let outputs = top.tables(cx, "output", "[[output]]", OUTPUT_KEYS, MAX_OUTPUTS);
    raw.outputs = outputs.iter().map(|table| output(cx, table)).collect();
    for table in top.tables(cx, "include", "[[include]]", INCLUDE_KEYS, MAX_INCLUDED_FILES) {
        if table.get("path").is_none() {
            cx.error(&table.place, "this [[include]] has no `path`");
        }
        raw.includes.extend(table.string(cx, "path"));
    }
    raw
}

/// The main file's table.
pub(super) fn top<'t>(cx: &mut Context<'_>, map: &'t toml::de::DeTable<'t>, place: Place) -> Table<'t> {
    Table::new(cx, map, place, TOP, TOP_KEYS)
}

impl Raw {
    fn note(&mut self, key: &'static str, used: bool) {
        if used {
            self.without_effect.push(key);
        }
    }
}

fn serve(cx: &mut Context<'_>, table: &Table<'_>, raw: &mut Raw) {
    let files = table.string(cx, "files").filter(|files| !files.value.is_empty());
    raw.serve = RawServe {
        files: files.map(|files| cx.relative_to(&files.place, &files.value)),
        listen: address::listen(cx, table),
        public_url: address::public_url(cx, table),
        hosts: address::hosts(cx, table),
        max_age: table.span(cx, "max_age", NO_TIME..=YEAR).map(|span| span.value),
    };
    let metrics = table.boolean(cx, "metrics");
    raw.note("`metrics` in [serve]", metrics.is_some());
}

fn store(cx: &mut Context<'_>, table: &Table<'_>, raw: &mut Raw) {
    if let Some(path) = table.string(cx, "path").filter(|path| !path.value.is_empty()) {
        raw.store_path = Some(cx.relative_to(&path.place, &path.value));
    }
    if let Some(Written { value, place }) = table.string(cx, "keep") {
        raw.note("`keep` in [store]", true);
        let bounds = Duration::from_secs(86_400)..=MAX_KEEP;
        if value != "forever" && !parse_span(&value).is_ok_and(|span| bounds.contains(&span)) {
            cx.error(&place, "`keep` is \"forever\" or a span from \"1d\" to \"36500d\"");
        }
    }
    let keep_min = table.number(cx, "keep_min", 0..=1_000_000);
    raw.note("`keep_min` in [store]", keep_min.is_some());
}

fn poll(cx: &mut Context<'_>, table: &Table<'_>) -> RawPoll {
    RawPoll {
        rates: rates(cx, table),
        concurrency: table.number(cx, "concurrency", 1..=MAX_CONCURRENCY).map(|number| number.value),
        per_host: table.number(cx, "per_host", 1..=MAX_PER_HOST).map(|number| number.value),
        host_gap: table.span(cx, "host_gap", NO_TIME..=MAX_HOST_GAP).map(|span| span.value),
        contact: address::contact(cx, table),
    }
}

fn log(cx: &mut Context<'_>, table: &Table<'_>, raw: &mut Raw) {
    if let Some(level) = table.string(cx, "level") {
        match tracing_subscriber::EnvFilter::try_new(&level.value) {
            Ok(_) if !level.value.trim().is_empty() => raw.log_level = Some(level.value),
            _ => {
                let help = "\"error\", \"warn\", \"info\", \"debug\", \"trace\", or \"info,watershed::fetch=debug\"";
                cx.error_with_help(&level.place, "`level` is no level and no filter", Some(help.to_owned()));
            }
        }
    }
    raw.log_format = table.word(cx, "format", &["auto", "text", "json", "journald"]).map(|word| match word.value {
        "text" => LogFormat::Text,
        "json" => LogFormat::Json,
        "journald" => LogFormat::Journald,
        _ => LogFormat::Auto,
    });
}

fn output(cx: &mut Context<'_>, table: &Table<'_>) -> RawOutput {
    if table.get("name").is_none() {
        cx.error(&table.place, "this [[output]] has no `name`");
    }
    let mut name = name(cx, table);
    if let Some(reserved) = name.take_if(|name| RESERVED.contains(&name.value.as_str())) {
        let help = format!("these names have addresses of their own: {}", RESERVED.join(", "));
        cx.error_with_help(&reserved.place, format!("an output may not be called `{}`", reserved.value), Some(help));
    }
    RawOutput {
        name,
        title: title(cx, table),
        tags: tags(cx, table),
        sources: table.strings(cx, "sources", MAX_SOURCES.min(MAX_LIST)).unwrap_or_default(),
        entries: table.number(cx, "entries", 1..=MAX_OUTPUT_ENTRIES).map(|number| number.value),
        max_size: table.size(cx, "max_size", MIN_OUTPUT_SIZE..=MAX_OUTPUT_SIZE).map(|size| size.value),
        per_source: table.number(cx, "per_source", 0..=MAX_OUTPUT_ENTRIES).map(|number| number.value),
        content: table.word(cx, "content", &["full", "summary", "none"]).map(|word| match word.value {
            "summary" => ContentMode::Summary,
            "none" => ContentMode::None,
            _ => ContentMode::Full,
        }),
        title_prefix: table.string(cx, "title_prefix").map(|prefix| prefix.value),
        token: secret_or_none(cx, table, "token").map(|token| token.value),
        filter: rules::filter(cx, table),
    }
}
