//! Tests of the room as a whole: documents are read and cleaned, and the entries have the promised properties.

use crate::read;
use crate::stories::{Piece, Told};
use crate::text::digest::hex;

use super::*;

/// 2026-11-24T00:00:00Z.
const NOW: i64 = 1_795_478_400;

fn cleaned(body: &str) -> (CleanFeed, Vec<Problem>) {
    let url = "https://a.example/feed.xml";
    let document = read::Document { body: body.as_bytes(), content_type: None, url, max_entries: 100 };
    let (parsed, _) = read::read(&document).expect("it is a feed");
    clean(parsed, &Context { base: url, now: Timestamp::from_unix(NOW), identity: Identity::Auto })
}

fn rss(items: &str) -> String {
    format!(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>T</title>\
         <link>https://a.example/</link><description>d</description>{items}</channel></rss>"
    )
}

fn atom(entry: &str) -> String {
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><id>tag:a.example,2026:f</id><title>T</title>\
         <updated>2026-11-20T12:00:00Z</updated><entry><id>g</id><title>One</title><link href='/1'/>{entry}</entry></feed>"
    )
}

#[test]
fn digests_of_texts_are_the_same_as_in_existing_databases() {
    // If one of these digests changed, every stored entry would count as revised, or be compared by the wrong words.
    let items = r#"<item><guid isPermaLink="false">tag:a.example,2026:1</guid><link>https://a.example/1?utm_source=x&amp;id=%7e1</link><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><title>The old bridge &amp;amp; the quay</title><description>In short: AT&amp;amp;T</description><content:encoded><![CDATA[<p>The <b>old</b> b<i>ri</i>dge is closed since Monday&nbsp;morning &mdash; nobody knows for how long.</p><ul><li>one</li><li>two</li></ul><script>x</script><svg><text>y</text></svg><p>Ask at the quay<br>or <a href="/ask?a=1&amp;b=2">write to us</a>, between 9 and 12 in the morning.</p>]]></content:encoded></item>
<item><guid isPermaLink="false">two</guid><pubDate>Fri, 20 Nov 2026 11:00:00 GMT</pubDate><title>A summary alone</title><description>&lt;p&gt;Only a summary of the &lt;code&gt;Vec&amp;lt;u8&amp;gt;&lt;/code&gt; type, 古い橋は月曜日から閉鎖 &lt;b&gt;W&lt;/b&gt;ord&lt;/p&gt;</description></item>"#;
    let (feed, _) = cleaned(&rss(items));
    let check = |at: usize, record: &str, text: &str, piece: u64| {
        let entry = &feed.entries[at];
        assert_eq!((hex(&entry.record_hash).as_str(), hex(&entry.text_hash).as_str()), (record, text), "{entry:?}");
        let at = entry.published.expect("it has a date");
        let bytes = Piece::of(&Told::of(entry, at)).to_bytes();
        let step = |digest: u64, byte: &u8| (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        assert_eq!(bytes.iter().fold(0xcbf2_9ce4_8422_2325, step), piece, "{entry:?}");
    };
    check(0, "dec4407c247e9d32c903986f060cc1fc", "6029bb60241567ac99a251d3fbd3370c", 0xe52e_f390_98b8_7ad2);
    check(1, "6e952c94f6ff136ffe872ab4791a02ed", "4ba436ef78c721899ad895eb88c78688", 0xde8f_effb_6cf6_edfa);
}

#[test]
fn the_same_article_in_any_wrapping_has_the_same_text() {
    let html = "<p>A “word” &amp; <b>more</b>,<br>1 &lt; 2.</p><p><a href=\"/x?a=1&amp;b=2\">link</a></p>";
    let xhtml = html.replace("<br>", "<br/>");
    let escaped = xml::escape(html);
    let twice = xml::escape(&escaped);
    let item = |body: &str| rss(&format!("<item><title>One</title><guid>g</guid><link>/1</link>{body}</item>"));
    let json = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [
        {"id": "g", "title": "One", "url": "/1", "content_html": html}]});
    let wrappings = [
        item(&format!("<content:encoded><![CDATA[{html}]]></content:encoded>")),
        item(&format!("<content:encoded>{escaped}</content:encoded>")),
        item(&format!("<content:encoded>{twice}</content:encoded>")),
        item(&format!("<description>{escaped}</description>")),
        item(&format!("<description><![CDATA[{escaped}]]></description>")),
        atom(&format!("<content type='html'>{escaped}</content>")),
        atom(&format!("<content type='html'>{twice}</content>")),
        atom(&format!("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{xhtml}</div></content>")),
        json.to_string(),
    ];
    let entries: Vec<CleanEntry> = wrappings.iter().map(|body| cleaned(body).0.entries.remove(0)).collect();
    for (entry, body) in entries.iter().zip(&wrappings) {
        assert_eq!(entry.content, entries[0].content, "{body}");
        assert_eq!(entry.text_hash, entries[0].text_hash, "{body}");
        assert_eq!(entry.record_hash, entries[0].record_hash, "{body}");
        assert_eq!(entry.keys[0].text, "id:g", "{body}");
    }
    assert!(entries[0].content.contains("https://a.example/x?a=1&amp;b=2"), "{}", entries[0].content);
}

#[test]
fn implausible_dates_are_left_out() {
    let check = |dates: &str, published: Option<&str>, updated: Option<&str>, problems_wanted: usize| {
        let (feed, problems) = cleaned(&atom(dates));
        let entry = &feed.entries[0];
        assert_eq!(entry.published.map(Timestamp::to_rfc3339).as_deref(), published, "{dates}");
        assert_eq!(entry.updated.map(Timestamp::to_rfc3339).as_deref(), updated, "{dates}");
        assert_eq!(problems.len(), problems_wanted, "{dates}: {problems:?}");
    };
    let good = Some("2026-11-20T12:00:00Z");
    check("<updated>2026-11-20T12:00:00Z</updated>", good, good, 0);
    check("<published>2026-11-20T12:00:00Z</published>", good, None, 0);
    check("<published>2099-11-20T12:00:00Z</published><updated>2026-11-20T12:00:00Z</updated>", good, good, 1);
    check("<updated>1970-01-01T00:00:00Z</updated>", None, None, 1);
}

#[test]
fn titles_are_plain_and_never_empty() {
    let check = |item: &str, wanted: &str| {
        assert_eq!(cleaned(&rss(&format!("<item>{item}</item>"))).0.entries[0].title, wanted, "{item}");
    };
    check("<title>A &amp;amp; B</title>", "A & B");
    check("<title>A &lt;b&gt;C&lt;/b&gt;\n D</title>", "A C D");
    check("<title>1 &lt; 2</title>", "1 < 2");
    check("<title>5 m&lt;sup>2&lt;/sup> for 2&lt;sup>8&lt;/sup></title>", "5 m² for 2⁸");
    check("<title> </title><description>&lt;p&gt;words&lt;/p&gt;</description>", "words");
    check("<link>/1</link>", "https://a.example/1");
    check("<guid>1</guid>", "Untitled");
}

#[test]
fn only_web_addresses_are_kept() {
    let (feed, problems) = cleaned(&rss("<item><guid>1</guid><title>a</title><link>javascript:alert(1)</link>
         <enclosure url='ftp://a.example/x' type='audio/mpeg'/><enclosure url='/x.mp3' type='AUDIO/mpeg; x=y'/>
         <description>&lt;a href='javascript:x'>a&lt;/a>&lt;img src='i.png'></description></item>"));
    let entry = &feed.entries[0];
    assert_eq!(entry.link, None);
    let enclosures: Vec<&str> = entry.details.enclosures.iter().map(|enclosure| enclosure.url.as_str()).collect();
    assert_eq!(enclosures, ["https://a.example/x.mp3"]);
    assert_eq!(entry.details.enclosures[0].media_type.as_deref(), Some("audio/mpeg"));
    assert_eq!(entry.content, "a<img src=\"https://a.example/i.png\">");
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn characters_that_xml_forbids_are_removed() {
    let (feed, _) = cleaned(
        r#"{"version":"https://jsonfeed.org/version/1","title":"T\u0000\u0008","items":[{"id":"a\u0001","title":"b\u000b",
            "content_html":"<p>c\u0002&#3;\ufffe</p>","summary":"d\u001b","tags":["e\uffff"]}]}"#,
    );
    let entry = &feed.entries[0];
    assert_eq!(feed.meta.title.as_deref(), Some("T"));
    assert_eq!((entry.keys[0].text.as_str(), entry.title.as_str(), entry.summary.as_str()), ("id:a", "b", "d"));
    assert_eq!(entry.content, "<p>c</p>");
    assert_eq!(entry.details.categories[0].term, "e");
}

#[test]
fn the_direction_of_a_text_is_kept() {
    let check = |content: &str, wanted: &str| {
        let div = "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'";
        assert_eq!(
            cleaned(&atom(&format!("{div}{content}</div></content>"))).0.entries[0].content,
            wanted,
            "{content}"
        );
    };
    check(" dir='rtl'><p>a</p>", "<div dir=\"rtl\"><p>a</p></div>");
    check(" dir='ltr'><p dir='rtl'>a</p>", "<p dir=\"rtl\">a</p>");
}

#[test]
fn an_entry_links_to_the_page_that_plays_its_media() {
    let entry_of = |parts: &str| {
        let media = "xmlns:media='http://search.yahoo.com/mrss/'";
        let item = format!("<item {media}><title>A &amp;lt;b> film</title><guid>g</guid>{parts}</item>");
        cleaned(&rss(&item)).0.entries.remove(0)
    };
    let check = |parts: &str, link: Option<&str>, content: &str, related: &[&str]| {
        let entry = entry_of(parts);
        let links: Vec<&str> = entry.details.links.iter().map(|link| link.href.as_str()).collect();
        assert_eq!(
            (entry.link.as_deref(), entry.content.as_str(), links.as_slice()),
            (link, content, related),
            "{parts}"
        );
    };
    let (player, page) = ("https://v.example/embed/1?a=1&b=2", "https://a.example/1");
    let media = "<media:player url='https://v.example/embed/1?a=1&amp;b=2' width='400'/>";
    let linked = "<p><a href=\"https://v.example/embed/1?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow ugc\">\
                  A &lt;b&gt; film</a></p>";
    check(media, Some(player), "", &[]);
    check(
        &format!("<media:group><media:content medium='video'>{media}</media:content></media:group>"),
        Some(player),
        "",
        &[],
    );
    check(&format!("{media}<description>text</description>"), Some(player), "text", &[]);
    check(&format!("<link>/1</link>{media}"), Some(page), linked, &[]);
    check(&format!("<link>/1</link>{media}<description>text</description>"), Some(page), "text", &[player]);
    check("<link>/1</link><media:player url='/1'/>", Some(page), "", &[]);
    check("<link>/1</link><media:player url='https://v.example/p.swf?id=1'/>", Some(page), "", &[]);
    check("<media:player url='javascript:x'/>", None, "", &[]);
    let film = "<media:content url='/1.mp4' type='video/mp4'/>";
    check(&format!("<link>/1</link>{media}{film}"), Some(page), "", &[]);
    let frame = "<description>&lt;iframe src='https://v.example/embed/1?a=1&amp;amp;b=2'>&lt;/iframe></description>";
    assert!(entry_of(&format!("<link>/1</link>{media}{frame}")).details.links.is_empty());
}

#[test]
fn blank_lines_at_the_beginning_of_code_do_not_depend_on_the_line_ends() {
    let content = |html: &str| {
        let item = serde_json::json!({"id": "g", "content_html": html});
        let feed = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]});
        cleaned(&feed.to_string()).0.entries.remove(0).content
    };
    for html in [
        "<pre>&#13;a</pre>",
        "<pre>\n&#13;a</pre>",
        "<pre>&#13;&#10;a</pre>",
        "<pre>\r\n\r\na</pre>",
        "<pre>\n\na</pre>",
    ] {
        let written = content(html);
        assert_eq!(written, "<pre>\n\na</pre>", "{html:?}");
        assert_eq!(content(&written), written, "{html:?}");
    }
}

#[test]
fn hidden_passages_are_reported() {
    let item =
        "<item><guid>1</guid><title>a</title><description>&lt;p hidden>b&lt;/p>&lt;p>c&lt;/p></description></item>";
    let (feed, problems) = cleaned(&rss(item));
    assert_eq!(feed.entries[0].content, "<p>c</p>");
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn lists_are_bounded() {
    let many: String = (0..1_000).map(|n| format!("<category>c{n}</category><author>n{n}</author>")).collect();
    let (feed, problems) = cleaned(&rss(&format!("<item><title>a</title>{many}</item>")));
    assert_eq!(feed.entries[0].details.categories.len(), CATEGORIES_MAX);
    assert_eq!(feed.entries[0].details.authors.len(), AUTHORS_MAX);
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn people_are_listed_once_and_not_by_their_mail_address() {
    let check = |people: &str, wanted: &[&str]| {
        let (feed, _) = cleaned(&rss(&format!("<item><title>a</title>{people}</item>")));
        let names: Vec<&str> = feed.entries[0].details.authors.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, wanted, "{people}");
    };
    check("<author>jane@a.example</author>", &["jane"]);
    check("<author>noreply@a.example</author>", &[]);
    check("<author>jane@a.example (Jane Doe)</author>", &["Jane Doe"]);
    check("<author>Jane Doe</author><author>jane doe</author>", &["Jane Doe"]);
    check("<author>jane@a.example</author><author>jane@a.example (Jane Doe)</author>", &["Jane Doe"]);
    check("<author>desk@a.example (Jane)</author><author>desk@a.example (Joe)</author>", &["Jane", "Joe"]);
}

#[test]
fn descriptions_of_media_are_kept() {
    let (feed, _) = cleaned(
        "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/' xmlns:podcast='https://podcastindex.org/namespace/1.0'
         xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><title>T</title><link>https://a.example/</link>
         <item><guid>1</guid><description>&lt;p>Lunch&lt;/p></description>
         <media:content url='/a.png' type='image/png' medium='image'><media:rating scheme='urn:simple'>adult</media:rating>
          <media:description type='plain'>A plate of pasta</media:description></media:content>
         <media:content url='/b.png' medium='image'/></item>
         <item><guid>2</guid><title>Ep</title><enclosure url='/2.mp3' length='62,447,386'/><itunes:explicit>yes</itunes:explicit>
          <podcast:transcript url='/2.vtt' type='text/vtt'/><podcast:chapters url='/2.json' type='application/json+chapters'/>
          <podcast:person role='guest'>Jane</podcast:person></item></channel></rss>",
    );
    let [lunch, episode] = feed.entries.as_slice() else { panic!("two entries: {feed:?}") };
    let media = lunch.details.media.as_ref().expect("it has some");
    let said: Vec<(&str, Option<&str>, Option<&str>)> =
        media.contents.iter().map(|it| (it.url.as_str(), it.description.as_deref(), it.rating.as_deref())).collect();
    assert_eq!(
        said,
        [("https://a.example/a.png", Some("A plate of pasta"), Some("adult")), ("https://a.example/b.png", None, None)]
    );
    assert_eq!((lunch.content.as_str(), lunch.details.enclosures.len()), ("<p>Lunch</p>", 1));
    let enclosure = &episode.details.enclosures[0];
    assert_eq!((enclosure.media_type.as_deref(), enclosure.length), (Some("audio/mpeg"), Some(62_447_386)));
    let media = episode.details.media.as_ref().expect("it has some");
    assert_eq!(media.explicit, Some(true));
    assert_eq!(media.transcripts[0].url, "https://a.example/2.vtt");
    assert!(media.chapters.is_some());
    assert_eq!((media.people[0].name.as_str(), media.people[0].role.as_deref()), ("Jane", Some("guest")));
}

/// A podcast of one episode.
fn podcast(channel: &str, item: &str) -> String {
    format!(
        "<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' \
         xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:psc='http://podlove.org/simple-chapters'><channel>\
         <link>https://a.example/</link>{channel}<item><guid>1</guid><title>One</title>\
         <enclosure url='/1.mp3' type='audio/mpeg'/>{item}</item></channel></rss>"
    )
}

#[test]
fn what_a_show_says_of_itself_is_kept() {
    let (feed, problems) = cleaned(&podcast(
        "<itunes:title>The quay</itunes:title><itunes:summary>Of harbours</itunes:summary>
         <itunes:subtitle>In short</itunes:subtitle><itunes:author>Ann &amp;amp; Ben</itunes:author>
         <itunes:owner><itunes:name>Ann</itunes:name><itunes:email>ann@a.example</itunes:email></itunes:owner>
         <image><url>/small.png</url></image><itunes:image href='/art.jpg'/><itunes:explicit>no</itunes:explicit>
         <itunes:category text='Society &amp;amp; Culture'><itunes:category text='Documentary'/>
          <itunes:category text='Places'/></itunes:category><itunes:category text='Arts'/><itunes:type>Serial</itunes:type>",
        "",
    ));
    assert!(problems.is_empty(), "{problems:?}");
    let meta = &feed.meta;
    assert_eq!((meta.title.as_deref(), meta.subtitle.as_deref()), (Some("The quay"), Some("Of harbours")));
    assert_eq!(meta.logo.as_deref(), Some("https://a.example/small.png"));
    let show = meta.show.as_ref().expect("it is a podcast");
    assert_eq!(show.image.as_deref(), Some("https://a.example/art.jpg"));
    assert_eq!((show.author.as_deref(), show.subtitle.as_deref()), (Some("Ann & Ben"), Some("In short")));
    let owner = show.owner.as_ref().map(|owner| (owner.name.as_str(), owner.email.as_deref()));
    assert_eq!(owner, Some(("Ann", Some("ann@a.example"))));
    assert_eq!(show.categories, ["Society & Culture > Documentary", "Society & Culture > Places", "Arts"]);
    assert_eq!((show.explicit, show.kind.as_deref()), (Some(false), Some("serial")));
    // Blogs that state an author in the elements of iTunes do not count as podcasts, and are stored as before.
    let (feed, _) = cleaned(&podcast("<title>T</title><itunes:author>Ann</itunes:author>", ""));
    assert_eq!(feed.meta.show, None);
    assert!(!serde_json::to_string(&feed.meta).expect("it can be written").contains("show"));
}

#[test]
fn chapters_are_kept_and_belong_to_the_digest() {
    let episode = |item: &str| cleaned(&podcast("<title>T</title>", item)).0.entries.remove(0);
    let chapters =
        "<psc:chapters version='1.2'><psc:chapter start='00:01:02.5' title='Two &amp;amp; a half' href='/two'/>
        <psc:chapter start='0' title='One' image='javascript:alert(1)'/><psc:chapter start='soon' title='x'/>
        <psc:chapter start='00:03:00'/></psc:chapters>";
    let entry = episode(chapters);
    let list = &entry.details.media.as_ref().expect("it has some").chapter_list;
    let said: Vec<(u64, &str, Option<&str>)> =
        list.iter().map(|it| (it.start, it.title.as_str(), it.href.as_deref())).collect();
    assert_eq!(said, [(0, "One", None), (62_500, "Two & a half", Some("https://a.example/two"))]);
    assert_eq!(list[0].image, None);
    assert_ne!(entry.record_hash, episode("").record_hash);
    assert_eq!(entry.text_hash, episode("").text_hash, "chapters do not make an episode revised");
    let many = "<psc:chapter start='1' title='x'/>".repeat(10_000);
    let many = episode(&format!("<psc:chapters>{many}</psc:chapters>"));
    assert_eq!(many.details.media.map(|media| media.chapter_list.len()), Some(256));
}

#[test]
fn the_texts_of_an_episode_are_chosen_by_what_they_say() {
    let check = |texts: &str, content: &str, summary: &str| {
        let entry = cleaned(&podcast("<title>T</title>", texts)).0.entries.remove(0);
        assert_eq!((entry.content.as_str(), entry.summary.as_str()), (content, summary), "{texts}");
    };
    let encoded = "<content:encoded>&lt;p&gt;About the quay.&lt;/p&gt;</content:encoded>";
    let about = "<p>About the quay.</p>";
    check(&format!("{encoded}<itunes:summary>In short</itunes:summary>"), about, "In short");
    check(&format!("{encoded}<itunes:subtitle>In a word</itunes:subtitle>"), about, "In a word");
    check(
        &format!("{encoded}<itunes:summary>In short</itunes:summary><itunes:subtitle>In a word</itunes:subtitle>"),
        about,
        "In short",
    );
    check(
        &format!("{encoded}<description>Described</description><itunes:summary>x</itunes:summary>"),
        about,
        "Described",
    );
    check(
        &format!(
            "{encoded}<description>&lt;ul&gt;&lt;li&gt;The first topic&lt;/li&gt;&lt;li&gt;and the second&lt;/li&gt;&lt;/ul&gt;</description>"
        ),
        "<ul><li>The first topic</li><li>and the second</li></ul>",
        "About the quay.",
    );
    check("<itunes:summary>In short</itunes:summary>", "In short", "");
}

#[test]
fn text_is_distinguished_from_html_by_its_content() {
    let check = |body: &str, content: &str, summary: &str, told: usize| {
        let (feed, problems) = cleaned(body);
        let entry = &feed.entries[0];
        assert_eq!((entry.content.as_str(), entry.summary.as_str()), (content, summary), "{body}");
        assert_eq!(problems.len(), told, "{body}: {problems:?}");
    };
    let item = |texts: &str| rss(&format!("<item><title>a</title><link>/1</link>{texts}</item>"));
    check(&item("<description>Today:\n- one\n\ntwo</description>"), "<p>Today:<br>- one</p><p>two</p>", "", 1);
    check(
        &item("<description>Map&lt;Key&gt; of &lt;map.h&gt;</description>"),
        "<p>Map&lt;Key&gt; of &lt;map.h&gt;</p>",
        "",
        1,
    );
    check(&item("<description>one &amp;lt; two</description>"), "one &lt; two", "", 0);
    check(&item("<description>one\n&lt;br&gt;\ntwo</description>"), "one\n<br>\ntwo", "", 0);
    check(&item("<description>&lt;![CDATA[&lt;p&gt;a&lt;/p&gt;]]&gt;</description>"), "<p>a</p>", "", 0);
    check(
        &item("<description>Map&lt;Key&gt;\nb</description><content:encoded>&lt;p&gt;c&lt;/p&gt;</content:encoded>"),
        "<p>c</p>",
        "Map<Key> b",
        0,
    );
    check(&atom("<summary>one\n\ntwo</summary>"), "<p>one</p><p>two</p>", "", 0);
    check(&atom("<summary>one two</summary>"), "", "one two", 0);
    check(&atom("<summary>one\ntwo</summary><content>three</content>"), "<p>three</p>", "one two", 0);
    check(&atom("<content type='html'>Map&lt;Key&gt;\nb</content>"), "Map\nb", "", 0);
    check(&atom("<content type='text'>&lt;p&gt;a&lt;/p&gt;</content>"), "<p>&lt;p&gt;a&lt;/p&gt;</p>", "", 0);
    check(&atom("<content>&lt;p&gt;a&lt;/p&gt;</content>"), "<p>a</p>", "", 0);
}

#[test]
fn relative_addresses_are_resolved_against_the_right_base() {
    let (feed, _) = cleaned(
        "<rss version='2.0' xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'><channel><title>T</title>
         <link>https://site.example/blog/</link><item><title>a</title><link>/1</link><description>&lt;img src='i.png'></description>
         <enclosure url='magnet:?xt=urn:btih:01&amp;amp;dn=a' type='application/x-bittorrent'/></item>
         <item><title>b</title><link>magnet:?xt=urn:btih:02</link><description>&lt;img src='i.png'></description></item>
         <item><title>c</title><link>https://counter.example/c</link><description>&lt;img src='i.png'></description>
         <feedburner:origLink>https://c.example/c/</feedburner:origLink></item></channel></rss>",
    );
    let (a, b, c) = (&feed.entries[0], &feed.entries[1], &feed.entries[2]);
    assert_eq!(a.link.as_deref(), Some("https://site.example/1"));
    assert_eq!(a.content, "<img src=\"https://site.example/i.png\">");
    assert_eq!(a.details.enclosures[0].url, "magnet:?xt=urn:btih:01&dn=a");
    assert_eq!(b.link.as_deref(), Some("magnet:?xt=urn:btih:02"));
    assert_eq!(b.content, "<img src=\"https://site.example/blog/i.png\">");
    assert_eq!(c.link.as_deref(), Some("https://counter.example/c"));
    assert_eq!(c.content, "<img src=\"https://c.example/c/i.png\">");
}
