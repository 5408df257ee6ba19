//! A command's end of the control socket. Blocking: a command has nothing else to do.

use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use super::{End, Line, Record, Request, Verb, socket_candidates};

/// Longest line of an answer, in bytes: one entry with its content.
const MAX_LINE: u64 = 16 * 1024 * 1024;
/// A daemon that takes the connection but not the request for this long is stuck.
const SENT_WITHIN: Duration = Duration::from_secs(10);

/// One that has not answered a question that it need not poll for, within this, is stuck too.
const ANSWERED_WITHIN: Duration = Duration::from_secs(30);

/// Why a question to the daemon has no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error("no answer from the daemon: {0}")]
    Daemon(#[from] io::Error),
    /// What came could not be handed on.
    #[error("cannot print: {0}")]
    Record(io::Error),
}

/// A daemon that listens.
#[derive(Debug)]
pub struct Connected {
    stream: UnixStream,
    config: PathBuf,
}

/// The daemon of a configuration, if one runs.
pub fn connect(config: &Path, database: &Path, runtime_directory: Option<&str>) -> Option<Connected> {
    let config = std::fs::canonicalize(config).unwrap_or_else(|_| config.to_owned());
    let candidates = socket_candidates(&config, database, runtime_directory);
    let stream = candidates.iter().find_map(|path| UnixStream::connect(path).ok())?;
    Some(Connected { stream, config })
}

impl Connected {
    /// Sends one request and hands each record on as it comes.
    ///
    /// # Errors
    /// When the daemon goes away before the end of its answer, or `record` fails.
    pub fn ask(self, verb: Verb, mut record: impl FnMut(Record) -> io::Result<()>) -> Result<End, AskError> {
        let stream = self.send(verb)?;
        // Read at once, whatever becomes of what is printed: the daemon does not wait for somebody who pages through it.
        let (read, lines) = mpsc::channel();
        std::thread::spawn(move || read_lines(stream, &read));
        loop {
            let Ok(line) = lines.recv() else {
                let stopped = io::Error::new(io::ErrorKind::UnexpectedEof, "it stopped before it had answered");
                return Err(AskError::Daemon(stopped));
            };
            let line = line?;
            match serde_json::from_str(&line).map_err(io::Error::from)? {
                Line::Record(found) => record(*found).map_err(AskError::Record)?,
                Line::End(end) => return Ok(end),
            }
        }
    }

    fn send(self, verb: Verb) -> io::Result<UnixStream> {
        let patience = match verb {
            Verb::Poll(_) | Verb::Reload => None,
            // These may compare many texts, or wait for the outputs.
            Verb::Stories(_) | Verb::Change(_) => None,
            Verb::List(_) | Verb::Show(_) | Verb::Entries(_) | Verb::Why(_) => Some(ANSWERED_WITHIN),
        };
        let mut request = serde_json::to_vec(&Request { config: self.config, verb })?;
        request.push(b'\n');
        self.stream.set_write_timeout(Some(SENT_WITHIN))?;
        self.stream.set_read_timeout(patience)?;
        (&self.stream).write_all(&request).map_err(stuck)?;
        Ok(self.stream)
    }
}

/// Hands each line on, and at last what ended them; nothing where it was the end of the answer.
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
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
            io::Error::new(io::ErrorKind::TimedOut, "it runs, but does not answer; is it stopped, or its disk stuck?")
        }
        _ => error,
    }
}
