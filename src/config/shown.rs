//! How a source's address is shown, and all that must not be shown of it.

use url::Url;

use super::expand::Expanded;
use super::mask::{
    has_bare_mask, hidden_parts, redact_login, redact_url, redact_whole, secrets_of_url, without_digests, without_login,
};
use super::resolved::{FetchOptions, Proxy, SourceConfig};
use super::secret::Secret;

/// Bytes of a part of a secret, an address or a header, that is searched for by itself: shorter ones are words as well.
const PART_LEAST_BYTES: usize = 8;

/// The address as it may be shown: what `${NAME}` put into its path and query may be secret. `secret`: what the source says
/// of that itself.
pub(super) fn public_address(url: &Url, written: &Expanded, secret: Option<bool>) -> String {
    match secret {
        Some(true) => return redact_whole(url),
        Some(false) => return without_login(url).into(),
        None if written.parts.is_empty() => return redact_url(url),
        None => {}
    }
    let mut shown = url.clone();
    match Url::parse(&written.masked) {
        Ok(masked) => {
            shown.set_path(masked.path());
            shown.set_query(masked.query());
        }
        Err(_) => {
            shown.set_path("/***");
            shown.set_query(None);
        }
    }
    redact_url(&shown)
}

/// What of the shown address goes into a name that is made: no digest, as names are older than digests are.
pub(super) fn address_for_a_name(shown: &str) -> Option<Url> {
    Url::parse(&without_digests(shown)).ok()
}

/// Whether another source's address may be shown alike.
pub(super) fn is_blurred(url: &Url, shown: &str) -> bool {
    !url.username().is_empty() || url.password().is_some() || has_bare_mask(shown)
}

/// All that must not be shown of a source.
pub(super) fn secrets(url: &Url, fetch: &FetchOptions, expanded: Vec<String>, secret: Option<bool>) -> Vec<Secret> {
    let mut secrets = match secret {
        Some(false) => login_of(url),
        Some(true) => whole_address(url),
        None => secrets_of_url(url),
    };
    if !expanded.is_empty() && secret != Some(false) {
        // The address's host is shown anyway, and hidden from every message it would only confuse.
        let shown = format!("{}://{}", url.scheme(), url.host_str().unwrap_or_default());
        secrets.extend(expanded.into_iter().filter(|part| !shown.contains(part.as_str())).map(Secret::new));
    }
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

/// What a header's value is made of: a page that repeats a login leaves out that it is `Bearer`, or the name of the cookie.
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

/// Path and query in one, and each part of them that is more than a short word.
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
    /// An address that the source has led to, as it may be shown.
    pub fn shown_address(&self, url: &Url) -> String {
        if *url == self.url {
            return self.public_url.clone();
        }
        let shown = match self.options.secret {
            Some(true) => redact_whole(url),
            Some(false) => redact_login(url),
            None => redact_url(url),
        };
        self.scrub(&shown)
    }

    /// Which parts of its address are taken for secrets, for people.
    pub fn hidden_parts(&self) -> Vec<String> {
        match self.options.secret {
            Some(true) => vec!["all behind the host".to_owned()],
            Some(false) => Vec::new(),
            None => hidden_parts(&self.url),
        }
    }
}
