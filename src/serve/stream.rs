//! Streams of new stories as server-sent events (HTML Living Standard, 9.2), and their limits: how many there are, how
//! slow a reader may be, and how long a stream lasts.
//!
//! Entry point: [`answer`].
//!
//! A task per stream takes the events of its feed, page by page, and hands them to the connection one by one. It waits
//! while the reader has not taken the last one, so a stream holds little more than one event in memory.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use hyper::header::{self, HeaderName};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::crowd::Doing;
use super::reply::{Content, NO_STORE, Reply, moved_to, not_found, plain, reply, token_wanted, unreadable, with};
use super::{SiteState, access};
use crate::config::Secret;
use crate::model::EntryId;
use crate::outputs::Outputs;
use crate::publish::{Format, OutputKind, events};

/// Streams open at once, well below the number of connections, so that streams leave places for all other requests.
const STREAMS: usize = 128;
/// Streams of one client.
const STREAMS_OF_CLIENT: usize = 8;
/// A stream without an event for this long carries a comment. Proxies close connections that are quiet for a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// Pause before a reader connects again.
const RETRY: Duration = Duration::from_secs(3);
/// A reader that has not taken an event within this time is cut off. It connects again, and gets what it has missed.
const TAKEN_WITHIN: Duration = Duration::from_secs(30);
/// Longest life of a stream; then the reader connects again.
const STREAM_WITHIN: Duration = Duration::from_secs(86_400);
/// Events that wait for the connection, beside the event that it is sending.
const QUEUED: usize = 1;

const LAST_EVENT_ID: &str = "last-event-id";
const NO_PLACE: &str = "Last-Event-ID is not the id of an event of this server's database; without it, the stream begins with the \
                        next story.\n";

/// Answers a request for a stream, which begins behind the place that the reader has reached, or else with the next story.
pub(super) async fn answer(site: &SiteState, client: &Client, request: &Parts, kind: OutputKind) -> Reply {
    let documents = site.documents.clone();
    let Some(token) = documents.stream_token(&kind) else { return elsewhere(site, request, &kind).await };
    if !access::is_given(token.as_ref(), request) {
        return token_wanted(site, request).await;
    }
    let begin = match request.headers.get(LAST_EVENT_ID).filter(|id| !id.is_empty()) {
        None => documents.last_published(),
        Some(id) => match documents.place(id.to_str().unwrap_or_default()).await {
            Ok(Some(place)) => place,
            // Beginning at any other place would lose or repeat stories.
            Ok(None) => return plain(StatusCode::BAD_REQUEST, NO_PLACE),
            Err(error) => return unreadable(&error, "a stream could not be opened"),
        },
    };
    let reply = reply(StatusCode::OK, events::CONTENT_TYPE, NO_STORE, Bytes::new());
    // nginx would hold events back until there are enough of them to fill its buffer.
    let reply = with(reply, HeaderName::from_static("x-accel-buffering"), "no");
    if request.method == Method::HEAD {
        return reply;
    }
    match client.open(Wanted { documents, kind, token, begin }) {
        Ok(events) => {
            // The limit on the life of a connection does not hold for streams, so the connection ends with its stream.
            with(reply.map(|_| Content::Stream(events)), header::CONNECTION, "close")
        }
        Err(refused) => too_many(refused),
    }
}

/// Redirects to the stream of a feed that has another name now, or answers that the feed does not exist (404).
async fn elsewhere(site: &SiteState, request: &Parts, kind: &OutputKind) -> Reply {
    let Some((moved, token)) = site.documents.stream_moved_to(kind) else { return not_found(site, request).await };
    match access::is_given(token.as_ref(), request) {
        true => moved_to(&path_of(&moved), &path_of(kind), request, site.max_age),
        false => token_wanted(site, request).await,
    }
}

/// The path of the stream of a feed, beside the path of the feed in Atom.
fn path_of(kind: &OutputKind) -> String {
    let feed = kind.path(Format::ATOM);
    format!("{}.stream", feed.strip_suffix(".atom").unwrap_or(&feed))
}

fn too_many(refused: Refused) -> Reply {
    let (status, text) = match refused {
        Refused::Full => (StatusCode::SERVICE_UNAVAILABLE, "There are too many streams; try again later.\n"),
        Refused::FullForClient => (StatusCode::TOO_MANY_REQUESTS, "You have too many streams; close some of them.\n"),
    };
    with(plain(status, text), header::RETRY_AFTER, "60")
}

/// The open streams.
#[derive(Debug)]
pub(super) struct Streams {
    open: Mutex<Open>,
    /// Ends all streams.
    stop: CancellationToken,
}

#[derive(Debug, Default)]
struct Open {
    all: usize,
    of_clients: HashMap<IpAddr, usize>,
}

/// Why no further stream is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Full,
    FullForClient,
}

/// The place of a stream among the open streams; dropping the value frees it.
#[derive(Debug)]
struct Seat {
    streams: Arc<Streams>,
    client: Option<IpAddr>,
}

impl Streams {
    pub(super) fn new(stop: CancellationToken) -> Arc<Streams> {
        Arc::new(Streams { open: Mutex::default(), stop })
    }

    fn enter(self: &Arc<Self>, peer: Option<IpAddr>) -> Result<Seat, Refused> {
        let client = peer.and_then(client_of);
        let mut open = self.open();
        if open.all >= STREAMS {
            return Err(Refused::Full);
        }
        if let Some(client) = client {
            let own = open.of_clients.entry(client).or_default();
            if *own >= STREAMS_OF_CLIENT {
                return Err(Refused::FullForClient);
            }
            *own += 1;
        }
        open.all += 1;
        Ok(Seat { streams: self.clone(), client })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.streams.open();
        open.all = open.all.saturating_sub(1);
        if let Some(client) = self.client
            && let Some(own) = open.of_clients.get_mut(&client)
        {
            *own = own.saturating_sub(1);
            if *own == 0 {
                open.of_clients.remove(&client);
            }
        }
    }
}

/// The key by which streams of one client are counted: an IPv4 address, or the 64 bits of a network in IPv6, because a
/// host may have any number of addresses in its network. `None` for this machine, because a proxy there speaks for any
/// number of clients.
fn client_of(peer: IpAddr) -> Option<IpAddr> {
    let network = |address: Ipv6Addr| Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64));
    match peer.to_canonical() {
        address if address.is_loopback() => None,
        IpAddr::V4(address) => Some(IpAddr::V4(address)),
        IpAddr::V6(address) => Some(IpAddr::V6(network(address))),
    }
}

/// The client at the other end of a connection.
#[derive(Debug, Clone)]
pub(super) struct Client {
    pub(super) streams: Arc<Streams>,
    /// `None` on a Unix socket.
    pub(super) peer: Option<IpAddr>,
    pub(super) doing: Doing,
}

/// A stream that may be opened.
#[derive(Debug)]
struct Wanted {
    documents: Arc<Outputs>,
    kind: OutputKind,
    /// The token that the reader has sent, if the feed requires a token.
    token: Option<Secret>,
    /// The place behind which the stream begins.
    begin: EntryId,
}

impl Client {
    fn open(&self, wanted: Wanted) -> Result<Events, Refused> {
        let seat = self.streams.enter(self.peer)?;
        let (to, from) = mpsc::channel(QUEUED);
        let stop = self.streams.stop.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = wanted.send(to) => {}
                () = stop.cancelled() => {}
                () = tokio::time::sleep(STREAM_WITHIN) => {}
            }
        });
        self.doing.streams();
        Ok(Events { from, doing: self.doing.clone(), _seat: seat })
    }
}

/// The body of an answer that is a stream.
#[derive(Debug)]
pub(super) struct Events {
    pub(super) from: mpsc::Receiver<Bytes>,
    doing: Doing,
    _seat: Seat,
}

impl Drop for Events {
    fn drop(&mut self) {
        self.doing.streamed();
    }
}

impl Wanted {
    /// Sends events until the reader is gone or too slow, the feed no longer exists for the reader, or the database cannot be read.
    async fn send(self, to: mpsc::Sender<Bytes>) {
        let Wanted { documents, kind, token, begin } = self;
        let mut news = documents.news();
        let mut quiet = std::pin::pin!(tokio::time::sleep(KEEP_ALIVE));
        let opening = events::opening(RETRY, &documents.cursor(begin));
        if !is_taken(&to, Bytes::from(opening)).await {
            return;
        }
        // The place up to which the feed was read, and the last place that the reader was told.
        let (mut at, mut told) = (begin, begin);
        loop {
            news.mark_unchanged();
            let page = match documents.events_after(&kind, at).await {
                Ok(Some(page)) if page.token == token => page,
                Ok(_) => return,
                Err(error) => {
                    tracing::debug!(%error, "a stream ends because the database cannot be read");
                    return;
                }
            };
            for event in &page.events {
                if !is_taken(&to, event.bytes.clone()).await {
                    return;
                }
                told = event.place;
                quiet.set(tokio::time::sleep(KEEP_ALIVE));
            }
            at = page.through;
            if page.is_more {
                continue;
            }
            // Quiet streams hold no events in memory.
            drop(page);
            tokio::select! {
                changed = news.changed() => {
                    if changed.is_err() {
                        return;
                    }
                }
                () = to.closed() => return,
                () = quiet.as_mut() => {
                    if documents.stream_token(&kind) != Some(token.clone()) {
                        return;
                    }
                    let cursor = (told < at).then(|| documents.cursor(at));
                    if !is_taken(&to, Bytes::from(events::keep_alive(cursor.as_deref()))).await {
                        return;
                    }
                    told = at;
                    quiet.set(tokio::time::sleep(KEEP_ALIVE));
                }
            }
        }
    }
}

/// Hands bytes to the connection. Returns false if the reader is gone, or has not taken what came before in time.
async fn is_taken(to: &mpsc::Sender<Bytes>, bytes: Bytes) -> bool {
    matches!(tokio::time::timeout(TAKEN_WITHIN, to.send(bytes)).await, Ok(Ok(())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn a_client_is_an_address_or_a_network() {
        let check = |peer: &str, expected: Option<&str>| {
            assert_eq!(client_of(address(peer)), expected.map(address), "{peer}");
        };
        check("192.0.2.7", Some("192.0.2.7"));
        check("::ffff:192.0.2.7", Some("192.0.2.7"));
        check("2001:db8:1:2:3:4:5:6", Some("2001:db8:1:2::"));
        check("127.0.0.1", None);
        check("::1", None);
        check("::ffff:127.0.0.1", None);
    }

    #[test]
    fn streams_are_bounded_in_all_and_for_each_client() {
        let streams = Streams::new(CancellationToken::new());
        let own: Vec<Seat> = (0..STREAMS_OF_CLIENT)
            .map(|_| streams.enter(Some(address("192.0.2.7"))).expect("there is a place"))
            .collect();
        let refused = |peer: &str| streams.enter(Some(address(peer))).err();
        assert_eq!(refused("192.0.2.7"), Some(Refused::FullForClient));
        let of_proxy: Vec<Seat> =
            (own.len()..STREAMS).map(|_| streams.enter(None).expect("a proxy has no limit of its own")).collect();
        assert_eq!(refused("192.0.2.8"), Some(Refused::Full));
        drop(own);
        assert_eq!(refused("192.0.2.7"), None);
        drop(of_proxy);
        let open = streams.open();
        assert_eq!((open.all, open.of_clients.len()), (0, 0), "closed streams leave nothing behind");
    }
}
