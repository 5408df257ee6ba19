//! `level` of `[log]`: a level, or a filter in the form of tracing's directives. Levels and targets are checked, because a filter with a
//! misspelt word is valid, but silences the log.

use serde_json::Value;
use tracing_subscriber::EnvFilter;

use super::context::{Context, Written};
use super::key::{Describe, Kind, Shown, kind, string};
use super::keys::nearest;
use super::reader::Table;

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
/// The crate of this program, whose rooms are the targets of its log.
const OWN: &str = env!("CARGO_CRATE_NAME");
/// The file that names the rooms.
const ROOMS: &str = include_str!("../lib.rs");
/// Libraries that write to the log.
const LIBRARIES: [&str; 7] = ["h2", "hyper", "hyper_util", "mio", "reqwest", "rustls", "tokio"];

kind! {
    /// `level`: a level, or a filter of tracing's directive form.
    LogFilter: String,
    "\"off\", \"error\", \"warn\", \"info\", \"debug\", \"trace\", or a filter such as \"info,watershed::fetch=debug\"",
    string(),
    log_filter,
    Shown::text
}

fn log_filter(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<String> {
    let Written { value, place } = table.string(cx, key)?;
    let usual = || "\"error\", \"warn\", \"info\", \"debug\", \"trace\", or \"info,watershed::fetch=debug\"".to_owned();
    if value.trim().is_empty() || EnvFilter::try_new(&value).is_err() {
        return cx.refuse_with_help(&place, format!("`{key}` is neither a level nor a filter"), usual());
    }
    if let Some(Unknown { what, word, meant }) = value.split(',').find_map(unknown) {
        let help = meant.map_or_else(usual, |meant| format!("did you mean \"{meant}\"?"));
        return cx.refuse_with_help(&place, format!("`{key}`: {word:?} is not a {what}"), help);
    }
    Some(value)
}

/// A word of a filter that means nothing.
#[derive(Debug, PartialEq, Eq)]
struct Unknown {
    what: &'static str,
    word: String,
    meant: Option<String>,
}

/// The first word of a directive (`TARGET[SPAN]=LEVEL`, each part optional) that is neither a level nor a target.
fn unknown(directive: &str) -> Option<Unknown> {
    let directive = directive.trim();
    // A span stands in brackets, and may contain equals signs.
    let (target, level) = match (directive.split_once('['), directive.rsplit_once(']')) {
        (Some((target, _)), Some((_, behind))) => (target, behind.strip_prefix('=')),
        _ => match directive.split_once('=') {
            Some((target, level)) => (target, Some(level)),
            None if is_level(directive) => return None,
            None => (directive, None),
        },
    };
    if let Some(level) = level.filter(|level| !is_level(level)) {
        return Some(Unknown { what: "log level", word: level.to_owned(), meant: level_meant(level) });
    }
    if target.is_empty() || is_target(target) {
        return None;
    }
    // A word alone is probably meant as a level.
    let meant = if level.is_none() { level_meant(target) } else { None };
    let what = if level.is_none() { "log level or target" } else { "target of the log" };
    Some(Unknown { what, word: target.to_owned(), meant: meant.or_else(|| target_meant(target)) })
}

fn is_level(word: &str) -> bool {
    // Filters may also have the levels as numbers, from 0 for "off" to 5 for "trace".
    LEVELS.iter().any(|level| level.eq_ignore_ascii_case(word)) || matches!(word, "0" | "1" | "2" | "3" | "4" | "5")
}

/// The level that was meant by a longer or shorter word, such as "warning" or "err", or by a misspelt word.
fn level_meant(word: &str) -> Option<String> {
    let word = word.to_ascii_lowercase();
    let is_like = |level: &&&str| !word.is_empty() && (word.starts_with(**level) || level.starts_with(word.as_str()));
    let alike = LEVELS.iter().find(is_like).copied();
    alike.or_else(|| nearest(&word, LEVELS)).map(str::to_owned)
}

fn rooms() -> impl Iterator<Item = &'static str> {
    let names = ROOMS.lines().filter_map(|line| line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("mod ")));
    names.filter_map(|rest| rest.strip_suffix(';'))
}

fn is_target(target: &str) -> bool {
    let mut parts = target.split("::");
    match parts.next() {
        Some(OWN) => parts.next().is_none_or(|room| rooms().any(|known| known == room)),
        Some(library) => LIBRARIES.contains(&library),
        None => false,
    }
}

fn target_meant(target: &str) -> Option<String> {
    if let Some(room) = rooms().find(|room| target == *room || target.starts_with(&format!("{room}::"))) {
        return Some(format!("{OWN}::{room}"));
    }
    let own = rooms().map(|room| format!("{OWN}::{room}"));
    let all: Vec<String> = own.chain([OWN.to_owned()]).chain(LIBRARIES.map(str::to_owned)).collect();
    nearest(target, all.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters() {
        for right in [
            "info",
            "WARN",
            "off",
            "3",
            "info,watershed::fetch=debug",
            "watershed=trace,hyper=info",
            "watershed::poll::digest",
            "warn, watershed::store=debug",
            "[poll{name=a}]=debug",
            "watershed[poll]",
        ] {
            assert_eq!(right.split(',').find_map(unknown), None, "{right}");
        }
        let check = |wrong: &str, word: &str, meant: Option<&str>| {
            let found = wrong.split(',').find_map(unknown).unwrap_or_else(|| panic!("{wrong} is wrong"));
            assert_eq!((found.word.as_str(), found.meant.as_deref()), (word, meant), "{wrong}");
        };
        check("warning", "warning", Some("warn"));
        check("err", "err", Some("error"));
        check("ifno", "ifno", Some("info"));
        check("loud", "loud", None);
        check("info,watershed::fetch=verbose", "verbose", None);
        check("info,watershed::fetch=dbug", "dbug", Some("debug"));
        check("info,watershed::fecth=debug", "watershed::fecth", Some("watershed::fetch"));
        check("fetch=debug", "fetch", Some("watershed::fetch"));
        check("watershd=debug", "watershd", Some("watershed"));
    }

    #[test]
    fn the_rooms_are_found() {
        assert!(["fetch", "store", "text"].iter().all(|room| rooms().any(|known| known == *room)));
    }
}
