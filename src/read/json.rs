//! Reads JSON Feed 1.0 and 1.1 (jsonfeed.org). Values of a wrong type are tolerated, because publishers often write
//! them.

use serde_json::{Map, Value};
use url::Url;

use crate::model::{
    Category, Enclosure, FeedFormat, Link, Media, ParsedFeed, ParsedItem, Person, Problem, Text, WrittenDates,
};

use super::bases::Bases;
use super::{DocumentKind, ReadError, canon, dates, mend};

type Object = Map<String, Value>;

/// Most bytes of other text before a JSON Feed, such as a warning of the server, `)]}'` or the name of a function.
const JUNK_MAX_BYTES: usize = 4 * 1_024;
/// The version of every JSON Feed contains this text.
const VERSION: &str = "jsonfeed.org/version/";

/// Most objects and lists in one document. Each takes a few hundred bytes of memory, even if it is only two bytes long.
const NODES_MAX: usize = 200_000;

/// Number of brackets that open outside strings.
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

/// Reads a document that begins like JSON. `url` is the document's address, the base of its relative links. Fails if
/// the document is not JSON, or is JSON but not a JSON Feed.
pub(super) fn read(text: &str, url: &str, problems: &mut Vec<Problem>) -> Result<ParsedFeed, ReadError> {
    if nodes(text) > NODES_MAX {
        let why = format!("it has more than {NODES_MAX} objects and lists, which is the limit");
        return Err(ReadError::Malformed { why });
    }
    let mut is_whole = true;
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let mended = mend::json(text);
            is_whole = mended.is_whole;
            let Ok(value) = serde_json::from_str(&mended.text) else {
                return Err(ReadError::Malformed { why: error.to_string() });
            };
            problems.push(Problem::new(format!("the JSON is malformed and was repaired: {error}")));
            value
        }
    };
    let other = || ReadError::NotAFeed { kind: DocumentKind::Json, feeds: Vec::new() };
    let Value::Object(feed) = &value else { return Err(other()) };
    let versioned = feed.get("version").and_then(Value::as_str).is_some_and(|it| it.contains(VERSION));
    let items = feed.get("items").and_then(Value::as_array);
    let items = items.filter(|items| versioned || items.iter().any(|item| item.get("id").is_some()));
    let Some(items) = items else { return Err(other()) };
    let mut reader = Reader { bases: Bases::of_document(url), bad_dates: 0, bad_offsets: 0 };
    let parsed = ParsedFeed { is_whole, ..reader.feed(feed, items) };
    reader.bases.report(problems);
    problems.extend(Problem::counted(reader.bad_dates as u64, "a date cannot be read", "dates cannot be read"));
    let one = "a date has an impossible UTC offset and was read as UTC";
    let many = "dates have an impossible UTC offset and were read as UTC";
    problems.extend(Problem::counted(reader.bad_offsets as u64, one, many));
    let skipped = items.len() - parsed.items.len();
    let one = "an item is not an object, or is empty, and was left out";
    let many = "items are not objects, or are empty, and were left out";
    problems.extend(Problem::counted(skipped as u64, one, many));
    Ok(parsed)
}

/// The JSON Feed in a document that begins with other text. An HTML page that shows a JSON Feed as an example does not
/// count.
pub(super) fn behind_junk(text: &str) -> Option<&str> {
    let head = &text[..text.floor_char_boundary(JUNK_MAX_BYTES)];
    let begins_object = |at: &usize| text[at + 1..].trim_start().starts_with('"');
    let start = head.match_indices('{').map(|(at, _)| at).find(begins_object).filter(|start| *start > 0)?;
    let junk = head[..start].to_ascii_lowercase();
    let is_page = ["<html", "<!doctype", "<head", "<body"].iter().any(|tag| junk.contains(tag));
    // The object is part of a list and therefore not a whole document.
    let is_in_list = junk.trim_end().ends_with('[');
    (!is_page && !is_in_list && text[start..].contains(VERSION)).then(|| &text[start..])
}

/// The address of the first hub that announces changes (JSON Feed 1.1, `hubs`).
fn hub(feed: &Object) -> Option<String> {
    let hubs = feed.get("hubs").and_then(Value::as_array)?;
    hubs.iter().filter_map(Value::as_object).find_map(|hub| string(hub, "url"))
}

struct Reader {
    bases: Bases,
    bad_dates: usize,
    bad_offsets: usize,
}

impl Reader {
    fn feed(&mut self, feed: &Object, items: &[Value]) -> ParsedFeed {
        let items = items.iter().filter_map(Value::as_object).filter(|item| item.values().any(|it| !it.is_null()));
        let of_feed = |key| string(feed, key).map(|written| self.bases.of_feed(&written));
        let (link, self_link) = (of_feed("home_page_url"), of_feed("feed_url"));
        let (icon, logo) = (of_feed("favicon"), of_feed("icon"));
        self.bases.know_site(link.as_deref().and_then(|link| Url::parse(link).ok()).as_ref());
        ParsedFeed {
            format: FeedFormat::JsonFeed,
            title: string(feed, "title").map(Text::Plain),
            subtitle: string(feed, "description").map(Text::Plain),
            link,
            self_link,
            hub: hub(feed),
            icon,
            logo,
            language: string(feed, "language"),
            authors: self.authors(feed),
            items: items.map(|item| self.item(item)).collect(),
            ..ParsedFeed::default()
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
        ParsedItem {
            declared_id: string(item, "id"),
            link: link.or(external),
            title: string(item, "title").map(Text::Plain),
            summary: string(item, "summary").map(Text::Plain),
            content: html.or(plain),
            authors: self.authors(item),
            categories: tags(item),
            enclosures: self.attachments(item),
            links,
            published: self.date(item, "date_published"),
            updated: self.date(item, "date_modified"),
            language: string(item, "language"),
            written: WrittenDates { published: string(item, "date_published"), updated: string(item, "date_modified") },
            media: image.map(|image| Media { image: Some(image), ..Media::default() }),
            ..ParsedItem::default()
        }
    }

    /// `authors` (1.1) or `author` (1.0): a list of objects or a single object. Some publishers write a name instead.
    fn authors(&self, object: &Object) -> Vec<Person> {
        let person = |author: &Value| match author {
            Value::Object(author) => {
                let (name, uri) = (string(author, "name"), self.url(author, "url"));
                name.or_else(|| uri.clone()).map(|name| Person { name, email: None, uri })
            }
            other => text_of(other).map(|name| Person { name, email: None, uri: None }),
        };
        let people = |key: &str| -> Vec<Person> {
            object.get(key).map(listed).unwrap_or_default().iter().filter_map(person).collect()
        };
        let authors = people("authors");
        if authors.is_empty() { people("author") } else { authors }
    }

    fn attachments(&self, item: &Object) -> Vec<Enclosure> {
        let list = item.get("attachments").and_then(Value::as_array).into_iter().flatten();
        let enclosure = |attachment: &Object| {
            Some(Enclosure {
                url: self.url(attachment, "url")?,
                media_type: string(attachment, "mime_type"),
                length: attachment.get("size_in_bytes").and_then(text_of).and_then(|size| canon::bytes(&size)),
            })
        };
        list.filter_map(Value::as_object).filter_map(enclosure).collect()
    }

    /// An address in an entry, made absolute if possible.
    fn url(&self, object: &Object, key: &str) -> Option<String> {
        let url = self.bases.of_entry(string(object, key)?);
        Some(Url::parse(&url).map_or(url, String::from))
    }

    fn date(&mut self, object: &Object, key: &str) -> Option<crate::model::Timestamp> {
        let written = string(object, key)?;
        let date = dates::read(&written);
        self.bad_dates += usize::from(date.is_none());
        self.bad_offsets += usize::from(date.is_some_and(|date| date.is_zone_left_out));
        date.map(|date| date.moment)
    }
}

/// The text of a member, if it is not blank. A number counts as a text (`"id": 17`).
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

/// The values of a list. A single value counts as a list of one value.
fn listed(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        other => std::slice::from_ref(other),
    }
}

/// `tags`: a list. Some publishers write a text with commas between the tags instead.
fn tags(item: &Object) -> Vec<Category> {
    let category = |term: &str| Category { term: term.to_owned(), scheme: None, label: None };
    match item.get("tags") {
        Some(Value::Array(tags)) => tags.iter().filter_map(text_of).map(|tag| category(&tag)).collect(),
        Some(Value::String(tags)) => {
            tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(category).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_feed_is_read_in_spite_of_its_mistakes() {
        let text = r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","feed_url":"/f.json","items":[
            {"id":17,"url":"/1","external_url":"https://b.example/","content_html":"<p>é</p>","tags":["x",null],
             "date_published":"2026-11-24T14:05:00Z","date_modified":"soon","authors":[{"name":"A"},"B"],
             "attachments":[{"url":"a.mp3","mime_type":"audio/mpeg","size_in_bytes":5},{"url":null}]},
            {}, {"id": null}, "not an item"]}"#;
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
    fn values_of_a_wrong_type_are_tolerated() {
        let text = r#"{"version":"https://jsonfeed.org/version/1.1","authors":"Ada","items":[
            {"id":"1","tags":"sluice, , weir","authors":{"name":"Bo"},"author":{"name":"C"},"date_published":1709544600,
             "date_modified":1709544600000},
            {"id":"2","tags":7,"authors":[],"author":[{"name":"C"}],"date_published":"2024-03-04T09:30:00+31:00"},
            {"id":"3","authors":null,"author":"D"}]}"#;
        let mut problems = Vec::new();
        let feed = read(text, "https://a.example/feed.json", &mut problems).expect("it is a JSON Feed");
        let names = |people: &[Person]| people.iter().map(|it| it.name.clone()).collect::<Vec<_>>().join(" ");
        let tags = |item: &ParsedItem| item.categories.iter().map(|it| it.term.clone()).collect::<Vec<_>>().join(" ");
        assert_eq!(names(&feed.authors), "Ada");
        let found: Vec<String> = feed.items.iter().map(|item| names(&item.authors)).collect();
        assert_eq!(found, ["Bo", "C", "D"]);
        let found: Vec<String> = feed.items.iter().map(tags).collect();
        assert_eq!(found, ["sluice weir", "", ""]);
        let wanted = crate::model::Timestamp::from_unix(1_709_544_600);
        assert_eq!(feed.items[0].published, Some(wanted));
        assert_eq!(feed.items[0].updated, Some(wanted));
        assert_eq!(feed.items[1].published, Some(wanted));
        assert_eq!(problems.len(), 1, "{problems:?}");
    }

    #[test]
    fn a_feed_behind_other_text_is_found() {
        let feed = r#"{ "version": "https://jsonfeed.org/version/1.1", "items": [] }"#;
        let check = |before: &str, wanted: bool| {
            let text = format!("{before}{feed}");
            assert_eq!(behind_junk(&text), wanted.then_some(feed), "{before:?}");
        };
        check(")]}',\n", true);
        check("callback(", true);
        check("<br />\n<b>Warning</b>: {main} thrown in /srv/feed.php on line 3<br />\n", true);
        check("", false);
        check("<!DOCTYPE html><p>A feed looks like this: ", false);
        check("[", false);
        check(&"x".repeat(JUNK_MAX_BYTES), false);
        assert_eq!(behind_junk("loaded({\"a\": 1})"), None);
    }

    #[test]
    fn relative_addresses_of_items_are_resolved_against_the_site() {
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
    fn other_json_is_not_a_feed() {
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
