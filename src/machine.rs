//! What this machine gives to the process, and whether it has run out of it.

use std::fs::File;
use std::io;

use rustix::io::Errno;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// A file that is always there and has no content.
const PROBE: &str = "/dev/null";

/// What a connection needed of this machine, and did not get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Open files, or memory for connections: nobody can be asked.
    Everything,
    /// A port or an address of its own, for this one connection.
    Address,
}

/// Lifts the soft limit of open files to the hard one, as the soft one is made for programs that cannot count further than
/// 1,024. Nothing is lost if that fails.
pub fn raise_open_files() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum {
        // It may always be lifted so far; where a sandbox forbids even that, what there is must do.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
}

/// What an error of the system says that this machine lacks, if it says so.
pub fn lack(error: &io::Error) -> Option<Lack> {
    let number = Errno::from_io_error(error)?;
    if [Errno::MFILE, Errno::NFILE, Errno::NOBUFS, Errno::NOMEM].contains(&number) {
        return Some(Lack::Everything);
    }
    (number == Errno::ADDRNOTAVAIL).then_some(Lack::Address)
}

/// Whether no file can be opened. Of a name that could not be resolved the resolver does not say that this was why.
pub fn is_full() -> bool {
    File::open(PROBE).is_err_and(|error| lack(&error) == Some(Lack::Everything))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_this_machine_lacks_is_its_own_trouble() {
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
