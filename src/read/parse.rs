//! Parses the canonical document, which holds the texts, and joins it with the other properties into a [`ParsedFeed`]. This is the
//! only file that uses feed-rs.
//!
//! Each document gets a new parser, because feed-rs keeps state after a failure. The parser only sees canonical
//! documents, which are flat and well-formed.

use feed_rs::model as feed;
use feed_rs::parser::{Builder, ParseFeedError};
use url::Url;

use crate::model::{Enclosure, FeedFormat, Link, ParsedFeed, ParsedItem, Problem, Show, Text, is_no_link};
use crate::text::address;

use super::ReadError;
use super::bases::Bases;
use super::canon::{Aside, Canonical, LinkParts};

/// The media type of Flash players, which some feeds still list as their media.
const FLASH: &str = "application/x-shockwave-flash";

/// Parses a canonical document. `url` is the document's address, the base of its relative links.
pub(super) fn parse(document: Canonical, url: &str, problems: &mut Vec<Problem>) -> Result<ParsedFeed, ReadError> {
    let parsed = parse_here(&document.text).map_err(|error| ReadError::Malformed { why: error.to_string() })?;
    let (written, read) = (document.asides.len(), parsed.entries.len());
    if written != read {
        problems.push(Problem::new(format!("{} of {written} items could not be read", written.abs_diff(read))));
    }
    Ok(convert(parsed, document, url, problems))
}

fn parse_here(text: &str) -> Result<feed::Feed, ParseFeedError> {
    let parser = Builder::new()
        // The ids of entries are their numbers. The feed has no id here, and the parser must not make one.
        .id_generator(|_links, _title, _uri| String::new())
        .sanitize_content(false)
        .build();
    parser.parse(text.as_bytes())
}

fn convert(parsed: feed::Feed, document: Canonical, url: &str, problems: &mut Vec<Problem>) -> ParsedFeed {
    let Canonical { mut asides, mut links, feed: mut aside, .. } = document;
    links.retain(is_address);
    let format = aside.format;
    let text = |text| feed_text(text, format);
    let mut bases = Bases::of_document(url);
    let of_feed = |written: String| bases.of_feed(&with_slashes(written));
    let site = alternate(&links).map(|link| of_feed(link.href.clone()));
    let by_rel = |rel| with_rel(&links, rel).next().map(|link| of_feed(link.href.clone()));
    let (self_link, hub) = (by_rel("self"), by_rel("hub"));
    // A value of references alone may be blank, and a blank address would mean the document itself.
    let image = |written: Option<String>| written.and_then(filled).map(of_feed);
    let (icon, logo) = (image(aside.icon.take()), image(aside.logo.take()));
    let show = aside.show.take().filter(Show::is_podcast);
    let show = show.map(|show| Show { image: show.image.map(|image| bases.of_feed(&image)), ..show });
    let site_base = site.as_deref().and_then(|site| Url::parse(site).ok());
    bases.know_site(site_base.as_ref());
    let with_aside = |entry: feed::Entry| {
        let aside = entry.id.parse::<usize>().ok().and_then(|number| asides.get_mut(number)).map(std::mem::take);
        item(entry, aside.unwrap_or_default(), format, site_base.as_ref(), &bases)
    };
    let items = parsed.entries.into_iter().map(with_aside).collect();
    bases.report(problems);
    ParsedFeed {
        link: site,
        self_link,
        hub,
        title: parsed.title.and_then(text),
        subtitle: parsed.description.and_then(text),
        icon,
        logo,
        rights: parsed.rights.and_then(text),
        show,
        items,
        ..aside
    }
}

/// Joins the texts of an entry with its other properties. `site` is the address of the feed's website, the base of an id that is
/// a path.
fn item(mut entry: feed::Entry, aside: Aside, format: FeedFormat, site: Option<&Url>, bases: &Bases) -> ParsedItem {
    let Aside { mut links, is_permalink, item } = aside;
    let permalink = item.declared_id.as_deref().filter(|_| is_permalink).and_then(|id| permalink(id, site));
    let content = entry.content.take().and_then(|content| Some((content.body?, content.content_type)));
    let content = content.and_then(|(body, kind)| typed(body, kind.as_str() != "text/plain", format));
    let summary = entry.summary.take().and_then(|text| feed_text(text, format));
    let (content, summary) = match (content, summary) {
        // A summary with markup becomes the content of an entry that has no other content.
        (None, Some(only @ Text::Html(_))) => (Some(only), None),
        both => both,
    };
    links.retain(is_address);
    for link in &mut links {
        link.href = bases.of_entry(with_slashes(std::mem::take(&mut link.href)));
    }
    ParsedItem {
        link: alternate(&links).and_then(|link| filled(link.href.clone())).or(permalink),
        title: entry.title.and_then(|text| feed_text(text, format)),
        summary: summary.map(|text| undeclared(text, format)),
        content: content.map(|text| undeclared(text, format)),
        enclosures: enclosures(&links),
        links: other_links(&links),
        rights: entry.rights.and_then(|text| feed_text(text, format)),
        player: item.player.map(|player| bases.of_entry(player)),
        ..item
    }
}

/// Whether a link has an address rather than a placeholder text such as `null`, which would look like an address once it is
/// resolved against its base. An empty address refers to its base, which may be the entry's own address (RFC 3986, 4.4).
fn is_address(link: &LinkParts) -> bool {
    link.href.trim().is_empty() || !is_no_link(&link.href)
}

/// An address that states its scheme, parsed before it is resolved, because `https:/b.example` would be taken for a path where the
/// base has the same scheme. An ordinary `http://…` stays as written, because cleaning parses it; so does everything else.
fn with_slashes(written: String) -> String {
    if address::begins_as_web(&written) && written.bytes().all(|byte| byte.is_ascii_graphic()) {
        return written;
    }
    Url::parse(&written).map_or_else(|_| written.trim().to_owned(), String::from)
}

/// The address of a feed or an entry: the first `alternate` link to an HTML page, otherwise the first `alternate` link.
fn alternate(links: &[LinkParts]) -> Option<&LinkParts> {
    let is_page = |link: &&LinkParts| link.media_type.as_deref().is_none_or(|it| it.contains("html"));
    with_rel(links, "alternate").find(is_page).or_else(|| with_rel(links, "alternate").next())
}

fn other_links(links: &[LinkParts]) -> Vec<Link> {
    let kept = links.iter().filter(|link| matches!(link.rel.as_str(), "via" | "related" | "replies"));
    let link = |link: &LinkParts| Link {
        href: link.href.clone(),
        rel: link.rel.clone(),
        media_type: link.media_type.clone(),
        title: link.title.clone(),
    };
    kept.map(link).collect()
}

fn enclosures(links: &[LinkParts]) -> Vec<Enclosure> {
    let attached = with_rel(links, "enclosure").map(|link| Enclosure {
        url: link.href.clone(),
        media_type: link.media_type.clone(),
        length: link.length.filter(|length| *length > 0),
    });
    attached.filter(|enclosure| enclosure.media_type.as_deref() != Some(FLASH)).collect()
}

fn with_rel<'a>(links: &'a [LinkParts], wanted: &'a str) -> impl Iterator<Item = &'a LinkParts> {
    links.iter().filter(move |link| link.rel == wanted)
}

/// The address that an id states, if the id is a web address or a path on the feed's site. Other ids, such as numbers,
/// are not addresses.
fn permalink(id: &str, site: Option<&Url>) -> Option<String> {
    if address::begins_as_web(id) || address::is_host_alone(id) {
        return address::absolute(id, site).map(String::from).or_else(|| Some(id.to_owned()));
    }
    let path = Some(id).filter(|id| id.starts_with('/') && id.len() > 1 && !is_no_link(id))?;
    let joined = site.and_then(|site| address::absolute(path, Some(site))).map(String::from);
    Some(joined.unwrap_or_else(|| path.to_owned()))
}

fn feed_text(text: feed::Text, format: FeedFormat) -> Option<Text> {
    typed(text.content, text.content_type.as_str() != "text/plain", format)
}

/// Marks markup in RSS as unclear, because RSS does not declare whether a text is markup or plain text.
fn undeclared(text: Text, format: FeedFormat) -> Text {
    match (text, format) {
        (Text::Html(text), FeedFormat::Rss0 | FeedFormat::Rss1 | FeedFormat::Rss2) => Text::Unclear(text),
        (text, _) => text,
    }
}

/// A text with its declared type. Plain text in RSS is unclear, because RSS does not declare whether a text is markup.
fn typed(text: String, is_html: bool, format: FeedFormat) -> Option<Text> {
    let text = filled(text)?;
    Some(match (is_html, format) {
        (true, _) => Text::Html(text),
        (false, FeedFormat::Atom | FeedFormat::JsonFeed) => Text::Plain(text),
        (false, _) => Text::Unclear(text),
    })
}

fn filled(text: String) -> Option<String> {
    if text.trim().is_empty() { None } else { Some(text) }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::{Document, canon, read};
    use super::*;
    use crate::model::Timestamp;

    fn feed(body: &str) -> (ParsedFeed, Vec<Problem>) {
        let document =
            Document { body: body.as_bytes(), content_type: None, url: "https://a.example/feed.xml", max_entries: 3 };
        read(&document).expect("it is a feed")
    }

    #[test]
    fn rss_is_read() {
        let (feed, problems) = feed(
            "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>
             <title>A &amp;amp; B</title><link>/</link><ttl>60</ttl>
             <item><title>One</title><guid isPermaLink='false'> g1 </guid><link>/1</link>
              <description>short</description><content:encoded><![CDATA[<p>long</p>]]></content:encoded>
              <enclosure url='/1.mp3' type='audio/mpeg' length='12'/><comments>/1#c</comments>
              <pubDate>Tue, 24 Nov 2026 14:05:00 GMT</pubDate><author>a@b.example (“Jane”)</author></item>
             <item><description>&lt;b&gt;only&lt;/b&gt;</description><pubDate>soon</pubDate></item>
             <item><guid>https://a.example/3</guid></item><item><title>4</title></item></channel></rss>",
        );
        assert_eq!(feed.format, FeedFormat::Rss2);
        assert_eq!(feed.title, Some(Text::Unclear("A &amp; B".to_owned())));
        assert_eq!(feed.link.as_deref(), Some("https://a.example/"));
        assert_eq!(feed.freshness, Some(Duration::from_secs(3_600)));
        assert_eq!(feed.items.len(), 3);
        let one = &feed.items[0];
        assert_eq!(one.declared_id.as_deref(), Some("g1"));
        assert_eq!(one.link.as_deref(), Some("https://a.example/1"));
        assert_eq!(one.summary, Some(Text::Unclear("short".to_owned())));
        assert_eq!(one.content, Some(Text::Unclear("<p>long</p>".to_owned())));
        assert_eq!(one.enclosures[0].url, "https://a.example/1.mp3");
        assert_eq!(one.enclosures[0].length, Some(12));
        assert_eq!(one.links[0].rel, "replies");
        assert_eq!(one.published.map(Timestamp::to_rfc3339).as_deref(), Some("2026-11-24T14:05:00Z"));
        assert!(one.updated.is_none() && one.authors[0].email.is_some());
        assert_eq!(feed.items[1].content, Some(Text::Unclear("<b>only</b>".to_owned())));
        assert!(feed.items[1].declared_id.is_none() && feed.items[1].published.is_none());
        assert_eq!(feed.items[2].link.as_deref(), Some("https://a.example/3"));
        let reported: Vec<&str> = problems.iter().map(Problem::as_str).collect();
        let cut = "only the first 3 of 4 entries were read (`max_entries`)";
        assert_eq!(reported, ["a date cannot be read (line 7)", cut]);
    }

    #[test]
    fn an_id_that_is_a_path_becomes_an_address_on_the_feeds_site() {
        let check = |guid: &str, wanted: Option<&str>| {
            let channel = "<title>A</title><link>https://site.example/</link>";
            let (feed, _) = feed(&format!("<rss version='2.0'><channel>{channel}<item>{guid}</item></channel></rss>"));
            assert_eq!(feed.items[0].link.as_deref(), wanted, "{guid}");
        };
        check("<guid>/news/crane</guid>", Some("https://site.example/news/crane"));
        check("<guid isPermaLink='true'>/news/crane</guid>", Some("https://site.example/news/crane"));
        check("<guid isPermaLink='false'>/news/crane</guid>", None);
        check("<guid>1234</guid>", None);
        check("<guid>/</guid>", None);
        check("<guid>/null</guid>", None);
        check("<guid>www.site.example/news</guid>", Some("https://www.site.example/news"));
        check("<guid>https://site.example/?a=1&amp;amp;b=2</guid>", Some("https://site.example/?a=1&b=2"));
    }

    #[test]
    fn addresses_of_entries_are_relative_to_the_site_and_those_of_the_feed_to_its_document() {
        let (feed, problems) = feed(
            "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>A</title>
             <item><link>/1</link><enclosure url='1.mp3' type='audio/mpeg'/></item>
             <link>https://site.example/blog/</link><atom:link rel='self' href='f.xml'/></channel></rss>",
        );
        assert_eq!(feed.self_link.as_deref(), Some("https://a.example/f.xml"));
        assert_eq!(feed.items[0].link.as_deref(), Some("https://site.example/1"));
        assert_eq!(feed.items[0].enclosures[0].url, "https://site.example/blog/1.mp3");
        assert_eq!(problems.len(), 1, "{problems:?}");
    }

    #[test]
    fn the_order_of_synonyms_does_not_matter() {
        let check = |elements: &[&str], wanted: &str| {
            let reversed: Vec<&str> = elements.iter().rev().copied().collect();
            for elements in [elements.concat(), reversed.concat()] {
                let (feed, _) = feed(&format!(
                    "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' \
                     xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>\
                     <channel><title>A</title><item><title>B</title>{elements}</item></channel></rss>"
                ));
                assert_eq!(feed.items[0].content, Some(Text::Unclear(wanted.to_owned())), "{elements}");
            }
        };
        check(&["<subtitle>line</subtitle>", "<description>article</description>"], "article");
        check(&["<summary>line</summary>", "<description>article</description>"], "article");
        check(&["<dc:description>line</dc:description>", "<description>article</description>"], "article");
        check(&["<itunes:summary>line</itunes:summary>", "<dc:description>article</dc:description>"], "article");
        check(&["<subtitle>line</subtitle>", "<summary>article</summary>"], "article");
        check(&["<body>line</body>", "<content>article</content>"], "article");
        check(&["<subtitle>line</subtitle>"], "line");
        check(&["<description> </description>", "<subtitle>line</subtitle>"], "line");
    }

    #[test]
    fn categories_may_stand_in_an_element_of_their_own() {
        let check = |elements: &str, wanted: &[&str]| {
            let item = format!("<item><title>B</title>{elements}<link>https://a.example/1</link></item>");
            let (feed, _) = feed(&format!("<rss version='2.0'><channel><title>A</title>{item}</channel></rss>"));
            let terms: Vec<&str> = feed.items[0].categories.iter().map(|it| it.term.as_str()).collect();
            assert_eq!((terms.as_slice(), feed.items.len()), (wanted, 1), "{elements}");
            assert_eq!(feed.items[0].link.as_deref(), Some("https://a.example/1"), "{elements}");
        };
        check("<categories><category>a</category><category>b</category></categories>", &["a", "b"]);
        check("<category>a</category><categories><category>b</category></categories>", &["a", "b"]);
        check("<categories><item>a</item><link>https://b.example/</link></categories>", &[]);
        check("<categories/>", &[]);
    }

    #[test]
    fn a_stated_link_comes_before_the_address_of_external_content() {
        let check = |links: &str, wanted: &str| {
            let entry = format!("<entry><id>a</id><title>B</title>{links}</entry>");
            let (feed, _) = feed(&format!("<feed xmlns='http://www.w3.org/2005/Atom'><id>f</id>{entry}</feed>"));
            assert_eq!(feed.items[0].link.as_deref(), Some(wanted), "{links}");
        };
        let (content, own) = ("<content type='text/html' src='/export'/>", "<link href='/1'/>");
        check(&format!("{content}{own}"), "https://a.example/1");
        check(&format!("{own}{content}"), "https://a.example/1");
        check(content, "https://a.example/export");
    }

    #[test]
    fn atom_is_read() {
        let (feed, problems) = feed(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><id>tag:a,1:f</id><title type='html'>a&lt;b></title>
             <link rel='self' href='f.atom'/><link href='/'/>
             <entry><id>tag:a,1:1</id><title>1 &lt; 2</title><link href='/1'/><link rel='via' href='/v'/>
              <link rel='enclosure' href='/e.ogg' type='audio/ogg' length='7'/>
              <updated>2026-11-24T14:05:00Z</updated><category term='x' label='X'/>
              <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a<br/>b</div></content></entry></feed>",
        );
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(feed.id.as_deref(), Some("tag:a,1:f"));
        assert_eq!(feed.self_link.as_deref(), Some("https://a.example/f.atom"));
        assert_eq!(feed.link.as_deref(), Some("https://a.example/"));
        let one = &feed.items[0];
        assert_eq!(one.title, Some(Text::Plain("1 < 2".to_owned())));
        assert_eq!(one.content, Some(Text::Html("a<br/>b".to_owned())));
        assert_eq!(one.links[0].rel, "via");
        assert_eq!(one.enclosures[0].length, Some(7));
        assert_eq!(one.categories[0].label.as_deref(), Some("X"));
        assert!(one.updated.is_some() && one.published.is_none());
    }

    #[test]
    fn empty_items_are_left_out() {
        let check = |items: &str, wanted: &[&str]| {
            let (feed, problems) =
                feed(&format!("<rss version='2.0'><channel><title>A</title>{items}</channel></rss>"));
            let title = |item: &ParsedItem| match &item.title {
                Some(Text::Unclear(title)) => title.clone(),
                other => format!("{other:?}"),
            };
            assert_eq!(feed.items.iter().map(title).collect::<Vec<_>>(), wanted, "{items}");
            assert!(problems.iter().any(|problem| problem.as_str().contains(" empty and w")), "{items} {problems:?}");
        };
        let (one, two) = ("<item><title>1</title></item>", "<item><title>2</title></item>");
        check(&format!("{one}<item></item><item/>{two}"), &["1", "2"]);
        check(&format!("{one}<item> <title/> <link></link>\n</item>{two}"), &["1", "2"]);
        check(&format!("<item><item/><title>1</title></item>{two}"), &["1", "2"]);
        check(&format!("<item><title>1</title><item> </item><link>/1</link></item>{two}"), &["1", "2"]);
        check("<item/>", &[]);
        let (kept, problems) = feed("<rss version='2.0'><channel><item><pubDate>soon</pubDate></item></channel></rss>");
        assert_eq!((kept.items.len(), problems.len()), (1, 1), "{problems:?}");
    }

    #[test]
    fn references_to_declared_entities_are_resolved() {
        let (feed, problems) = feed(
            "<!DOCTYPE rss [<!ENTITY quay \"North Quay\">]><rss version='2.0'><channel><title>&quay;</title>
             <item><title>News of the &quay;</title><description>At &quay; &amp;amp; beyond</description></item></channel></rss>",
        );
        assert_eq!(feed.title, Some(Text::Unclear("North Quay".to_owned())));
        assert_eq!(feed.items[0].title, Some(Text::Unclear("News of the North Quay".to_owned())));
        let reported: Vec<&str> = problems.iter().map(Problem::as_str).collect();
        assert_eq!(reported, ["3 references to entities that the document declares were resolved"]);
    }

    #[test]
    fn escaped_html_is_the_same_however_many_references_it_has() {
        let check = |escaped: &str, wanted: &str, reported: usize| {
            let item = format!("<item><description>{escaped}</description></item>");
            let (feed, problems) = feed(&format!("<rss><channel><title>t</title>{item}</channel></rss>"));
            assert_eq!(feed.items[0].content, Some(Text::Unclear(wanted.to_owned())), "{escaped}");
            assert_eq!(problems.len(), reported, "{escaped}: {problems:?}");
        };
        check("&lt;b>a", "<b>a", 0);
        check("&lt;b&gt;a&lt;/b&gt;", "<b>a</b>", 0);
        check("&lt;b&gt;a ]]&gt; b ]]> &amp;amp; &quot;&eacute;&quot;&lt;/b&gt;", "<b>a ]]> b ]]> &amp; \"é\"</b>", 0);
        check("&lt;p&gt;]]&gt;", "<p>]]>", 0);
        check("&lt;p&gt;]]&gt;&amp;]]", "<p>]]>&]]", 0);
        check("&lt;p&gt;]]&gt;]]&gt;&lt;/p&gt;", "<p>]]>]]></p>", 0);
        check("&lt;p&gt;a & b &nosuch; c&#1;&lt;/p&gt;", "<p>a & b &nosuch; c</p>", 2);
        check("&lt;p&gt;a&lt;/p&gt;<![CDATA[ & <i>b</i>]]>&lt;p&gt;c&lt;/p&gt;", "<p>a</p> & <i>b</i><p>c</p>", 0);
    }

    #[test]
    fn addresses_keep_their_meaning_beside_the_document() {
        let check = |written: &str, wanted: Option<&str>| {
            let links = format!("<link href='{written}'/><link rel='enclosure' href='{written}'/>");
            let entry = format!("<entry><id>a</id><title>B</title>{links}</entry>");
            let (feed, _) = feed(&format!("<feed xmlns='http://www.w3.org/2005/Atom'><id>f</id>{entry}</feed>"));
            assert_eq!(feed.items[0].link.as_deref(), wanted, "{written}");
            assert_eq!(feed.items[0].enclosures.first().map(|it| it.url.as_str()), wanted, "{written}");
        };
        check("/1", Some("https://a.example/1"));
        check("http:b.example/1", Some("http://b.example/1"));
        check("HTTP://B.example/1", Some("http://b.example/1"));
        check("https://b.example/1", Some("https://b.example/1"));
        check("https:b.example/1", Some("https://b.example/1"));
        check("https:/b.example/1", Some("https://b.example/1"));
        check("https://b.example/1&#xA0;", Some("https://b.example/1%C2%A0"));
        check("null", None);
        check("", None);
    }

    #[test]
    fn addresses_of_the_feed_keep_their_meaning_beside_the_document() {
        for (written, wanted) in [("/b/", "https://a.example/b/"), ("https:b.example/", "https://b.example/")]
            .into_iter()
            .chain([("https:/b.example/", "https://b.example/"), ("https://B.example", "https://b.example/")])
        {
            let links: String = ["alternate", "self", "hub"]
                .iter()
                .map(|rel| format!("<link rel='{rel}' href='{written}'/>"))
                .collect();
            let head = format!("<id>f</id>{links}<icon>{written}</icon><logo href='{written}'/>");
            let (feed, _) = feed(&format!("<feed xmlns='http://www.w3.org/2005/Atom'>{head}</feed>"));
            let found = [feed.link, feed.self_link, feed.hub, feed.icon, feed.logo];
            assert_eq!(found.each_ref().map(Option::as_deref), [Some(wanted); 5], "{written}");
        }
    }

    #[test]
    fn a_blank_image_is_no_image() {
        for blank in ["&#32;", "&#xA0;", "&#1;"] {
            let head = format!("<id>f</id><icon>{blank}</icon><logo href='{blank}'/>");
            let (feed, _) = feed(&format!("<feed xmlns='http://www.w3.org/2005/Atom'>{head}</feed>"));
            assert_eq!((feed.icon, feed.logo), (None, None), "{blank}");
        }
    }

    #[test]
    fn a_nameless_author_is_no_author() {
        let check = |authors: &str, wanted: &[&str]| {
            let entry = format!("<item><title>a</title>{authors}</item>");
            let (feed, _) =
                feed(&format!("<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>{entry}</channel></rss>"));
            let names: Vec<&str> = feed.items[0].authors.iter().map(|author| author.name.as_str()).collect();
            assert_eq!(names, wanted, "{authors}");
        };
        check("<author>, a@b.example, c@d.example</author>", &[]);
        check("<author>a@b.example</author><dc:creator>Ann</dc:creator>", &["Ann"]);
        check("<author>a@b.example</author>", &["a@b.example"]);
    }

    #[test]
    fn deleted_entries_are_reported() {
        let (feed, _) = feed(
            "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'><title>A</title>
             <at:deleted-entry ref='tag:a,1:1' when='2026-11-24T14:05:00Z'><at:by><name>B</name></at:by>
              <at:comment>a slip</at:comment></at:deleted-entry><at:deleted-entry when='2026-11-24T14:05:00Z'/>
             <entry><id>tag:a,1:2</id><title>2</title></entry><at:deleted-entry ref='tag:a,1:3'/></feed>",
        );
        let reported: Vec<(&str, bool, Option<&str>)> =
            feed.deleted.iter().map(|it| (it.id.as_str(), it.at.is_some(), it.comment.as_deref())).collect();
        assert_eq!(reported, [("tag:a,1:1", true, Some("a slip")), ("tag:a,1:3", false, None)]);
        assert_eq!(feed.items.len(), 1);
        assert_eq!(feed.items[0].title, Some(Text::Plain("2".to_owned())));
    }

    #[test]
    fn a_document_is_whole_if_its_root_element_is_closed() {
        let check = |body: &str, wanted: bool| {
            let (feed, _) = feed(body);
            assert_eq!(feed.is_whole, wanted, "{body}");
        };
        let rss = "<rss version='2.0'><channel><title>t</title><item><title>a</title><link>/a</link></item>";
        check(&format!("{rss}</channel></rss>"), true);
        check(&format!("{rss}</channel></RSS >\n<!-- cached -->"), true);
        check(&format!("{rss}</channel></rss><script>count()</script>"), true);
        // Defects inside the document do not make it incomplete.
        check("<rss><channel><item><title>a</item></channel></rss>", true);
        check("<rss><channel><item><title><![CDATA[a</title></item></channel></rss>", true);
        check("<rss><channel><item><title>a & b</title></item></channel></rss>", true);
        check(&format!("{rss}</channel>"), false);
        check(&format!("{rss}</channel></rs"), false);
        check(rss, false);
        check("<rss><channel><item><title>a</title><link>/a</link><description>some &lt;/rss>", false);
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><id>f</id><title>t</title>";
        let entry = "<entry><id>e</id><title>a</title><content>text</content></entry>";
        check(&format!("{atom}{entry}</feed>"), true);
        check("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:id>f</a:id></a:feed>", true);
        check(entry, true);
        check(&format!("{atom}{entry}"), false);
        check(&format!("{atom}<entry><id>e</id><title>a</title><content>te"), false);
        // The channel of RSS 1.0 ends before its items.
        let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>
                   <channel><title>t</title></channel><item><title>a</title><link>/a</link></item>";
        check(&format!("{rdf}</rdf:RDF>"), true);
        check(rdf, false);
        let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": \"1\"}, {\"id\": \"2\"";
        check(&format!("{json}}}]}}"), true);
        check(&format!("{json}}},],}}"), true);
        check(json, false);
    }

    #[test]
    fn ids_are_read_as_they_are_written() {
        let check = |written: &str, wanted: Option<&str>| {
            let (feed, _) =
                feed(&format!("<rss><channel><title>t</title><item>{written}<title>a</title></item></channel></rss>"));
            assert_eq!(feed.items[0].declared_id.as_deref(), wanted, "{written}");
        };
        check("<guid>tag:a.example,2026:1</guid>", Some("tag:a.example,2026:1"));
        check("<guid>7:x</guid>", Some("7:x"));
        check("<guid>:</guid>", Some(":"));
        check("<guid> </guid>", None);
        check("", None);
    }

    #[test]
    fn a_lost_entry_does_not_shift_the_asides_of_the_others() {
        let item = |language: &str| format!("<item xml:lang='{language}'><title>in {language}</title></item>");
        let body = format!("<rss><channel><title>t</title>{}{}{}</channel></rss>", item("de"), item("fr"), item("it"));
        let (url, mut problems) = ("https://a.example/feed.xml", Vec::new());
        let mut canonical = canon::canonicalise(&body, url, 3, 0, &mut problems).expect("it is a feed");
        let begins: Vec<usize> = canonical.text.match_indices("<entry>").map(|(at, _)| at).collect();
        canonical.text.replace_range(begins[1]..begins[2], "");
        let feed = parse(canonical, url, &mut problems).expect("the rest can be read");
        let languages: Vec<Option<&str>> = feed.items.iter().map(|item| item.language.as_deref()).collect();
        assert_eq!(languages, [Some("de"), Some("it")]);
        assert!(problems.iter().any(|problem| problem.as_str().starts_with("1 of 3 items")), "{problems:?}");
    }

    #[test]
    fn old_rss_is_read() {
        let check = |body: &str, format: FeedFormat| {
            let (feed, _) = feed(body);
            assert_eq!((feed.format, feed.items.len()), (format, 1), "{body}");
        };
        let channel = "<channel><title>t</title><item><title>a</title><link>/a</link></item></channel>";
        check(&format!("<rss version='0.91'>{channel}</rss>"), FeedFormat::Rss0);
        check(&format!("<rss version='0.93'>{channel}</rss>"), FeedFormat::Rss0);
        check(&format!("<rss>{channel}</rss>"), FeedFormat::Rss2);
        let rdf = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'";
        for namespace in ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"] {
            let items = "<channel><title>t</title></channel><item><title>a</title><link>/a</link></item>";
            check(&format!("<rdf:RDF {rdf} xmlns='{namespace}'>{items}</rdf:RDF>"), FeedFormat::Rss1);
        }
    }

    #[test]
    fn the_error_names_the_kind_of_a_document_that_is_not_a_feed() {
        let check = |body: &str, wanted: &str| {
            let document =
                Document { body: body.as_bytes(), content_type: None, url: "https://a.example/", max_entries: 1 };
            let error = read(&document).expect_err("it is not a feed").to_string();
            assert!(error.starts_with(wanted), "{body:?}: {error}");
        };
        check(" \n", "the document is empty");
        check("<!doctype html><title>x</title>", "the document is an HTML page, not a feed");
        check("hello", "the document is neither XML nor JSON, not a feed");
        check("<opml version='2.0'/>", "the document is XML in another format (<opml>), not a feed");
        check("<rss version='2.0'><channel>", "the feed is malformed: ");
    }
}
