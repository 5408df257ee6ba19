//! HTTP clients: one for each way of connecting, shared by all sources that connect that way.

use std::collections::HashMap;
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
use super::trust::{self, Trust};
use super::{Exchange, FetchError, Gate, Request, exchange, local};
use crate::clock;
use crate::config::{FetchOptions, Proxy, Secret};
use crate::model::Timestamp;

/// Longest wait for a connection.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Idle connections are kept this long for another source of the host.
pub(super) const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
const IDLE_PER_HOST: usize = 2;
/// Header lines of one answer.
pub(super) const MAX_HEADERS: usize = 256;
/// All header lines of one answer, in bytes: what the HTTP client has room for in HTTP/1.1, and the same in HTTP/2.
const MAX_HEAD_BYTES: u32 = 408 * 1024;
/// What a server may send over HTTP/2 before it is read, in bytes: for one answer, and over one connection. The client keeps
/// these bytes in memory while an answer waits for room (see `bodies`).
const STREAM_WINDOW_BYTES: u32 = 256 * 1024;
const CONNECTION_WINDOW_BYTES: u32 = 1024 * 1024;
/// Versions of HTTP that are offered when a connection is secured (RFC 7301).
const HTTP2_FIRST: &[&[u8]] = &[b"h2", b"http/1.1"];
const HTTP1_ALONE: &[&[u8]] = &[b"http/1.1"];
/// Different ways of connecting kept ready; over it all are made anew.
const MAX_CLIENTS: usize = 64;

/// Makes requests. One for the whole process.
#[derive(Debug)]
pub struct Fetcher {
    user_agent: String,
    names: Arc<NameCache>,
    clients: Mutex<HashMap<Way, Client>>,
    /// This machine trusts no authority: certificates cannot be checked.
    lacks_authorities: AtomicBool,
    pub(super) peers: Peers,
    /// Memory for the bodies of all fetches.
    pub(super) bodies: Bodies,
}

/// What is left of a request's time. Waiting for a site's turn takes nothing of it.
pub(super) struct Patience {
    left: Duration,
    whole: Duration,
}

impl Patience {
    pub(super) async fn spend<T>(
        &mut self,
        work: impl Future<Output = Result<T, FetchError>>,
    ) -> Result<T, FetchError> {
        let began = clock::monotonic();
        let ended = tokio::time::timeout(self.left, work).await;
        self.left = self.left.saturating_sub(began.elapsed());
        ended.unwrap_or(Err(FetchError::TimedOut { after: self.whole }))
    }
}

/// What makes one client differ from another. Connections are never shared across ways, so that what one source is
/// allowed opens nothing to another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Way {
    allowed: Vec<IpNet>,
    proxy: Option<String>,
    environment_proxy: bool,
    verify_tls: bool,
    wire: Wire,
    /// Certificates trusted beside those of this machine.
    ca: Vec<Vec<u8>>,
    /// What servers are shown that ask for a certificate.
    client_cert: Option<Secret>,
}

/// Over which connections requests go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Wire {
    /// Kept ones where there are; HTTP/2 where the server offers it.
    Usual,
    /// A new one for each request.
    Anew,
    /// By HTTP/1.1 alone.
    Http1,
}

impl Wire {
    /// The usual one for a server that needs something.
    pub fn of(need: Option<Need>) -> Wire {
        match need {
            Some(Need::Http1) => Wire::Http1,
            Some(Need::NewConnection) => Wire::Anew,
            Some(Need::OldLabel) | None => Wire::Usual,
        }
    }
}

impl Fetcher {
    /// `contact` is the URL or mailto: of whoever runs this, for the User-Agent.
    pub fn new(contact: Option<&str>) -> Fetcher {
        let contact = contact.unwrap_or(env!("CARGO_PKG_HOMEPAGE"));
        Fetcher {
            user_agent: format!("Watershed/{} (+{contact})", env!("CARGO_PKG_VERSION")),
            names: Arc::new(NameCache::default()),
            clients: Mutex::new(HashMap::new()),
            lacks_authorities: AtomicBool::new(false),
            peers: Peers::default(),
            bodies: Bodies::default(),
        }
    }

    /// The User-Agent, for a request that the HTTP client does not send.
    pub(super) fn user_agent(&self) -> Result<HeaderValue, FetchError> {
        let unsendable = |_| FetchError::Client("the User-Agent cannot be sent: check `contact`".to_owned());
        HeaderValue::from_str(&self.user_agent).map_err(unsendable)
    }

    /// Asks once, following redirects. `now` only dates relative headers.
    ///
    /// # Errors
    /// When there was no whole answer within the limits of the request's options, or the gate let it not pass.
    pub async fn fetch(
        &self,
        request: Request<'_>,
        gate: &(impl Gate + Sync),
        now: Timestamp,
    ) -> Result<Exchange, FetchError> {
        let mut patience = Patience { left: request.options.timeout, whole: request.options.timeout };
        if request.url.scheme() == "file" {
            local::read(&self.bodies, request, &mut patience).await
        } else {
            exchange::follow(self, request, gate, patience, now).await
        }
    }

    /// The client for a source's way of connecting. `is_home`: what is asked is of the origin that the source's certificate is
    /// for; no other is shown it.
    pub(super) fn client(&self, options: &FetchOptions, wire: Wire, is_home: bool) -> Result<Client, FetchError> {
        let way = Way {
            allowed: options.allow_networks.clone(),
            proxy: match &options.proxy {
                Proxy::Url(url) => Some(url.expose().to_owned()),
                Proxy::None | Proxy::Environment => None,
            },
            environment_proxy: options.proxy == Proxy::Environment,
            verify_tls: options.access.verify_tls,
            ca: options.access.ca.clone(),
            client_cert: options.access.client_cert.clone().filter(|_| is_home),
            wire,
        };
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&way) {
            return Ok(client.clone());
        }
        if clients.len() >= MAX_CLIENTS {
            clients.clear();
        }
        let client = self.build(&way, Trust::Machine(&way.ca));
        if let Err(FetchError::NoAuthorities) = client {
            self.lacks_authorities.store(true, Ordering::Relaxed);
            // It is not kept, so that authorities that are installed meanwhile are noticed.
            return self.build(&way, Trust::Nobody);
        }
        let client = client?;
        if way.verify_tls && way.ca.is_empty() {
            self.lacks_authorities.store(false, Ordering::Relaxed);
        }
        clients.insert(way, client.clone());
        Ok(client)
    }

    /// Whether the certificate of an address can be checked, as far as it has one that is to be checked.
    ///
    /// # Errors
    /// When this machine has nothing to check it by.
    pub(super) fn check_trust(&self, options: &FetchOptions, url: &Url) -> Result<(), FetchError> {
        let is_checked = options.access.verify_tls && options.access.ca.is_empty() && url.scheme() == "https";
        if is_checked && self.lacks_authorities.load(Ordering::Relaxed) {
            Err(FetchError::NoAuthorities)
        } else {
            Ok(())
        }
    }

    /// The resolver that judges names by a source's allowed networks.
    pub(super) fn resolver(&self, options: &FetchOptions) -> GuardedResolver {
        GuardedResolver {
            names: self.names.clone(),
            allowed: options.allow_networks.clone().into(),
            exempt: Arc::default(),
        }
    }

    fn build(&self, way: &Way, trust: Trust<'_>) -> Result<Client, FetchError> {
        let mut builder = Client::builder()
            .user_agent(&self.user_agent)
            // Redirects are followed by hand, each hop judged like the first address.
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(if way.wire == Wire::Anew { 0 } else { IDLE_PER_HOST })
            // A request that failed is made again when its source is due again (POLLING 41), but for those of `again`.
            .retry(reqwest::retry::never())
            .http1_max_headers(MAX_HEADERS)
            .http1_ignore_invalid_headers_in_responses(true)
            // Some devices write a space before the colon; a Content-Length is not passed over for that.
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http2_max_header_list_size(MAX_HEAD_BYTES)
            .http2_initial_stream_window_size(STREAM_WINDOW_BYTES)
            .http2_initial_connection_window_size(CONNECTION_WINDOW_BYTES);
        if way.verify_tls {
            let protocols = if way.wire == Wire::Http1 { HTTP1_ALONE } else { HTTP2_FIRST };
            builder = builder.tls_backend_preconfigured(trust::config(trust, way.client_cert.as_ref(), protocols)?);
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
        if !way.environment_proxy {
            builder = builder.no_proxy();
        }
        if let Some(url) = &way.proxy {
            builder = builder.proxy(reqwest::Proxy::all(url).map_err(|error| FetchError::Proxy(describe(&error)))?);
        }
        // The proxy itself may be in a private network; whatever else is looked up here is connected to, and judged.
        let exempt = match (&way.proxy, way.environment_proxy) {
            (Some(url), _) => host_of(url).into_iter().collect(),
            (None, true) => environment_proxies(),
            (None, false) => Vec::new(),
        };
        builder = builder.dns_resolver(GuardedResolver {
            names: self.names.clone(),
            allowed: way.allowed.clone().into(),
            exempt: exempt.into(),
        });
        builder.build().map_err(|error| FetchError::Client(describe(&error)))
    }
}

fn host_of(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// Hosts of the proxies that the environment names.
fn environment_proxies() -> Vec<String> {
    let names = ["http_proxy", "https_proxy", "all_proxy"];
    let values = names.iter().flat_map(|name| [std::env::var(name), std::env::var(name.to_uppercase())]);
    // Without a scheme, http is meant.
    values.flatten().filter_map(|url| host_of(&url).or_else(|| host_of(&format!("http://{url}")))).collect()
}
