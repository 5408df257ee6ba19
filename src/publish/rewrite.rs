//! Rewrites: changes to an entry when it is published.

use crate::model::{Rewrite, WebUrl};

/// Applies the rewrites to an address. A rewrite is not applied if the result is not an address, such as a magnet link
/// without parameters.
pub(super) fn link(rewrites: &[Rewrite], mut address: WebUrl) -> WebUrl {
    for Rewrite::StripQuery(patterns) in rewrites {
        if let Some(stripped) = WebUrl::of_entry(&strip_query(&address, patterns)) {
            address = stripped;
        }
    }
    address
}

/// Removes the parameters that match a pattern from the query; everything else stays byte for byte.
fn strip_query(address: &str, patterns: &[String]) -> String {
    let (front, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    let Some((path, query)) = front.split_once('?') else { return address.to_owned() };
    let fits = |pair: &&str| {
        let name = pair.split_once('=').map_or(*pair, |(name, _)| name);
        !patterns.iter().any(|pattern| matches(pattern, name))
    };
    let kept: Vec<&str> = query.split('&').filter(fits).collect();
    if kept.is_empty() { format!("{path}{fragment}") } else { format!("{path}?{}{fragment}", kept.join("&")) }
}

/// Whether a text matches a pattern in which `*` stands for any text. Only the last star is ever retried, so that no pattern
/// takes exponential time.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut in_text) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while in_text < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, in_text));
                at += 1;
            }
            Some(byte) if byte.eq_ignore_ascii_case(&text[in_text]) => {
                at += 1;
                in_text += 1;
            }
            _ => {
                let Some((star_at, from)) = star else { return false };
                star = Some((star_at, from + 1));
                at = star_at + 1;
                in_text = from + 1;
            }
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matching_parameters_are_removed() {
        for (address, patterns, expected) in [
            ("https://a.example/x?utm_source=a&b=c&utm_medium=d#e", vec!["utm_*"], "https://a.example/x?b=c#e"),
            ("https://a.example/x?utm_source=a", vec!["utm_*"], "https://a.example/x"),
            ("https://a.example/x?UTM_source=a#", vec!["utm_*"], "https://a.example/x#"),
            ("https://a.example/x?b=%20+c&&d", vec!["nothing"], "https://a.example/x?b=%20+c&&d"),
            ("https://a.example/x?fbclid=1&ref=2&r=3", vec!["*clid", "ref"], "https://a.example/x?r=3"),
            ("https://a.example/x#?utm_source=a", vec!["*"], "https://a.example/x#?utm_source=a"),
            ("https://a.example/x?a=1&b", vec!["*"], "https://a.example/x"),
            ("https://a.example/x", vec!["*"], "https://a.example/x"),
            ("magnet:?xt=urn:btih:01&utm_source=a", vec!["utm_*"], "magnet:?xt=urn:btih:01"),
            ("magnet:?xt=urn:btih:01", vec!["*"], "magnet:?xt=urn:btih:01"),
        ] {
            let rules = [Rewrite::StripQuery(patterns.into_iter().map(str::to_owned).collect())];
            let rewritten = WebUrl::of_entry(address).map(|address| link(&rules, address));
            assert_eq!(rewritten.as_deref(), Some(expected), "{address}");
        }
        assert!(matches("a*b*c", "axxbyyc") && !matches("a*b*c", "axxbyy") && !matches("", "a") && matches("*", ""));
    }
}
