//! How a source is reached: through which proxy, in which networks, and at which intervals.

use ipnet::IpNet;
use serde_json::Value;
use url::Url;

use super::context::{Context, Written};
use super::key::{Describe, Kind, Shown, kind, string};
use super::kinds::{SPAN, Texts, pattern};
use super::limits::{MAX_LIST, SECOND, YEAR};
use super::reader::Table;
use super::resolved::{Every, Proxy};
use super::secret::{MASK, Secret};
use super::span::{parse_span, show_span};

const SCHEMES: &[&str] = &["http", "https", "socks5", "socks5h"];

kind! {
    /// `proxy`: no proxy, the proxies of the environment, or an address.
    ProxyAddress: Proxy, format!("\"env\", or an address with one of the schemes {}; empty: not set", SCHEMES.join(", ")),
    string(), proxy, show_proxy
}

fn proxy(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Proxy> {
    let Written { value, place } = table.string(cx, key)?;
    Some(match value.as_str() {
        "" => Proxy::None,
        "env" => Proxy::Environment,
        address => {
            let is_proxy = |url: &Url| SCHEMES.contains(&url.scheme()) && url.has_host();
            let Some(url) = Url::parse(address).ok().filter(is_proxy) else {
                let help = format!("an address with one of the schemes {}, or \"env\"", SCHEMES.join(", "));
                return cx.refuse_with_help(&place, format!("`{key}` is not an address of a proxy"), help);
            };
            if url.password().is_some() {
                cx.note_secret_in(&place);
            }
            Proxy::Url(Secret::new(address))
        }
    })
}

fn show_proxy(value: &Proxy) -> Shown {
    match value {
        Proxy::None => Shown::text(""),
        Proxy::Environment => Shown::text("env"),
        // The value is written as a comment, because its mask is not an address.
        Proxy::Url(_) => Shown::Comment(format!("\"{MASK}\"")),
    }
}

kind! {
    /// `allow_networks`: private networks that may be reached.
    Networks: Vec<IpNet>, format!("a list of at most {MAX_LIST} networks, each an address and a length"),
    Texts.schema(), networks, show_networks
}

fn networks(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Vec<IpNet>> {
    let written = table.strings(cx, key, MAX_LIST)?;
    let mut networks = Vec::with_capacity(written.len());
    for Written { value, place } in written {
        let network = value.parse::<IpNet>().or_else(|_| value.parse::<std::net::IpAddr>().map(IpNet::from));
        match network {
            Ok(network) => networks.push(network),
            Err(_) => {
                let help = "a network is an address and a length, such as \"10.1.0.0/16\" or \"fd00::/8\"";
                cx.error_with_help(&place, format!("`{key}`: {value:?} is not a network"), help);
            }
        }
    }
    Some(networks)
}

fn show_networks(value: &[IpNet]) -> Shown {
    Shown::list(value.iter().map(ToString::to_string))
}

kind! {
    /// `every`: a span, or `auto`.
    Interval: Every, format!("\"auto\", or a span from {} to {}", show_span(SECOND), show_span(YEAR)),
    pattern(&format!("^auto$|{SPAN}")), every, show_every
}

fn every(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Every> {
    let Written { value, place } = table.string(cx, key)?;
    if value == "auto" {
        return Some(Every::Auto);
    }
    match parse_span(&value) {
        Ok(span) if (SECOND..=YEAR).contains(&span) => Some(Every::Fixed(span)),
        Ok(_) => cx.refuse(&place, format!("`{key}` must be from {} to {}", show_span(SECOND), show_span(YEAR))),
        Err(_) => {
            let spans = "\"90s\", \"15m\", \"1h30m\" or \"7d\"";
            cx.refuse(&place, format!("`{key}` must be \"auto\" or a span such as {spans}"))
        }
    }
}

fn show_every(value: &Every) -> Shown {
    match value {
        Every::Auto => Shown::text("auto"),
        Every::Fixed(span) => Shown::text(&show_span(*span)),
    }
}
