//! What `doctor` sees of the service: the unit file of systemd, and the running daemon.

use std::io;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use super::{Area, Report, status_record};
use crate::config::process_env;
use crate::control::{StatusRecord, socket_candidates};
use crate::logging::printable;

/// The folders of systemd's units, the first of which counts (systemd.unit(5)).
const UNIT_FOLDERS: [&str; 5] = [
    "/etc/systemd/system",
    "/run/systemd/system",
    "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system",
    "/lib/systemd/system",
];
const UNIT: &str = "watershed.service";
/// The unit of this version.
const SHIPPED: &str = include_str!("../../../systemd/watershed.service");
/// This folder exists if systemd runs the machine (sd_booted(3)).
const BOOTED: &str = "/run/systemd/system";
/// Most missing settings of a unit that a finding names.
const LACKING_TOLD: usize = 5;

/// Looks at the unit file. Returns whether there is a unit.
pub(super) fn unit(report: &mut Report<'_>) -> bool {
    let found = UNIT_FOLDERS.iter().map(|folder| Path::new(folder).join(UNIT)).find(|path| path.is_file());
    let Some(path) = found else {
        if Path::new(BOOTED).is_dir() {
            report
                .note(Area::SERVICE, "systemd has no unit watershed.service, so it does not start watershed by itself");
        }
        return false;
    };
    let shown = path.display();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            report.note(Area::SERVICE, format!("the unit {shown} cannot be read: {error}"));
            return true;
        }
    };
    let findings = report.findings;
    if let Some(program) = program(&text).filter(|program| !program.is_file()) {
        let text = format!("the unit {shown} starts {}, which is not there", program.display());
        report.finding(Area::SERVICE, text, format!("systemctl edit --full {UNIT}"));
    }
    let lacking = lacking(&text, SHIPPED);
    if !lacking.is_empty() {
        let (named, more) = lacking.split_at(lacking.len().min(LACKING_TOLD));
        let named = named.join(", ");
        let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
        let text = format!("the unit {shown} is older than this program: it lacks {named}{more}");
        report.finding(
            Area::SERVICE,
            text,
            format!("install the unit of this version, then: systemctl daemon-reload && systemctl restart {UNIT}"),
        );
    }
    if report.findings == findings {
        report.ok(Area::SERVICE, format!("the unit {shown} is that of this version"));
    }
    true
}

/// The program that a unit starts, if the unit names it with its folder.
fn program(unit: &str) -> Option<PathBuf> {
    let command = unit.lines().find_map(|line| line.trim().strip_prefix("ExecStart="))?;
    let word = command.trim_start_matches(['-', '@', ':', '+', '!']).split_whitespace().next()?;
    Some(PathBuf::from(word)).filter(|path| path.is_absolute())
}

/// The settings of the shipped unit that another unit does not mention.
fn lacking<'s>(unit: &str, shipped: &'s str) -> Vec<&'s str> {
    let known: Vec<&str> = keys(unit).collect();
    let mut lacking: Vec<&str> = keys(shipped).filter(|key| !known.contains(key)).collect();
    lacking.dedup();
    lacking
}

fn keys(unit: &str) -> impl Iterator<Item = &str> {
    let lines = unit.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';', '[']));
    lines.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim())
}

/// Whether a daemon runs.
pub(super) enum Running {
    No,
    /// The daemon can be reached, but does not answer as it should.
    Silent,
    Answers(Box<StatusRecord>),
}

/// Looks at the running daemon.
pub(super) fn daemon(report: &mut Report<'_>, database: &Path, has_unit: bool) -> Running {
    if !matches!(report.session.daemon(), Ok(Some(_))) {
        absent(report, database, has_unit);
        return Running::No;
    }
    let Some(status) = status_record(report, Area::DAEMON) else { return Running::Silent };
    let findings = report.findings;
    if status.version != env!("CARGO_PKG_VERSION") {
        let text = format!("the daemon is version {}, this program {}", status.version, env!("CARGO_PKG_VERSION"));
        report.finding(Area::DAEMON, text, format!("systemctl restart {UNIT}"));
    }
    if let Some(trouble) = &status.trouble {
        let remedy = if has_unit { format!("journalctl -u {UNIT} -n 50") } else { report.command("status") };
        report.finding(Area::DAEMON, trouble.clone(), remedy);
    }
    // The daemon itself notices this within seconds.
    if status.trouble.is_none() && !database.exists() {
        let text = format!(
            "it runs, but its database {} is not there any more: stop the daemon before you put a backup back",
            database.display()
        );
        report.finding(Area::DAEMON, text, report.command("restore BACKUP"));
    }
    if let Some(refused) = &status.refused {
        let why = refused.message.as_deref().unwrap_or_default();
        let text = format!("the edited configuration was refused:\n{why}");
        report.finding(Area::DAEMON, text, report.command("check"));
    }
    // Sources and the refused configuration are reported separately.
    for incident in status.incidents.iter().filter(|incident| incident.source.is_none() && incident.kind != "refused") {
        let remedy = command_in(&incident.told.remedy).map_or_else(|| report.command("status"), str::to_owned);
        report.finding(Area::DAEMON, format!("{}\n{}", printable(&incident.told.title), incident.told.remedy), remedy);
    }
    if report.findings == findings {
        report.ok(Area::DAEMON, format!("it runs and answers, version {}", status.version));
    }
    Running::Answers(Box::new(status))
}

fn absent(report: &mut Report<'_>, database: &Path, has_unit: bool) {
    let config = report.session.config_path().unwrap_or_default();
    let config = std::fs::canonicalize(&config).unwrap_or(config);
    let sockets = socket_candidates(&config, database, process_env("RUNTIME_DIRECTORY").as_deref());
    let is_denied = |socket: &PathBuf| {
        UnixStream::connect(socket).is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied)
    };
    if let Some(socket) = sockets.iter().find(|socket| is_denied(socket)) {
        let remedy = format!("sudo {}", report.command("doctor"));
        report.finding(Area::DAEMON, format!("this user may not speak to the daemon at {}", socket.display()), remedy);
    } else if has_unit {
        report.finding(
            Area::DAEMON,
            "no daemon answers, but systemd has a unit for it",
            format!("systemctl start {UNIT}"),
        );
    } else {
        report.note(
            Area::DAEMON,
            "no daemon runs with this configuration: `watershed run` starts one, `watershed poll` does without",
        );
    }
}

/// The first command of a text, where commands stand between backticks.
fn command_in(text: &str) -> Option<&str> {
    text.split('`').skip(1).step_by(2).find(|command| command.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        assert!(lacking(SHIPPED, SHIPPED).is_empty());
        let old = "[Unit]\nDescription=x\n[Service]\nType=notify\nExecStart=/usr/bin/watershed run\n";
        let lacking = lacking(old, SHIPPED);
        assert!(lacking.contains(&"WatchdogSec") && !lacking.contains(&"Type"), "{lacking:?}");
        assert_eq!(program(old), Some(PathBuf::from("/usr/bin/watershed")));
        assert_eq!(program("ExecStart=-/opt/w run"), Some(PathBuf::from("/opt/w")));
        assert_eq!(program(SHIPPED), None, "systemd looks for it");
    }

    #[test]
    fn commands_stand_between_backticks() {
        assert_eq!(command_in("Set `url`, then `watershed poll a`."), Some("watershed poll a"));
        assert_eq!(command_in("Nothing needs to be done."), None);
    }
}
