//! HTTP clients: one for each set of connection options, shared by all sources with the same options.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ipnet::IpNet;
use reqwest::header::HeaderValue;
use reqwest::{Client, redirect};
use url::Url;

use super::bodies::Bodies;
use super::peers::{Need, Peers};
use super::plain::describe;
use super::resolve::{GuardedResolver, NameCache};
use super::trust::{self, TrustedRoots};
use super::{Exchange, FetchError, Gate, Request, exchange, local};
use crate::clock;
use crate::config::{FetchOptions, Proxy, Secret};
use crate::model::Timestamp;

/// The longest wait for a connection.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an idle connection is kept open for another request to the host.
pub(super) const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
/// How many idle connections to a host are kept.
const IDLE_PER_HOST: usize = 2;
/// The most header lines of an answer.
pub(super) const MAX_HEADERS: usize = 256;
/// The largest response head, in bytes. The HTTP client has this limit for HTTP/1.1, and HTTP/2 gets the same.
const MAX_HEAD_BYTES: u32 = 408 * 1024;
/// How many bytes of an answer a server may send over HTTP/2 before they are read. The client keeps these bytes in
/// memory while an answer waits for room (see `bodies`).
const STREAM_WINDOW_BYTES: u32 = 256 * 1024;
/// The same limit for all answers over a connection together.
const CONNECTION_WINDOW_BYTES: u32 = 1024 * 1024;
/// The protocols that are offered in the TLS handshake (ALPN, RFC 7301).
const HTTP2_FIRST: &[&[u8]] = &[b"h2", b"http/1.1"];
const HTTP1_ALONE: &[&[u8]] = &[b"http/1.1"];
/// Why a source with a client certificate is not polled through a proxy of the environment.
const CERTIFICATE_EXCLUDES: &str = "the environment names an https:// proxy, which could ask for the `client_cert` of this \
                                    source as well; use a proxy with http:// or socks5h://, or set `proxy` of the source";
/// How many clients are kept. Beyond that, all are dropped and made anew.
const MAX_CLIENTS: usize = 64;

/// Makes requests. All polls share one fetcher, because it holds their budget of memory. Messages to receivers of news and to
/// subscribers of the hub go by other fetchers.
#[derive(Debug)]
pub struct Fetcher {
    user_agent: String,
    names: Arc<NameCache>,
    clients: Mutex<Vec<(Way, Client)>>,
    /// Whether this machine has no CA certificates, so that server certificates cannot be checked.
    lacks_authorities: AtomicBool,
    pub(super) peers: Peers,
    /// The memory budget for the bodies of all fetches.
    pub(super) bodies: Bodies,
}

/// The time that a request has left. Waiting for the host's turn does not count.
pub(super) struct Patience {
    left: Duration,
    whole: Duration,
}

impl Patience {
    pub(super) fn of(whole: Duration) -> Patience {
        Patience { left: whole, whole }
    }

    /// Waits for `work`, which is pinned already, because a request in flight has a large state, and this function would hold it
    /// twice.
    pub(super) async fn spend<T>(
        &mut self,
        work: Pin<&mut impl Future<Output = Result<T, FetchError>>>,
    ) -> Result<T, FetchError> {
        let began = clock::monotonic();
        let ended = tokio::time::timeout(self.left, work).await;
        self.left = self.left.saturating_sub(began.elapsed());
        ended.unwrap_or(Err(FetchError::TimedOut { after: self.whole }))
    }
}

/// The options that distinguish clients. Connections are never shared between clients, so that the permissions of one
/// source never apply to another source.
#[derive(Debug)]
struct Way {
    allowed: Vec<IpNet>,
    proxy: Proxy,
    verify_tls: bool,
    wire: Wire,
    /// Certificates that are trusted in addition to those of this machine.
    ca: Vec<Vec<u8>>,
    /// The certificate for servers that ask for a client certificate.
    client_cert: Option<Secret>,
}

impl Way {
    fn of(options: &FetchOptions, wire: Wire, is_home: bool) -> Way {
        Way {
            allowed: options.allow_networks.clone(),
            proxy: options.proxy.clone(),
            verify_tls: options.access.verify_tls,
            wire,
            ca: options.access.ca.clone(),
            client_cert: options.access.client_cert.clone().filter(|_| is_home),
        }
    }

    /// Whether this is [`Way::of`] the same arguments, which are compared without copies, because every request asks.
    fn is_of(&self, options: &FetchOptions, wire: Wire, is_home: bool) -> bool {
        let Way { allowed, proxy, verify_tls, wire: over, ca, client_cert } = self;
        let shown = options.access.client_cert.as_ref().filter(|_| is_home);
        (*verify_tls, *over) == (options.access.verify_tls, wire)
            && (allowed, proxy) == (&options.allow_networks, &options.proxy)
            && (ca, client_cert.as_ref()) == (&options.access.ca, shown)
    }
}

/// The connections over which requests go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wire {
    /// Keep-alive connections if there are any, and HTTP/2 if the server offers it.
    Usual,
    /// A new connection for each request.
    Anew,
    /// Connections that use HTTP/1.1 only.
    Http1,
}

impl Wire {
    /// The connections for a server with the given need.
    pub fn of(need: Option<Need>) -> Wire {
        match need {
            Some(Need::Http1) => Wire::Http1,
            Some(Need::NewConnection) => Wire::Anew,
            Some(Need::OldLabel) | None => Wire::Usual,
        }
    }
}

impl Fetcher {
    /// `contact` is the URL or mailto: address of the operator, for the User-Agent. The project's address takes its place if it is
    /// not set.
    pub fn new(contact: Option<&str>) -> Fetcher {
        Fetcher {
            user_agent: user_agent(contact.or(crate::homepage())),
            names: Arc::new(NameCache::default()),
            clients: Mutex::default(),
            lacks_authorities: AtomicBool::new(false),
            peers: Peers::default(),
            bodies: Bodies::default(),
        }
    }

    /// A fetcher for addresses that strangers choose, which looks up at most `lookups` names at the same time.
    pub fn of_strangers(contact: Option<&str>, lookups: usize) -> Fetcher {
        Fetcher { names: Arc::new(NameCache::limited(lookups)), ..Fetcher::new(contact) }
    }

    /// The User-Agent, for a request that the HTTP client does not send.
    pub(super) fn user_agent(&self) -> Result<HeaderValue, FetchError> {
        let unsendable = |_| FetchError::Client("the User-Agent cannot be sent; check `contact`".to_owned());
        HeaderValue::from_str(&self.user_agent).map_err(unsendable)
    }

    /// Makes a request and follows redirects. `now` is the base of relative times in headers. Fails if no whole answer
    /// came within the limits of the request's options, or if the gate did not let the request pass.
    pub async fn fetch(
        &self,
        request: Request<'_>,
        gate: &(impl Gate + Sync),
        now: Timestamp,
    ) -> Result<Exchange, FetchError> {
        let mut patience = Patience::of(request.options.timeout);
        if request.url.scheme() == "file" {
            local::read(&self.bodies, request, &mut patience).await
        } else {
            exchange::follow(self, request, gate, patience, now).await
        }
    }

    /// The client for a source's connection options. `is_home` says that the request goes to the source's own origin.
    /// The client certificate is not shown to any other origin.
    pub(super) fn client(&self, options: &FetchOptions, wire: Wire, is_home: bool) -> Result<Client, FetchError> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = clients.iter().find(|(way, _)| way.is_of(options, wire, is_home)) {
            return Ok(client.clone());
        }
        let way = Way::of(options, wire, is_home);
        if clients.len() >= MAX_CLIENTS {
            clients.clear();
        }
        let client = self.build(&way, TrustedRoots::Machine(&way.ca));
        if let Err(FetchError::NoAuthorities) = client {
            self.lacks_authorities.store(true, Ordering::Relaxed);
            // This client is not kept, so that CA certificates that are installed later are noticed.
            return self.build(&way, TrustedRoots::Nobody);
        }
        let client = client?;
        if way.verify_tls && way.ca.is_empty() {
            self.lacks_authorities.store(false, Ordering::Relaxed);
        }
        clients.push((way, client.clone()));
        Ok(client)
    }

    /// Fails if the certificate of an address is to be checked and this machine has no CA certificates to check it
    /// with.
    pub(super) fn check_trust(&self, options: &FetchOptions, url: &Url) -> Result<(), FetchError> {
        let is_checked = options.access.verify_tls && options.access.ca.is_empty() && url.scheme() == "https";
        if is_checked && self.lacks_authorities.load(Ordering::Relaxed) {
            Err(FetchError::NoAuthorities)
        } else {
            Ok(())
        }
    }

    /// A resolver that checks addresses against a source's allowed networks.
    pub(super) fn resolver(&self, allowed: &[IpNet]) -> GuardedResolver {
        GuardedResolver { names: self.names.clone(), allowed: allowed.into(), exempt: Arc::default() }
    }

    fn build(&self, way: &Way, roots: TrustedRoots<'_>) -> Result<Client, FetchError> {
        // TLS does not tell which server asks for the client certificate, so an https proxy would get it as well. The
        // configuration refuses such a proxy, but does not know the proxies of the environment.
        let is_environment = way.proxy == Proxy::Environment;
        if way.client_cert.is_some() && is_environment && environment_proxies().any(|proxy| is_https(&proxy)) {
            return Err(FetchError::Proxy(CERTIFICATE_EXCLUDES.to_owned()));
        }
        let mut builder = Client::builder()
            .user_agent(&self.user_agent)
            // `exchange` follows redirects itself, because each hop is checked like the first address.
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(if way.wire == Wire::Anew { 0 } else { IDLE_PER_HOST })
            // Failed requests wait for the next poll, except those that `again` repeats.
            .retry(reqwest::retry::never())
            .http1_max_headers(MAX_HEADERS)
            .http1_ignore_invalid_headers_in_responses(true)
            // Some devices write a space before the colon, and their Content-Length must not be ignored for that.
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http2_max_header_list_size(MAX_HEAD_BYTES)
            .http2_initial_stream_window_size(STREAM_WINDOW_BYTES)
            .http2_initial_connection_window_size(CONNECTION_WINDOW_BYTES);
        if way.verify_tls {
            let protocols = if way.wire == Wire::Http1 { HTTP1_ALONE } else { HTTP2_FIRST };
            // An https proxy gets the same configuration, because the HTTP client has no other for it.
            builder = builder.tls_backend_preconfigured(trust::config(roots, way.client_cert.as_ref(), protocols)?);
        } else {
            builder = builder.tls_danger_accept_invalid_certs(true);
            if let Some(pem) = &way.client_cert {
                let identity = reqwest::Identity::from_pem(pem.expose().as_bytes());
                builder = builder.identity(identity.map_err(|error| FetchError::Client(describe(&error)))?);
            }
        }
        if way.wire == Wire::Http1 {
            builder = builder.http1_only();
        }
        if !is_environment {
            builder = builder.no_proxy();
        }
        if let Proxy::Url(url) = &way.proxy {
            let proxy = reqwest::Proxy::all(url.expose()).map_err(|error| FetchError::Proxy(describe(&error)))?;
            builder = builder.proxy(proxy);
        }
        // The proxy may be in a private network, so its name is exempt. Every other name is resolved to connect to it.
        let exempt: Vec<String> = match &way.proxy {
            Proxy::Url(url) => host_of(url.expose()).into_iter().collect(),
            Proxy::Environment => environment_proxies().filter_map(|url| host_of_any(&url)).collect(),
            Proxy::None => Vec::new(),
        };
        builder = builder.dns_resolver(GuardedResolver { exempt: exempt.into(), ..self.resolver(&way.allowed) });
        builder.build().map_err(|error| FetchError::Client(describe(&error)))
    }
}

fn user_agent(contact: Option<&str>) -> String {
    let program = concat!("Watershed/", env!("CARGO_PKG_VERSION"));
    contact.map_or_else(|| program.to_owned(), |contact| format!("{program} (+{contact})"))
}

fn host_of(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// The host of a proxy, whose address means http if it has no scheme.
fn host_of_any(proxy: &str) -> Option<String> {
    host_of(proxy).or_else(|| host_of(&format!("http://{proxy}")))
}

fn is_https(proxy: &str) -> bool {
    proxy.trim_start().get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"))
}

/// The addresses of the proxies in the environment.
fn environment_proxies() -> impl Iterator<Item = String> {
    let names = ["http_proxy", "https_proxy", "all_proxy"];
    names.into_iter().flat_map(|name| [std::env::var(name), std::env::var(name.to_uppercase())]).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::AccessOptions;

    #[test]
    fn sources_share_a_client_only_if_all_their_connection_options_are_equal() {
        let access = AccessOptions {
            auth: None,
            headers: Vec::new(),
            cookies: false,
            verify_tls: true,
            ca: vec![vec![1]],
            client_cert: Some(Secret::new("mine")),
            client_key: false,
        };
        let options = FetchOptions {
            timeout: Duration::from_secs(60),
            max_body: 1_000,
            max_entries: 10,
            proxy: Proxy::None,
            allow_networks: Vec::new(),
            access: access.clone(),
        };
        let networks = vec!["10.0.0.0/8".parse().expect("a network")];
        let other = |access: AccessOptions| FetchOptions { access, ..options.clone() };
        let way = Way::of(&options, Wire::Usual, true);
        let check = |name: &str, other: &FetchOptions, wire: Wire, is_home: bool, expected: bool| {
            assert_eq!(way.is_of(other, wire, is_home), expected, "{name}");
            assert!(Way::of(other, wire, is_home).is_of(other, wire, is_home), "{name}, the same");
        };
        check("equal", &options, Wire::Usual, true, true);
        check(
            "another time limit",
            &FetchOptions { timeout: Duration::ZERO, ..options.clone() },
            Wire::Usual,
            true,
            true,
        );
        check("another wire", &options, Wire::Http1, true, false);
        check("another origin", &options, Wire::Usual, false, false);
        check("networks", &FetchOptions { allow_networks: networks, ..options.clone() }, Wire::Usual, true, false);
        check("proxy", &FetchOptions { proxy: Proxy::Environment, ..options.clone() }, Wire::Usual, true, false);
        check("no checks", &other(AccessOptions { verify_tls: false, ..access.clone() }), Wire::Usual, true, false);
        check("authorities", &other(AccessOptions { ca: Vec::new(), ..access.clone() }), Wire::Usual, true, false);
        let others = Some(Secret::new("theirs"));
        check("certificate", &other(AccessOptions { client_cert: others, ..access }), Wire::Usual, true, false);
    }

    #[test]
    fn the_user_agent_names_the_contact_that_there_is() {
        let program = format!("Watershed/{}", env!("CARGO_PKG_VERSION"));
        assert_eq!(user_agent(Some("mailto:me@example.org")), format!("{program} (+mailto:me@example.org)"));
        assert_eq!(user_agent(None), program, "no address is made up");
    }
}
