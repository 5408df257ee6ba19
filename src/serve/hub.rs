//! `/hub`: where subscribers of our documents register (WebSub, 5.1).

use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{StatusCode, header};
use url::Url;

use super::reply::{self, Reply};
use super::route::{Route, feed_at, route};
use super::{SiteState, body};
use crate::publish::{self, DocumentName};
use crate::push::hub;
use crate::text::address::is_web_without_login;

/// Most bytes of a request: two addresses, a secret, and room for parameters that are not known.
const FORM_BYTES: usize = 16 * 1024;
/// The only type of body that subscribers send (WebSub, 5.1).
const FORM: &str = "application/x-www-form-urlencoded";
/// When a subscriber may ask again if too many others ask, in seconds.
const ASK_AGAIN: &str = "5";

/// Answers a subscriber. A request that can be carried out is only accepted here; its callback is asked later (WebSub, 5.1.2).
pub(super) async fn answer(site: &SiteState, request: &Parts, body: Incoming) -> Reply {
    if site.names_hub != publish::Hub::Own {
        return reply::not_found(site, request).await;
    }
    if !is_form(request) {
        let text = format!("The body must be of the type {FORM}.\n");
        return reply::refusal(site, request, StatusCode::UNSUPPORTED_MEDIA_TYPE, text).await;
    }
    let form = match body::read(body, FORM_BYTES).await {
        Ok(form) => form,
        Err(why) => {
            let (status, text) = why.told();
            return reply::refusal(site, request, status, text).await;
        }
    };
    let wrong = |text: String| reply::plain(StatusCode::BAD_REQUEST, format!("{text}.\n"));
    let form = match hub::parse(&form) {
        Ok(form) => form,
        Err(why) => return wrong(why.to_string()),
    };
    let ours = Ours::of(site, request);
    let Some(name) = ours.feed(&form.topic, &site.public_path) else {
        return wrong("hub.topic must be a feed of this server, as Atom, RSS or JSON Feed".to_owned());
    };
    if ours.is_endpoint(&form.callback, &site.public_path) {
        return wrong("hub.callback is an address of this server, which cannot subscribe to itself".to_owned());
    }
    match site.hub.ask(form, name) {
        Ok(()) => reply::plain(StatusCode::ACCEPTED, ""),
        Err(_busy) => {
            let text = "Too many subscribers are being asked for their intent; try again in a few seconds.\n";
            reply::with(reply::plain(StatusCode::SERVICE_UNAVAILABLE, text), header::RETRY_AFTER, ASK_AGAIN)
        }
    }
}

/// Whether the body is a form, by its Content-Type without parameters.
fn is_form(request: &Parts) -> bool {
    let value = request.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FORM))
}

/// The hosts and ports under which this server is reached.
#[derive(Debug)]
struct Ours<'s> {
    public: Option<Url>,
    /// The host and port that the request itself names.
    asked: Option<Url>,
    hosts: &'s [String],
}

impl Ours<'_> {
    fn of<'s>(site: &'s SiteState, request: &Parts) -> Ours<'s> {
        let host = request.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let asked = request.uri.authority().map(|authority| authority.as_str()).or(host);
        Ours {
            public: Url::parse(&site.public_url).ok(),
            asked: asked.and_then(|host| Url::parse(&format!("http://{host}/")).ok()),
            hosts: &site.allowed_hosts,
        }
    }

    /// Whether an address leads to this server. Both schemes count, because a proxy before this server may speak TLS with readers.
    fn has(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let is_same = |known: &Url| {
            let has_port = known.port() == url.port() || known.port_or_known_default() == url.port_or_known_default();
            known.host_str() == Some(host) && has_port
        };
        let is_named = || self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
        self.public.as_ref().is_some_and(is_same) || self.asked.as_ref().is_some_and(is_same) || is_named()
    }

    /// Whether an address is our own hub, or takes what other hubs deliver to this server.
    fn is_endpoint(&self, url: &Url, public_path: &str) -> bool {
        self.has(url) && matches!(route(url.path(), public_path), Route::Hub | Route::Push(_))
    }

    /// The feed that a topic names, if it is a feed of this server. Encodings that mean the same lead to the same feed.
    fn feed(&self, topic: &str, public_path: &str) -> Option<DocumentName> {
        let url = Url::parse(topic.trim()).ok().filter(|url| is_web_without_login(url) && self.has(url))?;
        feed_at(url.path(), url.query().unwrap_or_default(), public_path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::{Format, OutputKind};

    fn ours(hosts: &[String]) -> Ours<'_> {
        let url = |text: &str| Url::parse(text).ok();
        Ours { public: url("https://feeds.example/x"), asked: url("http://127.0.0.1:8470/"), hosts }
    }

    #[test]
    fn topics_are_the_feeds_of_this_server_however_they_are_written() {
        let hosts = ["also.example".to_owned()];
        let check = |topic: &str, expected: Option<DocumentName>| {
            assert_eq!(ours(&hosts).feed(topic, "/x"), expected, "{topic}");
        };
        let output = |format| Some(DocumentName::Feed(OutputKind::Output("feed".to_owned()), format));
        check("https://feeds.example/x/feed.atom", output(Format::ATOM));
        check("http://feeds.example/x/feed.atom", output(Format::ATOM));
        check(" HTTPS://Feeds.Example:443/x/./%66eed.atom?token=t#top ", output(Format::ATOM));
        check("http://127.0.0.1:8470/feed.json", output(Format::JSON));
        check("http://also.example:99/feed.rss", output(Format::RSS));
        let tag = DocumentName::Feed(OutputKind::Tag("c++ & ü".to_owned()), Format::ATOM);
        check("https://feeds.example/x/tag/c++%20%26%20%C3%BC.atom", Some(tag.clone()));
        check("https://feeds.example/x/tag/c%2B%2B%20&%20ü.atom", Some(tag));
        let search = DocumentName::Feed(OutputKind::Search("kernel linux".to_owned()), Format::ATOM);
        check("https://feeds.example/x/search.atom?q=linux+Kernel", Some(search));
        for other in [
            "https://feeds.example/x/feed.html",
            "https://feeds.example/x/archive/feed/1.atom",
            "https://feeds.example/x/search.atom",
            "https://feeds.example/x/hub",
            "https://feeds.example:8443/x/feed.atom",
            "http://127.0.0.1:9999/feed.atom",
            "https://other.example/x/feed.atom",
            "https://me@feeds.example/x/feed.atom",
            "ftp://feeds.example/x/feed.atom",
            "/x/feed.atom",
            "feed",
            "",
        ] {
            check(other, None);
        }
    }

    #[test]
    fn a_callback_on_this_server_is_recognised() {
        let check = |callback: &str, expected: bool| {
            let url = Url::parse(callback).expect("an address");
            assert_eq!(ours(&[]).is_endpoint(&url, "/x"), expected, "{callback}");
        };
        check("https://feeds.example/x/push/abc", true);
        check("http://feeds.example/hub", true);
        check("http://127.0.0.1:8470/push/abc", true);
        check("http://127.0.0.1:8470/feed.atom", false);
        check("http://127.0.0.1:8471/push/abc", false);
        // An address of another program behind the same proxy.
        check("https://feeds.example/reader/push", false);
        check("https://reader.example/push", false);
    }
}
