//! Links within a text, such as those of footnotes and tables of contents: they lead to a place in the text itself
//! rather than to the page that the text came from. The ids of such places get a prefix that is unique for the text,
//! because a reader may show several texts on a page, and so that they cannot clash with ids of that page.

use std::borrow::Cow;
use std::collections::HashSet;

use url::Url;

use crate::text::digest::Digest;
use crate::text::markup::{Tag, Tokens};
use crate::text::{percent, xml};

use super::html;
use super::policy::{Kind, known};

/// The beginning of all ids.
const PREFIX: &str = "ws-";
/// Number of hexadecimal digits behind [`PREFIX`], from the digest of the text's address.
const DIGEST_DIGITS: usize = 8;
/// Longest id that is kept, in bytes, without the prefix.
const NAME_MAX_BYTES: usize = 128;
/// The ASCII characters that an id may contain besides letters and digits.
const SIGNS: &str = "-_.:+~!*(),/=";
/// Longest query in a link to the page of the text itself, in bytes.
const QUERY_MAX_BYTES: usize = 128;
/// Most links within one text, and most ids.
const NAMES_MAX: usize = 4_096;

/// The ids in a text that links of the text lead to.
#[derive(Debug, Default)]
pub(super) struct Footnotes<'a> {
    pub(super) base: Option<&'a Url>,
    names: HashSet<String>,
}

impl<'a> Footnotes<'a> {
    /// Finds the linked ids of a text. `base` is the base of its addresses.
    pub(super) fn of(html: &str, base: Option<&'a Url>) -> Footnotes<'a> {
        let names = if may_have_any(html, base) { linked_names(html, base) } else { HashSet::new() };
        Footnotes { base, names }
    }

    /// The id with its prefix, if a link leads to it, or if it has the prefix already because the text was sanitised
    /// before.
    pub(super) fn name(&self, written: &str) -> Option<String> {
        let name = written.trim();
        if is_ours(name) && name.starts_with(&self.prefix()) {
            return Some(name.to_owned());
        }
        self.names.contains(name).then(|| self.prefix() + name)
    }

    /// The address of a link (`#` and an id), if it leads to a place in the text.
    pub(super) fn link(&self, written: &str) -> Option<String> {
        if self.names.is_empty() && !written.contains(PREFIX) {
            return None;
        }
        let name = self.name(&name_in_link(written, self.base)?)?;
        Some(format!("#{name}"))
    }

    fn prefix(&self) -> String {
        let Some(base) = self.base else { return PREFIX.to_owned() };
        let address = base.as_str().split('#').next().unwrap_or_default();
        let digest = Digest::default().part(address).hex();
        format!("{PREFIX}{}-", digest.get(..DIGEST_DIGITS).unwrap_or_default())
    }
}

/// Whether an id has the form that this file writes. The sanitiser checks all ids by it.
pub(super) fn is_ours(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|rest| is_sound(rest, 2 * NAME_MAX_BYTES))
}

/// Whether an address consists of `#` and an id that this file writes.
pub(super) fn is_link(address: &str) -> bool {
    address.strip_prefix('#').is_some_and(is_ours)
}

fn is_sound(name: &str, most: usize) -> bool {
    let is_letter = |character: char| match character {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => false,
        _ if character.is_ascii() => character.is_ascii_alphanumeric() || SIGNS.contains(character),
        _ => !character.is_whitespace() && !character.is_control() && xml::is_allowed(character),
    };
    (1..=most).contains(&name.len()) && name.chars().all(is_letter)
}

/// Whether a text seems to contain links to itself, and ids. This check is cheaper than reading all tags.
fn may_have_any(html: &str, base: Option<&Url>) -> bool {
    let path = base.map(|base| base.path().trim_end_matches('/'));
    let is_here = |before: &str| path.is_some_and(|path| before.trim_end_matches('/').ends_with(path));
    let is_link = |at: usize| match html.as_bytes().get(at.wrapping_sub(1)) {
        Some(b'"' | b'\'' | b'=' | b' ') => true,
        // `&#` begins a character reference.
        Some(b'&') | None => false,
        Some(_) => html.get(..at).is_some_and(|before| is_here(before) || is_here(without_query(before))),
    };
    memchr::memchr_iter(b'#', html.as_bytes()).any(is_link)
        && ["id=", "ID=", "name=", "NAME=", "id =", "name ="].iter().any(|name| html.contains(name))
}

/// The text without the query at its end.
fn without_query(before: &str) -> &str {
    let near = before.ceil_char_boundary(before.len().saturating_sub(QUERY_MAX_BYTES));
    before[near..].rfind('?').map_or(before, |query| &before[..near + query])
}

/// The ids in a text that links of the text lead to.
fn linked_names(html: &str, base: Option<&Url>) -> HashSet<String> {
    let (mut names, mut links) = (HashSet::new(), HashSet::new());
    for tag in Tokens::new(html).tags().filter(|tag| !tag.closing && is_kept(tag)) {
        let is_link = tag.is("a");
        for (attribute, value) in tag.attributes().take(html::ATTRIBUTES_MAX) {
            if is_link && attribute.eq_ignore_ascii_case("href") && links.len() < NAMES_MAX {
                links.extend(name_in_link(&value, base).map(Cow::into_owned));
            }
            let is_name = attribute.eq_ignore_ascii_case("id") || (is_link && attribute.eq_ignore_ascii_case("name"));
            if is_name && names.len() < NAMES_MAX && is_sound(value.trim(), NAME_MAX_BYTES) {
                names.insert(value.trim().to_owned());
            }
        }
    }
    names.retain(|name| links.contains(name));
    names
}

/// Whether the policy keeps an element together with its id.
fn is_kept(tag: &Tag<'_>) -> bool {
    known(tag).is_some_and(|(_, kind)| matches!(kind, Kind::Block | Kind::Formatting | Kind::Implied))
}

/// The id that a link leads to, if the link leads to the page of `base`.
fn name_in_link<'l>(written: &'l str, base: Option<&Url>) -> Option<Cow<'l, str>> {
    let (page, name) = written.trim().split_once('#')?;
    let is_here = page.is_empty() || base.zip(base?.join(page).ok()).is_some_and(|(base, page)| is_page(base, &page));
    (is_here && !name.is_empty()).then(|| percent::decoded_as_far_as_possible(name))
}

/// Whether two addresses lead to the same page. A missing query matches any query, because tracking adds queries to
/// pages.
fn is_page(base: &Url, page: &Url) -> bool {
    let is_query_alike = base.query() == page.query() || base.query().is_none() || page.query().is_none();
    is_query_alike
        && base.host_str() == page.host_str()
        && base.path().trim_end_matches('/') == page.path().trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In `wanted`, `WS` stands for the prefix.
    fn check(html: &str, wanted: &str) {
        let base = Url::parse("https://a.example/b/?p=1").expect("it is an address");
        let prefix = Footnotes { base: Some(&base), names: HashSet::new() }.prefix();
        html::assert_written(html, Some(&base), &wanted.replace("WS", &prefix));
    }

    #[test]
    fn links_within_a_text_lead_to_the_text_itself() {
        check(
            "a<sup id=fnref:1><a href='#fn:1'>1</a></sup><ol><li id=fn:1>b <a href='#fnref:1'>c</a></li></ol>",
            "a<sup id=\"WSfnref:1\"><a href=\"#WSfn:1\">1</a></sup><ol><li id=\"WSfn:1\">b <a href=\"#WSfnref:1\">c</a></li></ol>",
        );
        check("<a href='https://a.example/b/?p=1#x'>a</a><a name=x></a>", "<a href=\"#WSx\">a</a><a id=\"WSx\"></a>");
        check("<a href='/b#x'>a</a><h2 id=x>b</h2>", "<a href=\"#WSx\">a</a><h2 id=\"WSx\">b</h2>");
        check("<a href='#%C3%A9'>a</a><p id=é>b</p>", "<a href=\"#WSé\">a</a><p id=\"WSé\">b</p>");
        check("<a href='#f+2+1'>a</a><p id=f+2+1>b</p>", "<a href=\"#WSf+2+1\">a</a><p id=\"WSf+2+1\">b</p>");
        check(
            "<a href='#%E6%84%8F%EF%BC%9A'>a</a><h2 id=意：>b</h2>",
            "<a href=\"#WS意：\">a</a><h2 id=\"WS意：\">b</h2>",
        );
    }

    #[test]
    fn other_links_lead_to_the_page_and_other_ids_are_left_out() {
        check("<a href='#x'>a</a>", "<a href=\"https://a.example/b/?p=1#x\">a</a>");
        check("<p id=x>a</p>&#8217;", "<p>a</p>&#8217;");
        check("<a href='#x'>a</a><p id=y>b</p>", "<a href=\"https://a.example/b/?p=1#x\">a</a><p>b</p>");
        check("<a href='/c#x'>a</a><p id=x>b</p>", "<a href=\"https://a.example/c#x\">a</a><p>b</p>");
        check("<a href='?p=2#x'>a</a><p id=x>b</p>", "<a href=\"https://a.example/b/?p=2#x\">a</a><p>b</p>");
        check("<a href='#a\"b'>a</a><p id='a\"b'>b</p>", "<a href=\"https://a.example/b/?p=1#a%22b\">a</a><p>b</p>");
        check("<a href='#x'>a</a><my-note id=x>b</my-note>", "<a href=\"https://a.example/b/?p=1#x\">a</a>b");
    }

    #[test]
    fn links_within_a_text_without_an_address_work() {
        let written = html::rewrite("<a href='#x'>a</a><p id=x>b</p>", None).html;
        assert_eq!(written, "<a href=\"#ws-x\">a</a><p id=\"ws-x\">b</p>");
    }

    #[test]
    fn only_ids_with_the_prefix_are_recognised() {
        let check = |address: &str, wanted: bool| assert_eq!(is_link(address), wanted, "{address}");
        check("#ws-0123abcd-fn:1", true);
        check("#fn:1", false);
        check("#ws-", false);
        check("#ws-a\"b", false);
        check("#ws-a&b", false);
        check("#ws-a\u{202e}b", false);
        check("#ws-a\u{3000}b", false);
        check("ws-a", false);
        check("/#ws-a", false);
    }
}
