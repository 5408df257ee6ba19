//! The limits of this machine: open files, memory and addresses for connections.

use std::fs::File;
use std::io;
use std::path::Path;

use rustix::io::Errno;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// A file that always exists, opened to test whether any file can be opened.
const PROBE: &str = "/dev/null";
/// What the kernel knows of this process.
const OWN: &str = "/proc/self";
/// The unit of times in `/proc`, which is the same on every Linux that programs see (USER_HZ, time(7)).
const TICKS_PER_SECOND: f64 = 100.0;

/// A resource of this machine that a connection needed and did not get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Open files, or memory for connections: no host at all can be asked.
    Everything,
    /// A local port or address for this particular connection.
    Address,
}

/// How glibc's allocator uses memory: the variable and the tunable of the environment that may set it instead, the parameter of
/// mallopt(3), and its value.
#[cfg(target_env = "gnu")]
const ALLOCATOR: [(&str, &str, libc::c_int, libc::c_int); 2] = [
    // Threads share four heaps, because each heap keeps holes of its own: a start with a hundred thousand sources takes 10 MB
    // less than with a heap for each thread. With two heaps the threads of a first poll would wait for each other.
    ("MALLOC_ARENA_MAX", "glibc.malloc.arena_max", libc::M_ARENA_MAX, 4),
    // A freed block of 256 KiB or more goes back to the system at once. Otherwise the first large block that is freed would
    // raise this limit, and the blocks after it would leave holes: 20 MB of them after a start with a hundred thousand sources.
    ("MALLOC_MMAP_THRESHOLD_", "glibc.malloc.mmap_threshold", libc::M_MMAP_THRESHOLD, 256 * 1024),
];

/// Makes the allocator keep little memory that is not used. Call it once, before other threads are started.
#[cfg(target_env = "gnu")]
pub fn settle_allocator() {
    let tunables = std::env::var("GLIBC_TUNABLES").unwrap_or_default();
    for (variable, tunable, parameter, value) in ALLOCATOR {
        if std::env::var_os(variable).is_none() && !tunables.contains(tunable) {
            // SAFETY: mallopt must not run beside other calls of the allocator. None can run now, because `main` calls this
            // function before it starts any thread. If mallopt fails, the allocator keeps its defaults.
            let _ = unsafe { libc::mallopt(parameter, value) };
        }
    }
}

/// Other allocators are left as they are.
#[cfg(not(target_env = "gnu"))]
pub fn settle_allocator() {}

/// Gives the memory that the allocator keeps, but the program does not use, back to the system.
#[cfg(target_env = "gnu")]
pub fn give_back_memory() {
    // SAFETY: malloc_trim may be called at any time and from any thread.
    unsafe { libc::malloc_trim(0) };
}

/// Other allocators are left as they are.
#[cfg(not(target_env = "gnu"))]
pub fn give_back_memory() {}

/// Raises the soft limit of open files to the hard limit. The soft limit is low only for the sake of programs that use
/// `select(2)`, which cannot handle descriptors above 1,023. A failure is ignored, because the program runs without it.
pub fn raise_open_files() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum {
        // Every process may raise its soft limit this far, unless a sandbox forbids it.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
}

/// The resource that this machine lacks according to a system error. `None` if the error has another cause.
pub fn lack(error: &io::Error) -> Option<Lack> {
    let number = Errno::from_io_error(error)?;
    if [Errno::MFILE, Errno::NFILE, Errno::NOBUFS, Errno::NOMEM].contains(&number) {
        return Some(Lack::Everything);
    }
    (number == Errno::ADDRNOTAVAIL).then_some(Lack::Address)
}

/// The bytes that this program may still write to the disk of a path, and the bytes of the whole disk. `None` if they
/// are unknown.
pub fn room(path: &Path) -> Option<(u64, u64)> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some((disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize)))
}

/// The resources that this process uses; `None` where the number is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Process {
    /// Seconds of processors, in user mode and in the kernel together.
    pub cpu_seconds: Option<f64>,
    pub resident_bytes: Option<u64>,
    /// Open files and connections, and how many may be open at once.
    pub open_files: Option<u64>,
    pub max_open_files: Option<u64>,
}

impl Process {
    /// Reads what the kernel knows of this process (proc(5)).
    pub fn read() -> Process {
        let read = |file: &str| std::fs::read_to_string(Path::new(OWN).join(file)).ok();
        Process {
            cpu_seconds: read("stat").as_deref().and_then(cpu_seconds),
            resident_bytes: read("status").as_deref().and_then(resident_bytes),
            open_files: std::fs::read_dir(Path::new(OWN).join("fd")).ok().map(|found| found.count() as u64),
            max_open_files: getrlimit(Resource::Nofile).current,
        }
    }
}

/// The time of processors in `/proc/PID/stat`: its fields 14 (user mode) and 15 (kernel), in ticks.
fn cpu_seconds(stat: &str) -> Option<f64> {
    // The second field is the name of the program in parentheses, which may contain blanks and parentheses.
    let (_, behind_name) = stat.rsplit_once(')')?;
    let ticks: Vec<f64> =
        behind_name.split_whitespace().skip(11).take(2).map_while(|field| field.parse().ok()).collect();
    (ticks.len() == 2).then(|| ticks.iter().sum::<f64>() / TICKS_PER_SECOND)
}

/// The memory in `/proc/PID/status`: the line `VmRSS`, in KiB.
fn resident_bytes(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
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
    fn what_the_kernel_tells_of_a_process() {
        let stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 9 0 100 1000 200";
        assert_eq!(cpu_seconds(stat), Some(3.0));
        assert_eq!(cpu_seconds("42 (a) S 1"), None);
        assert_eq!(resident_bytes("Name:\ta\nVmRSS:\t    2048 kB\n"), Some(2 * 1024 * 1024));
        assert_eq!(resident_bytes("Name:\ta\n"), None);
        let own = Process::read();
        assert!(own.resident_bytes.is_some_and(|bytes| bytes > 0) && own.open_files.is_some_and(|files| files > 0));
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
