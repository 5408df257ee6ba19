//! Resolves names under the address guard, so that connections go only to addresses that the guard has checked.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::Semaphore;

use super::guard::{self, Blocked};
use super::plain;
use crate::clock;
use crate::machine::{self, Lack};

/// How long the result of a look-up is kept, whether it succeeded or failed.
const KEEP: Duration = Duration::from_secs(60);
/// How long the failure of all name servers is kept. It is shorter than the pause between two probes for the network.
const KEEP_OFFLINE: Duration = Duration::from_secs(10);
/// How many results are kept. Beyond that, all are forgotten.
const KEEP_NAMES: usize = 10_000;

/// The error of a look-up that failed because this machine has no open files left.
pub const MACHINE_IS_FULL: &str = "this machine has no open files left";

/// The result of the system's resolver, and when it came.
type Lookup = (Instant, Result<Vec<IpAddr>, String>);

/// The results of the system's resolver, kept for a minute and shared by all clients.
#[derive(Debug, Default)]
pub struct NameCache {
    lookups: Mutex<HashMap<String, Lookup>>,
    /// The places for look-ups, if they are limited.
    places: Option<Arc<Semaphore>>,
}

impl NameCache {
    /// A cache that looks up at most `at_once` names at the same time, for names that strangers choose. A look-up
    /// occupies a thread until the system's resolver gives up, even if its caller no longer waits.
    pub fn limited(at_once: usize) -> NameCache {
        NameCache { places: Some(Arc::new(Semaphore::new(at_once))), ..NameCache::default() }
    }

    /// The addresses of `name`.
    pub async fn lookup(&self, name: &str) -> Result<Vec<IpAddr>, String> {
        let ask = async {
            match &self.places {
                Some(places) => ask_in_place(places.clone(), name.to_owned()).await,
                None => ask_system(name).await,
            }
        };
        self.lookup_by(name, clock::monotonic(), ask).await
    }

    async fn lookup_by(
        &self,
        name: &str,
        now: Instant,
        ask: impl Future<Output = Result<Vec<IpAddr>, String>>,
    ) -> Result<Vec<IpAddr>, String> {
        if let Some((at, answer)) = self.lookups.lock().unwrap_or_else(PoisonError::into_inner).get(name)
            && now.duration_since(*at) < keep(answer)
        {
            return answer.clone();
        }
        let answer = match ask.await {
            Ok(addresses) if addresses.is_empty() => Err("it has no address".to_owned()),
            answer => answer,
        };
        // A lack on this machine says nothing about the name, so it is not kept.
        if answer.as_ref().is_err_and(|why| why == MACHINE_IS_FULL) {
            return answer;
        }
        let mut lookups = self.lookups.lock().unwrap_or_else(PoisonError::into_inner);
        if lookups.len() >= KEEP_NAMES {
            lookups.clear();
        }
        lookups.insert(name.to_owned(), (now, answer.clone()));
        answer
    }
}

/// Asks the system's resolver.
async fn ask_system(name: &str) -> Result<Vec<IpAddr>, String> {
    let found = tokio::net::lookup_host((name, 0)).await.map_err(|error| why(&error))?;
    Ok(found.map(|address| address.ip()).collect())
}

/// Asks the system's resolver once a place is free. The place is taken until the resolver has answered, also if the caller gives up
/// before.
async fn ask_in_place(places: Arc<Semaphore>, name: String) -> Result<Vec<IpAddr>, String> {
    // The semaphore is never closed.
    let place = places.acquire_owned().await.map_err(|error| error.to_string())?;
    let asking = tokio::spawn(async move {
        let found = ask_system(&name).await;
        drop(place);
        found
    });
    asking.await.map_err(|error| error.to_string())?
}

/// How long a result is kept.
fn keep(answer: &Result<Vec<IpAddr>, String>) -> Duration {
    let is_offline = answer.as_ref().is_err_and(|why| why == plain::NO_NAME_SERVER);
    if is_offline { KEEP_OFFLINE } else { KEEP }
}

/// Why a look-up failed. The resolver reports a lack of open files like missing name servers, so that is tested here.
fn why(error: &io::Error) -> String {
    let is_full = machine::lack(error) == Some(Lack::Everything) || machine::is_full();
    if is_full { MACHINE_IS_FULL.to_owned() } else { plain::of_resolver(error) }
}

/// The resolver of a client, which refuses addresses outside of the allowed networks.
#[derive(Debug, Clone)]
pub struct GuardedResolver {
    pub names: Arc<NameCache>,
    pub allowed: Arc<[IpNet]>,
    /// The names of configured proxies, which may be in a private network.
    pub exempt: Arc<[String]>,
}

impl GuardedResolver {
    /// The addresses of `name`. If one of them is forbidden, the whole name is refused, because a name that mixes
    /// public and local addresses is suspicious.
    pub async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, ResolveError> {
        let addresses = self.names.lookup(name).await.map_err(ResolveError::Unresolved)?;
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
    /// The name could not be resolved, for this reason.
    #[error("{0}")]
    Unresolved(String),
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let is_exempt = resolver.exempt.iter().any(|exempt| exempt.eq_ignore_ascii_case(name.as_str()));
            let found = if is_exempt {
                resolver.names.lookup(name.as_str()).await.map_err(ResolveError::Unresolved)
            } else {
                resolver.addresses(name.as_str()).await
            };
            // An I/O error keeps the cause reachable through the chain of sources.
            let addresses = found.map_err(io::Error::other)?;
            Ok(Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_limited_cache_looks_up_one_name_after_the_other() {
        let names = NameCache::limited(1);
        let (one, other) = tokio::join!(names.lookup("localhost"), names.lookup("127.0.0.1"));
        assert!(one.is_ok_and(|found| !found.is_empty()), "the only place is free again");
        assert_eq!(other, Ok(vec![IpAddr::from([127, 0, 0, 1])]));
    }

    #[tokio::test]
    async fn behaviour_59_answers_good_and_bad_are_kept_for_a_minute() {
        let (names, asked, began) = (NameCache::default(), AtomicUsize::new(0), clock::monotonic());
        let address = IpAddr::from([192, 0, 2, 1]);
        for answer in [Ok(vec![address]), Err("no such name".to_owned())] {
            let name = if answer.is_ok() { "good.example" } else { "bad.example" };
            asked.store(0, Ordering::SeqCst);
            for (after, wanted) in [(0, 1), (1, 1), (59, 1), (60, 2), (61, 2)] {
                let ask = async {
                    asked.fetch_add(1, Ordering::SeqCst);
                    answer.clone()
                };
                let found = names.lookup_by(name, began + Duration::from_secs(after), ask).await;
                assert_eq!((found, asked.load(Ordering::SeqCst)), (answer.clone(), wanted), "{name} after {after} s");
            }
        }
        let offline = || async { Err(plain::NO_NAME_SERVER.to_owned()) };
        for (after, wanted) in [(0, Err(plain::NO_NAME_SERVER.to_owned())), (11, Ok(vec![address]))] {
            let now = began + Duration::from_secs(after);
            let found = if after == 0 {
                names.lookup_by("late.example", now, offline()).await
            } else {
                names.lookup_by("late.example", now, async { Ok(vec![address]) }).await
            };
            assert_eq!(found, wanted, "after {after} s");
        }
        let none = names.lookup_by("empty.example", began, async { Ok(Vec::new()) }).await;
        assert_eq!(none, Err("it has no address".to_owned()));
    }
}
