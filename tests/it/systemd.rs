//! What systemd is told and hands over; its own judgement of the unit, where it is installed.

use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::program::{Daemon, PATIENCE, Program, wait_until};

/// Longest message that is read, in bytes.
const MAX_MESSAGE: usize = 4096;

/// A service manager's end of `NOTIFY_SOCKET`.
struct Manager {
    socket: UnixDatagram,
    path: PathBuf,
}

impl Manager {
    fn listen(folder: &Path) -> Manager {
        let path = folder.join("notify.sock");
        let socket = UnixDatagram::bind(&path).expect("the folder can be written");
        socket.set_read_timeout(Some(Duration::from_millis(50))).expect("a socket takes a timeout");
        Manager { socket, path }
    }

    /// Waits for a message that holds `line`; those before it are passed over.
    #[track_caller]
    fn expect(&self, line: &str) -> String {
        let mut buffer = [0; MAX_MESSAGE];
        wait_until(PATIENCE, &format!("{line} for systemd"), || {
            let length = self.socket.recv(&mut buffer).ok()?;
            let message = String::from_utf8_lossy(&buffer[..length]).into_owned();
            message.lines().any(|known| known == line).then_some(message)
        })
    }
}

#[test]
fn systemd_is_notified_of_readiness_reloads_and_the_stop() {
    let program = Program::new("");
    let manager = Manager::listen(program.folder());
    let mut command = program.command();
    command.arg("run").env("NOTIFY_SOCKET", &manager.path);
    let daemon = Daemon::start(command);
    manager.expect("READY=1");
    daemon.get("/feed.atom").expect(200);
    daemon.get("/readyz").expect(200);

    program.configure(&(program.config() + "[[output]]\nname = \"more\"\n"));
    daemon.signal("HUP");
    let reloading = manager.expect("RELOADING=1");
    assert!(reloading.contains("MONOTONIC_USEC="), "{reloading}");
    manager.expect("READY=1");
    wait_until(PATIENCE, "the new output", || (daemon.get("/more.atom").status == 200).then_some(()));

    assert_eq!(daemon.term(), 0);
    manager.expect("STOPPING=1");
}

#[test]
fn the_watchdog_is_fed() {
    let program = Program::new("");
    let manager = Manager::listen(program.folder());
    let mut command = program.command();
    command.arg("run").env("NOTIFY_SOCKET", &manager.path).env("WATCHDOG_USEC", "600000");
    let _daemon = Daemon::start(command);
    for _ in 0..3 {
        manager.expect("WATCHDOG=1");
    }
}

#[test]
fn a_socket_passed_by_systemd_is_served() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback can be bound");
    let address = listener.local_addr().expect("it is bound").to_string();
    let program = Program::new("");
    let mut command = Command::new("sh");
    // The shell gives the socket the number that sd_listen_fds(3) wants, and its own process id to the daemon.
    let script = "exec 3<&0 </dev/null; export LISTEN_PID=$$ LISTEN_FDS=1; exec \"$0\" run";
    command.arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_watershed"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", program.folder());
    command.current_dir(program.folder()).stdin(Stdio::from(OwnedFd::from(listener)));
    let daemon = Daemon::start(command);
    assert_eq!(daemon.address, address, "it says where it is reached");
    daemon.get("/feed.atom").expect(200);
    assert_eq!(daemon.term(), 0);
}

#[test]
fn behaviour_66_the_daemon_stops_in_time_in_any_situation() {
    use crate::origin::{Answer, Manner, Origin};
    let origin = Origin::start();
    origin.serve("/silent", Answer::status(200).manner(Manner::Silence));
    let program = Program::new(&crate::polling::source(&origin, "silent", "/silent", ""));
    let daemon = program.daemon();
    origin.wait_for("/silent", 1);
    // A reader that never finishes its request.
    let slow = std::net::TcpStream::connect(&daemon.address).expect("it listens");
    assert_eq!(daemon.term(), 0);
    drop(slow);
    let daemon = program.daemon();
    assert_eq!(daemon.stop("INT"), 0);
}

fn installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        eprintln!("SKIPPED: {program} is not installed");
    }
    found
}

fn unit(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("systemd").join(name)
}

#[test]
fn systemd_analyze_finds_the_service_valid_and_hardened() {
    if !installed("systemd-analyze") {
        return;
    }
    // 1.5 of 10 at most; the threshold is in tenths.
    let output = Command::new("systemd-analyze")
        .args(["security", "--no-pager", "--offline=true", "--threshold=15"])
        .arg(unit("watershed.service"))
        .output()
        .expect("it is installed");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");

    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let text = std::fs::read_to_string(unit("watershed.service")).expect("it is there");
    // The unit names no folder for the program; here it is the one under test.
    let text = text.replace("ExecStart=watershed", concat!("ExecStart=", env!("CARGO_BIN_EXE_watershed")));
    std::fs::write(folder.path().join("watershed.service"), text).expect("the folder can be written");
    std::fs::copy(unit("watershed.socket"), folder.path().join("watershed.socket")).expect("the folder can be written");
    let output = Command::new("systemd-analyze")
        .args(["verify", "--man=no"])
        .args(["watershed.service", "watershed.socket"].map(|name| folder.path().join(name)))
        .output()
        .expect("it is installed");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    // It also speaks of other units of the machine, which are not our matter.
    let ours: Vec<&str> = said.lines().filter(|line| line.contains("watershed")).collect();
    assert!(ours.is_empty(), "{ours:#?}");
}
