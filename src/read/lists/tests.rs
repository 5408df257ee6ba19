//! Tests of lists of sources: the shapes in which readers export them, broken lists, and hostile ones.

use std::time::Duration;

use super::*;
use crate::clock;

/// Longest time for a list of 100,000 outlines, without optimisation and on a busy machine.
const READ_WITHIN: Duration = Duration::from_secs(60);

/// The sources of a list, one per line: line, address, title (`=` before the user's own), tags.
fn told(list: &SourceList) -> Vec<String> {
    let source = |listed: &Listed| {
        let own = if listed.is_renamed { "=" } else { "" };
        let title = listed.title.as_deref().unwrap_or("-");
        format!("{} {} {own}{title} [{}]", listed.line, listed.address, listed.tags.join(","))
    };
    list.sources.iter().map(source).collect()
}

#[track_caller]
fn check(file: impl AsRef<[u8]>, sources: &[&str], left_out: &[usize]) -> SourceList {
    let list = source_list(file.as_ref()).expect("it is a list");
    assert_eq!(told(&list), sources);
    let lines: Vec<usize> = list.left_out.iter().map(|left| left.line).collect();
    assert_eq!(lines, left_out, "{:?}", list.left_out);
    list
}

/// A document with these outlines from line 3 on.
fn opml(outlines: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\"><head><title>Mine</title></head><body>\n{outlines}\n</body></opml>\n"
    )
}

#[test]
fn miniflux_and_feedly_write_folders_and_titles() {
    let outlines = "<outline text=\"Rivers &amp; Bridges\" title=\"Rivers &amp; Bridges\">\n\
        <outline title=\"Ferry Log\" text=\"Ferry Log\" type=\"rss\" xmlUrl=\"https://ferry.example/feed?a=1&amp;b=2\" \
        htmlUrl=\"https://ferry.example/\" description=\"\"></outline>\n</outline>\n\
        <outline text=\"Alone\" title=\"Alone\" type=\"rss\" xmlUrl=\"https://alone.example/atom\"/>";
    let wanted =
        ["4 https://ferry.example/feed?a=1&b=2 Ferry Log [Rivers & Bridges]", "6 https://alone.example/atom Alone []"];
    check(opml(outlines), &wanted, &[]);
}

#[test]
fn inoreader_lists_a_source_in_each_of_its_folders() {
    let source =
        "<outline text=\"Tidal Notes\" title=\"Tidal Notes\" type=\"rss\" xmlUrl=\"http://tidal.example/rss\"/>";
    let outlines =
        format!("<outline text=\"Sea\">\n{source}\n</outline>\n<outline text=\"Daily\">\n{source}\n</outline>");
    let wanted = ["4 http://tidal.example/rss Tidal Notes [Sea]", "7 http://tidal.example/rss Tidal Notes [Daily]"];
    check(opml(&outlines), &wanted, &[]);
}

#[test]
fn freshrss_also_lists_what_it_scrapes() {
    let outlines = "<outline text=\"News\" frss:opmlUrl=\"https://x.example/list.opml\">\n\
        <outline text=\"Mill Street\" type=\"rss\" xmlUrl=\"https://mill.example/rss\" frss:priority=\"important\"/>\n\
        <outline text=\"Scraped\" type=\"HTML+XPath\" xmlUrl=\"https://page.example/\" frss:xPathItem=\"//article\"/>\n\
        <outline text=\"Numbers\" type=\"JSON+DotNotation\" xmlUrl=\"https://page.example/api\"/>\n\
        </outline>";
    check(opml(outlines), &["4 https://mill.example/rss Mill Street [News]"], &[5, 6]);
}

#[test]
fn thunderbird_nests_folders_and_writes_options() {
    let outlines = "<outline title=\"Work\">\n<outline title=\"Tools\">\n\
        <outline type=\"rss\" title=\"Anvil\" text=\"Anvil\" version=\"RSS\" fz:quickMode=\"false\" \
        fz:options='{\"version\":2,\"category\":{\"enabled\":false}}' xmlUrl=\"https://anvil.example/x\"/>\n\
        </outline>\n<outline title=\"Plain\" type=\"rss\" xmlUrl=\"https://plain.example/x\"/>\n</outline>";
    let wanted = ["5 https://anvil.example/x Anvil [Work,Tools]", "7 https://plain.example/x Plain [Work]"];
    check(opml(outlines), &wanted, &[]);
}

#[test]
fn newsboat_exports_opml_and_keeps_urls() {
    let outlines = "<outline type=\"rss\" xmlUrl=\"https://a.example/f\" htmlUrl=\"https://a.example/\" title=\"A\" />";
    check(opml(outlines), &["3 https://a.example/f A []"], &[]);
    let urls = "# mine\n\nhttps://a.example/f news \"two words\" ~Short\n\
                https://b.example/f \"~A \\\"quoted\\\" title\" ! # a comment\n\
                \"exec:~/bin/make-feed.sh\" x\nfilter:~/bin/clean:https://c.example/f\n\
                \"query:Unread:unread = \\\"yes\\\"\"\nhttps://`cat host`/f\n  feed://d.example/f !hidden\n";
    let wanted = [
        "3 https://a.example/f =Short [news,two words]",
        "4 https://b.example/f =A \"quoted\" title []",
        "9 feed://d.example/f - []",
    ];
    check(urls, &wanted, &[5, 6, 7, 8]);
    check("https://a.example/f\r\na.example/g\r\n", &["1 https://a.example/f - []", "2 a.example/g - []"], &[]);
}

#[test]
fn opml_1_and_odd_cases_are_read() {
    let outlines = "<OUTLINE TEXT='One' TYPE='rss' XMLURL='https://one.example/f'/>\n\
        <outline text='Two' type='rss' url='https://two.example/f'/>\n\
        <outline text='A link' type='link' url='https://three.example/'/>\n\
        <outline text='More' type='include' url='https://four.example/list.opml'/>\n\
        <outline text='No address' type='rss'/>\n<outline text='A note'/>\n<!-- <outline xmlUrl='https://x.example/'/> -->";
    let wanted = ["3 https://one.example/f One []", "4 https://two.example/f Two []"];
    check(opml(outlines), &wanted, &[5, 6, 7]);
}

#[test]
fn titles_of_the_user_and_categories_are_told_apart() {
    let outlines = "<outline text='My name' title='Theirs' xmlUrl='https://a.example/f' category='/Tech/Linux, news,'/>\n\
        <outline text='AT&amp;amp;T &amp;lt;b>' xmlUrl='https://b.example/f'/>";
    let wanted = ["3 https://a.example/f =My name [Tech,Linux,news]", "4 https://b.example/f AT&T <b> []"];
    check(opml(outlines), &wanted, &[]);
    let gpodder = "<opml version='2.0'><head><title>gPodder subscriptions</title></head><body>\
        <outline title='Show' text='A show about rivers' xmlUrl='https://a.example/f'/></body></opml>";
    check(gpodder, &["1 https://a.example/f Show []"], &[]);
}

#[test]
fn broken_lists_are_read_as_far_as_they_make_sense() {
    let feed = |name: &str| format!("<outline text='{name}' xmlUrl='https://{name}.example/?a=1&b=2'");
    let (a, b, c) = (feed("a"), feed("b"), feed("c"));
    let line =
        |number: usize, name: &str, tags: &str| format!("{number} https://{name}.example/?a=1&b=2 {name} [{tags}]");
    // Outlines with an address that are never closed do not hold the outlines behind them.
    let unclosed = format!("<outline text='F'>\n{a}>\n{b}>\n</outline>\n{c}>");
    let list = source_list(opml(&unclosed).as_bytes()).expect("it is a list");
    assert_eq!(told(&list), [line(4, "a", "F"), line(5, "b", "F"), line(7, "c", "")]);
    // The file was cut off.
    let cut = opml(&format!("<outline text='F'>\n{a}/>\n{b}/"));
    let list = source_list(cut.as_bytes()).expect("it is a list");
    assert_eq!(told(&list), [line(4, "a", "F"), line(5, "b", "F")]);
    // The list has no frame at all, and other text in front of it.
    let list = source_list(format!("export:\n{a}/>").as_bytes()).expect("it is a list");
    assert_eq!(told(&list), [line(2, "a", "")]);
}

#[test]
fn lists_are_read_in_any_encoding() {
    let text = opml("<outline text='Café très français' title='Café très français' xmlUrl='https://a.example/f'/>");
    let wanted = ["3 https://a.example/f Café très français []"];
    check(&text, &wanted, &[]);
    check([b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(), &wanted, &[]);
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    // The declaration says UTF-8, which the bytes refute.
    assert!(!check(&latin, &wanted, &[]).problems.is_empty());
    let labelled = text.replace("UTF-8", "ISO-8859-1");
    let latin: Vec<u8> = labelled.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    check(&latin, &wanted, &[]);
    let utf_16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&utf_16, &wanted, &[]);
    check("\u{feff}https://a.example/f grün\n", &["1 https://a.example/f - [grün]"], &[]);
}

#[test]
fn other_files_are_refused() {
    let check =
        |file: &str, wanted: ListError| assert_eq!(source_list(file.as_bytes()).err(), Some(wanted), "{file:?}");
    check("", ListError::Empty);
    check("\u{feff} \n", ListError::Empty);
    check("<!doctype html><html><body>Sign in</body></html>", ListError::HtmlPage);
    check("<rss version='2.0'><channel/></rss>", ListError::NotOpml);
    check("{\"version\": 1}", ListError::NotAList);
    check("dear all\nhere is my list\n", ListError::NotAList);
}

#[test]
fn a_list_that_is_followed_must_be_whole() {
    let check = |document: &str, wanted: Result<usize, UnfitList>| {
        let found = reading_list(document.as_bytes()).map(|list| list.sources.len());
        assert_eq!(found, wanted, "{:?}", &document[..document.floor_char_boundary(200)]);
    };
    let one = "<outline text='A' xmlUrl='https://a.example/f'/>";
    let whole = opml(one);
    check(&whole, Ok(1));
    check(&whole.replace("opml", "OPML"), Ok(1));
    check(&format!("{whole}<!-- made by hand -->\n"), Ok(1));
    check("", Err(UnfitList::Empty));
    check(" \u{feff}\n", Err(UnfitList::Empty));
    check("<!doctype html><html><body>Not found</body></html>", Err(UnfitList::HtmlPage));
    check("<rss version='2.0'><channel/></rss>", Err(UnfitList::NotOpml));
    // Addresses in a text are not a list, because an error message may contain some.
    check("https://a.example/f\n", Err(UnfitList::NotOpml));
    check("Service unavailable", Err(UnfitList::NotOpml));
    check("<opml version='2.0'><head/><body/></opml>", Err(UnfitList::NoSources));
    check("<opml version='2.0'><body><outline text='A'/></body></opml>", Err(UnfitList::NoSources));
    for end in [whole.len() - 2, whole.len() / 2 + 30, whole.len() - 12] {
        let cut = &whole[..whole.floor_char_boundary(end)];
        if !cut.contains("</opml") {
            check(cut, Err(UnfitList::CutOff));
        }
    }
    check(&opml(&one.repeat(FOLLOWED_MAX)), Ok(FOLLOWED_MAX));
    check(&opml(&one.repeat(FOLLOWED_MAX + 1)), Err(UnfitList::TooMany));
}

#[test]
fn entities_are_never_expanded() {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">\n", format!("&l{};", n - 1).repeat(10))).collect();
    let head = format!(
        "<?xml version='1.0'?>\n<!DOCTYPE opml [\n<!ENTITY l0 \"ha\">\n{laughs}\
                        <!ENTITY file SYSTEM \"file:///etc/passwd\">\n]>\n"
    );
    let body = "<opml version='1.1'><body><outline text='&l9;&file;' xmlUrl='https://a.example/f'/></body></opml>";
    let list = source_list((head + body).as_bytes()).expect("it is a list");
    assert_eq!(list.sources.len(), 1);
    assert_eq!(list.sources[0].title.as_deref(), Some("&l9;&file;"));
}

#[test]
fn large_and_deep_lists_are_read_in_linear_time() {
    let begin = clock::monotonic();
    let many: String =
        (0..100_000).map(|n| format!("<outline text='S{n}' xmlUrl='https://s{n}.example/f'/>\n")).collect();
    assert_eq!(source_list(opml(&many).as_bytes()).expect("it is a list").sources.len(), 100_000);
    let deep: String =
        (0..10_000).map(|n| format!("<outline text='L{n}'><outline xmlUrl='https://s{n}.example/'/>\n")).collect();
    let deep = opml(&(deep + &"</outline>".repeat(10_000)));
    let list = source_list(deep.as_bytes()).expect("it is a list");
    assert_eq!(list.sources.len(), 10_000);
    assert!(list.sources.iter().all(|listed| listed.tags.len() <= opml::LEVELS_MAX));
    assert!(list.problems.iter().any(|problem| problem.as_str().contains("levels")), "{:?}", list.problems);
    // Tags that are never closed, quotes that are never closed, and names without end.
    for piece in ["<outline text='x'>", "<outline text=\"", "<outline a='", "<!--", "<![CDATA[", "<outline"] {
        let _ = source_list(piece.repeat(100_000).as_bytes());
    }
    let long = format!("<outline text='{}' xmlUrl='https://a.example/'/>", "x".repeat(10_000));
    assert!(
        source_list(long.as_bytes()).expect("it is a list").sources[0].title.as_ref().is_none_or(|it| it.len() <= 500)
    );
    assert!(begin.elapsed() < READ_WITHIN, "{:?}", begin.elapsed());
}
