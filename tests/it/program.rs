//! Runs the real binary in a temporary folder: commands and daemons. A plain HTTP client reads what a daemon serves.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// Longest wait for an expected event on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// Pause between two looks of a wait.
const GLANCE: Duration = Duration::from_millis(10);
/// A command that runs for longer counts as hanging.
const COMMAND_WITHIN: Duration = Duration::from_secs(90);
/// Time within which SIGTERM or SIGINT must end the daemon.
const STOPS_WITHIN: Duration = Duration::from_secs(10);

/// The beginning of every configuration in tests: loopback may be polled without pauses, and the schedule polls no source twice
/// within a test.
pub const BASE: &str = r#"
[serve]
listen = "127.0.0.1:0"

[poll]
allow_networks = ["127.0.0.0/8"]
host_gap = "0s"
min_every = "1s"
every = "1h"
"#;

/// [`BASE`] with more keys in `[serve]`, each with the end of its line.
pub fn serving(keys: &str) -> String {
    BASE.replacen("[serve]\n", &format!("[serve]\n{keys}"), 1)
}

/// Calls `look` until it returns a value. Fails with `what` if there is no value in time.
pub fn wait_until<T>(patience: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "not within {patience:?}: {what}");
        thread::sleep(GLANCE);
    }
}

/// A temporary folder with `watershed.toml`, in which commands run.
pub struct Program {
    folder: TempDir,
}

/// Exit status and output of a command.
#[derive(Debug)]
pub struct Output {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Output {
    #[track_caller]
    pub fn expect(self, status: i32) -> Output {
        assert_eq!(self.status, status, "exit status\nstdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }

    /// The records on stdout, one JSON object per line.
    #[track_caller]
    pub fn records(&self) -> Vec<Value> {
        let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line:?}"));
        self.stdout.lines().map(parse).collect()
    }

    /// Stdout and stderr together.
    pub fn said(&self) -> String {
        format!("{}\n{}", self.stdout, self.stderr)
    }
}

impl Program {
    /// A program whose configuration is [`BASE`] with more tables behind it.
    pub fn new(more: &str) -> Program {
        Program::bare(&format!("{BASE}{more}"))
    }

    /// A program with exactly this configuration.
    pub fn bare(config: &str) -> Program {
        let program = Program { folder: tempfile::tempdir().expect("a temporary folder can be made") };
        program.configure(config);
        program
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn config_path(&self) -> PathBuf {
        self.folder().join("watershed.toml")
    }

    pub fn config(&self) -> String {
        std::fs::read_to_string(self.config_path()).expect("the configuration can be read")
    }

    /// Replaces the configuration as editors do: writes a new file beside it and renames it.
    pub fn configure(&self, config: &str) {
        let beside = self.folder().join(".watershed.toml.new");
        std::fs::write(&beside, config).expect("the folder can be written");
        std::fs::rename(&beside, self.config_path()).expect("the folder can be written");
    }

    /// The binary in this folder, without environment variables that could change its behaviour.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_watershed"));
        command.env_clear().current_dir(self.folder()).stdin(Stdio::null());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.folder()).env("NO_COLOR", "1").env("TZ", "UTC");
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Output {
        let mut command = self.command();
        command.args(arguments);
        finish(command)
    }

    /// Runs a command that must succeed, and returns the records that it prints.
    #[track_caller]
    pub fn records(&self, arguments: &[&str]) -> Vec<Value> {
        self.run(arguments).expect(0).records()
    }

    /// The record of a source in `list --json`.
    #[track_caller]
    pub fn source(&self, name: &str) -> Value {
        let records = self.records(&["list", "--json"]);
        let found = records.iter().find(|record| record["name"] == name);
        found.unwrap_or_else(|| panic!("{name} is not listed: {records:?}")).clone()
    }

    /// All records of `entries --json`.
    #[track_caller]
    pub fn entries(&self) -> Vec<Value> {
        self.records(&["entries", "--json", "--limit", "10000"])
    }

    /// Polls a source by name and returns the record of the poll. Waits while the cool-down after an earlier attempt lasts.
    #[track_caller]
    pub fn poll(&self, name: &str) -> Value {
        wait_until(PATIENCE, &format!("a poll of {name}"), || {
            let output = self.run(&["poll", "--json", name]);
            assert!(matches!(output.status, 0 | 3), "{output:?}");
            let record = output.records().into_iter().find(|record| record["name"] == name);
            let record = record.unwrap_or_else(|| panic!("no record of {name}: {output:?}"));
            (!record["outcome"].is_null()).then_some(record)
        })
    }

    /// Starts a command that runs until it is stopped.
    pub fn background(&self, arguments: &[&str]) -> Background {
        let mut command = self.command();
        let command = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = Running(command.spawn().expect("it can be run"));
        let (stdout, stderr) = (follow(child.0.stdout.take()), follow(child.0.stderr.take()));
        Background { child, stdout, stderr }
    }

    /// Starts `run` and waits until it serves.
    #[track_caller]
    pub fn daemon(&self) -> Daemon {
        let mut command = self.command();
        command.arg("run");
        Daemon::start(command)
    }
}

/// Parses a time of a record (RFC 3339, UTC) to seconds since 1970.
#[track_caller]
pub fn seconds(time: &Value) -> i64 {
    let text = time.as_str().unwrap_or_else(|| panic!("no time: {time}"));
    assert!(text.ends_with('Z'), "not in UTC: {text}");
    chrono::DateTime::parse_from_rfc3339(text).unwrap_or_else(|error| panic!("{text}: {error}")).timestamp()
}

/// Runs a command to its end.
pub fn finish(mut command: Command) -> Output {
    let mut child = Running(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it can be run"));
    let stdout = drain(child.0.stdout.take());
    let stderr = drain(child.0.stderr.take());
    let status = child.wait_for(COMMAND_WITHIN, &format!("the end of {command:?}"));
    let text = |thread: JoinHandle<Vec<u8>>| {
        String::from_utf8(thread.join().expect("reading does not panic")).expect("it prints UTF-8")
    };
    let (stdout, stderr) = (text(stdout), text(stderr));
    let status = status.code().unwrap_or_else(|| panic!("{command:?} was killed: {status}\n{stderr}"));
    Output { status, stdout, stderr }
}

fn drain(from: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    let mut from = from.expect("it is piped");
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // An error ends the stream; what was read before counts.
        let _ = from.read_to_end(&mut bytes);
        bytes
    })
}

/// A child process that is killed when the test ends.
struct Running(Child);

impl Running {
    fn wait_for(&mut self, patience: Duration, what: &str) -> ExitStatus {
        wait_until(patience, what, || self.0.try_wait().expect("a child can be waited for"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // An error is ignored, because the child may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A command in the background; killed when dropped.
pub struct Background {
    child: Running,
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
}

impl Background {
    /// Waits until the command has printed this number of lines, and returns them as records.
    #[track_caller]
    pub fn records(&self, number: usize) -> Vec<Value> {
        wait_until(PATIENCE, &format!("{number} records"), || {
            let text = self.stdout.lock().expect("following does not panic").clone();
            let whole = &text[..text.rfind('\n').map_or(0, |end| end + 1)];
            (whole.lines().count() >= number)
                .then(|| whole.lines().map(|line| serde_json::from_str(line).expect("a line is a record")).collect())
        })
    }

    pub fn signal(&self, name: &str) {
        send_signal(self.child.0.id(), name);
    }

    /// Waits for the end and returns the exit status, and what was printed on stderr.
    #[track_caller]
    pub fn end(mut self) -> (i32, String) {
        let status = self.child.wait_for(STOPS_WITHIN, "the end of a command in the background");
        let status = status.code().unwrap_or_else(|| panic!("killed by signal {:?}", status.signal()));
        // The last line may still be on its way.
        let said = wait_until(PATIENCE, "stderr to be read", || {
            let is_read = Arc::strong_count(&self.stderr) == 1;
            is_read.then(|| self.stderr.lock().expect("following does not panic").clone())
        });
        (status, said)
    }
}

fn send_signal(id: u32, name: &str) {
    let status = Command::new("kill").arg(format!("-{name}")).arg(id.to_string()).status();
    assert!(status.expect("there is a kill command").success(), "SIG{name} could not be sent");
}

/// A running daemon; killed when dropped.
pub struct Daemon {
    child: Running,
    /// `127.0.0.1:PORT`.
    pub address: String,
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
}

impl Daemon {
    /// Runs a command that serves, and waits until it prints its address.
    #[track_caller]
    pub fn start(mut command: Command) -> Daemon {
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it can be run");
        let mut child = Running(child);
        let stdout = follow(child.0.stdout.take());
        let stderr = follow(child.0.stderr.take());
        let address = wait_until(PATIENCE, "the line `serving http://ADDRESS/`", || {
            let said = stdout.lock().expect("following does not panic").clone();
            if let Some(address) = served_address(&said) {
                return Some(address);
            }
            if let Some(status) = child.0.try_wait().expect("a child can be waited for") {
                panic!(
                    "it ended ({status}) before it served\nstdout: {said}\nstderr: {}",
                    stderr.lock().expect("text")
                );
            }
            None
        });
        Daemon { child, address, stdout, stderr }
    }

    /// What the daemon has printed so far.
    pub fn printed(&self) -> String {
        self.stdout.lock().expect("following does not panic").clone()
    }

    /// The whole log of the daemon so far.
    pub fn log(&self) -> String {
        self.stderr.lock().expect("following does not panic").clone()
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Reply {
        self.request("GET", path, &[])
    }

    #[track_caller]
    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
        request(&self.address, method, path, headers)
    }

    /// Sends SIGKILL and waits for the end.
    pub fn kill(mut self) {
        self.child.0.kill().expect("it runs");
        self.child.0.wait().expect("a child can be waited for");
    }

    /// Sends SIGTERM, waits for the end, which must come in time, and returns the exit status.
    #[track_caller]
    pub fn term(self) -> i32 {
        self.stop("TERM")
    }

    /// Sends the named signal, waits for the end, which must come in time, and returns the exit status.
    #[track_caller]
    pub fn stop(mut self, signal: &str) -> i32 {
        self.signal(signal);
        let status = self.child.wait_for(STOPS_WITHIN, &format!("the end after SIG{signal}"));
        status.code().unwrap_or_else(|| panic!("killed by signal {:?}", status.signal()))
    }

    pub fn signal(&self, name: &str) {
        send_signal(self.child.0.id(), name);
    }

    /// Peak memory since the start, in KiB (VmHWM, see proc(5)).
    pub fn peak_kib(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.0.id());
        let status = std::fs::read_to_string(path).expect("the daemon runs on Linux");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the kernel counts it");
        line.trim().trim_end_matches("kB").trim().parse().expect("it is a number")
    }

    #[track_caller]
    pub fn assert_alive(&mut self) {
        let ended = self.child.0.try_wait().expect("a child can be waited for");
        assert!(ended.is_none(), "the daemon died: {ended:?}\n{}", self.log());
    }
}

/// The growing text of a stream, which a thread reads.
fn follow(from: Option<impl Read + Send + 'static>) -> Arc<Mutex<String>> {
    let from = from.expect("it is piped");
    let text = Arc::new(Mutex::new(String::new()));
    let grows = text.clone();
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while matches!(from.read_until(b'\n', &mut line), Ok(read) if read > 0) {
            grows.lock().expect("nobody panics with it").push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    });
    text
}

fn served_address(stdout: &str) -> Option<String> {
    // Only whole lines count, because a part of the address may still be on its way.
    let whole = &stdout[..=stdout.rfind('\n')?];
    let address = whole.lines().find_map(|line| line.trim().strip_prefix("serving http://"))?;
    Some(address.split('/').next().unwrap_or(address).to_owned())
}

/// An HTTP answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    /// The value of a header; empty if the header is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("it is UTF-8")
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Reply {
        assert_eq!(self.status, status, "{:?}\n{}", self.headers, String::from_utf8_lossy(&self.body));
        self
    }
}

/// Sends a request over a new connection.
#[track_caller]
pub fn request(address: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut stream = TcpStream::connect(address).unwrap_or_else(|error| panic!("{address}: {error}"));
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket takes a timeout");
    let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head.push_str(&format!("Host: {address}\r\n"));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).expect("the request is sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the answer is read");
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or_else(|| {
        panic!("{method} {path}: no whole head in {:?}", String::from_utf8_lossy(&answer));
    });
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    let body = answer[end + 4..].to_vec();
    let chunked =
        headers.iter().any(|(name, value)| name.eq_ignore_ascii_case("transfer-encoding") && value == "chunked");
    let body = if chunked { unchunked(&body) } else { body };
    Reply { status: status.expect("a status line"), headers, body }
}

/// Decodes a chunked body (RFC 9112, 7.1).
fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let Some(line) = rest.windows(2).position(|window| window == b"\r\n") else { return body };
        let size = String::from_utf8_lossy(&rest[..line]);
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16).unwrap_or(0);
        rest = &rest[line + 2..];
        if size == 0 || size > rest.len() {
            return body;
        }
        body.extend_from_slice(&rest[..size]);
        rest = rest.get(size + 2..).unwrap_or_default();
    }
}
