//! Writes files of the site: whole, readable for everybody, and never through a link that leads out of the folder.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::config::NO_DOCUMENT;

/// Modes of files and folders. The umask does not count, because the site is public and the web server may run as
/// another user.
const FILE_MODE: u32 = 0o644;
const FOLDER_MODE: u32 = 0o755;
/// The same modes under a umask of 0077.
const CLOSED_FILE: u32 = 0o600;
const CLOSED_FOLDER: u32 = 0o700;

/// Writes a document to its file below the folder. A file with the same bytes stays as it is.
pub(super) fn put(folder: &Path, path: &Path, body: &[u8]) -> io::Result<()> {
    let at = folder.join(path);
    refuse_links(folder, path)?;
    if fs::read(&at).is_ok_and(|there| there == body) {
        return open_up(&at, CLOSED_FILE, FILE_MODE);
    }
    let parent = at.parent().unwrap_or(folder);
    make_folder(parent)?;
    if parent != folder {
        open_up(parent, CLOSED_FOLDER, FOLDER_MODE)?;
    }
    replace(&at, body)
}

/// Removes a file below the folder, and the folders that become empty.
pub(super) fn remove(folder: &Path, path: &Path) -> io::Result<()> {
    if refuse_links(folder, path).is_err() {
        // Files that are reached through a link were not written here.
        return Ok(());
    }
    let at = folder.join(path);
    match fs::remove_file(&at) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let _ = fs::remove_file(beside(&at));
    let mut parents = path.ancestors().skip(1).filter(|parent| !parent.as_os_str().is_empty());
    while parents.next().is_some_and(|parent| fs::remove_dir(folder.join(parent)).is_ok()) {}
    Ok(())
}

/// Refuses links between the folder and the file. The folder itself may be a link, because its owner chose it.
fn refuse_links(folder: &Path, path: &Path) -> io::Result<()> {
    let between = path.ancestors().skip(1).filter(|part| !part.as_os_str().is_empty());
    for part in between {
        if fs::symlink_metadata(folder.join(part)).is_ok_and(|found| found.is_symlink()) {
            let why = format!("{} is a link, which is not followed", folder.join(part).display());
            return Err(io::Error::other(why));
        }
    }
    Ok(())
}

/// Creates a folder and its missing parents.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_folder(parent)?;
    }
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(FOLDER_MODE))
}

/// Sets the public mode if the present mode is what a narrow umask makes. Any other mode is kept, because a person chose it.
fn open_up(at: &Path, closed: u32, mode: u32) -> io::Result<()> {
    if fs::metadata(at)?.permissions().mode() & 0o777 == closed {
        fs::set_permissions(at, fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// Replaces a file, so that a reader sees the whole old file or the whole new file.
pub(super) fn replace(path: &Path, body: &[u8]) -> io::Result<()> {
    let beside = beside(path);
    // The file is not synced to the disk, because that takes milliseconds for each of thousands of files. A file that a power cut
    // damages differs from its document, so the next start writes it again.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // `create_new` fails on an existing name, so the file cannot be a link that another user has put there.
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
    file.write_all(body)?;
    file.set_permissions(fs::Permissions::from_mode(FILE_MODE))?;
    drop(file);
    fs::rename(&beside, path)
}

/// The path at which a file is written before it is renamed. The name is fixed, so that the next write replaces what a crash left,
/// and it is short enough for every file system.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default();
    let digest = blake3::hash(name.as_encoded_bytes()).to_hex();
    path.with_file_name(format!("{NO_DOCUMENT}{}", &digest.as_str()[..16]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    }

    #[test]
    fn what_is_put_is_for_everybody_and_what_is_chosen_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().join("www/site");
        let file = site.join("tag/a.atom");
        put(&site, Path::new("tag/a.atom"), b"x").expect("it can be written");
        assert_eq!((mode(&file), mode(&site.join("tag")), mode(&site)), (0o644, 0o755, 0o755));
        for (given, expected) in [(0o600, 0o644), (0o640, 0o640), (0o444, 0o444)] {
            fs::set_permissions(&file, fs::Permissions::from_mode(given)).expect("it is ours");
            put(&site, Path::new("tag/a.atom"), b"x").expect("it is there");
            assert_eq!(mode(&file), expected, "{given:o}");
        }
    }

    #[test]
    fn links_below_the_folder_are_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (site, other) = (folder.path().join("site"), folder.path().join("other"));
        fs::create_dir_all(&other).expect("a folder can be made");
        fs::write(other.join("a.atom"), "theirs").expect("it can be written");
        fs::create_dir_all(&site).expect("a folder can be made");
        std::os::unix::fs::symlink(&other, site.join("tag")).expect("a link can be made");
        assert!(put(&site, Path::new("tag/a.atom"), b"ours").is_err());
        remove(&site, Path::new("tag/a.atom")).expect("there is nothing of ours");
        assert_eq!(fs::read_to_string(other.join("a.atom")).expect("it is there"), "theirs");
        // The folder itself may be a link.
        let linked = folder.path().join("linked");
        std::os::unix::fs::symlink(&other, &linked).expect("a link can be made");
        put(&linked, Path::new("a.atom"), b"ours").expect("it can be written");
        assert_eq!(fs::read_to_string(other.join("a.atom")).expect("it is there"), "ours");
    }
}
