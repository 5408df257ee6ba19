//! Faults of the machine: pipes where files should be, databases that are deleted, narrow umasks.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::feeds::{items, rss};
use crate::origin::Origin;
use crate::polling::source;
use crate::program::{Daemon, PATIENCE, Program, request, wait_until};

/// Time within which a command must end; a command that hangs would take much longer.
const AT_ONCE: Duration = Duration::from_secs(10);

fn make_pipe(at: &Path) {
    assert!(Command::new("mkfifo").arg(at).status().expect("mkfifo can be run").success());
}

fn one() -> (Origin, Program) {
    let origin = Origin::start();
    origin.document("/a", rss("A", &items("a", 0..2)));
    let program = Program::new(&source(&origin, "a", "/a", ""));
    (origin, program)
}

#[test]
fn a_pipe_as_a_configuration_file_is_refused_without_hanging() {
    let (origin, program) = one();
    let good = program.config();
    let daemon = program.daemon();
    make_pipe(&program.folder().join("pipe.toml"));
    let secret = source(&origin, "b", "/b", "auth = { user = \"u\", password = { file = \"pipe.toml\" } }");
    for more in ["\n[[include]]\npath = \"pipe.toml\"\n", "\n[[include]]\npath = \"p*.toml\"\n", secret.as_str()] {
        let began = Instant::now();
        program.configure(&format!("{good}{more}"));
        for verb in ["check", "reload"] {
            let output = program.run(&[verb]).expect(2);
            assert!(output.stderr.contains("a pipe"), "{verb} {more}: {output:?}");
        }
        assert!(began.elapsed() < AT_ONCE * 2, "{more}: {:?}", began.elapsed());
    }
    daemon.get("/source/a.atom").expect(200);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn a_folder_of_sources_that_vanishes_changes_nothing_while_it_is_included() {
    let (origin, program) = one();
    let folder = program.folder().join("more.d");
    let include = "\n[[include]]\npath = \"more.d/*.toml\"\n";
    let without = program.config();
    // Where a folder does not exist yet, it is not required.
    program.configure(&format!("{without}{include}"));
    program.run(&["check"]).expect(0);
    std::fs::create_dir(&folder).expect("the folder can be written");
    std::fs::write(folder.join("b.toml"), source(&origin, "b", "/b", "")).expect("the folder can be written");
    let daemon = program.daemon();
    std::fs::rename(&folder, program.folder().join("away")).expect("it is there");
    let output = program.run(&["reload"]).expect(2);
    assert!(output.stderr.contains("more.d"), "{output:?}");
    daemon.get("/source/b.atom").expect(200);
    program.configure(&without);
    program.run(&["reload"]).expect(0);
    daemon.get("/source/b.atom").expect(404);
}

#[test]
fn an_empty_database_file_is_refused_and_not_overwritten() {
    let (_origin, program) = one();
    let database = program.folder().join("watershed.db");
    program.run(&["poll"]).expect(0);
    let whole = std::fs::read(&database).expect("it is there");
    std::fs::write(&database, "").expect("it can be written");
    for verb in ["run", "poll", "list"] {
        let output = program.run(&[verb]).expect(1);
        assert!(output.stderr.contains("is empty"), "{verb}: {output:?}");
    }
    assert_eq!(std::fs::metadata(&database).expect("it is there").len(), 0);
    std::fs::write(&database, whole).expect("it can be written");
    assert_eq!(program.entries().len(), 2);
}

#[test]
fn a_removed_database_is_reported_until_it_is_back() {
    let (_origin, program) = one();
    let daemon = program.daemon();
    daemon.get("/readyz").expect(200);
    let (database, aside) = (program.folder().join("watershed.db"), program.folder().join("aside"));
    std::fs::rename(&database, &aside).expect("it is there");
    let found = program.run(&["doctor"]).expect(3).said();
    // The daemon may have noticed it already, and tells it in its own words then.
    let told = ["watershed.db is not there any more", "watershed.db was deleted or moved"];
    assert!(told.iter().any(|words| found.contains(words)), "{found}");
    wait_until(Duration::from_secs(60), "readiness to name the missing file", || {
        let reply = daemon.get("/readyz");
        (reply.status == 503 && reply.text().contains("deleted or moved")).then_some(())
    });
    wait_until(PATIENCE, "the log to name the remedy", || daemon.log().contains("restart watershed").then_some(()));
    std::fs::rename(&aside, &database).expect("it is there");
    wait_until(Duration::from_secs(60), "readiness to be back", || (daemon.get("/readyz").status == 200).then_some(()));
}

#[test]
fn files_of_the_site_are_readable_for_everybody_under_any_umask() {
    let (_origin, program) = one();
    program.configure(&program.config().replace("[serve]\n", "[serve]\nfiles = \"site\"\n"));
    let plain = program.command();
    let mut shell = Command::new("sh");
    shell.arg("-c").arg("umask 077; exec \"$0\" run").arg(plain.get_program());
    shell.env_clear().current_dir(program.folder());
    shell.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let daemon = Daemon::start(shell);
    let site = program.folder().join("site");
    wait_until(PATIENCE, "the files", || site.join("source/a.atom").exists().then_some(()));
    let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    for (path, expected) in [("", 0o755), ("source", 0o755), ("source/a.atom", 0o644), ("index.html", 0o644)] {
        assert_eq!(mode(&site.join(path)), expected, "{path}");
    }
    assert_eq!(mode(&program.folder().join("watershed.db")), 0o600, "what is private stays so");
    drop(daemon);
}

#[test]
fn a_literal_address_is_answered_as_host_and_an_unknown_name_is_not() {
    let (_origin, program) = one();
    let daemon = program.daemon();
    for (host, expected) in [("198.51.100.9:8470", 200), ("[2001:db8::9]", 200), ("rebound.example:8470", 421)] {
        let reply = request(&daemon.address, "GET", "/feed.atom", &[("Host", host)]);
        assert_eq!(reply.status, expected, "{host}");
    }
}

#[test]
fn an_unreadable_request_is_refused_with_the_headers_of_every_answer() {
    let (_origin, program) = one();
    let daemon = program.daemon();
    for (name, number) in [("bad name", 1), ("X-Many", 80)] {
        let reply = request(&daemon.address, "GET", "/feed.atom", &vec![(name, "x"); number]);
        assert!(matches!(reply.status, 400 | 431), "{name}: {}", reply.status);
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{name}");
        assert!(reply.header("content-security-policy").contains("default-src 'none'"), "{name}");
    }
}

#[test]
fn silent_connections_do_not_block_other_clients() {
    let (_origin, program) = one();
    let daemon = program.daemon();
    let mut silent = Vec::new();
    // More than there are places.
    for _ in 0..540 {
        silent.push(std::net::TcpStream::connect(&daemon.address).expect("it is let in"));
    }
    let began = Instant::now();
    daemon.get("/feed.atom").expect(200);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    drop(silent);
}
