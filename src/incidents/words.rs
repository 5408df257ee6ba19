//! An incident in words: what happened, since when, why, and what to do. Commands stand between backticks.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Ending, Incident, Kind};
use crate::config::{SourceConfig, without_logins};
use crate::model::{FeedMeta, Timestamp};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// An open incident in the status. It is in the record of `status --json`, so scripts rely on its keys and on those of its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenIncident {
    /// The name of its source; `None` for an incident of the installation.
    pub source: Option<String>,
    /// `failing`, `gone`, `moved`, `silent`, `flood`, `refused`, `disk` or `store`.
    pub kind: String,
    pub since: Timestamp,
    #[serde(flatten)]
    pub told: Wording,
}

/// An incident in words. Commands are between backticks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// A headline.
    pub title: String,
    /// What happened, and since when.
    pub happened: String,
    /// Why it happened, if that is known and may be told.
    pub why: Option<String>,
    /// What to do.
    pub remedy: String,
}

/// Tells an incident. `source` is the configuration of its source, and how the feed describes itself; None for an incident of the
/// installation. Secrets are removed.
pub fn tell(incident: &Incident, source: Option<(&SourceConfig, Option<&FeedMeta>)>) -> Wording {
    let since = time_in_words(incident.since);
    let Some((config, meta)) = source else { return of_installation(incident, &since) };
    let title = called(config, meta);
    match incident.ended {
        None => open(incident, config, &title, &since),
        Some(end) => ended(incident, config, &title, end),
    }
}

/// The title of a source: the configured one, or else the feed's own, or else its name.
pub fn called(config: &SourceConfig, meta: Option<&FeedMeta>) -> String {
    let own = meta.and_then(|meta| meta.title.as_deref()).map(|title| without_logins(title).into_owned());
    let title = config.options.title.clone().or(own).filter(|title| !title.trim().is_empty());
    title.unwrap_or_else(|| config.name.clone())
}

/// The detail of an incident as it may be shown. Errors of local files are left out, because they name paths of this machine.
fn shown(incident: &Incident, config: &SourceConfig) -> Option<String> {
    let detail = incident.detail.as_deref()?;
    match incident.kind {
        Kind::Moved => Some(Url::parse(detail).map_or_else(|_| config.scrub(detail), |url| config.shown_address(&url))),
        _ => (config.url.scheme() != "file").then(|| config.scrub(detail)),
    }
}

fn open(incident: &Incident, config: &SourceConfig, title: &str, since: &str) -> Wording {
    let (name, detail) = (&config.name, shown(incident, config));
    let (headline, happened, why, remedy) = match incident.kind {
        Kind::Gone => (
            "is gone",
            format!(
                "The server of {title} answers that the feed is gone for good (410). It has not been read since {since}."
            ),
            None,
            format!(
                "If the feed is elsewhere now, write its new address as the `url` of `{name}`. Otherwise `watershed tidy --apply` \
                 disables the source in the configuration; its entries stay."
            ),
        ),
        Kind::Moved => (
            "has moved",
            format!(
                "The address of {title} redirects for good to another address, which has been polled since {since}."
            ),
            detail.map(|to| format!("The new address: {to}")),
            format!(
                "`watershed tidy --apply` writes the new address into the configuration. Until then `{name}` is polled at the new \
                 address all the same."
            ),
        ),
        Kind::Silent => (
            "has fallen silent",
            format!(
                "The last entry of {title} came on {since}. By the rhythm that its entries had until then, many more should have \
                 come."
            ),
            Some("Its polls succeed, so its publisher has stopped, or goes on at another address.".to_owned()),
            format!(
                "See whether its site goes on elsewhere, and write the new address as the `url` of `{name}`. \
                 `watershed show {name}` shows its rhythm."
            ),
        ),
        Kind::Flood => (
            "floods",
            format!(
                "Since {since}, most entries of each document of {title} are new or rewritten. Live feeds show no more than a fair \
                 share of them until the source is calm again."
            ),
            None,
            format!(
                "Nothing needs to be done. If the source goes on like this, `per_source` in an [[output]] limits how many of its \
                 entries are shown, and `watershed show {name}` shows how many are new."
            ),
        ),
        // The other kinds are of the installation.
        Kind::Failing | Kind::Refused | Kind::Disk | Kind::Store => (
            "is failing",
            format!("Every poll of {title} has failed since {since}."),
            detail.map(|detail| format!("The last error: {detail}.")),
            format!(
                "`watershed show {name}` shows what is known of it, and `watershed poll --force {name}` tries again now. If the \
                 feed is elsewhere now, write its new address as its `url`."
            ),
        ),
    };
    Wording { title: format!("{title} {headline}"), happened, why, remedy }
}

fn ended(incident: &Incident, config: &SourceConfig, title: &str, (at, ending): (Timestamp, Ending)) -> Wording {
    let (since, until) = (time_in_words(incident.since), time_in_words(at));
    let span = span_in_words(at.since(incident.since));
    let (headline, happened) = match incident.kind {
        Kind::Gone => {
            (format!("is back after {span}"), format!("The feed of {title} was gone (410) from {since} until {until}."))
        }
        Kind::Moved => (
            "is no longer polled at another address".to_owned(),
            format!("The address of {title} led for good to another address from {since} until {until}."),
        ),
        Kind::Silent => {
            (format!("posts again after {span}"), format!("No entry of {title} came from {since} until {until}."))
        }
        Kind::Flood => {
            (format!("no longer floods after {span}"), format!("{title} flooded from {since} until {until}."))
        }
        Kind::Failing | Kind::Refused | Kind::Disk | Kind::Store => {
            (format!("has recovered after {span}"), format!("Every poll of {title} failed from {since} until {until}."))
        }
    };
    let headline = if ending == Ending::Dropped { "is no longer polled".to_owned() } else { headline };
    let detail = shown(incident, config);
    let why = match incident.kind {
        Kind::Failing => detail.map(|detail| format!("An error of that time: {detail}.")),
        Kind::Moved => detail.map(|to| format!("The other address: {to}")),
        _ => None,
    };
    let remedy = match ending {
        Ending::Recovered => "Nothing needs to be done.".to_owned(),
        Ending::Dropped => {
            format!("Nothing needs to be done: the configuration disables `{}`, or no longer names it.", config.name)
        }
    };
    Wording { title: format!("{title} {headline}"), happened, why, remedy }
}

fn of_installation(incident: &Incident, since: &str) -> Wording {
    if let Some((at, _)) = incident.ended {
        let (until, span) = (time_in_words(at), span_in_words(at.since(incident.since)));
        let (title, happened) = match incident.kind {
            Kind::Refused => (
                format!("The edited configuration is valid after {span}"),
                format!("The edited configuration had mistakes from {since} until {until}. It is in force now."),
            ),
            Kind::Disk => (
                format!("The disk of the database has room again after {span}"),
                format!("The disk of the database was nearly full from {since} until {until}."),
            ),
            _ => (
                format!("The database can be written again after {span}"),
                format!("No poll could be stored from {since} until {until}."),
            ),
        };
        return Wording { title, happened, why: None, remedy: "Nothing needs to be done.".to_owned() };
    }
    let detail = incident.detail.as_deref();
    let (title, happened, why, remedy) = match incident.kind {
        Kind::Refused => (
            "The edited configuration was refused",
            format!(
                "The configuration was edited and has had mistakes since {since}. The old configuration stays in force."
            ),
            detail.map(|place| format!("The first mistake: {place}.")),
            "`watershed check` shows every mistake. The edit is taken as soon as it is valid.",
        ),
        Kind::Disk => (
            "The disk of the database is nearly full",
            format!("The disk of the database has been nearly full since {since}."),
            detail.map(|free| format!("Room for the program when this was written: {free}.")),
            "Make room on the disk. If it becomes full, polling pauses, and stored entries are still served.",
        ),
        _ => (
            "The database cannot be written",
            format!("No poll could be stored since {since}. Polling pauses, and stored entries are still served."),
            None,
            "The log names the error. `df` shows whether the disk is full; the folder of the database must be writable.",
        ),
    };
    Wording { title: title.to_owned(), happened, why, remedy: remedy.to_owned() }
}

/// A time in words, in UTC: `29 November 2026, 06:47 UTC`.
pub fn time_in_words(time: Timestamp) -> String {
    time.to_chrono().format("%-d %B %Y, %H:%M UTC").to_string()
}

/// A span in its largest unit of which there are two or more: `2 days`, `30 hours`, `1 minute`.
pub fn span_in_words(span: Duration) -> String {
    let seconds = span.as_secs();
    let units = [(DAY, "day", 2), (HOUR, "hour", 2), (MINUTE, "minute", 1)];
    let fits = units.into_iter().find(|(length, _, least)| seconds >= length * least);
    let (number, unit) = fits.map_or((seconds, "second"), |(length, unit, _)| (seconds / length, unit));
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}
