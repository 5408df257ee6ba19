//! `[[source]]` as it is written: each value checked for itself, none yet against another.

use std::time::Duration;

use ipnet::IpNet;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::client_cert::client_cert;
use super::context::{Context, Written};
use super::expand::Expanded;
use super::keys::{AUTH_KEYS, BASIC_KEYS, SOURCE_KEYS};
use super::limits::{
    MAX_BODY, MAX_LIST, MAX_MAX_ENTRIES, MAX_SOURCES, MAX_TAG_CHARS, MAX_TAGS, MAX_TIMEOUT, MAX_TITLE_CHARS, MIN_BODY,
    SECOND, YEAR,
};
use super::names::{NAME_RULE, is_name, is_tag};
use super::reader::Table;
use super::resolved::{Auth, Every, Proxy};
use super::secret::Secret;
use super::secret_value::{file_of, secret};
use super::span::parse_span;
use super::{proxy, rules};
use crate::model::{FilterRule, Identity, Rewrite};

/// Headers that are ours to set, in small letters.
const OUR_HEADERS: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "host",
    "if-modified-since",
    "if-none-match",
    "keep-alive",
    "proxy-authorization",
    "range",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];
/// Weights of `priority`.
const PRIORITIES: std::ops::RangeInclusive<f64> = 0.01..=100.0;

/// What `[poll]` says for all sources, and a source may say for itself.
#[derive(Debug, Default, PartialEq)]
pub(super) struct RawRates {
    pub(super) every: Option<Written<Every>>,
    pub(super) min_every: Option<Written<Duration>>,
    pub(super) max_every: Option<Written<Duration>>,
    pub(super) timeout: Option<Written<Duration>>,
    pub(super) max_body: Option<Written<u64>>,
    pub(super) max_entries: Option<Written<u64>>,
    pub(super) proxy: Option<Written<Proxy>>,
    pub(super) allow_networks: Option<Vec<IpNet>>,
}

#[derive(Debug)]
pub(super) struct RawSource {
    pub(super) url: Option<Written<Expanded>>,
    pub(super) name: Option<Written<String>>,
    pub(super) title: Option<String>,
    pub(super) tags: Vec<String>,
    /// None where the source says nothing for itself, as most do.
    pub(super) rates: Option<Box<RawRates>>,
    pub(super) auth: Option<Auth>,
    pub(super) headers: Vec<(String, Secret)>,
    /// Whether its address is a secret; None where its look decides.
    pub(super) secret: Option<bool>,
    pub(super) priority: Option<f64>,
    pub(super) identity: Option<Identity>,
    /// Whether its entries may join stories.
    pub(super) stories: Option<bool>,
    pub(super) verify_tls: Option<bool>,
    pub(super) ca: Vec<Vec<u8>>,
    /// A certificate and its key (PEM).
    pub(super) client_cert: Option<Secret>,
    pub(super) cookies: Option<bool>,
    pub(super) private: Option<bool>,
    pub(super) enabled: Option<bool>,
    pub(super) filter: Vec<FilterRule>,
    pub(super) rewrite: Vec<Rewrite>,
    pub(super) backfill: Option<Duration>,
    /// Whether entries are taken out that the source deletes.
    pub(super) follow_deletions: Option<bool>,
}

/// Sources as they are written. Each has its own memory, which is free again as soon as the source is resolved.
pub(super) type RawSources = Vec<Box<RawSource>>;

/// The sources of one file.
pub(super) fn sources(cx: &mut Context<'_>, file: &Table<'_>) -> RawSources {
    let tables = file.tables(cx, "source", "[[source]]", SOURCE_KEYS, MAX_SOURCES);
    tables.iter().map(|table| Box::new(source(cx, table))).collect()
}

fn source(cx: &mut Context<'_>, table: &Table<'_>) -> RawSource {
    if table.get("url").is_none() {
        let help = "url = \"https://example.org/feed.xml\"".to_owned();
        cx.error_with_help(&table.place, "this [[source]] has no `url`", Some(help));
    }
    RawSource {
        url: table.expanded(cx, "url"),
        name: name(cx, table),
        title: title(cx, table),
        // A slice, as a list keeps the room that it was made in: of many sources, most of what is held.
        tags: tags(cx, table).into_iter().map(|tag| tag.value).collect::<Box<[String]>>().into_vec(),
        rates: Some(rates(cx, table)).filter(|rates| *rates != RawRates::default()).map(Box::new),
        auth: auth(cx, table),
        headers: headers(cx, table),
        secret: is_secret(cx, table),
        identity: identity(cx, table),
        stories: table.word(cx, "stories", &["on", "off"]).map(|word| word.value == "on"),
        priority: table.decimal(cx, "priority", PRIORITIES).map(|number| number.value),
        verify_tls: table.boolean(cx, "verify_tls").map(|truth| truth.value),
        ca: authorities(cx, table),
        client_cert: client_cert(cx, table),
        cookies: table.boolean(cx, "cookies").map(|truth| truth.value),
        private: table.boolean(cx, "private").map(|truth| truth.value),
        enabled: table.boolean(cx, "enabled").map(|truth| truth.value),
        filter: rules::filter(cx, table),
        rewrite: rules::rewrite(cx, table),
        backfill: table.span(cx, "backfill", Duration::ZERO..=YEAR * 100).map(|span| span.value),
        follow_deletions: table.boolean(cx, "follow_deletions").map(|truth| truth.value),
    }
}

/// `true`, `false`, or `"auto"`.
fn is_secret(cx: &mut Context<'_>, table: &Table<'_>) -> Option<bool> {
    let value = table.get("secret")?;
    if value.get_ref().as_str() == Some("auto") {
        return None;
    }
    if value.get_ref().as_bool().is_none() {
        cx.error(&table.place_of("secret"), "`secret` must be true, false or \"auto\"");
        return None;
    }
    table.boolean(cx, "secret").map(|truth| truth.value)
}

fn identity(cx: &mut Context<'_>, table: &Table<'_>) -> Option<Identity> {
    let word = table.word(cx, "identity", &["auto", "guid", "link", "title+date"])?;
    Some(match word.value {
        "guid" => Identity::Guid,
        "link" => Identity::Link,
        "title+date" => Identity::TitleAndDate,
        _ => Identity::Auto,
    })
}

/// The keys that `[poll]` and `[[source]]` share.
pub(super) fn rates(cx: &mut Context<'_>, table: &Table<'_>) -> RawRates {
    RawRates {
        every: every(cx, table),
        min_every: table.span(cx, "min_every", SECOND..=YEAR),
        max_every: table.span(cx, "max_every", SECOND..=YEAR),
        timeout: table.span(cx, "timeout", SECOND..=MAX_TIMEOUT),
        max_body: table.size(cx, "max_body", MIN_BODY..=MAX_BODY),
        max_entries: table.number(cx, "max_entries", 1..=MAX_MAX_ENTRIES),
        proxy: proxy::proxy(cx, table),
        allow_networks: networks(cx, table),
    }
}

fn every(cx: &mut Context<'_>, table: &Table<'_>) -> Option<Written<Every>> {
    let Written { value, place } = table.string(cx, "every")?;
    if value == "auto" {
        return Some(Written { value: Every::Auto, place });
    }
    match parse_span(&value) {
        Ok(span) if (SECOND..=YEAR).contains(&span) => Some(Written { value: Every::Fixed(span), place }),
        Ok(_) => {
            cx.error(&place, "`every` must be from 1s to 365d");
            None
        }
        Err(_) => {
            cx.error(&place, "`every` is \"auto\" or a span such as \"90s\", \"15m\", \"1h30m\" or \"7d\"");
            None
        }
    }
}

fn networks(cx: &mut Context<'_>, table: &Table<'_>) -> Option<Vec<IpNet>> {
    let written = table.strings(cx, "allow_networks", MAX_LIST)?;
    let mut networks = Vec::with_capacity(written.len());
    for Written { value, place } in written {
        let network = value.parse::<IpNet>().or_else(|_| value.parse::<std::net::IpAddr>().map(IpNet::from));
        match network {
            Ok(network) => networks.push(network),
            Err(_) => {
                let help = "a network is an address and a length, such as \"10.1.0.0/16\" or \"fd00::/8\"".to_owned();
                cx.error_with_help(&place, format!("`allow_networks`: {value:?} is no network"), Some(help));
            }
        }
    }
    Some(networks)
}

pub(super) fn name(cx: &mut Context<'_>, table: &Table<'_>) -> Option<Written<String>> {
    let name = table.string(cx, "name")?;
    if !is_name(&name.value) {
        cx.error_with_help(
            &name.place,
            format!("`name`: {:?} is no legal name", name.value),
            Some(NAME_RULE.to_owned()),
        );
        return None;
    }
    Some(name)
}

/// A title; an empty one is none.
pub(super) fn title(cx: &mut Context<'_>, table: &Table<'_>) -> Option<String> {
    let Written { value, place } = table.string(cx, "title")?;
    if value.chars().count() > MAX_TITLE_CHARS {
        cx.error(&place, format!("`title` is longer than {MAX_TITLE_CHARS} characters"));
        return None;
    }
    Some(value.trim().to_owned()).filter(|title| !title.is_empty())
}

/// Tags, each once.
pub(super) fn tags(cx: &mut Context<'_>, table: &Table<'_>) -> Vec<Written<String>> {
    let mut tags: Vec<Written<String>> = Vec::new();
    for tag in table.strings(cx, "tags", MAX_TAGS).unwrap_or_default() {
        if !is_tag(&tag.value) {
            let rule = format!("a tag has 1 to {MAX_TAG_CHARS} characters, and no white space at its ends");
            cx.error_with_help(&tag.place, "`tags`: this is no legal tag", Some(rule));
        } else if tags.iter().all(|known| known.value != tag.value) {
            tags.push(tag);
        }
    }
    tags
}

fn auth(cx: &mut Context<'_>, table: &Table<'_>) -> Option<Auth> {
    let auth = table.table(cx, "auth", "`auth`", AUTH_KEYS)?;
    if auth.get("bearer").is_some() {
        return bearer(cx, &auth);
    }
    for key in BASIC_KEYS.iter().filter(|key| auth.get(key).is_none()) {
        cx.error(&auth.place, format!("`auth` has no `{key}`"));
    }
    let user = auth.string(cx, "user");
    let password = secret(cx, &auth, "password");
    let user = user?;
    // RFC 7617, 2: it would end the name.
    if user.value.contains(':') || user.value.chars().any(char::is_control) {
        cx.error(&user.place, "`user` must not hold a colon or control characters");
        return None;
    }
    Some(Auth::Basic { user: user.value, password: password?.value })
}

/// The certificates in the file that `ca` names.
fn authorities(cx: &mut Context<'_>, table: &Table<'_>) -> Vec<Vec<u8>> {
    let Some(file) = file_of(cx, table, "ca") else { return Vec::new() };
    let found: Result<Vec<CertificateDer<'_>>, _> = CertificateDer::pem_slice_iter(file.value.as_bytes()).collect();
    match found {
        Ok(found) if !found.is_empty() => found.iter().map(|certificate| certificate.to_vec()).collect(),
        Ok(_) | Err(_) => {
            let help = "a certificate stands between BEGIN CERTIFICATE and END CERTIFICATE".to_owned();
            cx.error_with_help(&file.place, "`ca`: there is no certificate in this file (PEM)", Some(help));
            Vec::new()
        }
    }
}

/// A token stands alone: a server takes one kind of login.
fn bearer(cx: &mut Context<'_>, auth: &Table<'_>) -> Option<Auth> {
    if BASIC_KEYS.iter().any(|key| auth.get(key).is_some()) {
        cx.error(&auth.place, "`auth` has either `user` and `password`, or `bearer`");
        return None;
    }
    let token = secret(cx, auth, "bearer")?;
    if !is_header_value(token.value.expose()) {
        cx.error(&token.place, "`bearer` holds characters that no header may");
        return None;
    }
    Some(Auth::Bearer(token.value))
}

fn headers(cx: &mut Context<'_>, table: &Table<'_>) -> Vec<(String, Secret)> {
    let Some(written) = table.free_table(cx, "headers", "`headers`") else { return Vec::new() };
    let mut headers = Vec::new();
    for Written { value: name, place } in written.keys() {
        if !is_header_name(&name) {
            cx.error(&place, format!("`headers`: {name:?} is no legal name of an HTTP header"));
            continue;
        }
        if OUR_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
            cx.error(&place, format!("`headers`: {name} is set by watershed itself"));
            continue;
        }
        if name.eq_ignore_ascii_case("authorization") && table.get("auth").is_some() {
            cx.error(&place, "`headers`: Authorization is what `auth` sets: one of them is enough");
            continue;
        }
        let Some(value) = secret(cx, &written, &name) else { continue };
        if is_header_value(value.value.expose()) {
            headers.push((name, value.value));
        } else {
            cx.error(&value.place, format!("`headers`: the value of {name} holds characters that no header may"));
        }
    }
    headers
}

/// RFC 9110, 5.6.2: a token.
fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// RFC 9110, 5.5; ASCII only, as everything else means something different everywhere.
fn is_header_value(value: &str) -> bool {
    value.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t')) && value.trim() == value
}
