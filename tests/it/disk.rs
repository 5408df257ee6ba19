//! Faults of the disk: full or read-only, damaged pages, files that cannot be read; and what a stop leaves on the disk.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use crate::feeds::{items, rss};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{Daemon, PATIENCE, Program, wait_until};

/// Time within which a stop must end.
const STOPS_WITHIN: Duration = Duration::from_secs(10);

fn polled() -> (Origin, Program) {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..30)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    program.run(&["poll"]).expect(0);
    (origin, program)
}

/// Where the first page of a table begins in the file, in bytes.
fn page_of(database: &Path, table: &str) -> u64 {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("it can be read");
    let sql = "SELECT (rootpage - 1) * (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = ?1";
    let at: i64 = connection.query_row(sql, [table], |row| row.get(0)).expect("there is such a table");
    at.unsigned_abs()
}

#[test]
fn a_damaged_page_is_reported_from_the_start_until_it_is_repaired() {
    let (_origin, program) = polled();
    let database = program.folder().join("watershed.db");
    let whole = fs::read(&database).expect("it is there");
    let at = page_of(&database, "story_text");
    let file = OpenOptions::new().write(true).open(&database).expect("it can be written");
    file.write_all_at(&[0xff; 64], at).expect("it can be written");
    let daemon = program.daemon();
    daemon.get("/source/a.atom").expect(200);
    // Readiness may fail for another reason until the pages are checked.
    let told = wait_until(PATIENCE, "readiness to name the damage", || {
        let reply = daemon.get("/readyz");
        (reply.status == 503).then(|| reply.text()).filter(|told| told.contains("is damaged"))
    });
    assert!(told.contains("backup"), "{told}");
    wait_until(PATIENCE, "the log to name it", || daemon.log().contains("the database is damaged").then_some(()));
    assert_eq!(daemon.term(), 0);
    for ending in ["-wal", "-shm"] {
        let _ = fs::remove_file(program.folder().join(format!("watershed.db{ending}")));
    }
    fs::write(&database, whole).expect("it can be written");
    let daemon = program.daemon();
    daemon.get("/readyz").expect(200);
    assert!(!daemon.log().contains("is damaged"), "{}", daemon.log());
    assert_eq!(daemon.term(), 0);
}

#[test]
fn a_log_that_has_grown_is_told_while_everything_still_works() {
    let (_origin, program) = polled();
    let daemon = program.daemon();
    // What lies behind the last transaction of the log is never read.
    let log = OpenOptions::new().write(true).open(program.folder().join("watershed.db-wal")).expect("it is there");
    log.set_len(100 << 20).expect("it can be made longer");
    let told = wait_until(PATIENCE, "the log to be told", || {
        let text = daemon.get("/readyz").expect(200).text();
        text.contains("the write-ahead log").then_some(text)
    });
    assert!(told.starts_with("ready\n") && told.contains("has grown to 100 MiB"), "{told}");
    let status = program.run(&["status"]).expect(0).stdout;
    assert!(status.contains("has grown to 100 MiB"), "{status}");
    wait_until(PATIENCE, "the log to name it", || daemon.log().contains("outgrows its room").then_some(()));
    daemon.get("/feed.atom").expect(200);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn a_database_that_is_overwritten_while_it_is_in_use_is_reported_and_left_alone() {
    let ((_origin, program), (_other_origin, other)) = (polled(), polled());
    let (database, copied) = (program.folder().join("watershed.db"), other.folder().join("watershed.db"));
    let daemon = program.daemon();
    fs::copy(&copied, &database).expect("it can be written");
    // While the copy is being written, the file is damaged as far as anybody can tell.
    let told = wait_until(PATIENCE, "readiness to name the overwritten file", || {
        let reply = daemon.get("/readyz");
        (reply.status == 503).then(|| reply.text()).filter(|told| told.contains("was overwritten"))
    });
    assert!(told.contains("watershed.db-wal"), "{told}");
    wait_until(PATIENCE, "the log to name it", || daemon.log().contains("was overwritten").then_some(()));
    fs::copy(&copied, &database).expect("it can be written");
    assert_eq!(daemon.term(), 0);
    let is_the_copy = fs::read(&database).expect("it is there") == fs::read(&copied).expect("it is there");
    assert!(is_the_copy, "nothing was written into the file");
    let daemon = program.daemon();
    daemon.get("/readyz").expect(200);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn a_database_that_cannot_be_read_at_the_start_names_the_remedy() {
    let (_origin, program) = polled();
    let database = program.folder().join("watershed.db");
    let at = page_of(&database, "entry_text");
    let file = OpenOptions::new().write(true).open(&database).expect("it can be written");
    file.write_all_at(&[0xff; 64], at).expect("it can be written");
    let output = program.run(&["run"]).expect(1);
    assert!(output.stderr.contains("backup"), "{output:?}");
}

#[test]
fn a_clean_stop_leaves_an_empty_log() {
    let (origin, program) = polled();
    origin.document("/b", rss("B", &items("b", 0..200)));
    program.configure(&format!("{}{}", program.config(), source(&origin, "b", "/b", "")));
    let log = program.folder().join("watershed.db-wal");
    for signal in ["TERM", "INT"] {
        let daemon = program.daemon();
        wait_until(PATIENCE, "the second source", || {
            daemon.get("/source/b.atom").text().contains("<entry>").then_some(())
        });
        assert_eq!(daemon.stop(signal), 0);
        let left = fs::metadata(&log).map_or(0, |found| found.len());
        assert_eq!(left, 0, "after SIG{signal}");
    }
    assert_eq!(program.entries().len(), 230);
}

/// A command in its own mount namespace, with a small disk at `disk` that holds the database. The shell runs `spoil` on the disk
/// before it starts the program. None if the test may not mount a disk, which takes root.
fn on_a_small_disk(program: &Program, spoil: &str) -> Option<Command> {
    let config = program.config().replace("[serve]\n", "[store]\npath = \"disk/watershed.db\"\n\n[serve]\n");
    fs::write(program.folder().join("disk.toml"), config).expect("the folder can be written");
    fs::create_dir_all(program.folder().join("disk")).expect("the folder can be written");
    let mount = "mount -t tmpfs -o size=2048k none disk";
    let unshared = |script: &str| {
        let plain = program.command();
        let mut command = Command::new("unshare");
        command.args(["-m", "sh", "-c", script, "sh"]).arg(plain.get_program());
        command.current_dir(program.folder()).stdin(Stdio::null()).env_clear();
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    };
    let may_mount = unshared(mount).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    may_mount.then(|| {
        unshared(&format!("{mount} && cp watershed.db disk/ && {{ {spoil}; }}; exec \"$1\" --config disk.toml run"))
    })
}

#[test]
fn a_start_on_a_full_disk_serves_the_stored_entries() {
    let fill = "cat /dev/zero > disk/fill 2>/dev/null";
    let cases = [
        ("full", fill.to_owned(), true),
        ("full, with a lock's file", format!(": > disk/watershed.db.lock; {fill}"), true),
        ("read-only", "mount -o remount,ro disk".to_owned(), true),
        // There is room for what SQLite opens, and none for what is written then, or just enough.
        ("nearly full", format!("head -c 49152 /dev/zero > disk/room; {fill}; rm disk/room"), false),
    ];
    for (what, spoil, is_unready) in cases {
        let (_origin, program) = polled();
        let Some(command) = on_a_small_disk(&program, &spoil) else {
            println!("not tried, as no disk may be mounted here: {what}");
            return;
        };
        let daemon = Daemon::start(command);
        let feed = daemon.get("/source/a.atom").expect(200).text();
        assert_eq!(feed.matches("<entry>").count(), 30, "{what}");
        if is_unready {
            daemon.get("/readyz").expect(503);
        }
        assert_eq!(daemon.term(), 0, "{what}");
    }
}

#[test]
fn a_first_start_that_was_killed_is_no_obstacle_and_an_empty_file_is_refused() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..2)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    // What a kill leaves while a new database is being made.
    fs::write(program.folder().join("watershed.db.new"), "").expect("the folder can be written");
    fs::write(program.folder().join("watershed.db.new-wal"), "part").expect("the folder can be written");
    program.run(&["poll"]).expect(0);
    assert_eq!(program.entries().len(), 2);
    assert!(!program.folder().join("watershed.db.new").exists());
    for entry in fs::read_dir(program.folder()).expect("the folder is there").flatten() {
        if entry.file_name().to_string_lossy().starts_with("watershed.db") {
            fs::remove_file(entry.path()).expect("it is ours");
        }
    }
    fs::write(program.folder().join("watershed.db"), "").expect("the folder can be written");
    let output = program.run(&["poll"]).expect(1);
    assert!(output.stderr.contains("is empty"), "{output:?}");
}

/// A regular file that cannot be opened: opening it waits until the lease of the test ends.
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
mod lease {
    use std::fs::File;
    use std::os::fd::AsRawFd;

    /// fcntl(2).
    const F_SETSIG: i32 = 10;
    const F_SETLEASE: i32 = 1_024;
    const F_WRLCK: i32 = 1;
    /// A signal whose default action is to be ignored.
    const SIGURG: i32 = 23;

    unsafe extern "C" {
        fn fcntl(descriptor: i32, command: i32, ...) -> i32;
    }

    /// Takes a lease, which lasts as long as the file is open. False where the file system gives none.
    pub fn take(file: &File) -> bool {
        let descriptor = file.as_raw_fd();
        // SAFETY: both commands take an int and touch no memory.
        unsafe { fcntl(descriptor, F_SETSIG, SIGURG) == 0 && fcntl(descriptor, F_SETLEASE, F_WRLCK) == 0 }
    }
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
#[test]
fn a_configuration_file_that_cannot_be_read_is_named_and_does_not_delay_a_stop() {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..2)));
    for (file, tables) in [
        ("more.toml", "\n[[include]]\npath = \"more.toml\"\n".to_owned()),
        ("word", source(&origin, "b", "/b", "auth = { user = \"u\", password = { file = \"word\" } }")),
    ] {
        let program = Program::new(&format!("{}{tables}", source(&origin, "a", "/a", "")));
        let path = program.folder().join(file);
        fs::write(&path, "# nothing\n").expect("the folder can be written");
        let silent = || {
            let held = OpenOptions::new().read(true).write(true).open(&path).expect("it is there");
            lease::take(&held).then_some(held)
        };

        // At the start.
        let Some(held) = silent() else {
            println!("not tried, as the file system gives no leases");
            return;
        };
        let said = program.folder().join("said");
        let mut command = program.command();
        command.arg("run").stdout(Stdio::null()).stderr(File::create(&said).expect("the folder can be written"));
        let mut child = command.spawn().expect("it can be run");
        wait_until(PATIENCE, "the file to be named", || {
            fs::read_to_string(&said).is_ok_and(|said| said.contains(&format!("{file}: its file system"))).then_some(())
        });
        let began = Instant::now();
        let killed = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status();
        assert!(killed.expect("there is a kill command").success());
        let status = wait_until(STOPS_WITHIN, "the end", || child.try_wait().expect("it is a child"));
        assert_eq!(status.code(), Some(0), "{file}, after {:?}", began.elapsed());
        drop(held);

        // At a reload.
        let daemon = program.daemon();
        let Some(held) = silent() else { return };
        let output = program.run(&["reload"]).expect(2);
        assert!(output.stderr.contains(file) && output.stderr.contains("takes too long"), "{output:?}");
        daemon.get("/source/a.atom").expect(200);
        assert_eq!(daemon.term(), 0, "{file}");
        drop(held);
    }
}
