//! The allow-list of addresses: absolute http and https addresses without credentials, and for some purposes mailto
//! addresses and magnet links.

use url::Url;

use crate::model::is_no_link;
use crate::text::address::{self, drop_login};
use crate::text::percent;

use super::{filled, text};

/// Longest address that is kept, in bytes.
pub(super) const URL_MAX_BYTES: usize = 4_096;
/// Most recipients in a mailto address.
const MAILBOXES_MAX: usize = 8;

/// A written address, resolved against `base`, as an absolute http or https address; `None` if it has another scheme.
pub(super) fn web(written: &str, base: Option<&Url>) -> Option<String> {
    of_web(resolve(written, base)?).map(String::from)
}

/// An absolute address without its login; `None` if it has another scheme than http or https.
fn of_web(mut url: Url) -> Option<Url> {
    if !address::is_web(&url) || !url.has_host() {
        return None;
    }
    drop_login(&mut url);
    (url.as_str().len() <= URL_MAX_BYTES).then_some(url)
}

/// Like [`web`], for an address in an element of a feed. A placeholder text such as `N/A` is rejected, because it would
/// look like an address once it is resolved.
pub(super) fn stated(written: &str, base: Option<&Url>) -> Option<String> {
    if is_no_link(written) { None } else { web(written, base) }
}

/// Like [`stated`], but a magnet link is accepted, too, because it may be the address of an entry or its enclosure.
pub(super) fn offered(written: &str, base: Option<&Url>) -> Option<Url> {
    match resolve(written, base)? {
        url if is_magnet(&url) => Some(url).filter(|url| url.as_str().len() <= URL_MAX_BYTES),
        _ if is_no_link(written) => None,
        url => of_web(url),
    }
}

/// Whether an address is a magnet link that names at least one file (`xt`, or `xt.1` and so on).
fn is_magnet(url: &Url) -> bool {
    let names_a_file = |query: &str| query.split('&').any(|part| part.starts_with("xt=") || part.starts_with("xt."));
    url.scheme() == "magnet" && url.query().is_some_and(names_a_file)
}

/// Like [`web`], but a mailto address is accepted, too: the targets that a link in content may have.
pub(super) fn followable(written: &str, base: Option<&Url>) -> Option<String> {
    match resolve(written, base)? {
        url if url.scheme() == "mailto" => mail(&url).filter(|url| url.len() <= URL_MAX_BYTES),
        url => of_web(url).map(String::from),
    }
}

/// Whether an address is a mailto address in the form that [`followable`] writes.
pub(super) fn is_mail(address: &str) -> bool {
    address.starts_with("mailto:") && followable(address, None).as_deref() == Some(address)
}

/// A mailto address (RFC 6068) with only its recipients and its subject. Other fields are dropped, because they could
/// put words into the sender's mouth (`body`) or send the mail to hidden recipients (`bcc`).
fn mail(url: &Url) -> Option<String> {
    let to = percent::decoded(url.path())?;
    let mailboxes = to.split(',').map(str::trim).filter(|to| is_mailbox(to)).take(MAILBOXES_MAX);
    let mailboxes: Vec<String> = mailboxes.map(percent::encoded_for_mail).collect();
    let to = filled(mailboxes.join(","))?;
    let subject = url.query().into_iter().flat_map(|query| query.split('&')).find_map(|field| {
        let (_, subject) = field.split_once('=').filter(|(name, _)| name.eq_ignore_ascii_case("subject"))?;
        filled(text::fold(&percent::decoded(subject)?, text::NAME_MAX_BYTES))
    });
    Some(match subject {
        Some(subject) => format!("mailto:{to}?subject={}", percent::encoded_for_mail(&subject)),
        None => format!("mailto:{to}"),
    })
}

/// `local@domain` (RFC 5322, 3.4.1), without quotes and comments.
fn is_mailbox(text: &str) -> bool {
    let is_sound = |character: char| {
        !character.is_whitespace() && !character.is_control() && !"<>()[],;:\"\\@".contains(character)
    };
    let is_of_domain = |character: char| character.is_alphanumeric() || matches!(character, '-' | '.');
    text.split_once('@').is_some_and(|(local, domain)| {
        let has_letters = !local.is_empty() && domain.trim_matches('.') == domain && !domain.is_empty();
        has_letters && local.chars().all(is_sound) && domain.chars().all(is_of_domain)
    })
}

fn resolve(written: &str, base: Option<&Url>) -> Option<Url> {
    let written = written.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if written.is_empty() || written.len() > URL_MAX_BYTES {
        return None;
    }
    address::absolute(written, base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_kept() {
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
        check("www.x.example/c", Some("https://www.x.example/c"));
        check("c?d=1&amp;e=2", Some("https://a.example/b/c?d=1&e=2"));
        check("magnet:?xt=urn:btih:01", None);
        assert_eq!(stated("N/A", Some(&base)), None);
        assert_eq!(stated("n", Some(&base)).as_deref(), Some("https://a.example/b/n"));
        assert_eq!(followable("MAILTO:a@b.example", None).as_deref(), Some("mailto:a@b.example"));
        assert_eq!(followable("javascript:x", Some(&base)), None);
    }

    #[test]
    fn mailto_addresses_keep_only_recipients_and_subject() {
        let check = |written: &str, wanted: Option<&str>| {
            assert_eq!(followable(written, None).as_deref(), wanted, "{written}");
            if let Some(written) = wanted {
                assert_eq!(followable(written, None).as_deref(), wanted, "{written}");
                assert!(is_mail(written), "{written}");
            }
        };
        check("mailto:jane.doe+news@a.example", Some("mailto:jane.doe+news@a.example"));
        check("mailto:a@b.example?Subject=An%20offer", Some("mailto:a@b.example?subject=An%20offer"));
        check("mailto:a@b.example?subject=x&amp;body=y&cc=c@d.example", Some("mailto:a@b.example?subject=x"));
        check(
            "mailto:a@b.example?body=y&subject=x%0D%0ABcc:%20c@d.example",
            Some("mailto:a@b.example?subject=x%20Bcc%3A%20c@d.example"),
        );
        check("mailto:a@b.example%0D%0ABcc:c@d.example", None);
        check("mailto:a@b.example, c%26d@e.example,f", Some("mailto:a@b.example,c%26d@e.example"));
        check("mailto:j%C3%BCrgen@b.example", Some("mailto:j%C3%BCrgen@b.example"));
        check("mailto:?subject=x&body=https://a.example/", None);
        check("mailto:a@b.example%", None);
        check("mailto:a%FF@b.example", None);
        check("mailto:", None);
        assert!(!is_mail("mailto:a@b.example?body=x") && !is_mail("https://a.example/"));
    }

    #[test]
    fn magnet_links_are_accepted_for_entries() {
        let base = Url::parse("https://a.example/b/").expect("it is an address");
        let check = |written: &str, wanted: Option<&str>| {
            assert_eq!(offered(written, Some(&base)).as_ref().map(Url::as_str), wanted, "{written:?}");
        };
        let magnet = "magnet:?xt=urn:btih:0123456789abcdef&dn=A+book&tr=udp%3A%2F%2Ft.example%3A80";
        check(magnet, Some(magnet));
        check("MAGNET:?xt.1=urn:sha1:01", Some("magnet:?xt.1=urn:sha1:01"));
        check("magnet:?dn=nothing", None);
        check("magnet:x", None);
        check("ftp://a.example/x", None);
        check("c", Some("https://a.example/b/c"));
        check("N/A", None);
    }
}
