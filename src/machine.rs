//! The limits of this machine: open files, memory and addresses for connections.

use std::fs::File;
use std::io;
use std::path::Path;

use rustix::io::Errno;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// A file that always exists, opened to test whether any file can be opened.
const PROBE: &str = "/dev/null";

/// A resource of this machine that a connection needed and did not get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Open files, or memory for connections: no host at all can be asked.
    Everything,
    /// A local port or address for this particular connection.
    Address,
}

/// Raises the soft limit of open files to the hard limit. The soft limit is low only for the sake of programs that use
/// `select(2)`, which cannot handle descriptors above 1,023. A failure is ignored, because the program runs without it.
pub fn raise_open_files() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum {
        // Every process may raise its soft limit this far, unless a sandbox forbids it.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
}

/// The resource that this machine lacks according to a system error. None if the error has another cause.
pub fn lack(error: &io::Error) -> Option<Lack> {
    let number = Errno::from_io_error(error)?;
    if [Errno::MFILE, Errno::NFILE, Errno::NOBUFS, Errno::NOMEM].contains(&number) {
        return Some(Lack::Everything);
    }
    (number == Errno::ADDRNOTAVAIL).then_some(Lack::Address)
}

/// The bytes that this program may still write to the disk of a path, and the bytes of the whole disk. None if that cannot be told.
pub fn room(path: &Path) -> Option<(u64, u64)> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some((disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize)))
}

/// Whether no file can be opened. Needed because the resolver does not report that as the cause of its failure.
pub fn is_full() -> bool {
    File::open(PROBE).is_err_and(|error| lack(&error) == Some(Lack::Everything))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_has_no_more_room_than_its_size() {
        let folder = tempfile::tempdir().expect("a folder");
        let (free, all) = room(folder.path()).expect("it is on a disk");
        assert!(free <= all && all > 0, "{free} of {all}");
        assert_eq!(room(Path::new("/there/is/no/such/folder")), None);
    }

    #[test]
    fn only_a_lack_of_resources_counts_as_trouble_of_this_machine() {
        let check = |number: Errno, wanted: Option<Lack>| {
            assert_eq!(lack(&io::Error::from_raw_os_error(number.raw_os_error())), wanted, "{number:?}");
        };
        check(Errno::MFILE, Some(Lack::Everything));
        check(Errno::NFILE, Some(Lack::Everything));
        check(Errno::NOBUFS, Some(Lack::Everything));
        check(Errno::ADDRNOTAVAIL, Some(Lack::Address));
        check(Errno::CONNREFUSED, None);
        check(Errno::NETUNREACH, None);
        check(Errno::TIMEDOUT, None);
        assert_eq!(lack(&io::Error::other("Too many open files")), None);
        assert!(!is_full());
    }
}
