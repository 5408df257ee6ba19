//! Rules for identifiers beyond the general syntax of IRIs: the syntax of their scheme, and that following them is
//! harmless.

use super::uuids::is_uuid;

/// Schemes whose content some readers execute when a person follows the identifier like a link.
const RUN: [&str; 3] = ["data", "javascript", "vbscript"];

/// Whether an IRI can neither be executed nor be displayed as a different text: its scheme is not in [`RUN`], and it
/// has no character that changes the direction of text, which IRIs must not have (RFC 3987, 4.1).
pub(crate) fn is_harmless(iri: &str) -> bool {
    let scheme = iri.split(':').next().unwrap_or_default();
    !RUN.iter().any(|run| scheme.eq_ignore_ascii_case(run)) && !iri.contains(is_bidi_control)
}

/// Whether a character is a control of the direction of text: the marks, embeddings, overrides and isolates of Unicode (UAX 9).
pub(crate) fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether an IRI follows the syntax of its scheme: `tag:` by RFC 4151, `urn:` by RFC 8141, `urn:uuid:` by RFC 9562.
/// Brackets may stand only around an IP address in place of a host (RFC 3986, 3.2.2). Other schemes are not checked
/// further.
pub(crate) fn is_legal_of_its_scheme(iri: &str) -> bool {
    let Some((scheme, rest)) = iri.split_once(':') else { return false };
    match scheme.to_ascii_lowercase().as_str() {
        "tag" => is_tag(rest),
        "urn" => is_urn(rest),
        _ => brackets_hold_an_address(rest),
    }
}

/// `authority,date:specific`.
fn is_tag(rest: &str) -> bool {
    let Some((entity, specific)) = rest.split_once(':') else { return false };
    let Some((authority, date)) = entity.rsplit_once(',') else { return false };
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let is_host = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    let parts: Vec<&str> = date.split('-').collect();
    let lengths_fit = parts.iter().zip([4, 2, 2]).all(|(part, length)| part.len() == length);
    let is_date = parts.len() <= 3 && lengths_fit && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_host && is_date && !specific.contains(['[', ']', '#'])
}

/// `name:specific`, where the name has 2 to 32 letters, digits and hyphens.
fn is_urn(rest: &str) -> bool {
    let Some((name, specific)) = rest.split_once(':') else { return false };
    let is_name = (2..=32).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let fits = if name.eq_ignore_ascii_case("uuid") { is_uuid(specific) } else { !specific.contains(['[', ']']) };
    is_name && !specific.is_empty() && fits
}

fn brackets_hold_an_address(rest: &str) -> bool {
    let Some(open) = rest.find('[') else { return !rest.contains(']') };
    let Some(authority) = rest.strip_prefix("//") else { return false };
    let end = authority.find(['/', '?', '#']).unwrap_or(authority.len());
    let (authority, behind) = authority.split_at(end);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let is_address = host.starts_with('[')
        && host.find(']').is_some_and(|close| host[1..close].parse::<core::net::Ipv6Addr>().is_ok());
    open < rest.len() && is_address && host.matches(['[', ']']).count() == 2 && !behind.contains(['[', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_or_deceives_is_not_harmless() {
        let check = |iri: &str, wanted: bool| assert_eq!(is_harmless(iri), wanted, "{iri:?}");
        check("https://a.example/javascript:x", true);
        check("tag:a.example,2026:data", true);
        check("https://a.example/\u{5d0}\u{627}", true);
        check("javascript:alert(1)", false);
        check("JavaScript:alert(1)", false);
        check("data:text/html,x", false);
        check("vbscript:x", false);
        for control in ['\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}'] {
            check(&format!("https://a.example/{control}x"), false);
        }
    }

    #[test]
    fn schemes_have_rules_of_their_own() {
        for (iri, expected) in [
            ("tag:a.example,2026:1", true),
            ("tag:someone@a.example,2026-11-25:/x?y=z", true),
            ("tag:blogger.com,1999:blog-1.post-2", true),
            ("tag:a.example,2026-1:x", false),
            ("tag:a.example,11-24:x", false),
            ("tag:a.example:x", false),
            ("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", true),
            ("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c", false),
            ("urn:isbn:0451450523", true),
            ("urn:a.example:1", false),
            ("https://a.example/x", true),
            ("https://[::1]/x", true),
            ("https://a.ex[ample/x", false),
            ("https://a.example/x[1]", false),
            ("x:y", true),
        ] {
            assert_eq!(is_legal_of_its_scheme(iri), expected, "{iri}");
        }
    }
}
