//! One subscription at a hub (WebSub, 5) or at a cloud (rssCloud), from the request to its end: what is sent, what the hub may ask,
//! and what follows from its answers.
//!
//! A subscription is requested, and is in force once the hub has verified it. It is renewed by another subscription
//! with a new token; once that is in force, the older one ends. A hub's request is recognised by the callback address
//! alone.

use std::time::Duration;

use url::{Url, form_urlencoded};

use crate::model::{SourceId, Timestamp};
use crate::retry;
use crate::text::digest::hex;

/// The lease that hubs are asked for.
const LEASE_WISHED: Duration = Duration::from_secs(10 * 24 * 3_600);
/// The shortest lease that counts. A hub that grants less is not asked more often.
const LEASE_MIN: Duration = Duration::from_secs(10 * 60);
/// The longest lease that counts, because a hub may forget subscriptions silently.
const LEASE_MAX: Duration = Duration::from_secs(14 * 24 * 3_600);
/// The part of a lease after which it is renewed at the earliest, and the part by which chance spreads the renewals.
const RENEWED_AFTER: f64 = 0.5;
const RENEWED_WITHIN: f64 = 0.3;
/// A cloud forgets a registration after this time.
const CLOUD_LEASE: Duration = Duration::from_secs(25 * 3_600);
/// The wait before a registration at a cloud is renewed.
const CLOUD_RENEWED_AFTER: Duration = Duration::from_secs(24 * 3_600);
/// How long a hub that has taken a request may take to verify it. After that the request is sent again.
const VERIFIED_WITHIN: Duration = Duration::from_secs(3_600);
/// How long a verification may be repeated, because the answer may not have reached the hub.
const REPEATED_WITHIN: Duration = Duration::from_secs(10 * 60);
/// The wait between two requests once they have failed for [`retry::GIVEN_UP_AFTER`].
const SELDOM: Duration = Duration::from_secs(24 * 3_600);
/// The wait after a hub has denied a subscription.
const DENIED_FOR: Duration = Duration::from_secs(7 * 24 * 3_600);
/// The longest challenge that is echoed, in bytes.
const CHALLENGE_MAX_BYTES: usize = 1_024;
/// The longest text of a hub that is kept, in bytes.
const REASON_MAX_BYTES: usize = 200;

/// The kind of server at which the subscription is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    WebSub,
    RssCloud,
}

impl Protocol {
    /// The name in the database and on the screen.
    pub fn as_str(self) -> &'static str {
        match self {
            Protocol::WebSub => "websub",
            Protocol::RssCloud => "rsscloud",
        }
    }

    pub fn parse(name: &str) -> Option<Protocol> {
        [Protocol::WebSub, Protocol::RssCloud].into_iter().find(|kind| kind.as_str() == name)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The hub is asked for the subscription and has not verified it.
    Asked,
    /// The hub has verified the subscription.
    Active,
    /// The subscription was in force, and the hub is asked to end it.
    Ending,
}

impl State {
    /// The name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Asked => "asked",
            State::Active => "active",
            State::Ending => "ending",
        }
    }

    pub fn parse(name: &str) -> Option<State> {
        [State::Asked, State::Active, State::Ending].into_iter().find(|state| state.as_str() == name)
    }
}

/// One subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The last part of the callback address: random, so that only the hub knows it.
    pub token: String,
    pub source: SourceId,
    pub kind: Protocol,
    pub hub: String,
    pub topic: String,
    /// The address that the hub calls.
    pub callback: String,
    /// What the hub signs deliveries with. `None` if the hub is reached without encryption.
    pub secret: Option<String>,
    pub state: State,
    /// When the hub last verified it.
    pub verified: Option<Timestamp>,
    /// Since when the source's deliveries come without a gap, also through earlier subscriptions.
    pub since: Option<Timestamp>,
    /// When the hub forgets it.
    pub lease_until: Option<Timestamp>,
    /// When the hub is asked next: for it, for its renewal or for its end.
    pub next_try: Timestamp,
    /// Requests in a row that failed or were not verified.
    pub failures: u32,
    pub failing_since: Option<Timestamp>,
    /// Deliveries and pings that were taken, and requests that were refused.
    pub deliveries: u64,
    pub refused: u64,
    pub last_delivery: Option<Timestamp>,
    /// Whether an announced change is not stored yet.
    pub is_owed: bool,
    /// The last problem.
    pub problem: Option<String>,
}

/// What a hub's GET request at the callback address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// The request is confirmed with this challenge.
    Echo(String),
    /// The hub has sent a message that needs no challenge, such as a denial.
    Noted,
    /// The subscription is over: the request is confirmed, and the subscription can be forgotten.
    Over(String),
    /// The request does not match any request of ours (WebSub, 5.3.1).
    Unknown,
}

impl Subscription {
    /// A subscription that is to be asked for now. `public_url` is our own address without a slash at its end. `random` is fresh:
    /// the first half becomes the token, the second half the secret.
    pub fn new(
        source: SourceId,
        offer: &super::Offer,
        public_url: &str,
        random: [[u8; 32]; 2],
        now: Timestamp,
    ) -> Subscription {
        let [token, secret] = random.map(|bytes| hex(&bytes));
        let keeps_a_secret =
            offer.kind == Protocol::WebSub && Url::parse(&offer.hub).is_ok_and(|hub| keeps_a_secret(&hub));
        Subscription {
            callback: format!("{public_url}/push/{token}"),
            token,
            source,
            kind: offer.kind,
            hub: offer.hub.clone(),
            topic: offer.topic.clone(),
            secret: keeps_a_secret.then_some(secret),
            state: State::Asked,
            verified: None,
            since: None,
            lease_until: None,
            next_try: now,
            failures: 0,
            failing_since: None,
            deliveries: 0,
            refused: 0,
            last_delivery: None,
            is_owed: false,
            problem: None,
        }
    }

    /// The hub's host, with its port if it is not the usual one.
    pub fn hub_host(&self) -> String {
        let Ok(url) = Url::parse(&self.hub) else { return String::new() };
        let host = url.host_str().unwrap_or_default();
        url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The body of the request to the hub: a form that asks for the subscription, or for its end. `None` at the end of
    /// a registration at a cloud, which forgets registrations by itself.
    pub fn form(&self) -> Option<String> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        match (self.kind, self.state) {
            (Protocol::WebSub, state) => {
                let is_end = state == State::Ending;
                form.append_pair("hub.mode", if is_end { "unsubscribe" } else { "subscribe" });
                form.append_pair("hub.topic", &self.topic).append_pair("hub.callback", &self.callback);
                if !is_end {
                    form.append_pair("hub.lease_seconds", &LEASE_WISHED.as_secs().to_string());
                    form.extend_pairs(self.secret.iter().map(|secret| ("hub.secret", secret)));
                }
            }
            (Protocol::RssCloud, State::Ending) => return None,
            (Protocol::RssCloud, State::Asked | State::Active) => {
                let callback = Url::parse(&self.callback).ok()?;
                let protocol = if callback.scheme() == "https" { "https-post" } else { "http-post" };
                let port = callback.port_or_known_default()?.to_string();
                form.append_pair("notifyProcedure", "").append_pair("protocol", protocol);
                form.append_pair("domain", callback.host_str()?).append_pair("port", &port);
                form.append_pair("path", callback.path()).append_pair("url1", &self.topic);
            }
        }
        Some(form.finish())
    }

    /// Notes that the hub has taken the request.
    pub fn taken(&mut self, now: Timestamp) {
        if self.is_denied(now) {
            return;
        }
        match (self.kind, self.state) {
            (Protocol::RssCloud, State::Asked) => self.begin(CLOUD_LEASE, CLOUD_RENEWED_AFTER, now),
            // The hub verifies it later; until then this request counts as not heard.
            (_, State::Asked | State::Ending) => {
                self.fail("the hub has not verified the request".to_owned(), now);
                self.next_try = self.next_try.max(now.plus(VERIFIED_WITHIN));
                self.problem = None;
            }
            // The hub verified it before it answered.
            (_, State::Active) => {}
        }
    }

    /// Notes that the request failed. `asked` is the wait that the hub asks for (`Retry-After`).
    pub fn not_taken(&mut self, why: &str, asked: Option<Duration>, now: Timestamp) {
        if self.state == State::Active || self.is_denied(now) {
            return;
        }
        self.fail(cut(why), now);
        self.next_try = self.next_try.max(now.plus(retry::wait(self.failures, asked)));
    }

    /// Whether the hub denied the subscription before it answered the request, which was due when it was sent. A cloud
    /// never denies a registration.
    fn is_denied(&self, now: Timestamp) -> bool {
        self.kind == Protocol::WebSub && self.state == State::Asked && self.next_try > now
    }

    fn fail(&mut self, why: String, now: Timestamp) {
        self.failures = self.failures.saturating_add(1);
        let since = *self.failing_since.get_or_insert(now);
        let is_long = now.since(since) >= retry::GIVEN_UP_AFTER;
        self.next_try = now.plus(if is_long { SELDOM } else { retry::wait(self.failures, None) });
        self.problem = Some(why);
    }

    fn begin(&mut self, lease: Duration, renewed_after: Duration, now: Timestamp) {
        self.state = State::Active;
        (self.verified, self.lease_until) = (Some(now), Some(now.plus(lease)));
        self.since = self.since.or(Some(now));
        self.next_try = now.plus(renewed_after);
        (self.failures, self.failing_since, self.problem) = (0, None, None);
    }

    /// Answers a GET request at the callback address. `query` is its query as it was received, `chance` a random number in
    /// `[0, 1)`.
    pub fn verify(&mut self, query: &str, now: Timestamp, chance: f64) -> Verification {
        let value = |wanted: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
        };
        if self.kind == Protocol::RssCloud {
            let is_ours = value("url").as_deref() == Some(self.topic.as_str()) && self.state != State::Ending;
            return match value("challenge") {
                Some(challenge) if is_ours && is_a_challenge(&challenge) => {
                    self.begin(CLOUD_LEASE, CLOUD_RENEWED_AFTER, now);
                    Verification::Echo(challenge)
                }
                _ => Verification::Unknown,
            };
        }
        if value("hub.topic").as_deref() != Some(self.topic.as_str()) {
            return Verification::Unknown;
        }
        let challenge = value("hub.challenge").filter(|challenge| is_a_challenge(challenge));
        match (value("hub.mode").as_deref(), self.state, challenge) {
            (Some("subscribe"), State::Asked, Some(challenge)) => {
                let seconds = value("hub.lease_seconds").and_then(|lease| lease.trim().parse().ok());
                let lease = seconds.map_or(LEASE_WISHED, Duration::from_secs).clamp(LEASE_MIN, LEASE_MAX);
                self.begin(lease, lease.mul_f64(RENEWED_AFTER + RENEWED_WITHIN * chance.clamp(0.0, 1.0)), now);
                Verification::Echo(challenge)
            }
            (Some("subscribe"), State::Active, Some(challenge)) => {
                let is_repeated = self.verified.is_some_and(|verified| now.since(verified) < REPEATED_WITHIN);
                if is_repeated { Verification::Echo(challenge) } else { Verification::Unknown }
            }
            (Some("unsubscribe"), State::Ending, Some(challenge)) => Verification::Over(challenge),
            (Some("denied"), State::Asked | State::Active, _) => {
                let reason = value("hub.reason").unwrap_or_default();
                let reason = if reason.is_empty() { "without a reason".to_owned() } else { cut(&reason) };
                self.fail(format!("the hub denied the subscription: {reason}"), now);
                (self.state, self.lease_until, self.since) = (State::Asked, None, None);
                self.next_try = now.plus(DENIED_FOR);
                Verification::Noted
            }
            _ => Verification::Unknown,
        }
    }

    /// Ends a subscription that is in force. The hub is asked now.
    pub fn end(&mut self, now: Timestamp) {
        self.state = State::Ending;
        self.next_try = now;
        (self.failures, self.failing_since, self.is_owed) = (0, None, false);
    }

    /// Whether nothing is left to do for a subscription that ends: the hub has forgotten it, or does not answer.
    pub fn is_over(&self, now: Timestamp) -> bool {
        let is_forgotten = self.lease_until.is_none_or(|until| until <= now);
        let has_failed = self.failing_since.is_some_and(|since| now.since(since) >= retry::GIVEN_UP_AFTER);
        match self.state {
            State::Asked => false,
            State::Active => is_forgotten,
            State::Ending => is_forgotten || has_failed || self.kind == Protocol::RssCloud,
        }
    }
}

/// Whether a secret that is sent to this hub stays secret: over TLS, or on this machine (WebSub, 5.1).
fn keeps_a_secret(hub: &Url) -> bool {
    let is_here = match hub.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    hub.scheme() == "https" || is_here
}

fn is_a_challenge(text: &str) -> bool {
    !text.is_empty() && text.len() <= CHALLENGE_MAX_BYTES
}

fn cut(text: &str) -> String {
    text[..text.floor_char_boundary(REASON_MAX_BYTES)].to_owned()
}

#[cfg(test)]
mod tests;
