//! Addresses of ours: where to listen, what readers use, whom publishers may write to.

use std::net::SocketAddr;

use url::Url;

use super::context::{Context, Written};
use super::limits::MAX_LIST;
use super::reader::Table;
use super::resolved::Listen;

/// Bytes of `contact`.
const MAX_CONTACT_BYTES: usize = 200;

pub(super) fn listen(cx: &mut Context<'_>, table: &Table<'_>) -> Option<Listen> {
    let Written { value, place } = table.string(cx, "listen")?;
    if let Some(path) = value.strip_prefix("unix:").filter(|path| !path.is_empty()) {
        return Some(Listen::Unix(cx.relative_to(&place, path)));
    }
    let (host, port) = value.rsplit_once(':').unwrap_or((value.as_str(), ""));
    let literal: Option<SocketAddr> = value.parse().ok();
    // A name, or an address; IPv6 addresses are in brackets, so that the port is told from them.
    let legal_name = !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        && !ends_in_a_number(host);
    if port.parse::<u16>().is_err() || !(literal.is_some() || legal_name) {
        let help = "such as \"127.0.0.1:8470\", \"[::1]:8470\" or \"unix:/run/watershed/http.sock\"".to_owned();
        cx.error_with_help(&place, "`listen` must be host:port or unix:/path", Some(help));
        return None;
    }
    Some(Listen::Tcp { written: value, literal })
}

/// Whether the last label of a host is a number, as in `999.0.0.1`. Such a host can only be meant as an address, because host
/// names do not end in a number (WHATWG URL, "ends in a number").
fn ends_in_a_number(host: &str) -> bool {
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())
}

/// The address that readers use, without slash at its end; None where it is empty.
pub(super) fn public_url(cx: &mut Context<'_>, table: &Table<'_>) -> Option<Url> {
    let Written { value, place } = table.string(cx, "public_url").filter(|url| !url.value.is_empty())?;
    let legal = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
    };
    let Some(mut url) = Url::parse(&value).ok().filter(legal) else {
        let help = "such as \"https://example.org/feeds\", without query and user".to_owned();
        cx.error_with_help(&place, "`public_url` must be an address that begins with http:// or https://", Some(help));
        return None;
    };
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Some(url)
}

pub(super) fn hosts(cx: &mut Context<'_>, table: &Table<'_>) -> Vec<String> {
    let mut hosts = Vec::new();
    for Written { value, place } in table.strings(cx, "hosts", MAX_LIST).unwrap_or_default() {
        let parsed = url::Host::parse(&value).ok().map(|host| host.to_string());
        match parsed {
            Some(host) => hosts.push(host),
            None => cx.error(&place, format!("`hosts`: {value:?} is no name of a host; it is written without port")),
        }
    }
    hosts
}

pub(super) fn contact(cx: &mut Context<'_>, table: &Table<'_>) -> Option<String> {
    let Written { value, place } = table.string(cx, "contact").filter(|contact| !contact.value.is_empty())?;
    let url = Url::parse(&value).ok();
    let legal = url.is_some_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
        && value.len() <= MAX_CONTACT_BYTES
        // It stands in a comment of the User-Agent (RFC 9110, 5.6.5).
        && value.bytes().all(|byte| byte.is_ascii_graphic() && !b"()\\".contains(&byte));
    if !legal {
        let help = "such as \"mailto:me@example.org\" or \"https://example.org/about\"".to_owned();
        cx.error_with_help(&place, "`contact` must be an address: http://, https:// or mailto:", Some(help));
        return None;
    }
    Some(value)
}

/// Checks `hub`; whether it is written.
pub(super) fn hub(cx: &mut Context<'_>, table: &Table<'_>) -> bool {
    let Some(Written { value, place }) = table.string(cx, "hub") else { return false };
    let legal = matches!(value.as_str(), "off" | "self")
        || Url::parse(&value).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !legal {
        cx.error(&place, "`hub` must be \"off\", \"self\" or the address of a hub");
    }
    legal
}
