//! `doctor`: looks for what keeps the installation from working, and names a command for each finding.
//!
//! It works beside a daemon and without one, changes nothing, and never migrates a database. It asks only sources that fail, and
//! only where a poll might ask them.

mod files;
mod network;
mod service;

use std::collections::HashSet;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::SOME_FAILED;
use super::check;
use super::print;
use super::progress::Progress;
use super::session::{Session, VerbResult, block_on, database_of, printed};
use crate::clock;
use crate::config::Config;
use crate::control::{End, ListQuery, Record, ShownRecord, StatusRecord, Verb};
use crate::logging::printable;
use crate::store::{Checked, Store, StoreError};
use crate::tell::ReceiverState;
use service::Running;

/// Most failing sources that are looked at; further sources are only counted.
const SOURCES_MAX: usize = 20;

/// What was looked at, by the name that is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Area(&'static str);

impl Area {
    const CONFIGURATION: Area = Area("configuration");
    const PERMISSIONS: Area = Area("permissions");
    const DISK: Area = Area("disk");
    const CLOCK: Area = Area("clock");
    const DATABASE: Area = Area("database");
    const SERVICE: Area = Area("service");
    const DAEMON: Area = Area("daemon");
    const DNS: Area = Area("dns");
    const TLS: Area = Area("tls");
    const PUBLIC_URL: Area = Area("public_url");
    const SOURCE: Area = Area("source");
    const RECEIVER: Area = Area("receiver");
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Ok,
    /// Worth knowing, but nothing has to be done.
    Note,
    Finding,
}

/// A line of the report. It is printed by `doctor --json` as it is, and scripts rely on its keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Line {
    check: Area,
    level: Level,
    /// The name of the source that a line about a source is about.
    source: Option<String>,
    text: String,
    /// The command that solves the problem, or that tells more about it.
    remedy: Option<String>,
}

/// The report, whose lines are printed as they come, because network checks may take a while.
struct Report<'s> {
    session: &'s Session,
    json: bool,
    findings: usize,
    printed: io::Result<()>,
    progress: Progress,
}

impl Report<'_> {
    fn ok(&mut self, check: Area, text: impl Into<String>) {
        self.add(Line { check, level: Level::Ok, source: None, text: text.into(), remedy: None });
    }

    fn note(&mut self, check: Area, text: impl Into<String>) {
        self.add(Line { check, level: Level::Note, source: None, text: text.into(), remedy: None });
    }

    fn finding(&mut self, check: Area, text: impl Into<String>, remedy: impl Into<String>) {
        let remedy = Some(remedy.into());
        self.add(Line { check, level: Level::Finding, source: None, text: text.into(), remedy });
    }

    fn add(&mut self, line: Line) {
        self.findings += usize::from(line.level == Level::Finding);
        let is_told = line.level == Level::Finding || !self.session.is_quiet();
        if self.printed.is_ok() && is_told {
            let print = || if self.json { print::json(&line) } else { print::text(&told(&line)) };
            self.printed = self.progress.line.around(print);
        }
    }

    /// A command that reads the same configuration as this one.
    fn command(&self, rest: &str) -> String {
        self.session.command(rest)
    }
}

/// A line for people, with further lines of its text and the remedy below it.
fn told(line: &Line) -> String {
    let level = match line.level {
        Level::Ok => "ok",
        Level::Note => "note",
        Level::Finding => "FINDING",
    };
    let mut out = String::new();
    let mut begin = format!("{level:<8} {:<14}", line.check.0);
    for text in line.text.lines() {
        out.push_str(&format!("{begin} {}\n", printable(text)));
        begin = " ".repeat(23);
    }
    if let Some(remedy) = &line.remedy {
        out.push_str(&format!("{begin} remedy: {}\n", printable(remedy)));
    }
    out
}

pub(super) fn doctor(session: &Session, json: bool) -> VerbResult {
    let path = session.config_path()?;
    let progress = Progress::new(session, json, "", 0);
    let mut report = Report { session, json, findings: 0, printed: Ok(()), progress };
    let config = configuration(&mut report);
    let database = match &config {
        Some(config) => config.store_path.clone(),
        None => database_of(&path),
    };
    if let Some(config) = &config {
        files::permissions(&mut report, config);
    }
    files::disk(&mut report, &database);
    report.progress.line.next("checking the pages of the database");
    let is_readable = block_on(async { Ok(integrity(&mut report, &database).await) })?;
    report.progress.line.next("asking the service and the daemon");
    let has_unit = service::unit(&mut report);
    let running = service::daemon(&mut report, &database, has_unit);
    let is_running = matches!(running, Running::Answers(_));
    // Without a daemon, the configuration is needed to ask the database. A daemon that does not answer is not asked again.
    let can_ask = is_running || (matches!(running, Running::No) && is_readable && config.is_some());
    let status = match running {
        Running::Answers(status) => Some(*status),
        Running::No if can_ask => status_record(&mut report, Area::DATABASE),
        Running::No | Running::Silent => None,
    };
    let latest = status.as_ref().and_then(|status| status.list.iter().filter_map(|it| it.source.last_poll).max());
    files::clock(&mut report, clock::now(), latest);
    if let Some(config) = &config {
        let failing = if can_ask { failing(&mut report) } else { Vec::new() };
        let paused: HashSet<String> =
            status.iter().flat_map(|status| &status.paused).map(|site| site.host.clone()).collect();
        report.progress.line.next("asking names, certificates and failing sources");
        block_on(async {
            network::look(&mut report, config, is_running, &failing, &paused).await;
            Ok(())
        })?;
    }
    for ReceiverState { name, way, progress, .. } in status.iter().flat_map(|status| &status.receivers) {
        let unknown = "the reason is not known";
        if let Some(since) = progress.failing_since {
            let why = progress.reason.as_deref().unwrap_or(unknown);
            let text = format!("{name}: nothing can be delivered by `{way}` since {since}: {why}");
            // What failed is tried again at once when the configuration is read again.
            report.finding(Area::RECEIVER, text, report.command("reload"));
        } else if let Some(at) = progress.last_dead.filter(|at| progress.last_delivered.is_none_or(|last| last < *at)) {
            let why = progress.dead_reason.as_deref().unwrap_or(unknown);
            report.note(Area::RECEIVER, format!("{name}: the last delivery by `{way}` was given up at {at}: {why}"));
        }
    }
    let Report { findings, printed: said, progress, .. } = report;
    drop(progress);
    printed(said)?;
    if findings == 0 {
        return Ok(End::done());
    }
    Ok(End { exit: SOME_FAILED.get(), message: print::counted(findings, "finding") })
}

/// Reports what `check` says of the configuration; `None` if the configuration has mistakes.
fn configuration(report: &mut Report<'_>) -> Option<Config> {
    let config = match report.session.config() {
        Ok(config) => config,
        Err(why) => {
            report.finding(Area::CONFIGURATION, print::plain(&why.message), report.command("check"));
            return None;
        }
    };
    let findings = report.findings;
    if let Some(why) = check::theme_mistake(&config) {
        report.finding(Area::CONFIGURATION, why, report.command("check"));
    }
    // Files that others may read are reported separately.
    let names_open_file = |note: &String| {
        config.open_files.iter().any(|path| note.contains("chmod") && note.contains(&path.display().to_string()))
    };
    for note in check::notes(&config).into_iter().filter(|note| !names_open_file(note)) {
        report.note(Area::CONFIGURATION, note);
    }
    if report.findings == findings {
        report.ok(Area::CONFIGURATION, check::valid(&config));
    }
    Some(config)
}

/// Checks the pages of the database. Returns whether it can be asked.
async fn integrity(report: &mut Report<'_>, database: &Path) -> bool {
    if !database.exists() {
        report.note(Area::DATABASE, format!("there is no database at {}", database.display()));
        return false;
    }
    let checked = match Store::open_for_reading(database) {
        Ok(store) => store.check(files::CHECK_WITHIN).await,
        Err(error) => Err(error),
    };
    match checked {
        Ok(Checked::Sound) => report.ok(Area::DATABASE, "its pages are sound"),
        Ok(Checked::Unfinished) => {
            let seconds = files::CHECK_WITHIN.as_secs();
            report.note(Area::DATABASE, format!("it is too large to be checked in {seconds} s"));
        }
        Ok(Checked::Damaged(what)) => {
            let text = format!("the database is damaged ({what}); stop watershed, and put a backup in its place");
            report.finding(Area::DATABASE, text, report.command("restore FILE"));
        }
        Err(error @ StoreError::Empty { .. }) => {
            report.finding(Area::DATABASE, error.to_string(), report.command("restore FILE"));
            return false;
        }
        Err(error @ StoreError::Older { .. }) => {
            report.note(Area::DATABASE, error.to_string());
            return false;
        }
        Err(error) => {
            let remedy = format!("ls -l {}", print::word(&database.display().to_string()));
            report.finding(Area::DATABASE, error.to_string(), remedy);
            return false;
        }
    }
    true
}

/// The status, from the daemon or from the database.
fn status_record(report: &mut Report<'_>, area: Area) -> Option<StatusRecord> {
    let status = |record| if let Record::Status(status) = record { Some(*status) } else { None };
    ask(report, area, Verb::Status).into_iter().find_map(status)
}

/// The sources that fail or are gone.
fn failing(report: &mut Report<'_>) -> Vec<ShownRecord> {
    let query = ListQuery { failing: true, ..ListQuery::default() };
    let name = |record| if let Record::Source(source) = record { Some(source.name) } else { None };
    let names: Vec<String> = ask(report, Area::DATABASE, Verb::List(query)).into_iter().filter_map(name).collect();
    if names.len() > SOURCES_MAX {
        let text = format!("{} more sources fail than the {SOURCES_MAX} below", names.len() - SOURCES_MAX);
        report.finding(Area::SOURCE, text, report.command("list --failing"));
    }
    let asked = names.into_iter().take(SOURCES_MAX).flat_map(|name| ask(report, Area::DATABASE, Verb::Show(name)));
    asked.filter_map(|record| if let Record::Shown(shown) = record { Some(*shown) } else { None }).collect()
}

/// Asks the daemon, or the database without a daemon. A failure is a finding about `area`.
fn ask(report: &mut Report<'_>, area: Area, verb: Verb) -> Vec<Record> {
    let mut records = Vec::new();
    let answered = report.session.answer(verb, |record| {
        records.push(record);
        Ok(())
    });
    if let Err(why) = answered {
        report.finding(area, print::plain(&why.message), report.command("status"));
        return Vec::new();
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_people_has_its_remedy_below() {
        let line = Line {
            check: Area::DISK,
            level: Level::Finding,
            source: None,
            text: "first\nsecond\u{1b}[31m".to_owned(),
            remedy: Some("df -h /".to_owned()),
        };
        let expected = "FINDING  disk           first\n                        second\u{fffd}[31m\n                        remedy: df -h /\n";
        assert_eq!(told(&line), expected);
    }
}
