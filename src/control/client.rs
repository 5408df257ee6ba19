//! The client side of the control socket. It blocks, because a command has nothing else to do.

use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use super::{End, Line, Record, Request, Verb, socket_candidates};

/// The longest line of an answer, in bytes: one entry with its content.
const MAX_LINE: u64 = 16 * 1024 * 1024;
/// A daemon that accepts the connection but does not take the request within this time is stuck.
const SENT_WITHIN: Duration = Duration::from_secs(10);

/// A daemon that does not answer within this time is stuck, unless it has to poll or to compare texts for the answer.
const ANSWERED_WITHIN: Duration = Duration::from_secs(30);

/// Why a request to the daemon failed.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error("no answer from the daemon: {0}")]
    Daemon(#[from] io::Error),
    /// The caller could not take a record, usually because stdout is closed.
    #[error("cannot print: {0}")]
    Record(io::Error),
}

/// A connection to a running daemon.
#[derive(Debug)]
pub struct Connected {
    stream: UnixStream,
    /// Where to connect for the next request.
    pub socket: DaemonSocket,
}

/// Where a daemon can be reached again, because a connection takes a single request.
#[derive(Debug, Clone)]
pub struct DaemonSocket {
    path: PathBuf,
    config: PathBuf,
}

impl DaemonSocket {
    /// Connects to the daemon.
    pub fn connect(&self) -> Result<Connected, AskError> {
        Ok(Connected { stream: UnixStream::connect(&self.path)?, socket: self.clone() })
    }
}

/// Connects to the daemon of a configuration. `None` if no daemon runs.
pub fn connect(config: &Path, database: &Path, runtime_directory: Option<&str>) -> Option<Connected> {
    let config = std::fs::canonicalize(config).unwrap_or_else(|_| config.to_owned());
    let candidates = socket_candidates(&config, database, runtime_directory);
    let reached = |path: PathBuf| DaemonSocket { path, config: config.clone() }.connect().ok();
    candidates.into_iter().find_map(reached)
}

impl Connected {
    /// Sends a request and passes each record to `record` as it comes. Fails if the daemon goes away before the end of
    /// its answer, or if `record` fails.
    pub fn ask(self, verb: Verb, mut record: impl FnMut(Record) -> io::Result<()>) -> Result<End, AskError> {
        let stream = self.send(verb)?;
        // A thread reads ahead, because the daemon does not wait while the output is paged through.
        let (read, lines) = mpsc::channel();
        std::thread::spawn(move || read_lines(stream, &read));
        for line in lines {
            match serde_json::from_str(&line?).map_err(io::Error::from)? {
                Line::Record(found) => record(*found).map_err(AskError::Record)?,
                Line::End(end) => return Ok(end),
            }
        }
        let stopped = io::Error::new(io::ErrorKind::UnexpectedEof, "it stopped before the end of its answer");
        Err(AskError::Daemon(stopped))
    }

    fn send(self, verb: Verb) -> io::Result<UnixStream> {
        let patience = match verb {
            Verb::Poll(_) | Verb::Reload => None,
            // These verbs may compare many texts, delete many entries, or wait for the outputs.
            Verb::Stories(_) | Verb::Change(_) | Verb::TakeOver(_) | Verb::Prune(_) => None,
            Verb::List(_) | Verb::Show(_) | Verb::Status | Verb::Entries(_) => Some(ANSWERED_WITHIN),
            Verb::Search(_) | Verb::Why(_) | Verb::Decisions => Some(ANSWERED_WITHIN),
        };
        let mut request = serde_json::to_vec(&Request { config: self.socket.config, verb })?;
        request.push(b'\n');
        self.stream.set_write_timeout(Some(SENT_WITHIN))?;
        self.stream.set_read_timeout(patience)?;
        (&self.stream).write_all(&request).map_err(stuck)?;
        Ok(self.stream)
    }
}

/// Passes on each line, and finally the error that ended the reading, if it was an error.
fn read_lines(stream: UnixStream, to: &mpsc::Sender<io::Result<String>>) {
    let mut lines = BufReader::new(stream);
    loop {
        let mut line = String::new();
        let read = io::Read::take(&mut lines, MAX_LINE).read_line(&mut line).map_err(stuck);
        let is_last = !matches!(read, Ok(1..));
        if matches!(read, Ok(0)) || to.send(read.map(|_| line)).is_err() || is_last {
            return;
        }
    }
}

fn stuck(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => io::Error::new(
            io::ErrorKind::TimedOut,
            "it runs but does not answer; it may be suspended, or its disk may hang",
        ),
        _ => error,
    }
}
