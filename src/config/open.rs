//! Opens the files that a configuration names, and knows which file is being waited for.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

/// The files and folders that are being read now, each by a thread, the latest last.
static READING: Mutex<Vec<(ThreadId, PathBuf)>> = Mutex::new(Vec::new());

/// Marks a file or folder as being read until it is dropped, so that a message can name the file when a network file system
/// does not answer.
pub struct Reading(PathBuf);

impl Reading {
    pub fn of(path: &Path) -> Reading {
        reading().push((thread::current().id(), path.to_owned()));
        Reading(path.to_owned())
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        let mut reading = reading();
        let this = thread::current().id();
        if let Some(at) = reading.iter().rposition(|(thread, path)| *thread == this && *path == self.0) {
            reading.remove(at);
        }
    }
}

fn reading() -> MutexGuard<'static, Vec<(ThreadId, PathBuf)>> {
    READING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The file or folder of a configuration that is being read now; if several threads read, by the one that began first.
pub fn waited_for() -> Option<PathBuf> {
    longest(&reading()).cloned()
}

/// Of the thread that began first, the file or folder that it began last, because reading one may need another.
fn longest(reading: &[(ThreadId, PathBuf)]) -> Option<&PathBuf> {
    let (first, _) = reading.first()?;
    reading.iter().rfind(|(thread, _)| thread == first).map(|(_, path)| path)
}

/// The content of a regular file, up to one byte more than `max`, so that the caller can tell whether the file is too large.
pub fn read_up_to(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    let _reading = Reading::of(path);
    let mut bytes = Vec::new();
    open(path)?.take(max + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a regular file for reading. Everything else is refused before it is opened, because opening a pipe without a writer
/// would block for ever.
fn open(path: &Path) -> io::Result<File> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_file() {
        return File::open(path);
    }
    let what = if kind.is_dir() { "it is a folder" } else { "it is a pipe, a socket or a device, not a file" };
    Err(io::Error::other(what))
}

/// The folder of a file; for a file name without a folder, the working folder.
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
    fn only_regular_files_are_opened() {
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

    #[test]
    fn a_file_is_read_up_to_its_limit_and_named_meanwhile() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a");
        fs::write(&file, "12345").expect("it can be written");
        assert_eq!(read_up_to(&file, 5).expect("it is there"), b"12345");
        assert_eq!(read_up_to(&file, 3).expect("it is there"), b"1234", "one byte more than the limit");
        let is_named = || reading().iter().any(|(_, path)| *path == file);
        let reading = Reading::of(&file);
        assert!(is_named());
        drop(reading);
        assert!(!is_named());
    }

    #[test]
    fn the_file_that_is_read_for_the_longest_time_is_waited_for() {
        let other = thread::spawn(|| ()).thread().id();
        let this = thread::current().id();
        let check = |reading: &[(ThreadId, &str)], expected: Option<&str>| {
            let reading: Vec<_> = reading.iter().map(|(thread, path)| (*thread, PathBuf::from(path))).collect();
            assert_eq!(longest(&reading).map(PathBuf::as_path), expected.map(Path::new));
        };
        check(&[], None);
        check(&[(this, "a"), (this, "b")], Some("b"));
        check(&[(this, "a"), (this, "b"), (other, "c")], Some("b"));
        check(&[(other, "c"), (this, "a"), (this, "b")], Some("c"));
    }
}
