//! The address guard, which decides which addresses may be connected to, against server-side request forgery. Pure.
//!
//! The address of a feed, and of each redirect, comes from outside and must not lead to this machine or its network. IP
//! addresses in URLs are checked before each hop. Addresses of names are checked in the resolver that the connection
//! itself uses, so that there is no gap between check and use.
//!
//! Entry points: [`check_url`] and [`check_address`].

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use url::{Host, Url};

use crate::text::address::is_web;

/// A refused address. The message says why it was refused and how to allow it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Blocked {
    #[error(
        "blocked address: {}, {kind}; if it is meant to be polled, list its network in `allow_networks`", named(host, *address)
    )]
    Address { host: String, address: IpAddr, kind: &'static str },
    #[error("blocked address: {}", unspecified(host, *address))]
    Unspecified { host: String, address: IpAddr },
    #[error(
        "blocked address: {host} is a name of this machine or its network; if it is meant to be polled, list its network in `allow_networks`"
    )]
    Name { host: String },
    #[error("blocked address: {scheme}: URLs are not polled, only http and https")]
    Scheme { scheme: String },
    #[error("blocked address: redirected from https to unprotected http")]
    Downgrade,
    #[error("blocked address: the URL has no host")]
    NoHost,
}

impl Blocked {
    /// Whether `allow_networks` of a source can allow the address.
    pub fn may_be_allowed(&self) -> bool {
        matches!(self, Blocked::Address { .. } | Blocked::Name { .. })
    }
}

fn named(host: &str, address: IpAddr) -> String {
    if host == address.to_string() { host.to_owned() } else { format!("{host} is {address}") }
}

/// What `0.0.0.0` and `::` mean, in an address that was written so and as the answer to a look-up.
fn unspecified(host: &str, address: IpAddr) -> String {
    if host == address.to_string() {
        format!(
            "{address} stands for all addresses of this machine and leads nowhere; for a feed on this machine write \
             127.0.0.1 or [::1] instead, and list it in `allow_networks`"
        )
    } else {
        format!(
            "{host} is {address}, which is what blockers (such as Pi-hole and AdGuard Home) and /etc/hosts answer for \
             blocked names; allow {host} there, or use another name server"
        )
    }
}

/// Checks a URL before a request. Addresses of host names are checked again when they are resolved.
pub fn check_url(url: &Url, allowed: &[IpNet]) -> Result<(), Blocked> {
    if !is_web(url) {
        return Err(Blocked::Scheme { scheme: url.scheme().to_owned() });
    }
    match url.host() {
        None => Err(Blocked::NoHost),
        Some(Host::Ipv4(address)) => check_address(url.host_str().unwrap_or_default(), IpAddr::V4(address), allowed),
        Some(Host::Ipv6(address)) => check_address(&address.to_string(), IpAddr::V6(address), allowed),
        // If networks are allowed, the resolved address decides.
        Some(Host::Domain(name)) if allowed.is_empty() && is_local_name(name) => {
            Err(Blocked::Name { host: name.to_owned() })
        }
        Some(Host::Domain(_)) => Ok(()),
    }
}

/// Checks an IP address that `host` resolves to: it must be public or in one of the allowed networks.
pub fn check_address(host: &str, address: IpAddr, allowed: &[IpNet]) -> Result<(), Blocked> {
    let judged = embedded(address).map_or(address, IpAddr::V4);
    if allowed.iter().any(|network| network.contains(&address) || network.contains(&judged)) {
        return Ok(());
    }
    let kind = match judged {
        IpAddr::V4(address) => not_public_v4(address),
        IpAddr::V6(address) => not_public_v6(address),
    };
    match kind {
        None => Ok(()),
        Some(_) if judged.is_unspecified() => Err(Blocked::Unspecified { host: host.to_owned(), address }),
        Some(kind) => Err(Blocked::Address { host: host.to_owned(), address, kind }),
    }
}

/// Whether a name always means this machine, its network or the metadata service of a cloud.
fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    matches!(name.as_str(), "localhost" | "ip6-localhost" | "ip6-loopback" | "metadata" | "instance-data")
        || [".localhost", ".internal", ".localdomain", ".home.arpa"].iter().any(|suffix| name.ends_with(suffix))
}

/// The IPv4 address that an IPv6 address merely wraps: mapped (`::ffff:0:0/96`), or with the well-known NAT64 prefix
/// (`64:ff9b::/96`, RFC 6052), through which hosts without IPv4 reach IPv4 servers.
fn embedded(address: IpAddr) -> Option<Ipv4Addr> {
    let IpAddr::V6(address) = address else { return None };
    match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        _ => address.to_ipv4_mapped(),
    }
}

/// The kind of a special-purpose address (IANA's registry). `None` for a public address.
fn not_public_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, _] = address.octets();
    match (a, b, c) {
        (0, ..) => Some("an unspecified address"),
        (127, ..) => Some("this machine (loopback)"),
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => Some("a private network"),
        (100, 64..=127, _) => Some("a provider's shared network"),
        (169, 254, _) => Some("a link-local address"),
        (192, 0, 0) => Some("a protocol assignment"),
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => Some("reserved for documentation"),
        (192, 88, 99) => Some("a 6to4 relay"),
        (198, 18..=19, _) => Some("reserved for benchmarks"),
        (224..=239, ..) => Some("a multicast address"),
        (240..=255, ..) => Some("a reserved address"),
        _ => None,
    }
}

/// The kind of a special-purpose address. Only global unicast (2000::/3) is public, without tunnels and reserved parts.
fn not_public_v6(address: Ipv6Addr) -> Option<&'static str> {
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("this machine (loopback)"),
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("an unspecified address"),
        [0, ..] => Some("an embedded IPv4 address"),
        [0x64, 0xff9b, ..] => Some("a local NAT64 address"),
        [0x2001, 0, ..] => Some("a Teredo address"),
        [0x2001, 0..=0x1ff, ..] => Some("a protocol assignment"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some("reserved for documentation"),
        [0x2002, ..] => Some("a 6to4 address"),
        [0xfc00..=0xfdff, ..] => Some("a private network"),
        [0xfe80..=0xfebf, ..] => Some("a link-local address"),
        [0xfec0..=0xfeff, ..] => Some("a site-local address"),
        [0xff00..=0xffff, ..] => Some("a multicast address"),
        [0x2000..=0x3fff, ..] => None,
        _ => Some("a reserved address"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, allowed: &[&str], wanted: bool) {
        let allowed: Vec<IpNet> = allowed.iter().map(|net| net.parse().expect("test networks are valid")).collect();
        let url = Url::parse(url).expect("test URLs are valid");
        assert_eq!(check_url(&url, &allowed).is_ok(), wanted, "{url} with {allowed:?}");
    }

    #[test]
    fn only_public_addresses_are_asked() {
        for url in [
            "http://127.0.0.1/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://017700000001/",
            "http://127.1/",
            "http://①②⑦.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::ffff:0:7f00:1]/",
            "http://[::7f00:1]/",
            "http://[64:ff9b::a9fe:a9fe]/",
            "http://[64:ff9b:1::7f00:1]/",
            "http://10.1.2.3/",
            "http://172.31.0.1/",
            "http://192.168.1.1/",
            "http://100.100.100.200/",
            "http://169.254.169.254/",
            "http://192.0.0.192/",
            "http://192.88.99.1/",
            "http://198.19.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://0.0.0.0/",
            "http://[2002:c0a8::1]/",
            "http://[2001::1]/",
            "http://[fd00:ec2::254]/",
            "http://[fe80::1]/",
            "http://[fec0::1]/",
            "http://[ff02::1]/",
            "http://[2001:db8::1]/",
            "http://localhost/",
            "http://localhost./",
            "http://a.localhost/",
            "http://metadata.google.internal/",
            "ftp://example.com/",
            "file:///etc/passwd",
            "data:text/xml,x",
        ] {
            check(url, &[], false);
        }
        for url in [
            "http://8.8.8.8/",
            "https://example.com/",
            "http://[2606:2800:220:1::1]/",
            "http://[::ffff:8.8.8.8]/",
            "http://[64:ff9b::808:808]/",
            "http://172.32.0.1/",
            "http://100.128.0.1/",
        ] {
            check(url, &[], true);
        }
    }

    #[test]
    fn the_unspecified_address_is_explained() {
        let check = |host: &str, address: &str, wanted: &str| {
            let address: IpAddr = address.parse().expect("test addresses are valid");
            let why = check_address(host, address, &[]).expect_err("it is refused").to_string();
            assert!(why.contains(wanted), "{host}: {why}");
        };
        for address in ["0.0.0.0", "::", "::ffff:0.0.0.0"] {
            check("ads.example", address, "blockers");
            check("ads.example", address, "/etc/hosts");
            check("ads.example", address, "allow ads.example there");
        }
        check("0.0.0.0", "0.0.0.0", "write 127.0.0.1");
        check("::", "::", "write 127.0.0.1");
        check("a.example", "0.1.2.3", "an unspecified address");
        let url = Url::parse("http://0.0.0.0:8080/feed").expect("test URLs are valid");
        let why = check_url(&url, &[]).expect_err("it is refused").to_string();
        assert!(why.contains("write 127.0.0.1"), "{why}");
        assert!(check_url(&url, &["0.0.0.0/32".parse().expect("test networks are valid")]).is_ok());
    }

    #[test]
    fn an_allowed_network_opens_itself_and_nothing_else() {
        check("http://127.0.0.1/", &["127.0.0.1/32"], true);
        check("http://[::ffff:127.0.0.1]/", &["127.0.0.1/32"], true);
        check("http://127.0.0.2/", &["127.0.0.1/32"], false);
        check("http://[::1]/", &["127.0.0.0/8"], false);
        check("http://[::1]/", &["::1/128"], true);
        check("http://localhost/", &["127.0.0.0/8"], true);
    }
}
