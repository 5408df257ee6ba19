//! Writing an edited file: one command at a time, and never over what somebody else has written meanwhile.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::edit::EditError;

/// The wait for another command that edits is made of so many looks, so far apart. Nobody holds the lock while fetching.
const LOCK_LOOKS: u32 = 200;
const LOCK_LOOK: Duration = Duration::from_millis(50);

/// Held by a command while it reads, edits and writes the configuration. It is a lock on the folder of the main file: the file
/// itself is replaced by each edit, and a file for the lock alone would lie about.
#[derive(Debug)]
pub struct EditLock {
    _folder: Option<File>,
}

impl EditLock {
    /// Waits a little for other commands.
    ///
    /// # Errors
    /// When another command does not let go of it.
    pub fn take(main_file: &Path) -> Result<EditLock, EditError> {
        // Where folders cannot be locked (some network file systems), what `save` compares has to be enough.
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

/// The folder in which the file really is: whoever edits it by way of a link meets the others.
fn real_folder_of(file: &Path) -> PathBuf {
    super::folder_of(&fs::canonicalize(file).unwrap_or_else(|_| file.to_owned()))
}

/// Writes an edited file in the place of the old one, whole or not at all, with its permissions and owner. `before` is what the
/// edit was made of: a file that says something else by now is left as it is.
///
/// # Errors
/// When it cannot be written, or was edited meanwhile; then it stays as it is.
pub fn save(path: &Path, before: &str, text: &str) -> Result<(), EditError> {
    let failed = |source: std::io::Error| EditError::Write { path: path.to_owned(), source };
    // A link stays one: what it points to is written anew.
    let target = fs::canonicalize(path).map_err(failed)?;
    let old = fs::metadata(&target).map_err(failed)?;
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = target.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let write = || -> std::io::Result<bool> {
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.set_permissions(fs::Permissions::from_mode(old.mode() & 0o7777))?;
        // Only root may give a file away, and only then is it needed.
        let _ = std::os::unix::fs::fchown(&file, Some(old.uid()), Some(old.gid()));
        file.sync_all()?;
        // As late as it can be: an editor may have saved the file while all of this went on.
        if fs::read(&target)? != before.as_bytes() {
            return Ok(false);
        }
        fs::rename(&beside, &target)?;
        Ok(true)
    };
    let written = write();
    if !matches!(written, Ok(true)) {
        let _ = fs::remove_file(&beside);
    }
    if written.map_err(failed)? { Ok(()) } else { Err(EditError::EditedMeanwhile) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_else_has_written_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("feeds.toml");
        fs::write(&file, "a").expect("it can be written");
        save(&file, "a", "b").expect("nobody else has written");
        assert!(matches!(save(&file, "a", "c"), Err(EditError::EditedMeanwhile)));
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "b");
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn one_edits_at_a_time() {
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
