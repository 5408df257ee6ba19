//! The program's own addresses: where it listens, what readers use, and where publishers can reach its owner.

use std::net::SocketAddr;

use serde_json::{Value, json};
use url::Url;

use super::context::{Context, Written};
use super::key::{Describe, Kind, Shown, kind, string};
use super::kinds::{Texts, without_places};
use super::limits::MAX_LIST;
use super::reader::Table;
use super::resolved::Listen;
use crate::text::address::is_web_without_login;

/// Most bytes of `contact`.
const MAX_CONTACT_BYTES: usize = 200;

kind! {
    /// `listen`: where the server accepts connections.
    Endpoint: Listen, "host:port, or `unix:` and a path", string(), listen, show_listen
}

fn listen(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Listen> {
    let Written { value, place } = table.string(cx, key)?;
    if let Some(path) = value.strip_prefix("unix:").filter(|path| !path.is_empty()) {
        return Some(Listen::Unix(cx.relative_to(&place, path)));
    }
    let (host, port) = value.rsplit_once(':').unwrap_or((value.as_str(), ""));
    let literal: Option<SocketAddr> = value.parse().ok();
    // IPv6 addresses are in brackets, because otherwise their last part would look like the port.
    let legal_name = !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        && !ends_in_a_number(host);
    if port.parse::<u16>().is_err() || !(literal.is_some() || legal_name) {
        let help = "such as \"127.0.0.1:8470\", \"[::1]:8470\" or \"unix:/run/watershed/http.sock\"";
        return cx.refuse_with_help(&place, format!("`{key}` must be host:port or unix:/path"), help);
    }
    Some(Listen::Tcp { written: value, literal })
}

fn show_listen(value: &Listen) -> Shown {
    match value {
        Listen::Tcp { written, .. } => Shown::text(written),
        Listen::Unix(path) => Shown::text(&format!("unix:{}", path.display())),
    }
}

/// Whether the last label of a host is a number, as in `999.0.0.1`. Such a host can only be meant as an address, because host
/// names do not end in a number (WHATWG URL, "ends in a number").
fn ends_in_a_number(host: &str) -> bool {
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())
}

kind! {
    /// `public_url`: the address that readers use, without a trailing slash; an empty string means not set.
    PublicUrl: Url, "an address that begins with `http://` or `https://`, without query and user; empty: not set",
    string(), public_url, show_url
}

fn public_url(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Url> {
    let legal = |url: &Url| is_web_without_login(url) && url.query().is_none() && url.fragment().is_none();
    let help = "such as \"https://example.org/feeds\", without query and user";
    let mut url = on_the_web(cx, table, key, legal, help)?;
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Some(url)
}

fn show_url(value: &Url) -> Shown {
    Shown::text(value.as_str().trim_end_matches('/'))
}

kind! {
    /// `icon` and `logo` of an output: the public address of a picture; an empty string means not set.
    Picture: String, "an address that begins with `http://` or `https://`; empty: not set", string(), picture, Shown::text
}

fn picture(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<String> {
    let help = "such as \"https://example.org/logo.png\", without user and password";
    on_the_web(cx, table, key, is_web_without_login, help).map(String::from)
}

/// An address on the web that is `legal`; an empty string means not set.
fn on_the_web(cx: &mut Context<'_>, table: &Table<'_>, key: &str, legal: fn(&Url) -> bool, help: &str) -> Option<Url> {
    let Written { value, place } = table.string(cx, key).filter(|url| !url.value.is_empty())?;
    Url::parse(&value).ok().filter(legal).or_else(|| {
        let message = format!("`{key}` must be an address that begins with http:// or https://");
        cx.refuse_with_help(&place, message, help)
    })
}

kind! {
    /// `hosts`: names of hosts, without ports.
    Hosts: Vec<Written<String>> as Vec<String> = without_places,
    format!("a list of at most {MAX_LIST} names of hosts, without ports"),
    Texts.schema(),
    hosts,
    Shown::list
}

fn hosts(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<Vec<Written<String>>> {
    let mut hosts = Vec::new();
    for Written { value, place } in table.strings(cx, key, MAX_LIST)? {
        match url::Host::parse(&value) {
            Ok(host) => hosts.push(Written { value: host.to_string(), place }),
            // The value is not repeated, because it may be an address with a password. The quoted line shows it masked.
            Err(_) => cx.error(&place, format!("`{key}`: not a host name (write it without scheme and port)")),
        }
    }
    Some(hosts)
}

kind! {
    /// `contact`: an address that is sent in the User-Agent; an empty string means not set.
    Contact: String, "an address that begins with `http://`, `https://` or `mailto:`, or an e-mail address; empty: not set",
    json!({ "type": "string", "maxLength": MAX_CONTACT_BYTES }), contact, Shown::text
}

fn contact(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<String> {
    let Written { value, place } = table.string(cx, key).filter(|contact| !contact.value.is_empty())?;
    let value = if is_mail(&value) { format!("mailto:{value}") } else { value };
    let url = Url::parse(&value).ok();
    let legal = url.is_some_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
        && value.len() <= MAX_CONTACT_BYTES
        // The address is sent in a comment of the User-Agent (RFC 9110, 5.6.5).
        && value.bytes().all(|byte| byte.is_ascii_graphic() && !b"()\\".contains(&byte));
    if !legal {
        let message = format!("`{key}` must be an e-mail address, or an address with http:// or https://");
        return cx.refuse_with_help(&place, message, "such as \"me@example.org\" or \"https://example.org/about\"");
    }
    Some(value)
}

/// Whether a text is an e-mail address without `mailto:` before it.
fn is_mail(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.contains(['@', ':', '/']);
    text.split_once('@').is_some_and(|(user, host)| is_part(user) && is_part(host) && host.contains('.'))
}

kind! {
    /// `hub`: which hub is notified of changes.
    Hub: String, "\"off\", \"self\", or the address of a hub", string(), hub, Shown::text
}

fn hub(cx: &mut Context<'_>, table: &Table<'_>, key: &str) -> Option<String> {
    let Written { value, place } = table.string(cx, key)?;
    // The address is published in every output, so it cannot hold a login.
    let legal =
        matches!(value.as_str(), "off" | "self") || Url::parse(&value).is_ok_and(|url| is_web_without_login(&url));
    if !legal {
        return cx
            .refuse(&place, format!("`{key}` must be \"off\", \"self\" or the address of a hub, without a login"));
    }
    Some(value)
}
