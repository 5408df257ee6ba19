//! Checks whether a request is meant for this server, by the host that it names.
//!
//! Any site may make its own name resolve to our address, and then read our answers as its own (DNS rebinding). The
//! browser still names that site as the host. Therefore a request that names a host is answered only if the name is
//! known to be ours.

use std::net::IpAddr;

use hyper::http::request::Parts;
use hyper::{Version, header};
use url::Url;

/// The names that are ours, beside loopback names and all literal addresses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ours<'a> {
    /// The address that readers use; its host is ours.
    pub(super) public_url: &'a str,
    /// Further names, from `hosts` in `[serve]`.
    pub(super) hosts: &'a [String],
}

/// Why a request is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// The request names no host, several hosts, or an invalid host (RFC 9112, 3.2).
    Malformed,
    /// The request names a host that is not ours.
    NotOurs(String),
}

/// Checks the host that a request names: in its target if that is a whole URL, else in its only Host header. The port
/// does not matter.
pub(super) fn check(ours: Ours<'_>, request: &Parts) -> Result<(), Refused> {
    let mut named = request.headers.get_all(header::HOST).iter();
    let host = match (request.uri.authority(), named.next(), named.next()) {
        (_, Some(_), Some(_)) => return Err(Refused::Malformed),
        // RFC 9112, 3.2.2: a host in the target overrides the header.
        (Some(authority), ..) => authority.as_str(),
        (None, Some(host), None) => host.to_str().map_err(|_| Refused::Malformed)?,
        // HTTP/1.0 does not require a host (RFC 9112, 3.2), and no browser speaks it, so DNS rebinding cannot use it.
        (None, None, _) if request.version < Version::HTTP_11 => return Ok(()),
        (None, None, _) => return Err(Refused::Malformed),
    };
    let host = without_port(host).ok_or(Refused::Malformed)?;
    if is_ours(&host, ours) { Ok(()) } else { Err(Refused::NotOurs(host)) }
}

/// The host in lower case, without port, brackets and final dot.
fn without_port(host: &str) -> Option<String> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            (address, port.strip_prefix(':').or(port.is_empty().then_some(""))?)
        }
        None => host.split_once(':').unwrap_or((host, "")),
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    let legal = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#@\\".contains(&byte));
    (legal && port.bytes().all(|byte| byte.is_ascii_digit())).then(|| name.to_ascii_lowercase())
}

fn is_ours(host: &str, ours: Ours<'_>) -> bool {
    // A literal address is safe, because DNS rebinding needs a name. It may differ from the address of this machine, because of
    // address translation.
    if host.parse::<IpAddr>().is_ok() {
        return true;
    }
    let public = Url::parse(ours.public_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let bare = |known: &str| known.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || public.is_some_and(|public| bare(&public) == host)
        || ours.hosts.iter().any(|known| bare(known) == host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(request: &Parts) -> Result<(), Refused> {
        let hosts = ["named.example".to_owned()];
        check(Ours { public_url: "https://feeds.example/x", hosts: &hosts }, request)
    }

    #[test]
    fn hosts() {
        let ours = || Ok(());
        let other = |host: &str| Err(Refused::NotOurs(host.to_owned()));
        for (host, expected) in [
            ("localhost", ours()),
            ("LOCALHOST:8470", ours()),
            ("feeds.localhost.", ours()),
            ("127.0.0.1:1", ours()),
            ("127.8.9.1", ours()),
            ("[::1]:8470", ours()),
            ("[::1]", ours()),
            ("[::ffff:127.0.0.1]", ours()),
            ("192.0.2.7:8470", ours()),
            ("feeds.example", ours()),
            ("Feeds.Example.:443", ours()),
            ("named.example", ours()),
            ("192.0.2.8", ours()),
            ("[2001:db8::8]:8470", ours()),
            ("0.0.0.0", ours()),
            ("192.0.2", other("192.0.2")),
            ("3221225992", other("3221225992")),
            ("evil.example:8470", other("evil.example")),
            ("localhost.evil.example", other("localhost.evil.example")),
            ("xlocalhost", other("xlocalhost")),
            ("127.0.0.1.evil.example", other("127.0.0.1.evil.example")),
            ("evil.example@localhost", Err(Refused::Malformed)),
            ("localhost:80:90", Err(Refused::Malformed)),
            ("localhost:x", Err(Refused::Malformed)),
            ("[::1]x", Err(Refused::Malformed)),
            ("[::1", Err(Refused::Malformed)),
            ("", Err(Refused::Malformed)),
        ] {
            let request = hyper::Request::builder().uri("/").header(header::HOST, host).body(()).expect("a request");
            assert_eq!(refused(&request.into_parts().0), expected, "{host}");
        }
    }

    #[test]
    fn the_target_counts_before_the_header() {
        let request = |uri: &str, version: Version, hosts: &[&str]| {
            let mut builder = hyper::Request::builder().uri(uri).version(version);
            for host in hosts {
                builder = builder.header(header::HOST, *host);
            }
            refused(&builder.body(()).expect("a request").into_parts().0)
        };
        assert_eq!(request("http://localhost/", Version::HTTP_11, &["evil.example"]), Ok(()));
        let other = Refused::NotOurs("evil.example".to_owned());
        assert_eq!(request("http://evil.example/", Version::HTTP_11, &["localhost"]), Err(other));
        assert_eq!(request("/", Version::HTTP_11, &[]), Err(Refused::Malformed));
        assert_eq!(request("/", Version::HTTP_11, &["localhost", "localhost"]), Err(Refused::Malformed));
        assert_eq!(request("/", Version::HTTP_10, &[]), Ok(()));
    }
}
