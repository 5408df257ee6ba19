//! Names to addresses, by way of the guard: the addresses that are connected to are the ones that were judged.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard::{self, Blocked};
use crate::clock;

/// How long an answer, good or bad, is believed.
const KEEP: Duration = Duration::from_secs(60);
/// Answers kept at most; over it all are forgotten.
const KEEP_NAMES: usize = 10_000;

/// What the system's resolver said, and when.
type Answer = (Instant, Result<Vec<IpAddr>, String>);

/// Answers of the system's resolver, kept for a minute and shared by all clients.
#[derive(Debug, Default)]
pub struct NameCache {
    answers: Mutex<HashMap<String, Answer>>,
}

impl NameCache {
    /// The addresses of `name`.
    pub async fn lookup(&self, name: &str) -> Result<Vec<IpAddr>, String> {
        let now = clock::monotonic();
        if let Some((at, answer)) = self.answers.lock().unwrap_or_else(PoisonError::into_inner).get(name)
            && now.duration_since(*at) < KEEP
        {
            return answer.clone();
        }
        let answer = match tokio::net::lookup_host((name, 0)).await {
            Ok(found) => {
                let addresses: Vec<IpAddr> = found.map(|address| address.ip()).collect();
                if addresses.is_empty() { Err("it has no address".to_owned()) } else { Ok(addresses) }
            }
            Err(error) => Err(error.to_string()),
        };
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= KEEP_NAMES {
            answers.clear();
        }
        answers.insert(name.to_owned(), (now, answer.clone()));
        answer
    }
}

/// The resolver of one client: its sources' allowed networks decide.
#[derive(Debug, Clone)]
pub struct GuardedResolver {
    pub names: Arc<NameCache>,
    pub allowed: Arc<[IpNet]>,
    /// Names of configured proxies, which may be in a private network.
    pub exempt: Arc<[String]>,
}

/// A name that could not be resolved, told apart from one that was refused.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unresolved(pub String);

impl GuardedResolver {
    /// The addresses of `name`, all of them allowed: a name with one forbidden address among its answers is refused
    /// whole, as whoever answers so does not mean well.
    pub async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, ResolveError> {
        let addresses = self.names.lookup(name).await.map_err(|why| ResolveError::Unresolved(Unresolved(why)))?;
        for address in &addresses {
            guard::check_address(name, *address, &self.allowed)?;
        }
        Ok(addresses)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ResolveError {
    #[error(transparent)]
    Blocked(#[from] Blocked),
    #[error(transparent)]
    Unresolved(Unresolved),
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let exempt = resolver.exempt.iter().any(|exempt| exempt.eq_ignore_ascii_case(name.as_str()));
            let found = if exempt {
                let found = resolver.names.lookup(name.as_str()).await;
                found.map_err(|why| ResolveError::Unresolved(Unresolved(why)))
            } else {
                resolver.addresses(name.as_str()).await
            };
            match found {
                Ok(addresses) => {
                    let sockets: Vec<SocketAddr> =
                        addresses.into_iter().map(|address| SocketAddr::new(address, 0)).collect();
                    Ok(Box::new(sockets.into_iter()) as Addrs)
                }
                // An io error keeps the cause in reach of whoever walks the chain of sources.
                Err(ResolveError::Blocked(blocked)) => Err(Box::new(io::Error::other(blocked)) as _),
                Err(ResolveError::Unresolved(why)) => Err(Box::new(io::Error::other(why)) as _),
            }
        })
    }
}
