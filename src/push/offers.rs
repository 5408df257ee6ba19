//! Where a source announces its changes: its hub and its topic (WebSub, 4), or its cloud (rssCloud).

use serde::{Deserialize, Serialize};
use url::Url;

use super::subscriber::Protocol;
use crate::text::address::is_web_without_login;

/// The longest address that is taken from a document, in bytes.
const ADDRESS_MAX_BYTES: usize = 2 * 1024;

/// What a document and its headers say. All addresses are absolute.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offers {
    /// The first `rel=hub`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub: Option<String>,
    /// The document's own address: `rel=self`, or else the address at which it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// The address of the `cloud` element that takes registrations by HTTP POST.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cloud: Option<String>,
}

/// What to subscribe to, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub kind: Protocol,
    pub hub: String,
    pub topic: String,
}

impl Offers {
    /// The offers of a document at `url`. The links of the headers come before those of the document (WebSub, 4). Addresses that
    /// are not http or https, or that are too long, do not count.
    pub fn new(header: Links<'_>, document: Links<'_>, cloud: Option<&str>, url: &str) -> Offers {
        let (hub, cloud) = (web(header.hub).or_else(|| web(document.hub)), web(cloud));
        if hub.is_none() && cloud.is_none() {
            return Offers::default();
        }
        let topic = web(header.own).or_else(|| web(document.own)).or_else(|| web(Some(url)));
        Offers { hub, topic, cloud }
    }

    pub fn is_empty(&self) -> bool {
        self.hub.is_none() && self.cloud.is_none()
    }

    /// The offer to take: the hub's, or else the cloud's. A cloud knows the source by the address at which it is polled.
    pub fn best(&self, polled_at: &str) -> Option<Offer> {
        match (&self.hub, &self.topic, &self.cloud) {
            (Some(hub), Some(topic), _) => {
                Some(Offer { kind: Protocol::WebSub, hub: hub.clone(), topic: topic.clone() })
            }
            (_, _, Some(cloud)) => {
                Some(Offer { kind: Protocol::RssCloud, hub: cloud.clone(), topic: polled_at.to_owned() })
            }
            _ => None,
        }
    }
}

/// The links of a document or of its headers, as written or absolute.
#[derive(Debug, Clone, Copy, Default)]
pub struct Links<'a> {
    pub hub: Option<&'a str>,
    pub own: Option<&'a str>,
}

/// An address that can be requested, without its fragment, which is never sent to a server.
fn web(address: Option<&str>) -> Option<String> {
    let mut url = Url::parse(address?.trim()).ok()?;
    url.set_fragment(None);
    (is_web_without_login(&url) && url.as_str().len() <= ADDRESS_MAX_BYTES).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://a.example/feed";

    #[test]
    fn headers_come_before_the_document() {
        let check = |header: (&str, &str), document: (&str, &str), wanted: Option<(&str, &str)>| {
            let of = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let (a, b, c, d) = (of(header.0), of(header.1), of(document.0), of(document.1));
            let header = Links { hub: a.as_deref(), own: b.as_deref() };
            let document = Links { hub: c.as_deref(), own: d.as_deref() };
            let found = Offers::new(header, document, None, URL).best(URL);
            assert_eq!(found.as_ref().map(|offer| (offer.hub.as_str(), offer.topic.as_str())), wanted);
        };
        let (hub, other) = ("https://hub.example/", "https://other.example/");
        check(("", ""), ("", ""), None);
        check(("", ""), (hub, ""), Some((hub, URL)));
        check((hub, ""), (other, "https://a.example/own"), Some((hub, "https://a.example/own")));
        check((hub, "https://a.example/h#x"), (other, "https://a.example/own"), Some((hub, "https://a.example/h")));
        check(("ftp://hub.example/", ""), (other, ""), Some((other, URL)));
        check(("javascript:alert(1)", ""), ("https://user:word@hub.example/", ""), None);
        check(("", "https://a.example/own"), ("", ""), None);
    }

    #[test]
    fn a_cloud_is_used_where_there_is_no_hub() {
        let cloud = Some("http://c.example/rpc");
        let offers = Offers::new(Links::default(), Links::default(), cloud, "https://a.example/final");
        let offer = offers.best(URL).expect("a cloud is there");
        assert_eq!(
            (offer.kind, offer.hub.as_str(), offer.topic.as_str()),
            (Protocol::RssCloud, "http://c.example/rpc", URL)
        );
        let header = Links { hub: Some("https://hub.example/"), own: None };
        let offers = Offers::new(header, Links::default(), cloud, URL);
        assert_eq!(offers.best(URL).map(|offer| offer.kind), Some(Protocol::WebSub));
        let long = format!("https://a.example/{}", "x".repeat(ADDRESS_MAX_BYTES));
        assert!(Offers::new(Links { hub: Some(&long), own: None }, Links::default(), None, URL).is_empty());
    }
}
