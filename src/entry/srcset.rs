//! `srcset`: the candidate addresses of an image (HTML, 4.8.4.2.1).

use url::Url;

use super::urls;

/// Most candidates of one image.
const CANDIDATES_MAX: usize = 16;

/// The address and descriptor of each candidate, split as browsers do. Addresses may contain commas.
fn parts(value: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = value;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return None;
        }
        let (address, behind) = rest.split_at(rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()));
        let bare = address.trim_end_matches(',');
        // A comma at the end of an address is the end of its candidate.
        let end = if bare.len() < address.len() { 0 } else { descriptor_end(behind) };
        rest = &behind[end..];
        Some((bare, behind[..end].trim()))
    })
}

/// The end of a candidate's descriptors: the next comma outside parentheses.
fn descriptor_end(text: &str) -> usize {
    let mut is_inside = false;
    let end = text.bytes().position(|byte| {
        is_inside = byte == b'(' || (is_inside && byte != b')');
        byte == b',' && !is_inside
    });
    end.unwrap_or(text.len())
}

/// The candidates with their addresses made absolute; `None` if no candidate has a web address.
pub(super) fn candidates(value: &str, base: Option<&Url>) -> Option<String> {
    let mut kept: Vec<String> = Vec::new();
    for (address, descriptor) in parts(value).take(CANDIDATES_MAX) {
        let Some(address) = urls::web(address, base).filter(|_| is_descriptor(descriptor)) else { continue };
        let bare = address.trim_end_matches(',');
        // A comma at the end of the address is escaped, because it would end the candidate.
        let address = format!("{bare}{}", "%2C".repeat(address.len() - bare.len()));
        kept.push(format!("{address} {descriptor}").trim_end().to_owned());
    }
    if kept.is_empty() { None } else { Some(kept.join(", ")) }
}

/// Whether every candidate has a wanted address and an unambiguous descriptor.
pub(super) fn all(value: &str, is_wanted: impl Fn(&str) -> bool) -> bool {
    parts(value).all(|(address, descriptor)| is_wanted(address) && is_descriptor(descriptor))
}

/// Whether a descriptor is as simple as `2x` or `640w 480h`. Parentheses are rejected, because they could hide commas.
fn is_descriptor(descriptor: &str) -> bool {
    descriptor.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_become_absolute() {
        let base = Url::parse("https://a.example/b/").expect("it is an address");
        let check = |value: &str, wanted: Option<&str>| {
            assert_eq!(candidates(value, Some(&base)).as_deref(), wanted, "{value:?}");
        };
        let sized = "https://i.example/w_4,c_limit,q_auto:good/$s_!x!/a.png 4w, https://i.example/w_8,c_limit/a.png 8w";
        check(sized, Some(sized));
        check("a,b.png 2x", Some("https://a.example/b/a,b.png 2x"));
        check("a 1x,b 2x", Some("https://a.example/b/a 1x, https://a.example/b/b 2x"));
        check("a, b 2x", Some("https://a.example/b/a, https://a.example/b/b 2x"));
        check("a,,\n b", Some("https://a.example/b/a, https://a.example/b/b"));
        check("a\n1x ,\tjavascript:x 2x, data:,y 3x", Some("https://a.example/b/a 1x"));
        check("a (1x,b), c 2x", Some("https://a.example/b/c 2x"));
        check(" , ", None);
        check("", None);
    }

    #[test]
    fn written_candidates_are_stable() {
        let web = |address: &str| address.starts_with("https://");
        for value in ["a,b 1x", "a,\u{1} 1x", "a", "a, b, c 2x", "x,,y 1.5x"] {
            let base = Url::parse("https://a.example/").expect("it is an address");
            let written = candidates(value, Some(&base)).expect("it has an address");
            assert!(all(&written, web), "{written:?}");
            assert_eq!(candidates(&written, None).as_deref(), Some(written.as_str()), "{value:?}");
        }
        assert!(!all("https://a.example/a 1x,javascript:x 2x", web));
        assert!(!all("https://a.example/a (x, javascript:x) 2x", web));
    }
}
