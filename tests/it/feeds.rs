//! Small feeds of three formats for tests to serve, made of the same items.

use std::fmt::Write as _;

/// One item, the same in every format.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: String,
    pub link: String,
    pub title: String,
    pub html: String,
    pub author: String,
    /// Days since 2024-01-01, at noon.
    pub day: u32,
}

impl Item {
    /// The item number `number` of a site, with everything made of both.
    pub fn new(site: &str, number: u32) -> Item {
        Item {
            id: format!("tag:{site}.example,2024:{number}"),
            link: format!("https://{site}.example/{number}"),
            title: format!("{site} item {number}"),
            html: format!("<p>Text of “{site}” number {number}: it’s <b>bold</b>.</p>"),
            author: format!("Author of {site}"),
            day: number % 28,
        }
    }

    /// RFC 3339.
    pub fn date(&self) -> String {
        format!("2024-01-{:02}T12:00:00Z", self.day + 1)
    }

    fn rfc822(&self) -> String {
        const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        // 2024-01-01 was a Monday.
        format!("{}, {:02} Jan 2024 12:00:00 GMT", DAYS[self.day as usize % 7], self.day + 1)
    }
}

/// The items `numbers` of a site.
pub fn items(site: &str, numbers: impl IntoIterator<Item = u32>) -> Vec<Item> {
    numbers.into_iter().map(|number| Item::new(site, number)).collect()
}

/// RSS 2.0.
pub fn rss(title: &str, items: &[Item]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>{}</title><link>https://site.example/</link>\
         <description>d</description>\n",
        escape(title)
    );
    for item in items {
        let _ = writeln!(
            out,
            "<item><guid isPermaLink=\"false\">{}</guid><link>{}</link><title>{}</title><pubDate>{}</pubDate>\
             <dc:creator>{}</dc:creator><category>rss-news</category><description>{}</description></item>",
            escape(&item.id),
            escape(&item.link),
            escape(&item.title),
            item.rfc822(),
            escape(&item.author),
            escape(&item.html)
        );
    }
    out + "</channel></rss>\n"
}

/// Atom 1.0.
pub fn atom(title: &str, items: &[Item]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\
         <id>tag:site.example,2024:{0}</id><title>{0}</title><updated>2024-01-01T00:00:00Z</updated>\n",
        escape(title)
    );
    for item in items {
        let _ = writeln!(
            out,
            "<entry><id>{}</id><link href=\"{}\"/><title>{}</title><published>{3}</published><updated>{3}</updated>\
             <author><name>{4}</name></author><category term=\"atom-news\"/><content type=\"html\">{5}</content></entry>",
            escape(&item.id),
            escape(&item.link),
            escape(&item.title),
            item.date(),
            escape(&item.author),
            escape(&item.html)
        );
    }
    out + "</feed>\n"
}

/// JSON Feed 1.1.
pub fn json(title: &str, items: &[Item]) -> String {
    let items: Vec<serde_json::Value> = items
        .iter()
        .map(|item| {
            serde_json::json!({
                "id": item.id, "url": item.link, "title": item.title, "content_html": item.html,
                "date_published": item.date(), "authors": [{ "name": item.author }], "tags": ["json-news"],
            })
        })
        .collect();
    let feed = serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1", "title": title, "home_page_url": "https://site.example/",
        "items": items,
    });
    feed.to_string()
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
