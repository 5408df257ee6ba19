//! How the address of a source is shown, and which of its texts must not be shown.

use std::cell::OnceCell;

use url::Url;

use super::expand::Expanded;
use super::hidden::parts;
use super::keys::FetchOptions;
use super::mask::{
    has_bare_mask, redact_login, redact_url, redact_whole, secrets_of_url, without_digests, without_login,
};
use super::names::made_name;
use super::resolved::{Proxy, SourceConfig};
use super::secret::{MASK, Secret};
use crate::text::address::has_login;

/// Least bytes of a part of a secret, of an address or of a header that is searched for by itself, because shorter parts may
/// be ordinary words.
const PART_LEAST_BYTES: usize = 8;

/// The address of a source, examined once, because searching it for secrets takes longer than everything else that is done
/// with most sources.
pub(super) struct Addressed {
    pub(super) url: Url,
    /// The address as it may be shown, if that is another text.
    pub(super) masked: Option<Box<str>>,
    made_name: OnceCell<Option<String>>,
}

impl Addressed {
    /// The address `url`, which was `written` so.
    pub(super) fn of(url: Url, written: &Expanded, secret: Option<bool>) -> Addressed {
        let shown = public_address(&url, written, secret);
        let masked = (shown != url.as_str()).then(|| shown.into_boxed_str());
        Addressed { url, masked, made_name: OnceCell::new() }
    }

    pub(super) fn is_shown_whole(&self) -> bool {
        self.masked.is_none()
    }

    /// The address as it may be shown.
    fn shown(&self) -> &str {
        self.masked.as_deref().unwrap_or(self.url.as_str())
    }

    /// The name that is made from the address as it is shown without its digests, because names that earlier versions made had no
    /// digests and must stay the same. `None` if nothing is left that is an address.
    pub(super) fn made_name(&self) -> Option<&str> {
        let make = || {
            // Parsing what is shown would give the same address. (In the address of a local file, it would resolve `..`.)
            if self.is_shown_whole() && !self.shown().contains(MASK) && self.url.scheme() != "file" {
                return Some(made_name(&self.url));
            }
            Url::parse(&without_digests(self.shown())).ok().map(|shown| made_name(&shown))
        };
        self.made_name.get_or_init(make).as_deref()
    }
}

/// The address as it may be shown. The values of `${NAME}` in path and query count as secrets. `secret`: the key `secret` of
/// the source.
pub(super) fn public_address(url: &Url, written: &Expanded, secret: Option<bool>) -> String {
    match secret {
        Some(true) => return redact_whole(url),
        Some(false) => return without_login(url).into_owned().into(),
        None if written.parts().is_empty() => return redact_url(url),
        None => {}
    }
    let mut shown = url.clone();
    let masked = Url::parse(written.masked()).ok();
    shown.set_path(masked.as_ref().map_or("/***", Url::path));
    shown.set_query(masked.as_ref().and_then(Url::query));
    redact_url(&shown)
}

/// Whether another source's address may look the same when shown.
pub(super) fn is_blurred(address: &Addressed) -> bool {
    has_login(&address.url) || has_bare_mask(address.shown())
}

/// The texts of a source's address that must not be shown.
pub(super) fn secrets_of_address(address: &Addressed, expanded: &[String], secret: Option<bool>) -> Vec<Secret> {
    let url = &address.url;
    let mut secrets = match secret {
        Some(false) => login_of(url),
        Some(true) => whole_address(url),
        // An address is shown as it is only if the search for secrets has found none.
        None if expanded.is_empty() && address.is_shown_whole() => Vec::new(),
        None => secrets_of_url(url),
    };
    if !expanded.is_empty() && secret != Some(false) {
        // The host is shown anyway; hiding it would only make messages harder to understand.
        let shown = format!("{}://{}", url.scheme(), url.host_str().unwrap_or_default());
        secrets.extend(expanded.iter().filter(|part| !shown.contains(part.as_str())).map(Secret::new));
    }
    secrets
}

/// The texts of a request's options that must not be shown.
pub(super) fn secrets_of_fetch(fetch: &FetchOptions) -> Vec<Secret> {
    let mut secrets = Vec::new();
    secrets.extend(fetch.access.auth.iter().map(|auth| auth.secret().clone()));
    secrets.extend(fetch.access.headers.iter().map(|(_, value)| value.clone()));
    secrets.extend(fetch.access.headers.iter().flat_map(|(_, value)| parts_of_header(value)));
    if let Proxy::Url(proxy) = &fetch.proxy
        && let Ok(proxy) = Url::parse(proxy.expose())
    {
        secrets.extend(secrets_of_url(&proxy));
    }
    secrets
}

/// The parts of a header's value, because a page that repeats a login may leave out `Bearer` or the name of the cookie.
fn parts_of_header(value: &Secret) -> impl Iterator<Item = Secret> {
    let parts = value.expose().split([' ', ';', ',', '=']).filter(|part| part.len() >= PART_LEAST_BYTES);
    parts.map(Secret::new)
}

fn login_of(url: &Url) -> Vec<Secret> {
    let mut login = url.clone();
    login.set_path("");
    login.set_query(None);
    login.set_fragment(None);
    secrets_of_url(&login)
}

/// Path and query as a whole, and each part of them that is longer than a short word.
fn whole_address(url: &Url) -> Vec<Secret> {
    let mut secrets = secrets_of_url(url);
    let whole = &url[url::Position::BeforePath..];
    if whole.len() > 1 {
        secrets.push(Secret::new(whole));
    }
    let segments = url.path().split('/').map(str::to_owned);
    let values = url.query_pairs().map(|(_, value)| value.into_owned());
    let parts = segments.chain(values).filter(|part| part.len() >= PART_LEAST_BYTES);
    secrets.extend(parts.map(Secret::new));
    secrets
}

impl SourceConfig {
    /// `url` without its secrets, for logs, status, errors and outputs.
    pub fn public_url(&self) -> &str {
        let masked = self.hidden.as_deref().and_then(|hidden| hidden.masked_url.as_deref());
        masked.unwrap_or(self.url.as_str())
    }

    /// Whether the address is shown as it is.
    pub fn is_shown_whole(&self) -> bool {
        self.hidden.as_deref().is_none_or(|hidden| hidden.masked_url.is_none())
    }

    /// An address to which the source was redirected, as it may be shown.
    pub fn shown_address(&self, url: &Url) -> String {
        if *url == self.url {
            return self.public_url().to_owned();
        }
        let shown = match self.options.secret {
            Some(true) => redact_whole(url),
            Some(false) => redact_login(url),
            None => redact_url(url),
        };
        self.scrub(&shown)
    }

    /// Descriptions of the parts of its address that count as secrets, for people.
    pub fn hidden_parts(&self) -> Vec<String> {
        match self.options.secret {
            Some(true) => vec!["everything behind the host".to_owned()],
            Some(false) => Vec::new(),
            None => parts(self.url.as_str()).into_iter().map(|part| part.what).collect(),
        }
    }
}
