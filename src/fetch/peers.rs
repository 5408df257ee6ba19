//! What the process remembers about the servers that it has asked: when they last answered, and what they need. This
//! memory is lost when the process ends.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use url::{Position, Url};

use crate::text::address::has_login;

/// How many servers are remembered. Beyond that, all are forgotten.
const PEERS_MAX: usize = 4_096;
/// The largest body, in bytes, after which the connection is kept alive. The HTTP client keeps a connection's buffer for
/// as long as it keeps the connection, and doubles the buffer with each read that fills it, up to 400 KiB. After a body
/// of this size the buffer has at most about this size, too. A larger limit would let the buffers of hundreds of servers
/// become most of the memory of the process; a smaller limit would cost many sources of one server, whose feeds are
/// often of 50 to 100 KiB, a TLS handshake for each poll.
const KEPT_BODY_MAX_BYTES: usize = 128 * 1024;

/// A peculiarity of a server that its next requests must respect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// The server's HTTP/2 does not work, or it refuses HTTP/2 for the resource.
    Http1,
    /// The server labels its answers HTTP/1.0 but sends chunks as in HTTP/1.1.
    OldLabel,
    /// The server's bodies are so large that its connections are not kept alive.
    NewConnection,
}

/// What is known about a server, which is a scheme, host and port.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Peer {
    answered: Option<Instant>,
    pub need: Option<Need>,
}

impl Peer {
    /// Whether a keep-alive connection may be left from its last answer. `kept` is how long such connections are kept.
    pub fn may_be_kept(self, now: Instant, kept: Duration) -> bool {
        self.need != Some(Need::NewConnection)
            && self.answered.is_some_and(|answered| now.saturating_duration_since(answered) <= kept)
    }
}

#[derive(Debug, Default)]
pub(super) struct Peers(Mutex<HashMap<String, Peer>>);

impl Peers {
    pub fn of(&self, url: &Url) -> Peer {
        let peers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        peers.get(&*key(url)).copied().unwrap_or_default()
    }

    /// Records an answer over a connection that may be kept alive.
    pub fn note_answer(&self, url: &Url, now: Instant) {
        self.change(url, |peer| peer.answered = Some(now));
    }

    pub fn note_need(&self, url: &Url, need: Need) {
        self.change(url, |peer| peer.need = Some(need));
    }

    /// Records the size of an answer's body.
    pub fn note_body(&self, url: &Url, bytes: usize) {
        let is_large = bytes > KEPT_BODY_MAX_BYTES;
        self.change(url, |peer| match peer.need {
            None if is_large => peer.need = Some(Need::NewConnection),
            Some(Need::NewConnection) if !is_large => peer.need = None,
            _ => {}
        });
    }

    fn change(&self, url: &Url, change: impl FnOnce(&mut Peer)) {
        let mut peers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key(url);
        if let Some(peer) = peers.get_mut(&*key) {
            return change(peer);
        }
        if peers.len() >= PEERS_MAX {
            peers.clear();
        }
        change(peers.entry(key.into_owned()).or_default());
    }
}

/// The origin of an address (RFC 6454), in which a default port does not occur.
fn key(url: &Url) -> Cow<'_, str> {
    if has_login(url) {
        Cow::Owned(url.origin().ascii_serialization())
    } else {
        Cow::Borrowed(&url[..Position::BeforePath])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn a_server_is_a_scheme_a_host_and_a_port() {
        let url = |text: &str| Url::parse(text).expect("test addresses are valid");
        let (peers, now, kept) = (Peers::default(), clock::monotonic(), Duration::from_secs(30));
        peers.note_answer(&url("http://a.example/1"), now);
        peers.note_need(&url("https://b.example/"), Need::Http1);
        for (address, answered, need) in [
            ("http://a.example/2", true, None),
            ("http://a.example:80/", true, None),
            ("http://user:pass@a.example/", true, None),
            ("http://user@a.example:81/", false, None),
            ("https://a.example/1", false, None),
            ("http://a.example:81/1", false, None),
            ("https://b.example/x", false, Some(Need::Http1)),
        ] {
            let peer = peers.of(&url(address));
            assert_eq!((peer.may_be_kept(now, kept), peer.need), (answered, need), "{address}");
        }
        let peer = peers.of(&url("http://a.example/"));
        assert!(peer.may_be_kept(now + kept, kept) && !peer.may_be_kept(now + kept * 2, kept));
    }

    #[test]
    fn connections_are_kept_only_after_small_bodies() {
        let url = Url::parse("http://a.example/").expect("test addresses are valid");
        let (peers, now, kept) = (Peers::default(), clock::monotonic(), Duration::from_secs(30));
        let large = KEPT_BODY_MAX_BYTES + 1;
        let usual = 100 * 1024;
        for (bytes, need) in [(0, None), (large, Some(Need::NewConnection)), (large - 1, None), (usual, None)] {
            peers.note_answer(&url, now);
            peers.note_body(&url, bytes);
            let peer = peers.of(&url);
            assert_eq!((peer.need, peer.may_be_kept(now, kept)), (need, need.is_none()), "{bytes}");
        }
        peers.note_need(&url, Need::Http1);
        peers.note_body(&url, large);
        assert_eq!(peers.of(&url).need, Some(Need::Http1), "another need of a server has precedence");
    }

    #[test]
    fn the_number_of_remembered_servers_is_limited() {
        let peers = Peers::default();
        for number in 0..=PEERS_MAX {
            let url = Url::parse(&format!("http://{number}.example/")).expect("test addresses are valid");
            peers.note_need(&url, Need::Http1);
        }
        assert!(peers.0.lock().expect("nobody panics").len() <= PEERS_MAX);
    }
}
