//! A scripted HTTP origin that can misbehave byte by byte, and records every request.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tokio::net::TcpSocket;

use crate::program::{PATIENCE, wait_until};

/// Largest head of a request, in bytes.
const MAX_HEAD: usize = 64 * 1024;
/// A client that sends nothing for this long is disconnected.
const IDLE: Duration = Duration::from_secs(10);
/// Pause between two checks of a hanging connection for whether the origin has stopped, and of a gate for whether it is open.
const GLANCE: Duration = Duration::from_millis(50);

/// A recorded request.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The headers: names in lower case, values byte for byte.
    pub headers: Vec<(String, Vec<u8>)>,
    /// As long as its Content-Length says.
    pub body: Vec<u8>,
    pub at: Instant,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_slice())
    }

    /// The value of a header as text; empty if the header is missing.
    pub fn text(&self, name: &str) -> String {
        self.header(name).map(|value| String::from_utf8_lossy(value).into_owned()).unwrap_or_default()
    }
}

/// An answer of the origin.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: Vec<u8>,
    pub manner: Manner,
}

/// How an answer is sent.
#[derive(Debug, Clone)]
pub enum Manner {
    Honest,
    /// With a wrong Content-Length.
    Claims(usize),
    /// With a correct Content-Length, but the connection ends after this number of bytes of the body.
    CutAfter(usize),
    /// The body one byte at a time.
    Drip(Duration),
    /// Chunked, without the last chunk.
    EndlessChunks,
    /// These bytes in place of head and body.
    Raw(Vec<u8>),
    /// These bytes in place of head and body; the connection stays open for as long as the client waits.
    RawAndSilence(Vec<u8>),
    /// No byte at all, for as long as the client waits.
    Silence,
    /// Correctly, and the connection stays open for the next request.
    KeptAlive,
    /// Without a length, and the body again and again until the client goes away.
    Endless,
}

impl Answer {
    pub fn status(status: u16) -> Answer {
        Answer { status, headers: Vec::new(), body: Vec::new(), manner: Manner::Honest }
    }

    /// 200 with a body.
    pub fn body(body: impl Into<Vec<u8>>) -> Answer {
        Answer { body: body.into(), ..Answer::status(200) }
    }

    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Answer {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    pub fn manner(self, manner: Manner) -> Answer {
        Answer { manner, ..self }
    }

    pub fn redirect(status: u16, to: &str) -> Answer {
        Answer::status(status).header("Location", to)
    }
}

/// Holds answers back until it is opened.
#[derive(Debug, Clone, Default)]
pub struct Gate(Arc<AtomicBool>);

impl Gate {
    pub fn open(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Returns once the gate is open, and after [`PATIENCE`] in any case, so that a test that has failed ends.
    pub fn wait(&self) {
        let deadline = Instant::now() + PATIENCE;
        while !self.0.load(Ordering::SeqCst) && Instant::now() < deadline {
            thread::sleep(GLANCE);
        }
    }
}

/// An address of the loopback network that refuses connections. It is bound as long as this value lives, so nothing else can get its
/// port, and nobody listens.
#[derive(Debug)]
pub struct Closed(TcpSocket);

impl Closed {
    pub fn bind() -> Closed {
        let socket = TcpSocket::new_v4().expect("a socket can be made");
        socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).expect("the loopback address can be bound");
        Closed(socket)
    }

    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().expect("a bound socket has an address")
    }
}

/// Chooses an answer, given the request and the number of earlier requests for the path.
type Handler = Arc<dyn Fn(&Seen, usize) -> Answer + Send + Sync>;

#[derive(Default)]
struct Shared {
    routes: Mutex<HashMap<String, Handler>>,
    log: Mutex<Vec<Seen>>,
    connections: AtomicUsize,
    stopping: AtomicBool,
}

/// A listening origin; dropping the value stops it.
pub struct Origin {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Origin {
    pub fn start() -> Origin {
        Origin::at(Ipv4Addr::LOCALHOST)
    }

    /// An origin on another address of the loopback network.
    pub fn at(address: Ipv4Addr) -> Origin {
        let listener = TcpListener::bind((address, 0)).expect("the loopback address can be bound");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new(Shared::default());
        let served = shared.clone();
        thread::spawn(move || accept(&listener, &served));
        Origin { address, shared }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers requests for `path` as `handler` decides.
    pub fn route(&self, path: &str, handler: impl Fn(&Seen, usize) -> Answer + Send + Sync + 'static) {
        self.shared.routes.lock().expect("no handler panics").insert(path.to_owned(), Arc::new(handler));
    }

    /// Answers requests for `path` always with the same answer.
    pub fn serve(&self, path: &str, answer: Answer) {
        self.route(path, move |_, _| answer.clone());
    }

    /// Answers requests for `path` always with the same answer, once the gate is open.
    pub fn hold(&self, path: &str, answer: Answer) -> Gate {
        let gate = Gate::default();
        let held = gate.clone();
        self.route(path, move |_, _| {
            held.wait();
            answer.clone()
        });
        gate
    }

    /// Answers requests for `path` with each answer in turn; the last answer repeats.
    pub fn script(&self, path: &str, answers: Vec<Answer>) {
        let from = self.seen_at(path).len();
        self.route(path, move |_, before| answers[(before - from).min(answers.len() - 1)].clone());
    }

    /// Serves a document with an ETag made of its bytes, and answers 304 to a request with that ETag.
    pub fn document(&self, path: &str, body: impl Into<Vec<u8>>) {
        let body: Vec<u8> = body.into();
        let etag = format!("\"{}\"", &blake3::hash(&body).to_hex()[..16]);
        self.route(path, move |seen, _| {
            if seen.text("if-none-match") == etag {
                return Answer::status(304).header("ETag", &etag);
            }
            Answer::body(body.clone()).header("ETag", &etag)
        });
    }

    /// All requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.log.lock().expect("no handler panics").clone()
    }

    /// The requests for one path.
    pub fn seen_at(&self, path: &str) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| seen.path == path).collect()
    }

    /// Number of connections opened so far.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Waits until there were this number of requests for a path.
    pub fn wait_for(&self, path: &str, times: usize) -> Vec<Seen> {
        wait_until(PATIENCE, &format!("{times} requests for {path}"), || {
            let seen = self.seen_at(path);
            (seen.len() >= times).then_some(seen)
        })
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // A connection wakes the listener, so that it sees the flag.
        let _ = TcpStream::connect(self.address);
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        shared.connections.fetch_add(1, Ordering::SeqCst);
        let shared = shared.clone();
        // A client may disconnect at any time, so errors are ignored.
        thread::spawn(move || {
            let _ = converse(stream, &shared);
        });
    }
}

/// Answers the requests of a connection for as long as the answers keep it alive.
fn converse(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_read_timeout(Some(IDLE))?;
    stream.set_nodelay(true)?;
    while exchange(&mut stream, shared)? {}
    Ok(())
}

/// Answers a request. Returns whether the connection stays open.
fn exchange(stream: &mut TcpStream, shared: &Shared) -> std::io::Result<bool> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        let read = stream.read(&mut buffer)?;
        if read == 0 || head.len() > MAX_HEAD {
            return Ok(false);
        }
        head.extend_from_slice(&buffer[..read]);
    }
    let Some(mut seen) = parse(&head) else { return Ok(false) };
    let length: usize = seen.text("content-length").parse().unwrap_or(0);
    let begin = head.windows(4).position(|window| window == b"\r\n\r\n").map_or(head.len(), |end| end + 4);
    seen.body = head.split_off(begin);
    while seen.body.len() < length {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return Ok(false);
        }
        seen.body.extend_from_slice(&buffer[..read]);
    }
    let handler = shared.routes.lock().expect("no handler panics").get(&seen.path).cloned();
    let before = {
        let mut log = shared.log.lock().expect("no handler panics");
        let before = log.iter().filter(|known| known.path == seen.path).count();
        log.push(seen.clone());
        before
    };
    let answer = handler.map_or_else(|| Answer::status(404), |handler| handler(&seen, before));
    send(stream, &seen, &answer, shared)?;
    Ok(matches!(answer.manner, Manner::KeptAlive))
}

fn parse(head: &[u8]) -> Option<Seen> {
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let first = String::from_utf8_lossy(lines.next()?).into_owned();
    let mut words = first.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
            let value = &line[colon + 1..];
            Some((name, value.strip_prefix(b" ").unwrap_or(value).to_vec()))
        })
        .collect();
    Some(Seen { method, path, headers, body: Vec::new(), at: Instant::now() })
}

fn send(stream: &mut TcpStream, seen: &Seen, answer: &Answer, shared: &Shared) -> std::io::Result<()> {
    let body: &[u8] = if seen.method == "HEAD" { b"" } else { &answer.body };
    match &answer.manner {
        Manner::Raw(bytes) => return stream.write_all(bytes),
        Manner::RawAndSilence(bytes) => {
            stream.write_all(bytes)?;
            hang(stream, shared);
            return Ok(());
        }
        Manner::Silence => {
            hang(stream, shared);
            return Ok(());
        }
        _ => {}
    }
    let connection = if matches!(answer.manner, Manner::KeptAlive) { "keep-alive" } else { "close" };
    let mut head = format!("HTTP/1.1 {} Scripted\r\nConnection: {connection}\r\n", answer.status).into_bytes();
    for (name, value) in &answer.headers {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    }
    let length = match &answer.manner {
        Manner::EndlessChunks | Manner::Endless => None,
        Manner::Claims(length) => Some(*length),
        _ => Some(body.len()),
    };
    match length {
        None if matches!(answer.manner, Manner::Endless) => {}
        None => head.extend_from_slice(b"Transfer-Encoding: chunked\r\n"),
        // RFC 9110, 8.6: a 304 has no body and needs no Content-Length.
        Some(_) if answer.status == 304 => {}
        Some(length) => head.extend_from_slice(format!("Content-Length: {length}\r\n").as_bytes()),
    }
    head.extend_from_slice(b"\r\n");
    stream.write_all(&head)?;
    match &answer.manner {
        Manner::CutAfter(bytes) => stream.write_all(&body[..body.len().min(*bytes)]),
        Manner::Drip(pause) => {
            for byte in body {
                if shared.stopping.load(Ordering::SeqCst) {
                    return Ok(());
                }
                stream.write_all(std::slice::from_ref(byte))?;
                thread::sleep(*pause);
            }
            Ok(())
        }
        Manner::Endless => {
            while !shared.stopping.load(Ordering::SeqCst) {
                stream.write_all(body)?;
            }
            Ok(())
        }
        Manner::EndlessChunks => {
            stream.write_all(format!("{:x}\r\n", body.len()).as_bytes())?;
            stream.write_all(body)?;
            stream.write_all(b"\r\n")
        }
        _ => stream.write_all(body),
    }
}

/// Sends no byte until the client disconnects.
fn hang(stream: &mut TcpStream, shared: &Shared) {
    let _ = stream.set_read_timeout(Some(GLANCE));
    let mut buffer = [0; 64];
    while !shared.stopping.load(Ordering::SeqCst) {
        match stream.read(&mut buffer) {
            Ok(0) => return,
            Err(error) if !matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                return;
            }
            _ => {}
        }
    }
}
