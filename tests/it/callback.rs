//! A subscriber of a hub: takes its requests with their bodies, confirms what it is asked, and can misbehave.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use url::form_urlencoded;

use crate::program::{PATIENCE, Reply, wait_until};

/// Pause between two checks of a hanging connection for whether the subscriber has stopped.
const GLANCE: Duration = Duration::from_millis(50);

/// A request of the hub.
#[derive(Debug, Clone)]
pub struct Received {
    pub method: String,
    /// Without the query.
    pub path: String,
    pub query: Vec<(String, String)>,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    /// The value of a parameter in the query; empty if it is missing.
    pub fn asked(&self, name: &str) -> &str {
        self.query.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The value of a header; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("it is UTF-8")
    }
}

/// How a path answers. `None` never answers.
type Handler = Arc<dyn Fn(&Received) -> Option<(u16, String)> + Send + Sync>;

#[derive(Default)]
struct Shared {
    handlers: Mutex<HashMap<String, Handler>>,
    received: Mutex<Vec<Received>>,
    stopping: AtomicBool,
}

/// A listening subscriber; dropping the value stops it. A path without a handler confirms everything and takes everything.
pub struct Callback {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Callback {
    pub fn start() -> Callback {
        Callback::at(Ipv4Addr::LOCALHOST)
    }

    /// A subscriber on another address of the loopback network.
    pub fn at(address: Ipv4Addr) -> Callback {
        let listener = TcpListener::bind((address, 0)).expect("the loopback address can be bound");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new(Shared::default());
        let served = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                if served.stopping.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), shared) = (stream, served.clone()) else { continue };
                thread::spawn(move || converse(stream, &shared));
            }
        });
        Callback { address, shared }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers requests for a path as `handler` decides: a status, and the location of a redirect or the body. `None` never answers.
    pub fn route(&self, path: &str, handler: impl Fn(&Received) -> Option<(u16, String)> + Send + Sync + 'static) {
        self.shared.handlers.lock().expect("no handler panics").insert(path.to_owned(), Arc::new(handler));
    }

    /// Confirms what it is asked, and answers deliveries with this status.
    pub fn answer_deliveries(&self, path: &str, status: u16) {
        self.route(path, move |received| match received.method.as_str() {
            "GET" => confirm(received),
            _ => Some((status, String::new())),
        });
    }

    /// All requests for a path so far.
    pub fn received(&self, path: &str) -> Vec<Received> {
        let received = self.shared.received.lock().expect("no handler panics");
        received.iter().filter(|received| received.path == path).cloned().collect()
    }

    /// The deliveries to a path so far.
    pub fn deliveries(&self, path: &str) -> Vec<Received> {
        self.received(path).into_iter().filter(|received| received.method == "POST").collect()
    }

    /// Waits until there were this number of requests with a method for a path.
    #[track_caller]
    pub fn wait_for(&self, method: &str, path: &str, times: usize) -> Vec<Received> {
        wait_until(PATIENCE, &format!("{times} {method} requests for {path}"), || {
            let received: Vec<Received> =
                self.received(path).into_iter().filter(|received| received.method == method).collect();
            (received.len() >= times).then_some(received)
        })
    }
}

impl Drop for Callback {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // A connection wakes the listener, so that it sees the flag.
        let _ = TcpStream::connect(self.address);
    }
}

/// The answer that confirms a subscription, or takes note of a denial.
pub fn confirm(received: &Received) -> Option<(u16, String)> {
    Some((200, received.asked("hub.challenge").to_owned()))
}

fn converse(mut stream: TcpStream, shared: &Shared) {
    // A client that sends no whole request is disconnected.
    let Some(received) = read(&mut stream) else { return };
    let handler = shared.handlers.lock().expect("no handler panics").get(&received.path).cloned();
    let answer = match handler {
        Some(handler) => handler(&received),
        None if received.method == "GET" => confirm(&received),
        None => Some((204, String::new())),
    };
    // Recorded when the answer is known, so that what a test has seen is decided.
    shared.received.lock().expect("no handler panics").push(received);
    let Some((status, text)) = answer else {
        while !shared.stopping.load(Ordering::SeqCst) {
            thread::sleep(GLANCE);
        }
        return;
    };
    let (location, body) =
        if (300..400).contains(&status) { (format!("Location: {text}\r\n"), "") } else { (String::new(), &*text) };
    let length = if status == 204 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let whole = format!("HTTP/1.1 {status} X\r\nConnection: close\r\n{location}{length}\r\n{body}");
    // The hub may have gone away.
    let _ = stream.write_all(whole.as_bytes());
}

fn read(stream: &mut TcpStream) -> Option<Received> {
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 * 1024];
    let mut more = |bytes: &mut Vec<u8>| {
        let count = stream.read(&mut chunk).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&chunk[..count]);
        Some(())
    };
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        more(&mut bytes)?;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let header = |line: &str| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    let headers: Vec<(String, String)> = lines.filter_map(header).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let length: usize = length.unwrap_or(0);
    while bytes.len() < end + 4 + length {
        more(&mut bytes)?;
    }
    let body = bytes[end + 4..end + 4 + length].to_vec();
    let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    Some(Received { method, path: path.to_owned(), query, headers, body })
}

/// Sends a body and returns the answer.
#[track_caller]
pub fn post(address: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(address).unwrap_or_else(|error| panic!("{address}: {error}"));
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket takes a timeout");
    let mut head = format!("POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).expect("the request is sent");
    // A server may refuse a body without reading all of it.
    let _ = stream.write_all(body);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no whole head in {answer:?}"));
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let header = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    Reply {
        status: status.expect("a status line"),
        headers: lines.filter_map(header).collect(),
        body: body.as_bytes().to_vec(),
    }
}
