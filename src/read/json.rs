//! JSON Feed 1.0 and 1.1 (jsonfeed.org): tolerant of wrong types, which JSON makes as easy as right ones.

use serde_json::{Map, Value};
use url::Url;

use crate::model::{
    Category, Charset, Enclosure, FeedFormat, Link, Media, ParsedFeed, ParsedItem, Person, Problem, Text, Written,
};

use super::bases::Bases;
use super::{DocumentKind, ReadError, dates, mend};

type Object = Map<String, Value>;

/// Objects and lists of one document: each takes some hundred bytes of memory, however few it has in the text.
const NODES_MAX: usize = 200_000;

/// Brackets that open outside of strings.
fn nodes(text: &str) -> usize {
    let (mut nodes, mut in_string, mut escaped) = (0, false, false);
    for byte in text.bytes() {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_string = !in_string,
            (false, b'{' | b'[') => nodes += 1,
            _ => {}
        }
    }
    nodes
}

/// Reads a document that begins like JSON. `url` is its address, against which its links are resolved.
///
/// # Errors
/// When it is no JSON, or no JSON Feed.
pub(super) fn read(text: &str, url: &str, problems: &mut Vec<Problem>) -> Result<ParsedFeed, ReadError> {
    if nodes(text) > NODES_MAX {
        let why = format!("it has more than {NODES_MAX} objects and lists; no honest feed does");
        return Err(ReadError::Malformed { why });
    }
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let Ok(value) = serde_json::from_str(&mend::json(text)) else {
                return Err(ReadError::Malformed { why: error.to_string() });
            };
            problems.push(Problem::new(format!("the JSON is malformed and was mended: {error}")));
            value
        }
    };
    let other = || ReadError::NotAFeed { kind: DocumentKind::Json, feeds: Vec::new() };
    let Value::Object(feed) = &value else { return Err(other()) };
    let items = feed.get("items").and_then(Value::as_array);
    let versioned = feed.get("version").and_then(Value::as_str).is_some_and(|it| it.contains("jsonfeed.org/version/"));
    let items = match items {
        Some(items) if versioned || items.iter().any(|item| item.get("id").is_some()) => items,
        _ => return Err(other()),
    };
    let mut reader = Reader { bases: Bases::of_document(url), bad_dates: 0 };
    let parsed = reader.feed(feed, items);
    reader.bases.tell(problems);
    if reader.bad_dates > 0 {
        problems.push(Problem::new(format!("{} dates cannot be read", reader.bad_dates)));
    }
    let skipped = items.len() - parsed.items.len();
    if skipped > 0 {
        problems.push(Problem::new(format!("{skipped} items are no objects and were left out")));
    }
    Ok(parsed)
}

/// A hub that tells of changes (JSON Feed 1.1, `hubs`).
fn hub(feed: &Object) -> Option<String> {
    let hubs = feed.get("hubs").and_then(Value::as_array)?;
    hubs.iter().filter_map(Value::as_object).find_map(|hub| string(hub, "url"))
}

struct Reader {
    bases: Bases,
    bad_dates: usize,
}

impl Reader {
    fn feed(&mut self, feed: &Object, items: &[Value]) -> ParsedFeed {
        let of_feed = |key| string(feed, key).map(|written| self.bases.of_feed(&written));
        let (link, self_link) = (of_feed("home_page_url"), of_feed("feed_url"));
        let (icon, logo) = (of_feed("favicon"), of_feed("icon"));
        self.bases.know_site(link.as_deref().and_then(|link| Url::parse(link).ok()).as_ref());
        ParsedFeed {
            format: FeedFormat::JsonFeed,
            charset: Charset::default(),
            id: None,
            title: string(feed, "title").map(Text::Plain),
            subtitle: string(feed, "description").map(Text::Plain),
            link,
            self_link,
            hub: hub(feed),
            cloud: None,
            icon,
            logo,
            rights: None,
            language: string(feed, "language"),
            updated: None,
            authors: self.authors(feed),
            freshness: None,
            skip_hours: Vec::new(),
            skip_days: Vec::new(),
            items: items.iter().filter_map(Value::as_object).map(|item| self.item(item)).collect(),
        }
    }

    fn item(&mut self, item: &Object) -> ParsedItem {
        let html = string(item, "content_html").map(Text::Html);
        let plain = string(item, "content_text").map(Text::Plain);
        let external = self.url(item, "external_url");
        let link = self.url(item, "url");
        let mut links = Vec::new();
        if let (Some(href), true) = (&external, link.is_some() && link != external) {
            links.push(Link { href: href.clone(), rel: "related".to_owned(), media_type: None, title: None });
        }
        let image = self.url(item, "image").or_else(|| self.url(item, "banner_image"));
        let tags = item.get("tags").and_then(Value::as_array);
        ParsedItem {
            declared_id: string(item, "id"),
            link: link.or(external),
            title: string(item, "title").map(Text::Plain),
            summary: string(item, "summary").map(Text::Plain),
            content: html.or(plain),
            authors: self.authors(item),
            categories: tags.into_iter().flatten().filter_map(text_of).map(category).collect(),
            enclosures: self.attachments(item),
            links,
            published: self.date(item, "date_published"),
            updated: self.date(item, "date_modified"),
            language: string(item, "language"),
            written: Written { published: string(item, "date_published"), updated: string(item, "date_modified") },
            media: image.map(|image| Media { image: Some(image), ..Media::default() }),
            ..ParsedItem::default()
        }
    }

    /// `authors` (1.1), or `author` (1.0): objects, though some write just a name.
    fn authors(&self, object: &Object) -> Vec<Person> {
        let list = match (object.get("authors"), object.get("author")) {
            (Some(Value::Array(authors)), _) if !authors.is_empty() => authors.as_slice(),
            (_, Some(author)) => std::slice::from_ref(author),
            _ => &[],
        };
        let person = |author: &Value| match author {
            Value::Object(author) => {
                let (name, uri) = (string(author, "name"), self.url(author, "url"));
                name.or_else(|| uri.clone()).map(|name| Person { name, email: None, uri })
            }
            other => text_of(other).map(|name| Person { name, email: None, uri: None }),
        };
        list.iter().filter_map(person).collect()
    }

    fn attachments(&self, item: &Object) -> Vec<Enclosure> {
        let list = item.get("attachments").and_then(Value::as_array).into_iter().flatten();
        let enclosure = |attachment: &Object| {
            Some(Enclosure {
                url: self.url(attachment, "url")?,
                media_type: string(attachment, "mime_type"),
                length: attachment.get("size_in_bytes").and_then(Value::as_u64),
            })
        };
        list.filter_map(Value::as_object).filter_map(enclosure).collect()
    }

    /// An address of an entry, absolute where it can be made so.
    fn url(&self, object: &Object, key: &str) -> Option<String> {
        let url = self.bases.of_entry(string(object, key)?);
        Some(Url::parse(&url).map_or(url, String::from))
    }

    fn date(&mut self, object: &Object, key: &str) -> Option<crate::model::Timestamp> {
        let written = string(object, key)?;
        let date = dates::parse(&written);
        self.bad_dates += usize::from(date.is_none());
        date
    }
}

/// A text that is not empty; a number is one too (`"id": 17`).
fn string(object: &Object, key: &str) -> Option<String> {
    object.get(key).and_then(text_of)
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn category(term: String) -> Category {
    Category { term, scheme: None, label: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_feed_is_read_with_its_mistakes() {
        let text = r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","feed_url":"/f.json","items":[
            {"id":17,"url":"/1","external_url":"https://b.example/","content_html":"<p>é</p>","tags":["x",null],
             "date_published":"2026-11-24T14:05:00Z","date_modified":"soon","authors":[{"name":"A"},"B"],
             "attachments":[{"url":"a.mp3","mime_type":"audio/mpeg","size_in_bytes":5},{"url":null}]},
            "not an item"]}"#;
        let mut problems = Vec::new();
        let feed = read(text, "https://a.example/feed.json", &mut problems).expect("it is a JSON Feed");
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert_eq!(feed.self_link.as_deref(), Some("https://a.example/f.json"));
        assert_eq!(feed.items.len(), 1);
        let item = &feed.items[0];
        assert_eq!(item.declared_id.as_deref(), Some("17"));
        assert_eq!(item.link.as_deref(), Some("https://a.example/1"));
        assert_eq!(item.links[0].rel, "related");
        assert_eq!(item.categories.len(), 1);
        assert_eq!(item.authors.len(), 2);
        assert_eq!(item.enclosures[0].url, "https://a.example/a.mp3");
        assert_eq!(item.enclosures[0].length, Some(5));
        assert!(item.published.is_some() && item.updated.is_none());
    }

    #[test]
    fn relative_addresses_of_items_are_at_the_site() {
        let check = |site: &str, wanted: &str| {
            let text = format!(
                r#"{{"version":"https://jsonfeed.org/version/1.1","title":"T","icon":"i.png","home_page_url":"{site}",
                     "items":[{{"id":"1","url":"/1"}}]}}"#
            );
            let feed = read(&text, "https://feeds.example/a.json", &mut Vec::new()).expect("it is a JSON Feed");
            assert_eq!(feed.items[0].link.as_deref(), Some(wanted));
            assert_eq!(feed.logo.as_deref(), Some("https://feeds.example/i.png"));
        };
        check("https://a.example/", "https://a.example/1");
        check("/", "https://feeds.example/1");
        check("http://localhost/", "https://feeds.example/1");
    }

    #[test]
    fn other_json_is_no_feed() {
        let check = |text: &str| {
            let result = read(text, "https://a.example/", &mut Vec::new());
            assert!(matches!(result, Err(ReadError::NotAFeed { kind: DocumentKind::Json, .. })), "{text:?}");
        };
        check("{}");
        check("[1]");
        check(r#"{"items":[{"name":1}]}"#);
        check(r#"{"version":"https://jsonfeed.org/version/1"}"#);
    }
}
