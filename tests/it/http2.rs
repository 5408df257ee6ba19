//! An origin that speaks HTTP/2 frame by frame, as a script says (RFC 9113).

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::tls;

const PREFACE_BYTES: usize = 24;
const FRAME_HEAD_BYTES: usize = 9;
/// Largest payload of a frame without negotiation (SETTINGS_MAX_FRAME_SIZE).
const PAYLOAD_MAX_BYTES: usize = 16_384;
/// Types of frames.
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
const CONTINUATION: u8 = 9;
/// Flags.
const END_STREAM: u8 = 1;
const ACK: u8 = 1;
const END_HEADERS: u8 = 4;
/// `:status: 200` in the static table (RFC 7541, appendix A).
const STATUS_200: u8 = 0x88;

/// The answer to a request over HTTP/2.
#[derive(Debug, Clone)]
pub enum Reply {
    /// The document, with this number of header lines of a thousand bytes each.
    Document { headers: usize },
    /// RST_STREAM with this code.
    Reset(u32),
    /// GOAWAY with this code, which says that no stream was processed.
    GoAway(u32),
}

pub struct Http2Origin {
    pub address: SocketAddr,
    /// The protocol of each request.
    seen: Arc<Mutex<Vec<&'static str>>>,
}

impl Http2Origin {
    /// Answers requests over HTTP/2 with each answer in turn, of which the last repeats, and requests over HTTP/1.1 with the
    /// document.
    pub fn start(body: String, script: Vec<Reply>) -> Http2Origin {
        let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback address can be bound");
        let address = listener.local_addr().expect("a bound socket has an address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noted = seen.clone();
        thread::spawn(move || {
            let config = tls::config(&[b"h2", b"http/1.1"]);
            let told = Arc::new((body, script));
            for stream in listener.incoming().flatten() {
                let (config, told, noted) = (config.clone(), told.clone(), noted.clone());
                // A client may disconnect at any time, so errors are ignored.
                thread::spawn(move || converse(&config, stream, &told.0, &told.1, &noted));
            }
        });
        Http2Origin { address, seen }
    }

    pub fn seen(&self) -> Vec<&'static str> {
        self.seen.lock().expect("nobody panics").clone()
    }
}

type Tls = StreamOwned<ServerConnection, TcpStream>;

fn converse(
    config: &Arc<ServerConfig>,
    stream: TcpStream,
    body: &str,
    script: &[Reply],
    seen: &Mutex<Vec<&'static str>>,
) -> std::io::Result<()> {
    let connection = ServerConnection::new(config.clone()).map_err(std::io::Error::other)?;
    let mut tls = StreamOwned::new(connection, stream);
    while tls.conn.is_handshaking() {
        tls.conn.complete_io(&mut tls.sock)?;
    }
    if tls.conn.alpn_protocol() != Some(b"h2") {
        return over_http1(&mut tls, body, seen);
    }
    tls.read_exact(&mut [0; PREFACE_BYTES])?;
    frame(&mut tls, SETTINGS, 0, 0, &[])?;
    loop {
        let mut head = [0; FRAME_HEAD_BYTES];
        tls.read_exact(&mut head)?;
        let length = (usize::from(head[0]) << 16) | (usize::from(head[1]) << 8) | usize::from(head[2]);
        tls.read_exact(&mut vec![0; length])?;
        let stream = u32::from_be_bytes([head[5] & 0x7f, head[6], head[7], head[8]]);
        match (head[3], head[4]) {
            (SETTINGS, flags) if flags & ACK == 0 => frame(&mut tls, SETTINGS, ACK, 0, &[])?,
            (HEADERS, _) => {
                let number = {
                    let mut seen = seen.lock().expect("nobody panics");
                    seen.push("h2");
                    seen.iter().filter(|protocol| **protocol == "h2").count() - 1
                };
                reply(&mut tls, stream, &script[number.min(script.len() - 1)], body)?;
            }
            _ => {}
        }
    }
}

fn reply(tls: &mut Tls, stream: u32, reply: &Reply, body: &str) -> std::io::Result<()> {
    match reply {
        Reply::Reset(code) => frame(tls, RESET, 0, stream, &code.to_be_bytes()),
        Reply::GoAway(code) => frame(tls, GOAWAY, 0, 0, &[[0; 4], code.to_be_bytes()].concat()),
        Reply::Document { headers } => {
            let mut block = vec![STATUS_200];
            for number in 0..*headers {
                block.extend(field(&format!("x-{number}"), &"v".repeat(1_000)));
            }
            let mut parts: Vec<&[u8]> = block.chunks(PAYLOAD_MAX_BYTES).collect();
            let last = parts.pop().unwrap_or_default();
            let is_one = parts.is_empty();
            for (at, part) in parts.into_iter().enumerate() {
                frame(tls, if at == 0 { HEADERS } else { CONTINUATION }, 0, stream, part)?;
            }
            frame(tls, if is_one { HEADERS } else { CONTINUATION }, END_HEADERS, stream, last)?;
            frame(tls, DATA, END_STREAM, stream, body.as_bytes())
        }
    }
}

/// A literal header line without Huffman coding (RFC 7541, 6.2.2).
fn field(name: &str, value: &str) -> Vec<u8> {
    let mut out = vec![0];
    for text in [name, value] {
        let mut length = text.len();
        if length < 0x7f {
            out.push(length as u8);
        } else {
            out.push(0x7f);
            length -= 0x7f;
            while length >= 0x80 {
                out.push((length % 0x80) as u8 | 0x80);
                length /= 0x80;
            }
            out.push(length as u8);
        }
        out.extend(text.as_bytes());
    }
    out
}

fn frame(tls: &mut Tls, kind: u8, flags: u8, stream: u32, payload: &[u8]) -> std::io::Result<()> {
    let length = u32::try_from(payload.len()).expect("payloads are small").to_be_bytes();
    let mut bytes = vec![length[1], length[2], length[3], kind, flags];
    bytes.extend(stream.to_be_bytes());
    bytes.extend(payload);
    tls.write_all(&bytes)?;
    tls.flush()
}

fn over_http1(tls: &mut Tls, body: &str, seen: &Mutex<Vec<&'static str>>) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        tls.read_exact(&mut byte)?;
        head.extend(byte);
    }
    seen.lock().expect("nobody panics").push("http/1.1");
    tls.write_all(
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len()).as_bytes(),
    )?;
    tls.conn.send_close_notify();
    tls.flush()
}
