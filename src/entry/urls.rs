//! Addresses as they may leave: absolute, http or https, without credentials.

use url::Url;

use crate::model::is_no_link;

/// Longest address that is kept, in bytes.
pub(super) const URL_MAX_BYTES: usize = 4_096;

/// An absolute http or https address, `written` being relative to `base`; `None` when it is none.
pub(super) fn web(written: &str, base: Option<&Url>) -> Option<String> {
    let url = resolve(written, base)?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    let url = without_credentials(url);
    (url.as_str().len() <= URL_MAX_BYTES).then(|| url.into())
}

/// As [`web`], of what a publisher states as an address: a placeholder is none, and resolved it would look like one.
pub(super) fn stated(written: &str, base: Option<&Url>) -> Option<String> {
    if is_no_link(written) { None } else { web(written, base) }
}

/// As [`web`], or a mailto address: what a reader may follow.
pub(super) fn followable(written: &str, base: Option<&Url>) -> Option<String> {
    match resolve(written, base) {
        Some(url) if url.scheme() == "mailto" && url.as_str().len() <= URL_MAX_BYTES => Some(url.into()),
        _ => web(written, base),
    }
}

fn resolve(written: &str, base: Option<&Url>) -> Option<Url> {
    let written = written.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if written.is_empty() || written.len() > URL_MAX_BYTES {
        return None;
    }
    base.map_or_else(|| Url::parse(written), |base| base.join(written)).ok()
}

fn without_credentials(mut url: Url) -> Url {
    // Both can only fail for addresses without a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_leave() {
        let base = Url::parse("https://a.example/b/").expect("it is an address");
        let check = |written: &str, wanted: Option<&str>| {
            assert_eq!(web(written, Some(&base)).as_deref(), wanted, "{written:?}");
        };
        check(" c?d=1\n", Some("https://a.example/b/c?d=1"));
        check("//x.example", Some("https://x.example/"));
        check("http://u:p@x.example/", Some("http://x.example/"));
        check("javascript:alert(1)", None);
        check("java\nscript:alert(1)", None);
        check("data:text/html,x", None);
        check("mailto:a@b.example", None);
        check("", None);
        assert_eq!(stated("N/A", Some(&base)), None);
        assert_eq!(stated("n", Some(&base)).as_deref(), Some("https://a.example/b/n"));
        assert_eq!(followable("MAILTO:a@b.example", None).as_deref(), Some("mailto:a@b.example"));
        assert_eq!(followable("javascript:x", Some(&base)), None);
    }
}
