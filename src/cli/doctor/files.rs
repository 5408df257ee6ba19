//! What `doctor` sees of the machine: permissions of files, room on the disk, the clock.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use super::{Area, Report};
use crate::cli::print::word;
use crate::config::{Config, folder_of, show_size};
use crate::incidents;
use crate::machine;
use crate::model::Timestamp;
use crate::store::beside;

/// Longest check of all pages of the database.
pub(super) const CHECK_WITHIN: Duration = Duration::from_secs(60);
/// The database and the files beside it.
const DATABASE_FILES: [&str; 4] = ["", "-wal", "-shm", ".lock"];
const BY_OTHERS: u32 = 0o077;
const WRITABLE_BY_ALL: u32 = 0o002;
/// Mode bits of the owner; those of the group are three bits lower, and those of all others six bits lower.
const READ: u32 = 0o400;
const WRITE: u32 = 0o200;
/// This program was written after 2026-01-01T00:00:00Z, so an earlier time means that the clock is wrong.
const YOUNGER_THAN: Timestamp = Timestamp::from_unix(1_767_225_600);
/// The clock may be this far behind the database, because clocks are set now and then.
const BEHIND_MAX: Duration = Duration::from_secs(300);

/// Files that the wrong users may read or write.
pub(super) fn permissions(report: &mut Report<'_>, config: &Config) {
    let findings = report.findings;
    for path in &config.open_files {
        let shown = shown(path);
        let text = format!("other users of this machine may read or write {shown}, which contains a secret");
        report.finding(Area::PERMISSIONS, text, format!("chmod 600 {shown}"));
    }
    for path in config.files.iter().filter(|path| !config.open_files.contains(path)) {
        if fs::metadata(path).is_ok_and(|found| found.mode() & WRITABLE_BY_ALL != 0) {
            let shown = shown(path);
            let text = format!("every user of this machine may write to {shown}");
            report.finding(Area::PERMISSIONS, text, format!("chmod o-w {shown}"));
        }
    }
    match fs::metadata(&config.store_path) {
        Ok(found) => database(report, config, &found),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            let text = format!("the database {} cannot be examined: {error}", config.store_path.display());
            let remedy = format!("sudo {}", report.command("doctor"));
            report.finding(Area::PERMISSIONS, text, remedy);
        }
    }
    if report.findings == findings {
        report.ok(Area::PERMISSIONS, "only the right users may read and write the configuration and the database");
    }
}

/// The files of the database belong to the user of the daemon, who must also be able to read the configuration.
fn database(report: &mut Report<'_>, config: &Config, database: &Metadata) {
    let (user, group) = (database.uid(), database.gid());
    for path in DATABASE_FILES.map(|ending| beside(&config.store_path, ending)) {
        let Ok(found) = fs::metadata(&path) else { continue };
        let shown = shown(&path);
        if found.mode() & BY_OTHERS != 0 {
            let text = format!("other users of this machine may read or write {shown}, which may hold private entries");
            report.finding(Area::PERMISSIONS, text, format!("chmod 600 {shown}"));
        }
        if found.uid() != user {
            let text =
                format!("{shown} belongs to another user than the database, so the daemon may be unable to open it");
            report.finding(Area::PERMISSIONS, text, format!("chown {user}:{group} {shown}"));
        }
    }
    if !may(database, user, group, WRITE) {
        let shown = shown(&config.store_path);
        let text = format!("the owner of the database may not write to it: {shown}");
        report.finding(Area::PERMISSIONS, text, format!("chmod 600 {shown}"));
    }
    let folder = folder_of(&config.store_path);
    if fs::metadata(&folder).is_ok_and(|found| !may(&found, user, group, WRITE)) {
        let shown = shown(&folder);
        let text = format!("the owner of the database may not write to its folder {shown}");
        report.finding(Area::PERMISSIONS, text, format!("chown {user}:{group} {shown}"));
    }
    // What this process has read, its own user may read.
    if rustix::process::geteuid().as_raw() == user {
        return;
    }
    for path in &config.files {
        if fs::metadata(path).is_ok_and(|found| !may(&found, user, group, READ)) {
            let shown = shown(path);
            let text = format!("the user of the daemon (number {user}) may not read {shown}");
            report.finding(Area::PERMISSIONS, text, format!("chgrp {group} {shown} && chmod g+r {shown}"));
        }
    }
}

/// Whether a user with this group may read or write a file, as far as its mode tells.
fn may(found: &Metadata, user: u32, group: u32, bit: u32) -> bool {
    if user == 0 {
        return true;
    }
    let places = if found.uid() == user {
        0
    } else if found.gid() == group {
        3
    } else {
        6
    };
    found.mode() & (bit >> places) != 0
}

fn shown(path: &Path) -> String {
    word(&path.display().to_string())
}

/// The room on the disk of the database.
pub(super) fn disk(report: &mut Report<'_>, database: &Path) {
    // The folder may not exist before the first poll.
    let folder = folder_of(database);
    let folder = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let Some(room) = machine::room(folder) else {
        return report.note(Area::DISK, format!("the free room in {} is unknown", folder.display()));
    };
    let text = format!("{} free in {}", show_size(room.0 / (1024 * 1024) * (1024 * 1024)), folder.display());
    if incidents::is_nearly_full(room) {
        report.finding(Area::DISK, format!("only {text}"), format!("df -h {}", shown(folder)));
    } else {
        report.ok(Area::DISK, text);
    }
}

/// Whether the clock can be right. `latest` is the time of the last poll.
pub(super) fn clock(report: &mut Report<'_>, now: Timestamp, latest: Option<Timestamp>) {
    match implausible(now, latest) {
        Some(why) => report.finding(Area::CLOCK, why, "timedatectl set-ntp true"),
        None => report.ok(Area::CLOCK, format!("it is {now}")),
    }
}

fn implausible(now: Timestamp, latest: Option<Timestamp>) -> Option<String> {
    if now < YOUNGER_THAN {
        return Some(format!("the clock says {now}, before this program was written"));
    }
    let latest = latest.filter(|latest| latest.since(now) > BEHIND_MAX)?;
    Some(format!("the clock says {now}, but the last poll was at {latest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks() {
        let at = |seconds: i64| Timestamp::from_unix(seconds);
        assert_eq!(implausible(at(1_800_000_000), None), None);
        assert_eq!(implausible(at(1_800_000_000), Some(at(1_800_000_100))), None, "a clock is set now and then");
        assert!(implausible(at(1_800_000_000), Some(at(1_800_003_600))).is_some_and(|why| why.contains("last poll")));
        assert!(implausible(at(0), None).is_some_and(|why| why.contains("1970")));
    }

    #[test]
    fn who_may_do_what() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, "").expect("it can be written");
        let found = |mode: u32| {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it is ours");
            fs::metadata(&path).expect("it is there")
        };
        let (owner, group) = (found(0o600).uid(), found(0o600).gid());
        // A user and a group that differ from the owner and the group of the file.
        let (other, others) = (owner + 1, group + 1);
        assert!(may(&found(0), 0, others, WRITE), "root may everything");
        assert!(!may(&found(0o600), other, others, READ));
        assert!(may(&found(0o640), other, group, READ) && !may(&found(0o640), other, group, WRITE));
        assert!(may(&found(0o604), other, others, READ));
    }
}
