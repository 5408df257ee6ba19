//! Connections and their limits: number, duration, and how slow a client may be.

use std::convert::Infallible;
use std::io::{self, IoSlice};
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::bind::Accepted;
use super::crowd::{Crowd, Doing, Place};
use super::own::Own;
use super::stream::{Client, Streams};
use super::{Listener, SharedSite, reply};

/// Connections open at once; if more clients connect, idle and old connections are closed. Below the usual limit of 1024
/// descriptors.
const CONNECTIONS: usize = 512;
/// Longest wait for the head of a request, also the first on a connection.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// Longest time in which a client accepts no byte of an answer.
const WRITE_STALL: Duration = Duration::from_secs(30);
/// Longest life of a connection, which also ends clients that accept a byte now and then. Streams have a limit of their own, and
/// their connections end with them.
const CONNECTION_WITHIN: Duration = Duration::from_secs(600);
/// Longest wait for answers in flight when a connection or the program ends.
const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// Largest head of a request, in bytes and in fields.
const HEAD_BYTES: usize = 16 * 1024;
const HEAD_FIELDS: usize = 64;
/// Pause after a connection could not be accepted, for example without a free descriptor, so that the loop does not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The state that all connections share.
#[derive(Clone)]
struct Shared {
    site: SharedSite,
    stop: CancellationToken,
    streams: Arc<Streams>,
}

/// Answers requests on all listeners until `stop`, then waits five seconds for answers in flight. Streams end at once.
pub async fn serve(listeners: Vec<Listener>, site: SharedSite, stop: CancellationToken) {
    let crowd = Crowd::new(CONNECTIONS);
    let shared = Shared { site, stop: stop.clone(), streams: Streams::new(stop.clone()) };
    let tasks = TaskTracker::new();
    for listener in listeners {
        tasks.spawn(accept(listener, shared.clone(), crowd.clone(), tasks.clone()));
    }
    stop.cancelled().await;
    tasks.close();
    if tokio::time::timeout(LAST_ANSWERS, tasks.wait()).await.is_err() {
        tracing::info!(connections = tasks.len(), "some answers did not finish in time and are cut off");
    }
}

async fn accept(listener: Listener, shared: Shared, crowd: Arc<Crowd>, tasks: TaskTracker) {
    let mut failing = false;
    loop {
        let accepted = tokio::select! {
            () = shared.stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok(accepted) => {
                failing = false;
                let (shared, place) = (shared.clone(), crowd.enter());
                tasks.spawn(async move {
                    match accepted {
                        Accepted::Tcp(stream) => {
                            // Answers are written whole, so Nagle's algorithm would only delay them.
                            let _ = stream.set_nodelay(true);
                            let peer = stream.peer_addr().ok().map(|address| address.ip());
                            converse(stream, peer, shared, &place).await;
                        }
                        Accepted::Unix(stream) => converse(stream, None, shared, &place).await,
                    }
                });
            }
            // The client went away before it was accepted.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                if !failing {
                    tracing::warn!(address = listener.address(), error = %error, "cannot accept a connection");
                }
                failing = true;
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Answers one connection's requests until it ends, its time is over, its place is needed, or the program stops.
async fn converse<S>(stream: S, peer: Option<IpAddr>, shared: Shared, place: &Place)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let Shared { site, stop, streams } = shared;
    let client = Client { streams, peer, doing: place.doing.clone() };
    let service = service_fn(move |request: Request<Incoming>| {
        let (site, client) = (site.borrow().clone(), client.clone());
        client.doing.asked();
        async move {
            let (head, body) = request.into_parts();
            let reply = reply::answer(&site, &client, &head, body).await;
            site.metrics.answered(reply.status().as_u16());
            client.doing.answered();
            Ok::<_, Infallible>(reply)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_headers(HEAD_FIELDS)
        .max_header_size(HEAD_BYTES)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(Impatient::new(stream, place.doing.clone())), service);
    let mut connection = pin!(connection);
    let mut over = pin!(tokio::time::sleep(CONNECTION_WITHIN));
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    // Only at the debug level, because clients may disconnect at any time.
                    tracing::debug!(error = %error, "a connection ended early");
                }
                return;
            }
            () = place.given_up.cancelled() => return,
            () = stop.cancelled() => break,
            () = over.as_mut() => {
                if !place.doing.is_streaming() {
                    break;
                }
                over.set(tokio::time::sleep(CONNECTION_WITHIN));
            }
        }
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(LAST_ANSWERS, connection).await;
}

/// A stream whose writes fail if the client accepts no byte for [`WRITE_STALL`].
struct Impatient<S> {
    stream: S,
    /// The timer of the write that waits.
    stalled: Option<Pin<Box<Sleep>>>,
    doing: Doing,
    /// An answer that hyper made by itself and that is being written.
    own: Option<Own>,
}

impl<S> Impatient<S> {
    fn new(stream: S, doing: Doing) -> Impatient<S> {
        Impatient { stream, stalled: None, doing, own: None }
    }
}

impl<S: AsyncWrite + Unpin> Impatient<S> {
    /// The result of a write, or an error if the write waits for too long.
    fn judge<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(WRITE_STALL)));
        ready!(stalled.as_mut().poll(cx));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client accepts no data")))
    }

    /// Writes an answer of hyper's own completely before it reports the length of the original.
    fn poll_write_own(&mut self, cx: &mut Context<'_>, mut own: Own) -> Poll<io::Result<usize>> {
        while own.sent < own.bytes.len() {
            let written = Pin::new(&mut self.stream).poll_write(cx, &own.bytes[own.sent..]);
            match self.judge(cx, written) {
                Poll::Ready(Ok(0)) => return Poll::Ready(Ok(0)),
                Poll::Ready(Ok(written)) => own.sent += written,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {
                    self.own = Some(own);
                    return Poll::Pending;
                }
            }
        }
        Poll::Ready(Ok(own.stands_for))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Impatient<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Impatient<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let own = self.own.take().or_else(|| Own::of(buf, &self.doing));
        if let Some(own) = own {
            return self.poll_write_own(cx, own);
        }
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.judge(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let first = bufs.iter().find(|part| !part.is_empty()).map_or(&[][..], |part| &part[..]);
        let own = self.own.take().or_else(|| Own::of(first, &self.doing));
        if let Some(own) = own {
            return self.poll_write_own(cx, own);
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.judge(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        if flushed.is_ready() {
            self.doing.sent();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;

    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn a_client_that_takes_nothing_is_given_up() {
        let (ours, _theirs) = tokio::io::duplex(16);
        // The timer has already expired.
        let stalled = Some(Box::pin(tokio::time::sleep(Duration::ZERO)));
        let mut stream = Impatient::new(ours, Doing::default());
        stream.stalled = stalled;
        stream.write_all(&[0; 16]).await.expect("there is room");
        assert!(stream.stalled.is_none(), "accepted bytes end the wait");
        stream.stalled = Some(Box::pin(tokio::time::sleep(Duration::ZERO)));
        let error = stream.write_all(&[0; 1]).await.expect_err("there is no room");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }
}
