//! Opening the files that a configuration names.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Opens a file for reading. What is none is refused before it is opened: opening a pipe that nobody writes to would wait for
/// ever.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_file() {
        return File::open(path);
    }
    let what = if kind.is_dir() { "it is a folder" } else { "it is a pipe, a socket or a device, not a file" };
    Err(io::Error::other(what))
}

/// The folder in which a file lies; of a bare name, the working folder.
pub fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_opened_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a");
        fs::write(&file, "x").expect("it can be written");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&file, &link).expect("a link can be made");
        assert!(open(&file).is_ok() && open(&link).is_ok());
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("it can be bound");
        for (path, why) in [(folder.path(), "a folder"), (&*socket, "a socket"), (Path::new("/dev/zero"), "a device")] {
            let error = open(path).expect_err("it is no file");
            assert!(error.to_string().contains(why), "{error}");
        }
        assert_eq!(open(&folder.path().join("none")).expect_err("none").kind(), io::ErrorKind::NotFound);
    }
}
