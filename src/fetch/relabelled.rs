//! Requests to servers that label answers HTTP/1.0 but send them chunked as in HTTP/1.1, as some devices and old
//! scripts do. The HTTP client refuses such an answer, while browsers and curl read it. The request is made over a
//! separate connection that corrects the version.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body_util::Empty;
use hyper::rt::{Read, ReadBufCursor, Write};
use reqwest::Response;
use reqwest::header::{self, HeaderValue};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use url::{Host, Position, Url};

use super::client::{CONNECT_TIMEOUT, Fetcher, MAX_HEADERS};
use super::plain::describe;
use super::resolve::ResolveError;
use super::{FetchError, Request};
use crate::config::Proxy;

/// The size of the read buffer, in bytes.
const BUFFER_BYTES: usize = 8 * 1024;
/// The position of the minor version's digit in `HTTP/1.0`.
const DIGIT_AT: usize = 7;

/// Whether an address can be requested in this way, which works only over plain http and without a proxy.
pub(super) fn can_ask(request: Request<'_>, url: &Url) -> bool {
    url.scheme() == "http" && request.options.proxy == Proxy::None
}

/// Sends a request that was built for the HTTP client.
pub(super) async fn ask(
    fetcher: &Fetcher,
    request: Request<'_>,
    builder: reqwest::RequestBuilder,
) -> Result<Response, FetchError> {
    let made = builder.build().map_err(|error| FetchError::Client(describe(&error)))?;
    let url = made.url().clone();
    let host = url.host_str().unwrap_or_default().to_owned();
    let broken = |error: hyper::Error| FetchError::Broken { host: host.clone(), why: error.to_string() };
    let stream = connect(fetcher, request, &url).await?;
    let (mut sender, connection) = hyper::client::conn::http1::Builder::new()
        .max_headers(MAX_HEADERS)
        .ignore_invalid_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .handshake(Relabelled { stream, at: 0 })
        .await
        .map_err(broken)?;
    // The task ends with the answer's body, or when the body is dropped.
    tokio::spawn(connection);
    let mut asked = hyper::Request::new(Empty::<Bytes>::new());
    *asked.uri_mut() = url[Position::BeforePath..Position::AfterQuery].parse().map_err(|_| unsendable())?;
    *asked.headers_mut() = made.headers().clone();
    let named = HeaderValue::from_str(&url[Position::BeforeHost..Position::AfterPort]).map_err(|_| unsendable())?;
    asked.headers_mut().insert(header::HOST, named);
    asked.headers_mut().insert(header::USER_AGENT, fetcher.user_agent()?);
    asked.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    let (head, body) = sender.send_request(asked).await.map_err(broken)?.into_parts();
    Ok(Response::from(hyper::Response::from_parts(head, reqwest::Body::wrap(body))))
}

fn unsendable() -> FetchError {
    FetchError::Client("the address has characters that cannot be sent".to_owned())
}

/// Connects to a URL's host. If the host is an IP address, the guard has already checked it.
async fn connect(fetcher: &Fetcher, request: Request<'_>, url: &Url) -> Result<TcpStream, FetchError> {
    let host = url.host_str().unwrap_or_default().to_owned();
    let addresses: Vec<IpAddr> = match url.host() {
        Some(Host::Domain(name)) => match fetcher.resolver(&request.options.allow_networks).addresses(name).await {
            Ok(addresses) => addresses,
            Err(ResolveError::Blocked(blocked)) => return Err(blocked.into()),
            Err(ResolveError::Unresolved(why)) => return Err(FetchError::Resolve { host, why }),
        },
        Some(Host::Ipv4(address)) => vec![address.into()],
        Some(Host::Ipv6(address)) => vec![address.into()],
        None => Vec::new(),
    };
    let port = url.port_or_known_default().unwrap_or(80);
    let sockets: Vec<SocketAddr> = addresses.into_iter().map(|address| SocketAddr::new(address, port)).collect();
    match tokio::time::timeout(CONNECT_TIMEOUT, TcpStream::connect(sockets.as_slice())).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(FetchError::Connect { host, why: error.to_string() }),
        Err(_) => {
            Err(FetchError::Connect { host, why: format!("no connection within {} s", CONNECT_TIMEOUT.as_secs()) })
        }
    }
}

/// A connection that changes the version of its first answer to HTTP/1.1.
struct Relabelled {
    stream: TcpStream,
    /// The number of bytes that were read.
    at: usize,
}

impl Read for Relabelled {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let mut buffer = [0; BUFFER_BYTES];
        let room = into.remaining().min(BUFFER_BYTES);
        let mut read = ReadBuf::new(&mut buffer[..room]);
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut read))?;
        let come = read.filled_mut();
        if let Some(digit) = DIGIT_AT.checked_sub(self.at).and_then(|at| come.get_mut(at))
            && *digit == b'0'
        {
            *digit = b'1';
        }
        into.put_slice(come);
        let bytes = come.len();
        self.at = self.at.saturating_add(bytes);
        Poll::Ready(Ok(()))
    }
}

impl Write for Relabelled {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
