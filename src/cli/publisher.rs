//! The publisher of `demo`: it serves the feeds of a few invented publishers, with their pictures, sounds and icons, on the
//! loopback address from memory.
//!
//! The files in `src/cli/demo/` are valid feeds as they stand. Their dates are written as if they were published until
//! [`WRITTEN_AT`], and addresses of their own files begin with [`PLACE`]. [`publish`] moves all dates by the same
//! number of days, so that the newest entry is of yesterday, and fills in its own address. Therefore all runs on the
//! same day serve the same feeds, except for the port.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{NaiveDate, TimeDelta};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

use crate::clock;

/// Longest wait for the head of a request.
const HEAD_WITHIN: Duration = Duration::from_secs(5);
/// The end of the dates in the files, in seconds since 1970: 2026-02-18T00:00:00Z.
const WRITTEN_AT: i64 = 1_771_372_800;
const DAY_SECONDS: i64 = 86_400;
/// The beginning of the publisher's own addresses in the files.
const PLACE: &[u8] = b"http://demo.invalid";
/// The forms of dates in the files (RFC 3339 and RFC 822), with their lengths in bytes.
const DATES: [(&str, usize); 2] = [("%Y-%m-%dT", 11), ("%a, %d %b %Y", 16)];

const ATOM: &str = "application/atom+xml";
const JSON: &str = "application/feed+json";
const RSS: &str = "application/rss+xml; charset=utf-8";
const SVG: &str = "image/svg+xml";
const MP3: &str = "audio/mpeg";

/// A feed of the demo.
pub(super) struct DemoFeed {
    pub(super) name: &'static str,
    pub(super) tags: &'static [&'static str],
    pub(super) file: File,
}

pub(super) struct File {
    pub(super) path: &'static str,
    media_type: &'static str,
    body: &'static [u8],
}

/// A file of `src/cli/demo/`.
macro_rules! part {
    ($media_type:expr, $path:literal) => {
        File { path: concat!("/", $path), media_type: $media_type, body: include_bytes!(concat!("demo/", $path)) }
    };
}

const fn feed(name: &'static str, tags: &'static [&'static str], file: File) -> DemoFeed {
    DemoFeed { name, tags, file }
}

/// The feeds, each in another format, encoding or language. If several feeds have a story, the first of them in this
/// list leads it, because it is polled first.
pub(super) const FEEDS: &[DemoFeed] = &[
    feed("kestrel", &["science"], part!(ATOM, "kestrel.atom")),
    feed("tidewheel", &["science", "sea", "software"], part!(JSON, "tidewheel.json")),
    feed("courier", &["news"], part!(RSS, "courier.rss")),
    feed("herald", &["news", "sea"], part!(JSON, "herald.json")),
    feed("gazette", &["news"], part!(ATOM, "gazette.atom")),
    feed("chronicle", &["news"], part!("text/xml", "chronicle.rss")),
    feed("driftwood", &["links"], part!("application/rdf+xml", "driftwood.rdf")),
    feed("crumb", &["kitchen"], part!(RSS, "crumb.rss")),
    feed("seconds", &["sea", "sound"], part!(RSS, "seconds.rss")),
    feed("lamplight", &["pictures"], part!(ATOM, "lamplight.atom")),
    feed("inselpost", &["letters"], part!(RSS, "inselpost.rss")),
    feed("mina", &["letters"], part!(ATOM, "mina.atom")),
    feed("shiomichi", &["letters"], part!(JSON, "shiomichi.json")),
];

/// The files that the feeds name.
const FILES: &[File] = &[
    part!(SVG, "icons/chronicle.svg"),
    part!(SVG, "icons/courier.svg"),
    part!(SVG, "icons/crumb.svg"),
    part!(SVG, "icons/driftwood.svg"),
    part!(SVG, "icons/gazette.svg"),
    part!(SVG, "icons/herald.svg"),
    part!(SVG, "icons/inselpost.svg"),
    part!(SVG, "icons/kestrel.svg"),
    part!(SVG, "icons/lamplight.svg"),
    part!(SVG, "icons/mina.svg"),
    part!(SVG, "icons/planet.svg"),
    part!(SVG, "icons/seconds.svg"),
    part!(SVG, "icons/shiomichi.svg"),
    part!(SVG, "icons/tidewheel.svg"),
    part!(SVG, "pictures/boats.svg"),
    part!(SVG, "pictures/comet.svg"),
    part!(SVG, "pictures/dome.svg"),
    part!(SVG, "pictures/fog.svg"),
    part!(SVG, "pictures/light.svg"),
    part!(SVG, "pictures/loaf.svg"),
    part!(SVG, "pictures/quay.svg"),
    part!(SVG, "pictures/sand.svg"),
    part!(SVG, "pictures/window.svg"),
    part!(MP3, "sounds/bell.mp3"),
    part!(MP3, "sounds/ferry.mp3"),
    part!(MP3, "sounds/foghorn.mp3"),
    part!(MP3, "sounds/halyards.mp3"),
];

/// A file as it is served.
struct Served {
    file: &'static File,
    etag: String,
    body: Bytes,
}

impl Served {
    fn of(file: &'static File, body: Bytes) -> Served {
        let etag = format!("\"{}\"", &blake3::hash(&body).to_hex()[..16]);
        Served { file, etag, body }
    }
}

/// Starts to publish and returns the address. The publisher ends with the runtime.
pub(super) async fn publish() -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let served = Arc::new(served(&format!("http://{address}")));
    tokio::spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let served = Arc::clone(&served);
            let service = service_fn(move |request: Request<Incoming>| {
                let reply = answer(&request, &served);
                async move { Ok::<_, Infallible>(reply) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_WITHIN)
                .serve_connection(TokioIo::new(stream), service);
            tokio::spawn(connection);
        }
    });
    Ok(address)
}

fn served(place: &str) -> Vec<Served> {
    let days = (clock::now().unix() - WRITTEN_AT).div_euclid(DAY_SECONDS);
    let feeds = FEEDS.iter().map(|feed| Served::of(&feed.file, Bytes::from(moved(feed.file.body, days, place))));
    feeds.chain(FILES.iter().map(|file| Served::of(file, Bytes::from_static(file.body)))).collect()
}

/// A feed with its dates moved by a number of days, and with `place` as the publisher's own address.
fn moved(feed: &[u8], days: i64, place: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(feed.len());
    let mut rest = feed;
    while let Some((first, behind)) = rest.split_first() {
        if let Some(behind) = rest.strip_prefix(PLACE) {
            out.extend_from_slice(place.as_bytes());
            rest = behind;
        } else if let Some((date, behind)) = moved_date(rest, days) {
            out.extend_from_slice(date.as_bytes());
            rest = behind;
        } else {
            out.push(*first);
            rest = behind;
        }
    }
    out
}

/// The date that a text begins with, moved by a number of days, and the text behind the date.
fn moved_date(text: &[u8], days: i64) -> Option<(String, &[u8])> {
    DATES.iter().find_map(|(format, length)| {
        let (written, behind) = text.split_at_checked(*length)?;
        let date = NaiveDate::parse_from_str(std::str::from_utf8(written).ok()?, format).ok()?;
        let date = date.checked_add_signed(TimeDelta::try_days(days)?)?;
        Some((date.format(format).to_string(), behind))
    })
}

fn answer(request: &Request<Incoming>, served: &[Served]) -> Response<Full<Bytes>> {
    let Some(Served { file, etag, body }) = served.iter().find(|it| it.file.path == request.uri().path()) else {
        let mut reply = Response::new(Full::new(Bytes::from_static(b"There is no such file.\n")));
        *reply.status_mut() = StatusCode::NOT_FOUND;
        return reply;
    };
    let known = request.headers().get(header::IF_NONE_MATCH);
    let is_known = known.is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let mut reply = Response::new(Full::new(if is_known { Bytes::new() } else { body.clone() }));
    if is_known {
        *reply.status_mut() = StatusCode::NOT_MODIFIED;
    }
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    if let Ok(etag) = HeaderValue::from_str(etag) {
        reply.headers_mut().insert(header::ETAG, etag);
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;

    #[test]
    fn dates_and_addresses_are_filled_in() {
        let check = |name: &str, feed: &str, days: i64, wanted: &str| {
            let moved = moved(feed.as_bytes(), days, "http://127.0.0.1:7");
            assert_eq!(String::from_utf8_lossy(&moved), wanted, "{name}");
        };
        check("RFC 3339", "<updated>2026-02-27T23:59:00Z<", 2, "<updated>2026-03-01T23:59:00Z<");
        check("RFC 822", "<pubDate>Sat, 28 Feb 2026 06:00:00 GMT<", 1, "<pubDate>Sun, 01 Mar 2026 06:00:00 GMT<");
        check("an offset", "2026-12-31T21:10:00+01:00", 1, "2027-01-01T21:10:00+01:00");
        check("backwards", "2026-03-01T00:00:00Z", -1, "2026-02-28T00:00:00Z");
        check("an id", "tag:harbour.example,2026-02-27:a", 9, "tag:harbour.example,2026-02-27:a");
        check("a wrong weekday", "Sun, 28 Feb 2026", 1, "Sun, 28 Feb 2026");
        check("no date", "2026-02-30T00:00:00Z", 1, "2026-02-30T00:00:00Z");
        check("an address", "\"http://demo.invalid/a.svg\"", 0, "\"http://127.0.0.1:7/a.svg\"");
        check("a date at the end", "2026-02-27", 1, "2026-02-27");
    }

    #[test]
    fn feeds_are_valid_as_they_stand() {
        for feed in FEEDS {
            let (name, body) = (feed.name, feed.file.body);
            assert!(moved(body, 0, "http://demo.invalid") == body, "{name}: dates are written in another form");
            let text = String::from_utf8_lossy(body);
            for (at, _) in text.match_indices("http://demo.invalid") {
                let address = text[at..].split(['"', '<', '&', '\\']).next().unwrap_or_default();
                let path = address.trim_start_matches("http://demo.invalid");
                assert!(FILES.iter().any(|file| file.path == path), "{name}: {path} is not served");
            }
        }
        assert_eq!(Timestamp::from_unix(WRITTEN_AT).to_string(), "2026-02-18T00:00:00Z");
    }
}
