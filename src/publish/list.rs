//! Lists of sources for other readers: OPML 2.0 and newsboat's `urls`. `read::source_list` reads both back.
//!
//! Unlike the lists that are served (`opml`), a list here says whose title a source has, and keeps every tag.

use std::collections::BTreeMap;

use super::opml;
use super::tags::Tags;
use super::xml::safe_as_html;
use crate::model::PlainText;

/// A source as a list shows it.
#[derive(Debug, Clone, Copy)]
pub struct ListedSource<'a> {
    pub name: &'a str,
    /// The address, which contains no secret.
    pub address: &'a str,
    /// The title of the configuration.
    pub title: Option<&'a str>,
    /// The feed's own title.
    pub own_title: Option<&'a str>,
    pub tags: &'a [String],
}

/// Writes the list as OPML. A source stands in the folder of its first tag, and its `category` names all tags. A tag that
/// `category` cannot hold is one more folder with the source.
///
/// The list has no date, because a date would also change when the list itself does not.
pub fn opml(title: &str, sources: &[ListedSource<'_>]) -> Vec<u8> {
    let mut folders: BTreeMap<Option<PlainText>, Vec<&ListedSource<'_>>> = BTreeMap::new();
    for source in sources {
        let places = source.tags.iter().enumerate().filter(|(at, tag)| *at == 0 || !fits_category(tag));
        let mut places: Vec<Option<PlainText>> = places.map(|(_, tag)| PlainText::some_line(tag)).collect();
        if places.is_empty() {
            places.push(None);
        }
        for place in places {
            folders.entry(place).or_default().push(source);
        }
    }
    for sources in folders.values_mut() {
        sources.sort_by_key(|source| source.name);
    }
    opml::document((title, None), &["text", "title"], folders, outline)
}

/// A comma separates categories, and a slash their levels (OPML 2.0).
fn fits_category(tag: &str) -> bool {
    !tag.contains([',', '/'])
}

fn outline(tags: &mut Tags, source: &ListedSource<'_>) {
    let line = |text: Option<&str>| text.and_then(PlainText::some_line);
    let own = line(source.own_title).unwrap_or_else(|| PlainText::line(source.name));
    // `text` is what readers show, and `title` the feed's own title (OPML 2.0, "Subscription lists"). Where they differ,
    // the title is the user's.
    let shown = line(source.title).unwrap_or_else(|| own.clone());
    let (shown, own) = (safe_as_html(&shown), safe_as_html(&own));
    let fitting = source.tags.iter().filter(|tag| fits_category(tag));
    let categories: Vec<String> = fitting.map(|tag| PlainText::line(tag).to_string()).collect();
    let categories = categories.join(",");
    let mut said = vec![("type", "rss"), ("text", &*shown), ("title", &*own), ("xmlUrl", source.address)];
    if !categories.is_empty() {
        said.push(("category", &categories));
    }
    tags.empty("outline", &said);
    tags.line();
}

/// Writes the list as newsboat's `urls`: on each line the address, the tags, and the title if it is the user's.
pub fn urls(sources: &[ListedSource<'_>]) -> String {
    let mut out = String::new();
    for source in sources {
        out.push_str(source.address);
        // newsboat reads a tag that begins with `~` as a title, and hides a feed with a tag that begins with `!`.
        let tags = source.tags.iter().filter(|tag| !tag.starts_with(['~', '!']));
        for tag in tags.filter_map(|tag| PlainText::some_line(tag)) {
            out.push(' ');
            push_quoted(&mut out, &tag);
        }
        if let Some(title) = source.title.and_then(PlainText::some_line) {
            out.push(' ');
            push_quoted(&mut out, &format!("~{}", &*title));
        }
        out.push('\n');
    }
    out
}

/// A text in quotes, in which a backslash escapes quotes and backslashes.
fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_folders_categories_and_titles() {
        let tags = ["news".to_owned(), "a/b".to_owned(), "c".to_owned()];
        let listed = ListedSource {
            name: "one",
            address: "https://one.example/f?a=1&b=2",
            title: Some("Mine <b>"),
            own_title: Some("Theirs"),
            tags: &tags,
        };
        let plain =
            ListedSource { name: "two", address: "https://two.example/f", title: None, own_title: None, tags: &[] };
        let text = String::from_utf8(opml("All", &[listed, plain])).expect("it is UTF-8");
        let outlines: Vec<&str> = text.lines().filter(|line| line.starts_with("<outline")).collect();
        let one = "<outline type=\"rss\" text=\"Mine &amp;lt;b&amp;gt;\" title=\"Theirs\" \
                   xmlUrl=\"https://one.example/f?a=1&amp;b=2\" category=\"news,c\"/>";
        let two = "<outline type=\"rss\" text=\"two\" title=\"two\" xmlUrl=\"https://two.example/f\"/>";
        let folders = ["<outline text=\"a/b\" title=\"a/b\">", "<outline text=\"news\" title=\"news\">"];
        assert_eq!(outlines, [two, folders[0], one, folders[1], one]);
        let quoted = ListedSource { title: Some("A \"title\" \\"), tags: &tags[..1], ..listed };
        assert_eq!(
            urls(&[quoted, plain]),
            "https://one.example/f?a=1&b=2 \"news\" \"~A \\\"title\\\" \\\\\"\nhttps://two.example/f\n"
        );
    }
}
