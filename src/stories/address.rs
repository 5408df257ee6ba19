//! Canonical URLs: the form of an address that identifies a piece, and a looser form that only hints at it.

use url::Url;

use crate::text::address::is_web;
use crate::text::percent;

/// Tracking parameters, which only say where a reader came from. Their names are facts, found in several public lists.
const TRACKING: &str = "fbclid gclid dclid gbraid wbraid gclsrc msclkid yclid twclid ttclid li_fat_id mc_cid mc_eid \
    _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok igshid igsh srsltid vero_id \
    vero_conv oly_anon_id oly_enc_id cmpid ncid at_medium at_campaign at_custom1 at_custom2 xtor \
    wt_mc wickedid s_cid ml_subscriber ml_subscriber_hash rb_clickid _openstat spm __s \
    __twitter_impression";
const TRACKING_PREFIXES: [&str; 5] = ["utm_", "mtm_", "pk_", "piwik_", "hsa_"];
/// Fragments that only say where a reader came from.
const TRACKING_FRAGMENTS: [&str; 5] = [":~:text=", "xtor=", "utm_", "echobox=", "ref="];
/// Parameters that identify the piece in rare cases only.
const WEAK: [&str; 6] = ["ref", "source", "cmp", "outputtype", "amp", "output"];
/// The beginning of every web address.
const WEB: &str = "http";
const HOST_PREFIXES: [&str; 5] = ["www.", "m.", "mobile.", "amp.", "edition."];

/// The canonical URL of an address: two addresses with the same canonical URL lead to the same place. `None` for an
/// address that identifies nothing, such as a site's root. Entries are found by its digest, which is stored: if the
/// rules here change, the addresses of stored entries must be stored anew.
pub fn identity(link: &str) -> Option<String> {
    // Most ids are not web addresses, and a parser takes as long for them as for those. It leaves out control characters,
    // wherever they are.
    let may_be_web = || link.trim_start().get(..WEB.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(WEB));
    if may_be_web() || link.contains(|character: char| character < ' ') {
        identity_of(&Url::parse(link).ok()?)
    } else {
        None
    }
}

/// The canonical URL of a parsed address.
pub fn identity_of(url: &Url) -> Option<String> {
    if !is_web(url) {
        return None;
    }
    let query = parameters(url, is_tracking);
    let fragment = url.fragment().filter(|fragment| !fragment.is_empty() && !is_tracking_fragment(fragment));
    if url.path().trim_matches('/').is_empty() && query.is_empty() && fragment.is_none() {
        return None;
    }
    let host = url.host_str()?.trim_end_matches('.');
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    Some(format!("{host}{port}{}{}{fragment}", percent::normalised(url.path()), joined(&query)))
}

/// The host that an address leads to.
pub fn host(link: &str) -> Option<String> {
    Some(Url::parse(link).ok()?.host_str()?.trim_end_matches('.').to_owned())
}

/// The hint of a parsed address: its canonical URL without what mobile, AMP and index pages add. Equal hints alone never
/// prove that two pieces are one.
pub fn hint_of(url: &Url) -> Option<String> {
    if !is_web(url) {
        return None;
    }
    let mut host = url.host_str()?.trim_end_matches('.');
    for prefix in HOST_PREFIXES {
        host = host.strip_prefix(prefix).unwrap_or(host);
    }
    let mut path = percent::normalised(url.path());
    for end in ["/index.html", "/index.htm", "/index.php", "/amp", "/amp/", ".amp", ".html", ".htm", "/"] {
        if path.ends_with(end) {
            path.truncate(path.len() - end.len());
        }
    }
    let path = path.trim_end_matches('/').trim_start_matches("/amp/").trim_start_matches('/').to_owned();
    let mut query = parameters(url, |name| is_tracking(name) || WEAK.contains(&name));
    query.sort();
    (!path.is_empty() || !query.is_empty()).then(|| format!("{host}/{path}{}", joined(&query)))
}

fn parameters(url: &Url, leave_out: impl Fn(&str) -> bool) -> Vec<String> {
    let all = url.query().unwrap_or_default().split('&').filter(|parameter| !parameter.is_empty());
    let name = |parameter: &str| parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    all.filter(|parameter| !leave_out(&name(parameter))).map(percent::normalised).collect()
}

fn joined(query: &[String]) -> String {
    if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) }
}

fn is_tracking(name: &str) -> bool {
    TRACKING.split(' ').any(|known| known == name) || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn is_tracking_fragment(fragment: &str) -> bool {
    let fragment = fragment.to_ascii_lowercase();
    TRACKING_FRAGMENTS.iter().any(|begin| fragment.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_has_one_identity() {
        let check = |link: &str, wanted: Option<&str>| assert_eq!(identity(link).as_deref(), wanted, "{link}");
        check("http://A.Example:80/b?utm_source=x&id=1&fbclid=y#:~:text=z", Some("a.example/b?id=1"));
        check("https://a.example./b?id=1", Some("a.example/b?id=1"));
        check("https://a.example/%7Eme/%e4#a1", Some("a.example/~me/%E4#a1"));
        check("https://a.example/B?b=1&a=2&ref=x", Some("a.example/B?b=1&a=2&ref=x"));
        check("https://a.example/", None);
        check("https://a.example/?p=12", Some("a.example/?p=12"));
        check("mailto:a@b.example", None);
        check(" HTTPS://a.example/b", Some("a.example/b"));
        check("ht\ntps://a.example/b", Some("a.example/b"));
        check("\u{1}https://a.example/b", Some("a.example/b"));
        check("https://a.example/100%", Some("a.example/100%"));
    }

    fn hint(link: &str) -> Option<String> {
        hint_of(&Url::parse(link).expect("it is an address"))
    }

    #[test]
    fn mobile_and_amp_pages_hint_at_the_same() {
        let wanted = hint("https://www.a.example/news/story.html?ref=rss");
        assert_eq!(wanted.as_deref(), Some("a.example/news/story"));
        for link in [
            "http://m.a.example/news/story/?utm_medium=x",
            "https://amp.a.example/news/story",
            "https://www.a.example/news/story/amp/",
            "https://a.example/amp/news/story",
            "https://a.example/news/story/index.html",
        ] {
            assert_eq!(hint(link), wanted, "{link}");
        }
        assert_eq!(hint("https://a.example/x?b=1&a=2"), hint("https://a.example/x?a=2&b=1"));
    }
}
