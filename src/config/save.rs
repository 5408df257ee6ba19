//! Writes an edited file: one command at a time, and never over changes that another program has made in the meantime.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::edit::EditError;

/// How often a command tries to get the lock from another command, and the pause between two attempts. Commands do not hold
/// the lock while they fetch.
const LOCK_LOOKS: u32 = 200;
const LOCK_LOOK: Duration = Duration::from_millis(50);

/// The lock that a command holds while it reads, edits and writes the configuration. The lock is on the folder of the main
/// file, because each edit replaces the file itself, and a separate file for the lock would be left behind.
#[derive(Debug)]
pub struct EditLock {
    _folder: Option<File>,
}

impl EditLock {
    /// Takes the lock, and waits a few seconds for other commands.
    pub fn take(main_file: &Path) -> Result<EditLock, EditError> {
        // On file systems that cannot lock folders (some network file systems), only the comparison in `save` protects.
        let Ok(folder) = File::open(real_folder_of(main_file)) else { return Ok(EditLock { _folder: None }) };
        for _ in 0..LOCK_LOOKS {
            match folder.try_lock() {
                Ok(()) => return Ok(EditLock { _folder: Some(folder) }),
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_LOOK),
                Err(TryLockError::Error(_)) => return Ok(EditLock { _folder: None }),
            }
        }
        Err(EditError::Busy((LOCK_LOOK * LOCK_LOOKS).as_secs()))
    }
}

/// The folder of the file itself, also if `file` is a link, so that all commands lock the same folder.
fn real_folder_of(file: &Path) -> PathBuf {
    super::folder_of(&fs::canonicalize(file).unwrap_or_else(|_| file.to_owned()))
}

/// Replaces a file atomically by its edited text, with the same permissions and owner. `before` is the text that was edited:
/// if the file has a different text by now, it is left unchanged.
pub fn save(path: &Path, before: &str, text: &str) -> Result<(), EditError> {
    let failed = |source: std::io::Error| EditError::Write { path: path.to_owned(), source };
    // A link stays a link; the file that it points to is replaced.
    let target = fs::canonicalize(path).map_err(failed)?;
    let old = fs::metadata(&target).map_err(failed)?;
    let put = put(&target, |beside| {
        write_as(beside, text, &old)?;
        // This comparison comes as late as possible, because an editor may have saved the file in the meantime.
        Ok(fs::read(&target)? == before.as_bytes())
    });
    if put.map_err(failed)? { Ok(()) } else { Err(EditError::EditedMeanwhile) }
}

/// Writes a new file, and its folder if that does not exist; an existing file stays. The file appears with its whole
/// text, because an empty file would be refused. It gets the permissions and owner of `like`; without such a file, only
/// the user may read it.
pub fn save_new(path: &Path, text: &str, like: Option<&Path>) -> Result<(), EditError> {
    let failed = |source: std::io::Error| EditError::Write { path: path.to_owned(), source };
    let like = like.map(fs::metadata).transpose().map_err(failed)?;
    fs::create_dir_all(super::folder_of(path)).map_err(failed)?;
    let put = put(path, |beside| {
        match &like {
            Some(like) => write_as(beside, text, like)?,
            None => private(beside)?.write_all(text.as_bytes())?,
        }
        Ok(!path.exists())
    });
    if put.map_err(failed)? { Ok(()) } else { Err(EditError::EditedMeanwhile) }
}

/// Has `write` write a file beside `target`, and moves that file into its place if `write` returns true. Returns whether it did.
fn put(target: &Path, write: impl FnOnce(&Path) -> std::io::Result<bool>) -> std::io::Result<bool> {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = target.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let put = match write(&beside) {
        Ok(true) => fs::rename(&beside, target).map(|()| true),
        unwritten => unwritten,
    };
    if !matches!(put, Ok(true)) {
        let _ = fs::remove_file(&beside);
    }
    put
}

/// Creates a file that only the user may read.
fn private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Writes a new file with the permissions and owner of another.
fn write_as(path: &Path, text: &str, like: &fs::Metadata) -> std::io::Result<()> {
    let mut file = private(path)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(fs::Permissions::from_mode(like.mode() & 0o7777))?;
    // Only root can change the owner, and only a command that root runs needs to.
    let _ = std::os::unix::fs::fchown(&file, Some(like.uid()), Some(like.gid()));
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_by_other_programs_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("feeds.toml");
        fs::write(&file, "a").expect("it can be written");
        save(&file, "a", "b").expect("nobody else has written");
        assert!(matches!(save(&file, "a", "c"), Err(EditError::EditedMeanwhile)));
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "b");
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_new_file_is_like_another_and_replaces_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let (main, new) = (folder.path().join("feeds.toml"), folder.path().join("sources.d/new.toml"));
        let mode = |path: &Path| fs::metadata(path).expect("it is there").mode() & 0o7777;
        save_new(&main, "a", None).expect("it can be written");
        assert_eq!(mode(&main), 0o600);
        fs::set_permissions(&main, fs::Permissions::from_mode(0o640)).expect("it is ours");
        save_new(&new, "b", Some(&main)).expect("it can be written");
        assert_eq!(mode(&new), 0o640);
        assert!(matches!(save_new(&new, "c", Some(&main)), Err(EditError::EditedMeanwhile)));
        assert_eq!(fs::read_to_string(&new).expect("it is there"), "b");
        assert_eq!(fs::read_dir(folder.path().join("sources.d")).expect("it is there").count(), 1);
    }

    #[test]
    fn one_command_edits_at_a_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("feeds.toml");
        let held = EditLock::take(&file).expect("the first has it");
        let waiting = std::thread::spawn({
            let file = file.clone();
            move || EditLock::take(&file).is_ok()
        });
        drop(held);
        assert!(waiting.join().expect("it ends"), "the second has it then");
    }
}
