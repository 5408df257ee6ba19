//! The last item of a truncated document: whether enough of it was received to identify the item.

use crate::model::ParsedItem;

/// The elements that identify an item.
const NAMING: [&str; 3] = ["id", "guid", "link"];

/// Whether the text ends inside the last item before its id and its address are complete. Such an item would be stored
/// under the wrong identity and appear a second time when the whole document is received.
pub(super) fn is_nameless(text: &str, item: &ParsedItem) -> bool {
    if text.starts_with(['{', '[']) {
        // A truncated string is the end of the text. Parsing may have added a slash to a truncated address.
        let is_last =
            |name: &Option<String>| name.as_ref().is_some_and(|name| text.ends_with(name.trim_end_matches('/')));
        return has_no_name(item) || is_last(&item.declared_id) || is_last(&item.link);
    }
    let behind = ["</item", "</entry"].iter().filter_map(|end| text.rfind(end)).max().map_or(text, |at| &text[at..]);
    let is_open = ["<item", "<entry"].iter().any(|begin| behind.contains(begin));
    is_open && (has_no_name(item) || ends_in_a_name(behind))
}

fn has_no_name(item: &ParsedItem) -> bool {
    item.declared_id.is_none() && item.link.is_none()
}

/// Whether the last tag begins an element that identifies the item, or is truncated and may be such a tag.
fn ends_in_a_name(text: &str) -> bool {
    let Some(tag) = text.rfind('<').map(|at| &text[at + 1..]) else { return false };
    let name = tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    NAMING.iter().any(|naming| naming.eq_ignore_ascii_case(local)) && !tag.trim_end().ends_with("/>")
}

#[cfg(test)]
mod tests {
    use super::super::{Document, read};

    /// The titles of the items that are read.
    fn titles(body: &str) -> String {
        let document =
            Document { body: body.as_bytes(), content_type: None, url: "https://a.example/", max_entries: 9 };
        let (feed, _) = read(&document).expect("it is a feed");
        let title = |text: &crate::model::Text| match text {
            crate::model::Text::Html(text) | crate::model::Text::Plain(text) | crate::model::Text::Unclear(text) => {
                text.clone()
            }
        };
        let titles: Vec<String> =
            feed.items.iter().map(|item| item.title.as_ref().map(title).unwrap_or_default()).collect();
        titles.join(",")
    }

    #[test]
    fn an_item_that_is_truncated_in_its_id_or_address_is_left_out() {
        let check = |rest: &str, wanted: &str| {
            let rss = format!("<rss version='2.0'><channel><item><title>a</title><guid>1</guid></item>{rest}");
            assert_eq!(titles(&rss), wanted, "{rest}");
        };
        check("<item><title>b</title><guid>tag:b,20", "a");
        check("<item><title>b</title><link>https://b.exa", "a");
        check("<item><guid>2</guid><title>b</title><link>https://b.exa", "a");
        check("<item><title>b</title><atom:link href='https://b.exa", "a");
        check("<item><title>b</ti", "a");
        check("<item><guid>2</guid><title>b</title><description>some", "a,b");
        check("<item><link>/2</link><title>b</title><description>some <b>bo", "a,b");
        check("<item><link>/2</link><title>b</title></item>", "a,b");
        // A complete item without an id and address, and a complete document.
        check("<item><title>b</title></item>", "a,b");
        check("<item><title>b</title></channel></rss>", "a,b");
        check("<item><title>b</title><guid>2</channel></rss>", "a,b");
    }

    #[test]
    fn a_json_item_that_is_truncated_in_its_id_or_address_is_left_out() {
        let check = |rest: &str, wanted: &str| {
            let json = format!(
                "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{{\"id\": \"1\", \"title\": \"a\"}}, {rest}"
            );
            assert_eq!(titles(&json), wanted, "{rest}");
        };
        check("{\"title\": \"b\", \"id\": \"tag:b", "a");
        check("{\"id\": \"2\", \"title\": \"b\", \"url\": \"https://b.exa", "a");
        check("{\"title\": \"b\", \"content_te", "a");
        check("{\"id\": \"2\", \"title\": \"b\", \"content_text\": \"so", "a,b");
        check("{\"id\": \"2\", \"title\": \"b\"}]}", "a,b");
    }
}
