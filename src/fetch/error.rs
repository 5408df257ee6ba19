//! The errors of a fetch, in words for the operator who has to act.

use std::time::Duration;

use super::guard::Blocked;
use super::plain::NO_NAME_SERVER;
use crate::machine::Lack;
use crate::model::NotYet;

/// Why a fetch failed. No variant quotes a URL, because URLs may contain secrets.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error(transparent)]
    Blocked(#[from] Blocked),
    /// A redirect to a local address, as captive portals answer every request.
    #[error("redirected to a {0}")]
    Astray(Blocked),
    #[error("cannot find the host {host}: {why}; check the spelling of the address and this machine's DNS")]
    Resolve { host: String, why: String },
    #[error("cannot connect to {host}: {why}")]
    Connect { host: String, why: String },
    #[error("no answer from {host} within {} s (`timeout`)", after.as_secs())]
    NoAnswer { host: String, after: Duration },
    #[error("not finished within {} s (`timeout`)", after.as_secs())]
    TimedOut { after: Duration },
    #[error("the exchange with {host} failed: {why}")]
    Broken { host: String, why: String },
    #[error("the answer from {host} was cut short after {bytes} bytes: {why}; it was discarded")]
    CutShort { host: String, bytes: usize, why: String },
    #[error("the body is larger than {} (`max_body`)", crate::config::show_size(*limit))]
    TooLarge { limit: u64 },
    #[error("the body cannot be decompressed ({coding}): {why}")]
    Encoding { coding: String, why: String },
    #[error("redirected more than {limit} times")]
    TooManyRedirects { limit: usize },
    #[error("redirected in a circle")]
    RedirectLoop,
    #[error("redirected ({status}) to an address that cannot be followed: {why}")]
    BadRedirect { status: u16, why: &'static str },
    /// The request was put off until the time that is given here.
    #[error("{0}")]
    NotYet(NotYet),
    #[error("the server answered 304 (not modified) to a request without validators")]
    UnexpectedNotModified,
    #[error("the server answered {status}{}", reason(*status))]
    Status { status: u16 },
    #[error("cannot use the proxy: {0}")]
    Proxy(String),
    /// The proxy failed, so this says nothing about the host.
    #[error("cannot reach {host} through the proxy: {why}")]
    ThroughProxy { host: String, why: String },
    /// This machine could not make the request. `is_full` means that it could not make any request.
    #[error("this machine could not open a connection: {why}; this does not count against the source")]
    Machine { why: &'static str, is_full: bool },
    #[error(
        "this machine has no CA certificates, so https cannot be verified; install ca-certificates or set SSL_CERT_FILE"
    )]
    NoAuthorities,
    #[error("cannot set up the HTTP client: {0}")]
    Client(String),
    #[error("cannot read the local file: {0}")]
    File(String),
}

impl FetchError {
    /// Whether no name server answered, as on a machine without a network.
    pub fn is_offline(&self) -> bool {
        matches!(self, FetchError::Resolve { why, .. } if why == NO_NAME_SERVER)
    }

    /// Whether the connection failed or broke off, so that the network rather than the server may be at fault.
    pub fn is_network(&self) -> bool {
        matches!(
            self,
            FetchError::Resolve { .. }
                | FetchError::Connect { .. }
                | FetchError::ThroughProxy { .. }
                | FetchError::NoAnswer { .. }
                | FetchError::TimedOut { .. }
                | FetchError::Broken { .. }
                | FetchError::CutShort { .. }
        )
    }
}

impl From<Lack> for FetchError {
    fn from(lack: Lack) -> FetchError {
        match lack {
            Lack::Everything => FetchError::Machine {
                why: "it has run out of open files or of connection memory (raise LimitNOFILE or lower `concurrency`)",
                is_full: true,
            },
            Lack::Address => FetchError::Machine { why: "it has no free port or local address", is_full: false },
        }
    }
}

/// The meaning of common status codes, for the operator.
fn reason(status: u16) -> &'static str {
    match status {
        400 => " (bad request)",
        401 => " (it requires a login: set `auth`)",
        402 => " (payment required)",
        403 => " (forbidden)",
        404 => " (not found: has the feed moved?)",
        406 => " (not acceptable)",
        407 => " (the proxy requires a login)",
        408 => " (request timed out)",
        429 => " (too many requests)",
        451 => " (unavailable for legal reasons)",
        500 => " (internal server error)",
        502 => " (bad gateway)",
        503 => " (unavailable)",
        504 => " (gateway timed out)",
        _ => "",
    }
}
