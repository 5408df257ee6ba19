//! The publisher of `demo`: it serves a few feeds on the loopback address from memory.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

/// Longest wait for the head of a request.
const HEAD_WITHIN: Duration = Duration::from_secs(5);

/// A feed of the demo.
pub(super) struct DemoFeed {
    pub(super) name: &'static str,
    pub(super) path: &'static str,
    media_type: &'static str,
    body: &'static [u8],
}

/// Four feeds with the same article, each in another format and encoding.
pub(super) const FEEDS: &[DemoFeed] = &[
    DemoFeed {
        name: "courier",
        path: "/courier.rss",
        media_type: "application/rss+xml; charset=utf-8",
        body: include_bytes!("../../tests/feeds/demo-courier.rss"),
    },
    DemoFeed {
        name: "gazette",
        path: "/gazette.atom",
        media_type: "application/atom+xml",
        body: include_bytes!("../../tests/feeds/demo-gazette.atom"),
    },
    DemoFeed {
        name: "herald",
        path: "/herald.json",
        media_type: "application/feed+json",
        body: include_bytes!("../../tests/feeds/demo-herald.json"),
    },
    DemoFeed {
        name: "chronicle",
        path: "/chronicle.rss",
        media_type: "text/xml",
        body: include_bytes!("../../tests/feeds/demo-chronicle.rss"),
    },
];

/// Starts to publish and returns the address. The publisher ends with the runtime.
///
/// # Errors
/// If the program cannot listen on the loopback address.
pub(super) async fn publish() -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let connection =
                http1::Builder::new().timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).serve_connection(
                    TokioIo::new(stream),
                    service_fn(|request| async move { Ok::<_, Infallible>(answer(&request)) }),
                );
            tokio::spawn(connection);
        }
    });
    Ok(address)
}

fn answer(request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let Some(feed) = FEEDS.iter().find(|feed| feed.path == request.uri().path()) else {
        let mut reply = Response::new(Full::new(Bytes::from_static(b"There is no such feed.\n")));
        *reply.status_mut() = StatusCode::NOT_FOUND;
        return reply;
    };
    let etag = format!("\"{}\"", &blake3::hash(feed.body).to_hex()[..16]);
    let known = request.headers().get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let mut reply = Response::new(Full::new(if known { Bytes::new() } else { Bytes::from_static(feed.body) }));
    if known {
        *reply.status_mut() = StatusCode::NOT_MODIFIED;
    }
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(feed.media_type));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        reply.headers_mut().insert(header::ETAG, etag);
    }
    reply
}
