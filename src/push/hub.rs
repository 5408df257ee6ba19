//! The requests of subscribers to a hub, and the messages of a hub to them (WebSub, 5).
//!
//! Entry points: [`parse`] reads a request; [`verification`] and [`denial`] are the addresses at which the hub asks a callback for
//! its intent, and tells it of a refusal; [`pings`] tells an outside hub of changes.

use std::time::Duration;

use url::{Url, form_urlencoded};

use super::signature::Method;
use crate::config::Secret;
use crate::text::address::is_web_without_login;

/// The shortest lease that is granted, even if a subscriber asks for less.
pub const LEASE_LEAST: Duration = Duration::from_secs(300);
/// The lease of a subscriber that does not ask for a lease.
pub const LEASE_USUAL: Duration = Duration::from_secs(10 * 86_400);
/// The longest lease that is granted, even if a subscriber asks for more.
pub const LEASE_MOST: Duration = Duration::from_secs(30 * 86_400);
/// Most bytes of a secret (WebSub, 5.1: less than 200).
pub const SECRET_BYTES: usize = 199;
/// Most bytes of a callback or a topic.
pub const ADDRESS_BYTES: usize = 2_048;
/// Most addresses in one message to an outside hub. Google's hub ignores those after the tenth.
pub const PINGED_AT_ONCE: usize = 10;

/// What a subscriber wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Subscribe,
    Unsubscribe,
}

/// A request of a subscriber (WebSub, 5.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub mode: Mode,
    /// The topic as the subscriber wrote it.
    pub topic: String,
    pub callback: Url,
    /// The lease within the bounds.
    pub lease: Duration,
    pub secret: Option<Secret>,
    /// The algorithm of the signatures of deliveries, if there is a secret.
    pub method: Method,
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("hub.mode must be subscribe or unsubscribe")]
    Mode,
    #[error("hub.topic must be the address of a feed, of at most {ADDRESS_BYTES} bytes")]
    Topic,
    #[error("hub.callback must be an http:// or https:// address without a login, of at most {ADDRESS_BYTES} bytes")]
    Callback,
    #[error("hub.secret must have at most {SECRET_BYTES} bytes")]
    Secret,
    #[error("hub.signature_method must be sha1, sha256, sha384 or sha512")]
    Method,
}

/// Reads a request. Parameters that are not known are ignored (WebSub, 5.1), and of a parameter that is repeated, the first counts.
///
/// `hub.signature_method` is an extension for subscribers that know only the older `sha1`.
pub fn parse(body: &[u8]) -> Result<Form, Refused> {
    let value = |wanted: &str| {
        let mut pairs = form_urlencoded::parse(body);
        pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    let mode = match value("hub.mode").as_deref() {
        Some("subscribe") => Mode::Subscribe,
        Some("unsubscribe") => Mode::Unsubscribe,
        _ => return Err(Refused::Mode),
    };
    let fits = |address: &String| !address.is_empty() && address.len() <= ADDRESS_BYTES;
    let topic = value("hub.topic").filter(fits).ok_or(Refused::Topic)?;
    let callback =
        value("hub.callback").filter(fits).and_then(|address| callback(&address)).ok_or(Refused::Callback)?;
    let secret = value("hub.secret").filter(|secret| !secret.is_empty());
    if secret.as_ref().is_some_and(|secret| secret.len() > SECRET_BYTES) {
        return Err(Refused::Secret);
    }
    let method = match value("hub.signature_method").filter(|name| !name.is_empty()) {
        Some(name) => Method::of(&name).ok_or(Refused::Method)?,
        None => Method::Sha256,
    };
    let lease = lease(value("hub.lease_seconds").as_deref());
    Ok(Form { mode, topic, callback, lease, secret: secret.map(Secret::new), method })
}

/// The address of a callback, without a fragment, which is never sent.
fn callback(address: &str) -> Option<Url> {
    let mut url = Url::parse(address.trim()).ok().filter(is_web_without_login)?;
    url.set_fragment(None);
    Some(url)
}

/// The lease that is granted: the requested lease, within the bounds. A text that is not a number counts as no request.
fn lease(asked: Option<&str>) -> Duration {
    let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match asked.map(str::trim).filter(is_number) {
        // A number with too many digits asks for more than the longest lease.
        Some(text) => Duration::from_secs(text.parse().unwrap_or(u64::MAX)).clamp(LEASE_LEAST, LEASE_MOST),
        None => LEASE_USUAL,
    }
}

/// The address at which the callback is asked whether the request was its own (WebSub, 5.3). Its answer must repeat the challenge.
pub fn verification(form: &Form, challenge: &str) -> Url {
    let mut url = form.callback.clone();
    let is_end = form.mode == Mode::Unsubscribe;
    let mut query = url.query_pairs_mut();
    query.append_pair("hub.mode", if is_end { "unsubscribe" } else { "subscribe" });
    query.append_pair("hub.topic", &form.topic);
    query.append_pair("hub.challenge", challenge);
    if !is_end {
        query.append_pair("hub.lease_seconds", &form.lease.as_secs().to_string());
    }
    drop(query);
    url
}

/// The address at which the callback is told that a subscription was refused or has ended (WebSub, 5.2).
pub fn denial(callback: &Url, topic: &str, reason: &str) -> Url {
    let mut url = callback.clone();
    let pairs = [("hub.mode", "denied"), ("hub.topic", topic), ("hub.reason", reason)];
    url.query_pairs_mut().extend_pairs(pairs);
    url
}

/// The messages that tell an outside hub of the topics that have changed, each with the addresses that it names.
pub fn pings(topics: &[String]) -> Vec<(String, Vec<String>)> {
    let message = |part: &[String]| {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("hub.mode", "publish");
        for topic in part {
            // The standard leaves this message open: some hubs read hub.url, and others hub.topic.
            form.append_pair("hub.url", topic).append_pair("hub.topic", topic);
        }
        (form.finish(), part.to_vec())
    };
    topics.chunks(PINGED_AT_ONCE).map(message).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "hub.mode=subscribe&hub.topic=http%3A%2F%2Fa.example%2Ff.atom&hub.callback=http%3A%2F%2Fb.example%2Fc%3Fd%3De%26f";

    #[test]
    fn a_request_is_read_and_what_is_not_known_is_ignored() {
        let form = parse(format!("x=y&{WHOLE}&hub.mode=unsubscribe&hub.secret=s%26&hub.verify=async").as_bytes());
        let form = form.expect("it is complete");
        assert_eq!((form.mode, form.topic.as_str()), (Mode::Subscribe, "http://a.example/f.atom"));
        assert_eq!(form.callback.as_str(), "http://b.example/c?d=e&f");
        assert_eq!((form.lease, form.method), (LEASE_USUAL, Method::Sha256));
        assert_eq!(form.secret, Some(Secret::new("s&")));
    }

    #[test]
    fn what_cannot_be_accepted_is_refused() {
        let check = |from: &str, to: &str, expected: Option<Refused>| {
            assert_eq!(parse(WHOLE.replace(from, to).as_bytes()).err(), expected, "{to}");
        };
        check("", "", None);
        check("subscribe", "publish", Some(Refused::Mode));
        check("hub.mode", "mode", Some(Refused::Mode));
        check("hub.topic", "topic", Some(Refused::Topic));
        check("f.atom", &"f".repeat(ADDRESS_BYTES), Some(Refused::Topic));
        check("hub.callback", "callback", Some(Refused::Callback));
        check("http%3A%2F%2Fb.example", "ftp%3A%2F%2Fb.example", Some(Refused::Callback));
        check("http%3A%2F%2Fb.example", "javascript%3A", Some(Refused::Callback));
        check("b.example", "me%40b.example", Some(Refused::Callback));
        check("http%3A%2F%2Fb.example", "%2Fc", Some(Refused::Callback));
        check("&hub.topic", &format!("&hub.secret={}&hub.topic", "s".repeat(199)), None);
        check("&hub.topic", &format!("&hub.secret={}&hub.topic", "s".repeat(200)), Some(Refused::Secret));
        check("&hub.topic", "&hub.signature_method=SHA1&hub.topic", None);
        check("&hub.topic", "&hub.signature_method=md5&hub.topic", Some(Refused::Method));
        assert_eq!(parse(b"\xff\0=%&%zz").err(), Some(Refused::Mode));
    }

    #[test]
    fn leases_are_held_within_bounds() {
        let check = |asked: &str, expected: Duration| {
            let form = parse(format!("{WHOLE}&hub.lease_seconds={asked}").as_bytes()).expect("it is complete");
            assert_eq!(form.lease, expected, "{asked}");
        };
        check("86400", Duration::from_secs(86_400));
        check("0", LEASE_LEAST);
        check("315360000", LEASE_MOST);
        check("99999999999999999999999999", LEASE_MOST);
        for unclear in ["", "-1", "1.5", "soon"] {
            check(unclear, LEASE_USUAL);
        }
    }

    #[test]
    fn the_callback_keeps_its_own_query() {
        let mut form = parse(WHOLE.as_bytes()).expect("it is complete");
        assert_eq!(
            verification(&form, "c h").as_str(),
            "http://b.example/c?d=e&f&hub.mode=subscribe&hub.topic=http%3A%2F%2Fa.example%2Ff.atom&hub.challenge=c+h\
             &hub.lease_seconds=864000"
        );
        form.mode = Mode::Unsubscribe;
        assert!(!verification(&form, "c").as_str().contains("lease"), "a lease that ends is not granted");
        let denied = denial(&form.callback, "t&", "no such feed");
        let expected = "http://b.example/c?d=e&f&hub.mode=denied&hub.topic=t%26&hub.reason=no+such+feed";
        assert_eq!(denied.as_str(), expected);
    }

    #[test]
    fn an_outside_hub_is_told_of_ten_topics_at_a_time() {
        let topics: Vec<String> = (0..12).map(|number| format!("http://a.example/{number}?a&b")).collect();
        let pings = pings(&topics);
        let counts: Vec<usize> = pings.iter().map(|(body, _)| body.matches("hub.url=").count()).collect();
        assert_eq!(counts, [10, 2]);
        let (last, named) = &pings[1];
        assert_eq!(named, &topics[10..]);
        let address = "http%3A%2F%2Fa.example%2F10%3Fa%26b";
        assert!(last.starts_with(&format!("hub.mode=publish&hub.url={address}&hub.topic={address}&")), "{last}");
    }
}
