//! `<base href>` in an entry's own HTML, which is the base of addresses in it.

use url::Url;

use crate::text::markup::Tokens;

use super::urls;

/// The base that HTML states, resolved against `outer`. The first `<base href>` counts (HTML, 4.2.3).
pub(super) fn stated(html: &str, outer: Option<&Url>) -> Option<Url> {
    // This check is fast, and hardly any text states a base.
    let is_base =
        |at: usize| html.as_bytes().get(at + 1..at + 5).is_some_and(|name| name.eq_ignore_ascii_case(b"base"));
    if !memchr::memchr_iter(b'<', html.as_bytes()).any(is_base) {
        return None;
    }
    let mut bases = Tokens::new(html).tags().filter(|tag| !tag.closing && tag.is("base"));
    let href = bases.find_map(|tag| tag.attribute("href"))?;
    urls::web(&href, outer).and_then(|href| Url::parse(&href).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_base_counts_if_it_is_a_web_address() {
        let outer = Url::parse("https://a.example/b/").expect("it is an address");
        let check = |html: &str, wanted: Option<&str>| {
            assert_eq!(stated(html, Some(&outer)).as_ref().map(Url::as_str), wanted, "{html:?}");
        };
        check("<p>a<base target=x><BASE HREF='https://c.example/d/'><base href=/>", Some("https://c.example/d/"));
        check("<base href='/'>", Some("https://a.example/"));
        check("<bASE href='/'>", Some("https://a.example/"));
        check("<base href='javascript:x'>", None);
        check("<base href='data:,x'>", None);
        check("<!-- <base href='https://c.example/'> -->", None);
        check("<basefont href='https://c.example/'>", None);
        check("<p>base</p>", None);
    }
}
