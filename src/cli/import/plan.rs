//! What of a list becomes a source: which addresses can be polled, which are the same, and what a new `[[source]]` says.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use url::Url;

use crate::cli::edit::free_name;
use crate::cli::{find, print};
use crate::config::{Config, NewSource, is_tag, redact_url, without_logins};
use crate::logging::printable;
use crate::read::{LeftOut, Listed, SourceList};
use crate::stories::address::identity_of;
use crate::text::address;

/// Most bytes of an address.
const ADDRESS_MAX_BYTES: usize = 8 * 1024;
/// Most tags of a source, as many as the configuration allows.
const TAGS_MAX: usize = 64;
/// The mask that lists and messages have in place of a secret.
const MASK: &str = "***";

/// A source of the list that may be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) line: usize,
    pub(super) url: Url,
    pub(super) title: Option<String>,
    /// Whether the title is the user's, and not the feed's own.
    pub(super) is_renamed: bool,
    pub(super) tags: Vec<Arc<str>>,
}

/// A remark on a line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) line: usize,
    /// What the line says, without secrets.
    pub(super) what: String,
    pub(super) why: String,
}

#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) candidates: Vec<Candidate>,
    /// What is not a source, or has an address that cannot be polled; by line.
    pub(super) refused: Vec<Told>,
    /// What is configured already.
    pub(super) known: Vec<Told>,
    /// What the list names again.
    pub(super) repeated: Vec<Told>,
}

/// Decides what of a list may be added to a configuration.
pub(super) fn plan(list: SourceList, config: &Config) -> Plan {
    let configured = configured(config);
    let mut plan = Plan::default();
    let mut listed: HashMap<String, usize> = HashMap::new();
    for source in list.sources {
        let url = match address_of(&source.address) {
            Ok(url) => url,
            Err(why) => {
                plan.refused.push(Told { line: source.line, what: shown(&source.address), why: why.to_owned() });
                continue;
            }
        };
        let place = place(&url);
        let told = |why: String| Told { line: source.line, what: redact_url(&url), why };
        if let Some(name) = configured.get(&place) {
            plan.known.push(told(format!("it is configured already, as `{name}`")));
        } else if let Some(at) = listed.get(&place)
            && let Some(first) = plan.candidates.get_mut(*at)
        {
            plan.repeated.push(told(format!("line {} names the same source", first.line)));
            first.join(source);
        } else {
            listed.insert(place, plan.candidates.len());
            plan.candidates.push(Candidate::new(source, url));
        }
    }
    let left_out = |LeftOut { line, what, why }| Told { line, what: shown(&what), why: why.to_owned() };
    plan.refused.extend(list.left_out.into_iter().map(left_out));
    plan.refused.sort_by_key(|told| told.line);
    plan
}

impl Candidate {
    fn new(listed: Listed, url: Url) -> Candidate {
        let Listed { line, address: _, title, is_renamed, tags } = listed;
        Candidate { line, url, title, is_renamed, tags }
    }

    /// Takes over what another line says of the same source: readers list a source once for each of its folders.
    fn join(&mut self, again: Listed) {
        for tag in again.tags {
            if !self.tags.contains(&tag) && self.tags.len() < TAGS_MAX {
                self.tags.push(tag);
            }
        }
        if self.title.is_none() || (again.is_renamed && !self.is_renamed) {
            (self.title, self.is_renamed) = (again.title, again.is_renamed);
        }
    }
}

/// The address of a feed as programs and people write it.
fn address_of(written: &str) -> Result<Url, &'static str> {
    if written.len() > ADDRESS_MAX_BYTES {
        return Err("the address is longer than 8 KiB");
    }
    if written.contains(MASK) {
        return Err("a secret of the address is masked (***), so that the address is incomplete");
    }
    let url = find::address(&address::of_feed(written));
    let url = url.map_err(|_| "this is not an http or https address, and no other can be imported")?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err("local files are not imported; write a [[source]] for the file by hand"),
    }
}

/// A written address without its secrets, for messages.
fn shown(written: &str) -> String {
    let bare = match Url::parse(written) {
        Ok(url) if url.has_host() => redact_url(&url),
        _ => without_logins(written).into_owned(),
    };
    print::cell(&bare)
}

/// What equal addresses of feeds have in common: http and https, with and without `www.`, a slash at the end, the default port
/// or tracking parameters lead to the same feed. Addresses with different logins lead to different feeds.
fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let mut bare = url.clone();
    let path = url.path().trim_end_matches('/').to_owned();
    bare.set_path(&path);
    // A host that cannot be set, such as an IP address behind `www.`, stays as it is.
    let _ = bare.set_host(Some(host));
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let place = identity_of(&bare).unwrap_or_else(|| format!("{host}{port}"));
    format!("{}:{}@{place}", url.username(), url.password().unwrap_or_default())
}

/// The names of the configured sources, by their places.
fn configured(config: &Config) -> HashMap<String, &str> {
    config.sources.iter().map(|source| (place(&source.url), source.name.as_str())).collect()
}

/// The candidates whose source is neither configured nor another candidate's, and the number of the others. While addresses
/// were asked, somebody may have added sources, and pages may have named the same feed.
pub(super) fn without_known(mut candidates: Vec<Candidate>, config: &Config) -> (Vec<Candidate>, usize) {
    let all = candidates.len();
    let configured = configured(config);
    let mut seen = HashSet::new();
    candidates.retain(|candidate| {
        let place = place(&candidate.url);
        !configured.contains_key(&place) && seen.insert(place)
    });
    let doubles = all - candidates.len();
    (candidates, doubles)
}

/// The tables to write. A title becomes `title` only if it is the user's; the feed's own title becomes a comment, because
/// `title` would replace the feed's own title for ever.
pub(super) fn sources(candidates: &[Candidate], config: &Config) -> Vec<NewSource> {
    let mut taken: HashSet<String> = config.sources.iter().map(|source| source.name.clone()).collect();
    let source = |candidate: &Candidate| {
        let name = free_name(&taken, &candidate.url);
        taken.insert(name.clone());
        let title = candidate.title.as_deref().map(printable);
        let (title, note) = if candidate.is_renamed { (title, None) } else { (None, title) };
        let tags = candidate.tags.iter().filter(|tag| is_tag(tag)).take(TAGS_MAX);
        let tags = tags.map(|tag| tag.to_string()).collect();
        NewSource { url: candidate.url.to_string(), name, title, tags, note }
    };
    candidates.iter().map(source).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_lists_are_read() {
        let check = |written: &str, wanted: Option<&str>| {
            let url = address_of(written).ok();
            assert_eq!(url.as_ref().map(Url::as_str), wanted, "{written:?}");
        };
        check("https://a.example/f#x", Some("https://a.example/f"));
        check(" feed://a.example/f ", Some("http://a.example/f"));
        check("feed:https://a.example/f", Some("https://a.example/f"));
        check("FEED://https://a.example/f", Some("https://a.example/f"));
        check("feed:a.example/f", Some("http://a.example/f"));
        check("itpc://a.example/f", Some("http://a.example/f"));
        check("a.example/f", Some("https://a.example/f"));
        check("www.a.example/f", Some("https://www.a.example/f"));
        check("https://a.example/f?a=1&amp;b=2", Some("https://a.example/f?a=1&b=2"));
        check("file:///etc/passwd", None);
        check("feed:file:///etc/passwd", None);
        check("exec:~/bin/x", None);
        check("javascript:alert(1)", None);
        check("http://", None);
        check("no address", None);
        check("/feed.xml", None);
        check("", None);
        check("https://a.example/f?token=***", None);
        check(&format!("https://a.example/{}", "x".repeat(ADDRESS_MAX_BYTES)), None);
    }

    #[test]
    fn equal_addresses_have_one_place() {
        let of = |url: &str| place(&Url::parse(url).expect("an address"));
        let wanted = of("https://a.example/feed");
        for url in [
            "http://a.example/feed",
            "https://www.a.example/feed/",
            "http://A.example:80/feed",
            "https://a.example.:443/feed",
            "https://a.example/%66eed?utm_source=x",
        ] {
            assert_eq!(of(url), wanted, "{url}");
        }
        for url in [
            "https://a.example:8080/feed",
            "https://b.a.example/feed",
            "https://a.example/Feed",
            "https://a.example/feed?id=1",
            "https://me@a.example/feed",
            "https://a.example/",
        ] {
            assert_ne!(of(url), wanted, "{url}");
        }
        assert_eq!(of("http://www.a.example"), of("https://a.example/"));
        assert_ne!(of("http://a.example:81"), of("https://a.example/"));
        assert_eq!(of("http://127.0.0.1/"), of("http://127.0.0.1"));
    }
}
